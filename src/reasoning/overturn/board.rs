//! Decisions in play: their options, and the conditions that decide between them.

use super::super::facts::Reading;
use super::super::process::{Frame, NORMAL};
use super::super::rank::{Context, OptionAdvice, ReasonKind, Tier, Verdict};
use super::super::{DecisionAdvice, DecisionState, Priority};
use super::trial::{Atom, Trial};
use crate::expression::{Expression, Truth};
use crate::knowledge::{
    AxisId, Condition, Decision, DecisionId, FactId, KnowledgeBase, Pattern, PatternId, Pick,
};
use std::ops::Range;

/// All decisions that arise, as they stand, and what of them an answer on trial changes.
pub(super) struct Board<'a> {
    base: &'a KnowledgeBase,
    /// The context, with what is taken on its own merits.
    context: Context<'a>,
    priorities: &'a [Priority],
    weights: Vec<i32>,
    seats: Vec<Seat<'a>>,
    entrants: Vec<Entrant<'a>>,
    /// The effects of all entrants, by axis.
    effects: Vec<i8>,
    slots: Vec<Slot>,
    tests: Vec<Test<'a>>,
    /// What looks at a fact, by fact.
    by_fact: Vec<Vec<Watch>>,
    /// Slots by the pattern that they ask about.
    by_pattern: Vec<Vec<u32>>,
    /// The open decisions that stated facts call for.
    called: Vec<DecisionId>,
    /// How many answers were on trial.
    plays: u32,
    /// Slots to look at again, by seat, and whether a slot is among them.
    waiting: Vec<Vec<u32>>,
    queued: Vec<bool>,
    undo: Undo,
    /// Options of the decision in turn that the answer on trial changed.
    changed: Vec<usize>,
}

/// A decision on the board.
struct Seat<'a> {
    decision: DecisionId,
    entry: &'a Decision,
    /// Whether what is recommended is what the design takes.
    open: bool,
    /// Its entrants in the list of all; none where it does not arise.
    entrants: Range<usize>,
    hinges: Vec<FactId>,
}

/// An option on the board.
struct Entrant<'a> {
    id: PatternId,
    pattern: &'a Pattern,
    /// Its place in the catalogue of the decision.
    place: usize,
    now: Standing,
    /// Pulled in or withdrawn: its own merits do not decide.
    fixed: bool,
    included: bool,
    hinges: Vec<FactId>,
}

/// What decides how an option stands, beside its effects.
#[derive(Clone, Copy, PartialEq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is the answer to a question of its own"
)]
struct Standing {
    /// What it was given up for.
    closed: Tier,
    /// What it does not combine with.
    structure: Tier,
    limited: bool,
    endangered: bool,
    against_norm: bool,
    undriven: bool,
    applies: bool,
}

/// Conditions that decide something together.
#[derive(Clone)]
struct Slot {
    seat: usize,
    /// The place of the entrant in the list of all.
    entrant: usize,
    part: Part,
    reading: Reading,
    /// Its conditions in the list of all.
    tests: Range<usize>,
}

/// A part of a condition that looks at a fact.
#[derive(Clone, Copy)]
struct Watch {
    atom: Atom,
    slot: u32,
    test: u32,
}

/// What the conditions of a slot decide.
#[derive(Clone, Copy)]
enum Part {
    /// The effect on an axis.
    Effect(AxisId),
    Limits,
    /// Its limits, on what is assumed.
    Danger,
    Driver,
    Norm,
    Applies,
    /// What it needs and excludes, and what needs and excludes it.
    Structure,
    /// Whether the decision is asked.
    Asked,
    /// Whether the decision is called for, whatever is recommended before it.
    CalledFor,
    /// The priorities that rules imply.
    Implied,
}

/// A condition on the board.
struct Test<'a> {
    /// None where it always holds.
    when: Option<&'a Expression>,
    reads_choices: bool,
    /// The last answer on trial that may change what it says.
    touched: u32,
    /// The effect that counts where it holds.
    value: i8,
    /// What it says without an answer on trial, once that was asked.
    before: Option<Truth>,
}

/// What to put back after a trial.
#[derive(Default)]
struct Undo {
    standings: Vec<(usize, Standing)>,
    effects: Vec<(usize, i8)>,
    taken: Vec<PatternId>,
    reweighed: bool,
}

