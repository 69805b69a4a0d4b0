//! The summary of a GitHub Actions job: Markdown with one table row a finding. What a letter says stands in it as text:
//! every character that Markdown or HTML could read is written as a character reference.

use super::document::{Binder, Part, Piece};
use super::github::SHOWN;
use super::tally::{Counts, count};
use super::{LetterReport, Renderer, RuleInfo, Run, Style, accepted, clean, excerpt, json::span_json};
use crate::diagnostic::Diagnostic;
use std::io::{self, Write};
use std::sync::Arc;

/// GitHub takes a mebibyte a step; the rest is for what stands around the rows.
const MOST_BYTES: usize = 960 * 1024;

/// The format `github-summary`.
pub struct Summary;

impl Renderer for Summary {
    fn letter(&self, report: &LetterReport<'_>, _style: Style) -> String {
        report.findings.iter().map(|finding| row(report, finding)).collect()
    }

    fn piece(&self, report: &LetterReport<'_>, _style: Style) -> Piece {
        let part = |finding: &Diagnostic| Part { id: finding.rule.clone(), text: row(report, finding) };
        let mut piece = Piece { parts: report.findings.iter().map(part).collect(), ..Piece::default() };
        report.findings.iter().filter(|f| f.accepted.is_none()).for_each(|f| piece.counts.add(f.severity));
        piece
    }

    fn binder(&self, _rules: Arc<[RuleInfo]>) -> Option<Box<dyn Binder>> {
        Some(Box::new(Page::default()))
    }

    fn wants_relative_paths(&self) -> bool {
        true
    }
}

fn row(report: &LetterReport<'_>, finding: &Diagnostic) -> String {
    let at = span_json(report.source, finding.primary().span);
    let severity = match &finding.accepted {
        None => finding.severity.word().to_string(),
        Some(why) => format!("{}, {}", finding.severity.word(), accepted::words(why)),
    };
    let words = excerpt(report.source, finding.primary().span);
    let cells = [
        severity,
        format!("{}:{}", report.path, at.line),
        finding.decision.map_or(String::new(), |n| n.to_string()),
        finding.rule.clone(),
        format!("{}: \u{201C}{words}\u{201D}", finding.message),
    ];
    format!("| {} |\n", cells.map(|cell| text(&cell)).join(" | "))
}

/// Text that Markdown shows as it is.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean::line(text).chars() {
        match c {
            c if c.is_ascii_punctuation() && !",;()%'\"-/.".contains(c) => out.push_str(&format!("&#{};", c as u32)),
            _ => out.push(c),
        }
    }
    // what would become a link by itself
    out.replace("www.", "www&#46;").replace("WWW.", "WWW&#46;")
}

/// The page: its head tells the counts, so rows are kept until the end. They are bounded.
#[derive(Default)]
struct Page {
    rows: String,
    left_out: usize,
    counts: Counts,
}

impl Binder for Page {
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn letter(&mut self, piece: Piece, _out: &mut dyn Write) -> io::Result<()> {
        for part in piece.parts {
            // once a row does not fit none follows: the page shows the first findings without gaps
            if self.left_out == 0 && self.rows.len() + part.text.len() <= MOST_BYTES {
                self.rows.push_str(&part.text);
            } else {
                self.left_out += 1;
            }
        }
        self.counts.join(piece.counts);
        Ok(())
    }

    fn end(&mut self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<Option<String>> {
        writeln!(out, "## imrlint\n\n{}\n", text(&run.tally.sentence()))?;
        let all = [(self.counts.errors, "error"), (self.counts.warnings, "warning"), (self.counts.infos, "notice")];
        let beyond: Vec<String> =
            all.iter().filter(|(n, _)| *n > SHOWN).map(|(n, word)| count(n - SHOWN, word)).collect();
        if !beyond.is_empty() {
            let beyond = beyond.join(", ");
            writeln!(out, "GitHub shows {SHOWN} annotations of each level for a step; not shown there: {beyond}.\n")?;
        }
        if !self.rows.is_empty() {
            write!(out, "| severity | place | decision | rule | finding |\n|---|---|---|---|---|\n{}\n", self.rows)?;
        }
        for error in run.errors.iter().take(100) {
            writeln!(out, "- could not be read: {} ({})", text(&error.path), text(&error.message))?;
        }
        if run.errors.len() > 100 {
            writeln!(out, "- {} more could not be read", run.errors.len() - 100)?;
        }
        if self.left_out == 0 {
            return Ok(None);
        }
        let told = format!("{} not shown: GitHub takes one mebibyte of summary", count(self.left_out, "finding"));
        writeln!(out, "**{told}**")?;
        Ok(Some(told))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Accepted;
    use crate::render::document::whole;
    use crate::render::{Format, sample};

    #[test]
    fn a_row_a_finding_and_counts_before_them() {
        let source = sample::letter();
        let mut findings = vec![sample::levels(&source); 11];
        findings[10].accepted = Some(Accepted { reason: Some("a|b".into()), ..Accepted::default() });
        findings.push(findings[0].clone());
        let piece = Summary.piece(&sample::report(&source, &findings), Style::default());
        let (text, left_out) = whole(Format::GithubSummary, &[], vec![piece], &Run::default());
        assert!(text.contains("not shown there: 1 error.\n"), "{text}");
        let row = "| error | drafts/17.txt&#58;3 | 1 | esi-levels | 4 levels approved for epidural steroid injection, \
                   the criterion allows at most 2&#58; \u{201C}L2, L3, L4 and L5\u{201D} |\n";
        assert_eq!(text.matches(row).count(), 11, "{text}");
        assert!(text.contains("| error, accepted&#58; a&#124;b | "), "{text}");
        assert_eq!(left_out, None);
    }

    #[test]
    fn nothing_of_a_letter_is_markup() {
        let told = text("<img src=x>|`a`[b](http://c) **d** @e #1 &amp; www.f.g \\ _h_ ~i~ !j");
        let marks = told.replace("&#", "");
        assert!(!marks.contains(['<', '>', '|', '`', '[', ']', '*', '@', '#', '&', '\\', '_', '~', '!']), "{told}");
        assert!(!told.contains("://") && !told.contains("www."), "{told}");
    }

    #[test]
    fn a_long_page_ends_and_says_so() {
        let source = sample::letter();
        let findings = vec![sample::levels(&source); 100];
        let piece = Summary.piece(&sample::report(&source, &findings), Style::default());
        let (text, left_out) = whole(Format::GithubSummary, &[], vec![piece; 100], &Run::default());
        let rows = text.matches("| error |").count();
        assert!(text.len() < 1024 * 1024 && rows > 3000, "{rows}");
        let told = format!(
            "{} findings not shown: GitHub takes one mebibyte of summary",
            super::super::tally::grouped(10_000 - rows)
        );
        assert!(text.ends_with(&format!("**{told}**\n")), "{}", &text[text.len() - 200..]);
        assert_eq!(left_out, Some(told));
    }
}
