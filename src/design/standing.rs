//! How what was recorded stands in the light of the advice: what is due for review, what no longer fits, what was
//! replaced, which hazards nothing that was chosen closes, and which waivers are stale.

use super::{Design, Status};
use crate::expression::{Expression, Facts, Truth, Value};
use crate::knowledge::{DecisionId, FactId, HazardId, KnowledgeBase, PatternId, Pick};
use crate::reasoning::{Advice, DecisionAdvice, DecisionState, Origin, Severity, Verdict};
use std::collections::BTreeSet;

/// How what was recorded stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Decisions whose review condition holds, in process order.
    pub due: Vec<Due>,
    /// Accepted decisions that no longer fit, in process order.
    pub misfits: Vec<Misfit>,
    /// Decisions marked as superseded, in process order.
    pub superseded: Vec<Superseded>,
    /// Hazards that only what the advice adds would close, in the order of the knowledge base; none as long as nothing
    /// was chosen.
    pub pending: Vec<Pending>,
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

/// An accepted decision that no longer fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The decision.
    pub decision: DecisionId,
    /// What was chosen and does not fit.
    pub chosen: PatternId,
    /// Why it does not fit, as a sentence.
    pub message: String,
    /// What is recommended instead.
    pub instead: Vec<PatternId>,
    /// The reason of the waiver, if it is waived by its [`Misfit::id`].
    pub waived: Option<String>,
}

/// A hazard that is closed by what is recommended, and by nothing that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The hazard.
    pub hazard: HazardId,
    /// What is recommended and closes it; one of them is enough.
    pub until: Vec<PatternId>,
    /// The reason of the waiver, if it is waived by its [`Pending::id`].
    pub waived: Option<String>,
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

impl Misfit {
    /// How severe it is that a decision no longer fits.
    pub const SEVERITY: Severity = Severity::Medium;

    /// Returns the id by which it is waived, such as `no-longer-fits/store`.
    pub fn id(&self, base: &KnowledgeBase) -> String {
        format!("no-longer-fits/{}", base.decision(self.decision).id)
    }
}

impl Pending {
    /// How severe it is that a hazard is open until a recommendation is taken.
    pub const SEVERITY: Severity = Severity::Low;

    /// Returns the id by which it is waived: that of the conflict that it would be if nothing were recommended.
    pub fn id(&self, base: &KnowledgeBase) -> String {
        format!("hazard/{}", base.hazard(self.hazard).id)
    }
}

impl Standing {
    /// Returns the hazards that wait for a recommendation to be taken and are not waived.
    pub fn open_hazards(&self) -> impl Iterator<Item = &Pending> {
        self.pending.iter().filter(|entry| entry.waived.is_none())
    }

    /// Returns the misfits that are not waived.
    pub fn open_misfits(&self) -> impl Iterator<Item = &Misfit> {
        self.misfits.iter().filter(|misfit| misfit.waived.is_none())
    }
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
        if recorded.status == Some(Status::Accepted) && entry.state == DecisionState::Chosen {
            standing.misfits.extend(misfit(base, entry));
        }
    }
    standing.pending = pending(base, advice);
    let waived = |id: String| {
        (design.waivers.iter())
            .find(|waiver| waiver.conflict == id && !waiver.because.trim().is_empty())
            .map(|waiver| waiver.because.clone())
    };
    for misfit in &mut standing.misfits {
        misfit.waived = waived(misfit.id(base));
    }
    for entry in &mut standing.pending {
        entry.waived = waived(entry.id(base));
    }
    let present: BTreeSet<String> = (advice.conflicts.iter())
        .map(|conflict| conflict.id.clone())
        .chain(standing.misfits.iter().map(|misfit| misfit.id(base)))
        .chain(standing.pending.iter().map(|entry| entry.id(base)))
        .collect();
    standing.stale_waivers = (design.waivers.iter())
        .map(|waiver| waiver.conflict.clone())
        .filter(|id| !present.contains(id))
        .collect();
    standing
}

/// The hazards that matter and that no choice closes, though the advice would.
fn pending(base: &KnowledgeBase, advice: &Advice) -> Vec<Pending> {
    let decisions = advice.decisions.iter();
    let chosen: BTreeSet<PatternId> = decisions.flat_map(|entry| entry.chosen.clone()).collect();
    if chosen.is_empty() {
        return Vec::new();
    }
    let matters = |hazard: HazardId| {
        let axis = base.hazard(hazard).axis;
        (advice.priorities.get(axis.index())).is_some_and(|priority| priority.level > 0)
    };
    (advice.hazards.iter())
        .filter(|state| !state.is_open() && matters(state.id))
        .filter(|state| !state.closed_by.iter().any(|id| chosen.contains(id)))
        .map(|state| Pending {
            hazard: state.id,
            until: state.closed_by.clone(),
            waived: None,
        })
        .collect()
}

/// Why the choice of a decision no longer fits, if it does not.
fn misfit(base: &KnowledgeBase, entry: &DecisionAdvice) -> Option<Misfit> {
    let name = |id: PatternId| base.pattern(id).name.as_str();
    let decision = base.decision(entry.id);
    let make = |chosen: PatternId, message: String| Misfit {
        decision: entry.id,
        chosen,
        message,
        instead: entry.recommended.clone(),
        waived: None,
    };
    let against = entry.chosen.iter().find_map(|id| {
        let option = entry.option(*id)?;
        let verdict = match option.verdict {
            Verdict::RuledOut => "ruled out",
            Verdict::Discouraged => "discouraged",
            Verdict::Recommended | Verdict::Viable => return None,
        };
        let why = option
            .reasons
            .first()
            .map(|reason| format!(": {}", reason.because))
            .unwrap_or_default();
        let message = format!(
            "the accepted decision on “{}” no longer fits: {} is {verdict} here{why}",
            decision.name,
            name(*id)
        );
        Some(make(*id, message))
    });
    if against.is_some() || decision.pick != Pick::One {
        return against;
    }
    let (chosen, leader) = (*entry.chosen.first()?, *entry.recommended.first()?);
    let (ours, theirs) = (entry.option(chosen)?, entry.option(leader)?);
    // A lead that nearby priorities turn round is no reason to reopen what was decided.
    let leads = chosen != leader
        && entry.share.0 * 10 >= entry.share.1 * 9
        && (theirs.tier < ours.tier || theirs.tier == ours.tier && theirs.score > ours.score);
    leads.then(|| {
        let message = format!(
            "the accepted decision on “{}” no longer fits: {} clearly leads with {} points against {} for {}",
            decision.name,
            name(leader),
            theirs.score,
            ours.score,
            name(chosen)
        );
        make(chosen, message)
    })
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
        Truth::from_bool(self.advice.facts.state(fact).origin == Origin::Given)
    }

    fn chosen(&self, pattern: PatternId) -> bool {
        self.advice.taken.contains(&pattern)
    }
}
