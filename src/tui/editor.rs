//! Editing one thing: what is edited, with what, whether it is right, and what it changes.

use super::edit;
use super::field::Field;
use super::message::Effect;
use super::model::{Model, Record, Screen};
use super::rows::{DecisionRow, RecordRow, Row};
use crate::design::{
    self, AccessPattern, By, Decision, Design, Entity, Interface, Kind, Level, State, Status,
    Timing,
};
use crate::knowledge::{AxisId, DecisionId, FactId, FactKind};
use crate::reasoning::Origin;

/// What is edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The title of the design.
    Title,
    /// What the system is for.
    Context,
    /// The notes of the design.
    Notes,
    /// A functional requirement; past the last one, a new one.
    Function(usize),
    /// The priority of an axis.
    Priority(AxisId),
    /// The least effect allowed on an axis.
    Floor(AxisId),
    /// The answer to a requirement.
    Requirement(FactId),
    /// A part of the record of a decision.
    Decision(DecisionId, DecisionRow),
    /// A part of an interface or entity.
    Record(Record, RecordRow),
    /// A new interface.
    NewInterface,
    /// A new entity.
    NewEntity,
    /// The reason for accepting a conflict, by its id.
    Waiver(String),
    /// The state of a step, from 0.
    Step(usize),
    /// The reason for leaving a step out.
    Skip(usize),
    /// Where to export to.
    Export,
    /// What to search for in the patterns browser.
    Search,
}

/// One answer of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the design file says; empty for unknown.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// What it means.
    pub means: String,
}

/// With what it is edited.
#[derive(Debug, Clone)]
pub enum Input {
    /// A text.
    Text(Field),
    /// A list.
    Choice {
        /// The answers.
        options: Vec<Choice>,
        /// The selected one.
        at: usize,
    },
}

/// An edit under way.
#[derive(Debug, Clone)]
pub struct Editor {
    /// What is edited.
    pub target: Target,
    /// What is asked.
    pub label: String,
    /// What helps to answer.
    pub help: String,
    /// With what.
    pub input: Input,
}

/// What is to be said of what is in the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// It can be taken; this is what it means.
    Good(String),
    /// It cannot be taken: what is wrong, and what would be right.
    Bad(String, String),
}

impl Editor {
    /// Returns whether letters are typed into it.
    pub fn is_text(&self) -> bool {
        matches!(self.input, Input::Text(_))
    }

    /// Returns whether it is shown below the row it belongs to; else it is shown at the foot of the screen.
    pub fn is_inline(&self) -> bool {
        !matches!(
            self.target,
            Target::Title
                | Target::Waiver(_)
                | Target::Export
                | Target::Search
                | Target::Skip(_)
                | Target::Floor(_)
        )
    }

    /// Returns the text as it would go into the design.
    pub fn value(&self) -> String {
        match &self.input {
            Input::Text(field) => field.text().trim().to_owned(),
            Input::Choice { options, at } => options
                .get(*at)
                .map(|option| option.value.clone())
                .unwrap_or_default(),
        }
    }

    /// Opens an editor for `target`, with what the design says now.
    pub fn new(model: &Model, target: Target) -> Self {
        let design = &model.design;
        let (label, help, input): (String, String, Input) = match &target {
            Target::Title => (
                "Title of the design".into(),
                "A few words, such as: Ticket shop".into(),
                line(&design.title),
            ),
            Target::Context => (
                "What is the system for?".into(),
                "Two or three sentences for a reader who knows nothing of it.".into(),
                prose(&design.context),
            ),
            Target::Notes => (
                "Notes".into(),
                "Anything else worth keeping.".into(),
                prose(&design.notes),
            ),
            Target::Function(index) => (
                "What must the system do?".into(),
                "One thing it does, most important first.".into(),
                line(design.functions.get(*index).map_or("", String::as_str)),
            ),
            Target::Priority(axis) => priority(model, *axis),
            Target::Floor(axis) => floor(model, *axis),
            Target::Requirement(fact) => requirement(model, *fact),
            Target::Decision(id, row) => decision(model, *id, *row),
            Target::Record(of, row) => record(model, *of, *row),
            Target::NewInterface => (
                "Name of the interface".into(),
                "What a caller asks for, such as: buy ticket".into(),
                line(""),
            ),
            Target::NewEntity => (
                "Name of the entity".into(),
                "A thing the system stores, such as: order".into(),
                line(""),
            ),
            Target::Waiver(id) => waiver(design, id),
            Target::Step(step) => step_state(model, *step),
            Target::Skip(step) => (
                "Why is this step left out?".into(),
                "A reader of the design will want to know.".into(),
                line(
                    model
                        .base
                        .steps
                        .get(*step)
                        .and_then(|entry| design.steps.get(entry.id.as_str()))
                        .map_or("", |stored| &stored.because),
                ),
            ),
            Target::Export => (
                "Export the summary to".into(),
                "A Markdown file; relative to where the program was started.".into(),
                line(&model.export),
            ),
            Target::Search => {
                let query = if let Screen::Patterns(browser) = model.screen() {
                    browser.query.as_str()
                } else {
                    ""
                };
                ("Search".into(), String::new(), line(query))
            }
        };
        Self {
            target,
            label,
            help,
            input,
        }
    }

