//! Revising earlier recommendations for the sake of the whole: what the facts call for later, prerequisites, hazards.

use super::facts::Reading;
use super::hazards::SEVERE;
use super::process::{Closed, Frame, Pass};
use super::rank::{OptionAdvice, Reason, ReasonKind, Tier, Verdict};
use super::{DecisionAdvice, DecisionState};
use crate::knowledge::{Decision, DecisionId, HazardId, KnowledgeBase, PatternId, Pick};

/// Look-ahead gives up after this many revisions; each is one option closed, so real designs need far fewer.
const MOST_REVISIONS: usize = 12;

/// How many earlier decisions may be revised together to meet one need.
const MOST_DECISIONS_REVISED: usize = 2;

/// Revises what was settled: takes back what nothing came of, keeps promises, avoids hazards.
pub(super) fn revise<'a>(frame: &'a Frame<'a>, closed: &mut Vec<Closed>, pass: &mut Pass<'a>) {
    take_back(frame, closed, pass);
    keep_promises(frame, closed, pass);
    // What was revised to keep a promise may have come to nothing.
    take_back(frame, closed, pass);
    avoid_hazards(frame, closed, pass);
    explain(frame, closed, pass);
}

/// Revises recommendations whose own prerequisites nothing meets, as long as another option fits and that helps.
fn keep_promises<'a>(frame: &'a Frame<'a>, closed: &mut Vec<Closed>, pass: &mut Pass<'a>) {
    let mut given_up: Vec<PatternId> = Vec::new();
    for _ in 0..MOST_REVISIONS {
        let broken = broken_promises(frame, pass);
        let Some((decision, pattern, group)) = broken
            .iter()
            .find(|(_, pattern, _)| !given_up.contains(pattern))
        else {
            return;
        };
        let (mut all, mut current, mut missing) = (closed.clone(), *pattern, group.clone());
        let mut solved = None;
        for _ in 1..frame.base.decision(*decision).options.len() {
            let because = format!(
                "needs {}, {}",
                pass.context.names(&missing),
                why_missing(frame, pass, &missing)
            );
            let mut reason = Reason::new(ReasonKind::Requires, because);
            reason.patterns.clone_from(&missing);
            all.push(Closed {
                decision: *decision,
                pattern: current,
                because_of: *decision,
                reason,
            });
            let next = frame.settle(&mut all);
            let still = broken_promises(frame, &next);
            let best = next.decisions[decision.index()].options.first();
            if best.is_none_or(|best| best.tier > Tier::Discouraged) {
                break;
            }
            match still.iter().find(|(other, ..)| other == decision) {
                Some((_, pattern, group)) => (current, missing) = (*pattern, group.clone()),
                None if still.len() < broken.len() => {
                    solved = Some(next);
                    break;
                }
                None => break,
            }
        }
        match solved {
            Some(next) => (*closed, *pass) = (all, next),
            None => given_up.push(*pattern),
        }
    }
}

/// Why none of a group of patterns is there: what speaks against the best of those that a decision offers and turns
/// down, or that nothing brings them in.
fn why_missing(frame: &Frame<'_>, pass: &Pass<'_>, group: &[PatternId]) -> String {
    let turned_down = pass.decisions.iter().find_map(|advice| {
        let mut options = advice.options.iter();
        let best = options.find(|option| group.contains(&option.pattern))?;
        let against = best.reasons.iter().find(|reason| {
            matches!(
                reason.kind,
                ReasonKind::Limit | ReasonKind::Requires | ReasonKind::Excludes
            )
        })?;
        let name = &frame.base.pattern(best.pattern).name;
        Some(format!(
            "and nothing here provides it ({name}: {})",
            against.because
        ))
    });
    turned_down.unwrap_or_else(|| "which nothing here provides".to_owned())
}

/// Recommended options of open pick-one decisions with a prerequisite that is not met.
fn broken_promises(
    frame: &Frame<'_>,
    pass: &Pass<'_>,
) -> Vec<(DecisionId, PatternId, Vec<PatternId>)> {
    let mut found = Vec::new();
    for advice in singles(frame, pass, DecisionState::Open) {
        for option in &advice.recommended {
            let groups = &frame.base.pattern(*option).requires;
            let there = |member: &PatternId| {
                pass.context.is_taken(*member) || pass.context.could_be_added(*member)
            };
            let unmet = groups.iter().find(|group| !group.iter().any(there));
            found.extend(unmet.map(|group| (advice.id, *option, group.clone())));
        }
    }
    found
}

