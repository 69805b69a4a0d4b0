//! imrlint: a linter for California workers' compensation Independent Medical Review (IMR) decision letters.
//!
//! Modules stand in the order in which they may use one another: each uses only those above it.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod source;

pub mod diagnostic;

pub mod fingerprint;

pub mod archive;

pub mod yaml;

pub mod measure;

pub mod lexicon;

pub mod rulebook;

pub mod builtin;

pub mod prepared;

pub mod config;

pub mod accepted;

pub mod input;

pub mod letter;

pub mod fact;

pub mod render;

pub mod check;

pub mod lint;

pub mod eval;

pub mod trial;

pub mod mutate;

pub mod schema;

pub mod plain;

pub mod explain;

pub mod tree;
