//! Designs written as people write them: comments in odd places, other indentation, brackets,
//! quotes and keys of their own.

use archadvisor::design::text::KeyOrder;
use archadvisor::design::{
    AccessPattern, By, Decision, Design, Entity, Interface, Kind, Level, Review, State, Status,
    Step, Timing, Waiver,
};
use proptest::prelude::*;
use std::fmt::Write as _;

/// Requirement, axis, decision and step ids that the designs draw from.
pub(super) const REQUIREMENTS: [&str; 6] = [
    "dau",
    "peak_rps",
    "read_share",
    "avail_target",
    "money_like",
    "é",
];
pub(super) const AXES: [&str; 3] = ["scalability", "availability", "cost"];
pub(super) const DECISIONS: [&str; 5] = ["api-style", "store", "caching", "decomposition", "own"];
pub(super) const STEPS: [&str; 3] = ["requirements", "api", "storage"];

/// The canonical order of those ids; `own` and `é` are not listed.
pub(super) fn order() -> KeyOrder {
    let list = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
    KeyOrder {
        requirements: list(&REQUIREMENTS[..5]),
        axes: list(&AXES),
        decisions: list(&DECISIONS[..4]),
        steps: list(&STEPS),
    }
}

/// A part of a file before it is laid out.
#[derive(Debug, Clone)]
pub(super) enum Tree {
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

/// What the writer of a file would choose by taste.
pub(super) struct Taste {
    state: u64,
    /// Columns of indentation.
    step: usize,
    /// How often, in percent, a list or mapping is written in brackets.
    brackets: u64,
    /// How often, in percent, a comment, blank line or key of one's own is put in.
    clutter: u64,
    count: usize,
    /// Comment lines and own keys that a save must keep, whatever changes in maps.
    pub(super) keep: Vec<String>,
}

impl Taste {
    pub(super) fn new(seed: u64, brackets: u64, clutter: u64) -> Self {
        let mut taste = Self {
            state: seed ^ 0x9e37_79b9_7f4a_7c15,
            step: 2,
            brackets,
            clutter,
            count: 0,
            keep: Vec::new(),
        };
        taste.step = if taste.chance(30) { 4 } else { 2 };
        taste
    }

