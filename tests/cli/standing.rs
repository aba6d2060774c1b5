//! What was recorded in the light of the advice: reviews, decisions that no longer fit, waivers of nothing.

use super::{Sandbox, stdout};
use serde_json::{Value, json};

const SHOP: &str = "title: Shop
requirements:
  peak_rps: 30k
decisions:
  store:
    chosen: [graph-db]
    status: accepted
    review: {when: write_rps_12m > 5000}
  caching:
    chosen: [write-behind-cache]
    status: superseded
waivers:
  - {conflict: nothing/here, because: It was so.}
";

fn sandbox(design: &str) -> Sandbox {
    let sandbox = Sandbox::builtin();
    sandbox.write("a.yaml", design);
    sandbox
}

/// The conflict with an id in the report on a design.
fn conflict(checked: &Value, id: &str) -> Option<Value> {
    let mut conflicts = checked["conflicts"].as_array().unwrap().iter();
    conflicts.find(|entry| entry["id"] == id).cloned()
}

#[test]
fn check_reports_what_no_longer_fits() {
    let shop = sandbox(SHOP);
    // Where lines break does not matter here.
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let seen = words(shop.seen(&["check", "a.yaml", "--fail-on", "medium"]));
    for says in [
        "medium The accepted decision on “Main data store” no longer fits: Graph database is",
        "no-longer-fits/store",
        "review due: store, since write_rps_12m > 5000 (assuming ",
        "idle waiver: there is no conflict `nothing/here`;",
        "[exit 1]",
    ] {
        assert!(seen.contains(says), "{says}\n{seen}");
    }
    assert!(shop.seen(&["check", "a.yaml"]).ends_with("[exit 0]\n"));
    let checked = &shop.json(&["check", "a.yaml", "--json"])["designs"][0];
    let misfit = conflict(checked, "no-longer-fits/store").unwrap();
    assert_eq!(misfit["kind"], "no-longer-fits");
    assert_eq!(misfit["severity"], "medium");
    assert_eq!(misfit["patterns"][0], "graph-db");
    assert_eq!(misfit["waived"], false);
    assert_eq!(checked["reviews_due"][0]["when"], "write_rps_12m > 5000");
    assert_eq!(checked["idle_waivers"], json!(["nothing/here"]));
    assert_eq!(checked["superseded"][0]["decision"], "caching");

    // A waiver of it counts, and is not stale.
    let waived = SHOP.replace("nothing/here", "no-longer-fits/store");
    let seen = sandbox(&waived).seen(&["check", "a.yaml", "--fail-on", "medium"]);
    assert!(seen.contains("no-longer-fits/store: It was so."), "{seen}");
    assert!(!seen.contains("stale waiver"), "{seen}");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");

    // What is only proposed is no record to hold on to.
    let proposed = SHOP.replace("status: accepted", "status: proposed");
    let seen = sandbox(&proposed).seen(&["check", "a.yaml"]);
    assert!(!seen.contains("no longer fits"), "{seen}");
}

#[test]
fn a_clear_lead_of_another_option_is_a_misfit() {
    let design = "title: a
requirements: {engineers: 20, teams: 2, domain_complexity: complex, lifespan_y: 15}
decisions:
  frontend: {chosen: [single-page-app], status: accepted}
";
    let found = sandbox(design).json(&["check", "a.yaml", "--json"]);
    let misfit = conflict(&found["designs"][0], "no-longer-fits/frontend").unwrap();
    assert_eq!(misfit["patterns"][0], "single-page-app", "{found}");
    let message = misfit["message"].as_str().unwrap();
    assert!(message.contains("clearly leads with"), "{message}");
}

#[test]
fn a_choice_that_does_not_arise_is_nowhere_called_recommended() {
    let design = "title: a
decisions:
  interaction: {chosen: [sync-request-response]}
  backbone: {chosen: [message-queue]}
";
    let files = sandbox(design);
    let list = files.seen(&["recommend", "a.yaml"]);
    assert!(
        list.contains("Message queue  chosen, but the question does not arise"),
        "{list}"
    );
    for page in [
        &["recommend", "a.yaml", "--decision", "backbone"][..],
        &["explain", "a.yaml", "backbone"][..],
    ] {
        let seen = files.seen(page);
        assert!(seen.contains("It does not arise here, though"), "{seen}");
        assert!(!seen.contains(": recommended"), "{seen}");
        assert!(!seen.contains("message-queue  recommended"), "{seen}");
    }
    let document = files.seen(&["export", "a.yaml", "--format", "markdown"]);
    assert!(
        document.contains("| **Message queue** | chosen, but the question does not arise |"),
        "{document}"
    );
    assert!(
        document.contains("(chosen). The question does not arise in this design."),
        "{document}"
    );
}

