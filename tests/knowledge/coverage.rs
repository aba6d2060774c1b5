//! The page that says where the items of other catalogues are: every row has a home that exists, or a reason.

use archadvisor::builtin;

const PAGE: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/knowledge/COVERAGE.md"
));

#[test]
fn every_item_of_other_catalogues_has_a_home_or_a_reason() {
    let base = builtin::knowledge();
    let exists = |kind: &str, id: &str| match kind {
        "pattern" => base.patterns.iter().any(|entry| entry.id.as_str() == id),
        "decision" => base.decisions.iter().any(|entry| entry.id.as_str() == id),
        "tradeoff" => base.tradeoffs.iter().any(|entry| entry.id.as_str() == id),
        "hazard" => base.hazards.iter().any(|entry| entry.id.as_str() == id),
        "requirement" => base
            .requirements
            .iter()
            .any(|entry| entry.id.as_str() == id),
        _ => false,
    };
    let mut rows = 0;
    let mut left_out = 0;
    // The first table counts; the others, one under each heading, list.
    let lists = PAGE.split_once("\n## ").unwrap().1;
    for line in lists.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [item, home, note] = cells[..] else {
            panic!("three cells expected: {line}");
        };
        if item == "Item" || item == "---" {
            continue;
        }
        rows += 1;
        if home == "left out" {
            left_out += 1;
            assert!(!note.is_empty(), "{item} is left out without a reason");
            continue;
        }
        let (kind, ids) = home.split_once(' ').unwrap();
        for id in ids.split(", ") {
            let id = id.trim_matches('`');
            assert!(exists(kind, id), "{item}: no {kind} `{id}`");
        }
    }
    let total = format!("| All | {rows} | {} | {left_out} |", rows - left_out);
    assert!(PAGE.contains(&total), "the count should read {total}");
}
