//! The text of one letter as it was received, and places in it.
//!
//! Offsets are bytes of the decoded text (UTF-8 without a byte-order mark). Lines and columns are worked out only
//! when something is printed. This module knows nothing of letters.

mod passage;

pub use passage::{Passage, PassageBuilder};

use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// A place in a text: byte offsets from 0, half-open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; `start` must not lie behind `end`.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Span { start: start as u32, end: end as u32 }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A line and column for people: both from 1, the column in Unicode characters, lines counted by `\n` alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Line number from 1.
    pub line: u32,
    /// Column from 1, in Unicode characters.
    pub column: u32,
}

/// What larger unit of the original file an offset belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// A plain text: lines only.
    #[default]
    Lines,
    /// Offsets at which the pages of a PDF begin.
    Pages(Vec<u32>),
    /// Offsets at which the paragraphs of a word-processor file begin.
    Paragraphs(Vec<u32>),
}

/// What replaces a character of one, two, three or four bytes in a masked text.
const MASKS: [char; 4] = ['x', '\u{d7}', '\u{2715}', '\u{1d4cd}'];

/// One letter's text with its name.
#[derive(Debug, Default)]
pub struct Source {
    /// Path or record id, as given by the caller.
    pub name: String,
    /// Decoded text: UTF-8 without byte-order mark, otherwise exactly as received.
    pub text: String,
    /// Pages or paragraphs of the original file, where it has such.
    pub units: Units,
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// A source of plain text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source { name: name.into(), text: text.into(), units: Units::Lines, line_starts: OnceLock::new() }
    }

    /// A source whose text was taken out of a file with pages or paragraphs.
    pub fn with_units(name: impl Into<String>, text: impl Into<String>, units: Units) -> Source {
        Source { units, ..Source::new(name, text) }
    }

    /// The same text without its words: in every line each character between the first and the last is replaced by one of
    /// the same length, blanks too, so that places are the same and not even the lengths of words are told.
    pub fn masked(&self) -> Source {
        let mut text = String::with_capacity(self.text.len());
        for line in self.text.split_inclusive('\n') {
            let words = line.trim();
            let start = line.len() - line.trim_start().len();
            text.push_str(&line[..start]);
            text.extend(words.chars().map(|c| MASKS[c.len_utf8() - 1]));
            text.push_str(&line[start + words.len()..]);
        }
        Source::with_units(self.name.as_str(), text, self.units.clone())
    }

    /// The words at a place.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Offsets at which lines begin; the first is 0.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes());
            let mut starts = Vec::with_capacity(self.text.len() / 32 + 1);
            starts.push(0);
            starts.extend(newlines.map(|i| i as u32 + 1));
            starts
        })
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts();
        let line = starts.partition_point(|s| *s <= offset).max(1);
        let before = &self.text[starts[line - 1] as usize..offset as usize];
        Position { line: line as u32, column: before.chars().count() as u32 + 1 }
    }

    /// Number (from 1) of the page or paragraph that holds an offset, if the file has such units.
    pub fn unit(&self, offset: u32) -> Option<u32> {
        match &self.units {
            Units::Lines => None,
            Units::Pages(starts) | Units::Paragraphs(starts) => {
                Some(starts.partition_point(|s| *s <= offset).max(1) as u32)
            }
        }
    }
}

/// The last place at or before `at` where a text can be cut.
pub fn cut_before(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = Source::new("x", "a\né—b\n");
        let b = source.text.find('b').unwrap() as u32;
        assert_eq!(source.position(b), Position { line: 2, column: 3 });
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(source.text.len() as u32).line, 3);
    }

    #[test]
    fn a_masked_text_has_the_same_places_and_no_words() {
        let text = "  It is\u{a0}\u{201c}not\u{201d} 8 mg.\r\n\r\n\t\u{e9}\u{1f600} a\n\u{c}end";
        let masked = Source::new("x", text).masked().text;
        assert_eq!(masked, "  xxxxx\u{d7}\u{2715}xxx\u{2715}xxxxxx\r\n\r\n\t\u{d7}\u{1d4cd}xx\n\u{c}xxx");
        let places = |text: &str| text.char_indices().map(|(at, c)| (at, c.len_utf16())).collect::<Vec<_>>();
        assert_eq!(places(&masked), places(text));
    }

    #[test]
    fn pages_are_counted_from_one() {
        let source = Source::with_units("x", "one two", Units::Pages(vec![0, 4]));
        assert_eq!((source.unit(0), source.unit(3), source.unit(4)), (Some(1), Some(1), Some(2)));
    }
}
