//! Drug names with a slip of the pen.

use crate::check::{Context, Finding};
use crate::fact::{PartFacts, Voice};
use crate::letter::{Decision, Reading};
use crate::lexicon::{DrugName, SHORTEST_NAME, fold, near};
use std::ops::Range;

/// A drug name in the heading, or in the reviewer's own words about the case, is misspelled.
pub fn misspelled(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let mut slips: Vec<(String, Finding)> = Vec::new();
    let names = context.lexicon.drug_names();
    // prose has many words that are near to some drug: there the drug must be one that the letter is about
    let asked = || context.memo.drug_names.get_or_init(|| asked_names(context)).iter().map(|n| &names[*n]);
    let mut look = |reading: &Reading, words: Range<usize>, prose: bool| {
        for word in words.filter(|w| is_strange(reading, *w)) {
            let found = if prose { slip(reading, word, asked()) } else { slip(reading, word, names.iter()) };
            let Some((written, drug)) = found else { continue };
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

/// The names of the drugs that any decision of the letter is about, misspelled ones included, and of those with a common
/// ingredient; as positions among all names.
fn asked_names(context: &Context<'_>) -> Vec<usize> {
    let requests = context.letter.decisions.iter().filter_map(|d| d.request.as_ref());
    let asked = requests.flat_map(|r| &r.items).filter_map(|i| i.drug);
    let mut kin: Vec<u16> = asked.flat_map(|drug| context.lexicon.kin(drug)).collect();
    kin.sort_unstable();
    kin.dedup();
    let names = context.lexicon.drug_names();
    let own = |drug: u16| {
        let from = names.partition_point(|n| n.drug < drug);
        (from..names.len()).take_while(move |n| names[*n].drug == drug)
    };
    kin.into_iter().flat_map(own).collect()
}

/// In names of this length two slips are allowed.
const LONG: usize = 9;

/// Whether a word may be a slip: long, of letters alone, and unknown to the vocabulary.
fn is_strange(reading: &Reading, word: usize) -> bool {
    let place = reading.words[word];
    !place.known
        && (place.end - place.start) as usize >= SHORTEST_NAME
        && reading.word(word).bytes().all(|b| b.is_ascii_alphabetic())
}

/// The name that a word nearly is.
fn slip<'a>(reading: &Reading, word: usize, names: impl Iterator<Item = &'a DrugName>) -> Option<(String, String)> {
    let written = reading.word(word);
    let folded = fold(written);
    let allowed = if folded.len() >= LONG { 2 } else { 1 };
    let first = folded.as_bytes()[0];
    // the first letter is seldom wrong, and looking at it first spares the measuring
    let alike = names.filter(|n| {
        n.word.as_bytes()[0].eq_ignore_ascii_case(&first) && n.word.len().abs_diff(folded.len()) <= allowed
    });
    let slips = alike.filter_map(|name| {
        let known = name.word.to_lowercase();
        let distance = near::distance(&folded, &known, allowed)?;
        // a plural is no slip
        let slipped = distance > 0 && folded.strip_suffix('s') != Some(known.as_str());
        slipped.then_some((distance, name))
    });
    let (_, name) = slips.min_by_key(|(distance, _)| *distance)?;
    Some((written.to_string(), name.word.to_string()))
}
