//! Of hits of the same kind inside one another only the longest counts.

use super::matcher::Hit;

/// Kinds below this are the lexicon's own; those above are lists of rules, of which few occur in a text.
const OWN: usize = 64;

/// For each kind how far its hits reach, and the first word of the hit that reaches there.
#[derive(Debug)]
pub(super) struct Reach {
    own: [(u32, u32); OWN],
    /// The same for lists: kind, end, first.
    lists: Vec<(u32, u32, u32)>,
}

impl Default for Reach {
    fn default() -> Reach {
        Reach { own: [(0, 0); OWN], lists: Vec::new() }
    }
}

impl Reach {
    /// Forgets all hits, for another text.
    pub(super) fn clear(&mut self) {
        self.own = [(0, 0); OWN];
        self.lists.clear();
    }

    /// Whether a hit of a kind lies inside no longer one; hits come in order of first word, the longest before.
    pub(super) fn is_longest(&mut self, hit: &Hit, kind: u32) -> bool {
        let (end, first) = match self.own.get_mut(kind as usize) {
            Some((end, first)) => (end, first),
            None => {
                // no hit from here on lies inside what ends before
                self.lists.retain(|(k, end, _)| *end > hit.first || *k == kind);
                let at = self.lists.iter().position(|(k, ..)| *k == kind).unwrap_or_else(|| {
                    self.lists.push((kind, 0, 0));
                    self.lists.len() - 1
                });
                let (_, end, first) = &mut self.lists[at];
                (end, first)
            }
        };
        let inside = hit.end < *end || hit.end == *end && hit.first > *first;
        if !inside {
            (*end, *first) = (hit.end, hit.first);
        }
        !inside
    }
}
