//! Treatment that the patient has had or has not had, as the rationale tells it, against the summary.

use super::had::visits_had;
use super::naming::{Thing, related, things};
use super::plain::NO_FACT;
use super::{Context, Finding};
use crate::check::contradiction::finding;
use crate::diagnostic::Severity;
use crate::fact::{Documentation, PartFacts, Polarity, Voice, meaning};
use crate::letter::{Decision, Reading};
use crate::lexicon::{Cue, Gap, Small};
use crate::source::Span;
use std::ops::Range;

/// A treatment of which a part of the letter tells whether it was had.
struct Received {
    thing: Thing,
    had: bool,
    /// The words that tell it, with the treatment.
    words: Range<usize>,
}

/// How many words may stand between "has not had" and the treatment.
const BESIDE: usize = 4;

/// A treatment that the rationale says was not had while the summary tells that it was, or the reverse.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let said = received(context, rationale, facts);
    if said.is_empty() {
        return None;
    }
    let told = received(context, summary, &context.facts.summary);
    let counted = visits_had(context, summary, &context.facts.summary);
    for one in &said {
        let same = |o: &&Received| related(context, &o.thing, &one.thing);
        if said.iter().filter(same).any(|o| o.had != one.had) || told.iter().filter(same).any(|o| o.had == one.had) {
            continue;
        }
        let mut visits = counted.iter().filter(|h| h.thing.as_ref().is_some_and(|t| related(context, t, &one.thing)));
        let (other, sure) = match (visits.next(), told.iter().find(same)) {
            (Some(_), _) if one.had => continue,
            (Some(had), _) => (had.span, true),
            (None, Some(other)) => (summary.span_of_words(other.words.clone()), false),
            (None, None) => continue,
        };
        let words = |span: Span| (span, context.text[span.range()].to_string());
        let mut found =
            finding("observation", "treatment had", words(rationale.span_of_words(one.words.clone())), words(other));
        if !sure {
            found.lowered = Some(Severity::Info);
        }
        return Some(found);
    }
    None
}

/// The treatments that a part of the letter says were had or not had.
fn received(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Received> {
    let mut found = Vec::new();
    for (n, sentence) in reading.sentences.iter().enumerate() {
        let own = facts.voices.get(n).is_none_or(|v| *v == Voice::Application) && !facts.reviewed.contains(&n);
        let tells = [Cue::NotHad, Cue::HadAfter, Cue::WasHad, Cue::HadList].iter().any(|c| sentence.cues.has(*c));
        if !own || !tells || NO_FACT.iter().any(|c| sentence.cues.has(*c)) {
            continue;
        }
        let all = things(context, reading, sentence.words.clone());
        let cues = |cue| reading.cues(context.lexicon, sentence.hits.clone(), cue);
        // nothing but small words between the two, and no end of a clause
        let beside = |from: usize, to: usize, most: usize| {
            from <= to
                && to - from <= most
                && (from..=to).all(|w| w == from && w == to || reading.words[w].gap != Gap::Hard)
        };
        for thing in &all {
            let itself = meaning(reading, context.lexicon, thing.words.clone());
            let denied = cues(Cue::NotHad)
                .find(|h| beside(h.end as usize, thing.words.start, BESIDE) && !is_narrowed(context, reading, thing))
                .or_else(|| {
                    cues(Cue::HadAfter)
                        .find(|h| beside(thing.words.end, h.first as usize, 4) && itself.polarity == Polarity::Negated)
                });
            if let Some(cue) = denied.filter(|_| itself.documentation == Documentation::Said) {
                let words = thing.words.start.min(cue.first as usize)..thing.words.end.max(cue.end as usize);
                found.push(Received { thing: thing.clone(), had: false, words });
                continue;
            }
            let had = cues(Cue::WasHad)
                .find(|h| beside(h.end as usize, thing.words.start, BESIDE))
                .or_else(|| cues(Cue::HadList).find(|h| h.end as usize <= thing.words.start));
            let Some(cue) = had else { continue };
            if (itself.polarity, itself.documentation) == (Polarity::Affirmed, Documentation::Said) {
                found.push(Received { thing: thing.clone(), had: true, words: cue.first as usize..thing.words.end });
            }
        }
    }
    found
}

/// Whether it is only more of a treatment, or some form of it, that was not had: "no further therapy".
fn is_narrowed(context: &Context<'_>, reading: &Reading, thing: &Thing) -> bool {
    let before = thing.words.start.checked_sub(1);
    before.is_some_and(|w| context.lexicon.is_small(reading.slice(w..w + 1), Small::Narrows))
}
