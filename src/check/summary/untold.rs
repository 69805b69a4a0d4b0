//! What the rationale says that the records leave untold, and the summary tells.
//!
//! A topic is named ("the number of visits", "work status", a test by name), the records are said not to tell it, and nothing
//! narrows it ("since the surgery", "adequate"). The summary tells it: by a number, a status, a value.

use super::contradiction::finding;
use super::had::visits_had;
use super::receipt::{Place, clause};
use crate::check::naming::{related, things};
use crate::check::{Context, Finding};
use crate::fact::{PartFacts, Polarity, meaning};
use crate::letter::{Decision, Reading, Sentence, Value};
use crate::lexicon::{Cue, Small, Term};
use crate::rulebook::AmountFact;
use crate::source::Span;
use std::ops::Range;

/// The topics with what they are called.
const TOPICS: [(Cue, &str); 7] = [
    (Cue::TopicVisits, "number of visits had"),
    (Cue::TopicScore, "severity of the pain"),
    (Cue::TopicRelief, "relief"),
    (Cue::TopicWork, "work"),
    (Cue::TopicDiagnosis, "diagnosis"),
    (Cue::TopicExam, "examination"),
    (Cue::TopicUse, "use"),
];

/// How many words may stand between a topic and the words that say that it is not told.
const REACH: usize = 12;
/// So many words behind the name of a test its number may stand.
const NUMBER: usize = 4;
/// Pain is told out of so many.
const SCALE: f64 = 10.0;

/// A topic that the rationale says is not told while the summary tells it.
pub fn told_after_all(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    for (n, sentence) in rationale.sentences.iter().enumerate() {
        if !facts.tells(n) || ASIDE.iter().any(|c| sentence.cues.has(*c)) {
            continue;
        }
        for (topic, name) in TOPICS.iter().filter(|(t, _)| sentence.cues.has(*t)) {
            for hit in rationale.cues(context.lexicon, sentence.hits.clone(), *topic) {
                let at = hit.first as usize..hit.end as usize;
                let Some(whole) = untold(context, rationale, sentence, at) else { continue };
                if let Some(other) = told(context, decision, *topic, (rationale, sentence, &whole), summary) {
                    let here = rationale.span_of_words(whole);
                    return Some(finding(context, "undocumented", name, here, other));
                }
            }
        }
        for hit in &rationale.hits[sentence.hits.clone()] {
            let Term::Observation(of) = context.term(hit) else { continue };
            let at = hit.first as usize..hit.end as usize;
            // "passive motion" is not all motion
            let narrowed = |w: usize| rationale.is_small(w, Small::NarrowsTopic, context.lexicon);
            let Some(whole) = untold(context, rationale, sentence, at.clone()).filter(|_| !at.clone().any(narrowed))
            else {
                continue;
            };
            let place = Place::of(context, rationale, sentence, &clause(context, rationale, sentence, whole.clone()));
            // of a positive one only that one would tell
            let shown = whole.clone().any(|w| rationale.is_small(w, Small::Positive, context.lexicon));
            if let Some(other) = observed_as(context, summary, (of, shown), &place) {
                let name = &context.lexicon.observations[of as usize].title;
                let here = rationale.span_of_words(whole);
                return Some(finding(context, "undocumented", name, here, other));
            }
        }
    }
    None
}

/// Sentences of these tell nothing of the records of this patient.
const ASIDE: [Cue; 4] = [Cue::GuidelineSays, Cue::People, Cue::UtilizationReview, Cue::ToCome];

