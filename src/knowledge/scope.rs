//! Conditions that are written outside the knowledge base and speak of what it defines.

use super::{FactKind, KnowledgeBase};
use crate::expression::{
    Expression, FactId, FactType, Fault, PatternId, Scope, Unit, compile_condition,
};
use crate::problem::nearest;

impl KnowledgeBase {
    /// Checks a condition over the requirements, quantities and patterns of this base.
    ///
    /// # Errors
    /// Returns every fault found, in the order of the text.
    pub fn condition(&self, text: &str) -> Result<Expression, Vec<Fault>> {
        compile_condition(text, self)
    }
}

impl Scope for KnowledgeBase {
    fn fact(&self, name: &str) -> Option<(FactId, FactType)> {
        let id = self.find_fact(name)?;
        let (_, _, kind) = self.fact(id);
        let kind = match kind {
            FactKind::Number { unit, .. } => FactType::Number(unit.dimension),
            FactKind::Bool => FactType::Bool,
            FactKind::Choice { values, .. } => FactType::Choice(
                values
                    .iter()
                    .map(|choice| choice.value.to_string())
                    .collect(),
            ),
        };
        Some((id, kind))
    }

    fn pattern(&self, name: &str) -> Option<PatternId> {
        self.find_pattern(name)
    }

    /// As in the answers of a design file, `write_rps > 5000` is in the unit of the fact.
    fn bare_unit(&self, fact: FactId) -> Option<Unit> {
        match self.fact(fact).2 {
            FactKind::Number { unit, .. } => Some(unit.clone()),
            _ => None,
        }
    }

    fn nearest_fact(&self, name: &str) -> Option<String> {
        let requirements = self.requirements.iter().map(|entry| entry.id.as_str());
        let quantities = self.quantities.iter().map(|entry| entry.id.as_str());
        nearest(name, requirements.chain(quantities)).map(str::to_owned)
    }

    fn nearest_pattern(&self, name: &str) -> Option<String> {
        nearest(name, self.patterns.iter().map(|entry| entry.id.as_str())).map(str::to_owned)
    }
}
