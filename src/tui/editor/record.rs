//! Editing an interface or an entity.

use super::Input;
use super::input::{assumable, line, number, prose};
use crate::design::{AccessPattern, By, Design, Kind, Timing};
use crate::tui::model::{Model, Record};
use crate::tui::rows::RecordRow;

/// Returns what a part of an interface or entity is called.
pub(in crate::tui) fn record_part(row: RecordRow) -> String {
    match row {
        RecordRow::Name => "Name".into(),
        RecordRow::Caller => "Caller".into(),
        RecordRow::Kind => "Reads or writes".into(),
        RecordRow::Style => "Caller waits".into(),
        RecordRow::Share => "Share of requests".into(),
        RecordRow::Latency => "Latency".into(),
        RecordRow::Idempotent => "Safe to repeat".into(),
        RecordRow::Relation(index) => format!("Relation {}", index + 1),
        RecordRow::AddRelation => "Relation".into(),
        RecordRow::Access(by) => format!("Access by {}", by.word()),
        RecordRow::Notes => "Notes".into(),
    }
}

pub(super) fn yes_no(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    }
}

/// Returns what the design says in a part of an interface or entity, as its file has it.
pub(in crate::tui) fn record_value(design: &Design, of: Record, row: RecordRow) -> String {
    match of {
        Record::Interface(index) => {
            let Some(entry) = design.interfaces.get(index) else {
                return String::new();
            };
            match row {
                RecordRow::Name => entry.name.clone(),
                RecordRow::Caller => entry.caller.clone(),
                RecordRow::Kind => entry.kind.map_or("", Kind::word).to_owned(),
                RecordRow::Style => entry.style.map_or("", Timing::word).to_owned(),
                RecordRow::Share => entry.share.clone(),
                RecordRow::Latency => entry.latency.clone(),
                RecordRow::Idempotent => yes_no(entry.idempotent).to_owned(),
                _ => String::new(),
            }
        }
        Record::Entity(index) => {
            let Some(entry) = design.entities.get(index) else {
                return String::new();
            };
            match row {
                RecordRow::Name => entry.name.clone(),
                RecordRow::Relation(index) => {
                    entry.relations.get(index).cloned().unwrap_or_default()
                }
                RecordRow::Access(by) => entry
                    .access
                    .iter()
                    .find(|access| access.by == by)
                    .map(|access| access.rate.clone())
                    .unwrap_or_default(),
                RecordRow::Notes => entry.notes.clone(),
                _ => String::new(),
            }
        }
    }
}

pub(super) fn record(model: &Model, of: Record, row: RecordRow) -> (String, String, Input) {
    let now = record_value(&model.design, of, row);
    let (help, input) = match row {
        RecordRow::Name => ("What it is called.", line(&now)),
        RecordRow::Caller => (
            "Who calls it: a browser, an app, another service.",
            line(&now),
        ),
        RecordRow::Kind => (
            "",
            assumable(
                vec![
                    ("read", "read", "it returns data"),
                    ("write", "write", "it changes data"),
                ],
                "not said",
                &now,
            ),
        ),
        RecordRow::Style => (
            "",
            assumable(
                vec![
                    ("sync", "sync", "the caller waits for the outcome"),
                    ("async", "async", "the outcome comes later"),
                ],
                "not said",
                &now,
            ),
        ),
        RecordRow::Share => ("Its share of all requests, such as 20 %.", number(&now)),
        RecordRow::Latency => ("How long a caller may wait, such as 200 ms.", number(&now)),
        RecordRow::Idempotent => (
            "",
            assumable(
                vec![
                    ("yes", "yes", "calling it twice does the same as once"),
                    ("no", "no", "a repeat does harm"),
                ],
                "not said",
                &now,
            ),
        ),
        RecordRow::Relation(_) | RecordRow::AddRelation => (
            "How it relates to another, such as: has many tickets.",
            line(&now),
        ),
        RecordRow::Access(By::Key) => (
            "How often records are found by their id, such as 500/s.",
            number(&now),
        ),
        RecordRow::Access(By::Range) => (
            "How often by a range of an ordered attribute, such as 50/s.",
            number(&now),
        ),
        RecordRow::Access(By::Hops) => (
            "How often by following relations, such as 5/s.",
            number(&now),
        ),
        RecordRow::Access(By::Text) => (
            "How often by words in their text, such as 20/s.",
            number(&now),
        ),
        RecordRow::Access(By::Aggregate) => (
            "How often sums and counts over many are taken, such as 1/min.",
            number(&now),
        ),
        RecordRow::Notes => (
            "Rules that must hold, how fresh it must be, how long it is kept.",
            prose(&now),
        ),
    };
    (record_part(row), help.to_owned(), input)
}

pub(super) fn set_record(design: &mut Design, of: Record, row: RecordRow, value: String) {
    match of {
        Record::Interface(index) => {
            let Some(entry) = design.interfaces.get_mut(index) else {
                return;
            };
            match row {
                RecordRow::Name => entry.name = value,
                RecordRow::Caller => entry.caller = value,
                RecordRow::Kind => entry.kind = Kind::from_word(&value),
                RecordRow::Style => entry.style = Timing::from_word(&value),
                RecordRow::Share => entry.share = value,
                RecordRow::Latency => entry.latency = value,
                RecordRow::Idempotent => {
                    entry.idempotent = if value.is_empty() {
                        None
                    } else {
                        Some(value == "yes")
                    }
                }
                _ => {}
            }
        }
        Record::Entity(index) => {
            let Some(entry) = design.entities.get_mut(index) else {
                return;
            };
            match row {
                RecordRow::Name => entry.name = value,
                RecordRow::Relation(index) if value.is_empty() && index < entry.relations.len() => {
                    entry.relations.remove(index);
                }
                RecordRow::Relation(index) => {
                    if let Some(relation) = entry.relations.get_mut(index) {
                        *relation = value;
                    }
                }
                RecordRow::AddRelation if !value.is_empty() => entry.relations.push(value),
                RecordRow::Access(by) => {
                    entry
                        .access
                        .retain(|access| access.by != by || !value.is_empty());
                    match entry.access.iter_mut().find(|access| access.by == by) {
                        Some(access) => access.rate = value,
                        None if value.is_empty() => {}
                        None => entry.access.push(AccessPattern { by, rate: value }),
                    }
                }
                RecordRow::Notes => entry.notes = value,
                _ => {}
            }
        }
    }
}
