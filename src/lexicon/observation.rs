//! Observations: what an examination or a study finds one way or the other.

use serde::{Deserialize, Serialize};

/// A test, a faculty of the body, a structure or a study, of which a letter tells how it was found ("Tinel's sign", "gait").
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Kebab-case id.
    pub id: String,
    /// What it is called in messages.
    pub title: String,
    /// Which words tell how it was found.
    pub told_as: ToldAs,
    /// The full grade, where it is graded: 5 of strength.
    pub grade: Option<u32>,
    /// Whether it may well differ from one visit to the next.
    pub varies: bool,
    /// Whether it says which part of the body it is of: there is no Lachman test but at the knee.
    pub own_place: bool,
    /// Whether degrees of movements tell it: range of motion.
    pub moves: bool,
    /// Whether it is of the household, so that relatives are spoken of.
    pub own_household: bool,
}

/// Which words tell how something was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToldAs {
    /// "Positive" and "negative".
    #[default]
    Test,
    /// "Intact" and "impaired".
    Faculty,
    /// As a faculty, or by what it revealed.
    Study,
}

impl ToldAs {
    /// All with their words in YAML.
    pub const ALL: &'static [(&'static str, ToldAs)] =
        &[("test", ToldAs::Test), ("faculty", ToldAs::Faculty), ("study", ToldAs::Study)];
}
