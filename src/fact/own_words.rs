//! Rulings in a reviewer's own words: "I do not see a need, today, for the therapy as ordered".
//!
//! No phrase holds them. A clause is read by its parts instead: a word for needing, granting or refusing, the item of the
//! heading as its subject or object, whoever speaks, and how often it is denied. Only the ends of a rationale that rules
//! nowhere in plain phrases are read so, and only what is said of this very request counts.

use super::conclusion::{Object, Ruling, Stance, Strength};
use super::marks::Marks;
use super::named::Named;
use super::own_clause::{Clause, Part};
use super::voice::Voice;
use crate::letter::Reading;
use crate::lexicon::{Cue, Gap, Lexicon, Small};
use std::ops::Range;

/// How many sentences from the end may rule so; the first may too.
const END: usize = 2;

/// What the ends of a rationale rule in words of the reviewer's own.
pub(super) fn in_own_words(reading: &Reading, voices: &[Voice], heading: &Named, lexicon: &Lexicon) -> Vec<Stance> {
    let beside = |n: &usize| matches!(voices.get(*n), Some(Voice::Advice | Voice::Other));
    let count = reading.sentences.len();
    let mut ends: Vec<usize> = (0..count).rev().filter(|n| !beside(n)).take(END).collect();
    ends.extend((count > 0 && !ends.contains(&0)).then_some(0));
    ends.sort_unstable();
    rulings(reading, &ends, heading, lexicon)
}

/// What a sentence of a rationale that rules plainly elsewhere rules in words of the reviewer's own: "An assistant is not
/// warranted here". What goes on ("is not needed as a first drug") rules on that only.
pub(super) fn beside(reading: &Reading, number: usize, heading: &Named, lexicon: &Lexicon) -> Vec<Stance> {
    let Some(sentence) = reading.sentences.get(number) else { return Vec::new() };
    let marks = Marks::of(reading, sentence, lexicon);
    let clause = Clause { marks, words: sentence.words.clone(), heading, lexicon, last: false };
    // "was not supported in utilization review": the ruling under review; "is not always needed": one on other cases too
    let denial =
        |w: &Range<usize>| clause.is(w.start, Small::Determiner) && marks.cue(Cue::Denial).any(|d| d.end == w.end);
    let own = marks.says(Cue::ReviewerSelf);
    let others = !own && marks.cue(Cue::UtilizationReview).any(|w| !denial(&w));
    // "however" behind it turns away from it
    let next = reading.sentences.get(number + 1).is_some_and(|s| s.cues.has(Cue::Contrast));
    let at_times = sentence.words.clone().any(|w| marks.is(w, Small::AtTimes));
    if others || next || at_times {
        return Vec::new();
    }
    let turned = |s: &Stance| {
        let behind = s.words.end..sentence.words.end;
        marks.says_within(Cue::Contrast, behind.clone()) || behind.into_iter().any(|w| marks.is(w, Small::But))
    };
    let mut all = rulings(reading, &[number], heading, lexicon);
    all.retain(|s| !turned(s) && !supposes_time(marks, s));
    let reasoned = |s: &Stance| s.ruling == Ruling::Deny && clause.gives_reason(s.words.end);
    all.retain(|s| clause.is_whole(s.words.end) || reasoned(s));
    all
}

/// Whether a sentence opens with the case that it speaks of, no comma behind it: "in the acute phase surgery is not warranted".
fn supposes_time(marks: Marks, stance: &Stance) -> bool {
    let own = [Cue::CaseTurn, Cue::ConclusionOpener, Cue::Person].into_iter().any(|cue| marks.says(cue));
    let mut before = marks.sentence.words.start..stance.words.start;
    marks.opens_on_case(before.end) && !own && !before.any(|w| marks.comma_before(w))
}

