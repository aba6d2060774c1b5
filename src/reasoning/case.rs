//! Golden cases: whether the advice on known answers is what it must be.

use super::{Advice, Situation, advise};
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
    /// A rule that must be reported is not.
    Conflict(String),
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
    let mut expectations = case.conflicts.len();
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
    for rule in &case.conflicts {
        let id = format!("requirements/{rule}");
        if !advice.conflicts.iter().any(|conflict| conflict.id == id) {
            unmet.push(Unmet::Conflict(id));
        }
    }
    Ok(CaseResult {
        advice,
        expectations,
        unmet,
    })
}
