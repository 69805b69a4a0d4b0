//! Words that find a request necessary or not, wherever a rationale uses them of the case.
//!
//! The lexicon knows the phrases. Here it is settled whether a denial before them turns them round, and whether somebody
//! else is speaking, a condition is stated, or a guideline recited.

use super::claimed::{is_anothers, is_claimed};
use super::conclusion::{Ruling, Strength};
use super::elided::{complete, would_have_been};
use super::ending::{ends_sentence, goes_on_beside, goes_on_to_reason, opens_on_guideline};
use super::governed::{denied_at, denied_behind, denied_whole, missing_at, unproven_at};
use super::marks::Marks;
use super::nothing::has_no_subject;
use crate::lexicon::{Cue, Small, Term};
use std::ops::Range;

/// A finding of the reviewer's in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which way.
    pub ruling: Ruling,
    /// How plainly.
    pub strength: Strength,
    /// Its words, a denial that turns it round included.
    pub words: Range<usize>,
    /// What it must be said of to count.
    pub subject: Subject,
}

/// What a verdict's words must be said of to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Nothing more: "I am reversing the decision".
    Within,
    /// The request: "is approved".
    Request,
    /// Anything asked for: "is medically necessary".
    Any,
    /// Some part or kind of what was asked for, the other half of the sentence saying the opposite of another.
    Half,
}

/// How many words a denial may stand before the clause that it denies.
pub(super) const REACH: usize = 25;

/// A denial of denial must stand nearer.
const REACH_DOUBLE: usize = 14;

/// "is not supported by the records as being medically necessary".
const REACH_WEAK: usize = 8;

/// The verdicts of a sentence in order; none that recites, quotes or supposes.
pub fn verdicts(marks: Marks) -> Vec<Verdict> {
    collect(marks, false)
}

/// The same for the end of a rationale that rules nowhere else: there "the brace is not needed" will do, though no
/// request is named.
pub fn verdicts_at_end(marks: Marks) -> Vec<Verdict> {
    collect(marks, true)
}

fn collect(marks: Marks, at_end: bool) -> Vec<Verdict> {
    let mut found: Vec<Verdict> = Vec::new();
    for verdict in phrases(marks) {
        // "the finding that it is not medically necessary is not supported" is rejected as a whole
        if let Some(last) = found.last_mut()
            && last.ruling == Ruling::Deny
            && verdict.ruling == Ruling::Deny
            && marks.is_small(last.words.end..verdict.words.start, Small::Is)
        {
            last.ruling = Ruling::Approve;
            last.words.end = verdict.words.end;
            continue;
        }
        // "not medically necessary, medically appropriate, or indicated" is one verdict
        if let Some(last) = found.last_mut()
            && continues(marks, last, &verdict)
        {
            last.words.end = verdict.words.end;
            if last.subject == Subject::Request {
                last.subject = verdict.subject;
            }
            continue;
        }
        found.push(compared(marks, &verdict).unwrap_or_else(|| turned(marks, verdict)));
    }
    let all = found.len();
    found.retain(|v| stands(marks, v, all > 1, at_end));
    complete(marks, &mut found);
    found
}

/// Whether a phrase belongs to the verdict before it: "not medically necessary, medically appropriate, or indicated".
fn continues(marks: Marks, last: &Verdict, next: &Verdict) -> bool {
    let between = last.words.end..next.words.start;
    last.words.end <= next.words.start
        && (last.strength == next.strength || next.strength == Strength::Leaning)
        && next.subject != Subject::Within
        && marks.covered(Cue::Coordination, between.clone())
        && (!between.is_empty() || marks.comma_before(next.words.start))
}

/// The phrases of verdicts, as they stand.
fn phrases(marks: Marks) -> Vec<Verdict> {
    let mut found: Vec<(Verdict, bool)> = Vec::new();
    let mut barred: Vec<Range<usize>> = Vec::new();
    for (hit, term) in marks.all() {
        let Term::Cue(cue) = term else { continue };
        let words = hit.first as usize..hit.end as usize;
        // "it cannot be denied that"
        if marks.meets(Cue::Assures, &words) {
            continue;
        }
        let (ruling, strength) = match cue {
            Cue::Necessary | Cue::Granted | Cue::Overturns => (Ruling::Approve, Strength::Plain),
            Cue::NotNecessary | Cue::Refused | Cue::Upholds => (Ruling::Deny, Strength::Plain),
            Cue::LeansNecessary => (Ruling::Approve, Strength::Leaning),
            Cue::LeansNotNecessary => (Ruling::Deny, Strength::Leaning),
            Cue::NoConclusion => {
                barred.push(words);
                continue;
            }
            _ => continue,
        };
        if strength == Strength::Plain {
            barred.push(words.clone());
        }
        let subject = match cue {
            Cue::Overturns | Cue::Upholds => Subject::Within,
            Cue::Granted | Cue::Refused => Subject::Request,
            _ => Subject::Any,
        };
        found.push((Verdict { ruling, strength, words, subject }, strength == Strength::Leaning));
    }
    if let Some(verdict) = established(marks, &barred) {
        found.retain(|(v, _)| v.words.end <= verdict.words.start || verdict.words.end <= v.words.start);
        found.push((verdict, false));
        found.sort_by_key(|(v, _)| v.words.start);
    }
    // a weak phrase that shares words with a plain one, or with what is none, is part of that
    found.retain(|(v, weak)| !weak || !barred.iter().any(|b| b.start < v.words.end && v.words.start < b.end));
    found.into_iter().map(|(v, _)| v).collect()
}

