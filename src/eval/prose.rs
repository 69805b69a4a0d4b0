//! Defects of what a rationale says of guidelines.

use super::Edit;
use super::citation::meant;
use super::scene::{Decided, Scene, edit, hits, insert, renumbered, sentence};
use crate::check::is_dependent;
use crate::fact::{Told, Voice};
use crate::letter::{Amount, Citation, Value};
use crate::lexicon::{Cue, Limit, Term};
use crate::measure::Quantity;
use crate::source::Span;

/// The rationale claims that the MTUS is silent, beside a line that cites a section of it.
pub fn silence_claimed(scene: &mut Scene<'_>) {
    for (decision, _) in scene.decisions() {
        let (Some(request), Some(line), Some(rationale)) = (&decision.request, &decision.reviewer, &decision.rationale)
        else {
            continue;
        };
        let lexicon = scene.lexicon();
        let on_topic = |(g, s): &(u16, u16)| {
            let topics = &lexicon.guidelines[*g as usize].sections[*s as usize].topics;
            topics.iter().any(|t| request.treatments.iter().any(|(a, _)| lexicon.on_topic(*a, *t)))
        };
        let cites = |c: &Citation| c.mtus && c.sections.iter().any(|s| s.known.iter().any(on_topic));
        if !line.content.citations.iter().any(cites) {
            continue;
        }
        let Some(claim) = scene.dice.pick(&scene.words.silence) else { continue };
        let claim = scene.fill(claim, decision);
        let edits = vec![insert(rationale.reading.passage.span.start, format!("{claim} "))];
        scene.plant(Some(decision), edits, vec![line.reading.passage.span, decision.span]);
    }
}

/// The rationale names another guideline throughout than the one that the line lists.
pub fn guideline_replaced(scene: &mut Scene<'_>) {
    for (decision, _) in scene.decisions() {
        let (Some(line), Some(rationale)) = (&decision.reviewer, &decision.rationale) else { continue };
        let lexicon = scene.lexicon();
        let cited: Vec<u16> = line.content.citations.iter().flat_map(|c| c.guidelines.iter().copied()).collect();
        let reading = &rationale.reading;
        let named: Vec<(Span, Vec<u16>)> = hits(reading)
            .map(|(_, h)| (reading.span_of_hit(h), meant(scene, lexicon.terms[h.term as usize])))
            .filter(|(_, g)| !g.is_empty())
            .collect();
        // another name beside it would still be right, or wrong before
        if named.is_empty() || !named.iter().all(|(_, g)| g.iter().any(|g| cited.contains(g))) {
            continue;
        }
        let means = |name: &str| -> Vec<u16> {
            let hits = lexicon.matcher.scan(name, &mut crate::lexicon::words(name));
            hits.iter().flat_map(|h| meant(scene, lexicon.terms[h.term as usize])).collect()
        };
        let titles = |all: &[u16]| all.iter().any(|g| cited.contains(g));
        let others: Vec<String> =
            scene.words.guidelines.iter().filter(|n| !titles(&means(n)) && !means(n).is_empty()).cloned().collect();
        let Some(other) = scene.dice.pick(&others).cloned() else { continue };
        let mut edits: Vec<Edit> = Vec::new();
        for (span, _) in named {
            match edits.last_mut() {
                Some(last) if span.start < last.span.end => last.span = last.span.to(span),
                _ => edits.push(edit(span, other.clone())),
            }
        }
        scene.plant(Some(decision), edits, vec![line.reading.passage.span]);
    }
}

fn quantity(amount: &Amount) -> Option<Quantity> {
    match &amount.value {
        Value::Duration(q) | Value::Tally { number: q, .. } => Some(*q),
        Value::Strength { parts, unit } if unit == "%" => {
            parts.first().map(|n| Quantity::new(*n, crate::measure::Unit::Percent))
        }
        _ => None,
    }
}

