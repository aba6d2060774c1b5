//! What is found in a base that loads, each finding at its place.

use super::faults::with;
use archadvisor::builtin;
use archadvisor::knowledge::{Layer, SourceFile, lint, load};

fn found(layer: Layer) -> Vec<String> {
    let loaded = load(&[layer]);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    let base = loaded
        .base
        .as_ref()
        .unwrap_or_else(|| panic!("{}", problems.join("\n")));
    lint(base, &loaded)
        .iter()
        .map(ToString::to_string)
        .collect()
}

const STORE: &str = "patterns/store/relational-db.yaml";

#[test]
fn the_built_in_base_is_clean() {
    assert_eq!(found(builtin::layer()), Vec::<String>::new());
}

/// Where a text stands in a file of the base.
fn place_of(file: &str, text: &str) -> String {
    let layer = builtin::layer();
    let source = (layer.files.iter())
        .find(|source| source.path.ends_with(file))
        .unwrap();
    let content = String::from_utf8(source.bytes.clone()).unwrap();
    let (line, column) = (content.lines().enumerate())
        .find_map(|(line, content)| Some((line + 1, content.find(text)? + 1)))
        .unwrap_or_else(|| panic!("`{text}` is not in {file}"));
    format!("{file}:{line}:{column}")
}

/// Plants one fault, and expects one finding that says so at this place.
fn plant(file: &str, from: &str, to: &str, severity: &str, place: &str, says: &str) {
    let found = found(with(&[(file, from, to)]));
    let hit = found
        .iter()
        .find(|problem| problem.contains(says))
        .unwrap_or_else(|| panic!("`{says}` is not in {found:#?}"));
    assert!(hit.starts_with(severity), "{hit}");
    assert!(hit.contains(place), "{place}: {hit}");
    assert!(hit.contains("= help: "), "{hit}");
}

#[test]
fn conditions_that_cannot_hold_or_fail_are_found() {
    let depth = "relationship_depth >= 5";
    let place = &place_of(STORE, depth);
    for condition in [
        "relationship_depth > 5 and relationship_depth < 3",
        "relationship_depth > 5 and relationship_depth <= 5",
        "data_shape == 'wide' and data_shape == 'graph'",
        "data_shape == 'wide' and data_shape not in ('wide', 'graph')",
        "by_key and not by_key",
        "stated(avail_target) and not stated(avail_target)",
        "by_key and (relationship_depth > 9 and relationship_depth < 8 or not by_key)",
        "relationship_depth * 2 > 4 and not (relationship_depth * 2 > 4)",
        "chosen('rest-api') and not chosen('rest-api')",
        "chosen('rest-api') and chosen('graphql-api')",
        "avail_target > 100 %",
        "relationship_depth < 2 and relationship_depth * 2 > 9",
    ] {
        let says = format!("this condition can never hold: `{condition}`");
        plant(STORE, depth, condition, "warning", place, &says);
    }
    for condition in [
        "relationship_depth >= 2 or relationship_depth < 3",
        "by_key or not by_key",
        "avail_target <= 100 %",
    ] {
        let says = format!("this condition always holds: `{condition}`");
        plant(STORE, depth, condition, "warning", place, &says);
    }
}

#[test]
fn a_case_that_an_earlier_one_takes_is_found() {
    plant(
        STORE,
        "when: relationship_depth >= 5",
        "when: relationship_depth >= 2 or data_shape == 'graph'",
        "warning",
        &place_of(STORE, "relationship_depth >= 3 or"),
        "this case can never be reached: `relationship_depth >= 3 or data_shape == 'graph'`",
    );
}

#[test]
fn relations_that_contradict_themselves_are_found() {
    let with_alternatives = "alternatives: [document-db, ";
    for (list, says) in [
        (
            "alternatives: [relational-db, document-db, ",
            "`relational-db` is its own alternative",
        ),
        (
            "excludes: [relational-db]\nalternatives: [document-db, ",
            "`relational-db` is its own exclusion",
        ),
        (
            "requires:\n  - [relational-db]\nalternatives: [document-db, ",
            "`relational-db` is its own prerequisite",
        ),
        (
            "requires:\n  - [graph-db, document-db]\nalternatives: [document-db, ",
            "requires graph-db or document-db, which can never be chosen beside it",
        ),
        (
            "requires:\n  - [rest-api]\n  - [graphql-api]\nalternatives: [document-db, ",
            "what `relational-db` requires can never be chosen together",
        ),
    ] {
        plant(
            STORE,
            with_alternatives,
            list,
            "error",
            "relational-db.yaml:",
            says,
        );
    }
}

