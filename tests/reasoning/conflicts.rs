//! Conflicts: what is one, how severe, and the ways out.

use super::situations::{base, situation};
use archadvisor::knowledge::{PatternId, Pick};
use archadvisor::reasoning::{
    Advice, Change, Conflict, ConflictKind, DecisionAdvice, DecisionState, ReasonKind, Severity,
    Situation, Verdict, WayOut, advise, conflicts,
};
use proptest::prelude::*;
use proptest::sample::Index;

fn given(answers: &[(&str, &str)]) -> Situation {
    let mut situation = Situation::default();
    for (id, text) in answers {
        situation.answer(base(), id, text).unwrap();
    }
    situation
}

fn choose(situation: &mut Situation, decision: &str, pattern: &str) {
    let decision = base().find_decision(decision).unwrap();
    let pattern = base().find_pattern(pattern).unwrap();
    situation.choices.insert(decision, vec![pattern]);
}

fn find<'a>(advice: &'a Advice, id: &str) -> &'a Conflict {
    let found = advice.conflicts.iter().find(|conflict| conflict.id == id);
    found.unwrap_or_else(|| panic!("there is no {id} among {:#?}", advice.conflicts))
}

/// The first way out is what is recommended in the decision.
fn leads_to_the_recommended(advice: &Advice, conflict: &Conflict) -> bool {
    let Some(Change::Choose(decision, pattern)) = conflict.ways_out[0].change else {
        return false;
    };
    advice.decision(decision).recommended.contains(&pattern)
}

/// The advice on answers with one choice made.
fn advised(mut situation: Situation, decision: &str, option: &str) -> Advice {
    choose(&mut situation, decision, option);
    advise(base(), &situation)
}

#[test]
fn only_assumptions_that_could_lift_a_conflict_are_named() {
    let names = |conflict: &Conflict| -> Vec<&str> {
        (conflict.requirements.iter())
            .map(|fact| base().fact(*fact).0)
            .collect()
    };
    let advice = advise(
        base(),
        &given(&[("data_gb", "9 TB"), ("budget_month", "100")]),
    );
    // The formula mentions traffic, growth and retention, which are assumed: no answer to them makes the data less.
    let budget = find(&advice, "target/kept-above-budget");
    assert_eq!(budget.severity, Severity::Medium);
    assert!(!budget.message.contains("not said"), "{}", budget.message);
    assert_eq!(names(budget), ["data_gb", "budget_month"]);
    // The tolerated time is the assumption, and is the first to be answered.
    let mut situation = given(&[("survive", "region"), ("data_gb", "200")]);
    choose(&mut situation, "recovery", "backup-restore");
    let advice = advise(base(), &situation);
    let restore = find(&advice, "limit/backup-restore/region-rebuild-too-long");
    assert_eq!(names(restore), ["rto_min", "data_gb", "survive"]);
    assert!(
        restore
            .message
            .contains("This rests on what was not said: ")
    );
}

#[test]
fn a_choice_that_breaks_a_norm_is_a_conflict_by_its_harm_and_by_what_is_given() {
    let answers = [
        ("sensitivity", "health"),
        ("stage", "mature"),
        ("external_exposure", "internet"),
        ("gdpr", "true"),
    ];
    let mut situation = given(&answers);
    choose(&mut situation, "trust", "perimeter-security");
    let advice = advise(base(), &situation);
    let conflict = find(&advice, "norm/perimeter-security");
    // Given answers alone break it, and it does its worst to an axis that they make critical.
    assert_eq!(
        (conflict.kind, conflict.severity),
        (ConflictKind::Norm, Severity::High)
    );
    assert!(leads_to_the_recommended(&advice, conflict), "{conflict:#?}");
    assert!(!conflict.sources.is_empty() && !conflict.requirements.is_empty());
    situation.waivers.insert(
        conflict.id.clone(),
        "A museum piece behind a wall.".to_owned(),
    );
    let waived = advise(base(), &situation);
    assert!(find(&waived, "norm/perimeter-security").waived.is_some());

    // A part of it is given, the rest assumed: to be settled, and what is assumed is asked.
    let advice = advised(
        given(&[("stage", "mature"), ("money_like", "true")]),
        "replication",
        "single-copy",
    );
    let conflict = find(&advice, "norm/single-copy");
    assert_eq!(conflict.severity, Severity::Medium);
    assert!(conflict.message.contains("what was not said"));
    assert!(leads_to_the_recommended(&advice, conflict), "{conflict:#?}");

    // Nothing is given: to be known.
    let mut blank = Situation::default();
    choose(&mut blank, "trust", "perimeter-security");
    let advice = advise(base(), &blank);
    assert_eq!(
        find(&advice, "norm/perimeter-security").severity,
        Severity::Low
    );
}

