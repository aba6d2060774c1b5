//! What a design file may hold: the keys that its reader knows, each with what an editor tells about it.

use super::{By, FORMAT, Kind, Level, State, Status, Timing, outline};
use crate::knowledge::shape::{Field, Names, Shape};

/// Returns what a design file may hold.
pub fn shape() -> Shape {
    fields(outline::SECTIONS, &["title"], section)
}

/// The keys of one part of the file, of which `needed` must be there.
fn fields(
    keys: &[&'static str],
    needed: &[&str],
    tell: fn(&str) -> (&'static str, Shape),
) -> Shape {
    let fields = (keys.iter())
        .map(|key| {
            let (about, shape) = tell(key);
            Field {
                name: key,
                aliases: &[],
                about: about.to_owned(),
                needed: needed.contains(key),
                shape,
            }
        })
        .collect();
    Shape::Fields {
        fields,
        flow: false,
    }
}

fn texts() -> Shape {
    Shape::list(Shape::Scalar)
}

fn ids(names: Names) -> Shape {
    Shape::list(Shape::Id(names))
}

fn map(keys: Names, value: Shape) -> Shape {
    Shape::Map {
        keys: Some(keys),
        value: Box::new(value),
    }
}

fn section(key: &str) -> (&'static str, Shape) {
    let version = Shape::Whole {
        least: 1,
        most: i64::try_from(FORMAT).unwrap_or(i64::MAX),
    };
    let floor = Shape::Whole { least: -1, most: 0 };
    match key {
        "archadvisor" => ("The format of the file.", version),
        "title" => ("What the system is called.", Shape::Scalar),
        "context" => ("What it is for, in a few sentences.", Shape::Scalar),
        "functions" => ("What it does, the most important first.", texts()),
        "packs" => (
            "Sector packs whose knowledge it goes by, such as health.",
            texts(),
        ),
        "requirements" => (
            "What is known of it. What is not answered is unknown.",
            map(Names::Requirements, Shape::Scalar),
        ),
        "priorities" => (
            "How much each quality axis matters: the word for a level, or a number from 0 to 100.",
            map(Names::Axes, Shape::Level),
        ),
        "floors" => (
            "The lowest effect that is accepted on a quality axis.",
            map(Names::Axes, floor),
        ),
        "interfaces" => (
            "The operations that others call.",
            Shape::list(fields(outline::INTERFACE, &["name"], interface)),
        ),
        "entities" => (
            "What it stores.",
            Shape::list(fields(outline::ENTITY, &["name"], entity)),
        ),
        "decisions" => (
            "What was decided.",
            map(Names::Decided, fields(outline::DECISION, &[], decision)),
        ),
        "waivers" => (
            "Conflicts that are accepted.",
            Shape::list(fields(outline::WAIVER, &["conflict"], waiver)),
        ),
        "steps" => (
            "How far each step of the process is.",
            map(Names::Steps, fields(outline::STEP, &[], step)),
        ),
        "notes" => ("Anything else worth keeping.", Shape::Scalar),
        "evaluated" => (
            "The version of the knowledge that it was last evaluated with.",
            Shape::Scalar,
        ),
        _ => ("", Shape::Scalar),
    }
}

fn interface(key: &str) -> (&'static str, Shape) {
    match key {
        "name" => ("The operation.", Shape::Scalar),
        "caller" => ("Who calls it.", Shape::Scalar),
        "kind" => ("Whether it reads or writes.", Shape::Words(Kind::WORDS)),
        "style" => (
            "Whether its caller waits for the outcome.",
            Shape::Words(Timing::WORDS),
        ),
        "share" => (
            "Its share of all requests, from 0 % to 100 %, such as 60 %.",
            Shape::Scalar,
        ),
        "latency" => (
            "The latency that it may have, such as 300 ms.",
            Shape::Scalar,
        ),
        "idempotent" => (
            "Whether calling it twice does the same as calling it once.",
            Shape::Truth,
        ),
        _ => ("", Shape::Scalar),
    }
}

fn entity(key: &str) -> (&'static str, Shape) {
    match key {
        "name" => ("What it is called.", Shape::Scalar),
        "relations" => ("How it relates to other entities, a line each.", texts()),
        "access" => (
            "How it is read and written.",
            Shape::list(fields(outline::ACCESS, &["by"], access)),
        ),
        "notes" => ("Anything else worth keeping.", Shape::Scalar),
        _ => ("", Shape::Scalar),
    }
}

fn access(key: &str) -> (&'static str, Shape) {
    match key {
        "by" => ("How records are found.", Shape::Words(By::WORDS)),
        "rate" => ("How often, such as 200/s.", Shape::Scalar),
        _ => ("", Shape::Scalar),
    }
}

fn decision(key: &str) -> (&'static str, Shape) {
    match key {
        "chosen" => ("The patterns that were chosen.", ids(Names::Patterns)),
        "status" => ("Where the decision stands.", Shape::Words(Status::WORDS)),
        "because" => ("Why.", Shape::Scalar),
        "confidence" => ("How sure the deciders are.", Shape::Words(Level::WORDS)),
        "reversibility" => (
            "How easily it can be taken back.",
            Shape::Words(Level::WORDS),
        ),
        "decided" => (
            "The day of the decision, such as `2027-03-31`.",
            Shape::Scalar,
        ),
        "review" => (
            "When to look at it again.",
            fields(outline::REVIEW, &[], review),
        ),
        _ => ("", Shape::Scalar),
    }
}

fn review(key: &str) -> (&'static str, Shape) {
    match key {
        "when" => (
            "The condition that calls for it, such as write_rps_12m > 5000/s.",
            Shape::Scalar,
        ),
        "on" => (
            "The day on which it is due, such as `2027-03-31`.",
            Shape::Scalar,
        ),
        _ => ("", Shape::Scalar),
    }
}

fn waiver(key: &str) -> (&'static str, Shape) {
    match key {
        "conflict" => (
            "The id of the conflict, as `check` lists it.",
            Shape::Scalar,
        ),
        "because" => ("Why it is accepted.", Shape::Scalar),
        "by" => ("Who accepted it.", Shape::Scalar),
        "until" => (
            "The last day on which it counts, such as `2027-06-30`.",
            Shape::Scalar,
        ),
        _ => ("", Shape::Scalar),
    }
}

fn step(key: &str) -> (&'static str, Shape) {
    match key {
        "state" => ("How far it is.", Shape::Words(State::WORDS)),
        "because" => (
            "Why it is in this state; a skipped step has a reason.",
            Shape::Scalar,
        ),
        "checked" => ("Items of its checklist that are ticked off.", texts()),
        _ => ("", Shape::Scalar),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silent(shape: &Shape, found: &mut Vec<&'static str>) {
        match shape {
            Shape::List { item, .. } => silent(item, found),
            Shape::Map { value, .. } => silent(value, found),
            Shape::Fields { fields, .. } => {
                for field in fields {
                    if field.about.is_empty() {
                        found.push(field.name);
                    }
                    silent(&field.shape, found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_key_that_is_read_is_told() {
        let mut found = Vec::new();
        silent(&shape(), &mut found);
        assert!(found.is_empty(), "{found:?}");
    }
}
