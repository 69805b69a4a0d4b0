//! Operations for what the injury brought that are dated before it: "the torn cuff was repaired on 3/2/2016" of an injury of June.

use super::dates::record_finding;
use crate::check::naming::same_region;
use crate::check::summary::receipt::clause;
use crate::check::summary::studied::dated;
use crate::check::{Context, Finding};
use crate::letter::{Dated, Reading, Sentence};
use crate::lexicon::{Cue, Hit, Small, Tolerance};
use std::ops::Range;

/// What points to another injury or person, or to a rule.
const ELSEWHERE: [Cue; 5] = [Cue::OtherInjury, Cue::GuidelineSays, Cue::People, Cue::Conditional, Cue::Relative];

/// The first operation that is said to be for this injury, or that is of the injured part and a few days before the injury, as
/// slips of the pen are.
pub fn operated_too_early(context: &Context<'_>, injury: Dated) -> Option<Finding> {
    context.parts().find_map(|(reading, facts)| {
        let early = facts.dates.iter().filter(|d| !d.month_only && d.date < injury.date);
        early.clone().next()?;
        let operations = dated(context, reading, facts);
        let mut early = early.filter_map(|d| Some((d, operations.iter().find(|o| o.is_operation(context, d.span))?)));
        let found = early.find(|(date, operation)| {
            let sentence = &reading.sentences[date.sentence];
            let clause = clause(context, reading, sentence, operation.thing.words.clone());
            let is = |w: usize, set| reading.is_small(w, set, context.lexicon);
            let aside = ELSEWHERE.iter().any(|c| sentence.cues.has(*c)) || clause.clone().any(|w| is(w, Small::Former));
            let near = (injury.date.days_since(date.date) as f64) <= context.lexicon.tolerances.of(Tolerance::Slip);
            let tied = || sentence.cues.has(Cue::FromInjury) || clause.clone().any(|w| is(w, Small::OfWork));
            !aside && (tied() || near && is_injured(context, reading, sentence, &clause))
        });
        found.map(|(date, _)| record_finding(date, injury))
    })
}

/// Whether a part of the body that a clause names is one that another sentence names too, or a request: one of this injury. Where
/// it names none nothing speaks for another.
fn is_injured(context: &Context<'_>, reading: &Reading, sentence: &Sentence, clause: &Range<usize>) -> bool {
    let hits = &reading.hits[sentence.hits.clone()];
    let own = |h: &&Hit| clause.contains(&(h.first as usize));
    let here: Vec<u16> = context.body_parts(hits.iter().filter(own)).collect();
    let others = reading.sentences.iter().filter(|s| s.words != sentence.words && !s.cues.has(Cue::OtherInjury));
    let requests = context.letter.decisions.iter().filter_map(|d| d.request.as_ref()).flat_map(|r| &r.body_parts);
    let told = others.flat_map(|s| context.body_parts(&reading.hits[s.hits.clone()]));
    let mut there = told.chain(requests.map(|(part, _)| *part));
    here.is_empty() || there.any(|q| here.iter().any(|p| same_region(context, *p, q)))
}
