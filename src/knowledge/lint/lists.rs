//! Names that a list has twice.

use super::Findings;
use crate::knowledge::KnowledgeBase;
use crate::problem::{Problem, shortened};
use crate::yaml::{Node, Value};
use std::collections::BTreeSet;

/// Lists whose items may be equal: numbers of a range.
const MAY_REPEAT: &[&str] = &["uncertain"];

pub(super) fn check(base: &KnowledgeBase, found: &mut Findings<'_>) {
    for decision in &base.decisions {
        let mut seen = BTreeSet::new();
        for (index, option) in decision.options.iter().enumerate() {
            if !seen.insert(*option) {
                let problem = Problem::error(format!(
                    "the option `{}` is there twice in `{}`",
                    base.pattern(*option).id,
                    decision.id
                ))
                .help("remove one of the two");
                let entry = format!("decision/{}", decision.id);
                found.add(&entry, &["options", &index.to_string()], problem);
            }
        }
    }
    for document in &found.loaded.documents {
        let options = document.root.get("decision").is_some();
        let mut repeated = Vec::new();
        walk(&document.root, "", &mut |key, item| {
            if !(options && key == "options") {
                repeated.push((
                    key.to_owned(),
                    item.span,
                    item.str().unwrap_or_default().to_owned(),
                ));
            }
        });
        for (key, span, text) in repeated {
            let problem = Problem::warning(format!(
                "`{}` is there twice in `{}`",
                shortened(&text),
                shortened(&key)
            ))
            .at(document.place(span))
            .help("remove one of the two");
            found.problems.push(problem);
        }
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
