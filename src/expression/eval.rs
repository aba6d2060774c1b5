//! Three-valued evaluation over intervals.

use super::{Arithmetic, Comparison, Expression, FactId, Function, Node, PatternId};
use serde::{Deserialize, Serialize};

/// Kleene's three truth values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It depends on what is not known.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// Returns the truth value of a known fact.
    pub fn from_bool(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }

    /// Returns whether it certainly holds.
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// Returns whether it certainly does not hold.
    pub fn is_false(self) -> bool {
        self == Self::False
    }

    /// Negation.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// Conjunction: false if either is false.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// Disjunction: true if either is true.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (Self::False, Self::False) => Self::False,
            _ => Self::Unknown,
        }
    }
}

/// A closed interval of numbers in base units; a known number is an interval of one point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The least value it may have.
    pub low: f64,
    /// The greatest value it may have.
    pub high: f64,
}

impl Interval {
    /// Nothing is known.
    pub const ANY: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };

    /// Returns the interval of one known number.
    pub fn point(value: f64) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    /// Returns the number, if it is known.
    #[allow(
        clippy::float_cmp,
        reason = "a known number is stored twice, bit for bit"
    )]
    pub fn known(self) -> Option<f64> {
        (self.low == self.high).then_some(self.low)
    }

    fn from_corners(corners: [f64; 4]) -> Self {
        let mut result = Self {
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
        };
        for corner in corners {
            // 0 · ∞ is 0 here: the infinite end stands for "as large as you like", and none of it is none.
            let corner = if corner.is_nan() { 0.0 } else { corner };
            result.low = result.low.min(corner);
            result.high = result.high.max(corner);
        }
        result
    }

    fn apply(self, operator: Arithmetic, other: Self) -> Self {
        match operator {
            Arithmetic::Add => Self {
                low: self.low + other.low,
                high: self.high + other.high,
            },
            Arithmetic::Subtract => Self {
                low: self.low - other.high,
                high: self.high - other.low,
            },
            Arithmetic::Multiply => Self::from_corners([
                self.low * other.low,
                self.low * other.high,
                self.high * other.low,
                self.high * other.high,
            ]),
            Arithmetic::Divide => {
                if other.low > 0.0 || other.high < 0.0 {
                    Self::from_corners([
                        self.low / other.low,
                        self.low / other.high,
                        self.high / other.low,
                        self.high / other.high,
                    ])
                } else if other.low >= 0.0 && self.low >= 0.0 {
                    // Facts are not negative: dividing by something that may be zero has no upper bound.
                    let low = if other.high > 0.0 {
                        self.low / other.high
                    } else {
                        f64::INFINITY
                    };
                    let low = if low.is_nan() { 0.0 } else { low };
                    Self {
                        low: if self.high > 0.0 { low } else { 0.0 },
                        high: f64::INFINITY,
                    }
                } else {
                    Self::ANY
                }
            }
        }
    }

    fn map(self, function: impl Fn(f64) -> f64) -> Self {
        let (low, high) = (function(self.low), function(self.high));
        let clean = |value: f64, fallback: f64| if value.is_nan() { fallback } else { value };
        Self {
            low: clean(low.min(high), f64::NEG_INFINITY),
            high: clean(low.max(high), f64::INFINITY),
        }
    }
}

/// What is known of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A number, in base units.
    Number(Interval),
    /// A truth value.
    Bool(Truth),
    /// The set of choices it may be, a bit each.
    Choice(u32),
}

impl Value {
    /// Returns whether exactly one value is possible.
    pub fn is_known(self) -> bool {
        match self {
            Self::Number(interval) => interval.known().is_some(),
            Self::Bool(truth) => truth != Truth::Unknown,
            Self::Choice(mask) => mask.is_power_of_two(),
        }
    }

    fn number(self) -> Interval {
        if let Self::Number(interval) = self {
            interval
        } else {
            Interval::ANY
        }
    }

    fn truth(self) -> Truth {
        if let Self::Bool(truth) = self {
            truth
        } else {
            Truth::Unknown
        }
    }

    fn mask(self) -> u32 {
        if let Self::Choice(mask) = self {
            mask
        } else {
            u32::MAX
        }
    }
}

/// What an expression is evaluated against.
pub trait Facts {
    /// Returns what is known of a fact.
    fn value(&self, fact: FactId) -> Value;
    /// Returns whether the user gave the fact; unknown where the question is what would hold whatever is given later.
    fn stated(&self, fact: FactId) -> Truth;
    /// Returns whether a pattern was chosen earlier.
    fn chosen(&self, pattern: PatternId) -> bool;
}

