//! The signs of notes in the style of a telegraph: "+ nausea, - heartburn", "Spurling (+), Hoffmann (-)".
//!
//! A hyphen has many uses, so a minus before a word is one only in a sentence where a plus stands before a word, or two
//! minuses behind commas do. Behind a word a sign must close its item.

use crate::letter::{Reading, Sentence};
use std::ops::Range;

/// Whether a sentence affirms and denies by signs before words.
pub fn has_signs(reading: &Reading, sentence: &Sentence) -> bool {
    let text = &reading.text().as_bytes()[sentence.bytes.clone()];
    if memchr::memchr2(b'+', b'-', text).is_none() {
        return false;
    }
    let mut denied = 0;
    sentence.words.clone().any(|word| match sign_before(reading, word) {
        Some((true, true)) => true,
        Some((false, true)) => {
            denied += 1;
            denied > 1
        }
        _ => false,
    })
}

/// What a sign right before a word says of it, in a sentence that has such.
pub fn before(reading: &Reading, word: usize) -> Option<bool> {
    sign_before(reading, word).map(|(shown, _)| shown)
}

/// Whether a sign right behind some words denies them: "Hoffmann -,", "SLR (-).".
pub fn denies_behind(reading: &Reading, words: &Range<usize>) -> bool {
    let text = reading.text();
    let Some(last) = words.end.checked_sub(1).and_then(|w| reading.words.get(w)) else { return false };
    let next = reading.words.get(words.end).map_or(text.len(), |w| w.start as usize);
    let mut marks = text[last.end as usize..next].chars().filter(|c| *c != ' ');
    let first = marks.next();
    let inside = first == Some('(');
    let sign = if inside { marks.next() } else { first };
    let closed = !inside || marks.next() == Some(')');
    sign.is_some_and(is_minus) && closed && marks.next().map_or(next == text.len(), |m| ",;.)".contains(m))
}

/// A sign right before a word: whether it is a plus, and whether it begins an item of a list.
fn sign_before(reading: &Reading, word: usize) -> Option<(bool, bool)> {
    let (words, text) = (&reading.words, reading.text());
    let right = words.get(word).filter(|w| !w.blank)?.start as usize;
    let left = word.checked_sub(1).map_or(0, |w| words[w].end as usize);
    let led = text[left..right].trim_end_matches([' ', ')']);
    if right - (left + led.len()) > 2 || !text[right..].starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let sign = led.chars().next_back()?;
    let rest = &led[..led.len() - sign.len_utf8()];
    // "low-back", "2+ edema", "Norco + Soma", "- -"
    let apart = left == 0 || rest.contains([' ', ',', ';', ':', '.', '(', '/']);
    let figure = text[..left].ends_with(|c: char| c.is_ascii_digit()) && !rest.contains([',', ';', ':', '.']);
    let item = left == 0 || rest.contains([',', ';', '.', ':', '(']);
    let shown = sign == '+';
    let sole = !rest.contains(['-', '+', '\u{2013}', '\u{2014}']);
    // a dash behind a colon, or at the head of a line, may begin an entry of a list
    let item = if shown { item } else { rest.contains([',', '(']) };
    ((shown || is_minus(sign)) && apart && sole && !figure).then_some((shown, item))
}

/// Whether a mark may stand for a minus.
fn is_minus(mark: char) -> bool {
    matches!(mark, '-' | '\u{2013}' | '\u{2212}')
}
