//! The commands: what can be done, with which keys, when. The footer and the help are made from this table.

use super::key::Key;
use super::model::{Model, Overlay, Screen};
use super::rows::{self, DecisionRow, RecordRow, ResultRow, Row};
use crate::knowledge::FactKind;
use crate::reasoning::Change;
use crossterm::event::KeyCode;

/// Something that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Select the row above.
    Up,
    /// Select the row below.
    Down,
    /// Move the focus left.
    Left,
    /// Move the focus right.
    Right,
    /// Go up a page.
    PageUp,
    /// Go down a page.
    PageDown,
    /// Go to the first row.
    First,
    /// Go to the last row.
    Last,
    /// Move the focus on.
    FocusNext,
    /// Move the focus back.
    FocusPrevious,
    /// Go to the next section.
    NextSection,
    /// Go to the previous section.
    PreviousSection,
    /// Do what the selected row is for.
    Open,
    /// Open the field of the selected number, with the digit that is typed.
    Digit,
    /// Return the row to unknown, or remove it.
    Clear,
    /// Add a row to the list.
    Add,
    /// Go to a step, from 0.
    Step(usize),
    /// Go to the next step.
    NextStep,
    /// Go to the previous step.
    PreviousStep,
    /// Mark the step as done, or open it again.
    FinishStep,
    /// Show all of the guidance, or less.
    Guidance,
    /// Say how much harm to an axis is allowed.
    Floor,
    /// Open the ten steps.
    Process,
    /// Start the quick questions.
    Quick,
    /// Go to the next quick question without an answer.
    Skip,
    /// Open the patterns browser.
    Patterns,
    /// Search for a pattern.
    Search,
    /// Search for an input or a decision of any step.
    Find,
    /// Adopt the pattern.
    Adopt,
    /// Open the conflicts.
    Conflicts,
    /// Accept the conflict with a reason.
    Waive,
    /// Open what the conflict is about.
    Concern,
    /// Write why a decision was taken.
    Rationale,
    /// Open the summary.
    Summary,
    /// Export the summary.
    Export,
    /// Show and export the summary whole, or without what lies behind each decision.
    Brief,
    /// Copy the summary to the clipboard.
    Copy,
    /// Edit the title.
    Title,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Save again after a failure.
    SaveAgain,
    /// Show the keys.
    Help,
    /// Go back.
    Back,
    /// Accept what is in the editor.
    Accept,
    /// Leave the editor without a change.
    Cancel,
    /// Leave to the shell for a while.
    Suspend,
    /// End.
    Quit,
}

/// The groups of the help, each with the conditions of the bindings that belong to it. What is in none can be done
/// everywhere.
const GROUPS: &[(&str, &[&str])] = &[
    ("Home", &["home"]),
    (
        "Quick start",
        &[
            "quick_answer",
            "quick_question",
            "quick_result",
            "quick_next",
            "quick_done",
            "quick_answered",
        ],
    ),
    (
        "The ten steps",
        &[
            "editable_row",
            "number_row",
            "adding_row",
            "check_row",
            "practice_row",
            "opening_row",
            "closed_row",
            "estimate_row",
            "moving_row",
            "clearable_row",
            "removable_row",
            "chosen_decision",
            "list_section",
            "priority_row",
            "process",
            "sections",
        ],
    ),
    (
        "A decision",
        &["decision_option", "decision_record", "decision"],
    ),
    ("An interface or an entity", &["record"]),
    ("Patterns", &["patterns_list", "patterns", "adoptable"]),
    (
        "Conflicts",
        &[
            "conflict_list",
            "conflict_row",
            "idle_waiver",
            "ways_out",
            "revisited_way",
            "own_way",
        ],
    ),
    (
        "Summary",
        &["summary", "export_offered", "whole", "shortened"],
    ),
    (
        "While something is typed or chosen",
        &["exporting", "other_edit", "prose", "edits_list", "edits"],
    ),
    ("Find", &["finding"]),
    ("A question of the program", &["dialog"]),
    ("This help", &["help"]),
];

/// Returns the names of the groups of the help, in order; the last is of what can be done everywhere.
pub fn groups() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().map(|(name, _)| *name).chain([EVERYWHERE])
}

