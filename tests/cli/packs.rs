//! The sector packs that a design asks for, on the command line.

use super::{Sandbox, stdout};
use serde_json::Value as Json;

const CLINIC: &str =
    "archadvisor: 1\ntitle: Clinic\npacks: [health]\nrequirements:\n  sensitivity: health\n";

#[test]
fn a_design_brings_its_packs_to_every_command() {
    let sandbox = Sandbox::builtin();
    sandbox.write("clinic.yaml", CLINIC);
    sandbox.write("plain.yaml", &CLINIC.replace("packs: [health]\n", ""));
    let advised = |design: &str| {
        let document = sandbox.json(&["recommend", design, "--json"]);
        assert_eq!(
            document["knowledge"]["overlays"].as_array().unwrap().len(),
            usize::from(design == "clinic.yaml")
        );
        document.to_string().contains("break-glass-access")
    };
    assert!(advised("clinic.yaml") && !advised("plain.yaml"));
    for command in ["check", "estimate", "export"] {
        let output = sandbox.output(&[command, "clinic.yaml"]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{command}");
    }
    // Two designs in one call keep each to its own knowledge.
    let document = sandbox.json(&["check", "clinic.yaml", "plain.yaml", "--json"]);
    assert_eq!(document["designs"][0]["packs"][0], "health");
    assert_eq!(document["designs"][1]["packs"], Json::Array(Vec::new()));
    // What the command line lays as well is laid once.
    let output = sandbox.output(&["recommend", "clinic.yaml", "--kb", "pack:health"]);
    assert!(output.status.success(), "{}", stdout(&output));
}

#[test]
fn answers_that_call_for_a_pack_say_so_until_it_is_laid() {
    let sandbox = Sandbox::builtin();
    let told = |arguments: &[&str]| {
        let output = sandbox.output(&[&["check", "--all"], arguments].concat());
        stdout(&output).contains("-pack-unread")
    };
    for (answer, pack) in [
        ("hipaa=true", "pack:health"),
        ("sensitivity=health", "pack:health"),
        ("pci=true", "pack:payments"),
    ] {
        assert!(told(&["--set", answer]), "{answer}");
        assert!(!told(&["--set", answer, "--kb", pack]), "{answer} {pack}");
    }
    assert!(!told(&["--set", "hipaa=false", "--set", "pci=false"]));
    // Payment data without cards, as said.
    assert!(!told(&[
        "--set",
        "sensitivity=payment",
        "--set",
        "pci=false"
    ]));
    sandbox.write("clinic.yaml", CLINIC);
    assert!(!told(&["clinic.yaml"]));
    sandbox.write("plain.yaml", &CLINIC.replace("packs: [health]\n", ""));
    assert!(told(&["plain.yaml"]));
}

#[test]
fn a_pack_that_there_is_not_is_told_with_its_place() {
    let sandbox = Sandbox::builtin();
    sandbox.write("clinic.yaml", &CLINIC.replace("[health]", "[helth]"));
    let seen = sandbox.seen(&["check", "clinic.yaml"]);
    assert!(
        seen.contains("there is no pack `helth`")
            && seen.contains("clinic.yaml:3:9")
            && seen.contains("did you mean `health`?")
            && seen.contains("[exit 2]"),
        "{seen}"
    );
}
