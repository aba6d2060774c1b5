//! Decisions taken that the rest of the design leaves without a question, and accepted ones that no longer fit.

use super::super::facts::Reading;
use super::super::rank::{OptionAdvice, Tier, Verdict};
use super::super::{DecisionAdvice, DecisionState};
use super::{Change, Conflict, ConflictKind, Scene, Severity, WayOut};
use crate::knowledge::{DecisionId, PatternId, Pick};

/// How severe it is that a decision no longer fits.
const SEVERITY: Severity = Severity::Medium;

impl Scene<'_> {
    /// Decisions taken although their question does not arise, and accepted decisions that no longer fit.
    pub(super) fn misfits(&self, found: &mut Vec<Conflict>) {
        let moot: Vec<Conflict> = (self.decisions.iter())
            .filter_map(|advice| self.moot(advice))
            .collect();
        found.extend(moot);
        self.no_longer_fitting(found);
    }

    /// A decision in which something was chosen although its question does not arise: something else that was taken
    /// answers it, or the facts do.
    fn moot(&self, advice: &DecisionAdvice) -> Option<Conflict> {
        let decision = self.base().decision(advice.id);
        let when = decision.when.as_ref()?;
        let names = self.context.names(&advice.chosen).replace(" or ", ", ");
        if advice.chosen.is_empty() || self.arises(advice.id) {
            return None;
        }
        let certain = self.context.truth(&when.expression, Reading::Certain);
        let message = format!(
            "{names} is chosen for “{}”, a question that does not arise here: it does where {}.",
            decision.name, when.text
        );
        let id = format!("no-longer-fits/{}", decision.id);
        let severity = if certain.is_false() {
            SEVERITY
        } else {
            Severity::Low
        };
        let mut conflict = Conflict::new(id, ConflictKind::Misfit, severity, message);
        conflict.patterns.clone_from(&advice.chosen);
        conflict.requirements = (self.context.facts).given_behind(self.base(), &when.expression);
        conflict.ways_out.push(self.take_back(advice));
        let answering = when.expression.patterns();
        let answering = answering.filter(|pattern| self.context.is_taken(*pattern));
        for pattern in answering {
            let Some(elsewhere) = self.decision_of(pattern) else {
                continue;
            };
            // What makes the question arise need not be called for otherwise.
            let others = self.options_down_to(Tier::Discouraged, elsewhere, pattern);
            let ways = others
                .take(3)
                .map(|other| self.instead(elsewhere, pattern, other));
            conflict.ways_out.extend(ways);
        }
        let answers = conflict.requirements.iter().map(|fact| self.revisit(*fact));
        conflict.ways_out.extend(answers);
        Some(conflict)
    }

    /// Leaves a decision open again.
    pub(super) fn take_back(&self, advice: &DecisionAdvice) -> WayOut {
        WayOut {
            action: format!(
                "Take back the choice for “{}”",
                self.base().decision(advice.id).name
            ),
            effect: "it is asked again when it arises".to_owned(),
            change: Some(Change::Reopen(advice.id)),
        }
    }

    /// Accepted decisions that no longer fit, where no other finding against what was chosen says so already: one that
    /// is to be settled as well, or was accepted with a reason.
    fn no_longer_fitting(&self, found: &mut Vec<Conflict>) {
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
        let decision = self.base().decision(id);
        let own = format!("no-longer-fits/{}", decision.id);
        if found.iter().any(|other| is_told(other) || other.id == own) {
            return None;
        }
        let message = format!(
            "The accepted decision on “{}” no longer fits: {why}.",
            decision.name
        );
        let conflict = Conflict::new(own, ConflictKind::Misfit, SEVERITY, message);
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
