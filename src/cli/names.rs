//! Finding what a person named, or saying what they may have meant.

use crate::failure::Failure;
use crate::knowledge::{AxisId, DecisionId, KnowledgeBase};
use crate::problem::{Problem, nearest, printable};

/// Finds a quality axis.
pub(super) fn axis(base: &KnowledgeBase, name: &str) -> Result<AxisId, Failure> {
    base.find_axis(name).ok_or_else(|| {
        unknown(
            "quality axis",
            name,
            base.axes.iter().map(|axis| axis.id.as_str()),
            true,
        )
    })
}

/// Finds a decision.
pub(super) fn decision(base: &KnowledgeBase, name: &str) -> Result<DecisionId, Failure> {
    let ids = base.decisions.iter().map(|decision| decision.id.as_str());
    base.find_decision(name)
        .ok_or_else(|| unknown("decision", name, ids, true))
}

/// The failure for a name that nothing has: with the nearest name, or with all of them when they are few enough to read.
pub(super) fn unknown<'a>(
    kind: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    list: bool,
) -> Failure {
    let known: Vec<&str> = known.collect();
    let problem = Problem::error(format!("there is no {kind} `{}`", printable(name)));
    let near = nearest(name, known.iter().copied());
    let help = match (near, list) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, true) => format!("one of: {}", known.join(", ")),
        (None, false) => return problem.into(),
    };
    problem.help(help).into()
}
