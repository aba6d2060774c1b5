//! Entries of the knowledge base as data for programs.

use super::number;
use crate::knowledge::{
    Claim, Component, DecisionId, DefaultAnswer, FactId, FactKind, HazardId, KnowledgeBase,
    NodeRef, PatternId, Pick, Reversal, RuleKind, SourceId, StepId, Text,
};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// A case of an effect.
#[derive(Debug, Clone, Serialize)]
pub struct Case<'a> {
    /// −2…+2.
    pub value: i8,
    /// The condition as written; none for the case that holds otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<&'a str>,
    /// The mechanism.
    pub because: &'a str,
    /// The side of the axis that prevails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facet: Option<&'a str>,
    /// What it rests on.
    pub basis: Json,
    /// How sure it is.
    pub confidence: Json,
    /// Ids of its sources.
    pub sources: Vec<&'a str>,
}

/// What a pattern does to one axis: the case that holds otherwise, and the special ones, the first that holds first.
#[derive(Debug, Clone, Serialize)]
pub struct EffectEntry<'a> {
    /// What holds when no special case does.
    #[serde(flatten)]
    pub otherwise: Case<'a>,
    /// The special cases.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<Case<'a>>,
}

/// A pattern.
#[derive(Debug, Clone, Serialize)]
pub struct PatternEntry<'a> {
    /// Stable id.
    pub id: &'a str,
    /// Name for people.
    pub name: &'a str,
    /// Other names.
    pub aliases: Vec<&'a str>,
    /// Its category.
    pub category: &'a str,
    /// The component of the diagram it belongs to, where it is not that of its decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<Component>,
    /// Number of the step it belongs to.
    pub step: u8,
    /// One sentence.
    pub summary: &'a str,
    /// The same for readers without a technical background.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plain: Option<&'a str>,
    /// When to use it.
    pub use_when: Vec<&'a str>,
    /// When not to, and what instead.
    pub avoid_when: Vec<&'a str>,
    /// How to verify that it works.
    pub verify: Vec<&'a str>,
    /// Common mistakes in applying it.
    pub mistakes: Vec<&'a str>,
    /// Moving parts, 0…5.
    pub complexity: u8,
    /// Kept to be argued against.
    pub antipattern: bool,
    /// A concept to read about.
    pub reference: bool,
    /// Decisions of which it is an option.
    pub decisions: Vec<&'a str>,
    /// Effects by axis id, in axis order.
    pub effects: Map<String, Json>,
    /// What rules it out, calls for it and speaks against it.
    pub conditions: Map<String, Json>,
    /// Ids of related patterns by kind of relation; `requires` is a list of groups of which one member is needed.
    pub relations: Map<String, Json>,
    /// Products and libraries.
    pub examples: Vec<&'a str>,
    /// Ids of its sources.
    pub sources: Vec<&'a str>,
}

fn word<T: Serialize>(value: T) -> Json {
    serde_json::to_value(value).unwrap_or(Json::Null)
}

/// Returns the ids of sources.
pub fn source_ids<'a>(base: &'a KnowledgeBase, ids: &[SourceId]) -> Vec<&'a str> {
    ids.iter().map(|id| base.source(*id).id.as_str()).collect()
}

/// Returns the ids of patterns.
pub fn pattern_ids<'a>(base: &'a KnowledgeBase, ids: &[PatternId]) -> Vec<&'a str> {
    ids.iter().map(|id| base.pattern(*id).id.as_str()).collect()
}

fn hazard_ids<'a>(base: &'a KnowledgeBase, ids: &[HazardId]) -> Vec<&'a str> {
    ids.iter().map(|id| base.hazard(*id).id.as_str()).collect()
}

fn case<'a>(base: &'a KnowledgeBase, claim: &'a Claim) -> Case<'a> {
    Case {
        value: claim.value,
        when: claim.when.as_ref().map(|condition| condition.text.as_str()),
        because: &claim.support.because,
        facet: claim.support.facet.as_deref(),
        basis: word(claim.basis),
        confidence: word(claim.confidence),
        sources: source_ids(base, &claim.support.sources),
    }
}

