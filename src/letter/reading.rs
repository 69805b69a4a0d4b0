//! A part of a letter as it is read: its words, its sentences, and every phrase of the lexicon in it.

use super::by_cue::ByCue;
use super::memo::Memo;
use super::sentence::sentences;
use super::stretch::Parts;
use crate::lexicon::{Cue, CueSet, Hit, Lexicon, Small, Term, Word, number_word};
use crate::source::{Passage, Span};
use std::ops::Range;

/// A passage with everything that was recognised in it. Word numbers are positions in `words`.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The reading text with the way back to the letter.
    pub passage: Passage,
    /// Its words.
    pub words: Vec<Word>,
    /// Terms of the lexicon in order of first word.
    pub hits: Vec<Hit>,
    /// Sentences in order: byte ranges of the reading text.
    pub sentences: Vec<Sentence>,
    /// The cues that occur in it.
    pub cues: CueSet,
    /// The positions in `hits` of each cue.
    by_cue: ByCue,
    /// Positions in `hits` of the names of drugs and treatments, in order.
    pub names: Vec<u32>,
    /// Positions in `hits` of the names of guidelines and their families, in order.
    pub guidelines: Vec<u32>,
    /// Positions in `hits` of statements and of phrases of lists, in order.
    told: Vec<u32>,
    /// Where phrases of several words stand, by word numbers, of lists that were not asked for; in order of first word.
    aside: Vec<Range<u32>>,
}

/// Which phrase lists a reading tells, a yes or no for each; all if there is none.
pub type Lists<'a> = Option<&'a [bool]>;

/// A sentence of a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the reading text.
    pub bytes: Range<usize>,
    /// Word numbers.
    pub words: Range<usize>,
    /// Positions in the reading's hits.
    pub hits: Range<usize>,
    /// The cues among them.
    pub cues: CueSet,
}

/// Words of a sentence at most: what goes on longer is no prose, and is cut, so that work within a sentence stays bounded.
/// The longest sentences of published letters have some hundred words.
pub const SENTENCE_WORDS: usize = 400;

/// A sentence in pieces of [`SENTENCE_WORDS`]; nearly always it is one. Bytes, first word, end of words.
fn pieces(bytes: Range<usize>, words: &[Word]) -> impl Iterator<Item = (Range<usize>, usize, usize)> {
    let first = words.partition_point(|w| (w.start as usize) < bytes.start);
    let end = words.partition_point(|w| (w.start as usize) < bytes.end);
    let cuts = (first..end.max(first + 1)).step_by(SENTENCE_WORDS);
    cuts.map(move |from| {
        let to = (from + SENTENCE_WORDS).min(end).max(from.min(end));
        let start = if from == first { bytes.start } else { words[from].start as usize };
        // the end is behind the piece's last word, so that no blank is left at it
        let stop = if to == end { bytes.end } else { words[to - 1].end as usize };
        (start..stop, from, to)
    })
}

/// So few places are looked through one by one.
const FEW: usize = 12;

impl Reading {
    /// Reads a stretch of a letter.
    pub fn of(text: &str, span: Span, lexicon: &Lexicon) -> Reading {
        Reading::telling(None, Passage::of(text, span), lexicon, &Memo::default())
    }

    /// Reads a passage for the phrases of some lists: nearly half of all are of lists that no rule for the letter's requests asks for.
    pub(crate) fn telling(lists: Lists<'_>, passage: Passage, lexicon: &Lexicon, memo: &Memo) -> Reading {
        let places = sentences(&passage.text, lexicon);
        let Parts { words, hits, aside } =
            memo.with(|stretch, store| Parts::read(&passage.text, &places, lists, lexicon, stretch, store));
        let (mut all, mut guidelines) = (CueSet::default(), Vec::new());
        // about so many of the hits are names, statements and phrases of lists
        let (mut names, mut told) = (Vec::with_capacity(hits.len() / 8), Vec::with_capacity(hits.len() / 4));
        let mut by_cue = Vec::with_capacity(hits.len());
        let mut sentences = Vec::with_capacity(places.len());
        for (bytes, first, end) in places.into_iter().flat_map(|bytes| pieces(bytes, &words)) {
            let own = hits.partition_point(|h| (h.first as usize) < first)
                ..hits.partition_point(|h| (h.first as usize) < end);
            let mut cues = CueSet::default();
            for n in own.clone() {
                match lexicon.terms[hits[n].term as usize] {
                    Term::Cue(cue) => {
                        cues.insert(cue);
                        by_cue.push((cue, n as u32));
                    }
                    Term::Treatment(_) | Term::Generic(_) | Term::Brand { .. } => names.push(n as u32),
                    Term::Guideline(_) | Term::SharedGuideline(_) | Term::Family(_) => guidelines.push(n as u32),
                    Term::Statement(_) | Term::Opposite(_) | Term::List(_) | Term::Spanning(_) => told.push(n as u32),
                    _ => {}
                }
            }
            all.join(&cues);
            sentences.push(Sentence { bytes, words: first..end, hits: own, cues });
        }
        let by_cue = ByCue::of(&by_cue);
        Reading { passage, words, hits, sentences, cues: all, by_cue, names, guidelines, told, aside }
    }

