//! What a search for phrases finds in a stretch of text, in lists that are kept from one stretch to the next.

use super::matcher::Hit;
use super::reach::Reach;
use super::vocabulary::Keys;
use std::ops::Range;

/// What becomes of a term that is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It is a hit.
    Told,
    /// Only its place is kept, if it has several words.
    Aside,
    /// Both.
    Both,
}

/// What is found in a stretch, and what finding it takes.
#[derive(Debug, Default)]
pub struct Scan {
    pub(super) keys: Vec<Keys>,
    pub(super) reach: Reach,
    /// What is found.
    pub found: Found,
}

/// What is found in a stretch of text. Words are numbered from its first.
#[derive(Debug, Default)]
pub struct Found {
    /// The terms that are told, in order of first word.
    pub hits: Vec<Hit>,
    /// Terms of several words that are put aside, with their places, in order of first word.
    pub aside: Vec<(u32, Range<u32>)>,
    /// Where in the graph a phrase stood when the words ended: it may go on with the word behind them.
    pub ends: Vec<u32>,
    /// First parts of phrases with `...`, by their number in `tails`, and the word behind each. A stack: empty between two words.
    pub(super) heads: Vec<(u32, u32)>,
}

impl Scan {
    pub(super) fn clear(&mut self) {
        self.keys.clear();
        self.reach.clear();
        self.found.hits.clear();
        self.found.aside.clear();
        self.found.ends.clear();
    }

    /// How the graph of phrases is asked for the first word; 0 if no phrase has it.
    pub fn first(&self) -> u32 {
        self.keys.first().map_or(0, |key| key.word)
    }
}
