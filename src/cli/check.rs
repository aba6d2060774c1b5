//! `archadvisor check`: conflicts, for people and for builds.

use super::arguments::{CheckArguments, CheckFormat, FailOn};
use super::input::{self, Input, Missing};
use super::kb::count;
use super::knowledge::Shelf;
use super::output::{Output, Text};
use super::recommend::conflict_lines;
use super::style::Role;
use super::{Stdout, clock};
use crate::design::{Standing, standing};
use crate::failure::{Failure, Outcome, safe};
use crate::knowledge::KnowledgeBase;
use crate::problem::{self, Problem};
use crate::reasoning::{Advice, Conflict, Severity};
use crate::report::words::Idle;
use crate::report::{advice as report, words};
use serde_json::{Value as Json, json};
use std::io::{self, Write};
use std::path::Path;

/// Stale waivers named; the rest are counted.
const STALE: usize = 20;

/// A design, the advice on it, and how what it records stands.
struct Checked {
    input: Input,
    advice: Advice,
    standing: Standing,
}

/// A design that cannot be used, and why.
type Unusable<'a> = (Option<&'a Path>, Failure);

impl Checked {
    fn of(input: Input) -> Self {
        let advice = input.advice();
        let standing = standing(&input.base, &input.design, &advice);
        Self {
            input,
            advice,
            standing,
        }
    }

    /// The severities of what stands.
    fn open(&self) -> impl Iterator<Item = Severity> {
        self.advice.open_conflicts().map(|entry| entry.severity)
    }

    /// How many of the findings that stand fail the check.
    fn failing(&self, level: FailOn) -> usize {
        self.open()
            .filter(|severity| fails(*severity, level))
            .count()
    }
}

/// Checks designs.
pub(super) fn run(
    shelf: Shelf<'_>,
    arguments: &CheckArguments,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let mut paths: Vec<Option<&Path>> = arguments
        .designs
        .iter()
        .map(|path| Some(path.as_path()))
        .collect();
    if paths.is_empty() {
        paths.push(None);
    }
    // Without a design, what is set is one.
    let missing = if arguments.set.set.is_empty() {
        Missing::Fail
    } else {
        Missing::Blank
    };
    let today = arguments.today.clone().unwrap_or_else(clock::today);
    let mut checked: Vec<Result<Checked, Unusable>> = Vec::new();
    for path in paths {
        let input = input::read(shelf, path, &arguments.set.set, missing, &today);
        let input = input.and_then(|input| {
            slips(&input)?;
            Ok(input)
        });
        checked.push(match input {
            Ok(input) => Ok(Checked::of(input)),
            Err(error) => Err((path, error.downcast::<Failure>()?)),
        });
    }
    let level = arguments.fail_on;
    let failed = (checked.iter().flatten()).any(|checked| checked.failing(level) > 0);
    let is_unusable = checked.iter().any(Result::is_err);
    if arguments.json || arguments.format == CheckFormat::Json {
        let base = shelf.with_packs(&[])?;
        let designs: Vec<Json> = (checked.iter())
            .map(|checked| match checked {
                Ok(checked) => as_json(checked, level),
                Err(unusable) => unusable_json(&base, unusable),
            })
            .collect();
        output.json(&json!({
            "schema": "archadvisor/check/1", "knowledge": report::knowledge(&base), "fail_on": word(level),
            "failed": failed || is_unusable, "designs": designs,
        }))?;
    } else if !is_unusable {
        for (index, checked) in checked.iter().flatten().enumerate() {
            if index > 0 {
                output.blank()?;
            }
            text(&checked.input.base, checked, arguments, output)?;
        }
    }
    if is_unusable {
        let failures = checked.into_iter().filter_map(Result::err);
        let problems = failures.flat_map(|(_, failure)| failure.problems).collect();
        return Err(Failure { problems }.into());
    }
    Ok(if failed { Outcome::No } else { Outcome::Fine })
}

