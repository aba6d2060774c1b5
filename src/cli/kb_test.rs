//! `archadvisor kb test`: whether the advice is what the golden cases say.

use super::Stdout;
use super::kb::count;
use super::output::Text;
use super::style::Role;
use crate::failure::{Failure, Outcome};
use crate::knowledge::{Case, KnowledgeBase, Loaded, PatternId, Precedent};
use crate::problem::{Place, Problem, nearest, printable};
use crate::reasoning::Severity;
use crate::reasoning::case::{self, CaseResult, Unmet, Wanted};
use crate::reasoning::precedent::{self, Agreement, Judgement};
use crate::report::{catalogue, words};
use serde_json::{Value as Json, json};

/// Options told of a decision that comes out otherwise.
const OPTIONS: usize = 4;

/// An expectation that would be met but for what an overlay disables, and what that is.
struct SetAside {
    unmet: Unmet,
    disabled: Vec<PatternId>,
}

/// Runs the cases named, or all. Where an overlay disables options, `whole` is the same knowledge with them.
pub(super) fn run(
    base: &KnowledgeBase,
    whole: Option<&KnowledgeBase>,
    files: impl Fn() -> anyhow::Result<Loaded>,
    names: &[String],
    json: bool,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let known = || base.cases.ids().chain(base.precedents.ids());
    for name in names {
        if !known().any(|id| id == name) {
            let near = nearest(name, known());
            return Err(failure(
                format!("there is no case or precedent `{name}`"),
                near.map(|near| format!("did you mean `{near}`?")),
            )
            .into());
        }
    }
    let chosen =
        |case: &&Case| names.is_empty() || names.iter().any(|name| case.id == name.as_str());
    let mut results = Vec::new();
    for case in base.cases.iter().filter(chosen) {
        let run = |base: &KnowledgeBase| {
            case::run(base, case).map_err(|error| {
                failure(format!("case `{}`: {}", case.id, error.message), error.help)
            })
        };
        let mut result = run(base)?;
        let mut aside = Vec::new();
        if let Some(whole) = whole.filter(|_| !result.unmet.is_empty()) {
            aside = set_aside(base, &mut result, &run(whole)?);
        }
        results.push((case, result, aside));
    }
    let judged: Vec<(&Precedent, Vec<Judgement>)> = (base.precedents.iter())
        .filter(|entry| names.is_empty() || names.iter().any(|name| entry.id == name.as_str()))
        .map(|entry| (entry, precedent::judge(base, entry)))
        .collect();
    let expectations: usize = (results.iter())
        .map(|(_, result, _)| result.expectations)
        .sum();
    let unmet: usize = results
        .iter()
        .map(|(_, result, _)| result.unmet.len())
        .sum();
    let aside: usize = results.iter().map(|(_, _, aside)| aside.len()).sum();
    // The files are read once more only to tell where something stands.
    let loaded = if unmet + aside > 0 {
        Some(files()?)
    } else {
        None
    };
    let place = |case: &Case, unmet: &Unmet| {
        let [key, item] = unmet.path(base);
        let entry = format!("case/{}", case.id);
        loaded.as_ref()?.place(&entry, &[&key, &item])
    };
    if json {
        let cases: Vec<Json> = results
            .iter()
            .map(|(case, result, aside)| as_json(base, case, result, aside, &place))
            .collect();
        output.json(&json!({
            "schema": "archadvisor/kb-test/1", "expectations": expectations, "unmet": unmet, "set_aside": aside,
            "cases": cases,
            "precedents": judged.iter().map(|(entry, judgements)| precedent_json(base, entry, judgements)).collect::<Vec<_>>(),
        }))?;
    } else {
        for (case, result, aside) in &results {
            text(base, case, result, aside, &place, output)?;
        }
        if !judged.is_empty() {
            agreement(base, &judged, output)?;
            output.blank()?;
        }
        let outcome = match (unmet, aside) {
            (0, 0) => "all met".to_owned(),
            (0, aside) => format!("{aside} set aside, the others met"),
            (unmet, 0) => format!("{unmet} not met"),
            (unmet, aside) => format!("{unmet} not met, {aside} set aside"),
        };
        let summary = format!(
            "{}, {}: {outcome}",
            count(results.len(), "case"),
            count(expectations, "expectation"),
        );
        let role = if unmet == 0 { Role::Good } else { Role::Bad };
        output.line(&Text::new(role, summary))?;
    }
    Ok(if unmet == 0 {
        Outcome::Fine
    } else {
        Outcome::No
    })
}

fn failure(message: String, help: Option<String>) -> Failure {
    let mut problem = Problem::error(printable(&message));
    problem.help = help;
    Failure::new(problem)
}

