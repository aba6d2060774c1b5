//! The JSON Schema of what the commands print: every output fits it, every key of an output is in it, and no key of it is
//! made up.

use super::Sandbox;
use crate::validator::{faults, faults_at};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};
use std::thread;

/// A design with whatever a record can have.
const RECORD: &str = "\
archadvisor: 1
title: Record
colour: blue
requirements: {peak_rps: 8k, avail_target: 99.99 %, p99_read_ms: 20 ms, money_like: true, engineers: 4}
interfaces:
  - {name: Buy, kind: write, style: async, share: 40 %}
  - {name: Look, share: 60 %, idempotent: true}
entities:
  - {name: Order, access: [{by: key, rate: 10/s}]}
decisions:
  store: {chosen: [wide-column-store], status: accepted, confidence: low, review: {when: peak_rps > 1}}
  caching: {chosen: [cache-aside], status: superseded}
  decomposition: {chosen: [microservices], reversibility: low}
waivers:
  - {conflict: hazard/none, because: once}
  - {conflict: complexity/microservices, because: We know them.}
";

/// What disables an option, and expects what does not come out.
const OVERLAY: &str =
    "overlay: ours\nchanges:\n  - {disable: pattern/relational-db, because: None here.}\n";
const CASE: &str = "\
case: never-met
name: Nothing of this comes out
requirements: {peak_rps: 10/s}
expect: {decomposition: [monolith], store: [relational-db]}
conflicts: [{id: hazard/dual-write, severity: high}, {id: hazard/cross-service-tx, severity: high}, cap]
decisions: {decomposition: [microservices]}
no_conflict: [complexity/microservices]
practices: [abac]
";

/// A command line, and what it printed.
type Printed = (String, Json);

static SCHEMA: LazyLock<Json> = LazyLock::new(|| {
    let mut schema = Sandbox::builtin().json(&["kb", "schema", "output"]);
    close(&mut schema);
    schema
});
static PRINTED: LazyLock<Vec<Printed>> = LazyLock::new(printed);

/// Takes only the keys that are described, where some are.
fn close(schema: &mut Json) {
    match schema {
        Json::Object(keys) => {
            keys.values_mut().for_each(close);
            let is_object = keys.get("type").is_some_and(|kind| {
                kind == "object"
                    || kind
                        .as_array()
                        .is_some_and(|kinds| kinds.contains(&"object".into()))
            });
            if is_object
                && keys.contains_key("properties")
                && !keys.contains_key("additionalProperties")
            {
                keys.insert("additionalProperties".into(), false.into());
            }
        }
        Json::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Golden cases of many kinds, among them recommendations that were revised and mistakes that were made.
const CASES: [&str; 12] = [
    "a-millisecond-on-own-machines",
    "alerts-to-many",
    "bank-ledger",
    "chat",
    "internal-tool",
    "iot",
    "legacy-modernise",
    "marketing-site",
    "money-for-the-world",
    "public-doors-without-limits",
    "seconds-over-terabytes",
    "shop-eight-teams",
];

/// The answers, priorities and choices of a golden case, as a design.
fn design_of_case(name: &str) -> String {
    let text = fs::read(here(&format!("knowledge/cases/{name}.yaml"))).unwrap();
    let case: serde_yaml::Value = serde_yaml::from_slice(&text).unwrap();
    let mut design = json!({"archadvisor": 1, "title": name});
    for key in ["requirements", "priorities"] {
        design[key] = serde_json::to_value(case.get(key)).unwrap();
    }
    let decisions = case
        .get("decisions")
        .and_then(serde_yaml::Value::as_mapping);
    for (decision, chosen) in decisions.into_iter().flatten() {
        let chosen = serde_json::to_value(chosen).unwrap();
        design["decisions"][decision.as_str().unwrap()] = json!({"chosen": chosen});
    }
    design.to_string()
}

/// Runs command lines, as many at a time as there are processors.
fn run_all(sandbox: &Sandbox, commands: Vec<Vec<String>>) -> Vec<Printed> {
    let next = AtomicUsize::new(0);
    let printed: Vec<OnceLock<Printed>> = commands.iter().map(|_| OnceLock::new()).collect();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(command) = commands.get(index) else {
                        return;
                    };
                    let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
                    let output = sandbox.json(&arguments);
                    printed[index].set((command.join(" "), output)).unwrap();
                }
            });
        }
    });
    printed
        .into_iter()
        .map(|printed| printed.into_inner().unwrap())
        .collect()
}

