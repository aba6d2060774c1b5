//! Which entry of a changed list was which entry before.

use std::collections::BTreeMap;

/// More comparisons than this are not worth the time: the middle of the lists counts as new.
const MOST_COMPARISONS: usize = 1_000_000;

/// Where an entry of the new list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is this entry of the old list, in the same order as the other kept ones.
    Kept(usize),
    /// It is this entry of the old list, which stood elsewhere.
    Moved(usize),
    /// It was not there.
    New,
}

/// Finds for every new identity its entry among the old ones.
///
/// As many entries as possible are kept in place. Between two kept entries, others that are as many
/// as before are taken for the same ones under a new name.
pub(super) fn align(old: &[&str], new: &[&str]) -> Vec<Place> {
    let mut places = vec![Place::New; new.len()];
    let mut free = vec![true; old.len()];
    for (before, after) in common(old, new) {
        set(&mut places, after, Place::Kept(before));
        set(&mut free, before, false);
    }
    let mut elsewhere: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (before, identity) in old.iter().enumerate().rev() {
        if free.get(before) == Some(&true) {
            elsewhere.entry(identity).or_default().push(before);
        }
    }
    for (after, identity) in new.iter().enumerate() {
        if places.get(after) == Some(&Place::New)
            && let Some(before) = elsewhere.get_mut(identity).and_then(Vec::pop)
        {
            set(&mut places, after, Place::Moved(before));
            set(&mut free, before, false);
        }
    }
    rename(&mut places, &mut free);
    places
}

/// Pairs the new entries of each gap between kept entries with the old ones that are left there.
fn rename(places: &mut [Place], free: &mut [bool]) {
    let mut fresh: Vec<usize> = Vec::new();
    let mut next_old = 0;
    for after in 0..=places.len() {
        let end = match places.get(after) {
            Some(Place::New) => {
                fresh.push(after);
                continue;
            }
            Some(Place::Moved(_)) => continue,
            Some(Place::Kept(before)) => *before,
            None => free.len(),
        };
        let left: Vec<usize> = (next_old..end)
            .filter(|before| free.get(*before) == Some(&true))
            .collect();
        if left.len() == fresh.len() {
            for (before, after) in left.into_iter().zip(&fresh) {
                set(places, *after, Place::Kept(before));
                set(free, before, false);
            }
        }
        fresh.clear();
        next_old = end + 1;
    }
}

fn set<T>(list: &mut [T], index: usize, value: T) {
    if let Some(slot) = list.get_mut(index) {
        *slot = value;
    }
}

/// The pairs of a longest common subsequence, in order.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let same = |(before, after): &(&&str, &&str)| before == after;
    let head = old.iter().zip(new).take_while(same).count();
    let (old_rest, new_rest) = (old.get(head..), new.get(head..));
    let (old_rest, new_rest) = (old_rest.unwrap_or_default(), new_rest.unwrap_or_default());
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(same)
        .count();
    let old_middle = old_rest.get(..old_rest.len() - tail).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - tail).unwrap_or_default();

    let mut pairs: Vec<(usize, usize)> = (0..head).map(|index| (index, index)).collect();
    for (before, after) in common_middle(old_middle, new_middle) {
        pairs.push((head + before, head + after));
    }
    pairs.extend((0..tail).map(|index| (old.len() - tail + index, new.len() - tail + index)));
    pairs
}

fn common_middle(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > MOST_COMPARISONS {
        return Vec::new();
    }
    // `longest[i][j]` is the length of the longest common subsequence of `old[i..]` and `new[j..]`.
    let width = new.len() + 1;
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    let at = |longest: &[u32], i: usize, j: usize| longest.get(i * width + j).copied().unwrap_or(0);
    for (i, before) in old.iter().enumerate().rev() {
        for (j, after) in new.iter().enumerate().rev() {
            let length = if before == after {
                at(&longest, i + 1, j + 1) + 1
            } else {
                at(&longest, i + 1, j).max(at(&longest, i, j + 1))
            };
            set(&mut longest, i * width + j, length);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(before), Some(after)) = (old.get(i), new.get(j)) {
        if before == after {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if at(&longest, i + 1, j) >= at(&longest, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::Place::{Kept, Moved, New};
    use super::align;

    #[test]
    fn entries_keep_their_place_as_far_as_possible() {
        assert_eq!(align(&["a", "b"], &["a", "b"]), [Kept(0), Kept(1)]);
        assert_eq!(align(&["a", "b", "c"], &["a", "c"]), [Kept(0), Kept(2)]);
        assert_eq!(
            align(&["a", "b"], &["a", "x", "b"]),
            [Kept(0), New, Kept(1)]
        );
        assert_eq!(
            align(&["a", "b", "c"], &["b", "c", "a"]),
            [Kept(1), Kept(2), Moved(0)]
        );
        assert_eq!(
            align(&["a", "b", "c"], &["a", "x", "c"]),
            [Kept(0), Kept(1), Kept(2)]
        );
        assert_eq!(align(&["a"], &["x", "y"]), [New, New]);
        assert_eq!(align(&["a", "a"], &["a"]), [Kept(0)]);
        assert_eq!(align(&[], &[]), []);
    }

    #[test]
    fn long_lists_take_little_time() {
        let names: Vec<String> = (0..100_000).map(|name| name.to_string()).collect();
        let old: Vec<&str> = names.iter().map(String::as_str).collect();
        let new: Vec<&str> = old.iter().rev().copied().collect();
        assert_eq!(align(&old, &new).first(), Some(&Moved(99_999)));
    }
}
