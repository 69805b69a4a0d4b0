//! The letter's own lines with the words in question underlined: for people. The only file that names
//! `codespan_reporting`.

use super::view::View;
use super::{InputError, LetterReport, Renderer, Run, Style, authority, clean, fitted, message};
use crate::diagnostic::{Diagnostic, Label, Problem, Severity};
use crate::source::{Position, Source, Span, Units};
use codespan_reporting::diagnostic as codespan;
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::{self, Config, termcolor::Buffer};
use std::borrow::Cow;
use std::ops::Range;

/// The format `pretty`.
pub struct Pretty;

impl Renderer for Pretty {
    fn letter(&self, report: &LetterReport<'_>, style: Style) -> String {
        let problems = report.problems.iter().map(Drawing::of_problem);
        let findings = report.findings.iter().map(|finding| Drawing::of_finding(report.source, finding));
        let mut drawings: Vec<Drawing<'_>> = problems.chain(findings).collect();
        drawings.sort_by_key(|drawing| drawing.labels.first().map_or(0, |(span, _)| span.start));
        drawings.iter().map(|drawing| drawing.draw(report.path, report.source, style)).collect()
    }

    fn tail(&self, run: &Run<'_>, _style: Style) -> String {
        run.tally.sentence() + "\n"
    }
}

/// A problem of a text that is no letter: a rulebook, a configuration.
pub fn problem(text_name: &str, text: &str, problem: &Problem, style: Style) -> String {
    Drawing::of_problem(problem).draw(text_name, &Source::new(text_name, text), style)
}

/// An input that could not be read: it has no text to show.
pub fn input_error(error: &InputError, style: Style) -> String {
    let message = format!("{}: {}", error.path, error.message);
    let drawing = Drawing {
        severity: Severity::Error,
        code: &error.code,
        message: message.into(),
        labels: Vec::new(),
        notes: Vec::new(),
    };
    drawing.draw(&error.path, &Source::default(), style)
}

/// What findings and problems have in common on paper.
struct Drawing<'a> {
    severity: Severity,
    code: &'a str,
    message: Cow<'a, str>,
    /// The first is the primary one.
    labels: Vec<(Span, &'a str)>,
    notes: Vec<String>,
}

