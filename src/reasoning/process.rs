//! All decisions in process order, look-ahead, and what choices pull in.

use super::confidence;
use super::facts::{FactTable, Reading};
use super::hazards::{HazardState, hazards};
use super::rank::{Context, OptionAdvice, Reason, ReasonKind, Tier, Verdict};
use super::{
    Advice, Certainty, DecisionAdvice, DecisionState, Practice, Priority, Revision, Situation,
    conflicts, questions, verdict,
};
use crate::expression::Truth;
use crate::knowledge::{DecisionId, FactId, KnowledgeBase, PatternId, Pick, Reversal};

/// The weight of an axis of which nothing is said and nothing follows: normal.
const NORMAL: u8 = 2;

/// Look-ahead gives up after this many revisions; each is one option closed, so real designs need far fewer.
const MOST_REVISIONS: usize = 12;

/// How many earlier decisions may be revised together to meet one need.
const MOST_DECISIONS_REVISED: usize = 2;

/// What stays the same over all passes.
struct Frame<'a> {
    base: &'a KnowledgeBase,
    situation: &'a Situation,
    facts: &'a FactTable,
    weights: Vec<i32>,
    floors: Vec<Option<i8>>,
    offered_in: Vec<Vec<DecisionId>>,
}

/// An option closed by look-ahead.
#[derive(Debug, Clone)]
struct Closed {
    decision: DecisionId,
    pattern: PatternId,
    because_of: DecisionId,
    reason: Reason,
}

/// One pass over all decisions.
struct Pass<'a> {
    context: Context<'a>,
    decisions: Vec<DecisionAdvice>,
    practices: Vec<Practice>,
    hazards: Vec<HazardState>,
}

/// Advises on a situation.
pub fn advise(base: &KnowledgeBase, situation: &Situation) -> Advice {
    let facts = FactTable::new(base, situation);
    let priorities = priorities(base, &facts, situation);
    let mut offered_in = vec![Vec::new(); base.patterns.len()];
    for id in base.decision_ids() {
        for option in &base.decision(id).options {
            offered_in[option.index()].push(id);
        }
    }
    let frame = Frame {
        base,
        situation,
        facts: &facts,
        weights: priorities
            .iter()
            .map(|priority| i32::from(priority.level))
            .collect(),
        floors: base
            .axis_ids()
            .map(|axis| situation.floors.get(&axis).copied())
            .collect(),
        offered_in,
    };
    let mut closed = Vec::new();
    let mut pass = frame.settle(&mut closed);
    keep_promises(&frame, &mut closed, &mut pass);
    for advice in &mut pass.decisions {
        certainty(&frame, &pass.context, advice);
    }
    let verdicts = verdict::verdicts(&pass.context, &pass.hazards);
    let mistakes = mistakes(&pass.context);
    let conflicts = conflicts::conflicts(&conflicts::Scene {
        context: &pass.context,
        situation,
        priorities: &priorities,
        decisions: &pass.decisions,
        hazards: &pass.hazards,
    });
    let questions = questions::questions(&pass.context, &pass.decisions);
    let taken = pass.context.all_taken();
    let revisions = closed
        .iter()
        .map(|closed| Revision {
            decision: closed.decision,
            from: closed.pattern,
            because_of: closed.because_of,
        })
        .collect();
    let Pass {
        decisions,
        practices,
        hazards,
        ..
    } = pass;
    Advice {
        facts,
        priorities,
        decisions,
        practices,
        taken,
        hazards,
        conflicts,
        verdicts,
        questions,
        revisions,
        mistakes,
    }
}

