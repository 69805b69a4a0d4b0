//! Use or pain of this injury that lasts longer than the time since it.

use super::old::too_old;
use super::used_for::used_longer;
use crate::check::memo::requested;
use crate::check::naming::{Thing, related, things};
use crate::check::summary::receipt::clause;
use crate::check::{Context, Finding};
use crate::fact::{Documentation, PartFacts, Polarity, Used, meaning};
use crate::letter::{Amount, Decision, Reading, Sentence, Value};
use crate::lexicon::{Cue, Gap, Hit, Small};
use crate::measure::{Date, Quantity};
use crate::rulebook::AmountFact;
use crate::source::Span;
use std::ops::Range;

/// A length of use or of a complaint is longer than the time from the injury to the decision.
pub fn exceeds_injury(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let dates = context.dates;
    let (Some(injury), Some(to)) = (dates.injury, dates.decision.or(dates.denial)) else { return Vec::new() };
    let elapsed = to.date.days_since(injury.date);
    if elapsed <= 0 {
        return Vec::new();
    }
    let asked = decision.request.as_ref().map(|r| requested(context, r)).unwrap_or_default();
    let mut parts: Vec<(&Reading, &PartFacts, bool)> = Vec::new();
    parts.extend(decision.rationale.as_ref().map(|r| (&r.reading, facts, false)));
    parts.extend(context.letter.summary.as_ref().map(|s| (s, &context.facts.summary, true)));
    for (reading, facts, in_summary) in parts {
        let about = |n: usize| {
            let words = &reading.sentences[n].words;
            if in_summary { names(context, reading, words, &asked) } else { !is_for_another(context, reading, words) }
        };
        let found =
            lasting(context, reading, facts).into_iter().find(|(n, _, time)| is_longer(*time, elapsed) && about(*n));
        let told = found.map(|(_, amount, _)| reading.span(amount.bytes.clone()));
        // what the summary tells of the injury at large is told once
        let linked = || {
            let here = !in_summary || context.letter.decisions.first().is_some_and(|d| d.n == decision.n);
            here.then(|| since_injury(context, reading, facts, injury.date, elapsed))?
        };
        let of_care = || of_care(context, reading, facts, injury.date, elapsed);
        let used = || used_longer(context, reading, facts, injury.date, elapsed);
        let old = || too_old(context, reading, facts, injury.date, |age| is_longer(age, elapsed));
        if let Some(span) = told
            .or_else(|| since_before(reading, facts, elapsed, about))
            .or_else(linked)
            .or_else(of_care)
            .or_else(used)
            .or_else(old)
        {
            let text = context.text[span.range()].to_string();
            return vec![
                Finding::new("default")
                    .label("duration", span)
                    .label("injury", injury.span)
                    .hole("duration", text)
                    .hole("elapsed", in_words(elapsed)),
            ];
        }
    }
    Vec::new()
}

/// How many words may stand between a length of time and the injury that it is tied to: "seven months out from his fall",
/// "for this injury with therapy and drugs for a year".
const LINK: usize = 10;

/// How many words may stand between "history of" and the injury.
const OF_WHAT: u32 = 4;

/// The lengths of time of a part of the letter that are longer than that since the injury. What grew over time began before its day,
/// and gives none.
pub fn longer<'a>(context: &Context<'_>, facts: &'a PartFacts, elapsed: i64) -> impl Iterator<Item = &'a Amount> {
    let long = move |a: &&Amount| matches!(a.value, Value::Duration(time) if is_longer(time, elapsed));
    let found: Vec<&Amount> = facts.amounts.iter().filter(long).collect();
    let grown = !found.is_empty() && context.letter.summary.as_ref().is_some_and(grew);
    found.into_iter().filter(move |_| !grown)
}

/// A length of time that is tied to the injury itself, whatever it is told of, and is longer than that: "six months after
/// the injury", "for the two years since the fall", "for eight months for this injury".
fn since_injury(
    context: &Context<'_>,
    reading: &Reading,
    facts: &PartFacts,
    injury: Date,
    elapsed: i64,
) -> Option<Span> {
    let found = longer(context, facts, elapsed).filter(|amount| {
        let Some(number) = reading.sentence_at(amount.bytes.start) else { return false };
        let sentence = &reading.sentences[number];
        facts.is_of_case(number)
            && !is_elsewhere(context, reading, sentence)
            && !is_older(reading, facts, number, injury)
            && is_tied(context, reading, sentence, amount)
    });
    found.map(|amount| reading.span(amount.bytes.clone())).next()
}