/// What some sentences rule in words of the reviewer's own.
fn rulings(reading: &Reading, sentences: &[usize], heading: &Named, lexicon: &Lexicon) -> Vec<Stance> {
    let count = reading.sentences.len();
    let mut stances = Vec::new();
    for &number in sentences {
        let sentence = &reading.sentences[number];
        let marks = Marks::of(reading, sentence, lexicon);
        let mut from = sentence.words.start;
        while from < sentence.words.end {
            // "DOS: 11/11/2016" does not end a clause
            let figure = |w: usize| reading.word(w).starts_with(|c: char| c.is_ascii_digit());
            let stop = |w: &usize| reading.words[*w].gap == Gap::Hard && !figure(*w);
            let end = (from + 1..sentence.words.end).find(stop).unwrap_or(sentence.words.end);
            let clause = Clause { marks, words: from..end, heading, lexicon, last: number + 1 == count };
            if let Some((ruling, words)) = ruling(&clause) {
                stances.push(Stance {
                    ruling,
                    strength: Strength::OwnWords,
                    span: reading.span_of_words(words.clone()),
                    words,
                    sentence: number,
                    object: Object::ThisRequest,
                    settled: true,
                });
            }
            from = end;
        }
    }
    stances
}

/// A ruling with its words.
type Ruled = (Ruling, Range<usize>);

/// What a clause rules: none if its words do not agree.
fn ruling(clause: &Clause) -> Option<Ruled> {
    let mut found: Option<Ruled> = None;
    let cues = [
        Cue::Needs,
        Cue::Need,
        Cue::CriteriaFor,
        Cue::Needed,
        Cue::Unneeded,
        Cue::Passes,
        Cue::Fails,
        Cue::Grants,
        Cue::Refuses,
        Cue::GrantedInBrief,
        Cue::RefusedInBrief,
        Cue::Denial,
        Cue::Justifies,
    ];
    for cue in cues {
        for hit in clause.marks.within(cue, clause.words.clone()) {
            // "is / is not medically necessary" was never filled in
            let barred = clause.marks.cue(Cue::NoConclusion).any(|n| n.start <= hit.start && hit.end <= n.end);
            let Some((ruling, words)) = read(clause, cue, hit).filter(|_| !barred) else { continue };
            match &mut found {
                None => found = Some((ruling, words)),
                Some(last) if last.0 != ruling => return None,
                Some(last) => last.1 = last.1.start.min(words.start)..last.1.end.max(words.end),
            }
        }
    }
    found
}

/// What a word for a ruling says where it stands.
fn read(clause: &Clause, cue: Cue, hit: Range<usize>) -> Option<Ruled> {
    if let Some(words) = clause.brief(cue, &hit) {
        let ruling = if matches!(cue, Cue::Unneeded | Cue::RefusedInBrief) { Ruling::Deny } else { Ruling::Approve };
        let denied = clause.denials(words.start..hit.start)?;
        return Some((turn(ruling, denied), words));
    }
    let part = clause.part(cue, &hit)?;
    let ruled = match cue {
        Cue::Denial => return of_the_denial(clause, &part, &hit),
        Cue::Needs => needs(clause, &part, &hit),
        Cue::Need => need(clause, &part, &hit),
        Cue::CriteriaFor => criteria(clause, &part, &hit),
        Cue::Needed | Cue::GrantedInBrief => needed(clause, &part, &hit, Ruling::Approve),
        Cue::Unneeded | Cue::RefusedInBrief => needed(clause, &part, &hit, Ruling::Deny),
        Cue::Passes => tested(clause, &part, &hit, Ruling::Approve),
        Cue::Fails => tested(clause, &part, &hit, Ruling::Deny),
        Cue::Grants | Cue::Refuses => grants(clause, &part, &hit, cue == Cue::Refuses),
        Cue::Justifies => justifies(clause, &part, &hit),
        _ => None,
    }?;
    clause.is_own(&part, &hit, ruled.0).then_some(ruled)
}

fn turn(ruling: Ruling, denials: usize) -> Ruling {
    if denials == 0 { ruling } else { ruling.opposite() }
}

/// The ruling after the denials of a part up to a word, with the words from the first of them on.
fn ruled(clause: &Clause, part: &Part, ruling: Ruling, hit: &Range<usize>) -> Option<Ruled> {
    let denials = clause.denials(part.start..hit.end)?;
    let first = clause.first_denial(part.start..hit.end).unwrap_or(hit.start);
    Some((turn(ruling, denials), first.min(hit.start)..hit.end))
}

