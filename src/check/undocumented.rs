//! Approvals whose own rationale says that a necessary criterion is not documented.

use super::criterion::undocumented;
use super::dependent::is_dependent;
use super::{Context, Finding, ruling};
use crate::fact::{PartFacts, Ruling};
use crate::letter::{Decision, Reading};
use crate::lexicon::{Cue, Small};
use crate::rulebook::Status;
use crate::source::Span;

/// A request is approved, and the rationale says in so many words that what a necessary criterion asks for is not
/// documented; said once a decision.
pub fn approved(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    if ruling(decision) != Some(Ruling::Approve) || is_dependent(context, decision) {
        return Vec::new();
    }
    let asked = request.treatments.iter().map(|(t, _)| *t);
    let rules = context.book.criteria(asked).into_iter().map(|n| &context.book.rules[n as usize]);
    let mut missing = rules.filter(|r| r.status == Status::Stable).filter_map(|rule| {
        let span = undocumented(context, decision, facts, rule)?;
        (!is_conceded(context, &rationale.reading, span)).then_some((rule, span))
    });
    let Some((rule, span)) = missing.next() else { return Vec::new() };
    vec![
        Finding::new("default")
            .label_if("outcome", decision.outcome.map(|o| o.span))
            .label("missing", span)
            .hole("criterion", rule.title.as_str())
            .hole("treatment", context.request_words(decision))
            .hole("limit", ""),
    ]
}

/// Whether what is missing is only conceded: "although there is no documentation of", "however, ..." behind it.
fn is_conceded(context: &Context<'_>, reading: &Reading, span: Span) -> bool {
    let holds = |n: &usize| reading.span(reading.sentences[*n].bytes.clone()).contains(span);
    let Some(number) = (0..reading.sentences.len()).find(holds) else { return true };
    // "however" opens what is missing, and behind it what outweighs it
    let turned = || {
        let next = reading.sentences.get(number + 1);
        let opens = |word: usize| context.lexicon.is_small(reading.slice(word..word + 1), Small::Outweighs);
        next.is_some_and(|s| opens(s.words.start))
    };
    let conceded = [Cue::Concession, Cue::Conditional, Cue::UtilizationReview];
    conceded.into_iter().any(|cue| reading.sentences[number].cues.has(cue)) || turned()
}
