//! Pain scores that a rationale tells far from those of the summary.

use super::contradiction::finding;
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::PartFacts;
use crate::letter::{Decision, Reading, Value};
use crate::lexicon::{Cue, Tolerance};
use crate::source::Span;

/// The one pain score of the rationale, far from the one of the summary: an info, since pain changes from visit to visit.
pub fn otherwise(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (rationale, summary) = (&decision.rationale.as_ref()?.reading, context.letter.summary.as_ref()?);
    let (said, here) = lone_score(rationale, facts)?;
    let (told, there) = lone_score(summary, &context.facts.summary)?;
    // nearer scores are those of a good and of a bad day
    let most = context.lexicon.tolerances.of(Tolerance::Pain);
    let apart = said.0 - told.1 >= most || told.0 - said.1 >= most;
    apart.then(|| Finding { lowered: Some(Severity::Info), ..finding(context, "number", "pain", here, there) })
}

/// The one pain score or range of scores, out of ten, that a part of the letter tells of the patient: least and most.
fn lone_score(reading: &Reading, facts: &PartFacts) -> Option<((f64, f64), Span)> {
    let mut found: Option<((f64, f64), Span)> = None;
    for amount in &facts.amounts {
        let (Value::Ratio(score, 10.0), Some(n)) = (&amount.value, reading.sentence_at(amount.bytes.start)) else {
            continue;
        };
        let of_pain = reading.sentences[n].cues.has(Cue::PainWord);
        if !of_pain || !facts.tells(n) {
            continue;
        }
        let (least, start) = begins(reading, &amount.bytes).unwrap_or((*score, amount.bytes.start));
        let told = (least, *score);
        // two scores are those of two places or times
        if least > *score || found.is_some_and(|(other, _)| other != told) {
            return None;
        }
        found = found.or(Some((told, reading.span(start..amount.bytes.end))));
    }
    found
}

/// The number at which a range begins that ends in a score, and where: "7-8/10", "7 to 8 out of 10".
fn begins(reading: &Reading, score: &std::ops::Range<usize>) -> Option<(f64, usize)> {
    let before = &reading.text()[..score.start];
    let before = before.strip_suffix('-').or_else(|| before.strip_suffix(" to "))?;
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    // "8/10-9/10" are two scores
    if before[..digits].ends_with('/') {
        return None;
    }
    Some((before[digits..].parse().ok()?, digits))
}
