//! One decision's options in order, with every point accounted for.

use super::facts::{FactTable, Reading};
use crate::expression::{Expression, Facts, Ground, Truth, Value};
use crate::knowledge::{
    AxisId, Condition, DecisionId, FactId, HazardId, KnowledgeBase, Pattern, PatternId, Pick,
    SourceId,
};

/// How well an option fits, before any value is counted; better tiers come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Nothing speaks against it.
    Fit,
    /// A norm is broken, nothing calls for it, or an axis that must not be harmed is.
    Discouraged,
    /// It does not combine with what is recommended elsewhere.
    Incompatible,
    /// A hard limit holds on given facts, or it does not combine with what the user chose.
    Impossible,
}

impl Tier {
    /// Returns the verdict on an option of this tier that is not the one recommended.
    pub(super) fn verdict(self) -> Verdict {
        match self {
            Self::Fit => Verdict::Viable,
            Self::Discouraged | Self::Incompatible => Verdict::Discouraged,
            Self::Impossible => Verdict::RuledOut,
        }
    }
}

/// The verdict on an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Take it.
    Recommended,
    /// It fits; another is better, or it is not needed.
    Viable,
    /// It can be taken against advice.
    Discouraged,
    /// It cannot be taken.
    RuledOut,
}

impl Verdict {
    /// Returns the word used in files and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Viable => "viable",
            Self::Discouraged => "discouraged",
            Self::RuledOut => "ruled-out",
        }
    }
}

/// What kind of reason moves an option beside its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReasonKind {
    /// A hard limit holds.
    Limit,
    /// A hard limit would hold if an assumption or an unknown turned out so.
    AtRisk,
    /// A norm is broken.
    Norm,
    /// Nothing calls for it.
    NoDriver,
    /// Something calls for it.
    Driver,
    /// An axis that must not be harmed is harmed.
    Floor,
    /// A prerequisite can no longer be met, or it would leave one unmet.
    Requires,
    /// Something chosen excludes it.
    Excludes,
    /// It would close what the facts call for later.
    LookAhead,
    /// It leaves a severe hazard open that another option, hardly worse, does not.
    LeavesHazard,
    /// It applies here (pick-many options and practices).
    Applies,
    /// It would apply if an unknown turned out so.
    MayApply,
    /// It does not apply here.
    DoesNotApply,
    /// Something chosen requires it.
    RequiredBy,
    /// It closes a severe hazard.
    ClosesHazard,
    /// What it costs outweighs what it brings, at these priorities.
    Outweighed,
}

impl ReasonKind {
    /// Returns the word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::AtRisk => "at-risk",
            Self::Norm => "norm",
            Self::NoDriver => "no-driver",
            Self::Driver => "driver",
            Self::Floor => "floor",
            Self::Requires => "requires",
            Self::Excludes => "excludes",
            Self::LookAhead => "look-ahead",
            Self::LeavesHazard => "leaves-hazard",
            Self::Applies => "applies",
            Self::MayApply => "may-apply",
            Self::DoesNotApply => "does-not-apply",
            Self::RequiredBy => "required-by",
            Self::ClosesHazard => "closes-hazard",
            Self::Outweighed => "outweighed",
        }
    }
}

/// A reason beside the score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its kind.
    pub kind: ReasonKind,
    /// The sentence.
    pub because: String,
    /// The condition behind it as written, when there is one.
    pub condition: Option<String>,
    /// What makes the condition hold, or a norm's exception fail; empty where nothing known does.
    pub grounds: Vec<Ground>,
    /// Whether the sentence names several things of which each would do: it holds on the grounds, not on all it names.
    pub alternatives: bool,
    /// Sources.
    pub sources: Vec<SourceId>,
    /// Requirements not given that it rests on.
    pub rests_on: Vec<FactId>,
    /// The patterns it speaks of.
    pub patterns: Vec<PatternId>,
}

impl Reason {
    /// The reason of what something that is taken needs.
    pub(super) fn required_by(base: &KnowledgeBase, by: PatternId) -> Self {
        let because = format!("required by {}", base.pattern(by).name);
        let mut reason = Self::new(ReasonKind::RequiredBy, because);
        reason.patterns.push(by);
        reason
    }

