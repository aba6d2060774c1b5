//! What is known: functions, interfaces, entities, requirements, estimates, priorities.

use super::super::escape::{code_cell, inline, line};
use super::super::{estimate, words};
use super::{NAMED, Page};
use crate::design::{self, Kind, Timing};
use crate::knowledge::{FactId, NodeRef, PatternId, Pick};
use crate::reasoning::{ClaimRef, Origin};

impl Page<'_> {
    pub(super) fn what_it_does(&mut self) {
        let design = self.design;
        if !design.functions.is_empty() {
            self.section(2, "What it does");
            let items: Vec<String> = design
                .functions
                .iter()
                .map(|text| format!("- {}", line(text)))
                .collect();
            self.paragraph(&items.join("\n"));
        }
        if !design.interfaces.is_empty() {
            self.section(2, "Interfaces");
            let rows = design
                .interfaces
                .iter()
                .map(|interface| {
                    let idempotent = match interface.idempotent {
                        Some(true) => "yes",
                        Some(false) => "no",
                        None => "",
                    };
                    let kind = interface.kind.map_or("", Kind::word);
                    let style = interface.style.map_or("", Timing::word);
                    vec![
                        inline(&interface.name),
                        inline(&interface.caller),
                        kind.to_owned(),
                        style.to_owned(),
                        inline(&interface.share),
                        inline(&interface.latency_told()),
                        idempotent.to_owned(),
                    ]
                })
                .collect::<Vec<_>>();
            self.table(
                &[
                    "Operation",
                    "Caller",
                    "Kind",
                    "Style",
                    "Share",
                    "Latency",
                    "Idempotent",
                ],
                &rows,
            );
        }
        if !design.entities.is_empty() {
            self.section(2, "Entities");
            let rows = design
                .entities
                .iter()
                .map(|entity| {
                    let access: Vec<String> = entity
                        .access
                        .iter()
                        .map(|access| {
                            format!("{} {}", access.by.word(), inline(&access.rate))
                                .trim()
                                .to_owned()
                        })
                        .collect();
                    let relations: Vec<String> = entity
                        .relations
                        .iter()
                        .map(|relation| inline(relation))
                        .collect();
                    vec![
                        inline(&entity.name),
                        relations.join("; "),
                        access.join("; "),
                        inline(&entity.notes),
                    ]
                })
                .collect::<Vec<_>>();
            self.table(&["Entity", "Relations", "Access", "Notes"], &rows);
        }
    }

    /// Requirements not given on which something that is taken rests, in the order of the process.
    pub(super) fn assumptions(&self) -> Vec<FactId> {
        let mut found = Vec::new();
        for entry in &self.advice.decisions {
            for option in entry.taken().iter().filter_map(|id| entry.option(*id)) {
                found.extend(words::assumptions(self.base, self.advice, option));
            }
            found.extend(&entry.hinges_on);
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|id| !self.advice.facts.state(*id).origin.is_said());
        found
    }

    pub(super) fn requirements(&mut self) {
        self.section(2, "Requirements");
        let given: Vec<FactId> = self
            .base
            .requirement_ids()
            .map(|(id, _)| id)
            .filter(|id| self.advice.facts.state(*id).origin == Origin::Given)
            .collect();
        if given.is_empty() {
            self.paragraph("No answer was given yet: everything below rests on assumptions.");
        } else {
            let rows: Vec<Vec<String>> = given.iter().map(|id| self.answer(*id)).collect();
            self.table(&["Given", "Answer", "Id"], &rows);
        }
        let (situation, _) = design::situation(self.design, self.base, None, None);
        let denied: Vec<String> = (design::denials(self.base, self.design, &situation).iter())
            .map(|denial| {
                let (_, label, _) = self.base.fact(denial.requirement);
                inline(&format!(
                    "{label} is {}, but {}",
                    denial.answer, denial.said
                ))
            })
            .map(|text| format!("- {text}"))
            .collect();
        if !denied.is_empty() {
            self.paragraph(
                "The interfaces and entities contradict answers, which stand meanwhile:",
            );
            self.paragraph(&denied.join("\n"));
        }
        let inferred: Vec<FactId> = (self.base.requirement_ids().map(|(id, _)| id))
            .filter(|id| self.advice.facts.state(*id).origin == Origin::Inferred)
            .collect();
        if !inferred.is_empty() {
            self.paragraph("The interfaces and entities say the following:");
            let rows: Vec<Vec<String>> = inferred.iter().map(|id| self.answer(*id)).collect();
            self.table(&["Inferred", "Answer", "Id"], &rows);
        }
        let assumed = self.assumptions();
        if !assumed.is_empty() {
            self.paragraph("Nobody has said the following yet, and something below rests on it:");
            let rows: Vec<Vec<String>> = assumed
                .iter()
                .map(|id| {
                    let mut row = self.answer(*id);
                    row.insert(2, self.advice.facts.state(*id).origin.word().to_owned());
                    row
                })
                .collect();
            self.table(&["Not given", "In use", "Origin", "Id"], &rows);
        }
    }

    pub(super) fn answer(&self, id: FactId) -> Vec<String> {
        let (name, label, _) = self.base.fact(id);
        vec![
            inline(label),
            inline(&words::value(self.base, self.advice, id)),
            code_cell(name),
        ]
    }

    pub(super) fn estimates(&mut self) {
        let facts = &self.advice.facts;
        let rows: Vec<Vec<String>> = estimate::derivations(self.base, facts)
            .into_iter()
            .filter_map(|id| Some((id, estimate::formula(self.base, facts, id)?)))
            .filter(|(id, (formula, _))| {
                facts.state(*id).origin == Origin::Derived
                    && !facts.given_behind(self.base, formula).is_empty()
                    // What only repeats another fact says nothing new.
                    && formula.nodes().len() > 1
                    && self.decides_something(*id)
            })
            .map(|(id, (_, formula))| {
                let inputs: Vec<String> = estimate::inputs(self.base, facts, id)
                    .into_iter()
                    .map(|input| {
                        let (name, _, kind) = self.base.fact(input.id);
                        let mark = match input.origin {
                            Origin::Assumed => " (assumed)",
                            Origin::Inferred => " (inferred)",
                            Origin::Given | Origin::Derived | Origin::Unknown => "",
                        };
                        format!(
                            "{} {}{mark}",
                            code_cell(name),
                            inline(&kind.display(facts.state(input.id).value))
                        )
                    })
                    .collect();
                vec![
                    inline(self.base.fact(id).1),
                    inline(&words::value(self.base, self.advice, id)),
                    if inputs.is_empty() {
                        code_cell(formula)
                    } else {
                        format!("{} with {}", code_cell(formula), inputs.join(", "))
                    },
                ]
            })
            .collect();
        if rows.is_empty() {
            return;
        }
        self.section(2, "Estimates");
        let shown = rows.len();
        self.table(&["Quantity", "Value", "Derivation"], &rows);
        let more = self.base.quantities.len().saturating_sub(shown);
        if more > 0 {
            self.paragraph(&format!(
                "These bear on a decision; `archadvisor estimate` derives {more} more."
            ));
        }
    }

    /// Whether a condition of some pattern or decision reads a quantity.
    pub(super) fn decides_something(&self, id: FactId) -> bool {
        let readers = self.base.graph().into(NodeRef::Fact(id));
        readers
            .iter()
            .any(|edge| matches!(edge.other, NodeRef::Pattern(_) | NodeRef::Decision(_)))
    }

    pub(super) fn priorities(&mut self) {
        self.section(2, "Quality axes");
        self.paragraph("What matters how much, and what the whole design does to it.");
        let rows: Vec<Vec<String>> = self
            .base
            .axis_ids()
            .zip(&self.advice.priorities)
            .zip(&self.advice.verdicts)
            .map(|((id, priority), verdict)| {
                let level = self.base.level_name(priority.level);
                let origin = match (priority.given, priority.implied) {
                    (true, _) => String::new(),
                    (false, Some((_, rule))) => {
                        let because = self
                            .base
                            .implied
                            .get(rule)
                            .map_or("", |implied| implied.because.as_str());
                        format!(" (from the answers: {})", inline(because))
                    }
                    (false, None) => " (nothing said)".to_owned(),
                };
                let side = |claims: &[(ClaimRef, i8)]| {
                    let mut claims: Vec<&(ClaimRef, i8)> = claims.iter().collect();
                    // What a decision between options brings says more than what every design has.
                    claims.sort_by_key(|(claim, effect)| {
                        (-effect.abs(), !self.is_picked(claim.pattern))
                    });
                    let mut names: Vec<String> = claims
                        .iter()
                        .take(NAMED)
                        .map(|(claim, _)| self.pattern(claim.pattern))
                        .collect();
                    if claims.len() > NAMED {
                        names.push(format!("{} more", claims.len() - NAMED));
                    }
                    names.join(", ")
                };
                vec![
                    inline(&self.base.axis(id).name),
                    format!("{}{origin}", inline(level)),
                    words::axis(verdict.label).to_owned(),
                    side(&verdict.helps),
                    side(&verdict.hurts),
                ]
            })
            .collect();
        self.table(
            &["Axis", "Priority", "Verdict", "Helped by", "Hurt by"],
            &rows,
        );
    }

    /// Whether a pattern is taken in a decision between options.
    pub(super) fn is_picked(&self, pattern: PatternId) -> bool {
        let decisions = self
            .advice
            .decisions
            .iter()
            .filter(|entry| self.base.decision(entry.id).pick == Pick::One);
        decisions
            .into_iter()
            .any(|entry| entry.taken().contains(&pattern))
    }
}
