//! Rulings on nothing: "neither Butrans nor Norco is medically necessary", "no part of this is".

use super::marks::Marks;
use crate::lexicon::{Cue, Small};
use std::ops::Range;

/// Whether the subject of the words that follow a stretch is denied by its first word, and no other verb stands between.
pub(super) fn has_no_subject(marks: Marks, before: Range<usize>) -> bool {
    let is = |w: usize, set| marks.is(w, set);
    let link = |w: &usize| is(*w, Small::Auxiliary) || is(*w, Small::VerdictLink);
    // "neither can be called medically necessary"
    let verbs = before.clone().rev().take_while(|w| link(w) && !is(*w, Small::DeniesSubject)).count();
    let subject = before.start..before.end - verbs;
    let opens = |w: usize| {
        w == before.start
            || marks.comma_before(w)
            || is(w - 1, Small::JoinsStatement)
            || marks.cue(Cue::ConclusionOpener).any(|o| o.end == w)
    };
    let denial = subject.clone().rev().find(|w| is(*w, Small::DeniesSubject) && opens(*w));
    // "no guideline forbids it, and the brace is": another clause
    let joined = |w: usize| marks.comma_before(w) && is(w, Small::JoinsClause);
    let subjectless = |w: usize| verbs > 0 && !(w..subject.end).any(|v| is(v, Small::Auxiliary) || joined(v));
    denial.is_some_and(subjectless) || is_inverted(marks, before)
}

/// So many words may stand between "under no" and the verb: "reading of the guideline".
const INVERTED: usize = 5;

/// "In no way is the study necessary", "under no reading of it is": the verb stands before its subject, and is the only one.
fn is_inverted(marks: Marks, before: Range<usize>) -> bool {
    let is = |w: usize, set| marks.is(w, set);
    let first = before.start;
    let opens = before.len() > 3 && is(first, Small::Preposition) && is(first + 1, Small::DeniesSubject);
    let mut verbs = (first + 2..before.end).filter(|w| is(*w, Small::Auxiliary));
    let near = |v: usize| v < first + 2 + INVERTED && v + 1 < before.end;
    let one = verbs.next().is_some_and(near) && verbs.next().is_none();
    opens && one && !(first + 1..before.end).any(|w| marks.comma_before(w))
}

/// Whether what a word such as "none" denies is a clause of its own: "none of the risks is present, and both drugs are".
pub(super) fn is_closed(marks: Marks, denial: &Range<usize>, behind: &Range<usize>) -> bool {
    let is = |w: usize, set| marks.is(w, set);
    let verb = behind.clone().find(|w| is(*w, Small::Auxiliary));
    is(denial.start, Small::DeniesSubject) && verb.is_some_and(|v| (v + 1..behind.end).any(|w| marks.comma_before(w)))
}
