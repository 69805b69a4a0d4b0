//! The mark of a finding, by which a project's file of accepted findings knows it again.
//!
//! `v1:` + *evidence* + `-` + *request*, both in hexadecimal, and `-2`, `-3` … for findings that are equal in both.
//! Evidence is a hash of letter, rule, check and the words of all labels, request one of the words of the disputed request
//! (0 for findings about the whole letter). Words count by their letters and digits alone, so that line breaks, hyphens,
//! quotes and edits elsewhere in the letter change nothing; other evidence gives another mark. The request stands apart so that
//! two decisions with the same slip are never taken for one another, however many of them are mended.

use std::fmt;

/// Endings of letters' files: no part of a letter's name.
const ENDINGS: [&str; 3] = ["txt", "pdf", "docx"];

/// The mark of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    /// Hash of letter, rule, check and the words of all labels.
    pub evidence: u64,
    /// Hash of the request's words; 0 for a finding about the whole letter.
    pub request: u32,
    /// From 1: which of the findings of a letter that are equal in both.
    pub nth: u32,
}

impl Fingerprint {
    /// The mark of the first finding with this evidence: the letter's name (as [`letter`] gives it), rule, check, the words of
    /// each label, and the hash of the request's words (as [`request`] gives it; 0 for none).
    pub fn new<'a>(
        letter: &str,
        rule: &str,
        check: &str,
        labels: impl Iterator<Item = &'a str>,
        request: u32,
    ) -> Fingerprint {
        let mut evidence = Fnv::default();
        [letter, rule, check].iter().for_each(|word| evidence.word(word));
        labels.for_each(|words| evidence.folded(words));
        Fingerprint { evidence: evidence.0, request, nth: 1 }
    }

    /// Reads a mark.
    ///
    /// # Errors
    /// A sentence that says what is wrong, for a diagnostic.
    pub fn parse(text: &str) -> Result<Fingerprint, String> {
        let read = || {
            let mut parts = text.strip_prefix("v1:")?.split('-');
            let (evidence, request) = (hex(parts.next()?, 16)?, hex(parts.next()?, 8)? as u32);
            let nth = match parts.next() {
                None => 1,
                Some(n) => n.parse().ok().filter(|n| *n > 1)?,
            };
            parts.next().is_none().then_some(Fingerprint { evidence, request, nth })
        };
        read().ok_or_else(|| "copy it from the output of `imrlint check --format jsonl`".to_string())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v1:{:016x}-{:08x}", self.evidence, self.request)?;
        if self.nth > 1 { write!(f, "-{}", self.nth) } else { Ok(()) }
    }
}

/// Hash of the words of a request.
pub fn request(words: &str) -> u32 {
    let mut hash = Fnv::default();
    hash.folded(words);
    // both halves count; 0 is kept for no request
    (((hash.0 >> 32) ^ hash.0) as u32).max(1)
}

/// A letter's own name: its file name without folders and ending, so that a folder may move and a PDF may become a text.
pub fn letter(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, ending)) if ENDINGS.iter().any(|e| ending.eq_ignore_ascii_case(e)) => stem,
        _ => file,
    }
}

fn hex(text: &str, digits: usize) -> Option<u64> {
    let lower = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    (text.len() == digits && lower).then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

/// FNV-1a: the same on every machine and in every version.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    /// A word with an end mark, so that "ab"+"c" is not "a"+"bc".
    fn word(&mut self, word: &str) {
        word.bytes().for_each(|b| self.byte(b));
        self.byte(0xff);
    }

    /// Letters and digits alone, in lower case; ligatures as some PDFs have them are letters.
    fn folded(&mut self, words: &str) {
        for c in words.chars() {
            if c.is_ascii() {
                if c.is_ascii_alphanumeric() {
                    self.byte(c.to_ascii_lowercase() as u8);
                }
                continue;
            }
            if !c.is_alphanumeric() {
                continue;
            }
            match ligature(c) {
                Some(letters) => letters.bytes().for_each(|b| self.byte(b)),
                None => c.to_lowercase().for_each(|c| {
                    c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| self.byte(b));
                }),
            }
        }
        self.byte(0xff);
    }
}

fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(letter_name: &str, labels: &[&str], request: Option<&str>) -> Fingerprint {
        Fingerprint::new(
            letter(letter_name),
            "rule",
            "check",
            labels.iter().copied(),
            request.map_or(0, super::request),
        )
    }

    #[test]
    fn breaks_hyphens_and_folders_do_not_count_and_words_do() {
        let one = mark("a/7.txt", &["not certi\u{fb01}ed", "page 46"], Some("Norco 10mg #60"));
        assert_eq!(one, mark("b/c/7.PDF", &["Not\n\ncerti-\nfied", "page  46."], Some("NORCO\n10 mg, #60")));
        assert_ne!(one.evidence, mark("7", &["not certified", "page 47"], None).evidence);
        assert_ne!(one.evidence, mark("7", &["not certifiedpage", "46"], None).evidence, "labels are kept apart");
        assert_ne!(one.evidence, mark("8", &["not certified", "page 46"], None).evidence);
        assert_eq!(mark("7", &["not certified", "page 46"], None), Fingerprint { request: 0, ..one });
        assert_ne!(one.request, mark("7", &["not certified", "page 46"], Some("Norco 10mg #90")).request);
    }

    #[test]
    fn marks_are_written_and_read() {
        let first = mark("7.txt", &["x"], Some("y"));
        for mark in [first, Fingerprint { nth: 3, ..first }, Fingerprint { request: 0, ..first }] {
            assert_eq!(Fingerprint::parse(&mark.to_string()), Ok(mark));
        }
        let good = first.to_string();
        let bad =
            ["", "v1:", "v2:0", &good[1..], &good[..good.len() - 1], &format!("{good}-1"), &format!("{good}-2-2")];
        for text in bad.into_iter().chain([good.to_uppercase().as_str()]) {
            assert!(Fingerprint::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_endings_of_letters_are_cut() {
        assert_eq!(["a/b.txt", "a\\b.Pdf", "b.docx", "b", "b.17", "-"].map(letter), ["b", "b", "b", "b", "b.17", "-"]);
    }
}
