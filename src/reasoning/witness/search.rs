//! Looking for answers under which an option is recommended.
//!
//! The search is guided, not exhaustive: it starts from the golden cases and from real systems, and changes the answers
//! that the conditions around the option ask for, keeping what brings it nearer. Chance comes from a fixed seed, so the
//! same base gives the same witnesses. That nothing is found is no proof that there is nothing.

use super::is_recommended;
use crate::expression::{Expression, Node, Unit, Value};
use crate::knowledge::{
    Answer, AxisId, Chance, Condition, DecisionId, DefaultAnswer, FactId, FactKind, KnowledgeBase,
    PatternId, Pick, Requirement,
};
use crate::reasoning::{Advice, DecisionState, FactTable, ReasonKind, Situation, Tier, advise};
use std::collections::{BTreeMap, BTreeSet};

/// How hard a search tries.
#[derive(Debug, Clone, Copy)]
struct Effort {
    /// Situations from which it sets out when none of them is a witness already.
    starts: usize,
    /// Changes tried from each.
    changes: usize,
    /// Witnesses made plain before the plainest is taken.
    candidates: usize,
}

/// For witnesses that are to be stored.
const THOROUGH: Effort = Effort {
    starts: 6,
    changes: 250,
    candidates: 3,
};

/// For a check that people wait for.
const BRIEF: Effort = Effort {
    starts: 2,
    changes: 100,
    candidates: 1,
};

/// What a search may say beside answers: the less of it the better, so each way is tried only when those before found
/// nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Means {
    Answers,
    /// Options taken in earlier decisions, as where a system exists already.
    EarlierChoices,
    Priorities,
}

/// What the search for witnesses needs of a base, worked out once.
pub struct Search<'b> {
    base: &'b KnowledgeBase,
    effort: Effort,
    /// Where to set out from: nothing said, the golden cases, the facts of precedents.
    starts: Vec<(Situation, Advice)>,
    /// The answers worth trying, by requirement.
    values: BTreeMap<FactId, Vec<Answer>>,
}

/// A witness, or how many situations were looked at in vain.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Answers under which the option is recommended, none of which can be left out.
    Found(Situation),
    /// Nothing was found in so many tries.
    NotFound(usize),
}

impl<'b> Search<'b> {
    /// Prepares a search over a base.
    pub fn new(base: &'b KnowledgeBase) -> Self {
        Self::with(base, THOROUGH)
    }

    /// Prepares a search that gives up sooner.
    pub fn brief(base: &'b KnowledgeBase) -> Self {
        Self::with(base, BRIEF)
    }

    fn with(base: &'b KnowledgeBase, effort: Effort) -> Self {
        let mut situations = vec![Situation::default()];
        situations.extend(
            base.cases
                .iter()
                .filter_map(|case| Situation::of_case(base, case).ok()),
        );
        situations.extend(base.precedents.iter().map(|precedent| Situation {
            answers: precedent.facts.iter().copied().collect(),
            ..Situation::default()
        }));
        let starts = (situations.into_iter())
            .map(|situation| {
                let advice = advise(base, &situation);
                (situation, advice)
            })
            .collect();
        Self {
            base,
            effort,
            starts,
            values: values(base),
        }
    }

