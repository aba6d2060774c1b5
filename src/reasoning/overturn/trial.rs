//! The facts as they would be with one answer more.

use super::super::facts::{FactTable, Reading, clamp};
use crate::expression::{Expression, Facts, Node, Truth, Value};
use crate::knowledge::{DefaultAnswer, FactId, FactKind, KnowledgeBase, PatternId};

/// A set of facts in which one may stand for another: what is not in it is surely not meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct FactSet(u128);

impl FactSet {
    fn of(facts: impl IntoIterator<Item = FactId>) -> Self {
        let bits = facts.into_iter().map(|fact| 1_u128 << (fact.index() % 128));
        Self(bits.fold(0, |all, bit| all | bit))
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A part of a condition that speaks of one fact, and what of the fact it looks at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Atom {
    /// On which side of a number it is.
    Side(f64),
    /// Whether it is one of these choices.
    Among(u32),
    /// Whether it is given.
    Given,
    /// All of it.
    Whole,
}

impl Atom {
    /// Tells every fact that a condition speaks of, and how.
    pub(super) fn each(expression: &Expression, mut tell: impl FnMut(FactId, Self)) {
        let nodes = expression.nodes();
        // Facts of which a comparison was told need not be told again; those far out in a long condition are.
        let mut told = 0_u128;
        let bit = |index: u16| 1_u128.checked_shl(u32::from(index)).unwrap_or(0);
        let at = |index: u16| nodes.get(usize::from(index));
        for node in nodes {
            match *node {
                Node::Compare(_, left, right) => {
                    let (place, fact, other) = match (at(left), at(right)) {
                        (Some(Node::Fact(fact)), Some(other)) => (left, *fact, other),
                        (Some(other), Some(Node::Fact(fact))) => (right, *fact, other),
                        _ => continue,
                    };
                    match other {
                        Node::Number(number) => tell(fact, Self::Side(*number)),
                        Node::Choice(choice) => tell(fact, Self::Among(1 << choice)),
                        _ => continue,
                    }
                    told |= bit(place);
                }
                Node::In(inner, wanted) => {
                    if let Some(Node::Fact(fact)) = at(inner) {
                        tell(*fact, Self::Among(wanted));
                        told |= bit(inner);
                    }
                }
                Node::Stated(fact) => tell(fact, Self::Given),
                _ => {}
            }
        }
        for (index, node) in nodes.iter().enumerate() {
            if let Node::Fact(fact) = node
                && told & bit(index as u16) == 0
            {
                tell(*fact, Self::Whole);
            }
        }
    }

    /// Whether it may say something else of the second value than of the first.
    fn tells_apart(self, before: Value, now: Value) -> bool {
        match (self, before, now) {
            (Self::Side(mark), Value::Number(before), Value::Number(now)) => {
                before.low.min(now.low) <= mark && mark <= before.high.max(now.high)
            }
            (Self::Among(wanted), Value::Choice(before), Value::Choice(now)) => {
                let says = |mask: u32| (mask & wanted != 0, mask & !wanted != 0);
                says(before) != says(now)
            }
            _ => before != now,
        }
    }
}

/// The facts as they would be with one answer more, one such answer after the other.
pub(in crate::reasoning) struct Trial<'a> {
    /// The facts that have a formula, in the order of evaluation: what it reads, and the range it keeps to.
    derived: Vec<Derived<'a>>,
    facts: Vec<TriedFact>,
    /// What the answer on trial changed, with what was there before.
    changed: Vec<(FactId, TriedFact)>,
    /// The facts of which a formula may find another value, as assumed and from given answers alone.
    assumed: FactSet,
    stated: FactSet,
}

#[derive(Clone, Copy)]
struct Derived<'a> {
    id: FactId,
    formula: &'a Expression,
    kind: Option<&'a FactKind>,
    reads: FactSet,
}

/// A fact on trial.
#[derive(Clone, Copy)]
struct TriedFact {
    value: Value,
    stated: Value,
    given: bool,
}

/// A fact that an answer on trial changed.
pub(super) struct Changed {
    pub(super) fact: FactId,
    before: TriedFact,
    now: TriedFact,
}

