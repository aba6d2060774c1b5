//! What would be recommended for a decision that the user has taken, had they not taken it.

use super::DecisionState;
use super::Situation;
use super::process::{Closed, Frame, Pass};
use super::revise;
use crate::knowledge::{DecisionId, Pick};

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
        let id = advice.id;
        let without = |situation: &mut Situation, all: bool| {
            let later = |other: DecisionId| all && other > id;
            situation
                .choices
                .retain(|other, _| *other != id && !later(*other));
        };
        for later_too in [false, true] {
            let mut situation: Situation = frame.situation.clone();
            without(&mut situation, later_too);
            let open = Frame {
                situation: &situation,
                ..frame.clone()
            };
            let mut revised = Vec::new();
            let mut before = open.settle(&mut revised);
            revise::revise(&open, &mut revised, &mut before);
            revised.retain(|closed| closed.decision == id);
            // What it was revised for was taken as advised as well.
            let as_advised = |closed: &Closed| {
                let other = &before.decisions[closed.because_of.index()];
                let chosen = frame.situation.choices.get(&other.id);
                other.id == id || chosen.is_none_or(|chosen| *chosen == other.recommended)
            };
            if before.decisions[id.index()].recommended == advice.chosen
                && revised.iter().all(as_advised)
            {
                let other = before.decisions.remove(id.index());
                advice.options = other.options;
                advice.recommended = other.recommended;
                closed.extend(revised);
                break;
            }
        }
    }
}
