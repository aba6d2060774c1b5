//! The outline of a design: its keys and texts in the order of the file.
//!
//! Saving compares the outline of the file with that of the design, so it need not know what the
//! keys mean.

use super::text::KeyOrder;
use super::{AccessPattern, Decision, Design, Entity, FORMAT, Interface, Step, Waiver};
use std::collections::BTreeMap;

/// Keys of the file in their order.
pub(super) const SECTIONS: &[&str] = &[
    "archadvisor",
    "title",
    "context",
    "functions",
    "packs",
    "requirements",
    "priorities",
    "floors",
    "interfaces",
    "entities",
    "decisions",
    "waivers",
    "steps",
    "notes",
    "evaluated",
];
/// Keys of an interface in their order.
pub(super) const INTERFACE: &[&str] = &[
    "name",
    "caller",
    "kind",
    "style",
    "share",
    "latency",
    "idempotent",
];
/// Keys of an entity in their order.
pub(super) const ENTITY: &[&str] = &["name", "relations", "access", "notes"];
/// Keys of an access pattern in their order.
pub(super) const ACCESS: &[&str] = &["by", "rate"];
/// Keys of a decision in their order.
pub(super) const DECISION: &[&str] = &[
    "chosen",
    "status",
    "because",
    "confidence",
    "reversibility",
    "decided",
    "review",
];
/// Keys of a review in their order.
pub(super) const REVIEW: &[&str] = &["when", "on"];
/// Keys of a waiver in their order.
pub(super) const WAIVER: &[&str] = &["conflict", "because", "by", "until"];
/// Keys of a step in their order.
pub(super) const STEP: &[&str] = &["state", "because", "checked"];

/// A part of a file without its layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outline {
    /// A text, quoted when YAML would read something else than a text.
    Prose(String),
    /// An answer, id or word: written without quotes when that reads back the same.
    Word(String),
    /// A list of ids, kept on one line when it fits.
    Ids(Vec<Self>),
    /// A list, one entry a line.
    List(Vec<Self>),
    /// Keys with values, in the order of new files.
    Map(Vec<(String, Self)>),
}

impl Outline {
    /// What tells an entry of a list from the others: its text, or the value of its first key.
    pub(super) fn identity(&self) -> &str {
        match self {
            Self::Prose(text) | Self::Word(text) => text,
            Self::Map(entries) => entries.first().map_or("", |(_, value)| value.identity()),
            Self::Ids(_) | Self::List(_) => "",
        }
    }

    /// Entries of a map; empty for anything else.
    pub(super) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Entries of a list; empty for anything else.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) | Self::Ids(items) => items,
            _ => &[],
        }
    }

    /// The value of a key of a map.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }
}

/// The outline of a normalised design.
pub(super) fn outline(design: &Design, order: &KeyOrder) -> Outline {
    let mut root = Keys::new();
    root.word("archadvisor", &FORMAT.to_string());
    root.always("title", &design.title);
    root.prose("context", &design.context);
    root.texts("functions", &design.functions);
    root.ids("packs", &design.packs);
    root.map(
        "requirements",
        &design.requirements,
        &order.requirements,
        |text| Outline::Word(text.clone()),
    );
    root.map("priorities", &design.priorities, &order.axes, |text| {
        Outline::Word(text.clone())
    });
    root.map("floors", &design.floors, &order.axes, |effect| {
        Outline::Word(effect.to_string())
    });
    root.list("interfaces", &design.interfaces, interface);
    root.list("entities", &design.entities, entity);
    root.map("decisions", &design.decisions, &order.decisions, decision);
    root.list("waivers", &design.waivers, waiver);
    root.map("steps", &design.steps, &order.steps, step);
    root.prose("notes", &design.notes);
    root.word("evaluated", &design.evaluated);
    root.finish()
}

