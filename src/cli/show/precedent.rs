//! The page of a precedent: a real system, what it chose, what that brought and cost, and what the advisor would say.

use super::tradeoff::{alternative, alternative_json};
use super::{Out, ids, sources, start};
use crate::cli::output::Text;
use crate::cli::style::Role;
use crate::knowledge::{DecisionId, KnowledgeBase, PatternId, Precedent, Verified};
use crate::reasoning::precedent::{Agreement, judge};
use crate::report::catalogue;
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Column at which the text after a label starts.
const COLUMN: usize = 18;

pub(super) fn page<W: Write>(
    base: &KnowledgeBase,
    index: usize,
    output: &mut Out<W>,
) -> io::Result<()> {
    let precedent = &base.precedents[index];
    start(&precedent.system, "precedent", &precedent.id, output)?;
    output.blank()?;
    let what = format!("{} ({})", precedent.what, precedent.year);
    output.wrap(&Text::plain(what), 0, 0)?;
    if !precedent.facts.is_empty() {
        output.heading("What is known of it")?;
        for (fact, answer) in &precedent.facts {
            let (_, name, kind) = base.fact(*fact);
            let mut text = Text::plain(name)
                .then(": ")
                .and(Role::Strong, kind.display(answer.value()));
            if let Some((_, how)) = precedent.derived.iter().find(|(other, _)| other == fact) {
                text = text.and(Role::Dim, format!(" ({how})"));
            }
            output.item(2, "-", &text)?;
        }
    }
    output.heading("What it chose, and what the advisor says to these facts")?;
    for verdict in judge(base, precedent) {
        let chosen = ids(verdict.chose.iter().map(|id| base.pattern(*id).id.as_str()));
        let (role, said) = match verdict.agreement {
            Agreement::Same => (Role::Good, "the same".to_owned()),
            Agreement::Near => (
                Role::Plain,
                "close: among the first two, or part of it".to_owned(),
            ),
            Agreement::NotAsked => (Role::Dim, "does not arise from these facts".to_owned()),
            Agreement::Differs => {
                let names: Vec<&str> = (verdict.recommended.iter())
                    .map(|id| base.pattern(*id).id.as_str())
                    .collect();
                (Role::Warn, format!("differs: {}", names.join(", ")))
            }
        };
        let text = chosen.then("  ").and(role, said);
        output.field(2, &base.decision(verdict.decision).id, COLUMN, &text)?;
        if let Some((_, why)) = precedent
            .differs
            .iter()
            .find(|(decision, _)| *decision == verdict.decision)
        {
            output.wrap(&Text::new(Role::Dim, why), COLUMN, COLUMN)?;
        }
    }
    if !precedent.practices.is_empty() {
        let names = precedent
            .practices
            .iter()
            .map(|id| base.pattern(*id).id.as_str());
        output.field(2, "practices", COLUMN, &ids(names))?;
    }
    if !precedent.took.is_empty() {
        output.heading("Sides of tradeoffs that it took")?;
        for (tradeoff, side) in &precedent.took {
            let tradeoff = &base.tradeoffs[*tradeoff];
            let text = Text::plain(&tradeoff.sides[*side].name).and(
                Role::Dim,
                format!(" ({}, tradeoff {})", tradeoff.name, tradeoff.id),
            );
            output.item(2, "-", &text)?;
        }
    }
    if !precedent.turned_down.is_empty() {
        output.heading("What it turned down")?;
        for way in &precedent.turned_down {
            output.item(2, "-", &alternative(base, way))?;
        }
    }
    for (title, list) in [("Gained", &precedent.gained), ("Paid", &precedent.paid)] {
        if list.is_empty() {
            continue;
        }
        output.heading(title)?;
        for (axis, text) in list {
            let text = Text::plain(&base.axis(*axis).name).then(": ").then(text);
            output.item(2, "-", &text)?;
        }
    }
    output.heading("Lesson")?;
    output.wrap(&Text::plain(&precedent.lesson), 2, 2)?;
    if precedent.verified == Verified::Recalled {
        let text = "Written from memory: check it before you rely on it.";
        output.wrap(&Text::new(Role::Warn, text), 2, 2)?;
    }
    sources(base, precedent.sources.clone(), output)
}