/// The decisions of this state that take one option.
fn singles<'p>(
    frame: &'p Frame<'_>,
    pass: &'p Pass<'_>,
    state: DecisionState,
) -> impl Iterator<Item = &'p DecisionAdvice> {
    (pass.decisions.iter()).filter(move |advice| {
        advice.state == state && frame.base.decision(advice.id).pick == Pick::One
    })
}

/// The decisions that the user took as their scores say, and that might have been revised had they been left open:
/// for what they close elsewhere, what they need, or a severe hazard.
pub(super) fn would_revise(frame: &Frame<'_>, pass: &Pass<'_>) -> Vec<DecisionId> {
    let culprits = needs(frame, pass, DecisionState::Chosen)
        .into_iter()
        .flat_map(|need| need.culprits);
    let mut found: Vec<DecisionId> = culprits.collect();
    let hazards = left_open(frame, pass);
    for advice in singles(frame, pass, DecisionState::Chosen) {
        let is_bad = |pattern: &PatternId| {
            let pattern = frame.base.pattern(*pattern);
            let lacks = |group: &Vec<PatternId>| !group.iter().any(|id| pass.context.is_taken(*id));
            pattern.requires.iter().any(lacks)
        };
        let mut hazards = hazards.iter();
        let avoids = |(hazard, weight): &(HazardId, i32)| {
            rivals(frame, pass, advice, *hazard, *weight)
                .next()
                .is_some()
        };
        if advice.chosen.iter().any(is_bad) || hazards.any(avoids) {
            found.push(advice.id);
        }
    }
    found
}

/// A later decision that the facts call for and that earlier recommendations close. A decision has one at most.
struct Need {
    decision: DecisionId,
    /// Whether no option of it is left.
    blocked: bool,
    culprits: Vec<DecisionId>,
}

/// How much the needs weigh together: a decision without an option left more than any number with a lesser one.
fn weight(needs: &[Need]) -> (usize, usize) {
    let blocked = needs.iter().filter(|need| need.blocked).count();
    (blocked, needs.len())
}

/// Revises earlier recommendations that would close what the facts call for, as long as that helps (amendment A4).
pub(super) fn look_ahead<'a>(frame: &'a Frame<'a>, closed: &mut Vec<Closed>, pass: &mut Pass<'a>) {
    let mut given_up: Vec<DecisionId> = Vec::new();
    for _ in 0..MOST_REVISIONS {
        let needs = needs(frame, pass, DecisionState::Open);
        let Some(need) = needs.iter().find(|need| !given_up.contains(&need.decision)) else {
            return;
        };
        // As few decisions as will do: one that closes nothing by itself is not revised along with another.
        let before = weight(&needs);
        let room = (1..=MOST_DECISIONS_REVISED)
            .find_map(|depth| make_room(frame, closed, pass, need, before, depth));
        match room {
            Some((all, better)) => (*closed, *pass) = (all, better),
            None => given_up.push(need.decision),
        }
    }
}

/// Closes the recommendation of an earlier decision, and the next, until the need is met by options that fit; where
/// that alone does not do, another earlier decision is revised with it.
fn make_room<'a>(
    frame: &'a Frame<'a>,
    closed: &[Closed],
    pass: &Pass<'a>,
    need: &Need,
    before: (usize, usize),
    depth: usize,
) -> Option<(Vec<Closed>, Pass<'a>)> {
    for culprit in need.culprits.iter().copied() {
        let mut all = closed.to_vec();
        let Some(mut current) = pass.decisions[culprit.index()].recommended.first().copied() else {
            continue;
        };
        for _ in 1..frame.base.decision(culprit).options.len() {
            all.push(Closed {
                decision: culprit,
                pattern: current,
                because_of: need.decision,
                // What it makes room for is known when all is settled.
                reason: Reason::new(ReasonKind::LookAhead, String::new()),
            });
            let next = frame.decide(&all);
            let Some(best) = next.decisions[culprit.index()]
                .options
                .first()
                .filter(|best| best.tier == Tier::Fit)
            else {
                break;
            };
            current = best.pattern;
            let left = needs(frame, &next, DecisionState::Open);
            match left.iter().find(|other| other.decision == need.decision) {
                None if weight(&left) < before => return Some((all, next)),
                Some(still) if depth > 1 => {
                    if let Some(found) = make_room(frame, &all, &next, still, before, depth - 1) {
                        return Some(found);
                    }
                }
                _ => {}
            }
        }
    }
    None
}

