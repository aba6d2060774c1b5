//! What the whole design does to each axis, as a label; sums over decisions would reward having many patterns.

use super::hazards::HazardState;
use super::rank::{ClaimRef, Context};
use crate::knowledge::AxisId;

/// The label of an axis, after the NFR framework's satisficed and denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AxisLabel {
    /// Strongly helped, not hurt.
    Made,
    /// Helped, not hurt.
    Helped,
    /// Helped and hurt.
    Contested,
    /// Neither.
    Untouched,
    /// Hurt, not helped.
    Hurt,
    /// Badly hurt, not helped.
    Broken,
}

impl AxisLabel {
    /// Returns the word used in files and on screens.
    pub fn word(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Helped => "helped",
            Self::Contested => "contested",
            Self::Untouched => "untouched",
            Self::Hurt => "hurt",
            Self::Broken => "broken",
        }
    }
}

/// What the whole design does to one axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisVerdict {
    /// The axis.
    pub axis: AxisId,
    /// The label.
    pub label: AxisLabel,
    /// Claims of taken patterns that help, strongest first, with the effect.
    pub helps: Vec<(ClaimRef, i8)>,
    /// Claims of taken patterns that hurt, strongest first, with the effect after closed hazards.
    pub hurts: Vec<(ClaimRef, i8)>,
}

/// Computes the verdicts. A harm whose hazards on that axis are all closed counts one step less.
pub fn verdicts(context: &Context<'_>, hazards: &[HazardState]) -> Vec<AxisVerdict> {
    let mut verdicts: Vec<AxisVerdict> = context
        .base
        .axis_ids()
        .map(|axis| AxisVerdict {
            axis,
            label: AxisLabel::Untouched,
            helps: Vec::new(),
            hurts: Vec::new(),
        })
        .collect();
    for pattern in context.all_taken() {
        let opens = &context.base.pattern(pattern).opens;
        for contribution in context.contributions(pattern) {
            let (Some(claim), Some(verdict)) = (
                contribution.claim,
                verdicts.get_mut(contribution.axis.index()),
            ) else {
                continue;
            };
            if contribution.effect > 0 {
                verdict.helps.push((claim, contribution.effect));
            } else if contribution.effect < 0 {
                let mut on_axis = (hazards.iter())
                    .filter(|state| {
                        opens.contains(&state.id)
                            && context.base.hazard(state.id).axis == contribution.axis
                    })
                    .peekable();
                let closed = on_axis.peek().is_some() && on_axis.all(|state| !state.is_open());
                let effect = if closed {
                    contribution.effect + 1
                } else {
                    contribution.effect
                };
                if effect < 0 {
                    verdict.hurts.push((claim, effect));
                }
            }
        }
    }
    for verdict in &mut verdicts {
        verdict
            .helps
            .sort_by_key(|(claim, effect)| (-effect, claim.pattern));
        verdict
            .hurts
            .sort_by_key(|(claim, effect)| (*effect, claim.pattern));
        let most = verdict.helps.first().map_or(0, |(_, effect)| *effect);
        let least = verdict.hurts.first().map_or(0, |(_, effect)| *effect);
        verdict.label = match (most, least) {
            (2.., 0..) => AxisLabel::Made,
            (1, 0..) => AxisLabel::Helped,
            (1.., _) => AxisLabel::Contested,
            (_, 0..) => AxisLabel::Untouched,
            (_, -1) => AxisLabel::Hurt,
            _ => AxisLabel::Broken,
        };
    }
    verdicts
}
