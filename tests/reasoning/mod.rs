//! The reasoning, over the real knowledge.

mod cases;
mod certainty;
mod conflicts;
mod properties;
mod situations;
mod steady;
