//! Errors say what, where, and what to do; the exit code says whose fault it is.

use super::Sandbox;

#[test]
fn errors_help() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "typo.yaml",
        "archadvisor: 1\ntitle: T\nrequirements:\n  peak_rp: 3\n  consistency: stong\n",
    );
    sandbox.write("broken.yaml", "title: [\n");
    sandbox.write("list.yaml", "- a\n");
    sandbox.write("folder/archadvisor.yaml", "title: T\n");
    sandbox.write(
        "bad-kb/overlay.yaml",
        "overlay: bad\nchanges:\n  - disable: pattern/relational-bd\n",
    );
    sandbox.write("empty-kb/readme.txt", "nothing");
    let cases: &[&[&str]] = &[
        &["recommend", "--set", "peak_rp=3"],
        &["recommend", "--set", "peak_rps"],
        &["recommend", "--set", "peak_rps=fast"],
        &["recommend", "--set", "peak_rps=200ms"],
        &["recommend", "--set", "read_share=2"],
        &["recommend", "--set", "consistency=stong"],
        &["recommend", "--set", "priorities.cosst=critical"],
        &["recommend", "--set", "priorities.cost=criticl"],
        &["recommend", "--set", "priorities.cost=999"],
        &["recommend", "--set", "decisions.stor=cache"],
        &["recommend", "--set", "decisions.store=cache"],
        &["recommend", "--set", "floors.cost=3"],
        &["recommend", "--set", "write_rps=3"],
        &["recommend", "--set", "store=relational-db"],
        &["recommend", "--set", "waivers.x=3"],
        &["recommend", "--set", "peak_rp=3", "--set", "consistency=x"],
        &["recommend", "--decision", "stor"],
        &["recommend", "shap.yaml"],
        &["recommend", "nowhere/at/all.yaml"],
        &["recommend", "folder"],
        &["recommend", "typo.yaml"],
        &["recommend", "broken.yaml"],
        &["recommend", "list.yaml"],
        &["check"],
        &["export"],
        &["explain", "stor"],
        &["explain", "store", "cache"],
        &["show", "relational-bd"],
        &["show", "qqqqqqqq"],
        &["show", "decision/relational-db"],
        &["show", "input/peak_rps"],
        &["patterns", "--axis", "cheapness"],
        &["patterns", "--category", "stor"],
        &["new", "shop.yaml"],
        &["new", "-", "--sample", "shp"],
        &["kb", "lint", "--kb", "bad-kb"],
        &["recommend", "--kb", "bad-kb"],
        &["recommend", "--kb", "no-such-folder"],
        &["recommend", "--kb", "empty-kb"],
        &["recomend"],
        &["check", "--fail-on", "hi"],
        &[],
        &["-"],
    ];
    let mut all = String::new();
    for arguments in cases {
        all.push_str(&sandbox.seen(arguments));
        all.push('\n');
    }
    assert!(!all.contains('\u{1b}'));
    assert!(!all.contains("panicked"));
    insta::assert_snapshot!("errors", all);
}

#[test]
fn exit_codes() {
    let sandbox = Sandbox::new();
    sandbox.write("fine.yaml", "title: Fine\n");
    sandbox.write(
        "fast.yaml",
        "title: Fast\nrequirements:\n  peak_rps: 1M\n  read_share: 50 %\n  consistency: strong\n",
    );
    let code = |arguments: &[&str]| sandbox.output(arguments).status.code().unwrap();
    assert_eq!(code(&["--version"]), 0);
    assert_eq!(code(&["--help"]), 0);
    assert_eq!(code(&["check", "fine.yaml"]), 0);
    assert_eq!(code(&["check", "fast.yaml"]), 1);
    assert_eq!(code(&["check", "fine.yaml", "fast.yaml"]), 1);
    assert_eq!(code(&["check", "fast.yaml", "--fail-on", "never"]), 0);
    assert_eq!(code(&["check", "fast.yaml", "no.yaml"]), 2);
    assert_eq!(code(&["kb", "lint"]), 0);
    assert_eq!(code(&["kb"]), 2);
    assert_eq!(code(&["nonsense"]), 2);
}

#[test]
fn nothing_in_a_file_can_act_on_the_terminal() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "evil.yaml",
        "title: \"a\\e[31mb\\u202ec\"\ncontext: \"\\x07\"\nrequirements:\n  \"\\e]0;x\\x07\": 3\n  peak_rps: \"\\e[2J\"\n",
    );
    sandbox.write(
        "calm.yaml",
        "title: \"a\\e[31mb\\u202ec\\nd\"\ncontext: \"\\x07 \\e[0m\"\nnotes: \"\\u200b\"\n",
    );
    for arguments in [
        &["recommend", "evil.yaml"][..],
        &["recommend", "calm.yaml"],
        &["check", "calm.yaml"],
        &["export", "calm.yaml"],
        &["show", "\u{1b}[31m"],
        &["recommend", "--set", "\u{1b}[31m=3"],
        &["recommend", "\u{1b}[31m.yaml"],
    ] {
        let seen = sandbox.seen(arguments);
        let shown = seen.split_once('\n').unwrap().1;
        let odd = shown.chars().find(|character| {
            character.is_control() && *character != '\n' || *character == '\u{202e}'
        });
        assert_eq!(odd, None, "{arguments:?}\n{shown:?}");
    }
}
