//! A rationale that stands under the heading of another decision: two were exchanged.

use super::level::{Part, parts};
use crate::check::Context;
use crate::check::memo::{all_things, requested};
use crate::check::naming::{Thing, apart, related, same_region, things};
use crate::letter::{Decision, Reading, Request};
use crate::lexicon::Cue;
use std::ops::Range;

/// What tells that a sentence recites.
const RECITES: [Cue; 3] = [Cue::GuidelineSays, Cue::Recommends, Cue::GuidelineStyle];

/// How many words may stand between a part of the body and the treatment of it: "the left shoulder to warrant the need of imaging".
const BESIDE: usize = 5;

/// The requests of the other decisions of a letter.
fn others<'a>(context: &'a Context<'_>, decision: &Decision) -> impl Iterator<Item = &'a Request> {
    let n = decision.n;
    context.letter.decisions.iter().filter(move |d| d.n != n).filter_map(|d| d.request.as_ref())
}

/// The thing that a rationale names first, as a guideline's subject, where that is what another decision of the letter is
/// about, and nothing that it names may be the one asked for here.
pub fn item(context: &Context<'_>, decision: &Decision, asked: &[Thing], reading: &Reading) -> Option<Range<usize>> {
    let all = all_things(context, reading);
    let first = all.iter().find(|t| !t.class_word)?;
    let said = reading.sentences.iter().find(|s| s.words.contains(&first.words.start))?;
    let recited = RECITES.into_iter().any(|c| said.cues.has(c));
    let mut theirs = others(context, decision).map(|r| requested(context, r));
    let alike = |t: &Thing| asked.iter().any(|a| !apart(context, a, t));
    let meant = recited && theirs.any(|all| all.iter().any(|t| related(context, t, first))) && !all.iter().any(alike);
    meant.then(|| first.words.clone())
}

/// The part of the body of the heading, and the one that its rationale speaks of alone, where another decision asks for the
/// same treatment of that.
pub fn part(
    context: &Context<'_>,
    decision: &Decision,
    request: &Request,
    reading: &Reading,
) -> Option<(Range<usize>, Range<usize>)> {
    let named = |reading: &Reading| -> Vec<Part> {
        let vague = |p: &Part| context.lexicon.body_parts[p.0 as usize].vague;
        parts(context, reading, &(0..reading.words.len())).into_iter().filter(|p| !vague(p)).collect()
    };
    let (asked, said) = (named(&request.reading), named(reading));
    let ((_, mine), (_, first)) = (asked.first()?, said.first()?);
    let within = |all: &[Part], part: &Part| all.iter().any(|p| same_region(context, p.0, part.0));
    if said.iter().any(|p| within(&asked, p))
        || [Cue::SeeElsewhere, Cue::OtherRequest].into_iter().any(|c| reading.cues.has(c))
    {
        return None;
    }
    let own = requested(context, request);
    // "the pain spreads from the neck" tells of the patient; "imaging of the neck comes after a month" of what was to be judged
    let at = reading.sentences.iter().find(|s| s.words.contains(&first.start))?;
    let recited = RECITES.into_iter().any(|c| at.cues.has(c));
    let beside = |t: &Thing| {
        let gap = first.start.saturating_sub(t.words.end).max(t.words.start.saturating_sub(first.end));
        gap <= BESIDE && own.iter().any(|a| related(context, a, t))
    };
    if !recited && !things(context, reading, at.words.clone()).iter().any(beside) {
        return None;
    }
    let theirs = |r: &Request| {
        let same = || requested(context, r).iter().any(|t| own.iter().any(|a| related(context, a, t)));
        let parts = named(&r.reading);
        !parts.is_empty() && said.iter().all(|p| within(&parts, p)) && same()
    };
    others(context, decision).any(theirs).then(|| (mine.clone(), first.clone()))
}
