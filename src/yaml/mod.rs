//! YAML with places: a tree of nodes that know where they stand, and typed readers that go on after a mistake.
//!
//! Rule files are written by people who do not program, so all mistakes of a file are reported in one run, each at its
//! own scalar. Serde stops at the first error; therefore the text is first read into [`Node`]s ([`parse`]) and then
//! asked for what it should hold ([`Reader`], [`Item`], [`Fields`]). Both push [`Problem`]s into one reader and go on.
//!
//! This folder is the only place of the project that names the YAML crate. It uses that crate's stream of events
//! rather than its serde half: events carry byte offsets, the written form of a scalar and its quoting, and an alias
//! is never expanded, so a file cannot grow while it is read.
//!
//! ```ignore
//! let reader = Reader::default();
//! if let Some(node) = parse(text, &reader)
//!     && let Some(mut rule) = reader.open(&node).fields("a rule")
//! {
//!     let id = rule.required("id").text();
//!     let severity = rule.required("severity").choice(&[("warning", Severity::Warning), ("error", Severity::Error)]);
//!     let days = rule.optional("days").integer(1..=365);
//!     let from = rule.optional("from").parse_with("a date", |s| s.parse::<Date>().map_err(|e| e.to_string()));
//!     let words: Vec<&str> = rule.optional("words").list_or_one().iter().filter_map(|w| w.text()).collect();
//!     rule.finish();
//! }
//! let problems = reader.into_problems();
//! ```
//!
//! [`Problem`]: crate::diagnostic::Problem

mod ahead;
mod build;
mod fields;
mod item;
mod layout;
mod lines;
mod node;
mod parse;
mod plain;
mod quotes;
mod reader;
mod repair;
mod syntax;
#[cfg(test)]
mod tests;
mod traps;
mod words;

pub use fields::Fields;
pub use item::Item;
pub use node::{Entry, Node, Scalar, Style, Value};
pub use parse::{MAX_BYTES, MAX_DEPTH, MAX_NODES, parse};
pub use reader::{MAX_PROBLEMS, Reader};
pub use words::suggest;
