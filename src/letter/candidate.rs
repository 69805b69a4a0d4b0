//! Where amounts may begin. Prose is never tokenised by a grammar: the words of a reading tell where a number, month, level
//! or page word stands, and only the kinds of amounts that may begin there are tried.

use super::amount::{Amount, Try, parse_at};
use super::reading::Reading;
use crate::lexicon::{Gap, Word, number_word};

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
    let mut units = Units { reading, from: 0, next: None };
    for (n, word) in reading.words.iter().enumerate() {
        let mut start = word.start as usize;
        if start < after || !wanted(&text.as_bytes()[start]) || !may_begin(text, word, reading.words.get(n + 1)) {
            continue;
        }
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
        let tried = match bytes[start].to_ascii_lowercase() {
            b'#' => Try::Hash,
            b'p' => Try::Pages,
            b'0'..=b'9' | b'.' if units.follow(n) => Try::Figure,
            b'0'..=b'9' | b'.' => Try::BareFigure,
            _ if units.follow(n) => Try::Word,
            _ => Try::BareWord,
        };
        if let Some(amount) = parse_at(text, start, tried) {
            after = amount.bytes.end;
            found.push(amount);
        }
    }
    found
}

/// Whether an amount may begin with this word. Words that are mostly something else ("may", "a", "no") are looked at
/// with the word behind them, since trying the grammar costs more than the look.
fn may_begin(text: &str, word: &Word, next: Option<&Word>) -> bool {
    let bytes = &text.as_bytes()[word.start as usize..word.end as usize];
    if bytes[0].is_ascii_digit() {
        return true;
    }
    let behind = next.map_or(&[][..], |n| &text.as_bytes()[n.start as usize..n.end as usize]);
    let number_behind = behind.first().is_some_and(u8::is_ascii_digit);
    let is = |known: &[&str]| known.iter().any(|k| k.as_bytes().eq_ignore_ascii_case(bytes));
    let starts = |known: &[&str]| {
        known.iter().any(|k| behind.len() >= k.len() && behind[..k.len()].eq_ignore_ascii_case(k.as_bytes()))
    };
    match bytes[0].to_ascii_lowercase() {
        // a level, "x2"
        b'c' | b't' | b'l' | b's' | b'x' if bytes.len() <= 4 && bytes.get(1).is_some_and(u8::is_ascii_digit) => true,
        b'x' if bytes.len() == 1 => number_behind || number_word(behind).is_some(),
        b'a' if bytes.len() <= 2 => {
            is(&["a", "an"]) && starts(&["week", "month", "year", "day", "hour", "full", "more"])
        }
        b'j' | b'f' | b'm' | b'a' | b's' | b'o' | b'n' | b'd' if is(&MONTHS) => number_behind || starts(&["of"]),
        b'n' | b'w' | b'z' if is(&["no", "without", "zero"]) => starts(&["refill", "any"]),
        b'o' | b't' if is(&["once", "twice", "thrice"]) => true,
        b'p' => is(&["page", "pages", "pg", "pgs", "pp"]) || bytes.len() == 1 && number_behind,
        b'q' | b'r' => is(&["qty", "quantity", "refill", "refills"]),
        b't' if is(&["times"]) => number_behind || number_word(behind).is_some(),
        b'c' if is(&["count"]) => number_behind,
        _ => number_word(bytes).is_some(),
    }
}

const MONTHS: [&str; 24] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

/// Where words for a unit stand: without one near by most kinds of amounts need not be tried.
struct Units<'a> {
    reading: &'a Reading,
    /// All words before this one were looked at.
    from: usize,
    /// The first unit from the word last asked for.
    next: Option<usize>,
}

/// No amount is longer, in words.
const LONGEST: usize = 40;

impl Units<'_> {
    /// Whether a unit stands in a word or behind it in the same clause, as near as an amount may reach.
    fn follow(&mut self, word: usize) -> bool {
        if self.next.is_none_or(|n| n < word) {
            let words = self.from.max(word)..self.reading.words.len();
            self.next = words.clone().find(|n| self.is_unit(*n));
            self.from = self.next.map_or(words.end, |n| n + 1);
        }
        let hard = |n: &usize| self.reading.words[*n].gap == Gap::Hard;
        self.next.is_some_and(|n| n - word < LONGEST && !(word + 1..=n).any(|w| hard(&w)))
    }

    /// Whether a word is, or ends in, the word for a unit, or a percent sign stands behind it.
    fn is_unit(&self, word: usize) -> bool {
        let bytes = self.reading.text().as_bytes();
        let place = &self.reading.words[word];
        let (start, end) = (place.start as usize, place.end as usize);
        let letters = bytes[start..end].iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
        bytes[end..].iter().take(2).any(|b| *b == b'%') || letters > 0 && is_unit(&bytes[end - letters..end])
    }
}

/// Whether letters begin like a word with which `measure.pest` ends an amount.
fn is_unit(word: &[u8]) -> bool {
    let begins = |unit: &&str| word.len() >= unit.len() && word[..unit.len()].eq_ignore_ascii_case(unit.as_bytes());
    let of = match word[0].to_ascii_lowercase() {
        b'b' => &["box", "bottle"][..],
        b'c' => &["cc", "cap", "count"],
        b'd' => &["day", "dai"],
        b'f' => &["film"],
        b'g' if word.len() == 1 => return true,
        b'g' => &["gm", "gram"],
        b'h' => &["hour", "hr"],
        b'i' => &["iu", "inj"],
        b'k' => &["kg"],
        b'l' => &["level", "loz"],
        b'm' => &["mg", "mc", "mic", "mil", "ml", "mo", "meq", "mmol"],
        b'o' => &["oz", "ounce"],
        b'p' => &["pill", "patch", "packet", "pair", "percent"],
        b'r' => &["refill"],
        b's' => &["session", "supp"],
        b't' => &["tab", "tube", "treatment"],
        b'u' => &["unit"],
        b'v' => &["visit", "vial"],
        b'w' => &["week", "wk"],
        b'y' => &["year"],
        _ => &[],
    };
    of.iter().any(begins)
}
