//! `archadvisor kb schema`: the JSON Schema by which editors complete and check files, and of what `--json` prints.

use super::Stdout;
use super::output_schema::{self, OUTPUT};
use crate::authoring::schema;
use crate::failure::{Failure, Outcome};
use crate::knowledge::KnowledgeBase;
use crate::problem::{Problem, printable};

/// Prints the schema of a kind of file, or of what the commands print.
pub(super) fn run(
    base: &KnowledgeBase,
    name: &str,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    if name == OUTPUT {
        output.json(&output_schema::schema())?;
        return Ok(Outcome::Fine);
    }
    let Some(schema) = schema::of(name, base) else {
        let mut known = schema::names();
        known.insert(2, OUTPUT);
        let problem = Problem::error(format!("there is no schema `{}`", printable(name)));
        return Err(Failure::from(problem.one_of(name, known.iter().copied())).into());
    };
    output.json(&schema)?;
    Ok(Outcome::Fine)
}
