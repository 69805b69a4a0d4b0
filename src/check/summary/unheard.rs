//! Numbers of the patient that the rationale tells and the summary, which tells others of the same kind, does not: an info, since
//! the records hold more than the summary.

use super::contradiction::finding;
use super::figures::is_sum;
use super::had::{Had, beside_visits, counted, is_after, visits_had};
use super::plain::NO_FACT;
use crate::check::naming::{Thing, related};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::PartFacts;
use crate::letter::{Amount, Decision, Reading, Sentence, Value};
use crate::lexicon::{Cue, Gap, Small, as_number, fold};
use crate::measure::Unit;
use crate::source::Span;

/// What a number is of.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// A grade out of five.
    Grade,
    /// Percent of relief.
    Relief,
    /// Injections, dislocations and the like, by the word that counts them.
    Events(String),
}

/// A number of a kind.
struct Heard {
    kind: Kind,
    least: f64,
    most: f64,
    span: Span,
}

/// How many words may stand between a number and what it counts: "two subacromial corticosteroid injections".
const BETWEEN: usize = 3;

/// A number that the summary tells in no place, of a kind of which it tells others.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let own = |n: usize| {
        let aside = NO_FACT.iter().chain(&NOT_TOLD).any(|c| rationale.sentences[n].cues.has(*c));
        facts.tells(n) && !aside
    };
    let said = heard(context, rationale, facts, own);
    let lowered = |name: &str, said: Span, other: Span| Finding {
        lowered: Some(Severity::Info),
        ..finding(context, "number", name, said, other)
    };
    if !said.is_empty() {
        let told = heard(context, summary, &context.facts.summary, |_| true);
        let asked = decision.request.as_ref().map(|r| &r.reading);
        let is_asked = |value: f64| asked.is_some_and(|r| (0..r.words.len()).any(|w| number(r, w) == Some(value)));
        for one in &said {
            let mut same = told.iter().filter(|o| o.kind == one.kind).peekable();
            let Some(first) = same.peek().map(|o| o.span) else { continue };
            if is_asked(one.least) || same.any(|o| o.least <= one.most && one.least <= o.most) {
                continue;
            }
            return Some(lowered(&one.kind.name(), one.span, first));
        }
    }
    // visits that the letter counts nowhere else
    let told = visits_had(context, summary, &context.facts.summary);
    let other = told.first().filter(|_| !told.iter().any(|h| h.bound))?;
    let all = context.facts.summary.amounts.iter().chain(decision.request.iter().flat_map(|r| &r.amounts));
    let known: Vec<f64> = all.filter_map(|a| visits(&a.value)).collect();
    let sum: f64 = told.iter().map(|h| h.number.most).sum();
    let numbers = beside_visits(context, summary, &told);
    let new = facts.amounts.iter().find(|a| {
        let Some(value) = visits(&a.value).filter(|v| !known.contains(v) && *v != sum && !is_sum(*v, &numbers)) else {
            return false;
        };
        let at = rationale.sentence_at(a.bytes.start).filter(|n| own(*n) && is_past(rationale, *n));
        at.is_some_and(|n| is_of_told(context, rationale, &rationale.sentences[n], a, &told) && value > 0.0)
    });
    new.map(|a| lowered("number of visits had", rationale.span(a.bytes.clone()), other.span))
}

/// So many words behind a number of visits may tell that they are asked for.
const ASKED: usize = 5;

/// Whether a number of visits is just that of a treatment of which others are told.
fn is_of_told(context: &Context<'_>, reading: &Reading, sentence: &Sentence, amount: &Amount, told: &[Had]) -> bool {
    let words = reading.words_within(&amount.bytes);
    let more = (words.clone()).any(|w| reading.is_small(w, Small::Narrows, context.lexicon));
    // "the 6 visits that were asked for"
    let near = words.end..(words.end + ASKED).min(sentence.words.end);
    let asked = near.into_iter().any(|w| reading.is_small(w, Small::Sought, context.lexicon));
    let mut bounds = reading.cues(context.lexicon, sentence.hits.clone(), Cue::AgeBound);
    let bound = bounds.any(|h| (h.first as usize..=h.end as usize).contains(&words.start))
        && !is_after(context, reading, words.start);
    let related = |thing: &Thing| told.iter().all(|o| o.thing.as_ref().is_none_or(|t| related(context, t, thing)));
    !more && !asked && !bound && counted(context, reading, &words, sentence).is_none_or(|t| related(&t))
}

