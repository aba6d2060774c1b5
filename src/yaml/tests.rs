//! What the reader says about good and bad text.

use super::{Document, Limits, Node, Value, decode, parse, parse_bytes};
use crate::problem::Problem;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

fn read(text: &str) -> Document {
    let (document, problems) = parse("a.yaml", text.to_owned(), &Limits::default());
    assert_eq!(shown(&problems), "");
    document.expect("a document")
}

fn refused(text: &str) -> String {
    let start = Instant::now();
    let (document, problems) = parse("a.yaml", text.to_owned(), &Limits::default());
    assert_eq!(document, None);
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    shown(&problems)
}

fn shown(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every node of a document as written.
fn sources(document: &Document) -> Vec<&str> {
    fn walk<'a>(document: &'a Document, node: &'a Node, all: &mut Vec<&'a str>) {
        all.push(document.source(node));
        for (key, value) in node.entries() {
            walk(document, key, all);
            walk(document, value, all);
        }
        for item in node.items() {
            walk(document, item, all);
        }
    }
    let mut all = Vec::new();
    walk(document, &document.root, &mut all);
    all
}

#[test]
fn spans_cover_nodes_exactly() {
    let document = read(concat!(
        "# é\n",
        "title: 'It''s' # it's \"here\"\n",
        "list:\n  - a b   # one\n  -\n  - \"x\\\"y\"   # two\n\n",
        "empty:   # nothing\n",
        "flow: [a, {b: c, d, # }\n  }, ]  # all\n",
        "text: | # odd | header\n  é one\n\n  two\n\n# end\n",
        "kept: |+\n  one\n\n",
        "folded: >-\n\n  one\n  two\n",
        "long: one\n  two\n",
    ));
    let sources = sources(&document);
    assert_eq!(
        sources.get(1..).unwrap_or_default(),
        [
            "title",
            "'It''s'",
            "list",
            "- a b   # one\n  -\n  - \"x\\\"y\"",
            "a b",
            "",
            "\"x\\\"y\"",
            "empty",
            "",
            "flow",
            "[a, {b: c, d, # }\n  }, ]",
            "a",
            "{b: c, d, # }\n  }",
            "b",
            "c",
            "d",
            "",
            "text",
            "| # odd | header\n  é one\n\n  two",
            "kept",
            "|+\n  one\n\n",
            "folded",
            ">-\n\n  one\n  two",
            "long",
            "one\n  two",
        ]
    );
    let title = document.root.get("title").expect("title");
    assert_eq!((title.span.line, title.span.column), (2, 8));
    assert_eq!(title.str(), Some("It's"));
    let empty = document.root.get("empty").expect("empty");
    assert_eq!(empty.span.column, 7);
    assert_eq!(
        document.root.get("kept").and_then(Node::str),
        Some("one\n\n")
    );
}

#[test]
fn lists_start_at_their_first_dash() {
    let document = read("a:\n# x\n- # - y\n  -1\n-  # z\n- - b\n  -\n");
    let a = document.root.get("a").expect("a");
    assert_eq!((a.span.line, a.span.column), (3, 1));
    let places: Vec<(u32, u32)> = a
        .items()
        .iter()
        .map(|item| (item.span.line, item.span.column))
        .collect();
    assert_eq!(places, [(4, 3), (5, 2), (6, 3)]);
    let inner = a.index(2).and_then(|list| list.index(1)).expect("a null");
    assert_eq!((inner.span.line, inner.span.column), (7, 4));
}

#[test]
fn carriage_returns_and_a_byte_order_mark_do_not_shift_places() {
    let document = read("\u{feff}a: 1\r\nb: é x\r\nc:\r\n  - two\r\n");
    assert_eq!(
        sources(&document),
        [
            "a: 1\r\nb: é x\r\nc:\r\n  - two",
            "a",
            "1",
            "b",
            "é x",
            "c",
            "- two",
            "two"
        ]
    );
    let b = document.root.get("b").expect("b");
    assert_eq!((b.span.line, b.span.column), (2, 4));
    assert_eq!(document.place(b.span).excerpt, "b: é x");
}

#[test]
fn places_inside_scalars_are_exact() {
    let document = read("plain: é > 5\nsingle: 'it''s > 5'\ndouble: \"\\x41\\\" > 5\"\n");
    let column = |key: &str, offset| {
        document
            .place_in(document.root.get(key).expect("key"), offset)
            .column
    };
    assert_eq!(column("plain", 2), 10);
    assert_eq!(column("single", 0), 10);
    assert_eq!(column("single", 5), 16);
    assert_eq!(column("double", 3), 17);
}

