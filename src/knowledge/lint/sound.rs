//! What is found in a base of which some entries have errors: what follows from these is left out.

use super::conditions::conditions;
use crate::expression::Expression;
use crate::knowledge::{DefaultAnswer, FactId, KnowledgeBase, Loaded, PatternId};
use std::collections::BTreeSet;

/// What is not as it was meant.
pub(super) struct Doubtful<'l> {
    loaded: &'l Loaded,
    /// Entries with errors and those of which a condition or a formula rests on one, by `kind/id`.
    entries: BTreeSet<String>,
    /// Facts with errors and those computed from one.
    facts: Vec<bool>,
    /// Patterns with errors, and options of decisions with errors.
    patterns: Vec<bool>,
}

impl<'l> Doubtful<'l> {
    pub(super) fn new(base: &KnowledgeBase, loaded: &'l Loaded) -> Self {
        let mut doubtful = Self {
            loaded,
            entries: BTreeSet::new(),
            facts: vec![false; base.fact_count()],
            patterns: vec![false; base.patterns.len()],
        };
        if loaded.broken.is_empty() {
            return doubtful;
        }
        // What a formula reads stands before it.
        let mut order: Vec<FactId> = base.evaluation_order.clone();
        order.extend((0..base.fact_count() as u16).map(FactId));
        for id in order {
            let (kind, formula) = match (base.requirement(id), base.quantity(id)) {
                (Some(entry), _) => match &entry.default {
                    DefaultAnswer::Formula(formula) => ("requirement", Some(formula)),
                    _ => ("requirement", None),
                },
                (None, Some(entry)) => ("quantity", Some(&entry.formula)),
                (None, None) => continue,
            };
            let entry = format!("{kind}/{}", base.fact(id).0);
            let reads = formula.into_iter().flat_map(Expression::facts);
            if loaded.broken.has(&entry)
                || (reads.into_iter()).any(|read| doubtful.facts.get(read.index()) == Some(&true))
            {
                doubtful.facts[id.index()] = true;
                doubtful.entries.insert(entry);
            }
        }
        let is_broken = |id: PatternId| {
            loaded
                .broken
                .has(&format!("pattern/{}", base.pattern(id).id))
        };
        for id in base.pattern_ids().filter(|id| is_broken(*id)) {
            doubtful.patterns[id.index()] = true;
        }
        for decision in &base.decisions {
            if loaded.broken.has(&format!("decision/{}", decision.id)) {
                for option in &decision.options {
                    doubtful.patterns[option.index()] = true;
                }
            }
        }
        for placed in conditions(base) {
            if doubtful.taints(&placed.condition.expression) {
                doubtful.entries.insert(placed.entry);
            }
        }
        for pattern in &base.patterns {
            let related = pattern.requires.iter().flatten().chain(&pattern.excludes);
            if related.copied().any(is_broken) {
                doubtful.entries.insert(format!("pattern/{}", pattern.id));
            }
        }
        doubtful
    }

    /// Returns which facts are in doubt.
    pub(super) fn facts(&self) -> &[bool] {
        &self.facts
    }

    /// Whether an expression reads what is in doubt.
    pub(super) fn taints(&self, expression: &Expression) -> bool {
        let is_set = |fact: &FactId| self.facts.get(fact.index()) == Some(&true);
        expression.facts().iter().any(is_set) || self.taints_patterns(expression)
    }

    /// Whether an expression asks for a pattern in doubt.
    pub(super) fn taints_patterns(&self, expression: &Expression) -> bool {
        (expression.patterns()).any(|id| self.patterns.get(id.index()) == Some(&true))
    }

    /// Whether a finding about an entry may follow from an error elsewhere: the entry or one that the message names is
    /// in doubt; or it says that nothing speaks of the entry, and something that is wrong may.
    pub(super) fn explains(&self, entry: &str, message: &str) -> bool {
        if self.loaded.broken.is_empty() {
            return false;
        }
        let is_wrong = |entry: &str| self.loaded.broken.has(entry) || self.entries.contains(entry);
        let named = || message.split('`').skip(1).step_by(2);
        let nothing =
            message.starts_with("nothing ") || message.ends_with(" can never be recommended");
        is_wrong(entry)
            || named().any(|name| is_wrong(&format!("pattern/{name}")))
            || nothing && named().any(|name| self.loaded.broken.may_mean(name))
    }
}
