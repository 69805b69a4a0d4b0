//! Text as HTML. A letter's words can become nothing else: what means something to HTML is written as a reference, and
//! what would be invisible, or would turn the writing around, is written out.

use super::super::clean;
use std::fmt::Write;

/// Text between tags or in a quoted attribute.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push(&mut out, c, |out, c| out.push(clean::printable(c)));
    }
    out
}

/// A letter's own words, between tags: hidden characters are named in a little box.
pub fn letter(out: &mut String, text: &str) {
    for c in text.chars() {
        push(out, c, |out, c| {
            // writing to a String cannot fail
            let _ = write!(out, "<b class=\"x\">U+{:04X}</b>", c as u32);
        });
    }
}

fn push(out: &mut String, c: char, hidden: impl Fn(&mut String, char)) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '\n' | '\t' => out.push(c),
        // white space of printers, common in texts taken out of a PDF
        '\r' | '\u{0C}' => out.push(' '),
        '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}' => hidden(out, c),
        _ if c.is_control() || clean::is_hidden(c) => hidden(out, c),
        _ => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_letter_is_markup_or_hidden() {
        let hostile = "</script><img src=x onerror='a'>&amp;\u{0}\u{202E}]]>\u{2028}\u{AD}";
        let mut out = String::new();
        letter(&mut out, hostile);
        assert_eq!(
            out,
            "&lt;/script&gt;&lt;img src=x onerror=&#39;a&#39;&gt;&amp;amp;<b class=\"x\">U+0000</b>\
             <b class=\"x\">U+202E</b>]]&gt;<b class=\"x\">U+2028</b><b class=\"x\">U+00AD</b>"
        );
        assert!(!text(hostile).contains(['<', '>', '"', '\'', '\u{0}', '\u{202E}', '\u{2028}']), "{}", text(hostile));
    }

    #[test]
    fn every_character_is_text() {
        for c in (0..=0x10FFFF).filter_map(char::from_u32) {
            let told = text(&c.to_string());
            assert!(!told.contains(['<', '>', '"', '\'', '\0']), "{c:?}");
        }
    }
}
