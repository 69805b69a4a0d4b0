//! Numbers of a request that must add up: the parts of a partial authorization, a course and its number of visits, a dose
//! over a time and its number of pieces.

use crate::check::{Context, Finding};
use crate::fact::PartFacts;
use crate::letter::{Amount, Decision, Frequency, Reading, Request, Value, multiplied};
use crate::lexicon::{Cue, Hit, Term, TreatmentKind};
use crate::measure::{Quantity, Unit};
use crate::source::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// Numbers of the request do not add up.
pub fn slip(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let Some(request) = &decision.request else { return Vec::new() };
    let kind = |t: u16| context.lexicon.treatments[t as usize].kind;
    let therapy = request.treatments.iter().any(|(t, _)| kind(*t) == TreatmentKind::TherapyVisits);
    let found = parts(context, request).or_else(|| slots(context, request)).or_else(|| {
        let all: Vec<&Amount> = request.amounts.iter().collect();
        stretches(request).into_iter().find_map(|bytes| {
            let inside: Vec<&Amount> = all.iter().copied().filter(|a| within(a, &bytes)).collect();
            course(&request.reading, &inside, several_places(request), therapy)
                .or_else(|| supply(&request.reading, &inside))
                .or_else(|| super::hours::course(context, &request.reading, &inside))
        })
    });
    let found = found.or_else(|| concluded(decision, request, facts));
    let found = found.or_else(|| super::reckoned::slip(context, decision, facts));
    found.or_else(|| super::sums::slip(context, decision, facts)).into_iter().collect()
}

/// The stretches of a request within which numbers belong together.
fn stretches(request: &Request) -> Vec<Range<usize>> {
    match &request.partial {
        Some(p) => {
            [Some(p.original.clone()), p.authorized.clone(), Some(p.remaining.clone())].into_iter().flatten().collect()
        }
        None => std::iter::once(0..request.reading.text().len()).collect(),
    }
}

fn within(amount: &Amount, bytes: &Range<usize>) -> bool {
    bytes.start <= amount.bytes.start && amount.bytes.end <= bytes.end
}

/// One count with its place.
struct Count {
    number: Quantity,
    /// Whether it stands without a word for what it counts: "follow-up visits, 6".
    bare: bool,
    span: Span,
    text: String,
}

/// What was asked for less what was authorized is not what remains.
fn parts(context: &Context<'_>, request: &Request) -> Option<Finding> {
    let partial = request.partial.as_ref().filter(|p| !p.whole)?;
    let count = |bytes: &Range<usize>| one_count(context, request, bytes);
    let original = count(&partial.original)?;
    let authorized = count(partial.authorized.as_ref()?)?;
    let remaining = count(&partial.remaining)?;
    let plain = |c: &Count| c.number.least == c.number.most;
    let told = [&original, &authorized, &remaining].into_iter().filter(|c| !c.bare).map(|c| c.number.unit);
    let same = agree(told.map(|unit| BTreeSet::from([unit])));
    let given = partial.authorized.as_ref()?;
    let alike = one_thing(context, request, &[&partial.original, given, &partial.remaining]);
    if !same || !alike || ![&original, &authorized, &remaining].into_iter().all(plain) {
        return None;
    }
    let expected = original.number.least - authorized.number.least;
    if (expected - remaining.number.least).abs() < 0.01 {
        return None;
    }
    Some(
        Finding::new("parts")
            .label("stated", remaining.span)
            .label("other", original.span)
            .label("other", authorized.span)
            .hole("stated", remaining.text)
            .hole("expected", expected.to_string())
            .hole("original", original.text)
            .hole("authorized", authorized.text)
            .hole("remaining", remaining.number.least.to_string()),
    )
}

/// A number of a part with what it counts.
struct Slot<'a> {
    counts: (u8, Unit),
    number: f64,
    at: Option<&'a Amount>,
}

/// What a slot counts, beside its unit.
const OFTEN: u8 = 0;
const LENGTH: u8 = 1;
const PIECES: u8 = 2;
const REFILLS: u8 = 3;

