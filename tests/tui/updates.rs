//! What keys do.

use super::Bench;
use archadvisor::design::{Decision, Design, State, Status, Waiver};
use archadvisor::knowledge::{DecisionId, Pick};
use archadvisor::reasoning::{Certainty, Conflict, ConflictKind, DecisionState};
use archadvisor::tui::diff::Shift;
use archadvisor::tui::editor::{Editor, Target};
use archadvisor::tui::model::{Dialog, Overlay, Save, Screen};
use archadvisor::tui::rows::{self, Row};
use archadvisor::tui::{Effect, Exported, Key, Model, Msg, Saved, Setup, Theme};
use std::rc::Rc;

fn answer(bench: &Bench, id: &str) -> String {
    bench
        .model
        .design
        .requirements
        .get(id)
        .cloned()
        .unwrap_or_default()
}

#[test]
fn the_quick_start_asks_each_question_once_and_ends_on_a_result() {
    let mut bench = Bench::new();
    bench.script("<enter>");
    assert!(bench.shows("Title of the design"), "a name comes first");
    bench.script("Shop <enter>");
    assert_eq!(bench.model.design.title, "Shop");
    assert!(bench.shows("Question 1 of 3"));
    bench.script("<backtab>");
    assert!(bench.shows("Title of the design"));
    bench.script("<tab>");
    bench.script("12k <enter>");
    assert_eq!(answer(&bench, "users"), "12k");
    assert!(bench.shows("Question 2 of 3"));
    bench.script("<tab>");
    assert_eq!(
        answer(&bench, "load"),
        "",
        "a skipped question stays unknown"
    );
    bench.script("k <enter>");
    assert!(bench.shows("A first recommendation"));
    bench.script("<enter>");
    assert!(matches!(bench.model.screen(), Screen::Process(_)));
}

#[test]
fn the_title_can_be_edited_where_the_quick_start_shows_its_result() {
    let mut bench = Bench::new();
    bench.script("Q <tab> <tab> <tab> <tab> t");
    assert!(bench.shows("Title of the design"), "{}", bench.screen());
    assert!(bench.shows("A first recommendation"), "{}", bench.screen());
    assert!(!bench.shows("previous question"), "{}", bench.screen());
    bench.script("Shop <enter>");
    assert_eq!(bench.model.design.title, "Shop");
    assert!(bench.model.editor.is_none() && bench.shows("A first recommendation"));
    // Leaving the field leaves the result where it is.
    bench.script("t x <esc>");
    assert_eq!(bench.model.design.title, "Shop");
    assert!(bench.shows("A first recommendation"), "{}", bench.screen());
}

#[test]
fn below_the_first_recommendation_the_next_inputs_can_be_opened() {
    let mut bench = Bench::new();
    bench.script("Q <tab> <tab> <tab> <tab>");
    assert!(bench.shows("Worth answering next"), "{}", bench.screen());
    // Back to the last question, and forth again.
    bench.script("<backtab>");
    assert!(bench.shows("Question 3 of 3"), "{}", bench.screen());
    bench.script("<tab>");
    let worth = bench.model.advice().questions[0].requirement;
    let all = bench.model.advice().questions.len().min(3);
    for _ in 0..all {
        bench.script("k");
    }
    assert!(bench.shows("enter answer it"), "{}", bench.screen());
    bench.script("<enter>");
    assert!(matches!(bench.model.screen(), Screen::Process(_)));
    let editor = bench.model.editor.as_ref().unwrap();
    assert_eq!(editor.target, Target::Requirement(worth));
}

#[test]
fn an_assumption_stays_one_until_an_answer_is_chosen() {
    let mut bench = Bench::new();
    bench.script("<enter> <enter> <tab>");
    assert!(bench.shows("not known; daily") && bench.shows("skip"));
    bench.script("<enter>");
    assert!(bench.shows("Question 3 of 3"));
    assert_eq!(answer(&bench, "load"), "", "nothing was said");
    assert!(bench.effects.is_empty(), "nothing is saved");
    bench.script("<backtab> k");
    assert!(bench.shows("enter answer"));
    bench.script("<enter>");
    assert_ne!(answer(&bench, "load"), "");
    let given = answer(&bench, "load");
    bench.script("<backtab> <enter>");
    assert_eq!(answer(&bench, "load"), given, "what was given stays");
}

#[test]
fn an_assumed_priority_is_not_made_a_given_one() {
    let mut bench = Bench::new();
    bench.script("p");
    let on_a_priority = |bench: &Bench| matches!(bench.model.screen(), Screen::Process(process) if matches!(process.row[0], Some((Row::Priority(_), _))));
    while !on_a_priority(&bench) {
        bench.script("j");
    }
    bench.script("<enter>");
    assert!(bench.shows("not set"), "{}", bench.screen());
    bench.script("<enter>");
    assert!(bench.model.design.priorities.is_empty());
}

#[test]
fn leaving_with_unsaved_changes_asks() {
    let mut bench = Bench::new();
    bench.script("p ] <enter> 5 <enter>");
    let failed = |bench: &mut Bench| {
        let reason = "the disk is full".to_owned();
        bench.send(Msg::Saved(bench.model.revision, Saved::Failed(reason)));
        bench.effects.clear();
    };
    failed(&mut bench);
    bench.script("q");
    assert!(bench.shows("Leave without saving?") && bench.shows("the disk is full"));
    bench.script("<enter>");
    assert!(bench.effects.is_empty(), "the safe answer stays");
    bench.script("q j <enter>");
    assert!(matches!(bench.effects.as_slice(), [Effect::Save { .. }]));
    bench.script("q");
    assert_eq!(bench.effects.last(), Some(&Effect::Quit), "now it is saved");
    failed(&mut bench);
    bench.script("<ctrl-c> <ctrl-c>");
    assert_eq!(bench.effects, [Effect::Quit], "who insists may leave");
    failed(&mut bench);
    bench.script("<esc> q j j <enter>");
    assert_eq!(bench.effects, [Effect::Quit]);
}

#[test]
fn what_is_typed_is_said_to_be_unsaved() {
    let mut bench = Bench::new();
    bench.script("t");
    assert!(!bench.shows("not saved yet"), "nothing was typed yet");
    bench.script("Shop");
    assert!(bench.shows("not saved yet"));
    bench.script("<enter>");
    assert!(!bench.shows("not saved yet") && bench.shows("saved"));
}

#[test]
fn a_change_on_disk_is_told_without_a_save() {
    let theirs = Design {
        title: "Theirs".to_owned(),
        ..Design::default()
    };
    let mut bench = Bench::new();
    bench.send(Msg::Changed(Some(Box::new(theirs))));
    assert!(bench.shows("The file changed"));
    bench.script("j j <enter>");
    assert_eq!(bench.model.design.title, "Theirs");
}

#[test]
fn a_mistyped_search_finds_what_was_meant_or_says_that_there_is_nothing() {
    let mut bench = Bench::new();
    bench.script("b / timeotus");
    assert!(bench.shows("Timeouts"), "{}", bench.screen());
    bench.script("<esc>");
    bench.script("zzzzzz");
    assert!(bench.shows("Nothing fits."), "{}", bench.screen());
    assert!(bench.shows("Try one word"), "{}", bench.screen());
}

#[test]
fn a_search_finds_what_patterns_say_and_shows_it() {
    let mut bench = Bench::new();
    bench.script("b / broker");
    let screen = bench.screen();
    assert!(
        screen.contains("Message queue") || screen.contains("broker"),
        "{screen}"
    );
    assert!(screen.contains("It is: "), "{screen}");
}

#[test]
fn a_wrong_value_stays_in_the_field() {
    let mut bench = Bench::new();
    bench.script("p ] <enter> 12x4 <enter>");
    assert!(bench.model.editor.is_some(), "the field stays open");
    assert!(bench.shows("12x4"));
    assert_eq!(answer(&bench, "users"), "");
    assert!(bench.effects.is_empty(), "nothing was saved");
    bench.script("<backspace> <backspace> k <enter>");
    assert_eq!(answer(&bench, "users"), "12k");
    assert!(bench.model.editor.is_none());
}

#[test]
fn escape_leaves_an_edit_without_a_change() {
    let mut bench = Bench::new();
    bench.script("p ] <enter> 99 <esc>");
    assert_eq!(answer(&bench, "users"), "");
    assert!(bench.model.editor.is_none());
    assert!(matches!(bench.model.screen(), Screen::Process(_)));
}

#[test]
fn backspace_returns_a_row_to_unknown_and_undo_brings_it_back() {
    let mut bench = Bench::new();
    bench.script("p ] <enter> 12k <enter> <backspace>");
    assert_eq!(answer(&bench, "users"), "");
    bench.script("u");
    assert_eq!(answer(&bench, "users"), "12k");
    assert!(bench.shows("Undid: Daily active users"));
    bench.script("u");
    assert_eq!(answer(&bench, "users"), "");
    bench.script("<ctrl-r>");
    assert_eq!(answer(&bench, "users"), "12k");
}

#[test]
fn every_change_is_saved_and_said_to_be_only_when_it_is() {
    let mut bench = Bench::new();
    let effects = {
        bench.script("p ] <enter> 5");
        archadvisor::tui::update(
            &mut bench.model,
            Msg::Key(archadvisor::tui::Key::parse("enter").unwrap()),
        )
    };
    let [
        Effect::Save {
            revision,
            design,
            overwrite: false,
        },
    ] = effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(design.requirements["users"], "5");
    assert_eq!(bench.model.save, Save::Saving);
    bench.send(Msg::Saved(revision - 1, Saved::Done));
    assert_eq!(
        bench.model.save,
        Save::Saving,
        "an older answer says nothing"
    );
    bench.send(Msg::Saved(*revision, Saved::Done));
    assert!(bench.shows("saved"));
    bench.send(Msg::Saved(
        *revision,
        Saved::Failed("the disk is full".to_owned()),
    ));
    assert!(bench.shows("NOT SAVED") && bench.shows("the disk is full"));
    let before = bench.effects.len();
    bench.script("S");
    assert_eq!(bench.effects.len(), before + 1, "it can be tried again");
}

