//! Approvals on a complaint alone, beside a recital of what is asked for.

use super::Context;
use super::hinted::RECITED;
use super::lacking::Rationale;
use crate::fact::{PartFacts, Ruling, Voice};
use crate::letter::{Decision, Sentence};
use crate::lexicon::Small;
use crate::source::Span;

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
