//! Pipes, colour, and readers that leave.

use super::{Sandbox, stdout};
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let sandbox = Sandbox::builtin();
    for arguments in [
        &["patterns", "--json"][..],
        &["patterns"],
        &["recommend", "--json"],
        &["man"],
    ] {
        let mut child = sandbox
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        // The reader is dropped here, with most of the output unread.
        let output = child.wait_with_output().unwrap();
        assert!(!line.is_empty());
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{output:?}");
    }
}

#[test]
fn colour_is_decided_by_flag_then_environment() {
    let coloured = |sandbox: &Sandbox, arguments: &[&str]| {
        stdout(&sandbox.output(arguments)).contains('\u{1b}')
    };
    let show = ["show", "cache"];
    let always = ["show", "cache", "--color", "always"];
    let never = ["--color=never", "show", "cache"];
    assert!(!coloured(&Sandbox::new(), &show));
    assert!(coloured(&Sandbox::new(), &always));
    assert!(coloured(&Sandbox::new().with("CLICOLOR_FORCE", "1"), &show));
    assert!(!coloured(
        &Sandbox::new().with("CLICOLOR_FORCE", "1"),
        &never
    ));
    assert!(!coloured(
        &Sandbox::new()
            .with("CLICOLOR_FORCE", "1")
            .with("NO_COLOR", "1"),
        &show
    ));
    assert!(coloured(&Sandbox::new().with("NO_COLOR", "1"), &always));
    assert!(!coloured(
        &Sandbox::new(),
        &["patterns", "--json", "--color", "always"]
    ));
    assert!(coloured(&Sandbox::new(), &["--help", "--color", "always"]));
    assert!(!coloured(
        &Sandbox::new().with("TERM", "xterm"),
        &["--help"]
    ));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let sandbox = Sandbox::new();
    for arguments in [
        &["recommend", "shop.yaml"][..],
        &["explain", "store"],
        &["patterns"],
        &["patterns", "--axis", "cost"],
    ] {
        let plain = stdout(&sandbox.output(arguments));
        let mut with = arguments.to_vec();
        with.extend(["--color", "always"]);
        assert_eq!(without_escapes(&stdout(&sandbox.output(&with))), plain);
    }
}

fn without_escapes(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.by_ref().find(|character| *character == 'm');
        } else {
            plain.push(character);
        }
    }
    plain
}

#[test]
fn the_same_question_has_the_same_answer() {
    let sandbox = Sandbox::builtin();
    let arguments = [
        "recommend",
        "--json",
        "--set",
        "peak_rps=30k",
        "--set",
        "teams=4",
    ];
    assert_eq!(
        sandbox.output(&arguments).stdout,
        sandbox.output(&arguments).stdout
    );
}
