//! The commands that advise: `recommend`, `explain`, `check` and `estimate`.

use super::advice::{background, effects};
use super::{
    Key, at_least, document, list, map, object, of, or_null, part, text, texts, truth, whole, word,
    words,
};
use serde_json::{Map, Value as Json};

pub(super) fn definitions() -> Map<String, Json> {
    [
        document("recommend", recommend()),
        document("explain", explain()),
        document("explain-practice", explain_practice()),
        document("check", check()),
        ("estimate".to_owned(), estimate()),
        part(
            "axis-verdict",
            "What the whole design does to a quality axis.",
            axis_verdict(),
        ),
        part(
            "question",
            "An answer that is worth finding out.",
            question(),
        ),
        part(
            "revision",
            "A recommendation that another decision changed.",
            revision(),
        ),
        part(
            "mistake",
            "A common mistake that the design makes.",
            mistake(),
        ),
        part(
            "review-due",
            "A recorded decision that is due for review.",
            review_due(),
        ),
        part(
            "superseded-decision",
            "A recorded decision that was replaced.",
            superseded_decision(),
        ),
    ]
    .into_iter()
    .collect()
}

/// The parts that every document about advice has.
pub(super) fn parts() -> Vec<Key<'static>> {
    vec![
        (
            "requirements",
            map(of("requirement-state")),
            "By id of the requirement, what is known of it.",
        ),
        (
            "priorities",
            map(of("priority")),
            "By id of the quality axis, how much it matters.",
        ),
        (
            "decisions",
            list(of("decision-advice")),
            "The decisions, in the order of the process.",
        ),
        (
            "practices",
            list(of("practice")),
            "Patterns beside the decisions.",
        ),
        (
            "hazards",
            list(of("hazard-state")),
            "Hazards of what is taken, open and closed.",
        ),
        (
            "conflicts",
            list(of("conflict")),
            "Conflicts, the most severe first, waived ones too.",
        ),
        (
            "axes",
            list(of("axis-verdict")),
            "What the whole design does to each quality axis.",
        ),
        (
            "questions",
            list(of("question")),
            "What to find out first, the most valuable answer first.",
        ),
        (
            "revisions",
            list(of("revision")),
            "Recommendations that other decisions changed.",
        ),
        (
            "mistakes",
            list(of("mistake")),
            "Common mistakes that the design makes.",
        ),
    ]
}

/// How what was recorded stands, and what is odd about the file.
pub(super) fn standing() -> Vec<Key<'static>> {
    vec![
        (
            "reviews_due",
            list(of("review-due")),
            "Recorded decisions that are due for review.",
        ),
        (
            "superseded",
            list(of("superseded-decision")),
            "Recorded decisions marked as superseded.",
        ),
        (
            "idle_waivers",
            texts(),
            "Ids of conflicts that are waived but not there.",
        ),
        (
            "problems",
            list(of("problem")),
            "What is odd or wrong about the design file.",
        ),
    ]
}

fn recommend() -> Vec<Key<'static>> {
    let mut keys = vec![("knowledge", of("knowledge"), "Which knowledge was used.")];
    keys.extend(parts());
    keys.extend(standing());
    keys
}

fn explain() -> Vec<Key<'static>> {
    let term = object([
        ("axis", text(), "Id of the quality axis."),
        (
            "points",
            whole(),
            "What it adds to the difference: `this` less `other`.",
        ),
        (
            "this",
            whole(),
            "Points of the explained option on this axis.",
        ),
        ("other", whole(), "Points of the other option on this axis."),
    ]);
    let contrast = object([
        ("this", text(), "Id of the explained option."),
        (
            "other",
            text(),
            "Id of the option that it is compared with.",
        ),
        (
            "difference",
            whole(),
            "Score of `this` less that of `other`: the sum of the points of the terms.",
        ),
        (
            "terms",
            list(term),
            "Axes on which the two differ, the largest difference first.",
        ),
    ]);
    let mut keys = vec![
        ("knowledge", of("knowledge"), "Which knowledge was used."),
        (
            "explained",
            texts(),
            "Ids of the options that are explained.",
        ),
        (
            "decision",
            of("decision-advice"),
            "The advice on the decision, with all its options.",
        ),
        (
            "contrast",
            or_null(contrast),
            "Of a decision that takes one option: the recommendation beside what was chosen or its runner-up, any other option beside \
             the recommendation; else null.",
        ),
        (
            "next",
            texts(),
            "Ids of options to which one goes on from what is explained.",
        ),
        (
            "assumptions",
            texts(),
            "Ids of requirements not given on which the explanation rests.",
        ),
    ];
    keys.extend(background(["precedents", "tradeoffs"]));
    keys
}

