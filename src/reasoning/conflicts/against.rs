//! What speaks against what the design takes: norms, needs, floors, weight that nothing calls for.

use super::super::facts::Reading;
use super::super::rank::{Context, OptionAdvice, ReasonKind, Tier, Verdict};
use super::super::{DecisionAdvice, DecisionState};
use super::{Change, Conflict, ConflictKind, Scene, Severity, WayOut};
use crate::expression::{Expression, Truth};
use crate::knowledge::{AxisId, FactId, PatternId, Pick};

/// On what it rests that a condition is so.
struct Footing {
    /// It is so whatever is answered later.
    certain: bool,
    /// What was given and has a part in it.
    given: Vec<FactId>,
    /// What was not given and could turn it.
    open: Vec<FactId>,
}

impl Footing {
    fn of(scene: &Scene<'_>, condition: &Expression, holds: bool) -> Self {
        let context: &Context<'_> = scene.context;
        let certain = context.truth(condition, Reading::Certain) == Truth::from_bool(holds);
        Self {
            certain,
            given: context.facts.given_behind(scene.base(), condition),
            open: if certain {
                Vec::new()
            } else {
                context.facts.rests_on(condition)
            },
        }
    }

    /// What is decided by given facts must be settled, at least; what rests on a part that was given, too. What
    /// follows from assumptions alone is to be known.
    fn severity(&self, points: i32) -> Severity {
        if self.certain {
            Severity::from_points(points).max(Severity::Medium)
        } else if self.given.is_empty() {
            Severity::Low
        } else {
            Severity::Medium
        }
    }

    fn caveat(&self, scene: &Scene<'_>) -> String {
        scene.unsaid(&self.open)
    }

    fn requirements(&self) -> Vec<FactId> {
        if self.certain {
            self.given.clone()
        } else {
            self.open.clone()
        }
    }
}

