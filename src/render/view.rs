//! The few lines of a text that labels touch, made fit to be shown: a small text of its own, and where in it the labels
//! are.
//!
//! - Only lines with words are shown. Many letters have an empty line after every line; it says nothing.
//! - A label over several lines is underlined line by line. Of a label over many, the beginning and the end are shown.
//! - Of a long line (a paragraph of a word-processor file, a letter without line ends) what stands around the labels is
//!   shown, in as many rows as keep a terminal from wrapping them.
//! - What has no words, such as the end of the text, is shown behind the last words before it.
//! - Control characters are replaced.

use super::{clean, fitted};
use crate::source::{Source, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// A line of at most this many characters is shown whole; a longer one in rows of about so many.
const WHOLE: usize = 120;
/// Labels within so many characters of a long line share a row.
const GROUP: usize = 80;
/// Of a longer label in a long line, so many characters are sure to be shown at its beginning and at its end.
const ENDS: usize = 40;
/// A cut moves by up to so many characters to fall between words, and is not worth while for fewer.
const WORD: usize = 20;
/// Of a label over more lines than this, two lines at its beginning and one at its end are sure to be shown.
const LINES: usize = 4;
/// What stands for words left out.
const CUT: char = '…';

/// Lines to show.
#[derive(Debug)]
pub struct View {
    /// The rows, each with `\n` at its end.
    pub text: String,
    /// The rows' beginnings and line numbers.
    pub rows: Vec<Row>,
    /// For each span that was asked for what to underline in `text`: a range a row, from first to last, at least one.
    pub marks: Vec<Vec<Range<usize>>>,
}

/// One row of a view: a line of the letter, a part of a long one, or a gap.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Offset in the view.
    pub start: usize,
    /// Number of the line in the letter, from 1; none for a gap, where lines of the letter are left out.
    pub number: Option<usize>,
}

/// What is to be shown of one span.
struct Place {
    /// The words to underline if they are shown; empty if there are none.
    range: Range<usize>,
    /// What must be shown: lines and parts of them.
    anchors: Vec<(usize, Range<usize>)>,
}

impl View {
    /// The view that shows some spans.
    pub fn new(source: &Source, spans: impl Iterator<Item = Span>) -> View {
        let letter = Lines { text: &source.text, starts: source.line_starts() };
        let places: Vec<Place> = spans.map(|span| letter.place(span)).collect();
        let shown: BTreeSet<usize> = places.iter().flat_map(|place| &place.anchors).map(|(line, _)| *line).collect();
        let mut view = View { text: String::new(), rows: Vec::new(), marks: vec![Vec::new(); places.len()] };
        let mut next = None;
        for line in shown {
            if let Some(next) = next {
                view.bridge(&letter, next..line, &places);
            }
            view.push_line(&letter, line, &places);
            next = Some(line + 1);
        }
        view
    }

    /// Index of the row that holds an offset of the view.
    pub fn row_at(&self, offset: usize) -> usize {
        self.rows.partition_point(|row| row.start <= offset).saturating_sub(1)
    }

    /// A row with its `\n`.
    pub fn row_range(&self, row: usize) -> Option<Range<usize>> {
        let end = self.rows.get(row + 1).map_or(self.text.len(), |next| next.start);
        self.rows.get(row).map(|row| row.start..end)
    }

    /// Shows what stands between two lines: nothing, the one line with words, or a gap for more.
    fn bridge(&mut self, letter: &Lines<'_>, between: Range<usize>, places: &[Place]) {
        let mut lines = between.filter(|line| !letter.is_blank(*line));
        match (lines.next(), lines.next()) {
            (None, _) => {}
            (Some(only), None) => self.push_line(letter, only, places),
            // codespan draws a break where it does not print at least two rows
            (Some(_), Some(_)) => (0..2).for_each(|_| self.push_row(None, "\n")),
        }
    }

