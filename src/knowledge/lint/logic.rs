//! Whether conditions can hold, together or at all.
//!
//! The answer errs on one side: "cannot hold" is certain, "can hold" is not. Conditions are split into cases of single
//! comparisons; each case narrows what every fact may be, and fails when nothing is left.

use crate::expression::{
    Comparison, Expression, FactId, Facts, Interval, Node, PatternId, Truth, Value,
};
use crate::knowledge::{FactKind, KnowledgeBase, Pick};
use std::collections::BTreeMap;

/// Cases looked at before giving up: conditions that people write have a few dozen.
const MOST_CASES: usize = 20_000;

/// What the base says of facts and patterns whatever anyone answers.
pub(super) struct Logic {
    /// What each fact may be, by fact id.
    ranges: Vec<Value>,
    /// What each fact is read as: a quantity that is another fact by its formula, as that fact.
    same_as: Vec<FactId>,
    /// Per pattern, the one decision of which it can be the one choice.
    only_choice: Vec<Option<usize>>,
}

/// A condition that is to hold (`true`) or to fail.
pub(super) type Demand<'e> = (&'e Expression, bool);

impl Logic {
    pub(super) fn new(base: &KnowledgeBase) -> Self {
        let mut ranges = vec![Value::Number(Interval::ANY); base.fact_count()];
        for &id in &base.evaluation_order {
            let range = match (base.requirement(id), base.quantity(id)) {
                (Some(requirement), _) => anything(&requirement.kind),
                (None, Some(quantity)) => quantity.formula.value(&Ranges { facts: &ranges }),
                (None, None) => continue,
            };
            if let Some(slot) = ranges.get_mut(id.index()) {
                *slot = range;
            }
        }
        let mut same_as: Vec<FactId> = (0..base.fact_count() as u16).map(FactId).collect();
        for &id in &base.evaluation_order {
            let formula = base.quantity(id).map(|quantity| quantity.formula.nodes());
            if let Some([Node::Fact(other)]) = formula
                && let Some(&read) = same_as.get(other.index())
                && let Some(slot) = same_as.get_mut(id.index())
            {
                *slot = read;
            }
        }
        let only_choice = base
            .pattern_ids()
            .map(|id| {
                let mut offered = base.decisions_of(id);
                let decision = offered.next().filter(|_| offered.next().is_none())?;
                (base.decision(decision).pick == Pick::One).then_some(decision.index())
            })
            .collect();
        Self {
            ranges,
            same_as,
            only_choice,
        }
    }

    /// The same, but that some facts may be anything: what still cannot hold does so whatever was meant with them.
    pub(super) fn without(&self, doubtful: &[bool]) -> Self {
        let mut ranges = self.ranges.clone();
        for (range, is_doubtful) in ranges.iter_mut().zip(doubtful) {
            if *is_doubtful {
                *range = match range {
                    Value::Number(_) => Value::Number(Interval::ANY),
                    Value::Bool(_) => Value::Bool(Truth::Unknown),
                    Value::Choice(_) => Value::Choice(u32::MAX),
                };
            }
        }
        Self {
            ranges,
            same_as: self.same_as.clone(),
            only_choice: self.only_choice.clone(),
        }
    }

    fn read_as(&self, fact: FactId) -> FactId {
        self.same_as.get(fact.index()).copied().unwrap_or(fact)
    }

    /// What a fact may be whatever anyone answers.
    pub(super) fn range(&self, fact: FactId) -> Value {
        Ranges {
            facts: &self.ranges,
        }
        .value(fact)
    }

    /// Whether a condition holds whatever anyone answers, and is known to hold without any answer.
    pub(super) fn always(&self, expression: &Expression) -> bool {
        let ranges = Ranges {
            facts: &self.ranges,
        };
        expression.patterns().next().is_none() && expression.truth(&ranges).is_true()
    }

    /// Whether two patterns are options of one decision that takes one.
    pub(super) fn rivals(&self, left: PatternId, right: PatternId) -> bool {
        let decision = |id: PatternId| self.only_choice.get(id.index()).copied().flatten();
        left != right && decision(left).is_some() && decision(left) == decision(right)
    }

