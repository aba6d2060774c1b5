//! Nothing of the knowledge goes missing unnoticed. The base grows; when something is taken out on purpose, the number
//! here goes down in the same commit and the message says why.

use archadvisor::builtin;
use archadvisor::knowledge::KnowledgeBase;

fn least(what: &str, found: usize, expected: usize) {
    assert!(
        found >= expected,
        "{what}: {found}, at least {expected} expected"
    );
}

#[test]
fn everything_is_there() {
    let base: KnowledgeBase = builtin::knowledge();
    least("patterns", base.patterns.len(), 295);
    least("requirements", base.requirements.len(), 79);
    least("quantities", base.quantities.len(), 60);
    least("hazards", base.hazards.len(), 50);
    least("decisions", base.decisions.len(), 43);
    least(
        "core decisions",
        base.decisions
            .iter()
            .filter(|decision| decision.core)
            .count(),
        29,
    );
    least("rules", base.rules.len(), 17);
    least("implied priorities", base.implied.len(), 13);
    least("tradeoffs", base.tradeoffs.len(), 28);
    least("cases", base.cases.len(), 15);
    least("sources", base.sources.len(), 61);
    assert_eq!(base.steps.len(), 10);
    assert_eq!(base.axes.len(), 8);
    let remarks = |kind: &str| {
        base.remarks
            .iter()
            .filter(|remark| remark.kind == kind)
            .count()
    };
    least("principles", remarks("principle"), 36);
    least("fallacies", remarks("fallacy"), 8);
    least("mistakes", remarks("mistake"), 23);
    least("figures", remarks("figure"), 23);
    least("reading", remarks("reading"), 5);

    let patterns = &base.patterns;
    let claims = || {
        patterns
            .iter()
            .flat_map(|pattern| &pattern.effects)
            .flat_map(|effect| &effect.cases)
    };
    least(
        "default effects",
        claims()
            .filter(|claim| claim.when.is_none() && claim.value != 0)
            .count(),
        880,
    );
    least(
        "conditional cases",
        claims().filter(|claim| claim.when.is_some()).count(),
        213,
    );
    least(
        "limits",
        patterns.iter().map(|pattern| pattern.limits.len()).sum(),
        60,
    );
    least(
        "drivers",
        patterns
            .iter()
            .filter(|pattern| pattern.driver.is_some())
            .count(),
        45,
    );
    least(
        "norms",
        patterns
            .iter()
            .filter(|pattern| pattern.norm.is_some())
            .count(),
        9,
    );
    least(
        "conditions of use",
        patterns
            .iter()
            .filter(|pattern| pattern.applies.is_some())
            .count(),
        121,
    );
    let relations: usize = patterns
        .iter()
        .map(|pattern| {
            pattern.requires.iter().map(Vec::len).sum::<usize>()
                + pattern.excludes.len()
                + pattern.complements.len()
                + pattern.alternatives.len()
                + pattern.specialises.len()
                + pattern.migrates_to.len()
                + pattern.opens.len()
                + pattern.closes.len()
        })
        .sum();
    least("relations", relations, 988);
}

#[test]
fn ids_that_files_and_scripts_rely_on_exist() {
    let base = builtin::knowledge();
    let axes: Vec<&str> = base.axes.iter().map(|axis| axis.id.as_str()).collect();
    assert_eq!(
        axes,
        [
            "scalability",
            "resilience",
            "performance",
            "availability",
            "consistency",
            "maintainability",
            "security",
            "cost"
        ]
    );
    let steps: Vec<&str> = base.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(
        steps,
        [
            "requirements",
            "api",
            "data-model",
            "storage",
            "architecture",
            "bottlenecks",
            "resilience",
            "observability",
            "security",
            "iterate"
        ]
    );
    for id in [
        "decomposition",
        "store",
        "caching",
        "interaction",
        "topology",
    ] {
        assert!(base.find_decision(id).is_some(), "{id}");
    }
    for id in [
        "peak_rps",
        "avail_target",
        "money_like",
        "engineers",
        "write_rps_12m",
    ] {
        assert!(base.find_fact(id).is_some(), "{id}");
    }
    let quick: Vec<u8> = {
        let mut places: Vec<u8> = base
            .requirements
            .iter()
            .filter_map(|requirement| requirement.quick)
            .collect();
        places.sort_unstable();
        places
    };
    assert_eq!(
        quick,
        (1..=quick.len() as u8).collect::<Vec<_>>(),
        "quick-start questions are numbered from 1"
    );
    assert!(
        quick.len() <= 12,
        "a quick start has at most twelve questions"
    );
}

#[test]
fn patterns_answer_to_their_other_names() {
    let base = builtin::knowledge();
    for (name, id) in [
        ("Circuit Breaker", "circuit-breaker"),
        ("circuit breaker", "circuit-breaker"),
        ("strangler-fig", "strangler-fig"),
    ] {
        let found = base
            .find_pattern(name)
            .map(|pattern| base.pattern(pattern).id.to_string());
        assert_eq!(found.as_deref(), Some(id), "{name}");
    }
    for pattern in &base.patterns {
        for alias in &pattern.aliases {
            let found = base
                .find_pattern(alias)
                .map(|id| base.pattern(id).id.to_string());
            assert_eq!(found.as_deref(), Some(pattern.id.as_str()), "{alias}");
        }
    }
}

#[test]
fn the_embedded_form_is_the_yaml() {
    let loaded = archadvisor::knowledge::load(&[builtin::layer()]);
    let shown: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
    let (from_yaml, embedded) = (loaded.base.unwrap(), builtin::knowledge());
    assert_eq!(from_yaml.patterns, embedded.patterns);
    assert_eq!(from_yaml.decisions, embedded.decisions);
    assert_eq!(from_yaml.requirements, embedded.requirements);
    assert_eq!(from_yaml.quantities, embedded.quantities);
    assert_eq!(from_yaml.rules, embedded.rules);
}
