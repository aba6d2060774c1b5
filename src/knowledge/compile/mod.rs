//! Raw entries to a checked base: names resolved, conditions compiled, ranges held.

mod cases;
mod decisions;
mod facts;
mod patterns;
mod rules;
mod suspects;
mod texts;

use self::facts::{quantity_type, requirement_type};
use self::patterns::reviewed;
use self::suspects::Suspects;
use super::entry::{Alternative, AxisId, Condition, FactId, HazardId, PatternId, SourceId, StepId};
use super::raw::{
    RawAlternative, RawAxis, RawCase, RawDecision, RawGuide, RawHazard, RawImplied, RawKb,
    RawPattern, RawPrecedent, RawQuantity, RawRemark, RawRequirement, RawRule, RawSource, RawStep,
    RawTradeoff, RawWitness, YEARS,
};
use super::{KnowledgeBase, Text};
use crate::expression::{Expression, FactType, Fault, Scope, compile_condition};
use crate::problem::{Place, Problem, nearest};
use crate::yaml::{Document, Node};
use std::collections::BTreeMap;

/// A place in a document, for messages.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'d> {
    pub(super) document: &'d Document,
    pub(super) node: &'d Node,
}

impl At<'_> {
    /// Goes to the value of a key, or stays when there is none.
    pub(super) fn key(self, key: &str) -> Self {
        self.node
            .get(key)
            .map_or(self, |node| Self { node, ..self })
    }

    /// Goes to an item of a list, or stays when there is none.
    pub(super) fn index(self, index: usize) -> Self {
        self.node
            .index(index)
            .map_or(self, |node| Self { node, ..self })
    }

    pub(super) fn place(self) -> Place {
        self.document.place(self.node.span)
    }

    fn place_in(self, offset: usize) -> Place {
        self.document.place_in(self.node, offset)
    }
}

/// A raw entry and where it stands.
#[derive(Debug)]
pub(super) struct Entry<'d, R> {
    pub(super) raw: R,
    pub(super) at: At<'d>,
    pub(super) layer: usize,
}

/// All raw entries of all layers, in the order read.
#[derive(Debug, Default)]
pub(super) struct Entries<'d> {
    pub(super) kb: Vec<Entry<'d, RawKb>>,
    pub(super) axes: Vec<Entry<'d, RawAxis>>,
    pub(super) requirements: Vec<Entry<'d, RawRequirement>>,
    pub(super) quantities: Vec<Entry<'d, RawQuantity>>,
    pub(super) patterns: Vec<Entry<'d, RawPattern>>,
    pub(super) decisions: Vec<Entry<'d, RawDecision>>,
    pub(super) hazards: Vec<Entry<'d, RawHazard>>,
    pub(super) sources: Vec<Entry<'d, RawSource>>,
    pub(super) rules: Vec<Entry<'d, RawRule>>,
    pub(super) implied: Vec<Entry<'d, RawImplied>>,
    pub(super) tradeoffs: Vec<Entry<'d, RawTradeoff>>,
    pub(super) precedents: Vec<Entry<'d, RawPrecedent>>,
    pub(super) steps: Vec<Entry<'d, RawStep>>,
    pub(super) remarks: Vec<(String, Entry<'d, RawRemark>)>,
    pub(super) cases: Vec<Entry<'d, RawCase>>,
    pub(super) witnesses: Vec<Entry<'d, RawWitness>>,
    pub(super) guides: Vec<Entry<'d, RawGuide>>,
}

trait Identified {
    fn id(&self) -> Option<&str>;
}

macro_rules! identified {
    ($($kind:ty: $field:ident),* $(,)?) => {
        $(impl Identified for $kind {
            fn id(&self) -> Option<&str> {
                self.$field.as_deref().filter(|id| !id.is_empty())
            }
        })*
    };
}