/// The group of what can be done everywhere.
pub(super) const EVERYWHERE: &str = "Everywhere";

impl Binding {
    /// Returns the group of the help that it belongs to.
    pub fn group(&self) -> &'static str {
        let group = GROUPS
            .iter()
            .find(|(_, places)| places.contains(&self.place));
        group.map_or(EVERYWHERE, |(name, _)| name)
    }
}

/// A command with its keys and the places where it means something.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// What it does.
    pub command: Command,
    /// What the footer and the help call it.
    pub title: &'static str,
    /// Its keys; the first is the one that is shown.
    pub keys: &'static [Key],
    /// Where it can be used.
    pub when: fn(&Model) -> bool,
    /// The name of that condition.
    place: &'static str,
    /// How much the footer wants it; 0 keeps it out.
    pub hint: u8,
}

const fn code(code: KeyCode) -> Key {
    Key::plain(code)
}

/// The key that does what the selected row is for.
pub(super) const ENTER: Key = code(KeyCode::Enter);
const ESC: Key = code(KeyCode::Esc);
const UP: Key = code(KeyCode::Up);
const DOWN: Key = code(KeyCode::Down);
const PAGE_UP: Key = code(KeyCode::PageUp);
const PAGE_DOWN: Key = code(KeyCode::PageDown);
const TAB: Key = code(KeyCode::Tab);
const BACK_TAB: Key = code(KeyCode::BackTab);
const BACKSPACE: Key = code(KeyCode::Backspace);
const DELETE: Key = code(KeyCode::Delete);
const F1: Key = code(KeyCode::F(1));

fn undoable(model: &Model) -> bool {
    free(model) && model.can_undo()
}

fn always(_: &Model) -> bool {
    true
}

/// Whether letters are typed into a field.
pub fn types_text(model: &Model) -> bool {
    match &model.overlay {
        Some(overlay) => matches!(overlay, Overlay::Find { .. }),
        None => (model.editor.as_ref()).is_some_and(super::editor::Editor::is_text),
    }
}

fn edits(model: &Model) -> bool {
    model.overlay.is_none() && model.editor.is_some()
}

fn edits_list(model: &Model) -> bool {
    edits(model) && !types_text(model)
}

fn free(model: &Model) -> bool {
    model.overlay.is_none() && model.editor.is_none()
}

fn not_typing(model: &Model) -> bool {
    !types_text(model)
}

/// In a list of answers letters mean answers, and `q` may be meant for one.
fn not_editing(model: &Model) -> bool {
    not_typing(model) && (model.overlay.is_some() || model.editor.is_none())
}

fn dialog(model: &Model) -> bool {
    matches!(model.overlay, Some(Overlay::Dialog { .. }))
}

fn finding(model: &Model) -> bool {
    matches!(model.overlay, Some(Overlay::Find { .. }))
}

/// Wherever letters are no text; in the quick start also where a number is asked for and none is begun, since none
/// begins with a slash.
fn findable(model: &Model) -> bool {
    use super::editor::{Input, Target};
    if model.overlay.is_some() || matches!(model.screen(), Screen::Patterns(_)) {
        return false;
    }
    match &model.editor {
        None => true,
        Some(editor) if model.quick_asks() => match &editor.input {
            Input::Choice { .. } => true,
            Input::Text(field) => {
                matches!(editor.target, Target::Requirement(_)) && field.is_fresh()
            }
        },
        Some(_) => false,
    }
}

fn find_offered(model: &Model) -> bool {
    // The quick start tells of it below its questions.
    let asks = matches!(model.screen(), Screen::Home { .. } | Screen::Process(_));
    (asks || quick_result(model)) && findable(model)
}

fn help(model: &Model) -> bool {
    matches!(model.overlay, Some(Overlay::Help { .. }))
}

fn home(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Home { .. })
}

fn process(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Process(_))
}

fn rail(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Process(process) if process.rail)
}

fn row(model: &Model, wanted: fn(&Row) -> bool) -> bool {
    process(model) && !rail(model) && model.selected_row().is_some_and(|row| wanted(&row))
}

fn editable_row(model: &Model) -> bool {
    row(model, |row| {
        matches!(
            row,
            Row::Title
                | Row::Context
                | Row::Notes
                | Row::Function(_)
                | Row::Priority(_)
                | Row::Input(_)
                | Row::State
                | Row::Interface(_)
                | Row::Entity(_)
        )
    })
}

