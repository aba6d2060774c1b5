//! From a document to a design, reporting what does not fit.

use super::{
    Access, AccessPattern, By, Decision, Design, Entity, FORMAT, Interface, Kind, Level, Review,
    State, Status, Step, Timing, Waiver, is_day, outline,
};
use crate::problem::{self, Gathered, Problem, Severity, printable};
use crate::yaml::{Document, Node, Value};
use std::collections::BTreeMap;

/// Reads a design. See [`Design::from_document`].
pub(super) fn design(doc: &Document) -> (Option<Design>, Vec<Problem>, Access) {
    let mut reading = Reading {
        doc,
        problems: Gathered::default(),
    };
    let root = &doc.root;
    if !matches!(root.value, Value::Mapping(_)) && !root.is_null() {
        reading.wrong(
            root,
            "a design",
            "keys with values, such as `title: My design`",
        );
        return (
            None,
            reading.problems.finish(),
            read_only_because_of_errors(),
        );
    }
    // Older formats are migrated here: each gets an arm that reads it into today's `Design`, and
    // saving then writes today's format.
    match reading.version(root) {
        None | Some(FORMAT) => {
            let design = reading.design(root);
            let mut problems = reading.problems.finish();
            problem::sort(&mut problems);
            let access = if problems.iter().any(Problem::is_error) {
                read_only_because_of_errors()
            } else {
                Access::ReadWrite
            };
            (Some(design), problems, access)
        }
        Some(newer) => {
            let design = reading.design(root);
            let reason = format!(
                "the file has format {newer}, this program knows formats up to {FORMAT}: \
                 it is opened read-only, a newer archadvisor can change it"
            );
            let mut problem = Problem::warning(reason.clone());
            if let Some(version) = root.get("archadvisor") {
                problem = problem.at(doc.place(version.span));
            }
            // What else does not fit is how the formats differ, not a fault of the file.
            (Some(design), vec![problem], Access::ReadOnly { reason })
        }
    }
}

/// Access to a file with errors: saving would drop the values that could not be read.
pub(super) fn read_only_because_of_errors() -> Access {
    Access::ReadOnly {
        reason: "the file has errors: it is opened read-only until they are mended".to_owned(),
    }
}

struct Reading<'a> {
    doc: &'a Document,
    problems: Gathered,
}

