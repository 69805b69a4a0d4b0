//! Lexicon files → [`Lexicon`], with every mistake at its own place.
//!
//! A file may hold any of the keys `guideline`, `families`, `treatments`, `body-parts`, `drugs`, `statements`, `observations`, `lists`,
//! `cues`, `abbreviations`, `words`, `tolerances`, `purposes`, `silence`, `limits` and `subsections`. Files come in layers: the shipped lexicon, then a project's own. Within a layer an id
//! stands once; a later layer adds to an entry of the same id, so that a new brand name is one line.

mod entries;
mod fields;
mod knowledge;
mod link;

use crate::diagnostic::Problem;
use crate::measure::Date;
use crate::source::Span;
use crate::yaml::Item;
use entries::Raw;
use std::collections::HashMap;

use super::Lexicon;
use super::pattern::Pattern;

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

/// Kinds of names that rules refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Guidelines.
    Guidelines,
    /// Treatments.
    Treatments,
    /// Body parts.
    BodyParts,
    /// Statements.
    Statements,
}

/// Reads lexicon files one by one and links them at the end.
#[derive(Default)]
pub struct Loader {
    raw: Raw,
    /// Phrases of rules, added to the matcher with the lexicon's own.
    lists: Vec<(String, Vec<Vec<Pattern>>)>,
    /// Numbers of those lists by their phrases, one a line.
    shared: HashMap<String, u16>,
    problems: Vec<FileProblem>,
}

impl Loader {
    /// Reads the root of one file of a layer; files are numbered by the caller.
    pub fn read_root(&mut self, root: Item<'_>, file: usize, layer: u32) {
        self.raw.read(root, file, layer);
    }

    /// Adds a phrase list that a rule holds itself; its number.
    pub fn add_list(&mut self, id: String, phrases: Vec<Vec<Pattern>>) -> u16 {
        self.lists.push((id, phrases));
        (self.raw.lists.len() + self.lists.len() - 1) as u16
    }

    /// The number of the list that a rule added with just these phrases: rules that ask for the same words share one.
    pub fn shared_list(&self, phrases: &[&str]) -> Option<u16> {
        self.shared.get(&phrases.join("\n")).copied()
    }

    /// Lets later rules share a list.
    pub fn share_list(&mut self, phrases: &[&str], list: u16) {
        self.shared.insert(phrases.join("\n"), list);
    }

    /// The ids of a kind in order of their numbers.
    pub fn names(&self, kind: Names) -> Vec<&str> {
        match kind {
            Names::Guidelines => self.raw.guidelines.iter().map(|g| g.id.as_str()).collect(),
            Names::Treatments => self.raw.treatments.iter().map(|t| t.id.as_str()).collect(),
            Names::BodyParts => self.raw.body_parts.iter().map(|b| b.id.as_str()).collect(),
            Names::Statements => self.raw.statements.iter().map(|s| s.id.as_str()).collect(),
        }
    }

    /// The ids of the lexicon's own lists in order of their numbers.
    pub fn lists(&self) -> Vec<&str> {
        self.raw.lists.iter().map(|l| l.id.as_str()).collect()
    }

    /// The ids of a guideline's sections in order of their numbers.
    pub fn sections(&self, guideline: u16) -> Vec<&str> {
        self.raw.guidelines[guideline as usize].sections.iter().map(|s| s.id.as_str()).collect()
    }

    /// The first and last day in force of a guideline, where known.
    pub fn in_force(&self, guideline: u16) -> Option<(Option<Date>, Option<Date>)> {
        let entry = &self.raw.guidelines[guideline as usize];
        (entry.from.is_some() || entry.until.is_some()).then_some((entry.from, entry.until))
    }

    /// The first and last page of a guideline.
    pub fn pages(&self, guideline: u16) -> Option<(u32, u32)> {
        self.raw.guidelines[guideline as usize].pages
    }

    /// The lexicon, and all problems in order of file and place.
    pub fn finish(mut self) -> (Lexicon, Vec<FileProblem>) {
        let lexicon = link::link(self.raw, self.lists, &mut self.problems);
        self.problems.sort_by_key(|(file, p)| (*file, p.span.start, p.span.end));
        (lexicon, self.problems)
    }
}

/// A text with its place.
fn placed<'a>(item: Item<'a>, file: usize) -> Option<(&'a str, Place)> {
    let text = item.text_or_number()?;
    Some((text, Place { file, span: item.span()? }))
}
