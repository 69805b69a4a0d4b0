//! Who speaks in a sentence of a rationale: the guideline that is recited, the reviewer about this case, the ruling.
//!
//! Conclusions, advice and template text show by their own words. Between recital and application the phrases of a
//! sentence give evidence, and the sequence decides: both come in runs, so a sentence without evidence of its own
//! speaks in the voice of its neighbours (the likeliest path through two states).

use super::marks::Marks;
use super::verdict::verdicts;
use crate::letter::Reading;
use crate::lexicon::{Cue, Lexicon, Term};
use serde::Serialize;

/// The voice of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// What a guideline or the literature says; never evidence about the patient.
    Recital,
    /// This case.
    Application,
    /// Whether the request is necessary.
    Conclusion,
    /// Advice after or beside the decision.
    Advice,
    /// Template text, references.
    Other,
}

/// What a phrase says for recital (above 0) or application (below), and how often it counts in a sentence.
const EVIDENCE: &[(Cue, f32, usize)] = &[
    (Cue::GuidelineSays, 3.0, 1),
    (Cue::GuidelineStyle, 0.9, 2),
    (Cue::People, 1.2, 2),
    (Cue::General, 0.6, 2),
    (Cue::CaseTurn, -4.0, 1),
    (Cue::Person, -1.4, 2),
    (Cue::Claimant, -1.4, 1),
    (Cue::Record, -1.3, 2),
    (Cue::ThisRequest, -1.5, 1),
    (Cue::OtherRequest, -2.0, 1),
    (Cue::TreatingProvider, -0.8, 1),
    (Cue::UtilizationReview, -1.5, 1),
    (Cue::YearsOld, -3.0, 1),
    (Cue::Undocumented, -1.5, 1),
    (Cue::UndocumentedAfter, -1.0, 1),
    (Cue::Past, -1.0, 2),
    (Cue::Contrast, -0.4, 1),
    (Cue::ConclusionOpener, -0.5, 1),
    (Cue::Applies, -1.2, 1),
    (Cue::Findings, -0.4, 2),
];

/// A guideline that is named.
const NAMED: f32 = 0.7;
/// A guideline that is the subject, at the head of a sentence.
const SUBJECT: f32 = 1.2;
/// So many words are the head of a sentence.
const HEAD: usize = 9;
/// "(Author, 2005)".
const REFERENCE: f32 = 3.0;
/// A date.
const DATE: f32 = -2.0;
/// Inside quotation marks that a recited sentence opened.
const QUOTED: f32 = 2.0;
/// A rationale begins with the guideline more often than not.
const START: f32 = 0.6;
/// What a change of voice from one sentence to the next costs.
const CHANGE: f32 = 1.2;
/// What it costs more at a sentence that does not itself speak for the new voice.
const UNMARKED: f32 = 1.0;
/// Evidence above this speaks for a voice.
const MARKED: f32 = 0.9;

/// The voice of each sentence of a rationale.
pub fn voices(reading: &Reading, lexicon: &Lexicon) -> Vec<Voice> {
    let mut voices: Vec<Option<Voice>> = Vec::with_capacity(reading.sentences.len());
    let mut evidence = Vec::with_capacity(reading.sentences.len());
    let mut quoted = Quotes::default();
    let mut decided = false;
    for sentence in &reading.sentences {
        let marks = Marks::of(reading, sentence, lexicon);
        let text = &reading.text()[sentence.bytes.clone()];
        let own = own_voice(marks, text, decided);
        decided |= own == Some(Voice::Conclusion);
        let mut score = score(marks, text);
        if quoted.open && !marks.says(Cue::CaseTurn) {
            score += QUOTED;
        }
        quoted.pass(text, score > 0.0 && own.is_none());
        voices.push(own);
        evidence.push(if own.is_none() { score } else { 0.0 });
    }
    let mut runs = path(&evidence).into_iter();
    voices
        .into_iter()
        .map(|own| {
            let run = runs.next().unwrap_or(Voice::Application);
            own.unwrap_or(run)
        })
        .collect()
}

/// The voice that a sentence shows by its own words.
fn own_voice(marks: Marks, text: &str, decided: bool) -> Option<Voice> {
    if concludes(marks) {
        return Some(Voice::Conclusion);
    }
    if marks.says(Cue::Advice) && (decided || !marks.says(Cue::GuidelineSays)) {
        return Some(Voice::Advice);
    }
    if marks.says(Cue::PartialTemplate) || is_reference(text) {
        return Some(Voice::Other);
    }
    None
}