#[test]
fn what_nothing_calls_for_is_a_conflict_also_where_nothing_is_simpler() {
    let advice = advised(
        given(&[("engineers", "3"), ("teams", "1"), ("peak_rps", "20/s")]),
        "decomposition",
        "microservices",
    );
    let conflict = find(&advice, "complexity/microservices");
    assert_eq!(conflict.severity, Severity::Medium);
    assert!(leads_to_the_recommended(&advice, conflict), "{conflict:#?}");
}

#[test]
fn one_of_several_that_nothing_calls_for_is_a_conflict_where_it_costs_more_than_it_brings() {
    let few_readers = given(&[
        ("dau", "60k"),
        ("req_per_user_day", "12"),
        ("read_share", "70 %"),
    ]);
    let advice = advised(few_readers.clone(), "caching", "cache-aside");
    let idle = find(&advice, "complexity/cache-aside");
    assert!(
        idle.message.starts_with("Nothing calls for Cache-aside"),
        "{}",
        idle.message
    );
    let cache = base().find_pattern("cache-aside").unwrap();
    let drops = |way: &archadvisor::reasoning::WayOut| way.change == Some(Change::Drop(cache));
    assert!(idle.ways_out.iter().any(drops));
    // Where readers are many and may see old copies, it is called for.
    let many_readers = given(&[
        ("dau", "6M"),
        ("req_per_user_day", "40"),
        ("read_share", "95 %"),
        ("staleness_s", "1 min"),
        ("consistency", "eventual"),
    ]);
    let advice = advised(many_readers, "caching", "cache-aside");
    assert!(
        advice
            .conflicts
            .iter()
            .all(|conflict| conflict.id != "complexity/cache-aside")
    );
    // What brings more than it costs is nobody's mistake.
    let mut cautious = few_readers;
    cautious.practices = vec![base().find_pattern("load-testing").unwrap()];
    let advice = advise(base(), &cautious);
    assert!(
        advice
            .conflicts
            .iter()
            .all(|conflict| conflict.id != "complexity/load-testing")
    );
}

#[test]
fn less_than_what_is_called_for_is_a_conflict() {
    let advice = advised(
        given(&[("money_like", "true")]),
        "consistency",
        "eventual-consistency",
    );
    let conflict = find(&advice, "need/eventual-consistency");
    assert!(conflict.severity >= Severity::Medium, "{conflict:#?}");
    assert_eq!(conflict.kind, ConflictKind::Target);
    assert!(leads_to_the_recommended(&advice, conflict), "{conflict:#?}");
}

#[test]
fn a_choice_that_harms_what_must_not_be_harmed_is_a_conflict() {
    let mut situation = given(&[("engineers", "60"), ("teams", "8")]);
    let cost = base().find_axis("cost").unwrap();
    situation.floors.insert(cost, 0);
    choose(&mut situation, "decomposition", "microservices");
    let advice = advise(base(), &situation);
    assert_eq!(
        find(&advice, "floor/cost/microservices").severity,
        Severity::High
    );
}

#[test]
fn what_opens_a_severe_hazard_brings_its_closer_along() {
    let situation = given(&[
        ("stage", "early"),
        ("consumers", "1"),
        ("peak_rps", "2k/s"),
        ("rto_min", "5"),
        ("dau", "5M"),
        ("immediate_confirm", "true"),
        ("full_text", "true"),
    ]);
    let advice = advise(base(), &situation);
    let named = |id: &str| base().find_pattern(id).unwrap();
    assert!(advice.taken.contains(&named("transactional-outbox")));
    let state = (advice.hazards.iter())
        .find(|state| base().hazard(state.id).id == "duplicate-processing")
        .unwrap();
    assert!(!state.is_open());
}

