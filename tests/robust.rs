//! Damage: whatever happens to a letter on its way, nothing panics, every place lies inside the text, and what is
//! undamaged is read as before. The letters are those of `tests/letters`; the damage is random from a fixed seed.

mod damage;
mod material;

use damage::{damage, damaged, rewrapped};
use imrlint::diagnostic::{self, Diagnostic};
use imrlint::letter::{self, Letter, Reading, Request, TokenKind};
use imrlint::lint::{Options, Report, lint};
use imrlint::source::{Source, Span};
use imrlint::tree;
use material::{BOOK, letters, name, text};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value as Json;
use std::path::Path;

/// Damaged letters a test: together the tests take some ten seconds without optimisation.
const CASES: u32 = 240;

#[test]
fn damage_of_any_kind_leaves_places_inside_the_text() {
    each_damaged(CASES, |text| {
        let source = Source::new("damaged.txt", text);
        assert_tiled(&source.text);
        let report = lint(&source, &BOOK, &Options::default());
        assert_inside(&source, &report);
        assert_sorted(&report.findings);
        tree::tree(&source, "damaged.txt", &report.letter, &report.facts, &BOOK.lexicon);
    });
}

#[test]
fn the_same_input_gives_the_same_output() {
    each_damaged(CASES / 4, |text| assert_eq!(everything(text), everything(text)));
}

#[test]
fn a_cut_anywhere_leaves_places_inside_the_text() {
    let all: Vec<String> = letters().iter().map(|p| text(p)).collect();
    for (n, whole) in all.iter().enumerate() {
        // other places in every letter, so that all together are cut nearly everywhere
        for part in 0..4 {
            let mut at = whole.len() * (part * all.len() + n) / (4 * all.len());
            at -= (0..4).find(|back| whole.is_char_boundary(at - back)).unwrap_or(0);
            for text in [&whole[..at], &whole[at..]] {
                assert_tiled(text);
                let source = Source::new("cut.txt", text);
                assert_inside(&source, &lint(&source, &BOOK, &Options::default()));
            }
        }
    }
}

#[test]
fn a_line_lost_in_one_decision_does_not_cost_the_others() {
    let mut costs = Vec::new();
    for (number, path) in letters().iter().enumerate() {
        let whole = text(path);
        let before = letter::parse(&whole, &BOOK.lexicon);
        for (n, decision) in before.decisions.iter().enumerate() {
            let lines = lines_of(&whole, decision.span);
            let last = lines.len() - 1;
            // every fifth line, others in other letters
            let chosen = |at: &usize| (at + number + n).is_multiple_of(5) || *at == last;
            for line in (0..lines.len()).filter(chosen).map(|at| lines[at].clone()) {
                let cut = format!("{}{}", &whole[..line.start], &whole[line.end..]);
                let after = letter::parse(&cut, &BOOK.lexicon);
                let lost = lost(&core(&before), &core(&after), n);
                costs.extend(lost.map(|d| format!("{}: without \"{}\" no {d:?}", name(path), whole[line].trim())));
            }
        }
    }
    assert!(costs.is_empty(), "{} lines cost another decision:\n  {}", costs.len(), costs.join("\n  "));
}

#[test]
fn double_spacing_changes_nothing() {
    assert_unchanged(|whole, _| {
        let end = if whole.contains("\r\n") { "\r\n" } else { "\n" };
        whole.replace(end, &end.repeat(2))
    });
}

#[test]
fn line_ends_of_another_system_change_nothing() {
    assert_unchanged(|whole, _| match whole.contains('\r') {
        true => whole.replace("\r\n", "\n"),
        false => whole.replace('\n', "\r\n"),
    });
}

#[test]
fn wrapping_paragraphs_otherwise_changes_nothing() {
    for width in [56, 88, 10_000] {
        assert_unchanged(|whole, letter| rewrapped(whole, letter, width));
    }
}

