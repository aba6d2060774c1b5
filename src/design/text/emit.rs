//! YAML for parts that are new.

use super::super::outline::Outline;
use crate::problem::printable;
use crate::yaml::{self, Limits, Node};
use std::fmt::Write as _;

/// Columns that a list of ids may fill before it gets a line for each.
const WIDTH: usize = 100;
/// Columns by which a level of nesting is indented in a new file.
pub(super) const STEP: usize = 2;

/// A whole new file.
pub(super) fn file(outline: &Outline) -> String {
    let mut text = String::new();
    for (key, value) in outline.entries() {
        text.push_str(&entry(key, value, 0, STEP));
    }
    text
}

/// A key with its value in whole lines, `indent` columns in.
pub(super) fn entry(key: &str, value: &Outline, indent: usize, step: usize) -> String {
    let mut text = " ".repeat(indent);
    text.push_str(&self::key(key));
    text.push(':');
    let (head, lines) = value_parts(value, indent, step, indent + key.chars().count() + 2);
    if !head.is_empty() {
        text.push(' ');
        text.push_str(&head);
    }
    text.push('\n');
    text.push_str(&lines);
    text
}

/// A key, in quotes where YAML needs them.
pub(super) fn key(key: &str) -> String {
    let plain = quoted(key, false);
    let (document, _) = yaml::parse("", format!("{plain}: 0\n"), &Limits::default());
    let reads_back = document.is_some_and(|document| document.root.get(key).is_some());
    if reads_back {
        plain
    } else {
        yaml::double_quoted(key)
    }
}

/// An entry of a list in whole lines, its dash `indent` columns in.
pub(super) fn item(value: &Outline, indent: usize, step: usize) -> String {
    let mut text = " ".repeat(indent);
    text.push_str("- ");
    if value.entries().is_empty() {
        let (head, lines) = value_parts(value, indent, step.max(2), 0);
        text.push_str(&head);
        text.push('\n');
        text.push_str(&lines);
    } else {
        let mut first = true;
        for (key, value) in value.entries() {
            let lines = entry(key, value, indent + 2, step);
            text.push_str(if first {
                lines.trim_start_matches(' ')
            } else {
                &lines
            });
            first = false;
        }
    }
    text
}

/// A value as what stands after its key and the lines that follow. The key is `indent` columns in
/// and the value begins at column `column`.
pub(super) fn value_parts(
    value: &Outline,
    indent: usize,
    step: usize,
    column: usize,
) -> (String, String) {
    match value {
        Outline::Prose(text) | Outline::Word(text) => {
            scalar_parts(text, matches!(value, Outline::Word(_)), indent + step)
        }
        Outline::Ids(items) => match ids(items, column) {
            Some(line) => (line, String::new()),
            None => (String::new(), block(value, indent + step, step)),
        },
        Outline::List(_) | Outline::Map(_) => (String::new(), block(value, indent + step, step)),
    }
}

/// A list or map in whole lines.
pub(super) fn block(value: &Outline, indent: usize, step: usize) -> String {
    let entries = value
        .entries()
        .iter()
        .map(|(key, value)| entry(key, value, indent, step));
    let items = value.items().iter().map(|value| item(value, indent, step));
    entries.chain(items).collect()
}

/// Ids in brackets, when they fit into the line and need no quotes.
pub(super) fn ids(items: &[Outline], column: usize) -> Option<String> {
    let bare = |id: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        id.bytes().all(allowed) && quoted(id, true) == id
    };
    let ids: Vec<&str> = items.iter().map(Outline::identity).collect();
    let line = format!("[{}]", ids.join(", "));
    (column + line.len() <= WIDTH && ids.iter().all(|id| bare(id))).then_some(line)
}

/// A scalar as what stands after its key and the lines that follow, `indent` columns in.
pub(super) fn scalar_parts(text: &str, word: bool, indent: usize) -> (String, String) {
    match block_scalar(text, indent) {
        Some(parts) => parts,
        None => (quoted(text, word), String::new()),
    }
}

/// Several lines as a `|` block. Texts that a block cannot hold, or only with blank lines at its
/// end that would run into the next ones, have none.
fn block_scalar(text: &str, indent: usize) -> Option<(String, String)> {
    let (body, header) = match text.strip_suffix('\n') {
        Some(body) => (body, "|"),
        None => (text, "|-"),
    };
    let one_line = !body.contains('\n') && header == "|-";
    let odd = body.starts_with([' ', '\t', '\n'])
        || body.ends_with('\n')
        || body.is_empty()
        || body.lines().all(|line| line.trim().is_empty())
        || text.contains('\r')
        || body.split('\n').any(|line| {
            let line = line.replace('\t', " ");
            printable(&line) != line.as_str()
        });
    if one_line || odd {
        return None;
    }
    let mut lines = String::with_capacity(text.len() + 64);
    for line in body.split('\n') {
        // Blank lines stay blank, so that no spaces are left at the end of a line.
        if !line.is_empty() {
            let _ = write!(lines, "{:indent$}{line}", "");
        }
        lines.push('\n');
    }
    Some((header.to_owned(), lines))
}

/// A scalar on one line, with quotes where YAML needs them. A `word` needs none for looking like a
/// number or truth value.
pub(super) fn quoted(text: &str, word: bool) -> String {
    if printable(text) == text {
        if word && reads_as(text, text) && is_number_or_truth(text) {
            return text.to_owned();
        }
        if let Ok(yaml) = serde_yaml::to_string(text) {
            let yaml = yaml.trim_end_matches('\n');
            if reads_as(yaml, text) {
                return yaml.to_owned();
            }
        }
    }
    yaml::double_quoted(text)
}

fn is_number_or_truth(text: &str) -> bool {
    scalar_node(text).is_some_and(|node| {
        let value = node.to_serde();
        value.is_number() || value.is_bool()
    })
}

/// Whether a scalar on one line reads back as a text.
fn reads_as(yaml: &str, text: &str) -> bool {
    !yaml.contains(['\n', '\r'])
        && scalar_node(yaml)
            .is_some_and(|node| node.str() == Some(text) && (yaml != text || !node.is_null()))
}

fn scalar_node(yaml: &str) -> Option<Node> {
    let (document, problems) = yaml::parse("", format!("- k: {yaml}\n"), &Limits::default());
    let node = document?.root.index(0)?.get("k")?.clone();
    problems.is_empty().then_some(node)
}
