//! The changes that an overlay's manifest makes to entries of the layers below it.

use super::compile::{Entries, Entry};
use super::raw::{RawChange, RawOverlay};
use crate::problem::{Problem, nearest};

/// Applies the changes of one manifest.
pub(super) fn apply(
    manifest: &Entry<'_, RawOverlay>,
    entries: &mut Entries<'_>,
    problems: &mut Vec<Problem>,
) {
    for (index, change) in manifest.raw.changes.iter().enumerate() {
        let at = manifest.at.key("changes").index(index);
        if let Err((message, help)) = one(change, entries) {
            let mut problem = Problem::error(message).at(at.place());
            if let Some(help) = help {
                problem = problem.help(help);
            }
            problems.push(problem);
        }
    }
}

type Refusal = (String, Option<String>);

fn one(change: &RawChange, entries: &mut Entries<'_>) -> Result<(), Refusal> {
    match (&change.set, &change.disable, &change.add_option) {
        (Some(path), None, None) => set(path, change, entries),
        (None, Some(target), None) => disable(target, entries),
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

/// `disable: pattern/ID` takes a pattern out of every decision and out of the practices; it stays to be read about.
fn disable(target: &str, entries: &mut Entries<'_>) -> Result<(), Refusal> {
    let Some(id) = target.strip_prefix("pattern/") else {
        return Err((
            format!("`{target}` cannot be disabled"),
            Some("write `disable: pattern/ID`".into()),
        ));
    };
    let known: Vec<String> = entries
        .patterns
        .iter()
        .filter_map(|entry| entry.raw.pattern.clone())
        .collect();
    if !known.iter().any(|name| name == id) {
        return Err(missing("pattern", id, known.iter().map(String::as_str)));
    }
    for entry in &mut entries.decisions {
        entry.raw.options.retain(|option| option != id);
        if entry.raw.baseline.as_deref() == Some(id) {
            entry.raw.baseline = None;
        }
    }
    for entry in entries
        .patterns
        .iter_mut()
        .filter(|entry| entry.raw.pattern.as_deref() == Some(id))
    {
        entry.raw.applies = None;
        entry.raw.reference = true;
    }
    // What others chose stays true, but the advice can no longer be compared with it.
    for entry in &mut entries.precedents {
        for options in entry.raw.chose.values_mut() {
            options.retain(|option| option != id);
        }
        entry.raw.chose.retain(|_, options| !options.is_empty());
    }
    for entry in &mut entries.patterns {
        for group in &mut entry.raw.requires {
            if group.len() > 1 {
                group.retain(|member| member != id);
            }
        }
    }
    Ok(())
}

/// `set: pattern/ID/effects/AXIS/CASE/value` (a case number from 1, or `default`) or `set: pattern/ID/complexity`.
fn set(path: &str, change: &RawChange, entries: &mut Entries<'_>) -> Result<(), Refusal> {
    let usage = || {
        Some("write `set: pattern/ID/effects/AXIS/CASE/value` or `set: pattern/ID/complexity`, and `to:`".to_owned())
    };
    let Some(value) = change.to.as_ref().and_then(serde_yaml::Value::as_i64) else {
        return Err((
            format!("`set: {path}` needs `to:` with a whole number"),
            usage(),
        ));
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
            claim.value = Some(i8::try_from(value).unwrap_or(i8::MAX));
            if let Some(because) = &change.because {
                claim.because = Some(because.clone());
            }
            Ok(())
        }
        _ => Err((format!("`{path}` names nothing that can be set"), usage())),
    }
}
