//! Hours of care that must add up: so many a day, on so many days a week, for so many weeks.

use super::arithmetic::number;
use crate::check::{Context, Finding};
use crate::letter::{Amount, Reading, Value, multiplied};
use crate::lexicon::Small;
use crate::measure::{Quantity, Unit};

/// So many words behind hours may tell that they are those of a day: "hours a day".
const DAILY: usize = 2;

/// "4 hours a day, 3 days a week for 8 weeks" called 144 hours.
pub fn course(context: &Context<'_>, reading: &Reading, amounts: &[&Amount]) -> Option<Finding> {
    let hours = amounts.iter().filter_map(|a| match a.value {
        Value::Duration(q) if q.unit == Unit::Hours => Some((*a, q)),
        _ => None,
    });
    let of_day = |(a, _): &(&Amount, Quantity)| {
        let end = reading.word_at(a.bytes.end);
        (end..reading.words.len().min(end + DAILY)).any(|w| reading.is_small(w, Small::PerDay, context.lexicon))
    };
    let (daily, stated): (Vec<_>, Vec<_>) = hours.partition(of_day);
    let courses = amounts.iter().filter_map(|a| match &a.value {
        Value::Course { frequency, time, .. } => Some((*a, multiplied(frequency.times, frequency.period, *time)?)),
        _ => None,
    });
    let courses: Vec<_> = courses.collect();
    let ([(_, each)], [(total, told)], [(at, days)]) = (&daily[..], &stated[..], &courses[..]) else { return None };
    let expected = Quantity { least: each.least * days.least, most: each.most * days.most, unit: Unit::Hours };
    if told.least <= expected.most * SLACK && expected.least <= told.most * SLACK {
        return None;
    }
    let text = |a: &Amount| reading.text()[a.bytes.clone()].to_string();
    Some(
        Finding::new("course")
            .label("stated", reading.span(total.bytes.clone()))
            .label("other", reading.span(at.bytes.clone()))
            .hole("stated", text(total))
            .hole("expected", number(expected))
            .hole("original", text(at)),
    )
}

/// A month is four weeks or a little more.
const SLACK: f64 = 1.15;
