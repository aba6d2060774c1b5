//! The designs in `examples/` are what they claim to be: free of faults, sound, and exported as they are now.

mod readme;

use archadvisor::builtin;
use archadvisor::design::{Design, situation};
use archadvisor::knowledge::KnowledgeBase;
use archadvisor::reasoning::{Advice, Severity, Verdict, advise};
use archadvisor::report::markdown;
use archadvisor::yaml;
use std::fs;
use std::path::PathBuf;

const NAMES: [&str; 4] = [
    "ticket-flash-sale",
    "telemetry-fleet",
    "internal-crud-tool",
    "hospital-records",
];

fn path(name: &str, extension: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(format!("{name}.{extension}"))
}

/// Reads an example that must be without any fault, and advises on it.
fn example(base: &KnowledgeBase, name: &str) -> (Design, Advice) {
    let bytes = fs::read(path(name, "yaml")).unwrap();
    let (document, problems) = yaml::parse_bytes(name, &bytes, &yaml::Limits::default());
    assert!(problems.is_empty(), "{name}: {problems:#?}");
    let document = document.unwrap();
    let (design, problems, _) = Design::from_document(&document);
    assert!(problems.is_empty(), "{name}: {problems:#?}");
    let design = design.unwrap();
    let (situation, problems) = situation(&design, base, Some(&document), None);
    assert!(problems.is_empty(), "{name}: {problems:#?}");
    let advice = advise(base, &situation);
    (design, advice)
}

#[test]
fn every_example_is_listed_here() {
    let mut found: Vec<String> = fs::read_dir(path("x", "yaml").parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    let mut listed = NAMES.map(str::to_owned);
    listed.sort();
    assert_eq!(found, listed);
}

#[test]
fn no_example_leaves_a_high_conflict_open() {
    let base = builtin::knowledge();
    for name in NAMES {
        let (_, advice) = example(&base, name);
        let open: Vec<&str> = advice
            .open_conflicts()
            .filter(|conflict| conflict.severity == Severity::High)
            .map(|conflict| conflict.id.as_str())
            .collect();
        assert!(open.is_empty(), "{name}: {open:?}");
    }
}

#[test]
fn every_waiver_waives_a_conflict_that_stands() {
    let base = builtin::knowledge();
    for name in NAMES {
        let (design, advice) = example(&base, name);
        for waiver in &design.waivers {
            let waived = advice
                .conflicts
                .iter()
                .any(|conflict| conflict.id == waiver.conflict && conflict.waived.is_some());
            assert!(
                waived,
                "{name}: there is no conflict {} any more",
                waiver.conflict
            );
        }
    }
}

#[test]
fn whoever_decides_against_advice_says_why() {
    let base = builtin::knowledge();
    for name in NAMES {
        let (_, advice) = example(&base, name);
        for decision in &advice.decisions {
            for option in decision.options.iter().filter(|option| {
                decision.chosen.contains(&option.pattern)
                    && matches!(option.verdict, Verdict::Discouraged | Verdict::RuledOut)
            }) {
                let waived = advice.conflicts.iter().any(|conflict| {
                    conflict.waived.is_some() && conflict.patterns.contains(&option.pattern)
                });
                let id = &base.pattern(option.pattern).id;
                assert!(waived, "{name}: {id}: {:#?}", option.reasons);
            }
        }
    }
}

/// `UPDATE_EXAMPLES=1 cargo test examples` writes the files anew; read what changed before you commit it.
#[test]
fn the_exports_beside_the_designs_are_current() {
    let base = builtin::knowledge();
    let update = std::env::var_os("UPDATE_EXAMPLES").is_some();
    for name in NAMES {
        let (design, advice) = example(&base, name);
        let exported = markdown::document(&base, &design, &advice);
        // Whoever lints Markdown wants the cells of a table set alike.
        let loose = |line: &&str| line.starts_with('|') && line.contains("  |");
        assert_eq!(exported.lines().find(loose), None, "{name}");
        let file = path(name, "md");
        if update {
            fs::write(&file, &exported).unwrap();
        }
        let kept = fs::read_to_string(&file)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        let line = kept
            .lines()
            .zip(exported.lines())
            .position(|(kept, exported)| kept != exported);
        assert!(
            kept == exported,
            "{} differs from the export, first in line {}; UPDATE_EXAMPLES=1 writes it anew",
            file.display(),
            line.map_or_else(
                || kept.lines().count().min(exported.lines().count()) + 1,
                |line| line + 1
            ),
        );
    }
}
