//! The model: everything the interface knows, as one value.

use super::diff::{self, Shift};
use super::draft::Draft;
use super::editor::{Editor, Target};
use super::field::Field;
use super::message::Effect;
use super::rows::{self, Row};
use super::theme::Theme;
use crate::design::{self, Denial, Design, State, Waiver};
use crate::knowledge::{AxisId, DecisionId, FactId, KnowledgeBase, PatternId, Pick};
use crate::problem::Problem;
use crate::reasoning::{self, Advice, Conflict, DecisionState, Severity, Situation};
use crate::search::{self, Found};
use std::cell::{LazyCell, OnceCell, RefCell};
use std::rc::Rc;

/// Writes the document that the summary shows and the export saves.
pub type Markdown = fn(&KnowledgeBase, &Design, &Advice) -> String;

/// A sector pack that can be laid over the knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Its name, as in the design file.
    pub name: String,
    /// What it is for.
    pub title: String,
}

/// What the interface starts with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The knowledge.
    pub base: Rc<KnowledgeBase>,
    /// The design, empty for a new one.
    pub design: Design,
    /// The name of its file, as shown.
    pub file: String,
    /// Where an export goes unless another path is typed.
    pub export: String,
    /// Why nothing can be saved, when that is so.
    pub read_only: Option<String>,
    /// What else to tell at start, such as what was recovered.
    pub notice: Option<String>,
    /// The date of today, for the record of a decision.
    pub today: String,
    /// How things look.
    pub theme: Theme,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Whether to open the patterns browser.
    pub browse: bool,
    /// Writes the summary.
    pub markdown: Markdown,
    /// Writes the summary without what lies behind each decision.
    pub brief: Markdown,
    /// Lists the sector packs there are.
    pub packs: fn() -> Vec<Pack>,
}

/// Everything the interface knows.
#[derive(Debug)]
pub struct Model {
    /// The knowledge.
    pub base: Rc<KnowledgeBase>,
    /// The sector packs that this knowledge holds because the design asked for them.
    consulted: Vec<String>,
    /// The sector packs there are, when they were first asked for.
    packs: LazyCell<Vec<Pack>>,
    /// The user's design.
    pub design: Design,
    /// What of it the reasoning goes by.
    situation: Situation,
    /// What the advisor says of it; computed once per change, when it is first asked for.
    advice: OnceCell<Advice>,
    /// What of the design could not be understood.
    pub problems: Vec<Problem>,
    /// What the last change brought about.
    pub shifts: Vec<Shift>,
    /// What the last change was.
    pub last: Option<String>,
    /// The name of the design's file.
    pub file: String,
    /// Where an export goes unless another path is typed.
    pub export: String,
    /// Why nothing can be saved, when that is so.
    pub read_only: Option<String>,
    /// The date of today.
    pub today: String,
    /// Whether the design is on disk.
    pub save: Save,
    /// Counts the changes.
    pub revision: u64,
    /// How things look.
    pub theme: Theme,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The screens, each opened from the one before; the last is shown, the first is always home.
    pub screens: Vec<Screen>,
    /// What is being edited.
    pub editor: Option<Editor>,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// A short message, until the next key.
    pub toast: Option<Toast>,
    /// Writes the summary.
    pub markdown: Markdown,
    /// Writes the summary without what lies behind each decision.
    brief: Markdown,
    /// Whether the summary is shown and exported without what lies behind each decision.
    pub is_brief: bool,
    /// The step that was to be marked done with nothing answered in it: the next time it is.
    pub(super) warned: Option<usize>,
    past: Vec<(String, Design)>,
    future: Vec<(String, Design)>,
    /// What the patterns say, read at the first search.
    index: OnceCell<search::Index>,
    /// What was searched for last, and what that found.
    found: RefCell<(String, Rc<[Found]>)>,
}

/// Whether the design is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Save {
    /// Nothing was changed yet.
    Unchanged,
    /// A save is under way.
    Saving,
    /// It is on disk.
    Saved,
    /// It is not, for this reason.
    Failed(String),
}

