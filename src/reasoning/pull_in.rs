//! What the choices pull in: practices that apply, prerequisites, what closes severe hazards.

use super::facts::Reading;
use super::hazards::{HazardState, SEVERE, hazards};
use super::process::{Frame, Pass};
use super::rank::{Context, OptionAdvice, Reason, ReasonKind, Tier, Verdict};
use super::{DecisionAdvice, DecisionState, Practice};
use crate::knowledge::{HazardId, KnowledgeBase, PatternId, Pick};

impl Frame<'_> {
    /// Takes the practices that apply, what is required, and what closes severe hazards, until nothing changes.
    pub(super) fn pull_in(&self, pass: &mut Pass<'_>) {
        let base = self.base;
        self.withdraw(pass);
        for pattern in &self.situation.practices {
            pass.context.take(*pattern);
            pass.context.by_user[pattern.index()] = true;
            let advice = pass.context.judge(None, *pattern);
            pass.practices.push(Practice {
                advice,
                adopted: true,
            });
        }
        let free: Vec<PatternId> = base
            .pattern_ids()
            .filter(|id| {
                self.offered_in[id.index()].is_empty() && base.pattern(*id).applies.is_some()
            })
            .collect();
        loop {
            let before = pass.context.all_taken().len();
            for pattern in &free {
                if pass.context.is_taken(*pattern) {
                    continue;
                }
                let mut judged = pass.context.judge(None, *pattern);
                if self.unreachable(&pass.context, *pattern).is_none()
                    && self.applies(&pass.context, &mut judged)
                {
                    judged.verdict = Verdict::Recommended;
                    pass.context.take(*pattern);
                    pass.practices.push(Practice {
                        advice: judged,
                        adopted: false,
                    });
                }
            }
            self.call_again(pass);
            self.meet_prerequisites(pass);
            self.close_hazards(pass);
            if pass.context.all_taken().len() == before {
                break;
            }
        }
        self.note_prerequisites(pass);
        pass.hazards = hazards(&pass.context);
        self.keep_reasons(pass);
        pass.practices
            .sort_by_key(|practice| practice.advice.pattern);
        for advice in &mut pass.decisions {
            if base.decision(advice.id).pick == Pick::Many {
                order_many(base, advice);
            }
        }
    }

    /// Asks anew of options that nothing called for when their decision was taken: what came later may call for them.
    fn call_again(&self, pass: &mut Pass<'_>) {
        let is_idle = |option: &OptionAdvice| {
            let mut reasons = option.reasons.iter();
            option.verdict != Verdict::Recommended
                && reasons.any(|reason| reason.kind == ReasonKind::DoesNotApply)
        };
        for advice in &mut pass.decisions {
            if self.base.decision(advice.id).pick != Pick::Many {
                continue;
            }
            let (is_open, chosen) = (advice.state == DecisionState::Open, &advice.chosen);
            let could_count = |option: &&mut OptionAdvice| {
                is_idle(option) && (is_open || chosen.contains(&option.pattern))
            };
            for option in advice.options.iter_mut().filter(could_count) {
                let mut judged = pass.context.judge(Some(advice.id), option.pattern);
                if self.unreachable(&pass.context, option.pattern).is_none()
                    && self.applies(&pass.context, &mut judged)
                {
                    judged.verdict = Verdict::Recommended;
                    pass.context.take(option.pattern);
                    advice.recommended.push(option.pattern);
                    *option = judged;
                }
            }
        }
    }

    fn meet_prerequisites(&self, pass: &mut Pass<'_>) {
        loop {
            let mut missing: Option<(PatternId, PatternId)> = None;
            'search: for taken in pass.context.all_taken() {
                for group in &self.base.pattern(taken).requires {
                    if group.iter().any(|member| pass.context.is_taken(*member)) {
                        continue;
                    }
                    if let Some(member) = group.iter().copied().find(|member| {
                        self.can_pull_in(&pass.context, *member)
                            && self.unreachable(&pass.context, *member).is_none()
                    }) {
                        missing = Some((taken, member));
                        break 'search;
                    }
                }
            }
            let Some((by, member)) = missing else { return };
            pull(pass, member, Reason::required_by(self.base, by));
        }
    }

    fn close_hazards(&self, pass: &mut Pass<'_>) {
        for state in hazards(&pass.context) {
            if !state.is_open()
                || !self.weighs(state.id)
                || pass
                    .context
                    .all_taken()
                    .iter()
                    .any(|taken| pass.context.closes(*taken, state.id))
            {
                continue;
            }
            let best = self
                .base
                .pattern_ids()
                .filter(|id| {
                    pass.context.closes(*id, state.id) && self.can_pull_in(&pass.context, *id)
                })
                .filter(|id| self.unreachable(&pass.context, *id).is_none())
                // What nothing calls for is no price to pay for closing a hazard: it is told, with the ways out.
                .filter(|id| {
                    let applies = self.base.pattern(*id).applies.as_deref();
                    let truth =
                        applies.map(|it| pass.context.truth(&it.expression, Reading::Assume));
                    truth.is_none_or(|truth| !truth.is_false())
                })
                .map(|id| (id, pass.context.judge(None, id)))
                // A mild hazard is closed only by what pays for itself.
                .filter(|(_, judged)| self.is_severe(state.id) || judged.score >= 0)
                .min_by_key(|(id, judged)| {
                    (
                        judged.tier,
                        -judged.score,
                        self.base.pattern(*id).complexity,
                        *id,
                    )
                });
            if let Some((id, ..)) = best {
                pull(pass, id, self.closes(&state));
            }
        }
    }

    fn closes(&self, state: &HazardState) -> Reason {
        let because = format!("closes the hazard “{}”", self.base.hazard(state.id).name);
        let mut reason = Reason::new(ReasonKind::ClosesHazard, because);
        reason.patterns.clone_from(&state.opened_by);
        reason
    }

    /// Gives what the user took of several options the reasons for which it would be pulled in had they not: something
    /// else that is taken needs it, or it alone closes a hazard.
    fn keep_reasons(&self, pass: &mut Pass<'_>) {
        for place in 0..pass.decisions.len() {
            let advice = &pass.decisions[place];
            let many = self.base.decision(advice.id).pick == Pick::Many;
            if !many || advice.state != DecisionState::Chosen {
                continue;
            }
            for id in advice.chosen.clone() {
                let advice = &pass.decisions[place];
                let Some(option) = advice.option(id).filter(|option| {
                    option.tier <= Tier::Discouraged && option.verdict != Verdict::Recommended
                }) else {
                    continue;
                };
                let required = self
                    .needed_by(&pass.context, id)
                    .map(|by| Reason::required_by(self.base, by));
                let reason = required.or_else(|| {
                    let mut states = pass.hazards.iter();
                    let closed = states.find(|state| {
                        let pays = self.is_severe(state.id) || option.score >= 0;
                        pays && self.weighs(state.id) && !self.closed_otherwise(pass, state, id)
                    });
                    closed.map(|state| self.closes(state))
                });
                if let Some(reason) = reason {
                    lift(&mut pass.decisions[place], id, reason);
                }
            }
        }
    }

    /// What is taken and has this pattern alone of those that would meet one of its prerequisites.
    fn needed_by(&self, context: &Context<'_>, id: PatternId) -> Option<PatternId> {
        let mut needy = self.needy.iter().copied();
        needy.find(|by| {
            let mut groups = self.base.pattern(*by).requires.iter();
            context.is_taken(*by)
                && groups.any(|group| {
                    let mut met = group.iter().filter(|member| context.is_taken(**member));
                    met.next() == Some(&id) && met.next().is_none()
                })
        })
    }

    fn is_severe(&self, hazard: HazardId) -> bool {
        self.base.hazard(hazard).severity >= SEVERE
    }

    fn weighs(&self, hazard: HazardId) -> bool {
        let axis = self.base.hazard(hazard).axis;
        self.weights
            .get(axis.index())
            .is_some_and(|weight| *weight > 0)
    }

    /// Whether a hazard is not closed by this pattern, or by another that has its own reasons to be there.
    fn closed_otherwise(&self, pass: &Pass<'_>, state: &HazardState, id: PatternId) -> bool {
        let idle = |other: &PatternId| {
            pass.decisions.iter().any(|advice| {
                self.base.decision(advice.id).pick == Pick::Many
                    && advice.chosen.contains(other)
                    && !advice.recommended.contains(other)
            })
        };
        let mut closers = state.closed_by.iter();
        !state.closed_by.contains(&id) || closers.any(|other| *other != id && !idle(other))
    }

    /// Whether the advisor may add a pattern on its own: it is no option of a pick-one decision, the user has not taken
    /// the decision it belongs to, and nothing forbids it.
    fn can_pull_in(&self, context: &Context<'_>, id: PatternId) -> bool {
        let pattern = self.base.pattern(id);
        let own_choice = self.offered_in[id.index()].iter().any(|decision| {
            self.base.decision(*decision).pick == Pick::One
                || context.decided_by_user[decision.index()]
        });
        !own_choice
            && !pattern.antipattern
            && !pattern.reference
            && !context.is_taken(id)
            && context.limits(id).0.is_empty()
            && !context.all_taken().iter().any(|taken| {
                pattern.excludes.contains(taken) || self.base.pattern(*taken).excludes.contains(&id)
            })
    }

    /// Returns a prerequisite of a pattern that is not taken and that the advisor may not add on its own.
    pub(super) fn unreachable(
        &self,
        context: &Context<'_>,
        id: PatternId,
    ) -> Option<&Vec<PatternId>> {
        self.unreachable_from(context, id, &mut Vec::new())
    }

    /// The same, prerequisites of prerequisites included. Those on the way already do not count against themselves.
    fn unreachable_from(
        &self,
        context: &Context<'_>,
        id: PatternId,
        way: &mut Vec<PatternId>,
    ) -> Option<&Vec<PatternId>> {
        if way.contains(&id) {
            return None;
        }
        way.push(id);
        let found = self.base.pattern(id).requires.iter().find(|group| {
            !group.iter().any(|member| {
                context.is_taken(*member)
                    || self.can_pull_in(context, *member)
                        && self.unreachable_from(context, *member, way).is_none()
            })
        });
        way.pop();
        found
    }

    /// Notes of options that do not lead that nothing here could meet what they need: what a later decision offers still
    /// could, and so could what their decision would take were they in the lead.
    fn note_prerequisites(&self, pass: &mut Pass<'_>) {
        for place in 0..pass.decisions.len() {
            let advice = &pass.decisions[place];
            let here = advice.id;
            if self.base.decision(here).pick != Pick::One || advice.state != DecisionState::Open {
                continue;
            }
            let leads = advice.recommended.first().copied();
            let rest: Vec<PatternId> = (advice.options.iter())
                .filter(|option| Some(option.pattern) != leads && option.tier < Tier::Incompatible)
                .map(|option| option.pattern)
                .filter(|id| !self.base.pattern(*id).requires.is_empty())
                .collect();
            let mut context = pass.context.clone();
            if let Some(leader) = leads {
                context.taken[leader.index()] = false;
            }
            for id in rest {
                context.taken[id.index()] = true;
                let missing = self.unreachable(&context, id).filter(|group| {
                    let could_be_added = |member: &PatternId| context.could_be_added(*member);
                    !group.iter().any(could_be_added)
                        && !group
                            .iter()
                            .flat_map(|member| &self.offered_in[member.index()])
                            .any(|decision| {
                                *decision > here && !context.decided_by_user[decision.index()]
                            })
                });
                if let Some(group) = missing {
                    let reason = context.lacks(group, "nothing here provides");
                    let mut options = pass.decisions[place].options.iter_mut();
                    if let Some(option) = options.find(|option| option.pattern == id) {
                        option.tier = Tier::Incompatible;
                        option.verdict = Verdict::Discouraged;
                        option.reasons.push(reason);
                    }
                }
                context.taken[id.index()] = false;
            }
            context.order(&mut pass.decisions[place].options);
        }
    }

    /// Withdraws recommended options of pick-many decisions whose prerequisites nothing meets.
    fn withdraw(&self, pass: &mut Pass<'_>) {
        loop {
            let lost = pass
                .decisions
                .iter()
                .enumerate()
                .find_map(|(place, advice)| {
                    let many = self.base.decision(advice.id).pick == Pick::Many;
                    let open = many && advice.state == DecisionState::Open;
                    let option = advice
                        .recommended
                        .iter()
                        .copied()
                        .filter(|_| open)
                        .find_map(|option| {
                            Some((option, self.unreachable(&pass.context, option)?))
                        })?;
                    Some((place, option.0, option.1))
                });
            let Some((place, pattern, group)) = lost else {
                return;
            };
            let reason = pass.context.lacks(group, "is not recommended here");
            pass.context.taken[pattern.index()] = false;
            let advice = &mut pass.decisions[place];
            advice.recommended.retain(|option| *option != pattern);
            if let Some(option) = advice
                .options
                .iter_mut()
                .find(|option| option.pattern == pattern)
            {
                option.tier = option.tier.max(Tier::Incompatible);
                option.verdict = Verdict::Discouraged;
                option.reasons.push(reason);
            }
        }
    }
}

