//! How what was recorded stands in the light of the advice: what is due for review, what was replaced, and which
//! waivers are stale. Decisions that no longer fit are conflicts, and told as such.

use super::{Design, Status};
use crate::expression::{Expression, Facts, Truth, Value};
use crate::knowledge::{DecisionId, FactId, KnowledgeBase, PatternId};
use crate::reasoning::Advice;
use std::collections::BTreeSet;

/// How what was recorded stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Decisions whose review condition holds, in process order.
    pub due: Vec<Due>,
    /// Decisions marked as superseded, in process order.
    pub superseded: Vec<Superseded>,
    /// Conflicts named by a waiver that are not there, in the order of the file.
    pub stale_waivers: Vec<String>,
}

/// A decision that is due for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The decision.
    pub decision: DecisionId,
    /// The condition that holds, as written.
    pub when: String,
    /// Requirements that nobody gave on which it rests.
    pub rests_on: Vec<FactId>,
}

/// A decision marked as superseded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Superseded {
    /// The decision.
    pub decision: DecisionId,
    /// What had been chosen, as written.
    pub chosen: Vec<String>,
    /// What the design takes in its place; empty when nothing else.
    pub by: Vec<PatternId>,
}

/// Compares what was recorded with the advice on it.
pub fn standing(base: &KnowledgeBase, design: &Design, advice: &Advice) -> Standing {
    let mut standing = Standing::default();
    for id in base.decision_ids() {
        let Some(recorded) = design.decisions.get(base.decision(id).id.as_str()) else {
            continue;
        };
        let entry = advice.decision(id);
        if recorded.status == Some(Status::Superseded) {
            standing.superseded.push(Superseded {
                decision: id,
                chosen: recorded.chosen.clone(),
                by: (entry.taken().iter().copied())
                    .filter(|id| {
                        let same = |name: &String| base.find_pattern(name) == Some(*id);
                        !recorded.chosen.iter().any(same)
                    })
                    .collect(),
            });
            continue;
        }
        let when = recorded.review.when.trim();
        if !when.is_empty()
            && let Ok(condition) = base.condition(when)
            && holds_now(advice, &condition)
        {
            standing.due.push(Due {
                decision: id,
                when: when.to_owned(),
                rests_on: advice.facts.rests_on(&condition),
            });
        }
    }
    let present: BTreeSet<&str> = (advice.conflicts.iter())
        .map(|conflict| conflict.id.as_str())
        .collect();
    standing.stale_waivers = (design.waivers.iter())
        .map(|waiver| waiver.conflict.clone())
        .filter(|id| !present.contains(id.as_str()))
        .collect();
    standing
}

/// Returns whether a condition holds by the facts as assumed and what the design takes.
pub fn holds_now(advice: &Advice, condition: &Expression) -> bool {
    condition.truth(&Now { advice }).is_true()
}

/// The facts as assumed and the choices of the design, as a review condition reads them.
struct Now<'a> {
    advice: &'a Advice,
}

impl Facts for Now<'_> {
    fn value(&self, fact: FactId) -> Value {
        self.advice.facts.state(fact).value
    }

    fn stated(&self, fact: FactId) -> Truth {
        Truth::from_bool(self.advice.facts.state(fact).origin.is_said())
    }

    fn chosen(&self, pattern: PatternId) -> bool {
        self.advice.taken.contains(&pattern)
    }
}
