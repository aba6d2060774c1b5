//! What can go wrong with a file, and what to do about it.

use crate::problem::printable;
use std::io;
use std::path::{Path, PathBuf};

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not there.
    #[error("{} does not exist", shown(.0))]
    NotFound(PathBuf),
    /// The path is that of a folder.
    #[error("{} is a folder, not a file", shown(.0))]
    Folder(PathBuf),
    /// The path is that of a pipe, a socket or a device.
    #[error("{} is not a regular file", shown(.0))]
    Special(PathBuf),
    /// The file is longer than [`LONGEST`](super::LONGEST).
    #[error("{} is longer than {} MiB", shown(.0), super::LONGEST / (1024 * 1024))]
    TooLong(PathBuf),
    /// Reading failed.
    #[error("{} cannot be read", shown(.0))]
    Read(PathBuf, #[source] io::Error),
    /// The file is protected against writing.
    #[error("{} is write-protected", shown(.0))]
    Protected(PathBuf),
    /// Writing failed. The file is as it was.
    #[error("{} cannot be written", shown(.0))]
    Write(PathBuf, #[source] io::Error),
    /// The journal cannot be used.
    #[error("the journal {} cannot be used", shown(.0))]
    Journal(PathBuf, #[source] io::Error),
    /// Too many programs work on the same design for each to have a journal.
    #[error("all journals of {} are in use", shown(.0))]
    Busy(PathBuf),
}

impl StoreError {
    /// What the person can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "check the path, or create a design with `archadvisor new`",
            Self::Folder(_) => "name the file in it",
            Self::Special(_) => {
                "name a regular file, or `-` where a command reads standard input: `archadvisor check - < PIPE`"
            }
            Self::TooLong(_) => "check that it is the right file",
            Self::Read(..) => "check the permissions of the file",
            Self::Protected(_) => "remove the protection, or save under another name",
            Self::Write(_, cause) if cause.kind() == io::ErrorKind::NotFound => {
                "create the folder first, or name one that there is"
            }
            Self::Write(..) => {
                "check the permissions and the free space of its folder, or save under another name"
            }
            Self::Journal(..) => {
                "changes are safe only once saved; set ARCHADVISOR_STATE_DIR to a folder that can be written"
            }
            Self::Busy(_) => "close the other programs that have it open",
        }
    }
}

/// A path, safe to print.
fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}
