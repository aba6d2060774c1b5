//! The document that a team commits.

use super::{Sandbox, stdout};
use std::fs;

#[test]
fn a_whole_document() {
    insta::assert_snapshot!(
        "export",
        stdout(&Sandbox::new().output(&["export", "shop.yaml"]))
    );
}

#[test]
fn a_document_of_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("blank.yaml", "title: \"\"\n");
    insta::assert_snapshot!(
        "export_blank",
        stdout(&sandbox.output(&["export", "blank.yaml"]))
    );
}

#[test]
fn a_brief_document_leaves_out_what_lies_behind_the_decisions() {
    let sandbox = Sandbox::new();
    let whole = stdout(&sandbox.output(&["export", "shop.yaml"]));
    let brief = stdout(&sandbox.output(&["export", "--brief", "shop.yaml"]));
    for kept in [
        "## Key decisions",
        "## Components",
        "## Conflicts",
        "## Sources",
    ] {
        assert!(
            whole.contains(kept) && brief.contains(kept),
            "{kept}\n{brief}"
        );
    }
    for gone in ["\n## Decisions", "\n## Estimates", "\n## Practices"] {
        assert!(!brief.contains(gone), "{gone}\n{brief}");
    }
    assert!(whole.contains("\n## Decisions"));
    // What is not there is not linked to.
    assert!(!brief.contains("](#main-data-store)"), "{brief}");
    let seen = sandbox.seen(&["export", "--brief", "--format", "json", "shop.yaml"]);
    assert!(seen.contains("only Markdown can be brief"), "{seen}");
    assert!(seen.ends_with("[exit 2]\n"), "{seen}");
}

#[test]
fn a_file_is_written_whole_and_replaced() {
    let sandbox = Sandbox::new();
    sandbox.write("out.md", "old");
    let printed = stdout(&sandbox.output(&["export", "shop.yaml"]));
    let output = sandbox.output(&["export", "shop.yaml", "-o", "out.md"]);
    assert_eq!(
        (output.status.code(), stdout(&output).as_str()),
        (Some(0), "")
    );
    assert_eq!(fs::read_to_string(sandbox.path("out.md")).unwrap(), printed);
    let failed = sandbox.output(&["export", "shop.yaml", "-o", "no/such/folder/out.md"]);
    assert_eq!(failed.status.code(), Some(2));
}

#[test]
fn another_design_is_not_replaced_by_an_export() {
    let sandbox = Sandbox::new();
    sandbox.write("other.yaml", "archadvisor: 1\ntitle: Other\n");
    let seen = sandbox.seen(&["export", "shop.yaml", "-o", "other.yaml"]);
    assert!(
        seen.contains("replace another design") && seen.ends_with("[exit 2]\n"),
        "{seen}"
    );
    let kept = fs::read_to_string(sandbox.path("other.yaml")).unwrap();
    assert_eq!(kept, "archadvisor: 1\ntitle: Other\n");
}

#[test]
fn a_design_is_never_replaced_by_its_own_export() {
    let sandbox = Sandbox::new();
    let before = fs::read_to_string(sandbox.path("shop.yaml")).unwrap();
    let output = sandbox.output(&["export", "shop.yaml", "-o", "./shop.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("replace the design itself"));
    assert_eq!(
        fs::read_to_string(sandbox.path("shop.yaml")).unwrap(),
        before
    );
}
