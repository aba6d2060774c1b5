//! What the README shows is what the program prints.

use archadvisor::builtin;
use archadvisor::design::{Design, situation};
use archadvisor::reasoning::advise;
use std::path::Path;
use std::process::Command;

/// The commands in the README's console blocks, each with the output that is shown for it.
fn shown(readme: &str) -> Vec<(String, Vec<String>)> {
    let mut shown: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => match (line.strip_prefix("$ archadvisor "), shown.last_mut()) {
                (Some(command), _) => shown.push((command.to_owned(), Vec::new())),
                (None, Some((_, output))) => output.push(line.to_owned()),
                (None, None) => panic!("output without a command: {line}"),
            },
        }
    }
    shown
}

/// Runs a command where only the examples are, as in a fresh clone: a design of one's own there would be found.
fn printed(command: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let examples = folder.path().join("examples");
    std::fs::create_dir(&examples).unwrap();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).unwrap()
    {
        let from = entry.unwrap().path();
        if from
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            std::fs::copy(&from, examples.join(from.file_name().unwrap())).unwrap();
        }
    }
    let output = Command::new(env!("CARGO_BIN_EXE_archadvisor"))
        .args(command.split(' '))
        .current_dir(folder.path())
        .env_remove("ARCHADVISOR_KB")
        .env_remove("COLUMNS")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(
        output.stderr.is_empty(),
        "{command}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .replace("\r\n", "\n")
}

/// `UPDATE_EXAMPLES=1 cargo test --test all examples` writes the README's outputs anew, each cut where it was.
#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let mut readme = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    let update = std::env::var_os("UPDATE_EXAMPLES").is_some();
    let commands = shown(&readme);
    assert!(commands.len() >= 5, "{commands:?}");
    for (command, old) in commands {
        let printed = printed(&command);
        // A last line of dots says that the rest is left out.
        let cut = old.last().is_some_and(|line| line == "...");
        let lines = if cut { old.len() - 1 } else { usize::MAX };
        let mut now: Vec<&str> = printed.lines().take(lines).collect();
        if cut {
            now.push("...");
        }
        if update {
            let block =
                |lines: &[&str]| format!("$ archadvisor {command}\n{}\n```", lines.join("\n"));
            let old: Vec<&str> = old.iter().map(String::as_str).collect();
            readme = readme.replace(&block(&old), &block(&now));
        } else {
            assert_eq!(old, now, "archadvisor {command}");
        }
    }
    if update {
        std::fs::write(path, readme).unwrap();
    }
}

#[test]
fn the_design_in_the_readme_is_sound_and_its_waivers_stand() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let (_, from) = readme.split_once("```yaml\narchadvisor: 1\n").unwrap();
    let (text, _) = from.split_once("```").unwrap();
    let (opened, problems) = Design::from_bytes("README.md", text.as_bytes());
    assert!(problems.is_empty(), "{problems:#?}");
    let design = opened.unwrap().design;
    let base = builtin::knowledge();
    let (situation, problems) = situation(&design, &base, None, None);
    assert!(problems.is_empty(), "{problems:#?}");
    let advice = advise(&base, &situation);
    for waiver in &design.waivers {
        let stands = advice
            .conflicts
            .iter()
            .any(|conflict| conflict.id == waiver.conflict);
        assert!(stands, "there is no conflict {}", waiver.conflict);
    }
}
