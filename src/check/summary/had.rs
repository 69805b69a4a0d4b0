//! Visits that the patient has had, as summary and rationale count them.

use super::figures::bare;
use crate::check::Context;
use crate::check::naming::{Thing, things};
use crate::fact::{Documentation, PartFacts, Polarity, Voice, meaning};
use crate::letter::{Amount, Reading, Sentence, Value};
use crate::lexicon::{Cue, Hit, Small};
use crate::measure::{Quantity, Unit};
use crate::source::Span;

/// A number of visits had.
pub struct Had {
    /// How many.
    pub number: Quantity,
    /// The words.
    pub span: Span,
    /// Of what, if the words beside it say so.
    pub thing: Option<Thing>,
    /// Whether it is only a bound: "at least six".
    pub bound: bool,
}

/// How many words may stand between "has had" and the number: "received ibuprofen, an MRI and 6 sessions".
const REACH: usize = 14;
/// Or behind words that open a list: "treatment to date has included".
const LIST: usize = 40;
/// How many words an opening may have that tells only what is spoken of: "with respect to this request,".
const OPENING: usize = 8;
/// How many words may stand between the number and what it counts: "eight more sessions of".
const BESIDE: usize = 3;
/// Or between the treatment and a number in parentheses behind it.
const ENCLOSED: usize = 8;

/// The visits had that a part of a letter counts; recited text is left out.
pub fn visits_had(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Had> {
    let mut found = Vec::new();
    for amount in &facts.amounts {
        let Value::Tally { number, .. } = &amount.value else { continue };
        let Some(at) = reading.sentence_at(amount.bytes.start).filter(|_| number.unit == Unit::Visits) else {
            continue;
        };
        let own = facts.voices.get(at).is_none_or(|v| *v == Voice::Application);
        let first = reading.words_within(&amount.bytes).start;
        let mut bounds = reading.cues(context.lexicon, reading.sentences[at].hits.clone(), Cue::AtMost);
        // "no more than 6" counts none
        let bounded = bounds.any(|h| h.end as usize == first);
        if own && !bounded && is_past(context, reading, &reading.sentences[at], amount) {
            let words = reading.words_within(&amount.bytes);
            found.push(Had {
                number: *number,
                span: reading.span(amount.bytes.clone()),
                thing: counted(context, reading, &words, &reading.sentences[at]),
                // "no care beyond 6 visits": just so many
                bound: is_bound(context, reading, &reading.sentences[at], words.start)
                    && !is_after(context, reading, words.start)
                    && !is_missed(context, reading, &reading.sentences[at], words.start),
            });
        }
    }
    found
}

/// Whether what begins at a word stands right behind what ends before another: "have been completed", "were all attended".
fn behind(end: usize, from: usize) -> bool {
    from >= end && from - end <= BESIDE
}

/// Whether the sentence tells of visits that were had, and asks for, plans or allows none.
fn is_past(context: &Context<'_>, reading: &Reading, sentence: &Sentence, amount: &Amount) -> bool {
    let cues = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue);
    let words = reading.words_within(&amount.bytes);
    let first = words.start;
    // "had 6 visits", "6 prior visits", "6 visits were completed", "treatment to date has included drugs and 6 visits"
    let reach = |h: &Hit| if h.end - h.first > 2 { LIST } else { REACH };
    let opens_list = |h: &Hit| (h.end as usize) <= first && first - h.end as usize <= reach(h);
    let within = |h: &Hit| words.start < h.first as usize && h.end as usize <= words.end;
    let closes = |h: &Hit| behind(words.end, h.first as usize);
    // "despite 6 visits", "no care beyond 6 visits"
    let beside = |h: &Hit| (h.end as usize) <= first && first - h.end as usize <= 1;
    // "after 6 visits there was no gain"
    let after = || {
        let was = |w: usize| reading.is_small(w, Small::PastAuxiliary, context.lexicon);
        let past = || sentence.cues.has(Cue::Past) || sentence.words.clone().any(was);
        let tells = || past() && ![Cue::General, Cue::Conditional].iter().any(|c| sentence.cues.has(*c));
        first > sentence.words.start && is_after(context, reading, first) && tells()
    };
    let counts = cues(Cue::HadCount).any(beside) || after();
    let had = counts
        || cues(Cue::Completed).any(|h| (h.first as usize) < first && opens_list(h) || within(h) || closes(h))
        || [Cue::WasHad, Cue::HadList].into_iter().flat_map(&cues).any(opens_list)
        || cues(Cue::HadAfter).any(closes);
    let other = [Cue::ThisRequest, Cue::AsksFor, Cue::Granted, Cue::Refused, Cue::GuidelineSays, Cue::PartialTemplate];
    let other = other.into_iter().chain([Cue::General, Cue::Conditional, Cue::UtilizationReview]);
    // "prior treatments include 6 sessions" is no rule
    let of_past = |h: &Hit| cues(Cue::Completed).any(|c| c.first <= h.first && h.end <= c.end);
    // "with respect to this request, the patient has had 22 sessions"
    let opening = opening(reading, sentence);
    let opens = |h: &Hit| context.is(h, Cue::ThisRequest) && h.end as usize <= opening;
    let mut before = other.filter(|cue| cues(*cue).any(|h| (h.first as usize) < first && !of_past(h) && !opens(h)));
    let meant = meaning(reading, context.lexicon, reading.words_within(&amount.bytes));
    had && before.next().is_none() && (counts || meant.polarity == Polarity::Affirmed)
}

