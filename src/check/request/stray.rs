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
    if asked.is_empty() || !asked.iter().all(|t| !t.drugs.is_empty()) {
        return None;
    }
    let known = elsewhere(context, decision);
    let all = all_things(context, reading);
    let all: Vec<&Thing> = all.iter().filter(|t| !t.drugs.is_empty()).collect();
    let same = |a: &Thing, b: &Thing| a.drugs.iter().any(|x| b.drugs.iter().any(|y| context.lexicon.same_drug(*x, *y)));
    let is_known = |t: &Thing| known.iter().any(|all| all.iter().any(|k| same(k, t)));
    let is_asked = |t: &&Thing| asked.iter().any(|a| same(a, t));
    let foreign = |t: &Thing| asked.iter().all(|a| apart(context, a, t)) && !is_known(t) && !aside(reading, t);
    let own = |t: &&&Thing| {
        let sentence = reading.sentences.iter().position(|s| s.words.contains(&t.words.start));
        sentence.is_some_and(|n| facts.voices.get(n) == Some(&Voice::Application))
    };
    if !all.iter().any(is_asked) && all.iter().all(|t| foreign(t)) {
        return all.first().map(|t| t.words.clone());
    }
    if all.iter().filter(own).any(is_asked) {
        return None;
    }
    all.iter().filter(own).find(|t| foreign(t)).map(|t| t.words.clone())
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
    let drug = |t: &Thing| !t.drugs.is_empty();
    if asked.is_empty() || !asked.iter().all(drug) {
        return None;
    }
    let all = all_things(context, reading);
    let named: Vec<&Thing> = all.iter().filter(|t| drug(t)).collect();
    let same = |a: &Thing, b: &Thing| a.drugs.iter().any(|x| b.drugs.iter().any(|y| context.lexicon.same_drug(*x, *y)));
    let [first, others @ ..] = &named[..] else { return None };
    let own = |t: &Thing| {
        let sentence = reading.sentences.iter().position(|s| s.words.contains(&t.words.start));
        sentence.is_some_and(|n| facts.tells(n)) && !aside(reading, t)
    };
    let one = !others.is_empty() && others.iter().all(|t| same(first, t)) && !asked.iter().any(|a| same(a, first));
    let known = || elsewhere(context, decision).iter().any(|all| all.iter().any(|k| same(k, first)));
    let said = named.iter().find(|t| own(t)).filter(|_| one && !known())?;
    Some(said.words.clone())
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
    let sentence = reading.sentences.iter().find(|s| s.words.contains(&thing.words.start));
    sentence.is_none_or(|s| ASIDE.into_iter().any(|cue| s.cues.has(cue)))
}