    fn next(&mut self) -> u64 {
        // A xorshift generator: any spread will do.
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    fn cluttered(&mut self) -> bool {
        let clutter = self.clutter;
        self.chance(clutter)
    }

    /// The whole file.
    pub(super) fn file(&mut self, tree: &Tree) -> String {
        let mut text = String::new();
        if self.cluttered() {
            text.push_str("# top: 'of' the \"file\"\n");
        }
        if self.chance(10) {
            text.push_str("---\n");
        }
        let Tree::Map(entries) = tree else {
            unreachable!("a design is a map")
        };
        self.map(&mut text, entries, 0, true);
        if self.chance(20) {
            text.truncate(text.trim_end_matches('\n').len());
        }
        text
    }

    /// Clutter before a line; `kept` says that it is outside of list entries.
    fn before(&mut self, text: &mut String, indent: usize, kept: bool) {
        // A blank line after a text that keeps them would change the text.
        if self.cluttered() && !text.ends_with("\n\n") && !text.ends_with(" \n") {
            text.push('\n');
        }
        if self.cluttered() {
            self.count += 1;
            let comment = format!("# note {}: - {{'x", self.count);
            let _ = writeln!(text, "{:indent$}{comment}", "");
            if kept {
                self.keep.push(comment);
            }
        }
    }

    fn trailing(&mut self) -> String {
        if self.chance(10) {
            "  # it's [so]".to_owned()
        } else {
            String::new()
        }
    }

    fn map(&mut self, text: &mut String, entries: &[(String, Tree)], indent: usize, kept: bool) {
        for (index, (key, value)) in entries.iter().enumerate() {
            // The first key of a list entry is already indented by its dash.
            let first_in_item = index == 0 && text.ends_with("- ");
            if !first_in_item {
                self.before(text, indent, kept);
                text.push_str(&" ".repeat(indent));
            }
            let quote = if self.chance(5) { "'" } else { "" };
            let _ = write!(text, "{quote}{key}{quote}:");
            self.value(text, value, indent, kept);
            if !is_by_id(entries) && self.cluttered() {
                self.count += 1;
                let own = format!("x-own-{}: \"k: # {0}\"", self.count);
                let _ = writeln!(text, "{:indent$}{own}", "");
                if kept {
                    self.keep.push(own);
                }
            }
        }
    }

    fn value(&mut self, text: &mut String, value: &Tree, indent: usize, kept: bool) {
        let brackets = self.brackets;
        match value {
            Tree::Text(content) => self.scalar(text, content, indent),
            _ if self.chance(brackets) => {
                let trailing = self.trailing();
                let mut inline = String::new();
                self.flow(&mut inline, value, indent + 1);
                let _ = writeln!(text, " {inline}{trailing}");
            }
            Tree::Map(entries) => {
                let trailing = self.trailing();
                let _ = writeln!(text, "{trailing}");
                let step = self.step;
                self.map(text, entries, indent + step, kept);
                if self.cluttered() {
                    self.before(text, indent + step, kept);
                }
            }
            Tree::List(items) => {
                let trailing = self.trailing();
                let _ = writeln!(text, "{trailing}");
                let indent = if self.chance(30) {
                    indent
                } else {
                    indent + self.step
                };
                for item in items {
                    self.before(text, indent, kept);
                    let _ = write!(text, "{:indent$}-", "");
                    match item {
                        Tree::Map(_) if self.chance(brackets) => {
                            let mut inline = String::new();
                            self.flow(&mut inline, item, indent + 2);
                            let _ = writeln!(text, " {inline}{}", self.trailing());
                        }
                        Tree::Map(entries) => {
                            text.push(' ');
                            self.map(text, entries, indent + 2, false);
                        }
                        Tree::Text(content) => self.scalar(text, content, indent),
                        Tree::List(_) => unreachable!("no lists in lists"),
                    }
                }
            }
        }
    }

    fn flow(&mut self, text: &mut String, value: &Tree, indent: usize) {
        let (open, close) = match value {
            Tree::Map(_) => ('{', '}'),
            Tree::List(_) => ('[', ']'),
            Tree::Text(content) => {
                text.push_str(&plain_or_quoted(content, self.chance(20)));
                return;
            }
        };
        let lines = self.chance(20);
        let gap = |taste: &mut Self, text: &mut String| {
            if lines {
                if taste.chance(30) {
                    text.push_str(" # in brackets");
                }
                let _ = write!(text, "\n{:indent$}", "");
            }
        };
        text.push(open);
        gap(self, text);
        let mut first = true;
        let mut separate = |text: &mut String| {
            if !first {
                text.push_str(", ");
            }
            first = false;
        };
        match value {
            Tree::Map(entries) => {
                for (key, value) in entries {
                    separate(text);
                    gap(self, text);
                    let _ = write!(text, "{key}: ");
                    self.flow(text, value, indent);
                }
            }
            Tree::List(items) => {
                for item in items {
                    separate(text);
                    gap(self, text);
                    self.flow(text, item, indent);
                }
            }
            Tree::Text(_) => {}
        }
        gap(self, text);
        text.push(close);
    }

    fn scalar(&mut self, text: &mut String, content: &str, indent: usize) {
        let trailing = self.trailing();
        let as_block = content.contains('\n') || self.chance(10);
        let fits = !content.trim().is_empty()
            && !content.starts_with([' ', '\n', '\t'])
            && !content.contains(['\r', '\u{1b}', '\u{202e}', '\u{feff}', '\u{85}']);
        if !as_block || !fits {
            let _ = writeln!(
                text,
                " {}{trailing}",
                plain_or_quoted(content, self.chance(20))
            );
            return;
        }
        let (body, chomp) = match content.strip_suffix('\n') {
            Some(body) if body.ends_with('\n') => (body, "+"),
            Some(body) => (body, ""),
            None => (content, "-"),
        };
        let _ = writeln!(text, " |{chomp}{trailing}");
        let indent = indent + self.step;
        for line in body.split('\n') {
            let _ = writeln!(text, "{:indent$}{line}", "");
        }
    }
}

/// Whether the keys of a map are ids, so that a key of one's own would be an id too.
fn is_by_id(entries: &[(String, Tree)]) -> bool {
    let ids = [&REQUIREMENTS[..], &AXES, &DECISIONS, &STEPS].concat();
    entries.iter().all(|(key, _)| ids.contains(&key.as_str()))
}

fn plain_or_quoted(content: &str, quoted: bool) -> String {
    let plain = content.chars().all(|character| {
        character.is_alphanumeric() || matches!(character, ' ' | '_' | '-' | '.' | '%' | '+')
    }) && content.starts_with(char::is_alphanumeric)
        && !content.ends_with(' ')
        && !matches!(content, "null" | "Null" | "NULL");
    if plain && !quoted {
        return content.to_owned();
    }
    // JSON strings are YAML, but for what YAML does not allow unescaped.
    serde_json::to_string(content)
        .expect("a string")
        .replace('\u{7f}', "\\x7f")
        .replace('\u{85}', "\\x85")
        .replace('\u{feff}', "\\ufeff")
}

/// The tree of a design.
pub(super) fn tree(design: &Design) -> Tree {
    let mut root = Map::default();
    root.text("title", &design.title, true);
    root.text("archadvisor", "1", false);
    root.text("notes", &design.notes, false);
    root.text("context", &design.context, false);
    root.list(
        "functions",
        design.functions.iter().map(|text| Tree::Text(text.clone())),
    );
    root.list(
        "packs",
        design.packs.iter().map(|text| Tree::Text(text.clone())),
    );
    root.map(
        "requirements",
        design
            .requirements
            .iter()
            .map(|(id, text)| (id, Tree::Text(text.clone()))),
    );
    root.map(
        "priorities",
        design
            .priorities
            .iter()
            .map(|(id, text)| (id, Tree::Text(text.clone()))),
    );
    root.map(
        "floors",
        design
            .floors
            .iter()
            .map(|(id, floor)| (id, Tree::Text(floor.to_string()))),
    );
    root.list(
        "interfaces",
        design.interfaces.iter().map(|interface| {
            let mut map = Map::default();
            map.text("name", &interface.name, true);
            map.text("caller", &interface.caller, false);
            map.text("kind", interface.kind.map_or("", Kind::word), false);
            map.text("style", interface.style.map_or("", Timing::word), false);
            map.text("share", &interface.share, false);
            map.text("latency", &interface.latency, false);
            // A truth value is a truth value without quotes only, so it is written by hand here.
            map.0.extend(
                interface
                    .idempotent
                    .map(|truth| ("idempotent".to_owned(), Tree::Text(truth.to_string()))),
            );
            Tree::Map(map.0)
        }),
    );
    root.list(
        "entities",
        design.entities.iter().map(|entity| {
            let mut map = Map::default();
            map.text("name", &entity.name, true);
            map.list(
                "relations",
                entity.relations.iter().map(|text| Tree::Text(text.clone())),
            );
            map.list(
                "access",
                entity.access.iter().map(|access| {
                    let mut map = Map::default();
                    map.text("by", access.by.word(), false);
                    map.text("rate", &access.rate, false);
                    Tree::Map(map.0)
                }),
            );
            map.text("notes", &entity.notes, false);
            Tree::Map(map.0)
        }),
    );
    root.map(
        "decisions",
        design.decisions.iter().map(|(id, decision)| {
            let mut map = Map::default();
            map.list(
                "chosen",
                decision.chosen.iter().map(|text| Tree::Text(text.clone())),
            );
            map.text("because", &decision.because, false);
            map.text("status", decision.status.map_or("", Status::word), false);
            map.text(
                "confidence",
                decision.confidence.map_or("", Level::word),
                false,
            );
            map.text(
                "reversibility",
                decision.reversibility.map_or("", Level::word),
                false,
            );
            map.text("decided", &decision.decided, false);
            let mut review = Map::default();
            review.text("when", &decision.review.when, false);
            review.text("on", &decision.review.on, false);
            if !review.0.is_empty() {
                map.0.push(("review".to_owned(), Tree::Map(review.0)));
            }
            (id, Tree::Map(map.0))
        }),
    );
    root.list(
        "waivers",
        design.waivers.iter().map(|waiver| {
            let mut map = Map::default();
            map.text("conflict", &waiver.conflict, true);
            map.text("because", &waiver.because, false);
            map.text("by", &waiver.by, false);
            map.text("until", &waiver.until, false);
            Tree::Map(map.0)
        }),
    );
    root.map(
        "steps",
        design.steps.iter().map(|(id, step)| {
            let mut map = Map::default();
            map.text("state", step.state.word(), false);
            map.text("because", &step.because, false);
            map.list(
                "checked",
                step.checked.iter().map(|text| Tree::Text(text.clone())),
            );
            (id, Tree::Map(map.0))
        }),
    );
    root.text("evaluated", &design.evaluated, false);
    Tree::Map(root.0)
}

#[derive(Default)]
struct Map(Vec<(String, Tree)>);

impl Map {
    fn text(&mut self, key: &str, text: &str, always: bool) {
        if always || !text.is_empty() {
            self.0.push((key.to_owned(), Tree::Text(text.to_owned())));
        }
    }

