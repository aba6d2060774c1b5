//! The design that a command looks at: a file, standard input, or only what `--set` says.

use super::arguments::DesignArguments;
use super::clock;
use super::interactive::store_failure;
use super::knowledge::Shelf;
use super::names;
use crate::builtin;

use crate::design::{Access, Decision, Design, PRACTICES, situation};
use crate::expression::{Value, parse_number};
use crate::failure::Failure;
use crate::knowledge::{Answer, DefaultAnswer, FactKind, KnowledgeBase, Quantity, Requirement};
use crate::problem::{self, Problem, nearest, printable};
use crate::reasoning::{Advice, FactTable, Situation, advise};
use crate::store::{self, StoreError};
use crate::yaml::{self, Document, Limits};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Answers named from which a quantity is computed.
const ANSWERS: usize = 4;

/// A design with what it means.
#[derive(Debug)]
pub(super) struct Input {
    /// The file as the person named it; none when there is only what `--set` says.
    pub(super) name: Option<String>,
    /// Whether the file was found here or above, as none was named.
    pub(super) is_found: bool,
    /// How many answers were set beside it.
    pub(super) set: usize,
    /// What was read and set.
    pub(super) design: Design,
    /// Warnings about it.
    pub(super) warnings: Vec<Problem>,
    /// What it means to the reasoning.
    pub(super) situation: Situation,
    /// The knowledge that it goes by.
    pub(super) base: KnowledgeBase,
    /// The warning that the file is in a newer format, which may say what this program does not read.
    pub(super) newer: Option<String>,
}

impl Input {
    /// Returns the advice on it.
    pub(super) fn advice(&self) -> Advice {
        advise(&self.base, &self.situation)
    }
}

/// What to do when no design is named and none is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// Go on with what `--set` says.
    Blank,
    /// Say so.
    Fail,
}

/// Reads the design that a command is about, as its arguments name it.
pub(super) fn of(
    shelf: Shelf<'_>,
    arguments: &DesignArguments,
    missing: Missing,
) -> anyhow::Result<Input> {
    let path = arguments.design.as_deref();
    read(shelf, path, &arguments.set.set, missing, &clock::today())
}

/// Reads a design, with what is set beside it.
pub(super) fn read(
    shelf: Shelf<'_>,
    path: Option<&Path>,
    set: &[String],
    missing: Missing,
    today: &str,
) -> anyhow::Result<Input> {
    let is_found = path.is_none();
    let path = path.map(Path::to_owned).or_else(look_upward);
    let (name, mut design, document, mut problems, newer) = match &path {
        Some(path) => {
            let (name, bytes) = bytes(path)?;
            let (document, problems) = yaml::parse_bytes(&name, &bytes, &Limits::default());
            let Some(document) = document else {
                return Err(Failure { problems }.into());
            };
            let (design, more, access) = Design::from_document(&document);
            let problems: Vec<Problem> = problems.into_iter().chain(more).collect();
            let Some(design) = design else {
                return Err(Failure { problems }.into());
            };
            // A file with errors is read-only too, but goes no further than this function.
            let newer = match access {
                Access::ReadOnly { reason } => Some(reason),
                Access::ReadWrite => None,
            };
            (Some(name), design, Some(document), problems, newer)
        }
        None if missing == Missing::Fail => {
            let message = format!(
                "there is no `{}` here or in a folder above",
                store::DESIGN_FILE
            );
            let help = "name a design file, or create one with `archadvisor new`";
            return Err(Failure::with_help(&message, help).into());
        }
        None => (None, Design::default(), None, Vec::new(), None),
    };
    let strange: Vec<Problem> = document.iter().flat_map(strange_packs).collect();
    if !strange.is_empty() {
        return Err(Failure { problems: strange }.into());
    }
    let base = shelf.with_packs(&design.packs)?;
    if !set.is_empty() {
        let failed: Vec<Problem> = set
            .iter()
            .filter_map(|text| apply(&base, &mut design, text).err())
            .flat_map(|failure| failure.problems)
            .collect();
        if !failed.is_empty() {
            return Err(Failure { problems: failed }.into());
        }
    }
    // Places in the file mean nothing for what was set over it, but all of that has been checked.
    let (situation, more) = situation(&design, &base, document.as_ref(), Some(today));
    problems.extend(more);
    problem::sort(&mut problems);
    if problems.iter().any(Problem::is_error) {
        return Err(Failure { problems }.into());
    }
    Ok(Input {
        name,
        is_found,
        set: set.len(),
        design,
        warnings: problems,
        situation,
        base,
        newer,
    })
}

