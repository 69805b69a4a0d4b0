//! Letters come from strangers. What could steer a terminal (escape sequences, C1 controls, reversed writing) or hide
//! words (invisible characters) is replaced before text reaches one, character by character, so that columns hold.

use crate::diagnostic::visible;
use std::borrow::Cow;

/// What is printed for a character of a letter. Tabs stay; line ends are the caller's business.
pub fn printable(c: char) -> char {
    match c {
        '\t' => '\t',
        // line breaks have no business inside a line; a form feed begins most pages of a PDF
        '\u{2028}' | '\u{2029}' => ' ',
        _ if c.is_control() => visible(c),
        _ if is_hidden(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// Characters that steer or hide: C1 controls, soft hyphens, zero-width characters, direction marks, overrides and
/// isolates, byte-order marks, interlinear marks and tags.
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}')
}

/// Text as one printable line.
pub fn line(text: &str) -> Cow<'_, str> {
    clean(text, |c| if c == '\t' { ' ' } else { printable(c) })
}

/// Text as printable lines: as [`line()`], but line ends stay.
pub fn lines(text: &str) -> Cow<'_, str> {
    clean(text, |c| if c == '\n' { '\n' } else { printable(c) })
}

/// Whether a text is of printable ASCII alone, as nearly every line is: nothing in it is replaced.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~'))
}

fn clean(text: &str, replace: impl Fn(char) -> char) -> Cow<'_, str> {
    if is_plain(text) || text.chars().all(|c| replace(c) == c) {
        return Cow::Borrowed(text);
    }
    text.chars().map(replace).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_survives() {
        assert_eq!(line("a\u{1B}[31mb\u{9B}c\u{202E}d\u{0C}e\r\nf\tg"), "a␛[31mb\u{FFFD}c\u{FFFD}d e  f g");
        assert_eq!(lines("one\ntwo\r\nthree"), "one\ntwo \nthree");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(line("5 µg — naïve “quotes”, ≥ 50 %"), Cow::Borrowed(_)));
    }

    #[test]
    fn every_control_character_is_replaced_by_one_that_shows() {
        for c in (0..=0x10FFFF).filter_map(char::from_u32).filter(|c| c.is_control() && *c != '\t') {
            assert!(!printable(c).is_control(), "{c:?}");
        }
    }
}