/// The words from a topic to those that say that the records do not tell it, if they do and nothing narrows the topic.
fn untold(context: &Context<'_>, reading: &Reading, sentence: &Sentence, topic: Range<usize>) -> Option<Range<usize>> {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let clause = clause(context, reading, sentence, topic.clone());
    if clause.clone().any(|w| !topic.contains(&w) && is(w, Small::NarrowsTopic)) {
        return None;
    }
    let cues =
        |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue).map(|h| h.first as usize..h.end as usize);
    let joined = |from: usize, to: usize| from <= to && to - from <= REACH && clause.start <= from && to <= clause.end;
    let before = cues(Cue::Undocumented)
        .chain(cues(Cue::Unshown))
        .filter(|w| w.start <= topic.start && w.start >= clause.start && joined(w.start, topic.start))
        .find(|w| (w.end..topic.start).all(|w| is(w, Small::LeadsTopic) || is_observed(context, reading, sentence, w)));
    let behind = || {
        let mut all = cues(Cue::UndocumentedAfter).filter(|w| w.start >= topic.end && joined(topic.end, w.start));
        let comma = |w: usize| reading.is_marked(w - 1, b',');
        all.find(|w| !(topic.end..w.start).any(|w| is(w, Small::Is) || comma(w)))
    };
    let gauged = || {
        let near = topic.start..clause.end.min(topic.end + REACH);
        let verb = near.clone().find(|w| is(*w, Small::Gauged) && (topic.end <= *w || topic.contains(w)))?;
        let denied = |w: Range<usize>| meaning(reading, context.lexicon, w).polarity == Polarity::Negated;
        (denied(verb..verb + 1) || denied(topic.clone())).then_some(verb..verb + 1)
    };
    let lone = || topic.clone().any(|w| is(w, Small::No)).then(|| topic.clone());
    let cue = before.or_else(behind).or_else(gauged).or_else(lone)?;
    Some(topic.start.min(cue.start)..topic.end.max(cue.end))
}

/// Whether a word is part of the name of an observation.
fn is_observed(context: &Context<'_>, reading: &Reading, sentence: &Sentence, word: usize) -> bool {
    let mut hits = reading.hits[sentence.hits.clone()].iter();
    hits.any(|h| {
        matches!(context.term(h), Term::Observation(_) | Term::BodyPart(_))
            && (h.first as usize..h.end as usize).contains(&word)
    })
}

/// Where the summary tells a topic.
fn told(
    context: &Context<'_>,
    decision: &Decision,
    topic: Cue,
    (rationale, sentence, whole): (&Reading, &Sentence, &Range<usize>),
    summary: &Reading,
) -> Option<Span> {
    let facts = &context.facts.summary;
    let place = Place::of(context, rationale, sentence, &clause(context, rationale, sentence, whole.clone()));
    let own = |n: usize| !facts.reviewed.contains(&n);
    let here = |n: usize| {
        let s = &summary.sentences[n];
        own(n) && place.meets(context, &Place::of(context, summary, s, &s.words))
    };
    let named = things(context, rationale, sentence.words.clone());
    let asked = decision.request.as_ref().map(|r| crate::check::memo::requested(context, r));
    // of the treatment that the sentence names, else of the one asked for
    let about = |treatments: &[u16]| {
        let is = |t: &u16| {
            let meets = |r: &u16| context.lexicon.is_a(*r, *t) || context.lexicon.is_a(*t, *r);
            match named.iter().any(|n| !n.class_word) {
                true => named.iter().any(|n| n.treatments.iter().any(meets)),
                false => asked.iter().flat_map(|a| a.iter()).any(|n| n.treatments.iter().any(meets)),
            }
        };
        treatments.iter().any(is)
    };
    let cue_in = |cues: &[Cue]| {
        summary.sentences.iter().enumerate().filter(|(n, _)| here(*n)).find_map(|(_, s)| {
            let hits = cues.iter().flat_map(|c| summary.cues(context.lexicon, s.hits.clone(), *c));
            hits.map(|h| h.first as usize..h.end as usize)
                .find(|w| meaning(summary, context.lexicon, w.clone()).polarity == Polarity::Affirmed)
                .map(|w| summary.span_of_words(w))
        })
    };
    match topic {
        Cue::TopicVisits => {
            let had = visits_had(context, summary, facts);
            let same = |t: &crate::check::naming::Thing| {
                if named.is_empty() { about(&t.treatments) } else { named.iter().any(|n| related(context, n, t)) }
            };
            had.iter().find(|h| h.thing.as_ref().is_some_and(same)).map(|h| h.span)
        }
        Cue::TopicScore => {
            let score = |v: &Value| matches!(v, Value::Ratio(_, SCALE));
            let found = facts.amounts.iter().filter(|a| score(&a.value)).find(|a| {
                summary
                    .sentence_at(a.bytes.start)
                    .is_some_and(|n| here(n) && summary.sentences[n].cues.has(Cue::PainWord))
            });
            found.map(|a| summary.span(a.bytes.clone()))
        }
        Cue::TopicRelief => {
            let share =
                facts.used.iter().find(|u| u.fact == AmountFact::Relief && own(u.sentence) && about(&u.treatments));
            // "takes the pain from 8/10 to 4/10"
            let fell = || {
                let scores = |s: &Sentence| {
                    let of = |a: &&crate::letter::Amount| matches!(a.value, Value::Ratio(_, SCALE));
                    facts
                        .amounts
                        .iter()
                        .filter(|a| s.bytes.contains(&a.bytes.start))
                        .filter(of)
                        .map(|a| a.bytes.clone())
                        .collect::<Vec<_>>()
                };
                let treated =
                    |s: &Sentence| things(context, summary, s.words.clone()).iter().any(|t| about(&t.treatments));
                let all = summary.sentences.iter().enumerate().filter(|(n, s)| own(*n) && treated(s));
                all.map(|(_, s)| scores(s)).find(|s| s.len() > 1).map(|s| summary.span(s[0].start..s[1].end))
            };
            share.map(|u| u.span).or_else(fell)
        }
        Cue::TopicUse => {
            let long = facts.used.iter().find(|u| u.fact == AmountFact::UseDuration && about(&u.treatments));
            let daily = [Cue::OnceDaily, Cue::TwiceDaily, Cue::ThriceDaily, Cue::FourTimesDaily, Cue::Since];
            let taken = || {
                let treated =
                    |s: &Sentence| things(context, summary, s.words.clone()).iter().any(|t| about(&t.treatments));
                let all = summary.sentences.iter().enumerate().filter(|(n, s)| own(*n) && treated(s));
                all.flat_map(|(_, s)| {
                    daily.iter().flat_map(|c| summary.cues(context.lexicon, s.hits.clone(), *c)).next()
                })
                .map(|h| summary.span_of_hit(h))
                .next()
            };
            long.map(|u| u.span).or_else(taken)
        }
        Cue::TopicWork => cue_in(&[Cue::WorkOff, Cue::WorkLimited, Cue::WorkFull, Cue::WorkSome]),
        Cue::TopicDiagnosis => cue_in(&[Cue::ToldDiagnosis]),
        Cue::TopicExam => cue_in(&[Cue::ToldExam]),
        _ => None,
    }
}