    /// Says whether what is in the editor can be taken.
    pub fn check(&self, model: &Model) -> Check {
        let value = self.value();
        let needed = |what: &str| {
            if value.is_empty() {
                Check::Bad(what.to_owned(), "type it, or leave with esc".to_owned())
            } else {
                Check::Good(String::new())
            }
        };
        match &self.target {
            Target::Requirement(fact) => check_requirement(model, *fact, &value),
            Target::NewInterface | Target::NewEntity => needed("a name is needed"),
            Target::Record(_, RecordRow::Name) => needed("a name is needed"),
            Target::Skip(_) => needed("a reason is needed"),
            // An empty reason takes an acceptance back; where there is none it would be lost without a word.
            Target::Waiver(id) if !model.design.waivers.iter().any(|it| it.conflict == *id) => {
                needed("a reason is needed")
            }
            Target::Export => needed("a path is needed"),
            Target::Record(_, RecordRow::Share) => share(&value),
            Target::Record(_, RecordRow::Latency) => measured(&value, "ms", "200 ms"),
            Target::Record(_, RecordRow::Access(_)) => measured(&value, "1/s", "500/s"),
            Target::Decision(_, DecisionRow::Decided | DecisionRow::ReviewOn) => check_date(&value),
            Target::Decision(_, DecisionRow::ReviewWhen) => check_condition(model, &value),
            _ => Check::Good(String::new()),
        }
    }