impl Expression {
    /// Evaluates to what can be said of the result.
    pub fn value<F: Facts + ?Sized>(&self, facts: &F) -> Value {
        let root = self.nodes.len().saturating_sub(1);
        self.node(root as u16, facts)
    }

    /// Evaluates a condition.
    pub fn truth<F: Facts + ?Sized>(&self, facts: &F) -> Truth {
        self.value(facts).truth()
    }

    /// Returns the facts whose values make the result, each once: not those of a branch that is not taken, nor of the
    /// side of an `and` or `or` that the other side settles.
    pub fn used<F: Facts + ?Sized>(&self, facts: &F) -> Vec<FactId> {
        let mut used = Vec::new();
        self.collect_used(self.nodes.len().saturating_sub(1) as u16, facts, &mut used);
        used
    }

    fn collect_used<F: Facts + ?Sized>(&self, index: u16, facts: &F, used: &mut Vec<FactId>) {
        let Some(node) = self.nodes.get(usize::from(index)) else {
            return;
        };
        match *node {
            Node::Fact(id) if !used.contains(&id) => used.push(id),
            // That something was said makes the result only where it may still be said.
            Node::Stated(id) if facts.stated(id) == Truth::Unknown && !used.contains(&id) => {
                used.push(id);
            }
            Node::Not(inner) | Node::In(inner, _) => self.collect_used(inner, facts, used),
            Node::And(left, right) | Node::Or(left, right) => {
                let settles = if matches!(node, Node::And(..)) {
                    Truth::False
                } else {
                    Truth::True
                };
                if self.node(left, facts).truth() == settles {
                    self.collect_used(left, facts, used);
                } else if self.node(right, facts).truth() == settles {
                    self.collect_used(right, facts, used);
                } else {
                    self.collect_used(left, facts, used);
                    self.collect_used(right, facts, used);
                }
            }
            Node::Compare(_, left, right)
            | Node::Arithmetic(_, left, right)
            | Node::Call(_, left, right) => {
                self.collect_used(left, facts, used);
                self.collect_used(right, facts, used);
            }
            Node::If(condition, left, right) => {
                self.collect_used(condition, facts, used);
                let truth = self.node(condition, facts).truth();
                if !truth.is_false() {
                    self.collect_used(left, facts, used);
                }
                if !truth.is_true() {
                    self.collect_used(right, facts, used);
                }
            }
            _ => {}
        }
    }

    /// Evaluates the part of a condition whose root is this node.
    pub(crate) fn truth_at<F: Facts + ?Sized>(&self, index: u16, facts: &F) -> Truth {
        self.node(index, facts).truth()
    }

    fn node<F: Facts + ?Sized>(&self, index: u16, facts: &F) -> Value {
        let Some(node) = self.nodes.get(usize::from(index)) else {
            return Value::Bool(Truth::Unknown);
        };
        match *node {
            Node::Number(value) => Value::Number(Interval::point(value)),
            Node::Bool(value) => Value::Bool(Truth::from_bool(value)),
            Node::Choice(choice) => Value::Choice(1 << choice),
            Node::Fact(id) => facts.value(id),
            Node::Stated(id) => Value::Bool(facts.stated(id)),
            Node::Chosen(id) => Value::Bool(Truth::from_bool(facts.chosen(id))),
            Node::Not(inner) => Value::Bool(self.node(inner, facts).truth().negate()),
            Node::And(left, right) => {
                let left = self.node(left, facts).truth();
                if left.is_false() {
                    return Value::Bool(Truth::False);
                }
                Value::Bool(left.and(self.node(right, facts).truth()))
            }
            Node::Or(left, right) => {
                let left = self.node(left, facts).truth();
                if left.is_true() {
                    return Value::Bool(Truth::True);
                }
                Value::Bool(left.or(self.node(right, facts).truth()))
            }
            Node::Compare(operator, left, right) => Value::Bool(compare(
                operator,
                self.node(left, facts),
                self.node(right, facts),
            )),
            Node::In(inner, wanted) => {
                let mask = self.node(inner, facts).mask();
                Value::Bool(if mask & wanted == 0 {
                    Truth::False
                } else if mask & !wanted == 0 {
                    Truth::True
                } else {
                    Truth::Unknown
                })
            }
            Node::Arithmetic(operator, left, right) => {
                let (left, right) = (
                    self.node(left, facts).number(),
                    self.node(right, facts).number(),
                );
                Value::Number(left.apply(operator, right))
            }
            Node::Call(function, left, right) => {
                let (left, right) = (
                    self.node(left, facts).number(),
                    self.node(right, facts).number(),
                );
                Value::Number(call(function, left, right))
            }
            Node::If(condition, left, right) => match self.node(condition, facts).truth() {
                Truth::True => self.node(left, facts),
                Truth::False => self.node(right, facts),
                Truth::Unknown => {
                    let (left, right) = (
                        self.node(left, facts).number(),
                        self.node(right, facts).number(),
                    );
                    Value::Number(Interval {
                        low: left.low.min(right.low),
                        high: left.high.max(right.high),
                    })
                }
            },
        }
    }
}

