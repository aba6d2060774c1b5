//! From a node to a typed value, with all type faults in one run.

use super::{Document, Node, Span, Style, Value};
use crate::problem::{self, Problem, printable};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

/// Faults reported for one value; each costs one more try.
const MOST_FAULTS: usize = 100;
/// Tries for one value, those that fill in missing keys included.
const MOST_TRIES: usize = 1_000;

/// Decodes a node, reporting every fault at its place.
///
/// A faulty part is reported, left out, and the rest decoded again, so each fault is reported once
/// and one run reports all. The value is what could be decoded without the faulty parts; it is
/// `None` when a part that cannot be left out is faulty. Types should use `deny_unknown_fields`.
/// Enums with data are read by serde as tags, which are not supported: use structs.
pub fn decode<T: DeserializeOwned>(
    doc: &Document,
    node: &Node,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let before = problems.len();
    let value = match attempt(node) {
        Ok(value) => Some(value),
        Err(fault) => decode_rest(doc, node, fault, problems),
    };
    problem::sort(problems.get_mut(before..).unwrap_or_default());
    value
}

/// Decodes what a first fault leaves of a node.
fn decode_rest<T: DeserializeOwned>(
    doc: &Document,
    node: &Node,
    mut fault: Fault,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let mut rest = Rest {
        tree: node.clone(),
        excused: Vec::new(),
        stand_ins: Vec::new(),
    };
    let before = problems.len();
    for _ in 0..MOST_TRIES {
        let reported = problems.len() - before;
        if reported == MOST_FAULTS {
            problems.push(
                Problem::error("too many faults, the rest is not shown").at(doc.place(node.span)),
            );
            return None;
        }
        if !rest.mend(doc, &fault, problems) {
            return None;
        }
        match attempt(&rest.tree) {
            Ok(value) if rest.stand_ins.is_empty() => return Some(value),
            Ok(_) => {
                // All faults are known. What lacks a required key is now left out for good.
                if !rest.drop_incomplete() {
                    return None;
                }
                return settle(rest);
            }
            Err(next) => fault = next,
        }
    }
    None
}

/// Decodes what is left, leaving out silently whatever became incomplete by leaving out parts.
fn settle<T: DeserializeOwned>(mut rest: Rest) -> Option<T> {
    for _ in 0..MOST_TRIES {
        match attempt(&rest.tree) {
            Ok(value) => return Some(value),
            Err(fault) => {
                if !remove(&mut rest.tree, &fault.path) {
                    return None;
                }
            }
        }
    }
    None
}

/// One step from a node to a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// Why a try failed, and where.
struct Fault {
    path: Vec<Step>,
    message: String,
}

fn attempt<T: DeserializeOwned>(node: &Node) -> Result<T, Fault> {
    serde_path_to_error::deserialize(node.to_serde()).map_err(|error| {
        let path = error
            .path()
            .iter()
            .filter_map(|segment| match segment {
                Segment::Seq { index } => Some(Step::Index(*index)),
                Segment::Map { key } => Some(Step::Key(key.clone())),
                // The variant of an enum is part of the value, not a step into it.
                Segment::Enum { .. } | Segment::Unknown => None,
            })
            .collect();
        Fault {
            path,
            message: error.into_inner().to_string(),
        }
    })
}

/// What is left of a node after the faulty parts were taken out.
struct Rest {
    tree: Node,
    /// Keys that were taken out of the mapping that starts at an offset: no one misses them.
    excused: Vec<(usize, String)>,
    /// Keys that were missing, with the number of the stand-in that is tried for them.
    stand_ins: Vec<(usize, String, usize)>,
}

