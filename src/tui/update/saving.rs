//! What comes back from the file: saved, recovered, changed by another.

use super::moving::go_to_step;
use super::opening::open_decision;
use crate::design::Design;
use crate::tui::draft::Draft;
use crate::tui::editor::{self, Editor, Input, Target};
use crate::tui::field::Field;
use crate::tui::message::{Effect, Saved};
use crate::tui::model::{Dialog, Model, Overlay, Process, Save, Screen};
use crate::tui::rows::{self, Row};

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

/// Puts what was being typed last time back into its field. It is no answer until it is taken.
pub(super) fn resumed(model: &mut Model, draft: &Draft) {
    let said = model.toast.take().map(|toast| format!("{}. ", toast.text));
    let said = said.unwrap_or_default();
    let Some(target) = draft.target(model) else {
        model.say(format!(
            "{said}What you were typing has no field any more: {}",
            draft.text
        ));
        return;
    };
    let mut editor = Editor::new(model, target.clone());
    let before = editor.value();
    if let Input::Text(field) = &mut editor.input {
        *field = if field.is_prose() {
            Field::prose(&draft.text)
        } else {
            Field::line(&draft.text)
        };
    }
    if editor.value() == before {
        return;
    }
    show(model, &target);
    model.editor = Some(editor);
    model.say(format!(
        "{said}What you were typing is not saved yet: enter keeps it, esc drops it"
    ));
}

/// Goes to where a field is.
fn show(model: &mut Model, target: &Target) {
    match target {
        Target::Decision(id, row) => {
            open_decision(model, *id);
            let place = rows::decision(model, *id)
                .iter()
                .position(|other| other == row);
            if let (Some(place), Screen::Decision { at, .. }) = (place, model.screen_mut()) {
                *at = place;
            }
        }
        Target::Record(of, row) => {
            let rows = rows::record(model, *of);
            let at = rows.iter().position(|other| other == row).unwrap_or(0);
            model.open(Screen::Record { of: *of, at });
        }
        Target::Waiver(id) => {
            let conflicts = model.conflicts();
            let at = conflicts.iter().position(|conflict| conflict.id == *id);
            let at = at.unwrap_or(0);
            model.open(Screen::Conflicts {
                at,
                way: None,
                scroll: 0,
            });
        }
        _ => {
            let steps = 0..model.base.steps.len();
            let found = steps.into_iter().find_map(|step| {
                let belongs = |row: &Row| match target {
                    Target::Skip(of) => *of == step && *row == Row::State,
                    _ => editor::of_row(model, row, step).as_ref() == Some(target),
                };
                let row = rows::rows(model, step).into_iter().find(belongs)?;
                Some((step, row))
            });
            // The title has its field on every screen.
            if let Some((step, row)) = found.filter(|_| *target != Target::Title) {
                model.open(Screen::Process(Process::default()));
                go_to_step(model, step);
                model.select_row(&row);
            }
        }
    }
}
