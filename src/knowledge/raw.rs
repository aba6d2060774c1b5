//! The YAML form of the knowledge base, before names are resolved.
//!
//! Everything is optional here: what is missing is reported by [`super::compile`] together with everything else that is
//! wrong with an entry, not as the first error that stops the reading.
//!
//! The order of the fields is the order of the keys in a file, their comments are what an editor tells whoever writes
//! one, and after `=>` stands what the type does not tell: see [`super::shape`].

use super::entry::{
    AxisRelation, Basis, Component, Confidence, Inference, Pick, Reversal, RuleKind, Verified,
};
use super::shape::{Field, FileKind, Names, Shape, Shaped, words};
use serde::Deserialize;
use std::collections::BTreeMap;

macro_rules! raw {
    ($name:ident { $(
        $(#[doc = $doc:literal])*
        $(#[serde(rename = $key:literal)])?
        $(#[serde($(alias = $alias:literal),+)])?
        $field:ident : $kind:ty $(=> $($role:ident $(($($argument:expr),*))?)+)?,
    )* }) => {
        #[derive(Debug, Clone, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct $name { $(
            $(#[serde(rename = $key)])?
            $(#[serde($(alias = $alias),+)])?
            pub(super) $field: $kind,
        )* }

        impl Shaped for $name {
            fn shape() -> Shape {
                let fields = vec![$(
                    Field {
                        name: raw!(@name $field $($key)?),
                        aliases: &[$($($alias),+)?],
                        about: concat!($($doc),*).trim().to_owned(),
                        needed: false,
                        shape: <$kind>::shape(),
                    }
                    $($(.$role($($($argument),*)?))+)?
                ),*];
                Shape::Fields { fields, flow: false }
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $key:literal) => { $key };
}

type Ids = Vec<String>;
type Scalars = BTreeMap<String, serde_yaml::Value>;

/// What a source may be.
pub(crate) const SOURCE_KINDS: &[&str] = &[
    "book",
    "paper",
    "standard",
    "vendor",
    "catalogue",
    "benchmark",
    "article",
    "docs",
    "talk",
    "guide",
    "internal",
];

/// The years in which something may have appeared.
pub(crate) const YEARS: (i64, i64) = (1900, 2100);

/// How severe a conflict is, from least to most.
pub(crate) const SEVERITIES: &[&str] = &["low", "medium", "high"];

/// The sides of a quality axis that an effect may name.
pub(crate) const FACETS: &[&str] = &[
    "latency",
    "throughput",
    "operate",
    "change",
    "people",
    "machines",
    "data",
    "exposure",
    "audit",
];

words!(
    AxisRelation,
    Basis,
    Component,
    Confidence,
    Inference,
    Pick,
    RawKind,
    Reversal,
    RuleKind,
    Verified
);

raw!(RawKb {
    /// The format of the knowledge: 1.
    format: Option<u32> => needed() within(1, 1),
    /// The id of the base.
    id: Option<String>,
    /// The title of the base.
    title: Option<String> => needed(),
    /// The version of the base.
    version: Option<String> => needed(),
    /// The month in which the base was last read as a whole, such as 2026-11.
    reviewed: Option<String>,
    /// The licence of the base.
    licence: Option<String>,
    /// The levels of priority, from least to most.
    priorities: Vec<RawLevel> => needed() at_least(1),
});
raw!(RawLevel {
    /// The weight that the level stands for.
    level: Option<u8> => within(0, 100),
    /// The word for it in design files.
    name: Option<String>,
});
raw!(RawAxis {
    /// The id of the quality axis, such as `availability`.
    axis: Option<String> => needed() new_id(),
    /// Its name for people.
    name: Option<String> => needed(),
    /// What the axis asks.
    what: Option<String> => needed(),
    /// The question whose answer is its priority.
    question: Option<String> => needed(),
    /// How it is measured.
    measures: Vec<String>,
    /// What an effect of +2, +1, -1 and -2 means.
    anchors: BTreeMap<String, String>,
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});
raw!(RawChoice {
    /// The value as it stands in design files.
    value: Option<String>,
    /// What it means, for people.
    means: Option<String>,
    /// Other words by which an interface of a design names it, where the answer is inferred from callers. All words of
    /// one must be there.
    called: Vec<String> => flow(),
});
raw!(RawRequirement {
    /// The id of the requirement, such as `peak_rps`.
    requirement: Option<String> => needed() new_id(),
    /// A short label.
    name: Option<String> => needed(),
    /// The group in which a step asks it.
    group: Option<String> => needed() id(Names::Groups),
    /// What answers it takes.
    #[serde(rename = "type")]
    kind: Option<RawKind> => needed(),
    /// The unit of a number, such as `1/s` or `GB`.
    unit: Option<String>,
    /// The least number that is believed, in the unit.
    min: Option<f64>,
    /// The greatest number that is believed, in the unit.
    max: Option<f64>,
    /// What is taken while nobody answers: a value, `derived` (by the formula) or `unknown`.
    default: Option<serde_yaml::Value> => needed(),
    /// How the default follows from other requirements.
    formula: Option<String> => formula(),
    /// Between which numbers the default most likely lies: least and most.
    uncertain: Option<Vec<f64>> => flow(),
    /// What of the interfaces and entities of a design answers it where nobody does.
    inferred_from: Option<Inference>,
    /// Words with which an interface means none of the values, whatever else it says.
    unless_called: Vec<String> => flow(),
    /// The question as it is asked.
    question: Option<String> => needed(),
    /// What the answer decides.
    why: Option<String> => needed(),
    /// What helps to answer.
    note: Option<String>,
    /// The values of a choice.
    values: Vec<RawChoice>,
    /// Whether the values go from least to most demanding.
    order: bool,
    /// Its place among the questions of the quick start.
    quick: Option<u8>,
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});

/// The type of a requirement or quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawKind {
    /// A number with a unit.
    Number,
    /// One of a list.
    Enum,
    /// Yes or no.
    Bool,
}

raw!(RawQuantity {
    /// The id of the quantity, such as `rps_12m`.
    quantity: Option<String> => needed() new_id(),
    /// A short label.
    name: Option<String> => needed(),
    /// `bool` for a quantity that is true or false; a number otherwise.
    #[serde(rename = "type")]
    kind: Option<RawKind>,
    /// The unit that people see, such as `1/s` or `GB`.
    unit: Option<String>,
    /// How it is computed.
    formula: Option<String> => needed() formula(),
    /// What it says and why it matters.
    because: Option<String> => needed(),
    /// Facts in which the formula is meant to rise and fall, each with the reason.
    turns: BTreeMap<String, String>,
    /// Its number in the table of formulas, such as F04.
    figure: Option<String>,
    /// Where the formula comes from.
    sources: Ids => id(Names::Sources),
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});
raw!(RawHazard {
    /// The id of the hazard, such as `dual-write`.
    hazard: Option<String> => needed() new_id(),
    /// A short label.
    name: Option<String> => needed(),
    /// The quality axis that it threatens.
    axis: Option<String> => needed() id(Names::Axes),
    /// 1, or 2 where it is severe.
    severity: Option<u8> => needed() within(1, 2),
    /// What happens.
    what: Option<String> => needed(),
    /// Only then is it worth reporting.
    matters: Option<String> => condition(),
    /// Then the situation itself opens it, whatever is chosen.
    arises: Option<String> => condition(),
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});
raw!(RawSource {
    /// The id of the source, by which entries cite it.
    source: Option<String> => needed() new_id(),
    /// Its title.
    title: Option<String> => needed(),
    /// Its authors, family name first.
    authors: Vec<String> => flow(),
    /// The year in which it appeared.
    year: Option<u16> => within(YEARS.0, YEARS.1),
    /// What it is.
    kind: Option<String> => needed() words(SOURCE_KINDS),
    /// Venue, publisher or volume.
    #[serde(rename = "where")]
    place: Option<String>,
    /// Its address, where there is a stable one.
    url: Option<String>,
    /// What of it is meant: chapters, figures.
    note: Option<String>,
    /// The month in which it was last looked up, such as 2026-11.
    accessed: Option<String>,
});
raw!(RawDecision {
    /// The id of the decision, such as `store`.
    decision: Option<String> => needed() new_id(),
    /// A short label.
    name: Option<String> => needed(),
    /// The question that it answers.
    question: Option<String> => needed(),
    /// The step in which it is taken.
    step: Option<String> => needed() id(Names::Steps),
    /// Its place among the decisions of the step: conditions look only at earlier ones.
    order: Option<u32>,
    /// Whether one option is chosen or any number.
    pick: Option<Pick> => needed(),
    /// Whether the short form of the process asks it too.
    core: bool,
    /// When it is asked; always, if absent.
    when: Option<String> => condition(),
    /// Requirements that call for it whatever was chosen earlier.
    called_for: Option<String> => condition(),
    /// Whether the options are rungs from least to most, of which more than is needed is no better.
    least_sufficient: bool,
    /// The option with which the anchors of the axes compare.
    baseline: Option<String> => id(Names::Patterns),
    /// What it costs to change it later: days, weeks or months.
    reversal: Option<Reversal>,
    /// The component of the diagram that its options belong to; none, if absent.
    component: Option<Component>,
    /// The patterns to choose from.
    options: Ids => needed() id(Names::Patterns) at_least(2),
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});
raw!(RawClaim {
    /// A name for the case.
    id: Option<String>,
    /// From -2 to +2 on the anchors of the axis.
    value: Option<i8> => needed() within(-2, 2),
    /// When it holds. The first case that holds counts; the last case has no condition.
    when: Option<String> => condition(),
    /// The mechanism, in one clause; only an effect of 0 may go without.
    because: Option<String>,
    /// The side of the axis that prevails.
    facet: Option<String> => words(FACETS),
    /// What it rests on; judgement, if absent.
    basis: Option<Basis>,
    /// How sure it is; medium, if absent.
    confidence: Option<Confidence>,
    /// Its sources, where they are not those of the pattern.
    sources: Ids => id(Names::Sources),
    /// The month for which it is true, such as 2026-11.
    as_of: Option<String>,
});
raw!(RawLimit {
    /// A name for the limit, unique within the pattern.
    id: Option<String> => needed(),
    /// When it rules the pattern out.
    when: Option<String> => needed() condition(),
    /// Why it does.
    because: Option<String> => needed(),
    /// Its sources, where they are not those of the pattern.
    sources: Ids => id(Names::Sources),
    /// How sure it is; medium, if absent.
    confidence: Option<Confidence>,
    /// The month for which it is true, such as 2026-11.
    as_of: Option<String>,
});
raw!(RawNorm {
    /// When it does not apply.
    unless: Option<String> => needed() condition(),
    /// What it demands, and why.
    because: Option<String> => needed(),
    /// Its sources, where they are not those of the pattern.
    sources: Ids => id(Names::Sources),
});

/// An example technology: a name, or a name with a status.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "serde_yaml::Value")]
pub(super) struct RawExample {
    pub(super) name: String,
    pub(super) status: Option<String>,
}

impl From<serde_yaml::Value> for RawExample {
    fn from(value: serde_yaml::Value) -> Self {
        let field = |key: &str| value.get(key).and_then(scalar_text);
        match scalar_text(&value) {
            Some(name) => Self { name, status: None },
            None => Self {
                name: field("name").unwrap_or_default(),
                status: field("status"),
            },
        }
    }
}

impl Shaped for RawExample {
    fn shape() -> Shape {
        let field = |name, about: &str| Field {
            name,
            aliases: &[],
            about: about.to_owned(),
            needed: false,
            shape: Shape::Scalar,
        };
        let fields = vec![
            field("name", "The name of the product or library.").needed(),
            field("status", "What to know of it, such as: maintenance mode."),
        ];
        let with_status = Shape::Fields {
            fields,
            flow: false,
        };
        Shape::Either(Box::new(Shape::Scalar), Box::new(with_status))
    }
}

/// Writes a scalar as the person wrote it, as far as YAML keeps that.
pub(super) fn scalar_text(value: &serde_yaml::Value) -> Option<String> {
    match value {
        serde_yaml::Value::String(text) => Some(text.clone()),
        serde_yaml::Value::Bool(value) => Some(value.to_string()),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

raw!(RawPattern {
    /// The id of the pattern, such as `circuit-breaker`; the file is named after it.
    pattern: Option<String> => needed() new_id(),
    /// Its name for people.
    name: Option<String> => needed(),
    /// Other names of the same thing, by which it is found too.
    aliases: Vec<String>,
    /// What it is, in one sentence.
    what: Option<String> => needed(),
    /// What it is, for a reader without a technical background.
    plain: Option<String>,
    /// When to use it.
    use_when: Vec<String>,
    /// When not to use it, and what to do instead.
    avoid_when: Vec<String>,
    /// The step that it belongs to.
    step: Option<String> => needed() id(Names::Steps),
    /// Its category: the folder in which it lies, or one that other patterns have.
    category: Option<String> => needed(),
    /// The component of the diagram that it belongs to, where it is not that of its decision.
    component: Option<Component>,
    /// The moving parts that a team must operate, from 0 to 5.
    complexity: Option<u8> => needed() within(0, 5),
    /// Whether it is kept to be recognised and argued against.
    antipattern: bool,
    /// Whether it is a concept to read about that is never recommended.
    reference: bool,
    /// The month of the last review, such as 2026-11.
    reviewed: Option<String>,
    /// The sources of every claim that names none.
    sources: Ids => needed() id(Names::Sources) at_least(1),
    /// When it applies: for practices and for options of decisions that take many.
    #[serde(rename = "use")]
    applies: Option<String> => condition(),
    /// The fact that must call for it: for weighty options of decisions that take one.
    driver: Option<String> => condition(),
    /// What calls for it, for people.
    driver_because: Option<String>,
    /// The policy that it breaks, for which it is discouraged.
    norm: Option<RawNorm>,
    /// What it does to each quality axis, in cases of which the first that holds counts.
    effects: BTreeMap<String, Vec<RawClaim>> => keyed(Names::Axes),
    /// What rules it out.
    limits: Vec<RawLimit>,
    /// Groups of patterns: of each group one must be chosen too.
    requires: Vec<Ids> => id(Names::Patterns),
    /// Patterns that cannot be chosen beside it; written on both sides.
    excludes: Ids => id(Names::Patterns),
    /// Patterns that go well with it.
    complements: Ids => id(Names::Patterns),
    /// Patterns that solve the same problem.
    alternatives: Ids => id(Names::Patterns),
    /// Patterns of which it is a special form.
    specialises: Ids => id(Names::Patterns),
    /// Where one usually goes from here.
    migrates_to: Ids => id(Names::Patterns),
    /// Hazards that it brings in.
    opens: Ids => id(Names::Hazards),
    /// Hazards that it takes away.
    closes: Ids => id(Names::Hazards),
    /// Of the hazards that it takes away, the condition on which it does; the others it takes away always.
    closes_when: BTreeMap<String, String> => keyed(Names::Hazards) condition(),
    /// How to see that it works: a test, a measurement.
    verify: Vec<String>,
    /// Common mistakes in applying it.
    mistakes: Vec<String>,
    /// Products and libraries.
    examples: Vec<RawExample>,
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});
raw!(RawRule {
    /// The id of the rule.
    rule: Option<String> => needed() new_id(),
    /// How bad it is that the rule holds.
    kind: Option<RuleKind> => needed(),
    /// When it holds: then the requirements cannot all be met.
    when: Option<String> => needed() condition(),
    /// The mechanism.
    because: Option<String> => needed(),
    /// What to relax, the least change first.
    relax: Vec<String> => needed() at_least(1),
    /// Its sources.
    sources: Ids => id(Names::Sources),
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});
raw!(RawImplied {
    /// The id of the implied priority.
    implied: Option<String> => needed() new_id(),
    /// The quality axis that matters more.
    axis: Option<String> => needed() id(Names::Axes),
    /// The least weight that follows, on the scale of the priority levels.
    level: Option<u8> => needed() within(0, 100),
    /// When it follows.
    when: Option<String> => needed() condition(),
    /// Why it follows.
    because: Option<String> => needed(),
});
raw!(RawTradeoff {
    /// The id of the tradeoff.
    tradeoff: Option<String> => needed() new_id(),
    /// Its name for people.
    name: Option<String> => needed(),
    /// The quality axes in tension, two or more.
    axes: Ids => needed() id(Names::Axes) at_least(2),
    /// How two axes relate; absent for a tension between ways to build.
    relation: Option<AxisRelation>,
    /// The mechanism.
    because: Option<String> => needed(),
    /// The sides, two to four.
    sides: Vec<RawSide> => needed() at_least(2),
    /// The facts that decide between the sides, and how.
    decided_by: Vec<RawDecidedBy>,
    /// Middle ways.
    middle: Vec<RawAlternative>,
    /// What it costs to change sides later.
    reversal: Option<String> => needed(),
    /// The decisions that are instances of it.
    decisions: Ids => id(Names::Decisions),
    /// Its sources.
    sources: Ids => needed() id(Names::Sources) at_least(1),
    /// How sure it is; medium, if absent.
    confidence: Option<Confidence>,
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});
raw!(RawSide {
    /// The name of the side.
    name: Option<String> => needed(),
    /// The patterns that take it.
    patterns: Ids => id(Names::Patterns),
    /// Its best case.
    best: Option<String> => needed(),
    /// What it costs.
    costs: Option<String> => needed(),
});
raw!(RawDecidedBy {
    /// The requirement or quantity.
    fact: Option<String> => needed() id(Names::Facts),
    /// How it decides.
    because: Option<String> => needed(),
});
raw!(RawAlternative {
    /// The pattern, where the base has it.
    pattern: Option<String> => id(Names::Patterns),
    /// What it is, where no pattern of the base is it.
    what: Option<String>,
    /// Why.
    because: Option<String> => needed(),
});
raw!(RawPrecedent {
    /// The id of the precedent.
    precedent: Option<String> => needed() new_id(),
    /// The system.
    system: Option<String> => needed(),
    /// What it does, in one line.
    what: Option<String> => needed(),
    /// The year of the decision, or else of the source.
    year: Option<u16> => needed() within(YEARS.0, YEARS.1),
    /// What was known of it, as answers in a design file.
    facts: Scalars => keyed(Names::Requirements),
    /// How facts follow from what the source says, where it does not say them outright.
    derived: BTreeMap<String, String> => keyed(Names::Facts),
    /// What was chosen, by decision.
    chose: BTreeMap<String, Ids> => keyed(Names::Decisions) id(Names::Patterns),
    /// Practices beside the decisions.
    practices: Ids => id(Names::Patterns),
    /// The sides that it took and that no pattern of it tells, by tradeoff: the name of the side.
    took: BTreeMap<String, String> => keyed(Names::Tradeoffs),
    /// What was turned down or left.
    turned_down: Vec<RawAlternative>,
    /// What was gained, by quality axis.
    gained: BTreeMap<String, String> => keyed(Names::Axes),
    /// What was paid, by quality axis.
    paid: BTreeMap<String, String> => keyed(Names::Axes),
    /// What to learn from it.
    lesson: Option<String> => needed(),
    /// Why the advice differs from what was chosen, by decision.
    differs: BTreeMap<String, String> => keyed(Names::Decisions),
    /// Its sources.
    sources: Ids => needed() id(Names::Sources) at_least(1),
    /// How it was checked: the text was read, or it is recalled.
    verified: Option<Verified>,
    /// How sure it is; medium, if absent.
    confidence: Option<Confidence>,
});
raw!(RawCheckItem {
    /// The id of the item, unique within the step.
    id: Option<String> => needed(),
    /// What to have done.
    text: Option<String> => needed(),
});
raw!(RawStep {
    /// The id of the step, such as `storage`.
    step: Option<String> => needed() new_id(),
    /// Its number, from 1.
    number: Option<u8> => needed(),
    /// Its name for people.
    name: Option<String> => needed(),
    /// What to do, a sentence a line.
    guidance: Option<String> => needed(),
    /// Groups of requirements that are asked here.
    groups: Vec<String> => flow(),
    /// What the step yields.
    outcomes: Vec<String>,
    /// Kinds of finding that are looked at here.
    checks: Vec<String> => flow(),
    /// What to have done.
    checklist: Vec<RawCheckItem>,
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});
raw!(RawRemark {
    /// The id of the remark.
    #[serde(alias = "principle", alias = "fallacy", alias = "mistake", alias = "figure", alias = "reading")]
    id: Option<String> => needed() new_id(),
    /// The source, for further reading.
    source: Option<String> => id(Names::Sources),
    /// What it says.
    what: Option<String>,
    /// What the guides say, or many believe.
    #[serde(alias = "belief")]
    guide_says: Option<String>,
    /// When a design makes this mistake.
    check: Option<String> => condition(),
    /// What is exact or true, or how one notices.
    #[serde(alias = "truth", alias = "noticed")]
    exact: Option<String>,
    /// The verdict on a figure, such as: truncated.
    verdict: Option<String>,
    /// Patterns that answer it.
    #[serde(alias = "instead")]
    answered_by: Ids => id(Names::Patterns),
    /// Its sources.
    sources: Ids => id(Names::Sources),
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});

/// A conflict that a golden case wants: an id, or an id with a severity.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "serde_yaml::Value")]
pub(super) struct RawWantedConflict {
    pub(super) id: String,
    pub(super) severity: Option<String>,
    /// Keys that mean nothing here.
    pub(super) unknown: Vec<String>,
}

impl From<serde_yaml::Value> for RawWantedConflict {
    fn from(value: serde_yaml::Value) -> Self {
        let field = |key: &str| value.get(key).and_then(scalar_text);
        let keys = value.as_mapping().into_iter().flatten();
        Self {
            id: scalar_text(&value)
                .or_else(|| field("id"))
                .unwrap_or_default(),
            severity: field("severity"),
            unknown: keys
                .filter_map(|(key, _)| scalar_text(key))
                .filter(|key| key != "id" && key != "severity")
                .collect(),
        }
    }
}

impl Shaped for RawWantedConflict {
    fn shape() -> Shape {
        let field = |name, about: &str, shape| Field {
            name,
            aliases: &[],
            about: about.to_owned(),
            needed: false,
            shape,
        };
        let id = "The id of a rule, or of any conflict as `check` lists it.";
        let severity = "The least severity that it must have.";
        let fields = vec![
            field("id", id, Shape::Text).needed(),
            field("severity", severity, Shape::Words(SEVERITIES)),
        ];
        let with_severity = Shape::Fields { fields, flow: true };
        Shape::Either(Box::new(Shape::Text), Box::new(with_severity))
    }
}

raw!(RawCase {
    /// The id of the golden case.
    case: Option<String> => needed() new_id(),
    /// Its name for people.
    name: Option<String> => needed(),
    /// What is known, as answers in a design file.
    requirements: Scalars => keyed(Names::Requirements),
    /// Priorities that are set, as in a design file.
    priorities: Scalars => keyed(Names::Axes) level(),
    /// Choices made already, by decision.
    decisions: BTreeMap<String, Ids> => keyed(Names::Decisions) id(Names::Patterns),
    /// Options of which one must win, by decision.
    expect: BTreeMap<String, Ids> => keyed(Names::Decisions) id(Names::Patterns),
    /// Options that must not win, by decision.
    forbid: BTreeMap<String, Ids> => keyed(Names::Decisions) id(Names::Patterns),
    /// Options that must be among the recommended, by decision.
    include: BTreeMap<String, Ids> => keyed(Names::Decisions) id(Names::Patterns),
    /// Conflicts that must be reported: rules or any conflicts by their ids, or each with its least severity.
    conflicts: Vec<RawWantedConflict> => flow(),
    /// Conflicts that must not be reported: rules or any conflicts by their ids, or all that begin so: `limit/*`.
    no_conflict: Ids => flow(),
    /// Patterns that must be among all that is advised, whether a decision offers them or not.
    practices: Ids => id(Names::Patterns),
    /// Patterns that must not be among what is advised.
    not_practices: Ids => id(Names::Patterns),
    /// Items of the guides that it stands for.
    seed: Ids => flow(),
});
raw!(RawWitness {
    /// The decision.
    decision: Option<String> => needed() id(Names::Decisions),
    /// The option that the answers make win.
    option: Option<String> => needed() id(Names::Patterns),
    /// The answers, as in a design file.
    requirements: Scalars => keyed(Names::Requirements),
    /// Priorities that are set, as in a design file.
    priorities: Scalars => keyed(Names::Axes) level(),
    /// Choices made in other decisions.
    decisions: BTreeMap<String, Ids> => keyed(Names::Decisions) id(Names::Patterns),
});
raw!(RawGuide {
    /// The id of the guide, with which its items begin.
    guide: Option<String> => needed() new_id(),
    /// The guide as a source.
    source: Option<String> => needed() id(Names::Sources),
    /// How many items it has.
    items: Option<u16> => needed(),
    /// Items that stand for a thing of the program, each with what that is.
    of_the_program: BTreeMap<String, String>,
});
raw!(RawOverlay {
    /// The id of the overlay.
    overlay: Option<String> => needed() new_id(),
    /// Its title.
    title: Option<String>,
    /// The base that it is written for.
    extends: Option<String>,
    /// What it changes in the layers below it; whole entries are replaced by files of their own.
    changes: Vec<RawChange>,
});
raw!(RawChange {
    /// The number to set: `pattern/ID/complexity` or `pattern/ID/effects/AXIS/CASE/value`.
    set: Option<String>,
    /// What to set it to.
    to: Option<serde_yaml::Value> => within(-2, 5),
    /// The pattern that nobody may choose, `pattern/ID`, or the rule that holds no more, `rule/ID`.
    disable: Option<String>,
    /// An option to add to a decision.
    add_option: Option<RawAddOption> => flow(),
    /// Why; the advice tells it.
    because: Option<String>,
});
raw!(RawAddOption {
    /// The decision.
    decision: Option<String> => needed() id(Names::Decisions),
    /// The pattern to add.
    option: Option<String> => needed() id(Names::Patterns),
});

/// Returns every kind of knowledge file, in the order in which they are told apart.
pub fn file_kinds() -> Vec<FileKind> {
    fn whole<T: Shaped>(name: &'static str, about: &'static str) -> FileKind {
        FileKind {
            name,
            about,
            shape: T::shape(),
            is_list: false,
        }
    }
    fn list(name: &'static str, about: &'static str, item: Shape) -> FileKind {
        FileKind {
            name,
            about,
            shape: Shape::list(item),
            is_list: true,
        }
    }
    vec![
        whole::<RawPattern>(
            "pattern",
            "A pattern: an option of a decision, or a practice that stands alone.",
        ),
        whole::<RawDecision>(
            "decision",
            "A decision: a question with patterns as options.",
        ),
        whole::<RawTradeoff>(
            "tradeoff",
            "A named tension, between axes or between ways to build.",
        ),
        whole::<RawPrecedent>(
            "precedent",
            "A real system: what was known, what was chosen, what it brought.",
        ),
        whole::<RawCase>(
            "case",
            "A golden case: answers, and what the advice on them must be.",
        ),
        whole::<RawStep>("step", "A step of the design process."),
        whole::<RawOverlay>(
            "overlay",
            "The manifest of an overlay: what it changes in the knowledge below it.",
        ),
        whole::<RawKb>("format", "The head of a whole knowledge base."),
        list("axes", "The quality axes.", RawAxis::shape()),
        list(
            "requirements",
            "Requirements: typed questions about the system.",
            RawRequirement::shape(),
        ),
        list(
            "quantities",
            "Quantities: what is computed from requirements.",
            RawQuantity::shape(),
        ),
        list(
            "hazards",
            "Hazards: what one choice brings in and another takes away.",
            RawHazard::shape(),
        ),
        list(
            "sources",
            "Sources, which entries cite by id.",
            RawSource::shape(),
        ),
        list(
            "rules",
            "Rules: requirements that cannot all be met.",
            RawRule::shape(),
        ),
        list(
            "implied",
            "Priorities that follow from requirements.",
            RawImplied::shape(),
        ),
        list(
            "principles",
            "Principles of the guides.",
            remark("principle"),
        ),
        list("fallacies", "Fallacies, and the truth.", remark("fallacy")),
        list(
            "mistakes",
            "Common mistakes, and how a design shows them.",
            remark("mistake"),
        ),
        list(
            "figures",
            "Figures of the guides, made exact.",
            remark("figure"),
        ),
        list("reading", "Further reading.", remark("reading")),
        list(
            "witnesses",
            "Witnesses: for each option, answers under which it is recommended.",
            RawWitness::shape(),
        ),
        list(
            "guides",
            "Guides: what this knowledge takes up, item by item.",
            RawGuide::shape(),
        ),
    ]
}

/// What a remark of one kind may say: its id stands under the name of the kind.
fn remark(kind: &'static str) -> Shape {
    let mut shape = RawRemark::shape();
    if let Shape::Fields { fields, .. } = &mut shape
        && let Some(id) = fields.first_mut()
    {
        id.name = kind;
        id.aliases = &[];
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::shape::names_read;
    use std::collections::BTreeSet;

    /// The keys that are told, and those that serde reads.
    fn keys<T: Shaped + for<'de> Deserialize<'de>>()
    -> (BTreeSet<&'static str>, BTreeSet<&'static str>) {
        let Shape::Fields { fields, .. } = T::shape() else {
            unreachable!("a struct has fields");
        };
        for field in &fields {
            assert!(
                !field.about.is_empty(),
                "`{}` says nothing about itself",
                field.name
            );
        }
        let told = fields
            .iter()
            .flat_map(|field| field.aliases.iter().copied().chain([field.name]))
            .collect();
        (told, names_read::<T>().iter().copied().collect())
    }

    #[test]
    fn the_keys_that_are_told_are_those_that_are_read() {
        macro_rules! same {
            ($($kind:ty)*) => {
                $(let (told, read) = keys::<$kind>();
                assert!(!read.is_empty());
                assert_eq!(told, read, stringify!($kind));)*
            };
        }
        same!(RawKb RawLevel RawAxis RawChoice RawRequirement RawQuantity RawHazard RawSource RawDecision RawClaim RawLimit
            RawNorm RawPattern RawRule RawImplied RawTradeoff RawSide RawDecidedBy RawAlternative RawPrecedent RawCheckItem
            RawStep RawRemark RawCase RawOverlay RawChange RawAddOption);
    }

    #[test]
    fn the_words_that_are_told_are_those_that_are_read() {
        assert_eq!(Pick::shape(), Shape::Words(&["one", "many"]));
        assert_eq!(
            Confidence::shape(),
            Shape::Words(&["low", "medium", "high"])
        );
    }
}
