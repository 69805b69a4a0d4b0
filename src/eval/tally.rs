//! Counts over many plants and letters.

use super::{KINDS, Plant, Trial};
use crate::diagnostic::Severity;
use crate::lint::Report;
use serde::Serialize;
use std::collections::BTreeMap;

/// What was planted and caught of one kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// The kind.
    pub kind: &'static str,
    /// How many were planted.
    pub planted: u32,
    /// How many were caught.
    pub caught: u32,
    /// How many were caught by an error or a warning.
    pub strong: u32,
    /// How often each check caught one, as the gravest.
    pub checks: BTreeMap<String, u32>,
}

impl Row {
    /// The share that was caught.
    pub fn share(&self) -> f64 {
        share(self.caught, self.planted)
    }

    /// The share that was caught by an error or a warning.
    pub fn strong_share(&self) -> f64 {
        share(self.strong, self.planted)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// What is found in the letters as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Clean {
    /// Letters.
    pub letters: u32,
    /// Their decisions.
    pub decisions: u32,
    /// Errors and warnings.
    pub strong: u32,
    /// Findings by rule, with infos.
    pub rules: BTreeMap<String, u32>,
}

impl Clean {
    /// Errors and warnings a decision.
    pub fn strong_per_decision(&self) -> f64 {
        share(self.strong, self.decisions)
    }
}

/// All counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    /// A row a kind, in the order of [`KINDS`].
    pub kinds: Vec<Row>,
    /// The letters as they are.
    pub clean: Clean,
    /// How often each rule caught a plant.
    pub caught_by: BTreeMap<String, u32>,
    /// How many plants were made of the kinds that each check is there for: the first of the kind's checks.
    pub aimed_at: BTreeMap<&'static str, u32>,
    /// How many of those each rule caught.
    pub hit_by: BTreeMap<String, u32>,
}

impl Tally {
    /// Counts a letter as it is.
    pub fn letter(&mut self, clean: &Report) {
        self.clean.letters += 1;
        self.clean.decisions += clean.letter.decisions.len() as u32;
        for finding in &clean.findings {
            *self.clean.rules.entry(finding.rule.clone()).or_default() += 1;
            self.clean.strong += u32::from(finding.severity > Severity::Info);
        }
    }

    /// Counts a plant.
    pub fn plant(&mut self, plant: &Plant, trial: &Trial) {
        if self.kinds.is_empty() {
            self.kinds = KINDS.iter().map(|k| Row { kind: k.id, ..Row::default() }).collect();
        }
        let row = &mut self.kinds[plant.kind];
        row.planted += 1;
        if let Some((check, severity)) = &trial.caught {
            row.caught += 1;
            row.strong += u32::from(*severity > Severity::Info);
            *row.checks.entry(check.clone()).or_default() += 1;
        }
        let aim = KINDS[plant.kind].checks[0];
        *self.aimed_at.entry(aim).or_default() += 1;
        for (rule, check) in &trial.rules {
            *self.caught_by.entry(rule.clone()).or_default() += 1;
            *self.hit_by.entry(rule.clone()).or_default() += u32::from(check == aim);
        }
    }

    /// The rows of which anything was planted.
    pub fn planted(&self) -> impl Iterator<Item = &Row> {
        self.kinds.iter().filter(|r| r.planted > 0)
    }

    /// The share caught, averaged over the kinds of which anything was planted.
    pub fn share(&self) -> f64 {
        mean(self.planted().map(Row::share))
    }

    /// The share caught by errors and warnings, averaged over the kinds.
    pub fn strong_share(&self) -> f64 {
        mean(self.planted().map(Row::strong_share))
    }
}

fn mean(shares: impl Iterator<Item = f64>) -> f64 {
    let shares: Vec<f64> = shares.collect();
    if shares.is_empty() { 0.0 } else { shares.iter().sum::<f64>() / shares.len() as f64 }
}
