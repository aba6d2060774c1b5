//! What changes the design: ticking, adopting, adding, clearing, and taking what was typed.

use super::conflicts::{next_conflicts, select_open_conflict};
use super::moving::settle_patterns;
use super::quick::{ask, next_question};
use super::searching;
use crate::design::State;
use crate::knowledge::{DecisionId, PatternId};
use crate::reasoning::DecisionState;
use crate::tui::edit;
use crate::tui::editor::{self, Editor, Input, Target};
use crate::tui::field::Field;
use crate::tui::key::Key;
use crate::tui::message::Effect;
use crate::tui::model::{Model, Screen};
use crate::tui::rows::{self, DecisionRow, PatternRow, RecordRow, Row};
use crate::tui::text;
use crossterm::event::KeyCode;
use std::rc::Rc;

pub(super) fn finish_step(model: &mut Model) -> Vec<Effect> {
    let Screen::Process(process) = model.screen() else {
        return Vec::new();
    };
    let step = process.step;
    let done = model.state(step) == State::Done;
    let (ticked, all) = model.progress(step);
    let open: Vec<String> = (model.tasks(step).into_iter())
        .filter(|(_, done, all)| done < all)
        .map(|(kind, done, all)| text::count(all - done, kind))
        .collect();
    let open = open.join(", ");
    if model.state(step) == State::Open && ticked == 0 && all > 0 && model.warned != Some(step) {
        model.warned = Some(step);
        model.say("Nothing of this step is done yet; x again marks it done");
        return Vec::new();
    }
    model.warned = None;
    let effects = editor::set_step(
        model,
        step,
        if done { State::Open } else { State::Done },
        String::new(),
    );
    if !effects.is_empty() {
        let number = step + 1;
        model.say(match all - ticked {
            _ if done => format!("Step {number} is open again"),
            0 => format!("Step {number} is done"),
            _ => format!("Step {number} is done; left as they are: {open}"),
        });
    }
    effects
}

/// Lays a sector pack over the knowledge, or takes it away.
pub(super) fn lay(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(name) = model.packs().get(index).map(|pack| pack.name.clone()) else {
        return Vec::new();
    };
    model.commit(format!("sector pack {name}"), |design| {
        let before = design.packs.len();
        design.packs.retain(|other| *other != name);
        if design.packs.len() == before {
            design.packs.push(name.clone());
        }
    })
}

pub(super) fn tick(model: &mut Model, step: usize, index: usize) -> Vec<Effect> {
    let Some(entry) = model.base.steps.get(step) else {
        return Vec::new();
    };
    let Some(item) = entry.checklist.get(index).map(|item| item.id.to_string()) else {
        return Vec::new();
    };
    let id = entry.id.to_string();
    model.commit(format!("check {}", index + 1), |design| {
        let stored = design.steps.entry(id.clone()).or_default();
        match stored.checked.iter().position(|checked| *checked == item) {
            Some(place) => {
                stored.checked.remove(place);
            }
            None => stored.checked.push(item),
        }
        if *stored == crate::design::Step::default() {
            design.steps.remove(&id);
        }
    })
}

pub(super) fn toggle(model: &mut Model, id: DecisionId, pattern: PatternId) -> Vec<Effect> {
    let base = Rc::clone(&model.base);
    let advice = model.advice().clone();
    let label = format!("{}: {}", base.decision(id).name, base.pattern(pattern).name);
    let effects = model.commit(label, |design| {
        edit::toggle(design, &base, &advice, id, pattern)
    });
    let (before, after) = (advice.decision(id), model.advice().decision(id));
    let along = after
        .chosen
        .iter()
        .filter(|other| **other != pattern)
        .count();
    let is_taken_up = before.state == DecisionState::Open && after.state == DecisionState::Chosen;
    if is_taken_up && along > 0 {
        model.say(format!(
            "Taken with the {along} advised beside it; enter on one takes it out"
        ));
    }
    // The order of the options may have changed: the selection stays with the option.
    let row = rows::decision(model, id)
        .iter()
        .position(|row| *row == DecisionRow::Option(pattern));
    if let (Some(row), Screen::Decision { at, .. }) = (row, model.screen_mut()) {
        *at = row;
    }
    effects
}

/// Returns the row to unknown, or removes it.
pub(super) fn clear(model: &mut Model) -> Vec<Effect> {
    let base = Rc::clone(&model.base);
    match model.screen().clone() {
        Screen::Process(_) => {
            let Some(row) = model.selected_row() else {
                return Vec::new();
            };
            match row {
                Row::Input(fact) => {
                    let (id, name, _) = base.fact(fact);
                    model.commit(name.to_owned(), |design| edit::answer(design, id, ""))
                }
                Row::Priority(axis) => {
                    let entry = base.axis(axis);
                    model.commit(
                        format!("priority of {}", entry.name.to_lowercase()),
                        |design| {
                            design.priorities.remove(entry.id.as_str());
                        },
                    )
                }
                Row::Function(index) => {
                    model.commit("removal of a functional requirement", |design| {
                        if index < design.functions.len() {
                            design.functions.remove(index);
                        }
                    })
                }
                Row::Interface(index) => model.commit("removal of an interface", |design| {
                    if index < design.interfaces.len() {
                        design.interfaces.remove(index);
                    }
                }),
                Row::Entity(index) => model.commit("removal of an entity", |design| {
                    if index < design.entities.len() {
                        design.entities.remove(index);
                    }
                }),
                Row::Decision(id) => model.commit(
                    format!("reopening of {}", base.decision(id).name.to_lowercase()),
                    |design| {
                        edit::reopen(design, &base, id);
                    },
                ),
                _ => Vec::new(),
            }
        }
        Screen::Decision { id, at, .. } => match rows::decision(model, id).get(at) {
            Some(DecisionRow::Option(_)) => model.commit(
                format!("reopening of {}", base.decision(id).name.to_lowercase()),
                |design| {
                    edit::reopen(design, &base, id);
                },
            ),
            Some(row) => emptied(model, Target::Decision(id, *row)),
            None => Vec::new(),
        },
        Screen::Record { of, at } => match rows::record(model, of).get(at) {
            Some(RecordRow::Name) => {
                model.say("A name is needed; remove it in the list");
                Vec::new()
            }
            Some(row) => emptied(model, Target::Record(of, *row)),
            None => Vec::new(),
        },
        Screen::Conflicts { .. } => {
            let Some(id) = model
                .selected_waiver()
                .map(|waiver| waiver.conflict.clone())
            else {
                return Vec::new();
            };
            model.commit("removal of a waiver", |design| edit::waive(design, &id, ""))
        }
        _ => Vec::new(),
    }
}

