//! Text → [`Letter`]: the skeleton with every part read.

use super::citation::{GuidelineLine, guideline_line};
use super::header::{Header, header};
use super::memo::Memo;
use super::outline::{DECISIONS, DecisionOutline, OutcomeWord, Outline, outline, trim};
use super::reading::{Lists, Reading};
use super::request::{Request, request};
use crate::diagnostic::Problem;
use crate::lexicon::Lexicon;
use crate::source::{Passage, Span, cut_before};
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
    parse_asked(text, lexicon, &Memo::default(), |_| None)
}

/// The same with the phrases of those lists alone that are asked for where some treatments, by number, are requested. Headings are
/// read for all. What a memo remembers is of this lexicon alone.
pub(crate) fn parse_asked<'b>(
    text: &str,
    lexicon: &Lexicon,
    memo: &Memo,
    asked: impl FnOnce(&[u16]) -> Lists<'b>,
) -> Letter {
    memo.begin();
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
    let mut bound = |span: Span| Passage::of(text, bounded(text, span, &mut problems));
    let summary = outline.summary.filter(|s| !s.is_empty()).map(&mut bound);
    let parts: Vec<Parts> = outline.decisions.iter().map(|d| Parts::of(d, &mut bound)).collect();
    let (requests, parts): (Vec<_>, Vec<_>) = parts
        .into_iter()
        .map(|p| (p.request.map(|passage| request(Reading::telling(None, passage, lexicon, memo), lexicon)), p.rest))
        .unzip();
    let treatments: Vec<u16> = requests.iter().flatten().flat_map(|r| r.treatments.iter().map(|(t, _)| *t)).collect();
    let lists = asked(&treatments).map(|asked| with_those_of_guidelines(asked, lexicon));
    let read = |passage: Passage| Reading::telling(lists.as_deref(), passage, lexicon, memo);
    let summary = summary.map(read);
    let decisions = outline.decisions.iter().zip(requests).zip(parts).enumerate();
    let decisions: Vec<Decision> =
        decisions.map(|(i, ((d, request), parts))| decision(i as u32 + 1, d, request, parts, lexicon, &read)).collect();
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

/// The parts of a decision, before they are read.
struct Parts {
    request: Option<Passage>,
    /// Administrator, reviewer and rationale.
    rest: [Option<(Span, Passage)>; 3],
}

impl Parts {
    fn of(d: &DecisionOutline, bound: &mut impl FnMut(Span) -> Passage) -> Parts {
        let request = d.request.map(&mut *bound);
        let rest = [&d.administrator, &d.reviewer, &d.rationale];
        Parts { request, rest: rest.map(|field| field.as_ref().map(|f| (f.label, bound(f.body)))) }
    }
}

/// Lists that are asked for, and those that tell what guidelines hold.
fn with_those_of_guidelines(asked: &[bool], lexicon: &Lexicon) -> Vec<bool> {
    let mut lists = asked.to_vec();
    lexicon.lists_of_guidelines().for_each(|list| lists[list as usize] = true);
    lists
}

fn decision(
    n: u32,
    d: &DecisionOutline,
    request: Option<Request>,
    [administrator, reviewer, rationale]: [Option<(Span, Passage)>; 3],
    lexicon: &Lexicon,
    read: &impl Fn(Passage) -> Reading,
) -> Decision {
    let line = |(label, passage): (Span, Passage)| {
        let reading = read(passage);
        let content = guideline_line(&reading, lexicon);
        Field { label, reading, content }
    };
    let (administrator, reviewer) = (administrator.map(line), reviewer.map(line));
    let rationale = rationale.map(|(label, passage)| Field { label, reading: read(passage), content: () });
    Decision { n, span: d.span, request, outcome: d.outcome, administrator, reviewer, rationale }
}
