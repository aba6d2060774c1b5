//! Parts of the base that are decoded when somebody looks at them.
//!
//! A command that shows one pattern must not pay for three hundred, and no command pays for prose that it does not
//! print: start-up reads ids and leaves the rest encoded. Values of one type lie together, so that the pages of the
//! program with prose stay on disk while the advisor reads numbers and conditions.

use super::Text;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::any::type_name;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, DerefMut, Index, IndexMut};
use std::sync::OnceLock;

/// A value that the embedded base keeps as bytes until it is first looked at.
///
/// It is boxed, so that a list of what nobody looks at stays small.
pub struct Lazy<T> {
    place: Place,
    value: OnceLock<Box<T>>,
}

/// Where the bytes of a value lie in the embedded base. Written at full width, for a place is known only once the lengths
/// of all that holds places are.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Place {
    start: [u8; 4],
    length: [u8; 4],
}

impl Place {
    /// The bytes that the end of an embedded base takes to say where its root lies.
    const SIZE: usize = 8;

    fn new(start: usize, length: usize) -> Self {
        let bytes = |number: usize| (number as u32).to_le_bytes();
        Self {
            start: bytes(start),
            length: bytes(length),
        }
    }

    fn bytes(self) -> &'static [u8] {
        let number = |bytes: [u8; 4]| u32::from_le_bytes(bytes) as usize;
        let (start, length) = (number(self.start), number(self.length));
        let embedded = EMBEDDED.get().copied().unwrap_or_default();
        embedded.get(start..start + length).unwrap_or_default()
    }
}

/// The base that is built into the program: a process has one.
static EMBEDDED: OnceLock<&'static [u8]> = OnceLock::new();

/// Values that are being written, by type.
#[derive(Default)]
struct Sections {
    /// Where the values of a type will start.
    starts: BTreeMap<&'static str, usize>,
    bytes: BTreeMap<&'static str, Vec<u8>>,
}

impl Sections {
    fn add<T>(&mut self, encoded: &[u8]) -> Place {
        let name = type_name::<T>();
        let start = self.starts.get(name).copied().unwrap_or_default();
        let bytes = self.bytes.entry(name).or_default();
        let place = Place::new(start + bytes.len(), encoded.len());
        bytes.extend(encoded);
        place
    }
}

thread_local! {
    static SECTIONS: RefCell<Sections> = RefCell::default();
}

/// Writes a value, and apart from it each value that it keeps lazily, for `embedded`.
///
/// # Errors
/// When the format cannot express the value.
pub fn embed<T: Serialize + Deserialize<'static>>(value: T) -> postcard::Result<Vec<u8>> {
    let value = Lazy::from(value);
    // Twice: the first time tells how much room the values of each type take.
    postcard::to_stdvec(&value)?;
    let mut sections = SECTIONS.take();
    let mut start = 0;
    for (name, bytes) in std::mem::take(&mut sections.bytes) {
        sections.starts.insert(name, start);
        start += bytes.len();
    }
    SECTIONS.set(sections);
    let mut root = postcard::to_stdvec(&value)?;
    let mut written: Vec<u8> = SECTIONS.take().bytes.into_values().flatten().collect();
    written.append(&mut root);
    Ok(written)
}

/// Reads what [`embed`] wrote. All that one process reads so must be the same.
pub(crate) fn embedded<T: Deserialize<'static>>(written: &'static [u8]) -> T {
    let written = EMBEDDED.get_or_init(|| written);
    let (_, root) = written.split_at(written.len().saturating_sub(Place::SIZE));
    decode(decode::<Place>(root).bytes())
}

impl<T: Deserialize<'static>> Deref for Lazy<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value
            .get_or_init(|| Box::new(decode(self.place.bytes())))
    }
}

impl<T: Deserialize<'static>> DerefMut for Lazy<T> {
    fn deref_mut(&mut self) -> &mut T {
        let value = self
            .value
            .take()
            .unwrap_or_else(|| Box::new(decode(self.place.bytes())));
        self.value.get_or_init(|| value);
        self.value
            .get_mut()
            .unwrap_or_else(|| unreachable!("it was put there"))
    }
}

/// Reads what the build wrote.
pub(crate) fn decode<T: Deserialize<'static>>(encoded: &'static [u8]) -> T {
    postcard::from_bytes(encoded)
        .unwrap_or_else(|error| unreachable!("the embedded knowledge is unreadable: {error}"))
}

impl<T> From<T> for Lazy<T> {
    fn from(value: T) -> Self {
        Self {
            place: Place::default(),
            value: OnceLock::from(Box::new(value)),
        }
    }
}

impl<T: Default> Default for Lazy<T> {
    fn default() -> Self {
        Self::from(T::default())
    }
}

