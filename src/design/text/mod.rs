//! Saving a design into the text of its file, touching only what changed.
//!
//! Comments, blank lines, unknown keys, quotes and the spelling of everything else stay byte for
//! byte as the person left them. New keys go to the place that [`KeyOrder`] gives them, so that
//! changes of different people end up in different lines.

mod align;
mod edits;
mod emit;
mod lists;
mod patch;
mod unflow;

use super::outline::outline;
use super::{Access, Design};
use crate::problem::Problem;
use crate::yaml::{self, Document, Limits};
use patch::Outcome;

/// The order of ids in the sections of a file. Ids that are not listed follow in their own order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyOrder {
    /// Requirement ids.
    pub requirements: Vec<String>,
    /// Axis ids, for priorities and floors.
    pub axes: Vec<String>,
    /// Decision ids.
    pub decisions: Vec<String>,
    /// Step ids.
    pub steps: Vec<String>,
}

/// Why a design cannot be saved into a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpdateError {
    /// The text has errors, so parts of it were never read and would be lost.
    #[error("the file has errors and must be mended first")]
    Broken(Vec<Problem>),
    /// The text may not be changed by this program.
    #[error("{0}")]
    ReadOnly(String),
    /// The new text would not read back as the design. Nothing is lost: the old text stays.
    #[error("the change cannot be written into this file without damage to it")]
    Unfaithful,
}

/// The text of a file that says what `design` says.
///
/// With `old_text`, the text that the design was read from, only what differs is changed;
/// without, a new file is laid out. The result always reads back as exactly the
/// [normalised](Design::normalised) design.
///
/// # Errors
/// See [`UpdateError`].
pub fn update(
    old_text: Option<&str>,
    design: &Design,
    order: &KeyOrder,
) -> Result<String, UpdateError> {
    let design = design.clone().normalised();
    let new = outline(&design, order);
    let Some(old_text) = old_text else {
        return faithful(emit::file(&new), &design);
    };
    let (mark, body) = match old_text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", old_text),
    };
    let (mut document, read) = match blank(body) {
        Some(document) => (document, Design::default()),
        None => readable(body.to_owned())?,
    };
    if read == design {
        return Ok(old_text.to_owned());
    }
    let old = outline(&read, order);
    // Each round writes at least one list or mapping in brackets out, so this ends.
    loop {
        match patch::patch(&document, &old, &new)? {
            Outcome::Patched(text) => return faithful(format!("{mark}{text}"), &design),
            Outcome::WrittenOut(text) => document = readable(text)?.0,
        }
    }
}

/// The document of a text that says nothing yet, perhaps in comments.
fn blank(text: &str) -> Option<Document> {
    let (document, problems) = yaml::parse("the design", text.to_owned(), &Limits::default());
    document.filter(|document| document.root.is_null() && problems.is_empty())
}

/// The document and design of a text that may be changed.
fn readable(text: String) -> Result<(Document, Design), UpdateError> {
    let (document, mut problems) = yaml::parse("the design", text, &Limits::default());
    let Some(document) = document else {
        return Err(UpdateError::Broken(problems));
    };
    let (design, more, access) = Design::from_document(&document);
    problems.extend(more);
    problems.retain(Problem::is_error);
    match (design, access) {
        (Some(design), Access::ReadWrite) if problems.is_empty() => Ok((document, design)),
        (_, Access::ReadOnly { reason }) if problems.is_empty() => {
            Err(UpdateError::ReadOnly(reason))
        }
        _ => Err(UpdateError::Broken(problems)),
    }
}

/// The text, if it reads back as the design.
fn faithful(text: String, design: &Design) -> Result<String, UpdateError> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(&text);
    match readable(body.to_owned()) {
        Ok((_, read)) if read == *design => Ok(text),
        _ => Err(UpdateError::Unfaithful),
    }
}