/// Returns the context in which every decision of an advice was taken, after everything was taken.
fn priorities(base: &KnowledgeBase, facts: &FactTable, situation: &Situation) -> Vec<Priority> {
    let no_choices = vec![false; base.patterns.len()];
    let context = Context {
        base,
        facts,
        priorities: &[],
        floors: &[],
        taken: no_choices.clone(),
        by_user: no_choices,
        decided_by_user: Vec::new(),
        offered_in: &[],
    };
    base.axis_ids()
        .map(|axis| {
            let mut implied: Option<(u8, usize)> = None;
            for (index, rule) in base
                .implied
                .iter()
                .enumerate()
                .filter(|(_, rule)| rule.axis == axis)
            {
                let holds = context
                    .truth(&rule.when.expression, Reading::Stated)
                    .is_true();
                if holds && implied.is_none_or(|(level, _)| rule.level > level) {
                    implied = Some((rule.level, index));
                }
            }
            let given = situation.priorities.get(&axis).copied();
            let assumed = NORMAL.max(implied.map_or(0, |(level, _)| level));
            Priority {
                level: given.unwrap_or(assumed),
                given: given.is_some(),
                implied,
            }
        })
        .collect()
}

impl Frame<'_> {
    /// Takes every decision, looks ahead, and takes what the choices pull in.
    fn settle(&self, closed: &mut Vec<Closed>) -> Pass<'_> {
        let mut pass = self.decide(closed);
        look_ahead(self, closed, &mut pass);
        self.pull_in(&mut pass);
        pass
    }

    /// Takes every decision in process order.
    fn decide(&self, closed: &[Closed]) -> Pass<'_> {
        let base = self.base;
        let mut by_user = vec![false; base.patterns.len()];
        for pattern in self.situation.choices.values().flatten() {
            by_user[pattern.index()] = true;
        }
        let mut context = Context {
            base,
            facts: self.facts,
            priorities: &self.weights,
            floors: &self.floors,
            taken: vec![false; base.patterns.len()],
            by_user,
            decided_by_user: base
                .decision_ids()
                .map(|id| self.situation.choices.contains_key(&id))
                .collect(),
            offered_in: &self.offered_in,
        };
        let mut decisions = Vec::with_capacity(base.decisions.len());
        for id in base.decision_ids() {
            let advice = self.take(id, &mut context, closed);
            decisions.push(advice);
        }
        Pass {
            context,
            decisions,
            practices: Vec::new(),
            hazards: Vec::new(),
        }
    }

    fn take(&self, id: DecisionId, context: &mut Context<'_>, closed: &[Closed]) -> DecisionAdvice {
        let decision = self.base.decision(id);
        let chosen = self.situation.choices.get(&id);
        let asked = decision
            .when
            .as_ref()
            .is_none_or(|when| context.truth(&when.expression, Reading::Assume).is_true());
        let mut advice = DecisionAdvice {
            id,
            state: DecisionState::NotApplicable,
            chosen: chosen.cloned().unwrap_or_default(),
            recommended: Vec::new(),
            options: Vec::new(),
            certainty: Certainty::Firm,
            share: (1, 1),
            hinges_on: Vec::new(),
        };
        if !asked && chosen.is_none() {
            return advice;
        }
        advice.state = if chosen.is_some() {
            DecisionState::Chosen
        } else {
            DecisionState::Open
        };
        match decision.pick {
            Pick::One => {
                let closed: Vec<(PatternId, Reason)> = (closed.iter())
                    .filter(|closed| closed.decision == id)
                    .map(|closed| (closed.pattern, closed.reason.clone()))
                    .collect();
                advice.options = context.rank(id, &closed);
                if let Some(best) = advice.options.first_mut()
                    && best.tier != Tier::Impossible
                {
                    best.verdict = Verdict::Recommended;
                    advice.recommended.push(best.pattern);
                }
            }
            Pick::Many => self.take_many(id, context, &mut advice, chosen),
        }
        for pattern in advice.taken().to_vec() {
            context.take(pattern);
        }
        advice
    }

    /// Compares each option of a pick-many decision with doing nothing.
    fn take_many(
        &self,
        id: DecisionId,
        context: &mut Context<'_>,
        advice: &mut DecisionAdvice,
        chosen: Option<&Vec<PatternId>>,
    ) {
        for pattern in chosen.into_iter().flatten() {
            context.take(*pattern);
        }
        for option in &self.base.decision(id).options {
            let mut judged = context.judge(Some(id), *option);
            if self.applies(context, &mut judged) {
                judged.verdict = Verdict::Recommended;
                advice.recommended.push(*option);
                if chosen.is_none() {
                    context.take(*option);
                }
            }
            advice.options.push(judged);
        }
        order_many(self.base, advice);
    }

    /// Decides whether a practice is worth taking, and notes why or why not.
    fn applies(&self, context: &Context<'_>, judged: &mut OptionAdvice) -> bool {
        let pattern = self.base.pattern(judged.pattern);
        let truth = pattern.applies.as_ref().map_or(Truth::True, |applies| {
            context.truth(&applies.expression, Reading::Assume)
        });
        let note = |kind: ReasonKind, because: String| {
            let mut reason = Reason::new(kind, because);
            if let Some(applies) = &pattern.applies {
                reason.condition = Some(applies.text.to_string());
                reason.rests_on = self.facts.rests_on(&applies.expression);
            }
            reason
        };
        if judged.tier > Tier::Discouraged {
            return false;
        }
        match truth {
            Truth::True if judged.score >= 0 => {
                judged
                    .reasons
                    .push(note(ReasonKind::Applies, "it applies here".to_owned()));
                true
            }
            Truth::True => {
                judged.reasons.push(note(
                    ReasonKind::Outweighed,
                    format!(
                        "it applies, but costs more than it brings at these priorities ({:+})",
                        judged.score
                    ),
                ));
                false
            }
            Truth::Unknown => {
                judged.reasons.push(note(
                    ReasonKind::MayApply,
                    "it depends on what is not known yet".to_owned(),
                ));
                false
            }
            Truth::False => {
                judged.reasons.push(note(
                    ReasonKind::DoesNotApply,
                    "nothing here calls for it".to_owned(),
                ));
                false
            }
        }
    }

    /// Takes the practices that apply, what is required, and what closes severe hazards, until nothing changes.
    fn pull_in(&self, pass: &mut Pass<'_>) {
        let base = self.base;
        self.withdraw(pass);
        for pattern in &self.situation.practices {
            pass.context.take(*pattern);
            pass.context.by_user[pattern.index()] = true;
            let advice = pass.context.judge(None, *pattern);
            pass.practices.push(Practice {
                advice,
                adopted: true,
            });
        }
        let free: Vec<PatternId> = base
            .pattern_ids()
            .filter(|id| {
                self.offered_in[id.index()].is_empty() && base.pattern(*id).applies.is_some()
            })
            .collect();
        loop {
            let before = pass.context.all_taken().len();
            for pattern in &free {
                if pass.context.is_taken(*pattern) {
                    continue;
                }
                let mut judged = pass.context.judge(None, *pattern);
                if self.unreachable(&pass.context, *pattern).is_none()
                    && self.applies(&pass.context, &mut judged)
                {
                    judged.verdict = Verdict::Recommended;
                    pass.context.take(*pattern);
                    pass.practices.push(Practice {
                        advice: judged,
                        adopted: false,
                    });
                }
            }
            self.meet_prerequisites(pass);
            self.close_hazards(pass);
            if pass.context.all_taken().len() == before {
                break;
            }
        }
        pass.hazards = hazards(&pass.context);
        pass.practices
            .sort_by_key(|practice| practice.advice.pattern);
        for advice in &mut pass.decisions {
            if base.decision(advice.id).pick == Pick::Many {
                order_many(base, advice);
            }
        }
    }

    fn meet_prerequisites(&self, pass: &mut Pass<'_>) {
        loop {
            let mut missing: Option<(PatternId, PatternId)> = None;
            'search: for taken in pass.context.all_taken() {
                for group in &self.base.pattern(taken).requires {
                    if group.iter().any(|member| pass.context.is_taken(*member)) {
                        continue;
                    }
                    if let Some(member) = group
                        .iter()
                        .copied()
                        .find(|member| self.can_pull_in(&pass.context, *member))
                    {
                        missing = Some((taken, member));
                        break 'search;
                    }
                }
            }
            let Some((by, member)) = missing else { return };
            let mut reason = Reason::new(
                ReasonKind::RequiredBy,
                format!("required by {}", self.base.pattern(by).name),
            );
            reason.patterns.push(by);
            pull(pass, member, reason);
        }
    }

    fn close_hazards(&self, pass: &mut Pass<'_>) {
        for state in hazards(&pass.context) {
            let hazard = self.base.hazard(state.id);
            let weight = self.weights.get(hazard.axis.index()).copied().unwrap_or(0);
            if !state.is_open()
                || weight == 0
                || pass
                    .context
                    .all_taken()
                    .iter()
                    .any(|taken| self.base.pattern(*taken).closes.contains(&state.id))
            {
                continue;
            }
            let best = self
                .base
                .pattern_ids()
                .filter(|id| {
                    self.base.pattern(*id).closes.contains(&state.id)
                        && self.can_pull_in(&pass.context, *id)
                })
                .filter(|id| self.unreachable(&pass.context, *id).is_none())
                .filter(|id| {
                    let applies = self.base.pattern(*id).applies.as_ref();
                    !applies.is_some_and(|applies| {
                        pass.context
                            .truth(&applies.expression, Reading::Assume)
                            .is_false()
                    })
                })
                .map(|id| (id, pass.context.judge(None, id)))
                // A mild hazard is closed only by what pays for itself.
                .filter(|(_, judged)| hazard.severity >= 2 || judged.score >= 0)
                .min_by_key(|(id, judged)| {
                    (
                        judged.tier,
                        -judged.score,
                        self.base.pattern(*id).complexity,
                        *id,
                    )
                });
            if let Some((id, _)) = best {
                let mut reason = Reason::new(
                    ReasonKind::ClosesHazard,
                    format!("closes the hazard “{}”", hazard.name),
                );
                reason.patterns.clone_from(&state.opened_by);
                pull(pass, id, reason);
            }
        }
    }

    /// Whether the advisor may add a pattern on its own: it is no option of a pick-one decision, the user has not taken
    /// the decision it belongs to, and nothing forbids it.
    fn can_pull_in(&self, context: &Context<'_>, id: PatternId) -> bool {
        let pattern = self.base.pattern(id);
        let own_choice = self.offered_in[id.index()].iter().any(|decision| {
            self.base.decision(*decision).pick == Pick::One
                || context.decided_by_user[decision.index()]
        });
        !own_choice
            && !pattern.antipattern
            && !pattern.reference
            && !context.is_taken(id)
            && context.limits(id).0.is_empty()
            && !context.all_taken().iter().any(|taken| {
                pattern.excludes.contains(taken) || self.base.pattern(*taken).excludes.contains(&id)
            })
    }

    /// Returns a prerequisite of a pattern that is not taken and that the advisor may not add on its own.
    fn unreachable(&self, context: &Context<'_>, id: PatternId) -> Option<&Vec<PatternId>> {
        self.base.pattern(id).requires.iter().find(|group| {
            !group
                .iter()
                .any(|member| context.is_taken(*member) || self.can_pull_in(context, *member))
        })
    }

    /// Withdraws recommended options of pick-many decisions whose prerequisites nothing meets.
    fn withdraw(&self, pass: &mut Pass<'_>) {
        loop {
            let lost = pass
                .decisions
                .iter()
                .enumerate()
                .find_map(|(place, advice)| {
                    let many = self.base.decision(advice.id).pick == Pick::Many;
                    let open = many && advice.state == DecisionState::Open;
                    let option = advice
                        .recommended
                        .iter()
                        .copied()
                        .filter(|_| open)
                        .find_map(|option| {
                            Some((option, self.unreachable(&pass.context, option)?))
                        })?;
                    Some((place, option.0, option.1))
                });
            let Some((place, pattern, group)) = lost else {
                return;
            };
            let because = format!("needs {}, which was not chosen", pass.context.names(group));
            let mut reason = Reason::new(ReasonKind::Requires, because);
            reason.patterns.clone_from(group);
            pass.context.taken[pattern.index()] = false;
            let advice = &mut pass.decisions[place];
            advice.recommended.retain(|option| *option != pattern);
            if let Some(option) = advice
                .options
                .iter_mut()
                .find(|option| option.pattern == pattern)
            {
                option.tier = option.tier.max(Tier::Incompatible);
                option.verdict = Verdict::Discouraged;
                option.reasons.push(reason);
            }
        }
    }
}

