//! What a part of a letter states: clinical statements and the phrases of rules, affirmed or denied, documented or not.

use super::Voice;
use super::polarity::{Context, Documentation, Polarity, Signed};
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Hit, Lexicon, Small, Term};
use crate::source::Span;
use serde::Serialize;
use std::ops::Range;

/// Which statement or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// A statement of the lexicon, by number.
    Statement(u16),
    /// A phrase list, by number.
    List(u16),
}

/// One statement in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Which.
    pub told: Told,
    /// Whether it is affirmed, denied or in doubt. Words for the contrary ("off work") deny.
    pub polarity: Polarity,
    /// Whether it is said to be missing from the records.
    pub documentation: Documentation,
    /// The words with the cue that decides how they are meant.
    pub span: Span,
    /// The words alone, by number in the reading.
    pub words: Range<usize>,
    /// Number of the sentence.
    pub sentence: usize,
    /// The voice of the sentence; none outside of rationales.
    pub voice: Option<Voice>,
}

/// All statements of a reading in order, and its phrases of the lists, by number, that are `asked` for; `voices` is empty
/// outside of rationales.
pub fn statements(reading: &Reading, voices: &[Voice], lexicon: &Lexicon, asked: impl Fn(u16) -> bool) -> Vec<Stated> {
    // about so many of the hits are statements
    let mut found = Vec::with_capacity(reading.hits.len() / 12);
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let signed = std::cell::LazyCell::new(|| Signed::of(reading, sentence, lexicon));
        // several may stand in the very same words, which are judged once
        let mut judged: Option<(Range<usize>, Context)> = None;
        for hit in reading.told(sentence.hits.clone()) {
            let (told, contrary) = match lexicon.terms[hit.term as usize] {
                Term::Statement(n) => (Told::Statement(n), false),
                Term::Opposite(n) => (Told::Statement(n), true),
                Term::List(n) | Term::Spanning(n) if asked(n) => (Told::List(n), false),
                _ => continue,
            };
            let words = hit.first as usize..hit.end as usize;
            let Context { polarity, documentation, cue } = match &judged {
                Some((same, context)) if *same == words => context.clone(),
                _ => judged.insert((words.clone(), signed.context(words.clone()))).1.clone(),
            };
            // "surgery, which was not approved, is planned"
            let swallows = polarity == Polarity::Affirmed
                && matches!(lexicon.terms[hit.term as usize], Term::Spanning(_))
                && denies_within(reading, lexicon, sentence, &words);
            // "Hawkins positive, O'Brien's and apprehension negative"
            let ends = |w: usize| reading.is_small(w, Small::Positive, lexicon) && has_comma(reading, w + 1);
            let swallows = swallows || words.len() > 1 && ends(words.start);
            let polarity = if swallows { Polarity::Doubtful } else { polarity };
            let polarity = if contrary { polarity.contrary() } else { polarity };
            let whole = cue.map_or(words.clone(), |c| c.start.min(words.start)..c.end.max(words.end));
            found.push(Stated {
                told,
                polarity,
                documentation,
                span: reading.span_of_words(whole),
                words,
                sentence: number,
                voice: voices.get(number).copied(),
            });
        }
    }
    found
}

/// Whether a comma stands before a word.
fn has_comma(reading: &Reading, word: usize) -> bool {
    let (before, word) = (&reading.words[word - 1], &reading.words[word]);
    reading.text()[before.end as usize..word.start as usize].contains(',')
}

/// Whether a denial stands among some words, behind the first of them.
fn denies_within(reading: &Reading, lexicon: &Lexicon, sentence: &Sentence, words: &Range<usize>) -> bool {
    let within = |h: &Hit| words.start < h.first as usize && (h.end as usize) < words.end;
    words.len() > 2
        && sentence.cues.has(Cue::Negation)
        && reading.cues(lexicon, sentence.hits.clone(), Cue::Negation).any(within)
}
