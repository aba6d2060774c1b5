//! Every item of the two guides has its home.
//!
//! `guide_items.txt` lists each item with the entries that stand for it. When an item moves on purpose, its line is
//! changed in the same commit, and the message says why.

use archadvisor::builtin;

const ITEMS: &str = include_str!("guide_items.txt");

#[test]
fn every_item_is_where_it_belongs() {
    let base = builtin::knowledge();
    let homes = base.homes();
    let program =
        |item: &str| (base.guides.iter()).any(|guide| guide.of_the_program(item).is_some());
    let mut missing = Vec::new();
    for line in ITEMS.lines() {
        let (item, expected) = line.split_once(' ').unwrap();
        for home in expected.split(' ') {
            let found = match home {
                "program" => program(item),
                entry => (homes.get(item)).is_some_and(|all| all.iter().any(|one| one == entry)),
            };
            if !found {
                missing.push(format!("{item} is no longer in {home}"));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn no_item_is_left_out() {
    let listed: Vec<&str> = ITEMS
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let all: Vec<String> = (builtin::knowledge().guides.iter())
        .flat_map(|guide| guide.item_ids().collect::<Vec<_>>())
        .collect();
    assert_eq!(listed, all);
    assert_eq!(all.len(), 307);
    assert_eq!(all.first().map(String::as_str), Some("S1-001"));
    assert_eq!(all.last().map(String::as_str), Some("S2-228"));
}