/// Where the summary tells an observation, at some place of the body.
fn observed_as(context: &Context<'_>, summary: &Reading, (of, shown): (u16, bool), place: &Place) -> Option<Span> {
    let all = &context.facts.summary;
    let told = super::observed::in_summary(context, summary);
    let same = |o: &&crate::fact::Observed| {
        let sentence = &summary.sentences[o.sentence];
        let words = clause(context, summary, sentence, o.words.clone());
        o.of == of && (o.shown || !shown) && place.meets(context, &Place::of(context, summary, sentence, &words))
    };
    // its name alone is told too: "reflexes were 2+"
    let named = || {
        summary.sentences.iter().enumerate().filter(|(n, _)| !all.reviewed.contains(n)).find_map(|(_, s)| {
            let mut hits = summary.hits[s.hits.clone()].iter().filter(|h| context.term(h) == Term::Observation(of));
            let hit = hits.find(|h| {
                let words = h.first as usize..h.end as usize;
                let number = (words.end..s.words.end.min(words.end + NUMBER))
                    .any(|w| summary.word(w).starts_with(|c: char| c.is_ascii_digit()));
                let clause = clause(context, summary, s, words);
                number && place.meets(context, &Place::of(context, summary, s, &clause))
            })?;
            Some(summary.span_of_hit(hit))
        })
    };
    let found = told
        .iter()
        .find(same)
        .map(|o| summary.span_of_words(o.words.clone()))
        .or_else(|| if shown { None } else { named() });
    found.or_else(|| moved(context, summary, of, place))
}

/// Where the summary tells the degrees of a movement, for an observation that movements belong to.
fn moved(context: &Context<'_>, summary: &Reading, of: u16, place: &Place) -> Option<Span> {
    if !context.lexicon.observations[of as usize].moves {
        return None;
    }
    let is = |w: usize, set| summary.is_small(w, set, context.lexicon);
    let reviewed = &context.facts.summary.reviewed;
    summary.sentences.iter().enumerate().filter(|(n, _)| !reviewed.contains(n)).find_map(|(_, s)| {
        let movement = s.words.clone().find(|w| is(*w, Small::Movement))?;
        let degrees = s.words.clone().find(|w| is(*w, Small::Degrees))?;
        let words = movement.min(degrees)..movement.max(degrees) + 1;
        let clause = clause(context, summary, s, words.clone());
        place.meets(context, &Place::of(context, summary, s, &clause)).then(|| summary.span_of_words(words))
    })
}
