//! Strength, quantity, refills, visits and duration of the heading against those of the conclusion.

use super::level::parts;
use super::rate::{in_days, is_period, rate};
use super::subject::{echo, other_number, sought, subject, told};
use crate::check::memo::requested;
use crate::check::naming::{Thing, related, things};
use crate::check::summary::dosed::with_refills;
use crate::check::{Context, Finding, ruling};
use crate::fact::{Object, PartFacts, Stance, Voice};
use crate::letter::{Amount, Decision, Item, ItemKind, Reading, Request, Side, Value, multiplied, plain_unit};
use crate::lexicon::{Cue, Gap, Lexicon, Small, TreatmentKind, as_number};
use crate::measure::{Quantity, Unit};
use crate::source::Span;
use std::ops::Range;

/// What a conclusion says about the request differs from the heading.
pub fn mismatch(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    let reading = &rationale.reading;
    // "a request for 6 visits would be reasonable": what would be allowed instead has numbers of its own
    let decided = ruling(decision);
    let instead = |s: &Stance| Some(s.ruling.opposite()) == decided && is_instead(context, reading, s);
    let about = |s: &&Stance| s.object != Object::Other && !instead(s);
    let found = facts.conclusion.stances.iter().filter(about).find_map(|stance| {
        let words = subject(context, request, reading, stance);
        let bytes = bytes_of(reading, &words)?;
        let inside = facts.amounts.iter().filter(|a| bytes.start <= a.bytes.start && a.bytes.end <= bytes.end);
        let pair = Pair { request, reading, amounts: inside.collect(), lexicon: context.lexicon };
        pair.item().or_else(|| pair.repeated(context, decision, words.clone())).or_else(|| pair.counted(context, words))
    });
    let told = || {
        // a request of which a part is granted has several numbers, and so has what is told of it
        let whole = request.partial.is_none();
        let mut all = if whole { told(context, request, reading, facts) } else { Vec::new() };
        all.extend(sought(context, request, reading, facts).into_iter().filter(|_| whole));
        all.into_iter().find_map(|words| {
            let bytes = bytes_of(reading, &words)?;
            let inside = facts.amounts.iter().filter(|a| bytes.start <= a.bytes.start && a.bytes.end <= bytes.end);
            Pair { request, reading, lexicon: context.lexicon, amounts: inside.collect() }.item()
        })
    };
    let beside = || asked_beside(context, request, reading, facts);
    found.or_else(told).or_else(beside).into_iter().collect()
}

/// Whether a conclusion is about some other request: one that is only supposed ("would be"), or brought up by "a" ("a request
/// for 6 visits is reasonable").
pub fn is_instead(context: &Context<'_>, reading: &Reading, stance: &Stance) -> bool {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let first = reading.sentences[stance.sentence].words.start;
    let supposed = (stance.words.start.saturating_sub(4).max(first)..stance.words.end).any(|w| is(w, Small::Would));
    let asked = reading.cues(context.lexicon, reading.sentences[stance.sentence].hits.clone(), Cue::ThisRequest);
    let mut before = asked.filter(|h| h.end as usize <= stance.words.start);
    // at the head of the sentence, or behind its opener
    let opens = |w: usize| is(w, Small::Article) && (w == first || w == first + 1 && !is(first, Small::Is));
    supposed || before.any(|h| opens(h.first as usize) || h.first > 0 && opens(h.first as usize - 1))
}

/// A number of visits told to be that of the request: "the 16 visits asked for".
fn asked_beside(context: &Context<'_>, request: &Request, reading: &Reading, facts: &PartFacts) -> Option<Finding> {
    let [asked] = &requested(context, request)[..] else { return None };
    // words for what is asked for speak of the case, whatever guideline they are held against
    let own = |n: usize| facts.voices.get(n) != Some(&Voice::Other);
    let sentences = reading.sentences.iter().enumerate();
    let mut telling = sentences.filter(|(n, s)| {
        s.cues.has(Cue::AskedBeside)
            && own(*n)
            && !facts.reviewed.contains(n)
            && !EARLIER.iter().any(|c| s.cues.has(*c))
    });
    let all = || {
        facts.amounts.iter().filter(|a| matches!(a.value, Value::Tally { number, .. } if number.unit == Unit::Visits))
    };
    telling.find_map(|(_, sentence)| {
        // visits of something else may be spoken of in the same sentence
        let other = |t: &Thing| !t.class_word && !related(context, asked, t);
        if request.partial.is_some() || things(context, reading, sentence.words.clone()).iter().any(other) {
            return None;
        }
        reading.cues(context.lexicon, sentence.hits.clone(), Cue::AskedBeside).find_map(|h| {
            let near = |a: &&Amount| {
                let first = reading.word_at(a.bytes.start);
                let end = reading.word_at(a.bytes.end);
                let (from, to) = (h.first as usize, h.end as usize);
                let open = |words: Range<usize>| words.into_iter().all(|w| reading.words[w].gap != Gap::Hard);
                let before = end <= from && from - end <= BESIDE && open(end..from + 1);
                sentence.words.contains(&first) && (before || first == to || first <= from && to <= end)
            };
            let amounts: Vec<&Amount> = all().filter(near).take(1).collect();
            Pair { request, reading, lexicon: context.lexicon, amounts }.item()
        })
    })
}

