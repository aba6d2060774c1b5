//! The rows of the lists: what there is to work through on a screen, as values.

use super::model::{Model, Record};
use crate::design::By;
use crate::knowledge::{AxisId, DecisionId, EdgeKind, FactId, NodeRef, PatternId};
use crate::reasoning::{Origin, Verdict};

/// A row of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// An empty line.
    Gap,
    /// A line of the guidance, by its place.
    Guidance(usize),
    /// The same, once all of the guidance was asked for: one can go through it line by line.
    Reading(usize),
    /// The heading of a section, with a remark.
    Heading(&'static str, String),
    /// A group of inputs.
    Group(String),
    /// The title of the design.
    Title,
    /// What the system is for.
    Context,
    /// A functional requirement, by its place.
    Function(usize),
    /// A new functional requirement.
    AddFunction,
    /// The priority of an axis.
    Priority(AxisId),
    /// A requirement.
    Input(FactId),
    /// An interface, by its place.
    Interface(usize),
    /// A new interface.
    AddInterface,
    /// An entity, by its place.
    Entity(usize),
    /// A new entity.
    AddEntity,
    /// A decision.
    Decision(DecisionId),
    /// A practice outside every decision.
    Practice(PatternId),
    /// A computed quantity.
    Estimate(FactId),
    /// An answer that the interfaces or entities deny.
    Denied(FactId),
    /// A conflict, by its id.
    Conflict(String),
    /// So many hazards that are closed, which are shown when asked for.
    Closed(usize),
    /// A hazard that is closed, by its place in the advice.
    Hazard(usize),
    /// A common mistake that the design makes, by its place in the knowledge.
    Mistake(usize),
    /// Nothing was found.
    Clear,
    /// An item of the checklist, by its place.
    Check(usize),
    /// A sector pack, by its place.
    Pack(usize),
    /// The state of the step.
    State,
    /// The notes of the design.
    Notes,
    /// On to the next step, or the export.
    Next,
}

impl Row {
    /// Returns whether the row can be selected.
    pub fn is_selectable(&self) -> bool {
        !matches!(
            self,
            Self::Gap | Self::Guidance(_) | Self::Heading(..) | Self::Group(_) | Self::Clear
        )
    }

    /// Returns whether the row begins a section.
    pub fn is_heading(&self) -> bool {
        matches!(self, Self::Heading(..) | Self::Group(_))
    }
}

/// Returns the selectable row nearest to `at`, looking down first.
pub fn nearest(rows: &[Row], at: usize) -> usize {
    let at = at.min(rows.len().saturating_sub(1));
    (at..rows.len())
        .find(|index| rows[*index].is_selectable())
        .or_else(|| (0..at).rev().find(|index| rows[*index].is_selectable()))
        .unwrap_or(0)
}

/// Returns the row reached from `at` by going over `by` selectable rows; it stops at the ends.
pub fn moved(rows: &[Row], at: usize, by: isize) -> usize {
    let selectable: Vec<usize> = (0..rows.len())
        .filter(|index| rows[*index].is_selectable())
        .collect();
    let place = selectable
        .iter()
        .position(|index| *index >= at)
        .unwrap_or(selectable.len().saturating_sub(1));
    let place = place
        .saturating_add_signed(by)
        .min(selectable.len().saturating_sub(1));
    selectable.get(place).copied().unwrap_or(0)
}

/// Returns the first selectable row of the next section, or of the previous one.
pub fn section(rows: &[Row], at: usize, forward: bool) -> usize {
    let begins: Vec<usize> = (0..rows.len())
        .filter(|index| rows[*index].is_heading())
        .map(|index| nearest(rows, index))
        .collect();
    let found = if forward {
        begins.iter().copied().find(|index| *index > at)
    } else {
        begins.iter().rev().copied().find(|index| *index < at)
    };
    found.unwrap_or_else(|| {
        if forward {
            nearest(rows, rows.len())
        } else {
            nearest(rows, 0)
        }
    })
}

/// How many sentences of the guidance are shown until more is asked for.
const SHORT_GUIDANCE: usize = 2;

/// Returns the lines of the guidance of a step, as wide as the step: all of them, or the first sentences.
pub fn guidance(model: &Model, step: usize) -> Vec<String> {
    let Some(entry) = model.base.steps.get(step) else {
        return Vec::new();
    };
    let (_, area) = super::layout::process(super::layout::regions(model).body);
    let most = if super::layout::full_guidance(model) {
        usize::MAX
    } else {
        SHORT_GUIDANCE
    };
    let width = usize::from(area.width).saturating_sub(2);
    entry
        .guidance
        .lines()
        .take(most)
        .flat_map(|sentence| super::text::wrap(sentence, width))
        .collect()
}

