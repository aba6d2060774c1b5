//! Answers and defaults to what is known of every fact.

use super::Situation;
use crate::expression::{Expression, Facts, Interval, Truth, Value};
use crate::knowledge::{DefaultAnswer, FactId, FactKind, KnowledgeBase, PatternId};

/// Where the value of a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The user gave it.
    Given,
    /// The interfaces or entities of the design say it.
    Inferred,
    /// A default stands in.
    Assumed,
    /// A formula gives it.
    Derived,
    /// Nothing is known.
    Unknown,
}

impl Origin {
    /// Returns the word used in files and on screens.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Inferred => "inferred",
            Self::Assumed => "assumed",
            Self::Derived => "derived",
            Self::Unknown => "unknown",
        }
    }

    /// Returns whether the user said it, as an answer or elsewhere in the design.
    pub fn is_said(self) -> bool {
        matches!(self, Self::Given | Self::Inferred)
    }
}

/// Which values count when a condition is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Defaults stand in for what was not given.
    Assume,
    /// Only what was given counts; all else may be anything in its range.
    Stated,
    /// As [`Reading::Stated`], and what is not given yet may still be: only what holds whatever is answered later.
    Certain,
}

impl Reading {
    /// Returns whether a fact is given, in this reading: what is not given yet may still be.
    pub(super) fn stated(self, state: Option<&FactState>) -> Truth {
        self.given(state.is_some_and(|state| state.origin.is_said()))
    }

    /// The same, of a fact of which it is known.
    pub(super) fn given(self, given: bool) -> Truth {
        match (given, self) {
            (true, _) => Truth::True,
            (false, Self::Assume | Self::Stated) => Truth::False,
            (false, Self::Certain) => Truth::Unknown,
        }
    }
}

/// What is known of one fact.
#[derive(Debug, Clone, PartialEq)]
pub struct FactState {
    /// The value with defaults standing in.
    pub value: Value,
    /// The value from given answers alone: an interval where something else is needed.
    pub stated: Value,
    /// Where the value comes from.
    pub origin: Origin,
    /// Requirements not given that the value rests on, through formulas.
    pub rests_on: Vec<FactId>,
}

impl FactState {
    /// Returns whether the user said it, or it follows from what the user said alone.
    pub fn is_settled(&self) -> bool {
        self.origin.is_said() || self.origin == Origin::Derived && self.stated.is_known()
    }
}

/// What is known of every fact, by fact id.
#[derive(Debug, Clone, PartialEq)]
pub struct FactTable {
    states: Vec<FactState>,
}

struct Partial<'a> {
    states: &'a [Option<FactState>],
    reading: Reading,
}

impl Facts for Partial<'_> {
    fn value(&self, fact: FactId) -> Value {
        match self.states.get(fact.index()).and_then(Option::as_ref) {
            Some(state) if self.reading == Reading::Assume => state.value,
            Some(state) => state.stated,
            None => Value::Number(Interval::ANY),
        }
    }

    fn stated(&self, fact: FactId) -> Truth {
        self.reading
            .stated(self.states.get(fact.index()).and_then(Option::as_ref))
    }

    fn chosen(&self, _: PatternId) -> bool {
        false
    }
}

/// All facts, with defaults standing in.
struct Assumed<'a> {
    table: &'a FactTable,
    /// Which patterns are taken; formulas speak of none.
    taken: &'a [bool],
}

impl Facts for Assumed<'_> {
    fn value(&self, fact: FactId) -> Value {
        self.table.state(fact).value
    }

    fn stated(&self, fact: FactId) -> Truth {
        Reading::Assume.stated(Some(self.table.state(fact)))
    }

    fn chosen(&self, pattern: PatternId) -> bool {
        self.taken.get(pattern.index()).copied().unwrap_or(false)
    }
}

/// Everything that a fact of this kind may be.
pub(super) fn anything(kind: &FactKind) -> Value {
    match kind {
        FactKind::Number { min, max, .. } => Value::Number(Interval {
            low: *min,
            high: *max,
        }),
        FactKind::Bool => Value::Bool(Truth::Unknown),
        FactKind::Choice { values, .. } => Value::Choice(if values.len() >= 32 {
            u32::MAX
        } else {
            (1_u32 << values.len()) - 1
        }),
    }
}

