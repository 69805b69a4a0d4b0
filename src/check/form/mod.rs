//! The shape of the letter.

pub mod alike;
pub mod duplicate;
pub mod shape;
