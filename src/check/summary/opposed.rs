//! What both parts of a letter tell of one thing, held against each other: the frame of several checks.
//!
//! A claim is what some words tell of a topic. A claim of the rationale is contradicted by the summary where the rationale tells
//! the topic in one way only, the summary never in that way, and at the same place of the body in another.

use super::plain::is_no_fact;
use super::receipt::Place;
use crate::check::Context;
use crate::fact::PartFacts;
use crate::letter::{Decision, Reading};
use crate::lexicon::Cue;
use crate::source::Span;

/// What some words tell of a topic.
pub struct Claim<Topic, Value> {
    pub topic: Topic,
    pub value: Value,
    pub place: Place,
    pub span: Span,
}

/// What the rationale tells of something and what the summary tells of it; none where the rationale tells nothing.
pub fn of_both<'a, T>(
    context: &'a Context<'_>,
    decision: &'a Decision,
    facts: &'a PartFacts,
    read: impl Fn(&'a Reading, &'a PartFacts) -> Vec<T>,
) -> Option<(Vec<T>, Vec<T>)> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let said = read(rationale, facts);
    (!said.is_empty()).then(|| (said, read(summary, &context.facts.summary)))
}

/// A claim of the rationale with the one of the summary that contradicts it. `same` tells whether two topics are one, `agree`
/// whether two values may both be so.
pub fn opposed<'a, Topic, Value>(
    context: &Context<'_>,
    said: &'a [Claim<Topic, Value>],
    told: &'a [Claim<Topic, Value>],
    same: impl Fn(&Topic, &Topic) -> bool,
    agree: impl Fn(&Value, &Value) -> bool,
) -> Option<(&'a Claim<Topic, Value>, &'a Claim<Topic, Value>)> {
    said.iter().find_map(|one| {
        let about = |o: &&'a Claim<Topic, Value>| same(&one.topic, &o.topic);
        let mixed = said.iter().filter(about).any(|o| !agree(&one.value, &o.value));
        let known = told.iter().filter(about).any(|o| agree(&one.value, &o.value));
        if mixed || known {
            return None;
        }
        told.iter().filter(about).find(|o| one.place.meets(context, &o.place)).map(|o| (one, o))
    })
}

/// The numbers of the sentences of a part of the letter that tell facts of the patient, and no rule, request or view of others.
pub fn factual(context: &Context<'_>, reading: &Reading, facts: &PartFacts, but: &[Cue]) -> Vec<usize> {
    let own = |n: &usize| {
        let sentence = &reading.sentences[*n];
        let aside = is_no_fact(context, reading, sentence) || but.iter().any(|c| sentence.cues.has(*c));
        facts.tells(*n) && !aside
    };
    (0..reading.sentences.len()).filter(own).collect()
}