impl Rest {
    /// Reports a fault unless it follows from an earlier one, and changes the tree so that the
    /// next try gets further. Returns whether it could.
    fn mend(&mut self, doc: &Document, fault: &Fault, problems: &mut Vec<Problem>) -> bool {
        let (path, node) = resolve(&self.tree, &fault.path);
        if let Some(field) = quoted(&fault.message, "missing field ")
            && matches!(node.value, Value::Mapping(_))
        {
            let (span, owner) = (node.span, name_of(path));
            let taken_out = (span.start, field.to_owned());
            if !self.excused.contains(&taken_out) {
                problems.push(missing(doc, span, owner, field));
            }
            self.stand_ins.push((span.start, field.to_owned(), 0));
            return stand_in(&mut self.tree, path, field, 0);
        }
        if let Some((Step::Key(key), owner)) = path.split_last() {
            let start = resolve(&self.tree, owner).1.span.start;
            if let Some(index) = self
                .stand_ins
                .iter()
                .position(|(at, name, _)| *at == start && name == key)
            {
                let tried = self.stand_ins.get_mut(index).map_or(0, |(_, _, tried)| {
                    *tried += 1;
                    *tried
                });
                if stand_in(&mut self.tree, owner, key, tried) {
                    return true;
                }
                // Nothing fits, so nothing more can be learnt about this mapping.
                self.stand_ins.remove(index);
                return remove(&mut self.tree, owner);
            }
            self.excused.push((start, key.clone()));
        }
        let key = path.split_last().and_then(|(last, owner)| match last {
            Step::Key(key) => resolve(&self.tree, owner).1.entry(key).map(|(key, _)| key),
            Step::Index(_) => None,
        });
        problems.push(describe(doc, path, key, node, &fault.message));
        let path = path.to_vec();
        remove(&mut self.tree, &path)
    }

    /// Takes every mapping out that has a stand-in for a required key. Returns whether it could.
    fn drop_incomplete(&mut self) -> bool {
        let starts: Vec<usize> = self.stand_ins.iter().map(|(start, ..)| *start).collect();
        drop_mappings(&mut self.tree, &starts)
    }
}

/// The longest beginning of a path that exists, and the node there.
fn resolve<'a, 'b>(tree: &'a Node, path: &'b [Step]) -> (&'b [Step], &'a Node) {
    let mut node = tree;
    for (depth, step) in path.iter().enumerate() {
        let next = match step {
            Step::Key(key) => node.get(key),
            Step::Index(index) => node.index(*index),
        };
        match next {
            Some(part) => node = part,
            None => return (path.get(..depth).unwrap_or_default(), node),
        }
    }
    (path, node)
}

/// Takes the node at a path out of what holds it. The root cannot be taken out.
fn remove(tree: &mut Node, path: &[Step]) -> bool {
    let Some((last, owner)) = path.split_last() else {
        return false;
    };
    let Some(owner) = part_mut(tree, owner) else {
        return false;
    };
    match (&mut owner.value, last) {
        (Value::Mapping(entries), Step::Key(key)) => {
            let before = entries.len();
            entries.retain(|(name, _)| name.str() != Some(key));
            entries.len() < before
        }
        (Value::Sequence(items), Step::Index(index)) if *index < items.len() => {
            items.remove(*index);
            true
        }
        _ => false,
    }
}

fn part_mut<'a>(tree: &'a mut Node, path: &[Step]) -> Option<&'a mut Node> {
    let mut node = tree;
    for step in path {
        node = match (&mut node.value, step) {
            (Value::Mapping(entries), Step::Key(key)) => entries
                .iter_mut()
                .find(|(name, _)| name.str() == Some(key))
                .map(|(_, value)| value)?,
            (Value::Sequence(items), Step::Index(index)) => items.get_mut(*index)?,
            _ => return None,
        };
    }
    Some(node)
}

fn drop_mappings(node: &mut Node, starts: &[usize]) -> bool {
    let incomplete = matches!(node.value, Value::Mapping(_)) && starts.contains(&node.span.start);
    match &mut node.value {
        Value::Mapping(entries) => entries.retain_mut(|(_, value)| drop_mappings(value, starts)),
        Value::Sequence(items) => items.retain_mut(|item| drop_mappings(item, starts)),
        Value::Null | Value::Scalar { .. } => {}
    }
    !incomplete
}

/// Puts stand-in number `number` in the place of a missing key, so that the next missing key can
/// be found. Returns false when there are no more.
fn stand_in(tree: &mut Node, owner: &[Step], key: &str, number: usize) -> bool {
    let Some(owner) = part_mut(tree, owner) else {
        return false;
    };
    let span = owner.span;
    let scalar = |text: &str, style| Value::Scalar {
        text: text.to_owned(),
        style,
    };
    let value = match number {
        0 => Value::Null,
        1 => scalar("", Style::Quoted),
        2 => scalar("1", Style::Plain),
        3 => scalar("true", Style::Plain),
        4 => Value::Sequence(Vec::new()),
        5 => Value::Mapping(Vec::new()),
        _ => return false,
    };
    let Value::Mapping(entries) = &mut owner.value else {
        return false;
    };
    entries.retain(|(name, _)| name.str() != Some(key));
    let name = Node {
        span,
        value: scalar(key, Style::Plain),
    };
    entries.push((name, Node { span, value }));
    true
}

