//! The outcome against the reasons, and items that hang on others.

pub mod conclusion;
pub mod dependent;
pub mod fate;
pub mod mention;
pub mod settled;