impl<'a, T> IntoIterator for &'a Lazy<Vec<T>>
where
    Vec<T>: Deserialize<'static>,
{
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Clone + Deserialize<'static>> Clone for Lazy<T> {
    fn clone(&self) -> Self {
        Self::from(T::clone(self))
    }
}

impl<T: PartialEq + Deserialize<'static>> PartialEq for Lazy<T> {
    fn eq(&self, other: &Self) -> bool {
        T::eq(self, other)
    }
}

impl<T: fmt::Debug + Deserialize<'static>> fmt::Debug for Lazy<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, formatter)
    }
}

impl<T: Serialize + Deserialize<'static>> Serialize for Lazy<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let encoded = postcard::to_stdvec::<T>(self).map_err(S::Error::custom)?;
        let place = SECTIONS.with_borrow_mut(|sections| sections.add::<T>(&encoded));
        place.serialize(serializer)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Lazy<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Place::deserialize(deserializer).map(|place| Self {
            place,
            value: OnceLock::new(),
        })
    }
}

/// What has an id.
pub trait Identified {
    /// Returns the id.
    fn id(&self) -> &Text;
}

/// Entries of one kind. Their ids are known once one is asked for; an entry is decoded when it is first looked at.
#[derive(Serialize, Deserialize)]
#[serde(bound(
    serialize = "T: Serialize + Deserialize<'static>",
    deserialize = "'de: 'static"
))]
pub struct List<T>(Lazy<Entries<T>>);

#[derive(Serialize, Deserialize)]
#[serde(bound(
    serialize = "T: Serialize + Deserialize<'static>",
    deserialize = "'de: 'static"
))]
struct Entries<T> {
    ids: Vec<Text>,
    entries: Vec<Lazy<T>>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::of(Vec::new(), Vec::new())
    }
}

impl<T> List<T> {
    fn of(ids: Vec<Text>, entries: Vec<Lazy<T>>) -> Self {
        Self(Lazy::from(Entries { ids, entries }))
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.0.entries.len()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.entries.is_empty()
    }

    /// Returns all ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.ids.iter().map(Text::as_str)
    }

    /// Returns the id of the entry at a place.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn id(&self, index: usize) -> &Text {
        &self.0.ids[index]
    }

    /// Returns the place of the first entry with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.0.ids.iter().position(|other| other == id)
    }
}

impl<T: Deserialize<'static>> List<T> {
    /// Returns all entries, in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.0.entries.iter().map(Deref::deref)
    }

    /// Returns the entry at a place, if there is one.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.0.entries.get(index).map(Deref::deref)
    }
}

/// Iterates over the entries of a [`List`].
pub type Iter<'a, T> = std::iter::Map<std::slice::Iter<'a, Lazy<T>>, fn(&Lazy<T>) -> &T>;

impl<'a, T: Deserialize<'static>> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Deserialize<'static>> Index<usize> for List<T> {
    type Output = T;
    fn index(&self, index: usize) -> &T {
        &self.0.entries[index]
    }
}

impl<T: Deserialize<'static>> IndexMut<usize> for List<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.0.entries[index]
    }
}

impl<T: Identified> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let pair = |entry: T| (entry.id().clone(), Lazy::from(entry));
        let (ids, entries) = entries.into_iter().map(pair).unzip();
        Self::of(ids, entries)
    }
}

impl<T: PartialEq + Deserialize<'static>> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.entries == other.0.entries
    }
}

impl<T: fmt::Debug + Deserialize<'static>> fmt::Debug for List<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Axis;

    fn decoded(list: &List<Axis>) -> Vec<bool> {
        (list.0.entries.iter())
            .map(|entry| entry.value.get().is_some())
            .collect()
    }

    #[test]
    fn an_entry_is_decoded_when_it_is_looked_at_and_no_sooner() {
        let list = crate::builtin::knowledge().axes;
        assert!(list.0.value.get().is_none());
        let last = list.len() - 1;
        assert_eq!(list.find(list.id(last)), Some(last));
        assert_eq!(decoded(&list), vec![false; list.len()]);
        assert_eq!(list[last].id, *list.id(last));
        let mut expected = vec![false; list.len()];
        expected[last] = true;
        assert_eq!(decoded(&list), expected);
        assert_eq!(list.get(list.len()), None);
    }

    #[test]
    fn an_entry_can_be_changed_whether_or_not_it_was_looked_at() {
        let mut list = crate::builtin::knowledge().axes;
        assert_ne!(list[0].name, "one");
        list[0].name = "one".into();
        list[1].name = "two".into();
        let names: Vec<&str> = list.iter().map(|axis| axis.name.as_str()).collect();
        assert_eq!(names.get(..2), Some(["one", "two"].as_slice()));
        assert_eq!(names.len(), crate::builtin::knowledge().axes.len());
    }
}
