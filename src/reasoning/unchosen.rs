//! What would be recommended for a decision that the user has taken, had they not taken it.

use super::DecisionState;
use super::Situation;
use super::process::{Closed, Frame, Pass};
use super::revise;
use crate::knowledge::Pick;

/// Ranks the options of decisions taken otherwise than by their scores as they would rank while open.
///
/// A recommendation can rest on what it makes room for elsewhere. Once the user takes it, the room is there, nothing is
/// left to revise, and its score alone would speak against what was advised a moment before.
pub(super) fn rank_as_open(frame: &Frame<'_>, closed: &mut Vec<Closed>, pass: &mut Pass<'_>) {
    for advice in &mut pass.decisions {
        let decision = frame.base.decision(advice.id);
        let agrees = advice.recommended.first() == advice.chosen.first();
        if advice.state != DecisionState::Chosen || decision.pick != Pick::One || agrees {
            continue;
        }
        let mut situation: Situation = frame.situation.clone();
        situation.choices.remove(&advice.id);
        let open = Frame {
            situation: &situation,
            ..frame.clone()
        };
        let mut revised = Vec::new();
        let mut before = open.settle(&mut revised);
        revise::revise(&open, &mut revised, &mut before);
        let id = advice.id;
        let Some(other) = before.decisions.get_mut(id.index()) else {
            continue;
        };
        if other.recommended == advice.chosen {
            advice.options = std::mem::take(&mut other.options);
            advice.recommended = std::mem::take(&mut other.recommended);
            closed.extend(revised.into_iter().filter(|closed| closed.decision == id));
        }
    }
}
