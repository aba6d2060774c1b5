//! `export --format json`: the advice, and what people wrote.

use super::{
    Key, commands, document, list, map, object, of, or_null, part, text, texts, truth, word,
};
use crate::design::{By, Kind, Level, Status, Timing};
use serde_json::{Map, Value as Json};

pub(super) fn definitions() -> Map<String, Json> {
    let mut keys = vec![
        ("knowledge", of("knowledge"), "Which knowledge was used."),
        ("design", of("design"), "What people wrote."),
        (
            "estimates",
            of("estimate"),
            "Quantities and derived requirements.",
        ),
    ];
    keys.extend(commands::parts());
    keys.extend(commands::standing());
    let diagram = object([("mermaid", text(), "The components, as text for Mermaid.")]);
    keys.push(("diagram", diagram, "The components that the choices make."));
    [
        document("export", keys),
        part("design", "What people wrote, beside answers and priorities; empty texts where they wrote nothing.", design()),
    ]
    .into_iter()
    .collect()
}

fn design() -> Vec<Key<'static>> {
    let interface = object([
        ("name", text(), "What the operation does."),
        ("caller", text(), "Who calls it."),
        (
            "kind",
            or_null(word(Kind::WORDS.iter().copied())),
            "Whether it reads or writes.",
        ),
        (
            "style",
            or_null(word(Timing::WORDS.iter().copied())),
            "Whether its caller waits for the outcome.",
        ),
        ("share", text(), "Its share of all requests, as written."),
        (
            "latency",
            text(),
            "The latency that it may have, as written.",
        ),
        (
            "idempotent",
            or_null(truth()),
            "Whether calling it twice does the same as calling it once.",
        ),
    ]);
    let access = object([
        (
            "by",
            word(By::WORDS.iter().copied()),
            "How records are found.",
        ),
        ("rate", text(), "How often, as written."),
    ]);
    let entity = object([
        ("name", text(), "What it is called."),
        ("relations", texts(), "How it relates to other entities."),
        ("access", list(access), "How it is read and written."),
        ("notes", text(), "Anything else."),
    ]);
    let level = || or_null(word(Level::WORDS.iter().copied()));
    let review = object([
        ("when", text(), "The condition on which to review it."),
        ("on", text(), "The day on which to review it."),
    ]);
    let decision = object([
        ("chosen", texts(), "What was chosen, as written."),
        (
            "status",
            or_null(word(Status::WORDS.iter().copied())),
            "Where the decision stands.",
        ),
        ("because", text(), "The rationale."),
        ("confidence", level(), "How sure the deciders were."),
        ("reversibility", level(), "How easily it can be changed."),
        ("decided", text(), "The day on which it was decided."),
        ("review", review, "What calls for a review."),
    ]);
    let waiver = object([
        ("conflict", text(), "Id of the conflict that is accepted."),
        ("because", text(), "Why."),
        ("by", text(), "Who accepted it."),
        (
            "until",
            text(),
            "The last day on which it counts; empty without one.",
        ),
    ]);
    vec![
        ("title", text(), "The title."),
        ("context", text(), "The context."),
        ("functions", texts(), "What the system does."),
        ("interfaces", list(interface), "Its operations."),
        ("entities", list(entity), "What it stores."),
        (
            "decisions",
            map(decision),
            "By id of the decision, what is recorded of it.",
        ),
        ("waivers", list(waiver), "Conflicts that are accepted."),
        ("notes", text(), "Notes."),
    ]
}
