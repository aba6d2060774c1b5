//! `archadvisor recommend`: every decision of the ten steps with what to take and why.

use super::arguments::RecommendArguments;
use super::input::{self, Input, Missing};
use super::kb::count;
use super::knowledge::Shelf;
use super::output::{Output, Text};
use super::style::Role;
use super::{Stdout, names};
use crate::design::{Standing, standing};
use crate::failure::Outcome;
use crate::knowledge::{DecisionId, KnowledgeBase, PatternId, Pick};
use crate::reasoning::{
    Advice, Certainty, Conflict, DecisionAdvice, DecisionState, HazardState, OptionAdvice,
    Question, ReasonKind, Severity, Verdict,
};
use crate::report::{advice as report, words};
use std::io::{self, Write};

/// Column at which what a decision comes to starts.
const COLUMN: usize = 18;
/// Conflicts shown in full; `check` shows them all.
const CONFLICTS: usize = 5;
/// Questions shown.
const QUESTIONS: usize = 5;

/// Names another command on the same design: its name, and what follows the design.
type Again<'a> = dyn Fn(&str, &str) -> String + 'a;

/// Recommends.
pub(super) fn run(
    shelf: Shelf<'_>,
    arguments: &RecommendArguments,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let input = input::of(shelf, &arguments.design, Missing::Blank)?;
    let base = &input.base;
    let only = arguments
        .decision
        .iter()
        .map(|name| names::decision(base, name))
        .collect::<Result<Vec<_>, _>>()?;
    let advice = input.advice();
    if arguments.json.json {
        let odd = &input.warnings;
        output.json(&report::recommend(base, &input.design, &advice, &only, odd))?;
        return Ok(Outcome::Fine);
    }
    let again = |command: &str, rest: &str| arguments.design.again(shelf.folders, command, rest);
    header(&input, output)?;
    if only.is_empty() {
        everything(&input, &again, &advice, output)?;
    } else {
        for (index, id) in only.iter().enumerate() {
            if index > 0 {
                output.blank()?;
            }
            one(base, &again, &advice, *id, output)?;
        }
    }
    Ok(Outcome::Fine)
}

/// Whose design it is; what was odd about its file goes to standard error, with its place and what would mend it.
pub(super) fn header<W: Write>(input: &Input, output: &mut Output<W>) -> io::Result<()> {
    super::warn(&input.warnings);
    let title = match &input.name {
        _ if !input.design.title.is_empty() => Some(&input.design.title),
        name => name.as_ref(),
    };
    if let Some(title) = title {
        let mut title = Text::new(Role::Title, title);
        // A design that nobody named must not go unnoticed.
        if let Some(name) = input.name.as_ref().filter(|_| input.is_found) {
            let set = match input.set {
                0 => String::new(),
                set => format!(", with {} set beside it", count(set, "answer")),
            };
            title = title.and(Role::Dim, format!("  found as {name}{set}"));
        }
        output.wrap(&title, 0, 2)?;
        output.blank()?;
    }
    if input.situation.answers.is_empty() {
        let text = "Nothing is known of your system yet, so all of this rests on assumptions. Answer with --set, or write \
            a design file: archadvisor new";
        output.wrap(&Text::new(Role::Warn, text), 0, 0)?;
        output.blank()?;
    }
    Ok(())
}

fn everything<W: Write>(
    input: &Input,
    again: &Again<'_>,
    advice: &Advice,
    output: &mut Output<W>,
) -> io::Result<()> {
    let base = &input.base;
    priorities(base, advice, output)?;
    for (step, here) in advice.by_step(base) {
        output.heading(&format!("{}. {}", step.number, step.name))?;
        for entry in here
            .iter()
            .filter(|entry| entry.state != DecisionState::NotApplicable)
        {
            line(base, advice, entry, output)?;
        }
        let idle: Vec<&str> = here
            .iter()
            .filter(|entry| entry.state == DecisionState::NotApplicable)
            .map(|entry| base.decision(entry.id).id.as_str())
            .collect();
        if !idle.is_empty() {
            output.wrap(
                &Text::new(
                    Role::Dim,
                    format!("Does not arise here: {}", idle.join(", ")),
                ),
                2,
                4,
            )?;
        }
    }
    practices(base, advice, output)?;
    revisions(base, advice, output)?;
    record(base, &standing(base, &input.design, advice), output)?;
    conflicts(base, again, advice, output)?;
    mistakes(base, advice, output)?;
    questions(base, advice, output)?;
    output.blank()?;
    let next = format!(
        "Why one of them: {}. As a document: {}.",
        again("explain", "DECISION"),
        again("export", "")
    );
    output.wrap(&Text::new(Role::Dim, next), 0, 0)
}

