//! Runs `grammar/measure.pest` where an amount may begin: amounts, dates, levels and pages with their places.

use crate::lexicon::number_word;
use crate::measure::{Date, Quantity, Unit};
use crate::source::cut_before;
use pest::Parser;
use pest::iterators::Pair;
use std::ops::Range;

/// pest's own rule names, kept out of sight of the rest of the crate.
mod grammar {
    #![allow(missing_docs)]
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/measure.pest"]
    pub struct Measure;
}

mod date;
mod level;
mod short;

pub(super) use date::MONTHS;
use date::date;
pub use date::month_number;
use grammar::{Measure, Rule};
pub use level::Level;
use level::levels;

/// An amount as it stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Bytes of the reading text.
    pub bytes: Range<usize>,
    /// What it says.
    pub value: Value,
}

/// What an amount says.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A day.
    Date(Date),
    /// A month of a year, as its first day.
    Month(Date),
    /// A length of time.
    Duration(Quantity),
    /// So many times in a period ("2 times a week").
    Frequency(Frequency),
    /// A frequency over a time ("2 times a week for 6 weeks"). `sure` is false for "2x6", which means that only of a
    /// therapy.
    Course {
        /// How often.
        frequency: Frequency,
        /// How long.
        time: Quantity,
        /// Whether the words leave no doubt.
        sure: bool,
    },
    /// A strength as written, blanks folded, its parts as numbers and its unit in lower case.
    Strength {
        /// The numbers in order ("10/325 mg" has two).
        parts: Vec<f64>,
        /// "mg", "%", "mg/ml".
        unit: String,
    },
    /// Refills of a prescription.
    Refills(u32),
    /// A number of things that are named: sessions, tablets, boxes.
    Tally {
        /// How many.
        number: Quantity,
        /// The word for the things, lower case.
        of: String,
    },
    /// A number behind "#" or "QTY", with a unit of volume or weight if one follows.
    Count {
        /// How many.
        number: Quantity,
        /// "gm", "ml".
        unit: Option<String>,
    },
    /// A number behind "x" or "times".
    Times(Quantity),
    /// A score or share ("7/10").
    Ratio(f64, f64),
    /// Spinal levels, one a disc or vertebra: "L4-5" is one, "L3-4-5" are two.
    Levels(Vec<Level>),
    /// Pages: first and last of each range.
    Pages(Vec<(u32, u32)>),
    /// A number of nothing that is known here.
    Number(Quantity),
}

impl Amount {
    /// The days of a length of time, least and most; none of anything else.
    pub fn days(&self) -> Option<(f64, f64)> {
        match self.value {
            Value::Duration(q) if q.unit.is_time() => q.in_unit_of(Quantity::new(1.0, Unit::Days)),
            _ => None,
        }
    }
}

/// How often in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frequency {
    /// How many times, least and most.
    pub times: (f64, f64),
    /// The length of the period.
    pub period: Unit,
}

/// Which amounts are tried at a place: the rules of the grammar of the same names.
#[derive(Clone, Copy, Debug)]
pub(super) enum Try {
    /// Those that begin with a figure.
    Figure,
    /// A figure that begins no date.
    Undated,
    /// A figure, a stroke and another figure: "10/22/2016".
    Stroke,
    /// A figure, a dash and a letter: "34-year-old".
    Dash,
    /// A figure before the unit of a drug.
    Drug,
    /// A figure before a unit of time.
    Timed,
    /// A figure before a word that can only name what is counted.
    Counted,
    /// A figure where no word for a unit follows.
    BareFigure,
    /// A figure that nothing belongs to.
    Number,
    /// A number in letters.
    Word,
    /// A number in letters where no word for a unit follows.
    BareWord,
    /// A month.
    Date,
    /// A spinal level.
    Level,
    /// "once", "twice".
    Often,
    /// "a week".
    Duration,
    /// "no refills", "refills: 2".
    Refills,
    /// "#90", "quantity of 90".
    Hash,
    /// "x 12".
    Times,
    /// Pages.
    Pages,
}

/// No amount is longer, in bytes: the parser's account of a failure holds a copy of what is tried.
const AMOUNT_BYTES: usize = 400;

/// The amount that begins at a byte.
pub(super) fn parse_at(text: &str, start: usize, tried: Try) -> Option<Amount> {
    short::read(text, start, tried).or_else(|| by_grammar(text, start, tried))
}

