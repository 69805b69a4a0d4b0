//! Guideline lines: what is cited, in both dialects, with the place of every part.
//!
//! To 2015 a line gives pages ("MTUS Chronic Pain Treatment Guidelines Benzodiazepines Page(s): 24"), later sections
//! ("MTUS Low Back Complaints 2004, Section(s): Special Studies, Summary"). Titles hold commas and colons themselves, so
//! the names come from the vocabulary.

mod body;
mod mark;

use super::amount::Value;
use super::candidate;
use super::reading::Reading;
use crate::lexicon::{Cue, Lexicon};
use crate::source::Span;
use body::Body;
use mark::{MarkKind, marks};
use std::ops::Range;

/// A guideline line as it stands.
#[derive(Clone, Debug, Default)]
pub struct GuidelineLine {
    /// What is cited, in order.
    pub citations: Vec<Citation>,
    /// The words that say that nothing is cited.
    pub cites_nothing: Option<Span>,
    /// The words that say that the decision is not based on the MTUS.
    pub outside_mtus: Option<Span>,
}

/// One guideline with its sections and pages.
#[derive(Clone, Debug)]
pub struct Citation {
    /// From the guideline's name to the last page or section.
    pub span: Span,
    /// Whether the line cites it as part of the MTUS.
    pub mtus: bool,
    /// Editions that the name may mean, by number; none if the name is unknown.
    pub guidelines: Vec<u16>,
    /// Whether the name itself tells the edition.
    pub edition_named: bool,
    /// The guideline's name, or the whole free text.
    pub name: Span,
    /// The name as written, white space folded.
    pub name_text: String,
    /// Sections in order.
    pub sections: Vec<CitedSection>,
    /// Pages in order.
    pub pages: Vec<CitedPages>,
    /// The chapter number, where one is written ("Chapter 12").
    pub chapter: Option<(u32, Span)>,
    /// A table, where one is written ("Table 12-8").
    pub table: Option<((u32, u32), Span)>,
}

/// A section as cited.
#[derive(Clone, Debug)]
pub struct CitedSection {
    /// Where it is named.
    pub span: Span,
    /// Its words, white space folded.
    pub text: String,
    /// The sections of the vocabulary that the words may mean: numbers of guideline and section.
    pub known: Vec<(u16, u16)>,
}

/// Pages as cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CitedPages {
    /// First page.
    pub first: u32,
    /// Last page; the same for a single page, less than `first` where a range runs backwards.
    pub last: u32,
    /// The whole page reference.
    pub span: Span,
}

/// Reads a guideline line.
pub fn guideline_line(reading: &Reading, lexicon: &Lexicon) -> GuidelineLine {
    let mut line = GuidelineLine::default();
    let cue = |cue| reading.cues(lexicon, 0..reading.hits.len(), cue).next().map(|h| reading.span_of_hit(h));
    line.cites_nothing = cue(Cue::CitesNothing);
    line.outside_mtus = cue(Cue::OutsideMtus);
    let marks = marks(reading);
    let pages: Vec<(Range<usize>, Vec<(u32, u32)>)> = candidate::pages(reading)
        .into_iter()
        .filter_map(|a| match a.value {
            Value::Pages(ranges) => Some((a.bytes, ranges)),
            _ => None,
        })
        .collect();
    for (i, mark) in marks.iter().enumerate() {
        let MarkKind::Basis { mtus } = mark.kind else { continue };
        let end = marks[i + 1..]
            .iter()
            .find(|m| matches!(m.kind, MarkKind::Basis { .. }))
            .map_or(reading.text().len(), |m| m.bytes.start);
        let (lead, bytes) = (mark.bytes.start, mark.bytes.end..end);
        let body = Body { reading, lexicon, marks: &marks, pages: &pages, lead, bytes };
        if mtus {
            body.mtus(&mut line.citations);
        } else {
            body.other(&mut line.citations);
        }
    }
    if line.citations.is_empty() && line.cites_nothing.is_none() {
        // a line that names a guideline without the usual words still cites it
        let bytes = 0..reading.text().len();
        let body = Body { reading, lexicon, marks: &marks, pages: &pages, lead: 0, bytes };
        body.mtus(&mut line.citations);
        line.citations.retain(|c| !c.guidelines.is_empty());
        for citation in &mut line.citations {
            citation.mtus = citation.guidelines.iter().any(|g| lexicon.guidelines[*g as usize].mtus);
        }
    }
    line
}

/// Where each page or range of pages stands in the words that list them.
pub fn page_places(text: &str, pages: &[(u32, u32)]) -> Vec<Range<usize>> {
    let mut numbers = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).filter(|at| {
        let inside = text[..*at].ends_with(|c: char| c.is_ascii_digit());
        !inside
    });
    let end = |at: usize| at + text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let mut find = |page: u32| numbers.find(|at| text[*at..end(*at)].parse() == Ok(page));
    pages
        .iter()
        .map(|(first, last)| {
            let Some(start) = find(*first) else { return 0..text.len() };
            let stop = if first == last { Some(start) } else { find(*last) };
            start..end(stop.unwrap_or(start))
        })
        .collect()
}
