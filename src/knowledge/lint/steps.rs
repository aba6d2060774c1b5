//! What is counted and cannot be: steps and questions of the quick start, two with one number; steps of which a number is
//! missing.

use super::Findings;
use crate::knowledge::{KnowledgeBase, Step};
use crate::problem::Problem;
use std::collections::BTreeMap;

pub(super) fn check(base: &KnowledgeBase, found: &mut Findings<'_>) {
    steps(base, found);
    let mut asked: BTreeMap<u8, &str> = BTreeMap::new();
    for (_, requirement) in base.requirement_ids() {
        let Some(quick) = requirement.quick else {
            continue;
        };
        if let Some(other) = asked.insert(quick, &requirement.id) {
            let message = format!("`{other}` has the place {quick} in the quick start as well");
            let problem = Problem::error(message).help("give each a place of its own");
            found.tell(
                &format!("requirement/{}", requirement.id),
                &["quick"],
                problem,
            );
        }
    }
}

fn steps(base: &KnowledgeBase, found: &mut Findings<'_>) {
    // They are in the order of their numbers; that one is missing is told where the base is read.
    let mut before: Option<&Step> = None;
    for step in base.steps.iter().filter(|step| step.number > 0) {
        let number = step.number;
        let last = before.map_or(0, |before| before.number);
        let entry = format!("step/{}", step.id);
        match before {
            Some(before) if before.number == number => {
                let message = format!(
                    "the steps `{}` and `{}` both have the number {number}",
                    before.id, step.id
                );
                let problem = Problem::error(message).help("give each a number of its own");
                found.tell(&entry, &["number"], problem);
            }
            // What cannot be read may be the step that is missing.
            _ if number > last + 1 && !found.loaded.broken.may_hide("step") => {
                let missing = if number == last + 2 {
                    format!("no step has the number {}", last + 1)
                } else {
                    format!("no step has the numbers {} to {}", last + 1, number - 1)
                };
                let problem =
                    Problem::error(missing).help(format!("number this step {}", last + 1));
                found.tell(&entry, &["number"], problem);
            }
            _ => {}
        }
        before = Some(step);
    }
}
