//! Measures by name, and what the patient can do, as the rationale tells them, against the summary: "a BMI of 41", "walks two
//! blocks", "sleeps four hours".

use super::contradiction::finding;
use super::opposed::{Claim, factual, of_both, opposed};
use super::receipt::{Place, clause};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{PartFacts, Polarity, meaning};
use crate::letter::{Decision, Reading, Sentence};
use crate::lexicon::{Cue, Small, fold, number_word};
use std::ops::Range;

/// How many words may stand between a measure and its number: "the Beck Depression Inventory score was".
const REACH: usize = 6;
/// Or between what is done and how much of it.
const DONE: usize = 4;

/// A measure or an act with its unit, by its words.
type Topic = (String, String);
/// Its number, and whether its clause tells that it was so at some time.
type Measured = (f64, bool);

/// A number of the rationale that the summary gives otherwise and nowhere so.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (said, told) = of_both(context, decision, facts, |reading, facts| measures(context, reading, facts))?;
    let agree = |a: &Measured, b: &Measured| (a.0 - b.0).abs() < 0.05 * a.0.abs().max(b.0.abs()).max(1.0);
    let (one, other) = opposed(context, &said, &told, |a, b| a == b, agree)?;
    let found = finding(context, "number", &one.topic.0, one.span, other.span);
    // what the patient can do may have changed from one visit to the next, and so may a measure of which that is told
    let several = told.iter().any(|o| o.topic == one.topic && !agree(&o.value, &other.value));
    let unsure = !one.topic.1.is_empty() || several || one.value.1 || other.value.1;
    Some(Finding { lowered: unsure.then_some(Severity::Info), ..found })
}

/// The measures of a part of the letter.
fn measures(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Claim<Topic, Measured>> {
    let mut found = Vec::new();
    for n in factual(context, reading, facts, &[Cue::ThisRequest, Cue::AsksFor]) {
        let sentence = &reading.sentences[n];
        let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
        for w in sentence.words.clone() {
            let (named, act) = (is(w, Small::NamedMeasure), is(w, Small::Act));
            if !named && !act {
                continue;
            }
            let clause = clause(context, reading, sentence, w..w + 1);
            // "rose from 9 to 14" is told elsewhere
            if clause.clone().any(|w| is(w, Small::From)) {
                continue;
            }
            let timed = clause.clone().any(|w| is(w, Small::Shifts));
            let topic = |unit: String| (fold(reading.slice(w..w + 1)).trim_end_matches('s').to_string(), unit);
            let claim = |topic: Topic, value: f64, words: Range<usize>| Claim {
                topic,
                value: (value, timed),
                place: Place::default(),
                span: reading.span_of_words(words),
            };
            if named {
                let near = w + 1..clause.end.min(w + 1 + REACH);
                let other = near.clone().find(|o| is(*o, Small::NamedMeasure) && !is_part(context, reading, *o));
                let near = near.start..other.unwrap_or(near.end);
                let number = near.clone().find_map(|v| Some((v, value(reading, facts, v)?)));
                if let Some((v, value)) = number {
                    found.push(claim(topic(String::new()), value, w..v + 1));
                }
            } else if let Some((value, unit, words)) = done(context, reading, facts, sentence, w..clause.end) {
                let meant = meaning(reading, context.lexicon, w..w + 1);
                if meant.polarity == Polarity::Affirmed {
                    found.push(claim(topic(unit), value, words));
                }
            }
        }
    }
    found
}

/// Whether a word is part of the same name: "Beck Depression Inventory".
fn is_part(context: &Context<'_>, reading: &Reading, word: usize) -> bool {
    word > 0 && context.lexicon.is_small(reading.slice(word - 1..word), Small::NamedMeasure)
}

/// How much of an act is told right behind it, with its unit: "walk two blocks".
fn done(
    context: &Context<'_>,
    reading: &Reading,
    facts: &PartFacts,
    sentence: &Sentence,
    words: Range<usize>,
) -> Option<(f64, String, Range<usize>)> {
    let near = words.start + 1..words.end.min(words.start + 1 + DONE);
    let (at, number) =
        near.clone().find_map(|v| Some((v, value(reading, facts, v).or_else(|| spelled(reading, v))?)))?;
    let unit = at + 1;
    let is_unit = unit < sentence.words.end && reading.is_small(unit, Small::ActUnit, context.lexicon);
    let unit = fold(reading.slice(unit..(unit + 1).min(sentence.words.end)));
    is_unit.then(|| (number, unit.trim_end_matches('s').to_string(), words.start..at + 2))
}

/// A number in words.
fn spelled(reading: &Reading, word: usize) -> Option<f64> {
    number_word(reading.slice(word..word + 1).as_bytes()).map(f64::from)
}

/// The number that a word is in figures; dates, ranges and parts of other numbers are none.
fn value(reading: &Reading, facts: &PartFacts, word: usize) -> Option<f64> {
    let (text, place) = (reading.text().as_bytes(), &reading.words[word]);
    let (start, end) = (place.start as usize, place.end as usize);
    let joined = |b: Option<&u8>| matches!(b, Some(b'-' | b'/'));
    let dated = facts.dates.iter().any(|d| d.span.overlaps(reading.span_of_words(word..word + 1)));
    let number: f64 = reading.slice(word..word + 1).parse().ok()?;
    let decimal = text.get(end) == Some(&b'.') && text.get(end + 1).is_some_and(u8::is_ascii_digit);
    let whole = || reading.text()[start..].split(|c: char| !c.is_ascii_digit() && c != '.').next()?.parse().ok();
    let number = if decimal { whole()? } else { number };
    let free = start == 0 || !joined(text.get(start - 1)) && text.get(start - 1) != Some(&b'.');
    // "24/63" is out of so many
    let ranged = text.get(end) == Some(&b'-');
    (free && !dated && !ranged).then_some(number)
}
