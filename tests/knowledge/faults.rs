//! Every fault of a base is reported in one run, each with its place and a way to mend it.

use archadvisor::builtin;
use archadvisor::knowledge::{Layer, SourceFile, lint, load};
use archadvisor::problem::Problem;

/// The built-in base with texts replaced: (file, what stands there, what is planted).
pub(super) fn with(plants: &[(&str, &str, &str)]) -> Layer {
    let mut layer = builtin::layer();
    for (path, from, to) in plants {
        let file = layer
            .files
            .iter_mut()
            .find(|file| file.path.ends_with(path))
            .unwrap_or_else(|| panic!("no file {path}"));
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        assert!(text.contains(from), "{path} has no `{from}`");
        file.bytes = text.replacen(from, to, 1).into_bytes();
    }
    layer
}

pub(super) fn reports(layer: Layer) -> Vec<String> {
    load(&[layer])
        .problems
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_name_in_braces_would_be_printed_as_it_stands() {
    let path = "rules/infeasible.yaml";
    let from = "raise p99_write_ms above the round trip";
    let plant = |text: &str| reports(with(&[(path, from, text)]));
    for name in ["nonsense_fact", "peak-rps", "peak_rps"] {
        let found = plant(&format!("'weaken the consistency of {{{name}}}'"));
        assert_eq!(found.len(), 1, "{found:?}");
        let says = format!("`{{{name}}}` would be printed as it stands");
        assert!(
            found[0].contains(&says) && found[0].contains("infeasible.yaml:10:"),
            "{found:?}"
        );
    }
    let plain = plant("'lower peak_rps at /orders/{ID}'");
    assert_eq!(plain, Vec::<String>::new());
}

#[test]
fn an_alias_must_not_be_the_name_of_another_pattern() {
    let plant = |alias: &str| {
        let path = "patterns/cache/cdn.yaml";
        reports(with(&[(path, "- Edge cache", &format!("- {alias}"))]))
    };
    for alias in ["Relational database", "relational-db", "Circuit breaker"] {
        let found = plant(alias);
        assert!(
            found
                .iter()
                .any(|report| report.contains("already stands for")),
            "{alias}: {found:?}"
        );
    }
}

#[test]
fn a_condition_to_take_a_hazard_away_is_checked_as_all_others_are() {
    let plant = |line: &str| {
        let (path, old) = ("patterns/cache/cdn.yaml", "  abuse: not signed_in");
        reports(with(&[(path, old, line)]))
    };
    for (line, wanted) in [
        (
            "  spof: not signed_in",
            "`closes` does not name the hazard `spof`",
        ),
        (
            "  abuse: not singed_in",
            "there is no requirement or quantity `singed_in`",
        ),
    ] {
        let found = plant(line);
        let is_told = |report: &String| report.contains(wanted) && report.contains("cdn.yaml:");
        assert!(found.iter().any(is_told), "{wanted}: {found:?}");
    }
}

#[test]
fn a_fault_that_rests_on_no_other_is_told_beside_all_others() {
    let shared = "requirements/traffic.yaml";
    let found = reports(with(&[
        (shared, "    default: 1000", "    default: 9000000000"),
        ("cases/chat.yaml", "  dau: 2M", "  dau: -5"),
        ("precedents/trello.yaml", "year: 2012", "year: 3012"),
        (
            "quantities.yaml",
            "    formula: peak_rps",
            "    formula: avg_rps + rps",
        ),
    ]));
    for wanted in [
        "the default 9000000000 is out of range",
        "cases/chat.yaml:",
        "3012 is no year of a source",
        "depends on itself",
    ] {
        assert!(
            found.iter().any(|report| report.contains(wanted)),
            "{wanted}: {found:#?}"
        );
    }
}

#[test]
fn a_component_that_is_none_is_named_with_those_there_are() {
    for (path, line) in [
        ("patterns/cache/cdn.yaml", "component: edge"),
        ("decisions/storage/store.yaml", "component: store"),
    ] {
        let layer = with(&[(path, line, "component: helicopter")]);
        let file = layer.files.iter().find(|file| file.path.ends_with(path));
        let text = String::from_utf8(file.unwrap().bytes.clone()).unwrap();
        let number = 1 + text
            .lines()
            .position(|line| line == "component: helicopter")
            .unwrap();
        let found = reports(layer);
        assert!(
            found.iter().any(|report| {
                report.contains("unknown value `helicopter` for `component`")
                    && report.contains(&format!("{path}:{number}:12"))
                    && report.contains("`none`, `clients`, `edge`")
                    && report.contains("`second-region`, `place`")
            }),
            "{found:#?}"
        );
    }
}

#[test]
fn ten_faults_are_named_in_one_run() {
    let plants = [
        // A wrong type, an unknown key and a dangling id in one file.
        (
            "patterns/resilience/circuit-breaker.yaml",
            "complexity: 1",
            "complexity: lots",
        ),
        (
            "patterns/resilience/circuit-breaker.yaml",
            "closes:",
            "closses:",
        ),
        (
            "patterns/resilience/circuit-breaker.yaml",
            "- [timeouts]",
            "- [timeoutz]",
        ),
        // A value out of range, an unreachable case, a condition on a fact that does not exist, a unit error.
        (
            "patterns/store/relational-db.yaml",
            "value: +2",
            "value: +3",
        ),
        (
            "patterns/cache/cdn.yaml",
            "step: architecture",
            "step: architektur",
        ),
        ("decisions/storage/store.yaml", "pick: one", "pick: some"),
        ("hazards.yaml", "axis: resilience", "axis: resiliense"),
        (
            "rules/infeasible.yaml",
            "avail_target > dep_avail",
            "avail_target > dep_avial",
        ),
        ("requirements/team.yaml", "min: 1", "min: 1\n    min: 2"),
        ("cases/saas.yaml", "tenants: 600", "tenants: many"),
    ];
    let problems = reports(with(&plants));
    let all = problems.join("\n");
    for fragment in [
        "circuit-breaker.yaml:",
        "`closses`",
        "did you mean `closes`?",
        "there is no pattern `timeoutz`",
        "did you mean `timeouts`?",
        "an effect is -2 to +2, not 3",
        "there is no step `architektur`",
        "store.yaml:",
        "there is no quality axis `resiliense`",
        "`dep_avial`",
        "did you mean `dep_avail`?",
        "min",
        "`tenants`",
    ] {
        assert!(
            all.contains(fragment),
            "`{fragment}` is not reported in:\n{all}"
        );
    }
    for file in [
        "circuit-breaker.yaml",
        "relational-db.yaml",
        "cdn.yaml",
        "store.yaml",
        "hazards.yaml",
        "infeasible.yaml",
        "team.yaml",
        "saas.yaml",
    ] {
        assert!(
            problems
                .iter()
                .any(|problem| problem.contains(file) && problem.contains(" --> ")),
            "{file} has no place:\n{all}"
        );
    }
    assert!(problems.len() >= 10, "{}:\n{all}", problems.len());
}

#[test]
fn conditions_are_typed_and_their_faults_placed_to_the_column() {
    let problems = reports(with(&[(
        "rules/infeasible.yaml",
        "avail_target > dep_avail",
        "avail_target > 99 GB",
    )]));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].contains("a plain number cannot be combined with data"),
        "{}",
        problems[0]
    );
    let caret = problems[0]
        .lines()
        .find(|line| line.trim_end().ends_with('^'))
        .unwrap();
    let line = problems[0]
        .lines()
        .find(|line| line.contains("99 GB"))
        .unwrap();
    assert_eq!(caret.find('^'), line.find("99 GB"), "\n{}", problems[0]);
}

