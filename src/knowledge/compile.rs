//! Raw entries to a checked base: names resolved, conditions compiled, ranges held.

use super::entry::{
    Alternative, Axis, AxisId, Basis, Case, CheckItem, Choice, Claim, Condition, Confidence,
    Decision, DecisionId, DefaultAnswer, Driver, Effect, Example, FactId, FactKind, Guidance,
    Guide, Hazard, HazardId, Implied, Limit, Norm, Pattern, PatternId, Pick, Precedent,
    PriorityLevel, Quantity, Remark, Requirement, Rule, Side, Source, SourceId, Step, StepId,
    Tradeoff, Verified, WantedConflict, Witness,
};
use super::raw::{
    FACETS, RawAlternative, RawAxis, RawCase, RawClaim, RawDecision, RawGuide, RawHazard,
    RawImplied, RawKb, RawKind, RawLimit, RawPattern, RawPrecedent, RawQuantity, RawRemark,
    RawRequirement, RawRule, RawSource, RawStep, RawTradeoff, RawWitness, SEVERITIES, SOURCE_KINDS,
    scalar_text,
};
use super::{KnowledgeBase, Text};
use crate::expression::{
    Expression, FactType, Fault, Scope, Unit, compile_condition, compile_formula,
};
use crate::problem::{Place, Problem, nearest};
use crate::yaml::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};

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
    let mut compiler = Compiler { names, problems };
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
    if base.axes.is_empty() || base.decisions.is_empty() || base.steps.is_empty() {
        let problem = Problem::error("the knowledge base needs axes, steps and decisions");
        // Who copied the file into an overlay did not mean this.
        let help = "a folder with a `kb.yaml` is a whole base, which replaces the built-in one; without that file it is laid over it";
        compiler.problems.push(problem.help(help));
        return None;
    }
    Some(base)
}

fn unit_of(text: Option<&str>) -> Unit {
    text.and_then(|text| Unit::parse(text).ok())
        .unwrap_or_else(Unit::plain)
}

