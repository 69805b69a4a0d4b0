//! How the nodes of the phrase graph are kept: three numbers each, where its edges begin, where its endings begin, and signs of
//! the keys that lead on.

use super::matcher::Matcher;
use std::ops::Range;

/// Numbers of a node.
pub(super) const NODE: usize = 3;

/// Numbers of the node from which a part behind `...` is followed: the node, and its signs, which tell most of them apart
/// without a look at it.
pub(super) const TAIL: usize = 2;

/// A bit for a key: a node is left at once where no key with the bit leads on.
#[inline]
pub(super) const fn sign(key: u32) -> u32 {
    1 << (key.wrapping_mul(0x9e37_79b9) >> 27)
}

impl Matcher {
    /// How many nodes there are.
    pub(super) fn node_count(&self) -> usize {
        (self.nodes.len() / NODE).saturating_sub(1)
    }

    /// Where the edges of a node stand.
    pub(super) fn edges_of(&self, node: usize) -> Range<usize> {
        self.nodes.get(NODE * node) as usize..self.nodes.get(NODE * (node + 1)) as usize
    }

    /// Where the endings of a node stand.
    pub(super) fn endings_of(&self, node: usize) -> Range<usize> {
        self.nodes.get(NODE * node + 1) as usize..self.nodes.get(NODE * (node + 1) + 1) as usize
    }

    /// Sets the nodes from which parts behind `...` are followed; all nodes are there.
    pub(super) fn set_tails(&mut self, tails: impl Iterator<Item = u32>) {
        self.tails = tails.flat_map(|node| [node, self.nodes.get(NODE * node as usize + 2)]).collect();
    }

    /// Begins a node that is followed by some keys, or marks the end of the last.
    pub(super) fn begin_node(&mut self, keys: impl Iterator<Item = u32>) {
        let signs = keys.fold(0, |all, key| all | sign(key));
        [self.edge_keys.len() as u32, self.endings.len() as u32, signs].into_iter().for_each(|n| self.nodes.push(n));
    }
}