/// So many words may stand between a number and the words that it is asked for: "of physical therapy".
const BESIDE: usize = 4;

/// Sentences of these tell of earlier visits, or of what others asked for.
const EARLIER: [Cue; 11] = [
    Cue::Since,
    Cue::HadAfter,
    Cue::Completed,
    Cue::Granted,
    Cue::OtherRequest,
    Cue::UtilizationReview,
    Cue::PartialTemplate,
    Cue::People,
    Cue::Conditional,
    Cue::EarlierDate,
    Cue::General,
];

fn bytes_of(reading: &Reading, words: &Range<usize>) -> Option<Range<usize>> {
    let (first, last) = (reading.words.get(words.start)?, reading.words.get(words.end.checked_sub(1)?)?);
    // "#90" begins before its word
    let from = first.start as usize;
    let mark = from - reading.text()[..from].bytes().rev().take_while(|b| matches!(b, b' ' | b'#')).count();
    Some(mark..(last.end as usize).max(from))
}

/// Something told in the heading or in the conclusion.
struct Told {
    text: String,
    span: Span,
}

/// A heading and the amounts of a conclusion about it.
struct Pair<'a> {
    request: &'a Request,
    reading: &'a Reading,
    amounts: Vec<&'a Amount>,
    lexicon: &'a Lexicon,
}

