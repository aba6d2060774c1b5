//! What is reported about knowledge and designs: the shapes of `--json` and of exports.
//!
//! Nothing here knows a screen, a file, a clock or the environment: the same design gives the same text.

pub mod advice;
pub mod catalogue;
mod diagram;
pub mod escape;
pub mod estimate;
pub mod explain;
pub mod export;
pub mod markdown;
pub mod number;
mod roles;
pub mod words;