    /// Whether all demands may be met at once.
    pub(super) fn possible(&self, demands: &[Demand<'_>]) -> bool {
        let todo = demands
            .iter()
            .map(|(expression, wanted)| (*expression, root(expression), *wanted))
            .collect();
        let mut budget = MOST_CASES;
        self.search(todo, Case::default(), &mut budget)
    }

    /// The facts that an alternative of a condition speaks of which cannot hold by itself, if there is one.
    pub(super) fn dead_alternative(&self, expression: &Expression) -> Option<Vec<FactId>> {
        self.dead_below(expression, root(expression))
    }

    /// The facts that a condition inside a formula speaks of which cannot hold, or one of whose alternatives cannot, if
    /// there is one.
    pub(super) fn dead_part(&self, formula: &Expression) -> Option<Vec<FactId>> {
        let asked = |node: &Node| match node {
            Node::If(condition, ..) => Some(*condition),
            _ => None,
        };
        let whole = matches!(
            node(formula, root(formula)),
            Some(Node::And(..) | Node::Or(..) | Node::Not(_) | Node::Compare(..) | Node::In(..))
        );
        let conditions = formula.nodes().iter().filter_map(asked);
        let mut conditions = conditions.chain(whole.then(|| root(formula)));
        conditions.find_map(|condition| {
            let mut budget = MOST_CASES;
            let wanted = vec![(formula, condition, true)];
            if self.search(wanted, Case::default(), &mut budget) {
                self.dead_below(formula, condition)
            } else {
                Some(formula.facts_of(condition))
            }
        })
    }

    fn dead_below(&self, expression: &Expression, root: u16) -> Option<Vec<FactId>> {
        let mut todo = vec![root];
        while let Some(index) = todo.pop() {
            match node(expression, index) {
                Some(Node::Or(left, right)) => {
                    for side in [*left, *right] {
                        let mut budget = MOST_CASES;
                        let wanted = vec![(expression, side, true)];
                        if !self.search(wanted, Case::default(), &mut budget) {
                            return Some(expression.facts_of(side));
                        }
                        todo.push(side);
                    }
                }
                Some(Node::And(left, right)) => todo.extend([*left, *right]),
                _ => {}
            }
        }
        None
    }

    fn search<'e>(
        &self,
        mut todo: Vec<(&'e Expression, u16, bool)>,
        mut case: Case<'e>,
        budget: &mut usize,
    ) -> bool {
        while let Some((expression, index, wanted)) = todo.pop() {
            if *budget == 0 {
                return true;
            }
            *budget -= 1;
            let Some(node) = node(expression, index) else {
                return true;
            };
            match (node, wanted) {
                (Node::Not(inner), _) => todo.push((expression, *inner, !wanted)),
                (Node::And(left, right), true) | (Node::Or(left, right), false) => {
                    todo.push((expression, *right, wanted));
                    todo.push((expression, *left, wanted));
                }
                (Node::And(left, right), false) | (Node::Or(left, right), true) => {
                    let mut other = todo.clone();
                    other.push((expression, *left, wanted));
                    todo.push((expression, *right, wanted));
                    return self.search(other, case.clone(), budget)
                        || self.search(todo, case, budget);
                }
                _ => {
                    if !case.assume(self, expression, index, wanted) {
                        return false;
                    }
                }
            }
        }
        case.consistent(self)
    }
}

/// What one case assumes.
#[derive(Clone, Default)]
struct Case<'e> {
    facts: BTreeMap<FactId, Narrowed>,
    stated: BTreeMap<FactId, bool>,
    chosen: BTreeMap<PatternId, bool>,
    /// Comparisons that narrow no single fact, with what is assumed of them.
    others: Vec<(&'e Expression, u16, bool)>,
}

/// What is left of a fact.
#[derive(Debug, Clone, Copy)]
enum Narrowed {
    Number {
        low: f64,
        /// Whether it may be `low` itself.
        with_low: bool,
        high: f64,
        with_high: bool,
    },
    Bool(Option<bool>),
    Choice(u32),
}

impl<'e> Case<'e> {
    /// Adds a comparison; false when nothing is left.
    fn assume(
        &mut self,
        logic: &Logic,
        expression: &'e Expression,
        index: u16,
        wanted: bool,
    ) -> bool {
        let part = |index: u16| node(expression, index);
        match part(index) {
            Some(Node::Bool(value)) => *value == wanted,
            Some(Node::Stated(id)) => *self.stated.entry(*id).or_insert(wanted) == wanted,
            Some(Node::Chosen(id)) => {
                let rival = wanted
                    && self
                        .chosen
                        .iter()
                        .any(|(other, chosen)| *chosen && logic.rivals(*id, *other));
                !rival && *self.chosen.entry(*id).or_insert(wanted) == wanted
            }
            Some(Node::Fact(id)) => self.narrow(logic, *id, |left| match left {
                Narrowed::Bool(None) => Some(Narrowed::Bool(Some(wanted))),
                Narrowed::Bool(Some(value)) => (value == wanted).then_some(left),
                other => Some(other),
            }),
            Some(Node::In(inner, mask)) => {
                let Some(Node::Fact(id)) = part(*inner) else {
                    self.others.push((expression, index, wanted));
                    return true;
                };
                self.choices(logic, *id, if wanted { *mask } else { !*mask })
            }
            Some(Node::Compare(operator, left, right)) => match (part(*left), part(*right)) {
                (Some(Node::Fact(id)), Some(Node::Number(number))) => {
                    self.number(logic, *id, demanded(*operator, wanted), *number)
                }
                (Some(Node::Number(number)), Some(Node::Fact(id))) => {
                    self.number(logic, *id, mirrored(demanded(*operator, wanted)), *number)
                }
                (Some(Node::Fact(id)), Some(Node::Choice(choice)))
                | (Some(Node::Choice(choice)), Some(Node::Fact(id))) => {
                    let mask = 1_u32 << *choice;
                    match demanded(*operator, wanted) {
                        Comparison::Equal => self.choices(logic, *id, mask),
                        Comparison::NotEqual => self.choices(logic, *id, !mask),
                        _ => {
                            self.others.push((expression, index, wanted));
                            true
                        }
                    }
                }
                _ => {
                    self.others.push((expression, index, wanted));
                    true
                }
            },
            _ => {
                self.others.push((expression, index, wanted));
                true
            }
        }
    }

