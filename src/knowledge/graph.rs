//! The knowledge as a graph: what helps an axis and what hurts it, what needs a pattern and what it rules out.

use super::{AxisId, DecisionId, FactId, HazardId, KnowledgeBase, Lazy, PatternId, SourceId};
use crate::expression::Expression;
use serde::{Deserialize, Serialize};

/// A node: one entry of the knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NodeRef {
    /// A quality axis.
    Axis(AxisId),
    /// A decision.
    Decision(DecisionId),
    /// A requirement or quantity.
    Fact(FactId),
    /// A hazard.
    Hazard(HazardId),
    /// A pattern.
    Pattern(PatternId),
    /// A source.
    Source(SourceId),
}

/// How one entry relates to another; the direction reads as a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EdgeKind {
    /// A decision offers a pattern.
    Offers,
    /// A pattern affects an axis in its unconditional case, −2…+2.
    Affects(i8),
    /// A pattern affects an axis so in some conditional case.
    MayAffect(i8),
    /// A pattern requires another (one of a group, numbered).
    Requires(u8),
    /// A pattern rules another out.
    Excludes,
    /// A pattern goes well with another.
    Complements,
    /// A pattern solves the same problem as another.
    AlternativeTo,
    /// A pattern is a special form of another.
    Specialises,
    /// One goes from a pattern to another.
    MigratesTo,
    /// A pattern brings a hazard in.
    Opens,
    /// A pattern takes a hazard away.
    Closes,
    /// A hazard threatens an axis.
    Threatens,
    /// A condition or formula reads a fact.
    DependsOn,
    /// An entry cites a source.
    Cites,
}

/// An edge as seen from one of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edge {
    /// The relation.
    pub kind: EdgeKind,
    /// The other end.
    pub other: NodeRef,
}

/// All relations, indexed from both ends.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Graph {
    offsets: [usize; 7],
    forward: Lazy<Adjacency>,
    backward: Lazy<Adjacency>,
}

/// The edges of every node.
type Adjacency = Vec<Lazy<Vec<Edge>>>;

/// The edges of every node, each once, in order.
fn adjacency(nodes: usize, list: impl Iterator<Item = (usize, Edge)>) -> Adjacency {
    let mut edges = vec![Vec::new(); nodes];
    for (from, edge) in list {
        edges[from].push(edge);
    }
    edges
        .into_iter()
        .map(|mut edges| {
            edges.sort_unstable();
            edges.dedup();
            Lazy::from(edges)
        })
        .collect()
}

impl Graph {
    pub(super) fn build(base: &KnowledgeBase) -> Self {
        let sizes = [
            base.axes.len(),
            base.decisions.len(),
            base.fact_count(),
            base.hazards.len(),
            base.patterns.len(),
            base.sources.len(),
        ];
        let mut offsets = [0; 7];
        for (index, size) in sizes.iter().enumerate() {
            offsets[index + 1] = offsets[index] + size;
        }
        let mut edges: Vec<(NodeRef, EdgeKind, NodeRef)> = Vec::new();
        for id in base.decision_ids() {
            let (decision, from) = (base.decision(id), NodeRef::Decision(id));
            edges.extend(
                decision
                    .options
                    .iter()
                    .map(|option| (from, EdgeKind::Offers, NodeRef::Pattern(*option))),
            );
            for condition in decision.when.iter().chain(&decision.called_for) {
                reads(from, &condition.expression, &mut edges);
            }
        }
        for (id, requirement) in base.requirement_ids() {
            if let super::DefaultAnswer::Formula(formula) = &requirement.default {
                reads(NodeRef::Fact(id), formula, &mut edges);
            }
        }
        for (id, quantity) in base.quantity_ids() {
            reads(NodeRef::Fact(id), &quantity.formula, &mut edges);
            cites(NodeRef::Fact(id), &quantity.sources, &mut edges);
        }
        for (index, hazard) in base.hazards.iter().enumerate() {
            let from = NodeRef::Hazard(HazardId(index as u16));
            edges.push((from, EdgeKind::Threatens, NodeRef::Axis(hazard.axis)));
            for condition in hazard.matters.iter().chain(&hazard.arises) {
                reads(from, &condition.expression, &mut edges);
            }
        }
        for id in base.pattern_ids() {
            pattern_edges(base, id, &mut edges);
        }
        let position = |node: NodeRef| position(&offsets, node);
        let nodes = offsets[6];
        let forward = edges
            .iter()
            .map(|&(from, kind, other)| (position(from), Edge { kind, other }));
        let backward = edges
            .iter()
            .map(|&(other, kind, to)| (position(to), Edge { kind, other }));
        Self {
            forward: Lazy::from(adjacency(nodes, forward)),
            backward: Lazy::from(adjacency(nodes, backward)),
            offsets,
        }
    }

    /// Returns the edges that start at a node.
    pub fn out(&self, node: NodeRef) -> &[Edge] {
        of(&self.forward, position(&self.offsets, node))
    }

    /// Returns the edges that end at a node, seen from there.
    pub fn into(&self, node: NodeRef) -> &[Edge] {
        of(&self.backward, position(&self.offsets, node))
    }

