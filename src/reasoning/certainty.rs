//! How sure a recommendation is.

use super::facts::Reading;
use super::process::Frame;
use super::rank::{Context, OptionAdvice, ReasonKind};
use super::{Certainty, DecisionAdvice, DecisionState, confidence};
use crate::expression::Truth;
use crate::knowledge::{FactId, Pick};

/// Labels how sure a recommendation is, and names the inputs that could overturn it.
pub(super) fn certainty(frame: &Frame<'_>, context: &Context<'_>, advice: &mut DecisionAdvice) {
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
        for reason in &best.reasons {
            // What calls for it may do so only as far as is assumed.
            let on_assumption = || {
                let driver = frame.base.pattern(best.pattern).driver.as_ref();
                driver.is_some_and(|driver| {
                    !context
                        .truth(&driver.when.expression, Reading::Stated)
                        .is_true()
                })
            };
            if reason.kind == ReasonKind::AtRisk
                || reason.kind == ReasonKind::Driver && on_assumption()
            {
                hinges.extend(&reason.rests_on);
            }
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
        let tied = |rival: &OptionAdvice| rival.tier == best.tier && rival.score == best.score;
        advice.certainty = if !hinges.is_empty() {
            Certainty::Open
        } else if advice.options.iter().skip(1).any(tied) {
            Certainty::CloseCall
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
