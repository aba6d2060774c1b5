//! `archadvisor check`: conflicts, for people and for builds.

use super::Stdout;
use super::arguments::{CheckArguments, CheckFormat, FailOn};
use super::input::{self, Input, Missing};
use super::kb::{count, problem_json};
use super::output::{Output, Text};
use super::recommend::conflict_lines;
use super::style::Role;
use crate::failure::{Outcome, safe};
use crate::knowledge::KnowledgeBase;
use crate::reasoning::{Advice, Conflict, Severity};
use crate::report::{advice as report, words};
use serde_json::{Value as Json, json};
use std::io::{self, Write};
use std::path::Path;

/// Ways out shown of each conflict.
const WAYS: usize = 3;

/// Checks designs.
pub(super) fn run(
    base: &KnowledgeBase,
    arguments: &CheckArguments,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let mut paths: Vec<Option<&Path>> = arguments
        .designs
        .iter()
        .map(|path| Some(path.as_path()))
        .collect();
    if paths.is_empty() {
        paths.push(None);
    }
    let mut inputs = Vec::new();
    for path in paths {
        inputs.push(input::read(base, path, &arguments.set.set, Missing::Fail)?);
    }
    let checked: Vec<(Input, Advice)> = inputs
        .into_iter()
        .map(|input| {
            let advice = input.advice(base);
            (input, advice)
        })
        .collect();
    let failing = |conflict: &Conflict| fails(conflict, arguments.fail_on);
    let failed = checked
        .iter()
        .any(|(_, advice)| advice.open_conflicts().any(failing));
    if arguments.json || arguments.format == CheckFormat::Json {
        let designs: Vec<Json> = checked
            .iter()
            .map(|(input, advice)| as_json(base, input, advice, arguments.fail_on))
            .collect();
        output.json(&json!({
            "schema": "archadvisor/check/1", "knowledge": report::knowledge(base), "fail_on": word(arguments.fail_on),
            "failed": failed, "designs": designs,
        }))?;
    } else {
        for (index, (input, advice)) in checked.iter().enumerate() {
            if index > 0 {
                output.blank()?;
            }
            text(input, advice, arguments.fail_on, output)?;
        }
    }
    Ok(if failed { Outcome::No } else { Outcome::Fine })
}

fn fails(conflict: &Conflict, level: FailOn) -> bool {
    match level {
        FailOn::High => conflict.severity >= Severity::High,
        FailOn::Medium => conflict.severity >= Severity::Medium,
        FailOn::Low => true,
        FailOn::Never => false,
    }
}

fn word(level: FailOn) -> &'static str {
    match level {
        FailOn::High => "high",
        FailOn::Medium => "medium",
        FailOn::Low => "low",
        FailOn::Never => "never",
    }
}

/// Waivers of conflicts that there are not.
fn idle_waivers<'a>(input: &'a Input, advice: &Advice) -> Vec<&'a str> {
    let known = |id: &&str| !advice.conflicts.iter().any(|conflict| conflict.id == *id);
    input
        .design
        .waivers
        .iter()
        .map(|waiver| waiver.conflict.as_str())
        .filter(known)
        .collect()
}

fn as_json(base: &KnowledgeBase, input: &Input, advice: &Advice, level: FailOn) -> Json {
    json!({
        "file": input.name, "title": input.design.title,
        "failed": advice.open_conflicts().any(|conflict| fails(conflict, level)),
        "warnings": input.warnings.iter().map(problem_json).collect::<Vec<_>>(),
        "conflicts": advice.conflicts.iter().map(|conflict| report::conflict(base, conflict)).collect::<Vec<_>>(),
        "idle_waivers": idle_waivers(input, advice),
    })
}

fn text<W: Write>(
    input: &Input,
    advice: &Advice,
    level: FailOn,
    output: &mut Output<W>,
) -> io::Result<()> {
    let open: Vec<&Conflict> = advice.open_conflicts().collect();
    let failing = open
        .iter()
        .filter(|conflict| fails(conflict, level))
        .count();
    let waived: Vec<&Conflict> = advice
        .conflicts
        .iter()
        .filter(|conflict| conflict.waived.is_some())
        .collect();
    for warning in &input.warnings {
        output.raw(&safe(&warning.to_string()))?;
        output.raw("\n\n")?;
    }
    for conflict in &open {
        conflict_lines(conflict, WAYS, output)?;
        output.blank()?;
    }
    for conflict in &waived {
        let reason = conflict.waived.as_deref().unwrap_or_default();
        output.field(
            2,
            "waived",
            10,
            &Text::new(Role::Dim, &conflict.id).then(": ").then(reason),
        )?;
    }
    for id in idle_waivers(input, advice) {
        let text = format!("there is no conflict `{id}` any longer; its waiver can go");
        output.field(2, "waiver", 10, &Text::new(Role::Warn, text))?;
    }
    let name = input.name.as_deref().unwrap_or("the answers given");
    let mut summary = if open.is_empty() {
        Text::new(Role::Good, format!("{name}: no conflicts"))
    } else {
        Text::new(Role::Strong, format!("{name}: "))
            .then(count(open.len(), "conflict"))
            .then(format!(" ({})", words::tally(&open)))
    };
    if !waived.is_empty() {
        summary = summary.then(format!(", {} waived", waived.len()));
    }
    if !open.is_empty() {
        summary = match (failing, level) {
            (0, FailOn::Never) => summary,
            (0, level) => summary.then(format!("; none fails at --fail-on {}", word(level))),
            (some, _) => summary
                .then("; ")
                .and(Role::Bad, format!("{some} to settle or waive")),
        };
    }
    output.wrap(&summary, 0, 2)
}
