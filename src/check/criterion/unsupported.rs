//! What an approval says against its own request: that nothing supports it, or that its ground is a gap in the records.

use super::lacking::{REACH, Rationale};
use crate::check::memo::requested;
use crate::check::naming::{related, things};
use crate::fact::{Documentation, Polarity, Voice, meaning};
use crate::lexicon::{Cue, Hit};

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
