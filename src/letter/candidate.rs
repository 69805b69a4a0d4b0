//! Where amounts may begin. Prose is never tokenised by a grammar: the words of a reading tell where a number, month, level
//! or page word stands, and only the kinds of amounts that may begin there are tried.

mod unit;

use super::amount::{Amount, MONTHS, Try, Value, parse_at};
use super::reading::Reading;
use crate::lexicon::{Word, number_word};
use unit::Units;

/// All amounts of a reading in order; none overlaps another.
pub fn amounts(reading: &Reading) -> Vec<Amount> {
    amounts_where(reading, |_| true)
}

/// The pages that a reading names.
pub fn pages(reading: &Reading) -> Vec<Amount> {
    amounts_where(reading, |first| first.eq_ignore_ascii_case(&b'p'))
}

/// The amounts that begin with certain bytes.
fn amounts_where(reading: &Reading, wanted: impl Fn(&u8) -> bool) -> Vec<Amount> {
    let text = reading.text();
    let mut found: Vec<Amount> = Vec::new();
    let mut after = 0;
    let mut units = Units::of(reading);
    for (n, word) in reading.words.iter().enumerate() {
        let mut start = word.start as usize;
        if start < after || !wanted(&text.as_bytes()[start]) {
            continue;
        }
        if !may_lead(text.as_bytes(), word) {
            continue;
        }
        let Some(begins) = begins(text, word, reading.words.get(n + 1)).filter(|_| !is_half(text, start)) else {
            continue;
        };
        // "#90": the mark belongs to the number
        let bytes = text.as_bytes();
        let mark = start - bytes[after..start].iter().rev().take_while(|b| **b == b' ').count();
        if mark > after && bytes[mark - 1] == b'#' {
            start = mark - 1;
        } else if start > after
            && bytes[start - 1] == b'.'
            && bytes[start].is_ascii_digit()
            && (start < 2 || !bytes[start - 2].is_ascii_alphanumeric())
        {
            // ".5 mg"
            start -= 1;
        }
        let tried = match begins {
            _ if bytes[start] == b'#' => Try::Hash,
            Try::Figure => figure(&bytes[start..], || units.follow(n)),
            Try::Word if !units.follow(n) => Try::BareWord,
            // without a unit these are none
            Try::Often | Try::Duration | Try::Refills if !units.follow(n) => continue,
            Try::Duration if is_rate(reading, n) => continue,
            other => other,
        };
        if let Some(amount) = parse_at(text, start, tried).filter(|a| !is_part(text, a)) {
            after = amount.bytes.end;
            found.push(amount);
        }
    }
    found
}

/// Whether half of the number at a place is meant: "half a dozen".
fn is_half(text: &str, start: usize) -> bool {
    text.as_bytes()[start] | 0x20 == b'd' && text[..start].ends_with("alf a ")
}

/// Whether "a week" behind a count tells how often: "four nights a week", "one night a week".
fn is_rate(reading: &Reading, article: usize) -> bool {
    let Some(noun) = article.checked_sub(1).filter(|w| *w > 0) else { return false };
    let count = reading.word(noun - 1);
    let is_one = count == "1" || count.eq_ignore_ascii_case("one");
    let is_count = count.bytes().all(|b| b.is_ascii_digit()) || number_word(count.as_bytes()).is_some();
    let text = &reading.text()[reading.words[noun - 1].end as usize..reading.words[article].start as usize];
    is_count && (is_one || text.trim_end().ends_with('s')) && !text.contains([',', '.', ';', ':', '('])
}

/// Whether an amount is only some of others: "6 of the visits", unless it is "all 6 of the visits".
fn is_part(text: &str, amount: &Amount) -> bool {
    let all = || text[..amount.bytes.start].trim_end().to_ascii_lowercase().ends_with("all");
    matches!(amount.value, Value::Tally { .. }) && text[amount.bytes.clone()].contains(" of ") && !all()
}

/// What a figure may be, by what stands behind it.
fn figure(bytes: &[u8], unit_follows: impl FnOnce() -> bool) -> Try {
    let inside = |n: &usize| match bytes[*n] {
        b'.' | b',' => bytes.get(n + 1).is_some_and(u8::is_ascii_digit),
        b => b.is_ascii_digit(),
    };
    let end = (0..bytes.len()).find(|n| !inside(n)).unwrap_or(bytes.len());
    let behind = &bytes[end..];
    match behind {
        [] | [b'.' | b',' | b';' | b':' | b')' | b']' | b'?', ..] => Try::Number,
        [b'/', b'0'..=b'9', ..] => Try::Stroke,
        [b'-', b, ..] if b.is_ascii_alphabetic() => Try::Dash,
        _ => {
            let word = behind.strip_prefix(b" ").unwrap_or(behind);
            let drug = |unit: &&[u8]| word.len() >= unit.len() && word[..unit.len()].eq_ignore_ascii_case(unit);
            if [&b"mg"[..], b"mcg", b"ml", b"%"].iter().any(drug) {
                Try::Drug
            } else if unit_follows() {
                before_word(behind)
            } else if behind[0] == b' ' && !goes_on(word) {
                Try::Number
            } else {
                Try::BareFigure
            }
        }
    }
}