#[test]
fn structural_faults_are_found() {
    for (plants, expected) in [
        (
            (
                "patterns/api/rest-api.yaml",
                "pattern: rest-api",
                "pattern: rest_api",
            ),
            "lies in a file named",
        ),
        (
            (
                "quantities.yaml",
                "formula: rps * max(growth_12m, 1)",
                "formula: rps_12m * growth_12m",
            ),
            "`rps_12m` depends on itself: rps_12m → rps_12m",
        ),
        (
            (
                "quantities.yaml",
                "formula: rps * max(growth_12m, 1)",
                "formula: rps * 1 GB",
            ),
            "the formula gives data/time",
        ),
        (
            (
                "patterns/style/microservices.yaml",
                "excludes: [shared-database]",
                "excludes: [shared-database, monolith]",
            ),
            "not the other way round",
        ),
        (
            (
                "decisions/storage/store.yaml",
                "baseline: relational-db",
                "baseline: cdn",
            ),
            "is not among the options",
        ),
        (
            (
                "decisions/api/api-style.yaml",
                "pick: one",
                "when: chosen('cdn')\npick: one",
            ),
            "not an option of an earlier decision",
        ),
        (
            ("kb.yaml", "format: 1", "format: 9"),
            "format of knowledge is not supported",
        ),
        (
            ("sources.yaml", "kind: paper", "kind: rumour"),
            "no kind of source",
        ),
    ] {
        let problems = reports(with(&[plants]));
        assert!(
            problems.iter().any(|problem| problem.contains(expected)),
            "`{expected}` is not in {problems:#?}"
        );
    }
}