    fn list(&mut self, key: &str, items: impl Iterator<Item = Tree>) {
        let items: Vec<Tree> = items.collect();
        if !items.is_empty() {
            self.0.push((key.to_owned(), Tree::List(items)));
        }
    }

    fn map<'a>(&mut self, key: &str, entries: impl Iterator<Item = (&'a String, Tree)>) {
        let entries: Vec<(String, Tree)> = entries.map(|(id, tree)| (id.clone(), tree)).collect();
        if !entries.is_empty() {
            self.0.push((key.to_owned(), Tree::Map(entries)));
        }
    }
}

/// Texts that people and pastes produce.
fn prose() -> impl Strategy<Value = String> {
    prop_oneof![
        5 => "[a-z]{1,8}( [a-z0-9]{1,6}){0,3}",
        1 => Just("yes: # no, 'it' is \"so\"".to_owned()),
        1 => Just("- a list? [x] {y} & *z !t | > % @ `".to_owned()),
        1 => Just("two\nlines".to_owned()),
        1 => Just("two\n\n  indented # lines\nand one\n".to_owned()),
        1 => Just("ends in blank lines\n\n\n".to_owned()),
        1 => Just(" leads and trails ".to_owned()),
        1 => Just("\n  first line blank\n".to_owned()),
        1 => Just("trailing spaces  \n  \nin \tit\t\n".to_owned()),
        1 => Just("\u{1b}[31mred\u{202e}\u{feff}\u{85}\r\n".to_owned()),
        1 => Just("日本語 — é 🎟️".to_owned()),
        1 => Just("true".to_owned()),
        1 => Just("null".to_owned()),
        1 => Just("0x1f".to_owned()),
        1 => Just("---".to_owned()),
        1 => Just("...\n--- x\n# y".to_owned()),
        1 => Just("\n\n".to_owned()),
        1 => "[ -~]{1,30}",
        1 => "(\\PC|[\\t\\n ]){1,20}",
    ]
}

