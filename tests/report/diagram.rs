//! What of a design is drawn: the knowledge says which component a choice belongs to, and an overlay may say it too.

use archadvisor::builtin;
use archadvisor::design::Design;
use archadvisor::knowledge::{KnowledgeBase, Layer, SourceFile, load};
use archadvisor::reasoning::{Situation, advise};
use archadvisor::report::export;

fn pattern(id: &str, name: &str, more: &str) -> (String, String) {
    let text = format!(
        "pattern: {id}\nname: {name}\nwhat: Ours.\nstep: architecture\ncategory: compute\n{more}complexity: 1\n\
         sources: [seed2]\neffects:\n  cost:\n    - value: -1\n      because: one more thing to run\n"
    );
    (format!("patterns/{id}.yaml"), text)
}

/// The built-in base with an event hub for `backbone`, a decision on a portal with two options, and a practice.
fn acme(decision: &str, hub: &str, practice: &str) -> KnowledgeBase {
    let portal = "decision: acme-portal\nname: Portal\nquestion: Which portal?\nstep: architecture\norder: 900\npick: one\n";
    let manifest =
        "overlay: acme\nchanges:\n  - add_option: {decision: backbone, option: acme-hub}\n";
    let files = [
        ("overlay.yaml".to_owned(), manifest.to_owned()),
        (
            "decisions/acme-portal.yaml".to_owned(),
            format!("{portal}{decision}options: [acme-desk, acme-gate]\n"),
        ),
        pattern("acme-hub", "Acme hub", hub),
        pattern("acme-desk", "Acme desk", ""),
        pattern("acme-gate", "Acme gate", ""),
        pattern("acme-agent", "Acme agent", practice),
    ];
    let files = files.into_iter().map(|(path, text)| SourceFile {
        path,
        bytes: text.into_bytes(),
    });
    let overlay = Layer {
        name: "acme".to_owned(),
        files: files.collect(),
    };
    let loaded = load(&[builtin::layer(), overlay]);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded
        .base
        .unwrap_or_else(|| panic!("{}", problems.join("\n")))
}

/// The lines of the diagram of a design that takes all that Acme has.
fn drawn(base: &KnowledgeBase) -> Vec<String> {
    let mut situation = Situation::default();
    for (decision, option) in [("backbone", "acme-hub"), ("acme-portal", "acme-gate")] {
        situation.choices.insert(
            base.find_decision(decision).unwrap(),
            vec![base.find_pattern(option).unwrap()],
        );
    }
    (situation.practices).push(base.find_pattern("acme-agent").unwrap());
    let document = export::json(base, &Design::default(), &advise(base, &situation), &[]);
    let text = document["diagram"]["mermaid"].as_str().unwrap();
    text.lines().map(|line| line.trim().to_owned()).collect()
}

/// Where in the diagram a name stands.
fn place_of<'a>(lines: &'a [String], name: &str) -> Option<&'a str> {
    let line = lines.iter().find(|line| line.contains(name))?;
    line.split(['[', '(']).next()
}

#[test]
fn a_pattern_of_an_overlay_is_drawn_where_its_decision_belongs() {
    let lines = drawn(&acme("component: entry\n", "", ""));
    assert_eq!(place_of(&lines, "Acme hub"), Some("queue"), "{lines:#?}");
    assert_eq!(place_of(&lines, "Acme gate"), Some("entry"), "{lines:#?}");
    assert!(
        lines.contains(&"app -.->|messages| queue".to_owned()),
        "{lines:#?}"
    );
}

#[test]
fn what_a_pattern_says_itself_counts_more_than_its_decision() {
    let (push, blobs) = ("component: push\n", "component: blobs\n");
    let lines = drawn(&acme("", push, blobs));
    assert_eq!(place_of(&lines, "Acme hub"), Some("push"), "{lines:#?}");
    assert_eq!(place_of(&lines, "Acme agent"), Some("blobs"), "{lines:#?}");
    assert!(
        lines.contains(&"push -.->|pushes| clients".to_owned()),
        "{lines:#?}"
    );
}

#[test]
fn what_belongs_to_no_component_is_not_drawn() {
    let lines = drawn(&acme("", "component: none\n", ""));
    assert!(
        !lines.iter().any(|line| line.contains("Acme")),
        "{lines:#?}"
    );
}