/// Fails on what would pass unread: a build must not go through because an answer or a choice was not understood. That is
/// what is probably a known name misspelt, a decision that there is not, and a file in a format yet to come. Another name
/// that is near to none may belong to another program or to an overlay, and stays a warning.
fn slips(input: &Input) -> Result<(), Failure> {
    let is_slip = |problem: &Problem| {
        let is_near = |help: &String| help.starts_with("did you mean");
        problem.help.as_ref().is_some_and(is_near)
            || problem.message.starts_with("there is no decision ")
            || input.newer.as_ref() == Some(&problem.message)
    };
    if !input.warnings.iter().any(is_slip) {
        return Ok(());
    }
    let mut problems = input.warnings.clone();
    for problem in &mut problems {
        if is_slip(problem) {
            problem.severity = problem::Severity::Error;
        }
    }
    Err(Failure { problems })
}

fn fails(severity: Severity, level: FailOn) -> bool {
    match level {
        FailOn::High => severity >= Severity::High,
        FailOn::Medium => severity >= Severity::Medium,
        FailOn::Low => true,
        FailOn::Never => false,
    }
}

/// The word for the least severity that fails.
pub(super) fn word(level: FailOn) -> &'static str {
    match level {
        FailOn::High => "high",
        FailOn::Medium => "medium",
        FailOn::Low => "low",
        FailOn::Never => "never",
    }
}

fn as_json(checked: &Checked, level: FailOn) -> Json {
    let base = &checked.input.base;
    let Checked {
        input,
        advice,
        standing,
    } = checked;
    let mut entry = json!({
        "file": input.name, "title": input.design.title, "packs": input.design.packs, "failed": checked.failing(level) > 0,
        "problems": input.warnings.iter().map(report::problem).collect::<Vec<_>>(),
        "conflicts": advice.conflicts.iter().map(|conflict| report::conflict(base, conflict)).collect::<Vec<_>>(),
    });
    for (key, part) in report::standing(base, standing) {
        entry[key] = part;
    }
    entry
}

/// A design that cannot be used: what is wrong with it, where others have what was found.
fn unusable_json(base: &KnowledgeBase, (path, failure): &Unusable<'_>) -> Json {
    let name = path.map(|path| match path.to_string_lossy() {
        name if name == "-" => "<stdin>".into(),
        name => name,
    });
    let mut entry = json!({
        "file": name, "title": "", "packs": [], "failed": true,
        "problems": failure.problems.iter().map(report::problem).collect::<Vec<_>>(),
        "conflicts": [],
    });
    for (key, part) in report::standing(base, &Standing::default()) {
        entry[key] = part;
    }
    entry
}

fn text<W: Write>(
    base: &KnowledgeBase,
    checked: &Checked,
    arguments: &CheckArguments,
    output: &mut Output<W>,
) -> io::Result<()> {
    let Checked {
        input,
        advice,
        standing,
    } = checked;
    let open: Vec<&Conflict> = advice.open_conflicts().collect();
    for warning in &input.warnings {
        output.raw(&safe(&warning.to_string()))?;
        output.raw("\n\n")?;
    }
    // What is only to be known is told in short.
    let (whole, short): (Vec<&Conflict>, Vec<&Conflict>) = open.into_iter().partition(|conflict| {
        arguments.all
            || conflict.severity > Severity::Low
            || fails(conflict.severity, arguments.fail_on)
    });
    for conflict in &whole {
        let evidence = words::evidence(base, advice, conflict);
        conflict_lines(conflict, &evidence, usize::MAX, output)?;
        output.blank()?;
    }
    in_short(base, &short, output)?;
    waivers(&whole, arguments.fail_on, output)?;
    let waived: Vec<(String, &str)> = (advice.conflicts.iter())
        .filter_map(|conflict| Some((conflict.id.clone(), conflict.waived.as_deref()?)))
        .collect();
    for (id, reason) in &waived {
        let text = Text::new(Role::Dim, id).then(": ").then(reason);
        output.field(2, "waived", 10, &text)?;
    }
    recorded(base, advice, standing, output)?;
    summary(checked, arguments.fail_on, waived.len(), output)
}