fn interface(interface: &Interface) -> Outline {
    let mut keys = Keys::new();
    keys.always("name", &interface.name);
    keys.prose("caller", &interface.caller);
    keys.word("kind", interface.kind.map_or("", super::Kind::word));
    keys.word("style", interface.style.map_or("", super::Timing::word));
    keys.word("share", &interface.share);
    keys.word("latency", &interface.latency);
    keys.word(
        "idempotent",
        match interface.idempotent {
            Some(true) => "true",
            Some(false) => "false",
            None => "",
        },
    );
    keys.finish()
}

fn entity(entity: &Entity) -> Outline {
    let mut keys = Keys::new();
    keys.always("name", &entity.name);
    keys.texts("relations", &entity.relations);
    keys.list("access", &entity.access, |access: &AccessPattern| {
        let mut keys = Keys::new();
        keys.word("by", access.by.word());
        keys.word("rate", &access.rate);
        keys.finish()
    });
    keys.prose("notes", &entity.notes);
    keys.finish()
}

fn decision(decision: &Decision) -> Outline {
    let mut keys = Keys::new();
    keys.ids("chosen", &decision.chosen);
    keys.word("status", decision.status.map_or("", super::Status::word));
    keys.prose("because", &decision.because);
    keys.word(
        "confidence",
        decision.confidence.map_or("", super::Level::word),
    );
    keys.word(
        "reversibility",
        decision.reversibility.map_or("", super::Level::word),
    );
    keys.word("decided", &decision.decided);
    let mut review = Keys::new();
    review.prose("when", &decision.review.when);
    review.word("on", &decision.review.on);
    keys.nested("review", review);
    keys.finish()
}

fn waiver(waiver: &Waiver) -> Outline {
    let mut keys = Keys::new();
    keys.always("conflict", &waiver.conflict);
    keys.prose("because", &waiver.because);
    keys.prose("by", &waiver.by);
    keys.word("until", &waiver.until);
    keys.finish()
}

fn step(step: &Step) -> Outline {
    let mut keys = Keys::new();
    if step.state != super::State::default() {
        keys.word("state", step.state.word());
    }
    keys.prose("because", &step.because);
    keys.ids("checked", &step.checked);
    keys.finish()
}

/// Collects the keys of a map, leaving out those with nothing to say.
struct Keys(Vec<(String, Outline)>);

impl Keys {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn finish(self) -> Outline {
        Outline::Map(self.0)
    }

    fn push(&mut self, key: &str, value: Outline) {
        self.0.push((key.to_owned(), value));
    }

    fn always(&mut self, key: &str, text: &str) {
        self.push(key, Outline::Prose(text.to_owned()));
    }

    fn prose(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.always(key, text);
        }
    }

    fn word(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.push(key, Outline::Word(text.to_owned()));
        }
    }

    fn ids(&mut self, key: &str, ids: &[String]) {
        if !ids.is_empty() {
            let ids = ids.iter().cloned().map(Outline::Word).collect();
            self.push(key, Outline::Ids(ids));
        }
    }

    fn texts(&mut self, key: &str, texts: &[String]) {
        self.list(key, texts, |text| Outline::Prose(text.clone()));
    }

    fn list<T>(&mut self, key: &str, items: &[T], outline: impl Fn(&T) -> Outline) {
        if !items.is_empty() {
            self.push(key, Outline::List(items.iter().map(outline).collect()));
        }
    }

    fn nested(&mut self, key: &str, keys: Self) {
        if !keys.0.is_empty() {
            self.push(key, keys.finish());
        }
    }

    fn map<T>(
        &mut self,
        key: &str,
        map: &BTreeMap<String, T>,
        order: &[String],
        outline: impl Fn(&T) -> Outline,
    ) {
        let mut keys = Self::new();
        let listed = order.iter().filter_map(|id| map.get_key_value(id));
        let others = map.iter().filter(|(id, _)| !order.contains(id));
        for (id, value) in listed.chain(others) {
            keys.push(id, outline(value));
        }
        self.nested(key, keys);
    }
}
