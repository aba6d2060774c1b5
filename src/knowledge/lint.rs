//! Warnings about a sound base: what is allowed, but probably not meant.

use super::{EdgeKind, KnowledgeBase, Loaded, NodeRef, Pick};
use crate::problem::Problem;

/// Returns warnings: hazards that nothing closes or nothing opens, patterns that can never be recommended, sources that
/// nothing cites, options without an effect.
pub fn lint(base: &KnowledgeBase, loaded: &Loaded) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut warn = |key: String, message: String, help: &str| {
        let mut problem = Problem::warning(message).help(help);
        if let Some(place) = loaded.places.get(&key) {
            problem = problem.at(place.clone());
        }
        found.push(problem);
    };
    let graph = base.graph();
    for (index, hazard) in base.hazards.iter().enumerate() {
        let node = NodeRef::Hazard(super::HazardId(index as u16));
        let has = |kind: EdgeKind| graph.into(node).iter().any(|edge| edge.kind == kind);
        if !has(EdgeKind::Closes) {
            warn(
                format!("hazard/{}", hazard.id),
                format!("nothing closes the hazard `{}`", hazard.id),
                "name it under `closes` of a pattern",
            );
        }
        if hazard.arises.is_none() && !has(EdgeKind::Opens) {
            warn(
                format!("hazard/{}", hazard.id),
                format!("nothing opens the hazard `{}`", hazard.id),
                "name it under `opens` of a pattern, or give it `arises`",
            );
        }
    }
    for id in base.pattern_ids() {
        let pattern = base.pattern(id);
        let incoming = graph.into(NodeRef::Pattern(id));
        let offered = incoming.iter().any(|edge| edge.kind == EdgeKind::Offers);
        let pulled_in = incoming
            .iter()
            .any(|edge| matches!(edge.kind, EdgeKind::Requires(_)))
            || pattern
                .closes
                .iter()
                .any(|hazard| base.hazard(*hazard).severity == 2);
        if !offered && !pulled_in && pattern.applies.is_none() && !pattern.reference {
            warn(
                format!("pattern/{}", pattern.id),
                format!("the pattern `{}` can never be recommended", pattern.id),
                "give it `use:`, offer it in a decision, or mark it `reference: true`",
            );
        }
        if pattern.effects.is_empty() && !pattern.reference {
            warn(
                format!("pattern/{}", pattern.id),
                format!("the pattern `{}` affects no axis", pattern.id),
                "state what it helps and what it costs",
            );
        }
    }
    for decision in &base.decisions {
        if decision.pick == Pick::One && decision.baseline.is_none() {
            warn(
                format!("decision/{}", decision.id),
                format!("the decision `{}` has no baseline", decision.id),
                "name the option that the anchors compare with",
            );
        }
    }
    for (index, source) in base.sources.iter().enumerate() {
        let node = NodeRef::Source(super::SourceId(index as u16));
        let cited = !graph.into(node).is_empty()
            || base
                .rules
                .iter()
                .any(|rule| rule.sources.iter().any(|id| id.index() == index))
            || base
                .remarks
                .iter()
                .any(|remark| remark.sources.iter().any(|id| id.index() == index));
        if !cited {
            warn(
                format!("source/{}", source.id),
                format!("nothing cites the source `{}`", source.id),
                "cite it, or remove it",
            );
        }
    }
    found.sort_by(|left, right| {
        let key = |problem: &Problem| {
            problem
                .place
                .as_ref()
                .map(|place| (place.file.clone(), place.line))
        };
        key(left).cmp(&key(right))
    });
    found
}
