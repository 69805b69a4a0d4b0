//! How often a drug is taken and in which strength, as the rationale tells it, against the summary: an info, since doses change.

use super::contradiction::finding;
use super::plain::NO_FACT;
use crate::check::naming::{Thing, related, things};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::PartFacts;
use crate::letter::{Decision, Item, Reading, Value};
use crate::lexicon::{Cue, Gap, Small, Term};
use crate::measure::{Quantity, Unit};
use crate::source::Span;
use std::ops::Range;

/// A drug with how it is taken.
struct Dosed {
    thing: Thing,
    told: Told,
    span: Span,
}

/// How a drug is taken.
#[derive(Clone, PartialEq)]
enum Told {
    /// So many times a day, least and most.
    Times(f64, f64),
    /// In this strength.
    Strength(Vec<f64>),
}

/// How many words may stand between a drug and how it is taken.
const BETWEEN: usize = 6;

/// A dose of the rationale that the summary tells otherwise of the same drug.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let request = decision.request.as_ref()?;
    let said = dosed(context, rationale, facts, |n| facts.tells(n), true);
    if said.is_empty() {
        return None;
    }
    let all = &context.facts.summary;
    let told = dosed(context, summary, all, |n| all.tells(n), false);
    let asked = dosed_in(context, &request.reading, 0..request.reading.words.len(), &request.amounts);
    for one in &said {
        let about = |o: &&Dosed| o.told.is_like(&one.told) && related(context, &o.thing, &one.thing);
        let known = asked.iter().chain(&told).filter(about).any(|o| o.told.agrees(&one.told));
        let unclear = said.iter().filter(about).any(|o| o.told != one.told);
        let others: Vec<&Dosed> = told.iter().filter(about).collect();
        let [other, rest @ ..] = &others[..] else { continue };
        // several doses of the summary are several times
        if known || unclear || rest.iter().any(|o| o.told != other.told) {
            continue;
        }
        let name = rationale.slice(one.thing.words.clone());
        let found = finding(context, "observation", &format!("dose of {name}"), one.span, other.span);
        return Some(Finding { lowered: Some(Severity::Info), ..found });
    }
    None
}

impl Told {
    /// Whether both tell the same kind of thing.
    fn is_like(&self, other: &Told) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Whether both may be so.
    fn agrees(&self, other: &Told) -> bool {
        match (self, other) {
            (Told::Times(a, b), Told::Times(c, d)) => a <= d && c <= b,
            (a, b) => a == b,
        }
    }
}

/// The doses of some sentences of a part of the letter; of a rationale those of sentences that tell a fact of the patient.
fn dosed(
    context: &Context<'_>,
    reading: &Reading,
    facts: &PartFacts,
    own: impl Fn(usize) -> bool,
    facts_only: bool,
) -> Vec<Dosed> {
    const NOT_TAKEN: [Cue; 4] = [Cue::ThisRequest, Cue::AsksFor, Cue::PartialTemplate, Cue::OtherRequest];
    let mut found = Vec::new();
    for (_, sentence) in reading.sentences.iter().enumerate().filter(|(n, _)| own(*n)) {
        let aside = facts_only && NO_FACT.iter().chain(&NOT_TAKEN).any(|c| sentence.cues.has(*c));
        if !aside {
            let amounts: Vec<_> =
                facts.amounts.iter().filter(|a| sentence.bytes.contains(&a.bytes.start)).cloned().collect();
            found.extend(dosed_in(context, reading, sentence.words.clone(), &amounts));
        }
    }
    found
}

/// The doses told in some words.
fn dosed_in(
    context: &Context<'_>,
    reading: &Reading,
    words: Range<usize>,
    amounts: &[crate::letter::Amount],
) -> Vec<Dosed> {
    let mut told: Vec<(Range<usize>, Told)> = Vec::new();
    for amount in amounts {
        let value = match &amount.value {
            Value::Frequency(f) if f.period == Unit::Days => Told::Times(f.times.0, f.times.1),
            Value::Strength { parts, unit } if unit == "mg" => Told::Strength(parts.to_vec()),
            _ => continue,
        };
        let first = reading.word_at(amount.bytes.start);
        let end = reading.word_at(amount.bytes.end);
        told.push((first..end, value));
    }
    let from = reading.hits.partition_point(|h| (h.first as usize) < words.start);
    for hit in reading.hits[from..].iter().take_while(|h| (h.first as usize) < words.end) {
        let Term::Cue(cue) = context.term(hit) else { continue };
        let Some(times) = TIMES.iter().find(|(of, _)| *of == cue).map(|(_, times)| *times) else { continue };
        let place = hit.first as usize..hit.end as usize;
        // "takes naproxen every day" tells no dose
        let regular = context.lexicon.is_small(reading.word(place.start), Small::Regularly)
            && !told.iter().any(|(w, t)| w.end <= place.start && matches!(t, Told::Strength(_)));
        if !regular && !told.iter().any(|(w, _)| w.start < place.end && place.start < w.end) {
            told.push((place, Told::Times(times, times)));
        }
    }
    if told.is_empty() {
        return Vec::new();
    }
    let mut drugs = things(context, reading, words);
    drugs.retain(|t| !t.drugs.is_empty());
    // "40 mg a day" is no strength
    let a_day =
        |end: usize| reading.hits[from..].iter().any(|h| context.is(h, Cue::SetsApart) && h.first as usize == end);
    let near = |place: &Range<usize>, told: &Told| {
        let drug = drugs.iter().rfind(|t| t.words.end <= place.start)?;
        let between = drug.words.end..place.start;
        let joined = (drug.words.end..=place.start).all(|w| reading.words[w].gap != Gap::Hard || w == drug.words.end);
        let most = if matches!(told, Told::Strength(_)) { 0 } else { BETWEEN };
        (between.len() <= most && joined).then_some(drug)
    };
    let dosed = |(place, told): (Range<usize>, Told)| {
        let thing = near(&place, &told)?.clone();
        let is_strength = matches!(told, Told::Strength(_));
        let span = reading.span_of_words(place.clone());
        (!is_strength || !a_day(place.end)).then_some(Dosed { thing, told, span })
    };
    told.into_iter().filter_map(dosed).collect()
}

/// Words for how often a drug is taken.
const TIMES: [(Cue, f64); 4] =
    [(Cue::OnceDaily, 1.0), (Cue::TwiceDaily, 2.0), (Cue::ThriceDaily, 3.0), (Cue::FourTimesDaily, 4.0)];

/// Whether a number is what all fills of a request come to: 120, of 60 with one refill.
pub fn with_refills(item: &Item, asked: Quantity, told: Quantity) -> bool {
    let fills = item.refills.map(|(n, _)| f64::from(n) + 1.0);
    fills.is_some_and(|fills| asked.least * fills == told.least && asked.most * fills == told.most)
}
