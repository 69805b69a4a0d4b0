//! What an approval says against its own request: that nothing supports it, or that its ground is a gap in the records.

use super::lacking::{REACH, Rationale};
use crate::check::memo::requested;
use crate::check::naming::{Thing, related, things};
use crate::fact::{Documentation, Polarity, Voice, meaning};
use crate::lexicon::{Cue, Hit, Small};

impl Rationale<'_> {
    /// Whether a sentence says that nothing supports the request.
    pub fn is_unsupported(&self, number: usize) -> bool {
        let sentence = &self.reading.sentences[number];
        let hits = |cue| self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue);
        let is_own = |h: &Hit| !self.names_other(h.end as usize - 1, sentence.words.end);
        // "a lack of findings to warrant imaging"
        let is_lacking = |h: &Hit| {
            (sentence.words.start..h.first as usize).any(|word| {
                let meant = meaning(self.reading, self.context.lexicon, word..word + 1);
                meant.documentation == Documentation::Missing || meant.polarity == Polarity::Negated
            })
        };
        !self.says(number, Cue::WelcomeLack)
            && (hits(Cue::Unsupported).any(is_own) || hits(Cue::WouldSupport).any(|h| is_own(h) && is_lacking(h)))
    }

    /// Whether a sentence doubts what something else would bring: "I do not see what a delay would bring". What this request would
    /// bring is no such thing.
    pub fn doubts_other(&self, number: usize) -> bool {
        let lexicon = self.context.lexicon;
        let asked = self.decision.request.as_ref().map(|r| requested(self.context, r)).unwrap_or_default();
        let mut doubts = self.reading.cues(lexicon, self.reading.sentences[number].hits.clone(), Cue::DoubtsGain);
        doubts.any(|h| {
            let words = h.first as usize..h.end as usize;
            let named = things(self.context, self.reading, words.clone());
            // "land therapy" shares but its kind with "aquatic therapy"
            let is_own = |w: usize| {
                let is = |set| self.reading.is_small(w, set, lexicon);
                is(Small::PointsBack) || !is(Small::CommonWord) && self.is_requested(self.reading.word(w))
            };
            let is_kind = |t: &Thing| t.words.clone().all(|w| self.reading.is_small(w, Small::CommonWord, lexicon));
            let named = named.iter().filter(|t| !is_kind(t));
            !words.into_iter().any(is_own)
                && !named.into_iter().any(|t| asked.iter().any(|a| related(self.context, a, t)))
        })
    }

    /// The sentences of the ruling, in order.
    pub fn ruled(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.reading.sentences.len()).filter(|n| self.voice(*n) == Some(Voice::Conclusion))
    }

    /// Whether a sentence of the ruling gives as its ground what speaks against the request.
    pub fn rules_against(&self, number: usize) -> bool {
        let speaks = self.says(number, Cue::CriteriaUnmet) || self.is_unsupported(number);
        speaks && !self.says(number, Cue::Concession) || self.rests_on_gap(number)
    }

    /// Whether the ground that a sentence gives is itself a gap in the records: "given the lack of documentation of".
    pub fn rests_on_gap(&self, number: usize) -> bool {
        let sentence = &self.reading.sentences[number];
        let missing = |word: usize| {
            meaning(self.reading, self.context.lexicon, word..word + 1).documentation == Documentation::Missing
        };
        self.says(number, Cue::GivesReason)
            && !self.says(number, Cue::WelcomeLack)
            && !self.says(number, Cue::Concession)
            && self.telling(sentence, sentence.words.clone()).into_iter().any(missing)
    }

    /// Whether another treatment is named right there: "no findings to support surgery, so therapy goes on".
    pub fn names_other(&self, from: usize, end: usize) -> bool {
        let asked = self.decision.request.as_ref().map(|r| requested(self.context, r)).unwrap_or_default();
        let named = things(self.context, self.reading, from..end.min(from + REACH));
        let named = named.iter().filter(|t| !t.class_word).collect::<Vec<_>>();
        !named.is_empty() && !named.iter().any(|t| asked.iter().any(|a| related(self.context, a, t)))
    }
}
