//! Measures by name, and what the patient can do, as the rationale tells them, against the summary: "a BMI of 41", "walks two
//! blocks", "sleeps four hours".

use super::contradiction::finding;
use super::opposed::{Claim, factual, of_both, opposed};
use super::receipt::{Place, clause};
use crate::check::naming::{Thing, related, things};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{PartFacts, Polarity, meaning};
use crate::letter::{Decision, Reading, Sentence};
use crate::lexicon::{Cue, Small, fold, number_word};
use std::ops::Range;

/// How many words may stand between a measure and its number: "the Beck Depression Inventory score was".
const REACH: usize = 6;
/// Or between what is done and how much of it.
const DONE: usize = 5;
/// Amounts of an act nearer than this factor are told roughly, or of two days.
const ROUGHLY: f64 = 1.5;

/// What a patient does for so long, so far or so much, each by a set of words.
const ACTS: [(Small, &str); 8] = [
    (Small::Walks, "walking"),
    (Small::Sits, "sitting"),
    (Small::Stands, "standing"),
    (Small::Lifts, "lifting"),
    (Small::Carries, "carrying"),
    (Small::Sleeps, "sleep"),
    (Small::DrivesFor, "driving"),
    (Small::WorksFor, "work"),
];

/// Units with how many there are in one, and of what.
const UNITS: [(Small, f64, &str); 3] = [
    (Small::UnitOfMinutes, 1.0, "minutes"),
    (Small::UnitOfHours, 60.0, "minutes"),
    (Small::UnitOfPounds, 1.0, "pounds"),
];

/// A measure or an act with its unit, by its words.
type Topic = (String, String);

/// The number of a measure.
struct Measured {
    /// The least that it may be, and the most: "under 40" leaves open what it is below that.
    least: f64,
    most: f64,
    /// Whether its clause tells that it was so at some time.
    timed: bool,
    /// Whether it is how much of an act.
    act: bool,
    /// Whether it may be denied.
    denied: bool,
    /// The treatments that its sentence names.
    things: Vec<Thing>,
}

impl Measured {
    /// Whether two may be the same.
    fn agrees(&self, other: &Measured) -> bool {
        let (less, more) = (self.most.min(other.most), self.least.max(other.least));
        if self.act { more < less * ROUGHLY } else { more - less < 0.05 * more.abs().max(1.0) }
    }
}

/// A number of the rationale that the summary gives otherwise and nowhere so.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (said, told) = of_both(context, decision, facts, |reading, facts| measures(context, reading, facts))?;
    let (one, other) = opposed(context, &said, &told, |a, b| a == b, Measured::agrees)?;
    if one.value.denied || other.value.denied {
        return None;
    }
    let found = finding(context, "number", &one.topic.0, one.span, other.span);
    // a measure may have changed of which that is told
    let several = told.iter().any(|o| o.topic == one.topic && !o.value.agrees(&other.value));
    let timed = one.value.timed || other.value.timed;
    // what the patient can do may have changed from one visit to the next, but hardly with the same treatment
    let under = || {
        let same = |a: &Thing| other.value.things.iter().any(|b| !a.class_word && related(context, a, b));
        one.value.things.iter().any(same)
    };
    let unsure = several || timed || one.value.act && !under();
    Some(Finding { lowered: unsure.then_some(Severity::Info), ..found })
}