/// Says of what was closed for the sake of another decision what it would have closed there.
fn explain(frame: &Frame<'_>, closed: &mut [Closed], pass: &mut Pass<'_>) {
    let unsaid =
        |reason: &Reason| reason.kind == ReasonKind::LookAhead && reason.because.is_empty();
    for closed in closed.iter_mut().filter(|closed| unsaid(&closed.reason)) {
        let decision = frame.base.decision(closed.because_of);
        let advice = &pass.decisions[closed.because_of.index()];
        let taken = advice.recommended.first().copied();
        let called_for = taken.filter(|taken| is_called_for(frame, pass, *taken));
        let chosen = advice.chosen.first().copied();
        closed.reason.because = match (called_for, taken) {
            _ if chosen.is_some() => {
                let names = pass.context.names(&advice.chosen).replace(" or ", ", ");
                format!(
                    "it would leave {names}, which you chose, without a question ({})",
                    decision.question
                )
            }
            (Some(pattern), _) => format!(
                "it would close {}, which your answers call for ({})",
                frame.base.pattern(pattern).name,
                decision.question
            ),
            (None, Some(_)) if decision.called_for.is_none() => {
                format!("it would leave nothing that fits for “{}”", decision.name)
            }
            _ => format!(
                "it would close {}, which your answers call for ({})",
                decision.name, decision.question
            ),
        };
        let options = pass.decisions[closed.decision.index()].options.iter_mut();
        for option in options.filter(|option| option.pattern == closed.pattern) {
            for reason in option.reasons.iter_mut().filter(|reason| unsaid(reason)) {
                reason.because.clone_from(&closed.reason.because);
            }
        }
    }
}

/// Whether stated facts call for a pattern.
fn is_called_for(frame: &Frame<'_>, pass: &Pass<'_>, pattern: PatternId) -> bool {
    let driver = frame.base.pattern(pattern).driver.as_ref();
    driver.is_some_and(|driver| {
        let truth = pass.context.truth(&driver.when.expression, Reading::Stated);
        truth.is_true()
    })
}

/// Takes back revisions without which the decision that they were made for goes as it does with them.
fn take_back<'a>(frame: &'a Frame<'a>, closed: &mut Vec<Closed>, pass: &mut Pass<'a>) {
    let mut beneficiaries: Vec<DecisionId> = (closed.iter())
        .filter(|closed| closed.reason.kind == ReasonKind::LookAhead)
        .map(|closed| closed.because_of)
        .collect();
    beneficiaries.sort_unstable();
    beneficiaries.dedup();
    for beneficiary in beneficiaries {
        let elsewhere = |mut needs: Vec<Need>| {
            needs.retain(|need| need.decision != beneficiary);
            weight(&needs)
        };
        let mut rest = closed.clone();
        rest.retain(|closed| {
            closed.because_of != beneficiary || closed.reason.kind != ReasonKind::LookAhead
        });
        let mut without = frame.decide(&rest);
        frame.pull_in(&mut without);
        let (ours, theirs) = (
            &pass.decisions[beneficiary.index()],
            &without.decisions[beneficiary.index()],
        );
        let decision = frame.base.decision(beneficiary);
        if ours.recommended == theirs.recommended
            && ours.state == theirs.state
            && is_moot(pass, decision, ours) == is_moot(&without, decision, theirs)
            && elsewhere(needs(frame, &without, DecisionState::Open))
                <= elsewhere(needs(frame, pass, DecisionState::Open))
            && broken_promises(frame, &without).len() <= broken_promises(frame, pass).len()
        {
            (*closed, *pass) = (rest, without);
        }
    }
}

