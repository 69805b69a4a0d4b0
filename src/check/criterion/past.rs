//! Evidence that was so once: it speaks neither for nor against what is decided now.

use super::judge::Judge;
use super::lacking::same_stem;
use super::verdict::{Evidence, Verdict};
use crate::check::memo::{is_past, with_course};
use crate::check::summary::plain::observations;
use crate::fact::{Polarity, Stated, Voice};
use crate::letter::{Amount, Reading, Value};
use crate::lexicon::{Cue, Hit, Small, Term};
use crate::rulebook::{Place, Test};
use crate::source::Span;

/// Words shorter than this tell too little.
const TELLING: usize = 5;

impl Judge<'_> {
    /// Whether the letter tells evidence of a time that is over; a number of the patient's is of none.
    pub fn is_past(&self, evidence: &Evidence) -> bool {
        let Some((reading, stated)) = self.stated(evidence) else { return false };
        let denied = stated.polarity == Polarity::Negated;
        is_past(self.context, reading, stated.sentence, &stated.words, denied)
    }

    /// Whether what speaks for a request was so once: the rationale itself tells it as past, or the summary does of a finding. What a
    /// patient had or went through stays so.
    pub fn is_outlived(&self, evidence: &Evidence) -> bool {
        let Some((reading, stated)) = self.stated(evidence) else { return false };
        self.is_state(reading, stated) && self.is_past(evidence) || self.is_told_as_past(reading, stated)
    }

    /// Whether what is stated may go again: it differs from visit to visit, or was found on examination and something is told to be
    /// whole behind it.
    fn is_state(&self, reading: &Reading, stated: &Stated) -> bool {
        let varies = |n: u16| self.context.lexicon.observations[n as usize].varies;
        if observations(self.context, reading, stated).into_iter().any(varies) {
            return true;
        }
        let hits = &reading.hits[reading.sentences[stated.sentence].hits.clone()];
        let within = || hits.iter().filter(|h| stated.words.contains(&(h.first as usize)));
        let lasts = |h: &Hit| matches!(self.context.term(h), Term::Shown(n) if !varies(n));
        let found = |h: &Hit| {
            matches!(self.context.term(h), Term::Observation(_) | Term::Cue(Cue::FacultyImpaired | Cue::TestPositive))
        };
        let felt = |w: usize| reading.is_small(w, Small::Felt, self.context.lexicon);
        let from = reading.words[stated.words.end - 1].end as usize;
        let own = reading.words[stated.words.start].start as usize..from;
        let grades = |a: &&Amount| matches!(a.value, Value::Ratio(..));
        let grades = || self.context.facts.summary.amounts.iter().filter(grades);
        let impaired =
            within().any(found) || stated.words.clone().any(felt) || grades().any(|a| own.contains(&a.bytes.start));
        let whole = || {
            let all = reading.sentences[stated.sentence].hits.start..reading.hits.len();
            let cues = |cue| reading.cues(self.context.lexicon, all.clone(), cue);
            let full = |a: &Amount| a.bytes.start >= from && matches!(&a.value, Value::Ratio(one, of) if one == of);
            [Cue::TestNegative, Cue::FacultyWhole]
                .into_iter()
                .any(|cue| cues(cue).any(|h| h.first as usize >= stated.words.end))
                || grades().any(full)
        };
        impaired && !within().any(lasts) && whole()
    }

    /// What the summary and the request show without what was so once.
    pub fn lasting(&self, test: &Test, shown: Verdict) -> Verdict {
        match shown.evidence.iter().any(|e| self.is_outlived(e)) {
            true => Judge { lasting: true, ..*self }.test(test, &[Place::Summary, Place::Request]),
            false => shown,
        }
    }

    /// Whether the rationale names what is stated, and tells it as past.
    fn is_told_as_past(&self, reading: &Reading, stated: &Stated) -> bool {
        let Some(rationale) = self.decision.rationale.as_ref().map(|r| &r.reading) else { return false };
        let same = |s: &&Stated| s.told == stated.told && s.voice.is_some_and(Voice::is_of_case);
        let past = |s: &Stated| is_past(self.context, rationale, s.sentence, &s.words, false);
        if self.facts.stated.iter().filter(same).any(past) {
            return true;
        }
        let telling = |w: &usize| reading.word(*w).len() >= TELLING;
        let words: Vec<&str> = stated.words.clone().filter(telling).map(|w| reading.word(w)).collect();
        let mut own = self.facts.voices.iter().enumerate().filter(|(_, v)| v.is_of_case()).map(|(n, _)| n);
        own.any(|n| {
            let named = |w: &usize| words.iter().any(|word| same_stem(word, rationale.word(*w)));
            let mut named = rationale.sentences[n].words.clone().filter(named);
            with_course(self.context, rationale, |course| named.any(|w| course.is_past(n, &(w..w + 1), false)))
        })
    }

    /// The words of the summary or the rationale that evidence rests on.
    fn stated(&self, evidence: &Evidence) -> Option<(&Reading, &Stated)> {
        let of = |all: &'_ [Stated], span: Span| all.iter().position(|s| s.span == span);
        if evidence.amount.is_some() {
            return None;
        }
        match evidence.place {
            Place::Summary => {
                let all = &self.context.facts.summary.stated;
                Some((self.context.letter.summary.as_ref()?, &all[of(all, evidence.span)?]))
            }
            Place::Rationale => {
                let all = &self.facts.stated;
                Some((&self.decision.rationale.as_ref()?.reading, &all[of(all, evidence.span)?]))
            }
            _ => None,
        }
    }
}
