//! YAML with places: every node knows where it stands in its file.
//!
//! [`parse`] reads text into a [`Document`] under [`Limits`] and reports every fault it can;
//! [`decode`] turns a node into a typed value and reports all type faults of it in one run.
//! The YAML accepted is the part that people write by hand: no anchors, aliases, tags, merge keys
//! or several documents in a file.

mod decode;
mod explain;
mod parse;
mod position;
mod scalar;
#[cfg(test)]
mod tests;

pub use decode::decode;
pub use parse::{parse, parse_bytes};
pub use scalar::double_quoted;

use crate::problem::{self, Place};

/// A range of a text, with the line and column of its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// Byte offset of the first character.
    pub start: usize,
    /// Byte offset just after the last character.
    pub end: usize,
    /// Line of the start, from 1.
    pub line: u32,
    /// Column of the start in characters, from 1.
    pub column: u32,
}

/// A YAML node and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// From the first to the last character of the node, quotes and brackets included, comments
    /// after it not. An empty value has an empty span after its `:` or `-`.
    pub span: Span,
    /// What it says.
    pub value: Value,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a `|` or `>` block.
    Block,
}

/// What a node says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing was written. (A written `null` or `~` is a scalar.)
    Null,
    /// A text, number, truth value or written null.
    Scalar {
        /// The text without quotes and escapes.
        text: String,
        /// How it was written.
        style: Style,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys with values in the order of the file. Keys are scalars, each there once.
    Mapping(Vec<(Node, Node)>),
}

/// A parsed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file as the person named it.
    pub file: String,
    /// The text that the spans point into (without a byte order mark).
    pub text: String,
    /// The node that the file consists of; [`Value::Null`] for a file without content.
    pub root: Node,
}

/// How much a document may ask for before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest text in bytes.
    pub bytes: usize,
    /// Deepest nesting of lists and mappings.
    pub depth: usize,
    /// Most nodes, keys included.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 8 * 1024 * 1024,
            depth: 64,
            nodes: 100_000,
        }
    }
}

impl Document {
    /// The place where a span starts.
    pub fn place(&self, span: Span) -> Place {
        let (excerpt, from) = problem::excerpt(&self.text, span.start, span.column as usize);
        Place {
            file: self.file.clone(),
            line: span.line,
            column: span.column,
            excerpt,
            from,
        }
    }

    /// The place of the character number `offset_chars` (from 0) of a scalar's text.
    ///
    /// Where escapes on several lines do not let it be told, it is the start of the scalar.
    pub fn place_in(&self, node: &Node, offset_chars: usize) -> Place {
        let source = self.source(node);
        let mut span = node.span;
        let Value::Scalar { text, style } = &node.value else {
            return self.place(span);
        };
        if source.contains(['\n', '\r']) {
            let offset = scalar::offset_on_lines(source, text, *style, offset_chars);
            let before = offset.and_then(|offset| source.get(..offset)).unwrap_or("");
            span.start += before.len();
            let mut characters = before.chars().peekable();
            while let Some(character) = characters.next() {
                let is_break = match character {
                    '\r' => characters.peek() != Some(&'\n'),
                    character => character == '\n',
                };
                if is_break {
                    span.line = span.line.saturating_add(1);
                    span.column = 1;
                } else {
                    span.column = span.column.saturating_add(1);
                }
            }
        } else {
            let shift = scalar::source_offset(source, text, *style, offset_chars);
            let shift = u32::try_from(shift).unwrap_or(u32::MAX);
            span.column = span.column.saturating_add(shift);
        }
        self.place(span)
    }

    /// The text of a node as it was written.
    pub fn source(&self, node: &Node) -> &str {
        self.text
            .get(node.span.start..node.span.end)
            .unwrap_or_default()
    }

    /// Whether a list or mapping was written in brackets or braces.
    pub fn is_flow(&self, node: &Node) -> bool {
        matches!(node.value, Value::Sequence(_) | Value::Mapping(_))
            && self.source(node).starts_with(['[', '{'])
    }
}

impl Node {
    /// The value of a key, when the node is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The key and the value of a key, when the node is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<(&Self, &Self)> {
        self.entries()
            .iter()
            .find(|(name, _)| name.str() == Some(key))
            .map(|(name, value)| (name, value))
    }

    /// The element number `index` (from 0) of a list.
    pub fn index(&self, index: usize) -> Option<&Self> {
        self.items().get(index)
    }

    /// The text of a scalar, as written but without quotes: `12k`, `true` and `0x10` stay so.
    pub fn str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Keys and values of a mapping; empty for anything else.
    pub fn entries(&self) -> &[(Self, Self)] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// Elements of a list; empty for anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Whether nothing was written, or a null was.
    pub fn is_null(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Scalar { text, style } => {
                *style == Style::Plain && scalar::resolve(text).is_null()
            }
            _ => false,
        }
    }

    /// The node as a typed value by the core schema of YAML 1.2: nulls, `true` and `false`,
    /// integers and floats; everything else, `yes` and `no` too, is text.
    pub fn to_serde(&self) -> serde_yaml::Value {
        match &self.value {
            Value::Null => serde_yaml::Value::Null,
            Value::Scalar { text, style } => match style {
                Style::Plain => scalar::resolve(text),
                Style::Quoted | Style::Block => serde_yaml::Value::String(text.clone()),
            },
            Value::Sequence(items) => {
                serde_yaml::Value::Sequence(items.iter().map(Self::to_serde).collect())
            }
            Value::Mapping(entries) => serde_yaml::Value::Mapping(
                entries
                    .iter()
                    .map(|(key, value)| {
                        let key = key.str().unwrap_or_default().to_owned();
                        (serde_yaml::Value::String(key), value.to_serde())
                    })
                    .collect(),
            ),
        }
    }
}