/// A screen and where one is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// What there is to do.
    Home {
        /// The selected action.
        at: usize,
    },
    /// The ten steps.
    Process(Process),
    /// The quick questions, one at a time.
    Quick {
        /// The question; past the last one is the result.
        at: usize,
    },
    /// One decision.
    Decision {
        /// Which.
        id: DecisionId,
        /// The selected row: an option, or a line of the record.
        at: usize,
        /// Whether the detail has the focus.
        detail: bool,
        /// How far the detail is scrolled.
        scroll: usize,
    },
    /// An interface or entity of the design.
    Record {
        /// Which.
        of: Record,
        /// The selected row.
        at: usize,
    },
    /// The patterns browser.
    Patterns(Browser),
    /// One pattern.
    Pattern {
        /// Which.
        id: PatternId,
        /// How far it is scrolled.
        scroll: usize,
    },
    /// The conflicts.
    Conflicts {
        /// The selected conflict.
        at: usize,
        /// The selected way out, while the ways out have the focus.
        way: Option<usize>,
        /// How far its detail is scrolled, while the list has the focus.
        scroll: usize,
    },
    /// The document as it will be exported.
    Summary {
        /// How far it is scrolled.
        scroll: usize,
    },
}

/// Where one is in the ten steps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Process {
    /// The step, from 0.
    pub step: usize,
    /// The place of the selected row of each step.
    pub at: [usize; 10],
    /// The selected row of each step itself, and its place: it stays selected when rows come and go around it.
    pub row: [Option<(Row, usize)>; 10],
    /// Whether the rail of steps has the focus.
    pub rail: bool,
    /// The step to which the last key went by its number: who looks through the steps types no answer with the next.
    pub by_number: Option<usize>,
    /// Whether the guidance is shown in full.
    pub guidance: bool,
    /// The estimate whose derivation is shown.
    pub shown: Option<FactId>,
    /// Whether the hazards that are closed are listed.
    pub closed: bool,
}

/// Where one is in the patterns browser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Browser {
    /// The selected facet: an axis, or past them a category.
    pub facet: usize,
    /// The selected row.
    pub at: usize,
    /// Whether the list of patterns has the focus; else the facets have it.
    pub list: bool,
    /// What is searched for; empty shows the facet.
    pub query: String,
}

/// A thing of the design that is edited field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// An interface, by its place.
    Interface(usize),
    /// An entity, by its place.
    Entity(usize),
}

/// What lies over the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// The keys.
    Help {
        /// How far it is scrolled.
        scroll: usize,
        /// What could be done when it was opened, as places in the table of bindings.
        here: Vec<usize>,
    },
    /// The search for an input or a decision.
    Find {
        /// What is searched for.
        field: Field,
        /// The selected row of what was found.
        at: usize,
    },
    /// A question that must be answered.
    Dialog {
        /// What about.
        about: Dialog,
        /// The selected answer.
        at: usize,
    },
}

/// What a dialog is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialog {
    /// The file to export to is there already.
    Overwrite {
        /// Its path.
        path: String,
    },
    /// The design is not on disk, and the program is to end.
    Unsaved {
        /// Why it could not be saved.
        reason: String,
    },
    /// Another program changed the design's file.
    Changed {
        /// What the file says now, if it can be read.
        theirs: Option<Box<Design>>,
        /// Whether the differences are shown.
        both: bool,
    },
}

/// A short message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// Whether something went wrong.
    pub error: bool,
}

/// How deep screens may be stacked before the oldest above home is forgotten.
const DEEPEST: usize = 16;

/// How many changes can be undone.
const LONGEST_PAST: usize = 500;

impl Model {
    /// Builds the model. The first frame does not wait for the advice.
    pub fn new(setup: Setup) -> Self {
        let (situation, problems) =
            design::situation(&setup.design, &setup.base, None, Some(&setup.today));
        let mut screens = vec![Screen::Home { at: 0 }];
        if setup.browse {
            screens.push(Screen::Patterns(Browser::default()));
        }
        Self {
            base: setup.base,
            consulted: setup.design.packs.clone(),
            packs: LazyCell::new(setup.packs),
            design: setup.design,
            situation,
            advice: OnceCell::new(),
            problems,
            shifts: Vec::new(),
            last: None,
            file: setup.file,
            export: setup.export,
            read_only: setup.read_only,
            today: setup.today,
            save: Save::Unchanged,
            revision: 0,
            theme: setup.theme,
            size: setup.size,
            screens,
            editor: None,
            overlay: None,
            toast: setup.notice.map(|text| Toast { text, error: false }),
            markdown: setup.markdown,
            brief: setup.brief,
            is_brief: false,
            warned: None,
            past: Vec::new(),
            future: Vec::new(),
            index: OnceCell::new(),
            found: RefCell::default(),
        }
    }

