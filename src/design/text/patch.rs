//! The changes to a text that turn one outline into another.

use super::edits::{Edits, Lines};
use super::{UpdateError, emit, unflow};
use crate::design::outline::Outline;
use crate::yaml::{Document, Node, Style, Value};
use std::ops::Range;

/// What patching came to.
pub(super) enum Outcome {
    /// The changed text.
    Patched(String),
    /// The same content with brackets written out in lines; it is to be patched again.
    WrittenOut(String),
}

/// Changes the text of a document, whose outline is `old`, so that its outline is `new`.
pub(super) fn patch(doc: &Document, old: &Outline, new: &Outline) -> Result<Outcome, UpdateError> {
    let newline = if doc.text.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    // Every line ends, so that lines can be put after it.
    let ended = |text: &str| match text {
        "" => String::new(),
        text if text.ends_with(['\n', '\r']) => text.to_owned(),
        text => format!("{text}{newline}"),
    };
    let doc = &Document {
        text: ended(&doc.text),
        ..doc.clone()
    };
    if doc.root.is_null() && doc.source(&doc.root).is_empty() {
        let added = emit::file(new).replace('\n', newline);
        return Ok(Outcome::Patched(doc.text.clone() + &added));
    }
    let mut patch = Patch {
        doc,
        lines: Lines::new(&doc.text),
        edits: Edits::default(),
        brackets: Vec::new(),
        step: indentation(doc).unwrap_or(emit::STEP),
        newline,
        kept_blank: Vec::new(),
    };
    patch.find_kept_blank(&doc.root);
    patch.map(Slot::root(&doc.root), old, new);
    let Patch {
        mut edits,
        brackets,
        step,
        ..
    } = patch;
    if brackets.is_empty() {
        return Ok(Outcome::Patched(edits.apply(&doc.text)));
    }
    edits = Edits::default();
    for slot in &brackets {
        unflow::write_out(doc, slot, step, newline, &mut edits);
    }
    let text = edits.apply(&doc.text);
    if text == doc.text {
        return Err(UpdateError::Unfaithful);
    }
    Ok(Outcome::WrittenOut(text))
}

/// The columns by which the file indents.
fn indentation(doc: &Document) -> Option<usize> {
    doc.root.entries().iter().find_map(|(key, value)| {
        let (inner, _) = value.entries().first()?;
        if doc.is_flow(value) {
            return None;
        }
        let step = inner.span.column.checked_sub(key.span.column)?;
        (step > 0).then_some(step as usize)
    })
}

/// A value and what it stands after.
#[derive(Clone, Copy)]
pub(super) struct Slot<'n> {
    pub(super) value: &'n Node,
    /// Columns before the key or dash.
    pub(super) column: usize,
    /// The offset just after the `:` or `-`.
    pub(super) after: usize,
    /// Whether it stands after a key.
    pub(super) is_key: bool,
    /// Whether it stands after a dash.
    pub(super) is_item: bool,
}

impl<'n> Slot<'n> {
    fn root(value: &'n Node) -> Self {
        Self {
            value,
            column: 0,
            after: 0,
            is_key: false,
            is_item: false,
        }
    }
}

pub(super) struct Patch<'d> {
    pub(super) doc: &'d Document,
    pub(super) lines: Lines<'d>,
    pub(super) edits: Edits,
    /// Values in brackets that must be written out before they can be changed.
    brackets: Vec<Slot<'d>>,
    /// Columns by which nested parts are indented.
    pub(super) step: usize,
    newline: &'d str,
    /// Where blocks end that keep the blank lines after them: no blank line may be added there.
    kept_blank: Vec<usize>,
}

impl<'d> Patch<'d> {
    fn find_kept_blank(&mut self, node: &Node) {
        if is_block(node) && header(self.doc.source(node)).contains('+') {
            self.kept_blank.push(node.span.end);
        }
        for (_, value) in node.entries() {
            self.find_kept_blank(value);
        }
        for item in node.items() {
            self.find_kept_blank(item);
        }
    }