/// A length of care of the patient that is longer than the time since the injury: "after nine months of treatment", "a year of
/// physical therapy has failed".
fn of_care(context: &Context<'_>, reading: &Reading, facts: &PartFacts, injury: Date, elapsed: i64) -> Option<Span> {
    let lexicon = context.lexicon;
    let found = longer(context, facts, elapsed).filter(|amount| {
        let Some(number) = reading.sentence_at(amount.bytes.start) else { return false };
        let sentence = &reading.sentences[number];
        let apart = NOT_HAD.iter().any(|cue| sentence.cues.has(*cue))
            || is_elsewhere(context, reading, sentence)
            || is_older(reading, facts, number, injury);
        if !facts.is_of_case(number) || apart || facts.reviewed.contains(&number) {
            return false;
        }
        let (first, end) = (reading.word_at(amount.bytes.start), reading.word_at(amount.bytes.end));
        let small = |w: usize, set| sentence.words.contains(&w) && reading.is_small(w, set, lexicon);
        let last = (end + OF_CARE).min(sentence.words.end);
        let care = |w: usize| small(w, Small::Care) || !things(context, reading, w..w + 1).is_empty();
        let lasting = reading.cues(lexicon, sentence.hits.clone(), Cue::Lasting).find(|h| h.end as usize == first);
        let before = |h: &Hit| (h.first as usize).saturating_sub(2).max(sentence.words.start)..h.first as usize;
        // "therapy and an injection have failed over fourteen months"
        let vain = |h: &Hit| {
            let clause = clause(context, reading, sentence, first..end);
            let led = clause.start..h.first as usize;
            let verb = led.clone().rev().take(2).any(|w| small(w, Small::TriedInVain));
            verb && led.clone().any(care)
        };
        // "conservative care over the past ten months"
        let of_care = small(end, Small::Of) && (end + 1..last).any(care)
            || lasting.is_some_and(|h| before(h).any(|w| small(w, Small::Care)) || vain(h));
        let denied = is_unshown(context, reading, sentence, first)
            || reading.cues(lexicon, sentence.hits.clone(), Cue::Negation).any(|h| {
                // but "no relief despite a year of therapy"
                let mut between = h.end as usize..first;
                h.end as usize <= first && !between.any(|w| small(w, Small::Preposition) || small(w, Small::Despite))
            });
        // "nine months of artificial tears for this burn": whatever was had for it
        let behind = end..clause(context, reading, sentence, first..end).end;
        let pointed = |w: &usize| small(*w, Small::Pointing) && small(w + 1, Small::Hurt);
        let of_care = of_care || lasting.is_some() && small(end, Small::Of) && behind.clone().any(|w| pointed(&w));
        // what has been or still is
        let told = sentence.words.clone().any(|w| small(w, Small::Had))
            || [Cue::Person, Cue::Claimant].iter().any(|c| sentence.cues.has(*c));
        let meant = || meaning(reading, lexicon, first..end);
        // "nine months of symptoms"
        let suffered = small(end, Small::Of) && (end + 1..last).any(|w| small(w, Small::Suffered));
        (of_care && told || suffered)
            && !denied
            && meant().polarity == Polarity::Affirmed
            && meant().documentation == Documentation::Said
    });
    found.map(|amount| reading.span(amount.bytes.clone())).next()
}

/// Whether words before a place deny that it is shown: "the records do not show that he had a year of therapy".
pub fn is_unshown(context: &Context<'_>, reading: &Reading, sentence: &Sentence, first: usize) -> bool {
    [Cue::Undocumented, Cue::Unshown].into_iter().any(|cue| {
        let mut hits = reading.cues(context.lexicon, sentence.hits.clone(), cue);
        hits.any(|h| h.end as usize <= first)
    })
}

/// How many words behind a length of time may name the care: "of conservative outpatient physical therapy".
const OF_CARE: usize = 5;

/// A length of care in a sentence with these is asked for, or lies ahead, or is a rule.
const NOT_HAD: [Cue; 6] =
    [Cue::AsksFor, Cue::ThisRequest, Cue::ToCome, Cue::General, Cue::OtherIllness, Cue::OtherRequest];

/// Whether a sentence tells of a day or year before the injury.
pub fn is_older(reading: &Reading, facts: &PartFacts, number: usize, injury: Date) -> bool {
    facts.dates.iter().any(|d| d.sentence == number && d.date < injury)
        || reading.sentences[number].words.clone().any(|w| is_year_before(reading.word(w), injury))
}

/// Whether a word is a year before that of the injury: "a year after the fracture in 2012".
fn is_year_before(word: &str, injury: Date) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: i32| (1950..injury.year()).contains(&year))
}

/// Whether an injury grew over time, as a summary tells.
fn grew(summary: &Reading) -> bool {
    summary.sentences.iter().any(|s| s.cues.has(Cue::GrownInjury))
}

