//! What a design file may say, and what is said about one that does not fit.

use super::saving::read;
use super::shown;
use archadvisor::design::{Access, AccessPattern, By, Design, Kind, Level, State, Status, Timing};
use archadvisor::problem::{Problem, Severity};

fn opened(text: &str) -> (Design, Access, Vec<Problem>) {
    let (opened, problems) = Design::from_bytes("design.yaml", text.as_bytes());
    let opened = opened.expect("a design");
    (opened.design, opened.access, problems)
}

#[test]
fn a_design_of_one_line_is_valid() {
    let (design, access, problems) = opened("title: Shop\n");
    assert_eq!((access, problems), (Access::ReadWrite, vec![]));
    assert_eq!(
        design,
        Design {
            title: "Shop".into(),
            ..Design::default()
        }
    );
}

#[test]
fn everything_that_a_design_can_say_is_read() {
    let design = read(
        "\
archadvisor: 1
title: 2024
context: |
  Two
  lines
functions: [Sell, 'Refund']
requirements: {peak_rps: 12k, dau: 1e5, money_like: true, consistency: ~}
priorities: {availability: critical, cost: 40}
floors: {cost: -1, security: 0}
interfaces:
  - {name: buy, caller: app, kind: write, style: async, share: 10 %, latency: 200 ms, idempotent: false}
entities:
  - name: Order
    relations: [has many tickets]
    access:
      - {by: key, rate: 100/s}
      - {by: text}
    notes: hot
decisions:
  store:
    chosen: [relational-db]
    status: superseded
    because: why
    confidence: low
    reversibility: high
    decided: 2026-11-22
    review: {when: dau > 1M, on: 2027-01-01}
  caching: {}
waivers: [{conflict: a/b, because: c, by: Ops, until: 2027-01-01}]
steps:
  api: {state: in-progress, because: later, checked: [versioning]}
  storage: {state: open}
notes: n
evaluated: 0.1.0
",
    );
    assert_eq!(design.title, "2024");
    assert_eq!(design.context, "Two\nlines\n");
    assert_eq!(design.functions, ["Sell", "Refund"]);
    assert_eq!(
        design.requirements.get("dau").map(String::as_str),
        Some("1e5")
    );
    assert!(!design.requirements.contains_key("consistency"));
    assert_eq!(
        design.priorities.get("cost").map(String::as_str),
        Some("40")
    );
    assert_eq!(design.floors.get("cost"), Some(&-1));
    let buy = design.interfaces.first().expect("buy");
    assert_eq!(
        (buy.kind, buy.style),
        (Some(Kind::Write), Some(Timing::Async))
    );
    assert_eq!(
        (buy.idempotent, buy.latency.as_str()),
        (Some(false), "200 ms")
    );
    let order = design.entities.first().expect("Order");
    let by = |by, rate: &str| AccessPattern {
        by,
        rate: rate.into(),
    };
    assert_eq!(order.access, [by(By::Key, "100/s"), by(By::Text, "")]);
    let store = design.decisions.get("store").expect("store");
    assert_eq!(store.status, Some(Status::Superseded));
    assert_eq!(
        (store.confidence, store.reversibility),
        (Some(Level::Low), Some(Level::High))
    );
    assert_eq!(store.decided, "2026-11-22");
    assert_eq!(store.review.when, "dau > 1M");
    assert!(!design.decisions.contains_key("caching"));
    assert_eq!(
        design.waivers.first().map(|waiver| waiver.by.as_str()),
        Some("Ops")
    );
    assert_eq!(
        design.steps.get("api").map(|step| step.state),
        Some(State::InProgress)
    );
    assert_eq!(design.steps.len(), 1);
    assert_eq!(design.evaluated, "0.1.0");
}

#[test]
fn unknown_keys_are_warnings_with_a_suggestion() {
    let (_, access, problems) =
        opened("titel: x\ntitle: Shop\ndecisions:\n  store:\n    choosen: [x]\n");
    assert_eq!(access, Access::ReadWrite);
    assert!(
        problems
            .iter()
            .all(|problem| problem.severity == Severity::Warning)
    );
    let expected = "\
warning: unknown key `titel`, kept but not used
 --> design.yaml:1:1
  |
1 | titel: x
  | ^
  = help: did you mean `title`?
warning: unknown key `choosen`, kept but not used
 --> design.yaml:5:5
  |
5 |     choosen: [x]
  |     ^
  = help: did you mean `chosen`?";
    assert_eq!(shown(&problems), expected);
}

