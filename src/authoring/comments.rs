//! The comments of a document, and to which of its parts each belongs.

use crate::yaml::{Document, Node, Value};
use std::collections::BTreeMap;

/// A part that comments can belong to, by where it starts: a key with its value, or an item of a list. Of two parts that
/// start at one place, the item holds the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// An item of a list.
    Item(usize),
    /// A key of a mapping.
    Key(usize),
}

impl Part {
    fn order(self) -> (usize, u8) {
        match self {
            Self::Item(start) => (start, 0),
            Self::Key(start) => (start, 1),
        }
    }
}

/// The comments of a part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Notes {
    /// On lines of their own before it.
    pub(super) before: Vec<String>,
    /// At the end of its first line.
    pub(super) beside: Vec<String>,
    /// On lines of their own after it, and not before anything else at its depth.
    pub(super) after: Vec<String>,
}

/// All comments of a document.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// Before everything.
    pub(super) head: Vec<String>,
    /// Whether a blank line follows them.
    pub(super) head_stands_apart: bool,
    /// After everything.
    pub(super) foot: Vec<String>,
    parts: BTreeMap<(usize, u8), Notes>,
}

/// A comment as it stands in the text.
struct Comment {
    offset: usize,
    line: u32,
    column: usize,
    alone: bool,
    text: String,
}

/// A part and where it stands.
struct Slot {
    part: Part,
    start: usize,
    end: usize,
    line: u32,
    column: usize,
}

impl Comments {
    /// Finds the comments of a document.
    pub(super) fn of(document: &Document) -> Self {
        let mut slots = Vec::new();
        slots_in(document, &document.root, &mut slots);
        let mut comments = Self::default();
        for comment in found(document) {
            comments.place(document, &slots, comment);
        }
        comments
    }

    /// The comments of a part.
    pub(super) fn notes(&self, part: Part) -> Notes {
        self.parts.get(&part.order()).cloned().unwrap_or_default()
    }

    /// Whether a comment stands within a list or mapping.
    pub(super) fn is_within(&self, node: &Node) -> bool {
        let mut inside = self.parts.range((node.span.start, 0)..(node.span.end, 0));
        inside.next().is_some()
    }

    fn place(&mut self, document: &Document, slots: &[Slot], comment: Comment) {
        let next = slots.iter().find(|slot| slot.start > comment.offset);
        if !comment.alone {
            let on_line = || {
                (slots.iter())
                    .filter(|slot| slot.line == comment.line && slot.start < comment.offset)
            };
            let ended = on_line().find(|slot| slot.end <= comment.offset);
            // `key: # why` belongs to the key, although its value comes later.
            let beside = ended.or_else(|| on_line().next_back()).or_else(|| {
                (slots.iter().filter(|slot| slot.end <= comment.offset)).max_by_key(|slot| slot.end)
            });
            match (beside, next) {
                // `- # why` stands before the item.
                (_, Some(next)) if !has_part(document, slots, &comment) => {
                    self.at(next.part).before.push(comment.text);
                }
                (Some(slot), _) => self.at(slot.part).beside.push(comment.text),
                (None, _) => self.head.push(comment.text),
            }
            return;
        }
        if slots
            .first()
            .is_none_or(|first| comment.offset < first.start)
        {
            let end = comment.offset + comment.text.len();
            let rest = document.text.get(end..).unwrap_or_default();
            self.head_stands_apart = rest
                .lines()
                .nth(1)
                .is_some_and(|line| line.trim().is_empty());
            self.head.push(comment.text);
            return;
        }
        // Deeper than what follows, it ends the part before it; of parts beside what follows, it is read as before that.
        let least = next.map_or(0, |next| next.column);
        let ended = (slots.iter())
            .filter(|slot| {
                slot.start < comment.offset && (least + 1..=comment.column).contains(&slot.column)
            })
            .max_by_key(|slot| (slot.start, slot.column));
        match (ended, next) {
            (Some(slot), _) => self.at(slot.part).after.push(comment.text),
            (None, Some(next)) => self.at(next.part).before.push(comment.text),
            (None, None) => self.foot.push(comment.text),
        }
    }

    fn at(&mut self, part: Part) -> &mut Notes {
        self.parts.entry(part.order()).or_default()
    }
}

