//! Syntax errors of quotation marks and of what stands between them.

use super::lines;
use super::syntax::{Fault, Stopped};
use super::words::shown;
use crate::source::Span;

impl Stopped<'_> {
    /// A quotation mark that is never closed: the parser may tell only where it noticed.
    pub(super) fn quote(&self) -> Fault {
        let own = self.text[self.at..].starts_with(['"', '\'']).then_some(self.at);
        let before = || self.text[..self.at].rfind(['"', '\'']);
        self.quote_at(own.or(self.ahead.quote).or_else(before).unwrap_or(self.at))
    }

    fn quote_at(&self, at: usize) -> Fault {
        let place = lines::character(self.text, at);
        let sign = &self.text[place.range()];
        let help = format!("close it with {sign} on the same line; lines that go on with the text must be indented");
        Fault { open: true, ..self.value("yaml-quote", place, "this quotation mark is never closed", &help) }
    }

    pub(super) fn after_quote(&self, help: &str) -> Fault {
        let place = lines::word(self.text, self.at);
        // a text that ends on a later line was rather closed by the opening mark of another one
        if let Some(start) = self.ahead.closed
            && self.text[start..self.at].contains('\n')
        {
            return self.quote_at(start);
        }
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
