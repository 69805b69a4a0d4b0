//! The fields of the larger entries, as their files write them.

use super::entries::{At, CONFIDENCE, Drug, Guideline, Limit, Position, Section, Silence, Subsection, Treatment};
use super::placed;
use crate::lexicon::{SilenceClaim, TreatmentKind};
use crate::measure::{Date, Quantity};
use crate::yaml::Fields;

pub(super) fn set(into: &mut String, text: Option<&str>) {
    if let Some(text) = text {
        *into = text.to_string();
    }
}

pub(super) fn replace<T>(into: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *into = value;
    }
}

pub(super) fn guideline<'a>(x: &mut Guideline, f: &mut Fields<'a>, at: At) {
    set(&mut x.title, f.required("title").text());
    set(&mut x.full_title, f.optional("full-title").text());
    if let Some(mtus) = f.required("authority").choice(&[("mtus", true), ("non-mtus", false)]) {
        x.mtus = mtus;
    }
    replace(&mut x.regulation, f.optional("regulation").text().map(str::to_string));
    if let Some(mut days) = f.optional("in-force").fields("the days in force") {
        replace(&mut x.from, days.optional("from").parse_with("a date", Date::parse));
        replace(&mut x.until, days.optional("until").parse_with("a date", Date::parse));
        replace(&mut x.dates_confidence, days.optional("confidence").choice(&CONFIDENCE));
        if let (Some(from), Some(until)) = (x.from, x.until)
            && until < from
        {
            days.optional("until").report("dates-backwards", "the last day in force lies before the first", None);
        }
        days.finish();
    }
    replace(&mut x.chapter, f.optional("chapter").integer(1..=99));
    replace(&mut x.pages, f.optional("pages").parse_with("a page or a range of pages", pages));
    at.texts(&mut x.aliases, f.optional("aliases"));
    at.texts(&mut x.shared_aliases, f.optional("shared-aliases"));
    at.texts(&mut x.body_parts, f.optional("body-parts"));
    at.texts(&mut x.tolerated_body_parts, f.optional("tolerated-body-parts"));
    f.optional("excluded-body-parts").list();
    f.optional("scope").text();
    f.optional("note").text();
    at.all(&mut x.sections, f.optional("sections"), "a section", "id", |s: &mut Section, f, at| {
        set(&mut s.title, f.required("title").text_or_empty());
        at.texts(&mut s.aliases, f.optional("aliases"));
        at.texts(&mut s.treatments, f.optional("treatments"));
        at.texts(&mut s.body_parts, f.optional("body-parts"));
        replace(&mut s.chapter, f.optional("chapter").integer(1..=99));
        replace(&mut s.pages, f.optional("pages").parse_with("a page or a range of pages", pages));
        replace(&mut s.confidence, f.optional("confidence").choice(&CONFIDENCE));
    });
}

pub(super) fn treatment<'a>(x: &mut Treatment, f: &mut Fields<'a>, at: At) {
    replace(&mut x.kind, f.optional("kind").choice(&TreatmentKind::ALL));
    at.texts(&mut x.parents, f.optional("parents"));
    at.texts(&mut x.names, f.optional("names"));
    at.texts(&mut x.drug_classes, f.optional("drug-classes"));
    at.text(&mut x.body_part, f.optional("body-part"));
    x.class_word |= f.optional("class-word").boolean().unwrap_or(false);
    x.perioperative |= f.optional("perioperative").boolean().unwrap_or(false);
    x.single |= f.optional("single").boolean().unwrap_or(false);
    at.texts(&mut x.told_by, f.optional("told-by"));
    x.self_care |= f.optional("self-care").boolean().unwrap_or(false);
}

pub(super) fn drug<'a>(x: &mut Drug, f: &mut Fields<'a>, at: At) {
    at.texts(&mut x.names, f.optional("names"));
    at.texts(&mut x.brands, f.optional("brands"));
    at.texts(&mut x.classes, f.optional("classes"));
    at.texts(&mut x.strengths, f.optional("strengths"));
    at.texts(&mut x.forms, f.optional("forms"));
    f.optional("schedule").text_or_number();
    f.optional("section-2009").text();
    replace(&mut x.confidence, f.optional("confidence").choice(&CONFIDENCE));
}

