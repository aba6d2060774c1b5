//! Changes of a design that take more than setting one field.

use crate::design::{Decision, Design, PRACTICES, Status, Waiver};
use crate::knowledge::{DecisionId, KnowledgeBase, PatternId, Pick};
use crate::reasoning::{Advice, Change, DecisionAdvice, DecisionState};

/// How a reason begins that was written for another choice.
const WRITTEN_FOR: &str = "Written for";

/// Sets an answer; an empty text returns the requirement to unknown.
pub(super) fn answer(design: &mut Design, id: &str, text: &str) {
    if text.is_empty() {
        design.requirements.remove(id);
    } else {
        design.requirements.insert(id.to_owned(), text.to_owned());
    }
}

/// Takes an option, or takes the choice of it back. In a decision for many, the first choice takes up all that is
/// recommended, so that choosing one does not silently drop the others; one of them is then in already.
pub(super) fn toggle(
    design: &mut Design,
    base: &KnowledgeBase,
    advice: &Advice,
    id: DecisionId,
    pattern: PatternId,
) {
    let entry = base.decision(id);
    let name = base.pattern(pattern).id.to_string();
    let open = advice.decision(id).state != DecisionState::Chosen;
    let decision = design.decisions.entry(entry.id.to_string()).or_default();
    if entry.pick == Pick::One {
        let same = decision.chosen == [name.clone()];
        if let (false, Some(old)) = (same, decision.chosen.first()) {
            // The reason argues for what was chosen before: it is kept, and says so.
            if !decision.because.is_empty() && !decision.because.starts_with(WRITTEN_FOR) {
                decision.because = format!("{WRITTEN_FOR} {old}: {}", decision.because);
            }
            decision.confidence = None;
        }
        decision.chosen = if same { Vec::new() } else { vec![name] };
    } else {
        if open {
            decision.chosen = advice
                .decision(id)
                .recommended
                .iter()
                .map(|id| base.pattern(*id).id.to_string())
                .collect();
        }
        match decision.chosen.iter().position(|chosen| *chosen == name) {
            Some(_) if open => {}
            Some(index) => {
                decision.chosen.remove(index);
            }
            None => decision.chosen.push(name),
        }
    }
    settle_status(design, &entry.id);
}

/// A decision with a new choice is proposed, also when the old one was superseded; one that says nothing any more
/// leaves the file.
fn settle_status(design: &mut Design, id: &str) {
    let Some(decision) = design.decisions.get_mut(id) else {
        return;
    };
    if decision.chosen.is_empty() {
        decision.status = None;
    } else if matches!(decision.status, None | Some(Status::Superseded)) && id != PRACTICES {
        decision.status = Some(Status::Proposed);
    }
    if *decision == Decision::default() {
        design.decisions.remove(id);
    }
}

/// Takes an option of a decision.
pub(super) fn choose(
    design: &mut Design,
    base: &KnowledgeBase,
    advice: &Advice,
    id: DecisionId,
    pattern: PatternId,
) {
    let chosen = advice.decision(id).state == DecisionState::Chosen
        && advice.decision(id).chosen.contains(&pattern);
    if !chosen {
        toggle(design, base, advice, id, pattern);
    }
}

/// Adds a pattern: to the decision that offers it, or as a practice.
pub(super) fn adopt(
    design: &mut Design,
    base: &KnowledgeBase,
    advice: &Advice,
    pattern: PatternId,
) {
    let arises = |id: &DecisionId| advice.decision(*id).state != DecisionState::NotApplicable;
    let offered = base
        .decisions_of(pattern)
        .find(arises)
        .or_else(|| base.decisions_of(pattern).next());
    match offered {
        Some(id) => choose(design, base, advice, id, pattern),
        None => {
            let name = base.pattern(pattern).id.to_string();
            let practices = design.decisions.entry(PRACTICES.to_owned()).or_default();
            if !practices.chosen.contains(&name) {
                practices.chosen.push(name);
            }
        }
    }
}

/// Withdraws the choice of a pattern wherever it was made.
pub(super) fn withdraw(design: &mut Design, base: &KnowledgeBase, pattern: PatternId) {
    let ids: Vec<String> = design.decisions.keys().cloned().collect();
    for id in ids {
        if let Some(decision) = design.decisions.get_mut(&id) {
            decision
                .chosen
                .retain(|name| base.find_pattern(name) != Some(pattern));
        }
        settle_status(design, &id);
    }
}

