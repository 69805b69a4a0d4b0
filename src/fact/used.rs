//! Amounts that belong to a treatment in prose: how long it has been used, how many visits were had, how much it relieved.

use super::{DateFact, DateRole, Documentation, Polarity, Voice, meaning};
use crate::letter::{Amount, Reading, Sentence, Value};
use crate::lexicon::{Cue, Hit, Lexicon, Term};
use crate::measure::{Date, Quantity, Unit};
use crate::rulebook::AmountFact;
use crate::source::Span;

/// An amount and the treatments of its sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Used {
    /// Of what: use duration, completed visits, relief or time since.
    pub fact: AmountFact,
    /// How much.
    pub quantity: Quantity,
    /// The words.
    pub span: Span,
    /// Treatments named in the sentence, by number; empty if it names none.
    pub treatments: Vec<u16>,
    /// Of a time since a treatment the parts of the body that it was of, by number, where they are told.
    pub body_parts: Vec<u16>,
    /// Number of the sentence.
    pub sentence: usize,
}

/// How many words may stand between a cue and its amount.
const REACH: usize = 8;

/// The amounts of a reading that belong to treatments; recited text is left out.
pub fn used(
    reading: &Reading,
    amounts: &[Amount],
    dates: &[DateFact],
    voices: &[Voice],
    decided: Option<Date>,
    lexicon: &Lexicon,
) -> Vec<Used> {
    let mut found = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        if voices.get(number).is_some_and(|v| !v.is_of_case()) {
            continue;
        }
        let treatments = treatments(reading, sentence, lexicon);
        let near = |cue: Cue, amount: &Amount| {
            let first = reading.word_at(amount.bytes.start);
            let end = reading.word_at(amount.bytes.end);
            reading.cues(lexicon, sentence.hits.clone(), cue).any(|h| {
                let (from, to) = (h.first as usize, h.end as usize);
                to <= first && first - to <= REACH || from >= end && from - end <= REACH || from < end && to > first
            })
        };
        // "a 34-year-old"
        let is_age = |amount: &Amount| {
            let place = |w: u32| reading.words[w as usize].start as usize;
            reading.cues(lexicon, sentence.hits.clone(), Cue::YearsOld).any(|h| amount.bytes.contains(&place(h.first)))
        };
        for amount in amounts.iter().filter(|a| sentence.bytes.contains(&a.bytes.start)) {
            let fact = match &amount.value {
                Value::Duration(_) if is_age(amount) => continue,
                // "a day spent in a chair": hardly anything is used for a day
                Value::Duration(q) if q.unit == Unit::Days && q.most <= 1.0 => continue,
                // "was worn on six days out of thirty" tells how often
                Value::Duration(_) if stands_on(reading, amount) => continue,
                Value::Duration(_) if near(Cue::UseOver, amount) => AmountFact::UseDuration,
                Value::Tally { number, .. } if number.unit == Unit::Visits && near(Cue::Completed, amount) => {
                    AmountFact::CompletedVisits
                }
                Value::Strength { unit, .. } if unit == "%" && near(Cue::Relief, amount) => AmountFact::Relief,
                _ => continue,
            };
            let quantity = match &amount.value {
                Value::Duration(q) | Value::Tally { number: q, .. } => *q,
                Value::Strength { parts, .. } => match parts.first() {
                    Some(n) => Quantity::new(*n, Unit::Percent),
                    None => continue,
                },
                _ => continue,
            };
            let Some(quantity) = meant(reading, sentence, amount, quantity, lexicon) else { continue };
            let span = reading.span(amount.bytes.clone());
            found.push(Used {
                fact,
                quantity,
                span,
                treatments: treatments.clone(),
                body_parts: Vec::new(),
                sentence: number,
            });
        }
        let Some(decided) = decided else { continue };
        times_since(reading, number, dates, decided, lexicon, &mut found);
        // "since at least 10/31/2016": up to the decision
        for date in dates.iter().filter(|d| d.sentence == number && d.date <= decided) {
            let since = reading.cues(lexicon, sentence.hits.clone(), Cue::Since).find(|h| {
                let end = reading.span_of_hit(h).end;
                end <= date.span.start && date.span.start - end <= 12
            });
            let Some(hit) = since else { continue };
            if is_used(reading, sentence, lexicon) {
                let quantity = Quantity::new(decided.days_since(date.date) as f64, Unit::Days);
                let span = reading.span_of_hit(hit).to(date.span);
                found.push(Used {
                    fact: AmountFact::UseDuration,
                    quantity,
                    span,
                    treatments: treatments.clone(),
                    body_parts: Vec::new(),
                    sentence: number,
                });
            }
        }
        for hit in reading.cues(lexicon, sentence.hits.clone(), Cue::Since) {
            let Some((quantity, span)) = since_year(reading, dates, hit, sentence, decided) else { continue };
            if is_used(reading, sentence, lexicon) {
                let treatments = treatments.clone();
                let fact = AmountFact::UseDuration;
                found.push(Used { fact, quantity, span, treatments, body_parts: Vec::new(), sentence: number });
            }
        }
    }
    found
}

