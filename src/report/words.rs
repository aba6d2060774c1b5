//! Sentences that more than one report says.

use crate::design::Due;
use crate::expression::{FactId, Facts, Ground, Interval, Truth, Value};
use crate::knowledge::{
    AxisId, DefaultAnswer, FactKind, KnowledgeBase, PatternId, Reversal, SourceId,
};
use crate::problem::{nearest, printable};
use crate::reasoning::{
    Advice, Certainty, Conflict, ConflictKind, Contribution, DecisionAdvice, DecisionState,
    FactTable, OptionAdvice, Origin, Reason, ReasonKind, Severity, Verdict,
    conflicts::{self, capitalised},
    verdict::AxisLabel,
};

/// Returns a reason in one sentence, with what makes it hold here: `money or stock is handled (here: money: yes)`. Where
/// the sentence names several things of which each would do, what holds here comes first.
pub fn told(base: &KnowledgeBase, advice: &Advice, reason: &Reason) -> String {
    let here = grounds(base, advice, reason);
    if here.is_empty() {
        reason.because.clone()
    } else if reason.alternatives {
        format!("{here} (one of: {})", reason.because)
    } else {
        format!("{} (here: {here})", reason.because)
    }
}

/// Returns what makes a reason hold here, without what else would.
fn told_briefly(base: &KnowledgeBase, advice: &Advice, reason: &Reason) -> String {
    let here = grounds(base, advice, reason);
    let is_choice = |ground: &Ground| matches!(ground, Ground::Chosen(_));
    if reason.alternatives && !here.is_empty() {
        if reason.grounds.iter().all(is_choice) {
            format!("goes with {here}")
        } else {
            here
        }
    } else {
        told(base, advice, reason)
    }
}

/// Returns what makes the condition of a reason hold: the facts with their values, and what was chosen.
pub fn grounds(base: &KnowledgeBase, advice: &Advice, reason: &Reason) -> String {
    const MOST: usize = 3;
    let mut parts: Vec<String> = reason
        .grounds
        .iter()
        .take(MOST)
        .map(|ground| match ground {
            Ground::Fact(fact) => {
                let assumed = match basis(base, advice, *fact) {
                    Basis::Given => String::new(),
                    Basis::FromGiven => from_given(base, advice, *fact),
                    Basis::Fixed => ", fixed by the knowledge".to_owned(),
                    // What is assumed in the figure may come out otherwise: the condition holds all the same.
                    Basis::Assumed
                        if advice.facts.state(*fact).origin == Origin::Derived
                            && reason.rests_on.is_empty() =>
                    {
                        ", derived; your answers alone decide".to_owned()
                    }
                    Basis::Assumed if advice.facts.state(*fact).origin == Origin::Derived => {
                        ", derived from what is assumed".to_owned()
                    }
                    Basis::Assumed => ", assumed".to_owned(),
                };
                let name = base.fact(*fact).1;
                format!("{name}: {}{assumed}", value(base, advice, *fact))
            }
            Ground::Chosen(pattern) => base.pattern(*pattern).name.to_string(),
        })
        .collect();
    if reason.grounds.len() > MOST {
        parts.push(format!("and {} more", reason.grounds.len() - MOST));
    }
    parts.join("; ")
}

/// From which answers a value follows: what nobody said of it is not to read as if somebody had.
fn from_given(base: &KnowledgeBase, advice: &Advice, fact: FactId) -> String {
    let formula = match (base.quantity(fact), base.requirement(fact)) {
        (Some(quantity), _) => Some(&quantity.formula),
        (None, Some(entry)) => match &entry.default {
            DefaultAnswer::Formula(formula) => Some(formula),
            _ => None,
        },
        (None, None) => None,
    };
    let given = formula.map(|formula| advice.facts.given_behind(base, formula));
    match given.unwrap_or_default().as_slice() {
        [] => ", from your answers".to_owned(),
        [one] => format!(", from {}", base.fact(*one).1),
        [one, other] => format!(", from {} and {}", base.fact(*one).1, base.fact(*other).1),
        [one, rest @ ..] => format!(", from {} and {} more", base.fact(*one).1, rest.len()),
    }
}

