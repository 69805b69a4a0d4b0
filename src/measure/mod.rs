//! Amounts with units, and their comparison. Knows nothing of letters or rules.

mod date;

pub use date::Date;

use serde::{Deserialize, Serialize};

/// What an amount counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A bare number.
    One,
    /// Hours of a course.
    Hours,
    /// Days.
    Days,
    /// Weeks of 7 days.
    Weeks,
    /// Calendar months; 30.4375 days where they are compared with days.
    Months,
    /// Years of 12 months.
    Years,
    /// Hundredths.
    Percent,
    /// Visits, sessions or treatments of a course of therapy.
    Visits,
    /// Spinal levels.
    Levels,
    /// Milligrams.
    Milligrams,
    /// Grams of what is put on the skin.
    Grams,
    /// Milligrams of morphine equivalents a day.
    MorphineMilligrams,
    /// Points of a pain scale.
    Points,
    /// Injections or blocks.
    Injections,
}

/// Words that people write for units, with the unit.
const UNITS: [(&str, Unit); 33] = [
    ("hour", Unit::Hours),
    ("hours", Unit::Hours),
    ("day", Unit::Days),
    ("days", Unit::Days),
    ("week", Unit::Weeks),
    ("weeks", Unit::Weeks),
    ("wk", Unit::Weeks),
    ("wks", Unit::Weeks),
    ("month", Unit::Months),
    ("months", Unit::Months),
    ("year", Unit::Years),
    ("years", Unit::Years),
    ("%", Unit::Percent),
    ("percent", Unit::Percent),
    ("visit", Unit::Visits),
    ("visits", Unit::Visits),
    ("session", Unit::Visits),
    ("sessions", Unit::Visits),
    ("treatment", Unit::Visits),
    ("treatments", Unit::Visits),
    ("level", Unit::Levels),
    ("levels", Unit::Levels),
    ("mg", Unit::Milligrams),
    ("gram", Unit::Grams),
    ("grams", Unit::Grams),
    ("mg/day MED", Unit::MorphineMilligrams),
    ("MED", Unit::MorphineMilligrams),
    ("MME", Unit::MorphineMilligrams),
    ("point", Unit::Points),
    ("points", Unit::Points),
    ("injection", Unit::Injections),
    ("injections", Unit::Injections),
    ("blocks", Unit::Injections),
];

impl Unit {
    /// The unit that a word stands for, in any case.
    pub fn from_word(word: &str) -> Option<Unit> {
        UNITS.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|(_, u)| *u)
    }

    /// Whether the unit measures time.
    pub fn is_time(self) -> bool {
        matches!(self, Unit::Hours | Unit::Days | Unit::Weeks | Unit::Months | Unit::Years)
    }

    /// Length of one in days, for units of time.
    fn days(self) -> Option<f64> {
        match self {
            Unit::Hours => Some(1.0 / 24.0),
            Unit::Days => Some(1.0),
            Unit::Weeks => Some(7.0),
            Unit::Months => Some(365.25 / 12.0),
            Unit::Years => Some(365.25),
            _ => None,
        }
    }

    fn word(self, one: bool) -> &'static str {
        match (self, one) {
            (Unit::One, _) => "",
            (Unit::Hours, true) => "hour",
            (Unit::Hours, false) => "hours",
            (Unit::Days, true) => "day",
            (Unit::Days, false) => "days",
            (Unit::Weeks, true) => "week",
            (Unit::Weeks, false) => "weeks",
            (Unit::Months, true) => "month",
            (Unit::Months, false) => "months",
            (Unit::Years, true) => "year",
            (Unit::Years, false) => "years",
            (Unit::Percent, _) => "%",
            (Unit::Visits, true) => "visit",
            (Unit::Visits, false) => "visits",
            (Unit::Levels, true) => "level",
            (Unit::Levels, false) => "levels",
            (Unit::Milligrams, _) => "mg",
            (Unit::Grams, true) => "gram",
            (Unit::Grams, false) => "grams",
            (Unit::MorphineMilligrams, _) => "mg/day MED",
            (Unit::Points, true) => "point",
            (Unit::Points, false) => "points",
            (Unit::Injections, true) => "injection",
            (Unit::Injections, false) => "injections",
        }
    }
}

/// A number of something, possibly a range ("12-18 visits").
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Lower end.
    pub least: f64,
    /// Upper end; the same as `least` for a plain number.
    pub most: f64,
    /// What is counted.
    pub unit: Unit,
}