impl Pair<'_> {
    /// A difference in the one item of the heading; which amount belongs to which of several is not sure enough.
    fn item(&self) -> Option<Finding> {
        let [item] = &self.request.items[..] else { return None };
        let found = match item.kind {
            ItemKind::Drug => self.drug(item),
            ItemKind::Visits => self.therapy(item),
            _ => None,
        };
        found.or_else(|| self.duration(item))
    }

    fn here(&self, amount: &Amount) -> Told {
        let text = self.reading.text()[amount.bytes.clone()].to_string();
        Told { text, span: self.reading.span(amount.bytes.clone()) }
    }

    fn asked(&self, amount: &Amount) -> Told {
        let text = self.request.reading.text()[amount.bytes.clone()].to_string();
        Told { text, span: self.request.reading.span(amount.bytes.clone()) }
    }

    /// Whether any amount of the heading is of a kind: of a partial authorization any of its numbers may be named.
    fn heading_has(&self, same: impl Fn(&Value) -> bool) -> bool {
        self.request.amounts.iter().any(|a| same(&a.value))
    }

    fn drug(&self, item: &Item) -> Option<Finding> {
        self.amounts.iter().find_map(|amount| {
            let here = self.here(amount);
            match &amount.value {
                Value::Strength { parts, unit } => {
                    let strength = item.strength.as_ref().filter(|s| s.unit == *unit)?;
                    // "10 mg" for "10/325 mg" is the usual shorthand
                    let short = strength.parts.first() == parts.first();
                    let known = self.heading_has(|v| matches!(v, Value::Strength { parts: p, .. } if p == parts));
                    let differs = !short && !known && figures(&strength.text) != figures(&here.text);
                    let said = Told { text: strength.text.clone(), span: strength.span };
                    differs.then(|| finding("strength", &item.name, said, here))
                }
                Value::Count { number, unit } => {
                    let plain = unit.as_deref().map(|u| plain_unit(u).to_string());
                    self.quantity(item, *number, plain, here)
                }
                // "85 tablets" for "#40"
                Value::Tally { number, of } if number.least >= MANY && self.lexicon.is_small(of, Small::Piece) => {
                    self.quantity(item, *number, None, here)
                }
                Value::Refills(n) => {
                    let (refills, span) = item.refills?;
                    let known = self.heading_has(|v| matches!(v, Value::Refills(m) if m == n));
                    let said = Told { text: plural(refills, "refill"), span };
                    let here = Told { text: plural(*n, "refill"), ..here };
                    (!known && refills != *n).then(|| finding("refills", &item.name, said, here))
                }
                _ => None,
            }
        })
    }

    /// Another number of pieces than the heading has, of the same unit.
    fn quantity(&self, item: &Item, told: Quantity, unit: Option<String>, here: Told) -> Option<Finding> {
        let quantity = item.quantity.as_ref().filter(|q| q.unit == unit)?;
        let counts =
            |v: &Value| matches!(v, Value::Count { number, .. } | Value::Tally { number, .. } if *number == told);
        let said = Told { text: quantity.text.clone(), span: quantity.span };
        let known = self.heading_has(counts) || with_refills(item, quantity.number, told);
        (!known && quantity.number != told).then(|| finding("quantity", &item.name, said, here))
    }

    fn therapy(&self, item: &Item) -> Option<Finding> {
        let count = item.visits.as_ref()?;
        self.amounts.iter().find_map(|amount| {
            let number = visits(&amount.value)?;
            let same_kind = |a: &&Amount| std::mem::discriminant(&a.value) == std::mem::discriminant(&amount.value);
            let twin = self.request.amounts.iter().filter(same_kind).find(|a| visits(&a.value).is_some());
            // "x 12" counts visits only where the heading counts them so
            let bare = matches!(amount.value, Value::Times(_) | Value::Count { .. });
            if bare && twin.is_none() {
                return None;
            }
            let known = self.request.amounts.iter().filter_map(|a| visits(&a.value)).any(|n| n == number)
                || count.number == number;
            let within = |a: &Quantity, b: &Quantity| b.least <= a.least && a.most <= b.most;
            // "three to six treatments are allowed" of six
            if known || within(&number, &count.number) || within(&count.number, &number) {
                return None;
            }
            let said = twin.map_or(Told { text: count.text.clone(), span: count.span }, |t| self.asked(t));
            Some(finding("visits", &item.name, said, self.here(amount)))
        })
    }

    fn duration(&self, item: &Item) -> Option<Finding> {
        let days = |a: &&Amount| match a.value {
            Value::Duration(q) => in_days(q),
            _ => None,
        };
        if let Some(found) = self.rate(item) {
            return Some(found);
        }
        let asked = self.request.amounts.iter().filter(|a| !is_period(a, self.request.amounts.iter()));
        let all: Vec<&Amount> = asked.filter(|a| days(a).is_some()).collect();
        // of a rental of which a part is granted each part tells its time, the one in dispute last
        let rented = self.request.partial.is_some() && !matches!(item.kind, ItemKind::Drug | ItemKind::Visits);
        let (asked, others) = match all[..] {
            [asked] => (asked, &all[..0]),
            [.., asked] if rented => (asked, &all[..all.len() - 1]),
            _ => return None,
        };
        let told = self.amounts.iter().filter(|a| days(a).is_some() && !is_period(a, self.amounts.iter().copied()));
        let [here] = told.collect::<Vec<_>>()[..] else { return None };
        let ((least, most), (from, to)) = (days(&asked)?, days(here)?);
        // a month is four weeks to some and thirty days to others
        let close = |a: f64, b: f64| (a - b).abs() <= 0.12 * a.max(b);
        let differs = !(close(least, from) && close(most, to));
        let known = others.iter().filter_map(days).any(|(least, most)| close(least, from) && close(most, to));
        (differs && !known).then(|| finding("duration", &item.name, self.asked(asked), self.here(here)))
    }

    /// Other hours of help in the same period: "8 hours a week" for "4 hours a week".
    fn rate(&self, item: &Item) -> Option<Finding> {
        if let Some(found) = self.course(item) {
            return Some(found);
        }
        let request: Vec<&Amount> = self.request.amounts.iter().collect();
        let ((hours, period), asked) = rate(&self.request.reading, self.lexicon, &request)?;
        let ((said, same), here) = rate(self.reading, self.lexicon, &self.amounts)?;
        // eight hours a week may be four on each of two days
        let differs = if period == same { said != hours } else { said == hours && period.is_some() && same.is_some() };
        (differs && self.request.partial.is_none())
            .then(|| finding("duration", &item.name, self.asked(asked), self.here(here)))
    }

    /// Another course of what is no therapy: "5 days a week for 8 weeks" for "3 days a week for 6 weeks".
    fn course(&self, item: &Item) -> Option<Finding> {
        let is_course = |a: &&&Amount| matches!(a.value, Value::Course { sure: true, .. });
        let request: Vec<&Amount> = self.request.amounts.iter().collect();
        let [asked] = request.iter().filter(is_course).collect::<Vec<_>>()[..] else { return None };
        let [here] = self.amounts.iter().filter(is_course).collect::<Vec<_>>()[..] else { return None };
        let plain = !matches!(item.kind, ItemKind::Drug | ItemKind::Visits) && self.request.partial.is_none();
        (plain && asked.value != here.value)
            .then(|| finding("duration", &item.name, self.asked(asked), self.here(here)))
    }

    /// A conclusion that repeats the heading word for word but for one number.
    fn repeated(&self, context: &Context<'_>, decision: &Decision, words: Range<usize>) -> Option<Finding> {
        let heading = &self.request.reading;
        if self.request.partial.is_some() {
            return None;
        }
        let (there, here) = echo(heading, self.reading, words, other_number)?;
        let at = heading.words[there].start as usize;
        let asked = self.request.amounts.iter().find(|a| a.bytes.contains(&at))?;
        let case = match asked.value {
            Value::Strength { .. } => "strength",
            Value::Count { .. } => "quantity",
            Value::Refills(_) => "refills",
            Value::Tally { number, .. } if number.unit == Unit::Visits => "visits",
            Value::Tally { .. } => "quantity",
            Value::Course { .. } | Value::Times(_) | Value::Frequency(_) => "visits",
            Value::Duration(_) => "duration",
            _ => return None,
        };
        let at = self.reading.words[here].start as usize;
        let amount = self.amounts.iter().find(|a| a.bytes.contains(&at)).filter(|a| !self.is_dose(&a.value))?;
        let name = match &self.request.items[..] {
            [item] => item.name.clone(),
            _ => context.request_words(decision),
        };
        Some(finding(case, &name, self.asked(asked), self.here(amount)))
    }

    /// A number of the one thing asked for, right before its name: "four wrist braces" for "#2".
    fn counted(&self, context: &Context<'_>, words: Range<usize>) -> Option<Finding> {
        let heading = &self.request.reading;
        let [asked] = &requested(context, self.request)[..] else { return None };
        let pieces = |t: &u16| {
            let kind = context.lexicon.treatments[*t as usize].kind;
            matches!(kind, TreatmentKind::Device | TreatmentKind::Imaging | TreatmentKind::Test)
        };
        // a pair is one to some and two to others
        let pair = self.request.sides.iter().any(|(side, _)| *side == Side::Both);
        if self.request.partial.is_some() || pair || !asked.treatments.iter().all(pieces) {
            return None;
        }
        let opening =
            number(heading.slice(0..1)).map(|n| (n, heading.span_of_words(0..1), heading.slice(0..1).to_string()));
        let told = self.request.amounts.iter().filter_map(|a| match a.value {
            Value::Count { number, unit: None } | Value::Times(number) | Value::Tally { number, .. } => {
                let told = self.asked(a);
                Some((number.most, told.span, told.text))
            }
            _ => None,
        });
        let numbers: Vec<(f64, Span, String)> = opening.into_iter().chain(told).collect();
        let (_, span, text) = numbers.first()?;
        let (said, here) = things(context, self.reading, words.clone()).into_iter().find_map(|t| {
            let plural = self.reading.slice(t.words.clone()).ends_with('s');
            let mut first = t.words.start;
            let parts = parts(context, self.reading, &(words.start..first));
            while let Some((_, part)) = parts.iter().find(|(_, p)| p.end == first) {
                first = part.start;
            }
            let before = first.checked_sub(1).filter(|w| *w >= words.start)?;
            let said = number(self.reading.slice(before..first))?;
            (plural && said >= 2.0 && related(context, asked, &t)).then_some((said, before..t.words.end))
        })?;
        let name = heading.slice(asked.words.clone()).to_string();
        let known = numbers.iter().any(|(n, ..)| *n == said);
        let here = Told { text: self.reading.slice(here.clone()).to_string(), span: self.reading.span_of_words(here) };
        let asked = Told { text: text.clone(), span: *span };
        (!known).then(|| finding("quantity", &name, asked, here))
    }

    /// Whether an amount may be what is taken at a time: "2 tablets".
    fn is_dose(&self, value: &Value) -> bool {
        matches!(value, Value::Tally { number, of } if number.least < MANY && self.lexicon.is_small(of, Small::Piece))
    }
}

/// Fewer tablets than this may be a dose.
const MANY: f64 = 10.0;

/// The number that a word writes, in letters or figures.
fn number(word: &str) -> Option<f64> {
    as_number::<u32>(word).map(f64::from)
}

/// The visits that an amount tells; a bare number tells them only behind a therapy.
fn visits(value: &Value) -> Option<Quantity> {
    match value {
        Value::Tally { number, .. } if number.unit == Unit::Visits => Some(*number),
        Value::Course { frequency, time, sure: true } => multiplied(frequency.times, frequency.period, *time),
        Value::Times(number) | Value::Count { number, unit: None } => Some(Quantity { unit: Unit::Visits, ..*number }),
        _ => None,
    }
}

fn plural(n: u32, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// Figures without marks: a hyphen lost at a line end makes "7.5-325" into "7.5325".
fn figures(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn finding(case: &'static str, item: &str, said: Told, other: Told) -> Finding {
    Finding::new(case)
        .label("other", other.span)
        .label("request", said.span)
        .hole("item", item)
        .hole("said", said.text)
        .hole("other", other.text)
}
