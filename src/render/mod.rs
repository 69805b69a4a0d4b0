//! From findings to bytes. A renderer only renders: what is shown was decided before it is called, so that every
//! format shows the same findings. This module knows texts, findings and problems; letters and rules it does not.
//!
//! The work has two halves. [`Renderer::letter`] turns one letter's findings into text: a pure function that any thread
//! may call. [`Output`] puts those texts together in the order in which it is given them; it alone writes what stands
//! before, between and after them.

mod clean;
mod concise;
mod json;
mod pretty;
#[cfg(test)]
mod sample;
mod tally;
mod view;

pub use json::{SpanJson, span_json, stream_error, stream_record};
pub use pretty::{input_error, problem};
pub use tally::{Counts, Tally};

use crate::diagnostic::{Accepted, Citation, Diagnostic, Problem, Severity};
use crate::source::{Source, Span};
use serde::Serialize;
use std::io::{self, Write};

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

/// One document in one format, written letter by letter.
pub struct Output<W: Write> {
    renderer: &'static dyn Renderer,
    style: Style,
    out: W,
    begun: bool,
    filled: bool,
}

impl<W: Write> Output<W> {
    /// An empty document.
    pub fn new(format: Format, style: Style, out: W) -> Output<W> {
        Output { renderer: format.renderer(), style, out, begun: false, filled: false }
    }

    /// Writes the next letter, as [`Renderer::letter`] rendered it.
    pub fn letter(&mut self, rendered: &str) -> io::Result<()> {
        self.begin()?;
        if rendered.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.filled, true) {
            self.out.write_all(self.renderer.between().as_bytes())?;
        }
        self.out.write_all(rendered.as_bytes())
    }

    /// Writes what stands after the last letter and gives the writer back.
    pub fn finish(mut self, run: &Run<'_>) -> io::Result<W> {
        self.begin()?;
        self.out.write_all(self.renderer.tail(run, self.style).as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn begin(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            self.out.write_all(self.renderer.head().as_bytes())?;
        }
        Ok(())
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
        assert_eq!(unknown, Err("unknown format `xml`; the formats are pretty, concise, json, jsonl".to_string()));
    }

    #[test]
    fn letters_are_joined_in_the_order_given_and_silent_ones_leave_no_trace() {
        let mut output = Output::new(Format::Json, Style::default(), Vec::new());
        for letter in ["", "\n{\"n\":1}", "", "\n{\"n\":2}", ""] {
            output.letter(letter).expect("a vector takes every write");
        }
        let written = output.finish(&Run::default()).expect("a vector takes every write");
        let text = String::from_utf8(written).expect("JSON is UTF-8");
        assert!(text.starts_with("{\"schema\":1,\"findings\":[\n{\"n\":1},\n{\"n\":2}\n],\"errors\":[],"), "{text}");
        let empty = Output::new(Format::Json, Style::default(), Vec::new()).finish(&Run::default());
        assert!(empty.expect("a vector takes every write").starts_with(b"{\"schema\":1,\"findings\":[\n],"));
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
