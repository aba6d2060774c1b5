//! The knowledge base in use: the built-in one, or that with overlays.

use super::environment::Environment;
use crate::builtin;
use crate::failure::Failure;
use crate::knowledge::{self, KnowledgeBase, Layer, Loaded, SourceFile};
use crate::problem::{Problem, nearest, printable};
use anyhow::Context as _;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The most files that an overlay may have: more is a folder named by mistake.
const MOST_FILES: usize = 20_000;

/// The knowledge that can be had: the built-in base, what the command line and the environment lay over it, and the
/// sector packs that a design asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shelf<'a> {
    pub(super) folders: &'a [PathBuf],
    pub(super) environment: &'a Environment,
}

impl Shelf<'_> {
    /// Returns the knowledge base for a design that asks for these sector packs.
    pub(super) fn with_packs(self, packs: &[String]) -> anyhow::Result<KnowledgeBase> {
        with_packs(self.folders, packs, self.environment)
    }
}

/// Returns the knowledge base without regard to a design. A command reads one, and the process ends with it: to take it
/// down entry by entry would cost a query more than many of its answers.
pub(super) fn base(
    folders: &[PathBuf],
    environment: &Environment,
) -> anyhow::Result<&'static KnowledgeBase> {
    let base = with_packs(folders, &[], environment)?;
    Ok(Box::leak(Box::new(base)))
}

/// Returns the knowledge base, with the sector packs of a design below the overlays of whoever runs the program. Without
/// any of them, only the embedded form is read.
fn with_packs(
    folders: &[PathBuf],
    packs: &[String],
    environment: &Environment,
) -> anyhow::Result<KnowledgeBase> {
    let asked = overlays(folders, environment);
    let packs = packs
        .iter()
        .map(|name| PathBuf::from(format!("pack:{name}")));
    let mut folders: Vec<PathBuf> = packs.filter(|pack| !asked.contains(pack)).collect();
    folders.extend(asked);
    if folders.is_empty() {
        return Ok(builtin::knowledge());
    }
    let loaded = load(&folders)?;
    match loaded.base {
        Some(base) => Ok(base),
        None => Err(Failure {
            problems: loaded.problems,
        }
        .into()),
    }
}

/// Loads the YAML of the built-in base and of the overlays, with all that is wrong with them.
pub(super) fn load_all(folders: &[PathBuf], environment: &Environment) -> anyhow::Result<Loaded> {
    load(&overlays(folders, environment))
}

fn overlays(folders: &[PathBuf], environment: &Environment) -> Vec<PathBuf> {
    let listed = environment.variable("ARCHADVISOR_KB");
    let mut all: Vec<PathBuf> = Vec::new();
    for path in listed.iter().flat_map(|list| env::split_paths(list)) {
        // The colon of `pack:health` separates folders too.
        if all.last().is_some_and(|last| last.as_os_str() == "pack") {
            all.pop();
            all.push(PathBuf::from(format!("pack:{}", path.to_string_lossy())));
        } else if !path.as_os_str().is_empty() {
            all.push(path);
        }
    }
    all.extend(folders.iter().cloned());
    all
}

/// Returns the sentence that a folder replaces the built-in base, where one does: whoever copied a file too many into an
/// overlay must see it.
pub(super) fn replaced(folders: &[PathBuf], environment: &Environment) -> Option<String> {
    let folders = overlays(folders, environment);
    let folder = folders.get(whole_base(&folders)?)?;
    Some(format!(
        "`{}` replaces the built-in base, for it has a `kb.yaml`; without that file it would be laid over it.",
        printable(&folder.to_string_lossy())
    ))
}

/// The last folder that is a whole base.
fn whole_base(folders: &[PathBuf]) -> Option<usize> {
    folders
        .iter()
        .rposition(|folder| folder.join("kb.yaml").is_file())
}

fn load(folders: &[PathBuf]) -> anyhow::Result<Loaded> {
    // A whole base replaces all before it, which then need not be read.
    let whole_base = whole_base(folders);
    let mut layers = if whole_base.is_some() {
        Vec::new()
    } else {
        vec![builtin::layer()]
    };
    for folder in folders.iter().skip(whole_base.unwrap_or(0)) {
        let shown = folder.to_string_lossy();
        if let Some(name) = shown.strip_prefix("pack:") {
            layers.push(pack(name)?);
            continue;
        }
        let mut files = Vec::new();
        collect(folder, &mut files)
            .with_context(|| format!("cannot read the knowledge in `{shown}`"))?;
        if files.is_empty() {
            let problem =
                Problem::error(format!("there is no YAML file in `{}`", printable(&shown)));
            return Err(Failure::from(
                problem.help("an overlay is a folder with an `overlay.yaml`"),
            )
            .into());
        }
        layers.push(Layer {
            name: shown.into_owned(),
            files,
        });
    }
    Ok(knowledge::load(&layers))
}

fn pack(name: &str) -> anyhow::Result<Layer> {
    builtin::pack(name).ok_or_else(|| {
        let known = builtin::packs();
        let mut problem = Problem::error(format!("there is no pack `{}`", printable(name)));
        problem.help = Some(match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `pack:{near}`?"),
            None => format!("one of: {}", known.join(", ")),
        });
        Failure::from(problem).into()
    })
}

fn collect(folder: &Path, files: &mut Vec<SourceFile>) -> anyhow::Result<()> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    for path in paths {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        // Links to folders are not followed, so that a loop of them ends.
        if fs::symlink_metadata(&path)?.is_dir() {
            collect(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "yml")
            && path.is_file()
        {
            anyhow::ensure!(
                files.len() < MOST_FILES,
                "more than {MOST_FILES} YAML files"
            );
            let shown = path.to_string_lossy().into_owned();
            let bytes = fs::read(&path).with_context(|| format!("`{shown}`"))?;
            files.push(SourceFile { path: shown, bytes });
        }
    }
    Ok(())
}
