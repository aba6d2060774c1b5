//! The order in which design files list answers and decisions: that of the process.

use crate::design::text::KeyOrder;
use crate::knowledge::KnowledgeBase;

/// Returns the order of the knowledge base.
pub(super) fn key_order(base: &KnowledgeBase) -> KeyOrder {
    KeyOrder {
        requirements: base
            .requirements
            .iter()
            .map(|entry| entry.id.to_string())
            .collect(),
        axes: base.axes.iter().map(|entry| entry.id.to_string()).collect(),
        decisions: base
            .decisions
            .iter()
            .map(|entry| entry.id.to_string())
            .collect(),
        steps: base
            .steps
            .iter()
            .map(|entry| entry.id.to_string())
            .collect(),
    }
}
