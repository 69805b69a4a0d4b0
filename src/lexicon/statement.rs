//! Clinical statements, and what each speaks of.

use serde::{Deserialize, Serialize};

/// A clinical statement that a letter may make, affirm or deny ("functional improvement").
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Kebab-case id.
    pub id: String,
    /// What it is called in messages.
    pub title: String,
    /// What it speaks of.
    pub speaks_of: Subject,
    /// Statements, by number, that show it though they do not say it: a return to work shows functional improvement.
    pub shown_by: Vec<u16>,
    /// Phrase lists, by number, of the signs that show it, in the words of findings ("foot drop" for a neurological deficit).
    pub signs: Vec<u16>,
}

/// What a statement speaks of: tells when a summary and a rationale speak of the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// One of many findings: only the same word for it is the same.
    #[default]
    Finding,
    /// The patient or the course of the case as a whole, in any words.
    Patient,
    /// What came of a treatment: the same treatment must be named.
    Treatment,
}

impl Subject {
    /// All with their words in YAML.
    pub const ALL: &'static [(&'static str, Subject)] =
        &[("finding", Subject::Finding), ("patient", Subject::Patient), ("treatment", Subject::Treatment)];
}
