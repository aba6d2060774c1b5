//! Every option can win, shown by a witness that is replayed here, or is proved never to.

use super::faults::with;
use super::lint::place_of;
use archadvisor::builtin;
use archadvisor::knowledge::{KnowledgeBase, Layer, SourceFile, load, never_wins};
use archadvisor::reasoning::witness::{Outcome, Search, Standing, is_recommended, lint, replay};
use archadvisor::reasoning::{Situation, advise};

fn found(layers: &[Layer]) -> Vec<String> {
    let loaded = load(layers);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    let base = (loaded.base.as_ref()).unwrap_or_else(|| panic!("{}", problems.join("\n")));
    lint(base, &loaded)
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn option(base: &KnowledgeBase, decision: &str, option: &str) -> Option<String> {
    let (decision, pattern) = (
        base.find_decision(decision).unwrap(),
        base.find_pattern(option).unwrap(),
    );
    never_wins(base, decision, pattern)
}

#[test]
fn every_option_wins_with_its_witness_or_is_proved_never_to() {
    let base = builtin::knowledge();
    let replays = replay(&base);
    assert!(replays.len() >= 188, "{}", replays.len());
    let mut never = Vec::new();
    for replay in replays {
        let name = format!(
            "{}/{}",
            base.decision(replay.decision).id,
            base.pattern(replay.option).id
        );
        match replay.standing {
            Standing::Wins => {}
            Standing::Loses => panic!("the witness of {name} no longer makes it win"),
            Standing::Missing => {
                assert!(
                    never_wins(&base, replay.decision, replay.option).is_some(),
                    "{name} has no witness and no proof that there is none"
                );
                assert!(base.pattern(replay.option).antipattern, "{name}");
                never.push(name);
            }
        }
    }
    assert_eq!(never, ["alerting/cause-alerts", "secrets/secrets-in-code"]);
}

#[test]
fn a_witness_says_no_more_than_it_must() {
    let base = builtin::knowledge();
    let known: Vec<&str> = (base.witnesses.iter())
        .filter(|witness| !witness.priorities.is_empty())
        .map(|witness| base.pattern(witness.option).id.as_str())
        .collect();
    assert!(known.is_empty(), "{known:?} win only with priorities");
    for witness in &base.witnesses {
        let size = witness.requirements.len() + witness.decisions.len();
        assert!(size <= 5, "{}", base.pattern(witness.option).id);
    }
}

#[test]
fn an_option_without_a_witness_is_found() {
    let entry = "  - decision: store\n    option: graph-db\n    requirements:\n      p99_read_ms: 200 ms\n      relationship_depth: 4 hops\n";
    let problems = found(&[with(&[("witnesses.yaml", entry, "")])]);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let says = "warning: no witness shows that `graph-db` can win `store`";
    assert!(problems[0].starts_with(says), "{}", problems[0]);
    let place = place_of("decisions/storage/store.yaml", "graph-db");
    assert!(problems[0].contains(&place), "{place}: {}", problems[0]);
    assert!(problems[0].contains("= help: look for one with `archadvisor kb witness`"));
}

#[test]
fn a_witness_that_no_longer_wins_is_found() {
    let problems = found(&[with(&[(
        "witnesses.yaml",
        "relationship_depth: 4 hops",
        "relationship_depth: 1",
    )])]);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let says = "warning: the witness of `graph-db` no longer makes it win `store`";
    assert!(problems[0].starts_with(says), "{}", problems[0]);
    assert!(problems[0].contains("witnesses.yaml:"), "{}", problems[0]);
    assert!(problems[0].contains("option: graph-db"), "{}", problems[0]);
}

#[test]
fn faults_of_witnesses_are_named_at_their_place() {
    for (from, to, says) in [
        (
            "option: graph-db",
            "option: rest-api",
            "`rest-api` is not an option of `store`",
        ),
        (
            "option: graph-db",
            "option: document-db",
            "has two witnesses",
        ),
        (
            "relationship_depth: 4 hops",
            "relationship_depth: deep",
            "relationship_depth",
        ),
        (
            "relationship_depth: 4 hops",
            "relation_depth: 4",
            "there is no requirement `relation_depth`",
        ),
    ] {
        let problems = super::faults::reports(with(&[("witnesses.yaml", from, to)]));
        let hit = problems.iter().find(|problem| problem.contains(says));
        let hit = hit.unwrap_or_else(|| panic!("`{says}` is not in {problems:#?}"));
        assert!(hit.contains("witnesses.yaml:"), "{hit}");
    }
}

/// An overlay that adds one option to the decision on pages of lists.
fn overlay(effects: &str) -> Layer {
    let file = |path: &str, text: String| SourceFile {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    };
    Layer {
        name: "ours".to_owned(),
        files: vec![
            file(
                "overlay.yaml",
                "overlay: ours\nchanges:\n  - add_option: {decision: pagination, option: our-paging}\n"
                    .to_owned(),
            ),
            file(
                "patterns/our-paging.yaml",
                format!(
                    "pattern: our-paging\nname: Our paging\nwhat: x\nstep: api\ncategory: api\ncomplexity: 1\n\
                     sources: [ddia]\n{effects}"
                ),
            ),
        ],
    }
}

#[test]
fn a_new_option_of_an_overlay_is_shown_to_win() {
    let effects = "driver: data_shape == 'graph'\ndriver_because: x\neffects:\n  performance:\n    - {value: 2, because: x}\n  cost:\n    - {value: 2, because: x}\n  maintainability:\n    - {value: 2, because: x}\n";
    let problems = found(&[builtin::layer(), overlay(effects)]);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let problem = &problems[0];
    assert!(problem.contains("no witness shows that `our-paging` can win `pagination`"));
    assert!(
        problem.contains("patterns/our-paging.yaml:1:10"),
        "{problem}"
    );
    assert!(problem.contains("it wins with `"), "{problem}");
}

#[test]
fn an_option_that_cannot_win_is_proved_not_to() {
    let base = builtin::knowledge();
    let proof = option(&base, "secrets", "secrets-in-code").unwrap();
    assert!(proof.contains("its norm always discourages it"), "{proof}");
    assert!(proof.contains("`secrets-manager`"), "{proof}");
    assert_eq!(option(&base, "secrets", "secrets-in-env"), None);
    // An antipattern that is right somewhere has a witness, not a proof.
    assert_eq!(option(&base, "infra", "manual-provisioning"), None);
    let planted = [
        (
            "patterns/store/graph-db.yaml",
            "limits:\n",
            "limits:\n  - {id: never, when: \"true\", because: x}\n",
            "its limit `never` rules it out",
        ),
        (
            "decisions/storage/search.yaml",
            "when: full_text or language_model == 'grounded'",
            "when: full_text and not full_text",
            "which never holds",
        ),
    ];
    for (file, from, to, says) in planted {
        let loaded = load(&[with(&[(file, from, to)])]);
        let base = loaded.base.as_ref().unwrap();
        let (decision, pattern) = if file.contains("search") {
            ("search", "search-engine")
        } else {
            ("store", "graph-db")
        };
        let proof = option(base, decision, pattern).unwrap_or_default();
        assert!(proof.contains(says), "{proof}");
        let all = archadvisor::knowledge::lint(base, &loaded);
        let says = format!("`{pattern}` can never win `{decision}`");
        assert!(all.iter().any(|problem| problem.message.starts_with(&says)));
    }
}

#[test]
fn the_search_finds_few_answers_and_the_same_each_time() {
    let base = builtin::knowledge();
    let search = Search::brief(&base);
    let (decision, pattern) = (
        base.find_decision("caching").unwrap(),
        base.find_pattern("write-through-cache").unwrap(),
    );
    let Outcome::Found(situation) = search.find(decision, pattern) else {
        panic!("nothing was found");
    };
    assert_eq!(
        search.find(decision, pattern),
        Outcome::Found(situation.clone())
    );
    let wins = |situation: &Situation| is_recommended(&advise(&base, situation), decision, pattern);
    assert!(wins(&situation));
    for fact in situation.answers.keys() {
        let mut smaller = situation.clone();
        smaller.answers.remove(fact);
        assert!(!wins(&smaller), "{} is not needed", base.fact(*fact).0);
    }
}