/// The lines that accept what fails the check, to be put into the design once it is known why that is right.
fn waivers<W: Write>(
    conflicts: &[&Conflict],
    level: FailOn,
    output: &mut Output<W>,
) -> io::Result<()> {
    let mut failing = (conflicts.iter())
        .filter(|conflict| fails(conflict.severity, level))
        .peekable();
    if failing.peek().is_none() {
        return Ok(());
    }
    let lead = "What stays as it is can be accepted in the design, each with its reason:";
    output.wrap(&Text::new(Role::Dim, lead), 2, 2)?;
    output.line(&Text::plain("  waivers:"))?;
    for conflict in failing {
        let id = Text::plain("    - conflict: ").and(Role::Id, &conflict.id);
        output.line(&id)?;
        output.line(&Text::plain("      because: \"\""))?;
    }
    output.blank()
}

/// Conflicts that are only to be known, each with the id by which it can be waived, those between two axes together.
fn in_short<W: Write>(
    base: &KnowledgeBase,
    conflicts: &[&Conflict],
    output: &mut Output<W>,
) -> io::Result<()> {
    for group in words::by_axes(conflicts) {
        let severity = Text::new(Role::Dim, format!("{:<8}", Severity::Low.word()));
        output.wrap(&severity.then(words::group(base, &group)), 2, 10)?;
        let ids: Vec<&str> = group.iter().map(|conflict| conflict.id.as_str()).collect();
        output.wrap(&Text::new(Role::Dim, ids.join(", ")), 10, 10)?;
    }
    if !conflicts.is_empty() {
        let text = "Each of these with its ways out: --all";
        output.wrap(&Text::new(Role::Dim, text), 2, 2)?;
        output.blank()?;
    }
    Ok(())
}

/// What the record itself calls for: reviews that are due, and waivers of what is not there.
fn recorded<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    standing: &Standing,
    output: &mut Output<W>,
) -> io::Result<()> {
    for due in &standing.due {
        let text = words::review_due(base, due);
        output.field(2, "review", 10, &Text::new(Role::Warn, text))?;
    }
    for id in standing.stale_waivers.iter().take(STALE) {
        let text = match words::idle(base, advice, id) {
            Idle::Stale => {
                format!("stale waiver: there is no conflict `{id}` any longer; it can go")
            }
            Idle::Unknown(Some(near)) => {
                format!("idle waiver: there is no conflict `{id}`; did you mean `{near}`?")
            }
            Idle::Unknown(None) => {
                format!("idle waiver: there is no conflict `{id}`; `check` names those there are")
            }
        };
        output.field(2, "waiver", 10, &Text::new(Role::Warn, text))?;
    }
    let more = standing.stale_waivers.len().saturating_sub(STALE);
    if more > 0 {
        let text = format!("and {more} more idle waivers: --format json lists all");
        output.field(2, "waiver", 10, &Text::new(Role::Warn, text))?;
    }
    Ok(())
}

fn summary<W: Write>(
    checked: &Checked,
    level: FailOn,
    waived: usize,
    output: &mut Output<W>,
) -> io::Result<()> {
    let open: Vec<&Conflict> = checked.advice.open_conflicts().collect();
    let name = checked.input.name.as_deref().unwrap_or("the answers given");
    let mut summary = if open.is_empty() {
        Text::new(Role::Good, format!("{name}: no conflicts"))
    } else {
        Text::new(Role::Strong, format!("{name}: "))
            .then(count(open.len(), "conflict"))
            .then(format!(" ({})", words::tally(&open)))
    };
    if waived > 0 {
        summary = summary.then(format!(", {waived} waived"));
    }
    if checked.open().next().is_some() {
        summary = match (checked.failing(level), level) {
            (0, FailOn::Never) => summary,
            (0, level) => summary.then(format!("; none fails at --fail-on {}", word(level))),
            (some, _) => summary
                .then("; ")
                .and(Role::Bad, format!("{some} to settle or waive")),
        };
    }
    output.wrap(&summary, 0, 2)
}
