//! Conflicts: what cannot be had together, how bad it is, and the ways out.

mod against;
mod axes;
mod dead_ends;
mod hazards;
mod misfits;

pub use axes::tension;

use super::facts::{Reading, anything};
use super::hazards::HazardState;
use super::overturn::Trial;
use super::rank::{Context, Contribution, OptionAdvice, Reason, ReasonKind, Tier};
use super::verdict::AxisVerdict;
use super::{DecisionAdvice, DecisionState, FactTable, Priority, Situation};
use crate::expression::{Expression, Facts, Truth, Value};
use crate::knowledge::{
    AxisId, DecisionId, DefaultAnswer, FactId, HazardId, KnowledgeBase, PatternId, Pick, Rule,
    RuleKind, SourceId,
};

/// The kinds of conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKind {
    /// Requirements contradict each other.
    Requirements,
    /// A chosen pattern breaks a hard limit, or may.
    Limit,
    /// A chosen pattern breaks a norm.
    Norm,
    /// A chosen pattern lacks a prerequisite.
    Prerequisite,
    /// Two chosen patterns exclude each other.
    Exclusion,
    /// Every option of a decision is ruled out, or does not combine with the rest.
    NoOption,
    /// A computed whole misses its target, or a choice is less than what is called for.
    Target,
    /// An accepted decision no longer fits.
    Misfit,
    /// One choice helps an important axis and hurts another.
    Axes,
    /// A hazard is open, or nothing that was chosen closes it.
    Hazard,
    /// A stated priority is lower than the facts imply.
    Priority,
    /// A chosen pattern is heavier than anything calls for.
    Complexity,
}

impl ConflictKind {
    /// Returns the word used in files and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requirements => "requirement-conflict",
            Self::Limit => "broken-limit",
            Self::Norm => "broken-norm",
            Self::Prerequisite => "missing-prerequisite",
            Self::Exclusion => "excluded-pair",
            Self::NoOption => "no-option-left",
            Self::Target => "missed-target",
            Self::Misfit => "no-longer-fits",
            Self::Axes => "axis-conflict",
            Self::Hazard => "open-hazard",
            Self::Priority => "implied-priority",
            Self::Complexity => "unjustified-complexity",
        }
    }
}

/// How severe a conflict is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Know it.
    Low,
    /// Settle it before building.
    Medium,
    /// The design does not work as it stands.
    High,
}

impl Severity {
    /// Returns the word used in files and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    fn from_points(points: i32) -> Self {
        match points {
            16.. => Self::High,
            8..=15 => Self::Medium,
            _ => Self::Low,
        }
    }
}

/// A change to the situation that a way out consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Take this option in a decision.
    Choose(DecisionId, PatternId),
    /// Add a pattern: to its pick-many decision, or as a practice.
    Add(PatternId),
    /// Leave a pattern out: withdraw the choice of it, or take what is recommended beside it and not it.
    Drop(PatternId),
    /// Leave a decision to the advisor again.
    Reopen(DecisionId),
    /// Set a priority.
    SetPriority(AxisId, u8),
    /// Change the answer to a requirement; which value is for the user to say.
    Revisit(FactId),
}

/// A way out of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOut {
    /// What to do.
    pub action: String,
    /// What that brings and costs.
    pub effect: String,
    /// The change that does it, when the program can make it.
    pub change: Option<Change>,
}

/// A conflict in this design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Stable id, by which it can be waived.
    pub id: String,
    /// Its kind.
    pub kind: ConflictKind,
    /// How severe it is.
    pub severity: Severity,
    /// The axes concerned.
    pub axes: Vec<AxisId>,
    /// The patterns concerned.
    pub patterns: Vec<PatternId>,
    /// The requirements concerned: a minimal set, where the conflict is between requirements.
    pub requirements: Vec<FactId>,
    /// The quantities that the message names.
    pub quantities: Vec<FactId>,
    /// The hazard, when it is one.
    pub hazard: Option<HazardId>,
    /// The mechanism, in a sentence or two.
    pub message: String,
    /// Sources.
    pub sources: Vec<SourceId>,
    /// The ways out, the smallest change first.
    pub ways_out: Vec<WayOut>,
    /// What lies between the sides of a conflict between two axes and can be taken here.
    pub middle: Vec<WayOut>,
    /// The reason with which it was accepted.
    pub waived: Option<String>,
}

