//! Hours of help in a day or a week: "4 hours a week".

use crate::letter::{Amount, Reading, Value};
use crate::lexicon::{Lexicon, Small};
use crate::measure::{Quantity, Unit};

/// So many hours in each period; none where the period is not told.
pub type Rate = (Quantity, Option<Unit>);

/// The one rate of hours among some amounts, with its amount; none if there are several.
pub fn rate<'a>(reading: &Reading, lexicon: &Lexicon, amounts: &[&'a Amount]) -> Option<(Rate, &'a Amount)> {
    let mut hours = amounts.iter().filter_map(|a| match a.value {
        Value::Duration(q) if q.unit == Unit::Hours => Some((q, *a)),
        _ => None,
    });
    let (quantity, amount) = hours.next()?;
    let alone = hours.next().is_none();
    alone.then(|| ((quantity, period(reading, lexicon, amount)), amount))
}

/// Whether an amount is the period of a rate: "a week" behind "4 hours".
pub fn is_period<'a>(amount: &Amount, mut amounts: impl Iterator<Item = &'a Amount>) -> bool {
    let hours = |a: &Amount| matches!(a.value, Value::Duration(q) if q.unit == Unit::Hours);
    amounts.any(|a| hours(a) && a.bytes.end < amount.bytes.start && amount.bytes.start - a.bytes.end <= 1)
}

/// The period behind an amount: "a week", "per day", "daily".
fn period(reading: &Reading, lexicon: &Lexicon, amount: &Amount) -> Option<Unit> {
    let first = reading.word_at(amount.bytes.end);
    let each = |w: usize| reading.is_small(w, Small::Each, lexicon);
    let at = (first..reading.words.len()).take(3).find(|w| !each(*w))?;
    let word = reading.word(at).to_ascii_lowercase();
    match word.as_str() {
        "daily" => Some(Unit::Days),
        "weekly" => Some(Unit::Weeks),
        "monthly" => Some(Unit::Months),
        word => Unit::from_word(word).filter(|u| matches!(u, Unit::Days | Unit::Weeks | Unit::Months)),
    }
}

/// The days of a length of time, least and most.
pub fn in_days(q: Quantity) -> Option<(f64, f64)> {
    let days = match q.unit {
        Unit::Days => 1.0,
        Unit::Weeks => 7.0,
        Unit::Months => 30.0,
        Unit::Years => 365.0,
        _ => return None,
    };
    Some((q.least * days, q.most * days))
}
