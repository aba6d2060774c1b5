//! Advice as data: the shape of `recommend --json`.

use super::{catalogue, number, words};
use crate::design::{self, Design, Standing};
use crate::expression::Ground;
use crate::knowledge::{DecisionId, KnowledgeBase, PatternId, Pick, Precedent, Tradeoff};
use crate::problem::{Problem, Severity};
use crate::reasoning::{
    Advice, Certainty, Conflict, Contribution, DecisionAdvice, DecisionState, HazardState,
    OptionAdvice, Reason, ReasonKind, WayOut, conflicts, precedent,
};
use serde_json::{Map, Value as Json, json};

/// Returns the document of `recommend --json`, of all decisions or of some, with what was odd about the design.
pub fn recommend(
    base: &KnowledgeBase,
    design: &Design,
    advice: &Advice,
    only: &[DecisionId],
    odd: &[Problem],
) -> Json {
    let mut document = Map::new();
    document.insert("schema".into(), "archadvisor/recommend/1".into());
    document.insert("knowledge".into(), knowledge(base));
    document.extend(parts(base, advice, only));
    document.extend(standing(base, &design::standing(base, design, advice)));
    document.insert("problems".into(), odd.iter().map(problem).collect());
    Json::Object(document)
}

/// Returns what is wrong with an input: severity, message, help, file, line and column; null where there is none.
pub fn problem(problem: &Problem) -> Json {
    let place = problem.place.as_ref();
    json!({
        "severity": problem_word(problem.severity), "message": problem.message, "help": problem.help,
        "file": place.map(|place| &place.file), "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
    })
}

/// Returns the word for how bad a problem is.
pub fn problem_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Returns how what was recorded stands: what is due for review, what was replaced, and waivers of conflicts that are
/// not there.
pub fn standing(base: &KnowledgeBase, standing: &Standing) -> Map<String, Json> {
    let decision = |id: DecisionId| base.decision(id).id.as_str();
    let due = standing.due.iter().map(|due| {
        json!({"decision": decision(due.decision), "when": due.when,
            "rests_on": due.rests_on.iter().map(|id| base.fact(*id).0).collect::<Vec<_>>()})
    });
    let superseded = standing.superseded.iter().map(|entry| {
        json!({"decision": decision(entry.decision), "chosen": entry.chosen, "by": catalogue::pattern_ids(base, &entry.by)})
    });
    let mut parts = Map::new();
    parts.insert("reviews_due".into(), due.collect());
    parts.insert("superseded".into(), superseded.collect());
    parts.insert("idle_waivers".into(), standing.stale_waivers.clone().into());
    parts
}

/// Returns which knowledge was used.
pub fn knowledge(base: &KnowledgeBase) -> Json {
    json!({"version": base.version, "overlays": base.overlays})
}

/// Returns the parts that every document about advice has.
pub(super) fn parts(
    base: &KnowledgeBase,
    advice: &Advice,
    only: &[DecisionId],
) -> Map<String, Json> {
    let mut parts = Map::new();
    parts.insert("requirements".into(), requirements(base, advice));
    parts.insert("priorities".into(), priorities(base, advice));
    let decisions = advice
        .decisions
        .iter()
        .filter(|entry| only.is_empty() || only.contains(&entry.id));
    parts.insert(
        "decisions".into(),
        decisions
            .map(|entry| {
                let mut document = decision(base, entry);
                // Only of decisions that were asked for: of all, it would be longer than the advice.
                if !only.is_empty() {
                    for (key, part) in background(base, advice, entry.id) {
                        document[key] = part;
                    }
                }
                document
            })
            .collect(),
    );
    let practices = advice
        .practices
        .iter()
        .map(|practice| self::practice(base, &practice.advice, practice.adopted));
    parts.insert("practices".into(), practices.collect());
    parts.insert(
        "hazards".into(),
        advice
            .hazards
            .iter()
            .map(|state| hazard(base, state))
            .collect(),
    );
    parts.insert(
        "conflicts".into(),
        advice
            .conflicts
            .iter()
            .map(|entry| conflict(base, entry))
            .collect(),
    );
    parts.insert("axes".into(), axes(base, advice));
    let questions = advice.questions.iter().map(|question| {
        let (id, name, _) = base.fact(question.requirement);
        json!({"requirement": id, "name": name, "value": question.value, "decisions": decision_ids(base, &question.decisions),
            "practices": question.practices.iter().map(|id| &base.pattern(*id).id).collect::<Vec<_>>()})
    });
    parts.insert("questions".into(), questions.collect());
    let revisions = advice.revisions.iter().map(|revision| {
        json!({"decision": base.decision(revision.decision).id, "from": base.pattern(revision.from).id,
            "because_of": base.decision(revision.because_of).id, "because": revision.because})
    });
    parts.insert("revisions".into(), revisions.collect());
    let mistakes = advice
        .mistakes
        .iter()
        .filter_map(|index| base.remarks.get(*index));
    parts.insert(
        "mistakes".into(),
        mistakes
            .map(|remark| json!({"id": remark.id, "what": remark.what}))
            .collect(),
    );
    parts
}

