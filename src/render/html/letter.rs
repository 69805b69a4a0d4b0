//! The letter's text, line by line, with the words of the findings marked. Findings may overlap: the text is cut wherever
//! a mark begins or ends, and each piece knows all findings that it belongs to.

use super::super::{LetterReport, fitted};
use super::escape;
use crate::diagnostic::Severity;
use crate::render::document::NUMBER;
use crate::source::Units;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

/// A label on the text.
struct Mark {
    /// Number of the finding in the letter, from 1.
    finding: usize,
    /// Number of the label, the primary one 0.
    label: usize,
    /// The words, white space at the ends left out.
    range: Range<usize>,
    severity: Severity,
    accepted: bool,
}

/// The sheet.
pub fn sheet(report: &LetterReport<'_>) -> String {
    let text = &report.source.text;
    let marks = marks(report);
    let mut by_start: Vec<usize> = (0..marks.len()).collect();
    by_start.sort_by_key(|n| marks[*n].range.start);
    let (mut later, mut near) = (by_start.into_iter().peekable(), BTreeSet::new());
    let mut out = String::with_capacity(text.len() * 2);
    out.push_str("<div class=\"sheet\" dir=\"ltr\">\n");
    let mut start = 0;
    let mut page = 0;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let range = start..start + line.trim_end_matches(['\n', '\r']).len();
        let whole = start..start + line.len();
        start += line.len();
        if let Units::Pages(_) = report.source.units {
            let now = report.source.unit(whole.start as u32).unwrap_or(0);
            if now != page {
                // writing to a String cannot fail, here and below
                let _ = writeln!(out, "<p class=\"page\">page {now}</p>");
                page = now;
            }
        }
        // only marks that reach this line are looked at
        while let Some(n) = later.next_if(|n| marks[*n].range.start <= range.end) {
            near.insert(n);
        }
        near.retain(|n| marks[*n].range.end >= whole.start);
        let here: Vec<&Mark> = near.iter().map(|n| &marks[*n]).collect();
        if range.is_empty() || text[range.clone()].trim().is_empty() && here.is_empty() {
            out.push_str("<div class=\"l b\">\n</div>\n");
            continue;
        }
        let _ = write!(out, "<div class=\"l\" data-n=\"{}\">", n + 1);
        put_line(&mut out, text, range, &here);
        out.push_str("\n</div>\n");
    }
    out.push_str("</div>\n");
    out
}

fn marks(report: &LetterReport<'_>) -> Vec<Mark> {
    let text = &report.source.text;
    let mut marks = Vec::new();
    for (n, finding) in report.findings.iter().enumerate() {
        for (label, place) in finding.labels().iter().enumerate() {
            let range = fitted(text, place.span).range();
            let words = text[range.clone()].trim();
            let start = range.start + (range.len() - text[range.clone()].trim_start().len());
            // a place without words is marked behind the last words before it
            let range = match words.is_empty() {
                true => [text[..range.start].trim_end().len(); 2],
                false => [start, start + words.len()],
            };
            let (severity, accepted) = (finding.severity, finding.accepted.is_some());
            marks.push(Mark { finding: n + 1, label, range: range[0]..range[1], severity, accepted });
        }
    }
    marks
}

/// One line in pieces.
fn put_line(out: &mut String, text: &str, line: Range<usize>, marks: &[&Mark]) {
    let mut cuts: Vec<usize> = vec![line.start, line.end];
    let inside = |at: &usize| line.start < *at && *at < line.end;
    cuts.extend(marks.iter().flat_map(|m| [m.range.start, m.range.end]).filter(inside));
    cuts.sort_unstable();
    cuts.dedup();
    for (n, from) in cuts.iter().enumerate() {
        for mark in marks.iter().filter(|m| m.range.start == *from) {
            let _ = write!(out, "<a class=\"t\" id=\"m{NUMBER}-{}-{}\"></a>", mark.finding, mark.label);
            if mark.range.is_empty() {
                badge(out, mark);
            }
        }
        let Some(to) = cuts.get(n + 1) else { break };
        let covering: Vec<&&Mark> = marks.iter().filter(|m| m.range.start <= *from && *to <= m.range.end).collect();
        if covering.is_empty() {
            escape::letter(out, &text[*from..*to]);
        } else {
            let _ = write!(out, "<mark class=\"{}\" data-f=\"{}\">", class(&covering), findings(&covering));
            escape::letter(out, &text[*from..*to]);
            out.push_str("</mark>");
        }
        marks.iter().filter(|m| m.range.end == *to && !m.range.is_empty()).for_each(|m| badge(out, m));
    }
}

/// The number behind marked words, which leads to the card.
fn badge(out: &mut String, mark: &Mark) {
    let (f, severity) = (mark.finding, word(mark));
    let kind = if mark.label == 0 { "n" } else { "n e" };
    let said = if mark.label == 0 { "finding" } else { "evidence of finding" };
    let _ = write!(
        out,
        "<a class=\"{kind} {severity}\" href=\"#c{NUMBER}-{f}\" data-n=\"{f}\" data-f=\"{f}\" aria-label=\"{said} {f}\"></a>"
    );
}

fn word(mark: &Mark) -> &'static str {
    if mark.accepted { "accepted" } else { mark.severity.word() }
}

/// The worst of the findings, and whether it is what one of them is about.
fn class(marks: &[&&Mark]) -> String {
    let worst = marks.iter().max_by_key(|m| (!m.accepted, m.severity, m.label == 0)).expect("a piece has a mark");
    let primary = marks.iter().any(|m| m.label == 0 && word(m) == word(worst));
    format!("{}{}", word(worst), if primary { " p" } else { "" })
}

fn findings(marks: &[&&Mark]) -> String {
    let mut all: Vec<usize> = marks.iter().map(|m| m.finding).collect();
    all.dedup();
    all.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}
