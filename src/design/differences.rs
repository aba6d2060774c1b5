//! What differs between two versions of a design, key by key.

use super::Design;
use super::outline::{Outline, outline};
use super::text::KeyOrder;

/// A place in the file that the two versions fill differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The keys that lead there: `decisions.store.because`. An entry of a list is called by its name.
    pub place: String,
    /// What the first version says there; `None` where it says nothing.
    pub left: Option<String>,
    /// What the second version says there; `None` where it says nothing.
    pub right: Option<String>,
}

/// Returns what differs between two versions, in the order of the file.
pub fn differences(left: &Design, right: &Design) -> Vec<Difference> {
    let order = KeyOrder::default();
    let outlined = |design: &Design| outline(&design.clone().normalised(), &order);
    let mut found = Vec::new();
    compare(
        "",
        Some(&outlined(left)),
        Some(&outlined(right)),
        &mut found,
    );
    found
}

/// Tells where two parts differ, as far down as both have the same kind of part.
fn compare(
    place: &str,
    left: Option<&Outline>,
    right: Option<&Outline>,
    found: &mut Vec<Difference>,
) {
    if left == right {
        return;
    }
    let parts = |side: Option<&Outline>| side.map_or(Vec::new(), named);
    let (ours, theirs) = (parts(left), parts(right));
    if ours.is_empty() && theirs.is_empty() {
        let text = |side: Option<&Outline>| side.map(told);
        found.push(Difference {
            place: place.to_owned(),
            left: text(left),
            right: text(right),
        });
        return;
    }
    let of = |parts: &[(String, Outline)], name: &str| {
        let part = parts.iter().find(|(other, _)| other == name);
        part.map(|(_, part)| part.clone())
    };
    let only_right = theirs.iter().filter(|(name, _)| of(&ours, name).is_none());
    for (name, _) in ours.iter().chain(only_right) {
        let below = match place {
            "" => name.clone(),
            place => format!("{place}.{name}"),
        };
        let (ours, theirs) = (of(&ours, name), of(&theirs, name));
        compare(&below, ours.as_ref(), theirs.as_ref(), found);
    }
}

/// The parts of a part by name: the keys of a map, the entries of a list that have keys themselves.
fn named(part: &Outline) -> Vec<(String, Outline)> {
    match part {
        Outline::Map(entries) => entries.clone(),
        Outline::List(items) if items.iter().all(|item| !item.entries().is_empty()) => {
            let named = |item: &Outline| (item.identity().to_owned(), item.clone());
            items.iter().map(named).collect()
        }
        _ => Vec::new(),
    }
}

/// A part without parts of its own as one text.
fn told(part: &Outline) -> String {
    match part {
        Outline::Prose(text) | Outline::Word(text) => text.clone(),
        Outline::Ids(items) => joined(items, ", "),
        Outline::List(items) => joined(items, "; "),
        Outline::Map(_) => String::new(),
    }
}

fn joined(items: &[Outline], between: &str) -> String {
    let texts: Vec<&str> = items.iter().map(Outline::identity).collect();
    texts.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Decision, Interface, Status};

    #[test]
    fn every_place_that_differs_is_named_with_both_texts() {
        let mut left = Design::default();
        left.requirements.insert("users".into(), "12k".into());
        let store = Decision {
            chosen: vec!["relational-db".into()],
            because: "mine first".into(),
            ..Decision::default()
        };
        left.decisions.insert("store".into(), store);
        let buy = Interface {
            name: "buy".into(),
            latency: "1 s".into(),
            ..Interface::default()
        };
        left.interfaces.push(buy);
        assert!(differences(&left, &left.clone()).is_empty());

        let mut right = left.clone();
        right.requirements.clear();
        right.functions.push("buy a ticket".into());
        right.interfaces[0].latency = "2 s".into();
        let store = right.decisions.get_mut("store").unwrap();
        store.because = "a long reason".into();
        store.status = Some(Status::Accepted);
        let found = differences(&left, &right);
        let all: Vec<(&str, Option<&str>, Option<&str>)> = (found.iter())
            .map(|it| (it.place.as_str(), it.left.as_deref(), it.right.as_deref()))
            .collect();
        assert_eq!(
            all,
            [
                ("requirements.users", Some("12k"), None),
                ("interfaces.buy.latency", Some("1 s"), Some("2 s")),
                (
                    "decisions.store.because",
                    Some("mine first"),
                    Some("a long reason")
                ),
                ("decisions.store.status", None, Some("accepted")),
                ("functions", None, Some("buy a ticket")),
            ]
        );
    }
}
