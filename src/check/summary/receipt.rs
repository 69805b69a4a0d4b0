//! Whether a treatment was had, as the clause around it tells: by a verb of giving or having, and by what denies either.

use crate::check::Context;
use crate::check::naming::{Thing, same_region};
use crate::fact::{Documentation, Meaning, Polarity, Signed, meaning};
use crate::letter::{Reading, Sentence};
use crate::lexicon::{Cue, Gap, Small, Term};
use std::ops::Range;

/// How many words may stand between a treatment and the verb that tells that it was had.
const REACH: usize = 12;
/// So many words before a treatment may narrow it: "a further course of".
const NARROWED: usize = 4;

/// What a clause says of a treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// It was had.
    Had,
    /// It was, and was given up.
    Stopped,
    /// It was not.
    NotHad,
    /// The records are said not to tell.
    Untold,
}

/// One of these stands in each sentence that says that something is missing from the records.
const MISSING: [Cue; 4] = [Cue::Undocumented, Cue::UndocumentedAfter, Cue::Unshown, Cue::Papers];

/// What the clause around a treatment says of its being had, with the words that tell it; none if it tells nothing.
pub fn receipt(
    context: &Context<'_>,
    reading: &Reading,
    sentence: &Sentence,
    thing: &Thing,
) -> Option<(Receipt, Range<usize>)> {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let clause = clause(context, reading, sentence, thing.words.clone());
    let verb = verb(context, reading, &clause, thing);
    // "used it in 2015 and stopped it"
    if let Some(stop) = clause.clone().find(|w| is(*w, Small::Stopped)) {
        let meant = [thing.words.clone(), stop..stop + 1].map(|words| meaning(reading, context.lexicon, words));
        let plain = |m: &Meaning| m.polarity == Polarity::Affirmed && m.documentation == Documentation::Said;
        let planned = clause.clone().any(|w| is(w, Small::Unhad));
        let whole = thing.words.start.min(stop)..thing.words.end.max(stop + 1);
        return (meant.iter().all(plain) && !planned).then_some((Receipt::Stopped, whole));
    }
    // without a verb only words for what is missing tell anything
    if verb.is_none() && !MISSING.iter().any(|c| sentence.cues.has(*c)) {
        return None;
    }
    if clause.clone().any(|w| !thing.words.contains(&w) && is(w, Small::Unhad)) {
        return None;
    }
    let Some(verb) = verb else {
        // "there is no mention of a drug screen"
        let missed = meaning(reading, context.lexicon, thing.words.clone());
        let cue =
            missed.cue.filter(|c| missed.documentation == Documentation::Missing && c.end <= thing.words.start)?;
        let bare = (cue.end..thing.words.start).all(|w| is(w, Small::Determines));
        let effect = clause.clone().any(|w| !thing.words.contains(&w) && !cue.contains(&w) && is(w, Small::Effect));
        let ends = thing.words.end == clause.end || is(thing.words.end, Small::FollowsThing);
        return (bare && ends && !effect).then_some((Receipt::Untold, cue.start..thing.words.end));
    };
    let whole = thing.words.start.min(verb)..thing.words.end.max(verb + 1);
    if is(verb, Small::Untried) {
        return Some((Receipt::NotHad, whole));
    }
    let signed = Signed::of(reading, sentence, context.lexicon);
    let meant = [thing.words.clone(), verb..verb + 1].map(|words| signed.context(words));
    // "splints have not helped, and the study made in October was normal"
    let begins = |w: usize| w < thing.words.start && reading.is_marked(w - 1, b',') && is(w, Small::Joins);
    let anew = |m: &Meaning| {
        let cue = m.cue.as_ref().filter(|c| m.polarity == Polarity::Negated && c.end < thing.words.start);
        cue.is_some_and(|c| (c.end + 1..thing.words.start).any(begins)) && verb > thing.words.start
    };
    let passed = meant.iter().any(anew) && meant.iter().all(|m| anew(m) || m.polarity == Polarity::Affirmed);
    if passed {
        return Some((Receipt::Had, whole));
    }
    let far = !is_denial_near(context, reading, &meant[0], thing);
    if far || meant.iter().any(|m| m.polarity == Polarity::Doubtful) {
        return None;
    }
    // "has never been given" denies the giving
    let gives = is(verb, Small::Receives) && !is(verb, Small::Handed);
    let itself = |m: &Meaning| gives && m.cue.as_ref().is_some_and(|c| c.contains(&verb));
    if meant.iter().any(|m| m.documentation == Documentation::Missing && !itself(m)) {
        return Some((Receipt::Untold, whole));
    }
    if meant.iter().all(|m| m.polarity == Polarity::Affirmed) {
        // a limit is no tale
        if is(verb, Small::TrialOf) || sentence.cues.has(Cue::AtMost) {
            return None;
        }
        return Some((Receipt::Had, whole));
    }
    // only more of it, or some form of it: "no further course of therapy"; or what it did: "was not helped by"
    let before = thing.words.start.saturating_sub(NARROWED).max(clause.start)..thing.words.end;
    // "neither films nor any other imaging" means all
    let all = |w: usize| w > clause.start && is(w - 1, Small::Any);
    let narrowed = before.into_iter().any(|w| is(w, Small::Narrows) && !all(w));
    let effect = clause.clone().any(|w| !thing.words.contains(&w) && is(w, Small::Effect));
    let from = meant.iter().filter_map(|m| m.cue.clone()).map(|c| c.start).min().unwrap_or(whole.start);
    (!narrowed && !effect).then_some((Receipt::NotHad, whole.start.min(from.max(clause.start))..whole.end))
}

