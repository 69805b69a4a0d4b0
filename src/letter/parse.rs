//! Text → [`Letter`]: the skeleton with every part read.

use super::citation::{GuidelineLine, guideline_line};
use super::header::{Header, header};
use super::outline::{DECISIONS, DecisionOutline, FieldOutline, OutcomeWord, Outline, outline, trim};
use super::reading::Reading;
use super::request::{Request, request};
use crate::diagnostic::Problem;
use crate::lexicon::Lexicon;
use crate::source::{Span, cut_before};
use serde::Serialize;

/// Which form of letter it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Format {
    /// The letters of 2014 and 2015: no header.
    #[serde(rename = "imr-2014")]
    Imr2014,
    /// The letters from 2016 on: a header with dates.
    #[serde(rename = "imr-2016")]
    Imr2016,
    /// A form that is recognised by its headings and not supported.
    #[serde(rename = "unsupported")]
    Unsupported,
    /// No letter of this kind.
    #[serde(rename = "none")]
    None,
}

/// A letter as the page shows it, with places.
#[derive(Debug)]
pub struct Letter {
    /// Which form it is.
    pub format: Format,
    /// The skeleton: sections, tokens.
    pub outline: Outline,
    /// The header's dates.
    pub header: Header,
    /// The clinical case summary.
    pub summary: Option<Reading>,
    /// The decisions in order.
    pub decisions: Vec<Decision>,
    /// Damage met on the way.
    pub problems: Vec<Problem>,
}

/// A decision about one request.
#[derive(Debug)]
pub struct Decision {
    /// Its number from 1.
    pub n: u32,
    /// From its first to its last word.
    pub span: Span,
    /// What is disputed; none if the heading is lost.
    pub request: Option<Request>,
    /// The outcome as written.
    pub outcome: Option<OutcomeWord>,
    /// The administrator's guideline line.
    pub administrator: Option<Field<GuidelineLine>>,
    /// The reviewer's guideline line.
    pub reviewer: Option<Field<GuidelineLine>>,
    /// The rationale.
    pub rationale: Option<Field<()>>,
}

/// A labelled part of a decision.
#[derive(Debug)]
pub struct Field<T> {
    /// The label.
    pub label: Span,
    /// The text behind it.
    pub reading: Reading,
    /// What the text holds.
    pub content: T,
}

/// Bytes of one part of a letter (a rationale, a guideline line, a heading, the summary) that are read at most. Checks hold
/// the sentences of a part against each other, so its size must be bounded; the longest part of a published letter has 6 KB.
pub const PART_BYTES: usize = 64 * 1024;

/// Reads a letter. Never fails; what is damaged is told in `problems`.
pub fn parse(text: &str, lexicon: &Lexicon) -> Letter {
    let mut outline = outline(text, lexicon);
    let mut problems = std::mem::take(&mut outline.problems);
    if let Some(last) = problems.last().filter(|_| outline.untold > 0) {
        let message = format!("{} more places of the letter's form are damaged, which are not told", outline.untold);
        problems.push(Problem::warning("too-many-problems", last.span, message).label("the last that is told"));
    }
    let header = header(text, bounded(text, outline.header, &mut problems));
    if let Some(unread) = outline.unread {
        let message = format!("a letter of more than {DECISIONS} decisions: the others are not read");
        problems.push(Problem::warning("too-many-decisions", unread, message).label("not read from here on"));
    }
    let mut part = |span: Span| Reading::of(text, bounded(text, span, &mut problems), lexicon);
    let summary = outline.summary.filter(|s| !s.is_empty()).map(&mut part);
    let decisions: Vec<Decision> =
        outline.decisions.iter().enumerate().map(|(i, d)| decision(i as u32 + 1, d, lexicon, &mut part)).collect();
    let format = format(&outline, &header);
    Letter { format, outline, header, summary, decisions, problems }
}

/// As much of a part as is read; the rest is told.
fn bounded(text: &str, span: Span, problems: &mut Vec<Problem>) -> Span {
    let range = span.range();
    if range.len() <= PART_BYTES {
        return span;
    }
    let limit = cut_before(text, range.start + PART_BYTES);
    // not within a word, if there are words
    let end = text[range.start..limit].rfind(char::is_whitespace).map_or(limit, |n| range.start + n);
    let message = format!("a part of more than {} KB: its end is not read", PART_BYTES / 1024);
    problems.push(Problem::warning("part-too-long", trim(text, Span::new(end, range.end)), message).label("not read"));
    trim(text, Span::new(range.start, end))
}

fn format(outline: &Outline, header: &Header) -> Format {
    let sections = [outline.how, outline.summary_heading, outline.issues].iter().flatten().count();
    let labels = outline.decisions.iter().any(|d| d.rationale.is_some() || d.reviewer.is_some());
    // one heading of ours may stand in a letter of another family; two do not
    if labels || sections >= 2 {
        plain(header)
    } else if !outline.foreign.is_empty() {
        Format::Unsupported
    } else if sections == 1 {
        plain(header)
    } else {
        Format::None
    }
}

impl Format {
    /// Whether letters of this form are read.
    pub fn is_supported(self) -> bool {
        matches!(self, Format::Imr2014 | Format::Imr2016)
    }
}

fn plain(header: &Header) -> Format {
    let dates = [header.injury, header.ur_denial, header.received, header.assigned, header.decision];
    if header.case_number.is_some() || dates.iter().any(Option::is_some) { Format::Imr2016 } else { Format::Imr2014 }
}

fn decision(n: u32, d: &DecisionOutline, lexicon: &Lexicon, part: &mut impl FnMut(Span) -> Reading) -> Decision {
    let request = d.request.map(|span| request(part(span), lexicon));
    let mut line = |f: &FieldOutline| {
        let reading = part(f.body);
        let content = guideline_line(&reading, lexicon);
        Field { label: f.label, reading, content }
    };
    let administrator = d.administrator.as_ref().map(&mut line);
    let reviewer = d.reviewer.as_ref().map(&mut line);
    let rationale = d.rationale.as_ref().map(|f| Field { label: f.label, reading: part(f.body), content: () });
    Decision { n, span: d.span, request, outcome: d.outcome, administrator, reviewer, rationale }
}
