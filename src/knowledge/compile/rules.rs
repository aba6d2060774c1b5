//! Rules, hazards and tradeoffs: what comes of choices and answers.

use super::{At, Compiler, Entry, unsound};
use crate::knowledge::raw::{RawHazard, RawImplied, RawRule, RawTradeoff};
use crate::knowledge::{
    Condition, DecisionId, Hazard, Implied, Rule, RuleKind, Side, Text, Tradeoff,
};

impl Compiler<'_> {
    pub(super) fn hazard(&mut self, entry: &Entry<'_, RawHazard>) -> Hazard {
        let (raw, at) = (&entry.raw, entry.at);
        let severity = raw.severity.unwrap_or(0);
        if !(1..=2).contains(&severity) {
            self.error_help(
                at.key("severity"),
                "the severity of a hazard is 1 or 2",
                None,
            );
        }
        Hazard {
            id: Text::from(raw.hazard.clone().unwrap_or_default()),
            name: self.needed(at, "name", raw.name.as_ref()),
            axis: self.axis_id(at.key("axis"), raw.axis.as_ref()),
            severity: severity.clamp(1, 2),
            what: self.needed(at, "what", raw.what.as_ref()),
            matters: self.condition(at, "matters", raw.matters.as_ref()),
            arises: self.condition(at, "arises", raw.arises.as_ref()),
            seed: Self::texts(&raw.seed),
        }
    }

    pub(super) fn rule(&mut self, entry: &Entry<'_, RawRule>) -> Rule {
        let (raw, at) = (&entry.raw, entry.at);
        if raw.when.is_none() {
            self.error_help(at, "a rule needs a condition", Some("add `when:`".into()));
        }
        if raw.kind.is_none() {
            self.error_help(
                at,
                "`kind` is missing",
                Some("impossible, inconsistent or costly".into()),
            );
        }
        if raw.relax.is_empty() {
            self.error_help(
                at,
                "a rule says what to relax",
                Some("add `relax:` with the ways out".into()),
            );
        }
        for (index, text) in raw.relax.iter().enumerate() {
            self.placeholders(at.key("relax").index(index), text);
        }
        Rule {
            id: Text::from(raw.rule.clone().unwrap_or_default()),
            kind: raw.kind.unwrap_or(RuleKind::Inconsistent),
            when: self.needed_condition(at, raw.when.as_ref()),
            because: self.needed(at, "because", raw.because.as_ref()),
            relax: Self::texts(&raw.relax),
            sources: self.sources(at.key("sources"), &raw.sources),
            seed: Self::texts(&raw.seed),
        }
    }

    /// A condition that must be there; where it is not, or cannot be read, one that is left out of all that follows.
    fn needed_condition(&mut self, at: At<'_>, when: Option<&String>) -> Condition {
        (self.condition(at, "when", when)).unwrap_or_else(|| Condition {
            text: Text::default(),
            expression: unsound(),
        })
    }

    pub(super) fn implied(&mut self, entry: &Entry<'_, RawImplied>) -> Implied {
        let (raw, at) = (&entry.raw, entry.at);
        if raw.when.is_none() || raw.level.is_none() {
            self.error(at, "an implied priority needs `when` and `level`");
        }
        Implied {
            id: Text::from(raw.implied.clone().unwrap_or_default()),
            axis: self.axis_id(at.key("axis"), raw.axis.as_ref()),
            level: raw.level.unwrap_or(0),
            when: self.needed_condition(at, raw.when.as_ref()),
            because: self.needed(at, "because", raw.because.as_ref()),
        }
    }

    pub(super) fn tradeoff(&mut self, entry: &Entry<'_, RawTradeoff>) -> Tradeoff {
        let (raw, at) = (&entry.raw, entry.at);
        if raw.axes.len() < 2 {
            self.error(at.key("axes"), "a tradeoff names two or more axes");
        }
        if raw.relation.is_some() && raw.axes.len() != 2 {
            self.error(at.key("relation"), "a relation is between exactly two axes");
        }
        if raw.sides.len() < 2 {
            self.error_help(
                at.key("sides"),
                "a tradeoff has two or more sides",
                Some("each with `name`, `patterns`, `best` and `costs`".into()),
            );
        }
        let sources = self.sources(at.key("sources"), &raw.sources);
        if raw.sources.is_empty() {
            let id = raw.tradeoff.clone().unwrap_or_default();
            self.error_help(
                at,
                format!("the tradeoff `{id}` has no source"),
                Some("add `sources: [...]`".into()),
            );
        }
        Tradeoff {
            id: Text::from(raw.tradeoff.clone().unwrap_or_default()),
            name: self.needed(at, "name", raw.name.as_ref()),
            axes: (raw.axes.iter().enumerate())
                .map(|(index, axis)| self.axis_id(at.key("axes").index(index), Some(axis)))
                .collect(),
            relation: raw.relation,
            because: self.needed(at, "because", raw.because.as_ref()),
            sides: (raw.sides.iter().enumerate())
                .map(|(index, side)| {
                    let at = at.key("sides").index(index);
                    Side {
                        name: self.needed(at, "name", side.name.as_ref()),
                        patterns: self.patterns(at.key("patterns"), &side.patterns),
                        best: self.needed(at, "best", side.best.as_ref()),
                        costs: self.needed(at, "costs", side.costs.as_ref()),
                    }
                })
                .collect(),
            decided_by: (raw.decided_by.iter().enumerate())
                .filter_map(|(index, decider)| {
                    let at = at.key("decided_by").index(index);
                    let because = self.needed(at, "because", decider.because.as_ref());
                    let fact = decider.fact.as_deref().unwrap_or_default();
                    Some((self.fact_id(at.key("fact"), fact)?, because))
                })
                .collect(),
            middle: self.alternatives(at.key("middle"), &raw.middle),
            reversal: self.needed(at, "reversal", raw.reversal.as_ref()),
            decisions: (raw.decisions.iter().enumerate())
                .filter_map(|(index, id)| {
                    let at = at.key("decisions").index(index);
                    self.resolve(at, "decision", id, |names| &names.decisions)
                })
                .map(|index| DecisionId(index as u16))
                .collect(),
            sources,
            confidence: raw.confidence.unwrap_or_default(),
            seed: Self::texts(&raw.seed),
        }
    }
}