#[test]
fn words_of_closed_lists_are_told_as_they_are_meant() {
    let breaker = "patterns/resilience/circuit-breaker.yaml";
    for ((file, from, to), says) in [
        (
            (breaker, "category: resilience", "category: resilence"),
            ["`resilence` is no category", "did you mean `resilience`?"],
        ),
        (
            (breaker, "category: resilience", "category: fuses"),
            ["`fuses` is no category", "one of: api, "],
        ),
        (
            (breaker, "facet: latency", "facet: latancy"),
            ["`latancy` is no facet", "did you mean `latency`?"],
        ),
        (
            ("sources.yaml", "kind: paper", "kind: papper"),
            ["no kind of source", "did you mean `paper`?"],
        ),
    ] {
        let problems = reports(with(&[(file, from, to)]));
        assert_eq!(problems.len(), 1, "{problems:#?}");
        for part in says.into_iter().chain([file]) {
            assert!(problems[0].contains(part), "`{part}`: {}", problems[0]);
        }
    }
    // A folder of its name begins a category.
    let mut layer = with(&[(breaker, "category: resilience", "category: fuses")]);
    for file in &mut layer.files {
        file.path = (file.path).replace("resilience/circuit-breaker", "fuses/circuit-breaker");
    }
    assert_eq!(reports(layer), Vec::<String>::new());
}

#[test]
fn faults_of_conditions_on_several_lines_are_placed_there() {
    let planted = [(
        "rules/infeasible.yaml",
        "p99_write_ms < rtt_min_ms and write_regions > 1\n    because: >-\n      A linearizable",
        "p99_writez_ms < rtt_min_ms and write_regions > 1\n    because: >-\n      A linearizable",
    )];
    let problems = reports(with(&planted));
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let lines: Vec<&str> = problems[0].lines().collect();
    let text = std::fs::read_to_string("knowledge/rules/infeasible.yaml").unwrap();
    let (before, _) = text.split_once(planted[0].1).unwrap();
    let place = format!("infeasible.yaml:{}:7", before.lines().count());
    assert!(lines[1].contains(&place), "{}", problems[0]);
    assert_eq!(
        lines[3].find("p99_writez_ms"),
        lines[4].find('^'),
        "{}",
        problems[0]
    );
}

#[test]
fn a_layer_is_a_whole_base_or_an_overlay() {
    let mut layer = builtin::layer();
    layer.files.push(SourceFile {
        path: "ours/overlay.yaml".to_owned(),
        bytes: b"overlay: acme\n".to_vec(),
    });
    let problems = reports(layer);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].contains("`kb.yaml` beside it makes the folder a whole base"));
    assert!(problems[0].contains("ours/overlay.yaml:1:10"));
}

#[test]
fn a_file_that_is_no_knowledge_is_named() {
    let mut layer = builtin::layer();
    layer.files[0].bytes = b"colour: blue\n".to_vec();
    layer.files[1].bytes = vec![0xff, 0xfe, 0x00];
    layer.files[2].bytes = b"[".repeat(100_000);
    let (first, second, third) = (
        layer.files[0].path.clone(),
        layer.files[1].path.clone(),
        layer.files[2].path.clone(),
    );
    let problems = reports(layer).join("\n");
    for path in [first, second, third] {
        assert!(
            problems.contains(&path),
            "{path} is not named in:\n{problems}"
        );
    }
}

