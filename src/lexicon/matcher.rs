//! Finds every phrase of the lexicon and of all rules in a text, in one pass over its words.
//!
//! Words are looked up in a hash table made when the rulebook is built, then a graph is followed from each word. Names
//! share a trie; a phrase of the pattern language is one node a word (Glushkov's construction), so that alternatives
//! add up and do not multiply. Cost is linear in the text and does not grow with phrases that do not occur.

use super::folded;
use super::node::{NODE, sign};
use super::number::number_word;
use super::packed::Packed;
use super::reach::Reach;
use super::words::{Gap, Word, fold};
use std::borrow::Cow;
use std::ops::Range;

/// How many words `...` may stand for.
pub const SKIP: usize = 6;

/// Where a term was found: word numbers, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The number given when the term was added.
    pub term: u32,
    /// Number of its first word.
    pub first: u32,
    /// Number of the word after its last.
    pub end: u32,
}

/// First parts of phrases with `...` that were found, by their number in `tails`, and the word behind each.
type Heads = Vec<(u32, u32)>;

/// The prepared phrases. All numbers are packed: the shipped matcher is read where it stands in the program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matcher {
    /// Open-addressing hash table of word numbers plus one; 0 is free. Invariant: its length is a power of two and at
    /// least twice the number of words.
    pub(super) slots: Packed,
    /// All words one after the other, and where each begins.
    pub(super) arena: Cow<'static, str>,
    pub(super) starts: Packed,
    /// Each short word as a number of its own ([`folded::short`]) in two halves; 0 for the others.
    pub(super) shorts: Packed,
    /// For each word the node plus one to which a phrase that begins with it leads; 0 if none does.
    pub(super) roots: Packed,
    /// For each node where its edges begin, where its endings begin, and which keys may lead on ([`sign`]); one more
    /// marks the ends.
    pub(super) nodes: Packed,
    /// Key and target of each edge; keys are sorted within a node and each is there once.
    pub(super) edge_keys: Packed,
    pub(super) edge_nodes: Packed,
    pub(super) endings: Packed,
    /// For each phrase with `...` the node from which its next part is followed.
    pub(super) tails: Packed,
    /// Kind of each term; a term inside a longer one of the same kind is not reported.
    pub(super) kinds: Packed,
}

/// What ends at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    /// A whole term.
    Term(u32),
    /// The first part of a phrase with `...`; the rest is `tails[n]`.
    Head(u32),
}

impl Ending {
    /// The highest bit tells the two apart.
    pub(super) const HEAD: u32 = 1 << 31;

    pub(super) fn pack(self) -> u32 {
        match self {
            Ending::Term(n) => n,
            Ending::Head(n) => n | Ending::HEAD,
        }
    }

    fn unpack(packed: u32) -> Ending {
        if packed & Ending::HEAD == 0 { Ending::Term(packed) } else { Ending::Head(packed & !Ending::HEAD) }
    }
}

/// The key of "any number"; words have keys from 2, doubled to leave room for the hard mark.
pub(super) const NUMBER: u32 = 1;

impl Matcher {
    /// Every term in the text, in order of first word; of the same kind only the longest of those inside one another,
    /// but all that share the very same words. Tells each word whether it is known.
    pub fn scan(&self, text: &str, words: &mut [Word]) -> Vec<Hit> {
        if self.node_count() == 0 {
            return Vec::new();
        }
        let keys: Vec<Keys> = words.iter().map(|w| self.keys(text, w)).collect();
        words.iter_mut().zip(&keys).for_each(|(word, key)| word.known = key.word != 0);
        let mut hits = Vec::with_capacity(words.len() * 3);
        let (mut heads, mut reach) = (Heads::new(), Reach::default());
        for first in 0..keys.len() {
            let before = hits.len();
            // the first word of a phrase may stand behind any mark
            let key = keys[first];
            if key.root != 0 {
                self.find(key.root - 1, &keys, first, first..first + 1, &mut hits, &mut heads);
            }
            if key.number
                && let Some(node) = self.follow(0, NUMBER)
            {
                self.find(node, &keys, first, first..first + 1, &mut hits, &mut heads);
            }
            let here = &mut hits[before..];
            if here.len() > 1 {
                // the longest first; as one number they are compared at once
                here.sort_unstable_by_key(|h| u64::from(!h.end) << 32 | u64::from(h.term));
            }
            // those that count move up
            let (mut kept, mut last) = (before, None);
            for at in before..hits.len() {
                let hit = hits[at];
                if last != Some(hit) && reach.is_longest(&hit, self.kinds.get(hit.term as usize)) {
                    hits[kept] = hit;
                    kept += 1;
                }
                last = Some(hit);
            }
            hits.truncate(kept);
        }
        hits
    }

