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
    let rivals: Vec<Rival> = options
        .iter()
        .skip(1)
        .filter(|rival| rival.tier == winner.tier)
        .map(|rival| {
            let terms: Vec<i32> = (winner.contributions.iter().zip(&rival.contributions))
                .map(|(ours, theirs)| i32::from(ours.effect) - i32::from(theirs.effect))
                .collect();
            let wins_ties = ties_go_to_winner(base, winner, rival);
            Rival {
                terms,
                least: i32::from(!wins_ties),
            }
        })
        .collect();
    if rivals.is_empty() {
        return (all, all);
    }
    (Field::new(rivals, neighbours).total(), all)
}

struct Rival {
    /// Winner's effect minus rival's, by axis.
    terms: Vec<i32>,
    /// The least difference of scores with which the winner stays first.
    least: i32,
}

/// Whether an equal score is enough for the winner: what endangers it least wins, then the simpler, then the earlier in the
/// catalogue.
fn ties_go_to_winner(base: &KnowledgeBase, winner: &OptionAdvice, rival: &OptionAdvice) -> bool {
    let simplicity = |option: &OptionAdvice| {
        let complexity = base.pattern(option.pattern).complexity;
        (option.endangered, complexity)
    };
    let (ours, theirs) = (simplicity(winner), simplicity(rival));
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

/// The rivals of one winner over the nearby priorities.
struct Field {
    rivals: Vec<Rival>,
    /// The levels to try, by axis.
    neighbours: Vec<Vec<i32>>,
    /// Per axis from which on, per rival: the least and the most that the remaining axes can add.
    suffix: Vec<Vec<(i32, i32)>>,
    /// Per axis from which on, how many vectors remain.
    vectors: Vec<u32>,
}

impl Field {
    fn new(mut rivals: Vec<Rival>, neighbours: Vec<Vec<i32>>) -> Self {
        // The axes that tell most apart come first: they settle most branches early. The count is the same.
        let span = |axis: usize, rival: &Rival| {
            let levels = &neighbours[axis];
            let width = levels.last().unwrap_or(&0) - levels.first().unwrap_or(&0);
            width * rival.terms.get(axis).map_or(0, |term| term.abs())
        };
        let mut order: Vec<usize> = (0..neighbours.len()).collect();
        order
            .sort_by_cached_key(|axis| -rivals.iter().map(|rival| span(*axis, rival)).sum::<i32>());
        for rival in &mut rivals {
            let term = |axis: &usize| rival.terms.get(*axis).copied().unwrap_or(0);
            rival.terms = order.iter().map(term).collect();
        }
        let neighbours: Vec<Vec<i32>> =
            order.iter().map(|axis| neighbours[*axis].clone()).collect();
        let axes = neighbours.len();
        let mut suffix = vec![vec![(0, 0); rivals.len()]; axes + 1];
        let mut vectors = vec![1; axes + 1];
        for axis in (0..axes).rev() {
            vectors[axis] = vectors[axis + 1] * neighbours[axis].len() as u32;
            for (index, rival) in rivals.iter().enumerate() {
                let products = neighbours[axis]
                    .iter()
                    .map(|level| level * rival.terms[axis]);
                let (least, most) = (
                    products.clone().min().unwrap_or(0),
                    products.max().unwrap_or(0),
                );
                let (low, high) = suffix[axis + 1][index];
                suffix[axis][index] = (low + least, high + most);
            }
        }
        Self {
            rivals,
            neighbours,
            suffix,
            vectors,
        }
    }

    /// Counts the vectors under which no rival wins.
    fn total(&self) -> u32 {
        let mut open = Vec::new();
        let none_won = (0..self.rivals.len()).all(|rival| self.admit(rival, 0, 0, &mut open));
        if none_won {
            self.count(0, &mut open, 0)
        } else {
            0
        }
    }

    /// Puts a rival, with its sum so far, on the stack when the axes from this one on may still decide either way.
    /// Returns false when it has won already, whatever they are.
    fn admit(&self, rival: usize, sum: i32, axis: usize, open: &mut Vec<(usize, i32)>) -> bool {
        let (low, high) = self.suffix[axis][rival];
        let least = self.rivals[rival].least;
        if sum + low < least {
            open.push((rival, sum));
        }
        sum + high >= least
    }

    /// Counts the vectors from this axis on under which no rival from `from` on in the stack `open` wins.
    fn count(&self, axis: usize, open: &mut Vec<(usize, i32)>, from: usize) -> u32 {
        let to = open.len();
        if from == to {
            return self.vectors[axis];
        }
        let mut stay = 0;
        for level in &self.neighbours[axis] {
            let none_won = (from..to).all(|place| {
                let (rival, sum) = open[place];
                let sum = sum + level * self.rivals[rival].terms[axis];
                self.admit(rival, sum, axis + 1, open)
            });
            if none_won {
                stay += self.count(axis + 1, open, to);
            }
            open.truncate(to);
        }
        stay
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries every vector.
    fn by_trying(rivals: &[(Vec<i32>, i32)], neighbours: &[Vec<i32>]) -> u32 {
        let all: u32 = neighbours
            .iter()
            .map(|levels| levels.len() as u32)
            .product();
        let stays = |mut number: u32| {
            let levels: Vec<i32> = (neighbours.iter())
                .map(|levels| {
                    let count = levels.len() as u32;
                    let level = levels[(number % count) as usize];
                    number /= count;
                    level
                })
                .collect();
            rivals.iter().all(|(terms, least)| {
                let sum: i32 = terms
                    .iter()
                    .zip(&levels)
                    .map(|(term, level)| term * level)
                    .sum();
                sum >= *least
            })
        };
        (0..all).filter(|number| stays(*number)).count() as u32
    }

    #[test]
    fn the_count_is_that_of_trying_every_vector() {
        let mut seed = 7_u32;
        let mut random = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((seed >> 16) % below) as i32
        };
        for _ in 0..200 {
            let neighbours: Vec<Vec<i32>> = (0..5)
                .map(|_| match random(3) {
                    0 => vec![0, 1],
                    1 => vec![1, 2, 4],
                    _ => vec![4, 8],
                })
                .collect();
            let rivals: Vec<(Vec<i32>, i32)> = (0..=random(3))
                .map(|_| ((0..5).map(|_| random(5) - 2).collect(), random(2)))
                .collect();
            let expected = by_trying(&rivals, &neighbours);
            let rivals = rivals
                .into_iter()
                .map(|(terms, least)| Rival { terms, least })
                .collect();
            assert_eq!(Field::new(rivals, neighbours).total(), expected);
        }
    }
}
