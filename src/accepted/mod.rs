//! The file of accepted findings: what a project chose to live with. Letters are legal documents, so nothing is written into
//! them; the file names a finding by rule, letter, decision and fingerprint, and holds no words of a letter.
//!
//! An entry with `reason`, `by` and `until` is a suppression that a person wrote; one without was written by `imrlint
//! baseline`. The file is a list whose entries begin with `- ` at the beginning of a line. Each entry is read by itself and
//! kept as its author wrote it, comments above it included: so a file may be long, a mistake in one entry spoils no other, and
//! rewriting the file changes no entry that stays.

mod load;
#[cfg(test)]
mod tests;
mod write;

pub use load::load;
pub use write::HEAD;

use crate::diagnostic::{Accepted, Diagnostic};
use crate::fingerprint::Fingerprint;
use crate::measure::Date;
use crate::source::Span;
use std::collections::HashMap;
use std::ops::Range;

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Id of the rule.
    pub rule: String,
    /// The letter's name: its file name without folders and ending, or the id of a record.
    pub letter: String,
    /// Number of the decision; none for a finding about the whole letter.
    pub decision: Option<u32>,
    /// The finding's mark.
    pub fingerprint: Fingerprint,
    /// Why, by whom and until which day; none for an entry that `imrlint baseline` wrote.
    pub suppression: Option<Suppression>,
    /// Where the mark stands in the file.
    pub span: Span,
    /// Bytes of the file, from the comments above the entry to its end.
    text: Range<usize>,
}

/// What makes an entry a suppression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Why the finding is accepted.
    pub reason: String,
    /// Who accepted it.
    pub by: String,
    /// The last day on which it is.
    pub until: Date,
    /// Where the day stands in the file.
    pub until_span: Span,
}

impl Entry {
    /// Whether its last day is over.
    pub fn is_expired(&self, today: Date) -> bool {
        self.suppression.as_ref().is_some_and(|s| s.until < today)
    }
}

/// All entries of a file.
#[derive(Clone, Debug, Default)]
pub struct AcceptedFile {
    /// In the order of the file.
    pub entries: Vec<Entry>,
    /// Numbers of entries by letter.
    by_letter: HashMap<String, Vec<usize>>,
    text: String,
    /// Bytes before the first entry.
    head: Range<usize>,
    /// Bytes after the last one.
    tail: Range<usize>,
}

/// What became of the entries of a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// Entries that accept a finding, by number.
    pub used: Vec<usize>,
    /// Entries whose last day is over, with the finding (by number) that is still there: it counts again.
    pub expired: Vec<(usize, usize)>,
}

impl AcceptedFile {
    /// Numbers of the entries of a letter, by its name as [`crate::fingerprint::letter`] gives it.
    pub fn of_letter(&self, letter: &str) -> &[usize] {
        self.by_letter.get(letter).map_or(&[], Vec::as_slice)
    }

    /// Marks the findings of a letter that are accepted on a day. One entry accepts one finding.
    pub fn mark(&self, letter: &str, findings: &mut [Diagnostic], today: Date) -> Matched {
        let mut matched = Matched::default();
        let mut left: Vec<usize> = self.of_letter(letter).to_vec();
        if left.is_empty() {
            return matched;
        }
        // of several entries for one finding the reason of a person comes first, and one that is over last
        left.sort_by_key(|n| (self.entries[*n].is_expired(today), self.entries[*n].suppression.is_none(), *n));
        let mut open: Vec<(usize, Fingerprint)> = findings
            .iter()
            .enumerate()
            .filter_map(|(n, f)| Some((n, Fingerprint::parse(&f.fingerprint).ok()?)))
            .collect();
        let same: [fn(&Entry, &Fingerprint, &Diagnostic) -> bool; 2] = [by_mark, by_decision];
        for same in same {
            open.retain(|(n, mark)| {
                let finding = &mut findings[*n];
                let Some(place) = left.iter().position(|e| same(&self.entries[*e], mark, finding)) else { return true };
                let number = left.remove(place);
                if self.accept(number, finding, today) {
                    matched.used.push(number);
                } else {
                    matched.expired.push((number, *n));
                }
                false
            });
        }
        matched
    }

    /// Whether an entry still accepts its finding on a day; the finding is told so.
    fn accept(&self, number: usize, finding: &mut Diagnostic, today: Date) -> bool {
        let entry = &self.entries[number];
        if let Some(s) = entry.suppression.as_ref().filter(|_| entry.is_expired(today)) {
            finding.notes.push(format!("was accepted by {} until {}, and counts again", s.by, s.until));
            return false;
        }
        finding.accepted = Some(entry.suppression.as_ref().map_or(Accepted::default(), |s| Accepted {
            reason: Some(s.reason.clone()),
            by: Some(s.by.clone()),
            until: Some(s.until.to_string()),
        }));
        true
    }
}

/// The same evidence in a decision on the same request, wherever the decision stands.
fn by_mark(entry: &Entry, mark: &Fingerprint, _: &Diagnostic) -> bool {
    entry.fingerprint == *mark
}

/// The same evidence in the decision of the same number, whose request was changed elsewhere.
fn by_decision(entry: &Entry, mark: &Fingerprint, finding: &Diagnostic) -> bool {
    let known = entry.fingerprint;
    finding.decision.is_some()
        && entry.decision == finding.decision
        && (known.evidence, known.nth) == (mark.evidence, mark.nth)
}
