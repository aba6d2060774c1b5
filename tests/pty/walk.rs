//! The whole way: from an empty start through the quick start and all ten steps to an exported document, by keys alone,
//! in a terminal of 80×24.

use super::Start;
use std::fs;

#[test]
fn from_an_empty_start_to_an_exported_document() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Start::at(folder.path(), &["shop.yaml"]).go();

    // The quick start: the assumption is taken for a list, a number is typed where one is asked for.
    session.sees("Quick start").keys("\r");
    session.sees("Title of the design").keys("\r");
    for number in 1..=12 {
        session.sees(&format!("Question {number} of 12"));
        if session.contents().contains("Daily active users?") {
            session.keys("200k").sees("means 200,000 users/day");
        }
        session.keys("\r");
    }
    session
        .sees("A first recommendation")
        .sees("Main data store")
        .keys("\r");

    // Step 1: a title, a function, an input.
    session
        .sees("Clarify requirements")
        .keys("t")
        .sees("Title of the design")
        .keys("Ticket shop\r")
        .sees("saved");
    session
        .keys("g")
        .keys("jj\r")
        .sees("What must the system do?")
        .keys("sells tickets\r")
        .sees("sells tickets");
    session.keys("x").sees("Step 1 is done").keys("n");

    // Step 2: an interface.
    session
        .sees("Define the API")
        .keys("\r")
        .sees("Name of the interface")
        .keys("buy ticket\r")
        .sees("an interface");
    session
        .keys("\r")
        .sees("Who calls it")
        .keys("browser\r")
        .sees("browser")
        .escape();
    session.sees("Define the API").keys("xn");

    // Step 3: an entity.
    session
        .sees("Design the data model")
        .keys("\r")
        .sees("Name of the entity")
        .keys("ticket\r")
        .sees("an entity")
        .escape();
    session.sees("Design the data model").keys("xn");

    // Steps 4 and 5: a decision each, with a reason.
    session
        .sees("Choose storage")
        .keys("]]\r")
        .sees("What kind of store")
        .keys("\r")
        .sees("chosen");
    session
        .keys("r")
        .sees("Why?")
        .keys("stock must never oversell\r")
        .sees("stock must never oversell")
        .escape();
    session.sees("Choose storage").keys("xn");
    session
        .sees("Design the high-level architecture")
        .keys("]\r")
        .sees("choose one")
        .keys("\r")
        .sees("chosen")
        .escape();
    session
        .sees("Design the high-level architecture")
        .keys("xn");

    // The others: look, and go on.
    for name in [
        "Identify bottlenecks",
        "Apply resilience patterns",
        "Add observability",
        "Address security",
    ] {
        session.sees(name).keys("]]]").sees(name).keys("xn");
    }

    // Step 10: to the end, and export.
    session
        .sees("Iterate and refine")
        .keys("x")
        .sees("x again marks it done")
        .keys("x")
        .sees("Step 10 is done")
        .keys("G\r")
        .sees("Export the whole summary to");
    session.keys("\r").sees("Exported to shop.md");
    session.keys("q");
    assert_eq!(session.ends(), 0);
    session.is_restored();

    let document = fs::read_to_string(folder.path().join("shop.md")).unwrap();
    for text in ["Ticket shop", "stock must never oversell"] {
        assert!(document.contains(text), "{text} in\n{document}");
    }
    let design = fs::read_to_string(folder.path().join("shop.yaml")).unwrap();
    for text in [
        "title: Ticket shop",
        "dau: 200k",
        "sells tickets",
        "buy ticket",
        "caller: browser",
        "name: ticket",
        "state: done",
    ] {
        assert!(design.contains(text), "{text} in\n{design}");
    }
}
