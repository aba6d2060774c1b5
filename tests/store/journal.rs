//! The journal: what was written down is there at the next start.

use super::{folder, names, text};
use archadvisor::store::{DesignFile, Recovered, Saved, StoreError};
use std::fs;
use std::path::{Path, PathBuf};

/// A design file with its journal.
struct Opened {
    file: DesignFile,
    bytes: Option<Vec<u8>>,
    recovered: Option<Recovered>,
    warning: Option<StoreError>,
}

fn open(path: &Path, state: &Path) -> Opened {
    let (mut file, bytes) = DesignFile::open(path).expect("opened");
    let (recovered, warning) = match file.keep_journal(state) {
        Ok(recovered) => (recovered, None),
        Err(warning) => (None, Some(warning)),
    };
    Opened {
        file,
        bytes,
        recovered,
        warning,
    }
}

/// The journals in a state folder.
fn journals(state: &Path) -> Vec<PathBuf> {
    let folder = state.join("journal");
    let names = names(&folder);
    let journals = names.iter().filter(|name| name.ends_with(".journal"));
    journals.map(|name| folder.join(name)).collect()
}

fn unsaved(text: &str, file_changed: bool) -> Recovered {
    let text = text.to_owned();
    Recovered { text, file_changed }
}

#[test]
fn what_was_recorded_and_not_saved_is_recovered() {
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    let state = top.join("state");
    fs::write(&path, "title: a\n").expect("written");

    let mut opened = open(&path, &state);
    assert_eq!(opened.recovered, None);
    assert!(opened.warning.is_none());
    opened.file.record("title: b\n").expect("recorded");
    opened.file.record("title: é\n\n").expect("recorded");
    // Nothing is tidied up when a process is killed; closing the file does no more than that.
    drop(opened);

    let opened = open(&path, &state);
    assert_eq!(opened.recovered, Some(unsaved("title: é\n\n", false)));
    assert_eq!(opened.bytes.as_deref(), Some(&b"title: a\n"[..]));
    drop(opened);
    // It is offered until it is saved or not wanted.
    let mut opened = open(&path, &state);
    assert_eq!(opened.recovered, Some(unsaved("title: é\n\n", false)));
    assert_eq!(
        opened.file.save("title: é\n\n").expect("saved"),
        Saved::Written
    );
    drop(opened);
    assert_eq!(open(&path, &state).recovered, None);

    let mut opened = open(&path, &state);
    opened.file.record("title: c\n").expect("recorded");
    opened.file.forget().expect("forgotten");
    opened.file.record("title: c\n").expect("recorded");
    drop(opened);
    let mut opened = open(&path, &state);
    assert_eq!(opened.recovered, Some(unsaved("title: c\n", false)));
    opened.file.forget().expect("forgotten");
    drop(opened);
    assert_eq!(open(&path, &state).recovered, None);
}

#[test]
fn a_design_that_was_never_saved_is_recovered() {
    let (_guard, top) = folder();
    let state = top.join("state");
    let path = top.join("new.yaml");
    let mut opened = open(&path, &state);
    assert_eq!(opened.bytes, None);
    opened.file.record("title: new\n").expect("recorded");
    drop(opened);
    assert_eq!(
        open(&path, &state).recovered,
        Some(unsaved("title: new\n", false))
    );
    assert_eq!(open(&top.join("other.yaml"), &state).recovered, None);
}

#[test]
fn a_conflict_is_recovered_and_told() {
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    let state = top.join("state");
    fs::write(&path, "title: a\n").expect("written");
    let mut opened = open(&path, &state);
    fs::write(&path, "title: theirs\n").expect("written");
    assert!(matches!(
        opened.file.save("title: ours\n"),
        Ok(Saved::Conflict { .. })
    ));
    drop(opened);
    assert_eq!(
        open(&path, &state).recovered,
        Some(unsaved("title: ours\n", true))
    );
    // When the file says the same after all, there is nothing to recover.
    fs::write(&path, "title: ours\n").expect("written");
    assert_eq!(open(&path, &state).recovered, None);
}

#[test]
fn a_torn_journal_gives_its_last_whole_entry() {
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    let state = top.join("state");
    let mut opened = open(&path, &state);
    opened.file.record("title: one\n").expect("recorded");
    opened.file.record("title: two\n").expect("recorded");
    drop(opened);
    let journal = journals(&state).pop().expect("a journal");
    let whole = fs::read(&journal).expect("read");
    let first_line = whole
        .iter()
        .position(|byte| *byte == b'\n')
        .expect("a line")
        + 1;
    let both = [
        None,
        Some(unsaved("title: one\n", false)),
        Some(unsaved("title: two\n", false)),
    ];
    for length in 0..=whole.len() {
        fs::write(&journal, &whole[..length]).expect("written");
        let mut opened = open(&path, &state);
        assert!(both.contains(&opened.recovered), "{:?}", opened.recovered);
        let cut = opened.recovered.is_none() && length > 0 && length != first_line;
        let bad = journal.with_extension("bad");
        assert_eq!(bad.exists(), cut, "at {length}");
        // The journal goes on from there.
        opened.file.record("title: x\n").expect("recorded");
        drop(opened);
        assert_eq!(
            open(&path, &state).recovered,
            Some(unsaved("title: x\n", false))
        );
        let _ = fs::remove_file(bad);
    }
}

