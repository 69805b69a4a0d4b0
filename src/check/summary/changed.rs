//! How pain, a movement or a measure by name changed, as the rationale tells it, against the summary: "from 7 to 4 out of 10", "from
//! 60 to 140 degrees", "the Beck score from 34 to 18".

use super::contradiction::finding;
use super::plain::is_no_fact;
use crate::check::naming::{related, things};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::PartFacts;
use crate::letter::{Decision, Reading, Value};
use crate::lexicon::{Cue, Gap, Small, Tolerance, fold};
use crate::measure::Date;
use crate::source::Span;
use std::ops::Range;

/// A change from one number to another.
struct Change {
    from: f64,
    to: f64,
    of: Measure,
    /// Number of its sentence.
    sentence: usize,
    span: Span,
}

/// What changed.
#[derive(Clone, PartialEq)]
enum Measure {
    /// Pain out of ten.
    Pain,
    /// A movement, in degrees.
    Movement(String),
    /// A measure by the first word of its name.
    Named(String),
}

/// How many words may stand between "from" and its number, and between that and "to": "from 4/10 in November to".
const LEADS: usize = 2;
const BETWEEN: usize = 6;
/// Pain is told out of so many.
const SCALE: f64 = 10.0;

/// A change of which the summary tells the one end, and the other nowhere, or the two the other way round.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let mut said = Vec::new();
    for (n, sentence) in rationale.sentences.iter().enumerate() {
        if facts.tells(n) && !is_no_fact(context, rationale, sentence) {
            said.extend(changes(context, rationale, n));
        }
    }
    said.iter().find_map(|change| {
        let told = match &change.of {
            Measure::Movement(movement) => degrees(context, summary, movement),
            Measure::Pain => scores(context, summary),
            Measure::Named(name) => named(context, summary, name),
        };
        let near = match change.of {
            Measure::Movement(_) => context.lexicon.tolerances.of(Tolerance::Degrees),
            _ => 0.0,
        };
        let at = |n: f64| told.iter().filter(move |t| (t.number - n).abs() <= near);
        let (first, last) = (at(change.from).next(), at(change.to).next());
        let mut lowered = None;
        let other = match (first, last) {
            (Some(_), None) => told.iter().rfind(|t| (t.number - change.from).abs() > near),
            (None, Some(_)) => told.iter().find(|t| (t.number - change.to).abs() > near),
            (Some(from), Some(to)) => {
                // each told of one day only, and the first of the later
                let alone = at(change.from).count() == 1 && at(change.to).count() == 1;
                let turned = matches!((from.when, to.when), (Some(a), Some(b)) if a > b);
                (alone && turned).then_some(from)
            }
            (None, None) => {
                let pair = lone_pair(summary, &told)?;
                // of the same treatment the two are surely the same, else they may be of another day
                let here = things(context, rationale, rationale.sentences[change.sentence].words.clone());
                let there = things(context, summary, summary.sentences[pair.1].words.clone());
                let same = here.iter().any(|a| !a.class_word && there.iter().any(|b| related(context, a, b)));
                lowered = (!same).then_some(Severity::Info);
                Some(pair.0)
            }
        }?;
        let name = match &change.of {
            Measure::Pain => "pain",
            Measure::Movement(name) | Measure::Named(name) => name,
        };
        Some(Finding { lowered, ..finding(context, "number", name, change.span, other.span) })
    })
}

/// The first of the two numbers that are all that a summary tells of a measure, if they stand in one sentence, with its number.
fn lone_pair<'a>(summary: &Reading, told: &'a [Told]) -> Option<(&'a Told, usize)> {
    let first = told.first()?;
    let sentence = |t: &Told| summary.sentences.iter().position(|s| summary.span(s.bytes.clone()).contains(t.span));
    let other = told.iter().find(|t| t.number != first.number)?;
    let both = told.iter().all(|t| t.number == first.number || t.number == other.number);
    let number = sentence(first)?;
    (both && told.iter().all(|t| sentence(t) == Some(number))).then_some((first, number))
}

