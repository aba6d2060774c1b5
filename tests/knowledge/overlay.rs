//! Overlays add, replace, disable and set without a rebuild.

use archadvisor::builtin;
use archadvisor::knowledge::{KnowledgeBase, Layer, SourceFile, load};
use archadvisor::reasoning::{Situation, Verdict, advise};

fn overlay(files: &[(&str, &str)]) -> Layer {
    let files = files.iter().map(|(path, text)| SourceFile {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
    });
    Layer {
        name: "acme".to_owned(),
        files: files.collect(),
    }
}

fn loaded(layer: Layer) -> KnowledgeBase {
    let loaded = load(&[builtin::layer(), layer]);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded
        .base
        .unwrap_or_else(|| panic!("{}", problems.join("\n")))
}

#[test]
fn an_empty_overlay_changes_nothing_but_its_name() {
    let (plain, over) = (
        builtin::knowledge(),
        loaded(overlay(&[("overlay.yaml", "overlay: acme\n")])),
    );
    assert_eq!(plain.patterns, over.patterns);
    assert_eq!(plain.decisions, over.decisions);
    assert_eq!(
        over.overlays
            .iter()
            .map(archadvisor::knowledge::Text::as_str)
            .collect::<Vec<_>>(),
        ["acme"]
    );
}

#[test]
fn an_overlay_adds_disables_and_sets() {
    let base = loaded(overlay(&[
        (
            "overlay.yaml",
            "overlay: acme\nchanges:\n  - disable: pattern/bare-metal\n    because: no data centre\n  - set: pattern/kubernetes/effects/maintainability/default/value\n    to: 0\n    because: our platform team runs it for everyone\n  - add_option: {decision: compute, option: acme-paas}\n",
        ),
        (
            "patterns/acme-paas.yaml",
            "pattern: acme-paas\nname: Acme platform\nwhat: Our own platform.\nstep: architecture\ncategory: compute\ncomplexity: 0\nsources: [seed2]\neffects:\n  cost:\n    - value: +2\n      because: paid for already\n  maintainability:\n    - value: +2\n      because: run by another team\n",
        ),
    ]));
    let compute = base.find_decision("compute").unwrap();
    let options: Vec<&str> = base
        .decision(compute)
        .options
        .iter()
        .map(|id| base.pattern(*id).id.as_str())
        .collect();
    assert!(options.contains(&"acme-paas"), "{options:?}");
    let advice = advise(&base, &Situation::default());
    let bare_metal = base.find_pattern("bare-metal").unwrap();
    let ruled_out = advice.decision(compute).option(bare_metal).unwrap();
    assert_eq!(ruled_out.verdict, Verdict::RuledOut);
    let reason = &ruled_out.reasons[0];
    assert_eq!(
        (reason.because.as_str(), reason.sources.len()),
        ("the overlay `acme` disables it: no data centre", 0)
    );
    let best = advice.decision(compute).recommended[0];
    assert_eq!(base.pattern(best).id, "acme-paas");
    let axis = base.find_axis("maintainability").unwrap();
    let kubernetes = base.pattern(base.find_pattern("kubernetes").unwrap());
    let claim = kubernetes
        .effects
        .iter()
        .find(|effect| effect.axis == axis)
        .unwrap()
        .cases
        .last()
        .unwrap();
    // What the overlay says is told as its own, and not with the sources of the pattern.
    assert_eq!(
        (
            claim.value,
            claim.support.because.as_str(),
            claim.support.sources.len()
        ),
        (
            0,
            "the overlay `acme` says so: our platform team runs it for everyone",
            0
        )
    );
}

#[test]
fn an_overlay_takes_a_rule_away() {
    let disabling = |rule: &str| {
        let manifest =
            format!("overlay: acme\nchanges:\n  - disable: rule/{rule}\n    because: not ours\n");
        load(&[builtin::layer(), overlay(&[("overlay.yaml", &manifest)])])
    };
    let rules = |base: &KnowledgeBase| -> Vec<String> {
        base.rules.iter().map(|rule| rule.id.to_string()).collect()
    };
    let plain = rules(&builtin::knowledge());
    let gone = "payments-pack-unread";
    let left = rules(&disabling(gone).base.expect("a rule may be disabled"));
    assert!(plain.iter().any(|id| id == gone));
    let others: Vec<String> = plain.into_iter().filter(|id| id != gone).collect();
    assert_eq!(left, others);
    let problems = disabling("payments-pack-unred").problems;
    let told = problems[0].to_string();
    assert!(
        told.contains("there is no rule `payments-pack-unred` to change")
            && told.contains("did you mean `payments-pack-unread`?"),
        "{told}"
    );
}

