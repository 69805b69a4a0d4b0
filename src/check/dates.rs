//! Dates that contradict one another.

use super::{Context, Finding};
use crate::fact::{DateFact, DateRole};
use crate::letter::Dated;

/// The header's dates in the order that they must have, with their names.
fn header_order(context: &Context<'_>) -> Vec<(&'static str, Dated)> {
    let h = &context.letter.header;
    [
        ("date of injury", h.injury),
        ("UR denial date", h.ur_denial),
        ("date the application was received", h.received),
        ("date assigned", h.assigned),
        ("decision date", h.decision),
    ]
    .into_iter()
    .filter_map(|(name, date)| Some((name, date?)))
    .collect()
}

fn finding(case: &'static str, later: (&str, Dated), earlier: (&str, Dated)) -> Finding {
    Finding::new(case)
        .label("later", later.1.span)
        .label("earlier", earlier.1.span)
        .hole("later", later.0)
        .hole("earlier", earlier.0)
        .hole("later-date", later.1.date.american())
        .hole("earlier-date", earlier.1.date.american())
}

/// Dates in an order that cannot be: an injury after its denial, a request after its own denial, a date after the
/// decision.
pub fn order_impossible(context: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let order = header_order(context);
    for pair in order.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        if first.1.date > second.1.date {
            found.push(finding("default", first, second));
        }
    }
    if !found.is_empty() {
        // with a header that is out of order no other date can be judged
        return found;
    }
    found.extend(request_after_denial(context));
    let Some(decision) = context.dates.decision.filter(|_| context.letter.header.decision.is_some()) else {
        return found;
    };
    let rationales = context.facts.rationales.iter().flat_map(|r| &r.dates);
    for date in context.facts.summary.dates.iter().chain(rationales) {
        if date.date > decision.date && !date.month_only && date.role != DateRole::Planned {
            let later = Dated { date: date.date, span: date.span };
            found.push(finding("future", ("date", later), ("decision date", decision)));
        }
    }
    found
}

/// A request for authorization dated after the denial that the letter is about. Where the summary tells of several
/// requests, one before the denial settles it.
fn request_after_denial(context: &Context<'_>) -> Option<Finding> {
    let denial = context.letter.header.ur_denial?;
    let summary = &context.facts.summary.dates;
    let requests: Vec<&DateFact> = summary.iter().filter(|d| d.role == DateRole::Request && !d.month_only).collect();
    let first = requests.first().filter(|_| requests.iter().all(|r| r.date > denial.date))?;
    // a second denial in the summary may be the one that the request was answered by
    let other = summary.iter().any(|d| d.role == DateRole::Denial && d.date >= first.date);
    let later = Dated { date: first.date, span: first.span };
    (!other).then(|| finding("default", ("request for authorization", later), ("UR denial date", denial)))
}

/// The date of injury or of the denial differs between header and summary.
pub fn conflict(context: &Context<'_>) -> Vec<Finding> {
    let header = &context.letter.header;
    let mut found = Vec::new();
    for (case, role, told) in
        [("injury", DateRole::Injury, header.injury), ("denial", DateRole::Denial, header.ur_denial)]
    {
        let Some(told) = told else { continue };
        let in_summary: Vec<&DateFact> =
            context.facts.summary.dates.iter().filter(|d| d.role == role && !d.month_only).collect();
        // one place that agrees settles it: the other dates are of something else
        if in_summary.iter().any(|d| d.date == told.date) {
            continue;
        }
        if let Some(other) = in_summary.first() {
            found.push(
                Finding::new(case)
                    .label("second", other.span)
                    .label("first", told.span)
                    .hole("first", told.date.american())
                    .hole("second", other.date.american()),
            );
        }
    }
    found
}
