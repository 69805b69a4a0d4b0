//! ACOEM chapters: number, title, table and pages of one citation against one another, and sections against pages.

use super::paged::paged;
use super::recited_chapter;
use crate::check::{Context, Finding};
use crate::diagnostic::Confidence;
use crate::fact::PartFacts;
use crate::letter::{Citation, CitedPages, Decision, GuidelineLine};
use crate::lexicon::{Guideline, Lexicon, Section, Word, words};
use crate::source::Span;

/// Pages of a chapter are known to a page or two.
pub const SLACK: u32 = 2;

/// A chapter named by its title: its number and the place of the title.
struct Titled {
    chapter: u32,
    span: Span,
}

/// The chapters whose titles stand in a citation.
fn titled(context: &Context<'_>, citation: &Citation) -> Vec<Titled> {
    // a title alone contradicts nothing
    if citation.chapter.is_none() && citation.table.is_none() && citation.pages.is_empty() {
        return Vec::new();
    }
    let text = &context.text[citation.span.range()];
    let said = words(text);
    let same = |word: &Word, known: &String| {
        let word = &text[word.start as usize..word.end as usize];
        if word.is_ascii() { word.eq_ignore_ascii_case(known) } else { word.to_lowercase() == *known }
    };
    let find = |title: &[String]| {
        let at =
            said.windows(title.len()).find(|said| said.iter().zip(title).all(|(word, known)| same(word, known)))?;
        let start = citation.span.start;
        Some(Span { start: start + at[0].start, end: start + at[at.len() - 1].end })
    };
    // a title of one word ("Eye") is too common to be one
    let known = context.lexicon.chapters().iter().filter(|(title, _)| title.len() > 1);
    known.filter_map(|(title, chapter)| Some(Titled { chapter: *chapter, span: find(title)? })).collect()
}

/// Whether the citation names a chapter by a title that is not the one it was taken for.
pub fn contradicts_itself(context: &Context<'_>, citation: &Citation) -> bool {
    let Some((number, _)) = citation.chapter else { return false };
    let titled = titled(context, citation);
    !titled.is_empty() && titled.iter().all(|t| t.chapter != number)
}

/// Chapter number, title, table and pages contradict one another.
pub fn mismatch(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let in_line = decision.reviewer.iter().flat_map(|line| {
        let citations = line.content.citations.iter().filter(|c| is_chapter(context.lexicon, c));
        citations.filter_map(|c| title_or_table(context, c).or_else(|| page(context, &line.content, c)))
    });
    in_line.chain(recited_chapter::mismatch(context, decision, facts)).collect()
}

/// Whether a citation is one of a chapter of the book of 2004: a textbook has chapters too, and so have later editions.
fn is_chapter(lexicon: &Lexicon, citation: &Citation) -> bool {
    let mut all = citation.guidelines.iter().map(|g| &lexicon.guidelines[*g as usize]);
    !citation.guidelines.is_empty() && all.all(is_acoem)
}

/// Whether a guideline is one or several chapters of the ACOEM book of 2004.
pub fn is_acoem(guideline: &Guideline) -> bool {
    guideline.chapter.is_some() || guideline.sections.iter().any(|s| s.chapter.is_some())
}

fn title_or_table(context: &Context<'_>, citation: &Citation) -> Option<Finding> {
    let titled = titled(context, citation);
    let finding = |case, chapter: Span, other: Span| {
        let title = titled.first().map_or("", |t| &context.text[t.span.range()]);
        Finding::new(case).label("chapter", chapter).label("other", other).hole("title", fold(title)).hole("page", "")
    };
    if let Some((number, span)) = citation.chapter
        && let Some(other) = titled.first()
        && titled.iter().all(|t| t.chapter != number)
    {
        let table = citation.table.map_or(String::new(), |((a, b), _)| format!("{a}-{b}"));
        let expected = other.chapter.to_string();
        let found = finding("title", span, other.span).hole("chapter", number.to_string());
        return Some(found.hole("table", table).hole("expected", expected));
    }
    let ((of, number), span) = citation.table?;
    let (chapter, place) = match (citation.chapter, titled.first()) {
        (Some((n, span)), _) => (n, span),
        (None, Some(t)) if titled.iter().all(|t| t.chapter != of) => (t.chapter, t.span),
        _ => return None,
    };
    (chapter != of && titled.iter().all(|t| t.chapter != of)).then(|| {
        let found = finding("table", place, span).hole("chapter", chapter.to_string());
        found.hole("table", format!("{of}-{number}")).hole("expected", chapter.to_string())
    })
}

