//! The commonest amounts, read without the grammar, which costs thousands of instructions a place: a figure behind which
//! nothing of it can follow. A test holds each against the grammar; what is not surely one of these is left to that.

use super::{Amount, Try, Value};
use crate::measure::{Quantity, Unit};

/// The amount that begins at a byte, if it is one of the commonest.
pub(super) fn read(text: &str, start: usize, tried: Try) -> Option<Amount> {
    let bytes = &text.as_bytes()[start..];
    let one = |least: f64| Quantity { least, most: least, unit: Unit::One };
    let (end, value) = match tried {
        Try::Number => {
            let end = figure(bytes, 0)?;
            (end, Value::Number(one(whole(bytes, 0, end)?)))
        }
        Try::Hash if bytes[0] == b'#' => {
            let end = figure(bytes, 1)?;
            (end, Value::Count { number: one(whole(bytes, 1, end)?), unit: None })
        }
        Try::Drug => strength(bytes)?,
        Try::Pages => pages(bytes)?,
        _ => return None,
    };
    Some(Amount { bytes: start..start + end, value })
}

/// The end of the figures from a byte on, if a mark or a word stands behind them that no amount goes on with.
fn figure(bytes: &[u8], from: usize) -> Option<usize> {
    let end = from + bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    (end > from && ends(&bytes[end..], b"tomgkcuia")).then_some(end)
}

/// Whether an amount ends here: the text does, or a mark follows without a figure behind it, or a word that begins with none of
/// some letters.
fn ends(behind: &[u8], leads: &[u8]) -> bool {
    match behind {
        [] => true,
        [b'.' | b',' | b';' | b':' | b')' | b']' | b'?'] => true,
        [b'.' | b',' | b';' | b':' | b')' | b']' | b'?', next, ..] => {
            *next == b' ' && behind.get(2).is_none_or(u8::is_ascii_alphabetic)
        }
        [b' ', next, ..] => next.is_ascii_alphabetic() && !leads.contains(&next.to_ascii_lowercase()),
        _ => false,
    }
}

/// Figures as a number; none if they are too long to be surely one.
fn whole(bytes: &[u8], from: usize, to: usize) -> Option<f64> {
    let digit = |sum: u32, b: &u8| sum * 10 + u32::from(b - b'0');
    (to - from <= 8).then(|| f64::from(bytes[from..to].iter().fold(0, digit)))
}

/// "10 mg", "5%": figures and a unit behind which no other part follows.
fn strength(bytes: &[u8]) -> Option<(usize, Value)> {
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let number = whole(bytes, 0, digits).filter(|_| digits > 0)?;
    let at = digits + usize::from(bytes.get(digits) == Some(&b' '));
    let is = |unit: &&&str| bytes.get(at..at + unit.len()).is_some_and(|b| b.eq_ignore_ascii_case(unit.as_bytes()));
    let unit = ["mg", "mcg", "ml", "%"].iter().find(is)?;
    let end = at + unit.len();
    // "10 mg #60", "10 mg, #60": only a stroke or a dash leads to another part
    let apart = |b: u8| b.is_ascii_punctuation() && !b"/-%".contains(&b);
    let alone = match bytes[end..] {
        [] => true,
        [b' ', next, ..] => next.is_ascii_alphanumeric() || apart(next),
        [next, ..] => apart(next),
    };
    alone.then(|| (end, Value::Strength { parts: vec![number], unit: unit.to_string() }))
}

/// "Page 46.", "Page(s): 46, 47", and where they end.
fn pages(bytes: &[u8]) -> Option<(usize, Value)> {
    let words = ["page(s)", "pages", "page"];
    let word = words.iter().find(|w| bytes.get(..w.len()).is_some_and(|b| b.eq_ignore_ascii_case(w.as_bytes())))?;
    let mut at = word.len();
    at += usize::from(bytes.get(at) == Some(&b':'));
    at += usize::from(bytes.get(at) == Some(&b' '));
    let mut ranges = Vec::new();
    loop {
        let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=4).contains(&(end - at)) {
            return None;
        }
        let number = whole(bytes, at, end)? as u32;
        ranges.push((number, number));
        match bytes[end..] {
            [b',', b' ', next, ..] if next.is_ascii_digit() => at = end + 2,
            // "page 46 of the MTUS"
            [b' ', b'o', b'f', b' ', next, ..] if next.is_ascii_alphabetic() => {
                return Some((end, Value::Pages(ranges)));
            }
            [b',' | b';', ..] => return None,
            _ => return ends(&bytes[end..], b"toa").then_some((end, Value::Pages(ranges))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::amount::by_grammar;

    #[test]
    fn what_is_read_here_is_what_the_grammar_reads() {
        let begins = ["", "#", "Page ", "pages: ", "Page(s): ", "page(s) "];
        let figures = ["7", "12", "120", "1200", "12345", "123456789", "0", "1,200", "2.5", ""];
        let units = ["", " ", "mg", " mg", "MG", " mcg", "ml", "%", " %", "mgs", " g"];
        let behind = [
            "",
            ".",
            ",",
            ";",
            ")",
            ". Next",
            ".5",
            ", 8",
            ", and 9",
            "; 9",
            " to 9",
            " through 9",
            " or 9",
            " of 10",
            "-9",
            " - 9",
            "/5",
            " / 5",
            " (five)",
            " and 9",
            " & 9",
            " no refills",
            " x 6",
            " tablets",
            " units",
            " cc",
            "\u{2013}9",
            " \u{2013} 9",
            " per day",
            "a",
            ":",
            ": 4",
            "]",
            "? 4",
            " of",
            " #60",
            ", #60",
            ",#60",
            " of the",
            " of 9",
            ", 8, 9.",
            ", 8-9",
            ", 12345",
            ", 8 and 9",
            ", 8 of the",
            "-5",
            "mg",
            " 5",
            " - 5 mg",
            " (ten)",
            " / ml",
            " /hr",
            " -5%",
            " out of 10",
            "+",
            "'s",
            " mg",
            " \u{e9}",
        ];
        let mut read_here = 0;
        for tried in [Try::Number, Try::Hash, Try::Drug, Try::Pages] {
            for text in begins.iter().flat_map(|a| figures.iter().map(move |b| format!("{a}{b}"))) {
                for text in
                    units.iter().flat_map(|c| behind.iter().map(move |d| (c, d))).map(|(c, d)| format!("{text}{c}{d}"))
                {
                    if text.is_empty() {
                        continue;
                    }
                    if let Some(here) = read(&text, 0, tried) {
                        assert_eq!(Some(here), by_grammar(&text, 0, tried), "{tried:?} {text:?}");
                        read_here += 1;
                    }
                }
            }
        }
        assert!(read_here > 500, "{read_here}");
    }
}
