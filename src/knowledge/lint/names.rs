//! Names that two patterns bear: who asks by name would always get the first.

use super::Findings;
use crate::knowledge::{KnowledgeBase, fold};
use crate::problem::{Problem, shortened};
use std::collections::BTreeMap;

pub(super) fn check(base: &KnowledgeBase, found: &mut Findings<'_>) {
    let ids: BTreeMap<String, &str> = (base.patterns.iter())
        .map(|pattern| (fold(&pattern.id), pattern.id.as_str()))
        .collect();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for pattern in &base.patterns {
        let name = fold(&pattern.name);
        let id = pattern.id.as_str();
        let named = names.get(&name).copied();
        let other = named.or_else(|| ids.get(&name).copied().filter(|other| *other != id));
        names.entry(name).or_insert(id);
        if let Some(other) = other {
            let message = format!("`{other}` is called `{}` as well", shortened(&pattern.name));
            let problem = Problem::error(message).help("give each a name of its own");
            found.tell(&format!("pattern/{id}"), &["name"], problem);
        }
    }
}
