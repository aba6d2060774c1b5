//! Sector packs chosen in the interface: they are in the design, and the knowledge follows.

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
