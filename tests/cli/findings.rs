//! What a reader of the output must be able to rely on: nothing hidden, nothing misnamed.

use super::{Sandbox, stderr, stdout};
use serde_json::Value as Json;

/// A design that chose what an overlay disables.
fn disabling() -> Sandbox {
    let sandbox = Sandbox::builtin();
    sandbox.write(
        "ov/overlay.yaml",
        "overlay: acme\nchanges:\n  - disable: pattern/relational-db\n    because: We have no DBA.\n",
    );
    sandbox.write(
        "d.yaml",
        "title: Shop\nrequirements:\n  money_like: true\ndecisions:\n  store:\n    chosen: [relational-db]\n",
    );
    sandbox
}

#[test]
fn a_choice_that_an_overlay_disables_is_a_conflict_with_its_reason() {
    let sandbox = disabling();
    let output = sandbox.output(&["check", "d.yaml", "--kb", "ov", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let document: Json = serde_json::from_slice(&output.stdout).unwrap();
    let conflicts = document["designs"][0]["conflicts"].as_array().unwrap();
    let conflict = (conflicts.iter())
        .find(|conflict| conflict["id"] == "limit/relational-db/disabled")
        .unwrap();
    assert_eq!(conflict["severity"], "high");
    let message = conflict["message"].as_str().unwrap();
    assert!(
        message.contains("the overlay `acme` disables it: We have no DBA"),
        "{message}"
    );
    assert_eq!(conflict["sources"], Json::Array(Vec::new()));
    let advice = sandbox.json(&[
        "recommend",
        "d.yaml",
        "--kb",
        "ov",
        "--decision",
        "store",
        "--json",
    ]);
    let recommended = advice["decisions"][0]["recommended"].as_array().unwrap();
    assert!(!recommended.is_empty() && recommended.iter().all(|id| id != "relational-db"));
    let shown = stdout(&sandbox.output(&["show", "relational-db", "--kb", "ov"]));
    assert!(shown.contains("the overlay `acme` disables it"), "{shown}");
}

#[test]
fn a_part_of_a_thing_is_told_as_less_than_one_but_stays_exact_as_data() {
    let sandbox = Sandbox::builtin();
    let text = stdout(&sandbox.output(&["estimate", "--set", "peak_rps=2"]));
    let line = |id: &str| text.lines().find(|line| line.starts_with(id)).unwrap();
    assert!(
        line("busy_connections").contains("under 1 connection "),
        "{text}"
    );
    let list = sandbox.json(&["estimate", "--json", "--set", "peak_rps=2"]);
    let busy = (list.as_array().unwrap())
        .iter()
        .find(|entry| entry["id"] == "busy_connections")
        .unwrap();
    let exact = busy["value"].as_f64().unwrap();
    assert!(exact > 0.0 && exact < 1.0);
    // What is computed from it names the number.
    assert!(text.contains("with busy_connections 0."), "{text}");
}

#[test]
fn an_estimate_shows_how_derived_requirements_were_derived() {
    let sandbox = Sandbox::builtin();
    let set = ["--set", "dau=2M", "--set", "req_per_user_day=40"];
    let text = stdout(&sandbox.output(&[&["estimate"], set.as_slice()].concat()));
    for fragment in [
        "peak_factor  4 x",
        "peak_rps  3700/s",
        "dau * req_per_user_day * peak_factor)",
    ] {
        assert!(text.contains(fragment), "`{fragment}` is not in:\n{text}");
    }
    let list = sandbox.json(&[&["estimate", "--json"], set.as_slice()].concat());
    let ids: Vec<&str> = (list.as_array().unwrap().iter())
        .map(|entry| entry["id"].as_str().unwrap())
        .collect();
    let place = |id: &str| ids.iter().position(|other| *other == id).unwrap();
    assert!(place("peak_factor") < place("peak_rps") && place("peak_rps") < place("rps"));
    // What was given has no derivation.
    let given = sandbox.json(&["estimate", "--json", "--set", "peak_rps=5"]);
    let entries = given.as_array().unwrap();
    assert!(entries.iter().all(|entry| entry["id"] != "peak_rps"));
    let markdown = stdout(&sandbox.output(&[&["export"], set.as_slice()].concat()));
    assert!(markdown.contains("dau * req_per_user_day * peak_factor)`"));
}

#[test]
fn a_crowd_without_users_of_a_day_makes_the_peak() {
    let sandbox = Sandbox::builtin();
    let peak = |set: &[&str]| {
        let list = sandbox.json(&[&["estimate", "--json"], set].concat());
        let entry = list.as_array().unwrap().iter();
        let mut entry = entry.filter(|entry| entry["id"] == "rps");
        entry.next().unwrap()["value"].as_f64().unwrap()
    };
    let near = |value: f64, wanted: f64| (value - wanted).abs() < wanted * 1e-9;
    assert!(near(peak(&["--set", "concurrent_users=60k"]), 2000.0));
    let both = ["--set", "concurrent_users=60k", "--set", "dau=216k"];
    assert!(near(peak(&both), 200.0));
    // Beside the users of a day it tells the held connections alone.
    let value = |set: &str| {
        let advice = sandbox.json(&["recommend", "--json", "--set", set]);
        let questions = advice["questions"].as_array().unwrap();
        let mut crowd = questions.iter();
        let crowd = crowd.find(|question| question["requirement"] == "concurrent_users");
        crowd.map_or(0, |question| question["value"].as_u64().unwrap())
    };
    assert!(value("burst=daily") > 2 * value("dau=216k"));
}

#[test]
fn what_follows_from_a_given_answer_is_not_called_assumed() {
    let text = stdout(&Sandbox::builtin().output(&["export", "--set", "gdpr=true"]));
    assert!(text.contains("Under a regime: yes, from GDPR or similar"));
    assert!(!text.contains("Under a regime: yes, assumed"));
}

#[test]
fn what_a_figure_rests_on_is_told_as_it_is() {
    let set = [
        "explain",
        "store",
        "--set",
        "data_gb=40TB",
        "--set",
        "money_like=true",
    ];
    let text = stdout(&Sandbox::builtin().output(&set));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // No answer enters a constant, and none that is missing could undo what the given ones call for.
    for says in [
        "Comfortable data of one primary: 20 TB, fixed by the knowledge",
        "Data in 12 months as far as known: 40 TB, derived; your answers alone decide",
    ] {
        assert!(text.contains(says), "`{says}` is not in:\n{text}");
    }
    assert!(!text.contains("20 TB, from your answers"), "{text}");
}

#[test]
fn options_that_go_together_are_not_contrasted() {
    let sandbox = Sandbox::builtin();
    let text = stdout(&sandbox.output(&["explain", "caching", "cdn"]));
    assert!(!text.contains("Against "), "{text}");
    let all = stdout(&sandbox.output(&["explain", "controls"]));
    assert!(!all.contains("when true"), "{all}");
    let document = sandbox.json(&["explain", "caching", "cdn", "--json"]);
    assert_eq!(document["contrast"], Json::Null);
}

#[test]
fn a_practice_is_explained_whether_it_is_taken_or_not() {
    let sandbox = Sandbox::builtin();
    let set = ["--set", "avail_target=99.95%", "--set", "engineers=3"];
    let advice = sandbox.json(&[&["recommend", "--json"], &set[..]].concat());
    let explain = |id: &str| sandbox.json(&[&["explain", id, "--json"], &set[..]].concat());
    let taken = advice["practices"].as_array().unwrap();
    assert!(taken.len() > 5, "{taken:?}");
    for practice in taken {
        let explained = explain(practice["pattern"].as_str().unwrap());
        assert_eq!(explained["schema"], "archadvisor/explain-practice/1");
        assert_eq!(&explained["practice"], practice);
        assert_eq!(explained["recommended"], true);
    }
    // Each pattern that is no option and that is not taken says why not.
    let all = sandbox.json(&["patterns", "--json"]);
    let is_taken = |id: &Json| taken.iter().any(|practice| practice["pattern"] == *id);
    let mut idle = (all.as_array().unwrap().iter())
        .filter(|pattern| pattern["decisions"].as_array().unwrap().is_empty())
        .map(|pattern| &pattern["id"])
        .filter(|id| !is_taken(id))
        .step_by(20)
        .peekable();
    assert!(idle.peek().is_some());
    for id in idle {
        let explained = explain(id.as_str().unwrap());
        assert_eq!(explained["recommended"], false, "{id}");
        let reasons = explained["practice"]["reasons"].as_array().unwrap();
        assert!(!reasons.is_empty(), "{id}");
        assert!(
            reasons.iter().all(|reason| reason["kind"] != "applies"),
            "{id}"
        );
    }
    let text = stdout(&sandbox.output(&[&["explain", "load-testing"], &set[..]].concat()));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for says in [
        "practice load-testing: recommended",
        "(here: Availability target: 99.95 %)",
        "in all",
    ] {
        assert!(text.contains(says), "`{says}` is not in:\n{text}");
    }
    // One that was adopted tells what calls for it as well.
    let adopted = [
        &[
            "explain",
            "load-testing",
            "--set",
            "decisions.practices=load-testing",
        ],
        &set[..],
    ]
    .concat();
    let text = stdout(&sandbox.output(&adopted));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("load-testing: adopted"), "{text}");
    assert!(
        text.contains("(here: Availability target: 99.95 %)"),
        "{text}"
    );
    // A decision that does not arise tells the answers that keep it from arising.
    let text = stdout(&sandbox.output(&["explain", "migration", "--set", "legacy=none"]));
    assert!(text.contains("It does not arise here"), "{text}");
    assert!(text.contains("legacy  given"), "{text}");
}

#[test]
fn patterns_of_an_axis_come_in_the_order_of_the_text() {
    let sandbox = Sandbox::builtin();
    let list = sandbox.json(&["patterns", "--axis", "consistency", "--json"]);
    let told: Vec<(&str, &str)> = (list.as_array().unwrap().iter())
        .map(|entry| {
            (
                entry["id"].as_str().unwrap(),
                entry["side"].as_str().unwrap(),
            )
        })
        .collect();
    let text = stdout(&sandbox.output(&["patterns", "--axis", "consistency"]));
    let mut side = "";
    let mut shown: Vec<(&str, &str)> = Vec::new();
    for line in text.lines() {
        if line.starts_with("Helps") {
            side = "helps";
        } else if line.starts_with("Hurts") {
            side = "hurts";
        } else if let Some(rest) = line.strip_prefix("  ")
            && !rest.starts_with(' ')
            && !side.is_empty()
        {
            shown.push((rest.split("  ").next().unwrap(), side));
        }
    }
    assert_eq!(told, shown);
    assert!(told.len() > 20);
}

#[test]
fn oddities_have_one_name_in_all_documents() {
    let sandbox = Sandbox::builtin();
    sandbox.write("d.yaml", "title: T\nzzz: 1\n");
    let check = sandbox.json(&["check", "d.yaml", "--json"]);
    let recommend = sandbox.json(&["recommend", "d.yaml", "--json"]);
    let export = sandbox.json(&["export", "d.yaml", "--format", "json"]);
    for document in [&check["designs"][0], &recommend, &export] {
        let message = document["problems"][0]["message"].as_str().unwrap();
        assert!(message.contains("`zzz`"), "{message}");
    }
}

#[test]
fn a_misspelt_name_fails_the_check_and_a_foreign_one_does_not() {
    let sandbox = Sandbox::builtin();
    for (text, near) in [
        ("title: T\nrequirments: {peak_rps: 5}\n", "`requirements`"),
        ("title: T\nrequirements: {peek_rps: 5}\n", "`peak_rps`"),
    ] {
        sandbox.write("d.yaml", text);
        let output = sandbox.output(&["check", "d.yaml"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(stderr(&output).contains(&format!("did you mean {near}?")));
        assert_eq!(
            sandbox.output(&["recommend", "d.yaml"]).status.code(),
            Some(0)
        );
    }
    sandbox.write("d.yaml", "title: T\nx-acme-cost-centre: 12\n");
    assert_eq!(sandbox.output(&["check", "d.yaml"]).status.code(), Some(0));
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_no_other() {
    let sandbox = Sandbox::builtin();
    let output = sandbox.output(&["export", "--set", "peak_rps=5", "-o", "no/x.md"]);
    let errors = stderr(&output);
    assert!(
        errors.contains("no/x.md") && !errors.contains(".tmp"),
        "{errors}"
    );
}

#[test]
fn one_value_for_a_list_is_told_how_to_write_it() {
    let sandbox = Sandbox::builtin();
    sandbox.write("d.yaml", "title: T\ndecisions: {caching: {chosen: cdn}}\n");
    let errors = stderr(&sandbox.output(&["check", "d.yaml"]));
    assert!(errors.contains("write `chosen: [cdn]`"), "{errors}");
}

#[test]
fn a_misspelt_search_finds_what_was_meant_first() {
    let sandbox = Sandbox::builtin();
    let list = sandbox.json(&["patterns", "--search", "sagga", "--json"]);
    let first = list[0]["id"].as_str().unwrap();
    assert!(first.starts_with("saga"), "{first}");
}

#[test]
fn a_search_goes_by_sayings_and_by_words_that_are_a_slip_away() {
    let sandbox = Sandbox::builtin();
    let found = |text: &str| -> Vec<String> {
        let list = sandbox.json(&["patterns", "--search", text, "--json"]);
        let ids = list.as_array().unwrap().iter();
        ids.map(|entry| entry["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let once = found("exactly once");
    let is_there = |id: &str| once.iter().any(|found| found == id);
    assert!(
        is_there("idempotent-consumer") && is_there("stream-processing"),
        "{once:?}"
    );
    assert!(
        !is_there("team-topology") && !is_there("valet-key"),
        "{once:?}"
    );
    let balancer = found("load balancr");
    assert_eq!(balancer, found("load balancer"));
    assert!(balancer[0].ends_with("load-balancer"), "{balancer:?}");
    assert_eq!(found("rate limitng"), found("rate limiting"));
    // What is only somewhat like a name is not what was meant.
    let wrong = stderr(&sandbox.output(&["show", "reliability"]));
    assert!(
        !wrong.contains("strong-consistency") && wrong.contains("= help: "),
        "{wrong}"
    );
    let slip = stderr(&sandbox.output(&["show", "saga-orchestraton"]));
    assert!(
        slip.contains("did you mean `saga-orchestration`?"),
        "{slip}"
    );
}

#[test]
fn a_search_finds_what_is_said_in_words_of_everyday() {
    let sandbox = Sandbox::builtin();
    for (text, expected) in [
        ("duplicate payments", &["idempotency"][..]),
        ("duplicated payment", &["idempotency"]),
        ("gdpr", &["data-minimisation", "audit-logging"]),
        ("pii", &["data-minimisation"]),
        ("erase personal data", &["crypto-shredding"]),
        ("split monolith", &["strangler-fig"]),
        ("charge twice", &["idempotency"]),
        ("overload", &["load-shedding"]),
        ("stale reads", &["bounded-staleness"]),
        // A name still comes before those who only speak of it.
        ("saga", &["saga-orchestration", "saga-choreography"]),
    ] {
        let list = sandbox.json(&["patterns", "--search", text, "--json"]);
        let list = list.as_array().unwrap();
        let first: Vec<&str> = (list.iter().take(2))
            .filter_map(|entry| entry["id"].as_str())
            .collect();
        for id in expected {
            assert!(first.contains(id), "{text}: {id} is not in {first:?}");
        }
        assert!(list.len() < 40, "{text}: {}", list.len());
    }
    // Letters that happen to stand in a name are no find.
    for text in ["rgb", "zzzz"] {
        let list = sandbox.json(&["patterns", "--search", text, "--json"]);
        assert_eq!(list.as_array().unwrap().len(), 0, "{text}");
    }
}

#[test]
fn a_search_tells_what_matched_and_leaves_out_what_has_the_words_here_and_there() {
    let sandbox = Sandbox::builtin();
    let list = sandbox.json(&["patterns", "--search", "personal data erasable", "--json"]);
    let matched: Vec<&str> = (list.as_array().unwrap().iter())
        .filter_map(|entry| entry["matched"]["text"].as_str())
        .collect();
    assert!(!matched.is_empty(), "{list}");
    for phrase in matched {
        assert!(
            phrase.contains("personal data") && phrase.contains("erasable"),
            "{phrase}"
        );
    }
    let page = stdout(&sandbox.output(&["patterns", "--search", "lost update"]));
    assert!(page.contains("atomic-update"), "{page}");
    assert!(page.contains("    prevents: Lost update"), "{page}");
    // Many are about updates, and many about what is lost.
    assert!(page.matches("\n    ").count() < 8, "{page}");
    // A word that is still being typed is known by its beginning.
    let begun = stdout(&sandbox.output(&["patterns", "--search", "regulato"]));
    let whole = stdout(&sandbox.output(&["patterns", "--search", "regulator"]));
    assert_eq!(begun, whole);
    assert!(
        begun.contains("1 pattern") || begun.contains(" patterns."),
        "{begun}"
    );
}

#[test]
fn a_decision_asked_for_names_precedents_and_tradeoffs() {
    let sandbox = Sandbox::builtin();
    let advice = sandbox.json(&["recommend", "--decision", "store", "--json"]);
    let explained = sandbox.json(&["explain", "store", "--json"]);
    for document in [&advice["decisions"][0], &explained] {
        let precedents = document["precedents"].as_array().unwrap();
        assert_eq!(precedents.len(), 3);
        assert!(precedents.iter().all(|entry| entry["lesson"].is_string()));
        assert!(!document["tradeoffs"].as_array().unwrap().is_empty());
    }
    for arguments in [
        ["explain", "store"].as_slice(),
        &["recommend", "--decision", "store"],
    ] {
        let text = stdout(&sandbox.output(arguments));
        for entry in explained["precedents"].as_array().unwrap() {
            assert!(text.contains(entry["id"].as_str().unwrap()), "{text}");
        }
        assert!(text.contains("Tradeoffs in it"), "{text}");
    }
}

#[test]
fn a_conflict_between_axes_names_its_tradeoff() {
    let sandbox = Sandbox::builtin();
    let example = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/hospital-records.yaml"
    );
    let document = sandbox.json(&["check", example, "--json"]);
    let conflicts = document["designs"][0]["conflicts"].as_array().unwrap();
    let of_axes: Vec<&Json> = (conflicts.iter())
        .filter(|conflict| conflict["kind"] == "axis-conflict")
        .collect();
    assert!(!of_axes.is_empty());
    let markdown = stdout(&sandbox.output(&["export", example]));
    for conflict in of_axes {
        let tradeoff = conflict["tradeoff"].as_str().unwrap();
        assert!(markdown.contains(&format!("tradeoff `{tradeoff}`")));
    }
}

#[test]
fn items_of_the_guides_are_found_by_their_id() {
    let sandbox = Sandbox::builtin();
    let found = sandbox.json(&["show", "--seed", "s2-109", "--json"]);
    let entries = found["seed"]["entries"].as_array().unwrap();
    assert!(entries.iter().any(|entry| entry["id"] == "sharding"));
    for item in ["S1-003", "S1-004", "S1-079"] {
        let found = sandbox.json(&["show", "--seed", item, "--json"]);
        assert!(found["seed"]["program"].is_string(), "{item}");
    }
    let output = sandbox.output(&["show", "--seed", "S1-999"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_document_tells_of_every_choice_why_and_at_what_price() {
    let sandbox = Sandbox::builtin();
    let set = [
        "export",
        "--set",
        "realtime_push=true",
        "--set",
        "decisions.push=server-push",
    ];
    let text = stdout(&sandbox.output(&set));
    let (_, controls) = text.split_once("#### Security controls").unwrap();
    let (controls, _) = controls.split_once("####").unwrap();
    // Options that go together are not equally sure, so that there is no one word for them.
    assert!(!controls.contains("Confidence: "), "{controls}");
    let taken: Vec<&str> = (controls.lines())
        .filter(|line| line.starts_with("- **"))
        .collect();
    assert!(!taken.is_empty());
    for line in taken {
        let told = line.contains("[^") && (line.contains("Good for") || line.contains("Bad for"));
        assert!(told, "{line}");
    }
    for line in controls
        .lines()
        .filter(|line| line.starts_with("- Not taken"))
    {
        assert!(line.ends_with(')'), "{line}");
    }
    let (_, practices) = text.split_once("## Practices").unwrap();
    let (practices, _) = practices.split_once("\n## ").unwrap();
    for line in practices.lines().filter(|line| line.starts_with("- ")) {
        assert!(line.contains("[^"), "{line}");
    }
    assert!(text.contains("push[\"<b>Push</b><br/>Server push\"]"));
    assert!(text.contains("push -.->|pushes| clients"));
}

#[test]
fn of_several_things_that_would_do_what_holds_is_told() {
    let sandbox = Sandbox::builtin();
    let set = ["--set", "write_regions=3", "--set", "regions=3"];
    let text = stdout(&sandbox.output(&[&["recommend"], set.as_slice()].concat()));
    let (_, topology) = text.split_once("  topology ").unwrap();
    let (topology, _) = topology.split_once("  recovery ").unwrap();
    assert!(
        topology.contains("Regions that take writes: 3"),
        "{topology}"
    );
    assert!(!topology.contains("five nines"), "{topology}");
    // Who asks why is told all of it, what holds first.
    let all = stdout(&sandbox.output(&[&["explain", "topology"], set.as_slice()].concat()));
    let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
    let called = all.find("called for: Regions that take writes: 3");
    assert!(called.is_some() && called < all.find("five nines"), "{all}");
}

#[test]
fn explain_takes_a_design_before_the_decision() {
    let sandbox = Sandbox::builtin();
    sandbox.write("d.yaml", "title: T\nrequirements: {peak_rps: 12k}\n");
    let named = sandbox.output(&["explain", "--design", "d.yaml", "store", "--json"]);
    for words in [
        &["explain", "d.yaml", "store", "--json"][..],
        &["explain", "--json", "d.yaml", "store"],
    ] {
        let output = sandbox.output(words);
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(output.stdout, named.stdout, "{words:?}");
    }
    let option = stdout(&sandbox.output(&["explain", "d.yaml", "store", "relational-db"]));
    assert!(option.contains("Relational"), "{option}");
    for words in [
        &["explain", "d.yaml"][..],
        &["explain", "store", "relational-db", "document-db"],
        &["explain", "d.yaml", "store", "--design", "d.yaml"],
    ] {
        let output = sandbox.output(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(stderr(&output).contains("help: "), "{words:?}");
    }
}

#[test]
fn global_options_stand_on_both_sides_of_a_command() {
    let sandbox = Sandbox::builtin();
    let after = sandbox.output(&["show", "health", "--kb", "pack:health"]);
    let before = sandbox.output(&["--kb", "pack:health", "show", "health"]);
    assert!(before.status.success(), "{}", stderr(&before));
    assert_eq!(before.stdout, after.stdout);
    let plain = sandbox.output(&["--kb", "pack:health", "kb", "stats"]);
    assert_ne!(
        plain.stdout,
        sandbox.output(&["kb", "stats"]).stdout,
        "it counts"
    );
    let both = ["--kb", "pack:health", "kb", "stats", "--kb=pack:games"];
    let both = sandbox.output(&both);
    assert!(
        stderr(&both).contains("on one side of the command"),
        "none of them is dropped in silence"
    );
    for words in [
        &["--browse", "show", "saga"][..],
        &["d.yaml", "show", "saga"],
    ] {
        let output = sandbox.output(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(
            stderr(&output).contains("cannot stand before a command"),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn completions_offer_the_ids() {
    let sandbox = Sandbox::builtin();
    for shell in ["bash", "zsh", "fish"] {
        let script = stdout(&sandbox.output(&["completions", shell]));
        for id in ["distributed-tx", "peak_rps="] {
            assert!(script.contains(id), "{shell}: {id}");
        }
        // For fish, clap writes no values of what stands without an option.
        assert_eq!(script.contains("saga-orchestration"), shell != "fish");
    }
}

#[test]
fn a_choice_of_several_tells_what_else_is_advised() {
    let sandbox = Sandbox::builtin();
    let seen = sandbox.seen(&[
        "recommend",
        "--set",
        "decisions.controls=tls-everywhere",
        "--set",
        "sensitivity=health",
    ]);
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        line.contains("TLS in transit chosen; also advised: Encryption at rest"),
        "{seen}"
    );
}

#[test]
fn the_id_of_a_conflict_shows_what_it_is_about() {
    let sandbox = Sandbox::builtin();
    for (id, named) in [
        (
            "requirements/erasure-vs-offline-copies",
            "erasure-vs-offline-copies",
        ),
        ("availability-vs-cost/waf", "Web application firewall"),
        ("hazard/stale-read", "Stale read"),
    ] {
        let seen = sandbox.seen(&["show", id]);
        assert!(seen.contains(named), "{seen}");
    }
}

#[test]
fn a_practice_that_alone_closes_a_hazard_says_so() {
    let sandbox = Sandbox::builtin();
    let command = [
        "recommend",
        "--set",
        "tenants=1200",
        "--set",
        "timed_jobs=must_run",
    ];
    let page = stdout(&sandbox.output(&command));
    let told = |practice: &str, hazard: &str| {
        page.contains(&format!("- {practice}  alone closes the hazard “{hazard}”"))
    };
    let advice = sandbox.json(&[&command[..], &["--json"]].concat());
    let (mut alone, mut together) = (0, 0);
    for practice in advice["practices"].as_array().unwrap() {
        let name = practice["name"].as_str().unwrap();
        for hazard in advice["hazards"].as_array().unwrap() {
            let closers = hazard["closed_by"].as_array().unwrap();
            if !closers.contains(&practice["pattern"]) {
                continue;
            }
            let is_told = told(name, hazard["name"].as_str().unwrap());
            assert_eq!(is_told, closers.len() == 1, "{name} {hazard}");
            if is_told { alone += 1 } else { together += 1 }
        }
    }
    assert!(alone > 1 && together > 0, "{alone} {together}");
}

#[test]
fn one_of_several_that_alone_closes_a_hazard_says_so() {
    let sandbox = Sandbox::builtin();
    let erasure = ["--set", "gdpr=true", "--set", "history_needed=audit"];
    let seen = |answers: &[&str]| stdout(&sandbox.output(&[&["recommend"], answers].concat()));
    let words = |page: &str| page.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = words(&seen(&erasure));
    let says = "Erasure conflict (Personal data kept apart)";
    assert!(told.contains(says), "{told}");
    // Where two close it, neither does so alone.
    let with = "decisions.controls=personal-data-apart,crypto-shredding";
    let told = words(&seen(&[&erasure[..], &["--set", with]].concat()));
    assert!(!told.contains("Erasure conflict ("), "{told}");
}