#[test]
fn a_ring_of_formulas_is_told_once_with_its_path() {
    let problems = reports(with(&[
        (
            "quantities.yaml",
            "formula: rps * max(growth_12m, 1)",
            "formula: read_rps * growth_12m",
        ),
        (
            "quantities.yaml",
            "formula: rps * read_share",
            "formula: rps_12m * read_share",
        ),
    ]));
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let path = "the formula of `rps_12m` depends on itself: rps_12m → read_rps → rps_12m";
    assert!(problems[0].contains(path), "{}", problems[0]);
}

#[test]
fn what_many_places_miss_is_told_once_at_the_first() {
    let problems = reports(with(&[(
        "sources.yaml",
        "- source: gilbert-lynch\n",
        "- source: gilbert-lunch\n",
    )]));
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let problem = &problems[0];
    assert!(
        problem.contains(" places cite the source `gilbert-lynch`, which does not exist"),
        "{problem}"
    );
    assert!(
        problem.contains("did you mean `gilbert-lunch`?") && problem.contains(" --> "),
        "{problem}"
    );
    let count: usize = problem
        .split_whitespace()
        .find_map(|word| word.parse().ok())
        .unwrap();
    assert!(count > 20, "{problem}");
}

#[test]
fn a_file_that_cannot_be_read_hides_what_follows_from_it() {
    for (file, name) in [
        ("axes.yaml", "name: "),
        ("04-storage.yaml", "name: "),
        ("requirements/team.yaml", "name: "),
        ("kb.yaml", "title: "),
    ] {
        let broken = format!("{name}\"");
        let problems = reports(with(&[
            (file, name, broken.as_str()),
            ("patterns/api/rest-api.yaml", "step: api", "step: apy"),
        ]));
        let all = problems.join("\n");
        assert_eq!(problems.len(), 2, "{all}");
        assert!(problems[0].contains(file), "{all}");
        assert!(problems[0].contains("not closed"), "{all}");
        assert!(problems[0].contains("from this are not shown"), "{all}");
        // What is wrong for another reason is still told.
        assert!(problems[1].contains("there is no step `apy`"), "{all}");
    }
}

#[test]
fn a_conflict_that_a_case_speaks_of_must_be_possible() {
    let path = "cases/partners-with-keys.yaml";
    let plant = |to: &str| reports(with(&[(path, "no_conflict: [", to)]));
    assert_eq!(plant("no_conflict: [hazard/*, "), Vec::<String>::new());
    for (to, says, help) in [
        (
            "no_conflict: [hazard/nonsense, ",
            "there is no hazard `nonsense`",
            "",
        ),
        (
            "no_conflict: [limit/nonsense, ",
            "there is no pattern `nonsense`",
            "",
        ),
        (
            "no_conflict: [scarce-things-asked-twic, ",
            "there is no rule `scarce-things-asked-twic`",
            "`scarce-things-asked-twice`",
        ),
        (
            "no_conflict: [hazards/*, ",
            "there is no rule `hazards`",
            "",
        ),
        (
            "no_conflict: [hazards/spof, ",
            "`hazards` is no kind of conflict",
            "hazard",
        ),
        (
            "conflicts: [{id: erase-vs-replay, severity: hihg}]\nno_conflict: [",
            "`hihg` is no severity",
            "`high`",
        ),
        (
            "conflicts: [{id: erase-vs-replay, level: high}]\nno_conflict: [",
            "unknown key `level`",
            "`severity`",
        ),
        (
            "practices: [nonsense]\nno_conflict: [",
            "there is no pattern `nonsense`",
            "",
        ),
    ] {
        let found = plant(to);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(
            found[0].contains(says) && found[0].contains(help),
            "{found:#?}"
        );
        assert!(
            found[0].contains("partners-with-keys.yaml:11:"),
            "{found:#?}"
        );
    }
}