identified!(
    RawAxis: axis, RawRequirement: requirement, RawQuantity: quantity, RawPattern: pattern, RawDecision: decision,
    RawHazard: hazard, RawSource: source, RawRule: rule, RawImplied: implied, RawTradeoff: tradeoff,
    RawPrecedent: precedent, RawStep: step,
    RawRemark: id, RawCase: case, RawGuide: guide,
);

impl<'d> Entries<'d> {
    /// Returns where each entry stands, by `kind/id`; of an entry that a later layer replaces, the later place.
    pub(super) fn places(&self) -> BTreeMap<String, At<'d>> {
        let mut places = BTreeMap::new();
        fn add<'d, R: Identified>(
            kind: &str,
            entries: &[Entry<'d, R>],
            places: &mut BTreeMap<String, At<'d>>,
        ) {
            for entry in entries {
                if let Some(id) = entry.raw.id() {
                    places.insert(format!("{kind}/{id}"), entry.at);
                }
            }
        }
        add("axis", &self.axes, &mut places);
        add("requirement", &self.requirements, &mut places);
        add("quantity", &self.quantities, &mut places);
        add("pattern", &self.patterns, &mut places);
        add("decision", &self.decisions, &mut places);
        add("hazard", &self.hazards, &mut places);
        add("source", &self.sources, &mut places);
        add("rule", &self.rules, &mut places);
        add("implied", &self.implied, &mut places);
        add("tradeoff", &self.tradeoffs, &mut places);
        add("step", &self.steps, &mut places);
        add("case", &self.cases, &mut places);
        add("precedent", &self.precedents, &mut places);
        add("guide", &self.guides, &mut places);
        for entry in &self.witnesses {
            if let (Some(decision), Some(option)) = (&entry.raw.decision, &entry.raw.option) {
                places.insert(format!("witness/{decision}/{option}"), entry.at);
            }
        }
        for (kind, entry) in &self.remarks {
            if let Some(id) = entry.raw.id() {
                places.insert(format!("{kind}/{id}"), entry.at);
            }
        }
        places
    }
}

/// Names of everything, for resolving references.
#[derive(Clone)]
struct Names {
    axes: Vec<String>,
    facts: Vec<(String, FactType)>,
    patterns: Vec<String>,
    decisions: Vec<String>,
    hazards: Vec<String>,
    sources: Vec<String>,
    steps: Vec<String>,
}

impl Scope for Names {
    fn fact(&self, name: &str) -> Option<(FactId, FactType)> {
        let index = self.facts.iter().position(|(id, _)| id == name)?;
        self.facts
            .get(index)
            .map(|(_, kind)| (FactId(index as u16), kind.clone()))
    }

    fn pattern(&self, name: &str) -> Option<PatternId> {
        self.patterns
            .binary_search_by(|id| id.as_str().cmp(name))
            .ok()
            .map(|index| PatternId(index as u16))
    }

    fn nearest_fact(&self, name: &str) -> Option<String> {
        nearest(name, self.facts.iter().map(|(id, _)| id.as_str())).map(str::to_owned)
    }

    fn nearest_pattern(&self, name: &str) -> Option<String> {
        nearest(name, self.patterns.iter().map(String::as_str)).map(str::to_owned)
    }
}

/// What resolving needs: the names, and where problems go.
struct Compiler<'p> {
    names: Names,
    suspects: Suspects,
    problems: &'p mut Vec<Problem>,
}

