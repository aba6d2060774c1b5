//! Design files: reading, saving, bad input.

mod bad;
mod hand;
mod merging;
mod reading;
mod saving;

use archadvisor::problem::Problem;

/// Problems as they are printed.
fn shown(problems: &[Problem]) -> String {
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    shown.join("\n")
}
