//! Looks the words of a text up among those of all phrases.

use super::folded;
use super::matcher::{Matcher, NUMBER};
use super::node::sign;
use super::number::number_word;
use super::packed::Numbers;
use super::words::{Gap, Word, fold};

/// What the graph of phrases is asked by a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    /// Key of the word with the mark before it, 0 if no phrase has the word.
    pub word: u32,
    /// The node plus one to which a phrase that begins with it leads, 0 if none does.
    pub root: u32,
    /// The bits by which a node tells that the word may lead on.
    pub signs: u32,
    /// Whether a clause mark stands before it.
    pub hard: bool,
    /// Whether it is a number.
    pub number: bool,
}

/// The words of all phrases.
pub(super) struct Vocabulary<'a> {
    slots: Numbers<'a>,
    mask: usize,
    arena: &'a [u8],
    starts: Numbers<'a>,
    shorts: Numbers<'a>,
    roots: Numbers<'a>,
}

impl<'a> Vocabulary<'a> {
    pub fn of(matcher: &'a Matcher) -> Vocabulary<'a> {
        Vocabulary {
            slots: matcher.slots.all(),
            mask: matcher.slots.len() - 1,
            arena: matcher.arena.as_bytes(),
            starts: matcher.starts.all(),
            shorts: matcher.shorts.all(),
            roots: matcher.roots.all(),
        }
    }

    /// The keys of a word of a text; the word is told whether it is known, and its hash.
    #[inline]
    pub fn keys(&self, text: &str, word: &mut Word) -> Keys {
        let (start, end) = (word.start as usize, word.end as usize);
        let written = &text.as_bytes()[start..end];
        let number = if written[0].is_ascii_digit() {
            written.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
        } else {
            number_word(written).is_some()
        };
        let hard = word.gap == Gap::Hard;
        let (hash, found) = self.find(text, start, end);
        (word.hash, word.known) = (hash as u32, found.is_some());
        // no number leads on behind a clause mark
        let as_number = if number && !hard { const { sign(NUMBER) } } else { 0 };
        match found {
            Some(n) => {
                let word = n * 2 + 2 + u32::from(hard);
                Keys { word, root: self.roots.get(n as usize), signs: sign(word) | as_number, hard, number }
            }
            None => Keys { word: 0, root: 0, signs: as_number, hard, number },
        }
    }

    /// The hash of a word of a text, in any case, and its number.
    #[inline]
    fn find(&self, text: &str, start: usize, end: usize) -> (u64, Option<u32>) {
        let (bytes, known) = (text.as_bytes(), self.arena);
        if let Some(short) = folded::short(bytes, start, end) {
            let halves = [short as u32, (short >> 32) as u32];
            return self.look_up(folded::hash_short(short), |number| self.shorts.row(2 * number) == halves);
        }
        let place = |number| self.starts.get(number) as usize..self.starts.get(number + 1) as usize;
        if let Some(hash) = folded::plain_hash(bytes, start, end) {
            return self.look_up(hash, |number| folded::is_same(bytes, start, end, known, place(number)));
        }
        let word = fold(&text[start..end]);
        self.look_up(folded::hash(word.as_bytes(), 0, word.len()), |number| known[place(number)] == *word.as_bytes())
    }

    fn look_up(&self, hash: u64, is: impl Fn(usize) -> bool) -> (u64, Option<u32>) {
        let mut slot = hash as usize & self.mask;
        loop {
            let number = self.slots.get(slot).checked_sub(1);
            if number.is_none_or(|n| is(n as usize)) {
                return (hash, number);
            }
            slot = (slot + 1) & self.mask;
        }
    }
}