fn priorities<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    output: &mut Output<W>,
) -> io::Result<()> {
    let mut text = Text::default();
    let mut rest = 0;
    for (axis, priority) in base.axes.iter().zip(&advice.priorities) {
        if !priority.given && priority.implied.is_none() {
            rest += 1;
            continue;
        }
        text = if text.width() > 0 {
            text.then(", ")
        } else {
            text
        };
        text = text
            .then(axis.id.as_str())
            .then(" ")
            .and(Role::Strong, base.level_name(priority.level));
        if !priority.given {
            text = text.and(Role::Dim, " (from your answers)");
        }
    }
    if rest > 0 {
        let normal = if text.width() > 0 {
            ", the others normal"
        } else {
            "all normal"
        };
        text = text.then(normal);
    }
    output.field(0, "Priorities", COLUMN, &text)
}

/// A decision on one line where it fits: what to take, how sure, why.
fn line<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    entry: &DecisionAdvice,
    output: &mut Output<W>,
) -> io::Result<()> {
    let decision = base.decision(entry.id);
    let chosen = entry.state == DecisionState::Chosen;
    let taken = entry.taken();
    if taken.is_empty() {
        let text = match (
            chosen,
            decision.pick,
            entry
                .options
                .iter()
                .all(|option| option.verdict == Verdict::RuledOut),
        ) {
            (true, ..) => Text::plain("nothing, as you chose"),
            (_, _, true) => Text::new(Role::Bad, "every option is ruled out"),
            (_, Pick::Many, _) => Text::new(Role::Dim, "none is called for"),
            (_, Pick::One, _) => Text::new(Role::Warn, "no option stands out"),
        };
        return output.field(2, &decision.id, COLUMN, &text);
    }
    let mut text = Text::default();
    for (index, pattern) in taken.iter().enumerate() {
        text = if index > 0 { text.then("; ") } else { text };
        text = text.and(Role::Strong, &base.pattern(*pattern).name);
    }
    if chosen {
        text = text.and(Role::Dim, "  chosen");
        let left_out: Vec<PatternId> = (entry.recommended.iter().copied())
            .filter(|id| decision.pick == Pick::Many && !entry.chosen.contains(id))
            .collect();
        if !left_out.is_empty() {
            let names = words::names(base, &left_out);
            text = text.and(Role::Warn, format!("; also advised: {names}"));
        }
        if !entry.arises {
            text = text.and(Role::Warn, format!(", {}", words::MOOT));
        } else if let Some(option) = taken.first().and_then(|id| entry.option(*id))
            && matches!(option.verdict, Verdict::Discouraged | Verdict::RuledOut)
        {
            text = text.and(
                Role::Bad,
                format!(", but {}", words::verdict(option.verdict)),
            );
        } else if decision.pick == Pick::One
            && !entry.recommended.is_empty()
            && entry.recommended != entry.chosen
        {
            text = text.and(
                Role::Warn,
                format!(
                    "; recommended is {}",
                    words::names(base, &entry.recommended)
                ),
            );
        }
    } else if decision.pick == Pick::One {
        let role = match entry.certainty {
            Certainty::Firm | Certainty::Open => Role::Dim,
            Certainty::Fair | Certainty::CloseCall => Role::Warn,
        };
        text = text.and(role, format!("  {}", words::sureness(base, entry)));
    }
    output.field(2, &decision.id, COLUMN, &text)?;
    if decision.pick == Pick::One
        && let Some(option) = taken.first().and_then(|id| entry.option(*id))
    {
        let why = why(base, advice, entry, option);
        if !why.is_empty() {
            output.wrap(&Text::new(Role::Dim, why), COLUMN, COLUMN)?;
        }
    }
    // Of several, each has its own reason (`explain`); what nothing else here does is told at once.
    if decision.pick == Pick::Many {
        let closed: Vec<String> = (advice.hazards.iter())
            .filter_map(|state| match state.closed_by.as_slice() {
                [pattern] if taken.contains(pattern) => {
                    let (hazard, pattern) = (base.hazard(state.id), base.pattern(*pattern));
                    Some(format!("{} ({})", hazard.name, pattern.name))
                }
                _ => None,
            })
            .collect();
        if !closed.is_empty() {
            let why = format!("closed by one alone: {}", closed.join("; "));
            output.wrap(&Text::new(Role::Dim, why), COLUMN, COLUMN)?;
        }
    }
    Ok(())
}

