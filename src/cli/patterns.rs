//! `archadvisor patterns`: the catalogue, by quality axis.

use super::arguments::PatternsArguments;
use super::kb::count;
use super::output::{Output, Text};
use super::style::Role;
use super::{Stdout, names};
use crate::failure::Outcome;
use crate::knowledge::{AxisId, Claim, KnowledgeBase, PatternId};
use crate::problem::printable;
use crate::report::catalogue;
use crate::search::{Found, Index};
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Lists patterns.
pub(super) fn run(
    base: &KnowledgeBase,
    arguments: &PatternsArguments,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let axes = arguments
        .axis
        .iter()
        .map(|name| names::axis(base, name))
        .collect::<Result<Vec<_>, _>>()?;
    let selected = select(base, arguments)?;
    let found: Vec<PatternId> = selected.iter().map(|found| found.pattern).collect();
    if arguments.json.json {
        let entries: Vec<_> = if axes.is_empty() {
            selected.iter().map(|found| entry(base, found)).collect()
        } else {
            (axes.iter())
                .flat_map(|axis| axis_entries(base, *axis, &found))
                .collect()
        };
        output.json(&entries)?;
        return Ok(Outcome::Fine);
    }
    if found.is_empty() {
        output.line(&Text::plain("No pattern fits."))?;
    } else if let (true, Some(text)) = (axes.is_empty(), &arguments.search) {
        if let Some(meant) = Index::new(base).read_as(base, text) {
            let told = format!("Nothing says “{}”: read as “{meant}”.", printable(text));
            output.wrap(&Text::new(Role::Warn, told), 0, 0)?;
        }
        hits(base, &selected, output)?;
    } else if axes.is_empty() {
        table(base, &found, output)?;
    } else {
        for (index, axis) in axes.iter().enumerate() {
            if index > 0 {
                output.blank()?;
            }
            by_axis(base, *axis, &found, output)?;
        }
    }
    Ok(Outcome::Fine)
}

/// A pattern for programs, with what of it matched a search.
fn entry(base: &KnowledgeBase, found: &Found) -> Json {
    let mut entry = json!(catalogue::pattern(base, found.pattern));
    if let Some(matched) = &found.matched {
        entry["matched"] = json!({"place": matched.place, "text": matched.text});
    }
    entry
}

/// What a search found, best first, with what matched where that was not the name.
fn hits<W: Write>(base: &KnowledgeBase, found: &[Found], output: &mut Output<W>) -> io::Result<()> {
    for hit in found {
        let pattern = base.pattern(hit.pattern);
        let line = Text::new(Role::Id, &pattern.id).and(Role::Dim, format!("  {}", pattern.name));
        output.wrap(&line, 0, 4)?;
        if let Some(matched) = &hit.matched {
            let told = Text::new(Role::Dim, format!("{}: ", matched.place));
            output.wrap(&told.then(&matched.text), 4, 6)?;
        }
    }
    output.blank()?;
    let next = "`archadvisor show ID` tells when, why and with which sources.";
    let note = format!("{}. {next}", count(found.len(), "pattern"));
    output.wrap(&Text::new(Role::Dim, note), 0, 0)
}

/// What helps an axis and then what hurts it, each strongest first: the order of the text. A pattern that can do both stands
/// on both sides.
fn axis_entries(base: &KnowledgeBase, id: AxisId, found: &[PatternId]) -> Vec<Json> {
    let mut entries = Vec::new();
    for (direction, side) in [(1, "helps"), (-1, "hurts")] {
        for (pattern, value) in affecting(base, id, direction, found) {
            let mut entry = json!(catalogue::pattern(base, pattern));
            entry["axis"] = base.axis(id).id.as_str().into();
            entry["side"] = side.into();
            entry["strongest"] = value.into();
            entries.push(entry);
        }
    }
    entries
}

/// The patterns that help (1) or hurt (-1) an axis, strongest first, with their strongest effect.
fn affecting(
    base: &KnowledgeBase,
    id: AxisId,
    direction: i8,
    found: &[PatternId],
) -> Vec<(PatternId, i8)> {
    let mut is_found = vec![false; base.patterns.len()];
    for pattern in found {
        is_found[pattern.index()] = true;
    }
    (base.graph().affecting(id, direction).into_iter())
        .filter(|(pattern, _)| is_found[pattern.index()])
        .collect()
}

fn select(base: &KnowledgeBase, arguments: &PatternsArguments) -> anyhow::Result<Vec<Found>> {
    let mut found: Vec<Found> = match &arguments.search {
        Some(text) if !text.trim().is_empty() => Index::new(base).search(base, text),
        _ => (base.pattern_ids())
            .map(|pattern| Found {
                pattern,
                matched: None,
            })
            .collect(),
    };
    if let Some(name) = &arguments.decision {
        let options = &base.decision(names::decision(base, name)?).options;
        // What an overlay disabled can be read about, but is not offered.
        found.retain(|found| {
            let id = &found.pattern;
            options.contains(id) && base.pattern(*id).disabled().is_none()
        });
        if arguments.search.is_none() {
            // Options are in the order of the catalogue, which tells from which to which one goes.
            found.sort_by_key(|found| options.iter().position(|id| *id == found.pattern));
        }
    }
    if let Some(name) = &arguments.category {
        let mut categories: Vec<&str> = base
            .patterns
            .iter()
            .map(|pattern| pattern.category.as_str())
            .collect();
        categories.sort_unstable();
        categories.dedup();
        if !categories.contains(&name.as_str()) {
            return Err(names::unknown("category", name, categories.into_iter(), true).into());
        }
        found.retain(|found| base.pattern(found.pattern).category == name.as_str());
    }
    Ok(found)
}

