//! Whatever happens, in whatever order, at whatever size: nothing panics, and selections stay in range.

use super::{Bench, base, setup};
use archadvisor::design::Design;
use archadvisor::tui::model::{Model, Screen};
use archadvisor::tui::{Exported, Key, Msg, Saved, Theme, rows};
use proptest::prelude::*;

const KEYS: &[&str] = &[
    "enter",
    "esc",
    "tab",
    "backtab",
    "space",
    "backspace",
    "delete",
    "up",
    "down",
    "left",
    "right",
    "pgup",
    "pgdn",
    "home",
    "end",
    "f1",
    "ctrl-r",
    "ctrl-n",
    "ctrl-p",
    "alt-enter",
    "a",
    "b",
    "c",
    "e",
    "f",
    "g",
    "G",
    "h",
    "i",
    "j",
    "k",
    "l",
    "n",
    "N",
    "o",
    "p",
    "Q",
    "r",
    "s",
    "S",
    "t",
    "u",
    "w",
    "x",
    "y",
    "]",
    "[",
    "/",
    "?",
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
];

fn message() -> impl Strategy<Value = Msg> {
    prop_oneof![
        12 => proptest::sample::select(KEYS).prop_map(|name| Msg::Key(Key::parse(name).unwrap())),
        1 => (0_u16..130, 0_u16..50).prop_map(|(columns, rows)| Msg::Resized(columns, rows)),
        1 => "[ -~日é\n\u{1b}]{0,12}".prop_map(Msg::Paste),
        1 => (0_u64..40, any::<bool>()).prop_map(|(revision, whole)| {
            Msg::Saved(revision, if whole { Saved::Changed(Some(Box::default())) } else { Saved::Failed("full".to_owned()) })
        }),
        1 => Just(Msg::Exported("x.md".to_owned(), Exported::Exists)),
    ]
}

fn in_range(model: &Model) {
    assert!(!model.screens.is_empty() && model.screens.len() <= 16);
    assert!(matches!(model.screens[0], Screen::Home { .. }));
    for screen in &model.screens {
        match screen {
            Screen::Home { at } => assert!(*at < rows::home(model).len()),
            Screen::Process(process) => {
                let rows = rows::rows(model, process.step);
                assert!(rows[process.at[process.step]].is_selectable());
            }
            Screen::Quick { at } => assert!(*at <= model.quick_questions().len()),
            Screen::Decision { id, at, .. } => assert!(*at < rows::decision(model, *id).len()),
            Screen::Record { of, at } => assert!(*at < rows::record(model, *of).len()),
            Screen::Conflicts { at, way, .. } => {
                let conflicts = &model.advice().conflicts;
                assert!(*at == 0 || *at < conflicts.len());
                assert!(way.is_none_or(|way| way < conflicts[*at].ways_out.len()));
            }
            Screen::Patterns(browser) => {
                assert!(browser.facet < model.base.axes.len() + rows::categories(model).len());
            }
            Screen::Pattern { id, .. } => assert!(id.index() < model.base.patterns.len()),
            Screen::Summary { .. } => {}
        }
    }
}

proptest! {
    #![proptest_config(crate::random::cases(48))]

    #[test]
    fn nothing_that_happens_breaks_the_interface(messages in proptest::collection::vec(message(), 1..120)) {
        let mut bench = Bench::new();
        for (index, message) in messages.into_iter().enumerate() {
            bench.send(message);
            in_range(&bench.model);
            if index % 6 == 0 {
                bench.screen();
            }
        }
        bench.screen();
    }

    #[test]
    fn undoing_everything_gives_the_design_one_began_with(messages in proptest::collection::vec(message(), 1..60)) {
        let mut bench = Bench::new();
        for message in messages {
            bench.send(message);
        }
        bench.send(Msg::Resized(80, 24));
        for _ in 0..20 {
            bench.script("<esc>");
        }
        for _ in 0..80 {
            bench.script("u");
        }
        prop_assert_eq!(&bench.model.design, &Design::default());
    }
}

/// Every screen at every small size, and at a grid of larger ones.
#[test]
fn every_screen_draws_at_every_size() {
    let places = [
        "",
        "<enter>",
        "<enter> <tab> <tab> <tab> <tab>",
        "p",
        "p ] <enter>",
        "p <tab>",
        "2 <enter> x <enter>",
        "5 ] <enter>",
        "5 ] <enter> <tab>",
        "b",
        "b / q",
        "b l <enter>",
        "c",
        "c <enter>",
        "s",
        "e",
        "?",
        "p / o",
        "p / zz",
        "t long <space> title",
    ];
    for place in places {
        let mut bench = Bench::new();
        bench.script(place);
        let small = (1..=30).flat_map(|width| (1..=13).map(move |height| (width, height)));
        let large = [40, 41, 55, 66, 79, 80, 99, 109, 110, 130, 160, 220]
            .into_iter()
            .flat_map(|width| {
                [12, 13, 16, 19, 20, 24, 43, 44, 60]
                    .into_iter()
                    .map(move |height| (width, height))
            });
        for size in small.step_by(7).chain(large) {
            bench.send(Msg::Resized(size.0, size.1));
            bench.screen();
        }
    }
}

/// A window that is made smaller and larger again shows what it showed before.
#[test]
fn nothing_is_lost_when_the_window_changes_its_size() {
    let places = [
        "",
        "Q <tab> 5",
        "p ] j j",
        "p G",
        "5 ] <enter> j",
        "b l j <enter> <pgdn>",
        "c",
        "c <enter> j",
        "c w half",
        "s <pgdn>",
        "e",
        "t long",
        "p / o",
        "?",
    ];
    for place in places {
        let mut bench = Bench::new();
        bench.send(Msg::Resized(200, 50));
        bench.script(place);
        let before = bench.screen();
        for size in [(60, 20), (80, 24), (30, 8), (200, 50)] {
            bench.send(Msg::Resized(size.0, size.1));
            bench.screen();
        }
        assert_eq!(bench.screen(), before, "{place}");
    }
}

#[test]
fn a_terminal_that_is_too_small_is_told_so_and_can_be_left() {
    let mut model = Model::new(setup(Design::default(), Theme::default(), (31, 9)));
    let mut bench = Bench {
        model,
        effects: Vec::new(),
    };
    assert!(bench.shows("needs 40×12"));
    bench.script("q");
    assert_eq!(bench.effects, [archadvisor::tui::Effect::Quit]);
    model = Model::new(setup(Design::default(), Theme::default(), (40, 12)));
    bench = Bench {
        model,
        effects: Vec::new(),
    };
    assert!(bench.shows("Quick start"));
}

#[test]
fn long_and_wide_texts_keep_the_columns() {
    let mut design = Design {
        title: "日本語のとても長い題名".repeat(9),
        ..Design::default()
    };
    design.functions = vec!["é日".repeat(80), "\u{1b}[31mred".to_owned(), String::new()];
    for size in [(80, 24), (120, 40), (45, 14)] {
        let mut bench = Bench::with(design.clone(), Theme::default(), size);
        for place in ["", "p", "s"] {
            bench.script(place);
            let screen = bench.screen();
            assert!(!screen.contains('\u{1b}'));
        }
    }
    assert_eq!(base().steps.len(), 10);
}