/// Runs a test on damaged letters; a failing case is shrunk and shown.
fn each_damaged(cases: u32, holds: impl Fn(&str)) {
    let texts: Vec<String> = letters().iter().map(|p| text(p)).collect();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let strategy = (any::<Index>(), prop::collection::vec(damage(), 1..6));
    let outcome = TestRunner::new_with_rng(config, rng).run(&strategy, |(letter, mishaps)| {
        let whole = letter.get(&texts).clone();
        holds(&mishaps.iter().fold(whole, damaged));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// The tokens of a text stand end to end.
fn assert_tiled(text: &str) {
    let mut at = 0;
    for token in letter::outline(text, &BOOK.lexicon).tokens {
        assert!(token.span.start >= at || token.kind == TokenKind::Text, "a token goes back at {at}");
        assert_place(text, "token", token.span);
        at = token.span.end;
    }
    assert_eq!(at as usize, text.len(), "the tokens end before the text does");
}

fn assert_sorted(findings: &[Diagnostic]) {
    let mut sorted = findings.to_vec();
    diagnostic::sort(&mut sorted);
    assert_eq!(findings, sorted, "findings stand out of order");
}

fn assert_inside(source: &Source, report: &Report) {
    for (what, span) in places(report) {
        assert_place(&source.text, what, span);
    }
    for finding in &report.findings {
        assert!(!finding.primary().span.is_empty(), "a finding without words: {}", finding.message);
    }
}

fn assert_place(text: &str, what: &str, span: Span) {
    let Span { start, end } = span;
    assert!(start <= end && end as usize <= text.len(), "{what} {start}..{end} lies outside of {} bytes", text.len());
    let whole = text.is_char_boundary(start as usize) && text.is_char_boundary(end as usize);
    assert!(whole, "{what} {start}..{end} cuts a character");
}

/// Every place that a report names.
fn places(report: &Report) -> Vec<(&'static str, Span)> {
    let mut all = Vec::new();
    let Report { letter, facts, findings, problems, .. } = report;
    all.extend(findings.iter().flat_map(|f| f.labels()).map(|l| ("label", l.span)));
    all.extend(problems.iter().map(|p| ("problem", p.span)));
    all.extend(problems.iter().flat_map(|p| &p.related).map(|l| ("related", l.span)));
    let h = letter.header;
    all.extend(h.case_number.map(|span| ("case number", span)));
    let dates = [h.injury, h.ur_denial, h.received, h.assigned, h.decision];
    all.extend(dates.into_iter().flatten().map(|d| ("header date", d.span)));
    all.extend(letter.summary.iter().flat_map(sentences));
    for decision in &letter.decisions {
        decision_places(decision, &mut all);
    }
    for said in facts.rationales.iter().chain([&facts.summary]) {
        all.extend(said.dates.iter().map(|d| ("date", d.span)));
        all.extend(said.stated.iter().chain(&said.request_stated).map(|s| ("statement", s.span)));
        all.extend(said.used.iter().map(|u| ("use", u.span)));
        all.extend(said.patient.ages.iter().map(|(_, span)| ("age", *span)));
        all.extend(said.patient.sexes.iter().map(|s| ("sex", s.span)));
        all.extend(said.conclusion.stances.iter().map(|s| ("conclusion", s.span)));
    }
    all
}

fn decision_places(decision: &letter::Decision, all: &mut Vec<(&'static str, Span)>) {
    all.push(("decision", decision.span));
    all.extend(decision.outcome.map(|o| ("outcome", o.span)));
    all.extend(decision.request.iter().flat_map(request_places));
    for line in [&decision.administrator, &decision.reviewer].into_iter().flatten() {
        all.push(("label", line.label));
        for c in &line.content.citations {
            all.extend([("citation", c.span), ("guideline", c.name)]);
            all.extend(c.sections.iter().map(|s| ("section", s.span)));
            all.extend(c.pages.iter().map(|p| ("pages", p.span)));
            all.extend(c.chapter.map(|(_, span)| ("chapter", span)));
            all.extend(c.table.map(|(_, span)| ("table", span)));
        }
        let told = [line.content.cites_nothing, line.content.outside_mtus];
        all.extend(told.into_iter().flatten().map(|span| ("guideline line", span)));
    }
    if let Some(rationale) = &decision.rationale {
        all.push(("label", rationale.label));
        all.extend(sentences(&rationale.reading));
    }
}

fn request_places(request: &Request) -> Vec<(&'static str, Span)> {
    let mut all = sentences(&request.reading);
    for item in &request.items {
        all.push(("item", item.span));
        all.extend(item.strength.iter().map(|s| ("strength", s.span)));
        let counts = [&item.quantity, &item.visits, &item.original, &item.authorized];
        all.extend(counts.into_iter().flatten().map(|c| ("count", c.span)));
        all.extend(item.refills.map(|(_, span)| ("refills", span)));
        all.extend(item.levels.iter().map(|(_, span)| ("level", *span)));
    }
    all
}

fn sentences(reading: &Reading) -> Vec<(&'static str, Span)> {
    reading.sentences.iter().map(|s| ("sentence", reading.span(s.bytes.clone()))).collect()
}

/// The lines of a stretch with their ends, as byte ranges of the text.
fn lines_of(text: &str, span: Span) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let mut start = text[..span.start as usize].rfind('\n').map_or(0, |n| n + 1);
    while start < span.end as usize {
        let end = text[start..].find('\n').map_or(text.len(), |n| start + n + 1);
        if !text[start..end].trim().is_empty() {
            lines.push(start..end);
        }
        start = end;
    }
    lines
}

/// Request and outcome of a decision.
type Core = (String, Option<bool>);

fn core(letter: &Letter) -> Vec<Core> {
    let request = |d: &letter::Decision| d.request.as_ref().map_or(String::new(), |r| r.reading.text().to_string());
    letter.decisions.iter().map(|d| (request(d), d.outcome.map(|o| o.overturned))).collect()
}

/// The first decision but the damaged one that is not there any more, in order.
fn lost(before: &[Core], after: &[Core], damaged: usize) -> Option<Core> {
    let mut left = after.iter();
    let mut others = before.iter().enumerate().filter(|(n, _)| *n != damaged);
    // FIXME: where a rationale lost its last line, the next request may begin with words of that rationale
    let same = |n: usize, d: &Core, l: &Core| d == l || n == damaged + 1 && l.1 == d.1 && l.0.ends_with(&d.0);
    others.find(|(n, d)| !left.any(|l| same(*n, d, l))).map(|(_, d)| d.clone())
}

/// What is told of a text, with places.
fn everything(text: &str) -> (Json, Vec<Diagnostic>) {
    let source = Source::new("letter.txt", text);
    let report = lint(&source, &BOOK, &Options::default());
    let tree = tree::tree(&source, "letter.txt", &report.letter, &report.facts, &BOOK.lexicon);
    (serde_json::to_value(tree).expect("a tree is JSON"), report.findings)
}

/// What is told of a text, without places.
fn told(text: &str) -> (Json, Vec<[String; 3]>) {
    let (mut tree, findings) = everything(text);
    without_places(&mut tree);
    let mut lines: Vec<_> = findings.into_iter().map(|f| [f.rule, f.message, f.fingerprint]).collect();
    lines.sort();
    (tree, lines)
}

fn without_places(tree: &mut Json) {
    match tree {
        Json::Object(fields) => {
            fields.remove("span");
            fields.remove("problems");
            fields.values_mut().for_each(without_places);
        }
        Json::Array(all) => all.iter_mut().for_each(without_places),
        _ => {}
    }
}

/// A change of layout must leave what is told as it is.
fn assert_unchanged(change: impl Fn(&str, &Letter) -> String) {
    let differences: Vec<String> = letters().iter().filter_map(|path| difference(path, &change)).collect();
    assert!(differences.is_empty(), "{} letters are read otherwise:\n{}", differences.len(), differences.join("\n"));
}

fn difference(path: &Path, change: &impl Fn(&str, &Letter) -> String) -> Option<String> {
    let whole = text(path);
    let changed = change(&whole, &letter::parse(&whole, &BOOK.lexicon));
    let words = |text: &str| text.replace(char::is_whitespace, "");
    assert!(words(&whole) == words(&changed), "{}: more than white space was changed", name(path));
    let (before, after) = (told(&whole), told(&changed));
    let apart = |a: String, b: String| format!("  {}\n    before {a}\n    after  {b}", name(path));
    if before.1 != after.1 {
        return Some(apart(format!("{:?}", before.1), format!("{:?}", after.1)));
    }
    let keys = ["format", "dates", "patient"];
    let part = |tree: &Json, n: usize| match keys.get(n) {
        Some(key) => tree[*key].to_string(),
        None => tree["decisions"][n - keys.len()].to_string(),
    };
    let count = |tree: &Json| tree["decisions"].as_array().map_or(0, Vec::len);
    let parts = 0..keys.len() + count(&before.0).max(count(&after.0));
    let (before, after) = (&before.0, &after.0);
    parts.into_iter().find(|n| part(before, *n) != part(after, *n)).map(|n| apart(part(before, n), part(after, n)))
}
