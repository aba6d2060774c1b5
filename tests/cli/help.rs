//! Help, completions and the manual page.

use super::{Sandbox, stdout};

const COMMANDS: [&str; 11] = [
    "new",
    "patterns",
    "show",
    "estimate",
    "recommend",
    "explain",
    "check",
    "export",
    "kb",
    "completions",
    "man",
];

#[test]
fn short_help() {
    insta::assert_snapshot!("help_short", Sandbox::new().seen(&["-h"]));
}

#[test]
fn long_help_of_everything() {
    let sandbox = Sandbox::new();
    let mut all = sandbox.seen(&["--help"]);
    for command in COMMANDS {
        all.push('\n');
        all.push_str(&sandbox.seen(&[command, "--help"]));
    }
    for command in ["lint", "test", "witness", "fmt", "schema", "stats"] {
        all.push('\n');
        all.push_str(&sandbox.seen(&["kb", command, "--help"]));
    }
    insta::assert_snapshot!("help_long", all);
}

#[test]
fn every_example_of_the_help_is_understood() {
    let sandbox = Sandbox::new();
    let mut all = stdout(&sandbox.output(&["--help"]));
    for command in COMMANDS {
        all.push_str(&stdout(&sandbox.output(&[command, "--help"])));
    }
    let mut examples = 0;
    for line in all
        .lines()
        .filter_map(|line| line.trim().strip_prefix("archadvisor "))
    {
        // An example ends where its remark starts, after a run of spaces.
        let first = line
            .split(['|', '>'])
            .next()
            .unwrap()
            .split("  ")
            .next()
            .unwrap();
        let words = words(first);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = sandbox.output(&words);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(!errors.contains("Usage:"), "{line}\n{errors}");
        examples += 1;
    }
    assert!(examples > 20, "{examples}");
}

#[test]
fn completions_and_manual() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = stdout(&sandbox.output(&["completions", shell]));
        assert!(
            script.contains("recommend") && script.contains("archadvisor"),
            "{shell}"
        );
    }
    let manual = stdout(&sandbox.output(&["man"]));
    assert!(manual.contains(".TH archadvisor 1"));
    assert!(manual.contains("archadvisor\\-recommend"));
}

/// Splits words as a shell would, with single quotes.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in text.trim().chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words
}