    pub(super) fn new(kind: ReasonKind, because: impl Into<String>) -> Self {
        Self {
            kind,
            because: because.into(),
            condition: None,
            grounds: Vec::new(),
            alternatives: false,
            sources: Vec::new(),
            rests_on: Vec::new(),
            patterns: Vec::new(),
        }
    }
}

/// A claim: a case of a pattern's effect on an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClaimRef {
    /// The pattern.
    pub pattern: PatternId,
    /// The axis.
    pub axis: AxisId,
    /// The place of the case in its list, from 0.
    pub case: usize,
}

/// What one axis adds to a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contribution {
    /// The axis.
    pub axis: AxisId,
    /// The priority in use.
    pub priority: i32,
    /// The effect, −2…+2.
    pub effect: i8,
    /// The least the effect could be if unknowns turned out so.
    pub low: i8,
    /// The most the effect could be.
    pub high: i8,
    /// The claim; none where the pattern says nothing of the axis.
    pub claim: Option<ClaimRef>,
}

impl Contribution {
    /// Returns the points: priority × effect.
    pub fn points(&self) -> i32 {
        self.priority * i32::from(self.effect)
    }
}

/// Advice on one option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionAdvice {
    /// The pattern.
    pub pattern: PatternId,
    /// Its place, from 1.
    pub rank: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// The tier.
    pub tier: Tier,
    /// Σ points of the contributions.
    pub score: i32,
    /// One per axis, in axis order.
    pub contributions: Vec<Contribution>,
    /// The reasons beside the score.
    pub reasons: Vec<Reason>,
    /// Whether one of its hard limits holds if what is assumed is so; the tie goes to an option of which none does.
    pub endangered: bool,
    /// Options of pick-many decisions: requirements not given of which one answer decides whether it is recommended.
    pub hinges_on: Vec<FactId>,
}

/// What is fixed when a decision is taken: facts, priorities, earlier choices.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The knowledge.
    pub base: &'a KnowledgeBase,
    /// The facts.
    pub facts: &'a FactTable,
    /// The priorities, by axis id.
    pub priorities: &'a [i32],
    /// The least effect allowed, by axis id; none where harm is allowed.
    pub floors: &'a [Option<i8>],
    /// Patterns taken so far, by pattern id.
    pub taken: Vec<bool>,
    /// Patterns that the user chose, wherever in the process, by pattern id.
    pub by_user: Vec<bool>,
    /// Decisions that the user took, by decision id.
    pub decided_by_user: Vec<bool>,
    /// Per pattern, the decisions that offer it.
    pub offered_in: &'a [Vec<DecisionId>],
    /// The patterns that need others.
    pub needy: &'a [PatternId],
}

/// A reading of the context, against which expressions are evaluated.
pub(super) struct Read<'a> {
    context: &'a Context<'a>,
    reading: Reading,
}

impl Facts for Read<'_> {
    fn value(&self, fact: FactId) -> Value {
        let state = self.context.facts.state(fact);
        if self.reading == Reading::Assume {
            state.value
        } else {
            state.stated
        }
    }

    fn stated(&self, fact: FactId) -> Truth {
        self.reading.stated(Some(self.context.facts.state(fact)))
    }

    fn chosen(&self, pattern: PatternId) -> bool {
        self.context
            .taken
            .get(pattern.index())
            .copied()
            .unwrap_or(false)
    }
}

impl OptionAdvice {
    /// Whether it can be recommended when nothing better is there: no limit holds, and it combines with what is taken.
    pub(super) fn can_be_taken(&self) -> bool {
        let blocks =
            |reason: &Reason| matches!(reason.kind, ReasonKind::Requires | ReasonKind::Excludes);
        self.tier < Tier::Incompatible
            || self.tier == Tier::Incompatible && !self.reasons.iter().any(blocks)
    }
}

