//! What a file may hold, told by the types that read it.
//!
//! The formatter takes the order of keys and the form of lists from here, the JSON Schema all the rest. The keys come
//! from the declarations in `raw.rs`, so that neither can drift from what is read.

use serde::de::{self, Deserialize, Visitor};
use std::fmt;

/// What a value may be.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A text.
    Text,
    /// A text that gives a new entry its id.
    NewId,
    /// The id of an entry that exists.
    Id(Names),
    /// A condition over requirements, quantities and choices.
    Condition,
    /// A formula over requirements and quantities.
    Formula,
    /// A text, a number, or true or false.
    Scalar,
    /// The name of a priority level, or its number.
    Level,
    /// A whole number.
    Whole {
        /// The least.
        least: i64,
        /// The greatest.
        most: i64,
    },
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// One of these words.
    Words(&'static [&'static str]),
    /// A list.
    List {
        /// What its items are.
        item: Box<Self>,
        /// Whether it stands in brackets as long as it fits on the line.
        flow: bool,
        /// The fewest items.
        least: usize,
    },
    /// Keys that are names, each with a value of the same shape.
    Map {
        /// What the keys name.
        keys: Option<Names>,
        /// What the values are.
        value: Box<Self>,
    },
    /// Keys that are known, in their order in a file.
    Fields {
        /// The keys.
        fields: Vec<Field>,
        /// Whether they stand in braces as long as they fit on the line.
        flow: bool,
    },
    /// Either of two shapes.
    Either(Box<Self>, Box<Self>),
}

/// A key and what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// Other spellings that are read.
    pub aliases: &'static [&'static str],
    /// What it says, for whoever writes it.
    pub about: String,
    /// Whether an entry without it is refused.
    pub needed: bool,
    /// What its value may be.
    pub shape: Shape,
}

/// Entries that a file names by their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Names {
    /// Quality axes.
    Axes,
    /// Requirements.
    Requirements,
    /// Requirements and quantities.
    Facts,
    /// Groups in which requirements are asked.
    Groups,
    /// Patterns.
    Patterns,
    /// Decisions.
    Decisions,
    /// What a design decides: the decisions, and the practices beside them.
    Decided,
    /// Hazards.
    Hazards,
    /// Sources.
    Sources,
    /// Steps.
    Steps,
    /// Rules over requirements.
    Rules,
    /// Tradeoffs.
    Tradeoffs,
}

/// A kind of knowledge file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileKind {
    /// Its name: the key that tells it.
    pub name: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// What it may hold: its keys, or one list of entries under its name.
    pub shape: Shape,
    /// Whether it is a list of entries, which may stand beside other such lists in one file.
    pub is_list: bool,
}

impl Shape {
    /// A list with an item a line.
    pub(crate) fn list(item: Self) -> Self {
        Self::List {
            item: Box::new(item),
            flow: false,
            least: 0,
        }
    }

    /// The same with each text in it replaced; lists of ids stand in brackets.
    fn with_texts(self, of: &Self) -> Self {
        match self {
            Self::Text => of.clone(),
            Self::List { item, least, .. } => Self::List {
                flow: *item == Self::Text && matches!(of, Self::Id(_)),
                item: Box::new(item.with_texts(of)),
                least,
            },
            Self::Map { keys, value } => Self::Map {
                keys,
                value: Box::new(value.with_texts(of)),
            },
            other => other,
        }
    }

    /// Returns the keys, where they are known.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Fields { fields, .. } => fields,
            Self::Either(_, right) => right.fields(),
            _ => &[],
        }
    }
}

/// What the type of a key does not tell about it.
impl Field {
    /// An entry without it is refused.
    pub(crate) fn needed(self) -> Self {
        Self {
            needed: true,
            ..self
        }
    }

    fn shaped(mut self, change: impl FnOnce(Shape) -> Shape) -> Self {
        self.shape = change(self.shape);
        self
    }

    /// Its texts are ids of entries.
    pub(crate) fn id(self, names: Names) -> Self {
        self.shaped(|shape| shape.with_texts(&Shape::Id(names)))
    }

    /// It gives the entry its id.
    pub(crate) fn new_id(self) -> Self {
        self.shaped(|shape| shape.with_texts(&Shape::NewId))
    }

    /// It is a condition.
    pub(crate) fn condition(self) -> Self {
        self.shaped(|shape| shape.with_texts(&Shape::Condition))
    }

