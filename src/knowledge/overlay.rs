//! The changes that an overlay's manifest makes to entries of the layers below it.

use super::compile::{Entries, Entry};
use super::raw::{RawChange, RawLimit, RawOverlay, RawRule};
use super::{Basis, Claim, Confidence, KnowledgeBase, Limit, Pattern};
use crate::problem::{Problem, nearest, shortened};
use std::ops::RangeInclusive;

/// The id of the limit that keeps a disabled pattern from being taken.
const DISABLED: &str = "disabled";
/// What an effect on an axis may be.
const EFFECTS: RangeInclusive<i64> = -2..=2;
/// How many moving parts a pattern may have.
const COMPLEXITY: RangeInclusive<i64> = 0..=5;

/// Applies the changes of one manifest.
pub(super) fn apply(
    manifest: &Entry<'_, RawOverlay>,
    entries: &mut Entries<'_>,
    problems: &mut Vec<Problem>,
) {
    let mut changed: Vec<&str> = Vec::new();
    for (index, change) in manifest.raw.changes.iter().enumerate() {
        let at = manifest.at.key("changes").index(index);
        let name = manifest.raw.overlay.as_deref().unwrap_or_default();
        let target = change.set.as_deref().or(change.disable.as_deref());
        let outcome = match target {
            Some(target) if changed.contains(&target) => Err((
                format!("`{}` is changed twice in one overlay", shortened(target)),
                Some("keep the change that is meant".into()),
            )),
            _ => one(change, name, entries),
        };
        changed.extend(target);
        // An option that is added has reasons of its own; what is taken away or changed has not.
        if outcome.is_ok()
            && change.add_option.is_none()
            && change
                .because
                .as_ref()
                .is_none_or(|text| text.trim().is_empty())
        {
            let problem = Problem::warning("this change gives no reason").at(at.place());
            problems.push(problem.help("add `because:`, which the advice then tells"));
        }
        if let Err((message, help)) = outcome {
            let at = if change.set.is_some() {
                at.key("to")
            } else {
                at
            };
            let mut problem = Problem::error(message).at(at.place());
            if let Some(help) = help {
                problem = problem.help(help);
            }
            problems.push(problem);
        }
    }
}

type Refusal = (String, Option<String>);

fn one(change: &RawChange, overlay: &str, entries: &mut Entries<'_>) -> Result<(), Refusal> {
    match (&change.set, &change.disable, &change.add_option) {
        (Some(path), None, None) => set(path, change, overlay, entries),
        (None, Some(target), None) => disable(target, change, overlay, entries),
        (None, None, Some(add)) => {
            let (Some(decision), Some(option)) = (&add.decision, &add.option) else {
                return Err((
                    "`add_option` takes a decision and an option".into(),
                    Some("add_option: {decision: compute, option: our-platform}".into()),
                ));
            };
            let known: Vec<String> = entries
                .decisions
                .iter()
                .filter_map(|entry| entry.raw.decision.clone())
                .collect();
            let Some(entry) = entries
                .decisions
                .iter_mut()
                .rev()
                .find(|entry| entry.raw.decision.as_ref() == Some(decision))
            else {
                return Err(missing(
                    "decision",
                    decision,
                    known.iter().map(String::as_str),
                ));
            };
            if !entry.raw.options.contains(option) {
                entry.raw.options.push(option.clone());
            }
            Ok(())
        }
        _ => Err((
            "a change is one of `set` (with `to`), `disable` and `add_option`".into(),
            Some("for example `- disable: pattern/bare-metal`".into()),
        )),
    }
}

fn missing<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Refusal {
    (
        format!("there is no {kind} `{name}` to change"),
        nearest(name, known).map(|near| format!("did you mean `{near}`?")),
    )
}

