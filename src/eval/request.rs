//! Defects of the request: what is asked for, how much, where, against the rationale and the conclusion.

use super::Edit;
use super::scene::{Decided, Scene, edit, hits, insert, sentence, sentence_of};
use crate::fact::Voice;
use crate::letter::{Item, ItemKind, Level, Reading, Request, Value, visits};
use crate::lexicon::Term;
use crate::measure::Unit;
use crate::source::Span;
use std::collections::BTreeSet;

/// Which part of a decision is changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Heading,
    Conclusion,
    Application,
    Rationale,
}

/// The places where a part names one of some terms; those inside one another give the outer.
fn places(
    decided: Decided<'_>,
    part: Part,
    named: impl Fn(usize, &Reading, &crate::lexicon::Hit) -> bool,
) -> Vec<Span> {
    let (decision, facts) = decided;
    let Some(request) = &decision.request else { return Vec::new() };
    let rationale = decision.rationale.as_ref().map(|r| &r.reading);
    let concluding: BTreeSet<usize> = facts.conclusion.deciding().map(|s| s.sentence).collect();
    let reading = match part {
        Part::Heading => &request.reading,
        _ => match rationale {
            Some(reading) => reading,
            None => return Vec::new(),
        },
    };
    let wanted = |n: usize| match part {
        Part::Heading | Part::Rationale => true,
        Part::Conclusion => concluding.contains(&n),
        Part::Application => facts.voices.get(n) == Some(&Voice::Application),
    };
    let mut spans: Vec<Span> = hits(reading)
        .filter(|(n, h)| wanted(*n) && named(*n, reading, h))
        .map(|(_, h)| reading.span_of_hit(h))
        .collect();
    spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    spans.dedup_by(|b, a| b.start < a.end);
    spans
}

fn both(decided: Decided<'_>) -> Vec<Span> {
    let (decision, facts) = decided;
    let reading = decision.rationale.as_ref().map(|r| &r.reading);
    let concluding = facts.conclusion.deciding().filter_map(|s| Some(sentence(reading?, s.sentence)));
    let heading = decision.request.as_ref().map(|r| r.reading.passage.span);
    concluding.chain(heading).chain(decision.outcome.map(|o| o.span)).collect()
}

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
        let Some(other) = scene.other_drug() else { continue };
        let edits = spans.into_iter().map(|s| edit(s, other.clone())).collect();
        let mut pair = both(decided);
        pair.extend(decided.0.rationale.as_ref().filter(|_| part != Part::Conclusion).map(|r| r.reading.passage.span));
        scene.plant(Some(decided.0), edits, pair);
    }
}

fn swap_treatment(scene: &mut Scene<'_>, part: Part) {
    for decided in scene.decisions() {
        let Some(request) = &decided.0.request else { continue };
        if request.items.iter().any(|i| i.kind == ItemKind::Drug) {
            continue;
        }
        let lexicon = scene.lexicon();
        let asked: BTreeSet<u16> = request.treatments.iter().map(|(t, _)| *t).collect();
        let spans = places(decided, part, |_, _, h| match lexicon.terms[h.term as usize] {
            Term::Treatment(t) => asked.iter().any(|a| lexicon.is_a(t, *a) || lexicon.is_a(*a, t)),
            _ => false,
        });
        // several treatments are several items
        if spans.is_empty() || asked.len() != 1 {
            continue;
        }
        let Some(other) = scene.other_treatment(request) else { continue };
        let edits = spans.into_iter().map(|s| edit(s, other.clone())).collect();
        let mut pair = both(decided);
        pair.extend(decided.0.rationale.as_ref().filter(|_| part != Part::Conclusion).map(|r| r.reading.passage.span));
        scene.plant(Some(decided.0), edits, pair);
    }
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

/// The amounts of the concluding sentences that a change may touch.
fn concluded<'a>(decided: Decided<'a>) -> Vec<(&'a Reading, &'a crate::letter::Amount)> {
    let (decision, facts) = decided;
    let Some(rationale) = &decision.rationale else { return Vec::new() };
    let sentences: BTreeSet<usize> = facts.conclusion.deciding().map(|s| s.sentence).collect();
    let reading = &rationale.reading;
    let inside =
        |a: &&crate::letter::Amount| reading.sentence_at(a.bytes.start).is_some_and(|n| sentences.contains(&n));
    facts.amounts.iter().filter(inside).map(|a| (reading, a)).collect()
}

