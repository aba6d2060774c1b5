//! The knowledge base: checked, immutable, indexed.
//!
//! [`load()`] turns the text of YAML files into a [`KnowledgeBase`] and a list of everything that is wrong with them. The
//! built-in base goes through it when the program is built; an overlay goes through it together with the built-in base
//! when it is loaded.

mod answer;
mod broken;
mod chance;
mod compile;
mod entry;
mod graph;
mod lazy;
mod lint;
mod load;
mod overlay;
mod raw;
mod scope;
pub mod shape;
mod text;

pub use answer::{Answer, AnswerError};
pub(crate) use chance::Chance;
pub use entry::*;
pub use graph::{Edge, EdgeKind, Graph, NodeRef};
pub use lazy::{Identified, Iter, Lazy, List, embed};
pub(crate) use lazy::{decode, embedded};
pub use lint::{lint, never_wins, stale};
pub use load::{Layer, Loaded, SourceFile, load};
pub use raw::file_kinds;
pub(crate) use raw::{FACETS, SEVERITIES, SOURCE_KINDS};
pub use text::Text;

use crate::problem::nearest;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Everything the advisor knows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct KnowledgeBase {
    /// Title of the base.
    pub title: Text,
    /// Version of the base.
    pub version: Text,
    /// Overlays that were laid over it, in order.
    pub overlays: Vec<Text>,
    /// The priority ladder, from least to most.
    pub priorities: Vec<PriorityLevel>,
    /// The quality axes, in canonical order.
    pub axes: List<Axis>,
    /// The requirements; fact ids start with them.
    pub requirements: List<Requirement>,
    /// The quantities; their fact ids follow those of the requirements.
    pub quantities: List<Quantity>,
    /// All facts, each after those its formula reads.
    pub evaluation_order: Vec<FactId>,
    /// The patterns, sorted by id.
    pub patterns: List<Pattern>,
    /// The decisions, in process order.
    pub decisions: List<Decision>,
    /// The hazards.
    pub hazards: List<Hazard>,
    /// The sources.
    pub sources: List<Source>,
    /// Rules over requirements.
    pub rules: List<Rule>,
    /// Priorities that facts imply.
    pub implied: List<Implied>,
    /// The named tensions, between axes and between ways to build.
    pub tradeoffs: List<Tradeoff>,
    /// Real systems.
    pub precedents: List<Precedent>,
    /// The ten steps.
    pub steps: List<Step>,
    /// Principles, mistakes, figures, fallacies, reading.
    pub remarks: List<Remark>,
    /// Golden cases.
    pub cases: List<Case>,
    /// Witnesses that options can win, in the order of decisions and options.
    pub witnesses: Lazy<Vec<Witness>>,
    /// The guides that it takes up.
    pub guides: Lazy<Vec<Guide>>,
    graph: Lazy<Graph>,
}

impl KnowledgeBase {
    /// Returns the number of facts: requirements and quantities.
    pub fn fact_count(&self) -> usize {
        self.requirements.len() + self.quantities.len()
    }

    /// Returns all requirements with their fact ids.
    pub fn requirement_ids(&self) -> impl Iterator<Item = (FactId, &Requirement)> {
        self.requirements
            .iter()
            .enumerate()
            .map(|(index, entry)| (FactId(index as u16), entry))
    }

    /// Returns all quantities with their fact ids.
    pub fn quantity_ids(&self) -> impl Iterator<Item = (FactId, &Quantity)> {
        let base = self.requirements.len();
        self.quantities
            .iter()
            .enumerate()
            .map(move |(index, entry)| (FactId((base + index) as u16), entry))
    }

    /// Returns the requirement with this fact id, if it is one.
    pub fn requirement(&self, id: FactId) -> Option<&Requirement> {
        self.requirements.get(id.index())
    }

    /// Returns the quantity with this fact id, if it is one.
    pub fn quantity(&self, id: FactId) -> Option<&Quantity> {
        self.quantities
            .get(id.index().checked_sub(self.requirements.len())?)
    }

    /// Returns id, name and kind of a fact.
    pub fn fact(&self, id: FactId) -> (&str, &str, &FactKind) {
        match (self.requirement(id), self.quantity(id)) {
            (Some(entry), _) => (&entry.id, &entry.name, &entry.kind),
            (None, Some(entry)) => (&entry.id, &entry.name, &entry.kind),
            (None, None) => ("", "", &FactKind::Bool),
        }
    }

    /// Returns the pattern.
    ///
    /// # Panics
    /// If the id is of another knowledge base.
    pub fn pattern(&self, id: PatternId) -> &Pattern {
        &self.patterns[id.index()]
    }

    /// Returns the decision.
    ///
    /// # Panics
    /// If the id is of another knowledge base.
    pub fn decision(&self, id: DecisionId) -> &Decision {
        &self.decisions[id.index()]
    }

    /// Returns the axis.
    ///
    /// # Panics
    /// If the id is of another knowledge base.
    pub fn axis(&self, id: AxisId) -> &Axis {
        &self.axes[id.index()]
    }

