//! Whether the patient works, as the rationale tells it, against the summary.

use super::contradiction::finding;
use super::opposed::of_both;
use super::plain::is_no_fact;
use crate::check::memo::with_course;
use crate::check::{Context, Finding};
use crate::fact::{Course, Documentation, PartFacts, Polarity, When, meaning};
use crate::letter::{Decision, Reading};
use crate::lexicon::{Cue, Hit, Small};
use crate::source::Span;

/// What is told of the patient's work.
struct Work {
    status: Cue,
    span: Span,
    /// Whether something in the sentence tells that it was so at another time, or depends on something.
    open: bool,
    /// Whether it was so at a time that is over.
    past: bool,
    /// When it was so, if that is told.
    when: Option<When>,
}

/// The ways in which a patient works or does not.
const STATUS: [Cue; 4] = [Cue::WorkOff, Cue::WorkLimited, Cue::WorkFull, Cue::WorkSome];

/// A status of the rationale that the summary tells otherwise, and at no time so.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (said, others) = of_both(context, decision, facts, |reading, facts| told(context, reading, facts))?;
    let found = said.iter().filter(|s| !s.open && !s.past).find_map(|s| {
        let mixed = said.iter().any(|o| !agrees(s.status, o.status));
        let known = others.iter().any(|o| agrees(s.status, o.status));
        let apart = |o: &Work| s.when.as_ref().zip(o.when.as_ref()).is_some_and(|(a, b)| Course::are_apart(a, b));
        let other = others.iter().rfind(|o| !o.open && !o.past && !apart(o))?;
        (!mixed && !known && !others.iter().any(|o| o.open)).then_some((s, other))
    });
    let (said, other) = found?;
    Some(finding(context, "observation", "work", said.span, other.span))
}

/// Whether two may be told of the same work.
fn agrees(one: Cue, two: Cue) -> bool {
    let works = |c: Cue| c != Cue::WorkOff;
    one == two || works(one) && works(two) && (one == Cue::WorkSome || two == Cue::WorkSome)
}

/// All that a part of the letter tells of the patient's work.
fn told(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Work> {
    let mut found = Vec::new();
    if !STATUS.iter().any(|c| reading.cues.has(*c)) {
        return found;
    }
    for (n, sentence) in reading.sentences.iter().enumerate() {
        let tells = STATUS.iter().any(|c| sentence.cues.has(*c));
        if !tells || !facts.is_of_case(n) || facts.reviewed.contains(&n) {
            continue;
        }
        let general = is_no_fact(context, reading, sentence);
        let cues = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue);
        for status in STATUS {
            for hit in cues(status) {
                let words = hit.first as usize..hit.end as usize;
                let meant = meaning(reading, context.lexicon, words.clone());
                // "no surgery is planned, and he is on modified duty": a verb begins a clause of its own
                let verb = |w: usize| reading.is_small(w, Small::Is, context.lexicon);
                let reaches = |h: &Hit| h.end as usize <= words.start && !(h.end as usize..words.start).any(verb);
                let negated = cues(Cue::Negation).any(reaches) || cues(Cue::Negation).next().is_none();
                // "off work" denies by itself
                let denied = meant.polarity != Polarity::Affirmed && status != Cue::WorkOff && negated;
                let asked = ASKED.into_iter().flat_map(cues).any(reaches);
                let open = general || asked || denied || meant.documentation != Documentation::Said;
                let timed = [Cue::EarlierDate, Cue::OtherInjury].iter().any(|c| sentence.cues.has(*c));
                let (past, when) = with_course(context, reading, |course| {
                    (course.is_past(n, &words, denied || status == Cue::WorkOff), course.time_of(n, &words).cloned())
                });
                found.push(Work { status, span: reading.span_of_words(words), open: open || timed, past, when });
            }
        }
    }
    found
}

/// What is asked for or hoped for is not so.
const ASKED: [Cue; 2] = [Cue::AsksFor, Cue::ThisRequest];
