//! What the parts of the program cost in this process: `cargo bench --bench core`.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench may fail by panicking"
)]

use archadvisor::builtin;
use archadvisor::design::text::{KeyOrder, update as update_text};
use archadvisor::design::{Design, situation};
use archadvisor::knowledge::{self, KnowledgeBase};
use archadvisor::reasoning::{Situation, advise};
use archadvisor::report::markdown;
use archadvisor::tui::{Key, Model, Msg, Setup, Theme, update, view};
use divan::{Bencher, black_box};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::rc::Rc;

const FULL: &str = include_str!("../examples/hospital-records.yaml");

fn main() {
    divan::main();
}

fn full_design() -> Design {
    Design::from_bytes("hospital-records.yaml", FULL.as_bytes())
        .0
        .unwrap()
        .design
}

#[divan::bench]
fn load_embedded_knowledge() -> KnowledgeBase {
    builtin::knowledge()
}

/// What an overlay costs: the whole base is read from YAML and checked again.
#[divan::bench]
fn load_yaml_knowledge(bencher: Bencher) {
    let layers = [builtin::layer()];
    bencher.bench_local(|| knowledge::load(black_box(&layers)));
}

#[divan::bench]
fn read_design() -> Design {
    full_design()
}

/// Ten thousand lines, of which all change places.
#[divan::bench]
fn save_large_design(bencher: Bencher) {
    let line = "  - do a thing # and say so\n";
    let text = format!("title: a\nfunctions:\n{}", line.repeat(10_000));
    let (opened, _) = Design::from_bytes("design.yaml", text.as_bytes());
    let mut design = opened.unwrap().design;
    design.functions.reverse();
    let order = KeyOrder::default();
    bencher.bench_local(|| update_text(black_box(Some(&text)), &design, &order));
}

#[divan::bench]
fn advise_on_empty_design(bencher: Bencher) {
    let base = builtin::knowledge();
    let situation = Situation::default();
    bencher.bench_local(|| advise(black_box(&base), black_box(&situation)));
}

#[divan::bench]
fn advise_on_full_design(bencher: Bencher) {
    let base = builtin::knowledge();
    let (situation, _) = situation(&full_design(), &base, None, None);
    bencher.bench_local(|| advise(black_box(&base), black_box(&situation)));
}

#[divan::bench]
fn export_markdown(bencher: Bencher) {
    let base = builtin::knowledge();
    let design = full_design();
    let advice = advise(&base, &situation(&design, &base, None, None).0);
    bencher.bench_local(|| markdown::document(black_box(&base), &design, &advice));
}

/// A key and the frame that follows, by size of the terminal.
#[divan::bench(args = [(80, 24), (200, 60)])]
fn key_and_frame(bencher: Bencher, size: (u16, u16)) {
    let mut model = Model::new(Setup {
        base: Rc::new(builtin::knowledge()),
        design: full_design(),
        file: "hospital-records.yaml".to_owned(),
        export: "hospital-records.md".to_owned(),
        read_only: None,
        notice: None,
        today: "2026-01-01".to_owned(),
        theme: Theme::default(),
        size,
        browse: false,
        markdown: markdown::document,
        brief: markdown::brief,
        packs: Vec::new,
    });
    update(&mut model, Msg::Key(Key::parse("p").unwrap()));
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    let keys = ["j", "k"].map(|key| Key::parse(key).unwrap());
    let mut pressed = 0_usize;
    bencher.bench_local(|| {
        update(
            &mut model,
            Msg::Key(keys.get(pressed % 2).copied().unwrap()),
        );
        pressed += 1;
        terminal.draw(|frame| view(&model, frame)).unwrap();
    });
}