/// What a value rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// It was given.
    Given,
    /// It follows from what was given, whatever else is answered.
    FromGiven,
    /// No answer enters it: the knowledge sets it.
    Fixed,
    /// Something that was not given makes it.
    Assumed,
}

/// Returns what the value of a fact rests on. A formula may read what nobody gave without resting on it: one certification
/// that is asked for is a regime, whatever the others are.
pub fn basis(base: &KnowledgeBase, advice: &Advice, fact: FactId) -> Basis {
    let state = advice.facts.state(fact);
    let settled = state.stated.is_known() && state.stated == state.value;
    if state.origin == Origin::Given {
        Basis::Given
    } else if is_fixed(base, fact) {
        Basis::Fixed
    } else if settled || state.rests_on.is_empty() && state.origin == Origin::Derived {
        Basis::FromGiven
    } else {
        Basis::Assumed
    }
}

/// Whether a quantity is computed from nothing that can be answered.
fn is_fixed(base: &KnowledgeBase, fact: FactId) -> bool {
    // A formula never reads itself: where the base loads, this ends.
    let reads = base.quantity(fact).map(|entry| entry.formula.facts());
    reads.is_some_and(|reads| reads.into_iter().all(|read| is_fixed(base, read)))
}

/// Returns the answers that keep a practice from being called for, where what was given decides: `engineers is 2`.
pub fn failing(base: &KnowledgeBase, advice: &Advice, pattern: PatternId) -> Option<String> {
    let condition = base.pattern(pattern).applies.as_deref()?;
    let grounds = condition.expression.grounds(&Said { advice }, false);
    let facts: Vec<String> = (grounds.iter())
        .filter_map(|ground| match ground {
            Ground::Fact(fact) => {
                let id = base.fact(*fact).0;
                Some(format!("{id} is {}", value(base, advice, *fact)))
            }
            Ground::Chosen(_) => None,
        })
        .collect();
    (!facts.is_empty()).then(|| facts.join(", "))
}

/// What was given, and what follows from it alone.
struct Said<'a> {
    advice: &'a Advice,
}

impl Facts for Said<'_> {
    fn value(&self, fact: FactId) -> Value {
        self.advice.facts.state(fact).stated
    }

    // What was not said may still be: it decides nothing.
    fn stated(&self, fact: FactId) -> Truth {
        if self.advice.facts.state(fact).origin.is_said() {
            Truth::True
        } else {
            Truth::Unknown
        }
    }

    fn chosen(&self, pattern: PatternId) -> bool {
        self.advice.taken.contains(&pattern)
    }
}

/// Returns the facts behind a conflict between requirements and the figures that it names, with their values:
/// `Consistency users need = strong`.
pub fn evidence(base: &KnowledgeBase, advice: &Advice, conflict: &Conflict) -> String {
    let figures = conflict.quantities.iter();
    let facts = conflict.requirements.iter().chain(figures).map(|fact| {
        let assumed = match basis(base, advice, *fact) {
            Basis::Assumed => " (assumed)",
            Basis::Given | Basis::FromGiven | Basis::Fixed => "",
        };
        format!(
            "{} = {}{assumed}",
            base.fact(*fact).1,
            value(base, advice, *fact)
        )
    });
    facts.collect::<Vec<_>>().join(", ")
}

/// Returns what calls for an option, when something does.
pub fn call(option: &OptionAdvice) -> Option<&Reason> {
    const CALLS: [ReasonKind; 4] = [
        ReasonKind::Driver,
        ReasonKind::RequiredBy,
        ReasonKind::ClosesHazard,
        ReasonKind::LookAhead,
    ];
    if option.verdict != Verdict::Recommended {
        return None;
    }
    let of_kind = |kind| {
        option
            .reasons
            .iter()
            .find(|reason| reason.kind == kind && !reason.because.is_empty())
    };
    CALLS.into_iter().find_map(of_kind)
}

