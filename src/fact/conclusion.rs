//! What a rationale concludes about the request that stands in its heading.

use super::marks::Marks;
use super::verdict::{Verdict, verdicts, verdicts_at_end};
use super::voice::Voice;
use crate::letter::Reading;
use crate::lexicon::{Cue, Family, Lexicon, Term, TreatmentKind, fold};
use crate::source::Span;
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::Range;

/// What is decided of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// It is necessary; the denial is overturned.
    Approve,
    /// It is not; the denial is upheld.
    Deny,
}

impl Ruling {
    /// The other way.
    pub fn opposite(self) -> Ruling {
        match self {
            Ruling::Approve => Ruling::Deny,
            Ruling::Deny => Ruling::Approve,
        }
    }
}

/// How plainly a conclusion is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// "is not medically necessary".
    Plain,
    /// "is supported", "is not warranted".
    Leaning,
}

/// What a conclusion is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Object {
    /// The request in the heading.
    ThisRequest,
    /// Another item, a concurrent request, or a part of this one.
    Other,
    /// Something named that could not be matched with the heading.
    Unclear,
}

/// One conclusion of a rationale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stance {
    /// Which way.
    pub ruling: Ruling,
    /// How plainly.
    pub strength: Strength,
    /// The concluding words.
    pub span: Span,
    /// Their numbers in the reading.
    #[serde(skip)]
    pub words: Range<usize>,
    /// Number of the sentence.
    pub sentence: usize,
    /// What it is about.
    pub object: Object,
}

/// All that a rationale concludes, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Conclusion {
    /// The conclusions.
    pub stances: Vec<Stance>,
}

impl Conclusion {
    /// The stances that decide: plain before leaning, about this request before unclear.
    pub fn deciding(&self) -> impl Iterator<Item = &Stance> {
        let rank = |s: &Stance| match (s.object, s.strength) {
            (Object::Other, _) => None,
            (Object::ThisRequest, Strength::Plain) => Some(0),
            (Object::Unclear, Strength::Plain) => Some(1),
            (Object::ThisRequest, Strength::Leaning) => Some(2),
            (Object::Unclear, Strength::Leaning) => Some(3),
        };
        let best = self.stances.iter().filter_map(rank).min();
        self.stances.iter().filter(move |s| best.is_some() && rank(s) == best)
    }

    /// What is concluded of this request; none if nothing is, or both.
    pub fn ruling(&self) -> Option<Ruling> {
        let first = self.deciding().next()?.ruling;
        self.deciding().all(|s| s.ruling == first).then_some(first)
    }

    /// Whether it is concluded both ways.
    pub fn is_mixed(&self) -> bool {
        self.ruling().is_none() && self.deciding().next().is_some()
    }

    /// The word of the output for it.
    pub fn word(&self) -> &'static str {
        match self.ruling() {
            Some(Ruling::Approve) => "necessary",
            Some(Ruling::Deny) => "not-necessary",
            None if self.is_mixed() => "mixed",
            None => "none",
        }
    }
}

/// What a rationale concludes about a request.
pub fn conclusion(rationale: &Reading, request: &Reading, voices: &[Voice], lexicon: &Lexicon) -> Conclusion {
    let heading = Named::of(request, 0..request.words.len(), lexicon);
    let mut stances = Vec::new();
    for (number, sentence) in rationale.sentences.iter().enumerate() {
        if voices.get(number) != Some(&Voice::Conclusion) {
            continue;
        }
        let marks = Marks::of(rationale, sentence, lexicon);
        let mut found = verdicts(marks);
        if found.is_empty() {
            found = verdicts_at_end(marks);
        }
        let mut from = sentence.words.start;
        for (i, verdict) in found.iter().enumerate() {
            let object = object(marks, verdict, from, &heading, lexicon);
            // "as the surgery is not necessary, the associated service is not": the last of several is about the request
            let object = if object == Object::Unclear && i + 1 < found.len() { Object::Other } else { object };
            stances.push(Stance {
                ruling: verdict.ruling,
                strength: verdict.strength,
                span: rationale.span_of_words(verdict.words.clone()),
                words: verdict.words.clone(),
                sentence: number,
                object,
            });
            from = verdict.words.end;
        }
    }
    Conclusion { stances }
}