/// Each item with its one counted amount, changed where `change` says how, in the conclusion or the heading.
fn restated(
    scene: &mut Scene<'_>,
    heading: bool,
    change: impl Fn(&Item, &Value, &Reading, &crate::letter::Amount) -> Option<(Span, String)>,
) {
    for decided in scene.decisions() {
        let Some(request) = &decided.0.request else { continue };
        let found = request.items.iter().find_map(|item| {
            concluded(decided)
                .into_iter()
                .find_map(|(r, a)| change(item, &a.value, r, a).map(|c| (r.span(a.bytes.clone()), c)))
        });
        let Some((said, (place, text))) = found else { continue };
        let span = if heading { place } else { said };
        scene.plant(Some(decided.0), vec![edit(span, text)], both(decided));
    }
}

/// A conclusion that restates the strength, with another strength.
fn strength(scene: &mut Scene<'_>, heading: bool) {
    restated(scene, heading, |item, value, _, _| {
        let (own, Value::Strength { parts, unit }) = (item.strength.as_ref()?, value) else { return None };
        (own.parts == *parts && parts.len() == 1 && own.unit == *unit)
            .then(|| (own.span, format!("{} {unit}", parts[0] * 2.0)))
    });
}

/// The conclusion has another strength than the heading.
pub fn strength_conclusion(scene: &mut Scene<'_>) {
    strength(scene, false);
}

/// The heading has another strength than the conclusion.
pub fn strength_heading(scene: &mut Scene<'_>) {
    strength(scene, true);
}

fn quantity(scene: &mut Scene<'_>, heading: bool) {
    restated(scene, heading, |item, value, _, _| {
        let own = item.quantity.as_ref()?;
        let number = match value {
            Value::Count { number, unit } if *unit == own.unit => number,
            Value::Tally { number, .. } if own.unit.is_none() && number.unit != Unit::Visits => number,
            _ => return None,
        };
        (number.least == own.number.least && number.least == number.most).then(|| {
            let unit = own.unit.as_ref().map_or(String::new(), |u| format!(" {u}"));
            (own.span, format!("#{}{unit}", number.least * 3.0))
        })
    });
}

/// The conclusion has another quantity than the heading.
pub fn quantity_conclusion(scene: &mut Scene<'_>) {
    quantity(scene, false);
}

/// The heading has another quantity than the conclusion.
pub fn quantity_heading(scene: &mut Scene<'_>) {
    quantity(scene, true);
}

fn count_visits(scene: &mut Scene<'_>, heading: bool) {
    restated(scene, heading, |item, _, reading, amount| {
        let own = item.visits.as_ref()?;
        let counted = visits(reading, &[amount], true)?;
        (counted.number.least == own.number.least && counted.number.most == own.number.most)
            .then(|| (own.span, format!("{} sessions", own.number.most + 5.0)))
    });
}

/// The conclusion has another number of visits than the heading.
pub fn visits_conclusion(scene: &mut Scene<'_>) {
    count_visits(scene, false);
}

/// The heading has another number of visits than the conclusion.
pub fn visits_heading(scene: &mut Scene<'_>) {
    count_visits(scene, true);
}

