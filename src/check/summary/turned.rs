//! Sides of what is measured on both: "rotation was 55 degrees to the right" beside "65 to the right and 55 to the left".

use super::contradiction::finding;
use super::opposed::{Claim, factual, of_both};
use super::quantity::movement;
use super::receipt::Place;
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::PartFacts;
use crate::letter::{Decision, Reading, Sentence};
use crate::lexicon::{Cue, Small, Tolerance};
use std::ops::Range;

/// How many words may stand between a number and the side that it is of: "on the right has come back to only 55".
const BESIDE: usize = 8;

/// How many words behind a number may name its movement: "90 degrees of abduction".
const OF: usize = 4;

/// A number with its side: left or not.
#[derive(Clone, Copy)]
struct Sided {
    number: f64,
    left: bool,
}

/// A number that the rationale tells of one side, and the summary of the other alone.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (said, told) = of_both(context, decision, facts, |reading, facts| measured(context, reading, facts))?;
    // what is told of one visit is told in the same figures
    let far = context.lexicon.tolerances.of(Tolerance::Degrees);
    let near = far / 3.0;
    said.iter().find_map(|one| {
        let same = |o: &&Claim<String, Sided>| o.topic == one.topic && one.place.meets(context, &o.place);
        let agrees = |o: &Sided| (o.number - one.value.number).abs() < near;
        let own: Vec<_> = told.iter().filter(same).filter(|o| o.value.left == one.value.left).collect();
        let other = told.iter().filter(same).find(|o| o.value.left != one.value.left && agrees(&o.value));
        // told of either side in the rationale, or of this one in the summary
        let mixed = said.iter().any(|o| o.topic == one.topic && o.value.left != one.value.left && agrees(&o.value));
        let known = own.iter().any(|o| agrees(&o.value));
        let (first, false, false) = (own.first()?, mixed, known) else { return None };
        if let Some(other) = other {
            return Some(finding(context, "observation", "side", one.span, other.span));
        }
        // another number of this side may be of another day
        let apart = (first.value.number - one.value.number).abs() > far;
        let lone = apart && own.len() == 1 && !told.iter().any(|o| o.topic == one.topic && agrees(&o.value));
        let found = finding(context, "number", "measure of one side", one.span, first.span);
        lone.then_some(Finding { lowered: Some(Severity::Info), ..found })
    })
}

/// The numbers of movements and of strength that a part of the letter tells with a side.
fn measured(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Claim<String, Sided>> {
    let mut found = Vec::new();
    for n in factual(context, reading, facts, &[Cue::ThisRequest, Cue::AsksFor]) {
        let sentence = &reading.sentences[n];
        if !sentence.cues.has(Cue::LeftSide) && !sentence.cues.has(Cue::RightSide) {
            continue;
        }
        let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
        let measure = |w: &usize| is(*w, Small::Movement) || is(*w, Small::MovesVerb) || is(*w, Small::SideMeasure);
        let names: Vec<usize> = sentence.words.clone().filter(measure).collect();
        if names.is_empty() {
            continue;
        }
        let numbers: Vec<usize> = sentence.words.clone().filter(|w| number(reading, facts, *w).is_some()).collect();
        let sides: Vec<(usize, bool)> = sides(context, reading, sentence);
        // "70 degrees to the left and 40 to the right", but "left 70, right 40"
        let behind = match (numbers.first(), sides.first()) {
            (Some(number), Some((side, _))) => number < side,
            _ => continue,
        };
        for (k, at) in numbers.iter().enumerate() {
            let floor = if k > 0 { numbers[k - 1] } else { sentence.words.start };
            let ceiling = numbers.get(k + 1).copied().unwrap_or(sentence.words.end);
            let side = if behind {
                sides.iter().find(|(w, _)| (*at..ceiling.min(at + BESIDE)).contains(w))
            } else {
                sides.iter().rfind(|(w, _)| (floor.max(at.saturating_sub(BESIDE))..*at).contains(w))
            };
            // "90 degrees of abduction"
            let of = names.iter().find(|w| (at + 1..at + 1 + OF).contains(*w) && is(**w - 1, Small::Of));
            let name = of.or(names.iter().rfind(|w| **w < *at)).or(names.first());
            let (Some((_, left)), Some(name)) = (side, name) else { continue };
            let value = Sided { number: number(reading, facts, *at).unwrap_or_default(), left: *left };
            let topic = movement(context, reading, *name);
            let mut place = Place::of(context, reading, sentence, &sentence.words);
            place.forget_sides();
            found.push(Claim { topic, value, place, span: span(reading, sides.as_slice(), *at, *left) });
        }
    }
    found
}

/// The number and its side, as far as both stand close together.
fn span(reading: &Reading, sides: &[(usize, bool)], at: usize, left: bool) -> crate::source::Span {
    let near = sides.iter().filter(|(_, l)| *l == left).map(|(w, _)| *w).min_by_key(|w| w.abs_diff(at)).unwrap_or(at);
    reading.span_of_words(near.min(at)..near.max(at) + 1)
}

/// The words of a sentence for the left and the right.
fn sides(context: &Context<'_>, reading: &Reading, sentence: &Sentence) -> Vec<(usize, bool)> {
    let of = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue).map(|h| h.first as usize);
    let mut found: Vec<(usize, bool)> = of(Cue::LeftSide).map(|w| (w, true)).collect();
    found.extend(of(Cue::RightSide).map(|w| (w, false)));
    found.sort_unstable();
    found
}

/// The plain number that a word is: no date, no grade, no part of another.
fn number(reading: &Reading, facts: &PartFacts, word: usize) -> Option<f64> {
    let text = reading.text().as_bytes();
    let place: Range<usize> = reading.words[word].start as usize..reading.words[word].end as usize;
    let joined = |b: Option<&u8>| matches!(b, Some(b'-' | b'/' | b'.' | b'+'));
    let number: f64 = reading.word(word).parse().ok()?;
    let free = (place.start == 0 || !joined(text.get(place.start - 1)) && text[place.start - 1] != b'#')
        && !matches!(text.get(place.end), Some(b'-' | b'/' | b'+' | b'%'));
    let dated = || facts.dates.iter().any(|d| d.span.overlaps(reading.span_of_words(word..word + 1)));
    let of_ten = reading.words.get(word + 1).is_some() && reading.word(word + 1).eq_ignore_ascii_case("out");
    // grades out of five are no degrees
    (free && number > 5.0 && !of_ten && !dated()).then_some(number)
}