    /// Finds the terms that begin at the word `first`, of which the words `done` led to a node; parts behind `...` are found too.
    /// `heads` is a stack, as it was when this returns.
    fn find(&self, node: u32, keys: &[Keys], first: usize, done: Range<usize>, hits: &mut Vec<Hit>, heads: &mut Heads) {
        let before = heads.len();
        self.walk(node, keys, first, done, hits, heads);
        let own = before..heads.len();
        for at in own {
            let (head, end) = heads[at];
            self.find_rest(self.tails.get(head as usize), keys, first, end as usize, hits, heads);
        }
        heads.truncate(before);
    }

    /// Follows the graph from a node over the words behind `done`, the words of this part of a phrase so far.
    fn walk(
        &self,
        mut node: u32,
        keys: &[Keys],
        first: usize,
        done: Range<usize>,
        hits: &mut Vec<Hit>,
        heads: &mut Heads,
    ) {
        let Range { start, end: mut at } = done;
        loop {
            let [edges, ending, signs, behind, last] = self.nodes.row(NODE * node as usize);
            for ending in ending..last {
                match Ending::unpack(self.endings.get(ending as usize)) {
                    Ending::Term(term) => hits.push(Hit { term, first: first as u32, end: at as u32 }),
                    Ending::Head(head) => heads.push((head, at as u32)),
                }
            }
            let Some(key) = keys.get(at).filter(|_| signs != 0) else { return };
            let hard = key.hard && at > start;
            if key.number
                && !hard
                && signs & const { sign(NUMBER) } != 0
                && let Some(next) = self.follow(node, NUMBER)
            {
                self.walk(next, keys, first, start..at + 1, hits, heads);
            }
            let word = key.word + u32::from(hard);
            // by far most ends are here
            if key.word == 0 || signs & if hard { sign(word) } else { key.signs } == 0 {
                return;
            }
            let Some(next) = self.edge(edges as usize..behind as usize, word) else { return };
            node = next;
            at += 1;
        }
    }

    /// Where the edge of a node for a key leads.
    fn follow(&self, node: u32, key: u32) -> Option<u32> {
        self.edge(self.edges_of(node as usize), key)
    }

    /// Where the edge for a key leads, of those of a node.
    #[inline]
    fn edge(&self, edges: Range<usize>, key: u32) -> Option<u32> {
        let first = edges.start;
        self.edge_keys.position(edges, key).map(|n| self.edge_nodes.get(first + n))
    }

    /// Looks for the rest of a phrase with `...` behind the word `end`.
    fn find_rest(&self, tail: u32, keys: &[Keys], first: usize, end: usize, hits: &mut Vec<Hit>, heads: &mut Heads) {
        let [_, ending, signs, _, last] = self.nodes.row(NODE * tail as usize);
        for start in end..(end + SKIP + 1).min(keys.len()) {
            let key = keys[start];
            if key.hard {
                return;
            }
            if ending == last && signs & key.signs == 0 {
                continue;
            }
            let before = hits.len();
            self.find(tail, keys, first, start..start, hits, heads);
            if hits.len() > before {
                return;
            }
        }
    }

    fn keys(&self, text: &str, word: &Word) -> Keys {
        let (start, end) = (word.start as usize, word.end as usize);
        let written = &text.as_bytes()[start..end];
        let number = if written[0].is_ascii_digit() {
            written.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
        } else {
            number_word(written).is_some()
        };
        let hard = word.gap == Gap::Hard;
        let (word, root) = self.number_of(text, start, end).map_or((0, 0), |n| (n * 2 + 2, self.roots.get(n as usize)));
        let signs = sign(word) | if number { const { sign(NUMBER) } } else { 0 };
        Keys { word, root, signs, hard, number }
    }

