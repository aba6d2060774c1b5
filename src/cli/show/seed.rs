//! `show --seed`: what stands for an item of the guides.

use super::{Entry, Out, entry_name, id, kind};
use crate::cli::output::Text;
use crate::cli::style::Role;
use crate::failure::Failure;
use crate::knowledge::{AxisId, DecisionId, HazardId, KnowledgeBase, StepId, Text as Name};
use crate::problem::{Problem, printable};
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// What stands for an item: entries, or a thing of the program.
pub(super) struct Found {
    seed: String,
    entries: Vec<Entry>,
    program: Option<String>,
}

/// Finds what stands for an item.
pub(super) fn find(base: &KnowledgeBase, seed: &str) -> Result<Found, Failure> {
    let seed = seed.trim().to_uppercase();
    let program = (base.guides.iter())
        .find_map(|guide| guide.of_the_program(&seed))
        .map(str::to_owned);
    let entries = entries(base, &seed);
    if entries.is_empty() && program.is_none() {
        let message = format!("nothing stands for the item `{}`", printable(&seed));
        let help = "items of the guides have ids such as `S1-007` and `S2-109`";
        return Err(Problem::error(message).help(help).into());
    }
    Ok(Found {
        seed,
        entries,
        program,
    })
}

fn entries(base: &KnowledgeBase, seed: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut add = |entry: Entry, seeds: &[Name]| {
        if seeds.iter().any(|other| other == seed) {
            found.push(entry);
        }
    };
    for (index, axis) in base.axes.iter().enumerate() {
        add(Entry::Axis(AxisId(index as u8)), &axis.seed);
    }
    for (index, step) in base.steps.iter().enumerate() {
        add(Entry::Step(StepId(index as u8)), &step.seed);
    }
    for (id, requirement) in base.requirement_ids() {
        add(Entry::Fact(id), &requirement.seed);
    }
    for (id, quantity) in base.quantity_ids() {
        add(Entry::Fact(id), &quantity.seed);
    }
    for (index, decision) in base.decisions.iter().enumerate() {
        add(Entry::Decision(DecisionId(index as u16)), &decision.seed);
    }
    for id in base.pattern_ids() {
        add(Entry::Pattern(id), &base.pattern(id).seed);
    }
    for (index, hazard) in base.hazards.iter().enumerate() {
        add(Entry::Hazard(HazardId(index as u16)), &hazard.seed);
    }
    for (index, rule) in base.rules.iter().enumerate() {
        add(Entry::Rule(index), &rule.seed);
    }
    for (index, tradeoff) in base.tradeoffs.iter().enumerate() {
        add(Entry::Tradeoff(index), &tradeoff.seed);
    }
    for (index, remark) in base.remarks.iter().enumerate() {
        add(Entry::Remark(index), &remark.seed);
    }
    found
}

pub(super) fn page<W: Write>(
    base: &KnowledgeBase,
    found: &Found,
    output: &mut Out<W>,
) -> io::Result<()> {
    output.title(&format!("What stands for {}", found.seed))?;
    for entry in &found.entries {
        let text = Text::new(
            Role::Id,
            format!("{}/{}", kind(base, *entry), id(base, *entry)),
        )
        .then("  ")
        .then(entry_name(base, *entry));
        output.item(2, "-", &text)?;
    }
    if let Some(what) = &found.program {
        output.item(
            2,
            "-",
            &Text::new(Role::Id, "program").then("  ").then(what),
        )?;
    }
    Ok(())
}

pub(super) fn as_json(base: &KnowledgeBase, found: &Found) -> Json {
    let entries: Vec<Json> = (found.entries.iter())
        .map(|entry| {
            json!({"kind": kind(base, *entry), "id": id(base, *entry), "name": entry_name(base, *entry)})
        })
        .collect();
    json!({"schema": "archadvisor/show/1", "kind": "seed",
        "seed": {"id": found.seed, "entries": entries, "program": found.program}})
}
