//! Finding an input or a decision of any step by words of its name, id or question.

use super::model::Model;
use crate::knowledge::{DecisionId, FactId};

/// Something that is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A requirement.
    Input(FactId),
    /// A decision.
    Decision(DecisionId),
}

impl Place {
    /// Returns its name, its id and its question.
    pub fn texts(self, model: &Model) -> [&str; 3] {
        match self {
            Self::Input(fact) => {
                let (id, name, _) = model.base.fact(fact);
                let question = model.base.requirement(fact);
                [name, id, question.map_or("", |entry| &entry.question)]
            }
            Self::Decision(id) => {
                let entry = model.base.decision(id);
                [&entry.name, entry.id.as_str(), &entry.question]
            }
        }
    }

    /// Returns the step it belongs to, from 0.
    pub fn step(self, model: &Model) -> Option<usize> {
        match self {
            Self::Input(fact) => {
                let group = &model.base.requirement(fact)?.group;
                let mut steps = model.base.steps.iter();
                steps.position(|step| step.groups.contains(group))
            }
            Self::Decision(id) => Some(model.base.decision(id).step.index()),
        }
    }
}

/// Returns what a search finds: by name, then by id, then by question, each in the order of the steps. A search for
/// nothing lists all.
pub fn found(model: &Model, query: &str) -> Vec<Place> {
    let query = query.trim().to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let inputs = (model.base.requirement_ids()).map(|(id, _)| Place::Input(id));
    let decisions = model.base.decision_ids().map(Place::Decision);
    let mut found: Vec<((usize, bool), Option<usize>, Place)> = inputs
        .chain(decisions)
        .filter_map(|place| {
            let texts = place.texts(model).map(str::to_lowercase);
            let holds = |text: &String| words.iter().all(|word| text.contains(word));
            let rank = texts.iter().position(holds)?;
            let begins = texts.get(rank).is_some_and(|text| text.starts_with(&query));
            Some(((rank, !begins), place.step(model), place))
        })
        .collect();
    found.sort_by_key(|(rank, step, _)| (*rank, *step));
    found.into_iter().map(|(.., place)| place).collect()
}
