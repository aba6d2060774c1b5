//! Characters in texts that act on a terminal, reorder what stands around them or cannot be seen.

use super::Findings;
use crate::problem::{Problem, is_dangerous};
use crate::yaml::{Document, Node, Value};

pub(super) fn check(found: &mut Findings<'_>) {
    for document in &found.loaded.documents {
        let mut problems = Vec::new();
        walk(document, &document.root, &mut problems);
        found.problems.append(&mut problems);
    }
}

/// Reports each text with such a character, at the first of them.
fn walk(document: &Document, node: &Node, found: &mut Vec<Problem>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar { text, .. } => {
            let is_hidden = |character: char| is_dangerous(character) && character != '\n';
            let hidden = text.chars().enumerate().find(|(_, c)| is_hidden(*c));
            if let Some((offset, character)) = hidden {
                let message = format!(
                    "the character U+{:04X} in this text cannot be seen, or acts on a terminal",
                    u32::from(character)
                );
                let problem = Problem::error(message).at(document.place_in(node, offset));
                found.push(problem.help("take it out"));
            }
        }
        Value::Sequence(items) => {
            for item in items {
                walk(document, item, found);
            }
        }
        Value::Mapping(entries) => {
            for (key, value) in entries {
                walk(document, key, found);
                walk(document, value, found);
            }
        }
    }
}