    /// Shows a line in one row or several and marks the labels in it.
    fn push_line(&mut self, letter: &Lines<'_>, line: usize, places: &[Place]) {
        let whole = letter.range(line);
        let anchors = places.iter().flat_map(|place| &place.anchors).filter(|(at, _)| *at == line);
        let rows = rows(letter.text, &whole, anchors.map(|(_, range)| range.clone()).collect());
        for (i, row) in rows.iter().enumerate() {
            let before = if i == 0 { whole.start } else { rows[i - 1].end };
            let after = rows.get(i + 1).map_or(whole.end, |next| next.start);
            let mut words: String = if before < row.start { CUT.into() } else { String::new() };
            let start = self.text.len() + words.len();
            let written = &letter.text[row.clone()];
            if clean::is_plain(written) {
                words.push_str(written);
            } else {
                words.extend(written.chars().map(clean::printable));
            }
            words.extend((row.end < after).then_some(CUT));
            self.push_row(Some(line + 1), &(words + "\n"));
            for (place, marks) in places.iter().zip(&mut self.marks) {
                let (from, to) = (row.start.max(place.range.start), row.end.min(place.range.end));
                if from > to {
                    continue;
                }
                let part = trimmed(letter.text, from..to);
                if !part.is_empty() || (place.range.is_empty() && marks.is_empty()) {
                    // what replaces a control character may be longer than it, so offsets are counted anew
                    let shown = |until: usize| start + printed_len(&letter.text[row.start..until]);
                    marks.push(shown(part.start)..shown(part.end));
                }
            }
        }
    }

    fn push_row(&mut self, number: Option<usize>, text: &str) {
        self.rows.push(Row { start: self.text.len(), number });
        self.text.push_str(text);
    }
}

/// A letter's text by lines.
struct Lines<'a> {
    text: &'a str,
    starts: &'a [u32],
}

impl Lines<'_> {
    /// A line without the white space at its end.
    fn range(&self, line: usize) -> Range<usize> {
        let start = self.starts[line] as usize;
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| *next as usize);
        start..start + self.text[start..end].trim_end().len()
    }

    fn is_blank(&self, line: usize) -> bool {
        self.range(line).is_empty()
    }

    /// Index of the line that holds an offset.
    fn at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).max(1) - 1
    }

    /// What to show of a span.
    fn place(&self, span: Span) -> Place {
        let range = trimmed(self.text, fitted(self.text, span).range());
        if range.is_empty() {
            return self.point(range.start);
        }
        let words = |line: usize| {
            let whole = self.range(line);
            let (from, to) = (whole.start.max(range.start), whole.end.min(range.end));
            (from < to).then(|| (line, trimmed(self.text, from..to)))
        };
        let mut lines: Vec<_> = (self.at(range.start)..=self.at(range.end)).filter_map(words).collect();
        if lines.len() > LINES {
            lines.drain(2..lines.len() - 1);
        }
        let anchors =
            lines.into_iter().flat_map(|(line, part)| self.ends(line, part).into_iter().map(move |p| (line, p)));
        Place { anchors: anchors.collect(), range }
    }

    /// A span without words: it is shown behind the last words before it.
    fn point(&self, offset: usize) -> Place {
        let line = self.at(offset);
        let line = (0..=line).rev().find(|line| !self.is_blank(*line)).unwrap_or(line);
        let Range { start, end } = self.range(line);
        let offset = offset.clamp(start, end);
        Place { range: offset..offset, anchors: vec![(line, offset..offset)] }
    }

    /// What must be shown of a label's part on one line: all of it, or of a long one in a long line its ends.
    fn ends(&self, line: usize, part: Range<usize>) -> Vec<Range<usize>> {
        if is_short(self.text, &self.range(line), WHOLE) || is_short(self.text, &part, GROUP) {
            return vec![part];
        }
        let first = part.start..cut_after(self.text, &part, part.start, ENDS);
        let last = cut_before(self.text, &part, part.end, ENDS)..part.end;
        vec![first, last]
    }
}

