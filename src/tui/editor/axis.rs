//! Editing the priority of an axis and the least effect allowed on it.

use super::Input;
use super::input::{assumable, choice};
use crate::knowledge::AxisId;
use crate::tui::model::Model;

pub(super) fn priority(model: &Model, axis: AxisId) -> (String, String, Input) {
    let entry = model.base.axis(axis);
    let means = |name: &str| match name {
        "not-a-concern" => "does not count at all",
        "minor" => "counts half as much as normal",
        "important" => "counts twice as much as normal",
        "critical" => "counts four times as much as normal",
        _ => "counts as usual",
    };
    let levels: Vec<(String, &str)> = model
        .base
        .priorities
        .iter()
        .map(|level| (level.name.to_string(), means(&level.name)))
        .collect();
    let now = model
        .design
        .priorities
        .get(entry.id.as_str())
        .and_then(|text| model.base.find_level(text));
    let now = now.map_or("", |level| model.base.level_name(level));
    let mut input = assumable(
        levels
            .iter()
            .map(|(name, means)| (name.as_str(), name.as_str(), *means))
            .collect(),
        "as your answers imply",
        now,
    );
    if let Input::Choice { options, .. } = &mut input
        && let Some(last) = options.last_mut()
    {
        "not set".clone_into(&mut last.label);
    }
    (entry.question.to_string(), entry.what.to_string(), input)
}

pub(super) fn floor(model: &Model, axis: AxisId) -> (String, String, Input) {
    let entry = model.base.axis(axis);
    let now = model
        .design
        .floors
        .get(entry.id.as_str())
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut input = choice(
        vec![
            (
                "0",
                "no harm",
                "an option that hurts it at all is discouraged",
            ),
            (
                "-1",
                "no great harm",
                "an option that hurts it badly is discouraged",
            ),
        ],
        "harm may be outweighed",
        &now,
    );
    if let Input::Choice { options, .. } = &mut input
        && let Some(last) = options.last_mut()
    {
        "no floor".clone_into(&mut last.label);
    }
    (
        format!("How much harm to {} is allowed?", entry.name.to_lowercase()),
        entry.what.to_string(),
        input,
    )
}
