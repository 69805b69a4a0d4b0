//! Phrases → [`Matcher`]: links names and patterns into one graph and makes it deterministic.

use super::folded::{hash, short};
use super::matcher::{Ending, Matcher, NUMBER};
use super::pattern::{Pattern, Step, is_optional};
use super::words::fold;
use std::collections::HashMap;
use std::ops::Range;

/// Collects phrases and prepares the matcher.
#[derive(Default)]
pub struct MatcherBuilder {
    words: HashMap<String, u32>,
    names: Vec<String>,
    /// How many nodes there are.
    nodes: u32,
    /// Node, key, and node that follows; several may follow by the same key.
    edges: Vec<(u32, u32, u32)>,
    /// Nodes with what ends there, packed.
    endings: Vec<(u32, u32)>,
    /// The trie that names share: what follows a node by a key.
    shared: HashMap<(u32, u32), u32>,
    tails: Vec<u32>,
    kinds: Vec<u32>,
    /// Nodes at which parts of the pattern that is being linked begin and end.
    open: Vec<u32>,
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
                    self.edges.push((node, key, next));
                    next
                }
            };
        }
        self.endings.push((node, Ending::Term(term).pack()));
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
            self.open.clear();
            self.open.push(from);
            let ends = self.link(part, 0..1);
            self.endings.extend(self.open[ends].iter().map(|end| (*end, ending.pack())));
            if let Ending::Head(number) = ending {
                from = self.tails[number as usize];
            }
        }
    }

    /// Links a pattern behind open nodes; where the nodes stand at which it may end.
    fn link(&mut self, pattern: &Pattern, from: Range<usize>) -> Range<usize> {
        match pattern {
            Pattern::Step(step) => {
                let (key, next) = (self.key(step), self.node());
                self.edges.extend(self.open[from].iter().map(|node| (*node, key, next)));
                self.gather(|open| open.push(next))
            }
            Pattern::Sequence(all) => all.iter().fold(from, |ends, part| self.link(part, ends)),
            Pattern::Choice(any) => {
                let ends: Vec<Range<usize>> = any.iter().map(|part| self.link(part, from.clone())).collect();
                let all = self.gather(|open| ends.into_iter().for_each(|ends| open.extend_from_within(ends)));
                self.open[all.clone()].sort_unstable();
                // the same node is there twice only where a choice holds what may be left out
                let mut last = None;
                let (start, mut end) = (all.start, all.start);
                for at in all {
                    let node = self.open[at];
                    if last.replace(node) != Some(node) {
                        self.open[end] = node;
                        end += 1;
                    }
                }
                self.open.truncate(end);
                start..end
            }
            Pattern::Optional(inner) => {
                let ends = self.link(inner, from.clone());
                match is_optional(inner) {
                    true => ends,
                    false => self.gather(|open| {
                        open.extend_from_within(ends);
                        open.extend_from_within(from);
                    }),
                }
            }
        }
    }

    /// Opens nodes; where they stand.
    fn gather(&mut self, add: impl FnOnce(&mut Vec<u32>)) -> Range<usize> {
        let start = self.open.len();
        add(&mut self.open);
        start..self.open.len()
    }

    fn root(&mut self) -> u32 {
        if self.nodes == 0 { self.node() } else { 0 }
    }

    fn node(&mut self) -> u32 {
        self.nodes += 1;
        self.nodes - 1
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

    /// Makes a word known that no phrase need have: it is no misspelling of another.
    pub fn know(&mut self, word: &str) {
        self.word(&fold(word));
    }

    /// The matcher.
    pub fn finish(self) -> Matcher {
        let mut matcher = Matcher { kinds: self.kinds.iter().copied().collect(), ..Matcher::default() };
        let size = (self.names.len() * 2).next_power_of_two().max(16);
        let mut slots = vec![0; size];
        for (number, name) in self.names.iter().enumerate() {
            matcher.starts.push(matcher.arena.len() as u32);
            matcher.arena.to_mut().push_str(name);
            let short = short(name.as_bytes(), 0, name.len()).unwrap_or(0);
            [short as u32, (short >> 32) as u32].into_iter().for_each(|half| matcher.shorts.push(half));
            let mut slot = hash(name.as_bytes(), 0, name.len()) as usize & (size - 1);
            while slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = number as u32 + 1;
        }
        matcher.slots = slots.into_iter().collect();
        matcher.starts.push(matcher.arena.len() as u32);
        let edges = Grouped::new(self.nodes as usize, self.edges.iter().map(|(node, key, to)| (*node, (*key, *to))));
        let endings = Grouped::new(self.nodes as usize, self.endings.iter().copied());
        determinize(&edges, &endings, &self.tails, &mut matcher);
        matcher.begin_node(std::iter::empty());
        let mut roots = vec![0; self.names.len()];
        for edge in if self.nodes == 0 { 0..0 } else { matcher.edges_of(0) } {
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

/// What belongs to each node, in one piece.
struct Grouped<T> {
    starts: Vec<u32>,
    all: Vec<T>,
}

impl<T: Copy + Default> Grouped<T> {
    fn new(nodes: usize, pairs: impl ExactSizeIterator<Item = (u32, T)> + Clone) -> Grouped<T> {
        let mut starts = vec![0; nodes + 1];
        pairs.clone().for_each(|(node, _)| starts[node as usize + 1] += 1);
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let (mut next, mut all) = (starts.clone(), vec![T::default(); pairs.len()]);
        for (node, value) in pairs {
            all[next[node as usize] as usize] = value;
            next[node as usize] += 1;
        }
        Grouped { starts, all }
    }

    fn of(&self, node: u32) -> &[T] {
        &self.all[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }
}

/// Joins nodes that the same words lead to (the subset construction), so that a word is followed once however many
/// phrases begin with it.
fn determinize(edges: &Grouped<(u32, u32)>, ending: &Grouped<u32>, tails: &[u32], matcher: &mut Matcher) {
    let nodes = edges.starts.len() - 1;
    let mut states = States { nodes: vec![0; nodes], ..States::default() };
    if nodes > 0 {
        states.number(&[0]);
    }
    let tails: Vec<u32> = tails.iter().map(|root| states.number(&[*root])).collect();
    let (mut at, mut here, mut follow, mut set) = (0, Vec::new(), Vec::new(), Vec::new());
    while at < states.sets.len() {
        here.clear();
        follow.clear();
        for node in states.set(at) {
            here.extend_from_slice(ending.of(*node));
            follow.extend_from_slice(edges.of(*node));
        }
        here.sort_unstable();
        here.dedup();
        follow.sort_unstable();
        follow.dedup();
        matcher.begin_node(follow.iter().map(|(key, _)| *key));
        here.iter().for_each(|ending| matcher.endings.push(*ending));
        for group in follow.chunk_by(|a: &(u32, u32), b| a.0 == b.0) {
            set.clear();
            set.extend(group.iter().map(|(_, to)| *to));
            matcher.edge_keys.push(group[0].0);
            matcher.edge_nodes.push(states.number(&set));
        }
        at += 1;
    }
    matcher.set_tails(tails.into_iter());
}

/// Sets of nodes by number. Nearly all hold one node: these are found without comparing sets.
#[derive(Default)]
struct States {
    /// Where the nodes of each set stand.
    sets: Vec<Range<u32>>,
    members: Vec<u32>,
    /// One more than the number of the set that holds a node alone; 0 while there is none.
    nodes: Vec<u32>,
    several: HashMap<Vec<u32>, u32>,
}

impl States {
    fn set(&self, number: usize) -> &[u32] {
        let Range { start, end } = self.sets[number].clone();
        &self.members[start as usize..end as usize]
    }

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
            let start = self.members.len() as u32;
            self.members.extend_from_slice(set);
            self.sets.push(start..self.members.len() as u32);
            next
        })
    }
}