/// Returns the rows of a step, from 0.
pub fn rows(model: &Model, step: usize) -> Vec<Row> {
    let Some(entry) = model.base.steps.get(step) else {
        return Vec::new();
    };
    let asked =
        matches!(model.screen(), super::model::Screen::Process(process) if process.guidance);
    let line = if asked { Row::Reading } else { Row::Guidance };
    let mut rows: Vec<Row> = (0..guidance(model, step).len()).map(line).collect();
    inputs(model, step, &mut rows);
    decisions(model, step, &mut rows);
    estimates(model, step, &mut rows);
    findings(model, step, &mut rows);
    let ticked = model
        .design
        .steps
        .get(entry.id.as_str())
        .map_or(0, |stored| stored.checked.len());
    heading(
        &mut rows,
        "Checklist",
        format!("{ticked} of {}", entry.checklist.len()),
    );
    rows.extend((0..entry.checklist.len()).map(Row::Check));
    heading(&mut rows, "This step", String::new());
    rows.push(Row::State);
    if step + 1 == model.base.steps.len() {
        rows.push(Row::Notes);
    }
    rows.push(Row::Next);
    rows
}

fn heading(rows: &mut Vec<Row>, text: &'static str, remark: String) {
    rows.push(Row::Gap);
    rows.push(Row::Heading(text, remark));
}

fn inputs(model: &Model, step: usize, rows: &mut Vec<Row>) {
    let entry = &model.base.steps[step];
    if entry.groups.is_empty() {
        match &*entry.id {
            "api" => {
                heading(
                    rows,
                    "Interfaces",
                    super::text::count(model.design.interfaces.len(), "interface"),
                );
                rows.extend((0..model.design.interfaces.len()).map(Row::Interface));
                rows.push(Row::AddInterface);
            }
            "data-model" | "storage" => {
                heading(
                    rows,
                    "Entities",
                    super::text::count(model.design.entities.len(), "entity"),
                );
                rows.extend((0..model.design.entities.len()).map(Row::Entity));
                rows.push(Row::AddEntity);
            }
            _ => {}
        }
        let bearing = bearing(model, step);
        if !bearing.is_empty() {
            let all = bearing.len();
            let given = bearing.iter().filter(|fact| model.is_given(**fact)).count();
            let mut shown = worthwhile(model, &bearing);
            let remark = match shown.len() {
                shown if shown == all => format!("{given} of {all} answered"),
                shown => format!("the {shown} that matter most; {given} of {all} answered"),
            };
            heading(rows, "Inputs", remark);
            keep_selected(model, step, &bearing, rows.len(), &mut shown);
            rows.extend(shown.into_iter().map(Row::Input));
        }
        return;
    }
    heading(rows, "The system", String::new());
    rows.push(Row::Title);
    rows.push(Row::Context);
    rows.extend((0..model.design.functions.len()).map(Row::Function));
    rows.push(Row::AddFunction);
    let requirements = model.base.requirements.len();
    let given = model
        .base
        .requirement_ids()
        .filter(|(id, _)| model.is_given(*id))
        .count();
    let quick = model.quick_questions();
    let quick = quick.iter().filter(|fact| model.is_given(**fact)).count();
    let remark = match quick {
        0 => format!("{given} of {requirements} answered"),
        1 => format!("{given} of {requirements} answered; 1 is a quick question"),
        quick => format!("{given} of {requirements} answered; {quick} are quick questions"),
    };
    heading(rows, "Inputs", remark);
    for group in &entry.groups {
        rows.push(Row::Group(group.to_string()));
        let members = model
            .base
            .requirement_ids()
            .filter(|(_, requirement)| requirement.group == *group);
        rows.extend(members.map(|(id, _)| Row::Input(id)));
    }
    heading(
        rows,
        "Priorities",
        "how much each quality counts".to_owned(),
    );
    rows.extend(model.base.axis_ids().map(Row::Priority));
    if !model.packs().is_empty() {
        let remark = "knowledge of one line of business, laid over the rest".to_owned();
        heading(rows, "Sector packs", remark);
        rows.extend((0..model.packs().len()).map(Row::Pack));
    }
}

