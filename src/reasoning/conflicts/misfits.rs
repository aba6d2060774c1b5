//! Accepted decisions that no longer fit.

use super::super::rank::{OptionAdvice, Verdict};
use super::super::{DecisionAdvice, DecisionState};
use super::{Conflict, ConflictKind, Scene, Severity};
use crate::knowledge::{DecisionId, PatternId, Pick};

/// How severe it is that a decision no longer fits.
const SEVERITY: Severity = Severity::Medium;

impl Scene<'_> {
    /// Accepted decisions that no longer fit, where no other finding against what was chosen says so already: one that
    /// is to be settled as well, or was accepted with a reason.
    pub(super) fn misfits(&self, found: &mut Vec<Conflict>) {
        let accepted = self.situation.accepted.iter();
        let told: Vec<Conflict> = accepted.filter_map(|id| self.misfit(*id, found)).collect();
        found.extend(told);
    }

    fn misfit(&self, id: DecisionId, found: &[Conflict]) -> Option<Conflict> {
        let advice = self.decisions.get(id.index())?;
        if advice.state != DecisionState::Chosen {
            return None;
        }
        let (chosen, why) = (self.spoken_against(advice)).or_else(|| self.outdone(advice))?;
        let is_told = |other: &Conflict| {
            speaks_against(other, chosen)
                && (other.severity >= SEVERITY || self.situation.waivers.contains_key(&other.id))
        };
        if found.iter().any(is_told) {
            return None;
        }
        let decision = self.base().decision(id);
        let message = format!(
            "The accepted decision on “{}” no longer fits: {why}.",
            decision.name
        );
        let conflict = Conflict::new(
            format!("no-longer-fits/{}", decision.id),
            ConflictKind::Misfit,
            SEVERITY,
            message,
        );
        Some(self.leave(Some(advice), chosen, conflict))
    }

    /// A choice that is ruled out or discouraged, and why.
    fn spoken_against(&self, advice: &DecisionAdvice) -> Option<(PatternId, String)> {
        advice.chosen.iter().find_map(|id| {
            let option: &OptionAdvice = advice.option(*id)?;
            let verdict = match option.verdict {
                Verdict::RuledOut => "ruled out",
                Verdict::Discouraged => "discouraged",
                Verdict::Recommended | Verdict::Viable => return None,
            };
            let why = option
                .reasons
                .first()
                .map(|reason| format!(": {}", reason.because.trim_end_matches('.')))
                .unwrap_or_default();
            Some((*id, format!("{} is {verdict} here{why}", self.name(*id))))
        })
    }

    /// A choice that another option clearly outdoes, and how. A lead that nearby priorities turn round is no reason to
    /// reopen what was decided.
    fn outdone(&self, advice: &DecisionAdvice) -> Option<(PatternId, String)> {
        if self.base().decision(advice.id).pick != Pick::One {
            return None;
        }
        let (chosen, leader) = (*advice.chosen.first()?, *advice.recommended.first()?);
        let (ours, theirs) = (advice.option(chosen)?, advice.option(leader)?);
        let leads = chosen != leader
            && advice.share.0 * 10 >= advice.share.1 * 9
            && (theirs.tier < ours.tier || theirs.tier == ours.tier && theirs.score > ours.score);
        let why = || {
            format!(
                "{} clearly leads with {} points against {} for {}",
                self.name(leader),
                theirs.score,
                ours.score,
                self.name(chosen)
            )
        };
        leads.then(|| (chosen, why()))
    }
}

/// Whether a finding tells already that a pattern should not have been chosen.
fn speaks_against(conflict: &Conflict, pattern: PatternId) -> bool {
    let is_about_choices = match conflict.kind {
        ConflictKind::Limit
        | ConflictKind::Norm
        | ConflictKind::Prerequisite
        | ConflictKind::Exclusion
        | ConflictKind::Complexity => true,
        ConflictKind::Target => conflict.id.starts_with("need/"),
        _ => false,
    };
    is_about_choices && conflict.patterns.first() == Some(&pattern)
}
