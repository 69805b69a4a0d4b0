//! Whether what stands on the pages that a guideline line lists has anything to do with the request.

use super::topic::{Asked, Topic, item_span, parts};
use crate::check::memo::asked;
use crate::check::outcome::dependent;
use crate::check::{Context, Finding};
use crate::diagnostic::Confidence;
use crate::fact::PartFacts;
use crate::letter::{Citation, CitedPages, Decision};
use crate::lexicon::{Guideline, Lexicon, Section, TreatmentKind};

/// None of the pages that the line lists holds anything on the request.
pub fn off_topic(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let (Some(line), Some(request)) = (&decision.reviewer, &decision.request) else { return Vec::new() };
    if line.content.citations.iter().all(|c| c.pages.is_empty()) || dependent::ground(context, decision).is_some() {
        return Vec::new();
    }
    let asked = asked(context, request);
    let (mut first, mut topics): (Option<(&Citation, CitedPages)>, Vec<&str>) = (None, Vec::new());
    for citation in &line.content.citations {
        let may_count =
            || parts(citation, &asked, context).iter().any(|(t, ..)| matches!(t, Topic::On | Topic::Unknown));
        let Some(guideline) = paged(context, citation).filter(|_| !citation.pages.is_empty()) else {
            // what is cited without pages may be what the decision rests on
            if may_count() {
                return Vec::new();
            }
            continue;
        };
        let off = match guideline.chapter {
            // a section named beside the pages is held against them by another check
            Some(_) if citation.sections.is_empty() => off_in_chapter(guideline, citation, &asked, context.lexicon),
            Some(_) if may_count() => return Vec::new(),
            Some(_) => continue,
            None => off_in_index(guideline, citation, &asked, context.lexicon),
        };
        let Some(names) = off else { return Vec::new() };
        topics.extend(names);
        first = first.or_else(|| citation.pages.first().map(|page| (citation, *page)));
    }
    let Some((citation, page)) = first else { return Vec::new() };
    topics.dedup();
    topics.truncate(3);
    let number = if page.first == page.last { page.first.to_string() } else { format!("{}-{}", page.first, page.last) };
    vec![
        Finding::new("default")
            .label("page", page.span)
            .label_if("request", item_span(request))
            .hole("page", number)
            .hole("treatment", context.request_words(decision))
            .hole("guideline", citation.name_text.as_str())
            .hole("topics", topics.join(", ")),
    ]
}

/// What stands on the pages of a guideline whose index tells all that it holds, if that is nothing on the request.
fn off_in_index<'a>(
    guideline: &Guideline,
    citation: &Citation,
    asked: &Asked,
    lexicon: &'a Lexicon,
) -> Option<Vec<&'a str>> {
    let mut topics = Vec::new();
    for page in &citation.pages {
        // the pages of one section to the page mean this section, though a general one begins on the last of them
        let exact = |s: &Section| {
            let whole = s.pages == Some((page.first, page.last)) && page.first < page.last;
            whole && s.confidence == Confidence::High && !s.topics.is_empty()
        };
        let exactly = guideline.sections.iter().any(exact);
        let meant = |s: &&Section| !exactly || exact(s) || asked.begins_with(&s.topics, lexicon);
        let mut on_page = sections_on(guideline, *page).filter(meant).peekable();
        on_page.peek()?;
        for section in on_page {
            if asked.topic(&section.topics, lexicon) != Topic::Off {
                return None;
            }
            topics.extend(section.topics.iter().map(|t| lexicon.treatments[*t as usize].name.as_str()));
        }
    }
    Some(topics)
}

/// The edition cited whose pages are known by section: the only one of those that the name may mean, and none of the
/// others was in force.
pub fn paged<'a>(context: &'a Context<'_>, citation: &Citation) -> Option<&'a Guideline> {
    let all: Vec<&Guideline> = citation.guidelines.iter().map(|g| &context.lexicon.guidelines[*g as usize]).collect();
    let indexed = |g: &&&Guideline| g.sections.iter().filter(|s| s.pages.is_some()).count() > 1;
    let in_force = |g: &Guideline| {
        context.in_force.is_none_or(|d| g.from.is_none_or(|f| f <= d) && g.until.is_none_or(|u| d <= u))
    };
    let mut known = all.iter().filter(indexed);
    let guideline = known.next().filter(|_| known.next().is_none())?;
    let sure = citation.edition_named || all.len() == 1 || in_force(guideline);
    sure.then_some(*guideline)
}

