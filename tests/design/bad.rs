//! Input made to hurt, or damaged: a clear error at once, never a panic, never a raw escape.

use super::hand::{Taste, design, edited, order, tree};
use super::shown;
use archadvisor::design::Design;
use archadvisor::design::text::{UpdateError, update};
use archadvisor::problem::printable;
use proptest::prelude::*;
use std::fmt::Write as _;

/// What is said about bytes that cannot be opened.
fn refused(bytes: &[u8]) -> String {
    let (opened, problems) = Design::from_bytes("design.yaml", bytes);
    assert_eq!(opened, None);
    let shown = shown(&problems);
    assert!(shown.len() < 8_000);
    assert!(!shown.contains(['\0', '\u{1b}']), "{shown:?}");
    shown
}

#[test]
fn nesting_without_end_is_refused_at_once() {
    let many = 100_000;
    let steps: String = (0..1_000)
        .flat_map(|depth| [" ".repeat(depth), "a:\n".to_owned()])
        .collect();
    for text in [
        "[".repeat(many),
        "{a: ".repeat(many),
        "- ".repeat(many),
        format!("title: {}", "[".repeat(many)),
        format!("x: {}{}", "[".repeat(many), "]".repeat(many)),
        format!("x: {}{}", "{a: ".repeat(many), "}".repeat(many)),
        format!("x:\n  {}", "- ".repeat(many)),
        steps,
    ] {
        let shown = refused(text.as_bytes());
        assert!(shown.contains("nested"), "{shown}");
    }
    assert!(refused("{a:".repeat(many).as_bytes()).contains("a space is missing"));
}

#[test]
fn anchors_are_refused_before_they_multiply() {
    let cycle = "title: a\nx: &x [*x]\n";
    let mut bomb = "title: a\na0: &a0 [lol, lol]\n".to_owned();
    for level in 1..40 {
        let below = level - 1;
        let _ = writeln!(
            bomb,
            "a{level}: &a{level} [*a{below}, *a{below}, *a{below}]"
        );
    }
    let wide = format!(
        "title: a\na: &a [{}]\n{}",
        "x, ".repeat(1_000),
        "b: *a\n".repeat(20_000)
    );
    for text in [cycle, &bomb, &wide] {
        assert!(refused(text.as_bytes()).contains("anchor"));
    }
}

#[test]
fn size_and_encoding_are_checked_first() {
    let long = "x".repeat(100 * 1024 * 1024);
    assert!(refused(long.as_bytes()).contains("too long"));
    assert!(
        refused(b"title: a\ncontext: \xff\xfe\n").contains("not UTF-8 text\n --> design.yaml:2:10")
    );
    assert!(
        refused(b"title: a\0b\n")
            .contains("control character NUL in the text\n --> design.yaml:1:9")
    );
    assert!(refused(&vec![0; 100_000]).contains("NUL"));
    assert!(refused(b"title: \x1b[31ma\n").contains("control character \\u{1b}"));
}

#[test]
fn escapes_in_every_text_are_kept_and_shown_safely() {
    let evil = "\u{1b}]0;x\u{7}\u{202e}\u{200b}\u{9b}2J";
    let quoted = "\"\\x1b]0;x\\a\\u202e\\u200b\\x9b2J\"";
    let text = format!(
        "title: {quoted}\ncontext: {quoted}\nfunctions: [{quoted}]\nrequirements: {{{quoted}: {quoted}}}\n\
         priorities: {{a: {quoted}}}\ninterfaces: [{{name: {quoted}, caller: {quoted}, kind: {quoted}}}]\n\
         entities: [{{name: {quoted}, relations: [{quoted}], access: [{{by: {quoted}}}]}}]\n\
         decisions: {{{quoted}: {{because: {quoted}, {quoted}: 1}}, b: {quoted}}}\n\
         waivers: [{{conflict: {quoted}}}]\nsteps: {{a: {{state: {quoted}}}}}\nnotes: {quoted}\n{quoted}: 1\n"
    );
    let (opened, problems) = Design::from_bytes("d\u{1b}.yaml", text.as_bytes());
    let design = opened.expect("a design").design;
    assert_eq!(design.title, evil);
    assert!(!printable(&design.title).chars().any(char::is_control));
    assert!(problems.len() >= 5);
    for problem in &problems {
        let shown = problem.to_string().replace('\n', "");
        let harmless = |character: char| {
            !character.is_control() && !matches!(character, '\u{202e}' | '\u{200b}')
        };
        assert!(shown.chars().all(harmless), "{shown:?}");
    }
    let saved = update(None, &design, &order()).expect("a text");
    assert!(!saved.contains(['\u{1b}', '\u{202e}', '\u{200b}', '\u{9b}']));
}

#[test]
fn a_conflict_left_by_git_is_named() {
    let shown = refused(b"title: a\n<<<<<<< HEAD\nnotes: a\n=======\nnotes: b\n>>>>>>> x\n");
    assert!(
        shown.contains("unresolved merge conflict\n --> design.yaml:2:1"),
        "{shown}"
    );
}

#[test]
fn a_large_honest_file_is_saved() {
    let mut text = "title: a\nfunctions:\n".to_owned();
    text.push_str(&"  - do a thing # and say so\n".repeat(10_000));
    let (opened, _) = Design::from_bytes("design.yaml", text.as_bytes());
    let mut design = opened.expect("a design").design;
    design.functions.reverse();
    design.functions.insert(0, "new".to_owned());
    design.functions.push("new".to_owned());
    let saved = update(Some(&text), &design, &order()).expect("a text");
    assert_eq!(saved.lines().count(), text.lines().count() + 2);
}

