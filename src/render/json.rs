//! JSON and JSON Lines, schema 1. The structs here *are* the output contract: their field names and their order are
//! what other programs read, so a change of the types elsewhere cannot change the output by accident. Fields may be
//! added at the end; none may be renamed or dropped.

use super::{LetterReport, Renderer, Run, Style, clean, fitted};
use crate::diagnostic::{Citation, Diagnostic, Label};
use crate::source::{Source, Span, Units};
use serde::Serialize;

const SCHEMA: u32 = 1;

/// The format `jsonl`: one finding a line.
pub struct Jsonl;

impl Renderer for Jsonl {
    fn letter(&self, report: &LetterReport<'_>, _style: Style) -> String {
        let mut lines = String::with_capacity(report.findings.len() * LINE);
        for finding in report.findings {
            lines.push_str(&text(&FindingJson::new(report, finding)));
            lines.push('\n');
        }
        lines
    }
}

/// Most findings fit in so many bytes, so that a line is not moved as it grows.
const LINE: usize = 1536;

/// The format `json`: one object. Findings stand one a line, so that the file can be compared and searched by line.
pub struct Json;

impl Renderer for Json {
    fn head(&self) -> &'static str {
        const { assert!(SCHEMA == 1, "the number stands in the string below") };
        "{\"schema\":1,\"findings\":["
    }

    fn letter(&self, report: &LetterReport<'_>, _style: Style) -> String {
        let findings = report.findings.iter().map(|finding| format!("\n{}", text(&FindingJson::new(report, finding))));
        findings.collect::<Vec<_>>().join(self.between())
    }

    fn between(&self) -> &'static str {
        ","
    }

    fn tail(&self, run: &Run<'_>, _style: Style) -> String {
        let tally = &run.tally;
        let summary = SummaryJson {
            letters: tally.letters,
            decisions: tally.decisions,
            errors: tally.shown.errors,
            warnings: tally.shown.warnings,
            infos: tally.shown.infos,
            hidden: tally.hidden.total(),
            accepted: tally.accepted,
            problems: tally.problems,
            input_errors: tally.input_errors,
        };
        format!("\n],\"errors\":{},\"summary\":{}}}\n", text(&run.errors), text(&summary))
    }
}

/// One letter of stream mode: a record with its findings. They carry no path; the record's id stands for it.
pub fn stream_record(id: &str, report: &LetterReport<'_>) -> String {
    let finding = |finding| FindingJson { path: None, ..FindingJson::new(report, finding) };
    let findings = report.findings.iter().map(finding).collect();
    text(&RecordJson { schema: SCHEMA, id, decisions: report.decisions, findings }) + "\n"
}

/// A line of stream mode that is no record.
pub fn stream_error(line: u64, error: &str) -> String {
    text(&RecordErrorJson { schema: SCHEMA, line, error }) + "\n"
}

/// A place in a text as programs and people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SpanJson {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
    /// Line of `start`, from 1.
    pub line: u32,
    /// Column of `start` in Unicode characters, from 1.
    pub column: u32,
    /// Line of `end`, from 1.
    pub end_line: u32,
    /// Column of `end` in Unicode characters, from 1.
    pub end_column: u32,
    /// Page of `start`, of a file that has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Paragraph of `start`, of a file that has paragraphs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
}

/// A span with its lines, columns and page.
pub fn span_json(source: &Source, span: Span) -> SpanJson {
    let Span { start, end } = fitted(&source.text, span);
    let (from, to) = (source.position(start), source.position(end));
    SpanJson {
        start,
        end,
        line: from.line,
        column: from.column,
        end_line: to.line,
        end_column: to.column,
        page: matches!(source.units, Units::Pages(_)).then(|| source.unit(start)).flatten(),
        paragraph: matches!(source.units, Units::Paragraphs(_)).then(|| source.unit(start)).flatten(),
    }
}

#[derive(Serialize)]
struct FindingJson<'a> {
    schema: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    rule: &'a str,
    check: &'a str,
    severity: &'static str,
    confidence: &'static str,
    decision: Option<u32>,
    message: &'a str,
    span: SpanJson,
    text: &'a str,
    related: Vec<RelatedJson<'a>>,
    authority: Option<AuthorityJson<'a>>,
    verdict: Option<&'static str>,
    fingerprint: &'a str,
    label: &'a str,
    notes: &'a [String],
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<AcceptedJson<'a>>,
}

