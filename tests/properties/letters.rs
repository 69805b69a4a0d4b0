//! Letters and the parts of them that have a grammar of their own.

use super::BOOK;
use super::places::{
    assert_inside, assert_place, assert_sorted, assert_tiled, header_places, line_places, request_places,
};
use imrlint::config::Plan;
use imrlint::diagnostic::{Confidence, Diagnostic};
use imrlint::letter::{self, Reading};
use imrlint::lint::{Options, Report, lint};
use imrlint::measure::{Date, Quantity};
use imrlint::render::{Format, LetterReport, Style};
use imrlint::source::{Source, Span};
use imrlint::tree;
use std::sync::LazyLock;

/// Every rule, preview or not.
static EVERY_RULE: LazyLock<Options> =
    LazyLock::new(|| Options { plan: Plan::new(&BOOK, &[], true, Confidence::Low), ..Options::default() });

/// Any text is linted, and what is told of it can be printed in every format.
pub fn letter(bytes: &[u8]) {
    let source = Source::new("letter.txt", String::from_utf8_lossy(bytes));
    assert_tiled(&source.text, &BOOK.lexicon);
    let report = lint(&source, &BOOK, &EVERY_RULE);
    assert_inside(&source, &report);
    assert_sorted(&report.findings);
    let tree = tree::tree(&source, "letter.txt", &report.letter, &report.facts, &BOOK.lexicon);
    assert!(!tree::outline_text(&tree).is_empty());
    tree::facts_text(&source, "letter.txt", &report.letter, &report.facts, &BOOK.lexicon);
    if !report.findings.is_empty() {
        print_all(&source, &report);
        print_all(&source.masked(), &report);
    }
}

fn print_all(source: &Source, report: &Report) {
    let Report { letter, findings, problems, .. } = report;
    let letter = LetterReport { source, path: "letter.txt", decisions: letter.decisions.len(), findings, problems };
    for format in Format::ALL {
        format.renderer().piece(&letter, Style::default());
    }
}

fn assert_places(text: &str, places: Vec<(&'static str, Span)>) {
    places.into_iter().for_each(|(what, span)| assert_place(text, what, span));
}

fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

/// Any text is read as a header.
pub fn header(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    assert_places(&text, header_places(&letter::header(&text, whole(&text))));
}

/// Any text is read as a guideline line.
pub fn citation(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let reading = Reading::of(&text, whole(&text), &BOOK.lexicon);
    assert_places(&text, line_places(&letter::guideline_line(&reading, &BOOK.lexicon)));
}

/// Any text is searched for amounts; they stand in order and none overlaps another.
pub fn amount(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let reading = Reading::of(&text, whole(&text), &BOOK.lexicon);
    let mut after = 0;
    for amount in letter::amounts(&reading) {
        assert!(amount.bytes.start >= after && !amount.bytes.is_empty(), "amounts overlap: {amount:?}");
        assert!(reading.text().get(amount.bytes.clone()).is_some(), "{amount:?} cuts a character");
        assert_place(&text, "amount", reading.span(amount.bytes.clone()));
        after = amount.bytes.end;
    }
    let sentences = reading.sentences.iter().map(|s| reading.span(s.bytes.clone()));
    sentences.for_each(|span| assert_place(&text, "sentence", span));
    // the same as an author of rules writes them
    if let Ok(date) = Date::parse(&text) {
        assert!(Date::parse(&date.to_string()) == Ok(date));
    }
    if let Ok(quantity) = Quantity::parse(&text) {
        assert!(quantity.least <= quantity.most, "{quantity:?} runs backwards");
    }
}

/// Any text is read as a request.
pub fn request(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let reading = Reading::of(&text, whole(&text), &BOOK.lexicon);
    assert_places(&text, request_places(&letter::request(reading, &BOOK.lexicon)));
}

/// The findings of a letter, for what is done with findings.
pub fn some_findings() -> Vec<Diagnostic> {
    static FOUND: LazyLock<Vec<Diagnostic>> =
        LazyLock::new(|| lint(&Source::new("letter.txt", super::LETTER), &BOOK, &EVERY_RULE).findings);
    assert!(!FOUND.is_empty(), "the letter has contradictions");
    FOUND.clone()
}
