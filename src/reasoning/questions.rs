//! What to find out next.

use super::facts::Reading;
use super::process::reversal_weight;
use super::rank::Context;
use super::{DecisionAdvice, DecisionState};
use crate::expression::Truth;
use crate::knowledge::{Condition, DecisionId, FactId, PatternId};
use std::collections::BTreeMap;

/// A requirement worth answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The requirement.
    pub requirement: FactId,
    /// How much an answer can settle: the cost of reversing the decisions it bears on; comparable within one advice.
    pub value: u32,
    /// The decisions it bears on, in process order: open ones that one answer would turn, and those that may arise.
    pub decisions: Vec<DecisionId>,
    /// The practices of which it alone tells whether they apply.
    pub practices: Vec<PatternId>,
}

impl Question {
    fn about(requirement: FactId) -> Self {
        Self {
            requirement,
            value: 0,
            decisions: Vec::new(),
            practices: Vec::new(),
        }
    }
}

/// Returns the requirements that the advice rests on and that neither were given nor follow from what was, the most
/// valuable first.
///
/// What one answer overturns counts most: four times the cost of reversing the decision, or once for an option of
/// several that it brings in or takes out. A requirement that could make a further decision arise counts twice that
/// cost, and one that tells whether a practice applies counts one.
pub fn questions(context: &Context<'_>, decisions: &[DecisionAdvice]) -> Vec<Question> {
    let base = context.base;
    let mut found: BTreeMap<FactId, Question> = BTreeMap::new();
    let is_unsettled = |condition: &Condition| {
        context.truth(&condition.expression, Reading::Stated) == Truth::Unknown
    };
    for advice in decisions {
        let decision = base.decision(advice.id);
        let weight = reversal_weight(decision.reversal);
        let mut bearing: Vec<(FactId, u32)> = Vec::new();
        match advice.state {
            DecisionState::Open => {
                bearing.extend(advice.hinges_on.iter().map(|fact| (*fact, weight * 4)));
                let each = advice.options.iter().flat_map(|option| &option.hinges_on);
                bearing.extend(each.map(|fact| (*fact, weight)));
            }
            DecisionState::NotApplicable => {
                for when in decision.when.iter().filter(|it| is_unsettled(it)) {
                    let facts = context.facts.rests_on(&when.expression);
                    bearing.extend(facts.into_iter().map(|fact| (fact, weight * 2)));
                }
            }
            DecisionState::Chosen => {}
        }
        // Of several ways in which it bears on the decision the weightiest counts.
        bearing.sort_unstable_by_key(|(fact, value)| (*fact, std::cmp::Reverse(*value)));
        bearing.dedup_by_key(|(fact, _)| *fact);
        for (fact, value) in bearing {
            let question = found.entry(fact).or_insert_with(|| Question::about(fact));
            question.value += value;
            question.decisions.push(advice.id);
        }
    }
    for id in base.pattern_ids() {
        // Options are told of with their decisions.
        let is_practice = context.offered_in[id.index()].is_empty();
        let applies = base.pattern(id).applies.as_deref().filter(|_| is_practice);
        let Some(applies) = applies.filter(|it| is_unsettled(it)) else {
            continue;
        };
        if let [fact] = context.facts.rests_on(&applies.expression)[..] {
            let question = found.entry(fact).or_insert_with(|| Question::about(fact));
            question.value += 1;
            question.practices.push(id);
        }
    }
    let mut questions: Vec<Question> = (found.into_values())
        .filter(|question| !context.facts.state(question.requirement).is_settled())
        .collect();
    questions.sort_by_key(|question| (std::cmp::Reverse(question.value), question.requirement));
    questions
}

/// Orders what a recommendation hinges on as the questions are, the most valuable first.
pub(super) fn most_valuable_first(questions: &[Question], advice: &mut DecisionAdvice) {
    let place = |fact: &FactId| {
        let asked = questions
            .iter()
            .position(|question| question.requirement == *fact);
        (asked.unwrap_or(usize::MAX), *fact)
    };
    advice.hinges_on.sort_by_key(place);
    for option in &mut advice.options {
        option.hinges_on.sort_by_key(place);
    }
}