#[test]
fn an_unreadable_journal_is_kept_aside() {
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    let state = top.join("state");
    open(&path, &state)
        .file
        .record("title: a\n")
        .expect("recorded");
    let journal = journals(&state).pop().expect("a journal");
    for garbage in [
        &b"\xff\xfe\0garbage"[..],
        b"archadvisor journal 1: /other\n5 0 0\ntitle\n",
    ] {
        fs::write(&journal, garbage).expect("written");
        let opened = open(&path, &state);
        assert_eq!(opened.recovered, None);
        assert!(opened.warning.is_none());
        assert_eq!(
            fs::read(journal.with_extension("bad")).expect("kept"),
            garbage
        );
    }
}

#[test]
fn programs_side_by_side_have_journals_of_their_own() {
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    let state = top.join("state");
    let mut first = open(&path, &state);
    let mut second = open(&path, &state);
    first.file.record("title: first\n").expect("recorded");
    second.file.record("title: second\n").expect("recorded");
    assert_eq!(journals(&state).len(), 2);
    drop((first, second));
    // Both are found, one after the other.
    let mut opened = open(&path, &state);
    assert_eq!(opened.recovered, Some(unsaved("title: first\n", false)));
    opened.file.forget().expect("forgotten");
    drop(opened);
    assert_eq!(
        open(&path, &state).recovered,
        Some(unsaved("title: second\n", false))
    );

    let many: Vec<Opened> = (0..9).map(|_| open(&path, &state)).collect();
    let last = many.last().and_then(|opened| opened.warning.as_ref());
    assert!(matches!(last, Some(StoreError::Busy(_))), "{last:?}");
}

#[test]
fn the_journal_does_not_grow_without_end() {
    let (_guard, top) = folder();
    let state = top.join("state");
    let mut opened = open(&top.join("shop.yaml"), &state);
    let long = "x".repeat(1 << 20);
    for number in 0..12 {
        opened
            .file
            .record(&format!("{number} {long}"))
            .expect("recorded");
    }
    let journal = journals(&state).pop().expect("a journal");
    let length = fs::metadata(&journal).expect("data").len();
    assert!(length < 6 << 20, "{length}");
    assert!(text(&journal).contains("\n1048579 "));
    assert_eq!(opened.file.save("done").expect("saved"), Saved::Written);
    assert!(fs::metadata(&journal).expect("data").len() < 300);
}

#[test]
fn without_a_state_folder_the_design_can_be_saved_all_the_same() {
    let (_guard, top) = folder();
    let state = top.join("state");
    fs::write(&state, "a file where the folder should be").expect("written");
    let mut opened = open(&top.join("shop.yaml"), &state);
    let warning = opened.warning.take().expect("a warning");
    assert!(matches!(warning, StoreError::Journal(..)));
    assert!(warning.help().contains("ARCHADVISOR_STATE_DIR"));
    opened.file.record("title: a\n").expect("nothing to do");
    assert_eq!(
        opened.file.save("title: a\n").expect("saved"),
        Saved::Written
    );
}

#[cfg(unix)]
#[test]
fn links_to_a_design_share_its_journal() {
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    let state = top.join("state");
    fs::write(&path, "title: a\n").expect("written");
    std::os::unix::fs::symlink(&path, top.join("link.yaml")).expect("linked");
    open(&path, &state)
        .file
        .record("title: b\n")
        .expect("recorded");
    let opened = open(&top.join("link.yaml"), &state);
    assert_eq!(opened.recovered, Some(unsaved("title: b\n", false)));
}

#[test]
fn what_is_being_typed_is_kept_apart_from_the_texts() {
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    let state = top.join("state");
    fs::write(&path, "title: a\n").expect("written");
    let mut opened = open(&path, &state);
    opened.file.record_draft("typ").expect("recorded");
    drop(opened);
    let mut opened = open(&path, &state);
    assert_eq!(opened.recovered, None, "it is no text");
    assert_eq!(opened.file.draft(), Some("typ"));
    // A text that is written down ends it; one that is typed after that is kept beside the text.
    opened.file.record("title: b\n").expect("recorded");
    assert_eq!(opened.file.draft(), None);
    opened.file.record_draft("more").expect("recorded");
    drop(opened);
    let mut opened = open(&path, &state);
    assert_eq!(opened.recovered, Some(unsaved("title: b\n", false)));
    assert_eq!(opened.file.draft(), Some("more"));
    // Long typing begins the journal anew, with both.
    let long = "x".repeat(1024 * 1024);
    for round in 0..6 {
        let draft = format!("{long}{round}");
        opened.file.record_draft(&draft).expect("recorded");
    }
    drop(opened);
    let mut opened = open(&path, &state);
    assert_eq!(opened.recovered, Some(unsaved("title: b\n", false)));
    assert!(
        opened
            .file
            .draft()
            .is_some_and(|draft| draft.ends_with("x5"))
    );
    opened.file.forget().expect("forgotten");
    drop(opened);
    let mut opened = open(&path, &state);
    assert_eq!(opened.recovered, None);
    assert!(
        opened
            .file
            .draft()
            .is_some_and(|draft| draft.ends_with("x5"))
    );
    opened.file.record_draft("").expect("recorded");
    drop(opened);
    assert_eq!(open(&path, &state).file.draft(), None);
}