    /// Returns the number of nodes.
    pub fn node_count(&self) -> usize {
        self.offsets[6]
    }

    /// Returns the number of edges.
    pub fn edge_count(&self) -> usize {
        self.forward.iter().map(|edges| edges.len()).sum()
    }

    /// Returns the patterns that affect an axis, with their strongest effect in the given direction (+1 or −1):
    /// strongest first, an unconditional effect before a conditional one, then by id.
    pub fn affecting(&self, axis: AxisId, direction: i8) -> Vec<(PatternId, i8)> {
        let mut found: Vec<(PatternId, i8, bool)> = Vec::new();
        for edge in self.into(NodeRef::Axis(axis)) {
            let NodeRef::Pattern(pattern) = edge.other else {
                continue;
            };
            let (value, always) = match edge.kind {
                EdgeKind::Affects(value) => (value, true),
                EdgeKind::MayAffect(value) => (value, false),
                _ => continue,
            };
            if value.signum() != direction.signum() {
                continue;
            }
            match found.iter_mut().find(|(id, ..)| *id == pattern) {
                Some(entry) if (value.abs(), always) > (entry.1.abs(), entry.2) => {
                    *entry = (pattern, value, always);
                }
                Some(_) => {}
                None => found.push((pattern, value, always)),
            }
        }
        found.sort_by_key(|(pattern, value, always)| (-value.abs(), !always, *pattern));
        found
            .into_iter()
            .map(|(pattern, value, _)| (pattern, value))
            .collect()
    }
}

fn of(edges: &[Lazy<Vec<Edge>>], node: usize) -> &[Edge] {
    edges.get(node).map_or(&[], |edges| edges.as_slice())
}

fn position(offsets: &[usize; 7], node: NodeRef) -> usize {
    match node {
        NodeRef::Axis(id) => offsets[0] + id.index(),
        NodeRef::Decision(id) => offsets[1] + id.index(),
        NodeRef::Fact(id) => offsets[2] + id.index(),
        NodeRef::Hazard(id) => offsets[3] + id.index(),
        NodeRef::Pattern(id) => offsets[4] + id.index(),
        NodeRef::Source(id) => offsets[5] + id.index(),
    }
}

type Edges = Vec<(NodeRef, EdgeKind, NodeRef)>;

fn reads(from: NodeRef, expression: &Expression, edges: &mut Edges) {
    edges.extend(
        expression
            .facts()
            .into_iter()
            .map(|fact| (from, EdgeKind::DependsOn, NodeRef::Fact(fact))),
    );
    edges.extend(
        expression
            .patterns()
            .map(|pattern| (from, EdgeKind::DependsOn, NodeRef::Pattern(pattern))),
    );
}

fn cites(from: NodeRef, sources: &[SourceId], edges: &mut Edges) {
    edges.extend(
        sources
            .iter()
            .map(|source| (from, EdgeKind::Cites, NodeRef::Source(*source))),
    );
}

fn pattern_edges(base: &KnowledgeBase, id: PatternId, edges: &mut Edges) {
    let (pattern, from) = (base.pattern(id), NodeRef::Pattern(id));
    cites(from, &pattern.sources, edges);
    for effect in &pattern.effects {
        for claim in &effect.cases {
            let kind = if claim.when.is_none() {
                EdgeKind::Affects(claim.value)
            } else {
                EdgeKind::MayAffect(claim.value)
            };
            edges.push((from, kind, NodeRef::Axis(effect.axis)));
            cites(from, &claim.support.sources, edges);
            if let Some(condition) = &claim.when {
                reads(from, &condition.expression, edges);
            }
        }
    }
    for limit in &pattern.limits {
        cites(from, &limit.sources, edges);
    }
    if let Some(norm) = &pattern.norm {
        cites(from, &norm.sources, edges);
    }
    let conditions = (pattern.limits.iter().map(|limit| &limit.when))
        .chain(pattern.driver.iter().map(|driver| &driver.when))
        .chain(pattern.norm.iter().map(|norm| &norm.unless))
        .chain(pattern.applies.as_deref());
    for condition in conditions {
        reads(from, &condition.expression, edges);
    }
    for (index, group) in pattern.requires.iter().enumerate() {
        edges.extend(group.iter().map(|other| {
            (
                from,
                EdgeKind::Requires(index as u8),
                NodeRef::Pattern(*other),
            )
        }));
    }
    let relations = [
        (EdgeKind::Excludes, &pattern.excludes),
        (EdgeKind::Complements, &pattern.complements),
        (EdgeKind::AlternativeTo, &pattern.alternatives),
        (EdgeKind::Specialises, &pattern.specialises),
        (EdgeKind::MigratesTo, &pattern.migrates_to),
    ];
    for (kind, others) in relations {
        edges.extend(
            others
                .iter()
                .map(|other| (from, kind, NodeRef::Pattern(*other))),
        );
    }
    edges.extend(
        pattern
            .opens
            .iter()
            .map(|hazard| (from, EdgeKind::Opens, NodeRef::Hazard(*hazard))),
    );
    edges.extend(
        pattern
            .closes
            .iter()
            .map(|hazard| (from, EdgeKind::Closes, NodeRef::Hazard(*hazard))),
    );
}
