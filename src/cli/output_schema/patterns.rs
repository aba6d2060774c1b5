//! `patterns`, and a pattern as `show` has it too.

use super::{
    Key, at_least, described, list, map, object, of, part, text, texts, truth, within, word, words,
};
use crate::knowledge::{Basis, Component, Confidence, FACETS};
use serde_json::{Map, Value as Json};

pub(super) fn definitions() -> Map<String, Json> {
    [
        ("patterns".to_owned(), patterns()),
        part("pattern", "A pattern: an option of decisions, or a practice.", pattern()),
        part("effect", "What a pattern does to a quality axis: the case that holds otherwise, and special ones.", effect()),
        part("conditions", "What rules a pattern out, calls for it and speaks against it.", conditions()),
        part("relations", "Ids of what is related to a pattern.", relations()),
        part("case", "What a pattern does to a quality axis on a condition.", case()),
    ]
    .into_iter()
    .collect()
}

fn patterns() -> Json {
    let matched = object([
        (
            "place",
            text(),
            "Where in the pattern the words stand, such as `use when`.",
        ),
        ("text", text(), "The phrase."),
    ]);
    let mut keys = pattern();
    keys.extend([
        (
            "matched?",
            matched,
            "What a search found; not where that is the name.",
        ),
        (
            "axis?",
            text(),
            "With `--axis`: the quality axis by which it is listed.",
        ),
        (
            "side?",
            word(["helps", "hurts"]),
            "With `--axis`: the side on which it is listed.",
        ),
        (
            "strongest?",
            within(-2, 2),
            "With `--axis`: its strongest effect on that side.",
        ),
    ]);
    described(
        list(object(keys)),
        "`patterns --json`: the patterns that fit.",
    )
}

fn case() -> Vec<Key<'static>> {
    let mut keys = claim();
    keys.push(("when", text(), "The condition on which it holds."));
    keys
}

/// What holds where no special case does, and these.
fn effect() -> Vec<Key<'static>> {
    let mut keys = claim();
    keys.push((
        "cases?",
        list(of("case")),
        "Special cases; the first that holds counts instead.",
    ));
    keys
}

fn claim() -> Vec<Key<'static>> {
    vec![
        ("value", within(-2, 2), "From -2 (hurts) to +2 (helps)."),
        ("because", text(), "The mechanism."),
        (
            "facet?",
            word(FACETS.iter().copied()),
            "The side of the axis that is meant.",
        ),
        (
            "basis",
            words::of_files::<Basis>(),
            "What the claim rests on.",
        ),
        (
            "confidence",
            words::of_files::<Confidence>(),
            "How sure the claim is.",
        ),
        ("sources", texts(), "Ids of sources."),
    ]
}

fn pattern() -> Vec<Key<'static>> {
    vec![
        ("id", text(), "Id of the pattern."),
        ("name", text(), "Its name for people."),
        ("aliases", texts(), "Other names."),
        ("category", text(), "Its category."),
        (
            "component?",
            words::of_files::<Component>(),
            "The component of the diagram it belongs to, where that is not the one of its decision.",
        ),
        ("step", at_least(1), "Number of its step."),
        ("summary", text(), "What it is, in a sentence."),
        ("plain?", text(), "The same without technical terms."),
        ("use_when", texts(), "When to use it."),
        ("avoid_when", texts(), "When not to."),
        ("verify", texts(), "How to verify that it works."),
        ("mistakes", texts(), "Common mistakes in applying it."),
        (
            "complexity",
            within(0, 5),
            "Moving parts to operate, from 0 to 5.",
        ),
        (
            "antipattern",
            truth(),
            "Whether it is kept only to be argued against.",
        ),
        (
            "reference",
            truth(),
            "Whether it is only to be read about, and never recommended.",
        ),
        (
            "decisions",
            texts(),
            "Ids of the decisions of which it is an option.",
        ),
        (
            "effects",
            map(of("effect")),
            "By id of the quality axis, what it does to that.",
        ),
        (
            "conditions",
            of("conditions"),
            "What rules it out, calls for it and speaks against it.",
        ),
        (
            "relations",
            of("relations"),
            "Ids of what is related to it.",
        ),
        ("examples", texts(), "Products and libraries."),
        ("sources", texts(), "Ids of sources."),
    ]
}

fn conditions() -> Vec<Key<'static>> {
    let when = object([("when", text(), "The condition.")]);
    let driver = object([
        ("when", text(), "The condition."),
        ("because", text(), "Why."),
    ]);
    let norm = object([
        (
            "unless",
            text(),
            "The condition on which it is not discouraged.",
        ),
        ("because", text(), "Why it is otherwise."),
        ("sources", texts(), "Ids of sources."),
    ]);
    let limit = object([
        ("id", text(), "Id of the limit, within the pattern."),
        ("when", text(), "The condition."),
        ("because", text(), "Why."),
        (
            "confidence",
            words::of_files::<Confidence>(),
            "How sure it is.",
        ),
        ("sources", texts(), "Ids of sources."),
    ]);
    vec![
        (
            "applies?",
            when,
            "When it applies; of practices and of options of which any number is taken.",
        ),
        ("driver?", driver, "What calls for it."),
        ("norm?", norm, "What speaks against it."),
        ("limits?", list(limit), "What rules it out."),
    ]
}

fn relations() -> Vec<Key<'static>> {
    vec![
        (
            "requires?",
            list(texts()),
            "Groups of patterns; of each, one is needed.",
        ),
        (
            "excludes?",
            texts(),
            "Patterns that cannot be taken with it.",
        ),
        ("complements?", texts(), "Patterns that go well with it."),
        (
            "alternatives?",
            texts(),
            "Patterns that are taken instead of it.",
        ),
        ("specialises?", texts(), "Patterns of which it is a form."),
        ("migrates_to?", texts(), "Patterns to which it leads on."),
        ("opens?", texts(), "Hazards that it opens."),
        ("closes?", texts(), "Hazards that it closes."),
        (
            "closes_when?",
            map(text()),
            "Of the hazards that it closes, the condition on which it does.",
        ),
    ]
}
