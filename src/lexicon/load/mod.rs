//! Lexicon files → [`Lexicon`], with every mistake at its own place.
//!
//! A file may hold any of the keys `guideline`, `families`, `treatments`, `body-parts`, `drugs`, `statements`, `lists`,
//! `cues` and `abbreviations`. Files come in layers: the shipped lexicon, then a project's own. Within a layer an id
//! stands once; a later layer adds to an entry of the same id, so that a new brand name is one line.

mod entries;
mod link;

use crate::diagnostic::Problem;
use crate::source::Span;
use crate::yaml::{Item, Reader, parse};
use entries::Raw;

use super::Lexicon;

/// A place in one of the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Number of the file.
    pub file: usize,
    /// Where in it.
    pub span: Span,
}

/// A problem with the number of the file it is in.
pub type FileProblem = (usize, Problem);

/// Reads lexicon files one by one and links them at the end.
#[derive(Default)]
pub struct Loader {
    raw: Raw,
    /// Phrases of rules, added to the matcher with the lexicon's own.
    lists: Vec<(String, Vec<(String, Place)>)>,
    problems: Vec<FileProblem>,
}

impl Loader {
    /// Reads one file of a layer; files are numbered by the caller.
    pub fn read(&mut self, file: usize, layer: u32, text: &str) {
        let reader = Reader::default();
        if let Some(root) = parse(text, &reader) {
            self.raw.read(reader.open(&root), file, layer);
        }
        self.problems.extend(reader.into_problems().into_iter().map(|p| (file, p)));
    }

    /// Adds a phrase list that a rule holds itself, under an id of the caller's.
    pub fn add_list(&mut self, id: String, phrases: Vec<(String, Place)>) {
        self.lists.push((id, phrases));
    }

    /// Whether a list of this id was read.
    pub fn has_list(&self, id: &str) -> bool {
        self.raw.lists.iter().any(|l| l.id == id)
    }

    /// The lexicon, and all problems in order of file and place.
    pub fn finish(mut self) -> (Lexicon, Vec<FileProblem>) {
        let lexicon = link::link(self.raw, self.lists, &mut self.problems);
        self.problems.sort_by_key(|(file, p)| (*file, p.span.start, p.span.end));
        (lexicon, self.problems)
    }
}

/// The lexicon of one layer of files.
pub fn load<'a>(texts: impl Iterator<Item = &'a str>) -> (Lexicon, Vec<FileProblem>) {
    let mut loader = Loader::default();
    for (file, text) in texts.enumerate() {
        loader.read(file, 0, text);
    }
    loader.finish()
}

/// A text with its place.
fn placed<'a>(item: Item<'a>, file: usize) -> Option<(&'a str, Place)> {
    let text = item.text_or_number()?;
    Some((text, Place { file, span: item.span()? }))
}
