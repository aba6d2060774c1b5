//! What is found in a base that loads, each finding at its place.

use super::faults::with;
use archadvisor::builtin;
use archadvisor::knowledge::{Layer, SourceFile, lint, load, stale};

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
pub(super) fn place_of(file: &str, text: &str) -> String {
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
fn prerequisites_in_a_circle_are_told_once_with_their_path() {
    let containers = "patterns/compute/containers.yaml";
    let circle = with(&[(
        containers,
        "\ncomplements:",
        "\nrequires:\n  - [kubernetes]\ncomplements:",
    )]);
    let found = found(circle);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("`containers` requires `kubernetes` requires `containers`"));
    assert!(found[0].starts_with("error: ") && found[0].contains(containers));
    // A group with a member outside is a way in.
    let open = with(&[(
        containers,
        "\ncomplements:",
        "\nrequires:\n  - [kubernetes, runbooks]\ncomplements:",
    )]);
    assert!(
        !self::found(open)
            .iter()
            .any(|problem| problem.contains("circle"))
    );
}

#[test]
fn what_is_there_twice_is_found() {
    plant(
        "decisions/storage/store.yaml",
        "  - graph-db\n",
        "  - graph-db\n  - relational-db\n",
        "error",
        "store.yaml:17:5",
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
    let help = dominated[0]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        help.contains("is simpler (complexity 1 against 2)"),
        "{help}"
    );
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

#[test]
fn a_formula_that_rises_and_falls_in_one_fact_is_found() {
    let formula = "rps * max(growth_12m, 1)";
    plant(
        "quantities.yaml",
        formula,
        "rps * growth_12m * if(growth_12m > 3, 0.1, 1)",
        "warning",
        &place_of("quantities.yaml", formula),
        "`rps_12m` both rises and falls in `growth_12m`",
    );
    // More of the same does not turn, whatever else does.
    for same in ["rps * growth_12m + rps", "min(rps * growth_12m, 5000/s)"] {
        let found = found(with(&[("quantities.yaml", formula, same)]));
        assert!(!found.iter().any(|problem| problem.contains("falls in")));
    }
    // A turn that is meant says so, and one that is not there any more is told.
    plant(
        "quantities.yaml",
        "    turns:\n      read_rps_12m: from",
        "    turns:\n      cache_hit: x\n      read_rps_12m: from",
        "warning",
        "quantities.yaml:",
        "`store_read_rps` is not seen to turn in `cache_hit`",
    );
}

#[test]
fn claims_without_a_reason_or_a_source_are_found() {
    let graph = "patterns/store/graph-db.yaml";
    plant(
        graph,
        "driver_because: queries that walk three or more hops, or data that is a graph\n",
        "",
        "error",
        &place_of(graph, "relationship_depth >= 3 or"),
        "the driver of `graph-db` gives no reason",
    );
    let basis = "sources: [ddia-10, facebook-tao-atc13]\n    - value: -1";
    plant(
        graph,
        basis,
        "sources: [seed2]\n    - value: -1",
        "warning",
        &place_of(graph, "literature"),
        "this claim says that it is in the literature, and names no source that shows it",
    );
    let formula = ">-";
    plant(
        "quantities.yaml",
        "    sources: [primer]\n",
        "",
        "warning",
        &place_of("quantities.yaml", formula),
        "the formula of `avg_rps` names no source",
    );
    plant(
        "rules/infeasible.yaml",
        "    sources: [abadi, gilbert-lynch]\n",
        "",
        "warning",
        "infeasible.yaml:2:11",
        "the rule `strong-multi-write-vs-latency` names no source",
    );
}

#[test]
fn items_of_the_guides_that_nothing_stands_for_are_found() {
    plant(
        "guides.yaml",
        "items: 228",
        "items: 229",
        "warning",
        &place_of("guides.yaml", "228"),
        "nothing stands for the item `S2-229`",
    );
    plant(
        "guides.yaml",
        "items: 228",
        "items: 227",
        "warning",
        ".yaml:",
        "no guide has the item `S2-228`",
    );
}

#[test]
fn what_is_due_for_a_review_is_found() {
    let due = |plants: &[(&str, &str, &str)], today: &str| -> Vec<String> {
        let loaded = load(&[with(plants)]);
        assert!(loaded.base.is_some());
        stale(&loaded, today)
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(due(&[], "2026-11-22"), Vec::<String>::new());
    assert_eq!(due(&[], "2028-05-31"), Vec::<String>::new());
    // A month later each pattern is due, at its own date.
    let late = due(&[], "2028-06-01");
    let patterns = builtin::knowledge().patterns.len();
    assert!(late.len() > patterns, "{}", late.len());
    assert!(late.iter().all(|problem| problem.contains("= help: ")));
    let place = place_of(STORE, "2026-11");
    assert!(late.iter().any(|problem| problem.contains(&place)));
    // One that was read again since is not; one that was not read for long is.
    let date = "reviewed: 2026-11";
    let again = due(&[(STORE, date, "reviewed: 2028-01")], "2028-06-01");
    assert!(!again.iter().any(|problem| problem.contains(STORE)));
    let old = due(&[(STORE, date, "reviewed: 2025-01")], "2026-11-22");
    assert_eq!(old.len(), 1, "{old:#?}");
    assert!(old[0].contains("last reviewed in 2025-01, 22 months ago"));
    // A figure is due where nobody has read its pattern since.
    let limits = "patterns/topology/cells.yaml";
    let old = due(&[(limits, date, "reviewed: 2025-01")], "2026-11-22");
    assert_eq!(old.len(), 2, "{old:#?}");
    assert!(
        old[1].contains("this figure is of 2022-05, 54 months ago"),
        "{}",
        old[1]
    );
    let wrong = due(&[(STORE, date, "reviewed: last autumn")], "2026-11-22");
    assert!(
        wrong[0].starts_with("error: `last autumn` is no month"),
        "{wrong:#?}"
    );
    // A month written otherwise is told as it is meant, and a year that is yet to come is doubted.
    for (written, says) in [
        ("2026-1", "did you mean `2026-01`?"),
        ("11/2026", "did you mean `2026-11`?"),
        ("2026-13", "write it as `2026-11`"),
        ("2062-11", "warning: 2062-11 is yet to come"),
    ] {
        let planted = format!("reviewed: {written}");
        let found = due(&[(STORE, date, &planted)], "2026-11-22");
        assert!(found[0].contains(says), "{found:#?}");
    }
    assert!(due(&[], "soon")[0].contains("`soon` is no day"));
}

#[test]
fn two_patterns_with_one_name_are_an_error() {
    let file = "patterns/api/rest-api.yaml";
    let place = &place_of(file, "REST API");
    let says = "`graphql-api` is called `GraphQL` as well";
    plant(
        file,
        "name: REST API",
        "name: GraphQL",
        "error",
        place,
        says,
    );
    plant(
        file,
        "name: REST API",
        "name: graphql-api",
        "error",
        place,
        "`graphql-api` is called",
    );
}

#[test]
fn steps_that_cannot_be_counted_are_found() {
    let file = "steps/03-data-model.yaml";
    let place = &place_of(file, "3");
    for (number, says) in [
        (
            "2",
            "the steps `api` and `data-model` both have the number 2",
        ),
        ("11", "no step has the number 3"),
    ] {
        let planted = format!("number: {number}");
        // What now comes too late for a condition is an error of its own.
        let loaded = load(&[with(&[(file, "number: 3", &planted)])]);
        let found: Vec<String> = (lint(loaded.readable().unwrap(), &loaded).iter())
            .map(ToString::to_string)
            .collect();
        let hit = found.iter().find(|problem| problem.contains(says));
        let hit = hit.unwrap_or_else(|| panic!("`{says}` is not in {found:#?}"));
        assert!(
            hit.starts_with("error") && hit.contains("= help: "),
            "{hit}"
        );
        assert!(number != "2" || hit.contains(place), "{hit}");
    }
}

#[test]
fn characters_that_hide_or_act_on_a_terminal_are_found() {
    let file = "patterns/cache/cdn.yaml";
    for (written, name) in [
        ("\\e[2J", "U+001B"),
        ("\u{202e}", "U+202E"),
        ("\\u200b", "U+200B"),
    ] {
        let planted = format!("\n  - \"Edge {written} cache\"");
        plant(
            file,
            "\n  - Edge cache",
            &planted,
            "error",
            "cdn.yaml:4:11",
            &format!("the character {name} in this text cannot be seen"),
        );
    }
}

#[test]
fn a_case_that_wants_what_cannot_be_is_found() {
    let file = "cases/saas.yaml";
    let (wanted, place) = (
        "  store: [relational-db]",
        place_of(file, "[relational-db]"),
    );
    let (path, column) = place.rsplit_once(':').unwrap();
    let item = format!("{path}:{}", column.parse::<usize>().unwrap() + 1);
    plant(
        file,
        wanted,
        "  store: [cdn]",
        "error",
        &item,
        "`cdn` is no option of `store`",
    );
    let (path, line) = path.rsplit_once(':').unwrap();
    let line: usize = line.parse().unwrap();
    plant(
        file,
        "expect:\n",
        "forbid:\n  store: [graph-db, relational-db]\nexpect:\n",
        "error",
        &format!("{path}:{line}:21"),
        "`relational-db` is both wanted and forbidden of `store`",
    );
}

#[test]
fn a_pattern_that_opens_what_it_closes_is_found() {
    let file = "patterns/cache/cdn.yaml";
    plant(
        file,
        "closes: [abuse, overload]",
        "closes: [stale-copy-outside, abuse, overload]",
        "error",
        &place_of(file, "abuse, overload]"),
        "`cdn` both opens and closes `stale-copy-outside`",
    );
}

#[test]
fn a_figure_of_the_last_century_but_one_is_an_error() {
    let limits = "patterns/topology/cells.yaml";
    for (date, today, says) in [
        ("1922-05", "2026-11-22", "error: 1922-05 is before 1990"),
        ("2031-05", "2026-11-22", "warning: 2031-05 is yet to come"),
        // The day has come, but nobody has looked at anything since.
        (
            "2027-02",
            "2027-03-01",
            "warning: 2027-02 is after anything here was reviewed",
        ),
    ] {
        let planted = format!("as_of: {date}");
        let loaded = load(&[with(&[(limits, "as_of: 2022-05", &planted)])]);
        let found = stale(&loaded, today);
        let text = found.first().map(ToString::to_string).unwrap_or_default();
        assert!(text.starts_with(says), "{text}");
        assert!(
            text.contains(&place_of(limits, "2022-05")) && text.contains("= help: "),
            "{text}"
        );
    }
}

#[test]
fn precedents_and_tradeoffs_that_contradict_themselves_are_found() {
    let shopify = "precedents/shopify-pods.yaml";
    let regions = "tradeoffs/active-active-or-active-passive.yaml";
    for (file, from, to, says) in [
        (
            shopify,
            "  - pattern: vertical-scaling",
            "  - pattern: relational-db",
            "`relational-db` is both chosen and turned down",
        ),
        (
            shopify,
            "practices: [shard-key-by-access]",
            "practices: [kubernetes]",
            "`kubernetes` is an option of `compute`",
        ),
        (
            "precedents/datadog-husky.yaml",
            "  burst: tenants",
            "  rto_min: tenants",
            "`rto_min` is derived, and no fact of this precedent",
        ),
        (
            "precedents/datadog-husky.yaml",
            "  perf: >-",
            "  compute: >-",
            "it differs on `compute`, for which it names no choice",
        ),
        (
            regions,
            "[active-passive-regions, hot-standby",
            "[active-active-regions, hot-standby",
            "`active-active-regions` stands on two sides",
        ),
        (
            regions,
            "  - fact: user_spread",
            "  - fact: rto_min",
            "`rto_min` is there twice in `decided_by`",
        ),
    ] {
        let layer = with(&[(file, from, to)]);
        let source = layer
            .files
            .iter()
            .find(|source| source.path.ends_with(file));
        let text = String::from_utf8(source.unwrap().bytes.clone()).unwrap();
        let (before, _) = text.rsplit_once(to).unwrap();
        let line = before.split('\n').count();
        plant(file, from, to, "warning", &format!("{file}:{line}:"), says);
    }
}

#[test]
fn what_can_be_counted_once_or_not_at_all_is_found() {
    let traffic = "requirements/traffic.yaml";
    let rules = "rules/implied.yaml";
    let hazards = "hazards.yaml";
    for (file, from, to, severity, says) in [
        (
            rules,
            "    level: 4",
            "    level: 255",
            "error",
            "255 is no level of priority",
        ),
        (
            rules,
            "    level: 4",
            "    level: 9",
            "error",
            "9 is no level of priority",
        ),
        (
            traffic,
            "    quick: 4",
            "    quick: 2",
            "error",
            "has the place 2 in the quick start as well",
        ),
        (
            hazards,
            "    name: Synchronous chain",
            "    name: Cascading failure",
            "error",
            "is called `Cascading failure` as well",
        ),
        (
            "patterns/cache/cdn.yaml",
            "      when: static_share < 0.3",
            "      when: static_share < 0.3 or static_share > 3",
            "warning",
            "an alternative about `static_share` can never hold",
        ),
        // A quantity that is another fact by its formula is read as that fact.
        (
            "patterns/cache/cdn.yaml",
            "      when: static_share < 0.3",
            "      when: peak_rps > 10 /s and rps < 5 /s",
            "warning",
            "this condition can never hold: `peak_rps > 10 /s and rps < 5 /s`",
        ),
        (
            "quantities.yaml",
            "(stated(req_per_user_day) or not stated(peak_rps))",
            "(stated(req_per_user_day) and not stated(req_per_user_day))",
            "warning",
            "a condition in this formula can never hold: the one about",
        ),
    ] {
        let found = found(with(&[(file, from, to)]));
        let is_told = |report: &String| report.contains(says) && report.starts_with(severity);
        assert!(found.iter().any(is_told), "{says}: {found:#?}");
    }
}