impl<'a> Board<'a> {
    pub(super) fn new(
        frame: &'a Frame<'a>,
        context: &Context<'a>,
        priorities: &'a [Priority],
        decisions: &[DecisionAdvice],
    ) -> Self {
        let base = frame.base;
        let mut board = Self {
            base,
            context: context.clone(),
            priorities,
            weights: frame.weights.clone(),
            seats: Vec::with_capacity(decisions.len()),
            entrants: Vec::new(),
            effects: Vec::new(),
            slots: Vec::with_capacity(1024),
            tests: Vec::with_capacity(2048),
            by_fact: (0..base.fact_count())
                .map(|_| Vec::with_capacity(16))
                .collect(),
            by_pattern: vec![Vec::new(); base.patterns.len()],
            called: Vec::new(),
            plays: 0,
            waiting: Vec::new(),
            queued: Vec::new(),
            undo: Undo::default(),
            changed: Vec::new(),
        };
        board.context.taken.fill(false);
        let rules = base.implied.iter().map(|rule| (Some(&rule.when), 0));
        board.enter((usize::MAX, 0), Part::Implied, Reading::Stated, rules);
        for advice in decisions {
            board.seat(advice);
        }
        board.file_structure();
        let called = decisions
            .iter()
            .filter(|advice| advice.state == DecisionState::Open);
        board.called = (called.map(|advice| advice.id))
            .filter(|id| {
                let wanted = base.decision(*id).called_for.as_ref();
                wanted.is_some_and(|it| context.truth(&it.expression, Reading::Stated).is_true())
            })
            .collect();
        board.waiting = vec![Vec::new(); board.seats.len()];
        board.queued = vec![false; board.slots.len()];
        board
    }

    fn seat(&mut self, advice: &DecisionAdvice) {
        let entry = self.base.decision(advice.id);
        let first = self.entrants.len();
        let whole = (self.seats.len(), first);
        let one = |condition: &'a Condition| [(Some(condition), 0)];
        if let Some(when) = &entry.when {
            self.enter(whole, Part::Asked, Reading::Assume, one(when));
        }
        if let (DecisionState::NotApplicable, Some(when)) = (advice.state, &entry.called_for) {
            self.enter(whole, Part::CalledFor, Reading::Stated, one(when));
        }
        for option in &advice.options {
            self.entrant(entry, option);
        }
        for pattern in advice.taken() {
            // What is pulled in later is not there yet when decisions are taken.
            let pulled = advice.option(*pattern).is_some_and(is_pulled_in);
            if advice.state == DecisionState::Chosen || !pulled {
                self.context.take(*pattern);
            }
        }
        self.seats.push(Seat {
            decision: advice.id,
            entry,
            open: advice.state == DecisionState::Open,
            entrants: first..self.entrants.len(),
            hinges: Vec::new(),
        });
    }

    fn entrant(&mut self, decision: &'a Decision, option: &OptionAdvice) {
        let at = (self.seats.len(), self.entrants.len());
        let pattern = self.base.pattern(option.pattern);
        for effect in pattern
            .effects
            .iter()
            .filter(|effect| effect.cases.len() > 1)
        {
            let cases = effect
                .cases
                .iter()
                .map(|case| (case.when.as_ref(), case.value));
            self.enter(at, Part::Effect(effect.axis), Reading::Assume, cases);
        }
        if !pattern.limits.is_empty() {
            let limits = pattern.limits.iter().map(|limit| (Some(&limit.when), 0));
            self.enter(at, Part::Limits, Reading::Certain, limits.clone());
            self.enter(at, Part::Danger, Reading::Assume, limits);
        }
        if let Some(driver) = &pattern.driver {
            let reading = if decision.least_sufficient {
                Reading::Stated
            } else {
                Reading::Assume
            };
            self.enter(at, Part::Driver, reading, [(Some(&driver.when), 0)]);
        }
        if let Some(norm) = &pattern.norm {
            self.enter(at, Part::Norm, Reading::Assume, [(Some(&norm.unless), 0)]);
        }
        if let (Pick::Many, Some(applies)) = (decision.pick, pattern.applies.as_deref()) {
            self.enter(at, Part::Applies, Reading::Assume, [(Some(applies), 0)]);
        }
        if decision.pick == Pick::One {
            self.enter(at, Part::Structure, Reading::Assume, []);
        }
        self.effects
            .extend(option.contributions.iter().map(|axis| axis.effect));
        self.entrants.push(Entrant::new(decision, pattern, option));
        let entrant = self.entrants.len() - 1;
        let merits = self.included(entrant);
        if let Some(entry) = self.entrants.last_mut() {
            entry.fixed |= merits != entry.included;
        }
    }

