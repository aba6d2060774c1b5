//! Names that two entries of a kind bear: who asks by name would always get the first, and who reads one cannot tell
//! which.

use super::Findings;
use crate::knowledge::{KnowledgeBase, Text, fold};
use crate::problem::{Problem, shortened};
use std::collections::BTreeMap;

pub(super) fn check(base: &KnowledgeBase, found: &mut Findings<'_>) {
    patterns(base, found);
    let hazards = base.hazards.iter().map(|entry| (&entry.id, &entry.name));
    alike("hazard", hazards, found);
    let decisions = base.decisions.iter().map(|entry| (&entry.id, &entry.name));
    alike("decision", decisions, found);
    let asked = (base.requirements.iter()).map(|entry| (&entry.id, &entry.name));
    alike("requirement", asked, found);
}

/// Names that two entries of one kind bear.
fn alike<'b>(
    kind: &str,
    entries: impl Iterator<Item = (&'b Text, &'b Text)>,
    found: &mut Findings<'_>,
) {
    let mut names: BTreeMap<String, &Text> = BTreeMap::new();
    for (id, name) in entries {
        if let Some(other) = names.insert(fold(name), id) {
            let message = format!("`{other}` is called `{}` as well", shortened(name));
            let problem = Problem::error(message).help("give each a name of its own");
            found.tell(&format!("{kind}/{id}"), &["name"], problem);
        }
    }
}

fn patterns(base: &KnowledgeBase, found: &mut Findings<'_>) {
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
