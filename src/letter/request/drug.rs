//! The drugs of a request: known, known under another name, misspelled, or nothing but words before a dose; each with its
//! strength, quantity and refills.

use super::item::{Counted, Item, ItemKind, Strength};
use super::named::{drugs, terms};
use crate::letter::amount::{Amount, Value, plain_unit};
use crate::letter::reading::Reading;
use crate::lexicon::{Lexicon, Small, Term, TreatmentKind, fold, near};
use crate::measure::{Quantity, Unit};
use std::ops::Range;

/// The drugs of a request, each with the amounts that follow it up to the next drug.
pub(super) fn items(reading: &Reading, bytes: &Range<usize>, amounts: &[&Amount], lexicon: &Lexicon) -> Vec<Item> {
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
        named.extend(unknown_drug(reading, bytes, amounts, lexicon).map(|words| (None, words, false)));
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
            give(item, amount, reading, led, lexicon);
        }
    }
    items
}

/// Gives an item an amount of its heading; `leading` amounts stand before the first name ("1 prescription for").
fn give(item: &mut Item, amount: &Amount, reading: &Reading, leading: bool, lexicon: &Lexicon) {
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
            let unit = (!lexicon.is_small(of, Small::Piece)).then(|| of.clone());
            item.quantity.get_or_insert_with(|| counted(*number, unit));
        }
        Value::Times(number) if item.quantity.is_none() && !leading => item.quantity = Some(counted(*number, None)),
        Value::Refills(n) => item.refills = Some((*n, span)),
        _ => {}
    }
}

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
    let kept = (words.start + 1..words.end).rev().find(|n| !is_form(reading.word(*n))).unwrap_or(words.start);
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
        let letters = near::letters(&word);
        let allowed = if word.len() >= 9 { 2 } else { 1 };
        for known in lexicon.single_names() {
            let far = known.name.len().abs_diff(word.len()) > allowed || !near::share(letters, known.letters, allowed);
            let Some(distance) = (!far).then(|| near::distance(&word, &known.name, allowed)).flatten() else {
                continue;
            };
            if best.as_ref().is_none_or(|(d, ..)| distance < *d) {
                best = Some((distance, known.drug, n..n + 1));
            }
        }
    }
    best.map(|(_, drug, words)| (drug, words))
}

/// The words before the first dose, without a count that leads them: a drug that nobody told us of.
fn unknown_drug(
    reading: &Reading,
    bytes: &Range<usize>,
    amounts: &[&Amount],
    lexicon: &Lexicon,
) -> Option<Range<usize>> {
    let dose = amounts.iter().find(|a| matches!(&a.value, Value::Strength { unit, .. } if is_dose(unit)))?;
    let end = reading.word_at(dose.bytes.start);
    let start = (0..end)
        .rev()
        .take_while(|n| {
            let word = reading.words[*n];
            let written = &reading.text()[word.start as usize..word.end as usize];
            word.start as usize >= bytes.start
                && !written.as_bytes()[0].is_ascii_digit()
                && !lexicon.is_small(written, Small::Of)
        })
        .last()?;
    Some(start..end)
}