/// Returns a pattern as data.
pub fn pattern(base: &KnowledgeBase, id: PatternId) -> PatternEntry<'_> {
    let pattern = base.pattern(id);
    let mut effects = Map::new();
    for effect in &pattern.effects {
        if let Some((last, special)) = effect.cases.split_last() {
            let cases = special.iter().map(|claim| case(base, claim)).collect();
            effects.insert(
                base.axis(effect.axis).id.to_string(),
                word(EffectEntry {
                    otherwise: case(base, last),
                    cases,
                }),
            );
        }
    }
    let mut conditions = Map::new();
    if let Some(applies) = &pattern.applies {
        conditions.insert("applies".into(), json!({"when": applies.text}));
    }
    if let Some(driver) = &pattern.driver {
        conditions.insert(
            "driver".into(),
            json!({"when": driver.when.text, "because": driver.because}),
        );
    }
    if let Some(norm) = &pattern.norm {
        let sources = source_ids(base, &norm.sources);
        conditions.insert(
            "norm".into(),
            json!({"unless": norm.unless.text, "because": norm.because, "sources": sources}),
        );
    }
    let limit = |limit: &crate::knowledge::Limit| {
        json!({"id": limit.id, "when": limit.when.text, "because": limit.because, "confidence": limit.confidence,
            "sources": source_ids(base, &limit.sources)})
    };
    if !pattern.limits.is_empty() {
        conditions.insert("limits".into(), pattern.limits.iter().map(limit).collect());
    }
    let mut relations = Map::new();
    if !pattern.requires.is_empty() {
        let groups = pattern
            .requires
            .iter()
            .map(|group| pattern_ids(base, group))
            .collect::<Vec<_>>();
        relations.insert("requires".into(), word(groups));
    }
    let named = [
        ("excludes", &pattern.excludes),
        ("complements", &pattern.complements),
        ("alternatives", &pattern.alternatives),
        ("specialises", &pattern.specialises),
        ("migrates_to", &pattern.migrates_to),
    ];
    for (name, ids) in named.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        relations.insert(name.into(), word(pattern_ids(base, ids)));
    }
    for (name, ids) in [("opens", &pattern.opens), ("closes", &pattern.closes)] {
        if !ids.is_empty() {
            relations.insert(name.into(), word(hazard_ids(base, ids)));
        }
    }
    if !pattern.closes_when.is_empty() {
        let conditions = pattern.closes_when.iter();
        let conditions =
            conditions.map(|(id, when)| (base.hazard(*id).id.to_string(), json!(when.text)));
        relations.insert("closes_when".into(), Json::Object(conditions.collect()));
    }
    PatternEntry {
        id: &pattern.id,
        name: &pattern.name,
        aliases: pattern.aliases.iter().map(Text::as_str).collect(),
        category: &pattern.category,
        component: pattern.component,
        step: base.step(pattern.step).number,
        summary: &pattern.what,
        plain: pattern.guidance.plain.as_deref(),
        use_when: texts(&pattern.guidance.use_when),
        avoid_when: texts(&pattern.guidance.avoid_when),
        verify: texts(&pattern.guidance.verify),
        mistakes: texts(&pattern.guidance.mistakes),
        complexity: pattern.complexity,
        antipattern: pattern.antipattern,
        reference: pattern.reference,
        decisions: base
            .decisions_of(id)
            .map(|id| base.decision(id).id.as_str())
            .collect(),
        effects,
        conditions,
        relations,
        examples: pattern
            .examples
            .iter()
            .map(|example| example.name.as_str())
            .collect(),
        sources: source_ids(base, &pattern.sources),
    }
}

/// Returns a decision as data.
pub fn decision(base: &KnowledgeBase, id: DecisionId) -> Json {
    let decision = base.decision(id);
    json!({
        "id": decision.id, "name": decision.name, "question": decision.question,
        "step": base.step(decision.step).number, "pick": pick(decision.pick), "core": decision.core,
        "when": decision.when.as_ref().map(|condition| &condition.text),
        "called_for": decision.called_for.as_ref().map(|condition| &condition.text),
        "least_sufficient": decision.least_sufficient,
        "baseline": decision.baseline.map(|id| &base.pattern(id).id),
        "reversal": reversal(decision.reversal), "component": decision.component,
        "options": pattern_ids(base, &decision.options),
    })
}

/// Returns the word for how many options may be chosen.
pub fn pick(pick: Pick) -> &'static str {
    match pick {
        Pick::One => "one",
        Pick::Many => "many",
    }
}

/// Returns the word for what it costs to change a decision.
pub fn reversal(reversal: Reversal) -> &'static str {
    match reversal {
        Reversal::Low => "low",
        Reversal::Medium => "medium",
        Reversal::High => "high",
    }
}

/// Returns a requirement or quantity as data.
pub fn fact(base: &KnowledgeBase, id: FactId) -> Json {
    if let Some(requirement) = base.requirement(id) {
        let default = match &requirement.default {
            DefaultAnswer::Number(number) => match &requirement.kind {
                FactKind::Number { unit, .. } => number::json(unit.value_of(*number)),
                _ => Json::Null,
            },
            DefaultAnswer::Bool(value) => Json::Bool(*value),
            DefaultAnswer::Choice(index) => match &requirement.kind {
                FactKind::Choice { values, .. } => {
                    word(values.get(usize::from(*index)).map(|choice| &choice.value))
                }
                _ => Json::Null,
            },
            DefaultAnswer::Formula(_) | DefaultAnswer::Unknown => Json::Null,
        };
        return json!({
            "id": requirement.id, "name": requirement.name, "group": requirement.group,
            "type": type_word(&requirement.kind), "unit": requirement.kind.unit(), "values": values(&requirement.kind),
            "default": default, "formula": requirement.formula, "question": requirement.question,
            "why": requirement.why, "note": requirement.note, "read_by": readers(base, id),
        });
    }
    let Some(quantity) = base.quantity(id) else {
        return Json::Null;
    };
    json!({
        "id": quantity.id, "name": quantity.name, "type": type_word(&quantity.kind), "unit": quantity.kind.unit(),
        "formula": quantity.text, "because": quantity.because,
        "inputs": quantity.formula.facts().iter().map(|id| base.fact(*id).0).collect::<Vec<_>>(),
        "sources": source_ids(base, &quantity.sources), "read_by": readers(base, id),
    })
}