/// One decision with all its options.
fn one<W: Write>(
    base: &KnowledgeBase,
    again: &Again<'_>,
    advice: &Advice,
    id: DecisionId,
    output: &mut Output<W>,
) -> io::Result<()> {
    let (decision, entry) = (base.decision(id), advice.decision(id));
    output.wrap(
        &Text::new(Role::Heading, &decision.name).and(Role::Dim, format!("  {}", decision.id)),
        0,
        0,
    )?;
    output.wrap(&Text::plain(&decision.question), 0, 0)?;
    if !entry.arises {
        output.blank()?;
        super::explain::moot(base, advice, entry, output)?;
        if entry.state == DecisionState::NotApplicable {
            return Ok(());
        }
    }
    output.blank()?;
    for option in &entry.options {
        option_lines(base, advice, entry, option, output)?;
    }
    super::explain::background(base, advice, id, output)?;
    output.blank()?;
    output.wrap(
        &Text::new(
            Role::Dim,
            format!("Every point of it: {}", again("explain", &decision.id)),
        ),
        0,
        0,
    )
}

fn option_lines<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    entry: &DecisionAdvice,
    option: &OptionAdvice,
    output: &mut Output<W>,
) -> io::Result<()> {
    let pattern = base.pattern(option.pattern);
    let mut text = Text::plain(format!(
        "{:>4}  ",
        super::patterns::signed_points(option.score)
    ))
    .and(Role::Id, &pattern.id)
    .then("  ")
    .and(verdict_role(option.verdict), words::verdict(option.verdict));
    if entry.chosen.contains(&option.pattern) {
        text = text.and(Role::Strong, ", chosen");
    }
    output.wrap(&text, 0, 6)?;
    let why = why(base, advice, entry, option);
    if why.is_empty() {
        Ok(())
    } else {
        output.wrap(&Text::new(Role::Dim, why), 6, 6)
    }
}

/// What speaks for an option that is recommended, against any other.
fn why(
    base: &KnowledgeBase,
    advice: &Advice,
    entry: &DecisionAdvice,
    option: &OptionAdvice,
) -> String {
    if option.verdict == Verdict::Recommended {
        words::headline(base, advice, option)
    } else {
        words::objection(base, entry, option)
    }
}

/// How a verdict looks.
pub(super) fn verdict_role(verdict: Verdict) -> Role {
    match verdict {
        Verdict::Recommended => Role::Good,
        Verdict::Viable => Role::Plain,
        Verdict::Discouraged => Role::Warn,
        Verdict::RuledOut => Role::Bad,
    }
}

fn practices<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    output: &mut Output<W>,
) -> io::Result<()> {
    if advice.practices.is_empty() {
        return Ok(());
    }
    output.heading("Practices beside the decisions")?;
    let mut plain = Vec::new();
    for practice in &advice.practices {
        let name = base.pattern(practice.advice.pattern).name.as_str();
        let pulled = practice.advice.reasons.iter().find(|reason| {
            matches!(
                reason.kind,
                ReasonKind::RequiredBy | ReasonKind::ClosesHazard
            )
        });
        let alone = |state: &&HazardState| state.closed_by == [practice.advice.pattern];
        let closes: Vec<String> = (advice.hazards.iter().filter(alone))
            .map(|state| format!("“{}”", base.hazard(state.id).name))
            .collect();
        let why = match pulled {
            Some(reason) => reason.because.clone(),
            None if !closes.is_empty() => format!("alone closes the hazard {}", closes.join(", ")),
            None if practice.adopted => "adopted".to_owned(),
            None => {
                plain.push(name);
                continue;
            }
        };
        let text = Text::new(Role::Strong, name).and(Role::Dim, format!("  {why}"));
        output.item(2, "-", &text)?;
    }
    if !plain.is_empty() {
        output.item(2, "-", &Text::plain(plain.join("; ")))?;
    }
    Ok(())
}

fn revisions<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    output: &mut Output<W>,
) -> io::Result<()> {
    if advice.revisions.is_empty() {
        return Ok(());
    }
    output.heading("Revised for the sake of the whole")?;
    for revision in &advice.revisions {
        let text = format!(
            "{}: not {}: {}",
            base.decision(revision.decision).id,
            base.pattern(revision.from).name,
            revision.because
        );
        output.item(2, "-", &Text::plain(text))?;
    }
    Ok(())
}

/// What the record calls for: decisions that are due for review or no longer fit.
fn record<W: Write>(
    base: &KnowledgeBase,
    standing: &Standing,
    output: &mut Output<W>,
) -> io::Result<()> {
    let due = standing.due.iter().map(|due| words::review_due(base, due));
    let lines: Vec<String> = due.collect();
    if lines.is_empty() {
        return Ok(());
    }
    output.heading("Decisions to review")?;
    for line in lines {
        output.item(2, "-", &Text::new(Role::Warn, line))?;
    }
    Ok(())
}

