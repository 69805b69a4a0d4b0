//! The disputed request: its parts where it is a partial authorization, and its items with drug, strength, quantity,
//! visits, levels and sides.

use super::amount::{Amount, Level, Value, plain_unit};
use super::candidate::amounts;
use super::reading::Reading;
use crate::lexicon::{Cue, Hit, Lexicon, Term, TreatmentKind, fold, near};
use crate::measure::{Quantity, Unit};
use crate::source::Span;
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

/// Where the parts of a partial authorization are: bytes of the reading text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    /// The whole request.
    pub original: Range<usize>,
    /// What the administrator authorized.
    pub authorized: Option<Range<usize>>,
    /// What is still in dispute.
    pub remaining: Range<usize>,
    /// Whether the whole request is still in dispute, because what was authorized is something else.
    pub whole: bool,
}

/// A side of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Both sides.
    Both,
}

impl Side {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Side::Left => "left",
            Side::Right => "right",
            Side::Both => "bilateral",
        }
    }
}

/// One item of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What kind of thing it is.
    pub kind: ItemKind,
    /// The name as written, white space folded.
    pub name: String,
    /// Its place in the letter.
    pub span: Span,
    /// The drug, by number, if it is a known one.
    pub drug: Option<u16>,
    /// Whether the drug's name is misspelled.
    pub misspelled: bool,
    /// The treatment, by number, if it is a known one.
    pub treatment: Option<u16>,
    /// Strength.
    pub strength: Option<Strength>,
    /// Number of units or volume.
    pub quantity: Option<Counted>,
    /// Refills.
    pub refills: Option<(u32, Span)>,
    /// Number of visits.
    pub visits: Option<Counted>,
    /// Spinal levels.
    pub levels: Vec<(Level, Span)>,
    /// Side.
    pub side: Option<Side>,
    /// The same count in the original request and in the authorized part, of a partial authorization.
    pub original: Option<Counted>,
    /// The count that was authorized.
    pub authorized: Option<Counted>,
}

/// What kind of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// A drug.
    Drug,
    /// Therapy counted in visits.
    Visits,
    /// An injection or block at spinal levels.
    Levels,
    /// Imaging.
    Imaging,
    /// A device or supply.
    Device,
    /// Anything else.
    Other,
}

/// A strength as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Strength {
    /// Figures and unit as the letter has them ("10/325 mg").
    pub text: String,
    /// The figures.
    pub parts: Vec<f64>,
    /// The unit, lower case.
    pub unit: String,
    /// Its place in the letter.
    pub span: Span,
}

/// A count as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The number, or least and most.
    pub number: Quantity,
    /// A unit of volume or weight, where it is no plain number ("ml").
    pub unit: Option<String>,
    /// The words ("2 times a week for 6 weeks").
    pub text: String,
    /// Their place in the letter.
    pub span: Span,
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

/// The three parts of a partial authorization.
fn partial(reading: &Reading, lexicon: &Lexicon) -> Option<Partial> {
    let bytes = |hit: &crate::lexicon::Hit| {
        reading.words[hit.first as usize].start as usize..reading.words[hit.end as usize - 1].end as usize
    };
    let find = |cue| reading.cues(lexicon, 0..reading.hits.len(), cue).next().map(bytes);
    let opening = find(Cue::PartialOpening)?;
    let remaining = find(Cue::PartialRemaining);
    let authorized = find(Cue::PartialAuthorized);
    let text = reading.text();
    let whole = remaining.as_ref().is_none_or(|r| {
        let words = text[r.clone()].to_ascii_lowercase();
        words.contains("the original request") && !words.contains("portion")
    });
    let given = authorized.as_ref().map(|a| {
        // "X was authorized by the Claims Administrator" or "the Claims Administrator authorized X, leaving ..."
        if text[a.clone()].to_ascii_lowercase().ends_with("authorized") {
            let end = text[a.end..].find(", leaving").map_or(text.len(), |n| a.end + n);
            a.end..end
        } else {
            let start = opening.end.min(a.start);
            start..a.start
        }
    });
    let rest = match &remaining {
        Some(r) => r.end..text.len(),
        None => authorized.as_ref().map_or(opening.end, |a| a.end)..text.len(),
    };
    let rest = trim_marks(text, rest);
    // "leaving the original request IMR eligible. The original request, X is"
    const AGAIN: &str = "the original request,";
    let again = text[rest.clone()].get(..AGAIN.len()).is_some_and(|words| words.eq_ignore_ascii_case(AGAIN));
    let rest = if again { trim_marks(text, rest.start + AGAIN.len()..rest.end) } else { rest };
    let rest = match text[rest.clone()].strip_suffix(" is").or(text[rest.clone()].strip_suffix(" are")) {
        Some(stem) => rest.start..rest.start + stem.len(),
        None => rest,
    };
    Some(Partial {
        original: trim_marks(text, 0..opening.start),
        authorized: given.map(|g| trim_marks(text, g)),
        remaining: rest,
        whole,
    })
}

