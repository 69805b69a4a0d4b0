//! What criteria came to against the outcome: those of rules, and those that a rationale itself recites.

pub mod adverse;
pub mod amounts;
pub mod asked;
pub mod bare;
pub mod beside;
pub mod beyond;
pub mod compared;
pub mod despite;
pub mod elsewhere;
pub mod engine;
pub mod hinted;
pub mod judge;
pub mod lacking;
pub mod past;
pub mod pronoun;
pub mod recital;
pub mod unaddressed;
pub mod undocumented;
pub mod unsupported;
pub mod verdict;
pub mod weak;
pub mod why;