/// The changes of a sentence.
fn changes(context: &Context<'_>, reading: &Reading, sentence: usize) -> Vec<Change> {
    let lexicon = context.lexicon;
    let (number_of, sentence) = (sentence, &reading.sentences[sentence]);
    let words = sentence.words.clone();
    let small = |w: usize, set| reading.is_small(w, set, lexicon);
    let number = |w: usize| reading.word(w).parse::<f64>().ok();
    let open = |range: Range<usize>| range.into_iter().all(|w| reading.words[w].gap != Gap::Hard);
    let mut found = Vec::new();
    for from in words.clone().filter(|w| small(*w, Small::From)) {
        let near = from + 1..(from + 1 + LEADS).min(words.end);
        let Some((first, low)) = near.into_iter().find_map(|w| Some((w, number(w)?))) else { continue };
        let reach = first + 1..(first + 1 + BETWEEN).min(words.end.saturating_sub(1));
        let Some(to) = reach.into_iter().find(|w| small(*w, Small::To)) else { continue };
        let Some(high) = number(to + 1).filter(|_| open(from + 1..to + 2)) else { continue };
        let end = (to + 6).min(words.end);
        let text = &reading.text()[reading.words[from].start as usize..reading.words[end - 1].end as usize];
        let before = from.saturating_sub(BETWEEN).max(words.start)..from;
        let movement = before.clone().rev().find(|w| small(*w, Small::Movement));
        let measure = before.clone().find(|w| small(*w, Small::NamedMeasure));
        let of_ten = text.contains("/10") || text.contains("of 10");
        let of_degrees = (to + 2..end).any(|w| small(w, Small::Degrees)) || text.contains('\u{b0}');
        let name = |w: usize| fold(reading.word(w));
        let of = match (movement, measure) {
            (Some(w), _) if of_degrees => Measure::Movement(name(w)),
            (_, Some(w)) if !of_ten && !of_degrees => Measure::Named(name(w)),
            _ if of_ten && low <= SCALE && high <= SCALE && sentence.cues.has(Cue::PainWord) => Measure::Pain,
            _ => continue,
        };
        let span = reading.span_of_words(first..to + 2);
        found.push(Change { from: low, to: high, of, sentence: number_of, span });
    }
    found
}

/// A number of the summary, with its day.
struct Told {
    number: f64,
    when: Option<Date>,
    span: Span,
}

/// The scores out of ten of the summary.
fn scores(context: &Context<'_>, summary: &Reading) -> Vec<Told> {
    let facts = &context.facts.summary;
    let of_ten = facts.amounts.iter().filter_map(|a| match a.value {
        Value::Ratio(score, SCALE) => Some((score, a.bytes.clone())),
        _ => None,
    });
    let mut found = Vec::new();
    for (number, bytes) in of_ten {
        let span = summary.span(bytes.clone());
        found.push(Told { number, when: day_of(facts, span), span });
        // "7-8/10", "from 7 to 4 out of 10": the first number is one too
        let before = summary.text()[..bytes.start].trim_end_matches([' ', '-']).trim_end_matches(" to");
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        if let Ok(first) = before[digits..].parse::<f64>()
            && first <= SCALE
        {
            found.push(Told { number: first, when: None, span });
        }
    }
    found
}

/// The numbers that the summary tells behind a measure by name, up to the next one.
fn named(context: &Context<'_>, summary: &Reading, name: &str) -> Vec<Told> {
    let mut found = Vec::new();
    for sentence in &summary.sentences {
        let mut open = false;
        for w in sentence.words.clone() {
            let word = summary.word(w);
            let starts = context.lexicon.is_small(word, Small::NamedMeasure);
            open = if starts { fold(word) == name || open && is_named_before(context, summary, w) } else { open };
            if let Some(number) = word.parse::<f64>().ok().filter(|n| open && *n < YEAR) {
                let span = summary.span_of_words(w..w + 1);
                found.push(Told { number, when: None, span });
            }
        }
    }
    found
}

/// Whether the word before one is of the name of a measure: "Beck Depression".
fn is_named_before(context: &Context<'_>, summary: &Reading, word: usize) -> bool {
    word > 0 && context.lexicon.is_small(summary.word(word - 1), Small::NamedMeasure)
}

/// A number from here on is a year.
const YEAR: f64 = 1900.0;

/// The degrees that the summary tells of a movement.
fn degrees(context: &Context<'_>, summary: &Reading, movement: &str) -> Vec<Told> {
    let small = |w: usize, set| summary.is_small(w, set, context.lexicon);
    let mut found = Vec::new();
    for sentence in &summary.sentences {
        let mut moved = false;
        for w in sentence.words.clone() {
            if small(w, Small::Movement) {
                moved = fold(summary.word(w)) == movement;
            }
            if let Some(number) = summary.word(w).parse::<f64>().ok().filter(|_| moved) {
                let span = summary.span_of_words(w..w + 1);
                found.push(Told { number, when: day_of(&context.facts.summary, span), span });
            }
        }
    }
    found
}

/// The day right behind a place of the summary ("4/10 on 3/4/2016"), else the last one before it.
fn day_of(facts: &PartFacts, span: Span) -> Option<Date> {
    let days = || facts.dates.iter().filter(|d| !d.month_only);
    let behind = days().find(|d| d.span.start >= span.end && d.span.start - span.end <= BEHIND);
    let before = || days().filter(|d| d.span.start < span.start).max_by_key(|d| d.span.start);
    behind.or_else(before).map(|d| d.date)
}

/// So many bytes may stand between a number and its day: " on ".
const BEHIND: u32 = 5;
