//! Denials that apply none of the criteria of their treatment.

use super::criterion::addressed;
use super::dependent::is_dependent;
use super::naming::{related, requested, things};
use super::{Context, Finding, ruling};
use crate::fact::{PartFacts, Ruling, Voice};
use crate::letter::{Decision, Reading, Value};
use crate::lexicon::Cue;
use crate::rulebook::{Rule, Status};

/// A request is denied, and the rationale applies none of the criteria for its treatment; said once a decision.
pub fn denied(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let Some(rationale) = &decision.rationale else { return Vec::new() };
    let upheld = ruling(decision) == Some(Ruling::Deny) && !is_dependent(context, decision);
    if !upheld || applies_anything(context, decision, &rationale.reading, facts) {
        return Vec::new();
    }
    let rules = context.rules.iter().filter(|r| r.status != Status::Retired);
    let criteria: Vec<(&Rule, bool)> =
        rules.filter_map(|r| Some((r, addressed(context, decision, facts, r)?))).collect();
    if criteria.is_empty() || criteria.iter().any(|(_, addressed)| *addressed) {
        return Vec::new();
    }
    let titles: Vec<&str> = criteria.iter().take(SHOWN).map(|(r, _)| r.title.as_str()).collect();
    let reading = &rationale.reading;
    let own = facts.voices.iter().position(|v| *v == Voice::Application).or(Some(0));
    let span = own.and_then(|n| reading.sentences.get(n)).map(|s| reading.span(s.bytes.clone()));
    vec![
        Finding::new("default")
            .label_if("rationale", span)
            .label_if("outcome", decision.outcome.map(|o| o.span))
            .hole("treatment", context.request_words(decision))
            .hole("criteria", titles.join("; ")),
    ]
}

/// So many criteria are named in the message.
const SHOWN: usize = 3;

/// Whether the reviewer's own words hold anything clinical at all: a statement, an amount, or a word for what is excessive,
/// missing or recommended. Criteria that no rule has yet may be what they apply.
fn applies_anything(context: &Context<'_>, decision: &Decision, reading: &Reading, facts: &PartFacts) -> bool {
    let says = |n: usize, cue| {
        let sentence = reading.sentences.get(n);
        sentence.is_some_and(|s| reading.cues(context.lexicon, s.hits.clone(), cue).next().is_some())
    };
    // a sentence that speaks of this patient's records is the reviewer's, whatever its neighbours are
    let own = |n: usize| match facts.voices.get(n) {
        Some(Voice::Application | Voice::Conclusion | Voice::Advice) => true,
        _ => says(n, Cue::Record) || says(n, Cue::Claimant),
    };
    let stated = facts.stated.iter().any(|s| own(s.sentence));
    let amount = facts.amounts.iter().any(|a| {
        let number = reading.sentence_at(a.bytes.start);
        let measures =
            matches!(a.value, Value::Duration(_) | Value::Ratio(..) | Value::Tally { .. } | Value::Levels(_));
        // numbers of a conclusion only repeat the request
        measures && number.is_some_and(|n| own(n) && facts.voices.get(n) != Some(&Voice::Conclusion))
    });
    let grounds = [Cue::Undocumented, Cue::UndocumentedAfter, Cue::Applies, Cue::SeeElsewhere, Cue::Findings];
    let applies = (0..reading.sentences.len()).filter(|n| own(*n)).any(|n| grounds.into_iter().any(|c| says(n, c)));
    // another treatment beside the one asked for is part of a reason
    let asked = decision.request.as_ref().map(|r| requested(context, r)).unwrap_or_default();
    let other = things(context, reading, 0..reading.words.len()).iter().any(|t| {
        let case = reading.sentences.iter().position(|s| s.words.contains(&t.words.start)).is_some_and(own);
        case && !t.class_word && !asked.iter().any(|a| related(context, a, t))
    });
    stated || amount || applies || other
}
