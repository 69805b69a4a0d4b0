//! Spinal levels and body parts of the heading against those that the rationale concludes about.

use super::{Context, Finding};
use crate::fact::{Object, PartFacts, Stance};
use crate::letter::{Amount, Decision, ItemKind, Level, Reading, Request, Sentence, Value};
use crate::lexicon::{Cue, Term};
use crate::source::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// The levels or body parts that a conclusion is about differ from those of the heading.
pub fn mismatch(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    let reading = &rationale.reading;
    let concluding = facts.conclusion.stances.iter().filter(|s| s.object != Object::Other);
    for stance in concluding {
        let sentence = &reading.sentences[stance.sentence];
        let says = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue).next().is_some();
        if says(Cue::OtherRequest) {
            continue;
        }
        let object = object(context, reading, sentence, stance);
        let other = levels(request, reading, sentence, facts)
            .or_else(|| body_parts(context, request, reading, sentence, &object));
        if let Some(finding) = other {
            return vec![finding];
        }
    }
    Vec::new()
}

fn finding(case: &'static str, asked: (String, Span), other: (String, Span)) -> Finding {
    Finding::new(case).label("other", other.1).label("request", asked.1).hole("said", asked.0).hole("other", other.0)
}

/// The words that a verdict is about: those from the last word for a request before it, up to its end.
fn object(context: &Context<'_>, reading: &Reading, sentence: &Sentence, stance: &Stance) -> Range<usize> {
    let place = |w: usize| reading.span_of_words(w..w + 1);
    let words = sentence.words.clone();
    let verdict = words.clone().find(|w| place(*w).start >= stance.span.start).unwrap_or(words.start);
    let end = words.clone().rev().find(|w| place(*w).end <= stance.span.end).map_or(words.end, |w| w + 1);
    let requests = reading.cues(context.lexicon, sentence.hits.clone(), Cue::ThisRequest);
    let start = requests.filter(|h| h.first as usize <= verdict).last().map_or(words.start, |h| h.first as usize);
    start..end
}

/// Levels of the sentence against those of the request.
fn levels(request: &Request, reading: &Reading, sentence: &Sentence, facts: &PartFacts) -> Option<Finding> {
    let item = request.items.iter().find(|i| i.kind == ItemKind::Levels)?;
    // of a partial authorization every part counts
    let asked: Vec<Level> = request.amounts.iter().flat_map(levels_of).collect();
    let told: Vec<&Amount> =
        facts.amounts.iter().filter(|a| sentence.bytes.contains(&a.bytes.start) && !levels_of(a).is_empty()).collect();
    let said: Vec<Level> = told.iter().flat_map(|a| levels_of(a)).collect();
    if said.is_empty() || agree(&asked, &said) {
        return None;
    }
    let place = item.levels.iter().map(|(_, s)| *s).reduce(|a, b| a.to(b))?;
    let span = told.iter().map(|a| reading.span(a.bytes.clone())).reduce(|a, b| a.to(b))?;
    Some(finding("levels", (list(&asked), place), (list(&said), span)))
}

fn levels_of(amount: &Amount) -> Vec<Level> {
    match &amount.value {
        Value::Levels(levels) => levels.clone(),
        _ => Vec::new(),
    }
}

fn list(levels: &[Level]) -> String {
    let mut all: Vec<String> = levels.iter().map(Level::to_string).collect();
    all.dedup();
    all.join(", ")
}

/// Whether one list of levels may be the other: the same vertebrae, or a part of them. Roots and branches are counted a
/// vertebra off the disc or joint that they belong to.
fn agree(asked: &[Level], said: &[Level]) -> bool {
    let (mine, others) = (points(asked), points(said));
    let bare = |levels: &[Level]| levels.iter().all(|l| l.lower.is_none());
    let slack = u16::from(bare(asked) != bare(said));
    let near = |p: &u16, all: &BTreeSet<u16>| all.iter().any(|q| p.abs_diff(*q) <= slack);
    mine.iter().all(|p| near(p, &others)) || others.iter().all(|p| near(p, &mine))
}