/// The heading has a strength in which the drug is not sold.
pub fn strength_unmarketed(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let Some(request) = &decided.0.request else { continue };
        for item in &request.items {
            let (Some(drug), Some(own)) = (item.drug, &item.strength) else { continue };
            let drug = &scene.lexicon().drugs[drug as usize];
            let (&[number], "mg") = (&own.parts[..], own.unit.as_str()) else { continue };
            let sold: Vec<f64> = drug.strengths.iter().filter_map(|s| s.parse().ok()).collect();
            // only where the strength as it stands is a known one: another form may be sold in others
            if !sold.contains(&number) || sold.len() != drug.strengths.len() {
                continue;
            }
            let most = sold.iter().copied().fold(0.0, f64::max);
            let wrong =
                if scene.dice.roll().is_multiple_of(2) { format!("{} mg", most * 4.0) } else { format!("{number} gm") };
            scene.plant(Some(decided.0), vec![edit(own.span, wrong)], both(decided));
            break;
        }
    }
}

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
        let named =
            |h: &crate::lexicon::Hit| matches!(lexicon.terms[h.term as usize], Term::BodyPart(b) if asked.contains(&b));
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

/// The parts of a partial authorization do not add up, or a course is another number of visits than is written beside it.
pub fn arithmetic(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let Some(request) = &decided.0.request else { continue };
        let heading = request.reading.passage.span;
        for item in &request.items {
            let own = item.visits.as_ref().or(item.quantity.as_ref());
            let parts = [item.original.as_ref(), item.authorized.as_ref(), own];
            let [Some(original), Some(authorized), Some(left)] = parts else { continue };
            if original.number.least == authorized.number.least + left.number.least {
                let wrong = format!("{}", original.number.least + 4.0);
                let span = scene.text(original.span).find(|c: char| c.is_ascii_digit()).map(|at| {
                    let from = original.span.start as usize + at;
                    let digits = scene.context.text[from..].bytes().take_while(u8::is_ascii_digit).count();
                    Span::new(from, from + digits)
                });
                if let Some(span) = span {
                    scene.plant(Some(decided.0), vec![edit(span, wrong)], vec![heading]);
                }
                break;
            }
        }
        let tally = request.amounts.iter().find_map(|a| match &a.value {
            Value::Tally { number, .. } if number.unit == Unit::Visits && number.least == number.most => {
                Some((a, *number))
            }
            _ => None,
        });
        let course = request.amounts.iter().find_map(|a| match &a.value {
            Value::Course { .. } => visits(&request.reading, &[a], true),
            _ => None,
        });
        if let (Some((amount, number)), Some(course)) = (tally, course)
            && course.number.least == number.least
        {
            let text = format!("{} visits", number.least + 3.0);
            scene.plant(Some(decided.0), vec![edit(request.reading.span(amount.bytes.clone()), text)], vec![heading]);
        }
    }
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

/// The heading lacks how much is asked for: strength and quantity of its one drug, or the number of its visits.
pub fn amounts_removed(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let Some(request) = &decided.0.request else { continue };
        let ([item], None) = (&request.items[..], &request.partial) else { continue };
        let spans: Vec<Span> = match item.kind {
            ItemKind::Drug => {
                item.strength.iter().map(|s| s.span).chain(item.quantity.iter().map(|q| q.span)).collect()
            }
            ItemKind::Visits => request.amounts.iter().map(|a| request.reading.span(a.bytes.clone())).collect(),
            _ => continue,
        };
        let edits = spans.into_iter().map(|s| edit(s, "")).collect();
        scene.plant(Some(decided.0), edits, vec![request.reading.passage.span]);
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
        scene.plant(Some(decided.0), vec![edit(place, scene.text(span))], vec![request_span(request), decided.0.span]);
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
        let naming: BTreeSet<usize> = hits(summary)
            .filter(|(_, h)| match lexicon.terms[h.term as usize] {
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
        let end = request.reading.span(amount.bytes.clone()).end;
        let mut pair = both(decided);
        pair.extend(told.iter().map(|(s, _)| *s));
        pair.extend(sentence_of(&rationale.reading, &(0..1)));
        pair.push(request.reading.span(amount.bytes.clone()));
        scene.plant(Some(decided.0), vec![insert(end, format!(", {new}"))], pair);
    }
}
