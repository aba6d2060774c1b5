//! The reasoning, over the real knowledge.

mod cases;
mod conflicts;
mod properties;
mod situations;
