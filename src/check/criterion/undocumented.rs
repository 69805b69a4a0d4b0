//! Approvals whose own rationale says that a necessary criterion is not documented.

use super::asked::{approved_against, stable_rules};
use super::bare::{complaint_alone, summary_tells, unapplied};
use super::engine::{Recited, recited, undocumented};
use crate::check::outcome::dependent::{ground, is_dependent};
use crate::check::{Context, Finding, ruling};
use crate::diagnostic::Severity;
use crate::fact::{PartFacts, Ruling};
use crate::letter::{Decision, Reading};
use crate::lexicon::{Cue, Small};
use crate::rulebook::Rule;
use crate::source::Span;

/// A request is approved, and the rationale says in so many words that what a necessary criterion asks for is not
/// documented; said once a decision.
pub fn approved(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    if ruling(decision) != Some(Ruling::Approve) || ground(context, decision).is_some() {
        return Vec::new();
    }
    let finding = |case, criterion: &str, span| {
        Finding::new(case)
            .label_if("outcome", decision.outcome.map(|o| o.span))
            .label("missing", span)
            .hole("criterion", criterion)
            .hole("treatment", context.request_words(decision))
            .hole("limit", "")
    };
    let missing = if is_dependent(context, decision) { None } else { missing(context, decision, facts) };
    let found = missing.map(|(rule, span)| finding("default", &rule.title, span));
    let found = found.or_else(|| {
        let span = complaint_alone(context, decision, facts)?;
        let rule = untold(context, decision, facts).map(|rule| finding("bare", &rule.title, span));
        let lowered = |clinical: bool| (!clinical).then_some(Severity::Info);
        let unapplied = || {
            let clinical = unapplied(context, decision, facts)?;
            Some(Finding { lowered: lowered(clinical), ..finding("unapplied", "", span) })
        };
        let found = rule.or_else(unapplied)?;
        (!approved_against(context, decision, facts)).then_some(found)
    });
    found.into_iter().collect()
}

/// The first rule of which something is said to be missing, and the words that say so; none that only concede it.
pub fn missing<'a>(context: &Context<'a>, decision: &Decision, facts: &PartFacts) -> Option<(&'a Rule, Span)> {
    let rationale = decision.rationale.as_ref()?;
    stable_rules(context, decision).find_map(|rule| {
        let span = undocumented(context, decision, facts, rule)?;
        (!is_conceded(context, &rationale.reading, span)).then_some((rule.1, span))
    })
}

/// The first rule that the rationale recites and of which the letter nowhere tells.
fn untold<'a>(context: &Context<'a>, decision: &Decision, facts: &PartFacts) -> Option<&'a Rule> {
    let mut untold = None;
    for rule in stable_rules(context, decision) {
        match recited(context, decision, facts, rule) {
            // what is recited beside it may be another way to the same
            Some(Recited::Told) => return None,
            Some(Recited::Untold(words)) if summary_tells(context, decision, facts, &words) => return None,
            Some(Recited::Untold(_)) => untold = untold.or(Some(rule.1)),
            None => {}
        }
    }
    untold
}

/// Whether what is missing is welcome, or only conceded: "although there is no documentation of", "however, ..." behind it.
fn is_conceded(context: &Context<'_>, reading: &Reading, span: Span) -> bool {
    let holds = |n: &usize| reading.span(reading.sentences[*n].bytes.clone()).contains(span);
    let Some(number) = (0..reading.sentences.len()).find(holds) else { return true };
    // "however" opens what is missing, and behind it what outweighs it
    let turned = || {
        let next = reading.sentences.get(number + 1);
        let opens = |word: usize| reading.is_small(word, Small::Outweighs, context.lexicon);
        next.is_some_and(|s| opens(s.words.start))
    };
    // "there is no documentation of prolonged use" speaks for the request
    let conceded = [Cue::Concession, Cue::Conditional, Cue::UtilizationReview, Cue::WelcomeLack];
    conceded.into_iter().any(|cue| reading.sentences[number].cues.has(cue)) || turned()
}