fn printed() -> Vec<Printed> {
    let sandbox = Sandbox::builtin();
    let mut commands: Vec<Vec<String>> = Vec::new();
    let mut run =
        |arguments: &str| commands.push(arguments.split(' ').map(str::to_owned).collect());
    for entry in fs::read_dir(here("examples")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            fs::copy(
                &path,
                sandbox.path(&path.file_name().unwrap().to_string_lossy()),
            )
            .unwrap();
        }
    }
    for name in CASES {
        sandbox.write(&format!("{name}.yaml"), &design_of_case(name));
    }
    sandbox.write("record.yaml", RECORD);
    let examples = [
        "hospital-records",
        "internal-crud-tool",
        "telemetry-fleet",
        "ticket-flash-sale",
    ];
    for name in examples.iter().chain(&CASES).chain(&["record"]) {
        run(&format!("recommend --json {name}.yaml"));
        run(&format!(
            "recommend --json --decision caching --decision calls {name}.yaml"
        ));
        run(&format!("explain --json store --design {name}.yaml"));
        run(&format!("explain --json load-testing --design {name}.yaml"));
        run(&format!("estimate --json {name}.yaml"));
        run(&format!("check --json {name}.yaml"));
        run(&format!("export --format json {name}.yaml"));
    }
    sandbox.write("broken.yaml", "title: [\n");
    sandbox.write("slip.yaml", "title: Slip\nrequirements: {peak_rsp: 1}\n");
    for level in ["high", "medium", "low", "never"] {
        run(&format!(
            "check --json --fail-on {level} record.yaml broken.yaml slip.yaml"
        ));
    }
    run("recommend --json");
    run("recommend --json --kb pack:health");
    run("estimate --json");

    run("patterns --json");
    run("patterns --json --axis cost --axis availability");
    run("patterns --json --search payments");
    run("patterns --json --search nosuchword");
    run("show --json");
    let kinds = sandbox.json(&["show", "--json"]);
    for kind in kinds["kinds"].as_array().unwrap() {
        let (list, kind) = (
            kind["list"].as_str().unwrap(),
            kind["kind"].as_str().unwrap(),
        );
        run(&format!("show --json {list}"));
        let list = sandbox.json(&["show", "--json", list]);
        let entries = list["list"].as_array().unwrap();
        for index in [0, entries.len() / 3, entries.len() / 2, entries.len() - 1] {
            run(&format!(
                "show --json {kind}/{}",
                entries[index]["id"].as_str().unwrap()
            ));
        }
    }
    for id in [
        "cap",
        "availability-cost",
        "burst",
        "money_like",
        "Kafka",
        "balancer",
        "cqrs",
        "cdn",
        "microservices",
        "relational-db",
    ] {
        run(&format!("show --json {id}"));
    }
    run("show --json --seed S2-109");
    run("show --json --seed S1-001");

    run("kb stats --json");
    run("kb lint --json");
    sandbox.write(
        "bad/overlay.yaml",
        "overlay: bad\nchanges:\n  - disable: pattern/nope\n",
    );
    run("kb lint --json --kb bad");
    sandbox.write("ours/overlay.yaml", OVERLAY);
    sandbox.write("ours/case.yaml", CASE);
    run("kb test --json bank-core bank-ledger 37signals-cloud-exit facebook-tao");
    run("kb test --json --kb ours never-met bank-core");
    run_all(&sandbox, commands)
}

/// The parts of the schema that a value has: described keys, and lists of words with the place of the word in the value.
#[derive(Default)]
struct Met {
    keys: BTreeMap<String, usize>,
    words: BTreeMap<String, (usize, String)>,
}

impl Met {
    fn walk(&mut self, output: usize, at: &str, value: &Json, place: &str) {
        let root = &*SCHEMA;
        let schema = root.pointer(at).unwrap();
        let fits = |at: &str| faults_at(root.pointer(at).unwrap(), root, value, "$").is_empty();
        if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
            self.walk(output, target.strip_prefix('#').unwrap(), value, place);
        }
        if schema.get("if").is_some() {
            let branch = if fits(&format!("{at}/if")) {
                "then"
            } else {
                "else"
            };
            self.walk(output, &format!("{at}/{branch}"), value, place);
        }
        let ways = schema
            .get("anyOf")
            .and_then(Json::as_array)
            .map_or(0, Vec::len);
        for way in (0..ways)
            .map(|way| format!("{at}/anyOf/{way}"))
            .filter(|way| fits(way))
        {
            self.walk(output, &way, value, place);
        }
        if schema.get("enum").is_some() && value.is_string() {
            self.words
                .entry(at.to_owned())
                .or_insert((output, place.to_owned()));
        }
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            if schema.get("items").is_some() {
                self.walk(
                    output,
                    &format!("{at}/items"),
                    item,
                    &format!("{place}/{index}"),
                );
            }
        }
        for (key, value) in value.as_object().into_iter().flatten() {
            let place = format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"));
            let described = format!("{at}/properties/{key}");
            if root.pointer(&described).is_some() {
                self.keys.entry(described.clone()).or_insert(output);
                self.walk(output, &described, value, &place);
            } else if schema
                .get("additionalProperties")
                .is_some_and(Json::is_object)
            {
                self.walk(output, &format!("{at}/additionalProperties"), value, &place);
            }
        }
    }
}

