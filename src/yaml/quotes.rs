//! Syntax errors of quotation marks and of what stands between them.

use super::lines;
use super::syntax::{Fault, Stopped};
use super::words::shown;
use crate::source::Span;

impl Stopped<'_> {
    /// A quotation mark that is never closed: the parser may tell only where it noticed.
    pub(super) fn quote(&self) -> Fault {
        let at = self.open_quote().unwrap_or(self.at);
        let place = lines::character(self.text, at);
        let sign = &self.text[place.range()];
        let help = format!("close it with {sign} on the same line; lines that go on with the text must be indented");
        self.value("yaml-quote", place, "this quotation mark is never closed", &help)
    }

    /// The first quoted text behind the last event that is not over where the parser stopped.
    fn open_quote(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if matches!(bytes.get(self.at), Some(b'"' | b'\'')) {
            return Some(self.at);
        }
        let mut at = self.builder.last;
        while at < self.at {
            let b = bytes[at];
            let begins = at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'\t' | b'[' | b'{' | b',' | b':');
            if b == b'#' && begins {
                at = lines::end(self.text, at);
            } else if matches!(b, b'"' | b'\'') && begins {
                match close_quote(bytes, at) {
                    Some(end) if end < self.at => at = end,
                    _ => return Some(at),
                }
            }
            at += 1;
        }
        None
    }

    pub(super) fn after_quote(&self, help: &str) -> Fault {
        let place = lines::word(self.text, self.at);
        let message = format!("`{}` stands behind the closing quotation mark", shown(&self.text[place.range()]));
        self.value("yaml-quote", place, message, help)
    }

    /// A backslash that means nothing; the parser tells where the text begins.
    pub(super) fn escape(&self) -> Fault {
        let line = &self.text[self.at..lines::end(self.text, self.at)];
        let mut at = 1;
        let bytes = line.as_bytes();
        while at + 1 < bytes.len() && (bytes[at] != b'\\' || good_escape(&line[at + 1..])) {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        let from = self.at + at.min(line.len().saturating_sub(1));
        let length = 1 + self.text[from + 1..].chars().next().map_or(0, char::len_utf8);
        let place = Span::new(from, (from + length).min(self.text.len()));
        let message = format!("`{}` means nothing inside double quotes", shown(&self.text[place.range()]));
        self.value("yaml-quote", place, message, "use single quotes around text with backslashes")
    }
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

/// Whether what follows a backslash is an escape that YAML knows.
fn good_escape(rest: &str) -> bool {
    let digits = match rest.as_bytes().first() {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(b) => return b"0abt\tnvfre \"/\\N_LP".contains(b),
        None => return true,
    };
    let code = rest.get(1..=digits).and_then(|d| u32::from_str_radix(d, 16).ok());
    code.and_then(char::from_u32).is_some()
}
