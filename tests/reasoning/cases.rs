//! The golden cases of the knowledge base hold.

use super::situations::base;
use archadvisor::reasoning::case;

#[test]
fn golden_cases_hold() {
    let mut expectations = 0;
    let mut unmet = Vec::new();
    for case in &base().cases {
        let result = case::run(base(), case).unwrap();
        expectations += result.expectations;
        if !result.unmet.is_empty() {
            unmet.push(case.id.to_string());
        }
    }
    assert!(
        base().cases.len() >= 15 && expectations >= 102,
        "{} cases, {expectations} expectations",
        base().cases.len()
    );
    assert!(
        unmet.is_empty(),
        "`archadvisor kb test {}` says more",
        unmet.join(" ")
    );
}

#[test]
fn an_expectation_that_is_not_met_is_told() {
    let mut changed = base().cases.iter().next().unwrap().clone();
    let (decision, options) = changed.expect.first().cloned().unwrap();
    changed.forbid.push((decision, options.clone()));
    let result = case::run(base(), &changed).unwrap();
    assert_eq!(result.unmet.len(), 1);
    assert!(matches!(
        &result.unmet[0],
        case::Unmet::Decision { decision: told, wanted: case::Wanted::NoneOf, options: named, .. }
            if *told == decision && *named == options
    ));
}
