//! Parts of the base that are decoded when somebody looks at them.
//!
//! A command that shows one pattern must not pay for three hundred, and no command pays for prose that it does not
//! print: start-up reads ids and leaves the rest encoded.

use super::Text;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};
use std::fmt;
use std::ops::{Deref, DerefMut, Index, IndexMut};
use std::sync::OnceLock;

/// A value that the embedded base keeps as bytes until it is first looked at.
///
/// It is boxed, so that a list of what nobody looks at stays small.
pub struct Lazy<T> {
    encoded: &'static [u8],
    value: OnceLock<Box<T>>,
}

impl<T: Deserialize<'static>> Deref for Lazy<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value.get_or_init(|| Box::new(decode(self.encoded)))
    }
}

impl<T: Deserialize<'static>> DerefMut for Lazy<T> {
    fn deref_mut(&mut self) -> &mut T {
        let value = self
            .value
            .take()
            .unwrap_or_else(|| Box::new(decode(self.encoded)));
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
            encoded: &[],
            value: OnceLock::from(Box::new(value)),
        }
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
        serializer.serialize_bytes(&encoded)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Lazy<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&'de [u8]>::deserialize(deserializer).map(|encoded| Self {
            encoded,
            value: OnceLock::new(),
        })
    }
}

/// What has an id.
pub trait Identified {
    /// Returns the id.
    fn id(&self) -> &Text;
}

/// Entries of one kind. Their ids are known from the start; an entry is decoded when it is first looked at.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(bound(
    serialize = "T: Serialize + Deserialize<'static>",
    deserialize = "'de: 'static"
))]
pub struct List<T> {
    ids: Vec<Text>,
    entries: Vec<Lazy<T>>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            ids: Vec::new(),
            entries: Vec::new(),
        }
    }
}

impl<T> List<T> {
    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns all ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(Text::as_str)
    }

    /// Returns the id of the entry at a place.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn id(&self, index: usize) -> &Text {
        &self.ids[index]
    }

    /// Returns the place of the first entry with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|other| other == id)
    }
}

impl<T: Deserialize<'static>> List<T> {
    /// Returns all entries, in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.entries.iter().map(Deref::deref)
    }

    /// Returns the entry at a place, if there is one.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.entries.get(index).map(Deref::deref)
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
        &self.entries[index]
    }
}

impl<T: Deserialize<'static>> IndexMut<usize> for List<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.entries[index]
    }
}

impl<T: Identified> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let mut list = Self::default();
        for entry in entries {
            list.ids.push(entry.id().clone());
            list.entries.push(Lazy::from(entry));
        }
        list
    }
}

impl<T: PartialEq + Deserialize<'static>> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
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
    use crate::knowledge::PriorityLevel;

    impl Identified for PriorityLevel {
        fn id(&self) -> &Text {
            &self.name
        }
    }

    fn level(level: u8, name: &'static str) -> PriorityLevel {
        PriorityLevel {
            level,
            name: name.into(),
        }
    }

    /// A list as the program finds it: encoded, and there as long as it runs.
    fn embedded() -> List<PriorityLevel> {
        let list: List<_> = [level(1, "minor"), level(2, "normal")]
            .into_iter()
            .collect();
        let encoded = postcard::to_stdvec(&list).unwrap_or_default();
        decode(encoded.leak())
    }

    #[test]
    fn an_entry_is_decoded_when_it_is_looked_at_and_no_sooner() {
        let list = embedded();
        let decoded = |list: &List<PriorityLevel>| -> Vec<bool> {
            list.entries
                .iter()
                .map(|entry| entry.value.get().is_some())
                .collect()
        };
        assert_eq!(list.find("normal"), Some(1));
        assert_eq!((list.len(), list.id(0).as_str()), (2, "minor"));
        assert_eq!(decoded(&list), [false, false]);
        assert_eq!(list[1], level(2, "normal"));
        assert_eq!(decoded(&list), [false, true]);
        assert_eq!(list.get(2), None);
    }

    #[test]
    fn an_entry_can_be_changed_whether_or_not_it_was_looked_at() {
        let mut list = embedded();
        assert_eq!(list[0].level, 1);
        list[0].level = 3;
        list[1].level = 4;
        let levels: Vec<u8> = list.iter().map(|entry| entry.level).collect();
        assert_eq!(levels, [3, 4]);
    }
}
