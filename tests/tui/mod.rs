//! The terminal interface, without a terminal: messages in, model and screen out.

mod any;
mod screens;
mod updates;

use archadvisor::design::Design;
use archadvisor::knowledge::{KnowledgeBase, Layer, SourceFile, load};
use archadvisor::reasoning::Advice;
use archadvisor::tui::{Effect, Key, Model, Msg, Pack, Saved, Setup, Theme, update, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::rc::Rc;

/// A base small enough to know by heart, so that the screens change only when the interface does.
fn base() -> Rc<KnowledgeBase> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tui/knowledge.yaml");
    let files = std::fs::read_to_string(path)
        .unwrap()
        .split("\n---\n")
        .enumerate()
        .map(|(index, text)| {
            // Patterns and decisions lie in files of their own name.
            let name = text
                .lines()
                .next()
                .and_then(|line| line.split_once(": "))
                .map(|(_, name)| name);
            let path = name.map_or(format!("{index:02}.yaml"), |name| format!("{name}.yaml"));
            SourceFile {
                path,
                bytes: text.as_bytes().to_vec(),
            }
        })
        .collect();
    let loaded = load(&[Layer {
        name: "small".to_owned(),
        files,
    }]);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    Rc::new(
        loaded
            .base
            .unwrap_or_else(|| panic!("{}", problems.join("\n"))),
    )
}

fn markdown(base: &KnowledgeBase, design: &Design, advice: &Advice) -> String {
    let mut text = format!(
        "# {}\n\n{}\n\n## Decisions\n\n",
        design.title, design.context
    );
    for decision in &advice.decisions {
        let names: Vec<&str> = decision
            .taken()
            .iter()
            .map(|id| base.pattern(*id).name.as_str())
            .collect();
        text = format!(
            "{text}- {}: {}\n",
            base.decision(decision.id).name,
            names.join(", ")
        );
    }
    text
}

fn setup(design: Design, theme: Theme, size: (u16, u16)) -> Setup {
    Setup {
        base: base(),
        design,
        file: "archadvisor.yaml".to_owned(),
        export: "archadvisor.md".to_owned(),
        read_only: None,
        notice: None,
        today: "2026-11-22".to_owned(),
        theme,
        size,
        browse: false,
        markdown,
        brief: |_, design, _| format!("# {} in brief\n", design.title),
        packs: || {
            let pack = |name: &str, title: &str| Pack {
                name: name.to_owned(),
                title: title.to_owned(),
            };
            vec![pack("games", "play"), pack("health", "records")]
        },
    }
}

/// The interface under test: a model that is typed at, with every save answered.
struct Bench {
    model: Model,
    effects: Vec<Effect>,
}

impl Bench {
    fn new() -> Self {
        Self::with(Design::default(), Theme::default(), (80, 24))
    }

    fn with(design: Design, theme: Theme, size: (u16, u16)) -> Self {
        let model = Model::new(setup(design, theme, size));
        // As the terminal does after the first frame.
        model.advice();
        Self {
            model,
            effects: Vec::new(),
        }
    }

    fn send(&mut self, message: Msg) {
        for effect in update(&mut self.model, message) {
            if let Effect::Save { revision, .. } = &effect {
                update(&mut self.model, Msg::Saved(*revision, Saved::Done));
            }
            self.effects.push(effect);
        }
    }

    /// Types a script: words separated by spaces, `<enter>` and the like for keys that type nothing.
    fn script(&mut self, script: &str) -> &mut Self {
        for word in script.split_whitespace() {
            let name = word
                .strip_prefix('<')
                .and_then(|rest| rest.strip_suffix('>'));
            match name {
                Some(name) => self.send(Msg::Key(
                    Key::parse(name).unwrap_or_else(|| panic!("no key {name}")),
                )),
                None => word
                    .chars()
                    .for_each(|character| self.send(Msg::Key(Key::char(character)))),
            }
        }
        self
    }

    /// Types a text, spaces and all.
    fn text(&mut self, text: &str) -> &mut Self {
        text.chars()
            .for_each(|character| self.send(Msg::Key(Key::char(character))));
        self
    }

    /// Draws the screen and returns it as text.
    fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let row: String = (0..buffer.area.width)
                .map(|x| buffer[(x, y)].symbol())
                .collect();
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text
    }

    fn buffer(&self) -> ratatui::buffer::Buffer {
        let (width, height) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| view(&self.model, frame)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// Returns whether the screen shows a text.
    fn shows(&self, text: &str) -> bool {
        self.screen().contains(text)
    }
}
