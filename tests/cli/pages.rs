//! What each command shows to people.

use super::{Sandbox, stdout};

fn page(name: &str, arguments: &[&str]) {
    let seen = Sandbox::new().seen(arguments);
    assert!(!seen.contains('\u{1b}'), "no escape sequences when piped");
    let longest = seen
        .lines()
        .skip(1)
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0);
    assert!(longest <= 80, "a line of {longest} characters\n{seen}");
    insta::assert_snapshot!(name, seen);
}

#[test]
fn patterns() {
    page("patterns", &["patterns"]);
    page("patterns_axis", &["patterns", "--axis", "scalability"]);
    page(
        "patterns_two_axes_of_a_decision",
        &[
            "patterns",
            "--axis",
            "consistency",
            "--axis",
            "cost",
            "--decision",
            "store",
        ],
    );
    page("patterns_category", &["patterns", "--category", "scaling"]);
    page("patterns_search", &["patterns", "--search", "read copies"]);
    page("patterns_nothing", &["patterns", "--search", "zzzz"]);
}

#[test]
fn show() {
    for id in ["relational-db", "key-value-store", "replicated-log"] {
        page(&format!("show_pattern_{id}"), &["show", id]);
    }
    page("show_alias", &["show", "postgres"]);
    page("show_axis_with_a_namesake", &["show", "consistency"]);
    page("show_qualified", &["show", "requirement/consistency"]);
    page("show_decision", &["show", "store"]);
    page("show_requirement", &["show", "peak_rps"]);
    page("show_quantity", &["show", "write_rps"]);
    page("show_step", &["show", "2"]);
    page("show_hazard", &["show", "stale-read"]);
    page("show_rule", &["show", "strong-and-fast"]);
    page("show_tradeoff", &["show", "cost-vs-consistency"]);
    page("show_tradeoff_of_ways", &["show", "Rules or reach"]);
    page("show_precedent", &["show", "ticket-office"]);
    page("kb_test", &["kb", "test"]);
    page("show_source", &["show", "book"]);
}

#[test]
fn estimate() {
    page("estimate", &["estimate", "--set", "peak_rps=2k"]);
}

#[test]
fn recommend() {
    page("recommend_nothing_known", &["recommend"]);
    page(
        "recommend_set",
        &[
            "recommend",
            "--set",
            "peak_rps=30k",
            "--set",
            "priorities.cost=critical",
            "--set",
            "title=Shop",
        ],
    );
    page("recommend_design", &["recommend", "shop.yaml"]);
    page(
        "recommend_decision",
        &[
            "recommend",
            "shop.yaml",
            "--decision",
            "store",
            "--decision",
            "extras",
        ],
    );
}

#[test]
fn explain() {
    page("explain", &["explain", "store", "--set", "peak_rps=100k"]);
    page(
        "explain_option",
        &["explain", "store", "relational-db", "--set", "peak_rps=1M"],
    );
    page(
        "explain_chosen",
        &["explain", "store", "--design", "shop.yaml"],
    );
    page(
        "explain_many",
        &["explain", "extras", "--set", "peak_rps=2k"],
    );
    page("explain_idle", &["explain", "replay"]);
}

#[test]
fn check() {
    page("check", &["check", "shop.yaml"]);
    page("check_low", &["check", "shop.yaml", "--fail-on", "low"]);
}

#[test]
fn knowledge() {
    page("kb_lint", &["kb", "lint", "--today", "2026-11-22"]);
    page("kb_witness", &["kb", "witness"]);
    page("kb_stats", &["kb", "stats"]);
}

#[test]
fn new() {
    page("new_blank", &["new", "-"]);
}

#[test]
fn products_lead_to_the_patterns_they_are_examples_of() {
    let sandbox = Sandbox::builtin();
    let shown = |name: &str| stdout(&sandbox.output(&["show", name]));
    for (product, pattern) in [
        ("Postgres", "relational-db"),
        ("redis", "key-value-store"),
        ("Redis", "distributed-cache"),
        ("dynamodb", "key-value-store"),
        ("cassandra", "wide-column-store"),
        ("S3", "object-storage"),
        ("envoy", "l7-load-balancer"),
        ("Temporal", "workflow-engine"),
        ("rabbitmq", "message-queue"),
        ("opensearch", "search-engine"),
    ] {
        let page = shown(product);
        assert!(page.contains(pattern), "{product}: {page}");
    }
    for (product, pattern) in [
        ("gRPC", "grpc-api"),
        ("graphql", "graphql-api"),
        ("Ports and adapters", "hexagonal"),
        ("k8s", "kubernetes"),
    ] {
        let document = sandbox.output(&["show", product, "--json"]);
        let document: serde_json::Value = serde_json::from_slice(&document.stdout).unwrap();
        assert_eq!(document["pattern"]["id"], pattern, "{product}");
    }
    let several = sandbox.output(&["show", "kafka", "--json"]);
    let several: serde_json::Value = serde_json::from_slice(&several.stdout).unwrap();
    let homes = several["product"]["patterns"].as_array().unwrap();
    assert!(homes.contains(&"event-streaming".into()), "{several}");
    assert!(
        shown("source/k8s-autoscaling").contains("source"),
        "a source is still to be had"
    );
    let typo = String::from_utf8(sandbox.output(&["show", "Posgresql"]).stderr).unwrap();
    assert!(typo.contains("did you mean `PostgreSQL`?"), "{typo}");
    let found = stdout(&sandbox.output(&["patterns", "--search", "rabbitmq"]));
    assert!(found.contains("message-queue"), "{found}");
}