/// What is wrong in one entry does not hide what is wrong in others, of whatever kind it is.
#[test]
fn ten_faults_of_ten_kinds_are_told_in_one_run() {
    let plants = [
        // Names, units, what is missing, what denies what another file says.
        (
            "patterns/cache/cdn.yaml",
            "\ncomplements: [",
            "\ncomplements: [nonsense-pattern, ",
            "there is no pattern `nonsense-pattern`",
            15,
        ),
        (
            "decisions/storage/search.yaml",
            "when: full_text",
            "when: full_text and p99_read_ms > 5 GB",
            "time cannot be combined with data",
            35,
        ),
        (
            "patterns/security/perimeter-security.yaml",
            "    - value: +1\n",
            "    - value: +1\n      when: teams > 1\n    - value: +1\n",
            "an effect needs a reason",
            7,
        ),
        (
            "patterns/security/secrets-in-code.yaml",
            "  unless: \"false\"\n",
            "",
            "a norm says when it does not apply",
            3,
        ),
        (
            "patterns/compute/serverless-functions.yaml",
            "excludes: [sticky-sessions]",
            "excludes: [sticky-sessions, bare-metal]",
            "but not the other way round",
            11,
        ),
        (
            "rules/infeasible.yaml",
            "raise p99_write_ms above the round trip",
            "'weaken the consistency of {nonsense_fact}'",
            "`{nonsense_fact}` would be printed as it stands",
            36,
        ),
        // What shows only where the whole is looked at.
        (
            "rules/targets.yaml",
            "rpo_s < 10 s and rpo_s >= 1 s and",
            "rpo_s < 10 s and rpo_s >= 60 s and",
            "this condition can never hold",
            11,
        ),
        (
            "patterns/store/relational-db.yaml",
            "when: relationship_depth >= 5",
            "when: relationship_depth >= 2 or data_shape == 'graph'",
            "this case can never be reached",
            13,
        ),
        (
            "patterns/compute/containers.yaml",
            "\ncomplements:",
            "\nrequires:\n  - [kubernetes]\ncomplements:",
            "prerequisites go in a circle",
            5,
        ),
        (
            "hazards.yaml",
            "hazards:\n",
            "hazards:\n  - {hazard: nothing, name: x, axis: cost, severity: 1, what: y, arises: money_like}\n",
            "nothing closes the hazard `nothing`",
            5,
        ),
        (
            "decisions/storage/store.yaml",
            "  - graph-db\n",
            "  - graph-db\n  - relational-db\n",
            "is there twice in `store`",
            5,
        ),
        (
            "quantities.yaml",
            "rps * max(growth_12m, 1)",
            "rps * growth_12m * if(growth_12m > 3, 0.1, 1)",
            "both rises and falls",
            14,
        ),
    ];
    let planted: Vec<(&str, &str, &str)> = (plants.iter())
        .map(|(file, from, to, ..)| (*file, *from, *to))
        .collect();
    let loaded = load(&[with(&planted)]);
    assert!(loaded.base.is_none() && loaded.has_errors());
    let found: Vec<String> = (loaded.problems.iter())
        .chain(&lint(loaded.readable().unwrap(), &loaded))
        .map(ToString::to_string)
        .collect();
    for (file, _, _, says, column) in plants {
        let hit = (found.iter().find(|problem| problem.contains(says)))
            .unwrap_or_else(|| panic!("`{says}` is not in {found:#?}"));
        let (_, place) = hit.split_once(&format!("{file}:")).expect(hit);
        let (line, rest) = place.split_once(':').unwrap();
        assert!(line.parse::<u32>().is_ok(), "{hit}");
        assert!(rest.starts_with(&format!("{column}\n")), "{column}: {hit}");
    }
    assert_eq!(found.len(), plants.len(), "{found:#?}");
}

#[test]
fn what_rests_on_an_error_elsewhere_is_not_told_as_a_fault() {
    let findings = |plants: &[(&str, &str, &str)]| {
        let loaded = load(&[with(plants)]);
        assert!(loaded.base.is_none());
        (lint(loaded.readable().unwrap(), &loaded).iter())
            .map(|problem| problem.message.clone())
            .collect::<Vec<String>>()
    };
    // A formula that cannot be read stands for nothing, and so does all that reads it.
    let formula = (
        "quantities.yaml",
        "rps * max(growth_12m, 1)",
        "rps * max(growth_12m, 1 GB)",
    );
    assert_eq!(findings(&[formula]), Vec::<String>::new());
    // Who alone closes a hazard names it wrongly, or cannot be read at all.
    let hazard = (
        "hazards.yaml",
        "hazards:\n",
        "hazards:\n  - {hazard: melting, name: x, axis: cost, severity: 1, what: y, arises: money_like}\n",
    );
    let cdn = "patterns/cache/cdn.yaml";
    let silent = findings(&[hazard, (cdn, "complexity: 1", "complexity: 9")]);
    assert_eq!(silent, ["nothing closes the hazard `melting`"]);
    let closes = "closes: [abuse, overload]";
    for to in ["closes: [abuse, meltin]", "closes: [abuse, melting]]"] {
        assert_eq!(
            findings(&[hazard, (cdn, closes, to)]),
            Vec::<String>::new(),
            "{to}"
        );
    }
}