impl Scene<'_> {
    /// What is taken although something speaks against it. Where every option has something against it, the best of
    /// them is recommended, and what speaks against it is told all the same.
    pub(super) fn against_advice(&self, found: &mut Vec<Conflict>) {
        for pattern in self.context.all_taken() {
            let advice = self.decision_of(pattern);
            let own;
            let option = if let Some(option) = advice.and_then(|advice| advice.option(pattern)) {
                option
            } else {
                own = self.context.judge(None, pattern);
                &own
            };
            self.floors(advice, option, found);
            // What cannot be taken at all is told as such, with the same ways out.
            let impossible = option
                .reasons
                .iter()
                .any(|reason| reason.kind == ReasonKind::Limit);
            if impossible {
                continue;
            }
            self.norm(advice, option, found);
            self.idle(advice, option, found);
            let undriven = option
                .reasons
                .iter()
                .any(|reason| reason.kind == ReasonKind::NoDriver);
            let decision = advice.map(|advice| advice.id);
            if undriven && self.context.below_what_is_called_for(decision, pattern) {
                self.need(advice, option, found);
            } else {
                self.complexity(advice, option, undriven, found);
            }
        }
    }

    /// The most that an option harms an axis, by the priority of the axis.
    fn harm(option: &OptionAdvice) -> i32 {
        option
            .contributions
            .iter()
            .map(|contribution| -contribution.points())
            .max()
            .unwrap_or(0)
    }

    fn norm(
        &self,
        advice: Option<&DecisionAdvice>,
        option: &OptionAdvice,
        found: &mut Vec<Conflict>,
    ) {
        let entry = self.base().pattern(option.pattern);
        let broken = option
            .reasons
            .iter()
            .any(|reason| reason.kind == ReasonKind::Norm);
        let Some(norm) = entry.norm.as_ref().filter(|_| broken) else {
            return;
        };
        let footing = Footing::of(self, &norm.unless.expression, false);
        let mut conflict = Conflict::new(
            format!("norm/{}", entry.id),
            ConflictKind::Norm,
            footing.severity(Self::harm(option)),
            format!(
                "{} breaks a norm: {}.{}",
                entry.name,
                norm.because.trim_end_matches('.'),
                footing.caveat(self)
            ),
        );
        conflict.sources.clone_from(&norm.sources);
        conflict.requirements = footing.requirements();
        found.push(self.leave(advice, option.pattern, conflict));
    }

    /// A rung below the one that stated facts call for.
    fn need(
        &self,
        advice: Option<&DecisionAdvice>,
        option: &OptionAdvice,
        found: &mut Vec<Conflict>,
    ) {
        let entry = self.base().pattern(option.pattern);
        let rungs = advice.map_or(&[][..], |advice| &self.base().decision(advice.id).options);
        let called_for = (rungs.iter().rev())
            .filter_map(|rung| Some((*rung, self.base().pattern(*rung).driver.as_ref()?)))
            .find(|(_, driver)| {
                self.context
                    .truth(&driver.when.expression, Reading::Stated)
                    .is_true()
            });
        let Some((_, driver)) = called_for else {
            return;
        };
        let footing = Footing::of(self, &driver.when.expression, true);
        let mut conflict = Conflict::new(
            format!("need/{}", entry.id),
            ConflictKind::Target,
            footing.severity(Self::harm(option)),
            format!(
                "{} is less than what is called for: {}.{}",
                entry.name,
                driver.because.trim_end_matches('.'),
                footing.caveat(self)
            ),
        );
        conflict.sources.clone_from(&entry.sources);
        conflict.requirements = footing.requirements();
        let mut conflict = self.leave(advice, option.pattern, conflict);
        // What nothing calls for either is no answer to a need.
        let is_idle = |id: PatternId| {
            let option = advice.and_then(|advice| advice.option(id));
            let is_advised = advice.is_some_and(|advice| advice.recommended.contains(&id));
            !is_advised
                && option.is_some_and(|option| {
                    let mut reasons = option.reasons.iter();
                    reasons.any(|reason| reason.kind == ReasonKind::NoDriver)
                })
        };
        (conflict.ways_out)
            .retain(|way| !matches!(way.change, Some(Change::Choose(_, id)) if is_idle(id)));
        // What is called for and ruled out: what stands in its way, before the answers that could be asked for less.
        let barred = advice.into_iter().flat_map(|advice| &advice.options);
        let barred = barred.filter(|other| {
            let driver = self.base().pattern(other.pattern).driver.as_ref();
            other.verdict == Verdict::RuledOut
                && driver.is_some_and(|driver| {
                    let calls = &driver.when.expression;
                    self.context.truth(calls, Reading::Stated).is_true()
                })
        });
        let ways = barred.map(|other| self.room_for(other).way);
        let place = (conflict.ways_out.iter())
            .position(|way| matches!(way.change, Some(Change::Revisit(_))));
        let place = place.unwrap_or(conflict.ways_out.len());
        conflict.ways_out.splice(place..place, ways);
        found.push(conflict);
    }

    /// Harm to an axis that must not be harmed.
    fn floors(
        &self,
        advice: Option<&DecisionAdvice>,
        option: &OptionAdvice,
        found: &mut Vec<Conflict>,
    ) {
        let entry = self.base().pattern(option.pattern);
        for contribution in &option.contributions {
            let floor = self.context.floors.get(contribution.axis.index());
            let broken =
                floor.is_some_and(|floor| floor.is_some_and(|it| contribution.effect < it));
            if !broken {
                continue;
            }
            let axis = self.base().axis(contribution.axis);
            let why = contribution
                .claim
                .and_then(|claim| self.base().claim(claim));
            let mut conflict = Conflict::new(
                format!("floor/{}/{}", axis.id, entry.id),
                ConflictKind::Limit,
                // Of what is recommended nothing better may be left; what was chosen contradicts what was said.
                if self.is_against_advice(option.pattern) {
                    Severity::High
                } else {
                    Severity::Medium
                },
                format!(
                    "{} must not be harmed, and {} does ({:+}: {}).",
                    axis.name,
                    entry.name,
                    contribution.effect,
                    why.map_or("", |claim| claim.support.because.trim_end_matches('.')),
                ),
            );
            conflict.axes.push(contribution.axis);
            conflict.sources = why
                .map(|claim| claim.support.sources.clone())
                .unwrap_or_default();
            found.push(self.leave(advice, option.pattern, conflict));
        }
    }

    /// One of several, or a practice, that was taken though nothing calls for it, and that costs more than it brings.
    fn idle(
        &self,
        advice: Option<&DecisionAdvice>,
        option: &OptionAdvice,
        found: &mut Vec<Conflict>,
    ) {
        let entry = self.base().pattern(option.pattern);
        let is_held = (self.hazards.iter()).any(|state| state.closed_by.contains(&option.pattern))
            || (option.reasons.iter()).any(|reason| reason.kind == ReasonKind::RequiredBy)
            || self.context.is_needed(option.pattern);
        let Some(applies) = entry.applies.as_deref().filter(|applies| {
            let calls = self.context.truth(&applies.expression, Reading::Assume);
            calls.is_false() && option.score < 0 && !is_held
        }) else {
            return;
        };
        if !self.is_against_advice(option.pattern) {
            return;
        }
        let footing = Footing::of(self, &applies.expression, false);
        let severity = if footing.certain {
            Severity::from_points(-option.score).min(Severity::Medium)
        } else {
            Severity::Low
        };
        let mut conflict = Conflict::new(
            format!("complexity/{}", entry.id),
            ConflictKind::Complexity,
            severity,
            format!(
                "Nothing calls for {}, and it costs more than it brings ({:+}): {}. It would be called for by {}.{}",
                entry.name,
                option.score,
                super::balance(self.base(), &option.contributions),
                applies.text,
                footing.caveat(self)
            ),
        );
        conflict.requirements = footing.requirements();
        found.push(self.leave(advice, option.pattern, conflict));
    }

    /// Weight that nothing calls for, or that a simpler option nearly equals.
    fn complexity(
        &self,
        advice: Option<&DecisionAdvice>,
        option: &OptionAdvice,
        undriven: bool,
        found: &mut Vec<Conflict>,
    ) {
        const ONE_NORMAL_POINT: i32 = 2;
        let Some(advice) = advice.filter(|advice| {
            advice.state == DecisionState::Chosen
                && self.base().decision(advice.id).pick == Pick::One
                && self.arises(advice.id)
        }) else {
            return;
        };
        let called_for = option
            .reasons
            .iter()
            .any(|reason| reason.kind == ReasonKind::Driver);
        let entry = self.base().pattern(option.pattern);
        let weight = |pattern: PatternId| self.base().pattern(pattern).complexity;
        let fits =
            |other: &&OptionAdvice| other.tier == Tier::Fit && other.pattern != option.pattern;
        let simpler = advice.options.iter().filter(fits).find(|other| {
            weight(other.pattern) < entry.complexity
                && other.score + ONE_NORMAL_POINT >= option.score
        });
        // What nothing calls for has an alternative that fits, be it no simpler.
        let instead = simpler.or_else(|| advice.options.iter().find(fits).filter(|_| undriven));
        // What the advice itself would take is not held against whoever takes it.
        let is_advised = advice.recommended.first() == Some(&option.pattern);
        let (Some(instead), false) = (instead, called_for || is_advised) else {
            return;
        };
        let gap = entry.complexity.saturating_sub(weight(instead.pattern));
        let driver = entry.driver.as_ref().filter(|_| undriven);
        let certain = driver.is_some_and(|driver| {
            self.context
                .truth(&driver.when.expression, Reading::Certain)
                .is_false()
        });
        let severity = if gap >= 2 || certain {
            Severity::Medium
        } else {
            Severity::Low
        };
        let message = match driver {
            Some(driver) => format!(
                "{} is more than anything calls for: it pays with {}.",
                entry.name,
                driver.because.trim_end_matches('.')
            ),
            None => format!(
                "{} is heavier than need be: {} is simpler and scores {:+} against {:+}.",
                entry.name,
                self.name(instead.pattern),
                instead.score,
                option.score
            ),
        };
        let id = format!("complexity/{}", entry.id);
        let mut conflict = Conflict::new(id, ConflictKind::Complexity, severity, message);
        conflict.patterns = vec![option.pattern, instead.pattern];
        if let Some(driver) = driver {
            let facts = &self.context.facts;
            conflict.requirements = facts.given_behind(self.base(), &driver.when.expression);
            conflict.sources.clone_from(&entry.sources);
        }
        conflict.ways_out = self.other_options(Some(advice), option.pattern);
        let lighter = WayOut {
            action: format!("Take {} instead", self.name(instead.pattern)),
            effect: format!(
                "{}score {:+} instead of {:+}",
                if gap > 0 {
                    format!(
                        "complexity {} instead of {}; ",
                        weight(instead.pattern),
                        entry.complexity
                    )
                } else {
                    String::new()
                },
                instead.score,
                option.score
            ),
            change: Some(Change::Choose(advice.id, instead.pattern)),
        };
        match (conflict.ways_out.iter_mut()).find(|way| way.change == lighter.change) {
            Some(way) => *way = lighter,
            None => conflict.ways_out.insert(1, lighter),
        }
        found.push(conflict);
    }

    /// The ways out of what was taken against advice: another option, the recommended first; leaving it; another answer.
    pub(super) fn leave(
        &self,
        advice: Option<&DecisionAdvice>,
        pattern: PatternId,
        mut conflict: Conflict,
    ) -> Conflict {
        conflict.patterns.push(pattern);
        conflict.ways_out = self.other_options(advice, pattern);
        let moot = advice.filter(|advice| !self.arises(advice.id));
        conflict
            .ways_out
            .extend(moot.map(|advice| self.take_back(advice)));
        let one = advice.is_some_and(|advice| self.base().decision(advice.id).pick == Pick::One);
        if !one {
            conflict.ways_out.push(self.leave_out(advice, pattern));
        }
        let answers = conflict.requirements.iter().map(|fact| self.revisit(*fact));
        conflict.ways_out.extend(answers);
        conflict
    }

    /// Whether an axis has a priority that the user gave and that is important or more.
    pub(super) fn stated_important(&self, axis: AxisId) -> bool {
        let priority = self.priorities.get(axis.index());
        priority.is_some_and(|priority| {
            priority.given && i32::from(priority.level) >= super::axes::IMPORTANT
        })
    }
}
