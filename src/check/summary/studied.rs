//! Days of studies and operations, as the rationale tells them, against the summary.
//!
//! A day belongs to a study where nothing but its part of the body and small words stand between the two: "MRI of the neck
//! dated". The summary must tell one day only for the study.

use super::contradiction::finding;
use super::plain::is_no_fact;
use crate::check::naming::{Thing, related, same_region, things};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{DateRole, PartFacts};
use crate::letter::{Decision, Reading};
use crate::lexicon::{Cue, Small, Term, TreatmentKind};
use crate::measure::Date;
use crate::source::Span;
use std::ops::Range;

/// A study or an operation with its day.
pub struct Dated {
    pub thing: Thing,
    when: When,
    span: Span,
    parts: Vec<u16>,
    sides: Vec<Cue>,
}

impl Dated {
    /// Whether it is an operation of the day that stands at a place.
    pub fn is_operation(&self, context: &Context<'_>, day: Span) -> bool {
        is_all(context, &self.thing, &[TreatmentKind::Surgery]) && self.span == day
    }
}

/// When it was made, as far as told.
#[derive(Clone, Copy, PartialEq)]
enum When {
    Day(Date),
    Year(i32),
}

impl When {
    fn year(self) -> i32 {
        match self {
            When::Day(date) => date.year(),
            When::Year(year) => year,
        }
    }

    /// Whether both may be so.
    fn agrees(self, other: When) -> bool {
        self == other || self.year() == other.year() && !matches!((self, other), (When::Day(_), When::Day(_)))
    }

    /// Whether two days differ in the year, the month or the day alone.
    fn is_slip(self, other: When) -> bool {
        let (When::Day(a), When::Day(b)) = (self, other) else { return false };
        [a.year() == b.year(), a.month() == b.month(), a.day() == b.day()].iter().filter(|same| **same).count() == 2
    }
}

/// How many words may stand between a study and its day.
const BETWEEN: usize = 12;
/// How many words before a study or behind its day its part of the body may be told.
const BESIDE: usize = 4;

/// A day of a study in the rationale, where the summary tells the one of the same study otherwise.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let said = dated(context, rationale, facts);
    if said.is_empty() {
        return None;
    }
    let told = context.memo.studies.get_or_init(|| dated(context, summary, &context.facts.summary));
    for one in &said {
        // a day that the summary tells of anything may be of another study
        if context.facts.summary.dates.iter().any(|d| one.when.agrees(When::Day(d.date))) {
            continue;
        }
        let same: Vec<&Dated> = told.iter().filter(|o| is_same(context, one, o)).collect();
        let again = said.iter().any(|o| !o.when.agrees(one.when) && is_same(context, one, o));
        let [other, rest @ ..] = &same[..] else { continue };
        if other.when.agrees(one.when) {
            continue;
        }
        if again || rest.iter().any(|o| !o.when.agrees(other.when)) {
            continue;
        }
        let name = rationale.slice(one.thing.words.clone());
        let found = finding(context, "observation", &format!("date of the {name}"), one.span, other.span);
        // of days that share no two parts there may be two studies
        let lowered = (!one.when.is_slip(other.when)).then_some(Severity::Info);
        return Some(Finding { lowered, ..found });
    }
    None
}

/// Whether two studies are of one kind, of one part of the body and of one side.
fn is_same(context: &Context<'_>, a: &Dated, b: &Dated) -> bool {
    let place = a.parts.is_empty()
        || b.parts.is_empty()
        || a.parts.iter().any(|p| b.parts.iter().any(|q| same_region(context, *p, *q)));
    let side = a.sides.is_empty() || b.sides.is_empty() || a.sides == b.sides;
    // "the surgery of" may be any operation
    let operation = |d: &Dated| is_all(context, &d.thing, &[TreatmentKind::Surgery]);
    let same = a.thing.treatments.iter().any(|t| b.thing.treatments.contains(t));
    place && side && (same || operation(a) && operation(b) && related(context, &a.thing, &b.thing))
}