/// "The patient does not need the MRI."
fn needs(clause: &Clause, part: &Part, hit: &Range<usize>) -> Option<Ruled> {
    let subject = part.start..hit.start;
    let somebody = clause.marks.says_within(Cue::Person, subject.clone()) || clause.says(subject, &["one"]);
    let object = clause.object(hit.end);
    // "he does not require the brace to walk"
    let purpose = object.end < clause.words.end && clause.word(object.end) == "to";
    let less = clause.marks.says_within(Cue::FallsShort, object.clone());
    let asked = somebody && !purpose && !less && clause.names_item(object);
    asked.then(|| ruled(clause, part, Ruling::Approve, hit)).flatten()
}

/// "There is no need for it", "the need for it is not shown".
fn need(clause: &Clause, part: &Part, hit: &Range<usize>) -> Option<Ruled> {
    let marks = clause.marks;
    let before = part.start..hit.start;
    let rest = hit.end..clause.words.end;
    let shown = marks.within(Cue::NeedShown, rest.clone()).next();
    let unshown = marks.within(Cue::NeedUnshown, rest.clone()).next();
    let tied = clause.is(hit.end - 1, Small::NeedOf);
    let object = clause.object_before_verb(hit.end);
    // "no basis for refusing the MRI"
    let less = tied && marks.says_within(Cue::FallsShort, object.clone());
    let asked = if tied { clause.names_item(object) } else { clause.names_nothing_else() };
    if less || !asked {
        return None;
    }
    // what governs the need stands next to it: "there is a lack of grounds as to the need" tells of grounds
    let near = clause.near(part, hit);
    let there = clause.says(near.clone(), &["there"]);
    let has = marks.says_within(Cue::Person, before.clone()) && clause.says(near.clone(), &["has", "have"]);
    let judged = marks.says_within(Cue::ReviewerSelf, before.clone()) && marks.says_within(Cue::Judges, near.clone());
    let papers = clause.says_of_papers(before) && marks.within(Cue::ShowsNeed, near).any(|s| !clause.is_infinitive(&s));
    if there || has || judged || papers {
        return ruled(clause, part, Ruling::Approve, hit);
    }
    if clause.stretch(hit.start).max(part.start) + 4 < hit.start {
        return None;
    }
    let (said, ruling) = match (unshown, shown) {
        (Some(no), None) => (no, Ruling::Deny),
        (None, Some(yes)) => (yes, Ruling::Approve),
        _ => return None,
    };
    let denials = clause.denials(part.start..said.start)?;
    Some((turn(ruling, denials), hit.start..said.end))
}

/// How far behind what they are for it may be said that criteria are met.
const MET: usize = 6;

/// "The criteria for this MRI are not met"; not "for a repeat MRI", nor "are met when".
fn criteria(clause: &Clause, part: &Part, hit: &Range<usize>) -> Option<Ruled> {
    let object = clause.object_before_verb(hit.end);
    let known =
        !object.is_empty() && !clause.is(object.start, Small::OpensSubject) && clause.names_item(object.clone());
    let rest = hit.end..clause.words.end;
    let supposed = clause.marks.says_within(Cue::Conditional, rest.clone());
    let said = clause.marks.within(Cue::NeedShown, rest).next().filter(|s| s.start <= object.end + MET)?;
    let denials = clause.denials(part.start..said.start)?;
    (known && !supposed && clause.is_auxiliary(said.start - 1))
        .then(|| (turn(Ruling::Approve, denials), hit.start..said.end))
}

