//! Moving the selection and the focus, and from step to step.

use super::quick::leave_quick;
use crate::tui::editor::{Editor, Input};
use crate::tui::layout;
use crate::tui::model::{Browser, Model, Overlay, Process, Screen};
use crate::tui::rows::{self, PatternRow};
use crate::tui::{find, view};

pub(super) fn page(model: &Model) -> isize {
    if matches!(model.overlay, Some(Overlay::Find { .. })) {
        return view::found_page(model) as isize;
    }
    let body = layout::regions(model).body;
    (body.height.saturating_sub(2)).max(1) as isize
}

pub(super) fn shifted(at: usize, by: isize, limit: usize) -> usize {
    at.saturating_add_signed(by.clamp(-1_000_000, 1_000_000))
        .min(limit)
}

/// Reads on in the detail of a conflict, or back; false where there is nothing more to read.
pub(super) fn read_on(model: &mut Model, forward: bool) -> bool {
    let limit = view::scroll_limit(model);
    if limit == 0 || model.is_busy() {
        return false;
    }
    let step = view::conflict_page(model) as isize;
    match model.screen_mut() {
        Screen::Conflicts {
            way: None, scroll, ..
        } => {
            *scroll = shifted(*scroll, if forward { step } else { -step }, limit);
            true
        }
        _ => false,
    }
}

/// Moves the selection of whatever has the focus.
pub(super) fn move_by(model: &mut Model, by: isize) {
    let limit = view::scroll_limit(model);
    let found = match &model.overlay {
        Some(Overlay::Find { field, .. }) => find::found(model, &field.text()).len(),
        _ => 0,
    };
    match &mut model.overlay {
        Some(Overlay::Find { at, .. }) => {
            *at = shifted(*at, by, found.saturating_sub(1));
            return;
        }
        Some(Overlay::Help { scroll, .. }) => {
            *scroll = shifted(*scroll, by, limit);
            return;
        }
        Some(Overlay::Dialog { about, at }) => {
            let answers = view::answers(about).len();
            *at = shifted(*at, by, answers.saturating_sub(1));
            return;
        }
        None => {}
    }
    if let Some(Editor {
        input: Input::Choice { options, at },
        ..
    }) = &mut model.editor
    {
        *at = shifted(*at, by, options.len().saturating_sub(1));
        return;
    }
    let mut screen = model.screen().clone();
    match &mut screen {
        Screen::Home { at } => *at = shifted(*at, by, rows::home(model).len() - 1),
        Screen::Process(process) if process.rail => {
            let last = model.base.steps.len().saturating_sub(1);
            process.step = shifted(process.step, by, last);
        }
        Screen::Process(process) => {
            let rows = rows::rows(model, process.step);
            if let Some(at) = process.at.get_mut(process.step) {
                *at = rows::moved(&rows, *at, by);
            }
        }
        Screen::Quick { at } => {
            if let Some((place, _)) = rows::selected_result(model, *at) {
                let last = rows::result(model).len() - 1;
                *at = model.quick_questions().len() + last - shifted(place, by, last);
            }
        }
        Screen::Decision {
            scroll,
            detail: true,
            ..
        }
        | Screen::Pattern { scroll, .. }
        | Screen::Summary { scroll } => {
            *scroll = shifted(*scroll, by, limit);
        }
        Screen::Decision { id, at, scroll, .. } => {
            *at = shifted(*at, by, rows::decision(model, *id).len().saturating_sub(1));
            *scroll = 0;
        }
        Screen::Record { of, at } => {
            *at = shifted(*at, by, rows::record(model, *of).len().saturating_sub(1))
        }
        Screen::Patterns(browser) if browser.list => {
            let rows = rows::patterns(model, browser.facet, &browser.query);
            browser.at = moved_pattern(&rows, browser.at, by);
        }
        Screen::Patterns(browser) => {
            let facets = model.base.axes.len() + rows::categories(model).len();
            let facet = shifted(browser.facet, by, facets.saturating_sub(1));
            if facet != browser.facet {
                *browser = Browser {
                    facet,
                    ..Browser::default()
                };
                browser.at = moved_pattern(&rows::patterns(model, facet, ""), 0, 0);
            }
        }
        Screen::Conflicts {
            at, way: Some(way), ..
        } => {
            let ways = model
                .conflicts()
                .get(*at)
                .map_or(0, |conflict| conflict.ways_out.len());
            *way = shifted(*way, by, ways.saturating_sub(1));
        }
        Screen::Conflicts { at, scroll, .. } => {
            *at = shifted(*at, by, model.conflict_rows().saturating_sub(1));
            *scroll = 0;
        }
    }
    *model.screen_mut() = screen;
    if matches!(model.screen(), Screen::Process(process) if process.rail) {
        model.settle();
    }
}

