//! A design in the light of the knowledge: its answers typed, its choices resolved.

use super::inferred::inferred;
use super::{Design, Status, is_day};
use crate::knowledge::{
    AnswerError, DefaultAnswer, FactKind, KnowledgeBase, PatternId, Pick, Requirement, fold,
};
use crate::problem::{Gathered, Problem, Severity, nearest, nearest_begun, shortened};
use crate::reasoning::Situation;
use crate::yaml::{Document, Node};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The decision id under which practices that belong to no decision are adopted.
pub const PRACTICES: &str = "practices";

/// Types the answers of a design and resolves its choices.
///
/// What cannot be read is left out and reported: a value that is wrong is an error; an id that the knowledge does not
/// have is a warning, since an overlay may define it. With the `document` the problems say where. By the day of
/// `today`, waivers that ran out count no more and reviews are due; without it neither is looked at.
pub fn situation(
    design: &Design,
    base: &KnowledgeBase,
    document: Option<&Document>,
    today: Option<&str>,
) -> (Situation, Vec<Problem>) {
    let mut reader = Reader {
        base,
        today,
        places: Places {
            document,
            sections: BTreeMap::new(),
        },
        names: OnceCell::new(),
        situation: Situation::default(),
        problems: Gathered::default(),
    };
    for (id, text) in &design.requirements {
        if base.find_fact(id).is_none() {
            let known = base.requirements.iter().map(|entry| entry.id.as_str());
            reader.unknown("requirement", id, known, "requirements");
            continue;
        }
        let outcome = reader.situation.answer(base, id, text);
        reader.note(outcome, "requirements", id);
    }
    let axes = || base.axes.iter().map(|entry| entry.id.as_str());
    for (axis, text) in &design.priorities {
        if base.find_axis(axis).is_none() {
            reader.unknown("quality axis", axis, axes(), "priorities");
            continue;
        }
        let outcome = reader.situation.prioritise(base, axis, text);
        reader.note(outcome, "priorities", axis);
    }
    for (axis, floor) in &design.floors {
        match base.find_axis(axis) {
            Some(id) => {
                reader.situation.floors.insert(id, *floor);
            }
            None => reader.unknown("quality axis", axis, axes(), "floors"),
        }
    }
    reader.inferred(design);
    reader.decisions(design);
    reader.shares(design);
    reader.waivers(design);
    (reader.situation, reader.problems.finish())
}

struct Reader<'a> {
    base: &'a KnowledgeBase,
    today: Option<&'a str>,
    places: Places<'a>,
    /// Patterns by folded name and alias, for what is no id.
    names: OnceCell<BTreeMap<String, PatternId>>,
    situation: Situation,
    problems: Gathered,
}

/// Where the parts of a design stand in its file.
struct Places<'a> {
    document: Option<&'a Document>,
    /// The entries of the sections asked about: each is walked once, however much is wrong in it.
    sections: BTreeMap<&'static str, BTreeMap<&'a str, (&'a Node, &'a Node)>>,
}

impl<'a> Places<'a> {
    /// The key and the value of an entry of a section.
    fn entry(&mut self, section: &'static str, id: &str) -> Option<(&'a Node, &'a Node)> {
        let root = &self.document?.root;
        let entries = self.sections.entry(section).or_insert_with(|| {
            let section = root.get(section).map(Node::entries).unwrap_or_default();
            section
                .iter()
                .filter_map(|(key, value)| Some((key.str()?, (key, value))))
                .collect()
        });
        entries.get(id).copied()
    }

