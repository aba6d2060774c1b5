//! The least that any program costs: the floor under every query.

fn main() {}