pub(super) fn moved_pattern(rows: &[PatternRow], at: usize, by: isize) -> usize {
    let real: Vec<usize> = (0..rows.len())
        .filter(|index| matches!(rows[*index], PatternRow::Pattern(..)))
        .collect();
    let place = real
        .iter()
        .position(|index| *index >= at)
        .unwrap_or(real.len().saturating_sub(1));
    real.get(shifted(place, by, real.len().saturating_sub(1)))
        .copied()
        .unwrap_or(0)
}

pub(super) fn settle_patterns(model: &mut Model) {
    if let Screen::Patterns(browser) = model.screen() {
        let at = moved_pattern(
            &rows::patterns(model, browser.facet, &browser.query),
            browser.at,
            0,
        );
        if let Screen::Patterns(browser) = model.screen_mut() {
            browser.at = at;
        }
    }
}

pub(super) fn focus(model: &mut Model, right: bool) {
    let conflicts = model.conflicts();
    let ways = |at: usize| {
        conflicts
            .get(at)
            .is_some_and(|conflict| !conflict.ways_out.is_empty())
    };
    let has_ways = matches!(model.screen(), Screen::Conflicts { at, .. } if ways(*at));
    let (body, _) = layout::process(layout::regions(model).body);
    match model.screen_mut() {
        Screen::Process(process) => process.rail = !right && body.is_some(),
        Screen::Decision { detail, scroll, .. } => {
            *detail = right;
            *scroll = 0;
        }
        Screen::Patterns(browser) => browser.list = right,
        Screen::Conflicts { way, .. } => {
            *way = if right && has_ways {
                way.or(Some(0))
            } else {
                None
            }
        }
        _ => {}
    }
}

pub(super) fn toggle_focus(model: &mut Model) {
    let right = match model.screen() {
        Screen::Process(process) => process.rail,
        Screen::Decision { detail, .. } => !detail,
        Screen::Patterns(browser) => !browser.list,
        Screen::Conflicts { way, .. } => way.is_none(),
        _ => return,
    };
    focus(model, right);
}

pub(super) fn section(model: &mut Model, forward: bool) {
    if let Screen::Process(process) = model.screen() {
        let rows = rows::rows(model, process.step);
        let at = process.at.get(process.step).copied().unwrap_or(0);
        let found = rows::section(&rows, at, forward);
        if let Screen::Process(process) = model.screen_mut()
            && let Some(at) = process.at.get_mut(process.step)
        {
            *at = found;
        }
    }
}

pub(super) fn go_to_step(model: &mut Model, step: usize) {
    if !matches!(model.screen(), Screen::Process(_)) {
        leave_quick(model);
        model.open(Screen::Process(Process::default()));
    }
    if let Screen::Process(process) = model.screen_mut()
        && step < process.at.len()
    {
        process.step = step;
        process.rail = false;
    }
    model.settle();
}

pub(super) fn step_by(model: &mut Model, by: isize) {
    if let Screen::Process(process) = model.screen() {
        let step = shifted(process.step, by, model.base.steps.len().saturating_sub(1));
        go_to_step(model, step);
    }
}