/// The vertebrae that levels touch, numbered down the spine.
fn points(levels: &[Level]) -> BTreeSet<u16> {
    let number = |(region, n): (char, u8)| u16::from(n) + before(region);
    let of = |level: &Level| {
        let upper = number(level.upper);
        let lower = level.lower.map_or(upper, number);
        upper.min(lower)..=upper.max(lower)
    };
    levels.iter().flat_map(of).collect()
}

/// How many vertebrae stand above a region of the spine.
fn before(region: char) -> u16 {
    match region {
        'C' => 0,
        'T' => 7,
        'L' => 19,
        _ => 24,
    }
}

/// Body parts of the words that a verdict is about against those of the request.
fn body_parts(
    context: &Context<'_>,
    request: &Request,
    reading: &Reading,
    sentence: &Sentence,
    object: &Range<usize>,
) -> Option<Finding> {
    let asked = parts(context, &request.reading, &(0..request.reading.words.len()));
    let said = parts(context, reading, object);
    let around = parts(context, reading, &sentence.words);
    let (first, other) = (asked.first()?, said.first()?);
    let meets = |a: &u16, b: &u16| near(context, *a, *b);
    // what else the sentence names may be the item's own part
    if around.iter().any(|(b, _)| asked.iter().any(|(a, _)| meets(a, b))) {
        return None;
    }
    // "MRI of the knee": a part that is only a reason beside the item is no part of it
    let named = |p: &(u16, Range<usize>)| is_part_of_item(context, request, reading, object, &p.1);
    let other = said.iter().find(|p| named(p)).or(Some(other).filter(|p| named(p)))?;
    let word = |reading: &Reading, words: &Range<usize>| reading.slice(words.clone()).to_lowercase();
    Some(finding(
        "body-part",
        (word(&request.reading, &first.1), request.reading.span_of_words(first.1.clone())),
        (word(reading, &other.1), reading.span_of_words(other.1.clone())),
    ))
}

/// Body parts that some words name, with their words.
fn parts(context: &Context<'_>, reading: &Reading, words: &Range<usize>) -> Vec<(u16, Range<usize>)> {
    let inside = reading.hits.iter().filter(|h| words.start <= h.first as usize && h.end as usize <= words.end);
    inside
        .filter_map(|h| match context.term(h) {
            Term::BodyPart(n) => Some((n, h.first as usize..h.end as usize)),
            _ => None,
        })
        .collect()
}

/// How many words may stand between a treatment and its body part: "MRI without contrast of the right".
const REACH: usize = 5;

/// Whether a body part stands beside a treatment that the request names too.
fn is_part_of_item(
    context: &Context<'_>,
    request: &Request,
    reading: &Reading,
    object: &Range<usize>,
    part: &Range<usize>,
) -> bool {
    let asked = super::naming::requested(context, request);
    super::naming::things(context, reading, object.clone()).iter().any(|t| {
        let apart =
            if t.words.end <= part.start { part.start - t.words.end } else { t.words.start.saturating_sub(part.end) };
        apart <= REACH && asked.iter().any(|a| super::naming::related(context, a, t))
    })
}

/// Whether two body parts may be one: the same, one a region of the other, or spoken of in one chapter.
fn near(context: &Context<'_>, a: u16, b: u16) -> bool {
    let parts = &context.lexicon.body_parts;
    let (one, two) = (&parts[a as usize], &parts[b as usize]);
    let within = |x: &crate::lexicon::BodyPart, y: &crate::lexicon::BodyPart| x.region.as_ref() == Some(&y.id);
    let shared = one.mtus_chapters.iter().any(|c| two.mtus_chapters.contains(c));
    // a part of which no chapter speaks is near to those of its region; of others nothing is known
    let lone = |x: &crate::lexicon::BodyPart| x.mtus_chapters.is_empty();
    let beside = (lone(one) || lone(two)) && (one.region == two.region || one.region.is_none() || two.region.is_none());
    a == b || within(one, two) || within(two, one) || shared || beside
}