/// "The medical necessity of X is not established": X may be long.
fn established(marks: Marks, barred: &[Range<usize>]) -> Option<Verdict> {
    let end = marks.sentence.words.end;
    let covered = |n: &Range<usize>| barred.iter().any(|b| b.start < n.start && n.start < b.end);
    let necessity = marks.cue(Cue::Necessity).find(|n| !covered(n))?;
    let first = |cue| marks.within(cue, necessity.end..end).next();
    let (ruling, said) = match (first(Cue::Established), first(Cue::NotEstablished)) {
        (Some(yes), Some(no)) if yes.start < no.start => (Ruling::Approve, yes),
        (_, Some(no)) => (Ruling::Deny, no),
        (Some(yes), None) => (Ruling::Approve, yes),
        (None, None) => return None,
    };
    let own = !marks.says_within(Cue::ClauseJoin, necessity.end..said.start);
    own.then_some(Verdict {
        ruling,
        strength: Strength::Plain,
        words: necessity.start..said.end,
        subject: Subject::Any,
    })
}

/// The verdict as it is after denials around it.
fn turned(marks: Marks, mut verdict: Verdict) -> Verdict {
    let clause = marks.stretch_start(verdict.words.start);
    let before = clause..verdict.words.start;
    let whole = if verdict.ruling == Ruling::Approve { denied_whole(marks, verdict.words.start) } else { None };
    if let Some(start) = whole {
        verdict.ruling = Ruling::Deny;
        verdict.words.start = start;
        return verdict;
    }
    if verdict.ruling == Ruling::Approve
        && let Some(start) = denied_at(marks, before.clone())
            .or_else(|| unproven_at(marks, Cue::Unproven, before.clone(), REACH))
            .or_else(|| unproven_at(marks, Cue::LeansNotNecessary, before.clone(), REACH_WEAK))
            .or_else(|| missing_at(marks, before))
    {
        verdict.ruling = Ruling::Deny;
        verdict.words.start = start;
    } else if verdict.ruling == Ruling::Approve
        && let Some(end) = denied_behind(marks, verdict.words.end)
    {
        verdict.ruling = Ruling::Deny;
        verdict.words.end = end;
    } else if verdict.ruling == Ruling::Approve
        && (has_no_subject(marks, clause..verdict.words.start) || is_denied_inside(marks, verdict.words.clone()))
    {
        verdict.ruling = Ruling::Deny;
    }
    if let Some(start) = unproven_at(marks, Cue::Rejects, clause..verdict.words.start, REACH_DOUBLE) {
        verdict.ruling = verdict.ruling.opposite();
        verdict.words.start = start;
    }
    verdict
}

/// "Medical necessity of it cannot be said to have been established": nothing but link words between a denial and the end.
fn is_denied_inside(marks: Marks, words: Range<usize>) -> bool {
    let denial = words.clone().rev().find(|w| marks.is(*w, Small::Denies));
    denial.is_some_and(|w| w > words.start && marks.links(w + 1..words.end))
}

/// "The visits go beyond what is allowed" denies, and "are no more than is necessary" grants, both only by the way.
fn compared(marks: Marks, verdict: &Verdict) -> Option<Verdict> {
    let mut verdict = Verdict { strength: Strength::Leaning, ..verdict.clone() };
    if exceeds(marks, &verdict)? {
        verdict.ruling = Ruling::Deny;
    }
    Some(verdict)
}