/// Sets what an editor of this target would edit to nothing.
pub(super) fn emptied(model: &mut Model, target: Target) -> Vec<Effect> {
    let mut editor = Editor::new(model, target);
    match &mut editor.input {
        Input::Text(field) => *field = Field::line(""),
        Input::Choice { options, at } => *at = options.len().saturating_sub(1),
    }
    let effects = editor.accept(model);
    model.editor = None;
    effects
}

pub(super) fn add(model: &mut Model) -> Vec<Effect> {
    if let Some(Editor {
        input: Input::Text(field),
        ..
    }) = &mut model.editor
    {
        field.input(Key::plain(KeyCode::Enter));
        return Vec::new();
    }
    let (row, target) = match model.selected_row() {
        Some(Row::Function(_) | Row::AddFunction) => (
            Row::AddFunction,
            Target::Function(model.design.functions.len()),
        ),
        Some(Row::Interface(_) | Row::AddInterface) => (Row::AddInterface, Target::NewInterface),
        Some(Row::Entity(_) | Row::AddEntity) => (Row::AddEntity, Target::NewEntity),
        _ => return Vec::new(),
    };
    model.select_row(&row);
    model.editor = Some(Editor::new(model, target));
    Vec::new()
}

pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(editor) = model.editor.take() else {
        return Vec::new();
    };
    if editor.target == Target::Search {
        if let Screen::Patterns(browser) = model.screen_mut() {
            browser.list = true;
        }
        return Vec::new();
    }
    let adds = matches!(editor.target, Target::Function(index) if index >= model.design.functions.len())
        && !editor.value().is_empty();
    let adds_relation = matches!(editor.target, Target::Record(_, RecordRow::AddRelation))
        && !editor.value().is_empty();
    let is_question = model.quick_asks();
    let is_name = editor.target == Target::Title;
    let waived = match &editor.target {
        Target::Waiver(id) => next_conflicts(model, id),
        _ => Vec::new(),
    };
    let effects = editor.accept(model);
    if !effects.is_empty() {
        select_open_conflict(model, &waived);
    }
    if is_question && is_name {
        ask(model);
    } else if is_question && model.editor.is_none() {
        next_question(model);
    } else if adds && model.editor.is_none() {
        // A list is written in one go: the row for the next one is selected.
        model.select_row(&Row::AddFunction);
    } else if adds_relation && let Screen::Record { at, .. } = model.screen_mut() {
        *at += 1;
    }
    effects
}

pub(super) fn cancel(model: &mut Model) {
    if searching(model) {
        let typed = model
            .editor
            .as_ref()
            .is_some_and(|editor| !editor.value().is_empty());
        if typed {
            // Esc first clears the search, then leaves it.
            model.editor = None;
            if let Screen::Patterns(browser) = model.screen_mut() {
                browser.query.clear();
                browser.at = 0;
            }
            model.editor = Some(Editor::new(model, Target::Search));
            settle_patterns(model);
            return;
        }
    }
    model.editor = None;
}

pub(super) fn adopt(model: &mut Model) -> Vec<Effect> {
    let id = match model.screen() {
        Screen::Pattern { id, .. } => *id,
        Screen::Patterns(browser) => {
            match rows::patterns(model, browser.facet, &browser.query).get(browser.at) {
                Some(PatternRow::Pattern(id, _)) => *id,
                _ => return Vec::new(),
            }
        }
        _ => match model.selected_row() {
            Some(Row::Practice(id)) => id,
            _ => return Vec::new(),
        },
    };
    let base = Rc::clone(&model.base);
    let entry = base.pattern(id);
    if entry.reference {
        model.say(format!(
            "{} is a concept to read about; there is nothing to adopt",
            entry.name
        ));
        return Vec::new();
    }
    if edit::is_chosen(&model.design, &base, id) {
        let effects = model.commit(format!("choice of {}", entry.name), |design| {
            edit::withdraw(design, &base, id)
        });
        model.say(format!("{} is withdrawn", entry.name));
        return effects;
    }
    let advice = model.advice().clone();
    let effects = model.commit(format!("choice of {}", entry.name), |design| {
        edit::adopt(design, &base, &advice, id)
    });
    if !effects.is_empty() {
        let arises = |id: &DecisionId| advice.decision(*id).state != DecisionState::NotApplicable;
        let place = base
            .decisions_of(id)
            .find(arises)
            .or_else(|| base.decisions_of(id).next());
        let place = place.map_or("as a practice".to_owned(), |id| {
            format!("for “{}”", base.decision(id).name)
        });
        model.say(format!("{} is adopted {place}", entry.name));
    }
    effects
}