    /// Files conditions that decide something together under all that they read.
    fn enter(
        &mut self,
        (seat, entrant): (usize, usize),
        part: Part,
        reading: Reading,
        conditions: impl IntoIterator<Item = (Option<&'a Condition>, i8)>,
    ) {
        let slot = self.slots.len() as u32;
        let first = self.tests.len();
        for (condition, value) in conditions {
            let when = condition.map(|condition| &condition.expression);
            let test = self.tests.len() as u32;
            let mut reads_choices = false;
            if let Some(when) = when {
                Atom::each(when, |fact, atom| {
                    self.by_fact[fact.index()].push(Watch { atom, slot, test });
                });
                for pattern in when.patterns() {
                    reads_choices = true;
                    self.by_pattern[pattern.index()].push(slot);
                }
            }
            self.tests.push(Test {
                when,
                reads_choices,
                touched: 0,
                value,
                before: None,
            });
        }
        self.slots.push(Slot {
            seat,
            entrant,
            part,
            reading,
            tests: first..self.tests.len(),
        });
    }

    /// Files the structure of every option under the patterns with which it may or may not combine.
    fn file_structure(&mut self) {
        let mut needed_in: Vec<Vec<PatternId>> = vec![Vec::new(); self.base.decisions.len()];
        for id in self.base.pattern_ids() {
            for member in self.base.pattern(id).requires.iter().flatten() {
                for decision in &self.context.offered_in[member.index()] {
                    needed_in[decision.index()].push(id);
                }
            }
        }
        for (number, slot) in self.slots.iter().enumerate() {
            if let Part::Structure = slot.part {
                let pattern = self.entrants[slot.entrant].pattern;
                let decision = self.seats[slot.seat].decision;
                let related = (pattern.requires.iter().flatten())
                    .chain(&pattern.excludes)
                    .chain(&needed_in[decision.index()]);
                for other in related {
                    self.by_pattern[other.index()].push(number as u32);
                }
            }
        }
    }

    /// Returns the numbers with which conditions compare a fact.
    pub(super) fn compared_with(&self, fact: FactId) -> Vec<f64> {
        let watching = self.by_fact[fact.index()].iter();
        let marks = watching.filter_map(|watch| match watch.atom {
            Atom::Side(mark) => Some(mark),
            _ => None,
        });
        marks.collect()
    }

    /// Lets all decisions be taken with the answer on trial, and notes those that turn.
    pub(super) fn play(&mut self, trial: &Trial<'_>, fact: FactId) {
        self.plays += 1;
        let mut weigh = false;
        for changed in trial.changed() {
            for place in 0..self.by_fact[changed.fact.index()].len() {
                let Watch { atom, slot, test } = self.by_fact[changed.fact.index()][place];
                let Slot { part, reading, .. } = self.slots[slot as usize];
                if !changed.matters_to(atom, reading) {
                    continue;
                }
                self.tests[test as usize].touched = self.plays;
                match part {
                    Part::Implied => weigh = true,
                    _ => self.queue(slot),
                }
            }
        }
        if weigh {
            self.weigh(trial);
        }
        for seat in 0..self.seats.len() {
            if self.waiting[seat].is_empty() && !self.undo.reweighed {
                continue;
            }
            self.changed.clear();
            let mut asked = true;
            let mut slots = std::mem::take(&mut self.waiting[seat]);
            for number in slots.drain(..) {
                self.queued[number as usize] = false;
                let part = self.slots[number as usize].part;
                match part {
                    Part::Asked => asked = self.holds_any(trial, number),
                    Part::CalledFor => {
                        if self.holds_any(trial, number) {
                            self.call_for(seat, fact);
                        }
                    }
                    _ => self.look_again(trial, number),
                }
            }
            self.waiting[seat] = slots;
            if self.undo.reweighed || !asked || !self.changed.is_empty() {
                self.settle(seat, asked, fact);
            }
        }
        self.put_back();
    }

    fn put_back(&mut self) {
        for (entrant, standing) in self.undo.standings.drain(..).rev() {
            self.entrants[entrant].now = standing;
        }
        for (place, effect) in self.undo.effects.drain(..).rev() {
            self.effects[place] = effect;
        }
        for pattern in self.undo.taken.drain(..) {
            self.context.taken[pattern.index()] ^= true;
        }
        if std::mem::take(&mut self.undo.reweighed) {
            let levels = self.priorities.iter().map(|entry| i32::from(entry.level));
            self.weights = levels.collect();
        }
    }

    fn queue(&mut self, slot: u32) {
        let seat = self.slots[slot as usize].seat;
        if !std::mem::replace(&mut self.queued[slot as usize], true) {
            self.waiting[seat].push(slot);
        }
    }

    /// What a condition says with the answer on trial.
    fn truth(&mut self, trial: &Trial<'_>, test: usize, reading: Reading) -> Truth {
        let Test {
            when,
            reads_choices,
            touched,
            before,
            ..
        } = self.tests[test];
        let Some(when) = when else {
            return Truth::True;
        };
        let touched = touched == self.plays || reads_choices && !self.undo.taken.is_empty();
        match before {
            Some(before) if !touched => before,
            _ => {
                let truth = when.truth(&trial.read(&self.context.taken, reading));
                if !touched {
                    self.tests[test].before = Some(truth);
                }
                truth
            }
        }
    }

    fn holds_any(&mut self, trial: &Trial<'_>, slot: u32) -> bool {
        let Slot { tests, reading, .. } = self.slots[slot as usize].clone();
        tests
            .into_iter()
            .any(|test| self.truth(trial, test, reading).is_true())
    }

    /// Weighs the axes with the answer on trial.
    fn weigh(&mut self, trial: &Trial<'_>) {
        for axis in self.base.axis_ids() {
            let Some(priority) = self.priorities.get(axis.index()) else {
                continue;
            };
            if priority.given {
                continue;
            }
            let mut level = NORMAL;
            for (test, rule) in self.base.implied.iter().enumerate() {
                // The rules were entered first.
                if rule.axis == axis
                    && rule.level > level
                    && self.truth(trial, test, Reading::Stated).is_true()
                {
                    level = rule.level;
                }
            }
            if level != priority.level {
                self.weights[axis.index()] = i32::from(level);
                self.undo.reweighed = true;
            }
        }
    }

    /// Evaluates a slot with the answer on trial, and notes the option if that makes a difference.
    fn look_again(&mut self, trial: &Trial<'_>, number: u32) {
        let Slot {
            seat,
            entrant,
            part,
            reading,
            tests,
            ..
        } = self.slots[number as usize].clone();
        if let Part::Effect(axis) = part {
            let holds = |test: &usize| self.truth(trial, *test, reading).is_true();
            let value = tests
                .into_iter()
                .find(holds)
                .map_or(0, |test| self.tests[test].value);
            let place = entrant * self.base.axes.len() + axis.index();
            let before = std::mem::replace(&mut self.effects[place], value);
            if before != value {
                self.undo.effects.push((place, before));
                self.changed.push(entrant);
            }
            return;
        }
        let mut now = self.entrants[entrant].now;
        match part {
            Part::Limits => now.limited = self.holds_any(trial, number),
            Part::Danger => now.endangered = self.holds_any(trial, number),
            Part::Driver => {
                let truth = self.truth(trial, tests.start, reading);
                let strict = self.seats[seat].entry.least_sufficient;
                now.undriven = truth.is_false() || strict && !truth.is_true();
            }
            Part::Norm => now.against_norm = !self.holds_any(trial, number),
            Part::Applies => now.applies = self.holds_any(trial, number),
            Part::Structure => {
                let Entrant { id, .. } = self.entrants[entrant];
                now.structure = self.context.combines(self.seats[seat].decision, id);
            }
            Part::Effect(_) | Part::Asked | Part::CalledFor | Part::Implied => {}
        }
        let before = std::mem::replace(&mut self.entrants[entrant].now, now);
        if before != now {
            self.undo.standings.push((entrant, before));
            self.changed.push(entrant);
        }
    }

    /// Takes a decision anew, notes if it turns, and lets later ones know.
    fn settle(&mut self, seat: usize, asked: bool, fact: FactId) {
        let Seat {
            open,
            entry,
            ref entrants,
            ..
        } = self.seats[seat];
        let entrants = entrants.clone();
        if entry.pick == Pick::Many {
            for entrant in entrants {
                self.settle_one_of_many(seat, entrant, asked, fact);
            }
            return;
        }
        // Options are seated in their order, so where the first is as before, only those that changed can beat it.
        let winner = entrants.start;
        if entrants.is_empty() {
            return;
        }
        let best = if self.undo.reweighed || self.changed.contains(&winner) {
            entrants.min_by_key(|entrant| self.key(*entrant))
        } else {
            let rivals = self.changed.iter().copied().chain([winner]);
            rivals.min_by_key(|entrant| self.key(*entrant))
        };
        let mut best = best.unwrap_or(winner);
        if open && best != winner && self.closes(seat, winner, best) {
            // Looking ahead would give it up for the next that leaves room.
            let spared =
                |entrant: &usize| *entrant == winner || !self.closes(seat, winner, *entrant);
            let left = self.seats[seat].entrants.clone().filter(spared);
            best = left
                .min_by_key(|entrant| self.key(*entrant))
                .unwrap_or(best);
        }
        if asked && (best != winner || !self.can_be_taken(best)) {
            note(&mut self.seats[seat].hinges, fact);
        }
        if open && (best != winner || !asked) {
            self.toggle(seat, winner);
            if asked {
                self.toggle(seat, best);
            }
        }
    }

    /// Whether a decision that stated facts call for would no longer arise, were this option taken instead of the one
    /// that leads.
    fn closes(&self, seat: usize, leader: usize, rival: usize) -> bool {
        let mut called = self.called.iter().filter(|id| id.index() > seat).peekable();
        if called.peek().is_none() {
            return false;
        }
        let mut context = self.context.clone();
        context.taken[self.entrants[leader].id.index()] = false;
        context.taken[self.entrants[rival].id.index()] = true;
        called.any(|id| {
            let when = self.base.decision(*id).when.as_ref();
            let reads_here = |when: &&Condition| {
                let mut patterns = when.expression.patterns();
                patterns.any(|pattern| {
                    self.context.offered_in[pattern.index()]
                        .iter()
                        .any(|home| home.index() == seat)
                })
            };
            let when = when.filter(reads_here);
            when.is_some_and(|when| !context.truth(&when.expression, Reading::Assume).is_true())
        })
    }

    fn settle_one_of_many(&mut self, seat: usize, entrant: usize, asked: bool, fact: FactId) {
        let included = self.included(entrant);
        let entry = &mut self.entrants[entrant];
        if entry.fixed {
            return;
        }
        let turns = included != entry.included;
        if asked && turns {
            note(&mut entry.hinges, fact);
        }
        let leaves = !asked && entry.included;
        if self.seats[seat].open && (asked && turns || leaves) {
            self.toggle(seat, entrant);
        }
    }

    /// Notes that what comes before a decision that does not arise hinges on an answer that calls for it, where an option
    /// that fits would make it arise.
    fn call_for(&mut self, seat: usize, fact: FactId) {
        let when = self.seats[seat].entry.when.as_ref();
        let asked_by = when.iter().flat_map(|when| when.expression.patterns());
        for pattern in asked_by {
            for decision in &self.context.offered_in[pattern.index()] {
                let Some(earlier) = self.seats.get(decision.index()) else {
                    continue;
                };
                let mut entrants = earlier.entrants.clone();
                let fits = entrants.any(|entrant| {
                    self.entrants[entrant].id == pattern && self.tier(entrant) == Tier::Fit
                });
                if fits && earlier.open && earlier.entry.pick == Pick::One {
                    note(&mut self.seats[decision.index()].hinges, fact);
                }
            }
        }
    }

    /// Takes what was not taken, or the other way round.
    fn toggle(&mut self, seat: usize, entrant: usize) {
        let pattern = self.entrants[entrant].id;
        self.context.taken[pattern.index()] ^= true;
        self.undo.taken.push(pattern);
        for place in 0..self.by_pattern[pattern.index()].len() {
            let number = self.by_pattern[pattern.index()][place];
            let later = self.slots[number as usize].seat;
            if later != usize::MAX && later > seat {
                self.queue(number);
            }
        }
    }

    fn effects_of(&self, entrant: usize) -> &[i8] {
        let axes = self.base.axes.len();
        let from = entrant * axes;
        self.effects.get(from..from + axes).unwrap_or_default()
    }

    fn tier(&self, entrant: usize) -> Tier {
        let now = self.entrants[entrant].now;
        let harms = || {
            let mut pairs = self.effects_of(entrant).iter().zip(self.context.floors);
            pairs.any(|(effect, floor)| floor.is_some_and(|floor| *effect < floor))
        };
        let own = if now.limited {
            Tier::Impossible
        } else if now.against_norm || now.undriven || harms() {
            Tier::Discouraged
        } else {
            Tier::Fit
        };
        own.max(now.closed).max(now.structure)
    }

    fn can_be_taken(&self, entrant: usize) -> bool {
        let structure = self.entrants[entrant].now.structure;
        self.tier(entrant) < Tier::Impossible && structure < Tier::Incompatible
    }

    fn score(&self, entrant: usize) -> i32 {
        let pairs = self.effects_of(entrant).iter().zip(&self.weights);
        pairs
            .map(|(effect, weight)| i32::from(*effect) * weight)
            .sum()
    }

    /// The order of options, as in [`Context::rank`].
    fn key(&self, entrant: usize) -> (Tier, i32, bool, u8, usize) {
        let Entrant {
            pattern,
            place,
            now,
            ..
        } = self.entrants[entrant];
        let (tier, score) = (self.tier(entrant), self.score(entrant));
        (tier, -score, now.endangered, pattern.complexity, place)
    }

    /// Whether an option of a pick-many decision is taken on its own merits.
    fn included(&self, entrant: usize) -> bool {
        self.entrants[entrant].now.applies
            && self.tier(entrant) <= Tier::Discouraged
            && self.score(entrant) >= 0
    }

    /// Writes what was found into the advice.
    pub(super) fn tell(self, decisions: &mut [DecisionAdvice]) {
        let mut entrants = self.entrants.into_iter();
        for (seat, advice) in self.seats.into_iter().zip(decisions) {
            advice.hinges_on = seat.hinges;
            advice.hinges_on.sort_unstable();
            advice.hinges_on.dedup();
            for (option, entrant) in advice.options.iter_mut().zip(&mut entrants) {
                option.hinges_on = entrant.hinges;
            }
        }
    }
}

impl<'a> Entrant<'a> {
    fn new(decision: &Decision, pattern: &'a Pattern, option: &OptionAdvice) -> Self {
        let has = |kind: ReasonKind| option.reasons.iter().any(|reason| reason.kind == kind);
        let is_it = |id: &PatternId| *id == option.pattern;
        let structural = has(ReasonKind::Requires) || has(ReasonKind::Excludes);
        Self {
            id: option.pattern,
            pattern,
            place: decision.options.iter().position(is_it).unwrap_or_default(),
            now: Standing {
                closed: if has(ReasonKind::LookAhead) {
                    Tier::Incompatible
                } else if has(ReasonKind::LeavesHazard) {
                    Tier::Discouraged
                } else {
                    Tier::Fit
                },
                structure: match (structural, has(ReasonKind::Limit)) {
                    (false, _) => Tier::Fit,
                    (true, false) => option.tier,
                    (true, true) => Tier::Incompatible,
                },
                limited: has(ReasonKind::Limit),
                endangered: option.endangered,
                against_norm: has(ReasonKind::Norm),
                undriven: has(ReasonKind::NoDriver),
                applies: !has(ReasonKind::MayApply) && !has(ReasonKind::DoesNotApply),
            },
            fixed: is_pulled_in(option),
            included: option.verdict == Verdict::Recommended,
            hinges: Vec::new(),
        }
    }
}

fn is_pulled_in(option: &OptionAdvice) -> bool {
    let pulls = [ReasonKind::RequiredBy, ReasonKind::ClosesHazard];
    let mut reasons = option.reasons.iter();
    reasons.any(|reason| pulls.contains(&reason.kind))
}

fn note(hinges: &mut Vec<FactId>, fact: FactId) {
    if hinges.last() != Some(&fact) {
        hinges.push(fact);
    }
}
