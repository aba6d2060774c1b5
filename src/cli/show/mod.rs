//! `archadvisor show`: one entry of the knowledge base.

mod like;
mod list;
mod pack;
pub(super) mod precedent;
mod seed;
mod tradeoff;

use super::Stdout;
use super::arguments::ShowArguments;
use super::output::{Output, Text};
use super::patterns::claims;
use super::style::Role;
use crate::failure::{Failure, Outcome};
use crate::knowledge::{
    AxisId, Condition, DecisionId, DefaultAnswer, EdgeKind, FactId, FactKind, HazardId,
    KnowledgeBase, NodeRef, Pattern, PatternId, SourceId, StepId,
};
use crate::problem::{Problem, nearest, printable, slip};
use crate::reasoning::conflicts;
use crate::report::{catalogue, words};
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Column at which the text after a label starts.
const COLUMN: usize = 16;

/// Something that can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Pattern(PatternId),
    Axis(AxisId),
    Decision(DecisionId),
    Fact(FactId),
    Step(StepId),
    Hazard(HazardId),
    Rule(usize),
    Implied(usize),
    Tradeoff(usize),
    Precedent(usize),
    Source(SourceId),
    Remark(usize),
}

/// Shows what has this id, or this other name.
pub(super) fn run(
    base: &KnowledgeBase,
    arguments: &ShowArguments,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    if let Some(item) = &arguments.seed {
        let found = seed::find(base, item)?;
        if arguments.json.json {
            output.json(&seed::as_json(base, &found))?;
        } else {
            seed::page(base, &found, output)?;
        }
        return Ok(Outcome::Fine);
    }
    let Some(name) = arguments.id.as_deref() else {
        list::kinds(base, arguments.json.json, output)?;
        return Ok(Outcome::Fine);
    };
    // Ids are in lower case: however one is typed, it is meant.
    let lower = name.to_lowercase();
    if lower == "packs" {
        pack::list(arguments.json.json, output)?;
        return Ok(Outcome::Fine);
    }
    let mut found = find(base, &lower);
    // Of a conflict what it is about is shown, which its id names after its kind.
    if found.is_empty() && conflicts::is_id(base, &lower) {
        let mut about = lower.split('/').skip(1).map(|part| find(base, part));
        found = about.find(|it| !it.is_empty()).unwrap_or_default();
    }
    if let Some(kind) = list::kind_of(&lower) {
        list::run(base, kind, arguments.json.json, output)?;
        if !arguments.json.json {
            namesakes(base, &found, output)?;
        }
        return Ok(Outcome::Fine);
    }
    if found.is_empty()
        && let Some(pack) = pack::named(&lower)
    {
        pack::page(pack, arguments.json.json, output)?;
        return Ok(Outcome::Fine);
    }
    // Who types the name of a product wants to know what it is for, rather than what cites its manual.
    if found.iter().all(|entry| matches!(entry, Entry::Source(_))) {
        let homes = base.exemplified_by(name);
        let named = if found.is_empty() {
            base.named_like(name)
        } else {
            Vec::new()
        };
        if let Some((first, _)) = named.first() {
            if named.len() == 1 && homes.iter().all(|id| id == first) {
                found.push(Entry::Pattern(*first));
            } else {
                let json = arguments.json.json;
                return like::list(base, name, json, &named, &homes, output);
            }
        } else if homes.len() > 1 {
            return product(base, name, arguments.json.json, &homes, output);
        }
        if named.is_empty() {
            found.splice(0..0, homes.into_iter().map(Entry::Pattern));
        }
    }
    let Some((entry, others)) = found.split_first() else {
        return Err(unknown(base, name).into());
    };
    if arguments.json.json {
        let kind = kind(base, *entry);
        let mut document = json!({"schema": "archadvisor/show/1", "kind": kind});
        document[kind] = as_json(base, *entry);
        output.json(&document)?;
        return Ok(Outcome::Fine);
    }
    match *entry {
        Entry::Pattern(id) => pattern(base, id, output)?,
        Entry::Axis(id) => axis(base, id, output)?,
        Entry::Decision(id) => decision(base, id, output)?,
        Entry::Fact(id) => fact(base, id, output)?,
        Entry::Step(id) => step(base, id, output)?,
        Entry::Hazard(id) => hazard(base, id, output)?,
        Entry::Rule(index) => rule(base, index, output)?,
        Entry::Implied(index) => implied(base, index, output)?,
        Entry::Tradeoff(index) => tradeoff::page(base, index, output)?,
        Entry::Precedent(index) => precedent::page(base, index, output)?,
        Entry::Source(id) => source_page(base, id, output)?,
        Entry::Remark(index) => remark(base, index, output)?,
    }
    namesakes(base, others, output)?;
    Ok(Outcome::Fine)
}

/// Says how to see what else has the name.
fn namesakes(base: &KnowledgeBase, others: &[Entry], output: &mut Stdout) -> io::Result<()> {
    if !others.is_empty() {
        output.blank()?;
        for other in others {
            let (kind, id) = (kind(base, *other), id(base, *other));
            let name = entry_name(base, *other);
            let text = format!("See also the {kind} {name}: archadvisor show {kind}/{id}");
            output.wrap(&Text::new(Role::Dim, text), 0, 0)?;
        }
    }
    Ok(())
}