    /// Makes the change. The editor stays open, with its text, when the text cannot be taken.
    pub(super) fn accept(self, model: &mut Model) -> Vec<Effect> {
        if let Check::Bad(message, _) = self.check(model) {
            model.complain(capitalised(&message));
            model.editor = Some(self);
            return Vec::new();
        }
        if let Some(reason) = model.read_only.clone()
            && !matches!(self.target, Target::Export | Target::Search)
        {
            model.complain(format!("Read-only: {reason}"));
            model.editor = Some(self);
            return Vec::new();
        }
        let value = self.value();
        let base = std::rc::Rc::clone(&model.base);
        match self.target {
            Target::Title => model.commit("title", |design| design.title = value),
            Target::Context => model.commit("context", |design| design.context = value),
            Target::Notes => model.commit("notes", |design| design.notes = value),
            Target::Function(index) => model.commit("functional requirement", |design| {
                set_function(design, index, value);
            }),
            Target::Priority(axis) => {
                let entry = base.axis(axis);
                model.commit(
                    format!("priority of {}", entry.name.to_lowercase()),
                    |design| {
                        if value.is_empty() {
                            design.priorities.remove(entry.id.as_str());
                        } else {
                            design.priorities.insert(entry.id.to_string(), value);
                        }
                    },
                )
            }
            Target::Floor(axis) => {
                let entry = base.axis(axis);
                model.commit(
                    format!("floor of {}", entry.name.to_lowercase()),
                    |design| match value.parse() {
                        Ok(level) => {
                            design.floors.insert(entry.id.to_string(), level);
                        }
                        Err(_) => {
                            design.floors.remove(entry.id.as_str());
                        }
                    },
                )
            }
            Target::Requirement(fact) => {
                let (id, name, _) = base.fact(fact);
                model.commit(name.to_owned(), |design| edit::answer(design, id, &value))
            }
            Target::Decision(id, row) => {
                let today = model.today.clone();
                let name = &base.decision(id).name;
                model.commit(
                    format!("{} of {}", part(row), name.to_lowercase()),
                    |design| {
                        let key = base.decision(id).id.to_string();
                        let decision = design.decisions.entry(key.clone()).or_default();
                        set_decision(decision, row, value, &today);
                        if *decision == Decision::default() {
                            design.decisions.remove(&key);
                        }
                    },
                )
            }
            Target::Record(of, row) => {
                model.commit("record", |design| set_record(design, of, row, value))
            }
            Target::NewInterface => {
                let effects = model.commit(format!("interface {value}"), |design| {
                    design.interfaces.push(Interface {
                        name: value,
                        ..Interface::default()
                    });
                });
                let index = model.design.interfaces.len().saturating_sub(1);
                model.screens.push(Screen::Record {
                    of: Record::Interface(index),
                    at: 1,
                });
                effects
            }
            Target::NewEntity => {
                let effects = model.commit(format!("entity {value}"), |design| {
                    design.entities.push(Entity {
                        name: value,
                        ..Entity::default()
                    });
                });
                let index = model.design.entities.len().saturating_sub(1);
                model.screens.push(Screen::Record {
                    of: Record::Entity(index),
                    at: 1,
                });
                effects
            }
            Target::Waiver(id) => {
                let label = if value.is_empty() {
                    "withdrawal of a waiver"
                } else {
                    "waiver"
                };
                model.commit(label, |design| edit::waive(design, &id, &value))
            }
            Target::Step(step) => {
                if value == State::Skipped.word() {
                    model.editor = Some(Self::new(model, Target::Skip(step)));
                    return Vec::new();
                }
                set_step(
                    model,
                    step,
                    State::from_word(&value).unwrap_or_default(),
                    String::new(),
                )
            }
            Target::Skip(step) => set_step(model, step, State::Skipped, value),
            Target::Export => {
                let text = (model.markdown)(&model.base, &model.design, model.advice());
                vec![Effect::Export {
                    path: value,
                    text,
                    overwrite: false,
                }]
            }
            Target::Search => Vec::new(),
        }
    }
}

impl Editor {
    /// Returns the design with what was typed so far, to survive the end of the process; none where that means nothing yet.
    pub(super) fn draft(&self, model: &Model) -> Option<Design> {
        let mut design = model.design.clone();
        let value = self.value();
        match &self.target {
            Target::Title => design.title = value,
            Target::Context => design.context = value,
            Target::Notes => design.notes = value,
            Target::Function(index) => set_function(&mut design, *index, value),
            Target::Decision(id, DecisionRow::Because) => {
                let key = model.base.decision(*id).id.to_string();
                design.decisions.entry(key).or_default().because = value;
            }
            Target::Waiver(id) => edit::waive(&mut design, id, &value),
            _ if value.is_empty() => return None,
            // What cannot be understood yet would only be told as a fault of the file.
            Target::Requirement(fact) if matches!(self.check(model), Check::Good(_)) => {
                let key = model.base.fact(*fact).0.to_string();
                design.requirements.insert(key, value);
            }
            Target::Record(
                of,
                row @ (RecordRow::Name
                | RecordRow::Caller
                | RecordRow::Relation(_)
                | RecordRow::AddRelation
                | RecordRow::Notes),
            ) => set_record(&mut design, *of, *row, value),
            Target::NewInterface => design.interfaces.push(Interface {
                name: value,
                ..Interface::default()
            }),
            Target::NewEntity => design.entities.push(Entity {
                name: value,
                ..Entity::default()
            }),
            _ => return None,
        }
        Some(design)
    }
}

/// Sets a functional requirement, or adds it; an empty text removes it.
fn set_function(design: &mut Design, index: usize, value: String) {
    match (design.functions.get_mut(index), value.is_empty()) {
        (Some(_), true) => {
            design.functions.remove(index);
        }
        (Some(function), false) => *function = value,
        (None, true) => {}
        (None, false) => design.functions.push(value),
    }
}

