//! The bundled sector packs: overlays that are clean, keep their cases, and leave others alone.

use archadvisor::builtin;
use archadvisor::knowledge::{KnowledgeBase, Layer, lint, load};
use archadvisor::reasoning::{Situation, Verdict, advise, case, witness};

fn with(packs: &[&str]) -> KnowledgeBase {
    let mut layers: Vec<Layer> = vec![builtin::layer()];
    layers.extend(packs.iter().map(|name| builtin::pack(name).unwrap()));
    let loaded = load(&layers);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let base = loaded.base.as_ref().unwrap();
    let found: Vec<String> = (lint(base, &loaded).iter())
        .chain(&witness::lint(base, &loaded))
        .map(ToString::to_string)
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    loaded.base.unwrap()
}

fn unmet(base: &KnowledgeBase) -> Vec<String> {
    base.cases
        .iter()
        .filter(|entry| !case::run(base, entry).unwrap().unmet.is_empty())
        .map(|entry| entry.id.to_string())
        .collect()
}

#[test]
fn every_pack_is_clean_and_keeps_all_cases() {
    let plain = builtin::knowledge();
    for name in builtin::packs() {
        let base = with(&[name]);
        assert!(!builtin::pack_title(name).is_empty(), "{name}");
        assert!(
            base.cases.len() >= plain.cases.len() + 2,
            "{name} has cases of its own"
        );
        assert!(base.patterns.len() > plain.patterns.len(), "{name}");
        assert_eq!(unmet(&base), Vec::<String>::new(), "{name}");
        let advice = advise(&base, &Situation::default());
        let ruled_out = advice.decisions.iter().flat_map(|entry| &entry.options);
        assert!(
            ruled_out
                .clone()
                .all(|option| option.verdict != Verdict::RuledOut),
            "{name} rules something out although nothing is answered"
        );
    }
}

#[test]
fn all_packs_go_together() {
    let packs = builtin::packs();
    assert_eq!(
        packs,
        ["ads-telemetry", "eu-public", "games", "health", "payments"]
    );
    let base = with(&packs);
    assert_eq!(unmet(&base), Vec::<String>::new());
}
