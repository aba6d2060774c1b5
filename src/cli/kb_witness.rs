//! `archadvisor kb witness`: finds, for each option, answers under which it is recommended.

use super::Stdout;
use super::environment::Environment;
use super::interactive::store_failure;
use super::kb::count;
use super::knowledge::load_all;
use super::output::Text;
use crate::authoring;
use crate::builtin;
use crate::failure::{Failure, Outcome};
use crate::knowledge::{KnowledgeBase, SourceFile, Witness, never_wins};
use crate::reasoning::witness::{self, Search, Standing};
use crate::store;
use std::path::{Path, PathBuf};

/// What the file says of itself.
const HEAD: &str = "\
# For each option, answers under which it is recommended; all else is open.
# `archadvisor kb lint` replays them; `archadvisor kb witness -o FILE` finds
# those that are missing.
";

/// Keeps the witnesses that still win, finds those that are missing, and writes all of them; with overlays, those of the
/// options that they add to the built-in base.
pub(super) fn run(
    folders: &[PathBuf],
    environment: &Environment,
    path: Option<&Path>,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let loaded = load_all(folders, environment)?;
    let Some(base) = &loaded.base else {
        let problems = loaded.problems;
        return Err(Failure { problems }.into());
    };
    let beneath = builtin::knowledge();
    let search = Search::new(base);
    let mut all: Vec<Witness> = Vec::new();
    let mut remarks: Vec<String> = Vec::new();
    let mut lost = 0;
    for replay in witness::replay(base) {
        let (decision, option) = (replay.decision, replay.option);
        let (entry, pattern) = (&base.decision(decision).id, &base.pattern(option).id);
        if !base.overlays.is_empty() && is_built_in(&beneath, entry, pattern) {
            continue;
        }
        let stored = (base.witnesses.iter())
            .find(|witness| (witness.decision, witness.option) == (decision, option))
            .filter(|_| replay.standing == Standing::Wins);
        if let Some(stored) = stored {
            all.push(stored.clone());
        } else if let Some(proof) = never_wins(base, decision, option) {
            remarks.push(format!("`{pattern}` can never win `{entry}`: {proof}."));
        } else {
            match search.find(decision, option) {
                witness::Outcome::Found(situation) => {
                    all.push(witness::witness(base, decision, option, &situation));
                }
                witness::Outcome::NotFound(tries) => {
                    lost += 1;
                    remarks.push(format!(
                        "No witness was found in {tries} tries for `{pattern}` of `{entry}`."
                    ));
                }
            }
        }
    }
    let mut text = String::from(HEAD);
    for remark in &remarks {
        comment(remark, &mut text);
    }
    text.push_str("witnesses:\n");
    text.push_str(&witness::to_yaml(base, &all));
    let file = SourceFile {
        path: "witnesses.yaml".to_owned(),
        bytes: text.into_bytes(),
    };
    let axes: Vec<&str> = base.axes.ids().collect();
    let text = authoring::format(&file, &axes).map_err(|problems| Failure { problems })?;
    match path.filter(|path| path.as_os_str() != "-") {
        None => output.raw(&text)?,
        Some(path) => {
            store::write(path, text.as_bytes()).map_err(|error| store_failure(&error))?;
            let none = remarks.len();
            let told = format!(
                "witnesses of {}, none of {none}",
                count(all.len(), "option")
            );
            output.line(&Text::plain(told))?;
        }
    }
    Ok(if lost == 0 {
        Outcome::Fine
    } else {
        Outcome::No
    })
}

/// Writes a sentence as a comment, a paragraph of short lines.
fn comment(sentence: &str, text: &mut String) {
    const WIDTH: usize = 80;
    let mut line = String::from("#");
    for word in sentence.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}

/// Whether an option is one of the built-in base, over which others are laid.
fn is_built_in(beneath: &KnowledgeBase, decision: &str, option: &str) -> bool {
    let (Some(decision), Some(option)) = (
        beneath.find_decision(decision),
        beneath.patterns.find(option),
    ) else {
        return false;
    };
    let options = &beneath.decision(decision).options;
    options.iter().any(|other| other.index() == option)
}