proptest! {
    #![proptest_config(crate::random::cases(256))]

    /// Cuts a good file up, puts odd pieces in, and goes through reading and saving.
    #[test]
    fn damaged_files_never_panic(
        design in design(),
        (other, sections) in (design(), any::<u16>()),
        seed in any::<u64>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..8_usize, prop_oneof![
            Just(""), Just("\n"), Just(" "), Just(":"), Just("- "), Just("["), Just("}"), Just("'"),
            Just("\""), Just("|"), Just("#"), Just("\t"), Just("?"), Just("é"), Just("---\n"),
            Just("\r"), Just(": x"), Just("\n  \n"), Just("&"), Just("!x"), Just(","), Just("|+\n"),
        ]), 1..6),
    ) {
        let mut characters: Vec<char> = Taste::new(seed, 30, 20).file(&tree(&design)).chars().collect();
        for (place, length, piece) in cuts {
            let start = place.index(characters.len() + 1);
            let end = (start + length).min(characters.len());
            characters.splice(start..end, piece.chars());
        }
        let text: String = characters.into_iter().collect();
        let (opened, problems) = Design::from_bytes("design.yaml", text.as_bytes());
        for problem in problems {
            prop_assert!(!problem.to_string().is_empty());
        }
        if let Some(opened) = opened {
            prop_assert!(update(None, &opened.design, &order()).is_ok());
            let changed = edited(&opened.design, other, sections);
            let saved = update(Some(&text), &changed, &order());
            prop_assert_ne!(&saved, &Err(UpdateError::Unfaithful), "{}", text);
            if let Ok(saved) = saved {
                let (again, _) = Design::from_bytes("design.yaml", saved.as_bytes());
                prop_assert_eq!(again.map(|opened| opened.design), Some(changed.normalised()));
            }
        }
    }

    #[test]
    fn any_bytes_at_all_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Design::from_bytes("design.yaml", &bytes);
    }

    #[test]
    fn any_text_at_all_never_panics(text in "[\\[\\]{}:,\\-?|>&*!%@`'\"# \n\t\rab0~<=]{0,60}") {
        let _ = Design::from_bytes("design.yaml", text.as_bytes());
    }
}

#[test]
fn shares_of_requests_are_parts_of_a_whole() {
    let base = archadvisor::builtin::knowledge();
    let told = |shares: &[&str]| {
        let entries: Vec<String> = (shares.iter())
            .map(|share| format!("  - name: a\n    share: {share}\n"))
            .collect();
        let text = format!("title: a\ninterfaces:\n{}", entries.concat());
        let limits = archadvisor::yaml::Limits::default();
        let document = archadvisor::yaml::parse("a.yaml", text, &limits).0.unwrap();
        let design = Design::from_document(&document).0.unwrap();
        shown(&archadvisor::design::situation(&design, &base, Some(&document), None).1)
    };
    let wrong = told(&["20 %", "900 %"]);
    assert!(
        wrong.contains("`900 %` is not from 0 % to 100 %"),
        "{wrong}"
    );
    assert!(
        wrong.contains("a.yaml:6:12") && wrong.starts_with("error"),
        "{wrong}"
    );
    let over = told(&["60 %", "60 %"]);
    assert!(over.contains("share 120 % of all requests"), "{over}");
    assert!(over.starts_with("warning"), "{over}");
    assert_eq!(told(&["33.3 %", "66.7 %", "0", "most of the rest"]), "");
}

/// A design file with one slip on every line, of one kind.
fn slips(head: &str, line: impl Fn(usize) -> String) -> String {
    let mut text = format!("title: a\n{head}");
    for number in 0..SLIPS {
        text.push_str(&line(number));
    }
    text
}

const SLIPS: usize = 10_000;

#[test]
fn a_slip_on_every_line_is_told_some_times_and_counted() {
    let base = archadvisor::builtin::knowledge();
    for text in [
        slips("", |number| format!("k{number}: 1\n")),
        slips("requirements:\n", |number| format!("  k{number}: 1\n")),
        slips("priorities:\n", |number| format!("  k{number}: normal\n")),
        slips("floors:\n", |number| format!("  k{number}: 0\n")),
        slips("decisions:\n", |number| {
            format!("  k{number}: {{chosen: [a]}}\n")
        }),
        slips("decisions:\n  store: {chosen: [\n", |number| {
            format!("    p{number},\n")
        }) + "    ]}\n",
        slips("waivers:\n", |number| format!("  - conflict: c{number}\n")),
        slips("steps:\n", |number| format!("  s{number}: {{state: x}}\n")),
        slips("interfaces:\n", |_| "  - {name: a, b: c}\n".to_owned()),
        slips("interfaces:\n", |_| "  - {}\n".to_owned()),
        slips("functions: [", |_| "{}, ".to_owned()) + "]\n",
        slips("notes: b\n", |_| "notes: b\n".to_owned()),
    ] {
        let (document, mut problems) = archadvisor::yaml::parse(
            "a.yaml",
            text.clone(),
            &archadvisor::yaml::Limits::default(),
        );
        let document = document.expect("a document");
        let (design, more, _) = Design::from_document(&document);
        problems.extend(more);
        let design = design.expect("a design");
        problems.extend(archadvisor::design::situation(&design, &base, Some(&document), None).1);
        let head: String = text.chars().take(60).collect();
        assert!(problems.len() <= 101, "{head}: {}", problems.len());
        assert!(
            problems.iter().all(|problem| problem.place.is_some()),
            "{head}"
        );
        let shown = shown(&problems);
        assert!(
            shown.contains("; and 9,950 more like this"),
            "{head}: {shown}"
        );
    }
}
