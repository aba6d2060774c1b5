//! How the program ends: exit codes, and errors that say what would fix them.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | fine; also when the reader of a pipe has gone |
//! | 1 | the answer is no: `check` found conflicts, `kb lint` found errors |
//! | 2 | usage, or input that cannot be used |
//! | 70 | a fault of the program itself |
//! | 128 + n | ended by signal n |

use crate::problem::{Problem, printable};
use std::fmt;
use std::io;

/// How a command that ran to its end ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked.
    Fine,
    /// The answer is no.
    No,
    /// A signal of this number ended it.
    Signal(u8),
}

impl Outcome {
    /// Returns the exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::No => 1,
            Self::Signal(number) => number.saturating_add(128),
        }
    }
}

/// The exit code for usage errors and for input that cannot be used.
pub const BAD_INPUT: u8 = 2;

/// The exit code for a fault of the program itself.
pub const INTERNAL: u8 = 70;

/// Input that cannot be used: all that is wrong with it, each with its place and what would fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong; at least one.
    pub problems: Vec<Problem>,
}

impl Failure {
    /// Returns a failure of one problem.
    pub fn new(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
        }
    }

    /// Returns a failure with a message and what would fix it; both are made safe to print.
    pub fn with_help(message: &str, help: &str) -> Self {
        Self::new(Problem::error(printable(message)).help(printable(help)))
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::new(problem)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n\n")?;
            }
            write!(formatter, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// Returns whether an error means that nobody reads the output any more, which is no failure.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Returns what is shown of an error: problems as compilers show them, other errors with their causes.
pub fn message(error: &anyhow::Error) -> String {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return safe(&failure.to_string());
    }
    let mut text = format!("error: {}", printable(&error.to_string()));
    for cause in error.chain().skip(1) {
        text.push_str("\n  caused by: ");
        text.push_str(&printable(&cause.to_string()));
    }
    text
}

/// Returns text of several lines in which no line can act on a terminal.
pub fn safe(text: &str) -> String {
    text.split('\n')
        .map(printable)
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_pipe_is_seen_through_contexts() {
        let pipe =
            anyhow::Error::new(io::Error::from(io::ErrorKind::BrokenPipe)).context("writing");
        assert!(is_broken_pipe(&pipe));
        assert!(!is_broken_pipe(&anyhow::anyhow!("other")));
    }

    #[test]
    fn errors_name_their_causes_and_stay_printable() {
        let error = anyhow::anyhow!("no\u{1b}such file").context("reading `a.yaml`");
        assert_eq!(
            message(&error),
            "error: reading `a.yaml`\n  caused by: no\\u{1b}such file"
        );
        let failure = anyhow::Error::new(Failure::with_help("bad", "better"));
        assert_eq!(message(&failure), "error: bad\n = help: better");
    }
}
