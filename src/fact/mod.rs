//! What a letter says, with the words that say it: voices, conclusions, statements, amounts, dates. Facts know no rules.

mod polarity;
mod voice;

pub use polarity::{Context, Documentation, Polarity, context, polarity_of};
pub use voice::{Voice, voices};
