//! Days in the commonest forms: "10/22/2016", "12-8-16", "October 13, 2016".

use super::super::{MONTHS, Value};
use super::{digits, whole};
use crate::measure::Date;

/// A day in figures, and where it ends.
pub(super) fn numeric(bytes: &[u8]) -> Option<(usize, Value)> {
    let month = digits(bytes, 0);
    let mark = bytes.get(month).filter(|b| matches!(b, b'/' | b'-'))?;
    let day = month + 1 + digits(bytes, month + 1);
    let year = day + 1;
    let is_short = |figures: usize| (1..=2).contains(&figures);
    if !is_short(month) || !is_short(day - month - 1) || bytes.get(day) != Some(mark) {
        return None;
    }
    let end = year + digits(bytes, year);
    // "7-8-10/2016" and what other marks lead to are left to the grammar
    let goes_on = bytes.get(end).is_some_and(|b| matches!(b, b'/' | b'-') || !b.is_ascii());
    let number = |from: usize, to: usize| whole(bytes, from, to);
    let (month, day) = (number(0, month)? as u32, number(month + 1, day)? as u32);
    let date = matches!(end - year, 2 | 4).then(|| Date::new(number(year, end)? as i32, month, day))??;
    (!goes_on).then_some((end, Value::Date(date)))
}

/// Whether three letters begin the name of a month.
pub(super) fn begins_month(letters: &[u8]) -> bool {
    MONTHS.iter().any(|m| m.as_bytes()[..3].eq_ignore_ascii_case(letters))
}

/// A day with the name of its month, and where it ends.
pub(super) fn written(bytes: &[u8]) -> Option<(usize, Value)> {
    let name = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let month = MONTHS.iter().position(|m| m.as_bytes().eq_ignore_ascii_case(&bytes[..name]))? as u32 + 1;
    let from = name + 1;
    let figures = digits(bytes, from.min(bytes.len()));
    if bytes.get(name) != Some(&b' ') || !(1..=2).contains(&figures) {
        return None;
    }
    let end = from + figures;
    let year = end + usize::from(bytes.get(end) == Some(&b','));
    let year = year + usize::from(bytes.get(year) == Some(&b' '));
    if year == end || !bytes.get(year..)?.starts_with(b"19") && !bytes.get(year..)?.starts_with(b"20") {
        return None;
    }
    let last = bytes.get(year + 2..year + 4).filter(|b| b.iter().all(u8::is_ascii_digit)).map(|_| year + 4)?;
    let date = Date::new(whole(bytes, year, last)? as i32, month, whole(bytes, from, end)? as u32)?;
    Some((last, Value::Date(date)))
}
