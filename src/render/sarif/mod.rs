//! SARIF 2.1.0 as code scanning wants it. GitHub takes 25,000 results a run and 20 runs a file, so a document is cut into
//! runs; what does not fit in the last is counted and told.

mod result;
mod rule;

use super::document::{Binder, Part, Piece};
use super::tally::{count, grouped};
use super::{LetterReport, Renderer, RuleInfo, Run, Style, clean, json, uri::uri};
use crate::diagnostic::{Diagnostic, Severity};
use result::Places;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

/// What GitHub takes.
const LIMITS: Limits = Limits { results: 25_000, runs: 20, notes: 1_000 };

/// Stands for the id of a rule in pieces that are notifications.
const NOTE: &str = "";

/// The format `sarif`.
pub struct Sarif;

impl Renderer for Sarif {
    fn letter(&self, report: &LetterReport<'_>, style: Style) -> String {
        self.piece(report, style).parts.into_iter().map(|part| part.text + "\n").collect()
    }

    fn piece(&self, report: &LetterReport<'_>, _style: Style) -> Piece {
        let places = Places::new(report);
        let note = |problem| Part { id: NOTE.to_string(), text: json::text(&places.note(problem)) };
        let result =
            |finding: &Diagnostic| Part { id: finding.rule.clone(), text: json::text(&places.result(finding)) };
        let parts = report.problems.iter().map(note).chain(report.findings.iter().map(result)).collect();
        Piece { parts, path: uri(report.path), ..Piece::default() }
    }

    fn binder(&self, rules: Arc<[RuleInfo]>) -> Option<Box<dyn Binder>> {
        Some(Box::new(Log { limits: LIMITS, rules, closed: 0, left_out: 0, run: None }))
    }

    fn wants_rules(&self) -> bool {
        true
    }

    fn wants_relative_paths(&self) -> bool {
        true
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Text of a message: what SARIF would read as a link or as a place for an argument is escaped.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean::line(text).chars() {
        match c {
            '[' | ']' | '\\' => out.extend(['\\', c]),
            '{' | '}' => out.extend([c, c]),
            _ => out.push(c),
        }
    }
    out
}

#[derive(Clone, Copy)]
struct Limits {
    /// Results a run.
    results: usize,
    /// Runs a document.
    runs: usize,
    /// Notifications about the form of letters a run.
    notes: usize,
}

/// The document.
struct Log {
    limits: Limits,
    rules: Arc<[RuleInfo]>,
    /// Runs that are written.
    closed: usize,
    /// Results that did not fit.
    left_out: usize,
    run: Option<Open>,
}

/// The run that is being written.
#[derive(Default)]
struct Open {
    results: usize,
    /// Rules with their numbers in the run.
    rules: BTreeMap<String, usize>,
    /// The same in order of their numbers.
    order: Vec<String>,
    /// Letters with results.
    artifacts: Vec<String>,
    /// Notifications.
    notes: Vec<String>,
    notes_left_out: usize,
}

impl Binder for Log {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(
            b"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[",
        )
    }