/// `disable: pattern/ID` rules a pattern out, `disable: rule/ID` takes a rule away.
fn disable(
    target: &str,
    change: &RawChange,
    overlay: &str,
    entries: &mut Entries<'_>,
) -> Result<(), Refusal> {
    match target.split_once('/') {
        Some(("pattern", id)) => disable_pattern(id, change, overlay, entries),
        Some(("rule", id)) => disable_rule(id, entries),
        _ => Err((
            format!("`{}` cannot be disabled", shortened(target)),
            Some("write `disable: pattern/ID` or `disable: rule/ID`".into()),
        )),
    }
}

/// A rule is gone: nothing else names it, and designs that waive what it says are told that it no longer arises.
fn disable_rule(id: &str, entries: &mut Entries<'_>) -> Result<(), Refusal> {
    let rules = &mut entries.rules;
    let is_meant = |entry: &Entry<'_, RawRule>| entry.raw.rule.as_deref() == Some(id);
    if !rules.iter().any(is_meant) {
        let known = rules.iter().filter_map(|entry| entry.raw.rule.as_deref());
        return Err(missing("rule", id, known));
    }
    rules.retain(|entry| !is_meant(entry));
    Ok(())
}

/// A pattern is ruled out everywhere, by the name of the overlay and with its reason. It stays an option and can be read
/// about, so that designs and precedents that took it still mean something.
fn disable_pattern(
    id: &str,
    change: &RawChange,
    overlay: &str,
    entries: &mut Entries<'_>,
) -> Result<(), Refusal> {
    let known: Vec<String> = entries
        .patterns
        .iter()
        .filter_map(|entry| entry.raw.pattern.clone())
        .collect();
    if !known.iter().any(|name| name == id) {
        return Err(missing("pattern", id, known.iter().map(String::as_str)));
    }
    let is_option =
        (entries.decisions.iter()).any(|entry| entry.raw.options.iter().any(|option| option == id));
    let reason = change.because.as_deref().map(str::trim).unwrap_or_default();
    let because = said(overlay, "disables it", reason);
    for entry in entries
        .patterns
        .iter_mut()
        .filter(|entry| entry.raw.pattern.as_deref() == Some(id))
    {
        // A practice is not offered anywhere, so that without a condition nothing brings it in.
        if !is_option {
            entry.raw.applies = None;
        }
        entry.raw.reference = true;
        entry
            .raw
            .limits
            .retain(|limit| limit.id.as_deref() != Some(DISABLED));
        entry.raw.limits.push(RawLimit {
            id: Some(DISABLED.to_owned()),
            when: Some("true".to_owned()),
            because: Some(because.clone()),
            confidence: Some(Confidence::High),
            ..RawLimit::default()
        });
    }
    Ok(())
}

impl Pattern {
    /// Returns which overlay disabled the pattern and why, in a sentence; none when none did.
    pub fn disabled(&self) -> Option<&str> {
        let limit = self.limits.iter().find(|limit| limit.id == DISABLED)?;
        Some(&limit.because)
    }
}

impl KnowledgeBase {
    /// Returns the base as it would be if overlays disabled no option: what they change otherwise stays.
    #[must_use]
    pub fn with_disabled_options(mut self) -> Self {
        for index in 0..self.patterns.len() {
            if self.patterns[index].disabled().is_some() {
                let pattern = &mut self.patterns[index];
                pattern.limits.retain(|limit| limit.id != DISABLED);
                pattern.reference = false;
            }
        }
        self
    }
}

/// Whether a claim is what an overlay says.
fn is_said(claim: &Claim) -> bool {
    claim.support.because.starts_with(SAID)
}

/// Whether overlays change what patterns claim, so that sources of the layers below may have lost their place.
pub(super) fn changes_claims(base: &KnowledgeBase) -> bool {
    let mut effects = base.patterns.iter().flat_map(|pattern| &pattern.effects);
    !base.overlays.is_empty() && effects.any(|effect| effect.cases.iter().any(is_said))
}

