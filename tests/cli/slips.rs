//! Slips of those who type: each is told what they meant, and none passes for an answer.

use super::{Sandbox, stderr, stdout};
use serde_json::Value as Json;
use std::process::Output;

/// Standard output and error, each line break a space.
fn told(output: &Output) -> String {
    let text = stdout(output) + &stderr(output);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_design_behind_an_option_is_told_to_go_first() {
    let sandbox = Sandbox::builtin();
    let seen = told(&sandbox.output(&["explain", "cache-aside", "shop.yaml"]));
    assert!(
        seen.contains("error: a design stands behind `cache-aside`"),
        "{seen}"
    );
    assert!(
        seen.contains("archadvisor explain shop.yaml cache-aside"),
        "{seen}"
    );
}

#[test]
fn json_holds_nothing_that_acts_on_a_terminal() {
    let sandbox = Sandbox::builtin();
    sandbox.write(
        "d.yaml",
        "title: \"a\\u009b31m \\u202egnp \\u200b\\u007f\"\ncontext: \"\\u2066x\"\nwaivers:\n- {conflict: \"x\\u009by\", because: z}\n",
    );
    let commands: [&[&str]; 3] = [
        &["recommend", "d.yaml", "--json"],
        &["check", "d.yaml", "--json"],
        &["export", "d.yaml", "--format", "json"],
    ];
    for command in commands {
        let output = sandbox.output(command);
        let text = stdout(&output);
        let acts = |c: char| {
            c != '\n'
                && (c.is_control()
                    || ('\u{200b}'..='\u{206f}').contains(&c)
                        && c != '\u{2018}'
                        && !('\u{2010}'..='\u{2027}').contains(&c))
        };
        assert!(!text.chars().any(acts), "{command:?}: {text}");
        assert!(text.contains("\\u009b"), "{command:?}");
        let document: Json = serde_json::from_str(&text).unwrap();
        if command[0] == "check" {
            assert_eq!(
                document["designs"][0]["title"],
                "a\u{9b}31m \u{202e}gnp \u{200b}\u{7f}"
            );
        }
    }
}

#[test]
fn a_check_does_not_pass_what_it_does_not_read() {
    let sandbox = Sandbox::builtin();
    for text in [
        "title: t\ndecisions:\n  qqq: {chosen: [relational-db]}\n",
        "archadvisor: 9\ntitle: t\n",
    ] {
        let output = sandbox.fed(&["check", "-"], text.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        assert!(!told(&output).contains("no conflicts"), "{}", told(&output));
        assert!(told(&output).starts_with("error: "), "{}", told(&output));
    }
    // Elsewhere both are warnings: an older program can still show what it knows.
    let output = sandbox.fed(&["recommend", "-"], b"archadvisor: 9\ntitle: t\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_check_as_json_says_what_is_wrong_with_a_broken_file() {
    let sandbox = Sandbox::builtin();
    sandbox.write("bad.yaml", "title: [\n");
    sandbox.write("good.yaml", "title: t\n");
    let output = sandbox.output(&["check", "bad.yaml", "good.yaml", "--json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!stderr(&output).is_empty());
    let document: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["failed"], true);
    let designs = document["designs"].as_array().unwrap();
    assert_eq!(designs[0]["file"], "bad.yaml");
    assert_eq!(designs[0]["failed"], true);
    assert_eq!(designs[0]["problems"][0]["severity"], "error");
    assert_eq!(designs[1]["failed"], false);
    assert_eq!(designs[1]["problems"].as_array().unwrap().len(), 0);
    let keys = |design: &Json| {
        design
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&designs[0]), keys(&designs[1]));
}

#[test]
fn a_check_of_what_is_set_needs_no_file() {
    let output = Sandbox::builtin().output(&["check", "--set", "dau=5"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(told(&output).contains("the answers given"));
}

#[test]
fn every_way_out_is_told() {
    let sandbox = Sandbox::builtin();
    let set = [
        "--set",
        "decisions.replication=single-copy",
        "--set",
        "stage=mature",
    ];
    let text = told(&sandbox.output(&[&["check"], set.as_slice()].concat()));
    let json = sandbox.output(&[&["check", "--json"], set.as_slice()].concat());
    let document: Json = serde_json::from_slice(&json.stdout).unwrap();
    let mut ways = 0;
    for conflict in document["designs"][0]["conflicts"].as_array().unwrap() {
        for way in conflict["ways_out"].as_array().unwrap() {
            let action = way["action"].as_str().unwrap();
            assert!(text.contains(action), "`{action}` is not in:\n{text}");
            ways += 1;
        }
    }
    assert!(ways > 4, "{text}");
}

#[test]
fn multiples_and_percents_are_told_from_counts_and_fractions() {
    let sandbox = Sandbox::builtin();
    let set = |text: &str| sandbox.output(&["estimate", "--set", text]);
    for (slip, says) in [
        (
            "engineers=12x",
            "`engineers` is in people, `12x` is a multiple",
        ),
        (
            "growth_12m=40%",
            "write `1.4` for 40% more, `0.4` for 40% of it",
        ),
        ("read_share=95", "did you mean `95 %`?"),
    ] {
        let output = set(slip);
        assert_eq!(output.status.code(), Some(2), "{slip}");
        assert!(told(&output).contains(says), "{}", told(&output));
    }
    for fine in [
        "growth_12m=3x",
        "engineers=12",
        "read_share=0.95",
        "read_share=95 %",
    ] {
        assert_eq!(
            set(fine).status.code(),
            Some(0),
            "{fine}: {}",
            told(&set(fine))
        );
    }
}

#[test]
fn a_product_leads_to_the_option_it_is_an_example_of() {
    let sandbox = Sandbox::builtin();
    let commands: [&[&str]; 2] = [
        &["recommend", "--set", "decisions.store=postgres"],
        &["explain", "store", "postgres"],
    ];
    for command in commands {
        let output = sandbox.output(command);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            told(&output).contains("did you mean `relational-db`?"),
            "{}",
            told(&output)
        );
    }
}

#[test]
fn a_command_that_there_is_not_is_told_as_such_whatever_follows() {
    let sandbox = Sandbox::builtin();
    let alone = sandbox.output(&["compare"]);
    for words in [
        &["compare", "a", "b"][..],
        &["compare", "a"],
        &["compare", "--deep"],
        &["--kb", "base", "compare", "a"],
        &["--color=never", "compare", "a"],
    ] {
        let output = sandbox.output(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert_eq!(told(&output), told(&alone), "{words:?}");
    }
}

#[test]
fn a_waiver_of_what_never_was_a_conflict_is_not_called_stale() {
    let sandbox = Sandbox::builtin();
    let design = "title: t\nwaivers:\n- {conflict: hazard/spof, because: x}\n- {conflict: hazard/spoof, because: x}\n- {conflict: nonsense, because: x}\n";
    let text = told(&sandbox.fed(&["check", "-"], design.as_bytes()));
    assert!(
        text.contains("no conflict `hazard/spof` any longer"),
        "{text}"
    );
    assert!(
        text.contains("no conflict `hazard/spoof`; did you mean `hazard/spof`?"),
        "{text}"
    );
    assert!(
        text.contains("no conflict `nonsense`; `check` names"),
        "{text}"
    );
}

#[test]
fn all_entries_of_a_kind_are_listed() {
    let sandbox = Sandbox::builtin();
    let base = archadvisor::builtin::knowledge();
    for (word, count) in [
        ("precedents", base.precedents.len()),
        ("tradeoffs", base.tradeoffs.len()),
        ("decisions", base.decisions.len()),
        ("hazards", base.hazards.len()),
        ("axes", base.axes.len()),
        ("quantities", base.quantities.len()),
    ] {
        let document = sandbox.json(&["show", word, "--json"]);
        let list = document["list"].as_array().unwrap();
        assert_eq!(list.len(), count, "{word}");
        let text = stdout(&sandbox.output(&["show", word]));
        for entry in list {
            let id = entry["id"].as_str().unwrap();
            assert!(text.contains(id), "{word}: {id}");
            assert!(!entry["what"].as_str().unwrap().is_empty(), "{word}: {id}");
        }
    }
}

#[test]
fn a_folder_that_is_not_there_is_no_matter_of_permissions() {
    let output = Sandbox::builtin().output(&["export", "--set", "dau=5", "-o", "nowhere/x.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("create the folder first"),
        "{}",
        told(&output)
    );
}

#[test]
fn what_an_overlay_disables_fails_no_golden_case() {
    let sandbox = Sandbox::builtin();
    let overlay = "overlay: acme\nchanges:\n  - disable: pattern/bare-metal\n    because: We have no data centre.\n";
    sandbox.write("ours/overlay.yaml", overlay);
    let output = sandbox.output(&["kb", "test", "--kb", "ours"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(
        told(&output).contains("set aside: compute: wants one of bare-metal"),
        "{}",
        told(&output)
    );
    assert!(told(&output).contains("the overlay `acme` disables it: We have no data centre"));
    // What it changes otherwise still fails.
    sandbox.write(
        "ours/cases/wrong.yaml",
        "case: wrong\nname: A wish that the advice does not grant\nrequirements: {peak_rps: 5/s, engineers: 2}\nexpect:\n  store: [graph-db]\n",
    );
    let output = sandbox.output(&["kb", "test", "--kb", "ours", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let document: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["unmet"], 1);
    assert!(document["set_aside"].as_u64().unwrap() >= 1);
}

#[test]
fn a_folder_with_a_base_of_its_own_says_that_it_replaces() {
    let sandbox = Sandbox::builtin();
    for command in ["lint", "stats"] {
        let text = told(&sandbox.output(&["kb", command, "--kb", "base"]));
        let says = "`base` replaces the built-in base, for it has a `kb.yaml`";
        assert!(text.contains(says), "{text}");
        let text = told(&sandbox.output(&["kb", command, "--kb", "pack:health"]));
        assert!(!text.contains("replaces the built-in base"), "{text}");
    }
    // Whoever copied the file into an overlay is told what it does.
    std::fs::create_dir(sandbox.path("ours")).unwrap();
    std::fs::copy(sandbox.path("base/kb.yaml"), sandbox.path("ours/kb.yaml")).unwrap();
    let text = told(&sandbox.output(&["recommend", "--kb", "ours"]));
    assert!(
        text.contains("without that file it is laid over it"),
        "{text}"
    );
}

#[test]
fn a_lint_that_stops_early_says_so() {
    let sandbox = Sandbox::new();
    let lint = |complete: bool| {
        let text = told(&sandbox.output(&["kb", "lint"]));
        assert_eq!(text.contains("more may follow"), !complete, "{text}");
        let document = sandbox.json(&["kb", "lint", "--json"]);
        assert_eq!(document["complete"], complete);
        text
    };
    lint(true);
    let path = "base/patterns/cache.yaml";
    let whole = std::fs::read_to_string(sandbox.path(path)).unwrap();
    sandbox.write(path, &whole.replacen("step:", "stepp:", 1));
    let text = lint(false).replace('\n', " ");
    assert!(text.contains("the witnesses, are looked at once the errors are mended"));
    // Nor are witnesses told that are lost because of an error: it alone is.
    let requires = |other: &str| format!("\nrequires:\n  - [{other}]\ncategory:");
    for (id, other) in [("cache", "read-replicas"), ("read-replicas", "cache")] {
        let path = format!("base/patterns/{id}.yaml");
        let text = if id == "cache" {
            whole.clone()
        } else {
            std::fs::read_to_string(sandbox.path(&path)).unwrap()
        };
        sandbox.write(&path, &text.replacen("\ncategory:", &requires(other), 1));
    }
    let text = lint(false);
    assert!(text.contains("prerequisites go in a circle"), "{text}");
    assert!(!text.contains("witness of"), "{text}");
}

#[test]
fn without_an_id_the_kinds_are_listed() {
    let sandbox = Sandbox::builtin();
    let output = sandbox.output(&["show"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let text = stdout(&output);
    let examples: Vec<&str> = (text.lines())
        .filter(|line| line.starts_with("  "))
        .filter_map(|line| Some(line.split_once("archadvisor show ")?.1))
        .collect();
    assert!(examples.len() >= 15, "{text}");
    for example in examples {
        let output = sandbox.output(&["show", example]);
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    }
    let document = sandbox.json(&["show", "--json"]);
    for kind in document["kinds"].as_array().unwrap() {
        let list = kind["list"].as_str().unwrap();
        let listed = sandbox.json(&["show", list, "--json"]);
        let count = listed["list"].as_array().unwrap().len();
        assert_eq!(kind["count"], count, "{list}");
    }
}

#[test]
fn a_pack_says_what_it_is_for_and_how_it_is_used() {
    let sandbox = Sandbox::builtin();
    for pack in archadvisor::builtin::packs() {
        for name in [pack.to_owned(), format!("pack:{pack}")] {
            let text = told(&sandbox.output(&["show", &name]));
            assert!(text.contains(&format!("packs: [{pack}]")), "{text}");
            assert!(text.contains(&format!("--kb pack:{pack}")), "{text}");
        }
        let document = sandbox.json(&["show", pack, "--json"]);
        // Each pattern that is listed can be shown with the pack, and not without.
        let pattern = document["pack"]["patterns"][0].as_str().unwrap();
        let with = sandbox.output(&["show", pattern, "--kb", &format!("pack:{pack}")]);
        assert_eq!(with.status.code(), Some(0), "{pattern}");
        let without = sandbox.output(&["show", pattern]);
        assert_eq!(without.status.code(), Some(2), "{pattern}");
    }
}

#[test]
fn who_sets_what_is_computed_is_told_what_to_set() {
    let sandbox = Sandbox::builtin();
    let output = sandbox.output(&["recommend", "--set", "write_rps=8k"]);
    assert_eq!(output.status.code(), Some(2));
    let text = told(&output);
    let says = "`--set peak_rps=80000/s --set read_share=0.9`";
    assert!(
        text.contains("`peak_rps`, `read_share`") && text.contains(says),
        "{text}"
    );
    // What is told for any of them can be set, and gives what was asked for.
    let mut examples = 0;
    for quantity in &archadvisor::builtin::knowledge().quantities {
        let set = format!("{}=1", quantity.id);
        let text = told(&sandbox.output(&["estimate", "--set", &set]));
        assert!(text.contains("set what it follows from"), "{text}");
        let Some((_, example)) = text.split_once("for example `") else {
            continue;
        };
        examples += 1;
        let example = example.split('`').next().unwrap();
        let words: Vec<&str> = example.split_whitespace().collect();
        let output = sandbox.output(&[&["estimate"], words.as_slice()].concat());
        assert_eq!(
            output.status.code(),
            Some(0),
            "{example}: {}",
            told(&output)
        );
        let all = sandbox.json(&[&["estimate", "--json"], words.as_slice()].concat());
        let is_it = |entry: &&serde_json::Value| entry["id"] == quantity.id.as_str();
        let entry = all.as_array().unwrap().iter().find(is_it).unwrap();
        let value = entry["value"].as_f64().unwrap();
        assert!((value - 1.0).abs() < 1e-6, "{example}: {entry}");
    }
    assert!(examples > 10, "{examples}");
}

#[test]
fn part_of_a_name_leads_to_what_bears_it_and_case_does_not_matter() {
    let sandbox = Sandbox::builtin();
    let shown = |name: &str| stdout(&sandbox.output(&["show", name]));
    assert_eq!(shown("PACELC"), shown("pacelc"));
    assert_eq!(shown("Tradeoff/PACELC"), shown("pacelc"));
    assert_eq!(shown("TRADEOFFS"), shown("tradeoffs"));
    assert!(shown("quorum").contains("leaderless-quorum"));
    let shard = shown("shard");
    let (names, examples) = shard.split_once("shard is part of an example of").unwrap();
    assert!(names.contains("shard is part of the name of"), "{shard}");
    assert!(names.contains("hash-sharding"), "{shard}");
    assert!(!examples.contains("hash-sharding"), "{shard}");
    let document = sandbox.json(&["show", "shard", "--json"]);
    let matches = document["matches"]["patterns"].as_array().unwrap();
    assert!(
        matches
            .iter()
            .any(|found| found["by"] == "name" && found["pattern"] == "sharding")
    );
}

#[test]
fn a_product_leads_first_to_what_it_is_for() {
    let sandbox = Sandbox::builtin();
    for (product, first) in [
        ("cassandra", "wide-column-store"),
        ("Postgres", "relational-db"),
        ("redis", "key-value-store"),
        ("kafka", "event-streaming"),
        ("S3", "object-storage"),
        ("mongodb", "document-db"),
        ("nginx", "l7-load-balancer"),
    ] {
        let document = sandbox.json(&["show", product, "--json"]);
        assert_eq!(document["product"]["patterns"][0], first, "{product}");
    }
}

#[test]
fn who_asks_for_an_option_is_told_its_decision() {
    let sandbox = Sandbox::builtin();
    for (name, says) in [
        ("cdn", "`cdn` is an option of the decision `caching`"),
        (
            "edge cache",
            "`edge cache` is another name of `cdn`, an option of the decision `caching`",
        ),
        (
            "postgres",
            "`postgres` is an example of `relational-db`, an option of the decision `store`",
        ),
        ("stor", "did you mean `store`?"),
    ] {
        let output = sandbox.output(&["recommend", "--decision", name]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let text = told(&output);
        assert!(
            text.contains(&format!("there is no decision `{name}`")),
            "{text}"
        );
        assert!(text.contains(says), "{text}");
        assert!(!text.contains("one of:"), "{text}");
    }
    // To explain it, its decision goes without saying.
    for (name, option) in [
        ("cdn", "cdn"),
        ("edge cache", "cdn"),
        ("relational-db", "relational-db"),
    ] {
        let document = sandbox.json(&["explain", name, "--json"]);
        assert_eq!(document["explained"][0], option, "{document}");
    }
    assert_eq!(
        sandbox.output(&["explain", "postgres"]).status.code(),
        Some(2)
    );
    // Where nothing is near, all are told, in lines that can be read.
    let text = String::from_utf8(sandbox.output(&["explain", "zzzzzz"]).stderr).unwrap();
    assert!(text.contains("one of:"), "{text}");
    assert!(text.lines().all(|line| line.len() <= 80), "{text}");
}

#[test]
fn what_does_not_apply_says_when_it_would() {
    let sandbox = Sandbox::builtin();
    let explain = |set: &[&str]| {
        let text = told(&sandbox.output(&[&["explain", "caching", "cdn"], set].concat()));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let open = explain(&["--set", "peak_rps=8k"]);
    assert!(
        open.contains("nothing here calls for it; it would apply when external_exposure"),
        "{open}"
    );
    let text = explain(&["--set", "external_exposure=internal"]);
    let says = "nothing here calls for it (external_exposure is internal); it would apply when";
    assert!(text.contains(says), "{text}");
    let (_, rest) = text.split_once(says).unwrap();
    let (condition, _) = rest.split_once(" +").unwrap_or((rest, ""));
    assert!(
        !condition.contains("(rests on"),
        "what was given decides: {text}"
    );
}

#[test]
fn a_near_option_is_told_for_an_unknown_one() {
    let sandbox = Sandbox::builtin();
    let design = "title: t\ndecisions:\n  normalisation:\n    chosen: [normalized]\n";
    let text = told(&sandbox.fed(&["check", "-"], design.as_bytes()));
    assert!(text.contains("did you mean `normalised-model`?"), "{text}");
    let set = ["check", "--set", "decisions.normalisation=normalized"];
    let text = told(&sandbox.output(&set));
    assert!(text.contains("did you mean `normalised-model`?"), "{text}");
}

#[test]
fn a_waiver_is_likened_to_conflicts_of_its_kind_by_what_they_are_about() {
    let sandbox = Sandbox::builtin();
    let design = "title: t\nwaivers:\n- {conflict: requirements/no-such, because: x}\n- {conflict: hazrd/spof, because: x}\n";
    let text = told(&sandbox.fed(&["check", "-"], design.as_bytes()));
    assert!(
        text.contains("no conflict `requirements/no-such`; `check` names"),
        "{text}"
    );
    assert!(text.contains("did you mean `hazard/spof`?"), "{text}");
}

#[test]
fn a_check_tells_the_facts_and_how_to_accept_what_fails() {
    let sandbox = Sandbox::builtin();
    let set = "--set consistency=strong --set offline_use=write --set partition_write_avail=yes";
    let words: Vec<&str> = ["check"].into_iter().chain(set.split(' ')).collect();
    let text = String::from_utf8(sandbox.output(&words).stdout).unwrap();
    let line = text
        .lines()
        .find(|line| line.contains("Consistency users need = strong"));
    assert!(line.is_some(), "{text}");
    let (_, lines) = text.split_once("\n  waivers:\n").expect(&text);
    let (lines, _) = lines.split_once("\n\n").unwrap();
    assert!(lines.contains("    - conflict: "), "{lines}");
    // Put into a design with a reason, they settle it.
    let reasons = lines.replace("because: \"\"", "because: it is known");
    let answers = "title: t\nrequirements:\n  consistency: strong\n  offline_use: write\n  partition_write_avail: true\n";
    let design = format!("{answers}waivers:\n{reasons}\n");
    let output = sandbox.fed(&["check", "-"], design.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}