impl Context<'_> {
    /// Evaluates a condition.
    pub fn truth(&self, expression: &Expression, reading: Reading) -> Truth {
        expression.truth(&Read {
            context: self,
            reading,
        })
    }

    /// Returns what makes a condition hold, or fail: stated facts where they suffice, or else what is assumed too.
    pub fn grounds(&self, expression: &Expression, holds: bool) -> Vec<Ground> {
        [Reading::Stated, Reading::Assume]
            .into_iter()
            .map(|reading| {
                let read = Read {
                    context: self,
                    reading,
                };
                expression.grounds(&read, holds)
            })
            .find(|grounds| !grounds.is_empty())
            .unwrap_or_default()
    }

    /// Returns whether a pattern takes a hazard away here, beside what is taken.
    pub fn closes(&self, pattern: PatternId, hazard: HazardId) -> bool {
        let pattern = self.base.pattern(pattern);
        let holds =
            |condition: &Condition| self.truth(&condition.expression, Reading::Assume).is_true();
        pattern.closes.contains(&hazard) && pattern.closes_if(hazard).is_none_or(holds)
    }

    /// Returns whether a pattern is taken.
    pub fn is_taken(&self, pattern: PatternId) -> bool {
        self.taken[pattern.index()]
    }

    /// Returns whether a pattern is taken, or will be because the user chose it.
    fn is_settled(&self, pattern: PatternId) -> bool {
        self.is_taken(pattern) || self.by_user[pattern.index()]
    }

    /// Marks a pattern as taken.
    pub fn take(&mut self, pattern: PatternId) {
        self.taken[pattern.index()] = true;
    }

    /// Returns everything taken, in order.
    pub fn all_taken(&self) -> Vec<PatternId> {
        (0..self.taken.len() as u16)
            .map(PatternId)
            .filter(|id| self.is_taken(*id))
            .collect()
    }

    /// Returns what a pattern does to each axis: one contribution per axis, in axis order.
    ///
    /// The first case that holds counts. Cases that may hold do not count, but widen the interval.
    pub fn contributions(&self, pattern: PatternId) -> Vec<Contribution> {
        let effects = &self.base.pattern(pattern).effects;
        self.base
            .axis_ids()
            .map(|axis| {
                let priority = self.priorities.get(axis.index()).copied().unwrap_or(0);
                let mut contribution = Contribution {
                    axis,
                    priority,
                    effect: 0,
                    low: 0,
                    high: 0,
                    claim: None,
                };
                let Some(effect) = effects.iter().find(|effect| effect.axis == axis) else {
                    return contribution;
                };
                let (mut low, mut high) = (i8::MAX, i8::MIN);
                for (case, claim) in effect.cases.iter().enumerate() {
                    let truth = claim.when.as_ref().map_or(Truth::True, |when| {
                        self.truth(&when.expression, Reading::Assume)
                    });
                    if truth.is_false() {
                        continue;
                    }
                    low = low.min(claim.value);
                    high = high.max(claim.value);
                    if truth.is_true() {
                        contribution.effect = claim.value;
                        contribution.low = low;
                        contribution.high = high;
                        contribution.claim = Some(ClaimRef {
                            pattern,
                            axis,
                            case,
                        });
                        break;
                    }
                }
                contribution
            })
            .collect()
    }

    /// Returns the hard limits of a pattern: those that hold on given facts, and those that would hold if an
    /// assumption or an unknown turned out so.
    pub fn limits(&self, pattern: PatternId) -> (Vec<Reason>, Vec<Reason>) {
        let (mut broken, mut at_risk) = (Vec::new(), Vec::new());
        for limit in &self.base.pattern(pattern).limits {
            let expression = &limit.when.expression;
            let certain = self.truth(expression, Reading::Certain).is_true();
            if !certain && self.truth(expression, Reading::Assume).is_false() {
                continue;
            }
            let kind = if certain {
                ReasonKind::Limit
            } else {
                ReasonKind::AtRisk
            };
            let mut reason = Reason::new(kind, limit.because.as_str());
            reason.condition = Some(limit.when.text.to_string());
            reason.grounds = self.grounds(expression, true);
            reason.sources.clone_from(&limit.sources);
            if certain {
                reason.patterns = expression
                    .patterns()
                    .filter(|pattern| self.is_taken(*pattern))
                    .collect();
                broken.push(reason);
            } else {
                reason.rests_on = self.facts.rests_on(expression);
                at_risk.push(reason);
            }
        }
        (broken, at_risk)
    }

    /// Returns why a pattern does not combine with what is taken, and whether the user's own choices are the cause.
    fn structural(
        &self,
        decision: Option<DecisionId>,
        pattern: PatternId,
        is_settled: impl Fn(PatternId) -> bool,
    ) -> Vec<(Reason, bool)> {
        let mut found = Vec::new();
        let entry = self.base.pattern(pattern);
        // The user's choices count wherever they stand in the process; in the same decision they are the alternative.
        let elsewhere = |other: PatternId| {
            decision.is_none_or(|here| !self.offered_in[other.index()].contains(&here))
        };
        for other in &entry.excludes {
            if is_settled(*other) && elsewhere(*other) {
                let name = &self.base.pattern(*other).name;
                let mut reason = Reason::new(ReasonKind::Excludes, format!("{name} excludes it"));
                reason.patterns.push(*other);
                found.push((reason, self.by_user[other.index()]));
            }
        }
        let Some(here) = decision else { return found };
        // Whether nothing can come of a decision any longer. What a pick-many one offers can still be pulled in, or added
        // to what the user took so far: that it is missing is told, and turns no other decision.
        let is_past = |decision: &DecisionId| {
            let one = self.base.decision(*decision).pick == Pick::One;
            one && (self.decided_by_user[decision.index()] || *decision < here)
        };
        for group in &entry.requires {
            let met = group.iter().any(|member| is_settled(*member));
            let closed = group.iter().all(|member| {
                let mut offered = self.offered_in[member.index()].iter();
                let is_offered = offered.len() > 0;
                is_offered && offered.all(|decision| *decision != here && is_past(decision))
            });
            if !met && closed {
                let by_user = group
                    .iter()
                    .flat_map(|member| &self.offered_in[member.index()])
                    .all(|decision| self.decided_by_user[decision.index()]);
                let whose = if by_user {
                    "you did not choose"
                } else {
                    "is not recommended here"
                };
                found.push((self.lacks(group, whose), by_user));
            }
        }
        // The last decision that could still meet a prerequisite of something taken earlier.
        let settled = (self.needy.iter().copied()).filter(|id| is_settled(*id) && elsewhere(*id));
        for taken in settled {
            for group in &self.base.pattern(taken).requires {
                if group.contains(&pattern) || group.iter().any(|member| is_settled(*member)) {
                    continue;
                }
                let mut open_here = false;
                let mut last_chance = true;
                for member in group {
                    let offered = &self.offered_in[member.index()];
                    let mut decisions = offered.iter();
                    last_chance &= !offered.is_empty()
                        && decisions.all(|decision| *decision == here || is_past(decision));
                    open_here |= offered.contains(&here);
                }
                if open_here && last_chance && self.base.decision(here).pick == Pick::One {
                    let name = &self.base.pattern(taken).name;
                    let mut reason = Reason::new(
                        ReasonKind::Requires,
                        format!("{name} needs {} here", self.names(group)),
                    );
                    reason.patterns.push(taken);
                    found.push((reason, self.by_user[taken.index()]));
                }
            }
        }
        found
    }

    /// Whether the user could add a pattern to what they took where several can be taken.
    pub(super) fn could_be_added(&self, pattern: PatternId) -> bool {
        let mut offered = self.offered_in[pattern.index()].iter();
        let is_open = |id: &DecisionId| {
            self.decided_by_user[id.index()] && self.base.decision(*id).pick == Pick::Many
        };
        offered.any(is_open) && self.limits(pattern).0.is_empty()
    }

    /// Returns how well an option combines with what is taken before its decision.
    pub(super) fn combines(&self, decision: DecisionId, pattern: PatternId) -> Tier {
        let before = |id: PatternId| {
            let mut offered = self.offered_in[id.index()].iter();
            self.by_user[id.index()] || self.is_taken(id) && offered.any(|id| *id < decision)
        };
        let found = self.structural(Some(decision), pattern, before);
        let tiers = found.iter().map(|(_, by_user)| tier_by(*by_user));
        tiers.max().unwrap_or(Tier::Fit)
    }

    /// Names a group of patterns: `A`, `A or B`.
    pub fn names(&self, group: &[PatternId]) -> String {
        group
            .iter()
            .map(|member| self.base.pattern(*member).name.as_str())
            .collect::<Vec<_>>()
            .join(" or ")
    }

    fn below_floor(&self, contributions: &[Contribution]) -> Vec<Reason> {
        contributions
            .iter()
            .filter(|contribution| {
                self.floors
                    .get(contribution.axis.index())
                    .copied()
                    .flatten()
                    .is_some_and(|floor| contribution.effect < floor)
            })
            .map(|contribution| {
                let axis = &self.base.axis(contribution.axis).name;
                Reason::new(
                    ReasonKind::Floor,
                    format!(
                        "{axis} must not be harmed, and it does ({:+})",
                        contribution.effect
                    ),
                )
            })
            .collect()
    }

    /// Returns a reason with the condition behind it. A norm speaks where its exception fails, all others where their
    /// condition holds.
    pub(super) fn reason_from(
        &self,
        kind: ReasonKind,
        because: &str,
        condition: &Condition,
    ) -> Reason {
        let mut reason = Reason::new(kind, because);
        reason.condition = Some(condition.text.to_string());
        let holds = kind != ReasonKind::Norm;
        if kind != ReasonKind::NoDriver {
            reason.grounds = self.grounds(&condition.expression, holds);
        }
        reason.alternatives = kind == ReasonKind::Driver
            && condition.expression.is_either()
            && because.contains(" or ");
        // What stated facts alone decide rests on nothing else.
        let stated = self.truth(&condition.expression, Reading::Stated);
        if stated == Truth::Unknown || stated.is_true() != holds {
            reason.rests_on = self.facts.rests_on(&condition.expression);
        }
        reason
    }

    /// Returns whether a higher rung of a decision whose options are rungs is called for by stated facts.
    pub(super) fn below_what_is_called_for(
        &self,
        decision: Option<DecisionId>,
        pattern: PatternId,
    ) -> bool {
        let Some(decision) = decision else {
            return false;
        };
        let rungs = &self.base.decision(decision).options;
        let higher = rungs.iter().skip_while(|rung| **rung != pattern).skip(1);
        higher.copied().any(|rung| {
            let driver = self.base.pattern(rung).driver.as_ref();
            driver.is_some_and(|driver| {
                self.truth(&driver.when.expression, Reading::Stated)
                    .is_true()
            })
        })
    }

    /// Whether something that is taken needs a pattern.
    pub(super) fn is_needed(&self, pattern: PatternId) -> bool {
        let mut taken = self.needy.iter().filter(|id| self.is_taken(**id));
        taken.any(|id| {
            let mut groups = self.base.pattern(*id).requires.iter();
            groups.any(|group| group.contains(&pattern))
        })
    }

    /// A choice of the user's elsewhere that only an option of this decision can meet, and this one does.
    fn chosen_that_needs(&self, here: DecisionId, pattern: PatternId) -> Option<PatternId> {
        if self.base.decision(here).pick != Pick::One {
            return None;
        }
        let mut chosen = (self.needy.iter().copied())
            .filter(|id| self.by_user[id.index()] && !self.offered_in[id.index()].contains(&here));
        chosen.find(|id| {
            let offered = |member: &PatternId| self.offered_in[member.index()].contains(&here);
            let mut groups = self.base.pattern(*id).requires.iter();
            groups.any(|group| group.contains(&pattern) && group.iter().all(offered))
        })
    }

    /// The reason of what needs one of several patterns of which none is there: `whose` says why.
    pub(super) fn lacks(&self, group: &[PatternId], whose: &str) -> Reason {
        let because = format!("needs {}, which {whose}", self.names(group));
        let mut reason = Reason::new(ReasonKind::Requires, because);
        reason.patterns = group.to_vec();
        reason
    }

    /// Judges one option of a decision, or a practice (no decision): tier, score, reasons. Its rank is not yet known.
    pub fn judge(&self, decision: Option<DecisionId>, pattern: PatternId) -> OptionAdvice {
        let entry: &Pattern = self.base.pattern(pattern);
        let contributions = self.contributions(pattern);
        let (mut reasons, at_risk) = self.limits(pattern);
        let mut tier = if reasons.is_empty() {
            Tier::Fit
        } else {
            Tier::Impossible
        };
        for (reason, by_user) in self.structural(decision, pattern, |id| self.is_settled(id)) {
            tier = tier.max(tier_by(by_user));
            reasons.push(reason);
        }
        if let Some(by) = decision.and_then(|here| self.chosen_that_needs(here, pattern)) {
            reasons.push(Reason::required_by(self.base, by));
        }
        if let Some(norm) = &entry.norm
            && !self
                .truth(&norm.unless.expression, Reading::Assume)
                .is_true()
        {
            let mut reason = self.reason_from(ReasonKind::Norm, &norm.because, &norm.unless);
            reason.sources.clone_from(&norm.sources);
            tier = tier.max(Tier::Discouraged);
            reasons.push(reason);
        }
        if let Some(driver) = &entry.driver {
            let least = decision.is_some_and(|id| self.base.decision(id).least_sufficient);
            let reading = if least {
                Reading::Stated
            } else {
                Reading::Assume
            };
            let truth = self.truth(&driver.when.expression, reading);
            if truth.is_false() || least && !truth.is_true() {
                let because = if least && self.below_what_is_called_for(decision, pattern) {
                    format!(
                        "less than what is called for; it would do for {}",
                        driver.because
                    )
                } else if least {
                    format!("more than the stated need; it pays with {}", driver.because)
                } else {
                    let needed = (reasons.iter()).any(|it| it.kind == ReasonKind::RequiredBy);
                    let nothing = if needed { "nothing else" } else { "nothing" };
                    format!("{nothing} calls for it; it pays with {}", driver.because)
                };
                tier = tier.max(Tier::Discouraged);
                reasons.push(self.reason_from(ReasonKind::NoDriver, &because, &driver.when));
            } else if truth.is_true() {
                reasons.push(self.reason_from(ReasonKind::Driver, &driver.because, &driver.when));
            }
        }
        let floors = self.below_floor(&contributions);
        if !floors.is_empty() {
            tier = tier.max(Tier::Discouraged);
            reasons.extend(floors);
        }
        reasons.extend(at_risk);
        let score = contributions.iter().map(Contribution::points).sum();
        OptionAdvice {
            pattern,
            rank: 0,
            verdict: tier.verdict(),
            tier,
            score,
            contributions,
            reasons,
            endangered: self.is_endangered(pattern),
            hinges_on: Vec::new(),
        }
    }

    fn is_endangered(&self, pattern: PatternId) -> bool {
        let mut limits = self.base.pattern(pattern).limits.iter();
        limits.any(|limit| {
            self.truth(&limit.when.expression, Reading::Assume)
                .is_true()
        })
    }

    /// Ranks the options of a decision: tier, then score, then those that no limit endangers, then the simpler, then
    /// catalogue order.
    ///
    /// The key of an option holds nothing of the others, so adding or removing an option never changes the order of
    /// the rest.
    pub fn rank(&self, decision: DecisionId, closed: &[(PatternId, Reason)]) -> Vec<OptionAdvice> {
        let mut options: Vec<OptionAdvice> = (self.base.decision(decision).options.iter())
            .map(|option| {
                let mut advice = self.judge(Some(decision), *option);
                for (_, reason) in closed.iter().filter(|(pattern, _)| pattern == option) {
                    advice.tier = advice.tier.max(if reason.kind == ReasonKind::LeavesHazard {
                        Tier::Discouraged
                    } else {
                        Tier::Incompatible
                    });
                    advice.verdict = advice.verdict.max(Verdict::Discouraged);
                    advice.reasons.push(reason.clone());
                }
                advice
            })
            .collect();
        // A stable sort keeps catalogue order among equals.
        self.order(&mut options);
        options
    }

    /// Orders the options of a decision that takes one: by tier, then points, then those that no limit endangers, then the
    /// simpler first.
    pub(super) fn order(&self, options: &mut [OptionAdvice]) {
        options.sort_by_key(|option| {
            (
                option.tier,
                -option.score,
                option.endangered,
                self.base.pattern(option.pattern).complexity,
            )
        });
        for (index, option) in options.iter_mut().enumerate() {
            option.rank = index + 1;
        }
    }
}

/// What does not combine with a choice of the user cannot be; with a recommendation, another one may.
fn tier_by(user: bool) -> Tier {
    if user {
        Tier::Impossible
    } else {
        Tier::Incompatible
    }
}
