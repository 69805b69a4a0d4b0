//! One item of a request, with all that is told of it.

use super::named::Side;
use crate::letter::amount::Level;
use crate::measure::Quantity;
use crate::source::Span;

/// One item of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What kind of thing it is.
    pub kind: ItemKind,
    /// The name as written, white space folded.
    pub name: String,
    /// Its place in the letter.
    pub span: Span,
    /// The drug, by number, if it is a known one.
    pub drug: Option<u16>,
    /// Whether the drug's name is misspelled.
    pub misspelled: bool,
    /// The treatment, by number, if it is a known one.
    pub treatment: Option<u16>,
    /// Strength.
    pub strength: Option<Strength>,
    /// Number of units or volume.
    pub quantity: Option<Counted>,
    /// Refills.
    pub refills: Option<(u32, Span)>,
    /// Number of visits.
    pub visits: Option<Counted>,
    /// Spinal levels.
    pub levels: Vec<(Level, Span)>,
    /// Side.
    pub side: Option<Side>,
    /// The same count in the original request and in the authorized part, of a partial authorization.
    pub original: Option<Counted>,
    /// The count that was authorized.
    pub authorized: Option<Counted>,
}

/// What kind of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// A drug.
    Drug,
    /// Therapy counted in visits.
    Visits,
    /// An injection or block at spinal levels.
    Levels,
    /// Imaging.
    Imaging,
    /// A device or supply.
    Device,
    /// Anything else.
    Other,
}

/// A strength as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Strength {
    /// Figures and unit as the letter has them ("10/325 mg").
    pub text: String,
    /// The figures.
    pub parts: Vec<f64>,
    /// The unit, lower case.
    pub unit: String,
    /// Its place in the letter.
    pub span: Span,
}

/// A count as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The number, or least and most.
    pub number: Quantity,
    /// A unit of volume or weight, where it is no plain number ("ml").
    pub unit: Option<String>,
    /// The words ("2 times a week for 6 weeks").
    pub text: String,
    /// Their place in the letter.
    pub span: Span,
}

impl Item {
    pub(super) fn new(kind: ItemKind, name: String, span: Span) -> Item {
        Item {
            kind,
            name,
            span,
            drug: None,
            misspelled: false,
            treatment: None,
            strength: None,
            quantity: None,
            refills: None,
            visits: None,
            levels: Vec::new(),
            side: None,
            original: None,
            authorized: None,
        }
    }
}
