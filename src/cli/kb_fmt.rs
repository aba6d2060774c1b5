//! `archadvisor kb fmt`: knowledge files in the one layout.

use super::Stdout;
use super::kb::count;
use super::output::Text;
use super::style::Role;
use crate::authoring;
use crate::builtin;
use crate::failure::{Failure, Outcome};
use crate::knowledge::SourceFile;
use crate::problem::{Problem, printable};
use crate::store;
use crate::yaml::Limits;
use anyhow::Context as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Folders that are laid out where none is named.
const FOLDERS: [&str; 2] = ["knowledge", "packs"];
/// The most files that a folder may have: more is a folder named by mistake.
const MOST_FILES: usize = 20_000;

/// Lays files out, or lists those that are not.
pub(super) fn run(
    paths: &[PathBuf],
    overlays: &[PathBuf],
    check: bool,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let files = files(paths, overlays)?;
    let base = builtin::knowledge();
    let axes: Vec<&str> = base.axes.ids().collect();
    let mut problems = Vec::new();
    let (mut different, mut refused) = (0, 0);
    for path in &files {
        let shown = path.to_string_lossy().into_owned();
        let file = SourceFile {
            bytes: read(path).with_context(|| format!("cannot read `{}`", printable(&shown)))?,
            path: shown,
        };
        match authoring::format(&file, &axes) {
            Err(found) => {
                refused += 1;
                problems.extend(found);
            }
            Ok(text) if text.as_bytes() == file.bytes => {}
            Ok(text) => {
                different += 1;
                if check {
                    differs(&file, &text, output)?;
                } else {
                    store::write(path, text.as_bytes())?;
                    output.line(&Text::plain(printable(&file.path)))?;
                }
            }
        }
    }
    let all = count(files.len() - refused, "file");
    let sum = match (different, check) {
        (0, _) => format!("{all} in the one layout"),
        (_, true) => format!(
            "{different} of {all} not in the one layout, which `archadvisor kb fmt` gives them"
        ),
        (_, false) => format!("{different} of {all} laid out anew"),
    };
    let role = if check && different > 0 {
        Role::Bad
    } else {
        Role::Plain
    };
    output.line(&Text::new(role, sum))?;
    if !problems.is_empty() {
        return Err(Failure { problems }.into());
    }
    Ok(if check && different > 0 {
        Outcome::No
    } else {
        Outcome::Fine
    })
}

/// Shows the first line of a file that its layout would change.
fn differs(file: &SourceFile, text: &str, output: &mut Stdout) -> anyhow::Result<()> {
    let before = String::from_utf8_lossy(&file.bytes);
    let (mut old, mut new) = (before.lines(), text.lines());
    let mut number = 1;
    let (old, new) = loop {
        match (old.next(), new.next()) {
            (Some(left), Some(right)) if left == right => number += 1,
            pair => break pair,
        }
    };
    output.line(&Text::plain(format!("{}:{number}", printable(&file.path))))?;
    for (sign, role, line) in [("-", Role::Bad, old), ("+", Role::Good, new)] {
        if let Some(line) = line {
            output.line(&Text::new(role, format!("  {sign} {}", printable(line))))?;
        }
    }
    if old.is_none() && new.is_none() {
        output.line(&Text::plain(
            "  its line ends, or what stands before its first line",
        ))?;
    }
    Ok(())
}

/// The bytes of a file, but not of a device, and not many more than can be laid out.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    anyhow::ensure!(fs::metadata(path)?.is_file(), "it is no regular file");
    let mut bytes = Vec::new();
    let most = Limits::default().bytes as u64 + 1;
    fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files that are named, or lie in the folders that are.
fn files(paths: &[PathBuf], overlays: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let chosen: Vec<PathBuf> = match (paths, overlays) {
        ([], []) => (FOLDERS.iter().map(PathBuf::from))
            .filter(|folder| folder.is_dir())
            .collect(),
        ([], overlays) => overlays.to_vec(),
        (paths, _) => paths.to_vec(),
    };
    if chosen.is_empty() {
        let help = "name files or folders: `archadvisor kb fmt our-standards`";
        return Err(
            Failure::with_help("there is no folder `knowledge` or `packs` here", help).into(),
        );
    }
    let mut files = Vec::new();
    for path in chosen {
        let shown = path.to_string_lossy().into_owned();
        let read = || format!("cannot read `{}`", printable(&shown));
        if shown.starts_with("pack:") {
            let problem =
                Problem::error(format!("`{}` is built into the program", printable(&shown)));
            return Err(Failure::from(problem.help("name the files or folders to lay out")).into());
        }
        let before = files.len();
        if fs::metadata(&path).with_context(read)?.is_dir() {
            collect(&path, &mut files).with_context(read)?;
            if files.len() == before {
                let problem =
                    Problem::error(format!("there is no YAML file in `{}`", printable(&shown)));
                return Err(Failure::from(problem).into());
            }
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// The YAML files of a folder. Links are left alone: what they name may lie anywhere.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type()?);
        let is_yaml =
            (path.extension()).is_some_and(|extension| extension == "yaml" || extension == "yml");
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            collect(&path, files)?;
        } else if kind.is_file() && is_yaml {
            anyhow::ensure!(
                files.len() < MOST_FILES,
                "more than {MOST_FILES} YAML files"
            );
            files.push(path);
        }
    }
    Ok(())
}
