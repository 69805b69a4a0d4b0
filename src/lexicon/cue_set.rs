//! A set of cues, one bit each.

use super::Cue;

/// Which cues occur: asked far more often than they are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CueSet([u64; Cue::ALL.len().div_ceil(64)]);

impl CueSet {
    /// Adds a cue.
    pub fn insert(&mut self, cue: Cue) {
        self.0[cue as usize / 64] |= 1 << (cue as usize % 64);
    }

    /// Whether a cue occurs.
    pub fn has(&self, cue: Cue) -> bool {
        self.0[cue as usize / 64] & (1 << (cue as usize % 64)) != 0
    }

    /// Adds all cues of another set.
    pub fn join(&mut self, other: &CueSet) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, others)| *mine |= others);
    }
}
