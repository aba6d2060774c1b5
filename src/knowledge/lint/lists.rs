//! Names that a list has twice.

use super::Findings;
use crate::problem::{Problem, shortened};
use crate::yaml::{Node, Value};
use std::collections::BTreeSet;

/// Lists whose items may be equal: numbers of a range.
const MAY_REPEAT: &[&str] = &["uncertain"];

pub(super) fn check(found: &mut Findings<'_>) {
    for document in &found.loaded.documents {
        let decision = document.root.get("decision").and_then(Node::str);
        let mut repeated = Vec::new();
        walk(&document.root, "", &mut |key, item| {
            let text = shortened(item.str().unwrap_or_default());
            let problem = match decision {
                Some(decision) if key == "options" => Problem::error(format!(
                    "the option `{text}` is there twice in `{}`",
                    shortened(decision)
                )),
                _ => Problem::warning(format!("`{text}` is there twice in `{}`", shortened(key))),
            };
            repeated.push(
                problem
                    .at(document.place(item.span))
                    .help("remove one of the two"),
            );
        });
        found.problems.extend(repeated);
    }
}

/// Calls for each text that a list has had before, with the key of the list.
fn walk(node: &Node, key: &str, repeated: &mut impl FnMut(&str, &Node)) {
    match &node.value {
        Value::Mapping(entries) => {
            for (name, value) in entries {
                walk(value, name.str().unwrap_or_default(), repeated);
            }
        }
        Value::Sequence(items) => {
            let mut seen = BTreeSet::new();
            for item in items {
                let named = match key {
                    "values" => item.get("value").unwrap_or(item),
                    "checklist" => item.get("id").unwrap_or(item),
                    "decided_by" => item.get("fact").unwrap_or(item),
                    _ => item,
                };
                let text = named.str().filter(|_| !MAY_REPEAT.contains(&key));
                if text.is_some_and(|text| !seen.insert(text)) {
                    repeated(key, named);
                }
                walk(item, key, repeated);
            }
        }
        Value::Null | Value::Scalar { .. } => {}
    }
}