    /// Returns the advice on the design as it stands.
    pub fn advice(&self) -> &Advice {
        (self.advice).get_or_init(|| reasoning::advise(&self.base, &self.situation))
    }

    /// Returns the patterns that a search finds, best first.
    pub fn found(&self, query: &str) -> Rc<[Found]> {
        let mut last = self.found.borrow_mut();
        if last.0 != query {
            let index = self.index.get_or_init(|| search::Index::new(&self.base));
            *last = (query.to_owned(), index.search(&self.base, query).into());
        }
        Rc::clone(&last.1)
    }

    /// Returns whether there is advice that can be shown without waiting.
    pub fn is_advised(&self) -> bool {
        self.advice.get().is_some()
    }

    /// Returns the screen that is shown.
    pub fn screen(&self) -> &Screen {
        self.screens.last().unwrap_or(&Screen::Home { at: 0 })
    }

    /// Returns the screen that is shown, to be changed.
    pub(super) fn screen_mut(&mut self) -> &mut Screen {
        if self.screens.is_empty() {
            self.screens.push(Screen::Home { at: 0 });
        }
        let last = self.screens.len() - 1;
        &mut self.screens[last]
    }

    /// Opens a screen. A main screen that is open already is returned to, as it was left.
    pub(super) fn open(&mut self, screen: Screen) {
        let same =
            |other: &Screen| std::mem::discriminant(other) == std::mem::discriminant(&screen);
        let main = matches!(
            screen,
            Screen::Home { .. }
                | Screen::Process(_)
                | Screen::Patterns(_)
                | Screen::Conflicts { .. }
                | Screen::Summary { .. }
                | Screen::Quick { .. }
        );
        self.editor = None;
        if main && let Some(index) = self.screens.iter().position(same) {
            self.screens.truncate(index + 1);
            return;
        }
        if self.screens.len() >= DEEPEST {
            self.screens.remove(1);
        }
        self.screens.push(screen);
    }

