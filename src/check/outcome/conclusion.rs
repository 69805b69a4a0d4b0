//! The outcome against the reasons.

use crate::check::memo::requested;
use crate::check::naming::{related, things};
use crate::check::request::quantity::is_instead;
use crate::check::{Context, Finding, ruling};
use crate::diagnostic::Severity;
use crate::fact::{Object, PartFacts, Ruling, Stance, Strength, Voice};
use crate::letter::{Decision, ItemKind, Reading, Request, Sentence};
use crate::lexicon::{Cue, Small, as_number};
use std::ops::Range;

fn word(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Approve => "medically necessary",
        Ruling::Deny => "not medically necessary",
    }
}

/// Stances about this request of one ruling.
fn last_of(facts: &PartFacts, ruling: Ruling) -> Option<&Stance> {
    facts.conclusion.stances.iter().rev().find(|s| s.ruling == ruling && s.object != Object::Other)
}

/// The heading says one thing, the rationale concludes the other.
pub fn contradicts_conclusion(_: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(decided), Some(concluded), Some(outcome)) =
        (ruling(decision), facts.conclusion.ruling(), decision.outcome)
    else {
        return Vec::new();
    };
    // a leaning conclusion is too weak to hold against a heading, unless it is drawn in so many words
    let Some(stance) = last_of(facts, concluded)
        .filter(|s| decided != concluded && (s.strength == Strength::Plain || is_drawn(decision, facts, s)))
        .filter(|s| s.settled && !is_granted(decision, facts, s))
    else {
        return Vec::new();
    };
    let said = if outcome.overturned { "Overturned" } else { "Upheld" };
    vec![
        Finding::new("default")
            .label("conclusion", stance.span)
            .label("outcome", outcome.span)
            .hole("outcome", said)
            .hole("meaning", word(decided))
            .hole("conclusion", word(concluded)),
    ]
}

/// Whether a leaning conclusion is what the rationale comes to: its sentence is opened with "therefore" or the like, or is the
/// last and about this request, or rules on it in the reviewer's own words, and no sentence leans the other way.
fn is_drawn(decision: &Decision, facts: &PartFacts, stance: &Stance) -> bool {
    let Some(rationale) = &decision.rationale else { return false };
    let reading = &rationale.reading;
    let sentence = &reading.sentences[stance.sentence];
    let opened = sentence.cues.has(Cue::ConclusionOpener);
    // "the request cannot be supported" as the last words of all
    let last = stance.object == Object::ThisRequest && stance.sentence + 1 == reading.sentences.len();
    let own = stance.object == Object::ThisRequest && stance.strength == Strength::OwnWords;
    (opened || last || own) && facts.conclusion.stances.iter().all(|s| s.ruling == stance.ruling)
}

/// Whether a conclusion is about the part of the request that the administrator granted: "ten visits are medically necessary",
/// where ten of twelve were authorized and two remain.
fn is_granted(decision: &Decision, facts: &PartFacts, stance: &Stance) -> bool {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return false };
    let Some((partial, granted)) = request.partial.as_ref().and_then(|p| Some((p, p.authorized.clone()?))) else {
        return false;
    };
    let (heading, reading) = (&request.reading, &rationale.reading);
    let within = |bytes: &Range<usize>| -> Vec<u32> {
        let inside = |w: &usize| bytes.contains(&(heading.words[*w].start as usize));
        (0..heading.words.len()).filter(inside).filter_map(|w| count(heading, w)).collect()
    };
    let sentence = reading.sentences[stance.sentence].words.start;
    let before =
        facts.conclusion.stances.iter().filter(|s| s.sentence == stance.sentence && s.words.end <= stance.words.start);
    let from = before.map(|s| s.words.end).max().unwrap_or(sentence);
    let told: Vec<u32> = (from..stance.words.start).filter_map(|w| count(reading, w)).collect();
    let (granted, remaining) = (within(&granted), within(&partial.remaining));
    let of_granted = |n: &u32| granted.contains(n) && !remaining.contains(n);
    stance.ruling == Ruling::Approve && !told.is_empty() && told.iter().all(of_granted)
}

/// The number that a word is, in figures or letters.
fn count(reading: &Reading, word: usize) -> Option<u32> {
    as_number(reading.word(word))
}

/// "Land-based therapy would be medically necessary", "a shorter request could be allowed": something that is not asked for.
fn is_supposed(context: &Context<'_>, reading: &Reading, stance: &Stance) -> bool {
    stance.ruling == Ruling::Approve && is_instead(context, reading, stance) && !is_own_word(context, reading, stance)
}

