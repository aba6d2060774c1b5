//! Editing the record of a decision.

use super::Input;
use super::input::{choice, line, prose};
use crate::design::{Decision, Level, Status};
use crate::knowledge::DecisionId;
use crate::tui::model::Model;
use crate::tui::rows::DecisionRow;

/// Returns what a part of a decision's record is called.
pub(in crate::tui) fn part(row: DecisionRow) -> &'static str {
    match row {
        DecisionRow::Option(_) => "choice",
        DecisionRow::Because => "rationale",
        DecisionRow::Status => "status",
        DecisionRow::Confidence => "confidence",
        DecisionRow::Reversibility => "reversibility",
        DecisionRow::Decided => "decided on",
        DecisionRow::ReviewWhen => "review when",
        DecisionRow::ReviewOn => "review on",
    }
}

pub(super) fn decision(model: &Model, id: DecisionId, row: DecisionRow) -> (String, String, Input) {
    let entry = model.base.decision(id);
    let nothing = Decision::default();
    let now = model
        .design
        .decisions
        .get(entry.id.as_str())
        .unwrap_or(&nothing);
    let level =
        |now: Option<Level>, low: &'static str, medium: &'static str, high: &'static str| {
            choice(
                vec![
                    ("low", "low", low),
                    ("medium", "medium", medium),
                    ("high", "high", high),
                ],
                "not said",
                now.map_or("", Level::word),
            )
        };
    match row {
        DecisionRow::Option(_) => (String::new(), String::new(), line("")),
        DecisionRow::Because => (
            "Why?".into(),
            "What tipped the scales, for whoever reads this in a year.".into(),
            prose(&now.because),
        ),
        DecisionRow::Status => (
            "Where does the decision stand?".into(),
            String::new(),
            choice(
                vec![
                    ("proposed", "proposed", "under discussion"),
                    ("accepted", "accepted", "in force"),
                    ("superseded", "superseded", "replaced by a later one"),
                ],
                "not said",
                now.status.map_or("", Status::word),
            ),
        ),
        DecisionRow::Confidence => (
            "How sure are you?".into(),
            String::new(),
            level(
                now.confidence,
                "a guess",
                "likely right",
                "as good as certain",
            ),
        ),
        DecisionRow::Reversibility => (
            "How easily can it be taken back?".into(),
            String::new(),
            level(
                now.reversibility,
                "months of work",
                "weeks of work",
                "days of work",
            ),
        ),
        DecisionRow::Decided => (
            "When was it decided?".into(),
            "Year, month and day, such as 2027-03-31.".into(),
            line(if now.decided.is_empty() {
                &model.today
            } else {
                &now.decided
            }),
        ),
        DecisionRow::ReviewWhen => (
            "What should make you look at it again?".into(),
            "A condition such as: write_rps_12m > 5000".into(),
            line(&now.review.when),
        ),
        DecisionRow::ReviewOn => (
            "On which date should it be looked at again?".into(),
            "Year, month and day, such as 2027-03-31.".into(),
            line(&now.review.on),
        ),
    }
}

pub(super) fn set_decision(decision: &mut Decision, row: DecisionRow, value: String, today: &str) {
    match row {
        DecisionRow::Option(_) => {}
        DecisionRow::Because => decision.because = value,
        DecisionRow::Status => {
            decision.status = Status::from_word(&value);
            if decision.status == Some(Status::Accepted) && decision.decided.is_empty() {
                today.clone_into(&mut decision.decided);
            }
        }
        DecisionRow::Confidence => decision.confidence = Level::from_word(&value),
        DecisionRow::Reversibility => decision.reversibility = Level::from_word(&value),
        DecisionRow::Decided => decision.decided = value,
        DecisionRow::ReviewWhen => decision.review.when = value,
        DecisionRow::ReviewOn => decision.review.on = value,
    }
}
