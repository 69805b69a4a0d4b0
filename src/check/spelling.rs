//! Drug names with a slip of the pen.

use super::naming::same_drug;
use super::{Context, Finding};
use crate::fact::{PartFacts, Voice};
use crate::letter::{Decision, Reading};
use crate::lexicon::fold;
use std::ops::Range;
use strsim::osa_distance;

/// A drug name in the heading, or in the reviewer's own words about the case, is misspelled.
pub fn misspelled(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let mut slips: Vec<(String, Finding)> = Vec::new();
    let asked = asked(context);
    let mut look = |reading: &Reading, words: Range<usize>, prose: bool| {
        for word in words {
            let Some((written, number, drug)) = slip(context, reading, word) else { continue };
            // prose has many words that are near to some drug: there the drug must be one that the letter is about
            if prose && !asked.iter().any(|d| same_drug(context, *d, number)) {
                continue;
            }
            let folded = fold(&written);
            // the same slip is said once
            if slips.iter().all(|(known, _)| *known != folded) {
                let finding = Finding::new("default")
                    .label("name", reading.span_of_words(word..word + 1))
                    .hole("written", written)
                    .hole("drug", drug);
                slips.push((folded, finding));
            }
        }
    };
    if let Some(request) = &decision.request {
        look(&request.reading, 0..request.reading.words.len(), false);
    }
    if let Some(rationale) = &decision.rationale {
        let own = |n: &usize| facts.voices.get(*n) != Some(&Voice::Other);
        let sentences = &rationale.reading.sentences;
        (0..sentences.len()).filter(own).for_each(|n| look(&rationale.reading, sentences[n].words.clone(), true));
    }
    slips.into_iter().map(|(_, finding)| finding).collect()
}

/// The drugs that any decision of the letter is about, misspelled ones included.
fn asked(context: &Context<'_>) -> Vec<u16> {
    let requests = context.letter.decisions.iter().filter_map(|d| d.request.as_ref());
    requests.flat_map(|r| &r.items).filter_map(|i| i.drug).collect()
}

/// Names shorter than this are too near to other words.
const SHORTEST: usize = 7;
/// In names of this length two slips are allowed.
const LONG: usize = 9;

/// The drug that a word nearly names, if the vocabulary does not know the word.
fn slip(context: &Context<'_>, reading: &Reading, word: usize) -> Option<(String, u16, String)> {
    let written = reading.slice(word..word + 1);
    if written.len() < SHORTEST
        || written.bytes().any(|b| !b.is_ascii_alphabetic())
        || context.lexicon.matcher.knows(written)
    {
        return None;
    }
    let folded = fold(written);
    let allowed = if folded.len() >= LONG { 2 } else { 1 };
    let drugs = context.lexicon.drugs.iter().enumerate();
    let names = drugs.flat_map(|(n, d)| {
        let all = std::iter::once(&d.generic).chain(&d.brands);
        all.flat_map(|name| name.split([' ', '-', '/'])).map(move |name| (n as u16, name))
    });
    let long_enough = |name: &str| name.len() >= SHORTEST && name.len().abs_diff(folded.len()) <= allowed;
    let near = names.filter(|(_, name)| long_enough(name)).filter_map(|(number, name)| {
        let lower = name.to_lowercase();
        let distance = osa_distance(&folded, &lower);
        // the first letter is seldom wrong; a plural is no slip
        let alike = distance > 0 && distance <= allowed && lower.as_bytes()[0] == folded.as_bytes()[0];
        (alike && folded.strip_suffix('s') != Some(&lower)).then_some((distance, number, name))
    });
    let (_, number, name) = near.min_by_key(|(distance, ..)| *distance)?;
    Some((written.to_string(), number, name.to_string()))
}
