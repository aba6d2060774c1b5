//! Witnesses: for each option of each decision, answers under which it is recommended.
//!
//! An option that no answer can make win is dead weight, or a condition that is missing. The base stores a witness for
//! each; [`replay`] tells which of them still hold, [`Search`] finds new ones.

mod search;

pub use search::{Outcome, Search};

use super::{Advice, Situation, advise};
use crate::knowledge::{
    AnswerError, DecisionId, KnowledgeBase, Loaded, PatternId, Text, Witness, never_wins,
};
use crate::problem::Problem;

/// Returns whether a decision recommends an option.
pub fn is_recommended(advice: &Advice, decision: DecisionId, option: PatternId) -> bool {
    advice.decision(decision).recommended.contains(&option)
}

/// How an option stands with its witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its witness recommends it.
    Wins,
    /// Its witness recommends something else, or nothing.
    Loses,
    /// It has no witness.
    Missing,
}

/// An option of a decision, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replay {
    /// The decision.
    pub decision: DecisionId,
    /// The option.
    pub option: PatternId,
    /// How it stands.
    pub standing: Standing,
}

/// Replays the witness of every option, in the order of decisions and options. Options that are only kept to be read
/// about need none.
pub fn replay(base: &KnowledgeBase) -> Vec<Replay> {
    options(base)
        .map(|(decision, option)| {
            let stored = (base.witnesses.iter())
                .find(|witness| (witness.decision, witness.option) == (decision, option));
            let standing = match stored.map(|witness| situation(base, witness)) {
                None => Standing::Missing,
                Some(Ok(situation))
                    if is_recommended(&advise(base, &situation), decision, option) =>
                {
                    Standing::Wins
                }
                Some(_) => Standing::Loses,
            };
            Replay {
                decision,
                option,
                standing,
            }
        })
        .collect()
}

/// Returns what is wrong with the witnesses of a base: options that have none and are not proved to need none, and
/// witnesses under which their option is not recommended.
///
/// In a base with overlays a new witness is looked for, if not for long: an overlay changes what others wrote witnesses for, so that only
/// an option for which nothing is found is reported, or one of its own that has none stored.
pub fn lint(base: &KnowledgeBase, loaded: &Loaded) -> Vec<Problem> {
    let mut search: Option<Search<'_>> = None;
    let mut problems = Vec::new();
    for replay in replay(base) {
        let Replay {
            decision,
            option,
            standing,
        } = replay;
        if standing == Standing::Wins || never_wins(base, decision, option).is_some() {
            continue;
        }
        let outcome = (!base.overlays.is_empty()).then(|| {
            let search = search.get_or_insert_with(|| Search::brief(base));
            search.find(decision, option)
        });
        if standing == Standing::Loses && matches!(outcome, Some(Outcome::Found(_))) {
            continue;
        }
        let (entry, pattern) = (&base.decision(decision).id, &base.pattern(option).id);
        let message = if standing == Standing::Loses {
            format!("the witness of `{pattern}` no longer makes it win `{entry}`")
        } else {
            format!("no witness shows that `{pattern}` can win `{entry}`")
        };
        let help = match outcome {
            Some(Outcome::Found(situation)) => {
                let found = witness(base, decision, option, &situation);
                format!(
                    "it wins with {}: store that, as `archadvisor kb witness` prints it",
                    told(base, &found)
                )
            }
            Some(Outcome::NotFound(tries)) => format!(
                "none was found in {tries} tries: look longer with `archadvisor kb witness`, or say when it is right"
            ),
            None => "look for one with `archadvisor kb witness`".to_owned(),
        };
        let place = if standing == Standing::Loses {
            loaded.place(&format!("witness/{entry}/{pattern}"), &["option"])
        } else {
            loaded
                .item(&format!("decision/{entry}"), &["options"], pattern)
                .or_else(|| loaded.place(&format!("pattern/{pattern}"), &["pattern"]))
        };
        let mut problem = Problem::warning(message).help(help);
        problem.place = place;
        problems.push(problem);
    }
    problems
}

