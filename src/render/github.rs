//! Workflow commands of GitHub Actions: each finding becomes an annotation at its line. The letter's words cannot become
//! a command of their own: line ends are escaped, and the runner reads commands at the beginning of a line only.

use super::{LetterReport, Renderer, Run, Style, accepted, authority, clean, excerpt, json::span_json};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};

/// Annotations of each level that GitHub shows for one step; the others stand in the log alone.
pub const SHOWN: usize = 10;

/// The format `github`.
pub struct Github;

impl Renderer for Github {
    fn letter(&self, report: &LetterReport<'_>, _style: Style) -> String {
        let mut out = String::new();
        for problem in report.problems {
            let place = place(report.path, report.source, problem.span);
            let title = property(problem.code);
            out.push_str(&format!("::{} {place},title={title}::{}\n", level(problem.severity), data(&problem.message)));
        }
        for finding in report.findings {
            out.push_str(&line(report, finding));
        }
        out
    }

    fn tail(&self, run: &Run<'_>, _style: Style) -> String {
        let mut out = String::new();
        for error in run.errors {
            out.push_str(&format!("::error file={},title={}::", property(&error.path), property(&error.code)));
            out.push_str(&format!("{}\n", data(&error.message)));
        }
        out + &harmless(&run.tally.sentence()) + "\n"
    }

    fn wants_relative_paths(&self) -> bool {
        true
    }
}

fn line(report: &LetterReport<'_>, finding: &Diagnostic) -> String {
    let span = finding.primary().span;
    if let Some(why) = &finding.accepted {
        // a line of the log: an annotation would ask again for what was answered
        let at = span_json(report.source, span);
        let (rule, message) = (&finding.rule, &finding.message);
        let text = format!("{}:{}:{}: {rule}: {message}", report.path, at.line, at.column);
        return harmless(&format!("accepted finding {text} ({})", accepted::words(why))) + "\n";
    }
    let seen = finding.secondary().iter().map(|label| {
        let (at, words) = (span_json(report.source, label.span), excerpt(report.source, label.span));
        format!("line {}: \u{201C}{words}\u{201D}{}", at.line, said(&label.message))
    });
    let basis = finding.authority.as_ref().map(authority).filter(|basis| !basis.is_empty());
    let help = finding.help.as_ref().map(|help| format!("help: {help}"));
    let lines = std::iter::once(finding.message.clone()).chain(seen).chain(basis).chain(help);
    let message = lines.collect::<Vec<_>>().join("\n");
    let title = property(&finding.rule);
    format!(
        "::{} {},title={title}::{}\n",
        level(finding.severity),
        place(report.path, report.source, span),
        data(&message)
    )
}

fn said(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(" ({message})") }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// Columns are told only within one line: GitHub refuses them otherwise.
fn place(path: &str, source: &Source, span: Span) -> String {
    let at = span_json(source, span);
    let columns = match at.line == at.end_line {
        true => format!(",col={},endColumn={}", at.column, at.end_column),
        false => String::new(),
    };
    format!("file={},line={},endLine={}{columns}", property(path), at.line, at.end_line)
}

/// The message of a command. `%0A` is a line end that the annotation shows.
fn data(text: &str) -> String {
    clean::lines(text).replace('%', "%25").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    clean::line(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

/// A line of the log that is no command of either kind that runners know.
fn harmless(text: &str) -> String {
    clean::line(text).replace("##[", "# #[").trim_start_matches(':').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Accepted;
    use crate::render::{InputError, sample};

    #[test]
    fn a_finding_is_an_annotation_and_an_accepted_one_is_not() {
        let source = sample::letter();
        let mut findings = [sample::levels(&source), sample::page(&source)];
        findings[1].accepted = Some(Accepted { reason: Some("##[error]known".into()), ..Accepted::default() });
        let report = LetterReport { path: "drafts/1,7: 50%.txt", ..sample::report(&source, &findings) };
        let expected = "\
::error file=drafts/1%2C7%3A 50%25.txt,line=3,endLine=3,col=4,endColumn=21,title=esi-levels::4 levels approved for epidural steroid injection, the criterion allows at most 2%0Aline 3: \u{201C}Overturned\u{201D} (approved here)%0AMTUS chronic pain guideline 2009, epidural steroid injections, page 46; 8 CCR 9792.24.2%0Ahelp: state the levels injected, or say why the limit does not apply
accepted finding drafts/1,7: 50%.txt:5:58: citation-page-unlisted: page 46 is named in the rationale, the guideline line lists page 45 (accepted: # #[error]known)
";
        assert_eq!(Github.letter(&report, Style::default()), expected);
    }

    #[test]
    fn words_of_a_letter_begin_no_command() {
        let source = sample::letter();
        let mut finding = sample::page(&source);
        finding.message = "100%\r\n::set-output name=a::b\n##[add-mask]x".into();
        let error = InputError { path: "::a\n::b".into(), code: "no-letter".into(), message: "x\n::stop::".into() };
        let text = Github.letter(&sample::report(&source, &[finding]), Style::default())
            + &Github.tail(&Run { errors: &[error], ..Run::default() }, Style::default());
        let starts: Vec<&str> = text.lines().map(|line| line.get(..9).unwrap_or(line)).collect();
        assert_eq!(starts, ["::warning", "::error f", "no letter"], "{text}");
        assert!(text.contains("::100%25 %0A::set-output"), "{text}");
    }

    #[test]
    fn columns_are_left_out_over_several_lines() {
        let source = Source::new("x", "one\ntwo");
        assert_eq!(place("x", &source, Span::new(0, 7)), "file=x,line=1,endLine=2");
    }
}
