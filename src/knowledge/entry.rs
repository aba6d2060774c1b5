//! What the knowledge base holds, as the domain means it.
//!
//! Every entry is checked: ids resolve, conditions are compiled, values are in range. References are indices into the
//! lists of [`super::KnowledgeBase`]; names are kept as [`Text`].

use super::lazy::{Identified, Lazy};
use super::{Answer, Text};
use crate::expression::{Dimension, Expression, Unit};
use serde::{Deserialize, Serialize};

pub use crate::expression::{FactId, PatternId};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident, $inner:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub $inner);

        impl $name {
            /// Returns the place in the list.
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    };
}

index!(
    /// Index of a quality axis.
    AxisId, u8);
index!(
    /// Index of a decision, in process order.
    DecisionId, u16);
index!(
    /// Index of a hazard.
    HazardId, u16);
index!(
    /// Index of a source.
    SourceId, u16);
index!(
    /// Index of a step of the design process; step 1 has index 0.
    StepId, u8);

impl FactId {
    /// Returns the place in the list of facts: requirements first, then quantities.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl PatternId {
    /// Returns the place in the list of patterns.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A condition: its text as written, and compiled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Condition {
    /// As written in the knowledge base.
    pub text: Text,
    /// Ready to evaluate.
    pub expression: Expression,
}

/// What a claim rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Measured and published with its method.
    Measured,
    /// Said by the vendor.
    Vendor,
    /// Stated in the literature.
    Literature,
    /// The authors' judgement.
    #[default]
    Judgement,
}

/// How sure the authors are of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// May well be wrong; changes with circumstances not modelled.
    Low,
    /// Right in most cases.
    #[default]
    Medium,
    /// Right by construction or widely confirmed.
    High,
}

/// A quality axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Axis {
    /// Stable id, such as `availability`.
    pub id: Text,
    /// Name for people.
    pub name: Text,
    /// What the axis asks.
    pub what: Text,
    /// The question that elicits its priority.
    pub question: Text,
    /// How it is measured.
    pub measures: Vec<Text>,
    /// What an effect of −2, −1, +1 and +2 means, from +2 down.
    pub anchors: Vec<(i8, Text)>,
    /// Items of the guides it represents.
    pub seed: Vec<Text>,
}

impl Axis {
    /// Returns the abbreviation that tables and status lines use: the first three letters of the id.
    pub fn short(&self) -> &str {
        self.id.get(..3).unwrap_or(&self.id)
    }
}

/// A level of the priority ladder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct PriorityLevel {
    /// The weight, 0…100.
    pub level: u8,
    /// Its name in design files.
    pub name: Text,
}

/// One value of a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Choice {
    /// The value as written in design files.
    pub value: Text,
    /// What it means, for people.
    pub means: Text,
    /// Other words by which an interface of a design names it.
    pub called: Vec<Text>,
}

/// The kind of answer that a requirement takes, or of result that a quantity gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum FactKind {
    /// A number with a unit.
    Number {
        /// The unit that people see.
        unit: Unit,
        /// The least value allowed, in base units.
        min: f64,
        /// The greatest value allowed, in base units.
        max: f64,
    },
    /// Yes or no.
    Bool,
    /// One of a list.
    Choice {
        /// The values.
        values: Vec<Choice>,
        /// Whether they go from least to most demanding.
        ordered: bool,
    },
}

impl FactKind {
    /// Returns the dimension of a number.
    pub fn dimension(&self) -> Dimension {
        if let Self::Number { unit, .. } = self {
            unit.dimension
        } else {
            Dimension::NONE
        }
    }
}

/// What stands in for an answer that nobody gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum DefaultAnswer {
    /// A number in base units.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A choice, by its place.
    Choice(u8),
    /// A formula over other facts.
    Formula(Expression),
    /// Nothing: it stays unknown.
    Unknown,
}

