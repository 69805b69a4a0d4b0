//! Requests that leave open how much is asked for.

use crate::check::{Context, Finding};
use crate::fact::PartFacts;
use crate::letter::{Amount, Decision, Item, ItemKind, Request, Value};
use crate::lexicon::{Cue, Small};
use crate::measure::Unit;

/// A drug without strength or quantity, or visits without a number.
pub fn incomplete(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let Some(request) = &decision.request else { return Vec::new() };
    // of a partial authorization the whole request may say what its remaining part leaves out
    if request.partial.is_some() {
        return Vec::new();
    }
    let several = request.items.len() > 1;
    let missing = |item: &Item| match item.kind {
        ItemKind::Drug => drug(context, request, item, several),
        ItemKind::Visits => visits(request, item),
        _ => None,
    };
    request
        .items
        .iter()
        .filter_map(|item| {
            let (case, what) = missing(item)?;
            Some(Finding::new(case).label("item", item.span).hole("item", item.name.as_str()).hole("missing", what))
        })
        .take(1)
        .collect()
}

/// What a drug lacks. A drug with one marketed strength, or for the skin, needs none.
fn drug(context: &Context<'_>, request: &Request, item: &Item, several: bool) -> Option<(&'static str, &'static str)> {
    let reading = &request.reading;
    let says = |cue| reading.cues.has(cue);
    let strengths = item.drug.map_or(0, |d| context.lexicon.drugs[d as usize].strengths.len());
    let other = says(Cue::TopicalForm) || says(Cue::OtherForm);
    let needs_strength = strengths > 1 && !other;
    // which amount belongs to which of several drugs is not sure
    let any = |what: fn(&Amount) -> bool| request.amounts.iter().any(what);
    // "series of 3" injections
    let series = || context.lexicon.holds_small(&reading.text().to_lowercase(), Small::Series);
    let counted = item.quantity.is_some()
        || any(is_number) && series()
        || several && any(is_quantity)
        || any(is_volume)
        || any(is_supply);
    let dosed = item.strength.is_some() || several && any(|a| matches!(a.value, Value::Strength { .. }));
    match (needs_strength && !dosed, !counted) {
        (true, true) => Some(("drug", "strength and quantity")),
        (true, false) => Some(("drug", "strength")),
        (false, true) => Some(("drug", "quantity")),
        (false, false) => None,
    }
}

fn is_quantity(amount: &Amount) -> bool {
    matches!(amount.value, Value::Count { .. } | Value::Tally { .. } | Value::Times(_))
}

fn is_number(amount: &Amount) -> bool {
    matches!(amount.value, Value::Number(_))
}

/// Grams, milliliters and ounces tell how much there is.
fn is_volume(amount: &Amount) -> bool {
    matches!(&amount.value, Value::Strength { parts, unit } if parts.len() == 1 && !unit.contains("mg") && !unit.contains('%')
        && unit != "mcg")
}

/// A time of use, or refills, say how much as well as a number does.
fn is_supply(amount: &Amount) -> bool {
    matches!(amount.value, Value::Duration(_) | Value::Course { .. })
}

/// Therapy without a number of visits; what was done on a day was done once.
fn visits(request: &Request, item: &Item) -> Option<(&'static str, &'static str)> {
    let reading = &request.reading;
    let device = reading.cues.has(Cue::DeviceWord);
    let told = request.amounts.iter().any(|a| match &a.value {
        Value::Tally { .. } | Value::Count { .. } | Value::Times(_) | Value::Course { .. } | Value::Number(_) => true,
        Value::Frequency(_) | Value::Date(_) | Value::Refills(_) => true,
        Value::Duration(time) => time.unit != Unit::Years,
        _ => false,
    });
    (item.visits.is_none() && !told && !device).then_some(("visits", "number of visits"))
}
