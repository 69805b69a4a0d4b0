//! A stretch of text as it is read by itself: its words and the terms in them. Phrases hardly ever reach over the end of a
//! sentence, so that a sentence is such a stretch.

use super::memo::{Known, Store};
use super::reading::Lists;
use crate::lexicon::{Cue, Hit, Lexicon, Scan, Small, Term, Use, Word, words_into};
use std::ops::Range;

/// Words and hits of a reading while it is put together from its sentences.
#[derive(Default)]
pub(super) struct Parts {
    pub words: Vec<Word>,
    pub hits: Vec<Hit>,
    pub aside: Vec<Range<u32>>,
}

/// The lists that one stretch after the other is read into.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    words: Vec<Word>,
    scan: Scan,
    /// Where phrases stood at the end of the sentence before.
    ends: Vec<u32>,
}

/// Words of a text for each of which there is one, about.
const WORD: usize = 6;

impl Parts {
    /// Reads a text sentence by sentence; those that the store knows are taken from it.
    pub fn read(
        text: &str,
        places: &[Range<usize>],
        lists: Lists<'_>,
        lexicon: &Lexicon,
        stretch: &mut Stretch,
        store: &mut Store,
    ) -> Parts {
        let words = text.len() / WORD + 1;
        let mut parts = Parts { words: Vec::with_capacity(words), hits: Vec::with_capacity(words), aside: Vec::new() };
        stretch.ends.clear();
        for place in places {
            let sentence = &text[place.clone()];
            let goes_on = match store.get(sentence, |text| stretch.learn(text, lexicon)) {
                Some(known) => parts.add_known(known, place.start, lists, lexicon, &mut stretch.ends),
                None => {
                    stretch.read(sentence, lexicon, |term| used(term, lists, lexicon));
                    parts.add(stretch, place.start, lexicon)
                }
            };
            if goes_on {
                return Parts::whole(text, lists, lexicon, stretch);
            }
        }
        parts
    }

    /// Reads a text in one: a phrase reaches over the end of a sentence.
    fn whole(text: &str, lists: Lists<'_>, lexicon: &Lexicon, stretch: &mut Stretch) -> Parts {
        stretch.read(text, lexicon, |term| used(term, lists, lexicon));
        let mut parts = Parts::default();
        stretch.ends.clear();
        parts.add(stretch, 0, lexicon);
        parts
    }

    /// Adds what was read of a sentence that begins at a byte; whether a phrase reaches into it from the one before.
    fn add(&mut self, stretch: &mut Stretch, at: usize, lexicon: &Lexicon) -> bool {
        if stretch.words.is_empty() {
            return false;
        }
        let before = self.words.len() as u32;
        let found = &mut stretch.scan.found;
        self.words.extend(stretch.words.iter().map(|w| w.moved(at as u32)));
        self.hits.extend(found.hits.iter().map(|h| h.moved(before)));
        self.aside.extend(found.aside.iter().map(|(_, p)| p.start + before..p.end + before));
        let goes_on = lexicon.matcher.goes_on(&stretch.ends, stretch.scan.first());
        std::mem::swap(&mut stretch.ends, &mut stretch.scan.found.ends);
        goes_on
    }

    /// The same of one that is known.
    fn add_known(
        &mut self,
        known: &Known,
        at: usize,
        lists: Lists<'_>,
        lexicon: &Lexicon,
        ends: &mut Vec<u32>,
    ) -> bool {
        if known.words.is_empty() {
            return false;
        }
        let before = self.words.len() as u32;
        self.words.extend(known.words.iter().map(|w| w.moved(at as u32)));
        match lists {
            None => self.hits.extend(known.hits.iter().map(|h| h.moved(before))),
            Some(_) => {
                let told = known.hits.iter().filter(|h| used(h.term, lists, lexicon) == Use::Told);
                self.hits.extend(told.map(|h| h.moved(before)));
                let aside = known.aside.iter().filter(|(term, _)| used(*term, lists, lexicon) == Use::Aside);
                self.aside.extend(aside.map(|(_, p)| p.start + before..p.end + before));
            }
        }
        let goes_on = lexicon.matcher.goes_on(ends, known.first);
        ends.clear();
        ends.extend_from_slice(&known.ends);
        goes_on
    }
}

/// What becomes of a term where the phrases of some lists are asked for.
#[inline]
fn used(term: u32, lists: Lists<'_>, lexicon: &Lexicon) -> Use {
    match (lexicon.terms[term as usize], lists) {
        (Term::List(list) | Term::Spanning(list), Some(lists)) if !lists[list as usize] => Use::Aside,
        _ => Use::Told,
    }
}

