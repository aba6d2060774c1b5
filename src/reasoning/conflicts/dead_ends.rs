//! Decisions that no option can answer, and the least that would have to change for one to.

use super::super::overturn::Trial;
use super::super::rank::{OptionAdvice, Reason, ReasonKind, Verdict};
use super::super::{DecisionAdvice, DecisionState, Reading, facts::anything};
use super::{Change, Conflict, ConflictKind, Scene, Severity, WayOut};
use crate::expression::Expression;
use crate::knowledge::{FactId, PatternId, Pick};

impl Scene<'_> {
    /// Decisions of which every option is ruled out.
    pub(super) fn dead_ends(&self, found: &mut Vec<Conflict>) {
        for advice in self.decisions.iter().filter(|advice| self.is_dead(advice)) {
            let decision = self.base().decision(advice.id);
            let limits = (advice.options.iter()).all(|option| option.verdict == Verdict::RuledOut);
            let what = if limits {
                "Every option is ruled out."
            } else {
                "Every option is ruled out, or does not combine with what is recommended before."
            };
            let message = format!("{} {what}", decision.question);
            let mut conflict = Conflict::new(
                format!("no-option/{}", decision.id),
                ConflictKind::NoOption,
                Severity::High,
                message,
            );
            conflict.patterns.clone_from(&decision.options);
            let mut rooms: Vec<Room> = (advice.options.iter())
                .map(|option| self.room_for(option))
                .collect();
            // The fewest answers first; what other decisions stand in the way of comes last.
            rooms.sort_by_key(|room| (room.answers.is_empty(), room.answers.len()));
            conflict.requirements = (rooms.iter())
                .flat_map(|room| room.behind.iter().copied())
                .collect();
            conflict.requirements.sort_unstable();
            conflict.requirements.dedup();
            let named = |fact: &FactId| rooms.iter().any(|room| room.answers.contains(fact));
            let unnamed = conflict.requirements.iter().filter(|fact| !named(fact));
            let unnamed: Vec<WayOut> = unnamed.map(|fact| self.revisit(*fact)).collect();
            conflict
                .ways_out
                .extend(rooms.into_iter().map(|room| room.way));
            conflict.ways_out.extend(unnamed);
            found.push(conflict);
        }
    }

    /// Whether a decision is to be taken and no option can be.
    fn is_dead(&self, advice: &DecisionAdvice) -> bool {
        advice.state == DecisionState::Open
            && self.base().decision(advice.id).pick == Pick::One
            && advice.recommended.is_empty()
    }

    /// What would have to change for an option to be possible.
    pub(super) fn room_for(&self, option: &OptionAdvice) -> Room {
        let base = self.base();
        let limits: Vec<&Expression> = (base.pattern(option.pattern).limits.iter())
            .map(|limit| &limit.when.expression)
            .filter(|when| self.context.truth(when, Reading::Certain).is_true())
            .collect();
        let mut behind: Vec<FactId> = (limits.iter())
            .flat_map(|when| self.context.facts.given_behind(base, when))
            .collect();
        behind.sort_unstable();
        behind.dedup();
        let answers = self.fewest(&behind, &limits);
        let blocking: Vec<&Reason> = (option.reasons.iter())
            .filter(|reason| {
                use ReasonKind::{Excludes, Limit, Requires};
                matches!(reason.kind, Limit | Requires | Excludes)
            })
            .collect();
        let why: Vec<&str> = (blocking.iter())
            .map(|reason| reason.because.as_str())
            .collect();
        let now: Vec<String> = (answers.iter())
            .map(|fact| format!("“{}” ({})", base.fact(*fact).1, self.now(*fact)))
            .collect();
        let elsewhere = blocking.iter().find_map(|reason| self.waits_for(reason));
        let mut steps = Vec::new();
        if !now.is_empty() {
            steps.push(format!("change {}", now.join(" and ")));
        }
        steps.extend(elsewhere.map(|name| format!("settle “{name}” first")));
        let verdict = if option.verdict == Verdict::RuledOut {
            "ruled out"
        } else {
            "does not combine"
        };
        let name = self.name(option.pattern);
        Room {
            way: WayOut {
                action: if steps.is_empty() {
                    format!("Make room for {name}")
                } else {
                    format!("Make room for {name}: {}", steps.join(", and "))
                },
                effect: format!("{verdict}: {}", why.join("; ")),
                change: answers.first().map(|fact| Change::Revisit(*fact)),
            },
            answers,
            behind,
        }
    }

    /// The dead decision that would have to bring what an option lacks.
    fn waits_for(&self, reason: &Reason) -> Option<&str> {
        let offers = |pattern: &PatternId| {
            let mut homes = self.base().decisions_of(*pattern);
            homes.find(|id| self.is_dead(&self.decisions[id.index()]))
        };
        let home = (reason.kind == ReasonKind::Requires)
            .then(|| reason.patterns.iter().find_map(offers))??;
        Some(&self.base().decision(home).name)
    }

    /// The fewest given answers without which none of some conditions must hold; none where two do not suffice.
    fn fewest(&self, given: &[FactId], conditions: &[&Expression]) -> Vec<FactId> {
        let base = self.base();
        let mut trial = Trial::new(base, self.context.facts);
        let mut lifts = |freed: &[FactId]| {
            for fact in freed {
                trial.answer(*fact, anything(base.fact(*fact).2));
            }
            let tried = trial.read(&self.context.taken, Reading::Assume);
            let lifted = !conditions.iter().any(|when| when.truth(&tried).is_true());
            trial.reset();
            lifted
        };
        let single = given.iter().map(|fact| vec![*fact]);
        let pairs = (given.iter().enumerate())
            .flat_map(|(at, first)| given[at + 1..].iter().map(|second| vec![*first, *second]));
        single
            .chain(pairs)
            .find(|freed| lifts(freed))
            .unwrap_or_default()
    }
}

/// What would have to change for an option to be possible.
pub(super) struct Room {
    /// How to make room for it.
    pub(super) way: WayOut,
    /// The fewest answers that would have to change.
    answers: Vec<FactId>,
    /// All answers behind what rules it out.
    behind: Vec<FactId>,
}