/// The requirements that the decisions of a step rest on: those its open decisions hinge on, and those that its
/// decisions ask for by name, each once, in order.
fn bearing(model: &Model, step: usize) -> Vec<FactId> {
    let mut found: Vec<FactId> = Vec::new();
    let graph = model.base.graph();
    let requirements = model.base.requirements.len();
    for id in model.step_decisions(step) {
        found.extend(&model.advice().decision(id).hinges_on);
        for edge in graph.out(NodeRef::Decision(id)) {
            if let (EdgeKind::DependsOn, NodeRef::Fact(fact)) = (edge.kind, edge.other) {
                found.push(fact);
            }
        }
        for pattern in &model.base.decision(id).options {
            let entry = model.base.pattern(*pattern);
            let read = (entry.limits.iter().map(|limit| &limit.when))
                .chain(entry.driver.iter().map(|driver| &driver.when))
                .chain(entry.applies.as_deref());
            found.extend(read.flat_map(|condition| condition.expression.facts()));
        }
    }
    found.retain(|fact| fact.index() < requirements);
    found.sort_unstable();
    found.dedup();
    found
}

/// How many inputs a later step shows at most; all of them are in the first.
const MOST_INPUTS: usize = 6;

/// Of the requirements that a step rests on, those worth answering most: what questions the advisor has come first,
/// then what was given, since it may be revised.
fn worthwhile(model: &Model, bearing: &[FactId]) -> Vec<FactId> {
    let mut bearing = bearing.to_vec();
    if bearing.len() <= MOST_INPUTS {
        return bearing;
    }
    let place = |fact: &FactId| {
        let asked = model
            .advice()
            .questions
            .iter()
            .position(|question| question.requirement == *fact);
        (asked.unwrap_or(usize::MAX), !model.is_given(*fact), *fact)
    };
    bearing.sort_by_key(place);
    bearing.truncate(MOST_INPUTS);
    bearing
}

/// Leaves the input that is selected where it was, of which the first is row `first`: an answer makes it matter less, but
/// it stays in sight, and under the cursor, until that goes on.
fn keep_selected(
    model: &Model,
    step: usize,
    bearing: &[FactId],
    first: usize,
    shown: &mut Vec<FactId>,
) {
    let super::model::Screen::Process(process) = model.screen() else {
        return;
    };
    let Some(Some((Row::Input(fact), at))) = process.row.get(step) else {
        return;
    };
    if process.step != step || !bearing.contains(fact) || shown.len() == bearing.len() {
        return;
    }
    shown.retain(|other| other != fact);
    let place = at.saturating_sub(first).min(shown.len());
    shown.insert(place, *fact);
    shown.truncate(MOST_INPUTS.max(place + 1));
}

fn decisions(model: &Model, step: usize, rows: &mut Vec<Row>) {
    let decisions: Vec<DecisionId> = model.step_decisions(step).collect();
    if !decisions.is_empty() {
        let chosen = decisions
            .iter()
            .filter(|id| !model.advice().decision(**id).chosen.is_empty())
            .count();
        heading(
            rows,
            "Decisions",
            format!("{chosen} of {} taken", decisions.len()),
        );
        rows.extend(decisions.into_iter().map(Row::Decision));
    }
    let practices: Vec<PatternId> = (model.advice().practices.iter())
        .filter(|practice| practice.adopted || practice.advice.verdict == Verdict::Recommended)
        .map(|practice| practice.advice.pattern)
        .filter(|pattern| model.base.pattern(*pattern).step.index() == step)
        .collect();
    if !practices.is_empty() {
        heading(
            rows,
            "Practices",
            "recommended beside the decisions".to_owned(),
        );
        rows.extend(practices.into_iter().map(Row::Practice));
    }
}

/// The quantities of a step: all of them where the load is estimated and where the limits are looked for, else those
/// that its decisions read.
fn estimates(model: &Model, step: usize, rows: &mut Vec<Row>) {
    let entry = &model.base.steps[step];
    let all = !entry.groups.is_empty() || &*entry.id == "bottlenecks";
    let known = |id: &FactId| model.advice().facts.state(*id).origin != Origin::Unknown;
    let mut found: Vec<FactId> = if all {
        model.base.quantity_ids().map(|(id, _)| id).collect()
    } else {
        let words: &[&str] = match &*entry.id {
            "observability" => &[
                "budget_min_30d",
                "downtime_year_h",
                "budget_requests_30d",
                "fast_burn_error_rate",
                "slow_burn_error_rate",
            ],
            _ => &[],
        };
        let mut read: Vec<FactId> = words
            .iter()
            .filter_map(|id| model.base.find_fact(id))
            .collect();
        for id in model.step_decisions(step) {
            for pattern in &model.base.decision(id).options {
                let edges = model.base.graph().out(NodeRef::Pattern(*pattern));
                read.extend(
                    edges
                        .iter()
                        .filter_map(|edge| match (edge.kind, edge.other) {
                            (EdgeKind::DependsOn, NodeRef::Fact(fact)) => Some(fact),
                            _ => None,
                        }),
                );
            }
        }
        read.retain(|fact| model.base.quantity(*fact).is_some());
        read.sort_unstable();
        read.dedup();
        read
    };
    found.retain(known);
    if !found.is_empty() {
        heading(
            rows,
            "Estimates",
            "computed from the inputs; enter shows how".to_owned(),
        );
        rows.extend(found.into_iter().map(Row::Estimate));
    }
}