impl Conflict {
    fn new(id: String, kind: ConflictKind, severity: Severity, message: String) -> Self {
        Self {
            id,
            kind,
            severity,
            axes: Vec::new(),
            patterns: Vec::new(),
            requirements: Vec::new(),
            quantities: Vec::new(),
            hazard: None,
            message,
            sources: Vec::new(),
            ways_out: Vec::new(),
            middle: Vec::new(),
            waived: None,
        }
    }
}

/// What conflicts are found in.
pub(super) struct Scene<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) situation: &'a Situation,
    pub(super) priorities: &'a [Priority],
    pub(super) decisions: &'a [DecisionAdvice],
    pub(super) hazards: &'a [HazardState],
    pub(super) verdicts: &'a [AxisVerdict],
}

/// Finds all conflicts, most severe first, then by kind and id.
pub(super) fn conflicts(scene: &Scene<'_>) -> Vec<Conflict> {
    let mut found = Vec::new();
    scene.requirements(&mut found);
    scene.choices(&mut found);
    scene.dead_ends(&mut found);
    scene.axes(&mut found);
    scene.hazards(&mut found);
    scene.implied_priorities(&mut found);
    scene.against_advice(&mut found);
    scene.misfits(&mut found);
    for conflict in &mut found {
        conflict.waived = scene.situation.waivers.get(&conflict.id).cloned();
    }
    found.sort_by(|left, right| {
        (right.severity, left.kind, &left.id).cmp(&(left.severity, right.kind, &right.id))
    });
    found
}

/// Returns whether a conflict of this knowledge can have this id: the words before the first slash say of what kind it
/// is, and what follows names what it is about.
pub fn is_id(base: &KnowledgeBase, id: &str) -> bool {
    let Some((kind, rest)) = id.split_once('/') else {
        return false;
    };
    let (first, second) = rest.split_once('/').unwrap_or((rest, ""));
    let pattern = |id: &str| (base.find_pattern(id)).filter(|found| base.pattern(*found).id == id);
    match kind {
        "requirements" | "target" => base.rules.find(rest).is_some(),
        "limit" => pattern(first).is_some_and(|id| {
            let mut limits = base.pattern(id).limits.iter();
            limits.any(|limit| limit.id == second)
        }),
        "norm" => pattern(rest).is_some_and(|id| base.pattern(id).norm.is_some()),
        "need" | "complexity" => pattern(rest).is_some(),
        "floor" => base.find_axis(first).is_some() && pattern(second).is_some(),
        "requires" | "excludes" => pattern(first).is_some() && pattern(second).is_some(),
        "no-option" | "no-longer-fits" => base.find_decision(rest).is_some(),
        "hazard" => base.find_hazard(rest).is_some(),
        "priority" => base.find_axis(rest).is_some(),
        axes => {
            let are_axes = axes.split_once("-vs-").is_some_and(|(helped, hurt)| {
                base.find_axis(helped).is_some() && base.find_axis(hurt).is_some()
            });
            are_axes && pattern(rest).is_some()
        }
    }
}

