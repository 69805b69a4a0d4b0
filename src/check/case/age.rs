//! Two ages of the patient that no dates explain.

use crate::check::{Context, Finding};
use crate::fact::{DateFact, PartFacts, Voice};
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Small, Term};
use crate::measure::Date;
use crate::source::Span;

/// An age that the letter gives the patient.
struct AgeTold {
    years: u32,
    span: Span,
    /// Dates of its sentence: the age may be that of another day.
    dates: Vec<Date>,
}

/// How many words may stand between an age and the person whose it is: "61-year-old right-handed male".
const REACH: u32 = 6;

/// Two places give the patient ages that are years apart, and no date beside them explains it.
pub fn conflict(context: &Context<'_>) -> Vec<Finding> {
    let all = ages(context);
    let Some(first) = all.first() else { return Vec::new() };
    // an age that most places agree on is the patient's
    let count = |years: u32| all.iter().filter(|a| a.years.abs_diff(years) <= 1).count();
    let most = all.iter().max_by_key(|a| (count(a.years), std::cmp::Reverse(a.span.start))).unwrap_or(first);
    let other = all.iter().find(|a| a.years.abs_diff(most.years) > 1 && !explained(context, most, a));
    // "is over 65" of somebody aged 48
    let past = || past(context).into_iter().find(|a| a.years > most.years + 1 && !explained(context, most, a));
    let decade = || decades(context).into_iter().find(|a| most.years + 1 < a.years || a.years + DECADE < most.years);
    let born = || born(context).into_iter().find(|a| a.years.abs_diff(most.years) > BORN);
    let past = if other.is_none() { past().or_else(decade).or_else(born) } else { None };
    let Some(second) = other.or(past.as_ref()) else { return Vec::new() };
    vec![
        Finding::new("default")
            .label("second", second.span)
            .label("first", most.span)
            .hole("first", most.years.to_string())
            .hole("second", second.years.to_string()),
    ]
}

/// Whether dates beside the ages lie about as far apart as the ages do, or one of the ages is that of another day.
fn explained(context: &Context<'_>, one: &AgeTold, two: &AgeTold) -> bool {
    let (younger, older) = if one.years < two.years { (one, two) } else { (two, one) };
    let gap = f64::from(older.years - younger.years);
    let fits = |a: Date, b: Date| (b.days_since(a) as f64 / 365.25 - gap).abs() <= 1.5;
    match (younger.dates.is_empty(), older.dates.is_empty()) {
        (true, true) => false,
        (false, false) => younger.dates.iter().any(|a| older.dates.iter().any(|b| fits(*a, *b))),
        // one age is told with a date: years back it may have been so
        (false, true) | (true, false) => {
            let now = context.dates.decision.or(context.dates.denial).or(context.dates.latest).map(|d| d.date);
            now.is_none_or(|now| younger.dates.iter().any(|then| fits(*then, now)))
        }
    }
}

/// All ages of the patient in the letter's own words.
fn ages(context: &Context<'_>) -> Vec<AgeTold> {
    let mut found = Vec::new();
    for (reading, facts) in context.parts() {
        let own = |s: &Sentence, span| is_of_patient(context, reading, s, span);
        collect(context, (reading, facts), &facts.patient.ages, own, &mut found);
        collect(context, (reading, facts), &facts.patient.said, |_, _| true, &mut found);
    }
    // "his daughter, 15" and "a girl of 15 can use it"
    let theirs: Vec<u32> = context.parts().flat_map(|(_, facts)| facts.patient.theirs.iter().copied()).collect();
    found.retain(|a| !theirs.contains(&a.years));
    found
}

/// Ages that the patient is said to be past.
fn past(context: &Context<'_>) -> Vec<AgeTold> {
    let mut found = Vec::new();
    for (reading, facts) in context.parts().filter(|(_, f)| !f.patient.past.is_empty()) {
        let plain = |s: &Sentence, _| !OPEN.iter().any(|c| s.cues.has(*c));
        collect(context, (reading, facts), &facts.patient.past, plain, &mut found);
    }
    found
}