    fn narrow(
        &mut self,
        logic: &Logic,
        id: FactId,
        narrow: impl FnOnce(Narrowed) -> Option<Narrowed>,
    ) -> bool {
        let id = logic.read_as(id);
        let left = self
            .facts
            .get(&id)
            .copied()
            .unwrap_or_else(|| Narrowed::whole(logic.ranges.get(id.index()).copied()));
        narrow(left).is_some_and(|left| {
            self.facts.insert(id, left);
            true
        })
    }

    fn choices(&mut self, logic: &Logic, id: FactId, mask: u32) -> bool {
        self.narrow(logic, id, |left| match left {
            Narrowed::Choice(left) => (left & mask != 0).then_some(Narrowed::Choice(left & mask)),
            other => Some(other),
        })
    }

    fn number(&mut self, logic: &Logic, id: FactId, operator: Comparison, bound: f64) -> bool {
        self.narrow(logic, id, |left| {
            let Narrowed::Number {
                mut low,
                mut with_low,
                mut high,
                mut with_high,
            } = left
            else {
                return Some(left);
            };
            let raise = matches!(
                operator,
                Comparison::Greater | Comparison::GreaterOrEqual | Comparison::Equal
            );
            let lower = matches!(
                operator,
                Comparison::Less | Comparison::LessOrEqual | Comparison::Equal
            );
            let with = !matches!(operator, Comparison::Greater | Comparison::Less);
            if raise && bound >= low {
                with_low = with && (with_low || bound > low);
                low = bound;
            }
            if lower && bound <= high {
                with_high = with && (with_high || bound < high);
                high = bound;
            }
            let one_point = low >= high;
            let gone =
                operator == Comparison::NotEqual && one_point && bound.to_bits() == low.to_bits();
            let empty = low > high || one_point && !(with_low && with_high);
            (!gone && !empty).then_some(Narrowed::Number {
                low,
                with_low,
                high,
                with_high,
            })
        })
    }

    /// Whether the comparisons of several facts fit what is left of each.
    fn consistent(&self, logic: &Logic) -> bool {
        let left = Left { case: self, logic };
        self.others.iter().enumerate().all(|(place, entry)| {
            let (expression, index, wanted) = *entry;
            let fails = if wanted { Truth::False } else { Truth::True };
            let opposite = self.others.iter().take(place).any(|(other, at, assumed)| {
                *assumed != wanted && same(expression, index, other, *at)
            });
            // What is chosen is known of the patterns assumed alone, so no more can be said of such a part.
            let open = asks_for_patterns(expression, index);
            !opposite && (open || expression.truth_at(index, &left) != fails)
        })
    }
}

impl Narrowed {
    fn whole(range: Option<Value>) -> Self {
        match range {
            Some(Value::Bool(Truth::True)) => Self::Bool(Some(true)),
            Some(Value::Bool(Truth::False)) => Self::Bool(Some(false)),
            Some(Value::Bool(Truth::Unknown)) => Self::Bool(None),
            Some(Value::Choice(mask)) => Self::Choice(mask),
            Some(Value::Number(interval)) => Self::Number {
                low: interval.low,
                with_low: true,
                high: interval.high,
                with_high: true,
            },
            None => Self::Number {
                low: f64::NEG_INFINITY,
                with_low: true,
                high: f64::INFINITY,
                with_high: true,
            },
        }
    }
}

/// The facts in one case.
struct Left<'a, 'e> {
    case: &'a Case<'e>,
    logic: &'a Logic,
}

impl Facts for Left<'_, '_> {
    fn value(&self, fact: FactId) -> Value {
        match self.case.facts.get(&self.logic.read_as(fact)) {
            Some(Narrowed::Number { low, high, .. }) => Value::Number(Interval {
                low: *low,
                high: *high,
            }),
            Some(Narrowed::Bool(value)) => {
                Value::Bool(value.map_or(Truth::Unknown, Truth::from_bool))
            }
            Some(Narrowed::Choice(mask)) => Value::Choice(*mask),
            None => Ranges {
                facts: &self.logic.ranges,
            }
            .value(fact),
        }
    }