    /// Looks for answers under which a decision recommends an option: few, and no further from what is usual than it
    /// takes.
    pub fn find(&self, decision: DecisionId, option: PatternId) -> Outcome {
        let mut winners: Vec<&Situation> = (self.starts.iter())
            .filter(|(_, advice)| is_recommended(advice, decision, option))
            .map(|(situation, _)| situation)
            .collect();
        winners.sort_by_key(|situation| self.cost(situation));
        let plain = |situation: &Situation| self.plain(situation, decision, option);
        let plainest = (winners.into_iter().take(self.effort.candidates))
            .map(plain)
            .min_by_key(|situation| self.cost(situation));
        if let Some(situation) = plainest {
            return Outcome::Found(situation);
        }
        let mut tries = self.starts.len();
        for means in [Means::Answers, Means::EarlierChoices, Means::Priorities] {
            let climb = Climb::new(self, decision, option, means);
            let mut starts: Vec<(u32, &Situation)> = (self.starts.iter())
                .filter(|(situation, _)| {
                    means == Means::Priorities || situation.priorities.is_empty()
                })
                .map(|(situation, advice)| (self.distance(advice, decision, option), situation))
                .collect();
            starts.sort_by_key(|(distance, situation)| (*distance, self.cost(situation)));
            let plainest = (starts.into_iter().take(self.effort.starts).enumerate())
                .filter_map(|(place, (distance, start))| {
                    let mut chance = Chance::new(place as u64 + 1);
                    climb.run(start.clone(), distance, &mut chance, &mut tries)
                })
                .take(self.effort.candidates)
                .map(|found| plain(&found))
                .min_by_key(|situation| self.cost(situation));
            if let Some(situation) = plainest {
                return Outcome::Found(situation);
            }
        }
        Outcome::NotFound(tries)
    }

    /// Leaves out whatever the recommendation does not need, and brings the numbers as near to what is usual as it allows.
    fn plain(&self, situation: &Situation, decision: DecisionId, option: PatternId) -> Situation {
        let holds =
            |situation: &Situation| is_recommended(&advise(self.base, situation), decision, option);
        // What can be left out depends on what was left out before.
        let orders = [false, true].map(|backwards| {
            let smaller = shrunk(situation.clone(), backwards, &holds);
            let tamer = self.tamed(smaller, &holds);
            shrunk(tamer, backwards, &holds)
        });
        let plainest = (orders.into_iter()).min_by_key(|situation| self.cost(situation));
        plainest.unwrap_or_else(|| situation.clone())
    }

    /// Moves each number towards what it is without an answer, through round numbers, as far as the recommendation holds.
    fn tamed(&self, mut situation: Situation, holds: &impl Fn(&Situation) -> bool) -> Situation {
        for fact in situation.answers.keys().copied().collect::<Vec<_>>() {
            let (Some(Answer::Number(number)), Some(requirement)) =
                (situation.answers.get(&fact), self.base.requirement(fact))
            else {
                continue;
            };
            let Some(usual) = self.usual(&situation, fact) else {
                continue;
            };
            let between = round_numbers(requirement, usual, *number);
            let tame = between.into_iter().find_map(|number| {
                let mut tamer = situation.clone();
                tamer.answers.insert(fact, Answer::Number(number));
                holds(&tamer).then_some(tamer)
            });
            situation = tame.unwrap_or(situation);
        }
        situation
    }

    /// Returns the number that stands in for an answer when there is none, or else lies in the middle of its usual range.
    fn usual(&self, situation: &Situation, fact: FactId) -> Option<f64> {
        let mut without = situation.clone();
        without.answers.remove(&fact);
        let assumed = FactTable::new(self.base, &without).state(fact).value;
        let known = match assumed {
            Value::Number(interval) => interval.known(),
            Value::Bool(_) | Value::Choice(_) => None,
        };
        known.or_else(|| {
            let (low, high) = self.base.requirement(fact)?.uncertain?;
            Some(f64::midpoint(low, high))
        })
    }

    /// How much a situation asks a reader to imagine: the less the better. A priority or a choice weighs more than an
    /// answer, and an answer more the further it is from what is usual.
    fn cost(&self, situation: &Situation) -> u32 {
        let far: f64 = (situation.answers.iter())
            .filter_map(|(fact, answer)| match answer {
                Answer::Number(number) => {
                    let usual = self.usual(situation, *fact)?;
                    Some(
                        libm::log10(number.max(1e-9) / usual.max(1e-9))
                            .abs()
                            .min(6.0),
                    )
                }
                Answer::Bool(_) | Answer::Choice(_) => None,
            })
            .sum();
        let parts =
            situation.answers.len() + 2 * situation.choices.len() + 3 * situation.priorities.len();
        10 * parts as u32 + (5.0 * far) as u32
    }