/// Whether the selected row of a step, or of an interface or entity, takes a number.
pub(super) fn is_on_number(model: &Model) -> bool {
    let takes_number = |fact| {
        let entry = model.base.requirement(fact);
        entry.is_some_and(|entry| matches!(entry.kind, FactKind::Number { .. }))
    };
    if let Screen::Record { of, at } = model.screen() {
        return matches!(
            rows::record(model, *of).get(*at),
            Some(RecordRow::Share | RecordRow::Latency | RecordRow::Access(_))
        );
    }
    matches!(model.screen(), Screen::Process(process) if !process.rail && process.by_number.is_none())
        && matches!(model.selected_row(), Some(Row::Input(fact)) if takes_number(fact))
}

/// There a digit begins the number; everywhere else it goes to a step.
pub(super) fn number_row(model: &Model) -> bool {
    free(model) && is_on_number(model)
}

fn adding_row(model: &Model) -> bool {
    row(model, |row| {
        matches!(row, Row::AddFunction | Row::AddInterface | Row::AddEntity)
    })
}

fn check_row(model: &Model) -> bool {
    row(model, |row| matches!(row, Row::Check(_) | Row::Pack(_)))
}

fn practice_row(model: &Model) -> bool {
    row(model, |row| matches!(row, Row::Practice(_)))
}

fn opening_row(model: &Model) -> bool {
    row(model, |row| {
        matches!(
            row,
            Row::Decision(_) | Row::Denied(_) | Row::Conflict(_) | Row::Hazard(_) | Row::Mistake(_)
        )
    })
}

fn closed_row(model: &Model) -> bool {
    row(model, |row| matches!(row, Row::Closed(_)))
}

fn estimate_row(model: &Model) -> bool {
    row(model, |row| matches!(row, Row::Estimate(_)))
}

fn moving_row(model: &Model) -> bool {
    rail(model) || row(model, |row| matches!(row, Row::Next))
}

fn clearable_row(model: &Model) -> bool {
    row(model, |row| matches!(row, Row::Input(_) | Row::Priority(_)))
        || free(model) && matches!(model.screen(), Screen::Record { .. })
        || decision_record(model)
}

fn removable_row(model: &Model) -> bool {
    row(model, |row| {
        matches!(row, Row::Function(_) | Row::Interface(_) | Row::Entity(_))
    })
}

fn chosen_decision(model: &Model) -> bool {
    let id = match (model.screen(), model.selected_row()) {
        (Screen::Decision { id, .. }, _) if decision_option(model) => *id,
        (Screen::Process(_), Some(Row::Decision(id))) if process(model) && !rail(model) => id,
        _ => return false,
    };
    model.advice().decision(id).state == crate::reasoning::DecisionState::Chosen
}

fn list_section(model: &Model) -> bool {
    row(model, |row| {
        matches!(
            row,
            Row::Function(_)
                | Row::AddFunction
                | Row::Interface(_)
                | Row::AddInterface
                | Row::Entity(_)
                | Row::AddEntity
        )
    })
}

fn priority_row(model: &Model) -> bool {
    row(model, |row| matches!(row, Row::Priority(_)))
}

fn conflict_row(model: &Model) -> bool {
    row(model, |row| matches!(row, Row::Conflict(_)))
        || conflicts(model) && model.conflict_rows() > 0 && !idle_waiver(model)
}

fn decision(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Decision { .. })
}

fn decision_at(model: &Model) -> Option<DecisionRow> {
    let Screen::Decision {
        id,
        at,
        detail: false,
        ..
    } = model.screen()
    else {
        return None;
    };
    super::rows::decision(model, *id).get(*at).copied()
}

fn decision_option(model: &Model) -> bool {
    decision(model) && matches!(decision_at(model), Some(DecisionRow::Option(_)))
}

fn decision_record(model: &Model) -> bool {
    decision(model) && !matches!(decision_at(model), Some(DecisionRow::Option(_)) | None)
}

fn record(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Record { .. })
}

fn patterns(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Patterns(_))
}

fn patterns_list(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Patterns(browser) if browser.list)
}

