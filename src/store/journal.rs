//! The journal of a design: its last texts, written down before they are saved.
//!
//! A journal is a file of entries, each a header line with the length of its text, a digest of the
//! text and a digest of the file that the text was to replace, then the text. An entry that was cut
//! off by a crash fails its digest and is ignored: it was never reported as written. An entry that
//! is marked as a draft is no text of the design: it is what was being typed after the text before it.

use super::StoreError;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// The first line of a journal; the path of the design follows it.
const MARK: &str = "archadvisor journal 1: ";
/// Programs that may work on the same design at the same time and each have a journal.
const SLOTS: usize = 8;
/// Length in bytes from which a journal is begun anew with its last entry.
const LONG: u64 = 4 * 1024 * 1024;
/// The longest journal that is read: the longest texts of a long journal and one more.
const LONGEST: u64 = LONG + 4 * super::LONGEST as u64;

/// The word that marks an entry as a draft.
const DRAFT: &str = "draft";

/// A text that was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) text: String,
    /// The digest of the file that it was to replace.
    pub(super) base: u64,
}

/// A journal that no other program writes to.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    /// The path of the design.
    design: String,
    /// The open journal; there is none before the first entry.
    file: Option<File>,
    /// Locked as long as this value lives, so that each program has a journal of its own.
    _lock: File,
    /// Where the next entry goes.
    length: u64,
    /// The last text, to write none twice.
    last: Option<Entry>,
    /// What was being typed after it; empty for nothing.
    draft: String,
}

/// What a journal holds.
#[derive(Debug, Default)]
struct Held {
    last: Option<Entry>,
    draft: String,
    /// The length of the journal up to the end of its last whole entry.
    length: u64,
}

impl Journal {
    /// Opens a journal for a design, with the last text that was not cleared.
    ///
    /// Of the journals that no running program uses, one with an entry is preferred. An unreadable
    /// journal is renamed to `.bad`.
    pub(super) fn open(state: &Path, design: &Path) -> Result<(Self, Option<Entry>), StoreError> {
        let folder = state.join("journal");
        create_private(&folder).map_err(|source| StoreError::Journal(folder.clone(), source))?;
        let name = journal_name(design);
        let design = design.to_string_lossy().replace(['\n', '\r'], " ");
        let mut chosen = None;
        for slot in 1..=SLOTS {
            let path = folder.join(format!("{name}-{slot}.journal"));
            // Once there is a free one, only those with something in them are of interest.
            if chosen.is_some() && !path.exists() {
                continue;
            }
            let failed = |source| StoreError::Journal(path.clone(), source);
            let Some(lock) = lock(&path.with_extension("lock")).map_err(failed)? else {
                continue;
            };
            let found = read_entries(&path, &design).map_err(failed)?;
            let has_entry = found.is_some();
            if has_entry || chosen.is_none() {
                chosen = Some((path, lock, found));
            }
            if has_entry {
                break;
            }
        }
        let Some((path, lock, found)) = chosen else {
            return Err(StoreError::Busy(PathBuf::from(design)));
        };
        let mut journal = Self {
            path,
            design,
            file: None,
            _lock: lock,
            length: 0,
            last: None,
            draft: String::new(),
        };
        let Some(held) = found else {
            return Ok((journal, None));
        };
        // What was cut off after the entry goes, so that entries can follow.
        let file = open_private(&journal.path)
            .and_then(|file| file.set_len(held.length).map(|()| file))
            .map_err(|source| journal.failed(source))?;
        journal.file = Some(file);
        journal.length = held.length;
        journal.last.clone_from(&held.last);
        journal.draft = held.draft;
        Ok((journal, held.last))
    }

    /// Writes a text durably, unless it is the last one already. It ends the draft that was there.
    pub(super) fn append(&mut self, text: &str, base: u64) -> Result<(), StoreError> {
        if self.last.as_ref().is_some_and(|last| last.text == text) {
            return Ok(());
        }
        self.last = None;
        self.draft.clear();
        self.push(&[], &entry_bytes(text, base, false))?;
        let text = text.to_owned();
        self.last = Some(Entry { text, base });
        Ok(())
    }

    /// What was being typed; empty for nothing.
    pub(super) fn draft(&self) -> &str {
        &self.draft
    }

    /// Writes down what is being typed, unless it is there already; empty takes it out.
    pub(super) fn append_draft(&mut self, draft: &str) -> Result<(), StoreError> {
        if self.draft == draft {
            return Ok(());
        }
        self.draft.clear();
        let Some(last) = &self.last else {
            return if draft.is_empty() {
                self.clear()
            } else {
                self.push_draft(&[], draft)
            };
        };
        let last = entry_bytes(&last.text, last.base, false);
        self.push_draft(&last, draft)
    }

    fn push_draft(&mut self, kept: &[u8], draft: &str) -> Result<(), StoreError> {
        self.push(kept, &entry_bytes(draft, 0, true))?;
        draft.clone_into(&mut self.draft);
        Ok(())
    }

