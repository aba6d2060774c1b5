//! People who change different decisions merge their files with git without a conflict.

use super::hand::order;
use super::saving::{change, read};
use archadvisor::design::{Decision, Design, Status};
use std::path::Path;
use std::process::Command;

const BASE: &str = "\
archadvisor: 1
title: Ticket shop
requirements:
  dau: 100k
  peak_rps: 12k
  avail_target: 99.95 %
decisions:
  api-style:
    chosen: [rest]
  store:
    chosen: [relational-db]
  caching:
    chosen: [read-through]
    status: proposed
evaluated: 0.1.0
";

/// What git makes of two changed versions of a text; `None` when they conflict.
fn merged(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let paths = [
        write("ours", ours),
        write("base", base),
        write("theirs", theirs),
    ];
    let output = Command::new("git")
        .args(["merge-file", "-p", "--"])
        .args(
            paths
                .iter()
                .map(|path: &std::path::PathBuf| -> &Path { path }),
        )
        .output()
        .expect("git runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    output.status.success().then_some(text)
}

fn decide(design: &mut Design, id: &str, chosen: &str, because: &str) {
    let decision = design.decisions.entry(id.to_owned()).or_default();
    decision.chosen = vec![chosen.to_owned()];
    because.clone_into(&mut decision.because);
    decision.status = Some(Status::Accepted);
}

#[test]
fn changes_of_neighbouring_decisions_merge() {
    let ids = ["api-style", "store", "caching"];
    for first in ids {
        for second in ids.into_iter().filter(|second| *second != first) {
            let ours = change(BASE, |design| decide(design, first, "x", "Ours.\nReally."));
            let theirs = change(BASE, |design| decide(design, second, "y", "Theirs."));
            let text = merged(BASE, &ours, &theirs).expect("no conflict");
            let mut both = read(BASE);
            decide(&mut both, first, "x", "Ours.\nReally.");
            decide(&mut both, second, "y", "Theirs.");
            assert_eq!(read(&text), both);
        }
    }
}

#[test]
fn a_new_decision_merges_with_changed_and_removed_ones() {
    let ours = change(BASE, |design| {
        decide(design, "decomposition", "modular-monolith", "Small.");
    });
    let theirs = change(BASE, |design| {
        decide(design, "store", "document-db", "Shape.");
        design.decisions.remove("api-style");
        design
            .requirements
            .insert("read_share".into(), "90 %".into());
    });
    let both = read(&merged(BASE, &ours, &theirs).expect("no conflict"));
    let ids: Vec<&str> = both.decisions.keys().map(String::as_str).collect();
    assert_eq!(ids, ["caching", "decomposition", "store"]);
    assert_eq!(both.requirements.len(), 4);
}

#[test]
fn new_decisions_at_different_places_merge() {
    let base = change(BASE, |design| {
        design.decisions.remove("api-style");
        design.decisions.remove("caching");
    });
    let ours = change(&base, |design| decide(design, "api-style", "grpc", "Fast."));
    let theirs = change(&base, |design| decide(design, "caching", "cdn", "Near."));
    let both = read(&merged(&base, &ours, &theirs).expect("no conflict"));
    assert_eq!(both.decisions.len(), 3);
}

#[test]
fn new_files_of_two_people_who_decide_differently_differ_only_there() {
    let design = |chosen: &str| Design {
        title: "Shop".to_owned(),
        decisions: [("api-style", "rest"), ("store", chosen), ("caching", "cdn")]
            .map(|(id, chosen)| {
                let chosen = vec![chosen.to_owned()];
                (
                    id.to_owned(),
                    Decision {
                        chosen,
                        ..Decision::default()
                    },
                )
            })
            .into(),
        ..Design::default()
    };
    let text = |design: &Design| {
        archadvisor::design::text::update(None, design, &order()).expect("a text")
    };
    let (ours, theirs) = (text(&design("a")), text(&design("b")));
    let differing = ours
        .lines()
        .zip(theirs.lines())
        .filter(|(ours, theirs)| ours != theirs);
    assert_eq!(differing.count(), 1);
}