/// Whether a sentence tells of what was had, and of nothing that is granted, refused or too much.
fn is_past(reading: &Reading, number: usize) -> bool {
    let has = |cue: &Cue| reading.sentences[number].cues.has(*cue);
    [Cue::Past, Cue::Completed].iter().any(has)
        && ![Cue::AtMost, Cue::Granted, Cue::Refused, Cue::GoesBeyond].iter().any(has)
}

/// What is asked for or allowed is no number of the patient.
const NOT_TOLD: [Cue; 4] = [Cue::ThisRequest, Cue::AsksFor, Cue::OtherRequest, Cue::PartialTemplate];

fn visits(value: &Value) -> Option<f64> {
    match value {
        Value::Tally { number, .. } if number.unit == Unit::Visits => Some(number.least),
        _ => None,
    }
}

impl Kind {
    fn name(&self) -> String {
        match self {
            Kind::Grade => "strength".into(),
            Kind::Relief => "relief".into(),
            Kind::Events(word) => format!("number of {word}"),
        }
    }
}

/// The number that a word is.
fn number(reading: &Reading, word: usize) -> Option<f64> {
    as_number(reading.word(word))
}

/// The numbers of the kinds in some sentences of a part of the letter.
fn heard(context: &Context<'_>, reading: &Reading, facts: &PartFacts, own: impl Fn(usize) -> bool) -> Vec<Heard> {
    let mut found = Vec::new();
    for amount in &facts.amounts {
        let Some(n) = reading.sentence_at(amount.bytes.start).filter(|n| own(*n)) else { continue };
        let cues = reading.sentences[n].cues;
        let (kind, least, most) = match &amount.value {
            Value::Ratio(grade, 5.0) => (Kind::Grade, *grade, *grade),
            Value::Strength { parts, unit } if unit == "%" && cues.has(Cue::Relief) => {
                (Kind::Relief, *parts.first().unwrap_or(&0.0), *parts.last().unwrap_or(&0.0))
            }
            _ => continue,
        };
        found.push(Heard { kind, least, most, span: reading.span(amount.bytes.clone()) });
    }
    for (n, sentence) in reading.sentences.iter().enumerate() {
        if own(n) {
            in_words(context, reading, sentence, facts, &mut found);
        }
    }
    found
}

/// Numbers that words tell: "two injections".
fn in_words(context: &Context<'_>, reading: &Reading, sentence: &Sentence, facts: &PartFacts, found: &mut Vec<Heard>) {
    // blocks that are walked are no injections
    let walks = sentence.words.clone().any(|w| reading.is_small(w, Small::Walks, context.lexicon));
    for at in sentence.words.clone().filter(|_| !walks) {
        if !reading.is_small(at, Small::Event, context.lexicon) {
            continue;
        }
        let word = reading.word(at);
        let from = at.saturating_sub(BETWEEN + 1).max(sentence.words.start);
        let open = |w: usize| (w + 1..=at).all(|w| reading.words[w].gap != Gap::Hard);
        let Some(place) = (from..at).rev().find(|w| number(reading, *w).is_some() && open(*w)) else { continue };
        // "four months old" counts months
        let start = reading.words[place].start as usize;
        let other = |v: &Value| !matches!(v, Value::Tally { .. } | Value::Number(_));
        let unit = |w: usize| Unit::from_word(&reading.word(w).to_ascii_lowercase()).is_some_and(Unit::is_time);
        if (place..at).any(unit) || facts.amounts.iter().any(|a| a.bytes.contains(&start) && other(&a.value)) {
            continue;
        }
        let value = number(reading, place).unwrap_or_default();
        let kind = Kind::Events(fold(word).trim_end_matches('s').to_string());
        found.push(Heard { kind, least: value, most: value, span: reading.span_of_words(place..at + 1) });
    }
}