/// Sets the state of a step.
pub(super) fn set_step(
    model: &mut Model,
    step: usize,
    state: State,
    because: String,
) -> Vec<Effect> {
    let Some(id) = model.base.steps.get(step).map(|entry| entry.id.to_string()) else {
        return Vec::new();
    };
    model.commit(format!("state of step {}", step + 1), |design| {
        let stored = design.steps.entry(id.clone()).or_default();
        stored.state = state;
        stored.because = because;
        if *stored == crate::design::Step::default() {
            design.steps.remove(&id);
        }
    })
}

/// Returns what editing a row of the process screen means.
pub(super) fn of_row(model: &Model, row: &Row, step: usize) -> Option<Target> {
    match row {
        Row::Title => Some(Target::Title),
        Row::Context => Some(Target::Context),
        Row::Notes => Some(Target::Notes),
        Row::Function(index) => Some(Target::Function(*index)),
        Row::AddFunction => Some(Target::Function(model.design.functions.len())),
        Row::Priority(axis) => Some(Target::Priority(*axis)),
        Row::Input(fact) => Some(Target::Requirement(*fact)),
        Row::AddInterface => Some(Target::NewInterface),
        Row::AddEntity => Some(Target::NewEntity),
        Row::State => Some(Target::Step(step)),
        _ => None,
    }
}

fn line(text: &str) -> Input {
    Input::Text(Field::line(text))
}

/// A number, which is replaced rather than added to.
fn number(text: &str) -> Input {
    Input::Text(Field::replaceable(text))
}

fn prose(text: &str) -> Input {
    Input::Text(Field::prose(text))
}

/// A reason that was given is replaced rather than added to.
fn waiver(design: &Design, id: &str) -> (String, String, Input) {
    let mut waivers = design.waivers.iter();
    let now = waivers.find(|waiver| waiver.conflict == id);
    let help = match now {
        None => "The reason goes into the design and the summary.",
        Some(_) => {
            "Typing replaces the reason; f2 or an arrow key edits it. Empty takes the acceptance back."
        }
    };
    let input = Field::replaceable_prose(now.map_or("", |waiver| &waiver.because));
    (
        "Why is this conflict accepted?".into(),
        help.into(),
        Input::Text(input),
    )
}

/// A list with the option that stands for nothing said at its end, and the current value selected, or else the first.
fn choice(options: Vec<(&str, &str, &str)>, nothing: &str, now: &str) -> Input {
    let mut options: Vec<Choice> = options
        .into_iter()
        .map(|(value, label, means)| Choice {
            value: value.into(),
            label: label.into(),
            means: means.into(),
        })
        .collect();
    options.push(Choice {
        value: String::new(),
        label: "unknown".into(),
        means: nothing.into(),
    });
    let at = options
        .iter()
        .position(|option| option.value == now && !now.is_empty())
        .unwrap_or(0);
    Input::Choice { options, at }
}

/// As [`choice`], for what is assumed where nothing was said: then nothing is selected, so that taking what is there does
/// not make an answer of the assumption.
fn assumable(options: Vec<(&str, &str, &str)>, nothing: &str, now: &str) -> Input {
    let mut input = choice(options, nothing, now);
    if let Input::Choice { options, at } = &mut input
        && now.is_empty()
    {
        *at = options.len() - 1;
    }
    input
}

fn priority(model: &Model, axis: AxisId) -> (String, String, Input) {
    let entry = model.base.axis(axis);
    let means = |name: &str| match name {
        "not-a-concern" => "does not count at all",
        "minor" => "counts half as much as normal",
        "important" => "counts twice as much as normal",
        "critical" => "counts four times as much as normal",
        _ => "counts as usual",
    };
    let levels: Vec<(String, &str)> = model
        .base
        .priorities
        .iter()
        .map(|level| (level.name.to_string(), means(&level.name)))
        .collect();
    let now = model
        .design
        .priorities
        .get(entry.id.as_str())
        .and_then(|text| model.base.find_level(text));
    let now = now.map_or("", |level| model.base.level_name(level));
    let mut input = assumable(
        levels
            .iter()
            .map(|(name, means)| (name.as_str(), name.as_str(), *means))
            .collect(),
        "as your answers imply",
        now,
    );
    if let Input::Choice { options, .. } = &mut input
        && let Some(last) = options.last_mut()
    {
        "not set".clone_into(&mut last.label);
    }
    (entry.question.to_string(), entry.what.to_string(), input)
}

