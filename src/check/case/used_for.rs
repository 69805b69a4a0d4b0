//! How long the patient has had a treatment of this injury, where the clause tells it in whatever words: "has taken it for this
//! sprain for upwards of six months".

use super::duration::{NOT_OF_INJURY, is_older, is_unshown, longer};
use crate::check::Context;
use crate::check::memo::requested;
use crate::check::naming::{related, things};
use crate::check::summary::receipt::clause;
use crate::fact::{Documentation, PartFacts, Polarity, meaning};
use crate::letter::{Amount, Reading};
use crate::lexicon::{Cue, Small, Term};
use crate::measure::Date;
use crate::source::Span;

/// How many words may stand between "for" and the length of time: "for the better part of a year".
const LED: usize = 5;

/// What is asked for, ahead, a rule or of another illness.
const ASIDE: [Cue; 6] =
    [Cue::AsksFor, Cue::ThisRequest, Cue::ToCome, Cue::OtherIllness, Cue::OtherRequest, Cue::OtherInjury];

/// The first length of time, longer than that since the injury, that a treatment asked for is said to have been had.
pub fn used_longer(
    context: &Context<'_>,
    reading: &Reading,
    facts: &PartFacts,
    injury: Date,
    elapsed: i64,
) -> Option<Span> {
    longer(context, facts, elapsed)
        .find(|a| is_use(context, reading, facts, injury, a))
        .map(|a| reading.span(a.bytes.clone()))
}

/// Whether a length of time is that of the use of a treatment for this injury.
fn is_use(context: &Context<'_>, reading: &Reading, facts: &PartFacts, injury: Date, amount: &Amount) -> bool {
    let Some(number) = reading.sentence_at(amount.bytes.start) else { return false };
    let sentence = &reading.sentences[number];
    if !facts.is_of_case(number) || facts.reviewed.contains(&number) || is_older(reading, facts, number, injury) {
        return false;
    }
    let (first, end) = (reading.word_at(amount.bytes.start), reading.word_at(amount.bytes.end));
    let clause = clause(context, reading, sentence, first..end);
    // "for six months, which is longer than is recommended"; "for a year, and it is not said whether another replaces it"
    let parted = |h: usize| h >= end && (end - 1..h).any(|w| reading.is_marked(w, b','));
    let inside = |h: usize| clause.contains(&h) && !parted(h);
    let aside = ASIDE.iter().chain(&NOT_OF_INJURY).any(|c| {
        let mut hits = reading.cues(context.lexicon, sentence.hits.clone(), *c);
        hits.any(|h| inside(h.first as usize))
    });
    if aside {
        return false;
    }
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let led = (first.saturating_sub(LED).max(clause.start)..first).any(|w| is(w, Small::LeadsTime));
    let before = clause.start..first;
    let verb = || before.clone().any(|w| is(w, Small::Takes) || is(w, Small::Receives) || is(w, Small::HasHad));
    if !led || !verb() || clause.clone().any(|w| is(w, Small::Unhad) || is(w, Small::Former)) {
        return false;
    }
    let named = things(context, reading, clause);
    let mut requests = context.letter.decisions.iter().filter_map(|d| d.request.as_ref());
    // "this medication"
    let meant_one = before.clone().any(|w| w + 1 < first && is(w, Small::Pointing) && is(w + 1, Small::DrugNoun));
    let asked = meant_one
        || requests.any(|r| requested(context, r).iter().any(|a| named.iter().any(|t| related(context, a, t))));
    // of an injury, or of a drug that an older complaint would not need
    let tied = sentence.cues.has(Cue::FromInjury) || before.clone().any(|w| is(w, Small::Hurt));
    // "for this sprain": whatever was had for it
    let parts: Vec<usize> = reading.hits[sentence.hits.clone()]
        .iter()
        .filter(|h| matches!(context.term(h), Term::BodyPart(_)))
        .map(|h| h.first as usize)
        .collect();
    let pointed = |w: usize| is(w, Small::Pointing) && (is(w + 1, Small::Hurt) || parts.contains(&(w + 1)));
    let this = before.clone().any(|w| w + 1 < first && pointed(w));
    let meant = meaning(reading, context.lexicon, first..end);
    (asked && tied || this)
        && !is_unshown(context, reading, sentence, first)
        && meant.polarity == Polarity::Affirmed
        && meant.documentation == Documentation::Said
}
