//! Whether something was asked for once more after it was denied.

use crate::check::Context;
use crate::check::naming::{Thing, things};
use crate::fact::{DateFact, DateRole};
use crate::letter::{Reading, Sentence};
use crate::lexicon::Small;
use std::ops::Range;

/// How many words may stand between "repeat" and the treatment: "a repeat right L5-S1 transforaminal injection".
const NARROWED: usize = 6;

/// The first day of a plan or request whose next sentence tells that all of it was denied on a day before: "the plan of 3/11 was for
/// an MRI and Norco. On 2/26 these were denied". What had been denied may be asked for again.
pub fn denied_before(context: &Context<'_>, reading: &Reading, dates: &[DateFact]) -> Option<(DateFact, DateFact)> {
    let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
    let header = context.letter.header.ur_denial.map(|d| d.date);
    dates.iter().filter(|d| !d.month_only && (d.role == DateRole::Denial || Some(d.date) == header)).find_map(
        |denied| {
            let (before, own) = (denied.sentence.checked_sub(1)?, &reading.sentences[denied.sentence]);
            let back = own.words.clone().any(|w| is(w, Small::PointsBack));
            let again = own.words.clone().any(|w| is(w, Small::HasHad)) || !back;
            let sentence = &reading.sentences[before];
            let opening = sentence.words.start..(sentence.words.start + OPENING).min(sentence.words.end);
            let mut all = dates.iter().filter(|d| d.sentence == before);
            let plan = all.next().filter(|d| !d.month_only && d.date > denied.date && all.next().is_none())?;
            let led =
                opening.clone().any(|w| is(w, Small::PlanWord)) && reading.span_of_words(opening).overlaps(plan.span);
            (led && !again && !is_asked_again(context, reading, sentence)).then_some((*plan, *denied))
        },
    )
}

/// How many words may open a sentence on a plan before its day: "the plan of".
const OPENING: usize = 6;

/// Whether a sentence tells that something was asked for once more: "a new request", but not "asked for a repeat injection".
pub fn is_asked_again(context: &Context<'_>, reading: &Reading, sentence: &Sentence) -> bool {
    let again = |words: Range<usize>| {
        let bytes = reading.words[words.start].start as usize..reading.words[words.end - 1].end as usize;
        context.lexicon.holds_small(&format!("{} ", reading.text()[bytes].to_lowercase()), Small::AskedAgain)
    };
    if !again(sentence.words.clone()) {
        return false;
    }
    let named = things(context, reading, sentence.words.clone());
    let paper = |w: usize| reading.is_small(w, Small::RequestNoun, context.lexicon);
    let beside =
        |w: usize, t: &Thing| t.words.start > w && t.words.start - w <= NARROWED && !(w..t.words.start).any(paper);
    let of_treatment = |w: usize| named.iter().any(|t| t.words.contains(&w) || beside(w, t));
    sentence.words.clone().any(|w| again(w..w + 1) && !of_treatment(w))
}