    /// Shows a short message.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.toast = Some(Toast {
            text: text.into(),
            error: false,
        });
    }

    /// Shows a short message that something went wrong.
    pub(super) fn complain(&mut self, text: impl Into<String>) {
        self.toast = Some(Toast {
            text: text.into(),
            error: true,
        });
    }

    /// Changes the design, asks for new advice, and saves. `label` names the change for undo.
    pub(super) fn commit(
        &mut self,
        label: impl Into<String>,
        change: impl FnOnce(&mut Design),
    ) -> Vec<Effect> {
        if let Some(reason) = self.read_only.clone() {
            self.complain(format!("Read-only: {reason}"));
            return Vec::new();
        }
        let mut design = self.design.clone();
        change(&mut design);
        if design == self.design {
            return Vec::new();
        }
        let label = label.into();
        self.past
            .push((label.clone(), std::mem::replace(&mut self.design, design)));
        if self.past.len() > LONGEST_PAST {
            self.past.remove(0);
        }
        self.future.clear();
        self.reconsider(label)
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let Some((label, design)) = self.past.pop() else {
            self.say("Nothing to undo");
            return Vec::new();
        };
        self.future
            .push((label.clone(), std::mem::replace(&mut self.design, design)));
        self.say(format!("Undid: {label}"));
        self.reconsider(format!("undo of {label}"))
    }

    /// Makes the last change that was taken back again.
    pub(super) fn redo(&mut self) -> Vec<Effect> {
        let Some((label, design)) = self.future.pop() else {
            self.say("Nothing to redo");
            return Vec::new();
        };
        self.past
            .push((label.clone(), std::mem::replace(&mut self.design, design)));
        self.say(format!("Did again: {label}"));
        self.reconsider(label)
    }

    /// Takes the design that another program wrote; undo brings the own one back.
    pub(super) fn take_theirs(&mut self, theirs: Design) -> Vec<Effect> {
        let label = "the version on disk".to_owned();
        self.past
            .push((label.clone(), std::mem::replace(&mut self.design, theirs)));
        self.future.clear();
        // Saving what is there already tells the keeper of the file that the matter is settled.
        self.reconsider(label)
    }

    /// Keeps the own design where another program wrote another one; undo brings that one back.
    pub(super) fn keep_mine(&mut self, theirs: Design) {
        self.past.push((
            "keeping yours against the version on disk".to_owned(),
            theirs,
        ));
        self.future.clear();
    }

    /// Asks for a save of the design as it stands.
    pub(super) fn store(&mut self, overwrite: bool) -> Vec<Effect> {
        if self.read_only.is_some() {
            return Vec::new();
        }
        self.revision += 1;
        self.save = Save::Saving;
        vec![Effect::Save {
            revision: self.revision,
            design: Box::new(self.design.clone()),
            overwrite,
        }]
    }

    /// Takes the knowledge with the packs that the design asked for. Ids of the old one mean nothing in it.
    pub(super) fn consult(&mut self, packs: Vec<String>, base: Rc<KnowledgeBase>) {
        let step = match self.screen() {
            Screen::Process(process) => Some(process.step),
            _ => None,
        };
        self.base = base;
        self.index = OnceCell::new();
        self.found = RefCell::default();
        self.consulted = packs;
        self.editor = None;
        self.overlay = None;
        self.screens = vec![Screen::Home { at: 0 }];
        let (situation, problems) =
            design::situation(&self.design, &self.base, None, Some(&self.today));
        self.situation = situation;
        self.problems = problems;
        self.advice = OnceCell::new();
        // What the design alone would have changed is not what changed.
        self.shifts.clear();
        if let Some(step) = step {
            self.screens.push(Screen::Process(Process {
                step,
                ..Process::default()
            }));
        }
        self.settle();
    }

    /// Returns the answers that the interfaces and entities deny.
    pub fn denials(&self) -> Vec<Denial> {
        design::denials(&self.base, &self.design, &self.situation)
    }

    /// Returns what the design means to the reasoning.
    pub fn situation(&self) -> &Situation {
        &self.situation
    }

    /// Returns the sector packs there are.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Asks for new advice on the changed design, for the knowledge that it goes by, and for a save.
    fn reconsider(&mut self, label: String) -> Vec<Effect> {
        let (situation, problems) =
            design::situation(&self.design, &self.base, None, Some(&self.today));
        let advice = reasoning::advise(&self.base, &situation);
        self.shifts = diff::shifts(self.advice(), &advice);
        self.situation = situation;
        self.advice = OnceCell::from(advice);
        self.problems = problems;
        self.last = Some(label);
        self.settle();
        let mut effects = self.store(false);
        if self.design.packs != self.consulted {
            effects.push(Effect::Consult(self.design.packs.clone()));
        }
        effects
    }

    /// Returns the row that is selected in the process screen.
    pub(super) fn selected_row(&self) -> Option<Row> {
        let Screen::Process(process) = self.screen() else {
            return None;
        };
        rows::rows(self, process.step)
            .into_iter()
            .nth(process.at.get(process.step).copied()?)
    }

    /// Remembers which row is selected in the process screen.
    pub(super) fn remember_row(&mut self) {
        let row = self.selected_row();
        if let Screen::Process(process) = self.screen_mut()
            && let Some(slot) = process.row.get_mut(process.step)
            && let Some(at) = process.at.get(process.step)
        {
            *slot = row.map(|row| (row, *at));
        }
    }

    /// Selects a row of the step that is shown, if it is there.
    pub(super) fn select_row(&mut self, row: &Row) {
        if let Screen::Process(process) = self.screen_mut()
            && let Some(slot) = process.row.get_mut(process.step)
            && let Some(at) = process.at.get(process.step)
        {
            *slot = Some((row.clone(), *at));
        }
        self.settle();
    }

    /// Keeps selections in range after the lists changed; a row that is still there stays selected.
    pub(super) fn settle(&mut self) {
        let (interfaces, entities) = (self.design.interfaces.len(), self.design.entities.len());
        self.screens.retain(|screen| match screen {
            Screen::Record {
                of: Record::Interface(index),
                ..
            } => *index < interfaces,
            Screen::Record {
                of: Record::Entity(index),
                ..
            } => *index < entities,
            _ => true,
        });
        for index in 0..self.screens.len() {
            let mut screen = self.screens[index].clone();
            match &mut screen {
                Screen::Process(process) => {
                    let rows = rows::rows(self, process.step);
                    let wanted = process.row.get(process.step).and_then(Option::as_ref);
                    let kept =
                        wanted.and_then(|(row, _)| rows.iter().position(|other| other == row));
                    if let Some(at) = process.at.get_mut(process.step) {
                        *at = rows::nearest(&rows, kept.unwrap_or(*at));
                    }
                }
                Screen::Conflicts { at, way, .. } => {
                    let conflicts = self.conflicts();
                    *at = (*at).min(self.conflict_rows().saturating_sub(1));
                    let ways = conflicts
                        .get(*at)
                        .map_or(0, |conflict| conflict.ways_out.len());
                    *way = way.filter(|_| ways > 0).map(|way| way.min(ways - 1));
                }
                Screen::Record { of, at } => {
                    *at = (*at).min(rows::record(self, *of).len().saturating_sub(1));
                }
                Screen::Decision { id, at, .. } => {
                    *at = (*at).min(rows::decision(self, *id).len().saturating_sub(1));
                }
                _ => {}
            }
            self.screens[index] = screen;
        }
    }

    /// Returns the requirements of the quick start, in order.
    pub fn quick_questions(&self) -> Vec<FactId> {
        let mut found: Vec<(u8, FactId)> = self
            .base
            .requirement_ids()
            .filter_map(|(id, entry)| Some((entry.quick?, id)))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// Returns whether the quick start asks its questions; past the last one it shows what came of them.
    pub fn quick_asks(&self) -> bool {
        matches!(self.screen(), Screen::Quick { at } if *at < self.quick_questions().len())
    }

    /// Returns whether the user answered a requirement.
    pub fn is_given(&self, fact: FactId) -> bool {
        self.situation.answers.contains_key(&fact)
    }

    /// Returns the decisions of a step that arise.
    pub fn step_decisions(&self, step: usize) -> impl Iterator<Item = DecisionId> + '_ {
        self.base.decision_ids().filter(move |id| {
            self.base.decision(*id).step.index() == step
                && self.advice().decision(*id).state != DecisionState::NotApplicable
        })
    }

    /// Returns what there is to do in a step: quick questions, decisions, items of its checklist. Each with how many are
    /// done, and of how many; what a step has none of is left out.
    pub fn tasks(&self, step: usize) -> Vec<(&'static str, usize, usize)> {
        let Some(entry) = self.base.steps.get(step) else {
            return Vec::new();
        };
        let stored = self.design.steps.get(entry.id.as_str());
        let checked = |id: &str| {
            stored.is_some_and(|stored| stored.checked.iter().any(|checked| checked == id))
        };
        let checks = (entry.checklist.iter()).filter(|item| checked(&item.id));
        let decisions: Vec<DecisionId> = self.step_decisions(step).collect();
        let chosen = |id: &&DecisionId| self.situation.choices.contains_key(*id);
        let choices = decisions.iter().filter(chosen).count();
        let quick = if entry.groups.is_empty() {
            Vec::new()
        } else {
            self.quick_questions()
        };
        let given = quick.iter().filter(|fact| self.is_given(**fact)).count();
        let mut tasks = vec![
            ("question", given, quick.len()),
            ("decision", choices, decisions.len()),
            ("check", checks.count(), entry.checklist.len()),
        ];
        tasks.retain(|(.., all)| *all > 0);
        tasks
    }

    /// Returns whether a step is begun, done or skipped.
    pub fn state(&self, step: usize) -> State {
        let Some(entry) = self.base.steps.get(step) else {
            return State::Open;
        };
        let design = &self.design;
        let begun = || {
            let answered = !design.requirements.is_empty() || !design.functions.is_empty();
            !entry.groups.is_empty() && answered
                || entry.id == "api" && !design.interfaces.is_empty()
                || entry.id == "data-model" && !design.entities.is_empty()
                || design
                    .steps
                    .get(entry.id.as_str())
                    .is_some_and(|stored| !stored.checked.is_empty())
                || (self.situation.choices.keys())
                    .any(|id| self.base.decision(*id).step.index() == step)
        };
        match design.steps.get(entry.id.as_str()).map(|step| step.state) {
            Some(State::Open) | None if begun() => State::InProgress,
            Some(state) => state,
            None => State::Open,
        }
    }

    /// Returns how much of a step is done, for the rail and the home screen, and of how much.
    pub fn progress(&self, step: usize) -> (usize, usize) {
        let tasks = self.tasks(step);
        let sum = |of: fn(&(&str, usize, usize)) -> usize| tasks.iter().map(of).sum();
        (sum(|(_, done, _)| *done), sum(|(.., all)| *all))
    }

    /// Returns the first step that is neither done nor skipped.
    pub fn next_step(&self) -> Option<usize> {
        (0..self.base.steps.len())
            .find(|step| !matches!(self.state(*step), State::Done | State::Skipped))
    }

    /// Returns the conflicts as they are listed: what is still open, and then what was accepted.
    pub fn conflicts(&self) -> Vec<&Conflict> {
        let mut conflicts: Vec<&Conflict> = self.advice().conflicts.iter().collect();
        conflicts.sort_by_key(|conflict| conflict.waived.is_some());
        conflicts
    }

    /// Returns the waivers whose conflict is not there; they are listed below the conflicts.
    pub fn idle_waivers(&self) -> Vec<&Waiver> {
        let conflicts = &self.advice().conflicts;
        let is_idle =
            |waiver: &&Waiver| !(conflicts.iter()).any(|conflict| conflict.id == waiver.conflict);
        self.design.waivers.iter().filter(is_idle).collect()
    }

    /// Returns the number of rows of the list of conflicts: each conflict, and each waiver without one.
    pub(super) fn conflict_rows(&self) -> usize {
        self.advice().conflicts.len() + self.idle_waivers().len()
    }

    /// Returns the waiver without a conflict that is selected in the list of conflicts.
    pub(super) fn selected_waiver(&self) -> Option<&Waiver> {
        let Screen::Conflicts { at, .. } = self.screen() else {
            return None;
        };
        let place = at.checked_sub(self.advice().conflicts.len())?;
        self.idle_waivers().get(place).copied()
    }

    /// Returns the numbers of open conflicts: high, medium, low.
    pub fn conflict_counts(&self) -> [usize; 3] {
        let of = |severity| {
            self.advice()
                .open_conflicts()
                .filter(|conflict| conflict.severity == severity)
                .count()
        };
        [of(Severity::High), of(Severity::Medium), of(Severity::Low)]
    }

    /// Returns the decisions that shape a system most, and arise: hardest to reverse first, then in process order.
    pub fn top_decisions(&self) -> Vec<DecisionId> {
        let mut found: Vec<DecisionId> = self
            .base
            .decision_ids()
            .filter(|id| {
                self.base.decision(*id).core
                    && self.advice().decision(*id).state != DecisionState::NotApplicable
            })
            .collect();
        found.sort_by_key(|id| (std::cmp::Reverse(self.base.decision(*id).reversal), *id));
        found
    }

    /// Returns whether something is being typed or asked, so that nothing else should be asked.
    pub fn is_busy(&self) -> bool {
        self.editor.is_some() || self.overlay.is_some()
    }

    /// Returns whether there is something in the editor that the design does not say yet.
    pub fn is_typing(&self) -> bool {
        self.editor.as_ref().is_some_and(|editor| {
            editor.is_text()
                && !matches!(editor.target, Target::Search | Target::Export)
                && editor.value() != Editor::new(self, editor.target.clone()).value()
        })
    }

    /// Returns what is being typed, which is to survive the end of the process.
    pub fn draft(&self) -> Option<Draft> {
        if self.read_only.is_some() || !self.is_typing() {
            return None;
        }
        Draft::of(self, self.editor.as_ref()?)
    }

    /// Returns the title to show.
    pub fn title(&self) -> &str {
        if self.design.title.is_empty() {
            "Untitled design"
        } else {
            &self.design.title
        }
    }

    /// Returns whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Returns the summary as it is shown and exported.
    pub fn document(&self) -> String {
        let write = if self.is_brief {
            self.brief
        } else {
            self.markdown
        };
        write(&self.base, &self.design, self.advice())
    }

    /// Returns what the design takes in a decision, in words.
    pub fn taken(&self, id: DecisionId) -> String {
        let advice = self.advice().decision(id);
        if advice.taken().is_empty()
            && self.base.decision(id).pick == Pick::One
            && !advice.options.is_empty()
        {
            return "nothing fits".to_owned();
        }
        self.names(advice.taken())
    }

    /// Returns the names of patterns, joined.
    pub fn names(&self, patterns: &[PatternId]) -> String {
        match patterns {
            [] => "none".to_owned(),
            list => list
                .iter()
                .map(|id| self.base.pattern(*id).name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        }
    }

    /// Returns the abbreviation of an axis.
    pub fn axis_short(&self, axis: AxisId) -> &str {
        self.base.axis(axis).short()
    }
}
