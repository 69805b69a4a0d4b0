//! What stands in a sentence that bears on polarity: phrases of cues, and marks.

use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Family, Lexicon, Term};
use std::ops::Range;

/// A phrase of the polarity family, with all that it signals.
#[derive(Clone)]
pub struct Sign {
    pub words: Range<usize>,
    cues: u128,
}

impl Sign {
    #[inline]
    pub fn is(&self, cue: Cue) -> bool {
        self.cues & bit(cue) != 0
    }

    /// Whether it signals any of some cues, given by [`bits`].
    #[inline]
    pub fn is_any(&self, cues: u128) -> bool {
        self.cues & cues != 0
    }
}

const fn bit(cue: Cue) -> u128 {
    1 << cue as u32
}

/// Several cues as one number.
pub const fn bits(cues: &[Cue]) -> u128 {
    let (mut all, mut n) = (0, 0);
    while n < cues.len() {
        all |= bit(cues[n]);
        n += 1;
    }
    all
}

/// The phrases of a sentence that bear on polarity, in order; those on the very same words are one.
pub fn signs(reading: &Reading, lexicon: &Lexicon, sentence: &Sentence) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::with_capacity(sentence.hits.len() / 4);
    for hit in &reading.hits[sentence.hits.clone()] {
        let Term::Cue(cue) = lexicon.terms[hit.term as usize] else { continue };
        if cue.family() != Family::Polarity {
            continue;
        }
        let words = hit.first as usize..hit.end as usize;
        if is_month(reading, sentence, words.start) {
            continue;
        }
        match signs.last_mut() {
            Some(last) if last.words == words => last.cues |= bit(cue),
            _ => signs.push(Sign { words, cues: bit(cue) }),
        }
    }
    signs
}

/// Whether a word is the month of May: with a capital within a sentence.
fn is_month(reading: &Reading, sentence: &Sentence, word: usize) -> bool {
    word > sentence.words.start && reading.word(word) == "May"
}

/// The marks between two words.
#[derive(Clone, Copy, Default)]
pub struct Marks {
    pub comma: bool,
    /// A colon, or a dash between blanks: what stands before it heads what follows.
    pub heading: bool,
    /// The end of a clause.
    pub stop: bool,
    pub opened: usize,
    pub closed: usize,
}

impl Marks {
    /// Whether there is any.
    pub fn any(self) -> bool {
        self.comma || self.heading || self.stop || self.opened + self.closed > 0
    }

    /// The marks before a word of a reading.
    #[inline]
    pub fn before(reading: &Reading, lexicon: &Lexicon, word: usize) -> Marks {
        // nearly always
        if reading.words.get(word).is_some_and(|w| w.blank) {
            return Marks::default();
        }
        Marks::read(reading, lexicon, word)
    }

    #[inline(never)]
    fn read(reading: &Reading, lexicon: &Lexicon, word: usize) -> Marks {
        let (words, text) = (&reading.words, reading.text());
        let mut marks = Marks::default();
        let (Some(left), Some(right)) = (word.checked_sub(1).map(|w| &words[w]), words.get(word)) else { return marks };
        let (before, between) =
            (&text[left.start as usize..left.end as usize], &text[left.end as usize..right.start as usize]);
        for (at, mark) in between.char_indices() {
            let rest = &between[at + mark.len_utf8()..];
            match mark {
                ',' => marks.comma = true,
                '(' | '[' => marks.opened += 1,
                ')' | ']' => marks.closed += 1,
                ';' | '?' | '!' | '\u{2022}' => marks.stop = true,
                '.' => marks.stop |= rest.starts_with(' ') && !lexicon.is_abbreviation(before),
                ':' | '\u{2014}' => marks.heading = true,
                '-' | '\u{2013}' => {
                    marks.heading |= rest.starts_with('-') || rest.starts_with(' ') && between[..at].ends_with(' ')
                }
                _ => {}
            }
        }
        marks
    }
}
