//! `archadvisor kb`: looking after the knowledge.

use super::arguments::KbCommand;
use super::environment::Environment;
use super::kb_fmt;
use super::kb_schema;
use super::kb_test;
use super::knowledge::load_all;
use super::output::Text;
use super::style::Role;
use super::{Stdout, knowledge as base_in_use};
use crate::builtin;
use crate::failure::{Outcome, safe};
use crate::knowledge;
use crate::problem::Severity;
use crate::report::advice as report;
use serde_json::{Value as Json, json};
use std::path::PathBuf;

/// Runs one of the commands of `kb`.
pub(super) fn run(
    command: &KbCommand,
    folders: &[PathBuf],
    environment: &Environment,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    match command {
        KbCommand::Lint { json } => lint(folders, environment, json.json, output),
        KbCommand::Test { cases, json } => {
            let base = base_in_use::base(folders, environment)?;
            kb_test::run(&base, cases, json.json, output)
        }
        KbCommand::Fmt { paths, check } => kb_fmt::run(paths, folders, *check, output),
        KbCommand::Schema { kind } => {
            kb_schema::run(&base_in_use::base(folders, environment)?, kind, output)
        }
        KbCommand::Stats { json } => stats(folders, environment, json.json, output),
    }
}

fn lint(
    folders: &[PathBuf],
    environment: &Environment,
    json: bool,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let loaded = load_all(folders, environment)?;
    let mut problems = loaded.problems.clone();
    if let Some(base) = &loaded.base {
        problems.extend(knowledge::lint(base, &loaded));
    }
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    let warnings = problems.len() - errors;
    if json {
        let list: Vec<Json> = problems.iter().map(report::problem).collect();
        output.json(&json!({
            "schema": "archadvisor/kb-lint/1", "errors": errors, "warnings": warnings, "problems": list,
        }))?;
    } else {
        for problem in &problems {
            output.raw(&safe(&problem.to_string()))?;
            output.raw("\n\n")?;
        }
        let role = if errors > 0 { Role::Bad } else { Role::Plain };
        output.line(&Text::new(
            role,
            format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
        ))?;
    }
    Ok(if errors > 0 {
        Outcome::No
    } else {
        Outcome::Fine
    })
}

/// Writes a number of things, in the singular or the plural.
pub(super) fn count(number: usize, thing: &str) -> String {
    if number == 1 {
        format!("1 {thing}")
    } else {
        format!("{number} {thing}s")
    }
}

fn stats(
    folders: &[PathBuf],
    environment: &Environment,
    json: bool,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let base = base_in_use::base(folders, environment)?;
    let claims = || {
        base.patterns
            .iter()
            .flat_map(|pattern| &pattern.effects)
            .flat_map(|effect| &effect.cases)
    };
    let relations: usize = base
        .patterns
        .iter()
        .map(|pattern| {
            pattern.requires.iter().map(Vec::len).sum::<usize>()
                + pattern.excludes.len()
                + pattern.complements.len()
                + pattern.alternatives.len()
                + pattern.specialises.len()
                + pattern.migrates_to.len()
        })
        .sum();
    let graph = base.graph();
    let counts: [(&str, usize); 20] = [
        ("axes", base.axes.len()),
        ("steps", base.steps.len()),
        ("requirements", base.requirements.len()),
        ("quantities", base.quantities.len()),
        ("decisions", base.decisions.len()),
        (
            "core_decisions",
            base.decisions
                .iter()
                .filter(|decision| decision.core)
                .count(),
        ),
        ("patterns", base.patterns.len()),
        ("effects", claims().filter(|claim| claim.value != 0).count()),
        (
            "conditional_effects",
            claims().filter(|claim| claim.when.is_some()).count(),
        ),
        (
            "limits",
            base.patterns
                .iter()
                .map(|pattern| pattern.limits.len())
                .sum(),
        ),
        (
            "drivers",
            base.patterns
                .iter()
                .filter(|pattern| pattern.driver.is_some())
                .count(),
        ),
        (
            "norms",
            base.patterns
                .iter()
                .filter(|pattern| pattern.norm.is_some())
                .count(),
        ),
        ("relations", relations),
        ("hazards", base.hazards.len()),
        ("rules", base.rules.len()),
        ("tradeoffs", base.tradeoffs.len()),
        ("sources", base.sources.len()),
        ("cases", base.cases.len()),
        ("graph_nodes", graph.node_count()),
        ("graph_edges", graph.edge_count()),
    ];
    let packs: Vec<(&str, String)> = (builtin::packs().into_iter())
        .map(|name| (name, builtin::pack_title(name)))
        .collect();
    if json {
        let counts: serde_json::Map<String, Json> = counts
            .into_iter()
            .map(|(name, number)| (name.to_owned(), number.into()))
            .collect();
        output.json(&json!({
            "schema": "archadvisor/kb-stats/1",
            "knowledge": {"title": base.title, "version": base.version, "overlays": base.overlays},
            "counts": counts,
            "packs": packs.iter().map(|(name, title)| json!({"name": name, "title": title})).collect::<Vec<_>>(),
        }))?;
        return Ok(Outcome::Fine);
    }
    output.title(&format!("{} {}", base.title, base.version))?;
    for overlay in &base.overlays {
        output.field(0, "overlay", 12, &Text::plain(overlay))?;
    }
    for (name, number) in counts {
        output.line(&Text::plain(format!(
            "{number:>6}  {}",
            name.replace('_', " ")
        )))?;
    }
    output.heading("Sector packs, laid over it with --kb pack:NAME")?;
    for (name, title) in packs {
        output.field(2, name, 16, &Text::plain(title))?;
    }
    Ok(Outcome::Fine)
}
