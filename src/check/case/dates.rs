//! Dates that contradict one another.

use super::asked_again::{denied_before, is_asked_again};
use super::{early, operated};
use crate::check::memo::requested;
use crate::check::naming::{Thing, different, related, things};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{DateFact, DateRole, PartFacts, Voice};
use crate::letter::{Dated, Reading};
use crate::lexicon::{Cue, Small};
use crate::measure::Date;
use crate::source::Span;
use std::ops::Range;
use std::rc::Rc;

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
    context.parts().find_map(|(reading, facts)| late_in(context, reading, &facts.dates))
}

fn late_in(context: &Context<'_>, reading: &Reading, dates: &[DateFact]) -> Option<Finding> {
    let denial = context.letter.header.ur_denial.or(context.dates.denial)?;
    if let Some(told) = referred_to(reading, dates, denial) {
        return Some(told);
    }
    if let Some((plan, denied)) = denied_before(context, reading, dates) {
        return Some(finding("default", ("request for authorization", dated(&plan)), ("UR denial", dated(&denied))));
    }
    // a request made again after the denial stands beside the first one; a denial told otherwise is another finding
    let of = |role| dates.iter().filter(move |d| d.role == role && !d.month_only);
    let agreed = of(DateRole::Denial).all(|d| d.date <= denial.date);
    // "the request for authorization for this request": none other is meant
    let disputed = |d: &DateFact| reading.sentences[d.sentence].cues.has(Cue::RequestInDispute);
    // "the request of 2/9 for an MRI. The denial of 1/12 refused it": told in the order in which it must have been
    let told = of(DateRole::Denial).filter(|d| d.date == denial.date).map(|d| d.sentence).min();
    let before = |d: &DateFact| told.is_some_and(|n| d.sentence < n) && asks_for_this(context, reading, d);
    let late = of(DateRole::Request).find(|d| d.date > denial.date && (disputed(d) || before(d)));
    let first = of(DateRole::Request).min_by_key(|d| d.date);
    let first = late.or(first).filter(|d| d.date > denial.date && agreed)?;
    if is_asked_again(context, reading, &reading.sentences[first.sentence]) || asks_for_other(context, reading, first) {
        return None;
    }
    Some(finding("default", ("request for authorization", dated(first)), ("UR denial", denial)))
}

/// A day that the denial refers to and that comes after it: "a 12/1/2016 date of service was referenced in its determination".
fn referred_to(reading: &Reading, dates: &[DateFact], denial: Dated) -> Option<Finding> {
    let refers = |d: &DateFact| reading.sentences[d.sentence].cues.has(Cue::InItsDenial);
    // a denial told otherwise is another finding
    let agreed = dates.iter().all(|d| d.role != DateRole::Denial || d.date == denial.date);
    let late = dates.iter().find(|d| !d.month_only && d.date > denial.date && d.role != DateRole::Planned && refers(d));
    let late = late.filter(|_| agreed)?;
    Some(finding("default", ("day that the denial refers to", dated(late)), ("UR denial", denial)))
}

/// Whether a request is told to be for a treatment that the letter decides.
fn asks_for_this(context: &Context<'_>, reading: &Reading, request: &DateFact) -> bool {
    let (named, asked) = asked_for(context, reading, request);
    named.iter().any(|t| asked.iter().flat_map(|all| all.iter()).any(|a| related(context, a, t)))
}

/// Whether a request is told to be for treatments of which the letter decides none: "the RFA of 12/1 asked for therapy".
fn asks_for_other(context: &Context<'_>, reading: &Reading, request: &DateFact) -> bool {
    let (named, asked) = asked_for(context, reading, request);
    let is_other = |t: &Thing| asked.iter().flat_map(|all| all.iter()).all(|a| different(context, a, t));
    !named.is_empty() && !asked.is_empty() && named.iter().all(is_other)
}