    /// Returns the hazard.
    ///
    /// # Panics
    /// If the id is of another knowledge base.
    pub fn hazard(&self, id: HazardId) -> &Hazard {
        &self.hazards[id.index()]
    }

    /// Returns the source.
    ///
    /// # Panics
    /// If the id is of another knowledge base.
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.index()]
    }

    /// Returns the step.
    ///
    /// # Panics
    /// If the id is of another knowledge base.
    pub fn step(&self, id: StepId) -> &Step {
        &self.steps[id.index()]
    }

    /// Returns all pattern ids in order.
    pub fn pattern_ids(&self) -> impl Iterator<Item = PatternId> + use<> {
        (0..self.patterns.len() as u16).map(PatternId)
    }

    /// Returns all decision ids in process order.
    pub fn decision_ids(&self) -> impl Iterator<Item = DecisionId> + use<> {
        (0..self.decisions.len() as u16).map(DecisionId)
    }

    /// Returns all axis ids in canonical order.
    pub fn axis_ids(&self) -> impl Iterator<Item = AxisId> + use<> {
        (0..self.axes.len() as u8).map(AxisId)
    }

    /// Finds a requirement or quantity by id.
    pub fn find_fact(&self, id: &str) -> Option<FactId> {
        let index = self.requirements.find(id).or_else(|| {
            let index = self.quantities.find(id)?;
            Some(index + self.requirements.len())
        })?;
        Some(FactId(index as u16))
    }

    /// Finds a pattern by id, or else by alias or name whatever its case.
    pub fn find_pattern(&self, name: &str) -> Option<PatternId> {
        if let Some(index) = self.patterns.find(name) {
            return Some(PatternId(index as u16));
        }
        let folded = fold(name);
        self.patterns
            .iter()
            .position(|entry| {
                fold(&entry.name) == folded
                    || entry.aliases.iter().any(|alias| fold(alias) == folded)
            })
            .map(|index| PatternId(index as u16))
    }

    /// Returns the patterns by folded id, name and alias: [`Self::find_pattern`] for many names.
    pub(crate) fn pattern_names(&self) -> BTreeMap<String, PatternId> {
        let mut names: BTreeMap<String, PatternId> = self
            .patterns
            .ids()
            .map(fold)
            .zip(self.pattern_ids())
            .collect();
        for (id, entry) in self.pattern_ids().zip(&self.patterns) {
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                names.entry(fold(name)).or_insert(id);
            }
        }
        names
    }

    /// Returns the patterns that a product or library is an example of, by its name or a part of it, whatever its case:
    /// first those that bear its name, then those for which the product itself stands rather than a feature of it, and
    /// the more so the more products they list.
    pub fn exemplified_by(&self, product: &str) -> Vec<PatternId> {
        let wanted = fold(product);
        if wanted.is_empty() {
            return Vec::new();
        }
        // `Postgres` is PostgreSQL; of a shorter name a beginning says too little.
        let is_short = wanted.len() < 5;
        let wanted = format!("-{wanted}");
        // A product is a name of one word, or of two where its maker stands before it: what has more is a feature of it.
        let is_product = |name: &str| name.trim_matches('-').split('-').count() <= 2;
        let typical = |id: PatternId| {
            let pattern = self.pattern(id);
            let names: Vec<String> = (pattern.examples.iter())
                .map(|example| format!("-{}-", fold(&example.name)))
                .collect();
            let places = names.iter().enumerate().filter_map(|(place, name)| {
                let behind = name.get(name.find(&wanted)? + wanted.len()..)?;
                if is_short && !behind.starts_with('-') {
                    return None;
                }
                let other_words = behind.trim_start_matches(|character| character != '-');
                Some((!is_product(name) || other_words != "-", place))
            });
            let (is_feature, place) = places.min()?;
            let own = [&pattern.id, &pattern.name].into_iter();
            let is_named = (own.chain(&pattern.aliases))
                .any(|name| format!("-{}-", fold(name)).contains(&wanted));
            // Who lists many products is what products are for; a method is at work in a few of them.
            let products = names.iter().filter(|name| is_product(name)).count();
            Some((!is_named, is_feature, Reverse(products), place, id))
        };
        let mut found: Vec<_> = self.pattern_ids().filter_map(typical).collect();
        found.sort_unstable();
        found.into_iter().map(|(.., id)| id).collect()
    }

    /// Returns the patterns of whose name a text is a part, and the name: their own ones first, then aliases. A part is
    /// one or more whole words, or the beginning of one that says enough.
    pub fn named_like(&self, text: &str) -> Vec<(PatternId, &str)> {
        let wanted = fold(text);
        let is_short = wanted.len() < 5;
        let bears = |name: &str| {
            let name = fold(name);
            name.match_indices(&wanted).any(|(at, _)| {
                let rest = &name.as_bytes()[at + wanted.len()..];
                let begins = at == 0 || name.as_bytes()[at - 1] == b'-';
                begins && (!is_short || rest.first().is_none_or(|next| *next == b'-'))
            })
        };
        if wanted.is_empty() {
            return Vec::new();
        }
        let own = self.pattern_ids().filter_map(|id| {
            let pattern = self.pattern(id);
            (bears(&pattern.name) || bears(&pattern.id)).then_some((id, pattern.name.as_str()))
        });
        let mut found: Vec<(PatternId, &str)> = own.collect();
        for id in self.pattern_ids() {
            let alias = self.pattern(id).aliases.iter().find(|alias| bears(alias));
            if let Some(alias) = alias
                && !found.iter().any(|(other, _)| *other == id)
            {
                found.push((id, alias.as_str()));
            }
        }
        found
    }

    /// Finds a decision by id.
    pub fn find_decision(&self, id: &str) -> Option<DecisionId> {
        self.decisions
            .find(id)
            .map(|index| DecisionId(index as u16))
    }

    /// Finds an axis by id.
    pub fn find_axis(&self, id: &str) -> Option<AxisId> {
        self.axes.find(id).map(|index| AxisId(index as u8))
    }

    /// Finds a rule by id.
    pub(crate) fn find_rule(&self, id: &str) -> Option<&Rule> {
        self.rules.get(self.rules.find(id)?)
    }

    /// Finds a hazard by id.
    pub fn find_hazard(&self, id: &str) -> Option<HazardId> {
        self.hazards.find(id).map(|index| HazardId(index as u16))
    }

    /// Finds a source by id.
    pub fn find_source(&self, id: &str) -> Option<SourceId> {
        self.sources.find(id).map(|index| SourceId(index as u16))
    }

    /// Finds a step by id or number.
    pub fn find_step(&self, name: &str) -> Option<StepId> {
        self.steps
            .iter()
            .position(|entry| entry.id == name || entry.number.to_string() == name)
            .map(|index| StepId(index as u8))
    }

    /// Returns the level that a priority word or number means, if it is one.
    pub fn find_level(&self, word: &str) -> Option<u8> {
        let folded = fold(word);
        if let Some(level) = self
            .priorities
            .iter()
            .find(|level| fold(&level.name) == folded)
        {
            return Some(level.level);
        }
        word.trim().parse().ok().filter(|level| *level <= 100)
    }

    /// Returns the name of a priority level: of the nearest level at or below it.
    pub fn level_name(&self, level: u8) -> &str {
        self.priorities
            .iter()
            .rev()
            .find(|entry| entry.level <= level)
            .map_or("", |entry| &entry.name)
    }

    /// Returns the decisions that have this pattern among their options.
    pub fn decisions_of(&self, pattern: PatternId) -> impl Iterator<Item = DecisionId> + '_ {
        self.decision_ids()
            .filter(move |id| self.decision(*id).options.contains(&pattern))
    }

    /// Returns the id nearest in spelling among patterns, decisions, facts, axes, hazards, sources and steps.
    pub fn nearest_id(&self, name: &str) -> Option<&str> {
        let all = (self.patterns.ids())
            .chain(self.decisions.ids())
            .chain(self.requirements.ids())
            .chain(self.quantities.ids())
            .chain(self.axes.ids())
            .chain(self.hazards.ids())
            .chain(self.sources.ids())
            .chain(self.steps.ids());
        nearest(name, all)
    }

    /// Returns which entries stand for each item of the guides, as `kind/id` such as `pattern/monolith`.
    pub fn homes<'b>(&'b self) -> BTreeMap<&'b str, Vec<String>> {
        let mut homes: BTreeMap<&'b str, Vec<String>> = BTreeMap::new();
        let mut add = |kind: &str, id: &Text, seed: &'b [Text]| {
            for item in seed {
                let home = format!("{kind}/{id}");
                homes.entry(item.as_str()).or_default().push(home);
            }
        };
        for entry in &self.axes {
            add("axis", &entry.id, &entry.seed);
        }
        for entry in &self.steps {
            add("step", &entry.id, &entry.seed);
        }
        for entry in &self.requirements {
            add("requirement", &entry.id, &entry.seed);
        }
        for entry in &self.quantities {
            add("quantity", &entry.id, &entry.seed);
        }
        for entry in &self.decisions {
            add("decision", &entry.id, &entry.seed);
        }
        for entry in &self.patterns {
            add("pattern", &entry.id, &entry.seed);
        }
        for entry in &self.hazards {
            add("hazard", &entry.id, &entry.seed);
        }
        for entry in &self.rules {
            add("rule", &entry.id, &entry.seed);
        }
        for entry in &self.tradeoffs {
            add("tradeoff", &entry.id, &entry.seed);
        }
        for entry in &self.remarks {
            add(&entry.kind, &entry.id, &entry.seed);
        }
        homes
    }

    /// Returns the graph of all entries.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Builds the graph of a base that is whole otherwise.
    fn connected(mut self) -> Self {
        self.graph = Graph::build(&self).into();
        self
    }
}

/// Folds a name for comparison: lower case, words separated by one hyphen.
pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut is_inside = false;
    for character in name.chars() {
        if !character.is_alphanumeric() {
            is_inside = false;
            continue;
        }
        if !is_inside && !folded.is_empty() {
            folded.push('-');
        }
        is_inside = true;
        if character.is_ascii() {
            folded.push(character.to_ascii_lowercase());
        } else {
            folded.extend(character.to_lowercase());
        }
    }
    folded
}
