//! Defects of how much is asked for: strength, quantity, visits, and sums.

use super::part::{both, concluded};
use super::scene::{Scene, edit};
use crate::letter::{Amount, Item, ItemKind, Reading, Value, visits};
use crate::measure::Unit;
use crate::source::Span;

/// Each item with its one counted amount, changed where `change` says how, in the conclusion or the heading.
fn restated(
    scene: &mut Scene<'_>,
    heading: bool,
    change: impl Fn(&Item, &Value, &Reading, &Amount) -> Option<(Span, String)>,
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

/// The heading lacks how much is asked for: strength and quantity of its one drug, or the number of its visits.
pub fn amounts_removed(scene: &mut Scene<'_>) {
    for decided in scene.decisions() {
        let Some(request) = &decided.0.request else { continue };
        let ([item], None) = (&request.items[..], &request.partial) else { continue };
        let named = |span: Span| {
            request.treatments.iter().any(|(_, words)| request.reading.span_of_words(words.clone()).overlaps(span))
        };
        let spans: Vec<Span> = match item.kind {
            ItemKind::Drug => {
                item.strength.iter().map(|s| s.span).chain(item.quantity.iter().map(|q| q.span)).collect()
            }
            ItemKind::Visits => request.amounts.iter().map(|a| request.reading.span(a.bytes.clone())).collect(),
            _ => continue,
        };
        // "eight therapy sessions": without the amount nothing is asked for
        if spans.iter().any(|s| named(*s)) {
            continue;
        }
        let edits = spans.into_iter().map(|s| edit(s, "")).collect();
        scene.plant(Some(decided.0), edits, vec![request.reading.passage.span]);
    }
}
