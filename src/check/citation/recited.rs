//! The same recommendation recited twice in one letter, with another number or with and without "not".
//!
//! Reviewers recite by copying: two sentences that begin with the same words and go on with the same words behind one that
//! differs are the same recommendation, and one of them is wrong.

use crate::check::memo::asked;
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{PartFacts, Voice};
use crate::letter::{Decision, Reading, Sentence};
use crate::lexicon::{Cue, fold, number_word};
use crate::measure::Unit;
use std::ops::Range;

/// So many words must be the same before what differs.
const BEFORE: usize = 6;
/// So many must be the same behind it, or all to the end of the sentence.
const BEHIND: usize = 4;
/// So many words of both together.
const TOGETHER: usize = 12;

/// A sentence of a rationale that recites.
struct Recited<'a> {
    reading: &'a Reading,
    sentence: &'a Sentence,
}

/// A recommendation of a rationale that another rationale of the letter, or the same, recites otherwise.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let mine = recitals(decision, facts);
    let all = context.letter.decisions.iter().zip(&context.facts.rationales);
    let others: Vec<Recited<'_>> = all
        .filter(|(d, _)| d.n == decision.n || alike(context, decision, d))
        .flat_map(|(d, f)| recitals(d, f))
        .collect();
    mine.iter().find_map(|this| {
        others.iter().find_map(|other| {
            let (said, other_said) = differ(this, other)?;
            let finding = Finding::new("otherwise")
                .label("quote", this.reading.span_of_words(said.clone()))
                .label("other", other.reading.span_of_words(other_said.clone()))
                .hole("said", this.reading.slice(said))
                .hole("limit", other.reading.slice(other_said));
            Some(Finding { lowered: Some(Severity::Warning), ..finding })
        })
    })
}

/// Whether two decisions are on the same kind of treatment.
fn alike(context: &Context<'_>, a: &Decision, b: &Decision) -> bool {
    let (Some(a), Some(b)) = (&a.request, &b.request) else { return false };
    let (a, b) = (asked(context, a), asked(context, b));
    a.treatments.iter().any(|t| b.treatments.contains(t)) && a.parts == b.parts
}

/// The sentences of a rationale that recite and do not speak of the case.
fn recitals<'a>(decision: &'a Decision, facts: &PartFacts) -> Vec<Recited<'a>> {
    const CASE: [Cue; 5] = [Cue::Claimant, Cue::ThisRequest, Cue::Record, Cue::CaseTurn, Cue::TreatingProvider];
    let Some(rationale) = &decision.rationale else { return Vec::new() };
    let reading = &rationale.reading;
    let recital = |n: &usize, s: &&Sentence| {
        facts.voices.get(*n) == Some(&Voice::Recital) && !CASE.iter().any(|c| s.cues.has(*c))
    };
    let sentences = reading.sentences.iter().enumerate();
    sentences.filter(|(n, s)| recital(n, s)).map(|(_, sentence)| Recited { reading, sentence }).collect()
}

/// The words by which two sentences differ, if these are one number, one unit of time or a "not", and all around is the same.
fn differ(a: &Recited<'_>, b: &Recited<'_>) -> Option<(Range<usize>, Range<usize>)> {
    if std::ptr::eq(a.sentence, b.sentence) {
        return None;
    }
    let (wa, wb) = (a.sentence.words.clone(), b.sentence.words.clone());
    // words with other hashes differ
    let is_same = |(x, y): &(usize, usize)| {
        a.reading.words[*x].hash == b.reading.words[*y].hash
            && a.reading.word(*x).eq_ignore_ascii_case(b.reading.word(*y))
    };
    let before = wa.clone().zip(wb.clone()).take_while(is_same).count();
    let (x, y) = (wa.start + before, wb.start + before);
    if before < BEFORE || x >= wa.end || y >= wb.end {
        return None;
    }
    let (one, other) = (fold(a.reading.word(x)), fold(b.reading.word(y)));
    let (dx, dy) = match (one.as_str(), other.as_str()) {
        ("not", _) => (1, 0),
        (_, "not") => (0, 1),
        (n, m) if is_number(n) && is_number(m) => (1, 1),
        (n, m) if unit(n).zip(unit(m)).is_some_and(|(n, m)| n != m) => (1, 1),
        _ => return None,
    };
    let rest = || (x + dx..wa.end).zip(y + dy..wb.end);
    let behind = rest().take_while(is_same).count();
    let to_end = x + dx + behind == wa.end && y + dy + behind == wb.end;
    let enough = (behind >= BEHIND || to_end) && before + behind >= TOGETHER;
    // of a "not" that is missing the words around it are shown
    let wide = |at: usize, n: usize| if n == 0 { at - 1..at + 1 } else { at - usize::from(dx != dy)..at + 1 };
    enough.then(|| (wide(x, dx), wide(y, dy)))
}

/// Whether a word is a number.
fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit()) || number_word(word.as_bytes()).is_some()
}

/// The unit of time that a word is.
fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "day" | "days" => Unit::Days,
        "week" | "weeks" => Unit::Weeks,
        "month" | "months" => Unit::Months,
        "year" | "years" => Unit::Years,
        _ => return None,
    })
}
