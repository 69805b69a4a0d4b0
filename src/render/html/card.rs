//! What is said of each finding, beside the letter.

use super::super::{LetterReport, accepted, authority, excerpt, json::span_json};
use super::escape::text;
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::document::NUMBER;
use crate::source::Span;
use std::fmt::Write;

/// The cards of a letter, and what of its form could not be read.
pub fn cards(report: &LetterReport<'_>) -> String {
    let mut out = "<aside aria-label=\"Findings\">\n".to_string();
    for (n, finding) in report.findings.iter().enumerate() {
        put(&mut out, report, n + 1, finding);
    }
    for problem in report.problems {
        // writing to a String cannot fail, here and below
        let _ = write!(out, "<section class=\"card form\"><h3>Form of the letter: {}</h3>", text(&problem.message));
        let _ = write!(out, "<p class=\"meta\">{}", place(report, problem.span));
        let _ = writeln!(
            out,
            "{}</p></section>",
            problem.help.iter().map(|h| format!(" \u{B7} {}", text(h))).collect::<String>()
        );
    }
    out + "</aside>\n"
}

fn put(out: &mut String, report: &LetterReport<'_>, n: usize, finding: &Diagnostic) {
    let (rule, severity) = (text(&finding.rule), finding.severity.word());
    let class = if finding.accepted.is_some() { "accepted" } else { severity };
    let _ = writeln!(
        out,
        "<section class=\"card {class}\" id=\"c{NUMBER}-{n}\" tabindex=\"-1\" data-s=\"{class}\" data-r=\"{rule}\" data-n=\"{n}\">\n\
         <h3><a class=\"n {class}\" href=\"#m{NUMBER}-{n}-0\" data-n=\"{n}\" aria-label=\"finding {n}, to the letter\"></a> \
         <span class=\"sev\">{}</span> {}</h3>",
        name(finding),
        text(&sentence(&finding.message))
    );
    let decision = finding.decision.map_or("whole letter".to_string(), |n| format!("decision {n}"));
    let confidence = finding.confidence.word();
    let _ = writeln!(
        out,
        "<p class=\"meta\">{decision} \u{B7} confidence {confidence} \u{B7} <a href=\"#r-{rule}\">{rule}</a></p>\n<ul class=\"ev\">"
    );
    for (k, label) in finding.labels().iter().enumerate() {
        let (at, words) = (place(report, label.span), text(&excerpt(report.source, label.span)));
        let said = match label.message.as_str() {
            "" => String::new(),
            said => format!(" <span class=\"said\">{}</span>", text(said)),
        };
        let _ = writeln!(out, "<li><a href=\"#m{NUMBER}-{n}-{k}\">{at}</a> <q>{words}</q>{said}</li>");
    }
    out.push_str("</ul>\n");
    let basis = finding.authority.as_ref().map(authority).filter(|basis| !basis.is_empty());
    let notes = finding.notes.iter().map(|note| ("Note", note.clone()));
    let help = finding.help.iter().map(|help| ("What to do", help.clone()));
    let lines = basis.into_iter().map(|basis| ("Basis", basis)).chain(notes).chain(help);
    for (word, line) in lines {
        let _ = writeln!(out, "<p><b>{word}</b> {}</p>", text(&line));
    }
    if let Some(why) = &finding.accepted {
        let _ = writeln!(out, "<p class=\"why\">{}</p>", text(&accepted::words(why)));
    }
    out.push_str("</section>\n");
}

/// The first letter large: a card is read as prose.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn name(finding: &Diagnostic) -> &'static str {
    match (finding.accepted.is_some(), finding.severity) {
        (true, Severity::Error) => "Accepted error",
        (true, Severity::Warning) => "Accepted warning",
        (true, Severity::Info) => "Accepted info",
        (false, Severity::Error) => "Error",
        (false, Severity::Warning) => "Warning",
        (false, Severity::Info) => "Info",
    }
}

fn place(report: &LetterReport<'_>, span: Span) -> String {
    let at = span_json(report.source, span);
    let page = at.page.map(|n| format!("page {n}, ")).or(at.paragraph.map(|n| format!("paragraph {n}, ")));
    format!("{}line {}", page.unwrap_or_default(), at.line)
}