/// Takes a pattern that something requires or that closes a hazard, and notes the reason.
fn pull(pass: &mut Pass<'_>, id: PatternId, reason: Reason) {
    pass.context.take(id);
    let many = pass
        .decisions
        .iter_mut()
        .find(|advice| advice.options.iter().any(|option| option.pattern == id));
    if let Some(advice) = many {
        lift(advice, id, reason);
    } else {
        let mut judged = pass.context.judge(None, id);
        judged.verdict = Verdict::Recommended;
        judged.reasons.push(reason);
        pass.practices.push(Practice {
            advice: judged,
            adopted: false,
        });
    }
}

/// Recommends an option of a decision for many for a reason of others.
fn lift(advice: &mut DecisionAdvice, id: PatternId, reason: Reason) {
    let mut options = advice.options.iter_mut();
    if let Some(option) = options.find(|option| option.pattern == id) {
        option.reasons.retain(|reason| {
            !matches!(reason.kind, ReasonKind::DoesNotApply | ReasonKind::MayApply)
        });
        option.verdict = Verdict::Recommended;
        option.reasons.push(reason);
    }
    advice.recommended.push(id);
}

/// Orders the options of a pick-many decision: recommended first, then by tier, score and catalogue order.
pub(super) fn order_many(base: &KnowledgeBase, advice: &mut DecisionAdvice) {
    let place = |pattern: PatternId| {
        base.decision(advice.id)
            .options
            .iter()
            .position(|option| *option == pattern)
    };
    advice.options.sort_by_key(|option| {
        (
            option.verdict != Verdict::Recommended,
            option.tier,
            -option.score,
            place(option.pattern),
        )
    });
    for (index, option) in advice.options.iter_mut().enumerate() {
        option.rank = index + 1;
    }
    advice.recommended.sort_by_key(|pattern| place(*pattern));
}