    /// How far an option is from being recommended; 0 when it is.
    fn distance(&self, advice: &Advice, decision: DecisionId, option: PatternId) -> u32 {
        const NOT_ASKED: u32 = 1_000_000;
        const TIER: u32 = 100_000;
        const REASON: u32 = 10_000;
        if is_recommended(advice, decision, option) {
            return 0;
        }
        let advice = advice.decision(decision);
        let Some(own) = advice.option(option) else {
            return NOT_ASKED;
        };
        if advice.state == DecisionState::NotApplicable {
            return NOT_ASKED;
        }
        let against = own
            .reasons
            .iter()
            .map(|reason| match reason.kind {
                ReasonKind::Driver | ReasonKind::Applies | ReasonKind::AtRisk => 0,
                ReasonKind::MayApply => REASON / 2,
                _ => REASON,
            })
            .sum::<u32>();
        if self.base.decision(decision).pick == Pick::Many {
            let below = u32::try_from((-own.score).max(0)).unwrap_or(0);
            return 1 + against + tier(own.tier) * TIER + below;
        }
        let Some(best) = advice.options.first() else {
            return NOT_ASKED;
        };
        let behind = u32::try_from((best.score - own.score).max(0)).unwrap_or(0);
        1 + against + (tier(own.tier).saturating_sub(tier(best.tier))) * TIER + behind
    }
}

/// Takes away priorities, choices and answers, one at a time, as long as something can go.
fn shrunk(
    mut situation: Situation,
    backwards: bool,
    holds: &impl Fn(&Situation) -> bool,
) -> Situation {
    let without_priorities = Situation {
        priorities: BTreeMap::new(),
        ..situation.clone()
    };
    if holds(&without_priorities) {
        situation = without_priorities;
    }
    loop {
        let mut smaller: Vec<Situation> = Vec::new();
        for axis in situation.priorities.keys() {
            let mut one = situation.clone();
            one.priorities.remove(axis);
            smaller.push(one);
        }
        for decision in situation.choices.keys() {
            let mut one = situation.clone();
            one.choices.remove(decision);
            smaller.push(one);
        }
        let mut facts: Vec<FactId> = situation.answers.keys().copied().collect();
        if backwards {
            facts.reverse();
        }
        for fact in facts {
            let mut one = situation.clone();
            one.answers.remove(&fact);
            smaller.push(one);
        }
        match smaller.into_iter().find(|smaller| holds(smaller)) {
            Some(smaller) => situation = smaller,
            None => return situation,
        }
    }
}

/// Round numbers from one to the other, the first included, the other not.
fn round_numbers(requirement: &Requirement, from: f64, to: f64) -> Vec<f64> {
    let FactKind::Number { unit, min, max } = &requirement.kind else {
        return Vec::new();
    };
    let (low, high) = (from.min(to), from.max(to));
    let mut numbers = decades(unit, low, high);
    numbers.push(from);
    numbers.retain(|number| {
        (low..=high).contains(number)
            && (*min..=*max).contains(number)
            && number.to_bits() != to.to_bits()
    });
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    if from > to {
        numbers.reverse();
    }
    numbers
}

/// 1, 2 and 5 of each decade of a unit that has a part in a range.
fn decades(unit: &Unit, low: f64, high: f64) -> Vec<f64> {
    let decade = |number: f64| libm::log10(unit.value_of(number).max(1e-3)).floor() as i32;
    (decade(low)..=decade(high))
        .flat_map(|power| [1.0, 2.0, 5.0].map(|step| unit.to_base(step * 10_f64.powi(power))))
        .collect()
}

fn tier(tier: Tier) -> u32 {
    match tier {
        Tier::Fit => 0,
        Tier::Discouraged => 1,
        Tier::Incompatible => 2,
        Tier::Impossible => 3,
    }
}

/// Climbs towards an option.
struct Climb<'a, 'b> {
    search: &'a Search<'b>,
    decision: DecisionId,
    option: PatternId,
    means: Means,
    /// The requirements that its own conditions ask for.
    own: Vec<FactId>,
    /// Those, and those that the conditions of its rivals ask for.
    all: Vec<FactId>,
    /// Earlier decisions that they look back at, with the options they ask for.
    earlier: Vec<(DecisionId, PatternId)>,
}

