//! Finding what a person named, or saying what they may have meant.

use crate::failure::Failure;
use crate::knowledge::{AxisId, Decision, DecisionId, KnowledgeBase, PatternId, fold};
use crate::problem::{Problem, nearest, nearest_begun, printable};

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

/// Finds a decision. Who names an option, or a product, is told of which decision it is one.
pub(super) fn decision(base: &KnowledgeBase, name: &str) -> Result<DecisionId, Failure> {
    if let Some(found) = base.find_decision(name) {
        return Ok(found);
    }
    let ids = base.decisions.iter().map(|decision| decision.id.as_str());
    let help = if let Some(pattern) = base.find_pattern(name) {
        Some(offered(base, name, &[pattern], "another name of"))
    } else {
        let homes = base.exemplified_by(name);
        if !homes.is_empty() {
            Some(offered(base, name, &homes, "an example of"))
        } else if nearest(name, ids.clone()).is_some() {
            None
        } else {
            let named: Vec<PatternId> = base.named_like(name).iter().map(|(id, _)| *id).collect();
            (!named.is_empty()).then(|| offered(base, name, &named, "part of the name of"))
        }
    };
    match help {
        Some(help) => {
            let message = format!("there is no decision `{}`", printable(name));
            Err(Problem::error(message).help(help).into())
        }
        None => Err(unknown("decision", name, ids, true)),
    }
}

/// Finds a practice: a pattern that no decision offers and that no decision is called like.
pub(super) fn practice(base: &KnowledgeBase, name: &str) -> Option<PatternId> {
    let found = (base.find_decision(name).is_none()).then(|| base.find_pattern(name))??;
    let offered = |decision: &Decision| decision.options.contains(&found);
    (!base.decisions.iter().any(offered)).then_some(found)
}

/// Finds an option that one decision offers and no decision is called like, and that decision.
pub(super) fn sole_option(base: &KnowledgeBase, name: &str) -> Option<(DecisionId, PatternId)> {
    let found = (base.find_decision(name).is_none()).then(|| base.find_pattern(name))??;
    let mut homes = base.decisions_of(found);
    match (homes.next(), homes.next()) {
        (Some(home), None) => Some((home, found)),
        _ => None,
    }
}

/// The failure for a name that no practice has: who names an option is told of which decision it is one.
pub(super) fn no_practice(base: &KnowledgeBase, name: &str) -> Failure {
    let Some(option) = base.find_pattern(name) else {
        let practices = base.patterns.iter().map(|pattern| pattern.id.as_str());
        return unknown("practice", name, practices, false);
    };
    let message = format!("there is no practice `{}`", printable(name));
    let home = base.decisions_of(option).next();
    let help = home.map_or_else(String::new, |home| {
        let (home, option) = (&base.decision(home).id, &base.pattern(option).id);
        format!("it is an option: `--set decisions.{home}={option}`")
    });
    Problem::error(message).help(help).into()
}

/// Patterns told of a name that is no decision.
const MEANT: usize = 3;

/// Says of which decisions patterns are options.
fn offered(base: &KnowledgeBase, name: &str, patterns: &[PatternId], relation: &str) -> String {
    let told: Vec<String> = (patterns.iter().take(MEANT))
        .map(|id| {
            let option = base.pattern(*id).id.as_str();
            let is_id = fold(option) == fold(name);
            let lead = if is_id {
                format!("`{option}` is")
            } else {
                format!("`{}` is {relation} `{option}`,", printable(name))
            };
            let homes = base.decisions.iter();
            match homes.into_iter().find(|home| home.options.contains(id)) {
                Some(home) => format!("{lead} an option of the decision `{}`", home.id),
                None => format!("{lead} a practice that no decision offers"),
            }
        })
        .collect();
    told.join("\n")
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
        if let Some(near) = nearest_begun(name, options.clone()) {
            let message = format!("there is no {kind} `{}`", printable(name));
            let help = format!("did you mean `{near}`?");
            return Err(Problem::error(message).help(help).into());
        }
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