static MET: LazyLock<Met> = LazyLock::new(|| {
    let mut met = Met::default();
    for (index, (_, output)) in PRINTED.iter().enumerate() {
        met.walk(index, "", output, "");
    }
    met
});

/// All places of a schema that have a keyword, or that are described keys.
fn places(
    schema: &Json,
    at: &str,
    is_wanted: &impl Fn(&str, &Json) -> bool,
    found: &mut Vec<String>,
) {
    if is_wanted(at, schema) {
        found.push(at.to_owned());
    }
    match schema {
        Json::Object(keys) => {
            for (key, part) in keys {
                places(part, &format!("{at}/{key}"), is_wanted, found);
            }
        }
        Json::Array(items) => {
            for (index, part) in items.iter().enumerate() {
                places(part, &format!("{at}/{index}"), is_wanted, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_output_fits_and_has_no_key_that_is_not_described() {
    assert!(PRINTED.len() > 150, "{}", PRINTED.len());
    let mut wrong = Vec::new();
    for (command, output) in PRINTED.iter() {
        let found = faults(&SCHEMA, output);
        wrong.extend(
            found
                .iter()
                .take(3)
                .map(|path| format!("{command}: {path}")),
        );
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_key_that_is_described_is_printed_and_tells_what_it_means() {
    let mut described = Vec::new();
    let is_key = |at: &str, schema: &Json| {
        let mut path = at.rsplit('/');
        path.next();
        path.next() == Some("properties")
            && schema.is_object()
            && !at.contains("/if/")
            && !at.contains("/anyOf/")
    };
    places(&SCHEMA, "", &is_key, &mut described);
    assert!(described.len() > 350, "{}", described.len());
    let unmet: Vec<&String> = (described.iter())
        .filter(|at| at.starts_with("/$defs/") && !MET.keys.contains_key(*at))
        .collect();
    assert_eq!(unmet, [""; 0]);
    for at in described.iter().filter(|at| at.starts_with("/$defs/")) {
        let about = &SCHEMA.pointer(at).unwrap()["description"];
        assert!(
            about.as_str().is_some_and(|about| about.ends_with('.')),
            "{at}"
        );
    }
}

#[test]
fn a_word_that_is_not_listed_is_refused() {
    let mut lists = Vec::new();
    let is_list =
        |at: &str, schema: &Json| at.starts_with("/$defs/") && schema.get("enum").is_some();
    places(&SCHEMA, "", &is_list, &mut lists);
    assert!(lists.len() > 40, "{}", lists.len());
    for at in &lists {
        let Some((output, place)) = MET.words.get(at) else {
            panic!("no output has a word of {at}");
        };
        let (command, output) = &PRINTED[*output];
        let mut changed = output.clone();
        *changed.pointer_mut(place).unwrap() = "no-such-word".into();
        assert!(!faults(&SCHEMA, &changed).is_empty(), "{command}: {place}");
    }
}

#[test]
fn what_is_no_output_is_refused() {
    for other in [
        json!({}),
        json!({"schema": "archadvisor/recommend/2"}),
        json!({"schema": "archadvisor/recommend/1"}),
        json!({"schema": "archadvisor/show/1", "kind": "axis"}),
        json!([{"id": "cache"}]),
        json!("recommend"),
    ] {
        assert!(!faults(&SCHEMA, &other).is_empty(), "{other}");
    }
    // Keys are only ever added: whoever checks an output today lets pass those of tomorrow.
    let open = Sandbox::builtin().json(&["kb", "schema", "output"]);
    let (_, stats) = (PRINTED.iter())
        .find(|(command, _)| command.starts_with("kb stats"))
        .unwrap();
    let mut later = stats.clone();
    later["of_tomorrow"] = true.into();
    assert_eq!(faults(&open, &later), [""; 0]);
    assert_ne!(faults(&SCHEMA, &later), [""; 0]);
}

#[test]
fn it_does_not_depend_on_the_knowledge() {
    let small = Sandbox::new();
    let mut schema = small.json(&["kb", "schema", "output"]);
    close(&mut schema);
    assert_eq!(schema, *SCHEMA);
    let seen = small.seen(&["kb", "schema", "outputs"]);
    assert!(
        seen.contains("did you mean `output`?") && seen.contains("[exit 2]"),
        "{seen}"
    );
}
