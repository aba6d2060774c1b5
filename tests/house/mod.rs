//! The rules of the house: which module may know what.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_stem().is_some_and(|stem| stem != "tests")
        {
            found.push(path);
        }
    }
}

/// The modules below a name: `src/name.rs` or everything in `src/name/`.
fn module(name: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let file = root.join(format!("{name}.rs"));
    if file.exists() {
        found.push(file);
    }
    if root.join(name).is_dir() {
        sources(&root.join(name), &mut found);
    }
    assert!(!found.is_empty(), "there is no module {name}");
    found
}

/// Lines of code (comments and tests aside) in which a word appears.
fn mentions(file: &Path, words: &[&str]) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
        .map(|(number, line)| format!("{}:{}: {}", file.display(), number + 1, line.trim()))
        .collect()
}

const OUTSIDE: &[&str] = &[
    "ratatui",
    "crossterm",
    "clap::",
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "SystemTime",
    "Instant",
    "println!",
    "HashMap",
    "HashSet",
];

#[test]
fn the_core_knows_no_screen_file_clock_or_environment() {
    let core = [
        "problem",
        "yaml",
        "expression",
        "knowledge",
        "reasoning",
        "search",
        "design",
        "report",
        "authoring",
    ];
    let found: Vec<String> = core
        .iter()
        .flat_map(|name| module(name))
        .flat_map(|file| mentions(&file, OUTSIDE))
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn modules_know_only_what_lies_below_them() {
    let below: [(&str, &[&str]); 10] = [
        (
            "problem",
            &[
                "yaml",
                "expression",
                "knowledge",
                "reasoning",
                "design",
                "report",
                "tui",
                "cli",
                "store",
                "terminal",
            ],
        ),
        (
            "yaml",
            &[
                "expression",
                "knowledge",
                "reasoning",
                "design",
                "report",
                "tui",
                "cli",
                "store",
                "terminal",
            ],
        ),
        (
            "expression",
            &[
                "yaml",
                "knowledge",
                "reasoning",
                "design",
                "report",
                "tui",
                "cli",
                "store",
                "terminal",
            ],
        ),
        (
            "knowledge",
            &[
                "reasoning",
                "design",
                "report",
                "tui",
                "cli",
                "store",
                "terminal",
                "builtin",
            ],
        ),
        (
            "reasoning",
            &[
                "design", "report", "tui", "cli", "store", "terminal", "builtin",
            ],
        ),
        (
            "search",
            &[
                "design", "report", "tui", "cli", "store", "terminal", "builtin",
            ],
        ),
        (
            "design",
            &["report", "tui", "cli", "store", "terminal", "builtin"],
        ),
        ("report", &["tui", "cli", "store", "terminal", "builtin"]),
        (
            "authoring",
            &["report", "tui", "cli", "store", "terminal", "builtin"],
        ),
        ("tui", &["cli", "store", "builtin"]),
    ];
    for (name, forbidden) in below {
        let words: Vec<String> = forbidden
            .iter()
            .map(|other| format!("crate::{other}"))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let found: Vec<String> = module(name)
            .iter()
            .flat_map(|file| mentions(file, &words))
            .collect();
        assert!(found.is_empty(), "\n{}", found.join("\n"));
    }
}

#[test]
fn the_screens_touch_no_file_and_no_environment() {
    let words = ["std::fs", "std::env", "SystemTime", "println!"];
    let found: Vec<String> = module("tui")
        .iter()
        .flat_map(|file| mentions(file, &words))
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