#[test]
fn letters_in_a_field_are_letters() {
    let mut bench = Bench::new();
    bench.script("t quit?1ujkG <enter>");
    assert_eq!(bench.model.design.title, "quit?1ujkG");
    assert!(!bench.effects.contains(&Effect::Quit));
    bench.script("t").text(" with spaces").script("<enter>");
    assert_eq!(bench.model.design.title, "quit?1ujkG with spaces");
}

#[test]
fn pasted_text_goes_into_fields_only() {
    let mut bench = Bench::new();
    bench.send(Msg::Paste("qqq\n".to_owned()));
    assert!(bench.effects.is_empty());
    bench.script("t");
    bench.send(Msg::Paste("Ticket\nshop\u{1b}[2J".to_owned()));
    bench.script("<enter>");
    assert_eq!(bench.model.design.title, "Ticket shop[2J");
}

#[test]
fn escape_goes_back_and_never_quits() {
    let mut bench = Bench::new();
    bench.script("p 5 b <right> <enter> <esc> <esc> <esc> <esc> <esc> <esc> <esc>");
    assert!(matches!(bench.model.screen(), Screen::Home { .. }));
    assert!(bench.effects.is_empty());
    bench.script("q");
    assert_eq!(bench.effects, [Effect::Quit]);
}

#[test]
fn ctrl_c_leaves_from_anywhere() {
    for place in ["t", "<enter>", "?", "b /", "p ] <enter>"] {
        let mut bench = Bench::new();
        bench.script(place).script("<ctrl-c>");
        assert_eq!(bench.effects, [Effect::Quit], "{place}");
    }
}

#[test]
fn numbers_jump_to_steps() {
    let mut bench = Bench::new();
    for (key, name) in [
        ("2", "Define the API"),
        ("0", "Iterate and refine"),
        ("1", "Clarify requirements"),
    ] {
        bench.script(key);
        assert!(bench.shows(name), "{key}");
    }
}

#[test]
fn numbers_jump_to_steps_from_every_screen_and_the_footer_says_so() {
    for place in ["s", "c", "b", "b <enter>", "b <enter> <enter>"] {
        let mut bench = Bench::with(contradictory(), Theme::default(), (80, 24));
        bench.script(place);
        assert!(bench.shows("1-9, 0 to a step"), "{}", bench.screen());
        bench.script("2");
        assert!(bench.shows("Define the API"), "{}", bench.screen());
    }
    // Who looks through the steps types no answer, even where a step begins with a number that is asked for.
    let mut bench = Bench::new();
    let step = |bench: &Bench| match bench.model.screen() {
        Screen::Process(process) => (process.step, bench.model.editor.is_some()),
        _ => panic!("{}", bench.screen()),
    };
    bench.script("7 8");
    assert_eq!(step(&bench), (7, false), "{}", bench.screen());
    bench.script("7 j k 8");
    assert_eq!(step(&bench), (6, true), "{}", bench.screen());
    // A number that is typed stays one.
    let mut bench = Bench::new();
    bench.script("b / 2");
    assert!(!bench.shows("Define the API"));
}

#[test]
fn interfaces_and_entities_are_written_field_by_field() {
    let mut bench = Bench::new();
    bench
        .script("2 <enter>")
        .text("buy ticket")
        .script("<enter> <enter> browser <enter> j <enter> k <enter>");
    // A digit begins the number, as on the row of an input.
    bench.script("j j 20% <enter> j <enter> 200ms <enter> j <enter> k k <enter>");
    let interface = &bench.model.design.interfaces[0];
    assert_eq!(interface.name, "buy ticket");
    assert_eq!(interface.caller, "browser");
    assert_eq!(
        interface.kind.map(archadvisor::design::Kind::word),
        Some("write")
    );
    assert_eq!(
        (interface.share.as_str(), interface.latency.as_str()),
        ("20%", "200ms")
    );
    assert_eq!(interface.idempotent, Some(true));
    // Opening a field and closing it again says nothing.
    assert_eq!(interface.style.map(archadvisor::design::Timing::word), None);
    bench.script("k k k <enter> <enter>");
    assert_eq!(bench.model.design.interfaces[0].style, None);
    bench
        .script("<esc> 3 <enter> order <enter> <enter>")
        .text("has many tickets")
        .script("<enter>");
    bench.script("j <enter> 500/s <enter>");
    let entity = &bench.model.design.entities[0];
    assert_eq!(entity.name, "order");
    assert_eq!(entity.relations, ["has many tickets"]);
    assert_eq!(entity.access.len(), 1);
    bench.script("<esc> k <delete>");
    assert!(bench.model.design.entities.is_empty());
    bench.script("u");
    assert_eq!(bench.model.design.entities.len(), 1);
}

#[test]
fn functions_are_listed_one_after_the_other() {
    let mut bench = Bench::new();
    bench
        .script("p j j <enter>")
        .text("sells tickets")
        .script("<enter> <enter>")
        .text("refunds them")
        .script("<enter>");
    assert_eq!(
        bench.model.design.functions,
        ["sells tickets", "refunds them"]
    );
    bench.script("k <backspace>");
    assert_eq!(bench.model.design.functions, ["sells tickets"]);
}

#[test]
fn a_decision_is_chosen_explained_and_withdrawn() {
    let mut bench = Bench::new();
    bench.script("5 ] <enter>");
    assert!(bench.shows("How is the system cut?"));
    bench.script("j <enter>");
    assert_eq!(
        bench.model.design.decisions["shape"].chosen,
        ["many-services"]
    );
    assert_eq!(
        bench.model.design.decisions["shape"].status,
        Some(Status::Proposed)
    );
    bench
        .script("r")
        .text("three teams")
        .script("<enter> j <enter> j <enter>");
    let record = &bench.model.design.decisions["shape"];
    assert_eq!(record.because, "three teams");
    assert_eq!(record.status, Some(Status::Accepted));
    assert_eq!(record.decided, "2026-11-22");
    bench.script("g <backspace>");
    assert!(bench.model.design.decisions["shape"].chosen.is_empty());
    assert_eq!(
        bench.model.design.decisions["shape"].because, "three teams",
        "what was written stays"
    );
}

#[test]
fn choosing_among_many_starts_from_what_is_recommended() {
    let mut bench = Bench::new();
    bench.script("7 ] <enter>");
    assert!(bench.shows("What protects it?"));
    bench.script("j <enter>");
    assert_eq!(
        bench.model.design.decisions["guards"].chosen,
        ["timeouts", "rate-limit"]
    );
    bench.script("<enter>");
    assert_eq!(bench.model.design.decisions["guards"].chosen, ["timeouts"]);
}

#[test]
fn a_pattern_is_found_read_and_adopted() {
    let mut bench = Bench::new();
    bench.script("b / queue <enter> <enter>");
    assert!(bench.shows("Work waits in a broker"));
    bench.script("a");
    assert_eq!(bench.model.design.decisions["work"].chosen, ["queue"]);
    assert!(bench.shows("adopted"));
    bench.script("a");
    assert!(!bench.model.design.decisions.contains_key("work"));
}

#[test]
fn a_search_is_cleared_before_it_is_left() {
    let mut bench = Bench::new();
    bench.script("b / zzzz");
    assert!(bench.shows("Nothing fits"));
    bench.script("<esc>");
    assert!(bench.model.editor.is_some());
    bench.script("<esc>");
    assert!(bench.model.editor.is_none());
    assert!(matches!(bench.model.screen(), Screen::Patterns(_)));
}

/// A design with a conflict between requirements.
fn contradictory() -> Design {
    let mut design = Design::default();
    for (id, text) in [("latency", "5 ms"), ("load", "bursty")] {
        design.requirements.insert(id.to_owned(), text.to_owned());
    }
    design
}

#[test]
fn a_conflict_is_resolved_by_a_way_out_or_accepted_with_a_reason() {
    let mut bench = Bench::with(
        contradictory(),
        archadvisor::tui::Theme::default(),
        (80, 24),
    );
    bench.script("c");
    assert!(bench.shows("Sharp peaks cannot be answered"));
    bench.script("<enter> <enter>");
    assert!(
        bench.shows("How fast must a read be?"),
        "revisiting opens the answer"
    );
    bench
        .script("<esc> c w")
        .text("agreed with the customer")
        .script("<enter>");
    assert_eq!(
        bench.model.design.waivers[0].because,
        "agreed with the customer"
    );
    assert!(bench.shows("accepted"));
    assert!(bench.shows("accepted (") && !bench.shows("settled"));
    bench.script("u");
    assert!(bench.model.design.waivers.is_empty());
}

#[test]
fn a_way_out_that_the_program_knows_is_taken_and_can_be_undone() {
    let mut design = Design::default();
    design
        .decisions
        .entry("work".to_owned())
        .or_default()
        .chosen = vec!["in-memory".to_owned()];
    let mut bench = Bench::with(design, archadvisor::tui::Theme::default(), (80, 24));
    let at = bench
        .model
        .advice()
        .conflicts
        .iter()
        .position(|conflict| conflict.id == "hazard/lost-work")
        .unwrap();
    bench.script("c");
    for _ in 0..at {
        bench.script("j");
    }
    bench.script("<enter> <enter>");
    assert_eq!(bench.model.design.decisions["work"].chosen, ["queue"]);
    assert!(
        !bench
            .model
            .advice()
            .conflicts
            .iter()
            .any(|conflict| conflict.id == "hazard/lost-work")
    );
    bench.script("u");
    assert_eq!(bench.model.design.decisions["work"].chosen, ["in-memory"]);
}

#[test]
fn the_advisor_says_what_the_last_answer_changed() {
    let mut bench = Bench::new();
    bench.script("<enter> <tab> 5M <enter>");
    assert!(!bench.model.shifts.is_empty());
    assert!(bench.shows("Guards: with Rate"));
    bench.script("<esc> p");
    assert!(bench.shows("Changed    Guards: with Rate limiting"));
}