#[test]
fn what_another_finding_says_of_a_choice_is_not_told_twice() {
    let design = "title: a
requirements: {engineers: 4, teams: 1}
decisions:
  decomposition: {chosen: [microservices], status: accepted}
";
    let found = sandbox(design).json(&["check", "a.yaml", "--json"]);
    let checked = &found["designs"][0];
    assert!(conflict(checked, "complexity/microservices").is_some());
    assert_eq!(conflict(checked, "no-longer-fits/decomposition"), None);
}

#[test]
fn a_review_that_is_not_due_is_not_told() {
    for (when, due) in [
        ("write_rps_12m > 5000", true),
        ("write_rps_12m > 5000/s", true),
        ("write_rps_12m > 900k", false),
        ("chosen('graph-db')", true),
        ("not chosen('graph-db')", false),
        ("avail_target > 99.99", false),
    ] {
        let shop = sandbox(&SHOP.replace("write_rps_12m > 5000", &format!("\"{when}\"")));
        for arguments in [
            &["check", "a.yaml"][..],
            &["export", "a.yaml"],
            &["recommend", "a.yaml"],
        ] {
            let seen = shop.seen(arguments);
            assert_eq!(seen.contains("review due: store"), due, "{when}\n{seen}");
        }
    }
}

#[test]
fn review_conditions_are_checked_at_their_place() {
    let shop = sandbox(&SHOP.replace("write_rps_12m > 5000", "write_rps_12m > 5 GB"));
    let seen = shop.seen(&["check", "a.yaml"]);
    assert!(
        seen.contains("review condition of `store`: 1/time cannot be combined with data"),
        "{seen}"
    );
    assert!(
        seen.contains("--> a.yaml:8:36") && seen.ends_with("[exit 2]\n"),
        "{seen}"
    );
    let shop = sandbox(&SHOP.replace("write_rps_12m", "write_rps_13m"));
    let seen = shop.seen(&["check", "a.yaml"]);
    assert!(
        seen.contains("did you mean `write_rps_12m`?") && seen.contains("--> a.yaml:8:20"),
        "{seen}"
    );
}

#[test]
fn the_export_tells_what_became_of_the_record() {
    let page = stdout(&sandbox(SHOP).output(&["export", "a.yaml"]));
    for says in [
        "## Decisions to review",
        "(`no-longer-fits/store`)",
        "## Superseded decisions",
        "(#cache-layers): Write-behind",
        ", superseded by **",
        "## Stale waivers\n\n- `nothing/here`: there is no such conflict",
    ] {
        assert!(page.contains(says), "{says}\n{page}");
    }
}

#[test]
fn warnings_stand_beside_the_advice() {
    let shop = sandbox(&SHOP.replace("peak_rps: 30k", "peak_rps: 30k\n  peak_rqs: 3"));
    let output = shop.output(&["recommend", "a.yaml"]);
    let errors = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(
        errors.contains("a.yaml:4:3") && errors.contains("did you mean `peak_rps`?"),
        "{errors}"
    );
    assert!(!stdout(&output).contains("warning"));
    let output = shop.output(&["recommend", "a.yaml", "--json"]);
    assert!(output.stderr.is_empty());
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        found["problems"],
        json!([{
            "severity": "warning", "message": "there is no requirement `peak_rqs`",
            "help": "did you mean `peak_rps`?", "file": "a.yaml", "line": 4, "column": 3,
        }])
    );
    assert_eq!(found["reviews_due"][0]["decision"], "store");
}

