//! An explanation of one decision, or of one practice.

use super::{advice as shapes, catalogue, words};
use crate::knowledge::{DecisionId, HazardId, KnowledgeBase, PatternId, Pick};
use crate::reasoning::{Advice, OptionAdvice, Situation, unadvised_practice};
use serde_json::{Value as Json, json};
use std::borrow::Cow;

/// What an explanation is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Focus<'a> {
    /// The options to explain.
    pub options: Vec<&'a OptionAdvice>,
    /// The option to compare with, when one option is explained.
    pub rival: Option<&'a OptionAdvice>,
}

/// Returns what to explain: the option asked for, or else what is recommended, or what was chosen where nothing is.
///
/// The recommendation is compared with what the user chose instead, or else with its runner-up; any other option is
/// compared with the recommendation.
pub fn focus<'a>(
    base: &KnowledgeBase,
    advice: &'a Advice,
    id: DecisionId,
    wanted: Option<PatternId>,
) -> Focus<'a> {
    let entry = advice.decision(id);
    let usual = match entry.recommended.as_slice() {
        [] => &entry.chosen,
        recommended => recommended,
    };
    let ids = wanted.map_or_else(|| usual.to_vec(), |wanted| vec![wanted]);
    let options: Vec<&OptionAdvice> = ids.iter().filter_map(|id| entry.option(*id)).collect();
    let rival = match options.as_slice() {
        // What may be taken together is no alternative to each other.
        [one] if base.decision(id).pick == Pick::One => {
            let other_than_one = |option: &&OptionAdvice| option.pattern != one.pattern;
            let first_of = |ids: &[PatternId]| {
                ids.first()
                    .and_then(|id| entry.option(*id))
                    .filter(other_than_one)
            };
            first_of(&entry.recommended)
                .or_else(|| first_of(&entry.chosen))
                .or_else(|| entry.options.iter().find(other_than_one))
        }
        _ => None,
    };
    Focus { options, rival }
}

/// Whether the design takes a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The user adopted it.
    Adopted,
    /// It is recommended.
    Recommended,
    /// Neither.
    NotTaken,
}

/// What there is to say of one practice.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice<'a> {
    /// Whether it is taken.
    pub standing: Standing,
    /// Its points, and the reasons for and against it.
    pub advice: Cow<'a, OptionAdvice>,
    /// The hazards of the design that it closes, by itself or with others.
    pub closes: Vec<HazardId>,
}

/// Explains a practice: as it was taken, or else why it was not.
pub fn practice<'a>(
    base: &KnowledgeBase,
    situation: &Situation,
    advice: &'a Advice,
    id: PatternId,
) -> Practice<'a> {
    let mut taken = advice.practices.iter();
    let taken = taken.find(|practice| practice.advice.pattern == id);
    let closes = advice.hazards.iter();
    let closes = closes.filter(|state| state.closed_by.contains(&id));
    Practice {
        standing: match taken {
            Some(practice) if practice.adopted => Standing::Adopted,
            Some(_) => Standing::Recommended,
            None => Standing::NotTaken,
        },
        advice: match taken {
            Some(practice) if !practice.adopted => Cow::Borrowed(&practice.advice),
            _ => Cow::Owned(unadvised_practice(base, situation, advice, id)),
        },
        closes: closes.map(|state| state.id).collect(),
    }
}

/// Returns the document of `explain --json` for a practice.
pub fn practice_json(base: &KnowledgeBase, explained: &Practice<'_>) -> Json {
    let closes = explained.closes.iter();
    json!({
        "schema": "archadvisor/explain-practice/1", "knowledge": shapes::knowledge(base),
        "practice": shapes::practice(base, &explained.advice, explained.standing == Standing::Adopted),
        "recommended": explained.standing == Standing::Recommended,
        "closes": closes.map(|id| base.hazard(*id).id.as_str()).collect::<Vec<_>>(),
    })
}

/// Returns the options to which one goes on from an option: the next rung of a ladder, or where it leads on to.
pub fn next_rungs(base: &KnowledgeBase, id: DecisionId, from: PatternId) -> Vec<PatternId> {
    let decision = base.decision(id);
    if decision.pick == Pick::Many {
        return Vec::new();
    }
    let mut found: Vec<PatternId> = base
        .pattern(from)
        .migrates_to
        .iter()
        .copied()
        .filter(|next| decision.options.contains(next))
        .collect();
    if decision.least_sufficient {
        let place = decision.options.iter().position(|option| *option == from);
        let next = place
            .and_then(|place| decision.options.get(place + 1))
            .copied();
        found.extend(next.filter(|next| !found.contains(next)));
    }
    found
}

/// Returns the document of `explain --json`.
pub fn json(base: &KnowledgeBase, advice: &Advice, id: DecisionId, focus: &Focus<'_>) -> Json {
    let contrast = match (focus.options.as_slice(), focus.rival) {
        ([option], Some(rival)) => {
            let terms = words::differences(option, rival)
                .into_iter()
                .map(|difference| {
                    json!({"axis": base.axis(difference.axis).id, "points": difference.points,
                    "this": difference.ours.points(), "other": difference.theirs.points()})
                });
            json!({"this": base.pattern(option.pattern).id, "other": base.pattern(rival.pattern).id,
                "difference": option.score - rival.score, "terms": terms.collect::<Vec<_>>()})
        }
        _ => Json::Null,
    };
    let mut assumed: Vec<_> = focus
        .options
        .iter()
        .flat_map(|option| words::assumptions(base, advice, option))
        .collect();
    assumed.extend(&advice.decision(id).hinges_on);
    assumed.sort_unstable();
    assumed.dedup();
    let ids: Vec<PatternId> = focus.options.iter().map(|option| option.pattern).collect();
    let next: Vec<PatternId> = ids
        .iter()
        .flat_map(|from| next_rungs(base, id, *from))
        .collect();
    let mut document = json!({
        "schema": "archadvisor/explain/1", "knowledge": shapes::knowledge(base),
        "explained": catalogue::pattern_ids(base, &ids),
        "decision": shapes::decision(base, advice.decision(id)),
        "contrast": contrast,
        "next": catalogue::pattern_ids(base, &next),
        "assumptions": assumed.iter().map(|id| base.fact(*id).0).collect::<Vec<_>>(),
    });
    for (key, part) in shapes::background(base, advice, id) {
        document[key] = part;
    }
    document
}
