//! On what a condition holds: the facts and choices that suffice to make it true.

use super::eval::{Facts, Truth};
use super::{Expression, FactId, Node, PatternId};

/// Something that a condition holds on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// What is known of a fact.
    Fact(FactId),
    /// A pattern that was chosen.
    Chosen(PatternId),
}

impl Expression {
    /// Returns what makes the condition true, or with `holds` false, what makes it fail; each once, in order of mention.
    ///
    /// Of alternatives that each suffice, the one that rests on least is told. Empty where the condition is not so, or is
    /// unknown.
    pub fn grounds<F: Facts + ?Sized>(&self, facts: &F, holds: bool) -> Vec<Ground> {
        let root = self.nodes().len().saturating_sub(1) as u16;
        let mut found = Vec::new();
        if self.truth_at(root, facts) == Truth::from_bool(holds) {
            self.collect(root, facts, holds, &mut found);
        }
        found
    }

    fn collect<F: Facts + ?Sized>(
        &self,
        index: u16,
        facts: &F,
        holds: bool,
        found: &mut Vec<Ground>,
    ) {
        let Some(node) = self.nodes().get(usize::from(index)) else {
            return;
        };
        match *node {
            Node::Not(inner) => self.collect(inner, facts, !holds, found),
            Node::And(left, right) if holds => self.both(left, right, facts, holds, found),
            Node::Or(left, right) if !holds => self.both(left, right, facts, holds, found),
            Node::And(left, right) | Node::Or(left, right) => {
                let least = [left, right]
                    .into_iter()
                    .filter(|side| self.truth_at(*side, facts) == Truth::from_bool(holds))
                    .map(|side| {
                        let mut grounds = Vec::new();
                        self.collect(side, facts, holds, &mut grounds);
                        grounds
                    })
                    .min_by_key(Vec::len);
                for ground in least.into_iter().flatten() {
                    add(ground, found);
                }
            }
            Node::Fact(id) => add(Ground::Fact(id), found),
            // That something was not said is no ground that a reader could look at.
            Node::Stated(id) if holds => add(Ground::Fact(id), found),
            Node::Chosen(id) if holds => add(Ground::Chosen(id), found),
            Node::Stated(_)
            | Node::Chosen(_)
            | Node::Number(_)
            | Node::Bool(_)
            | Node::Choice(_) => {}
            Node::In(inner, _) => self.collect(inner, facts, holds, found),
            Node::Compare(_, left, right)
            | Node::Arithmetic(_, left, right)
            | Node::Call(_, left, right) => self.both(left, right, facts, holds, found),
            Node::If(condition, left, right) => {
                let truth = self.truth_at(condition, facts);
                self.collect(condition, facts, truth.is_true(), found);
                match truth {
                    Truth::True => self.collect(left, facts, holds, found),
                    Truth::False => self.collect(right, facts, holds, found),
                    Truth::Unknown => self.both(left, right, facts, holds, found),
                }
            }
        }
    }

    fn both<F: Facts + ?Sized>(
        &self,
        left: u16,
        right: u16,
        facts: &F,
        holds: bool,
        found: &mut Vec<Ground>,
    ) {
        self.collect(left, facts, holds, found);
        if right != left {
            self.collect(right, facts, holds, found);
        }
    }
}

fn add(ground: Ground, found: &mut Vec<Ground>) {
    if !found.contains(&ground) {
        found.push(ground);
    }
}
