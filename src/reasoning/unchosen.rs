//! What would be recommended for a decision that the user has taken, had they not taken it.

use super::DecisionState;
use super::Situation;
use super::process::{Closed, Frame, Pass};
use super::revise;
use crate::knowledge::{DecisionId, Pick};

/// Ranks the options of the decisions that the user took as they would rank while open, where that may differ.
///
/// A recommendation can rest on what it makes room for elsewhere. Once the user takes it, the room is there, nothing is
/// left to revise, and its score alone would speak against what was advised a moment before; and what was advised
/// against would be praised once it is taken.
pub(super) fn rank_as_open(frame: &Frame<'_>, closed: &mut Vec<Closed>, pass: &mut Pass<'_>) {
    let would_revise = revise::would_revise(frame, pass);
    for advice in &mut pass.decisions {
        let id = advice.id;
        let agrees = advice.recommended.first() == advice.chosen.first();
        if advice.state != DecisionState::Chosen
            || frame.base.decision(id).pick != Pick::One
            || agrees && !would_revise.contains(&id)
        {
            continue;
        }
        let as_open = |later_too: bool| {
            let mut situation: Situation = frame.situation.clone();
            let is_kept = |other: DecisionId| other != id && !(later_too && other > id);
            situation.choices.retain(|other, _| is_kept(*other));
            let open = Frame {
                situation: &situation,
                ..frame.clone()
            };
            let (mut revised, mut before) = open.advised();
            revised.retain(|closed| closed.decision == id);
            // What it was revised for was taken as advised as well.
            let as_advised = |closed: &Closed| {
                let other = &before.decisions[closed.because_of.index()];
                let chosen = frame.situation.choices.get(&other.id);
                other.id == id || chosen.is_none_or(|chosen| *chosen == other.recommended)
            };
            let fits = before.decisions[id.index()].recommended == advice.chosen
                && revised.iter().all(as_advised);
            (fits, before.decisions.swap_remove(id.index()), revised)
        };
        // Later choices may be there because this one was advised, which hides why it was.
        let (fits, open, revised) = as_open(false);
        let (open, revised) = match (!fits).then(|| as_open(true)) {
            Some((true, open, revised)) => (open, revised),
            _ => (open, revised),
        };
        // Nobody asks it where it is open: then nothing but the scores speaks.
        if open.state != DecisionState::Open {
            continue;
        }
        advice.options = open.options;
        advice.recommended = open.recommended;
        closed.extend(revised);
    }
}