/// A requirement: a typed question about the system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Requirement {
    /// Stable id, such as `peak_rps`.
    pub id: Text,
    /// Short label.
    pub name: Text,
    /// The group it is asked in, such as `traffic`.
    pub group: Text,
    /// What answers it takes.
    pub kind: FactKind,
    /// What stands in for an answer.
    pub default: DefaultAnswer,
    /// The formula of a derived default as written.
    pub formula: Option<Text>,
    /// Where an assumed number most likely lies, in base units.
    pub uncertain: Option<(f64, f64)>,
    /// What of the interfaces and entities of a design answers it where nobody does.
    pub inferred_from: Option<Inference>,
    /// Words with which an interface of a design means none of the values: people at a screen, who call through what
    /// shows it to them, and what is denied.
    pub unless_called: Vec<Text>,
    /// The question as asked.
    pub question: Text,
    /// What it decides.
    pub why: Text,
    /// A remark that helps to answer.
    pub note: Option<Text>,
    /// Its place among the quick-start questions.
    pub quick: Option<u8>,
    /// Items of the guides it represents.
    pub seed: Vec<Text>,
}

/// What the interfaces and entities of a design say that answers a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inference {
    /// The shares of the interfaces that read, when shares of all requests are told.
    ShareOfReads,
    /// The tightest latency of an interface that reads while its caller waits.
    LatencyOfReads,
    /// The tightest latency of an interface that writes while its caller waits.
    LatencyOfWrites,
    /// The most demanding of the callers that are named like a value, or with words for it.
    Callers,
    /// That an entity is found by words in its text.
    AccessByText,
    /// Whether entities are found by their key alone.
    AccessByKey,
    /// That an entity is found by following relations.
    AccessByHops,
    /// How often entities are accessed altogether, unless the rate that the formula of the default takes is answered.
    AccessRates,
}

impl Inference {
    /// Returns whether it gives answers of this kind.
    pub(crate) fn fits(self, kind: &FactKind) -> bool {
        let is_number = |symbol: &str| {
            matches!((kind, Unit::parse(symbol)), (FactKind::Number { unit, .. }, Ok(other))
                if unit.dimension == other.dimension)
        };
        match self {
            Self::ShareOfReads => is_number("%"),
            Self::LatencyOfReads | Self::LatencyOfWrites => is_number("s"),
            Self::AccessByHops => is_number("hops"),
            Self::AccessRates => is_number("1/s"),
            Self::Callers => matches!(kind, FactKind::Choice { .. }),
            Self::AccessByText | Self::AccessByKey => matches!(kind, FactKind::Bool),
        }
    }
}

/// A quantity: computed from requirements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Quantity {
    /// Stable id, such as `rps_12m`.
    pub id: Text,
    /// Short label.
    pub name: Text,
    /// What results it gives (numbers have no range of their own).
    pub kind: FactKind,
    /// The formula as written.
    pub text: Text,
    /// The formula, compiled.
    pub formula: Expression,
    /// What it says and why it matters.
    pub because: Text,
    /// Facts in which it may both rise and fall, with the reason.
    pub turns: Vec<(FactId, Text)>,
    /// Its number in the table of formulas, such as `F04`.
    pub figure: Option<Text>,
    /// Where the formula comes from.
    pub sources: Vec<SourceId>,
    /// Items of the guides it represents.
    pub seed: Vec<Text>,
}

/// One case of an effect of a pattern on an axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Claim {
    /// −2…+2 on the anchors of the axis.
    pub value: i8,
    /// When it holds; the last case of a list has none.
    pub when: Option<Condition>,
    /// What it rests on.
    pub basis: Basis,
    /// How sure it is.
    pub confidence: Confidence,
    /// What stands behind it.
    pub support: Lazy<Support>,
}

/// What stands behind a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Support {
    /// The mechanism; may be empty only for an effect of 0.
    pub because: Text,
    /// The side of the axis that prevails (latency, operate, people…).
    pub facet: Option<Text>,
    /// Its sources: its own, or the pattern's.
    pub sources: Vec<SourceId>,
}

/// What a pattern does to one axis: the first case that holds counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Effect {
    /// The axis.
    pub axis: AxisId,
    /// The cases, most special first; the last is unconditional.
    pub cases: Lazy<Vec<Claim>>,
}

