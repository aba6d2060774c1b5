//! Decisions, and which of them conditions may ask for.

use super::{Compiler, Entry};
use crate::knowledge::raw::{RawDecision, RawPattern};
use crate::knowledge::{Decision, DecisionId, KnowledgeBase, PatternId, Pick, Text};

impl Compiler<'_> {
    pub(super) fn decision(&mut self, entry: &Entry<'_, RawDecision>) -> Decision {
        let (raw, at) = (&entry.raw, entry.at);
        let options = self.patterns(at.key("options"), &raw.options);
        if raw.options.len() < 2 {
            self.error(at.key("options"), "a decision has at least two options");
        }
        let baseline = raw.baseline.as_ref().and_then(|id| {
            let index = self.resolve(at.key("baseline"), "pattern", id, |names| &names.patterns)?;
            let pattern = PatternId(index as u16);
            if !options.contains(&pattern) {
                self.error(
                    at.key("baseline"),
                    format!("the baseline `{id}` is not among the options"),
                );
            }
            Some(pattern)
        });
        if raw.pick.is_none() {
            self.error_help(at, "`pick` is missing", Some("one or many".into()));
        }
        Decision {
            id: Text::from(raw.decision.clone().unwrap_or_default()),
            name: self.needed(at, "name", raw.name.as_ref()),
            question: self.needed(at, "question", raw.question.as_ref()),
            step: self.step_id(at, raw.step.as_ref()),
            pick: raw.pick.unwrap_or(Pick::One),
            core: raw.core,
            when: self.condition(at, "when", raw.when.as_ref()),
            called_for: self.condition(at, "called_for", raw.called_for.as_ref()),
            least_sufficient: raw.least_sufficient,
            baseline,
            reversal: raw.reversal.unwrap_or_default(),
            component: raw.component.unwrap_or_default(),
            options,
            seed: Self::texts(&raw.seed),
        }
    }

    /// Conditions of a decision and of its options may ask only for options of strictly earlier decisions.
    pub(super) fn looking_back(
        &mut self,
        base: &KnowledgeBase,
        entries: &[&Entry<'_, RawPattern>],
        decisions: &[&Entry<'_, RawDecision>],
    ) {
        let mut last_decision = vec![None; base.patterns.len()];
        let mut first_decision = vec![None; base.patterns.len()];
        for id in base.decision_ids() {
            for option in &base.decision(id).options {
                last_decision[option.index()] = Some(id);
                first_decision[option.index()].get_or_insert(id);
            }
        }
        for (index, decision) in base.decisions.iter().enumerate() {
            let here = DecisionId(index as u16);
            for (key, condition) in [
                ("when", &decision.when),
                ("called_for", &decision.called_for),
            ] {
                for asked in condition
                    .iter()
                    .flat_map(|condition| condition.expression.patterns())
                {
                    let disabled = base.pattern(asked).reference;
                    if key == "called_for"
                        || !disabled && last_decision[asked.index()].is_none_or(|last| last >= here)
                    {
                        let Some(entry) = decisions.get(index) else {
                            continue;
                        };
                        let message = if key == "called_for" {
                            "`called_for` speaks of requirements alone".to_owned()
                        } else {
                            format!(
                                "`{}` is not an option of an earlier decision",
                                base.pattern(asked).id
                            )
                        };
                        self.error(entry.at.key(key), message);
                    }
                }
            }
        }
        for (index, pattern) in base.patterns.iter().enumerate() {
            let Some(here) = first_decision[index] else {
                continue;
            };
            let many = base.decision(here).pick == Pick::Many;
            let conditions = (pattern.effects.iter())
                .flat_map(|effect| effect.cases.iter().filter_map(|claim| claim.when.as_ref()))
                .chain(pattern.limits.iter().map(|limit| &limit.when))
                .chain(pattern.driver.iter().map(|driver| &driver.when))
                .chain(pattern.norm.iter().map(|norm| &norm.unless));
            for condition in conditions.chain(pattern.applies.as_deref()) {
                for asked in condition.expression.patterns() {
                    // Options of a pick-many decision may build on options that precede them in the same decision.
                    // What an overlay disabled is offered nowhere: it is simply never chosen.
                    let fine = base.pattern(asked).reference
                        || last_decision[asked.index()]
                            .is_some_and(|last| last < here || many && last == here);
                    if !fine && let Some(entry) = entries.get(index) {
                        self.error_help(
                            entry.at,
                            format!("a condition of `{}` asks for `{}`, which is not an option of an earlier decision", pattern.id, base.pattern(asked).id),
                            Some("conditions look only at requirements and at earlier decisions".into()),
                        );
                    }
                }
            }
        }
    }
}
