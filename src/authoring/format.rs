//! The one layout of knowledge files.
//!
//! Keys stand in the order in which their type declares them, lists of ids in brackets, lists of sentences an item a line,
//! and texts without quotes where they need none, folded at [`WIDTH`] columns. What a file says and its comments stay.

use super::comments::{self, Comments, Part};
use super::scalar::{quoted, width, written};
use crate::knowledge::shape::{Field, Names, Shape};
use crate::knowledge::{SourceFile, file_kinds};
use crate::problem::Problem;
use crate::yaml::{self, Document, Limits, Node, Value};

/// Columns of a line.
pub(super) const WIDTH: usize = 100;
/// Columns by which each level is indented.
const STEP: usize = 2;

/// Returns the text of a knowledge file in the one layout. `axes` are the ids of the quality axes in their order, which
/// mappings from axes keep.
///
/// # Errors
/// The file is no YAML, or holds no kind of knowledge; or its layout cannot change without a change of what it says.
pub fn format(file: &SourceFile, axes: &[&str]) -> Result<String, Vec<Problem>> {
    let (document, problems) = yaml::parse_bytes(&file.path, &file.bytes, &Limits::default());
    let document = match document {
        // A key that is there twice would lose a value.
        Some(document) if problems.is_empty() => document,
        _ => return Err(problems),
    };
    let shape = shape_of(&document.root).ok_or_else(|| {
        let problem = Problem::error("this file holds no kind of knowledge");
        let names: Vec<String> = file_kinds()
            .iter()
            .map(|kind| format!("`{}`", kind.name))
            .collect();
        vec![problem.at(document.place(document.root.span)).help(format!(
            "a knowledge file has one of the keys {}",
            names.join(", ")
        ))]
    })?;
    let comments = Comments::of(&document);
    let mut layout = Layout {
        document: &document,
        comments: &comments,
        axes,
        text: String::new(),
    };
    layout.file(&shape);
    let text = layout.text;
    same(&document, &text)
        .map(|()| text)
        .map_err(|problem| vec![problem])
}

/// Returns an error unless a text says the same as a document.
fn same(document: &Document, text: &str) -> Result<(), Problem> {
    let (again, problems) = yaml::parse(&document.file, text.to_owned(), &Limits::default());
    let kept = again.filter(|_| problems.is_empty());
    if !kept
        .as_ref()
        .is_some_and(|kept| kept.root.to_serde() == document.root.to_serde())
    {
        return Err(Problem::error(
            "this file cannot be laid out anew without changing what it says",
        )
        .at(document.place(document.root.span))
        .help("nothing was written; please report the file"));
    }
    let before = comments::texts(document);
    let after = kept.as_ref().map(comments::texts).unwrap_or_default();
    if before == after {
        return Ok(());
    }
    let lost = before.iter().find(|comment| !after.contains(comment));
    let offset = lost
        .and_then(|comment| document.text.find(comment.as_str()))
        .unwrap_or(0);
    let before = document.text.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let mut span = document.root.span;
    (span.start, span.line) = (offset, u32::try_from(line).unwrap_or(u32::MAX));
    span.column = before.chars().rev().take_while(|c| *c != '\n').count() as u32 + 1;
    Err(Problem::error("the layout has no place for this comment")
        .at(document.place(span))
        .help("put it on a line of its own above a key"))
}

/// What a file may hold, by its keys; none when it holds no kind of knowledge.
fn shape_of(root: &Node) -> Option<Shape> {
    let kinds = file_kinds();
    if let Some(kind) = kinds
        .iter()
        .find(|kind| !kind.is_list && root.get(kind.name).is_some())
    {
        return Some(kind.shape.clone());
    }
    let lists = || kinds.iter().filter(|kind| kind.is_list);
    lists()
        .any(|kind| root.get(kind.name).is_some())
        .then(|| Shape::Fields {
            fields: lists()
                .map(|kind| Field {
                    name: kind.name,
                    aliases: &[],
                    about: kind.about.to_owned(),
                    needed: false,
                    shape: kind.shape.clone(),
                })
                .collect(),
            flow: false,
        })
}

struct Layout<'a> {
    document: &'a Document,
    comments: &'a Comments,
    axes: &'a [&'a str],
    text: String,
}

