//! How far apart two measures of the same thing may be told: numbers that are data (`rules/lexicon/tolerances.yaml`).

use serde::{Deserialize, Serialize};

/// A measure whose numbers differ a little from one telling to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerance {
    /// Degrees of a movement: so many apart are still the same.
    Degrees,
    /// Points of pain out of ten: so many apart are different.
    Pain,
    /// Percent of relief: so many apart are different.
    Relief,
    /// Days before an injury, within which the day of an operation of the injured part is a slip.
    Slip,
}

impl Tolerance {
    /// All with their ids in YAML.
    pub const ALL: &'static [(&'static str, Tolerance)] = &[
        ("degrees", Tolerance::Degrees),
        ("pain", Tolerance::Pain),
        ("relief", Tolerance::Relief),
        ("slip", Tolerance::Slip),
    ];
}

/// The tolerances by their order; what no file gives is zero.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tolerances(Vec<f64>);

impl Tolerances {
    /// Sets one; a later file is over an earlier one.
    pub(super) fn set(&mut self, of: Tolerance, apart: f64) {
        self.0.resize(Tolerance::ALL.len(), 0.0);
        self.0[of as usize] = apart;
    }

    /// How far apart two measures may be.
    pub fn of(&self, of: Tolerance) -> f64 {
        self.0.get(of as usize).copied().unwrap_or_default()
    }
}
