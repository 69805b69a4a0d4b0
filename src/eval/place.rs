//! Defects of where: sides, parts of the body, spinal levels.

use super::Edit;
use super::part::{Part, both, concluded, places};
use super::scene::{Scene, edit, insert, sentence_of};
use crate::letter::{Level, Reading, Value};
use crate::lexicon::{Hit, Term};
use crate::source::Span;
use std::collections::BTreeSet;

fn swap_side(scene: &mut Scene<'_>, part: Part) {
    for decided in scene.decisions() {
        let (decision, facts) = decided;
        let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { continue };
        let (reading, lexicon) = (&rationale.reading, scene.lexicon());
        let sided = |reading: &Reading, spans: Vec<std::ops::Range<usize>>| -> Vec<Edit> {
            let places = spans.into_iter().map(|words| reading.span_of_words(words));
            places.filter_map(|s| Some(edit(s, scene.words.contrary(scene.text(s))?))).collect()
        };
        let heading = sided(&request.reading, request.sides.iter().map(|(_, w)| w.clone()).collect());
        let concluding: BTreeSet<usize> = facts.conclusion.deciding().map(|s| s.sentence).collect();
        let conclusion: Vec<_> = concluding
            .iter()
            .flat_map(|n| crate::letter::sides(reading, &reading.sentences[*n].bytes, lexicon))
            .map(|(_, w)| w)
            .collect();
        let conclusion = sided(reading, conclusion);
        if heading.is_empty() || conclusion.is_empty() {
            continue;
        }
        let edits = if part == Part::Heading { heading } else { conclusion };
        scene.plant(Some(decision), edits, both(decided));
    }
}

/// The conclusion has the other side.
pub fn side_conclusion(scene: &mut Scene<'_>) {
    swap_side(scene, Part::Conclusion);
}

/// The heading has the other side than the conclusion.
pub fn side_heading(scene: &mut Scene<'_>) {
    swap_side(scene, Part::Heading);
}

fn swap_body_part(scene: &mut Scene<'_>, part: Part) {
    for decided in scene.decisions() {
        let (Some(request), lexicon) = (&decided.0.request, scene.lexicon()) else { continue };
        let asked: BTreeSet<u16> = request.body_parts.iter().map(|(b, _)| *b).collect();
        let named = |h: &Hit| matches!(lexicon.terms[h.term as usize], Term::BodyPart(b) if asked.contains(&b));
        let spans = places(decided, part, |_, _, h| named(h));
        let told = places(decided, Part::Rationale, |_, _, h| named(h));
        if asked.len() != 1 || spans.is_empty() || told.is_empty() {
            continue;
        }
        let Some(other) = scene.other_body_part(request) else { continue };
        let edits = spans.into_iter().map(|s| edit(s, other.clone())).collect();
        let mut pair = both(decided);
        pair.extend(told);
        pair.extend(decided.0.reviewer.as_ref().map(|r| r.reading.passage.span));
        scene.plant(Some(decided.0), edits, pair);
    }
}

/// The heading names another part of the body than the rationale.
pub fn body_part_heading(scene: &mut Scene<'_>) {
    swap_body_part(scene, Part::Heading);
}

/// The conclusion names another part of the body.
pub fn body_part_conclusion(scene: &mut Scene<'_>) {
    swap_body_part(scene, Part::Conclusion);
}

/// The heading has other spinal levels than the rationale.
pub fn level_heading(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let (Some(request), Some(rationale)) = (&decided.0.request, &decided.0.rationale) else { continue };
        let told: Vec<(&[Level], Span)> = decided
            .1
            .amounts
            .iter()
            .filter_map(|a| match &a.value {
                Value::Levels(levels) => Some((&levels[..], rationale.reading.span(a.bytes.clone()))),
                _ => None,
            })
            .collect();
        let Some((span, levels)) = request.amounts.iter().find_map(|a| match &a.value {
            Value::Levels(levels) => Some((request.reading.span(a.bytes.clone()), levels)),
            _ => None,
        }) else {
            continue;
        };
        let same = told.iter().any(|(own, _)| own.iter().any(|l| levels.contains(l)));
        if !same {
            continue;
        }
        let other = levels.iter().map(|l| moved(l).to_string()).collect::<Vec<_>>().join(", ");
        let mut pair = both(decided);
        pair.extend(told.iter().map(|(_, s)| *s));
        scene.plant(Some(decided.0), vec![edit(span, other)], pair);
    }
}

/// A level two vertebrae higher.
fn moved(level: &Level) -> Level {
    let up = |(region, n): (char, u8)| match (region, n) {
        ('S' | 's', _) => ('L', 3),
        (r, n) if n > 2 => (r, n - 2),
        (r, n) => (r, n + 2),
    };
    Level { upper: up(level.upper), lower: level.lower.map(up) }
}

/// A level is added to the heading that the rationale does not have.
pub fn level_added(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let (Some(request), Some(rationale)) = (&decided.0.request, &decided.0.rationale) else { continue };
        let told: Vec<(Span, &Vec<Level>)> = concluded(decided)
            .into_iter()
            .filter_map(|(r, a)| match &a.value {
                Value::Levels(levels) => Some((r.span(a.bytes.clone()), levels)),
                _ => None,
            })
            .collect();
        let Some((amount, levels)) = request.amounts.iter().find_map(|a| match &a.value {
            Value::Levels(levels) => Some((a, levels)),
            _ => None,
        }) else {
            continue;
        };
        let Some((_, last)) =
            told.iter().find(|(_, own)| own.iter().all(|l| levels.contains(l)) && own.len() == levels.len())
        else {
            continue;
        };
        let Some(new) = last.first().map(moved) else { continue };
        // a level that the letter speaks of besides is no stranger
        let summary = &scene.context.facts.summary.amounts;
        let besides = decided.1.amounts.iter().chain(summary).any(|a| match &a.value {
            Value::Levels(levels) => levels.iter().any(|l| l.upper == new.upper || l.lower == Some(new.upper)),
            _ => false,
        });
        if besides {
            continue;
        }
        let end = request.reading.span(amount.bytes.clone()).end;
        let mut pair = both(decided);
        pair.extend(told.iter().map(|(s, _)| *s));
        pair.extend(sentence_of(&rationale.reading, &(0..1)));
        pair.push(request.reading.span(amount.bytes.clone()));
        scene.plant(Some(decided.0), vec![insert(end, format!(", {new}"))], pair);
    }
}