/// The entries with this id, or `KIND/ID`, or name: the one meant first.
fn find(base: &KnowledgeBase, name: &str) -> Vec<Entry> {
    let (wanted, name) = match name.split_once('/') {
        Some((kind, id)) if KINDS.contains(&kind) => (Some(kind), id),
        _ => (None, name),
    };
    let mut found: Vec<Entry> = Vec::new();
    found.extend(base.find_axis(name).map(Entry::Axis));
    if let Some(id) = base
        .find_pattern(name)
        .filter(|id| base.pattern(*id).id == name)
    {
        found.push(Entry::Pattern(id));
    }
    found.extend(base.find_decision(name).map(Entry::Decision));
    found.extend(base.find_fact(name).map(Entry::Fact));
    found.extend(base.find_step(name).map(Entry::Step));
    found.extend(base.find_hazard(name).map(Entry::Hazard));
    found.extend(base.rules.find(name).map(Entry::Rule));
    found.extend(base.implied.find(name).map(Entry::Implied));
    found.extend(
        base.tradeoffs
            .iter()
            .position(|tradeoff| tradeoff::has_name(base, tradeoff, name))
            .map(Entry::Tradeoff),
    );
    let precedents = base.precedents.iter();
    let named = |entry: &crate::knowledge::Precedent| {
        entry.id == name || entry.system.to_lowercase() == name.to_lowercase()
    };
    found.extend(
        precedents
            .enumerate()
            .filter(|(_, entry)| named(entry))
            .map(|(index, _)| Entry::Precedent(index)),
    );
    found.extend(base.remarks.find(name).map(Entry::Remark));
    if found.is_empty()
        && let Some(id) = base.find_pattern(name)
    {
        found.push(Entry::Pattern(id));
        // Another name of one may stand in the names of its kin: whoever asks for CQRS may mean either form of it.
        let kin = base.named_like(name).into_iter().map(|(id, _)| id);
        found.extend(kin.filter(|kin| *kin != id).map(Entry::Pattern));
    }
    if found.is_empty() {
        found.extend(by_name(base, name));
    }
    // A source is meant only when nothing else is.
    found.extend(base.find_source(name).map(Entry::Source));
    found.retain(|entry| wanted.is_none_or(|wanted| kind(base, *entry) == wanted));
    found
}

/// Lists the patterns that a product is an example of.
fn product(
    base: &KnowledgeBase,
    name: &str,
    json: bool,
    homes: &[PatternId],
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    if json {
        let patterns: Vec<&str> = (homes.iter())
            .map(|id| base.pattern(*id).id.as_str())
            .collect();
        output.json(&json!({
            "schema": "archadvisor/show/1",
            "kind": "product",
            "product": {"name": name, "patterns": patterns},
        }))?;
        return Ok(Outcome::Fine);
    }
    let title = format!("{name} is an example of");
    output.wrap(&Text::new(Role::Title, title), 0, 0)?;
    output.blank()?;
    for id in homes {
        let pattern = base.pattern(*id);
        output.wrap(
            &Text::new(Role::Id, &pattern.id)
                .then("  ")
                .then(&pattern.what),
            2,
            4,
        )?;
    }
    Ok(Outcome::Fine)
}

/// The kinds of entries, in the order in which they are listed.
pub(super) const KINDS: &[&str] = &[
    "pattern",
    "axis",
    "decision",
    "requirement",
    "quantity",
    "step",
    "hazard",
    "rule",
    "implied",
    "tradeoff",
    "precedent",
    "source",
    "principle",
    "mistake",
    "figure",
    "fallacy",
    "reading",
];

fn by_name(base: &KnowledgeBase, name: &str) -> Option<Entry> {
    let same = |other: &str| other.to_lowercase() == name.to_lowercase();
    let decision = || {
        base.decisions
            .iter()
            .position(|entry| same(&entry.name))
            .map(|index| Entry::Decision(DecisionId(index as u16)))
    };
    let axis = || {
        base.axes
            .iter()
            .position(|entry| same(&entry.name))
            .map(|index| Entry::Axis(AxisId(index as u8)))
    };
    let requirement = || {
        base.requirement_ids()
            .find(|(_, entry)| same(&entry.name))
            .map(|(id, _)| Entry::Fact(id))
    };
    let quantity = || {
        base.quantity_ids()
            .find(|(_, entry)| same(&entry.name))
            .map(|(id, _)| Entry::Fact(id))
    };
    let hazard = || {
        base.hazards
            .iter()
            .position(|entry| same(&entry.name))
            .map(|index| Entry::Hazard(HazardId(index as u16)))
    };
    let step = || {
        base.steps
            .iter()
            .position(|entry| same(&entry.name))
            .map(|index| Entry::Step(StepId(index as u8)))
    };
    axis()
        .or_else(decision)
        .or_else(requirement)
        .or_else(quantity)
        .or_else(hazard)
        .or_else(step)
}

