//! The commonest amounts, read without the grammar, which costs thousands of instructions a place: a figure behind which
//! nothing of it can follow. Tests hold each against the grammar; what is not surely one of these is left to that.

mod date;

use super::level::stretches;
use super::{Amount, Try, Value, time_unit};
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
            let from = 1 + usize::from(bytes.get(1) == Some(&b' '));
            let end = figure(bytes, from)?;
            (end, Value::Count { number: one(whole(bytes, from, end)?), unit: None })
        }
        Try::Drug => strength(bytes)?,
        Try::Pages => pages(bytes)?,
        Try::Figure => date::numeric(bytes)?,
        Try::BareFigure => date::numeric(bytes).or_else(|| {
            let end = bare(bytes)?;
            Some((end, Value::Number(one(whole(bytes, 0, end)?))))
        })?,
        Try::Stroke => date::numeric(bytes).or_else(|| ratio(bytes))?,
        Try::Date => date::written(bytes)?,
        Try::Timed => duration(bytes)?,
        Try::Level => levels(bytes)?,
        Try::Refills => no_refills(bytes)?,
        _ => return None,
    };
    Some(Amount { bytes: start..start + end, value })
}

/// How many figures stand from a byte on.
fn digits(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count()
}

/// The end of the figures from a byte on, if a mark or a word stands behind them that no amount goes on with.
fn figure(bytes: &[u8], from: usize) -> Option<usize> {
    let end = from + digits(bytes, from);
    (end > from && ends(&bytes[end..], b"tomgkcuia")).then_some(end)
}

