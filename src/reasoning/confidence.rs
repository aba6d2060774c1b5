//! How robust a recommendation is against nearby priorities: exact, by counting.

use super::rank::OptionAdvice;
use crate::knowledge::KnowledgeBase;

/// Counts the priority vectors with each priority at most one level away on the ladder, and those under which the
/// first option stays first among the options of its tier. Returns (stays, all).
///
/// The count is exact: the difference to each rival is a sum over axes, so whole branches are decided at once when no
/// choice on the remaining axes can change the sign of any difference.
pub fn share(base: &KnowledgeBase, options: &[OptionAdvice], priorities: &[i32]) -> (u32, u32) {
    let ladder: Vec<i32> = base
        .priorities
        .iter()
        .map(|level| i32::from(level.level))
        .collect();
    let neighbours: Vec<Vec<i32>> = priorities
        .iter()
        .map(|level| nearby(&ladder, *level))
        .collect();
    let all = neighbours
        .iter()
        .map(|levels| levels.len() as u32)
        .product();
    let Some(winner) = options.first() else {
        return (0, all);
    };
    let simplicity = |option: &OptionAdvice| (base.pattern(option.pattern).complexity, option.rank);
    let rivals: Vec<Rival> = options
        .iter()
        .skip(1)
        .filter(|rival| rival.tier == winner.tier)
        .map(|rival| {
            let terms: Vec<i32> = (winner.contributions.iter().zip(&rival.contributions))
                .map(|(ours, theirs)| i32::from(ours.effect) - i32::from(theirs.effect))
                .collect();
            // An equal score is enough when the winner is the simpler, or the earlier in the catalogue.
            let wins_ties = ties_go_to_winner(base, winner, rival, simplicity);
            Rival {
                terms,
                least: i32::from(!wins_ties),
            }
        })
        .collect();
    if rivals.is_empty() {
        return (all, all);
    }
    let suffix = suffix_bounds(&rivals, &neighbours);
    let sums = vec![0; rivals.len()];
    (count(&rivals, &neighbours, &suffix, 0, &sums), all)
}

struct Rival {
    /// Winner's effect minus rival's, by axis.
    terms: Vec<i32>,
    /// The least difference of scores with which the winner stays first.
    least: i32,
}

fn ties_go_to_winner(
    base: &KnowledgeBase,
    winner: &OptionAdvice,
    rival: &OptionAdvice,
    simplicity: impl Fn(&OptionAdvice) -> (u8, usize),
) -> bool {
    let (ours, theirs) = (simplicity(winner).0, simplicity(rival).0);
    if ours != theirs {
        return ours < theirs;
    }
    let place = |option: &OptionAdvice| {
        base.decisions
            .iter()
            .find(|decision| {
                decision.options.contains(&winner.pattern)
                    && decision.options.contains(&rival.pattern)
            })
            .and_then(|decision| {
                decision
                    .options
                    .iter()
                    .position(|pattern| *pattern == option.pattern)
            })
    };
    place(winner) < place(rival)
}

/// The levels of the ladder at most one step from this one; a level off the ladder has its neighbours on it.
fn nearby(ladder: &[i32], level: i32) -> Vec<i32> {
    let below = ladder.iter().copied().filter(|step| *step < level).max();
    let above = ladder.iter().copied().filter(|step| *step > level).min();
    below.into_iter().chain([level]).chain(above).collect()
}

/// Per axis from which on, per rival: the least and the most that the remaining axes can add.
fn suffix_bounds(rivals: &[Rival], neighbours: &[Vec<i32>]) -> Vec<Vec<(i32, i32)>> {
    let mut suffix = vec![vec![(0, 0); rivals.len()]; neighbours.len() + 1];
    for axis in (0..neighbours.len()).rev() {
        for (index, rival) in rivals.iter().enumerate() {
            let term = rival.terms.get(axis).copied().unwrap_or(0);
            let products = neighbours[axis].iter().map(|level| level * term);
            let (least, most) = (
                products.clone().min().unwrap_or(0),
                products.max().unwrap_or(0),
            );
            let (low, high) = suffix[axis + 1][index];
            suffix[axis][index] = (low + least, high + most);
        }
    }
    suffix
}

fn count(
    rivals: &[Rival],
    neighbours: &[Vec<i32>],
    suffix: &[Vec<(i32, i32)>],
    axis: usize,
    sums: &[i32],
) -> u32 {
    let bounds = &suffix[axis];
    let mut settled = true;
    for ((rival, sum), (low, high)) in rivals.iter().zip(sums).zip(bounds) {
        if sum + high < rival.least {
            return 0;
        }
        settled &= sum + low >= rival.least;
    }
    let rest = &neighbours[axis..];
    if settled {
        return rest.iter().map(|levels| levels.len() as u32).product();
    }
    neighbours[axis]
        .iter()
        .map(|level| {
            let next: Vec<i32> = (rivals.iter().zip(sums))
                .map(|(rival, sum)| sum + level * rival.terms.get(axis).copied().unwrap_or(0))
                .collect();
            count(rivals, neighbours, suffix, axis + 1, &next)
        })
        .sum()
}
