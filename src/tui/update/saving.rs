//! What comes back from the file: saved, recovered, changed by another.

use crate::design::Design;
use crate::tui::message::{Effect, Saved};
use crate::tui::model::{Dialog, Model, Overlay, Save};

pub(super) fn saved(model: &mut Model, revision: u64, outcome: Saved) {
    match outcome {
        Saved::Done => {
            // An answer to an older save says nothing of the changes since.
            if revision == model.revision {
                model.save = Save::Saved;
            }
        }
        Saved::Failed(reason) => {
            model.complain(format!("Not saved: {reason}"));
            model.save = Save::Failed(reason);
        }
        Saved::Changed(theirs) => {
            model.save = Save::Failed("another program changed the file".to_owned());
            changed(model, theirs);
        }
    }
}

/// Takes up what was not saved last time as a change like any other: it is saved, and undo brings back what the file held.
pub(super) fn recovered(model: &mut Model, design: Design) -> Vec<Effect> {
    let effects = model.commit("recovery of what was not saved", |now| *now = design);
    if !effects.is_empty() {
        model.say("Recovered what was not saved last time; u takes it back");
    }
    effects
}

/// Asks what to do about another program's version.
pub(super) fn changed(model: &mut Model, theirs: Option<Box<Design>>) {
    model.overlay = Some(Overlay::Dialog {
        about: Dialog::Changed {
            theirs,
            both: false,
        },
        at: 0,
    });
}
