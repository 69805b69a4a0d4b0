//! Strength, quantity, refills and visits of the heading against those of the conclusion.

use super::{Context, Finding};
use crate::fact::{Object, PartFacts};
use crate::letter::{Amount, Decision, Item, ItemKind, Reading, Request, Value, visits};
use crate::lexicon::Term;
use crate::measure::Unit;
use std::ops::Range;

/// What a conclusion says about the request differs from the heading.
pub fn mismatch(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    // several items in one heading: which amount belongs to which is not sure enough
    let [item] = &request.items[..] else { return Vec::new() };
    let reading = &rationale.reading;
    let mut found: Vec<Finding> = Vec::new();
    for stance in facts.conclusion.stances.iter().filter(|s| s.object != Object::Other) {
        let sentence = reading.sentences[stance.sentence].clone();
        let inside: Vec<&Amount> = facts.amounts.iter().filter(|a| sentence.bytes.contains(&a.bytes.start)).collect();
        let other = match item.kind {
            ItemKind::Drug if names(context, reading, &sentence.words, item) => drug(request, item, reading, &inside),
            ItemKind::Visits => therapy(request, item, reading, &inside),
            _ => None,
        };
        found.extend(other);
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// Whether a sentence names the item's drug.
fn names(context: &Context<'_>, reading: &Reading, words: &Range<usize>, item: &Item) -> bool {
    reading.hits.iter().filter(|h| words.contains(&(h.first as usize))).any(|hit| match context.term(hit) {
        Term::Generic(n) | Term::Brand { drug: n, .. } => item.drug == Some(n),
        Term::Treatment(n) => item.treatment == Some(n),
        _ => false,
    })
}

fn finding(
    case: &'static str,
    item: &Item,
    said: (&str, Option<crate::source::Span>),
    other: (&str, crate::source::Span),
) -> Finding {
    Finding::new(case)
        .label("other", other.1)
        .label_if("request", said.1)
        .hole("item", item.name.as_str())
        .hole("said", said.0)
        .hole("other", other.0)
}

/// Figures without marks: a hyphen lost at a line end makes "7.5-325" into "7.5325".
fn figures(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn drug(request: &Request, item: &Item, reading: &Reading, amounts: &[&Amount]) -> Option<Finding> {
    for amount in amounts {
        let written = &reading.text()[amount.bytes.clone()];
        let at = reading.span(amount.bytes.clone());
        match &amount.value {
            Value::Strength { parts, unit } => {
                let Some(strength) = item.strength.as_ref().filter(|s| s.unit == *unit) else { continue };
                // "10 mg" for "10/325 mg" is the usual shorthand
                let short = strength.parts.first() == parts.first();
                let all: Vec<&Amount> = request.amounts.iter().collect();
                let elsewhere = all.iter().any(|a| matches!(&a.value, Value::Strength { parts: p, .. } if p == parts));
                if !short && !elsewhere && figures(&strength.text) != figures(written) {
                    return Some(finding("strength", item, (&strength.text, Some(strength.span)), (written, at)));
                }
            }
            Value::Count { number, unit: None } => {
                let Some(quantity) = item.quantity.as_ref().filter(|q| q.unit.is_none()) else { continue };
                // of a partial authorization any of its three numbers may be named
                let known =
                    request.amounts.iter().any(|a| matches!(&a.value, Value::Count { number: n, .. } if n == number));
                if !known && quantity.number != *number {
                    return Some(finding("quantity", item, (&quantity.text, Some(quantity.span)), (written, at)));
                }
            }
            Value::Refills(n) => {
                let Some((refills, span)) = item.refills else { continue };
                let known = request.amounts.iter().any(|a| matches!(&a.value, Value::Refills(m) if m == n));
                if !known && refills != *n {
                    let said = format!("{refills} refills");
                    return Some(finding("refills", item, (&said, Some(span)), (written, at)));
                }
            }
            _ => {}
        }
    }
    None
}

fn therapy(request: &Request, item: &Item, reading: &Reading, amounts: &[&Amount]) -> Option<Finding> {
    let count = item.visits.as_ref()?;
    let said = visits(reading, amounts, true)?;
    // a bare number in a sentence may count anything; visits must be called so, or told as a course
    let called = amounts.iter().any(|a| {
        matches!(&a.value, Value::Tally { number, .. } if number.unit == Unit::Visits)
            || matches!(a.value, Value::Course { sure: true, .. })
    });
    let all: Vec<&Amount> = request.amounts.iter().collect();
    let known = all.iter().any(|a| visits(&request.reading, &[a], true).is_some_and(|v| v.number == said.number));
    let within = said.number.least >= count.number.least && said.number.most <= count.number.most;
    if !called || known || within {
        return None;
    }
    Some(finding("visits", item, (&count.text, Some(count.span)), (&said.text, said.span)))
}