fn decision_ids<'a>(base: &'a KnowledgeBase, ids: &[DecisionId]) -> Vec<&'a str> {
    ids.iter()
        .map(|id| base.decision(*id).id.as_str())
        .collect()
}

fn requirements(base: &KnowledgeBase, advice: &Advice) -> Json {
    let entries = base.requirement_ids().map(|(id, requirement)| {
        let state = advice.facts.state(id);
        let value = number::fact(&requirement.kind, state.value);
        let entry =
            json!({"value": value, "unit": requirement.kind.unit(), "origin": state.origin.word()});
        (requirement.id.to_string(), entry)
    });
    Json::Object(entries.collect())
}

fn priorities(base: &KnowledgeBase, advice: &Advice) -> Json {
    let entries = base
        .axis_ids()
        .zip(&advice.priorities)
        .map(|(id, priority)| {
            let origin = if priority.given { "given" } else { "assumed" };
            let mut entry = json!({"level": priority.level, "origin": origin});
            if let Some((level, implied)) = priority.implied {
                let because = base
                    .implied
                    .get(implied)
                    .map(|implied| implied.because.as_str());
                entry["implied"] = json!({"level": level, "because": because});
            }
            (base.axis(id).id.to_string(), entry)
        });
    Json::Object(entries.collect())
}

/// Returns the advice on one decision.
pub fn decision(base: &KnowledgeBase, advice: &DecisionAdvice) -> Json {
    let decision = base.decision(advice.id);
    let mut entry = json!({
        "id": decision.id, "name": decision.name, "step": base.step(decision.step).number,
        "pick": catalogue::pick(decision.pick), "state": words::state(advice.state),
        "arises": advice.arises,
        "chosen": catalogue::pattern_ids(base, &advice.chosen),
        "recommended": catalogue::pattern_ids(base, &advice.recommended),
    });
    if advice.state != DecisionState::NotApplicable {
        if advice.share.1 > 0 {
            entry["nearby_priorities"] = json!({"stands": advice.share.0, "of": advice.share.1});
        }
        entry["hinges_on"] = advice.hinges_on.iter().map(|id| base.fact(*id).0).collect();
    }
    // What could be chosen, also where nothing is to be chosen and `options` has no advice on it.
    entry["offers"] = catalogue::pattern_ids(base, &decision.options).into();
    entry["options"] = advice
        .options
        .iter()
        .map(|found| Json::Object(option(base, Some(advice), found)))
        .collect();
    entry
}

/// A practice and whether the user adopted it.
pub(super) fn practice(base: &KnowledgeBase, advice: &OptionAdvice, adopted: bool) -> Json {
    let mut entry = option(base, None, advice);
    entry.insert("adopted".into(), adopted.into());
    Json::Object(entry)
}