/// What the facts call for and decisions of this state close.
fn needs(frame: &Frame<'_>, pass: &Pass<'_>, closing: DecisionState) -> Vec<Need> {
    let mut found = Vec::new();
    // The decisions of that state that offer these patterns; for one that is not asked, those that would make it asked.
    let offering = |patterns: &mut dyn Iterator<Item = PatternId>| -> Vec<DecisionId> {
        let mut decisions: Vec<DecisionId> = Vec::new();
        // What is ruled out anyhow is not worth opening a decision for.
        let mut todo: Vec<DecisionId> = patterns
            .filter(|pattern| pass.context.limits(*pattern).0.is_empty())
            .flat_map(|pattern| frame.offered_in[pattern.index()].clone())
            .collect();
        while let Some(id) = todo.pop() {
            let decision = frame.base.decision(id);
            match pass.decisions[id.index()].state {
                state if state == closing && decision.pick == Pick::One => decisions.push(id),
                DecisionState::NotApplicable => {
                    let asked = decision
                        .when
                        .iter()
                        .flat_map(|when| when.expression.patterns());
                    todo.extend(
                        asked
                            .flat_map(|pattern| frame.offered_in[pattern.index()].clone())
                            .filter(|earlier| *earlier < id),
                    );
                }
                _ => {}
            }
        }
        decisions.sort_unstable();
        decisions.dedup();
        decisions
    };
    for advice in &pass.decisions {
        let decision = frame.base.decision(advice.id);
        let is_moot = is_moot(pass, decision, advice);
        if is_moot || advice.state == DecisionState::NotApplicable {
            let called_for = decision.called_for.as_ref();
            let wanted = called_for.is_some_and(|wanted| {
                pass.context
                    .truth(&wanted.expression, Reading::Stated)
                    .is_true()
            });
            // Where every option is ruled out, opening the decision would help nobody.
            let possible = || {
                (decision.options.iter()).any(|option| pass.context.limits(*option).0.is_empty())
            };
            let when = decision.when.as_ref();
            let when = when.filter(|_| is_moot || wanted && possible());
            let culprits = when.map(|when| offering(&mut when.expression.patterns()));
            if let Some(culprits) = culprits.filter(|culprits| !culprits.is_empty()) {
                found.push(Need {
                    decision: advice.id,
                    blocked: false,
                    culprits,
                });
            }
            continue;
        }
        if advice.state != DecisionState::Open || decision.pick != Pick::One {
            continue;
        }
        let driven = |option: &OptionAdvice| is_called_for(frame, pass, option.pattern);
        let Some(best) = advice.options.first() else {
            continue;
        };
        let nothing_left = best.tier > Tier::Discouraged;
        let fits = best.tier == Tier::Fit;
        if !nothing_left && fits && (driven(best) || !advice.options.iter().any(driven)) {
            continue;
        }
        let mut need: Option<Need> = None;
        for option in &advice.options {
            if option.tier < Tier::Incompatible || !(driven(option) || nothing_left) {
                continue;
            }
            // A limit that names what is taken is as much the doing of an earlier recommendation.
            let by_choice = |reason: &Reason| match reason.kind {
                ReasonKind::Requires | ReasonKind::Excludes => true,
                ReasonKind::Limit => !reason.patterns.is_empty(),
                _ => false,
            };
            let blocked: Vec<&Reason> = (option.reasons.iter())
                .filter(|reason| by_choice(reason))
                .collect();
            let other_faults = option.reasons.iter().any(|reason| match reason.kind {
                ReasonKind::Limit => reason.patterns.is_empty(),
                ReasonKind::LookAhead => true,
                ReasonKind::Norm | ReasonKind::NoDriver => !nothing_left,
                _ => false,
            });
            if blocked.is_empty() || other_faults {
                continue;
            }
            let patterns = blocked.iter().flat_map(|reason| reason.patterns.iter());
            let wanted = with_prerequisites(frame, pass, patterns.copied().collect());
            let culprits = offering(&mut wanted.into_iter());
            if culprits.is_empty() {
                continue;
            }
            let need = need.get_or_insert_with(|| Need {
                decision: advice.id,
                blocked: nothing_left,
                culprits: Vec::new(),
            });
            for culprit in culprits {
                if !need.culprits.contains(&culprit) {
                    need.culprits.push(culprit);
                }
            }
        }
        found.extend(need);
    }
    found
}

/// Takes back what is recommended for questions that do not arise, asked only because the user chose something there.
pub(super) fn recommend_only_what_arises(base: &KnowledgeBase, pass: &mut Pass<'_>) {
    for index in 0..pass.decisions.len() {
        let Some(advice) = pass.decisions.get(index) else {
            continue;
        };
        let arises = advice.state != DecisionState::NotApplicable
            && !is_moot(pass, base.decision(advice.id), advice);
        let Some(advice) = pass.decisions.get_mut(index) else {
            continue;
        };
        advice.arises = arises;
        if arises {
            continue;
        }
        advice.recommended.clear();
        advice.hinges_on.clear();
        advice.share = (1, 1);
        for option in &mut advice.options {
            option.hinges_on.clear();
            if option.verdict == Verdict::Recommended {
                option.verdict = option.tier.verdict();
            }
        }
    }
}

/// Whether the user chose something for a question that what is taken leaves no room for.
fn is_moot(pass: &Pass<'_>, decision: &Decision, advice: &DecisionAdvice) -> bool {
    let when = decision.when.as_ref().map(|when| &when.expression);
    !advice.chosen.is_empty()
        && when.is_some_and(|when| pass.context.truth(when, Reading::Assume).is_false())
}