/// The end of figures behind which a word stands that begins no month, no second number and no share.
fn bare(bytes: &[u8]) -> Option<usize> {
    let end = digits(bytes, 0);
    let [b' ', word @ ..] = &bytes[end..] else { return None };
    let month = word.get(..3).is_none_or(date::begins_month);
    (end > 0 && !month && ends(&bytes[end..], b"tox")).then_some(end)
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

/// "10", "0.5", and where it ends.
fn part(bytes: &[u8]) -> Option<(usize, f64)> {
    let whole_digits = digits(bytes, 0);
    let number = whole(bytes, 0, whole_digits).filter(|_| whole_digits > 0)?;
    let decimals = if bytes.get(whole_digits) == Some(&b'.') { digits(bytes, whole_digits + 1) } else { 0 };
    if decimals == 0 {
        return Some((whole_digits, number));
    }
    let end = whole_digits + 1 + decimals;
    Some((end, std::str::from_utf8(&bytes[..end]).ok()?.parse().ok()?))
}

/// "10 mg", "5%": figures and a unit behind which no other part follows.
fn strength(bytes: &[u8]) -> Option<(usize, Value)> {
    let (end, number) = part(bytes)?;
    let at = end + usize::from(bytes.get(end) == Some(&b' '));
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
        let (mut end, first) = page(bytes, at)?;
        let mut last = first;
        if let [b'-', next, ..] = bytes[end..]
            && next.is_ascii_digit()
        {
            (end, last) = page(bytes, end + 1)?;
        }
        ranges.push((first, last));
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

/// The number of a page, and where it ends.
fn page(bytes: &[u8], at: usize) -> Option<(usize, u32)> {
    let end = at + digits(bytes, at);
    (1..=4).contains(&(end - at)).then(|| Some((end, whole(bytes, at, end)? as u32)))?
}

/// "7/10": a score that is neither a strength nor the first half of more.
fn ratio(bytes: &[u8]) -> Option<(usize, Value)> {
    let stroke = digits(bytes, 0);
    bytes.get(stroke).filter(|b| **b == b'/')?;
    let end = stroke + 1 + digits(bytes, stroke + 1);
    let is_short = |figures: usize| (1..=2).contains(&figures);
    if !is_short(stroke) || !is_short(end - stroke - 1) || !ends(&bytes[end..], b"") {
        return None;
    }
    // units begin so: "10/5 mg", "5/325 units"
    const UNITS: [&[u8]; 14] =
        [b"cc", b"g", b"iu", b"kg", b"mc", b"me", b"mg", b"mi", b"ml", b"mm", b"ou", b"oz", b"pe", b"un"];
    let begins = |unit: &&[u8]| bytes.get(end + 1..end + 1 + unit.len()).is_some_and(|b| b.eq_ignore_ascii_case(unit));
    let value = Value::Ratio(whole(bytes, 0, stroke)?, whole(bytes, stroke + 1, end)?);
    (!UNITS.iter().any(begins)).then_some((end, value))
}

/// "6 weeks": figures, a blank and a unit of time behind which nothing of it follows.
fn duration(bytes: &[u8]) -> Option<(usize, Value)> {
    const UNITS: [&[u8]; 10] =
        [b"weeks", b"week", b"months", b"month", b"days", b"day", b"years", b"year", b"hours", b"hour"];
    let figures = digits(bytes, 0);
    let behind = bytes[figures..].strip_prefix(b" ")?;
    let letters = behind.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let unit = UNITS.iter().find(|u| behind[..letters].eq_ignore_ascii_case(u))?;
    let number = whole(bytes, 0, figures).filter(|_| figures > 0)?;
    // "6 years old", "a year and a half"
    let end = figures + 1 + letters;
    let unit = time_unit(std::str::from_utf8(unit).ok()?)?;
    ends(&bytes[end..], b"oa").then_some((end, Value::Duration(Quantity::new(number, unit))))
}

/// "L4", "L4-5", "L5-S1" behind which no other vertebra follows.
fn levels(bytes: &[u8]) -> Option<(usize, Value)> {
    let vertebra = |at: usize, region: Option<char>| {
        let named = bytes.get(at).copied().filter(u8::is_ascii_alphabetic);
        let from = at + usize::from(named.is_some());
        let end = from + digits(bytes, from.min(bytes.len()));
        let is_region = named.is_none_or(|b| b"ctls".contains(&b.to_ascii_lowercase()));
        let region = named.map(|b| b.to_ascii_uppercase() as char).or(region)?;
        let number = (1..=2).contains(&(end - from)).then(|| whole(bytes, from, end)).flatten()?;
        is_region.then_some((end, (region, number as u8)))
    };
    let (mut end, upper) = vertebra(0, None)?;
    let mut points = vec![upper];
    if bytes.get(end) == Some(&b'-') {
        let (behind, lower) = vertebra(end + 1, Some(upper.0))?;
        end = behind;
        points.push(lower);
    }
    // "L4 to L5", "L4 through S1", "L4 up to S1"
    ends(&bytes[end..], b"tu").then(|| (end, Value::Levels(stretches(&points))))
}

/// "no refills".
fn no_refills(bytes: &[u8]) -> Option<(usize, Value)> {
    const NONE: &[u8] = b"no refill";
    bytes.get(..NONE.len()).filter(|b| b.eq_ignore_ascii_case(NONE))?;
    let plural = bytes.get(NONE.len()).is_some_and(|b| b.eq_ignore_ascii_case(&b's'));
    Some((NONE.len() + usize::from(plural), Value::Refills(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::amount::by_grammar;

    #[test]
    fn what_is_read_here_is_what_the_grammar_reads() {
        let begins = ["", "#", "# ", "Page ", "pages: ", "Page(s): ", "page(s) "];
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

    /// How many texts made of three parts are read here, each as the grammar reads it.
    fn same_as_grammar(tried: &[Try], first: &[&str], middle: &[&str], last: &[&str]) -> usize {
        let mut read_here = 0;
        let begins = first.iter().flat_map(|a| middle.iter().map(move |b| format!("{a}{b}")));
        for text in begins.flat_map(|a| last.iter().map(move |b| format!("{a}{b}"))).filter(|t| !t.is_empty()) {
            for tried in tried {
                if let Some(here) = read(&text, 0, *tried) {
                    assert_eq!(Some(here), by_grammar(&text, 0, *tried), "{tried:?} {text:?}");
                    read_here += 1;
                }
            }
        }
        read_here
    }

    const BEHIND: [&str; 54] = [
        "",
        ".",
        ",",
        ";",
        ")",
        " ",
        ". Next",
        ".5",
        ". 5",
        ", 8",
        ", and 9",
        " to 9",
        " through S1",
        " up to S1",
        " or 9",
        " of 10",
        "-9",
        " - 9",
        "-S1",
        "/5",
        " / 5",
        " old",
        "-old",
        " and a half",
        " and 9",
        " old man",
        " mg",
        "mg",
        " units",
        " percent",
        " on a scale",
        " upper",
        " ounces",
        " grew",
        " per day",
        "a",
        "s",
        " the",
        " (five)",
        ": 4",
        "%",
        "\u{2013}9",
        " \u{2013} 9",
        ", L5-S1",
        " degrees",
        " and",
        " may",
        " May 2016",
        " x",
        " marked",
        " a",
        " decembe",
        " on a scale of 10",
        " found",
    ];

    #[test]
    fn days_scores_and_lengths_are_what_the_grammar_reads() {
        let figures = ["1", "7", "10", "12", "31", "99", "123", "0", "02/30"];
        let middle =
            ["/5", "/10", "/14", "/14/2016", "/31/16", "-8-16", "-08-2016", "/5/20161", "/2016", "-10", "/3-2016", ""];
        let tried = [Try::Figure, Try::BareFigure, Try::Stroke];
        assert!(same_as_grammar(&tried, &figures, &middle, &BEHIND) > 200);
        let months = ["May", "may", "October", "DECEMBER", "Oct", "Octobers", "of"];
        let days = [
            " 5, 2016",
            " 13 2016",
            " 31, 1999",
            " 31, 2099",
            " 2016",
            " 5 of 2016",
            " 5th, 2016",
            " 13, 20161",
            ". 5, 2016",
        ];
        assert!(same_as_grammar(&[Try::Date], &months, &days, &BEHIND) > 100);
        let lengths =
            [" weeks", " week", "weeks", " days", " Months", " mos", " hours", " year", " yearly", " more weeks", ""];
        assert!(same_as_grammar(&[Try::Timed], &figures, &lengths, &BEHIND) > 200);
    }

    #[test]
    fn levels_and_refills_are_what_the_grammar_reads() {
        let upper = ["L4", "l5", "C12", "T2", "S1", "L123", "X4", "L", "no", "No refill", "no  refill", "none"];
        let lower = ["", "-5", "-S1", "-l5", "-X1", "--5", "-5-6", "-", "s", " refills", " refill"];
        assert!(same_as_grammar(&[Try::Level, Try::Refills], &upper, &lower, &BEHIND) > 200);
    }
}
