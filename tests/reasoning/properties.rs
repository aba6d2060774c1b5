//! Properties that hold for every situation. The numbers are those of the decision model: T1…T17, and the amendments.

use super::situations::{base, one_open, situation};
use archadvisor::knowledge::{
    Answer, AxisId, DecisionId, FactId, FactKind, KnowledgeBase, PatternId, Pick,
};
use archadvisor::reasoning::{
    Advice, ConflictKind, DecisionState, OptionAdvice, Origin, ReasonKind, Severity, Situation,
    Tier, Verdict, advise,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

fn order(advice: &Advice, decision: DecisionId) -> Vec<PatternId> {
    advice
        .decision(decision)
        .options
        .iter()
        .map(|option| option.pattern)
        .collect()
}

fn scored(advice: &Advice) -> impl Iterator<Item = &OptionAdvice> {
    advice
        .decisions
        .iter()
        .flat_map(|decision| &decision.options)
}

fn effects(option: &OptionAdvice) -> Vec<i8> {
    option
        .contributions
        .iter()
        .map(|contribution| contribution.effect)
        .collect()
}

/// The options of a decision with what is held against each.
fn told(advice: &Advice, decision: DecisionId) -> String {
    let options = advice.decision(decision).options.iter().map(|option| {
        let against = |reason: &&archadvisor::reasoning::Reason| {
            matches!(
                reason.kind,
                ReasonKind::Limit
                    | ReasonKind::Norm
                    | ReasonKind::NoDriver
                    | ReasonKind::Requires
                    | ReasonKind::Excludes
                    | ReasonKind::LookAhead
                    | ReasonKind::LeavesHazard
            )
        };
        let reasons = option.reasons.iter().filter(against);
        let texts: Vec<_> = reasons
            .map(|reason| format!("{:?}: {}", reason.kind, reason.because))
            .collect();
        let id = &base().pattern(option.pattern).id;
        format!("\n  {id} {:?} {}: {texts:?}", option.tier, option.score)
    });
    options.collect()
}

proptest! {
    #![proptest_config(crate::random::cases(80))]

    /// T1: the same knowledge and answers give the same advice.
    #[test]
    fn t01_determinism(situation in situation(0.5)) {
        let other = archadvisor::builtin::knowledge();
        prop_assert_eq!(format!("{:?}", advise(base(), &situation)), format!("{:?}", advise(&other, &situation.clone())));
    }

    /// T2: multiplying all priorities by a number changes nothing but the points.
    #[test]
    fn t02_scale_invariance(situation in situation(0.5), factor in prop::sample::select(vec![3_u8, 7])) {
        let mut scaled = situation.clone();
        scaled.priorities.values_mut().for_each(|level| *level *= factor);
        let (small, large) = (advise(base(), &situation), advise(base(), &scaled));
        for id in base().decision_ids() {
            prop_assert_eq!(order(&small, id), order(&large, id));
            prop_assert_eq!(&small.decision(id).recommended, &large.decision(id).recommended);
            for (before, after) in small.decision(id).options.iter().zip(&large.decision(id).options) {
                prop_assert_eq!(before.score * i32::from(factor), after.score);
            }
        }
    }

    /// T3: with the context fixed, raising a priority never lowers the rank of an option that is best on that axis in
    /// its tier.
    #[test]
    fn t03_monotone_weights((situation, open) in one_open(0.5), axis in 0..8_u8, level in prop::sample::select(vec![1_u8, 2, 4, 8, 16])) {
        let axis = AxisId(axis);
        prop_assume!(level > situation.priorities[&axis]);
        let before = advise(base(), &situation);
        let mut raised = situation.clone();
        raised.priorities.insert(axis, level);
        let after = advise(base(), &raised);
        let later = order(&after, open);
        // A hazard on the axis weighs more too; the options that leave it open then go down, as they should.
        let for_hazards = |advice: &Advice| advice.revisions.iter().any(|revision| revision.decision == open);
        prop_assume!(!for_hazards(&before) && !for_hazards(&after));
        for tier in [Tier::Fit, Tier::Discouraged, Tier::Incompatible, Tier::Impossible] {
            let here: Vec<&OptionAdvice> = before.decision(open).options.iter().filter(|option| option.tier == tier).collect();
            let effect = |option: &OptionAdvice| option.contributions[axis.index()].effect;
            let Some(best) = here.iter().map(|option| effect(option)).max() else { continue };
            for option in here.iter().filter(|option| effect(option) == best) {
                let place = later.iter().position(|pattern| *pattern == option.pattern).unwrap() + 1;
                prop_assert!(place <= option.rank, "{} fell from {} to {place}", base().pattern(option.pattern).id, option.rank);
            }
        }
    }

    /// T5: the contributions of every option sum to its score.
    #[test]
    fn t05_exact_sums(situation in situation(0.5)) {
        for option in scored(&advise(base(), &situation)) {
            let sum: i32 = option.contributions.iter().map(|c| c.priority * i32::from(c.effect)).sum();
            prop_assert_eq!(sum, option.score);
        }
    }

    /// T6: the difference to every rival is the sum of its terms.
    #[test]
    fn t06_exact_contrast(situation in situation(0.5)) {
        for decision in &advise(base(), &situation).decisions {
            let Some(best) = decision.options.first() else { continue };
            for rival in &decision.options {
                let terms: i32 = best.contributions.iter().zip(&rival.contributions).map(|(a, b)| a.points() - b.points()).sum();
                prop_assert_eq!(terms, best.score - rival.score);
            }
        }
    }

    /// T7: an option at least as good on every axis, in the same tier, is never below; equal only where it carries no weight.
    #[test]
    fn t07_dominance(situation in situation(0.5)) {
        let advice = advise(base(), &situation);
        for decision in advice.decisions.iter().filter(|d| base().decision(d.id).pick == Pick::One) {
            for (place, upper) in decision.options.iter().enumerate() {
                for lower in decision.options.iter().skip(place + 1).filter(|lower| lower.tier == upper.tier) {
                    let dominates = effects(lower).iter().zip(effects(upper)).all(|(l, u)| *l >= u) && effects(lower) != effects(upper);
                    prop_assert!(!dominates || lower.score == upper.score);
                }
            }
        }
    }

    /// T8: an option that breaks a hard limit is never above one that does not, and never recommended.
    #[test]
    fn t08_feasibility_first(situation in situation(0.7)) {
        for decision in &advise(base(), &situation).decisions {
            let broken = |option: &OptionAdvice| option.reasons.iter().any(|reason| reason.kind == ReasonKind::Limit);
            if base().decision(decision.id).pick == Pick::One {
                for pair in decision.options.windows(2) {
                    prop_assert!(!broken(&pair[0]) || pair[1].tier == Tier::Impossible);
                }
            }
            for option in decision.options.iter().filter(|option| broken(option)) {
                prop_assert_eq!(option.verdict, Verdict::RuledOut);
                prop_assert!(!decision.recommended.contains(&option.pattern));
            }
        }
    }

    /// T9: the same answers in other units give the same advice.
    #[test]
    fn t09_unit_invariance(situation in situation(0.6)) {
        let (mut situation, mut respelled) = (situation.clone(), situation);
        let other = [("GB", "MB", 1e3), ("s", "ms", 1e3), ("ms", "us", 1e3), ("km", "m", 1e3), ("1/s", "1/min", 60.0), ("%", "fraction", 0.01), ("min", "s", 60.0)];
        for (fact, requirement) in base().requirement_ids() {
            let (FactKind::Number { unit, .. }, Some(Answer::Number(value))) = (&requirement.kind, situation.answers.get(&fact).copied()) else { continue };
            let Some((_, symbol, factor)) = other.iter().find(|(own, ..)| *own == unit.symbol()) else { continue };
            let shown = unit.value_of(value);
            // Only amounts that are exact in both spellings say anything about units.
            let (plain, text) = (format!("{shown} {}", unit.symbol()), format!("{} {symbol}", shown * factor));
            let (Ok(first), Ok(second)) = (requirement.parse(&plain), requirement.parse(&text)) else { continue };
            if first == second {
                situation.answers.insert(fact, first);
                respelled.answers.insert(fact, second);
            }
        }
        prop_assert_eq!(format!("{:?}", advise(base(), &situation)), format!("{:?}", advise(base(), &respelled)));
    }

    /// T9, second half: once every input is given, giving a derived value equal to its estimate changes no choice.
    #[test]
    fn t09_given_estimates_change_nothing(situation in situation(1.0)) {
        let mut open = situation.clone();
        // Whether some facts were stated at all is itself a fact; those are left alone.
        let asked = stated_facts();
        let derived: Vec<_> = base().requirement_ids().filter(|(id, r)| r.formula.is_some() && matches!(r.kind, FactKind::Number { .. }) && !asked.contains(id)).map(|(id, _)| id).collect();
        for id in &derived { open.answers.remove(id); }
        let before = advise(base(), &open);
        let mut closed = open.clone();
        for id in &derived {
            if let archadvisor::expression::Value::Number(interval) = before.facts.state(*id).value {
                closed.answers.insert(*id, Answer::Number(interval.known().unwrap()));
            }
        }
        let after = advise(base(), &closed);
        for id in base().decision_ids() {
            prop_assert_eq!(order(&before, id), order(&after, id));
        }
    }

    /// T11 and A1: an option is ruled out only by what was given: it stays ruled out whatever the missing answers are.
    #[test]
    fn t11_only_given_answers_rule_out(partial in situation(0.4), full in situation(1.0)) {
        let mut completed = full;
        // What follows from given answers is as good as given; answering it otherwise would be another situation.
        completed.answers.retain(|fact, _| base().requirement(*fact).unwrap().formula.is_none());
        completed.answers.extend(partial.answers.clone());
        let (before, after) = (advise(base(), &partial), advise(base(), &completed));
        for (option, later) in scored(&before).filter_map(|option| {
            let later = scored(&after).find(|later| later.pattern == option.pattern)?;
            Some((option, later))
        }) {
            let limits = |option: &OptionAdvice| -> Vec<String> {
                option.reasons.iter().filter(|r| r.kind == ReasonKind::Limit && !r.condition.as_deref().unwrap_or_default().contains("chosen(")).map(|r| r.because.clone()).collect()
            };
            let (now, then) = (limits(option), limits(later));
            prop_assert!(now.iter().all(|limit| then.contains(limit)), "{}: {now:?} but with all answers {then:?}", base().pattern(option.pattern).id);
        }
    }

    /// T17: every option has one contribution per axis, from the first case that is not false.
    #[test]
    fn t17_one_claim_per_axis(situation in situation(0.5)) {
        for option in scored(&advise(base(), &situation)) {
            let axes: Vec<AxisId> = option.contributions.iter().map(|c| c.axis).collect();
            prop_assert_eq!(axes, base().axis_ids().collect::<Vec<_>>());
            for contribution in &option.contributions {
                prop_assert!(contribution.low <= contribution.effect && contribution.effect <= contribution.high);
                if let Some(claim) = contribution.claim { prop_assert_eq!(base().claim(claim).unwrap().value, contribution.effect) } else { prop_assert_eq!(contribution.effect, 0) }
            }
        }
    }

    /// A4: no recommendation leaves a later open decision blocked when another fitting choice of an earlier open
    /// decision would free it and block nothing else.
    #[test]
    fn a4_recommendations_leave_room(situation in situation(0.6)) {
        let advice = advise(base(), &situation);
        let stuck = blocked(&advice);
        // Where a limit on given answers rules everything out, no other choice helps: that is a conflict of requirements.
        let by_choice = stuck.iter().filter(|id| advice.decision(**id).options.first().is_some_and(|best| best.tier == Tier::Incompatible));
        for later in by_choice {
            for earlier in advice.decisions.iter().filter(|d| d.id < *later && d.state == DecisionState::Open && base().decision(d.id).pick == Pick::One) {
                for option in earlier.options.iter().skip(1).filter(|option| option.tier == Tier::Fit) {
                    let mut tried = situation.clone();
                    tried.choices.insert(earlier.id, vec![option.pattern]);
                    let other = advise(base(), &tried);
                    let freed = other.decision(*later).options.first().is_some_and(|best| best.tier <= Tier::Discouraged);
                    prop_assert!(
                        !freed || blocked(&other).len() >= stuck.len(),
                        "{} is blocked ({}), {} = {} would free it; {}",
                        base().decision(*later).id, told(&advice, *later), base().decision(earlier.id).id, base().pattern(option.pattern).id, told(&advice, earlier.id)
                    );
                }
            }
        }
    }

    /// What was advised stays advised once it is taken, also where it was advised for the sake of another decision.
    #[test]
    fn taking_what_is_recommended_does_not_turn_the_advice(situation in situation(0.5), at in any::<prop::sample::Index>()) {
        let before = advise(base(), &situation);
        let open = |d: &&archadvisor::reasoning::DecisionAdvice| d.state == DecisionState::Open && base().decision(d.id).pick == Pick::One && !d.recommended.is_empty();
        let revised = before.revisions.iter().map(|revision| before.decision(revision.decision)).filter(open);
        let any = before.decisions.iter().filter(open).collect::<Vec<_>>();
        for taken in revised.chain([*at.get(&any)]) {
            let mut decided = situation.clone();
            decided.choices.insert(taken.id, taken.recommended.clone());
            let after = advise(base(), &decided);
            prop_assert_eq!(&after.decision(taken.id).recommended, &taken.recommended, "{}", base().decision(taken.id).id);
            // A limit that more answers may bring to bear is told before it is taken as well as after.
            for conflict in after.conflicts.iter().filter(|it| it.kind == ConflictKind::Limit && taken.recommended.contains(&it.patterns[0])) {
                let told = before.conflicts.iter().any(|other| other.id == conflict.id);
                prop_assert!(told, "{}", conflict.id);
            }
        }
    }

    /// What is advised for a decision follows from everything else that was said, not from what was taken for it.
    #[test]
    fn taking_something_else_does_not_turn_the_advice(situation in situation(0.4), at in any::<prop::sample::Index>(), which in any::<prop::sample::Index>()) {
        let before = advise(base(), &situation);
        let open = |d: &&archadvisor::reasoning::DecisionAdvice| d.state == DecisionState::Open && base().decision(d.id).pick == Pick::One && !d.recommended.is_empty();
        let revised = before.revisions.iter().map(|revision| before.decision(revision.decision)).filter(open);
        let any = before.decisions.iter().filter(open).collect::<Vec<_>>();
        for asked in revised.chain([*at.get(&any)]) {
            let options = &base().decision(asked.id).options;
            let mut decided = situation.clone();
            decided.choices.insert(asked.id, vec![*which.get(options)]);
            let after = advise(base(), &decided);
            // Earlier ones that are open make room for what was taken, and then it may fit best.
            let as_before = |id: archadvisor::knowledge::DecisionId| after.decision(id).recommended == before.decision(id).recommended;
            if base().decision_ids().filter(|id| *id < asked.id).all(as_before) {
                prop_assert_eq!(&after.decision(asked.id).recommended, &asked.recommended, "{} {}", base().decision(asked.id).id, base().pattern(*which.get(options)).id);
            }
        }
    }

    /// Taking all that is recommended, decision by decision and practice by practice, leaves nothing to say against it.
    #[test]
    fn what_is_recommended_is_not_held_against_whoever_takes_it(situation in situation(0.25)) {
        let before = advise(base(), &situation);
        let mut decided = situation.clone();
        for decision in before.decisions.iter().filter(|d| d.state == DecisionState::Open && (!d.recommended.is_empty() || base().decision(d.id).pick == Pick::Many)) {
            decided.choices.insert(decision.id, decision.recommended.clone());
        }
        decided.accepted = decided.choices.keys().copied().collect();
        decided.practices = before.practices.iter().map(|practice| practice.advice.pattern).collect();
        let after = advise(base(), &decided);
        for (id, chosen) in &decided.choices {
            for pattern in chosen {
                let option = after.decision(*id).option(*pattern).expect("an option");
                prop_assert_eq!(option.verdict, Verdict::Recommended, "{}: {} {:?}, before {:?}", base().decision(*id).id, base().pattern(*pattern).id, option.reasons.iter().map(|r| &r.because).collect::<Vec<_>>(), before.decision(*id).option(*pattern).map(|o| o.reasons.iter().map(|r| &r.because).collect::<Vec<_>>()));
            }
        }
        for conflict in &after.conflicts {
            let told = before.conflicts.iter().any(|other| other.id == conflict.id && other.severity >= conflict.severity);
            prop_assert!(told || conflict.severity == Severity::Low, "{conflict:?}");
        }
    }

    /// What does not combine with the rest, or breaks a limit, is never recommended.
    #[test]
    fn a_recommendation_that_breaks_its_prerequisite_is_none(situation in situation(0.6)) {
        let advice = advise(base(), &situation);
        for decision in advice.decisions.iter().filter(|d| d.state == DecisionState::Open && base().decision(d.id).pick == Pick::One) {
            let Some(taken) = decision.recommended.first() else { continue };
            let blocked = decision.option(*taken).is_some_and(|option| option.reasons.iter().any(|reason| matches!(reason.kind, ReasonKind::Requires | ReasonKind::Excludes | ReasonKind::Limit)));
            prop_assert!(!blocked, "{}: {}", base().decision(decision.id).id, told(&advice, decision.id));
        }
    }

    /// A6: where options are rungs, the least rung that fits is taken, or one that a stated fact calls for; never more.
    #[test]
    fn a6_least_sufficient(situation in situation(0.5)) {
        let advice = advise(base(), &situation);
        for decision in advice.decisions.iter().filter(|d| base().decision(d.id).least_sufficient && d.state == DecisionState::Open) {
            let rungs = &base().decision(decision.id).options;
            let fit = |pattern: &PatternId| decision.option(*pattern).is_some_and(|option| option.tier == Tier::Fit);
            let driven = |pattern: &PatternId| decision.option(*pattern).is_some_and(|option| option.reasons.iter().any(|reason| reason.kind == ReasonKind::Driver));
            if let Some(least) = rungs.iter().find(|rung| fit(rung)) {
                let taken = decision.recommended[0];
                // A rung without a driver is the default one, which needs no call.
                let default = base().pattern(taken).driver.is_none();
                prop_assert!(default || taken == *least || driven(&taken), "{}: {} is more than {}", base().decision(decision.id).id, base().pattern(taken).id, base().pattern(*least).id);
            }
        }
    }

    /// What is recommended together never excludes each other and never lacks a prerequisite, unless no option is left.
    #[test]
    fn recommendations_do_not_contradict_each_other(situation in situation(0.6)) {
        let advice = advise(base(), &situation);
        for conflict in &advice.conflicts {
            prop_assert!(conflict.kind != ConflictKind::Exclusion, "{conflict:?}");
            if conflict.kind == ConflictKind::Limit && conflict.severity == Severity::High {
                prop_assert!(false, "a recommendation breaks a limit: {conflict:?}");
            }
            if conflict.kind == ConflictKind::Prerequisite {
                let decision = base().decisions_of(conflict.patterns[0]).next();
                let others = decision.iter().flat_map(|id| &advice.decision(*id).options).skip(1);
                prop_assert!(!others.clone().any(|option| option.tier == Tier::Fit && base().pattern(option.pattern).requires.is_empty()), "{}; {}; {:?}", conflict.message, decision.map(|id| told(&advice, id)).unwrap_or_default(), conflict.patterns.iter().flat_map(|p| base().decisions_of(*p)).map(|id| (&base().decision(id).id, advice.decision(id).state, told(&advice, id))).collect::<Vec<_>>());
                prop_assert!(!conflict.patterns[1..].iter().any(|member| could_be_taken(base(), &advice, *member)), "{conflict:?}");
            }
        }
    }

    /// A severe hazard never stays open where an option as good, in the same decision, would close it or not bring it in.
    #[test]
    fn no_severe_hazard_is_left_open_for_nothing(situation in situation(0.3)) {
        let advice = advise(base(), &situation);
        for state in advice.hazards.iter().filter(|state| state.is_open()) {
            let hazard = base().hazard(state.id);
            if hazard.severity < 2 || advice.priorities[hazard.axis.index()].level == 0 {
                continue;
            }
            let open = advice.decisions.iter().filter(|d| d.state == DecisionState::Open && base().decision(d.id).pick == Pick::One);
            for decision in open {
                let Some(best) = decision.options.first() else { continue };
                for rival in decision.options.iter().skip(1).filter(|rival| rival.tier == Tier::Fit && rival.score == best.score) {
                    let (ours, theirs) = (base().pattern(best.pattern), base().pattern(rival.pattern));
                    let better = theirs.closes.contains(&state.id) || ours.opens.contains(&state.id) && !theirs.opens.contains(&state.id);
                    if better {
                        // Unless the rival brings as much with it elsewhere.
                        let mut other = situation.clone();
                        other.choices.insert(decision.id, vec![rival.pattern]);
                        let after = advise(base(), &other);
                        prop_assert!(harm(&after) >= harm(&advice), "{} stays open with {}, not with {}", hazard.id, ours.id, theirs.id);
                    }
                }
            }
        }
    }

    /// A minimal conflict set is minimal: without any one of its answers the rule no longer holds on what is given.
    #[test]
    fn requirement_conflicts_are_minimal(situation in situation(0.8)) {
        let advice = advise(base(), &situation);
        for conflict in advice.conflicts.iter().filter(|c| c.kind == ConflictKind::Requirements && !c.message.contains("not said")) {
            for dropped in &conflict.requirements {
                let mut relaxed = Situation { priorities: situation.priorities.clone(), ..Situation::default() };
                relaxed.answers = situation.answers.iter().filter(|(fact, _)| conflict.requirements.contains(fact) && *fact != dropped).map(|(f, a)| (*f, *a)).collect();
                let again = advise(base(), &relaxed);
                let still = again.conflicts.iter().find(|other| other.id == conflict.id && !other.message.contains("not said"));
                let rest: Vec<_> = relaxed.answers.keys().map(|fact| base().fact(*fact).0).collect();
                prop_assert!(still.is_none(), "{} holds by {rest:?} without {}", conflict.id, base().fact(*dropped).0);
            }
        }
    }
}

/// What the severe hazards that stay open weigh.
fn harm(advice: &Advice) -> u32 {
    advice
        .hazards
        .iter()
        .filter(|state| state.is_open() && base().hazard(state.id).severity >= 2)
        .map(|state| u32::from(advice.priorities[base().hazard(state.id).axis.index()].level))
        .sum()
}

fn blocked(advice: &Advice) -> Vec<DecisionId> {
    advice
        .decisions
        .iter()
        .filter(|d| d.state == DecisionState::Open && base().decision(d.id).pick == Pick::One)
        .filter(|d| {
            d.options
                .first()
                .is_some_and(|best| best.tier > Tier::Discouraged)
        })
        .map(|d| d.id)
        .collect()
}

fn could_be_taken(base: &KnowledgeBase, advice: &Advice, pattern: PatternId) -> bool {
    let one = base
        .decisions_of(pattern)
        .any(|id| base.decision(id).pick == Pick::One);
    !one && advice
        .decisions
        .iter()
        .filter_map(|d| d.option(pattern))
        .all(|option| option.tier == Tier::Fit)
        && base.pattern(pattern).limits.is_empty()
        && (base.pattern(pattern).requires.iter())
            .all(|group| group.iter().any(|member| advice.taken.contains(member)))
}

/// T4: removing an option that nothing else needs leaves the order of the others.
#[test]
fn t04_independence_of_irrelevant_alternatives() {
    let mut changed = archadvisor::builtin::knowledge();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..60 {
        let (situation, open) = one_open(0.5).new_tree(&mut runner).unwrap().current();
        let advice = advise(base(), &situation);
        let full = order(&advice, open);
        // What something taken needs is part of the context, not an irrelevant alternative.
        let needed: Vec<PatternId> = advice
            .taken
            .iter()
            .flat_map(|taken| base().pattern(*taken).requires.iter().flatten().copied())
            .collect();
        for gone in base()
            .decision(open)
            .options
            .iter()
            .copied()
            .filter(|option| !needed.contains(option))
        {
            changed.decisions[open.index()]
                .options
                .retain(|option| *option != gone);
            let without = advise(&changed, &situation);
            // What leads and would close a later decision is given up for the sake of the whole: of what does not lead
            // nobody asks that, so such an option has its place by more than itself.
            let given_up: Vec<PatternId> = [&advice, &without]
                .into_iter()
                .flat_map(|advice| &advice.revisions)
                .filter(|revision| revision.decision == open)
                .map(|revision| revision.from)
                .collect();
            let mut rest = order(&without, open);
            rest.retain(|option| !given_up.contains(option));
            let expected: Vec<PatternId> = full
                .iter()
                .copied()
                .filter(|option| *option != gone && !given_up.contains(option))
                .collect();
            let told = |advice: &Advice| {
                format!(
                    "{:#?}",
                    advice
                        .decision(open)
                        .options
                        .iter()
                        .map(|o| (
                            &base().pattern(o.pattern).id,
                            o.tier,
                            o.score,
                            o.reasons.iter().map(|r| &r.because).collect::<Vec<_>>()
                        ))
                        .collect::<Vec<_>>()
                )
            };
            assert_eq!(
                rest,
                expected,
                "without {}: {} {}",
                base().pattern(gone).id,
                told(&advice),
                told(&without)
            );
            changed.decisions[open.index()]
                .options
                .clone_from(&base().decision(open).options);
        }
    }
}

/// A1: with nothing answered nothing is ruled out, and everything is assumed, derived or unknown.
#[test]
fn a1_nothing_answered_rules_nothing_out() {
    let advice = advise(base(), &Situation::default());
    for option in scored(&advice) {
        assert!(
            option.verdict != Verdict::RuledOut,
            "{} is ruled out",
            base().pattern(option.pattern).id
        );
    }
    assert!(
        advice
            .facts
            .iter()
            .all(|(_, state)| state.origin != Origin::Given)
    );
    let applicable = advice
        .decisions
        .iter()
        .filter(|d| d.state == DecisionState::Open);
    for decision in applicable.filter(|d| base().decision(d.id).pick == Pick::One) {
        assert_eq!(
            decision.recommended.len(),
            1,
            "{} has a recommendation",
            base().decision(decision.id).id
        );
    }
}

/// The requirements of which some condition or formula asks whether they were stated.
fn stated_facts() -> Vec<FactId> {
    let base = base();
    let patterns = base.patterns.iter();
    let conditions = patterns.flat_map(|pattern| {
        (pattern.limits.iter().map(|limit| &limit.when))
            .chain(pattern.driver.iter().map(|driver| &driver.when))
            .chain(pattern.norm.iter().map(|norm| &norm.unless))
            .chain(pattern.applies.as_deref())
            .chain(
                pattern
                    .effects
                    .iter()
                    .flat_map(|effect| effect.cases.iter().filter_map(|claim| claim.when.as_ref())),
            )
    });
    let others = (base
        .decisions
        .iter()
        .flat_map(|decision| decision.when.iter().chain(&decision.called_for)))
    .chain(
        base.hazards
            .iter()
            .flat_map(|hazard| hazard.matters.iter().chain(&hazard.arises)),
    )
    .chain(base.implied.iter().map(|rule| &rule.when))
    .chain(base.rules.iter().map(|rule| &rule.when));
    let formulas = base.quantities.iter().map(|quantity| &quantity.formula);
    conditions
        .chain(others)
        .map(|condition| &condition.expression)
        .chain(formulas)
        .flat_map(archadvisor::expression::Expression::nodes)
        .filter_map(|node| match node {
            archadvisor::expression::Node::Stated(fact) => Some(*fact),
            _ => None,
        })
        .collect()
}