/// The texts of all comments of a document, in any order that two equal sets of them share.
pub(super) fn texts(document: &Document) -> Vec<String> {
    let mut texts: Vec<String> = found(document)
        .into_iter()
        .map(|comment| comment.text)
        .collect();
    texts.sort();
    texts
}

/// Whether anything but a dash stands before a comment on its line.
fn has_part(document: &Document, slots: &[Slot], comment: &Comment) -> bool {
    let begin = line_start(&document.text, comment.offset);
    let before = document.text.get(begin..comment.offset).unwrap_or_default();
    let only_dashes = before.chars().all(|c| c.is_whitespace() || c == '-');
    !only_dashes
        || slots
            .iter()
            .any(|slot| slot.line == comment.line && slot.start < comment.offset)
}

fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    before.rfind('\n').map_or(0, |newline| newline + 1)
}

/// Everything between the scalars that follows a `#`.
fn found(document: &Document) -> Vec<Comment> {
    let text = &document.text;
    let mut scalars = Vec::new();
    scalars_in(document, &document.root, &mut scalars);
    let mut comments = Vec::new();
    let mut position = 0;
    let ends = scalars.into_iter().chain([(text.len(), text.len())]);
    for (start, end) in ends {
        while let Some(offset) = next_hash(text, position, start) {
            let line_end = text.get(offset..).and_then(|rest| rest.find('\n'));
            let line_end = line_end.map_or(text.len(), |length| offset + length);
            let begin = line_start(text, offset);
            let before = text.get(begin..offset).unwrap_or_default();
            let newlines = text.get(..offset).unwrap_or_default().matches('\n').count();
            comments.push(Comment {
                offset,
                line: u32::try_from(newlines + 1).unwrap_or(u32::MAX),
                column: before.chars().count(),
                alone: before.trim().is_empty(),
                text: text
                    .get(offset..line_end)
                    .unwrap_or_default()
                    .trim_end()
                    .to_owned(),
            });
            position = line_end;
        }
        position = position.max(end);
    }
    comments
}

/// The next `#` that begins a comment in a range without scalars.
fn next_hash(text: &str, from: usize, to: usize) -> Option<usize> {
    let range = text.get(from..to)?;
    let is_start = |offset: usize| {
        let before = text.get(..from + offset).unwrap_or_default();
        before.chars().next_back().is_none_or(char::is_whitespace)
    };
    let found = range
        .match_indices('#')
        .find(|(offset, _)| is_start(*offset));
    found.map(|(offset, _)| from + offset)
}

/// Where the scalars of a node stand; of a block, its first line is no part of it, for a comment may end it.
fn scalars_in(document: &Document, node: &Node, spans: &mut Vec<(usize, usize)>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar { .. } => {
            let source = document.source(node);
            let head = match source.find('\n') {
                Some(newline) if source.starts_with(['|', '>']) => newline,
                _ => 0,
            };
            spans.push((node.span.start + head, node.span.end));
        }
        Value::Sequence(items) => items
            .iter()
            .for_each(|item| scalars_in(document, item, spans)),
        Value::Mapping(entries) => {
            for (key, value) in entries {
                scalars_in(document, key, spans);
                scalars_in(document, value, spans);
            }
        }
    }
}

fn slots_in(document: &Document, node: &Node, slots: &mut Vec<Slot>) {
    let flow = document.is_flow(node);
    for item in node.items() {
        let begin = line_start(&document.text, item.span.start);
        let before = document
            .text
            .get(begin..item.span.start)
            .unwrap_or_default();
        let dash = before.rfind('-').filter(|_| !flow);
        slots.push(Slot {
            part: Part::Item(item.span.start),
            start: item.span.start,
            end: item.span.end,
            line: item.span.line,
            column: dash.unwrap_or((item.span.column as usize).saturating_sub(if flow {
                1
            } else {
                3
            })),
        });
        slots_in(document, item, slots);
    }
    for (key, value) in node.entries() {
        slots.push(Slot {
            part: Part::Key(key.span.start),
            start: key.span.start,
            end: value.span.end.max(key.span.end),
            line: key.span.line,
            column: (key.span.column as usize).saturating_sub(1),
        });
        slots_in(document, value, slots);
    }
}