/// Returns why an option is taken, in one sentence: what calls for it, or else its greatest benefit here.
pub fn headline(base: &KnowledgeBase, advice: &Advice, option: &OptionAdvice) -> String {
    let best = || {
        strongest(option)
            .into_iter()
            .find(|contribution| contribution.points() > 0)
    };
    match call(option) {
        Some(reason) => told_briefly(base, advice, reason),
        None => best()
            .and_then(|contribution| because(base, contribution))
            .unwrap_or("the simplest that fits")
            .to_owned(),
    }
}

/// Returns the reason that moves an option back, when one does.
pub fn objecting(option: &OptionAdvice) -> Option<&Reason> {
    const AGAINST: [ReasonKind; 10] = [
        ReasonKind::Limit,
        ReasonKind::Requires,
        ReasonKind::Excludes,
        ReasonKind::LookAhead,
        ReasonKind::LeavesHazard,
        ReasonKind::Norm,
        ReasonKind::Floor,
        ReasonKind::NoDriver,
        ReasonKind::DoesNotApply,
        ReasonKind::Outweighed,
    ];
    let of_kind = |kind| {
        option
            .reasons
            .iter()
            .find(|reason| reason.kind == kind && !reason.because.is_empty())
    };
    AGAINST.into_iter().find_map(of_kind)
}

/// Returns why an option is not taken: the reason that moves it, or else how it compares.
pub fn objection(base: &KnowledgeBase, advice: &DecisionAdvice, option: &OptionAdvice) -> String {
    if let Some(reason) = objecting(option) {
        return reason.because.clone();
    }
    let Some(winner) = advice.recommended.first().and_then(|id| advice.option(*id)) else {
        return String::new();
    };
    let gap = winner.score - option.score;
    let worst = differences(winner, option)
        .into_iter()
        .find(|difference| difference.points > 0);
    let axis = worst.map(|worst| {
        let name = base.axis(worst.axis).name.to_lowercase();
        let harm = because(base, &worst.theirs).filter(|_| worst.theirs.effect < 0);
        let benefit = || {
            because(base, &worst.ours).map(|mechanism| {
                format!(
                    "{name} ({}: {mechanism})",
                    base.pattern(winner.pattern).name
                )
            })
        };
        harm.map(|mechanism| format!("{name}: {mechanism}"))
            .or_else(benefit)
            .unwrap_or_else(|| name.clone())
    });
    match (gap, axis) {
        (0, _) if option.endangered && !winner.endangered => {
            "as good, but ruled out if what is assumed is so".to_owned()
        }
        (0, _) => "as good, but not simpler".to_owned(),
        (gap, Some(axis)) if gap > 0 => format!("{gap} points less, most by {axis}"),
        (gap, _) if gap > 0 => format!("{gap} points less"),
        _ => String::new(),
    }
}

/// Returns the contributions that are not zero, largest first.
pub fn strongest(option: &OptionAdvice) -> Vec<&Contribution> {
    let mut found: Vec<&Contribution> = option
        .contributions
        .iter()
        .filter(|contribution| contribution.effect != 0)
        .collect();
    found.sort_by_key(|contribution| {
        (
            -contribution.points().abs(),
            -contribution.points(),
            contribution.axis,
        )
    });
    found
}

/// Returns the mechanism behind a contribution.
pub fn because<'a>(base: &'a KnowledgeBase, contribution: &Contribution) -> Option<&'a str> {
    let claim = base.claim(contribution.claim?)?;
    Some(claim.support.because.as_str()).filter(|text| !text.is_empty())
}

/// How two options differ on one axis.
#[derive(Debug, Clone, Copy)]
pub struct Difference {
    /// The axis.
    pub axis: AxisId,
    /// Points of the first option minus those of the second.
    pub points: i32,
    /// What the first option adds.
    pub ours: Contribution,
    /// What the second option adds.
    pub theirs: Contribution,
}