    /// It is a formula.
    pub(crate) fn formula(self) -> Self {
        self.shaped(|shape| shape.with_texts(&Shape::Formula))
    }

    /// It is one of some words.
    pub(crate) fn words(self, words: &'static [&'static str]) -> Self {
        self.shaped(|shape| shape.with_texts(&Shape::Words(words)))
    }

    /// Its keys are names.
    pub(crate) fn keyed(self, names: Names) -> Self {
        self.shaped(|shape| match shape {
            Shape::Map { value, .. } => Shape::Map {
                keys: Some(names),
                value,
            },
            other => other,
        })
    }

    /// Its values are levels of priority.
    pub(crate) fn level(self) -> Self {
        self.shaped(|shape| match shape {
            Shape::Map { keys, .. } => Shape::Map {
                keys,
                value: Box::new(Shape::Level),
            },
            _ => Shape::Level,
        })
    }

    /// It is a whole number within a range.
    pub(crate) fn within(self, least: i64, most: i64) -> Self {
        self.shaped(|_| Shape::Whole { least, most })
    }

    /// It is a list of so many items or more.
    pub(crate) fn at_least(self, least: usize) -> Self {
        self.shaped(|shape| match shape {
            Shape::List { item, flow, .. } => Shape::List { item, flow, least },
            other => other,
        })
    }

    /// It stands in brackets or braces as long as it fits on the line.
    pub(crate) fn flow(self) -> Self {
        self.shaped(|shape| match shape {
            Shape::List { item, least, .. } => Shape::List {
                item,
                flow: true,
                least,
            },
            Shape::Fields { fields, .. } => Shape::Fields { fields, flow: true },
            other => other,
        })
    }
}

/// A type that files are read into.
pub(crate) trait Shaped {
    /// What a file may say for it.
    fn shape() -> Shape;
}

impl Shaped for String {
    fn shape() -> Shape {
        Shape::Text
    }
}

impl Shaped for bool {
    fn shape() -> Shape {
        Shape::Truth
    }
}

impl Shaped for f64 {
    fn shape() -> Shape {
        Shape::Number
    }
}

impl Shaped for serde_yaml::Value {
    fn shape() -> Shape {
        Shape::Scalar
    }
}

impl<T: Shaped> Shaped for Option<T> {
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Shaped> Shaped for Vec<T> {
    fn shape() -> Shape {
        Shape::list(T::shape())
    }
}

impl<T: Shaped> Shaped for std::collections::BTreeMap<String, T> {
    fn shape() -> Shape {
        Shape::Map {
            keys: None,
            value: Box::new(T::shape()),
        }
    }
}

macro_rules! whole {
    ($($kind:ty),*) => {
        $(impl Shaped for $kind {
            fn shape() -> Shape {
                Shape::Whole { least: i64::from(<$kind>::MIN), most: i64::from(<$kind>::MAX) }
            }
        })*
    };
}

whole!(i8, u8, u16, u32);

/// Implements [`Shaped`] for enums of words: their words are those that serde reads.
macro_rules! words {
    ($($kind:ty),* $(,)?) => {
        $(impl $crate::knowledge::shape::Shaped for $kind {
            fn shape() -> $crate::knowledge::shape::Shape {
                $crate::knowledge::shape::Shape::Words($crate::knowledge::shape::names_read::<$kind>())
            }
        })*
    };
}
pub(super) use words;

/// Returns the keys of a struct, or the words of an enum, that serde reads: other spellings included.
pub(super) fn names_read<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut names: &[&str] = &[];
    // The probe always fails: it only listens to what it is asked for.
    let _ = T::deserialize(Probe(&mut names));
    names
}

struct Probe<'a>(&'a mut &'static [&'static str]);

impl Probe<'_> {
    fn hear<T>(self, names: &'static [&'static str]) -> Result<T, Asked> {
        *self.0 = names;
        Err(Asked)
    }
}

#[derive(Debug)]
struct Asked;

impl fmt::Display for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("asked")
    }
}

impl std::error::Error for Asked {}

impl de::Error for Asked {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> de::Deserializer<'de> for Probe<'_> {
    type Error = Asked;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Asked> {
        Err(Asked)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Asked> {
        self.hear(fields)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Asked> {
        self.hear(variants)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}