/// What points to another injury, to an earlier time, or to somebody else's rule.
pub const NOT_OF_INJURY: [Cue; 7] = [
    Cue::OtherInjury,
    Cue::EarlierDate,
    Cue::GuidelineSays,
    Cue::GuidelineStyle,
    Cue::People,
    Cue::Relative,
    Cue::Conditional,
];

/// Whether a sentence is of another injury or time; "prior treatment" is that of this one.
fn is_elsewhere(context: &Context<'_>, reading: &Reading, sentence: &Sentence) -> bool {
    let of_care = |h: &Hit| {
        let next = h.end as usize;
        sentence.words.contains(&next) && reading.is_small(next, Small::Care, context.lexicon)
    };
    NOT_OF_INJURY.iter().any(|cue| match cue {
        Cue::EarlierDate => reading.cues(context.lexicon, sentence.hits.clone(), *cue).any(|h| !of_care(h)),
        _ => sentence.cues.has(*cue),
    })
}

/// Whether a length of time is tied to the injury by the words beside it.
fn is_tied(context: &Context<'_>, reading: &Reading, sentence: &Sentence, amount: &Amount) -> bool {
    let first = reading.word_at(amount.bytes.start);
    let end = reading.word_at(amount.bytes.end);
    let hits = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue);
    let gap = |h: &Hit| first.saturating_sub(h.end as usize).max((h.first as usize).saturating_sub(end));
    let clause = |h: &Hit| {
        let between = (end.min(h.end as usize) + 1)..first.max(h.first as usize) + 1;
        let same = |w: usize| reading.words.get(w).is_none_or(|w| w.gap == Gap::Soft);
        (between.start.max(1)..between.end).all(same)
    };
    let lasting = || hits(Cue::Lasting).any(|h| h.end as usize == first || h.end as usize == first + 1);
    // "a two year history of neck pain from this injury"
    let so_long = |link: &Hit| {
        hits(Cue::SoLong).any(|h| h.first as usize == end && link.first >= h.end && link.first - h.end <= OF_WHAT)
    };
    // "will be treated for this injury for another six months"; "therapy is asked for because the pain has lasted for a year"
    let lasted = hits(Cue::HasLasted).any(|h| h.end as usize <= first && first - h.end as usize <= LINK);
    let asked = hits(Cue::AsksFor).any(|h| h.end as usize <= first);
    let unshown = hits(Cue::Undocumented).any(|h| h.end as usize <= first);
    // "six months post injury", "nine months after his fall"
    let after = hits(Cue::AfterInjury).any(|h| h.first as usize >= end && h.first as usize - end <= 1);
    // "it is not clear why it is asked for now, a year after he was hurt": what is set off is so in any case
    let comma = reading.text()[..amount.bytes.start].trim_end().ends_with(',');
    if after && comma && hits(Cue::ToCome).next().is_none() {
        return true;
    }
    if unshown || (asked || hits(Cue::ToCome).next().is_some()) && !lasted {
        return false;
    }
    // "the three years since the injury", "for four months now, ever since he fell"
    let since = || hits(Cue::SinceInjury).any(|h| gap(h) <= 2 || gap(h) <= LINK && lasting() && clause(h));
    let of_injury = || hits(Cue::FromInjury).any(|h| clause(h) && (gap(h) <= LINK && lasting() || so_long(h)));
    let ago = || hits(Cue::InjuryAgo).any(|h| h.first as usize <= first && end <= h.end as usize);
    if !(after || since() || of_injury() || ago()) {
        return false;
    }
    let meant = meaning(reading, context.lexicon, first..end);
    meant.polarity == Polarity::Affirmed && meant.documentation == Documentation::Said
}

/// Use "since 2009" of an injury of 2014.
fn since_before(reading: &Reading, facts: &PartFacts, elapsed: i64, about: impl Fn(usize) -> bool) -> Option<Span> {
    let is_length = |u: &Used| facts.amounts.iter().any(|a| reading.span(a.bytes.clone()).contains(u.span));
    let since = |u: &&Used| u.fact == AmountFact::UseDuration && !is_length(u) && about(u.sentence);
    let longer = |u: &&Used| is_longer(u.quantity, elapsed) && is_own(&reading.sentences[u.sentence]);
    facts.used.iter().filter(since).find(longer).map(|u| u.span)
}

/// Whether a sentence is about the patient and this injury alone.
fn is_own(sentence: &Sentence) -> bool {
    let says = |cue: &Cue| sentence.cues.has(*cue);
    !NOT_OWN.iter().any(says)
}

