//! What a measure that is told twice in a sentence came to: "flexion rose from 30 to 60 degrees", "pain was 7/10 before and after".

use super::judge::Judge;
use super::verdict::Evidence;
use crate::check::memo::requested;
use crate::check::naming::{Thing, related, things};
use crate::fact::{Told, Voice};
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Lexicon, Measured, PhraseList, Small, TreatmentKind, as_number};
use crate::rulebook::{Place, VerdictWord};
use std::ops::Range;

/// So many words before its first value stands the name of a measure.
const NAMED: usize = 9;
/// So many words may stand between two values, and between a value and the word that tells when.
const APART: usize = 7;
/// So many sentences behind a gain may tell that it was lost.
const BEHIND_GAIN: usize = 2;
const WHEN: usize = 4;
/// So near a drug it is told that less of it is taken.
const BESIDE: usize = 3;
/// By so great a part of its first value a measure must change to be better.
const PART: f64 = 0.2;

impl Judge<'_> {
    /// What measures say of a list whose words they may stand for.
    pub fn measured(&self, list: &PhraseList, place: Place) -> Vec<Evidence> {
        let Some(asked) = list.measured else { return Vec::new() };
        let Some(reading) = self.reading(place) else { return Vec::new() };
        let rationale = place == Place::Rationale;
        // that a measure stood still from one day to the next is told of many a course that helped
        if asked == Measured::NoGain && !rationale {
            return Vec::new();
        }
        let speaks = |n: &usize| match rationale {
            true => self.facts.voices.get(*n) == Some(&Voice::Application),
            false => !self.context.facts.summary.reviewed.contains(n) && self.is_gained(*n),
        };
        let told = (0..reading.sentences.len()).filter(speaks).filter_map(|n| {
            let (found, words) = change(reading, &reading.sentences[n], self.context.lexicon)?;
            (found == asked).then_some(words)
        });
        told.map(|words| Evidence {
            span: reading.span_of_words(words),
            place,
            amount: None,
            limit: None,
            shows: VerdictWord::Met,
        })
        .collect()
    }

    /// Whether what a sentence of the summary tells counts for this request: a list may ask for its treatment or its part of the body.
    pub fn counts_in_record(&self, told: Told, sentence: usize) -> bool {
        let Told::List(n) = told else { return true };
        let list = &self.context.lexicon.lists[n as usize];
        let treated = match list.measured {
            Some(Measured::Gain) => self.is_gained(sentence),
            _ => self.is_treated(sentence),
        };
        (!list.of_treatment || treated) && (!list.of_part || self.is_of_part(sentence))
    }

    /// Whether a gain that a sentence of the summary tells is one of the treatment asked for: its own words name the treatment,
    /// nothing else, no plan and no hope, and the sentences behind it do not tell that it was lost.
    fn is_gained(&self, sentence: usize) -> bool {
        let Some(summary) = &self.context.letter.summary else { return false };
        let is = |word: usize, set| summary.is_small(word, set, self.context.lexicon);
        let words = |n: usize| summary.sentences[n].words.clone();
        let clouded = words(sentence).any(|w| is(w, Small::CloudsGain));
        let behind = (sentence + 1..summary.sentences.len()).take(BEHIND_GAIN);
        let fell_back = |w: usize| {
            summary.word(w).eq_ignore_ascii_case("back")
                && w + 2 < summary.words.len()
                && summary.word(w + 2).bytes().all(|b| b.is_ascii_digit())
        };
        let lost = || behind.flat_map(words).any(|w| is(w, Small::LosesGain) || fell_back(w));
        self.is_named(sentence) && self.is_treated(sentence) && !clouded && !lost()
    }

    /// Whether a sentence of the summary itself names a treatment, or a visit of one.
    fn is_named(&self, sentence: usize) -> bool {
        let Some(summary) = &self.context.letter.summary else { return false };
        let mut words = summary.sentences[sentence].words.clone();
        let asked = requested(self.context, self.request);
        // "since therapy began"
        let own = |t: &Thing| asked.iter().any(|a| related(self.context, a, t));
        things(self.context, summary, words.clone()).iter().any(|t| !t.class_word || own(t))
            || words.any(|w| summary.is_small(w, Small::Visit, self.context.lexicon))
    }

    /// Whether a sentence of the summary names the part of the body that is asked for, or none.
    pub fn is_of_part(&self, sentence: usize) -> bool {
        let summary = self.context.letter.summary.as_ref();
        summary.is_some_and(|s| self.context.is_of_part(s, &s.sentences[sentence], self.request))
    }

    /// Whether a sentence of the summary, or the one before it where it names no treatment, is about the treatment that is asked
    /// for; of visits also where neither names any.
    pub fn is_treated(&self, sentence: usize) -> bool {
        let Some(summary) = &self.context.letter.summary else { return false };
        let asked = requested(self.context, self.request);
        let is_own = |t: &Thing| asked.iter().any(|a| related(self.context, a, t));
        // "and naproxen was halved" tells what another treatment did
        let taken_less = |t: &Thing, all: &Range<usize>| {
            let near = all.start.max(t.words.start.saturating_sub(BESIDE))..all.end.min(t.words.end + BESIDE);
            let less = |w: usize| summary.is_small(w, Small::TakenLess, self.context.lexicon);
            let kind = |t: &u16| self.context.lexicon.treatments[*t as usize].kind;
            let drug = !t.drugs.is_empty() || t.treatments.iter().all(|t| kind(t) == TreatmentKind::DrugClass);
            drug && !is_own(t) && near.into_iter().any(less)
        };
        let named = |n: usize| -> Vec<Thing> {
            let words = summary.sentences[n].words.clone();
            let mut all = things(self.context, summary, words.clone());
            all.retain(|t| !t.class_word && !taken_less(t, &words));
            all
        };
        let own = named(sentence);
        let before = sentence.checked_sub(1).filter(|_| own.is_empty());
        let told = before.map_or(own, named);
        if told.is_empty() {
            let kind = |t: &u16| self.context.lexicon.treatments[*t as usize].kind;
            let is_visit = |w: usize| summary.is_small(w, Small::Visit, self.context.lexicon);
            let mut words =
                summary.sentences[before.unwrap_or(sentence)].words.start..summary.sentences[sentence].words.end;
            return self.request.treatments.iter().any(|(t, _)| kind(t) == TreatmentKind::TherapyVisits)
                && words.any(is_visit);
        }
        told.iter().any(is_own)
    }
}