fn pattern(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Pattern { .. })
}

fn adoptable(model: &Model) -> bool {
    pattern(model) || patterns_list(model)
}

fn conflicts(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Conflicts { .. })
}

fn ways_out(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Conflicts { way: Some(_), .. })
}

/// The change that the selected way out consists of; none where there is none that the program can make.
fn change_at(model: &Model) -> Option<Change> {
    let Screen::Conflicts { at, way, .. } = model.screen() else {
        return None;
    };
    let conflicts = model.conflicts();
    conflicts.get(*at)?.ways_out.get((*way)?)?.change.clone()
}

fn revisited_way(model: &Model) -> bool {
    ways_out(model) && matches!(change_at(model), Some(Change::Revisit(_)))
}

fn own_way(model: &Model) -> bool {
    ways_out(model) && change_at(model).is_none()
}

fn conflict_list(model: &Model) -> bool {
    let Screen::Conflicts { at, way: None, .. } = model.screen() else {
        return false;
    };
    let conflicts = model.conflicts();
    let has_ways = (conflicts.get(*at)).is_some_and(|conflict| !conflict.ways_out.is_empty());
    free(model) && has_ways
}

/// Whether a waiver without a conflict is selected.
fn idle_waiver(model: &Model) -> bool {
    conflicts(model) && model.selected_waiver().is_some()
}

fn summary(model: &Model) -> bool {
    free(model) && matches!(model.screen(), Screen::Summary { .. })
}

fn exporting(model: &Model) -> bool {
    edits(model)
        && matches!(&model.editor, Some(editor) if editor.target == super::editor::Target::Export)
}

fn whole(model: &Model) -> bool {
    !model.is_brief && (summary(model) || exporting(model))
}

fn shortened(model: &Model) -> bool {
    model.is_brief && (summary(model) || exporting(model))
}

fn quick_question(model: &Model) -> bool {
    model.overlay.is_none() && model.quick_asks() && model.editor.is_some()
}

/// Whether there is an answer in the editor; one that was given may be taken back too.
fn quick_answer(model: &Model) -> bool {
    let is_answer = |editor: &super::editor::Editor| {
        !editor.value().is_empty()
            || matches!(editor.target, super::editor::Target::Requirement(fact) if model.is_given(fact))
            || editor.target == super::editor::Target::Title && !model.design.title.is_empty()
    };
    quick_question(model) && model.editor.as_ref().is_some_and(is_answer)
}

fn quick_result(model: &Model) -> bool {
    let quick = matches!(model.screen(), Screen::Quick { .. });
    quick && model.overlay.is_none() && model.editor.is_none()
}

/// Whether one of the inputs that are worth answering next is selected.
fn quick_next(model: &Model) -> bool {
    quick_result(model) && matches!(selected_result(model), Some(ResultRow::Answer(_)))
}

fn quick_done(model: &Model) -> bool {
    quick_result(model) && !quick_next(model)
}

fn selected_result(model: &Model) -> Option<ResultRow> {
    let Screen::Quick { at } = model.screen() else {
        return None;
    };
    rows::selected_result(model, *at).map(|(_, row)| row)
}

fn quick_answered(model: &Model) -> bool {
    let all_given = |model: &Model| {
        let mut questions = model.quick_questions().into_iter();
        questions.all(|fact| model.is_given(fact))
    };
    quick_result(model) && all_given(model)
}

fn other_edit(model: &Model) -> bool {
    edits(model) && !model.quick_asks()
}

fn prose(model: &Model) -> bool {
    model.overlay.is_none()
        && matches!(&model.editor, Some(editor) if matches!(&editor.input, super::editor::Input::Text(field) if field.is_prose()))
}

fn failed(model: &Model) -> bool {
    free(model) && matches!(model.save, super::model::Save::Failed(_))
}

fn deeper(model: &Model) -> bool {
    free(model) && model.screens.len() > 1
}

fn sections(model: &Model) -> bool {
    process(model) && !rail(model)
}

fn beside(model: &Model) -> bool {
    free(model) && !process(model)
}

fn export_offered(model: &Model) -> bool {
    summary(model) || home(model)
}

fn two_panes(model: &Model) -> bool {
    process(model) || decision(model) || patterns(model) || conflicts(model)
}

