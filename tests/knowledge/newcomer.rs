//! The pattern that `.github/CONTRIBUTING.md` walks through is what the page says: checked, laid out and recommended.

use archadvisor::authoring::format;
use archadvisor::builtin;
use archadvisor::knowledge::{Layer, SourceFile, lint, load};
use archadvisor::reasoning::case;
use std::fs;
use std::path::Path;

/// The first YAML block of the page that starts with a key.
fn block(page: &str, start: &str) -> String {
    let mut blocks = page
        .split("\n```")
        .filter_map(|block| block.strip_prefix("yaml\n"));
    let block = blocks
        .find(|block| block.trim_start().starts_with(start))
        .unwrap();
    format!("{block}\n")
}

#[test]
fn the_pattern_of_the_page_is_taken_and_recommended() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/CONTRIBUTING.md");
    let Ok(page) = fs::read_to_string(page) else {
        return; // A package of the crate has no such page.
    };
    let pattern = block(&page, "pattern: negative-caching");
    let golden = block(&page, "case: many-misses");
    let source = format!(
        "sources:\n{}",
        block(&page, "- source:").trim_start_matches('\n')
    );
    // In a folder of one's own the same source stands below the key of its list.
    assert_eq!(block(&page.replace("\n  ", "\n"), "sources:\n"), source);
    for path in [
        "knowledge/patterns/cache/negative-caching.yaml",
        "knowledge/cases/many-misses.yaml",
        "decisions/bottlenecks/perf.yaml",
    ] {
        assert!(page.contains(path), "{path}");
    }
    let file = |path: &str, text: String| SourceFile {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    };
    let files = vec![
        file("page/negative-caching.yaml", pattern),
        file("page/many-misses.yaml", golden),
        file("page/sources.yaml", source),
    ];
    let names = builtin::knowledge();
    let axes: Vec<&str> = names.axes.iter().map(|axis| axis.id.as_str()).collect();
    for file in &files {
        assert_eq!(
            format(file, &axes).unwrap().as_bytes(),
            file.bytes,
            "{}",
            file.path
        );
    }
    let mut builtin = builtin::layer();
    let perf = builtin
        .files
        .iter_mut()
        .find(|file| file.path.ends_with("decisions/bottlenecks/perf.yaml"))
        .unwrap();
    let text = String::from_utf8(perf.bytes.clone()).unwrap();
    perf.bytes = text
        .replace("options:\n", "options:\n  - negative-caching\n")
        .into_bytes();
    let page = Layer {
        name: "page".to_owned(),
        files,
    };
    let loaded = load(&[builtin, page]);
    let base = loaded
        .base
        .as_ref()
        .unwrap_or_else(|| panic!("{:#?}", loaded.problems));
    let found: Vec<String> = loaded
        .problems
        .iter()
        .chain(&lint(base, &loaded))
        .map(ToString::to_string)
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    let entry = base
        .cases
        .iter()
        .find(|entry| entry.id == "many-misses")
        .unwrap();
    assert!(case::run(base, entry).unwrap().unmet.is_empty());
}