/// The studies and operations of a part of the letter that have a day.
pub fn dated(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Dated> {
    let mut days: Vec<(When, Span, usize)> = Vec::new();
    for day in facts.dates.iter().filter(|d| !d.month_only && matches!(d.role, DateRole::Event | DateRole::Earlier)) {
        days.push((When::Day(day.date), day.span, day.sentence));
    }
    let years = reading.words.iter().enumerate().filter(|(_, w)| w.end - w.start == 4);
    for (n, _) in years {
        let Some(year) = reading.word(n).parse().ok().filter(|y| (1970..2100).contains(y)) else { continue };
        let led = n > 0 && context.lexicon.is_small(reading.word(n - 1), Small::OfStudy);
        let span = reading.span_of_words(n..n + 1);
        let free = !facts.dates.iter().any(|d| d.span.overlaps(span));
        if led
            && free
            && let Some(sentence) = reading.sentence_at(reading.words[n].start as usize)
        {
            days.push((When::Year(year), span, sentence));
        }
    }
    let mut found = Vec::new();
    for (when, day, number) in days {
        let sentence = &reading.sentences[number];
        if !facts.tells(number) || is_no_fact(context, reading, sentence) {
            continue;
        }
        let place = |w: usize| reading.span_of_words(w..w + 1);
        let words = sentence.words.clone();
        let all = things(context, reading, words.clone());
        if all.is_empty() {
            continue;
        }
        let first = words.start + words.clone().take_while(|w| place(*w).end <= day.start).count();
        let end = first + (first..words.end).take_while(|w| place(*w).start < day.end).count();
        let before = all.iter().rfind(|t| t.words.end <= first);
        let behind = all.iter().find(|t| t.words.start >= end);
        let joins = |between: Range<usize>| between.len() <= BETWEEN && is_joined(context, reading, between);
        let thing = before
            .filter(|t| t.words.end < first && joins(t.words.end..first))
            // "the 3/4/2016 MRI"
            .or_else(|| behind.filter(|t| t.words.start == end));
        let Some(thing) = thing.filter(|t| is_done_once(context, t)) else { continue };
        let near = thing.words.start.min(first).saturating_sub(BESIDE)..thing.words.end.max(end) + BESIDE;
        let hits = reading.hits[sentence.hits.clone()].iter().filter(|h| near.contains(&(h.first as usize)));
        let (mut parts, mut sides) = (Vec::new(), Vec::new());
        for hit in hits {
            match context.term(hit) {
                Term::BodyPart(part) => parts.push(part),
                Term::Cue(side @ (Cue::LeftSide | Cue::RightSide | Cue::BothSides)) => sides.push(side),
                _ => {}
            }
        }
        sides.sort();
        sides.dedup();
        found.push(Dated { thing: thing.clone(), when, span: day, parts, sides });
    }
    found
}

/// Whether a thing is done on one day: a study, a test, an operation or an injection.
fn is_done_once(context: &Context<'_>, thing: &Thing) -> bool {
    use TreatmentKind::{Imaging, Procedure, Surgery, Test};
    is_all(context, thing, &[Surgery])
        || !thing.class_word && is_all(context, thing, &[Imaging, Procedure, Surgery, Test])
}

/// Whether all that a thing may be is of some kinds.
fn is_all(context: &Context<'_>, thing: &Thing, kinds: &[TreatmentKind]) -> bool {
    let is = |t: &u16| kinds.contains(&context.lexicon.treatments[*t as usize].kind);
    !thing.treatments.is_empty() && thing.treatments.iter().all(is)
}

/// Whether some words are all parts of the body, sides, or words that lead to a day.
fn is_joined(context: &Context<'_>, reading: &Reading, words: Range<usize>) -> bool {
    let from = reading.hits.partition_point(|h| (h.first as usize) < words.start);
    let hits = || reading.hits[from..].iter().take_while(|h| (h.first as usize) < words.end);
    let place = |w: usize| {
        hits().any(|h| {
            let is = matches!(
                context.term(h),
                Term::BodyPart(_) | Term::Cue(Cue::LeftSide | Cue::RightSide | Cue::BothSides)
            );
            is && (h.first as usize..h.end as usize).contains(&w)
        })
    };
    words.clone().all(|w| reading.is_small(w, Small::OfStudy, context.lexicon) || place(w))
}
