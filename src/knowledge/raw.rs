//! The YAML form of the knowledge base, before names are resolved.
//!
//! Everything is optional here: what is missing is reported by [`super::compile`] together with everything else that is
//! wrong with an entry, not as the first error that stops the reading.

use super::entry::{AxisRelation, Basis, Confidence, Pick, Reversal, RuleKind, Verified};
use serde::Deserialize;
use std::collections::BTreeMap;

macro_rules! raw {
    ($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident : $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct $name { $($(#[$attribute])* pub(super) $field: $kind,)* }
    };
}

type Ids = Vec<String>;
type Scalars = BTreeMap<String, serde_yaml::Value>;

raw!(RawKb {
    format: Option<u32>,
    id: Option<String>,
    title: Option<String>,
    version: Option<String>,
    reviewed: Option<String>,
    licence: Option<String>,
    priorities: Vec<RawLevel>,
});
raw!(RawLevel { level: Option<u8>, name: Option<String>, });
raw!(RawAxis {
    axis: Option<String>,
    name: Option<String>,
    what: Option<String>,
    question: Option<String>,
    measures: Vec<String>,
    anchors: BTreeMap<String, String>,
    seed: Ids,
});
raw!(RawChoice { value: Option<String>, means: Option<String>, });
raw!(RawRequirement {
    requirement: Option<String>,
    name: Option<String>,
    group: Option<String>,
    #[serde(rename = "type")]
    kind: Option<RawKind>,
    unit: Option<String>,
    min: Option<f64>,
    max: Option<f64>,
    default: Option<serde_yaml::Value>,
    formula: Option<String>,
    uncertain: Option<Vec<f64>>,
    question: Option<String>,
    why: Option<String>,
    note: Option<String>,
    values: Vec<RawChoice>,
    order: bool,
    quick: Option<u8>,
    seed: Ids,
});

/// The type of a requirement or quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawKind {
    /// A number with a unit.
    Number,
    /// One of a list.
    Enum,
    /// Yes or no.
    Bool,
}

raw!(RawQuantity {
    quantity: Option<String>,
    name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<RawKind>,
    unit: Option<String>,
    formula: Option<String>,
    because: Option<String>,
    turns: BTreeMap<String, String>,
    figure: Option<String>,
    sources: Ids,
    seed: Ids,
});
raw!(RawHazard {
    hazard: Option<String>,
    name: Option<String>,
    axis: Option<String>,
    severity: Option<u8>,
    what: Option<String>,
    matters: Option<String>,
    arises: Option<String>,
    seed: Ids,
});
raw!(RawSource {
    source: Option<String>,
    title: Option<String>,
    authors: Vec<String>,
    year: Option<u16>,
    kind: Option<String>,
    #[serde(rename = "where")]
    place: Option<String>,
    url: Option<String>,
    note: Option<String>,
    accessed: Option<String>,
});
raw!(RawDecision {
    decision: Option<String>,
    name: Option<String>,
    question: Option<String>,
    step: Option<String>,
    order: Option<u32>,
    pick: Option<Pick>,
    core: bool,
    when: Option<String>,
    called_for: Option<String>,
    least_sufficient: bool,
    baseline: Option<String>,
    reversal: Option<Reversal>,
    options: Ids,
    seed: Ids,
});
raw!(RawClaim {
    id: Option<String>,
    value: Option<i8>,
    when: Option<String>,
    because: Option<String>,
    facet: Option<String>,
    basis: Option<Basis>,
    confidence: Option<Confidence>,
    sources: Ids,
    as_of: Option<String>,
});
raw!(RawLimit {
    id: Option<String>,
    when: Option<String>,
    because: Option<String>,
    sources: Ids,
    confidence: Option<Confidence>,
    as_of: Option<String>,
});
raw!(RawNorm { unless: Option<String>, because: Option<String>, sources: Ids, });

/// An example technology: a name, or a name with a status.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "serde_yaml::Value")]
pub(super) struct RawExample {
    pub(super) name: String,
    pub(super) status: Option<String>,
}

impl From<serde_yaml::Value> for RawExample {
    fn from(value: serde_yaml::Value) -> Self {
        let field = |key: &str| value.get(key).and_then(scalar_text);
        match scalar_text(&value) {
            Some(name) => Self { name, status: None },
            None => Self {
                name: field("name").unwrap_or_default(),
                status: field("status"),
            },
        }
    }
}

/// Writes a scalar as the person wrote it, as far as YAML keeps that.
pub(super) fn scalar_text(value: &serde_yaml::Value) -> Option<String> {
    match value {
        serde_yaml::Value::String(text) => Some(text.clone()),
        serde_yaml::Value::Bool(value) => Some(value.to_string()),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

raw!(RawPattern {
    pattern: Option<String>,
    name: Option<String>,
    aliases: Vec<String>,
    what: Option<String>,
    plain: Option<String>,
    use_when: Vec<String>,
    avoid_when: Vec<String>,
    step: Option<String>,
    category: Option<String>,
    complexity: Option<u8>,
    antipattern: bool,
    reference: bool,
    reviewed: Option<String>,
    sources: Ids,
    #[serde(rename = "use")]
    applies: Option<String>,
    driver: Option<String>,
    driver_because: Option<String>,
    norm: Option<RawNorm>,
    effects: BTreeMap<String, Vec<RawClaim>>,
    limits: Vec<RawLimit>,
    requires: Vec<Ids>,
    excludes: Ids,
    complements: Ids,
    alternatives: Ids,
    specialises: Ids,
    migrates_to: Ids,
    opens: Ids,
    closes: Ids,
    verify: Vec<String>,
    mistakes: Vec<String>,
    examples: Vec<RawExample>,
    seed: Ids,
});
raw!(RawRule {
    rule: Option<String>,
    kind: Option<RuleKind>,
    when: Option<String>,
    because: Option<String>,
    relax: Vec<String>,
    sources: Ids,
    seed: Ids,
});
raw!(RawImplied {
    implied: Option<String>,
    axis: Option<String>,
    level: Option<u8>,
    when: Option<String>,
    because: Option<String>,
});
raw!(RawTradeoff {
    tradeoff: Option<String>,
    name: Option<String>,
    axes: Ids,
    relation: Option<AxisRelation>,
    because: Option<String>,
    sides: Vec<RawSide>,
    decided_by: Vec<RawDecidedBy>,
    middle: Vec<RawAlternative>,
    reversal: Option<String>,
    decisions: Ids,
    sources: Ids,
    confidence: Option<Confidence>,
    seed: Ids,
});
raw!(RawSide { name: Option<String>, patterns: Ids, best: Option<String>, costs: Option<String>, });
raw!(RawDecidedBy { fact: Option<String>, because: Option<String>, });
raw!(RawAlternative { pattern: Option<String>, what: Option<String>, because: Option<String>, });
raw!(RawPrecedent {
    precedent: Option<String>,
    system: Option<String>,
    what: Option<String>,
    year: Option<u16>,
    facts: Scalars,
    derived: BTreeMap<String, String>,
    chose: BTreeMap<String, Ids>,
    practices: Ids,
    turned_down: Vec<RawAlternative>,
    gained: BTreeMap<String, String>,
    paid: BTreeMap<String, String>,
    lesson: Option<String>,
    differs: BTreeMap<String, String>,
    sources: Ids,
    verified: Option<Verified>,
    confidence: Option<Confidence>,
});
raw!(RawCheckItem { id: Option<String>, text: Option<String>, });
raw!(RawStep {
    step: Option<String>,
    number: Option<u8>,
    name: Option<String>,
    guidance: Option<String>,
    groups: Vec<String>,
    outcomes: Vec<String>,
    checks: Vec<String>,
    checklist: Vec<RawCheckItem>,
    seed: Ids,
});
raw!(RawRemark {
    #[serde(alias = "principle", alias = "fallacy", alias = "mistake", alias = "figure", alias = "reading")]
    id: Option<String>,
    what: Option<String>,
    #[serde(alias = "belief")]
    guide_says: Option<String>,
    #[serde(alias = "truth", alias = "noticed")]
    exact: Option<String>,
    verdict: Option<String>,
    #[serde(alias = "instead")]
    answered_by: Ids,
    check: Option<String>,
    source: Option<String>,
    sources: Ids,
    seed: Ids,
});
raw!(RawCase {
    case: Option<String>,
    name: Option<String>,
    requirements: Scalars,
    priorities: Scalars,
    expect: BTreeMap<String, Ids>,
    forbid: BTreeMap<String, Ids>,
    include: BTreeMap<String, Ids>,
    conflicts: Ids,
    seed: Ids,
});
raw!(RawWitness {
    decision: Option<String>,
    option: Option<String>,
    requirements: Scalars,
    priorities: Scalars,
    decisions: BTreeMap<String, Ids>,
});
raw!(RawGuide {
    guide: Option<String>,
    source: Option<String>,
    items: Option<u16>,
    of_the_program: BTreeMap<String, String>,
});
raw!(RawOverlay {
    overlay: Option<String>,
    title: Option<String>,
    extends: Option<String>,
    changes: Vec<RawChange>,
});
raw!(RawChange {
    set: Option<String>,
    to: Option<serde_yaml::Value>,
    disable: Option<String>,
    add_option: Option<RawAddOption>,
    because: Option<String>,
});
raw!(RawAddOption { decision: Option<String>, option: Option<String>, });