/// Takes a pattern that something requires or that closes a hazard, and notes the reason.
fn pull(pass: &mut Pass<'_>, id: PatternId, reason: Reason) {
    pass.context.take(id);
    let many = pass
        .decisions
        .iter_mut()
        .find(|advice| advice.options.iter().any(|option| option.pattern == id));
    if let Some(advice) = many {
        if let Some(option) = advice
            .options
            .iter_mut()
            .find(|option| option.pattern == id)
        {
            option.reasons.retain(|reason| {
                !matches!(reason.kind, ReasonKind::DoesNotApply | ReasonKind::MayApply)
            });
            option.verdict = Verdict::Recommended;
            option.reasons.push(reason);
        }
        advice.recommended.push(id);
    } else {
        let mut judged = pass.context.judge(None, id);
        judged.verdict = Verdict::Recommended;
        judged.reasons.push(reason);
        pass.practices.push(Practice {
            advice: judged,
            adopted: false,
        });
    }
}

/// Orders the options of a pick-many decision: recommended first, then by tier, score and catalogue order.
fn order_many(base: &KnowledgeBase, advice: &mut DecisionAdvice) {
    let place = |pattern: PatternId| {
        base.decision(advice.id)
            .options
            .iter()
            .position(|option| *option == pattern)
    };
    advice.options.sort_by_key(|option| {
        (
            option.verdict != Verdict::Recommended,
            option.tier,
            -option.score,
            place(option.pattern),
        )
    });
    for (index, option) in advice.options.iter_mut().enumerate() {
        option.rank = index + 1;
    }
    advice.recommended.sort_by_key(|pattern| place(*pattern));
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
            let names = pass.context.names(&missing);
            let because = format!("needs {names}, which nothing here provides");
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

/// Recommended options of pick-one decisions with a prerequisite that is not met.
fn broken_promises(
    frame: &Frame<'_>,
    pass: &Pass<'_>,
) -> Vec<(DecisionId, PatternId, Vec<PatternId>)> {
    let open = pass.decisions.iter().filter(|advice| {
        advice.state == DecisionState::Open && frame.base.decision(advice.id).pick == Pick::One
    });
    let mut found = Vec::new();
    for advice in open {
        for option in &advice.recommended {
            let groups = &frame.base.pattern(*option).requires;
            let unmet = groups
                .iter()
                .find(|group| !group.iter().any(|member| pass.context.is_taken(*member)));
            found.extend(unmet.map(|group| (advice.id, *option, group.clone())));
        }
    }
    found
}

/// A later decision that the facts call for and that earlier recommendations close.
struct Need {
    decision: DecisionId,
    /// The option called for; none when the decision itself is not asked.
    option: Option<PatternId>,
    culprits: Vec<DecisionId>,
}

/// Revises earlier recommendations that would close what the facts call for, as long as that helps (amendment A4).
fn look_ahead<'a>(frame: &'a Frame<'a>, closed: &mut Vec<Closed>, pass: &mut Pass<'a>) {
    let mut given_up: Vec<(DecisionId, Option<PatternId>)> = Vec::new();
    for _ in 0..MOST_REVISIONS {
        let needs = needs(frame, pass);
        let Some(need) = needs
            .iter()
            .find(|need| !given_up.contains(&(need.decision, need.option)))
        else {
            return;
        };
        match revise(
            frame,
            closed,
            pass,
            need,
            needs.len(),
            MOST_DECISIONS_REVISED,
        ) {
            Some((all, better)) => (*closed, *pass) = (all, better),
            None => given_up.push((need.decision, need.option)),
        }
    }
}

