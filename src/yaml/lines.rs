//! Small questions about lines of a text, in byte offsets.

use crate::source::Span;
use std::ops::Range;

/// Where the line of an offset begins.
pub(super) fn start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |i| i + 1)
}

/// Where the line of an offset ends, its line end not counted.
pub(super) fn end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    if end > at && text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end }
}

/// The line of an offset without its line end.
pub(super) fn range(text: &str, at: usize) -> Range<usize> {
    let from = start(text, at);
    from..end(text, from)
}

/// Where the line after that of an offset begins, if there is one.
pub(super) fn next(text: &str, at: usize) -> Option<usize> {
    text[at..].find('\n').map(|i| at + i + 1).filter(|n| *n < text.len())
}

/// Number of blanks that a line begins with.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line holds nothing but blanks or a comment.
pub(super) fn is_idle(line: &str) -> bool {
    let rest = line.trim_start();
    rest.is_empty() || rest.starts_with('#')
}

/// Whether a line begins an entry of a group or list.
pub(super) fn is_entry(line: &str) -> bool {
    let rest = line.trim_start_matches(' ');
    rest == "-" || rest.starts_with("- ") || key(line).1.is_some()
}

/// The parts of a line `  - key: value`: offset of the first word behind dashes, and of the end of `key:` if there is
/// one. Offsets are within the line.
pub(super) fn key(line: &str) -> (usize, Option<usize>) {
    let mut at = indent(line);
    while line[at..].starts_with("- ") {
        at += 2 + indent(&line[at + 2..]);
    }
    let rest = &line[at..];
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let from = match quote {
        Some(q) => rest[1..].find(q).map_or(rest.len(), |i| i + 2),
        None => 0,
    };
    let colon = rest[from..].match_indices(':').map(|(i, _)| from + i + 1);
    let end = colon.into_iter().find(|e| rest[*e..].is_empty() || rest[*e..].starts_with([' ', '\t']));
    let good = |e: &usize| !rest[..*e].starts_with(['[', '{', '#']) && !rest[..*e].contains(" #");
    (at, end.filter(good).map(|e| at + e))
}

/// The word at an offset, up to white space; at the end of a line or text the last character before it.
pub(super) fn word(text: &str, at: usize) -> Span {
    let line = end(text, at);
    let length = text[at..line].find(char::is_whitespace).unwrap_or(line - at);
    if length > 0 {
        return Span::new(at, at + length);
    }
    let before = text[..at].trim_end();
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    Span::new(before.len() - last, before.len())
}

/// One character at an offset, or the word rules if there is none.
pub(super) fn character(text: &str, at: usize) -> Span {
    match text[at..].chars().next() {
        Some(c) if !c.is_whitespace() => Span::new(at, at + c.len_utf8()),
        _ => word(text, at),
    }
}