fn floor(model: &Model, axis: AxisId) -> (String, String, Input) {
    let entry = model.base.axis(axis);
    let now = model
        .design
        .floors
        .get(entry.id.as_str())
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut input = choice(
        vec![
            (
                "0",
                "no harm",
                "an option that hurts it at all is discouraged",
            ),
            (
                "-1",
                "no great harm",
                "an option that hurts it badly is discouraged",
            ),
        ],
        "harm may be outweighed",
        &now,
    );
    if let Input::Choice { options, .. } = &mut input
        && let Some(last) = options.last_mut()
    {
        "no floor".clone_into(&mut last.label);
    }
    (
        format!("How much harm to {} is allowed?", entry.name.to_lowercase()),
        entry.what.to_string(),
        input,
    )
}

fn requirement(model: &Model, fact: FactId) -> (String, String, Input) {
    let Some(entry) = model.base.requirement(fact) else {
        return (String::new(), String::new(), line(""));
    };
    let now = model
        .design
        .requirements
        .get(entry.id.as_str())
        .map_or("", String::as_str);
    let answered = entry.parse(now).ok();
    let assumed = assumed(model, fact);
    let nothing = if assumed.is_empty() {
        "not known".to_owned()
    } else {
        format!("not known; {assumed} is assumed")
    };
    let input = match &entry.kind {
        FactKind::Number { .. } => number(now),
        FactKind::Bool => {
            let now = match answered {
                Some(crate::knowledge::Answer::Bool(true)) => "true",
                Some(_) => "false",
                None => "",
            };
            assumable(
                vec![("true", "yes", ""), ("false", "no", "")],
                &nothing,
                now,
            )
        }
        FactKind::Choice { values, .. } => {
            let now = match answered {
                Some(crate::knowledge::Answer::Choice(index)) => values
                    .get(usize::from(index))
                    .map_or("", |choice| &choice.value),
                _ => "",
            };
            assumable(
                values
                    .iter()
                    .map(|choice| {
                        (
                            choice.value.as_str(),
                            choice.value.as_str(),
                            choice.means.as_str(),
                        )
                    })
                    .collect(),
                &nothing,
                now,
            )
        }
    };
    let mut help = entry.why.to_string();
    if let Some(note) = &entry.note {
        help.push(' ');
        help.push_str(note);
    }
    if matches!(entry.kind, FactKind::Number { .. }) && !now.is_empty() {
        help.push_str(" Typing replaces the value; f2 or an arrow key edits it.");
    }
    (entry.question.to_string(), help, input)
}

/// Returns what stands in for an answer that was not given, as shown; empty when nothing does.
pub(super) fn assumed(model: &Model, fact: FactId) -> String {
    let state = model.advice().facts.state(fact);
    if matches!(state.origin, Origin::Assumed | Origin::Derived) {
        model.base.fact(fact).2.display(state.value)
    } else {
        String::new()
    }
}

fn check_requirement(model: &Model, fact: FactId, value: &str) -> Check {
    let Some(entry) = model.base.requirement(fact) else {
        return Check::Good(String::new());
    };
    if value.is_empty() {
        let assumed = assumed(model, fact);
        let stays = !assumed.is_empty() && !model.is_given(fact);
        return Check::Good(if stays {
            format!("left empty: {assumed} stays assumed")
        } else {
            "left empty: unknown".to_owned()
        });
    }
    match entry.parse(value) {
        Ok(answer) => match &entry.kind {
            FactKind::Number { .. } => {
                Check::Good(format!("means {}", entry.kind.display(answer.value())))
            }
            _ => Check::Good(String::new()),
        },
        Err(error) => {
            let message = error
                .message
                .replace(&format!("`{}`", entry.id), &entry.name);
            Check::Bad(message, error.help.unwrap_or_default())
        }
    }
}

