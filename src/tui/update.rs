//! What happens when something happens: `update(model, message)` changes the model and returns what must leave the
//! process. No clock, no file, no screen.

use super::command::{self, Command};
use super::edit;
use super::editor::{self, Editor, Input, Target};
use super::field::Field;
use super::find::{self, Place};
use super::key::Key;
use super::message::{Effect, Exported, Msg, Saved};
use super::model::{Browser, Dialog, Model, Overlay, Process, Record, Save, Screen};
use super::rows::{self, DecisionRow, HomeRow, PatternRow, RecordRow, Row};
use super::view;
use crate::design::{Design, State};
use crate::knowledge::{DecisionId, FactId, PatternId};
use crate::reasoning::{Change, DecisionState};
use crossterm::event::KeyCode;
use std::rc::Rc;

/// Lets something happen to the model.
pub fn update(model: &mut Model, message: Msg) -> Vec<Effect> {
    let effects = react(model, message);
    refuse_edits(model);
    model.remember_row();
    effects
}

/// Where nothing can be saved, nothing is asked for either: the reason is told before anything is typed.
fn refuse_edits(model: &mut Model) {
    let edits = model
        .editor
        .as_ref()
        .is_some_and(|editor| !matches!(editor.target, Target::Export | Target::Search));
    if edits && let Some(reason) = model.read_only.clone() {
        leave_quick(model);
        model.complain(format!("Read-only: {reason}"));
    }
}

fn react(model: &mut Model, message: Msg) -> Vec<Effect> {
    match message {
        Msg::Key(key) => {
            model.toast = None;
            press(model, key)
        }
        Msg::Paste(text) => {
            model.toast = None;
            paste(model, &text);
            Vec::new()
        }
        Msg::Resized(columns, rows) => {
            model.size = (columns, rows);
            model.settle();
            Vec::new()
        }
        Msg::Consulted(packs, Ok(base)) => {
            let row = model.selected_row();
            model.consult(packs, base.0);
            if let Some(row @ Row::Pack(_)) = row {
                model.select_row(&row);
            }
            Vec::new()
        }
        Msg::Consulted(_, Err(reason)) => {
            model.complain(format!("{reason}; u takes it back"));
            Vec::new()
        }
        Msg::Saved(revision, outcome) => {
            saved(model, revision, outcome);
            Vec::new()
        }
        Msg::Recovered(design) => recovered(model, *design),
        Msg::Told(text) => {
            model.say(text);
            Vec::new()
        }
        Msg::Changed(theirs) => {
            changed(model, theirs);
            Vec::new()
        }
        Msg::Exported(path, outcome) => {
            match outcome {
                Exported::Done => model.say(format!("Exported to {path}")),
                Exported::Exists => {
                    model.overlay = Some(Overlay::Dialog {
                        about: Dialog::Overwrite { path },
                        at: 0,
                    });
                }
                Exported::Failed(reason) => model.complain(format!("Not exported: {reason}")),
            }
            Vec::new()
        }
        Msg::Copied(outcome) => {
            match outcome {
                Ok(()) => model.say("Sent to the terminal's clipboard"),
                Err(reason) => model.complain(format!("Not copied: {reason}; export it with e")),
            }
            Vec::new()
        }
    }
}

