//! Saving changes what changed and nothing else.

use super::hand::{DECISIONS, Taste, design, edited, order, tree};
use archadvisor::design::text::{UpdateError, update};
use archadvisor::design::{Access, Decision, Design, Interface, Kind, Level, Review, Status, Step};
use archadvisor::yaml::{Limits, parse};
use proptest::prelude::*;

pub(super) fn read(text: &str) -> Design {
    let (document, problems) = parse("design.yaml", text.to_owned(), &Limits::default());
    assert_eq!(problems, [], "{text}");
    let (design, problems, access) = Design::from_document(&document.expect("a document"));
    assert!(
        !problems.iter().any(archadvisor::problem::Problem::is_error),
        "{problems:?}\n{text}"
    );
    assert_eq!(access, Access::ReadWrite);
    design.expect("a design")
}

pub(super) fn change(text: &str, change: impl FnOnce(&mut Design)) -> String {
    let mut design = read(text);
    change(&mut design);
    let text = update(Some(text), &design, &order()).expect("a new text");
    assert_eq!(read(&text), design.normalised());
    text
}

proptest! {
    #![proptest_config(crate::random::cases(256))]

    #[test]
    fn any_change_of_any_file_reads_back(
        before in design(),
        other in design(),
        sections in any::<u16>(),
        (seed, brackets, clutter) in (any::<u64>(), 0..60_u64, 0..25_u64),
        (windows, marked) in (any::<bool>(), any::<bool>()),
    ) {
        let before = before.normalised();
        let mut taste = Taste::new(seed, brackets, clutter);
        let mut text = taste.file(&tree(&before));
        if windows {
            text = text.replace('\n', "\r\n");
        }
        if marked {
            text.insert(0, '\u{feff}');
        }
        prop_assert_eq!(&read(&text), &before, "{}", text);
        prop_assert_eq!(update(Some(&text), &before, &order()), Ok(text.clone()));

        let after = edited(&before, other, sections).normalised();
        let saved = update(Some(&text), &after, &order());
        prop_assert!(saved.is_ok(), "{:?}\n{}", saved, text);
        let saved = saved.expect("a text");
        prop_assert_eq!(&read(&saved), &after, "{}\n=>\n{}", text, saved);
        for kept in &taste.keep {
            prop_assert!(saved.contains(kept.as_str()), "{kept} is gone from\n{text}\n=>\n{saved}");
        }
        if windows && text.contains('\n') {
            prop_assert_eq!(saved.matches('\n').count(), saved.matches("\r\n").count());
        }
        prop_assert_eq!(saved.starts_with('\u{feff}'), marked);
        let other_parser: serde_yaml::Value = serde_yaml::from_str(saved.trim_start_matches('\u{feff}')).expect("YAML");
        let context = other_parser.get("context").and_then(serde_yaml::Value::as_str);
        if let Some(context) = context {
            prop_assert_eq!(context, &after.context);
        }
        prop_assert_eq!(update(Some(&saved), &after, &order()), Ok(saved));
    }

    #[test]
    fn changing_one_decision_leaves_all_other_lines(
        before in design(),
        other in design(),
        id in prop::sample::select(&DECISIONS[..]),
        (seed, clutter) in (any::<u64>(), 0..25_u64),
    ) {
        let before = before.normalised();
        let text = Taste::new(seed, 0, clutter).file(&tree(&before));
        let mut after = before.clone();
        match other.decisions.get(id) {
            Some(decision) => after.decisions.insert(id.to_owned(), decision.clone()),
            None => after.decisions.remove(id),
        };
        let after = after.normalised();
        let saved = update(Some(&text), &after, &order()).expect("a text");

        let (document, _) = parse("design.yaml", text.clone(), &Limits::default());
        let document = document.expect("a document");
        let section = document.root.entry("decisions");
        let entry = if after.decisions.is_empty() {
            section
        } else {
            section.and_then(|(_, section)| section.entry(id))
        };
        let may_change = entry.map_or(0, |(key, value)| {
            let range = key.span.start..value.span.end.max(key.span.end);
            text.get(range).map_or(0, |entry| entry.lines().count())
        });
        let old: Vec<&str> = text.lines().collect();
        let new: Vec<&str> = saved.lines().collect();
        let above = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let below = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
        prop_assert!(above + below + may_change >= old.len(), "{text}\n=>\n{saved}");
    }

    #[test]
    fn a_new_file_reads_back(design in design()) {
        let design = design.normalised();
        let text = update(None, &design, &order()).expect("a text");
        prop_assert_eq!(read(&text), design);
    }
}

