//! How right each rule was measured to be: counts alone, from a file with `measured`, `rules/measured.yaml`.

use crate::yaml::Item;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the counts were taken on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeasuredOn {
    /// Published letters whose findings were read and judged by people.
    pub labelled: u32,
    /// Letters in copies of which defects were planted.
    pub planted: u32,
}

/// The counts of one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Findings in the labelled letters.
    pub found: u32,
    /// Those of them that the labels call wrong.
    pub wrong: u32,
    /// Defects planted of the kinds that its check is there for; none are counted for criteria.
    pub planted: u32,
    /// Planted defects that it caught, of any kind.
    pub caught: u32,
}

/// All counts of a rulebook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measurements {
    /// What they were taken on.
    pub on: MeasuredOn,
    /// By id of the rule.
    pub rules: BTreeMap<String, Measured>,
}

impl Measurements {
    /// Adds what a file says; of two counts of a rule the later holds.
    pub(super) fn read(&mut self, root: Item<'_>, known: &[&str]) {
        let Some(mut file) = root.fields("a file of measurements") else { return };
        if let Some(mut f) = file.required("measured").fields("the measurements") {
            let count = |item: Item<'_>| item.integer(0..=10_000_000).unwrap_or_default();
            if let Some(mut on) = f.required("letters").fields("the letters") {
                self.on =
                    MeasuredOn { labelled: count(on.optional("labelled")), planted: count(on.optional("planted")) };
                on.finish();
            }
            for (entry, item) in f.required("rules").entries("the rules") {
                let Some(mut r) = item.fields("the counts of a rule") else { continue };
                let counts = Measured {
                    found: count(r.optional("found")),
                    wrong: count(r.optional("wrong")),
                    planted: count(r.optional("planted")),
                    caught: count(r.optional("caught")),
                };
                r.finish();
                if known.contains(&entry.key.as_str()) {
                    self.rules.insert(entry.key.clone(), counts);
                } else {
                    item.report("unknown-id", format!("there is no rule `{}`", entry.key), None);
                }
            }
            f.finish();
        }
        file.finish();
    }
}
