//! `archadvisor kb`: looking after the knowledge.

use super::arguments::KbCommand;
use super::environment::Environment;
use super::knowledge::load_all;
use super::output::Text;
use super::style::Role;
use super::{Stdout, knowledge as base_in_use};
use super::{clock, kb_fmt, kb_schema, kb_stats, kb_test, kb_witness};
use crate::failure::{Outcome, safe};
use crate::knowledge;
use crate::problem::{Problem, Severity};
use crate::reasoning::witness;
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
    let shelf = base_in_use::Shelf {
        folders,
        environment,
    };
    match command {
        KbCommand::Lint { today, json } => {
            let today = today.clone().unwrap_or_else(clock::today);
            lint(folders, environment, &today, json.json, output)
        }
        KbCommand::Test { cases, json } => {
            let base = shelf.with_packs(&[])?;
            let disables = base
                .patterns
                .iter()
                .any(|pattern| pattern.disabled().is_some());
            let whole = if disables {
                Some(shelf.with_packs(&[])?.with_disabled_options())
            } else {
                None
            };
            let files = || load_all(folders, environment);
            kb_test::run(&base, whole.as_ref(), files, cases, json.json, output)
        }
        KbCommand::Witness { output: path } => {
            kb_witness::run(folders, environment, path.as_deref(), output)
        }
        KbCommand::Stats { json } => kb_stats::run(folders, environment, json.json, output),
        KbCommand::Fmt { paths, check } => kb_fmt::run(paths, folders, *check, output),
        KbCommand::Schema { kind } => {
            kb_schema::run(base_in_use::base(folders, environment)?, kind, output)
        }
    }
}

fn lint(
    folders: &[PathBuf],
    environment: &Environment,
    today: &str,
    json: bool,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let loaded = load_all(folders, environment)?;
    let mut problems = loaded.problems.clone();
    problems.extend(knowledge::stale(&loaded, today));
    let is_error = |problem: &Problem| problem.severity == Severity::Error;
    // What rests on what is wrong would be told as a fault of its own.
    let left_out = match loaded.readable() {
        None => {
            Some("Conditions that never hold, relations, options that cannot win and witnesses")
        }
        Some(base) => {
            problems.extend(knowledge::lint(base, &loaded));
            let is_wrong = problems.iter().any(is_error);
            if !is_wrong {
                problems.extend(witness::lint(base, &loaded));
            }
            match (is_wrong, loaded.has_errors()) {
                (false, _) => None,
                (true, false) => Some("The witnesses"),
                (true, true) => Some("What rests on entries with errors, and the witnesses,"),
            }
        }
    };
    let errors = problems.iter().filter(|problem| is_error(problem)).count();
    let warnings = problems.len() - errors;
    if json {
        let list: Vec<Json> = problems.iter().map(report::problem).collect();
        output.json(&json!({
            "schema": "archadvisor/kb-lint/1", "errors": errors, "warnings": warnings, "complete": left_out.is_none(), "problems": list,
        }))?;
    } else {
        for problem in &problems {
            output.raw(&safe(&problem.to_string()))?;
            output.raw("\n\n")?;
        }
        if let Some(text) = base_in_use::replaced(folders, environment) {
            output.wrap(&Text::new(Role::Dim, text), 0, 0)?;
        }
        if let Some(left_out) = left_out {
            let text =
                format!("{left_out} are looked at once the errors are mended: more may follow.");
            output.wrap(&Text::new(Role::Warn, text), 0, 0)?;
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
