//! Precedents: what the advice to a real system's facts would be, and which systems are near to a situation.

use super::facts::FactTable;
use super::{DecisionState, Situation, advise};
use crate::expression::Value;
use crate::knowledge::{
    Answer, DecisionId, FactId, FactKind, KnowledgeBase, PatternId, Pick, Precedent,
};

/// How the advice compares with what was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// All that was chosen is recommended.
    Same,
    /// A part of it is recommended, or one of it is second.
    Near,
    /// Something else is recommended.
    Differs,
    /// The decision does not arise from the facts that are known.
    NotAsked,
}

impl Agreement {
    /// Returns the word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Near => "near",
            Self::Differs => "differs",
            Self::NotAsked => "not-asked",
        }
    }
}

/// The advice on one decision of a precedent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The decision.
    pub decision: DecisionId,
    /// What was chosen.
    pub chose: Vec<PatternId>,
    /// What the advisor recommends.
    pub recommended: Vec<PatternId>,
    /// How the two compare.
    pub agreement: Agreement,
}

/// Advises on the facts of a precedent, and compares with what was chosen.
pub fn judge(base: &KnowledgeBase, precedent: &Precedent) -> Vec<Judgement> {
    let situation = Situation {
        answers: precedent.facts.iter().copied().collect(),
        ..Situation::default()
    };
    let advice = advise(base, &situation);
    precedent
        .chose
        .iter()
        .map(|(decision, chose)| {
            let advised = advice.decision(*decision);
            let recommended = |option: &PatternId| advised.recommended.contains(option);
            let second = || {
                base.decision(*decision).pick == Pick::One
                    && (advised.options.get(1))
                        .is_some_and(|option| chose.contains(&option.pattern))
            };
            let agreement = if advised.state == DecisionState::NotApplicable {
                Agreement::NotAsked
            } else if chose.iter().all(recommended) {
                Agreement::Same
            } else if chose.iter().any(recommended) || second() {
                Agreement::Near
            } else {
                Agreement::Differs
            };
            Judgement {
                decision: *decision,
                chose: chose.clone(),
                recommended: advised.recommended.clone(),
                agreement,
            }
        })
        .collect()
}

/// Returns the recorded reason why the advice on a decision differs from what was chosen.
pub fn reason(precedent: &Precedent, decision: DecisionId) -> Option<&str> {
    precedent
        .differs
        .iter()
        .find(|(other, _)| *other == decision)
        .map(|(_, why)| why.as_str())
}

/// Returns the precedents that took a decision, those with facts nearest to the given answers first: their places in the
/// list, with a nearness from 0 to 1.
///
/// The nearness is the mean over the facts of the precedent that the user gave: 1 for the same answer, and for numbers
/// falling to 0 over two orders of magnitude. Facts that nobody gave count as one half each, so that a precedent of which
/// much is known and little compares does not lead by a single match.
pub fn nearest(base: &KnowledgeBase, facts: &FactTable, decision: DecisionId) -> Vec<(usize, f64)> {
    const INDIFFERENT: f64 = 0.5;
    let mut found: Vec<(usize, f64)> = base
        .precedents
        .iter()
        .enumerate()
        .filter(|(_, precedent)| precedent.chose.iter().any(|(other, _)| *other == decision))
        .map(|(index, precedent)| {
            let sum: f64 = (precedent.facts.iter())
                .map(|(fact, answer)| likeness(base, facts, *fact, *answer).unwrap_or(INDIFFERENT))
                .sum();
            let count = precedent.facts.len().max(1) as f64;
            (index, sum / count)
        })
        .collect();
    found.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    found
}

/// How alike a given answer and that of a precedent are; none where the user gave none.
fn likeness(base: &KnowledgeBase, facts: &FactTable, fact: FactId, theirs: Answer) -> Option<f64> {
    const ORDERS: f64 = 2.0;
    let state = facts.state(fact);
    if !state.origin.is_said() {
        return None;
    }
    let same = |equal: bool| if equal { 1.0 } else { 0.0 };
    match (state.value, theirs) {
        (Value::Number(ours), Answer::Number(theirs)) => {
            let ours = ours.known()?;
            if ours <= 0.0 || theirs <= 0.0 {
                return Some(same(ours.total_cmp(&theirs).is_eq()));
            }
            let apart = libm::log10(ours / theirs).abs();
            Some((1.0 - apart / ORDERS).max(0.0))
        }
        (ours, Answer::Choice(theirs)) => {
            let FactKind::Choice {
                values,
                ordered: true,
            } = base.fact(fact).2
            else {
                return Some(same(ours == Value::Choice(1 << theirs)));
            };
            let Value::Choice(mask) = ours else {
                return None;
            };
            let apart = f64::from(mask.trailing_zeros().abs_diff(u32::from(theirs)));
            Some(1.0 - apart / (values.len().max(2) - 1) as f64)
        }
        (ours, theirs) => Some(same(ours == theirs.value())),
    }
}
