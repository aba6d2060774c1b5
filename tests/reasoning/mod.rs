//! The reasoning, over the real knowledge.

mod cases;
mod properties;
mod situations;
