//! An architecture-tradeoff advisor.
pub mod yaml;