fn maybe<T: std::fmt::Debug + Clone>(
    strategy: impl Strategy<Value = T>,
    nothing: T,
) -> impl Strategy<Value = T> {
    prop_oneof![2 => Just(nothing), 1 => strategy]
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("12k".to_owned()),
        Just("1200".to_owned()),
        Just("99.95 %".to_owned()),
        Just("true".to_owned()),
        Just("0.90".to_owned()),
        Just("200 ms".to_owned()),
        Just("2026-11-22".to_owned()),
        Just("eventual".to_owned()),
        Just("1e3".to_owned()),
        Just("~".to_owned()),
    ]
}

fn option<T: std::fmt::Debug + Copy + 'static>(
    all: &'static [T],
) -> impl Strategy<Value = Option<T>> {
    prop_oneof![Just(None), prop::sample::select(all).prop_map(Some)]
}

fn map_of<T: std::fmt::Debug + Clone + 'static>(
    ids: &'static [&'static str],
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = std::collections::BTreeMap<String, T>> {
    let id = prop::sample::select(ids).prop_map(str::to_owned);
    prop::collection::btree_map(id, value, 0..4)
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![
        4 => prop::collection::vec("[a-c](-[a-c]{1,3})?", 0..3),
        1 => Just(vec!["no".to_owned(), "a b, c".to_owned()]),
        1 => prop::collection::vec("[a-z]{20}", 5..6),
    ]
}