#[test]
fn one_thing_changed_twice_in_an_overlay_is_an_error() {
    let layer = overlay(&[(
        "overlay.yaml",
        "overlay: acme\nchanges:\n  - set: pattern/kubernetes/complexity\n    to: 0\n    because: a\n  - set: pattern/kubernetes/complexity\n    to: 5\n    because: b\n",
    )]);
    let loaded = load(&[builtin::layer(), layer]);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(
        problems[0].contains("`pattern/kubernetes/complexity` is changed twice in one overlay")
            && problems[0].contains("overlay.yaml:7"),
        "{problems:#?}"
    );
}

#[test]
fn what_is_disabled_still_meets_what_needs_it() {
    let base = loaded(overlay(&[(
        "overlay.yaml",
        "overlay: acme\nchanges:\n  - disable: pattern/relational-db\n    because: no\n  - disable: pattern/timeouts\n    because: never\n",
    )]));
    let mut situation = Situation::default();
    let chosen = |decision: &str, pattern: &str| {
        (
            base.find_decision(decision).unwrap(),
            vec![base.find_pattern(pattern).unwrap()],
        )
    };
    situation.choices.extend([
        chosen("store", "relational-db"),
        chosen("calls", "timeouts"),
    ]);
    let advice = advise(&base, &situation);
    let has = |id: &str| advice.conflicts.iter().find(|conflict| conflict.id == id);
    assert!(has("limit/relational-db/disabled").is_some());
    assert!(
        has("no-option/replication").is_none(),
        "one cause is told once"
    );
    // One of several can at least be dropped.
    assert!(!has("limit/timeouts/disabled").unwrap().ways_out.is_empty());
}

#[test]
fn faults_of_an_overlay_name_its_files() {
    let layer = overlay(&[(
        "acme/overlay.yaml",
        "overlay: acme\nchanges:\n  - disable: pattern/bare-metall\n  - set: pattern/kubernetes/effects/taste/default/value\n    to: 1\n  - paint: blue\n",
    )]);
    let loaded = load(&[builtin::layer(), layer]);
    assert!(loaded.base.is_none());
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    let all = problems.join("\n");
    for fragment in [
        "acme/overlay.yaml:3",
        "did you mean `bare-metal`?",
        "has no such effect: taste/default",
        "`paint`",
    ] {
        assert!(all.contains(fragment), "`{fragment}` is not in:\n{all}");
    }
}

#[test]
fn a_disabled_practice_is_never_brought_in() {
    let advised = |base: &KnowledgeBase| -> Vec<String> {
        let advice = advise(base, &Situation::default());
        let practices = advice.practices.iter();
        practices
            .map(|practice| base.pattern(practice.advice.pattern).id.to_string())
            .collect()
    };
    let before = advised(&builtin::knowledge());
    let practice = before.first().unwrap();
    let manifest =
        format!("overlay: acme\nchanges:\n  - disable: pattern/{practice}\n    because: no\n");
    let base = loaded(overlay(&[("overlay.yaml", &manifest)]));
    assert!(!advised(&base).contains(practice));
}

#[test]
fn a_value_out_of_range_is_reported_in_the_overlay() {
    let manifest = "overlay: acme\nchanges:\n  - set: pattern/kubernetes/effects/cost/default/value\n    to: 7\n    because: dear\n  - set: pattern/kubernetes/complexity\n    to: 9\n    because: hard\n";
    let loaded = load(&[builtin::layer(), overlay(&[("overlay.yaml", manifest)])]);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    let all = problems.join("\n");
    for fragment in [
        "is from -2 to 2, not 7\n --> overlay.yaml:4:9",
        "is from 0 to 5, not 9\n --> overlay.yaml:7:9",
    ] {
        assert!(all.contains(fragment), "`{fragment}` is not in:\n{all}");
    }
    assert_eq!(problems.len(), 2, "{all}");
}

#[test]
fn a_change_without_a_reason_is_a_warning() {
    let manifest = "overlay: acme\nchanges:\n  - disable: pattern/bare-metal\n";
    let loaded = load(&[builtin::layer(), overlay(&[("overlay.yaml", manifest)])]);
    assert!(loaded.base.is_some());
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(
        problems.len() == 1 && problems[0].starts_with("warning: this change gives no reason"),
        "{problems:?}"
    );
}
