//! Which rules a request asks: those of its treatments alone, so that rules for other treatments cost it nothing.

use super::{Body, Rule, Rulebook};
use crate::archive::{Made, to_bytes};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The rules of a book by what they need.
pub type RuleIndex = Made<Found>;

/// What of a book is asked when.
#[derive(Serialize, Deserialize)]
pub struct Found {
    /// Rules that run a check.
    checks: Vec<u16>,
    /// Rules with a criterion, by treatment.
    criteria: Vec<Vec<u16>>,
    /// For each rule the first that asks the very same of a letter.
    logic: Vec<u16>,
    /// For each rule the phrase lists, by number, that its criterion asks for.
    lists: Vec<Vec<u16>>,
    /// The phrase lists, by number, that are signs of statements.
    signs: Vec<u16>,
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

    /// The number of the first rule that asks the very same of a letter as the rule with a number, wording aside: what one
    /// came to, the other comes to as well.
    pub fn logic(&self, number: u16) -> u16 {
        self.found().logic[number as usize]
    }

    /// Of each phrase list whether it is asked for where some treatments are requested: by the criteria for these, or as a
    /// sign of a statement. Of the others nobody asks how they are meant.
    pub fn lists_asked(&self, treatments: impl Iterator<Item = u16>) -> Vec<bool> {
        let found = self.found();
        let mut asked = vec![false; self.lexicon.lists.len()];
        let rules = self.criteria(treatments);
        let of_rules = rules.iter().flat_map(|n| &found.lists[*n as usize]);
        of_rules.chain(&found.signs).for_each(|list| asked[*list as usize] = true);
        asked
    }

    /// Works it out, to be kept in an archive.
    pub(super) fn work_out(&self) {
        self.found();
    }

    fn found(&self) -> &Found {
        self.index.get_or(|| {
            let criteria = vec![Vec::new(); self.lexicon.treatments.len()];
            let (logics, lists) = (Vec::with_capacity(self.rules.len()), Vec::with_capacity(self.rules.len()));
            let mut signs: Vec<u16> = self.lexicon.statements.iter().flat_map(|s| s.signs.iter().copied()).collect();
            signs.sort_unstable();
            signs.dedup();
            let mut found = Found { checks: Vec::new(), criteria, logic: logics, lists, signs };
            let mut known: HashMap<Vec<u8>, u16> = HashMap::new();
            for (number, rule) in self.rules.iter().enumerate() {
                let asked = logic(rule);
                found.logic.push(asked.map_or(number as u16, |bytes| *known.entry(bytes).or_insert(number as u16)));
                found.lists.push(match &rule.body {
                    Body::Check(_) => Vec::new(),
                    Body::Criterion(criterion) => criterion.lists(),
                });
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

/// What the verdict of a rule with a criterion follows from, as bytes: equal for rules that ask the same.
fn logic(rule: &Rule) -> Option<Vec<u8>> {
    let Body::Criterion(criterion) = &rule.body else { return None };
    let authorities: Vec<_> = rule.authorities.iter().map(|a| (a.guideline, &a.limits)).collect();
    Some(to_bytes(&(criterion, authorities)))
}
