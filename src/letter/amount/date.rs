//! A day or a month, as the grammar read it.

use super::Value;
use super::grammar::Rule;
use crate::measure::Date;
use pest::iterators::Pair;

/// The day or the month of a date.
pub(super) fn date(pair: Pair<'_, Rule>) -> Option<Value> {
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

/// The months by their whole names; three letters of each tell it.
pub(in crate::letter) const MONTHS: [&str; 12] = [
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
];

/// The number of a month by its name, of which three letters tell it; 0 for no month.
pub fn month_number(name: &str) -> u32 {
    let name = name.to_ascii_lowercase();
    MONTHS.iter().position(|m| name.starts_with(&m[..3])).map_or(0, |n| n as u32 + 1)
}