/// Takes out of what is not met all that would be if no overlay disabled anything.
fn set_aside(base: &KnowledgeBase, result: &mut CaseResult, whole: &CaseResult) -> Vec<SetAside> {
    let same = |ours: &Unmet, theirs: &Unmet| match (ours, theirs) {
        (
            Unmet::Decision {
                decision: our_decision,
                wanted: ours,
                ..
            },
            Unmet::Decision {
                decision, wanted, ..
            },
        ) => our_decision == decision && ours == wanted,
        (Unmet::Decision { .. }, _) | (_, Unmet::Decision { .. }) => false,
        _ => ours.path(base) == theirs.path(base),
    };
    let (unmet, aside): (Vec<Unmet>, Vec<Unmet>) = std::mem::take(&mut result.unmet)
        .into_iter()
        .partition(|unmet| whole.unmet.iter().any(|other| same(unmet, other)));
    result.unmet = unmet;
    let taken = whole.advice.taken.iter().copied();
    let disabled: Vec<PatternId> = taken
        .filter(|id| base.pattern(*id).disabled().is_some())
        .collect();
    let with = |unmet| SetAside {
        unmet,
        disabled: disabled.clone(),
    };
    aside.into_iter().map(with).collect()
}

fn text(
    base: &KnowledgeBase,
    case: &Case,
    result: &CaseResult,
    aside: &[SetAside],
    place: &impl Fn(&Case, &Unmet) -> Option<Place>,
    output: &mut Stdout,
) -> std::io::Result<()> {
    if result.unmet.is_empty() && aside.is_empty() {
        return Ok(());
    }
    output.wrap(
        &Text::new(Role::Id, &case.id).then(format!("  {}", case.name)),
        0,
        2,
    )?;
    for unmet in &result.unmet {
        let told = Text::plain(said(base, case, unmet));
        output.item(2, "-", &at(told, place(case, unmet)))?;
        let Unmet::Decision { decision, .. } = unmet else {
            continue;
        };
        let advised = result.advice.decision(*decision);
        for option in advised.options.iter().take(OPTIONS) {
            let why = words::objection(base, advised, option);
            let line = format!(
                "{:+}  {}  {}  {why}",
                option.score,
                base.pattern(option.pattern).id,
                words::verdict(option.verdict)
            );
            output.wrap(&Text::new(Role::Dim, line), 6, 10)?;
        }
    }
    for SetAside { unmet, disabled } in aside {
        let mut line = Text::plain("set aside: ").then(said(base, case, unmet));
        for id in disabled {
            let pattern = base.pattern(*id);
            let why = pattern.disabled().unwrap_or_default();
            line = line.and(Role::Dim, format!("; {}: {why}", pattern.id));
        }
        output.item(2, "-", &line)?;
    }
    output.blank()
}

/// A line with the place that it speaks of.
fn at(text: Text, place: Option<Place>) -> Text {
    match place {
        Some(at) => text.and(
            Role::Dim,
            format!("  {}:{}:{}", printable(&at.file), at.line, at.column),
        ),
        None => text,
    }
}

/// The id of the pattern that a case wants, or does not.
fn practice<'b>(base: &'b KnowledgeBase, case: &Case, index: usize, wanted: bool) -> &'b str {
    let list = if wanted {
        &case.practices
    } else {
        &case.not_practices
    };
    list.get(index)
        .map_or("", |id| base.pattern(*id).id.as_str())
}

/// What is expected and what came out.
fn said(base: &KnowledgeBase, case: &Case, unmet: &Unmet) -> String {
    match unmet {
        Unmet::Conflict { index, got } => {
            let Some(wanted) = case.conflicts.get(*index) else {
                return String::new();
            };
            match (got, &wanted.severity) {
                (Some(got), Some(least)) => format!(
                    "the conflict `{}` is {}, wants {least} or more",
                    wanted.id,
                    got.word()
                ),
                _ => format!("the conflict `{}` is not reported", wanted.id),
            }
        }
        Unmet::Reported { index, got } => {
            let unwanted = case.no_conflict.get(*index).map_or("", |id| id.as_str());
            format!("wants no conflict `{unwanted}`, got {}", got.join(", "))
        }
        Unmet::Practice { index, wanted } => {
            let verb = if *wanted { "is not" } else { "is" };
            format!("`{}` {verb} advised", practice(base, case, *index, *wanted))
        }
        Unmet::Decision {
            decision,
            wanted,
            options,
            got,
        } => {
            let got = if got.is_empty() {
                "nothing".to_owned()
            } else {
                ids(base, got)
            };
            format!(
                "{}: wants {} {}, got {got}",
                base.decision(*decision).id,
                wanted.words(),
                ids(base, options)
            )
        }
    }
}

