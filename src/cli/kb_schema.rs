//! `archadvisor kb schema`: the JSON Schema by which editors complete and check files, and of what `--json` prints.

use super::Stdout;
use super::output_schema::{self, OUTPUT};
use crate::authoring::schema;
use crate::failure::{Failure, Outcome};
use crate::knowledge::KnowledgeBase;
use crate::problem::{Problem, nearest, printable};

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
        let mut problem = Problem::error(format!("there is no schema `{}`", printable(name)));
        problem.help = Some(match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of: {}", known.join(", ")),
        });
        return Err(Failure::from(problem).into());
    };
    output.json(&schema)?;
    Ok(Outcome::Fine)
}