fn unknown(base: &KnowledgeBase, name: &str) -> Failure {
    // Of another kind than was said, or of one that there is not.
    if let Some((said, rest)) = name.split_once('/')
        && let Some(entry) = find(base, rest).first()
    {
        let (kind, id) = (kind(base, *entry), id(base, *entry));
        return Problem::error(format!("there is no {} `{id}`", printable(said)))
            .help(format!("did you mean `{kind}/{id}`?"))
            .into();
    }
    let (_, id) = name
        .split_once('/')
        .filter(|(kind, _)| KINDS.contains(kind))
        .unwrap_or(("", name));
    let others = (base.rules.iter().map(|rule| rule.id.as_str()))
        .chain(base.tradeoffs.ids())
        .chain(base.precedents.ids())
        .chain(
            base.patterns
                .iter()
                .flat_map(|pattern| pattern.aliases.iter().map(crate::knowledge::Text::as_str)),
        )
        .chain(
            base.patterns
                .iter()
                .flat_map(|pattern| pattern.examples.iter().map(|example| example.name.as_str())),
        );
    let near = nearest(id, base.nearest_id(id).into_iter().chain(others));
    // A pattern that speaks of the word is likelier meant than a name that is only somewhat like it.
    let is_slip = |near: &&str| {
        let (id, near) = (crate::knowledge::fold(id), crate::knowledge::fold(near));
        slip(&id, &near).is_some() || near.starts_with(&id)
    };
    let near = near.filter(is_slip);
    let mut found = crate::search::Index::new(base).search(base, id);
    found.retain(|hit| (hit.matched.as_ref()).is_none_or(|matched| matched.is_telling));
    let found: Vec<String> = (found.into_iter())
        .take(3)
        .map(|hit| format!("`{}`", base.pattern(hit.pattern).id))
        .collect();
    let help = match (near, found.is_empty()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, false) => format!("did you mean {}?", found.join(", ")),
        (None, true) => "`archadvisor patterns` lists all patterns; `archadvisor patterns --search TEXT` finds one".to_owned(),
    };
    Problem::error(format!("nothing is called `{}`", printable(name)))
        .help(help)
        .into()
}

fn kind(base: &KnowledgeBase, entry: Entry) -> &str {
    match entry {
        Entry::Pattern(_) => "pattern",
        Entry::Axis(_) => "axis",
        Entry::Decision(_) => "decision",
        Entry::Fact(id) if base.requirement(id).is_some() => "requirement",
        Entry::Fact(_) => "quantity",
        Entry::Step(_) => "step",
        Entry::Hazard(_) => "hazard",
        Entry::Rule(_) => "rule",
        Entry::Implied(_) => "implied",
        Entry::Tradeoff(_) => "tradeoff",
        Entry::Precedent(_) => "precedent",
        Entry::Source(_) => "source",
        Entry::Remark(index) => &base.remarks[index].kind,
    }
}

fn id(base: &KnowledgeBase, entry: Entry) -> &str {
    match entry {
        Entry::Pattern(id) => &base.pattern(id).id,
        Entry::Axis(id) => &base.axis(id).id,
        Entry::Decision(id) => &base.decision(id).id,
        Entry::Fact(id) => base.fact(id).0,
        Entry::Step(id) => &base.step(id).id,
        Entry::Hazard(id) => &base.hazard(id).id,
        Entry::Rule(index) => &base.rules[index].id,
        Entry::Implied(index) => &base.implied[index].id,
        Entry::Tradeoff(index) => base.tradeoffs.id(index),
        Entry::Precedent(index) => base.precedents.id(index),
        Entry::Source(id) => &base.source(id).id,
        Entry::Remark(index) => &base.remarks[index].id,
    }
}

/// The name of an entry for people, or what it says where it has none.
fn entry_name(base: &KnowledgeBase, entry: Entry) -> &str {
    match entry {
        Entry::Pattern(id) => &base.pattern(id).name,
        Entry::Axis(id) => &base.axis(id).name,
        Entry::Decision(id) => &base.decision(id).name,
        Entry::Fact(id) => base.fact(id).1,
        Entry::Step(id) => &base.step(id).name,
        Entry::Hazard(id) => &base.hazard(id).name,
        Entry::Rule(index) => &base.rules[index].because,
        Entry::Implied(index) => &base.implied[index].because,
        Entry::Tradeoff(index) => &base.tradeoffs[index].name,
        Entry::Precedent(index) => &base.precedents[index].system,
        Entry::Source(id) => &base.source(id).title,
        Entry::Remark(index) => &base.remarks[index].what,
    }
}

fn as_json(base: &KnowledgeBase, entry: Entry) -> Json {
    match entry {
        Entry::Pattern(id) => {
            serde_json::to_value(catalogue::pattern(base, id)).unwrap_or(Json::Null)
        }
        Entry::Axis(id) => catalogue::axis(base, id),
        Entry::Decision(id) => catalogue::decision(base, id),
        Entry::Fact(id) => catalogue::fact(base, id),
        Entry::Step(id) => catalogue::step(base, id),
        Entry::Hazard(id) => catalogue::hazard(base, id),
        Entry::Source(id) => catalogue::source(base, id),
        Entry::Rule(index) => {
            let rule = &base.rules[index];
            json!({"id": rule.id, "kind": catalogue::rule_kind(rule.kind), "when": rule.when.text, "because": rule.because,
                "relax": rule.relax, "sources": catalogue::source_ids(base, &rule.sources)})
        }
        Entry::Implied(index) => {
            let implied = &base.implied[index];
            json!({"id": implied.id, "axis": base.axis(implied.axis).id, "level": implied.level, "when": implied.when.text,
                "because": implied.because})
        }
        Entry::Tradeoff(index) => tradeoff::as_json(base, index),
        Entry::Precedent(index) => precedent::as_json(base, index),
        Entry::Remark(index) => {
            let remark = &base.remarks[index];
            json!({"id": remark.id, "what": remark.what, "detail": remark.detail, "verdict": remark.verdict,
                "check": remark.check.as_ref().map(|check| &check.text),
                "patterns": catalogue::pattern_ids(base, &remark.patterns),
                "sources": catalogue::source_ids(base, &remark.sources)})
        }
    }
}

