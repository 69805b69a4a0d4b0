//! From findings to bytes. A renderer only renders: what is shown was decided before it is called, so that every
//! format shows the same findings. This module knows texts, findings and problems; letters and rules it does not.
//!
//! The work has two halves. [`Renderer::letter`] turns one letter's findings into text: a pure function that any thread
//! may call. [`Output`] puts those texts together in the order in which it is given them; it alone writes what stands
//! before, between and after them. A format whose document must remember what came before (runs of so many results, an
//! index) brings a [`Binder`].

mod accepted;
mod clean;
mod concise;
mod document;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod line_hash;
mod pretty;
mod rule_info;
#[cfg(test)]
mod sample;
mod sarif;
mod summary;
mod tally;
mod uri;
mod view;

pub use document::{Binder, Output, Part, Piece};
pub use json::{SpanJson, span_json, stream_error, stream_record};
pub use pretty::{input_error, problem};
pub use rule_info::{Example, RuleInfo};
pub use tally::{Counts, Tally};
pub use uri::relative;

use crate::diagnostic::{Accepted, Citation, Diagnostic, Problem, Severity};
use crate::source::{Source, Span};
use serde::Serialize;
use std::sync::Arc;

/// One letter with what was found in it, ready to be printed.
#[derive(Clone, Copy, Debug)]
pub struct LetterReport<'a> {
    /// The text that the spans point into.
    pub source: &'a Source,
    /// The letter's path as the user gave it.
    pub path: &'a str,
    /// Number of decisions read.
    pub decisions: usize,
    /// The findings to show, in the order in which to show them.
    pub findings: &'a [Diagnostic],
    /// What could not be read as it should.
    pub problems: &'a [Problem],
}

/// An input that could not be read, or is no letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputError {
    /// The path as the user gave it.
    pub path: String,
    /// Kind of error, kebab-case ("no-letter").
    pub code: String,
    /// One sentence that stands alone: lower case, no full stop.
    pub message: String,
}

/// How text for people is dressed. Formats for machines disregard it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour with ANSI escapes. The caller knows the terminal; nothing here looks at the environment.
    pub color: bool,
}

/// What is known when every letter has been read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Run<'a> {
    /// What was read and found.
    pub tally: Tally,
    /// The inputs that could not be read.
    pub errors: &'a [InputError],
}

/// One output format.
pub trait Renderer: Sync {
    /// What stands before the first letter.
    fn head(&self) -> &'static str {
        ""
    }

    /// One letter, by itself; empty if there is nothing to say of it.
    fn letter(&self, report: &LetterReport<'_>, style: Style) -> String;

    /// What stands between two letters that are not empty.
    fn between(&self) -> &'static str {
        ""
    }

    /// What stands after the last letter.
    fn tail(&self, _run: &Run<'_>, _style: Style) -> String {
        String::new()
    }

    /// One letter with what the document must know of it.
    fn piece(&self, report: &LetterReport<'_>, style: Style) -> Piece {
        Piece { text: self.letter(report, style), ..Piece::default() }
    }

    /// What puts the letters together, if that is more than writing one after the other.
    fn binder(&self, _rules: Arc<[RuleInfo]>) -> Option<Box<dyn Binder>> {
        None
    }

    /// Whether the document tells about the rules, so that they are worth loading.
    fn wants_rules(&self) -> bool {
        false
    }

    /// Whether its reader finds letters by their paths from the folder in which it works.
    fn wants_relative_paths(&self) -> bool {
        false
    }
}

