//! What is told of the knowledge as a whole: `kb lint`, `kb test` and `kb stats`.

use super::{
    Key, at_least, document, list, object, of, or_null, part, text, texts, truth, word, words,
};
use crate::knowledge::SEVERITIES;
use serde_json::{Map, Value as Json, json};

pub(super) fn definitions() -> Map<String, Json> {
    [
        document("kb-lint", lint()),
        document("kb-test", test()),
        document("kb-stats", stats()),
        part(
            "unmet",
            "An expectation of a golden case that the advice does not meet.",
            unmet(),
        ),
    ]
    .into_iter()
    .collect()
}

fn number() -> Json {
    at_least(0)
}

fn lint() -> [Key<'static>; 4] {
    [
        (
            "errors",
            number(),
            "How many errors there are; with any, the exit code is 1.",
        ),
        ("warnings", number(), "How many warnings there are."),
        (
            "complete",
            truth(),
            "Whether everything was looked at; with errors, what rests on them is not.",
        ),
        ("problems", list(of("problem")), "The errors and warnings."),
    ]
}

fn test() -> [Key<'static>; 5] {
    let case = object([
        ("id", text(), "Id of the case."),
        ("name", text(), "Its name for people."),
        ("expectations", number(), "How many expectations it has."),
        ("unmet", list(of("unmet")), "Those that are not met."),
        (
            "set_aside",
            list(of("unmet")),
            "Those that would be met but for what an overlay disables.",
        ),
    ]);
    let decision = object([
        ("decision", text(), "Id of the decision."),
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
        ("why", or_null(text()), "Why they differ."),
    ]);
    let precedent = object([
        ("id", text(), "Id of the precedent."),
        ("system", text(), "The system."),
        (
            "decisions",
            list(decision),
            "What it chose, and what is recommended.",
        ),
    ]);
    [
        (
            "expectations",
            number(),
            "How many expectations the cases have.",
        ),
        (
            "unmet",
            number(),
            "How many are not met; with any, the exit code is 1.",
        ),
        (
            "set_aside",
            number(),
            "How many would be met but for what an overlay disables.",
        ),
        ("cases", list(case), "The golden cases that were run."),
        (
            "precedents",
            list(precedent),
            "The precedents that were compared.",
        ),
    ]
}

/// One of four kinds: of a decision, a conflict that is wanted, conflicts that are not, or a practice.
fn unmet() -> Vec<Key<'static>> {
    let mut wanted = words::wanted();
    wanted["type"] = json!(["string", "boolean"]);
    if let Some(words) = wanted["enum"].as_array_mut() {
        words.extend([true.into(), false.into()]);
    }
    vec![
        (
            "decision?",
            text(),
            "Id of the decision that comes out otherwise.",
        ),
        (
            "wanted?",
            wanted,
            "Of a decision, what is wanted of the options; of a practice, whether it is wanted.",
        ),
        (
            "options?",
            texts(),
            "Ids of the options of which that is wanted.",
        ),
        (
            "conflict?",
            or_null(text()),
            "Id of the conflict that is wanted.",
        ),
        (
            "severity?",
            or_null(word(SEVERITIES.iter().copied())),
            "The least severity that is wanted of it.",
        ),
        (
            "no_conflict?",
            or_null(text()),
            "Id of the conflict, or of the rule behind it, that is not wanted.",
        ),
        ("practice?", text(), "Id of the practice."),
        (
            "got?",
            json!({"anyOf": [or_null(words::severity()), texts()]}),
            "What there is instead: ids of patterns, the severity of a conflict or null where there is none, or ids of \
             conflicts.",
        ),
        (
            "disabled?",
            texts(),
            "Of what is set aside: ids of the disabled patterns.",
        ),
        ("file?", text(), "The file that has the expectation."),
        ("line?", at_least(1), "The line, from 1."),
        ("column?", at_least(1), "The column, from 1."),
    ]
}

fn stats() -> [Key<'static>; 6] {
    let knowledge = object([
        ("title", text(), "Title of the base."),
        ("version", text(), "Version of the base."),
        ("overlays", texts(), "What lies over it, later ones last."),
    ]);
    let counts = object([
        ("axes", number(), "Quality axes."),
        ("steps", number(), "Steps of the process."),
        ("requirements", number(), "Requirements."),
        ("quantities", number(), "Quantities."),
        ("decisions", number(), "Decisions."),
        (
            "core_decisions",
            number(),
            "Decisions of the short form of the process.",
        ),
        ("patterns", number(), "Patterns."),
        (
            "effects",
            number(),
            "Effects that are not 0, each case by itself.",
        ),
        (
            "conditional_effects",
            number(),
            "Cases of effects that have a condition.",
        ),
        ("limits", number(), "Limits."),
        ("drivers", number(), "Patterns that something calls for."),
        (
            "norms",
            number(),
            "Patterns that are discouraged unless something holds.",
        ),
        ("relations", number(), "Relations between patterns."),
        ("hazards", number(), "Hazards."),
        ("rules", number(), "Rules over requirements."),
        ("tradeoffs", number(), "Named tradeoffs."),
        ("precedents", number(), "Precedents."),
        ("sources", number(), "Sources."),
        ("cases", number(), "Golden cases."),
        (
            "graph_nodes",
            number(),
            "Nodes of the graph that all of it makes.",
        ),
        ("graph_edges", number(), "Edges of that graph."),
    ]);
    let basis = object([
        (
            "measured",
            number(),
            "Measured and published with its method.",
        ),
        ("vendor", number(), "Said by the vendor."),
        ("literature", number(), "Stated in the literature."),
        ("judgement", number(), "The authors' judgement."),
    ]);
    let confidence = object([
        ("high", number(), "High."),
        ("medium", number(), "Medium."),
        ("low", number(), "Low."),
    ]);
    let claims = object([
        (
            "total",
            number(),
            "Effects that are not 0, each case by itself.",
        ),
        (
            "own_source",
            number(),
            "Those with sources of their own, beside those of the pattern.",
        ),
        (
            "external_source",
            number(),
            "Those with a source beside the guides, own or the pattern's.",
        ),
        ("basis", basis, "How many rest on what."),
        ("confidence", confidence, "How many are how sure."),
    ]);
    let witnesses = object([
        ("options", number(), "Options of decisions."),
        ("shown", number(), "Those with answers that make them win."),
        ("never", number(), "Those that are proved never to win."),
    ]);
    let guides = object([
        ("total", number(), "Items of the guides."),
        ("stood_for", number(), "Those for which something stands."),
    ]);
    let pack = object([
        ("name", text(), "Name of the pack, as in `--kb pack:NAME`."),
        ("title", text(), "What it is for."),
    ]);
    [
        ("knowledge", knowledge, "Which knowledge is counted."),
        ("counts", counts, "How much there is of everything."),
        ("claims", claims, "What the claims rest on."),
        ("witnesses", witnesses, "What is shown of options."),
        (
            "guide_items",
            guides,
            "How much of the guides is stood for.",
        ),
        ("packs", list(pack), "The sector packs that are bundled."),
    ]
}
