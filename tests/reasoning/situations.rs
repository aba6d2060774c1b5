//! Random situations over the real knowledge.

use archadvisor::builtin;
use archadvisor::knowledge::{Answer, FactId, FactKind, KnowledgeBase, Pick};
use archadvisor::reasoning::Situation;
use proptest::prelude::*;
use std::sync::OnceLock;

/// The built-in base, loaded once.
pub(super) fn base() -> &'static KnowledgeBase {
    static BASE: OnceLock<KnowledgeBase> = OnceLock::new();
    BASE.get_or_init(builtin::knowledge)
}

/// A random answer to a requirement: numbers spread over their orders of magnitude.
fn answer(base: &KnowledgeBase, fact: FactId) -> BoxedStrategy<Answer> {
    match &base.requirement(fact).expect("a requirement").kind {
        FactKind::Bool => any::<bool>().prop_map(Answer::Bool).boxed(),
        FactKind::Choice { values, .. } => (0..values.len() as u8).prop_map(Answer::Choice).boxed(),
        FactKind::Number { unit, min, max } => {
            let (unit, min, max) = (unit.clone(), *min, *max);
            let (low, high) = (unit.value_of(min).max(1e-3), unit.value_of(max));
            (0.0..=1.0_f64)
                .prop_map(move |share| {
                    let (from, to) = (libm::log(low), libm::log(high));
                    let value = libm::exp(from + share * (to - from));
                    // Four significant digits, as a person would write.
                    let rounded: f64 = format!("{value:.3e}").parse().expect("a number");
                    Answer::Number(unit.to_base(rounded).clamp(min, max))
                })
                .boxed()
        }
    }
}

/// A random situation in which each requirement is answered with this probability; every priority is given.
pub(super) fn situation(answered: f64) -> impl Strategy<Value = Situation> {
    let base = base();
    let answers: Vec<_> = base
        .requirement_ids()
        .map(|(fact, _)| {
            let answer = answer(base, fact);
            let maybe = if answered >= 1.0 {
                answer.prop_map(Some).boxed()
            } else {
                proptest::option::weighted(answered, answer).boxed()
            };
            (Just(fact), maybe)
        })
        .collect();
    let levels: Vec<u8> = base.priorities.iter().map(|level| level.level).collect();
    let priorities = proptest::collection::vec(proptest::sample::select(levels), base.axes.len());
    (answers, priorities).prop_map(|(answers, priorities)| Situation {
        answers: answers
            .into_iter()
            .filter_map(|(fact, answer)| Some((fact, answer?)))
            .collect(),
        priorities: base_axes().zip(priorities).collect(),
        ..Situation::default()
    })
}

fn base_axes() -> impl Iterator<Item = archadvisor::knowledge::AxisId> {
    base().axis_ids()
}

/// A random situation with one decision left open and every other one taken, so that its context is fixed.
pub(super) fn one_open(
    answered: f64,
) -> impl Strategy<Value = (Situation, archadvisor::knowledge::DecisionId)> {
    let base = base();
    let picks = proptest::collection::vec(any::<prop::sample::Index>(), base.decisions.len());
    let ones: Vec<_> = base
        .decision_ids()
        .filter(|id| base.decision(*id).pick == Pick::One)
        .collect();
    (situation(answered), picks, proptest::sample::select(ones)).prop_map(
        move |(mut situation, picks, open)| {
            for (id, pick) in base.decision_ids().zip(picks).filter(|(id, _)| *id != open) {
                let options = &base.decision(id).options;
                situation.choices.insert(id, vec![*pick.get(options)]);
            }
            (situation, open)
        },
    )
}