/// Makes [`Format`] out of a table with one line a format: name, least severity shown by default, renderer.
macro_rules! formats {
    ($($(#[$doc:meta])* $format:ident = $name:literal, $least:ident, $renderer:expr;)*) => {
        /// The formats in which findings are printed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Format {
            $($(#[$doc])* $format,)*
        }

        impl Format {
            /// Every format, in the order in which help lists them.
            pub const ALL: &'static [Format] = &[$(Format::$format),*];

            /// The name on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Format::$format => $name,)* }
            }

            /// The least severity that the format shows if the user does not say.
            pub fn least(self) -> Severity {
                match self { $(Format::$format => Severity::$least,)* }
            }

            /// What prints the format.
            pub fn renderer(self) -> &'static dyn Renderer {
                match self { $(Format::$format => &$renderer,)* }
            }
        }
    };
}

formats! {
    /// The letter's own lines with the words in question underlined: for people.
    Pretty = "pretty", Warning, pretty::Pretty;
    /// One line a finding, as compilers print them: for editors and `grep`.
    Concise = "concise", Warning, concise::Concise;
    /// One JSON object with all findings, the inputs that could not be read, and a summary.
    Json = "json", Info, json::Json;
    /// One JSON object a finding and line.
    Jsonl = "jsonl", Info, json::Jsonl;
    /// SARIF 2.1.0: for code scanning.
    Sarif = "sarif", Warning, sarif::Sarif;
    /// Workflow commands: annotations of GitHub Actions.
    Github = "github", Warning, github::Github;
    /// Markdown for the summary of a GitHub Actions job.
    GithubSummary = "github-summary", Warning, summary::Summary;
    /// Code quality report of GitLab.
    Gitlab = "gitlab", Warning, gitlab::Gitlab;
    /// JUnit XML: a test suite a letter.
    Junit = "junit", Warning, junit::Junit;
    /// One self-contained page: the letters with the findings marked in them.
    Html = "html", Warning, html::Html;
}

impl Format {
    /// The names of all formats.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Format::ALL.iter().map(|format| format.name())
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Format, String> {
        Format::ALL.iter().copied().find(|format| format.name() == name).ok_or_else(|| {
            let names: Vec<_> = Format::names().collect();
            format!("unknown format `{name}`; the formats are {}", names.join(", "))
        })
    }
}

/// What a finding rests on, in words: "MTUS chronic pain guideline 2009, opioids, pages 78, 80; 8 CCR 9792.24.2".
fn authority(citation: &Citation) -> String {
    let title = Some(&citation.title).filter(|title| !title.is_empty()).or(Some(&citation.guideline));
    let section = citation.section_title.as_ref().or(citation.section.as_ref());
    let pages = citation.pages.as_ref().map(|pages| {
        let several = pages.contains(|c: char| !c.is_ascii_digit());
        format!("{} {pages}", if several { "pages" } else { "page" })
    });
    let place = [title, section, pages.as_ref()].into_iter().flatten().filter(|part| !part.is_empty());
    let place = place.map(String::as_str).collect::<Vec<_>>().join(", ");
    let both = [Some(place), citation.regulation.clone()].into_iter().flatten().filter(|part| !part.is_empty());
    both.collect::<Vec<_>>().join("; ")
}

/// The words at a place on one line, short enough to be told in a sentence; the middle of longer ones is left out.
fn excerpt(source: &Source, span: Span) -> String {
    const MOST: usize = 90;
    let words: Vec<&str> = source.slice(fitted(&source.text, span)).split_whitespace().collect();
    let line = clean::line(&words.join(" ")).into_owned();
    let length = line.chars().count();
    if length <= MOST {
        return line;
    }
    let head: String = line.chars().take(MOST * 2 / 3).collect();
    let tail: String = line.chars().skip(length - MOST / 3).collect();
    format!("{} \u{2026} {}", head.trim_end(), tail.trim_start())
}

/// The message of a finding, with a mark if the project has accepted it: "... [accepted: REASON]".
fn message(finding: &Diagnostic) -> String {
    match &finding.accepted {
        None => finding.message.clone(),
        Some(Accepted { reason: None, .. }) => format!("{} [accepted]", finding.message),
        Some(Accepted { reason: Some(reason), .. }) => format!("{} [accepted: {reason}]", finding.message),
    }
}

/// The span, moved where a text can be cut. Spans come from the parser and fit; a renderer must not be what crashes if
/// one day one does not.
fn fitted(text: &str, span: Span) -> Span {
    let fit = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = fit(span.start as usize);
    Span::new(start, fit(span.end as usize).max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(*format));
        }
        let unknown = "xml".parse::<Format>();
        assert_eq!(unknown, Err("unknown format `xml`; the formats are pretty, concise, json, jsonl, sarif, github, github-summary, gitlab, junit, html".to_string()));
    }

    #[test]
    fn authorities_are_told_in_words() {
        let full = Citation {
            guideline: "mtus-chronic-pain-2009".into(),
            title: "MTUS chronic pain guideline 2009".into(),
            section: Some("opioids".into()),
            section_title: Some("opioids, ongoing management".into()),
            pages: Some("78-80".into()),
            regulation: Some("8 CCR 9792.24.2".into()),
        };
        let bare =
            Citation { section: None, section_title: None, pages: Some("46".into()), regulation: None, ..full.clone() };
        let law = Citation { guideline: String::new(), title: String::new(), pages: None, ..full.clone() };
        let law = Citation { section: None, section_title: None, ..law };
        assert_eq!(
            authority(&full),
            "MTUS chronic pain guideline 2009, opioids, ongoing management, pages 78-80; 8 CCR 9792.24.2"
        );
        assert_eq!(authority(&bare), "MTUS chronic pain guideline 2009, page 46");
        assert_eq!(authority(&law), "8 CCR 9792.24.2");
    }

    #[test]
    fn spans_that_do_not_fit_are_moved() {
        let text = "aé—b";
        for start in 0..10 {
            for end in start..12 {
                let span = fitted(text, Span { start, end });
                assert!(text.get(span.range()).is_some(), "{start}..{end}");
            }
        }
    }
}