/// Checks a share, latency or rate: anything that reads as a number with a unit of the right kind.
fn measured(value: &str, unit: &str, example: &str) -> Check {
    use crate::expression::{Unit, parse_number};
    if value.is_empty() {
        return Check::Good("left empty: unknown".to_owned());
    }
    let Ok(unit) = Unit::parse(unit) else {
        return Check::Good(String::new());
    };
    match parse_number(value, &unit) {
        Ok(number)
            if number
                .unit
                .as_ref()
                .is_none_or(|given| given.dimension == unit.dimension) =>
        {
            Check::Good(String::new())
        }
        Ok(_) => Check::Bad(
            format!("`{value}` is in another kind of unit"),
            format!("write it like `{example}`"),
        ),
        Err(fault) => Check::Bad(
            fault.message,
            fault
                .help
                .unwrap_or_else(|| format!("write it like `{example}`")),
        ),
    }
}

/// Checks a share of all requests.
fn share(value: &str) -> Check {
    match design::share(value) {
        Some(Err(message)) => Check::Bad(capitalised(&message), "write it like `20 %`".to_owned()),
        Some(Ok(_)) => Check::Good(String::new()),
        None => measured(value, "%", "20 %"),
    }
}

/// A condition that the file could not be read with must not get into it.
fn check_condition(model: &Model, value: &str) -> Check {
    if value.is_empty() {
        return Check::Good(String::new());
    }
    match model.base.condition(value) {
        Ok(_) => Check::Good(String::new()),
        Err(faults) => {
            let fault = faults.into_iter().next();
            let (message, help) =
                fault.map_or((String::new(), None), |fault| (fault.message, fault.help));
            let example = || "write it like `peak_rps > 5000/s and teams >= 3`".to_owned();
            Check::Bad(message, help.unwrap_or_else(example))
        }
    }
}

fn check_date(value: &str) -> Check {
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = value.split('-').collect();
    let good = match parts.as_slice() {
        [""] => true,
        [year, month, day] => {
            digits(year, 4)
                && digits(month, 2)
                && digits(day, 2)
                && matches!(month.parse(), Ok(1..=12_u8))
                && matches!(day.parse(), Ok(1..=31_u8))
        }
        _ => false,
    };
    if good {
        Check::Good(String::new())
    } else {
        Check::Bad(
            format!("`{value}` is not a date"),
            "write year, month and day like `2027-03-31`".to_owned(),
        )
    }
}

/// Returns what a part of a decision's record is called.
pub(super) fn part(row: DecisionRow) -> &'static str {
    match row {
        DecisionRow::Option(_) => "choice",
        DecisionRow::Because => "rationale",
        DecisionRow::Status => "status",
        DecisionRow::Confidence => "confidence",
        DecisionRow::Reversibility => "reversibility",
        DecisionRow::Decided => "decided on",
        DecisionRow::ReviewWhen => "review when",
        DecisionRow::ReviewOn => "review on",
    }
}

fn decision(model: &Model, id: DecisionId, row: DecisionRow) -> (String, String, Input) {
    let entry = model.base.decision(id);
    let nothing = Decision::default();
    let now = model
        .design
        .decisions
        .get(entry.id.as_str())
        .unwrap_or(&nothing);
    let level =
        |now: Option<Level>, low: &'static str, medium: &'static str, high: &'static str| {
            choice(
                vec![
                    ("low", "low", low),
                    ("medium", "medium", medium),
                    ("high", "high", high),
                ],
                "not said",
                now.map_or("", Level::word),
            )
        };
    match row {
        DecisionRow::Option(_) => (String::new(), String::new(), line("")),
        DecisionRow::Because => (
            "Why?".into(),
            "What tipped the scales, for whoever reads this in a year.".into(),
            prose(&now.because),
        ),
        DecisionRow::Status => (
            "Where does the decision stand?".into(),
            String::new(),
            choice(
                vec![
                    ("proposed", "proposed", "under discussion"),
                    ("accepted", "accepted", "in force"),
                    ("superseded", "superseded", "replaced by a later one"),
                ],
                "not said",
                now.status.map_or("", Status::word),
            ),
        ),
        DecisionRow::Confidence => (
            "How sure are you?".into(),
            String::new(),
            level(
                now.confidence,
                "a guess",
                "likely right",
                "as good as certain",
            ),
        ),
        DecisionRow::Reversibility => (
            "How easily can it be taken back?".into(),
            String::new(),
            level(
                now.reversibility,
                "months of work",
                "weeks of work",
                "days of work",
            ),
        ),
        DecisionRow::Decided => (
            "When was it decided?".into(),
            "Year, month and day, such as 2027-03-31.".into(),
            line(if now.decided.is_empty() {
                &model.today
            } else {
                &now.decided
            }),
        ),
        DecisionRow::ReviewWhen => (
            "What should make you look at it again?".into(),
            "A condition such as: write_rps_12m > 5000".into(),
            line(&now.review.when),
        ),
        DecisionRow::ReviewOn => (
            "On which date should it be looked at again?".into(),
            "Year, month and day, such as 2027-03-31.".into(),
            line(&now.review.on),
        ),
    }
}

