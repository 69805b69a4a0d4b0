//! Defects of what is asked for: another drug or treatment in the heading, the conclusion or the rationale.

use super::part::{Part, both, places};
use super::scene::{Decided, Scene, edit, hits, sentence};
use crate::check::is_dependent;
use crate::letter::{ItemKind, Request};
use crate::lexicon::{Cue, Term};
use crate::source::Span;
use std::collections::BTreeSet;

fn swap_drug(scene: &mut Scene<'_>, part: Part) {
    for decided in scene.decisions() {
        let Some(request) = &decided.0.request else { continue };
        let lexicon = scene.lexicon();
        let drugs: BTreeSet<u16> = request.items.iter().filter(|i| !i.misspelled).filter_map(|i| i.drug).collect();
        let [drug] = drugs.into_iter().collect::<Vec<_>>()[..] else { continue };
        let spans = places(decided, part, |_, _, h| match lexicon.terms[h.term as usize] {
            Term::Generic(d) | Term::Brand { drug: d, .. } => d == drug,
            _ => false,
        });
        if spans.is_empty() {
            continue;
        }
        let Some(other) = scene.other_drug(request) else { continue };
        let edits = spans.into_iter().map(|s| edit(s, other.clone())).collect();
        let mut pair = both(decided);
        pair.extend(decided.0.rationale.as_ref().filter(|_| part != Part::Conclusion).map(|r| r.reading.passage.span));
        scene.plant(Some(decided.0), edits, pair);
    }
}

fn swap_treatment(scene: &mut Scene<'_>, part: Part) {
    for decided in scene.decisions() {
        let Some(request) = &decided.0.request else { continue };
        // reasons of a dependent item are about the operation, and name the item by no word of its own
        if request.items.iter().any(|i| i.kind == ItemKind::Drug) || is_dependent(&scene.context, decided.0) {
            continue;
        }
        let lexicon = scene.lexicon();
        let asked: BTreeSet<u16> = request.treatments.iter().map(|(t, _)| *t).collect();
        let spans = places(decided, part, |_, _, h| match lexicon.terms[h.term as usize] {
            Term::Treatment(t) => asked.iter().any(|a| lexicon.is_a(t, *a) || lexicon.is_a(*a, t)),
            _ => false,
        });
        // several treatments are several items, and a rationale that still names the treatment otherwise is about it
        if spans.is_empty() || asked.len() != 1 || part == Part::Rationale && still_named(scene, decided, &spans) {
            continue;
        }
        let Some(other) = scene.other_treatment(request) else { continue };
        let edits = spans.into_iter().map(|s| edit(s, other.clone())).collect();
        let mut pair = both(decided);
        pair.extend(decided.0.rationale.as_ref().filter(|_| part != Part::Conclusion).map(|r| r.reading.passage.span));
        scene.plant(Some(decided.0), edits, pair);
    }
}

/// Whether a rationale names something on the request's topic outside of some places.
fn still_named(scene: &Scene<'_>, decided: Decided<'_>, spans: &[Span]) -> bool {
    let (Some(request), lexicon) = (&decided.0.request, scene.lexicon()) else { return false };
    let on_topic = |t: u16| request.treatments.iter().any(|(a, _)| lexicon.on_topic(t, *a));
    let all = places(decided, Part::Rationale, |_, _, h| match lexicon.terms[h.term as usize] {
        Term::Treatment(t) => on_topic(t),
        Term::Generic(d) | Term::Brand { drug: d, .. } => {
            lexicon.drugs[d as usize].treatments.iter().any(|t| on_topic(*t))
        }
        _ => false,
    });
    all.iter().any(|s| !spans.iter().any(|o| o.overlaps(*s)))
}

/// The heading names another drug.
pub fn drug_heading(scene: &mut Scene<'_>) {
    swap_drug(scene, Part::Heading);
}

/// The conclusion names another drug.
pub fn drug_conclusion(scene: &mut Scene<'_>) {
    swap_drug(scene, Part::Conclusion);
}

/// The rationale applies its guideline to another drug.
pub fn drug_application(scene: &mut Scene<'_>) {
    swap_drug(scene, Part::Application);
}

/// The whole rationale is about another drug.
pub fn drug_rationale(scene: &mut Scene<'_>) {
    swap_drug(scene, Part::Rationale);
}

