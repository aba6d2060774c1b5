//! `show`: one entry of the knowledge, or a list of them.

use super::{
    Key, at_least, document, list, map, object, of, or_null, part, text, texts, truth, whole,
    within, word, words,
};
use crate::cli::show::KINDS;
use crate::knowledge::{
    AxisRelation, Component, Confidence, Pick, Reversal, RuleKind, SOURCE_KINDS, Verified,
};
use serde_json::{Map, Value as Json, json};

/// What `show` gives that is no entry: the kind, and what stands under its name.
const OTHERS: [&str; 6] = ["pack", "seed", "kinds", "list", "matches", "product"];

pub(super) fn definitions() -> Map<String, Json> {
    let (name, mut show) = document("show", show());
    // What is shown stands under the name of its kind.
    let under =
        kinds().map(|kind| json!({"properties": {"kind": {"const": kind}}, "required": [kind]}));
    show["anyOf"] = under.collect();
    [
        (name, show),
        part(
            "remark",
            "Something that the guides say and that is no pattern.",
            remark(),
        ),
        part(
            "alternative",
            "Something that was or can be done instead.",
            alternative(),
        ),
    ]
    .into_iter()
    .collect()
}

fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().copied().chain(OTHERS)
}

fn show() -> Vec<Key<'static>> {
    let remark = || of("remark");
    vec![
        (
            "kind",
            word(kinds()),
            "What is shown; it stands under the key of that name.",
        ),
        ("pattern?", of("pattern"), "A pattern."),
        ("axis?", axis(), "A quality axis."),
        ("decision?", decision(), "A decision."),
        ("requirement?", requirement(), "A requirement."),
        ("quantity?", quantity(), "A quantity."),
        ("step?", step(), "A step of the process."),
        ("hazard?", hazard(), "A hazard."),
        ("rule?", rule(), "A rule over requirements."),
        ("implied?", implied(), "A priority that answers imply."),
        ("tradeoff?", tradeoff(), "A named tradeoff."),
        (
            "precedent?",
            precedent(),
            "A real system, and what it chose.",
        ),
        ("source?", source(), "A source."),
        ("principle?", remark(), "A principle of the guides."),
        ("mistake?", remark(), "A common mistake."),
        ("figure?", remark(), "A figure to know by heart."),
        ("fallacy?", remark(), "A fallacy."),
        ("reading?", remark(), "Further reading."),
        ("pack?", pack(), "A sector pack."),
        (
            "seed?",
            seed(),
            "With `--seed`: what stands for an item of the guides.",
        ),
        (
            "kinds?",
            list(counted()),
            "Without an id: the kinds that there are.",
        ),
        (
            "of?",
            word(KINDS.iter().copied().chain(["pack"])),
            "Of what kind the entries of `list` are.",
        ),
        ("list?", list(listed()), "All entries of a kind."),
        (
            "matches?",
            matches(),
            "Patterns of whose names the text is a part.",
        ),
        (
            "product?",
            product(),
            "A product, and the patterns of which it is an example.",
        ),
    ]
}

fn axis() -> Json {
    object([
        ("id", text(), "Id of the quality axis."),
        ("name", text(), "Its name for people."),
        ("what", text(), "What it asks of a system."),
        (
            "question",
            text(),
            "The question whose answer is its priority.",
        ),
        ("measures", texts(), "How it is measured."),
        (
            "anchors",
            map(text()),
            "What each effect means, by the effect with its sign.",
        ),
        (
            "helped_by",
            texts(),
            "Ids of patterns that help it, strongest first.",
        ),
        (
            "hurt_by",
            texts(),
            "Ids of patterns that hurt it, strongest first.",
        ),
    ])
}

fn decision() -> Json {
    object([
        ("id", text(), "Id of the decision."),
        ("name", text(), "Its name for people."),
        ("question", text(), "The question."),
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
            "core",
            truth(),
            "Whether it belongs to the short form of the process.",
        ),
        ("when", or_null(text()), "When it arises; null for always."),
        (
            "called_for",
            or_null(text()),
            "Facts that call for it whatever was decided before.",
        ),
        (
            "least_sufficient",
            truth(),
            "Whether its options are rungs from least to most, and the least that will do is best.",
        ),
        (
            "baseline",
            or_null(text()),
            "Id of the option with which effects are compared.",
        ),
        (
            "reversal",
            words::of_files::<Reversal>(),
            "What it takes to change it: low is days, medium weeks, high months.",
        ),
        (
            "component",
            words::of_files::<Component>(),
            "The component of the diagram that it makes.",
        ),
        (
            "options",
            texts(),
            "Ids of the patterns that are its options.",
        ),
    ])
}

