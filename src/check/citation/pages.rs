//! Pages named in the rationale against pages listed in the guideline line.

use crate::check::{Context, Finding, memo};
use crate::fact::PartFacts;
use crate::letter::{Citation, CitedPages, Decision, Reading, Value, page_places};
use crate::lexicon::{Cue, Small, Term};
use std::ops::Range;

/// The editions that some words may name.
fn named(context: &Context<'_>, reading: &Reading, hits: Range<usize>) -> Vec<u16> {
    let mut all: Vec<u16> = Vec::new();
    for hit in &reading.hits[hits] {
        match context.term(hit) {
            Term::Guideline(n) | Term::SharedGuideline(n) => all.push(n),
            Term::Family(n) => all.extend_from_slice(context.lexicon.members(n)),
            _ => {}
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// "page 7", "pages 66, 67", "pages 74-96".
fn told(pages: &[(u32, u32)]) -> String {
    let page = |(a, b): &(u32, u32)| if a == b { a.to_string() } else { format!("{a}-{b}") };
    let word = if matches!(pages, [(a, b)] if a == b) { "page" } else { "pages" };
    format!("{word} {}", pages.iter().map(page).collect::<Vec<_>>().join(", "))
}

fn listed(citation: &Citation) -> String {
    told(&citation.pages.iter().map(|p| (p.first, p.last)).collect::<Vec<_>>())
}

/// Whether all pages of a range are listed; "344, 345" covers "344-345".
fn is_listed(citations: &[&&Citation], first: u32, last: u32) -> bool {
    let within = |page: u32, p: &CitedPages| p.first.min(p.last) <= page && page <= p.last.max(p.first);
    // a range longer than any guideline is none that could be looked up page by page
    last - first < 2000 && (first..=last).all(|n| citations.iter().any(|c| c.pages.iter().any(|p| within(n, p))))
}

/// The rationale names a page of a guideline that the line cites with pages, and that page is not among them.
pub fn unlisted(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(line), Some(rationale)) = (&decision.reviewer, &decision.rationale) else { return Vec::new() };
    let with_pages: Vec<&Citation> = line.content.citations.iter().filter(|c| !c.pages.is_empty()).collect();
    if with_pages.is_empty() {
        return Vec::new();
    }
    let reading = &rationale.reading;
    // whether the rationale names no guideline but the one with pages
    let alone = || {
        let listed = |g: &u16| with_pages.iter().any(|c| c.guidelines.contains(g));
        memo::named(context, reading).iter().all(|n| n.guidelines.iter().any(listed))
    };
    let mut found = Vec::new();
    for amount in &facts.amounts {
        let Value::Pages(ranges) = &amount.value else { continue };
        let Some(sentence) = reading.sentence_at(amount.bytes.start) else { continue };
        let meant = named(context, reading, reading.sentences[sentence].hits.clone());
        // without a name in the sentence the page is one of the only guideline cited
        let hits = reading.sentences[sentence].hits.clone();
        let says = |cue| reading.cues(context.lexicon, hits.clone(), cue).next().is_some();
        let words = &reading.text()[reading.sentences[sentence].bytes.clone()];
        let other_paper =
            || words.split(|c: char| !c.is_alphanumeric()).any(|w| context.lexicon.is_small(w, Small::OtherPaper));
        // what the administrator's reviewer cites is his
        if says(Cue::UtilizationReview) || words.contains("UR") && words.split(' ').any(|w| w == "UR") {
            continue;
        }
        let citations: Vec<&&Citation> = if meant.is_empty() {
            // nor of the records: "the progress report, page 4"
            let records = [Cue::Record, Cue::TreatingProvider, Cue::Person].into_iter().any(says);
            let called = words.to_ascii_lowercase().contains("guideline") && !says(Cue::Record);
            // "page 4 of the deposition"
            let behind = reading.word_at(amount.bytes.end);
            let is = |w: usize, set| w < reading.words.len() && reading.is_small(w, set, context.lexicon);
            let same = (behind + 1..behind + OF).any(|w| is(w, Small::TheSame));
            let of = behind < reading.words.len() && reading.word(behind) == "of" && !same;
            let lone = || !records && !of && !other_paper() && alone();
            let of_guideline = line.content.citations.len() == 1 && (called && !other_paper() || lone());
            if of_guideline { with_pages.iter().collect() } else { Vec::new() }
        } else {
            with_pages.iter().filter(|c| c.guidelines.iter().any(|g| meant.contains(g))).collect()
        };
        let Some(citation) = citations.first() else { continue };
        let places = page_places(&reading.text()[amount.bytes.clone()], ranges);
        for ((first, last), place) in ranges.iter().zip(places) {
            let (first, last) = (*first.min(last), *last.max(first));
            if is_listed(&citations, first, last) {
                continue;
            }
            // a lone page is underlined with its word, "page 7"
            let (from, whole) = (amount.bytes.start, amount.bytes.clone());
            let at = if ranges.len() == 1 { whole } else { from + place.start..from + place.end };
            let page = told(&[(first, last)]);
            found.push(
                Finding::new("default")
                    .label("page", reading.span(at))
                    .label_if(
                        "listed",
                        citation.pages.first().zip(citation.pages.last()).map(|(a, b)| a.span.to(b.span)),
                    )
                    .hole("page", page)
                    .hole("listed", listed(citation))
                    .hole("guideline", citation.name_text.as_str()),
            );
        }
    }
    found
}

/// So many words behind a page may tell that it is one of the guideline named before: "of the same".
const OF: usize = 4;

/// A listed page does not exist in its guideline, or a range runs backwards.
pub fn invalid(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let Some(line) = &decision.reviewer else { return Vec::new() };
    let mut found = Vec::new();
    for citation in &line.content.citations {
        let bounds = bounds(context, citation);
        for page in &citation.pages {
            let finding = |case| {
                Finding::new(case)
                    .label("page", page.span)
                    .label("guideline", citation.name)
                    .hole("guideline", citation.name_text.as_str())
            };
            if page.first > page.last {
                found.push(
                    finding("backwards")
                        .hole("page", format!("{}-{}", page.first, page.last))
                        .hole("first", "")
                        .hole("last", ""),
                );
            } else if let Some((from, to)) = bounds
                && (page.last > to || page.first < from)
            {
                let bad = if page.last > to { page.last } else { page.first };
                found.push(
                    finding(if to == BOOK { "book" } else { "outside" })
                        .hole("page", bad.to_string())
                        .hole("first", from.to_string())
                        .hole("last", to.to_string()),
                );
            }
        }
    }
    found
}

/// The chapters whose pages are known are not all of the book.
const BOOK: u32 = 560;

/// The pages that exist in what the citation may name. A chapter is part of a book with pages of its own numbering: any
/// page of the book exists, whether it is in the right chapter is another check.
fn bounds(context: &Context<'_>, citation: &Citation) -> Option<(u32, u32)> {
    if citation.guidelines.is_empty() {
        return None;
    }
    let guidelines = &context.lexicon.guidelines;
    let book = || {
        let pages = guidelines.iter().filter(|g| g.chapter.is_some()).filter_map(|g| g.pages);
        pages.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).map(|(_, last)| (1, last.max(BOOK)))
    };
    let each = citation.guidelines.iter().map(|g| {
        let guideline = &guidelines[*g as usize];
        if guideline.chapter.is_some() { book() } else { guideline.pages }
    });
    // an edition whose pages nobody knows allows any page, unless its date rules it out
    let known: Vec<(u32, u32)> = each.clone().flatten().collect();
    let unknown_in_force = citation.guidelines.iter().zip(each).any(|(g, pages)| {
        let guideline = &guidelines[*g as usize];
        pages.is_none()
            && context
                .in_force
                .is_none_or(|d| guideline.from.is_none_or(|f| f <= d) && guideline.until.is_none_or(|u| d <= u))
    });
    if unknown_in_force && citation.guidelines.len() > 1 && context.in_force.is_some() || known.is_empty() {
        return None;
    }
    known.into_iter().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}
