//! Nouns that tell a sex: beside the age, behind "the injured worker is a", as a letter, or of the kind of patient that this is.

use super::ages::number_before;
use super::marks::Marks;
use super::patient::{How, Patient, REACH, Sex, SexTold, is_handled, is_of_other};
use super::tie::Tie;
use crate::lexicon::{Cue, Small};
use std::ops::Range;

/// Words for somebody of a sex.
const NOUNS: [(Cue, Sex); 2] = [(Cue::Male, Sex::Male), (Cue::Female, Sex::Female)];

/// How many words may stand between "the injured worker is a" and "female".
const COPULA: usize = 4;

/// How many words may stand between "a" and "woman": "a working".
const DESCRIBED: usize = 3;

/// Nouns beside the age, or behind "the injured worker is a".
pub(super) fn nouns(marks: Marks, patient: &mut Patient) {
    let first = marks.sentence.words.start;
    for (cue, sex) in NOUNS {
        for noun in marks.cue(cue) {
            let old = marks.cue(Cue::YearsOld).find(|o| noun.start > o.start && noun.start - o.start <= REACH + 2);
            // "her assailant, a 19-year-old male", "a 23-year-old male coworker"
            let other = |o: Range<usize>| {
                let first = number_before(marks, o.start.saturating_sub(1)).map_or(o.start, |(_, first)| first);
                is_of_other(marks, first) || marks.begins(Cue::OtherPerson, noun.end)
            };
            if old.clone().is_some_and(other) {
                continue;
            }
            // "lifting a male patient"
            let begin = marks.cue(Cue::SexedPerson).find(|p| p.contains(&noun.start)).map_or(noun.start, |p| p.start);
            if is_handled(marks, noun.start) || is_handled(marks, begin) {
                continue;
            }
            let aged = old.is_some();
            let near = |p: &Range<usize>| p.start <= noun.start && noun.start <= p.end + COPULA;
            let named = noun.start < first + 12 && marks.cue(Cue::Person).any(|p| near(&p));
            // "in the case of this female worker, the physician": the sex is in the words for the patient
            let own = marks.covers(Cue::SexedPerson, noun.start);
            let others = !own && (marks.says(Cue::OtherPerson) || marks.says(Cue::Relative));
            if aged || named || own {
                let span = marks.reading.span_of_words(noun.clone());
                patient.sexes.push(SexTold::noun(sex, aged || !others, span));
            }
        }
    }
}

/// "57 yo F": a letter right behind the age.
pub(super) fn letters(marks: Marks, patient: &mut Patient) {
    for old in marks.cue(Cue::YearsOld).filter(|o| o.end < marks.sentence.words.end) {
        let next = old.end..old.end + 1;
        let sex = match marks.reading.slice(next.clone()) {
            "F" => Sex::Female,
            "M" => Sex::Male,
            _ => continue,
        };
        patient.sexes.push(SexTold::noun(sex, true, marks.reading.span_of_words(next)));
    }
}

/// "A woman who holds a job", "a gentleman of 63": somebody of the kind that the patient is, where nobody else is named.
pub(super) fn kinds(marks: Marks, patient: &mut Patient) {
    if marks.says(Cue::Relative) || marks.says(Cue::GuidelineSays) {
        return;
    }
    let first = marks.sentence.words.start;
    for (cue, sex) in NOUNS {
        for noun in marks.cue(cue) {
            let mut before = (noun.start.saturating_sub(DESCRIBED).max(first)..noun.start).rev();
            let led = before.any(|w| marks.is(w, Small::Article));
            let told = noun.end < marks.sentence.words.end && marks.is(noun.end, Small::TellsKind);
            let other =
                marks.is(noun.start, Small::Child) || is_of_other(marks, noun.start) || is_handled(marks, noun.start);
            if led && told && !other {
                let span = marks.reading.span_of_words(noun);
                let kind = SexTold { sex, how: How::Pronoun, alone: true, tie: Tie::Kind, mixed: false, span };
                patient.sexes.push(kind);
            }
        }
    }
}