    fn letter(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        for Part { id, text } in piece.parts {
            if id == NOTE {
                let most = self.limits.notes;
                let run = self.open(out)?;
                if run.notes.len() < most { run.notes.push(text) } else { run.notes_left_out += 1 }
            } else {
                self.result(&id, &text, &piece.path, out)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<Option<String>> {
        let told = (self.left_out > 0).then(|| {
            let (findings, results, runs) = (count(self.left_out, "finding"), self.limits.results, self.limits.runs);
            format!("{findings} not shown: a file holds {runs} runs of {} results", grouped(results))
        });
        let errors = run.errors.iter().map(|error| {
            let place = json!({"physicalLocation": {"artifactLocation": {"uri": uri(&error.path)}}});
            let text = plain(&format!("{}: {}", error.path, error.message));
            note(&error.code, Severity::Error, &text, Some(place))
        });
        let left_out = told.iter().map(|told| note("findings-not-shown", Severity::Warning, told, None));
        let notes: Vec<String> = errors.chain(left_out).map(|note| json::text(&note)).collect();
        self.open(out)?.notes.extend(notes);
        self.close(run.errors.is_empty(), out)?;
        out.write_all(b"\n]}\n")?;
        Ok(told)
    }
}

impl Log {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<&mut Open> {
        if self.run.is_none() {
            out.write_all(if self.closed == 0 { b"\n" } else { b",\n" })?;
            out.write_all(b"{\"columnKind\":\"unicodeCodePoints\",\"results\":[")?;
        }
        Ok(self.run.get_or_insert_default())
    }

    fn result(&mut self, rule: &str, text: &str, path: &str, out: &mut dyn Write) -> io::Result<()> {
        if self.left_out > 0 {
            self.left_out += 1;
            return Ok(());
        }
        if self.run.as_ref().is_some_and(|run| run.results == self.limits.results) {
            if self.closed + 1 == self.limits.runs {
                self.left_out += 1;
                return Ok(());
            }
            self.close(true, out)?;
        }
        let run = self.open(out)?;
        let next = run.order.len();
        let number = *run.rules.entry(rule.to_string()).or_insert(next);
        if number == next {
            run.order.push(rule.to_string());
        }
        if run.artifacts.last().is_none_or(|last| last != path) {
            run.artifacts.push(path.to_string());
        }
        let comma = if run.results == 0 { "" } else { "," };
        run.results += 1;
        // the number of the rule in its run is known only here
        let rest = text.strip_prefix('{').unwrap_or(text);
        write!(out, "{comma}\n{{\"ruleIndex\":{number},{rest}")
    }

    /// Writes what stands behind the results of a run.
    fn close(&mut self, successful: bool, out: &mut dyn Write) -> io::Result<()> {
        let Some(mut run) = self.run.take() else { return Ok(()) };
        if run.notes_left_out > 0 {
            let told = format!("{} in the form of letters not shown", count(run.notes_left_out, "problem"));
            run.notes.push(json::text(&note("problems-not-shown", Severity::Warning, &told, None)));
        }
        let rules: Vec<Value> = run.order.iter().map(|id| rule::descriptor(&RuleInfo::find(&self.rules, id))).collect();
        let kinds: BTreeSet<String> = run.notes.iter().filter_map(|note| kind(note)).collect();
        let kinds: Vec<Value> = kinds.iter().map(|id| rule::notification(id)).collect();
        let driver = json!({
            "name": "imrlint", "fullName": concat!("imrlint ", env!("CARGO_PKG_VERSION")), "language": "en-US",
            "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules, "notifications": kinds,
        });
        // the letters of a run are read in order, but the same path may be given twice
        let mut seen = BTreeSet::new();
        let artifacts = run.artifacts.iter().filter(|path| seen.insert(path.as_str()));
        let artifacts: Vec<Value> =
            artifacts.map(|path| json!({"location": {"uri": path}, "roles": ["analysisTarget"]})).collect();
        let notes = run.notes.join(",");
        write!(
            out,
            "\n],\"tool\":{{\"driver\":{}}},\"artifacts\":{},\"invocations\":[{{\"executionSuccessful\":{successful},\
             \"toolExecutionNotifications\":[{notes}]}}],\"newlineSequences\":[\"\\r\\n\",\"\\n\"]",
            json::text(&driver),
            json::text(&artifacts),
        )?;
        self.closed += 1;
        // GitHub wants runs of one tool and file in categories of their own; that of the first is the uploader's
        if self.closed > 1 {
            write!(out, ",\"automationDetails\":{{\"id\":\"imrlint/part-{}/\"}}", self.closed)?;
        }
        out.write_all(b"}")
    }
}

/// A notification: something about the run, not about a letter's content.
fn note(code: &str, severity: Severity, text: &str, place: Option<Value>) -> Value {
    let mut note = json!({"descriptor": {"id": code}, "level": level(severity), "message": {"text": text}});
    if let Some(place) = place {
        note["locations"] = json!([place]);
    }
    note
}

/// The kind of a notification that is already written.
fn kind(note: &str) -> Option<String> {
    let value: Value = serde_json::from_str(note).ok()?;
    value["descriptor"]["id"].as_str().map(str::to_string)
}

#[cfg(test)]
mod tests;