#[test]
fn a_fault_beside_an_error_is_told_where_it_does_not_rest_on_it() {
    // A pattern with an error of its own, one related to it, and one that nothing binds to it.
    let never = "use: rps_12m > 5/s and rps_12m < 3/s";
    let cdn = "patterns/cache/cdn.yaml";
    let other = "patterns/resilience/retry-budget.yaml";
    let text = builtin::layer();
    let file = (text.files.iter())
        .find(|file| file.path.ends_with(other))
        .unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    let applies = text.lines().find(|line| line.starts_with("use: ")).unwrap();
    let plants = [
        (
            cdn,
            "closes: [abuse, overload]",
            "closes: [abuse, nonesuch]",
        ),
        (
            cdn,
            "\ncomplements: [",
            "\nexcludes: [retry-budget]\ncomplements: [",
        ),
        (other, applies, &*format!("{never}\nexcludes: [cdn]")),
        (cdn, "name: Content delivery network", "name: Retry budget"),
    ];
    let loaded = load(&[with(&plants)]);
    assert!(loaded.base.is_none());
    let found: Vec<String> = (lint(loaded.readable().unwrap(), &loaded).iter())
        .map(ToString::to_string)
        .collect();
    for says in [
        "this condition can never hold",
        "is called `Retry budget` as well",
    ] {
        assert!(
            found.iter().any(|problem| problem.contains(says)),
            "{says}: {found:#?}"
        );
    }
}

#[test]
fn a_condition_that_cannot_hold_whatever_a_faulty_formula_means_is_told_beside_it() {
    let saga = "patterns/distributed-tx/saga-orchestration.yaml";
    let plants = [
        (
            "quantities.yaml",
            "formula: peak_rps\n",
            "formula: peak_rps + data_gb\n",
        ),
        (
            saga,
            "when: write_rps_12m > 500/s\n",
            "when: write_rps_12m > 500/s and write_rps_12m < 100/s\n",
        ),
    ];
    let loaded = load(&[with(&plants)]);
    let found: Vec<String> = (lint(loaded.readable().unwrap(), &loaded).iter())
        .map(ToString::to_string)
        .collect();
    // What may hold once the formula is mended is not told, for all that its range is unknown now.
    let [only] = &found[..] else {
        panic!("{found:#?}")
    };
    assert!(only.contains("this condition can never hold"), "{only}");
    assert!(loaded.problems.iter().any(Problem::is_error));
}

#[test]
fn a_wrong_unit_is_told_once_with_what_follows_from_it() {
    let rps = (
        "quantities.yaml",
        "name: Peak requests per second\n    unit: 1/s",
        "name: Peak requests per second\n    unit: GB",
    );
    let found = reports(with(&[rps]));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].contains("the formula gives 1/time, the unit says data"),
        "{found:#?}"
    );
    let (_, help) = found[0]
        .split_once("= help: correct the unit or the formula; ")
        .unwrap();
    let count: usize = help.split(' ').next().unwrap().parse().unwrap();
    assert!(
        count > 20 && help.ends_with(" more follow from it"),
        "{help}"
    );
    // What is wrong by itself is told beside it.
    let own = (
        "decisions/storage/search.yaml",
        "when: full_text",
        "when: full_text and rps > 5 GB",
    );
    let found = reports(with(&[rps, own]));
    assert_eq!(found.len(), 1, "it fits the wrong unit: {found:#?}");
    let own = (own.0, own.1, "when: full_text and rps > 5 ms");
    let found = reports(with(&[rps, own])).join("\n");
    assert!(
        found.contains("data cannot be combined with time"),
        "{found}"
    );
}

