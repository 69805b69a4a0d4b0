//! What a sentence denies by pointing back to the guideline before it: "None of these was noted."

use super::Voice;
use super::polarity::{Documentation, Polarity};
use super::statement::Stated;
use crate::letter::Reading;
use crate::lexicon::{Cue, Lexicon};

/// So many recited sentences before it may be meant.
const BACK: usize = 2;

/// So many sentences on the case may stand between.
const BETWEEN: usize = 2;

/// The statements of the guideline that the sentences of a rationale deny, or find undocumented, without naming them again.
pub(super) fn referred(reading: &Reading, voices: &[Voice], stated: &[Stated], lexicon: &Lexicon) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let cues = [(Cue::NoneNoted, Documentation::Missing), (Cue::NoneOfThese, Documentation::Said)];
        let of_case = voices.get(number).is_some_and(|v| v.is_of_case());
        let Some((cue, documentation)) = cues.into_iter().find(|(c, _)| of_case && sentence.cues.has(*c)) else {
            continue;
        };
        let Some(hit) = reading.cues(lexicon, sentence.hits.clone(), cue).next() else { continue };
        let recital = |n: &usize| voices.get(*n) == Some(&Voice::Recital);
        // a sentence or two on the case may stand between
        let case = |n: &usize| voices.get(*n) == Some(&Voice::Application);
        let between = (0..number).rev().take_while(case).take(BETWEEN).count();
        let meant: Vec<usize> = (0..number - between).rev().take_while(recital).take(BACK).collect();
        let words = hit.first as usize..hit.end as usize;
        let listed = stated.iter().filter(|s| {
            let told = s.documentation == Documentation::Said;
            told && s.polarity != Polarity::Negated && meant.contains(&s.sentence)
        });
        for one in listed {
            // what the sentence says of it in its own words counts
            let own = |s: &Stated| s.told == one.told && s.sentence == number;
            if stated.iter().any(own) || found.iter().any(own) {
                continue;
            }
            found.push(Stated {
                told: one.told,
                polarity: Polarity::Negated,
                documentation,
                span: reading.span_of_words(words.clone()),
                words: words.clone(),
                sentence: number,
                voice: voices.get(number).copied(),
            });
        }
    }
    found
}
