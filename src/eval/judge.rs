//! Lints a damaged letter and tells whether the damage was found.

use super::{KINDS, Plant};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Options, Report, lint};
use crate::rulebook::Rulebook;
use crate::source::{Source, Span};
use std::collections::BTreeSet;

/// What came of a plant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// The check and the severity of the gravest finding that caught it.
    pub caught: Option<(String, Severity)>,
    /// The rules that caught it, each with the check of its finding.
    pub rules: BTreeSet<(String, String)>,
    /// Checks of new findings that do not count: of other checks, or in other places.
    pub others: BTreeSet<String>,
}

/// A letter with a plant, and the changed places and those of the pair in it.
pub fn damaged(source: &Source, plant: &Plant) -> (Source, Vec<Span>) {
    let mut text = String::with_capacity(source.text.len() + 256);
    let mut places = Vec::new();
    let mut at = 0;
    for edit in &plant.edits {
        text.push_str(&source.text[at..edit.span.start as usize]);
        let start = text.len();
        text.push_str(&edit.text);
        // what stands right beside it shows that something is gone
        places.push(Span::new(start.saturating_sub(2), text.len() + 2));
        at = edit.span.end as usize;
    }
    text.push_str(&source.text[at..]);
    places.extend(plant.pair.iter().map(|span| moved(*span, plant)));
    (Source::new(source.name.clone(), text), places)
}

/// Where a place of the clean letter is in the damaged one.
fn moved(span: Span, plant: &Plant) -> Span {
    let shift = |offset: u32, end: bool| {
        let mut to = i64::from(offset);
        for edit in plant.edits.iter().filter(|e| e.span.start < offset) {
            let grown = edit.text.len() as i64 - edit.span.len() as i64;
            if edit.span.end <= offset {
                to += grown;
            } else {
                // inside of a change: the start goes to its start, the end to its end
                let behind = i64::from(edit.span.end) + grown;
                let before = i64::from(edit.span.start);
                to += if end { behind } else { before } - i64::from(offset);
            }
        }
        to.max(0) as usize
    };
    let (start, end) = (shift(span.start, false), shift(span.end, true));
    Span::new(start.min(end), end.max(start))
}

/// Lints the damaged letter.
pub fn judge(source: &Source, clean: &Report, plant: &Plant, book: &Rulebook, options: &Options) -> Trial {
    let (letter, places) = damaged(source, plant);
    let report = lint(&letter, book, options);
    let before: BTreeSet<&str> = clean.findings.iter().map(|f| f.fingerprint.as_str()).collect();
    let mut trial = Trial::default();
    for finding in report.findings.iter().filter(|f| !before.contains(f.fingerprint.as_str())) {
        if catches(finding, plant, &places) {
            trial.rules.insert((finding.rule.clone(), finding.check.clone()));
            if trial.caught.as_ref().is_none_or(|(_, s)| *s < finding.severity) {
                trial.caught = Some((finding.check.clone(), finding.severity));
            }
        } else {
            trial.others.insert(finding.check.clone());
        }
    }
    trial
}

fn catches(finding: &Diagnostic, plant: &Plant, places: &[Span]) -> bool {
    let kind = KINDS[plant.kind].checks.contains(&finding.check.as_str());
    let decision = finding.decision.is_none() || plant.decision.is_none() || finding.decision == plant.decision;
    let beside = finding.labels().iter().any(|l| places.iter().any(|p| p.overlaps(l.span) || p.contains(l.span)));
    kind && decision && beside
}
