//! Steps that cannot be counted: two with one number, or a number that none has.

use super::Findings;
use crate::knowledge::{KnowledgeBase, Step};
use crate::problem::Problem;

pub(super) fn check(base: &KnowledgeBase, found: &mut Findings<'_>) {
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