#[test]
fn an_export_asks_before_it_replaces_a_file() {
    let mut bench = Bench::new();
    bench.script("e <enter>");
    let Some(Effect::Export {
        path,
        text,
        overwrite: false,
    }) = bench.effects.last()
    else {
        panic!()
    };
    assert_eq!(path, "archadvisor.md");
    assert!(text.contains("## Decisions"));
    bench.send(Msg::Exported("archadvisor.md".to_owned(), Exported::Exists));
    assert!(matches!(
        &bench.model.overlay,
        Some(Overlay::Dialog {
            about: Dialog::Overwrite { .. },
            at: 0
        })
    ));
    bench.script("<enter>");
    assert!(
        bench.model.editor.is_some(),
        "the safe answer asks for another name"
    );
    bench.send(Msg::Exported("archadvisor.md".to_owned(), Exported::Exists));
    bench.script("j <enter>");
    assert!(matches!(
        bench.effects.last(),
        Some(Effect::Export {
            overwrite: true,
            ..
        })
    ));
    bench.send(Msg::Exported("archadvisor.md".to_owned(), Exported::Done));
    assert!(bench.shows("Exported to archadvisor.md"));
}

#[test]
fn another_programs_change_is_shown_and_either_version_kept() {
    let mut theirs = Design::default();
    theirs
        .requirements
        .insert("users".to_owned(), "77".to_owned());
    let mut bench = Bench::new();
    bench.script("p ] <enter> 5 <enter>");
    let changed = Msg::Saved(bench.model.revision, Saved::Changed(Some(Box::new(theirs))));
    bench.send(changed.clone());
    assert!(bench.shows("The file changed"));
    bench.script("<enter>");
    let told = "requirements.users: “5” mine, “77” theirs";
    assert!(bench.shows(told), "{}", bench.screen());
    bench.script("j j <enter>");
    assert_eq!(answer(&bench, "users"), "77");
    bench.script("u");
    assert_eq!(answer(&bench, "users"), "5", "the own version is not lost");
    bench.send(changed);
    bench.script("j <enter>");
    assert!(matches!(
        bench.effects.last(),
        Some(Effect::Save {
            overwrite: true,
            ..
        })
    ));
    assert_eq!(answer(&bench, "users"), "5");
    bench.script("u");
    assert_eq!(answer(&bench, "users"), "77", "theirs is not lost either");
}

#[test]
fn what_differs_between_versions_is_told_down_to_the_reason_of_a_decision() {
    let decided = |because: &str| {
        let mut design = Design::default();
        let decision = Decision {
            chosen: vec!["relational-db".to_owned()],
            because: because.to_owned(),
            ..Decision::default()
        };
        design.decisions.insert("store".to_owned(), decision);
        design
    };
    let mut bench = builtin(decided("mine first"));
    let long = "a reason by a colleague ".repeat(60);
    bench.send(Msg::Changed(Some(Box::new(decided(&long)))));
    bench.script("<enter>");
    let screen = bench.screen();
    assert!(
        screen.contains("decisions.store.because: “mine first” mine"),
        "{screen}"
    );
    assert!(screen.contains(" lines more"), "{screen}");
    // Where their version cannot be read, deciding later leaves the dialog.
    bench.script("<esc>");
    bench.send(Msg::Changed(None));
    bench.script("<enter>");
    assert!(bench.model.overlay.is_none(), "{}", bench.screen());
}

#[test]
fn a_number_that_was_answered_is_replaced_by_what_is_typed() {
    let mut bench = Bench::new();
    bench.script("Q <tab>");
    while !bench.shows("users/day") {
        bench.script("<tab>");
    }
    bench.text("10");
    bench.script("<enter> <backtab>");
    bench.text("25");
    bench.script("<enter>");
    assert!(
        bench
            .model
            .design
            .requirements
            .values()
            .any(|text| text == "25")
    );
}

#[test]
fn an_answered_input_stays_under_the_cursor_until_it_goes_on() {
    let mut bench = builtin(Design::default());
    bench.script("4");
    let selected = |bench: &Bench| match bench.model.screen() {
        Screen::Process(process) => process.row[3].clone().map(|(row, _)| row),
        _ => None,
    };
    let inputs = |bench: &Bench| -> Vec<Row> {
        let mut rows = rows::rows(&bench.model, 3);
        rows.retain(|row| matches!(row, Row::Input(_)));
        rows
    };
    let before = inputs(&bench);
    assert!(bench.shows("that matter most"), "{}", bench.screen());
    // The second of them, whose answer makes it matter less than those that are not shown yet.
    while selected(&bench).as_ref() != Some(&before[1]) {
        bench.script("j");
    }
    bench.script("<enter> k <enter>");
    assert_eq!(inputs(&bench)[1], before[1], "{}", bench.screen());
    assert_eq!(selected(&bench).as_ref(), Some(&before[1]));
    bench.script("j");
    let after = inputs(&bench);
    assert_ne!(selected(&bench).as_ref(), Some(&before[1]));
    assert!(!after.contains(&before[1]), "{}", bench.screen());
}

#[test]
fn a_share_over_the_whole_stays_in_its_field() {
    let mut bench = Bench::new();
    bench.script("2 <enter> buy <enter> j j j <enter> 900% <enter>");
    assert_eq!(bench.model.design.interfaces[0].share, "");
    assert!(bench.shows("not from 0 % to 100 %"), "{}", bench.screen());
    bench.script("<ctrl-u> 90% <enter>");
    assert_eq!(bench.model.design.interfaces[0].share, "90%");
}

#[test]
fn what_was_recovered_is_saved_and_can_be_taken_back() {
    let mut bench = Bench::new();
    let design = Design {
        title: "Ticket shop".to_owned(),
        ..Design::default()
    };
    bench.send(Msg::Recovered(Box::new(design.clone())));
    assert!(bench.screen().contains("Recovered what was not saved"));
    let saved = |effects: &[Effect], title: &str| matches!(effects.last(), Some(Effect::Save { design, .. }) if design.title == title);
    assert!(saved(&bench.effects, "Ticket shop"));
    assert!(bench.screen().contains("saved"));
    bench.script("u");
    assert!(saved(&bench.effects, ""));
    // What is there already is no change.
    let mut same = Bench::with(design.clone(), Theme::default(), (80, 24));
    same.send(Msg::Recovered(Box::new(design)));
    assert_eq!(same.effects, []);
}

#[test]
fn a_read_only_design_says_why() {
    let mut setup = super::setup(
        Design::default(),
        archadvisor::tui::Theme::default(),
        (80, 24),
    );
    setup.read_only = Some("it was written by a newer version".to_owned());
    let mut bench = Bench {
        model: archadvisor::tui::Model::new(setup),
        effects: Vec::new(),
    };
    assert!(bench.shows("read-only"));
    for place in ["p ] <enter>", "t", "Q"] {
        bench.script(place);
        assert!(bench.shows("newer version"), "{place}");
        assert!(bench.model.editor.is_none(), "{place}: nothing is asked");
    }
    assert!(bench.effects.is_empty());
    bench.model.read_only = Some(format!("{} the end", "a long reason ".repeat(12)));
    bench.script("p ] <enter>");
    assert!(bench.shows("the end"), "the reason is shown whole");
}

#[test]
fn steps_are_finished_opened_again_and_skipped_with_a_reason() {
    let mut bench = Bench::new();
    bench.script("2 x");
    assert!(!bench.model.design.steps.contains_key("api"));
    assert!(
        bench.shows("Nothing of this step is done yet"),
        "{}",
        bench.screen()
    );
    bench.script("x");
    assert_eq!(bench.model.design.steps["api"].state, State::Done);
    bench.script("x");
    assert!(!bench.model.design.steps.contains_key("api"));
    bench.script("G k <enter> j j j <enter>");
    assert!(bench.shows("Why is this step left out?"));
    bench.script("<enter>");
    assert!(
        !bench.model.design.steps.contains_key("api"),
        "a reason is needed"
    );
    bench.text("no API").script("<enter>");
    assert_eq!(bench.model.design.steps["api"].state, State::Skipped);
    assert_eq!(bench.model.design.steps["api"].because, "no API");
}

#[test]
fn a_selection_survives_a_resize() {
    let mut bench = Bench::new();
    bench.script("p ] j j");
    let row = |bench: &Bench| {
        let Screen::Process(process) = bench.model.screen() else {
            panic!()
        };
        process.row[0].clone().map(|(row, _)| row)
    };
    let before = row(&bench);
    bench.send(Msg::Resized(50, 15));
    bench.send(Msg::Resized(200, 60));
    assert_eq!(row(&bench), before);
}

#[test]
fn a_review_condition_that_cannot_be_read_does_not_get_into_the_file() {
    let mut bench = Bench::new();
    bench.script("5 ] <enter> G k <enter>");
    bench.text("users > (").script("<enter>");
    let when = |bench: &Bench| -> Vec<String> {
        let decisions = bench.model.design.decisions.values();
        decisions
            .map(|decision| decision.review.when.clone())
            .collect()
    };
    assert!(
        when(&bench).iter().all(String::is_empty),
        "{}",
        bench.screen()
    );
    for _ in 0.."users > (".len() {
        bench.script("<backspace>");
    }
    bench.text("users > 5").script("<enter>");
    assert_eq!(when(&bench), ["users > 5"], "{}", bench.screen());
}

#[test]
fn a_reason_written_for_another_choice_says_so() {
    let mut bench = Bench::new();
    bench.script("5 ] <enter> <enter>");
    let first = || "in-memory".to_owned();
    let decision = bench.model.design.decisions.values_mut().next().unwrap();
    decision.because = "it was there".to_owned();
    let old = decision.chosen.first().cloned().unwrap_or_else(first);
    bench.script("j <enter>");
    let decision = bench.model.design.decisions.values().next().unwrap();
    assert!(!decision.chosen.contains(&old), "{}", bench.screen());
    assert_eq!(decision.because, format!("Written for {old}: it was there"));
}

