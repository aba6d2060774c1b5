//! The one layout of knowledge files: comments and what a file says stay, and what is laid out stays as it is.

use archadvisor::authoring::format;
use archadvisor::builtin;
use archadvisor::knowledge::SourceFile;
use archadvisor::yaml::{Limits, parse};
use proptest::prelude::*;

const AXES: [&str; 3] = ["scalability", "resilience", "cost"];

fn laid_out(text: &str) -> Result<String, String> {
    let file = SourceFile {
        path: "kb/file.yaml".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    format(&file, &AXES).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        problems.join("\n")
    })
}

/// The layout of a text, which stays the same when it is laid out again.
fn layout(text: &str) -> String {
    let once = laid_out(text).unwrap();
    assert_eq!(laid_out(&once).unwrap(), once);
    once
}

#[test]
fn the_base_and_the_packs_are_in_the_layout() {
    let base = builtin::knowledge();
    let axes: Vec<&str> = base.axes.iter().map(|axis| axis.id.as_str()).collect();
    let packs = builtin::packs()
        .into_iter()
        .flat_map(|name| builtin::pack(name).unwrap().files);
    let mut different = Vec::new();
    for file in builtin::layer().files.into_iter().chain(packs) {
        let once = format(&file, &axes).unwrap();
        let twice = SourceFile {
            bytes: once.clone().into_bytes(),
            ..file.clone()
        };
        assert_eq!(format(&twice, &axes).unwrap(), once, "{}", file.path);
        if once.as_bytes() != file.bytes {
            different.push(file.path);
        }
    }
    assert!(
        different.is_empty(),
        "`cargo run -- kb fmt` lays these out: {different:#?}"
    );
}

#[test]
fn keys_quotes_lists_and_long_lines_become_one() {
    let text = r#"name:   'Circuit breaker'
pattern: "circuit-breaker"
complexity: 1
effects:
    cost: [{because: 'a: b', value: -1}]
    resilience:
    - {value: +2, because: calls that would only time out are refused at once and the threads of the caller are free for work}
sources:
- seed1
- "seed2"
requires: [[timeouts], [retries, queue]]
aliases: [Breaker, "yes", "2026-11-22"]
use_when:


- 'a text with "quotes" and a colon: both'
use: "chosen('microservices') or chosen('service-based') and engineers >= 1000 or avail_target >= 99.95 %"
"#;
    assert_eq!(
        layout(text),
        r#"pattern: circuit-breaker
name: Circuit breaker
aliases:
  - Breaker
  - "yes"
  - "2026-11-22"
use_when:
  - 'a text with "quotes" and a colon: both'
complexity: 1
sources: [seed1, seed2]
use: >-
  chosen('microservices') or chosen('service-based') and engineers >= 1000 or
  avail_target >= 99.95 %
effects:
  resilience:
    - value: +2
      because: >-
        calls that would only time out are refused at once and the threads of the caller are free
        for work
  cost:
    - value: -1
      because: "a: b"
requires:
  - [timeouts]
  - [retries, queue]
"#
    );
}

#[test]
fn comments_stay_where_they_belong() {
    let text = "\
# head of the file

# about the rules
rules: # the list
  # before the first
  - kind: costly # beside a key
    # before a key
    rule: one
    sources: [a, # one of two
      b]
    relax:
      - do less
      # - do nothing
    # after the list
  - # behind a dash
    rule: two
    because: > # folded
      a text
# before implied
implied: []
# the end
";
    assert_eq!(
        layout(text),
        "\
# head of the file
# about the rules
rules: # the list
  # before the first
  # before a key
  - rule: one
    kind: costly # beside a key
    relax:
      - do less
      # - do nothing
    # after the list
    sources:
      - a # one of two
      - b

  # behind a dash
  - rule: two
    because: > # folded
      a text

# before implied
implied: []
# the end
"
    );
}