/// Of parts that tell the same numbers but one, that one must add up: hours a day of home care, refills.
fn slots(context: &Context<'_>, request: &Request) -> Option<Finding> {
    let partial = request.partial.as_ref().filter(|p| !p.whole)?;
    let given = partial.authorized.as_ref()?;
    let bytes = [&partial.original, given, &partial.remaining];
    let mut parts = bytes.iter().map(|b| numbers(request, b)).collect::<Option<Vec<_>>>()?;
    let refilled = parts.iter().flatten().any(|s| s.counts.0 == REFILLS);
    for part in &mut parts {
        // without a word on refills there are none
        if refilled && !part.iter().any(|s| s.counts.0 == REFILLS) {
            part.push(Slot { counts: (REFILLS, Unit::One), number: 0.0, at: None });
        }
        part.sort_by_key(|s| s.counts);
    }
    let [original, authorized, remaining] = &parts[..] else { return None };
    let kinds = |part: &[Slot<'_>]| part.iter().map(|s| s.counts).collect::<Vec<_>>();
    let mut same = kinds(original);
    same.dedup();
    let alike = same.len() == original.len() && kinds(authorized) == same && kinds(remaining) == same;
    if !alike || same.len() < 2 || !one_thing(context, request, &bytes) {
        return None;
    }
    let other = |n: &usize| {
        let (o, a, r) = (original[*n].number, authorized[*n].number, remaining[*n].number);
        o != a || a != r
    };
    let differ: Vec<usize> = (0..same.len()).filter(other).collect();
    let [n] = differ[..] else { return None };
    let (first, stated) = (&original[n], &remaining[n]);
    let expected = first.number - authorized[n].number;
    // "two refills of #60" or "#60 with one refill"
    let fill = if first.counts.0 == REFILLS { 1.0 } else { 0.0 };
    if expected == stated.number || expected - fill == stated.number {
        return None;
    }
    let text = |a: &Amount| request.reading.text()[a.bytes.clone()].to_string();
    let (at, whole) = (stated.at?, first.at?);
    let allowed = authorized[n].at;
    Some(
        Finding::new("parts")
            .label("stated", request.reading.span(at.bytes.clone()))
            .label("other", request.reading.span(whole.bytes.clone()))
            .label_if("other", allowed.map(|a| request.reading.span(a.bytes.clone())))
            .hole("stated", text(at))
            .hole("expected", expected.to_string())
            .hole("original", text(whole))
            .hole("authorized", allowed.map_or_else(|| "none".to_string(), text))
            .hole("remaining", stated.number.to_string()),
    )
}

/// The numbers of a part with what they count; none if any is a range or cannot be told.
fn numbers<'a>(request: &'a Request, bytes: &Range<usize>) -> Option<Vec<Slot<'a>>> {
    let mut found = Vec::new();
    for amount in request.amounts.iter().filter(|a| within(a, bytes)) {
        let mut add = |counts, least: f64, most: f64| {
            let slot = Slot { counts, number: least, at: Some(amount) };
            (least == most).then(|| found.push(slot))
        };
        match &amount.value {
            Value::Duration(q) => add((LENGTH, q.unit), q.least, q.most)?,
            Value::Frequency(f) => add((OFTEN, f.period), f.times.0, f.times.1)?,
            Value::Course { frequency: f, time, .. } => {
                add((OFTEN, f.period), f.times.0, f.times.1)?;
                add((LENGTH, time.unit), time.least, time.most)?;
            }
            Value::Count { number, .. } | Value::Tally { number, .. } | Value::Times(number) => {
                add((PIECES, number.unit), number.least, number.most)?;
            }
            Value::Refills(n) => add((REFILLS, Unit::One), f64::from(*n), f64::from(*n))?,
            Value::Strength { .. } | Value::Date(_) | Value::Month(_) | Value::Levels(_) => {}
            _ => return None,
        }
    }
    Some(found)
}

/// Whether the parts are about one thing: no two of them name other places of the body, treatments or strengths.
fn one_thing(context: &Context<'_>, request: &Request, parts: &[&Range<usize>]) -> bool {
    let reading = &request.reading;
    let named = |bytes: &Range<usize>, want: fn(Term) -> bool| -> BTreeSet<Term> {
        let inside = |h: &&Hit| {
            let (first, last) = (reading.words[h.first as usize], reading.words[h.end as usize - 1]);
            bytes.start <= first.start as usize && last.end as usize <= bytes.end
        };
        reading.hits.iter().filter(inside).map(|h| context.term(h)).filter(|t| want(*t)).collect()
    };
    let strengths = |bytes: &Range<usize>| -> BTreeSet<String> {
        let inside = request.amounts.iter().filter(|a| within(a, bytes));
        let written = |a: &Amount| reading.text()[a.bytes.clone()].chars().filter(char::is_ascii_digit).collect();
        inside.filter(|a| matches!(a.value, Value::Strength { .. })).map(written).collect()
    };
    let kinds: [fn(Term) -> bool; 2] = [
        |t| matches!(t, Term::BodyPart(_)),
        |t| matches!(t, Term::Cue(Cue::LeftSide | Cue::RightSide | Cue::BothSides)),
    ];
    // the whole request may ask for something beside it: "followed by re-examination"
    let treatments: Vec<BTreeSet<Term>> = parts.iter().map(|p| named(p, Term::is_item)).collect();
    let shared = treatments.windows(2).all(|w| w.iter().any(BTreeSet::is_empty) || !w[0].is_disjoint(&w[1]));
    shared
        && kinds.into_iter().all(|kind| agree(parts.iter().map(|p| named(p, kind))))
        && agree(parts.iter().map(|p| strengths(p)))
}

