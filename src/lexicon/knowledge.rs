//! What guidelines and regulations say, as far as checks need it: silences, limits and subsections.

use super::{Lexicon, Position};
use crate::measure::{Date, Quantity};
use serde::{Deserialize, Serialize};

/// What the MTUS says or does not say on a treatment, for claims that it is silent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Silence {
    /// Treatments, by number.
    pub treatments: Vec<u16>,
    /// Body parts, by number; none for any.
    pub body_parts: Vec<u16>,
    /// Sections that address it: numbers of guideline and section.
    pub addressed_by: Vec<(u16, u16)>,
    /// The first day on which this holds, if it did not always.
    pub from: Option<Date>,
    /// How a claim of silence stands.
    pub claim: SilenceClaim,
}

/// How a claim stands that the MTUS is silent on something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SilenceClaim {
    /// It is right, or nobody can be sure.
    #[default]
    Sound,
    /// There is a section, and a reason not to use it that letters give.
    Hedged,
    /// It is wrong.
    Wrong,
}

/// An amount that a guideline sets for a treatment, in every form in which it is known to be recited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// Kebab-case id.
    pub id: String,
    /// What is limited, for messages ("weeks of benzodiazepines").
    pub title: String,
    /// Guidelines that set it, by number.
    pub guidelines: Vec<u16>,
    /// Treatments, by number.
    pub treatments: Vec<u16>,
    /// Whether the request alone tells that the limit is meant, whatever treatments the sentence names besides.
    pub by_request: bool,
    /// The phrase list that must lead to the amount, by number.
    pub about: Option<u16>,
    /// The phrase list that must stand anywhere in the sentence, by number.
    pub beside: Option<u16>,
    /// The phrase list to which the amount must belong in a row of amounts, each with what it is for, by number.
    pub tied: Option<u16>,
    /// Phrase lists of words that make the number another one, by number.
    pub unless: Vec<u16>,
    /// The parts of the body that it is about, by number; none for any.
    pub body_parts: Vec<u16>,
    /// All amounts that are right.
    pub values: Vec<Quantity>,
}

impl Lexicon {
    /// The phrase lists, by number, by which it is told what guidelines and regulations hold, whatever is asked for.
    pub fn lists_of_guidelines(&self) -> impl Iterator<Item = u16> {
        let limits = self.limits.iter().flat_map(|l| l.about.iter().chain(&l.beside).chain(&l.tied).chain(&l.unless));
        let position = |p: &'_ Position| [p.about, p.beside, p.contrary].into_iter().flatten();
        let positions = self.positions.iter();
        let unless = positions.clone().flat_map(|p| &p.unless);
        let subsections = self.subsections.iter().map(|s| s.about);
        limits.chain(unless).copied().chain(positions.flat_map(position)).chain(subsections)
    }
}

/// A subsection of a regulation by the dates on which it held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subsection {
    /// The section ("9792.20").
    pub section: String,
    /// The subject that the reference is about, a phrase list by number.
    pub about: u16,
    /// Letters with the first day on which each held, in order.
    pub held: Vec<(Date, char)>,
}
