//! Where sentences begin and end in reading text.
//!
//! Letters lose the blank after a full stop ("narcotic.The"), number their lists, and abbreviate; a sentence ends at a
//! full stop, question or exclamation mark that is followed by a blank and a capital, digit or quote, or by a capital
//! right behind a lower-case word.

use crate::lexicon::{Lexicon, Small};
use std::ops::Range;

/// Bytes of a sentence, about.
const SENTENCE: usize = 96;

/// The sentences of a text as byte ranges without white space at their ends. Every word belongs to one.
pub fn sentences(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(1 + text.len() / SENTENCE);
    let mut start = 0;
    for at in memchr::memchr3_iter(b'.', b'?', b'!', bytes) {
        if bytes.get(at + 1).is_some_and(|b| matches!(b, b'.' | b'?' | b'!')) {
            continue;
        }
        // closing quotes and brackets belong to the sentence that they close
        let end = at + 1 + text[at + 1..].len()
            - text[at + 1..].trim_start_matches(['"', '\'', ')', ']', '\u{201d}', '\u{2019}']).len();
        if ends_here(text, start, at, end, lexicon) {
            push(text, start, end, &mut found);
            start = end;
        }
    }
    push(text, start, text.len(), &mut found);
    found
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<Range<usize>>) {
    let piece = &text[start..end];
    let from = start + piece.len() - piece.trim_start().len();
    let to = start + piece.trim_end().len();
    if from < to {
        found.push(from..to);
    }
}

/// Whether the mark at `at` ends the sentence that began at `start`; `end` is behind the mark and what closes with it.
fn ends_here(text: &str, start: usize, at: usize, end: usize, lexicon: &Lexicon) -> bool {
    let after = &text[end..];
    let Some(next) = after.trim_start().chars().next() else { return true };
    if text.as_bytes()[at] != b'.' {
        return after.starts_with(char::is_whitespace);
    }
    let before =
        text[start..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '[')).next().unwrap_or("");
    if !after.starts_with(char::is_whitespace) {
        // "narcotic.The": a lower-case word of some length, then a capital that begins a word
        let letters = before.len() >= 3 && before.bytes().all(|b| b.is_ascii_lowercase());
        let word = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        return letters && next.is_uppercase() && word >= 2 && after.as_bytes()[1].is_ascii_lowercase();
    }
    if !(next.is_uppercase()
        || next.is_ascii_digit()
        || matches!(next, '"' | '(' | '\u{201c}' | '\'' | '#' | '[' | '*' | '\u{2022}' | '-' | '\u{2013}'))
    {
        return false;
    }
    // "1. Chronic pain": the number of a list item opens a sentence, it does not end one
    let list_number =
        text[start..at].trim().len() <= 3 && !before.is_empty() && before.bytes().all(|b| b.is_ascii_digit());
    // a closing bracket or quote behind the mark leaves no doubt
    let closed = end > at + 1;
    !list_number && (closed || !lexicon.is_abbreviation(before) || opens(before, after.trim_start(), lexicon))
}

/// Whether a sentence begins behind an abbreviation of letters with stops, that goes before no name: "until 9 p.m. On Monday
/// she", "by the M.D. The plan".
fn opens(before: &str, after: &str, lexicon: &Lexicon) -> bool {
    let word = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let written = word.len() > 1 && word[1..].bytes().all(|b| b.is_ascii_lowercase());
    let sets = [Small::Determiner, Small::Preposition, Small::OpensSubject, Small::He];
    before.contains('.') && written && sets.into_iter().any(|set| lexicon.is_small(word, set))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let lexicon = Lexicon { abbreviations: vec!["dr".into(), "vs".into()], ..Lexicon::default() };
        sentences(text, &lexicon).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn sentences_end_at_stops_before_a_new_start() {
        assert_eq!(
            split("See Dr. Smith vs. Jones. Pain is 7.5 of 10. (Li, 2005) Better."),
            ["See Dr. Smith vs. Jones.", "Pain is 7.5 of 10.", "(Li, 2005) Better.",]
        );
        assert_eq!(split("off of narcotic.The next one"), ["off of narcotic.", "The next one"]);
        assert_eq!(split("He said \"no.\" Then he left"), ["He said \"no.\"", "Then he left"]);
    }

    #[test]
    fn numbers_of_a_list_and_decimals_end_nothing() {
        assert_eq!(split("Two reasons. 1. Chronic pain"), ["Two reasons.", "1. Chronic pain"]);
        assert_eq!(split("MTUS 9792.20(f). Done"), ["MTUS 9792.20(f).", "Done"]);
    }

    #[test]
    fn an_abbreviation_may_end_a_sentence() {
        let lexicon = &crate::builtin::rulebook().lexicon;
        let split =
            |text: &'static str| -> Vec<&str> { sentences(text, lexicon).into_iter().map(|r| &text[r]).collect() };
        assert_eq!(split("Up until 9 p.m. On Monday he slept."), ["Up until 9 p.m.", "On Monday he slept."]);
        assert_eq!(split("Seen by J. Doe, M.D. The plan is rest."), ["Seen by J. Doe, M.D.", "The plan is rest."]);
        assert_eq!(
            split("At 9 p.m. Norco was taken. He saw Dr. An today."),
            ["At 9 p.m. Norco was taken.", "He saw Dr. An today."]
        );
    }
}
