//! Strengths that are not marketed for the drug.

use crate::check::{Context, Finding};
use crate::diagnostic::Confidence;
use crate::fact::PartFacts;
use crate::letter::{Amount, Decision, Item, ItemKind, Request, Value};
use crate::lexicon::{Cue, Drug};
use crate::source::Span;

/// A strength, or its unit, is not marketed for that drug in pieces taken by mouth.
pub fn unmarketed(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let Some(request) = &decision.request else { return Vec::new() };
    let reading = &request.reading;
    let says = |cue| reading.cues.has(cue);
    if says(Cue::TopicalForm) || says(Cue::OtherForm) {
        return Vec::new();
    }
    // two drugs in one heading may have each other's amounts
    let [item] = &request.items[..] else { return Vec::new() };
    let Some(number) = item.drug.filter(|_| item.kind == ItemKind::Drug) else { return Vec::new() };
    let drug = &context.lexicon.drugs[number as usize];
    let marketed = marketed(context, number);
    if !is_known(drug) || marketed.is_empty() {
        return Vec::new();
    }
    let found = match &item.strength {
        Some(strength) if strength.unit == "mg" => (!fits(&strength.text, &strength.parts, &marketed)
            && !is_daily(request, strength.span))
        .then(|| ("default", strength.text.clone(), strength.span)),
        Some(_) => None,
        None => in_grams(context, request, item, &marketed).map(|(text, span)| ("unit", text, span)),
    };
    found
        .into_iter()
        .map(|(case, text, span)| {
            Finding::new(case)
                .label("strength", span)
                .hole("drug", item.name.as_str())
                .hole("strength", text)
                .hole("marketed", own(drug, &marketed))
        })
        .collect()
}

/// Whether what is known of a drug is sure, and all its forms are pieces with a strength in mg.
fn is_known(drug: &Drug) -> bool {
    drug.confidence != Confidence::Low
}

/// Strengths of the drug and of those with the same ingredients: "Voltaren 100mg" may be the slow one.
fn marketed<'a>(context: &'a Context<'_>, drug: u16) -> Vec<&'a str> {
    let drugs = &context.lexicon.drugs;
    let kin = context.lexicon.kin(drug).into_iter().filter(|other| context.lexicon.same_ingredients(drug, *other));
    kin.flat_map(|n| drugs[n as usize].strengths.iter().map(String::as_str)).collect()
}

/// The strengths for the message: the drug's own.
fn own(drug: &Drug, marketed: &[&str]) -> String {
    if drug.strengths.is_empty() { marketed.join(", ") } else { drug.strengths.join(", ") }
}

/// Whether figures are a marketed strength, one part of it ("10" for "10/325"), or one whose marks were lost at a line
/// break ("7.5325").
fn fits(written: &str, parts: &[f64], marketed: &[&str]) -> bool {
    let figures: String = written.chars().filter(char::is_ascii_digit).collect();
    marketed.iter().any(|strength| {
        let own: Vec<f64> = strength.split('/').filter_map(|p| p.trim().parse().ok()).collect();
        let digits: String = strength.chars().filter(char::is_ascii_digit).collect();
        let part = parts.len() <= own.len() && parts.iter().all(|p| own.contains(p));
        part || own.len() > 1 && digits == figures
    })
}

/// "60 mg/day" is what is taken in a day, no strength.
fn is_daily(request: &Request, strength: Span) -> bool {
    let reading = &request.reading;
    let at = request.amounts.iter().position(|a| reading.span(a.bytes.clone()) == strength);
    let Some(n) = at else { return false };
    let after = &reading.text()[request.amounts[n].bytes.end..];
    let rate = after.trim_start().starts_with('/');
    let next = request.amounts.get(n + 1).is_some_and(|next| {
        let once = matches!(&next.value, Value::Frequency(f) if f.times == (1.0, 1.0));
        once && next.bytes.start <= request.amounts[n].bytes.end + 1
    });
    rate || next
}

/// A marketed number of mg that is written as grams.
fn in_grams(context: &Context<'_>, request: &Request, item: &Item, marketed: &[&str]) -> Option<(String, Span)> {
    let single: Vec<f64> = marketed.iter().filter_map(|s| s.parse().ok()).collect();
    let is_slip = |amount: &&Amount| match &amount.value {
        Value::Strength { parts, unit } => {
            matches!(unit.as_str(), "gm" | "g") && parts.len() == 1 && single.contains(&parts[0])
        }
        _ => false,
    };
    // a whole number of pieces beside it makes it a strength and no weight
    let pieces = request.amounts.iter().any(|a| matches!(a.value, Value::Count { unit: None, .. }));
    // so does the same number of mg in the summary
    let known = |slip: &Amount| {
        let same = |a: &Amount| match (&a.value, &slip.value) {
            (Value::Strength { parts: a, unit }, Value::Strength { parts: b, .. }) => unit == "mg" && a == b,
            _ => false,
        };
        pieces || context.facts.summary.amounts.iter().any(same)
    };
    let slips = request.amounts.iter().filter(|a| is_slip(a) && known(a));
    let amount = slips.into_iter().next().filter(|_| item.kind == ItemKind::Drug)?;
    let reading = &request.reading;
    Some((reading.text()[amount.bytes.clone()].to_string(), reading.span(amount.bytes.clone())))
}