#[test]
fn callers_who_ask_again_need_more_than_messages_read_once() {
    let mut situation = given(&[("money_like", "true"), ("api_consumers", "partners")]);
    choose(&mut situation, "interaction", "sync-request-response");
    choose(&mut situation, "calls", "timeouts");
    let advice = advise(base(), &situation);
    find(&advice, "hazard/duplicate-request");
    let asked_twice = "target/scarce-things-asked-twice";
    assert_eq!(find(&advice, asked_twice).severity, Severity::High);
    choose(&mut situation, "calls", "idempotency");
    let advice = advise(base(), &situation);
    assert!(!advice.conflicts.iter().any(|conflict| {
        conflict.id == asked_twice || conflict.id == "hazard/duplicate-request"
    }));
}

#[test]
fn a_full_log_needs_a_way_to_erase() {
    let mut situation = given(&[("gdpr", "true"), ("history_needed", "full_replay")]);
    choose(&mut situation, "state", "event-sourcing");
    choose(&mut situation, "controls", "tls-everywhere");
    let advice = advise(base(), &situation);
    let erase = "target/erase-vs-replay";
    assert_eq!(find(&advice, erase).severity, Severity::High);
    for closer in ["crypto-shredding", "personal-data-apart"] {
        choose(&mut situation, "controls", closer);
        let advice = advise(base(), &situation);
        assert!(
            !advice.conflicts.iter().any(|conflict| {
                conflict.id == erase || conflict.id == "hazard/erasure-conflict"
            })
        );
    }
}

#[test]
fn what_given_facts_break_today_waits_for_no_growth() {
    let situation = given(&[
        ("order_need", "total"),
        ("peak_rps", "8M/s"),
        ("read_share", "0"),
    ]);
    let advice = advise(base(), &situation);
    let id = "target/total-order-throughput";
    assert_eq!(find(&advice, id).severity, Severity::High);
}

#[test]
fn a_hazard_that_only_an_answer_brings_leads_to_the_answer() {
    let situation = given(&[("stateful_infra", "yes"), ("dau", "100k")]);
    let advice = advise(base(), &situation);
    let answer = base().find_fact("stateful_infra").unwrap();
    let ways = &find(&advice, "hazard/session-affinity").ways_out;
    assert_eq!(ways[0].change, Some(Change::Revisit(answer)));
    let without = advise(base(), &given(&[("dau", "100k")]));
    let is_it = |conflict: &Conflict| conflict.id == "hazard/session-affinity";
    assert!(!without.conflicts.iter().any(is_it));
}

#[test]
fn a_way_out_that_names_an_answer_leads_to_it() {
    let way = |answers: &[(&str, &str)], id: &str, named: &str| {
        let advice = advise(base(), &given(answers));
        let mut ways = find(&advice, id).ways_out.clone().into_iter();
        let way = ways.find(|way| way.action.contains(named)).unwrap();
        let fact = base().find_fact(named).unwrap();
        assert_eq!(way.change, Some(Change::Revisit(fact)), "{}", way.action);
        way.effect
    };
    // It need not be one of those behind the conflict, and what nobody said is not told as said.
    let cut = [
        ("money_like", "yes"),
        ("consistency", "strong"),
        ("offline_use", "write"),
    ];
    let effect = way(
        &cut,
        "requirements/exact-and-offline",
        "partition_write_avail",
    );
    assert!(effect.ends_with("is not said, and taken as no"), "{effect}");
    // An id of one word counts in parentheses.
    let one = [("residency", "yes"), ("user_spread", "global")];
    let told = "requirements/residency-from-one-region";
    for named in ["jurisdictions", "regions"] {
        let advice = advise(base(), &given(&one));
        let named = format!("({named})");
        let ways = &find(&advice, told).ways_out;
        let leads = |way: &WayOut| matches!(way.change, Some(Change::Revisit(_)));
        assert!(
            ways.iter()
                .any(|way| way.action.contains(&named) && leads(way)),
            "{ways:#?}"
        );
    }
    // `regions` is a word of this sentence as well.
    let homes = [
        ("jurisdictions", "3"),
        ("regions", "3"),
        ("write_regions", "3"),
    ];
    let effect = way(&homes, "target/standby-outside-its-law", "write_regions");
    assert_eq!(effect, "write_regions is 3 regions now");
}

