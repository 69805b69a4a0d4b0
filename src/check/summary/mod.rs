//! What a rationale tells of the patient against what the summary tells.

pub mod changed;
pub mod contradiction;
pub mod dosed;
pub mod graded;
pub mod had;
pub mod leveled;
pub mod measured;
pub mod observed;
pub mod opposed;
pub mod plain;
pub mod provider;
pub mod quantity;
pub mod receipt;
pub mod received;
pub mod restated;
pub mod revealed;
pub mod score;
pub mod sided;
pub mod standing;
pub mod studied;
pub mod tallied;
pub mod unheard;
pub mod untold;
pub mod working;
