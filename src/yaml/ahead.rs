//! The stretch of text that the parser has looked at without telling what it saw.
//!
//! The parser reads ahead of its events, for instance to see whether a bracket begins a key. When it stops there, what
//! is open can only be learned from the text.

use super::lines;

/// What is open at an offset.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// Brackets, the outermost first.
    pub(super) brackets: Vec<usize>,
    /// A quotation mark whose closing mark is not there or not before the offset.
    pub(super) quote: Option<usize>,
    /// The beginning of the last quoted text that ended before the offset.
    pub(super) closed: Option<usize>,
}

impl Ahead {
    /// Looks through the text between two offsets; `brackets` are those open at the first.
    pub(super) fn look(text: &str, from: usize, to: usize, brackets: Vec<usize>) -> Ahead {
        let mut ahead = Ahead { brackets, ..Ahead::default() };
        let bytes = text.as_bytes();
        let mut at = from;
        while at < to {
            match bytes[at] {
                b'#' if at == 0 || bytes[at - 1].is_ascii_whitespace() => at = lines::end(text, at),
                b'"' | b'\'' if ahead.begins(text, at) => match close_quote(bytes, at) {
                    Some(end) if end < to => {
                        ahead.closed = Some(at);
                        at = end;
                    }
                    _ => {
                        ahead.quote = Some(at);
                        return ahead;
                    }
                },
                b'[' | b'{' if !ahead.brackets.is_empty() || ahead.begins(text, at) => ahead.brackets.push(at),
                b']' | b'}' => {
                    ahead.brackets.pop();
                }
                _ => {}
            }
            at += 1;
        }
        ahead
    }

    /// Whether a value can begin here: in the middle of unquoted words a quotation mark means nothing, and outside of
    /// brackets an opening bracket neither.
    fn begins(&self, text: &str, at: usize) -> bool {
        let before = &text[..at];
        let gap = before.trim_end_matches([' ', '\t']);
        let spaced = gap.len() < before.len();
        match gap.as_bytes().last() {
            None | Some(b'\n') => true,
            Some(b':' | b'-' | b'?') if spaced => true,
            Some(b'[' | b'{' | b',' | b':') => !self.brackets.is_empty(),
            _ => false,
        }
    }
}

/// Where the bracket that opens at an offset is closed, rightly or wrongly.
pub(super) fn closer(text: &str, open: usize) -> Option<usize> {
    let mut ahead = Ahead { brackets: vec![open], ..Ahead::default() };
    let bytes = text.as_bytes();
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'#' if bytes[at - 1].is_ascii_whitespace() => at = lines::end(text, at),
            b'"' | b'\'' if ahead.begins(text, at) => at = close_quote(bytes, at)?,
            b'[' | b'{' => ahead.brackets.push(at),
            b']' | b'}' => {
                ahead.brackets.pop();
                if ahead.brackets.is_empty() {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where a quoted text ends that begins at an offset: the offset of its closing mark.
fn close_quote(bytes: &[u8], start: usize) -> Option<usize> {
    let sign = bytes[start];
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if sign == b'"' => at += 1,
            b if b == sign && sign == b'\'' && bytes.get(at + 1) == Some(&sign) => at += 1,
            b if b == sign => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}
