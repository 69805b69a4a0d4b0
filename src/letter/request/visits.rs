//! Courses of therapy and the number of their visits.

use super::item::{Counted, Item, ItemKind};
use crate::letter::amount::{Amount, Value};
use crate::letter::reading::Reading;
use crate::lexicon::{Lexicon, TreatmentKind};
use crate::measure::{Quantity, Unit};
use std::ops::Range;

/// A course of therapy with its number of visits.
pub(super) fn item(
    reading: &Reading,
    bytes: &Range<usize>,
    amounts: &[&Amount],
    treatments: &[(u16, Range<usize>)],
    lexicon: &Lexicon,
) -> Option<Item> {
    let therapy = treatments.iter().find(|(t, _)| lexicon.treatments[*t as usize].kind == TreatmentKind::TherapyVisits);
    let visits = visits(reading, amounts, therapy.is_some());
    let named = visits.as_ref().is_some_and(|v| v.number.unit == Unit::Visits);
    if therapy.is_none() && !named {
        return None;
    }
    let (name, span, treatment) = match therapy.or(treatments.first()) {
        Some((t, words)) => {
            (reading.slice(words.clone()).to_lowercase(), reading.span_of_words(words.clone()), Some(*t))
        }
        None => (reading.text()[bytes.clone()].to_string(), reading.span(bytes.clone()), None),
    };
    Some(Item { treatment, visits, ..Item::new(ItemKind::Visits, name, span) })
}

/// The number of visits: told outright, or a frequency over a time multiplied out.
pub fn visits(reading: &Reading, amounts: &[&Amount], therapy: bool) -> Option<Counted> {
    let counted = |a: &Amount, number: Quantity| Counted {
        number: Quantity { unit: Unit::Visits, ..number },
        unit: None,
        text: reading.text()[a.bytes.clone()].to_string(),
        span: reading.span(a.bytes.clone()),
    };
    let told = amounts.iter().find_map(|a| match &a.value {
        Value::Tally { number, .. } if number.unit == Unit::Visits => Some(counted(a, *number)),
        _ => None,
    });
    // "6 hours per day, 5 days per week": hours of help are no visits
    let hours = amounts.iter().any(|a| reading.text()[a.bytes.clone()].to_ascii_lowercase().contains("hour"));
    let course = || {
        amounts.iter().filter(|_| therapy || !hours).find_map(|a| match &a.value {
            Value::Course { frequency, time, sure } if *sure || therapy => {
                multiplied(frequency.times, frequency.period, *time).map(|q| counted(a, q))
            }
            _ => None,
        })
    };
    // a bare number counts visits only of a therapy
    let bare = || {
        amounts.iter().filter(|_| therapy).find_map(|a| match &a.value {
            Value::Count { number, unit: None } | Value::Times(number) => Some(counted(a, *number)),
            _ => None,
        })
    };
    let sessions_behind = || {
        amounts.iter().filter(|_| therapy).find_map(|a| match &a.value {
            // "sessions, 12" and "sessions: 12"
            Value::Number(number) => {
                let before =
                    reading.text()[..a.bytes.start].trim_end_matches([' ', ',', ':', '-', '(']).to_ascii_lowercase();
                (before.ends_with("sessions") || before.ends_with("visits")).then(|| counted(a, *number))
            }
            _ => None,
        })
    };
    told.or_else(course).or_else(bare).or_else(sessions_behind)
}

/// Visits of a frequency over a time: "2-3 times a week for 6 weeks" are 12 to 18.
pub fn multiplied(times: (f64, f64), period: Unit, time: Quantity) -> Option<Quantity> {
    let periods = match (period, time.unit) {
        (a, b) if a == b => (time.least, time.most),
        // four weeks to a month, as letters reckon courses of therapy
        (Unit::Weeks, Unit::Months) => (time.least * 4.0, time.most * 4.0),
        (Unit::Days, Unit::Weeks) => (time.least * 7.0, time.most * 7.0),
        (Unit::Weeks, Unit::Days) if time.least % 7.0 == 0.0 => (time.least / 7.0, time.most / 7.0),
        _ => return None,
    };
    Some(Quantity { least: times.0 * periods.0, most: times.1 * periods.1, unit: Unit::Visits })
}