/// What is being typed goes back into its field at the next start, at its place, and changes nothing until it is taken.
#[test]
fn what_is_typed_comes_back_into_its_field_and_is_no_answer() {
    let bench = || Bench::with(contradictory(), Theme::default(), (80, 24));
    for (script, typed) in [
        ("t <ctrl-u>", "Sh"),
        ("p ] <enter>", "4"),
        ("p ] <enter>", "12 parrots"),
        ("p [ <down> <enter>", "half a sen"),
        ("c w", "because of"),
        ("2 <enter>", "buy tick"),
        ("5 ] <enter> r", "it was"),
        ("2 G k <enter> j j j <enter>", "no AP"),
    ] {
        let mut first = bench();
        first.script(script).text(typed);
        let draft = first
            .model
            .draft()
            .unwrap_or_else(|| panic!("{script}: {}", first.screen()));
        assert_eq!(draft.text, typed, "{script}");
        assert_eq!(first.model.design, contradictory(), "nothing was taken yet");
        let mut second = bench();
        second.send(Msg::Drafted(draft.clone()));
        assert!(
            second.shows("not saved yet: enter keeps it, esc drops it"),
            "{script}"
        );
        assert_eq!(second.model.draft(), Some(draft.clone()), "{script}");
        assert_eq!(second.model.screen(), first.model.screen(), "{script}");
        assert_eq!(second.effects, [], "{script}: nothing is saved");
        // The cursor stands behind what was typed.
        second.text("!");
        assert_eq!(
            second.model.draft().map(|it| it.text),
            Some(format!("{typed}!"))
        );
        second.script("<esc>");
        assert_eq!(second.model.draft(), None);
        assert_eq!(second.model.design, contradictory(), "{script}");
    }
    // What the design says by now is no draft, and what has no field any more is told.
    let mut title = contradictory();
    title.title = "Shop".to_owned();
    let mut same = Bench::with(title, Theme::default(), (80, 24));
    let draft = |place: &str, text: &str| {
        let (place, text) = (place.to_owned(), text.to_owned());
        Msg::Drafted(archadvisor::tui::Draft { place, text })
    };
    same.send(draft("title", "Shop"));
    assert!(same.model.editor.is_none());
    same.send(draft("entity 7 Notes", "what was lost"));
    assert!(same.shows("what was lost"), "{}", same.screen());
}

#[test]
fn the_help_tells_how_to_leave_and_what_enter_does_without_scrolling() {
    for place in ["", "p", "5 ] <enter>", "c", "b"] {
        let mut bench = Bench::with(
            contradictory(),
            archadvisor::tui::Theme::default(),
            (80, 24),
        );
        bench.script(place).script("?");
        for text in ["enter", "quit", "ctrl-z", "more lines"] {
            assert!(bench.shows(text), "{place}: {text}\n{}", bench.screen());
        }
    }
    let mut bench = Bench::new();
    bench.script("? G");
    assert!(!bench.shows("more lines"));
}

#[test]
fn a_list_that_goes_on_says_so() {
    let mut bench = Bench::new();
    bench.script("p");
    assert!(bench.shows("▾") && !bench.shows("▴"));
    bench.script("G");
    assert!(bench.shows("▴") && !bench.shows("▾"));
}

#[test]
fn the_status_names_every_quality() {
    let bench = {
        let mut bench = Bench::new();
        bench.script("p");
        bench
    };
    for axis in &bench.model.base.axes {
        assert!(bench.shows(axis.short()), "{}", bench.screen());
    }
}

#[test]
fn a_decision_tells_who_chose_what_the_nearest_first() {
    let mut design = Design::default();
    design
        .requirements
        .insert("users".to_owned(), "200k".to_owned());
    let mut bench = Bench::with(design, archadvisor::tui::Theme::default(), (80, 60));
    bench.script("5 ] <enter>");
    let screen = bench.screen();
    let place = |text: &str| {
        screen
            .find(text)
            .unwrap_or_else(|| panic!("no {text} in\n{screen}"))
    };
    assert!(place("Small Shop (2021): One program") < place("Big Shop (2020): Many services"));
    place("Stay in one program while you can.");
    place("One program at its best: one team");
}

#[test]
fn guidance_is_read_from_its_first_line_and_one_gets_back_to_it() {
    let mut bench = Bench::new();
    bench.script("p j j j i");
    assert!(
        matches!(bench.model.screen(), Screen::Process(process) if process.at[process.step] == 0)
    );
    bench.script("j j j j j j G g");
    assert!(
        matches!(bench.model.screen(), Screen::Process(process) if process.at[process.step] == 0)
    );
    bench.script("i");
    assert!(
        matches!(bench.model.screen(), Screen::Process(process) if process.at[process.step] > 0),
        "closed again, an input is selected"
    );
}

#[test]
fn a_practice_is_read_before_it_is_adopted() {
    let mut bench = builtin(sale());
    let before = bench.model.design.clone();
    bench.script("p");
    let practice = |bench: &Bench| {
        let Screen::Process(process) = bench.model.screen() else {
            return None;
        };
        let rows = rows::rows(&bench.model, process.step);
        match rows.get(process.at[process.step]) {
            Some(Row::Practice(id)) => Some(*id),
            _ => None,
        }
    };
    for step in "1234567890".chars() {
        for _ in 0..60 {
            if practice(&bench).is_none() {
                bench.script("j");
            }
        }
        if practice(&bench).is_none() {
            bench.send(Msg::Key(Key::char(step)));
        }
    }
    let id = practice(&bench).expect("some practices are recommended");
    let what = bench.model.base.pattern(id).what.to_string();
    let begin: String = what.chars().take(20).collect();
    assert!(bench.shows(&begin), "{}", bench.screen());
    assert!(bench.shows("space adopt or withdraw"), "{}", bench.screen());
    bench.script("<enter>");
    assert!(matches!(bench.model.screen(), Screen::Pattern { id: shown, .. } if *shown == id));
    assert_eq!(bench.model.design, before, "nothing is taken");
    bench.script("<esc>");
    bench.send(Msg::Key(Key::char(' ')));
    assert_ne!(bench.model.design, before, "space takes or withdraws it");
}

/// A bundled design.
fn sale() -> Design {
    let text = include_bytes!("../../examples/ticket-flash-sale.yaml");
    let (opened, _) = Design::from_bytes("design", text);
    opened.expect("a design").design
}

/// The screens with the built-in knowledge.
fn builtin(design: Design) -> Bench {
    let base = Rc::new(archadvisor::builtin::knowledge());
    let setup = super::setup(design, Theme::new(true, true), (80, 24));
    let mut bench = Bench::new();
    bench.model = Model::new(Setup { base, ..setup });
    bench
}

#[test]
fn a_waiver_without_its_conflict_is_listed_and_can_be_taken_out() {
    let mut design = Design::default();
    for id in ["hazard/one\u{1b}[31m", "hazard/two"] {
        design.waivers.push(Waiver {
            conflict: id.to_owned(),
            because: "agreed then".to_owned(),
            ..Waiver::default()
        });
    }
    let mut bench = builtin(design);
    bench.script("c");
    assert!(bench.shows("2 waivers idle"), "{}", bench.screen());
    assert!(bench.shows("waives hazard/two"), "{}", bench.screen());
    assert!(!bench.screen().contains('\u{1b}'));
    bench.script("<end>");
    assert!(bench.shows("agreed then"), "{}", bench.screen());
    bench.script("<delete>");
    let left = |bench: &Bench| bench.model.design.waivers.len();
    assert_eq!(left(&bench), 1);
    assert!(!bench.shows("hazard/two"), "{}", bench.screen());
    bench.script("u");
    assert_eq!(left(&bench), 2);
}

#[test]
fn what_was_accepted_stands_below_what_is_open() {
    let mut bench = builtin(sale());
    let listed = |bench: &Bench| -> Vec<String> {
        let conflicts = bench.model.conflicts().into_iter();
        conflicts.map(|conflict| conflict.id.clone()).collect()
    };
    let before = listed(&bench);
    let open = bench.model.advice().open_conflicts().count();
    assert!(open > 2, "{before:?}");
    bench.script("c w known <enter>");
    let after = listed(&bench);
    assert_eq!(after[..open - 1], before[1..open]);
    assert!(after[open - 1..].contains(&before[0]), "{after:?}");
    // What is selected now, and its ways out, are those of the next open one.
    let shown = bench.model.conflicts()[0].ways_out.first().cloned();
    let action: String = shown.map_or(String::new(), |way| way.action);
    let begin: String = action.chars().take(24).collect();
    assert!(bench.shows(&begin), "{begin}: {}", bench.screen());
}

#[test]
fn an_input_of_any_step_is_found_from_everywhere() {
    // From home, a step, the quick start at a list, at a number not begun, and another screen.
    for place in ["", "p", "5", "Q <tab> <tab>", "Q <tab>", "s", "c"] {
        let mut bench = Bench::new();
        bench.script(place);
        let told = match place {
            "Q <tab> <tab>" | "Q <tab>" => "/ finds every input",
            "s" | "c" => "",
            _ => "/ find an input",
        };
        // Where lines are short, the words may stand on two.
        let words = bench.screen().replace(['\n', '│'], " ");
        let found = told.split(' ').all(|word| words.contains(word));
        assert!(found, "{place}: {}", bench.screen());
        bench.script("/ outage");
        assert!(bench.shows("1 found"), "{place}: {}", bench.screen());
        assert!(bench.shows("What does an hour of outage cost? (outage)"));
        bench.script("<enter>");
        let row = |bench: &Bench| match bench.model.screen() {
            Screen::Process(process) if process.step == 0 => {
                rows::rows(&bench.model, 0).get(process.at[0]).cloned()
            }
            _ => None,
        };
        let fact = bench.model.base.find_fact("outage").unwrap();
        assert_eq!(row(&bench), Some(Row::Input(fact)), "{place}");
        // Its field is open, as in the quick start: what is typed is the answer, and no way to a step.
        bench.script("6000");
        assert!(bench.shows("means 6000 money/h"), "{}", bench.screen());
        bench.script("<esc>");
        assert!(bench.model.editor.is_none());
        assert_eq!(row(&bench), Some(Row::Input(fact)), "back to the row");
        assert_eq!(answer(&bench, "outage"), "", "and nothing was said");
    }
    // Of a choice the answers are in reach, and from there the row.
    let mut bench = Bench::new();
    bench.script("/ load <enter>");
    assert!(bench.shows("sharp peaks"), "{}", bench.screen());
    bench.script("b <enter>");
    assert_eq!(answer(&bench, "load"), "bursty");
    // Where nothing can be saved one may look, without a complaint.
    bench.model.read_only = Some("it is protected".to_owned());
    bench.script("/ outage <enter>");
    assert!(bench.shows("Cost of an outage"), "{}", bench.screen());
    assert!(!bench.shows("protected") && bench.model.editor.is_none());
}

