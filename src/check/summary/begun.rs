//! Since when a drug has been taken, by a day, a month or a year: "started in May 2016", "since 2011", "introduced no earlier than the
//! spring of 2014".

use super::figures::YEARS;
use super::quantity::{Kind, Line, Quantity};
use super::receipt::{Place, clause};
use crate::check::Context;
use crate::check::naming::{Thing, things};
use crate::fact::{DateRole, PartFacts};
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Small};
use crate::measure::Date;
use crate::source::Span;
use std::ops::Range;

/// How many words may stand between a verb of beginning and the day.
const BEGAN: usize = 4;
/// Or a year: "introduced no earlier than the spring of 2014".
const BEGAN_IN: usize = 7;

/// When a sentence tells that a drug was begun; without its name the one asked for is meant.
pub fn begun(
    context: &Context<'_>,
    reading: &Reading,
    sentence: &Sentence,
    facts: &PartFacts,
    number: usize,
) -> Option<Quantity> {
    let (first, span, least, most) = day(reading, facts, number).or_else(|| year(context, reading, sentence, facts))?;
    let line = Line { context, reading, sentence, clause: clause(context, reading, sentence, first..first + 1) };
    let reach = if least < most { BEGAN_IN } else { BEGAN };
    let near = first.saturating_sub(reach).max(line.clause.start)..first;
    let verb = near.rev().find(|w| line.is(*w, Small::Begins))?;
    // "since 2011" may tell since when it hurts
    let lasts = reading.word(verb);
    let takes = |w: usize| line.is(w, Small::Takes) || line.is(w, Small::Receives) || line.is(w, Small::Usage);
    let complains = sentence.cues.has(Cue::PainWord) || !line.clause.clone().any(takes);
    if least < most && context.lexicon.is_small(lasts, Small::SinceWord) && complains {
        return None;
    }
    let thing = drug(context, reading, sentence, &line)?;
    // "not started until 2016" is begun
    let until = (verb..first).any(|w| line.is(w, Small::Until));
    if !until && line.is_aside(&(verb..first)) {
        return None;
    }
    Some(Quantity {
        kind: Kind::Begun,
        least,
        most,
        above: false,
        below: false,
        thing,
        movement: None,
        place: Place::default(),
        beside: Vec::new(),
        years: Vec::new(),
        months: Vec::new(),
        timed: false,
        span: reading.span_of_words(verb..first).to(span),
    })
}

/// The one drug of a clause; none where it is told by "the drug" or the like. Nothing if there is neither, or more than one.
fn drug(context: &Context<'_>, reading: &Reading, sentence: &Sentence, line: &Line<'_>) -> Option<Option<Thing>> {
    let all = things(context, reading, sentence.words.clone());
    let mut drugs = all.into_iter().filter(|t| !t.drugs.is_empty() && line.clause.contains(&t.words.start));
    match (drugs.next(), drugs.next()) {
        (Some(thing), None) => Some(Some(thing)),
        (None, _) => {
            let from = line.clause.start.saturating_sub(2).max(sentence.words.start);
            (from..line.clause.end).any(|w| line.is(w, Small::DrugNoun)).then_some(None)
        }
        _ => None,
    }
}

/// The first word of a day or a month, its place and the day.
fn day(reading: &Reading, facts: &PartFacts, number: usize) -> Option<(usize, Span, f64, f64)> {
    let day = facts.dates.iter().find(|d| d.sentence == number && d.role != DateRole::Injury)?;
    let amount = facts.amounts.iter().find(|a| reading.span(a.bytes.clone()) == day.span)?;
    let at = since(day.date)?;
    Some((reading.word_at(amount.bytes.start), day.span, at, at))
}

/// A bare year, with its first and its last day.
fn year(
    context: &Context<'_>,
    reading: &Reading,
    sentence: &Sentence,
    facts: &PartFacts,
) -> Option<(usize, Span, f64, f64)> {
    let is_year = |w: &usize| {
        let word = reading.word(*w);
        word.len() == 4 && word.parse().is_ok_and(|n: f64| YEARS.contains(&n))
    };
    let begins = |words: Range<usize>| words.into_iter().any(|w| reading.is_small(w, Small::Begins, context.lexicon));
    let led = |w: &usize| begins(w.saturating_sub(BEGAN_IN).max(sentence.words.start)..*w);
    let at = sentence.words.clone().filter(is_year).find(led)?;
    let span = reading.span_of_words(at..at + 1);
    let year: i32 = reading.word(at).parse().ok()?;
    let free = !facts.dates.iter().any(|d| d.span.overlaps(span));
    let (first, last) = (since(Date::new(year, 1, 1)?)?, since(Date::new(year, 12, 31)?)?);
    free.then_some((at, span, first, last))
}

/// The days up to a day, from one before all letters.
fn since(date: Date) -> Option<f64> {
    Some(date.days_since(Date::new(2000, 1, 1)?) as f64)
}
