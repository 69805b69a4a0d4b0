//! Numbers of the rationale held against every number of the same kind in the summary, none of which agrees.

use super::contradiction::finding;
use super::figures::{days, is_sum};
use super::quantity::{Kind, Quantity, quantities};
use crate::check::memo::requested;
use crate::check::naming::{Thing, related};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::PartFacts;
use crate::letter::{Decision, Request, Value};
use crate::lexicon::{Tolerance, as_number};
use crate::measure::Unit;

/// Lengths of time nearer than this factor are told roughly, or on different days.
const ROUGHLY: f64 = 1.5;
/// Days nearer than this are those of one prescription and the next.
const DAYS: f64 = 120.0;

/// A number of the rationale that the summary gives otherwise, of the same thing, and nowhere so.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let said = quantities(context, rationale, facts);
    if said.is_empty() {
        return None;
    }
    let told = context.memo.quantities.get_or_init(|| quantities(context, summary, &context.facts.summary));
    said.iter().find_map(|one| {
        let kin: Vec<&Quantity> = told.iter().filter(|o| o.kind == one.kind).collect();
        if kin.iter().any(|o| agrees(context, one, o)) || is_known(context, decision, one, &kin) {
            return None;
        }
        // several numbers of a kind are a history
        if said.iter().any(|o| o.kind == one.kind && (o.least, o.most) != (one.least, one.most)) {
            return None;
        }
        let same: Vec<&&Quantity> = kin.iter().filter(|o| is_same(context, decision, one, o)).collect();
        let other = same.first()?;
        let mixed = same.iter().any(|o| !agrees(context, o, other));
        let found = finding(context, "number", name(one.kind), one.span, other.span);
        let unsure = mixed || one.timed || other.timed || !is_named(context, decision, one, other);
        Some(Finding { lowered: unsure.then_some(Severity::Info), ..found })
    })
}

/// Whether two numbers of one kind may both be so.
fn agrees(context: &Context<'_>, said: &Quantity, told: &Quantity) -> bool {
    let near = match said.kind {
        Kind::Relief => context.lexicon.tolerances.of(Tolerance::Relief),
        Kind::Degrees => context.lexicon.tolerances.of(Tolerance::Degrees),
        Kind::Begun => DAYS,
        _ => 0.0,
    };
    let rough = if is_time(said.kind) { ROUGHLY } else { 1.0 };
    let least = if said.below { 0.0 } else { said.least };
    let most = if said.above { f64::INFINITY } else { said.most };
    let (low, high) = (if told.below { 0.0 } else { told.least }, if told.above { f64::INFINITY } else { told.most });
    least <= high * rough + near && low <= most * rough + near
}

/// Whether a number is that of the request, or the sum of some of those that the summary tells.
fn is_known(context: &Context<'_>, decision: &Decision, said: &Quantity, kin: &[&Quantity]) -> bool {
    // a length that the summary tells of whatever it is
    let length = |v: &Value| match v {
        Value::Duration(time) => days(*time).is_some_and(|(least, most)| least <= said.most && said.least <= most),
        _ => false,
    };
    if is_time(said.kind) && context.facts.summary.amounts.iter().any(|a| length(&a.value)) {
        return true;
    }
    let counted = matches!(said.kind, Kind::Visits | Kind::Operations | Kind::Injections | Kind::Daily);
    if !counted {
        return false;
    }
    let asked = |r: &Request| (0..r.reading.words.len()).any(|w| as_number(r.reading.word(w)) == Some(said.least));
    if decision.request.as_ref().is_some_and(asked) {
        return true;
    }
    // "two operations of the knee and one of the shoulder"
    let mut sentences: Vec<&Vec<f64>> = Vec::new();
    for one in kin {
        if !sentences.contains(&&one.beside) {
            sentences.push(&one.beside);
        }
    }
    let mut numbers: Vec<f64> = sentences.into_iter().flatten().copied().collect();
    if said.kind == Kind::Visits {
        // also of visits that the summary counts otherwise
        let tallies = context.facts.summary.amounts.iter().filter_map(|a| match &a.value {
            Value::Tally { number, .. } if number.unit == Unit::Visits => Some(number.least),
            _ => None,
        });
        let new: Vec<f64> = tallies.filter(|n| !numbers.contains(n)).collect();
        numbers.extend(new);
    }
    is_sum(said.least, &numbers)
}

/// Whether two numbers of one kind are of the same thing, place and time.
fn is_same(context: &Context<'_>, decision: &Decision, said: &Quantity, told: &Quantity) -> bool {
    let meet = |a: bool, b: bool, both: bool| a || b || both;
    let years = meet(said.years.is_empty(), told.years.is_empty(), said.years.iter().any(|y| told.years.contains(y)));
    let months =
        meet(said.months.is_empty(), told.months.is_empty(), said.months.iter().any(|m| told.months.contains(m)));
    let moves = meet(said.movement.is_none(), told.movement.is_none(), said.movement == told.movement);
    let thing = match (&said.thing, &told.thing) {
        (Some(a), Some(b)) => related(context, a, b),
        (None, Some(b)) => is_asked(context, decision, b),
        _ => true,
    };
    thing && years && months && moves && said.place.meets(context, &told.place)
}

/// Whether a treatment is the one asked for.
fn is_asked(context: &Context<'_>, decision: &Decision, thing: &Thing) -> bool {
    decision.request.as_ref().is_some_and(|r| requested(context, r).iter().any(|a| related(context, a, thing)))
}

/// Whether both numbers name what they are of, or need not.
fn is_named(context: &Context<'_>, decision: &Decision, said: &Quantity, told: &Quantity) -> bool {
    let known = |q: &Quantity| q.thing.as_ref().is_some_and(|t| !t.class_word || is_asked(context, decision, t));
    match said.kind {
        Kind::Idle => true,
        Kind::Degrees => said.movement.is_some() && said.movement == told.movement && said.place.same_part(&told.place),
        Kind::Operations => said.place.same_part(&told.place),
        _ => known(said) && known(told),
    }
}

/// What a kind is called.
fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Relief => "relief",
        Kind::ReliefTime => "how long relief lasted",
        Kind::Visits => "number of visits had",
        Kind::Daily => "pieces a day",
        Kind::Operations => "number of operations",
        Kind::Injections => "number of injections",
        Kind::Degrees => "degrees",
        Kind::Idle => "time off work",
        Kind::Begun => "since when it is taken",
    }
}

/// Whether a kind is a length of time.
fn is_time(kind: Kind) -> bool {
    matches!(kind, Kind::ReliefTime | Kind::Idle)
}
