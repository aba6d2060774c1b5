//! Editing the answer to a requirement.

use super::input::{assumable, line, number};
use super::{Check, Input};
use crate::knowledge::{FactId, FactKind};
use crate::reasoning::Origin;
use crate::tui::model::Model;

pub(super) fn requirement(model: &Model, fact: FactId) -> (String, String, Input) {
    let Some(entry) = model.base.requirement(fact) else {
        return (String::new(), String::new(), line(""));
    };
    let now = model
        .design
        .requirements
        .get(entry.id.as_str())
        .map_or("", String::as_str);
    let answered = entry.parse(now).ok();
    let assumed = assumed(model, fact);
    let nothing = if assumed.is_empty() {
        "not known".to_owned()
    } else {
        format!("not known; {assumed} is assumed")
    };
    let input = match &entry.kind {
        FactKind::Number { .. } => number(now),
        FactKind::Bool => {
            let now = match answered {
                Some(crate::knowledge::Answer::Bool(true)) => "true",
                Some(_) => "false",
                None => "",
            };
            assumable(
                vec![("true", "yes", ""), ("false", "no", "")],
                &nothing,
                now,
            )
        }
        FactKind::Choice { values, .. } => {
            let now = match answered {
                Some(crate::knowledge::Answer::Choice(index)) => values
                    .get(usize::from(index))
                    .map_or("", |choice| &choice.value),
                _ => "",
            };
            assumable(
                values
                    .iter()
                    .map(|choice| {
                        (
                            choice.value.as_str(),
                            choice.value.as_str(),
                            choice.means.as_str(),
                        )
                    })
                    .collect(),
                &nothing,
                now,
            )
        }
    };
    let mut help = entry.why.to_string();
    if let Some(note) = &entry.note {
        help.push(' ');
        help.push_str(note);
    }
    if matches!(entry.kind, FactKind::Number { .. }) && !now.is_empty() {
        help.push_str(" Typing replaces the value; f2 or an arrow key edits it.");
    }
    (entry.question.to_string(), help, input)
}

/// Returns what stands in for an answer that was not given, as shown; empty when nothing does.
fn assumed(model: &Model, fact: FactId) -> String {
    let state = model.advice().facts.state(fact);
    if matches!(state.origin, Origin::Assumed | Origin::Derived) {
        model.base.fact(fact).2.display(state.value)
    } else {
        String::new()
    }
}

pub(super) fn check_requirement(model: &Model, fact: FactId, value: &str) -> Check {
    let Some(entry) = model.base.requirement(fact) else {
        return Check::Good(String::new());
    };
    if value.is_empty() {
        let assumed = assumed(model, fact);
        let stays = !assumed.is_empty() && !model.is_given(fact);
        return Check::Good(if stays {
            format!("left empty: {assumed} stays assumed")
        } else {
            "left empty: unknown".to_owned()
        });
    }
    match entry.parse(value) {
        Ok(answer) => match &entry.kind {
            FactKind::Number { .. } => {
                Check::Good(format!("means {}", entry.kind.display(answer.value())))
            }
            _ => Check::Good(String::new()),
        },
        Err(error) => {
            let message = error
                .message
                .replace(&format!("`{}`", entry.id), &entry.name);
            Check::Bad(message, error.help.unwrap_or_default())
        }
    }
}
