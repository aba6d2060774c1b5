//! Golden cases: whether the advice on known answers is what it must be.

use super::{Advice, Severity, Situation, advise};
use crate::knowledge::{AnswerError, Case, DecisionId, KnowledgeBase, PatternId};

/// What a case expects of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// One of the options is recommended.
    OneOf,
    /// None of them is.
    NoneOf,
    /// All of them are.
    AllOf,
}

impl Wanted {
    /// Returns the words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::OneOf => "one of",
            Self::NoneOf => "none of",
            Self::AllOf => "all of",
        }
    }
}

/// An expectation that the advice does not meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmet {
    /// A decision comes out otherwise.
    Decision {
        /// The decision.
        decision: DecisionId,
        /// What of it is expected.
        wanted: Wanted,
        /// The options named by the case.
        options: Vec<PatternId>,
        /// What is recommended.
        got: Vec<PatternId>,
    },
    /// A conflict that must be reported is not, or as less severe.
    Conflict {
        /// Its place in the list of the case.
        index: usize,
        /// The severity as which it is reported, if it is.
        got: Option<Severity>,
    },
    /// Conflicts are reported that must not be.
    Reported {
        /// The place in the list of the case.
        index: usize,
        /// The ids of those that are.
        got: Vec<String>,
    },
    /// A pattern is advised that must not be, or is not that must be.
    Practice {
        /// Its place in the list of the case.
        index: usize,
        /// Whether it is wanted.
        wanted: bool,
    },
}

impl Unmet {
    /// Returns the path in the case to what is not met.
    pub fn path(&self, base: &KnowledgeBase) -> [String; 2] {
        let (key, item) = match self {
            Self::Decision {
                decision, wanted, ..
            } => {
                let key = match wanted {
                    Wanted::OneOf => "expect",
                    Wanted::NoneOf => "forbid",
                    Wanted::AllOf => "include",
                };
                (key, base.decision(*decision).id.to_string())
            }
            Self::Conflict { index, .. } => ("conflicts", index.to_string()),
            Self::Reported { index, .. } => ("no_conflict", index.to_string()),
            Self::Practice { index, wanted } => {
                let key = if *wanted {
                    "practices"
                } else {
                    "not_practices"
                };
                (key, index.to_string())
            }
        };
        [key.to_owned(), item]
    }
}

/// The outcome of a case.
#[derive(Debug)]
pub struct CaseResult {
    /// The advice it was judged by.
    pub advice: Advice,
    /// How many expectations it has.
    pub expectations: usize,
    /// Those that are not met.
    pub unmet: Vec<Unmet>,
}

/// Runs a case of the knowledge base.
///
/// # Errors
/// The first answer of the case that is not valid.
pub fn run(base: &KnowledgeBase, case: &Case) -> Result<CaseResult, AnswerError> {
    let advice = advise(base, &Situation::of_case(base, case)?);
    let got = |decision: DecisionId| advice.decision(decision).recommended.clone();
    let mut expectations = case.conflicts.len()
        + case.no_conflict.len()
        + case.practices.len()
        + case.not_practices.len();
    let mut unmet = Vec::new();
    let lists = [
        (Wanted::OneOf, &case.expect),
        (Wanted::NoneOf, &case.forbid),
        (Wanted::AllOf, &case.include),
    ];
    for (wanted, list) in lists {
        for (decision, options) in list {
            let got = got(*decision);
            let met = match wanted {
                Wanted::OneOf => options.iter().any(|option| got.contains(option)),
                Wanted::NoneOf => !options.iter().any(|option| got.contains(option)),
                Wanted::AllOf => options.iter().all(|option| got.contains(option)),
            };
            expectations += if wanted == Wanted::AllOf {
                options.len()
            } else {
                1
            };
            if !met {
                unmet.push(Unmet::Decision {
                    decision: *decision,
                    wanted,
                    options: options.clone(),
                    got,
                });
            }
        }
    }
    for (index, wanted) in case.conflicts.iter().enumerate() {
        let got = (advice.conflicts.iter())
            .filter(|conflict| is_of(&conflict.id, &wanted.id))
            .map(|conflict| conflict.severity)
            .max();
        let least = wanted.severity.as_deref();
        let is_less = |got: Severity| least.is_some_and(|least| got < severity(least));
        if got.is_none_or(is_less) {
            unmet.push(Unmet::Conflict { index, got });
        }
    }
    for (index, unwanted) in case.no_conflict.iter().enumerate() {
        let got: Vec<String> = (advice.conflicts.iter())
            .filter(|conflict| is_of(&conflict.id, unwanted))
            .map(|conflict| conflict.id.clone())
            .collect();
        if !got.is_empty() {
            unmet.push(Unmet::Reported { index, got });
        }
    }
    for (wanted, list) in [(true, &case.practices), (false, &case.not_practices)] {
        for (index, pattern) in list.iter().enumerate() {
            if advice.taken.contains(pattern) != wanted {
                unmet.push(Unmet::Practice { index, wanted });
            }
        }
    }
    Ok(CaseResult {
        advice,
        expectations,
        unmet,
    })
}

/// Whether a conflict is meant by an id: its own, that of the rule it comes from, or what its own begins with, and `*`.
fn is_of(conflict: &str, id: &str) -> bool {
    if let Some(beginning) = id.strip_suffix('*') {
        return conflict.starts_with(beginning);
    }
    let of_rule = conflict
        .strip_prefix("requirements/")
        .or_else(|| conflict.strip_prefix("target/"));
    conflict == id || of_rule == Some(id)
}

/// The severity that a word means; the loader has checked the words of the base.
fn severity(word: &str) -> Severity {
    match word {
        "high" => Severity::High,
        "medium" => Severity::Medium,
        _ => Severity::Low,
    }
}
