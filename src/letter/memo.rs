//! Sentences that were read before: letters of this field recite the same guidelines, and share their template.
//!
//! A sentence is known by its very text, so that what is remembered of it is what reading it again would give. It is remembered
//! when it is met for the second time; one that stands in one letter alone costs a hash and is forgotten. The store is bounded in
//! bytes, whatever it is fed.

use super::stretch::Stretch;
use crate::lexicon::{Hit, Word};
use std::cell::RefCell;
use std::mem::size_of_val;
use std::ops::Range;

/// What is remembered between letters that are read with one lexicon. The first letter remembers nothing, so that a run over one
/// letter pays nothing.
#[derive(Debug, Default)]
pub struct Memo(RefCell<Inner>);

#[derive(Debug, Default)]
struct Inner {
    stretch: Stretch,
    store: Store,
}

impl Memo {
    /// Tells that another letter is begun.
    pub(super) fn begin(&self) {
        self.0.borrow_mut().store.begin();
    }

    /// Reads something with what is remembered.
    pub(super) fn with<T>(&self, read: impl FnOnce(&mut Stretch, &mut Store) -> T) -> T {
        let Inner { stretch, store } = &mut *self.0.borrow_mut();
        read(stretch, store)
    }
}

/// What was read of a sentence, by itself and for all lists. Bytes and words are counted from its first.
#[derive(Debug)]
pub(super) struct Known {
    pub text: Box<str>,
    pub words: Box<[Word]>,
    pub hits: Box<[Hit]>,
    /// Phrases of several words of all lists.
    pub aside: Box<[(u32, Range<u32>)]>,
    /// Where phrases stood when it ended.
    pub ends: Box<[u32]>,
    /// How phrases are asked for its first word.
    pub first: u32,
}

impl Known {
    /// Bytes that it takes.
    fn size(&self) -> usize {
        let lists = [
            size_of_val(&*self.text),
            size_of_val(&*self.words),
            size_of_val(&*self.hits),
            size_of_val(&*self.aside),
            size_of_val(&*self.ends),
        ];
        size_of_val(self) + lists.iter().sum::<usize>()
    }
}

/// Sentences by their text. Each has one place where it may stand, with few others; there the one that was not asked for longest gives way.
#[derive(Debug, Default)]
pub(super) struct Store {
    letters: u8,
    places: Vec<Place>,
}

/// Some of the sentences.
#[derive(Debug, Default)]
struct Place {
    /// Those that are known, by their hashes, the one asked for last before the others.
    known: Vec<(u64, Box<Known>)>,
    /// Bytes of all of them.
    bytes: usize,
    /// Parts of the hashes of those that were met once, and which of them gives way next.
    met: [u32; MET],
    next: u8,
}

/// How many places there are: a power of two.
const PLACES: usize = 512;
/// Bytes of the sentences of a place.
const BYTES: usize = 5 * 1024;
/// Sentences of a place that were met once.
const MET: usize = 16;
/// A longer sentence is not remembered.
const LONGEST: usize = 1024;

impl Store {
    pub fn begin(&mut self) {
        self.letters = self.letters.saturating_add(1);
        if self.letters == 2 {
            self.places.resize_with(PLACES, Place::default);
        }
    }

    /// What is known of a sentence; it is learned if it was met before.
    pub fn get(&mut self, text: &str, learn: impl FnOnce(&str) -> Known) -> Option<&Known> {
        if self.places.is_empty() || text.len() > LONGEST {
            return None;
        }
        let hash = hash(text.as_bytes());
        self.places[hash as usize & (PLACES - 1)].get(hash, text, learn)
    }
}

impl Place {
    fn get(&mut self, hash: u64, text: &str, learn: impl FnOnce(&str) -> Known) -> Option<&Known> {
        match self.known.iter().position(|(other, known)| *other == hash && *known.text == *text) {
            Some(at) => self.known[..=at].rotate_right(1),
            None => {
                // never 0, as those are that were not set yet
                let part = (hash >> 32) as u32 | 1;
                if !self.met.contains(&part) {
                    self.met[self.next as usize] = part;
                    self.next = (self.next + 1) % MET as u8;
                    return None;
                }
                self.add(hash, learn(text))?;
            }
        }
        self.known.first().map(|(_, known)| &**known)
    }

    /// Adds a sentence, unless it is too large for any.
    fn add(&mut self, hash: u64, known: Known) -> Option<()> {
        let size = known.size();
        if size > BYTES {
            return None;
        }
        while self.bytes + size > BYTES {
            self.bytes -= self.known.pop()?.1.size();
        }
        self.bytes += size;
        self.known.insert(0, (hash, Box::new(known)));
        Some(())
    }
}

/// A hash of a text, eight bytes at a time. It tells where to look; what is found there is compared.
fn hash(text: &[u8]) -> u64 {
    let mix = |hash: u64, number: u64| {
        let mixed = (hash ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 32
    };
    let (eights, rest) = text.as_chunks::<8>();
    let whole = eights.iter().fold(text.len() as u64, |hash, bytes| mix(hash, u64::from_le_bytes(*bytes)));
    let last = rest.iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
    mix(mix(whole, last), 0)
}
