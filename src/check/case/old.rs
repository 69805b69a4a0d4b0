//! How old an injury is said to be: "the sprain is now three years old", "a two-year-old fracture".

use super::duration::{NOT_OF_INJURY, is_older, is_unshown};
use crate::check::Context;
use crate::check::summary::receipt::clause;
use crate::fact::{PartFacts, Polarity, meaning};
use crate::letter::Reading;
use crate::lexicon::{Cue, Small, as_number, number_word};
use crate::measure::{Date, Quantity, Unit};
use crate::source::Span;
use std::ops::Range;

/// How many words before an age its injury may be named: "the injury to his wrist is by now three years old".
const BEFORE: usize = 9;
/// How many words may stand between an age and its injury: "a two year old left ankle sprain".
const BEHIND: usize = 4;
/// So many years are the age of a person.
const PERSON: f64 = 16.0;
/// How many words before "old" its number may begin: "a year and a half old".
const NUMBER: usize = 6;

/// The first age that is told of an injury and that the time since it, as `is_longer` has it, does not allow.
pub fn too_old(
    context: &Context<'_>,
    reading: &Reading,
    facts: &PartFacts,
    injury: Date,
    is_longer: impl Fn(Quantity) -> bool,
) -> Option<Span> {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    (0..reading.words.len()).filter(|w| is(*w, Small::AgeWord)).find_map(|old| {
        let number = reading.sentence_at(reading.words[old].start as usize)?;
        let sentence = &reading.sentences[number];
        let (age, words) = age(context, reading, sentence.words.start, old)?;
        let own = facts.is_of_case(number);
        // "old" itself tells of an earlier time
        let others = |cue: &Cue| {
            let mut hits = reading.cues(context.lexicon, sentence.hits.clone(), *cue);
            hits.any(|h| h.first as usize != old)
        };
        let aside = NOT_OF_INJURY.iter().any(others) || facts.reviewed.contains(&number);
        let years = age.unit == Unit::Years && age.least >= PERSON;
        if years || !own || aside || !is_longer(age) || is_older(reading, facts, number, injury) {
            return None;
        }
        let clause = clause(context, reading, sentence, words.clone());
        let hurt = |w: &usize| is(*w, Small::InjuryNoun);
        let person = |range: Range<usize>| {
            let mut persons = [Cue::Person, Cue::Claimant].into_iter();
            persons.any(|c| {
                let mut hits = reading.cues(context.lexicon, sentence.hits.clone(), c);
                hits.any(|h| range.contains(&(h.first as usize)))
            })
        };
        let from = words.start.saturating_sub(BEFORE).max(clause.start);
        let before = (from..words.start).rev().find(hurt).filter(|w| !person(*w..words.start));
        let behind = (words.end..(words.end + BEHIND).min(clause.end)).find(hurt).filter(|w| !person(words.end..*w));
        let noun = before.or(behind)?;
        let other = clause.clone().any(|w| w != old && is(w, Small::Former))
            || is_unshown(context, reading, sentence, words.start);
        let plain = meaning(reading, context.lexicon, noun..noun + 1).polarity == Polarity::Affirmed;
        (!other && plain).then(|| reading.span_of_words(words))
    })
}

/// The age that "old" ends, with its words: "three years old", "year and a half old".
fn age(context: &Context<'_>, reading: &Reading, start: usize, old: usize) -> Option<(Quantity, Range<usize>)> {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let near = old.saturating_sub(NUMBER).max(start)..old;
    let unit = |w: usize| Unit::from_word(&reading.word(w).to_ascii_lowercase()).filter(|u| u.is_time());
    let (at, unit) = near.clone().rev().find_map(|w| Some((w, unit(w)?)))?;
    // "a year and a half old", "two and a half years old"
    let ends = at + 1..old;
    let behind = ends.clone().any(|w| is(w, Small::Half));
    let before = at > near.start && is(at - 1, Small::Half);
    let half = behind || before;
    if !ends.is_empty() && !behind {
        return None;
    }
    let figure = |w: &usize| number_word(reading.word(*w).as_bytes()).is_some();
    let whole = match before {
        true => (near.start..at - 1).rev().find(figure)?,
        false => at.checked_sub(1).filter(|w| near.contains(w))?,
    };
    let number = match is(whole, Small::Article) {
        true => 1.0,
        false => as_number(reading.word(whole))?,
    };
    Some((Quantity::new(number + if half { 0.5 } else { 0.0 }, unit), whole..old + 1))
}
