//! Files: reading them within limits, saving them so that nothing is lost.
//!
//! This is the only module that touches the file system. A design is saved by writing a new file
//! beside the old one and renaming it, so that a reader sees either all of the old text or all of
//! the new one. Every change is first written to a journal in the state folder, so that a process
//! that is killed loses nothing.

mod error;
mod journal;
mod write;

pub use error::StoreError;
pub use write::write;

use journal::Journal;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The name that a design file has when no other is given.
pub const DESIGN_FILE: &str = "archadvisor.yaml";

/// The longest file that is read, in bytes.
pub const LONGEST: usize = 8 * 1024 * 1024;

/// The folder for journals, from the environment variables that `get` knows.
///
/// That is `$ARCHADVISOR_STATE_DIR`, else `archadvisor` in `$XDG_STATE_HOME`, else
/// `~/.local/state/archadvisor`; on Windows `archadvisor` in `%LOCALAPPDATA%`. `None` when none of
/// them is set. Relative folders are ignored, as the XDG specification says.
pub fn state_dir(get: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| {
        get(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    if let Some(chosen) = folder("ARCHADVISOR_STATE_DIR") {
        return Some(chosen);
    }
    let base = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else {
        folder("XDG_STATE_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/state")))
    };
    base.map(|base| base.join("archadvisor"))
}

/// The design file of a folder, which is given as an absolute path: `archadvisor.yaml` there or in
/// the nearest folder above.
pub fn find(folder: &Path) -> Option<PathBuf> {
    folder
        .ancestors()
        .map(|folder| folder.join(DESIGN_FILE))
        .find(|path| path.is_file())
}

/// Reads a file of at most [`LONGEST`] bytes.
///
/// # Errors
/// It is not there, no regular file, too long, or cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => StoreError::NotFound(path.to_owned()),
        io::ErrorKind::IsADirectory => StoreError::Folder(path.to_owned()),
        _ => StoreError::Read(path.to_owned(), source),
    };
    // To open a pipe waits for somebody who writes to it, and a device may never end.
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(StoreError::Folder(path.to_owned()));
    }
    // What the shell has opened already, as for `<(…)`, has somebody at the other end.
    let is_open = ["/dev/stdin", "/dev/fd", "/proc/self/fd"]
        .iter()
        .any(|open| path.starts_with(open));
    if !metadata.is_file() && !is_open {
        return Err(StoreError::Special(path.to_owned()));
    }
    let file = File::open(path).map_err(failed)?;
    if metadata.len() > LONGEST as u64 {
        return Err(StoreError::TooLong(path.to_owned()));
    }
    read_all(file, path)
}

/// Reads standard input, or anything else that has no path, up to [`LONGEST`] bytes. Errors call
/// it `name`.
///
/// # Errors
/// It is too long or cannot be read.
pub fn read_input(input: impl Read, name: &str) -> Result<Vec<u8>, StoreError> {
    read_all(input, Path::new(name))
}

fn read_all(input: impl Read, path: &Path) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    // A file may grow while it is read, and a pipe has no length.
    input
        .take(LONGEST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| StoreError::Read(path.to_owned(), source))?;
    if bytes.len() > LONGEST {
        return Err(StoreError::TooLong(path.to_owned()));
    }
    Ok(bytes)
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Saved {
    /// The file holds the new text.
    Written,
    /// Another program changed the file since it was read or written here; it was left alone.
    /// The new text is safe in the journal.
    Conflict {
        /// What the file holds now.
        theirs: Vec<u8>,
    },
}

/// A text that was changed but not saved when its process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The last text.
    pub text: String,
    /// Whether the file was changed by another program after this text was written down.
    pub file_changed: bool,
}

/// A design file that is being worked on, or the place where it will be.
#[derive(Debug)]
pub struct DesignFile {
    path: PathBuf,
    /// What the file held when it was last read or written here.
    seen: Option<Vec<u8>>,
    /// When the file was last looked at it had this time and length.
    stamp: Option<Stamp>,
    journal: Option<Journal>,
}

/// What tells cheaply that a file may have another content.
type Stamp = (Option<SystemTime>, u64);

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok(), metadata.len()))
}

impl DesignFile {
    /// Opens a design file that is there, or that a first save will create, with what it holds if it
    /// is there. Nothing is written to a journal before [`keep_journal`](Self::keep_journal).
    ///
    /// # Errors
    /// See [`read`]; a file that is not there is none.
    pub fn open(path: &Path) -> Result<(Self, Option<Vec<u8>>), StoreError> {
        let bytes = match read(path) {
            Ok(bytes) => Some(bytes),
            Err(StoreError::NotFound(_)) => None,
            Err(error) => return Err(error),
        };
        let file = Self {
            path: path.to_owned(),
            seen: bytes.clone(),
            stamp: stamp(path),
            journal: None,
        };
        Ok((file, bytes))
    }