/// The heading names another treatment.
pub fn treatment_heading(scene: &mut Scene<'_>) {
    swap_treatment(scene, Part::Heading);
}

/// The conclusion names another treatment.
pub fn treatment_conclusion(scene: &mut Scene<'_>) {
    swap_treatment(scene, Part::Conclusion);
}

/// The whole rationale is about another treatment.
pub fn treatment_rationale(scene: &mut Scene<'_>) {
    swap_treatment(scene, Part::Rationale);
}

/// The heading misspells its drug.
pub fn drug_misspelled(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let Some(request) = &decided.0.request else { continue };
        let lexicon = scene.lexicon();
        let spans = places(decided, Part::Heading, |_, _, h| {
            matches!(lexicon.terms[h.term as usize], Term::Generic(_) | Term::Brand { .. })
        });
        let Some(span) =
            spans.into_iter().find(|s| s.len() >= 7 && scene.text(*s).bytes().all(|b| b.is_ascii_alphabetic()))
        else {
            continue;
        };
        let name = scene.text(span);
        // two neighbours change places; equal ones would change nothing
        let places: Vec<usize> =
            (2..name.len() - 2).filter(|n| name.as_bytes()[*n] != name.as_bytes()[n + 1]).collect();
        let Some(at) = scene.dice.pick(&places).copied() else { continue };
        let wrong = format!("{}{}{}{}", &name[..at], &name[at + 1..at + 2], &name[at..at + 1], &name[at + 2..]);
        scene.plant(Some(decided.0), vec![edit(span, wrong)], vec![request.reading.passage.span]);
    }
}

/// The rationale is that of another decision of the letter.
pub fn rationale_copied(scene: &mut Scene<'_>) {
    let decisions = scene.decisions();
    for decided in &decisions {
        let (Some(request), Some(rationale)) = (&decided.0.request, &decided.0.rationale) else { continue };
        let lexicon = scene.lexicon();
        let asked = |r: &Request| -> Vec<u16> { r.treatments.iter().map(|(t, _)| *t).collect() };
        let own = asked(request);
        let apart: Vec<_> = decisions
            .iter()
            .filter(|d| d.0.n != decided.0.n)
            .filter(|d| {
                d.0.request.as_ref().is_some_and(|r| {
                    let other = asked(r);
                    !other.is_empty()
                        && !own.is_empty()
                        && other.iter().all(|t| own.iter().all(|o| !lexicon.on_topic(*t, *o)))
                })
            })
            .filter_map(|d| Some(d.0.rationale.as_ref()?.reading.passage.span))
            .collect();
        let Some(span) = scene.dice.pick(&apart).copied() else { continue };
        let place = rationale.reading.passage.span;
        // the later of the two is called the copy, so the letter as a whole is looked at
        let pair = vec![request_span(request), decided.0.span, span];
        scene.plant(None, vec![edit(place, scene.text(span))], pair);
    }
}

fn request_span(request: &Request) -> Span {
    request.reading.passage.span
}

/// The summary does not speak of the item.
pub fn item_unmentioned(scene: &mut Scene<'_>) {
    let Some(summary) = &scene.context.letter.summary else { return };
    let lexicon = scene.lexicon();
    for decided in scene.decisions() {
        let Some(request) = &decided.0.request else { continue };
        let asked: BTreeSet<u16> = request.treatments.iter().map(|(t, _)| *t).collect();
        if asked.is_empty() {
            continue;
        }
        let on_topic = |t: u16| asked.iter().any(|a| lexicon.on_topic(t, *a));
        // "ancillary services" may mean it too
        let naming: BTreeSet<usize> = hits(summary)
            .filter(|(_, h)| match lexicon.terms[h.term as usize] {
                Term::Cue(Cue::Collective) => true,
                Term::Treatment(t) => on_topic(t),
                Term::Generic(d) | Term::Brand { drug: d, .. } => {
                    lexicon.drugs[d as usize].treatments.iter().any(|t| on_topic(*t))
                }
                _ => false,
            })
            .map(|(n, _)| n)
            .collect();
        if naming.is_empty() || naming.len() == summary.sentences.len() {
            continue;
        }
        let edits = naming.into_iter().map(|n| edit(sentence(summary, n), "")).collect();
        scene.plant(Some(decided.0), edits, vec![request_span(request)]);
    }
}