fn findings(model: &Model, step: usize, rows: &mut Vec<Row>) {
    let entry = &model.base.steps[step];
    let mut found: Vec<Row> = Vec::new();
    let mut accepted: Vec<Row> = Vec::new();
    // Where the answer is given, and where that is written which denies it.
    for denial in model.denials() {
        let there = match denial.section {
            "interfaces" => entry.id == "api",
            _ => entry.id == "data-model" || entry.id == "storage",
        };
        if there || step == 0 {
            found.push(Row::Denied(denial.requirement));
        }
    }
    for conflict in model.conflicts() {
        let here = entry.checks.iter().any(|kind| kind == conflict.kind.word())
            || conflict
                .patterns
                .iter()
                .any(|pattern| model.base.pattern(*pattern).step.index() == step);
        if here {
            let list = match conflict.waived {
                Some(_) => &mut accepted,
                None => &mut found,
            };
            list.push(Row::Conflict(conflict.id.clone()));
        }
    }
    for index in &model.advice().mistakes {
        let about = model
            .base
            .remarks
            .get(*index)
            .map(|remark| &remark.patterns);
        let here = about.is_some_and(|list| {
            list.iter()
                .any(|id| model.base.pattern(*id).step.index() == step)
        });
        if here || step + 1 == model.base.steps.len() {
            found.push(Row::Mistake(*index));
        }
    }
    // What is settled stands below what is not, and what nothing is to be done about is one line.
    let remark = match found.len() {
        0 => String::new(),
        open => format!("{open} open"),
    };
    heading(rows, "Findings", remark);
    found.extend(accepted);
    if entry.checks.iter().any(|kind| *kind == "open-hazard") {
        let hazards = model.advice().hazards.iter().enumerate();
        let closed: Vec<Row> = hazards
            .filter(|(_, hazard)| !hazard.is_open())
            .map(|(index, _)| Row::Hazard(index))
            .collect();
        if !closed.is_empty() {
            found.push(Row::Closed(closed.len()));
        }
        if matches!(model.screen(), super::model::Screen::Process(process) if process.closed) {
            found.extend(closed);
        }
    }
    if found.is_empty() {
        rows.push(Row::Clear);
    }
    rows.extend(found);
}

/// A line of the screen of one decision: an option, or a part of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionRow {
    /// An option.
    Option(PatternId),
    /// Why.
    Because,
    /// Where it stands.
    Status,
    /// How sure the deciders are.
    Confidence,
    /// How easily it can be taken back.
    Reversibility,
    /// When it was decided.
    Decided,
    /// The condition that calls for a review.
    ReviewWhen,
    /// The date that calls for a review.
    ReviewOn,
}

/// Returns the rows of a decision's screen.
pub fn decision(model: &Model, id: DecisionId) -> Vec<DecisionRow> {
    let advice = model.advice().decision(id);
    let mut rows: Vec<DecisionRow> = if advice.options.is_empty() {
        model
            .base
            .decision(id)
            .options
            .iter()
            .map(|pattern| DecisionRow::Option(*pattern))
            .collect()
    } else {
        advice
            .options
            .iter()
            .map(|option| DecisionRow::Option(option.pattern))
            .collect()
    };
    rows.extend([
        DecisionRow::Because,
        DecisionRow::Status,
        DecisionRow::Confidence,
        DecisionRow::Reversibility,
        DecisionRow::Decided,
        DecisionRow::ReviewWhen,
        DecisionRow::ReviewOn,
    ]);
    rows
}

/// A line of the screen of an interface or entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordRow {
    /// Its name.
    Name,
    /// Who calls an interface.
    Caller,
    /// Whether an interface reads or writes.
    Kind,
    /// Whether the caller waits.
    Style,
    /// The share of all requests.
    Share,
    /// The latency it may have.
    Latency,
    /// Whether calling it twice is safe.
    Idempotent,
    /// A relation of an entity, by its place.
    Relation(usize),
    /// A new relation.
    AddRelation,
    /// How often records are found in one way.
    Access(By),
    /// Notes on an entity.
    Notes,
}

