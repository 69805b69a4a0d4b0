//! Whether a letter so much as hints at what a criterion asks for: an approval that is silent on it must be silent altogether.

use super::judge::Judge;
use crate::fact::{Documentation, Polarity, Stated, Told, Voice};
use crate::lexicon::Cue;
use crate::rulebook::{Place, Test};

/// Words by which a recited sentence is a guideline's; without any of them it may be about the patient after all.
pub(super) const RECITED: [Cue; 6] =
    [Cue::GuidelineSays, Cue::Recommends, Cue::GuidelineStyle, Cue::People, Cue::General, Cue::GuidelineWord];

impl Judge<'_> {
    /// Whether what a test asks for is put as possible ("a tear is suspected"), or stands in a sentence that only its neighbours
    /// make a recital.
    pub fn hints(&self, test: &Test) -> bool {
        match test {
            Test::All(tests) | Test::Any(tests) => tests.iter().any(|t| self.hints(t)),
            Test::Evidence { met, .. } => met.iter().any(|t| self.hints(t)),
            Test::Not(test) => self.hints(test),
            Test::Statement { statement, places, .. } => self.hints_at(Told::Statement(*statement), places),
            Test::Mention { list, places, .. } => self.hints_at(Told::List(*list), places),
            _ => false,
        }
    }

    /// Whether the rationale recites what a test asks for.
    pub fn recites(&self, test: &Test) -> bool {
        let in_recital =
            |told: Told| self.facts.stated.iter().any(|s| s.told == told && s.voice == Some(Voice::Recital));
        match test {
            Test::All(tests) | Test::Any(tests) => tests.iter().any(|t| self.recites(t)),
            Test::Evidence { met, .. } => met.iter().any(|t| self.recites(t)),
            Test::Statement { statement, .. } => in_recital(Told::Statement(*statement)),
            Test::Mention { list, .. } => in_recital(Told::List(*list)),
            _ => false,
        }
    }

    fn hints_at(&self, told: Told, places: &[Place]) -> bool {
        let positive =
            |s: &Stated| s.told == told && s.polarity != Polarity::Negated && s.documentation == Documentation::Said;
        places.iter().any(|place| match place {
            Place::Summary => {
                let summary = &self.context.facts.summary;
                summary.stated.iter().any(|s| positive(s) && !summary.reviewed.contains(&s.sentence))
            }
            Place::Rationale => self.facts.stated.iter().any(|s| positive(s) && !self.is_recited(s)),
            _ => false,
        })
    }

    fn is_recited(&self, stated: &Stated) -> bool {
        let sentence = self.decision.rationale.as_ref().and_then(|r| r.reading.sentences.get(stated.sentence));
        stated.voice == Some(Voice::Recital) && sentence.is_some_and(|s| RECITED.into_iter().any(|cue| s.cues.has(cue)))
    }
}