fn saved(model: &mut Model, revision: u64, outcome: Saved) {
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
fn recovered(model: &mut Model, design: Design) -> Vec<Effect> {
    let effects = model.commit("recovery of what was not saved", |now| *now = design);
    if !effects.is_empty() {
        model.say("Recovered what was not saved last time; u takes it back");
    }
    effects
}

/// Asks what to do about another program's version.
fn changed(model: &mut Model, theirs: Option<Box<Design>>) {
    model.overlay = Some(Overlay::Dialog {
        about: Dialog::Changed {
            theirs,
            both: false,
        },
        at: 0,
    });
}

fn paste(model: &mut Model, text: &str) {
    if let Some(Overlay::Find { field, at }) = &mut model.overlay {
        field.paste(text);
        *at = 0;
    } else if model.overlay.is_none()
        && let Some(Editor {
            input: Input::Text(field),
            ..
        }) = &mut model.editor
    {
        field.paste(text);
        searched(model);
    } else {
        model.say("Pasted text goes into text fields only");
    }
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    if super::layout::is_too_small(model.size) {
        return match key {
            _ if key == Key::ctrl('c') || key == Key::char('q') && !command::types_text(model) => {
                quit(model)
            }
            _ if key == Key::ctrl('z') => vec![Effect::Suspend],
            _ => Vec::new(),
        };
    }
    if let Some(found) = command::find(model, key) {
        return run(model, found);
    }
    if let Some(Overlay::Find { field, at }) = &mut model.overlay {
        let before = field.clone();
        field.input(key);
        if *field != before {
            *at = 0;
        }
        return Vec::new();
    }
    if command::types_text(model) {
        if searching(model) && search_key(model, key) {
            return Vec::new();
        }
        if let Some(Editor {
            input: Input::Text(field),
            ..
        }) = &mut model.editor
        {
            field.input(key);
        }
        searched(model);
    }
    Vec::new()
}

fn searching(model: &Model) -> bool {
    matches!(&model.editor, Some(editor) if editor.target == Target::Search)
}

/// While a search is typed, the arrows move in what it found.
fn search_key(model: &mut Model, key: Key) -> bool {
    let by = match key.code {
        KeyCode::Down => 1,
        KeyCode::Up => -1,
        KeyCode::Char('n') if key.ctrl => 1,
        KeyCode::Char('p') if key.ctrl => -1,
        KeyCode::PageDown => 10,
        KeyCode::PageUp => -10,
        _ => return false,
    };
    move_by(model, by);
    true
}

/// The list follows the search as it is typed.
fn searched(model: &mut Model) {
    if !searching(model) {
        return;
    }
    let query = model.editor.as_ref().map(Editor::value).unwrap_or_default();
    if let Screen::Patterns(browser) = model.screen_mut()
        && browser.query != query
    {
        browser.query = query;
        browser.at = 0;
    }
    settle_patterns(model);
}

/// Does what a command says.
fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Quit => return quit(model),
        Command::Suspend => return vec![Effect::Suspend],
        Command::Help => {
            let here = command::valid(model);
            model.overlay = Some(Overlay::Help { scroll: 0, here });
        }
        Command::Up => move_by(model, -1),
        Command::Down => move_by(model, 1),
        Command::PageUp => move_by(model, -page(model)),
        Command::PageDown => move_by(model, page(model)),
        Command::First => move_by(model, isize::MIN / 2),
        Command::Last => move_by(model, isize::MAX / 2),
        Command::Left => focus(model, false),
        Command::Right => focus(model, true),
        Command::FocusNext | Command::FocusPrevious => toggle_focus(model),
        Command::NextSection => section(model, true),
        Command::PreviousSection if matches!(model.screen(), Screen::Quick { .. }) => {
            previous_question(model)
        }
        Command::PreviousSection => section(model, false),
        Command::Open => return open(model),
        Command::Clear => return clear(model),
        Command::Add => return add(model),
        Command::Step(step) => go_to_step(model, step),
        Command::NextStep => step_by(model, 1),
        Command::PreviousStep => step_by(model, -1),
        Command::FinishStep => return finish_step(model),
        Command::Guidance => {
            if let Screen::Process(process) = model.screen_mut() {
                process.guidance = !process.guidance;
                process.rail = false;
            }
            // It is read from its first line on, wherever one was.
            model.select_row(&Row::Reading(0));
        }
        Command::Floor => {
            if let Some(Row::Priority(axis)) = model.selected_row() {
                model.editor = Some(Editor::new(model, Target::Floor(axis)));
            }
        }
        Command::Process => {
            let step = model.next_step().unwrap_or(0);
            let fresh = !model
                .screens
                .iter()
                .any(|screen| matches!(screen, Screen::Process(_)));
            leave_quick(model);
            model.open(Screen::Process(Process::default()));
            if fresh {
                go_to_step(model, step);
            }
        }
        Command::Quick => quick_start(model),
        Command::Skip if naming(model) => ask(model),
        Command::Skip => next_question(model),
        Command::Patterns => {
            leave_quick(model);
            model.open(Screen::Patterns(Browser::default()));
            settle_patterns(model);
        }
        Command::Search => {
            if let Screen::Patterns(browser) = model.screen_mut() {
                browser.list = true;
            }
            model.editor = Some(Editor::new(model, Target::Search));
        }
        Command::Find => {
            model.overlay = Some(Overlay::Find {
                field: Field::line(""),
                at: 0,
            });
        }
        Command::Adopt => return adopt(model),
        Command::Conflicts => {
            leave_quick(model);
            model.open(Screen::Conflicts { at: 0, way: None });
        }
        Command::Waive => waive(model),
        Command::Concern => concern(model),
        Command::Rationale => {
            if let Screen::Decision { id, .. } = model.screen() {
                let id = *id;
                let row = rows::decision(model, id)
                    .iter()
                    .position(|row| *row == DecisionRow::Because);
                if let (Some(row), Screen::Decision { at, detail, .. }) = (row, model.screen_mut())
                {
                    *at = row;
                    *detail = false;
                }
                model.editor = Some(Editor::new(
                    model,
                    Target::Decision(id, DecisionRow::Because),
                ));
            }
        }
        Command::Summary => {
            leave_quick(model);
            model.open(Screen::Summary { scroll: 0 });
        }
        Command::Export => {
            leave_quick(model);
            model.open(Screen::Summary { scroll: 0 });
            model.editor = Some(Editor::new(model, Target::Export));
        }
        Command::Copy => {
            return vec![Effect::Copy((model.markdown)(
                &model.base,
                &model.design,
                model.advice(),
            ))];
        }
        Command::Title => model.editor = Some(Editor::new(model, Target::Title)),
        Command::Undo => return model.undo(),
        Command::Redo => return model.redo(),
        Command::SaveAgain => return model.store(false),
        Command::Back => back(model),
        Command::Accept => return accept(model),
        Command::Cancel => cancel(model),
    }
    Vec::new()
}

