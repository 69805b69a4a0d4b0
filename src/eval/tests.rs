//! Tests of the kit itself; the letters of `tests/letters` are evaluated by `tests/eval.rs`.

use super::*;
use crate::rulebook::{CATALOGUE, check_number};

#[test]
fn every_kind_is_caught_by_checks_of_the_catalogue_and_every_check_has_a_kind() {
    for kind in KINDS {
        assert!(kind.checks.iter().all(|c| check_number(c).is_some()), "{}", kind.id);
    }
    let without: Vec<&str> =
        CATALOGUE.iter().map(|c| c.id).filter(|c| !KINDS.iter().any(|k| k.checks.contains(c))).collect();
    assert_eq!(without, Vec::<&str>::new(), "checks that no kind of plant calls for");
}

#[test]
fn places_move_with_the_changes_before_them() {
    let source = Source::new("x", "one two three four");
    let at = |start, end| Span { start, end };
    let edits = vec![Edit { span: at(0, 3), text: "eleven".into() }, Edit { span: at(8, 13), text: String::new() }];
    let plant = Plant { kind: 0, decision: None, edits, pair: vec![at(4, 7), at(14, 18), at(4, 18)], lot: 0 };
    let (letter, places) = damaged(&source, &plant);
    assert_eq!(letter.text, "eleven two  four");
    let words: Vec<&str> = places[2..].iter().map(|p| letter.slice(*p)).collect();
    assert_eq!(words, ["two", "four", "two  four"]);
}
