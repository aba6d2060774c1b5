//! The closed lists of words, taken from where the words are made.

use crate::cli::arguments::FailOn;
use crate::cli::{check, kb_test};
use crate::knowledge::shape::{Shape, Shaped};
use crate::problem;
use crate::reasoning::case::Wanted;
use crate::reasoning::precedent::Agreement as Agreements;
use crate::reasoning::verdict::AxisLabel;
use crate::reasoning::{
    Certainty, ConflictKind, DecisionState, Origin, ReasonKind, Severity, Verdict,
};
use crate::report::{advice, words};
use clap::ValueEnum as _;
use serde_json::Value as Json;

/// The words of all variants of an enum. One that is left out does not compile.
macro_rules! all {
    ($word:expr, $kind:ident: $($variant:ident),+ $(,)?) => {{
        let _ = |one: $kind| match one {
            $($kind::$variant => (),)+
        };
        super::word([$($kind::$variant),+].map($word))
    }};
}

pub(super) fn verdict() -> Json {
    all!(Verdict::word, Verdict: Recommended, Viable, Discouraged, RuledOut)
}

pub(super) fn certainty() -> Json {
    all!(Certainty::word, Certainty: Open, CloseCall, Fair, Firm)
}

pub(super) fn origin() -> Json {
    all!(Origin::word, Origin: Given, Inferred, Assumed, Derived, Unknown)
}

pub(super) fn reason() -> Json {
    all!(
        ReasonKind::word, ReasonKind: Limit, AtRisk, Norm, NoDriver, Driver, Floor, Requires, Excludes, LookAhead,
        LeavesHazard, Applies, MayApply, DoesNotApply, RequiredBy, ClosesHazard, Outweighed,
    )
}

pub(super) fn state() -> Json {
    all!(words::state, DecisionState: NotApplicable, Open, Chosen)
}

pub(super) fn label() -> Json {
    all!(AxisLabel::word, AxisLabel: Made, Helped, Contested, Untouched, Hurt, Broken)
}

pub(super) fn conflict() -> Json {
    all!(
        ConflictKind::word, ConflictKind: Requirements, Limit, Norm, Prerequisite, Exclusion, NoOption, Target, Misfit,
        Axes, Hazard, Priority, Complexity,
    )
}

pub(super) fn severity() -> Json {
    all!(Severity::word, Severity: Low, Medium, High)
}

pub(super) fn agreement() -> Json {
    all!(Agreements::word, Agreements: Same, Near, Differs, NotAsked)
}

pub(super) fn wanted() -> Json {
    all!(kb_test::wanted, Wanted: OneOf, NoneOf, AllOf)
}

pub(super) fn problem() -> Json {
    use problem::Severity;
    all!(advice::problem_word, Severity: Error, Warning)
}

pub(super) fn fail_on() -> Json {
    super::word(FailOn::value_variants().iter().copied().map(check::word))
}

/// The words that knowledge files use for an enum of theirs.
pub(super) fn of_files<T: Shaped>() -> Json {
    match T::shape() {
        Shape::Words(words) => super::word(words.iter().copied()),
        _ => super::text(),
    }
}
