//! Words of a reading text: what the matcher compares.
//!
//! A word is a run of letters and digits. Case, a possessive 's and apostrophes inside are dropped; hyphens, slashes,
//! commas, quotes, brackets and signs such as ® only separate. A number keeps its decimal point ("2.5", "3.3.9").
//! Full stops, semicolons, colons, question and exclamation marks are *hard* gaps: no phrase crosses one unless it is
//! written with one.

use serde::{Deserialize, Serialize};

/// What stands between a word and the word before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gap {
    /// White space, or nothing but a hyphen, slash, comma, quote or bracket.
    Soft,
    /// A mark that ends a sentence or clause, or the start of the text.
    Hard,
}

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Byte offset of its first letter in the reading text.
    pub start: u32,
    /// Byte offset after its last letter, a possessive 's left out.
    pub end: u32,
    /// What stands before it.
    pub gap: Gap,
    /// Whether nothing but a blank stands between it and the word before it.
    pub blank: bool,
    /// Whether it is part of some phrase of the vocabulary; told by [`Matcher::scan`](super::Matcher::scan).
    pub known: bool,
    /// The same for all words that [`fold`] makes one, and different for nearly all others; told by
    /// [`Matcher::scan`](super::Matcher::scan).
    pub hash: u32,
    /// By which the sets of small words know it, 0 if it is in none; told when it is read as part of a letter.
    pub small: u16,
}

impl Word {
    /// The same word where its text stands so many bytes later.
    #[inline]
    pub fn moved(self, bytes: u32) -> Word {
        Word { start: self.start + bytes, end: self.end + bytes, ..self }
    }
}

/// Splits a text into words.
pub fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::with_capacity(text.len() / 6 + 1);
    words_into(text, &mut found);
    found
}

/// Adds the words of a text to an empty list.
pub fn words_into(text: &str, found: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let mut gap = Gap::Hard;
    let mut at = 0;
    while at < bytes.len() {
        // nearly always a blank
        if bytes[at] == b' ' {
            at += 1;
            continue;
        }
        let len = letter(text, at);
        if len == 0 {
            if ends_clause(bytes, at) {
                gap = Gap::Hard;
            }
            at += width(bytes[at]);
            continue;
        }
        let start = at;
        at += len;
        loop {
            while bytes.get(at).is_some_and(|b| is_plain(*b)) {
                at += 1;
            }
            if bytes.get(at).is_none_or(|b| *b == b' ') {
                break;
            }
            let len = letter(text, at);
            if len > 0 {
                at += len;
            } else if at < bytes.len() && joins(text, at) {
                at += width(bytes[at]);
            } else {
                break;
            }
        }
        let end = without_possessive(text, start, at) as u32;
        let blank = found.last().is_some_and(|w| w.end as usize + 1 == start && bytes[start - 1] == b' ');
        found.push(Word { start: start as u32, end, gap, blank, known: false, hash: 0, small: 0 });
        gap = Gap::Soft;
    }
}

/// The word as the matcher compares it: lower case, without apostrophes.
pub fn fold(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return word.to_ascii_lowercase();
    }
    word.chars().filter(|c| !is_apostrophe(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether [`fold`] makes a word a known one.
pub fn is_folded(word: &str, known: &str) -> bool {
    match word.bytes().all(is_plain) {
        true => word.eq_ignore_ascii_case(known),
        false => fold(word) == known,
    }
}

/// Whether a byte is a letter or digit of ASCII, by table: it is asked for every byte.
#[inline]
fn is_plain(byte: u8) -> bool {
    const PLAIN: [bool; 256] = {
        let (mut table, mut n) = ([false; 256], 0);
        while n < 256 {
            table[n] = (n as u8).is_ascii_alphanumeric();
            n += 1;
        }
        table
    };
    PLAIN[byte as usize]
}

/// Length in bytes of the letter or digit at an offset, 0 if there is none.
#[inline]
fn letter(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        None => 0,
        Some(b) if b.is_ascii() => usize::from(is_plain(*b)),
        Some(_) => {
            let c = text[at..].chars().next().expect("offset on a character boundary");
            if c.is_alphabetic() { c.len_utf8() } else { 0 }
        }
    }
}

/// Whether the mark at an offset joins what stands on both sides to one word: an apostrophe between letters, a point or
/// comma between digits.
fn joins(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let mark = text[at..].chars().next().expect("offset on a character boundary");
    let after = at + mark.len_utf8();
    let next = bytes.get(after);
    if is_apostrophe(mark) {
        return bytes[at - 1].is_ascii_alphabetic() && next.is_some_and(u8::is_ascii_alphabetic);
    }
    let digits = bytes[at - 1].is_ascii_digit() && next.is_some_and(u8::is_ascii_digit);
    // "1,200" is one number, "66,67" two: a comma joins only before three digits that end there
    digits && (mark == '.' || mark == ',' && bytes[after..].iter().take_while(|b| b.is_ascii_digit()).count() == 3)
}

/// Whether the character is an apostrophe as letters write it.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{b4}' | '`')
}

/// The end of a word without a trailing 's.
#[inline]
fn without_possessive(text: &str, start: usize, end: usize) -> usize {
    if end - start < 2 || text.as_bytes()[end - 1] | 0x20 != b's' || text.as_bytes()[end - 2].is_ascii_alphanumeric() {
        return end;
    }
    let word = &text[start..end];
    let Some(stem) = word.strip_suffix(['s', 'S']) else { return end };
    match stem.chars().next_back() {
        Some(c) if is_apostrophe(c) => start + stem.len() - c.len_utf8(),
        _ => end,
    }
}

/// Whether the byte at an offset is a mark that ends a sentence or clause.
fn ends_clause(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b'.' | b';' | b':' | b'?' | b'!')
}

fn width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        words(text)
            .iter()
            .map(|w| {
                let mark = if w.gap == Gap::Hard { "|" } else { "" };
                format!("{mark}{}", fold(&text[w.start as usize..w.end as usize]))
            })
            .collect()
    }

    #[test]
    fn marks_separate_and_clause_marks_separate_hard() {
        assert_eq!(split("L4-5, S1. Pain; doesn't"), ["|l4", "5", "s1", "|pain", "|doesnt"]);
        assert_eq!(split("3.3.9 Opioids: 1,200 mg, 66,67"), ["|3.3.9", "opioids", "|1,200", "mg", "66", "67"]);
    }

    #[test]
    fn a_possessive_is_no_part_of_the_word() {
        assert_eq!(split("the applicant’s MRI's"), ["|the", "applicant", "mri"]);
    }
}
