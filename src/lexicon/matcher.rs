//! Finds every phrase of the lexicon and of all rules in a text, in one pass over its words.
//!
//! Words are looked up in a hash table made when the rulebook is built, then a graph is followed from each word. Names
//! share a trie; a phrase of the pattern language is one node a word (Glushkov's construction), so that alternatives
//! add up and do not multiply. Cost is linear in the text and does not grow with phrases that do not occur.

use super::node::{NODE, sign};
use super::packed::Packed;
use super::scan::{Scan, Use};
use super::search::Search;
use super::vocabulary::Vocabulary;
use super::words::Word;
use std::borrow::Cow;

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

impl Hit {
    /// The same hit where its first word is one of so many more.
    #[inline]
    pub fn moved(self, words: u32) -> Hit {
        Hit { first: self.first + words, end: self.end + words, ..self }
    }
}

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
    /// For each phrase with `...` the node from which its next part is followed, and the signs of that node.
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

    pub(super) fn unpack(packed: u32) -> Ending {
        if packed & Ending::HEAD == 0 { Ending::Term(packed) } else { Ending::Head(packed & !Ending::HEAD) }
    }
}

/// The key of "any number"; words have keys from 2, doubled to leave room for the hard mark.
pub(super) const NUMBER: u32 = 1;

impl Matcher {
    /// Every term in the text, in order of first word; of the same kind only the longest of those inside one another,
    /// but all that share the very same words. Tells of each word whether it is known, and its hash.
    pub fn scan(&self, text: &str, words: &mut [Word]) -> Vec<Hit> {
        let mut scan = Scan::default();
        self.scan_into(text, words, |_| Use::Told, &mut scan);
        scan.found.hits
    }

    /// Finds the terms in some words, and what else a reader wants to know of them; the words are told whether they are known, and
    /// their hashes.
    pub fn scan_into(&self, text: &str, words: &mut [Word], wanted: impl Fn(u32) -> Use, scan: &mut Scan) {
        scan.clear();
        if self.node_count() == 0 {
            return;
        }
        let vocabulary = Vocabulary::of(self);
        let Scan { keys, reach, found } = scan;
        keys.extend(words.iter_mut().map(|word| vocabulary.keys(text, word)));
        let mut search = Search::new(self, keys, wanted, found);
        let numbers = search.follow(0, NUMBER);
        for (first, key) in keys.iter().enumerate() {
            let before = search.found.hits.len();
            search.first = first;
            // the first word of a phrase may stand behind any mark
            if key.root != 0 {
                if search.leads_on(key.root - 1, first + 1) {
                    search.find(key.root - 1, first + 1);
                } else if first + 1 == keys.len() {
                    search.found.ends.push(key.root - 1);
                }
            }
            if let Some(node) = numbers.filter(|_| key.number) {
                search.find(node, first + 1);
            }
            let hits = &mut search.found.hits;
            if hits.len() > before + 1 {
                // the longest first; as one number they are compared at once
                hits[before..].sort_unstable_by_key(|h| u64::from(!h.end) << 32 | u64::from(h.term));
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
    }

    /// Whether a phrase that led to one of some nodes at the end of a stretch goes on with a word.
    pub fn goes_on(&self, ends: &[u32], word: u32) -> bool {
        let (nodes, keys) = (self.nodes.all(), self.edge_keys.all());
        let leads = |node: u32| {
            let [edges, _, signs, behind] = nodes.row(NODE * node as usize);
            signs & sign(word) != 0 && keys.position(edges as usize..behind as usize, word).is_some()
        };
        word != 0 && ends.iter().any(|node| leads(*node))
    }
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