/// None of the pages listed lies in the chapter.
fn page(context: &Context<'_>, line: &GuidelineLine, citation: &Citation) -> Option<Finding> {
    let first = citation.pages.first()?;
    let named: Vec<u32> =
        citation.chapter.iter().map(|(n, _)| *n).chain(titled(context, citation).iter().map(|t| t.chapter)).collect();
    let number = *named.first().filter(|n| named.iter().all(|m| m == *n))?;
    let (from, to) = bounds(context.lexicon, number)?;
    let inside = |p: &CitedPages| p.first.min(p.last) <= to + SLACK && p.first.max(p.last) + SLACK >= from;
    // pages of two chapters are now and then listed behind the last
    let shared = line.citations.iter().filter(|c| is_chapter(context.lexicon, c)).count() > 1;
    if shared || citation.pages.iter().any(inside) {
        return None;
    }
    let place = citation.chapter.map_or(citation.name, |(_, span)| span);
    Some(
        Finding::new("page")
            .label("chapter", place)
            .label("other", first.span)
            .hole("chapter", number.to_string())
            .hole("title", citation.name_text.as_str())
            .hole("table", "")
            .hole("page", first.first.to_string())
            .hole("expected", format!("{from}-{to}")),
    )
}

/// The pages of a chapter, where they are known well enough: the chapter that was revised has pages of its own.
pub fn bounds(lexicon: &Lexicon, chapter: u32) -> Option<(u32, u32)> {
    let whole = lexicon.guidelines.iter().filter(|g| g.chapter == Some(chapter)).filter_map(|g| g.pages);
    let sections = lexicon.guidelines.iter().flat_map(|g| g.sections.iter()).filter(|s| s.chapter == Some(chapter));
    let known = sections.filter(|s| s.confidence != Confidence::Low).filter_map(|s| s.pages);
    // pages from 1 are those of a revision that was printed by itself
    whole.chain(known).find(|(first, _)| *first > 1)
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A section named in the line does not stand on the pages listed beside it.
pub fn section_page(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let Some(line) = &decision.reviewer else { return Vec::new() };
    line.content.citations.iter().flat_map(|c| sections_elsewhere(context, c)).collect()
}

fn sections_elsewhere(context: &Context<'_>, citation: &Citation) -> Vec<Finding> {
    let Some(guideline) = paged(context, citation).filter(|_| !citation.pages.is_empty()) else { return Vec::new() };
    let number = context.lexicon.guideline(&guideline.id);
    let known: Vec<(Span, &str, Vec<&Section>)> = citation
        .sections
        .iter()
        .map(|s| {
            let here = s.known.iter().filter(|(g, _)| Some(*g) == number);
            (s.span, s.text.as_str(), here.map(|(_, s)| &guideline.sections[*s as usize]).collect())
        })
        .collect();
    // the pages may be those of a section that nobody knows
    if known.is_empty() || known.iter().any(|(.., all)| all.is_empty() || all.iter().any(|s| s.pages.is_none())) {
        return Vec::new();
    }
    let elsewhere =
        known.iter().filter(|(.., all)| !all.iter().any(|s| citation.pages.iter().any(|p| stands_on(s, p))));
    elsewhere
        .map(|(span, text, all)| {
            let (first, last) = all[0].pages.unwrap_or_default();
            let page = citation.pages[0];
            Finding::new("default")
                .label("page", page.span)
                .label("section", *span)
                .hole("section", *text)
                .hole("page", listed(&page))
                .hole("first", first.to_string())
                .hole("last", last.to_string())
                .hole("guideline", citation.name_text.as_str())
        })
        .collect()
}

/// Whether a section may stand on a page: a page of tolerance, two where the index is not sure, any where it is a guess.
fn stands_on(section: &Section, page: &CitedPages) -> bool {
    let slack = match section.confidence {
        Confidence::High => 1,
        Confidence::Medium => 2,
        Confidence::Low => return true,
    };
    let (low, high) = (page.first.min(page.last), page.first.max(page.last));
    section.pages.is_none_or(|(first, last)| low <= last + slack && high + slack >= first)
}

fn listed(page: &CitedPages) -> String {
    if page.first == page.last { page.first.to_string() } else { format!("{}-{}", page.first, page.last) }
}
