//! What to find out next.

use super::facts::Reading;
use super::process::reversal_weight;
use super::rank::Context;
use super::{DecisionAdvice, DecisionState};
use crate::expression::Truth;
use crate::knowledge::{Condition, DecisionId, FactId, Pattern};
use std::collections::BTreeMap;

/// A requirement worth answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The requirement.
    pub requirement: FactId,
    /// How much an answer can settle: the cost of reversing the decisions it bears on; comparable within one advice.
    pub value: u32,
    /// The open decisions it bears on, in process order.
    pub decisions: Vec<DecisionId>,
}

/// Returns the requirements that open decisions rest on and that neither were given nor follow from what was, the most
/// valuable first.
///
/// A requirement counts for a decision when a condition of the recommended option or of the runner-up cannot be told
/// from given answers alone; it counts four times when the recommendation hinges on it.
pub fn questions(context: &Context<'_>, decisions: &[DecisionAdvice]) -> Vec<Question> {
    let mut found: BTreeMap<FactId, (u32, Vec<DecisionId>)> = BTreeMap::new();
    for advice in decisions
        .iter()
        .filter(|advice| advice.state == DecisionState::Open)
    {
        let weight = reversal_weight(context.base.decision(advice.id).reversal);
        let mut bearing: Vec<FactId> = Vec::new();
        for option in advice.options.iter().take(2) {
            for condition in conditions(context.base.pattern(option.pattern)) {
                if context.truth(&condition.expression, Reading::Stated) == Truth::Unknown {
                    bearing.extend(context.facts.rests_on(&condition.expression));
                }
            }
        }
        bearing.extend(&advice.hinges_on);
        bearing.sort_unstable();
        bearing.dedup();
        for fact in bearing {
            let entry = found.entry(fact).or_default();
            entry.0 += if advice.hinges_on.contains(&fact) {
                weight * 4
            } else {
                weight
            };
            entry.1.push(advice.id);
        }
    }
    let mut questions: Vec<Question> = found
        .into_iter()
        .filter(|(fact, _)| !context.facts.state(*fact).is_settled())
        .map(|(requirement, (value, decisions))| Question {
            requirement,
            value,
            decisions,
        })
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

fn conditions(pattern: &Pattern) -> impl Iterator<Item = &Condition> {
    (pattern.limits.iter().map(|limit| &limit.when))
        .chain(pattern.driver.iter().map(|driver| &driver.when))
        .chain(&pattern.applies)
        .chain(
            pattern
                .effects
                .iter()
                .flat_map(|effect| effect.cases.iter().filter_map(|claim| claim.when.as_ref())),
        )
}