    /// The value at a path: a section, an entry of it, and keys or places of lists inside.
    fn node(&mut self, section: &'static str, id: &str, inside: &[&str]) -> Option<&'a Node> {
        let (_, mut node) = self.entry(section, id)?;
        for key in inside {
            node = node.get(key).or_else(|| node.index(key.parse().ok()?))?;
        }
        Some(node)
    }

    fn put(&mut self, problem: Problem, path: &[&str], section: &'static str) -> Problem {
        let node = path
            .split_first()
            .and_then(|(id, inside)| self.node(section, id, inside));
        match (self.document, node) {
            (Some(document), Some(node)) => problem.at(document.place(node.span)),
            _ => problem,
        }
    }
}

impl Reader<'_> {
    fn note(&mut self, outcome: Result<(), AnswerError>, section: &'static str, id: &str) {
        let Err(error) = outcome else { return };
        let places = &mut self.places;
        self.problems.add(section, Severity::Error, || {
            let mut problem = Problem::error(error.message);
            problem.help = error.help;
            places.put(problem, &[id], section)
        });
    }

    /// Warns of an entry of a section whose id the knowledge does not have.
    fn unknown<'k>(
        &mut self,
        kind: &str,
        name: &str,
        known: impl Iterator<Item = &'k str> + Clone,
        section: &'static str,
    ) {
        let places = &mut self.places;
        self.problems.add(section, Severity::Warning, || {
            let message = format!("there is no {kind} `{}`", shortened(name));
            let problem = Problem::warning(message).one_of(name, known);
            match (places.document, places.entry(section, name)) {
                (Some(document), Some((key, _))) => problem.at(document.place(key.span)),
                _ => problem,
            }
        });
    }

    /// Reports something wrong inside a decision.
    fn wrong(
        &mut self,
        kind: &'static str,
        decision: &str,
        inside: &[&str],
        make: impl FnOnce() -> Problem,
    ) {
        let places = &mut self.places;
        self.problems.add(kind, Severity::Error, || {
            let path: Vec<&str> = std::iter::once(decision)
                .chain(inside.iter().copied())
                .collect();
            places.put(make(), &path, "decisions")
        });
    }

    /// Whether somebody answered what an answer follows from: of the same dimension, since the rest only scales it.
    fn is_derived(&self, requirement: &Requirement) -> bool {
        let (DefaultAnswer::Formula(formula), FactKind::Number { unit, .. }) =
            (&requirement.default, &requirement.kind)
        else {
            return false;
        };
        formula.facts().iter().any(|fact| {
            let kind = self.base.requirement(*fact).map(|of| &of.kind);
            let is_alike = matches!(kind, Some(FactKind::Number { unit: other, .. })
                if other.dimension == unit.dimension);
            is_alike && self.situation.answers.contains_key(fact)
        })
    }

    /// Lets the interfaces and entities answer what nobody did, and warns of answers that they deny.
    fn inferred(&mut self, design: &Design) {
        let base = self.base;
        for (id, requirement) in base.requirement_ids() {
            let Some(inferred) = inferred(design, requirement) else {
                continue;
            };
            let Some(answer) = self.situation.answers.get(&id).copied() else {
                // An answer that cannot be read is reported as that, and nothing stands in for it.
                let is_given = design.requirements.contains_key(requirement.id.as_str());
                let stands = is_given || self.is_derived(requirement);
                if let Some(answer) = inferred.answer.filter(|_| !stands) {
                    self.situation.answers.insert(id, answer);
                    self.situation.inferred.insert(id);
                }
                continue;
            };
            if !inferred.denies(answer) {
                continue;
            }
            let places = &mut self.places;
            self.problems.add("inferred", Severity::Warning, || {
                let (section, index, key) = inferred.place;
                let message = format!(
                    "`{}` is {}, but {}",
                    requirement.id,
                    requirement.write(answer),
                    inferred.said
                );
                let at = places.document.and_then(|document| {
                    let entry = document.root.get(section)?.index(index)?;
                    let node = entry.get(key).unwrap_or(entry);
                    Some(document.place(node.span))
                });
                let problem = Problem::warning(message).help(match at {
                    Some(at) => format!(
                        "correct the answer, or what stands at {}:{}:{}",
                        at.file, at.line, at.column
                    ),
                    None => format!("correct the answer, or the {section}"),
                });
                places.put(problem, &[&requirement.id], "requirements")
            });
        }
    }

    fn decisions(&mut self, design: &Design) {
        let base = self.base;
        for (id, decided) in &design.decisions {
            let decision = base.find_decision(id);
            if decision.is_none() && id != PRACTICES {
                let known = base.decisions.iter().map(|entry| entry.id.as_str());
                self.unknown("decision", id, known, "decisions");
                continue;
            }
            self.review(id, &decided.review.when);
            if decided.status == Some(Status::Superseded) {
                continue;
            }
            self.due(id, &decided.review.on);
            if decided.chosen.is_empty() {
                continue;
            }
            let chosen = self.chosen(id, &decided.chosen);
            let Some(decision) = decision else {
                self.situation.practices = chosen;
                continue;
            };
            let entry = base.decision(decision);
            let mut taken: Vec<PatternId> = Vec::new();
            for pattern in chosen {
                if entry.options.contains(&pattern) {
                    taken.push(pattern);
                    continue;
                }
                self.wrong("no option", id, &["chosen"], || {
                    let options: Vec<&str> = entry
                        .options
                        .iter()
                        .map(|option| base.pattern(*option).id.as_str())
                        .collect();
                    let pattern = &base.pattern(pattern).id;
                    Problem::error(format!("`{pattern}` is not an option of `{id}`"))
                        .help(format!("one of: {}", options.join(", ")))
                });
            }
            if entry.pick == Pick::One && taken.len() > 1 {
                self.wrong("too many options", id, &["chosen"], || {
                    Problem::error(format!("`{id}` takes one option, not {}", taken.len()))
                        .help("keep the one that holds; give the other its own decision record")
                });
                taken.truncate(1);
            }
            if !taken.is_empty() {
                self.situation.choices.insert(decision, taken);
                if decided.status == Some(Status::Accepted) {
                    self.situation.accepted.insert(decision);
                }
            }
        }
    }

    /// Checks the condition that calls for a review. A name that the knowledge does not have is a warning, as elsewhere.
    fn review(&mut self, decision: &str, when: &str) {
        if when.trim().is_empty() {
            return;
        }
        let Err(faults) = self.base.condition(when) else {
            return;
        };
        let document = self.places.document;
        for fault in faults {
            let severity = if fault.message.starts_with("there is no ") {
                Severity::Warning
            } else {
                Severity::Error
            };
            let places = &mut self.places;
            self.problems.add("review", severity, || {
                let message = format!("the review condition of `{decision}`: {}", fault.message);
                let mut problem = Problem::error(message);
                problem.help = fault.help;
                let node = places.node("decisions", decision, &["review", "when"]);
                match (document, node) {
                    (Some(document), Some(node)) => {
                        problem.at(document.place_in(node, fault.offset))
                    }
                    _ => problem,
                }
            });
        }
    }

    /// Warns of a review whose day has come.
    fn due(&mut self, decision: &str, on: &str) {
        if is_day(on) && self.today.is_some_and(|today| on <= today) {
            let places = &mut self.places;
            self.problems.add("due review", Severity::Warning, || {
                let message = format!("the review of `{decision}` was due on {on}");
                let help = "look at it again, then set `on` to the next day or take it out";
                let problem = Problem::warning(message).help(help);
                places.put(problem, &[decision, "review", "on"], "decisions")
            });
        }
    }

    fn chosen(&mut self, decision: &str, names: &[String]) -> Vec<PatternId> {
        let mut found = Vec::new();
        for (index, name) in names.iter().enumerate() {
            match self.pattern(name) {
                Some(pattern) if !found.contains(&pattern) => found.push(pattern),
                Some(_) => {}
                None => {
                    let base = self.base;
                    let place = index.to_string();
                    self.wrong("no pattern", decision, &["chosen", &place], || {
                        let message = format!("there is no pattern `{}`", shortened(name));
                        let problem = Problem::error(message);
                        let known = base.patterns.iter().map(|entry| entry.id.as_str());
                        // What the decision offers is likelier meant than what is spelt a little more alike.
                        let offered = base.find_decision(decision).and_then(|id| {
                            let options = base.decision(id).options.iter();
                            nearest_begun(name, options.map(|id| base.pattern(*id).id.as_str()))
                        });
                        let near = offered.or_else(|| nearest(name, known)).map(str::to_owned);
                        let near = near.or_else(|| {
                            // Of a product, what it is an example of: what is offered here, if it is.
                            let homes = base.exemplified_by(name);
                            let here = base.find_decision(decision).map(|id| base.decision(id));
                            let offers = |id: &&PatternId| {
                                here.is_some_and(|here| here.options.contains(id))
                            };
                            let home = homes.iter().find(offers).or(homes.first())?;
                            Some(base.pattern(*home).id.to_string())
                        });
                        match (near, base.find_decision(decision)) {
                            (Some(near), _) => problem.help(format!("did you mean `{near}`?")),
                            (None, Some(id)) => {
                                let options = base.decision(id).options.iter();
                                problem
                                    .one_of(name, options.map(|id| base.pattern(*id).id.as_str()))
                            }
                            (None, None) => {
                                problem.help("`archadvisor patterns` lists all patterns")
                            }
                        }
                    });
                }
            }
        }
        found
    }

    /// The pattern of a name, found without comparing it with every pattern there is.
    fn pattern(&self, name: &str) -> Option<PatternId> {
        let base = self.base;
        let names = self.names.get_or_init(|| base.pattern_names());
        names.get(&fold(name)).copied()
    }

    /// Checks the shares of requests: each by itself, and that together they are no more than all.
    fn shares(&mut self, design: &Design) {
        // Amounts such as 33.3 % thrice and 0.1 % have no exact sum.
        const ROUNDING: f64 = 1e-6;
        let document = self.places.document;
        let nodes = document
            .and_then(|document| document.root.get("interfaces"))
            .map(Node::items)
            .unwrap_or_default();
        let place = |problem: Problem, index: usize| {
            let node = nodes.get(index).and_then(|node| node.get("share"));
            match (document, node) {
                (Some(document), Some(node)) => problem.at(document.place(node.span)),
                _ => problem,
            }
        };
        let mut sum = 0.0;
        let mut over = None;
        for (index, interface) in design.interfaces.iter().enumerate() {
            match super::share(&interface.share) {
                Some(Ok(share)) => {
                    sum += share;
                    if sum > 1.0 + ROUNDING {
                        over.get_or_insert(index);
                    }
                }
                Some(Err(message)) => self.problems.add("share", Severity::Error, || {
                    let name = shortened(&interface.name);
                    let problem = Problem::error(format!("interface `{name}`: {message}"));
                    place(problem.help("write it like `20 %`"), index)
                }),
                None => {}
            }
        }
        if let Some(index) = over {
            self.problems.add("shares", Severity::Warning, || {
                let all = (sum * 1000.0).round() / 10.0;
                let message = format!("the interfaces share {all} % of all requests");
                let problem = Problem::warning(message);
                place(problem.help("together they are at most 100 %"), index)
            });
        }
    }

    fn waivers(&mut self, design: &Design) {
        let document = self.places.document;
        let nodes = document
            .and_then(|document| document.root.get("waivers"))
            .map(Node::items)
            .unwrap_or_default();
        for (index, waiver) in design.waivers.iter().enumerate() {
            let id = shortened(&waiver.conflict);
            let (what, help) = if waiver.because.trim().is_empty() {
                (
                    "gives no reason and does not count".to_owned(),
                    "add `because:`",
                )
            } else if is_day(&waiver.until) && self.today.is_some_and(|now| *waiver.until < *now) {
                (
                    format!("ran out on {} and counts no more", waiver.until),
                    "settle the conflict, or accept it anew with a later `until`",
                )
            } else {
                let reason = waiver.because.clone();
                let waivers = &mut self.situation.waivers;
                waivers.insert(waiver.conflict.clone(), reason);
                continue;
            };
            self.problems.add("waiver", Severity::Warning, || {
                let message = format!("the waiver of `{id}` {what}");
                let problem = Problem::warning(message).help(help);
                match (document, nodes.get(index)) {
                    (Some(document), Some(node)) => problem.at(document.place(node.span)),
                    _ => problem,
                }
            });
        }
    }
}
