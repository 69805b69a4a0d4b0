//! Words for units, with which most amounts end.

use crate::letter::reading::Reading;
use crate::lexicon::Gap;

/// Where words for a unit stand: without one near by most kinds of amounts need not be tried.
pub(super) struct Units<'a> {
    reading: &'a Reading,
    /// All words before this one were looked at.
    from: usize,
    /// The first unit from the word last asked for.
    next: Option<usize>,
}

/// No amount is longer, in words.
const LONGEST: usize = 40;

impl<'a> Units<'a> {
    pub(super) fn of(reading: &'a Reading) -> Units<'a> {
        Units { reading, from: 0, next: None }
    }

    /// Whether a unit stands in a word or behind it in the same clause, as near as an amount may reach.
    pub(super) fn follow(&mut self, word: usize) -> bool {
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
        b'd' => &["day", "dai", "decade"],
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
