//! Defects of outcomes and conclusions.

use super::scene::{Scene, edit, insert, sentence};
use crate::check;
use crate::fact::Voice;
use crate::letter::Decision;
use crate::source::Span;
use std::collections::BTreeSet;

/// The heading says the contrary.
pub fn outcome_flipped(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        if decided.0.rationale.is_some() {
            let edits = scene.flip_outcome(decided.0).into_iter().collect();
            scene.plant(Some(decided.0), edits, scene.ruling_places(decided));
        }
    }
}

/// The rationale concludes the contrary all through.
pub fn conclusion_flipped(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        scene.plant(Some(decided.0), scene.flip_conclusion(decided), scene.ruling_places(decided));
    }
}

/// A second conclusion says the contrary of the first.
pub fn conclusion_added(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let (decision, facts) = decided;
        let (Some(rationale), Some(ruling)) = (&decision.rationale, facts.conclusion.ruling()) else { continue };
        let words = match ruling {
            crate::fact::Ruling::Deny => &scene.words.approve,
            crate::fact::Ruling::Approve => &scene.words.deny,
        };
        let end = rationale.reading.passage.span.end;
        let edits = vec![insert(end, format!(" {words}"))];
        scene.plant(Some(decision), edits, scene.ruling_places(decided));
    }
}

/// The rationale draws no conclusion.
pub fn conclusion_removed(scene: &mut Scene<'_>) {
    for (decision, facts) in scene.decisions() {
        let Some(rationale) = &decision.rationale else { continue };
        let reading = &rationale.reading;
        let voiced = facts.voices.iter().enumerate().filter(|(_, v)| **v == Voice::Conclusion).map(|(n, _)| n);
        let stances = facts.conclusion.stances.iter().map(|s| s.sentence);
        let concluding: BTreeSet<usize> = voiced.chain(stances).collect();
        if concluding.is_empty() || concluding.len() == reading.sentences.len() {
            continue;
        }
        let edits = concluding.iter().map(|n| edit(sentence(reading, *n), "")).collect();
        let pair = vec![reading.passage.span, decision.outcome.map_or(decision.span, |o| o.span)];
        scene.plant(Some(decision), edits, pair);
    }
}

/// The item on which others hang is approved, heading and conclusion, while they are still denied for its sake.
pub fn main_overturned(scene: &mut Scene<'_>) {
    let Some(main) = main_item(scene) else { return };
    for decision in dependents(scene) {
        let decisions = scene.decisions();
        let mut edits = Vec::new();
        let mut pair = vec![decision.span];
        // all that may be the ground is approved: else another of them may be meant
        for other in decisions.iter().filter(|d| is_ground(scene, d.0)) {
            let overturned = other.0.outcome.is_some_and(|o| o.overturned);
            if !overturned {
                edits.extend(scene.flip_outcome(other.0));
                edits.extend(scene.flip_conclusion(*other));
            }
            pair.extend(scene.ruling_places(*other));
        }
        let denied = decision.outcome.is_some_and(|o| !o.overturned);
        if denied && main.outcome.is_some_and(|o| !o.overturned) {
            scene.plant(Some(decision), edits, pair);
        }
    }
}

/// The item on which others hang is not in the letter.
pub fn main_removed(scene: &mut Scene<'_>) {
    let dependents = dependents(scene);
    if main_item(scene).is_none() {
        return;
    }
    for decision in dependents.iter().filter(|d| d.outcome.is_some_and(|o| !o.overturned)) {
        let grounds: Vec<Span> =
            scene.decisions().into_iter().filter(|d| is_ground(scene, d.0)).map(|d| d.0.span).collect();
        // the numbers of the decisions behind a removed one change: the letter as a whole is looked at
        let edits = grounds.into_iter().map(|span| edit(span, "")).collect();
        scene.plant(None, edits, vec![decision.span]);
    }
}

fn dependents<'a>(scene: &Scene<'a>) -> Vec<&'a Decision> {
    let all = scene.context.letter.decisions.iter();
    all.filter(|d| check::dependence(&scene.context, d).is_some()).collect()
}

fn is_ground(scene: &Scene<'_>, decision: &Decision) -> bool {
    !check::is_dependent(&scene.context, decision)
}

/// The first item that hangs on no other.
fn main_item<'a>(scene: &Scene<'a>) -> Option<&'a Decision> {
    scene.context.letter.decisions.iter().find(|d| is_ground(scene, d))
}