/// A row of the table of agreement for each decision that precedents took, and each disagreement with its reason.
fn agreement(
    base: &KnowledgeBase,
    judged: &[(&Precedent, Vec<Judgement>)],
    output: &mut Stdout,
) -> std::io::Result<()> {
    const COLUMNS: [Agreement; 4] = [
        Agreement::Same,
        Agreement::Near,
        Agreement::Differs,
        Agreement::NotAsked,
    ];
    let all = || judged.iter().flat_map(|(_, judgements)| judgements);
    let row = |judgements: Vec<&Judgement>| -> String {
        let counts = COLUMNS.map(|column| {
            let count = judgements
                .iter()
                .filter(|judgement| judgement.agreement == column)
                .count();
            format!("{count:>10}")
        });
        counts.concat()
    };
    output.heading("Agreement with precedents")?;
    let head: Vec<String> = COLUMNS
        .iter()
        .map(|column| format!("{:>10}", column.word()))
        .collect();
    output.line(&Text::new(
        Role::Dim,
        format!("  {:<16}{}", "", head.concat()),
    ))?;
    for decision in base.decision_ids() {
        let here: Vec<&Judgement> = all()
            .filter(|judgement| judgement.decision == decision)
            .collect();
        if !here.is_empty() {
            let text = Text::plain("  ")
                .and(Role::Id, format!("{:<16}", base.decision(decision).id))
                .then(row(here));
            output.line(&text)?;
        }
    }
    let total = format!("  {:<16}{}", "all", row(all().collect()));
    output.line(&Text::new(Role::Strong, total))?;
    if all().all(|judgement| judgement.agreement != Agreement::Differs) {
        return Ok(());
    }
    output.heading("Where the advice differs, and why")?;
    for (precedent, judgements) in judged {
        for judgement in judgements
            .iter()
            .filter(|judgement| judgement.agreement == Agreement::Differs)
        {
            let reason = precedent::reason(precedent, judgement.decision);
            let text = Text::new(Role::Id, &precedent.id)
                .then(format!(
                    "  {}: {}, advised {}",
                    base.decision(judgement.decision).id,
                    ids(base, &judgement.chose),
                    ids(base, &judgement.recommended)
                ))
                .and(
                    Role::Dim,
                    format!(". {}", reason.unwrap_or("No reason is recorded.")),
                );
            output.item(2, "-", &text)?;
        }
    }
    Ok(())
}

fn precedent_json(base: &KnowledgeBase, precedent: &Precedent, judgements: &[Judgement]) -> Json {
    let decisions: Vec<Json> = judgements
        .iter()
        .map(|judgement| {
            json!({
                "decision": base.decision(judgement.decision).id,
                "chose": catalogue::pattern_ids(base, &judgement.chose),
                "recommended": catalogue::pattern_ids(base, &judgement.recommended),
                "agreement": judgement.agreement.word(),
                "why": precedent::reason(precedent, judgement.decision),
            })
        })
        .collect();
    json!({"id": precedent.id, "system": precedent.system, "decisions": decisions})
}

fn ids(base: &KnowledgeBase, patterns: &[PatternId]) -> String {
    let ids: Vec<&str> = patterns
        .iter()
        .map(|id| base.pattern(*id).id.as_str())
        .collect();
    ids.join(", ")
}

fn as_json(
    base: &KnowledgeBase,
    case: &Case,
    result: &CaseResult,
    aside: &[SetAside],
    place: &impl Fn(&Case, &Unmet) -> Option<Place>,
) -> Json {
    let unmet_json = |unmet: &Unmet| {
        let mut entry = unmet_json(base, case, unmet);
        if let Some(at) = place(case, unmet) {
            entry["file"] = at.file.into();
            entry["line"] = at.line.into();
            entry["column"] = at.column.into();
        }
        entry
    };
    let unmet: Vec<Json> = result.unmet.iter().map(unmet_json).collect();
    let aside: Vec<Json> = (aside.iter())
        .map(|aside| {
            let mut entry = unmet_json(&aside.unmet);
            entry["disabled"] = catalogue::pattern_ids(base, &aside.disabled).into();
            entry
        })
        .collect();
    json!({"id": case.id, "name": case.name, "expectations": result.expectations, "unmet": unmet,
        "set_aside": aside})
}

/// The word for what is wanted of the options of a decision.
pub(super) fn wanted(wanted: Wanted) -> String {
    wanted.words().replace(' ', "-")
}

fn unmet_json(base: &KnowledgeBase, case: &Case, unmet: &Unmet) -> Json {
    match unmet {
        Unmet::Conflict { index, got } => {
            let wanted = case.conflicts.get(*index);
            json!({
                "conflict": wanted.map(|wanted| &*wanted.id),
                "severity": wanted.and_then(|wanted| wanted.severity.as_deref()),
                "got": got.map(Severity::word),
            })
        }
        Unmet::Reported { index, got } => {
            json!({"no_conflict": case.no_conflict.get(*index).map(|id| &**id), "got": got})
        }
        Unmet::Practice { index, wanted } => {
            json!({"practice": practice(base, case, *index, *wanted), "wanted": wanted})
        }
        Unmet::Decision {
            decision,
            wanted,
            options,
            got,
        } => json!({
            "decision": base.decision(*decision).id, "wanted": self::wanted(*wanted),
            "options": catalogue::pattern_ids(base, options), "got": catalogue::pattern_ids(base, got),
        }),
    }
}
