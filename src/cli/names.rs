//! Finding what a person named, or saying what they may have meant.

use crate::failure::Failure;
use crate::knowledge::{AxisId, Decision, DecisionId, KnowledgeBase, PatternId};
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

/// Finds an option of a decision. Who names a product is told which option it is an example of.
pub(super) fn option(
    base: &KnowledgeBase,
    decision: &Decision,
    name: &str,
) -> Result<PatternId, Failure> {
    let offered = |id: &PatternId| decision.options.contains(id);
    if let Some(found) = base.find_pattern(name).filter(offered) {
        return Ok(found);
    }
    let kind = format!("option of `{}` called", decision.id);
    let mut homes = base.exemplified_by(name);
    homes.retain(offered);
    if homes.is_empty() {
        let options = decision.options.iter();
        let options = options.map(|option| base.pattern(*option).id.as_str());
        return Err(unknown(&kind, name, options, true));
    }
    let names: Vec<String> = (homes.iter())
        .map(|id| format!("`{}`", base.pattern(*id).id))
        .collect();
    let names = names.join(" or ");
    let help = format!("did you mean {names}? A product is an example of an option");
    let message = format!("there is no {kind} `{}`", printable(name));
    Err(Problem::error(message).help(help).into())
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