impl<'a, 'b> Climb<'a, 'b> {
    fn new(search: &'a Search<'b>, decision: DecisionId, option: PatternId, means: Means) -> Self {
        let base = search.base;
        let entry = base.decision(decision);
        let mut own = Reads::default();
        own.pattern(base, option);
        own.conditions(base, entry.when.iter());
        let mut all = own.clone();
        for rival in &entry.options {
            all.pattern(base, *rival);
        }
        all.conditions(base, base.implied.iter().map(|rule| &rule.when));
        let earlier = (all.patterns.iter())
            .flat_map(|pattern| base.decisions_of(*pattern).map(|id| (id, *pattern)))
            .filter(|(id, _)| *id < decision && base.decision(*id).pick == Pick::One)
            .collect();
        Self {
            search,
            decision,
            option,
            means,
            own: own.requirements.into_iter().collect(),
            all: all.requirements.into_iter().collect(),
            earlier,
        }
    }

    fn run(
        &self,
        start: Situation,
        distance: u32,
        chance: &mut Chance,
        tries: &mut usize,
    ) -> Option<Situation> {
        let (mut here, mut distance) = (start, distance);
        for _ in 0..self.search.effort.changes {
            let mut next = here.clone();
            for _ in 0..=chance.below(2) {
                self.change(&mut next, chance);
            }
            *tries += 1;
            let advice = advise(self.search.base, &next);
            let there = self.search.distance(&advice, self.decision, self.option);
            if there == 0 {
                return Some(next);
            }
            if there <= distance {
                (here, distance) = (next, there);
            }
        }
        None
    }

    fn change(&self, situation: &mut Situation, chance: &mut Chance) {
        if self.means == Means::EarlierChoices && chance.below(4) == 0 {
            if let Some((decision, pattern)) = chance.pick(&self.earlier) {
                situation.choices.insert(*decision, vec![*pattern]);
            }
            return;
        }
        if self.means == Means::Priorities && chance.below(4) == 0 {
            let axis = AxisId(chance.below(self.search.base.axes.len()) as u8);
            if let Some(level) = chance.pick(&self.search.base.priorities) {
                situation.priorities.insert(axis, level.level);
            }
            return;
        }
        let list = if self.own.is_empty() || chance.below(4) == 0 {
            &self.all
        } else {
            &self.own
        };
        let Some(fact) = chance.pick(list) else {
            return;
        };
        let values = self.search.values.get(fact).map_or(&[][..], Vec::as_slice);
        match values.get(chance.below(values.len() + 1)) {
            Some(value) => situation.answers.insert(*fact, *value),
            None => situation.answers.remove(fact),
        };
    }
}

/// The requirements behind conditions.
#[derive(Debug, Clone, Default)]
struct Reads {
    requirements: BTreeSet<FactId>,
    patterns: BTreeSet<PatternId>,
}

impl Reads {
    /// Adds what decides on a pattern, and on what it needs or asks for.
    fn pattern(&mut self, base: &KnowledgeBase, id: PatternId) {
        if !self.patterns.insert(id) {
            return;
        }
        let pattern = base.pattern(id);
        let cases = (pattern.effects.iter())
            .flat_map(|effect| effect.cases.iter().filter_map(|claim| claim.when.as_ref()));
        let conditions = cases
            .chain(pattern.applies.as_deref())
            .chain(pattern.limits.iter().map(|limit| &limit.when))
            .chain(pattern.driver.iter().map(|driver| &driver.when))
            .chain(pattern.norm.iter().map(|norm| &norm.unless));
        self.conditions(base, conditions);
        for member in pattern.requires.iter().flatten() {
            self.pattern(base, *member);
        }
    }