/// The sections that may stand on a page: one page of tolerance where the index is not sure of a section's pages.
fn sections_on(guideline: &Guideline, page: CitedPages) -> impl Iterator<Item = &Section> {
    guideline.sections.iter().filter(move |s| {
        // a section of which nobody knows what it is about speaks only for the pages on which it surely stands
        let slack = u32::from(s.confidence != Confidence::High && !s.topics.is_empty());
        s.pages.is_some_and(|(first, last)| page.first <= last + slack && first <= page.last.max(page.first) + slack)
    })
}

/// A range of as many pages names no section in particular.
const LONG: u32 = 12;

/// What stands on the pages of a chapter of a book, if that is nothing on the request. Only some sections of a chapter are
/// known by their pages, so a page counts only where known sections stand on both sides of it, and only against treatments
/// of which the chapter speaks elsewhere.
fn off_in_chapter<'a>(
    guideline: &'a Guideline,
    citation: &Citation,
    asked: &Asked,
    lexicon: &'a Lexicon,
) -> Option<Vec<&'a str>> {
    let known = || guideline.sections.iter().filter(|s| s.confidence != Confidence::Low && !s.topics.is_empty());
    let paged = || known().filter_map(|s| s.pages.map(|pages| (s, pages)));
    let kind = |t: &u16| lexicon.treatments[*t as usize].kind;
    // therapy after an operation serves the purpose of no other therapy
    let visits = asked.treatments.iter().all(|t| kind(t) == TreatmentKind::TherapyVisits);
    let on = |s: &Section| match visits {
        true => asked.treatments.iter().any(|t| s.topics.iter().any(|topic| lexicon.is_akin(*t, *topic))),
        false => asked.concerns(&s.topics, lexicon),
    };
    let covered: Vec<&str> =
        guideline.body_parts.iter().chain(&guideline.tolerated_body_parts).map(String::as_str).collect();
    let vague = asked.treatments.iter().all(|t| lexicon.treatments[*t as usize].class_word);
    // a chapter on another part of the body is told as such; a consultation may rest on any page
    if vague
        || asked.elsewhere(&covered, lexicon)
        || asked.treatments.iter().any(|t| kind(t) == TreatmentKind::Service)
        || !paged().any(|(s, _)| on(s))
    {
        return None;
    }
    let mut names = Vec::new();
    for page in &citation.pages {
        let range = page.first.min(page.last)..=page.first.max(page.last);
        // pages that are those of one section to the page mean this section; of another that begins or ends on one of
        // them only what it is about first of all
        let exact = |s: &Section| s.confidence == Confidence::High && s.pages == Some((*range.start(), *range.end()));
        let exactly = range.start() < range.end() && paged().any(|(s, _)| exact(s));
        let stands = |p: u32, slack: u32| {
            paged().filter(move |(s, (a, b))| {
                let slack = if s.confidence == Confidence::High || exactly { 0 } else { slack };
                let meant = || !exactly || exact(s) || asked.begins_with(&s.topics, lexicon);
                *a <= p + slack && p <= b + slack && meant()
            })
        };
        let whole = |p: u32| stands(p, 0).next().is_some();
        let inside = |p: u32| whole(p.saturating_sub(1)) && whole(p) && whole(p + 1);
        let sure =
            page.first.abs_diff(page.last) < LONG && range.clone().all(whole) && (exactly || range.clone().any(inside));
        if !sure || range.clone().any(|p| stands(p, 1).any(|(s, _)| on(s))) {
            return None;
        }
        names.extend(range.clone().flat_map(|p| stands(p, 0).map(|(s, _)| s.title.as_str())));
    }
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    Some(unique)
}
