//! Choices that help one important axis and hurt another.

use super::super::DecisionAdvice;
use super::super::facts::Reading;
use super::super::rank::{Contribution, Tier};
use super::{Change, Conflict, ConflictKind, Scene, Severity, WayOut, caveat};
use crate::knowledge::{AxisId, DecisionId, KnowledgeBase, PatternId, Pick, Tradeoff};

/// The least priority with which an axis takes part in a conflict between axes.
pub(super) const IMPORTANT: i32 = 4;

/// Returns the tradeoff between two axes of which a conflict is an instance.
pub fn tension<'a>(base: &'a KnowledgeBase, conflict: &Conflict) -> Option<&'a Tradeoff> {
    if conflict.kind != ConflictKind::Axes {
        return None;
    }
    base.tradeoffs.iter().find(|tradeoff| {
        tradeoff.relation.is_some()
            && tradeoff.axes.len() == conflict.axes.len()
            && tradeoff
                .axes
                .iter()
                .all(|axis| conflict.axes.contains(axis))
    })
}

impl Scene<'_> {
    /// How severe it is that a pattern hurts an axis which matters while it helps another: to be settled only where the
    /// user gave the axis its weight and the design as a whole hurts it more than it helps. Else the tension is part of
    /// the pattern and is to be known.
    fn severity_of(&self, points: i32, hurt: AxisId) -> Severity {
        let of = |effects: &[(_, i8)]| {
            effects
                .iter()
                .map(|(_, effect)| i32::from(*effect))
                .sum::<i32>()
        };
        let net = self
            .verdicts
            .get(hurt.index())
            .map_or(0, |verdict| of(&verdict.helps) + of(&verdict.hurts));
        if self.stated_important(hurt) && net < 0 {
            Severity::from_points(points)
        } else {
            Severity::Low
        }
    }

    /// Choices that help one important axis and hurt another.
    pub(super) fn axes(&self, found: &mut Vec<Conflict>) {
        for pattern in self.context.all_taken() {
            let entry = self.base().pattern(pattern);
            let contributions = self.context.contributions(pattern);
            let matters =
                |contribution: &&Contribution| self.weight(contribution.axis) >= IMPORTANT;
            let mut worst: Option<(i32, &Contribution, &Contribution)> = None;
            for helped in contributions
                .iter()
                .filter(matters)
                .filter(|helped| helped.effect >= 1)
            {
                for hurt in contributions
                    .iter()
                    .filter(matters)
                    .filter(|hurt| hurt.effect <= -1)
                {
                    if self.softened(pattern, hurt.axis) {
                        continue;
                    }
                    let points = self.weight(helped.axis).min(self.weight(hurt.axis))
                        * i32::from(helped.effect.min(-hurt.effect));
                    if worst.is_none_or(|(most, ..)| points > most) {
                        worst = Some((points, helped, hurt));
                    }
                }
            }
            let Some((points, helped, hurt)) = worst else {
                continue;
            };
            let axis = |contribution: &Contribution| &self.base().axis(contribution.axis).name;
            let why = |contribution: &Contribution| {
                contribution
                    .claim
                    .and_then(|claim| self.base().claim(claim))
                    .map_or("", |claim| claim.support.because.as_str())
            };
            let message = format!(
                "{} helps {} ({:+}: {}) and hurts {} ({:+}: {}).",
                entry.name,
                axis(helped).to_lowercase(),
                helped.effect,
                why(helped).trim_end_matches('.'),
                axis(hurt).to_lowercase(),
                hurt.effect,
                why(hurt).trim_end_matches('.'),
            );
            let (help_id, hurt_id) = (
                &self.base().axis(helped.axis).id,
                &self.base().axis(hurt.axis).id,
            );
            let id = format!("{help_id}-vs-{hurt_id}/{}", entry.id);
            let mut conflict = Conflict::new(
                id,
                ConflictKind::Axes,
                self.severity_of(points, hurt.axis),
                message,
            );
            conflict.axes = vec![helped.axis, hurt.axis];
            conflict.patterns.push(pattern);
            conflict.sources = [helped, hurt]
                .iter()
                .filter_map(|contribution| self.base().claim(contribution.claim?))
                .flat_map(|claim| claim.support.sources.iter().copied())
                .collect();
            conflict.sources.sort_unstable();
            conflict.sources.dedup();
            conflict.ways_out = self.soften(pattern, hurt.axis);
            conflict
                .ways_out
                .extend(self.gentler_options(pattern, hurt));
            if self.may_be_left_out(pattern) {
                let advice = self.decision_of(pattern);
                conflict.ways_out.push(self.leave_out(advice, pattern));
            }
            for contribution in [hurt, helped] {
                conflict.ways_out.push(WayOut {
                    action: format!(
                        "Lower the priority of {}",
                        axis(contribution).to_lowercase()
                    ),
                    effect: format!(
                        "it is {} now",
                        self.base().level_name(self.weight(contribution.axis) as u8)
                    ),
                    change: Some(Change::SetPriority(contribution.axis, 2)),
                });
            }
            conflict.middle = self.middle_ways(&conflict);
            found.push(conflict);
        }
    }

    /// The middle ways of the tradeoff behind a conflict that can be taken here: a pattern can where a decision that
    /// arises offers it, or none does, where it applies, and where it has to do with what is in conflict. What is no
    /// pattern speaks of the decisions that are an instance of the tradeoff.
    fn middle_ways(&self, conflict: &Conflict) -> Vec<WayOut> {
        let Some(tradeoff) = tension(self.base(), conflict) else {
            return Vec::new();
        };
        let advice = |id: DecisionId| self.decisions.get(id.index());
        let arises = |id: &DecisionId| self.arises(*id);
        let fits = |pattern: PatternId| {
            let applies = (self.base().pattern(pattern).applies.as_deref()).is_none_or(|when| {
                self.context
                    .truth(&when.expression, Reading::Assume)
                    .is_true()
            });
            let mut offered = self.base().decisions_of(pattern).peekable();
            if offered.peek().is_none() {
                return applies && self.context.limits(pattern).0.is_empty();
            }
            applies
                && offered.filter(arises).any(|id| {
                    let option = advice(id).and_then(|advice| advice.option(pattern));
                    option.is_some_and(|option| option.tier == Tier::Fit)
                })
        };
        let is_instance = |pattern: &PatternId| {
            let mut offered = self.base().decisions_of(*pattern).filter(arises);
            offered.any(|id| tradeoff.decisions.contains(&id))
        };
        let speaks_here = conflict.patterns.iter().any(is_instance);
        // A pattern that softens the tension elsewhere in the design does nothing for those in conflict.
        let concerns = |pattern: PatternId| {
            let way = self.base().pattern(pattern);
            conflict.patterns.iter().any(|at_odds| {
                let entry = self.base().pattern(*at_odds);
                entry.complements.contains(&pattern)
                    || way.complements.contains(at_odds)
                    || way.closes.iter().any(|hazard| entry.opens.contains(hazard))
                    || way.category == entry.category
            })
        };
        (tradeoff.middle.iter())
            .filter_map(|way| {
                let Some(pattern) = way.pattern else {
                    let what = way.what.as_ref().filter(|_| speaks_here);
                    return what.map(|what| WayOut {
                        action: what.to_string(),
                        effect: way.because.to_string(),
                        change: None,
                    });
                };
                let new = !self.context.is_taken(pattern)
                    && (speaks_here || concerns(pattern))
                    && fits(pattern);
                new.then(|| WayOut {
                    effect: way.because.to_string(),
                    ..self.add(pattern)
                })
            })
            .collect()
    }

    /// Whether all hazards that a pattern opens on an axis are closed, so that its harm there is contained.
    fn softened(&self, pattern: PatternId, axis: AxisId) -> bool {
        let opens = &self.base().pattern(pattern).opens;
        let mut on_axis = (self.hazards.iter())
            .filter(|state| opens.contains(&state.id) && self.base().hazard(state.id).axis == axis)
            .peekable();
        on_axis.peek().is_some() && on_axis.all(|state| !state.is_open())
    }

    /// Patterns that close what a pattern opens on an axis.
    fn soften(&self, pattern: PatternId, axis: AxisId) -> Vec<WayOut> {
        let opens = &self.base().pattern(pattern).opens;
        let mut ways = Vec::new();
        for state in self
            .hazards
            .iter()
            .filter(|state| state.is_open() && opens.contains(&state.id))
        {
            if self.base().hazard(state.id).axis == axis {
                ways.extend(self.closers(state.id).into_iter().take(2));
            }
        }
        ways
    }

    /// Options of the same decision that do not hurt the axis as much.
    fn gentler_options(&self, pattern: PatternId, hurt: &Contribution) -> Vec<WayOut> {
        let Some(advice) = self.decision_of(pattern) else {
            return Vec::new();
        };
        let ours = advice.option(pattern).map_or(0, |option| option.score);
        let axis = self.base().axis(hurt.axis).name.to_lowercase();
        self.stand_ins(advice, pattern)
            .filter_map(|option| {
                let theirs = option
                    .contributions
                    .iter()
                    .find(|theirs| theirs.axis == hurt.axis)?;
                (theirs.effect > hurt.effect).then(|| WayOut {
                    action: format!("Take {} instead", self.name(option.pattern)),
                    effect: format!(
                        "{axis} {:+} instead of {:+}; score {:+} instead of {ours:+}{}",
                        theirs.effect,
                        hurt.effect,
                        option.score,
                        caveat(option)
                    ),
                    change: Some(Change::Choose(advice.id, option.pattern)),
                })
            })
            .take(2)
            .collect()
    }

    /// Whether a pattern can be left out without anything in its place: it is no option of a decision that takes one,
    /// and nothing taken needs it.
    fn may_be_left_out(&self, pattern: PatternId) -> bool {
        let one = self
            .decision_of(pattern)
            .is_some_and(|advice| self.base().decision(advice.id).pick == Pick::One);
        let needed = self.context.all_taken().iter().any(|taken| {
            self.base().pattern(*taken).requires.iter().any(|group| {
                group.contains(&pattern)
                    && !group
                        .iter()
                        .any(|other| *other != pattern && self.context.is_taken(*other))
            })
        });
        !one && !needed
    }

    /// Leaving a pattern out, with what is lost. What the program cannot leave out for the user is told all the same.
    pub(super) fn leave_out(&self, advice: Option<&DecisionAdvice>, pattern: PatternId) -> WayOut {
        if self.context.by_user[pattern.index()] {
            return self.drop(pattern);
        }
        let lost: Vec<String> = self
            .context
            .contributions(pattern)
            .iter()
            .filter(|contribution| contribution.effect > 0)
            .map(|contribution| {
                let axis = self.base().axis(contribution.axis).name.to_lowercase();
                format!("{axis} {:+}", contribution.effect)
            })
            .chain(self.reopened(pattern))
            .collect();
        let lost = if lost.is_empty() {
            "nothing is lost".to_owned()
        } else {
            format!("you lose {}", lost.join(", "))
        };
        // A decision that is taken says what is left out; of a practice outside all decisions only a waiver can.
        let beside = advice.filter(|advice| advice.taken().len() > 1);
        WayOut {
            action: match beside {
                Some(_) => format!("Drop {}", self.name(pattern)),
                None => format!(
                    "Drop {}, and waive this with the reason",
                    self.name(pattern)
                ),
            },
            effect: lost,
            change: beside.map(|_| Change::Drop(pattern)),
        }
    }

    /// The hazards that only this pattern closes.
    fn reopened(&self, pattern: PatternId) -> impl Iterator<Item = String> {
        self.hazards
            .iter()
            .filter(move |state| state.closed_by == [pattern] && state.opened_by != [pattern])
            .map(|state| {
                let name = &self.base().hazard(state.id).name;
                format!("the cover against “{name}”")
            })
    }
}
