//! The side of the body in the heading against the side that the rationale concludes about.

use super::level::parts;
use super::subject::{echo, meant_by_it, other_side, sought, subject, told};
use crate::check::memo::requested;
use crate::check::naming::related;
use crate::check::{Context, Finding};
use crate::fact::{Object, PartFacts};
use crate::letter::{Decision, Reading, Request, Side, one_side, sides};
use std::ops::Range;

/// Left, right or bilateral differ between the heading and a conclusion about it.
pub fn mismatch(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    let Some(asked) = one_side(&request.sides) else { return Vec::new() };
    // "right knee brace and left ankle brace" is not one bilateral thing
    if request.sides.iter().any(|(side, _)| *side != asked) {
        return repeated(context, decision, facts);
    }
    // of a partial authorization the whole request may name other sides
    let whole = sides(&request.reading, &(0..request.reading.text().len()), context.lexicon);
    if one_side(&whole) != Some(asked) {
        return remaining(context, request, asked);
    }
    let reading = &rationale.reading;
    let mut found = Vec::new();
    let concluding = facts.conclusion.stances.iter().filter(|s| s.object != Object::Other);
    let concluded = concluding.map(|s| subject(context, request, reading, s));
    let pronoun = facts.conclusion.stances.iter().filter_map(|s| meant_by_it(context, request, reading, s));
    let asked_for = || sought(context, request, reading, facts).into_iter().filter(|_| !is_split(context, decision));
    let all = concluded.chain(told(context, request, reading, facts)).chain(pronoun).chain(asked_for());
    for words in all {
        let (Some(first), Some(last)) = (reading.words.get(words.start), reading.words.get(words.end.wrapping_sub(1)))
        else {
            continue;
        };
        let bytes = first.start as usize..last.end.max(first.start) as usize;
        let named = sides(reading, &bytes, context.lexicon);
        let Some(said) = one_side(&named) else { continue };
        // one side of a bilateral request may be concluded about by itself
        if named.iter().any(|(side, _)| *side == asked) || asked == Side::Both && facts.conclusion.stances.len() > 1 {
            continue;
        }
        let Some((_, words)) = named.first() else { continue };
        found.push(
            Finding::new("default")
                .label("other", reading.span_of_words(words.clone()))
                .label_if("request", request.sides.first().map(|(_, w)| request.reading.span_of_words(w.clone())))
                .hole("said", asked.word())
                .hole("other", said.word()),
        );
        break;
    }
    if found.is_empty() {
        found = repeated(context, decision, facts);
    }
    if found.is_empty() { elsewhere(context, decision, facts, asked).into_iter().collect() } else { found }
}

/// Whether another decision asks for the same thing, perhaps of the other side.
fn is_split(context: &Context<'_>, decision: &Decision) -> bool {
    let own = decision.request.as_ref().map(|r| requested(context, r)).unwrap_or_default();
    let others = context.letter.decisions.iter().filter(|d| d.n != decision.n).filter_map(|d| d.request.as_ref());
    let same = |r: &Request| requested(context, r).iter().any(|t| own.iter().any(|o| related(context, o, t)));
    own.is_empty() || others.into_iter().any(same)
}

/// The rationale tells of this patient only the other side of the part that the heading names, and no other place of the
/// letter knows that side of it.
fn elsewhere(context: &Context<'_>, decision: &Decision, facts: &PartFacts, asked: Side) -> Option<Finding> {
    let (request, reading) = (decision.request.as_ref()?, &decision.rationale.as_ref()?.reading);
    let summary = context.letter.summary.as_ref()?;
    let opposite = match asked {
        Side::Left => Side::Right,
        Side::Right => Side::Left,
        Side::Both => return None,
    };
    let heading = parts(context, &request.reading, &(0..request.reading.words.len()));
    let same = |part: u16| heading.iter().any(|(h, _)| *h == part);
    let sided = |reading: &Reading, words: Range<usize>, wanted: Side| -> Option<Range<usize>> {
        let all = parts(context, reading, &words).into_iter().filter(|(p, _)| same(*p));
        let bytes = |w: &Range<usize>| {
            reading.words[w.start.saturating_sub(BESIDE).max(words.start)].start as usize
                ..reading.words[w.end - 1].end as usize
        };
        let mut told = all.map(|(_, w)| (sides(reading, &bytes(&w), context.lexicon), w));
        told.find_map(|(named, w)| {
            named.iter().find(|(s, _)| *s == wanted || *s == Side::Both).map(|(_, at)| at.start..w.end)
        })
    };
    let own = |n: &usize| facts.tells(*n);
    let whole = |reading: &Reading| 0..reading.words.len();
    if heading.is_empty()
        || sided(summary, whole(summary), opposite).is_some()
        || sided(summary, whole(summary), asked).is_none()
        || sided(reading, whole(reading), asked).is_some()
    {
        return None;
    }
    let place = (0..reading.sentences.len())
        .filter(own)
        .find_map(|n| sided(reading, reading.sentences[n].words.clone(), opposite))?;
    Some(
        Finding::new("elsewhere")
            .label("other", reading.span_of_words(place))
            .label_if("request", request.sides.first().map(|(_, w)| request.reading.span_of_words(w.clone())))
            .hole("said", asked.word())
            .hole("other", opposite.word()),
    )
}

/// How many words before a part of the body its side may stand: "right upper and lower leg".
const BESIDE: usize = 3;

/// What remains of a request for one side is on the other side.
fn remaining(context: &Context<'_>, request: &Request, asked: Side) -> Vec<Finding> {
    let Some(partial) = request.partial.as_ref().filter(|p| !p.whole) else { return Vec::new() };
    let reading = &request.reading;
    let original = sides(reading, &partial.original, context.lexicon);
    let own = sides(reading, &partial.remaining, context.lexicon);
    let (Some(first), Some((_, words)), Some((_, place))) = (one_side(&original), original.first(), own.first()) else {
        return Vec::new();
    };
    let apart = matches!((first, asked), (Side::Left, Side::Right) | (Side::Right, Side::Left));
    // "the right shoulder, and the left" was asked for, and the left remains
    if !apart || original.iter().any(|(side, _)| *side == asked) {
        return Vec::new();
    }
    vec![
        Finding::new("remaining")
            .label("other", reading.span_of_words(words.clone()))
            .label("request", reading.span_of_words(place.clone()))
            .hole("said", asked.word())
            .hole("other", first.word()),
    ]
}

/// A heading of several sides that the conclusion repeats word for word but for one of them.
fn repeated(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    if request.partial.is_some() {
        return Vec::new();
    }
    let (heading, reading) = (&request.reading, &rationale.reading);
    let stances = facts.conclusion.stances.iter().filter(|s| s.object != Object::Other);
    let sides = |a: &str, b: &str| other_side(context, a, b);
    let slip = stances.filter_map(|s| echo(heading, reading, subject(context, request, reading, s), sides)).next();
    let Some((there, here)) = slip else { return Vec::new() };
    vec![
        Finding::new("default")
            .label("other", reading.span_of_words(here..here + 1))
            .label("request", heading.span_of_words(there..there + 1))
            .hole("said", heading.word(there).to_lowercase())
            .hole("other", reading.word(here).to_lowercase()),
    ]
}
