//! Patterns with their effects and limits, and what must hold among them.

use super::{At, Compiler, Entry};
use crate::knowledge::raw::{FACETS, RawClaim, RawKb, RawLimit, RawPattern};
use crate::knowledge::{
    AxisId, Basis, Claim, Condition, Confidence, Driver, Effect, Example, Guidance, HazardId,
    KnowledgeBase, Lazy, Limit, Norm, Pattern, PatternId, SourceId, Support, Text, fold,
};
use crate::problem::nearest;
use std::collections::{BTreeMap, BTreeSet};

impl Compiler<'_> {
    /// Reports categories that are probably misspelt: those of a single pattern that lies in no folder of that name.
    pub(super) fn categories(&mut self, patterns: &[&Entry<'_, RawPattern>]) {
        let category = |entry: &Entry<'_, RawPattern>| {
            let category = entry.raw.category.clone();
            category.filter(|category| !category.is_empty())
        };
        let lies_in_it = |entry: &Entry<'_, RawPattern>, category: &str| {
            let mut folders = entry.at.document.file.rsplit(['/', '\\']).skip(1);
            folders.next() == Some(category)
        };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut homes = BTreeSet::new();
        for entry in patterns {
            let Some(category) = category(entry) else {
                continue;
            };
            if lies_in_it(entry, &category) {
                homes.insert(category.clone());
            }
            *counts.entry(category).or_default() += 1;
        }
        let is_known = |category: &str| homes.contains(category) || counts[category] > 1;
        let known: Vec<&str> = (counts.keys().map(String::as_str))
            .filter(|category| is_known(category))
            .collect();
        for entry in patterns {
            let Some(category) = category(entry).filter(|category| !is_known(category)) else {
                continue;
            };
            let begin = "a new one begins with a folder of its name around the file";
            let help = match nearest(&category, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? {begin}"),
                None if known.is_empty() => begin.to_owned(),
                None => format!("one of: {}; {begin}", known.join(", ")),
            };
            let message = format!("`{}` is no category", crate::problem::printable(&category));
            self.error_help(entry.at.key("category"), message, Some(help));
        }
    }

    fn claim(&mut self, raw: &RawClaim, at: At<'_>, pattern_sources: &[SourceId]) -> Claim {
        let value = raw.value.unwrap_or_else(|| {
            self.error_help(at, "`value` is missing", Some("from -2 to +2".into()));
            0
        });
        if !(-2..=2).contains(&value) {
            self.error_help(
                at.key("value"),
                format!("an effect is -2 to +2, not {value}"),
                None,
            );
        }
        let because = raw.because.clone().unwrap_or_default();
        if because.trim().is_empty() && value != 0 {
            self.error_help(
                at,
                "an effect needs a reason",
                Some("add `because:` with the mechanism".into()),
            );
        }
        if let Some(facet) = &raw.facet {
            self.word(at.key("facet"), "facet", facet, FACETS);
        }
        let own = self.sources(at.key("sources"), &raw.sources);
        Claim {
            value: value.clamp(-2, 2),
            when: self.condition(at, "when", raw.when.as_ref()),
            basis: raw.basis.unwrap_or(Basis::Judgement),
            confidence: raw.confidence.unwrap_or(Confidence::Medium),
            support: Lazy::from(Support {
                because: Text::from(because.trim_end().to_owned()),
                facet: Self::optional(raw.facet.as_ref()),
                sources: if own.is_empty() {
                    pattern_sources.to_vec()
                } else {
                    own
                },
            }),
        }
    }

    fn effects(&mut self, raw: &RawPattern, at: At<'_>, sources: &[SourceId]) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (axis, cases) in &raw.effects {
            let list = at.key("effects").key(axis);
            let Some(index) = self.resolve(list, "quality axis", axis, |names| &names.axes) else {
                continue;
            };
            let claims: Vec<Claim> = cases
                .iter()
                .enumerate()
                .map(|(index, claim)| self.claim(claim, list.index(index), sources))
                .collect();
            for (index, claim) in cases.iter().enumerate() {
                let last = index + 1 == cases.len();
                if last && claim.when.is_some() {
                    self.error_help(
                        list.index(index),
                        "the last case of an effect must hold always",
                        Some("add a final case without `when`, such as `- value: 0`".into()),
                    );
                } else if !last && claim.when.is_none() {
                    self.error_help(
                        list.index(index + 1),
                        "this case can never be reached",
                        Some("the case before it has no `when`".into()),
                    );
                }
            }
            if !claims.is_empty() {
                effects.push(Effect {
                    axis: AxisId(index as u8),
                    cases: claims.into(),
                });
            }
        }
        effects.sort_by_key(|effect| effect.axis);
        effects
    }

    fn limit(&mut self, raw: &RawLimit, at: At<'_>, pattern_sources: &[SourceId]) -> Option<Limit> {
        if raw.when.is_none() {
            self.error_help(at, "a limit needs a condition", Some("add `when:`".into()));
        }
        let own = self.sources(at.key("sources"), &raw.sources);
        let id = self.needed(at, "id", raw.id.as_ref());
        let because = self.needed(at, "because", raw.because.as_ref());
        Some(Limit {
            id,
            when: self.condition(at, "when", raw.when.as_ref())?,
            because,
            sources: if own.is_empty() {
                pattern_sources.to_vec()
            } else {
                own
            },
            confidence: raw.confidence.unwrap_or(Confidence::Medium),
        })
    }

    pub(super) fn pattern(&mut self, entry: &Entry<'_, RawPattern>) -> Pattern {
        let (raw, at) = (&entry.raw, entry.at);
        let id = raw.pattern.clone().unwrap_or_default();
        let stem = at
            .document
            .file
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .trim_end_matches(".yaml");
        if stem != id {
            self.error_help(
                at.key("pattern"),
                format!("the pattern `{id}` lies in a file named `{stem}.yaml`"),
                Some(format!("name the file `{id}.yaml`")),
            );
        }
        let sources = self.sources(at.key("sources"), &raw.sources);
        // A source that does not exist is reported as that, not as none.
        if raw.sources.is_empty() {
            self.error_help(
                at,
                format!("the pattern `{id}` has no source"),
                Some("add `sources: [...]`".into()),
            );
        }
        let complexity = raw.complexity.unwrap_or_else(|| {
            self.error_help(
                at,
                "`complexity` is missing",
                Some("from 0 to 5: moving parts a team must operate".into()),
            );
            0
        });
        if complexity > 5 {
            self.error(
                at.key("complexity"),
                format!("complexity is 0 to 5, not {complexity}"),
            );
        }
        let driver = self
            .condition(at, "driver", raw.driver.as_ref())
            .map(|when| {
                Lazy::from(Driver {
                    because: Self::optional(raw.driver_because.as_ref())
                        .unwrap_or_else(|| when.text.clone()),
                    when,
                })
            });
        let norm = raw.norm.as_ref().and_then(|norm| {
            let at = at.key("norm");
            let own = self.sources(at.key("sources"), &norm.sources);
            let because = self.needed(at, "because", norm.because.as_ref());
            if norm.unless.is_none() {
                self.error_help(
                    at,
                    "a norm says when it does not apply",
                    Some("add `unless:`".into()),
                );
            }
            Some(Lazy::from(Norm {
                unless: self.condition(at, "unless", norm.unless.as_ref())?,
                because,
                sources: if own.is_empty() { sources.clone() } else { own },
            }))
        });
        let mut limit_ids: Vec<&str> = Vec::new();
        for (index, limit) in raw.limits.iter().enumerate() {
            if let Some(limit) = limit.id.as_deref() {
                if limit_ids.contains(&limit) {
                    self.error(
                        at.key("limits").index(index),
                        format!("two limits are called `{limit}`"),
                    );
                }
                limit_ids.push(limit);
            }
        }
        let mut examples = Vec::new();
        for (index, example) in raw.examples.iter().enumerate() {
            if example.name.is_empty() {
                self.error(
                    at.key("examples").index(index),
                    "an example is a name, or a mapping with a name",
                );
            }
            let status = example.status.clone().map(Text::from);
            examples.push(Example {
                name: Text::from(example.name.clone()),
                status,
            });
        }
        Pattern {
            id: Text::from(id),
            name: self.needed(at, "name", raw.name.as_ref()),
            aliases: Self::texts(&raw.aliases),
            what: self.needed(at, "what", raw.what.as_ref()),
            guidance: Guidance {
                plain: Self::optional(raw.plain.as_ref()),
                use_when: Self::texts(&raw.use_when),
                avoid_when: Self::texts(&raw.avoid_when),
                verify: Self::texts(&raw.verify),
                mistakes: Self::texts(&raw.mistakes),
            }
            .into(),
            step: self.step_id(at, raw.step.as_ref()),
            category: self.needed(at, "category", raw.category.as_ref()),
            component: raw.component,
            complexity,
            antipattern: raw.antipattern,
            reference: raw.reference,
            reviewed: Self::optional(raw.reviewed.as_ref()),
            applies: (self.condition(at, "use", raw.applies.as_ref())).map(Lazy::from),
            driver,
            norm,
            effects: self.effects(raw, at, &sources),
            limits: (raw.limits.iter().enumerate())
                .filter_map(|(index, limit)| {
                    self.limit(limit, at.key("limits").index(index), &sources)
                })
                .collect::<Vec<_>>()
                .into(),
            requires: (raw.requires.iter().enumerate())
                .map(|(index, group)| self.patterns(at.key("requires").index(index), group))
                .collect(),
            excludes: self.patterns(at.key("excludes"), &raw.excludes),
            complements: self.patterns(at.key("complements"), &raw.complements),
            alternatives: self.patterns(at.key("alternatives"), &raw.alternatives),
            specialises: self.patterns(at.key("specialises"), &raw.specialises),
            migrates_to: self.patterns(at.key("migrates_to"), &raw.migrates_to),
            opens: self.hazards(at.key("opens"), &raw.opens),
            closes: self.hazards(at.key("closes"), &raw.closes),
            closes_when: self.closes_when(raw, at).into(),
            examples: examples.into(),
            sources,
            seed: Self::texts(&raw.seed).into(),
        }
    }

    /// The conditions on which hazards are taken away; each must be among those that are.
    fn closes_when(&mut self, raw: &RawPattern, at: At<'_>) -> Vec<(HazardId, Condition)> {
        let at = at.key("closes_when");
        let mut found = Vec::new();
        for (name, text) in &raw.closes_when {
            if !raw.closes.contains(name) {
                let help = nearest(name, raw.closes.iter().map(String::as_str))
                    .map(|near| format!("did you mean `{near}`?"));
                let help = help.unwrap_or_else(|| "name it under `closes` too".to_owned());
                let name = crate::problem::printable(name);
                let message = format!("`closes` does not name the hazard `{name}`");
                self.error_help(at.key(&name), message, Some(help));
                continue;
            }
            let condition = self.condition(at, name, Some(text));
            let mut hazards = self.names.hazards.iter();
            let place = hazards.position(|hazard| hazard == name);
            found.extend(place.map(|index| HazardId(index as u16)).zip(condition));
        }
        found
    }

    /// Makes `alternatives` symmetric, and demands that `excludes` is written on both sides.
    pub(super) fn symmetry(
        &mut self,
        base: &mut KnowledgeBase,
        entries: &[&Entry<'_, RawPattern>],
    ) {
        for index in 0..base.patterns.len() {
            let id = PatternId(index as u16);
            for other in base.patterns[index].excludes.clone() {
                if !base.pattern(other).excludes.contains(&id) {
                    let (name, other) =
                        (base.pattern(id).id.clone(), base.pattern(other).id.clone());
                    if let Some(entry) = entries.get(index) {
                        self.error_help(
                            entry.at.key("excludes"),
                            format!("`{name}` excludes `{other}`, but not the other way round"),
                            Some(format!("add `{name}` to the excludes of `{other}`")),
                        );
                    }
                }
            }
            for other in base.patterns[index].alternatives.clone() {
                if other == id {
                    continue;
                }
                let theirs = &mut base.patterns[other.index()].alternatives;
                if !theirs.contains(&id) {
                    theirs.push(id);
                    theirs.sort();
                }
            }
        }
    }

    /// No alias or name may stand for two patterns.
    pub(super) fn aliases(&mut self, base: &KnowledgeBase, entries: &[&Entry<'_, RawPattern>]) {
        let mut owner: BTreeMap<String, usize> = BTreeMap::new();
        for (index, pattern) in base.patterns.iter().enumerate() {
            owner.insert(fold(&pattern.id), index);
        }
        for (index, pattern) in base.patterns.iter().enumerate() {
            owner.entry(fold(&pattern.name)).or_insert(index);
        }
        for (index, pattern) in base.patterns.iter().enumerate() {
            for (place, alias) in pattern.aliases.iter().enumerate() {
                match owner.insert(fold(alias), index) {
                    Some(other) if other != index => {
                        let other = &base.patterns[other].id;
                        if let Some(entry) = entries.get(index) {
                            self.error(
                                entry.at.key("aliases").index(place),
                                format!(
                                    "`{}` already stands for `{other}`",
                                    crate::problem::printable(alias)
                                ),
                            );
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Gives patterns without a date of review that of the base they belong to.
pub(super) fn reviewed(
    base: &mut KnowledgeBase,
    patterns: &[&Entry<'_, RawPattern>],
    kb: &[Entry<'_, RawKb>],
) {
    let Some(kb) = kb.last() else { return };
    let Some(date) = &kb.raw.reviewed else { return };
    for (index, entry) in patterns.iter().enumerate() {
        if entry.layer == kb.layer && base.patterns[index].reviewed.is_none() {
            base.patterns[index].reviewed = Some(Text::from(date.clone()));
        }
    }
}