fn explain_practice() -> Vec<Key<'static>> {
    vec![
        ("knowledge", of("knowledge"), "Which knowledge was used."),
        (
            "practice",
            of("practice"),
            "The practice, with the reasons for or against it.",
        ),
        (
            "recommended",
            truth(),
            "Whether it is recommended without having been adopted.",
        ),
        (
            "closes",
            texts(),
            "Ids of the hazards of the design that it closes, by itself or with others.",
        ),
    ]
}

fn check() -> Vec<Key<'static>> {
    let mut design = vec![
        (
            "file",
            or_null(text()),
            "The design file as named; null where there is none, `<stdin>` for standard input.",
        ),
        (
            "title",
            text(),
            "Title of the design; empty where it cannot be read.",
        ),
        (
            "packs",
            texts(),
            "Names of the sector packs that the design asks for.",
        ),
        ("failed", truth(), "Whether this design fails the check."),
        (
            "conflicts",
            list(of("conflict")),
            "Conflicts, the most severe first, waived ones too.",
        ),
    ];
    design.extend(standing());
    vec![
        (
            "knowledge",
            of("knowledge"),
            "Which knowledge was used, beside the packs of the designs.",
        ),
        (
            "fail_on",
            words::fail_on(),
            "The least severity that fails the check.",
        ),
        (
            "failed",
            truth(),
            "Whether any design fails; the exit code is then 1, or 2 where one cannot be used.",
        ),
        (
            "designs",
            list(object(design)),
            "The designs, in the order in which they were named.",
        ),
    ]
}

fn estimate() -> Json {
    let input = object([
        ("id", text(), "Id of the requirement or quantity."),
        ("value", of("value"), "Its value in its unit."),
        ("unit", text(), "Its unit; empty where it has none."),
        ("origin", words::origin(), "Where the value comes from."),
    ]);
    let entry = object([
        (
            "id",
            text(),
            "Id of the quantity, or of the requirement that is derived.",
        ),
        ("name", text(), "Its name for people."),
        (
            "kind",
            word(["quantity", "requirement"]),
            "Which of the two it is.",
        ),
        ("value", of("value"), "Its value in its unit."),
        ("unit", text(), "Its unit; empty where it has none."),
        ("formula", text(), "The formula over the inputs."),
        ("inputs", list(input), "What the formula reads."),
        ("origin", words::origin(), "Where the value comes from."),
        (
            "rests_on",
            texts(),
            "Ids of requirements not given on which it rests.",
        ),
        ("because", text(), "Why it matters, or is computed so."),
        ("source", texts(), "Ids of sources."),
    ]);
    let about = "`estimate --json`: quantities and derived requirements, each after what it is computed from.";
    super::described(list(entry), about)
}

fn axis_verdict() -> Vec<Key<'static>> {
    vec![
        ("axis", text(), "Id of the quality axis."),
        (
            "label",
            words::label(),
            "What all that is taken does to the axis, in a word.",
        ),
        ("helps", effects(), "What helps it, strongest first."),
        ("hurts", effects(), "What hurts it, strongest first."),
    ]
}

fn question() -> Vec<Key<'static>> {
    vec![
        ("requirement", text(), "Id of the requirement to answer."),
        ("name", text(), "Its name for people."),
        (
            "value",
            at_least(0),
            "How much an answer can settle; comparable within one output, without a unit.",
        ),
        (
            "decisions",
            texts(),
            "Ids of the decisions that it bears on.",
        ),
        (
            "practices",
            texts(),
            "Ids of the practices of which it tells whether they apply.",
        ),
    ]
}

fn revision() -> Vec<Key<'static>> {
    vec![
        ("decision", text(), "Id of the decision that was revised."),
        (
            "from",
            text(),
            "Id of the pattern that it would have recommended by itself.",
        ),
        (
            "because_of",
            text(),
            "Id of the decision that called for the change.",
        ),
        ("because", text(), "Why, in a sentence."),
    ]
}

fn mistake() -> Vec<Key<'static>> {
    vec![
        ("id", text(), "Id of the mistake."),
        ("what", text(), "What the mistake is."),
    ]
}

fn review_due() -> Vec<Key<'static>> {
    vec![
        ("decision", text(), "Id of the decision."),
        (
            "when",
            text(),
            "The condition of its review trigger, which holds.",
        ),
        (
            "rests_on",
            texts(),
            "Ids of requirements not given on which that rests.",
        ),
    ]
}

fn superseded_decision() -> Vec<Key<'static>> {
    vec![
        ("decision", text(), "Id of the decision."),
        (
            "chosen",
            texts(),
            "What had been chosen, as written in the design.",
        ),
        ("by", texts(), "Ids of the patterns taken in its place."),
    ]
}
