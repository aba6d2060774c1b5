//! The graph answers from both ends.

use archadvisor::builtin;
use archadvisor::knowledge::{EdgeKind, NodeRef};

#[test]
fn every_relation_is_found_from_both_ends() {
    let base = builtin::knowledge();
    let graph = base.graph();
    assert!(graph.edge_count() > 3_000, "{}", graph.edge_count());
    let nodes = (base.pattern_ids().map(NodeRef::Pattern))
        .chain(base.decision_ids().map(NodeRef::Decision))
        .chain(base.axis_ids().map(NodeRef::Axis));
    for node in nodes {
        for edge in graph.out(node) {
            assert!(
                graph
                    .into(edge.other)
                    .iter()
                    .any(|back| back.other == node && back.kind == edge.kind),
                "{node:?} {edge:?} is not seen from the other end"
            );
        }
    }
}

#[test]
fn an_axis_knows_what_helps_and_what_hurts_it_strongest_first() {
    let base = builtin::knowledge();
    let axis = base.find_axis("consistency").unwrap();
    let ids = |direction: i8| -> Vec<(String, i8)> {
        base.graph()
            .affecting(axis, direction)
            .into_iter()
            .map(|(id, value)| (base.pattern(id).id.to_string(), value))
            .collect()
    };
    let (helpers, harmers) = (ids(1), ids(-1));
    assert!(
        helpers
            .iter()
            .any(|(id, value)| id == "strong-consistency" && *value == 2),
        "{helpers:?}"
    );
    assert!(
        harmers
            .iter()
            .any(|(id, value)| id == "multi-leader" && *value == -2),
        "{harmers:?}"
    );
    for list in [&helpers, &harmers] {
        assert!(
            list.windows(2)
                .all(|pair| pair[0].1.abs() >= pair[1].1.abs()),
            "{list:?}"
        );
    }
}

#[test]
fn a_pattern_knows_what_needs_it_and_what_it_rules_out() {
    let base = builtin::knowledge();
    let node = |id: &str| NodeRef::Pattern(base.find_pattern(id).unwrap());
    let needed_by = base
        .graph()
        .into(node("timeouts"))
        .iter()
        .filter(|edge| matches!(edge.kind, EdgeKind::Requires(_)))
        .count();
    assert!(needed_by > 0);
    let excluded: Vec<_> = base
        .graph()
        .out(node("microservices"))
        .iter()
        .filter(|edge| edge.kind == EdgeKind::Excludes)
        .collect();
    assert_eq!(excluded.len(), 1);
    assert_eq!(excluded[0].other, node("shared-database"));
}
