//! JUnit XML as Ant's schema has it: a test suite a letter, a test case a rule and decision with what was found by it. A
//! letter without findings is one test that passed.

use super::document::{Binder, NUMBER, Piece};
use super::{LetterReport, Renderer, RuleInfo, Run, Style, accepted, authority, clean, excerpt, json::span_json};
use crate::diagnostic::Diagnostic;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

/// The format `junit`.
pub struct Junit;

impl Renderer for Junit {
    fn letter(&self, report: &LetterReport<'_>, _style: Style) -> String {
        let (mut open, mut accepted) = (Vec::new(), Vec::new());
        for finding in report.findings {
            let cases = if finding.accepted.is_some() { &mut accepted } else { &mut open };
            put(cases, finding);
        }
        let path = text(report.path);
        let mut out = suite(&path, (open.len() + accepted.len()).max(1), open.len(), 0, accepted.len());
        for case in &open {
            let first = case[0];
            let message = text(&first.message);
            let _ = write!(out, "    <testcase name=\"{}\" classname=\"{path}\" time=\"0\">", name(first));
            let _ = write!(out, "<failure type=\"{}\" message=\"{message}\">", first.severity.word());
            case.iter().for_each(|finding| out.push_str(&text(&told(report, finding))));
            out.push_str("</failure></testcase>\n");
        }
        for case in &accepted {
            let first = case[0];
            let why = first.accepted.as_ref().map(accepted::words).unwrap_or_default();
            let _ = write!(out, "    <testcase name=\"{} (accepted)\" classname=\"{path}\" time=\"0\">", name(first));
            let _ = write!(out, "<skipped message=\"{}\">", text(&why));
            case.iter().for_each(|finding| out.push_str(&text(&told(report, finding))));
            out.push_str("</skipped></testcase>\n");
        }
        if open.is_empty() && accepted.is_empty() {
            let _ = writeln!(out, "    <testcase name=\"no findings\" classname=\"{path}\" time=\"0\"/>");
        }
        let problems = report.problems.iter().map(|problem| {
            let at = span_json(report.source, problem.span);
            format!("{}:{}:{}: {}: {}\n", report.path, at.line, at.column, problem.code, problem.message)
        });
        let problems: String = problems.collect();
        let _ = write!(out, "    <system-out/>\n    <system-err>{}</system-err>\n  </testsuite>\n", text(&problems));
        out
    }

    fn binder(&self, _rules: Arc<[RuleInfo]>) -> Option<Box<dyn Binder>> {
        Some(Box::new(Suites { number: 0 }))
    }
}

/// Findings of one rule and decision.
type Case<'a> = Vec<&'a Diagnostic>;

fn put<'a>(cases: &mut Vec<Case<'a>>, finding: &'a Diagnostic) {
    let same = |case: &&mut Case<'_>| case[0].rule == finding.rule && case[0].decision == finding.decision;
    match cases.iter_mut().find(same) {
        Some(case) => case.push(finding),
        None => cases.push(vec![finding]),
    }
}

fn name(finding: &Diagnostic) -> String {
    let decision = finding.decision.map_or(String::new(), |n| format!(", decision {n}"));
    text(&format!("{}{decision}", finding.rule))
}

/// A finding with its evidence, as lines.
fn told(report: &LetterReport<'_>, finding: &Diagnostic) -> String {
    let at = span_json(report.source, finding.primary().span);
    let (severity, rule, message) = (finding.severity.word(), &finding.rule, &finding.message);
    let mut out = format!("{}:{}:{}: {severity}[{rule}]: {message}\n", report.path, at.line, at.column);
    for label in finding.labels() {
        let at = span_json(report.source, label.span);
        let _ = write!(out, "  line {}: \u{201C}{}\u{201D}", at.line, excerpt(report.source, label.span));
        let _ = writeln!(out, "{}{}", if label.message.is_empty() { "" } else { " " }, label.message);
    }
    let basis = finding.authority.as_ref().map(authority).filter(|basis| !basis.is_empty());
    let help = finding.help.as_ref().map(|help| format!("help: {help}"));
    basis.into_iter().chain(help).for_each(|line| out.push_str(&format!("  {line}\n")));
    out
}