    /// Takes all texts out; what is being typed stays. After a crash of the whole system they may be
    /// back, which does no harm: they are saved.
    pub(super) fn clear(&mut self) -> Result<(), StoreError> {
        let length = header(&self.design).len() as u64;
        self.last = None;
        let Some(file) = &self.file else {
            return Ok(());
        };
        file.set_len(length).map_err(|source| self.failed(source))?;
        self.length = length;
        let draft = std::mem::take(&mut self.draft);
        self.append_draft(&draft)
    }

    /// Writes an entry at the end. A journal that has become long is begun anew with it and what is to be kept.
    fn push(&mut self, kept: &[u8], entry: &[u8]) -> Result<(), StoreError> {
        match &mut self.file {
            Some(file) if self.length <= LONG => {
                // Not forced to the disk: it has to outlive this process, and the design's own file is forced.
                let written = file
                    .seek(SeekFrom::Start(self.length))
                    .and_then(|_| file.write_all(entry));
                written.map_err(|source| self.failed(source))?;
                self.length += entry.len() as u64;
                Ok(())
            }
            _ => self.restart(&[kept, entry].concat()),
        }
    }

    /// Begins the journal anew with these entries, in a new file that takes the place of the old one.
    fn restart(&mut self, entries: &[u8]) -> Result<(), StoreError> {
        let mut bytes = header(&self.design).into_bytes();
        bytes.extend_from_slice(entries);
        super::write(&self.path, &bytes)?;
        let file = open_private(&self.path).map_err(|source| self.failed(source))?;
        self.file = Some(file);
        self.length = bytes.len() as u64;
        Ok(())
    }

    fn failed(&self, source: io::Error) -> StoreError {
        StoreError::Journal(self.path.clone(), source)
    }
}

/// A number that tells the content of files apart: 64-bit FNV-1a. A file that is not there differs
/// from an empty one.
pub(super) fn digest(bytes: Option<&[u8]>) -> u64 {
    let Some(bytes) = bytes else { return 0 };
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |digest, byte| {
        (digest ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A file name for the journals of a design that a person can make sense of.
fn journal_name(design: &Path) -> String {
    let stem = design.file_stem().unwrap_or_default().to_string_lossy();
    let stem: String = stem
        .chars()
        .map(|character| match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' => character,
            _ => '-',
        })
        .take(40)
        .collect();
    let path = design.as_os_str().as_encoded_bytes();
    format!("{stem}-{:016x}", digest(Some(path)))
}

fn header(design: &str) -> String {
    format!("{MARK}{design}\n")
}

fn entry_bytes(text: &str, base: u64, is_draft: bool) -> Vec<u8> {
    let digest = digest(Some(text.as_bytes()));
    let mark = if is_draft {
        format!(" {DRAFT}")
    } else {
        String::new()
    };
    let mut bytes = format!("{} {digest:016x} {base:016x}{mark}\n", text.len()).into_bytes();
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(b'\n');
    bytes
}

/// What a journal holds, if it holds anything. A journal that cannot be read is renamed to `.bad`.
fn read_entries(path: &Path, design: &str) -> io::Result<Option<Held>> {
    let mut bytes = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(LONGEST).read_to_end(&mut bytes)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let header = header(design);
    if bytes.is_empty() || bytes == header.as_bytes() {
        return Ok(None);
    }
    let mut held = Held::default();
    let mut rest = bytes.strip_prefix(header.as_bytes()).unwrap_or_default();
    while let Some((entry, is_draft, after)) = next_entry(rest) {
        if is_draft {
            held.draft = entry.text;
        } else {
            held.last = Some(entry);
            held.draft.clear();
        }
        held.length = (bytes.len() - after.len()) as u64;
        rest = after;
    }
    if held.length == 0 {
        fs::rename(path, path.with_extension("bad"))?;
        return Ok(None);
    }
    Ok(Some(held))
}

/// The entry that bytes begin with, whether it is a draft, and what comes after it.
fn next_entry(bytes: &[u8]) -> Option<(Entry, bool, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let mut parts = head.split(' ');
    let length: usize = parts.next()?.parse().ok()?;
    let expected = u64::from_str_radix(parts.next()?, 16).ok()?;
    let base = u64::from_str_radix(parts.next()?, 16).ok()?;
    let is_draft = parts.next() == Some(DRAFT);
    let start = end + 1;
    let text = bytes.get(start..start.checked_add(length)?)?;
    let after = bytes.get(start + length..)?.strip_prefix(b"\n")?;
    if digest(Some(text)) != expected {
        return None;
    }
    let text = String::from_utf8(text.to_vec()).ok()?;
    Some((Entry { text, base }, is_draft, after))
}

/// Locks a file; `None` when another program has it locked.
fn lock(path: &Path) -> io::Result<Option<File>> {
    let file = open_private(path)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(None),
        // Where files cannot be locked, two programs may share a journal; that is better than none.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(file)),
    }
}

/// Creates a folder that only its owner can look into: designs may be confidential.
fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}
