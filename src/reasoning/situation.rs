//! Answers as people write them, to a typed situation.

use super::Situation;
use crate::knowledge::{AnswerError, Case, KnowledgeBase};
use crate::problem::nearest;

impl Situation {
    /// Sets the answer to a requirement from its text; an empty text or `unknown` takes it back.
    ///
    /// # Errors
    /// Says what is wrong with the id or the text, and what would be right.
    pub fn answer(
        &mut self,
        base: &KnowledgeBase,
        id: &str,
        text: &str,
    ) -> Result<(), AnswerError> {
        let found = base.find_fact(id).and_then(|fact| {
            base.requirement(fact)
                .map(|requirement| (fact, requirement))
        });
        let Some((fact, requirement)) = found else {
            if base.find_fact(id).is_some() {
                return Err(AnswerError {
                    message: format!("`{id}` is computed and cannot be set"),
                    help: Some(format!(
                        "`archadvisor show {id}` names what it is computed from"
                    )),
                });
            }
            let help = nearest(id, base.requirements.iter().map(|entry| entry.id.as_str()));
            return Err(AnswerError {
                message: format!(
                    "there is no requirement `{}`",
                    crate::problem::printable(id)
                ),
                help: help.map(|near| format!("did you mean `{near}`?")),
            });
        };
        if text.trim().is_empty() || text.trim() == "unknown" {
            self.answers.remove(&fact);
            self.inferred.remove(&fact);
            return Ok(());
        }
        let answer = requirement.parse(text)?;
        self.answers.insert(fact, answer);
        self.inferred.remove(&fact);
        Ok(())
    }

    /// Sets the priority of an axis from a level's name or a number; an empty text takes it back.
    ///
    /// # Errors
    /// Says what is wrong with the axis or the level, and what would be right.
    pub fn prioritise(
        &mut self,
        base: &KnowledgeBase,
        axis: &str,
        text: &str,
    ) -> Result<(), AnswerError> {
        let Some(id) = base.find_axis(axis) else {
            let known = || base.axes.iter().map(|entry| entry.id.as_str());
            let help = nearest(axis, known()).map_or_else(
                || format!("one of: {}", known().collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!(
                "there is no quality axis `{}`",
                crate::problem::printable(axis)
            );
            return Err(AnswerError {
                message,
                help: Some(help),
            });
        };
        if text.trim().is_empty() {
            self.priorities.remove(&id);
            return Ok(());
        }
        let Some(level) = base.find_level(text) else {
            let names: Vec<&str> = base
                .priorities
                .iter()
                .map(|level| level.name.as_str())
                .collect();
            return Err(AnswerError {
                message: format!("`{}` is no priority", crate::problem::printable(text)),
                help: Some(format!(
                    "one of: {}, or a whole number from 0 to 100",
                    names.join(", ")
                )),
            });
        };
        self.priorities.insert(id, level);
        Ok(())
    }

    /// Returns the situation of a golden case.
    ///
    /// # Errors
    /// Returns the first answer that cannot be read; the loader has checked those of the base itself.
    pub fn of_case(base: &KnowledgeBase, case: &Case) -> Result<Self, AnswerError> {
        let mut situation = Self::default();
        for (id, text) in &case.requirements {
            situation.answer(base, id, text)?;
        }
        for (axis, text) in &case.priorities {
            situation.prioritise(base, axis, text)?;
        }
        situation.choices.extend(case.decisions.iter().cloned());
        Ok(situation)
    }
}