#[test]
fn places_inside_scalars_on_several_lines_are_exact() {
    let document = read(
        "folded: >- # why\n  a > 5\n  and b > é\n\n  or c\nliteral: |\n    x\n      y\nplain: p\n  or  q\nquoted: 'p\n  or q'\nescaped: \"p\\\n  or \\x41\"\n",
    );
    let place = |key: &str, part: &str| {
        let node = document.root.get(key).expect("key");
        let text = node.str().expect("a text");
        let offset = text
            .split_once(part)
            .map_or(usize::MAX, |(before, _)| before.chars().count());
        let place = document.place_in(node, offset);
        (place.line, place.column)
    };
    assert_eq!(place("folded", "a"), (2, 3));
    assert_eq!(place("folded", "and"), (3, 3));
    assert_eq!(place("folded", "é"), (3, 11));
    assert_eq!(place("folded", "c"), (5, 6));
    // The end of the text, and white space in it, stand behind what comes before them.
    assert_eq!(place("folded", "nothing"), (5, 7));
    assert_eq!(place("folded", " and"), (2, 8));
    assert_eq!(place("literal", "y"), (8, 7));
    assert_eq!(place("plain", "q"), (10, 7));
    assert_eq!(place("quoted", "q"), (12, 6));
    // Escapes on several lines are not counted out.
    assert_eq!(place("escaped", "A"), (13, 10));
    let document = read("plain: p\r\n  or q\r\n");
    let place = document.place_in(document.root.get("plain").expect("key"), 5);
    assert_eq!(
        (place.line, place.column, place.excerpt.as_str()),
        (2, 6, "  or q")
    );
}

#[test]
fn plain_scalars_follow_the_core_schema() {
    let document = read(
        "[~, null, true, no, 12, 007, 0x1f, 1.5, 1e3, .5, 12k, 99.95 %, '1', -x, 1_000, 18446744073709551616]",
    );
    let values = serde_json::to_value(document.root.to_serde()).expect("JSON");
    let expected = serde_json::json!([
        null,
        null,
        true,
        "no",
        12,
        7,
        31,
        1.5,
        1000.0,
        0.5,
        "12k",
        "99.95 %",
        "1",
        "-x",
        "1_000",
        18_446_744_073_709_551_616.0
    ]);
    assert_eq!(values, expected);
}

#[test]
fn what_only_programs_write_is_refused() {
    for (text, says) in [
        ("a: &x 1\n", "an anchor"),
        ("a: *x\n", "anchors and aliases"),
        ("a: !!str 1\n", "a tag"),
        ("<<: {a: 1}\n", "a merge key"),
        ("a: 1\n---\nb: 2\n", "a second document"),
        ("? a\n: b\n", "written with `?`"),
        ("[a]: b\n", "a key that is not one text"),
        (
            "a: 1\nb: \u{1b}[31m\n",
            "control character \\u{1b} in the text\n --> a.yaml:2:4",
        ),
        ("a\0b", "control character NUL in the text\n --> a.yaml:1:2"),
    ] {
        let shown = refused(text);
        assert!(shown.contains(says), "{text:?}: {shown}");
        assert!(!shown.contains('\u{1b}'));
    }
    // A question mark that is text is no key.
    read("# why ?\na: really ?\nb: '?'\nc: {d?: e, f: g}\n");
}

#[test]
fn all_duplicate_keys_are_reported_and_the_first_counts() {
    let text = "a: 1\nb:\n  c: 1\n  c: 2\na: 2\n'a': 3\n";
    let (document, problems) = parse("a.yaml", text.to_owned(), &Limits::default());
    let document = document.expect("a document");
    assert_eq!(document.root.get("a").and_then(Node::str), Some("1"));
    assert_eq!(document.root.entries().len(), 2);
    let shown = shown(&problems);
    assert!(
        shown.contains("`c` is there twice, first on line 3\n --> a.yaml:4:3"),
        "{shown}"
    );
    assert!(
        shown.contains("first on line 1\n --> a.yaml:5:1"),
        "{shown}"
    );
    assert!(
        shown.contains("first on line 1\n --> a.yaml:6:1"),
        "{shown}"
    );
}

#[test]
fn syntax_errors_point_at_their_cause() {
    for (text, place, says) in [
        ("a: 1\nb: \"two\nc: 3\n", ":2:4", "not closed"),
        ("a: 1\nb: [1, 2\nc: 3\n", ":3:", "not closed"),
        ("a:\n\tb: 1\n", ":2:", "tab"),
        ("a: b: c\n", ":1:5", "`:` where no key can be"),
        ("a: 1\n b: 2\n", ":2:", "`:` where no key can be"),
        ("a:\n    b: 1\n  c: 2\n", ":3:3", "indentation"),
        ("a: 1\nb\n", ":3:1", "no `key: value`"),
        ("a: @b\n", ":1:4", "quotes"),
        (
            "a: 1\n<<<<<<< ours\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n",
            ":2:1",
            "unresolved merge conflict",
        ),
    ] {
        let shown = refused(text);
        assert!(
            shown.contains(place) && shown.contains(says),
            "{text:?}: {shown}"
        );
    }
}

