//! Whether something was asked for once more after it was denied.

use crate::check::Context;
use crate::check::naming::{Thing, things};
use crate::letter::{Reading, Sentence};
use crate::lexicon::Small;
use std::ops::Range;

/// How many words may stand between "repeat" and the treatment: "a repeat right L5-S1 transforaminal injection".
const NARROWED: usize = 6;

/// Whether a sentence tells that something was asked for once more: "a new request", but not "asked for a repeat injection".
pub fn is_asked_again(context: &Context<'_>, reading: &Reading, sentence: &Sentence) -> bool {
    let again = |words: Range<usize>| {
        let bytes = reading.words[words.start].start as usize..reading.words[words.end - 1].end as usize;
        context.lexicon.holds_small(&format!("{} ", reading.text()[bytes].to_lowercase()), Small::AskedAgain)
    };
    if !again(sentence.words.clone()) {
        return false;
    }
    let named = things(context, reading, sentence.words.clone());
    let paper = |w: usize| reading.is_small(w, Small::RequestNoun, context.lexicon);
    let beside =
        |w: usize, t: &Thing| t.words.start > w && t.words.start - w <= NARROWED && !(w..t.words.start).any(paper);
    let of_treatment = |w: usize| named.iter().any(|t| t.words.contains(&w) || beside(w, t));
    sentence.words.clone().any(|w| again(w..w + 1) && !of_treatment(w))
}
