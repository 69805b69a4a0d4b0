//! What a letter says, with the words that say it: voices, conclusions, statements, amounts, dates. Facts know no rules.

mod conclusion;
mod marks;
mod verdict;
mod voice;

pub use conclusion::{Conclusion, Object, Ruling, Stance, Strength, conclusion};
pub use voice::{Voice, voices};
