//! All decisions in process order, and the whole advice.

use super::certainty::certainty;
use super::facts::{FactTable, Reading};
use super::hazards::HazardState;
use super::overturn::overturn;
use super::pull_in::order_many;
use super::rank::{Context, OptionAdvice, Reason, ReasonKind, Tier, Verdict};
use super::{
    Advice, Certainty, DecisionAdvice, DecisionState, Practice, Priority, Revision, Situation,
    conflicts, questions, revise, unchosen, verdict,
};
use crate::expression::Truth;
use crate::knowledge::{DecisionId, KnowledgeBase, PatternId, Pick, Reversal};
/// The weight of an axis of which nothing is said and nothing follows: normal.
pub(super) const NORMAL: u8 = 2;

/// What stays the same over all passes.
#[derive(Clone)]
pub(super) struct Frame<'a> {
    pub(super) base: &'a KnowledgeBase,
    pub(super) situation: &'a Situation,
    pub(super) facts: &'a FactTable,
    pub(super) weights: Vec<i32>,
    pub(super) floors: Vec<Option<i8>>,
    pub(super) offered_in: Vec<Vec<DecisionId>>,
    /// The patterns that need others.
    pub(super) needy: Vec<PatternId>,
}

/// An option that a later finding speaks against.
#[derive(Debug, Clone)]
pub(super) struct Closed {
    pub(super) decision: DecisionId,
    pub(super) pattern: PatternId,
    pub(super) because_of: DecisionId,
    pub(super) reason: Reason,
}

/// One pass over all decisions.
pub(super) struct Pass<'a> {
    pub(super) context: Context<'a>,
    pub(super) decisions: Vec<DecisionAdvice>,
    pub(super) practices: Vec<Practice>,
    pub(super) hazards: Vec<HazardState>,
}

/// Advises on a situation.
pub fn advise(base: &KnowledgeBase, situation: &Situation) -> Advice {
    let facts = FactTable::new(base, situation);
    let priorities = priorities(base, &facts, situation);
    let frame = Frame::new(base, situation, &facts, &priorities);
    let (mut closed, mut pass) = frame.advised();
    unchosen::rank_as_open(&frame, &mut closed, &mut pass);
    overturn(&frame, &pass.context, &priorities, &mut pass.decisions);
    for advice in &mut pass.decisions {
        certainty(&frame, advice);
    }
    revise::recommend_only_what_arises(base, &mut pass);
    let verdicts = verdict::verdicts(&pass.context, &pass.hazards);
    let mistakes = mistakes(&pass.context);
    let conflicts = conflicts::conflicts(&conflicts::Scene {
        context: &pass.context,
        situation,
        priorities: &priorities,
        decisions: &pass.decisions,
        hazards: &pass.hazards,
        verdicts: &verdicts,
    });
    let questions = questions::questions(&pass.context, &pass.decisions);
    for advice in &mut pass.decisions {
        questions::most_valuable_first(&questions, advice);
    }
    let taken = pass.context.all_taken();
    let revisions = closed
        .into_iter()
        .map(|closed| Revision {
            decision: closed.decision,
            from: closed.pattern,
            because_of: closed.because_of,
            because: closed.reason.because,
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

/// Judges a practice that the advisor did not take by itself, beside all that the design takes, and says what calls for
/// it or why nothing does: one that is not taken, or that the user adopted.
///
/// `advice` is what [`advise`] said of the same situation.
pub fn unadvised_practice(
    base: &KnowledgeBase,
    situation: &Situation,
    advice: &Advice,
    practice: PatternId,
) -> OptionAdvice {
    let frame = Frame::new(base, situation, &advice.facts, &advice.priorities);
    let mut context = frame.context();
    for pattern in &advice.taken {
        context.take(*pattern);
    }
    let mut judged = context.judge(None, practice);
    // What is ruled out says so itself; nothing more is to be said of what could call for it.
    if base.pattern(practice).applies.is_none() && judged.tier < Tier::Impossible {
        let because = "nothing calls for it by itself; it is there for whoever adopts it";
        let reason = Reason::new(ReasonKind::DoesNotApply, because.to_owned());
        judged.reasons.push(reason);
    } else if frame.applies(&context, &mut judged)
        && let Some(missing) = frame.unreachable(&context, practice)
    {
        judged
            .reasons
            .retain(|reason| reason.kind != ReasonKind::Applies);
        judged
            .reasons
            .push(context.lacks(missing, "is not recommended here"));
    }
    judged
}

/// Returns the priority of each axis: as given, or else the highest that a rule derives from the stated facts.
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
        needy: &[],
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

impl<'a> Frame<'a> {
    pub(super) fn new(
        base: &'a KnowledgeBase,
        situation: &'a Situation,
        facts: &'a FactTable,
        priorities: &[Priority],
    ) -> Self {
        let mut offered_in = vec![Vec::new(); base.patterns.len()];
        for id in base.decision_ids() {
            for option in &base.decision(id).options {
                offered_in[option.index()].push(id);
            }
        }
        Self {
            base,
            situation,
            facts,
            weights: (priorities.iter())
                .map(|priority| i32::from(priority.level))
                .collect(),
            floors: base
                .axis_ids()
                .map(|axis| situation.floors.get(&axis).copied())
                .collect(),
            offered_in,
            needy: (base.pattern_ids())
                .filter(|id| !base.pattern(*id).requires.is_empty())
                .collect(),
        }
    }

    /// Where nothing is taken yet, and what the user chose is known as chosen.
    fn context(&self) -> Context<'_> {
        let base = self.base;
        let mut by_user = vec![false; base.patterns.len()];
        for pattern in self.situation.choices.values().flatten() {
            by_user[pattern.index()] = true;
        }
        Context {
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
            needy: &self.needy,
        }
    }
}

impl Frame<'_> {
    /// Takes every decision and revises what was settled; also says what was closed for it.
    pub(super) fn advised(&self) -> (Vec<Closed>, Pass<'_>) {
        let mut closed = Vec::new();
        let mut pass = self.settle(&mut closed);
        revise::revise(self, &mut closed, &mut pass);
        (closed, pass)
    }

    /// Takes every decision, looks ahead, and takes what the choices pull in.
    pub(super) fn settle(&self, closed: &mut Vec<Closed>) -> Pass<'_> {
        let mut pass = self.decide(closed);
        revise::look_ahead(self, closed, &mut pass);
        self.pull_in(&mut pass);
        pass
    }

    /// Takes every decision in process order.
    pub(super) fn decide(&self, closed: &[Closed]) -> Pass<'_> {
        let base = self.base;
        let mut context = self.context();
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
            arises: asked,
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
                    && best.can_be_taken()
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
    pub(super) fn applies(&self, context: &Context<'_>, judged: &mut OptionAdvice) -> bool {
        let pattern = self.base.pattern(judged.pattern);
        let truth = pattern.applies.as_deref().map_or(Truth::True, |applies| {
            context.truth(&applies.expression, Reading::Assume)
        });
        let note = |kind: ReasonKind, because: String| match &pattern.applies {
            Some(applies) => context.reason_from(kind, &because, applies),
            None => Reason::new(kind, because),
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