    /// The number of a word of a text, in any case.
    fn number_of(&self, text: &str, start: usize, end: usize) -> Option<u32> {
        let (bytes, known) = (text.as_bytes(), self.arena.as_bytes());
        if let Some(short) = folded::short(bytes, start, end) {
            let halves = [short as u32, (short >> 32) as u32];
            return self.look_up(folded::hash_short(short), |number| self.shorts.row(2 * number) == halves);
        }
        let place = |number| self.starts.get(number) as usize..self.starts.get(number + 1) as usize;
        if folded::is_plain(bytes, start, end) {
            let hash = folded::hash(bytes, start, end);
            return self.look_up(hash, |number| folded::is_same(bytes, start, end, known, place(number)));
        }
        let word = fold(&text[start..end]);
        self.look_up(folded::hash(word.as_bytes(), 0, word.len()), |number| known[place(number)] == *word.as_bytes())
    }

    fn look_up(&self, hash: u64, is: impl Fn(usize) -> bool) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let number = self.slots.get(slot).checked_sub(1)?;
            if is(number as usize) {
                return Some(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The words that phrases are made of, for telling misspellings from ordinary words.
    pub fn vocabulary(&self) -> impl Iterator<Item = &str> {
        let words = 0..self.starts.len().saturating_sub(1);
        words.map(|n| &self.arena[self.starts.get(n) as usize..self.starts.get(n + 1) as usize])
    }
}

#[derive(Clone, Copy)]
struct Keys {
    /// Key of the word, 0 if no phrase has it.
    word: u32,
    /// The node plus one to which a phrase that begins with it leads, 0 if none does.
    root: u32,
    /// The bits by which a node tells that the word may lead on, no mark before it counted.
    signs: u32,
    /// Whether a clause mark stands before it.
    hard: bool,
    /// Whether it is a number.
    number: bool,
}

#[cfg(test)]
mod tests {
    use super::super::builder::MatcherBuilder;
    use super::super::pattern::{literal, parse};
    use super::super::words::words;
    use super::*;

    fn found(phrases: &[(u32, &str)], text: &str) -> Vec<(u32, String)> {
        let mut builder = MatcherBuilder::default();
        for (kind, phrase) in phrases {
            let term = builder.term(*kind);
            builder.add_phrase(term, &parse(phrase).unwrap());
        }
        let matcher = builder.finish();
        let mut words = words(text);
        let hits = matcher.scan(text, &mut words);
        let slice =
            |h: &Hit| text[words[h.first as usize].start as usize..words[h.end as usize - 1].end as usize].to_string();
        hits.iter().map(|h| (h.term, slice(h))).collect()
    }

    #[test]
    fn the_longest_of_a_kind_wins_and_other_kinds_stay() {
        let phrases = [(0, "medically necessary"), (0, "not medically necessary"), (1, "necessary")];
        let text = "It is NOT medically-necessary.";
        assert_eq!(found(&phrases, text), [(1, "NOT medically-necessary".to_string()), (2, "necessary".to_string())]);
    }

    #[test]
    fn a_phrase_does_not_cross_the_end_of_a_clause() {
        assert!(found(&[(0, "neck pain")], "of the neck. Pain is worse").is_empty());
        assert_eq!(found(&[(0, "neck pain")], "Neck, pain").len(), 1);
    }

    #[test]
    fn a_skip_bridges_a_few_words_of_the_same_clause() {
        let phrases = [(0, "necessity ... not established"), (0, "<number> (visits|sessions)")];
        assert_eq!(found(&phrases, "medical necessity of this request is not established").len(), 1);
        assert!(found(&phrases, "necessity of it. This is not established").is_empty());
        assert!(found(&phrases, "necessity a b c d e f g not established").is_empty());
        assert_eq!(found(&phrases, "twelve sessions or 6 visits").len(), 2);
    }

    #[test]
    fn alternatives_and_options_add_up() {
        let phrases = [(0, "(is|was) not [been] [yet] established")];
        for text in ["is not established", "was not been yet established", "is not yet established"] {
            assert_eq!(found(&phrases, text).len(), 1, "{text}");
        }
        assert!(found(&phrases, "is not yet been established").is_empty());
    }

    #[test]
    fn names_match_in_singular_and_plural() {
        let mut builder = MatcherBuilder::default();
        let term = builder.term(0);
        for steps in literal("epidural steroid injection", true) {
            builder.add_name(term, &steps);
        }
        let matcher = builder.finish();
        let text = "Epidural steroid injections";
        assert_eq!(matcher.scan(text, &mut words(text)), [Hit { term, first: 0, end: 3 }]);
    }
}
