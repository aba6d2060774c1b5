//! What happens when something happens: `update(model, message)` changes the model and returns what must leave the
//! process. No clock, no file, no screen.

mod conflicts;
mod editing;
mod moving;
mod opening;
mod quick;
mod saving;

use super::command::{self, Command};
use super::editor::{Editor, Input, Target};
use super::field::Field;
use super::key::Key;
use super::message::{Effect, Exported, Msg};
use super::model::{Browser, Dialog, Model, Overlay, Process, Save, Screen};
use super::rows::{self, DecisionRow, Row};
use conflicts::{concern, waive};
use crossterm::event::KeyCode;
use editing::{accept, add, adopt, cancel, clear, finish_step};
use moving::{
    focus, go_to_step, move_by, page, read_on, section, settle_patterns, step_by, toggle_focus,
};
use opening::open;
use quick::{ask, leave_quick, naming, next_question, previous_question, quick_start};
use saving::{changed, recovered, resumed, saved};

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
        Msg::Drafted(draft) => {
            resumed(model, &draft);
            Vec::new()
        }
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
    if let Some(letter) = key.typed().filter(|letter| letter.is_alphanumeric())
        && jump(model, letter)
    {
        return Vec::new();
    }
    if let Some(found) = command::find(model, key) {
        let effects = run(model, found);
        if found == Command::Digit {
            type_into(model, key);
        }
        return effects;
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
        type_into(model, key);
        searched(model);
    }
    Vec::new()
}

/// Gives a key to the field that is open.
fn type_into(model: &mut Model, key: Key) {
    if let Some(Editor {
        input: Input::Text(field),
        ..
    }) = &mut model.editor
    {
        field.input(key);
    }
}

/// In a list of answers, a letter goes to the first that begins so, and once more to the next.
fn jump(model: &mut Model, letter: char) -> bool {
    if model.overlay.is_some() {
        return false;
    }
    let Some(Editor {
        input: Input::Choice { options, at },
        ..
    }) = &mut model.editor
    else {
        return false;
    };
    let begins = |place: &usize| {
        let first = options.get(*place).and_then(|it| it.label.chars().next());
        first.is_some_and(|first| first.to_lowercase().eq(letter.to_lowercase()))
    };
    let begins_now = begins(at);
    let after = (*at + 1..options.len()).find(begins);
    let found = after
        .filter(|_| begins_now)
        .or_else(|| (0..options.len()).find(begins));
    if let Some(place) = found {
        *at = place;
    }
    found.is_some()
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
    if let Screen::Process(process) = model.screen_mut() {
        process.by_number = None;
    }
    match command {
        Command::Quit => return quit(model),
        Command::Suspend => return vec![Effect::Suspend],
        Command::Help => {
            let here = command::valid(model);
            model.overlay = Some(Overlay::Help { scroll: 0, here });
        }
        Command::Up => move_by(model, -1),
        Command::Down => move_by(model, 1),
        Command::PageUp if read_on(model, false) => {}
        Command::PageDown if read_on(model, true) => {}
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
        Command::Open | Command::Digit => return open(model),
        Command::Clear => return clear(model),
        Command::Add => return add(model),
        Command::Step(step) => {
            go_to_step(model, step);
            if let Screen::Process(process) = model.screen_mut() {
                process.by_number = Some(step);
            }
        }
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
        Command::Skip => {
            // What the answer before changed is no news of this question.
            model.shifts.clear();
            model.last = model.last.take().map(|_| "a skipped question".to_owned());
            next_question(model);
        }
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
            model.open(Screen::Conflicts {
                at: 0,
                way: None,
                scroll: 0,
            });
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
        Command::Brief => {
            model.is_brief = !model.is_brief;
            if let Screen::Summary { scroll } = model.screen_mut() {
                *scroll = 0;
            }
            // What was typed of a path stays.
            if let Some(mut editor) = model.editor.take() {
                editor.label = Editor::new(model, Target::Export).label;
                model.editor = Some(editor);
            }
        }
        Command::Copy => {
            return vec![Effect::Copy(model.document())];
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

fn answer_dialog(model: &mut Model, about: Dialog, at: usize) -> Vec<Effect> {
    match (about, at) {
        (Dialog::Overwrite { path }, 1) => {
            let text = model.document();
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
        (
            Dialog::Changed {
                theirs: theirs @ Some(_),
                ..
            },
            0,
        ) => {
            model.overlay = Some(Overlay::Dialog {
                about: Dialog::Changed { theirs, both: true },
                at: 0,
            });
            Vec::new()
        }
        (Dialog::Changed { theirs, .. }, 1) => {
            if let Some(theirs) = theirs {
                model.keep_mine(*theirs);
                model.say("Kept yours; u brings the version on disk back");
            }
            model.store(true)
        }
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
