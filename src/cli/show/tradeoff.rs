//! The page of a tradeoff: both sides at their best, what decides, the middle ways, and who took which side.

use super::{Out, ids, sources, start};
use crate::cli::output::Text;
use crate::cli::style::Role;
use crate::knowledge::{Alternative, AxisRelation, KnowledgeBase, PatternId, Tradeoff};
use crate::report::catalogue;
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Column at which the text after a label starts.
const COLUMN: usize = 10;

pub(super) fn relation(relation: AxisRelation) -> &'static str {
    match relation {
        AxisRelation::Ally => "ally",
        AxisRelation::Mixed => "mixed",
        AxisRelation::Tension => "tension",
    }
}

/// A tradeoff answers to its id, to its name, and where it is between two axes, to these in either order.
pub(super) fn has_name(base: &KnowledgeBase, tradeoff: &Tradeoff, name: &str) -> bool {
    let pair = || {
        let (Some(_), [left, right]) = (tradeoff.relation, tradeoff.axes.as_slice()) else {
            return false;
        };
        let (left, right) = (&base.axis(*left).id, &base.axis(*right).id);
        ["-", "-vs-"].iter().any(|separator| {
            name == format!("{left}{separator}{right}")
                || name == format!("{right}{separator}{left}")
        })
    };
    tradeoff.id == name || tradeoff.name.to_lowercase() == name.to_lowercase() || pair()
}

pub(super) fn page<W: Write>(
    base: &KnowledgeBase,
    index: usize,
    output: &mut Out<W>,
) -> io::Result<()> {
    let tradeoff = &base.tradeoffs[index];
    start(&tradeoff.name, "tradeoff", &tradeoff.id, output)?;
    output.blank()?;
    let mut because = Text::default();
    if let Some(of) = tradeoff.relation {
        because = because.then(relation(of)).then(": ");
    }
    output.wrap(&because.then(&tradeoff.because), 0, 0)?;
    for (place, side) in tradeoff.sides.iter().enumerate() {
        output.heading(&side.name)?;
        output.field(2, "Best when", COLUMN + 4, &Text::plain(&side.best))?;
        output.field(2, "Costs", COLUMN + 4, &Text::plain(&side.costs))?;
        if !side.patterns.is_empty() {
            let names = ids(side.patterns.iter().map(|id| base.pattern(*id).id.as_str()));
            output.field(2, "Patterns", COLUMN + 4, &names)?;
        }
        let taken = precedents(base, index, place);
        if !taken.is_empty() {
            let text = ids(taken
                .iter()
                .map(|index| base.precedents.id(*index).as_str()));
            output.field(2, "Chosen by", COLUMN + 4, &text)?;
        }
    }
    if !tradeoff.decided_by.is_empty() {
        output.heading("What decides")?;
        for (fact, because) in &tradeoff.decided_by {
            let (id, name, _) = base.fact(*fact);
            let text = Text::plain(name)
                .and(Role::Dim, format!(" ({id})"))
                .then(": ")
                .then(because);
            output.item(2, "-", &text)?;
        }
    }
    if !tradeoff.middle.is_empty() {
        output.heading("Middle ways")?;
        for way in &tradeoff.middle {
            output.item(2, "-", &alternative(base, way))?;
        }
    }
    output.heading("Changing sides later")?;
    output.wrap(&Text::plain(&tradeoff.reversal), 2, 2)?;
    if !tradeoff.decisions.is_empty() {
        output.heading("Decided in")?;
        let names = tradeoff
            .decisions
            .iter()
            .map(|id| base.decision(*id).id.as_str());
        output.wrap(&ids(names), 2, 2)?;
    }
    sources(base, tradeoff.sources.clone(), output)
}

/// A pattern or a thing in words, and why.
pub(super) fn alternative(base: &KnowledgeBase, way: &Alternative) -> Text {
    let what = match (way.pattern, &way.what) {
        (Some(id), _) => Text::new(Role::Id, &base.pattern(id).id),
        (None, Some(what)) => Text::plain(what),
        (None, None) => Text::default(),
    };
    what.then(": ").then(&way.because)
}

/// The precedents that took a side: by what they say of it, in a decision that is an instance of the tradeoff, or as a
/// practice, where they turned down no other pattern of it.
fn precedents(base: &KnowledgeBase, index: usize, place: usize) -> Vec<usize> {
    let tradeoff = &base.tradeoffs[index];
    let side = &tradeoff.sides[place];
    let on_side = |pattern: &PatternId| side.patterns.contains(pattern);
    base.precedents
        .iter()
        .enumerate()
        .filter(|(_, precedent)| {
            // What turned down a pattern of the side did not take it, whatever else of it is there.
            let turned_down = (precedent.turned_down.iter())
                .filter_map(|way| way.pattern.as_ref())
                .any(on_side);
            precedent.took.contains(&(index, place))
                || !turned_down
                    && (precedent.practices.iter().any(on_side)
                        || precedent.chose.iter().any(|(decision, options)| {
                            tradeoff.decisions.contains(decision) && options.iter().any(on_side)
                        }))
        })
        .map(|(index, _)| index)
        .collect()
}

pub(super) fn as_json(base: &KnowledgeBase, index: usize) -> Json {
    let tradeoff = &base.tradeoffs[index];
    let sides: Vec<Json> = tradeoff
        .sides
        .iter()
        .enumerate()
        .map(|(place, side)| {
            let taken: Vec<&str> = (precedents(base, index, place).into_iter())
                .map(|index| base.precedents.id(index).as_str())
                .collect();
            json!({"name": side.name, "patterns": catalogue::pattern_ids(base, &side.patterns), "best": side.best,
                "costs": side.costs, "precedents": taken})
        })
        .collect();
    json!({
        "id": tradeoff.id, "name": tradeoff.name,
        "axes": tradeoff.axes.iter().map(|axis| &base.axis(*axis).id).collect::<Vec<_>>(),
        "relation": tradeoff.relation.map(relation), "because": tradeoff.because, "sides": sides,
        "decided_by": tradeoff.decided_by.iter()
            .map(|(fact, because)| json!({"fact": base.fact(*fact).0, "because": because})).collect::<Vec<_>>(),
        "middle": tradeoff.middle.iter().map(|way| alternative_json(base, way)).collect::<Vec<_>>(),
        "reversal": tradeoff.reversal,
        "decisions": tradeoff.decisions.iter().map(|id| &base.decision(*id).id).collect::<Vec<_>>(),
        "sources": catalogue::source_ids(base, &tradeoff.sources), "confidence": tradeoff.confidence,
    })
}

pub(super) fn alternative_json(base: &KnowledgeBase, way: &Alternative) -> Json {
    json!({"pattern": way.pattern.map(|id| &base.pattern(id).id), "what": way.what, "because": way.because})
}
