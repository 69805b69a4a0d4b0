//! What some bytes of a request name: treatments, drugs, sides.

use crate::letter::reading::Reading;
use crate::lexicon::{Cue, Hit, Lexicon, Small, Term};
use std::ops::Range;

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

/// Terms within some bytes, with their words.
pub(super) fn terms(
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
pub(super) fn treatments(reading: &Reading, bytes: &Range<usize>, lexicon: &Lexicon) -> Vec<(u16, Range<usize>)> {
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

pub(super) fn drugs(reading: &Reading, bytes: &Range<usize>, lexicon: &Lexicon) -> Vec<(u16, Range<usize>)> {
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
    let named = named.into_iter().filter(|(_, words)| !is_conjunction(reading, words, lexicon));
    named.map(|(n, words)| ([Side::Left, Side::Right, Side::Both][n as usize], words)).collect()
}

/// So many words may stand between "both" and "and": "both medically indicated and".
const PAIR: usize = 3;

/// Whether a word for both sides only opens a pair: "both indicated and necessary", not "both the neck and the back".
fn is_conjunction(reading: &Reading, words: &Range<usize>, lexicon: &Lexicon) -> bool {
    let next = words.end..(words.end + PAIR).min(reading.words.len());
    let both = reading.word(words.start).eq_ignore_ascii_case("both");
    let Some(and) = next.clone().find(|w| both && reading.is_small(*w, Small::Joins, lexicon)) else { return false };
    let named = |h: &Hit| (words.end..and).contains(&(h.first as usize)) && is_place(lexicon.terms[h.term as usize]);
    !reading.hits.iter().any(named)
}

fn is_place(term: Term) -> bool {
    matches!(term, Term::BodyPart(_) | Term::Cue(Cue::LeftSide | Cue::RightSide))
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
