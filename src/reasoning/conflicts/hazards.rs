//! Hazards that nothing closes, and those that only what is recommended would close.

use super::super::DecisionState;
use super::super::facts::FactTable;
use super::super::hazards::{HazardState, SEVERE};
use super::super::process::Frame;
use super::super::rank::{OptionAdvice, Reason, ReasonKind, Tier};
use super::{Change, Conflict, ConflictKind, Scene, Severity, WayOut, caveat};
use crate::knowledge::{FactId, HazardId, PatternId, Pick};

impl Scene<'_> {
    /// Hazards that matter and are open, or will stay so unless a recommendation is taken.
    pub(super) fn hazards(&self, found: &mut Vec<Conflict>) {
        for state in self.hazards {
            let hazard = self.base().hazard(state.id);
            let points = i32::from(hazard.severity) * self.weight(hazard.axis);
            if points == 0 || !state.is_open() && !self.is_left_to_advice(state) {
                continue;
            }
            let least = if hazard.severity >= SEVERE {
                Severity::Medium
            } else {
                Severity::Low
            };
            let (severity, end) = if state.is_open() {
                let severity = Severity::from_points(points).max(least);
                (severity, "and nothing closes it".to_owned())
            } else {
                let closers = self.context.names(&state.closed_by);
                let end = format!(
                    "and nothing that was chosen closes it; {closers}, as recommended, would"
                );
                (least, end)
            };
            let message = format!("{} {}, {end}.", hazard.what, self.openers(state));
            let id = format!("hazard/{}", hazard.id);
            let mut conflict = Conflict::new(id, ConflictKind::Hazard, severity, message);
            conflict.axes.push(hazard.axis);
            conflict.patterns.clone_from(&state.opened_by);
            conflict.hazard = Some(state.id);
            conflict.ways_out = if state.is_open() {
                let mut ways = self.closers(state.id);
                if !ways
                    .iter()
                    .any(|way| matches!(way.change, Some(Change::Add(_) | Change::Choose(..))))
                {
                    ways.splice(..0, self.answers_that_open(state));
                }
                ways.truncate(4);
                ways
            } else {
                state.closed_by.iter().map(|id| self.add(*id)).collect()
            };
            if let Some(opener) = self.only_opener(state) {
                conflict.ways_out.push(self.drop(opener));
            }
            found.push(conflict);
        }
    }

    /// Whether only recommendations that were not taken close a hazard, and this is to be told: at once of a severe one
    /// that the user's own choice brings in, and of what it passes over; of the rest when no decision is open in which
    /// a closer could still be chosen. While one is, that it is open says enough.
    fn is_left_to_advice(&self, state: &HazardState) -> bool {
        if state.closed_by.iter().any(|id| self.is_chosen(*id)) {
            return false;
        }
        let is_open = |id: &PatternId| match self.decision_of(*id) {
            Some(advice) => advice.state == DecisionState::Open,
            None => (self.decisions.iter()).any(|advice| advice.state == DecisionState::Open),
        };
        let is_severe = self.base().hazard(state.id).severity >= SEVERE;
        is_severe && state.opened_by.iter().any(|id| self.is_chosen(*id))
            || self.is_passed_over(state.id)
            || !state.closed_by.iter().any(is_open)
    }

    /// Whether the user has decided where several options can be taken, and left out one that closes a hazard.
    fn is_passed_over(&self, hazard: HazardId) -> bool {
        self.decisions.iter().any(|advice| {
            let decision = self.base().decision(advice.id);
            let mut options = decision.options.iter();
            advice.state == DecisionState::Chosen
                && decision.pick == Pick::Many
                && options.any(|id| self.context.closes(*id, hazard))
        })
    }

    /// What was found of a pattern in the decision of which it is the one to be taken.
    pub(super) fn option_in_its_decision(&self, pattern: PatternId) -> Option<&OptionAdvice> {
        let mut decisions = self.decisions.iter();
        let home = decisions.find(|advice| {
            self.base().decision(advice.id).pick == Pick::One
                && self.base().decision(advice.id).options.contains(&pattern)
        });
        home?.option(pattern)
    }

    /// Whether a decision that arises offers a pattern, or none does: what answers only a question that nobody asks here
    /// is no way out.
    pub(super) fn can_be_taken(&self, pattern: PatternId) -> bool {
        let mut homes = self.base().decisions_of(pattern).peekable();
        homes.peek().is_none() || homes.any(|id| self.arises(id))
    }

    /// What a pattern needs of decisions that take one option each, and none of which took it: whoever adds the pattern
    /// has to turn one of them too.
    fn lacking(&self, pattern: PatternId) -> Option<&[PatternId]> {
        let takes_one = |id: &PatternId| {
            let mut homes = self.base().decisions_of(*id);
            homes.any(|home| self.base().decision(home).pick == Pick::One)
        };
        let mut groups = self.base().pattern(pattern).requires.iter();
        let group = groups.find(|group| {
            group.iter().all(takes_one) && !group.iter().any(|id| self.context.is_taken(*id))
        });
        group.map(Vec::as_slice)
    }

    /// The user's own choice that a hazard goes with: nothing else opens it, nor what would be advised in its stead.
    fn only_opener(&self, state: &HazardState) -> Option<PatternId> {
        let [opener] = *state.opened_by.as_slice() else {
            return None;
        };
        (self.is_chosen(opener) && !state.arises && !self.stays_without(opener, state.id))
            .then_some(opener)
    }

    /// Whether a hazard is open where a choice is taken back.
    fn stays_without(&self, choice: PatternId, hazard: HazardId) -> bool {
        let mut situation = self.situation.clone();
        situation.choices.retain(|_, chosen| {
            chosen.retain(|id| *id != choice);
            !chosen.is_empty()
        });
        situation.practices.retain(|id| *id != choice);
        let frame = Frame::new(self.base(), &situation, self.context.facts, self.priorities);
        let (_, pass) = frame.advised();
        (pass.hazards.iter()).any(|state| state.id == hazard && state.is_open())
    }

    /// The answers for which alone what opens a hazard is advised: without one of them another option is, and the hazard
    /// is not there.
    fn answers_that_open(&self, state: &HazardState) -> Vec<WayOut> {
        let advised = state.opened_by.iter().filter(|id| !self.is_chosen(**id));
        let homes = advised.filter_map(|id| self.decision_of(*id));
        let rivals = homes.flat_map(|home| &self.base().decision(home.id).options);
        let mut behind: Vec<FactId> = rivals
            .flat_map(|id| {
                let pattern = self.base().pattern(*id);
                let norm = pattern.norm.iter().map(|norm| &norm.unless.expression);
                let driver = pattern.driver.iter().map(|driver| &driver.when.expression);
                norm.chain(driver)
            })
            .flat_map(|when| self.context.facts.given_behind(self.base(), when))
            .collect();
        behind.sort_unstable();
        behind.dedup();
        behind.retain(|fact| {
            let mut situation = self.situation.clone();
            situation.answers.remove(fact);
            let facts = FactTable::new(self.base(), &situation);
            let frame = Frame::new(self.base(), &situation, &facts, self.priorities);
            let (_, pass) = frame.advised();
            !(pass.hazards.iter()).any(|other| other.id == state.id && other.is_open())
        });
        behind.into_iter().map(|fact| self.revisit(fact)).collect()
    }

    pub(super) fn is_chosen(&self, pattern: PatternId) -> bool {
        self.context.by_user[pattern.index()]
    }

    fn openers(&self, state: &HazardState) -> String {
        if state.opened_by.is_empty() {
            return "The situation opens it".to_owned();
        }
        let names: Vec<&str> = state.opened_by.iter().map(|id| self.name(*id)).collect();
        let also = if state.arises {
            " and by the situation"
        } else {
            ""
        };
        format!("Opened by {}{also}", names.join(", "))
    }

    /// Patterns that close a hazard and can be added, best first. Where none can, what would have to change for one to.
    pub(super) fn closers(&self, hazard: HazardId) -> Vec<WayOut> {
        let mut barred = Vec::new();
        let mut closers: Vec<OptionAdvice> = (self.base().pattern_ids())
            .filter(|id| {
                let pattern = self.base().pattern(*id);
                self.context.closes(*id, hazard)
                    && !pattern.antipattern
                    && !self.context.is_taken(*id)
                    && self.can_be_taken(*id)
            })
            .map(|id| {
                let mut judged = self.context.judge(None, id);
                if let Some(group) = self.lacking(id) {
                    judged.tier = judged.tier.max(Tier::Discouraged);
                    let lack = self.context.lacks(group, "is not taken here");
                    judged.reasons.insert(0, lack);
                }
                judged
            })
            .filter(|judged| {
                let own = self.option_in_its_decision(judged.pattern);
                let home = self.base().decisions_of(judged.pattern).next();
                let beside = home.map_or(Tier::Fit, |home| {
                    self.context.combines(home, judged.pattern)
                });
                let tier = judged
                    .tier
                    .max(beside)
                    .max(own.map_or(Tier::Fit, |own| own.tier));
                let breaks_norm = |reason: &Reason| reason.kind == ReasonKind::Norm;
                // What breaks a norm trades the hazard for another conflict.
                if judged.reasons.iter().any(breaks_norm) {
                    return false;
                }
                let fits = tier <= Tier::Discouraged;
                if !fits {
                    barred.push(self.room_for(own.unwrap_or(judged)).way);
                }
                fits
            })
            .collect();
        if closers.is_empty() {
            return barred;
        }
        closers.sort_by_key(|judged| (judged.tier, -judged.score, judged.pattern));
        let ways = closers.iter().map(|judged| {
            let way = self.add(judged.pattern);
            WayOut {
                effect: format!("{}{}", way.effect, caveat(judged)),
                ..way
            }
        });
        ways.collect()
    }
}