    fn stated(&self, fact: FactId) -> Truth {
        let assumed = self.case.stated.get(&fact);
        assumed.map_or(Truth::Unknown, |assumed| Truth::from_bool(*assumed))
    }

    fn chosen(&self, pattern: PatternId) -> bool {
        self.case.chosen.get(&pattern).copied().unwrap_or(false)
    }
}

/// The facts whatever anyone answers.
struct Ranges<'a> {
    facts: &'a [Value],
}

impl Facts for Ranges<'_> {
    fn value(&self, fact: FactId) -> Value {
        self.facts
            .get(fact.index())
            .copied()
            .unwrap_or(Value::Number(Interval::ANY))
    }

    fn stated(&self, _: FactId) -> Truth {
        Truth::Unknown
    }

    fn chosen(&self, _: PatternId) -> bool {
        false
    }
}

/// Everything that a fact of this kind may be.
fn anything(kind: &FactKind) -> Value {
    match kind {
        FactKind::Number { min, max, .. } => Value::Number(Interval {
            low: *min,
            high: *max,
        }),
        FactKind::Bool => Value::Bool(Truth::Unknown),
        FactKind::Choice { values, .. } => {
            let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
            Value::Choice(1_u32.checked_shl(count).map_or(u32::MAX, |bit| bit - 1))
        }
    }
}

fn root(expression: &Expression) -> u16 {
    expression.nodes().len().saturating_sub(1) as u16
}

fn node(expression: &Expression, index: u16) -> Option<&Node> {
    expression.nodes().get(usize::from(index))
}

/// The comparison that must hold for one to hold or to fail.
fn demanded(operator: Comparison, wanted: bool) -> Comparison {
    if wanted {
        return operator;
    }
    match operator {
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
    }
}

/// The comparison with its sides exchanged.
fn mirrored(operator: Comparison) -> Comparison {
    match operator {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same @ (Comparison::Equal | Comparison::NotEqual) => same,
    }
}

/// Whether a part of an expression asks what is chosen.
fn asks_for_patterns(expression: &Expression, index: u16) -> bool {
    let Some(node) = node(expression, index) else {
        return false;
    };
    let (head, parts) = taken_apart(node);
    matches!(head, Node::Chosen(_))
        || parts
            .into_iter()
            .any(|part| asks_for_patterns(expression, part))
}

/// Whether two parts of expressions are written alike.
fn same(left: &Expression, at: u16, right: &Expression, other: u16) -> bool {
    let (Some(ours), Some(theirs)) = (node(left, at), node(right, other)) else {
        return false;
    };
    let ((our_head, our_parts), (their_head, their_parts)) =
        (taken_apart(ours), taken_apart(theirs));
    our_head == their_head
        && our_parts
            .iter()
            .zip(&their_parts)
            .all(|(ours, theirs)| same(left, *ours, right, *theirs))
}

/// A node without its parts, and where these are.
fn taken_apart(node: &Node) -> (Node, Vec<u16>) {
    match *node {
        Node::Not(inner) => (Node::Not(0), vec![inner]),
        Node::In(inner, mask) => (Node::In(0, mask), vec![inner]),
        Node::And(left, right) => (Node::And(0, 0), vec![left, right]),
        Node::Or(left, right) => (Node::Or(0, 0), vec![left, right]),
        Node::Compare(operator, left, right) => (Node::Compare(operator, 0, 0), vec![left, right]),
        Node::Arithmetic(operator, left, right) => {
            (Node::Arithmetic(operator, 0, 0), vec![left, right])
        }
        Node::Call(function, left, right) => (Node::Call(function, 0, 0), vec![left, right]),
        Node::If(condition, left, right) => (Node::If(0, 0, 0), vec![condition, left, right]),
        Node::Number(_)
        | Node::Bool(_)
        | Node::Choice(_)
        | Node::Fact(_)
        | Node::Stated(_)
        | Node::Chosen(_) => (node.clone(), Vec::new()),
    }
}