/// Whether words grant only as a measure of what is asked for, "than is necessary", and then whether that is said to go
/// beyond it.
fn exceeds(marks: Marks, verdict: &Verdict) -> Option<bool> {
    if verdict.ruling != Ruling::Approve {
        return None;
    }
    let (clause, start) = (marks.clause_start(verdict.words.start), verdict.words.start);
    let is = |w: usize, set| marks.is(w, set);
    let link = |w: &usize| !is(*w, Small::Measures) && (is(*w, Small::VerdictLink) || is(*w, Small::Auxiliary));
    let head = (clause..start).rev().find(|w| !link(w))?;
    if !is(head, Small::Measures) {
        return None;
    }
    let over = (clause.max(head.saturating_sub(COMPARED))..head).rev().find(|w| is(*w, Small::Exceeds));
    let Some(over) = over else {
        // "an operation that is necessary" measures nothing
        return is(head, Small::MeasuresAlone).then_some(false);
    };
    let before = clause.max(over.saturating_sub(MODAL))..over;
    // "no more than" denies nothing by itself
    let denied = marks.cue(Cue::Negation).any(|n| before.start <= n.start && n.start <= over)
        || marks.covers(Cue::PseudoNegation, over);
    Some(!denied)
}

/// So many words may stand between "exceed" and "that is allowed".
const COMPARED: usize = 8;
/// So many words before "exceed" a denial of it may stand.
const MODAL: usize = 3;

/// Whether a verdict is the reviewer's own about the case.
fn stands(marks: Marks, verdict: &Verdict, one_of_several: bool, at_end: bool) -> bool {
    let start = verdict.words.start;
    let part = marks.part_start(start);
    if is_supposed(marks, verdict, part)
        || is_claimed(marks, start)
        || is_anothers(marks, start)
        || is_recited(marks, verdict)
    {
        return false;
    }
    // "spasticity, for which tizanidine is approved": what it is made for
    let which = (part + 1..start).any(|w| marks.is(w, Small::Relative) && marks.is_small(w - 1..w, Small::NeedOf));
    if verdict.subject == Subject::Request && which {
        return false;
    }
    let conceded = marks.says_within(Cue::Concession, part..start);
    if conceded && (one_of_several || verdict.strength == Strength::Leaning || goes_on(marks, verdict.words.end)) {
        return false;
    }
    // "no discussion suggesting that the study was needed": weak words under a denial say nothing sure
    let clause = marks.clause_start(start);
    let denied = [Cue::Negation, Cue::Undocumented].into_iter().flat_map(|cue| marks.within(cue, clause..start)).last();
    let doubtful = verdict.strength == Strength::Leaning
        && verdict.ruling == Ruling::Approve
        && denied.is_some_and(|n| !marks.says_within(Cue::ClauseJoin, n.end..start));
    // "as the surgery is not medically necessary, the brace is not": the ground of the other verdict
    let ground =
        one_of_several && verdict.strength == Strength::Plain && marks.says_within(Cue::Subordinate, part..start);
    !doubtful && (ground || speaks_of_case(marks, verdict, at_end))
}

/// Whether another clause follows behind a comma: "while it is necessary for some, the number of refills ...".
fn goes_on(marks: Marks, end: usize) -> bool {
    let last = marks.sentence.words.end;
    (end..last).any(|w| marks.comma_before(w) && last - w >= 3)
}

/// Whether the verdict hangs on a condition.
fn is_supposed(marks: Marks, verdict: &Verdict, part: usize) -> bool {
    let (start, end) = (verdict.words.start, verdict.words.end);
    if would_have_been(marks, start) {
        return true;
    }
    let first = marks.sentence.words.start;
    let modal = |w: usize| marks.is(w, Small::MayBe);
    // "if red flags appear, x-rays will be medically necessary"
    if marks.is(first, Small::If) && (part..verdict.words.start).any(modal) {
        return true;
    }
    let plain = verdict.strength == Strength::Plain;
    let request = marks.within(Cue::ThisRequest, marks.sentence.words.start..start).next();
    // "is not medically necessary until this is settled" denies it now
    let until = verdict.ruling == Ruling::Deny && end < marks.sentence.words.end && marks.is(end, Small::Until);
    if marks.begins(Cue::Conditional, end) && !(plain && (request.is_some() || until)) {
        return true;
    }
    // "six visits until she is able to attend are medically necessary": a length of time
    let lasts = |c: &Range<usize>| c.start > part && marks.is(c.start, Small::Until);
    let Some(condition) = marks.within(Cue::Conditional, part..start).filter(|c| !lasts(c)).last() else {
        return false;
    };
    // "the request for an aide when alone is medically necessary": the condition is part of the item
    let in_item = request.is_some_and(|r| {
        r.end <= condition.start
            && ![Cue::LeansNecessary, Cue::General].into_iter().any(|cue| marks.says_within(cue, r.end..start))
    });
    !(in_item && plain && condition.end + 2 <= start && ends_sentence(marks, end))
}