fn requirement_type(raw: &RawRequirement) -> FactType {
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

fn quantity_type(raw: &RawQuantity) -> FactType {
    if raw.kind == Some(RawKind::Bool) || raw.unit.as_deref() == Some("bool") {
        FactType::Bool
    } else {
        FactType::Number(unit_of(raw.unit.as_deref()).dimension)
    }
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

    /// A name in braces in what a finding tells stands for a fact, so there must be such a fact.
    fn placeholders(&mut self, at: At<'_>, text: &str) {
        for (start, _) in text.match_indices('{') {
            let name = text.get(start + 1..).and_then(|rest| rest.split_once('}'));
            let Some((name, _)) = name else { continue };
            let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
                && (name.chars())
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c));
            if is_name && self.names.fact(name).is_none() {
                let offset = text.get(..start).map_or(0, |before| before.chars().count());
                let mut problem =
                    Problem::error(format!("there is no fact `{name}`")).at(at.place_in(offset));
                if let Some(near) = self.names.nearest_fact(name) {
                    problem = problem.help(format!("did you mean `{{{near}}}`?"));
                }
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
                self.faults(at.key(key), faults);
                None
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

    fn kb(&mut self, entries: &Entries<'_>, base: &mut KnowledgeBase) {
        let Some(entry) = entries.kb.last() else {
            self.problems
                .push(Problem::error("the knowledge base has no `kb.yaml`"));
            return;
        };
        if entry.raw.format != Some(1) {
            self.error_help(
                entry.at.key("format"),
                "this format of knowledge is not supported",
                Some("this program reads format 1".into()),
            );
        }
        base.title = self.needed(entry.at, "title", entry.raw.title.as_ref());
        base.version = self.needed(entry.at, "version", entry.raw.version.as_ref());
        base.priorities = entry
            .raw
            .priorities
            .iter()
            .filter_map(|level| {
                Some(PriorityLevel {
                    level: level.level?,
                    name: Text::from(level.name.clone()?),
                })
            })
            .collect();
        base.priorities.sort_by_key(|level| level.level);
        if base.priorities.is_empty() {
            self.error(entry.at, "`priorities` is missing");
        }
    }

    fn axis(&mut self, entry: &Entry<'_, RawAxis>) -> Axis {
        let (raw, at) = (&entry.raw, entry.at);
        let mut anchors: Vec<(i8, Text)> = Vec::new();
        for (value, text) in &raw.anchors {
            match value.trim_start_matches('+').parse::<i8>() {
                Ok(number) if (-2..=2).contains(&number) && number != 0 => {
                    anchors.push((number, Text::from(text.clone())));
                }
                _ => self.error(
                    at.key("anchors").key(value),
                    format!("`{value}` is no anchor: use +2, +1, -1 and -2"),
                ),
            }
        }
        anchors.sort_by_key(|(value, _)| -value);
        Axis {
            id: Text::from(raw.axis.clone().unwrap_or_default()),
            name: self.needed(at, "name", raw.name.as_ref()),
            what: self.needed(at, "what", raw.what.as_ref()),
            question: self.needed(at, "question", raw.question.as_ref()),
            measures: Self::texts(&raw.measures),
            anchors,
            seed: Self::texts(&raw.seed),
        }
    }

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

    fn requirement(&mut self, entry: &Entry<'_, RawRequirement>, groups: &[String]) -> Requirement {
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
                self.error_help(at, "`type` is missing", Some("number, enum or bool".into()));
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
                    self.faults(at.key("formula"), faults);
                    DefaultAnswer::Unknown
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

    fn quantity(&mut self, entry: &Entry<'_, RawQuantity>) -> Quantity {
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
                .map_err(|faults| self.faults(at.key("formula"), faults))
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

    /// Reports categories that are probably misspelt: those of a single pattern that lies in no folder of that name.
    fn categories(&mut self, patterns: &[&Entry<'_, RawPattern>]) {
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
            because: Text::from(because.trim_end().to_owned()),
            facet: Self::optional(raw.facet.as_ref()),
            basis: raw.basis.unwrap_or(Basis::Judgement),
            confidence: raw.confidence.unwrap_or(Confidence::Medium),
            sources: if own.is_empty() {
                pattern_sources.to_vec()
            } else {
                own
            },
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

    fn pattern(&mut self, entry: &Entry<'_, RawPattern>) -> Pattern {
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
            .map(|when| Driver {
                because: Self::optional(raw.driver_because.as_ref())
                    .unwrap_or_else(|| when.text.clone()),
                when,
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
            Some(Norm {
                unless: self.condition(at, "unless", norm.unless.as_ref())?,
                because,
                sources: if own.is_empty() { sources.clone() } else { own },
            })
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
            complexity,
            antipattern: raw.antipattern,
            reference: raw.reference,
            reviewed: Self::optional(raw.reviewed.as_ref()),
            applies: self.condition(at, "use", raw.applies.as_ref()),
            driver,
            norm,
            effects: self.effects(raw, at, &sources),
            limits: (raw.limits.iter().enumerate())
                .filter_map(|(index, limit)| {
                    self.limit(limit, at.key("limits").index(index), &sources)
                })
                .collect(),
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
            examples: examples.into(),
            sources,
            seed: Self::texts(&raw.seed).into(),
        }
    }

    fn decision(&mut self, entry: &Entry<'_, RawDecision>) -> Decision {
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
            options,
            seed: Self::texts(&raw.seed),
        }
    }

    fn hazard(&mut self, entry: &Entry<'_, RawHazard>) -> Hazard {
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

    fn source(&mut self, entry: &Entry<'_, RawSource>) -> Source {
        let (raw, at) = (&entry.raw, entry.at);
        let kind = self.needed(at, "kind", raw.kind.as_ref());
        self.word(at.key("kind"), "kind of source", &kind, SOURCE_KINDS);
        Source {
            id: Text::from(raw.source.clone().unwrap_or_default()),
            title: self.needed(at, "title", raw.title.as_ref()),
            authors: Self::texts(&raw.authors),
            year: raw.year,
            kind,
            place: Self::optional(raw.place.as_ref()),
            url: Self::optional(raw.url.as_ref()),
            note: Self::optional(raw.note.as_ref()),
        }
    }

    fn rule(&mut self, entry: &Entry<'_, RawRule>) -> Rule {
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
            kind: raw.kind.unwrap_or(super::RuleKind::Inconsistent),
            when: self
                .condition(at, "when", raw.when.as_ref())
                .unwrap_or_else(|| Condition {
                    text: Text::default(),
                    expression: unsound(),
                }),
            because: self.needed(at, "because", raw.because.as_ref()),
            relax: Self::texts(&raw.relax),
            sources: self.sources(at.key("sources"), &raw.sources),
            seed: Self::texts(&raw.seed),
        }
    }

    fn implied(&mut self, entry: &Entry<'_, RawImplied>) -> Implied {
        let (raw, at) = (&entry.raw, entry.at);
        if raw.when.is_none() || raw.level.is_none() {
            self.error(at, "an implied priority needs `when` and `level`");
        }
        Implied {
            id: Text::from(raw.implied.clone().unwrap_or_default()),
            axis: self.axis_id(at.key("axis"), raw.axis.as_ref()),
            level: raw.level.unwrap_or(0),
            when: self
                .condition(at, "when", raw.when.as_ref())
                .unwrap_or_else(|| Condition {
                    text: Text::default(),
                    expression: unsound(),
                }),
            because: self.needed(at, "because", raw.because.as_ref()),
        }
    }

    fn tradeoff(&mut self, entry: &Entry<'_, RawTradeoff>) -> Tradeoff {
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

    fn precedent(&mut self, entry: &Entry<'_, RawPrecedent>, base: &KnowledgeBase) -> Precedent {
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
            year: raw.year.unwrap_or_else(|| {
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

    fn step(&mut self, entry: &Entry<'_, RawStep>) -> Step {
        let (raw, at) = (&entry.raw, entry.at);
        if raw.number.is_none() {
            self.error(at, "`number` is missing");
        }
        let mut checklist = Vec::new();
        for (index, item) in raw.checklist.iter().enumerate() {
            let at = at.key("checklist").index(index);
            let id = self.needed(at, "id", item.id.as_ref());
            checklist.push(CheckItem {
                id,
                text: self.needed(at, "text", item.text.as_ref()),
            });
        }
        Step {
            id: Text::from(raw.step.clone().unwrap_or_default()),
            number: raw.number.unwrap_or(0),
            name: self.needed(at, "name", raw.name.as_ref()),
            guidance: self.needed(at, "guidance", raw.guidance.as_ref()),
            groups: Self::texts(&raw.groups),
            outcomes: Self::texts(&raw.outcomes),
            checks: Self::texts(&raw.checks),
            checklist,
            seed: Self::texts(&raw.seed),
        }
    }

    fn remark(&mut self, kind: &str, entry: &Entry<'_, RawRemark>) -> Remark {
        let (raw, at) = (&entry.raw, entry.at);
        // A fallacy states a belief and the truth, a figure what the guide says and the exact value.
        let what = raw.what.as_ref().or(raw.guide_says.as_ref());
        let mut sources = self.sources(at.key("sources"), &raw.sources);
        if let Some(id) = &raw.source {
            sources.extend(self.sources(at.key("source"), std::slice::from_ref(id)));
        }
        Remark {
            id: self.needed(at, kind, raw.id.as_ref()),
            kind: Text::from(kind.to_owned()),
            what: self.needed(at, "what", what),
            detail: Self::optional(raw.exact.as_ref()),
            check: self.condition(at, "check", raw.check.as_ref()),
            verdict: Self::optional(raw.verdict.as_ref()),
            patterns: self.patterns(at.key("answered_by"), &raw.answered_by),
            sources,
            seed: Self::texts(&raw.seed),
        }
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
    fn witnesses(
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

    fn guide(&mut self, entry: &Entry<'_, RawGuide>) -> Guide {
        let (raw, at) = (&entry.raw, entry.at);
        if raw.items.is_none() {
            self.error(at, "`items` is missing: how many items the guide has");
        }
        let source = raw
            .source
            .as_ref()
            .and_then(|id| self.resolve(at.key("source"), "source", id, |names| &names.sources));
        Guide {
            id: Text::from(raw.guide.clone().unwrap_or_default()),
            source: source.map(|index| SourceId(index as u16)),
            items: raw.items.unwrap_or(0),
            of_the_program: (raw.of_the_program.iter())
                .map(|(item, what)| (Text::from(item.clone()), Text::from(what.clone())))
                .collect(),
        }
    }

    fn case(&mut self, entry: &Entry<'_, RawCase>, base: &KnowledgeBase) -> Case {
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

    /// Orders the facts so that each follows those its formula reads, and reports formulas that read themselves.
    fn evaluation_order(
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

    /// Makes `alternatives` symmetric, and demands that `excludes` is written on both sides.
    fn symmetry(&mut self, base: &mut KnowledgeBase, entries: &[&Entry<'_, RawPattern>]) {
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

    /// Conditions of a decision and of its options may ask only for options of strictly earlier decisions.
    fn looking_back(
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
            for condition in conditions.chain(pattern.applies.iter()) {
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

    /// No alias or name may stand for two patterns.
    fn aliases(&mut self, base: &KnowledgeBase, entries: &[&Entry<'_, RawPattern>]) {
        let mut owner: BTreeMap<String, usize> = BTreeMap::new();
        for (index, pattern) in base.patterns.iter().enumerate() {
            owner.insert(super::fold(&pattern.id), index);
        }
        for (index, pattern) in base.patterns.iter().enumerate() {
            owner.entry(super::fold(&pattern.name)).or_insert(index);
        }
        for (index, pattern) in base.patterns.iter().enumerate() {
            for (place, alias) in pattern.aliases.iter().enumerate() {
                match owner.insert(super::fold(alias), index) {
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

/// Gives patterns without a date of review that of the base they belong to.
fn reviewed(
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