/// Closes the recommendation of an earlier decision, and the next, until the need is met by options that fit; where
/// that alone does not do, another earlier decision is revised with it.
fn revise<'a>(
    frame: &'a Frame<'a>,
    closed: &[Closed],
    pass: &Pass<'a>,
    need: &Need,
    needs_before: usize,
    depth: usize,
) -> Option<(Vec<Closed>, Pass<'a>)> {
    let called_for = frame.base.decision(need.decision);
    let what = need
        .option
        .map_or(&called_for.name, |option| &frame.base.pattern(option).name);
    for culprit in need.culprits.iter().copied() {
        let mut all = closed.to_vec();
        let Some(mut current) = pass.decisions[culprit.index()].recommended.first().copied() else {
            continue;
        };
        for _ in 1..frame.base.decision(culprit).options.len() {
            let reason = Reason::new(
                ReasonKind::LookAhead,
                format!(
                    "it would close {what}, which your answers call for ({})",
                    called_for.question
                ),
            );
            all.push(Closed {
                decision: culprit,
                pattern: current,
                because_of: need.decision,
                reason,
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
            let left = needs(frame, &next);
            match left
                .iter()
                .find(|other| other.decision == need.decision && other.option == need.option)
            {
                None if left.len() < needs_before => return Some((all, next)),
                Some(still) if depth > 1 => {
                    if let Some(found) = revise(frame, &all, &next, still, needs_before, depth - 1)
                    {
                        return Some(found);
                    }
                }
                _ => {}
            }
        }
    }
    None
}

fn needs(frame: &Frame<'_>, pass: &Pass<'_>) -> Vec<Need> {
    let mut found = Vec::new();
    // The open decisions that offer these patterns; for one that is not asked, those that would make it asked.
    let offering = |patterns: &mut dyn Iterator<Item = PatternId>| -> Vec<DecisionId> {
        let mut decisions: Vec<DecisionId> = Vec::new();
        let mut todo: Vec<DecisionId> = patterns
            .flat_map(|pattern| frame.offered_in[pattern.index()].clone())
            .collect();
        while let Some(id) = todo.pop() {
            let decision = frame.base.decision(id);
            match pass.decisions[id.index()].state {
                DecisionState::Open if decision.pick == Pick::One => decisions.push(id),
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
        if advice.state == DecisionState::NotApplicable {
            let called_for = decision.called_for.as_ref();
            let wanted = called_for.is_some_and(|wanted| {
                pass.context
                    .truth(&wanted.expression, Reading::Stated)
                    .is_true()
            });
            if let (true, Some(when)) = (wanted, &decision.when) {
                let culprits = offering(&mut when.expression.patterns());
                if !culprits.is_empty() {
                    found.push(Need {
                        decision: advice.id,
                        option: None,
                        culprits,
                    });
                }
            }
            continue;
        }
        if advice.state != DecisionState::Open || decision.pick != Pick::One {
            continue;
        }
        let driven = |option: &OptionAdvice| {
            frame
                .base
                .pattern(option.pattern)
                .driver
                .as_ref()
                .is_some_and(|driver| {
                    pass.context
                        .truth(&driver.when.expression, Reading::Stated)
                        .is_true()
                })
        };
        let Some(best) = advice.options.first() else {
            continue;
        };
        let nothing_left = best.tier > Tier::Discouraged;
        if !nothing_left
            && (driven(best) || best.tier == Tier::Fit && !advice.options.iter().any(driven))
        {
            continue;
        }
        for option in &advice.options {
            if option.tier != Tier::Incompatible || !(driven(option) || nothing_left) {
                continue;
            }
            let blocked: Vec<&Reason> = (option.reasons.iter())
                .filter(|reason| matches!(reason.kind, ReasonKind::Requires | ReasonKind::Excludes))
                .collect();
            let other_faults = option.reasons.iter().any(|reason| match reason.kind {
                ReasonKind::Limit | ReasonKind::LookAhead => true,
                ReasonKind::Norm | ReasonKind::NoDriver => !nothing_left,
                _ => false,
            });
            if blocked.is_empty() || other_faults {
                continue;
            }
            let culprits = offering(
                &mut blocked
                    .iter()
                    .flat_map(|reason| reason.patterns.iter().copied()),
            );
            if !culprits.is_empty() {
                found.push(Need {
                    decision: advice.id,
                    option: Some(option.pattern),
                    culprits,
                });
                break;
            }
        }
    }
    found
}

/// Labels how sure a recommendation is, and names the inputs that could overturn it.
fn certainty(frame: &Frame<'_>, context: &Context<'_>, advice: &mut DecisionAdvice) {
    if advice.state == DecisionState::NotApplicable {
        return;
    }
    let mut hinges: Vec<FactId> = Vec::new();
    if frame.base.decision(advice.id).pick == Pick::Many {
        for reason in advice.options.iter().flat_map(|option| &option.reasons) {
            if reason.kind == ReasonKind::MayApply {
                hinges.extend(&reason.rests_on);
            }
        }
        advice.certainty = if hinges.is_empty() {
            Certainty::Firm
        } else {
            Certainty::Open
        };
    } else {
        advice.share = confidence::share(frame.base, &advice.options, &frame.weights);
        let Some(best) = advice.options.first() else {
            return;
        };
        for reason in best
            .reasons
            .iter()
            .filter(|reason| reason.kind == ReasonKind::AtRisk)
        {
            hinges.extend(&reason.rests_on);
        }
        for rival in advice
            .options
            .iter()
            .skip(1)
            .filter(|rival| rival.tier == best.tier)
        {
            let least: i32 = (best.contributions.iter().zip(&rival.contributions))
                .map(|(ours, theirs)| {
                    ours.priority * (i32::from(ours.low) - i32::from(theirs.high))
                })
                .sum();
            if least >= 0 {
                continue;
            }
            for option in [best, rival] {
                hinges.extend(unknown_cases(frame, context, option));
            }
        }
        let (stays, all) = advice.share;
        advice.certainty = if !hinges.is_empty() {
            Certainty::Open
        } else if stays * 10 >= all * 9 {
            Certainty::Firm
        } else if stays * 3 >= all * 2 {
            Certainty::Fair
        } else {
            Certainty::CloseCall
        };
    }
    hinges.sort_unstable();
    hinges.dedup();
    advice.hinges_on = hinges;
}

/// Requirements not given on which the cases of an option rest that may or may not hold.
fn unknown_cases(frame: &Frame<'_>, context: &Context<'_>, option: &OptionAdvice) -> Vec<FactId> {
    let mut found = Vec::new();
    for effect in &frame.base.pattern(option.pattern).effects {
        for when in effect.cases.iter().filter_map(|claim| claim.when.as_ref()) {
            if context.truth(&when.expression, Reading::Assume) == Truth::Unknown {
                found.extend(frame.facts.rests_on(&when.expression));
            }
        }
    }
    found
}

fn mistakes(context: &Context<'_>) -> Vec<usize> {
    (context.base.remarks.iter().enumerate())
        .filter(|(_, remark)| {
            remark
                .check
                .as_ref()
                .is_some_and(|check| context.truth(&check.expression, Reading::Stated).is_true())
        })
        .map(|(index, _)| index)
        .collect()
}

/// Returns the weight of what changing a decision later costs.
pub(super) fn reversal_weight(reversal: Reversal) -> u32 {
    match reversal {
        Reversal::Low => 1,
        Reversal::Medium => 2,
        Reversal::High => 4,
    }
}
