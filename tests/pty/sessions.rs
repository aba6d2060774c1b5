//! Coming and going: first frame, leaving, signals, colours, resize, paste, resume.

use super::Start;
use portable_pty::PtySize;
use std::fs;
use std::process::{Command, Stdio};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn the_first_frame_says_what_this_is_and_which_key_to_press() {
    let folder = folder();
    let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
    session
        .sees("archadvisor")
        .sees("Quick start")
        .sees("enter open")
        .sees("? help");
    session.until("the terminal taken", |screen| {
        screen.alternate_screen() && screen.bracketed_paste()
    });
    assert!(
        !folder.path().join("shop.yaml").exists(),
        "nothing is written before something is said"
    );
}

#[test]
fn leaving_restores_the_terminal() {
    for key in ["q", "\x03"] {
        let folder = folder();
        let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
        session.sees("Quick start").keys(key);
        assert_eq!(session.ends(), 0);
        session.is_restored();
    }
}

#[test]
fn signals_restore_the_terminal_and_give_their_code() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let folder = folder();
        let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
        session.sees("Quick start").signal(signal);
        assert_eq!(session.ends(), code, "{signal}");
        session.is_restored();
    }
}

/// The colour and the attributes of the row that is selected on the home screen.
fn selected(screen: &vt100::Screen) -> Option<(vt100::Color, bool, bool)> {
    let row = (0..24).find(|row| {
        screen
            .contents_between(*row, 0, *row, 80)
            .contains("Quick start")
    })?;
    let cell = screen.cell(row, 3)?;
    Some((cell.fgcolor(), cell.bold(), cell.inverse()))
}

#[test]
fn the_selection_is_marked_with_and_without_colours() {
    let folder = folder();
    let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
    session.until("a coloured selection", |screen| {
        matches!(selected(screen), Some((vt100::Color::Idx(6), true, _)))
    });
    let mut plain = Start {
        variables: &[("NO_COLOR", "1")],
        ..Start::at(folder.path(), &["other.yaml"])
    }
    .go();
    plain.until("a reversed selection without colour", |screen| {
        selected(screen) == Some((vt100::Color::Default, true, true))
    });
}

#[test]
fn a_terminal_without_unicode_gets_ascii() {
    let folder = folder();
    let mut session = Start {
        variables: &[("LC_ALL", "C")],
        ..Start::at(folder.path(), &["shop.yaml"])
    }
    .go();
    session.sees("> Quick start").sees("----");
    assert!(session.contents().is_ascii(), "{}", session.contents());
}