/// Whether the reviewer rules in a sentence.
fn concludes(marks: Marks) -> bool {
    let other = marks.says(Cue::OtherRequest);
    verdicts(marks).iter().any(|v| !other || v.strength == super::Strength::Plain)
}

/// Evidence for recital (above 0) or application (below 0).
fn score(marks: Marks, text: &str) -> f32 {
    let mut sum: f32 = EVIDENCE.iter().map(|(cue, weight, most)| weight * marks.count(*cue).min(*most) as f32).sum();
    let names =
        |t: Term| matches!(t, Term::Guideline(_) | Term::SharedGuideline(_) | Term::Family(_) | Term::Section { .. });
    if marks.all().any(|(_, t)| names(t)) {
        sum += NAMED;
    }
    if marks.cue(Cue::GuidelineSays).any(|g| g.start < marks.sentence.words.start + HEAD) {
        sum += SUBJECT;
    }
    if has_reference(text) {
        sum += REFERENCE;
    }
    if has_date(text) {
        sum += DATE;
    }
    sum
}

/// The likeliest voices of a run of sentences.
fn path(evidence: &[f32]) -> Vec<Voice> {
    // best sum of a path that ends in recital or application, and whether each stayed or changed
    let (mut recital, mut application) = (START, 0.0);
    let mut stayed: Vec<(bool, bool)> = Vec::with_capacity(evidence.len());
    for e in evidence {
        let change = |for_new: f32| CHANGE + if for_new > MARKED { 0.0 } else { UNMARKED };
        let (to_recital, to_application) = (application - change(*e), recital - change(-e));
        stayed.push((recital >= to_recital, application >= to_application));
        (recital, application) = (recital.max(to_recital) + e / 2.0, application.max(to_application) - e / 2.0);
    }
    let mut in_recital = recital > application;
    let mut voices = Vec::with_capacity(evidence.len());
    for (stay_recital, stay_application) in stayed.into_iter().rev() {
        voices.push(if in_recital { Voice::Recital } else { Voice::Application });
        in_recital = if in_recital { stay_recital } else { !stay_application };
    }
    voices.reverse();
    voices
}

/// Quotation marks left open by a recited sentence.
#[derive(Default)]
struct Quotes {
    open: bool,
    sentences: usize,
}

/// Quotes run over no more sentences than this: many are never closed.
const LONGEST_QUOTE: usize = 15;

impl Quotes {
    /// Goes over a sentence.
    fn pass(&mut self, text: &str, recited: bool) {
        let mut open = self.open;
        for c in text.chars() {
            match c {
                '\u{201c}' => open = true,
                '\u{201d}' => open = false,
                '"' => open = !open,
                _ => {}
            }
        }
        self.sentences = if open && self.open { self.sentences + 1 } else { 0 };
        self.open = open && (self.open || recited) && self.sentences < LONGEST_QUOTE;
    }
}

/// Whether a text holds a reference such as "(Li, 2005)": a bracket that ends in a year.
fn has_reference(text: &str) -> bool {
    brackets(text).any(is_year_reference)
}

/// Whether a text is nothing but references.
fn is_reference(text: &str) -> bool {
    let mut rest = text.trim();
    let mut any = false;
    while let Some(inner) = rest.strip_prefix('(') {
        let Some((reference, after)) = inner.split_once(')') else { return false };
        if !is_year_reference(reference) {
            return false;
        }
        any = true;
        rest = after.trim_start_matches(['.', ',', ';', ' ']);
    }
    any && rest.is_empty()
}

/// The texts in brackets.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.split('(').skip(1).filter_map(|rest| rest.split_once(')').map(|(inner, _)| inner))
}

/// Whether the text of a bracket is "Name, 2005", "Name et al. 2005", "Name, 2002; Name, 2006".
fn is_year_reference(inner: &str) -> bool {
    let Some((name, year)) = inner.trim().rsplit_once([' ', ',']) else { return false };
    let year = year.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let years = year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && (year.starts_with("19") || year.starts_with("20"));
    years
        && name.starts_with(|c: char| c.is_uppercase())
        && !name.contains(|c: char| c.is_ascii_digit() && name.len() < 12)
}

/// Whether a text holds a date in figures: two marks between groups of digits ("10/14/2016", "11-14-16").
fn has_date(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-'))).any(|piece| {
        let parts: Vec<&str> = piece.split(['/', '-']).collect();
        parts.len() == 3 && parts.iter().all(|p| matches!(p.len(), 1 | 2 | 4) && p.bytes().all(|b| b.is_ascii_digit()))
    })
}