/// Why a finding is accepted; without a reason it was `imrlint baseline` that accepted it.
#[derive(Serialize)]
struct AcceptedJson<'a> {
    reason: Option<&'a str>,
    by: Option<&'a str>,
    until: Option<&'a str>,
}

impl<'a> FindingJson<'a> {
    fn new(report: &LetterReport<'a>, finding: &'a Diagnostic) -> FindingJson<'a> {
        let primary = finding.primary();
        FindingJson {
            schema: SCHEMA,
            path: Some(report.path),
            rule: &finding.rule,
            check: &finding.check,
            severity: finding.severity.word(),
            confidence: finding.confidence.word(),
            decision: finding.decision,
            message: &finding.message,
            span: span_json(report.source, primary.span),
            text: words(report.source, primary.span),
            related: finding.secondary().iter().map(|label| RelatedJson::new(report.source, label)).collect(),
            authority: finding.authority.as_ref().map(AuthorityJson::new),
            verdict: finding.verdict,
            fingerprint: &finding.fingerprint,
            label: &primary.message,
            notes: &finding.notes,
            help: finding.help.as_deref(),
            accepted: finding.accepted.as_ref().map(|a| AcceptedJson {
                reason: a.reason.as_deref(),
                by: a.by.as_deref(),
                until: a.until.as_deref(),
            }),
        }
    }
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    message: &'a str,
    span: SpanJson,
    text: &'a str,
}

impl<'a> RelatedJson<'a> {
    fn new(source: &'a Source, label: &'a Label) -> RelatedJson<'a> {
        RelatedJson { message: &label.message, span: span_json(source, label.span), text: words(source, label.span) }
    }
}

#[derive(Serialize)]
struct AuthorityJson<'a> {
    guideline: Option<&'a str>,
    section: Option<&'a str>,
    pages: Option<&'a str>,
    regulation: Option<&'a str>,
}

