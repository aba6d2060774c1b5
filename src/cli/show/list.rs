//! All entries of a kind, each with what it says in one line.

use super::{Entry, KINDS, entry_name, id, kind};
use crate::builtin;
use crate::cli::Stdout;
use crate::cli::output::Text;
use crate::cli::style::Role;
use crate::knowledge::{FactId, HazardId, KnowledgeBase, SourceId, StepId};
use serde_json::{Value as Json, json};
use std::io;

/// The kind that a plural means: `precedents`, `axes`, `quantities`.
pub(super) fn kind_of(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let mut kinds = KINDS.iter().copied();
    kinds.find(|kind| plural(kind) == name)
}

fn plural(kind: &str) -> String {
    match kind {
        "axis" => "axes".to_owned(),
        "implied" | "reading" => kind.to_owned(),
        _ => match kind.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None => format!("{kind}s"),
        },
    }
}

/// Writes the kinds that there are, with how many there are of each.
pub(super) fn kinds(
    base: &KnowledgeBase,
    as_json: bool,
    output: &mut Stdout,
) -> anyhow::Result<()> {
    let entries: Vec<Entry> = all(base).collect();
    let kinds: Vec<(&str, usize, &str)> = (KINDS.iter())
        .filter_map(|wanted| {
            let of_kind = || (entries.iter()).filter(|entry| kind(base, **entry) == *wanted);
            Some((*wanted, of_kind().count(), id(base, *of_kind().next()?)))
        })
        .collect();
    let packs = builtin::packs();
    if as_json {
        let list: Vec<Json> = (kinds.iter())
            .map(|(kind, count, _)| json!({"kind": kind, "count": count, "list": plural(kind)}))
            .chain([json!({"kind": "pack", "count": packs.len(), "list": "packs"})])
            .collect();
        output.json(&json!({"schema": "archadvisor/show/1", "kind": "kinds", "kinds": list}))?;
        return Ok(());
    }
    output.line(&Text::plain("What can be shown, and an example of each:"))?;
    output.blank()?;
    let first = packs.first().copied().unwrap_or_default();
    for (kind, count, example) in kinds.into_iter().chain([("pack", packs.len(), first)]) {
        let text = Text::new(Role::Id, format!("{:<14}", plural(kind)))
            .then(format!("{count:>4}  "))
            .and(Role::Dim, format!("archadvisor show {kind}/{example}"));
        output.wrap(&text, 2, 4)?;
    }
    output.blank()?;
    let next = "An id or a name is enough where it has one meaning: archadvisor show Postgres. All of a kind: archadvisor show hazards. By words: archadvisor patterns --search \"duplicate payments\".";
    output.wrap(&Text::new(Role::Dim, next), 0, 0)?;
    Ok(())
}

/// Writes the entries of a kind.
pub(super) fn run(
    base: &KnowledgeBase,
    wanted: &str,
    as_json: bool,
    output: &mut Stdout,
) -> anyhow::Result<()> {
    let entries: Vec<Entry> = all(base)
        .filter(|entry| kind(base, *entry) == wanted)
        .collect();
    if as_json {
        let list = entries.iter().map(|entry| {
            json!({"id": id(base, *entry), "name": entry_name(base, *entry), "what": what(base, *entry)})
        });
        let list: Vec<Json> = list.collect();
        output.json(
            &json!({"schema": "archadvisor/show/1", "kind": "list", "of": wanted, "list": list}),
        )?;
        return Ok(());
    }
    lines(base, &entries, output)?;
    let text = format!("One of them: archadvisor show {wanted}/ID.");
    output.blank()?;
    output.wrap(&Text::new(Role::Dim, text), 0, 0)?;
    Ok(())
}

fn lines(base: &KnowledgeBase, entries: &[Entry], output: &mut Stdout) -> io::Result<()> {
    for entry in entries {
        let (name, what) = (entry_name(base, *entry), what(base, *entry));
        let mut text = Text::new(Role::Id, id(base, *entry)).then("  ").then(name);
        if what != name {
            text = text.and(Role::Dim, format!("  {what}"));
        }
        output.wrap(&text, 0, 4)?;
    }
    Ok(())
}

fn all(base: &KnowledgeBase) -> impl Iterator<Item = Entry> {
    (base.pattern_ids().map(Entry::Pattern))
        .chain(base.axis_ids().map(Entry::Axis))
        .chain(base.decision_ids().map(Entry::Decision))
        .chain((0..base.fact_count()).map(|index| Entry::Fact(FactId(index as u16))))
        .chain((0..base.steps.len()).map(|index| Entry::Step(StepId(index as u8))))
        .chain((0..base.hazards.len()).map(|index| Entry::Hazard(HazardId(index as u16))))
        .chain((0..base.rules.len()).map(Entry::Rule))
        .chain((0..base.implied.len()).map(Entry::Implied))
        .chain((0..base.tradeoffs.len()).map(Entry::Tradeoff))
        .chain((0..base.precedents.len()).map(Entry::Precedent))
        .chain((0..base.sources.len()).map(|index| Entry::Source(SourceId(index as u16))))
        .chain((0..base.remarks.len()).map(Entry::Remark))
}

/// What an entry says in one line.
fn what(base: &KnowledgeBase, entry: Entry) -> &str {
    match entry {
        Entry::Pattern(id) => &base.pattern(id).what,
        Entry::Axis(id) => &base.axis(id).what,
        Entry::Decision(id) => &base.decision(id).question,
        Entry::Fact(id) => match (base.requirement(id), base.quantity(id)) {
            (Some(requirement), _) => &requirement.question,
            (None, Some(quantity)) => &quantity.because,
            (None, None) => "",
        },
        Entry::Hazard(id) => &base.hazard(id).what,
        Entry::Tradeoff(index) => &base.tradeoffs[index].because,
        Entry::Precedent(index) => &base.precedents[index].lesson,
        Entry::Step(_)
        | Entry::Rule(_)
        | Entry::Implied(_)
        | Entry::Source(_)
        | Entry::Remark(_) => entry_name(base, entry),
    }
}