/// Where the words end by which a sentence opens with what it speaks of: "with respect to this request,".
pub fn opening(reading: &Reading, sentence: &Sentence) -> usize {
    let near = sentence.words.start..(sentence.words.start + OPENING).min(sentence.words.end);
    near.into_iter().find(|w| reading.is_marked(*w, b',')).map_or(sentence.words.start, |w| w + 1)
}

/// Whether "after" stands right before a word.
pub fn is_after(context: &Context<'_>, reading: &Reading, first: usize) -> bool {
    first > 0 && context.lexicon.is_small(reading.word(first - 1), Small::Later)
}

/// What the number counts: the treatment within its words, right behind it or right before it.
pub fn counted(
    context: &Context<'_>,
    reading: &Reading,
    words: &std::ops::Range<usize>,
    sentence: &Sentence,
) -> Option<Thing> {
    let all = things(context, reading, sentence.words.clone());
    let named: Vec<Thing> = all.into_iter().filter(|t| !t.class_word).collect();
    let inside = |t: &&Thing| t.words.start < words.end && words.start < t.words.end;
    let behind = |t: &&Thing| t.words.start >= words.end && t.words.start - words.end <= BESIDE;
    let before = |t: &&Thing| t.words.end <= words.start && words.start - t.words.end < BESIDE;
    // "therapy for the left hand (6 sessions)"
    let start = reading.words[words.start].start as usize;
    let enclosed = reading.text()[..start].ends_with('(');
    let opened = |t: &&Thing| t.words.end <= words.start && words.start - t.words.end < ENCLOSED;
    if enclosed {
        return named.iter().find(inside).or_else(|| named.iter().rev().find(opened)).cloned();
    }
    named.iter().find(inside).or_else(|| named.iter().find(behind)).or_else(|| named.iter().find(before)).cloned()
}

/// Whether more than a number of visits is denied or missed: "no care beyond 6 visits".
fn is_missed(context: &Context<'_>, reading: &Reading, sentence: &Sentence, first: usize) -> bool {
    let mut cues = reading.cues(context.lexicon, sentence.hits.clone(), Cue::HadCount);
    cues.find(|h| h.end as usize == first).is_some_and(|h| {
        let meant = meaning(reading, context.lexicon, h.first as usize..h.end as usize);
        meant.polarity == Polarity::Negated || meant.documentation == Documentation::Missing
    })
}

fn is_bound(context: &Context<'_>, reading: &Reading, sentence: &Sentence, first: usize) -> bool {
    let mut cues = reading.cues(context.lexicon, sentence.hits.clone(), Cue::AgeBound);
    cues.any(|h| h.end as usize <= first && first - h.end as usize <= 1)
}

/// All bare numbers of the sentences of a summary that count visits: "16 visits of therapy and 10 in the pool" may make 26.
pub fn beside_visits(context: &Context<'_>, summary: &Reading, had: &[Had]) -> Vec<f64> {
    let counts = |s: &&Sentence| had.iter().any(|h| summary.span(s.bytes.clone()).contains(h.span));
    summary.sentences.iter().filter(counts).flat_map(|s| bare(summary, s, &context.facts.summary)).collect()
}
