//! The same item decided twice, or both ways.

use super::alike::Asked;
use crate::check::{Context, Finding};
use crate::letter::Decision;

/// Pairs of a decision and the first one about the same request.
fn pairs<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (&'a Decision, &'a Decision)> {
    let decisions = &context.letter.decisions;
    let repeated = context.memo.repeated.get_or_init(|| {
        let mut seen: Vec<(Asked, usize)> = Vec::new();
        let mut found = Vec::new();
        for (n, decision) in decisions.iter().enumerate() {
            let Some(asked) = Asked::of(context, decision) else { continue };
            match seen.iter().find(|(known, _)| asked.is_same(context, known)) {
                Some((_, first)) => found.push((*first, n)),
                None => seen.push((asked, n)),
            }
        }
        found
    });
    repeated.iter().map(|(first, second)| (&decisions[*first], &decisions[*second]))
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
    let same = pairs(context).filter(|(a, b)| same_outcome(a, b) != Some(false));
    same.map(|(a, b)| finding(context, a, b)).collect()
}

/// The same item is decided both ways.
pub fn conflict(context: &Context<'_>) -> Vec<Finding> {
    let other = pairs(context).filter(|(a, b)| same_outcome(a, b) == Some(false));
    other.map(|(a, b)| finding(context, a, b)).collect()
}