#[test]
fn unknown_decisions_are_named_even_when_they_choose_nothing() {
    let shop = sandbox("title: a\ndecisions:\n  stor: {status: proposed}\n");
    let seen = shop.seen(&["check", "a.yaml"]);
    assert!(
        seen.contains("there is no decision `stor`\n --> a.yaml:3:3"),
        "{seen}"
    );
    assert!(seen.contains("did you mean `store`?"), "{seen}");
}

#[test]
fn set_takes_what_people_write_and_says_what_it_wants() {
    let shop = Sandbox::builtin();
    let value = |set: &str, id: &str| {
        shop.json(&["recommend", "--json", "--set", set])["requirements"][id]["value"].clone()
    };
    assert_eq!(value("peak_rps=12 k", "peak_rps"), 12_000);
    assert_eq!(value("peak_rps=1.5 M", "peak_rps"), 1_500_000);
    assert_eq!(
        value("record_bytes=12 kB", "record_bytes"),
        value("record_bytes=12kB", "record_bytes")
    );
    for (set, says) in [
        ("avail_target=0.9995", "write `99.95 %`"),
        ("engineers=1.5", "no whole number"),
        ("engineers=1.5", "write `1` or `2`"),
        ("decisions.store.status=accepted", "`--set decisions.store="),
    ] {
        let seen = shop.seen(&["recommend", "--set", set]);
        assert!(
            seen.contains(says) && seen.ends_with("[exit 2]\n"),
            "{seen}"
        );
    }
}

#[test]
fn confidence_stands_at_what_is_recommended_and_reasons_have_sources() {
    let found = Sandbox::builtin().json(&["recommend", "--json", "--set", "peak_rps=50k"]);
    let mut cited = 0;
    let mut idle = 0;
    for decision in found["decisions"].as_array().unwrap() {
        let options = decision["options"].as_array().unwrap();
        let recommended = decision["recommended"].as_array().unwrap();
        for option in options {
            let said = option.get("confidence").is_some();
            assert_eq!(said, recommended.contains(&option["pattern"]), "{option}");
            let open = option["confidence"] == "open";
            let hinges = option.get("hinges_on").is_some();
            assert!(
                decision["pick"] == "one" || !said || open == hinges,
                "{option}"
            );
        }
        assert!(decision.get("confidence").is_none());
        assert!(decision["offers"].as_array().unwrap().len() > 1);
        idle += usize::from(decision["state"] == "not-applicable");
        for reason in options
            .iter()
            .flat_map(|option| option["reasons"].as_array().unwrap())
        {
            if ["driver", "requires", "applies"].contains(&reason["kind"].as_str().unwrap()) {
                assert!(
                    !reason["sources"].as_array().unwrap().is_empty(),
                    "{reason}"
                );
                cited += 1;
            }
        }
    }
    assert!(cited > 5 && idle > 0, "{cited} {idle}");
}

#[test]
fn estimates_list_only_the_inputs_that_count() {
    let shop = Sandbox::builtin();
    let average = |set: &[&str]| {
        let arguments: Vec<&str> = [&["estimate", "--json"], set].concat();
        let all = shop.json(&arguments);
        let entry = all
            .as_array()
            .unwrap()
            .iter()
            .find(|entry| entry["id"] == "avg_rps")
            .unwrap();
        let inputs = entry["inputs"].as_array().unwrap().iter();
        let inputs: Vec<String> = inputs
            .map(|input| input["id"].as_str().unwrap().to_owned())
            .collect();
        (inputs, entry["rests_on"].clone())
    };
    let (inputs, rests_on) = average(&["--set", "dau=1M", "--set", "req_per_user_day=20"]);
    assert_eq!(inputs, ["dau", "req_per_user_day"]);
    assert_eq!(rests_on, json!([]));
    let (inputs, _) = average(&["--set", "peak_rps=1k"]);
    assert_eq!(inputs, ["peak_rps", "peak_factor"]);
}