/// The same by the grammar alone.
fn by_grammar(text: &str, start: usize, tried: Try) -> Option<Amount> {
    let rule = match tried {
        Try::Figure => Rule::figure_amount,
        Try::Undated => Rule::undated_figure,
        Try::Stroke => Rule::stroke_figure,
        Try::Dash => Rule::dash_figure,
        Try::Drug => Rule::drug_figure,
        Try::Timed => Rule::timed_figure,
        Try::Counted => Rule::counted_figure,
        Try::BareFigure => Rule::bare_figure,
        Try::Number => Rule::number_amount,
        Try::Word => Rule::word_amount,
        Try::BareWord => Rule::bare_word,
        Try::Date => Rule::date_amount,
        Try::Level => Rule::level_amount,
        Try::Often => Rule::often_amount,
        Try::Duration => Rule::duration_amount,
        Try::Refills => Rule::refill_amount,
        Try::Hash => Rule::hash_amount,
        Try::Times => Rule::times_amount,
        Try::Pages => Rule::page_amount,
    };
    let pair = Measure::parse(rule, &text[start..cut_before(text, start + AMOUNT_BYTES)]).ok()?.next()?;
    let end = start + pair.as_span().end();
    let inner = pair.into_inner().next()?;
    let value = read(inner)?;
    Some(Amount { bytes: start..end, value })
}

fn read(pair: Pair<'_, Rule>) -> Option<Value> {
    Some(match pair.as_rule() {
        Rule::date => return date(pair.into_inner().next()?),
        Rule::level => Value::Levels(levels(pair)),
        Rule::pages => {
            let ranges = pair.into_inner().filter(|p| p.as_rule() == Rule::page_range);
            Value::Pages(ranges.filter_map(page_range).collect())
        }
        Rule::course | Rule::bare_course => course(pair)?,
        Rule::frequency => Value::Frequency(frequency(pair.into_inner().next()?)?),
        Rule::duration => Value::Duration(duration(pair)?),
        Rule::strength => strength(pair)?,
        Rule::refills => {
            let value = pair.into_inner().find(|p| p.as_rule() == Rule::value);
            Value::Refills(value.map_or(Some(0), |v| number(v).map(|n| n as u32))?)
        }
        Rule::tally => {
            let mut inner = pair.into_inner();
            let (least, most) = range(inner.next()?)?;
            let word = inner.find(|p| p.as_rule() == Rule::tally_word)?;
            let of = word.as_str().to_ascii_lowercase();
            let unit = Unit::from_word(&of).unwrap_or(Unit::One);
            Value::Tally { number: Quantity { least, most, unit }, of }
        }
        Rule::hash => {
            let mut inner = pair.into_inner();
            let (least, most) = range(inner.next()?)?;
            let unit = inner.next().map(|u| u.as_str().to_ascii_lowercase());
            Value::Count { number: Quantity { least, most, unit: Unit::One }, unit }
        }
        Rule::times => {
            let (least, most) = range(pair.into_inner().next()?)?;
            Value::Times(Quantity { least, most, unit: Unit::One })
        }
        Rule::ratio => {
            let numbers: Vec<f64> = pair.into_inner().filter_map(|p| decimal(p.as_str())).collect();
            Value::Ratio(*numbers.first()?, *numbers.last()?)
        }
        Rule::number_of => {
            let (least, most) = range(pair.into_inner().next()?)?;
            Value::Number(Quantity { least, most, unit: Unit::One })
        }
        _ => return None,
    })
}

fn page_range(pair: Pair<'_, Rule>) -> Option<(u32, u32)> {
    let mut numbers =
        pair.into_inner().filter(|p| p.as_rule() == Rule::page_number).filter_map(|p| p.as_str().parse().ok());
    let first = numbers.next()?;
    Some((first, numbers.next().unwrap_or(first)))
}

fn course(pair: Pair<'_, Rule>) -> Option<Value> {
    let mut inner = pair.into_inner();
    let first = inner.next()?;
    if first.as_rule() == Rule::plain_course {
        let numbers: Vec<f64> = first.into_inner().filter_map(number).collect();
        // a number with too many digits is none
        let [times, weeks] = numbers[..] else { return None };
        let frequency = Frequency { times: (times, times), period: Unit::Weeks };
        return Some(Value::Course { frequency, time: Quantity::new(weeks, Unit::Weeks), sure: false });
    }
    let frequency = frequency(first)?;
    let (least, most) = range(inner.next()?)?;
    let unit = time_unit(inner.next()?.as_str())?;
    Some(Value::Course { frequency, time: Quantity { least, most, unit }, sure: true })
}

