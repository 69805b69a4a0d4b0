//! The phrases of one sentence, asked by cue and by place.

use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Gap, Hit, Lexicon, Small, Term};
use std::ops::Range;

/// A sentence with its phrases.
#[derive(Clone, Copy)]
pub struct Marks<'a> {
    /// What is read.
    pub reading: &'a Reading,
    /// The sentence.
    pub sentence: &'a Sentence,
    lexicon: &'a Lexicon,
}

impl<'a> Marks<'a> {
    /// The phrases of a sentence.
    pub fn of(reading: &'a Reading, sentence: &'a Sentence, lexicon: &'a Lexicon) -> Marks<'a> {
        Marks { reading, sentence, lexicon }
    }

    /// Every phrase of the sentence with what it stands for.
    pub fn all(self) -> impl Iterator<Item = (&'a Hit, Term)> {
        self.reading.hits[self.sentence.hits.clone()].iter().map(move |h| (h, self.lexicon.terms[h.term as usize]))
    }

    /// The phrases of a cue, as ranges of words.
    pub fn cue(self, cue: Cue) -> impl Iterator<Item = Range<usize>> + 'a {
        let hits = if self.sentence.cues.has(cue) { self.sentence.hits.clone() } else { 0..0 };
        self.reading.cues(self.lexicon, hits, cue).map(|h| h.first as usize..h.end as usize)
    }

    /// The phrases of a cue that lie within some words.
    pub fn within(self, cue: Cue, words: Range<usize>) -> impl Iterator<Item = Range<usize>> + 'a {
        self.cue(cue).filter(move |r| words.start <= r.start && r.end <= words.end)
    }

    /// Whether the sentence holds a phrase of a cue.
    pub fn says(self, cue: Cue) -> bool {
        self.sentence.cues.has(cue)
    }

    /// Whether a phrase of a cue lies within some words.
    pub fn says_within(self, cue: Cue, words: Range<usize>) -> bool {
        self.within(cue, words).next().is_some()
    }

    /// Whether a word is one of a set of small words.
    pub fn is(self, word: usize, set: Small) -> bool {
        self.reading.is_small(word, set, self.lexicon)
    }

    /// Whether a phrase of a cue begins with a word.
    pub fn begins(self, cue: Cue, word: usize) -> bool {
        self.cue(cue).any(|r| r.start == word)
    }

    /// Whether a word stands in a phrase of a cue.
    pub fn covers(self, cue: Cue, word: usize) -> bool {
        self.cue(cue).any(|r| r.contains(&word))
    }

    /// Whether a phrase of a cue has a word in common with some words.
    pub fn meets(self, cue: Cue, words: &Range<usize>) -> bool {
        self.cue(cue).any(|r| r.start < words.end && words.start < r.end)
    }

    /// Whether some words, as they stand, are one of a set of small words.
    pub fn is_small(self, words: Range<usize>, set: Small) -> bool {
        match words.len() {
            1 => self.is(words.start, set),
            _ => self.lexicon.is_small(self.reading.slice(words), set),
        }
    }

    /// Where the clause begins that holds a word: behind the last mark that ends a clause.
    pub fn clause_start(self, word: usize) -> usize {
        let first = self.sentence.words.start;
        (first..=word).rev().find(|w| *w == first || self.reading.words[*w].gap == Gap::Hard).unwrap_or(first)
    }

    /// Where the stretch begins that a denial reaches over: as a clause, but items hold colons ("Associated service: sling").
    pub fn stretch_start(self, word: usize) -> usize {
        let first = self.sentence.words.start;
        let mut at = self.clause_start(word);
        while at > first && self.between(at).trim_end() == ":" {
            at = self.clause_start(at - 1);
        }
        at
    }

    /// Where the part of a clause begins that holds a word: behind the last comma or the clause's own start.
    pub fn part_start(self, word: usize) -> usize {
        let clause = self.clause_start(word);
        (clause + 1..=word).rev().find(|w| self.comma_before(*w)).unwrap_or(clause)
    }

    /// Whether a comma, dash or bracket stands between a word and the word before it.
    pub fn comma_before(self, word: usize) -> bool {
        if word <= self.sentence.words.start {
            return false;
        }
        self.between(word).contains([',', '(', ')', '\u{2014}'])
    }

    /// Whether the sentence opens, before a word, with the case that it speaks of and that may not be this one: "in the first
    /// month".
    pub fn opens_on_case(self, end: usize) -> bool {
        let first = self.sentence.words.start;
        (1..=2).any(|n| self.is_small(first..(first + n).min(end), Small::SupposesCase))
    }

    /// What stands between a word and the word before it.
    fn between(self, word: usize) -> &'a str {
        let words = &self.reading.words;
        &self.reading.text()[words[word - 1].end as usize..words[word].start as usize]
    }

    /// Whether phrases of a cue cover all of some words.
    pub fn covered(self, cue: Cue, words: Range<usize>) -> bool {
        let mut at = words.start;
        for hit in self.cue(cue) {
            if hit.start <= at {
                at = at.max(hit.end);
            }
        }
        at >= words.end
    }

    /// Whether all of some words may stand between a denial and the word denied; none joins a clause of its own.
    pub fn links(self, mut words: Range<usize>) -> bool {
        let joined = |word: usize| self.cue(Cue::ClauseJoin).any(|join| join.len() > 1 && join.contains(&word));
        words.all(|word| self.is(word, Small::VerdictLink) && !joined(word))
    }
}
