//! No text of a person changes the shape of the document it is put into.

use archadvisor::design::{
    AccessPattern, By, Decision, Design, Entity, Interface, Review, Status, Waiver, situation,
};
use archadvisor::knowledge::{KnowledgeBase, Layer, SourceFile, load};
use archadvisor::reasoning::advise;
use archadvisor::report::escape;
use archadvisor::report::markdown::document;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

fn base() -> &'static KnowledgeBase {
    static BASE: OnceLock<KnowledgeBase> = OnceLock::new();
    BASE.get_or_init(|| {
        let mut files = Vec::new();
        collect(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/base"),
            &mut files,
        );
        load(&[Layer {
            name: "small".into(),
            files,
        }])
        .base
        .unwrap()
    })
}

fn collect(folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(SourceFile {
                path: path.to_string_lossy().into_owned(),
                bytes: fs::read(&path).unwrap(),
            });
        }
    }
}

/// A design that says the same text wherever a person may say something.
fn design(text: &str) -> Design {
    let text = || text.to_owned();
    let mut design = Design {
        title: text(),
        functions: vec![text(), text()],
        notes: String::new(),
        ..Design::default()
    };
    design.requirements.insert("peak_rps".into(), "12k".into());
    design.interfaces.push(Interface {
        name: text(),
        caller: text(),
        share: text(),
        latency: text(),
        ..Interface::default()
    });
    design.entities.push(Entity {
        name: text(),
        relations: vec![text()],
        access: vec![AccessPattern {
            by: By::Key,
            rate: text(),
        }],
        notes: text(),
    });
    design.decisions.insert(
        "store".into(),
        Decision {
            chosen: vec!["key-value-store".into()],
            status: Some(Status::Accepted),
            because: text(),
            decided: text(),
            review: Review {
                when: text(),
                on: text(),
            },
            ..Decision::default()
        },
    );
    let (situation, _) = situation(&design, base(), None, None);
    for conflict in advise(base(), &situation).conflicts {
        design.waivers.push(Waiver {
            conflict: conflict.id,
            because: text(),
            by: text(),
            until: text(),
        });
    }
    design
}

fn exported(text: &str) -> String {
    let design = design(text);
    let (situation, _) = situation(&design, base(), None, None);
    document(base(), &design, &advise(base(), &situation))
}

/// What a line is to a reader of Markdown.
fn kind(line: &str) -> String {
    if line.is_empty() {
        return "blank".into();
    }
    if line.starts_with('#') {
        let level = line
            .chars()
            .take_while(|character| *character == '#')
            .count();
        return format!("heading {level}");
    }
    if line.starts_with('|') {
        let mut bars = 0;
        let mut escaped = false;
        for character in line.chars() {
            if character == '|' && !escaped {
                bars += 1;
            }
            escaped = character == '\\' && !escaped;
        }
        return format!("row of {bars}");
    }
    for (start, name) in [
        ("```", "fence"),
        ("~~~", "fence"),
        ("- ", "item"),
        ("  - ", "inner item"),
        ("[^", "note"),
        ("<", "html"),
        (">", "quote"),
        ("    ", "indented"),
        ("===", "rule"),
        ("---", "rule"),
        ("***", "rule"),
        ("* ", "item"),
        ("+ ", "item"),
    ] {
        if line.starts_with(start) {
            return name.into();
        }
    }
    "text".into()
}

fn shape(document: &str) -> Vec<String> {
    document.lines().map(kind).collect()
}

fn plain_shape() -> &'static Vec<String> {
    static SHAPE: OnceLock<Vec<String>> = OnceLock::new();
    SHAPE.get_or_init(|| shape(&exported("plain")))
}

/// Text that means something in Markdown, mixed with anything.
fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "|",
        "\\",
        "`",
        "```",
        "~~~",
        "#",
        "# ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "1) ",
        "> ",
        "<b>",
        "<!--",
        "-->",
        "</table>",
        "[x](y)",
        "![x](y)",
        "[^1]",
        "[^1]: x",
        "&amp;",
        "&#124;",
        "***",
        "---",
        "===",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "    ",
        "\u{1b}[31m",
        "\u{202e}",
        "\u{2028}",
        "\u{0}",
        "_",
        "__",
        "$",
        "$$",
        "@",
        "https://a.example/|x",
        "www.a.example",
        ":---:",
        "|---|",
        "a",
        "Ω",
        "日本",
        "👍",
        " ",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(crate::random::cases(150))]

    #[test]
    fn text_stays_text(text in nasty()) {
        let text = format!("a{text}");
        // A reason may have paragraphs of its own; everything else is one line.
        let one_line: String = text.split(['\n', '\r']).collect::<Vec<_>>().join(" ");
        prop_assert_eq!(&shape(&exported(&one_line)), plain_shape());
        let whole = exported(&text);
        let odd = whole.chars().find(|character| character.is_control() && *character != '\n');
        prop_assert_eq!(odd, None);
    }

    #[test]
    fn text_at_the_start_of_a_line_stays_text(text in nasty()) {
        let line = escape::line(&text);
        prop_assert!(line.is_empty() || kind(&line) == "text", "{line}");
        let heading = escape::heading(&text, "Untitled");
        prop_assert!(!heading.is_empty() && !heading.contains('\n'));
        prop_assert!(!heading.ends_with('#'));
    }

    #[test]
    fn cells_and_code_keep_their_bars(text in nasty()) {
        for cell in [escape::inline(&text), escape::code_cell(&text)] {
            let row = format!("| {cell} |");
            prop_assert_eq!(kind(&row), "row of 2".to_owned(), "{}", row);
        }
    }

    #[test]
    fn labels_of_diagrams_cannot_end_early(text in nasty()) {
        let label = escape::mermaid(&text);
        prop_assert!(!label.contains(['"', '<', '>', '\n', '`']), "{label}");
    }

    #[test]
    fn blocks_are_paragraphs_and_lists_only(text in nasty()) {
        for block in escape::blocks(&text) {
            let kinds: Vec<String> = block.lines().map(kind).collect();
            prop_assert!(kinds.iter().all(|kind| kind == "text") || kinds.iter().all(|kind| kind == "item"), "{block}");
        }
    }
}