impl Changed {
    /// Whether a part of a condition that speaks of the fact may say something else now.
    pub(super) fn matters_to(&self, atom: Atom, reading: Reading) -> bool {
        let Self { before, now, .. } = self;
        if atom == Atom::Given {
            before.given != now.given
        } else if reading == Reading::Assume {
            atom.tells_apart(before.value, now.value)
        } else {
            atom.tells_apart(before.stated, now.stated)
        }
    }
}

/// The facts on trial beside choices.
pub(in crate::reasoning) struct Tried<'a> {
    trial: &'a Trial<'a>,
    taken: &'a [bool],
    reading: Reading,
}

impl Facts for Tried<'_> {
    fn value(&self, fact: FactId) -> Value {
        let fact = &self.trial.facts[fact.index()];
        if self.reading == Reading::Assume {
            fact.value
        } else {
            fact.stated
        }
    }

    fn stated(&self, fact: FactId) -> Truth {
        self.reading.given(self.trial.facts[fact.index()].given)
    }

    fn chosen(&self, pattern: PatternId) -> bool {
        self.taken.get(pattern.index()).copied().unwrap_or(false)
    }
}

impl<'a> Trial<'a> {
    pub(in crate::reasoning) fn new(base: &'a KnowledgeBase, table: &FactTable) -> Self {
        let derived = base.evaluation_order.iter().filter_map(|id| {
            let (formula, kind) = match (base.requirement(*id), base.quantity(*id)) {
                (Some(requirement), _) => match &requirement.default {
                    DefaultAnswer::Formula(formula) => (formula, Some(&requirement.kind)),
                    _ => return None,
                },
                (None, Some(quantity)) => (&quantity.formula, None),
                (None, None) => return None,
            };
            (!table.state(*id).origin.is_said()).then(|| Derived {
                id: *id,
                formula,
                kind,
                reads: FactSet::of(formula.facts()),
            })
        });
        let facts = table.iter().map(|(_, state)| TriedFact {
            value: state.value,
            stated: state.stated,
            given: state.origin.is_said(),
        });
        Self {
            derived: derived.collect(),
            facts: facts.collect(),
            changed: Vec::new(),
            assumed: FactSet::default(),
            stated: FactSet::default(),
        }
    }

    /// Puts an answer on trial: everything that follows from it is computed anew.
    pub(in crate::reasoning) fn answer(&mut self, fact: FactId, value: Value) {
        // Formulas may ask whether it is given.
        self.stated = FactSet::of([fact]);
        self.assumed = self.stated;
        self.set(fact, value, value, true);
        for place in 0..self.derived.len() {
            let Derived {
                id,
                formula,
                kind,
                reads,
            } = self.derived[place];
            if id == fact || !reads.meets(self.stated) {
                continue;
            }
            let within = |value| kind.map_or(value, |kind| clamp(value, kind));
            let now = self.facts[id.index()];
            let value = if reads.meets(self.assumed) {
                within(formula.value(&self.read(&[], Reading::Assume)))
            } else {
                now.value
            };
            let stated = within(formula.value(&self.read(&[], Reading::Certain)));
            if now.value != value {
                self.assumed.add(FactSet::of([id]));
            }
            if now.value != value || now.stated != stated {
                self.stated.add(FactSet::of([id]));
                self.set(id, value, stated, false);
            }
        }
    }

    fn set(&mut self, fact: FactId, value: Value, stated: Value, given: bool) {
        let place = &mut self.facts[fact.index()];
        self.changed.push((fact, *place));
        *place = TriedFact {
            value,
            stated,
            given,
        };
    }

    /// Takes the answer on trial back.
    pub(in crate::reasoning) fn reset(&mut self) {
        for (fact, before) in self.changed.drain(..) {
            self.facts[fact.index()] = before;
        }
    }

    /// Returns the facts that the answer on trial changed, itself first.
    pub(super) fn changed(&self) -> impl Iterator<Item = Changed> {
        self.changed.iter().map(|(fact, before)| Changed {
            fact: *fact,
            before: *before,
            now: self.facts[fact.index()],
        })
    }

    pub(in crate::reasoning) fn read<'b>(
        &'b self,
        taken: &'b [bool],
        reading: Reading,
    ) -> Tried<'b> {
        Tried {
            trial: self,
            taken,
            reading,
        }
    }
}
