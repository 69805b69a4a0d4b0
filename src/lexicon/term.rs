//! What a phrase of the lexicon stands for.

use super::Cue;
use serde::{Deserialize, Serialize};

/// What a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Term {
    /// A treatment, by number.
    Treatment(u16),
    /// A drug by its generic name, by number.
    Generic(u16),
    /// A drug by a brand name.
    Brand {
        /// Number of the drug.
        drug: u16,
        /// Number of the brand.
        brand: u16,
    },
    /// A body part, by number.
    BodyPart(u16),
    /// A guideline in one edition, by number.
    Guideline(u16),
    /// A name that several editions share, by number of one of them.
    SharedGuideline(u16),
    /// A family of guidelines, by number.
    Family(u16),
    /// A section, by numbers of guideline and section.
    Section {
        /// Number of the guideline.
        guideline: u16,
        /// Number of the section.
        section: u16,
    },
    /// A statement, by number.
    Statement(u16),
    /// The opposite of a statement ("off work" for return to work), by number.
    Opposite(u16),
    /// An observation by its name alone, by number.
    Observation(u16),
    /// Words that tell of an observation that it is there or impaired, by number.
    Shown(u16),
    /// Words that tell of an observation that it is whole or nothing was found, by number.
    Clear(u16),
    /// A phrase list, by number.
    List(u16),
    /// The same by a phrase of a rule that leaves words out and does not deny: a denial among those is no part of it.
    Spanning(u16),
    /// A cue.
    Cue(Cue),
}

impl Term {
    /// Whether it is something that may be asked for: a treatment, or a drug by any name.
    pub fn is_item(self) -> bool {
        matches!(self, Term::Treatment(_) | Term::Generic(_) | Term::Brand { .. })
    }

    /// The group in which only the longest of terms inside one another is reported.
    pub(super) fn kind(self) -> u32 {
        match self {
            Term::Treatment(_) => 0,
            Term::Generic(_) | Term::Brand { .. } => 1,
            Term::BodyPart(_) => 2,
            Term::Guideline(_) | Term::SharedGuideline(_) | Term::Family(_) => 3,
            Term::Section { .. } => 4,
            Term::Statement(_) | Term::Opposite(_) => 5,
            Term::Cue(cue) => 8 + cue.family() as u32,
            // lists are independent of one another: an author may use the same words in two; so are observations
            Term::List(n) | Term::Spanning(n) => 64 + 2 * u32::from(n),
            Term::Observation(n) | Term::Shown(n) | Term::Clear(n) => 65 + 2 * u32::from(n),
        }
    }
}
