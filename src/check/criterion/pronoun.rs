//! Denials that name what they miss by a word that points back to the recital: "none of the three", "no such evaluation is on file",
//! "the patient has not been on one".

use super::hinted::has_guideline_word;
use super::lacking::{Rationale, same_stem};
use crate::fact::{Stated, Voice};
use crate::letter::Sentence;
use crate::lexicon::{Cue, Hit, Small};
use crate::source::Span;

/// So many words may open a sentence before "none".
const OPENING: usize = 4;

impl Rationale<'_> {
    /// The sentence about the case that denies, by a word that points back, what is recited.
    pub fn denies_recited(&self, recited: &[&Stated]) -> Option<Span> {
        let first = recited.iter().map(|s| s.sentence).min()?;
        let others = |n| self.says(n, Cue::UtilizationReview) || self.facts.reviewed.contains(&n);
        let told = |n| self.is_of_case(n) && !self.says(n, Cue::Concession) && !others(n);
        let own = |n: &usize| *n >= first && told(*n);
        let denies = |n: &usize| {
            let sentence = &self.reading.sentences[*n];
            self.denies_all(sentence) || self.denies_one(sentence) || self.denies_such(sentence, recited)
        };
        (0..self.reading.sentences.len()).filter(own).find(denies).map(|n| self.span(n))
    }

    /// Whether a sentence is about the case: its voice says so, or it stands right before the ruling without a word of a guideline.
    pub fn is_of_case(&self, number: usize) -> bool {
        let guideline = || has_guideline_word(&self.reading.sentences[number]);
        match self.voice(number) {
            Some(Voice::Application) => true,
            Some(Voice::Recital) => number > 0 && self.voice(number + 1) == Some(Voice::Conclusion) && !guideline(),
            _ => false,
        }
    }

    fn hits(&self, sentence: &Sentence, cue: Cue) -> impl Iterator<Item = &Hit> {
        self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue)
    }

    /// "None of the three is present".
    fn denies_all(&self, sentence: &Sentence) -> bool {
        // "a clearance must come first, and none is there" points to its own clause
        let several = |w: usize| {
            self.reading.is_small(w, Small::AnyFinding, self.context.lexicon) && self.reading.word(w).ends_with('s')
        };
        let own = |h: &Hit| {
            let before = sentence.words.start..h.first as usize;
            before.len() > OPENING
                && before.clone().any(|w| self.reading.is_marked(w, b','))
                && !before.into_iter().any(several)
        };
        self.hits(sentence, Cue::NoneOfNamed).any(|h| !own(h))
    }

    /// "The patient has not been on one", where the clause ends.
    fn denies_one(&self, sentence: &Sentence) -> bool {
        let ends = |h: &Hit| {
            let end = h.end as usize;
            end == sentence.words.end || !self.reading.words[end].blank
        };
        self.hits(sentence, Cue::NotOne).any(ends)
    }

    /// "No such evaluation": the noun is one of what is recited, or a word for any of it.
    fn denies_such(&self, sentence: &Sentence, recited: &[&Stated]) -> bool {
        self.hits(sentence, Cue::NoSuch).any(|h| {
            let end = h.end as usize;
            let nouns = end..(end + 2).min(sentence.words.end);
            let known = |w: usize| {
                let word = self.reading.word(w);
                let same = |s: &&Stated| s.words.clone().any(|r| same_stem(self.reading.word(r), word));
                self.context.lexicon.is_small(word, Small::AnyFinding) || recited.iter().any(same)
            };
            nouns.into_iter().any(known)
        })
    }
}
