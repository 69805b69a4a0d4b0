//! Who asks for the treatment or prescribes it, as the rationale tells it, against the summary.

use super::contradiction::finding;
use super::plain::is_no_fact;
use crate::check::{Context, Finding};
use crate::fact::PartFacts;
use crate::letter::{Decision, Reading};
use crate::lexicon::{Cue, Gap, fold};
use crate::source::Span;

/// A provider of the case with the specialty.
struct Provider {
    specialty: String,
    span: Span,
}

/// How many words may stand between the provider and the specialty: "the requesting provider was a".
const REACH: usize = 4;

/// A specialty of the requesting or treating provider that the summary tells otherwise.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    if !rationale.cues.has(Cue::CaseProvider) || !summary.cues.has(Cue::CaseProvider) {
        return None;
    }
    let said = providers(context, rationale, facts);
    let told = providers(context, summary, &context.facts.summary);
    // several of a part are several persons
    let ([said], [first, rest @ ..]) = (&said[..], &told[..]) else { return None };
    let one = rest.iter().all(|p| p.specialty == first.specialty);
    if !one || first.specialty == said.specialty || summary_names(context, summary, &said.specialty) {
        return None;
    }
    Some(finding(context, "observation", "provider", said.span, first.span))
}

/// Whether the summary names a specialty anywhere.
fn summary_names(context: &Context<'_>, summary: &Reading, specialty: &str) -> bool {
    summary.hits.iter().any(|h| {
        let words = h.first as usize..h.end as usize;
        context.is(h, Cue::Specialty) && stem(&fold(summary.slice(words))) == specialty
    })
}

/// The requesting, treating or prescribing providers of a part of the letter with their specialty.
fn providers(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Provider> {
    let mut found: Vec<Provider> = Vec::new();
    for (n, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| s.cues.has(Cue::CaseProvider)) {
        if !facts.is_of_case(n) || facts.reviewed.contains(&n) || is_no_fact(context, reading, sentence) {
            continue;
        }
        let cues = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue);
        for provider in cues(Cue::CaseProvider) {
            let near = |h: &crate::lexicon::Hit| {
                let (from, to) = (provider.end as usize, h.first as usize);
                from <= to && to - from <= REACH && (from..=to).all(|w| reading.words[w].gap != Gap::Hard)
            };
            if let Some(hit) = cues(Cue::Specialty).find(|h| near(h)) {
                let words = hit.first as usize..hit.end as usize;
                let specialty = stem(&fold(reading.slice(words.clone())));
                found.push(Provider { specialty, span: reading.span_of_words(words) });
            }
        }
    }
    found
}

/// The beginning of a specialty, by which "orthopedic surgeon" and "orthopedist" are one.
fn stem(specialty: &str) -> String {
    specialty.chars().take(STEM).collect()
}

/// So many letters tell a specialty.
const STEM: usize = 6;
