//! Where a rationale says that a guideline of the MTUS is silent: by a phrase that is known, or by its parts.
//!
//! The parts are the name of a guideline, a word for speaking of something or for what a guideline holds on it, and a
//! denial that reaches that word: "has not addressed acupuncture", "in the absence of MTUS guidance on acupuncture".

use super::named::Named;
use crate::check::Context;
use crate::check::memo::named;
use crate::fact::{Polarity, meaning};
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Gap, Hit, Small};
use std::ops::Range;

/// So many words may stand between a guideline and the word by which it is said not to speak: "guidelines, however, have so far
/// not".
const BEFORE: usize = 7;

/// So many words may stand between what is missing and the guideline in which it is: "no guideline on acupuncture is to be had from".
const BEHIND: usize = 11;

/// What can deny a word, before it, behind it or with it.
const DENIALS: [Cue; 5] = [Cue::Negation, Cue::Undocumented, Cue::Unshown, Cue::NegationAfter, Cue::UndocumentedAfter];

/// The words by which the sentence with a number says that the MTUS is silent, in order.
pub fn silences(context: &Context<'_>, reading: &Reading, number: usize) -> Vec<Range<usize>> {
    let sentence = &reading.sentences[number];
    let known = reading.cues(context.lexicon, sentence.hits.clone(), Cue::Silent);
    let mut found: Vec<Range<usize>> = known.map(|h| h.first as usize..h.end as usize).collect();
    if found.is_empty() && denies(sentence) {
        found.extend(by_parts(context, reading, number));
    }
    found
}

/// Whether the sentence with a number says that the MTUS is silent.
pub fn is_silent(context: &Context<'_>, reading: &Reading, number: usize) -> bool {
    let sentence = &reading.sentences[number];
    sentence.cues.has(Cue::Silent) || denies(sentence) && by_parts(context, reading, number).is_some()
}

fn denies(sentence: &Sentence) -> bool {
    DENIALS.into_iter().any(|c| sentence.cues.has(c))
}

/// The words from a guideline of the MTUS to the denied word of speaking nearest to it.
fn by_parts(context: &Context<'_>, reading: &Reading, number: usize) -> Option<Range<usize>> {
    let sentence = &reading.sentences[number];
    let from = reading.guidelines.partition_point(|n| (*n as usize) < sentence.hits.start);
    if reading.guidelines.get(from).is_none_or(|n| (*n as usize) >= sentence.hits.end) {
        return None;
    }
    let all = named(context, reading);
    let mtus = |n: &&Named| n.guidelines.iter().all(|g| context.lexicon.guidelines[*g as usize].mtus);
    all.iter().filter(|n| n.sentence == number).filter(mtus).find_map(|name| {
        let near = name.at.start.saturating_sub(BEHIND).max(sentence.words.start);
        let behind = name.at.end..(name.at.end + BEFORE).min(sentence.words.end);
        let parts = Parts { context, reading, name };
        // "MTUS: no recommendation"
        let joined = |w: &usize| *w == name.at.end || reading.words[*w].gap != Gap::Hard;
        // "not found in the MTUS, and turned to other guidelines"
        let goes_on = |w: &usize| joined(w) && !parts.is(*w, Small::JoinsClause);
        let after = behind.take_while(goes_on).find(|w| parts.denied_of(*w));
        after
            .or_else(|| (near..name.at.start).rev().find(|w| parts.denied_in(*w)))
            .map(|w| w.min(name.at.start)..(w + 1).max(name.at.end))
    })
}

/// A guideline in its sentence.
struct Parts<'a> {
    context: &'a Context<'a>,
    reading: &'a Reading,
    name: &'a Named,
}

impl Parts<'_> {
    /// Whether a word behind the name is what the guideline is said not to do or to hold.
    fn denied_of(&self, word: usize) -> bool {
        // "does not meet MTUS criteria" denies the case, "no MTUS criteria" the guideline
        let own = word < self.name.at.end + OWN && self.is_guidance(word);
        let right_before = || {
            let sentence = &self.reading.sentences[self.name.sentence];
            let start = self.name.at.start as u32;
            let cues = |c| self.reading.cues(self.context.lexicon, sentence.hits.clone(), c);
            DENIALS.into_iter().any(|c| cues(c).any(|h| h.end == start))
        };
        let said = self.is(word, Small::Addresses) || self.is_guidance(word);
        said && self.is_denied(word) && (!own || right_before())
    }

    /// Whether a word before the name is what the guideline is said not to hold: "nowhere mentioned in the MTUS".
    fn denied_in(&self, word: usize) -> bool {
        let led = |w: &usize| self.is(*w, Small::Within);
        // "no mention of the MTUS": what others left out is the guideline itself
        let end = self.name.at.start;
        // "I could not find gym memberships in the MTUS", not "that the criteria of the MTUS are met"
        let that = |w: usize| self.reading.word(w).eq_ignore_ascii_case("that");
        if (word.saturating_sub(ARTICLE)..end).any(that) {
            return false;
        }
        // "studies without a question to answer"
        let purpose = word.checked_sub(1).is_some_and(|w| self.is(w, Small::To));
        if purpose {
            return false;
        }
        let sought = || self.is(word, Small::Seeks);
        let said = self.is(word, Small::Addresses) || self.is_guidance(word) || sought();
        let joined = (word + 1..=end).all(|w| self.reading.words[w].gap != Gap::Hard);
        said && joined && (end.saturating_sub(ARTICLE)..end).any(|w| w > word && led(&w)) && self.is_denied(word)
    }

    /// Whether a word is for what a guideline holds; "as a rule" is none.
    fn is_guidance(&self, word: usize) -> bool {
        let as_a = || word.checked_sub(2).is_some_and(|w| self.is(w, Small::As) && self.is(w + 1, Small::Article));
        self.is(word, Small::Guidance) && !as_a()
    }

    fn is(&self, word: usize, set: Small) -> bool {
        self.reading.is_small(word, set, self.context.lexicon)
    }

    /// Whether a denial reaches a word.
    fn is_denied(&self, word: usize) -> bool {
        let sentence = &self.reading.sentences[self.name.sentence];
        // "has not been addressed" is one phrase
        let within = |h: &Hit| (h.first as usize..h.end as usize).contains(&word);
        let whole = |cue| self.reading.cues(self.context.lexicon, sentence.hits.clone(), cue).any(within);
        DENIALS.into_iter().any(whole)
            || meaning(self.reading, self.context.lexicon, word..word + 1).polarity == Polarity::Negated
    }
}

/// So many words behind a name are its own: "MTUS criteria".
const OWN: usize = 2;

/// So many words may stand between "in" and the name: "in the California".
const ARTICLE: usize = 3;
