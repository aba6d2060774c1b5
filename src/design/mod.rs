//! The design: what a person answered, decided and accepted, as they wrote it.
//!
//! A [`Design`] is a plain value. [`Design::from_document`] reads one from a parsed file and
//! [`text::update`] writes one back, changing only the lines that must change. What the answers
//! mean is the business of the knowledge, not of this module: ids and texts are kept as written.

mod date;
mod differences;
mod inferred;
mod outline;
mod read;
pub mod shape;
mod share;
mod situation;
mod standing;
pub mod text;
mod words;

pub use date::is_day;
pub use differences::{Difference, differences};
pub use inferred::{Denial, denials};
pub use share::share;
pub use situation::{PRACTICES, situation};
pub use standing::{Due, Standing, Superseded, holds_now, standing};
pub use words::{By, Kind, Level, State, Status, Timing};

use crate::problem::{self, Problem};
use crate::yaml::{self, Document, Limits};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The version of the file format that this program writes.
pub const FORMAT: u64 = 1;

/// A design as its file tells it. Empty texts, lists and maps mean that nothing was said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Design {
    /// What the design is called.
    pub title: String,
    /// What the system is for, in prose.
    pub context: String,
    /// Functional requirements, one line each.
    pub functions: Vec<String>,
    /// The sector packs that are laid over the knowledge for this design, by name.
    pub packs: Vec<String>,
    /// Answers by requirement id, as a person wrote them: `12k`, `99.95 %`, `true`.
    pub requirements: BTreeMap<String, String>,
    /// Priorities by axis id: the word for a level, or a whole number from 0 to 100.
    pub priorities: BTreeMap<String, String>,
    /// The lowest effect allowed on an axis, by axis id: -1 or 0.
    pub floors: BTreeMap<String, i8>,
    /// The operations that the system offers.
    pub interfaces: Vec<Interface>,
    /// The things that the system stores.
    pub entities: Vec<Entity>,
    /// What was decided, by decision id.
    pub decisions: BTreeMap<String, Decision>,
    /// Conflicts that were accepted.
    pub waivers: Vec<Waiver>,
    /// How far each step is, by step id.
    pub steps: BTreeMap<String, Step>,
    /// Anything else worth keeping.
    pub notes: String,
    /// The version of the knowledge that the design was last evaluated with.
    pub evaluated: String,
}

/// An operation that the system offers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interface {
    /// What it does, such as `buy ticket`.
    pub name: String,
    /// Who calls it.
    pub caller: String,
    /// Whether it reads or writes.
    pub kind: Option<Kind>,
    /// Whether its caller waits for the outcome.
    pub style: Option<Timing>,
    /// Its share of all requests, as written.
    pub share: String,
    /// The latency it may have, as written.
    pub latency: String,
    /// Whether calling it twice does the same as calling it once.
    pub idempotent: Option<bool>,
}

impl Interface {
    /// Returns the latency as it is shown: a bare number is one of milliseconds.
    pub fn latency_told(&self) -> Cow<'_, str> {
        match self.latency.trim().parse::<f64>() {
            Ok(_) => Cow::Owned(format!("{} ms", self.latency.trim())),
            Err(_) => Cow::Borrowed(&self.latency),
        }
    }
}

/// A thing that the system stores.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entity {
    /// What it is called.
    pub name: String,
    /// How it relates to other entities, one line each.
    pub relations: Vec<String>,
    /// How it is read and written.
    pub access: Vec<AccessPattern>,
    /// Anything else worth keeping.
    pub notes: String,
}

/// One way in which an entity is read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessPattern {
    /// How records are found.
    pub by: By,
    /// How often, as written.
    pub rate: String,
}

/// What was decided on one question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// The ids of the chosen patterns.
    pub chosen: Vec<String>,
    /// Where it stands.
    pub status: Option<Status>,
    /// Why.
    pub because: String,
    /// How sure the deciders are.
    pub confidence: Option<Level>,
    /// How easily it can be taken back.
    pub reversibility: Option<Level>,
    /// The date of the decision, as written.
    pub decided: String,
    /// When to look at it again.
    pub review: Review,
}

/// When to look at a decision again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// The condition that calls for it.
    pub when: String,
    /// The date that calls for it, as written.
    pub on: String,
}

/// A conflict that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiver {
    /// The id of the conflict.
    pub conflict: String,
    /// Why it is accepted.
    pub because: String,
    /// Who accepted it.
    pub by: String,
    /// Until when, a date as written.
    pub until: String,
}

/// How far one step of the process is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// Open, in progress, done or skipped.
    pub state: State,
    /// Why it is in this state; a skipped step needs a reason.
    pub because: String,
    /// The ids of the checklist items that were ticked off.
    pub checked: Vec<String>,
}

/// What may be done with a file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// It may be changed and saved.
    ReadWrite,
    /// It may be looked at only: saving would lose what this program does not understand.
    ReadOnly {
        /// Why, as a sentence for the person.
        reason: String,
    },
}

/// A design file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What could be read of it.
    pub design: Design,
    /// What may be done with it.
    pub access: Access,
}

impl Design {
    /// Reads a design.
    ///
    /// The design is `None` when the document is not a mapping. Values of a wrong type are errors
    /// and left out, and the design is then read-only; unknown keys are warnings. A file in a newer
    /// format is read as far as it is understood and read-only.
    pub fn from_document(doc: &Document) -> (Option<Self>, Vec<Problem>, Access) {
        read::design(doc)
    }

    /// Reads a design from the bytes of a file: [`yaml::parse_bytes`], then
    /// [`Design::from_document`]. Nothing is opened when the text is not YAML.
    pub fn from_bytes(file: &str, bytes: &[u8]) -> (Option<Opened>, Vec<Problem>) {
        let (document, mut problems) = yaml::parse_bytes(file, bytes, &Limits::default());
        let Some(document) = document else {
            return (None, problems);
        };
        let faulty = !problems.is_empty();
        let (design, more, mut access) = Self::from_document(&document);
        problems.extend(more);
        problem::sort(&mut problems);
        if faulty && access == Access::ReadWrite {
            access = read::read_only_because_of_errors();
        }
        let opened = design.map(|design| Opened { design, access });
        (opened, problems)
    }

    /// The same design without decisions, steps and answers that say nothing, as a file has it.
    #[must_use]
    pub fn normalised(mut self) -> Self {
        self.requirements.retain(|_, answer| !answer.is_empty());
        self.priorities.retain(|_, level| !level.is_empty());
        self.decisions
            .retain(|_, decision| *decision != Decision::default());
        self.steps.retain(|_, step| *step != Step::default());
        self
    }
}