/// Ends, but asks first when something is not on disk; asking again for the end is an answer.
fn quit(model: &mut Model) -> Vec<Effect> {
    let asked = matches!(
        &model.overlay,
        Some(Overlay::Dialog {
            about: Dialog::Unsaved { .. },
            ..
        })
    );
    match &model.save {
        Save::Failed(reason) if !asked => {
            let about = Dialog::Unsaved {
                reason: reason.clone(),
            };
            model.overlay = Some(Overlay::Dialog { about, at: 0 });
            Vec::new()
        }
        _ => vec![Effect::Quit],
    }
}

fn page(model: &Model) -> isize {
    if matches!(model.overlay, Some(Overlay::Find { .. })) {
        return view::found_page(model) as isize;
    }
    let body = super::layout::regions(model).body;
    (body.height.saturating_sub(2)).max(1) as isize
}

fn shifted(at: usize, by: isize, limit: usize) -> usize {
    at.saturating_add_signed(by.clamp(-1_000_000, 1_000_000))
        .min(limit)
}

/// Moves the selection of whatever has the focus.
fn move_by(model: &mut Model, by: isize) {
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
        Screen::Quick { .. } => {}
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
        Screen::Conflicts { at, way: Some(way) } => {
            let ways = model
                .conflicts()
                .get(*at)
                .map_or(0, |conflict| conflict.ways_out.len());
            *way = shifted(*way, by, ways.saturating_sub(1));
        }
        Screen::Conflicts { at, .. } => {
            *at = shifted(*at, by, model.conflicts().len().saturating_sub(1))
        }
    }
    *model.screen_mut() = screen;
    if matches!(model.screen(), Screen::Process(process) if process.rail) {
        model.settle();
    }
}

