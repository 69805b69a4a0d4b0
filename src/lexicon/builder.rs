//! Phrases → [`Matcher`]: links names and patterns into one graph and makes it deterministic.

use super::matcher::{Ending, Matcher, NUMBER, hash};
use super::pattern::{Pattern, Step, is_optional};
use std::collections::{BTreeMap, BTreeSet};

/// Collects phrases and prepares the matcher.
#[derive(Default)]
pub struct MatcherBuilder {
    words: BTreeMap<String, u32>,
    names: Vec<String>,
    nodes: Vec<BuildNode>,
    /// Nodes of the trie that names share.
    shared: BTreeSet<u32>,
    tails: Vec<u32>,
    kinds: Vec<u32>,
}

#[derive(Default)]
struct BuildNode {
    /// Key and node; several nodes may follow by the same key.
    edges: Vec<(u32, u32)>,
    endings: Vec<Ending>,
}

impl MatcherBuilder {
    /// A new term of a kind.
    pub fn term(&mut self, kind: u32) -> u32 {
        self.kinds.push(kind);
        self.kinds.len() as u32 - 1
    }

    /// Adds a name of a term, word by word.
    pub fn add_name(&mut self, term: u32, steps: &[Step]) {
        let mut node = self.root();
        for step in steps {
            let key = self.key(step);
            // names share a trie of their own: nodes of patterns, which come from several sides, are never entered
            let known = self.nodes[node as usize].edges.iter().find(|(k, n)| *k == key && self.shared.contains(n));
            node = match known {
                Some((_, next)) => *next,
                None => {
                    let next = self.node();
                    self.shared.insert(next);
                    self.nodes[node as usize].edges.push((key, next));
                    next
                }
            };
        }
        self.end(node, Ending::Term(term));
    }

    /// Adds a phrase of a term: the parts between its `...`.
    pub fn add_phrase(&mut self, term: u32, parts: &[Pattern]) {
        let mut from = self.root();
        for (i, part) in parts.iter().enumerate() {
            let ending = if i + 1 == parts.len() {
                Ending::Term(term)
            } else {
                let root = self.node();
                self.tails.push(root);
                Ending::Head(self.tails.len() as u32 - 1)
            };
            let ends = self.link(part, &[from]);
            for end in ends {
                self.end(end, ending);
            }
            if let Ending::Head(number) = ending {
                from = self.tails[number as usize];
            }
        }
    }

    /// Links a pattern behind nodes; the nodes at which it may end.
    fn link(&mut self, pattern: &Pattern, from: &[u32]) -> Vec<u32> {
        match pattern {
            Pattern::Step(step) => {
                let (key, next) = (self.key(step), self.node());
                for node in from {
                    self.nodes[*node as usize].edges.push((key, next));
                }
                vec![next]
            }
            Pattern::Sequence(all) => all.iter().fold(from.to_vec(), |ends, part| self.link(part, &ends)),
            Pattern::Choice(any) => {
                let mut ends: Vec<u32> = any.iter().flat_map(|part| self.link(part, from)).collect();
                ends.sort_unstable();
                ends.dedup();
                ends
            }
            Pattern::Optional(inner) => {
                let mut ends = self.link(inner, from);
                if !is_optional(inner) {
                    ends.extend(from);
                }
                ends
            }
        }
    }

    fn root(&mut self) -> u32 {
        if self.nodes.is_empty() { self.node() } else { 0 }
    }

    fn node(&mut self) -> u32 {
        self.nodes.push(BuildNode::default());
        self.nodes.len() as u32 - 1
    }

    fn end(&mut self, node: u32, ending: Ending) {
        let endings = &mut self.nodes[node as usize].endings;
        if !endings.contains(&ending) {
            endings.push(ending);
        }
    }

    fn key(&mut self, step: &Step) -> u32 {
        match step {
            Step::Number => NUMBER,
            Step::Word(word) => self.word(word) * 2 + 2,
            Step::HardWord(word) => self.word(word) * 2 + 3,
        }
    }

    fn word(&mut self, word: &str) -> u32 {
        let next = self.names.len() as u32;
        match self.words.get(word) {
            Some(number) => *number,
            None => {
                self.words.insert(word.to_string(), next);
                self.names.push(word.to_string());
                next
            }
        }
    }

    /// The matcher.
    pub fn finish(self) -> Matcher {
        let mut matcher = Matcher { kinds: self.kinds.iter().copied().collect(), ..Matcher::default() };
        let size = (self.names.len() * 2).next_power_of_two().max(16);
        let mut slots = vec![0; size];
        for (number, name) in self.names.iter().enumerate() {
            matcher.starts.push(matcher.arena.len() as u32);
            matcher.arena.to_mut().push_str(name);
            let mut slot = hash(name.as_bytes()) as usize & (size - 1);
            while slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = number as u32 + 1;
        }
        matcher.slots = slots.into_iter().collect();
        matcher.starts.push(matcher.arena.len() as u32);
        determinize(&self.nodes, &self.tails, &mut matcher);
        matcher.node_edges.push(matcher.edge_keys.len() as u32);
        matcher.node_endings.push(matcher.endings.len() as u32);
        let mut roots = vec![0; self.names.len()];
        for edge in 0..if self.nodes.is_empty() { 0 } else { matcher.node_edges.get(1) as usize } {
            // a word that must stand behind a clause mark begins no phrase
            let key = matcher.edge_keys.get(edge);
            if key != NUMBER && key.is_multiple_of(2) {
                roots[(key / 2 - 1) as usize] = matcher.edge_nodes.get(edge) + 1;
            }
        }
        matcher.roots = roots.into_iter().collect();
        matcher
    }
}

/// Joins nodes that the same words lead to (the subset construction), so that a word is followed once however many
/// phrases begin with it.
fn determinize(nodes: &[BuildNode], tails: &[u32], matcher: &mut Matcher) {
    let mut numbers: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    let mut states: Vec<Vec<u32>> = Vec::new();
    let mut number_of = |set: Vec<u32>, states: &mut Vec<Vec<u32>>| -> u32 {
        *numbers.entry(set).or_insert_with_key(|set| {
            states.push(set.clone());
            states.len() as u32 - 1
        })
    };
    if !nodes.is_empty() {
        number_of(vec![0], &mut states);
    }
    matcher.tails = tails.iter().map(|root| number_of(vec![*root], &mut states)).collect();
    let mut at = 0;
    while at < states.len() {
        matcher.node_edges.push(matcher.edge_keys.len() as u32);
        matcher.node_endings.push(matcher.endings.len() as u32);
        let mut endings: Vec<Ending> = Vec::new();
        let mut next: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for node in &states[at] {
            endings.extend(&nodes[*node as usize].endings);
            for (key, to) in &nodes[*node as usize].edges {
                next.entry(*key).or_default().push(*to);
            }
        }
        endings.sort_unstable();
        endings.dedup();
        endings.into_iter().for_each(|e| matcher.endings.push(e.pack()));
        for (key, mut set) in next {
            set.sort_unstable();
            set.dedup();
            matcher.edge_keys.push(key);
            let node = number_of(set, &mut states);
            matcher.edge_nodes.push(node);
        }
        at += 1;
    }
}