impl<'a> Drawing<'a> {
    fn of_finding(source: &Source, finding: &'a Diagnostic) -> Drawing<'a> {
        let page = place(source, finding.primary().span);
        let basis = finding.authority.as_ref().map(authority).filter(|basis| !basis.is_empty());
        let help = finding.help.as_ref().map(|help| format!("help: {help}"));
        let accepted = finding.accepted.as_ref().and_then(|a| Some((a.by.as_ref()?, a.until.as_ref()?)));
        let accepted = accepted.map(|(by, until)| format!("accepted by {by} until {until}"));
        Drawing {
            severity: finding.severity,
            code: &finding.rule,
            message: message(finding).into(),
            labels: finding.labels().iter().map(|label| (label.span, label.message.as_str())).collect(),
            notes: page
                .into_iter()
                .chain(basis)
                .chain(finding.notes.iter().cloned())
                .chain(help)
                .chain(accepted)
                .collect(),
        }
    }

    fn of_problem(problem: &'a Problem) -> Drawing<'a> {
        let related = problem.related.iter().map(|Label { span, message }| (*span, message.as_str()));
        Drawing {
            severity: problem.severity,
            code: problem.code,
            message: problem.message.as_str().into(),
            labels: std::iter::once((problem.span, problem.label.as_str())).chain(related).collect(),
            notes: problem.help.iter().map(|help| format!("help: {help}")).collect(),
        }
    }

    fn draw(&self, name: &str, source: &Source, style: Style) -> String {
        let view = View::new(source, self.labels.iter().map(|(span, _)| *span));
        let mut labels = Vec::new();
        for (i, (marks, (_, message))) in view.marks.iter().zip(&self.labels).enumerate() {
            let style = if i == 0 { codespan::LabelStyle::Primary } else { codespan::LabelStyle::Secondary };
            let message = clean::line(message);
            for (n, mark) in marks.iter().enumerate() {
                // what is said of a place that runs over several lines stands where it ends
                let said = if n + 1 == marks.len() { &*message } else { "" };
                labels.push(codespan::Label::new(style, (), mark.clone()).with_message(said));
            }
        }
        let at = self.labels.first().map_or(0, |(span, _)| fitted(&source.text, *span).start);
        let drawn = codespan::Diagnostic::new(match self.severity {
            Severity::Error => codespan::Severity::Error,
            Severity::Warning => codespan::Severity::Warning,
            Severity::Info => codespan::Severity::Note,
        })
        .with_code(clean::line(self.code))
        .with_message(clean::line(&self.message))
        .with_labels(labels)
        .with_notes(self.notes.iter().map(|note| clean::lines(note).into_owned()).collect());
        let text = emit(&Shown { name: &clean::line(name), view: &view, at: source.position(at) }, &drawn, style);
        // our word for codespan's "note"; the first thing printed is the severity
        if self.severity == Severity::Info { text.replacen("note", "info", 1) } else { text }
    }
}

/// The page or paragraph of a file whose lines the reader cannot see.
fn place(source: &Source, span: Span) -> Option<String> {
    let unit = source.unit(fitted(&source.text, span).start)?;
    match source.units {
        Units::Lines => None,
        Units::Pages(_) => Some(format!("on page {unit} of the file")),
        Units::Paragraphs(_) => Some(format!("in paragraph {unit} of the file")),
    }
}

fn emit(shown: &Shown<'_>, drawn: &codespan::Diagnostic<()>, style: Style) -> String {
    let mut buffer = if style.color { Buffer::ansi() } else { Buffer::no_color() };
    term::emit_to_write_style(&mut buffer, &Config::default(), shown, drawn)
        .expect("every range comes from the view, and a buffer takes every write");
    let text = String::from_utf8(buffer.into_inner()).expect("codespan cuts text at characters only");
    // codespan pads the lines below its carets
    text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

/// A view as codespan wants to see it.
struct Shown<'a> {
    name: &'a str,
    view: &'a View,
    /// Where the primary label begins in the letter.
    at: Position,
}

impl<'f> Files<'f> for Shown<'_> {
    type FileId = ();
    type Name = &'f str;
    type Source = &'f str;

    fn name(&'f self, _: ()) -> Result<&'f str, Error> {
        Ok(self.name)
    }

    fn source(&'f self, _: ()) -> Result<&'f str, Error> {
        Ok(&self.view.text)
    }

    fn line_index(&'f self, _: (), byte: usize) -> Result<usize, Error> {
        Ok(self.view.row_at(byte))
    }

    fn line_range(&'f self, _: (), line: usize) -> Result<Range<usize>, Error> {
        self.view.row_range(line).ok_or(Error::LineTooLarge { given: line, max: self.view.rows.len() })
    }

    fn line_number(&'f self, _: (), line: usize) -> Result<usize, Error> {
        let number = self.view.rows.get(line).and_then(|row| row.number);
        number.ok_or(Error::LineTooLarge { given: line, max: self.view.rows.len() })
    }

    /// codespan asks for the place in the title only, which is the true one of the primary label.
    fn location(&'f self, _: (), _: usize) -> Result<Location, Error> {
        Ok(Location { line_number: self.at.line as usize, column_number: self.at.column as usize })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::{self, draw, draw_at};

    const PLAIN: Style = Style { color: false };

    #[test]
    fn a_letter_with_findings() {
        let source = sample::letter();
        let findings = [sample::levels(&source), sample::page(&source)];
        let drawn = Pretty.letter(&sample::report(&source, &findings), PLAIN);
        let expected = "\
error[esi-levels]: 4 levels approved for epidural steroid injection, the criterion allows at most 2
  ┌─ drafts/17.txt:3:4
  │
3 │ 1  L2, L3, L4 and L5 transforaminal epidural steroid injection: Overturned
  │    ^^^^^^^^^^^^^^^^^                                            ---------- approved here
  │    │
  │    4 levels requested
  │
  = MTUS chronic pain guideline 2009, epidural steroid injections, page 46; 8 CCR 9792.24.2
  = help: state the levels injected, or say why the limit does not apply

warning[citation-page-unlisted]: page 46 is named in the rationale, the guideline line lists page 45
  ┌─ drafts/17.txt:5:58
  │
5 │ MAXIMUS guideline: Decision based on MTUS Chronic Pain — page 45.
  │                                                          ^^^^^^^
7 │ Decision rationale: Page 46 of the guideline sets two levels as the limit.
  │                     ------- named here

";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn many_labels_on_one_line() {
        let text = "Norco 10/325 mg #90, Soma 350 mg #60 and Xanax 1 mg #30: Upheld\n";
        let labels = [("Soma", "a"), ("Norco", "b"), ("#90", ""), ("350 mg", "c"), ("Xanax 1 mg", "d"), ("1 mg", "e")];
        let expected = "\
warning[rule]: message
  ┌─ 17.txt:1:22
  │
1 │ Norco 10/325 mg #90, Soma 350 mg #60 and Xanax 1 mg #30: Upheld
  │ -----           ---  ^^^^ ------         ----------
  │ │                    │    │              │     │
  │ │                    │    │              │     e
  │ │                    │    │              d
  │ │                    │    c
  │ │                    a
  │ b

";
        assert_eq!(draw(text, &labels), expected);
    }

    #[test]
    fn tabs_wide_characters_and_windows_line_ends() {
        let expected = "\
warning[rule]: message
  ┌─ 17.txt:2:7
  │
2 │     5 µg —  日本  dose
  │          ^^^^^^^ wide
3 │ end
  │ --- here

";
        assert_eq!(draw("x\r\n\t5 µg —\t日本  dose\r\nend\r\n", &[("—\t日本", "wide"), ("end", "here")]), expected);
    }

    #[test]
    fn a_letter_does_not_steer_the_terminal() {
        let text = "\u{0C}Norco\u{1B}[2J \u{202E}deniet\u{9B}31m: Upheld\u{7}\n";
        let expected = "\
warning[rule]: message
  ┌─ 17.txt:1:9
  │
1 │  Norco␛[2J \u{FFFD}deniet\u{FFFD}31m: Upheld␇
  │         ^^^^^^^^^^^^^^ a b

";
        assert_eq!(draw(text, &[("2J \u{202E}deniet\u{9B}31m", "a\u{1B}b")]), expected);
    }

    #[test]
    fn colour_adds_escapes_and_nothing_else() {
        let source = sample::letter();
        let mut findings = [sample::levels(&source), sample::page(&source)];
        findings[1].severity = Severity::Info;
        let report = sample::report(&source, &findings);
        let coloured = Pretty.letter(&report, Style { color: true });
        let mut parts = coloured.split('\u{1B}');
        let first = parts.next().unwrap_or_default().to_string();
        let plain = parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest));
        assert!(coloured.len() > plain.len() && plain.contains("\ninfo[citation-page-unlisted]: page 46"));
        assert_eq!(plain, Pretty.letter(&report, PLAIN));
    }

    #[test]
    fn a_problem_of_a_rulebook_tells_file_line_and_column() {
        let text = "id: esi-levels\nseverity: error\nsevrity: warning\n";
        let mistake = Problem::error("unknown-key", Span::new(31, 38), "unknown key `sevrity`")
            .label("no such key")
            .related(Span::new(15, 23), "already given here")
            .help("did you mean `severity`?");
        let expected = "\
error[unknown-key]: unknown key `sevrity`
  ┌─ rules/esi-levels.yaml:3:1
  │
2 │ severity: error
  │ -------- already given here
3 │ sevrity: warning
  │ ^^^^^^^ no such key
  │
  = help: did you mean `severity`?

";
        assert_eq!(problem("rules/esi-levels.yaml", text, &mistake, PLAIN), expected);
        let lost = InputError { path: "b.pdf".into(), code: "no-letter".into(), message: "no heading found".into() };
        assert_eq!(input_error(&lost, PLAIN), "error[no-letter]: b.pdf: no heading found\n\n");
    }

    #[test]
    fn pages_are_named_for_files_that_have_them() {
        let source = Source::with_units("x", "one\ntwo\n", Units::Pages(vec![0, 4]));
        let drawn = draw_at(&source, &[(Span::new(4, 7), "")]);
        assert!(drawn.ends_with("2 │ two\n  │ ^^^\n  │\n  = on page 2 of the file\n\n"), "{drawn}");
    }
}
