//! A passage: the reading text of a stretch of a letter, with the way back to the letter's own bytes.
//!
//! Letters are broken into lines by typewriter habits and by PDF extraction, so a phrase such as "not medically
//! necessary" is often split over two lines with an empty line between. A passage folds every run of white space
//! into one blank and joins words that were hyphenated at a line end, keeping the hyphen ("x-" + "rays" is "x-rays").

use super::Span;

/// Reading text with a map back to the source.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Where the passage stands in the letter.
    pub span: Span,
    /// The reading text: one line, single blanks.
    pub text: String,
    /// (offset in `text`, offset in the letter) wherever the two cease to run in step. Invariant: sorted, and the
    /// first entry is at 0 of `text` unless that is empty.
    seams: Vec<(u32, u32)>,
}

impl Passage {
    /// The reading text of `text[span]`.
    pub fn of(text: &str, span: Span) -> Passage {
        let mut builder = PassageBuilder::default();
        builder.push(text, span);
        builder.finish(span)
    }

    /// The place in the letter of a range of the reading text.
    pub fn locate(&self, start: usize, end: usize) -> Span {
        if self.seams.is_empty() {
            return Span { start: self.span.start, end: self.span.start };
        }
        let from = self.source_offset(start);
        // a span never ends in white space: the blank may stand for several bytes
        let end = start + self.text.as_bytes()[start..end.max(start)].trim_ascii_end().len();
        if end <= start {
            return Span { start: from, end: from };
        }
        // the end is found from the last byte inside, so that a span never swallows a line break behind it
        let last = self.source_offset(end - 1);
        Span { start: from, end: (last + 1).max(from) }
    }

    fn source_offset(&self, at: usize) -> u32 {
        let seam = self.seams.partition_point(|(t, _)| *t as usize <= at).saturating_sub(1);
        let (text_offset, source_offset) = self.seams[seam];
        source_offset + (at as u32 - text_offset)
    }
}

/// Joins stretches of a letter into one passage.
#[derive(Default)]
pub struct PassageBuilder {
    text: String,
    seams: Vec<(u32, u32)>,
}

impl PassageBuilder {
    /// Adds the reading text of `text[span]`.
    pub fn push(&mut self, text: &str, span: Span) {
        let bytes = &text.as_bytes()[..span.end as usize];
        let mut at = span.start as usize;
        let length = bytes.len().saturating_sub(at);
        self.text.reserve(length);
        // about so many for each line
        self.seams.reserve(2 + length / LINE * 2);
        while at < bytes.len() {
            let word = skip(text, at, bytes.len(), true);
            if word >= bytes.len() {
                break;
            }
            let end = run(bytes, word).unwrap_or_else(|| skip(text, word, bytes.len(), false));
            let broken = text[at..word].contains('\n');
            let joined = broken && self.ends_in_hyphen() && joins(bytes, word);
            if !self.text.is_empty() && !joined {
                // the blank stands for the white space before the word; with none (a second push) it is invented
                let gap = if word > at { at } else { word.saturating_sub(1) };
                self.seam(gap as u32);
                self.text.push(' ');
            }
            self.seam(word as u32);
            self.text.push_str(&text[word..end]);
            at = end;
        }
    }

    /// The passage; `span` is its place in the letter.
    pub fn finish(self, span: Span) -> Passage {
        Passage { span, text: self.text, seams: self.seams }
    }

    fn seam(&mut self, source: u32) {
        let here = self.text.len() as u32;
        match self.seams.last() {
            Some((t, s)) if s + (here - t) == source => {}
            _ => self.seams.push((here, source)),
        }
    }

    /// Whether the text so far ends in a letter or digit and a hyphen.
    fn ends_in_hyphen(&self) -> bool {
        let b = self.text.as_bytes();
        b.len() >= 2 && b[b.len() - 1] == b'-' && b[b.len() - 2].is_ascii_alphanumeric()
    }
}

/// Bytes of a line, about.
const LINE: usize = 64;

/// A hyphen at a line end joins only to a letter or digit.
fn joins(bytes: &[u8], at: usize) -> bool {
    bytes[at].is_ascii_alphanumeric()
}

/// The end of a run of words with one blank between each that begins at an offset: most text needs no folding. None if
/// it does not begin with a plain letter.
fn run(bytes: &[u8], at: usize) -> Option<usize> {
    let plain = |b: &u8| matches!(b, b'!'..=b'~');
    let mut end = at;
    loop {
        while bytes.get(end).is_some_and(plain) {
            end += 1;
        }
        let goes_on = bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(plain);
        // other characters may be white space or belong to the word: they are looked at one by one
        if bytes.get(end).is_some_and(|b| !is_white(*b)) {
            let start = bytes[at..end].iter().rposition(|b| *b == b' ').map_or(at, |n| at + n);
            return (start > at).then_some(start);
        }
        if !goes_on {
            return (end > at).then_some(end);
        }
        end += 1;
    }
}

/// Whether an ASCII byte is white space.
fn is_white(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

/// The first offset from `at` that is not white space (`white`), or that is (not `white`).
fn skip(text: &str, at: usize, end: usize, white: bool) -> usize {
    let bytes = text.as_bytes();
    let mut i = at;
    while i < end {
        let b = bytes[i];
        if b < 0x80 {
            if is_white(b) != white {
                return i;
            }
            i += 1;
        } else {
            let c = text[i..].chars().next().expect("offset on a character boundary");
            if c.is_whitespace() != white {
                return i;
            }
            i += c.len_utf8();
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(text: &str) -> Passage {
        Passage::of(text, Span::new(0, text.len()))
    }

    #[test]
    fn white_space_is_folded_and_every_word_maps_back() {
        let text = "not \n\n medically\u{0c}  necessary \n";
        let p = passage(text);
        assert_eq!(p.text, "not medically necessary");
        for word in ["not", "medically", "necessary"] {
            let at = p.text.find(word).unwrap();
            assert_eq!(&text[p.locate(at, at + word.len()).range()], word);
        }
        assert_eq!(&text[p.locate(0, p.text.len()).range()], text.trim());
    }

    #[test]
    fn words_hyphenated_at_a_line_end_are_joined() {
        let text = "lumbar x-\n\nrays were high- dose";
        let p = passage(text);
        assert_eq!(p.text, "lumbar x-rays were high- dose");
        let at = p.text.find("x-rays").unwrap();
        assert_eq!(&text[p.locate(at, at + 6).range()], "x-\n\nrays");
    }

    #[test]
    fn words_are_taken_in_runs_or_one_by_one_alike() {
        for text in ["a b  c\u{1}d e", "one two\u{a0}three", "x \u{e9}t\u{e9} y", "a\tb c\u{0b}d", " a b\n c"] {
            let folded: Vec<&str> = text.split(|c: char| c.is_whitespace()).filter(|w| !w.is_empty()).collect();
            assert_eq!(passage(text).text, folded.join(" "), "{text:?}");
        }
    }

    #[test]
    fn non_breaking_blanks_are_white_space() {
        let text = "90°\u{a0}of \u{2003}flexion";
        let p = passage(text);
        assert_eq!(p.text, "90° of flexion");
        let at = p.text.find("of").unwrap();
        assert_eq!(&text[p.locate(at, at + 2).range()], "of");
    }

    #[test]
    fn every_offset_maps_to_a_character_boundary() {
        let text = " é\u{a0}\n–x-\n y ";
        let p = passage(text);
        for (i, c) in p.text.char_indices() {
            let span = p.locate(i, i + c.len_utf8());
            assert!(
                text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize),
                "{i} {span:?}"
            );
        }
    }
}
