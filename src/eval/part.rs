//! The parts of a decision that a change may touch.

use super::scene::{Decided, hits, sentence};
use crate::fact::Voice;
use crate::letter::{Amount, Reading};
use crate::lexicon::Hit;
use crate::source::Span;
use std::collections::BTreeSet;

/// Which part of a decision is changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Heading,
    Conclusion,
    Application,
    Rationale,
}

/// The places where a part names one of some terms; those inside one another give the outer.
pub(super) fn places(decided: Decided<'_>, part: Part, named: impl Fn(usize, &Reading, &Hit) -> bool) -> Vec<Span> {
    let (decision, facts) = decided;
    let Some(request) = &decision.request else { return Vec::new() };
    let rationale = decision.rationale.as_ref().map(|r| &r.reading);
    let concluding: BTreeSet<usize> = facts.conclusion.deciding().map(|s| s.sentence).collect();
    let reading = match part {
        Part::Heading => &request.reading,
        _ => match rationale {
            Some(reading) => reading,
            None => return Vec::new(),
        },
    };
    let wanted = |n: usize| match part {
        Part::Heading | Part::Rationale => true,
        Part::Conclusion => concluding.contains(&n),
        Part::Application => facts.voices.get(n) == Some(&Voice::Application),
    };
    let mut spans: Vec<Span> = hits(reading)
        .filter(|(n, h)| wanted(*n) && named(*n, reading, h))
        .map(|(_, h)| reading.span_of_hit(h))
        .collect();
    spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    spans.dedup_by(|b, a| b.start < a.end);
    spans
}

pub(super) fn both(decided: Decided<'_>) -> Vec<Span> {
    let (decision, facts) = decided;
    let reading = decision.rationale.as_ref().map(|r| &r.reading);
    let concluding = facts.conclusion.deciding().filter_map(|s| Some(sentence(reading?, s.sentence)));
    let heading = decision.request.as_ref().map(|r| r.reading.passage.span);
    concluding.chain(heading).chain(decision.outcome.map(|o| o.span)).collect()
}

/// The amounts of the concluding sentences that a change may touch.
pub(super) fn concluded<'a>(decided: Decided<'a>) -> Vec<(&'a Reading, &'a Amount)> {
    let (decision, facts) = decided;
    let Some(rationale) = &decision.rationale else { return Vec::new() };
    let sentences: BTreeSet<usize> = facts.conclusion.deciding().map(|s| s.sentence).collect();
    let reading = &rationale.reading;
    let inside = |a: &&Amount| reading.sentence_at(a.bytes.start).is_some_and(|n| sentences.contains(&n));
    facts.amounts.iter().filter(inside).map(|a| (reading, a)).collect()
}