#[test]
fn an_address_that_is_none_of_the_web_is_an_error() {
    let url = "url: https://www.rfc-editor.org/rfc/rfc9110";
    let layer = builtin::layer();
    let sources = (layer.files.iter()).find(|file| file.path.ends_with("sources.yaml"));
    let text = String::from_utf8(sources.unwrap().bytes.clone()).unwrap();
    let url = text
        .lines()
        .find(|line| line.trim().starts_with("url: https"))
        .map_or(url, str::trim);
    let line = 1 + text.lines().position(|line| line.trim() == url).unwrap();
    for address in [
        "javascript:alert(1)",
        "www.example.org",
        "https://",
        "'https://a b'",
    ] {
        let found = reports(with(&[("sources.yaml", url, &format!("url: {address}"))]));
        assert_eq!(found.len(), 1, "{address}: {found:#?}");
        assert!(
            found[0].contains("this is no address of the web")
                && found[0].contains(&format!("sources.yaml:{line}:10"))
                && found[0].contains("= help: "),
            "{found:#?}"
        );
    }
}

/// What is reported with this as the least number of daily users, which the base begins with.
fn with_least_users(least: &str, default: &str) -> Vec<String> {
    let file = "requirements/traffic.yaml";
    reports(with(&[
        (file, "default: 1000", default),
        (
            file,
            "uncertain: [100, 100000]",
            "uncertain: [90000, 100000]",
        ),
        (file, "min: 0", least),
    ]))
}

#[test]
fn what_follows_from_a_wrong_type_is_counted_at_it() {
    let file = "requirements/compliance.yaml";
    for (wrong, says, most) in [
        ("type: boole", "unknown value `boole`", 1),
        // The default is a fault of its own.
        ("type: enum", "2 to 32 `values`", 2),
    ] {
        let found = reports(with(&[(file, "type: bool", wrong)]));
        assert_eq!(found.len(), most, "{wrong}: {found:#?}");
        assert!(
            found[0].contains(says)
                && found[0].contains("problems that follow from this are not shown"),
            "{found:#?}"
        );
    }
}

#[test]
fn answers_that_a_faulty_requirement_refuses_are_counted_at_its_fault() {
    let faulty = with_least_users("min: 6000000000", "default: 1000");
    let causes: Vec<&String> = (faulty.iter())
        .filter(|report| report.contains("is less than `min`"))
        .collect();
    assert!(causes.len() == 1 && faulty.len() == 3, "{faulty:#?}");
    let (_, help) = causes[0].split_once("= help: ").unwrap();
    assert!(
        help.ends_with(" problems that follow from this are not shown"),
        "{help}"
    );
    // Where the requirement itself is right, the first answers are told, and how many more there are.
    let refused = with_least_users("min: 5001", "default: 90000");
    assert_eq!(refused.len(), 3, "{refused:#?}");
    let (_, more) = refused[2].split_once("is out of range; and ").unwrap();
    let count: usize = more.split(' ').next().unwrap().parse().unwrap();
    assert!(
        count > 3 && more.contains(" more like this"),
        "{refused:#?}"
    );
    // A wrong default says nothing about which answers are taken.
    assert_eq!(with_least_users("min: 5001", "default: 1000").len(), 4);
}

#[test]
fn what_is_twice_in_a_decision_is_found_also_where_other_faults_name_it() {
    let plants = [
        (
            "patterns/store/relational-db.yaml",
            "when: relationship_depth >= 5",
            "when: relationship_depths >= 5",
        ),
        (
            "decisions/storage/search.yaml",
            "options: [database-text-search, ",
            "options: [database-text-search, database-text-search, ",
        ),
    ];
    let loaded = load(&[with(&plants)]);
    let found: Vec<String> = (lint(loaded.readable().unwrap(), &loaded).iter())
        .map(ToString::to_string)
        .collect();
    let twice = found.iter().filter(|problem| {
        problem.contains("the option `database-text-search` is there twice in `search`")
            && problem.contains("search.yaml:11:33")
    });
    assert_eq!(twice.count(), 1, "{found:#?}");
}
