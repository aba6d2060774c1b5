//! `archadvisor kb test`: whether the advice is what the golden cases say.

use super::Stdout;
use super::kb::count;
use super::output::Text;
use super::style::Role;
use crate::failure::{Failure, Outcome};
use crate::knowledge::{Case, KnowledgeBase, Precedent};
use crate::problem::{Problem, nearest, printable};
use crate::reasoning::case::{self, CaseResult, Unmet};
use crate::reasoning::precedent::{self, Agreement, Judgement};
use crate::report::{catalogue, words};
use serde_json::{Value as Json, json};

/// Options told of a decision that comes out otherwise.
const OPTIONS: usize = 4;

/// Runs the cases named, or all.
pub(super) fn run(
    base: &KnowledgeBase,
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
        let result = case::run(base, case).map_err(|error| {
            failure(format!("case `{}`: {}", case.id, error.message), error.help)
        })?;
        results.push((case, result));
    }
    let judged: Vec<(&Precedent, Vec<Judgement>)> = (base.precedents.iter())
        .filter(|entry| names.is_empty() || names.iter().any(|name| entry.id == name.as_str()))
        .map(|entry| (entry, precedent::judge(base, entry)))
        .collect();
    let expectations: usize = results.iter().map(|(_, result)| result.expectations).sum();
    let unmet: usize = results.iter().map(|(_, result)| result.unmet.len()).sum();
    if json {
        let cases: Vec<Json> = results
            .iter()
            .map(|(case, result)| as_json(base, case, result))
            .collect();
        output.json(&json!({
            "schema": "archadvisor/kb-test/1", "expectations": expectations, "unmet": unmet, "cases": cases,
            "precedents": judged.iter().map(|(entry, judgements)| precedent_json(base, entry, judgements)).collect::<Vec<_>>(),
        }))?;
    } else {
        for (case, result) in &results {
            text(base, case, result, output)?;
        }
        if !judged.is_empty() {
            agreement(base, &judged, output)?;
            output.blank()?;
        }
        let summary = format!(
            "{}, {}: {}",
            count(results.len(), "case"),
            count(expectations, "expectation"),
            if unmet == 0 {
                "all met".to_owned()
            } else {
                format!("{unmet} not met")
            }
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

fn text(
    base: &KnowledgeBase,
    case: &Case,
    result: &CaseResult,
    output: &mut Stdout,
) -> std::io::Result<()> {
    if result.unmet.is_empty() {
        return Ok(());
    }
    output.wrap(
        &Text::new(Role::Id, &case.id).then(format!("  {}", case.name)),
        0,
        2,
    )?;
    for unmet in &result.unmet {
        let (decision, wanted, options, got) = match unmet {
            Unmet::Conflict(id) => {
                output.item(2, "-", &Text::plain(format!("`{id}` is not reported")))?;
                continue;
            }
            Unmet::Decision {
                decision,
                wanted,
                options,
                got,
            } => (decision, wanted, options, got),
        };
        let got = if got.is_empty() {
            "nothing".to_owned()
        } else {
            ids(base, got)
        };
        let said = format!(
            "{}: wants {} {}, got {got}",
            base.decision(*decision).id,
            wanted.words(),
            ids(base, options)
        );
        output.item(2, "-", &Text::plain(said))?;
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
    output.blank()
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

fn ids(base: &KnowledgeBase, patterns: &[crate::knowledge::PatternId]) -> String {
    let ids: Vec<&str> = patterns
        .iter()
        .map(|id| base.pattern(*id).id.as_str())
        .collect();
    ids.join(", ")
}

fn as_json(base: &KnowledgeBase, case: &Case, result: &CaseResult) -> Json {
    let list = |patterns: &[crate::knowledge::PatternId]| -> Vec<&str> {
        patterns
            .iter()
            .map(|id| base.pattern(*id).id.as_str())
            .collect()
    };
    let unmet: Vec<Json> = result
        .unmet
        .iter()
        .map(|unmet| match unmet {
            Unmet::Conflict(id) => json!({"conflict": id}),
            Unmet::Decision {
                decision,
                wanted,
                options,
                got,
            } => json!({
                "decision": base.decision(*decision).id, "wanted": wanted.words().replace(' ', "-"),
                "options": list(options), "got": list(got),
            }),
        })
        .collect();
    json!({"id": case.id, "name": case.name, "expectations": result.expectations, "unmet": unmet})
}