/// A file as a person keeps it.
const TICKETS: &str = "\
# Tickets. Ask Sales before changing the numbers.
archadvisor: 1                      # format version
title: Ticket shop
context: |
  Concert tickets, sold out in minutes.

team: payments      # not one of ours

requirements:
    # traffic
    peak_rps: 12k   # on sale day
    avail_target: \"99.95 %\"
    money_like: true
priorities: {availability: critical, cost: minor}   # agreed in May

decisions:
    # storage
    store:
        chosen: [relational-db]
        status: accepted
        because: Stock must never oversell.
        owner: db team
        review: {when: write_rps_12m > 5000}

    caching:
        chosen:
        - read-through   # first
        - cdn
waivers:
- conflict: availability-vs-cost/active-passive-regions
  because: An outage on sale day costs more than the second region.
";

#[test]
fn a_changed_answer_keeps_its_comment_and_quotes_only_what_needs_them() {
    let saved = change(TICKETS, |design| {
        design.requirements.insert("peak_rps".into(), "20k".into());
        design
            .requirements
            .insert("read_share".into(), "90 %".into());
        design.requirements.remove("money_like");
    });
    let expected = TICKETS
        .replace("peak_rps: 12k   #", "peak_rps: 20k   #")
        .replace("    avail_target", "    read_share: 90 %\n    avail_target")
        .replace("    money_like: true\n", "");
    assert_eq!(saved, expected);
}

#[test]
fn a_changed_decision_changes_its_own_lines_only() {
    let saved = change(TICKETS, |design| {
        let store = design.decisions.get_mut("store").expect("store");
        store.chosen = vec!["document-db".into(), "search-index".into()];
        store.confidence = Some(Level::High);
        store.because = "It's simple: one store.\nReally.".into();
        store.review.on = "2027-01-01".into();
    });
    let expected = TICKETS
        .replace("[relational-db]", "[document-db, search-index]")
        .replace(
            "because: Stock must never oversell.\n",
            "because: |-\n            It's simple: one store.\n            Really.\n        confidence: high\n",
        )
        .replace(
            "review: {when: write_rps_12m > 5000}\n",
            "review:\n            when: write_rps_12m > 5000\n            on: 2027-01-01\n",
        );
    assert_eq!(saved, expected);
}

#[test]
fn a_cleared_decision_keeps_what_a_person_added() {
    let saved = change(TICKETS, |design| {
        design.decisions.clear();
    });
    let (before, rest) = TICKETS.split_once("        chosen: [rel").expect("chosen");
    let (_, after) = rest.split_once("waivers:").expect("waivers");
    let expected = format!("{before}        owner: db team\n\nwaivers:{after}");
    assert_eq!(saved, expected);
}

#[test]
fn brackets_are_written_out_when_their_content_changes() {
    let saved = change(TICKETS, |design| {
        design.priorities.insert("scalability".into(), "2".into());
    });
    let expected = TICKETS.replace(
        "priorities: {availability: critical, cost: minor}   # agreed in May\n",
        "priorities:   # agreed in May\n    scalability: 2\n    availability: critical\n    cost: minor\n",
    );
    assert_eq!(saved, expected);
}

#[test]
fn lists_keep_their_style_order_and_comments() {
    let saved = change(TICKETS, |design| {
        let caching = design.decisions.get_mut("caching").expect("caching");
        caching.chosen = vec!["cdn".into(), "write-behind".into(), "read-through".into()];
    });
    let expected = TICKETS.replace(
        "        - read-through   # first\n        - cdn\n",
        "        - cdn\n        - write-behind\n        - read-through   # first\n",
    );
    assert_eq!(saved, expected);
}