/// A witness in one line: `peak_rps: 20,000/s, money_like: true`.
fn told(base: &KnowledgeBase, witness: &Witness) -> String {
    let parts: Vec<String> = (lists(base, witness).into_iter())
        .flat_map(|(_, list)| list)
        .map(|(id, value)| format!("`{id}: {value}`"))
        .collect();
    if parts.is_empty() {
        "no answer at all".to_owned()
    } else {
        parts.join(", ")
    }
}

/// Returns the options that should be able to win, each with its decision.
pub fn options(base: &KnowledgeBase) -> impl Iterator<Item = (DecisionId, PatternId)> + '_ {
    base.decision_ids().flat_map(move |decision| {
        (base.decision(decision).options.iter().copied())
            .filter(|option| !base.pattern(*option).reference)
            .map(move |option| (decision, option))
    })
}

/// Returns the situation of a witness.
///
/// # Errors
/// The first answer that cannot be read; the loader has checked those of the base itself.
pub fn situation(base: &KnowledgeBase, witness: &Witness) -> Result<Situation, AnswerError> {
    let mut situation = Situation::default();
    for (id, text) in &witness.requirements {
        situation.answer(base, id, text)?;
    }
    for (axis, text) in &witness.priorities {
        situation.prioritise(base, axis, text)?;
    }
    situation.choices.extend(witness.decisions.iter().cloned());
    Ok(situation)
}

/// Returns a situation as the witness of an option, with its answers as a person would write them.
pub fn witness(
    base: &KnowledgeBase,
    decision: DecisionId,
    option: PatternId,
    situation: &Situation,
) -> Witness {
    let mut requirements: Vec<(Text, Text)> = (situation.answers.iter())
        .filter_map(|(fact, answer)| {
            let requirement = base.requirement(*fact)?;
            Some((requirement.id.clone(), requirement.write(*answer).into()))
        })
        .collect();
    // As the loader gives them, so that nothing moves when the file is written again.
    requirements.sort_by(|left, right| left.0.as_str().cmp(&right.0));
    let priorities = (situation.priorities.iter())
        .map(|(axis, level)| {
            let name = base.priorities.iter().find(|entry| entry.level == *level);
            let text = name.map_or_else(|| level.to_string().into(), |entry| entry.name.clone());
            (base.axis(*axis).id.clone(), text)
        })
        .collect();
    Witness {
        decision,
        option,
        requirements,
        priorities,
        decisions: (situation.choices.iter())
            .map(|(id, options)| (*id, options.clone()))
            .collect(),
    }
}

/// Returns witnesses as entries of a file of the knowledge, without its first line.
pub fn to_yaml(base: &KnowledgeBase, witnesses: &[Witness]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for witness in witnesses {
        let decision = &base.decision(witness.decision).id;
        let option = &base.pattern(witness.option).id;
        lines.push(format!("  - decision: {decision}"));
        lines.push(format!("    option: {option}"));
        for (key, list) in lists(base, witness) {
            if !list.is_empty() {
                lines.push(format!("    {key}:"));
            }
            lines.extend((list.iter()).map(|(id, value)| format!("      {id}: {value}")));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What a witness says, as keys and values of a file.
fn lists(base: &KnowledgeBase, witness: &Witness) -> [(&'static str, Vec<(String, String)>); 3] {
    let texts = |list: &[(Text, Text)]| -> Vec<(String, String)> {
        (list.iter())
            .map(|(id, value)| (id.to_string(), value.to_string()))
            .collect()
    };
    let choices = (witness.decisions.iter()).map(|(id, options)| {
        let ids: Vec<&str> = (options.iter())
            .map(|option| base.pattern(*option).id.as_str())
            .collect();
        (
            base.decision(*id).id.to_string(),
            format!("[{}]", ids.join(", ")),
        )
    });
    [
        ("requirements", texts(&witness.requirements)),
        ("priorities", texts(&witness.priorities)),
        ("decisions", choices.collect()),
    ]
}
