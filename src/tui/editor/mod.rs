//! Editing one thing: what is edited, with what, whether it is right, and what it changes.

mod axis;
mod check;
mod decision;
mod input;
mod record;
mod requirement;

use super::edit;
use super::field::Field;
use super::message::Effect;
use super::model::{Model, Record, Screen};
use super::rows::{DecisionRow, RecordRow, Row};
use crate::design::{Decision, Design, Entity, Interface, State};
use crate::knowledge::{AxisId, DecisionId, FactId};
use crate::reasoning::conflicts::capitalised;
use axis::{floor, priority};
use check::{check_condition, check_date, measured, share};
use decision::{decision, set_decision};
use input::{line, prose};
use record::{record, set_record};
use requirement::{check_requirement, requirement};

pub(super) use decision::part;
pub(super) use record::{record_part, record_value};

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
            Target::Title => title(&design.title),
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
                if model.is_brief {
                    "Export the summary in brief to".into()
                } else {
                    "Export the whole summary to".into()
                },
                if model.is_brief {
                    "A Markdown file, relative to where the program was started. Tab takes the whole: reasons, estimates and \
                     sources as well."
                        .into()
                } else {
                    "A Markdown file, relative to where the program was started. Tab takes the brief one: what was decided, \
                     what stands against it and what is open."
                        .into()
                },
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
                let stands = (model.advice().conflicts.iter())
                    .any(|conflict| conflict.id == id && conflict.waived.is_none());
                model.commit(label, |design| {
                    edit::waive(design, &id, &value);
                    // It counts no more: its day is past, and an acceptance of today is not meant until then.
                    if stands {
                        edit::waive_for_good(design, &id);
                    }
                })
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
                let text = model.document();
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

/// The title that a new design file has until somebody gives it one.
const UNNAMED: &str = "Untitled";

/// A title that nobody gave is replaced rather than added to.
fn title(now: &str) -> (String, String, Input) {
    let mut help = "A few words, such as: Ticket shop".to_owned();
    let field = if now == UNNAMED {
        help.push_str(". Typing replaces the title; f2 or an arrow key edits it.");
        Field::replaceable(now)
    } else {
        Field::line(now)
    };
    ("Title of the design".into(), help, Input::Text(field))
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

fn waiver(design: &Design, id: &str) -> (String, String, Input) {
    let mut waivers = design.waivers.iter();
    let now = waivers.find(|waiver| waiver.conflict == id);
    let help = match now {
        None => "The reason goes into the design and the summary.",
        Some(waiver) if !waiver.until.is_empty() => {
            "The day until which it holds is in the design file; accepting anew after that day takes the day out. Empty \
             takes the acceptance back."
        }
        Some(_) => {
            "The reason goes into the design and the summary. Empty takes the acceptance back."
        }
    };
    let input = Field::prose(now.map_or("", |waiver| &waiver.because));
    (
        "Why is this conflict accepted?".into(),
        help.into(),
        Input::Text(input),
    )
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