#[test]
fn what_is_there_twice_is_found() {
    plant(
        "decisions/storage/store.yaml",
        "  - graph-db\n",
        "  - graph-db\n  - relational-db\n",
        "error",
        "store.yaml:16:5",
        "the option `relational-db` is there twice in `store`",
    );
    plant(
        STORE,
        "alternatives: [document-db, ",
        "alternatives: [document-db, document-db, ",
        "warning",
        "relational-db.yaml:",
        "`document-db` is there twice in `alternatives`",
    );
    // The same pattern in a second folder.
    let mut layer = builtin::layer();
    let copy = layer
        .files
        .iter()
        .find(|file| file.path.ends_with(STORE))
        .unwrap();
    let copy = SourceFile {
        path: copy.path.replace("/store/", "/cache/"),
        bytes: copy.bytes.clone(),
    };
    layer.files.push(copy);
    let problems = load(&[layer]).problems;
    let twice = problems
        .iter()
        .find(|problem| problem.message == "the pattern `relational-db` is defined twice")
        .unwrap_or_else(|| panic!("{problems:#?}"));
    assert!(
        twice
            .help
            .as_deref()
            .is_some_and(|help| help.contains("cache/relational-db.yaml:1:"))
    );
}

#[test]
fn what_nothing_uses_is_found() {
    plant(
        "sources.yaml",
        "sources:\n",
        "sources:\n  - {source: nobody, title: x, kind: guide}\n",
        "warning",
        "sources.yaml:2:5",
        "nothing cites the source `nobody`",
    );
    let hazard = "hazards:\n  - {hazard: nothing, name: x, axis: cost, severity: 1, what: y}\n";
    for says in [
        "nothing closes the hazard `nothing`",
        "nothing opens the hazard `nothing`",
    ] {
        plant(
            "hazards.yaml",
            "hazards:\n",
            hazard,
            "warning",
            "hazards.yaml:2:5",
            says,
        );
    }
}

#[test]
fn an_option_that_another_beats_in_every_case_is_found() {
    let option = |id: &str, complexity: u8, effects: &str| SourceFile {
        path: format!("patterns/store/{id}.yaml"),
        bytes: format!(
            "pattern: {id}\nname: {id}\nwhat: x\nstep: storage\ncategory: store\n\
             complexity: {complexity}\nsources: [ddia]\neffects:\n{effects}"
        )
        .into_bytes(),
    };
    let findings = |left: (u8, &str), right: (u8, &str)| {
        let mut layer = builtin::layer();
        layer.files.push(option("left-store", left.0, left.1));
        layer.files.push(option("right-store", right.0, right.1));
        layer.files.push(SourceFile {
            path: "decisions/storage/side.yaml".to_owned(),
            bytes: b"decision: side\nname: s\nquestion: q\nstep: storage\norder: 999\npick: one\n\
                baseline: left-store\noptions: [left-store, right-store]\n"
                .to_vec(),
        });
        let mut found = found(layer);
        found.retain(|problem| problem.contains("can never win"));
        found
    };
    let case = |first: i8, last: i8, when: &str| {
        format!(
            "  cost:\n    - {{value: {first}, when: {when}, because: x}}\n    - {{value: {last}, because: y}}\n"
        )
    };
    let big = "data_gb_12m > 10 TB";
    // No worse where it is big, no worse where it is not.
    let dominated = findings((1, &case(1, 0, big)), (2, &case(0, -1, big)));
    assert_eq!(dominated.len(), 1, "{dominated:#?}");
    assert!(dominated[0].contains("`right-store` can never win `side`: `left-store`"));
    assert!(dominated[0].contains("is simpler (complexity 1 against 2)"));
    assert!(dominated[0].contains("side.yaml:8:23"), "{}", dominated[0]);
    // The values overlap, but never in one case: 1 against 1, 0 against -1.
    assert_eq!(
        findings((1, &case(1, 0, big)), (1, &case(1, -1, big))).len(),
        1
    );
    // Better somewhere, or simpler, or called for by something: it can win.
    assert!(findings((1, &case(1, 0, big)), (1, &case(-1, 1, big))).is_empty());
    assert!(findings((1, &case(1, 0, big)), (0, &case(0, -1, big))).is_empty());
    let called = format!("{}driver: {big}\n", case(0, -1, big));
    assert!(findings((1, &case(1, 0, big)), (2, &called)).is_empty());
    // Two that are alike: the later one.
    let alike = findings((1, &case(1, 0, big)), (1, &case(1, 0, big)));
    assert_eq!(alike.len(), 1, "{alike:#?}");
    assert!(alike[0].contains("`right-store` can never win"));
}