fn requirement() -> Json {
    let choice = object([
        ("value", text(), "The word."),
        ("means", text(), "What it means."),
    ]);
    object([
        ("id", text(), "Id of the requirement."),
        ("name", text(), "Its name for people."),
        ("group", text(), "The group in which it is asked."),
        (
            "type",
            word(["number", "bool", "choice"]),
            "What answers it takes.",
        ),
        (
            "unit",
            text(),
            "Unit of its value; empty where it has none.",
        ),
        (
            "values",
            or_null(list(choice)),
            "The words of a choice; null for all else.",
        ),
        (
            "default",
            json!({"type": ["number", "boolean", "string", "null"]}),
            "What is assumed, in the unit; null where that is computed or unknown.",
        ),
        (
            "formula",
            or_null(text()),
            "The formula by which it is computed where nobody gives it.",
        ),
        ("question", text(), "The question."),
        ("why", text(), "Why it is asked."),
        ("note", or_null(text()), "What else to know of it."),
        ("read_by", texts(), "What reads it, as `kind/id`."),
    ])
}

fn quantity() -> Json {
    object([
        ("id", text(), "Id of the quantity."),
        ("name", text(), "Its name for people."),
        (
            "type",
            word(["number", "bool", "choice"]),
            "What kind of value it has.",
        ),
        (
            "unit",
            text(),
            "Unit of its value; empty where it has none.",
        ),
        ("formula", text(), "The formula."),
        ("because", text(), "Why it is computed so."),
        (
            "inputs",
            texts(),
            "Ids of the requirements and quantities in the formula.",
        ),
        ("sources", texts(), "Ids of sources."),
        ("read_by", texts(), "What reads it, as `kind/id`."),
    ])
}

fn step() -> Json {
    let item = object([
        ("id", text(), "Id of the item."),
        ("text", text(), "What to tick off."),
    ]);
    object([
        ("id", text(), "Id of the step."),
        ("number", at_least(1), "Its number."),
        ("name", text(), "Its name for people."),
        ("guidance", text(), "What to do in it."),
        ("groups", texts(), "Groups of requirements that it asks."),
        (
            "decisions",
            texts(),
            "Ids of the decisions that are taken in it.",
        ),
        ("outcomes", texts(), "What comes out of it."),
        ("checks", texts(), "Kinds of findings that it looks for."),
        (
            "checklist",
            list(item),
            "What to look at before it is done.",
        ),
    ])
}

fn hazard() -> Json {
    object([
        ("id", text(), "Id of the hazard."),
        ("name", text(), "Its name for people."),
        ("axis", text(), "Id of the quality axis that it threatens."),
        ("severity", within(1, 2), "1, or 2 for severe."),
        ("what", text(), "What happens."),
        (
            "matters",
            or_null(text()),
            "The condition on which it is worth reporting; null for always.",
        ),
        (
            "arises",
            or_null(text()),
            "The condition on which the situation itself opens it.",
        ),
        ("opened_by", texts(), "Ids of the patterns that open it."),
        ("closed_by", texts(), "Ids of the patterns that close it."),
    ])
}

fn rule() -> Json {
    object([
        ("id", text(), "Id of the rule."),
        (
            "kind",
            words::of_files::<RuleKind>(),
            "How bad it is that it holds.",
        ),
        ("when", text(), "The condition."),
        ("because", text(), "The mechanism."),
        ("relax", texts(), "What to relax."),
        ("sources", texts(), "Ids of sources."),
    ])
}

fn implied() -> Json {
    object([
        ("id", text(), "Id of the implied priority."),
        ("axis", text(), "Id of the quality axis."),
        ("level", within(0, 100), "The level."),
        ("when", text(), "The condition that implies it."),
        ("because", text(), "Why."),
    ])
}

fn tradeoff() -> Json {
    let side = object([
        ("name", text(), "Name of the side."),
        ("patterns", texts(), "Ids of the patterns that take it."),
        ("best", text(), "Its best case."),
        ("costs", text(), "What it costs."),
        ("precedents", texts(), "Ids of the precedents that took it."),
    ]);
    let fact = object([
        ("fact", text(), "Id of the requirement or quantity."),
        ("because", text(), "How it decides."),
    ]);
    object([
        ("id", text(), "Id of the tradeoff."),
        ("name", text(), "Its name for people."),
        (
            "axes",
            texts(),
            "Ids of the quality axes between which it is.",
        ),
        (
            "relation",
            or_null(words::of_files::<AxisRelation>()),
            "How the two axes relate; null where it is not between axes.",
        ),
        ("because", text(), "The mechanism."),
        ("sides", list(side), "Its sides."),
        ("decided_by", list(fact), "The facts that decide it."),
        ("middle", list(of("alternative")), "Ways between the sides."),
        (
            "reversal",
            text(),
            "What it takes to go from one side to the other.",
        ),
        (
            "decisions",
            texts(),
            "Ids of the decisions that are instances of it.",
        ),
        ("sources", texts(), "Ids of sources."),
        (
            "confidence",
            words::of_files::<Confidence>(),
            "How sure it is.",
        ),
    ])
}

