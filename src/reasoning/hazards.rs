//! Hazards: what choices and the situation bring in, and what takes it away.

use super::facts::Reading;
use super::rank::Context;
use crate::knowledge::{HazardId, PatternId};

/// The least severity of a hazard that is severe: recommendations are revised for its sake, and one that stays open is
/// to be settled.
pub const SEVERE: u8 = 2;

/// A hazard that something opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HazardState {
    /// The hazard.
    pub id: HazardId,
    /// The patterns taken that bring it in.
    pub opened_by: Vec<PatternId>,
    /// Whether the situation itself brings it in.
    pub arises: bool,
    /// The patterns taken that take it away; empty while it is open.
    pub closed_by: Vec<PatternId>,
}

impl HazardState {
    /// Returns whether nothing takes it away.
    pub fn is_open(&self) -> bool {
        self.closed_by.is_empty()
    }
}

/// Returns the hazards that are brought in and matter here, in the order of the knowledge base.
pub fn hazards(context: &Context<'_>) -> Vec<HazardState> {
    let taken = context.all_taken();
    let mut found = Vec::new();
    for (index, hazard) in context.base.hazards.iter().enumerate() {
        let id = HazardId(index as u16);
        let matters = hazard.matters.as_ref();
        if matters.is_some_and(|matters| {
            context
                .truth(&matters.expression, Reading::Assume)
                .is_false()
        }) {
            continue;
        }
        let arises = hazard.arises.as_ref();
        let arises = arises
            .is_some_and(|arises| context.truth(&arises.expression, Reading::Assume).is_true());
        let of_taken = |does: &dyn Fn(PatternId) -> bool| -> Vec<PatternId> {
            taken.iter().copied().filter(|it| does(*it)).collect()
        };
        let opened_by = of_taken(&|pattern| context.base.pattern(pattern).opens.contains(&id));
        if opened_by.is_empty() && !arises {
            continue;
        }
        found.push(HazardState {
            id,
            opened_by,
            arises,
            closed_by: of_taken(&|pattern| context.closes(pattern, id)),
        });
    }
    found
}