#[test]
fn new_sections_go_to_their_place() {
    let saved = change(TICKETS, |design| {
        design.functions = vec!["Sell a ticket".into(), "Refund: within 14 days".into()];
        design.interfaces = vec![Interface {
            name: "buy".into(),
            kind: Some(Kind::Write),
            share: "10 %".into(),
            idempotent: Some(true),
            ..Interface::default()
        }];
        design.steps.insert(
            "api".into(),
            Step {
                checked: vec!["versioning".into()],
                ..Step::default()
            },
        );
        design.evaluated = "0.1.0".into();
    });
    let expected = TICKETS
        .replace(
            "\nteam: payments",
            "\nfunctions:\n    - Sell a ticket\n    - 'Refund: within 14 days'\n\nteam: payments",
        )
        .replace(
            "   # agreed in May\n",
            "   # agreed in May\n\ninterfaces:\n    - name: buy\n      kind: write\n      share: 10 %\n      idempotent: true\n",
        )
        + "steps:\n    api:\n        checked: [versioning]\nevaluated: 0.1.0\n";
    assert_eq!(saved, expected);
}

#[test]
fn a_new_file_is_laid_out_like_the_documented_one() {
    let mut design = Design {
        title: "Ticket shop".into(),
        context: "Concert tickets, sold out in minutes.\n".into(),
        ..Design::default()
    };
    for (id, answer) in [
        ("peak_rps", "12k"),
        ("avail_target", "99.95 %"),
        ("money_like", "true"),
    ] {
        design.requirements.insert(id.into(), answer.into());
    }
    design
        .priorities
        .insert("availability".into(), "critical".into());
    design.decisions.insert(
        "store".into(),
        Decision {
            chosen: vec!["relational-db".into()],
            status: Some(Status::Accepted),
            because: "Stock must never oversell.".into(),
            confidence: Some(Level::High),
            review: Review {
                when: "write_rps_12m > 5000".into(),
                on: String::new(),
            },
            ..Decision::default()
        },
    );
    let text = update(None, &design, &order()).expect("a text");
    let expected = "\
archadvisor: 1
title: Ticket shop
context: |
  Concert tickets, sold out in minutes.
requirements:
  peak_rps: 12k
  avail_target: 99.95 %
  money_like: true
priorities:
  availability: critical
decisions:
  store:
    chosen: [relational-db]
    status: accepted
    because: Stock must never oversell.
    confidence: high
    review:
      when: write_rps_12m > 5000
";
    assert_eq!(text, expected);
}

#[test]
fn a_file_of_one_line_grows() {
    let saved = change("title: Shop", |design| {
        design.requirements.insert("dau".into(), "10k".into());
    });
    assert_eq!(saved, "title: Shop\nrequirements:\n  dau: 10k\n");
    let empty = update(Some("# soon\n"), &read("title: Shop\n"), &order());
    assert_eq!(
        empty.as_deref(),
        Ok("# soon\narchadvisor: 1\ntitle: Shop\n")
    );
}

#[test]
fn json_is_a_design_too() {
    let saved = change(
        "{\"title\": \"Shop\", \"x\": {\"y\": [1, 2]}}\n",
        |design| {
            design.notes = "soon".into();
        },
    );
    assert_eq!(saved, "title: \"Shop\"\nnotes: soon\nx: {\"y\": [1, 2]}\n");
}

#[test]
fn a_file_that_was_not_understood_is_not_written() {
    let design = read("title: Shop\n");
    let broken = "title: Shop\ndecisions:\n  store: {confidence: sure}\n";
    assert!(matches!(
        update(Some(broken), &design, &order()),
        Err(UpdateError::Broken(_))
    ));
    let twice = "title: Shop\ntitle: Stop\n";
    assert!(matches!(
        update(Some(twice), &design, &order()),
        Err(UpdateError::Broken(_))
    ));
    let newer = "archadvisor: 2\ntitle: Shop\n";
    assert!(matches!(
        update(Some(newer), &design, &order()),
        Err(UpdateError::ReadOnly(_))
    ));
}

#[test]
fn blank_lines_with_spaces_do_not_slip_into_a_text() {
    let text = "title: a\nwaivers:\n- conflict: a/b\n  because: x\n  by: y\n        \n# end\n";
    let saved = change(text, |design| {
        let waiver = design.waivers.first_mut().expect("a waiver");
        waiver.because = "two\nlines".into();
        waiver.by.clear();
    });
    let expected =
        "title: a\nwaivers:\n- conflict: a/b\n  because: |-\n    two\n    lines\n\n# end\n";
    assert_eq!(saved, expected);
}