fn option(
    base: &KnowledgeBase,
    decision: Option<&DecisionAdvice>,
    option: &OptionAdvice,
) -> Map<String, Json> {
    let mut entry = Map::new();
    entry.insert(
        "pattern".into(),
        base.pattern(option.pattern).id.as_str().into(),
    );
    entry.insert(
        "name".into(),
        base.pattern(option.pattern).name.as_str().into(),
    );
    entry.insert("rank".into(), option.rank.into());
    entry.insert("verdict".into(), option.verdict.word().into());
    entry.insert("score".into(), option.score.into());
    // How sure a recommendation is: of one option, that of the decision; of many, that of each.
    let recommends = |decision: &&DecisionAdvice| decision.recommended.contains(&option.pattern);
    if let Some(decision) = decision.filter(recommends) {
        let certainty = match (base.decision(decision.id).pick, option.hinges_on.is_empty()) {
            (Pick::One, _) => decision.certainty,
            (Pick::Many, true) => Certainty::Firm,
            (Pick::Many, false) => Certainty::Open,
        };
        entry.insert("confidence".into(), certainty.word().into());
    }
    if !option.hinges_on.is_empty() {
        let hinges = option.hinges_on.iter().map(|id| base.fact(*id).0);
        entry.insert("hinges_on".into(), hinges.collect());
    }
    let counted = option
        .contributions
        .iter()
        .filter(|entry| entry.effect != 0 || entry.low != entry.high);
    entry.insert(
        "contributions".into(),
        counted.map(|entry| contribution(base, entry)).collect(),
    );
    entry.insert(
        "reasons".into(),
        option
            .reasons
            .iter()
            .map(|entry| reason(base, option.pattern, entry))
            .collect(),
    );
    entry
}

/// Returns what one axis adds to a score.
pub fn contribution(base: &KnowledgeBase, contribution: &Contribution) -> Json {
    let axis = base.axis(contribution.axis);
    let mut entry = json!({
        "axis": axis.id, "priority": contribution.priority, "effect": contribution.effect,
        "points": contribution.points(),
    });
    if contribution.low != contribution.high {
        entry["possible"] = json!([contribution.low, contribution.high]);
    }
    if let Some(reference) = contribution.claim
        && let Some(claim) = base.claim(reference)
    {
        let case = if claim.when.is_some() {
            (reference.case + 1).to_string()
        } else {
            "default".to_owned()
        };
        entry["because"] = claim.support.because.as_str().into();
        if let Some(facet) = &claim.support.facet {
            entry["facet"] = facet.as_str().into();
        }
        // The path by which an overlay sets the value.
        entry["claim"] = format!(
            "pattern/{}/effects/{}/{case}",
            base.pattern(reference.pattern).id,
            axis.id
        )
        .into();
        entry["sources"] = catalogue::source_ids(base, &claim.support.sources).into();
    }
    entry
}

/// Returns a reason beside the score of an option.
///
/// A condition or relation without a source of its own rests on those of the pattern that states it.
pub fn reason(base: &KnowledgeBase, option: PatternId, reason: &Reason) -> Json {
    let mut entry = json!({"kind": reason.kind.word(), "because": reason.because});
    if let Some(condition) = &reason.condition {
        entry["condition"] = condition.as_str().into();
    }
    let grounds = reason.grounds.iter().map(|ground| match ground {
        Ground::Fact(fact) => json!({"fact": base.fact(*fact).0}),
        Ground::Chosen(pattern) => json!({"chosen": base.pattern(*pattern).id}),
    });
    if grounds.len() > 0 {
        entry["grounds"] = grounds.collect();
    }
    if !reason.patterns.is_empty() {
        entry["patterns"] = catalogue::pattern_ids(base, &reason.patterns).into();
    }
    if !reason.rests_on.is_empty() {
        entry["rests_on"] = reason.rests_on.iter().map(|id| base.fact(*id).0).collect();
    }
    let stated_by = match reason.kind {
        ReasonKind::Driver
        | ReasonKind::NoDriver
        | ReasonKind::Requires
        | ReasonKind::Excludes
        | ReasonKind::Applies
        | ReasonKind::MayApply
        | ReasonKind::DoesNotApply => Some(option),
        ReasonKind::RequiredBy => reason.patterns.first().copied(),
        _ => None,
    };
    let sources = match stated_by {
        Some(pattern) if reason.sources.is_empty() => &base.pattern(pattern).sources,
        _ => &reason.sources,
    };
    entry["sources"] = catalogue::source_ids(base, sources).into();
    entry
}

fn hazard(base: &KnowledgeBase, state: &HazardState) -> Json {
    let hazard = base.hazard(state.id);
    json!({
        "id": hazard.id, "name": hazard.name, "axis": base.axis(hazard.axis).id, "severity": hazard.severity,
        "state": if state.is_open() { "open" } else { "closed" }, "arises": state.arises,
        "opened_by": catalogue::pattern_ids(base, &state.opened_by),
        "closed_by": catalogue::pattern_ids(base, &state.closed_by),
    })
}