/// The name by which a message calls the part at a path. Entries of lists have no number in it,
/// because entries before them may have been taken out.
fn name_of(path: &[Step]) -> Option<String> {
    let (last, owner) = path.split_last()?;
    Some(match last {
        Step::Key(key) => format!("`{}`", printable(key)),
        Step::Index(_) => match owner.last() {
            Some(Step::Key(key)) => format!("an entry of `{}`", printable(key)),
            _ => "an entry of the list".to_owned(),
        },
    })
}

fn missing(doc: &Document, span: Span, owner: Option<String>, field: &str) -> Problem {
    let message = match owner {
        Some(owner) => format!("`{field}` is missing from {owner}"),
        None => format!("`{field}` is missing"),
    };
    Problem::error(message).at(doc.place(span))
}

/// A decoding error in words for a person.
fn describe(
    doc: &Document,
    path: &[Step],
    key: Option<&Node>,
    node: &Node,
    message: &str,
) -> Problem {
    let name = name_of(path);
    let variant = quoted(message, "unknown variant ");
    let is_key = variant.is_some() && variant == key.and_then(Node::str);
    if message.starts_with("unknown field ") || (is_key && variant != node.str()) {
        let unknown = key.unwrap_or(node);
        let text = unknown.str().unwrap_or_default();
        let problem = Problem::error(format!("unknown key `{}`", printable(text)))
            .at(doc.place(unknown.span));
        return problem.suggest(text, &alternatives(message));
    }
    if variant.is_some() {
        let text = node.str().unwrap_or_default();
        let of = name.map(|name| format!(" for {name}")).unwrap_or_default();
        let problem = Problem::error(format!("unknown value `{}`{of}", printable(text)))
            .at(doc.place(node.span));
        return problem.suggest(text, &alternatives(message));
    }
    let name = name.unwrap_or_else(|| "the file".to_owned());
    let wrong = ["invalid type: ", "invalid value: ", "invalid length "]
        .iter()
        .find_map(|start| message.strip_prefix(start))
        .and_then(|rest| rest.rsplit_once(", expected "));
    let Some((_, expected)) = wrong else {
        return Problem::error(format!("{name}: {}", printable(message))).at(doc.place(node.span));
    };
    let expected = readable(expected);
    let found = match &node.value {
        _ if node.is_null() => "empty".to_owned(),
        Value::Sequence(_) => "a list".to_owned(),
        Value::Mapping(_) => "a mapping".to_owned(),
        Value::Null | Value::Scalar { .. } => format!("`{}`", short(doc.source(node))),
    };
    let problem =
        Problem::error(format!("{name} is {found}, expected {expected}")).at(doc.place(node.span));
    if expected == "text" && node.str().is_some() && !node.is_null() {
        problem.help("put it in quotes")
    } else if expected == "text" && matches!(node.value, Value::Mapping(_)) && !doc.is_flow(node) {
        problem.help("a text with a colon and a space in it needs quotes")
    } else {
        problem
    }
}

/// The beginning of a source text, safe to print.
fn short(source: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = source.chars().take(LONGEST).collect();
    if source.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    printable(&shown).into_owned()
}

/// The names that a message of serde offers: those in backquotes after `expected`.
fn alternatives(message: &str) -> Vec<&str> {
    message
        .rsplit_once(", expected ")
        .map(|(_, list)| list.split('`').skip(1).step_by(2).collect())
        .unwrap_or_default()
}

/// The name in backquotes right after the beginning of a message.
fn quoted<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.split('`').nth(1)
}

/// What a type of the program is called by people who write files.
fn readable(expected: &str) -> &str {
    match expected {
        "i8" => "a whole number from -128 to 127",
        "u8" => "a whole number from 0 to 255",
        "i16" | "i32" | "i64" | "i128" | "isize" => "a whole number",
        "u16" | "u32" | "u64" | "u128" | "usize" => "a whole number, 0 or more",
        "f32" | "f64" => "a number",
        "a string" | "a borrowed string" | "a character" | "identifier" | "string" => "text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "a mapping",
        "unit" => "nothing",
        "a Value::Tag enum" => "one word",
        other if other.starts_with("struct ") => "a mapping",
        other if other.starts_with("enum ") => "one word",
        other if other.starts_with("a tuple ") || other.starts_with("tuple ") => "a list",
        other => other,
    }
}
