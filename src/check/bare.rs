//! Approvals on a complaint alone, beside a recital of what is asked for.

use super::Context;
use super::hinted::RECITED;
use super::lacking::{Rationale, same_stem};
use crate::fact::{Documentation, PartFacts, Polarity, Ruling, Voice, meaning};
use crate::letter::{Decision, Sentence};
use crate::lexicon::Small;
use crate::source::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// The reviewer's own words, if they approve and tell of the patient nothing but the complaint: "the patient still has pain".
/// What a guideline asks for must be recited beside them.
pub(super) fn complaint_alone(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Span> {
    let reading = &decision.rationale.as_ref()?.reading;
    if facts.conclusion.ruling() != Some(Ruling::Approve) || facts.conclusion.is_mixed() {
        return None;
    }
    let told = Rationale { context, decision, reading, facts };
    let mut shown = None;
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let voice = told.voice(number)?;
        // without a word of a guideline it may be about the patient after all
        let is_recited = voice == Voice::Recital && RECITED.into_iter().any(|cue| sentence.cues.has(cue));
        if is_recited || matches!(voice, Voice::Other | Voice::Advice) {
            continue;
        }
        if tells(&told, sentence) {
            return None;
        }
        if voice == Voice::Application || shown.is_none() {
            shown.get_or_insert(told.span(number));
        }
    }
    shown
}

/// Whether a sentence tells more of the patient than a complaint.
fn tells(told: &Rationale<'_>, sentence: &Sentence) -> bool {
    let is_complaint = |w: usize| told.context.lexicon.is_small(told.reading.slice(w..w + 1), Small::Complaint);
    told.telling(sentence, sentence.words.clone()).into_iter().any(|w| !is_complaint(w))
}

/// Whether the summary tells, in the record's own voice and without denying it, a telling word of what is recited: "improvement".
pub(super) fn summary_tells(
    context: &Context<'_>,
    decision: &Decision,
    facts: &PartFacts,
    recited: &[(usize, Range<usize>)],
) -> bool {
    let (Some(summary), Some(rationale)) = (&context.letter.summary, &decision.rationale) else { return false };
    let told = Rationale { context, decision, reading: &rationale.reading, facts };
    let words = recited.iter().flat_map(|(n, words)| told.telling(&told.reading.sentences[*n], words.clone()));
    let words: BTreeSet<&str> = words.map(|w| told.reading.slice(w..w + 1)).collect();
    let reviewed = &context.facts.summary.reviewed;
    (0..summary.sentences.len()).filter(|n| !reviewed.contains(n)).any(|n| {
        summary.sentences[n].words.clone().any(|w| {
            words.iter().any(|a| same_stem(a, summary.slice(w..w + 1))) && {
                let meant = meaning(summary, context.lexicon, w..w + 1);
                meant.polarity != Polarity::Negated && meant.documentation != Documentation::Missing
            }
        })
    })
}
