//! What studies show, by name: a tear, a fracture, a stenosis that the rationale says is not there while the summary's study shows
//! it, or the reverse.

use super::contradiction::finding;
use super::opposed::{Claim, factual, of_both, opposed};
use super::receipt::{Place, clause};
use crate::check::naming::things;
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{Documentation, PartFacts, Polarity, meaning};
use crate::letter::{Decision, Reading, Sentence};
use crate::lexicon::{Cue, TreatmentKind, fold};

/// A finding of a study that the rationale tells one way and the summary only the other way.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (said, told) = of_both(context, decision, facts, |reading, facts| shown(context, reading, facts))?;
    let (one, other) = opposed(context, &said, &told, |a, b| a == b, |a, b| a == b)?;
    let found = finding(context, "observation", &one.topic, one.span, other.span);
    // what a study does not show another may
    Some(Finding { lowered: Some(Severity::Info), ..found })
}

/// What the studies of a part of the letter are said to show, each by its noun in the singular.
fn shown(context: &Context<'_>, reading: &Reading, facts: &PartFacts) -> Vec<Claim<String, bool>> {
    let mut found = Vec::new();
    if !reading.cues.has(Cue::StudyFinding) {
        return found;
    }
    for n in factual(context, reading, facts, &[]) {
        let sentence = &reading.sentences[n];
        if !sentence.cues.has(Cue::StudyFinding) || !is_of_study(context, reading, sentence) {
            continue;
        }
        for hit in reading.cues(context.lexicon, sentence.hits.clone(), Cue::StudyFinding) {
            let words = hit.first as usize..hit.end as usize;
            let meant = meaning(reading, context.lexicon, words.clone());
            if meant.polarity == Polarity::Doubtful || meant.documentation == Documentation::Missing {
                continue;
            }
            let denied = meant.polarity == Polarity::Negated;
            let cue = meant.cue.filter(|c| denied && c.end <= words.start).map_or(words.start, |c| c.start);
            found.push(Claim {
                topic: fold(reading.slice(words.clone())).trim_end_matches('s').to_string(),
                value: !denied,
                place: Place::of(context, reading, sentence, &clause(context, reading, sentence, words.clone())),
                span: reading.span_of_words(cue..words.end),
            });
        }
    }
    found
}

/// Whether a sentence speaks of a study.
fn is_of_study(context: &Context<'_>, reading: &Reading, sentence: &Sentence) -> bool {
    let study =
        |t: &u16| matches!(context.lexicon.treatments[*t as usize].kind, TreatmentKind::Imaging | TreatmentKind::Test);
    things(context, reading, sentence.words.clone()).iter().any(|t| t.treatments.iter().any(study))
}
