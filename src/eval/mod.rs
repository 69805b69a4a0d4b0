//! The accuracy kit: plants defects in letters one at a time and tells which of them the rules find.
//!
//! A *kind* is a sort of defect with the checks that belong to it. Its *plants* are changes of one letter, made at the
//! places that the parser itself found, with words from the lexicon and `rules/plants.yaml`. A plant is *caught* if
//! linting the changed letter gives a finding that the letter lacked before, of one of those checks, about the same
//! decision, with a label at a changed place or beside it. Letters are taken as clean: what is found in them as they are
//! is counted by itself.

mod amount;
mod case;
mod citation;
mod criterion;
mod dice;
mod form;
mod item;
mod judge;
mod kinds;
mod outcome;
mod part;
mod place;
mod prose;
mod scene;
mod swap;
mod tally;

pub use judge::{Trial, damaged, judge};
pub use kinds::{KINDS, Kind, kind};
pub use tally::{Clean, Row, Tally};

use crate::lint::{Options, Report};
use crate::rulebook::LoadedBook;
use crate::source::{Source, Span};
use dice::Dice;
use scene::Scene;

/// A change of some bytes of a letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; empty where something is put in.
    pub span: Span,
    /// What stands there then.
    pub text: String,
}

/// A defect to be planted in a letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Plant {
    /// Its kind, by number in [`KINDS`].
    pub kind: usize,
    /// The decision that it is about; none for the letter.
    pub decision: Option<u32>,
    /// The changes in order of place; none overlaps another.
    pub edits: Vec<Edit>,
    /// Places of the clean letter that tell the contrary: the other half of the contradiction.
    pub pair: Vec<Span>,
    /// A number drawn for it, by which some of many are chosen.
    pub lot: u64,
}

/// All plants for a letter, of the given kinds (by number; none means all). The same letter, words and seed give the same
/// plants.
pub fn plants(
    source: &Source,
    clean: &Report,
    loaded: &LoadedBook,
    options: &Options,
    seed: u64,
    only: &[usize],
) -> Vec<Plant> {
    let mut all = Vec::new();
    let mut scene = Scene::new(source, clean, loaded, options);
    for (number, kind) in KINDS.iter().enumerate().filter(|(n, _)| only.is_empty() || only.contains(n)) {
        scene.dice = Dice::new(seed, &[&source.name, kind.id]);
        (kind.plant)(&mut scene);
        all.extend(scene.take(number));
    }
    all
}

#[cfg(test)]
mod tests;