/// What points to an earlier time or to somebody else's rule.
const NOT_OWN: [Cue; 6] =
    [Cue::EarlierDate, Cue::GuidelineSays, Cue::GuidelineStyle, Cue::OtherPerson, Cue::Relative, Cue::Conditional];

/// Whether some words name what is asked for.
fn names(context: &Context<'_>, reading: &Reading, words: &Range<usize>, asked: &[Thing]) -> bool {
    let named = things(context, reading, words.clone());
    named.iter().any(|t| !t.class_word && asked.iter().any(|a| related(context, a, t)))
}

/// Whether all the drugs that some words name are those of no request of the letter: "on daily prednisone for six years" is for
/// another disease.
fn is_for_another(context: &Context<'_>, reading: &Reading, words: &Range<usize>) -> bool {
    let drugs = || things(context, reading, words.clone()).into_iter().filter(|t| !t.drugs.is_empty());
    let mut requests = context.letter.decisions.iter().filter_map(|d| d.request.as_ref());
    drugs().next().is_some()
        && !requests.any(|r| requested(context, r).iter().any(|a| drugs().any(|t| related(context, a, &t))))
}

/// Days that are forgiven: months are counted roughly.
const SLACK: f64 = 20.0;

fn is_longer(time: Quantity, elapsed: i64) -> bool {
    use crate::measure::Unit::{Days, Months, Weeks, Years};
    let days = match time.unit {
        Days => 1.0,
        Weeks => 7.0,
        Months => 30.4,
        Years => 365.25,
        _ => return false,
    };
    // "one year" of an injury ten months ago is a round number
    let rounding = if time.unit == Years && time.least <= 1.0 { 90.0 } else { SLACK };
    time.least * days > elapsed as f64 + rounding
}

fn in_words(days: i64) -> String {
    match days {
        ..60 => format!("{days} days"),
        60..730 => format!("{} months", days / 30),
        _ => format!("{} years", days / 365),
    }
}

/// How many words may stand between a length of time and the cue that tells of what.
const REACH: usize = 6;

/// Lengths of use and of complaints of this injury, with their sentences.
fn lasting<'a>(
    context: &Context<'_>,
    reading: &'a Reading,
    facts: &'a PartFacts,
) -> Vec<(usize, &'a Amount, Quantity)> {
    let mut found = Vec::new();
    for amount in &facts.amounts {
        let Value::Duration(time) = amount.value else { continue };
        let Some(number) = reading.sentence_at(amount.bytes.start) else { continue };
        let sentence = &reading.sentences[number];
        if facts.is_of_case(number) && is_of_injury(context, reading, sentence, amount) {
            found.push((number, amount, time));
        }
    }
    found
}

/// Whether a length of time is long enough for an age.
fn is_age(amount: &Amount) -> bool {
    matches!(amount.value, Value::Duration(time) if time.unit == crate::measure::Unit::Years && time.least >= 16.0)
}

/// Whether a cue for use or complaints stands right beside a length of time, and nothing points to an earlier time or to
/// somebody else's rule.
fn is_of_injury(context: &Context<'_>, reading: &Reading, sentence: &Sentence, amount: &Amount) -> bool {
    let first = reading.word_at(amount.bytes.start);
    let end = reading.word_at(amount.bytes.end);
    // "at 67 years", "a man of 62 years": an age
    let before = first.checked_sub(1).map_or("", |w| reading.slice(w..first));
    if context.lexicon.is_small(before, Small::BeforeAge) && is_age(amount) {
        return false;
    }
    let near = |cue| {
        reading.cues(context.lexicon, sentence.hits.clone(), cue).any(|h| {
            let (from, to) = (h.first as usize, h.end as usize);
            to <= first && first - to <= REACH || from >= end && from - end <= 2 || from < end && to > first
        })
    };
    // "for ten years, long before the injury"
    let older = |h: &Hit| context.lexicon.is_small(reading.word(h.first as usize), Small::Former);
    let mut others = reading.cues(context.lexicon, sentence.hits.clone(), Cue::OtherInjury);
    // "used it for hypertension for ten years"
    let mut illness = reading.cues(context.lexicon, sentence.hits.clone(), Cue::OtherIllness);
    let illness = illness.any(|h| (h.end as usize) < first && first - h.end as usize <= 2);
    let unshown = is_unshown(context, reading, sentence, first) || others.any(older) || illness;
    if unshown || !is_own(sentence) || !(near(Cue::UseOver) || near(Cue::ComplaintOver)) {
        return false;
    }
    let meant = meaning(reading, context.lexicon, first..end);
    meant.polarity == Polarity::Affirmed && meant.documentation == Documentation::Said
}
