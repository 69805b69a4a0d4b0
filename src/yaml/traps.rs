//! Values that are good YAML and yet not what their author meant.

use super::lines;
use crate::diagnostic::Problem;
use crate::source::Span;

/// A value without quotes: what follows or precedes it may have been meant as part of it.
pub(super) fn plain(text: &str, span: Span) -> Option<Problem> {
    let written = &text[span.range()];
    if written.starts_with(['“', '”', '‘', '’', '«']) {
        let first = written.chars().next().map_or(0, char::len_utf8);
        let place = Span::new(span.start as usize, span.start as usize + first);
        let problem = Problem::error("curly-quote", place, "a typographic quotation mark does not quote a value");
        return Some(problem.help("use the plain signs \" or ', outside the typographic ones if those are meant"));
    }
    if let Some(problem) = swallowed(written, span) {
        return Some(problem);
    }
    cut_off(text, span.end as usize)
}

/// A `#` and a digit behind a value or in its place: "Norco 10mg #120" loses its quantity to a comment.
pub(super) fn cut_off(text: &str, at: usize) -> Option<Problem> {
    // only as far as the sign: a line may be as long as the file
    let comment = text[at..].trim_start_matches([' ', '\t']);
    let digit = comment.strip_prefix('#')?.starts_with(|c: char| c.is_ascii_digit());
    if !digit {
        return None;
    }
    let place = lines::word(text, text.len() - comment.len());
    let message = format!("`{}` is not read: `#` begins a comment", &text[place.range()]);
    let help = "put the whole value in quotes, or a blank after `#` if a comment is meant";
    Some(Problem::error("hash-in-text", place, message).help(help))
}

/// A key or value that begins or ends in a blank that is not the ordinary one.
pub(super) fn odd_blank(written: &str, span: Span) -> Option<Problem> {
    let start = span.start as usize;
    let (at, c) = match (written.chars().next()?, written.chars().next_back()?) {
        (first, _) if is_odd(first) => (start, first),
        (_, last) if is_odd(last) => (span.end as usize - last.len_utf8(), last),
        _ => return None,
    };
    let message = format!("a blank here is not the ordinary one (U+{:04X})", u32::from(c));
    let problem = Problem::error("odd-blank", Span::new(at, at + c.len_utf8()), message);
    Some(problem.help("replace it with an ordinary blank; it often comes from a word processor or PDF"))
}

/// White space beyond ASCII, visible or not.
pub(super) fn is_odd(c: char) -> bool {
    (c.is_whitespace() && !c.is_ascii()) || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// A list item whose dash is indented deeper than that of the item above is read as more text of that item.
fn swallowed(written: &str, span: Span) -> Option<Problem> {
    let mut at = span.start as usize;
    for (i, line) in written.split('\n').enumerate() {
        let content = line.trim_start();
        if i > 0 && content.starts_with("- ") {
            let dash = at + line.len() - content.len();
            let problem = Problem::error(
                "yaml-indent",
                Span::new(dash, dash + 1),
                "this dash begins no new item, because it is indented deeper than the item above",
            );
            return Some(problem.help("line it up with the dash above, or put the text above in quotes"));
        }
        at += line.len() + 1;
    }
    None
}

/// `>2` without quotes begins a block text and asks for two blanks of indentation.
pub(super) fn block_header(text: &str, sign: usize) -> Option<Problem> {
    let header = &text[sign..lines::end(text, sign)];
    if !header.strip_prefix('>')?.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let place = lines::word(text, sign);
    let written = &text[place.range()];
    let message = format!("`{written}` begins a text of several lines here");
    Some(Problem::error("yaml-block", place, message).help(format!("write \"{written}\" if a comparison is meant")))
}
