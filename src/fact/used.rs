//! Amounts that belong to a treatment in prose: how long it has been used, how many visits were had, how much it relieved.

use super::{DateFact, Voice};
use crate::letter::{Amount, Reading, Sentence, Value};
use crate::lexicon::{Cue, Lexicon, Term};
use crate::measure::{Date, Quantity, Unit};
use crate::rulebook::AmountFact;
use crate::source::Span;

/// An amount and the treatments of its sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Used {
    /// Of what: use duration, completed visits or relief.
    pub fact: AmountFact,
    /// How much.
    pub quantity: Quantity,
    /// The words.
    pub span: Span,
    /// Treatments named in the sentence, by number; empty if it names none.
    pub treatments: Vec<u16>,
    /// Number of the sentence.
    pub sentence: usize,
}

/// How many words may stand between a cue and its amount.
const REACH: usize = 8;

/// The amounts of a reading that belong to treatments; recited text is left out.
pub fn used(
    reading: &Reading,
    amounts: &[Amount],
    dates: &[DateFact],
    voices: &[Voice],
    decided: Option<Date>,
    lexicon: &Lexicon,
) -> Vec<Used> {
    let mut found = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        if voices.get(number).is_some_and(|v| !matches!(v, Voice::Application | Voice::Conclusion)) {
            continue;
        }
        let treatments = treatments(reading, sentence, lexicon);
        let near = |cue: Cue, amount: &Amount| {
            let first = reading.words.partition_point(|w| (w.start as usize) < amount.bytes.start);
            let end = reading.words.partition_point(|w| (w.start as usize) < amount.bytes.end);
            reading.cues(lexicon, sentence.hits.clone(), cue).any(|h| {
                let (from, to) = (h.first as usize, h.end as usize);
                to <= first && first - to <= REACH || from >= end && from - end <= REACH || from < end && to > first
            })
        };
        for amount in amounts.iter().filter(|a| sentence.bytes.contains(&a.bytes.start)) {
            let fact = match &amount.value {
                Value::Duration(_) if near(Cue::UseOver, amount) => AmountFact::UseDuration,
                Value::Tally { number, .. } if number.unit == Unit::Visits && near(Cue::Completed, amount) => {
                    AmountFact::CompletedVisits
                }
                Value::Strength { unit, .. } if unit == "%" && near(Cue::Relief, amount) => AmountFact::Relief,
                _ => continue,
            };
            let quantity = match &amount.value {
                Value::Duration(q) | Value::Tally { number: q, .. } => *q,
                Value::Strength { parts, .. } => match parts.first() {
                    Some(n) => Quantity::new(*n, Unit::Percent),
                    None => continue,
                },
                _ => continue,
            };
            let span = reading.span(amount.bytes.clone());
            found.push(Used { fact, quantity, span, treatments: treatments.clone(), sentence: number });
        }
        // "since at least 10/31/2016": up to the decision
        let Some(decided) = decided else { continue };
        for date in dates.iter().filter(|d| d.sentence == number && d.date <= decided) {
            let since = reading.cues(lexicon, sentence.hits.clone(), Cue::Since).find(|h| {
                let end = reading.span_of_hit(h).end;
                end <= date.span.start && date.span.start - end <= 12
            });
            let Some(hit) = since else { continue };
            let uses = reading.cues(lexicon, sentence.hits.clone(), Cue::UseOver).next().is_some();
            if uses {
                let quantity = Quantity::new(decided.days_since(date.date) as f64, Unit::Days);
                let span = reading.span_of_hit(hit).to(date.span);
                found.push(Used {
                    fact: AmountFact::UseDuration,
                    quantity,
                    span,
                    treatments: treatments.clone(),
                    sentence: number,
                });
            }
        }
    }
    found
}

/// Treatments named in a sentence, drugs by the treatments they fall under.
fn treatments(reading: &Reading, sentence: &Sentence, lexicon: &Lexicon) -> Vec<u16> {
    let mut all: Vec<u16> = reading.hits[sentence.hits.clone()]
        .iter()
        .flat_map(|hit| match lexicon.terms[hit.term as usize] {
            Term::Treatment(n) if !lexicon.treatments[n as usize].class_word => vec![n],
            Term::Generic(n) | Term::Brand { drug: n, .. } => lexicon.drugs[n as usize].treatments.clone(),
            _ => Vec::new(),
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}
