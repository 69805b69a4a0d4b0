//! The disputed item across heading, rationale and conclusion.

pub mod arithmetic;
pub mod asking;
pub mod copied;
pub mod exchanged;
pub mod hours;
pub mod incomplete;
pub mod item;
pub mod level;
pub mod quantity;
pub mod rate;
pub mod reckoned;
pub mod side;
pub mod spelling;
pub mod stray;
pub mod strength;
pub mod subject;
pub mod sums;
pub mod unnamed;
