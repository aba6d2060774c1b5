//! Which entries have errors, so that what follows from these alone is not told as a fault of its own.

use super::load::MISSING;
use crate::problem::{Place, Problem, nearest};
use crate::yaml::{Document, Node};
use std::collections::BTreeSet;

/// What could not be read as it was meant.
#[derive(Debug, Default)]
pub(super) struct Broken {
    /// Entries with errors, by `kind/id`.
    entries: BTreeSet<String>,
    /// All texts in these, and all words of what could not be read at all: what they may have named.
    named: BTreeSet<String>,
    /// Names that lead nowhere.
    missing: Vec<String>,
    /// Whether some entries could not be read at all.
    unread: bool,
}

/// An entry with its document and the place where it begins.
pub(super) struct Begin<'d> {
    pub(super) entry: String,
    pub(super) document: &'d Document,
    pub(super) node: &'d Node,
    pub(super) place: Place,
}

impl Broken {
    /// Finds the entries in which errors stand; `unread` are the words of files that could not be read.
    pub(super) fn new(
        problems: &[Problem],
        entries: &[Begin<'_>],
        documents: &[&Document],
        unread: &BTreeSet<String>,
    ) -> Self {
        let mut broken = Self {
            named: unread.clone(),
            unread: !unread.is_empty(),
            ..Self::default()
        };
        for problem in problems.iter().filter(|problem| problem.is_error()) {
            if problem.message.starts_with(MISSING) {
                let name = problem.message.split('`').nth(1);
                broken.missing.extend(name.map(str::to_owned));
            }
            let Some(place) = &problem.place else {
                continue;
            };
            if let Some(begin) = inside(entries, place) {
                broken.entries.insert(begin.entry.clone());
                texts(begin.node, &mut broken.named);
            }
            // An entry that could not be read at all is none of these: it may be anything in the file.
            let unread = |document: &&&Document| {
                document.file == place.file
                    && !entries
                        .iter()
                        .any(|begin| std::ptr::eq(begin.document, **document))
            };
            for document in documents.iter().filter(unread) {
                broken.unread = true;
                texts(&document.root, &mut broken.named);
            }
        }
        broken
    }

    /// Whether an entry has an error.
    pub(super) fn has(&self, entry: &str) -> bool {
        self.entries.contains(entry)
    }

    /// Whether an entry of a kind may be there that could not be read as it was meant.
    pub(super) fn may_hide(&self, kind: &str) -> bool {
        let is_kind = |entry: &String| entry.split('/').next() == Some(kind);
        self.unread || self.entries.iter().any(is_kind)
    }

    /// Whether anything has an error.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.named.is_empty()
    }

    /// Whether something that is wrong may have been meant to speak of an id.
    pub(super) fn may_mean(&self, id: &str) -> bool {
        self.named.contains(id)
            || self
                .missing
                .iter()
                .any(|name| nearest(name, [id]).is_some())
    }
}

/// The entry in which a place is.
pub(super) fn inside<'b, 'd>(entries: &'b [Begin<'d>], place: &Place) -> Option<&'b Begin<'d>> {
    let before = |begin: &&Begin<'_>| {
        begin.place.file == place.file
            && (begin.place.line, begin.place.column) <= (place.line, place.column)
    };
    let before = entries.iter().filter(before);
    before.max_by_key(|begin| (begin.place.line, begin.place.column))
}

/// Adds all texts in a part of a file.
fn texts(node: &Node, found: &mut BTreeSet<String>) {
    found.extend(node.str().map(str::to_owned));
    for item in node.items() {
        texts(item, found);
    }
    for (_, value) in node.entries() {
        texts(value, found);
    }
}

/// The words of a text, as ids are written.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
}