/// A hard limit: when it holds on given facts, the pattern is ruled out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Limit {
    /// Slug, unique within the pattern.
    pub id: Text,
    /// When it rules out.
    pub when: Condition,
    /// Why.
    pub because: Text,
    /// Its sources: its own, or the pattern's.
    pub sources: Vec<SourceId>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// A norm: the pattern is discouraged unless the condition holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Norm {
    /// When the norm does not apply.
    pub unless: Condition,
    /// What it demands and why.
    pub because: Text,
    /// Its sources: its own, or the pattern's.
    pub sources: Vec<SourceId>,
}

/// A driver: the fact that calls for an option of weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Driver {
    /// When something calls for the option.
    pub when: Condition,
    /// What calls for it, for people.
    pub because: Text,
}

/// A product or library that implements a pattern.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Example {
    /// Its name.
    pub name: Text,
    /// What to know about it, such as `maintenance mode`.
    pub status: Option<Text>,
}

/// What a reader needs to choose and apply a pattern.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Guidance {
    /// What the pattern is, for a reader without a technical background.
    pub plain: Option<Text>,
    /// When to use it.
    pub use_when: Vec<Text>,
    /// When not to, and what instead.
    pub avoid_when: Vec<Text>,
    /// How to verify that it works: a test, a metric, a fitness function.
    pub verify: Vec<Text>,
    /// Common mistakes in applying it.
    pub mistakes: Vec<Text>,
}

/// A pattern: an option of a decision, or a practice that stands alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pattern {
    /// Stable id, such as `circuit-breaker`.
    pub id: Text,
    /// Name for people.
    pub name: Text,
    /// Other names of the same thing.
    pub aliases: Vec<Text>,
    /// What it is, in one sentence.
    pub what: Text,
    /// What a reader needs to choose and apply it.
    pub guidance: Lazy<Guidance>,
    /// The step it belongs to.
    pub step: StepId,
    /// Its category, the folder it lies in.
    pub category: Text,
    /// The component it belongs to, where it is not that of its decision.
    pub component: Option<Component>,
    /// Moving parts that a team must operate, 0…5.
    pub complexity: u8,
    /// Kept to be recognised and argued against.
    pub antipattern: bool,
    /// A concept to read about, never recommended.
    pub reference: bool,
    /// Month of the last review, `2026-11`.
    pub reviewed: Option<Text>,
    /// Sources of every claim that names none.
    pub sources: Vec<SourceId>,
    /// When it applies (practices and options of pick-many decisions).
    pub applies: Option<Lazy<Condition>>,
    /// What must call for it (options of pick-one decisions).
    pub driver: Option<Lazy<Driver>>,
    /// The policy it breaks.
    pub norm: Option<Lazy<Norm>>,
    /// Its effects, in axis order.
    pub effects: Vec<Effect>,
    /// What rules it out.
    pub limits: Lazy<Vec<Limit>>,
    /// Groups of which one member each must be chosen too.
    pub requires: Vec<Vec<PatternId>>,
    /// Patterns that cannot be chosen beside it (symmetric).
    pub excludes: Vec<PatternId>,
    /// Patterns that go well with it.
    pub complements: Vec<PatternId>,
    /// Patterns that solve the same problem (symmetric).
    pub alternatives: Vec<PatternId>,
    /// Patterns of which it is a special form.
    pub specialises: Vec<PatternId>,
    /// Where one usually goes from here.
    pub migrates_to: Vec<PatternId>,
    /// Hazards it brings in.
    pub opens: Vec<HazardId>,
    /// Hazards it takes away.
    pub closes: Vec<HazardId>,
    /// Of the hazards it takes away, the condition on which it does; the others it takes away always.
    pub closes_when: Lazy<Vec<(HazardId, Condition)>>,
    /// Products and libraries.
    pub examples: Lazy<Vec<Example>>,
    /// Items of the guides it represents.
    pub seed: Lazy<Vec<Text>>,
}

impl Pattern {
    /// Returns the condition on which it takes a hazard away; none where it does so always, or never.
    pub fn closes_if(&self, hazard: HazardId) -> Option<&Condition> {
        let mut conditions = self.closes_when.iter();
        let found = conditions.find(|(id, _)| *id == hazard);
        found.map(|(_, condition)| condition)
    }
}