/// What the sentence on a request names, and what the letter decides.
fn asked_for(context: &Context<'_>, reading: &Reading, request: &DateFact) -> (Vec<Thing>, Vec<Rc<Vec<Thing>>>) {
    let mut named = things(context, reading, reading.sentences[request.sentence].words.clone());
    named.retain(|t| !t.class_word);
    let requests = context.letter.decisions.iter().filter_map(|d| d.request.as_ref());
    (named, requests.map(|r| requested(context, r)).filter(|all| !all.is_empty()).collect())
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
    if !agreed || grew {
        return Vec::new();
    }
    let early = dates.iter().filter(|d| d.role == DateRole::Visit && !d.month_only && d.date < injury.date);
    let mut found: Vec<Finding> = early
        .filter(|visit| is_told_behind(dates, visit, injury))
        .map(|visit| early_finding("visit", "visit", visit, injury))
        .collect();
    if found.is_empty() {
        let record = || records_too_early(context, injury).or_else(|| early::tied_too_early(context, injury));
        found.extend(record().or_else(|| operated::operated_too_early(context, injury)));
    }
    found
}

/// Records of earlier complaints are told first; a visit out of its turn, or told behind the injury, is mistyped.
fn is_told_behind(dates: &[DateFact], visit: &DateFact, injury: Dated) -> bool {
    let told = |d: &DateFact| d.date > injury.date && !d.month_only || d.role == DateRole::Injury;
    dates.iter().any(|d| d.span.start < visit.span.start && told(d))
}

fn early_finding(case: &'static str, name: &'static str, early: &DateFact, injury: Dated) -> Finding {
    Finding::new(case)
        .label("earlier", early.span)
        .label("later", injury.span)
        .hole("later", "date of injury")
        .hole("earlier", name)
        .hole("later-date", injury.date.american())
        .hole("earlier-date", early.date.american())
}

/// Days before the injury within which a date is rather mistyped than of an earlier case: a year and a month.
const MISTYPED: i64 = 400;

/// A visit or report for whatever, the request or its denial is dated shortly before the injury, in a letter that tells of no
/// other one.
fn records_too_early(context: &Context<'_>, injury: Dated) -> Option<Finding> {
    let summary = context.letter.summary.as_ref()?;
    let facts = &context.facts.summary;
    let other = |reading: &Reading| reading.sentences.iter().any(|s| s.cues.has(Cue::OtherInjury));
    if other(summary) {
        return None;
    }
    let told = facts.dates.iter().filter(|d| is_told_behind(&facts.dates, d, injury));
    if let Some(date) = told.clone().find(|d| is_record_before(summary, &facts.dates, d, injury)) {
        return Some(record_finding(date, injury));
    }
    let rationales = context.letter.decisions.iter().zip(&context.facts.rationales);
    for (decision, facts) in rationales {
        let Some(rationale) = &decision.rationale else { continue };
        let reading = &rationale.reading;
        let of_case = |d: &&DateFact| facts.voices.get(d.sentence) == Some(&Voice::Application);
        let early = |d: &&DateFact| is_record_before(reading, &facts.dates, d, injury);
        let date = facts.dates.iter().filter(of_case).find(early).filter(|_| !other(reading));
        if let Some(date) = date {
            return Some(record_finding(date, injury));
        }
    }
    None
}

/// Whether a date of a visit, a request or a denial lies shortly before the injury, and no other of its kind behind it.
fn is_record_before(reading: &Reading, dates: &[DateFact], date: &DateFact, injury: Dated) -> bool {
    let before = injury.date.days_since(date.date);
    let sentence = &reading.sentences[date.sentence];
    let lone = || !dates.iter().any(|d| d.role == date.role && d.date >= injury.date);
    let kind = match date.role {
        DateRole::Seen => true,
        DateRole::Visit | DateRole::Request | DateRole::Denial => lone(),
        _ => false,
    };
    kind && !date.month_only && (1..=MISTYPED).contains(&before) && !sentence.cues.has(Cue::EarlierDate)
}

pub fn record_finding(date: &DateFact, injury: Dated) -> Finding {
    let mut found = match date.role {
        DateRole::Request => early_finding("default", "request for authorization", date, injury),
        DateRole::Denial => early_finding("default", "UR denial", date, injury),
        _ => early_finding("record", "visit or report", date, injury),
    };
    found.lowered = Some(Severity::Warning);
    found
}