/// What an overlay says rests on the overlay, not on the sources of the pattern.
pub(super) fn unsource(base: &mut KnowledgeBase) {
    for index in 0..base.patterns.len() {
        for place in 0..base.patterns[index].effects.len() {
            let effect = &base.patterns[index].effects[place];
            if !effect.cases.iter().any(is_said) {
                continue;
            }
            let mut cases = effect.cases.to_vec();
            for claim in cases.iter_mut().filter(|claim| is_said(claim)) {
                claim.support.sources.clear();
                claim.basis = Basis::Judgement;
            }
            base.patterns[index].effects[place].cases = cases.into();
        }
        let is_disabled = |limit: &Limit| limit.id == DISABLED;
        if base.patterns[index].limits.iter().any(is_disabled) {
            for limit in base.patterns[index].limits.iter_mut() {
                if is_disabled(limit) {
                    limit.sources.clear();
                }
            }
        }
    }
}

/// How a reason begins that an overlay gives.
const SAID: &str = "the overlay `";

/// The reason of a change, with the overlay that gives it.
fn said(overlay: &str, does: &str, reason: &str) -> String {
    let colon = if reason.is_empty() { "" } else { ": " };
    format!("{SAID}{}` {does}{colon}{reason}", shortened(overlay))
}

/// `set: pattern/ID/effects/AXIS/CASE/value` (a case number from 1, or `default`) or `set: pattern/ID/complexity`.
fn set(
    path: &str,
    change: &RawChange,
    overlay: &str,
    entries: &mut Entries<'_>,
) -> Result<(), Refusal> {
    let usage = || {
        Some("write `set: pattern/ID/effects/AXIS/CASE/value` or `set: pattern/ID/complexity`, and `to:`".to_owned())
    };
    let Some(value) = change.to.as_ref().and_then(serde_yaml::Value::as_i64) else {
        return Err((
            format!("`set: {path}` needs `to:` with a whole number"),
            usage(),
        ));
    };
    let within = |range: RangeInclusive<i64>| {
        if range.contains(&value) {
            return Ok(());
        }
        let (least, most) = range.into_inner();
        Err((
            format!("`{path}` is from {least} to {most}, not {value}"),
            None,
        ))
    };
    let parts: Vec<&str> = path.split('/').collect();
    let known: Vec<String> = entries
        .patterns
        .iter()
        .filter_map(|entry| entry.raw.pattern.clone())
        .collect();
    let [kind, id, rest @ ..] = parts.as_slice() else {
        return Err((format!("`{path}` names nothing that can be set"), usage()));
    };
    if *kind != "pattern" {
        return Err((format!("`{path}` names nothing that can be set"), usage()));
    }
    let Some(entry) = entries
        .patterns
        .iter_mut()
        .rev()
        .find(|entry| entry.raw.pattern.as_deref() == Some(*id))
    else {
        return Err(missing("pattern", id, known.iter().map(String::as_str)));
    };
    match rest {
        ["complexity"] => {
            within(COMPLEXITY)?;
            entry.raw.complexity = Some(u8::try_from(value).unwrap_or(u8::MAX));
            Ok(())
        }
        ["effects", axis, case, "value"] => {
            let cases = entry.raw.effects.get_mut(*axis);
            let claim = cases.and_then(|cases| match *case {
                "default" => cases.last_mut(),
                number => number
                    .parse::<usize>()
                    .ok()
                    .and_then(|number| cases.get_mut(number.checked_sub(1)?)),
            });
            let Some(claim) = claim else {
                return Err((format!("`{id}` has no such effect: {axis}/{case}"), usage()));
            };
            within(EFFECTS)?;
            claim.value = Some(i8::try_from(value).unwrap_or(i8::MAX));
            let reason = change.because.as_deref().map(str::trim).unwrap_or_default();
            claim.because = Some(said(overlay, "says so", reason));
            Ok(())
        }
        _ => Err((format!("`{path}` names nothing that can be set"), usage())),
    }
}
