//! A letter and two findings for the tests of the formats.

use super::{Format, LetterReport, Style};
use crate::diagnostic::{Accepted, Citation, Diagnostic, Label, Severity};
use crate::source::{Source, Span};

pub fn letter() -> Source {
    let text = "\
ISSUES, DECISIONS AND RATIONALES

1  L2, L3, L4 and L5 transforaminal epidural steroid injection: Overturned
 
MAXIMUS guideline: Decision based on MTUS Chronic Pain \u{2014} page 45.

Decision rationale: Page 46 of the guideline sets two levels as the limit.
";
    Source::new("drafts/17.txt", text)
}

/// The place of the first occurrence of some words.
pub fn find(source: &Source, words: &str) -> Span {
    let start = source.text.find(words).unwrap_or_else(|| panic!("no {words:?} in the sample"));
    Span::new(start, start + words.len())
}

pub fn levels(source: &Source) -> Diagnostic {
    let message = "4 levels approved for epidural steroid injection, the criterion allows at most 2";
    let primary = Label::new(find(source, "L2, L3, L4 and L5"), "4 levels requested");
    let mut finding = Diagnostic::new("esi-levels", "criterion-approved-not-met", Severity::Error, message, primary)
        .with_label(Label::new(find(source, "Overturned"), "approved here"));
    finding.decision = Some(1);
    finding.verdict = Some("not-met");
    finding.fingerprint = "v1:9f2c".into();
    finding.help = Some("state the levels injected, or say why the limit does not apply".into());
    finding.authority = Some(Citation {
        guideline: "mtus-chronic-pain-2009".into(),
        title: "MTUS chronic pain guideline 2009".into(),
        section: Some("esi".into()),
        section_title: Some("epidural steroid injections".into()),
        pages: Some("46".into()),
        regulation: Some("8 CCR 9792.24.2".into()),
    });
    finding
}

pub fn page(source: &Source) -> Diagnostic {
    let id = "citation-page-unlisted";
    let message = "page 46 is named in the rationale, the guideline line lists page 45";
    Diagnostic::new(id, id, Severity::Warning, message, Label::new(find(source, "page 45"), ""))
        .with_label(Label::new(find(source, "Page 46"), "named here"))
}

/// The two findings, the first accepted by a person and the second by a baseline.
pub fn accepted(source: &Source) -> [Diagnostic; 2] {
    let (mut first, mut second) = (levels(source), page(source));
    first.accepted = Some(Accepted {
        reason: Some("one side was withdrawn".into()),
        by: Some("A. Reviewer".into()),
        until: Some("2027-01-31".into()),
    });
    second.accepted = Some(Accepted::default());
    [first, second]
}

pub fn report<'a>(source: &'a Source, findings: &'a [Diagnostic]) -> LetterReport<'a> {
    LetterReport { source, path: "drafts/17.txt", decisions: 1, findings, problems: &[] }
}

/// Draws one finding whose labels are the first occurrences of some words, the first label the primary one.
pub fn draw(text: &str, labels: &[(&str, &str)]) -> String {
    let source = Source::new("17.txt", text);
    let labels: Vec<_> = labels.iter().map(|(words, said)| (find(&source, words), *said)).collect();
    draw_at(&source, &labels)
}

/// As [`draw`], the places given.
pub fn draw_at(source: &Source, labels: &[(Span, &str)]) -> String {
    let mut labels = labels.iter().map(|(span, said)| Label::new(*span, *said));
    let primary = labels.next().expect("a finding has a label");
    let finding = Diagnostic::new("rule", "check", Severity::Warning, "message", primary);
    let finding = labels.fold(finding, Diagnostic::with_label);
    Format::Pretty.renderer().letter(&LetterReport { path: "17.txt", ..report(source, &[finding]) }, Style::default())
}