/// The rows in which to show a line: all of it, or what stands around the anchors.
fn rows(text: &str, line: &Range<usize>, mut anchors: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if is_short(text, line, WHOLE) {
        return vec![line.clone()];
    }
    anchors.sort_by_key(|anchor| (anchor.start, anchor.end));
    let mut groups: Vec<Range<usize>> = Vec::new();
    for anchor in anchors {
        match groups.last_mut() {
            Some(group) if anchor.start < group.end || is_short(text, &(group.start..anchor.end), GROUP) => {
                group.end = group.end.max(anchor.end);
            }
            _ => groups.push(anchor),
        }
    }
    let mut rows: Vec<Range<usize>> = Vec::new();
    if groups.is_empty() {
        // the line is shown only because it stands between two others
        rows.push(line.start..cut_after(text, line, line.start, WHOLE));
    }
    for group in groups {
        let room = WHOLE.saturating_sub(text[group.clone()].chars().count()).max(WHOLE - GROUP);
        let mut row = cut_before(text, line, group.start, room / 2)..cut_after(text, line, group.end, room / 2);
        if let Some(previous) = rows.last_mut() {
            if row.start < previous.end {
                previous.end = previous.end.min(group.start);
                row.start = previous.end;
            } else if is_short(text, &(previous.end..row.start), WORD) {
                previous.end = row.start;
            }
        }
        rows.push(row);
    }
    rows
}

/// Some `count` characters before `at`, where a word begins; the line's beginning if that is near.
fn cut_before(text: &str, line: &Range<usize>, at: usize, count: usize) -> usize {
    let before = &text[line.start..at];
    let Some((far, _)) = before.char_indices().rev().nth(count) else { return line.start };
    if before[..far].chars().nth(WORD).is_none() {
        return line.start;
    }
    let blank = before[far..].char_indices().take(WORD).find(|(_, c)| c.is_whitespace());
    line.start + far + blank.map_or(0, |(offset, _)| offset)
}

/// Some `count` characters behind `at`, where a word ends; the line's end if that is near.
fn cut_after(text: &str, line: &Range<usize>, at: usize, count: usize) -> usize {
    let after = &text[at..line.end];
    let Some((far, _)) = after.char_indices().nth(count) else { return line.end };
    if after[far..].chars().nth(WORD).is_none() {
        return line.end;
    }
    let blank = after[..far].char_indices().rev().take(WORD).find(|(_, c)| c.is_whitespace());
    at + blank.map_or(far, |(offset, c)| offset + c.len_utf8())
}

/// Whether a range holds no more than so many characters.
fn is_short(text: &str, range: &Range<usize>, most: usize) -> bool {
    text[range.clone()].chars().nth(most).is_none()
}

/// A range without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

