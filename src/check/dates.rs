//! Dates that contradict one another.

use super::{Context, Finding};
use crate::fact::{DateFact, DateRole, PartFacts, Voice};
use crate::letter::{Dated, Reading};
use crate::lexicon::Small;
use crate::measure::Date;

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
    found.extend(requested_late(context));
    found.extend(visits_too_early(context));
    let Some(decision) = context.letter.header.decision else { return found };
    let rationales = context.facts.rationales.iter().flat_map(|r| &r.dates);
    for date in context.facts.summary.dates.iter().chain(rationales) {
        let past = date.role != DateRole::Planned && !date.month_only;
        if past && date.date > decision.date {
            found.push(finding("future", ("date", dated(date)), ("decision date", decision)));
        }
    }
    found
}

fn dated(date: &DateFact) -> Dated {
    Dated { date: date.date, span: date.span }
}

/// The request is dated after its own denial, in the summary or in a rationale.
fn requested_late(context: &Context<'_>) -> Option<Finding> {
    let summary = context.letter.summary.iter().map(|s| (s, &context.facts.summary.dates));
    let rationales = context.letter.decisions.iter().zip(&context.facts.rationales);
    let rationales = rationales.filter_map(|(d, facts)| Some((&d.rationale.as_ref()?.reading, &facts.dates)));
    summary.chain(rationales).find_map(|(reading, dates)| late_in(context, reading, dates))
}

fn late_in(context: &Context<'_>, reading: &Reading, dates: &[DateFact]) -> Option<Finding> {
    let denial = context.letter.header.ur_denial.or(context.dates.denial)?;
    // a request made again after the denial stands beside the first one; a denial told otherwise is another finding
    let of = |role| dates.iter().filter(move |d| d.role == role && !d.month_only);
    let agreed = of(DateRole::Denial).all(|d| d.date <= denial.date);
    let first = of(DateRole::Request).min_by_key(|d| d.date).filter(|d| d.date > denial.date && agreed)?;
    let sentence = reading.sentences[first.sentence].bytes.clone();
    let words = reading.text()[sentence].to_lowercase();
    if context.lexicon.holds_small(&words, Small::AskedAgain) {
        return None;
    }
    Some(finding("default", ("request for authorization", dated(first)), ("UR denial", denial)))
}

/// A visit under treatment is dated before the injury.
fn visits_too_early(context: &Context<'_>) -> Vec<Finding> {
    let dates = &context.facts.summary.dates;
    let Some(injury) = context.letter.header.injury.or(context.dates.injury) else { return Vec::new() };
    // an injury that grew over time, or that is told otherwise, has no first day to hold against a visit
    let agreed = dates.iter().all(|d| d.role != DateRole::Injury || d.date == injury.date);
    let grew = context
        .letter
        .summary
        .as_ref()
        .is_some_and(|s| context.lexicon.holds_small(&s.text().to_lowercase(), Small::GrownInjury));
    let early = dates.iter().filter(|d| d.role == DateRole::Visit && !d.month_only && d.date < injury.date);
    // records of earlier complaints are told first; a visit out of its turn, or told behind the injury, is mistyped
    let after = |visit: &DateFact| {
        let told = |d: &DateFact| d.date > injury.date && !d.month_only || d.role == DateRole::Injury;
        dates.iter().any(|d| d.span.start < visit.span.start && told(d))
    };
    early
        .filter(|visit| agreed && !grew && after(visit))
        .map(|visit| {
            Finding::new("visit")
                .label("earlier", visit.span)
                .label("later", injury.span)
                .hole("later", "date of injury")
                .hole("earlier", "visit")
                .hole("later-date", injury.date.american())
                .hole("earlier-date", visit.date.american())
        })
        .collect()
}

/// The date of injury or of the denial differs between header and summary, or between header and a rationale.
pub fn conflict(context: &Context<'_>) -> Vec<Finding> {
    let header = &context.letter.header;
    let mut found = Vec::new();
    for (case, role, told) in
        [("injury", DateRole::Injury, header.injury), ("denial", DateRole::Denial, header.ur_denial)]
    {
        let Some(told) = told else { continue };
        let in_summary: Vec<&DateFact> = context
            .facts
            .summary
            .dates
            .iter()
            .filter(|d| d.role == role && !d.month_only && !is_other(d, told))
            .collect();
        // beside a place that agrees other dates are of something else, unless they are the same but for a slip
        let agrees = |d: &DateFact| d.date == told.date && (role == DateRole::Injury || d.role == role);
        let agreed = context.facts.summary.dates.iter().any(agrees);
        let slip = |d: &&DateFact| is_slip(d.date, told.date) && !is_grown(context);
        let other = if agreed { in_summary.into_iter().find(slip) } else { in_summary.first().copied() };
        let silent = context.facts.summary.dates.iter().all(|d| d.role != role);
        // where the summary tells none, a rationale may
        let in_rationales = || context.facts.rationales.iter().flat_map(|facts| own_dates(facts, role)).find(slip);
        if let Some(other) = other.or_else(|| if silent || agreed { in_rationales() } else { None }) {
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

/// The days of a role that the reviewer tells of the case.
fn own_dates(facts: &PartFacts, role: DateRole) -> impl Iterator<Item = &DateFact> {
    let own = move |d: &&DateFact| {
        let voice = facts.voices.get(d.sentence);
        d.role == role && !d.month_only && matches!(voice, Some(Voice::Application | Voice::Conclusion))
    };
    facts.dates.iter().filter(own)
}

/// Whether two days are the same but for a slip of the pen: the year, or day and month changed about. The day or the month
/// alone may be that of a first visit, or of another denial.
fn is_slip(one: Date, two: Date) -> bool {
    let (a, b) = ((one.month(), one.day()), (two.month(), two.day()));
    let changed = one.year() == two.year() && a != b && a == (b.1, b.0);
    one.year() != two.year() && a == b || changed
}

/// Whether the injury grew over time: then it has several days.
fn is_grown(context: &Context<'_>) -> bool {
    let summary = context.letter.summary.as_ref();
    summary.is_some_and(|s| context.lexicon.holds_small(&s.text().to_lowercase(), Small::GrownInjury))
}

/// A denial long before the one in dispute is of an earlier request; one of the same day of another year is mistyped.
fn is_other(date: &DateFact, told: Dated) -> bool {
    let same_day = (date.date.month(), date.date.day()) == (told.date.month(), told.date.day());
    date.role == DateRole::Denial && told.date.days_since(date.date) > SEASON && !same_day
}

/// Days within which two denials may be the same.
const SEASON: i64 = 75;