type Out<W> = Output<W>;

/// Name and id, the way every page starts.
fn start<W: Write>(name: &str, kind: &str, id: &str, output: &mut Out<W>) -> io::Result<()> {
    output.wrap(
        &Text::new(Role::Title, name).and(Role::Dim, format!("  {kind} {id}")),
        0,
        0,
    )
}

/// A heading and a list, if there is anything in it.
fn bullets<W: Write>(
    title: &str,
    list: &[crate::knowledge::Text],
    output: &mut Out<W>,
) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    output.heading(title)?;
    for text in list {
        output.item(2, "-", &Text::plain(text))?;
    }
    Ok(())
}

fn condition(condition: &Condition) -> Text {
    Text::new(Role::Id, &condition.text)
}

/// Ids separated by commas.
fn ids<'a>(names: impl IntoIterator<Item = &'a str>) -> Text {
    let mut text = Text::default();
    for (index, name) in names.into_iter().enumerate() {
        text = if index > 0 { text.then(", ") } else { text };
        text = text.and(Role::Id, name);
    }
    text
}

fn pattern<W: Write>(base: &KnowledgeBase, id: PatternId, output: &mut Out<W>) -> io::Result<()> {
    let pattern = base.pattern(id);
    start(&pattern.name, "pattern", &pattern.id, output)?;
    if !pattern.aliases.is_empty() {
        let names: Vec<&str> = pattern
            .aliases
            .iter()
            .map(crate::knowledge::Text::as_str)
            .collect();
        output.wrap(
            &Text::new(Role::Dim, format!("also called {}", names.join(", "))),
            0,
            0,
        )?;
    }
    output.blank()?;
    output.wrap(&Text::plain(&pattern.what), 0, 0)?;
    let guidance = &pattern.guidance;
    if let Some(plain) = &guidance.plain {
        output.blank()?;
        output.wrap(&Text::plain("In plain words: ").then(plain), 0, 0)?;
    }
    for (title, list) in [
        ("When to use it", &guidance.use_when),
        ("When not to", &guidance.avoid_when),
    ] {
        bullets(title, list, output)?;
    }
    output.blank()?;
    let step = base.step(pattern.step);
    output.field(
        0,
        "Step",
        COLUMN,
        &Text::plain(format!("{}, {}", step.number, step.name)),
    )?;
    output.field(0, "Category", COLUMN, &Text::plain(&pattern.category))?;
    let parts = format!("{} of 5 (moving parts to operate)", pattern.complexity);
    output.field(0, "Complexity", COLUMN, &Text::plain(parts))?;
    let mut offered = Text::default();
    for (index, decision) in base.decisions_of(id).enumerate() {
        offered = if index > 0 {
            offered.then(", ")
        } else {
            offered
        };
        offered = offered
            .and(Role::Id, &base.decision(decision).id)
            .then(format!(" ({})", base.decision(decision).name));
    }
    if offered.width() > 0 {
        output.field(0, "Option of", COLUMN, &offered)?;
    }
    if pattern.antipattern {
        output.field(
            0,
            "Note",
            COLUMN,
            &Text::plain("an antipattern: kept to be recognised and argued against"),
        )?;
    }
    if let Some(why) = pattern.disabled() {
        output.field(0, "Note", COLUMN, &Text::new(Role::Bad, why))?;
    } else if pattern.reference {
        output.field(
            0,
            "Note",
            COLUMN,
            &Text::plain("a concept to read about; never recommended"),
        )?;
    }
    if !pattern.effects.is_empty() {
        output.heading("Effects")?;
        for effect in &pattern.effects {
            output.wrap(&Text::new(Role::Strong, &base.axis(effect.axis).name), 2, 2)?;
            claims(&effect.cases, 4, output)?;
        }
    }
    conditions(base, id, output)?;
    relations(base, id, output)?;
    for (title, list) in [
        ("How to verify that it works", &guidance.verify),
        ("Common mistakes", &guidance.mistakes),
    ] {
        bullets(title, list, output)?;
    }
    precedent::list(base, &precedent::of_pattern(base, id), output)?;
    if !pattern.examples.is_empty() {
        output.blank()?;
        let names: Vec<String> = pattern
            .examples
            .iter()
            .map(|example| match &example.status {
                Some(status) => format!("{} ({status})", example.name),
                None => example.name.to_string(),
            })
            .collect();
        output.field(0, "For example", COLUMN, &Text::plain(names.join(", ")))?;
    }
    let mut cited: Vec<SourceId> = pattern.sources.clone();
    let claimed = pattern
        .effects
        .iter()
        .flat_map(|effect| &effect.cases)
        .flat_map(|claim| &claim.support.sources);
    cited.extend(claimed);
    cited.extend(pattern.limits.iter().flat_map(|limit| &limit.sources));
    cited.extend(pattern.norm.iter().flat_map(|norm| &norm.sources));
    sources(base, cited, output)?;
    if let Some(reviewed) = &pattern.reviewed {
        output.blank()?;
        output.wrap(
            &Text::new(Role::Dim, format!("Last reviewed {reviewed}.")),
            0,
            0,
        )?;
    }
    Ok(())
}