/// What a sentence tells of a measure at two times; none if it tells of none, or of a small change.
pub fn change(reading: &Reading, sentence: &Sentence, lexicon: &Lexicon) -> Option<(Measured, Range<usize>)> {
    let is = |word: usize, set| sentence.words.contains(&word) && reading.is_small(word, set, lexicon);
    let values = values(reading, sentence);
    for (n, (first, before)) in values.iter().enumerate() {
        let named = (sentence.words.start.max(first.saturating_sub(NAMED))..*first).rev();
        let measure = named.into_iter().find_map(|w| match (is(w, Small::Ability), is(w, Small::Burden)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        });
        let Some(rises) = measure else { continue };
        let near = |from: usize, set| (from + 1..=from + WHEN).any(|w| is(w, set));
        // "stayed at 6", "7/10 before and after"
        let lead = (1..=2).any(|back| first.checked_sub(back).is_some_and(|w| is(w, Small::Stays)));
        let both = near(*first, Small::Earlier) && near(*first, Small::Afterwards);
        let next = values.get(n + 1).filter(|(second, _)| second - first <= APART);
        let Some((second, after)) = next else {
            let of_pain = (sentence.words.start.max(first.saturating_sub(NAMED))..*first).any(|w| is(w, Small::Hurts));
            if both || lead && !of_pain {
                return Some((Measured::NoGain, *first..*first + 1));
            }
            continue;
        };
        let from = first.checked_sub(1).is_some_and(|w| is(w, Small::From));
        let to = (1..=2).any(|back| is(second - back, Small::To));
        let dated = near(*first, Small::Earlier) && near(*second, Small::Afterwards);
        if !(from && to || dated) {
            continue;
        }
        let better = if rises { after - before } else { before - after };
        if better <= 0.0 {
            return Some((Measured::NoGain, *first..*second + 1));
        }
        // that it hurts less is no gain in what the patient can do
        let of_pain = (sentence.words.start.max(first.saturating_sub(NAMED))..*first).any(|w| is(w, Small::Hurts));
        return (!of_pain && better >= before.abs() * PART).then_some((Measured::Gain, *first..*second + 1));
    }
    None
}

/// The values of a sentence: each number by itself or out of ten or a hundred, with the first of its words. Dates and
/// fractions of strength are none.
fn values(reading: &Reading, sentence: &Sentence) -> Vec<(usize, f64)> {
    let text = |w: usize| reading.word(w);
    let number = |w: usize| as_number(text(w));
    let joined = |w: usize| {
        let gap = &reading.text()[reading.words[w].end as usize..reading.words[w + 1].start as usize];
        matches!(gap, "/" | "-" | ".")
    };
    let mut found = Vec::new();
    let mut word = sentence.words.start;
    while word < sentence.words.end {
        let mut last = word;
        while last + 1 < sentence.words.end && joined(last) {
            last += 1;
        }
        let out_of = last == word + 1 && matches!(number(last), Some(10.0 | 100.0));
        if let Some(value) = number(word).filter(|_| last == word || out_of) {
            found.push((word, value));
        }
        word = last + 1;
    }
    found
}