#[test]
fn a_digit_on_the_row_of_a_number_begins_the_number() {
    let mut bench = Bench::new();
    let step = |bench: &Bench| match bench.model.screen() {
        Screen::Process(process) => process.step,
        _ => panic!("{}", bench.screen()),
    };
    bench.script("/ outage <enter> <esc>");
    assert!(bench.shows("enter, 0-9 edit"), "{}", bench.screen());
    assert!(
        bench.shows("n, N to a step") && !bench.shows("1-9, 0 to a step"),
        "{}",
        bench.screen()
    );
    bench.script("?");
    assert!(
        bench.shows("0-9                   type the number"),
        "{}",
        bench.screen()
    );
    bench.script("<esc> 6");
    assert_eq!(step(&bench), 0, "{}", bench.screen());
    assert!(
        !bench.shows("to a step"),
        "while one types no key goes there"
    );
    bench.script("000 <enter>");
    assert_eq!(answer(&bench, "outage"), "6000");
    // What was answered is replaced, by a zero too; esc keeps it.
    bench.script("0");
    assert!(bench.shows("> 0"), "{}", bench.screen());
    bench.script("<esc>");
    assert_eq!(answer(&bench, "outage"), "6000");
    // On a choice, on the rail and on another screen a digit goes to a step.
    bench.script("/ load <enter> <esc>");
    assert!(bench.shows("1-9, 0 to a step"), "{}", bench.screen());
    bench.script("?");
    assert!(
        bench.shows("1-9, 0                to a step, but not from"),
        "{}",
        bench.screen()
    );
    bench.script("<esc> 2");
    assert_eq!(step(&bench), 1);
    bench.script("/ outage <enter> <esc> <tab>");
    assert!(bench.shows("1-9, 0 to a step"), "{}", bench.screen());
    bench.script("3");
    assert_eq!(step(&bench), 2);
    bench.script("/ outage <enter> <esc> c 4");
    assert_eq!(step(&bench), 3);
}

#[test]
fn names_come_first_and_decisions_are_found_too() {
    let mut bench = Bench::new();
    // Nothing typed lists all; the arrows select, and a slash is a letter.
    bench.script("p / <down> <down>");
    assert!(matches!(
        bench.model.overlay,
        Some(Overlay::Find { at: 2, .. })
    ));
    bench.script("how");
    let ids = |query: &str| -> Vec<&str> {
        let found = archadvisor::tui::find::found(&bench.model, query).into_iter();
        found.map(|place| place.texts(&bench.model)[1]).collect()
    };
    // “Waiting work” by its name, before the questions of the first step that have the word.
    assert_eq!(ids("it"), ["work", "users", "money", "guards"]);
    assert_eq!(
        ids("LATENCY target"),
        ["latency"],
        "once, though its id has it too"
    );
    bench.script("<esc>");
    assert!(bench.model.overlay.is_none());
    bench.script("/ waiting <enter>");
    assert!(
        matches!(bench.model.screen(), Screen::Process(process) if process.step == 4),
        "{}",
        bench.screen()
    );
    assert!(bench.shows("▌ · Waiting work"), "{}", bench.screen());
    // What is not there is said, and enter goes nowhere.
    bench.script("/ nowhere <enter>");
    assert!(
        bench.shows("No input and no decision has these words."),
        "{}",
        bench.screen()
    );
    // And what to try instead.
    assert!(bench.shows("Try one word") && bench.shows("the patterns (b)"));
}

#[test]
fn an_exact_id_comes_first_and_what_helps_to_answer_is_searched_last() {
    let bench = builtin(Design::default());
    let ids = |query: &str| -> Vec<&str> {
        let found = archadvisor::tui::find::found(&bench.model, query).into_iter();
        found.map(|place| place.texts(&bench.model)[1]).collect()
    };
    let base = &bench.model.base;
    for (_, entry) in base.requirement_ids() {
        assert_eq!(ids(&entry.id)[0], &*entry.id);
        // An id may be typed as it is read.
        assert_eq!(ids(&entry.id.replace(['_', '-'], " "))[0], &*entry.id);
    }
    for id in base.decision_ids() {
        let id = &base.decision(id).id;
        assert_eq!(ids(id)[0], &**id);
    }
    // Others have the word in their names, and stand in an earlier step or before it in the same.
    assert_eq!(ids("OPS")[0], "ops");
    assert!(ids("ops").len() > 1);
    let small = Bench::new();
    let found = |query: &str| -> Vec<&str> {
        let found = archadvisor::tui::find::found(&small.model, query).into_iter();
        found.map(|place| place.texts(&small.model)[1]).collect()
    };
    // By its reason, by its note, and by both together.
    assert_eq!(found("redundancy"), ["outage"]);
    assert_eq!(found("at least one"), ["users"]);
    assert_eq!(found("sized request"), ["users"]);
    // `load` by its name, before what speaks of the load in its reason; decisions have no such texts.
    assert_eq!(found("load"), ["load", "users"]);
    // By what may be answered.
    let (_, choice) = (base.requirement_ids())
        .find(|(_, entry)| *entry.id == *"survive")
        .expect("the largest failure to survive");
    assert!(
        ids("one data centre").contains(&&*choice.id),
        "{:?}",
        ids("one data centre")
    );
    // The sentence that has the word is told with the question.
    let mut bench = Bench::new();
    bench.script("p /").text("everybody");
    assert!(
        bench.shows("How many people use it on a normal day? (users)"),
        "{}",
        bench.screen()
    );
    assert!(
        bench.shows("Count everybody who sends at least one request."),
        "{}",
        bench.screen()
    );
    bench.script("<esc> / how");
    assert!(!bench.shows("everything is sized"), "{}", bench.screen());
}

#[test]
fn typing_replaces_a_title_that_nobody_gave() {
    let named = |title: &str, keys: &str| {
        let title = title.to_owned();
        let design = Design {
            title,
            ..Design::default()
        };
        let mut bench = Bench::with(design, Theme::default(), (80, 24));
        bench.script("t");
        bench.text(keys).script("<enter>");
        bench.model.design.title
    };
    assert_eq!(named("Untitled", "Clinic booking"), "Clinic booking");
    assert_eq!(named("Untitled", ""), "Untitled", "taking it as it is");
    assert_eq!(named("Clinic", " booking"), "Clinic booking");
    // The file that `new` writes has that title.
    let new = include_str!("../cli/snapshots/all__cli__pages__new_blank.snap");
    assert!(new.contains("title: Untitled\n"), "{new}");
}

#[test]
fn a_number_with_a_slash_in_its_unit_can_be_typed_in_the_quick_start() {
    let mut bench = Bench::new();
    bench
        .script("Q <tab>")
        .text("500 users/day")
        .script("<enter> <backtab>");
    assert_eq!(answer(&bench, "users"), "500 users/day");
    bench.script("/");
    assert!(
        bench.model.overlay.is_some(),
        "the value is not begun to be typed over"
    );
    bench.script("<esc>");
    assert!(bench.shows("500 users/day"), "the question is as it was");
}

#[test]
fn accepting_one_conflict_goes_on_to_the_next_and_a_reason_is_edited() {
    let open = |bench: &Bench| bench.model.advice().open_conflicts().count();
    let selected = |bench: &Bench| -> Option<(String, bool)> {
        let id = match bench.model.screen() {
            Screen::Conflicts { at, .. } => bench.model.conflicts().get(*at)?.id.clone(),
            Screen::Process(process) => {
                match rows::rows(&bench.model, process.step).get(process.at[process.step])? {
                    Row::Conflict(id) => id.clone(),
                    _ => return None,
                }
            }
            _ => return None,
        };
        let conflicts = bench.model.conflicts();
        let conflict = conflicts.iter().find(|conflict| conflict.id == id)?;
        Some((id, conflict.waived.is_none()))
    };
    // From the last one the first is next.
    for last in ["", "G"] {
        let mut bench = builtin(sale());
        bench.script("c").script(last);
        let all = open(&bench);
        assert!(all > 2);
        if last == "G" {
            for _ in 0..bench.model.conflicts().len() - all {
                bench.script("k");
            }
        }
        for left in (1..all).rev() {
            bench.script("w agreed <enter>");
            assert_eq!(open(&bench), left);
            assert!(
                selected(&bench).is_some_and(|(_, is_open)| is_open),
                "{left} of {all}"
            );
        }
    }
    // In a step too.
    let mut bench = builtin(sale());
    bench.script("0");
    for _ in 0..80 {
        if selected(&bench).is_none_or(|(_, is_open)| !is_open) {
            bench.script("j");
        }
    }
    let (first, _) = selected(&bench).expect("the last step lists conflicts");
    bench.script("w agreed <enter>");
    let (second, is_open) = selected(&bench).expect("a conflict");
    assert!(is_open && first != second, "{first} {second}");
    // What was said before is the record of a decision: typing adds to it.
    let mut bench = Bench::with(contradictory(), Theme::default(), (80, 24));
    bench.script("c w agreed <enter> w ,later <enter>");
    let reason = |bench: &Bench| bench.model.design.waivers[0].because.clone();
    assert_eq!(reason(&bench), "agreed,later");
}