/// What calls for a pattern and what speaks against it.
fn conditions<W: Write>(
    base: &KnowledgeBase,
    id: PatternId,
    output: &mut Out<W>,
) -> io::Result<()> {
    let pattern = base.pattern(id);
    if pattern.applies.is_none()
        && pattern.driver.is_none()
        && pattern.norm.is_none()
        && pattern.limits.is_empty()
    {
        return Ok(());
    }
    output.heading("When, and when not")?;
    if let Some(applies) = &pattern.applies {
        output.field(2, "applies when", COLUMN, &condition(applies))?;
    }
    if let Some(driver) = &pattern.driver {
        output.field(
            2,
            "called for",
            COLUMN,
            &Text::plain("when ")
                .with(condition(&driver.when))
                .then(": ")
                .then(&driver.because),
        )?;
    }
    if let Some(norm) = &pattern.norm {
        let text = if norm.unless.text == "false" {
            Text::plain("always: ")
        } else {
            Text::plain("unless ")
                .with(condition(&norm.unless))
                .then(": ")
        };
        output.field(2, "discouraged", COLUMN, &text.then(&norm.because))?;
    }
    for limit in &pattern.limits {
        let text = Text::plain("when ")
            .with(condition(&limit.when))
            .then(": ")
            .then(&limit.because);
        output.field(2, "ruled out", COLUMN, &text)?;
    }
    Ok(())
}

fn relations<W: Write>(base: &KnowledgeBase, id: PatternId, output: &mut Out<W>) -> io::Result<()> {
    let pattern = base.pattern(id);
    let names =
        |patterns: &[PatternId]| ids(patterns.iter().map(|id| base.pattern(*id).id.as_str()));
    let mut lines: Vec<(&str, Text)> = Vec::new();
    for group in &pattern.requires {
        let mut text = Text::default();
        for (index, member) in group.iter().enumerate() {
            text = if index > 0 { text.then(" or ") } else { text };
            text = text.and(Role::Id, &base.pattern(*member).id);
        }
        lines.push(("needs", text));
    }
    let graph = base.graph();
    let incoming = |wanted: &dyn Fn(EdgeKind, &Pattern) -> bool| {
        let mut found: Vec<&str> = (graph.into(NodeRef::Pattern(id)).iter())
            .filter_map(|edge| match edge.other {
                NodeRef::Pattern(other) => Some((edge.kind, base.pattern(other))),
                _ => None,
            })
            .filter(|(kind, other)| wanted(*kind, other))
            .map(|(_, other)| other.id.as_str())
            .collect();
        found.dedup();
        found
    };
    // What alone meets a need, and what is one of several that would.
    let needs = |kind: EdgeKind, other: &Pattern, alone: bool| match kind {
        EdgeKind::Requires(group) => {
            let group = other.requires.get(usize::from(group));
            group.is_some_and(|group| (group.len() == 1) == alone)
        }
        _ => false,
    };
    let listed = [
        ("rules out", &pattern.excludes),
        ("goes well with", &pattern.complements),
        ("instead of", &pattern.alternatives),
        ("a form of", &pattern.specialises),
        ("leads on to", &pattern.migrates_to),
    ];
    lines.extend(
        listed
            .into_iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(label, list)| (label, names(list))),
    );
    let needed_by = incoming(&|kind, other| needs(kind, other, true));
    if !needed_by.is_empty() {
        lines.push(("needed by", ids(needed_by)));
    }
    let may_serve = incoming(&|kind, other| needs(kind, other, false));
    if !may_serve.is_empty() {
        let text = Text::plain("as one of several, ").with(ids(may_serve));
        lines.push(("may serve", text));
    }
    let reached_from = incoming(&|kind, _| kind == EdgeKind::MigratesTo);
    if !reached_from.is_empty() {
        lines.push(("comes after", ids(reached_from)));
    }
    let hazards = |list: &[HazardId]| ids(list.iter().map(|id| base.hazard(*id).id.as_str()));
    for (label, list) in [
        ("brings in", &pattern.opens),
        ("takes away", &pattern.closes),
    ] {
        if !list.is_empty() {
            let hazard = if list.len() == 1 {
                "the hazard "
            } else {
                "the hazards "
            };
            lines.push((label, Text::plain(hazard).with(hazards(list))));
        }
    }
    for (hazard, when) in &pattern.closes_when {
        let text = Text::new(Role::Id, &base.hazard(*hazard).id)
            .then(" only where ")
            .with(condition(when));
        lines.push(("", text));
    }
    if lines.is_empty() {
        return Ok(());
    }
    output.heading("Relations")?;
    for (label, text) in lines {
        output.field(2, label, COLUMN + 2, &text)?;
    }
    Ok(())
}

