//! The order in which design files list answers and decisions: that of the process.

use crate::design::text::KeyOrder;
use crate::knowledge::KnowledgeBase;

/// Returns the order of the knowledge base.
pub(super) fn key_order(base: &KnowledgeBase) -> KeyOrder {
    // Ids alone: no entry is decoded for them.
    let owned = |id: &str| id.to_owned();
    KeyOrder {
        requirements: base.requirements.ids().map(owned).collect(),
        axes: base.axes.ids().map(owned).collect(),
        decisions: base.decisions.ids().map(owned).collect(),
        steps: base.steps.ids().map(owned).collect(),
    }
}
