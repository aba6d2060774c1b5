//! Formulas that both rise and fall in the same fact.
//!
//! More users may not ask for fewer servers. Each formula is evaluated along the range of each number that it reads,
//! with everything else held; a rise here and a fall there is reported with both as proof. Points are taken at the ends
//! of the range, at the numbers that the formula compares with, and between; chance has a fixed seed.

use super::Findings;
use super::logic::Logic;
use crate::expression::{Expression, FactId, Facts, Interval, Node, PatternId, Truth, Value};
use crate::knowledge::{Chance, DefaultAnswer, FactKind, KnowledgeBase, Text};
use crate::problem::Problem;
use std::collections::BTreeMap;

/// Points between the ends of a range.
const POINTS: i32 = 8;
/// Settings of everything else that are tried for each fact.
const SETTINGS: usize = 40;
/// What stands for the end of a range that has none.
const FAR: f64 = 1e15;
/// What a range that starts at 0 has as its least point above: this part of its end.
const NEAR_ZERO: f64 = 1e-6;
/// Differences below this part of a value are those of rounding.
const ROUNDING: f64 = 1e-9;

pub(super) fn check(base: &KnowledgeBase, logic: &Logic, found: &mut Findings<'_>) {
    for (_, quantity) in base.quantity_ids() {
        let entry = format!("quantity/{}", quantity.id);
        let formula = Formula {
            id: &quantity.id,
            kind: &quantity.kind,
            expression: &quantity.formula,
        };
        let declared: Vec<FactId> = quantity.turns.iter().map(|(fact, _)| *fact).collect();
        for (fact, turn) in turns(base, logic, &formula) {
            match turn {
                Some(problem) if !declared.contains(&fact) => {
                    found.add(&entry, &["formula"], problem);
                }
                None if declared.contains(&fact) => {
                    let name = base.fact(fact).0;
                    let problem = Problem::warning(format!(
                        "`{}` is not seen to turn in `{name}`",
                        quantity.id
                    ))
                    .help("take it out of `turns`");
                    found.add(&entry, &["turns", name], problem);
                }
                _ => {}
            }
        }
    }
    for requirement in &base.requirements {
        if let DefaultAnswer::Formula(expression) = &requirement.default {
            let formula = Formula {
                id: &requirement.id,
                kind: &requirement.kind,
                expression,
            };
            let entry = format!("requirement/{}", requirement.id);
            for problem in turns(base, logic, &formula)
                .into_iter()
                .filter_map(|turn| turn.1)
            {
                found.add(&entry, &["formula"], problem);
            }
        }
    }
}

struct Formula<'b> {
    id: &'b Text,
    kind: &'b FactKind,
    expression: &'b Expression,
}

/// A rise or a fall: where from and to, and what the formula gives there.
#[derive(Clone, Copy)]
struct Step {
    from: (f64, f64),
    to: (f64, f64),
}

/// For each number that a formula reads, the problem where it turns.
fn turns(
    base: &KnowledgeBase,
    logic: &Logic,
    formula: &Formula<'_>,
) -> Vec<(FactId, Option<Problem>)> {
    if !matches!(formula.kind, FactKind::Number { .. }) {
        return Vec::new();
    }
    let facts = formula.expression.facts();
    let values: BTreeMap<FactId, Vec<Value>> = (facts.iter())
        .map(|fact| (*fact, points(logic, formula.expression, *fact)))
        .collect();
    let numbers = facts
        .iter()
        .copied()
        .filter(|fact| matches!(base.fact(*fact).2, FactKind::Number { .. }));
    numbers
        .map(|fact| (fact, turn(base, formula, fact, &values)))
        .collect()
}

