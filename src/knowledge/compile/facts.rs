//! Requirements and quantities, and the order in which they are computed.

use super::{At, Compiler, Entry, unsound};
use crate::expression::{FactType, Scope, Unit, compile_formula};
use crate::knowledge::raw::{RawKind, RawQuantity, RawRequirement, scalar_text};
use crate::knowledge::{
    Choice, DefaultAnswer, FactId, FactKind, KnowledgeBase, Quantity, Requirement, Text,
};
use crate::problem::nearest;
use std::collections::BTreeMap;

fn unit_of(text: Option<&str>) -> Unit {
    text.and_then(|text| Unit::parse(text).ok())
        .unwrap_or_else(Unit::plain)
}

pub(super) fn requirement_type(raw: &RawRequirement) -> FactType {
    match raw.kind {
        Some(RawKind::Bool) => FactType::Bool,
        Some(RawKind::Enum) => FactType::Choice(
            raw.values
                .iter()
                .filter_map(|choice| choice.value.clone())
                .collect(),
        ),
        _ => FactType::Number(unit_of(raw.unit.as_deref()).dimension),
    }
}

pub(super) fn quantity_type(raw: &RawQuantity) -> FactType {
    if raw.kind == Some(RawKind::Bool) || raw.unit.as_deref() == Some("bool") {
        FactType::Bool
    } else {
        FactType::Number(unit_of(raw.unit.as_deref()).dimension)
    }
}

