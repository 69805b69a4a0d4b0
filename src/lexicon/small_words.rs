//! The small words that are in each set, and whether a word is one of them.

use super::Small;
use serde::{Deserialize, Serialize};

/// Bytes of nearly all words, which are compared as a whole.
const SHORT: usize = 32;

/// The words of all sets, in order of the sets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SmallWords(Vec<Words>);

/// The words of a set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Words {
    /// Lower case and sorted.
    all: Vec<String>,
    /// The first letters and the lengths that there are, a bit each ([`first_bit`], [`length_bit`]): nearly every other word is told
    /// by them.
    firsts: u32,
    lengths: u32,
}

impl SmallWords {
    /// Adds words to a set.
    pub(super) fn add(&mut self, set: Small, words: impl Iterator<Item = String>) {
        self.0.resize(Small::ALL.len(), Words::default());
        let known = &mut self.0[set as usize];
        for word in words.map(|w| w.to_lowercase()) {
            known.firsts |= first_bit(&word);
            known.lengths |= length_bit(&word);
            if let Err(at) = known.all.binary_search(&word) {
                known.all.insert(at, word);
            }
        }
    }

    /// Whether a word, or two with a blank, is one of a set; case does not matter.
    pub fn has(&self, set: Small, word: &str) -> bool {
        let Some(known) = self.0.get(set as usize) else { return false };
        known.firsts & first_bit(word) != 0 && known.lengths & length_bit(word) != 0 && known.has(word)
    }

    /// Whether some of a set begin with the first letter of a word, as far as its bits tell: a quick look.
    pub fn may_begin(&self, set: Small, word: &str) -> bool {
        self.0.get(set as usize).is_some_and(|known| known.firsts & first_bit(word) != 0)
    }

    /// The words of a set.
    pub fn of(&self, set: Small) -> &[String] {
        self.0.get(set as usize).map_or(&[], |words| &words.all[..])
    }
}

impl Words {
    fn has(&self, word: &str) -> bool {
        let lower = |b: u8| b.to_ascii_lowercase();
        let mut short = [0; SHORT];
        if let Some(short) = short.get_mut(..word.len()) {
            short.copy_from_slice(word.as_bytes());
            short.make_ascii_lowercase();
            // the first letter tells most apart without a call
            let first = |w: &[u8]| w.first().cmp(&short.first());
            return self.all.binary_search_by(|w| first(w.as_bytes()).then_with(|| w.as_bytes().cmp(short))).is_ok();
        }
        self.all.binary_search_by(|w| w.bytes().cmp(word.bytes().map(lower))).is_ok()
    }
}

/// A bit for the first letter of a word, the same in either case; none for no word.
#[inline]
fn first_bit(word: &str) -> u32 {
    word.as_bytes().first().map_or(0, |first| 1 << (first & 31))
}

/// A bit for the length of a word.
#[inline]
fn length_bit(word: &str) -> u32 {
    1 << word.len().min(31)
}