/// The sources, each once, in the order of the knowledge base.
pub(super) fn sources<W: Write>(
    base: &KnowledgeBase,
    mut cited: Vec<SourceId>,
    output: &mut Out<W>,
) -> io::Result<()> {
    cited.sort_unstable();
    cited.dedup();
    if cited.is_empty() {
        return Ok(());
    }
    output.heading("Sources")?;
    for id in cited {
        output.wrap(
            &Text::new(Role::Id, &base.source(id).id)
                .then("  ")
                .then(reference(base, id)),
            2,
            4,
        )?;
    }
    Ok(())
}

/// A source as literature lists write it, with its address.
fn reference(base: &KnowledgeBase, id: SourceId) -> String {
    let text = words::reference(base, id);
    match &base.source(id).url {
        Some(url) => format!("{text} {url}"),
        None => text,
    }
}

fn axis<W: Write>(base: &KnowledgeBase, id: AxisId, output: &mut Out<W>) -> io::Result<()> {
    let axis = base.axis(id);
    start(&axis.name, "axis", &axis.id, output)?;
    output.blank()?;
    output.wrap(&Text::plain(&axis.what), 0, 0)?;
    output.wrap(
        &Text::plain("To set its priority, ask: ").then(&axis.question),
        0,
        0,
    )?;
    output.heading("Scale")?;
    for (value, text) in &axis.anchors {
        output.wrap(
            &Text::new(super::patterns::role(*value), format!("{value:+}"))
                .then("  ")
                .then(text),
            2,
            6,
        )?;
    }
    output.heading("Measured by")?;
    for measure in &axis.measures {
        output.item(2, "-", &Text::plain(measure))?;
    }
    output.heading("Against the other axes")?;
    for tradeoff in &base.tradeoffs {
        let (Some(relation), true) = (tradeoff.relation, tradeoff.axes.contains(&id)) else {
            continue;
        };
        let Some(other) = tradeoff.axes.iter().find(|axis| **axis != id) else {
            continue;
        };
        let text = Text::plain(tradeoff::relation(relation))
            .then(": ")
            .then(&tradeoff.because);
        output.field(2, &base.axis(*other).id, 19, &text)?;
    }
    for (direction, heading) in [(1, "Most helped by"), (-1, "Most hurt by")] {
        let strongest = base.graph().affecting(id, direction);
        output.heading(heading)?;
        let names = strongest
            .iter()
            .filter(|(_, value)| value.abs() == 2)
            .map(|(pattern, _)| base.pattern(*pattern).id.as_str());
        output.wrap(&ids(names), 2, 2)?;
    }
    output.blank()?;
    output.wrap(
        &Text::new(
            Role::Dim,
            format!(
                "All of them, with reasons: archadvisor patterns --axis {}",
                axis.id
            ),
        ),
        0,
        0,
    )
}

fn decision<W: Write>(base: &KnowledgeBase, id: DecisionId, output: &mut Out<W>) -> io::Result<()> {
    let decision = base.decision(id);
    start(&decision.name, "decision", &decision.id, output)?;
    output.blank()?;
    output.wrap(&Text::plain(&decision.question), 0, 0)?;
    output.blank()?;
    let step = base.step(decision.step);
    output.field(
        0,
        "Step",
        COLUMN,
        &Text::plain(format!("{}, {}", step.number, step.name)),
    )?;
    let pick = match decision.pick {
        crate::knowledge::Pick::One => "one option",
        crate::knowledge::Pick::Many => "any number of options",
    };
    output.field(0, "Pick", COLUMN, &Text::plain(pick))?;
    let cost = match decision.reversal {
        crate::knowledge::Reversal::Low => "low: days",
        crate::knowledge::Reversal::Medium => "medium: weeks",
        crate::knowledge::Reversal::High => {
            "high: months, with data to move or teams to reorganise"
        }
    };
    output.field(0, "To change later", COLUMN, &Text::plain(" ").then(cost))?;
    if let Some(when) = &decision.when {
        output.field(0, "Arises when", COLUMN, &condition(when))?;
    }
    if let Some(called_for) = &decision.called_for {
        output.field(0, "Called for by", COLUMN, &condition(called_for))?;
    }
    if decision.least_sufficient {
        let text = "the least option that meets the stated need; more is not better";
        output.field(0, "Rule", COLUMN, &Text::plain(text))?;
    }
    output.heading("Options")?;
    for option in &decision.options {
        let pattern = base.pattern(*option);
        let mut text = Text::new(Role::Id, &pattern.id);
        if decision.baseline == Some(*option) {
            text = text.and(Role::Dim, "  (the one the others are compared with)");
        }
        output.wrap(&text, 2, 2)?;
        output.wrap(&Text::plain(&pattern.what), 4, 4)?;
    }
    let tensions: Vec<&str> = (base.tradeoffs.iter())
        .filter(|tradeoff| tradeoff.relation.is_none() && tradeoff.decisions.contains(&id))
        .map(|tradeoff| tradeoff.id.as_str())
        .collect();
    if !tensions.is_empty() {
        output.heading("The tradeoffs in it")?;
        output.wrap(&ids(tensions), 2, 2)?;
    }
    precedent::list(base, &precedent::of_decision(base, id), output)?;
    output.blank()?;
    let next = format!(
        "Their effects side by side: archadvisor patterns --decision {0}\nThe advice for your design: archadvisor explain {0}",
        decision.id
    );
    for line in next.lines() {
        output.wrap(&Text::new(Role::Dim, line), 0, 0)?;
    }
    Ok(())
}

