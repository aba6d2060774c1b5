//! The first screen: what the system is, the key decisions, the components.

use super::super::escape::{blocks, inline};
use super::super::{diagram, words};
use super::Page;
use crate::design::Status;
use crate::knowledge::{Condition, Pick, Reversal};
use crate::reasoning::{
    Conflict, DecisionAdvice, DecisionState, HazardState, OptionAdvice, SEVERE, Verdict,
};

impl Page<'_> {
    pub(super) fn opening(&mut self) {
        self.heading(1, &self.design.title, "Untitled design");
        for block in blocks(&self.design.context) {
            self.paragraph(&block);
        }
        let arising = || {
            self.advice
                .decisions
                .iter()
                .filter(|entry| entry.state != DecisionState::NotApplicable)
        };
        let taken = arising()
            .filter(|entry| entry.state == DecisionState::Chosen)
            .count();
        let mut summary = match (taken, arising().count()) {
            (0, all) => {
                format!("None of the {all} decisions is taken yet: what follows is recommended.")
            }
            (taken, all) if taken == all => format!("All {all} decisions are taken."),
            (taken, all) => format!(
                "{taken} of {all} decisions {}; the others are recommended.",
                if taken == 1 { "is taken" } else { "are taken" }
            ),
        };
        let open: Vec<&Conflict> = self.advice.open_conflicts().collect();
        if open.is_empty() {
            summary.push_str(" No conflict stands.");
        } else {
            let sign = if open.len() == 1 {
                "conflict stands"
            } else {
                "conflicts stand"
            };
            let counts = format!(
                " {} [{sign}](#conflicts): {}.",
                open.len(),
                words::tally(&open)
            );
            summary.push_str(&counts);
        }
        let waived = self.advice.conflicts.len() - open.len();
        if waived > 0 {
            summary.push_str(
                &format_args!(
                    " {waived} {} accepted.",
                    if waived == 1 { "is" } else { "are" }
                )
                .to_string(),
            );
        }
        self.paragraph(&summary);
    }

    /// Decisions for the first screen: those taken; of the rest those that are not cheap to change and belong to the
    /// short process, or arise because of what was answered; and those of which what is taken keeps away a severe hazard
    /// that an answer brings.
    pub(super) fn is_key(&self, entry: &DecisionAdvice) -> bool {
        let decision = self.base.decision(entry.id);
        let is_given = |condition: &Condition| {
            let facts = &self.advice.facts;
            !(facts.given_behind(self.base, &condition.expression)).is_empty()
        };
        let is_answered_for = decision.when.as_ref().is_some_and(is_given);
        let keeps_away = |hazard: &HazardState| {
            let entry = self.base.hazard(hazard.id);
            entry.severity >= SEVERE && hazard.arises && entry.arises.as_ref().is_some_and(is_given)
        };
        let guards = decision.pick == Pick::One
            && (self.advice.hazards.iter())
                .filter(|hazard| keeps_away(hazard))
                .any(|hazard| (hazard.closed_by.iter()).any(|id| entry.taken().contains(id)));
        let weighty = decision.reversal >= Reversal::Medium
            && (decision.core && decision.pick == Pick::One || is_answered_for);
        entry.state == DecisionState::Chosen
            || entry.state == DecisionState::Open
                && (weighty || guards)
                && !entry.taken().is_empty()
    }

    pub(super) fn key_decisions(&mut self) {
        let entries: Vec<&DecisionAdvice> = self
            .advice
            .decisions
            .iter()
            .filter(|entry| self.is_key(entry))
            .collect();
        if entries.is_empty() {
            return;
        }
        self.section(2, "Key decisions");
        let rows = entries
            .into_iter()
            .map(|entry| {
                let choice = self.patterns(entry.taken());
                let choice = if choice.is_empty() {
                    "nothing".to_owned()
                } else {
                    choice
                };
                let choice = if entry.state == DecisionState::Chosen {
                    format!("**{choice}**")
                } else {
                    choice
                };
                vec![
                    self.decision_link(entry.id),
                    choice,
                    self.standing(entry),
                    self.why(entry),
                ]
            })
            .collect::<Vec<_>>();
        self.table(&["Decision", "Choice", "Standing", "Because"], &rows);
    }

    /// Whether a decision is taken, and how firm it is.
    pub(super) fn standing(&self, entry: &DecisionAdvice) -> String {
        if entry.state != DecisionState::Chosen {
            let certainty = words::certainty(entry.certainty);
            return if self.base.decision(entry.id).pick == Pick::One {
                format!("recommended, {certainty}")
            } else {
                "recommended".into()
            };
        }
        let status = self
            .recorded(entry.id)
            .and_then(|decision| decision.status)
            .map_or("chosen", Status::word);
        if !entry.arises {
            return format!("{status}, {}", words::MOOT);
        }
        let against = entry
            .chosen
            .iter()
            .filter_map(|id| entry.option(*id))
            .map(|option| option.verdict)
            .max();
        match against {
            Some(verdict @ (Verdict::Discouraged | Verdict::RuledOut)) => {
                format!("{status}, but {}", words::verdict(verdict))
            }
            _ if self.base.decision(entry.id).pick == Pick::Many
                || entry.recommended.is_empty() =>
            {
                status.to_owned()
            }
            _ if entry.recommended == entry.chosen => {
                format!("{status}; advised, {}", words::certainty(entry.certainty))
            }
            _ => format!("{status}; another is advised"),
        }
    }

    pub(super) fn why(&self, entry: &DecisionAdvice) -> String {
        let own = self
            .recorded(entry.id)
            .map(|decision| decision.because.as_str())
            .filter(|text| !text.trim().is_empty());
        if let Some(own) = own.filter(|_| entry.state == DecisionState::Chosen) {
            return inline(own);
        }
        let first = entry.taken().first().and_then(|id| entry.option(*id));
        // Nobody gave a reason for what is not advised, and the advice has none to lend.
        let unadvised = |option: &&OptionAdvice| {
            entry.state == DecisionState::Chosen && !entry.recommended.contains(&option.pattern)
        };
        if let Some(option) = first.filter(unadvised) {
            let against = words::objection(self.base, entry, option);
            let against = match against.as_str() {
                "" => String::new(),
                against => format!("; against it: {against}"),
            };
            return inline(&format!("no reason was written{against}"));
        }
        first
            .map(|option| inline(&words::headline(self.base, self.advice, option)))
            .unwrap_or_default()
    }

    pub(super) fn components(&mut self) {
        self.section(2, "Components");
        let diagram = diagram::mermaid(self.base, self.advice);
        self.paragraph(&format!("```mermaid\n{diagram}\n```"));
    }
}
