//! What guidelines hold of treatments.

use serde::{Deserialize, Serialize};

/// What a guideline holds of a treatment, and by what words a recital says the contrary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// What the guideline holds, for messages ("muscle relaxants are for a short time").
    pub title: String,
    /// Guidelines that hold it, by number.
    pub guidelines: Vec<u16>,
    /// Treatments, by number.
    pub treatments: Vec<u16>,
    /// Whether the request alone tells that the treatment is meant.
    pub by_request: bool,
    /// The parts of the body that it is about, by number; none for any.
    pub body_parts: Vec<u16>,
    /// Whether the guideline recommends it; none if only `contrary` tells.
    pub recommended: Option<bool>,
    /// The phrase list of the use that it is about ("for long-term use"), by number; none for the treatment as such.
    pub about: Option<u16>,
    /// The phrase list that must stand anywhere in the sentence, by number.
    pub beside: Option<u16>,
    /// Phrase lists of words that narrow the sentence to something else, by number.
    pub unless: Vec<u16>,
    /// The phrase list of words that say the contrary, by number.
    pub contrary: Option<u16>,
}