impl Scene<'_> {
    fn base(&self) -> &KnowledgeBase {
        self.context.base
    }

    fn weight(&self, axis: AxisId) -> i32 {
        self.context
            .priorities
            .get(axis.index())
            .copied()
            .unwrap_or(0)
    }

    fn name(&self, pattern: PatternId) -> &str {
        &self.base().pattern(pattern).name
    }

    /// The decision in which a pattern was taken.
    fn decision_of(&self, pattern: PatternId) -> Option<&DecisionAdvice> {
        self.decisions
            .iter()
            .find(|advice| advice.taken().contains(&pattern))
    }

    /// Whether the question of a decision arises in the design as it stands.
    fn arises(&self, decision: DecisionId) -> bool {
        let advice = self.decisions.get(decision.index());
        advice.is_some_and(|advice| advice.arises)
    }

    /// Whether the user chose what is not advised. What is advised is no worse once it is taken.
    fn is_against_advice(&self, pattern: PatternId) -> bool {
        let advised =
            (self.decision_of(pattern)).is_some_and(|advice| advice.recommended.contains(&pattern));
        self.context.by_user[pattern.index()] && !advised
    }

    /// Rules over requirements, and targets that the choices miss.
    fn requirements(&self, found: &mut Vec<Conflict>) {
        for rule in &self.base().rules {
            let expression = &rule.when.expression;
            let Some(rests) = self.holds(expression, self.context.facts) else {
                continue;
            };
            let given = self.context.facts.given_behind(self.base(), expression);
            if given.is_empty() {
                continue;
            }
            let stated = rests.is_empty();
            let about_choices = expression.patterns().next().is_some();
            let severity = match (stated, rule.kind) {
                (true, RuleKind::Impossible) => Severity::High,
                (true, RuleKind::Inconsistent) => Severity::Medium,
                _ => Severity::Low,
            };
            let mut message = rule.because.to_string();
            let set = if stated {
                self.minimal_set(rule, &given)
            } else {
                given
            };
            message.push_str(&self.unsaid(&rests));
            let (prefix, kind) = if about_choices {
                ("target", ConflictKind::Target)
            } else {
                ("requirements", ConflictKind::Requirements)
            };
            let mut conflict =
                Conflict::new(format!("{prefix}/{}", rule.id), kind, severity, message);
            conflict.patterns = expression
                .patterns()
                .filter(|pattern| self.context.is_taken(*pattern))
                .collect();
            conflict.sources.clone_from(&rule.sources);
            conflict.ways_out = self.relaxations(rule, &set);
            conflict.requirements = set;
            conflict.quantities = self.quantities_named(&rule.because);
            found.push(conflict);
        }
    }

    /// The quantities of which a text has the id.
    fn quantities_named(&self, text: &str) -> Vec<FactId> {
        let is_of_id = |c: char| c.is_ascii_alphanumeric() || c == '_';
        // An id of one word may be a word of the sentence.
        let ids = (text.split(|c| !is_of_id(c))).filter(|word| word.contains('_'));
        let named = ids.filter_map(|id| self.base().find_fact(id));
        named
            .filter(|fact| self.base().quantity(*fact).is_some())
            .collect()
    }

    /// The assumptions on which it rests that a condition holds: none where the answers alone make it hold. Nothing
    /// where it does not hold.
    fn holds(&self, condition: &Expression, facts: &FactTable) -> Option<Vec<FactId>> {
        let context = self.context;
        let truth = |reading| {
            let relaxed = Relaxed {
                facts,
                context,
                reading,
            };
            condition.truth(&relaxed)
        };
        if truth(Reading::Stated).is_true() {
            return Some(Vec::new());
        }
        (truth(Reading::Assume).is_true()).then(|| self.assumptions(condition, facts))
    }

    /// The assumptions on which it rests that a condition holds. One that may have any answer without lifting it is
    /// none of them, unless it takes several to lift it.
    fn assumptions(&self, condition: &Expression, facts: &FactTable) -> Vec<FactId> {
        let base = self.base();
        let assumed = facts.assumed_behind(base, condition, &self.context.taken);
        let mut trial = Trial::new(base, facts);
        // A fact that may be anything counts as answered, so that what asks whether it was is tried as well.
        let mut stands = |freed: &[FactId]| {
            for fact in freed {
                trial.answer(*fact, anything(base.fact(*fact).2));
            }
            let tried = trial.read(&self.context.taken, Reading::Assume);
            let stands = condition.truth(&tried).is_true();
            trial.reset();
            stands
        };
        if stands(&assumed) {
            return Vec::new();
        }
        let mut alone = assumed.clone();
        alone.retain(|fact| !stands(&[*fact]));
        if alone.is_empty() { assumed } else { alone }
    }

    /// The rule's own advice; each is tied to the pattern or the requirement it speaks of, when that is plain. What it
    /// says of a pattern that cannot be taken here, or of an answer that lifts nothing whatever it is, is left out,
    /// unless nothing else remained.
    fn relaxations(&self, rule: &Rule, set: &[FactId]) -> Vec<WayOut> {
        let told = rule.relax.iter().map(|text| self.relaxation(text, set));
        let (mut ways, idle): (Vec<WayOut>, Vec<WayOut>) = told.partition(|way| match way.change {
            Some(Change::Revisit(fact)) => set.contains(&fact) || self.may_lift(rule, fact),
            Some(Change::Choose(_, pattern) | Change::Add(pattern)) => {
                let own = self.option_in_its_decision(pattern);
                !self.context.is_taken(pattern)
                    && self.can_be_taken(pattern)
                    && own.is_none_or(|own| own.tier <= Tier::Discouraged)
            }
            _ => true,
        });
        if ways.is_empty() {
            ways = idle;
        }
        for fact in set {
            if !ways
                .iter()
                .any(|way| way.change == Some(Change::Revisit(*fact)))
            {
                ways.push(self.revisit(*fact));
            }
        }
        ways
    }

    /// A way out as a rule tells it, with the change that it comes to.
    fn relaxation(&self, text: &str, set: &[FactId]) -> WayOut {
        if let Some(pattern) = self.pattern_named(text) {
            let way = self.add(pattern);
            return WayOut {
                effect: format!("{}: {}", way.action, way.effect),
                action: capitalised(text),
                change: way.change,
            };
        }
        let named = self.answer_named(text, set);
        WayOut {
            action: capitalised(text),
            effect: named.map(|fact| self.now(fact)).unwrap_or_default(),
            change: named.map(Change::Revisit),
        }
    }

    /// Whether another answer to a requirement might lift a conflict. Where the condition does not read it, or speaks of
    /// what is only advised, it might: it is told for what it changes of the advice.
    fn may_lift(&self, rule: &Rule, fact: FactId) -> bool {
        let base = self.base();
        let condition = &rule.when.expression;
        let is_advised = |id: PatternId| self.context.is_taken(id) && !self.is_chosen(id);
        if condition.patterns().any(is_advised) || !reads(base, condition, fact) {
            return true;
        }
        let mut trial = Trial::new(base, self.context.facts);
        trial.answer(fact, anything(base.fact(fact).2));
        let tried = trial.read(&self.context.taken, Reading::Assume);
        !condition.truth(&tried).is_true()
    }

    /// The pattern that a way out names by its id in parentheses.
    fn pattern_named(&self, text: &str) -> Option<PatternId> {
        let (_, rest) = text.split_once('(')?;
        let (id, _) = rest.split_once(')')?;
        let base = self.base();
        (base.requirements.find(id).is_none())
            .then(|| base.find_pattern(id))
            .flatten()
    }

    /// The answer that a way out names by its id, first of all in parentheses. Elsewhere an id of one word may be a word
    /// of the sentence, so that it counts after the others, and only where it is one of those behind the conflict.
    fn answer_named(&self, text: &str, set: &[FactId]) -> Option<FactId> {
        let is_of_id = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let is_end = |c: char| c == ')' || c == ',';
        let words = || text.split(|c| !is_of_id(c));
        let requirement = |word: &str| {
            let index = self.base().requirements.find(word)?;
            Some(FactId(index as u16))
        };
        let mut ids = words().filter(|word| word.contains('_'));
        let mut plain = words().filter_map(requirement);
        let mut set_off = text
            .split('(')
            .skip(1)
            .filter_map(|rest| rest.split(is_end).next());
        set_off
            .find_map(requirement)
            .or_else(|| ids.find_map(requirement))
            .or_else(|| plain.find(|fact| set.contains(fact)))
    }

    /// A sentence on what a conflict rests on beside the answers; nothing where it rests on these alone.
    fn unsaid(&self, facts: &[FactId]) -> String {
        const MOST: usize = 4;
        let mut names: Vec<&str> = (facts.iter().take(MOST))
            .map(|fact| self.base().fact(*fact).1)
            .collect();
        let more = format!("{} more", facts.len().saturating_sub(MOST));
        if facts.len() > MOST {
            names.push(&more);
        }
        match names.split_last() {
            None => String::new(),
            Some((last, [])) => format!(" This rests on what was not said: {last}."),
            Some((last, rest)) => {
                format!(
                    " This rests on what was not said: {} and {last}.",
                    rest.join(", ")
                )
            }
        }
    }

    fn revisit(&self, fact: FactId) -> WayOut {
        WayOut {
            action: format!("Revisit “{}”", self.base().fact(fact).1),
            effect: self.now(fact),
            change: Some(Change::Revisit(fact)),
        }
    }

    fn now(&self, fact: FactId) -> String {
        let (id, _, kind) = self.base().fact(fact);
        let state = self.context.facts.state(fact);
        let value = kind.display(state.value);
        match state.value.is_known() {
            true if state.is_settled() => format!("{id} is {value} now"),
            true => format!("{id} is not said, and taken as {value}"),
            false => format!("{id} has no answer yet"),
        }
    }

    /// A minimal set of given requirements under which a rule holds: each is dropped in turn, and stays out if the rule
    /// holds without it. Dropping one can make another droppable (a default may lie nearer than the answer did), so it
    /// goes on until none is.
    fn minimal_set(&self, rule: &Rule, given: &[FactId]) -> Vec<FactId> {
        let mut kept = given.to_vec();
        let mut dropped: Vec<FactId> = Vec::new();
        loop {
            let before = kept.len();
            kept.retain(|fact| {
                dropped.push(*fact);
                let rests = self.holds(&rule.when.expression, &self.without(&dropped));
                let needed = rests.is_none_or(|rests| !rests.is_empty());
                if needed {
                    dropped.pop();
                }
                needed
            });
            if kept.len() == before {
                return kept;
            }
        }
    }

    fn without(&self, dropped: &[FactId]) -> FactTable {
        let mut situation = Situation {
            answers: self.situation.answers.clone(),
            ..Situation::default()
        };
        situation.answers.retain(|fact, _| !dropped.contains(fact));
        FactTable::new(self.base(), &situation)
    }

    /// What the user chose against limits, prerequisites and exclusions.
    fn choices(&self, found: &mut Vec<Conflict>) {
        let taken = self.context.all_taken();
        for pattern in taken.iter().copied() {
            let entry = self.base().pattern(pattern);
            let advice = self.decision_of(pattern);
            for limit in &entry.limits {
                let stated = self
                    .context
                    .truth(&limit.when.expression, Reading::Certain)
                    .is_true();
                let assumed = stated
                    || self
                        .context
                        .truth(&limit.when.expression, Reading::Assume)
                        .is_true();
                if !assumed {
                    continue;
                }
                let given = (self.context.facts).given_behind(self.base(), &limit.when.expression);
                // Of a recommendation that rests on assumptions alone it is known that more answers can turn it.
                let severity = match (stated, self.is_against_advice(pattern) || !given.is_empty())
                {
                    (true, _) => Severity::High,
                    (false, true) => Severity::Medium,
                    (false, false) => Severity::Low,
                };
                let rests = if stated {
                    Vec::new()
                } else {
                    self.assumptions(&limit.when.expression, self.context.facts)
                };
                let message = format!(
                    "{}: {}.{}",
                    entry.name,
                    limit.because.trim_end_matches('.'),
                    self.unsaid(&rests)
                );
                let mut conflict = Conflict::new(
                    format!("limit/{}/{}", entry.id, limit.id),
                    ConflictKind::Limit,
                    severity,
                    message,
                );
                // What was not said can be answered; what was would have to be taken back.
                conflict.requirements = rests;
                conflict.requirements.extend(given);
                conflict.sources.clone_from(&limit.sources);
                found.push(self.leave(advice, pattern, conflict));
            }
            for group in &entry.requires {
                if group.iter().any(|member| self.context.is_taken(*member)) {
                    continue;
                }
                let first = group
                    .first()
                    .map_or("", |member| self.base().pattern(*member).id.as_str());
                let message = format!(
                    "{} needs {}, and the design has none.",
                    entry.name,
                    self.context.names(group)
                );
                let id = format!("requires/{}/{first}", entry.id);
                // What is merely advised waits for what is to be added to an unfinished choice.
                let could_be_added = |member: &PatternId| self.context.could_be_added(*member);
                let waits =
                    !self.context.by_user[pattern.index()] && group.iter().any(could_be_added);
                let severity = if waits {
                    Severity::Medium
                } else {
                    Severity::High
                };
                let mut conflict = Conflict::new(id, ConflictKind::Prerequisite, severity, message);
                conflict.patterns.push(pattern);
                conflict.patterns.extend(group);
                for member in group {
                    conflict.ways_out.push(self.add(*member));
                }
                conflict
                    .ways_out
                    .extend(self.other_options(advice, pattern));
                if self.context.by_user[pattern.index()] {
                    conflict.ways_out.push(self.drop(pattern));
                }
                found.push(conflict);
            }
            for other in entry
                .excludes
                .iter()
                .copied()
                .filter(|other| *other > pattern && self.context.is_taken(*other))
            {
                let id = format!("excludes/{}/{}", entry.id, self.base().pattern(other).id);
                let message = format!(
                    "{} and {} exclude each other.",
                    entry.name,
                    self.name(other)
                );
                let mut conflict =
                    Conflict::new(id, ConflictKind::Exclusion, Severity::High, message);
                conflict.patterns = vec![pattern, other];
                conflict.ways_out = vec![self.drop(other), self.drop(pattern)];
                found.push(conflict);
            }
        }
    }

    fn add(&self, pattern: PatternId) -> WayOut {
        let one = self
            .base()
            .decisions_of(pattern)
            .find(|id| self.base().decision(*id).pick == Pick::One);
        WayOut {
            action: match one {
                Some(id) => format!(
                    "Take {} for “{}”",
                    self.name(pattern),
                    self.base().decision(id).name
                ),
                None => format!("Add {}", self.name(pattern)),
            },
            effect: format!("{}{}", self.balance(pattern), self.along(pattern)),
            change: Some(one.map_or(Change::Add(pattern), |id| Change::Choose(id, pattern))),
        }
    }

    /// What is taken up along with a pattern: choosing it takes the decision, and so all else that is recommended there.
    fn along(&self, pattern: PatternId) -> String {
        let offers = |advice: &&DecisionAdvice| {
            let decision = self.base().decision(advice.id);
            decision.pick == Pick::Many && decision.options.contains(&pattern)
        };
        let advice = (self.decisions.iter())
            .filter(|advice| advice.state == DecisionState::Open)
            .find(offers);
        let Some(advice) = advice else {
            return String::new();
        };
        let others = advice.recommended.iter().filter(|id| **id != pattern);
        let name = &self.base().decision(advice.id).name;
        match others.count() {
            0 => String::new(),
            1 => format!("; with the other one recommended for “{name}”"),
            others => format!("; with the {others} others recommended for “{name}”"),
        }
    }

    fn drop(&self, pattern: PatternId) -> WayOut {
        WayOut {
            action: format!("Drop {}", self.name(pattern)),
            effect: "the advisor decides again".to_owned(),
            change: Some(Change::Drop(pattern)),
        }
    }

    /// What a pattern brings and costs, by axis: `resilience +2, cost −1`.
    fn balance(&self, pattern: PatternId) -> String {
        balance(self.base(), &self.context.contributions(pattern))
    }

    /// Options of the same decision that could stand in for one, best first: they fit no worse and break no norm, since
    /// one that does trades a conflict for another.
    fn stand_ins<'s>(
        &self,
        advice: &'s DecisionAdvice,
        pattern: PatternId,
    ) -> impl Iterator<Item = &'s OptionAdvice> {
        let own = advice.option(pattern).map(|option| option.tier);
        let worst = own.map_or(Tier::Discouraged, |tier| tier.min(Tier::Discouraged));
        self.options_down_to(worst, advice, pattern)
    }

    /// Options beside one that fit no worse than so and break no norm, best first.
    fn options_down_to<'s>(
        &self,
        worst: Tier,
        advice: &'s DecisionAdvice,
        pattern: PatternId,
    ) -> impl Iterator<Item = &'s OptionAdvice> {
        let is_single = self.base().decision(advice.id).pick == Pick::One && self.arises(advice.id);
        let breaks_norm = |reason: &Reason| reason.kind == ReasonKind::Norm;
        (advice.options.iter()).filter(move |option| {
            is_single
                && option.pattern != pattern
                && option.tier <= worst
                && !option.reasons.iter().any(breaks_norm)
        })
    }

    /// The best of the options of the same decision that could stand in.
    fn other_options(&self, advice: Option<&DecisionAdvice>, pattern: PatternId) -> Vec<WayOut> {
        let Some(advice) = advice else {
            return Vec::new();
        };
        let mut others = self.stand_ins(advice, pattern).peekable();
        let best = others.peek().map(|option| option.tier);
        (others
            .take_while(|option| Some(option.tier) == best)
            .take(3))
        .map(|option| self.instead(advice, pattern, option))
        .collect()
    }

    /// Takes another option of the same decision.
    fn instead(&self, advice: &DecisionAdvice, pattern: PatternId, other: &OptionAdvice) -> WayOut {
        let own = advice.option(pattern);
        let ours = own.map_or(0, |option| option.score);
        // Fit comes before score: where that is what differs, the points say nothing.
        let effect = match own {
            Some(own) if other.tier < own.tier && other.score <= ours => {
                "it fits, which comes before the score".to_owned()
            }
            _ => format!("score {:+} instead of {ours:+}", other.score),
        };
        WayOut {
            action: format!("Take {} instead", self.name(other.pattern)),
            effect: format!("{effect}{}", caveat(other)),
            change: Some(Change::Choose(advice.id, other.pattern)),
        }
    }

    fn implied_priorities(&self, found: &mut Vec<Conflict>) {
        for axis in self.base().axis_ids() {
            let Some(priority) = self.priorities.get(axis.index()) else {
                continue;
            };
            let Some((level, rule)) = priority
                .implied
                .filter(|(level, _)| priority.given && *level > priority.level)
            else {
                continue;
            };
            let (name, implied) = (&self.base().axis(axis).name, &self.base().implied[rule]);
            let severity = if level - priority.level >= 4 {
                Severity::Medium
            } else {
                Severity::Low
            };
            let message = format!(
                "{name} has the priority “{}”, but your answers imply “{}”: {}.",
                self.base().level_name(priority.level),
                self.base().level_name(level),
                implied.because.trim_end_matches('.')
            );
            let id = format!("priority/{}", self.base().axis(axis).id);
            let mut conflict = Conflict::new(id, ConflictKind::Priority, severity, message);
            conflict.axes.push(axis);
            conflict.requirements = self
                .context
                .facts
                .given_behind(self.base(), &implied.when.expression);
            conflict.ways_out.push(WayOut {
                action: format!(
                    "Raise {} to “{}”",
                    name.to_lowercase(),
                    self.base().level_name(level)
                ),
                effect: "the options are weighed anew".to_owned(),
                change: Some(Change::SetPriority(axis, level)),
            });
            for fact in conflict.requirements.clone() {
                conflict.ways_out.push(self.revisit(fact));
            }
            found.push(conflict);
        }
    }
}

