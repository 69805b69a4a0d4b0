//! From rendered letters to one document. Everything here happens in the order of the letters and in one thread.

use super::{Format, Renderer, RuleInfo, Run, Style, tally::Counts};
use std::io::{self, Write};
use std::sync::Arc;

/// Stands in a piece for the number of its letter in the document, which is known only when the piece is put in. No
/// format lets this character through from a letter.
pub const NUMBER: char = '\0';

/// One letter in one format, before it is put into a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// What is written of the letter; empty if there is nothing to say.
    pub text: String,
    /// Results that a document may put into different places.
    pub parts: Vec<Part>,
    /// The letter's path as the format writes it.
    pub path: String,
    /// Number of decisions read.
    pub decisions: usize,
    /// Findings by severity, without the accepted ones.
    pub counts: Counts,
    /// Findings that the project has accepted.
    pub accepted: usize,
}

/// One result of a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The rule or kind of problem.
    pub id: String,
    /// What is written.
    pub text: String,
}

impl From<String> for Piece {
    fn from(text: String) -> Piece {
        Piece { text, ..Piece::default() }
    }
}

impl From<&str> for Piece {
    fn from(text: &str) -> Piece {
        text.to_string().into()
    }
}

/// Puts letters together into one document, and remembers what that takes.
pub trait Binder {
    /// Writes what stands before the first letter.
    ///
    /// # Errors
    /// Those of the writer, as for the other functions.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;

    /// Writes the next letter, or keeps it.
    ///
    /// # Errors
    /// Those of the writer.
    fn letter(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what is left. What the document could not hold is told in one sentence.
    ///
    /// # Errors
    /// Those of the writer.
    fn end(&mut self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<Option<String>>;
}

/// One letter after the other.
struct Joined {
    renderer: &'static dyn Renderer,
    style: Style,
    filled: bool,
}

impl Binder for Joined {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.renderer.head().as_bytes())
    }

    fn letter(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if piece.text.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.filled, true) {
            out.write_all(self.renderer.between().as_bytes())?;
        }
        out.write_all(piece.text.as_bytes())
    }

    fn end(&mut self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<Option<String>> {
        out.write_all(self.renderer.tail(run, self.style).as_bytes())?;
        Ok(None)
    }
}

/// One document in one format, written letter by letter.
pub struct Output<W: Write> {
    binder: Box<dyn Binder>,
    out: W,
    begun: bool,
}

impl<W: Write> Output<W> {
    /// An empty document.
    pub fn with_rules(format: Format, style: Style, rules: Arc<[RuleInfo]>, out: W) -> Output<W> {
        let renderer = format.renderer();
        let joined = || Box::new(Joined { renderer, style, filled: false }) as Box<dyn Binder>;
        Output { binder: renderer.binder(rules).unwrap_or_else(joined), out, begun: false }
    }

    /// Puts the next letter in.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn letter(&mut self, piece: impl Into<Piece>) -> io::Result<()> {
        self.begin()?;
        self.binder.letter(piece.into(), &mut self.out)
    }

    /// Writes what stands after the last letter. What the document could not hold is told in one sentence.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(&mut self, run: &Run<'_>) -> io::Result<Option<String>> {
        self.begin()?;
        let left_out = self.binder.end(run, &mut self.out)?;
        self.out.flush()?;
        Ok(left_out)
    }

    /// The writer.
    pub fn into_inner(self) -> W {
        self.out
    }

    fn begin(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            self.binder.begin(&mut self.out)?;
        }
        Ok(())
    }
}

/// A document of some pieces, for tests.
#[cfg(test)]
pub fn whole(format: Format, rules: &[RuleInfo], pieces: Vec<Piece>, run: &Run<'_>) -> (String, Option<String>) {
    let mut output = Output::with_rules(format, Style::default(), rules.into(), Vec::new());
    pieces.into_iter().for_each(|piece| output.letter(piece).expect("a vector takes every write"));
    let left_out = output.finish(run).expect("a vector takes every write");
    (String::from_utf8(output.into_inner()).expect("every format is UTF-8"), left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_joined_in_the_order_given_and_silent_ones_leave_no_trace() {
        let letters = ["", "\n{\"n\":1}", "", "\n{\"n\":2}", ""].map(Piece::from).to_vec();
        let (text, left_out) = whole(Format::Json, &[], letters, &Run::default());
        assert!(text.starts_with("{\"schema\":1,\"findings\":[\n{\"n\":1},\n{\"n\":2}\n],\"errors\":[],"), "{text}");
        assert_eq!(left_out, None);
        let (empty, _) = whole(Format::Json, &[], Vec::new(), &Run::default());
        assert!(empty.starts_with("{\"schema\":1,\"findings\":[\n],"));
    }

    #[test]
    fn every_format_begins_and_ends_without_letters() {
        for format in Format::ALL {
            let (text, left_out) = whole(*format, &[], Vec::new(), &Run::default());
            assert_eq!(left_out, None, "{}", format.name());
            assert!(text.is_empty() || text.ends_with('\n'), "{}: {text}", format.name());
        }
    }
}