fn trim_marks(text: &str, bytes: Range<usize>) -> Range<usize> {
    const MARKS: [char; 6] = [' ', ',', '.', ':', '"', ';'];
    let written = &text[bytes.clone()];
    let start = bytes.start + written.len() - written.trim_start_matches(MARKS).len();
    start..(bytes.start + written.trim_end_matches(MARKS).len()).max(start)
}

/// Terms within some bytes, with their words.
fn terms(
    reading: &Reading,
    bytes: &Range<usize>,
    lexicon: &Lexicon,
    want: impl Fn(Term) -> Option<u16>,
) -> Vec<(u16, Range<usize>)> {
    let start = |hit: &Hit| reading.words[hit.first as usize].start as usize;
    let from = reading.hits.partition_point(|hit| start(hit) < bytes.start);
    reading.hits[from..]
        .iter()
        .take_while(|hit| start(hit) < bytes.end)
        .filter_map(|hit| {
            let words = hit.first as usize..hit.end as usize;
            let inside = reading.words[words.end - 1].end as usize <= bytes.end;
            want(lexicon.terms[hit.term as usize]).filter(|_| inside).map(|n| (n, words))
        })
        .collect()
}

/// Treatments named in some bytes; a class word counts only where nothing more specific is found.
fn treatments(reading: &Reading, bytes: &Range<usize>, lexicon: &Lexicon) -> Vec<(u16, Range<usize>)> {
    let mut all: Vec<(u16, Range<usize>)> = terms(reading, bytes, lexicon, |t| match t {
        Term::Treatment(n) => Some(n),
        _ => None,
    });
    for (drug, words) in drugs(reading, bytes, lexicon) {
        all.extend(lexicon.drugs[drug as usize].treatments.iter().map(|t| (*t, words.clone())));
    }
    if all.iter().any(|(t, _)| !lexicon.treatments[*t as usize].class_word) {
        all.retain(|(t, _)| !lexicon.treatments[*t as usize].class_word);
    }
    all.sort_by_key(|(t, words)| (words.start, *t));
    all.dedup();
    all
}

fn drugs(reading: &Reading, bytes: &Range<usize>, lexicon: &Lexicon) -> Vec<(u16, Range<usize>)> {
    terms(reading, bytes, lexicon, |t| match t {
        Term::Generic(n) | Term::Brand { drug: n, .. } => Some(n),
        _ => None,
    })
}

/// Sides named in some bytes.
pub fn sides(reading: &Reading, bytes: &Range<usize>, lexicon: &Lexicon) -> Vec<(Side, Range<usize>)> {
    let named = terms(reading, bytes, lexicon, |t| match t {
        Term::Cue(Cue::LeftSide) => Some(0),
        Term::Cue(Cue::RightSide) => Some(1),
        Term::Cue(Cue::BothSides) => Some(2),
        _ => None,
    });
    named.into_iter().map(|(n, words)| ([Side::Left, Side::Right, Side::Both][n as usize], words)).collect()
}

/// The one side that is named, if it is one: left and right together are both.
pub fn one_side(sides: &[(Side, Range<usize>)]) -> Option<Side> {
    let has = |side| sides.iter().any(|(s, _)| *s == side);
    match (has(Side::Left), has(Side::Right), has(Side::Both)) {
        (true, false, false) => Some(Side::Left),
        (false, true, false) => Some(Side::Right),
        (true, true, _) | (false, false, true) => Some(Side::Both),
        _ => None,
    }
}

