//! What may happen to a letter on its way: random mishaps, and other line breaks.

use imrlint::letter::Letter;
use imrlint::source::{Passage, Span};
use proptest::prelude::*;
use proptest::sample::Index;

/// One mishap; places are told as shares of the text, so that a case can be shrunk.
#[derive(Clone, Debug)]
pub enum Damage {
    Cut(Index),
    Behead(Index),
    DropLine(Index),
    DoubleLine(Index),
    MoveLine(Index, Index),
    BlankLine(Index),
    JoinLines(Index),
    Byte(Index, u8),
    DropByte(Index),
    Crlf,
}

/// Mishaps, those that letters meet more often the more often.
pub fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        1 => at().prop_map(Damage::Cut),
        1 => at().prop_map(Damage::Behead),
        4 => at().prop_map(Damage::DropLine),
        3 => at().prop_map(Damage::DoubleLine),
        4 => (at(), at()).prop_map(|(a, b)| Damage::MoveLine(a, b)),
        3 => at().prop_map(Damage::BlankLine),
        3 => at().prop_map(Damage::JoinLines),
        6 => (at(), any::<u8>()).prop_map(|(a, b)| Damage::Byte(a, b)),
        3 => at().prop_map(Damage::DropByte),
        1 => Just(Damage::Crlf),
    ]
}

/// A text with a mishap; broken UTF-8 becomes replacement characters, as in any editor.
pub fn damaged(text: String, damage: &Damage) -> String {
    if text.is_empty() {
        return text;
    }
    let mut lines: Vec<&[u8]> = text.as_bytes().split_inclusive(|b| *b == b'\n').collect();
    let mut bytes = text.as_bytes().to_vec();
    let by_line = match damage {
        Damage::DropLine(a) => {
            lines.remove(a.index(lines.len()));
            true
        }
        Damage::DoubleLine(a) => {
            let at = a.index(lines.len());
            lines.insert(at, lines[at]);
            true
        }
        Damage::MoveLine(a, b) => {
            let line = lines.remove(a.index(lines.len()));
            lines.insert(b.index(lines.len() + 1), line);
            true
        }
        Damage::BlankLine(a) => {
            lines.insert(a.index(lines.len()), b" \n");
            true
        }
        Damage::JoinLines(a) => {
            let at = a.index(lines.len());
            lines[at] = lines[at].trim_ascii_end();
            true
        }
        Damage::Cut(a) => {
            bytes.truncate(a.index(text.len()));
            false
        }
        Damage::Behead(a) => {
            bytes.drain(..a.index(text.len()));
            false
        }
        Damage::Byte(a, value) => {
            bytes[a.index(text.len())] = *value;
            false
        }
        Damage::DropByte(a) => {
            bytes.remove(a.index(text.len()));
            false
        }
        Damage::Crlf => return text.replace('\n', "\r\n"),
    };
    let bytes = if by_line { lines.concat() } else { bytes };
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A letter with the paragraphs of its summary and decisions wrapped at a width; headings and labels stay at line starts.
pub fn rewrapped(text: &str, letter: &Letter, width: usize) -> String {
    let mut parts: Vec<Span> = letter.outline.summary.into_iter().collect();
    for decision in &letter.outline.decisions {
        let heading = decision.request.zip(decision.outcome).map(|(r, o)| Span { start: r.start, end: o.span.end });
        let fields = [decision.administrator, decision.reviewer, decision.rationale].into_iter().flatten();
        let fields = fields.filter(|f| !f.body.is_empty());
        parts.extend(heading.into_iter().chain(fields.map(|f| Span { start: f.label.start, end: f.body.end })));
    }
    let mut out = String::new();
    let mut at = 0;
    for part in parts.iter().filter(|p| !p.is_empty()) {
        out.push_str(&text[at..part.start as usize]);
        out.push_str(&wrapped(&Passage::of(text, *part).text, width));
        at = part.end as usize;
    }
    out + &text[at..]
}

fn wrapped(paragraph: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in paragraph.split(' ') {
        // a line that ends in a hyphen would be joined with the next
        if column > 0 && column + word.len() >= width && !out.ends_with('-') {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
        }
        out.push_str(word);
        column += word.len() + 1;
    }
    out
}