    /// Where phrases of several words, of lists that were not asked for, begin within some words.
    pub fn aside(&self, words: &Range<usize>) -> &[Range<u32>] {
        let at = |word: usize| self.aside.partition_point(|p| (p.start as usize) < word);
        &self.aside[at(words.start)..at(words.end)]
    }

    /// The reading text.
    pub fn text(&self) -> &str {
        &self.passage.text
    }

    /// The place in the letter of some words.
    pub fn span_of_words(&self, words: Range<usize>) -> Span {
        let (Some(first), Some(last)) = (self.words.get(words.start), self.words.get(words.end.wrapping_sub(1))) else {
            return self.passage.locate(0, 0);
        };
        self.passage.locate(first.start as usize, last.end.max(first.start) as usize)
    }

    /// The place in the letter of some bytes of the reading text.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        self.passage.locate(bytes.start, bytes.end)
    }

    /// The place of a hit in the letter.
    pub fn span_of_hit(&self, hit: &Hit) -> Span {
        self.span_of_words(hit.first as usize..hit.end as usize)
    }

    /// The words as they stand in the reading text.
    pub fn slice(&self, words: Range<usize>) -> &str {
        match (self.words.get(words.start), self.words.get(words.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if words.start < words.end => {
                &self.text()[first.start as usize..last.end as usize]
            }
            _ => "",
        }
    }

    /// A word as it stands in the reading text.
    #[inline]
    pub fn word(&self, word: usize) -> &str {
        self.words.get(word).map_or("", |w| &self.text()[w.start as usize..w.end as usize])
    }

    /// Whether a word is a number, in figures with whatever follows them or in letters.
    pub fn is_number(&self, word: usize) -> bool {
        let text = self.word(word).as_bytes();
        text.first().is_some_and(u8::is_ascii_digit) || number_word(text).is_some()
    }

    /// Whether a word is one of a set of small words.
    #[inline]
    pub fn is_small(&self, word: usize, set: Small, lexicon: &Lexicon) -> bool {
        lexicon.is_small_word(self.words.get(word), set)
    }

    /// The hits of a cue within some hits, in order.
    pub fn cues(&self, _: &Lexicon, hits: Range<usize>, cue: Cue) -> impl Iterator<Item = &Hit> + use<'_> {
        let own = if self.cues.has(cue) && !hits.is_empty() { self.by_cue.all(cue) } else { &[] };
        let before = |n: &u32| (*n as usize) < hits.start;
        let from =
            if own.len() < FEW { own.iter().take_while(|n| before(n)).count() } else { own.partition_point(before) };
        let inside = move |n: &&u32| (**n as usize) < hits.end;
        own[from..].iter().take_while(inside).map(|n| &self.hits[*n as usize])
    }

    /// The statements and phrases of lists within some hits, in order.
    pub fn told(&self, hits: Range<usize>) -> impl Iterator<Item = &Hit> {
        let from = self.told.partition_point(|n| (*n as usize) < hits.start);
        self.told[from..].iter().map(|n| *n as usize).take_while(move |n| *n < hits.end).map(|n| &self.hits[n])
    }

    /// Whether a mark stands right behind a word.
    pub fn is_marked(&self, word: usize, mark: u8) -> bool {
        self.text().as_bytes().get(self.words[word].end as usize) == Some(&mark)
    }

    /// The number of the first word that begins at a byte of the reading text or behind it.
    pub fn word_at(&self, byte: usize) -> usize {
        self.words.partition_point(|w| (w.start as usize) < byte)
    }

    /// The words that begin within some bytes, by number.
    pub fn words_within(&self, bytes: &Range<usize>) -> Range<usize> {
        self.word_at(bytes.start)..self.word_at(bytes.end)
    }

    /// The number of the sentence that holds a byte of the reading text.
    pub fn sentence_at(&self, byte: usize) -> Option<usize> {
        let n = self.sentences.partition_point(|s| s.bytes.end <= byte);
        (n < self.sentences.len()).then_some(n)
    }
}
