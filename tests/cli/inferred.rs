//! What the interfaces and entities say stands in for an answer, and denies one.

use super::{Sandbox, stdout};
use serde_json::Value as Json;

const OUTLINE: &str = "\
interfaces:
  - {name: Find, caller: partner, kind: read, style: sync, share: 30 %, latency: 0.2 s}
  - {name: Show, caller: staff, kind: read, style: sync, share: 30 %, latency: 300 ms}
  - {name: Book, caller: staff, kind: write, style: sync, share: 39 %, latency: 2 s}
  - {name: Tell, caller: staff, kind: write, style: async, latency: 1 ms, share: 1 %}
entities:
  - {name: Trip, access: [{by: key}, {by: text}]}
";

/// A sandbox with a design that gives these answers.
fn with(answers: &str, outline: &str) -> Sandbox {
    let sandbox = Sandbox::builtin();
    let design = format!("title: Trips\nrequirements:\n  peak_rps: 100/s\n{answers}{outline}");
    sandbox.write("d.yaml", &design);
    sandbox
}

/// The origin and the value of inputs of quantities.
fn input(sandbox: &Sandbox, id: &str) -> (Json, Json) {
    let quantities = sandbox.json(&["estimate", "d.yaml", "--json"]);
    let mut inputs = quantities.as_array().unwrap().iter();
    inputs
        .find_map(|quantity| {
            let inputs = quantity["inputs"].as_array()?;
            let input = inputs.iter().find(|input| input["id"] == id)?;
            Some((input["origin"].clone(), input["value"].clone()))
        })
        .unwrap_or_else(|| panic!("{id}"))
}

fn told(sandbox: &Sandbox) -> String {
    stdout(&sandbox.output(&["check", "d.yaml"]))
}

#[test]
fn what_nobody_answered_is_taken_from_the_interfaces_and_entities() {
    let sandbox = with("", OUTLINE);
    assert_eq!(
        input(&sandbox, "read_share"),
        ("inferred".into(), 0.6.into())
    );
    let record = stdout(&sandbox.output(&["export", "d.yaml"]));
    let (_, inferred) = record.split_once("say the following:").expect(&record);
    let (inferred, _) = inferred.split_once("\n\n#").unwrap_or((inferred, ""));
    for row in [
        "| partners | `api_consumers`",
        "| 200 ms | `p99_read_ms`",
        "| 2 s | `p99_write_ms`",
        "| yes | `full_text`",
        "| no | `key_access_only`",
    ] {
        let row = |line: &str| line.replace("  ", "").contains(&row.replace("  ", ""));
        assert!(inferred.lines().any(row), "{inferred}");
    }
    assert!(!told(&sandbox).contains("warning"), "{}", told(&sandbox));
    let shown = stdout(&sandbox.output(&["estimate", "d.yaml"]));
    assert!(shown.contains("read_share 0.6 (inferred)"), "{shown}");
    // The advice changes by it: without, nothing asks for search.
    let state = |sandbox: &Sandbox| {
        let advice = sandbox.json(&["recommend", "d.yaml", "--decision", "search", "--json"]);
        advice["decisions"][0]["recommended"]
            .as_array()
            .map(Vec::len)
    };
    assert!(state(&sandbox) > Some(0));
    assert!(state(&with("", "")).unwrap_or(0) == 0);
}

#[test]
fn an_answer_stands_and_what_denies_it_is_told_with_both_places() {
    let answers = "  read_share: 90 %\n  p99_read_ms: 500 ms\n  p99_write_ms: 2000 ms\n  api_consumers: own_ui\n  \
        full_text: false\n  key_access_only: true\n";
    let sandbox = with(answers, OUTLINE);
    assert_eq!(input(&sandbox, "read_share"), ("given".into(), 0.9.into()));
    let told = told(&sandbox);
    for (says, at, other) in [
        (
            "`read_share` is 0.9, but of all requests, the interfaces give 60 % to reads and 40 % to writes",
            4,
            "11:67",
        ),
        (
            "`p99_read_ms` is 500 ms, but the interface `Find` may take 200 ms",
            5,
            "11:82",
        ),
        (
            "`api_consumers` is own_ui, but the interface `Find` is called by `partner`",
            7,
            "11:26",
        ),
        (
            "`full_text` is false, but the entity `Trip` is found by text",
            8,
            "16:26",
        ),
        (
            "`key_access_only` is true, but the entity `Trip` is found by text",
            9,
            "16:26",
        ),
    ] {
        let (_, place) = told
            .split_once(says)
            .unwrap_or_else(|| panic!("{says}\n{told}"));
        let place: Vec<&str> = place.lines().take(8).collect();
        let place = place.join("\n");
        assert!(place.contains(&format!("d.yaml:{at}:")), "{says}: {place}");
        assert!(
            place.contains(&format!("d.yaml:{other}")),
            "{says}: {place}"
        );
    }
    // The same time in another unit is no contradiction.
    assert!(!told.contains("p99_write_ms"), "{told}");
    // Whoever reads the record alone is told as well.
    for command in [&["export", "d.yaml"][..], &["export", "d.yaml", "--brief"]] {
        let page = stdout(&sandbox.output(command));
        let says = "- Share of reads is 0.9, but of all requests, the interfaces give 60 % to reads and 40 % to writes";
        assert!(page.contains(says), "{page}");
    }
    let page = stdout(&with("  read_share: 60 %\n", OUTLINE).output(&["export", "d.yaml"]));
    assert!(!page.contains("contradict answers"), "{page}");
}

