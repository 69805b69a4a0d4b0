//! Follows the graph of phrases over the words of a text.

use super::matcher::{Ending, Hit, Matcher, NUMBER};
use super::node::{NODE, TAIL};
use super::packed::Numbers;
use super::vocabulary::Keys;
use std::ops::Range;

/// How many words `...` may stand for.
pub const SKIP: usize = 6;

/// A search for the terms that begin at one word after the other.
pub(super) struct Search<'a, W> {
    keys: &'a [Keys],
    nodes: Numbers<'a>,
    edge_keys: Numbers<'a>,
    edge_nodes: Numbers<'a>,
    endings: Numbers<'a>,
    tails: Numbers<'a>,
    /// First parts of phrases with `...` that were found, by their number in `tails`, and the word behind each. A stack: empty
    /// between two words.
    heads: Vec<(u32, u32)>,
    /// A word, and the signs of all words that may begin the rest of a phrase whose first part ends before it.
    ahead: (usize, u32),
    /// The number of the word at which terms begin now.
    pub first: usize,
    /// The terms found so far that are wanted.
    pub hits: Vec<Hit>,
    /// The places of several words of the others.
    pub aside: Vec<Range<u32>>,
    /// Which terms are wanted.
    wanted: W,
    /// How many terms were found.
    found: usize,
}

impl<'a, W: Fn(u32) -> bool> Search<'a, W> {
    pub fn new(matcher: &'a Matcher, keys: &'a [Keys], wanted: W) -> Search<'a, W> {
        Search {
            keys,
            nodes: matcher.nodes.all(),
            edge_keys: matcher.edge_keys.all(),
            edge_nodes: matcher.edge_nodes.all(),
            endings: matcher.endings.all(),
            tails: matcher.tails.all(),
            // few words begin one
            heads: Vec::with_capacity(keys.len() / 16),
            ahead: (usize::MAX, 0),
            first: 0,
            hits: Vec::with_capacity(keys.len() * 2),
            aside: Vec::new(),
            wanted,
            found: 0,
        }
    }

    /// Whether something ends at a node, or the word `at` may lead on from it: a look that most words end at.
    #[inline]
    pub fn leads_on(&self, node: u32, at: usize) -> bool {
        let [_, ending, signs, _, last] = self.nodes.row(NODE * node as usize);
        ending != last || self.keys.get(at).is_some_and(|key| signs & key.signs != 0)
    }

    /// Finds the terms to which a node and the words from `at` on lead; parts behind `...` are found too.
    pub fn find(&mut self, node: u32, at: usize) {
        let before = self.heads.len();
        self.walk(node, at);
        for n in before..self.heads.len() {
            let (head, end) = self.heads[n];
            self.find_rest(head, end as usize);
        }
        self.heads.truncate(before);
    }

    /// Follows the graph from a node over the words from `at` on.
    fn walk(&mut self, mut node: u32, mut at: usize) {
        loop {
            let [edges, ending, signs, behind, last] = self.nodes.row(NODE * node as usize);
            for ending in ending..last {
                match Ending::unpack(self.endings.get(ending as usize)) {
                    Ending::Term(term) => self.take(term, at),
                    Ending::Head(head) => self.heads.push((head, at as u32)),
                }
            }
            // by far most ends are here
            let Some(key) = self.keys.get(at).filter(|key| signs & key.signs != 0) else { return };
            let edges = edges as usize..behind as usize;
            if key.number
                && !key.hard
                && let Some(next) = self.edge(edges.clone(), NUMBER)
            {
                self.walk(next, at + 1);
            }
            let Some(next) = self.edge(edges, key.word).filter(|_| key.word != 0) else { return };
            node = next;
            at += 1;
        }
    }

    /// Takes a term that ends before the word `at`.
    #[inline]
    fn take(&mut self, term: u32, at: usize) {
        self.found += 1;
        if (self.wanted)(term) {
            self.hits.push(Hit { term, first: self.first as u32, end: at as u32 });
        } else if at > self.first + 1 {
            self.aside.push(self.first as u32..at as u32);
        }
    }

    /// Where the edge of a node for a key leads.
    pub fn follow(&self, node: u32, key: u32) -> Option<u32> {
        let [edges, _, _, behind] = self.nodes.row(NODE * node as usize);
        self.edge(edges as usize..behind as usize, key)
    }

    /// Where the edge for a key leads, of those of a node.
    #[inline]
    fn edge(&self, edges: Range<usize>, key: u32) -> Option<u32> {
        let first = edges.start;
        self.edge_keys.position(edges, key).map(|n| self.edge_nodes.get(first + n))
    }

    /// Looks for the rest of a phrase with `...` from the word `end` on.
    fn find_rest(&mut self, head: u32, end: usize) {
        let [tail, signs] = self.tails.row(TAIL * head as usize);
        // most phrases have no word of theirs near
        if signs & self.ahead(end) == 0 {
            return;
        }
        for start in end..(end + SKIP + 1).min(self.keys.len()) {
            if self.keys[start].hard {
                return;
            }
            if signs & self.keys[start].signs == 0 {
                continue;
            }
            let before = self.found;
            self.find(tail, start);
            if self.found > before {
                return;
            }
        }
    }

    /// The signs of the words of a clause that `...` may reach, from the word `end` on.
    #[inline]
    fn ahead(&mut self, end: usize) -> u32 {
        if self.ahead.0 != end {
            let near = self.keys[end.min(self.keys.len())..].iter().take(SKIP + 1).take_while(|key| !key.hard);
            self.ahead = (end, near.fold(0, |signs, key| signs | key.signs));
        }
        self.ahead.1
    }
}
