//! Tradeoffs of which the sides are not apart.

use super::Findings;
use crate::knowledge::{KnowledgeBase, PatternId};
use crate::problem::Problem;

pub(super) fn check(base: &KnowledgeBase, found: &mut Findings<'_>) {
    for tradeoff in &base.tradeoffs {
        let entry = format!("tradeoff/{}", tradeoff.id);
        for (index, side) in tradeoff.sides.iter().enumerate() {
            let earlier = tradeoff.sides[..index].iter();
            let before: Vec<PatternId> = earlier.flat_map(|side| side.patterns.clone()).collect();
            for pattern in side.patterns.iter().filter(|id| before.contains(id)) {
                let id = &base.pattern(*pattern).id;
                let problem = Problem::warning(format!("`{id}` stands on two sides"))
                    .help("keep it on the side that it takes, or make it a middle way");
                let path = ["sides", &index.to_string(), "patterns"];
                found.add_item(&entry, &path, id, problem);
            }
        }
    }
}
