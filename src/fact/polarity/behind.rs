//! The walk from some words to the right, to the cues behind them that govern them: "was ruled out".

use super::clause::{BACKWARD, Clause, FAR};
use super::sign::{Sign, bits};
use super::{Found, Polarity, plus};
use crate::lexicon::{Cue, Small};

/// Nouns, which can be an item of the list that a denial behind it takes along: "a screening and a report were not sent".
const NOUN: u128 = bits(&[Cue::Papers, Cue::About]);

impl Clause<'_> {
    /// What the cues behind the words make of them.
    pub fn after(&self) -> Found {
        let mut found = Found::default();
        if plus::denies_behind(self.reading, &self.target) {
            found.set(Polarity::Negated, &self.target);
            return found;
        }
        // "CURES was" in "CURES was not checked": the cue begins in the words
        let inside = |s: &&Sign| self.target.contains(&s.words.start) && s.words.start > self.target.start;
        let overlapping =
            self.signs.iter().filter(inside).find(|s| s.words.end > self.target.end && s.is_any(BACKWARD));
        if let Some(sign) = overlapping {
            let doubt = sign.is(Cue::DoubtAfter);
            found.set(if doubt { Polarity::Doubtful } else { Polarity::Negated }, &sign.words);
            found.missing = sign.is(Cue::UndocumentedAfter);
            return found;
        }
        let (mut at, mut comma, mut joined) = (self.target.end, false, false);
        for sign in self.signs.iter().filter(|s| s.words.start >= self.target.end) {
            if sign.words.start < at {
                continue;
            }
            for word in at..=sign.words.start {
                if self.is_blank(word) {
                    continue;
                }
                let marks = self.marks(word);
                let heads = word == self.target.end && word == sign.words.start;
                if marks.stop || marks.heading && !heads {
                    return found;
                }
                comma |= marks.comma;
            }
            at = sign.words.end;
            if !comma && (sign.is_any(BACKWARD) && at - self.target.end <= FAR || self.denies_last(sign)) {
                let doubt = sign.is(Cue::DoubtAfter);
                found.set(if doubt { Polarity::Doubtful } else { Polarity::Negated }, &sign.words);
                found.missing = sign.is(Cue::UndocumentedAfter);
                return found;
            }
            // "reflexes were normal and straight leg raise was negative": words with a verb of their own are no item of a list
            let of_its_own = |s: &Sign| {
                self.target.contains(&s.words.start) || (s.words.end..=s.words.end + 1).contains(&self.target.start)
            };
            let clause = || self.signs.iter().any(|s| s.is(Cue::Verb) && of_its_own(s));
            if sign.is(Cue::ListAnd) && clause() {
                return found;
            }
            if sign.is_any(const { bits(&[Cue::ListOr, Cue::ListAnd]) }) {
                // the last item of a list takes those before it along: "fever, chills and cough were denied"
                comma = false;
                joined = true;
            } else if !(sign.is(Cue::ClauseOpener) || joined && sign.is_any(NOUN) || self.is_place(sign)) {
                return found;
            }
        }
        found
    }

    /// Whether a person only tells in whom the words are found: "proof of arthritis in this patient is wanting".
    fn is_place(&self, sign: &Sign) -> bool {
        let before = sign.words.start.checked_sub(1).filter(|w| *w >= self.target.end);
        sign.is(Cue::Subject) && before.is_some_and(|w| self.reading.is_small(w, Small::Preposition, self.lexicon))
    }

    /// Whether a sign denies the words right before it.
    fn denies_last(&self, sign: &Sign) -> bool {
        // "numbness denied." against "he, with numbness, denied pain"
        let ends = sign.words.end == self.sentence.end || self.marks(sign.words.end).any();
        sign.is(Cue::NegationOfLast) && sign.words.start <= self.target.end + 1 && (ends || !sign.is(Cue::Negation))
    }
}
