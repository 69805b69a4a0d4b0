//! What denies a ruling before or behind it: "not", "nothing shows that", "I cannot find that the aide, four hours a day, is".

use super::marks::Marks;
use super::nothing::is_closed;
use super::verdict::REACH;
use crate::lexicon::{Cue, Small};
use std::ops::Range;

/// What denies a statement that follows.
const DENIALS: [Cue; 8] = [
    Cue::Negation,
    Cue::NegationAfter,
    Cue::Undocumented,
    Cue::UndocumentedAfter,
    Cue::Unshown,
    Cue::Unproven,
    Cue::Rejects,
    Cue::LeansNotNecessary,
];

/// Where the denial begins that governs the statement in which some words of a ruling stand, if one does. The item between "that"
/// and the ruling may be long and hold commas, so its length tells nothing: the clause behind "that" must have no other verb, and
/// nothing before it may take the denial back.
pub(super) fn denied_whole(marks: Marks, start: usize) -> Option<usize> {
    let first = marks.stretch_start(start);
    let that = (first..start).rev().find(|w| marks.reading.word(*w).eq_ignore_ascii_case("that"))?;
    if has_other_verb(marks, that + 1..start) {
        return None;
    }
    let joins = |w: &usize| marks.is(*w, Small::JoinsStatement);
    let clause = (first..that).rev().find(joins).map_or(first, |w| w + 1);
    let governing = clause..that;
    let others = [Cue::UtilizationReview, Cue::TreatingProvider];
    let doubts = |w: usize| marks.is(w, Small::Doubts);
    if governing.clone().any(doubts) || others.into_iter().any(|cue| marks.says_within(cue, governing.clone())) {
        return None;
    }
    let denials = DENIALS.into_iter().flat_map(|cue| marks.cue(cue));
    let is = |w: usize, set| marks.is(w, set);
    // "fails to persuade me that"
    let fails = governing.clone().filter(|w| is(*w, Small::Fails) && is(w + 1, Small::To)).map(|w| w..w + 2);
    let denial = denials.filter(|d| governing.contains(&d.start)).chain(fails).max_by_key(|d| d.end)?;
    // "without a fracture I find that": another clause
    let between = denial.end.min(that)..that;
    let apart = |w: usize| marks.comma_before(w) || marks.is(w, Small::Speaker);
    (!between.into_iter().any(apart)).then_some(denial.start)
}

/// Whether a clause is closed before the verb that its last words are: "that the tear is old, so the repair is".
fn has_other_verb(marks: Marks, words: Range<usize>) -> bool {
    let is = |w: usize, set| marks.is(w, set);
    let own = |w: &usize| is(*w, Small::Auxiliary) || is(*w, Small::VerdictLink);
    let verb = words.end - words.clone().rev().take_while(own).count();
    // "though nothing shows that therapy failed, the request is"
    let anew = |w: usize| w > words.start && marks.comma_before(w) && is(w, Small::Determiner);
    (words.start..verb).any(|w| is(w, Small::Auxiliary) || anew(w))
        || marks.says_within(Cue::ClauseJoin, words.start..verb)
}

/// A denial with nothing between it and the verdict but words such as "be considered".
pub(super) fn denied_at(marks: Marks, before: Range<usize>) -> Option<usize> {
    [Cue::Negation, Cue::Undocumented, Cue::NegationAfter, Cue::UndocumentedAfter]
        .into_iter()
        .flat_map(|cue| marks.within(cue, before.clone()))
        .filter(|n| marks.links(n.end..before.end))
        .map(|n| n.start)
        .max()
}

/// Missing proof or a rejection whose clause holds the verdict.
pub(super) fn unproven_at(marks: Marks, cue: Cue, before: Range<usize>, reach: usize) -> Option<usize> {
    let hit = marks.within(cue, before.clone()).last()?;
    let between = hit.end..before.end;
    // "though nothing shows that therapy failed, the request is necessary"
    let opens = |s: &Range<usize>| before.start <= s.start && s.start <= hit.start;
    // "with all sympathy, but I cannot find that": another clause has begun
    let joins = |w: usize| marks.comma_before(w) && marks.is(w, Small::JoinsStatement);
    let beside = marks.cue(Cue::Subordinate).any(|s| opens(&s) && !(s.end..=hit.start).any(joins))
        && between.clone().skip(1).any(|w| marks.comma_before(w));
    // "I disagree with utilization review and find": another verb of the same speaker
    let anew = between.clone().any(|w| marks.is(w, Small::Joins) && marks.begins(Cue::Judges, w + 1));
    let own = between.len() <= reach
        && !beside
        && !anew
        && !is_closed(marks, &hit, &between)
        && !marks.says_within(Cue::ClauseJoin, between);
    own.then_some(hit.start)
}

/// "There are no factors which would demonstrate medical necessity for it."
pub(super) fn missing_at(marks: Marks, before: Range<usize>) -> Option<usize> {
    let last = before.end.checked_sub(1).filter(|w| before.contains(w))?;
    if !marks.is_small(last..before.end, Small::WouldShow) {
        return None;
    }
    let missing = [Cue::Negation, Cue::Undocumented].into_iter().flat_map(|cue| marks.within(cue, before.clone()));
    missing.filter(|n| before.end - n.end <= REACH).map(|n| n.start).max()
}

/// Where a denial ends that stands right behind a ruling: "that it is medically necessary has not been shown".
pub(super) fn denied_behind(marks: Marks, end: usize) -> Option<usize> {
    let rest = end..marks.sentence.words.end;
    let mut denials = marks.within(Cue::UndocumentedAfter, rest).filter(|n| n.start <= end + 1);
    denials.find(|n| !marks.comma_before(n.start)).map(|n| n.end)
}
