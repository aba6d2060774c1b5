//! Reasoning: a situation in, advice out.
//!
//! *Fit first, then value, then simplicity.* Options are sorted into tiers by hard limits, prerequisites, norms, drivers
//! and floors; within a tier by Σ priority × effect, an integer; ties go to an option that no limit would rule out as assumed,
//! then to the simpler. Nothing here knows a
//! screen, a file, a clock or the environment: the same situation gives the same advice, to the byte.
//!
//! - [`facts`]: answers and defaults to what is known of every requirement and quantity;
//! - [`rank`]: one decision's options in order, every point of every score accounted for;
//! - [`process`]: all decisions in order, look-back, what is pulled in;
//! - [`hazards`], [`conflicts`], [`verdict`]: what the choices bring together;
//! - [`confidence`], [`questions`]: how sure it is, and what to find out next;
//! - [`case`]: whether the golden cases of the knowledge hold;
//! - [`precedent`]: real systems, near and agreeing or not;
//! - [`witness`]: for each option, answers under which it is recommended.

pub mod case;
mod certainty;
pub mod confidence;
pub mod conflicts;
pub mod facts;
pub mod hazards;
mod overturn;
pub mod precedent;
pub mod process;
mod pull_in;
pub mod questions;
pub mod rank;
mod revise;
mod situation;
mod unchosen;
pub mod verdict;
pub mod witness;

pub use conflicts::{Change, Conflict, ConflictKind, Severity, WayOut};
pub use facts::{FactState, FactTable, Origin, Reading};
pub use hazards::{HazardState, SEVERE};
pub use process::{advise, unadvised_practice};
pub use questions::Question;
pub use rank::{ClaimRef, Contribution, OptionAdvice, Reason, ReasonKind, Tier, Verdict};
pub use verdict::AxisVerdict;

use crate::knowledge::{Answer, AxisId, Claim, DecisionId, FactId, KnowledgeBase, PatternId, Step};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a design: answers, priorities, choices made. The input of [`advise`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Situation {
    /// Answers to requirements; what is absent is assumed, derived or unknown.
    pub answers: BTreeMap<FactId, Answer>,
    /// Which of the answers nobody gave as such, since interfaces or entities of the design say them.
    pub inferred: BTreeSet<FactId>,
    /// Priorities of axes, 0…100; what is absent is assumed from the answers.
    pub priorities: BTreeMap<AxisId, u8>,
    /// Axes that must not be harmed: the least effect allowed, −1 or 0.
    pub floors: BTreeMap<AxisId, i8>,
    /// Choices made, per decision; an empty list means that the decision was taken to choose nothing.
    pub choices: BTreeMap<DecisionId, Vec<PatternId>>,
    /// Decisions of the choices made that were accepted: one that no longer fits is a conflict.
    pub accepted: BTreeSet<DecisionId>,
    /// Practices adopted that are options of no decision.
    pub practices: Vec<PatternId>,
    /// Conflicts accepted, by id, with the reason.
    pub waivers: BTreeMap<String, String>,
}

/// Where a priority comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Priority {
    /// The weight in use, 0…100.
    pub level: u8,
    /// Whether the user gave it; otherwise it is assumed from the answers, or normal.
    pub given: bool,
    /// The highest level that a rule derives from the facts, with the rule's place in the knowledge base.
    pub implied: Option<(u8, usize)>,
}

/// Whether a decision is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionState {
    /// It does not arise.
    NotApplicable,
    /// It arises and the user has not taken it.
    Open,
    /// The user has taken it.
    Chosen,
}

/// How sure a recommendation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// One answer that is not given, or merely assumed, could overturn it.
    Open,
    /// Less than two thirds of the nearby priorities give it, or another option has as many points.
    CloseCall,
    /// At least two thirds of the nearby priorities give it.
    Fair,
    /// At least nine tenths of the nearby priorities give it.
    Firm,
}

impl Certainty {
    /// Returns the word used in files and on screens.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::CloseCall => "close-call",
            Self::Fair => "fair",
            Self::Firm => "firm",
        }
    }
}