fn set_decision(decision: &mut Decision, row: DecisionRow, value: String, today: &str) {
    match row {
        DecisionRow::Option(_) => {}
        DecisionRow::Because => decision.because = value,
        DecisionRow::Status => {
            decision.status = Status::from_word(&value);
            if decision.status == Some(Status::Accepted) && decision.decided.is_empty() {
                today.clone_into(&mut decision.decided);
            }
        }
        DecisionRow::Confidence => decision.confidence = Level::from_word(&value),
        DecisionRow::Reversibility => decision.reversibility = Level::from_word(&value),
        DecisionRow::Decided => decision.decided = value,
        DecisionRow::ReviewWhen => decision.review.when = value,
        DecisionRow::ReviewOn => decision.review.on = value,
    }
}

/// Returns what a part of an interface or entity is called.
pub(super) fn record_part(row: RecordRow) -> String {
    match row {
        RecordRow::Name => "Name".into(),
        RecordRow::Caller => "Caller".into(),
        RecordRow::Kind => "Reads or writes".into(),
        RecordRow::Style => "Caller waits".into(),
        RecordRow::Share => "Share of requests".into(),
        RecordRow::Latency => "Latency".into(),
        RecordRow::Idempotent => "Safe to repeat".into(),
        RecordRow::Relation(index) => format!("Relation {}", index + 1),
        RecordRow::AddRelation => "Relation".into(),
        RecordRow::Access(by) => format!("Access by {}", by.word()),
        RecordRow::Notes => "Notes".into(),
    }
}

fn yes_no(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    }
}

/// Returns what the design says in a part of an interface or entity, as its file has it.
pub(super) fn record_value(design: &Design, of: Record, row: RecordRow) -> String {
    match of {
        Record::Interface(index) => {
            let Some(entry) = design.interfaces.get(index) else {
                return String::new();
            };
            match row {
                RecordRow::Name => entry.name.clone(),
                RecordRow::Caller => entry.caller.clone(),
                RecordRow::Kind => entry.kind.map_or("", Kind::word).to_owned(),
                RecordRow::Style => entry.style.map_or("", Timing::word).to_owned(),
                RecordRow::Share => entry.share.clone(),
                RecordRow::Latency => entry.latency.clone(),
                RecordRow::Idempotent => yes_no(entry.idempotent).to_owned(),
                _ => String::new(),
            }
        }
        Record::Entity(index) => {
            let Some(entry) = design.entities.get(index) else {
                return String::new();
            };
            match row {
                RecordRow::Name => entry.name.clone(),
                RecordRow::Relation(index) => {
                    entry.relations.get(index).cloned().unwrap_or_default()
                }
                RecordRow::Access(by) => entry
                    .access
                    .iter()
                    .find(|access| access.by == by)
                    .map(|access| access.rate.clone())
                    .unwrap_or_default(),
                RecordRow::Notes => entry.notes.clone(),
                _ => String::new(),
            }
        }
    }
}