/// Whether an amount of time is a number of days on which something was so: "on six days".
fn stands_on(reading: &Reading, amount: &Amount) -> bool {
    let first = reading.word_at(amount.bytes.start);
    first > 0 && reading.word(first - 1).eq_ignore_ascii_case("on")
}

/// Whether a sentence tells of use, and not of none: "has not used it since" is how long it was left.
fn is_used(reading: &Reading, sentence: &Sentence, lexicon: &Lexicon) -> bool {
    let told = |h: &Hit| meaning(reading, lexicon, h.first as usize..h.end as usize).polarity != Polarity::Negated;
    reading.cues(lexicon, sentence.hits.clone(), Cue::UseOver).any(told)
}

/// An amount as it is meant: "no more than 6" is anything up to it, and what is denied, doubted or missing from the records
/// is none.
fn meant(
    reading: &Reading,
    sentence: &Sentence,
    amount: &Amount,
    quantity: Quantity,
    lexicon: &Lexicon,
) -> Option<Quantity> {
    let first = reading.word_at(amount.bytes.start);
    let end = reading.word_at(amount.bytes.end);
    let most = reading.cues(lexicon, sentence.hits.clone(), Cue::AtMost).find(|h| h.end as usize == first);
    // the "no" of "no more than" denies nothing
    let meant = meaning(reading, lexicon, most.map_or(first, |h| h.first as usize)..end);
    match most {
        _ if meant.documentation == Documentation::Missing || meant.polarity == Polarity::Doubtful => None,
        Some(_) => Some(Quantity { least: 0.0, ..quantity }),
        None => (meant.polarity == Polarity::Affirmed).then_some(quantity),
    }
}

/// How long ago the year was that stands behind "since", if nothing but a year does: some day of it.
fn since_year(
    reading: &Reading,
    dates: &[DateFact],
    hit: &Hit,
    sentence: &Sentence,
    decided: Date,
) -> Option<(Quantity, Span)> {
    let word = hit.end as usize;
    let year: i32 = (word < sentence.words.end).then(|| reading.word(word))?.parse().ok()?;
    let span = reading.span_of_words(word..word + 1);
    if !(1950..=decided.year()).contains(&year) || dates.iter().any(|d| d.span.overlaps(span)) {
        return None;
    }
    let days = |month, day| Some(decided.days_since(Date::new(year, month, day)?).max(0) as f64);
    let quantity = Quantity { least: days(12, 31)?, most: days(1, 1)?, unit: Unit::Days };
    Some((quantity, reading.span_of_hit(hit).to(span)))
}

/// "An MRI of the lumbar spine on 3/4/2015": from the date nearest to a treatment to the decision. Days that are planned,
/// those of the injury, request and denial, and treatments that are asked for or denied are none on which it was had.
fn times_since(
    reading: &Reading,
    number: usize,
    dates: &[DateFact],
    decided: Date,
    lexicon: &Lexicon,
    found: &mut Vec<Used>,
) {
    let here: Vec<&DateFact> = dates.iter().filter(|d| d.sentence == number).collect();
    if here.is_empty() {
        return;
    }
    let sentence = &reading.sentences[number];
    let says = |cue| sentence.cues.has(cue);
    if [Cue::AsksFor, Cue::ThisRequest, Cue::PlannedDate, Cue::RequestDate, Cue::DenialDate].into_iter().any(says) {
        return;
    }
    let names = || {
        reading.hits[sentence.hits.clone()].iter().map(|h| (h, treatments_of(lexicon.terms[h.term as usize], lexicon)))
    };
    // "an MRI on 3/4/2015 and surgery on 5/6/2016": each with the date behind it
    let mut named = names().filter(|(_, t)| !t.is_empty()).map(|(h, _)| reading.span_of_hit(h).start);
    let names_lead = named.next().is_some_and(|first| first < here[0].span.start);
    for (hit, treatments) in names().filter(|(_, t)| !t.is_empty()) {
        let words = hit.first as usize..hit.end as usize;
        let name = reading.span_of_words(words.clone());
        let gap = |d: &DateFact| d.span.start.saturating_sub(name.end).max(name.start.saturating_sub(d.span.end));
        let next = here.iter().find(|d| d.span.start >= name.end).filter(|_| names_lead);
        let Some(date) = next.or_else(|| here.iter().min_by_key(|d| gap(d))) else { continue };
        let event = matches!(date.role, DateRole::Event | DateRole::Visit) && date.date <= decided;
        if !event || meaning(reading, lexicon, words).polarity != Polarity::Affirmed {
            continue;
        }
        let days = decided.days_since(date.date) as f64;
        // of a bare month any day may be meant
        let least = if date.month_only { (days - 30.0).max(0.0) } else { days };
        let quantity = Quantity { least, most: days, unit: Unit::Days };
        let (fact, span) = (AmountFact::TimeSince, date.span);
        let body_parts = parts_of(reading, sentence, hit, &treatments, lexicon);
        found.push(Used { fact, quantity, span, treatments, body_parts, sentence: number });
    }
}

