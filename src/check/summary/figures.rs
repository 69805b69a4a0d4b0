//! The numbers that a sentence tells, by what their own form says they measure.

use crate::fact::PartFacts;
use crate::letter::{Reading, Sentence, Value};
use crate::lexicon::{Lexicon, Small, as_number, number_word};
use crate::measure::{Quantity, Unit};
use std::ops::Range;

/// What a number measures, as far as its own form tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// "3 levels".
    Plain,
    /// "40 %".
    Percent,
    /// "4/5": the scale.
    OutOf(f64),
    /// "6 weeks", in days.
    Time,
}

/// A number of a sentence.
pub struct Figure {
    pub form: Form,
    pub least: f64,
    pub most: f64,
    pub words: Range<usize>,
}

/// A bare number of these is a year.
pub const YEARS: Range<f64> = 1900.0..2100.0;

/// The numbers of a sentence, in order; dates, ages, levels, doses, ranges and limits by name ("the 30 percent threshold") are none.
pub fn figures(lexicon: &Lexicon, reading: &Reading, sentence: &Sentence, facts: &PartFacts) -> Vec<Figure> {
    let limit = |w: usize| w < sentence.words.end && reading.is_small(w, Small::LimitNoun, lexicon);
    let mut found = Vec::new();
    let mut at = sentence.words.start;
    while at < sentence.words.end {
        let Some((form, least, most, end)) = number(reading, sentence, facts, at) else {
            at += 1;
            continue;
        };
        if !limit(end) {
            found.push(Figure { form, least, most, words: at..end });
        }
        at = end;
    }
    found
}

/// The number that begins at a word: its form, its least and most value, and the end of its words.
fn number(reading: &Reading, sentence: &Sentence, facts: &PartFacts, at: usize) -> Option<(Form, f64, f64, usize)> {
    let text = reading.text().as_bytes();
    let word = |n: usize| (n < sentence.words.end).then(|| &reading.words[n]);
    let bytes = |n: usize| word(n).map(|w| &text[w.start as usize..w.end as usize]);
    let own = bytes(at)?;
    if !own[0].is_ascii_digit() && number_word(own).is_none() {
        return None;
    }
    let (start, end) = (reading.words[at].start as usize, reading.words[at].end as usize);
    if start > 0 && matches!(text[start - 1], b'-' | b'/' | b'.' | b'#' | b'$') {
        return None;
    }
    if facts.dates.iter().any(|d| d.span.overlaps(reading.span_of_words(at..at + 1))) {
        return None;
    }
    if let Some(amount) = facts.amounts.iter().find(|a| a.bytes.start == start) {
        let last =
            at + reading.words[at..sentence.words.end].partition_point(|w| (w.start as usize) < amount.bytes.end);
        match &amount.value {
            Value::Duration(q) => return days(*q).map(|(least, most)| (Form::Time, least, most, last)),
            Value::Ratio(n, of) => return Some((Form::OutOf(*of), *n, *n, last)),
            Value::Strength { parts, unit } if unit == "%" => {
                let n = *parts.first()?;
                return Some((Form::Percent, n, n, last));
            }
            // "3 sessions": the number alone, so that what it counts is a word like others
            Value::Tally { number, .. } | Value::Number(number) => {
                return Some((Form::Plain, number.least, number.most, at + 1));
            }
            _ => return None,
        }
    }
    let value = as_number(reading.word(at))?;
    let is_year = own.len() == 4 && YEARS.contains(&value);
    match text.get(end) {
        // "a 20-pound limit", but not "2-3"
        Some(b'-') if text.get(end + 1).is_some_and(u8::is_ascii_alphabetic) => {
            Some((Form::Plain, value, value, at + 1))
        }
        Some(b'-') | Some(b'/') => None,
        Some(b'%') => Some((Form::Percent, value, value, at + 1)),
        _ if is_year => None,
        _ => Some((Form::Plain, value, value, at + 1)),
    }
}

/// A length of time in days, least and most.
pub fn days(quantity: Quantity) -> Option<(f64, f64)> {
    let each = match quantity.unit {
        Unit::Days => 1.0,
        Unit::Weeks => 7.0,
        Unit::Months => 30.4,
        Unit::Years => 365.25,
        _ => return None,
    };
    Some((quantity.least * each, quantity.most * each))
}

/// The bare numbers of a sentence: "two operations of the knee and one of the shoulder".
pub fn bare(reading: &Reading, sentence: &Sentence, facts: &PartFacts) -> Vec<f64> {
    let plain = |w| number(reading, sentence, facts, w).filter(|(form, ..)| *form == Form::Plain);
    sentence.words.clone().filter_map(plain).map(|(_, least, ..)| least).filter(|n| !YEARS.contains(n)).collect()
}

/// How many numbers a sum may be made of.
const SUMMED: usize = 7;

/// Whether a number is the sum of some of others.
pub fn is_sum(number: f64, of: &[f64]) -> bool {
    let some = &of[..of.len().min(SUMMED)];
    (1..1_u32 << some.len()).any(|set| {
        let part = some.iter().enumerate().filter(|(n, _)| set & 1 << n != 0);
        part.map(|(_, x)| x).sum::<f64>() == number
    })
}