/// Advice on one decision.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionAdvice {
    /// The decision.
    pub id: DecisionId,
    /// Whether it is to be taken.
    pub state: DecisionState,
    /// Whether its question arises in the design as it stands. Where it does not and the user chose something all the
    /// same, the options are compared, but none is recommended.
    pub arises: bool,
    /// What the user chose.
    pub chosen: Vec<PatternId>,
    /// What is recommended; empty when every option is ruled out, none applies, or the question does not arise.
    pub recommended: Vec<PatternId>,
    /// All options, best first (pick-many decisions: recommended ones first). Empty when not applicable.
    pub options: Vec<OptionAdvice>,
    /// How sure the recommendation of a pick-one decision is; a pick-many one is as open as any of its options.
    pub certainty: Certainty,
    /// The share of nearby priorities under which the recommendation stands, of how many (pick-one decisions).
    pub share: (u32, u32),
    /// Requirements not given of which one answer could overturn the recommendation, the most valuable to know first.
    pub hinges_on: Vec<FactId>,
}

impl DecisionAdvice {
    /// Returns what the design takes: the user's choice, or else the recommendation.
    pub fn taken(&self) -> &[PatternId] {
        if self.state == DecisionState::Chosen {
            &self.chosen
        } else {
            &self.recommended
        }
    }

    /// Returns the advice on one option.
    pub fn option(&self, pattern: PatternId) -> Option<&OptionAdvice> {
        self.options.iter().find(|option| option.pattern == pattern)
    }
}

/// A practice outside every decision that the design takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// Its advice: score, contributions, and the reasons that pulled it in.
    pub advice: OptionAdvice,
    /// Whether the user adopted it.
    pub adopted: bool,
}

/// An earlier recommendation that was given up: it would have closed what the facts call for, its own prerequisites
/// were not met, or it left a severe hazard open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The earlier decision.
    pub decision: DecisionId,
    /// What it would have recommended by itself.
    pub from: PatternId,
    /// The decision that called for the change: a later one, or itself.
    pub because_of: DecisionId,
    /// Why, in one sentence.
    pub because: String,
}

/// Everything the advisor has to say about a situation.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// What is known of every fact, by fact id.
    pub facts: FactTable,
    /// The priorities in use, by axis id.
    pub priorities: Vec<Priority>,
    /// Advice on every decision, by decision id (process order).
    pub decisions: Vec<DecisionAdvice>,
    /// Practices outside every decision, by pattern id.
    pub practices: Vec<Practice>,
    /// Everything the design takes: choices, recommendations, practices; sorted.
    pub taken: Vec<PatternId>,
    /// The hazards that are open or were closed, by hazard id.
    pub hazards: Vec<HazardState>,
    /// The conflicts, most severe first.
    pub conflicts: Vec<Conflict>,
    /// What the whole design does to each axis, by axis id.
    pub verdicts: Vec<AxisVerdict>,
    /// What to find out next, most valuable first.
    pub questions: Vec<Question>,
    /// Recommendations that were revised.
    pub revisions: Vec<Revision>,
    /// Common mistakes that this design makes: places in [`KnowledgeBase::remarks`].
    pub mistakes: Vec<usize>,
}

impl Advice {
    /// Returns the advice on a decision.
    ///
    /// # Panics
    /// If the id is of another knowledge base.
    pub fn decision(&self, id: DecisionId) -> &DecisionAdvice {
        &self.decisions[id.index()]
    }

    /// Returns the steps that have decisions, each with the advice on these, in process order.
    pub fn by_step<'a>(
        &'a self,
        base: &'a KnowledgeBase,
    ) -> impl Iterator<Item = (&'a Step, Vec<&'a DecisionAdvice>)> {
        let of_step = |index: usize| -> Vec<&'a DecisionAdvice> {
            let decisions = self.decisions.iter();
            decisions
                .filter(|entry| base.decision(entry.id).step.index() == index)
                .collect()
        };
        let steps = base.steps.iter().enumerate();
        steps
            .map(move |(index, step)| (step, of_step(index)))
            .filter(|(_, here)| !here.is_empty())
    }

    /// Returns the conflicts that are not waived.
    pub fn open_conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.conflicts
            .iter()
            .filter(|conflict| conflict.waived.is_none())
    }
}

impl KnowledgeBase {
    /// Returns the claim that a contribution refers to; none where a pattern says nothing of an axis.
    pub fn claim(&self, reference: ClaimRef) -> Option<&Claim> {
        let pattern = self.patterns.get(reference.pattern.index())?;
        let effect = pattern
            .effects
            .iter()
            .find(|effect| effect.axis == reference.axis)?;
        effect.cases.get(reference.case)
    }
}
