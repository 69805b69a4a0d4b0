//! Text → [`Letter`]: the skeleton with every part read.

use super::citation::{GuidelineLine, guideline_line};
use super::header::{Header, header};
use super::outline::{DecisionOutline, FieldOutline, OutcomeWord, Outline, outline};
use super::reading::Reading;
use super::request::{Request, request};
use crate::diagnostic::Problem;
use crate::lexicon::Lexicon;
use crate::source::Span;
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

/// Reads a letter. Never fails; what is damaged is told in `problems`.
pub fn parse(text: &str, lexicon: &Lexicon) -> Letter {
    let mut outline = outline(text, lexicon);
    let header = header(text, outline.header);
    let summary = outline.summary.filter(|s| !s.is_empty()).map(|span| Reading::of(text, span, lexicon));
    let decisions: Vec<Decision> =
        outline.decisions.iter().enumerate().map(|(i, d)| decision(text, i as u32 + 1, d, lexicon)).collect();
    let format = format(&outline, &header);
    let problems = std::mem::take(&mut outline.problems);
    Letter { format, outline, header, summary, decisions, problems }
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

fn decision(text: &str, n: u32, d: &DecisionOutline, lexicon: &Lexicon) -> Decision {
    let line = |f: &FieldOutline| {
        let reading = Reading::of(text, f.body, lexicon);
        let content = guideline_line(&reading, lexicon);
        Field { label: f.label, reading, content }
    };
    Decision {
        n,
        span: d.span,
        request: d.request.map(|span| request(Reading::of(text, span, lexicon), lexicon)),
        outcome: d.outcome,
        administrator: d.administrator.as_ref().map(line),
        reviewer: d.reviewer.as_ref().map(line),
        rationale: d.rationale.as_ref().map(|f| Field {
            label: f.label,
            reading: Reading::of(text, f.body, lexicon),
            content: (),
        }),
    }
}
