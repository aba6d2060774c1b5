//! The screens as they look. Each snapshot was read; the comment above a test says what must be visible.

use super::{Bench, setup};
use archadvisor::design::Design;
use archadvisor::tui::{Model, Msg, Theme};
use ratatui::style::{Color, Modifier};

fn sample() -> Design {
    let mut design = Design {
        title: "Ticket shop".to_owned(),
        context: "Concert tickets, sold out in minutes.".to_owned(),
        functions: vec!["sells tickets".to_owned()],
        ..Design::default()
    };
    for (id, text) in [("users", "200k"), ("load", "bursty"), ("latency", "5 ms")] {
        design.requirements.insert(id.to_owned(), text.to_owned());
    }
    design
        .priorities
        .insert("availability".to_owned(), "critical".to_owned());
    let decision = design.decisions.entry("work".to_owned()).or_default();
    decision.chosen = vec!["in-memory".to_owned()];
    decision.because = "The team knows it.".to_owned();
    design
}

/// The sizes and themes in which every screen is recorded.
fn record(name: &str, place: &str) {
    let variants = [
        ("80x24", (80, 24), Theme::new(true, true)),
        ("120x40", (120, 40), Theme::new(true, true)),
        ("60x20", (60, 20), Theme::new(true, true)),
        ("ascii", (80, 24), Theme::new(false, false)),
    ];
    for (variant, size, theme) in variants {
        let mut bench = Bench::with(sample(), theme, size);
        bench.script(place);
        let screen = bench.screen();
        if variant == "ascii" {
            assert!(screen.is_ascii(), "{screen}");
        }
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}__{variant}"), screen);
        });
        // Without colours the text is the same: nothing is said by colour alone.
        let mut plain = Bench::with(
            sample(),
            Theme::new(false, *theme.glyphs == archadvisor::tui::theme::UNICODE),
            size,
        );
        plain.script(place);
        assert_eq!(plain.screen(), screen, "{name} {variant}");
    }
}

// The title, what to do next with its keys, the ten steps with their progress, the advice so far.
#[test]
fn home() {
    record("home", "");
}

// Everything but what rests on the advice, which takes longer than all the rest.
#[test]
fn the_first_frame_does_not_wait_for_the_advice() {
    let mut bench = Bench {
        model: Model::new(setup(sample(), Theme::default(), (80, 24))),
        effects: Vec::new(),
    };
    bench.send(Msg::Resized(80, 24));
    let first = bench.screen();
    assert!(!bench.model.is_advised());
    bench.model.advice();
    let second = bench.screen();
    // Nothing moves: what is added was blank.
    for (line, then) in first.lines().zip(second.lines()) {
        let mut cells = line.chars().zip(then.chars());
        assert!(
            cells.all(|(was, is)| was == is || was == ' '),
            "{line}\n{then}"
        );
    }
    assert!(first.contains("Quick start") && first.contains("Advice so far"));
    assert!(
        !first.contains("are open") && second.contains("are open"),
        "{second}"
    );
}

// The question with the why, the answers with their meaning, the first recommendation beside it.
#[test]
fn quick_start() {
    record("quick", "<enter> <backtab>");
}

// The pick of every decision with its certainty, the conflicts, what to answer next.
#[test]
fn quick_result() {
    record("quick_result", "<enter> <tab> <tab> <tab>");
}

// The rail of steps, the guidance, inputs with value and origin, the advisor.
#[test]
fn process() {
    record("process", "p ]");
}

// The same with an open editor: the question, the why, the field with its unit, what the text means.
#[test]
fn process_editing() {
    record("process_editing", "p ] <enter> <backspace> 200M");
}

// An estimate with its derivation: formula, inputs with origin, source.
#[test]
fn estimate() {
    record("estimate", "p ] ] ] ] <enter>");
}

// Decisions with what is taken, and how sure that is.
#[test]
fn process_architecture() {
    record("architecture", "5 ]");
}

// The options with rank, verdict, score and effects; the reckoning of the selected one.
#[test]
fn decision() {
    record("decision", "5 ] <enter>");
}

// The fields of an interface.
#[test]
fn interface() {
    record("interface", "2 <enter> buy <enter>");
}

// Axes and categories at the left, what helps and hurts at the right.
#[test]
fn patterns() {
    record("patterns", "b <right>");
}

// The field, the number of hits, the hits.
#[test]
fn search() {
    record("search", "b / ser");
}

// The field, inputs and decisions with what holds and their step, the question of the selected one.
#[test]
fn find() {
    record("find", "p / o");
}

// What it is, effects by case with reasons, relations, hazards, sources.
#[test]
fn pattern() {
    record("pattern", "b / queue <enter> <enter>");
}

// The conflicts by severity with sign and word; mechanism, evidence and ways out of the selected one.
#[test]
fn conflicts() {
    record("conflicts", "c <enter>");
}

// The document as it will be exported.
#[test]
fn summary() {
    record("summary", "s");
}

// Where the export goes.
#[test]
fn export() {
    record("export", "e");
}

// The keys that mean something here, then the others, then the signs.
#[test]
fn help() {
    record("help", "p ?");
}

// Which version to keep, the safe answer first.
#[test]
fn dialog() {
    let mut bench = Bench::with(sample(), Theme::default(), (80, 24));
    bench.script("x");
    bench.send(archadvisor::tui::Msg::Exported(
        "archadvisor.md".to_owned(),
        archadvisor::tui::Exported::Exists,
    ));
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("dialog__80x24", bench.screen());
    });
}

/// The cell that marks the selected row of the home screen.
fn selected_cell(theme: Theme) -> ratatui::buffer::Cell {
    let bench = Bench::with(sample(), theme, (80, 24));
    let buffer = bench.buffer();
    let y = bench
        .screen()
        .lines()
        .position(|line| line.contains("Quick start"))
        .unwrap() as u16;
    buffer[(2, y)].clone()
}

#[test]
fn the_selection_is_visible_with_and_without_colours() {
    let coloured = selected_cell(Theme::new(true, true));
    assert_eq!(coloured.fg, Color::Cyan);
    assert!(coloured.modifier.contains(Modifier::BOLD));
    let plain = selected_cell(Theme::new(false, true));
    assert_eq!(plain.fg, Color::Reset);
    assert!(plain.modifier.contains(Modifier::REVERSED | Modifier::BOLD));
}

#[test]
fn the_plain_theme_sets_no_colour_anywhere() {
    for place in [
        "",
        "<enter>",
        "p ] <enter> zz",
        "5 ] <enter>",
        "b <right>",
        "c <enter>",
        "s",
        "?",
    ] {
        let mut bench = Bench::with(sample(), Theme::new(false, true), (120, 40));
        bench.script(place);
        let buffer = bench.buffer();
        assert!(
            buffer
                .content
                .iter()
                .all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset),
            "{place}"
        );
    }
}