/// Whether "would" is the reviewer's own way to rule: "I would certify it", where nothing is supposed and no other amount is told.
fn is_own_word(context: &Context<'_>, reading: &Reading, stance: &Stance) -> bool {
    let sentence = &reading.sentences[stance.sentence];
    let is = |w: usize, set| w < sentence.words.end && context.lexicon.is_small(reading.word(w), set);
    let last = stance.words.end - 1;
    let own = is(stance.words.start, Small::Speaker);
    let known = is(last, Small::KnownThing) || is(last + 1, Small::KnownThing);
    let behind = stance.words.start..sentence.words.end;
    let supposed = [Cue::Conditional, Cue::Contrast, Cue::Concession].into_iter().any(|c| sentence.cues.has(c))
        || sentence.words.clone().any(|w| is(w, Small::Inverts))
        || behind.into_iter().any(|w| is(w, Small::Instead) || count(reading, w).is_some());
    own && known && !supposed
}

/// Whether what is asked for is named right before a word.
fn names_request(context: &Context<'_>, decision: &Decision, reading: &Reading, word: usize) -> bool {
    names(context, decision, reading, word.saturating_sub(NAMING)..word)
}

/// Whether the last thing that some words name is what is asked for.
fn names(context: &Context<'_>, decision: &Decision, reading: &Reading, words: Range<usize>) -> bool {
    let asked = decision.request.as_ref().map(|r| requested(context, r)).unwrap_or_default();
    let named = things(context, reading, words);
    named.last().is_some_and(|t| asked.iter().any(|a| related(context, a, t)))
}

/// So near before a conclusion stands what it is about.
const NAMING: usize = 8;
/// Among so many words of a sentence stand those that open a conclusion.
const OPENING: usize = 3;
/// So many words may follow the last ones of a ruling: "here", "in this case".
const ENDING: usize = 3;

/// One rationale concludes both ways about the same request.
pub fn contradicts_itself(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let rationale = decision.rationale.as_ref().map(|r| &r.reading);
    // "therefore, the therapy is considered appropriate": said weakly, and yet as the conclusion
    let opened = |s: &Stance| {
        let Some((reading, sentence)) = rationale.and_then(|r| Some((r, r.sentences.get(s.sentence)?))) else {
            return false;
        };
        let mut openers = reading.cues(context.lexicon, sentence.hits.clone(), Cue::ConclusionOpener);
        let turned = [Cue::Contrast, Cue::Conditional].into_iter().any(|c| sentence.cues.has(c));
        // "at present, therefore, it is"; "it is therefore clearly indicated"
        let opens = |first: usize| {
            first < sentence.words.start + OPENING
                || s.words.contains(&first) && names_request(context, decision, reading, s.words.start)
        };
        s.strength == Strength::Leaning && !turned && openers.any(|h| opens(h.first as usize))
    };
    // "an assistant is not warranted for this operation", before more is said. "Therapy is. Twelve visits go beyond
    // the guideline" grants the kind and denies the amount: what is said of the case in between may be the ground
    let grounded = |s: &Stance| {
        // a drug always comes with a number
        let drug = |r: &Request| r.items.iter().all(|i| i.kind == ItemKind::Drug);
        let amounts = decision.request.as_ref().is_some_and(|r| !r.amounts.is_empty() && (s.sentence == 0 || !drug(r)));
        let behind = facts.voices.iter().skip(s.sentence + 1);
        amounts || behind.into_iter().any(|v| !matches!(v, Voice::Recital | Voice::Conclusion))
    };
    let own = |s: &Stance| s.strength == Strength::OwnWords;
    let opening = |s: &Stance| own(s) && (s.ruling == Ruling::Deny || !grounded(s));
    // "the MRI is supported" before what is said of the case may grant the kind alone, so it weighs less
    let amounts = decision.request.as_ref().is_some_and(|r| !r.amounts.is_empty());
    let known = |s: &Stance| rationale.is_some_and(|r| is_known(context, r, s));
    let kind = |s: &Stance| own(s) && s.ruling == Ruling::Approve && grounded(s) && !amounts && known(s);
    let whole = |s: &Stance| rationale.is_some_and(|r| says_whole(context, decision, r, s));
    let firm = |s: &&Stance| {
        s.object == Object::ThisRequest
            && (s.strength == Strength::Plain || opened(s) || opening(s) || kind(s) || whole(s))
            && s.settled
            && !rationale.is_some_and(|r| is_supposed(context, r, s))
            && !is_granted(decision, facts, s)
    };
    let said: Vec<&Stance> = facts.conclusion.stances.iter().filter(firm).collect();
    let plain = |s: &Stance| s.strength == Strength::Plain;
    let contrary = |first: &Stance, second: &Stance| {
        // what is said plainly both ways may have been settled since
        let settled = plain(first) && plain(second) && !facts.conclusion.is_mixed();
        first.ruling != second.ruling && (plain(first) || plain(second)) && !settled
    };
    let pairs = (0..said.len()).flat_map(|n| said[n + 1..].iter().map(move |s| (n, *s)));
    let Some((first, second)) = pairs.map(|(n, s)| (said[n], s)).find(|(f, s)| contrary(f, s)) else {
        return Vec::new();
    };
    let any = |weighs: &dyn Fn(&Stance) -> bool| weighs(first) || weighs(second);
    let lowered = if any(&kind) { Some(Severity::Info) } else { any(&whole).then_some(Severity::Warning) };
    vec![
        Finding { lowered, ..Finding::new("default") }
            .label("second", second.span)
            .label("first", first.span)
            .label_if("outcome", decision.outcome.map(|o| o.span))
            .hole("first", word(first.ruling))
            .hole("second", word(second.ruling)),
    ]
}