impl<'a> AuthorityJson<'a> {
    fn new(citation: &'a Citation) -> AuthorityJson<'a> {
        AuthorityJson {
            guideline: Some(citation.guideline.as_str()).filter(|id| !id.is_empty()),
            section: citation.section.as_deref(),
            pages: citation.pages.as_deref(),
            regulation: citation.regulation.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct SummaryJson {
    letters: usize,
    decisions: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    hidden: usize,
    accepted: usize,
    problems: usize,
    input_errors: usize,
}

#[derive(Serialize)]
struct RecordJson<'a> {
    schema: u32,
    id: &'a str,
    decisions: usize,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct RecordErrorJson<'a> {
    schema: u32,
    line: u64,
    error: &'a str,
}

fn words(source: &Source, span: Span) -> &str {
    source.slice(fitted(&source.text, span))
}

/// A value as JSON on one line. Characters that could steer a terminal are written as `\u` escapes: a reader gets the
/// same string, and a person who prints the line is safe. Such characters occur in JSON only within strings.
pub(super) fn text<T: Serialize + ?Sized>(value: &T) -> String {
    let mut json = Vec::with_capacity(LINE);
    serde_json::to_writer(&mut json, value).expect("structs of strings and numbers are always valid JSON");
    let json = String::from_utf8(json).expect("JSON of strings is text");
    if json.is_ascii() || !json.chars().any(clean::is_hidden) {
        return json;
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if clean::is_hidden(c) {
            let units = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
            safe.push_str(&units);
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::document::whole;
    use crate::render::{Counts, Format, InputError, Piece, Tally, sample};

    const LEVELS: &str = r##"{"schema":1,"path":"drafts/17.txt","rule":"esi-levels","check":"criterion-approved-not-met","severity":"error","confidence":"high","decision":1,"message":"4 levels approved for epidural steroid injection, the criterion allows at most 2","span":{"start":37,"end":54,"line":3,"column":4,"end_line":3,"end_column":21},"text":"L2, L3, L4 and L5","related":[{"message":"approved here","span":{"start":98,"end":108,"line":3,"column":65,"end_line":3,"end_column":75},"text":"Overturned"}],"authority":{"guideline":"mtus-chronic-pain-2009","section":"esi","pages":"46","regulation":"8 CCR 9792.24.2"},"verdict":"not-met","fingerprint":"v1:9f2c","label":"4 levels requested","notes":[],"help":"state the levels injected, or say why the limit does not apply"}"##;

    #[test]
    fn a_finding_has_the_keys_of_the_contract_in_their_order() {
        let source = sample::letter();
        let findings = [sample::levels(&source)];
        let report = sample::report(&source, &findings);
        assert_eq!(Jsonl.letter(&report, Style::default()), format!("{LEVELS}\n"));
        let inner = LEVELS.replace(r##""path":"drafts/17.txt","##, "");
        let record = format!("{{\"schema\":1,\"id\":\"a7\",\"decisions\":1,\"findings\":[{inner}]}}\n");
        assert_eq!(stream_record("a7", &report), record);
        assert_eq!(stream_error(4, "no \"text\""), "{\"schema\":1,\"line\":4,\"error\":\"no \\\"text\\\"\"}\n");
    }

    #[test]
    fn an_accepted_finding_says_why() {
        let source = sample::letter();
        let findings = sample::accepted(&source);
        let lines = Jsonl.letter(&sample::report(&source, &findings), Style::default());
        let ends: Vec<&str> = lines.lines().map(|l| l.split_once(",\"accepted\":").expect("accepted").1).collect();
        let person = r#"{"reason":"one side was withdrawn","by":"A. Reviewer","until":"2027-01-31"}}"#;
        assert_eq!(ends, [person, r#"{"reason":null,"by":null,"until":null}}"#]);
    }

    #[test]
    fn a_document_holds_findings_errors_and_summary() {
        let source = sample::letter();
        let findings = [sample::levels(&source)];
        let report = sample::report(&source, &findings);
        let mut tally = Tally { hidden: Counts { infos: 2, ..Counts::default() }, input_errors: 1, ..Tally::default() };
        tally.add(&report);
        let errors =
            [InputError { path: "b.pdf".into(), code: "no-letter".into(), message: "no heading found".into() }];
        let letter = Piece::from(Json.letter(&report, Style::default()));
        let (text, _) = whole(Format::Json, &[], vec![letter], &Run { tally, errors: &errors });
        let expected = format!(
            "{{\"schema\":1,\"findings\":[\n{LEVELS}\n],\
            \"errors\":[{{\"path\":\"b.pdf\",\"code\":\"no-letter\",\"message\":\"no heading found\"}}],\
            \"summary\":{{\"letters\":1,\"decisions\":1,\"errors\":1,\"warnings\":0,\"infos\":0,\"hidden\":2,\
            \"accepted\":0,\"problems\":0,\"input_errors\":1}}}}\n"
        );
        assert_eq!(text, expected);
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }

    #[test]
    fn spans_count_characters_and_pages() {
        let source = Source::with_units("x", "é—\r\n\tnaïve", Units::Pages(vec![0, 7]));
        let json = |start, end| text(&span_json(&source, Span::new(start, end)));
        assert_eq!(json(8, 14), r#"{"start":8,"end":14,"line":2,"column":2,"end_line":2,"end_column":7,"page":2}"#);
        assert_eq!(json(14, 14), r#"{"start":14,"end":14,"line":2,"column":7,"end_line":2,"end_column":7,"page":2}"#);
        assert_eq!(json(0, 2), r#"{"start":0,"end":2,"line":1,"column":1,"end_line":1,"end_column":2,"page":1}"#);
        let empty = Source::with_units("x", "", Units::Paragraphs(vec![0]));
        let json = text(&span_json(&empty, Span::new(0, 0)));
        assert_eq!(json, r#"{"start":0,"end":0,"line":1,"column":1,"end_line":1,"end_column":1,"paragraph":1}"#);
    }

    #[test]
    fn hidden_characters_are_escaped_and_come_back() {
        let told = "a\u{202E}b\u{9B}c\u{1B}d\u{E0041}é";
        let json = text(told);
        assert_eq!(json, r#""a\u202eb\u009bc\u001bd\udb40\udc41é""#);
        assert_eq!(serde_json::from_str::<String>(&json).expect("still JSON"), told);
    }
}