/// The sector packs that a design asks for and that there are not.
fn strange_packs(document: &Document) -> Vec<Problem> {
    let known = builtin::packs();
    let asked = document.root.get("packs");
    let asked = asked.into_iter().flat_map(crate::yaml::Node::items);
    asked
        .filter_map(|node| Some((node, node.str()?)))
        .filter(|(_, name)| !known.contains(name))
        .map(|(node, name)| {
            let problem = Problem::error(format!("there is no pack `{}`", printable(name)));
            problem
                .at(document.place(node.span))
                .help(match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("one of: {}", known.join(", ")),
                })
        })
        .collect()
}

/// The nearest `archadvisor.yaml`, from the current folder upward; named as short as it can be.
pub(super) fn look_upward() -> Option<PathBuf> {
    let here = Path::new(store::DESIGN_FILE);
    if here.is_file() {
        return Some(here.to_owned());
    }
    store::find(&std::env::current_dir().ok()?)
}

/// The bytes of a file or of standard input, and the name for messages.
fn bytes(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    if path.as_os_str() == "-" {
        let bytes = store::read_input(io::stdin().lock(), "standard input")
            .map_err(|error| store_failure(&error))?;
        return Ok(("<stdin>".to_owned(), bytes));
    }
    let shown = path.to_string_lossy().into_owned();
    match store::read(path) {
        Ok(bytes) => Ok((shown, bytes)),
        Err(StoreError::NotFound(_)) => Err(not_found(path, &shown)),
        Err(StoreError::Folder(_)) => {
            let inside = path.join(store::DESIGN_FILE);
            let help = if inside.is_file() {
                format!("name the file in it: {}", inside.display())
            } else {
                "name a design file".to_owned()
            };
            Err(Failure::with_help(&format!("`{shown}` is a folder"), &help))
        }
        Err(error) => Err(store_failure(&error)),
    }
}

fn not_found(path: &Path, shown: &str) -> Failure {
    let problem = Problem::error(format!("there is no file `{}`", printable(shown)));
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let beside: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|end| end == "yaml" || end == "yml")
        })
        .take(1_000)
        .collect();
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let help = match nearest(&name, beside.iter().map(String::as_str)) {
        Some(near) => format!(
            "did you mean `{}`?",
            printable(&path.with_file_name(near).to_string_lossy())
        ),
        None => format!("`archadvisor new {}` creates it", printable(shown)),
    };
    problem.help(help).into()
}