/// Returns the rows of the screen of an interface or entity.
pub fn record(model: &Model, of: Record) -> Vec<RecordRow> {
    match of {
        Record::Interface(_) => vec![
            RecordRow::Name,
            RecordRow::Caller,
            RecordRow::Kind,
            RecordRow::Style,
            RecordRow::Share,
            RecordRow::Latency,
            RecordRow::Idempotent,
        ],
        Record::Entity(index) => {
            let relations = model
                .design
                .entities
                .get(index)
                .map_or(0, |entity| entity.relations.len());
            let mut rows = vec![RecordRow::Name];
            rows.extend((0..relations).map(RecordRow::Relation));
            rows.push(RecordRow::AddRelation);
            rows.extend(By::ALL.iter().map(|by| RecordRow::Access(*by)));
            rows.push(RecordRow::Notes);
            rows
        }
    }
}

/// An action of the home screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HomeRow {
    /// The quick questions.
    Quick,
    /// The ten steps, at this one, from 0.
    Continue(usize),
    /// The conflicts.
    Conflicts,
    /// The patterns browser.
    Patterns,
    /// The summary.
    Summary,
}

/// Returns the actions of the home screen.
pub fn home(model: &Model) -> Vec<HomeRow> {
    vec![
        HomeRow::Quick,
        HomeRow::Continue(
            model
                .next_step()
                .unwrap_or(model.base.steps.len().saturating_sub(1)),
        ),
        HomeRow::Conflicts,
        HomeRow::Patterns,
        HomeRow::Summary,
    ]
}

/// A row below the first recommendation of the quick start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultRow {
    /// An input that is worth answering next.
    Answer(FactId),
    /// On to the ten steps.
    GoOn,
}

/// Returns the rows below the first recommendation of the quick start.
pub fn result(model: &Model) -> Vec<ResultRow> {
    const WORTH: usize = 3;
    let questions = model.advice().questions.iter().take(WORTH);
    let answers = questions.map(|question| ResultRow::Answer(question.requirement));
    answers.chain([ResultRow::GoOn]).collect()
}

/// Returns the row below the first recommendation that is selected; none at a question. `at` counts back from the last
/// row once it is past the questions, so that one arrives there at what goes on.
pub fn selected_result(model: &Model, at: usize) -> Option<(usize, ResultRow)> {
    let past = at.checked_sub(model.quick_questions().len())?;
    let rows = result(model);
    let place = rows.len().saturating_sub(1 + past);
    rows.get(place).map(|row| (place, *row))
}

/// A row of the patterns browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternRow {
    /// The patterns that help the axis follow.
    Helps,
    /// The patterns that hurt the axis follow.
    Hurts,
    /// A pattern, with its strongest effect on the axis, if the list is of one.
    Pattern(PatternId, Option<i8>),
}

/// Returns the categories of patterns, in order.
pub fn categories(model: &Model) -> Vec<&str> {
    let mut found: Vec<&str> = model
        .base
        .patterns
        .iter()
        .map(|pattern| &*pattern.category)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the rows of the patterns browser: what a search finds, or else the patterns of the selected facet.
pub fn patterns(model: &Model, facet: usize, query: &str) -> Vec<PatternRow> {
    if !query.trim().is_empty() {
        let found = model.found(query);
        return found
            .iter()
            .map(|found| PatternRow::Pattern(found.pattern, None))
            .collect();
    }
    let axes = model.base.axes.len();
    if facet < axes {
        let axis = AxisId(facet as u8);
        let graph = model.base.graph();
        let of = |direction| {
            graph
                .affecting(axis, direction)
                .into_iter()
                .map(|(id, value)| PatternRow::Pattern(id, Some(value)))
        };
        let mut rows = vec![PatternRow::Helps];
        rows.extend(of(1));
        rows.push(PatternRow::Hurts);
        rows.extend(of(-1));
        return rows;
    }
    let categories = categories(model);
    let Some(category) = categories.get(facet - axes) else {
        return Vec::new();
    };
    let mut found: Vec<PatternId> = model
        .base
        .pattern_ids()
        .filter(|id| model.base.pattern(*id).category == *category)
        .collect();
    found.sort_by(|left, right| {
        model
            .base
            .pattern(*left)
            .name
            .cmp(&model.base.pattern(*right).name)
    });
    found
        .into_iter()
        .map(|id| PatternRow::Pattern(id, None))
        .collect()
}