/// Whether a condition reads a fact, itself or through formulas, on whatever branch.
fn reads(base: &KnowledgeBase, condition: &Expression, fact: FactId) -> bool {
    let mut todo = condition.facts();
    let mut seen: Vec<FactId> = Vec::new();
    while let Some(read) = todo.pop() {
        if read == fact {
            return true;
        }
        if seen.contains(&read) {
            continue;
        }
        seen.push(read);
        let default = base.requirement(read).map(|entry| &entry.default);
        match (base.quantity(read), default) {
            (Some(quantity), _) => todo.extend(quantity.formula.facts()),
            (None, Some(DefaultAnswer::Formula(formula))) => todo.extend(formula.facts()),
            _ => {}
        }
    }
    false
}

/// The facts of a relaxed situation beside the choices of the present one.
struct Relaxed<'a> {
    facts: &'a FactTable,
    context: &'a Context<'a>,
    reading: Reading,
}

impl Facts for Relaxed<'_> {
    fn value(&self, fact: FactId) -> Value {
        let state = self.facts.state(fact);
        if self.reading == Reading::Assume {
            state.value
        } else {
            state.stated
        }
    }

    fn stated(&self, fact: FactId) -> Truth {
        self.reading.stated(Some(self.facts.state(fact)))
    }

    fn chosen(&self, pattern: PatternId) -> bool {
        self.context.is_taken(pattern)
    }
}

/// Writes the non-zero effects of an option: `resilience +2, cost -1`.
pub fn balance(base: &KnowledgeBase, contributions: &[Contribution]) -> String {
    let parts: Vec<String> = contributions
        .iter()
        .filter(|contribution| contribution.effect != 0)
        .map(|contribution| {
            format!(
                "{} {:+}",
                base.axis(contribution.axis).name.to_lowercase(),
                contribution.effect
            )
        })
        .collect();
    if parts.is_empty() {
        "no effect on any axis".to_owned()
    } else {
        parts.join(", ")
    }
}

/// Returns a sentence with its first letter in upper case.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// Returns what speaks against an option beside its score, as an addition to a sentence.
fn caveat(option: &OptionAdvice) -> String {
    let against = |reason: &&Reason| {
        matches!(
            reason.kind,
            ReasonKind::Norm
                | ReasonKind::Requires
                | ReasonKind::NoDriver
                | ReasonKind::Floor
                | ReasonKind::LeavesHazard
                | ReasonKind::LookAhead
        )
    };
    option
        .reasons
        .iter()
        .find(against)
        .map(|reason| format!("; but {}", reason.because))
        .unwrap_or_default()
}