/// Keeps the last layer's entry of each id, and reports an id that one layer defines twice.
fn unique<'e, 'd, R: Identified>(
    kind: &str,
    entries: &'e [Entry<'d, R>],
    problems: &mut Vec<Problem>,
) -> Vec<&'e Entry<'d, R>> {
    let mut kept: Vec<&Entry<'d, R>> = Vec::new();
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        let Some(id) = entry.raw.id() else {
            problems.push(
                Problem::error(format!("this {kind} has no id"))
                    .at(entry.at.place())
                    .help(format!("start it with `{kind}: some-id`")),
            );
            continue;
        };
        if !id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
        {
            problems.push(
                Problem::error(format!("`{}` is no id", crate::problem::printable(id)))
                    .at(entry.at.key(kind).place())
                    .help("ids are lower-case letters, digits and hyphens"),
            );
        }
        if let Some(&index) = by_id.get(id) {
            if let Some(slot) = kept.get_mut(index) {
                if slot.layer == entry.layer {
                    let first = slot.at.place();
                    problems.push(
                        Problem::error(format!("the {kind} `{id}` is defined twice"))
                            .at(entry.at.key(kind).place())
                            .help(format!(
                                "the first is at {}:{}:{}",
                                first.file, first.line, first.column
                            )),
                    );
                } else {
                    *slot = entry;
                }
            }
        } else {
            by_id.insert(id, kept.len());
            kept.push(entry);
        }
    }
    kept
}

