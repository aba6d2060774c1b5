//! What is wrong with a base that can be read: what contradicts itself, and what is probably not meant.

mod cases;
mod characters;
mod claims;
mod conditions;
mod dates;
mod dominance;
mod guides;
mod lists;
mod logic;
mod monotone;
mod names;
mod never;
mod precedents;
mod relations;
mod sound;
mod steps;
mod tradeoffs;

pub use dates::stale;
pub use never::never_wins;

use self::sound::Doubtful;
use super::{EdgeKind, KnowledgeBase, Loaded, NodeRef, Pick};
use crate::problem::{Place, Problem};

/// What was found, with the places of what it is about.
struct Findings<'l> {
    loaded: &'l Loaded,
    doubtful: Doubtful<'l>,
    problems: Vec<Problem>,
}

impl Findings<'_> {
    /// Adds a finding about the part of an entry at a path.
    fn add(&mut self, entry: &str, path: &[&str], problem: Problem) {
        let place = self.loaded.place(entry, path);
        self.push(entry, place, problem);
    }

    /// Adds a finding about an item of a list of names, or about the list where it does not name it.
    fn add_item(&mut self, entry: &str, list: &[&str], item: &str, problem: Problem) {
        let place = self.loaded.place_of_item(entry, list, item);
        self.push(entry, place, problem);
    }

    /// Adds a finding that no error elsewhere can explain.
    fn tell(&mut self, entry: &str, path: &[&str], problem: Problem) {
        let place = self.loaded.place(entry, path);
        self.put(place, problem);
    }

    /// The same, about an item of a list of names.
    fn tell_item(&mut self, entry: &str, list: &[&str], item: &str, problem: Problem) {
        let place = self.loaded.place_of_item(entry, list, item);
        self.put(place, problem);
    }

    /// Adds a finding that only an error of the same entry can explain.
    fn tell_of_sound(&mut self, entry: &str, path: &[&str], problem: Problem) {
        if !self.loaded.broken.has(entry) {
            self.tell(entry, path, problem);
        }
    }

    fn push(&mut self, entry: &str, place: Option<Place>, problem: Problem) {
        if !self.doubtful.explains(entry, &problem.message) {
            self.put(place, problem);
        }
    }

    fn put(&mut self, place: Option<Place>, problem: Problem) {
        self.problems.push(match place {
            Some(place) => problem.at(place),
            None => problem,
        });
    }
}

/// Returns what is found in a base that loads, or in what is readable of one that does not: then all but what may follow
/// from the errors of other entries.
///
/// Errors: a decision with an option twice, two entries of a kind with one name, a pattern that is related to itself or
/// closes the hazard that it opens, prerequisites that exclude each other or go in a circle, claims without a reason,
/// steps and questions of the quick start that cannot be counted, priorities off the ladder, cases that want what is not
/// offered or what they forbid, characters that cannot be seen.
/// Warnings: conditions that never or always hold, alternatives in one that never do, cases behind one that takes them,
/// options that another beats in every case or that can never win, formulas that rise and fall in the same fact, claims
/// without a source, entries twice in a list, hazards that nothing closes or nothing opens, patterns that can never be
/// recommended, items of the guides that nothing stands for, sources that nothing cites, options without an effect,
/// precedents that contradict themselves, tradeoffs of which the sides are not apart.
///
/// [`stale`] tells what is due for a review on a day; `reasoning::witness` tells which options are shown to win.
pub fn lint(base: &KnowledgeBase, loaded: &Loaded) -> Vec<Problem> {
    let mut findings = Findings {
        loaded,
        doubtful: Doubtful::new(base, loaded),
        problems: Vec::new(),
    };
    let logic = logic::Logic::new(base);
    characters::check(&mut findings);
    lists::check(&mut findings);
    names::check(base, &mut findings);
    relations::check(base, &logic, &mut findings);
    conditions::check(base, &logic, &mut findings);
    dominance::check(base, &logic, &mut findings);
    never::check(base, &logic, &mut findings);
    monotone::check(base, &logic, &mut findings);
    claims::check(base, &mut findings);
    guides::check(base, &mut findings);
    steps::check(base, &mut findings);
    cases::check(base, &mut findings);
    precedents::check(base, &mut findings);
    tradeoffs::check(base, &mut findings);
    levels(base, &mut findings);
    unused(base, &mut findings);
    let mut found = findings.problems;
    found.sort_by(|left, right| {
        let key = |problem: &Problem| {
            problem
                .place
                .as_ref()
                .map(|place| (place.file.clone(), place.line, place.column))
        };
        key(left).cmp(&key(right))
    });
    found
}

