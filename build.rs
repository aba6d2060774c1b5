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
    fs::write(out.join("knowledge.bin"), knowledge::embed(base)?)?;
    fs::write(
        out.join("files.bin"),
        texts(Path::new("knowledge"), &paths)?,
    )?;
    fs::write(out.join("packs.bin"), texts(Path::new("packs"), &packs)?)?;
    fs::write(out.join("titles.bin"), titles(&packs)?)?;
    Ok(())
}

/// Files with their texts, by their paths inside a folder.
fn texts(folder: &Path, paths: &[PathBuf]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut files: Vec<(String, String)> = Vec::new();
    for path in paths {
        let inside = path.strip_prefix(folder)?.to_string_lossy();
        files.push((inside.replace('\\', "/"), fs::read_to_string(path)?));
    }
    Ok(postcard::to_stdvec(&files)?)
}

/// The packs with what each is for, in its own words: the interface lists them before it draws anything.
fn titles(packs: &[PathBuf]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut titles: Vec<(String, String)> = Vec::new();
    for path in packs.iter().filter(|path| path.ends_with("overlay.yaml")) {
        let shown = path.to_string_lossy();
        let text = fs::read_to_string(path)?;
        let (document, _) = yaml::parse(&shown, text, &yaml::Limits::default());
        let title = document.and_then(|document| {
            let title = document.root.get("title")?.str()?;
            Some(title.to_owned())
        });
        let name = path.parent().and_then(Path::file_name);
        let (Some(title), Some(name)) = (title, name) else {
            return Err(format!("{shown} has no title").into());
        };
        titles.push((name.to_string_lossy().into_owned(), title));
    }
    Ok(postcard::to_stdvec(&titles)?)
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
