//! What a pronoun stands beside, which may tell whose it is.

use super::marks::Marks;
use crate::lexicon::{Cue, Small, Term};
use std::ops::Range;

/// What a pronoun stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Nothing that tells whose it is.
    None,
    /// What only a patient has or does: a complaint, a part of the body. So too a sentence that goes on about the patient where nobody
    /// else was named yet.
    Own,
    /// The word for the patient.
    Named,
    /// It is no pronoun but a word for the kind of patient that this is, which a rationale alone has of the case: "a woman who".
    Kind,
}

/// How many words may stand between a pronoun and what only a patient has: "her constant low back pain".
const OWN: usize = 4;

/// Whether a pronoun stands before what only a patient has or does: "his knee", "she limps".
pub(super) fn is_own(marks: Marks, pronoun: Range<usize>) -> bool {
    if marks.covers(Cue::OwnDeed, pronoun.start) {
        return true;
    }
    let owner = marks.is_small(pronoun.clone(), Small::Owner);
    // "she had normal strength"
    let next = pronoun.end..(pronoun.end + 1).min(marks.sentence.words.end);
    let has = !next.is_empty() && marks.is_small(pronoun.clone(), Small::He) && marks.is_small(next, Small::HasHad);
    let first = pronoun.end + usize::from(has);
    let part = |w: usize| marks.all().any(|(h, t)| h.first as usize == w && matches!(t, Term::BodyPart(_)));
    let thing = |w: usize| part(w) || marks.begins(Cue::OwnThing, w);
    let ends = |w: usize| {
        let small = |set| marks.is(w, set);
        marks.comma_before(w) || small(Small::Preposition) || small(Small::Auxiliary) || small(Small::Lists)
    };
    let reach = first..(first + OWN).min(marks.sentence.words.end);
    (owner || has) && reach.take_while(|w| !ends(*w)).any(thing)
}

/// Whether a pronoun is somebody to whom a thing is done: "him", "saw her in May".
pub(super) fn is_object(marks: Marks, pronoun: Range<usize>) -> bool {
    let next = pronoun.end;
    let small = |set| marks.is(next, set);
    let closed = next >= marks.sentence.words.end || marks.comma_before(next);
    match marks.is_small(pronoun.clone(), Small::Owner) {
        true => closed || [Small::Preposition, Small::Auxiliary, Small::Lists].into_iter().any(small),
        false => !marks.is_small(pronoun, Small::He),
    }
}
