//! Help for whoever writes knowledge or designs by hand: the one layout of knowledge files, and the JSON Schema by which
//! editors complete and check both kinds of file.
//!
//! What a file may hold is told by [`crate::knowledge::shape`] and [`crate::design::shape`], which the readers answer
//! for; here is only what becomes of it.

mod comments;
mod format;
mod scalar;
pub mod schema;

pub use format::format;
