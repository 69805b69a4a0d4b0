//! A drug that a rationale speaks of though nothing else in the letter does.

use crate::check::Context;
use crate::check::memo::all_things;
use crate::check::naming::{Thing, apart};
use crate::fact::{PartFacts, Voice};
use crate::letter::{Decision, Reading};
use crate::lexicon::Cue;
use std::ops::Range;
use std::rc::Rc;

/// The drug that a rationale has in place of the one asked for: its own words name it and not the one asked for, it serves
/// another purpose, and neither the summary nor any heading or other rationale knows it.
pub fn stray(
    context: &Context<'_>,
    decision: &Decision,
    asked: &[Thing],
    reading: &Reading,
    facts: &PartFacts,
) -> Option<Range<usize>> {
    if !asks_for_drugs(asked) {
        return None;
    }
    let known = elsewhere(context, decision);
    let all = all_things(context, reading);
    let named: Vec<&Thing> = all.iter().filter(|t| is_drug(t)).collect();
    let is_asked = |t: &&Thing| is_among(context, asked, t);
    let is_known = |t: &Thing| known.iter().any(|all| is_among(context, all, t));
    let foreign = |t: &Thing| asked.iter().all(|a| apart(context, a, t)) && !is_known(t) && !aside(reading, t);
    let applied = |n: usize| facts.voices.get(n) == Some(&Voice::Application);
    let own = |t: &&&Thing| sentence_of(reading, t).is_some_and(applied);
    if !named.iter().any(is_asked) && named.iter().all(|t| foreign(t)) {
        return named.first().map(|t| t.words.clone());
    }
    if named.iter().filter(own).any(is_asked) {
        return None;
    }
    named.iter().filter(own).find(|t| foreign(t)).map(|t| t.words.clone())
}

/// The drug of the same use that a rationale judges in place of the one asked for: it names it more than once, of the case too, and
/// neither the one asked for nor any place else in the letter names it.
pub fn in_place(
    context: &Context<'_>,
    decision: &Decision,
    asked: &[Thing],
    reading: &Reading,
    facts: &PartFacts,
) -> Option<Range<usize>> {
    if !asks_for_drugs(asked) {
        return None;
    }
    let all = all_things(context, reading);
    let named: Vec<&Thing> = all.iter().filter(|t| is_drug(t)).collect();
    let [first, others @ ..] = &named[..] else { return None };
    let one =
        !others.is_empty() && others.iter().all(|t| same_drug(context, first, t)) && !is_among(context, asked, first);
    let own = |t: &&&Thing| sentence_of(reading, t).is_some_and(|n| facts.tells(n)) && !aside(reading, t);
    let said = named.iter().find(own).filter(|_| one)?;
    let known = elsewhere(context, decision).iter().any(|all| is_among(context, all, first));
    (!known).then(|| said.words.clone())
}

fn is_drug(thing: &Thing) -> bool {
    !thing.drugs.is_empty()
}

/// Whether drugs are asked for, and nothing else.
fn asks_for_drugs(asked: &[Thing]) -> bool {
    !asked.is_empty() && asked.iter().all(is_drug)
}

fn same_drug(context: &Context<'_>, one: &Thing, two: &Thing) -> bool {
    one.drugs.iter().any(|x| two.drugs.iter().any(|y| context.lexicon.same_drug(*x, *y)))
}

/// Whether some things hold a drug.
fn is_among(context: &Context<'_>, things: &[Thing], drug: &Thing) -> bool {
    things.iter().any(|t| same_drug(context, t, drug))
}

/// The number of the sentence that names a thing.
fn sentence_of(reading: &Reading, thing: &Thing) -> Option<usize> {
    reading.sentences.iter().position(|s| s.words.contains(&thing.words.start))
}

/// What the rest of the letter names: its summary, the headings and the other rationales.
fn elsewhere(context: &Context<'_>, decision: &Decision) -> Vec<Rc<Vec<Thing>>> {
    let others = context.letter.decisions.iter().filter(|d| d.n != decision.n);
    let rationales = others.filter_map(|d| d.rationale.as_ref()).map(|r| &r.reading);
    let headings = context.letter.decisions.iter().filter_map(|d| d.request.as_ref()).map(|r| &r.reading);
    let lines = decision.reviewer.iter().map(|l| &l.reading);
    let readings = context.letter.summary.iter().chain(headings).chain(lines).chain(rationales);
    readings.map(|r| all_things(context, r)).collect()
}

/// Words of a sentence on something beside the request.
const ASIDE: [Cue; 4] = [Cue::OtherRequest, Cue::SeeElsewhere, Cue::Conditional, Cue::Metabolite];

/// Whether the sentence of a drug speaks of something beside the request.
fn aside(reading: &Reading, thing: &Thing) -> bool {
    let sentence = sentence_of(reading, thing).map(|n| &reading.sentences[n]);
    sentence.is_none_or(|s| ASIDE.into_iter().any(|cue| s.cues.has(cue)))
}