#[test]
fn every_wrong_type_is_an_error_with_its_place() {
    let text = "\
requirements: [a]
context: [b]
functions: c
priorities: {cost: 101, availability: -1, speed: [x]}
floors: {cost: 1, x: low}
interfaces: [buy, {kind: read}, {name: n, kind: reed, idempotent: maybe}]
entities: [{name: n, access: [{rate: 1}, {by: keys}]}]
decisions: {store: relational-db, caching: {chosen: cdn, confidence: [low], review: soon}}
waivers: [{because: b}]
steps: {api: done, storage: {state: finished}}
";
    let (design, access, problems) = opened(text);
    assert!(matches!(access, Access::ReadOnly { .. }));
    let shown = shown(&problems);
    for expected in [
        "`title` is missing\n --> design.yaml:1:1",
        "`requirements` is a list, expected keys with values\n  --> design.yaml:1:15",
        "`context` is a list, expected text\n  --> design.yaml:2:10",
        "`functions` is `c`, expected a list\n  --> design.yaml:3:12",
        "`cost` is `101`, expected the word for a level or a whole number from 0 to 100\n  --> design.yaml:4:20",
        "`availability` is `-1`, expected the word",
        "`speed` is a list, expected the word",
        "`cost` is `1`, expected the lowest effect allowed, `-1` or `0`\n  --> design.yaml:5:16",
        "`x` is `low`, expected the lowest effect allowed",
        "an entry of `interfaces` is `buy`, expected keys with values\n  --> design.yaml:6:14",
        "`name` is missing\n  --> design.yaml:6:19",
        "unknown value `reed` for `kind`",
        "did you mean `read`?",
        "`idempotent` is `maybe`, expected `true` or `false`",
        "`by` is missing",
        "unknown value `keys` for `by`",
        "`store` is `relational-db`, expected a mapping with keys such as `chosen`",
        "write `chosen: [relational-db]` on a line of its own below, indented",
        "`chosen` is `cdn`, expected a list",
        "`confidence` is a list, expected one word",
        "`review` is `soon`, expected a mapping with keys such as `when`",
        "`conflict` is missing",
        "`api` is `done`, expected a mapping with keys such as `state`",
        "write `state: done` on a line of its own below",
        "unknown value `finished` for `state`",
        "expected one of `open`, `in-progress`, `done`, `skipped`",
    ] {
        let expected = expected.replace("\n  -->", "\n -->");
        let shown = shown.replace("\n  -->", "\n -->");
        assert!(shown.contains(&expected), "{expected} is not in\n{shown}");
    }
    assert_eq!(problems.len(), 22, "{shown}");
    assert_eq!(design.interfaces.len(), 1);
}

#[test]
fn a_file_from_a_newer_program_is_read_only() {
    let (design, access, problems) =
        opened("archadvisor: 7\ntitle: Shop\ndecisions: [new, form]\n");
    assert_eq!(design.title, "Shop");
    let Access::ReadOnly { reason } = access else {
        panic!("not read-only")
    };
    assert!(
        reason.contains("format 7") && reason.contains("up to 1"),
        "{reason}"
    );
    assert_eq!(problems.len(), 1);
    assert_eq!(
        problems.first().map(|problem| problem.severity),
        Some(Severity::Warning)
    );
    for wrong in ["archadvisor: 0\ntitle: x\n", "archadvisor: one\ntitle: x\n"] {
        assert!(shown(&opened(wrong).2).contains("expected the format of the file, `1`"));
    }
}

#[test]
fn what_is_no_mapping_is_no_design() {
    for text in ["- a\n", "just text\n", "[a]"] {
        let (opened, problems) = Design::from_bytes("design.yaml", text.as_bytes());
        assert_eq!(opened, None);
        assert!(shown(&problems).contains("expected keys with values"));
    }
    let (_, access, problems) = opened("# nothing yet\n");
    assert!(matches!(access, Access::ReadOnly { .. }));
    assert!(shown(&problems).contains("`title` is missing"));
}

#[test]
fn a_file_with_duplicate_keys_is_read_only() {
    let (design, access, problems) =
        opened("title: a\ndecisions:\n  store: {}\n  store: {because: b}\n");
    assert!(matches!(access, Access::ReadOnly { .. }));
    assert_eq!(problems.len(), 1);
    assert_eq!(design.title, "a");
}
