//! What a sentence of a rationale shows for recital or for application, whatever stands around it.

use super::marks::Marks;
use crate::lexicon::{Cue, Small, Term};

/// What a phrase says for recital (above 0) or application (below), and how often it counts in a sentence.
const EVIDENCE: &[(Cue, f32, u8)] = &[
    (Cue::GuidelineSays, SAYS, 1),
    (Cue::Recommends, 1.5, 2),
    (Cue::GuidelineStyle, 0.9, 2),
    (Cue::People, 1.2, 2),
    (Cue::General, 0.6, 2),
    (Cue::CaseTurn, -4.0, 1),
    (Cue::Person, -1.1, 2),
    (Cue::Claimant, -1.6, 1),
    (Cue::Record, -1.5, 2),
    (Cue::ThisRequest, -2.0, 1),
    (Cue::OtherRequest, -2.0, 1),
    (Cue::TreatingProvider, -0.8, 1),
    (Cue::UtilizationReview, -1.5, 1),
    (Cue::YearsOld, -3.0, 1),
    (Cue::Undocumented, -1.5, 1),
    (Cue::NoneOfThese, -2.0, 1),
    (Cue::NoneNoted, -2.0, 1),
    (Cue::UndocumentedAfter, -1.0, 1),
    (Cue::Past, -1.0, 2),
    (Cue::Contrast, -0.4, 1),
    (Cue::ConclusionOpener, -0.5, 1),
    (Cue::Applies, -1.2, 1),
    (Cue::Findings, -0.4, 2),
    (Cue::Measured, -1.2, 2),
];

/// A guideline that says something.
const SAYS: f32 = 3.0;
/// A treatment in general as the subject.
const BARE: f32 = 0.9;
/// A guideline that is named.
const NAMED: f32 = 0.7;
/// A guideline that is the subject, at the head of a sentence.
const SUBJECT: f32 = 1.6;
/// The person as the subject.
const PERSON: f32 = -1.4;
/// So many words are the head of a sentence.
const HEAD: usize = 6;
/// "(Author, 2005)".
const REFERENCE: f32 = 3.0;
/// What happened or was found, in the past tense and without any word of a guideline.
const TOLD: f32 = -1.2;
/// A rationale that opens with what is not there or was not done, without any word of a guideline or of its studies.
const DENIES: f32 = -1.5;
/// A date.
const DATE: f32 = -2.0;
/// What is recommended, without a word of anybody: findings that it names are those it asks for.
const RULE: f32 = 1.5;
/// Words of guidelines.
const RECITED: [Cue; 5] = [Cue::GuidelineSays, Cue::Recommends, Cue::GuidelineStyle, Cue::People, Cue::General];
/// Words by which a sentence is about one case.
const OF_CASE: [Cue; 11] = [
    Cue::Past,
    Cue::Person,
    Cue::Claimant,
    Cue::CaseTurn,
    Cue::ThisRequest,
    Cue::OtherRequest,
    Cue::TreatingProvider,
    Cue::UtilizationReview,
    Cue::YearsOld,
    Cue::Undocumented,
    Cue::UndocumentedAfter,
];

/// Evidence for recital (above 0) or application (below 0).
pub fn score(marks: Marks, text: &str) -> f32 {
    let found = Found::of(marks);
    let subject = subject(marks, &found);
    let mut sum: f32 =
        EVIDENCE.iter().map(|(cue, weight, most)| weight * f32::from(found.counts[*cue as usize].min(*most))).sum();
    sum += match subject {
        // "the patient has exceeded what is recommended by the guideline" tells of the patient
        Subject::Person if marks.says(Cue::GuidelineSays) => PERSON - SAYS,
        Subject::Person => PERSON,
        Subject::Guideline if !marks.says(Cue::ThisRequest) => SUBJECT,
        Subject::Treatment => BARE,
        _ => 0.0,
    };
    if found.guideline.is_some() {
        sum += NAMED;
    }
    if has_reference(text) {
        sum += REFERENCE;
    } else if found.guideline.is_none() && tells_what_was_found(marks) {
        sum += TOLD;
    } else if marks.sentence.words.start == 0 && found.guideline.is_none() && denies(marks) {
        sum += DENIES;
    }
    if has_date(text) {
        sum += DATE;
    } else if marks.says(Cue::Recommends) && !OF_CASE.into_iter().any(|cue| marks.says(cue)) {
        sum += RULE;
    }
    if tells_of_nothing(marks) { sum.min(DENIES) } else { sum }
}

/// How often each cue stands in a sentence, and the first word of the first phrase of some sorts.
struct Found {
    counts: [u8; Cue::ALL.len()],
    person: Option<usize>,
    guideline: Option<usize>,
    treatment: Option<usize>,
}

