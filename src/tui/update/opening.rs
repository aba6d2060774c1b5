//! Opening what is selected, and going to a place that was found.

use super::conflicts::take_way_out;
use super::editing::{lay, tick, toggle};
use super::moving::{focus, go_to_step, step_by};
use super::quick::{leave_quick, quick_start};
use super::{answer_dialog, run};
use crate::knowledge::{DecisionId, FactId};
use crate::reasoning::DecisionState;
use crate::tui::command::Command;
use crate::tui::editor::{self, Editor, Target};
use crate::tui::find::{self, Place};
use crate::tui::message::Effect;
use crate::tui::model::{Model, Overlay, Process, Record, Screen};
use crate::tui::rows::{self, DecisionRow, HomeRow, PatternRow, ResultRow, Row};

/// Does what the selected row is for.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Dialog { about, at }) => return answer_dialog(model, about, at),
        Some(Overlay::Find { field, at }) => {
            match find::found(model, &field.text()).get(at) {
                // Who looks for an input wants to answer it.
                Some(Place::Input(fact)) if model.read_only.is_none() => {
                    go_to_input(model, *fact);
                }
                Some(place) => go_to(model, *place),
                None => model.overlay = Some(Overlay::Find { field, at }),
            }
            return Vec::new();
        }
        Some(Overlay::Help { .. }) | None => {}
    }
    match model.screen().clone() {
        Screen::Home { at } => match rows::home(model).get(at) {
            Some(HomeRow::Quick) => quick_start(model),
            Some(HomeRow::Continue(step)) => {
                let step = *step;
                model.open(Screen::Process(Process::default()));
                go_to_step(model, step);
            }
            Some(HomeRow::Conflicts) => model.open(Screen::Conflicts {
                at: 0,
                way: None,
                scroll: 0,
            }),
            Some(HomeRow::Patterns) => return run(model, Command::Patterns),
            Some(HomeRow::Summary) => model.open(Screen::Summary { scroll: 0 }),
            None => {}
        },
        Screen::Process(process) if process.rail => focus(model, true),
        Screen::Process(process) => {
            if let Some(row) = model.selected_row() {
                return open_row(model, &row, process.step);
            }
        }
        Screen::Decision { id, at, .. } => match rows::decision(model, id).get(at).copied() {
            Some(DecisionRow::Option(pattern)) => return toggle(model, id, pattern),
            Some(row) => model.editor = Some(Editor::new(model, Target::Decision(id, row))),
            None => {}
        },
        Screen::Record { of, at } => {
            if let Some(row) = rows::record(model, of).get(at).copied() {
                model.editor = Some(Editor::new(model, Target::Record(of, row)));
            }
        }
        Screen::Patterns(browser) => {
            let rows = rows::patterns(model, browser.facet, &browser.query);
            if let Some(PatternRow::Pattern(id, _)) = rows.get(browser.at) {
                model.open(Screen::Pattern { id: *id, scroll: 0 });
            }
        }
        Screen::Conflicts {
            at, way: Some(way), ..
        } => return take_way_out(model, at, way),
        Screen::Quick { at } => match rows::selected_result(model, at) {
            Some((_, ResultRow::Answer(fact))) => go_to_input(model, fact),
            Some((_, ResultRow::GoOn)) => return run(model, Command::Process),
            None => {}
        },
        Screen::Conflicts { .. } | Screen::Pattern { .. } | Screen::Summary { .. } => {}
    }
    Vec::new()
}

pub(super) fn open_row(model: &mut Model, row: &Row, step: usize) -> Vec<Effect> {
    if let Some(target) = editor::of_row(model, row, step) {
        model.editor = Some(Editor::new(model, target));
        return Vec::new();
    }
    match row {
        Row::Interface(index) => model.open(Screen::Record {
            of: Record::Interface(*index),
            at: 0,
        }),
        Row::Entity(index) => model.open(Screen::Record {
            of: Record::Entity(*index),
            at: 0,
        }),
        Row::Decision(id) => open_decision(model, *id),
        Row::Practice(pattern) => model.open(Screen::Pattern {
            id: *pattern,
            scroll: 0,
        }),
        Row::Estimate(fact) => {
            if let Screen::Process(process) = model.screen_mut() {
                process.shown = if process.shown == Some(*fact) {
                    None
                } else {
                    Some(*fact)
                };
            }
        }
        Row::Denied(fact) => go_to_input(model, *fact),
        Row::Conflict(id) => {
            if let Some(at) = model
                .conflicts()
                .iter()
                .position(|conflict| conflict.id == *id)
            {
                model.open(Screen::Conflicts {
                    at,
                    way: None,
                    scroll: 0,
                });
                if let Screen::Conflicts {
                    at: now,
                    way,
                    scroll,
                } = model.screen_mut()
                {
                    *now = at;
                    *way = None;
                    *scroll = 0;
                }
            }
        }
        Row::Closed(_) => {
            if let Screen::Process(process) = model.screen_mut() {
                process.closed = !process.closed;
            }
        }
        Row::Hazard(index) => {
            let closer = model
                .advice()
                .hazards
                .get(*index)
                .and_then(|hazard| hazard.closed_by.first().copied());
            if let Some(id) = closer {
                model.open(Screen::Pattern { id, scroll: 0 });
            }
        }
        Row::Mistake(index) => {
            let about = model
                .base
                .remarks
                .get(*index)
                .and_then(|remark| remark.patterns.first().copied());
            if let Some(id) = about {
                model.open(Screen::Pattern { id, scroll: 0 });
            }
        }
        Row::Check(index) => return tick(model, step, *index),
        Row::Pack(index) => return lay(model, *index),
        Row::Next if step + 1 < model.base.steps.len() => step_by(model, 1),
        Row::Next => return run(model, Command::Export),
        _ => {}
    }
    Vec::new()
}

pub(super) fn open_decision(model: &mut Model, id: DecisionId) {
    let chosen = model.advice().decision(id).taken().first().copied();
    let rows = rows::decision(model, id);
    let at = rows
        .iter()
        .position(|row| matches!(row, DecisionRow::Option(pattern) if Some(*pattern) == chosen));
    model.open(Screen::Decision {
        id,
        at: at.unwrap_or(0),
        detail: false,
        scroll: 0,
    });
}

/// Goes to the row of an input or a decision in its step. A decision that does not arise has no row: its screen says so.
pub(super) fn go_to(model: &mut Model, place: Place) {
    let row = match place {
        Place::Input(fact) => Row::Input(fact),
        Place::Decision(id) => Row::Decision(id),
    };
    match (place, place.step(model)) {
        (Place::Decision(id), _)
            if model.advice().decision(id).state == DecisionState::NotApplicable =>
        {
            leave_quick(model);
            open_decision(model, id);
        }
        (_, Some(step)) => {
            leave_quick(model);
            model.open(Screen::Process(Process::default()));
            go_to_step(model, step);
            model.select_row(&row);
        }
        (_, None) => {}
    }
}

/// Goes to the row of a requirement and opens its editor.
pub(super) fn go_to_input(model: &mut Model, fact: FactId) {
    if Place::Input(fact).step(model).is_none() {
        return;
    }
    go_to(model, Place::Input(fact));
    model.editor = Some(Editor::new(model, Target::Requirement(fact)));
}
