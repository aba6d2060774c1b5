//! Claims that give no reason or no source.

use super::Findings;
use crate::knowledge::{Basis, KnowledgeBase, SourceId};
use crate::problem::Problem;

/// Kinds of source that repeat what others found out, and so carry no claim that says it was found out.
const SECOND_HAND: &[&str] = &["guide", "internal"];

pub(super) fn check(base: &KnowledgeBase, found: &mut Findings<'_>) {
    patterns(base, found);
    let unsourced = |what: String| {
        Problem::warning(format!("{what} names no source")).help("add `sources: [...]`")
    };
    for quantity in &base.quantities {
        if quantity.sources.is_empty() {
            let problem = unsourced(format!("the formula of `{}`", quantity.id));
            found.tell_of_sound(&format!("quantity/{}", quantity.id), &["formula"], problem);
        }
    }
    for rule in &base.rules {
        if rule.sources.is_empty() {
            let problem = unsourced(format!("the rule `{}`", rule.id));
            found.tell_of_sound(&format!("rule/{}", rule.id), &["rule"], problem);
        }
    }
    for tradeoff in &base.tradeoffs {
        if tradeoff.sources.is_empty() {
            let problem = unsourced(format!("the tradeoff `{}`", tradeoff.id));
            found.tell_of_sound(&format!("tradeoff/{}", tradeoff.id), &["tradeoff"], problem);
        }
    }
}

fn patterns(base: &KnowledgeBase, found: &mut Findings<'_>) {
    let first_hand = |sources: &[SourceId]| {
        let kind = |id: &SourceId| base.source(*id).kind.as_str();
        sources.iter().any(|id| !SECOND_HAND.contains(&kind(id)))
    };
    for pattern in &base.patterns {
        let entry = format!("pattern/{}", pattern.id);
        let driver = pattern.driver.as_ref();
        if driver.is_some_and(|driver| driver.because == driver.when.text) {
            let problem = Problem::error(format!("the driver of `{}` gives no reason", pattern.id))
                .help("add `driver_because:`, which the advice then tells");
            found.tell_of_sound(&entry, &["driver"], problem);
        }
        for effect in &pattern.effects {
            let axis = base.axis(effect.axis).id.as_str();
            for (index, claim) in effect.cases.iter().enumerate() {
                if claim.value == 0
                    || claim.basis == Basis::Judgement
                    || first_hand(&claim.support.sources)
                {
                    continue;
                }
                let basis = match claim.basis {
                    Basis::Measured => "was measured",
                    Basis::Vendor => "is what the vendor says",
                    Basis::Literature | Basis::Judgement => "is in the literature",
                };
                let problem = Problem::warning(format!(
                    "this claim says that it {basis}, and names no source that shows it"
                ))
                .help("cite the source, or leave `basis` out: then it is judgement");
                found.tell_of_sound(
                    &entry,
                    &["effects", axis, &index.to_string(), "basis"],
                    problem,
                );
            }
        }
        for (index, limit) in pattern.limits.iter().enumerate() {
            // What an overlay disables rests on the overlay.
            if limit.sources.is_empty() && !pattern.reference {
                let problem = Problem::warning(format!("the limit `{}` names no source", limit.id))
                    .help("add `sources: [...]`");
                found.tell_of_sound(&entry, &["limits", &index.to_string()], problem);
            }
        }
    }
}