/// "The MRI is not needed", "I do not find the MRI necessary".
fn needed(clause: &Clause, part: &Part, hit: &Range<usize>, ruling: Ruling) -> Option<Ruled> {
    let marks = clause.marks;
    let before = part.start..hit.start;
    // "more than is needed", "an endorsed use"
    if (hit.start.saturating_sub(3).max(part.start)..hit.start).any(|w| clause.is(w, Small::OfOther)) {
        return None;
    }
    let reviewer = marks.within(Cue::ReviewerSelf, before.clone()).last();
    let judges = reviewer.and_then(|r| marks.within(Cue::Judges, r.end..hit.start).last());
    let item = match judges {
        Some(judges) => clause.names_item(judges.end..hit.start),
        // "does not go past the days allowed"; "nor is the MRI necessary" has the item behind its verb
        None => {
            let behind = || clause.verb(before.clone()).map_or(before.start, |v| v + 1)..hit.start;
            let own = !clause.is_of_a_noun(before.clone()) || clause.names_item(behind());
            clause.has_verb(before) && own && clause.is_subject(part, hit)
        }
    };
    item.then(|| ruled(clause, part, ruling, hit)).flatten()
}

/// "The CT fails the test of necessity."
fn tested(clause: &Clause, part: &Part, hit: &Range<usize>, ruling: Ruling) -> Option<Ruled> {
    clause.is_subject(part, hit).then(|| ruled(clause, part, ruling, hit)).flatten()
}

/// "I allow it", "I disagree with the denial and would allow it", "there is no reason to endorse the test".
fn grants(clause: &Clause, part: &Part, hit: &Range<usize>, refuses: bool) -> Option<Ruled> {
    let before = part.start..hit.start;
    let reason = clause.marks.within(Cue::ReasonTo, before.clone()).find(|r| r.end == hit.start);
    let near = match (reason, clause.marks.within(Cue::ReviewerSelf, before).last()) {
        (Some(reason), None) => clause.says(part.start..reason.start, &["there"]),
        (_, Some(reviewer)) => {
            let joined = clause.joined_modal(hit.start);
            (reviewer.end + 6 > hit.start || joined) && !clause.says(reviewer, &["my", "our"])
        }
        (None, None) => false,
    };
    let asked = near && clause.names_item(clause.object(hit.end));
    asked.then(|| ruled(clause, part, if refuses { Ruling::Deny } else { Ruling::Approve }, hit)).flatten()
}

/// "The records do not justify the operation."
fn justifies(clause: &Clause, part: &Part, hit: &Range<usize>) -> Option<Ruled> {
    let before = part.start..hit.start;
    let papers = clause.says_of_papers(before.clone()) || clause.says(before, &["nothing"]);
    let asked = papers && !clause.is_infinitive(hit) && clause.names_item(clause.object(hit.end));
    asked.then(|| ruled(clause, part, Ruling::Approve, hit)).flatten()
}

/// How far what becomes of a denial may stand from it.
const STANDS: usize = 16;

/// "The denial of the MRI is left in place", "I let the denial stand".
fn of_the_denial(clause: &Clause, part: &Part, hit: &Range<usize>) -> Option<Ruled> {
    let marks = clause.marks;
    let reviewer = marks.within(Cue::ReviewerSelf, part.start..hit.start).last();
    let behind = hit.end..(hit.end + STANDS).min(clause.words.end);
    let before = reviewer.as_ref().map_or(hit.start..hit.start, |r| r.end..hit.start);
    let first = |cue| marks.within(cue, before.clone()).chain(marks.within(cue, behind.clone())).next();
    let (said, ruling) = match (first(Cue::LetsStand), first(Cue::LetsFall)) {
        (Some(stands), None) => (stands, Ruling::Deny),
        (None, Some(falls)) => (falls, Ruling::Approve),
        _ => return None,
    };
    let dated = clause.has_number();
    // "the provider asks that the denial be reversed"
    let before = part.start..hit.start;
    let others = marks.says_within(Cue::TreatingProvider, before.clone())
        || before.into_iter().any(|w| clause.is(w, Small::OtherVoice));
    let asked = others && reviewer.is_none();
    let supposed = asked || marks.says_within(Cue::Conditional, clause.words.clone());
    if dated || supposed || !clause.names_nothing_else() || clause.is_told(part.start..hit.start) {
        return None;
    }
    let denials = clause.denials(part.start..said.start)?;
    Some((turn(ruling, denials), hit.start.min(said.start)..hit.end.max(said.end)))
}