#[test]
fn what_is_not_certain_is_not_inferred() {
    let unsaid = [
        "interfaces:\n  - {name: Find, kind: read, share: 60 %}\n",
        "interfaces:\n  - {name: Find, kind: read, share: 60 %}\n  - {name: Book, kind: write, share: some}\n",
        "interfaces:\n  - {name: Find, kind: read, share: 60 %}\n  - {name: Book, share: 40 %}\n",
    ];
    for outline in unsaid {
        let sandbox = with("", outline);
        let (origin, value) = input(&sandbox, "read_share");
        assert_eq!((origin, value), ("assumed".into(), 0.9.into()), "{outline}");
    }
    // Whole percents may be rounded: three thirds are everything.
    let thirds = "interfaces:\n  - {name: A, kind: read, share: 33 %}\n  - {name: B, kind: read, share: 33 %}\n  - \
        {name: C, kind: write, share: 33 %}\n";
    let (origin, _) = input(&with("", thirds), "read_share");
    assert_eq!(origin, "inferred");
    let close = told(&with("  read_share: 67 %\n", thirds));
    assert!(!close.contains("read_share"), "{close}");
    // A part is enough to deny.
    let part = "interfaces:\n  - {name: Book, kind: write, share: 60 %}\n";
    let denied = told(&with("  read_share: 90 %\n", part));
    assert!(denied.contains("`read_share` is 0.9, but"), "{denied}");
}

#[test]
fn nothing_that_is_inferred_is_written() {
    let sandbox = with("", OUTLINE);
    let before = std::fs::read(sandbox.path("d.yaml")).unwrap();
    for command in ["check", "estimate", "recommend", "export"] {
        sandbox.output(&[command, "d.yaml"]);
    }
    let copy = stdout(&sandbox.output(&["export", "d.yaml", "--format", "json"]));
    let copy: Json = serde_json::from_str(&copy).unwrap();
    assert_eq!(std::fs::read(sandbox.path("d.yaml")).unwrap(), before);
    let given = copy.to_string();
    assert!(!given.contains("\"read_share\":\""), "{given}");
}

#[test]
fn shares_of_all_requests_tell_the_share_of_reads_whoever_has_none() {
    let outline = "interfaces:\n  - {name: A, kind: write, share: 90 %}\n  - {name: B, kind: read, share: 10 %}\n  - \
        {name: C, kind: read, style: async}\n";
    let (origin, value) = input(&with("", outline), "read_share");
    assert_eq!((origin, value), ("inferred".into(), 0.1.into()));
}

const RATES: &str = "\
entities:
  - {name: Trip, access: [{by: key, rate: 8000/s}, {by: hops, rate: 4000/s}, {by: range, rate: often}]}
  - {name: Driver, access: [{by: aggregate, rate: 3000/min}]}
";

#[test]
fn rates_of_entities_are_a_peak_where_nobody_told_one_or_the_users() {
    let of = |answers: &str| {
        let sandbox = Sandbox::builtin();
        sandbox.write("d.yaml", &format!("title: T\n{answers}{RATES}"));
        input(&sandbox, "peak_rps")
    };
    assert_eq!(of(""), ("inferred".into(), 12_000.into()));
    // What only scales the users leaves these open.
    let scaled = of("requirements: {req_per_user_day: 5}\n");
    assert_eq!(scaled, ("inferred".into(), 12_000.into()));
    assert_eq!(of("requirements: {dau: 100000}\n").0, "derived");
    assert_eq!(of("requirements: {peak_rps: 2000/s}\n").0, "given");
}

#[test]
fn a_peak_far_below_the_rates_of_entities_is_told() {
    let said = "but the entity `Trip` is accessed 12,000/s altogether";
    let told = |peak: &str| {
        let sandbox = Sandbox::builtin();
        sandbox.write(
            "d.yaml",
            &format!("title: T\nrequirements:\n  peak_rps: {peak}\n{RATES}"),
        );
        told(&sandbox)
    };
    let low = told("5/s");
    assert!(low.contains(said) && low.contains("d.yaml:5:26"), "{low}");
    // One request may access an entity several times.
    assert!(!told("2000/s").contains(said));
}

#[test]
fn relations_that_are_followed_are_hops_and_a_caller_is_known_by_its_words() {
    let outline = format!(
        "interfaces:\n  - {{name: Post, caller: partner systems}}\n  - {{name: Get, caller: staff}}\n{RATES}"
    );
    let record = stdout(&with("", &outline).output(&["export", "d.yaml"]));
    let (_, inferred) = record.split_once("say the following:").expect(&record);
    let (inferred, _) = inferred.split_once("\n\n#").unwrap_or((inferred, ""));
    for [answer, id] in [
        ["partners", "`api_consumers`"],
        ["2 hops", "`relationship_depth`"],
    ] {
        let row = |line: &str| line.contains(id) && line.contains(&format!("| {answer} "));
        assert!(inferred.lines().any(row), "{id}: {inferred}");
    }
    let none = with("  relationship_depth: 0\n", RATES);
    assert!(
        told(&none)
            .contains("`relationship_depth` is 0 hops, but the entity `Trip` is found by hops")
    );
}
