//! Random bytes and random damage for everything that reads: inputs, rules, configurations. Nothing may panic, and places
//! lie inside the text. The seeds are the project's own files; the damage is random from a fixed seed. To look for longer:
//! `NOISE_CASES=100000 cargo test --release --test noise`.

mod material;
mod program;

use imrlint::config;
use imrlint::input;
use imrlint::letter;
use imrlint::rulebook::{RuleFile, load_book};
use imrlint::source::Span;
use material::{BOOK, letters, root, text};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::fs;

/// Damage to bytes.
#[derive(Clone, Debug)]
enum Blow {
    Flip(Index, u8),
    Cut(Index, Index),
    Double(Index, Index),
    Insert(Index, Vec<u8>),
    Number(Index, u64),
}

fn blow() -> impl Strategy<Value = Blow> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(i, b)| Blow::Flip(i, b)),
        (at(), at()).prop_map(|(i, j)| Blow::Cut(i, j)),
        (at(), at()).prop_map(|(i, j)| Blow::Double(i, j)),
        (at(), prop::collection::vec(any::<u8>(), 1..20)).prop_map(|(i, b)| Blow::Insert(i, b)),
        (at(), prop_oneof![Just(0), Just(u64::MAX), Just(1 << 31), any::<u64>()]).prop_map(|(i, n)| Blow::Number(i, n)),
    ]
}

fn struck(mut bytes: Vec<u8>, blow: &Blow) -> Vec<u8> {
    let length = bytes.len();
    let place = |i: &Index| i.index(length + 1);
    // short pieces: what is left is still a file of its kind
    let piece = |i: &Index, j: &Index| place(i)..(place(i) + j.index(300)).min(length);
    match blow {
        Blow::Flip(i, byte) if length > 0 => bytes[i.index(length)] ^= byte,
        Blow::Flip(..) => {}
        Blow::Cut(i, j) => drop(bytes.drain(piece(i, j))),
        Blow::Double(i, j) => {
            let copy = bytes[piece(i, j)].to_vec();
            bytes.splice(place(i)..place(i), copy);
        }
        Blow::Insert(i, more) => drop(bytes.splice(place(i)..place(i), more.iter().copied())),
        Blow::Number(i, number) => {
            // the next number in the text becomes another one
            let from = place(i);
            let digits = |b: &u8| b.is_ascii_digit();
            if let Some(start) = bytes[from..].iter().position(digits).map(|n| from + n) {
                let end = bytes[start..].iter().position(|b| !digits(b)).map_or(length, |n| start + n);
                drop(bytes.splice(start..end, number.to_string().into_bytes()));
            }
        }
    }
    bytes
}

/// Runs a test on damaged seeds.
fn each(cases: u32, seeds: &[Vec<u8>], holds: impl Fn(&[u8])) {
    let cases = std::env::var("NOISE_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let strategy = (any::<Index>(), prop::collection::vec(blow(), 0..8));
    let outcome = TestRunner::new_with_rng(config, rng).run(&strategy, |(seed, blows)| {
        holds(&blows.iter().fold(seed.get(seeds).clone(), struck));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

fn assert_inside(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} is no place in {} bytes", text.len());
}

#[test]
fn damaged_files_are_read_or_refused() {
    let letter = text(&root().join("tests/letters/esi-three-levels-approved.txt"));
    let utf16: Vec<u8> = letter.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let seeds = [program::pdf(&letter), [b"\xff\xfe".to_vec(), utf16].concat(), letter.into_bytes()];
    each(300, &seeds, |bytes| match input::read("noise", bytes) {
        Ok(read) => drop(letter::parse(&read.source.text, &BOOK.lexicon)),
        Err(error) => assert!(!error.to_string().is_empty() && !error.code().is_empty()),
    });
}

#[test]
fn damaged_lines_of_letters_are_read() {
    let seeds: Vec<Vec<u8>> = letters().iter().map(|p| text(p).into_bytes()).collect();
    each(300, &seeds, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let letter = letter::parse(&text, &BOOK.lexicon);
        for line in letter.decisions.iter().flat_map(|d| [&d.administrator, &d.reviewer]).flatten() {
            line.content.citations.iter().for_each(|c| assert_inside(&text, c.span));
            letter::amounts(&line.reading)
                .iter()
                .for_each(|a| assert!(line.reading.text().get(a.bytes.clone()).is_some()));
        }
    });
}

#[test]
fn damaged_rules_are_told_at_their_places() {
    let rules = root().join("tests/own-rules");
    let paths = fs::read_dir(rules).into_iter().flatten().flatten().map(|e| e.path());
    let mut paths: Vec<_> = paths.filter(|p| p.extension().is_some_and(|e| e == "yaml")).collect();
    paths.sort();
    let mut seeds: Vec<Vec<u8>> = paths.iter().map(|p| fs::read(p).expect("a rule")).collect();
    seeds.push(b"kind: rule\nid: x\n".to_vec());
    each(300, &seeds, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        // alone, without the shipped rules: what it names is unknown then, which is told too
        let file = RuleFile { path: "noise.yaml", text: &text, layer: 1 };
        load_book(&[file]).problems.iter().for_each(|(_, problem)| assert_inside(&text, problem.span));
    });
}

#[test]
fn damaged_configurations_are_told_at_their_places() {
    let seed = "profile: ci\nselect: [esi-levels]\nignore: [case]\nseverity:\n  esi-levels: warning\nrules: [own]\n\
                paths:\n  - match: \"drafts/**\"\n    preview: true\nas-of: 2015-01-01\n";
    each(500, &[seed.as_bytes().to_vec()], |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let (_, problems) = config::load(&text);
        problems.iter().for_each(|p| assert_inside(&text, p.span));
    });
}