/// Applies `KEY=VALUE` with the keys and spellings of the design file.
fn apply(base: &KnowledgeBase, design: &mut Design, text: &str) -> Result<(), Failure> {
    let fault = |message: String, help: Option<String>| -> Failure {
        let problem = Problem::error(format!(
            "--set {}: {}",
            printable(text),
            printable(&message)
        ));
        match help {
            Some(help) => {
                let lines: Vec<_> = help.lines().map(printable).collect();
                problem.help(lines.join("\n")).into()
            }
            None => problem.into(),
        }
    };
    let Some((key, value)) = text.split_once('=') else {
        return Err(fault(
            "a key and a value are needed".into(),
            Some("for example `--set peak_rps=12k`".into()),
        ));
    };
    let (key, value) = (key.trim(), value.trim());
    let (section, id) = key.split_once('.').unwrap_or(("", key));
    let relabel = |failure: Failure| {
        let problem = failure.problems.into_iter().next();
        problem.map_or_else(
            || fault(String::new(), None),
            |problem| fault(problem.message, problem.help),
        )
    };
    match (section, id) {
        ("", "title") => value.clone_into(&mut design.title),
        ("", "context") => value.clone_into(&mut design.context),
        ("" | "requirements", id) if is_requirement(base, id) => {
            if value.is_empty() {
                design.requirements.remove(id);
                return Ok(());
            }
            let fact = base.find_fact(id).and_then(|fact| base.requirement(fact));
            if let Some(requirement) = fact {
                requirement
                    .parse(value)
                    .map_err(|error| fault(error.message, error.help))?;
            }
            design.requirements.insert(id.to_owned(), value.to_owned());
        }
        ("priorities", id) => {
            let axis = names::axis(base, id).map_err(relabel)?;
            let axis = base.axis(axis).id.to_string();
            if value.is_empty() {
                design.priorities.remove(&axis);
            } else if base.find_level(value).is_some() {
                design.priorities.insert(axis, value.to_owned());
            } else {
                let words: Vec<&str> = base
                    .priorities
                    .iter()
                    .map(|level| level.name.as_str())
                    .collect();
                let help = match nearest(value, words.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "one of: {}; or a whole number from 0 to 100",
                        words.join(", ")
                    ),
                };
                return Err(fault(format!("`{value}` is no priority"), Some(help)));
            }
        }
        ("floors", id) => {
            let axis = names::axis(base, id).map_err(relabel)?;
            let axis = base.axis(axis).id.to_string();
            match value {
                "" => design.floors.remove(&axis),
                "-1" => design.floors.insert(axis, -1),
                "0" => design.floors.insert(axis, 0),
                _ => {
                    return Err(fault(
                        format!("`{value}` is no floor"),
                        Some("a floor is the least effect allowed: -1 or 0".into()),
                    ));
                }
            };
        }
        ("decisions", id)
            if id
                .split_once('.')
                .is_some_and(|(decision, _)| base.find_decision(decision).is_some()) =>
        {
            let (decision, part) = id.split_once('.').unwrap_or((id, ""));
            let example = base
                .find_decision(decision)
                .and_then(|found| base.decision(found).options.first())
                .map_or("", |option| base.pattern(*option).id.as_str());
            return Err(fault(
                format!("`{part}` of a decision cannot be set, only what is chosen"),
                Some(format!(
                    "`--set decisions.{decision}={example}`; status, reasons and reviews stand in the design file"
                )),
            ));
        }
        ("decisions", id) => {
            let decision = match id {
                PRACTICES => None,
                id => Some(base.decision(names::decision(base, id).map_err(relabel)?)),
            };
            let mut chosen = Vec::new();
            for name in value
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
            {
                let pattern = match decision {
                    Some(decision) => names::option(base, decision, name),
                    None => {
                        names::practice(base, name).ok_or_else(|| names::no_practice(base, name))
                    }
                };
                chosen.push(base.pattern(pattern.map_err(relabel)?).id.to_string());
            }
            let key = decision.map_or(PRACTICES, |decision| decision.id.as_str());
            if chosen.is_empty() {
                design.decisions.remove(key);
            } else {
                let entry = design.decisions.entry(key.to_owned()).or_default();
                *entry = Decision {
                    chosen,
                    ..Decision::default()
                };
            }
        }
        ("", _) if base.find_decision(id).is_some() || base.find_axis(id).is_some() => {
            let section = if base.find_axis(id).is_some() {
                "priorities"
            } else {
                "decisions"
            };
            return Err(fault(
                format!("there is no requirement `{id}`"),
                Some(format!("did you mean `{section}.{id}`?")),
            ));
        }
        ("" | "requirements", id) => {
            let known = base
                .requirements
                .iter()
                .map(|entry| entry.id.as_str())
                .chain(["title", "context"]);
            let help = nearest(id, known).map_or_else(
                || "`archadvisor show 1` lists the requirements".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            if let Some((message, help)) = computed(base, id, value) {
                return Err(fault(message, Some(help)));
            }
            return Err(fault(format!("there is no requirement `{id}`"), Some(help)));
        }
        (section, _) => {
            let known = ["requirements", "priorities", "floors", "decisions"];
            let help = nearest(section, known).map_or_else(
                || format!("one of: {}", known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(fault(format!("`{section}` cannot be set"), Some(help)));
        }
    }
    Ok(())
}

/// What to say to those who set what is computed: from which answers it is, and how these are set.
fn computed(base: &KnowledgeBase, id: &str, value: &str) -> Option<(String, String)> {
    let quantity = base.quantity(base.find_fact(id)?)?;
    let mut answers: Vec<&Requirement> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut left = vec![quantity];
    while let Some(quantity) = left.pop() {
        for fact in quantity.formula.facts() {
            if !seen.insert(fact) {
                continue;
            }
            answers.extend(base.requirement(fact));
            left.extend(base.quantity(fact));
        }
    }
    answers.sort_by_key(|answer| base.find_fact(&answer.id));
    let names: Vec<String> = (answers.iter().take(ANSWERS))
        .map(|answer| format!("`{}`", answer.id))
        .collect();
    let more = match answers.len().saturating_sub(ANSWERS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!(
        "`{id}` is computed, as {}, so it cannot be set",
        quantity.text
    );
    let mut help = format!("set what it follows from, {}{more}", names.join(", "));
    answers.truncate(ANSWERS);
    if let Some(example) = example(base, quantity, &answers, value) {
        help = format!("{help}; for example `{example}`");
    }
    Some((message, help))
}

/// Returns answers from which a quantity is just what was asked for; none where no simple ones are found.
fn example(
    base: &KnowledgeBase,
    quantity: &Quantity,
    answers: &[&Requirement],
    value: &str,
) -> Option<String> {
    let FactKind::Number { unit, .. } = &quantity.kind else {
        return None;
    };
    let wanted = parse_number(value, unit).ok()?;
    if (wanted.unit.as_ref()).is_some_and(|given| given.dimension != unit.dimension) {
        return None;
    }
    let wanted = wanted.value;
    let is_wanted = |number: f64| (number - wanted).abs() <= wanted.abs() * 1e-9;
    let id = base.find_fact(&quantity.id)?;
    let mut given: Vec<(&Requirement, Answer)> = (answers.iter())
        .filter_map(|answer| {
            let shown = match &answer.default {
                DefaultAnswer::Number(number) => answer.write(Answer::Number(*number)),
                _ => answer.example().trim_matches('`').to_owned(),
            };
            Some((*answer, answer.parse(&shown).ok()?))
        })
        .collect();
    let computed = |given: &[(&Requirement, Answer)]| {
        let answers = given.iter();
        let answers = answers.filter_map(|(answer, is)| Some((base.find_fact(&answer.id)?, *is)));
        let situation = Situation {
            answers: answers.collect(),
            ..Situation::default()
        };
        match FactTable::new(base, &situation).state(id).value {
            Value::Number(interval) => interval.known(),
            _ => None,
        }
    };
    // What is of the same unit is what the value is scaled by; where that is not the whole of it, there is no example.
    let lead = (given.iter()).position(|(answer, _)| answer.kind.unit() == quantity.kind.unit());
    let index = lead.or_else(|| {
        given
            .iter()
            .position(|(_, is)| matches!(is, Answer::Number(_)))
    })?;
    let now = computed(&given)?;
    let (answer, is) = given.get_mut(index)?;
    let Answer::Number(number) = *is else {
        return None;
    };
    if !is_wanted(now) {
        let scaled = Answer::Number(number * (wanted / now));
        // The text is what a person would write: no more digits than say something.
        let text = answer.kind.display(scaled.value());
        *is = answer.parse(&text).ok()?;
    }
    if !is_wanted(computed(&given)?) {
        return None;
    }
    let set: Vec<String> = (given.iter())
        .map(|(answer, is)| {
            format!(
                "--set {}={}",
                answer.id,
                answer.write(*is).replace([' ', ','], "")
            )
        })
        .collect();
    Some(set.join(" "))
}

fn is_requirement(base: &KnowledgeBase, id: &str) -> bool {
    base.find_fact(id)
        .is_some_and(|fact| base.requirement(fact).is_some())
}
