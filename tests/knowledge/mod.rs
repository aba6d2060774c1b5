//! The knowledge base: loading, faults, overlays, the graph, and that nothing goes missing.

mod counts;
mod coverage;
mod faults;
mod graph;
mod guides;
mod layout;
mod lint;
mod newcomer;
mod overlay;
mod packs;
mod schema;
mod witnesses;
