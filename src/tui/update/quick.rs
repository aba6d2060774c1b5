//! The quick start: one question after the other.

use crate::tui::editor::{Editor, Target};
use crate::tui::model::{Model, Screen};

pub(super) fn leave_quick(model: &mut Model) {
    model.editor = None;
    if matches!(model.screen(), Screen::Quick { .. }) {
        model.screens.pop();
    }
}

pub(super) fn quick_start(model: &mut Model) {
    let questions = model.quick_questions();
    let open = questions.iter().position(|fact| !model.is_given(*fact));
    // Once all are answered there is only what came of it, and from there the way through them again.
    let again = matches!(model.screen(), Screen::Quick { at } if *at >= questions.len());
    let first = open.unwrap_or(if again { 0 } else { questions.len() });
    leave_quick(model);
    model.open(Screen::Quick { at: first });
    if open.is_some() && model.design.title.is_empty() {
        model.editor = Some(Editor::new(model, Target::Title));
    } else {
        ask(model);
    }
}

/// Whether the quick start asks for the title, before its first question.
pub(super) fn naming(model: &Model) -> bool {
    model.quick_asks() && matches!(&model.editor, Some(editor) if editor.target == Target::Title)
}

/// Opens the editor of the quick question one is at; past the last one there is none.
pub(super) fn ask(model: &mut Model) {
    let Screen::Quick { at } = model.screen() else {
        return;
    };
    let fact = model.quick_questions().get(*at).copied();
    model.editor = fact.map(|fact| Editor::new(model, Target::Requirement(fact)));
}

pub(super) fn next_question(model: &mut Model) {
    let all = model.quick_questions().len();
    if let Screen::Quick { at } = model.screen_mut() {
        *at = (*at + 1).min(all);
    }
    ask(model);
}

pub(super) fn previous_question(model: &mut Model) {
    if naming(model) {
        return;
    }
    if matches!(model.screen(), Screen::Quick { at: 0 }) {
        model.editor = Some(Editor::new(model, Target::Title));
        return;
    }
    // From anywhere below the first recommendation back to the last question.
    let all = model.quick_questions().len();
    if let Screen::Quick { at } = model.screen_mut() {
        *at = (*at).min(all).saturating_sub(1);
    }
    ask(model);
}
