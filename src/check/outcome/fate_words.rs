//! The words by which a sentence tells what became of an item.

use crate::fact::Ruling;
use crate::lexicon::Cue;

/// What words for the fate of something say by themselves, and whether of a need.
pub const FATES: [(Cue, Ruling, bool); 11] = [
    (Cue::Needed, Ruling::Approve, true),
    (Cue::Unneeded, Ruling::Deny, true),
    (Cue::Passes, Ruling::Approve, true),
    (Cue::Fails, Ruling::Deny, true),
    (Cue::Grants, Ruling::Approve, false),
    (Cue::Refuses, Ruling::Deny, false),
    (Cue::GrantedInBrief, Ruling::Approve, false),
    (Cue::RefusedInBrief, Ruling::Deny, false),
    (Cue::GoesAhead, Ruling::Approve, true),
    (Cue::FallsThrough, Ruling::Deny, true),
    (Cue::RulesAgainst, Ruling::Deny, false),
];

/// The other words without one of which nothing is told of the fate of an item.
pub const OTHER_FATES: [Cue; 8] = [
    Cue::DenialOf,
    Cue::ApprovalOf,
    Cue::LetsFall,
    Cue::LetsStand,
    Cue::Established,
    Cue::NotEstablished,
    Cue::Need,
    Cue::WillBeNo,
];
