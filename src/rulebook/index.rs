//! Which rules a request asks: those of its treatments alone, so that rules for other treatments cost it nothing.

use super::{Body, Rulebook};
use std::sync::OnceLock;

/// The rules of a book by what they need. Made when first asked for; two books are equal whether or not theirs was.
#[derive(Debug, Default)]
pub struct RuleIndex(OnceLock<Found>);

#[derive(Debug)]
struct Found {
    /// Rules that run a check.
    checks: Vec<u16>,
    /// Rules with a criterion, by treatment.
    criteria: Vec<Vec<u16>>,
}

impl PartialEq for RuleIndex {
    fn eq(&self, _: &RuleIndex) -> bool {
        true
    }
}

impl Clone for RuleIndex {
    /// A copy may be changed before it is used, so it makes its own.
    fn clone(&self) -> RuleIndex {
        RuleIndex::default()
    }
}

impl Rulebook {
    /// The rules that run a check of the catalogue, by number, in order.
    pub fn checks(&self) -> &[u16] {
        &self.found().checks
    }

    /// The rules whose criterion is one for any of some treatments or for what they fall under, by number, in order.
    pub fn criteria(&self, treatments: impl Iterator<Item = u16>) -> Vec<u16> {
        let by_treatment = &self.found().criteria;
        let lineages = treatments.flat_map(|t| self.lexicon.lineage(t));
        let mut all: Vec<u16> = lineages.flat_map(|t| &by_treatment[*t as usize]).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn found(&self) -> &Found {
        self.index.0.get_or_init(|| {
            let mut found = Found { checks: Vec::new(), criteria: vec![Vec::new(); self.lexicon.treatments.len()] };
            for (number, rule) in self.rules.iter().enumerate() {
                match &rule.body {
                    Body::Check(_) => found.checks.push(number as u16),
                    Body::Criterion(criterion) => {
                        criterion.treatments.iter().for_each(|t| found.criteria[*t as usize].push(number as u16));
                    }
                }
            }
            found
        })
    }
}
