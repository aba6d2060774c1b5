//! Compiles `knowledge/` into the compact form that the program embeds; an invalid base does not build.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    missing_docs,
    clippy::pedantic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unnecessary_debug_formatting,
    reason = "modules of the library, of which only loading is used"
)]

#[path = "src/expression/mod.rs"]
mod expression;
#[path = "src/knowledge/mod.rs"]
mod knowledge;
#[path = "src/problem.rs"]
mod problem;
#[path = "src/yaml/mod.rs"]
mod yaml;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=knowledge");
    println!("cargo::rerun-if-changed=packs");
    for source in [
        "src/expression",
        "src/knowledge",
        "src/problem.rs",
        "src/yaml",
    ] {
        println!("cargo::rerun-if-changed={source}");
    }
    let mut paths = Vec::new();
    collect(Path::new("knowledge"), &mut paths)?;
    paths.sort();
    let mut files = Vec::new();
    for path in &paths {
        let shown = path.to_string_lossy().replace('\\', "/");
        files.push(knowledge::SourceFile {
            path: shown,
            bytes: fs::read(path)?,
        });
    }
    let layer = knowledge::Layer {
        name: "builtin".to_owned(),
        files,
    };
    let loaded = knowledge::load(std::slice::from_ref(&layer));
    for problem in &loaded.problems {
        eprintln!("{problem}\n");
    }
    let Some(base) = loaded.base else {
        return Err(format!("knowledge/ has {} problems", loaded.problems.len()).into());
    };
    let mut packs = Vec::new();
    collect(Path::new("packs"), &mut packs)?;
    packs.sort();
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("knowledge.bin"), postcard::to_stdvec(&base)?)?;
    let mut listing = String::new();
    list("FILES", Path::new("knowledge"), &paths, &mut listing)?;
    list("PACKS", Path::new("packs"), &packs, &mut listing)?;
    fs::write(out.join("knowledge_files.rs"), listing)?;
    Ok(())
}

/// Writes a table of files with their texts, by their paths inside a folder.
fn list(
    name: &str,
    folder: &Path,
    paths: &[PathBuf],
    listing: &mut String,
) -> Result<(), Box<dyn std::error::Error>> {
    let root = env::current_dir()?;
    writeln!(listing, "static {name}: &[(&str, &str)] = &[")?;
    for path in paths {
        let inside = path
            .strip_prefix(folder)?
            .to_string_lossy()
            .replace('\\', "/");
        writeln!(
            listing,
            "    ({inside:?}, include_str!({:?})),",
            root.join(path)
        )?;
    }
    listing.push_str("];\n");
    Ok(())
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            paths.push(path);
        }
    }
    Ok(())
}
