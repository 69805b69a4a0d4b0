//! The accuracy kit on the invented letters of `tests/letters`, and its command.

mod material;
mod program;

use imrlint::eval::{KINDS, Plant, Tally, judge, plants};
use imrlint::lint::{Options, Report, lint};
use imrlint::rulebook::LoadedBook;
use imrlint::source::Source;
use material::{letters, name};
use program::imrlint;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static LOADED: LazyLock<LoadedBook> = LazyLock::new(|| imrlint::rulebook::load_book(&imrlint::builtin::files()));

/// A kind of which so many are planted here is tried on so many.
const OF_KIND: usize = 2;

/// What is found of them at least, averaged over the kinds.
const LEAST: f64 = 0.8;

fn read() -> Vec<(Source, Report)> {
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("a readable letter");
        let source = Source::new(name(path), text);
        let clean = lint(&source, &LOADED.book, &Options::default());
        (source, clean)
    };
    letters().iter().map(read).collect()
}

fn planted(source: &Source, clean: &Report, seed: u64) -> Vec<Plant> {
    plants(source, clean, &LOADED, &Options::default(), seed, &[])
}

#[test]
fn planted_defects_are_found() {
    let letters = read();
    let mut all: Vec<(usize, Plant)> = Vec::new();
    for (n, (source, clean)) in letters.iter().enumerate() {
        all.extend(planted(source, clean, 1).into_iter().map(|p| (n, p)));
    }
    all.sort_by_key(|(n, p)| (p.kind, p.lot, *n));
    let kinds: BTreeSet<usize> = all.iter().map(|(_, p)| p.kind).collect();
    let never: Vec<&str> = (0..KINDS.len()).filter(|k| !kinds.contains(k)).map(|k| KINDS[k].id).collect();
    assert!(never.len() <= 3, "kinds that find no place in any letter: {never:?}");
    let mut tally = Tally::default();
    let mut tried = vec![0; KINDS.len()];
    for (n, plant) in all {
        tried[plant.kind] += 1;
        if tried[plant.kind] <= OF_KIND {
            let (source, clean) = &letters[n];
            tally.plant(&plant, &judge(source, clean, &plant, &LOADED.book, &Options::default()));
        }
    }
    let worst: Vec<String> = tally.planted().filter(|r| r.caught < r.planted).map(|r| format!("{r:?}")).collect();
    assert!(tally.share() >= LEAST, "{:.3} of them: {worst:#?}", tally.share());
}

#[test]
fn the_same_seed_gives_the_same_plants_and_another_seed_others() {
    let letters = read();
    let all = |seed| -> Vec<Plant> { letters.iter().take(8).flat_map(|(s, c)| planted(s, c, seed)).collect() };
    assert_eq!(all(1), all(1));
    assert_ne!(all(1), all(2));
}

#[test]
fn a_letter_without_a_defect_catches_nothing() {
    // nothing is changed: what the clean letter has is no catch
    let letters = read();
    let (source, clean) = letters.iter().find(|(_, c)| !c.findings.is_empty()).expect("a letter with findings");
    for (kind, info) in KINDS.iter().enumerate() {
        let place = imrlint::source::Span::new(0, source.text.len());
        let plant = Plant { kind, decision: None, edits: Vec::new(), pair: vec![place], lot: 0 };
        let trial = judge(source, clean, &plant, &LOADED.book, &Options::default());
        assert_eq!((trial.caught, trial.others.len()), (None, 0), "{}", info.id);
    }
}

const LETTER: &str = "tests/letters/clean-2016-retrospective-dos.txt";
const OTHER: &str = "tests/letters/clean-2016-fifteen-decisions.txt";

#[test]
fn the_command_prints_a_table_and_floors_decide_the_exit_code() {
    let run = imrlint(&["eval", "--kind", "outcome-flipped,outcome-removed", LETTER]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.lines().any(|l| l.starts_with("outcome-flipped ") && l.contains(" 1.000 ")), "{}", run.out);
    assert!(run.out.contains("averaged over 2 kinds"), "{}", run.out);
    let floors = ["--min-share=1.1", "--min-kind=1.1", "--max-clean=-1"];
    let run = imrlint(&[&["eval", "--kind", "outcome-flipped", LETTER][..], &floors].concat());
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(run.err.lines().filter(|l| l.starts_with("error: ")).count(), 3, "{}", run.err);
    let run = imrlint(&["eval", "--kind", "outcome-fliped", LETTER]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("did you mean `outcome-flipped`?"), "{}", run.err);
}

#[test]
fn misses_show_no_words_of_the_letter_unless_asked() {
    let kinds = "rationale-copied,approved-in-silence,guideline-number-changed,item-unmentioned";
    let asked = ["eval", "--format", "json", "--misses", "all", "--kind", kinds, LETTER, OTHER];
    let run: Json = imrlint(&asked).json();
    let misses = run["misses"].as_array().expect("a list");
    assert!(!misses.is_empty() && misses.iter().all(|m| m.get("changes").is_none()), "{misses:?}");
    let place = |m: &Json| [LETTER, OTHER].iter().any(|l| m["path"] == *l) && m["line"].as_u64() > Some(0);
    assert!(misses.iter().all(place), "{misses:?}");
    let run: Json = imrlint(&[&asked[..], &["--show-text"]].concat()).json();
    let misses = run["misses"].as_array().expect("a list");
    assert!(misses.iter().all(|m| m["changes"].as_array().is_some_and(|c| !c.is_empty())), "{misses:?}");
}