/// How many options of a decision may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pick {
    /// Exactly one.
    One,
    /// Any number.
    Many,
}

/// What it costs to change a decision later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reversal {
    /// Days.
    Low,
    /// Weeks.
    #[default]
    Medium,
    /// Months, with data to move or teams to reorganise.
    High,
}

/// A component of the diagram of a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Component {
    /// None: it is not drawn.
    #[default]
    #[serde(rename = "none")]
    NotDrawn,
    /// Browsers, apps, partners.
    Clients,
    /// Names and edge network.
    Edge,
    /// Load balancers and gateways.
    Entry,
    /// What keeps connections to clients open and sends them changes.
    Push,
    /// The deployable parts that answer requests.
    App,
    /// Cache and session store.
    Cache,
    /// Queue or log.
    Queue,
    /// What takes work from the queue.
    Workers,
    /// The main store.
    Store,
    /// Copies to read from.
    Copies,
    /// Search index.
    Search,
    /// A language model, wherever it runs.
    Model,
    /// Files and media.
    Blobs,
    /// The path to analytics.
    Analytics,
    /// A second region.
    SecondRegion,
    /// The boundary around what runs in one place.
    Place,
}

/// A decision point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Decision {
    /// Stable id, such as `store`.
    pub id: Text,
    /// Short label.
    pub name: Text,
    /// The question.
    pub question: Text,
    /// The step it is taken in.
    pub step: StepId,
    /// One option or many.
    pub pick: Pick,
    /// Whether it is asked in the short form of the process too.
    pub core: bool,
    /// When it is asked; always, if absent.
    pub when: Option<Condition>,
    /// Facts that call for this decision whatever was recommended earlier.
    pub called_for: Option<Condition>,
    /// The options are rungs from least to most, and more than the stated need is not better.
    pub least_sufficient: bool,
    /// The option that the anchors are compared with.
    pub baseline: Option<PatternId>,
    /// What changing it later costs.
    pub reversal: Reversal,
    /// The component of the diagram that its options belong to.
    pub component: Component,
    /// The options, in catalogue order.
    pub options: Vec<PatternId>,
    /// Items of the guides it represents.
    pub seed: Vec<Text>,
}

/// A hazard: something that one choice brings in and another takes away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Hazard {
    /// Stable id, such as `dual-write`.
    pub id: Text,
    /// Short label.
    pub name: Text,
    /// The axis it threatens.
    pub axis: AxisId,
    /// 1, or 2 for severe.
    pub severity: u8,
    /// What happens.
    pub what: Text,
    /// Only then is it worth reporting.
    pub matters: Option<Condition>,
    /// The situation itself opens it then.
    pub arises: Option<Condition>,
    /// Items of the guides it represents.
    pub seed: Vec<Text>,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Source {
    /// Stable id.
    pub id: Text,
    /// Title.
    pub title: Text,
    /// Authors, family name first.
    pub authors: Vec<Text>,
    /// Year of publication.
    pub year: Option<u16>,
    /// book, paper, standard, vendor, catalogue, benchmark, article, docs, talk, guide or internal.
    pub kind: Text,
    /// Venue, publisher or volume.
    pub place: Option<Text>,
    /// Address, when there is a stable one.
    pub url: Option<Text>,
    /// What of it is meant: chapters, figures.
    pub note: Option<Text>,
}

/// How bad it is that a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleKind {
    /// It can be done, at a price.
    Costly,
    /// The requirements contradict each other.
    Inconsistent,
    /// Physics or logic forbid it.
    Impossible,
}

/// A rule over requirements alone: when it holds, they cannot all be met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rule {
    /// Stable id.
    pub id: Text,
    /// How bad.
    pub kind: RuleKind,
    /// When it holds.
    pub when: Condition,
    /// The mechanism.
    pub because: Text,
    /// What to relax.
    pub relax: Vec<Text>,
    /// Sources.
    pub sources: Vec<SourceId>,
    /// Items of the guides it represents.
    pub seed: Vec<Text>,
}

/// A priority that facts imply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Implied {
    /// Stable id.
    pub id: Text,
    /// The axis.
    pub axis: AxisId,
    /// The least level that the facts imply.
    pub level: u8,
    /// When.
    pub when: Condition,
    /// Why.
    pub because: Text,
}

