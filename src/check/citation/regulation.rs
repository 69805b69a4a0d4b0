//! References to a subsection of a regulation whose letter moved over the years.

use crate::check::{Context, Finding};
use crate::fact::PartFacts;
use crate::letter::{Decision, Reading};
use crate::lexicon::{Subsection, Term};
use crate::measure::Date;
use std::ops::Range;

/// How a subsection stands behind its section.
enum Letter {
    /// In brackets: "9792.20(f)".
    Bracketed(char),
    /// Without them: "9792.20f".
    Bare,
}

/// A subsection letter that did not hold on any date of the case, or is malformed.
pub fn stale(context: &Context<'_>, decision: &Decision, _: &PartFacts) -> Vec<Finding> {
    let Some(rationale) = &decision.rationale else { return Vec::new() };
    let reading = &rationale.reading;
    let mut found = Vec::new();
    for subsection in &context.lexicon.subsections {
        for (start, _) in reading.text().match_indices(&subsection.section) {
            let Some((letter, bytes)) = letter(reading.text(), start..start + subsection.section.len()) else {
                continue;
            };
            if speaks_of(context, reading, subsection, start) {
                found.extend(judge(context, reading, subsection, &letter, bytes));
            }
        }
    }
    found
}

/// The subsection behind a section number, with the bytes of the whole reference.
fn letter(text: &str, section: Range<usize>) -> Option<(Letter, Range<usize>)> {
    if text[..section.start].ends_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let after = &text[section.end..];
    let blanks = after.len() - after.trim_start_matches(' ').len();
    let mut rest = after[blanks..].chars();
    match (rest.next()?, rest.next(), rest.next()) {
        ('(', Some(c), Some(')')) if c.is_ascii_lowercase() => {
            Some((Letter::Bracketed(c), section.start..section.end + blanks + 3))
        }
        (c, next, _) if blanks == 0 && c.is_ascii_lowercase() && next.is_none_or(|n| !n.is_alphanumeric()) => {
            Some((Letter::Bare, section.start..section.end + 1))
        }
        ('.', Some(c), next) if blanks == 0 && c.is_ascii_lowercase() && next.is_none_or(|n| !n.is_alphanumeric()) => {
            Some((Letter::Bare, section.start..section.end + 2))
        }
        _ => None,
    }
}

/// Whether the sentence, or the one before it, is about what stands in the subsection.
fn speaks_of(context: &Context<'_>, reading: &Reading, subsection: &Subsection, byte: usize) -> bool {
    let Some(sentence) = reading.sentence_at(byte) else { return false };
    let near = sentence.saturating_sub(1)..sentence + 1;
    reading.sentences[near]
        .iter()
        .any(|s| reading.hits[s.hits.clone()].iter().any(|h| context.term(h) == Term::List(subsection.about)))
}

fn judge(
    context: &Context<'_>,
    reading: &Reading,
    subsection: &Subsection,
    letter: &Letter,
    bytes: Range<usize>,
) -> Option<Finding> {
    let dates: Vec<Date> = [context.dates.request, context.dates.denial, context.dates.decision]
        .into_iter()
        .flatten()
        .map(|d| d.date)
        .chain(context.in_force)
        .collect();
    let newest = *dates.iter().max()?;
    let right = held(subsection, newest)?;
    let case = match letter {
        Letter::Bare => "malformed",
        Letter::Bracketed(c) if dates.iter().all(|d| held(subsection, *d) != Some(*c)) => "stale",
        Letter::Bracketed(_) => return None,
    };
    let finding = Finding::new(case).label("reference", reading.span(bytes.clone()));
    let finding = finding.hole("reference", &reading.text()[bytes]).hole("date", newest.to_string());
    Some(finding.hole("expected", format!("{}({right})", subsection.section)))
}

/// The letter that held on a day.
fn held(subsection: &Subsection, day: Date) -> Option<char> {
    subsection.held.iter().rev().find(|(from, _)| *from <= day).map(|(_, letter)| *letter)
}