/// A number that the rationale recites of a guideline is three times what the guideline says.
pub fn number_misquoted(scene: &mut Scene<'_>) {
    for (decision, facts) in scene.decisions() {
        let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { continue };
        let (reading, lexicon) = (&rationale.reading, scene.lexicon());
        let asked: Vec<u16> = request.treatments.iter().map(|(t, _)| *t).collect();
        let limits = |l: &&Limit| l.treatments.iter().any(|t| asked.iter().any(|a| lexicon.is_a(*a, *t)));
        let limits: Vec<&Limit> = lexicon.limits.iter().filter(limits).collect();
        for amount in &facts.amounts {
            let (Some(number), Some(n)) = (quantity(amount), reading.sentence_at(amount.bytes.start)) else { continue };
            let told = reading.sentences[n].hits.clone();
            let has = |list: u16| {
                reading.hits[told.clone()].iter().any(|h| lexicon.terms[h.term as usize] == Term::List(list))
            };
            let fits = |l: &&&Limit| l.about.is_none_or(has) && l.beside.is_none_or(has) && l.values.contains(&number);
            let recited = facts.voices.get(n) == Some(&Voice::Recital);
            let Some(limit) = limits.iter().find(fits).filter(|_| recited) else { continue };
            let most = limit.values.iter().filter(|v| v.unit == number.unit).map(|v| v.most).fold(0.0, f64::max);
            let wrong = Quantity::new(most * 3.0, number.unit);
            let place = reading.span(amount.bytes.clone());
            let edits = vec![edit(place, renumbered(scene.text(place), wrong.most))];
            scene.plant(Some(decision), edits, vec![sentence(reading, n)]);
            break;
        }
    }
}

/// A reference to a subsection has another letter than ever held.
pub fn regulation_letter(scene: &mut Scene<'_>) {
    for (decision, _) in scene.decisions() {
        let Some(rationale) = &decision.rationale else { continue };
        let (reading, lexicon) = (&rationale.reading, scene.lexicon());
        for subsection in &lexicon.subsections {
            for (at, _) in reading.text().match_indices(&subsection.section) {
                let end = at + subsection.section.len();
                let behind = &reading.text().as_bytes()[end..];
                let [b'(', letter, b')', ..] = behind else { continue };
                if subsection.held.iter().any(|(_, l)| *l == *letter as char) {
                    let edits = vec![edit(reading.span(end + 1..end + 2), "k")];
                    scene.plant(Some(decision), edits, vec![reading.span(at..end + 3)]);
                }
            }
        }
    }
}

/// The rationale applies nothing to the case: only its recital and its conclusion are left.
pub fn application_removed(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let (decision, facts) = decided;
        let Some(rationale) = &decision.rationale else { continue };
        let concluding = |n: &usize| facts.conclusion.stances.iter().any(|s| s.sentence == *n);
        let own = facts.voices.iter().enumerate().filter(|(_, v)| **v == Voice::Application).map(|(n, _)| n);
        let own: Vec<usize> = own.filter(|n| !concluding(n)).collect();
        let left = || (0..facts.voices.len()).filter(|n| !own.contains(n));
        let denied = decision.outcome.is_some_and(|o| !o.overturned) && !is_dependent(&scene.context, decision);
        // a recital that refuses the treatment, or a conclusion that names what is missing, is a ground by itself
        let grounded = left().any(|n| gives_ground(decided, n));
        if left().next().is_some() && denied && !grounded {
            let edits = own.into_iter().map(|n| edit(sentence(&rationale.reading, n), "")).collect();
            scene.plant(Some(decision), edits, vec![decision.span]);
        }
    }
}

/// Whether a sentence that is no application of the guideline still says why: it refuses the treatment as such, states
/// something of the patient, or is more than a verdict.
fn gives_ground((decision, facts): Decided<'_>, n: usize) -> bool {
    let Some(rationale) = &decision.rationale else { return false };
    let reading = &rationale.reading;
    let Some(sentence) = reading.sentences.get(n) else { return false };
    let says = |cue| sentence.cues.has(cue);
    let stated = facts.stated.iter().any(|s| s.sentence == n && matches!(s.told, Told::Statement(_)));
    match facts.voices.get(n) {
        Some(Voice::Recital) => {
            let person = [Cue::Person, Cue::Claimant, Cue::Record].into_iter().any(says);
            let refuses = says(Cue::Negation) && (says(Cue::Recommends) || says(Cue::GuidelineSays));
            refuses || says(Cue::LeansNotNecessary) || says(Cue::Refused) || person
        }
        Some(Voice::Conclusion) => stated || [Cue::Undocumented, Cue::Unshown, Cue::Applies].into_iter().any(says),
        _ => false,
    }
}
