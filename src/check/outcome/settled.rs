//! Whether what a rationale tells of another item is settled in this letter: not supposed, not of another time, not missing.

use super::fate::{OBJECT, Scene};
use crate::lexicon::{Cue, Small};
use std::ops::Range;

impl Scene<'_> {
    /// Whether it is told as said in this very letter: "above", "in this review".
    pub fn is_here(&self, words: &Range<usize>) -> bool {
        let end = (words.end + OBJECT).min(self.sentence.words.end);
        let here = |w: usize| self.is(w, Small::InThisLetter);
        (words.end..end).any(here)
            || self.speaks(words.end..end)
            || self.marks.says_within(Cue::LetterSelf, words.start..end)
    }

    /// Whether the words are the ground of something: "as", "given", or "so" behind them.
    pub fn is_ground(&self, words: &Range<usize>) -> bool {
        let sentence = self.sentence.words.clone();
        let opened = [Cue::GroundOpens, Cue::DeniedAbove, Cue::ApprovedAbove];
        opened.into_iter().any(|cue| self.marks.says_within(cue, sentence.start..words.end))
            || self.marks.says(Cue::SoThat)
    }

    /// "There is no documentation that the surgery was approved". "I do not find" and "in the absence of" are the ruling itself.
    pub fn is_missing(&self, words: &Range<usize>) -> bool {
        let own = [Cue::ReviewerSelf, Cue::WantOf];
        let ruling = |w: &Range<usize>| own.into_iter().any(|cue| self.marks.meets(cue, w));
        let missing = [Cue::Undocumented, Cue::Unproven].into_iter();
        missing.flat_map(|cue| self.marks.within(cue, words.clone())).any(|w| !ruling(&w))
    }

    /// Whether it is only supposed, or told of another time.
    pub fn is_open(&self, words: &Range<usize>) -> bool {
        let year = |w: usize| {
            let word = self.reading.word(w);
            word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
        };
        let behind = words.start..(words.end + 1).min(self.sentence.words.end);
        self.marks.says_within(Cue::FateOpen, behind) || words.clone().any(year)
    }
}