/// The beginning of a suite. Time and host are not told, so that the same letters give the same bytes.
fn suite(name: &str, tests: usize, failures: usize, errors: usize, skipped: usize) -> String {
    format!(
        "  <testsuite package=\"imrlint\" id=\"{NUMBER}\" name=\"{name}\" timestamp=\"1970-01-01T00:00:00\" \
         hostname=\"localhost\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\" \
         time=\"0\">\n    <properties/>\n"
    )
}

/// Text as XML. Characters that XML does not allow, and those that hide or steer, are replaced as in every format.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean::lines(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(c),
        }
    }
    out
}

struct Suites {
    number: usize,
}

impl Suites {
    fn put(&mut self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(text.replacen(NUMBER, &self.number.to_string(), 1).as_bytes())?;
        self.number += 1;
        Ok(())
    }
}

impl Binder for Suites {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n")
    }

    fn letter(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if piece.text.is_empty() { Ok(()) } else { self.put(&piece.text, out) }
    }

    fn end(&mut self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<Option<String>> {
        for error in run.errors {
            let (path, code, message) = (text(&error.path), text(&error.code), text(&error.message));
            let case = format!(
                "{}    <testcase name=\"read\" classname=\"{path}\" time=\"0\"><error type=\"{code}\" \
                 message=\"{message}\"/></testcase>\n    <system-out/>\n    <system-err/>\n  </testsuite>\n",
                suite(&path, 1, 0, 1, 0)
            );
            self.put(&case, out)?;
        }
        out.write_all(b"</testsuites>\n")?;
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Accepted;
    use crate::render::document::whole;
    use crate::render::{Format, InputError, sample};

    #[test]
    fn a_suite_a_letter_and_a_case_a_rule_and_decision() {
        let source = sample::letter();
        let mut findings = [sample::levels(&source), sample::levels(&source), sample::page(&source)];
        findings[2].accepted = Some(Accepted { by: Some("B. <Ruiz>".into()), ..Accepted::default() });
        let pieces = [&findings[..], &[]].map(|found| Junit.piece(&sample::report(&source, found), Style::default()));
        let error = InputError { path: "b.pdf".into(), code: "no-letter".into(), message: "none".into() };
        let (xml, _) = whole(Format::Junit, &[], pieces.to_vec(), &Run { errors: &[error], ..Run::default() });
        assert!(xml.contains("id=\"0\" name=\"drafts/17.txt\"") && xml.contains("id=\"2\" name=\"b.pdf\""), "{xml}");
        assert!(xml.contains("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\""), "{xml}");
        assert!(xml.contains("tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""), "{xml}");
        assert_eq!(xml.matches("drafts/17.txt:3:4: error[esi-levels]: 4 levels").count(), 2);
        assert_eq!(xml.matches("<failure type=\"error\"").count(), 1);
        assert!(xml.contains("citation-page-unlisted (accepted)\""), "{xml}");
        assert!(xml.contains("<skipped message=\"accepted by B. &lt;Ruiz&gt;\">"), "{xml}");
        assert!(xml.contains("<testcase name=\"no findings\""), "{xml}");
    }

    #[test]
    fn text_is_what_xml_allows() {
        let told = text("a\0\u{1}\u{8}\u{B}\u{1F}\u{FFFE}\u{FFFF}\u{202E}]]><&\"'\n\t\u{1F600}");
        assert!(told.contains("]]&gt;&lt;&amp;&quot;&apos;\n\t\u{1F600}"), "{told}");
        let allowed = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{FFFD}' | '\u{10000}'..);
        assert!(told.chars().all(allowed), "{told:?}");
    }
}