/// The cases of what a pattern does to an axis, the unconditional one last; empty when it says nothing.
fn cases(base: &KnowledgeBase, pattern: PatternId, axis: AxisId) -> &[Claim] {
    let effects = &base.pattern(pattern).effects;
    effects
        .iter()
        .find(|effect| effect.axis == axis)
        .map_or(&[], |effect| &effect.cases)
}

/// Patterns against axes. The rows are short, so that the table can be read at 80 columns.
fn table<W: Write>(
    base: &KnowledgeBase,
    found: &[PatternId],
    output: &mut Output<W>,
) -> io::Result<()> {
    let widest = found
        .iter()
        .map(|id| base.pattern(*id).id.len())
        .max()
        .unwrap_or_default();
    let indent = 2;
    let mut header = " ".repeat(indent + widest);
    for axis in &base.axes {
        header.push_str(&format_args!(" {:>4}", axis.short()).to_string());
    }
    output.line(&Text::new(Role::Dim, &header))?;
    let mut ids = found.to_vec();
    ids.sort_by(|left, right| {
        let key = |id: &PatternId| (base.pattern(*id).step, base.pattern(*id).category.as_str());
        key(left).cmp(&key(right))
    });
    let mut category = "";
    for id in ids {
        let pattern = base.pattern(id);
        if pattern.category != *category {
            category = &pattern.category;
            let step = base.step(pattern.step);
            output.line(
                &Text::new(Role::Heading, category)
                    .and(Role::Dim, format!("  step {}, {}", step.number, step.name)),
            )?;
        }
        let gap = widest - pattern.id.len();
        let mut row = Text::plain(" ".repeat(indent))
            .and(Role::Id, &pattern.id)
            .then(" ".repeat(gap));
        for axis in base.axis_ids() {
            row = row.with(cell(cases(base, id, axis)));
        }
        output.line(&row)?;
    }
    output.blank()?;
    let note = "From -2 (hurts) to +2 (helps) on each quality axis; * depends on conditions.";
    output.wrap(&Text::new(Role::Dim, note), 0, 0)?;
    let next = "`archadvisor show ID` tells when, why and with which sources.";
    output.wrap(
        &Text::new(
            Role::Dim,
            format!("{}. {next}", count(found.len(), "pattern")),
        ),
        0,
        0,
    )
}

/// Five cells: a sign, a digit and a mark where conditions decide.
fn cell(cases: &[Claim]) -> Text {
    let value = cases.last().map_or(0, |claim| claim.value);
    let conditional = cases.iter().any(|claim| claim.value != value);
    let mark = if conditional { "*" } else { " " };
    if value == 0 && !conditional {
        return Text::new(Role::Dim, "   . ");
    }
    Text::new(role(value), format!("{:>4}{mark}", signed(value)))
}

/// Writes an effect with its sign; zero has none.
pub(super) fn signed(value: i8) -> String {
    if value == 0 {
        "0".to_owned()
    } else {
        format!("{value:+}")
    }
}

/// How an effect looks.
pub(super) fn role(value: i8) -> Role {
    match value {
        1.. => Role::Good,
        0 => Role::Plain,
        _ => Role::Bad,
    }
}

/// What helps and what hurts one axis, strongest first, with condition and reason of every case.
fn by_axis<W: Write>(
    base: &KnowledgeBase,
    id: AxisId,
    found: &[PatternId],
    output: &mut Output<W>,
) -> io::Result<()> {
    let axis = base.axis(id);
    output.wrap(
        &Text::new(Role::Title, &axis.name).and(Role::Dim, format!("  {}", axis.id)),
        0,
        0,
    )?;
    output.wrap(&Text::plain(&axis.what), 0, 0)?;
    for (direction, heading) in [(1, "Helps"), (-1, "Hurts")] {
        let side = affecting(base, id, direction, found);
        output.heading(&format!("{heading} ({})", side.len()))?;
        for (pattern, _) in side {
            let entry = base.pattern(pattern);
            output.wrap(
                &Text::plain("  ")
                    .and(Role::Id, &entry.id)
                    .and(Role::Dim, format!("  {}", entry.name)),
                0,
                4,
            )?;
            claims(cases(base, pattern, id), 4, output)?;
        }
    }
    Ok(())
}

/// The cases of an effect in the order in which they are tried, with condition and reason.
pub(super) fn claims<W: Write>(
    cases: &[Claim],
    indent: usize,
    output: &mut Output<W>,
) -> io::Result<()> {
    for claim in cases {
        let mut text =
            Text::new(role(claim.value), format!("{:>2}", signed(claim.value))).then("  ");
        match &claim.when {
            Some(condition) => text = text.then("when ").and(Role::Id, &condition.text),
            None if cases.len() > 1 => text = text.then("otherwise"),
            None if claim.support.because.is_empty() => text = text.then("always"),
            None => {}
        }
        if !claim.support.because.is_empty() {
            let colon = if claim.when.is_some() || cases.len() > 1 {
                ": "
            } else {
                ""
            };
            text = text.then(colon).then(&claim.support.because);
        }
        if let Some(facet) = &claim.support.facet {
            text = text.and(Role::Dim, format!(" ({facet})"));
        }
        output.wrap(&text, indent, indent + 4)?;
    }
    Ok(())
}

/// Writes points with their sign; zero has none.
pub(super) fn signed_points(points: i32) -> String {
    if points == 0 {
        "0".to_owned()
    } else {
        format!("{points:+}")
    }
}