#[test]
fn a_resize_is_followed_and_keeps_the_place() {
    let folder = folder();
    let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
    session.sees("Quick start").keys("5").sees("step 5 of 10");
    for (cols, rows) in [(120, 40), (30, 8), (60, 16), (80, 24)] {
        session
            .parser
            .lock()
            .unwrap()
            .screen_mut()
            .set_size(super::cells(rows), super::cells(cols));
        session
            .master
            .resize(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        if cols < 40 {
            session.sees("needs 40");
        } else {
            session.sees("Design the high-level architecture");
        }
        if cols >= 110 {
            session.sees("What changed");
        }
        // A key that comes at once with the signal of the size may be lost in the event library.
        if cols == 80 {
            session.sees("10 · Iterate");
        }
    }
    session.keys("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn pasted_text_is_text() {
    let folder = folder();
    let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
    session
        .sees("Quick start")
        .keys("t")
        .sees("Title of the design");
    session
        .keys("\x1b[200~Ticket\r\nshop q\x1b[201~")
        .sees("Ticket shop q");
    session.keys("\r").sees("saved");
    session
        .keys("\x1b[200~qqq\x1b[201~")
        .sees("Pasted text goes into text fields only");
    session.keys("q");
    assert_eq!(session.ends(), 0);
    let text = fs::read_to_string(folder.path().join("shop.yaml")).unwrap();
    assert!(text.contains("title: Ticket shop q"), "{text}");
}

#[test]
fn what_was_said_survives_a_kill() {
    let folder = folder();
    let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
    session
        .sees("Quick start")
        .keys("t")
        .sees("Title of the design")
        .keys("Ticket shop\r")
        .sees("saved");
    session.signal("KILL");
    session.ends();
    let mut again = Start::at(folder.path(), &["shop.yaml"]).go();
    again.sees("Ticket shop").keys("q");
    assert_eq!(again.ends(), 0);
}

/// However the program ends, a half-typed number is no answer: it is back in its field at the next start.
#[test]
fn half_an_answer_survives_the_end_and_is_never_taken() {
    for end in ["\x03", "TERM", "HUP", "KILL"] {
        let folder = folder();
        let file = folder.path().join("shop.yaml");
        let text = "archadvisor: 1\ntitle: Shop\nrequirements:\n  engineers: 12\n";
        fs::write(&file, text).unwrap();
        let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
        session.sees("Quick start").keys("/").sees("Find");
        session.keys("engineers\r").sees("> 12").keys("4");
        session.sees("not saved yet");
        std::thread::sleep(std::time::Duration::from_millis(300));
        if end == "\x03" {
            session.keys(end);
        } else {
            session.signal(end);
        }
        session.ends();
        assert_eq!(fs::read_to_string(&file).unwrap(), text, "{end}");
        let mut again = Start::at(folder.path(), &["shop.yaml"]).go();
        again
            .sees("enter keeps it, esc drops it")
            .sees("step 1 of 10");
        assert_eq!(fs::read_to_string(&file).unwrap(), text, "{end}");
        // It waits as long as it takes, and goes on where it stopped.
        again.keys("\x03");
        assert_eq!(again.ends(), 0);
        let mut third = Start::at(folder.path(), &["shop.yaml"]).go();
        third
            .sees("enter keeps it")
            .keys("0\r")
            .sees("saved")
            .keys("q");
        assert_eq!(third.ends(), 0);
        let saved = fs::read_to_string(&file).unwrap();
        assert!(saved.contains("engineers: 40"), "{end}: {saved}");
        let mut last = Start::at(folder.path(), &["shop.yaml"]).go();
        last.sees("Quick start").sees_no("enter keeps it").keys("q");
        assert_eq!(last.ends(), 0);
    }
}

#[test]
fn what_was_typed_can_be_dropped_at_the_next_start() {
    let folder = folder();
    let file = folder.path().join("shop.yaml");
    fs::write(&file, "title: Old # kept\n").unwrap();
    let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
    session
        .sees("Quick start")
        .keys("t")
        .sees("Title of the design")
        .keys("er")
        .sees("not saved yet");
    std::thread::sleep(std::time::Duration::from_millis(300));
    session.signal("KILL");
    session.ends();
    let mut again = Start::at(folder.path(), &["shop.yaml"]).go();
    again.sees("Older").sees("esc drops it").keys("\x1b");
    again.sees_no("Older").keys("q");
    assert_eq!(again.ends(), 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), "title: Old # kept\n");
    let mut third = Start::at(folder.path(), &["shop.yaml"]).go();
    third.sees("Quick start").sees_no("Older").keys("q");
    assert_eq!(third.ends(), 0);
}

#[test]
fn without_a_terminal_it_says_so_and_names_what_works() {
    let folder = folder();
    let output = Command::new(env!("CARGO_BIN_EXE_archadvisor"))
        .arg("shop.yaml")
        .current_dir(folder.path())
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty(), "no stray escape sequences");
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains("needs a terminal") && message.contains("recommend"),
        "{message}"
    );
}

#[test]
fn a_dumb_terminal_is_no_terminal() {
    let folder = folder();
    let mut session = Start {
        variables: &[("TERM", "dumb")],
        ..Start::at(folder.path(), &["shop.yaml"])
    }
    .go();
    assert_eq!(session.ends(), 2);
    session.sees("needs a terminal");
}

#[test]
fn another_programs_change_is_not_overwritten() {
    let folder = folder();
    let path = folder.path().join("shop.yaml");
    fs::write(&path, "archadvisor: 1\ntitle: Mine\n").unwrap();
    let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
    // While something is typed, nothing else is asked.
    session.sees("Mine").keys("t").sees("Title of the design");
    fs::write(&path, "archadvisor: 1\ntitle: Theirs\n").unwrap();
    session.keys(" too\r").sees("The file changed");
    assert!(fs::read_to_string(&path).unwrap().contains("Theirs"));
    session.keys("\r").sees("Mine too").sees("Theirs");
    session
        .keys("jj\r")
        .sees_no("The file changed")
        .sees("Took the version on disk");
    session.keys("u").sees("Undid").sees("saved").keys("q");
    assert_eq!(session.ends(), 0);
    assert!(fs::read_to_string(&path).unwrap().contains("Mine too"));
}

#[test]
fn another_programs_change_is_noticed_by_itself() {
    let folder = folder();
    let path = folder.path().join("shop.yaml");
    fs::write(&path, "archadvisor: 1\ntitle: Mine\n").unwrap();
    let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
    session.sees("Mine");
    fs::write(&path, "archadvisor: 1\ntitle: Theirs now\n").unwrap();
    session.sees("The file changed").keys("jj\r");
    session
        .sees_no("The file changed")
        .sees("Theirs now")
        .keys("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn a_protected_file_is_told_at_the_start() {
    let folder = folder();
    let path = folder.path().join("shop.yaml");
    fs::write(&path, "archadvisor: 1\ntitle: Mine\n").unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let mut session = Start::at(folder.path(), &["shop.yaml"]).go();
    session.sees("read-only").sees("protect").keys("q");
    assert_eq!(session.ends(), 0);
}