    fn conditions<'c>(
        &mut self,
        base: &KnowledgeBase,
        conditions: impl Iterator<Item = &'c Condition>,
    ) {
        for condition in conditions {
            self.expression(base, &condition.expression);
        }
    }

    fn expression(&mut self, base: &KnowledgeBase, expression: &Expression) {
        for fact in expression.facts() {
            self.fact(base, fact);
        }
        for pattern in expression.patterns() {
            self.pattern(base, pattern);
        }
    }

    fn fact(&mut self, base: &KnowledgeBase, fact: FactId) {
        if let Some(quantity) = base.quantity(fact) {
            self.expression(base, &quantity.formula);
        } else if self.requirements.insert(fact)
            && let Some(DefaultAnswer::Formula(formula)) =
                base.requirement(fact).map(|entry| &entry.default)
        {
            self.expression(base, formula);
        }
    }
}

/// The answers worth trying: every choice, and of numbers what conditions compare with and what lies between.
fn values(base: &KnowledgeBase) -> BTreeMap<FactId, Vec<Answer>> {
    let mut bounds: BTreeMap<FactId, Vec<f64>> = BTreeMap::new();
    for expression in expressions(base) {
        compared(expression, &mut bounds);
    }
    base.requirement_ids()
        .map(|(id, requirement)| {
            let bounds = bounds.remove(&id).unwrap_or_default();
            (id, answers(requirement, &bounds))
        })
        .collect()
}

fn answers(requirement: &Requirement, bounds: &[f64]) -> Vec<Answer> {
    match &requirement.kind {
        FactKind::Bool => vec![Answer::Bool(true), Answer::Bool(false)],
        FactKind::Choice { values, .. } => (0..values.len() as u8).map(Answer::Choice).collect(),
        FactKind::Number { unit, min, max } => {
            let mut numbers = bounds.to_vec();
            numbers.extend(
                requirement
                    .uncertain
                    .into_iter()
                    .flat_map(|(low, high)| [low, high]),
            );
            let default = match requirement.default {
                DefaultAnswer::Number(number) => Some(number),
                _ => None,
            };
            numbers.extend(default);
            // Round numbers on both sides of each.
            for number in numbers.clone() {
                numbers.extend(decades(unit, number / 10.0, number * 10.0));
            }
            if unit.is_count() {
                for number in &mut numbers {
                    *number = number.round();
                }
            }
            numbers.retain(|number| number.is_finite() && (*min..=*max).contains(number));
            numbers.sort_by(f64::total_cmp);
            numbers.dedup();
            numbers.into_iter().map(Answer::Number).collect()
        }
    }
}

fn expressions(base: &KnowledgeBase) -> impl Iterator<Item = &Expression> {
    let of_patterns = base.patterns.iter().flat_map(|pattern| {
        (pattern.effects.iter())
            .flat_map(|effect| effect.cases.iter().filter_map(|claim| claim.when.as_ref()))
            .chain(pattern.applies.as_deref())
            .chain(pattern.limits.iter().map(|limit| &limit.when))
            .chain(pattern.driver.iter().map(|driver| &driver.when))
            .chain(pattern.norm.iter().map(|norm| &norm.unless))
            .map(|condition| &condition.expression)
    });
    let of_decisions = (base.decisions.iter())
        .flat_map(|decision| decision.when.iter().map(|when| &when.expression));
    let of_rules = base.implied.iter().map(|rule| &rule.when.expression);
    let formulas = base.quantities.iter().map(|quantity| &quantity.formula);
    of_patterns
        .chain(of_decisions)
        .chain(of_rules)
        .chain(formulas)
}

/// Notes the numbers with which an expression compares facts.
fn compared(expression: &Expression, bounds: &mut BTreeMap<FactId, Vec<f64>>) {
    let nodes = expression.nodes();
    let part = |index: u16| nodes.get(usize::from(index));
    for node in nodes {
        let Node::Compare(_, left, right) = node else {
            continue;
        };
        let (fact, number) = match (part(*left), part(*right)) {
            (Some(Node::Fact(fact)), Some(Node::Number(number)))
            | (Some(Node::Number(number)), Some(Node::Fact(fact))) => (*fact, *number),
            _ => continue,
        };
        bounds.entry(fact).or_default().push(number);
    }
}