impl Layout<'_> {
    fn file(&mut self, shape: &Shape) {
        let comments = self.comments;
        for comment in &comments.head {
            self.line(0, comment);
        }
        if comments.head_stands_apart {
            self.text.push('\n');
        }
        let lists: Vec<&str> = (file_kinds()
            .iter()
            .filter(|kind| kind.is_list)
            .map(|kind| kind.name))
        .collect();
        let is_lists = shape
            .fields()
            .iter()
            .all(|field| lists.contains(&field.name));
        for (index, (key, value, shape)) in self
            .ordered(&self.document.root, Some(shape))
            .into_iter()
            .enumerate()
        {
            // Entries that are paragraphs stand apart, and so do lists of them.
            if index > 0 && is_lists {
                self.text.push('\n');
            }
            self.entry(key, value, shape, 0, true, is_lists);
        }
        for comment in &comments.foot {
            self.line(0, comment);
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        self.pad(indent);
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn pad(&mut self, indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
    }

    /// The entries of a mapping in the order of its shape, each with its own shape; what the shape does not know comes
    /// last.
    fn ordered<'n, 's>(
        &self,
        node: &'n Node,
        shape: Option<&'s Shape>,
    ) -> Vec<(&'n Node, &'n Node, Option<&'s Shape>)> {
        let place = |name: &str| match shape {
            Some(Shape::Map {
                keys: Some(Names::Axes),
                ..
            }) => self.axes.iter().position(|axis| *axis == name),
            Some(Shape::Map { .. }) | None => Some(0),
            Some(shape) => (shape.fields().iter())
                .position(|field| field.name == name || field.aliases.contains(&name)),
        };
        let mut entries: Vec<_> = (node.entries().iter())
            .map(|(key, value)| {
                let place = place(key.str().unwrap_or_default());
                let shape = match shape {
                    Some(Shape::Map { value, .. }) => Some(&**value),
                    Some(shape) => place
                        .and_then(|place| shape.fields().get(place))
                        .map(|field| &field.shape),
                    None => None,
                };
                (place.unwrap_or(usize::MAX), (key, value, shape))
            })
            .collect();
        entries.sort_by_key(|(place, _)| *place);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn mapping(&mut self, node: &Node, shape: Option<&Shape>, indent: usize) {
        for (index, (key, value, shape)) in self.ordered(node, shape).into_iter().enumerate() {
            // The first key of an item stands behind its dash.
            self.entry(
                key,
                value,
                shape,
                indent,
                index > 0 || self.text.ends_with('\n'),
                false,
            );
        }
    }

    fn entry(
        &mut self,
        key: &Node,
        value: &Node,
        shape: Option<&Shape>,
        indent: usize,
        own_line: bool,
        apart: bool,
    ) {
        let notes = self.comments.notes(Part::Key(key.span.start));
        if own_line {
            for comment in &notes.before {
                self.line(indent, comment);
            }
            self.pad(indent);
        }
        let name = key.str().unwrap_or_default();
        let is_plain = !self.document.source(key).starts_with(['"', '\'', '|', '>']);
        let name = if is_plain {
            name.to_owned()
        } else {
            quoted(name, false)
        };
        self.text.push_str(&name);
        self.text.push(':');
        self.value(
            value,
            shape,
            indent,
            indent + width(&name) + 1,
            &notes.beside,
            apart,
        );
        for comment in &notes.after {
            self.line(indent, comment);
        }
    }

    /// Writes a value behind its key or dash, which is `indent` columns in; `used` columns of the line are taken.
    fn value(
        &mut self,
        node: &Node,
        shape: Option<&Shape>,
        indent: usize,
        used: usize,
        beside: &[String],
        apart: bool,
    ) {
        let inner = indent + STEP;
        let is_expression = matches!(shape, Some(Shape::Condition | Shape::Formula));
        let (head, lines) = match &node.value {
            Value::Null => (String::new(), String::new()),
            Value::Scalar { text, style } => {
                let scalar = written(
                    text,
                    *style,
                    self.document.source(node),
                    inner,
                    used,
                    is_expression,
                );
                (scalar.head, scalar.lines)
            }
            Value::Sequence(_) | Value::Mapping(_) => (
                self.on_the_line(node, shape, used).unwrap_or_default(),
                String::new(),
            ),
        };
        let is_block = head.is_empty() && !matches!(node.value, Value::Null);
        let comment = beside.join(" ");
        for part in [&head, &comment] {
            if !part.is_empty() {
                self.text.push(' ');
                self.text.push_str(part);
            }
        }
        self.text.push('\n');
        self.text.push_str(&lines);
        if is_block && matches!(node.value, Value::Sequence(_)) {
            self.sequence(node, shape, inner, apart);
        } else if is_block {
            self.mapping(node, shape, inner);
        }
    }

    fn sequence(&mut self, node: &Node, shape: Option<&Shape>, indent: usize, apart: bool) {
        let shape = match shape {
            Some(Shape::List { item, .. }) => Some(&**item),
            _ => None,
        };
        for (index, item) in node.items().iter().enumerate() {
            let notes = self.comments.notes(Part::Item(item.span.start));
            if apart && index > 0 {
                self.text.push('\n');
            }
            let on_the_line = self.on_the_line(item, shape, indent + 1);
            let is_block = on_the_line.is_none()
                && matches!(item.value, Value::Sequence(_) | Value::Mapping(_));
            // The first list of a list stands behind both dashes.
            if index > 0 || self.text.ends_with('\n') {
                for comment in &notes.before {
                    self.line(indent, comment);
                }
                if is_block {
                    // Nothing can stand between the dash and the first key.
                    let first = self
                        .ordered(item, shape)
                        .first()
                        .map(|(key, ..)| Part::Key(key.span.start));
                    let first = first.map(|first| self.comments.notes(first).before);
                    for comment in notes.beside.iter().chain(first.iter().flatten()) {
                        self.line(indent, comment);
                    }
                }
                self.pad(indent);
            }
            self.text.push('-');
            if is_block {
                self.text.push(' ');
                if matches!(item.value, Value::Mapping(_)) {
                    self.mapping(item, shape, indent + STEP);
                } else {
                    self.sequence(item, shape, indent + STEP, false);
                }
            } else {
                self.value(item, shape, indent, indent + 1, &notes.beside, false);
            }
            for comment in &notes.after {
                self.line(indent, comment);
            }
        }
    }

    /// A list or mapping in brackets or braces, where it belongs there and fits.
    fn on_the_line(&self, node: &Node, shape: Option<&Shape>, used: usize) -> Option<String> {
        let flow = match (&node.value, shape) {
            (Value::Sequence(items), _) if items.is_empty() => return Some("[]".to_owned()),
            (Value::Mapping(entries), _) if entries.is_empty() => return Some("{}".to_owned()),
            (Value::Sequence(_), Some(Shape::List { flow, .. })) => *flow,
            (Value::Mapping(_), Some(Shape::Fields { flow, .. })) => *flow,
            (Value::Mapping(_), Some(_)) => false,
            _ => self.document.is_flow(node),
        };
        if !flow || self.comments.is_within(node) {
            return None;
        }
        let line = self.in_brackets(node, shape)?;
        (used + 1 + width(&line) <= WIDTH).then_some(line)
    }

    fn in_brackets(&self, node: &Node, shape: Option<&Shape>) -> Option<String> {
        match &node.value {
            Value::Null => None,
            Value::Scalar { text, .. } if node.to_serde().is_string() => {
                // Brackets full of quotes are harder to read than a line for each.
                Some(quoted(text, true)).filter(|written| written == text)
            }
            Value::Scalar { .. } => Some(self.document.source(node).to_owned()),
            Value::Sequence(items) => {
                let shape = match shape {
                    Some(Shape::List { item, .. }) => Some(&**item),
                    _ => None,
                };
                let items: Option<Vec<String>> = items
                    .iter()
                    .map(|item| self.in_brackets(item, shape))
                    .collect();
                Some(format!("[{}]", items?.join(", ")))
            }
            Value::Mapping(_) => {
                let entries: Option<Vec<String>> = (self.ordered(node, shape).into_iter())
                    .map(|(key, value, shape)| {
                        Some(format!(
                            "{}: {}",
                            quoted(key.str()?, true),
                            self.in_brackets(value, shape)?
                        ))
                    })
                    .collect();
                Some(format!("{{{}}}", entries?.join(", ")))
            }
        }
    }
}
