//! A design in the light of the knowledge: its answers typed, its choices resolved.

use super::{Design, Status};
use crate::knowledge::{AnswerError, KnowledgeBase, PatternId, Pick};
use crate::problem::{Problem, Severity, nearest, printable};
use crate::reasoning::Situation;
use crate::yaml::Document;

/// The decision id under which practices that belong to no decision are adopted.
pub const PRACTICES: &str = "practices";

/// Types the answers of a design and resolves its choices.
///
/// What cannot be read is left out and reported: a value that is wrong is an error; an id that the knowledge does not
/// have is a warning, since an overlay may define it. With the `document` the problems say where.
pub fn situation(
    design: &Design,
    base: &KnowledgeBase,
    document: Option<&Document>,
) -> (Situation, Vec<Problem>) {
    let mut reader = Reader {
        base,
        document,
        situation: Situation::default(),
        problems: Vec::new(),
    };
    for (id, text) in &design.requirements {
        let severity = if base.find_fact(id).is_some() {
            Severity::Error
        } else {
            Severity::Warning
        };
        let outcome = reader.situation.answer(base, id, text);
        reader.note(outcome, severity, &["requirements", id]);
    }
    for (axis, text) in &design.priorities {
        let severity = if base.find_axis(axis).is_some() {
            Severity::Error
        } else {
            Severity::Warning
        };
        let outcome = reader.situation.prioritise(base, axis, text);
        reader.note(outcome, severity, &["priorities", axis]);
    }
    for (axis, floor) in &design.floors {
        match base.find_axis(axis) {
            Some(id) => {
                reader.situation.floors.insert(id, *floor);
            }
            None => reader.unknown(
                "quality axis",
                axis,
                base.axes.iter().map(|entry| entry.id.as_str()),
                &["floors", axis],
            ),
        }
    }
    reader.decisions(design);
    for (index, waiver) in design.waivers.iter().enumerate() {
        if waiver.because.trim().is_empty() {
            let problem = Problem::warning(format!(
                "the waiver of `{}` gives no reason and does not count",
                printable(&waiver.conflict)
            ))
            .help("add `because:`");
            let place = reader.document.and_then(|document| {
                let node = document.root.get("waivers")?.index(index)?;
                Some(document.place(node.span))
            });
            reader.problems.push(match place {
                Some(place) => problem.at(place),
                None => problem,
            });
        } else {
            reader
                .situation
                .waivers
                .insert(waiver.conflict.clone(), waiver.because.clone());
        }
    }
    (reader.situation, reader.problems)
}

struct Reader<'a> {
    base: &'a KnowledgeBase,
    document: Option<&'a Document>,
    situation: Situation,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn push(&mut self, mut problem: Problem, path: &[&str]) {
        let place = self.document.and_then(|document| {
            let mut node = &document.root;
            for key in path {
                node = node.get(key).or_else(|| node.index(key.parse().ok()?))?;
            }
            Some(document.place(node.span))
        });
        if let Some(place) = place {
            problem = problem.at(place);
        }
        self.problems.push(problem);
    }

    fn note(&mut self, outcome: Result<(), AnswerError>, severity: Severity, path: &[&str]) {
        if let Err(error) = outcome {
            let mut problem = Problem::error(error.message);
            problem.severity = severity;
            problem.help = error.help;
            self.push(problem, path);
        }
    }

    fn unknown<'k>(
        &mut self,
        kind: &str,
        name: &str,
        known: impl Iterator<Item = &'k str>,
        path: &[&str],
    ) {
        let mut problem = Problem::warning(format!("there is no {kind} `{}`", printable(name)));
        problem.help = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
        self.push(problem, path);
    }

    fn decisions(&mut self, design: &Design) {
        for (id, decided) in &design.decisions {
            if decided.chosen.is_empty() || decided.status == Some(Status::Superseded) {
                continue;
            }
            let chosen = self.chosen(id, &decided.chosen);
            if id == PRACTICES {
                self.situation.practices = chosen;
                continue;
            }
            let base = self.base;
            let Some(decision) = base.find_decision(id) else {
                self.unknown(
                    "decision",
                    id,
                    base.decisions.iter().map(|entry| entry.id.as_str()),
                    &["decisions", id],
                );
                continue;
            };
            let entry = base.decision(decision);
            let mut taken: Vec<PatternId> = Vec::new();
            for pattern in chosen {
                if entry.options.contains(&pattern) {
                    taken.push(pattern);
                } else {
                    let options: Vec<&str> = entry
                        .options
                        .iter()
                        .map(|option| base.pattern(*option).id.as_str())
                        .collect();
                    let message =
                        format!("`{}` is not an option of `{id}`", base.pattern(pattern).id);
                    let problem =
                        Problem::error(message).help(format!("one of: {}", options.join(", ")));
                    self.push(problem, &["decisions", id, "chosen"]);
                }
            }
            if entry.pick == Pick::One && taken.len() > 1 {
                let problem =
                    Problem::error(format!("`{id}` takes one option, not {}", taken.len()))
                        .help("keep the one that holds; give the other its own decision record");
                self.push(problem, &["decisions", id, "chosen"]);
                taken.truncate(1);
            }
            if !taken.is_empty() {
                self.situation.choices.insert(decision, taken);
            }
        }
    }

    fn chosen(&mut self, decision: &str, names: &[String]) -> Vec<PatternId> {
        let base = self.base;
        let mut found = Vec::new();
        for (index, name) in names.iter().enumerate() {
            match base.find_pattern(name) {
                Some(pattern) if !found.contains(&pattern) => found.push(pattern),
                Some(_) => {}
                None => {
                    let mut problem =
                        Problem::error(format!("there is no pattern `{}`", printable(name)));
                    let known = base.patterns.iter().map(|entry| entry.id.as_str());
                    problem.help =
                        nearest(name, known).map(|near| format!("did you mean `{near}`?"));
                    self.push(
                        problem,
                        &["decisions", decision, "chosen", &index.to_string()],
                    );
                }
            }
        }
        found
    }
}
