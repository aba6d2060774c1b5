//! The JSON Schema of knowledge files and designs: that it takes what is read, refuses what is wrong, and knows every key.

use crate::validator::faults;
use archadvisor::authoring::schema;
use archadvisor::builtin;
use archadvisor::knowledge::shape::Shape;
use archadvisor::knowledge::{KnowledgeBase, Layer, SourceFile, file_kinds, load};
use archadvisor::yaml::{Limits, parse_bytes};
use std::fs;
use std::path::{Path, PathBuf};

/// Where a file breaks the schema of a name.
fn refused(name: &str, base: &KnowledgeBase, files: &[SourceFile]) -> Vec<String> {
    let schema = schema::of(name, base).unwrap();
    let mut found = Vec::new();
    for file in files {
        let (document, problems) = parse_bytes(&file.path, &file.bytes, &Limits::default());
        assert!(problems.is_empty(), "{problems:?}");
        let value = serde_json::to_value(document.unwrap().root.to_serde()).unwrap();
        let faults = faults(&schema, &value);
        found.extend(
            faults
                .into_iter()
                .map(|path| format!("{}: {path}", file.path)),
        );
    }
    found
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn folder(path: &str) -> Vec<SourceFile> {
    let mut paths: Vec<PathBuf> = (fs::read_dir(here(path)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    (paths.into_iter())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .map(|path| SourceFile {
            bytes: fs::read(&path).unwrap(),
            path: path.file_name().unwrap().to_string_lossy().into_owned(),
        })
        .collect()
}

const NONE: [String; 0] = [];

#[test]
fn every_file_that_is_read_is_accepted() {
    let base = builtin::knowledge();
    let files = builtin::layer().files;
    assert!(files.len() > 500);
    assert_eq!(refused("knowledge", &base, &files), NONE);
    let examples = folder("examples");
    assert!(examples.len() >= 4);
    assert_eq!(refused("design", &base, &examples), NONE);
    for name in builtin::packs() {
        let pack = builtin::pack(name).unwrap();
        let files = pack.files.clone();
        let base = load(&[builtin::layer(), pack]).base.unwrap();
        assert_eq!(refused("knowledge", &base, &files), NONE, "{name}");
    }
}

#[test]
fn each_kind_has_a_schema_of_its_own_which_agrees_with_the_one_for_all() {
    let base = builtin::knowledge();
    let files = builtin::layer().files;
    for kind in file_kinds() {
        let start = format!("{}:", kind.name);
        let first = |file: &SourceFile| {
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            text.lines()
                .find(|line| !line.starts_with('#'))
                .is_some_and(|line| line.starts_with(&start))
        };
        let of_kind: Vec<SourceFile> = (files.iter())
            .filter(|file| first(file))
            .take(20)
            .cloned()
            .collect();
        assert!(
            !of_kind.is_empty() || kind.name == "overlay",
            "{}",
            kind.name
        );
        assert_eq!(refused(kind.name, &base, &of_kind), NONE, "{}", kind.name);
        let others: Vec<SourceFile> = (files.iter())
            .filter(|file| !file.bytes.starts_with(start.as_bytes()))
            .take(1)
            .cloned()
            .collect();
        assert_ne!(refused(kind.name, &base, &others), NONE, "{}", kind.name);
    }
    assert!(schema::of("patern", &base).is_none());
    assert_eq!(schema::names().len(), file_kinds().len() + 2);
}

#[test]
fn what_is_wrong_is_refused_where_it_is_wrong() {
    let base = builtin::knowledge();
    let wrong = folder("tests/knowledge/wrong");
    assert!(wrong.len() >= 9);
    for file in wrong {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let at = text
            .lines()
            .next()
            .unwrap()
            .strip_prefix("# refused at ")
            .unwrap();
        let name = if text.contains("\narchadvisor:") {
            "design"
        } else {
            "knowledge"
        };
        let path = format!("{}: {at}", file.path);
        assert_eq!(refused(name, &base, &[file]), [path]);
    }
}

/// Nothing that the schema asks for can be left out without the reader's saying so.
#[test]
fn what_the_schema_needs_the_reader_needs_too() {
    let mut files = Vec::new();
    let mut folders = vec![here("tests/cli/base")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(SourceFile {
                    bytes: fs::read(&path).unwrap(),
                    path: path.to_string_lossy().into_owned(),
                });
            }
        }
    }
    let problems = |files: &[SourceFile]| {
        let layer = Layer {
            name: "base".to_owned(),
            files: files.to_vec(),
        };
        load(&[layer]).problems.len()
    };
    let before = problems(&files);
    let mut tried = Vec::new();
    for index in 0..files.len() {
        let value: serde_yaml::Value = serde_yaml::from_slice(&files[index].bytes).unwrap();
        for kind in file_kinds() {
            if !files[index]
                .bytes
                .starts_with(format!("{}:", kind.name).as_bytes())
            {
                continue;
            }
            let (fields, is_list) = match &kind.shape {
                Shape::List { item, .. } => (item.fields(), true),
                shape => (shape.fields(), false),
            };
            // The first needed key tells the kind.
            for field in fields
                .iter()
                .filter(|field| field.needed && field.name != kind.name)
            {
                let mut less = value.clone();
                let entry = if is_list {
                    &mut less[kind.name][0]
                } else {
                    &mut less
                };
                assert!(
                    entry.as_mapping_mut().unwrap().remove(field.name).is_some(),
                    "{}.{}",
                    kind.name,
                    field.name
                );
                let mut changed = files.clone();
                changed[index].bytes = serde_yaml::to_string(&less).unwrap().into_bytes();
                tried.push((kind.name, field.name));
                assert!(
                    problems(&changed) > before,
                    "{} without `{}` is read",
                    kind.name,
                    field.name
                );
            }
        }
    }
    tried.sort_unstable();
    tried.dedup();
    assert!(tried.len() > 50, "{}", tried.len());
}
