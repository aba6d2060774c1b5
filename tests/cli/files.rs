//! Where designs come from and go to.

use super::{Sandbox, stdout};
use std::fs;

#[test]
fn a_design_is_found_upward() {
    let sandbox = Sandbox::builtin();
    sandbox.write(
        "archadvisor.yaml",
        "title: Above\nrequirements:\n  peak_rps: 10\n",
    );
    sandbox.write("a/b/readme.txt", "");
    let output = sandbox
        .command(&["recommend", "--set", "engineers=3"])
        .current_dir(sandbox.path("a/b"))
        .output()
        .unwrap();
    // Nobody named it, so that it is told which one this is.
    let told = stdout(&output).split("\n\n").next().unwrap().to_owned();
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.starts_with("Above found as "), "{told}");
    assert!(
        told.ends_with("archadvisor.yaml, with 1 answer set beside it"),
        "{told}"
    );
}

#[test]
fn a_dash_reads_standard_input() {
    let sandbox = Sandbox::new();
    let output = sandbox.fed(
        &["recommend", "-"],
        b"title: Piped\nrequirements: {peak_rps: 10}\n",
    );
    assert!(stdout(&output).starts_with("Piped\n"), "{output:?}");
    let output = sandbox.fed(&["recommend", "-"], b"title: [\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("<stdin>:")
    );
}

