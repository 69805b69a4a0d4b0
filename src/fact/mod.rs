//! What a letter says, with the words that say it: voices, conclusions, statements, amounts, dates. Facts know no rules.

mod conclusion;
mod evidence;
mod marks;
#[cfg(test)]
mod tests;
mod verdict;
mod voice;

pub use conclusion::{Conclusion, Object, Ruling, Stance, Strength, conclusion};
pub use voice::{Voice, voices};
