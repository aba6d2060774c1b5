//! Estimates as data: every quantity with its derivation.

use super::{catalogue, number};
use crate::expression::{Expression, FactId};
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

/// Returns the formula that gives a fact its value, with its text: of a quantity, or of a requirement that nobody gave and
/// that others imply.
pub fn formula<'a>(
    base: &'a KnowledgeBase,
    facts: &FactTable,
    id: FactId,
) -> Option<(&'a Expression, &'a str)> {
    if let Some(quantity) = base.quantity(id) {
        return Some((&quantity.formula, &quantity.text));
    }
    let requirement = base.requirement(id)?;
    match (&requirement.default, &requirement.formula) {
        (DefaultAnswer::Formula(formula), Some(text))
            if facts.state(id).origin == Origin::Derived =>
        {
            Some((formula, text))
        }
        _ => None,
    }
}

/// Returns all quantities in their order, each after the requirements that are derived to compute it, so that no step of a
/// derivation is hidden.
pub fn derivations(base: &KnowledgeBase, facts: &FactTable) -> Vec<FactId> {
    let mut found = Vec::new();
    for (id, _) in base.quantity_ids() {
        derive(base, facts, id, &mut found);
    }
    found
}

fn derive(base: &KnowledgeBase, facts: &FactTable, id: FactId, found: &mut Vec<FactId>) {
    let Some((formula, _)) = formula(base, facts, id).filter(|_| !found.contains(&id)) else {
        return;
    };
    for input in facts.used(formula) {
        if base.requirement(input).is_some() {
            derive(base, facts, input, found);
        }
    }
    found.push(id);
}

/// Returns the inputs that make the value of a fact, in the order in which its formula names them.
pub fn inputs(base: &KnowledgeBase, facts: &FactTable, id: FactId) -> Vec<Input> {
    let Some((formula, _)) = formula(base, facts, id) else {
        return Vec::new();
    };
    facts
        .used(formula)
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
        if seen.contains(&id) || facts.state(id).origin.is_said() {
            continue;
        }
        seen.push(id);
        match formula(base, facts, id) {
            Some((formula, _)) => todo.extend(facts.used(formula)),
            None => found.push(id),
        }
    }
    found.sort_unstable();
    found
}

/// Returns the list of `estimate --json`.
pub fn json(base: &KnowledgeBase, facts: &FactTable) -> Json {
    let entries = derivations(base, facts).into_iter().map(|id| {
        let state = facts.state(id);
        let inputs: Vec<Json> = inputs(base, facts, id)
            .into_iter()
            .map(|input| {
                let (name, _, kind) = base.fact(input.id);
                let value = number::fact(kind, facts.state(input.id).value);
                json!({"id": name, "value": value, "unit": kind.unit(), "origin": input.origin.word()})
            })
            .collect();
        let (name, label, kind) = base.fact(id);
        let (because, sources) = match (base.quantity(id), base.requirement(id)) {
            (Some(quantity), _) => (quantity.because.as_str(), quantity.sources.as_slice()),
            (None, requirement) => (requirement.map_or("", |entry| entry.why.as_str()), [].as_slice()),
        };
        json!({
            "id": name, "name": label, "kind": if base.quantity(id).is_some() { "quantity" } else { "requirement" },
            "value": number::fact(kind, state.value),
            "unit": kind.unit(), "formula": formula(base, facts, id).map(|(_, text)| text), "inputs": inputs,
            "origin": state.origin.word(),
            "rests_on": rests_on(base, facts, id).into_iter().map(|id| base.fact(id).0).collect::<Vec<_>>(),
            "because": because, "source": catalogue::source_ids(base, sources),
        })
    });
    entries.collect()
}