fn turn(
    base: &KnowledgeBase,
    formula: &Formula<'_>,
    fact: FactId,
    values: &BTreeMap<FactId, Vec<Value>>,
) -> Option<Problem> {
    let mut chance = Chance::new(1);
    let (mut rise, mut fall): (Option<Step>, Option<Step>) = (None, None);
    for _ in 0..SETTINGS {
        let mut setting = Setting::default();
        for (other, points) in values {
            if let Some(value) = chance.pick(points) {
                setting.values.insert(*other, *value);
            }
            setting.stated.insert(*other, chance.below(2) == 1);
        }
        let mut before: Option<(f64, f64)> = None;
        for point in values.get(&fact).into_iter().flatten() {
            setting.values.insert(fact, *point);
            let here = (number(*point), number(formula.expression.value(&setting)));
            let (Some(at), Some(value)) = here else {
                before = None;
                continue;
            };
            if let Some(from) = before {
                let step = Step {
                    from,
                    to: (at, value),
                };
                let noise = ROUNDING * from.1.abs().max(value.abs());
                if value > from.1 + noise {
                    rise.get_or_insert(step);
                } else if value < from.1 - noise {
                    fall.get_or_insert(step);
                }
            }
            before = Some((at, value));
        }
    }
    let (rise, fall) = (rise?, fall?);
    let (name, _, kind) = base.fact(fact);
    let shown = |kind: &FactKind, value: f64| kind.display(Value::Number(Interval::point(value)));
    let told = |step: Step| {
        format!(
            "from {} at {} to {} at {}",
            shown(formula.kind, step.from.1),
            shown(kind, step.from.0),
            shown(formula.kind, step.to.1),
            shown(kind, step.to.0),
        )
    };
    let problem = Problem::warning(format!(
        "`{}` both rises and falls in `{name}`: {}, and {}",
        formula.id,
        told(rise),
        told(fall)
    ));
    Some(problem.help(format!(
        "mend the formula, or say why it turns: `turns: {{{name}: ...}}`"
    )))
}

/// The points at which a fact is looked at, in order.
fn points(logic: &Logic, expression: &Expression, fact: FactId) -> Vec<Value> {
    match logic.range(fact) {
        Value::Bool(Truth::Unknown) => [Truth::False, Truth::True].map(Value::Bool).to_vec(),
        known @ Value::Bool(_) => vec![known],
        Value::Choice(mask) => (0..32)
            .filter(|choice| mask & (1 << choice) != 0)
            .map(|choice| Value::Choice(1 << choice))
            .collect(),
        Value::Number(range) => {
            let (low, high) = (range.low.clamp(-FAR, FAR), range.high.clamp(-FAR, FAR));
            let mut numbers = vec![low, high];
            if low >= 0.0 && high > 0.0 {
                let least = if low > 0.0 { low } else { high * NEAR_ZERO };
                let ratio = libm::pow(high / least, 1.0 / f64::from(POINTS));
                numbers.extend((0..POINTS).map(|place| least * ratio.powi(place)));
            } else {
                let width = (high - low) / f64::from(POINTS);
                numbers.extend((1..POINTS).map(|place| low + width * f64::from(place)));
            }
            for bound in bounds(expression, fact) {
                numbers.extend([bound * (1.0 - 1e-6), bound, bound * (1.0 + 1e-6)]);
            }
            numbers.retain(|number| (low..=high).contains(number));
            numbers.sort_by(f64::total_cmp);
            numbers.dedup();
            (numbers.into_iter())
                .map(|number| Value::Number(Interval::point(number)))
                .collect()
        }
    }
}

/// The numbers with which an expression compares a fact.
fn bounds(expression: &Expression, fact: FactId) -> Vec<f64> {
    let part = |index: u16| expression.nodes().get(usize::from(index));
    let compared = |left: u16, right: u16| match (part(left), part(right)) {
        (Some(Node::Fact(id)), Some(Node::Number(number)))
        | (Some(Node::Number(number)), Some(Node::Fact(id)))
            if *id == fact =>
        {
            Some(*number)
        }
        _ => None,
    };
    (expression.nodes().iter())
        .filter_map(|node| match node {
            Node::Compare(_, left, right) | Node::Call(_, left, right) => compared(*left, *right),
            _ => None,
        })
        .collect()
}

fn number(value: Value) -> Option<f64> {
    match value {
        Value::Number(interval) => interval.known().filter(|number| number.is_finite()),
        Value::Bool(_) | Value::Choice(_) => None,
    }
}

/// One setting of the facts.
#[derive(Default)]
struct Setting {
    values: BTreeMap<FactId, Value>,
    stated: BTreeMap<FactId, bool>,
}

impl Facts for Setting {
    fn value(&self, fact: FactId) -> Value {
        let value = self.values.get(&fact).copied();
        value.unwrap_or(Value::Number(Interval::ANY))
    }

    fn stated(&self, fact: FactId) -> Truth {
        Truth::from_bool(self.stated.get(&fact).copied().unwrap_or(false))
    }

    fn chosen(&self, _: PatternId) -> bool {
        false
    }
}
