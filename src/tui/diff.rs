//! What one change of the design did to the advice.

use crate::knowledge::{AxisId, DecisionId, HazardId, PatternId};
use crate::reasoning::verdict::AxisLabel;
use crate::reasoning::{Advice, HazardState, Severity, Verdict};

/// A difference between the advice before a change and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shift {
    /// The design now takes something else in a decision.
    Taken {
        /// The decision.
        decision: DecisionId,
        /// What it took.
        from: Vec<PatternId>,
        /// What it takes.
        to: Vec<PatternId>,
    },
    /// A decision arises that did not.
    Arose(DecisionId),
    /// A decision no longer arises.
    Gone(DecisionId),
    /// A practice outside every decision is taken up.
    TakenUp(PatternId),
    /// A practice outside every decision is given up.
    GivenUp(PatternId),
    /// A conflict is new.
    Opened(Severity, String),
    /// A conflict is settled.
    Settled(Severity, String),
    /// A conflict is still there, but was accepted with a reason.
    Accepted(Severity, String),
    /// A hazard is brought in, with what closes it; nothing while it is open.
    Endangered(HazardId, Vec<PatternId>),
    /// A hazard is no longer brought in.
    Averted(HazardId),
    /// An axis has another verdict.
    Axis(AxisId, AxisLabel, AxisLabel),
}

/// Returns what differs: decisions in process order, then practices, conflicts, hazards and axes.
pub fn shifts(before: &Advice, after: &Advice) -> Vec<Shift> {
    let mut found = Vec::new();
    for (old, new) in before.decisions.iter().zip(&after.decisions) {
        match (old.arises, new.arises) {
            (false, true) => found.push(Shift::Arose(new.id)),
            (true, false) => found.push(Shift::Gone(new.id)),
            _ if old.taken() != new.taken() => found.push(Shift::Taken {
                decision: new.id,
                from: old.taken().to_vec(),
                to: new.taken().to_vec(),
            }),
            _ => {}
        }
    }
    let (had, has) = (practices(before), practices(after));
    let without = |list: &[PatternId], other: &[PatternId]| -> Vec<PatternId> {
        let left = list.iter().filter(|pattern| !other.contains(pattern));
        left.copied().collect()
    };
    found.extend(without(&has, &had).into_iter().map(Shift::TakenUp));
    found.extend(without(&had, &has).into_iter().map(Shift::GivenUp));
    let is_open =
        |advice: &Advice, id: &str| advice.open_conflicts().any(|conflict| conflict.id == id);
    for conflict in after
        .open_conflicts()
        .filter(|conflict| !is_open(before, &conflict.id))
    {
        found.push(Shift::Opened(conflict.severity, conflict.message.clone()));
    }
    for conflict in before
        .open_conflicts()
        .filter(|conflict| !is_open(after, &conflict.id))
    {
        let (severity, message) = (conflict.severity, conflict.message.clone());
        let remains = after.conflicts.iter().any(|other| other.id == conflict.id);
        found.push(if remains {
            Shift::Accepted(severity, message)
        } else {
            Shift::Settled(severity, message)
        });
    }
    let missing =
        |hazard: &&HazardState, list: &[HazardState]| !list.iter().any(|it| it.id == hazard.id);
    let came = (after.hazards.iter()).filter(|hazard| missing(hazard, &before.hazards));
    found.extend(came.map(|hazard| Shift::Endangered(hazard.id, hazard.closed_by.clone())));
    let went = (before.hazards.iter()).filter(|hazard| missing(hazard, &after.hazards));
    found.extend(went.map(|hazard| Shift::Averted(hazard.id)));
    for (old, new) in before.verdicts.iter().zip(&after.verdicts) {
        if old.label != new.label {
            found.push(Shift::Axis(new.axis, old.label, new.label));
        }
    }
    found
}

/// The practices that an advice takes.
fn practices(advice: &Advice) -> Vec<PatternId> {
    (advice.practices.iter())
        .filter(|practice| practice.adopted || practice.advice.verdict == Verdict::Recommended)
        .map(|practice| practice.advice.pattern)
        .collect()
}
