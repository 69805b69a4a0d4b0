//! The same item decided twice, or both ways.

use super::{Context, Finding};
use crate::letter::Decision;

/// The request with case, marks and white space folded: what makes two headings the same.
fn folded(decision: &Decision) -> Option<String> {
    let text = decision.request.as_ref()?.reading.text();
    let folded: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (!folded.is_empty()).then_some(folded)
}

/// Pairs of a decision and the first one about the same request.
fn pairs<'a>(context: &'a Context<'_>) -> Vec<(&'a Decision, &'a Decision)> {
    let mut seen: Vec<(String, &Decision)> = Vec::new();
    let mut found = Vec::new();
    for decision in &context.letter.decisions {
        let Some(text) = folded(decision) else { continue };
        match seen.iter().find(|(known, _)| *known == text) {
            Some((_, first)) => found.push((*first, decision)),
            None => seen.push((text, decision)),
        }
    }
    found
}

fn finding(context: &Context<'_>, first: &Decision, second: &Decision) -> Finding {
    let span = |d: &Decision| d.request.as_ref().map(|r| r.reading.passage.span);
    let outcome = |d: &Decision| d.outcome.map_or("", |o| if o.overturned { "Overturned" } else { "Upheld" });
    Finding::new("default")
        .label_if("second", span(second))
        .label_if("first", span(first))
        .hole("item", context.request_words(second))
        .hole("number", first.n.to_string())
        .hole("first", outcome(first))
        .hole("second", outcome(second))
        .about(second)
}

fn same_outcome(first: &Decision, second: &Decision) -> Option<bool> {
    Some(first.outcome?.overturned == second.outcome?.overturned)
}

/// The same item is decided twice, the same way.
pub fn duplicated(context: &Context<'_>) -> Vec<Finding> {
    let same = pairs(context).into_iter().filter(|(a, b)| same_outcome(a, b) != Some(false));
    same.map(|(a, b)| finding(context, a, b)).collect()
}

/// The same item is decided both ways.
pub fn conflict(context: &Context<'_>) -> Vec<Finding> {
    let other = pairs(context).into_iter().filter(|(a, b)| same_outcome(a, b) == Some(false));
    other.map(|(a, b)| finding(context, a, b)).collect()
}