fn took(base: &KnowledgeBase, precedent: &Precedent) -> Json {
    let sides = precedent.took.iter().map(|(tradeoff, side)| {
        let tradeoff = &base.tradeoffs[*tradeoff];
        let side = tradeoff.sides[*side].name.as_str();
        (tradeoff.id.to_string(), Json::from(side))
    });
    Json::Object(sides.collect())
}

pub(super) fn as_json(base: &KnowledgeBase, index: usize) -> Json {
    let precedent = &base.precedents[index];
    let facts: serde_json::Map<String, Json> = (precedent.facts.iter())
        .map(|(fact, answer)| {
            let (id, _, kind) = base.fact(*fact);
            (id.to_owned(), kind.display(answer.value()).into())
        })
        .collect();
    let chose: serde_json::Map<String, Json> = judge(base, precedent)
        .into_iter()
        .map(|verdict| {
            let entry = json!({
                "chose": catalogue::pattern_ids(base, &verdict.chose),
                "recommended": catalogue::pattern_ids(base, &verdict.recommended),
                "agreement": verdict.agreement.word(),
            });
            (base.decision(verdict.decision).id.to_string(), entry)
        })
        .collect();
    let by_axis = |list: &[(crate::knowledge::AxisId, crate::knowledge::Text)]| -> Json {
        let map: serde_json::Map<String, Json> = list
            .iter()
            .map(|(axis, text)| (base.axis(*axis).id.to_string(), text.as_str().into()))
            .collect();
        map.into()
    };
    json!({
        "id": precedent.id, "system": precedent.system, "what": precedent.what, "year": precedent.year,
        "facts": facts, "decisions": chose, "practices": catalogue::pattern_ids(base, &precedent.practices),
        "took": took(base, precedent),
        "turned_down": precedent.turned_down.iter().map(|way| alternative_json(base, way)).collect::<Vec<_>>(),
        "gained": by_axis(&precedent.gained), "paid": by_axis(&precedent.paid), "lesson": precedent.lesson,
        "verified": precedent.verified, "confidence": precedent.confidence,
        "sources": catalogue::source_ids(base, &precedent.sources),
    })
}

/// Lists precedents, each with what it chose and its lesson.
pub(in crate::cli) fn list<W: Write>(
    base: &KnowledgeBase,
    precedents: &[(&Precedent, Vec<PatternId>)],
    output: &mut Out<W>,
) -> io::Result<()> {
    if precedents.is_empty() {
        return Ok(());
    }
    output.heading("Who chose what")?;
    for (precedent, chose) in precedents {
        let text = Text::new(Role::Id, &precedent.id)
            .then(format!("  {} ({}): ", precedent.system, precedent.year))
            .with(ids(chose.iter().map(|id| base.pattern(*id).id.as_str())))
            .and(Role::Dim, format!(". {}", precedent.lesson));
        output.item(2, "-", &text)?;
    }
    Ok(())
}

/// The precedents that took a decision, with what they chose.
pub(super) fn of_decision(
    base: &KnowledgeBase,
    id: DecisionId,
) -> Vec<(&Precedent, Vec<PatternId>)> {
    base.precedents
        .iter()
        .filter_map(|precedent| {
            let (_, options) = precedent.chose.iter().find(|(other, _)| *other == id)?;
            Some((precedent, options.clone()))
        })
        .collect()
}

/// The precedents that chose a pattern.
pub(super) fn of_pattern(base: &KnowledgeBase, id: PatternId) -> Vec<(&Precedent, Vec<PatternId>)> {
    base.precedents
        .iter()
        .filter(|precedent| {
            precedent.practices.contains(&id)
                || precedent
                    .chose
                    .iter()
                    .any(|(_, options)| options.contains(&id))
        })
        .map(|precedent| (precedent, vec![id]))
        .collect()
}
