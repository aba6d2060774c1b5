//! `archadvisor estimate`: every quantity with its derivation.

use super::Stdout;
use super::arguments::EstimateArguments;
use super::input::{self, Missing};
use super::knowledge::Shelf;
use super::output::{Output, Text};
use super::style::Role;
use crate::failure::Outcome;
use crate::knowledge::KnowledgeBase;
use crate::reasoning::{FactTable, Origin};
use crate::report::{estimate, words};
use std::io::{self, Write};

/// Computes the quantities of a design.
pub(super) fn run(
    shelf: Shelf<'_>,
    arguments: &EstimateArguments,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let input = input::of(shelf, &arguments.design, Missing::Blank)?;
    let base = &input.base;
    let facts = FactTable::new(base, &input.situation);
    if arguments.json.json {
        output.json(&estimate::json(base, &facts))?;
        return Ok(Outcome::Fine);
    }
    super::recommend::header(&input, output)?;
    text(base, &facts, output)?;
    Ok(Outcome::Fine)
}

fn text<W: Write>(
    base: &KnowledgeBase,
    facts: &FactTable,
    output: &mut Output<W>,
) -> io::Result<()> {
    for id in estimate::derivations(base, facts) {
        let (name, label, _) = base.fact(id);
        let Some((_, formula)) = estimate::formula(base, facts, id) else {
            continue;
        };
        let state = facts.state(id);
        let mark = match state.origin {
            Origin::Unknown => Text::new(Role::Warn, "unknown"),
            _ => Text::new(Role::Strong, words::figure(base, facts, id)),
        };
        output.wrap(
            &Text::new(Role::Id, name)
                .then("  ")
                .with(mark)
                .and(Role::Dim, format!("  {label}")),
            0,
            4,
        )?;
        let mut derivation = Text::plain("= ").then(formula);
        let inputs = estimate::inputs(base, facts, id);
        for (index, input) in inputs.iter().enumerate() {
            let (name, _, kind) = base.fact(input.id);
            derivation = derivation.then(if index == 0 { "   with " } else { ", " });
            derivation = derivation.then(format!(
                "{name} {}",
                kind.display(facts.state(input.id).value)
            ));
            derivation = match input.origin {
                Origin::Assumed => derivation.and(Role::Warn, " (assumed)"),
                Origin::Inferred => derivation.and(Role::Dim, " (inferred)"),
                Origin::Given | Origin::Derived | Origin::Unknown => derivation,
            };
        }
        output.wrap(&derivation, 4, 6)?;
    }
    Ok(())
}