/// Reports a remark that one layer makes twice under one id.
fn unique_remarks(remarks: &[(String, Entry<'_, RawRemark>)], problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<(usize, &str, &str), Place> = BTreeMap::new();
    for (kind, entry) in remarks {
        let Some(id) = entry.raw.id() else { continue };
        let place = entry.at.key(kind).place();
        let key = (entry.layer, kind.as_str(), id);
        if let Some(first) = seen.get(&key) {
            problems.push(
                Problem::error(format!("the {kind} `{id}` is defined twice"))
                    .at(place)
                    .help(format!(
                        "the first is at {}:{}:{}",
                        first.file, first.line, first.column
                    )),
            );
        } else {
            seen.insert(key, place);
        }
    }
}

/// Resolves and checks everything. Returns a base even when there are problems, as far as it goes.
pub(super) fn compile(
    entries: &Entries<'_>,
    overlays: Vec<String>,
    problems: &mut Vec<Problem>,
) -> Option<KnowledgeBase> {
    let axes = unique("axis", &entries.axes, problems);
    let mut requirements = unique("requirement", &entries.requirements, problems);
    let quantities = unique("quantity", &entries.quantities, problems);
    let mut patterns = unique("pattern", &entries.patterns, problems);
    let mut decisions = unique("decision", &entries.decisions, problems);
    let hazards = unique("hazard", &entries.hazards, problems);
    let sources = unique("source", &entries.sources, problems);
    let mut steps = unique("step", &entries.steps, problems);
    let rules = unique("rule", &entries.rules, problems);
    let implied = unique("implied", &entries.implied, problems);
    let tradeoffs = unique("tradeoff", &entries.tradeoffs, problems);
    let precedents = unique("precedent", &entries.precedents, problems);
    let cases = unique("case", &entries.cases, problems);
    let guides = unique("guide", &entries.guides, problems);
    unique_remarks(&entries.remarks, problems);

    steps.sort_by_key(|entry| entry.raw.number);
    let step_of = |id: &Option<String>| {
        steps
            .iter()
            .position(|step| step.raw.step == *id)
            .unwrap_or(usize::MAX)
    };
    let groups: Vec<String> = steps
        .iter()
        .flat_map(|step| step.raw.groups.clone())
        .collect();
    requirements.sort_by_key(|entry| {
        let group = entry.raw.group.as_deref().unwrap_or_default();
        groups
            .iter()
            .position(|name| name == group)
            .unwrap_or(usize::MAX)
    });
    patterns.sort_by(|left, right| left.raw.pattern.cmp(&right.raw.pattern));
    decisions.sort_by(|left, right| {
        let key = |entry: &Entry<'_, RawDecision>| {
            (
                step_of(&entry.raw.step),
                entry.raw.order,
                entry.raw.decision.clone(),
            )
        };
        key(left).cmp(&key(right))
    });

    fn ids<R: Identified>(list: &[&Entry<'_, R>]) -> Vec<String> {
        list.iter()
            .map(|entry| entry.raw.id().unwrap_or_default().to_owned())
            .collect()
    }
    let mut facts = Vec::new();
    for entry in &requirements {
        facts.push((
            entry.raw.id().unwrap_or_default().to_owned(),
            requirement_type(&entry.raw),
        ));
    }
    for entry in &quantities {
        let id = entry.raw.id().unwrap_or_default().to_owned();
        if facts.iter().any(|(name, _)| *name == id) {
            problems.push(
                Problem::error(format!("`{id}` is both a requirement and a quantity"))
                    .at(entry.at.key("quantity").place()),
            );
        }
        facts.push((id, quantity_type(&entry.raw)));
    }
    let names = Names {
        axes: ids(&axes),
        facts,
        patterns: ids(&patterns),
        decisions: ids(&decisions),
        hazards: ids(&hazards),
        sources: ids(&sources),
        steps: ids(&steps),
    };
    let mut compiler = Compiler {
        suspects: Suspects::new(&names, &quantities),
        names,
        problems,
    };
    let mut base = KnowledgeBase {
        title: Text::default(),
        version: Text::default(),
        overlays: overlays.into_iter().map(Text::from).collect(),
        priorities: Vec::new(),
        axes: axes.iter().map(|entry| compiler.axis(entry)).collect(),
        requirements: requirements
            .iter()
            .map(|entry| compiler.requirement(entry, &groups))
            .collect(),
        quantities: quantities
            .iter()
            .map(|entry| compiler.quantity(entry))
            .collect(),
        evaluation_order: Vec::new(),
        patterns: patterns
            .iter()
            .map(|entry| compiler.pattern(entry))
            .collect(),
        decisions: decisions
            .iter()
            .map(|entry| compiler.decision(entry))
            .collect(),
        hazards: hazards.iter().map(|entry| compiler.hazard(entry)).collect(),
        sources: sources.iter().map(|entry| compiler.source(entry)).collect(),
        rules: rules.iter().map(|entry| compiler.rule(entry)).collect(),
        implied: implied
            .iter()
            .map(|entry| compiler.implied(entry))
            .collect(),
        tradeoffs: tradeoffs
            .iter()
            .map(|entry| compiler.tradeoff(entry))
            .collect(),
        precedents: super::List::default(),
        steps: steps.iter().map(|entry| compiler.step(entry)).collect(),
        remarks: entries
            .remarks
            .iter()
            .map(|(kind, entry)| compiler.remark(kind, entry))
            .collect(),
        cases: super::List::default(),
        witnesses: Vec::new().into(),
        guides: (guides.iter())
            .map(|entry| compiler.guide(entry))
            .collect::<Vec<_>>()
            .into(),
        graph: super::Graph::default().into(),
    };
    compiler.kb(entries, &mut base);
    compiler.evaluation_order(&mut base, &requirements, &quantities);
    compiler.symmetry(&mut base, &patterns);
    compiler.categories(&patterns);
    reviewed(&mut base, &patterns, &entries.kb);
    compiler.looking_back(&base, &patterns, &decisions);
    base.precedents = precedents
        .iter()
        .map(|entry| compiler.precedent(entry, &base))
        .collect();
    base.cases = cases
        .iter()
        .map(|entry| compiler.case(entry, &base))
        .collect();
    base.witnesses = compiler.witnesses(&entries.witnesses, &base).into();
    compiler.aliases(&base, &patterns);
    compiler.suspects.tell(compiler.problems);
    if base.axes.is_empty() || base.decisions.is_empty() || base.steps.is_empty() {
        let problem = Problem::error("the knowledge base needs axes, steps and decisions");
        // Who copied the file into an overlay did not mean this.
        let help = "a folder with a `kb.yaml` is a whole base, which replaces the built-in one; without that file it is laid over it";
        compiler.problems.push(problem.help(help));
        return None;
    }
    Some(base)
}

impl Compiler<'_> {
    fn error(&mut self, at: At<'_>, message: impl Into<String>) {
        self.problems.push(Problem::error(message).at(at.place()));
    }

    fn error_help(&mut self, at: At<'_>, message: impl Into<String>, help: Option<String>) {
        let mut problem = Problem::error(message).at(at.place());
        if let Some(help) = help {
            problem = problem.help(help);
        }
        self.problems.push(problem);
    }

    /// A text that must be there.
    fn needed(&mut self, at: At<'_>, key: &str, value: Option<&String>) -> Text {
        match value {
            Some(text) if !text.trim().is_empty() => {
                if key == "because" {
                    self.placeholders(at.key(key), text);
                }
                Text::from(text.trim_end().to_owned())
            }
            _ => {
                self.error_help(
                    at,
                    format!("`{key}` is missing"),
                    Some(format!("add `{key}:` here")),
                );
                Text::default()
            }
        }
    }

    /// A name in braces looks as if its value would stand there, and nothing puts it there.
    fn placeholders(&mut self, at: At<'_>, text: &str) {
        for (start, _) in text.match_indices('{') {
            let name = text.get(start + 1..).and_then(|rest| rest.split_once('}'));
            let Some((name, _)) = name else { continue };
            let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
                && (name.chars())
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c));
            if is_name {
                let offset = text.get(..start).map_or(0, |before| before.chars().count());
                let problem = Problem::error(format!("`{{{name}}}` would be printed as it stands"))
                    .at(at.place_in(offset))
                    .help(format!("write `{name}`; its value is told beside the text"));
                self.problems.push(problem);
            }
        }
    }

    fn optional(value: Option<&String>) -> Option<Text> {
        value
            .filter(|text| !text.trim().is_empty())
            .map(|text| Text::from(text.trim_end().to_owned()))
    }

    fn texts(values: &[String]) -> Vec<Text> {
        values.iter().map(|text| Text::from(text.clone())).collect()
    }

    fn faults(&mut self, at: At<'_>, faults: Vec<Fault>) {
        for fault in faults {
            let mut problem = Problem::error(fault.message).at(at.place_in(fault.offset));
            if let Some(help) = fault.help {
                problem = problem.help(help);
            }
            self.problems.push(problem);
        }
    }

    fn condition(&mut self, at: At<'_>, key: &str, text: Option<&String>) -> Option<Condition> {
        let text = text?;
        match compile_condition(text, &self.names) {
            Ok(expression) => Some(Condition {
                text: Text::from(text.clone()),
                expression,
            }),
            Err(faults) => {
                let meant = (self.suspects)
                    .meant(text, faults.len(), |names| compile_condition(text, names))
                    .map(|expression| Condition {
                        text: Text::from(text.clone()),
                        expression,
                    });
                if meant.is_none() {
                    self.faults(at.key(key), faults);
                }
                meant
            }
        }
    }

    fn resolve(
        &mut self,
        at: At<'_>,
        kind: &str,
        name: &str,
        list: fn(&Names) -> &Vec<String>,
    ) -> Option<usize> {
        let known = list(&self.names);
        if let Some(index) = known.iter().position(|id| id == name) {
            return Some(index);
        }
        let help = nearest(name, known.iter().map(String::as_str))
            .map(|near| format!("did you mean `{near}`?"));
        self.error_help(
            at,
            format!("there is no {kind} `{}`", crate::problem::printable(name)),
            help,
        );
        None
    }

    fn patterns(&mut self, at: At<'_>, ids: &[String]) -> Vec<PatternId> {
        ids.iter()
            .enumerate()
            .filter_map(|(index, id)| {
                self.resolve(at.index(index), "pattern", id, |names| &names.patterns)
            })
            .map(|index| PatternId(index as u16))
            .collect()
    }

    /// Checks that something can have appeared in a year.
    fn year(&mut self, at: At<'_>, year: Option<u16>) -> Option<u16> {
        let (first, last) = YEARS;
        if let Some(year) = year.filter(|year| !(first..=last).contains(&i64::from(*year))) {
            let help = format!("a year from {first} to {last}");
            let message = format!("{year} is no year of a source");
            self.error_help(at.key("year"), message, Some(help));
        }
        year
    }

    fn hazards(&mut self, at: At<'_>, ids: &[String]) -> Vec<HazardId> {
        ids.iter()
            .enumerate()
            .filter_map(|(index, id)| {
                self.resolve(at.index(index), "hazard", id, |names| &names.hazards)
            })
            .map(|index| HazardId(index as u16))
            .collect()
    }

    fn sources(&mut self, at: At<'_>, ids: &[String]) -> Vec<SourceId> {
        ids.iter()
            .enumerate()
            .filter_map(|(index, id)| {
                self.resolve(at.index(index), "source", id, |names| &names.sources)
            })
            .map(|index| SourceId(index as u16))
            .collect()
    }

    fn axis_id(&mut self, at: At<'_>, id: Option<&String>) -> AxisId {
        if id.is_none() {
            self.error(at, "`axis` is missing");
        }
        let index = id.and_then(|id| self.resolve(at, "quality axis", id, |names| &names.axes));
        AxisId(index.unwrap_or(0) as u8)
    }

    fn step_id(&mut self, at: At<'_>, id: Option<&String>) -> StepId {
        if id.is_none() {
            self.error(at, "`step` is missing");
        }
        let index =
            id.and_then(|id| self.resolve(at.key("step"), "step", id, |names| &names.steps));
        StepId(index.unwrap_or(0) as u8)
    }

    /// Reports a word that is not one of a closed list.
    fn word<'a>(
        &mut self,
        at: At<'_>,
        kind: &str,
        word: &str,
        known: impl IntoIterator<Item = &'a &'a str>,
    ) {
        let known: Vec<&str> = known.into_iter().copied().collect();
        if word.is_empty() || known.contains(&word) {
            return;
        }
        let message = format!("`{}` is no {kind}", crate::problem::printable(word));
        let help = match nearest(word, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of: {}", known.join(", ")),
        };
        self.error_help(at, message, Some(help));
    }

    /// Resolves the name of a requirement or quantity.
    fn fact_id(&mut self, at: At<'_>, name: &str) -> Option<FactId> {
        let found = self.names.fact(name).map(|(id, _)| id);
        if found.is_none() {
            let help = self.names.nearest_fact(name);
            self.error_help(
                at,
                format!(
                    "there is no requirement or quantity `{}`",
                    crate::problem::printable(name)
                ),
                help.map(|near| format!("did you mean `{near}`?")),
            );
        }
        found
    }

    fn alternatives(&mut self, at: At<'_>, raw: &[RawAlternative]) -> Vec<Alternative> {
        let mut found = Vec::new();
        for (index, alternative) in raw.iter().enumerate() {
            let at = at.index(index);
            if alternative.pattern.is_some() == alternative.what.is_some() {
                self.error(at, "say either which `pattern`, or in words `what`");
            }
            let pattern = alternative.pattern.as_ref().and_then(|id| {
                self.resolve(at.key("pattern"), "pattern", id, |names| &names.patterns)
            });
            found.push(Alternative {
                pattern: pattern.map(|index| PatternId(index as u16)),
                what: Self::optional(alternative.what.as_ref()),
                because: self.needed(at, "because", alternative.because.as_ref()),
            });
        }
        found
    }
}

/// Stands in for an expression that had faults; a base with faults is never used.
fn unsound() -> Expression {
    struct Nothing;
    impl Scope for Nothing {
        fn fact(&self, _: &str) -> Option<(FactId, FactType)> {
            None
        }
        fn pattern(&self, _: &str) -> Option<PatternId> {
            None
        }
        fn nearest_fact(&self, _: &str) -> Option<String> {
            None
        }
        fn nearest_pattern(&self, _: &str) -> Option<String> {
            None
        }
    }
    compile_condition("false", &Nothing).unwrap_or_else(|_| unreachable!("`false` is a condition"))
}