impl Stretch {
    /// Reads a stretch of text.
    fn read(&mut self, text: &str, lexicon: &Lexicon, wanted: impl Fn(u32) -> Use) {
        let Stretch { words, scan, .. } = self;
        words.clear();
        words_into(text, words);
        lexicon.matcher.scan_into(text, words, wanted, scan);
        words.iter_mut().for_each(|word| word.small = lexicon.small.number(text, word));
        scan.found.hits.retain_mut(|hit| match lexicon.terms[hit.term as usize] {
            Term::Cue(Cue::People) if is_one(text, words, hit, lexicon) => {
                hit.term = person(lexicon).unwrap_or(hit.term);
                true
            }
            Term::Guideline(_) | Term::SharedGuideline(_) => !is_plain_word(text, words, hit, lexicon),
            _ => true,
        });
    }

    /// Reads a sentence for all lists, to be known from now on.
    fn learn(&mut self, text: &str, lexicon: &Lexicon) -> Known {
        let any = |term: u32| match lexicon.terms[term as usize] {
            Term::List(_) | Term::Spanning(_) => Use::Both,
            _ => Use::Told,
        };
        self.read(text, lexicon, any);
        let found = &self.scan.found;
        Known {
            text: text.into(),
            words: self.words.as_slice().into(),
            hits: found.hits.as_slice().into(),
            aside: found.aside.as_slice().into(),
            ends: found.ends.as_slice().into(),
            first: self.scan.first(),
        }
    }
}

/// Whether words that speak of persons in general are about one: "the patient, who is", set off by a comma.
fn is_one(text: &str, words: &[Word], hit: &Hit, lexicon: &Lexicon) -> bool {
    let (first, last) = (&words[hit.first as usize], &words[hit.end as usize - 1]);
    let slice = |w: &Word| &text[w.start as usize..w.end as usize];
    text[first.start as usize..last.end as usize].contains(',') && lexicon.is_small(slice(first), Small::Determiner)
}

/// Whether the name of a guideline is but a word or unit of the same letters: "mcg" in small letters, "25 MCG" behind a figure.
fn is_plain_word(text: &str, words: &[Word], hit: &Hit, lexicon: &Lexicon) -> bool {
    let (first, last) = (&words[hit.first as usize], &words[hit.end as usize - 1]);
    if hit.end != hit.first + 1 || !lexicon.is_small_word(Some(first), Small::NameInCapitals) {
        return false;
    }
    let name = &text[first.start as usize..last.end as usize];
    let before = text[..first.start as usize].trim_end().as_bytes().last();
    !name.bytes().all(|b| b.is_ascii_uppercase()) || before.is_some_and(u8::is_ascii_digit)
}

/// The number of the cue for the patient.
fn person(lexicon: &Lexicon) -> Option<u32> {
    lexicon.terms.iter().position(|t| *t == Term::Cue(Cue::Person)).map(|n| n as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::sentence::sentences;

    /// Words, hits and phrases put aside of a text that is read by its sentences, and in one.
    fn both(text: &str, lists: Lists<'_>, lexicon: &Lexicon) -> [String; 2] {
        let (mut stretch, mut store) = (Stretch::default(), Store::default());
        // what is met the second time is known the third time
        (0..3).for_each(|_| store.begin());
        let places = sentences(text, lexicon);
        let show = |p: Parts| format!("{:?} {:?} {:?}", p.words, p.hits, p.aside);
        let parts = (0..3).map(|_| Parts::read(text, &places, lists, lexicon, &mut stretch, &mut store)).last();
        [show(parts.expect("three readings")), show(Parts::whole(text, lists, lexicon, &mut stretch))]
    }

    #[test]
    fn sentences_read_by_themselves_are_the_whole() {
        let book = crate::builtin::rulebook();
        let lexicon = &book.lexicon;
        let lists: Vec<bool> = (0..lexicon.lists.len()).map(|n| n % 3 == 0).collect();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/letters");
        let files = std::fs::read_dir(folder).unwrap().map(|e| std::fs::read_to_string(e.unwrap().path()).unwrap());
        let odd =
            ["", ". . .", "mcg. 25 MCG. The patient, who is. P. 46. Neck. Pain? 5.", "a.\u{a0}\u{201c}B.\u{201d} C"];
        for text in files.chain(odd.map(str::to_string)) {
            for lists in [None, Some(&lists[..])] {
                let [apart, whole] = both(&text, lists, lexicon);
                assert!(apart == whole, "{text}");
            }
        }
    }

    #[test]
    fn a_phrase_may_reach_over_the_end_of_a_sentence() {
        use crate::lexicon::{MatcherBuilder, pattern};
        let mut builder = MatcherBuilder::default();
        let term = builder.term(0);
        for steps in pattern::literal("act. Part 2", true) {
            builder.add_name(term, &steps);
        }
        let lexicon = Lexicon { matcher: builder.finish(), terms: vec![Term::BodyPart(0)], ..Lexicon::default() };
        let text = "By the act. Part 2 holds. By the act. Nothing holds.";
        let [apart, whole] = both(text, None, &lexicon);
        assert_eq!(apart, whole);
        assert!(whole.contains("first: 2, end: 5"), "{whole}");
    }
}