fn frequency(pair: Pair<'_, Rule>) -> Option<Frequency> {
    let (mut times, mut period) = ((1.0, 1.0), Unit::Weeks);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::often => {
                let n = match part.as_str().as_bytes()[1].to_ascii_lowercase() {
                    b'n' => 1.0,
                    b'w' => 2.0,
                    _ => 3.0,
                };
                times = (n, n);
            }
            Rule::range => times = range(part)?,
            Rule::period | Rule::adverb_period => period = time_unit(part.as_str())?,
            _ => {}
        }
    }
    Some(Frequency { times, period })
}

fn time_unit(word: &str) -> Option<Unit> {
    let word = word.to_ascii_lowercase();
    if is_decade(&word) {
        return None;
    }
    [
        ("w", Unit::Weeks),
        ("a-w", Unit::Weeks),
        ("mo", Unit::Months),
        ("d", Unit::Days),
        ("y", Unit::Years),
        ("h", Unit::Hours),
    ]
    .iter()
    .find(|(start, _)| word.starts_with(start))
    .map(|(_, unit)| *unit)
}

/// Whether a word counts ten years.
fn is_decade(word: &str) -> bool {
    word.get(..6).is_some_and(|w| w.eq_ignore_ascii_case("decade"))
}

fn duration(pair: Pair<'_, Rule>) -> Option<Quantity> {
    let mut inner = pair.into_inner();
    let first = inner.next()?;
    let one = matches!(first.as_rule(), Rule::article | Rule::last_one);
    let (least, most) = if one { (1.0, 1.0) } else { range(first)? };
    let mut next = inner.next()?;
    // "two and a half years"
    let before = next.as_rule() == Rule::half;
    if before {
        next = inner.next()?;
    }
    let word = next.as_str();
    let (unit, times) = if is_decade(word) { (Unit::Years, 10.0) } else { (time_unit(word)?, 1.0) };
    let more = if before || inner.next().is_some() { 0.5 } else { 0.0 };
    Some(Quantity { least: (least + more) * times, most: (most + more) * times, unit })
}

fn strength(pair: Pair<'_, Rule>) -> Option<Value> {
    let (mut parts, mut unit) = (Vec::new(), String::new());
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::part => parts.push(decimal(part.as_str())?),
            Rule::percent => {
                parts.push(decimal(part.into_inner().next()?.as_str())?);
                unit = "%".to_string();
            }
            Rule::unit => unit.push_str(plain_unit(&part.as_str().to_ascii_lowercase())),
            Rule::per_volume => {
                let written: String = part.as_str().split_whitespace().collect();
                unit.push_str(&written.to_ascii_lowercase());
            }
            _ => {}
        }
    }
    (!parts.is_empty()).then_some(Value::Strength { parts, unit })
}

/// One spelling for a unit of weight or volume.
pub fn plain_unit(unit: &str) -> &str {
    match unit {
        "milligram" | "milligrams" | "mgs" => "mg",
        "microgram" | "micrograms" => "mcg",
        "gram" | "grams" | "gms" => "gm",
        "mls" => "ml",
        "ounce" | "ounces" => "oz",
        "unit" => "units",
        other => other,
    }
}

fn range(pair: Pair<'_, Rule>) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = pair.into_inner().filter_map(number).collect();
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    Some((first.min(last), last.max(first)))
}

/// The number of a value; "twelve (12)" says it twice and counts once.
fn number(pair: Pair<'_, Rule>) -> Option<f64> {
    let inner = pair.into_inner().next()?;
    if inner.as_rule() == Rule::word_number { word_number(inner.as_str()) } else { decimal(inner.as_str()) }
}

fn decimal(written: &str) -> Option<f64> {
    let plain: String = written.chars().filter(|c| *c != ',').collect();
    let plain = if plain.starts_with('.') { format!("0{plain}") } else { plain };
    // more digits than a letter could mean are no amount
    plain.parse().ok().filter(|n: &f64| *n < 1e9)
}

fn word_number(written: &str) -> Option<f64> {
    let one = |w: &str| number_word(w.as_bytes());
    let parts: Option<Vec<u32>> = written.split([' ', '-']).filter(|w| !w.is_empty()).map(one).collect();
    // "twenty-four", but "two dozen"
    let all = |p: Vec<u32>| if let [n, 12] = p[..] { n * 12 } else { p.iter().sum() };
    parts.map(all).map(f64::from)
}

#[cfg(test)]
mod tests;
