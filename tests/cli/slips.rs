//! Slips of those who type: each is told what they meant, and none passes for an answer.

use super::{Sandbox, stdout};
use std::process::Output;

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Standard output and error, each line break a space.
fn told(output: &Output) -> String {
    let text = stdout(output) + &stderr(output);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn multiples_and_percents_are_told_from_counts_and_fractions() {
    let sandbox = Sandbox::builtin();
    let set = |text: &str| sandbox.output(&["estimate", "--set", text]);
    let people = set("engineers=12x");
    assert_eq!(people.status.code(), Some(2));
    assert!(
        told(&people).contains("`engineers` is in people, `12x` is a multiple"),
        "{}",
        told(&people)
    );
    for fine in [
        "growth_12m=3x",
        "engineers=12",
        "read_share=0.95",
        "read_share=95 %",
    ] {
        assert_eq!(
            set(fine).status.code(),
            Some(0),
            "{fine}: {}",
            told(&set(fine))
        );
    }
    let share = set("read_share=95");
    assert_eq!(share.status.code(), Some(2));
    assert!(
        told(&share).contains("did you mean `95 %`?"),
        "{}",
        told(&share)
    );
}

#[test]
fn a_product_leads_to_the_option_it_is_an_example_of() {
    let sandbox = Sandbox::builtin();
    let commands: [&[&str]; 2] = [
        &["recommend", "--set", "decisions.store=postgres"],
        &["explain", "store", "postgres"],
    ];
    for command in commands {
        let output = sandbox.output(command);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            told(&output).contains("did you mean `relational-db`?"),
            "{}",
            told(&output)
        );
    }
}

#[test]
fn a_command_that_there_is_not_is_told_as_such_whatever_follows() {
    let sandbox = Sandbox::builtin();
    let alone = sandbox.output(&["compare"]);
    for words in [
        &["compare", "a", "b"][..],
        &["compare", "a"],
        &["compare", "--deep"],
        &["--kb", "base", "compare", "a"],
        &["--color=never", "compare", "a"],
    ] {
        let output = sandbox.output(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert_eq!(told(&output), told(&alone), "{words:?}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_no_matter_of_permissions() {
    let output = Sandbox::builtin().output(&["export", "--set", "dau=5", "-o", "nowhere/x.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("create the folder first"),
        "{}",
        told(&output)
    );
}
