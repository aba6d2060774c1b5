//! Estimates as data: every quantity with its derivation.

use super::{catalogue, number};
use crate::expression::FactId;
use crate::knowledge::{DefaultAnswer, KnowledgeBase};
use crate::reasoning::{FactTable, Origin};
use serde_json::{Value as Json, json};

/// One input of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Input {
    /// The requirement or quantity.
    pub id: FactId,
    /// Where its value comes from.
    pub origin: Origin,
}

/// Returns the inputs of a quantity that make its value, in the order in which its formula names them.
pub fn inputs(base: &KnowledgeBase, facts: &FactTable, id: FactId) -> Vec<Input> {
    let Some(quantity) = base.quantity(id) else {
        return Vec::new();
    };
    facts
        .used(&quantity.formula)
        .into_iter()
        .map(|id| Input {
            id,
            origin: facts.state(id).origin,
        })
        .collect()
}

/// Returns the requirements nobody gave that make the value of a quantity, through what it is computed from.
fn rests_on(base: &KnowledgeBase, facts: &FactTable, id: FactId) -> Vec<FactId> {
    let mut found = Vec::new();
    let mut todo = vec![id];
    let mut seen = Vec::new();
    while let Some(id) = todo.pop() {
        if seen.contains(&id) || facts.state(id).origin == Origin::Given {
            continue;
        }
        seen.push(id);
        let formula = match (base.quantity(id), base.requirement(id)) {
            (Some(quantity), _) => Some(&quantity.formula),
            (_, Some(requirement)) => match &requirement.default {
                DefaultAnswer::Formula(formula) => Some(formula),
                _ => None,
            },
            _ => None,
        };
        match formula {
            Some(formula) => todo.extend(facts.used(formula)),
            None => found.push(id),
        }
    }
    found.sort_unstable();
    found
}

/// Returns the list of `estimate --json`.
pub fn json(base: &KnowledgeBase, facts: &FactTable) -> Json {
    let entries = base.quantity_ids().map(|(id, quantity)| {
        let state = facts.state(id);
        let inputs: Vec<Json> = inputs(base, facts, id)
            .into_iter()
            .map(|input| {
                let (name, _, kind) = base.fact(input.id);
                let value = number::fact(kind, facts.state(input.id).value);
                json!({"id": name, "value": value, "unit": kind.unit(), "origin": input.origin.word()})
            })
            .collect();
        json!({
            "id": quantity.id, "name": quantity.name, "value": number::fact(&quantity.kind, state.value),
            "unit": quantity.kind.unit(), "formula": quantity.text, "inputs": inputs, "origin": state.origin.word(),
            "rests_on": rests_on(base, facts, id).into_iter().map(|id| base.fact(id).0).collect::<Vec<_>>(),
            "because": quantity.because, "source": catalogue::source_ids(base, &quantity.sources),
        })
    });
    entries.collect()
}