/// Whether all sets that hold anything are the same.
fn agree<T: Ord>(sets: impl Iterator<Item = BTreeSet<T>>) -> bool {
    let mut told: Vec<BTreeSet<T>> = sets.filter(|s| !s.is_empty()).collect();
    told.dedup();
    told.len() <= 1
}

/// The one number of visits, pieces or lengths of rent in a part; none if it has several, or others beside them.
fn one_count(context: &Context<'_>, request: &Request, bytes: &Range<usize>) -> Option<Count> {
    let reading = &request.reading;
    let therapy = request
        .treatments
        .iter()
        .any(|(t, _)| context.lexicon.treatments[*t as usize].kind == TreatmentKind::TherapyVisits);
    let mut counts: Vec<Count> = Vec::new();
    let mut course: Option<Count> = None;
    for amount in request.amounts.iter().filter(|a| within(a, bytes)) {
        let told = |number: Quantity| Count {
            number,
            bare: matches!(amount.value, Value::Number(_)),
            span: reading.span(amount.bytes.clone()),
            text: reading.text()[amount.bytes.clone()].to_string(),
        };
        let visits = |n: &Quantity| Quantity { unit: if therapy { Unit::Visits } else { Unit::One }, ..*n };
        match &amount.value {
            Value::Tally { number, .. } => counts.push(told(*number)),
            Value::Count { number, unit: None } | Value::Times(number) => counts.push(told(visits(number))),
            Value::Course { frequency, time, sure } if *sure || therapy => {
                // a course a day is no number of visits
                course = Some(told(multiplied(frequency.times, frequency.period, *time).filter(|_| therapy)?));
            }
            Value::Duration(time) => counts.push(told(*time)),
            Value::Number(number) if is_count(reading, amount, bytes) => counts.push(told(*number)),
            Value::Strength { .. } | Value::Date(_) | Value::Month(_) | Value::Levels(_) => {}
            _ => return None,
        }
    }
    // "2 times a week for 4 weeks (8 sessions)" is one count
    match (counts.len(), course) {
        (1, Some(_)) if counts[0].number.unit != Unit::Visits => None,
        (1, _) => counts.pop(),
        (0, course) => course,
        _ => None,
    }
}

/// Whether a number that nothing is told of is one of things asked for: it opens the part, or stands behind a comma or in brackets.
fn is_count(reading: &Reading, amount: &Amount, part: &Range<usize>) -> bool {
    let before = reading.text()[part.start..amount.bytes.start].trim_end();
    before.is_empty() || before.ends_with([',', '(', ':'])
}

/// Whether the request is for several places, each of which may have a course of its own.
fn several_places(request: &Request) -> bool {
    let both = request.reading.cues.has(Cue::BothSides);
    let mut parts: Vec<u16> = request.body_parts.iter().map(|(b, _)| *b).collect();
    parts.sort_unstable();
    parts.dedup();
    both || parts.len() > 1
}

/// "2 times a week for 6 weeks" called 10 visits.
pub fn course(reading: &Reading, amounts: &[&Amount], several: bool, therapy: bool) -> Option<Finding> {
    let courses: Vec<_> = amounts
        .iter()
        .filter_map(|a| match &a.value {
            Value::Course { frequency, time, .. } => Some((*a, frequency, *time)),
            _ => None,
        })
        .collect();
    let tallies: Vec<_> = amounts
        .iter()
        .filter_map(|a| match &a.value {
            Value::Tally { number, .. } if number.unit == Unit::Visits => Some((*a, *number)),
            // "Qty: 12" of a therapy
            Value::Count { number, unit: None } if therapy => Some((*a, *number)),
            _ => None,
        })
        .collect();
    let ([(at, frequency, time)], [(stated_at, stated)]) = (&courses[..], &tallies[..]) else { return None };
    let expected = multiplied(frequency.times, frequency.period, *time)?;
    // a month is four weeks or a little more
    let slack = if time.unit == Unit::Months { 1.15 } else { 1.0 };
    let fits = stated.least <= expected.most * slack && expected.least <= stated.most;
    let times = stated.least / expected.least;
    if fits || several && times.fract() == 0.0 {
        return None;
    }
    let text = |a: &Amount| reading.text()[a.bytes.clone()].to_string();
    Some(
        Finding::new("course")
            .label("stated", reading.span(stated_at.bytes.clone()))
            .label("other", reading.span(at.bytes.clone()))
            .hole("stated", text(stated_at))
            .hole("expected", number(expected))
            .hole("original", text(at)),
    )
}

