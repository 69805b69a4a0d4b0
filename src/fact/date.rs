//! The dates of a part of a letter and what they are the dates of.

use crate::letter::{Amount, Reading, Sentence, Value};
use crate::lexicon::{Cue, Hit, Lexicon, Small, Term};
use crate::measure::Date;
use crate::source::Span;
use serde::Serialize;
use std::ops::Range;

/// What a date is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRole {
    /// The injury.
    Injury,
    /// The administrator's denial.
    Denial,
    /// The request for authorization.
    Request,
    /// Something before this injury.
    Earlier,
    /// A visit for an injury under treatment.
    Visit,
    /// A day on which the patient was seen or reported on, for whatever.
    Seen,
    /// Something that is yet to come, or may be.
    Planned,
    /// Anything else: a visit, a study.
    Event,
}

/// A date in prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateFact {
    /// The day; of a bare month its first.
    pub date: Date,
    /// Whether only month and year are told.
    pub month_only: bool,
    /// What it is the date of.
    pub role: DateRole,
    /// Where the date stands.
    pub span: Span,
    /// Number of its sentence.
    pub sentence: usize,
}

/// How many words may stand between a cue and its date: "injury to the right hand on".
const REACH: u32 = 5;

/// The dates of a reading.
pub fn dates(reading: &Reading, amounts: &[Amount], lexicon: &Lexicon) -> Vec<DateFact> {
    let mut found: Vec<DateFact> = Vec::new();
    // where the last date ended: a cue before it belongs to it, not to the next
    let mut floor = 0;
    for amount in amounts {
        let (date, month_only) = match amount.value {
            Value::Date(date) => (date, false),
            Value::Month(date) => (date, true),
            _ => continue,
        };
        let Some(sentence) = reading.sentence_at(amount.bytes.start) else { continue };
        let first = reading.word_at(amount.bytes.start) as u32;
        let end = reading.word_at(amount.bytes.end) as u32;
        let hits = &reading.hits[reading.sentences[sentence].hits.clone()];
        let role = role_before(reading, hits, lexicon, floor, first)
            .or_else(|| role_after(reading, hits, lexicon, end))
            .or_else(|| denied_after(reading, &reading.sentences[sentence], lexicon, first, end))
            .or_else(|| {
                let bytes = &reading.sentences[sentence].bytes;
                let is_day = |a: &&Amount| bytes.contains(&a.bytes.start) && matches!(a.value, Value::Date(_));
                introduced(reading, hits, lexicon, first..end).filter(|_| amounts.iter().filter(is_day).count() == 1)
            })
            .or_else(|| told_after(&reading.sentences[sentence], hits, lexicon, first, end));
        let span = reading.span(amount.bytes.clone());
        found.push(DateFact { date, month_only, role: role.unwrap_or(DateRole::Event), span, sentence });
        floor = end;
    }
    found
}

fn role(lexicon: &Lexicon, hit: &Hit) -> Option<DateRole> {
    match lexicon.terms[hit.term as usize] {
        Term::Cue(Cue::InjuryDate) => Some(DateRole::Injury),
        Term::Cue(Cue::DenialDate) => Some(DateRole::Denial),
        Term::Cue(Cue::RequestDate) => Some(DateRole::Request),
        Term::Cue(Cue::EarlierDate) => Some(DateRole::Earlier),
        Term::Cue(Cue::VisitDate) => Some(DateRole::Visit),
        Term::Cue(Cue::SeenDate) => Some(DateRole::Seen),
        Term::Cue(Cue::PlannedDate) => Some(DateRole::Planned),
        _ => None,
    }
}

/// The nearest cue before a date. What became of a denial later is not its date: "the UR denial was appealed on".
fn role_before(reading: &Reading, hits: &[Hit], lexicon: &Lexicon, floor: u32, first: u32) -> Option<DateRole> {
    let reach = |h: &Hit| if role(lexicon, h) == Some(DateRole::Planned) { YET_TO_COME } else { REACH };
    let near = hits.iter().filter(|h| h.first >= floor && h.end <= first && first - h.end <= reach(h));
    // "two weeks after she was hurt, on": the day of what is told behind
    let later = |h: &Hit| {
        let before = h.first.saturating_sub(LATER).max(floor) as usize..h.first as usize + 1;
        let words = before.into_iter().any(|w| reading.is_small(w, Small::Later, lexicon));
        let text = reading.text();
        let between =
            &text[reading.words[h.first as usize].start as usize..reading.words[first as usize].start as usize];
        words && between.contains(',')
    };
    let told = |h: &Hit| role(lexicon, h).filter(|role| *role != DateRole::Injury || !later(h));
    let roles = near.filter_map(|h| Some((h.end, told(h)?)));
    // "the report of the MRI of": a film may be older than the injury; "seen on" is of the day right behind it
    let study = is_study(hits, lexicon, floor, first);
    let seen = |(end, role): &(u32, DateRole)| *role != DateRole::Seen || *end == first && !study;
    let (end, role) = roles.filter(seen).max_by_key(|(end, _)| *end)?;
    let between = reading.slice(end as usize..first as usize).to_ascii_lowercase();
    let moved = role == DateRole::Denial && lexicon.holds_small(&between, Small::AfterDenial);
    (!moved).then_some(role)
}

/// How many words may stand between what is yet to come and its day: "will have a release of the right wrist on".
const YET_TO_COME: u32 = 9;

/// How many words may stand between "after" and what befell the patient: "after she had".
const LATER: u32 = 4;