    /// Whole new lines, with the line ends of the file.
    pub(super) fn insert(&mut self, offset: usize, depth: usize, text: &str) {
        self.insert_as_is(offset, depth, text.replace('\n', self.newline));
    }

    pub(super) fn insert_as_is(&mut self, offset: usize, depth: usize, text: String) {
        if text.contains(['|', '>']) {
            self.empty_blank_lines(offset);
        }
        self.edits.insert(offset, depth, text);
    }

    /// Takes whole lines out.
    pub(super) fn remove_lines(&mut self, range: Range<usize>) {
        self.empty_blank_lines(range.end);
        self.edits.remove(range);
    }

    /// Takes the spaces out of blank lines that may come to stand below a `|` block, where they
    /// would become part of the text.
    fn empty_blank_lines(&mut self, mut line: usize) {
        while self.lines.is_blank(line) {
            self.edits.remove(line..self.lines.end(line));
            line = self.lines.next(line);
        }
    }

    fn replace(&mut self, range: Range<usize>, text: &str) {
        self.edits.replace(range, text.replace('\n', self.newline));
    }

    fn key_slot(&self, key: &Node, value: &'d Node) -> Slot<'d> {
        let start = key.span.end;
        let rest = self.lines.slice(start..self.lines.end(start));
        let colon = rest.find(':').map_or(start, |offset| start + offset + 1);
        Slot {
            value,
            column: self.lines.column(key.span.start),
            after: colon,
            is_key: true,
            is_item: false,
        }
    }

    /// Where the lines of an entry end.
    pub(super) fn after(&self, slot: Slot<'_>) -> usize {
        self.lines
            .after(slot.value.span.end.max(slot.after), slot.column)
    }

    /// Changes a mapping.
    fn map(&mut self, slot: Slot<'d>, old: &Outline, new: &Outline) {
        let node = slot.value;
        if self.doc.is_flow(node) {
            self.brackets.push(slot);
            return;
        }
        for (index, (key, value)) in new.entries().iter().enumerate() {
            let before = old.get(key);
            if before == Some(value) {
                continue;
            }
            match node.entry(key) {
                Some((name, node)) => self.set(self.key_slot(name, node), before, value),
                None => self.insert_entry(node, new, index),
            }
        }
        for (key, value) in old.entries() {
            if new.get(key).is_none()
                && let Some((name, node)) = node.entry(key)
            {
                self.clear(name, self.key_slot(name, node), value);
            }
        }
    }

    /// Gives a key that is there another value.
    pub(super) fn set(&mut self, slot: Slot<'d>, old: Option<&Outline>, new: &Outline) {
        let node = slot.value;
        let empty = Outline::Map(Vec::new());
        let old = old.unwrap_or(&empty);
        match new {
            Outline::Prose(text) => self.set_scalar(slot, text, false),
            Outline::Word(text) => self.set_scalar(slot, text, true),
            _ if says_nothing(node) => self.set_nothing(slot, new),
            Outline::Map(_) => self.map(slot, old, new),
            Outline::Ids(items) if self.doc.is_flow(node) => {
                let one_line = !self.doc.source(node).contains(['\n', '\r']);
                let column = self.lines.column(node.span.start);
                match emit::ids(items, column).filter(|_| one_line) {
                    Some(line) => self.replace(node.span.start..node.span.end, &line),
                    None => self.brackets.push(slot),
                }
            }
            Outline::Ids(_) | Outline::List(_) if self.doc.is_flow(node) => {
                self.brackets.push(slot);
            }
            Outline::Ids(_) | Outline::List(_) => self.list(slot, old.items(), new.items()),
        }
    }

    /// Puts a list or map where nothing was said.
    fn set_nothing(&mut self, slot: Slot<'d>, new: &Outline) {
        let span = slot.value.span;
        let column = self.lines.column(slot.after) + 1;
        let (head, lines) = emit::value_parts(new, slot.column, self.step, column);
        let same_line = self.lines.start(span.start) == self.lines.start(slot.after);
        let start = if same_line { slot.after } else { span.start };
        let head = if head.is_empty() || !same_line {
            head
        } else {
            format!(" {head}")
        };
        self.replace(start..span.end, &head);
        self.insert(self.after(slot), below(slot.column), &lines);
    }

    /// Gives a key or list entry another text.
    fn set_scalar(&mut self, slot: Slot<'d>, text: &str, word: bool) {
        let span = slot.value.span;
        let is_block = matches!(
            &slot.value.value,
            Value::Scalar {
                style: Style::Block,
                ..
            }
        );
        if is_block {
            let (header, content) = self.block_ranges(slot.value);
            let first = self.lines.line(content.start);
            let indent = first.len() - first.trim_start_matches(' ').len();
            let indent = if content.is_empty() || indent <= slot.column || first.trim().is_empty() {
                self.body_indent(slot, content.end)
            } else {
                indent
            };
            let (head, body) = emit::scalar_parts(text, word, indent);
            self.replace(header, &head);
            if !body.is_empty() {
                self.empty_blank_lines(content.end);
            }
            self.replace(content, &body);
            return;
        }
        let next = self.lines.next(span.end);
        let (head, body) = emit::scalar_parts(text, word, self.body_indent(slot, next));
        let head = if span.start == span.end {
            format!(" {head}")
        } else {
            head
        };
        self.replace(span.start..span.end, &head);
        if !body.is_empty() {
            self.empty_blank_lines(next);
            self.insert(next, below(slot.column), &body);
        }
    }

    /// The header of a `|` or `>` block and its lines.
    fn block_ranges(&self, node: &Node) -> (Range<usize>, Range<usize>) {
        let start = node.span.start;
        let header = start..start + header(self.doc.source(node)).len();
        let content = self.lines.next(start);
        let end = if node.span.end <= self.lines.end(start) {
            content
        } else if self.lines.start(node.span.end) == node.span.end {
            node.span.end
        } else {
            self.lines.next(node.span.end)
        };
        (header, content..end)
    }

    /// The indentation for the lines of a `|` block that ends at `end`: deeper than a comment that
    /// follows, which would become part of the text otherwise.
    fn body_indent(&self, slot: Slot<'_>, end: usize) -> usize {
        let indent = slot.column
            + if slot.is_item {
                self.step.max(2)
            } else {
                self.step
            };
        let mut line = end;
        while self.lines.is_blank(line) {
            line = self.lines.next(line);
        }
        match self.lines.comment(line) {
            Some(comment) if comment >= indent => comment + 1,
            _ => indent,
        }
    }

    /// Adds the entry number `index` of `new` to a mapping that lacks it.
    fn insert_entry(&mut self, node: &'d Node, new: &Outline, index: usize) {
        let Some((key, value)) = new.entries().get(index) else {
            return;
        };
        let Some((first, _)) = node.entries().first() else {
            return;
        };
        let column = self.lines.column(first.span.start);
        let text = emit::entry(key, value, column, self.step);
        let present = |(key, _): &(String, Outline)| node.entry(key);
        let (before, after) = new.entries().split_at(index);
        let previous = before.iter().rev().find_map(present);
        let next = after.iter().skip(1).find_map(present);
        if let (None, Some((key, _))) = (previous, next) {
            self.insert_before(node, key, &text);
            return;
        }
        let last = node.entries().last().map(|(key, value)| (key, value));
        let Some((key, value)) = previous.or(last) else {
            return;
        };
        let at = self.after(self.key_slot(key, value));
        // Sections that stand apart go on standing apart.
        let apart = column == 0 && self.lines.is_blank(at) && !self.kept_blank.contains(&at);
        self.insert(
            at,
            beside(column),
            &if apart { format!("\n{text}") } else { text },
        );
    }

    /// Adds lines before a key, and before the comments right above it.
    fn insert_before(&mut self, node: &Node, key: &Node, text: &str) {
        let start = key.span.start;
        let column = self.lines.column(start);
        if !self.lines.is_first(start) {
            // The key follows the dash of a list entry, so the new one takes its place there.
            let text = format!("{}{}", text.trim_start_matches(' '), " ".repeat(column));
            self.insert(start, beside(column), &text);
            return;
        }
        let is_root = node.span == self.doc.root.span;
        let mut at = self.lines.start(start);
        while at > 0 && !is_root {
            let above = self.lines.start(at - 1);
            if self.lines.comment(above) != Some(column) {
                break;
            }
            at = above;
        }
        self.insert(at, beside(column), text);
    }

    /// Takes what is known of an entry out: all of it, unless it holds something that a person
    /// wrote and this program does not know.
    fn clear(&mut self, key: &Node, slot: Slot<'d>, old: &Outline) {
        let node = slot.value;
        let start = self.lines.start(key.span.start);
        let after = self.after(slot);
        let inner = match node.value {
            Value::Scalar { .. } => self.lines.next(node.span.end).min(after),
            _ => self.lines.next(key.span.end),
        };
        let flow = self.doc.is_flow(node);
        let has_comments = !flow && self.lines.has_comment_line(inner..after);
        if !has_comments && !has_unknown(node, old) {
            self.remove_entry(key, start..after);
            return;
        }
        match &node.value {
            Value::Mapping(_) if flow => self.brackets.push(slot),
            Value::Mapping(_) => self.map(slot, old, &Outline::Map(Vec::new())),
            Value::Sequence(_) if !flow => self.list(slot, old.items(), &[]),
            Value::Scalar {
                style: Style::Block,
                ..
            } => {
                let (header, content) = self.block_ranges(node);
                self.edits.remove(header);
                self.edits.remove(content);
            }
            _ => {
                let span = node.span;
                let same_line = self.lines.start(span.start) == self.lines.start(slot.after);
                let start = if same_line { slot.after } else { span.start };
                self.edits.remove(start..span.end);
            }
        }
    }

    /// Takes an entry out with its lines.
    fn remove_entry(&mut self, key: &Node, mut lines: Range<usize>) {
        if !self.lines.is_first(key.span.start) {
            // The dash of the list entry stays for the keys after this one.
            let before = self.lines.slice(lines.start..key.span.start);
            let dash = lines.start + before.trim_end_matches(' ').len();
            let end = self.lines.slice(dash..lines.end);
            let end = dash + end.trim_end_matches(['\n', '\r']).len();
            self.edits.remove(dash..end);
            return;
        }
        if self.kept_blank.contains(&lines.start) {
            // Blank lines that follow would become part of the text before.
            while self.lines.is_blank(lines.end) {
                lines.end = self.lines.next(lines.end);
            }
        }
        self.remove_lines(lines);
    }
}

/// The depth of a key at a column.
fn beside(column: usize) -> usize {
    2 * column
}

/// The depth of what belongs to a key or dash at a column, or of that dash: a list may stand right
/// below its key.
pub(super) fn below(column: usize) -> usize {
    2 * column + 1
}

fn is_block(node: &Node) -> bool {
    let Value::Scalar { style, .. } = &node.value else {
        return false;
    };
    *style == Style::Block
}

/// The header of a `|` or `>` block: the indicator with its modifiers.
fn header(source: &str) -> &str {
    let length = source
        .find(|character: char| !matches!(character, '|' | '>' | '+' | '-' | '0'..='9'))
        .unwrap_or(source.len());
    source.get(..length).unwrap_or_default()
}

/// Whether a value is empty: null, an empty text, or brackets without content.
fn says_nothing(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Scalar { text, .. } => text.is_empty() || node.is_null(),
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(entries) => entries.is_empty(),
    }
}

/// Whether a value holds keys that are not in its outline.
fn has_unknown(node: &Node, old: &Outline) -> bool {
    node.entries().iter().any(|(key, value)| {
        key.str()
            .and_then(|key| old.get(key))
            .is_none_or(|old| has_unknown(value, old))
    })
}
