//! Finding an input or a decision of any step by words of its name, id or question, or of what helps to answer it.

use super::model::Model;
use crate::knowledge::{DecisionId, FactId, FactKind};

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

    /// Returns what helps to answer an input: why it is asked, the note on it, and what may be answered.
    fn help(self, model: &Model) -> String {
        let entry = match self {
            Self::Input(fact) => model.base.requirement(fact),
            Self::Decision(_) => None,
        };
        entry.map_or(String::new(), |entry| {
            let note = entry.note.as_deref().unwrap_or_default();
            let answers: Vec<String> = match &entry.kind {
                FactKind::Choice { values, .. } => (values.iter())
                    .map(|choice| format!(" {}: {}.", choice.value, choice.means))
                    .collect(),
                _ => Vec::new(),
            };
            let answers = answers.concat();
            format!("{} {note}{answers}", entry.why)
                .trim_end()
                .to_owned()
        })
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

/// How well a place matches a search, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    /// The search is its id.
    Id,
    /// One of its texts has the words: which of them, and whether it does not begin with the search.
    Text(usize, bool),
    /// What helps to answer it has the words.
    Help,
}

/// Returns what a search finds: what has that id first; then by name, by id, by question, and by what helps to answer, each
/// in the order of the steps. A search for nothing lists all.
pub fn found(model: &Model, query: &str) -> Vec<Place> {
    let query = plain(query);
    let inputs = (model.base.requirement_ids()).map(|(id, _)| Place::Input(id));
    let decisions = model.base.decision_ids().map(Place::Decision);
    let mut found: Vec<(Grade, Option<usize>, Place)> = inputs
        .chain(decisions)
        .filter_map(|place| Some((grade(model, place, &query)?, place.step(model), place)))
        .collect();
    found.sort_by_key(|(grade, step, _)| (*grade, *step));
    found.into_iter().map(|(.., place)| place).collect()
}

/// Returns what has the words of a search where neither name, id nor question has them: a sentence of what helps to answer.
pub fn reason(model: &Model, place: Place, query: &str) -> Option<String> {
    let query = plain(query);
    if grade(model, place, &query)? != Grade::Help {
        return None;
    }
    let help = place.help(model);
    let has = |sentence: &&str| {
        let sentence = sentence.to_lowercase();
        let words = query.split(' ').filter(|word| sentence.contains(word));
        std::cmp::Reverse(words.count())
    };
    let best = help.split_inclusive(". ").min_by_key(has)?;
    Some(best.trim_end().to_owned())
}

fn grade(model: &Model, place: Place, query: &str) -> Option<Grade> {
    let texts = place.texts(model).map(str::to_lowercase);
    // An id may be typed with spaces, as it is read.
    let [_, id, _] = &texts;
    if *id == query.replace(' ', "_") || *id == query.replace(' ', "-") {
        return Some(Grade::Id);
    }
    let holds = |text: &String| query.split(' ').all(|word| text.contains(word));
    match texts.iter().position(holds) {
        Some(rank) => {
            let begins = (texts.get(rank)).is_some_and(|text| text.starts_with(query));
            Some(Grade::Text(rank, !begins))
        }
        None => holds(&place.help(model).to_lowercase()).then_some(Grade::Help),
    }
}

/// A search without differences that mean nothing.
fn plain(query: &str) -> String {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