/// The verb by which a treatment is said to have been had: the treatment itself, one before it, one behind it, or a noun that it
/// belongs to ("a trial of").
fn verb(context: &Context<'_>, reading: &Reading, clause: &Range<usize>, thing: &Thing) -> Option<usize> {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let comma = |w: usize| reading.is_marked(w, b',');
    let joined = |words: Range<usize>| !words.into_iter().any(comma);
    let helped = |w: usize| {
        w > clause.start && is(w - 1, Small::Helps) && (!is(w - 1, Small::Be) || is_yet(context, reading, w))
    };
    if let Some(deed) = thing.words.clone().find(|w| is(*w, Small::Deed)) {
        // "the levels to be injected"
        let ahead = deed > clause.start && is(deed - 1, Small::Be) && !is_yet(context, reading, deed);
        let helped = || (clause.start.max(deed.saturating_sub(3))..deed).any(|w| is(w, Small::Helps));
        let alone = !ahead && (is(deed, Small::Untried) || helped());
        return alone.then_some(deed);
    }
    let first = thing.words.start;
    // "the exercises taught by therapy were tried"
    if first > clause.start && reading.word(first - 1).eq_ignore_ascii_case("by") {
        return None;
    }
    let before = (clause.start.max(first.saturating_sub(REACH))..first).rev().find(|w| {
        let light = || is(*w, Small::HasHad) && (*w + 1..first).all(|w| is(w, Small::Determines));
        let acts = || is(*w, Small::Takes) || is(*w, Small::Receives) && helped(*w);
        (light() || acts()) && joined(*w..first)
    });
    let behind = || {
        let end = thing.words.end;
        // "was a TENS unit used"
        let turned = || (first.saturating_sub(3).max(clause.start)..first).any(|w| is(w, Small::PastAuxiliary));
        if end < clause.end && is(end, Small::Receives) && turned() {
            return Some(end);
        }
        // "the nerve study obtained in October"
        let year = |w: usize| reading.word(w).len() == 4 && reading.word(w).parse::<u32>().is_ok();
        let dated = || (end + 1..clause.end.min(end + 4)).any(|w| is(w, Small::MonthName) || year(w));
        let told = || {
            let meant = meaning(reading, context.lexicon, thing.words.clone());
            meant.polarity == Polarity::Affirmed && meant.documentation == Documentation::Said
        };
        if end < clause.end && is(end, Small::Receives) && dated() && told() {
            return Some(end);
        }
        // "the ten massage visits that she has had"
        let end = if end < clause.end && is(end, Small::VisitUnit) { end + 1 } else { end };
        let next = end < clause.end && is(end, Small::FollowsThing);
        let past =
            |w: usize| w > end + 1 && is(w, Small::HasHad) && is(w - 1, Small::HasHad) && is(end, Small::Narrowing);
        if let Some(had) = (end..clause.end.min(end + 5)).find(|w| past(*w)) {
            return Some(had);
        }
        let mut near = end..clause.end.min(end + REACH);
        near.find(|w| next && is(*w, Small::Receives) && helped(*w) && joined(end - 1..*w))
    };
    let noun = || {
        let near = clause.start.max(first.saturating_sub(NARROWED))..first;
        near.rev().find(|w| is(*w, Small::TrialOf) && (*w + 1..first).all(|w| is(w, Small::Determines)))
    };
    before.or_else(behind).or_else(noun)
}