/// The date of injury or of the denial differs between header and summary, or that of injury between header and rationale.
pub fn conflict(context: &Context<'_>) -> Vec<Finding> {
    let header = &context.letter.header;
    let mut found = Vec::new();
    for (case, role, told) in
        [("injury", DateRole::Injury, header.injury), ("denial", DateRole::Denial, header.ur_denial)]
    {
        let Some(told) = told else { continue };
        let dates = &context.facts.summary.dates;
        // a visit may fall on any day: what is told of its day is told of the visit, and not of the injury
        let visit = |d: &DateFact| matches!(d.role, DateRole::Visit | DateRole::Seen);
        let visited = dates.iter().any(|d| visit(d) && d.date == told.date);
        let other_day = |d: &DateFact| visited || is_of_study(context, d);
        let agrees =
            |d: &DateFact| d.date == told.date && (d.role == role || role == DateRole::Injury && !other_day(d));
        // beside a place that agrees other dates are of something else, unless they are the same but for a slip
        let agreed = dates.iter().any(agrees);
        let slip = |d: &&DateFact| is_slip(d.date, told.date) && !is_grown(context);
        let mut differing = dates.iter().filter(|d| d.role == role && !d.month_only && !is_other(d, told));
        let other = if agreed { differing.find(slip) } else { differing.next() };
        let silent = dates.iter().all(|d| d.role != role);
        // where the summary tells no denial, a rationale may
        let in_rationales = || context.facts.rationales.iter().flat_map(|facts| own_dates(facts, role)).find(slip);
        let may = role == DateRole::Denial && (silent || agreed);
        let slipped = other.or_else(|| if may { in_rationales() } else { None });
        let disputed = || if may { disputed_denial(context, told) } else { None };
        if let Some((other, lowered)) = slipped.map(|d| (d, None)).or_else(disputed) {
            let finding = Finding::new(case)
                .label("second", other.span)
                .label("first", told.span)
                .hole("first", told.date.american())
                .hole("second", other.date.american());
            found.push(Finding { lowered, ..finding });
        }
    }
    if found.iter().all(|f| f.case != "injury") {
        found.extend(injury_in_rationale(context));
    }
    found
}

/// A day on which a rationale says that the request in dispute was denied, near that of the header: an info, since there may
/// have been another denial.
fn disputed_denial<'a>(context: &'a Context<'_>, told: Dated) -> Option<(&'a DateFact, Option<Severity>)> {
    let decisions = context.letter.decisions.iter().zip(&context.facts.rationales);
    let mut rationales = decisions.filter_map(|(d, facts)| Some((&d.rationale.as_ref()?.reading, facts)));
    rationales.find_map(|(reading, facts)| {
        let near = |d: &&DateFact| {
            let sentence = &reading.sentences[d.sentence];
            let again = reading.text()[sentence.bytes.clone()].to_lowercase();
            let known = context.facts.summary.dates.iter().any(|o| o.date == d.date);
            d.date != told.date
                && !known
                && told.date.days_since(d.date).abs() <= SEASON
                && !context.lexicon.holds_small(&again, Small::AskedAgain)
                && !asks_for_other(context, reading, d)
        };
        own_dates(facts, DateRole::Denial).find(near).map(|d| (d, Some(Severity::Info)))
    })
}

/// How many words may stand between a film or an operation and its date.
const STUDY: usize = 5;

/// Whether a date of the summary is told of a film or an operation right before it, which may be of any day.
fn is_of_study(context: &Context<'_>, date: &DateFact) -> bool {
    let Some(summary) = &context.letter.summary else { return false };
    let sentence = &summary.sentences[date.sentence];
    let first = first_word(summary, sentence.words.clone(), date.span);
    let mut hits = summary.cues(context.lexicon, sentence.hits.clone(), Cue::RecordOfStudy);
    date.role == DateRole::Event && hits.any(|h| h.end as usize <= first && first - h.end as usize <= STUDY)
}

/// The first of some words that lies in a span or behind it.
fn first_word(reading: &Reading, words: Range<usize>, span: Span) -> usize {
    words.clone().find(|w| reading.span_of_words(*w..*w + 1).start >= span.start).unwrap_or(words.end)
}

