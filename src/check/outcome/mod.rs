//! The outcome against the reasons, and items that hang on others.

pub mod conclusion;
pub mod dependent;
pub mod fate;
mod fate_words;
pub mod mention;
pub mod settled;
