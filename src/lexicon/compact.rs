//! A matcher with fewer nodes that finds the same: what may follow two nodes is often the same, and is then kept once. It
//! takes longer than a run saves, so it is done for what is prepared.

use super::matcher::Matcher;
use super::node::TAIL;
use super::packed::Packed;
use std::collections::HashMap;

impl Matcher {
    /// The same phrases in fewer nodes.
    pub fn compacted(&self) -> Matcher {
        let count = self.node_count();
        let mut classes = Classes { matcher: self, of: vec![None; count], known: HashMap::new() };
        (0..count).for_each(|node| classes.settle(node));
        let of: Vec<u32> = classes.of.into_iter().flatten().collect();
        // nodes keep the order of the first of each class: the root stays the first
        let (mut numbers, mut kept) = (vec![None; count], Vec::new());
        for (node, class) in of.iter().enumerate() {
            if numbers[*class as usize].is_none() {
                numbers[*class as usize] = Some(kept.len() as u32);
                kept.push(node);
            }
        }
        let renumbered = |node: u32| numbers[of[node as usize] as usize].unwrap_or_default();
        let mut compact = Matcher { nodes: Packed::default(), ..self.clone() };
        for list in [&mut compact.edge_keys, &mut compact.edge_nodes, &mut compact.endings] {
            *list = Packed::default();
        }
        for node in kept {
            compact.begin_node(self.follow_by(node).map(|(key, _)| key));
            self.end_at(node).for_each(|ending| compact.endings.push(ending));
            for (key, to) in self.follow_by(node) {
                compact.edge_keys.push(key);
                compact.edge_nodes.push(renumbered(to));
            }
        }
        compact.begin_node(std::iter::empty());
        let numbers = |list: &Packed| (0..list.len()).map(|n| list.get(n)).collect::<Vec<u32>>().into_iter();
        compact.roots = numbers(&self.roots).map(|node| node.checked_sub(1).map_or(0, |n| renumbered(n) + 1)).collect();
        compact.set_tails((0..self.tails.len() / TAIL).map(|n| renumbered(self.tails.get(TAIL * n))));
        compact
    }

    fn end_at(&self, node: usize) -> impl Iterator<Item = u32> {
        self.endings_of(node).map(|n| self.endings.get(n))
    }

    fn follow_by(&self, node: usize) -> impl Iterator<Item = (u32, u32)> {
        self.edges_of(node).map(|n| (self.edge_keys.get(n), self.edge_nodes.get(n)))
    }
}

/// Nodes by what follows them.
struct Classes<'m> {
    matcher: &'m Matcher,
    /// Number of the class of each node, once it is known.
    of: Vec<Option<u32>>,
    /// Classes by endings, and keys with the classes that they lead to.
    known: HashMap<(Vec<u32>, Vec<(u32, u32)>), u32>,
}

impl Classes<'_> {
    /// Finds the class of a node and of all behind it; the graph has no way back.
    fn settle(&mut self, node: usize) {
        let mut open = vec![node];
        while let Some(node) = open.last().copied() {
            let before = open.len();
            open.extend(self.matcher.follow_by(node).map(|(_, to)| to as usize).filter(|to| self.of[*to].is_none()));
            if open.len() > before {
                continue;
            }
            open.pop();
            let class = |(key, to): (u32, u32)| self.of[to as usize].map(|class| (key, class));
            let edges = self.matcher.follow_by(node).filter_map(class).collect();
            let next = self.known.len() as u32;
            let key = (self.matcher.end_at(node).collect(), edges);
            self.of[node] = Some(*self.known.entry(key).or_insert(next));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::MatcherBuilder;
    use super::super::pattern::parse;
    use super::super::words::words;
    use super::Matcher;

    #[test]
    fn fewer_nodes_find_the_same() {
        let mut builder = MatcherBuilder::default();
        for phrase in [
            "(a|b) [very] long walk",
            "(b|c) long walk",
            "short ... (walk|way) home",
            "a short walk",
            "<number> b walk",
        ] {
            let term = builder.term(0);
            builder.add_phrase(term, &parse(phrase).unwrap());
        }
        let matcher = builder.finish();
        let compact = matcher.compacted();
        assert!(compact.node_count() < matcher.node_count());
        assert_eq!(compact.compacted(), compact);
        let text = "A very long walk, b long walk; a short walk or short and steep way home. Two b walk b very long walk c long walk";
        let found = matcher.scan(text, &mut words(text));
        assert!(found.len() > 6, "{found:?}");
        assert_eq!(compact.scan(text, &mut words(text)), found);
        assert_eq!(Matcher::default().compacted().scan(text, &mut words(text)), []);
    }
}
