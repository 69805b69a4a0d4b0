//! The small words that are in each set, and whether a word is one of them.

use super::folded::{hash, is_same};
use super::packed::Packed;
use super::words::{Word, fold};
use super::{Lexicon, Small};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Numbers of 32 bits that hold a bit for each set.
const SETS: usize = Small::ALL.len().div_ceil(32);

/// The words of all sets. A word of a text is looked up once, when it is read; which sets it is in is then a question of a bit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SmallWords {
    /// All words in lower case, sorted, one after the other.
    arena: Cow<'static, str>,
    /// Where each begins; one more marks the end.
    starts: Packed,
    /// For each word the sets that it is in, a bit each.
    sets: Packed,
    /// Open-addressing hash table: a hash and the number of a word plus one; 0 is free.
    slots: Packed,
    /// The words of each set by number, in order, and where those of each begin.
    members: Packed,
    of_set: Packed,
    /// The letters with which those of each begin, a bit each ([`first_bit`]).
    firsts: Packed,
}

impl SmallWords {
    /// The words of some sets.
    pub(super) fn of_sets(words: impl Iterator<Item = (Small, String)>) -> SmallWords {
        let mut all: BTreeMap<String, [u32; SETS]> = BTreeMap::new();
        for (set, word) in words {
            all.entry(word.to_lowercase()).or_default()[set as usize / 32] |= 1 << (set as usize % 32);
        }
        let mut small = SmallWords::default();
        for (word, sets) in &all {
            small.starts.push(small.arena.len() as u32);
            small.arena.to_mut().push_str(word);
            sets.iter().for_each(|bits| small.sets.push(*bits));
        }
        small.starts.push(small.arena.len() as u32);
        small.slots = slots(all.keys());
        for (_, set) in Small::ALL {
            small.of_set.push(small.members.len() as u32);
            let own: Vec<usize> = (0..all.len()).filter(|n| small.holds(n + 1, *set)).collect();
            small.firsts.push(own.iter().fold(0, |bits, n| bits | first_bit(small.word(*n))));
            own.into_iter().for_each(|n| small.members.push(n as u32));
        }
        small.of_set.push(small.members.len() as u32);
        small
    }

    /// Whether a word, or two with a blank, is one of a set; case does not matter.
    pub fn has(&self, set: Small, word: &str) -> bool {
        let hash = hash(word.as_bytes(), 0, word.len()) as u32;
        self.holds(self.look_up(hash, |number| self.word(number).eq_ignore_ascii_case(word)), set)
    }

    /// The number of a word of a text plus one, for [`SmallWords::holds`]; 0 if it is in no set. Words hold letters, digits and
    /// apostrophes, so that they are the same where they are so but for the bit of the case.
    pub(crate) fn number(&self, text: &str, word: &Word) -> u16 {
        let (text, start, end, known) =
            (text.as_bytes(), word.start as usize, word.end as usize, self.arena.as_bytes());
        self.look_up(word.hash, |number| is_same(text, start, end, known, self.place(number))) as u16
    }

    /// Whether the word with a number is in a set.
    #[inline]
    pub(crate) fn holds(&self, number: usize, set: Small) -> bool {
        let set = set as usize;
        number.checked_sub(1).is_some_and(|n| self.sets.get(n * SETS + set / 32) & 1 << (set % 32) != 0)
    }

    /// Whether some of a set begin with the first letter of a word, as far as its bits tell: a quick look.
    pub fn may_begin(&self, set: Small, word: &str) -> bool {
        self.firsts.len() > 0 && self.firsts.get(set as usize) & first_bit(word) != 0
    }

    /// The words of a set.
    pub fn of(&self, set: Small) -> impl Iterator<Item = &str> {
        let start = |n: usize| if n < self.of_set.len() { self.of_set.get(n) as usize } else { 0 };
        (start(set as usize)..start(set as usize + 1)).map(|n| self.word(self.members.get(n) as usize))
    }

    fn word(&self, number: usize) -> &str {
        &self.arena[self.place(number)]
    }