fn type_word(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::Number { .. } => "number",
        FactKind::Bool => "bool",
        FactKind::Choice { .. } => "choice",
    }
}

fn values(kind: &FactKind) -> Json {
    match kind {
        FactKind::Choice { values, .. } => values
            .iter()
            .map(|choice| json!({"value": choice.value, "means": choice.means}))
            .collect(),
        _ => Json::Null,
    }
}

/// Returns what reads a fact: `kind/id`, each once.
pub fn readers(base: &KnowledgeBase, id: FactId) -> Vec<String> {
    let mut found: Vec<String> = base
        .graph()
        .into(NodeRef::Fact(id))
        .iter()
        .map(|edge| node_name(base, edge.other))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Returns `kind/id` of an entry.
pub fn node_name(base: &KnowledgeBase, node: NodeRef) -> String {
    match node {
        NodeRef::Axis(id) => format!("axis/{}", base.axis(id).id),
        NodeRef::Decision(id) => format!("decision/{}", base.decision(id).id),
        NodeRef::Fact(id) if base.requirement(id).is_some() => {
            format!("requirement/{}", base.fact(id).0)
        }
        NodeRef::Fact(id) => format!("quantity/{}", base.fact(id).0),
        NodeRef::Hazard(id) => format!("hazard/{}", base.hazard(id).id),
        NodeRef::Pattern(id) => format!("pattern/{}", base.pattern(id).id),
        NodeRef::Source(id) => format!("source/{}", base.source(id).id),
    }
}

/// Returns a hazard as data.
pub fn hazard(base: &KnowledgeBase, id: HazardId) -> Json {
    let hazard = base.hazard(id);
    let with = |list: fn(&crate::knowledge::Pattern) -> &Vec<HazardId>| -> Vec<&str> {
        base.patterns
            .iter()
            .filter(|pattern| list(pattern).contains(&id))
            .map(|pattern| pattern.id.as_str())
            .collect()
    };
    json!({
        "id": hazard.id, "name": hazard.name, "axis": base.axis(hazard.axis).id, "severity": hazard.severity,
        "what": hazard.what,
        "matters": hazard.matters.as_ref().map(|condition| &condition.text),
        "arises": hazard.arises.as_ref().map(|condition| &condition.text),
        "opened_by": with(|pattern| &pattern.opens), "closed_by": with(|pattern| &pattern.closes),
    })
}

/// Returns a source as data.
pub fn source(base: &KnowledgeBase, id: SourceId) -> Json {
    let source = base.source(id);
    let mut cited: Vec<String> = base
        .graph()
        .into(NodeRef::Source(id))
        .iter()
        .map(|edge| node_name(base, edge.other))
        .collect();
    cited.sort();
    cited.dedup();
    json!({
        "id": source.id, "title": source.title, "authors": source.authors, "year": source.year, "kind": source.kind,
        "place": source.place, "url": source.url, "note": source.note, "cited_by": cited,
    })
}

/// Returns a step as data.
pub fn step(base: &KnowledgeBase, id: StepId) -> Json {
    let step = base.step(id);
    let decisions: Vec<&str> = base
        .decisions
        .iter()
        .filter(|decision| decision.step == id)
        .map(|decision| decision.id.as_str())
        .collect();
    json!({
        "id": step.id, "number": step.number, "name": step.name, "guidance": step.guidance, "groups": step.groups,
        "decisions": decisions, "outcomes": step.outcomes, "checks": step.checks,
        "checklist": step.checklist.iter().map(|item| json!({"id": item.id, "text": item.text})).collect::<Vec<_>>(),
    })
}

/// Returns an axis as data.
pub fn axis(base: &KnowledgeBase, id: crate::knowledge::AxisId) -> Json {
    let axis = base.axis(id);
    let anchors: Map<String, Json> = axis
        .anchors
        .iter()
        .map(|(value, text)| (format!("{value:+}"), Json::from(text.as_str())))
        .collect();
    let side = |direction: i8| -> Vec<&str> {
        base.graph()
            .affecting(id, direction)
            .into_iter()
            .map(|(pattern, _)| base.pattern(pattern).id.as_str())
            .collect()
    };
    json!({
        "id": axis.id, "name": axis.name, "what": axis.what, "question": axis.question, "measures": axis.measures,
        "anchors": anchors, "helped_by": side(1), "hurt_by": side(-1),
    })
}

/// Returns the word for how bad it is that a rule holds.
pub fn rule_kind(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Costly => "costly",
        RuleKind::Inconsistent => "inconsistent",
        RuleKind::Impossible => "impossible",
    }
}

fn texts(list: &[crate::knowledge::Text]) -> Vec<&str> {
    list.iter().map(crate::knowledge::Text::as_str).collect()
}