fn printed_len(text: &str) -> usize {
    if clean::is_plain(text) { text.len() } else { text.chars().map(|c| clean::printable(c).len_utf8()).sum() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::{self, draw, draw_at};

    #[test]
    fn a_place_over_several_lines_is_underlined_line_by_line_without_the_empty_ones() {
        let text = "The request for a \n\nsecond epidural \n \ninjection is denied. \n\nIt is not needed.\n\nEnd.\n";
        let expected = "\
warning[rule]: message
  ┌─ 17.txt:1:5
  │
1 │ The request for a
  │     ^^^^^^^^^^^^^
3 │ second epidural
  │ ^^^^^^^^^^^^^^^
5 │ injection is denied.
  │ ^^^^^^^^^ all this
7 │ It is not needed.
9 │ End.
  │ --- here too

";
        let whole = "request for a \n\nsecond epidural \n \ninjection";
        assert_eq!(draw(text, &[(whole, "all this"), ("End", "here too")]), expected);
    }

    #[test]
    fn a_place_over_many_lines_is_shown_by_its_ends_and_where_other_labels_are() {
        let text: String = (1..=20).map(|n| format!("line {n} of the letter\n\n")).collect();
        let source = Source::new("17.txt", text);
        let long = sample::find(&source, "line 2").to(sample::find(&source, "line 17"));
        let drawn = draw_at(&source, &[(sample::find(&source, "10"), "ten"), (long, "all this")]);
        let expected = "\
warning[rule]: message
   ┌─ 17.txt:19:6
   │
 3 │ line 2 of the letter
   │ --------------------
 5 │ line 3 of the letter
   │ --------------------
   ·
19 │ line 10 of the letter
   │ -----^^--------------
   │      │
   │      ten
   ·
33 │ line 17 of the letter
   │ ------- all this

";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_long_line_is_shown_in_rows_around_its_labels() {
        let filler = "further words about the history of this case ".repeat(70);
        let long = "The guideline allows a second injection only after documented relief, lasting six weeks or more, \
                    and with less use of medicines in the same time, as it has been said in many other decisions";
        let text = format!("{filler}\tTwo levels at L4-5: Overturned. {filler}{long}. {filler}");
        let drawn = draw(&text, &[("Two levels", "requested"), ("Overturned", "approved"), (long, "limit")]);
        let expected = "\
warning[rule]: message
  ┌─ 17.txt:1:3152
  │
1 │ … words about the history of this case  Two levels at L4-5: Overturned. further words about the history of this …
  │                                         ^^^^^^^^^^          ---------- approved
  │                                         │
  │                                         requested
1 │ … words about the history of this case The guideline allows a second injection only after documented relief, lasting …
  │                                        -----------------------------------------------------------------------------
1 │ … use of medicines in the same time, as it has been said in many other decisions. further words about the history of …
  │   ------------------------------------------------------------------------------ limit

";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_finding_in_a_line_of_a_megabyte_is_small() {
        let text = format!("{}Overturned{}", "word ".repeat(100_000), "wörd ".repeat(100_000));
        let drawn = draw(&text, &[("Overturned", "")]);
        assert!(drawn.contains("… word") && drawn.contains("17.txt:1:500001") && drawn.len() < 500, "{drawn}");
        let unbroken = format!("{}!{}", "x".repeat(500_000), "ü".repeat(250_000));
        assert!(draw(&unbroken, &[("!", "")]).len() < 700);
    }

    #[test]
    fn what_has_no_words_is_shown_behind_the_last_words_before_it() {
        let at = |text: &str, start, end| draw_at(&Source::new("x", text), &[(Span::new(start, end), "here")]);
        let lines = |place: &str, row: &str, caret: &str| {
            format!("warning[rule]: message\n  ┌─ 17.txt:{place}\n  │\n{row}\n  │ {caret} here\n\n")
        };
        assert_eq!(at("", 0, 0), lines("1:1", "1 │", "^"));
        assert_eq!(at("end.\n\n \n", 8, 8), lines("4:1", "1 │ end.", "    ^"));
        assert_eq!(at("end.\n\n \n", 4, 7), lines("1:5", "1 │ end.", "    ^"));
        assert_eq!(at("a word", 2, 2), lines("1:3", "1 │ a word", "  ^"));
        assert_eq!(at("a word", 6, 6), lines("1:7", "1 │ a word", "      ^"));
    }

    #[test]
    fn every_span_of_a_nasty_text_can_be_drawn() {
        let text = "é\r\n\t\u{1B}a—\n\n \u{0C}日\u{301}b\u{200B}\n".to_string() + &"— é\u{7}".repeat(40) + "\n\u{0B}";
        let source = Source::new("x", text);
        let end = source.text.len() as u32 + 2;
        for (start, end) in (0..end).step_by(3).flat_map(|start| (start..end).step_by(5).map(move |end| (start, end))) {
            let drawn = draw_at(&source, &[(Span { start, end }, "a"), (Span { start: end / 2, end }, "b")]);
            assert!(drawn.contains('^') || drawn.contains('-'), "{start}..{end}: {drawn}");
            assert!(!drawn.chars().any(|c| c != '\n' && c.is_control()), "{start}..{end}: {drawn}");
        }
    }
}