/// A binding; without a last number it is not hinted at.
macro_rules! bind {
    ($command:expr, $title:literal, [$($key:expr),+], $when:expr) => {
        bind!($command, $title, [$($key),+], $when, 0)
    };
    ($command:expr, $title:literal, [$($key:expr),+], $when:expr, $hint:literal) => {
        Binding { command: $command, title: $title, keys: &[$($key),+], when: $when, place: stringify!($when), hint: $hint }
    };
}

/// All bindings. Of those that fit a key and a place, the first counts.
pub static BINDINGS: &[Binding] = &[
    // Over the screen.
    bind!(Command::Open, "choose", [ENTER], dialog, 9),
    bind!(Command::Back, "later", [ESC], dialog, 5),
    bind!(
        Command::Back,
        "close",
        [ESC, Key::char('?'), F1, Key::char('q')],
        help,
        9
    ),
    bind!(Command::Open, "go there", [ENTER], finding, 9),
    bind!(Command::Back, "close", [ESC], finding, 8),
    bind!(Command::Up, "up", [UP, Key::ctrl('p')], finding),
    bind!(Command::Down, "down", [DOWN, Key::ctrl('n')], finding),
    bind!(Command::PageUp, "page up", [PAGE_UP], finding),
    bind!(Command::PageDown, "page down", [PAGE_DOWN], finding),
    // While something is edited.
    bind!(Command::Accept, "answer", [ENTER], quick_answer, 9),
    bind!(Command::Skip, "skip", [TAB, ENTER], quick_question, 8),
    bind!(
        Command::PreviousSection,
        "previous question",
        [BACK_TAB],
        quick_question,
        6
    ),
    bind!(Command::Back, "leave", [ESC], quick_question, 5),
    bind!(Command::Brief, "in brief", [TAB], whole, 4),
    bind!(Command::Brief, "in full", [TAB], shortened, 4),
    bind!(Command::Accept, "export", [ENTER], exporting, 9),
    bind!(Command::Accept, "take it", [ENTER], other_edit, 9),
    bind!(
        Command::Add,
        "new line",
        [Key {
            code: KeyCode::Enter,
            ctrl: false,
            alt: true
        }],
        prose,
        3
    ),
    bind!(Command::Cancel, "leave it", [ESC], other_edit, 8),
    bind!(
        Command::Up,
        "up",
        [UP, Key::char('k'), Key::ctrl('p')],
        edits_list
    ),
    bind!(
        Command::Down,
        "down",
        [DOWN, Key::char('j'), Key::ctrl('n')],
        edits_list
    ),
    bind!(Command::Help, "help", [Key::char('?')], edits_list),
    bind!(Command::Help, "help", [F1], edits, 1),
    // What the selected row is for.
    bind!(Command::Open, "open", [ENTER], home, 9),
    bind!(Command::Open, "edit", [ENTER], editable_row, 9),
    bind!(
        Command::Digit,
        "type the number of the row",
        [
            Key::char('1'),
            Key::char('2'),
            Key::char('3'),
            Key::char('4'),
            Key::char('5'),
            Key::char('6'),
            Key::char('7'),
            Key::char('8'),
            Key::char('9'),
            Key::char('0')
        ],
        number_row
    ),
    bind!(Command::Open, "add", [ENTER], adding_row, 9),
    bind!(Command::Open, "tick", [ENTER, Key::char(' ')], check_row, 9),
    bind!(Command::Open, "read", [ENTER], practice_row, 9),
    bind!(
        Command::Adopt,
        "adopt or withdraw",
        [Key::char(' '), Key::char('a')],
        practice_row,
        8
    ),
    bind!(Command::Open, "open", [ENTER], opening_row, 9),
    bind!(Command::Open, "show or hide them", [ENTER], closed_row, 9),
    bind!(
        Command::Open,
        "how it is computed",
        [ENTER],
        estimate_row,
        9
    ),
    bind!(Command::Open, "go", [ENTER], moving_row, 9),
    bind!(
        Command::Open,
        "choose",
        [ENTER, Key::char(' ')],
        decision_option,
        9
    ),
    bind!(Command::Open, "edit", [ENTER], decision_record, 9),
    bind!(Command::Open, "edit", [ENTER], record, 9),
    bind!(Command::Open, "read", [ENTER], patterns_list, 9),
    bind!(Command::Right, "to the patterns", [ENTER], patterns, 9),
    bind!(Command::Right, "to the ways out", [ENTER], conflict_list, 9),
    bind!(Command::Open, "open the answer", [ENTER], revisited_way, 9),
    bind!(Command::Open, "say what to do", [ENTER], own_way),
    bind!(
        Command::Waive,
        "record how it was settled",
        [Key::char('w')],
        own_way,
        8
    ),
    bind!(Command::Open, "take this way out", [ENTER], ways_out, 9),
    bind!(Command::Open, "answer it", [ENTER], quick_next, 9),
    bind!(Command::Open, "on to the ten steps", [ENTER], quick_done, 9),
    bind!(
        Command::PreviousSection,
        "previous question",
        [BACK_TAB],
        quick_result,
        6
    ),
    bind!(
        Command::Quick,
        "through the questions again",
        [Key::char('Q')],
        quick_answered,
        8
    ),
    bind!(Command::Open, "open", [ENTER], free),
    bind!(
        Command::Clear,
        "back to unknown",
        [BACKSPACE, DELETE],
        clearable_row,
        6
    ),
    bind!(
        Command::Clear,
        "remove",
        [BACKSPACE, DELETE],
        removable_row,
        6
    ),
    bind!(
        Command::Clear,
        "leave it to the advisor",
        [BACKSPACE, DELETE],
        chosen_decision,
        6
    ),
    bind!(
        Command::Clear,
        "take the waiver out",
        [BACKSPACE, DELETE],
        idle_waiver,
        9
    ),
    bind!(Command::Add, "add", [Key::char('a')], list_section, 7),
    bind!(
        Command::Floor,
        "allowed harm",
        [Key::char('f')],
        priority_row,
        5
    ),
    bind!(Command::Search, "search", [Key::char('/')], patterns, 8),
    bind!(Command::Adopt, "adopt", [Key::char('a')], adoptable, 7),
    bind!(
        Command::Waive,
        "accept with a reason",
        [Key::char('w')],
        conflict_row,
        7
    ),
    bind!(
        Command::Concern,
        "open what it is about",
        [Key::char('o')],
        conflict_row,
        6
    ),
    bind!(
        Command::Rationale,
        "write why",
        [Key::char('r')],
        decision,
        7
    ),
    bind!(
        Command::Find,
        "find an input",
        [Key::char('/')],
        find_offered,
        7
    ),
    bind!(Command::Find, "find an input", [Key::char('/')], findable),
    // The ten steps.
    bind!(Command::NextStep, "next step", [Key::char('n')], process, 6),
    bind!(
        Command::PreviousStep,
        "previous step",
        [Key::char('N')],
        process
    ),
    bind!(
        Command::FinishStep,
        "step done",
        [Key::char('x')],
        process,
        4
    ),
    bind!(
        Command::NextSection,
        "next section",
        [Key::char(']'), Key::char('}')],
        sections,
        3
    ),
    bind!(
        Command::PreviousSection,
        "previous section",
        [Key::char('['), Key::char('{')],
        sections
    ),
    bind!(
        Command::Guidance,
        "more or less guidance",
        [Key::char('i')],
        process,
        2
    ),
    // The rail of the ten steps tells of these keys itself.
    bind!(Command::Step(0), "step 1", [Key::char('1')], beside, 3),
    bind!(Command::Step(0), "step 1", [Key::char('1')], free),
    bind!(Command::Step(1), "step 2", [Key::char('2')], free),
    bind!(Command::Step(2), "step 3", [Key::char('3')], free),
    bind!(Command::Step(3), "step 4", [Key::char('4')], free),
    bind!(Command::Step(4), "step 5", [Key::char('5')], free),
    bind!(Command::Step(5), "step 6", [Key::char('6')], free),
    bind!(Command::Step(6), "step 7", [Key::char('7')], free),
    bind!(Command::Step(7), "step 8", [Key::char('8')], free),
    bind!(Command::Step(8), "step 9", [Key::char('9')], free),
    bind!(Command::Step(9), "step 10", [Key::char('0')], free),
    // Moving.
    bind!(Command::Up, "up", [UP, Key::char('k')], not_typing),
    bind!(Command::Down, "down", [DOWN, Key::char('j')], not_typing),
    bind!(
        Command::Left,
        "left",
        [code(KeyCode::Left), Key::char('h')],
        two_panes
    ),
    bind!(
        Command::Right,
        "right",
        [code(KeyCode::Right), Key::char('l')],
        two_panes
    ),
    bind!(Command::FocusNext, "other pane", [TAB], two_panes, 1),
    bind!(Command::FocusPrevious, "other pane", [BACK_TAB], two_panes),
    bind!(
        Command::PageUp,
        "page up",
        [PAGE_UP, Key::ctrl('b')],
        not_typing
    ),
    bind!(
        Command::PageDown,
        "page down",
        [PAGE_DOWN, Key::ctrl('f')],
        not_typing
    ),
    bind!(
        Command::First,
        "first",
        [Key::char('g'), code(KeyCode::Home)],
        not_typing
    ),
    bind!(
        Command::Last,
        "last",
        [Key::char('G'), code(KeyCode::End)],
        not_typing
    ),
    // Screens.
    bind!(Command::Process, "ten steps", [Key::char('p')], free),
    bind!(Command::Quick, "quick start", [Key::char('Q')], free),
    bind!(Command::Patterns, "patterns", [Key::char('b')], free),
    bind!(Command::Conflicts, "conflicts", [Key::char('c')], free),
    bind!(Command::Summary, "summary", [Key::char('s')], free),
    bind!(
        Command::Export,
        "export",
        [Key::char('e')],
        export_offered,
        8
    ),
    bind!(Command::Export, "export", [Key::char('e')], free),
    bind!(Command::Copy, "copy", [Key::char('y')], summary, 7),
    bind!(Command::Title, "edit the title", [Key::char('t')], free),
    bind!(
        Command::SaveAgain,
        "save again",
        [Key::char('S')],
        failed,
        9
    ),
    // Everywhere.
    bind!(Command::Undo, "undo", [Key::char('u')], undoable, 1),
    bind!(Command::Undo, "undo", [Key::char('u')], free),
    bind!(Command::Redo, "redo", [Key::ctrl('r')], free),
    bind!(Command::Back, "back", [ESC], deeper, 2),
    bind!(Command::Help, "help", [Key::char('?'), F1], free, 9),
    bind!(Command::Quit, "quit", [Key::char('q')], not_editing, 1),
    bind!(
        Command::Quit,
        "quit from anywhere",
        [Key::ctrl('c')],
        always
    ),
    bind!(
        Command::Suspend,
        "to the shell and back with fg",
        [Key::ctrl('z')],
        always
    ),
];

