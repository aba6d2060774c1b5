//! `kb fmt` and `kb schema`, for those who write knowledge.

use super::{Sandbox, stdout};
use std::fs;

const HAZARDS: &str = "hazards:\n- hazard: lag\n  severity: 1\n  name: 'Lag'\n  axis: consistency\n  what: A copy is behind.\n";
const LAID_OUT: &str = "hazards:\n  - hazard: lag\n    name: Lag\n    axis: consistency\n    severity: 1\n    what: A copy is behind.\n";

#[test]
fn files_are_laid_out_once() {
    let sandbox = Sandbox::builtin();
    sandbox.write("knowledge/hazards.yaml", HAZARDS);
    sandbox.write("packs/one/deep/hazards.yml", LAID_OUT);
    sandbox.write("packs/.hidden/hazards.yaml", "hazards: [");
    sandbox.write("packs/note.txt", "no: [yaml");
    assert_eq!(
        sandbox.seen(&["kb", "fmt", "--check"]),
        "$ archadvisor kb fmt --check\nknowledge/hazards.yaml:2\n  - - hazard: lag\n  +   - hazard: lag\n\
         1 of 2 files not in the one layout, which `archadvisor kb fmt` gives them\n[exit 1]\n"
    );
    assert_eq!(
        fs::read_to_string(sandbox.path("knowledge/hazards.yaml")).unwrap(),
        HAZARDS
    );
    assert_eq!(
        sandbox.seen(&["kb", "fmt"]),
        "$ archadvisor kb fmt\nknowledge/hazards.yaml\n1 of 2 files laid out anew\n[exit 0]\n"
    );
    assert_eq!(
        fs::read_to_string(sandbox.path("knowledge/hazards.yaml")).unwrap(),
        LAID_OUT
    );
    assert_eq!(
        sandbox.seen(&["kb", "fmt", "--check", "knowledge"]),
        "$ archadvisor kb fmt --check knowledge\n1 file in the one layout\n[exit 0]\n"
    );
    // Line ends are part of the layout too.
    sandbox.write("knowledge/hazards.yaml", &LAID_OUT.replace('\n', "\r\n"));
    assert!(
        sandbox
            .seen(&["kb", "fmt", "--check", "knowledge/hazards.yaml"])
            .contains("its line ends")
    );
}

#[test]
fn what_is_wrong_is_told_and_the_rest_is_laid_out() {
    let sandbox = Sandbox::builtin();
    sandbox.write("kb/a.yaml", "rules: [\n");
    sandbox.write("kb/b.yaml", HAZARDS);
    fs::write(sandbox.path("kb/c.yaml"), b"hazards: \xff\n").unwrap();
    sandbox.write("kb/d.yaml", "title: A design\n");
    let seen = sandbox.seen(&["kb", "fmt", "kb"]);
    for part in [
        "kb/a.yaml:",
        "kb/c.yaml:1:10",
        "not UTF-8",
        "kb/d.yaml:1:1",
        "no kind of knowledge",
        "1 of 1 file laid out",
        "[exit 2]",
    ] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    assert_eq!(
        fs::read_to_string(sandbox.path("kb/b.yaml")).unwrap(),
        LAID_OUT
    );
    assert_eq!(
        fs::read_to_string(sandbox.path("kb/a.yaml")).unwrap(),
        "rules: [\n"
    );
    for (arguments, part) in [
        (
            &["kb", "fmt"][..],
            "there is no folder `knowledge` or `packs` here",
        ),
        (&["kb", "fmt", "nowhere"], "cannot read `nowhere`"),
        (
            &["kb", "fmt", "--kb", "pack:health"],
            "built into the program",
        ),
    ] {
        let seen = sandbox.seen(arguments);
        assert!(seen.contains(part) && seen.contains("[exit 2]"), "{seen}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_are_left_alone_and_devices_are_not_read() {
    let sandbox = Sandbox::builtin();
    sandbox.write("elsewhere/hazards.yaml", HAZARDS);
    sandbox.write("kb/hazards.yaml", LAID_OUT);
    let elsewhere = sandbox.path("elsewhere/hazards.yaml");
    std::os::unix::fs::symlink(&elsewhere, sandbox.path("kb/link.yaml")).unwrap();
    std::os::unix::fs::symlink(sandbox.path("kb"), sandbox.path("kb/loop")).unwrap();
    assert!(
        sandbox
            .seen(&["kb", "fmt", "kb"])
            .contains("1 file in the one layout")
    );
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), HAZARDS);
    // A link that is named is followed, and stays a link.
    assert!(
        sandbox
            .seen(&["kb", "fmt", "kb/link.yaml"])
            .contains("1 of 1 file laid out anew")
    );
    assert!(
        fs::symlink_metadata(sandbox.path("kb/link.yaml"))
            .unwrap()
            .is_symlink()
    );
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), LAID_OUT);
    assert!(
        sandbox
            .seen(&["kb", "fmt", "/dev/zero"])
            .contains("no regular file")
    );
}

#[test]
fn the_schema_lists_what_an_overlay_adds() {
    let sandbox = Sandbox::builtin();
    sandbox.write("ours/overlay.yaml", "overlay: ours\n");
    sandbox.write("ours/hazards.yaml", &LAID_OUT.replace("lag", "our-lag"));
    let hazards = |arguments: &[&str]| {
        let schema: serde_json::Value =
            serde_json::from_str(&stdout(&sandbox.output(arguments))).unwrap();
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        schema["$defs"]["hazard"]["enum"]
            .as_array()
            .unwrap()
            .contains(&"our-lag".into())
    };
    assert!(!hazards(&["kb", "schema"]));
    assert!(hazards(&["kb", "schema", "--kb", "ours"]));
    assert!(hazards(&["kb", "schema", "design", "--kb", "ours"]));
    let seen = sandbox.seen(&["kb", "schema", "patern"]);
    assert!(
        seen.contains("did you mean `pattern`?") && seen.contains("[exit 2]"),
        "{seen}"
    );
}
