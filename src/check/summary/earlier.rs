//! Whether what is asked for was had before, as a denial tells it, against the summary: "already had a full course" beside "this would be
//! the first", "has been taking it for a long time" beside "was never prescribed one".

use super::contradiction::finding;
use crate::check::criterion::hinted::has_guideline_word;
use crate::check::memo::requested;
use crate::check::naming::{related, things};
use crate::check::{Context, Finding, ruling};
use crate::diagnostic::Severity;
use crate::fact::{Documentation, PartFacts, Polarity, Ruling, Voice, meaning};
use crate::letter::{Amount, Decision, Reading, Request, Sentence, Value};
use crate::lexicon::{Cue, Hit, Small};
use crate::source::Span;

/// A denial tells of earlier use or visits, and the summary that it is the first time.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let request = decision.request.as_ref()?;
    if ruling(decision) != Some(Ruling::Deny) {
        return None;
    }
    let own = |n: &usize| match facts.voices.get(*n) {
        Some(Voice::Application) => !facts.reviewed.contains(n),
        Some(Voice::Recital) => !has_guideline_word(&rationale.sentences[*n]),
        _ => false,
    };
    let claims = |n: usize| earlier(context, rationale, &rationale.sentences[n], request);
    let said = (0..rationale.sentences.len()).filter(own).find_map(claims)?;
    let reviewed = &context.facts.summary.reviewed;
    let record = |n: &usize| !reviewed.contains(n);
    let begins = |n: usize| first(context, summary, n, request);
    let (other, named) = (0..summary.sentences.len()).filter(record).find_map(begins)?;
    let lowered = (!named).then_some(Severity::Info);
    Some(Finding { lowered, ..finding(context, "observation", "earlier use", said, other) })
}

/// The words of a sentence that tell of earlier use of what is asked for, and of nothing else.
fn earlier(context: &Context<'_>, reading: &Reading, sentence: &Sentence, request: &Request) -> Option<Span> {
    let apart = [Cue::Concession, Cue::UtilizationReview, Cue::Conditional, Cue::GuidelineSays];
    if !sentence.cues.has(Cue::LongUsed) || apart.into_iter().any(|c| sentence.cues.has(c)) {
        return None;
    }
    let own = requested(context, request);
    let named = things(context, reading, sentence.words.clone());
    if !named.is_empty() && !named.iter().any(|t| t.class_word || own.iter().any(|o| related(context, o, t))) {
        return None;
    }
    let said = |h: &Hit| {
        let meant = meaning(reading, context.lexicon, h.first as usize..h.end as usize);
        // "should by now be independent" behind it makes no rule of it
        let rules = [Cue::General, Cue::Supposition].into_iter();
        let mut general = rules.flat_map(|c| reading.cues(context.lexicon, sentence.hits.clone(), c));
        let plain = meant.polarity == Polarity::Affirmed && meant.documentation == Documentation::Said;
        plain && !general.any(|g| g.first < h.first)
    };
    reading
        .cues(context.lexicon, sentence.hits.clone(), Cue::LongUsed)
        .find(|h| said(h))
        .map(|h| reading.span_of_hit(h))
}

/// The words of a sentence of the summary that tell that what is asked for is the first of its kind, and whether they name it.
fn first(context: &Context<'_>, summary: &Reading, number: usize, request: &Request) -> Option<(Span, bool)> {
    let sentence = &summary.sentences[number];
    let hit = summary.cues(context.lexicon, sentence.hits.clone(), Cue::FirstUsed).next()?;
    let apart = [Cue::Relative, Cue::UtilizationReview, Cue::Conditional];
    if apart.into_iter().any(|c| sentence.cues.has(c)) || !context.is_of_part(summary, sentence, request) {
        return None;
    }
    // "not in the past year" is no first time
    let timed = |a: &Amount| matches!(a.value, Value::Duration(_)) && sentence.bytes.contains(&a.bytes.start);
    let since = || {
        let injury = [Cue::SinceInjury, Cue::AfterInjury].into_iter().any(|c| sentence.cues.has(c));
        sentence.cues.has(Cue::Since) && !injury
    };
    if since() || context.facts.summary.amounts.iter().any(timed) {
        return None;
    }
    let own = requested(context, request);
    let named = things(context, summary, sentence.words.clone());
    let is_named = named.iter().any(|t| own.iter().any(|o| related(context, o, t)));
    let care = || sentence.words.clone().any(|w| summary.is_small(w, Small::CareNoun, context.lexicon));
    (is_named || named.iter().all(|t| t.class_word) && care()).then(|| (summary.span_of_hit(hit), is_named))
}
