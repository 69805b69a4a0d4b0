//! Sums that a rationale does in words: "four tablets a day for 30 days make 120".

use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{PartFacts, Voice};
use crate::letter::{Amount, Decision, Reading, Sentence, Value};
use crate::lexicon::{Cue, Small, number_word};
use crate::measure::{Quantity, Unit};
use std::ops::Range;

/// Pieces a day.
const TIMES: [(Cue, f64); 4] =
    [(Cue::OnceDaily, 1.0), (Cue::TwiceDaily, 2.0), (Cue::ThriceDaily, 3.0), (Cue::FourTimesDaily, 4.0)];

/// A sum of a sentence of the rationale that does not come out.
pub fn slip(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let reading = &decision.rationale.as_ref()?.reading;
    reading.sentences.iter().enumerate().find_map(|(n, sentence)| {
        let own = matches!(facts.voices.get(n), Some(Voice::Application | Voice::Conclusion | Voice::Recital));
        let vague = [Cue::AsNeeded, Cue::Conditional, Cue::GuidelineSays, Cue::AgeBound, Cue::AtMost];
        if !own || vague.iter().any(|c| sentence.cues.has(*c)) {
            return None;
        }
        if !facts.amounts.iter().any(|a| sentence.bytes.contains(&a.bytes.start)) {
            return None;
        }
        let makes = sentence.words.clone().find(|w| is(context, reading, *w, Small::Makes));
        // "twice a week for four weeks is ten visits"
        let is_so = || sentence.words.clone().find(|w| is(context, reading, *w, Small::Is));
        reckon(context, decision, reading, sentence, facts, (makes.or_else(is_so)?, makes.is_some()))
    })
}

fn is(context: &Context<'_>, reading: &Reading, word: usize, set: Small) -> bool {
    reading.is_small(word, set, context.lexicon)
}

/// The amounts of a sentence, each with its words.
pub fn amounts_of<'a>(reading: &Reading, sentence: &Sentence, facts: &'a PartFacts) -> Vec<(&'a Amount, Range<usize>)> {
    let own = facts.amounts.iter().filter(|a| sentence.bytes.contains(&a.bytes.start));
    own.map(|a| (a, reading.words_within(&a.bytes))).collect()
}

