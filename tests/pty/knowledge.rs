//! What the interface says of the knowledge: sector packs that are laid over it, practices and how they stand.

use super::Start;
use std::fs;

#[test]
fn a_pack_is_laid_and_taken_away_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.yaml");
    let design = "archadvisor: 1\ntitle: Clinic\nrequirements:\n  sensitivity: health\n";
    fs::write(&path, design).unwrap();
    let mut session = Start::at(folder.path(), &["clinic.yaml"]).go();
    session
        .sees("Clinic")
        .keys("1")
        .sees("Clarify requirements");
    // The last section but the findings, the checklist and the step itself.
    for _ in 0..40 {
        if session.contents().contains("Sector packs") {
            break;
        }
        session.keys("]");
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    session.sees("Sector packs").sees("health: Health records");
    let on_it = |line: &str| line.contains('▌') && line.contains("health:");
    while !session.contents().lines().any(on_it) {
        session.keys("j");
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    session.keys(" ").sees("✓] health").sees("saved");
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        design.replace("requirements", "packs: [health]\nrequirements")
    );
    // What only the pack has is found, and gone with it.
    session
        .keys("b")
        .sees("Quality axes")
        .keys("/break-glass")
        .sees("Break-glass access");
    session.escape();
    session.escape();
    session.keys("u").sees("Undid");
    assert_eq!(fs::read_to_string(&path).unwrap(), design);
    session.keys("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn a_decision_that_does_not_arise_is_found_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let design = "archadvisor: 1\ntitle: Clinic\nrequirements:\n  legacy: none\n";
    fs::write(folder.path().join("clinic.yaml"), design).unwrap();
    let mut session = Start::at(folder.path(), &["clinic.yaml"]).go();
    session
        .sees("Clinic")
        .keys("/migration")
        .sees("Migration from the old system");
    let contents = session.contents();
    let mut lines = contents.lines();
    let found = lines.find(|line| line.contains("Migration from")).unwrap();
    assert!(
        found.contains("does not arise") && !found.contains("none"),
        "{found}"
    );
    session.escape();
    session.keys("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn the_page_of_a_practice_says_whether_it_is_advised_here() {
    let folder = tempfile::tempdir().unwrap();
    let design = "archadvisor: 1\ntitle: Clinic\nrequirements:\n  avail_target: 99.95 %\n";
    fs::write(folder.path().join("clinic.yaml"), design).unwrap();
    let mut session = Start::at(folder.path(), &["clinic.yaml"]).go();
    session
        .sees("Clinic")
        .keys("b")
        .sees("Quality axes")
        .keys("/load testing")
        .sees("Load testing and capacity")
        .keys("\r")
        .keys("\r")
        .sees("In this design: recommended as a practice")
        .sees("applies: ");
    session.escape();
    session.keys("q");
    assert_eq!(session.ends(), 0);
}
