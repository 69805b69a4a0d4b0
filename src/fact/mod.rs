//! What a letter says, with the words that say it: voices, conclusions, statements, amounts, dates. Facts know no rules.

mod voice;

pub use voice::{Voice, voices};