/// The measures of a part of the letter.
fn measures(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Claim<Topic, Measured>> {
    let mut found = Vec::new();
    for n in factual(context, reading, facts, &[Cue::ThisRequest, Cue::AsksFor]) {
        let sentence = &reading.sentences[n];
        let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
        for w in sentence.words.clone() {
            let named = is(w, Small::NamedMeasure);
            let act = ACTS.iter().find(|(set, _)| is(w, *set));
            if !named && act.is_none() {
                continue;
            }
            let clause = clause(context, reading, sentence, w..w + 1);
            // "rose from 9 to 14" is told elsewhere
            if clause.clone().any(|w| is(w, Small::From)) {
                continue;
            }
            let timed = clause.clone().any(|w| is(w, Small::Shifts));
            let claim = |topic: Topic, (least, most): (f64, f64), denied: bool, words: Range<usize>| Claim {
                topic,
                value: Measured {
                    least,
                    most,
                    timed,
                    act: act.is_some(),
                    denied,
                    things: if act.is_some() { things(context, reading, sentence.words.clone()) } else { Vec::new() },
                },
                place: Place::default(),
                span: reading.span_of_words(words),
            };
            if named {
                let near = w + 1..clause.end.min(w + 1 + REACH);
                let other = near.clone().find(|o| is(*o, Small::NamedMeasure) && !is_part(context, reading, *o));
                let near = near.start..other.unwrap_or(near.end);
                let number = near.clone().find_map(|v| Some((v, value(reading, facts, v)?)));
                if let Some((v, value)) = number {
                    let name = fold(reading.word(w)).trim_end_matches('s').to_string();
                    let range = bounds(context, reading, sentence, w + 1..v, value);
                    found.push(claim((name, String::new()), range, false, w..v + 1));
                }
            } else if let Some((_, name)) = act
                && let Some((number, unit, words)) = done(context, reading, facts, sentence, w, &clause)
            {
                // "three hours without the drug and eight hours of sleep with it" tells the eight all the same
                let denied = !is_bound(context, reading, sentence, &words)
                    && meaning(reading, context.lexicon, w..w + 1).polarity != Polarity::Affirmed;
                found.push(claim((name.to_string(), unit), (number, number), denied, words));
            }
        }
    }
    found
}

/// What a number leaves open where words before or behind it make it a bound: "under 40", "35 or more".
fn bounds(
    context: &Context<'_>,
    reading: &Reading,
    sentence: &Sentence,
    before: Range<usize>,
    number: f64,
) -> (f64, f64) {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let at = before.end;
    let sign = reading.text()[..reading.words[at].start as usize].trim_end().chars().next_back();
    let or = at + 2 < sentence.words.end && is(at + 1, Small::Lists);
    let under = is_bound(context, reading, sentence, &(at..at + 1))
        || before.clone().any(|w| is(w, Small::IsLess))
        || or && is(at + 2, Small::IsLess)
        || matches!(sign, Some('<' | '\u{2264}'));
    let over = before.clone().any(|w| is(w, Small::IsMore))
        || or && is(at + 2, Small::OrMore)
        || matches!(sign, Some('>' | '\u{2265}'));
    // "no less than 35" and "not over 35" leave the same to see: which is meant is not told for sure
    let denied = before.clone().any(|w| is(w, Small::No));
    match (under, over) {
        (true, _) | (_, true) if denied => (f64::NEG_INFINITY, f64::INFINITY),
        (true, _) => (f64::NEG_INFINITY, number),
        (false, true) => (number, f64::INFINITY),
        (false, false) => (number, number),
    }
}

/// Whether a word is part of the same name: "Beck Depression Inventory".
fn is_part(context: &Context<'_>, reading: &Reading, word: usize) -> bool {
    word > 0 && context.lexicon.is_small(reading.word(word - 1), Small::NamedMeasure)
}

/// How much of an act is told, with its unit: right behind it ("walk two blocks"), else right before it ("four hours of sleep").
fn done(
    context: &Context<'_>,
    reading: &Reading,
    facts: &PartFacts,
    sentence: &Sentence,
    act: usize,
    clause: &Range<usize>,
) -> Option<(f64, String, Range<usize>)> {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let counted = |at: usize| amount(context, reading, facts, sentence, at);
    let behind = || (act + 1..clause.end.min(act + 1 + DONE)).find_map(counted).map(|(n, u, w)| (n, u, act..w.end));
    let of = act > clause.start && is(act - 1, Small::Of);
    let before = || {
        let near = act.saturating_sub(DONE).max(clause.start)..act.saturating_sub(1);
        let mut amounts = near.into_iter().filter_map(counted);
        amounts.find(|(_, _, words)| words.end + 1 == act).map(|(n, u, w)| (n, u, w.start..act + 1))
    };
    if of { before() } else { None }.or_else(behind)
}

/// Whether "no more than" or the like stands before or within an amount, so that its "no" denies no act.
fn is_bound(context: &Context<'_>, reading: &Reading, sentence: &Sentence, words: &Range<usize>) -> bool {
    let mut bounds = reading.cues(context.lexicon, sentence.hits.clone(), Cue::AtMost);
    bounds.any(|h| h.end as usize == words.start || words.contains(&(h.first as usize)))
}

/// The amount that begins at a word, with its unit: "15 minutes", "two blocks", "half an hour", "an hour".
fn amount(
    context: &Context<'_>,
    reading: &Reading,
    facts: &PartFacts,
    sentence: &Sentence,
    at: usize,
) -> Option<(f64, String, Range<usize>)> {
    let is = |w: usize, set| w < sentence.words.end && reading.is_small(w, set, context.lexicon);
    let half = is(at, Small::Half) && is(at + 1, Small::Article);
    let article = is(at, Small::Article);
    let number = match (half, article) {
        (true, _) => 0.5,
        (_, true) => 1.0,
        _ => value(reading, facts, at).or_else(|| spelled(reading, at))?,
    };
    let unit = if half { at + 2 } else { at + 1 };
    let words = at..unit + 1;
    if let Some((_, each, name)) = UNITS.into_iter().find(|(set, ..)| is(unit, *set)) {
        return Some((number * each, name.to_string(), words));
    }
    // "a block" may be an injection, "a mile" a saying
    let way = is(unit, Small::UnitOfWay) && !half && !article;
    way.then(|| (number, fold(reading.word(unit)).trim_end_matches('s').to_string(), words))
}

/// A number in words.
fn spelled(reading: &Reading, word: usize) -> Option<f64> {
    number_word(reading.word(word).as_bytes()).map(f64::from)
}

/// The number that a word is in figures; dates, ranges and parts of other numbers are none.
fn value(reading: &Reading, facts: &PartFacts, word: usize) -> Option<f64> {
    let (text, place) = (reading.text().as_bytes(), &reading.words[word]);
    let (start, end) = (place.start as usize, place.end as usize);
    let joined = |b: Option<&u8>| matches!(b, Some(b'-' | b'/'));
    let dated = facts.dates.iter().any(|d| d.span.overlaps(reading.span_of_words(word..word + 1)));
    let number: f64 = reading.word(word).parse().ok()?;
    let decimal = text.get(end) == Some(&b'.') && text.get(end + 1).is_some_and(u8::is_ascii_digit);
    let whole = || reading.text()[start..].split(|c: char| !c.is_ascii_digit() && c != '.').next()?.parse().ok();
    let number = if decimal { whole()? } else { number };
    let free = start == 0 || !joined(text.get(start - 1)) && text.get(start - 1) != Some(&b'.');
    // "24/63" is out of so many
    let ranged = text.get(end) == Some(&b'-');
    (free && !dated && !ranged).then_some(number)
}