pub(super) fn silence<'a>(x: &mut Silence, f: &mut Fields<'a>, at: At) {
    at.texts(&mut x.treatments, f.required("treatments"));
    at.texts(&mut x.body_parts, f.optional("body-parts"));
    for item in f.optional("addressed-by").list() {
        let Some(mut section) = item.fields("a section") else { continue };
        let (guideline, id) = (section.required("guideline"), section.required("section"));
        if let (Some((g, at_g)), Some((s, at_s))) = (placed(guideline, at.file), placed(id, at.file)) {
            x.addressed_by.push(((g.to_string(), at_g), (s.to_string(), at_s)));
        }
        section.finish();
    }
    replace(&mut x.from, f.optional("from").parse_with("a date", Date::parse));
    let claims = [
        ("wrong", SilenceClaim::Wrong),
        ("hedged", SilenceClaim::Hedged),
        ("right", SilenceClaim::Sound),
        ("doubtful", SilenceClaim::Sound),
    ];
    x.claim = f.required("claim").choice(&claims).unwrap_or_default();
    f.optional("confidence").choice(&CONFIDENCE);
    f.optional("note").text();
}

pub(super) fn limit<'a>(x: &mut Limit, f: &mut Fields<'a>, at: At) {
    set(&mut x.title, f.required("title").text());
    at.texts(&mut x.guidelines, f.required("guidelines"));
    at.texts(&mut x.treatments, f.required("treatments"));
    x.by_request |= f.optional("by-request").boolean().unwrap_or(false);
    at.text(&mut x.about, f.optional("about"));
    at.text(&mut x.beside, f.optional("beside"));
    at.text(&mut x.tied, f.optional("tied"));
    at.texts(&mut x.unless, f.optional("unless"));
    at.texts(&mut x.body_parts, f.optional("body-parts"));
    let values = f.required("values").list_or_one();
    x.values.extend(values.into_iter().filter_map(|v| v.parse_with("an amount", Quantity::parse)));
    f.optional("confidence").choice(&CONFIDENCE);
    f.optional("note").text();
}

pub(super) fn subsection<'a>(x: &mut Subsection, f: &mut Fields<'a>, at: At) {
    set(&mut x.section, f.required("section").text_or_number());
    at.text(&mut x.about, f.required("about"));
    for item in f.required("held").list() {
        let Some(mut held) = item.fields("a letter and its first day") else { continue };
        let letter = held.required("letter").text().and_then(|t| t.chars().next());
        let from = held.required("from").parse_with("a date", Date::parse);
        x.held.extend(from.zip(letter));
        held.finish();
    }
    f.optional("note").text();
}

/// "46" or "74-96".
///
/// # Errors
/// A sentence that says what is wrong.
pub fn pages(text: &str) -> Result<(u32, u32), String> {
    let number = |s: &str| s.trim().parse::<u32>().map_err(|_| "write a number, or two with a hyphen".to_string());
    let (first, last) = match text.split_once('-') {
        Some((first, last)) => (number(first)?, number(last)?),
        None => (number(text)?, number(text)?),
    };
    if first > last { Err("the range runs backwards".to_string()) } else { Ok((first, last)) }
}

pub(super) fn position<'a>(x: &mut Position, f: &mut Fields<'a>, at: At) {
    set(&mut x.title, f.required("title").text());
    at.texts(&mut x.guidelines, f.required("guidelines"));
    at.texts(&mut x.treatments, f.required("treatments"));
    x.by_request |= f.optional("by-request").boolean().unwrap_or(false);
    at.texts(&mut x.body_parts, f.optional("body-parts"));
    replace(&mut x.recommended, f.optional("recommended").boolean());
    at.text(&mut x.about, f.optional("about"));
    at.text(&mut x.beside, f.optional("beside"));
    at.texts(&mut x.unless, f.optional("unless"));
    at.text(&mut x.contrary, f.optional("contrary"));
    f.optional("note").text();
}