/// How two axes relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AxisRelation {
    /// What helps one mostly helps the other.
    Ally,
    /// It depends.
    Mixed,
    /// What helps one mostly hurts the other.
    Tension,
}

/// One side of a tradeoff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Side {
    /// Its name.
    pub name: Text,
    /// The patterns that take this side.
    pub patterns: Vec<PatternId>,
    /// Its best case.
    pub best: Text,
    /// What it costs.
    pub costs: Text,
}

/// Something that was or can be done instead: a pattern of the base, or something it does not know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Alternative {
    /// The pattern, if the base knows it.
    pub pattern: Option<PatternId>,
    /// What it is, if not.
    pub what: Option<Text>,
    /// Why.
    pub because: Text,
}

/// A named tension: between two axes, or between ways to build.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Tradeoff {
    /// Stable id.
    pub id: Text,
    /// Name for people.
    pub name: Text,
    /// The axes in tension; two where the tension is between axes as such.
    pub axes: Vec<AxisId>,
    /// How two axes relate; none for a tension between ways to build.
    pub relation: Option<AxisRelation>,
    /// The mechanism.
    pub because: Text,
    /// The sides, two to four.
    pub sides: Vec<Side>,
    /// What decides between them: facts, and how.
    pub decided_by: Vec<(FactId, Text)>,
    /// Middle ways.
    pub middle: Vec<Alternative>,
    /// What it costs to change sides later.
    pub reversal: Text,
    /// The decisions that are an instance of it.
    pub decisions: Vec<DecisionId>,
    /// Sources.
    pub sources: Vec<SourceId>,
    /// How sure the authors are.
    pub confidence: Confidence,
    /// Items of the guides it represents.
    pub seed: Vec<Text>,
}

/// An item to tick off in a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct CheckItem {
    /// Stable id within the step.
    pub id: Text,
    /// What to have done.
    pub text: Text,
}

/// A step of the design process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Step {
    /// Stable id, such as `storage`.
    pub id: Text,
    /// 1…10.
    pub number: u8,
    /// Name for people.
    pub name: Text,
    /// What to do, in a few lines.
    pub guidance: Text,
    /// Groups of requirements asked here.
    pub groups: Vec<Text>,
    /// What the step yields.
    pub outcomes: Vec<Text>,
    /// Kinds of conflict that are looked at here.
    pub checks: Vec<Text>,
    /// What to have done.
    pub checklist: Vec<CheckItem>,
    /// Items of the guides it represents.
    pub seed: Vec<Text>,
}

/// A remark of the guides that is no pattern: a principle, a common mistake, a figure, a fallacy, further reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Remark {
    /// Stable id.
    pub id: Text,
    /// principle, mistake, figure, fallacy or reading.
    pub kind: Text,
    /// What it says.
    pub what: Text,
    /// What to know about it: the truth behind a fallacy, the exact figure, the check of a mistake.
    pub detail: Option<Text>,
    /// When a design makes this mistake.
    pub check: Option<Condition>,
    /// A verdict on a figure, such as `truncated`.
    pub verdict: Option<Text>,
    /// Patterns that answer it.
    pub patterns: Vec<PatternId>,
    /// The source, for further reading.
    pub sources: Vec<SourceId>,
    /// Items of the guides it represents.
    pub seed: Vec<Text>,
}

/// A golden case: answers, and what the advice must and must not be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Case {
    /// Stable id.
    pub id: Text,
    /// Name for people.
    pub name: Text,
    /// Answers as written in a design file.
    pub requirements: Vec<(Text, Text)>,
    /// Priorities as written in a design file.
    pub priorities: Vec<(Text, Text)>,
    /// What is chosen already, per decision.
    pub decisions: Vec<(DecisionId, Vec<PatternId>)>,
    /// Per decision, the options of which one must win.
    pub expect: Vec<(DecisionId, Vec<PatternId>)>,
    /// Per decision, options that must not win.
    pub forbid: Vec<(DecisionId, Vec<PatternId>)>,
    /// Per decision, options that must be among the recommended.
    pub include: Vec<(DecisionId, Vec<PatternId>)>,
    /// Conflicts that must be reported.
    pub conflicts: Vec<WantedConflict>,
    /// Conflicts that must not be reported: ids, or their beginning and `*`.
    pub no_conflict: Vec<Text>,
    /// Patterns that must be among all that is advised, whether a decision offers them or not.
    pub practices: Vec<PatternId>,
    /// Patterns that must not be.
    pub not_practices: Vec<PatternId>,
}

