//! The dates of a part of a letter and what they are the dates of.

use crate::letter::{Amount, Reading, Value};
use crate::lexicon::{Cue, Hit, Lexicon, Term};
use crate::measure::Date;
use crate::source::Span;
use serde::Serialize;

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
    /// Something to come.
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
        let first = reading.words.partition_point(|w| (w.start as usize) < amount.bytes.start) as u32;
        let end = reading.words.partition_point(|w| (w.start as usize) < amount.bytes.end) as u32;
        let hits = &reading.hits[reading.sentences[sentence].hits.clone()];
        let role = role_before(hits, lexicon, floor, first).or_else(|| role_after(hits, lexicon, end));
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
        Term::Cue(Cue::PlannedDate) => Some(DateRole::Planned),
        _ => None,
    }
}

/// The nearest cue before a date; of two that share words, such as "previous work injury" and "work injury on", the one
/// for an earlier event holds.
fn role_before(hits: &[Hit], lexicon: &Lexicon, floor: u32, first: u32) -> Option<DateRole> {
    let near = || {
        let close = hits.iter().filter(|h| h.first >= floor && h.end <= first && first - h.end <= REACH);
        close.filter_map(|h| Some((h, role(lexicon, h)?)))
    };
    let (nearest, role) = near().max_by_key(|(h, _)| h.end)?;
    let shared = near().any(|(h, r)| r == DateRole::Earlier && h.end > nearest.first && h.first <= nearest.first);
    Some(if shared { DateRole::Earlier } else { role })
}

/// "On 12-16-2016 Utilization Review non-certified": the actor of a denial right behind the date.
fn role_after(hits: &[Hit], lexicon: &Lexicon, end: u32) -> Option<DateRole> {
    let next = hits.iter().filter(|h| h.first >= end && h.first - end <= 2);
    next.filter_map(|h| role(lexicon, h)).find(|r| *r == DateRole::Denial)
}