/// The items named in some bytes of a request.
fn items(request: &Request, bytes: &Range<usize>, lexicon: &Lexicon) -> Vec<Item> {
    let reading = &request.reading;
    let inside: Vec<&Amount> =
        request.amounts.iter().filter(|a| a.bytes.start >= bytes.start && a.bytes.end <= bytes.end).collect();
    let mut items = drug_items(reading, bytes, &inside, lexicon);
    let treatments = treatments(reading, bytes, lexicon);
    let side = one_side(&sides(reading, bytes, lexicon));
    if items.is_empty() {
        items.extend(visit_item(reading, bytes, &inside, &treatments, lexicon));
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

impl Item {
    fn new(kind: ItemKind, name: String, span: Span) -> Item {
        Item {
            kind,
            name,
            span,
            drug: None,
            misspelled: false,
            treatment: None,
            strength: None,
            quantity: None,
            refills: None,
            visits: None,
            levels: Vec::new(),
            side: None,
            original: None,
            authorized: None,
        }
    }
}

/// The drugs of a request, each with the amounts that follow it up to the next drug.
fn drug_items(reading: &Reading, bytes: &Range<usize>, amounts: &[&Amount], lexicon: &Lexicon) -> Vec<Item> {
    let mut named: Vec<(Option<u16>, Range<usize>, bool)> = Vec::new();
    for (drug, words) in drugs(reading, bytes, lexicon) {
        match named.last_mut() {
            // "Ultram (tramadol)" is one drug said twice; so is a name inside a longer one
            Some((Some(last), place, _)) if *last == drug && words.start <= place.end + 2 => {
                place.end = place.end.max(words.end)
            }
            Some((_, place, _)) if words.start < place.end => {}
            _ => named.push((Some(drug), words, false)),
        }
    }
    let dosed = amounts.iter().any(|a| matches!(&a.value, Value::Strength { unit, .. } if is_dose(unit)));
    if named.is_empty() {
        // a drug that the vocabulary knows as a treatment only
        let known = terms(reading, bytes, lexicon, |t| match t {
            Term::Treatment(n) if lexicon.treatments[n as usize].kind == TreatmentKind::Drug => Some(n),
            _ => None,
        });
        named.extend(known.into_iter().map(|(_, words)| (None, words, false)));
    }
    if named.is_empty() && dosed {
        named.extend(misspelled(reading, bytes, lexicon).map(|(drug, words)| (Some(drug), words, true)));
    }
    if named.is_empty() && dosed {
        named.extend(unknown_drug(reading, bytes, amounts).map(|words| (None, words, false)));
    }
    let forms = |drug: Option<u16>| drug.map_or(&[][..], |d| &lexicon.drugs[d as usize].forms[..]);
    let mut items: Vec<Item> = named
        .iter()
        .map(|(drug, words, misspelled)| Item {
            drug: *drug,
            misspelled: *misspelled,
            treatment: drug.and_then(|d| lexicon.drugs[d as usize].treatments.first().copied()),
            ..Item::new(
                ItemKind::Drug,
                name_of(reading, words, bytes, forms(*drug)),
                reading.span_of_words(words.clone()),
            )
        })
        .collect();
    let starts: Vec<usize> = named.iter().map(|(_, words, _)| reading.words[words.start].start as usize).collect();
    for amount in amounts {
        // "5 cc of lidocaine": an amount right before a name belongs to it
        let before =
            starts.iter().position(|s| amount.bytes.end <= *s && reading.text()[amount.bytes.end..*s].trim() == "of");
        let owner = before
            .or_else(|| starts.iter().rposition(|s| *s <= amount.bytes.start))
            .or((!starts.is_empty()).then_some(0));
        if let Some(item) = owner.and_then(|n| items.get_mut(n)) {
            let led = starts.first().is_some_and(|s| amount.bytes.end <= *s) && before.is_none();
            give(item, amount, reading, led);
        }
    }
    items
}

/// Gives an item an amount of its heading; `leading` amounts stand before the first name ("1 prescription for").
fn give(item: &mut Item, amount: &Amount, reading: &Reading, leading: bool) {
    let text = reading.text()[amount.bytes.clone()].to_string();
    let span = reading.span(amount.bytes.clone());
    let counted = |number: Quantity, unit: Option<String>| Counted { number, unit, text: text.clone(), span };
    match &amount.value {
        Value::Strength { parts, unit } if is_dose(unit) => {
            let told = || Strength { text: strength_text(&text, unit), parts: parts.clone(), unit: unit.clone(), span };
            item.strength.get_or_insert_with(told);
        }
        Value::Strength { parts, unit } if parts.len() == 1 => {
            let told = || counted(Quantity::new(parts[0], Unit::One), Some(unit.clone()));
            item.quantity.get_or_insert_with(told);
        }
        Value::Count { number, unit } => {
            let unit = unit.as_deref().map(|u| plain_unit(u).to_string());
            // "121gm #1" is one container of 121 gm
            if item.quantity.as_ref().is_none_or(|q| q.unit.is_none() && unit.is_some()) {
                item.quantity = Some(counted(*number, unit));
            }
        }
        Value::Tally { number, of } if number.unit == Unit::One => {
            let unit = (!PIECES.contains(&of.as_str())).then(|| of.clone());
            item.quantity.get_or_insert_with(|| counted(*number, unit));
        }
        Value::Times(number) if item.quantity.is_none() && !leading => item.quantity = Some(counted(*number, None)),
        Value::Refills(n) => item.refills = Some((*n, span)),
        _ => {}
    }
}

/// Whether a word is for single pieces of a drug.
pub fn is_piece(word: &str) -> bool {
    PIECES.contains(&word)
}

/// Words for single pieces of a drug: a number of these is a plain quantity.
const PIECES: [&str; 9] = ["tablets", "tablet", "tabs", "tab", "capsules", "capsule", "caps", "pills", "pill"];

/// Units in which a strength is told; other units tell how much there is of it.
fn is_dose(unit: &str) -> bool {
    !matches!(unit, "cc" | "ml" | "gm" | "g" | "oz" | "kg")
}

/// Figures as written, one blank before a word for a unit.
fn strength_text(written: &str, unit: &str) -> String {
    let figures: String =
        written.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace(['\u{2013}', '\u{2014}'], "-");
    if unit == "%" {
        let word = figures.to_ascii_lowercase();
        return word.strip_suffix("percent").map_or(figures.clone(), |stem| format!("{stem}%"));
    }
    match figures.find(|c: char| c.is_ascii_alphabetic()) {
        Some(n) => format!("{} {}", &figures[..n], figures[n..].to_ascii_lowercase()),
        None => figures,
    }
}

/// The name as written: with a closing bracket, without figures and words for the form ("Lidoderm 5% patch").
fn name_of(reading: &Reading, words: &Range<usize>, bytes: &Range<usize>, forms: &[String]) -> String {
    let is_form = |word: &str| {
        let word = word.to_ascii_lowercase();
        let figure = word.starts_with(|c: char| c.is_ascii_digit());
        figure || forms.iter().filter_map(|f| f.split(' ').next()).any(|f| word.starts_with(&f.to_ascii_lowercase()))
    };
    let kept = (words.start + 1..words.end).rev().find(|n| !is_form(reading.slice(*n..*n + 1))).unwrap_or(words.start);
    let (first, last) = (reading.words[words.start], reading.words[kept]);
    let end = last.end as usize;
    let text = reading.text();
    let closes = text[first.start as usize..end].contains('(') && text[end..bytes.end.max(end)].starts_with(')');
    text[first.start as usize..end + usize::from(closes)].to_string()
}

/// The known drug that a word of the request nearly is: one slip, two in long words; never a word that the vocabulary
/// knows as something else.
fn misspelled(reading: &Reading, bytes: &Range<usize>, lexicon: &Lexicon) -> Option<(u16, Range<usize>)> {
    let mut best: Option<(usize, u16, Range<usize>)> = None;
    for (n, word) in reading.words.iter().enumerate() {
        let written = &reading.text()[word.start as usize..word.end as usize];
        let inside = word.start as usize >= bytes.start && word.end as usize <= bytes.end;
        if !inside || written.len() < 6 || written.bytes().any(|b| !b.is_ascii_alphabetic()) || word.known {
            continue;
        }
        let word = fold(written);
        for (drug, entry) in lexicon.drugs.iter().enumerate() {
            for name in std::iter::once(&entry.generic).chain(&entry.brands) {
                let allowed = if word.len() >= 9 { 2 } else { 1 };
                let far = name.len().abs_diff(word.len()) > allowed || !near::may_be(&word, name, allowed);
                if far || name.contains([' ', '-']) {
                    continue;
                }
                let Some(distance) = near::distance(&word, &name.to_lowercase(), allowed) else { continue };
                if best.as_ref().is_none_or(|(d, ..)| distance < *d) {
                    best = Some((distance, drug as u16, n..n + 1));
                }
            }
        }
    }
    best.map(|(_, drug, words)| (drug, words))
}

/// The words before the first dose, without a count that leads them: a drug that nobody told us of.
fn unknown_drug(reading: &Reading, bytes: &Range<usize>, amounts: &[&Amount]) -> Option<Range<usize>> {
    let dose = amounts.iter().find(|a| matches!(&a.value, Value::Strength { unit, .. } if is_dose(unit)))?;
    let end = reading.words.partition_point(|w| (w.start as usize) < dose.bytes.start);
    let start = (0..end)
        .rev()
        .take_while(|n| {
            let word = reading.words[*n];
            let written = &reading.text()[word.start as usize..word.end as usize];
            word.start as usize >= bytes.start
                && !written.as_bytes()[0].is_ascii_digit()
                && !matches!(written, "of" | "for")
        })
        .last()?;
    Some(start..end)
}

/// A course of therapy with its number of visits.
fn visit_item(
    reading: &Reading,
    bytes: &Range<usize>,
    amounts: &[&Amount],
    treatments: &[(u16, Range<usize>)],
    lexicon: &Lexicon,
) -> Option<Item> {
    let therapy = treatments.iter().find(|(t, _)| lexicon.treatments[*t as usize].kind == TreatmentKind::TherapyVisits);
    let visits = visits(reading, amounts, therapy.is_some());
    let named = visits.as_ref().is_some_and(|v| v.number.unit == Unit::Visits);
    if therapy.is_none() && !named {
        return None;
    }
    let (name, span, treatment) = match therapy.or(treatments.first()) {
        Some((t, words)) => {
            (reading.slice(words.clone()).to_lowercase(), reading.span_of_words(words.clone()), Some(*t))
        }
        None => (reading.text()[bytes.clone()].to_string(), reading.span(bytes.clone()), None),
    };
    Some(Item { treatment, visits, ..Item::new(ItemKind::Visits, name, span) })
}

/// The number of visits: told outright, or a frequency over a time multiplied out.
pub fn visits(reading: &Reading, amounts: &[&Amount], therapy: bool) -> Option<Counted> {
    let counted = |a: &Amount, number: Quantity| Counted {
        number: Quantity { unit: Unit::Visits, ..number },
        unit: None,
        text: reading.text()[a.bytes.clone()].to_string(),
        span: reading.span(a.bytes.clone()),
    };
    let told = amounts.iter().find_map(|a| match &a.value {
        Value::Tally { number, .. } if number.unit == Unit::Visits => Some(counted(a, *number)),
        _ => None,
    });
    // "6 hours per day, 5 days per week": hours of help are no visits
    let hours = amounts.iter().any(|a| reading.text()[a.bytes.clone()].to_ascii_lowercase().contains("hour"));
    let course = || {
        amounts.iter().filter(|_| therapy || !hours).find_map(|a| match &a.value {
            Value::Course { frequency, time, sure } if *sure || therapy => {
                multiplied(frequency.times, frequency.period, *time).map(|q| counted(a, q))
            }
            _ => None,
        })
    };
    // a bare number counts visits only of a therapy
    let bare = || {
        amounts.iter().filter(|_| therapy).find_map(|a| match &a.value {
            Value::Count { number, unit: None } | Value::Times(number) => Some(counted(a, *number)),
            _ => None,
        })
    };
    let sessions_behind = || {
        amounts.iter().filter(|_| therapy).find_map(|a| match &a.value {
            // "sessions, 12" and "sessions: 12"
            Value::Number(number) => {
                let before =
                    reading.text()[..a.bytes.start].trim_end_matches([' ', ',', ':', '-', '(']).to_ascii_lowercase();
                (before.ends_with("sessions") || before.ends_with("visits")).then(|| counted(a, *number))
            }
            _ => None,
        })
    };
    told.or_else(course).or_else(bare).or_else(sessions_behind)
}

/// Visits of a frequency over a time: "2-3 times a week for 6 weeks" are 12 to 18.
pub fn multiplied(times: (f64, f64), period: Unit, time: Quantity) -> Option<Quantity> {
    let periods = match (period, time.unit) {
        (a, b) if a == b => (time.least, time.most),
        // four weeks to a month, as letters reckon courses of therapy
        (Unit::Weeks, Unit::Months) => (time.least * 4.0, time.most * 4.0),
        (Unit::Days, Unit::Weeks) => (time.least * 7.0, time.most * 7.0),
        (Unit::Weeks, Unit::Days) if time.least % 7.0 == 0.0 => (time.least / 7.0, time.most / 7.0),
        _ => return None,
    };
    Some(Quantity { least: times.0 * periods.0, most: times.1 * periods.1, unit: Unit::Visits })
}