#[test]
fn what_a_choice_needs_says_which_one_needs_it() {
    let mut situation = given(&[("dau", "100k")]);
    choose(&mut situation, "infra", "gitops");
    let advice = advise(base(), &situation);
    let compute = advice.decision(base().find_decision("compute").unwrap());
    let kubernetes = base().find_pattern("kubernetes").unwrap();
    assert_eq!(compute.recommended, [kubernetes]);
    let reasons = &compute.option(kubernetes).unwrap().reasons;
    let told: Vec<&str> = (reasons.iter())
        .filter(|reason| reason.kind == ReasonKind::RequiredBy)
        .map(|reason| reason.because.as_str())
        .collect();
    assert_eq!(told, ["required by GitOps"]);
    // Nothing else does, and no word says that nothing at all does.
    let because = |reason: &&archadvisor::reasoning::Reason| reason.kind == ReasonKind::NoDriver;
    let idle = reasons.iter().find(because).unwrap();
    assert!(idle.because.starts_with("nothing else"), "{}", idle.because);
}

#[test]
fn a_practice_that_nobody_chose_can_be_dropped_with_what_is_lost() {
    let mut situation = given(&[
        ("sensitivity", "pii"),
        ("external_exposure", "internet"),
        ("stage", "mature"),
        ("dau", "2M"),
        ("engineers", "40"),
        ("large_objects", "yes"),
    ]);
    for axis in base().axis_ids() {
        situation.priorities.insert(axis, 8);
    }
    let advice = advise(base(), &situation);
    let mut practices = 0;
    for conflict in advice
        .conflicts
        .iter()
        .filter(|conflict| conflict.kind == ConflictKind::Axes)
    {
        let pattern = conflict.patterns[0];
        let many = |id| base().decision(id).pick == Pick::Many;
        if !base().decisions_of(pattern).all(many) {
            continue;
        }
        let name = &base().pattern(pattern).name;
        let needed = advice.taken.iter().any(|taken| {
            base()
                .pattern(*taken)
                .requires
                .iter()
                .any(|group| group.contains(&pattern))
        });
        let drop = conflict
            .ways_out
            .iter()
            .find(|way| way.action.starts_with(&format!("Drop {name}")));
        assert!(
            needed || drop.is_some_and(|way| way.effect.starts_with("you lose ")),
            "{conflict:#?}"
        );
        practices += 1;
    }
    assert!(practices > 3, "too few to tell");
}

fn could_be_taken(advice: &Advice, pattern: PatternId) -> bool {
    let mut offered = base().decisions_of(pattern).peekable();
    let free = offered.peek().is_none();
    let possible = offered.any(|id| {
        let decision = advice.decision(id);
        let option = decision.option(pattern);
        decision.state != DecisionState::NotApplicable
            && option.is_some_and(|option| option.verdict != Verdict::RuledOut)
    });
    (free || possible) && !advice.taken.contains(&pattern)
}

/// Devices without a network give away what is scarce: whether servers on both sides of a cut take writes is beside the
/// point, and the share for each site is an option to take.
#[test]
fn ways_out_lead_out_and_name_the_option() {
    let answers = [
        ("money_like", "true"),
        ("scarce_apart", "true"),
        ("offline_use", "write"),
    ];
    let advice = advised(given(&answers), "concurrency", "atomic-update");
    let ways = &find(&advice, "target/scarce-things-on-both-sides").ways_out;
    let beside = base().find_fact("partition_write_avail").unwrap();
    assert!(
        ways.iter()
            .all(|way| way.change != Some(Change::Revisit(beside))),
        "no answer to it lifts the conflict: {ways:#?}"
    );
    let concurrency = base().find_decision("concurrency").unwrap();
    let shares = base().find_pattern("escrow-shares").unwrap();
    let take = Change::Choose(concurrency, shares);
    assert!(
        ways.iter().any(|way| way.change == Some(take.clone())),
        "{ways:#?}"
    );
}