/// The decades of life that the patient is said to be in.
fn decades(context: &Context<'_>) -> Vec<AgeTold> {
    let mut found = Vec::new();
    for (reading, facts) in context.parts().filter(|(_, f)| !f.patient.decades.is_empty()) {
        collect(context, (reading, facts), &facts.patient.decades, |_, _| true, &mut found);
    }
    found
}

/// Years behind the first of a decade of life, with one for a birthday.
const DECADE: u32 = 10;

/// Ages by the year of birth on the day of the decision.
fn born(context: &Context<'_>) -> Vec<AgeTold> {
    let mut found = Vec::new();
    let now = context.dates.decision.or(context.dates.denial).map(|d| d.date.year());
    let Some(now) = now.and_then(|y| u32::try_from(y).ok()) else { return found };
    for (reading, facts) in context.parts().filter(|(_, f)| !f.patient.born.is_empty()) {
        collect(context, (reading, facts), &facts.patient.born, |_, _| true, &mut found);
    }
    found.iter_mut().for_each(|a| a.years = now.saturating_sub(a.years));
    found
}

/// Years by which an age may differ from that by the year of birth.
const BORN: u32 = 2;

/// A sentence with these does not tell that the patient is past an age.
const OPEN: [Cue; 6] =
    [Cue::Negation, Cue::Undocumented, Cue::Conditional, Cue::GuidelineSays, Cue::People, Cue::UtilizationReview];

fn collect(
    context: &Context<'_>,
    (reading, facts): (&Reading, &PartFacts),
    ages: &[(u32, Span)],
    own: impl Fn(&Sentence, Span) -> bool,
    found: &mut Vec<AgeTold>,
) {
    let (dates, voices) = (&facts.dates, &facts.voices);
    for (years, span) in ages {
        let holds = |s: &Sentence| reading.span(s.bytes.clone()).contains(*span);
        let Some(number) = reading.sentences.iter().position(holds) else { continue };
        // what the utilization review says of the patient is its word
        let recited = voices.get(number).is_some_and(|v| matches!(v, Voice::Recital | Voice::Other))
            || facts.reviewed.contains(&number);
        if recited || !own(&reading.sentences[number], *span) || is_of_then(context, reading, *span) {
            continue;
        }
        // the day of the injury stands beside the age in most letters and explains nothing
        let explaining = |d: &&DateFact| d.sentence == number && Some(d.date) != context.dates.injury.map(|i| i.date);
        let days = dates.iter().filter(explaining).map(|d| d.date).collect();
        found.push(AgeTold { years: *years, span: *span, dates: days });
    }
}

/// Whether an age is said to be that of another day: "was 32 years old when she was hurt".
fn is_of_then(context: &Context<'_>, reading: &Reading, span: Span) -> bool {
    let next = reading.words.partition_point(|w| reading.span(w.start as usize..w.end as usize).start < span.end);
    let then = |n: usize| next + n <= reading.words.len();
    (1..=THEN).any(|n| then(n) && context.lexicon.is_small(reading.slice(next..next + n), Small::OfThen))
}

/// So many words at most tell that something was so on another day: "at the time".
const THEN: usize = 3;

