//! Prepares the rulebook while the program is built.

fn main() {}