/// What a figure, or two with a dash, may be by the word behind it, where a unit follows somewhere.
fn before_word(behind: &[u8]) -> Try {
    let digits = |bytes: &[u8]| bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let last = match behind {
        // "2-3 times" is no date
        [b'-', rest @ ..] if matches!(digits(rest), 1 | 2) => &rest[digits(rest)..],
        _ if may_be_date(behind) => return Try::Figure,
        _ => behind,
    };
    let [b' ', word @ ..] = last else { return if last.len() < behind.len() { Try::Figure } else { Try::Undated } };
    let begins = |known: &[&str]| known.iter().any(|k| begins_with(word, k));
    if !word.first().is_some_and(u8::is_ascii_alphabetic) {
        return if last.len() < behind.len() { Try::Figure } else { Try::Undated };
    }
    // a second number, or words that lead to a period: "times a week", "visits per week", "x 6"
    const LEADS: [&str; 17] = [
        "a ",
        "a-",
        "daily",
        "days",
        "each",
        "every",
        "in a",
        "monthly",
        "or ",
        "per ",
        "session",
        "time",
        "to ",
        "treatment",
        "visit",
        "weekly",
        "x",
    ];
    const TIMES: [&str; 11] =
        ["calendar", "consecutive", "day", "full", "hour", "hr", "mo", "week", "wk", "year", "more"];
    const DRUG: [&str; 15] =
        ["cc", "g", "iu", "kg", "mc", "me", "mg", "mi", "ml", "mm", "ounce", "oz", "percent", "refill", "unit"];
    let (time, drug) = match word.get(..11).filter(|w| w.eq_ignore_ascii_case(b"additional ")) {
        Some(_) => (TIMES.iter().any(|k| begins_with(&word[11..], k)), begins_with(&word[11..], "refill")),
        None => (begins(&TIMES), begins(&DRUG)),
    };
    match (begins(&LEADS), time, drug) {
        (true, ..) | (_, true, true) => Try::Undated,
        (_, true, _) => Try::Timed,
        (.., true) => Try::Drug,
        _ => Try::Counted,
    }
}

/// Whether letters begin in some way, in any case.
fn begins_with(word: &[u8], known: &str) -> bool {
    word.get(..known.len()).is_some_and(|w| w.eq_ignore_ascii_case(known.as_bytes()))
}

/// Whether a word is the name of a month, whole or cut short.
fn is_month(word: &[u8]) -> bool {
    let is = |name: &str| name.as_bytes().eq_ignore_ascii_case(word);
    MONTHS.iter().any(|m| is(m) || is(&m[..3])) || is("sept")
}

/// Whether a figure with this behind it may be the first of a date: "10-22-16", "13 October 2016", "13th October 2016".
fn may_be_date(behind: &[u8]) -> bool {
    let (word, known) = match behind.strip_prefix(b" ") {
        Some(word) => (word, MONTHS.iter().any(|m| begins_with(word, &m[..3]))),
        None => (behind, ["st", "nd", "rd", "th"].iter().any(|k| begins_with(behind, k))),
    };
    known || word.first().is_some_and(|b| !b.is_ascii_alphabetic())
}

/// Whether a figure and a blank may go on here without a unit: "10 to 20", "7 of 10", "12 May 2016", "2 x 6", "4 (four)".
fn goes_on(behind: &[u8]) -> bool {
    behind.first().is_some_and(|b| {
        !b.is_ascii_alphabetic()
            || matches!(b | 0x20, b'j' | b'f' | b'm' | b'a' | b's' | b'o' | b'n' | b'd' | b't' | b'x')
    })
}

