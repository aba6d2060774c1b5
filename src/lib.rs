//! An architecture-tradeoff advisor: what is known of a system in, recommendations with reasons out.
//!
//! This page is the guide to the code. The program is a thin binary over this library; the library is laid out so that
//! whoever reads the modules in the order below meets nothing before it is explained.
//!
//! # From a file on disk to advice on a screen
//!
//! ```text
//!  knowledge/*.yaml ──build.rs──▶ embedded base ─┐                      ┌─▶ tui   screens
//!                                                ├─▶ advise() ─▶ Advice ┤
//!  design.yaml ──▶ Design ──▶ Situation ─────────┘                      └─▶ report ─▶ cli, Markdown, JSON
//! ```
//!
//! 1. [`knowledge`] is the checked, immutable base: patterns with their effects on the quality axes, decisions,
//!    requirements, hazards, rules, sources. `build.rs` compiles `knowledge/` with the very code that reads overlays at
//!    run time; an invalid base does not build, and start-up parses no YAML ([`builtin`]).
//! 2. [`design`] is the user's file as a plain value, and the way back into its text, which changes only the lines that
//!    must change. [`design::situation`] types its answers and resolves its choices.
//! 3. [`reasoning::advise`] turns a [`reasoning::Situation`] into [`reasoning::Advice`]. Everything a screen, a document
//!    or a script shows comes from there; nothing is computed twice, nothing is stored that can be derived.
//! 4. [`report`] says what an export says; [`tui`] and [`cli`] are the two front ends; [`store`] and [`terminal`] are the
//!    only modules that touch files and the terminal.
//!
//! # Modules, in reading order
//!
//! | module | what it knows | what it never knows |
//! |---|---|---|
//! | [`problem`] | a fault with its place and a way to mend it | anything else |
//! | [`yaml`] | YAML with places, limits, all faults at once | what the keys mean |
//! | [`expression`] | conditions and formulas: units, types, three-valued evaluation | where facts come from |
//! | [`knowledge`] | entries, loading, overlays, the graph | designs |
//! | [`reasoning`] | facts, tiers, scores, look-ahead, hazards, conflicts | files, screens |
//! | [`search`] | finding patterns by names and texts | how they are shown |
//! | [`design`] | the user's file | files on disk, screens |
//! | [`report`] | documents | how they are shown |
//! | [`authoring`] | the layout of knowledge files, the JSON Schema of all files | files on disk, screens |
//! | [`builtin`] | the embedded base | |
//! | [`terminal`], [`store`] | the terminal; files, journals, atomic saves | each other |
//! | [`tui`] | model, messages, update, view | files, clock, environment |
//! | [`cli`] | the command line; composes all of the above | |
//!
//! # Invariants
//!
//! - No module from [`problem`] to [`report`] names a screen, a file, a clock, the environment or a hash map: the same
//!   input gives the same output to the byte, and tests need no fixture. A test holds this.
//! - Only what the user gave rules an option out. What is assumed may discourage, and becomes a question.
//! - A score is a sum of integers, priority × effect, and every term names the claim it comes from.
//! - The order of two options of a decision depends on those two alone.
//! - Bad input never panics, never loses what was typed, and never sends a control character to the terminal.
//! - Data lives in `knowledge/`, not in code: no pattern, axis or requirement id is spelled in [`reasoning`].
//!
//! # A first look
//!
//! ```
//! use archadvisor::{builtin, reasoning};
//!
//! let base = builtin::knowledge();
//! let mut situation = reasoning::Situation::default();
//! situation.answer(&base, "engineers", "4").unwrap();
//! situation.answer(&base, "peak_rps", "200/s").unwrap();
//! let advice = reasoning::advise(&base, &situation);
//! let store = base.find_decision("store").unwrap();
//! let best = &advice.decision(store).options[0];
//! let sum: i32 = best.contributions.iter().map(|term| term.points()).sum();
//! assert_eq!(sum, best.score);
//! ```

pub mod authoring;
pub mod builtin;
pub mod cli;
pub mod design;
pub mod expression;
pub mod failure;
pub mod knowledge;
pub mod problem;
pub mod reasoning;
pub mod report;
pub mod search;
pub mod store;
pub mod terminal;
pub mod tui;
pub mod yaml;
