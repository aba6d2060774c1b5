//! How sure a recommendation is said to be, against what happens when somebody answers.

use super::situations::{base, situation};
use archadvisor::knowledge::{Answer, FactId, FactKind, Pick};
use archadvisor::reasoning::{
    Advice, Certainty, DecisionAdvice, DecisionState, Origin, Situation, advise,
};
use proptest::strategy::Strategy;
use proptest::strategy::ValueTree;
use std::collections::BTreeSet;

/// Answers that a requirement may have: every choice, yes and no, and of a number some from the interval in which it
/// lies.
fn answers(advice: &Advice, fact: FactId) -> Vec<Answer> {
    let requirement = base().requirement(fact).unwrap();
    let derived = advice.facts.state(fact).origin == Origin::Derived;
    match &requirement.kind {
        FactKind::Bool => vec![Answer::Bool(false), Answer::Bool(true)],
        FactKind::Choice { values, .. } => (0..values.len() as u8).map(Answer::Choice).collect(),
        FactKind::Number { min, max, .. } => {
            let anywhere = (!derived).then_some((*min, *max));
            let within = |(low, high): (f64, f64)| {
                [0.0, 0.01, 0.2, 0.5, 0.8, 1.0]
                    .map(|share| Answer::Number(low + share * (high - low)))
            };
            let interval = requirement.uncertain.or(anywhere);
            interval.map(within).into_iter().flatten().collect()
        }
    }
}

fn picks(advice: &Advice) -> impl Iterator<Item = &DecisionAdvice> {
    let open = |decision: &&DecisionAdvice| {
        decision.state == DecisionState::Open && base().decision(decision.id).pick == Pick::One
    };
    advice.decisions.iter().filter(open)
}

/// Which pick is overturned by an answer to which requirement, as advising anew tells.
fn overturned(situation: &Situation) -> BTreeSet<(usize, FactId)> {
    let before = advise(base(), situation);
    let mut found = BTreeSet::new();
    for (fact, _) in base().requirement_ids() {
        if situation.answers.contains_key(&fact) {
            continue;
        }
        for answer in answers(&before, fact) {
            let mut answered = situation.clone();
            answered.answers.insert(fact, answer);
            let after = advise(base(), &answered);
            for ours in picks(&before) {
                let theirs = after.decision(ours.id);
                if theirs.state == DecisionState::Open && ours.recommended != theirs.recommended {
                    found.insert((ours.id.index(), fact));
                }
            }
        }
    }
    found
}

fn announced(advice: &Advice) -> BTreeSet<(usize, FactId)> {
    let pairs =
        picks(advice).flat_map(|pick| pick.hinges_on.iter().map(|fact| (pick.id.index(), *fact)));
    pairs.collect()
}

fn told(pairs: &BTreeSet<(usize, FactId)>) -> Vec<String> {
    let ids: Vec<_> = base().decision_ids().collect();
    let tell = |(decision, fact): &(usize, FactId)| {
        format!(
            "{} by {}",
            base().decision(ids[*decision]).id,
            base().fact(*fact).0
        )
    };
    pairs.iter().map(tell).collect()
}

#[test]
fn with_nothing_known_a_pick_is_open_exactly_where_one_answer_overturns_it() {
    let blank = Situation::default();
    let (found, said) = (overturned(&blank), announced(&advise(base(), &blank)));
    let silent: BTreeSet<_> = found.difference(&said).copied().collect();
    assert!(silent.is_empty(), "not announced: {:#?}", told(&silent));
    // The few that are announced and not found lie between the answers tried here.
    let unfounded: BTreeSet<_> = said.difference(&found).copied().collect();
    assert!(
        unfounded.len() * 20 <= said.len(),
        "announced of {}, not found: {:#?}",
        said.len(),
        told(&unfounded)
    );
    for pick in picks(&advise(base(), &blank)) {
        assert_eq!(
            pick.certainty == Certainty::Open,
            !pick.hinges_on.is_empty()
        );
    }
}

#[test]
fn no_pick_is_overturned_by_one_answer_without_having_been_called_open() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut all, mut hidden) = (0, Vec::new());
    for answered in [0.1, 0.3, 0.6, 0.1, 0.3, 0.6, 0.2, 0.4, 0.5] {
        let situation = situation(answered).new_tree(&mut runner).unwrap().current();
        let (found, said) = (
            overturned(&situation),
            announced(&advise(base(), &situation)),
        );
        let silent: BTreeSet<_> = found.difference(&said).copied().collect();
        all += found.len();
        hidden.extend(told(&silent));
    }
    // What look-ahead gave up stays given up in a trial, which hides some: more where random answers contradict.
    assert!(
        hidden.len() * 8 <= all,
        "of {all}, not announced: {hidden:#?}"
    );
}

#[test]
fn what_is_given_leaves_nothing_open() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let situation = situation(1.0).new_tree(&mut runner).unwrap().current();
    let advice = advise(base(), &situation);
    assert!(announced(&advice).is_empty());
    assert!(picks(&advice).all(|pick| pick.certainty != Certainty::Open));
}
