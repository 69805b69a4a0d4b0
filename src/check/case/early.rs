//! Days of what came of the injury that lie before it: "was first examined for this injury on 9/30/2016".

use super::dates::record_finding;
use crate::check::{Context, Finding};
use crate::fact::{DateFact, DateRole, PartFacts};
use crate::letter::{Dated, Reading};
use crate::lexicon::{Cue, Small};

/// What points to another injury or time, or to somebody else's rule.
const ELSEWHERE: [Cue; 6] =
    [Cue::OtherInjury, Cue::EarlierDate, Cue::GuidelineSays, Cue::People, Cue::Conditional, Cue::Relative];

/// The first day that a sentence ties to the injury by "for this injury" or the like, and that lies before it.
pub fn tied_too_early(context: &Context<'_>, injury: Dated) -> Option<Finding> {
    context.parts().find_map(|(reading, facts)| {
        let early = |d: &&DateFact| is_early(context, reading, facts, d, injury);
        facts.dates.iter().find(early).map(|date| record_finding(date, injury))
    })
}

fn is_early(context: &Context<'_>, reading: &Reading, facts: &PartFacts, date: &DateFact, injury: Dated) -> bool {
    let sentence = &reading.sentences[date.sentence];
    let month = |d: crate::measure::Date| (d.year(), d.month());
    let before = if date.month_only { month(date.date) < month(injury.date) } else { date.date < injury.date };
    let own = facts.is_of_case(date.sentence);
    // "was seen for this same injury on"
    let seen = || sentence.words.clone().any(|w| reading.is_small(w, Small::SeenFor, context.lexicon));
    let role = match date.role {
        DateRole::Event | DateRole::Visit | DateRole::Seen => true,
        DateRole::Injury => seen(),
        _ => false,
    };
    // of several days one may be that of something older
    let alone = facts
        .dates
        .iter()
        .filter(|d| d.sentence == date.sentence)
        .all(|d| d.span == date.span || d.date == injury.date);
    before
        && own
        && role
        && alone
        && sentence.cues.has(Cue::FromInjury)
        && !ELSEWHERE.iter().any(|c| sentence.cues.has(*c))
}
