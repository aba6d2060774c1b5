//! Options that another option of the same decision beats whatever the facts and the priorities are.

use super::Findings;
use super::logic::{Demand, Logic};
use crate::knowledge::{AxisId, KnowledgeBase, Pattern, PatternId, Pick};
use crate::problem::Problem;

pub(super) fn check(base: &KnowledgeBase, logic: &Logic, found: &mut Findings<'_>) {
    for decision in base
        .decisions
        .iter()
        .filter(|decision| decision.pick == Pick::One)
    {
        let places = || decision.options.iter().enumerate();
        for (place, &loser) in places() {
            let better = places().find(|(other, winner)| {
                **winner != loser
                    && dominates(base, logic, **winner, loser)
                    // Of two that are alike, the first stays.
                    && (*other < place || !dominates(base, logic, loser, **winner))
            });
            let Some((_, &winner)) = better else { continue };
            let (loser, winner) = (base.pattern(loser), base.pattern(winner));
            let simpler = if winner.complexity < loser.complexity {
                format!(
                    "is simpler (complexity {} against {})",
                    winner.complexity, loser.complexity
                )
            } else {
                "is as simple".to_owned()
            };
            let problem = Problem::warning(format!(
                "`{}` can never win `{}`: `{}` is at least as good in every case",
                loser.id, decision.id, winner.id
            ))
            .help(format!(
                "`{}` is no worse on any axis whatever holds, {simpler}, and nothing rules it out or calls for the other: \
                 state what `{}` is better at, or what calls for it",
                winner.id, loser.id
            ));
            let entry = format!("decision/{}", decision.id);
            found.add_item(&entry, &["options"], &loser.id, problem);
        }
    }
}

/// Whether one option is at least as good as another in every respect that ranks options.
pub(super) fn dominates(
    base: &KnowledgeBase,
    logic: &Logic,
    winner: PatternId,
    loser: PatternId,
) -> bool {
    let (better, worse) = (base.pattern(winner), base.pattern(loser));
    better.complexity <= worse.complexity
        && !better.reference
        && no_harder_to_take(better, worse)
        && base
            .axis_ids()
            .all(|axis| no_worse(logic, better, worse, axis))
}

/// Whether nothing forbids or discourages one pattern that leaves the other alone, and nothing calls for the other.
fn no_harder_to_take(better: &Pattern, worse: &Pattern) -> bool {
    let texts = |pattern: &Pattern| {
        (
            pattern
                .driver
                .as_ref()
                .map(|driver| driver.when.text.clone()),
            pattern.norm.as_ref().map(|norm| norm.unless.text.clone()),
        )
    };
    let ((better_driver, better_norm), (worse_driver, worse_norm)) = (texts(better), texts(worse));
    let has_limit = |text: &str| worse.limits.iter().any(|limit| &*limit.when.text == text);
    better_driver == worse_driver
        && (better_norm.is_none() || better_norm == worse_norm)
        && better
            .limits
            .iter()
            .all(|limit| has_limit(&limit.when.text))
        && better.antipattern <= worse.antipattern
        && better
            .requires
            .iter()
            .all(|group| worse.requires.contains(group))
        && better
            .excludes
            .iter()
            .all(|other| worse.excludes.contains(other))
        && better
            .opens
            .iter()
            .all(|hazard| worse.opens.contains(hazard))
        && worse
            .closes
            .iter()
            .all(|hazard| better.closes.contains(hazard) && better.closes_if(*hazard).is_none())
}

/// Whether no facts let the first pattern do less for an axis than the second.
fn no_worse(logic: &Logic, better: &Pattern, worse: &Pattern, axis: AxisId) -> bool {
    let (ours, theirs) = (outcomes(better, axis), outcomes(worse, axis));
    ours.iter().all(|(our, when)| {
        theirs.iter().all(|(their, also)| {
            let both: Vec<Demand<'_>> = when.iter().chain(also).copied().collect();
            our >= their || !logic.possible(&both)
        })
    })
}

/// What a pattern may do to an axis, each with what must hold and fail for it: the first case that holds counts.
fn outcomes(pattern: &Pattern, axis: AxisId) -> Vec<(i8, Vec<Demand<'_>>)> {
    let effect = pattern.effects.iter().find(|effect| effect.axis == axis);
    let Some(effect) = effect else {
        return vec![(0, Vec::new())];
    };
    let mut failed: Vec<Demand<'_>> = Vec::new();
    let mut outcomes = Vec::new();
    for case in &effect.cases {
        let mut demands = failed.clone();
        if let Some(when) = &case.when {
            demands.push((&when.expression, true));
            failed.push((&when.expression, false));
        }
        outcomes.push((case.value, demands));
    }
    outcomes
}