fn fact<W: Write>(base: &KnowledgeBase, id: FactId, output: &mut Out<W>) -> io::Result<()> {
    let mut cited = Vec::new();
    if let Some(requirement) = base.requirement(id) {
        start(&requirement.name, "requirement", &requirement.id, output)?;
        output.blank()?;
        output.wrap(&Text::plain(&requirement.question), 0, 0)?;
        output.wrap(
            &Text::plain("Why it is asked: ").then(&requirement.why),
            0,
            0,
        )?;
        if let Some(note) = &requirement.note {
            output.wrap(&Text::plain(note), 0, 0)?;
        }
        output.blank()?;
        output.field(0, "Group", COLUMN, &Text::plain(&requirement.group))?;
        match &requirement.kind {
            FactKind::Number { unit, min, max } => {
                let symbol = if unit.symbol().is_empty() {
                    "a plain number"
                } else {
                    unit.symbol()
                };
                output.field(0, "Unit", COLUMN, &Text::plain(symbol))?;
                let show = |value: f64| {
                    requirement
                        .kind
                        .display(crate::knowledge::Answer::Number(value).value())
                };
                let range = if max.is_finite() {
                    format!("{} to {}", show(*min), show(*max))
                } else {
                    format!("{} or more", show(*min))
                };
                output.field(0, "Range", COLUMN, &Text::plain(range))?;
            }
            FactKind::Bool => output.field(0, "Answer", COLUMN, &Text::plain("yes or no"))?,
            FactKind::Choice { values, .. } => {
                for (index, choice) in values.iter().enumerate() {
                    let label = if index == 0 { "Answer" } else { "" };
                    let mut text = Text::new(Role::Id, &choice.value);
                    if !choice.means.is_empty() {
                        text = text.then("  ").then(&choice.means);
                    }
                    output.field(0, label, COLUMN, &text)?;
                }
            }
        }
        let default = match (&requirement.default, &requirement.formula) {
            (_, Some(formula)) => format!("derived: {formula}"),
            (DefaultAnswer::Unknown, _) => "stays unknown".to_owned(),
            (DefaultAnswer::Number(number), _) => {
                format!(
                    "assumed {}",
                    requirement
                        .kind
                        .display(crate::knowledge::Answer::Number(*number).value())
                )
            }
            (DefaultAnswer::Bool(value), _) => {
                format!(
                    "assumed {}",
                    requirement
                        .kind
                        .display(crate::knowledge::Answer::Bool(*value).value())
                )
            }
            (DefaultAnswer::Choice(choice), _) => {
                format!(
                    "assumed {}",
                    requirement
                        .kind
                        .display(crate::knowledge::Answer::Choice(*choice).value())
                )
            }
            (DefaultAnswer::Formula(_), None) => "derived".to_owned(),
        };
        output.field(0, "If not given", COLUMN, &Text::plain(default))?;
        let example = requirement.example();
        output.field(
            0,
            "For example",
            COLUMN,
            &Text::new(
                Role::Id,
                format!(
                    "--set {}={}",
                    requirement.id,
                    example.trim_matches('`').replace(' ', "")
                ),
            ),
        )?;
    } else if let Some(quantity) = base.quantity(id) {
        start(&quantity.name, "quantity", &quantity.id, output)?;
        output.blank()?;
        output.wrap(&Text::plain(&quantity.because), 0, 0)?;
        output.blank()?;
        output.field(0, "Formula", COLUMN, &Text::new(Role::Id, &quantity.text))?;
        if !quantity.kind.unit().is_empty() {
            output.field(0, "Unit", COLUMN, &Text::plain(quantity.kind.unit()))?;
        }
        let inputs = quantity.formula.facts();
        output.field(
            0,
            "Reads",
            COLUMN,
            &ids(inputs.iter().map(|id| base.fact(*id).0)),
        )?;
        cited.clone_from(&quantity.sources);
    }
    let readers = catalogue::readers(base, id);
    if !readers.is_empty() {
        output.field(
            0,
            "Read by",
            COLUMN,
            &ids(readers.iter().map(String::as_str)),
        )?;
    }
    sources(base, cited, output)
}

fn step<W: Write>(base: &KnowledgeBase, id: StepId, output: &mut Out<W>) -> io::Result<()> {
    let step = base.step(id);
    start(
        &format!("Step {}: {}", step.number, step.name),
        "step",
        &step.id,
        output,
    )?;
    output.blank()?;
    output.paragraphs(&step.guidance, 0)?;
    let decisions: Vec<_> = base
        .decision_ids()
        .filter(|decision| base.decision(*decision).step == id)
        .collect();
    if !decisions.is_empty() {
        output.heading("Decisions")?;
        for decision in decisions {
            let decision = base.decision(decision);
            output.field(2, &decision.id, COLUMN, &Text::plain(&decision.question))?;
        }
    }
    if !step.groups.is_empty() {
        output.heading("Questions")?;
        for group in &step.groups {
            let names = base
                .requirements
                .iter()
                .filter(|entry| entry.group == *group)
                .map(|entry| entry.id.as_str());
            output.field(2, group, COLUMN, &ids(names))?;
        }
    }
    output.heading("Checklist")?;
    for item in &step.checklist {
        output.item(2, "[ ]", &Text::plain(&item.text))?;
    }
    output.heading("Outcomes")?;
    for outcome in &step.outcomes {
        output.item(2, "-", &Text::plain(outcome))?;
    }
    Ok(())
}