/// Adds what these patterns need and what nobody took, and what that needs in turn.
fn with_prerequisites(
    frame: &Frame<'_>,
    pass: &Pass<'_>,
    mut patterns: Vec<PatternId>,
) -> Vec<PatternId> {
    let mut at = 0;
    while let Some(pattern) = patterns.get(at).copied() {
        let groups = frame.base.pattern(pattern).requires.iter();
        let unmet = groups.filter(|group| !group.iter().any(|id| pass.context.is_taken(*id)));
        for member in unmet.flatten() {
            if !patterns.contains(member) {
                patterns.push(*member);
            }
        }
        at += 1;
    }
    patterns
}

/// How many options are tried in one decision for the sake of one hazard.
const MOST_TRIALS: usize = 2;

/// Revises recommendations that leave a severe hazard open, where another option that fits as well does not and costs
/// fewer points than the hazard weighs: one step on its axis, that is, the priority of the axis. The effects tell what an
/// option does when it is used well; a severe hazard that nothing closes is one step more.
fn avoid_hazards<'a>(frame: &'a Frame<'a>, closed: &mut Vec<Closed>, pass: &mut Pass<'a>) {
    for _ in 0..MOST_REVISIONS {
        let found = left_open(frame, pass)
            .into_iter()
            .find_map(|(hazard, weight)| without(frame, closed, pass, hazard, weight));
        match found {
            Some((all, better)) => (*closed, *pass) = (all, better),
            None => return,
        }
    }
}

/// The severe hazards that stay open, with what each weighs.
fn left_open(frame: &Frame<'_>, pass: &Pass<'_>) -> Vec<(HazardId, i32)> {
    pass.hazards
        .iter()
        .filter(|state| state.is_open())
        .filter_map(|state| {
            let hazard = frame.base.hazard(state.id);
            let priority = frame.weights.get(hazard.axis.index()).copied()?;
            (hazard.severity >= SEVERE && priority > 0).then_some((state.id, priority))
        })
        .collect()
}

/// The options that fit as well as the best of a decision, cost fewer points than the hazard weighs and may keep it away,
/// each with its place.
fn rivals<'p>(
    frame: &'p Frame<'_>,
    pass: &'p Pass<'_>,
    advice: &'p DecisionAdvice,
    hazard: HazardId,
    weight: i32,
) -> impl Iterator<Item = (usize, &'p OptionAdvice)> {
    let opens =
        move |option: &OptionAdvice| frame.base.pattern(option.pattern).opens.contains(&hazard);
    let closes = move |option: &OptionAdvice| pass.context.closes(option.pattern, hazard);
    let best = advice.options.first().filter(|best| best.tier == Tier::Fit);
    best.into_iter().flat_map(move |best| {
        let rivals = advice.options.iter().enumerate().skip(1);
        rivals.filter(move |(_, rival)| {
            rival.tier == best.tier
                && best.score - rival.score < weight
                && (closes(rival) || opens(best) && !opens(rival))
        })
    })
}

/// Finds a decision whose next options in rank close a hazard, or do not bring it in, and are worth it.
fn without<'a>(
    frame: &'a Frame<'a>,
    closed: &[Closed],
    pass: &Pass<'a>,
    hazard: HazardId,
    weight: i32,
) -> Option<(Vec<Closed>, Pass<'a>)> {
    let base = frame.base;
    let before: i32 = left_open(frame, pass)
        .iter()
        .map(|(_, weight)| weight)
        .sum();
    let promises = broken_promises(frame, pass).len();
    for advice in singles(frame, pass, DecisionState::Open) {
        let Some(best) = advice.options.first() else {
            continue;
        };
        let opens = |option: &OptionAdvice| base.pattern(option.pattern).opens.contains(&hazard);
        for (place, rival) in rivals(frame, pass, advice, hazard, weight).take(MOST_TRIALS) {
            let reason = |option: &OptionAdvice| {
                Reason::new(
                    ReasonKind::LeavesHazard,
                    format!(
                        "{} the hazard “{}” open, which {} does not",
                        if opens(option) {
                            "it brings in and leaves"
                        } else {
                            "it leaves"
                        },
                        base.hazard(hazard).name,
                        base.pattern(rival.pattern).name,
                    ),
                )
            };
            let mut all = closed.to_vec();
            all.extend(advice.options.iter().take(place).map(|option| Closed {
                decision: advice.id,
                pattern: option.pattern,
                because_of: advice.id,
                reason: reason(option),
            }));
            let next = frame.settle(&mut all);
            let after: i32 = left_open(frame, &next)
                .iter()
                .map(|(_, weight)| weight)
                .sum();
            let now = next.decisions[advice.id.index()].options.first();
            let worth = now.is_some_and(|now| {
                now.tier == Tier::Fit && best.score - now.score < before - after
            });
            if worth && broken_promises(frame, &next).len() <= promises {
                return Some((all, next));
            }
        }
    }
    None
}