#[test]
fn a_hazard_that_only_recommendations_close_is_a_conflict_of_the_choice_that_leaves_it() {
    let sandbox = Sandbox::builtin();
    let check = |decisions: &str, level: &str| {
        let design = format!(
            "title: Payments\nrequirements: {{money_like: true, consumers: 3}}\n{decisions}"
        );
        sandbox.write("a.yaml", &design);
        let text = sandbox.seen(&["check", "a.yaml", "--fail-on", level]);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let document = sandbox.json(&["check", "a.yaml", "--json"])["designs"][0].clone();
        (text, conflict(&document, "hazard/duplicate-processing"))
    };
    // As long as nothing is chosen there is nothing to hold against the advice.
    assert_eq!(check("", "low").1, None);
    // A choice that leaves a hazard to a practice that is only recommended does not pass in silence.
    let (text, left) = check("decisions: {calls: {chosen: [timeouts]}}\n", "medium");
    let left = left.unwrap();
    assert_eq!(
        (&left["waived"], &left["severity"]),
        (&json!(false), &json!("medium"))
    );
    let message = left["message"].as_str().unwrap();
    assert!(
        message.contains("nothing that was chosen closes it; "),
        "{message}"
    );
    assert!(
        text.contains(message) && text.ends_with("[exit 1]"),
        "{text}"
    );
    assert_eq!(left["ways_out"][0]["action"], "Add Idempotent consumer");
    // What is chosen closes it.
    let closed = "decisions: {calls: {chosen: [timeouts, idempotency]}}\n";
    assert_eq!(check(closed, "high").1, None);
    // And it can be waived, which is no stale waiver.
    let waived = "decisions: {calls: {chosen: [timeouts]}}\nwaivers: [{conflict: hazard/duplicate-processing, because: Done by hand.}]\n";
    let (text, left) = check(waived, "high");
    assert_eq!(left.unwrap()["waived_because"], "Done by hand.");
    let says = "hazard/duplicate-processing: Done by hand.";
    assert!(text.contains(says), "{text}");
    assert!(!text.contains("stale waiver"), "{text}");
}

#[test]
fn a_waiver_that_ran_out_counts_no_more() {
    let design = "title: Shop
requirements: {survive: region}
decisions:
  topology:
    chosen: [single-zone]
    review: {on: 2027-03-31}
waivers:
  - {conflict: hazard/region-loss, because: Until the second site opens., until: 2027-06-30}
";
    let shop = sandbox(design);
    let check = |today: &str| {
        let arguments = ["check", "a.yaml", "--today", today];
        let told = shop.seen(&arguments);
        let checked = shop.json(&[&arguments[..], &["--json"]].concat());
        let found = conflict(&checked["designs"][0], "hazard/region-loss").unwrap();
        (told, found["waived"].as_bool().unwrap())
    };
    for (today, is_waived, is_due) in [
        ("2027-03-30", true, false),
        ("2027-03-31", true, true),
        ("2027-06-30", true, true),
        ("2027-07-01", false, true),
    ] {
        let (told, waived) = check(today);
        assert_eq!(waived, is_waived, "{today}: {told}");
        let ran_out = told.contains("a.yaml:8:5") && told.contains("ran out on 2027-06-30");
        assert_eq!(ran_out, !is_waived, "{today}: {told}");
        let due = told.contains("a.yaml:6:18") && told.contains("was due on 2027-03-31");
        assert_eq!(due, is_due, "{today}: {told}");
    }
    // The record keeps the reason of what counts no more, and the export says so beside it.
    let old = sandbox(&design.replace("2027-06-30", "2020-06-30"));
    let exported = old.output(&["export", "a.yaml"]);
    let record = "- `hazard/region-loss`, until 2020-06-30: Until the second site opens.";
    assert!(stdout(&exported).contains(record), "{exported:?}");
    let said = String::from_utf8(exported.stderr.clone()).unwrap();
    assert!(said.contains("ran out on 2020-06-30"), "{said}");
    // A key without a day would accept for ever.
    for wrong in ["soon", "2027-02-29", "2027-13-01", ""] {
        for (key, day) in [("until", "2027-06-30"), ("on", "2027-03-31")] {
            let design = design.replace(day, wrong);
            let told = sandbox(&design).seen(&["check", "a.yaml"]);
            let is = match wrong {
                "" => "empty".to_owned(),
                _ => format!("`{wrong}`"),
            };
            let wanted = format!("`{key}` is {is}, expected a day such as `2027-03-31`");
            assert!(
                told.contains(&wanted) && told.contains("[exit 2]"),
                "{told}"
            );
        }
    }
}
