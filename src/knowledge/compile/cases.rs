//! Situations with an outcome: golden cases, witnesses and precedents.

use super::{At, Compiler, Entry};
use crate::knowledge::raw::{RawCase, RawPrecedent, RawWitness, SEVERITIES, scalar_text};
use crate::knowledge::{
    AxisId, Case, DecisionId, KnowledgeBase, PatternId, Precedent, Text, Verified, WantedConflict,
    Witness,
};
use crate::problem::nearest;
use std::collections::BTreeMap;

impl Compiler<'_> {
    pub(super) fn precedent(
        &mut self,
        entry: &Entry<'_, RawPrecedent>,
        base: &KnowledgeBase,
    ) -> Precedent {
        let (raw, at) = (&entry.raw, entry.at);
        let mut facts = Vec::new();
        for (id, value) in &raw.facts {
            let at = at.key("facts").key(id);
            let Some(fact) = self.fact_id(at, id) else {
                continue;
            };
            let Some(requirement) = base.requirement(fact) else {
                self.error(at, format!("`{id}` is computed, not known of a system"));
                continue;
            };
            match requirement.parse(&scalar_text(value).unwrap_or_default()) {
                Ok(answer) => facts.push((fact, answer)),
                Err(error) => self.error_help(at, error.message, error.help),
            }
        }
        let sources = self.sources(at.key("sources"), &raw.sources);
        if raw.sources.is_empty() {
            self.error_help(
                at,
                "a precedent has a source",
                Some("add `sources: [...]`".into()),
            );
        }
        let chose = self.expectations(at, "chose", &raw.chose);
        for (decision, options) in &chose {
            let entry = base.decision(*decision);
            for option in options
                .iter()
                .filter(|option| !entry.options.contains(option))
            {
                let place = at.key("chose").key(&entry.id);
                let option = base.pattern(*option).id.clone();
                self.error(place, format!("`{option}` is no option of `{}`", entry.id));
            }
        }
        let by_decision = self.expectations(
            at,
            "differs",
            &raw.differs
                .keys()
                .map(|id| (id.clone(), Vec::new()))
                .collect(),
        );
        Precedent {
            id: Text::from(raw.precedent.clone().unwrap_or_default()),
            system: self.needed(at, "system", raw.system.as_ref()),
            what: self.needed(at, "what", raw.what.as_ref()),
            year: self.year(at, raw.year).unwrap_or_else(|| {
                self.error(at, "`year` is missing");
                0
            }),
            facts,
            derived: (raw.derived.iter())
                .filter_map(|(id, how)| {
                    let fact = self.fact_id(at.key("derived").key(id), id)?;
                    Some((fact, Text::from(how.clone())))
                })
                .collect(),
            chose,
            practices: self.patterns(at.key("practices"), &raw.practices),
            took: self.took(at.key("took"), &raw.took, base),
            turned_down: self.alternatives(at.key("turned_down"), &raw.turned_down),
            gained: self.by_axis(at.key("gained"), &raw.gained),
            paid: self.by_axis(at.key("paid"), &raw.paid),
            lesson: self.needed(at, "lesson", raw.lesson.as_ref()),
            differs: (by_decision.into_iter().zip(raw.differs.values()))
                .map(|((decision, _), why)| (decision, Text::from(why.clone())))
                .collect(),
            sources,
            verified: raw.verified.unwrap_or(Verified::Recalled),
            confidence: raw.confidence.unwrap_or_default(),
        }
    }

    /// Sides of tradeoffs, by name.
    fn took(
        &mut self,
        at: At<'_>,
        raw: &BTreeMap<String, String>,
        base: &KnowledgeBase,
    ) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (id, name) in raw {
            let at = at.key(id);
            let Some(index) = base.tradeoffs.find(id) else {
                let help = nearest(id, base.tradeoffs.ids());
                let message = format!("there is no tradeoff `{}`", crate::problem::printable(id));
                self.error_help(
                    at,
                    message,
                    help.map(|near| format!("did you mean `{near}`?")),
                );
                continue;
            };
            let mut sides = base.tradeoffs[index].sides.iter();
            let Some(side) = sides.position(|side| side.name == name.as_str()) else {
                let names = base.tradeoffs[index]
                    .sides
                    .iter()
                    .map(|side| side.name.as_str());
                let help = format!("one of: {}", names.collect::<Vec<_>>().join(", "));
                let message = format!("`{id}` has no side of this name");
                self.error_help(at, message, Some(help));
                continue;
            };
            found.push((index, side));
        }
        found
    }

    fn by_axis(&mut self, at: At<'_>, raw: &BTreeMap<String, String>) -> Vec<(AxisId, Text)> {
        let mut found: Vec<(AxisId, Text)> = raw
            .iter()
            .filter_map(|(axis, text)| {
                let index =
                    self.resolve(at.key(axis), "quality axis", axis, |names| &names.axes)?;
                Some((AxisId(index as u8), Text::from(text.clone())))
            })
            .collect();
        found.sort_by_key(|(axis, _)| *axis);
        found
    }

    /// Answers to requirements, as written.
    fn answers(
        &mut self,
        at: At<'_>,
        raw: &BTreeMap<String, serde_yaml::Value>,
        base: &KnowledgeBase,
    ) -> Vec<(Text, Text)> {
        let mut requirements = Vec::new();
        for (id, value) in raw {
            let at = at.key(id);
            let text = scalar_text(value).unwrap_or_default();
            match base
                .requirements
                .iter()
                .find(|requirement| requirement.id == id.as_str())
            {
                None => {
                    let help = nearest(id, base.requirements.iter().map(|entry| entry.id.as_str()));
                    self.error_help(
                        at,
                        format!(
                            "there is no requirement `{}`",
                            crate::problem::printable(id)
                        ),
                        help.map(|near| format!("did you mean `{near}`?")),
                    );
                }
                Some(requirement) => {
                    if let Err(error) = requirement.parse(&text) {
                        self.error_help(at, error.message, error.help);
                    }
                }
            }
            requirements.push((Text::from(id.clone()), Text::from(text)));
        }
        requirements
    }

    /// Priorities of axes, as written.
    fn levels(
        &mut self,
        at: At<'_>,
        raw: &BTreeMap<String, serde_yaml::Value>,
        base: &KnowledgeBase,
    ) -> Vec<(Text, Text)> {
        let mut priorities = Vec::new();
        for (axis, level) in raw {
            let at = at.key(axis);
            self.resolve(at, "quality axis", axis, |names| &names.axes);
            let text = scalar_text(level).unwrap_or_default();
            if base.find_level(&text).is_none() {
                self.error(
                    at,
                    format!("`{}` is no priority", crate::problem::printable(&text)),
                );
            }
            priorities.push((Text::from(axis.clone()), Text::from(text)));
        }
        priorities
    }

    /// The last layer's witness of each option, in the order of decisions and options.
    pub(super) fn witnesses(
        &mut self,
        entries: &[Entry<'_, RawWitness>],
        base: &KnowledgeBase,
    ) -> Vec<Witness> {
        let mut kept: BTreeMap<(DecisionId, usize), (usize, Witness)> = BTreeMap::new();
        for entry in entries {
            let (raw, at) = (&entry.raw, entry.at);
            let decision = self.needed(at, "decision", raw.decision.as_ref());
            let option = self.needed(at, "option", raw.option.as_ref());
            if decision.is_empty() || option.is_empty() {
                continue;
            }
            let found = (
                self.resolve(at.key("decision"), "decision", &decision, |names| {
                    &names.decisions
                }),
                self.resolve(at.key("option"), "pattern", &option, |names| {
                    &names.patterns
                }),
            );
            let (Some(index), Some(pattern)) = found else {
                continue;
            };
            let (id, pattern) = (DecisionId(index as u16), PatternId(pattern as u16));
            let options = &base.decision(id).options;
            let Some(place) = options.iter().position(|other| *other == pattern) else {
                self.error_help(
                    at.key("option"),
                    format!("`{option}` is not an option of `{decision}`"),
                    Some("offer it there, or remove the witness".into()),
                );
                continue;
            };
            let witness = Witness {
                decision: id,
                option: pattern,
                requirements: self.answers(at.key("requirements"), &raw.requirements, base),
                priorities: self.levels(at.key("priorities"), &raw.priorities, base),
                decisions: self.expectations(at, "decisions", &raw.decisions),
            };
            let before = kept.insert((id, place), (entry.layer, witness));
            if before.is_some_and(|(layer, _)| layer == entry.layer) {
                self.error_help(
                    at.key("option"),
                    format!("the option `{option}` of `{decision}` has two witnesses"),
                    Some("remove one of the two".into()),
                );
            }
        }
        kept.into_values().map(|(_, witness)| witness).collect()
    }

    pub(super) fn case(&mut self, entry: &Entry<'_, RawCase>, base: &KnowledgeBase) -> Case {
        let (raw, at) = (&entry.raw, entry.at);
        let requirements = self.answers(at.key("requirements"), &raw.requirements, base);
        let priorities = self.levels(at.key("priorities"), &raw.priorities, base);
        let mut conflicts = Vec::new();
        for (index, wanted) in raw.conflicts.iter().enumerate() {
            let at = at.key("conflicts").index(index);
            self.conflict_id(at.key("id"), &wanted.id, base);
            if let Some(severity) = &wanted.severity {
                self.word(at.key("severity"), "severity", severity, SEVERITIES);
            }
            for key in &wanted.unknown {
                let known = Some("a conflict has an `id` and a `severity`".into());
                self.error_help(
                    at.key(key),
                    format!("unknown key `{}`", crate::problem::printable(key)),
                    known,
                );
            }
            conflicts.push(WantedConflict {
                id: Text::from(wanted.id.clone()),
                severity: Self::optional(wanted.severity.as_ref()),
            });
        }
        for (index, id) in raw.no_conflict.iter().enumerate() {
            let stem = id.strip_suffix("/*").unwrap_or(id);
            self.conflict_id(at.key("no_conflict").index(index), stem, base);
        }
        Case {
            id: Text::from(raw.case.clone().unwrap_or_default()),
            name: self.needed(at, "name", raw.name.as_ref()),
            requirements,
            priorities,
            expect: self.expectations(at, "expect", &raw.expect),
            forbid: self.expectations(at, "forbid", &raw.forbid),
            include: self.expectations(at, "include", &raw.include),
            decisions: self.expectations(at, "decisions", &raw.decisions),
            conflicts,
            no_conflict: Self::texts(&raw.no_conflict),
            practices: self.patterns(at.key("practices"), &raw.practices),
            not_practices: self.patterns(at.key("not_practices"), &raw.not_practices),
        }
    }

    /// Reports what can be the id of no conflict: then it would never be missed, or never be found.
    fn conflict_id(&mut self, at: At<'_>, id: &str, base: &KnowledgeBase) {
        let mut parts = id.split('/');
        let kind = parts.next().unwrap_or_default();
        let Some(about) = parts.next() else {
            let is_known = CONFLICTS.contains(&kind) || base.find_rule(kind).is_some();
            if !is_known {
                let known = base.rules.ids();
                let help = nearest(kind, known).map(|near| format!("did you mean `{near}`?"));
                let message = format!("there is no rule `{}`", crate::problem::printable(kind));
                self.error_help(at, message, help);
            }
            return;
        };
        let _ = match kind {
            "requirements" | "target" => {
                if base.find_rule(about).is_none() {
                    let message =
                        format!("there is no rule `{}`", crate::problem::printable(about));
                    self.error(at, message);
                }
                None
            }
            "hazard" => self.resolve(at, "hazard", about, |names| &names.hazards),
            "priority" | "floor" => self.resolve(at, "quality axis", about, |names| &names.axes),
            _ if CONFLICTS.contains(&kind) || kind.contains("-vs-") => {
                self.resolve(at, "pattern", about, |names| &names.patterns)
            }
            _ => {
                let message = format!(
                    "`{}` is no kind of conflict",
                    crate::problem::printable(kind)
                );
                let help = format!("one of: {}, or `axis-vs-axis`", CONFLICTS.join(", "));
                self.error_help(at, message, Some(help));
                None
            }
        };
    }

    fn expectations(
        &mut self,
        at: At<'_>,
        key: &str,
        raw: &BTreeMap<String, Vec<String>>,
    ) -> Vec<(DecisionId, Vec<PatternId>)> {
        raw.iter()
            .filter_map(|(decision, options)| {
                let at = at.key(key).key(decision);
                let index = self.resolve(at, "decision", decision, |names| &names.decisions)?;
                Some((DecisionId(index as u16), self.patterns(at, options)))
            })
            .collect()
    }
}

/// With what the ids of conflicts begin, beside those between two axes.
const CONFLICTS: &[&str] = &[
    "requirements",
    "target",
    "limit",
    "requires",
    "excludes",
    "hazard",
    "priority",
    "norm",
    "need",
    "floor",
    "complexity",
];
