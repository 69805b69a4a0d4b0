//! How long a device or a therapy was had, by whatever name, as the rationale tells it, against the summary: "six months of
//! splinting", "a brace worn for two weeks".

use super::contradiction::finding;
use super::figures::days;
use super::opposed::{Claim, factual, of_both, opposed};
use super::receipt::{Place, clause};
use crate::check::naming::{Thing, related, things};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{Documentation, PartFacts, Polarity, meaning};
use crate::letter::{Amount, Decision, Reading, Sentence, Value};
use crate::lexicon::{Cue, Small, TreatmentKind};
use std::ops::Range;

/// Lengths nearer than this factor are told roughly, or on different days.
const ROUGHLY: f64 = 2.0;
/// How many words may stand between a length of time and what was had: "six weeks of nightly wrist splinting".
const OF: usize = 3;
/// Or between what was had and the length, where no verb tells that it was had: "a sling for two weeks".
const FOR: usize = 4;

/// Least and most days.
type Days = (f64, f64);

/// A length that the rationale tells of a treatment, and of which the summary tells another and nowhere such a one.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (said, told) = of_both(context, decision, facts, |reading, facts| courses(context, reading, facts))?;
    let (one, other) = opposed(context, &said, &told, |a, b| related(context, a, b), agree)?;
    let known = |a: &Amount| matches!(a.value, Value::Duration(q) if days(q).is_some_and(|d| agree(&d, &one.value)));
    if context.facts.summary.amounts.iter().any(known) {
        return None;
    }
    let several = told.iter().any(|o| related(context, &o.topic, &one.topic) && !agree(&o.value, &other.value));
    let found = finding(context, "number", "how long it was had", one.span, other.span);
    Some(Finding { lowered: several.then_some(Severity::Info), ..found })
}

/// Whether two lengths may be the same.
fn agree(one: &Days, two: &Days) -> bool {
    one.0 < two.1 * ROUGHLY && two.0 < one.1 * ROUGHLY
}

/// The lengths of devices and therapies that a part of the letter tells.
fn courses(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Claim<Thing, Days>> {
    let lengths = facts.amounts.iter().filter(|a| matches!(a.value, Value::Duration(_)));
    let lengths: Vec<&Amount> = lengths.collect();
    if lengths.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for n in factual(context, reading, facts, &[Cue::ThisRequest, Cue::AsksFor]) {
        let sentence = &reading.sentences[n];
        for amount in lengths.iter().filter(|a| sentence.bytes.contains(&a.bytes.start)) {
            let Value::Duration(length) = amount.value else { continue };
            let words = reading.word_at(amount.bytes.start)..reading.word_at(amount.bytes.end);
            let Some((value, thing)) = days(length).zip(had(context, reading, sentence, &words)) else { continue };
            let whole = words.start.min(thing.words.start)..words.end.max(thing.words.end);
            let clause = clause(context, reading, sentence, whole);
            let bounded = reading.cues(context.lexicon, sentence.hits.clone(), Cue::AgeBound);
            let bounded = bounded.chain(reading.cues(context.lexicon, sentence.hits.clone(), Cue::AtMost));
            let plain = |words: Range<usize>| {
                let meant = meaning(reading, context.lexicon, words);
                meant.polarity == Polarity::Affirmed && meant.documentation == Documentation::Said
            };
            let ahead = clause.clone().any(|w| reading.is_small(w, Small::Unhad, context.lexicon));
            if !ahead && plain(words.clone()) && plain(thing.words.clone()) && bounded.count() == 0 {
                let place = Place::of(context, reading, sentence, &clause);
                found.push(Claim { topic: thing, value, place, span: reading.span(amount.bytes.clone()) });
            }
        }
    }
    found
}

/// The device or the therapy that a length of time is told of: right behind "of", else the last before "for".
fn had(context: &Context<'_>, reading: &Reading, sentence: &Sentence, length: &Range<usize>) -> Option<Thing> {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let clause = clause(context, reading, sentence, length.clone());
    let lasting = |t: &Thing| {
        let kind = |t: &u16| context.lexicon.treatments[*t as usize].kind;
        let kinds = [TreatmentKind::Device, TreatmentKind::TherapyVisits];
        !t.treatments.is_empty() && t.drugs.is_empty() && t.treatments.iter().all(|t| kinds.contains(&kind(t)))
    };
    let open = |words: Range<usize>| words.into_iter().all(|w| !reading.is_marked(w, b','));
    let all = things(context, reading, clause.clone());
    if length.end < clause.end && (is(length.end, Small::Of) || is(length.end, Small::WornIn)) {
        let near = length.end + 1..length.end + 1 + OF;
        return all.into_iter().find(|t| near.contains(&t.words.start) && lasting(t));
    }
    let led = (length.start.saturating_sub(2).max(clause.start)..length.start).find(|w| is(*w, Small::LeadsTime))?;
    let thing = all.into_iter().rfind(|t| t.words.end <= led && lasting(t))?;
    let between = thing.words.end..led;
    let wears = |w: usize| is(w, Small::Receives) || is(w, Small::Takes);
    let verb = || (clause.start..led).any(wears) || between.len() <= FOR - 2;
    // "relief from the brace for two weeks"
    let relief = (clause.start..length.start).any(|w| is(w, Small::ReliefNoun));
    (!relief && verb() && open(between.start - 1..led)).then_some(thing)
}