/// "On 12-16-2016 Utilization Review non-certified": the actor of a denial right behind the date; "a 12/1/2006 date of
/// injury".
fn role_after(reading: &Reading, hits: &[Hit], lexicon: &Lexicon, end: u32) -> Option<DateRole> {
    // "requested it on 10/19/2016, and utilization review declined it" goes on with another day
    let apart = |w: usize| {
        let word = reading.word(w);
        [Small::Joins, Small::Relative].into_iter().any(|set| lexicon.is_small(word, set))
    };
    let joined = |h: &Hit| {
        let between = end as usize..h.first as usize;
        !reading.is_marked(end as usize - 1, b';') && !between.into_iter().any(apart)
    };
    let next = hits.iter().filter(|h| h.first >= end && h.first - end <= 2 && joined(h));
    let injury = hits.iter().any(|h| h.first == end && role(lexicon, h) == Some(DateRole::Injury));
    let denial = next.filter_map(|h| role(lexicon, h)).find(|r| *r == DateRole::Denial);
    denial.or(injury.then_some(DateRole::Injury))
}

/// "On 12-19-16 the request for an MRI was non-certified": a denial whose sentence begins with its date, with one verb.
fn denied_after(reading: &Reading, sentence: &Sentence, lexicon: &Lexicon, first: u32, end: u32) -> Option<DateRole> {
    let opens = first as usize <= sentence.words.start + 1;
    let hits = &reading.hits[sentence.hits.clone()];
    let denial =
        hits.iter().find(|h| h.first >= end && role(lexicon, h) == Some(DateRole::Denial)).filter(|_| opens)?;
    let between = reading.slice(end as usize..denial.first as usize).to_ascii_lowercase();
    let other = |word: &str| lexicon.is_small(word, Small::OtherClause);
    let apart = between.contains(',') || between.split_whitespace().any(other);
    // "on 12/29/2016 all of these were denied"
    let these = lexicon.is_small(between.trim(), Small::AllRequests);
    (!apart && (these || asks(hits, lexicon, end, denial.first))).then_some(DateRole::Denial)
}

/// Whether some words tell of a film, a study or an operation.
fn is_study(hits: &[Hit], lexicon: &Lexicon, from: u32, to: u32) -> bool {
    let is = |h: &Hit| lexicon.terms[h.term as usize] == Term::Cue(Cue::RecordOfStudy);
    hits.iter().any(|h| h.first >= from && h.end <= to && is(h))
}

/// "On 3/4/2016 the patient complained", "A 3/4/2016 office visit", "On 3/4/2016 the request for authorization asked for":
/// what is told right behind a date that opens its sentence.
fn told_after(sentence: &Sentence, hits: &[Hit], lexicon: &Lexicon, first: u32, end: u32) -> Option<DateRole> {
    let is = |h: &Hit, cue| lexicon.terms[h.term as usize] == Term::Cue(cue);
    let since = hits.iter().any(|h| h.end == first && is(h, Cue::Since));
    if first as usize > sentence.words.start + OPENING || since {
        return None;
    }
    let next = |cue| hits.iter().find(|h| h.first == end && is(h, cue));
    if next(Cue::RequestMade).is_some() {
        return Some(DateRole::Request);
    }
    // "the 3/4/2016 report of the MRI"
    let bare = |h: &Hit| h.end - h.first == 1;
    let study = |h: &Hit| bare(h) && is_study(hits, lexicon, h.end, h.end + REACH);
    next(Cue::SeenAfter).filter(|h| !study(h)).map(|_| DateRole::Seen)
}

/// How many words may stand before a date that opens its sentence: "According to the".
const OPENING: usize = 3;

/// "A 46-year-old male who fell from a ladder on 11/20/2016", "with pain that began on 11/20/2016 when he fell": the one date of
/// the sentence that introduces the patient.
fn introduced(reading: &Reading, hits: &[Hit], lexicon: &Lexicon, date: Range<u32>) -> Option<DateRole> {
    let is = |h: &&Hit, cue| lexicon.terms[h.term as usize] == Term::Cue(cue);
    let age = hits.iter().find(|h| is(h, Cue::YearsOld) && h.end <= date.start)?;
    let end = date.end as usize;
    let how = end < reading.words.len() && reading.is_small(end, Small::TellsHow, lexicon);
    // "pain that began on": the day of something else may be told too, "was taken off work on"
    let from = date.start.saturating_sub(SET_IN).max(age.end) as usize..date.start as usize;
    let began = how && from.into_iter().any(|w| reading.is_small(w, Small::SetsIn, lexicon));
    let told = |h: &Hit| {
        let before = h.first >= age.end && h.end <= date.start;
        before || began && h.first > date.end && h.first - date.end <= HOW
    };
    hits.iter().any(|h| is(&h, Cue::Accident) && told(h)).then_some(DateRole::Injury)
}

/// How many words may stand between a day and how the injury came about on it: "when a stack of gypsum board fell".
const HOW: u32 = 8;

/// How many words before a day may stand that a complaint began: "began on".
const SET_IN: u32 = 2;

/// Whether the words between two words are about a request; a patient "denied" pain.
fn asks(hits: &[Hit], lexicon: &Lexicon, from: u32, to: u32) -> bool {
    let within = |h: &&Hit| h.first >= from && h.end <= to;
    let is = |h: &Hit, cue| lexicon.terms[h.term as usize] == Term::Cue(cue);
    hits.iter().filter(within).any(|h| is(h, Cue::ThisRequest))
        && !hits.iter().filter(within).any(|h| is(h, Cue::TreatingProvider))
}