fn hazard<W: Write>(base: &KnowledgeBase, id: HazardId, output: &mut Out<W>) -> io::Result<()> {
    let hazard = base.hazard(id);
    start(&hazard.name, "hazard", &hazard.id, output)?;
    output.blank()?;
    output.wrap(&Text::plain(&hazard.what), 0, 0)?;
    output.blank()?;
    output.field(
        0,
        "Threatens",
        COLUMN,
        &Text::new(Role::Id, &base.axis(hazard.axis).id),
    )?;
    output.field(
        0,
        "Severity",
        COLUMN,
        &Text::plain(if hazard.severity >= 2 {
            "severe"
        } else {
            "moderate"
        }),
    )?;
    if let Some(matters) = &hazard.matters {
        output.field(0, "Matters when", COLUMN, &condition(matters))?;
    }
    if let Some(arises) = &hazard.arises {
        output.field(0, "Arises when", COLUMN, &condition(arises))?;
    }
    let with = |list: fn(&Pattern) -> &Vec<HazardId>| -> Vec<&str> {
        base.patterns
            .iter()
            .filter(|pattern| list(pattern).contains(&id))
            .map(|pattern| pattern.id.as_str())
            .collect()
    };
    for (label, names) in [
        ("Brought in by", with(|pattern| &pattern.opens)),
        ("Taken away by", with(|pattern| &pattern.closes)),
    ] {
        if !names.is_empty() {
            output.field(0, label, COLUMN, &ids(names))?;
        }
    }
    for pattern in &base.patterns {
        if let Some(when) = pattern.closes_if(id) {
            let text = Text::new(Role::Id, &pattern.id)
                .then(" only where ")
                .with(condition(when));
            output.field(0, "", COLUMN, &text)?;
        }
    }
    Ok(())
}

fn rule<W: Write>(base: &KnowledgeBase, index: usize, output: &mut Out<W>) -> io::Result<()> {
    let rule = &base.rules[index];
    start(&rule.id, "rule", catalogue::rule_kind(rule.kind), output)?;
    output.blank()?;
    output.wrap(&Text::plain(&rule.because), 0, 0)?;
    output.blank()?;
    output.field(0, "Holds when", COLUMN, &condition(&rule.when))?;
    output.heading("Ways out")?;
    for way in &rule.relax {
        output.item(2, "-", &Text::plain(way))?;
    }
    sources(base, rule.sources.clone(), output)
}

fn implied<W: Write>(base: &KnowledgeBase, index: usize, output: &mut Out<W>) -> io::Result<()> {
    let implied = &base.implied[index];
    start(&implied.id, "implied", "priority", output)?;
    output.blank()?;
    let level = base.level_name(implied.level);
    let text = Text::plain(format!(
        "{} is at least {level}: ",
        base.axis(implied.axis).name
    ))
    .then(&implied.because);
    output.wrap(&text, 0, 0)?;
    output.field(0, "Holds when", COLUMN, &condition(&implied.when))
}

fn source_page<W: Write>(
    base: &KnowledgeBase,
    id: SourceId,
    output: &mut Out<W>,
) -> io::Result<()> {
    let source = base.source(id);
    start(&source.title, "source", &source.id, output)?;
    output.blank()?;
    output.wrap(&Text::plain(reference(base, id)), 0, 0)?;
    output.blank()?;
    output.field(0, "Kind", COLUMN, &Text::plain(&source.kind))?;
    let mut cited: Vec<String> = base
        .graph()
        .into(NodeRef::Source(id))
        .iter()
        .map(|edge| catalogue::node_name(base, edge.other))
        .collect();
    cited.sort();
    cited.dedup();
    if !cited.is_empty() {
        output.field(
            0,
            "Cited by",
            COLUMN,
            &ids(cited.iter().map(String::as_str)),
        )?;
    }
    Ok(())
}

fn remark<W: Write>(base: &KnowledgeBase, index: usize, output: &mut Out<W>) -> io::Result<()> {
    let remark = &base.remarks[index];
    start(
        &remark.id,
        &remark.kind,
        remark.verdict.as_deref().unwrap_or_default(),
        output,
    )?;
    output.blank()?;
    output.paragraphs(&remark.what, 0)?;
    if let Some(detail) = &remark.detail {
        output.blank()?;
        output.paragraphs(detail, 0)?;
    }
    if let Some(check) = &remark.check {
        output.blank()?;
        output.field(0, "Made when", COLUMN, &condition(check))?;
    }
    if !remark.patterns.is_empty() {
        output.blank()?;
        output.field(
            0,
            "Answered by",
            COLUMN,
            &ids(remark
                .patterns
                .iter()
                .map(|id| base.pattern(*id).id.as_str())),
        )?;
    }
    sources(base, remark.sources.clone(), output)
}