/// The finding on the sum of a sentence whose word for the outcome is known: pieces a day, days and pieces, each told once.
fn reckon(
    context: &Context<'_>,
    decision: &Decision,
    reading: &Reading,
    sentence: &Sentence,
    facts: &PartFacts,
    (makes, plain): (usize, bool),
) -> Option<Finding> {
    let amounts = amounts_of(reading, sentence, facts);
    let hits = reading.hits[sentence.hits.clone()].iter();
    let often: Vec<(f64, Range<usize>)> = hits
        .filter_map(|h| {
            let (_, times) = TIMES.iter().find(|(cue, _)| context.is(h, *cue))?;
            Some((*times, h.first as usize..h.end as usize))
        })
        .collect();
    // "two visits a week for 4 weeks make 10 visits"
    let all: Vec<&Amount> = amounts.iter().map(|(a, _)| *a).collect();
    if let Some(found) = super::arithmetic::course(reading, &all, false, false) {
        return Some(Finding { lowered: Some(Severity::Warning), ..found });
    }
    // "is" alone must stand between what is reckoned with and the outcome
    let beside = |w: &Range<usize>| w.end == makes || w.start == makes + 1 || w.start == makes + 2;
    if !plain && amounts.iter().filter(|(_, w)| beside(w)).count() < 2 {
        return None;
    }
    let (mut daily, mut days, mut pieces) = (Vec::new(), Vec::new(), Vec::new());
    for (n, (amount, words)) in amounts.iter().enumerate() {
        if often.iter().any(|(_, w)| w.start < words.end && words.start < w.end) {
            continue;
        }
        // "four tablets a day", "two a day"
        let next = amounts.get(n + 1).filter(|(_, w)| w.start <= words.end + 1);
        let a_day = is_a_day(reading, words.end) || next.is_some_and(|(a, w)| is_day(a) && w.len() == 2);
        match &amount.value {
            _ if is_day(amount) && words.len() == 2 => {}
            Value::Frequency(f) if f.period == Unit::Days => daily.push(f.times.0),
            Value::Frequency(f) if f.period == Unit::Weeks && f.times.0 == f.times.1 => daily.push(f.times.0 / WEEK),
            // "the 120": as many as are asked for
            Value::Number(number) if is_asked(decision, *number) => pieces.push((*amount, number.least)),
            Value::Tally { number, .. } | Value::Number(number) if number.least != number.most => return None,
            Value::Tally { number, .. } | Value::Number(number) if a_day => daily.push(number.least),
            Value::Duration(time) => days.push((*amount, length(*time)?)),
            Value::Tally { number, .. } if matches!(number.unit, Unit::One | Unit::Visits) => {
                pieces.push((*amount, number.least))
            }
            // "make 120"; "one every eight hours" is one
            Value::Number(number) if words.start > makes => pieces.push((*amount, number.least)),
            Value::Number(number) if number.least == 1.0 => {}
            Value::Strength { .. } => {}
            _ => return None,
        }
    }
    daily.extend(often.iter().map(|(times, _)| *times));
    let ([daily], [(time, (least, most))], [(stated, count)]) = (&daily[..], &days[..], &pieces[..]) else {
        return None;
    };
    let (from, to) = (reading.words_within(&time.bytes), reading.words_within(&stated.bytes));
    // the outcome stands behind the word, what it is reckoned from before it
    if (from.start > makes) == (to.start > makes) {
        return None;
    }
    // "thirty tablets at four a day last about a week"
    let roughly = [from.start, to.start].into_iter().any(|w| w > 0 && is(context, reading, w - 1, Small::Roughly));
    let slack = if roughly { daily * most * ROUGH } else { 1.0 };
    if *count >= daily * least - slack && *count <= daily * most + slack {
        return None;
    }
    let text = |a: &Amount| reading.text()[a.bytes.clone()].to_string();
    let product =
        if least == most { format!("{}", daily * least) } else { format!("{}-{}", daily * least, daily * most) };
    let found = Finding::new("supply")
        .label("stated", reading.span(stated.bytes.clone()))
        .label("other", reading.span(time.bytes.clone()))
        .hole("stated", text(stated))
        .hole("expected", product)
        .hole("original", rate(*daily, &text(time)));
    Some(Finding { lowered: Some(Severity::Warning), ..found })
}

/// "4 a day for 30 days", "2 a week for six weeks".
fn rate(daily: f64, time: &str) -> String {
    let whole = daily.fract() == 0.0;
    if whole { format!("{daily} a day for {time}") } else { format!("{} a week for {time}", (daily * WEEK).round()) }
}

/// A number that is told roughly may be off by this share.
const ROUGH: f64 = 0.25;

/// The days of a week.
const WEEK: f64 = 7.0;

/// Whether a number is that of the pieces or visits asked for.
fn is_asked(decision: &Decision, number: Quantity) -> bool {
    let same = |q: &Quantity| q.least == number.least && q.most == number.most;
    decision.request.iter().flat_map(|r| &r.amounts).any(|a| match &a.value {
        Value::Count { number, .. } | Value::Tally { number, .. } => same(number),
        _ => false,
    })
}

/// A length of time in days, least and most.
fn length(time: Quantity) -> Option<(f64, f64)> {
    let (least, most) = match time.unit {
        Unit::Days => (1.0, 1.0),
        Unit::Weeks => (7.0, 7.0),
        Unit::Months => (28.0, 31.0),
        _ => return None,
    };
    Some((time.least * least, time.most * most))
}

/// Whether an amount is one day: "a day".
fn is_day(amount: &Amount) -> bool {
    matches!(amount.value, Value::Duration(q) if q.unit == Unit::Days && q.least == 1.0 && q.most == 1.0)
}

/// Whether "a day", "per day" or "daily" stands at a word.
fn is_a_day(reading: &Reading, at: usize) -> bool {
    let word = |n: usize| if n < reading.words.len() { reading.word(n) } else { "" };
    let per = word(at).eq_ignore_ascii_case("per") || number_word(word(at).as_bytes()) == Some(1) || word(at) == "a";
    word(at).eq_ignore_ascii_case("daily") || per && word(at + 1).eq_ignore_ascii_case("day")
}