#[test]
fn set_goes_over_the_file_and_empty_takes_back() {
    let sandbox = Sandbox::new();
    let set = |values: &[&str]| {
        let mut arguments = vec!["recommend", "shop.yaml", "--json"];
        arguments.extend(values.iter().flat_map(|value| ["--set", *value]));
        let output = sandbox.output(&arguments);
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    let value = |document: &serde_json::Value| document["requirements"]["peak_rps"].clone();
    assert_eq!(
        value(&set(&[])),
        serde_json::json!({"value": 12_000, "unit": "1/s", "origin": "given"})
    );
    assert_eq!(value(&set(&["peak_rps=1.5M"]))["value"], 1_500_000);
    assert_eq!(value(&set(&["requirements.peak_rps=20/s"]))["value"], 20);
    assert_eq!(
        value(&set(&["peak_rps="])),
        serde_json::json!({"value": 50, "unit": "1/s", "origin": "assumed"})
    );
    let chosen = set(&["decisions.store=Postgres"]);
    assert_eq!(
        chosen["decisions"][0]["chosen"],
        serde_json::json!(["relational-db"])
    );
    assert_eq!(set(&["decisions.store="])["decisions"][0]["state"], "open");
    assert_eq!(
        set(&["priorities.cost=important"])["priorities"]["cost"],
        serde_json::json!({"level": 4, "origin": "given"})
    );
}

#[test]
fn new_never_replaces_a_file() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.output(&["new"]).status.code(), Some(0));
    let text = fs::read_to_string(sandbox.path("archadvisor.yaml")).unwrap();
    assert_eq!(
        sandbox
            .output(&["new", "--sample", "telemetry-fleet"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(
        fs::read_to_string(sandbox.path("archadvisor.yaml")).unwrap(),
        text
    );
    assert_eq!(sandbox.output(&["check"]).status.code(), Some(0));
}

#[test]
fn samples_can_be_used() {
    let sandbox = Sandbox::builtin();
    let error = String::from_utf8(sandbox.output(&["new", "-", "--sample", "?"]).stderr).unwrap();
    let list = error.split("one of: ").nth(1).unwrap().trim().to_owned();
    let samples: Vec<&str> = list.split(", ").collect();
    assert_eq!(
        samples,
        [
            "ticket-flash-sale",
            "telemetry-fleet",
            "internal-crud-tool",
            "hospital-records"
        ]
    );
    let help = stdout(&sandbox.output(&["new", "--help"]));
    for sample in samples {
        let design = sandbox.output(&["new", "-", "--sample", sample]);
        assert_eq!(design.status.code(), Some(0), "{sample}");
        let path = format!("{}/examples/{sample}.yaml", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(stdout(&design), fs::read_to_string(path).unwrap());
        assert!(help.contains(sample), "{help}");
        let checked = sandbox.fed(&["check", "-", "--fail-on", "never"], &design.stdout);
        assert_eq!(checked.status.code(), Some(0), "{sample}: {checked:?}");
    }
}

#[test]
fn overlays_are_laid_over_the_built_in_base() {
    let sandbox = Sandbox::builtin();
    sandbox.write(
        "ours/overlay.yaml",
        "overlay: ours\nchanges:\n  - disable: pattern/micro-frontends\n",
    );
    let document = sandbox.json(&["kb", "stats", "--json", "--kb", "ours"]);
    assert_eq!(
        document["knowledge"]["overlays"],
        serde_json::json!(["ours"])
    );
    let listed = stdout(&sandbox.output(&["patterns", "--decision", "frontend", "--kb", "ours"]));
    assert!(
        !listed.contains("micro-frontends") && listed.contains("static-site"),
        "{listed}"
    );
}

#[test]
fn every_disagreement_with_a_precedent_has_a_reason() {
    let told = stdout(&Sandbox::builtin().output(&["kb", "test", "--json"]));
    let found: serde_json::Value = serde_json::from_str(&told).unwrap();
    let precedents = found["precedents"].as_array().unwrap();
    let decisions = precedents
        .iter()
        .flat_map(|one| one["decisions"].as_array().unwrap());
    let differing: Vec<_> = decisions
        .filter(|one| one["agreement"] == "differs")
        .collect();
    assert!(differing.len() > 50, "{}", differing.len());
    for one in differing {
        assert!(one["why"].is_string(), "{one}");
    }
}

#[test]
fn golden_cases_are_run_with_overlays() {
    let sandbox = Sandbox::builtin();
    let fine = sandbox.output(&["kb", "test", "team-crud"]);
    assert_eq!(fine.status.code(), Some(0), "{fine:?}");
    assert!(stdout(&fine).ends_with("all met\n"), "{fine:?}");
    sandbox.write(
        "ours/overlay.yaml",
        "overlay: ours\nchanges:\n  - disable: pattern/monolith\n",
    );
    sandbox.write(
        "ours/cases/wrong.yaml",
        "case: wrong\nname: A wish that the advice does not grant\nrequirements: {peak_rps: 5/s, engineers: 2}\n\
         expect:\n  store: [graph-db]\n",
    );
    let output = sandbox.output(&["kb", "test", "wrong", "--kb", "ours"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = stdout(&output);
    assert!(
        told.contains("store: wants one of graph-db, got relational-db"),
        "{told}"
    );
    assert!(
        told.ends_with("1 case, 1 expectation: 1 not met\n"),
        "{told}"
    );
}

#[test]
fn witnesses_of_an_overlay_are_found_stored_and_replayed() {
    let sandbox = Sandbox::builtin();
    sandbox.write(
        "ours/overlay.yaml",
        "overlay: ours\nchanges:\n  - add_option: {decision: pagination, option: our-paging}\n",
    );
    sandbox.write(
        "ours/our-paging.yaml",
        "pattern: our-paging\nname: Our paging\nwhat: x\nstep: api\ncategory: api\ncomplexity: 1\nsources: [ddia]\n\
         reviewed: 2026-11\ndriver: data_shape == 'graph'\ndriver_because: a graph\neffects:\n  performance:\n    - {value: 2, because: x}\n",
    );
    let lint = ["kb", "lint", "--today", "2026-11-22", "--kb", "ours"];
    let told = stdout(&sandbox.output(&lint));
    assert!(
        told.contains("no witness shows that `our-paging`"),
        "{told}"
    );
    let found = sandbox.output(&["kb", "witness", "--kb", "ours", "-o", "ours/witnesses.yaml"]);
    assert_eq!(found.status.code(), Some(0), "{found:?}");
    let stored = fs::read_to_string(sandbox.path("ours/witnesses.yaml")).unwrap();
    assert!(stored.contains("option: our-paging"), "{stored}");
    assert!(!stored.contains("relational-db"), "only its own: {stored}");
    let told = stdout(&sandbox.output(&lint));
    assert_eq!(told, "0 errors, 0 warnings\n");
    // What is stored stays as it is.
    sandbox.output(&["kb", "witness", "--kb", "ours", "-o", "ours/witnesses.yaml"]);
    let again = fs::read_to_string(sandbox.path("ours/witnesses.yaml")).unwrap();
    assert_eq!(stored, again);
}

#[test]
fn reviews_that_are_due_are_told_on_their_day() {
    let sandbox = Sandbox::new();
    let soon = stdout(&sandbox.output(&["kb", "lint", "--today", "2026-11-22"]));
    assert!(!soon.contains("months ago"), "{soon}");
    let late = sandbox.output(&["kb", "lint", "--today", "2031-01-01", "--json"]);
    assert_eq!(late.status.code(), Some(0), "{late:?}");
    assert!(stdout(&late).contains("months ago"));
    let wrong = sandbox.output(&["kb", "lint", "--today", "soon"]);
    assert_eq!(wrong.status.code(), Some(2), "{wrong:?}");
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let sandbox = Sandbox::new();
    let pipe = sandbox.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(sandbox.path("socket")).unwrap();
    // Nobody writes to the pipe: to open it would wait for ever.
    for name in ["pipe", "socket", "/dev/null", "/dev/zero"] {
        for command in ["check", "export"] {
            let output = sandbox.output(&[command, name]);
            assert_eq!(output.status.code(), Some(2), "{output:?}");
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(told.contains(" is not a regular file\n = help: "), "{told}");
        }
    }
    fs::create_dir(sandbox.path("folder")).unwrap();
    let folder = sandbox.output(&["check", "folder"]);
    assert!(
        String::from_utf8(folder.stderr)
            .unwrap()
            .contains("is a folder")
    );
}