impl FactTable {
    /// Computes every fact: given answers first, formulas next, defaults where neither is there.
    pub fn new(base: &KnowledgeBase, situation: &Situation) -> Self {
        let mut states: Vec<Option<FactState>> = vec![None; base.fact_count()];
        for &id in &base.evaluation_order {
            let state = match (base.requirement(id), base.quantity(id)) {
                (Some(requirement), _) => {
                    match (situation.answers.get(&id), &requirement.default) {
                        (Some(answer), _) => FactState {
                            value: answer.value(),
                            stated: answer.value(),
                            origin: if situation.inferred.contains(&id) {
                                Origin::Inferred
                            } else {
                                Origin::Given
                            },
                            rests_on: Vec::new(),
                        },
                        (None, DefaultAnswer::Formula(formula)) => {
                            let mut state = derived(formula, &states);
                            // A derived default stays within the range that an answer must keep.
                            state.value = clamp(state.value, &requirement.kind);
                            state.stated = clamp(state.stated, &requirement.kind);
                            state
                        }
                        (None, default) => {
                            let stated = anything(&requirement.kind);
                            let (value, origin) = match default {
                                DefaultAnswer::Number(number) => {
                                    (Value::Number(Interval::point(*number)), Origin::Assumed)
                                }
                                DefaultAnswer::Bool(value) => {
                                    (Value::Bool(Truth::from_bool(*value)), Origin::Assumed)
                                }
                                DefaultAnswer::Choice(choice) => {
                                    (Value::Choice(1 << choice), Origin::Assumed)
                                }
                                DefaultAnswer::Unknown | DefaultAnswer::Formula(_) => {
                                    (stated, Origin::Unknown)
                                }
                            };
                            FactState {
                                value,
                                stated,
                                origin,
                                rests_on: vec![id],
                            }
                        }
                    }
                }
                (None, Some(quantity)) => derived(&quantity.formula, &states),
                (None, None) => continue,
            };
            if let Some(slot) = states.get_mut(id.index()) {
                *slot = Some(state);
            }
        }
        let unknown = || FactState {
            value: Value::Bool(Truth::Unknown),
            stated: Value::Bool(Truth::Unknown),
            origin: Origin::Unknown,
            rests_on: Vec::new(),
        };
        Self {
            states: states
                .into_iter()
                .map(|state| state.unwrap_or_else(unknown))
                .collect(),
        }
    }

    /// Returns what is known of a fact.
    ///
    /// # Panics
    /// If the id is of another knowledge base.
    pub fn state(&self, id: FactId) -> &FactState {
        &self.states[id.index()]
    }

    /// Returns all facts with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FactId, &FactState)> {
        self.states
            .iter()
            .enumerate()
            .map(|(index, state)| (FactId(index as u16), state))
    }

    /// Returns the facts whose values make the result of an expression: those of a branch not taken are not among them.
    pub fn used(&self, expression: &Expression) -> Vec<FactId> {
        self.used_beside(expression, &[])
    }

    /// The same of a condition that also asks what is taken.
    fn used_beside(&self, condition: &Expression, taken: &[bool]) -> Vec<FactId> {
        condition.used(&Assumed { table: self, taken })
    }

    /// Returns the requirements not given that an expression rests on, each once, in order.
    pub fn rests_on(&self, expression: &Expression) -> Vec<FactId> {
        let mut found = Vec::new();
        for fact in expression.facts() {
            for base in &self.state(fact).rests_on {
                if !found.contains(base) {
                    found.push(*base);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// Returns the requirements that stand in by a default behind what a condition comes to beside what is taken, through
    /// formulas, in order: those of branches not taken are not among them.
    pub(super) fn assumed_behind(
        &self,
        base: &KnowledgeBase,
        condition: &Expression,
        taken: &[bool],
    ) -> Vec<FactId> {
        let mut found = Vec::new();
        let mut todo = self.used_beside(condition, taken);
        let mut seen = vec![false; self.states.len()];
        while let Some(fact) = todo.pop() {
            if std::mem::replace(&mut seen[fact.index()], true) || self.state(fact).is_settled() {
                continue;
            }
            let default = base.requirement(fact).map(|entry| &entry.default);
            match (base.quantity(fact), default) {
                (Some(quantity), _) => todo.extend(self.used(&quantity.formula)),
                (None, Some(DefaultAnswer::Formula(formula))) => todo.extend(self.used(formula)),
                _ => found.push(fact),
            }
        }
        found.sort_unstable();
        found
    }

    /// Returns the given requirements behind an expression, in order; of a formula, those that make its value.
    pub fn given_behind(&self, base: &KnowledgeBase, expression: &Expression) -> Vec<FactId> {
        let mut found = Vec::new();
        let mut todo = expression.facts();
        let mut seen = vec![false; self.states.len()];
        while let Some(fact) = todo.pop() {
            if std::mem::replace(&mut seen[fact.index()], true) {
                continue;
            }
            if self.state(fact).origin.is_said() {
                found.push(fact);
            } else if let Some(quantity) = base.quantity(fact) {
                todo.extend(self.used(&quantity.formula));
            } else if let Some(DefaultAnswer::Formula(formula)) =
                base.requirement(fact).map(|entry| &entry.default)
            {
                todo.extend(self.used(formula));
            }
        }
        found.sort_unstable();
        found
    }
}

fn derived(formula: &Expression, states: &[Option<FactState>]) -> FactState {
    let value = |reading| formula.value(&Partial { states, reading });
    let (value, stated) = (value(Reading::Assume), value(Reading::Certain));
    let mut rests_on: Vec<FactId> = Vec::new();
    // What given answers alone tell rests on nothing else that it reads, and neither does it on what they rule out.
    if !stated.is_known() {
        let reading = Reading::Certain;
        let read = formula.used(&Partial { states, reading });
        let states = read
            .iter()
            .filter_map(|fact| states.get(fact.index())?.as_ref());
        rests_on.extend(states.flat_map(|state| &state.rests_on));
        rests_on.sort_unstable();
        rests_on.dedup();
    }
    FactState {
        value,
        stated,
        origin: if value.is_known() {
            Origin::Derived
        } else {
            Origin::Unknown
        },
        rests_on,
    }
}

/// Keeps a value within the range of its kind.
pub(super) fn clamp(value: Value, kind: &FactKind) -> Value {
    match (value, kind) {
        (Value::Number(interval), FactKind::Number { min, max, .. }) => Value::Number(Interval {
            low: interval.low.clamp(*min, *max),
            high: interval.high.clamp(*min, *max),
        }),
        _ => value,
    }
}
