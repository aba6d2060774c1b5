//! Writing files so that they are never seen half written.

use super::StoreError;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Links followed at most from a path to its file.
const MOST_LINKS: usize = 40;

/// Gives a file another content at once: a reader sees the old content or the new one.
///
/// The content is on the disk when this returns. Permissions and, where possible, owners stay; a
/// symbolic link stays and the file it names is changed. What is no regular file, such as
/// `/dev/stdout`, is simply written to.
///
/// # Errors
/// The file is protected or cannot be written; it then has the content it had.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write_unless(path, bytes, || Ok(None::<()>)).map(|_| ())
}

/// Does what [`write()`] does, unless `stop` has a reason not to, which is asked for at the last
/// moment and returned.
pub(super) fn write_unless<T>(
    path: &Path,
    bytes: &[u8],
    stop: impl FnOnce() -> Result<Option<T>, StoreError>,
) -> Result<Option<T>, StoreError> {
    let failed = |source| StoreError::Write(path.to_owned(), source);
    let target = followed(path).map_err(failed)?;
    let before = match fs::metadata(&target) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if let Some(before) = &before {
        if before.is_dir() {
            return Err(StoreError::Folder(path.to_owned()));
        }
        if before.permissions().readonly() {
            return Err(StoreError::Protected(path.to_owned()));
        }
        if !before.is_file() {
            let device = OpenOptions::new().write(true).open(&target);
            let written = device.and_then(|mut device| device.write_all(bytes));
            return written.map(|()| None).map_err(failed);
        }
    }
    let folder = folder_of(&target);
    let mut file = new_file(&folder).map_err(|error| failed(without_path(&error)))?;
    file.write_all(bytes).map_err(failed)?;
    if let Some(before) = before {
        take_over(file.as_file(), &before).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    if let Some(reason) = stop()? {
        return Ok(Some(reason));
    }
    file.persist(&target).map_err(|error| failed(error.error))?;
    sync_folder(&folder);
    Ok(None)
}

/// Why a file that is there must not be written.
pub(super) fn protection(path: &Path) -> Option<StoreError> {
    let metadata = fs::metadata(followed(path).ok()?).ok()?;
    (metadata.permissions().readonly()).then(|| StoreError::Protected(path.to_owned()))
}

/// Writes `NAME.ours.EXT` beside a file, or `NAME.ours-2.EXT` and so on when that is taken.
pub(super) fn beside(path: &Path, bytes: &[u8]) -> Result<PathBuf, StoreError> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path
        .extension()
        .unwrap_or("yaml".as_ref())
        .to_string_lossy();
    let mut number = 1;
    loop {
        let mark = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let other = path.with_file_name(format!("{stem}.ours{mark}.{extension}"));
        let failed = |source| StoreError::Write(other.clone(), source);
        match create_private(&other) {
            Ok(mut file) => {
                // Whoever may not read the design may not read its copy; a copy of what is not there is a new file.
                let permissions = match fs::metadata(path) {
                    Ok(before) => before.permissions(),
                    Err(_) => new_file(&folder_of(&other))
                        .and_then(|new| new.as_file().metadata())
                        .map_err(|error| failed(without_path(&error)))?
                        .permissions(),
                };
                file.set_permissions(permissions).map_err(failed)?;
                file.write_all(bytes).map_err(failed)?;
                file.sync_all().map_err(failed)?;
                sync_folder(&folder_of(&other));
                return Ok(other);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(failed(error)),
        }
    }
}

/// Creates a file that nobody else can read before it has its permissions.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// The one path of a file by which it is known, whether or not it is there.
pub(super) fn canonical(path: &Path) -> PathBuf {
    let target = followed(path).unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().unwrap_or_default().to_owned();
    match fs::canonicalize(folder_of(&target)) {
        Ok(folder) => folder.join(name),
        Err(_) => std::path::absolute(&target).unwrap_or(target),
    }
}

/// The file that a path means after all symbolic links, even when it is not there yet.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => {
                let link = fs::read_link(&path)?;
                path = folder_of(&path).join(link);
            }
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A temporary file in a folder, with the permissions of a new file there.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".archadvisor-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The umask takes away what it takes away from any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// The same error without the name of the temporary file, which says nothing to a person.
fn without_path(error: &io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::NotFound {
        return io::Error::new(io::ErrorKind::NotFound, "its folder does not exist");
    }
    io::Error::from(error.kind())
}

/// Gives a new file the permissions of the one it replaces.
fn take_over(file: &File, before: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let now = file.metadata()?;
        if (now.uid(), now.gid()) != (before.uid(), before.gid()) {
            // Only the superuser may give files away; the content matters more than the owner.
            let _ = fchown(file, Some(before.uid()), Some(before.gid()));
        }
    }
    file.set_permissions(before.permissions())
}

/// Makes a renamed or created name durable. Not every file system can, and none loses the content
/// by not doing it, so failure is no error.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}
