//! The disputed request: its parts where it is a partial authorization, and its items with drug, strength, quantity,
//! visits, levels and sides.

mod drug;
mod item;
mod named;
mod partial;
mod visits;

pub use item::{Counted, Item, ItemKind, Strength};
pub use named::{Side, one_side, sides};
pub use partial::Partial;
pub use visits::{multiplied, visits};

use super::amount::{Amount, Level, Value};
use super::candidate::amounts;
use super::reading::Reading;
use crate::lexicon::{Lexicon, Term, TreatmentKind};
use crate::source::Span;
use named::{terms, treatments};
use partial::partial;
use std::ops::Range;

/// A request as it stands in a heading.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The heading without its outcome.
    pub reading: Reading,
    /// Amounts in it, in order.
    pub amounts: Vec<Amount>,
    /// The three parts of a partial authorization.
    pub partial: Option<Partial>,
    /// The items in dispute: of a partial authorization those of its remaining part.
    pub items: Vec<Item>,
    /// Treatments named in the part in dispute, by number, with their words. Class words only where nothing else is.
    pub treatments: Vec<(u16, Range<usize>)>,
    /// Body parts named in the part in dispute, by number, with their words.
    pub body_parts: Vec<(u16, Range<usize>)>,
    /// Sides named in the part in dispute, with their words.
    pub sides: Vec<(Side, Range<usize>)>,
}

/// Reads a request.
pub fn request(reading: Reading, lexicon: &Lexicon) -> Request {
    let amounts = amounts(&reading);
    let partial = partial(&reading, lexicon);
    let mut request = Request { reading, amounts, partial, ..Request::default() };
    let bytes = request.partial.as_ref().map_or(0..request.reading.text().len(), |p| p.remaining.clone());
    request.treatments = treatments(&request.reading, &bytes, lexicon);
    request.body_parts = terms(&request.reading, &bytes, lexicon, |t| match t {
        Term::BodyPart(n) => Some(n),
        _ => None,
    });
    request.sides = sides(&request.reading, &bytes, lexicon);
    request.items = items(&request, &bytes, lexicon);
    if let Some(partial) = request.partial.clone() {
        let original = items(&request, &partial.original, lexicon);
        let authorized = partial.authorized.map(|bytes| items(&request, &bytes, lexicon)).unwrap_or_default();
        for n in 0..request.items.len() {
            let same = |other: &&Item| other.kind == request.items[n].kind;
            let count = |item: &Item| item.visits.clone().or(item.quantity.clone());
            let of = |all: &[Item]| {
                (all.len() == request.items.len()).then(|| all.get(n)).flatten().filter(same).and_then(count)
            };
            let (before, given) = (of(&original), of(&authorized));
            request.items[n].original = before;
            request.items[n].authorized = given;
        }
    }
    request
}

/// The items named in some bytes of a request.
fn items(request: &Request, bytes: &Range<usize>, lexicon: &Lexicon) -> Vec<Item> {
    let reading = &request.reading;
    let inside: Vec<&Amount> =
        request.amounts.iter().filter(|a| a.bytes.start >= bytes.start && a.bytes.end <= bytes.end).collect();
    let mut items = drug::items(reading, bytes, &inside, lexicon);
    let treatments = treatments(reading, bytes, lexicon);
    let side = one_side(&sides(reading, bytes, lexicon));
    if items.is_empty() {
        items.extend(visits::item(reading, bytes, &inside, &treatments, lexicon));
    }
    let levels: Vec<(Level, Span)> = inside
        .iter()
        .filter_map(|a| match &a.value {
            Value::Levels(levels) => Some(levels.iter().map(|l| (*l, reading.span(a.bytes.clone())))),
            _ => None,
        })
        .flatten()
        .collect();
    if !levels.is_empty() && items.iter().all(|i| i.kind != ItemKind::Drug) {
        let mut item = thing(reading, bytes, &treatments, lexicon);
        item.kind = ItemKind::Levels;
        item.levels = levels;
        items.push(item);
    }
    if items.is_empty() && !reading.text()[bytes.clone()].trim().is_empty() {
        items.push(thing(reading, bytes, &treatments, lexicon));
    }
    for item in &mut items {
        item.side = side;
    }
    items
}

/// An item of which only the treatment is known.
fn thing(reading: &Reading, bytes: &Range<usize>, treatments: &[(u16, Range<usize>)], lexicon: &Lexicon) -> Item {
    let first = treatments.first();
    let kind = match first.map(|(t, _)| lexicon.treatments[*t as usize].kind) {
        Some(TreatmentKind::Imaging) => ItemKind::Imaging,
        Some(TreatmentKind::Device) => ItemKind::Device,
        _ => ItemKind::Other,
    };
    let (name, span) = match first {
        Some((_, words)) => (reading.slice(words.clone()).to_string(), reading.span_of_words(words.clone())),
        None => (reading.text()[bytes.clone()].to_string(), reading.span(bytes.clone())),
    };
    Item { treatment: first.map(|(t, _)| *t), ..Item::new(kind, name, span) }
}