#[test]
fn input_made_to_hurt_is_refused_at_once() {
    let many = 100_000;
    for text in [
        "[".repeat(many),
        "{a: ".repeat(many),
        "{a:".repeat(many),
        "- ".repeat(many),
        "? ".repeat(many),
        (0..1_000)
            .flat_map(|depth| [" ".repeat(depth), "a:\n".to_owned()])
            .collect(),
        "[[],".repeat(many),
        "\"".repeat(many),
        "a: &a [x]\n".to_owned() + &"b: *a\n".repeat(many),
        "x".repeat(100 * 1024 * 1024),
    ] {
        let shown = refused(&text);
        assert!(shown.len() < 2_000, "{shown}");
    }
    // More values than memory has room for in a second's work.
    let message = refused(&"- a\n".repeat(100_001));
    assert!(message.contains("more than 100000 values"), "{message}");
    let (document, problems) = parse_bytes("a.yaml", b"a: 1\nb: \xff\n", &Limits::default());
    assert_eq!(document, None);
    assert!(shown(&problems).contains("not UTF-8 text\n --> a.yaml:2:4"));
}

#[test]
fn large_files_are_read_in_time() {
    let start = Instant::now();
    let rows = "- {é: [a, {b: c}, \"d\"]}\n".repeat(12_000);
    read(&rows);
    let one_line = rows.replace("- ", "").replace('\n', ", ");
    read(&format!("[{one_line}]\n"));
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Pattern {
    id: String,
    summary: String,
    #[serde(default)]
    effects: BTreeMap<String, Effect>,
    kind: Option<Kind>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Effect {
    value: i8,
    because: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Tactic,
    Style,
}

fn decoded(text: &str) -> (Option<Vec<Pattern>>, String) {
    let document = read(text);
    let mut problems = Vec::new();
    let value = decode(&document, &document.root, &mut problems);
    (value, shown(&problems))
}

#[test]
fn every_type_fault_is_reported_once_at_its_place() {
    let (value, shown) = decoded(concat!(
        "- id: one\n",
        "  sumary: S\n",
        "  summary: S\n",
        "  effects:\n",
        "    cost: {value: lots, becuase: why}\n",
        "    speed: {value: 300}\n",
        "  kind: tactics\n",
        "- id: 12\n",
        "- id: three\n",
        "  summary: [a]\n",
        "- id: four\n",
        "  summary: S\n",
        "- just text\n",
    ));
    let expected = r"error: unknown key `sumary`
 --> a.yaml:2:3
  |
2 |   sumary: S
  |   ^
  = help: did you mean `summary`?
error: `value` is `lots`, expected a whole number from -128 to 127
 --> a.yaml:5:19
  |
5 |     cost: {value: lots, becuase: why}
  |                   ^
error: unknown key `becuase`
 --> a.yaml:5:25
  |
5 |     cost: {value: lots, becuase: why}
  |                         ^
  = help: did you mean `because`?
error: `value` is `300`, expected a whole number from -128 to 127
 --> a.yaml:6:20
  |
6 |     speed: {value: 300}
  |                    ^
error: unknown value `tactics` for `kind`
 --> a.yaml:7:9
  |
7 |   kind: tactics
  |         ^
  = help: did you mean `tactic`?
error: `summary` is missing from an entry of the list
 --> a.yaml:8:3
  |
8 | - id: 12
  |   ^
error: `id` is `12`, expected text
 --> a.yaml:8:7
  |
8 | - id: 12
  |       ^
  = help: put it in quotes
error: `summary` is a list, expected text
  --> a.yaml:10:12
   |
10 |   summary: [a]
   |            ^
error: an entry of the list is `just text`, expected a mapping
  --> a.yaml:13:3
   |
13 | - just text
   |   ^";
    assert_eq!(shown, expected);
    let ids: Vec<String> = value
        .expect("the rest")
        .into_iter()
        .map(|pattern| pattern.id)
        .collect();
    assert_eq!(ids, ["one", "four"]);
}

#[test]
fn all_missing_keys_of_a_mapping_are_reported() {
    let (value, shown) = decoded("- effects: {cost: {because: b}}\n- {id: a, summary: s}\n");
    assert_eq!(value.map(|patterns| patterns.len()), Some(1));
    for key in [
        "`id` is missing",
        "`summary` is missing",
        "`value` is missing from `cost`",
    ] {
        assert_eq!(shown.matches(key).count(), 1, "{shown}");
    }
}

#[test]
fn a_good_file_decodes() {
    let (value, shown) =
        decoded("- {id: a, summary: s, kind: style, effects: {cost: {value: -2}}}\n");
    assert_eq!(shown, "");
    let effect = Effect {
        value: -2,
        because: None,
    };
    assert_eq!(
        value,
        Some(vec![Pattern {
            id: "a".to_owned(),
            summary: "s".to_owned(),
            effects: BTreeMap::from([("cost".to_owned(), effect)]),
            kind: Some(Kind::Style),
        }])
    );
}

#[test]
fn the_shape_of_values_is_kept() {
    let document = read("a:\nb: ~\nc: ''\n");
    let is_null = |key: &str| document.root.get(key).is_some_and(Node::is_null);
    assert!(is_null("a") && is_null("b") && !is_null("c"));
    assert_eq!(read("").root.value, Value::Null);
    assert_eq!(read("# only a comment\n").root.value, Value::Null);
}
