//! Finding and reading files.

use super::folder;
use archadvisor::store::{self, StoreError};
use std::error::Error as _;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

fn state_dir(variables: &[(&str, &str)]) -> Option<PathBuf> {
    store::state_dir(|name| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| OsString::from(value))
    })
}

#[cfg(unix)]
#[test]
fn the_state_folder_comes_from_the_environment() {
    let all = [
        ("ARCHADVISOR_STATE_DIR", "/own"),
        ("XDG_STATE_HOME", "/state"),
        ("HOME", "/home/me"),
    ];
    let path = |text: &str| Some(PathBuf::from(text));
    assert_eq!(state_dir(&all), path("/own"));
    assert_eq!(state_dir(&all[1..]), path("/state/archadvisor"));
    assert_eq!(
        state_dir(&all[2..]),
        path("/home/me/.local/state/archadvisor")
    );
    assert_eq!(
        state_dir(&[("XDG_STATE_HOME", "relative"), all[2]]),
        state_dir(&all[2..])
    );
    assert_eq!(state_dir(&[]), None);
}

#[test]
fn the_design_of_a_folder_is_in_it_or_above() {
    let (_guard, top) = folder();
    let below = top.join("a/b");
    fs::create_dir_all(&below).expect("folders");
    let nearest = |path: &Path| store::find(path).filter(|found| found.starts_with(&top));
    assert_eq!(nearest(&below), None);
    let design = top.join("archadvisor.yaml");
    fs::write(&design, "title: a\n").expect("written");
    assert_eq!(nearest(&below), Some(design));
    fs::create_dir(top.join("a/archadvisor.yaml")).expect("a folder is no file");
    let nearer = below.join("archadvisor.yaml");
    fs::write(&nearer, "title: b\n").expect("written");
    assert_eq!(nearest(&below), Some(nearer));
}

#[test]
fn errors_name_the_file_and_what_to_do() {
    let (_guard, top) = folder();
    let missing = store::read(&top.join("no\u{1b}.yaml")).expect_err("missing");
    assert!(matches!(missing, StoreError::NotFound(_)));
    assert!(
        missing
            .to_string()
            .ends_with("no\\u{1b}.yaml does not exist"),
        "{missing}"
    );
    assert!(missing.help().contains("archadvisor new"));
    assert!(matches!(store::read(&top), Err(StoreError::Folder(_))));
    let beyond = top.join("file/inside");
    fs::write(top.join("file"), "x").expect("written");
    let error = store::read(&beyond).expect_err("no folder");
    assert!(matches!(error, StoreError::Read(..)) && error.source().is_some());
}

#[test]
fn the_size_is_checked_before_reading() {
    let (_guard, top) = folder();
    let path = top.join("long.yaml");
    let file = File::create(&path).expect("created");
    file.set_len(100 << 30).expect("a sparse file");
    let error = store::read(&path).expect_err("too long");
    assert_eq!(
        error.to_string(),
        format!("{} is longer than 8 MiB", path.display())
    );
    file.set_len(store::LONGEST as u64).expect("cut");
    assert_eq!(store::read(&path).expect("read").len(), store::LONGEST);

    let input = store::read_input(&b"title: a\n"[..], "standard input").expect("read");
    assert_eq!(input, b"title: a\n");
    let endless = store::read_input(std::io::repeat(b'x'), "standard input");
    assert!(matches!(endless, Err(StoreError::TooLong(_))));
}
