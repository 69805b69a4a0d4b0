//! Verdicts that are somebody else's: of the provider, or of the administrator's reviewer.

use super::marks::Marks;
use crate::lexicon::{Cue, Small};
use std::ops::Range;

/// Whether somebody else than the reviewer says so: "the provider believes that ...".
pub(super) fn is_claimed(marks: Marks, start: usize) -> bool {
    let clause = marks.clause_start(start);
    let speakers = [Cue::TreatingProvider, Cue::UtilizationReview, Cue::Person, Cue::Examiner];
    marks.within(Cue::Claims, clause..start).any(|claim| {
        let spoken = speakers
            .into_iter()
            .flat_map(|cue| marks.within(cue, clause..start))
            .filter(|s| s.start < claim.start)
            .map(|s| s.end)
            .max();
        let ends = [Cue::ClauseJoin, Cue::Necessary, Cue::NotNecessary];
        let ended = ends.into_iter().any(|cue| marks.says_within(cue, claim.end..start));
        // "the provider's request is found ...": the request is the subject, not the provider
        spoken.is_some_and(|speaker| {
            claim.start <= speaker + 4
                && (speaker > claim.start || !marks.says_within(Cue::ThisRequest, speaker..claim.start))
                && !turns_away(marks, &claim, start)
                && (!ended || claims_more(marks, claim.end..start))
        })
    })
}

/// What ends the view of another: this reviewer speaks, or that view has been told.
const ENDED: [Cue; 4] = [Cue::ReviewerSelf, Cue::ConclusionOpener, Cue::Necessary, Cue::NotNecessary];

/// Whether the administrator's reviewer ruled so, and nothing turns from that to this reviewer: "UR thought otherwise, calling
/// the study not medically necessary".
pub(super) fn is_anothers(marks: Marks, start: usize) -> bool {
    let turns = |w: usize| marks.is(w, Small::Outweighs);
    let first = marks.clause_start(start);
    marks.cue(Cue::AnothersRuling).filter(|r| first <= r.start && r.start < start).last().is_some_and(|ruling| {
        let between = ruling.end.min(start)..start;
        !between.clone().any(turns) && !ENDED.into_iter().any(|cue| marks.says_within(cue, between.clone()))
    })
}

/// "The pain was reported as 8 of 10, the request ...", "improved by half and Norco is": another clause, not the claim's.
fn turns_away(marks: Marks, claim: &Range<usize>, start: usize) -> bool {
    let that = marks.reading.slice(claim.end - 1..claim.end) == "that";
    let item = |w: usize| marks.all().any(|(h, t)| h.first as usize == w && t.is_item());
    let joins = |w: usize| marks.reading.word(w) == "and" && item(w + 1);
    !that && (claim.end..start).any(|w| marks.comma_before(w) || joins(w))
}

/// "Stated that nothing was documented and that an evaluation was therefore not ...": the claim goes on.
fn claims_more(marks: Marks, between: Range<usize>) -> bool {
    let joins = |w: usize| marks.is(w, Small::Joins);
    let that = |w: usize| w < between.end && marks.reading.word(w) == "that";
    between.clone().any(|w| joins(w) && that(w + 1))
}
