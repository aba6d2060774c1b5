//! How sure a recommendation is.

use super::process::Frame;
use super::rank::OptionAdvice;
use super::{Certainty, DecisionAdvice, DecisionState, confidence};
use crate::knowledge::Pick;

/// Labels how sure a recommendation is, once it is known which answers would overturn it.
pub(super) fn certainty(frame: &Frame<'_>, advice: &mut DecisionAdvice) {
    if advice.state == DecisionState::NotApplicable {
        return;
    }
    if frame.base.decision(advice.id).pick == Pick::Many {
        // Each option is a recommendation of its own; the decision as a whole is as open as any of them.
        let all = advice.options.iter().flat_map(|option| &option.hinges_on);
        advice.hinges_on = all.copied().collect();
        advice.hinges_on.sort_unstable();
        advice.hinges_on.dedup();
        advice.certainty = if advice.hinges_on.is_empty() {
            Certainty::Firm
        } else {
            Certainty::Open
        };
        return;
    }
    advice.share = confidence::share(frame.base, &advice.options, &frame.weights);
    let Some(best) = advice.options.first() else {
        return;
    };
    let (stays, all) = advice.share;
    let tied = |rival: &OptionAdvice| rival.tier == best.tier && rival.score == best.score;
    advice.certainty = if !advice.hinges_on.is_empty() {
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