prop_compose! {
    fn day()(year in 1970..2100, month in 1..13, day in 1..29) -> String {
        format!("{year:04}-{month:02}-{day:02}")
    }
}

prop_compose! {
    fn decision()(
        chosen in ids(),
        status in option(Status::ALL),
        because in maybe(prose(), String::new()),
        (confidence, reversibility) in (option(Level::ALL), option(Level::ALL)),
        decided in maybe(day(), String::new()),
        when in maybe(prose(), String::new()),
        on in maybe(day(), String::new()),
    ) -> Decision {
        Decision { chosen, status, because, confidence, reversibility, decided, review: Review { when, on } }
    }
}

prop_compose! {
    fn interface()(
        name in prop_oneof![3 => "[a-d]", 1 => prose()],
        caller in maybe(prose(), String::new()),
        kind in option(Kind::ALL),
        style in option(Timing::ALL),
        (share, latency) in (maybe(word(), String::new()), maybe(word(), String::new())),
        idempotent in prop_oneof![Just(None), any::<bool>().prop_map(Some)],
    ) -> Interface {
        Interface { name, caller, kind, style, share, latency, idempotent }
    }
}

prop_compose! {
    fn entity()(
        name in prop_oneof![3 => "[a-d]", 1 => prose()],
        relations in prop::collection::vec(prose(), 0..3),
        access in prop::collection::vec(
            (prop::sample::select(By::ALL), maybe(word(), String::new()))
                .prop_map(|(by, rate)| AccessPattern { by, rate }), 0..3),
        notes in maybe(prose(), String::new()),
    ) -> Entity {
        Entity { name, relations, access, notes }
    }
}

prop_compose! {
    fn waiver()(
        conflict in "[a-c]/[a-c]",
        because in prose(),
        by in maybe(prose(), String::new()),
        until in maybe(day(), String::new()),
    ) -> Waiver {
        Waiver { conflict, because, by, until }
    }
}

prop_compose! {
    fn step()(
        state in prop::sample::select(State::ALL),
        because in maybe(prose(), String::new()),
        checked in ids(),
    ) -> Step {
        Step { state, because, checked }
    }
}

prop_compose! {
    /// Any design.
    pub(super) fn design()(
        title in prose(),
        context in maybe(prose(), String::new()),
        (functions, packs) in (prop::collection::vec(prose(), 0..4), maybe(Just(vec!["health".to_owned()]), Vec::new())),
        requirements in map_of(&REQUIREMENTS, word()),
        (priorities, floors) in (map_of(&AXES, prop_oneof![Just("critical".to_owned()), Just("40".to_owned())]), map_of(&AXES, -1..=0_i8)),
        interfaces in prop::collection::vec(interface(), 0..4),
        entities in prop::collection::vec(entity(), 0..3),
        decisions in map_of(&DECISIONS, decision()),
        waivers in prop::collection::vec(waiver(), 0..3),
        steps in map_of(&STEPS, step()),
        (notes, evaluated) in (maybe(prose(), String::new()), maybe(Just("0.1.0".to_owned()), String::new())),
    ) -> Design {
        Design {
            title, context, functions, packs, requirements, priorities, floors, interfaces, entities,
            decisions, waivers, steps, notes, evaluated,
        }
    }
}

/// A design that differs from another one in some sections.
pub(super) fn edited(before: &Design, other: Design, sections: u16) -> Design {
    let mut after = before.clone();
    let mut bit = 1;
    macro_rules! take {
        ($($field:ident),*) => {
            $(
                if sections & bit != 0 {
                    after.$field = other.$field;
                }
                bit <<= 1;
            )*
        };
    }
    take!(
        title,
        context,
        functions,
        packs,
        requirements,
        priorities,
        floors,
        interfaces,
        entities,
        decisions,
        waivers,
        steps,
        notes,
        evaluated
    );
    after
}
