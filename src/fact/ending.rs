//! Whether the clause of a ruling ends with it, or goes on with something else.

use super::conclusion::Ruling;
use super::marks::Marks;
use super::verdict::Verdict;
use crate::lexicon::{Cue, Gap, Small};

/// So many words behind a verdict may tell what it is for in this case.
const OF_CASE: usize = 8;

/// Whether next to nothing follows a verdict in its clause: a semicolon ends that too.
pub(super) fn ends_sentence(marks: Marks, end: usize) -> bool {
    let last = marks.sentence.words.end;
    let stop = (end..last).find(|w| marks.reading.words[*w].gap == Gap::Hard).unwrap_or(last);
    let rest = end..stop;
    // "for the pain in this wrist"
    let here = rest.len() <= OF_CASE && rest.clone().any(|w| marks.is(w, Small::OfThisCase));
    rest.len() <= 5 || here || marks.links(rest)
}

/// Whether a rationale opens with a ruling and the guideline it rests on: "One brace is not medically necessary per the ODG".
pub(super) fn opens_on_guideline(marks: Marks, verdict: &Verdict) -> bool {
    let end = verdict.words.end;
    let rests = marks.begins(Cue::Following, end);
    let goes_on = || (end..marks.sentence.words.end).any(|w| marks.comma_before(w));
    marks.sentence.words.start == 0 && rests && !marks.says(Cue::Conditional) && !marks.says(Cue::General) && !goes_on()
}

/// Whether a plain denial of one item ends its clause and what follows is another: "Xanax is not medically necessary, although it
/// should be tapered and not stopped".
pub(super) fn goes_on_beside(marks: Marks, verdict: &Verdict) -> bool {
    let (start, end) = (verdict.words.start, verdict.words.end);
    let is = |w: usize, set| marks.is(w, set);
    let one = start > marks.sentence.words.start && marks.reading.word(start - 1).eq_ignore_ascii_case("is");
    let other = end < marks.sentence.words.end
        && (marks.comma_before(end) || is(end, Small::Joins) || marks.begins(Cue::Concession, end));
    let recites = [Cue::GuidelineSays, Cue::Conditional].into_iter().any(|cue| marks.says(cue));
    let general = marks.says_within(Cue::General, marks.sentence.words.start..start);
    verdict.ruling == Ruling::Deny && one && other && !recites && !general
}

/// Whether a plain verdict of the present goes on to why it is so: "are medically necessary to restore motion and keep her at work".
pub(super) fn goes_on_to_reason(marks: Marks, verdict: &Verdict) -> bool {
    let (first, start, end) = (marks.sentence.words.start, verdict.words.start, verdict.words.end);
    let linked = start > first && marks.is(start - 1, Small::Is);
    let recites = [Cue::GuidelineSays, Cue::GuidelineWord, Cue::Conditional].into_iter().any(|cue| marks.says(cue));
    let general = marks.says_within(Cue::General, first..start);
    let reason = end < marks.sentence.words.end && marks.is(end, Small::OpensReason) && !marks.comma_before(end);
    linked && reason && !recites && !general
}