/// Whether "yet to" stands before the word that stands before another: "has yet to be given".
fn is_yet(context: &Context<'_>, reading: &Reading, word: usize) -> bool {
    word >= 3 && context.lexicon.is_small(reading.slice(word - 3..word - 2), Small::Yet)
}

/// The words of the clause around some words: no mark that ends a clause and no word that opens another stands in it.
pub fn clause(context: &Context<'_>, reading: &Reading, sentence: &Sentence, words: Range<usize>) -> Range<usize> {
    let is = |w: usize, set| sentence.words.contains(&w) && reading.is_small(w, set, context.lexicon);
    // "silent as to the reflexes"
    let opens = |w: usize| is(w, Small::OpensClause) && !is(w + 1, Small::To);
    let start = (sentence.words.start + 1..=words.start)
        .rev()
        .find(|w| reading.words[*w].gap == Gap::Hard || opens(*w - 1))
        .unwrap_or(sentence.words.start);
    let end = (words.end..sentence.words.end)
        .find(|w| reading.words[*w].gap == Gap::Hard || opens(*w))
        .unwrap_or(sentence.words.end);
    start..end
}

/// Whether what denies a treatment is of it, and not of something before it: "without relief and naproxen was started".
pub fn is_denial_near(context: &Context<'_>, reading: &Reading, meant: &Meaning, thing: &Thing) -> bool {
    let ends = |w: usize| {
        let word = reading.word(w);
        word.eq_ignore_ascii_case("and") || context.lexicon.is_small(word, Small::Effect)
    };
    meant.cue.as_ref().is_none_or(|c| c.end > thing.words.start || !(c.end..thing.words.start).any(ends))
}

/// Whether the clause around a treatment says that it is planned, asked for or ruled on.
pub fn is_unhad(context: &Context<'_>, reading: &Reading, sentence: &Sentence, thing: &Thing) -> bool {
    let mut words = clause(context, reading, sentence, thing.words.clone());
    words.any(|w| reading.is_small(w, Small::Unhad, context.lexicon))
}

/// The parts and sides of the body that a clause names.
#[derive(Debug, Default)]
pub struct Place {
    parts: Vec<u16>,
    left: bool,
    right: bool,
}

impl Place {
    /// What some words of a sentence name.
    pub fn of(context: &Context<'_>, reading: &Reading, sentence: &Sentence, words: &Range<usize>) -> Place {
        let mut place = Place::default();
        for hit in reading.hits[sentence.hits.clone()].iter().filter(|h| words.contains(&(h.first as usize))) {
            match context.term(hit) {
                Term::BodyPart(part) => place.parts.push(part),
                Term::Cue(Cue::LeftSide) => place.left = true,
                Term::Cue(Cue::RightSide) => place.right = true,
                Term::Cue(Cue::BothSides) => (place.left, place.right) = (true, true),
                _ => {}
            }
        }
        place
    }

    /// Leaves the sides open.
    pub fn forget_sides(&mut self) {
        (self.left, self.right) = (false, false);
    }

    /// Whether both name a part of the body in common.
    pub fn same_part(&self, other: &Place) -> bool {
        self.parts.iter().any(|p| other.parts.contains(p))
    }

    /// Whether both may be one place: neither names another part or another side.
    pub fn meets(&self, context: &Context<'_>, other: &Place) -> bool {
        let parts = self.parts.is_empty()
            || other.parts.is_empty()
            || self.parts.iter().any(|p| other.parts.iter().any(|q| same_region(context, *p, *q)));
        let open = |p: &Place| !p.left && !p.right;
        parts && (open(self) || open(other) || self.left && other.left || self.right && other.right)
    }
}