/// Whether a ruling is on something known, "this MRI is", and not on a kind, "an MRI is".
fn is_known(context: &Context<'_>, reading: &Reading, stance: &Stance) -> bool {
    let sentence = &reading.sentences[stance.sentence];
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let tied = |w: usize| w > sentence.words.start && is(w - 1, Small::Of);
    // "there is a need for the MRI"
    let end = (stance.words.end + 1).min(sentence.words.end);
    (sentence.words.start..end).any(|w| is(w, Small::Determiner) && !tied(w))
}

/// What makes of a weak word for or against a request something less, or somebody else's.
const LESS: [Cue; 8] = [
    Cue::Contrast,
    Cue::Conditional,
    Cue::Concession,
    Cue::GuidelineSays,
    Cue::Recommends,
    Cue::UtilizationReview,
    Cue::TreatingProvider,
    Cue::General,
];

/// Whether a weak ruling on the request is all that its sentence says: "the request for 12 visits was indicated here".
fn says_whole(context: &Context<'_>, decision: &Decision, reading: &Reading, stance: &Stance) -> bool {
    let sentence = &reading.sentences[stance.sentence];
    let named = match stance.ruling {
        Ruling::Approve => sentence.cues.has(Cue::ThisRequest),
        Ruling::Deny => names_request(context, decision, reading, stance.words.start),
    };
    stance.strength == Strength::Leaning
        && sentence.words.end - stance.words.end <= ENDING
        && named
        && !LESS.into_iter().any(|cue| sentence.cues.has(cue))
}

/// The rationale never concludes.
pub fn missing(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let Some(rationale) = &decision.rationale else { return Vec::new() };
    // "the last 2 of the 8 sessions are not medically necessary"
    let rules = |s: &Sentence| [Cue::Necessary, Cue::NotNecessary].into_iter().any(|cue| s.cues.has(cue));
    // "the surgery is medically necessary, and the nerve block with it"
    let ruled = |s: &Sentence| {
        let cues = [Cue::Necessary, Cue::NotNecessary].into_iter();
        cues.flat_map(|cue| rationale.reading.cues(context.lexicon, s.hits.clone(), cue)).map(|h| h.end as usize).min()
    };
    let behind =
        |s: &Sentence| ruled(s).is_some_and(|end| names(context, decision, &rationale.reading, end..s.words.end));
    let beside = |s: &Sentence| s.cues.has(Cue::OtherRequest) || behind(s);
    let part = || rationale.reading.sentences.last().is_some_and(|s| rules(s) && beside(s));
    let reading = &rationale.reading;
    let count = reading.sentences.len();
    // words for ruling that could not be read are no lack of a ruling
    let unread = |n: usize| {
        let sentence = &reading.sentences[n];
        let says = |cue| sentence.cues.has(cue);
        let others = [Cue::TreatingProvider, Cue::UtilizationReview, Cue::Claims].into_iter().any(says);
        let asked = || decision.request.as_ref().map(|r| requested(context, r)).unwrap_or_default();
        let named = || {
            let all = things(context, reading, sentence.words.clone());
            says(Cue::ThisRequest) || all.iter().any(|t| asked().iter().any(|a| related(context, a, t)))
        };
        let aside = || matches!(facts.voices.get(n), Some(Voice::Recital | Voice::Other | Voice::Advice));
        let told = n + 1 == count && !says(Cue::GuidelineSays) && named();
        let own = !others && (says(Cue::ReviewerSelf) || !aside() || told);
        let rules = || rules(sentence) || says(Cue::NoConclusion) && says(Cue::ReviewerSelf);
        let decides = || says(Cue::Grants) || says(Cue::Refuses);
        own && (rules() && (n + 2 >= count || named())
            || decides() && (n + 1 == count && named() || says(Cue::ReviewerSelf) && (n + 1 == count || named())))
    };
    let read = !facts.conclusion.stances.is_empty() || facts.conclusion.echo.is_some();
    let concludes = read || part() || (0..count).any(unread);
    if rationale.reading.words.is_empty() || concludes {
        return Vec::new();
    }
    let last = rationale.reading.sentences.last().map(|s| rationale.reading.span(s.bytes.clone()));
    vec![
        Finding::new("default")
            .label_if("rationale", last)
            .label_if("outcome", decision.outcome.map(|o| o.span))
            .hole("request", context.request_words(decision)),
    ]
}
