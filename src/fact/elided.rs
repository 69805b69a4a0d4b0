//! Rulings of which the second half leaves out its verdict: "the MRI is medically necessary, the x-ray is not".
//!
//! Which half is about the request cannot be told, so neither is held against its outcome. Where the first half tells only what
//! would be ("a week of it would have been medically necessary; three are not"), the second is the ruling.

use super::conclusion::{Ruling, Strength};
use super::marks::Marks;
use super::verdict::{Subject, Verdict};
use crate::lexicon::{Cue, Gap, Small};
use std::ops::Range;

/// A subject has so many words at least.
const SUBJECT: usize = 2;

/// Adds the verdict that the last clause leaves out, and marks both halves as such.
pub(super) fn complete(marks: Marks, found: &mut Vec<Verdict>) {
    let Some((clause, ruling, words)) = last_clause(marks) else { return };
    let before = |v: &Verdict| v.words.end <= clause.start;
    if found.iter().any(|v| !before(v)) {
        return;
    }
    let verdict = |subject| Verdict { ruling, strength: Strength::Plain, words: words.clone(), subject };
    if found.iter().any(|v| v.ruling != ruling) {
        found.iter_mut().for_each(|v| v.subject = Subject::Half);
        found.push(verdict(Subject::Half));
    } else if found.is_empty() && answers_another(marks, &clause, ruling) {
        found.push(verdict(Subject::Any));
    } else if found.is_empty() && ruling == Ruling::Deny {
        let first = marks.sentence.words.start;
        let supposed = marks.within(Cue::Necessary, first..clause.start).any(|n| would_have_been(marks, n.start))
            || marks.within(Cue::NoConclusion, first..clause.start).any(|n| marks.is(n.start, Small::MayBe));
        found.extend(supposed.then(|| verdict(Subject::Any)));
    }
}

/// "Although utilization review held that it is not necessary, I find that it is": the reviewer's own verb behind another's ruling.
fn answers_another(marks: Marks, clause: &Range<usize>, ruling: Ruling) -> bool {
    let before = marks.sentence.words.start..clause.start;
    let others = [Cue::UtilizationReview, Cue::TreatingProvider];
    let other = others.into_iter().any(|cue| marks.says_within(cue, before.clone()));
    let own = marks.within(Cue::ReviewerSelf, clause.clone()).next();
    let finds = own
        .is_some_and(|i| [Cue::Judges, Cue::Claims].into_iter().any(|cue| marks.says_within(cue, i.end..clause.end)));
    let contrary = match ruling {
        Ruling::Approve => Cue::NotNecessary,
        Ruling::Deny => Cue::Necessary,
    };
    other && finds && marks.says_within(contrary, before)
}

/// The last clause of a sentence if it ends in "is" or "is not": the clause, which way it rules, and its verb.
fn last_clause(marks: Marks) -> Option<(Range<usize>, Ruling, Range<usize>)> {
    let Range { start: first, end } = marks.sentence.words;
    let is = |w: usize| marks.is(w, Small::Is);
    let not = end.checked_sub(1).filter(|w| *w > first && marks.reading.slice(*w..end).eq_ignore_ascii_case("not"));
    let verb = not.unwrap_or(end).checked_sub(1).filter(|w| *w > first && is(*w))?;
    let parts = |w: &usize| {
        let joined = marks.is_small(*w - 1..*w, Small::But) || marks.is_small(*w - 1..*w, Small::Joins);
        marks.reading.words[*w].gap == Gap::Hard || marks.comma_before(*w) || joined
    };
    let ruling = if not.is_some() { Ruling::Deny } else { Ruling::Approve };
    // "a rental of three weeks, as requested, is not": some commas are the subject's own
    let starts = (first + 1..=verb.saturating_sub(SUBJECT)).rev().filter(parts);
    let verdict = |words: Range<usize>| {
        [Cue::Necessary, Cue::NotNecessary, Cue::NoConclusion]
            .into_iter()
            .any(|cue| marks.says_within(cue, words.clone()))
    };
    let start = starts.into_iter().take_while(|w| !verdict(*w..verb)).last()?;
    verdict(first..start).then_some((start..verb, ruling, verb..end))
}

/// Whether words tell what would have been: "would have been".
pub(super) fn would_have_been(marks: Marks, word: usize) -> bool {
    let first = marks.sentence.words.start;
    let written = |w: usize| marks.reading.word(w);
    word >= first + 3
        && written(word - 1).eq_ignore_ascii_case("been")
        && written(word - 2).eq_ignore_ascii_case("have")
        && (marks.is_small(word - 3..word - 2, Small::Would) || marks.is_small(word - 3..word - 2, Small::MayBe))
}