/// Returns the command that a key means here.
pub fn find(model: &Model, key: Key) -> Option<Command> {
    let found = BINDINGS
        .iter()
        .find(|binding| binding.keys.contains(&key) && (binding.when)(model))?;
    Some(found.command)
}

/// Returns the bindings to hint at, most wanted first; the help is always the last.
pub fn hints(model: &Model) -> Vec<&'static Binding> {
    let mut found: Vec<&Binding> = BINDINGS
        .iter()
        .filter(|binding| binding.hint > 0 && (binding.when)(model))
        .collect();
    // The first binding of a key shadows later ones.
    found.retain(|binding| {
        let first = BINDINGS
            .iter()
            .find(|other| other.keys.contains(&binding.keys[0]) && (other.when)(model));
        first.is_some_and(|first| std::ptr::eq(first, *binding))
    });
    found.sort_by_key(|binding| {
        (
            binding.command == Command::Help,
            std::cmp::Reverse(binding.hint),
        )
    });
    found
}

/// Returns the places in [`BINDINGS`] of what can be done here: each at least by one key that no earlier one takes.
pub fn valid(model: &Model) -> Vec<usize> {
    let first = |key: &Key| {
        BINDINGS
            .iter()
            .position(|other| other.keys.contains(key) && (other.when)(model))
    };
    (0..BINDINGS.len())
        .filter(|index| {
            BINDINGS[*index]
                .keys
                .iter()
                .any(|key| first(key) == Some(*index))
        })
        .collect()
}
