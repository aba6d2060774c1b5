//! Relations that contradict themselves: a pattern related to itself, a hazard opened and closed at once, prerequisites in a circle, and prerequisites that
//! exclude each other.

use super::Findings;
use super::logic::Logic;
use crate::knowledge::{KnowledgeBase, PatternId};
use crate::problem::Problem;

/// Selections of prerequisites tried before giving up.
const MOST_TRIES: usize = 10_000;

pub(super) fn check(base: &KnowledgeBase, logic: &Logic, found: &mut Findings<'_>) {
    for id in base.pattern_ids() {
        to_itself(base, id, found);
        opened_and_closed(base, id, found);
        unmet(base, logic, id, found);
    }
    circles(base, found);
}

/// Reports patterns that require each other, so that none of them can come first. A group with a member outside of the
/// circle is a way in.
fn circles(base: &KnowledgeBase, found: &mut Findings<'_>) {
    let mut grounded = vec![false; base.patterns.len()];
    // Each pass grounds what only requires what is grounded, until nothing is added.
    loop {
        let more: Vec<PatternId> = base
            .pattern_ids()
            .filter(|id| !grounded[id.index()])
            .filter(|id| {
                let groups = &base.pattern(*id).requires;
                (groups.iter()).all(|group| {
                    group.is_empty() || group.iter().any(|member| grounded[member.index()])
                })
            })
            .collect();
        if more.is_empty() {
            break;
        }
        for id in more {
            grounded[id.index()] = true;
        }
    }
    // From what is left, each step to a prerequisite that is left too ends in a circle.
    let next = |id: PatternId| {
        let groups = base.pattern(id).requires.iter().enumerate();
        let mut open = groups.filter(|(_, group)| {
            !group.is_empty() && !group.iter().any(|member| grounded[member.index()])
        });
        open.find_map(|(index, group)| Some((index, *group.first()?)))
    };
    let mut seen = vec![false; base.patterns.len()];
    for start in base.pattern_ids().filter(|id| !grounded[id.index()]) {
        let mut path = Vec::new();
        let mut at = start;
        while !seen[at.index()] {
            seen[at.index()] = true;
            let Some((group, to)) = next(at) else { break };
            path.push((at, group));
            at = to;
        }
        let Some(first) = path.iter().position(|(id, _)| *id == at) else {
            continue;
        };
        // `to_itself` tells of those of one.
        let circle = &path[first..];
        let [(id, group), _, ..] = circle else {
            continue;
        };
        let names: Vec<String> = (circle.iter().map(|(id, _)| *id).chain([at]))
            .map(|id| format!("`{}`", base.pattern(id).id))
            .collect();
        let problem = Problem::error(format!(
            "prerequisites go in a circle: {}",
            names.join(" requires ")
        ))
        .help("none of them can come first: take out the requirement that is not always one");
        let entry = format!("pattern/{}", base.pattern(*id).id);
        found.add(&entry, &["requires", &group.to_string()], problem);
    }
}

fn to_itself(base: &KnowledgeBase, id: PatternId, found: &mut Findings<'_>) {
    let pattern = base.pattern(id);
    let entry = format!("pattern/{}", pattern.id);
    let lists: [(&str, &str, &[PatternId]); 5] = [
        ("excludes", "exclusion", &pattern.excludes),
        ("complements", "complement", &pattern.complements),
        ("alternatives", "alternative", &pattern.alternatives),
        ("specialises", "special form", &pattern.specialises),
        ("migrates_to", "successor", &pattern.migrates_to),
    ];
    let own = |kind: &str| {
        Problem::error(format!("`{}` is its own {kind}", pattern.id))
            .help("name another pattern, or take it out")
    };
    for (key, kind, list) in lists {
        if list.contains(&id) {
            found.tell_item(&entry, &[key], &pattern.id, own(kind));
        }
    }
    for (index, group) in pattern.requires.iter().enumerate() {
        if group.contains(&id) {
            found.tell_item(
                &entry,
                &["requires", &index.to_string()],
                &pattern.id,
                own("prerequisite"),
            );
        }
    }
}

fn opened_and_closed(base: &KnowledgeBase, id: PatternId, found: &mut Findings<'_>) {
    let pattern = base.pattern(id);
    for hazard in pattern
        .opens
        .iter()
        .filter(|id| pattern.closes.contains(id))
    {
        let hazard = base.hazard(*hazard).id.as_str();
        let message = format!("`{}` both opens and closes `{hazard}`", pattern.id);
        let problem = Problem::error(message).help("take it out of one of the two");
        found.add_item(
            &format!("pattern/{}", pattern.id),
            &["closes"],
            hazard,
            problem,
        );
    }
}

/// Reports a pattern of which the prerequisites can never be there together with it.
fn unmet(base: &KnowledgeBase, logic: &Logic, id: PatternId, found: &mut Findings<'_>) {
    let pattern = base.pattern(id);
    if pattern.requires.is_empty() {
        return;
    }
    let apart = |left: PatternId, right: PatternId| {
        base.pattern(left).excludes.contains(&right)
            || base.pattern(right).excludes.contains(&left)
            || logic.rivals(left, right)
    };
    let entry = format!("pattern/{}", pattern.id);
    let mut alone = false;
    for (index, group) in pattern.requires.iter().enumerate() {
        if !group.is_empty() && group.iter().all(|member| apart(id, *member)) {
            alone = true;
            let names: Vec<&str> = group
                .iter()
                .map(|member| base.pattern(*member).id.as_str())
                .collect();
            let problem = Problem::error(format!(
                "`{}` requires {}, which can never be chosen beside it",
                pattern.id,
                names.join(" or ")
            ))
            .help("they exclude each other, or are options of one decision that takes one");
            found.add(&entry, &["requires", &index.to_string()], problem);
        }
    }
    let mut tries = MOST_TRIES;
    let mut chosen = vec![id];
    if !alone && !met(&pattern.requires, &mut chosen, &apart, &mut tries) {
        let problem = Problem::error(format!(
            "what `{}` requires can never be chosen together",
            pattern.id
        ))
        .help("of each selection from its groups, two patterns exclude each other");
        found.add(&entry, &["requires"], problem);
    }
}

/// Whether one member of each group can be added to what is chosen.
fn met(
    groups: &[Vec<PatternId>],
    chosen: &mut Vec<PatternId>,
    apart: &impl Fn(PatternId, PatternId) -> bool,
    tries: &mut usize,
) -> bool {
    let Some((group, rest)) = groups.split_first() else {
        return true;
    };
    if group.is_empty() {
        return met(rest, chosen, apart, tries);
    }
    for member in group {
        if *tries == 0 {
            return true;
        }
        *tries -= 1;
        if chosen.iter().any(|other| apart(*other, *member)) {
            continue;
        }
        chosen.push(*member);
        let fits = met(rest, chosen, apart, tries);
        chosen.pop();
        if fits {
            return true;
        }
    }
    false
}
