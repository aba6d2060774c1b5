//! Options that no answer can make win, with the proof.

use super::Findings;
use super::dominance::dominates;
use super::logic::Logic;
use crate::knowledge::{Decision, DecisionId, KnowledgeBase, PatternId, Pick};
use crate::problem::{Problem, shortened};

/// Reports options that can never win, unless they are there to be argued against. Those that another option beats are
/// reported as that.
pub(super) fn check(base: &KnowledgeBase, logic: &Logic, found: &mut Findings<'_>) {
    for decision in base.decision_ids() {
        for &option in &base.decision(decision).options {
            let pattern = base.pattern(option);
            if pattern.antipattern || pattern.reference {
                continue;
            }
            if let Some(proof) = proof(base, logic, decision, option) {
                let decision = &base.decision(decision).id;
                let problem = Problem::warning(format!(
                    "`{}` can never win `{decision}`: {proof}",
                    pattern.id
                ))
                .help("say when it is right, or take it out of the options");
                found.add_item(
                    &format!("decision/{decision}"),
                    &["options"],
                    &pattern.id,
                    problem,
                );
            }
        }
    }
}

/// Returns the proof that no answers and priorities make a decision recommend an option; none where there is no proof,
/// which does not mean that it can win.
pub fn never_wins(base: &KnowledgeBase, decision: DecisionId, option: PatternId) -> Option<String> {
    let logic = Logic::new(base);
    proof(base, &logic, decision, option).or_else(|| {
        let entry = base.decision(decision);
        let place = |id: PatternId| entry.options.iter().position(|other| *other == id);
        let better = entry.options.iter().find(|better| {
            entry.pick == Pick::One
                && **better != option
                && dominates(base, &logic, **better, option)
                && (place(**better) < place(option) || !dominates(base, &logic, option, **better))
        })?;
        Some(format!(
            "`{}` is at least as good in every case",
            base.pattern(*better).id
        ))
    })
}

fn proof(
    base: &KnowledgeBase,
    logic: &Logic,
    decision: DecisionId,
    option: PatternId,
) -> Option<String> {
    let (entry, pattern) = (base.decision(decision), base.pattern(option));
    let never = |condition: &crate::expression::Expression| !logic.possible(&[(condition, true)]);
    if let Some(limit) = (pattern.limits.iter()).find(|limit| logic.always(&limit.when.expression))
    {
        return Some(format!(
            "its limit `{}` rules it out whatever is answered",
            limit.id
        ));
    }
    if let Some(when) = (entry.when.as_ref()).filter(|when| never(&when.expression)) {
        return Some(format!(
            "`{}` is asked when `{}`, which never holds",
            entry.id,
            shortened(&when.text)
        ));
    }
    match entry.pick {
        Pick::Many => {
            let applies = pattern.applies.as_deref()?;
            let pulled_in = !pattern.closes.is_empty()
                || (base.patterns.iter())
                    .any(|other| other.requires.iter().any(|group| group.contains(&option)));
            (!pulled_in && never(&applies.expression)).then(|| {
                format!(
                    "it is of use when `{}`, which never holds",
                    shortened(&applies.text)
                )
            })
        }
        Pick::One => {
            let norm = (pattern.norm.as_ref()).filter(|norm| never(&norm.unless.expression));
            let driver = (pattern.driver.as_ref()).filter(|driver| never(&driver.when.expression));
            let discouraged = match (norm, driver) {
                (Some(norm), _) => format!(
                    "its norm always discourages it (`unless: {}`)",
                    shortened(&norm.unless.text)
                ),
                (None, Some(driver)) => format!(
                    "what would call for it never holds (`driver: {}`)",
                    shortened(&driver.when.text)
                ),
                (None, None) => return None,
            };
            let better = always_fits(base, entry, option)?;
            Some(format!(
                "{discouraged}, and nothing ever speaks against `{}`",
                base.pattern(better).id
            ))
        }
    }
}

/// Returns another option of a decision that fits whatever is answered: nothing rules it out, discourages it or has to be
/// called for, and nothing else in the base depends on which option is taken.
fn always_fits(base: &KnowledgeBase, decision: &Decision, option: PatternId) -> Option<PatternId> {
    let asked = |id: &PatternId| decision.options.contains(id);
    let depended_on = base
        .patterns
        .iter()
        .any(|pattern| pattern.requires.iter().flatten().any(asked))
        || (base.decisions.iter()).any(|other| {
            let when = other.when.as_ref();
            when.is_some_and(|when| when.expression.patterns().any(|id| asked(&id)))
        });
    if depended_on {
        return None;
    }
    (decision.options.iter().copied()).find(|id| {
        let pattern = base.pattern(*id);
        *id != option
            && pattern.limits.is_empty()
            && pattern.norm.is_none()
            && pattern.driver.is_none()
            && pattern.requires.is_empty()
            && pattern.excludes.is_empty()
    })
}
