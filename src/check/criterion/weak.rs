//! Approvals that nothing of the rationale speaks for: what it says of the case is against the request, and what stands behind that is a
//! wish, a convenience, or that no harm is done. It is a hint, since a reviewer may find in few words what others tell at length.

use super::lacking::{Rationale, same_stem};
use super::recital::Asked;
use crate::fact::{Documentation, Polarity, Signed};
use crate::lexicon::{Cue, Small};

impl Rationale<'_> {
    /// The first sentence about the case that speaks against the request, where none speaks for it.
    pub fn weakly_approved(&self) -> Option<usize> {
        let recited = self.recited();
        if recited.is_empty() || self.own().chain(self.ruled()).any(|n| self.is_met(n)) {
            return None;
        }
        // what the reviewer turns to in the end
        let last = self.own().last()?;
        let weak = self.ruled().chain([last]).any(|n| self.is_excuse(n))
            || self.opens_turn(last) && !self.speaks_for(last, &recited);
        if !weak {
            return None;
        }
        let against = self.own().find(|n| *n != last && self.is_against(*n));
        let speaks = |n: usize| !self.is_excuse(n) && self.speaks_for(n, &recited);
        against.or_else(|| (self.is_excuse(last) && !self.own().any(speaks)).then_some(last))
    }

    /// Whether a sentence about the case tells what is not there, was not done or is normal.
    fn is_against(&self, number: usize) -> bool {
        if self.is_conceded(number) || self.is_welcome(number) || self.says(number, Cue::NotApplicable) {
            return false;
        }
        let sentence = &self.reading.sentences[number];
        let shown = [Cue::TestPositive, Cue::FacultyImpaired, Cue::StudyFinding, Cue::GivesReason];
        if shown.into_iter().any(|c| self.says(number, c)) || sentence.words.clone().any(|w| self.outweighs(w)) {
            return false;
        }
        let fails = |w: usize| self.reading.is_small(w, Small::Fails, self.context.lexicon);
        let absent = self.absent(number);
        !absent.is_empty() && !sentence.words.clone().any(fails)
            || self.is_unremarkable(number)
            || self.is_short(number)
    }

    /// Whether a sentence tells of the patient what is recited, or any clinical statement.
    fn speaks_for(&self, number: usize, recited: &[Asked<'_>]) -> bool {
        if self.affirmed_statements(number).next().is_some() || self.says(number, Cue::TestPositive) {
            return true;
        }
        let sentence = &self.reading.sentences[number];
        let signed = Signed::of(self.reading, sentence, self.context.lexicon);
        let affirmed = |w: &usize| {
            let meant = signed.context(*w..*w + 1);
            meant.polarity != Polarity::Negated && meant.documentation == Documentation::Said
        };
        let is_recited = |w: &usize| recited.iter().any(|a| !a.denied && same_stem(a.text, self.reading.word(*w)));
        self.telling(sentence, sentence.words.clone()).iter().any(|w| is_recited(w) && affirmed(w))
    }
}