/// Finds priorities that facts imply and that are no step of the ladder.
fn levels(base: &KnowledgeBase, found: &mut Findings<'_>) {
    let known = |level: u8| base.priorities.iter().any(|step| step.level == level);
    for implied in base.implied.iter().filter(|entry| !known(entry.level)) {
        let steps: Vec<String> = (base.priorities.iter())
            .map(|step| step.level.to_string())
            .collect();
        let problem = Problem::error(format!("{} is no level of priority", implied.level))
            .help(format!("one of: {}", steps.join(", ")));
        found.tell(&format!("implied/{}", implied.id), &["level"], problem);
    }
}

/// Warns of what nothing uses, and of what says nothing.
fn unused(base: &KnowledgeBase, found: &mut Findings<'_>) {
    let mut warn = |entry: String, message: String, help: &str| {
        found.add(&entry, &[], Problem::warning(message).help(help));
    };
    let graph = base.graph();
    for (index, hazard) in base.hazards.iter().enumerate() {
        let node = NodeRef::Hazard(super::HazardId(index as u16));
        let has = |kind: EdgeKind| graph.into(node).iter().any(|edge| edge.kind == kind);
        if !has(EdgeKind::Closes) {
            warn(
                format!("hazard/{}", hazard.id),
                format!("nothing closes the hazard `{}`", hazard.id),
                "name it under `closes` of a pattern",
            );
        }
        if hazard.arises.is_none() && !has(EdgeKind::Opens) {
            warn(
                format!("hazard/{}", hazard.id),
                format!("nothing opens the hazard `{}`", hazard.id),
                "name it under `opens` of a pattern, or give it `arises`",
            );
        }
    }
    for id in base.pattern_ids() {
        let pattern = base.pattern(id);
        let incoming = graph.into(NodeRef::Pattern(id));
        let offered = incoming.iter().any(|edge| edge.kind == EdgeKind::Offers);
        let pulled_in = incoming
            .iter()
            .any(|edge| matches!(edge.kind, EdgeKind::Requires(_)))
            || pattern
                .closes
                .iter()
                .any(|hazard| base.hazard(*hazard).severity == 2);
        if !offered && !pulled_in && pattern.applies.is_none() && !pattern.reference {
            warn(
                format!("pattern/{}", pattern.id),
                format!("the pattern `{}` can never be recommended", pattern.id),
                "give it `use:`, offer it in a decision, or mark it `reference: true`",
            );
        }
        if pattern.effects.is_empty() && !pattern.reference {
            warn(
                format!("pattern/{}", pattern.id),
                format!("the pattern `{}` affects no axis", pattern.id),
                "state what it helps and what it costs",
            );
        }
    }
    for decision in &base.decisions {
        if decision.pick == Pick::One && decision.baseline.is_none() {
            warn(
                format!("decision/{}", decision.id),
                format!("the decision `{}` has no baseline", decision.id),
                "name the option that the anchors compare with",
            );
        }
    }
    let changes_claims = super::overlay::changes_claims(base);
    for (index, source) in base.sources.iter().enumerate() {
        let node = NodeRef::Source(super::SourceId(index as u16));
        let cited = !graph.into(node).is_empty()
            || base
                .rules
                .iter()
                .any(|rule| rule.sources.iter().any(|id| id.index() == index))
            || base
                .remarks
                .iter()
                .any(|remark| remark.sources.iter().any(|id| id.index() == index))
            || base
                .tradeoffs
                .iter()
                .any(|tradeoff| tradeoff.sources.iter().any(|id| id.index() == index))
            || base
                .precedents
                .iter()
                .any(|precedent| precedent.sources.iter().any(|id| id.index() == index));
        if !cited && !changes_claims {
            warn(
                format!("source/{}", source.id),
                format!("nothing cites the source `{}`", source.id),
                "cite it, or remove it",
            );
        }
    }
}