fn compare(operator: Comparison, left: Value, right: Value) -> Truth {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => match operator {
            Comparison::Less => order(left.high < right.low, left.low >= right.high),
            Comparison::LessOrEqual => order(left.high <= right.low, left.low > right.high),
            Comparison::Greater => order(left.low > right.high, left.high <= right.low),
            Comparison::GreaterOrEqual => order(left.low >= right.high, left.high < right.low),
            Comparison::Equal => same(left, right),
            Comparison::NotEqual => same(left, right).negate(),
        },
        (Value::Choice(left), Value::Choice(right)) => {
            let equal = if left & right == 0 {
                Truth::False
            } else if left == right && left.is_power_of_two() {
                Truth::True
            } else {
                Truth::Unknown
            };
            if operator == Comparison::NotEqual {
                equal.negate()
            } else {
                equal
            }
        }
        (Value::Bool(left), Value::Bool(right)) => {
            let equal = if left == Truth::Unknown || right == Truth::Unknown {
                Truth::Unknown
            } else {
                Truth::from_bool(left == right)
            };
            if operator == Comparison::NotEqual {
                equal.negate()
            } else {
                equal
            }
        }
        _ => Truth::Unknown,
    }
}

fn order(surely: bool, never: bool) -> Truth {
    match (surely, never) {
        (true, _) => Truth::True,
        (false, true) => Truth::False,
        (false, false) => Truth::Unknown,
    }
}

#[allow(clippy::float_cmp, reason = "equality of points is what `==` asks")]
fn same(left: Interval, right: Interval) -> Truth {
    if left.high < right.low || right.high < left.low {
        Truth::False
    } else {
        match (left.known(), right.known()) {
            (Some(left), Some(right)) => Truth::from_bool(left == right),
            _ => Truth::Unknown,
        }
    }
}

fn call(function: Function, left: Interval, right: Interval) -> Interval {
    match function {
        Function::Max => Interval {
            low: left.low.max(right.low),
            high: left.high.max(right.high),
        },
        Function::Min => Interval {
            low: left.low.min(right.low),
            high: left.high.min(right.high),
        },
        Function::Ceil => left.map(f64::ceil),
        Function::Ln => left.map(libm::log),
        Function::Sqrt => left.map(f64::sqrt),
        Function::Harmonic => left.map(harmonic),
        Function::Pow => Interval::from_corners([
            libm::pow(left.low, right.low),
            libm::pow(left.low, right.high),
            libm::pow(left.high, right.low),
            libm::pow(left.high, right.high),
        ]),
    }
}

/// 1 + 1/2 + … + 1/n, by Euler and Maclaurin's expansion beyond a hundred terms (error below 1e-10).
fn harmonic(count: f64) -> f64 {
    const EULER_MASCHERONI: f64 = 0.577_215_664_901_532_9;
    if count < 1.0 {
        return count.max(0.0);
    }
    if count <= 100.0 {
        return (1..=count as u32).map(|term| 1.0 / f64::from(term)).sum();
    }
    libm::log(count) + EULER_MASCHERONI + 1.0 / (2.0 * count) - 1.0 / (12.0 * count * count)
}

#[cfg(test)]
mod tests {
    use super::super::{Dimension, FactType, Scope, compile_condition, compile_formula};
    use super::*;

