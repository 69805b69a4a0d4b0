//! A linter remembers sentences between letters: what it tells of a letter must be what linting it alone tells, whatever it met before.

mod material;

use imrlint::lint::{Linter, Options, Report, lint};
use imrlint::source::Source;
use material::{BOOK, letters, text};
use std::sync::Arc;

/// What is told of a letter, in full.
fn told(report: &Report) -> String {
    format!("{:?} {:?} {:?} {:?}", report.letter, report.facts, report.findings, report.problems)
}

#[test]
fn what_came_before_changes_nothing() {
    let linter = Linter::new(Arc::new(BOOK.clone()));
    let options = Options::default();
    let sources: Vec<Source> = letters().iter().map(|p| Source::new("letter.txt", text(p))).collect();
    assert!(sources.len() > 20);
    let alone: Vec<String> = sources.iter().map(|s| told(&lint(s, &BOOK, &options))).collect();
    // the second time every sentence was met before, the third time it is known
    for _ in 0..3 {
        for (source, alone) in sources.iter().zip(&alone) {
            assert!(told(&linter.lint(source, &options)) == *alone, "{}", source.text);
        }
    }
}
