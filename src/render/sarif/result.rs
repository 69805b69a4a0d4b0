//! One finding as a SARIF result.

use super::super::{LetterReport, accepted, authority, excerpt, fitted, json::span_json, uri::uri};
use super::{level, note, plain};
use crate::diagnostic::{Diagnostic, Label, Problem};
use crate::render::line_hash::line_hashes;
use crate::source::{Span, Units};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Words of at most this many bytes are repeated as the snippet of their region.
const SNIPPET: usize = 1000;
/// GitHub keeps 100 locations of a result.
const LOCATIONS: usize = 100;

/// A letter's places in all the ways in which SARIF counts them.
pub struct Places<'a> {
    report: &'a LetterReport<'a>,
    uri: String,
    /// Characters before each line.
    before: Vec<u32>,
    /// GitHub's hashes of the lines on which findings begin.
    hashes: HashMap<u32, String>,
}

impl<'a> Places<'a> {
    pub fn new(report: &'a LetterReport<'a>) -> Places<'a> {
        let source = report.source;
        let mut before = Vec::new();
        let mut hashes = HashMap::new();
        if !report.findings.is_empty() || !report.problems.is_empty() {
            let mut total = 0;
            for line in source.text.split_inclusive('\n') {
                before.push(total);
                total += line.chars().count() as u32;
            }
            before.push(total);
        }
        // of a PDF GitHub would hash other bytes than the text
        if source.units == Units::Lines && !report.findings.is_empty() {
            let line = |finding: &Diagnostic| source.position(fitted(&source.text, finding.primary().span).start).line;
            let lines: Vec<u32> = report.findings.iter().map(line).collect();
            hashes = line_hashes(&source.text, &lines);
        }
        Places { report, uri: uri(report.path), before, hashes }
    }

    /// A finding.
    pub fn result(&self, finding: &Diagnostic) -> Value {
        let primary = finding.primary();
        let mut locations = json!([self.location(primary.span, &primary.message, None)]);
        if let Some(n) = finding.decision {
            let name = format!("decision {n}");
            locations[0]["logicalLocations"] = json!([{"name": name, "fullyQualifiedName": name, "kind": "decision"}]);
        }
        let related: Vec<Value> = (1..LOCATIONS)
            .zip(finding.secondary())
            .map(|(id, label)| self.location(label.span, &label.message, Some(id)))
            .collect();
        let mut marks = json!({"imrlintFinding/v1": finding.fingerprint});
        if let Some(hash) = self.hashes.get(&span_json(self.report.source, primary.span).line) {
            marks["primaryLocationLineHash"] = json!(hash);
        }
        let mut result = json!({
            "ruleId": finding.rule,
            "level": level(finding.severity),
            "message": {"text": self.message(finding)},
            "locations": locations,
            "relatedLocations": related,
            "partialFingerprints": marks,
            "properties": {
                "check": finding.check, "confidence": finding.confidence.word(), "decision": finding.decision,
                "verdict": finding.verdict,
            },
        });
        if !finding.secondary().is_empty() {
            result["codeFlows"] = json!([{"threadFlows": [{"locations": self.steps(finding)}]}]);
        }
        if let Some(why) = &finding.accepted {
            let mut suppression = json!({
                "kind": "external", "status": "accepted", "justification": accepted::words(why),
                "properties": {"by": why.by, "until": why.until},
            });
            if why.reason.is_none() && why.by.is_none() {
                suppression["justification"] = json!("known when the baseline was written");
            }
            result["suppressions"] = json!([suppression]);
        }
        result
    }

    /// Something in the letter's form that could not be read.
    pub fn note(&self, problem: &Problem) -> Value {
        let place = self.location(problem.span, &problem.label, None);
        note(problem.code, problem.severity, &plain(&problem.message), Some(place))
    }

    /// The claim in one sentence, which may be all that is shown; then the evidence as links, the basis, the way out.
    fn message(&self, finding: &Diagnostic) -> String {
        let mut out = plain(&finding.message);
        let links = (1..LOCATIONS).zip(finding.secondary()).map(|(id, label)| {
            let said = if label.message.is_empty() { String::new() } else { format!("{}: ", plain(&label.message)) };
            format!("[{said}\u{201C}{}\u{201D}]({id})", plain(&excerpt(self.report.source, label.span)))
        });
        let links = links.collect::<Vec<_>>().join("; ");
        let basis = finding.authority.as_ref().map(authority).filter(|basis| !basis.is_empty());
        let parts =
            [(!links.is_empty()).then(|| format!("See {links}")), basis.map(|b| format!("Basis: {}", plain(&b)))];
        let help = finding.help.as_ref().map(|help| format!("Help: {}", plain(help)));
        for part in parts.into_iter().flatten().chain(help) {
            out.push_str(". ");
            out.push_str(part.trim_end_matches('.'));
        }
        out + "."
    }

    /// The argument, step by step: the letter's words in their order, then what the finding rests on.
    fn steps(&self, finding: &Diagnostic) -> Vec<Value> {
        let mut labels: Vec<(usize, &Label)> = finding.labels().iter().enumerate().take(LOCATIONS).collect();
        labels.sort_by_key(|(_, label)| label.span);
        let step = |(n, label): (usize, &Label)| {
            let said = match label.message.as_str() {
                "" => excerpt(self.report.source, label.span),
                said => said.to_string(),
            };
            let importance = if n == 0 { "essential" } else { "important" };
            json!({"importance": importance, "location": self.location(label.span, &said, None)})
        };
        let mut steps: Vec<Value> = labels.into_iter().map(step).collect();
        if let Some(basis) = finding.authority.as_ref().map(authority).filter(|basis| !basis.is_empty()) {
            let place = self.location(finding.primary().span, &format!("rests on {basis}"), None);
            steps.push(json!({"importance": "important", "location": place}));
        }
        steps
    }

    fn location(&self, span: Span, said: &str, id: Option<usize>) -> Value {
        let mut location = json!({
            "physicalLocation": {"artifactLocation": {"uri": self.uri}, "region": self.region(span)},
        });
        if !said.is_empty() {
            location["message"] = json!({"text": plain(said)});
        }
        if let Some(id) = id {
            location["id"] = json!(id);
        }
        location
    }

    /// A place by lines and columns, by characters and by bytes of the text. Ends are exclusive.
    fn region(&self, span: Span) -> Value {
        let source = self.report.source;
        let at = span_json(source, span);
        let chars = |line: u32, column: u32| self.before.get(line as usize - 1).map_or(0, |n| n + column - 1);
        let (start, end) = (chars(at.line, at.column), chars(at.end_line, at.end_column));
        let words = source.slice(Span { start: at.start, end: at.end });
        let mut region = json!({
            "startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column,
            "charOffset": start, "charLength": end - start, "byteOffset": at.start, "byteLength": at.end - at.start,
        });
        if words.len() <= SNIPPET {
            region["snippet"] = json!({"text": words});
        }
        let units = [("page", at.page), ("paragraph", at.paragraph)];
        for (name, number) in units.into_iter().filter_map(|(name, n)| n.map(|n| (name, n))) {
            region["properties"] = json!({name: number});
        }
        region
    }
}