/// Returns the axes on which two options differ, the largest difference first. The points sum up to the difference of
/// the scores.
pub fn differences(ours: &OptionAdvice, theirs: &OptionAdvice) -> Vec<Difference> {
    let mut found: Vec<Difference> = (ours.contributions.iter().zip(&theirs.contributions))
        .map(|(ours, theirs)| Difference {
            axis: ours.axis,
            points: ours.points() - theirs.points(),
            ours: *ours,
            theirs: *theirs,
        })
        .filter(|difference| difference.points != 0)
        .collect();
    found.sort_by_key(|difference| {
        (
            -difference.points.abs(),
            -difference.points,
            difference.axis,
        )
    });
    found
}

/// Returns how sure a recommendation is, in words.
pub fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Open => "open",
        Certainty::CloseCall => "close call",
        Certainty::Fair => "fair",
        Certainty::Firm => "firm",
    }
}

/// Returns what the whole design does to an axis, in words.
pub fn axis(label: AxisLabel) -> &'static str {
    match label {
        AxisLabel::Made => "strongly helped",
        AxisLabel::Helped => "helped",
        AxisLabel::Contested => "helped and hurt",
        AxisLabel::Untouched => "untouched",
        AxisLabel::Hurt => "hurt",
        AxisLabel::Broken => "broken",
    }
}

/// Returns what it takes to change a decision later.
pub fn reversal(reversal: Reversal) -> &'static str {
    match reversal {
        Reversal::Low => "days",
        Reversal::Medium => "weeks",
        Reversal::High => "months",
    }
}

/// Returns the word for the state of a decision.
pub fn state(state: DecisionState) -> &'static str {
    match state {
        DecisionState::NotApplicable => "not-applicable",
        DecisionState::Open => "open",
        DecisionState::Chosen => "chosen",
    }
}

/// What is said of a choice for a question that does not arise.
pub const MOOT: &str = "but the question does not arise";

/// Returns the verdict in words.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Recommended => "recommended",
        Verdict::Viable => "viable",
        Verdict::Discouraged => "discouraged",
        Verdict::RuledOut => "ruled out",
    }
}

/// Returns a fact's value for people.
pub fn value(base: &KnowledgeBase, advice: &Advice, id: FactId) -> String {
    let state = advice.facts.state(id);
    if state.origin == Origin::Unknown {
        "unknown".to_owned()
    } else {
        figure(base, &advice.facts, id)
    }
}

/// Returns a fact's value for people, where it is known; of things that were not counted but computed, a part of one is
/// told as less than one.
pub fn figure(base: &KnowledgeBase, facts: &FactTable, id: FactId) -> String {
    let kind = base.fact(id).2;
    let value = facts.state(id).value;
    if let (FactKind::Number { unit, .. }, Value::Number(interval)) = (kind, value)
        && base.quantity(id).is_some()
        && unit.is_of_things()
        && interval.low > 0.0
        && unit.value_of(interval.high) < 1.0
    {
        let one = Interval::point(unit.to_base(1.0));
        return format!("under {}", kind.display(Value::Number(one)));
    }
    kind.display(value)
}

/// Returns a formula with the names of facts instead of their ids.
pub fn named_formula(base: &KnowledgeBase, formula: &str) -> String {
    let mut text = String::new();
    let mut word = String::new();
    let mut quoted = false;
    for character in formula.chars().chain([' ']) {
        if !quoted && (character.is_alphanumeric() || character == '_') {
            word.push(character);
            continue;
        }
        if !word.is_empty() {
            match base.find_fact(&word) {
                Some(id) => text.push_str(&base.fact(id).1.to_lowercase()),
                None => text.push_str(&word),
            }
            word.clear();
        }
        quoted ^= character == '\'';
        text.push(character);
    }
    text.trim_end().to_owned()
}