/// A number or a range in figures.
pub fn number(quantity: Quantity) -> String {
    if quantity.least == quantity.most {
        quantity.least.to_string()
    } else {
        format!("{}-{}", quantity.least, quantity.most)
    }
}

/// A course and its number of visits in a conclusion, where they stand side by side.
fn concluded(decision: &Decision, request: &Request, facts: &PartFacts) -> Option<Finding> {
    let reading = &decision.rationale.as_ref()?.reading;
    facts.conclusion.stances.iter().find_map(|stance| {
        let bytes = &reading.sentences[stance.sentence].bytes;
        let inside: Vec<&Amount> = facts.amounts.iter().filter(|a| within(a, bytes)).collect();
        let beside = inside.windows(2).any(|w| w[1].bytes.start - w[0].bytes.end <= BESIDE);
        if beside { course(reading, &inside, several_places(request), false) } else { None }
    })
}

/// So many bytes at most stand between two amounts that say the same: "2 times a week for 6 weeks (12 sessions)".
const BESIDE: usize = 3;

/// "Twice daily for 14 days" is not 40 pieces.
fn supply(reading: &Reading, amounts: &[&Amount]) -> Option<Finding> {
    let says = |cue| reading.cues.has(cue);
    if says(Cue::AsNeeded) || says(Cue::TopicalForm) || says(Cue::OtherForm) {
        return None;
    }
    let (mut daily, mut days, mut stated, mut each) = (Vec::new(), Vec::new(), Vec::new(), (1.0, 1.0));
    let mut fills = 1.0;
    for amount in amounts {
        match &amount.value {
            Value::Course { frequency, time, .. } => {
                daily.push((*frequency, *amount));
                days.push(*time);
            }
            Value::Frequency(frequency) => daily.push((*frequency, *amount)),
            Value::Duration(time) => days.push(*time),
            Value::Count { number, unit: None } => stated.push((*amount, *number)),
            Value::Tally { number, .. } if number.unit == Unit::One => each = (number.least, number.most),
            Value::Number(number) if number.most < DOSE => each = (number.least, number.most),
            Value::Refills(n) => fills += f64::from(*n),
            Value::Strength { .. } => {}
            _ => return None,
        }
    }
    let ([(Frequency { times, period: Unit::Days }, at)], [time], [(stated_at, stated)]) =
        (&daily[..], &days[..], &stated[..])
    else {
        return None;
    };
    let length = |n: f64, month: f64| match time.unit {
        Unit::Days => Some(n),
        Unit::Weeks => Some(n * 7.0),
        Unit::Months => Some(n * month),
        _ => None,
    };
    let least = times.0 * length(time.least, 28.0)? * each.0;
    let most = times.1 * length(time.most, 31.0)? * each.1;
    // two or three pieces at a time are seldom said
    let usual = times.0 * length(time.least, 30.0)? * each.0;
    let exact = stated.least == stated.most && times.0 == times.1 && each.0 == each.1 && time.least == time.most;
    let several = exact && (stated.least / usual).fract() == 0.0;
    let near = stated.most >= least - ROUNDING && stated.least <= most + ROUNDING;
    // the number may be for one fill of several, or for all
    let filled = fills > 1.0 && {
        let all = stated.most * fills;
        all >= least - ROUNDING && all <= most + ROUNDING || (stated.least / fills - least).abs() <= ROUNDING
    };
    if several && stated.least >= least || near || filled {
        return None;
    }
    let text = |a: &Amount| reading.text()[a.bytes.clone()].to_string();
    let expected = number(Quantity { least, most, unit: Unit::One });
    Some(
        Finding::new("supply")
            .label("stated", reading.span(stated_at.bytes.clone()))
            .label("other", reading.span(at.bytes.clone()))
            .hole("stated", text(stated_at))
            .hole("expected", expected)
            .hole("original", text(at)),
    )
}

/// Fewer pieces than this are taken at a time.
const DOSE: f64 = 5.0;

/// Packs are rounded: 30 for four weeks of one a day.
const ROUNDING: f64 = 2.0;