fn moved_pattern(rows: &[PatternRow], at: usize, by: isize) -> usize {
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

fn settle_patterns(model: &mut Model) {
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

fn focus(model: &mut Model, right: bool) {
    let conflicts = model.conflicts();
    let ways = |at: usize| {
        conflicts
            .get(at)
            .is_some_and(|conflict| !conflict.ways_out.is_empty())
    };
    let has_ways = matches!(model.screen(), Screen::Conflicts { at, .. } if ways(*at));
    let (body, _) = super::layout::process(super::layout::regions(model).body);
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

fn toggle_focus(model: &mut Model) {
    let right = match model.screen() {
        Screen::Process(process) => process.rail,
        Screen::Decision { detail, .. } => !detail,
        Screen::Patterns(browser) => !browser.list,
        Screen::Conflicts { way, .. } => way.is_none(),
        _ => return,
    };
    focus(model, right);
}

fn section(model: &mut Model, forward: bool) {
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

fn go_to_step(model: &mut Model, step: usize) {
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

fn step_by(model: &mut Model, by: isize) {
    if let Screen::Process(process) = model.screen() {
        let step = shifted(process.step, by, model.base.steps.len().saturating_sub(1));
        go_to_step(model, step);
    }
}

fn finish_step(model: &mut Model) -> Vec<Effect> {
    let Screen::Process(process) = model.screen() else {
        return Vec::new();
    };
    let step = process.step;
    let done = model.state(step) == State::Done;
    let (ticked, all) = model.progress(step);
    if model.state(step) == State::Open && ticked == 0 && all > 0 && model.warned != Some(step) {
        model.warned = Some(step);
        model.say("Nothing is answered here yet; x again marks the step done");
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
            left => format!("Step {number} is done, with {left} of {all} left as they are"),
        });
    }
    effects
}

/// Lays a sector pack over the knowledge, or takes it away.
fn lay(model: &mut Model, index: usize) -> Vec<Effect> {
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

/// Does what the selected row is for.
fn open(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Dialog { about, at }) => return answer_dialog(model, about, at),
        Some(Overlay::Find { field, at }) => {
            match find::found(model, &field.text()).get(at) {
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
            Some(HomeRow::Conflicts) => model.open(Screen::Conflicts { at: 0, way: None }),
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
        Screen::Conflicts { at, way: Some(way) } => return take_way_out(model, at, way),
        Screen::Conflicts { .. }
        | Screen::Pattern { .. }
        | Screen::Summary { .. }
        | Screen::Quick { .. } => {}
    }
    Vec::new()
}

fn open_row(model: &mut Model, row: &Row, step: usize) -> Vec<Effect> {
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
        Row::Conflict(id) => {
            if let Some(at) = model
                .conflicts()
                .iter()
                .position(|conflict| conflict.id == *id)
            {
                model.open(Screen::Conflicts { at, way: None });
                if let Screen::Conflicts { at: now, way } = model.screen_mut() {
                    *now = at;
                    *way = None;
                }
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

fn open_decision(model: &mut Model, id: DecisionId) {
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

fn tick(model: &mut Model, step: usize, index: usize) -> Vec<Effect> {
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

fn toggle(model: &mut Model, id: DecisionId, pattern: PatternId) -> Vec<Effect> {
    let base = Rc::clone(&model.base);
    let advice = model.advice().clone();
    let label = format!("{}: {}", base.decision(id).name, base.pattern(pattern).name);
    let effects = model.commit(label, |design| {
        edit::toggle(design, &base, &advice, id, pattern)
    });
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
fn clear(model: &mut Model) -> Vec<Effect> {
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
        _ => Vec::new(),
    }
}

/// Sets what an editor of this target would edit to nothing.
fn emptied(model: &mut Model, target: Target) -> Vec<Effect> {
    let mut editor = Editor::new(model, target);
    match &mut editor.input {
        Input::Text(field) => *field = super::field::Field::line(""),
        Input::Choice { options, at } => *at = options.len().saturating_sub(1),
    }
    let effects = editor.accept(model);
    model.editor = None;
    effects
}

fn add(model: &mut Model) -> Vec<Effect> {
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

fn accept(model: &mut Model) -> Vec<Effect> {
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
    let is_question = matches!(model.screen(), Screen::Quick { .. });
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

fn cancel(model: &mut Model) {
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

fn back(model: &mut Model) {
    if model.overlay.take().is_some() {
        return;
    }
    model.editor = None;
    let deep = model.screens.len() > 1;
    match model.screen_mut() {
        Screen::Patterns(browser) if !browser.query.is_empty() => {
            browser.query.clear();
            browser.at = 0;
            settle_patterns(model);
        }
        Screen::Patterns(browser) if browser.list => browser.list = false,
        Screen::Conflicts {
            way: way @ Some(_), ..
        } => *way = None,
        Screen::Decision {
            detail: detail @ true,
            scroll,
            ..
        } => {
            *detail = false;
            *scroll = 0;
        }
        _ if deep => {
            model.screens.pop();
            if let Screen::Quick { .. } = model.screen() {
                ask(model);
            }
        }
        _ => {}
    }
}

fn leave_quick(model: &mut Model) {
    model.editor = None;
    if matches!(model.screen(), Screen::Quick { .. }) {
        model.screens.pop();
    }
}

fn quick_start(model: &mut Model) {
    let questions = model.quick_questions();
    let first = questions
        .iter()
        .position(|fact| !model.is_given(*fact))
        .unwrap_or(0);
    leave_quick(model);
    model.open(Screen::Quick { at: first });
    if model.design.title.is_empty() {
        model.editor = Some(Editor::new(model, Target::Title));
    } else {
        ask(model);
    }
}

/// Whether the quick start asks for the title, before its first question.
fn naming(model: &Model) -> bool {
    matches!(model.screen(), Screen::Quick { .. })
        && matches!(&model.editor, Some(editor) if editor.target == Target::Title)
}

/// Opens the editor of the quick question one is at; past the last one there is none.
fn ask(model: &mut Model) {
    let Screen::Quick { at } = model.screen() else {
        return;
    };
    let fact = model.quick_questions().get(*at).copied();
    model.editor = fact.map(|fact| Editor::new(model, Target::Requirement(fact)));
}

fn next_question(model: &mut Model) {
    let all = model.quick_questions().len();
    if let Screen::Quick { at } = model.screen_mut() {
        *at = (*at + 1).min(all);
    }
    ask(model);
}

fn previous_question(model: &mut Model) {
    if naming(model) {
        return;
    }
    if matches!(model.screen(), Screen::Quick { at: 0 }) {
        model.editor = Some(Editor::new(model, Target::Title));
        return;
    }
    if let Screen::Quick { at } = model.screen_mut() {
        *at = at.saturating_sub(1);
    }
    ask(model);
}

fn adopt(model: &mut Model) -> Vec<Effect> {
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

/// Returns the conflict that is selected, in the list of conflicts or in a step.
fn selected_conflict(model: &Model) -> Option<usize> {
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
fn next_conflicts(model: &Model, id: &str) -> Vec<String> {
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
fn select_open_conflict(model: &mut Model, wanted: &[String]) {
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
        Screen::Conflicts { at, way } => {
            *at = place;
            *way = None;
        }
        Screen::Process(_) => model.select_row(&Row::Conflict(id)),
        _ => {}
    }
}

fn waive(model: &mut Model) {
    if let Some(conflict) =
        selected_conflict(model).and_then(|at| model.conflicts().get(at).copied())
    {
        let target = Target::Waiver(conflict.id.clone());
        model.editor = Some(Editor::new(model, target));
    }
}

/// Opens what a conflict is about: the decision that took one of its patterns, or the first of its requirements.
fn concern(model: &mut Model) {
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

/// Goes to the row of an input or a decision in its step. A decision that does not arise has no row: its screen says so.
fn go_to(model: &mut Model, place: Place) {
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
fn go_to_input(model: &mut Model, fact: FactId) {
    if Place::Input(fact).step(model).is_none() {
        return;
    }
    go_to(model, Place::Input(fact));
    model.editor = Some(Editor::new(model, Target::Requirement(fact)));
}

fn take_way_out(model: &mut Model, at: usize, way: usize) -> Vec<Effect> {
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
            model.say("This one is for you to do; the program cannot do it");
            Vec::new()
        }
        Some(Change::Revisit(fact)) => {
            go_to_input(model, *fact);
            Vec::new()
        }
        Some(change) => {
            let base = Rc::clone(&model.base);
            let advice = model.advice().clone();
            let effects = model.commit(way.action.clone(), |design| {
                edit::apply(design, &base, &advice, change)
            });
            if !effects.is_empty() {
                model.say(format!("Done: {}", way.action));
                if let Screen::Conflicts { way, .. } = model.screen_mut() {
                    *way = None;
                }
            }
            effects
        }
    }
}

fn answer_dialog(model: &mut Model, about: Dialog, at: usize) -> Vec<Effect> {
    match (about, at) {
        (Dialog::Overwrite { path }, 1) => {
            let text = (model.markdown)(&model.base, &model.design, model.advice());
            vec![Effect::Export {
                path,
                text,
                overwrite: true,
            }]
        }
        (Dialog::Overwrite { .. }, _) => {
            model.editor = Some(Editor::new(model, Target::Export));
            Vec::new()
        }
        (Dialog::Unsaved { .. }, 1) => model.store(false),
        (Dialog::Unsaved { .. }, 2) => vec![Effect::Quit],
        (Dialog::Unsaved { .. }, _) => Vec::new(),
        (Dialog::Changed { theirs, .. }, 0) => {
            model.overlay = Some(Overlay::Dialog {
                about: Dialog::Changed { theirs, both: true },
                at: 0,
            });
            Vec::new()
        }
        (Dialog::Changed { .. }, 1) => model.store(true),
        (
            Dialog::Changed {
                theirs: Some(theirs),
                ..
            },
            2,
        ) => {
            let effects = model.take_theirs(*theirs);
            model.say("Took the version on disk; u brings yours back");
            effects
        }
        (Dialog::Changed { .. }, _) => Vec::new(),
    }
}
