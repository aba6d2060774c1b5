//! All integration tests, in one binary so that they link once.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests fail by panicking"
)]

mod cli;
mod design;
mod examples;
mod house;
mod knowledge;
#[cfg(unix)]
mod pty;
mod random;
mod reasoning;
mod report;
mod store;
mod tui;
mod validator;
