//! Who speaks in a sentence of a rationale: the guideline that is recited, the reviewer about this case, the ruling.

use crate::letter::Reading;
use crate::lexicon::{Cue, Lexicon};
use serde::Serialize;

/// The voice of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// What a guideline or the literature says; never evidence about the patient.
    Recital,
    /// This case.
    Application,
    /// Whether the request is necessary.
    Conclusion,
    /// Advice after or beside the decision.
    Advice,
    /// Template text, references.
    Other,
}

/// The voice of each sentence of a rationale.
pub fn voices(reading: &Reading, lexicon: &Lexicon) -> Vec<Voice> {
    let says = |s: &crate::letter::Sentence, cue| reading.cues(lexicon, s.hits.clone(), cue).next().is_some();
    reading
        .sentences
        .iter()
        .map(|s| {
            if says(s, Cue::Necessary) || says(s, Cue::NotNecessary) {
                Voice::Conclusion
            } else if says(s, Cue::GuidelineSays) {
                Voice::Recital
            } else {
                Voice::Application
            }
        })
        .collect()
}