/// What may begin with this word, as far as it tells. Words that are mostly something else ("may", "a", "no") are looked at
/// with the word behind them, since trying the grammar costs more than the look.
fn begins(text: &str, word: &Word, next: Option<&Word>) -> Option<Try> {
    let bytes = &text.as_bytes()[word.start as usize..word.end as usize];
    let first = bytes[0] | 0x20;
    if bytes[0].is_ascii_digit() {
        return Some(Try::Figure);
    }
    if number_word(bytes).is_some_and(|n| n > 0) {
        return Some(Try::Word);
    }
    // most words begin with no letters of these, or are too long
    if bytes.len() > 9 || !bytes.get(1).is_none_or(|second| may_begin(first, second | 0x20)) {
        return None;
    }
    let behind = next.map_or(&[][..], |n| &text.as_bytes()[n.start as usize..n.end as usize]);
    let number_behind = || behind.first().is_some_and(u8::is_ascii_digit);
    let is = |known: &[&str]| known.iter().any(|k| k.as_bytes().eq_ignore_ascii_case(bytes));
    let starts = |known: &[&str]| {
        known.iter().any(|k| behind.len() >= k.len() && behind[..k.len()].eq_ignore_ascii_case(k.as_bytes()))
    };
    let counted = || number_behind() || number_word(behind).is_some();
    let found = match first {
        b'c' | b't' | b'l' | b's' if bytes.len() <= 4 && bytes.get(1).is_some_and(u8::is_ascii_digit) => Try::Level,
        b'x' if bytes.len() <= 4 && bytes.get(1).is_some_and(u8::is_ascii_digit) => Try::Times,
        b'x' if bytes.len() == 1 && counted() => Try::Times,
        b'a' if bytes.len() <= 2
            && is(&["a", "an"])
            && starts(&["week", "month", "year", "day", "hour", "full", "more", "decade"]) =>
        {
            Try::Duration
        }
        b'j' | b'f' | b'm' | b'a' | b's' | b'o' | b'n' | b'd'
            if (number_behind() || starts(&["of"])) && is_month(bytes) =>
        {
            Try::Date
        }
        b'n' | b'w' | b'z' if starts(&["refill", "any"]) && is(&["no", "without", "zero"]) => Try::Refills,
        b'o' | b't' if is(&["once", "twice", "thrice"]) => Try::Often,
        b't' if is(&["times"]) && counted() => Try::Times,
        b'p' if is(&["past"]) && starts(&["year", "decade"]) => Try::Duration,
        b'p' if is(&["page", "pages", "pg", "pgs", "pp"]) || bytes.len() == 1 && number_behind() => Try::Pages,
        b'q' if is(&["qty", "quantity"]) => Try::Hash,
        b'r' if is(&["refill", "refills"]) => Try::Refills,
        b'c' if is(&["count"]) && number_behind() => Try::Hash,
        _ => return None,
    };
    Some(found)
}

/// Whether a word may begin an amount by its first two letters: a look that nearly all words end at.
#[inline]
fn may_lead(text: &[u8], word: &Word) -> bool {
    /// For each first letter the second ones, by their lowest five bits.
    const SECOND: [u32; 32] = {
        let (mut table, mut first) = ([0; 32], b'a');
        while first <= b'z' {
            let mut second = b'0';
            while second <= b'z' {
                let number = matches!(
                    (first, second),
                    (b'o', b'n')
                        | (b't', b'w' | b'h' | b'e')
                        | (b'f', b'o' | b'i')
                        | (b's', b'i' | b'e')
                        | (b'e', b'i' | b'l')
                        | (b'n', b'i')
                        | (b'z', b'e')
                        | (b'd', b'o')
                );
                if number || may_begin(first, second) {
                    table[first as usize & 31] |= 1 << (second & 31);
                }
                second += 1;
            }
            first += 1;
        }
        table
    };
    let first = text[word.start as usize];
    let second = || text[word.start as usize + 1];
    first.is_ascii_digit() || word.end - word.start == 1 || SECOND[first as usize & 31] & 1 << (second() & 31) != 0
}

/// Whether a word of these first two letters may be one of those below, or a level.
const fn may_begin(first: u8, second: u8) -> bool {
    match first {
        b'a' => matches!(second, b'n' | b'p' | b'u'),
        b'c' => second == b'o' || second.is_ascii_digit(),
        b'd' | b's' | b'r' | b'z' => second == b'e' || second.is_ascii_digit(),
        b'f' => second == b'e',
        b'j' => matches!(second, b'a' | b'u'),
        b'l' | b'x' => second.is_ascii_digit(),
        b'm' => second == b'a',
        b'n' => second == b'o',
        b'o' => matches!(second, b'c' | b'n'),
        b'p' => matches!(second, b'a' | b'g' | b'p'),
        b'q' => matches!(second, b't' | b'u'),
        b't' => matches!(second, b'w' | b'h' | b'i') || second.is_ascii_digit(),
        b'w' => second == b'i',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_behind_a_figure_could_not_stand_there() {
        let words = [
            "times",
            "x",
            "visits",
            "sessions",
            "days",
            "day",
            "weeks",
            "weekly",
            "months",
            "years",
            "hours",
            "mo",
            "wk",
            "per week",
            "a week",
            "a-week",
            "each week",
            "every day",
            "in a week",
            "daily",
            "to 4",
            "or 4",
            "mg",
            "mcg",
            "grams",
            "g",
            "oz",
            "units",
            "percent",
            "refills",
            "additional refills",
            "additional weeks",
            "additional visits",
            "more weeks",
            "full days",
            "tablets",
            "capsules",
            "of 10",
            "out of 10",
            "physical therapy visits",
            "pain and",
            "level",
            "and",
            "milk",
            "gym",
        ];
        let behind = [
            "",
            " per week for 6 weeks",
            " a week",
            " 8 weeks",
            " tablets",
            " mg",
            " of therapy",
            "-old",
            " old",
            " for 3 months",
        ];
        for first in [" ", "-3 ", "-12 ", "-120 ", " - 3 ", "-3-16 "] {
            for text in words.iter().flat_map(|w| behind.iter().map(move |b| format!("2{first}{w}{b}"))) {
                let tried = figure(text.as_bytes(), || true);
                let all = parse_at(&text, 0, Try::Figure);
                assert_eq!(parse_at(&text, 0, tried), all, "{tried:?} {text:?}");
            }
        }
    }
}