/// A conflict that a golden case wants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct WantedConflict {
    /// The id of a rule, or of any conflict.
    pub id: Text,
    /// The least severity that it must have: `low`, `medium` or `high`.
    pub severity: Option<Text>,
}

/// A witness: answers under which a decision recommends an option. It shows that the option can win.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Witness {
    /// The decision.
    pub decision: DecisionId,
    /// The option that it recommends.
    pub option: PatternId,
    /// Answers as written in a design file.
    pub requirements: Vec<(Text, Text)>,
    /// Priorities as written in a design file.
    pub priorities: Vec<(Text, Text)>,
    /// What is taken in other decisions already.
    pub decisions: Vec<(DecisionId, Vec<PatternId>)>,
}

/// A guide that the knowledge takes up item by item: `seed` of an entry names the items that it stands for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Guide {
    /// Stable id, such as `s1`; its items are `S1-001`, `S1-002` and so on.
    pub id: Text,
    /// The guide itself.
    pub source: Option<SourceId>,
    /// How many items it has.
    pub items: u16,
    /// Items for which a thing of the program stands instead of an entry, and what it is.
    pub of_the_program: Vec<(Text, Text)>,
}

impl Guide {
    /// Returns the ids of all items, in order.
    pub fn item_ids(&self) -> impl Iterator<Item = String> + '_ {
        let name = self.id.to_uppercase();
        (1..=self.items).map(move |number| format!("{name}-{number:03}"))
    }

    /// Returns the thing of the program that stands for an item.
    pub fn of_the_program(&self, item: &str) -> Option<&str> {
        let found = self.of_the_program.iter().find(|(id, _)| id == item)?;
        Some(found.1.as_str())
    }
}

/// How a precedent was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verified {
    /// The text, or its beginning, was read.
    Read,
    /// From memory.
    Recalled,
}

/// A real system: what was known when it was decided, what was chosen, and what that brought.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Precedent {
    /// Stable id.
    pub id: Text,
    /// The system.
    pub system: Text,
    /// What it does, in one line.
    pub what: Text,
    /// The year of the decision, or of the source.
    pub year: u16,
    /// Answers to requirements, as stated or clearly derived.
    pub facts: Vec<(FactId, Answer)>,
    /// How answers were derived from what is stated.
    pub derived: Vec<(FactId, Text)>,
    /// Per decision, what was chosen.
    pub chose: Vec<(DecisionId, Vec<PatternId>)>,
    /// Practices beside the decisions.
    pub practices: Vec<PatternId>,
    /// Sides of tradeoffs that it took and that no pattern of it tells: the place of the tradeoff, and of the side in it.
    pub took: Vec<(usize, usize)>,
    /// What was turned down or left.
    pub turned_down: Vec<Alternative>,
    /// What was gained, by axis.
    pub gained: Vec<(AxisId, Text)>,
    /// What was paid, by axis.
    pub paid: Vec<(AxisId, Text)>,
    /// What to learn from it.
    pub lesson: Text,
    /// Per decision, why the advice differs from what was chosen.
    pub differs: Vec<(DecisionId, Text)>,
    /// Sources.
    pub sources: Vec<SourceId>,
    /// How it was checked.
    pub verified: Verified,
    /// How sure the authors are.
    pub confidence: Confidence,
}

macro_rules! identified {
    ($($kind:ty),*) => {
        $(impl Identified for $kind {
            fn id(&self) -> &Text {
                &self.id
            }
        })*
    };
}

identified!(
    Axis,
    Requirement,
    Quantity,
    Pattern,
    Decision,
    Hazard,
    Source,
    Rule,
    Implied,
    Tradeoff,
    Precedent,
    Step,
    Remark,
    Case
);