#[test]
fn texts_that_no_line_can_hold_keep_every_character() {
    let texts = [
        "ends with a line\n",
        "two\nlines",
        "two\n\nparagraphs\n",
        " a space before",
        "a space behind ",
        "tab\there",
        "a  double space",
        "",
        "~",
        "null",
        "0x10",
        "1e3",
        "- dash",
        "? mark",
        "a #no comment",
        "a # comment",
        "'",
        "\"\\",
        "é日本",
        "zero\u{200b}width",
        "\u{feff}",
        "*star",
        "&amp",
        "!bang",
        "%per",
        "@at",
        "`tick",
        "trailing\n\n\n",
        "\nleading",
        "12:30",
        "1_000",
        "=",
        "<<",
        "on",
        "No",
        "key: value",
        "key:",
        ": x",
        "{}",
        "[a",
        "a, b",
        "---",
        "...",
        "line\r\nend",
    ];
    for text in texts {
        let long = format!("{text} {}", "word ".repeat(30));
        for text in [text, &long, long.trim()] {
            let file = format!(
                "pattern: x\nwhat: {0}\nalternatives: [{0}]\naliases:\n  - {0}\neffects:\n  cost:\n    - because: {0}\n",
                archadvisor::yaml::double_quoted(text)
            );
            let (document, _) = parse("", layout(&file), &Limits::default());
            let root = document.unwrap().root;
            assert_eq!(root.get("what").unwrap().str(), Some(text), "{text:?}");
            assert_eq!(
                root.get("aliases").unwrap().index(0).unwrap().str(),
                Some(text),
                "{text:?}"
            );
        }
    }
}

#[test]
fn what_cannot_be_laid_out_is_refused_with_its_place() {
    for (text, message) in [
        ("pattern: [", "kb/file.yaml:"),
        ("pattern: a\npattern: b\n", "kb/file.yaml:2:1"),
        (
            "title: Shop\nrequirements: {}\n",
            "`requirements` is a list",
        ),
        ("title: Shop\n", "holds no kind of knowledge"),
        ("", "holds no kind of knowledge"),
        ("# nothing\n", "holds no kind of knowledge"),
        ("- a\n- b\n", "holds no kind of knowledge"),
        ("pattern: &a x\n", "is not supported here"),
    ] {
        let refusal = laid_out(text).err();
        if message.starts_with('`') {
            // What the loader refuses may still be laid out: the layout asks only what kind of file it is.
            assert_eq!(refusal, None);
        } else {
            let refusal = refusal.unwrap_or_else(|| panic!("{text:?} is laid out"));
            assert!(refusal.contains(message), "{text:?}: {refusal}");
        }
    }
}

proptest! {
    #![proptest_config(crate::random::cases(2000))]
    /// Whatever the text and its comments: the layout says the same or refuses, and laying it out again changes nothing.
    #[test]
    fn the_layout_of_any_file_says_the_same(
        lines in prop::collection::vec(
            prop::sample::select(vec![
                "pattern: x", "name: a b", "name: \"#c\" # d", "effects:", "  cost:", "    - value: +1", "      because: x y", "  resilience:",
                "    - value: -1 # e", "sources: [a, b]", "sources:", "  - a", "  # - b", "# f", "", "    # g", "what: >-", "  some text",
                "  # no comment", "requires:", "  - [a]", "  - - b", "    - c", "rules:", "  - rule: r", "    when: a > 1 and b", "aliases: [ # h", "  i ]",
                "unknown: {k: [1, 2], l: m}", "limits: []", "use: |", "   deep", "x:", "- y", "norm: {unless: z}",
            ]),
            0..14,
        )
    ) {
        let text = lines.join("\n");
        if let Ok(once) = laid_out(&text) {
            let read = |text: &str| parse("", text.to_owned(), &Limits::default()).0.unwrap().root.to_serde();
            prop_assert_eq!(read(&text), read(&once));
            prop_assert_eq!(laid_out(&once), Ok(once));
        }
    }
}
