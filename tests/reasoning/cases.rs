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
    let mut with_options = base().cases.iter().filter(|case| !case.expect.is_empty());
    let mut changed = with_options.next().unwrap().clone();
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

/// What a case expects beside options, met and not met.
#[test]
fn conflicts_and_practices_are_expected_too() {
    let named = |id: &str| base().cases.iter().find(|case| case.id == id).unwrap();
    let pattern = |id: &str| base().find_pattern(id).unwrap();
    let unmet = |case: &archadvisor::knowledge::Case| -> Vec<[String; 2]> {
        let result = case::run(base(), case).unwrap();
        (result.unmet.iter().map(|unmet| unmet.path(base()))).collect()
    };
    let path = |key: &str, index: usize| [key.to_owned(), index.to_string()];

    // The same API with and without keys: what is reported of the one is not of the other.
    let (mut open, mut closed) = (
        named("partners-who-ask-again").clone(),
        named("partners-with-keys").clone(),
    );
    assert_eq!((unmet(&open), unmet(&closed)), (vec![], vec![]));
    std::mem::swap(&mut open.decisions, &mut closed.decisions);
    assert_eq!(
        unmet(&open),
        [path("conflicts", 0), path("conflicts", 1)],
        "{open:#?}"
    );
    assert_eq!(
        unmet(&closed),
        [path("no_conflict", 0), path("no_conflict", 1)]
    );
    closed.no_conflict = vec!["hazard/*".into()];
    assert_eq!(unmet(&closed), [path("no_conflict", 0)]);

    // As severe as it is, and no more.
    let mut severe = named("partners-who-ask-again").clone();
    severe.conflicts[1].severity = Some("high".into());
    let result = case::run(base(), &severe).unwrap();
    let got = Some(archadvisor::reasoning::Severity::Medium);
    assert_eq!(result.unmet, [case::Unmet::Conflict { index: 1, got }]);

    let mut practices = named("encrypted-at-the-least").clone();
    let before = case::run(base(), &practices).unwrap().expectations;
    assert_eq!(unmet(&practices), Vec::<[String; 2]>::new());
    practices.practices.push(pattern("mutual-tls"));
    practices.not_practices.push(pattern("tls-everywhere"));
    let count = practices.not_practices.len();
    assert_eq!(
        unmet(&practices),
        [path("practices", 1), path("not_practices", count - 1)]
    );
    assert_eq!(
        case::run(base(), &practices).unwrap().expectations,
        before + 2
    );
}