fn record(model: &Model, of: Record, row: RecordRow) -> (String, String, Input) {
    let now = record_value(&model.design, of, row);
    let (help, input) = match row {
        RecordRow::Name => ("What it is called.", line(&now)),
        RecordRow::Caller => (
            "Who calls it: a browser, an app, another service.",
            line(&now),
        ),
        RecordRow::Kind => (
            "",
            choice(
                vec![
                    ("read", "read", "it returns data"),
                    ("write", "write", "it changes data"),
                ],
                "not said",
                &now,
            ),
        ),
        RecordRow::Style => (
            "",
            choice(
                vec![
                    ("sync", "sync", "the caller waits for the outcome"),
                    ("async", "async", "the outcome comes later"),
                ],
                "not said",
                &now,
            ),
        ),
        RecordRow::Share => ("Its share of all requests, such as 20 %.", number(&now)),
        RecordRow::Latency => ("How long a caller may wait, such as 200 ms.", number(&now)),
        RecordRow::Idempotent => (
            "",
            choice(
                vec![
                    ("yes", "yes", "calling it twice does the same as once"),
                    ("no", "no", "a repeat does harm"),
                ],
                "not said",
                &now,
            ),
        ),
        RecordRow::Relation(_) | RecordRow::AddRelation => (
            "How it relates to another, such as: has many tickets.",
            line(&now),
        ),
        RecordRow::Access(By::Key) => (
            "How often records are found by their id, such as 500/s.",
            number(&now),
        ),
        RecordRow::Access(By::Range) => (
            "How often by a range of an ordered attribute, such as 50/s.",
            number(&now),
        ),
        RecordRow::Access(By::Hops) => (
            "How often by following relations, such as 5/s.",
            number(&now),
        ),
        RecordRow::Access(By::Text) => (
            "How often by words in their text, such as 20/s.",
            number(&now),
        ),
        RecordRow::Access(By::Aggregate) => (
            "How often sums and counts over many are taken, such as 1/min.",
            number(&now),
        ),
        RecordRow::Notes => (
            "Rules that must hold, how fresh it must be, how long it is kept.",
            prose(&now),
        ),
    };
    (record_part(row), help.to_owned(), input)
}

fn set_record(design: &mut Design, of: Record, row: RecordRow, value: String) {
    match of {
        Record::Interface(index) => {
            let Some(entry) = design.interfaces.get_mut(index) else {
                return;
            };
            match row {
                RecordRow::Name => entry.name = value,
                RecordRow::Caller => entry.caller = value,
                RecordRow::Kind => entry.kind = Kind::from_word(&value),
                RecordRow::Style => entry.style = Timing::from_word(&value),
                RecordRow::Share => entry.share = value,
                RecordRow::Latency => entry.latency = value,
                RecordRow::Idempotent => {
                    entry.idempotent = if value.is_empty() {
                        None
                    } else {
                        Some(value == "yes")
                    }
                }
                _ => {}
            }
        }
        Record::Entity(index) => {
            let Some(entry) = design.entities.get_mut(index) else {
                return;
            };
            match row {
                RecordRow::Name => entry.name = value,
                RecordRow::Relation(index) if value.is_empty() && index < entry.relations.len() => {
                    entry.relations.remove(index);
                }
                RecordRow::Relation(index) => {
                    if let Some(relation) = entry.relations.get_mut(index) {
                        *relation = value;
                    }
                }
                RecordRow::AddRelation if !value.is_empty() => entry.relations.push(value),
                RecordRow::Access(by) => {
                    entry
                        .access
                        .retain(|access| access.by != by || !value.is_empty());
                    match entry.access.iter_mut().find(|access| access.by == by) {
                        Some(access) => access.rate = value,
                        None if value.is_empty() => {}
                        None => entry.access.push(AccessPattern { by, rate: value }),
                    }
                }
                RecordRow::Notes => entry.notes = value,
                _ => {}
            }
        }
    }
}

fn step_state(model: &Model, step: usize) -> (String, String, Input) {
    let stored = model
        .base
        .steps
        .get(step)
        .and_then(|entry| model.design.steps.get(entry.id.as_str()));
    let now = stored.map_or(State::Open, |stored| stored.state);
    let options = [
        (State::Open, "open", "not begun"),
        (State::InProgress, "in progress", "begun"),
        (
            State::Done,
            "done",
            "finished; it can be opened again at any time",
        ),
        (State::Skipped, "skipped", "left out, for a reason"),
    ];
    let at = options
        .iter()
        .position(|(state, ..)| *state == now)
        .unwrap_or(0);
    let options = options
        .iter()
        .map(|(state, label, means)| Choice {
            value: state.word().to_owned(),
            label: (*label).to_owned(),
            means: (*means).to_owned(),
        })
        .collect();
    (
        "How far is this step?".into(),
        String::new(),
        Input::Choice { options, at },
    )
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