/// What a verdict is about, by the words between the verdict before it and itself.
fn object(marks: Marks, verdict: &Verdict, from: usize, heading: &Named, lexicon: &Lexicon) -> Object {
    let clause = from..verdict.words.end;
    let part = marks.part_start(verdict.words.start).max(from)..verdict.words.end;
    if marks.says_within(Cue::OtherRequest, part.clone()) {
        return Object::Other;
    }
    // the nearest words that name something count; commas also stand inside names
    let near = Named::of(marks.reading, part, lexicon);
    let whole = Named::of(marks.reading, clause, lexicon);
    let shares_words = heading.shares_words(&whole);
    let named = if near.is_empty() { whole } else { near };
    if shares_words || heading.matches(&named, lexicon) {
        return Object::ThisRequest;
    }
    if !named.drugs.is_empty() && !heading.drugs.is_empty() {
        return Object::Other;
    }
    // "the surgery", where the heading asks for none
    let kind = |t: &u16| lexicon.treatments[*t as usize].kind;
    let surgical = |t: &u16| matches!(kind(t), TreatmentKind::Surgery | TreatmentKind::Procedure);
    let asks_for_less = !heading.is_empty() && !heading.treatments.iter().any(surgical);
    if !named.is_empty() && named.drugs.is_empty() && named.treatments.iter().all(surgical) && asks_for_less {
        return Object::Other;
    }
    if named.is_empty() {
        return Object::ThisRequest;
    }
    // "the requested ancillary service": a word for a class beside "requested" names nothing else, unless it is the
    // ground of another verdict: "as the requested surgery is not necessary, ..."
    let clause = from..verdict.words.start;
    let class = named.drugs.is_empty() && named.treatments.iter().all(|t| lexicon.treatments[*t as usize].class_word);
    let requested = marks.says_within(Cue::ThisRequest, clause.clone()) && !marks.says_within(Cue::Subordinate, clause);
    if class && requested { Object::ThisRequest } else { Object::Unclear }
}

/// The treatments and drugs that some words name.
#[derive(Debug, Default)]
struct Named {
    treatments: BTreeSet<u16>,
    drugs: BTreeSet<u16>,
    words: BTreeSet<String>,
}

/// Words shorter than this tell too little of an item.
const TELLING: usize = 6;

impl Named {
    fn of(reading: &Reading, words: Range<usize>, lexicon: &Lexicon) -> Named {
        let mut named = Named::default();
        let from = reading.hits.partition_point(|h| (h.first as usize) < words.start);
        for hit in reading.hits[from..].iter().take_while(|h| (h.first as usize) < words.end) {
            if hit.end as usize > words.end {
                continue;
            }
            match lexicon.terms[hit.term as usize] {
                Term::Treatment(n) => {
                    named.treatments.insert(n);
                }
                Term::Generic(drug) | Term::Brand { drug, .. } => {
                    named.drugs.insert(drug);
                }
                _ => {}
            }
        }
        named.words = telling(reading, words, lexicon);
        named
    }

    fn is_empty(&self) -> bool {
        self.treatments.is_empty() && self.drugs.is_empty()
    }

    /// Whether both name the same thing, or one a class of the other.
    fn matches(&self, other: &Named, lexicon: &Lexicon) -> bool {
        let all = |n: &Named| -> BTreeSet<u16> {
            let classes = n.drugs.iter().flat_map(|d| lexicon.drugs[*d as usize].treatments.iter());
            n.treatments.iter().chain(classes).copied().collect()
        };
        if !self.drugs.is_disjoint(&other.drugs) {
            return true;
        }
        // two different drugs of a class are two things, unless neither is more than its class
        if !self.drugs.is_empty() && !other.drugs.is_empty() {
            return false;
        }
        let (mine, others) = (all(self), all(other));
        mine.iter().any(|a| others.iter().any(|b| lexicon.is_a(*a, *b) || lexicon.is_a(*b, *a)))
    }

    /// Whether some words repeat a telling word of the heading.
    fn shares_words(&self, other: &Named) -> bool {
        !self.words.is_disjoint(&other.words)
    }
}

/// The longer words among some words, folded; not those that speak of requests in general or name a body part.
fn telling(reading: &Reading, words: Range<usize>, lexicon: &Lexicon) -> BTreeSet<String> {
    let plain = |term: Term| match term {
        Term::BodyPart(_) => false,
        Term::Cue(cue) => !matches!(cue, Cue::ThisRequest | Cue::OtherRequest) && cue.family() != Family::Form,
        _ => true,
    };
    let near = reading.hits.iter().take_while(|h| (h.first as usize) < words.end);
    let near = near.filter(|h| h.end as usize > words.start);
    let skipped: Vec<_> = near.filter(|h| !plain(lexicon.terms[h.term as usize])).collect();
    words
        .filter(|w| !skipped.iter().any(|h| h.first as usize <= *w && *w < h.end as usize))
        .map(|w| fold(reading.slice(w..w + 1)))
        .filter(|w| w.len() >= TELLING)
        .collect()
}