impl Reading<'_> {
    /// The format of the file; `None` when it does not say or says it wrongly.
    fn version(&mut self, root: &Node) -> Option<u64> {
        let node = root.get("archadvisor").filter(|node| !node.is_null())?;
        let version = node
            .str()
            .and_then(|text| text.parse().ok())
            .filter(|version| *version >= 1);
        if version.is_none() {
            self.wrong(node, "`archadvisor`", "the format of the file, `1`");
        }
        version
    }

    fn design(&mut self, root: &Node) -> Design {
        self.known_keys(root, outline::SECTIONS);
        let title = root.get("title").filter(|node| !node.is_null());
        if title.is_none() {
            self.problems.add("no title", Severity::Error, || {
                Problem::error("`title` is missing")
                    .at(self.doc.place(root.span))
                    .help("add a line such as `title: My design`")
            });
        }
        let design = Design {
            title: self.text(root, "title"),
            context: self.text(root, "context"),
            functions: self.texts(root, "functions"),
            packs: self.texts(root, "packs"),
            requirements: self.map(root, "requirements", Self::answer),
            priorities: self.map(root, "priorities", Self::priority),
            floors: self.map(root, "floors", Self::floor),
            interfaces: self.list(root, "interfaces", Self::interface),
            entities: self.list(root, "entities", Self::entity),
            decisions: self.map(root, "decisions", Self::decision),
            waivers: self.list(root, "waivers", Self::waiver),
            steps: self.map(root, "steps", Self::step),
            notes: self.text(root, "notes"),
            evaluated: self.text(root, "evaluated"),
        };
        design.normalised()
    }

    fn answer(&mut self, id: &str, node: &Node) -> Option<String> {
        self.scalar(
            node,
            &format!("`{}`", printable(id)),
            "an answer such as `12k` or `true`",
        )
    }

    fn priority(&mut self, axis: &str, node: &Node) -> Option<String> {
        let name = format!("`{}`", printable(axis));
        let expected = "the word for a level or a whole number from 0 to 100";
        let text = self.scalar(node, &name, expected)?;
        let is_word = text.parse::<f64>().is_err();
        if is_word || text.parse::<u8>().is_ok_and(|level| level <= 100) {
            return Some(text);
        }
        self.wrong(node, &name, expected);
        None
    }

    fn floor(&mut self, axis: &str, node: &Node) -> Option<i8> {
        let floor = node.str().and_then(|text| text.parse().ok());
        if let Some(0 | -1) = floor {
            return floor;
        }
        let name = format!("`{}`", printable(axis));
        self.wrong(node, &name, "the lowest effect allowed, `-1` or `0`");
        None
    }

    fn interface(&mut self, node: &Node) -> Option<Interface> {
        self.known_keys(node, outline::INTERFACE);
        self.required(node, "name")?;
        Some(Interface {
            name: self.text(node, "name"),
            caller: self.text(node, "caller"),
            kind: self.word(node, "kind", Kind::from_word, Kind::WORDS),
            style: self.word(node, "style", Timing::from_word, Timing::WORDS),
            share: self.text(node, "share"),
            latency: self.text(node, "latency"),
            idempotent: self.truth(node, "idempotent"),
        })
    }

    fn entity(&mut self, node: &Node) -> Option<Entity> {
        self.known_keys(node, outline::ENTITY);
        self.required(node, "name")?;
        Some(Entity {
            name: self.text(node, "name"),
            relations: self.texts(node, "relations"),
            access: self.list(node, "access", Self::access),
            notes: self.text(node, "notes"),
        })
    }

    fn access(&mut self, node: &Node) -> Option<AccessPattern> {
        self.known_keys(node, outline::ACCESS);
        self.required(node, "by")?;
        let rate = self.text(node, "rate");
        let by = self.word(node, "by", By::from_word, By::WORDS)?;
        Some(AccessPattern { by, rate })
    }

    fn decision(&mut self, id: &str, node: &Node) -> Option<Decision> {
        self.mapping(node, id, outline::DECISION)?;
        let mut review = Review::default();
        if let Some(node) = node.get("review").filter(|node| !node.is_null())
            && self.mapping(node, "review", outline::REVIEW).is_some()
        {
            review = Review {
                when: self.text(node, "when"),
                on: self.day(node, "on"),
            };
        }
        Some(Decision {
            chosen: self.texts(node, "chosen"),
            status: self.word(node, "status", Status::from_word, Status::WORDS),
            because: self.text(node, "because"),
            confidence: self.word(node, "confidence", Level::from_word, Level::WORDS),
            reversibility: self.word(node, "reversibility", Level::from_word, Level::WORDS),
            decided: self.day(node, "decided"),
            review,
        })
    }

    fn waiver(&mut self, node: &Node) -> Option<Waiver> {
        self.known_keys(node, outline::WAIVER);
        self.required(node, "conflict")?;
        Some(Waiver {
            conflict: self.text(node, "conflict"),
            because: self.text(node, "because"),
            by: self.text(node, "by"),
            until: self.day(node, "until"),
        })
    }

    fn step(&mut self, id: &str, node: &Node) -> Option<Step> {
        self.mapping(node, id, outline::STEP)?;
        Some(Step {
            state: self
                .word(node, "state", State::from_word, State::WORDS)
                .unwrap_or_default(),
            because: self.text(node, "because"),
            checked: self.texts(node, "checked"),
        })
    }

    /// Reports a node that is not what is expected there.
    fn wrong(&mut self, node: &Node, name: &str, expected: &str) {
        self.wrong_with_help(node, name, expected, None);
    }

    fn wrong_with_help(&mut self, node: &Node, name: &str, expected: &str, help: Option<String>) {
        self.problems.add("wrong value", Severity::Error, || {
            let found = match &node.value {
                _ if node.is_null() => "empty".to_owned(),
                Value::Sequence(_) => "a list".to_owned(),
                Value::Mapping(_) => "a mapping".to_owned(),
                Value::Null | Value::Scalar { .. } => {
                    let text: String = node.str().unwrap_or_default().chars().take(40).collect();
                    format!("`{}`", printable(&text))
                }
            };
            let mut problem = Problem::error(format!("{name} is {found}, expected {expected}"))
                .at(self.doc.place(node.span));
            problem.help = help;
            problem
        });
    }

    /// Warns of keys that mean nothing here. They are kept, since a person wrote them.
    fn known_keys(&mut self, node: &Node, known: &[&str]) {
        for (key, _) in node.entries() {
            let name = key.str().unwrap_or_default();
            if !known.contains(&name) {
                self.problems.add("unknown key", Severity::Warning, || {
                    let name = problem::shortened(name);
                    let message = format!("unknown key `{name}`, kept but not used");
                    Problem::warning(message)
                        .at(self.doc.place(key.span))
                        .suggest(&name, known)
                });
            }
        }
    }

    fn mapping(&mut self, node: &Node, name: &str, known: &[&str]) -> Option<()> {
        if !matches!(node.value, Value::Mapping(_)) {
            let key = known.first()?;
            let expected = format!("a mapping with keys such as `{key}`");
            let mut meant = match &node.value {
                Value::Scalar { text, .. } => problem::shortened(text),
                _ => "…".to_owned(),
            };
            if *key == "chosen" {
                meant = format!("[{meant}]");
            }
            let help = format!("write `{key}: {meant}` on a line of its own below, indented");
            let name = format!("`{}`", printable(name));
            self.wrong_with_help(node, &name, &expected, Some(help));
            return None;
        }
        self.known_keys(node, known);
        Some(())
    }

    /// Reports an entry of a list that lacks the key it is known by.
    fn required(&mut self, node: &Node, key: &str) -> Option<()> {
        if node.get(key).is_some_and(|value| !value.is_null()) {
            return Some(());
        }
        self.problems.add("missing key", Severity::Error, || {
            Problem::error(format!("`{key}` is missing")).at(self.doc.place(node.span))
        });
        None
    }

    fn scalar(&mut self, node: &Node, name: &str, expected: &str) -> Option<String> {
        let text = node.str();
        if text.is_none() {
            self.wrong(node, name, expected);
        }
        text.map(str::to_owned)
    }

    /// The text of a key; empty when it is not there.
    fn text(&mut self, node: &Node, key: &str) -> String {
        node.get(key)
            .filter(|value| !value.is_null())
            .and_then(|value| self.scalar(value, &format!("`{key}`"), "text"))
            .unwrap_or_default()
    }

    fn day(&mut self, node: &Node, key: &str) -> String {
        let text = self.text(node, key);
        // A key without a day says nothing, and what was meant to end would not.
        let Some(value) = node.get(key) else {
            return text;
        };
        if is_day(&text) {
            return text;
        }
        self.wrong(value, &format!("`{key}`"), "a day such as `2027-03-31`");
        String::new()
    }

    fn truth(&mut self, node: &Node, key: &str) -> Option<bool> {
        let value = node.get(key).filter(|value| !value.is_null())?;
        let truth = value.str().and_then(|text| text.parse().ok());
        if truth.is_none() {
            self.wrong(value, &format!("`{key}`"), "`true` or `false`");
        }
        truth
    }

    fn word<T>(
        &mut self,
        node: &Node,
        key: &str,
        from_word: impl Fn(&str) -> Option<T>,
        words: &[&str],
    ) -> Option<T> {
        let value = node.get(key).filter(|value| !value.is_null())?;
        let text = self.scalar(value, &format!("`{key}`"), "one word")?;
        let choice = from_word(&text);
        if choice.is_none() {
            self.problems.add("unknown word", Severity::Error, || {
                let text = problem::shortened(&text);
                Problem::error(format!("unknown value `{text}` for `{key}`"))
                    .at(self.doc.place(value.span))
                    .suggest(&text, words)
            });
        }
        choice
    }

    fn texts(&mut self, node: &Node, key: &str) -> Vec<String> {
        let name = format!("an entry of `{key}`");
        self.items(node, key)
            .filter_map(|item| self.scalar(item, &name, "text"))
            .collect()
    }

    fn list<T>(
        &mut self,
        node: &Node,
        key: &str,
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Vec<T> {
        let name = format!("an entry of `{key}`");
        self.items(node, key)
            .filter_map(|item| {
                if matches!(item.value, Value::Mapping(_)) {
                    read(self, item)
                } else {
                    self.wrong(item, &name, "keys with values");
                    None
                }
            })
            .collect()
    }

    /// The entries of a list that say something.
    fn items<'n>(&mut self, node: &'n Node, key: &str) -> impl Iterator<Item = &'n Node> + use<'n> {
        let value = node.get(key).filter(|value| !value.is_null());
        if let Some(value) = value
            && !matches!(value.value, Value::Sequence(_))
        {
            self.no_list(value, key);
        }
        value
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter(|item| !item.is_null())
    }

    /// Reports one value where a list of them is expected: `[value]` is what was meant.
    fn no_list(&mut self, node: &Node, key: &str) {
        let name = format!("`{key}`");
        let Some(text) = node.str().filter(|text| is_plain_word(text)) else {
            self.wrong(node, &name, "a list");
            return;
        };
        self.problems.add("wrong value", Severity::Error, || {
            Problem::error(format!("{name} is `{text}`, expected a list"))
                .at(self.doc.place(node.span))
                .help(format!("write `{key}: [{text}]`"))
        });
    }

    fn map<T>(
        &mut self,
        node: &Node,
        key: &str,
        mut read: impl FnMut(&mut Self, &str, &Node) -> Option<T>,
    ) -> BTreeMap<String, T> {
        let Some(value) = node.get(key).filter(|value| !value.is_null()) else {
            return BTreeMap::new();
        };
        if !matches!(value.value, Value::Mapping(_)) {
            self.wrong(value, &format!("`{key}`"), "keys with values");
        }
        value
            .entries()
            .iter()
            .filter(|(_, value)| !value.is_null())
            .filter_map(|(id, value)| {
                let id = id.str().unwrap_or_default();
                read(self, id, value).map(|read| (id.to_owned(), read))
            })
            .collect()
    }
}

/// Whether a text is an id or a word, which stands in a list as it is.
fn is_plain_word(text: &str) -> bool {
    const LONGEST: usize = 40;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !text.is_empty() && text.len() <= LONGEST && text.chars().all(is_plain)
}
