//! Precedents that contradict themselves.

use super::Findings;
use crate::knowledge::{KnowledgeBase, Precedent};
use crate::problem::Problem;

pub(super) fn check(base: &KnowledgeBase, found: &mut Findings<'_>) {
    for precedent in &base.precedents {
        let entry = format!("precedent/{}", precedent.id);
        practices(base, precedent, &entry, found);
        turned_down(base, precedent, &entry, found);
        for (fact, _) in &precedent.derived {
            if !precedent.facts.iter().any(|(other, _)| other == fact) {
                let id = base.fact(*fact).0;
                let problem =
                    Problem::warning(format!("`{id}` is derived, and no fact of this precedent"))
                        .help("write what was derived under `facts:`, or take this out");
                found.add(&entry, &["derived", id], problem);
            }
        }
        for (decision, _) in &precedent.differs {
            if !precedent.chose.iter().any(|(other, _)| other == decision) {
                let id = &base.decision(*decision).id;
                let message = format!("it differs on `{id}`, for which it names no choice");
                let problem = Problem::warning(message).help("write it under `chose:`");
                found.add(&entry, &["differs", id], problem);
            }
        }
    }
}

/// Options among the practices.
fn practices(base: &KnowledgeBase, precedent: &Precedent, entry: &str, found: &mut Findings<'_>) {
    for practice in &precedent.practices {
        if let Some(decision) = base.decisions_of(*practice).next() {
            let (id, decision) = (&base.pattern(*practice).id, &base.decision(decision).id);
            let problem = Problem::warning(format!("`{id}` is an option of `{decision}`"))
                .help(format!("write it under `chose:`, as `{decision}: [{id}]`"));
            found.add_item(entry, &["practices"], id, problem);
        }
    }
}

/// What was chosen and turned down as well.
fn turned_down(base: &KnowledgeBase, precedent: &Precedent, entry: &str, found: &mut Findings<'_>) {
    let chose = precedent.chose.iter().flat_map(|(_, options)| options);
    let taken: Vec<_> = chose.chain(&precedent.practices).collect();
    for (index, alternative) in precedent.turned_down.iter().enumerate() {
        let Some(pattern) = alternative.pattern.filter(|id| taken.contains(&id)) else {
            continue;
        };
        let id = &base.pattern(pattern).id;
        let problem = Problem::warning(format!("`{id}` is both chosen and turned down"))
            .help("say with `what:` which use of it was turned down");
        let path = ["turned_down", &index.to_string(), "pattern"];
        found.add(entry, &path, problem);
    }
}