#[test]
fn a_waiver_that_ran_out_is_accepted_anew() {
    let mut bench = Bench::with(contradictory(), Theme::default(), (80, 24));
    bench.script("c w agreed <enter>");
    let mut design = bench.model.design.clone();
    let accepted_until = |design: &mut Design, day: &str| {
        design.waivers[0].until = day.to_owned();
        let mut bench = Bench::with(design.clone(), Theme::default(), (80, 24));
        let before = bench.model.advice().open_conflicts().count();
        bench.script("c w ! <enter>");
        let waiver = bench.model.design.waivers[0].clone();
        assert_eq!(waiver.because, "agreed!");
        let closed = before - bench.model.advice().open_conflicts().count();
        (waiver.until, closed)
    };
    // The day of a waiver that counts no more would make the new one count no more either.
    assert_eq!(
        accepted_until(&mut design, "2026-06-30"),
        (String::new(), 1)
    );
    assert_eq!(
        accepted_until(&mut design, "2027-06-30"),
        ("2027-06-30".to_owned(), 0)
    );
}

#[test]
fn a_chosen_decision_keeps_telling_how_sure_the_advice_is() {
    let mut bench = Bench::new();
    bench.script("/ waiting <enter> <enter>");
    let certainty = |bench: &Bench| {
        let id = bench.model.base.find_decision("work").unwrap();
        bench.model.advice().decision(id).certainty.word()
    };
    let words = |bench: &Bench| {
        let screen = bench.screen();
        screen.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    bench.script("<enter>");
    let told = format!("choose one; chosen; advised, {}", certainty(&bench));
    assert!(words(&bench).contains(&told), "{told}: {}", bench.screen());
    bench.script("j <enter>");
    let told = format!(
        "choose one; chosen; advised instead: Message queue, {}",
        certainty(&bench)
    );
    assert!(words(&bench).contains(&told), "{told}: {}", bench.screen());
}

#[test]
fn what_an_open_decision_rests_on_is_told_without_a_cut() {
    // Of every decision, what is chosen too; the certainty whole, and what it rests on.
    let mut bench = builtin(Design::default());
    let mut open = 0;
    let base = Rc::clone(&bench.model.base);
    for id in base.decision_ids() {
        let advice = bench.model.advice().decision(id).clone();
        if advice.options.is_empty() || advice.recommended.is_empty() {
            continue;
        }
        bench.model.screens.push(Screen::Decision {
            id,
            at: 0,
            detail: false,
            scroll: 0,
        });
        let screen = bench.screen();
        let lines = screen.lines().skip(2);
        let head: Vec<&str> = lines
            .take_while(|line| !line.starts_with("    option"))
            .collect();
        let head = head.join(" ");
        let head = head.split_whitespace().collect::<Vec<_>>().join(" ");
        if !advice.hinges_on.is_empty() {
            open += 1;
            assert!(head.contains(": rests on "), "{screen}");
        }
        if base.decision(id).pick == Pick::One {
            let share = head.contains("% of nearby priorities agree)");
            assert_eq!(share, advice.certainty != Certainty::Open, "{screen}");
        }
        assert!(!head.contains('…'), "{screen}");
        bench.model.screens.pop();
    }
    assert!(open > 5);
}

#[test]
fn help_that_does_not_fit_is_read_on_with_f1() {
    let mut cut = 0;
    for size in [(80, 24), (60, 20)] {
        let mut bench = builtin(Design::default());
        bench.send(Msg::Resized(size.0, size.1));
        let base = Rc::clone(&bench.model.base);
        for (fact, entry) in base.requirement_ids() {
            bench.script("p /").text(&entry.name).script("<enter>");
            let Screen::Process(process) = bench.model.screen() else {
                panic!("{}", bench.screen());
            };
            let row = rows::rows(&bench.model, 0)[process.at[0]].clone();
            assert_eq!(row, Row::Input(fact), "{}", bench.screen());
            let screen = bench.screen();
            let last = entry.note.as_ref().unwrap_or(&entry.why);
            let end: Vec<&str> = last.split_whitespace().rev().take(2).collect();
            let told = |screen: &str| end.iter().all(|word| screen.contains(word));
            let says = screen.contains("f1 reads on");
            if says || !told(&screen) {
                cut += 1;
                // Where not even the question has room, the footer alone tells of the key.
                assert!(says || size.0 < 80, "{}: {screen}", entry.id);
                bench.script("<f1>");
                assert!(told(&bench.screen()), "{}: {}", entry.id, bench.screen());
                bench.script("<esc>");
            }
            bench.script("<esc>");
        }
    }
    assert!(cut > 0);
}

#[test]
fn a_page_further_is_seen_in_a_long_summary() {
    let mut bench = builtin(sale());
    bench.model.markdown = archadvisor::report::markdown::document;
    bench.script("s");
    let head = |bench: &Bench| bench.screen().lines().nth(2).unwrap_or_default().to_owned();
    let first = head(&bench);
    assert!(first.contains("lines 1 to "), "{first}");
    bench.script("<pgdn>");
    assert_ne!(head(&bench), first);
}

#[test]
fn a_wide_terminal_shows_whole_conflict_messages() {
    let mut bench = builtin(sale());
    bench.send(Msg::Resized(200, 50));
    bench.script("c");
    let screen = bench.screen();
    let conflicts = bench.model.conflicts();
    let mut met = [false; 2];
    for conflict in conflicts.iter().take(12) {
        // Where even this is too narrow, both sides are told without their reasons.
        if let Some(told) = sides(&bench.model, conflict) {
            met[0] = true;
            let whole = screen.contains(&conflict.message);
            assert!(whole || screen.contains(&told), "{told}: {screen}");
        } else {
            met[1] = true;
            let begin: String = conflict.message.chars().take(90).collect();
            assert!(screen.contains(&begin), "{screen}");
        }
    }
    assert_eq!(met, [true, true]);
}

/// What a conflict between two qualities comes to, if it is one.
fn sides(model: &Model, conflict: &Conflict) -> Option<String> {
    let axis = |at: usize| model.base.axis(conflict.axes[at]).name.to_lowercase();
    let name = &model.base.pattern(*conflict.patterns.first()?).name;
    (conflict.kind == ConflictKind::Axes)
        .then(|| format!("{name} helps {} and hurts {}", axis(0), axis(1)))
}

#[test]
fn what_a_choice_costs_stands_in_the_row_of_its_conflict() {
    for (size, keys) in [((80, 24), "c"), ((60, 20), "c"), ((80, 24), "0 ]")] {
        let mut bench = builtin(sale());
        bench.send(Msg::Resized(size.0, size.1));
        bench.script(keys);
        let conflicts = bench.model.conflicts().into_iter();
        let of_two = conflicts.filter(|it| it.kind == ConflictKind::Axes);
        let of_two: Vec<Conflict> = of_two.take(12).cloned().collect();
        assert_eq!(of_two.len(), 12);
        let row = |bench: &Bench, codes: &str, begin: &str| {
            let screen = bench.screen();
            let rows = screen.lines();
            let mut rows = rows.filter(|row| row.contains(codes) && row.contains(begin));
            rows.next().map(str::to_owned)
        };
        for conflict in &of_two {
            let (helped, hurt) = (conflict.axes[0], conflict.axes[1]);
            let short = |axis| bench.model.axis_short(axis);
            let codes = format!("{}+ {}−  ", short(helped), short(hurt));
            let name = (bench.model.base.pattern(conflict.patterns[0]).name).to_string();
            let begin: String = name.chars().take(12).collect();
            let told = sides(&bench.model, conflict).unwrap();
            let mut found = None;
            for _ in 0..80 {
                found = row(&bench, &codes, &begin).or_else(|| row(&bench, &told, ""));
                if found.is_some() {
                    break;
                }
                bench.script("j");
            }
            let found = found.unwrap_or_else(|| panic!("{codes}{name}: {}", bench.screen()));
            // The name is whole, or cut in its middle.
            let end: String = name.chars().rev().take(4).collect();
            let end: String = end.chars().rev().collect();
            assert!(found.contains(&end), "{name}: {found}");
        }
    }
}

#[test]
fn what_the_last_answer_changed_ends_with_a_whole_item() {
    let mut bench = builtin(Design::default());
    bench.script("Q <tab>");
    let mut met = 0;
    for _ in 0..12 {
        let is_number = bench.model.editor.as_ref().map(Editor::is_text);
        bench.script(if is_number == Some(true) {
            "40 <enter>"
        } else {
            "j <enter>"
        });
        for size in [(80, 24), (100, 30)] {
            bench.send(Msg::Resized(size.0, size.1));
            let screen = bench.screen();
            let Some((_, below)) = screen.split_once("Changed by the last answer") else {
                continue;
            };
            // What stands at the right of the edge.
            let column = below.lines().skip(1);
            let column =
                column.filter_map(|line| line.split_once('│').map(|(_, right)| right.trim()));
            let lines: Vec<&str> = column.filter(|line| !line.is_empty()).collect();
            let last = lines.last().copied().unwrap_or_default();
            if let Some(others) = last
                .strip_prefix('+')
                .and_then(|it| it.strip_suffix(" more"))
            {
                met += 1;
                let others: usize = others.parse().unwrap();
                assert!(others < bench.model.shifts.len(), "{screen}");
                // Only one that is too long by itself is cut.
                let is_cut = lines.concat().contains('…');
                assert!(
                    !is_cut || others + 1 == bench.model.shifts.len(),
                    "{screen}"
                );
            }
        }
    }
    assert!(met > 2, "{met}");
}

#[test]
fn the_letters_below_a_step_are_explained_by_its_help() {
    let mut bench = builtin(sale());
    bench.script("5");
    assert!(bench.shows("sca"), "{}", bench.screen());
    bench.send(Msg::Resized(80, 90));
    for key in ["?", "<f1>"] {
        bench.script(key);
        let screen = bench.screen();
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let told = |wanted: &str| screen.lines().any(|line| words(line).contains(wanted));
        for axis in &bench.model.base.axes {
            assert!(
                told(&format!("│ {} {} │", axis.short(), axis.name)),
                "{screen}"
            );
        }
        for (sign, meaning) in [
            ("++", "strongly helped"),
            ("+", "helped"),
            ("+−", "helped and hurt"),
            ("·", "untouched"),
            ("−", "hurt"),
            ("−−", "broken"),
        ] {
            assert!(told(&format!("│ {sign} {meaning} │")), "{sign}: {screen}");
        }
        // Before the keys of other screens.
        let place = |text: &str| {
            screen
                .find(text)
                .unwrap_or_else(|| panic!("{text}: {screen}"))
        };
        assert!(place("below a step: each quality") < place("│ Home"));
        bench.script("<esc>");
    }
}

#[test]
fn an_answer_that_the_interfaces_deny_is_a_finding_where_either_is_written() {
    use archadvisor::design::{Interface, Kind};
    let interface = |name: &str, kind: Kind, share: &str| Interface {
        name: name.into(),
        kind: Some(kind),
        share: share.into(),
        ..Interface::default()
    };
    let mut design = Design::default();
    let requirements = &mut design.requirements;
    requirements.insert("read_share".to_owned(), "80 %".into());
    design
        .interfaces
        .push(interface("find", Kind::Read, "75 %"));
    let mut bench = builtin(design.clone());
    bench.send(Msg::Resized(200, 200));
    bench.script("2");
    assert!(!bench.shows("contradiction"), "{}", bench.screen());
    design
        .interfaces
        .push(interface("enter", Kind::Write, "25 %"));
    let mut bench = builtin(design);
    bench.send(Msg::Resized(200, 200));
    let told = "Share of reads is 0.8, but of all requests, the interfaces give 75 % to reads";
    let is_found = |bench: &Bench, step: usize| {
        let mut rows = rows::rows(&bench.model, step).into_iter();
        rows.any(|row| matches!(row, Row::Denied(_)))
    };
    bench.script("2");
    assert!(is_found(&bench, 0) && is_found(&bench, 1) && !is_found(&bench, 2));
    assert!(bench.shows(told), "{}", bench.screen());
    assert!(bench.shows("settle “Share of reads”: the interfaces contradict it"));
    // The finding leads to the answer.
    let is_there = |bench: &Bench| {
        let screen = bench.screen();
        let mut lines = screen.lines();
        lines.any(|line| line.contains('▌') && line.contains("contradiction"))
    };
    for _ in 0..200 {
        if is_there(&bench) {
            break;
        }
        bench.script("j");
    }
    assert!(is_there(&bench), "{}", bench.screen());
    bench.script("<enter> 75% <enter>");
    assert_eq!(&*bench.model.design.requirements["read_share"], "75%");
    bench.script("2");
    assert!(!bench.shows("contradiction"), "{}", bench.screen());
}

#[test]
fn a_choice_does_not_make_a_question_arise() {
    let mut bench = builtin(Design::default());
    let base = Rc::clone(&bench.model.base);
    let is_moot = |id: &DecisionId| {
        bench.model.advice().decision(*id).state == DecisionState::NotApplicable
            && base.decision(*id).pick == Pick::One
    };
    let id = base
        .decision_ids()
        .find(is_moot)
        .expect("some do not arise");
    let key = base.decision(id).id.to_string();
    bench.script("/").text(&key).script("<enter> <enter>");
    assert_eq!(bench.model.design.decisions[&key].chosen.len(), 1);
    let moot = format!("no-longer-fits/{key}");
    let conflicts = bench.model.advice().conflicts.iter();
    assert!(conflicts.into_iter().any(|it| it.id == moot), "{key}");
    let shifts = bench.model.shifts.clone();
    assert!(!shifts.contains(&Shift::Arose(id)), "{shifts:?}");
    let taken = |shift: &Shift| matches!(shift, Shift::Taken { decision, .. } if *decision == id);
    assert!(shifts.iter().any(taken), "{shifts:?}");
    bench.send(Msg::Resized(200, 60));
    let told = format!("{} arises", base.decision(id).name);
    assert!(!bench.shows(&told), "{}", bench.screen());
    // Taking the choice back ends no question either.
    bench.script("u");
    let shifts = &bench.model.shifts;
    assert!(!shifts.contains(&Shift::Gone(id)), "{shifts:?}");
    assert!(shifts.iter().any(taken), "{shifts:?}");
}

#[test]
fn a_conflict_in_a_row_is_cut_after_a_word_and_whole_below() {
    let text = include_bytes!("../../examples/hospital-records.yaml");
    let (opened, _) = Design::from_bytes("design", text);
    let mut bench = builtin(opened.expect("a design").design);
    let mut cut = 0;
    for size in [(80, 24), (60, 20)] {
        bench.send(Msg::Resized(size.0, size.1));
        bench.script("<esc> c");
        let conflicts = bench.model.conflicts();
        let message = |conflict: &&Conflict| conflict.message.clone();
        let messages: Vec<String> = conflicts.iter().map(message).collect();
        let of_two = conflicts.iter().filter(|it| it.kind == ConflictKind::Axes);
        let of_two: Vec<String> = of_two.map(message).collect();
        for message in &messages {
            bench.script("<enter>");
            let screen = bench.screen();
            let row = screen.lines().find(|line| line.starts_with('▏')).unwrap();
            let told: Vec<&str> = screen.split_whitespace().collect();
            assert!(told.join(" ").contains(message), "{screen}");
            let Some((kept, _)) = row.split_once('…') else {
                bench.script("<left> j");
                continue;
            };
            // A name is cut in its middle.
            if of_two.contains(message) {
                bench.script("<left> j");
                continue;
            }
            cut += 1;
            let last = kept.split_whitespace().last().unwrap();
            let mut words = message.split_whitespace();
            assert!(
                words.any(|word| word.trim_end_matches([',', ';', ':', '.']) == last),
                "{row}"
            );
            bench.script("<left> j");
        }
    }
    assert!(cut > 0);
}

#[test]
fn a_conflict_without_ways_out_says_what_can_be_done() {
    let mut design = Design::default();
    (design.requirements).insert("outage".to_owned(), "9500000".to_owned());
    let mut bench = Bench::with(design, Theme::default(), (80, 24));
    bench.script("c");
    assert!(bench.shows("costs more than there is"));
    let screen = bench.screen();
    assert!(!screen.contains("0 ways out") && screen.contains("w accepts it"));
    assert!(screen.contains("accept it with a reason (w)"), "{screen}");
    assert!(!screen.contains("to the ways out"), "{screen}");
    bench.script("<enter> w fate <enter>");
    let screen = bench.screen();
    assert!(!screen.contains("w accepts it") && screen.contains("it is accepted"));
}

#[test]
fn the_question_stays_above_a_list_of_answers_that_scrolls() {
    let mut bench = builtin(Design::default());
    bench.send(Msg::Resized(60, 20));
    bench.script("/ data").text(" ").script("shape <enter>");
    let first = |bench: &Bench| bench.shows("Dominant shape of the data?");
    assert!(
        first(&bench) && bench.shows("not known"),
        "{}",
        bench.screen()
    );
    for _ in 0..10 {
        bench.script("k");
        assert!(first(&bench), "{}", bench.screen());
    }
    assert!(bench.shows("relational"));
}

#[test]
fn a_quality_is_judged_in_the_words_of_the_export() {
    let mut bench = builtin(sale());
    bench.send(Msg::Resized(200, 50));
    bench.script("5");
    let screen = bench.screen();
    let export = archadvisor::report::markdown::document(
        &bench.model.base,
        &bench.model.design,
        bench.model.advice(),
    );
    for axis in &bench.model.base.axes {
        // The table of the qualities has five columns.
        let begin = format!("| {} |", axis.name);
        let row = export
            .lines()
            .find(|line| line.starts_with(&begin) && line.matches('|').count() == 6)
            .unwrap();
        let word = row.split('|').nth(3).unwrap().trim().to_owned();
        let shown = screen
            .lines()
            .any(|line| line.contains(&*axis.name) && line.trim_end().ends_with(&word));
        assert!(shown, "{}: {word}\n{screen}", axis.name);
    }
}

#[test]
fn names_of_inputs_are_not_cut_at_eighty_columns() {
    let bench = {
        let mut bench = builtin(Design::default());
        bench.script("1");
        bench.send(Msg::Resized(80, 400));
        bench
    };
    let screen = bench.screen();
    let mut missing = Vec::new();
    for (_, entry) in bench.model.base.requirement_ids() {
        if !screen.contains(&*entry.name) {
            missing.push(entry.name.to_string());
        }
    }
    assert!(missing.is_empty(), "{missing:?}\n{screen}");
}

#[test]
fn practices_and_hazards_that_an_answer_brings_in_or_takes_away_are_told() {
    let mut bench = builtin(Design::default());
    let set = |bench: &mut Bench, keys: &str| {
        bench.script("/ timed_jobs <enter> <home>");
        bench.script(keys).script("<enter>");
        let shifts = bench.model.shifts.clone();
        assert_eq!(
            answer(bench, "timed_jobs"),
            "must_run",
            "{}",
            bench.screen()
        );
        shifts
    };
    let came = set(&mut bench, "<down> <down>");
    let taken = |shift: &Shift| matches!(shift, Shift::TakenUp(_));
    let closed = |shift: &Shift| matches!(shift, Shift::Endangered(_, by) if !by.is_empty());
    assert!(
        came.iter().any(taken) && came.iter().any(closed),
        "{came:?}"
    );
    bench.send(Msg::Resized(200, 60));
    assert!(bench.shows("practice taken up: "), "{}", bench.screen());
    assert!(bench.shows("new hazard: "), "{}", bench.screen());
    bench.script("u");
    let gone = |shift: &Shift| matches!(shift, Shift::Averted(_));
    let shifts = &bench.model.shifts;
    assert!(shifts.iter().any(gone), "{shifts:?}");
    let given_up = |shift: &Shift| matches!(shift, Shift::GivenUp(_));
    assert!(shifts.iter().any(given_up), "{shifts:?}");
}

#[test]
fn a_way_out_that_the_program_cannot_take_offers_no_enter() {
    let mut bench = Bench::with(contradictory(), Theme::default(), (120, 40));
    bench.script("c <enter>");
    let footer = |bench: &Bench| bench.screen().lines().last().unwrap_or_default().to_owned();
    let own = |bench: &Bench| {
        let Screen::Conflicts {
            at, way: Some(way), ..
        } = bench.model.screen()
        else {
            panic!("{}", bench.screen());
        };
        bench.model.conflicts()[*at].ways_out[*way].change.is_none()
    };
    let mut met = [false; 2];
    for _ in 0..6 {
        let own = own(&bench);
        met[usize::from(own)] = true;
        assert_eq!(!own, footer(&bench).contains("enter"), "{}", bench.screen());
        assert_eq!(own, footer(&bench).contains("w record how it was settled"));
        if own {
            bench.script("<enter>");
            assert!(bench.shows("Yours to do: "), "{}", bench.screen());
            assert!(bench.shows("then w records how it was settled"));
        }
        bench.script("j");
    }
    assert!(met[1], "there is such a way");
}

#[test]
fn an_open_decision_tells_what_it_rests_on_and_no_share() {
    let mut bench = builtin(Design::default());
    let open = bench.model.base.decision_ids().find(|id| {
        let advice = bench.model.advice().decision(*id);
        advice.state == DecisionState::Open
            && advice.certainty == Certainty::Open
            && advice.share.1 > 0
            && !advice.hinges_on.is_empty()
            && bench.model.base.decision(*id).pick == Pick::One
    });
    let name = bench.model.base.decision(open.unwrap()).name.to_string();
    bench.script("/").text(&name).script("<enter> <enter>");
    assert!(bench.shows("open: rests on"), "{}", bench.screen());
    assert!(
        !bench.shows("nearby priorities agree"),
        "{}",
        bench.screen()
    );
}

#[test]
fn the_quick_start_tells_when_all_is_answered_and_goes_through_it_again() {
    let mut bench = Bench::new();
    bench.script("Q <tab> 5M <enter>");
    assert!(!bench.model.shifts.is_empty());
    bench.script("<tab>");
    assert!(
        bench.model.shifts.is_empty(),
        "a question that was skipped changed nothing"
    );
    for (id, text) in [("load", "bursty"), ("money", "no"), ("latency", "9 ms")] {
        bench
            .model
            .design
            .requirements
            .insert(id.to_owned(), text.to_owned());
    }
    let mut again = Bench::with(bench.model.design.clone(), Theme::default(), (80, 24));
    again.script("Q");
    assert!(
        again.shows("all 3 questions are answered"),
        "{}",
        again.screen()
    );
    assert!(
        again.shows("Q through the questions again"),
        "{}",
        again.screen()
    );
    again.script("Q");
    assert!(again.shows("Question 1 of 3"), "{}", again.screen());
}

#[test]
fn a_skipped_question_no_longer_shows_what_the_answer_before_it_changed() {
    let mut bench = Bench::new();
    bench.script("Q <tab> 5M <enter>");
    assert!(bench.shows("Guards: with Rate"));
    bench.script("<tab>");
    assert!(!bench.shows("Guards: with Rate"), "{}", bench.screen());
}

#[test]
fn the_summary_is_exported_whole_or_in_brief() {
    let mut bench = Bench::new();
    bench.script("t Shop <enter> e");
    assert!(bench.shows("tab in brief"), "{}", bench.screen());
    bench.script("<tab>");
    assert!(
        bench.shows("Export the summary in brief to"),
        "{}",
        bench.screen()
    );
    assert!(
        bench.shows("Shop in brief"),
        "the summary above is the brief one"
    );
    bench.script("<enter>");
    let exported = |bench: &Bench| match bench.effects.last() {
        Some(Effect::Export { text, .. }) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(exported(&bench), "# Shop in brief\n");
    // Replacing a file that is there writes the same.
    bench.send(Msg::Exported("archadvisor.md".to_owned(), Exported::Exists));
    bench.script("j <enter>");
    assert_eq!(exported(&bench), "# Shop in brief\n");
    bench.script("<tab> e <enter>");
    assert!(exported(&bench).contains("## Decisions"));
}

#[test]
fn a_letter_goes_to_the_first_answer_that_begins_so_and_never_quits() {
    let mut bench = Bench::new();
    bench.script("/ load <enter> <home>");
    let now = |bench: &Bench| bench.model.editor.as_ref().map(Editor::value);
    let first = now(&bench);
    bench.script("q");
    assert_eq!(bench.effects, [], "q is no end here");
    bench.script("?");
    assert!(bench.shows("A letter goes to the first answer"));
    bench.script("<esc>");
    assert_eq!(now(&bench), first);
    bench.script("b");
    assert_eq!(now(&bench).as_deref(), Some("bursty"), "{}", bench.screen());
    bench.script("u");
    assert_eq!(now(&bench).as_deref(), Some(""), "the one for unknown");
    bench.script("b <enter>");
    assert_eq!(answer(&bench, "load"), "bursty");
}

#[test]
fn a_step_tells_what_is_left_of_it_by_kind() {
    let mut bench = Bench::with(contradictory(), Theme::default(), (120, 40));
    bench.script("1");
    assert!(
        bench.shows("questions 1/3, checks 0/2"),
        "{}",
        bench.screen()
    );
    let item = bench.model.base.steps[0].checklist[0].text.to_string();
    bench.script("G k k k <enter>");
    assert!(bench.shows("checks 1/2"), "{item}: {}", bench.screen());
    bench.script("x");
    assert!(
        bench.shows("left as they are: 2 questions, 1 check"),
        "{}",
        bench.screen()
    );
}

#[test]
fn hazards_that_are_closed_are_one_line_below_what_is_open() {
    let mut bench = builtin(sale());
    bench.script("7");
    let rows = |bench: &Bench| rows::rows(&bench.model, 6);
    let all = rows(&bench);
    let place = all
        .iter()
        .position(|row| matches!(row, Row::Closed(_)))
        .unwrap();
    assert!(!all.iter().any(|row| matches!(row, Row::Hazard(_))));
    let open = all.iter().rposition(|row| match row {
        Row::Conflict(id) => bench.model.advice().open_conflicts().any(|it| it.id == *id),
        Row::Mistake(_) => true,
        _ => false,
    });
    assert!(open < Some(place));
    let Row::Closed(number) = all[place] else {
        panic!()
    };
    while !bench.shows("show or hide them") {
        bench.script("j");
    }
    assert!(
        bench.shows("hazards closed: enter shows them"),
        "{}",
        bench.screen()
    );
    bench.script("<enter>");
    let hazards = |rows: &[Row]| {
        rows.iter()
            .filter(|row| matches!(row, Row::Hazard(_)))
            .count()
    };
    assert_eq!(hazards(&rows(&bench)), number);
    assert!(bench.shows("enter hides them"), "{}", bench.screen());
    bench.script("<enter>");
    assert_eq!(hazards(&rows(&bench)), 0);
}

#[test]
fn a_conflict_is_read_to_its_end_at_any_size() {
    for size in [(60, 20), (40, 12), (80, 24)] {
        let mut bench = Bench::with(Design::default(), Theme::default(), size);
        bench.model = Model::new(Setup {
            base: Rc::new(archadvisor::builtin::knowledge()),
            ..super::setup(sale(), Theme::default(), size)
        });
        bench.script("c");
        let conflicts = bench.model.conflicts().len();
        assert!(conflicts > 2);
        for at in 0..conflicts {
            let conflict = bench.model.conflicts()[at].clone();
            let mut seen = String::new();
            for _ in 0..60 {
                let screen = bench.screen();
                seen.extend(screen.split_whitespace());
                if screen.contains("pgdn reads on") {
                    bench.script("<pgdn>");
                }
            }
            let wanted = conflict.ways_out.iter().map(|way| &way.effect);
            for text in wanted.chain([&conflict.message]) {
                for word in text.split_whitespace() {
                    assert!(seen.contains(word), "{word} of {text} at {size:?}: {seen}");
                }
            }
            bench.script("j");
        }
    }
}

#[test]
fn the_help_says_where_a_key_means_something() {
    let mut bench = Bench::with(Design::default(), Theme::default(), (120, 160));
    bench.script("?");
    let screen = bench.screen();
    let line = |text: &str| {
        let found = screen.lines().position(|line| line.contains(text));
        found.unwrap_or_else(|| panic!("{text}: {screen}"))
    };
    assert!(!screen.contains("Elsewhere"));
    let order = [
        "│ The ten steps",
        "step done",
        "│ A decision",
        "write why",
        "│ Patterns",
        "to the patterns",
        "│ Conflicts",
        "take this way out",
        "│ Summary",
        "in brief",
        "│ While something is typed",
        "new line",
    ];
    let places: Vec<usize> = order.map(line).to_vec();
    assert!(places.is_sorted(), "{places:?}: {screen}");
}

#[test]
fn a_choice_is_not_cut_where_its_line_has_room_for_it() {
    let bench = builtin(sale());
    // As the terminal does after the first frame.
    bench.model.advice();
    let screen = bench.screen();
    let base = &bench.model.base;
    let mut wide = 0;
    for id in bench.model.top_decisions().into_iter().take(6) {
        let (name, taken) = (base.decision(id).name.as_str(), bench.model.taken(id));
        if base.decision(id).pick != Pick::One || name.len() + taken.len() > 36 {
            continue;
        }
        wide += usize::from(name.len() > 16 || taken.len() > 22);
        let whole = |line: &str| line.contains(name) && line.contains(&taken);
        assert!(screen.lines().any(whole), "{name}: {taken}: {screen}");
    }
    assert!(wide > 0, "one of them is too wide for its column: {screen}");
    let mut context = sale();
    context.context = "Sells tickets for concerts that are sold out within minutes".to_owned();
    let mut bench = builtin(context);
    bench.script("1");
    assert!(
        bench.shows("Sells tickets for concerts that are"),
        "{}",
        bench.screen()
    );
}

#[test]
fn the_first_recommendation_says_once_what_open_means() {
    let mut bench = builtin(Design::default());
    bench.script("Q");
    for _ in 0..20 {
        if bench.model.editor.is_some() {
            bench.script("<tab>");
        }
    }
    let screen = bench.screen();
    let told = screen.matches("open: an answer that is still missing could change it");
    assert_eq!(told.count(), 1, "{screen}");
}
