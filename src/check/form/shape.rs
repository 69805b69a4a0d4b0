//! The shape of the letter: sections and parts of decisions that are not there.

use crate::check::{Context, Finding};
use crate::fact::PartFacts;
use crate::letter::Decision;
use crate::source::Span;

/// A section that the format requires is absent.
pub fn section_missing(context: &Context<'_>) -> Vec<Finding> {
    let outline = &context.letter.outline;
    // what should have stood before the next heading, or before the first decision, is shown there
    let first_decision = context.letter.decisions.first().map(|d| d.span.start);
    let wanted = [
        ("HOW THE IMR FINAL DETERMINATION WAS MADE", outline.how, outline.summary_heading.or(outline.issues)),
        ("CLINICAL CASE SUMMARY", outline.summary_heading, outline.issues),
        ("IMR ISSUES, DECISIONS AND RATIONALES", outline.issues, None),
    ];
    let mut found: Vec<Finding> = wanted
        .into_iter()
        .filter(|(_, there, _)| there.is_none())
        .map(|(section, _, next)| {
            let place = next.unwrap_or_else(|| heading_line(context, first_decision));
            Finding::new("default").label("place", place).hole("section", section)
        })
        .collect();
    // the sentence that introduces a summary is none
    let told = context.letter.summary.as_ref().is_some_and(|s| {
        let text = s.text().trim();
        !(text.is_empty() || text.ends_with(':') && s.sentences.len() < 2)
    });
    if let (Some(heading), false) = (outline.summary_heading, told) {
        found.push(Finding::new("empty").label("place", heading).hole("section", "CLINICAL CASE SUMMARY"));
    }
    if context.letter.decisions.is_empty()
        && let Some(issues) = outline.issues
    {
        found
            .push(Finding::new("empty").label("place", issues).hole("section", "IMR ISSUES, DECISIONS AND RATIONALES"));
    }
    found
}

/// The heading of the first decision, else the first words of the letter.
fn heading_line(context: &Context<'_>, first_decision: Option<u32>) -> Span {
    let request = context.letter.decisions.first().and_then(|d| d.request.as_ref()).map(|r| r.reading.passage.span);
    request.unwrap_or_else(|| {
        let from = first_decision.unwrap_or(0) as usize;
        let rest = &context.text[from..];
        let start = from + rest.len() - rest.trim_start().len();
        let end = context.text[start..].find('\n').map_or(context.text.len(), |n| start + n);
        Span::new(start, start + context.text[start..end].trim_end().len())
    })
}

/// A decision lacks a part, or has an empty one.
pub fn incomplete(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let mut found = Vec::new();
    let heading = decision.request.as_ref().map(|r| r.reading.passage.span);
    let first_label = [
        decision.administrator.as_ref().map(|f| f.label),
        decision.reviewer.as_ref().map(|f| f.label),
        decision.rationale.as_ref().map(|f| f.label),
    ];
    let any = first_label.into_iter().flatten().next();
    let place = heading.or(decision.outcome.map(|o| o.span)).or(any).unwrap_or(decision.span);
    let request = context.request_words(decision);
    let mut absent = |case, part: &str| {
        found.push(Finding::new(case).label("place", place).hole("part", part).hole("request", request.as_str()));
    };
    if heading.is_none() {
        absent("request", "request");
    }
    if decision.outcome.is_none() {
        absent("outcome", "outcome");
    }
    if decision.administrator.is_none() {
        absent("administrator", "Claims Administrator guideline");
    }
    if decision.reviewer.is_none() {
        absent("reviewer", "MAXIMUS guideline");
    }
    if decision.rationale.is_none() {
        absent("rationale", "Decision rationale");
    }
    let parts = [
        (decision.administrator.as_ref().map(|f| (f.label, f.reading.words.len())), "Claims Administrator guideline"),
        (decision.reviewer.as_ref().map(|f| (f.label, f.reading.words.len())), "MAXIMUS guideline"),
        (decision.rationale.as_ref().map(|f| (f.label, f.reading.words.len())), "Decision rationale"),
    ];
    for (part, name) in parts {
        if let Some((label, 0)) = part {
            found
                .push(Finding::new("empty").label("place", label).hole("part", name).hole("request", request.as_str()));
        }
    }
    found
}