/// Returns the names of patterns, separated by commas.
pub fn names(base: &KnowledgeBase, patterns: &[PatternId]) -> String {
    patterns
        .iter()
        .map(|id| base.pattern(*id).name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns the names of patterns of which one is enough: `Metrics, Structured logs or Alerts`.
pub fn either(base: &KnowledgeBase, patterns: &[PatternId]) -> String {
    match patterns {
        [] => String::new(),
        [only] => base.pattern(*only).name.to_string(),
        [others @ .., last] => {
            let last = &base.pattern(*last).name;
            format!("{} or {last}", names(base, others))
        }
    }
}

/// Returns the requirements that a contribution rests on without having been given: one of nothing too, where an answer
/// could make it something.
pub fn unsaid(base: &KnowledgeBase, advice: &Advice, contribution: &Contribution) -> Vec<FactId> {
    let Some(reference) = contribution.claim else {
        return Vec::new();
    };
    let effects = &base.pattern(reference.pattern).effects;
    // Earlier cases were tried and failed, so their conditions count too.
    let cases = effects
        .iter()
        .filter(|effect| effect.axis == reference.axis)
        .flat_map(|effect| &effect.cases);
    let conditions = cases
        .take(reference.case + 1)
        .filter_map(|claim| claim.when.as_ref());
    let mut found: Vec<FactId> = conditions
        .flat_map(|condition| advice.facts.rests_on(&condition.expression))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the requirements that an option's verdict and score rest on without having been given, each once.
pub fn assumptions(base: &KnowledgeBase, advice: &Advice, option: &OptionAdvice) -> Vec<FactId> {
    let mut found: Vec<FactId> = option
        .reasons
        .iter()
        .flat_map(|reason| reason.rests_on.iter().copied())
        .collect();
    for contribution in &option.contributions {
        found.extend(unsaid(base, advice, contribution));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the first few of some names, and how many more there are: `a, b and 2 more`.
pub fn few(names: impl Iterator<Item = String>, most: usize) -> String {
    let all: Vec<String> = names.collect();
    let shown = all[..all.len().min(most)].join(", ");
    match all.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Returns a source as literature lists write it, without its address.
pub fn reference(base: &KnowledgeBase, id: SourceId) -> String {
    let source = base.source(id);
    let mut text = String::new();
    if !source.authors.is_empty() {
        let authors: Vec<&str> = source
            .authors
            .iter()
            .map(crate::knowledge::Text::as_str)
            .collect();
        text.push_str(&authors.join("; "));
        text.push_str(": ");
    }
    text.push_str(&source.title);
    text.push('.');
    if let Some(place) = &source.place {
        text.push(' ');
        text.push_str(place);
        text.push(if source.year.is_some() { ',' } else { '.' });
    }
    if let Some(year) = source.year {
        text.push(' ');
        text.push_str(&year.to_string());
        text.push('.');
    }
    if let Some(note) = &source.note {
        text.push(' ');
        text.push_str(note);
    }
    text
}

/// Returns under how many of the nearby priorities a recommendation stands.
pub fn share(share: (u32, u32)) -> String {
    let (stands, all) = share;
    if stands == all {
        return "it stands under all nearby priorities".to_owned();
    }
    // Rounded down, so that 100 % is never claimed of less.
    let percent = u64::from(stands) * 100 / u64::from(all.max(1));
    format!("it stands under {percent}% of nearby priorities")
}

/// Returns how sure a recommendation is, and of an open one the answer that is worth most: `open: Daily active users and
/// 3 more`.
pub fn sureness(base: &KnowledgeBase, entry: &DecisionAdvice) -> String {
    let word = certainty(entry.certainty);
    let Some((first, rest)) = entry.hinges_on.split_first() else {
        return word.to_owned();
    };
    let name = base.fact(*first).1;
    match rest.len() {
        0 => format!("{word}: {name}"),
        more => format!("{word}: {name} and {more} more"),
    }
}

/// Returns how many conflicts there are of each severity that occurs: `1 high, 3 low`.
pub fn tally(conflicts: &[&Conflict]) -> String {
    let parts: Vec<String> = [Severity::High, Severity::Medium, Severity::Low]
        .into_iter()
        .filter_map(|severity| {
            let number = conflicts
                .iter()
                .filter(|conflict| conflict.severity == severity)
                .count();
            (number > 0).then(|| format!("{number} {}", severity.word()))
        })
        .collect();
    parts.join(", ")
}

/// Returns conflicts in groups: those between the same two axes together, every other by itself; the pairs of axes first.
pub fn by_axes<'a>(conflicts: &[&'a Conflict]) -> Vec<Vec<&'a Conflict>> {
    let is_tension = |conflict: &&Conflict| conflict.kind == ConflictKind::Axes;
    let (tensions, others): (Vec<&Conflict>, Vec<&Conflict>) =
        conflicts.iter().copied().partition(is_tension);
    let mut groups: Vec<Vec<&Conflict>> = Vec::new();
    for conflict in tensions {
        let same = |group: &&mut Vec<&Conflict>| group[0].axes == conflict.axes;
        match groups.iter_mut().find(same) {
            Some(group) => group.push(conflict),
            None => groups.push(vec![conflict]),
        }
    }
    groups.extend(others.into_iter().map(|conflict| vec![conflict]));
    groups
}

/// Returns a group of [`by_axes`] in a line: the two axes with the choices that cause it, or what the conflict says.
pub fn group(base: &KnowledgeBase, group: &[&Conflict]) -> String {
    let Some(first) = group.first() else {
        return String::new();
    };
    let names: Vec<&str> = (group.iter())
        .filter_map(|conflict| conflict.patterns.first())
        .map(|pattern| base.pattern(*pattern).name.as_str())
        .collect();
    if first.kind != ConflictKind::Axes || names.is_empty() {
        return first.message.clone();
    }
    let axes: Vec<String> = (first.axes.iter())
        .map(|axis| base.axis(*axis).name.to_lowercase())
        .collect();
    let axes = capitalised(&axes.join(" gains, "));
    format!("{axes} pays: {}", names.join(", "))
}

/// Why the conflict of a waiver is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idle {
    /// It does not stand any longer.
    Stale,
    /// It never was one; with the id that may be meant.
    Unknown(Option<String>),
}

/// Returns why the conflict of a waiver is not there.
pub fn idle(base: &KnowledgeBase, advice: &Advice, id: &str) -> Idle {
    if conflicts::is_id(base, id) {
        return Idle::Stale;
    }
    let here = advice.conflicts.iter().map(|conflict| conflict.id.clone());
    let hazards = base
        .hazards
        .iter()
        .map(|hazard| format!("hazard/{}", hazard.id));
    let rules = (base.rules.iter())
        .flat_map(|rule| ["requirements", "target"].map(|kind| format!("{kind}/{}", rule.id)));
    let known: Vec<String> = here.chain(hazards).chain(rules).collect();
    let parts = || known.iter().filter_map(|id| id.split_once('/'));
    // The kind is no part of the likeness: by it alone, any conflict of a kind is near to any other.
    let near = id.split_once('/').and_then(|(kind, about)| {
        let alike = nearest(
            about,
            parts().filter(|part| part.0 == kind).map(|part| part.1),
        );
        let found = alike.map(|about| format!("{kind}/{about}"));
        found.or_else(|| {
            let kinds = parts().filter(|part| part.1 == about).map(|part| part.0);
            nearest(kind, kinds).map(|kind| format!("{kind}/{about}"))
        })
    });
    Idle::Unknown(near)
}

/// Returns what to say of a decision that is due for review: `review due: store, since write_rps_12m > 5000`.
pub fn review_due(base: &KnowledgeBase, due: &Due) -> String {
    let mut text = format!(
        "review due: {}, since {}",
        base.decision(due.decision).id,
        printable(&due.when)
    );
    if !due.rests_on.is_empty() {
        let names: Vec<&str> = due.rests_on.iter().map(|id| base.fact(*id).0).collect();
        text.push_str(" (assuming ");
        text.push_str(&names.join(", "));
        text.push(')');
    }
    text
}