impl Found {
    fn of(marks: Marks) -> Found {
        let mut found = Found { counts: [0; Cue::ALL.len()], person: None, guideline: None, treatment: None };
        for (hit, term) in marks.all() {
            let first = hit.first as usize;
            match term {
                Term::Cue(cue) => {
                    let count = &mut found.counts[cue as usize];
                    *count = count.saturating_add(1);
                    if cue == Cue::Person {
                        found.person.get_or_insert(first);
                    } else if matches!(cue, Cue::GuidelineWord | Cue::GuidelineSays) {
                        found.guideline.get_or_insert(first);
                    }
                }
                Term::Guideline(_) | Term::SharedGuideline(_) | Term::Family(_) => {
                    found.guideline.get_or_insert(first);
                }
                Term::Treatment(_) | Term::Generic(_) | Term::Brand { .. } => {
                    found.treatment.get_or_insert(first);
                }
                _ => {}
            }
        }
        found
    }
}

/// Whether a sentence that names no guideline tells what was found or happened ("straight leg raise was negative") in no
/// words of a guideline.
fn tells_what_was_found(marks: Marks) -> bool {
    let past = marks.says(Cue::Past) || marks.says(Cue::Record);
    past && !RECITED.into_iter().any(|cue| marks.says(cue))
}

/// Whether a sentence that names no guideline says that something is not there ("first-line drugs remain untried"), and not that
/// it is not proven in general.
fn denies(marks: Marks) -> bool {
    const DENIED: [Cue; 4] = [Cue::Negation, Cue::NegationAfter, Cue::Undocumented, Cue::UndocumentedAfter];
    let science = |w: usize| marks.is(w, Small::OfScience);
    DENIED.into_iter().any(|cue| marks.says(cue))
        && !RECITED.into_iter().any(|cue| marks.says(cue))
        && !marks.sentence.words.clone().any(science)
}

/// Whether a sentence says in no words of a guideline that something is not told of the patient: "no deficit is described".
fn tells_of_nothing(marks: Marks) -> bool {
    let recites = [Cue::Recommends, Cue::People, Cue::GuidelineWord].into_iter().any(|cue| marks.says(cue));
    marks.begins(Cue::NoneTold, marks.sentence.words.start) && !recites
}

/// What stands at the head of a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Person,
    Guideline,
    /// A treatment without an article, told of in the present tense.
    Treatment,
    Unknown,
}

fn subject(marks: Marks, found: &Found) -> Subject {
    let start = marks.sentence.words.start;
    if !marks.says(Cue::General) && found.person.is_some_and(|w| w <= start + 1) {
        return Subject::Person;
    }
    if found.guideline.is_some_and(|w| w < start + HEAD) {
        return Subject::Guideline;
    }
    let of_case = [Cue::Past, Cue::Person, Cue::Record, Cue::ThisRequest, Cue::Undocumented, Cue::Findings];
    if found.treatment == Some(start) && !of_case.into_iter().any(|cue| marks.says(cue)) {
        return Subject::Treatment;
    }
    Subject::Unknown
}

/// Quotation marks left open by a recited sentence.
#[derive(Default)]
pub struct Quotes {
    /// Whether one is open.
    pub open: bool,
    sentences: usize,
}

/// Quotes run over no more sentences than this: many are never closed.
const LONGEST_QUOTE: usize = 15;

impl Quotes {
    /// Goes over a sentence.
    pub fn pass(&mut self, text: &str, recited: bool) {
        let mut open = self.open;
        // the first byte of both round marks is that of few other characters
        let marked = memchr::memchr2(b'"', 0xe2, text.as_bytes()).map_or("", |at| &text[at..]);
        for c in marked.chars() {
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
pub fn is_reference(text: &str) -> bool {
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

/// Bytes of "1/1/4".
const SHORTEST_DATE: usize = 5;

/// Whether a text holds a date in figures: two marks between groups of digits ("10/14/2016", "11-14-16").
fn has_date(text: &str) -> bool {
    // most sentences hold no mark between digits
    let digit = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    let marked = |at: usize| digit(at.checked_sub(1)) && digit(Some(at + 1));
    if !memchr::memchr2_iter(b'/', b'-', text.as_bytes()).any(marked) {
        return false;
    }
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-'))).any(|piece| {
        if piece.len() < SHORTEST_DATE {
            return false;
        }
        let parts: Vec<&str> = piece.split(['/', '-']).collect();
        parts.len() == 3 && parts.iter().all(|p| matches!(p.len(), 1 | 2 | 4) && p.bytes().all(|b| b.is_ascii_digit()))
    })
}
