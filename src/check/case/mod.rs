//! Facts about the person and the dates across the letter.

pub mod age;
pub mod asked_again;
pub mod dates;
pub mod duration;
pub mod early;
pub mod old;
pub mod operated;
pub mod patient;
pub mod unmentioned;
pub mod used_for;