/// The parts of the body that a treatment was of: right before its name ("knee MRI"), else behind it ("MRI of the neck and
/// of the back"), else farther before it, else the one that it is for. To a part another name must not be nearer.
fn parts_of(reading: &Reading, sentence: &Sentence, name: &Hit, treatments: &[u16], lexicon: &Lexicon) -> Vec<u16> {
    let hits = &reading.hits[sentence.hits.clone()];
    let gap = |a: &Hit, b: &Hit| a.first.saturating_sub(b.end).max(b.first.saturating_sub(a.end));
    let others: Vec<&Hit> =
        hits.iter().filter(|h| !treatments_of(lexicon.terms[h.term as usize], lexicon).is_empty()).collect();
    let own = |part: &Hit| others.iter().all(|o| gap(part, o) >= gap(part, name));
    let parts: Vec<(&Hit, u16)> = hits
        .iter()
        .filter_map(|h| match lexicon.terms[h.term as usize] {
            Term::BodyPart(n) if own(h) => Some((h, n)),
            _ => None,
        })
        .collect();
    // each stands near the name, or near the part before it in a list
    let listed = |all: &mut dyn Iterator<Item = &(&Hit, u16)>| -> Vec<u16> {
        let mut last = name;
        all.map_while(|(part, n)| (gap(part, last) <= BESIDE).then(|| (last = part, *n).1)).collect()
    };
    let behind = listed(&mut parts.iter().filter(|(p, _)| p.first >= name.first));
    let before = listed(&mut parts.iter().rev().filter(|(p, _)| p.first < name.first));
    let beside = parts.iter().any(|(p, _)| p.end == name.first);
    let told = if beside || behind.is_empty() { before } else { behind };
    if !told.is_empty() {
        return told;
    }
    let made_for = |t: &u16| lexicon.body_part(lexicon.treatments[*t as usize].body_part.as_deref()?);
    treatments.iter().filter_map(made_for).collect()
}

/// How many words may stand between a treatment and its part of the body: "MRI without contrast of the right".
const BESIDE: u32 = 5;

/// The treatments that a term names, a drug by those that it falls under.
fn treatments_of(term: Term, lexicon: &Lexicon) -> Vec<u16> {
    match term {
        Term::Treatment(n) if !lexicon.treatments[n as usize].class_word => vec![n],
        Term::Generic(n) | Term::Brand { drug: n, .. } => lexicon.drugs[n as usize].treatments.clone(),
        _ => Vec::new(),
    }
}

/// Treatments named in a sentence, drugs by the treatments they fall under.
fn treatments(reading: &Reading, sentence: &Sentence, lexicon: &Lexicon) -> Vec<u16> {
    let from = reading.names.partition_point(|n| (*n as usize) < sentence.hits.start);
    let mut all: Vec<u16> = reading.names[from..]
        .iter()
        .take_while(|n| (**n as usize) < sentence.hits.end)
        .flat_map(|n| treatments_of(lexicon.terms[reading.hits[*n as usize].term as usize], lexicon))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::amounts;
    use crate::source::Span;

    /// The visits had that a text tells: least and most.
    fn had(text: &str) -> Vec<(f64, f64)> {
        let lexicon = &crate::builtin::rulebook().lexicon;
        let reading = Reading::of(text, Span::new(0, text.len()), lexicon);
        let all = used(&reading, &amounts(&reading), &[], &[], None, lexicon);
        all.iter().map(|u| (u.quantity.least, u.quantity.most)).collect()
    }

    #[test]
    fn visits_that_are_denied_or_doubted_were_not_had() {
        for text in [
            "He never attended 8 sessions of therapy.",
            "She has completed her course without 12 visits of therapy.",
            "He has not received 6 sessions of physical therapy.",
            "There is no documentation that the patient completed 6 visits.",
            "It is unclear whether he completed 6 visits of therapy.",
            "If he has completed 6 visits, more may follow.",
            "He completed therapy but not 12 sessions.",
        ] {
            assert_eq!(had(text), [], "{text}");
        }
    }

    #[test]
    fn a_bound_tells_the_most_that_was_had() {
        for text in [
            "Not more than 6 visits have been completed.",
            "No more than 6 visits of therapy have been completed.",
            "Fewer than 6 visits of physical therapy were completed.",
            "Up to 6 sessions were completed.",
        ] {
            assert_eq!(had(text), [(0.0, 6.0)], "{text}");
        }
    }

    #[test]
    fn what_came_of_visits_leaves_their_number() {
        for text in [
            "He has had 6 visits of physical therapy without benefit.",
            "He did not improve after 6 completed visits of physical therapy.",
            "No benefit was seen with 6 prior visits of therapy.",
            "He completed 6 visits, not 12.",
        ] {
            assert_eq!(had(text), [(6.0, 6.0)], "{text}");
        }
    }
}
