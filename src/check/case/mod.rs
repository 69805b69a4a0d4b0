//! Facts about the person and the dates across the letter.

pub mod age;
pub mod dates;
pub mod duration;
pub mod early;
pub mod patient;
pub mod unmentioned;
