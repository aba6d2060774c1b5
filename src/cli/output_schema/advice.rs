//! The parts of advice: decisions, options, reasons, conflicts.

use super::{
    Key, at_least, list, object, of, or_null, part, text, texts, truth, whole, within, word, words,
};
use crate::knowledge::{FACETS, Pick};
use serde_json::{Map, Value as Json, json};

pub(super) fn definitions() -> Map<String, Json> {
    [
        part("knowledge", "Which knowledge was used.", knowledge()),
        part(
            "problem",
            "What is odd or wrong about an input file.",
            problem(),
        ),
        part(
            "requirement-state",
            "What is known of a requirement.",
            requirement(),
        ),
        part("priority", "How much a quality axis matters.", priority()),
        part("decision-advice", "The advice on a decision.", decision()),
        part(
            "option",
            "The advice on a pattern as an option of a decision.",
            option(),
        ),
        part(
            "practice",
            "The advice on a pattern that is no option of a decision.",
            practice(),
        ),
        part(
            "contribution",
            "What one quality axis adds to a score.",
            contribution(),
        ),
        part("reason", "What moves an option beside its score.", reason()),
        part(
            "hazard-state",
            "A hazard that the design has, or has closed.",
            hazard(),
        ),
        part("conflict", "A conflict that the design has.", conflict()),
        part("way-out", "A change that settles a conflict.", way_out()),
        part(
            "precedent-brief",
            "What a real system chose in this decision.",
            precedent(),
        ),
        ("value".to_owned(), value()),
    ]
    .into_iter()
    .collect()
}

/// What others chose in a decision, and the tradeoffs it is an instance of, under the keys of these names.
pub(super) fn background([precedents, tradeoffs]: [&'static str; 2]) -> [Key<'static>; 2] {
    let tradeoff = object([
        ("id", text(), "Id of the tradeoff."),
        ("name", text(), "Its name for people."),
    ]);
    [
        (
            precedents,
            list(of("precedent-brief")),
            "What real systems in the most similar situations chose.",
        ),
        (
            tradeoffs,
            list(tradeoff),
            "Named tradeoffs of which the decision is an instance.",
        ),
    ]
}

fn knowledge() -> [Key<'static>; 2] {
    [
        ("version", text(), "Version of the base."),
        ("overlays", texts(), "What lies over it, later ones last."),
    ]
}

fn problem() -> [Key<'static>; 6] {
    [
        (
            "severity",
            words::problem(),
            "Whether the input can be used in spite of it.",
        ),
        ("message", text(), "What is wrong."),
        ("help", or_null(text()), "What would mend it."),
        (
            "file",
            or_null(text()),
            "The file; null where it concerns the whole input.",
        ),
        ("line", or_null(at_least(1)), "The line, from 1."),
        ("column", or_null(at_least(1)), "The column, from 1."),
    ]
}

/// What is known of a fact.
fn value() -> Json {
    let end = || json!({"type": ["number", "null"]});
    let range = object([
        ("min", end(), "The least; null where there is no bound."),
        ("max", end(), "The greatest; null where there is no bound."),
    ]);
    super::described(
        json!({"anyOf": [{"type": ["number", "string", "boolean", "null"]}, range, texts()]}),
        "What is known of a requirement or quantity: a number in its unit, true or false, the word of a choice, a range, a \
         list of words that are possible, or null where nothing is known.",
    )
}

fn requirement() -> [Key<'static>; 3] {
    [
        ("value", of("value"), "Its value in its unit."),
        ("unit", text(), "Its unit; empty where it has none."),
        (
            "origin",
            words::origin(),
            "Where the value comes from: `inferred` from interfaces and entities, `derived` by a formula.",
        ),
    ]
}

fn priority() -> [Key<'static>; 3] {
    let implied = object([
        ("level", within(0, 100), "The level that the answers imply."),
        ("because", or_null(text()), "Which answers imply it."),
    ]);
    [
        (
            "level",
            within(0, 100),
            "The weight in use; 0 is no concern, 2 normal, 8 critical in the built-in base.",
        ),
        (
            "origin",
            word(["given", "assumed"]),
            "Whether the design gives it.",
        ),
        (
            "implied?",
            implied,
            "What the answers imply, where they imply anything.",
        ),
    ]
}

fn decision() -> Vec<Key<'static>> {
    let nearby = object([
        (
            "stands",
            at_least(0),
            "Under how many of them the recommendation stays the same.",
        ),
        ("of", at_least(1), "How many were tried."),
    ]);
    let mut keys = vec![
        ("id", text(), "Id of the decision."),
        ("name", text(), "Its name for people."),
        (
            "step",
            at_least(1),
            "Number of the step in which it is taken.",
        ),
        (
            "pick",
            words::of_files::<Pick>(),
            "Whether one option is taken, or any number.",
        ),
        (
            "state",
            words::state(),
            "Whether it is to be taken, or was.",
        ),
        (
            "arises",
            truth(),
            "Whether its question arises. Where it does not, nothing is recommended, also where something was chosen.",
        ),
        (
            "chosen",
            texts(),
            "Ids of the patterns that the design chooses.",
        ),
        (
            "recommended",
            texts(),
            "Ids of the patterns that are recommended.",
        ),
        (
            "nearby_priorities?",
            nearby,
            "How the recommendation of a decision that takes one option stands under priorities near to those in use.",
        ),
        (
            "hinges_on?",
            texts(),
            "Ids of requirements not given of which one answer would overturn the recommendation, the most valuable first; \
             not where the decision does not arise.",
        ),
        (
            "offers",
            texts(),
            "Ids of all patterns that could be chosen.",
        ),
        (
            "options",
            list(of("option")),
            "The advice on each of them, best first; empty where the decision does not arise.",
        ),
    ];
    // Only where the decision was asked for.
    keys.extend(background(["precedents?", "tradeoffs?"]));
    keys
}