/// Whether the age stands beside a word for the patient, and nobody else is spoken of there.
fn is_of_patient(context: &Context<'_>, reading: &Reading, sentence: &Sentence, span: Span) -> bool {
    let place = |h: &crate::lexicon::Hit| reading.span_of_hit(h);
    let hits = || reading.hits[sentence.hits.clone()].iter();
    // "at her age of 65"
    if hits().any(|h| context.is(h, Cue::OwnAge) && place(h).end < span.start && span.start - place(h).end <= 1) {
        return true;
    }
    // "the claimant, 56, has"
    let comma = |h: &crate::lexicon::Hit| context.text[place(h).end as usize..span.start as usize].starts_with(',');
    let beside = |h: &crate::lexicon::Hit| place(h).end + 2 == span.start && comma(h);
    if hits().any(|h| context.is(h, Cue::Person) && beside(h)) && span.end - span.start <= 3 {
        return true;
    }
    // "a woman of 36 years"
    let of_years = |h: &&crate::lexicon::Hit| context.is(h, Cue::OfYears) && place(h).end == span.end;
    if let Some(age) = hits().find(of_years) {
        // "for a woman of 50 years or more"
        let or_more = hits().any(|h| context.is(h, Cue::ListOr) && h.first == age.end);
        return !or_more && !hits().any(|h| context.is(h, Cue::GuidelineSays) || context.is(h, Cue::General));
    }
    let is_age = |h: &&crate::lexicon::Hit| {
        context.is(h, Cue::YearsOld) && place(h).end == span.end
            || context.is(h, Cue::Aged) && place(h).start == span.start
    };
    let Some(age) = hits().find(is_age) else { return false };
    let near = |h: &crate::lexicon::Hit| {
        let apart = if h.first >= age.end { h.first - age.end } else { age.first.saturating_sub(h.end) };
        apart <= REACH
    };
    let person = |t: Term| matches!(t, Term::Cue(Cue::Person | Cue::Male | Cue::Female));
    // "in this 56 year old, the records", but not "this 20 year old fracture"
    let number = reading.word_at(reading.words[age.first as usize].start as usize);
    let number = number.saturating_sub(1);
    let lone = hits()
        .any(|h| context.is(h, Cue::ThisOne) && (number.saturating_sub(1)..=number).contains(&(h.end as usize)))
        && ends_there(context, reading, sentence, age.end as usize);
    // "once a year in a 75-year-old at low risk", "in a healthy 51 year old": of somebody without a noun, in the reviewer's words on
    // the case
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let described = |w: &usize| is(*w, Small::PersonAdjective);
    let ahead = (sentence.words.start..number).rev();
    let article = ahead.clone().take(ADJECTIVES + 1).find(|w| !described(w)).filter(|w| is(*w, Small::Article));
    let led = || {
        let before = article.and_then(|w| w.checked_sub(1)).filter(|w| sentence.words.contains(w));
        before.is_some_and(|w| reading.is_small(w, Small::Preposition, context.lexicon))
    };
    let open = || {
        let end = age.end as usize;
        ends_there(context, reading, sentence, end) || is(end, Small::Preposition) || is(end, Small::Is)
    };
    let unnamed = article.is_some() && led() && open();
    if unnamed && is_beside(context, reading, sentence) {
        return false;
    }
    let lone = lone || unnamed;
    let named = lone || hits().any(|h| near(h) && person(context.term(h)));
    let other = hits().any(|h| near(h) && context.is(h, Cue::OtherPerson));
    // "over 50 years of age": a bound, not an age
    let bound = hits().any(|h| context.is(h, Cue::AgeBound) && h.end < age.first + 1 && age.first - h.end <= 2);
    // what a guideline says of somebody, in whatever voice; "a test would be appropriate for a patient of that age" stands far off
    let general = hits().any(|h| context.is(h, Cue::GuidelineSays) || context.is(h, Cue::People) && near(h));
    // "is not 65 years old"
    let denied =
        hits().any(|h| context.is(h, Cue::Negation) && h.end as usize <= number && number - h.end as usize <= 1);
    named && (lone || !other) && !bound && !general && !denied
}

/// How many words may describe somebody between an article and an age: "an otherwise healthy".
const ADJECTIVES: usize = 3;

/// Whether a sentence holds somebody else beside the patient: "the risk is less in a 25-year-old", "in a healthy 30 year old. But here".
fn is_beside(context: &Context<'_>, reading: &Reading, sentence: &Sentence) -> bool {
    let is = |w: usize| reading.is_small(w, Small::SetsBeside, context.lexicon);
    let next = reading.sentences.iter().find(|s| s.words.start == sentence.words.end);
    sentence.words.clone().any(is) || next.is_some_and(|s| !s.words.is_empty() && is(s.words.start))
}

/// Whether no noun follows behind an age: a mark does, or a word that goes on about somebody.
fn ends_there(context: &Context<'_>, reading: &Reading, sentence: &Sentence, end: usize) -> bool {
    if end >= sentence.words.end {
        return true;
    }
    let between = &reading.text()[reading.words[end - 1].end as usize..reading.words[end].start as usize];
    between.contains([',', ';', '.', ')', ':']) || reading.is_small(end, Small::GoesOn, context.lexicon)
}