proptest! {
    #![proptest_config(crate::random::cases(60))]

    /// An axis that a pattern hurts must be settled only where the user gave it weight and the whole design hurts it.
    #[test]
    fn a_tension_is_to_be_settled_where_the_whole_design_hurts_what_was_said_to_matter(mut situation in situation(0.4), given in any::<[bool; 8]>()) {
        let mut given = given.into_iter();
        situation.priorities.retain(|_, _| given.next().unwrap_or_default());
        let advice = advise(base(), &situation);
        for conflict in advice.conflicts.iter().filter(|conflict| conflict.kind == ConflictKind::Axes) {
            let hurt = conflict.axes[1];
            let verdict = &advice.verdicts[hurt.index()];
            let net: i32 = verdict.helps.iter().chain(&verdict.hurts).map(|(_, effect)| i32::from(*effect)).sum();
            let stated = situation.priorities.get(&hurt).is_some_and(|level| *level >= 4);
            prop_assert!(conflict.severity == Severity::Low || stated && net < 0, "net {net}: {conflict:?}");
        }
    }

    /// What is told as a middle way can be taken, and is not taken yet.
    #[test]
    fn a_middle_way_can_be_gone(situation in situation(0.4)) {
        let advice = advise(base(), &situation);
        for way in advice.conflicts.iter().flat_map(|conflict| &conflict.middle) {
            if let Some(Change::Choose(_, pattern) | Change::Add(pattern)) = way.change {
                prop_assert!(could_be_taken(&advice, pattern), "{way:?}");
            }
        }
    }

    /// What a rule offers to take can be taken, and is not taken yet, unless nothing else is offered.
    #[test]
    fn what_a_rule_offers_can_be_taken(situation in situation(0.5)) {
        let advice = advise(base(), &situation);
        let of_rules = |conflict: &&Conflict| matches!(conflict.kind, ConflictKind::Requirements | ConflictKind::Target);
        for conflict in advice.conflicts.iter().filter(of_rules).filter(|conflict| conflict.ways_out.len() > 1) {
            for way in &conflict.ways_out {
                if let Some(Change::Choose(_, pattern) | Change::Add(pattern)) = way.change {
                    prop_assert!(could_be_taken(&advice, pattern), "{}: {way:?}", conflict.id);
                }
            }
        }
    }

    /// A severe hazard that stays open is to be settled, and says how where anything closes it.
    #[test]
    fn a_hazard_is_never_to_be_closed_by_what_is_ruled_out(situation in situation(0.4)) {
        let advice = advise(base(), &situation);
        for conflict in advice.conflicts.iter().filter(|conflict| conflict.kind == ConflictKind::Hazard) {
            for way in &conflict.ways_out {
                if let Some(Change::Choose(decision, pattern)) = way.change {
                    let option = advice.decision(decision).option(pattern).map(|option| option.verdict);
                    prop_assert!(option != Some(Verdict::RuledOut), "{}: {}", conflict.id, way.action);
                    prop_assert!(advice.decision(decision).arises, "nobody asks what {} answers: {}", way.action, conflict.id);
                }
                let Some(Change::Choose(_, added) | Change::Add(added)) = way.change else {
                    continue;
                };
                let one_of = |id: &PatternId| base().decisions_of(*id).any(|home| base().decision(home).pick == Pick::One);
                let lacks = base().pattern(added).requires.iter().any(|group| {
                    group.iter().all(one_of) && !group.iter().any(|id| advice.taken.contains(id))
                });
                prop_assert!(!lacks || way.effect.contains("; but "), "{}: {}: {}", conflict.id, way.action, way.effect);
            }
        }
    }

    /// Giving up a choice is offered only where the hazard goes with it, and no norm is broken for the sake of a conflict.
    #[test]
    fn ways_out_of_choices_lead_out(mut situation in situation(0.3), picks in proptest::collection::vec((any::<Index>(), any::<Index>()), 6)) {
        let ids: Vec<_> = base().decision_ids().collect();
        for (decision, option) in &picks {
            let id = *decision.get(&ids);
            situation.choices.insert(id, vec![*option.get(&base().decision(id).options)]);
        }
        let advice = advise(base(), &situation);
        for conflict in &advice.conflicts {
            for way in &conflict.ways_out {
                match way.change {
                    Some(Change::Drop(pattern)) if conflict.kind == ConflictKind::Hazard => {
                        let mut without = situation.clone();
                        without.choices.retain(|_, chosen| *chosen != [pattern]);
                        let after = advise(base(), &without);
                        let stays = after.hazards.iter().any(|state| Some(state.id) == conflict.hazard && state.is_open());
                        prop_assert!(!stays, "{}: {}", conflict.id, way.action);
                    }
                    // What is missing is to be added all the same.
                    Some(Change::Choose(decision, pattern)) if conflict.kind != ConflictKind::Prerequisite || way.action.ends_with("instead") => {
                        let option = advice.decision(decision).option(pattern);
                        let norm = option.and_then(|option| option.reasons.iter().find(|reason| reason.kind == ReasonKind::Norm));
                        prop_assert!(norm.is_none(), "{}: {}: {norm:?}", conflict.id, way.action);
                        // Of a question that does not arise, the choice is to be taken back.
                        prop_assert!(advice.decision(decision).arises || !way.action.ends_with("instead"), "{}: {}", conflict.id, way.action);
                    }
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn an_open_severe_hazard_is_never_a_remark(situation in situation(0.3)) {
        let advice = advise(base(), &situation);
        for state in advice.hazards.iter().filter(|state| state.is_open()) {
            let hazard = base().hazard(state.id);
            if hazard.severity >= 2 && advice.priorities[hazard.axis.index()].level > 0 {
                let conflict = find(&advice, &format!("hazard/{}", hazard.id));
                prop_assert!(conflict.severity >= Severity::Medium, "{conflict:?}");
            }
        }
    }
}

/// Answers under which no way of replication is possible.
const STUCK: [(&str, &str); 7] = [
    ("money_like", "yes"),
    ("consistency", "strong"),
    ("avail_target", "99.99 %"),
    ("write_regions", "3"),
    ("regions", "3"),
    ("p99_write_ms", "20 ms"),
    ("partition_write_avail", "yes"),
];

#[test]
fn where_no_option_is_left_the_fewest_answers_that_make_room_are_named() {
    let mut answers = STUCK.to_vec();
    answers.push(("user_spread", "global"));
    let mut situation = given(&answers);
    choose(&mut situation, "store", "key-value-store");
    let advice = advise(base(), &situation);
    let stuck = find(&advice, "no-option/replication");
    let first = &stuck.ways_out[0];
    assert!(
        first
            .action
            .contains("Leaderless quorum: change “Consistency users need”")
    );
    // What is said to make room does.
    let option = |situation: &Situation, decision: &str, pattern: &str| {
        let advice = advise(base(), situation);
        let found = advice.decision(base().find_decision(decision).unwrap());
        let option = found.option(base().find_pattern(pattern).unwrap());
        option.unwrap().verdict
    };
    let (decision, pattern) = ("replication", "leaderless-quorum");
    assert_eq!(option(&situation, decision, pattern), Verdict::RuledOut);
    let mut relaxed = situation.clone();
    relaxed.answer(base(), "consistency", "eventual").unwrap();
    assert_ne!(option(&relaxed, decision, pattern), Verdict::RuledOut);
    // What waits for it says so.
    let topology = find(&advice, "no-option/topology");
    let waits = |way: &archadvisor::reasoning::WayOut| {
        way.action
            .contains("Active-active regions: settle “Replication” first")
    };
    assert!(topology.ways_out.iter().any(waits));
    // A need names what stands in the way of what is called for, and nothing that is not called for either.
    let need = find(&advice, "need/key-value-store");
    let mut actions = need.ways_out.iter().map(|way| way.action.as_str());
    assert!(actions.any(|action| action.starts_with("Make room for Distributed SQL: change")));
    let mut actions = need.ways_out.iter().map(|way| way.action.as_str());
    assert!(!actions.any(|action| action.contains("Graph database")));
    // And a hazard offers nothing that another finding rules out.
    let zone = find(&advice, "hazard/zone-loss");
    assert!(!zone.ways_out.is_empty());
    assert!(
        zone.ways_out
            .iter()
            .all(|way| way.action.starts_with("Make room for"))
    );
}

#[test]
fn every_conflict_has_an_id_that_a_waiver_can_name() {
    let cases = base().cases.iter();
    let mut situations: Vec<Situation> =
        (cases.map(|case| Situation::of_case(base(), case).unwrap())).collect();
    // With each option of each decision chosen against the advice there are conflicts of most kinds.
    for decision in base().decision_ids() {
        for option in &base().decision(decision).options {
            let mut situation = given(&[("money_like", "true"), ("stage", "mature")]);
            situation.choices.insert(decision, vec![*option]);
            situations.push(situation);
        }
    }
    let mut kinds = std::collections::BTreeSet::new();
    for situation in situations {
        for conflict in advise(base(), &situation).conflicts {
            assert!(conflicts::is_id(base(), &conflict.id), "{}", conflict.id);
            kinds.extend(conflict.id.split('/').next().map(str::to_owned));
        }
    }
    for kind in [
        "hazard",
        "limit",
        "need",
        "norm",
        "requirements",
        "requires",
    ] {
        assert!(kinds.contains(kind), "{kind} is not among {kinds:?}");
    }
    for strange in [
        "hazard/nothing",
        "limit/relational-db",
        "axis",
        "cost/relational-db",
    ] {
        assert!(!conflicts::is_id(base(), strange), "{strange}");
    }
}

#[test]
fn a_hazard_left_to_advice_is_told_once_no_decision_is_open_for_it() {
    let mut situation = given(&[
        ("gdpr", "true"),
        ("consumers", "4"),
        ("api_consumers", "partners"),
        ("peak_rps", "2k/s"),
    ]);
    let left = |advice: &Advice| -> Vec<String> {
        let left = (advice.conflicts.iter()).filter(|conflict| {
            conflict
                .message
                .contains("nothing that was chosen closes it")
        });
        left.map(|conflict| conflict.id.clone()).collect()
    };
    let advice = advise(base(), &situation);
    assert!(left(&advice).is_empty(), "{:?}", left(&advice));
    // Every decision is taken as advised; what no decision offers stays a recommendation.
    let mut advice = advice;
    loop {
        let open = |entry: &&DecisionAdvice| entry.state == DecisionState::Open;
        let open: Vec<_> = advice.decisions.iter().filter(open).collect();
        if open.is_empty() {
            break;
        }
        let taken = open
            .into_iter()
            .map(|entry| (entry.id, entry.recommended.clone()));
        situation.choices.extend(taken);
        advice = advise(base(), &situation);
    }
    let ids = left(&advice);
    assert!(!ids.is_empty());
    for id in &ids {
        let conflict = find(&advice, id);
        assert!(conflict.severity <= Severity::Medium, "{conflict:#?}");
        let adds = |way: &conflicts::WayOut| matches!(way.change, Some(Change::Add(_)));
        assert!(conflict.ways_out.iter().any(adds), "{conflict:#?}");
    }
    // Adopting what is recommended closes all of them.
    let practices = advice
        .practices
        .iter()
        .map(|practice| practice.advice.pattern);
    situation.practices = practices.collect();
    let advice = advise(base(), &situation);
    assert!(left(&advice).is_empty(), "{:?}", left(&advice));
}

#[test]
fn a_choice_for_a_question_that_does_not_arise_is_told_with_ways_out() {
    let mut situation = Situation::default();
    choose(&mut situation, "interaction", "sync-request-response");
    choose(&mut situation, "backbone", "message-queue");
    let advice = advise(base(), &situation);
    let conflict = find(&advice, "no-longer-fits/backbone");
    assert_eq!(conflict.severity, Severity::Medium);
    let backbone = base().find_decision("backbone").unwrap();
    // It is not recommended in the same breath; the options are compared all the same.
    let entry = advice.decision(backbone);
    assert!(!entry.arises && entry.recommended.is_empty());
    let advised = entry.options.iter();
    assert!(advised.len() > 0 && advised.clone().all(|it| it.verdict != Verdict::Recommended));
    let interaction = base().find_decision("interaction").unwrap();
    assert_eq!(conflict.ways_out[0].change, Some(Change::Reopen(backbone)));
    let leads_there = |change: &Option<Change>| matches!(change, Some(Change::Choose(decision, _)) if *decision == interaction);
    assert!(conflict.ways_out.iter().any(|way| leads_there(&way.change)));
}

#[test]
fn another_option_of_a_question_that_does_not_arise_is_no_way_out() {
    let mut situation = given(&[("peak_rps", "20")]);
    choose(&mut situation, "store", "object-catalogue");
    choose(&mut situation, "scale-data", "functional-partitioning");
    let advice = advise(base(), &situation);
    let decision = base().find_decision("scale-data").unwrap();
    find(&advice, "no-longer-fits/scale-data");
    let ways = advice
        .conflicts
        .iter()
        .flat_map(|conflict| &conflict.ways_out);
    let into =
        |way: &&WayOut| matches!(way.change, Some(Change::Choose(into, _)) if into == decision);
    assert_eq!(ways.filter(into).count(), 0);
}

#[test]
fn an_open_decision_leaves_room_for_what_was_chosen_later() {
    let situation = given(&[("teams", "6")]);
    let plain = advise(base(), &situation);
    let interaction = base().find_decision("interaction").unwrap();
    let sync = base().find_pattern("sync-request-response").unwrap();
    assert_eq!(plain.decision(interaction).recommended, [sync]);
    let advice = advised(situation, "backbone", "message-queue");
    assert_ne!(advice.decision(interaction).recommended, [sync]);
    assert!(
        advice
            .conflicts
            .iter()
            .all(|it| it.kind != ConflictKind::Misfit)
    );
    let revision = advice.revisions.iter().find(|it| it.from == sync).unwrap();
    assert!(
        revision.because.contains("Message queue, which you chose"),
        "{}",
        revision.because
    );
}

#[test]
fn what_is_taken_of_several_keeps_the_reasons_of_others() {
    let mut situation = given(&[("offline_use", "write")]);
    choose(&mut situation, "offline", "offline-outbox");
    let calls = base().find_decision("calls").unwrap();
    let before = advise(base(), &situation);
    let idempotency = base().find_pattern("idempotency").unwrap();
    assert!(before.decision(calls).recommended.contains(&idempotency));
    (situation.choices).insert(calls, before.decision(calls).recommended.clone());
    let after = advise(base(), &situation);
    let option = after.decision(calls).option(idempotency).unwrap();
    assert_eq!(option.verdict, Verdict::Recommended);
    assert!(
        option
            .reasons
            .iter()
            .any(|it| it.because.contains("required by")),
        "{:?}",
        option.reasons
    );
}

#[test]
fn a_prerequisite_that_can_still_be_added_turns_no_other_decision() {
    let plain = advise(base(), &Situation::default());
    let advice = advised(Situation::default(), "topology", "multi-zone");
    let decision = |id: &str| base().find_decision(id).unwrap();
    let frontend = decision("frontend");
    assert_eq!(
        advice.decision(frontend).recommended,
        plain.decision(frontend).recommended
    );
    let balancer = base().find_pattern("l7-load-balancer").unwrap();
    let entry = advice.decision(decision("entry"));
    assert!(entry.recommended.contains(&balancer));
}

#[test]
fn an_unfinished_choice_of_several_turns_no_other_decision() {
    let decision = |id: &str| base().find_decision(id).unwrap();
    let chosen = |advice: &Advice| {
        advice
            .decision(decision("decomposition"))
            .recommended
            .clone()
    };
    let mut situation = given(&[("teams", "4")]);
    let open = advise(base(), &situation);
    let service_based = base().find_pattern("service-based").unwrap();
    assert_eq!(chosen(&open), [service_based]);
    // It needs traces or logs, which may still be added to what was taken so far.
    choose(&mut situation, "telemetry", "metrics");
    let begun = advise(base(), &situation);
    assert_eq!(chosen(&begun), [service_based]);
    let missing = find(&begun, "requires/service-based/distributed-tracing");
    assert_eq!(missing.severity, Severity::Medium);
    let tracing = base().find_pattern("distributed-tracing").unwrap();
    let adds = |change: &Option<Change>| matches!(change, Some(Change::Choose(_, id) | Change::Add(id)) if *id == tracing);
    assert!(
        missing.ways_out.iter().any(|way| adds(&way.change)),
        "{missing:#?}"
    );
    // Once the user takes what needs it, it is missing for good.
    choose(&mut situation, "decomposition", "service-based");
    let taken = advise(base(), &situation);
    let missing = find(&taken, "requires/service-based/distributed-tracing");
    assert_eq!(missing.severity, Severity::High);
}

#[test]
fn what_is_pulled_in_later_speaks_for_what_was_chosen_before() {
    let mut situation = given(&[("stage", "prototype")]);
    choose(&mut situation, "topology", "multi-zone");
    let telemetry = base().find_decision("telemetry").unwrap();
    let health = base().find_pattern("health-endpoints").unwrap();
    let before = advise(base(), &situation);
    assert!(before.decision(telemetry).recommended.contains(&health));
    (situation.choices).insert(telemetry, before.decision(telemetry).recommended.clone());
    let after = advise(base(), &situation);
    let option = after.decision(telemetry).option(health).unwrap();
    assert_eq!(option.verdict, Verdict::Recommended, "{:?}", option.reasons);
}