/// Returns a conflict.
pub fn conflict(base: &KnowledgeBase, conflict: &Conflict) -> Json {
    let way = |way: &WayOut| json!({"action": way.action, "effect": way.effect});
    let ways_out = conflict.ways_out.iter().map(way);
    let mut entry = json!({
        "id": conflict.id, "kind": conflict.kind.word(), "severity": conflict.severity.word(),
        "axes": conflict.axes.iter().map(|id| base.axis(*id).id.as_str()).collect::<Vec<_>>(),
        "patterns": catalogue::pattern_ids(base, &conflict.patterns),
        "requirements": conflict.requirements.iter().map(|id| base.fact(*id).0).collect::<Vec<_>>(),
        "quantities": conflict.quantities.iter().map(|id| base.fact(*id).0).collect::<Vec<_>>(),
        "message": conflict.message,
        "ways_out": ways_out.collect::<Vec<_>>(),
        "sources": catalogue::source_ids(base, &conflict.sources),
        "waived": conflict.waived.is_some(),
    });
    if let Some(tradeoff) = conflicts::tension(base, conflict) {
        entry["tradeoff"] = tradeoff.id.as_str().into();
    }
    if !conflict.middle.is_empty() {
        let middle = conflict.middle.iter().map(way);
        entry["middle_ways"] = middle.collect();
    }
    if let Some(reason) = &conflict.waived {
        entry["waived_because"] = reason.as_str().into();
    }
    entry
}

/// Precedents told of a decision.
const PRECEDENTS: usize = 3;

/// Returns the precedents that took a decision in the situation nearest to this one, with what each chose.
pub fn precedents<'a>(
    base: &'a KnowledgeBase,
    advice: &Advice,
    id: DecisionId,
) -> Vec<(&'a Precedent, Vec<PatternId>)> {
    precedent::nearest(base, &advice.facts, id)
        .into_iter()
        .take(PRECEDENTS)
        .filter_map(|(index, _)| {
            let precedent = base.precedents.get(index)?;
            let (_, chose) = precedent.chose.iter().find(|(other, _)| *other == id)?;
            Some((precedent, chose.clone()))
        })
        .collect()
}

/// Returns the tradeoffs of which a decision is an instance.
pub fn tradeoffs(base: &KnowledgeBase, id: DecisionId) -> Vec<&Tradeoff> {
    base.tradeoffs
        .iter()
        .filter(|tradeoff| tradeoff.decisions.contains(&id))
        .collect()
}

/// Returns what others chose in a decision and which tradeoffs it is an instance of: the keys `precedents` and `tradeoffs`.
pub fn background(base: &KnowledgeBase, advice: &Advice, id: DecisionId) -> Map<String, Json> {
    let precedents = precedents(base, advice, id)
        .into_iter()
        .map(|(precedent, chose)| {
            json!({"id": precedent.id, "system": precedent.system, "year": precedent.year,
            "chose": catalogue::pattern_ids(base, &chose), "lesson": precedent.lesson})
        });
    let tradeoffs = tradeoffs(base, id)
        .into_iter()
        .map(|tradeoff| json!({"id": tradeoff.id, "name": tradeoff.name}));
    let mut parts = Map::new();
    parts.insert("precedents".into(), precedents.collect());
    parts.insert("tradeoffs".into(), tradeoffs.collect());
    parts
}

fn axes(base: &KnowledgeBase, advice: &Advice) -> Json {
    let ids = |claims: &[(crate::reasoning::ClaimRef, i8)]| -> Vec<Json> {
        let one = |(claim, effect): &(crate::reasoning::ClaimRef, i8)| json!({"pattern": pattern_id(base, claim.pattern), "effect": effect});
        claims.iter().map(one).collect()
    };
    let entries = advice.verdicts.iter().map(|verdict| {
        json!({"axis": base.axis(verdict.axis).id, "label": verdict.label.word(), "helps": ids(&verdict.helps),
            "hurts": ids(&verdict.hurts)})
    });
    entries.collect()
}

fn pattern_id(base: &KnowledgeBase, id: PatternId) -> &str {
    &base.pattern(id).id
}
