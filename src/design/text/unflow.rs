//! Writing a list or mapping in brackets out in lines, so that it can be changed line by line.

use super::edits::{Edits, Lines};
use super::emit;
use super::patch::Slot;
use crate::yaml::{Document, Node, Value};

/// Puts the entries of a bracketed value on lines of their own.
pub(super) fn write_out(
    doc: &Document,
    slot: &Slot<'_>,
    step: usize,
    newline: &str,
    edits: &mut Edits,
) {
    let lines = Lines::new(&doc.text);
    let span = slot.value.span;
    let beside_key = slot.is_key && lines.start(slot.after) == lines.start(span.start);
    let starts_line = slot.is_item || lines.is_first(span.start);
    let indent = if beside_key {
        slot.column + step
    } else if starts_line {
        lines.column(span.start)
    } else {
        0
    };
    let mut text = written_out(doc, slot.value, indent, step);
    for comment in comments(doc, slot.value) {
        text.push_str(&" ".repeat(indent));
        text.push_str(comment);
        text.push('\n');
    }
    let text = text.replace('\n', newline);
    if beside_key {
        // What stands after the value, a comment perhaps, stays after the key.
        edits.remove(slot.after..span.end);
        edits.insert(lines.next(span.end), indent, text);
    } else {
        let text = text.strip_suffix(newline).unwrap_or(&text);
        let text = if starts_line {
            text.trim_start_matches(' ').to_owned()
        } else {
            format!("{newline}{text}")
        };
        edits.replace(span.start..span.end, text);
    }
}

/// The entries of a value in whole lines.
fn written_out(doc: &Document, node: &Node, indent: usize, step: usize) -> String {
    let mut text = String::new();
    for (key, value) in node.entries() {
        text.push_str(&" ".repeat(indent));
        text.push_str(&emit::key(key.str().unwrap_or_default()));
        text.push(':');
        text.push_str(&after_indicator(doc, value, indent + step, step));
    }
    for item in node.items() {
        text.push_str(&" ".repeat(indent));
        text.push('-');
        if is_one_line(doc, item) {
            text.push_str(&after_indicator(doc, item, indent + 2, step));
        } else {
            let lines = written_out(doc, item, indent + 2, step);
            if lines.is_empty() {
                text.push_str(&after_indicator(doc, item, indent + 2, step));
            } else {
                text.push(' ');
                text.push_str(lines.trim_start_matches(' '));
            }
        }
    }
    text
}

/// What stands after a `:` or `-`, up to the end of its last line.
fn after_indicator(doc: &Document, value: &Node, indent: usize, step: usize) -> String {
    if is_one_line(doc, value) {
        let source = doc.source(value);
        let space = if source.is_empty() { "" } else { " " };
        return format!("{space}{source}\n");
    }
    match &value.value {
        Value::Sequence(items) if items.is_empty() => " []\n".to_owned(),
        Value::Mapping(entries) if entries.is_empty() => " {}\n".to_owned(),
        Value::Sequence(_) | Value::Mapping(_) => {
            format!("\n{}", written_out(doc, value, indent, step))
        }
        Value::Null => "\n".to_owned(),
        Value::Scalar { text, .. } => format!(" {}\n", emit::quoted(text, false)),
    }
}

fn is_one_line(doc: &Document, node: &Node) -> bool {
    !doc.source(node).contains(['\n', '\r'])
}

/// The comments inside a bracketed value, in order.
fn comments<'a>(doc: &'a Document, node: &Node) -> Vec<&'a str> {
    fn leaves(node: &Node, spans: &mut Vec<(usize, usize)>) {
        for (key, value) in node.entries() {
            leaves(key, spans);
            leaves(value, spans);
        }
        for item in node.items() {
            leaves(item, spans);
        }
        if node.entries().is_empty() && node.items().is_empty() {
            spans.push((node.span.start, node.span.end));
        }
    }
    let mut spans = Vec::new();
    leaves(node, &mut spans);
    spans.push((node.span.end, node.span.end));
    let lines = Lines::new(&doc.text);
    let mut found = Vec::new();
    let mut from = node.span.start;
    for (start, end) in spans {
        while let Some(offset) = lines.slice(from..start).find('#') {
            let comment = from + offset;
            found.push(lines.slice(comment..lines.end(comment)));
            from = lines.next(comment);
        }
        from = from.max(end);
    }
    found
}