fn conflicts<W: Write>(
    base: &KnowledgeBase,
    again: &Again<'_>,
    advice: &Advice,
    output: &mut Output<W>,
) -> io::Result<()> {
    let open: Vec<&Conflict> = advice.open_conflicts().collect();
    if open.is_empty() {
        output.heading("No conflicts")?;
        return Ok(());
    }
    output.heading(&format!("Conflicts: {}", words::tally(&open)))?;
    let (mild, pressing): (Vec<&Conflict>, Vec<&Conflict>) = open
        .into_iter()
        .partition(|conflict| conflict.severity == Severity::Low);
    for conflict in pressing.iter().take(CONFLICTS) {
        conflict_lines(conflict, "", 2, output)?;
    }
    if pressing.len() > CONFLICTS {
        let rest = format!("and {} more", pressing.len() - CONFLICTS);
        output.wrap(&Text::new(Role::Dim, rest), 2, 2)?;
    }
    mild_lines(base, &mild, output)?;
    output.wrap(
        &Text::new(
            Role::Dim,
            format!("Each with its ways out: {}", again("check", "--all")),
        ),
        2,
        2,
    )
}

/// Mild conflicts, a line for each pair of axes.
fn mild_lines<W: Write>(
    base: &KnowledgeBase,
    mild: &[&Conflict],
    output: &mut Output<W>,
) -> io::Result<()> {
    for group in words::by_axes(mild) {
        let severity = Text::new(Role::Dim, format!("{:<8}", Severity::Low.word()));
        output.wrap(&severity.then(words::group(base, &group)), 2, 10)?;
    }
    Ok(())
}

/// A conflict: how severe, what, the facts behind it, and up to some ways out.
pub(super) fn conflict_lines<W: Write>(
    conflict: &Conflict,
    evidence: &str,
    ways: usize,
    output: &mut Output<W>,
) -> io::Result<()> {
    let role = match conflict.severity {
        Severity::High => Role::Bad,
        Severity::Medium => Role::Warn,
        Severity::Low => Role::Dim,
    };
    output.wrap(
        &Text::new(role, format!("{:<8}", conflict.severity.word())).then(&conflict.message),
        2,
        10,
    )?;
    output.wrap(&Text::new(Role::Dim, &conflict.id), 10, 10)?;
    if !evidence.is_empty() {
        output.wrap(&Text::plain(evidence), 10, 10)?;
    }
    for way in conflict.ways_out.iter().take(ways) {
        let mut text = Text::plain(&way.action);
        if !way.effect.is_empty() {
            text = text.and(Role::Dim, format!(": {}", way.effect));
        }
        output.item(10, "-", &text)?;
    }
    // Where ways out are left out, what lies between the sides is too.
    for way in conflict
        .middle
        .iter()
        .filter(|_| ways > conflict.ways_out.len())
    {
        let text = Text::plain(format!("Middle way: {}", way.action));
        output.item(10, "-", &text.and(Role::Dim, format!(": {}", way.effect)))?;
    }
    Ok(())
}

fn mistakes<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    output: &mut Output<W>,
) -> io::Result<()> {
    let made: Vec<_> = advice
        .mistakes
        .iter()
        .filter_map(|index| base.remarks.get(*index))
        .collect();
    if made.is_empty() {
        return Ok(());
    }
    output.heading("Common mistakes in it")?;
    for remark in made {
        output.item(2, "-", &Text::plain(&remark.what))?;
    }
    Ok(())
}

fn questions<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    output: &mut Output<W>,
) -> io::Result<()> {
    if advice.questions.is_empty() {
        return Ok(());
    }
    output.heading("What to find out next")?;
    for question in advice.questions.iter().take(QUESTIONS) {
        let Some(requirement) = base.requirement(question.requirement) else {
            continue;
        };
        let mut text = Text::plain(&requirement.question)
            .then(" ")
            .and(Role::Id, &requirement.id);
        let now = words::value(base, advice, question.requirement);
        text = text.and(
            Role::Dim,
            format!(" (now {now}; bears on {})", bears_on(base, question)),
        );
        output.item(2, "-", &text)?;
    }
    Ok(())
}

fn bears_on(base: &KnowledgeBase, question: &Question) -> String {
    const SHOWN: usize = 3;
    let decisions = (question.decisions.iter()).map(|id| base.decision(*id).id.to_string());
    let practices = (question.practices.iter()).map(|id| base.pattern(*id).id.to_string());
    words::few(decisions.chain(practices), SHOWN)
}
