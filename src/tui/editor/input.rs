//! The fields and lists that answers are given with.

use super::{Choice, Input};
use crate::tui::field::Field;

pub(super) fn line(text: &str) -> Input {
    Input::Text(Field::line(text))
}

/// A number, which is replaced rather than added to.
pub(super) fn number(text: &str) -> Input {
    Input::Text(Field::replaceable(text))
}

pub(super) fn prose(text: &str) -> Input {
    Input::Text(Field::prose(text))
}

/// A list with the option that stands for nothing said at its end, and the current value selected, or else the first.
pub(super) fn choice(options: Vec<(&str, &str, &str)>, nothing: &str, now: &str) -> Input {
    let mut options: Vec<Choice> = options
        .into_iter()
        .map(|(value, label, means)| Choice {
            value: value.into(),
            label: label.into(),
            means: means.into(),
        })
        .collect();
    options.push(Choice {
        value: String::new(),
        label: "unknown".into(),
        means: nothing.into(),
    });
    let at = options
        .iter()
        .position(|option| option.value == now && !now.is_empty())
        .unwrap_or(0);
    Input::Choice { options, at }
}

/// As [`choice`], for what is assumed where nothing was said: then nothing is selected, so that taking what is there does
/// not make an answer of the assumption.
pub(super) fn assumable(options: Vec<(&str, &str, &str)>, nothing: &str, now: &str) -> Input {
    let mut input = choice(options, nothing, now);
    if let Input::Choice { options, at } = &mut input
        && now.is_empty()
    {
        *at = options.len() - 1;
    }
    input
}
