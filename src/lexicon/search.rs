//! Follows the graph of phrases over the words of a text.

use super::matcher::{Ending, Hit, Matcher, NUMBER};
use super::node::{NODE, TAIL};
use super::packed::Numbers;
use super::scan::{Found, Use};
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
    /// A word, and the signs of all words that may begin the rest of a phrase whose first part ends before it.
    ahead: (usize, u32),
    /// The number of the word at which terms begin now.
    pub first: usize,
    /// What was found so far.
    pub found: &'a mut Found,
    /// What becomes of each term.
    wanted: W,
    /// How many terms were found.
    count: usize,
}

impl<'a, W: Fn(u32) -> Use> Search<'a, W> {
    pub fn new(matcher: &'a Matcher, keys: &'a [Keys], wanted: W, found: &'a mut Found) -> Search<'a, W> {
        Search {
            keys,
            nodes: matcher.nodes.all(),
            edge_keys: matcher.edge_keys.all(),
            edge_nodes: matcher.edge_nodes.all(),
            endings: matcher.endings.all(),
            tails: matcher.tails.all(),
            ahead: (usize::MAX, 0),
            first: 0,
            found,
            wanted,
            count: 0,
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
        let before = self.found.heads.len();
        self.walk(node, at);
        for n in before..self.found.heads.len() {
            let (head, end) = self.found.heads[n];
            self.find_rest(head, end as usize);
        }
        self.found.heads.truncate(before);
    }

    /// Follows the graph from a node over the words from `at` on.
    fn walk(&mut self, mut node: u32, mut at: usize) {
        loop {
            let [edges, ending, signs, behind, last] = self.nodes.row(NODE * node as usize);
            for ending in ending..last {
                match Ending::unpack(self.endings.get(ending as usize)) {
                    Ending::Term(term) => self.take(term, at),
                    Ending::Head(head) => self.found.heads.push((head, at as u32)),
                }
            }
            // by far most ends are here
            let Some(key) = self.keys.get(at) else {
                self.found.ends.extend((edges != behind).then_some(node));
                return;
            };
            if signs & key.signs == 0 {
                return;
            }
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
        self.count += 1;
        let (first, end) = (self.first as u32, at as u32);
        let wanted = (self.wanted)(term);
        if wanted != Use::Aside {
            self.found.hits.push(Hit { term, first, end });
        }
        if wanted != Use::Told && end > first + 1 {
            self.found.aside.push((term, first..end));
        }
    }

    /// Where the edge of a node for a key leads.
    pub fn follow(&self, node: u32, key: u32) -> Option<u32> {
        let [edges, _, _, behind] = self.nodes.row(NODE * node as usize);
        self.edge(edges as usize..behind as usize, key)
    }

    /// Whether an edge among some leads on with a word.
    #[inline]
    fn has_edge(&self, edges: &Range<usize>, key: &Keys) -> bool {
        let leads = |key| self.edge_keys.position(edges.clone(), key).is_some();
        key.word != 0 && leads(key.word) || key.number && leads(NUMBER)
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
        let [edges, _, _, behind] = self.nodes.row(NODE * tail as usize);
        let edges = edges as usize..behind as usize;
        for start in end..(end + SKIP + 1).min(self.keys.len()) {
            let key = self.keys[start];
            if key.hard {
                return;
            }
            // signs are those of many words: one in ten leads on
            if signs & key.signs == 0 || !self.has_edge(&edges, &key) {
                continue;
            }
            let before = self.count;
            self.find(tail, start);
            if self.count > before {
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
