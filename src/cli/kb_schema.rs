//! `archadvisor kb schema`: the JSON Schema by which editors complete and check files.

use super::Stdout;
use crate::authoring::schema;
use crate::failure::{Failure, Outcome};
use crate::knowledge::KnowledgeBase;
use crate::problem::{Problem, nearest, printable};

/// Prints the schema of a kind of file.
pub(super) fn run(
    base: &KnowledgeBase,
    name: &str,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let Some(schema) = schema::of(name, base) else {
        let known = schema::names();
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