impl Compiler<'_> {
    fn unit(&mut self, at: At<'_>, text: Option<&String>) -> Unit {
        match text.map(|text| Unit::parse(text)) {
            None => Unit::plain(),
            Some(Ok(unit)) => unit,
            Some(Err(part)) => {
                let help =
                    nearest(&part, Unit::names()).map(|near| format!("did you mean `{near}`?"));
                self.error_help(at.key("unit"), format!("`{part}` is not a unit"), help);
                Unit::plain()
            }
        }
    }

    pub(super) fn requirement(
        &mut self,
        entry: &Entry<'_, RawRequirement>,
        groups: &[String],
    ) -> Requirement {
        let (raw, at) = (&entry.raw, entry.at);
        let group = self.needed(at, "group", raw.group.as_ref());
        if !group.is_empty() && !groups.iter().any(|name| *name == *group) {
            let help = nearest(&group, groups.iter().map(String::as_str))
                .map(|near| format!("did you mean `{near}`?"));
            self.error_help(
                at.key("group"),
                format!(
                    "no step asks the group `{}`",
                    crate::problem::printable(&group)
                ),
                help,
            );
        }
        let kind = match raw.kind {
            Some(RawKind::Bool) => FactKind::Bool,
            Some(RawKind::Enum) => {
                if raw.values.len() < 2 || raw.values.len() > 32 {
                    self.error(at.key("values"), "a choice has 2 to 32 `values`");
                }
                let values = (raw.values.iter())
                    .map(|choice| Choice {
                        value: Text::from(choice.value.clone().unwrap_or_default()),
                        means: Text::from(choice.means.clone().unwrap_or_default()),
                        called: Self::texts(&choice.called),
                    })
                    .collect();
                FactKind::Choice {
                    values,
                    ordered: raw.order,
                }
            }
            Some(RawKind::Number) => {
                let unit = self.unit(at, raw.unit.as_ref());
                let (min, max) = (raw.min.unwrap_or(0.0), raw.max.unwrap_or(f64::INFINITY));
                if raw.max.is_none() || raw.min.is_none() {
                    self.error(at, "a number needs `min` and `max`");
                }
                if min > max {
                    self.error(
                        at.key("max"),
                        format!("`max` {max} is less than `min` {min}"),
                    );
                }
                FactKind::Number {
                    min: unit.to_base(min),
                    max: unit.to_base(max),
                    unit,
                }
            }
            None => {
                // One that cannot be read is told already.
                if at.node.get("type").is_none() {
                    self.error_help(at, "`type` is missing", Some("number, enum or bool".into()));
                }
                FactKind::Bool
            }
        };
        let default = self.default_answer(raw, at, &kind);
        let uncertain = raw.uncertain.as_ref().and_then(|range| {
            let FactKind::Number { unit, min, max } = &kind else {
                return None;
            };
            let [low, high] = range.as_slice() else {
                self.error(at.key("uncertain"), "`uncertain` is a range: [least, most]");
                return None;
            };
            let (low, high) = (unit.to_base(*low), unit.to_base(*high));
            if low > high || low < *min || high > *max {
                self.error(
                    at.key("uncertain"),
                    "`uncertain` must rise and lie within `min` and `max`",
                );
            }
            Some((low, high))
        });
        if raw.inferred_from.is_some_and(|from| !from.fits(&kind)) {
            self.error_help(
                at.key("inferred_from"),
                "this says nothing that is an answer of this type",
                Some("the schema tells what each word infers".into()),
            );
        }
        Requirement {
            id: Text::from(raw.requirement.clone().unwrap_or_default()),
            name: self.needed(at, "name", raw.name.as_ref()),
            group,
            default,
            formula: Self::optional(raw.formula.as_ref()),
            uncertain,
            inferred_from: raw.inferred_from,
            unless_called: Self::texts(&raw.unless_called),
            question: self.needed(at, "question", raw.question.as_ref()),
            why: self.needed(at, "why", raw.why.as_ref()),
            note: Self::optional(raw.note.as_ref()),
            quick: raw.quick,
            kind,
            seed: Self::texts(&raw.seed),
        }
    }

    fn default_answer(
        &mut self,
        raw: &RawRequirement,
        at: At<'_>,
        kind: &FactKind,
    ) -> DefaultAnswer {
        let Some(default) = &raw.default else {
            self.error_help(
                at,
                "`default` is missing",
                Some("a value, `derived` (with `formula`) or `unknown`".into()),
            );
            return DefaultAnswer::Unknown;
        };
        let text = scalar_text(default).unwrap_or_default();
        if text == "derived" {
            let Some(formula) = &raw.formula else {
                self.error(at.key("default"), "a derived default needs a `formula`");
                return DefaultAnswer::Unknown;
            };
            return match compile_formula(formula, &self.names, &requirement_type(raw)) {
                Ok(expression) => DefaultAnswer::Formula(expression),
                Err(faults) => {
                    let wanted = requirement_type(raw);
                    let meant = (self.suspects).meant(formula, faults.len(), |names| {
                        compile_formula(formula, names, &wanted)
                    });
                    meant.map_or_else(
                        || {
                            self.faults(at.key("formula"), faults);
                            DefaultAnswer::Unknown
                        },
                        DefaultAnswer::Formula,
                    )
                }
            };
        }
        if text == "unknown" {
            return DefaultAnswer::Unknown;
        }
        match kind {
            FactKind::Number { unit, min, max } => {
                if let Ok(number) = text.parse::<f64>() {
                    let value = unit.to_base(number);
                    if value < *min || value > *max {
                        self.error(
                            at.key("default"),
                            format!("the default {number} is out of range"),
                        );
                    }
                    DefaultAnswer::Number(value)
                } else {
                    self.error(
                        at.key("default"),
                        format!(
                            "the default `{}` is not a number",
                            crate::problem::printable(&text)
                        ),
                    );
                    DefaultAnswer::Unknown
                }
            }
            FactKind::Bool => match text.as_str() {
                "true" => DefaultAnswer::Bool(true),
                "false" => DefaultAnswer::Bool(false),
                _ => {
                    self.error(
                        at.key("default"),
                        "the default of a yes/no question is true or false",
                    );
                    DefaultAnswer::Unknown
                }
            },
            FactKind::Choice { values, .. } => {
                if let Some(index) = values
                    .iter()
                    .position(|choice| choice.value == text.as_str())
                {
                    DefaultAnswer::Choice(index as u8)
                } else {
                    let help = nearest(&text, values.iter().map(|choice| choice.value.as_str()));
                    let help = help.map(|near| format!("did you mean `{near}`?"));
                    self.error_help(
                        at.key("default"),
                        format!(
                            "the default `{}` is not one of the values",
                            crate::problem::printable(&text)
                        ),
                        help,
                    );
                    DefaultAnswer::Unknown
                }
            }
        }
    }

    pub(super) fn quantity(&mut self, entry: &Entry<'_, RawQuantity>) -> Quantity {
        let (raw, at) = (&entry.raw, entry.at);
        let wanted = quantity_type(raw);
        let kind = if wanted == FactType::Bool {
            FactKind::Bool
        } else {
            FactKind::Number {
                unit: self.unit(at, raw.unit.as_ref()),
                min: f64::NEG_INFINITY,
                max: f64::INFINITY,
            }
        };
        let text = self.needed(at, "formula", raw.formula.as_ref());
        let formula = if text.is_empty() {
            None
        } else {
            compile_formula(&text, &self.names, &wanted)
                .or_else(|faults| {
                    let meant = (self.suspects).meant(&text, faults.len(), |names| {
                        compile_formula(&text, names, &wanted)
                    });
                    meant.ok_or_else(|| {
                        let id = raw.quantity.as_deref().unwrap_or_default();
                        self.suspects.told(id, self.problems.len());
                        self.faults(at.key("formula"), faults);
                    })
                })
                .ok()
        };
        Quantity {
            id: Text::from(raw.quantity.clone().unwrap_or_default()),
            name: self.needed(at, "name", raw.name.as_ref()),
            kind,
            text,
            formula: formula.unwrap_or_else(unsound),
            because: self.needed(at, "because", raw.because.as_ref()),
            turns: self.turns(at.key("turns"), &raw.turns),
            figure: Self::optional(raw.figure.as_ref()),
            sources: self.sources(at.key("sources"), &raw.sources),
            seed: Self::texts(&raw.seed),
        }
    }

    /// The facts in which a formula may turn, each with its reason.
    fn turns(&mut self, at: At<'_>, raw: &BTreeMap<String, String>) -> Vec<(FactId, Text)> {
        let mut turns = Vec::new();
        for (name, because) in raw {
            let Some((id, _)) = self.names.fact(name) else {
                let help = self.names.nearest_fact(name);
                self.error_help(
                    at.key(name),
                    format!(
                        "there is no requirement or quantity `{}`",
                        crate::problem::printable(name)
                    ),
                    help.map(|near| format!("did you mean `{near}`?")),
                );
                continue;
            };
            let because = self.needed(at, name, Some(because));
            turns.push((id, because));
        }
        turns
    }

    /// Orders the facts so that each follows those its formula reads, and reports formulas that read themselves.
    pub(super) fn evaluation_order(
        &mut self,
        base: &mut KnowledgeBase,
        requirements: &[&Entry<'_, RawRequirement>],
        quantities: &[&Entry<'_, RawQuantity>],
    ) {
        let count = base.fact_count();
        let reads: Vec<Vec<FactId>> = (0..count as u16)
            .map(|index| {
                match (
                    base.requirement(FactId(index)),
                    base.quantity(FactId(index)),
                ) {
                    (
                        Some(Requirement {
                            default: DefaultAnswer::Formula(formula),
                            ..
                        }),
                        _,
                    ) => formula.facts(),
                    (_, Some(quantity)) => quantity.formula.facts(),
                    _ => Vec::new(),
                }
            })
            .collect();
        let mut placed = vec![false; count];
        let mut order = Vec::with_capacity(count);
        loop {
            let before = order.len();
            for index in 0..count {
                let ready = !placed[index] && reads[index].iter().all(|read| placed[read.index()]);
                if ready {
                    placed[index] = true;
                    order.push(FactId(index as u16));
                }
            }
            if order.len() == before {
                break;
            }
        }
        for cycle in cycles(&reads, &placed) {
            let Some(&first) = cycle.first() else {
                continue;
            };
            let at = match requirements.get(first) {
                Some(entry) => entry.at,
                None => match quantities.get(first - requirements.len()) {
                    Some(entry) => entry.at,
                    None => continue,
                },
            };
            let name = |index: &usize| {
                self.names
                    .facts
                    .get(*index)
                    .map_or("", |(name, _)| name.as_str())
            };
            let path: Vec<&str> = cycle.iter().chain([&first]).map(name).collect();
            let message = format!(
                "the formula of `{}` depends on itself: {}",
                name(&first),
                path.join(" → ")
            );
            self.error_help(
                at.key("formula"),
                message,
                Some("take one of these out of the formula before it".into()),
            );
        }
        base.evaluation_order = order;
    }
}

/// The rings among facts that could not be ordered, each once and from its first fact on; what only reads a ring is no
/// part of it.
fn cycles(reads: &[Vec<FactId>], placed: &[bool]) -> Vec<Vec<usize>> {
    let mut walked = placed.to_vec();
    let mut found = Vec::new();
    for start in 0..reads.len() {
        // Whatever is not placed reads something that is not placed, so the walk ends where it has been.
        let mut path: Vec<usize> = Vec::new();
        let mut here = Some(start);
        while let Some(index) = here.filter(|index| !walked[*index]) {
            walked[index] = true;
            path.push(index);
            here = reads[index]
                .iter()
                .map(|read| read.index())
                .find(|read| !placed[*read]);
        }
        if let Some(ring) = here.and_then(|end| path.iter().position(|index| *index == end)) {
            let mut ring = path.split_off(ring);
            let least = (0..ring.len())
                .min_by_key(|index| ring[*index])
                .unwrap_or(0);
            ring.rotate_left(least);
            found.push(ring);
        }
    }
    found
}