impl Quantity {
    /// A plain number of something.
    pub fn new(value: f64, unit: Unit) -> Quantity {
        Quantity { least: value, most: value, unit }
    }

    /// A quantity as a rule's author writes it: "4 weeks", "50 %", "2", "12-18 visits".
    ///
    /// # Errors
    /// A sentence that says what is wrong, for a diagnostic.
    pub fn parse(text: &str) -> Result<Quantity, String> {
        let text = text.trim();
        let split = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(text.len());
        let (number, unit) = (text[..split].trim_end_matches('-'), text[split..].trim().trim_start_matches('-'));
        let value = |s: &str| s.parse::<f64>().map_err(|_| format!("`{text}` does not begin with a number"));
        let (least, most) = match number.split_once('-') {
            Some((a, b)) => (value(a)?, value(b)?),
            None => (value(number)?, value(number)?),
        };
        if least > most {
            return Err(format!("the range `{number}` runs backwards"));
        }
        let unit = if unit.is_empty() {
            Unit::One
        } else {
            Unit::from_word(unit).ok_or_else(|| format!("`{unit}` is no known unit"))?
        };
        Ok(Quantity { least, most, unit })
    }

    /// How this compares with a limit, in the limit's unit: (lower end, upper end). None if the units do not compare.
    pub fn in_unit_of(self, limit: Quantity) -> Option<(f64, f64)> {
        if self.unit == limit.unit || self.unit == Unit::One || limit.unit == Unit::One {
            return Some((self.least, self.most));
        }
        let factor = self.unit.days()? / limit.unit.days()?;
        Some((self.least * factor, self.most * factor))
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = self.unit.word(self.least == 1.0 && self.most == 1.0);
        let blank = if word.is_empty() || word == "%" { "" } else { " " };
        if self.least == self.most {
            write!(f, "{}{blank}{word}", self.least)
        } else {
            write!(f, "{}-{}{blank}{word}", self.least, self.most)
        }
    }
}

/// How a number is compared with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// Not more than.
    AtMost,
    /// Not less than.
    AtLeast,
    /// Less than.
    LessThan,
    /// More than.
    MoreThan,
    /// The same.
    Equals,
}

impl Comparison {
    /// All comparisons with the keys that rules write.
    pub const ALL: [(&'static str, Comparison); 5] = [
        ("at-most", Comparison::AtMost),
        ("at-least", Comparison::AtLeast),
        ("less-than", Comparison::LessThan),
        ("more-than", Comparison::MoreThan),
        ("equals", Comparison::Equals),
    ];

    /// Whether `amount` satisfies the comparison with `limit`. A range that satisfies it only in part, or units that do
    /// not compare, are neither.
    pub fn holds(self, amount: Quantity, limit: Quantity) -> Option<bool> {
        let (least, most) = amount.in_unit_of(limit)?;
        // months and weeks do not divide evenly: "1 month" is no more than "30 days"
        let slack = if amount.unit != limit.unit && amount.unit.is_time() { 0.02 * limit.most } else { 0.0 };
        let test = |n: f64| match self {
            Comparison::AtMost => n <= limit.most + slack,
            Comparison::AtLeast => n >= limit.least - slack,
            Comparison::LessThan => n < limit.least - slack,
            Comparison::MoreThan => n > limit.most + slack,
            Comparison::Equals => (limit.least - slack..=limit.most + slack).contains(&n),
        };
        match (test(least), test(most)) {
            (true, true) => Some(true),
            (false, false) => Some(false),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_and_printed_alike() {
        for text in ["4 weeks", "1 visit", "50%", "12-18 visits", "2"] {
            assert_eq!(Quantity::parse(text).unwrap().to_string(), text);
        }
        assert!(Quantity::parse("four weeks").unwrap_err().contains("number"));
        assert!(Quantity::parse("4 wekks").unwrap_err().contains("unit"));
        assert!(Quantity::parse("4-2 weeks").unwrap_err().contains("backwards"));
    }

    #[test]
    fn units_of_time_compare_with_some_slack() {
        let q = |s| Quantity::parse(s).unwrap();
        assert_eq!(Comparison::AtMost.holds(q("1 month"), q("30 days")), Some(true));
        assert_eq!(Comparison::AtMost.holds(q("2 months"), q("4 weeks")), Some(false));
        assert_eq!(Comparison::AtMost.holds(q("12-18 visits"), q("16 visits")), None);
        assert_eq!(Comparison::AtMost.holds(q("3 weeks"), q("2 levels")), None);
    }
}
