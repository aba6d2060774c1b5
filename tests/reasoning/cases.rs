//! The golden cases of the knowledge base hold.

use archadvisor::builtin;
use archadvisor::knowledge::{Case, DecisionId, KnowledgeBase, PatternId};
use archadvisor::reasoning::{Advice, Situation, advise};
use std::fmt::Write as _;

fn ids(base: &KnowledgeBase, patterns: &[PatternId]) -> Vec<String> {
    patterns
        .iter()
        .map(|id| base.pattern(*id).id.to_string())
        .collect()
}

/// Describes every expectation of a case that the advice does not meet.
fn broken(base: &KnowledgeBase, case: &Case, advice: &Advice) -> String {
    let mut report = String::new();
    let mut say = |decision: DecisionId, wanted: &str, patterns: &[PatternId]| {
        let advised = advice.decision(decision);
        writeln!(
            report,
            "{}: {} got {:?}, {wanted} {:?}",
            case.id,
            base.decision(decision).id,
            ids(base, &advised.recommended),
            ids(base, patterns)
        )
        .unwrap();
        for option in advised.options.iter().take(4) {
            let effects: Vec<String> = option
                .contributions
                .iter()
                .map(|c| format!("{:+}", c.effect))
                .collect();
            let reasons: Vec<&str> = option
                .reasons
                .iter()
                .map(|reason| reason.because.as_str())
                .collect();
            writeln!(
                report,
                "    {:24} {:?} {:+} [{}] {reasons:?}",
                base.pattern(option.pattern).id,
                option.tier,
                option.score,
                effects.join(" ")
            )
            .unwrap();
        }
    };
    for (decision, allowed) in &case.expect {
        if !advice
            .decision(*decision)
            .recommended
            .iter()
            .any(|pattern| allowed.contains(pattern))
        {
            say(*decision, "want one of", allowed);
        }
    }
    for (decision, banned) in &case.forbid {
        if advice
            .decision(*decision)
            .recommended
            .iter()
            .any(|pattern| banned.contains(pattern))
        {
            say(*decision, "want none of", banned);
        }
    }
    for (decision, wanted) in &case.include {
        if !wanted
            .iter()
            .all(|pattern| advice.decision(*decision).recommended.contains(pattern))
        {
            say(*decision, "want all of", wanted);
        }
    }
    for rule in &case.conflicts {
        let id = format!("requirements/{rule}");
        if !advice.conflicts.iter().any(|conflict| conflict.id == id) {
            writeln!(report, "{}: conflict {id} is not reported", case.id).unwrap();
        }
    }
    report
}

#[test]
fn golden_cases_hold() {
    let base = builtin::knowledge();
    let mut expectations = 0;
    let mut report = String::new();
    for case in &base.cases {
        let situation = Situation::of_case(&base, case).unwrap();
        let advice = advise(&base, &situation);
        expectations += case.expect.len() + case.forbid.len() + case.conflicts.len();
        expectations += case
            .include
            .iter()
            .map(|(_, wanted)| wanted.len())
            .sum::<usize>();
        report.push_str(&broken(&base, case, &advice));
    }
    assert!(
        base.cases.len() >= 15 && expectations >= 102,
        "{} cases, {expectations} expectations",
        base.cases.len()
    );
    assert!(report.is_empty(), "\n{report}");
}
