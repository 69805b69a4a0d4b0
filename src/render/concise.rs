//! One line a finding: `path:line:column: severity[rule]: message`. The form that editors and `grep` understand.

use super::{LetterReport, Renderer, Style, clean, fitted, message};
use crate::diagnostic::Severity;
use crate::source::Span;

/// The format `concise`. Its lines are read by programs, so it is never coloured.
pub struct Concise;

impl Renderer for Concise {
    fn letter(&self, report: &LetterReport<'_>, _style: Style) -> String {
        let findings = report.findings.iter().map(|f| (f.primary().span, f.severity, f.rule.as_str(), message(f)));
        let problems = report.problems.iter().map(|p| (p.span, p.severity, p.code, p.message.clone()));
        let mut all: Vec<(Span, Severity, &str, String)> = findings.chain(problems).collect();
        all.sort_by_key(|(span, ..)| span.start);
        all.iter().map(|(span, severity, code, message)| line(report, *span, *severity, code, message)).collect()
    }
}

fn line(report: &LetterReport<'_>, span: Span, severity: Severity, code: &str, message: &str) -> String {
    let at = report.source.position(fitted(&report.source.text, span).start);
    let (path, message) = (clean::line(report.path), clean::line(message));
    format!("{path}:{}:{}: {}[{code}]: {message}\n", at.line, at.column, severity.word())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Problem;
    use crate::render::sample;

    #[test]
    fn one_line_a_finding_and_nothing_else() {
        let source = sample::letter();
        let findings = [sample::levels(&source), sample::page(&source)];
        let heading = Problem::warning("heading-damaged", Span::new(0, 9), "a heading\nis \u{1B}[7mmisspelt");
        let report = LetterReport { problems: &[heading], ..sample::report(&source, &findings) };
        let expected = "\
drafts/17.txt:1:1: warning[heading-damaged]: a heading is  [7mmisspelt
drafts/17.txt:3:4: error[esi-levels]: 4 levels approved for epidural steroid injection, the criterion allows at most 2
drafts/17.txt:5:58: warning[citation-page-unlisted]: page 46 is named in the rationale, the guideline line lists page 45
";
        assert_eq!(Concise.letter(&report, Style { color: true }), expected);
    }

    #[test]
    fn accepted_findings_are_marked() {
        let source = sample::letter();
        let findings = sample::accepted(&source);
        let text = Concise.letter(&sample::report(&source, &findings), Style::default());
        let ends: Vec<&str> = text.lines().map(|l| &l[l.rfind(" [").expect("a mark")..]).collect();
        assert_eq!(ends, [" [accepted: one side was withdrawn]", " [accepted]"]);
    }
}
