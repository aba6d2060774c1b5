//! Everything that can happen, and everything that must leave the process.

use super::draft::Draft;
use super::key::Key;
use crate::design::Design;
use crate::knowledge::KnowledgeBase;
use std::rc::Rc;

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resized(u16, u16),
    /// The program ended last time before this design was saved.
    Recovered(Box<Design>),
    /// What was being typed when the program ended last time.
    Drafted(Draft),
    /// Something that must be told.
    Told(String),
    /// Another program changed the design's file. Its design, if it can be read.
    Changed(Option<Box<Design>>),
    /// A save ended; the number is the one of its [`Effect::Save`].
    Saved(u64, Saved),
    /// An export ended, to this path.
    Exported(String, Exported),
    /// The knowledge with the packs asked for, and their names; or why it could not be had.
    Consulted(Vec<String>, Result<Knowledge, String>),
    /// A text was handed to the terminal's clipboard, or could not be.
    Copied(Result<(), String>),
}

/// A knowledge base; two are the same when they are one.
#[derive(Debug, Clone)]
pub struct Knowledge(pub Rc<KnowledgeBase>);

impl PartialEq for Knowledge {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// How a save ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Saved {
    /// It is on disk.
    Done,
    /// Another program changed the file; nothing was written. The file's design, if it can be read.
    Changed(Option<Box<Design>>),
    /// It failed, for this reason.
    Failed(String),
}

/// How an export ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// It is on disk.
    Done,
    /// There is a file already; nothing was written.
    Exists,
    /// It failed, for this reason.
    Failed(String),
}

/// What the program around the interface is asked to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Save the design and answer with [`Msg::Saved`].
    Save {
        /// Counts the changes, so that a late answer is not taken for a newer one.
        revision: u64,
        /// What to save.
        design: Box<Design>,
        /// Whether to write even though another program changed the file.
        overwrite: bool,
    },
    /// Write a text to a file and answer with [`Msg::Exported`].
    Export {
        /// Where to, as typed.
        path: String,
        /// What.
        text: String,
        /// Whether to replace a file that is there.
        overwrite: bool,
    },
    /// Keep a journal from here on, asked for once the first frame is shown. Answer with [`Msg::Recovered`] when it holds
    /// what was not saved last time, with [`Msg::Told`] when it cannot be kept.
    Begin,
    /// Answer with [`Msg::Drafted`] when something was being typed as the program ended last time; asked for once what
    /// was not saved is back.
    Resume,
    /// Keep what is being typed where it survives the end of the process; none says that nothing is being typed any more.
    Draft(Option<Draft>),
    /// Look whether another program changed the design's file, and answer with [`Msg::Changed`] if so.
    Look,
    /// Lay these sector packs over the knowledge and answer with [`Msg::Consulted`].
    Consult(Vec<String>),
    /// Hand a text to the terminal's clipboard and answer with [`Msg::Copied`].
    Copy(String),
    /// Leave the screen to the shell until it brings the program back.
    Suspend,
    /// End.
    Quit,
}