    #[inline]
    fn place(&self, number: usize) -> Range<usize> {
        self.starts.get(number) as usize..self.starts.get(number + 1) as usize
    }

    /// The number plus one of a word with a hash, 0 if there is none.
    #[inline]
    fn look_up(&self, hash: u32, is: impl Fn(usize) -> bool) -> usize {
        let slots = self.slots.all();
        let Some(mask) = (self.slots.len() / 2).checked_sub(1) else { return 0 };
        let mut slot = hash as usize & mask;
        loop {
            let [known, number] = slots.row(2 * slot);
            if number == 0 || known == hash && is(number as usize - 1) {
                return number as usize;
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// A bit for the first letter of a word, the same in either case; none for no word.
fn first_bit(word: &str) -> u32 {
    word.as_bytes().first().map_or(0, |first| 1 << (first & 31))
}

/// The hash table of some words. A word with an apostrophe stands there twice: as it is written, and as the matcher hashes the
/// words of a text.
fn slots<'a>(words: impl Iterator<Item = &'a String> + Clone) -> Packed {
    let size = (words.clone().count() * 4).next_power_of_two().max(16);
    let mut slots = vec![[0; 2]; size];
    for (number, word) in words.enumerate() {
        let hashes = [word, &fold(word)].map(|w| hash(w.as_bytes(), 0, w.len()) as u32);
        for hash in &hashes[..if hashes[0] == hashes[1] { 1 } else { 2 }] {
            let mut slot = *hash as usize & (size - 1);
            while slots[slot][1] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = [*hash, number as u32 + 1];
        }
    }
    slots.into_iter().flatten().collect()
}

impl Lexicon {
    /// Whether a word of a text is one of a set of small words.
    #[inline]
    pub fn is_small_word(&self, word: Option<&Word>, set: Small) -> bool {
        word.is_some_and(|w| self.small.holds(w.small as usize, set))
    }
}

impl Serialize for SmallWords {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let SmallWords { arena, starts, sets, slots, members, of_set, firsts } = self;
        (&**arena, starts, sets, slots, members, of_set, firsts).serialize(serializer)
    }
}

impl<'de: 'static> Deserialize<'de> for SmallWords {
    /// They are read on where they stand.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<SmallWords, D::Error> {
        let (arena, starts, sets, slots, members, of_set, firsts) =
            <(&'de str, _, _, _, _, _, _)>::deserialize(deserializer)?;
        Ok(SmallWords { arena: Cow::Borrowed(arena), starts, sets, slots, members, of_set, firsts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_told_by_its_text_and_by_its_number() {
        let words =
            [(Small::But, "but"), (Small::But, "even so"), (Small::Is, "isn't"), (Small::Is, "is"), (Small::Had, "is")];
        let small = SmallWords::of_sets(words.into_iter().map(|(set, word)| (set, word.to_string())));
        assert_eq!(small.of(Small::But).collect::<Vec<_>>(), ["but", "even so"]);
        assert_eq!(small.of(Small::Now).count(), 0);
        let told =
            [("BUT", Small::But), ("Even So", Small::But), ("Isn't", Small::Is), ("is", Small::Is), ("is", Small::Had)];
        for (word, set) in told {
            assert!(small.has(set, word), "{word}");
        }
        for (word, set) in [("", Small::But), ("isnt", Small::Is), ("butt", Small::But), ("but", Small::Is)] {
            assert!(!small.has(set, word), "{word}");
        }
        for word in ["but", "Isn't", "isnt", "so"] {
            let mut read = super::super::words(word);
            read[0].hash = hash(fold(word).as_bytes(), 0, fold(word).len()) as u32;
            let number = small.number(word, &read[0]) as usize;
            for set in [Small::But, Small::Is, Small::Had] {
                assert_eq!(small.holds(number, set), small.has(set, word), "{word}");
            }
        }
        assert!(small.may_begin(Small::But, "Else") && !small.may_begin(Small::But, "so"));
        assert!(!SmallWords::default().has(Small::But, "but"));
    }
}