    struct Names;
    impl Scope for Names {
        fn fact(&self, name: &str) -> Option<(FactId, FactType)> {
            let rate = Dimension {
                time: -1,
                ..Dimension::NONE
            };
            let data = Dimension {
                data: 1,
                ..Dimension::NONE
            };
            Some(match name {
                "rate" => (FactId(0), FactType::Number(rate)),
                "data" => (FactId(1), FactType::Number(data)),
                "money" => (FactId(2), FactType::Bool),
                "level" => (
                    FactId(3),
                    FactType::Choice(vec!["low".into(), "mid".into(), "high".into()]),
                ),
                "teams" => (FactId(4), FactType::Number(Dimension::NONE)),
                _ => return None,
            })
        }
        fn pattern(&self, name: &str) -> Option<PatternId> {
            (name == "saga").then_some(PatternId(0))
        }
        fn nearest_fact(&self, name: &str) -> Option<String> {
            crate::problem::nearest(name, ["rate", "data", "money", "level", "teams"])
                .map(str::to_owned)
        }
        fn nearest_pattern(&self, _: &str) -> Option<String> {
            Some("saga".to_owned())
        }
    }

    struct Known(Vec<Value>);
    impl Facts for Known {
        fn value(&self, fact: FactId) -> Value {
            self.0[usize::from(fact.0)]
        }
        fn stated(&self, fact: FactId) -> Truth {
            Truth::from_bool(self.0[usize::from(fact.0)].is_known())
        }
        fn chosen(&self, _: PatternId) -> bool {
            true
        }
    }

    fn facts(rate: Interval, level: u32) -> Known {
        Known(vec![
            Value::Number(rate),
            Value::Number(Interval::point(4e11)),
            Value::Bool(Truth::Unknown),
            Value::Choice(level),
            Value::Number(Interval::point(3.0)),
        ])
    }

    fn truth(text: &str, facts: &Known) -> Truth {
        compile_condition(text, &Names).unwrap().truth(facts)
    }

    #[test]
    fn comparisons_hold_only_when_they_hold_for_the_whole_range() {
        let wide = facts(
            Interval {
                low: 100.0,
                high: 1000.0,
            },
            0b011,
        );
        for (text, expected) in [
            ("rate > 50/s", Truth::True),
            ("rate > 2k/s", Truth::False),
            ("rate > 500/s", Truth::Unknown),
            ("rate * 10 > 500/s", Truth::True),
            ("level == 'high'", Truth::False),
            ("level in ('low', 'mid')", Truth::True),
            ("level == 'low'", Truth::Unknown),
            ("level not in ('low', 'high')", Truth::Unknown),
            ("money", Truth::Unknown),
            ("money and rate > 2k/s", Truth::False),
            ("money or teams >= 3", Truth::True),
            ("not money", Truth::Unknown),
            ("data == 400 GB and chosen('saga')", Truth::True),
            ("stated(teams) and not stated(rate)", Truth::True),
            ("rate / (rate - rate) > 0", Truth::Unknown),
        ] {
            assert_eq!(truth(text, &wide), expected, "{text}");
        }
    }

    #[test]
    fn faults_are_found_before_evaluation() {
        for (text, fragment) in [
            ("rat > 5/s", "there is no requirement or quantity `rat`"),
            ("rate > 5", "1/time cannot be combined with a plain number"),
            ("rate > 5 GB", "1/time cannot be combined with data"),
            ("level == 'hihg'", "'hihg' is not one of its values"),
            ("level > 'low'", "only numbers have an order"),
            ("rate", "a condition must be true or false"),
            ("chosen('sagas')", "there is no pattern `sagas`"),
            ("money > 3", "different kinds"),
            ("rate and money", "this must be true or false"),
            ("max(rate, rate) > 3/s", "no function `max` in conditions"),
            ("rate / 0 > 5/s", "nothing can be divided by zero"),
        ] {
            let faults = compile_condition(text, &Names).unwrap_err();
            assert!(faults[0].message.contains(fragment), "{text}: {faults:?}");
        }
        let two = compile_condition("rat > 5/s or levle == 'low'", &Names).unwrap_err();
        assert_eq!(two.len(), 2, "both wrong names are reported: {two:?}");
    }

    #[test]
    fn formulas_are_checked_for_their_unit() {
        let data = FactType::Number(Dimension {
            data: 1,
            ..Dimension::NONE
        });
        assert!(compile_formula("rate * 1 day * 1 kB", &Names, &data).is_ok());
        let fault = compile_formula("rate * 1 kB", &Names, &data).unwrap_err();
        assert!(
            fault[0]
                .message
                .contains("the formula gives data/time, the unit says data")
        );
    }

    #[test]
    fn harmonic_numbers_match_their_definition() {
        let direct: f64 = (1..=1000).map(|n| 1.0 / f64::from(n)).sum();
        assert!((harmonic(1000.0) - direct).abs() < 1e-9);
    }
}