fn alternative() -> Vec<Key<'static>> {
    vec![
        (
            "pattern",
            or_null(text()),
            "Id of the pattern, where it is one.",
        ),
        ("what", or_null(text()), "What it is, where it is none."),
        ("because", text(), "Why."),
    ]
}

fn precedent() -> Json {
    let decision = object([
        (
            "chose",
            texts(),
            "Ids of the patterns that the system chose.",
        ),
        (
            "recommended",
            texts(),
            "Ids of the patterns recommended to the same facts.",
        ),
        ("agreement", words::agreement(), "How the two compare."),
    ]);
    object([
        ("id", text(), "Id of the precedent."),
        ("system", text(), "The system."),
        ("what", text(), "What it does."),
        (
            "year",
            whole(),
            "The year of the decision, or of its source.",
        ),
        (
            "facts",
            map(text()),
            "By id of the requirement, what is known of it, in words.",
        ),
        (
            "decisions",
            map(decision),
            "By id of the decision, what it chose.",
        ),
        (
            "practices",
            texts(),
            "Ids of practices beside the decisions.",
        ),
        (
            "took",
            map(text()),
            "By id of the tradeoff, the side that it took and that no pattern of it tells.",
        ),
        (
            "turned_down",
            list(of("alternative")),
            "What it turned down.",
        ),
        (
            "gained",
            map(text()),
            "By id of the quality axis, what it gained.",
        ),
        (
            "paid",
            map(text()),
            "By id of the quality axis, what it paid.",
        ),
        ("lesson", text(), "What it teaches."),
        (
            "verified",
            words::of_files::<Verified>(),
            "Whether its source was read, or recalled.",
        ),
        (
            "confidence",
            words::of_files::<Confidence>(),
            "How sure it is.",
        ),
        ("sources", texts(), "Ids of sources."),
    ])
}

fn source() -> Json {
    object([
        ("id", text(), "Id of the source."),
        ("title", text(), "Its title."),
        ("authors", texts(), "Its authors, family name first."),
        ("year", or_null(whole()), "The year of publication."),
        ("kind", word(SOURCE_KINDS.iter().copied()), "What it is."),
        ("place", or_null(text()), "Venue, publisher or volume."),
        ("url", or_null(text()), "Its address."),
        ("note", or_null(text()), "What of it is meant."),
        ("cited_by", texts(), "What cites it, as `kind/id`."),
    ])
}

fn remark() -> Vec<Key<'static>> {
    vec![
        ("id", text(), "Id of the remark."),
        ("what", text(), "What it says."),
        ("detail", or_null(text()), "What to know about it."),
        (
            "verdict",
            or_null(text()),
            "A verdict on a figure, such as `truncated`.",
        ),
        (
            "check",
            or_null(text()),
            "The condition on which a design makes this mistake.",
        ),
        ("patterns", texts(), "Ids of patterns that answer it."),
        ("sources", texts(), "Ids of sources."),
    ]
}

fn pack() -> Json {
    object([
        ("id", text(), "Name of the pack, as in `--kb pack:NAME`."),
        ("title", text(), "What it is for."),
        ("patterns", texts(), "Ids of the patterns that it adds."),
    ])
}

fn seed() -> Json {
    let entry = object([
        (
            "kind",
            word(KINDS.iter().copied()),
            "The kind of the entry.",
        ),
        ("id", text(), "Its id."),
        ("name", text(), "Its name for people."),
    ]);
    object([
        ("id", text(), "Id of the item."),
        (
            "entries",
            list(entry),
            "What stands for it in the knowledge.",
        ),
        (
            "program",
            or_null(text()),
            "What stands for it in the program.",
        ),
    ])
}

fn counted() -> Json {
    object([
        (
            "kind",
            word(KINDS.iter().copied().chain(["pack"])),
            "The kind.",
        ),
        ("count", at_least(0), "How many there are."),
        (
            "list",
            text(),
            "What lists them: `archadvisor show` with this word.",
        ),
    ])
}

fn listed() -> Json {
    object([
        ("id", text(), "Its id."),
        ("name", text(), "Its name for people."),
        ("what", text(), "What it says in a line."),
    ])
}

fn matches() -> Json {
    let pattern = object([
        ("pattern", text(), "Id of the pattern."),
        (
            "by",
            word(["name", "alias", "example"]),
            "What of it has the text.",
        ),
        ("text", text(), "That name, alias or example."),
    ]);
    object([
        ("text", text(), "The text that was asked for."),
        ("patterns", list(pattern), "The patterns that it may mean."),
    ])
}

fn product() -> Json {
    object([
        ("name", text(), "The name that was asked for."),
        (
            "patterns",
            texts(),
            "Ids of the patterns of which it is an example.",
        ),
    ])
}
