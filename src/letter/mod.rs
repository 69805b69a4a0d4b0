//! A letter's form: sections, decisions and their parts, with places. No meaning beyond what the page shows.

mod grammar;
mod heading;
mod outline;
mod reading;
mod sentence;

pub use grammar::{Token, TokenKind};
pub use outline::{DecisionOutline, FieldOutline, Outline, OutcomeWord, outline, trim};
pub use reading::{Reading, Sentence};