/// Leaves a pattern out: withdraws the choice of it, or takes what a decision recommends beside it.
fn leave_out(design: &mut Design, base: &KnowledgeBase, advice: &Advice, pattern: PatternId) {
    let recommends = |entry: &&DecisionAdvice| {
        entry.state == DecisionState::Open && entry.recommended.contains(&pattern)
    };
    let Some(entry) = advice.decisions.iter().find(recommends) else {
        withdraw(design, base, pattern);
        return;
    };
    let id = base.decision(entry.id).id.to_string();
    let rest = entry.recommended.iter().filter(|other| **other != pattern);
    let decision = design.decisions.entry(id.clone()).or_default();
    decision.chosen = rest.map(|id| base.pattern(*id).id.to_string()).collect();
    settle_status(design, &id);
}

/// Returns whether the user chose or adopted a pattern.
pub(super) fn is_chosen(design: &Design, base: &KnowledgeBase, pattern: PatternId) -> bool {
    let mut chosen = design
        .decisions
        .values()
        .flat_map(|decision| &decision.chosen);
    chosen.any(|name| base.find_pattern(name) == Some(pattern))
}

/// Leaves a decision to the advisor again; what was written about it stays.
pub(super) fn reopen(design: &mut Design, base: &KnowledgeBase, id: DecisionId) {
    let id = base.decision(id).id.to_string();
    if let Some(decision) = design.decisions.get_mut(&id) {
        decision.chosen.clear();
    }
    settle_status(design, &id);
}

/// Makes the change that a way out consists of. Revisiting an answer is for the user and changes nothing here.
pub(super) fn apply(design: &mut Design, base: &KnowledgeBase, advice: &Advice, change: &Change) {
    match change {
        Change::Choose(decision, pattern) => choose(design, base, advice, *decision, *pattern),
        Change::Add(pattern) => adopt(design, base, advice, *pattern),
        Change::Drop(pattern) => leave_out(design, base, advice, *pattern),
        Change::Reopen(decision) => reopen(design, base, *decision),
        Change::SetPriority(axis, level) => {
            let named = base.priorities.iter().find(|entry| entry.level == *level);
            let text = named.map_or_else(|| level.to_string(), |entry| entry.name.to_string());
            design
                .priorities
                .insert(base.axis(*axis).id.to_string(), text);
        }
        Change::Revisit(_) => {}
    }
}

/// Accepts a conflict with a reason; an empty reason takes the acceptance back.
pub(super) fn waive(design: &mut Design, conflict: &str, because: &str) {
    let found = design
        .waivers
        .iter()
        .position(|waiver| waiver.conflict == conflict);
    match (found, because.is_empty()) {
        (Some(index), true) => {
            design.waivers.remove(index);
        }
        (Some(index), false) => because.clone_into(&mut design.waivers[index].because),
        (None, true) => {}
        (None, false) => design.waivers.push(Waiver {
            conflict: conflict.to_owned(),
            because: because.to_owned(),
            ..Waiver::default()
        }),
    }
}

/// Takes out the day until which a conflict is accepted.
pub(super) fn waive_for_good(design: &mut Design, conflict: &str) {
    let mut waivers = design.waivers.iter_mut();
    if let Some(waiver) = waivers.find(|waiver| waiver.conflict == conflict) {
        waiver.until.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use crate::design::situation;
    use crate::reasoning::advise;

    #[test]
    fn what_is_left_out_stays_out_and_the_rest_stays_in() {
        let base = builtin::knowledge();
        let mut design = Design::default();
        let advise_on = |design: &Design| advise(&base, &situation(design, &base, None, None).0);
        let before = advise_on(&design);
        let entry = (before.decisions.iter())
            .find(|entry| base.decision(entry.id).pick == Pick::Many && entry.recommended.len() > 1)
            .unwrap();
        let (out, rest) = entry.recommended.split_first().unwrap();
        apply(&mut design, &base, &before, &Change::Drop(*out));
        let after = advise_on(&design);
        assert_eq!(after.decision(entry.id).chosen, rest);
        assert!(!after.taken.contains(out));
    }
}