/// Whether a guideline says so.
fn is_recited(marks: Marks, verdict: &Verdict) -> bool {
    let first = marks.sentence.words.start;
    let start = verdict.words.start;
    // "supported by the guidelines" is said of the request, "the guidelines state" is not
    let active = |says: &Range<usize>| !marks.reading.slice(says.clone()).to_ascii_lowercase().contains("ed by ");
    let Some(says) = marks.within(Cue::GuidelineSays, first..start).filter(active).last() else { return false };
    let between = says.end..start;
    let turns = [Cue::ConclusionOpener, Cue::CaseTurn].into_iter().any(|cue| marks.says_within(cue, first..start));
    let own = turns
        || [Cue::ThisRequest, Cue::OtherRequest, Cue::ClauseJoin]
            .into_iter()
            .any(|cue| marks.says_within(cue, between.clone()));
    // "per the guidelines, a brace is not medically necessary" rests on them, "guidelines state that ..." recites them
    let follows = marks.cue(Cue::Following).any(|f| f.start <= says.start && says.start <= f.end);
    let rests = follows && verdict.strength == Strength::Plain && ends_sentence(marks, verdict.words.end);
    !(own || rests)
}

/// Whether the verdict is about something asked for in this case.
fn speaks_of_case(marks: Marks, verdict: &Verdict, at_end: bool) -> bool {
    let before = marks.sentence.words.start..verdict.words.end;
    let of_request =
        marks.says_within(Cue::ThisRequest, before.clone()) || marks.says_within(Cue::OtherRequest, before);
    let opened = marks.says(Cue::ConclusionOpener) || marks.says(Cue::CaseTurn);
    let people = marks.says(Cue::People);
    let ends = ends_sentence(marks, verdict.words.end)
        || opens_on_guideline(marks, verdict)
        || goes_on_beside(marks, verdict)
        || goes_on_to_reason(marks, verdict);
    match (verdict.subject, verdict.strength) {
        (Subject::Within | Subject::Half, _) => true,
        (Subject::Request, _) if marks.says(Cue::UtilizationReview) || !of_request && tells_limit(marks, verdict) => {
            false
        }
        (Subject::Request, _) => {
            // "should be certified for this patient"
            let person = marks.says_within(Cue::Person, marks.sentence.words.start..verdict.words.start);
            of_request || !people && !person && ends
        }
        (Subject::Any, Strength::Plain) => {
            of_request || opened || !people && (marks.says(Cue::Person) || ends || names_object(marks, verdict))
        }
        (Subject::Any, Strength::Leaning | Strength::OwnWords) => {
            let opened = marks.says(Cue::ConclusionOpener) || at_end && ends;
            is_subject(marks, verdict) || opened && !people && !marks.says(Cue::GuidelineSays)
        }
    }
}

/// Whether words that grant only tell what a guideline lets pass: "up to ten visits are allowed".
fn tells_limit(marks: Marks, verdict: &Verdict) -> bool {
    let part = marks.part_start(verdict.words.start);
    let known = (part..verdict.words.start).any(|w| marks.is(w, Small::Determiner));
    marks.is(verdict.words.end - 1, Small::LetsPass) && !known
}

/// Whether the verdict itself goes on to what it is about: "establish the medical necessity of Norco 10/325 mg, #90", "medical
/// necessity is established for it".
fn names_object(marks: Marks, verdict: &Verdict) -> bool {
    let end = verdict.words.end;
    let necessity = || marks.cue(Cue::Necessity).any(|n| verdict.words.contains(&n.start));
    let goes_on = || end < marks.sentence.words.end && marks.is(end, Small::NeedOf) && necessity();
    marks.is_small(end - 1..end, Small::Of) || goes_on()
}

/// Whether the request is the subject of a weak verdict: nothing between them begins a clause of its own.
fn is_subject(marks: Marks, verdict: &Verdict) -> bool {
    let clause = marks.clause_start(verdict.words.start)..verdict.words.start;
    let requests = [Cue::ThisRequest, Cue::OtherRequest].into_iter().flat_map(|cue| marks.within(cue, clause.clone()));
    let Some(request) = requests.map(|r| r.end).max() else { return false };
    let between = request..clause.end;
    let others = [Cue::ScopeEnd, Cue::ClauseJoin, Cue::Conditional];
    let recites = marks.says_within(Cue::GuidelineSays, clause.start..verdict.words.end);
    let apart = recites && (between.start..=clause.end).any(|w| marks.comma_before(w));
    !apart && !others.into_iter().any(|cue| marks.says_within(cue, between.clone()))
}
