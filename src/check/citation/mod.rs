//! The guideline line against the rationale, and what a rationale says of guidelines against what these say.

pub mod authority;
pub mod chapter;
pub mod limit;
pub mod limited;
pub mod listed;
pub mod named;
pub mod of_case;
pub mod paged;
pub mod pages;
pub mod position;
pub mod recited;
pub mod recited_chapter;
pub mod regulation;
pub mod row;
pub mod silence;
pub mod topic;
pub mod unsaid;
