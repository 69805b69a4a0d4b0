//! Defects of the letter's shape.

use super::Edit;
use super::scene::{Scene, edit, insert};
use crate::letter::Decision;
use crate::source::Span;

fn remove(scene: &mut Scene<'_>, span: Option<Span>, pair: Vec<Span>) {
    scene.plant(None, span.map(|s| edit(s, "")).into_iter().collect(), pair);
}

/// The place behind a removed one, where its loss shows; a heading that is gone is told at what follows.
fn everywhere(scene: &Scene<'_>) -> Vec<Span> {
    vec![Span::new(0, scene.context.text.len())]
}

/// A heading of a section is gone.
pub fn section_removed(scene: &mut Scene<'_>) {
    let outline = &scene.context.letter.outline;
    for span in [outline.how, outline.summary_heading, outline.issues] {
        remove(scene, span, everywhere(scene));
    }
}

/// The summary is empty.
pub fn summary_emptied(scene: &mut Scene<'_>) {
    let outline = &scene.context.letter.outline;
    let (span, pair) = (outline.summary, everywhere(scene));
    remove(scene, span, pair);
}

fn within(scene: &mut Scene<'_>, place: impl Fn(&Decision) -> Option<Span>) {
    for (decision, _) in scene.decisions() {
        if let Some(span) = place(decision) {
            scene.plant(None, vec![edit(span, "")], vec![decision.span]);
        }
    }
}

/// A decision lacks its outcome.
pub fn outcome_removed(scene: &mut Scene<'_>) {
    within(scene, |d| d.outcome.map(|o| o.span));
}

/// A decision lacks the reviewer's guideline line.
pub fn line_removed(scene: &mut Scene<'_>) {
    within(scene, |d| d.reviewer.as_ref().map(|r| r.label.to(r.reading.passage.span)));
}

/// A decision lacks the administrator's guideline line.
pub fn administrator_removed(scene: &mut Scene<'_>) {
    within(scene, |d| d.administrator.as_ref().map(|r| r.label.to(r.reading.passage.span)));
}

/// A decision lacks its rationale.
pub fn rationale_removed(scene: &mut Scene<'_>) {
    within(scene, |d| d.rationale.as_ref().map(|r| r.label.to(r.reading.passage.span)));
}

/// The rationale is empty.
pub fn rationale_emptied(scene: &mut Scene<'_>) {
    within(scene, |d| d.rationale.as_ref().map(|r| r.reading.passage.span));
}

/// The label of a part is gone, its text is still there.
pub fn label_removed(scene: &mut Scene<'_>) {
    within(scene, |d| d.rationale.as_ref().map(|r| r.label));
}

fn copied(scene: &mut Scene<'_>, flip: bool) {
    for decided in scene.decisions() {
        let decision = decided.0;
        if decision.request.is_none() || decision.rationale.is_none() {
            continue;
        }
        let mut changes: Vec<Edit> = Vec::new();
        if flip {
            changes.extend(scene.flip_outcome(decision));
            changes.extend(scene.flip_conclusion(decided));
            changes.sort();
        }
        let span = decision.span;
        let mut copy = String::new();
        let mut at = span.start as usize;
        for change in changes {
            copy.push_str(&scene.context.text[at..change.span.start as usize]);
            copy.push_str(&change.text);
            at = change.span.end as usize;
        }
        copy.push_str(&scene.context.text[at..span.end as usize]);
        scene.plant(None, vec![insert(span.end, format!("\n\n{copy}\n"))], vec![span]);
    }
}

/// A decision stands twice in the letter.
pub fn decision_copied(scene: &mut Scene<'_>) {
    copied(scene, false);
}

/// An item is decided a second time, the other way.
pub fn decision_reversed(scene: &mut Scene<'_>) {
    copied(scene, true);
}
