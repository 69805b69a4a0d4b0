//! Runs `grammar/measure.pest` wherever an amount may begin: amounts, dates, levels and pages with their places.
//!
//! Prose is never tokenised by the grammar. The words of a reading tell where a number, month, level or page word stands,
//! and one rule is tried right there.

use super::reading::Reading;
use crate::lexicon::Word;
use crate::measure::{Date, Quantity, Unit};
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

use grammar::{Measure, Rule};

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

/// How often in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frequency {
    /// How many times, least and most.
    pub times: (f64, f64),
    /// The length of the period.
    pub period: Unit,
}

/// A spinal level: a disc between two vertebrae, or one vertebra or root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level {
    /// Region and number of the upper vertebra ("L", 4).
    pub upper: (char, u8),
    /// Region and number of the lower one, for a disc.
    pub lower: Option<(char, u8)>,
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (region, number) = self.upper;
        write!(f, "{region}{number}")?;
        match self.lower {
            Some((r, n)) if r == region => write!(f, "-{n}"),
            Some((r, n)) => write!(f, "-{r}{n}"),
            None => Ok(()),
        }
    }
}

/// All amounts of a reading in order; none overlaps another.
pub fn amounts(reading: &Reading) -> Vec<Amount> {
    let text = reading.text();
    let mut found: Vec<Amount> = Vec::new();
    let mut after = 0;
    for (n, word) in reading.words.iter().enumerate() {
        let mut start = word.start as usize;
        if start < after || !may_begin(text, word, reading.words.get(n + 1)) {
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
        if let Some(amount) = parse_at(text, start) {
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
        b'x' if bytes.len() == 1 => number_behind || is_number_word(behind),
        b'a' if bytes.len() <= 2 => {
            is(&["a", "an"]) && starts(&["week", "month", "year", "day", "hour", "full", "more"])
        }
        b'j' | b'f' | b'm' | b'a' | b's' | b'o' | b'n' | b'd' if is(&MONTHS) => number_behind || starts(&["of"]),
        b'n' | b'w' | b'z' if is(&["no", "without", "zero"]) => starts(&["refill", "any"]),
        b'o' | b't' if is(&["once", "twice", "thrice"]) => true,
        b'p' => is(&["page", "pages", "pg", "pgs", "pp"]) || bytes.len() == 1 && number_behind,
        b'q' | b'r' => is(&["qty", "quantity", "refill", "refills"]),
        b't' if is(&["times"]) => number_behind || is_number_word(behind),
        b'c' if is(&["count"]) => number_behind,
        _ => is_number_word(bytes),
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

/// Whether a word is a number in letters, as the grammar knows them.
fn is_number_word(word: &[u8]) -> bool {
    (3..=9).contains(&word.len()) && NUMBER_WORDS.iter().any(|(known, _)| known.as_bytes().eq_ignore_ascii_case(word))
}

const NUMBER_WORDS: [(&str, u32); 26] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("ninety", 90),
    ("zero", 0),
];

/// The amount that begins at a byte.
fn parse_at(text: &str, start: usize) -> Option<Amount> {
    let pair = Measure::parse(Rule::amount, &text[start..]).ok()?.next()?;
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
        Rule::course => course(pair)?,
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

fn date(pair: Pair<'_, Rule>) -> Option<Value> {
    let (mut year, mut month, mut day) = (0, 0, None);
    let rule = pair.as_rule();
    for part in pair.into_inner() {
        let digits: String = part.as_str().chars().filter(char::is_ascii_digit).collect();
        match part.as_rule() {
            Rule::month_number => month = digits.parse().ok()?,
            Rule::month_name => month = month_number(part.as_str()),
            Rule::day_number | Rule::lost_day | Rule::written_day => day = Some(digits.parse().ok()?),
            Rule::year | Rule::long_year => year = digits.parse().ok()?,
            _ => {}
        }
    }
    match (rule, day) {
        (Rule::month_year, _) => Date::new(year, month, 1).map(Value::Month),
        (_, Some(day)) => Date::new(year, month, day).map(Value::Date),
        _ => None,
    }
}

fn month_number(name: &str) -> u32 {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.to_ascii_lowercase();
    MONTHS.iter().position(|m| name.starts_with(m)).map_or(0, |n| n as u32 + 1)
}

fn page_range(pair: Pair<'_, Rule>) -> Option<(u32, u32)> {
    let mut numbers =
        pair.into_inner().filter(|p| p.as_rule() == Rule::page_number).filter_map(|p| p.as_str().parse().ok());
    let first = numbers.next()?;
    Some((first, numbers.next().unwrap_or(first)))
}

/// "L3-4-5" are the discs L3-4 and L4-5; "L5" alone is a vertebra or root; "T2 to C3" is one stretch.
fn levels(pair: Pair<'_, Rule>) -> Vec<Level> {
    let mut points: Vec<(char, u8)> = Vec::new();
    for part in pair.into_inner() {
        let written = part.as_str();
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let Ok(number) = digits.parse() else { continue };
        let region = written.chars().next().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
        if let Some(region) = region.or(points.last().map(|p| p.0)) {
            points.push((region, number));
        }
    }
    match points[..] {
        [one] => vec![Level { upper: one, lower: None }],
        _ => points.windows(2).map(|w| Level { upper: w[0], lower: Some(w[1]) }).collect(),
    }
}

fn course(pair: Pair<'_, Rule>) -> Option<Value> {
    let mut inner = pair.into_inner();
    let first = inner.next()?;
    if first.as_rule() == Rule::plain_course {
        let numbers: Vec<f64> = first.into_inner().filter_map(number).collect();
        let frequency = Frequency { times: (numbers[0], numbers[0]), period: Unit::Weeks };
        return Some(Value::Course { frequency, time: Quantity::new(*numbers.get(1)?, Unit::Weeks), sure: false });
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

fn duration(pair: Pair<'_, Rule>) -> Option<Quantity> {
    let mut inner = pair.into_inner();
    let first = inner.next()?;
    let (least, most) = if first.as_rule() == Rule::article { (1.0, 1.0) } else { range(first)? };
    Some(Quantity { least, most, unit: time_unit(inner.next()?.as_str())? })
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
    let one = |w: &str| NUMBER_WORDS.iter().find(|(word, _)| w.eq_ignore_ascii_case(word)).map(|(_, n)| *n);
    let sum: Option<u32> = written.split([' ', '-']).filter(|w| !w.is_empty()).map(one).sum();
    sum.map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::source::Span;

    fn all(text: &str) -> Vec<String> {
        let reading = Reading::of(text, Span::new(0, text.len()), &Lexicon::default());
        amounts(&reading).into_iter().map(|a| format!("{}: {}", &reading.text()[a.bytes], show(&a.value))).collect()
    }

    fn show(value: &Value) -> String {
        match value {
            Value::Date(d) => d.to_string(),
            Value::Month(d) => format!("month {}", d.month()),
            Value::Duration(q) => q.to_string(),
            Value::Frequency(f) => format!("{:?} per {:?}", f.times, f.period),
            Value::Course { frequency, time, sure } => format!("{:?} for {time} {sure}", frequency.times),
            Value::Strength { parts, unit } => format!("{parts:?} {unit}"),
            Value::Refills(n) => format!("refills {n}"),
            Value::Tally { number, of } => format!("{number} of {of}"),
            Value::Count { number, unit } => format!("# {number} {unit:?}"),
            Value::Times(q) => format!("x {q}"),
            Value::Ratio(a, b) => format!("{a} in {b}"),
            Value::Levels(l) => l.iter().map(Level::to_string).collect::<Vec<_>>().join(" "),
            Value::Pages(p) => format!("pages {p:?}"),
            Value::Number(q) => format!("number {q}"),
        }
    }

    #[test]
    fn drugs() {
        assert_eq!(
            all("Norco 10/325mg, #120 with 11 refills"),
            ["10/325mg: [10.0, 325.0] mg", "#120: # 120 None", "11 refills: refills 11"]
        );
        assert_eq!(
            all("Lidopro 4%-27.5%-0.0325% 121gm #1"),
            ["4%-27.5%-0.0325%: [4.0, 27.5, 0.0325] %", "121gm: [121.0] gm", "#1: # 1 None"]
        );
        assert_eq!(
            all("suspension 25mg/ml 420 ml, no refills"),
            ["25mg/ml: [25.0] mg/ml", "420 ml: [420.0] ml", "no refills: refills 0"]
        );
        assert_eq!(all("hcl 1percent # 30 QTY: 2"), ["1percent: [1.0] %", "# 30: # 30 None", "QTY: 2: # 2 None"]);
        assert_eq!(all("one refill, refills: 3"), ["one refill: refills 1", "refills: 3: refills 3"]);
    }

    #[test]
    fn courses() {
        assert_eq!(all("2-3 times a week for 6 weeks"), ["2-3 times a week for 6 weeks: (2.0, 3.0) for 6 weeks true"]);
        assert_eq!(
            all("two times a week times three weeks"),
            ["two times a week times three weeks: (2.0, 2.0) for 3 weeks true"]
        );
        assert_eq!(all("twice weekly for 4 weeks"), ["twice weekly for 4 weeks: (2.0, 2.0) for 4 weeks true"]);
        assert_eq!(all("3x/week x 4 weeks"), ["3x/week x 4 weeks: (3.0, 3.0) for 4 weeks true"]);
        assert_eq!(all("PT 2x3"), ["2x3: (2.0, 2.0) for 3 weeks false"]);
        assert_eq!(
            all("twelve (12) sessions, 12-18 visits, eight physical therapy sessions"),
            [
                "twelve (12) sessions: 12 visits of sessions",
                "12-18 visits: 12-18 visits of visits",
                "eight physical therapy sessions: 8 visits of sessions",
            ]
        );
        assert_eq!(all("times 12, X2"), ["times 12: x 12", "X2: x 2"]);
    }

    #[test]
    fn times_and_dates() {
        assert_eq!(
            all("on 10/22/2016, 10-22-16 and 10/14/ 2016"),
            ["10/22/2016: 2016-10-22", "10-22-16: 2016-10-22", "10/14/ 2016: 2016-10-14"]
        );
        assert_eq!(all("October 13, 2016; 10-282016"), ["October 13, 2016: 2016-10-13", "10-282016: 2016-10-28"]);
        assert_eq!(
            all("for less than 4 weeks, a six-week course, 90-day"),
            ["4 weeks: 4 weeks", "six-week: 6 weeks", "90-day: 90 days"]
        );
        assert_eq!(all("pain 7/10"), ["7/10: 7 in 10"]);
    }

    #[test]
    fn levels_and_pages() {
        assert_eq!(
            all("L4-5 and L5-S1, C5-C6, L3-4-5, bilateral L4"),
            ["L4-5: L4-5", "L5-S1: L5-S1", "C5-C6: C5-6", "L3-4-5: L3-4 L4-5", "L4: L4"]
        );
        assert_eq!(
            all("Page(s): 46 of 127. pages 66 and 67, page 7-8"),
            [
                "Page(s): 46 of 127: pages [(46, 46)]",
                "pages 66 and 67: pages [(66, 66), (67, 67)]",
                "page 7-8: pages [(7, 8)]"
            ]
        );
    }
}