/// The days of a role that the reviewer tells of the case.
fn own_dates(facts: &PartFacts, role: DateRole) -> impl Iterator<Item = &DateFact> {
    facts.dates.iter().filter(move |d| d.role == role && !d.month_only && facts.is_of_case(d.sentence))
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

/// A rationale dates the injury otherwise than the header.
fn injury_in_rationale(context: &Context<'_>) -> Option<Finding> {
    let told = context.letter.header.injury?;
    let rationales = context.letter.decisions.iter().zip(&context.facts.rationales);
    rationales.filter_map(|(d, facts)| Some((&d.rationale.as_ref()?.reading, facts))).find_map(|(reading, facts)| {
        let span = injured_otherwise(context, reading, facts, told)?;
        let finding = Finding::new("rationale").label("second", span).label("first", told.span);
        Some(finding.hole("first", told.date.american()).hole("second", &context.text[span.range()]))
    })
}

/// The day, month or year on which a rationale says that the injury was, if it is not that of the header.
fn injured_otherwise(context: &Context<'_>, reading: &Reading, facts: &PartFacts, told: Dated) -> Option<Span> {
    let of_case = |n: usize| {
        // "a note two weeks after the injury on 3/4/2016" dates the note
        let apart = [Cue::OtherInjury, Cue::AfterInjury];
        let other = apart.iter().any(|cue| reading.sentences[n].cues.has(*cue));
        facts.is_of_case(n) && !other
    };
    // "was injured on 3/4/2016 and underwent surgery": what is told far behind a day is of another one
    let earlier = |n: usize, first: usize| {
        let sentence = &reading.sentences[n];
        let mut hits = reading.cues(context.lexicon, sentence.hits.clone(), Cue::EarlierDate);
        hits.any(|h| {
            let begin = h.first as usize;
            begin <= first || begin < first + BEHIND && !is_next_clause(context, reading, first..begin)
        })
    };
    let month = |date: Date| (date.year(), date.month());
    let agrees = |d: &DateFact| if d.month_only { month(d.date) == month(told.date) } else { d.date == told.date };
    if facts.dates.iter().any(agrees) {
        return None;
    }
    let differs = |d: &&DateFact| {
        let first = || first_word(reading, reading.sentences[d.sentence].words.clone(), d.span);
        d.role == DateRole::Injury && of_case(d.sentence) && !earlier(d.sentence, first())
    };
    if let Some(date) = facts.dates.iter().find(differs) {
        return Some(date.span);
    }
    // "was injured in 2014"
    let years = |n: usize| {
        let sentence = &reading.sentences[n];
        let hits = reading.cues(context.lexicon, sentence.hits.clone(), Cue::InjuryYear);
        hits.map(|h| h.end as usize).filter(|word| *word < sentence.words.end).find_map(|word| {
            let year: i32 = reading.word(word).parse().ok()?;
            let span = reading.span_of_words(word..word + 1);
            let bare = !facts.dates.iter().any(|d| d.span.overlaps(span));
            ((1950..=told.date.year() + 1).contains(&year) && year != told.date.year() && bare).then_some(span)
        })
    };
    let whole = |n: &usize| of_case(*n) && !earlier(*n, reading.sentences[*n].words.end);
    (0..reading.sentences.len()).filter(whole).find_map(years)
}

/// Whether some words hold one that begins another clause.
fn is_next_clause(context: &Context<'_>, reading: &Reading, mut words: Range<usize>) -> bool {
    words.any(|w| reading.is_small(w, Small::OtherClause, context.lexicon))
}

/// So many words from the begin of a date are its own and what belongs to it: "December 3, 2016, in an earlier fall".
const BEHIND: usize = 8;

/// A denial long before the one in dispute is of an earlier request; one of the same day of another year is mistyped.
fn is_other(date: &DateFact, told: Dated) -> bool {
    let same_day = (date.date.month(), date.date.day()) == (told.date.month(), told.date.day());
    date.role == DateRole::Denial && told.date.days_since(date.date) > SEASON && !same_day
}

/// Days within which two denials may be the same.
const SEASON: i64 = 75;
