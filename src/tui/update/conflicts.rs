//! The conflicts: selecting, accepting, opening what they are about, taking a way out.

use super::opening::{go_to_input, open_decision};
use crate::knowledge::PatternId;
use crate::reasoning::Change;
use crate::tui::edit;
use crate::tui::editor::{Editor, Target};
use crate::tui::message::Effect;
use crate::tui::model::{Model, Screen};
use crate::tui::rows::{self, Row};
use std::rc::Rc;

/// Returns the conflict that is selected, in the list of conflicts or in a step.
pub(super) fn selected_conflict(model: &Model) -> Option<usize> {
    match model.screen() {
        Screen::Conflicts { at, .. } => Some(*at),
        _ => match model.selected_row()? {
            Row::Conflict(id) => model
                .conflicts()
                .iter()
                .position(|conflict| conflict.id == id),
            _ => None,
        },
    }
}

/// Returns the other open conflicts of the list that is shown: those after this one, then those before it. None when it is
/// not open itself, so that its reason is only revised.
pub(super) fn next_conflicts(model: &Model, id: &str) -> Vec<String> {
    let listed = |id: &str| match model.screen() {
        Screen::Process(process) => {
            rows::rows(model, process.step).contains(&Row::Conflict(id.to_owned()))
        }
        _ => true,
    };
    let open: Vec<String> = (model.conflicts().into_iter())
        .filter(|conflict| conflict.waived.is_none() && listed(&conflict.id))
        .map(|conflict| conflict.id.clone())
        .collect();
    let Some(at) = open.iter().position(|other| other == id) else {
        return Vec::new();
    };
    let (before, after) = open.split_at(at);
    after.iter().skip(1).chain(before).cloned().collect()
}

/// Selects the first of these conflicts that is open.
pub(super) fn select_open_conflict(model: &mut Model, wanted: &[String]) {
    let conflicts = model.conflicts();
    let place = |id: &String| {
        let is_open = |at: &usize| conflicts.get(*at).is_some_and(|it| it.waived.is_none());
        let at = conflicts.iter().position(|conflict| conflict.id == *id);
        Some((at.filter(is_open)?, id.clone()))
    };
    let Some((place, id)) = wanted.iter().find_map(place) else {
        return;
    };
    match model.screen_mut() {
        Screen::Conflicts { at, way, scroll } => {
            *at = place;
            *way = None;
            *scroll = 0;
        }
        Screen::Process(_) => model.select_row(&Row::Conflict(id)),
        _ => {}
    }
}

pub(super) fn waive(model: &mut Model) {
    if let Some(conflict) =
        selected_conflict(model).and_then(|at| model.conflicts().get(at).copied())
    {
        let target = Target::Waiver(conflict.id.clone());
        model.editor = Some(Editor::new(model, target));
    }
}

/// Opens what a conflict is about: the decision that took one of its patterns, or the first of its requirements.
pub(super) fn concern(model: &mut Model) {
    let Some(conflict) = selected_conflict(model).and_then(|at| model.conflicts().get(at).copied())
    else {
        return;
    };
    let taken = |pattern: &PatternId| {
        model
            .advice()
            .decisions
            .iter()
            .find(|advice| advice.taken().contains(pattern))
            .map(|advice| advice.id)
    };
    let decision = conflict.patterns.iter().find_map(taken);
    let offered = || {
        conflict
            .patterns
            .iter()
            .find_map(|pattern| model.base.decisions_of(*pattern).next())
    };
    let (decision, requirement) = (
        decision.or_else(offered),
        conflict.requirements.first().copied(),
    );
    let pattern = conflict.patterns.first().copied();
    match (decision, requirement, pattern) {
        (Some(id), _, _) => open_decision(model, id),
        (None, Some(fact), _) => go_to_input(model, fact),
        (None, None, Some(id)) => model.open(Screen::Pattern { id, scroll: 0 }),
        (None, None, None) => model.say("It is about the design as a whole"),
    }
}

pub(super) fn take_way_out(model: &mut Model, at: usize, way: usize) -> Vec<Effect> {
    let Some(way) = model
        .conflicts()
        .get(at)
        .and_then(|conflict| conflict.ways_out.get(way))
        .cloned()
    else {
        return Vec::new();
    };
    match &way.change {
        None => {
            model.say(format!(
                "Yours to do: {}; then w records how it was settled",
                way.action
            ));
            Vec::new()
        }
        Some(Change::Revisit(fact)) => {
            go_to_input(model, *fact);
            Vec::new()
        }
        Some(change) => {
            let base = Rc::clone(&model.base);
            let advice = model.advice().clone();
            let chosen = |model: &Model| -> usize {
                let decisions = model.design.decisions.values();
                decisions.map(|decision| decision.chosen.len()).sum()
            };
            let before = chosen(model);
            let effects = model.commit(way.action.clone(), |design| {
                edit::apply(design, &base, &advice, change)
            });
            if !effects.is_empty() {
                // One of several brings the others along that are recommended beside it.
                let others = match chosen(model).saturating_sub(before) {
                    0 | 1 => String::new(),
                    2 => ", and the other one recommended there".to_owned(),
                    all => format!(", and the {} others recommended there", all - 1),
                };
                model.say(format!("Done: {}{others}", way.action));
                if let Screen::Conflicts { way, .. } = model.screen_mut() {
                    *way = None;
                }
            }
            effects
        }
    }
}
