//! How much was read and found, and the sentence that says so.

use super::LetterReport;
use crate::diagnostic::Severity;

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
}

impl Counts {
    /// Counts one finding.
    pub fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
    }

    /// Adds the findings counted elsewhere.
    pub fn join(&mut self, other: Counts) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
    }

    /// All findings.
    pub fn total(self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// "1 error", "2 warnings": what there is, the worst first.
    pub(super) fn words(self) -> Vec<String> {
        [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")]
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| count(n, word))
            .collect()
    }
}

/// What a whole run read and found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Letters that were read.
    pub letters: usize,
    /// Decisions in them.
    pub decisions: usize,
    /// Findings that are shown and not accepted.
    pub shown: Counts,
    /// Findings below the least severity that is shown.
    pub hidden: Counts,
    /// Findings that are shown and that the project has accepted.
    pub accepted: usize,
    /// Problems of the letters' form that are shown.
    pub problems: usize,
    /// Inputs that could not be read.
    pub input_errors: usize,
}

impl Tally {
    /// Counts one letter with the findings and problems that are shown of it.
    pub fn add(&mut self, report: &LetterReport<'_>) {
        self.letters += 1;
        self.decisions += report.decisions;
        self.problems += report.problems.len();
        for finding in report.findings {
            match finding.accepted {
                Some(_) => self.accepted += 1,
                None => self.shown.add(finding.severity),
            }
        }
    }

    /// The run in one sentence: `78 letters, 201 decisions: 3 errors, 5 warnings (12 infos hidden)`.
    pub fn sentence(&self) -> String {
        let mut text = match self.letters {
            0 => "no letters read".to_string(),
            n => format!("{}, {}: {}", count(n, "letter"), count(self.decisions, "decision"), self.found()),
        };
        let mut aside = Vec::new();
        if self.hidden.total() > 0 {
            aside.push(format!("{} hidden", and(&self.hidden.words())));
        }
        if self.accepted > 0 {
            aside.push(format!("{} accepted", count(self.accepted, "finding")));
        }
        if !aside.is_empty() {
            text.push_str(&format!(" ({})", aside.join(", ")));
        }
        if self.problems > 0 {
            text.push_str(&format!("; {} in the form of letters", count(self.problems, "problem")));
        }
        if self.input_errors > 0 {
            text.push_str(&format!("; {} could not be read", count(self.input_errors, "input")));
        }
        text
    }

    fn found(&self) -> String {
        // "no findings" would be untrue if some are hidden
        let nothing = if self.hidden.errors > 0 {
            "nothing shown"
        } else if self.hidden.warnings > 0 {
            "no errors"
        } else if self.hidden.infos > 0 {
            "no errors or warnings"
        } else {
            "no findings"
        };
        let words = self.shown.words();
        if words.is_empty() { nothing.to_string() } else { words.join(", ") }
    }
}

/// "no letters", "1 letter", "12,345 letters".
pub(super) fn count(n: usize, word: &str) -> String {
    match n {
        0 => format!("no {word}s"),
        1 => format!("1 {word}"),
        _ => format!("{} {word}s", grouped(n)),
    }
}

/// A number with its thousands set apart.
pub(super) fn grouped(n: usize) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", grouped(n / 1000), n % 1000) }
}

/// "a", "a and b", "a, b and c".
fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        let Tally { letters, decisions, shown, hidden, accepted, problems, input_errors } = other;
        self.letters += letters;
        self.decisions += decisions;
        self.shown.join(shown);
        self.hidden.join(hidden);
        self.accepted += accepted;
        self.problems += problems;
        self.input_errors += input_errors;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(errors: usize, warnings: usize, infos: usize) -> Counts {
        Counts { errors, warnings, infos }
    }

    #[test]
    fn the_sentence_is_good_english() {
        let run = Tally { letters: 78, decisions: 201, ..Tally::default() };
        let one = Tally { letters: 1, decisions: 1, ..run };
        let shown = counts(3, 5, 0);
        let said = [
            Tally { shown, hidden: counts(0, 0, 12), ..run },
            Tally { shown: counts(1, 0, 1), ..one },
            Tally { hidden: counts(0, 0, 1), ..one },
            Tally { hidden: counts(0, 2, 31), accepted: 1, ..one },
            run,
            Tally { decisions: 0, problems: 1, ..one },
            Tally { letters: 163_826, decisions: 1_002_003, input_errors: 1, accepted: 4, ..run },
            Tally { input_errors: 2, ..Tally::default() },
            Tally::default(),
        ]
        .map(|tally| tally.sentence())
        .join("\n");
        let expected = "\
78 letters, 201 decisions: 3 errors, 5 warnings (12 infos hidden)
1 letter, 1 decision: 1 error, 1 info
1 letter, 1 decision: no errors or warnings (1 info hidden)
1 letter, 1 decision: no errors (2 warnings and 31 infos hidden, 1 finding accepted)
78 letters, 201 decisions: no findings
1 letter, no decisions: no findings; 1 problem in the form of letters
163,826 letters, 1,002,003 decisions: no findings (4 findings accepted); 1 input could not be read
no letters read; 2 inputs could not be read
no letters read";
        assert_eq!(said, expected);
    }
}