    /// Keeps a journal in the folder `state` from here on. Returns a newer text that was never saved,
    /// if there is one; it is offered again at the next start, until something is saved or
    /// [`forget`](Self::forget) is called.
    ///
    /// # Errors
    /// The journal cannot be used. The file can be saved all the same.
    pub fn keep_journal(&mut self, state: &Path) -> Result<Option<Recovered>, StoreError> {
        let (journal, entry) = Journal::open(state, &write::canonical(&self.path))?;
        self.journal = Some(journal);
        let base = journal::digest(self.seen.as_deref());
        let recovered = entry
            .filter(|entry| self.seen.as_deref() != Some(entry.text.as_bytes()))
            .map(|entry| Recovered {
                text: entry.text,
                file_changed: entry.base != base,
            });
        if recovered.is_none() {
            self.forget()?;
        }
        Ok(recovered)
    }

    /// The path as the person named it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a text to the journal. Once this returns, the text survives the end of the process.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn record(&mut self, text: &str) -> Result<(), StoreError> {
        let base = journal::digest(self.seen.as_deref());
        match &mut self.journal {
            Some(journal) => journal.append(text, base),
            None => Ok(()),
        }
    }

    /// What was being typed when the last process that kept this journal ended, or is now.
    pub fn draft(&self) -> Option<&str> {
        let draft = self.journal.as_ref()?.draft();
        (!draft.is_empty()).then_some(draft)
    }

    /// Writes what is being typed to the journal, apart from the texts: it is never taken for one. Empty takes it out.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn record_draft(&mut self, draft: &str) -> Result<(), StoreError> {
        match &mut self.journal {
            Some(journal) => journal.append_draft(draft),
            None => Ok(()),
        }
    }

    /// Saves a text: to the journal, then to the file, unless another program changed the file.
    ///
    /// # Errors
    /// The journal or the file cannot be written. The file then holds what it held before.
    pub fn save(&mut self, text: &str) -> Result<Saved, StoreError> {
        self.record(text)?;
        let reason = write::write_unless(&self.path, text.as_bytes(), || match read(&self.path) {
            Ok(theirs) if theirs == text.as_bytes() => Ok(Some(Saved::Written)),
            Ok(theirs) if Some(&theirs) != self.seen.as_ref() => {
                Ok(Some(Saved::Conflict { theirs }))
            }
            // A file that was removed is made anew: nothing of another program is lost by that.
            Ok(_) | Err(StoreError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        })?;
        let saved = reason.unwrap_or(Saved::Written);
        // Either way the content is known now.
        self.stamp = stamp(&self.path);
        if saved == Saved::Written {
            self.seen = Some(text.as_bytes().to_vec());
            self.forget()?;
        }
        Ok(saved)
    }

    /// Returns what another program wrote into the file since it was last looked at, if it did. Costs next to nothing as
    /// long as nobody did.
    pub fn changed(&mut self) -> Option<Vec<u8>> {
        let now = stamp(&self.path);
        if now.is_none() || now == self.stamp {
            return None;
        }
        self.stamp = now;
        let theirs = read(&self.path).ok()?;
        (Some(&theirs) != self.seen.as_ref()).then_some(theirs)
    }

    /// Returns why the file cannot be saved, when that can be told beforehand.
    pub fn protection(&self) -> Option<StoreError> {
        write::protection(&self.path)
    }

    /// Takes note of another program's version, after the person has seen it: the next save goes
    /// on top of it.
    pub fn accept(&mut self, theirs: Vec<u8>) {
        self.seen = Some(theirs);
    }

    /// Writes a text beside the file, as `NAME.ours.yaml` or, when that is taken, with a number.
    ///
    /// # Errors
    /// No such file can be written.
    pub fn write_beside(&self, text: &str) -> Result<PathBuf, StoreError> {
        write::beside(&self.path, text.as_bytes())
    }

    /// Takes all texts out of the journal: they are saved, or not wanted. What is being typed stays.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn forget(&mut self) -> Result<(), StoreError> {
        match &mut self.journal {
            Some(journal) => journal.clear(),
            None => Ok(()),
        }
    }
}

/// Returns whether two paths lead to one file, through links too, whether or not it is there yet.
pub fn is_same_file(left: &Path, right: &Path) -> bool {
    write::canonical(left) == write::canonical(right)
}
