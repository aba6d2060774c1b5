//! Which single answer would overturn which recommendation.
//!
//! Every requirement that is not given is put on trial with each value that it may have: all values of a choice, yes and
//! no, and of a number the ends of the interval in which it lies and one between each two numbers that
//! conditions compare it with. Only conditions that read what changed are evaluated again, and earlier decisions that turn
//! carry on to later ones. What was given up for the sake of the whole stays given up; where an answer calls for a
//! decision that does not arise, those before it that could make it arise are said to hinge on the answer.

mod board;
mod trial;

use super::facts::{FactTable, Origin};
use super::process::Frame;
use super::rank::Context;
use super::{DecisionAdvice, Priority};
use crate::expression::{Interval, Truth, Value};
use crate::knowledge::{FactId, FactKind, Requirement};
use board::Board;
pub(super) use trial::Trial;

/// Finds for every decision the answers that would overturn it: `hinges_on` of pick-one decisions, and of each option
/// of pick-many ones.
pub(super) fn overturn(
    frame: &Frame<'_>,
    context: &Context<'_>,
    priorities: &[Priority],
    decisions: &mut [DecisionAdvice],
) {
    let mut board = Board::new(frame, context, priorities, decisions);
    let mut trial = Trial::new(frame.base, frame.facts);
    for (fact, requirement) in frame.base.requirement_ids() {
        for value in values(frame.facts, fact, requirement, &board) {
            trial.answer(fact, value);
            board.play(&trial, fact);
            trial.reset();
        }
    }
    board.tell(decisions);
}

/// The values with which an answer is put on trial; none where it is given, or follows from what is.
fn values(
    table: &FactTable,
    fact: FactId,
    requirement: &Requirement,
    board: &Board<'_>,
) -> Vec<Value> {
    let state = table.state(fact);
    match &requirement.kind {
        _ if state.is_settled() => Vec::new(),
        FactKind::Bool => [Truth::False, Truth::True].map(Value::Bool).to_vec(),
        FactKind::Choice { values, .. } => {
            let values = values.len().min(32) as u32;
            (0..values).map(|value| Value::Choice(1 << value)).collect()
        }
        FactKind::Number { min, max, .. } => {
            // A formula says where a number lies as well as it can; a default without an interval says nothing.
            let anywhere = (state.origin != Origin::Derived).then_some((*min, *max));
            let Some((low, high)) = requirement.uncertain.or(anywhere) else {
                return Vec::new();
            };
            let mut marks = board.compared_with(fact);
            marks.retain(|mark| *mark > low && *mark < high);
            marks.sort_by(f64::total_cmp);
            marks.dedup();
            // What is compared with the fact itself says the same between two marks; what follows from it changes in
            // one direction, so that the ends tell.
            let between = marks.windows(2).map(|pair| f64::midpoint(pair[0], pair[1]));
            let points = [low, high].into_iter().chain(between);
            let known = |point| Value::Number(Interval::point(point));
            points.map(known).collect()
        }
    }
}
