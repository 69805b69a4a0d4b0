//! Phrases → [`Matcher`]: links names and patterns into one graph and makes it deterministic.

use super::matcher::{Ending, Matcher, NUMBER, hash};
use super::pattern::{Pattern, Step, is_optional};
use std::collections::BTreeMap;

/// Collects phrases and prepares the matcher.
#[derive(Default)]
pub struct MatcherBuilder {
    words: BTreeMap<String, u32>,
    names: Vec<String>,
    nodes: Vec<BuildNode>,
    /// The trie that names share: what follows a node by a key.
    shared: BTreeMap<(u32, u32), u32>,
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
            node = match self.shared.get(&(node, key)) {
                Some(next) => *next,
                None => {
                    let next = self.node();
                    self.shared.insert((node, key), next);
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
    let mut states = States { nodes: vec![0; nodes.len()], ..States::default() };
    if !nodes.is_empty() {
        states.number(&[0]);
    }
    matcher.tails = tails.iter().map(|root| states.number(&[*root])).collect();
    let (mut at, mut endings, mut edges, mut set) = (0, Vec::new(), Vec::new(), Vec::new());
    while at < states.sets.len() {
        matcher.node_edges.push(matcher.edge_keys.len() as u32);
        matcher.node_endings.push(matcher.endings.len() as u32);
        endings.clear();
        edges.clear();
        for node in &states.sets[at] {
            endings.extend(&nodes[*node as usize].endings);
            edges.extend(&nodes[*node as usize].edges);
        }
        endings.sort_unstable();
        endings.dedup();
        endings.iter().for_each(|e: &Ending| matcher.endings.push(e.pack()));
        edges.sort_unstable();
        edges.dedup();
        for group in edges.chunk_by(|a: &(u32, u32), b| a.0 == b.0) {
            set.clear();
            set.extend(group.iter().map(|(_, to)| *to));
            matcher.edge_keys.push(group[0].0);
            matcher.edge_nodes.push(states.number(&set));
        }
        at += 1;
    }
}

/// Sets of nodes by number. Nearly all hold one node: these are found without comparing sets.
#[derive(Default)]
struct States {
    sets: Vec<Vec<u32>>,
    /// One more than the number of the set that holds a node alone; 0 while there is none.
    nodes: Vec<u32>,
    several: BTreeMap<Vec<u32>, u32>,
}

impl States {
    /// The number of a set, a new one if it was not met before.
    fn number(&mut self, set: &[u32]) -> u32 {
        let known = match set {
            [node] => self.nodes[*node as usize].checked_sub(1),
            _ => self.several.get(set).copied(),
        };
        known.unwrap_or_else(|| {
            let next = self.sets.len() as u32;
            match set {
                [node] => self.nodes[*node as usize] = next + 1,
                _ => drop(self.several.insert(set.to_vec(), next)),
            }
            self.sets.push(set.to_vec());
            next
        })
    }
}