fn option() -> Vec<Key<'static>> {
    let mut keys = judged();
    keys.extend([
        (
            "confidence?",
            words::certainty(),
            "How sure the recommendation is; only of what is recommended.",
        ),
        (
            "hinges_on?",
            texts(),
            "Ids of requirements not given of which one answer would change the verdict.",
        ),
    ]);
    keys
}

fn practice() -> Vec<Key<'static>> {
    let mut keys = judged();
    keys.push(("adopted", truth(), "Whether the design adopts it."));
    keys
}

fn judged() -> Vec<Key<'static>> {
    vec![
        ("pattern", text(), "Id of the pattern."),
        ("name", text(), "Its name for people."),
        (
            "rank",
            at_least(0),
            "Its place among the options, from 1; 0 of a practice.",
        ),
        ("verdict", words::verdict(), "The verdict on it."),
        (
            "score",
            whole(),
            "The sum of the points of its contributions.",
        ),
        (
            "contributions",
            list(of("contribution")),
            "What each quality axis adds to the score.",
        ),
        (
            "reasons",
            list(of("reason")),
            "What moves it beside the score.",
        ),
    ]
}

fn contribution() -> Vec<Key<'static>> {
    vec![
        ("axis", text(), "Id of the quality axis."),
        ("priority", within(0, 100), "The weight of the axis in use."),
        (
            "effect",
            within(-2, 2),
            "What the pattern does to the axis, from -2 (hurts) to +2 (helps).",
        ),
        ("points", whole(), "Priority times effect."),
        (
            "possible?",
            list(within(-2, 2)),
            "The least and the greatest effect that answers not given could make of it, where these differ.",
        ),
        ("because?", text(), "The mechanism."),
        (
            "facet?",
            word(FACETS.iter().copied()),
            "The side of the axis that is meant.",
        ),
        (
            "claim?",
            text(),
            "The claim that says so: the path by which an overlay changes it.",
        ),
        ("sources?", texts(), "Ids of sources."),
    ]
}

fn reason() -> Vec<Key<'static>> {
    let ground = object([
        ("fact?", text(), "Id of a requirement or quantity."),
        ("chosen?", text(), "Id of a pattern that is taken."),
    ]);
    vec![
        ("kind", words::reason(), "What kind of reason it is."),
        ("because", text(), "The reason in a sentence."),
        (
            "condition?",
            text(),
            "The condition behind it, as written in the knowledge.",
        ),
        ("grounds?", list(ground), "What makes the condition hold."),
        ("patterns?", texts(), "Ids of other patterns concerned."),
        (
            "rests_on?",
            texts(),
            "Ids of requirements not given on which it rests.",
        ),
        ("sources", texts(), "Ids of sources."),
    ]
}

fn hazard() -> Vec<Key<'static>> {
    vec![
        ("id", text(), "Id of the hazard."),
        ("name", text(), "Its name for people."),
        ("axis", text(), "Id of the quality axis that it threatens."),
        ("severity", within(1, 2), "1, or 2 for severe."),
        (
            "state",
            word(["open", "closed"]),
            "Whether anything that is taken closes it.",
        ),
        ("arises", truth(), "Whether the situation itself opens it."),
        (
            "opened_by",
            texts(),
            "Ids of the patterns taken that open it.",
        ),
        (
            "closed_by",
            texts(),
            "Ids of the patterns taken that close it.",
        ),
    ]
}

fn conflict() -> Vec<Key<'static>> {
    vec![
        (
            "id",
            text(),
            "Id of the conflict, by which a design waives it.",
        ),
        ("kind", words::conflict(), "What kind of conflict it is."),
        ("severity", words::severity(), "How severe it is."),
        ("axes", texts(), "Ids of the quality axes concerned."),
        ("patterns", texts(), "Ids of the patterns concerned."),
        (
            "requirements",
            texts(),
            "Ids of the requirements and quantities concerned.",
        ),
        (
            "quantities",
            texts(),
            "Ids of the quantities that the message names.",
        ),
        ("message", text(), "The mechanism in a sentence or two."),
        (
            "ways_out",
            list(of("way-out")),
            "Ways to settle it, the smallest change first.",
        ),
        ("sources", texts(), "Ids of sources."),
        ("waived", truth(), "Whether the design accepts it."),
        (
            "tradeoff?",
            text(),
            "Id of the named tradeoff of which it is an instance.",
        ),
        (
            "middle_ways?",
            list(of("way-out")),
            "Ways between the two sides.",
        ),
        (
            "waived_because?",
            text(),
            "The reason that the design gives for accepting it.",
        ),
    ]
}

fn way_out() -> [Key<'static>; 2] {
    [
        ("action", text(), "What to do."),
        (
            "effect",
            text(),
            "What that does to the quality axes, and what else it brings.",
        ),
    ]
}

fn precedent() -> [Key<'static>; 5] {
    [
        ("id", text(), "Id of the precedent."),
        ("system", text(), "The system."),
        (
            "year",
            whole(),
            "The year of the decision, or of its source.",
        ),
        ("chose", texts(), "Ids of the patterns that it chose."),
        ("lesson", text(), "What it teaches."),
    ]
}

/// What patterns do to a quality axis.
pub(super) fn effects() -> Json {
    list(object([
        ("pattern", text(), "Id of the pattern."),
        (
            "effect",
            within(-2, 2),
            "Its effect; a harm whose hazards are closed counts one step less.",
        ),
    ]))
}
