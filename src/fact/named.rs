//! What some words name: treatments, drugs, and words that tell an item.

use crate::letter::Reading;
use crate::lexicon::{Cue, Family, Lexicon, Term, fold};
use smallvec::SmallVec;
use std::ops::Range;

/// The treatments and drugs that some words name.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub treatments: Numbers,
    pub drugs: Numbers,
    /// The telling words, each by its hash.
    words: SmallVec<[u32; 8]>,
}

/// A few numbers, each once.
type Numbers = SmallVec<[u16; 4]>;

/// Whether two lists have nothing in common.
fn is_disjoint<T: PartialEq>(some: &[T], others: &[T]) -> bool {
    !some.iter().any(|one| others.contains(one))
}

/// Words shorter than this tell too little of an item.
const TELLING: usize = 6;

impl Named {
    pub fn of(reading: &Reading, words: Range<usize>, lexicon: &Lexicon) -> Named {
        let mut named = Named::default();
        let from = reading.hits.partition_point(|h| (h.first as usize) < words.start);
        for hit in reading.hits[from..].iter().take_while(|h| (h.first as usize) < words.end) {
            if hit.end as usize > words.end {
                continue;
            }
            let (all, number) = match lexicon.terms[hit.term as usize] {
                Term::Treatment(n) => (&mut named.treatments, n),
                Term::Generic(drug) | Term::Brand { drug, .. } => (&mut named.drugs, drug),
                _ => continue,
            };
            if !all.contains(&number) {
                all.push(number);
            }
        }
        named.words = telling(reading, words, lexicon);
        named
    }

    pub fn is_empty(&self) -> bool {
        self.treatments.is_empty() && self.drugs.is_empty()
    }

    /// Whether both name the same thing, or one a class of the other.
    pub fn matches(&self, other: &Named, lexicon: &Lexicon) -> bool {
        let all = |n: &Named| -> Numbers {
            let classes = n.drugs.iter().flat_map(|d| lexicon.drugs[*d as usize].treatments.iter());
            n.treatments.iter().chain(classes).copied().collect()
        };
        if !is_disjoint(&self.drugs, &other.drugs) {
            return true;
        }
        // two different drugs of a class are two things, unless neither is more than its class
        if !self.drugs.is_empty() && !other.drugs.is_empty() {
            return false;
        }
        let (mine, others) = (all(self), all(other));
        mine.iter().any(|a| others.iter().any(|b| lexicon.is_a(*a, *b) || lexicon.is_a(*b, *a)))
    }

    /// Whether some words repeat a telling word of the heading.
    pub fn shares_words(&self, other: &Named) -> bool {
        !is_disjoint(&self.words, &other.words)
    }
}

/// The longer words among some words, by their hashes; not those that speak of requests in general or name a body part.
fn telling(reading: &Reading, words: Range<usize>, lexicon: &Lexicon) -> SmallVec<[u32; 8]> {
    let plain = |term: Term| match term {
        Term::BodyPart(_) => false,
        Term::Cue(cue) => {
            !matches!(cue, Cue::ThisRequest | Cue::OtherRequest | Cue::AssociatedItem) && cue.family() != Family::Form
        }
        _ => true,
    };
    let near = reading.hits.iter().take_while(|h| (h.first as usize) < words.end);
    let near = near.filter(|h| h.end as usize > words.start);
    let skipped: Vec<_> = near.filter(|h| !plain(lexicon.terms[h.term as usize])).collect();
    words
        .filter(|w| !skipped.iter().any(|h| h.first as usize <= *w && *w < h.end as usize))
        .filter(|w| is_long(reading.word(*w)))
        .map(|w| reading.words[w].hash)
        .collect()
}

/// Whether a word is long enough to tell an item, folded: that makes no word of ASCII longer.
fn is_long(word: &str) -> bool {
    let plain = word.bytes().all(|b| b.is_ascii_alphanumeric());
    (word.len() >= TELLING || !word.is_ascii()) && (plain || fold(word).len() >= TELLING)
}
