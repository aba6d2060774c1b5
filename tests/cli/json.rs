//! Output for programs: valid, versioned, and its numbers add up.

use super::Sandbox;
use serde_json::Value;

fn document(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let output = sandbox.output(arguments);
    assert!(output.stderr.is_empty(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn sum(list: &Value) -> i64 {
    list.as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["points"].as_i64().unwrap())
        .sum()
}

#[test]
fn recommend_adds_up_on_the_built_in_base() {
    let sandbox = Sandbox::builtin();
    let found = document(
        &sandbox,
        &[
            "recommend",
            "--json",
            "--set",
            "peak_rps=12k",
            "--set",
            "avail_target=99.95%",
        ],
    );
    assert_eq!(found["schema"], "archadvisor/recommend/1");
    assert_eq!(found["knowledge"]["overlays"], serde_json::json!([]));
    assert_eq!(
        found["requirements"]["avail_target"],
        serde_json::json!({"value": 99.95, "unit": "%", "origin": "given"})
    );
    let mut options = 0;
    for decision in found["decisions"].as_array().unwrap() {
        assert!(["one", "many"].contains(&decision["pick"].as_str().unwrap()));
        assert!(
            ["open", "chosen", "not-applicable"].contains(&decision["state"].as_str().unwrap())
        );
        for option in decision["options"].as_array().unwrap() {
            assert_eq!(
                sum(&option["contributions"]),
                option["score"].as_i64().unwrap(),
                "{option}"
            );
            for contribution in option["contributions"].as_array().unwrap() {
                let product = contribution["priority"].as_i64().unwrap()
                    * contribution["effect"].as_i64().unwrap();
                assert_eq!(contribution["points"].as_i64().unwrap(), product);
            }
            let recommended = decision["recommended"]
                .as_array()
                .unwrap()
                .contains(&option["pattern"]);
            assert_eq!(option["verdict"] == "recommended", recommended, "{option}");
            options += 1;
        }
    }
    assert!(options > 100, "{options}");
    for hazard in found["hazards"].as_array().unwrap() {
        let closed = !hazard["closed_by"].as_array().unwrap().is_empty();
        assert_eq!(hazard["state"] == "closed", closed);
    }
}

#[test]
fn explanations_add_up() {
    let sandbox = Sandbox::builtin();
    let all = document(&sandbox, &["recommend", "--json"]);
    let one_of_many = all["decisions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["pick"] == "one")
        .step_by(6);
    for decision in one_of_many {
        let id = decision["id"].as_str().unwrap();
        let found = document(&sandbox, &["explain", id, "--json"]);
        assert_eq!(found["schema"], "archadvisor/explain/1");
        if !found["contrast"].is_null() {
            let contrast = &found["contrast"];
            assert_eq!(
                sum(&contrast["terms"]),
                contrast["difference"].as_i64().unwrap(),
                "{id}"
            );
            for term in contrast["terms"].as_array().unwrap() {
                let difference = term["this"].as_i64().unwrap() - term["other"].as_i64().unwrap();
                assert_eq!(difference, term["points"].as_i64().unwrap(), "{id}");
            }
        }
    }
}

#[test]
fn only_the_decisions_asked_for() {
    let found = document(
        &Sandbox::new(),
        &["recommend", "--json", "--decision", "extras"],
    );
    let decisions = found["decisions"].as_array().unwrap();
    assert_eq!(decisions.len(), 1);
    assert_eq!(decisions[0]["id"], "extras");
}

#[test]
fn patterns_have_every_case() {
    let sandbox = Sandbox::new();
    let found = document(
        &sandbox,
        &[
            "patterns",
            "--json",
            "--axis",
            "scalability",
            "--decision",
            "store",
        ],
    );
    let relational = found
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["id"] == "relational-db")
        .unwrap();
    let effect = &relational["effects"]["scalability"];
    assert_eq!(effect["value"], 0);
    assert_eq!(effect["cases"][0]["value"], -1);
    assert_eq!(effect["cases"][0]["when"], "write_rps > 5000/s");
    assert_eq!(
        relational["aliases"],
        serde_json::json!(["SQL database", "Postgres"])
    );
    assert_eq!(
        relational["relations"]["migrates_to"],
        serde_json::json!(["key-value-store"])
    );
}

#[test]
fn estimates_tell_where_they_come_from() {
    let found = document(
        &Sandbox::new(),
        &["estimate", "--json", "--set", "peak_rps=2k"],
    );
    let writes = &found[0];
    assert_eq!(writes["id"], "write_rps");
    assert_eq!(writes["value"], 200);
    assert_eq!(writes["unit"], "1/s");
    assert_eq!(writes["formula"], "peak_rps * (1 - read_share)");
    assert_eq!(
        writes["inputs"][1],
        serde_json::json!({"id": "read_share", "value": 0.9, "unit": "fraction", "origin": "assumed"})
    );
    assert_eq!(writes["source"], serde_json::json!(["book"]));
}

#[test]
fn show_has_a_kind() {
    let sandbox = Sandbox::new();
    for (id, kind) in [
        ("cache", "pattern"),
        ("cost", "axis"),
        ("store", "decision"),
        ("peak_rps", "requirement"),
        ("write_rps", "quantity"),
        ("2", "step"),
        ("hot-key", "hazard"),
        ("strong-and-fast", "rule"),
        ("scalability-from-load", "implied"),
        ("scalability-cost", "tradeoff"),
        ("rules-or-reach", "tradeoff"),
        ("ticket-office", "precedent"),
        ("paper", "source"),
    ] {
        let found = document(&sandbox, &["show", id, "--json"]);
        assert_eq!(found["schema"], "archadvisor/show/1");
        assert_eq!(found["kind"], kind);
        assert!(found[kind]["id"].is_string(), "{found}");
    }
}

#[test]
fn check_reports_every_design() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "fine.yaml",
        "title: Fine\nwaivers:\n  - conflict: axis/none\n    because: once\n",
    );
    let output = sandbox.output(&["check", "fine.yaml", "shop.yaml", "--format", "json"]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["schema"], "archadvisor/check/1");
    assert_eq!(found["designs"][0]["file"], "fine.yaml");
    assert_eq!(
        found["designs"][0]["idle_waivers"],
        serde_json::json!(["axis/none"])
    );
    assert_eq!(found["failed"], output.status.code() == Some(1));
    let same = sandbox.output(&["check", "fine.yaml", "shop.yaml", "--json"]);
    assert_eq!(same.stdout, output.stdout);
}

#[test]
fn export_has_all_of_it() {
    let found = document(
        &Sandbox::new(),
        &["export", "shop.yaml", "--format", "json"],
    );
    assert_eq!(found["schema"], "archadvisor/export/1");
    assert_eq!(found["design"]["title"], "Ticket | shop");
    assert_eq!(
        found["design"]["decisions"]["store"]["because"],
        "Stock must never oversell."
    );
    assert!(
        found["diagram"]["mermaid"]
            .as_str()
            .unwrap()
            .starts_with("flowchart")
    );
    assert!(found["estimates"].is_array());
    assert!(found["conflicts"].is_array());
}

#[test]
fn lint_is_data_too() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "bad/overlay.yaml",
        "overlay: bad\nchanges:\n  - disable: pattern/nope\n",
    );
    let output = sandbox.output(&["kb", "lint", "--json", "--kb", "bad"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["errors"], 1);
    assert_eq!(found["problems"][0]["line"], 3);
}
