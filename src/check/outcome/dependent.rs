//! Items that were decided only because another item of the letter was.

use super::fate::{Fate, fates};
use super::mention::{Item, is_surgical};
use crate::check::memo::requested;
use crate::check::naming::{Thing, different, repeats, same_region, telling_words, things};
use crate::check::request::level::parts;
use crate::check::{Context, Finding, ruling};
use crate::diagnostic::Severity;
use crate::fact::{PartFacts, Ruling, Stance};
use crate::letter::{Decision, ItemKind, Reading, Request};
use crate::lexicon::{Cue, Small, Term, TreatmentKind};
use crate::source::Span;
use std::ops::Range;

/// The words by which a rationale rests on another item, and how that item must have been decided.
pub fn ground(context: &Context<'_>, decision: &Decision) -> Option<(Span, Ruling)> {
    // "as this procedure is not supported", said of the operation itself, rests on nothing else
    if is_surgery(context, decision) && !is_associated(decision) {
        return None;
    }
    let reading = &decision.rationale.as_ref()?.reading;
    let grounds = [(Cue::GroundDenied, Ruling::Deny), (Cue::GroundApproved, Ruling::Approve)];
    let found = grounds.into_iter().find_map(|(cue, ruling)| {
        let mut hits = reading.cues(context.lexicon, 0..reading.hits.len(), cue);
        // "as such, the surgery is not", "as there is no tear, the surgery is not": the comma ends the ground
        let hit = hits.find(|h| !reading.slice(h.first as usize..h.end as usize).contains(','))?;
        Some((reading.span_of_hit(hit), ruling))
    });
    found.or_else(|| {
        // "the arthroscopy was approved above": an operation without a name of its own
        let (words, ruling, _) = ruled_above(context, reading)?;
        let named = things(context, reading, words.clone());
        let surgical = |t: &u16| is_surgical(context, *t);
        (!named.is_empty() && named.iter().all(|t| t.class_word && t.treatments.iter().all(surgical)))
            .then(|| (reading.span_of_words(words), ruling))
    })
}

/// Whether a rationale rests on what became of an operation, in whatever words.
pub fn rests(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> bool {
    let hangs = is_associated(decision) || is_perioperative(context, decision);
    ground(context, decision).is_some() || hangs && !fates(context, decision, facts, hangs).is_empty()
}

/// Whether a rationale rests on an operation that was denied in the same letter.
pub fn rests_on_denied(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> bool {
    let denied = |d: &Decision| {
        d.n != decision.n && ruling(d) == Some(Ruling::Deny) && may_be_ground(context, d) && is_surgery(context, d)
    };
    context.letter.decisions.iter().any(denied) && rests(context, decision, facts)
}

/// Whether the item hangs on another one: by its rationale, or by its heading.
pub fn is_dependent(context: &Context<'_>, decision: &Decision) -> bool {
    ground(context, decision).is_some() || is_associated(decision)
}

/// Whether all that the heading names goes with an operation: "inpatient stay", so that its rationale may speak of that alone.
pub fn is_perioperative(context: &Context<'_>, decision: &Decision) -> bool {
    let Some(request) = &decision.request else { return false };
    let all = || request.treatments.iter().map(|(t, _)| &context.lexicon.treatments[*t as usize]);
    all().any(|t| t.perioperative) && all().all(|t| t.perioperative || t.class_word)
}

fn is_associated(decision: &Decision) -> bool {
    let Some(request) = &decision.request else { return false };
    let reading = &request.reading;
    reading.cues.has(Cue::AssociatedItem)
}

/// Whether a decision may be the operation that others hang on: anything but a plain drug or an associated item.
fn may_be_ground(context: &Context<'_>, decision: &Decision) -> bool {
    let Some(request) = &decision.request else { return true };
    let all = || request.treatments.iter().map(|(t, _)| &context.lexicon.treatments[*t as usize]);
    let drug = |k| matches!(k, TreatmentKind::Drug | TreatmentKind::DrugClass);
    // lidocaine may also be injected: then the heading says so
    let procedure = request.reading.hits.iter().any(|h| match context.term(h) {
        Term::Treatment(t) => !drug(context.lexicon.treatments[t as usize].kind),
        _ => false,
    });
    let items = !request.items.is_empty() && request.items.iter().all(|i| i.kind == ItemKind::Drug);
    let drug_only = items && !procedure || all().next().is_some() && all().all(|t| drug(t.kind));
    !drug_only && !is_associated(decision) && ground(context, decision).is_none()
}

/// An item is denied because another is not necessary, but that other is absent or was approved; or the reverse.
pub fn inconsistent(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    if let Some(finding) = on_named(context, decision, facts) {
        return vec![finding];
    }
    let grounded = on_ground(context, decision);
    if grounded.is_empty() { on_fate(context, decision, facts).into_iter().collect() } else { grounded }
}

/// A finding on an item that rests on another one, with the words of its ground.
fn resting(context: &Context<'_>, decision: &Decision, case: &'static str, ground: Span) -> Finding {
    Finding::new(case)
        .label("ground", ground)
        .label_if("outcome", decision.outcome.map(|o| o.span))
        .hole("item", context.request_words(decision))
}

/// A ground in the phrases of the lexicon, held against the operations of the letter.
fn on_ground(context: &Context<'_>, decision: &Decision) -> Vec<Finding> {
    let Some((span, needed)) = ground(context, decision) else { return Vec::new() };
    let others: Vec<&Decision> =
        context.letter.decisions.iter().filter(|d| d.n != decision.n && may_be_ground(context, d)).collect();
    let finding = |case| resting(context, decision, case, span);
    // "as the requested surgery is not necessary", where nothing like one was asked for
    let operation = || {
        let reading = &decision.rationale.as_ref()?.reading;
        let words = 0..reading.words.len();
        let within = |t: &Thing| span.contains(reading.span_of_words(t.words.clone()));
        let named = things(context, reading, words).into_iter().rfind(within)?;
        let kind = |t: &u16| context.lexicon.treatments[*t as usize].kind;
        named.treatments.iter().all(|t| kind(t) == TreatmentKind::Surgery).then_some(())
    };
    if others.is_empty() || operation().is_some() && others.iter().all(|d| is_no_operation(context, d)) {
        // an approval may rest on an operation that the administrator allowed by itself
        let absent = needed == Ruling::Deny && ruling(decision) == Some(Ruling::Deny);
        return if absent { vec![finding("absent").hole("number", "").hole("other", "")] } else { Vec::new() };
    }
    // surgery is meant where there is any, or what the vocabulary does not know; several may have been decided differently
    let unknown = |d: &Decision| d.request.as_ref().is_some_and(|r| r.treatments.is_empty());
    let surgery: Vec<&&Decision> = others.iter().filter(|d| is_surgery(context, d) || unknown(d)).collect();
    let meant: Vec<&&Decision> = if surgery.is_empty() { others.iter().collect() } else { surgery };
    let decided: Vec<Option<Ruling>> = meant.iter().map(|d| ruling(d)).collect();
    if decided.iter().any(|r| r.is_none() || *r == Some(needed)) {
        return Vec::new();
    }
    let other = meant[0];
    let case = if needed == Ruling::Deny { "overturned" } else { "upheld" };
    vec![
        finding(case)
            .label_if("other", other.outcome.map(|o| o.span))
            .hole("number", other.n.to_string())
            .hole("other", context.request_words(other)),
    ]
}

/// Whether what a decision is about is known, and is neither an operation nor anything that is done to a patient at one.
fn is_no_operation(context: &Context<'_>, decision: &Decision) -> bool {
    let known = [
        TreatmentKind::Imaging,
        TreatmentKind::Test,
        TreatmentKind::TherapyVisits,
        TreatmentKind::Drug,
        TreatmentKind::DrugClass,
    ];
    let Some(request) = &decision.request else { return false };
    let kind = |t: u16| context.lexicon.treatments[t as usize].kind;
    !request.treatments.is_empty() && request.treatments.iter().all(|(t, _)| known.contains(&kind(*t)))
}

/// A ground that names its item, "as the requested lumbar fusion is not medically necessary, ...", held against the decisions on
/// that item: none is in the letter, or all went the other way.
fn on_named(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let (request, reading) = (decision.request.as_ref()?, &decision.rationale.as_ref()?.reading);
    let own = requested(context, request);
    let ruled = || facts.conclusion.stances.iter().find_map(|s| Some((clause(context, reading, facts, s)?, s.ruling)));
    let below = || ruled().map(|(clause, needed)| (clause, needed, false));
    let (clause, needed, above) = below().or_else(|| ruled_above(context, reading))?;
    let mut named = things(context, reading, clause.clone());
    named.retain(|t| !t.class_word);
    // what the decision itself is about is no other item
    let unknown = own.is_empty() && !is_associated(decision);
    if named.is_empty() || unknown || !named.iter().all(|t| own.iter().all(|o| different(context, o, t))) {
        return None;
    }
    let others = || context.letter.decisions.iter().filter(|d| d.n != decision.n);
    let may_be = |d: &&Decision| {
        let Some(request) = &d.request else { return true };
        let asked = requested(context, request);
        let repeated = || repeats(reading, clause.clone(), &telling_words(context, d));
        let part = named.iter().any(|t| asked.iter().any(|a| !different(context, a, t)));
        part && !elsewhere(context, reading, &clause, request) || asked.is_empty() && (!is_associated(d) || repeated())
    };
    let meant: Vec<&Decision> = others().filter(may_be).collect();
    let finding = |case| resting(context, decision, case, reading.span_of_words(clause.clone()));
    let Some(other) = meant.first() else {
        // an approval may rest on an operation that the administrator allowed, unless it says that it was judged here
        let absent = (above || needed == Ruling::Deny) && ruling(decision) == Some(needed);
        let case = if needed == Ruling::Deny { "absent" } else { "absent-approved" };
        return absent.then(|| finding(case).hole("number", "").hole("other", ""));
    };
    if meant.iter().any(|d| ruling(d).is_none_or(|r| r == needed)) || ruling(decision) != Some(needed) {
        return None;
    }
    let case = if needed == Ruling::Deny { "overturned" } else { "upheld" };
    let other_words = context.request_words(other);
    let told = finding(case).label_if("other", other.outcome.map(|o| o.span));
    Some(told.hole("number", other.n.to_string()).hole("other", other_words))
}

/// What a rationale says became of another item, held against the decisions on it.
fn on_fate(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Option<Finding> {
    let hangs = is_associated(decision) || is_perioperative(context, decision);
    let reading = &decision.rationale.as_ref()?.reading;
    let finding = |case, fate: &Fate| resting(context, decision, case, reading.span_of_words(fate.words.clone()));
    fates(context, decision, facts, hangs).into_iter().find_map(|fate| {
        if hangs
            && fate.ruling == Ruling::Deny
            && ruling(decision) == Some(Ruling::Deny)
            && is_absent(context, decision, &fate)
        {
            let told = finding("absent", &fate).hole("number", "").hole("other", "");
            return Some(Finding { lowered: Some(Severity::Warning), ..told });
        }
        let meant = meant(context, decision, reading, &fate);
        let other = meant.first()?;
        if meant.iter().any(|d| ruling(d).is_none_or(|r| r == fate.ruling)) {
            return None;
        }
        if ruling(decision) != Some(fate.ruling) && !fate.firm {
            return None;
        }
        let case = match (fate.ruling, ruling(decision) == Some(fate.ruling)) {
            (Ruling::Deny, true) => "overturned",
            (Ruling::Approve, true) => "upheld",
            (Ruling::Deny, false) => "said-denied",
            (Ruling::Approve, false) => "said-approved",
        };
        let told = finding(case, &fate).label_if("other", other.outcome.map(|o| o.span));
        Some(told.hole("number", other.n.to_string()).hole("other", context.request_words(other)))
    })
}

/// Whether a fate is that of an operation on a part of the body on which this letter decides none, though it decides others, and of
/// which the summary tells nothing.
fn is_absent(context: &Context<'_>, decision: &Decision, fate: &Fate) -> bool {
    let Item::Named(thing) = &fate.item else { return false };
    let lexicon = context.lexicon;
    let own = |t: &u16| lexicon.treatments[*t as usize].body_part.as_deref().and_then(|id| lexicon.body_part(id));
    let surgical = |t: &u16| lexicon.treatments[*t as usize].kind == TreatmentKind::Surgery;
    let Some(parts) = thing.treatments.iter().map(own).collect::<Option<Vec<u16>>>().filter(|p| !p.is_empty()) else {
        return false;
    };
    let is_told = |reading: &Reading| {
        let named = reading.hits.iter().map(|h| context.term(h));
        named.into_iter().any(|t| matches!(t, Term::Treatment(t) if thing.treatments.contains(&t)))
    };
    let elsewhere = |d: &Decision| {
        let asked = d.request.as_ref().map(|r| &r.body_parts[..]).unwrap_or_default();
        !asked.is_empty() && asked.iter().all(|(a, _)| parts.iter().all(|p| !same_region(context, *a, *p)))
    };
    let others = || context.letter.decisions.iter().filter(|d| d.n != decision.n);
    let mut operations = others().filter(|d| may_be_ground(context, d) && is_surgery(context, d)).peekable();
    thing.treatments.iter().all(surgical)
        && operations.peek().is_some()
        && operations.all(elsewhere)
        && !context.letter.summary.iter().any(is_told)
        && !others().any(|d| d.request.as_ref().is_some_and(|r| is_told(&r.reading)))
}

/// The decisions that a rationale may mean where it says what became of another item.
fn meant<'a>(context: &Context<'a>, decision: &Decision, reading: &Reading, fate: &Fate) -> Vec<&'a Decision> {
    let near = |d: &&Decision| d.request.as_ref().is_none_or(|r| !elsewhere(context, reading, &fate.words, r));
    let others = || context.letter.decisions.iter().filter(|d| d.n != decision.n);
    let unknown = |d: &Decision| d.request.as_ref().is_some_and(|r| r.treatments.is_empty());
    let operations = || {
        let operation = |d: &&Decision| may_be_ground(context, d) && (is_surgery(context, d) || unknown(d));
        let mut all: Vec<&Decision> = others().filter(operation).filter(near).collect();
        // an injection is an operation where there is no other
        let surgical = |d: &Decision| is_of_kind(context, d, |k| k == TreatmentKind::Surgery);
        if all.iter().any(|d| surgical(d)) {
            all.retain(|d| surgical(d) || unknown(d));
        }
        all
    };
    match &fate.item {
        Item::Numbered(n) => others().filter(|d| d.n == *n).collect(),
        Item::Operation => operations(),
        Item::Named(thing) => {
            let asks = |d: &&Decision| {
                let Some(request) = &d.request else { return true };
                !is_associated(d) && requested(context, request).iter().any(|a| !different(context, a, thing))
            };
            let named: Vec<&Decision> = others().filter(asks).filter(near).collect();
            let surgical = thing.treatments.iter().all(|t| is_surgical(context, *t));
            if named.is_empty() && surgical { operations() } else { named }
        }
    }
}

/// The words of a clause that rules on another item and is the ground of the ruling behind it: from "as" to the comma.
fn clause(context: &Context<'_>, reading: &Reading, facts: &PartFacts, stance: &Stance) -> Option<Range<usize>> {
    let sentence = &reading.sentences[stance.sentence];
    let openers = reading.cues(context.lexicon, sentence.hits.clone(), Cue::GroundOpens);
    let start = openers.filter(|h| h.end as usize <= stance.words.start).last()?.first as usize;
    let later =
        |s: &&Stance| s.sentence == stance.sentence && s.ruling == stance.ruling && s.words.start >= stance.words.end;
    let next = facts.conclusion.stances.iter().find(later)?;
    let comma = |w: &usize| reading.is_marked(*w, b',');
    // one clause, one ruling: no comma before it, and one behind it
    let end = (start..next.words.start).find(comma)? + 1;
    (stance.words.end <= end).then_some(start..end)
}

/// So many words may open a clause up to one that points back: "and that program".
const OPENING: usize = 3;

/// The words of a clause up to "was denied above", which way that went, and that it was in this letter. What stands before a comma is a
/// clause of its own: "no operation is planned, and the studies approved above come first".
fn ruled_above(context: &Context<'_>, reading: &Reading) -> Option<(Range<usize>, Ruling, bool)> {
    let all = [(Cue::DeniedAbove, Ruling::Deny), (Cue::ApprovedAbove, Ruling::Approve)];
    all.into_iter().find_map(|(cue, ruling)| {
        let hit = reading.cues(context.lexicon, 0..reading.hits.len(), cue).next()?;
        let sentence = reading.sentences.iter().find(|s| s.words.contains(&(hit.first as usize)))?;
        let before = sentence.words.start..hit.first as usize;
        let comma = before.clone().rev().find(|w| reading.is_marked(*w, b',')).map(|w| w + 1);
        // "it was the entry test for a program, and that program is not": what is meant stands before the comma
        let points = |start: usize| {
            (start..before.end).take(OPENING).any(|w| reading.is_small(w, Small::TimeBack, context.lexicon))
        };
        let start = comma.filter(|start| !points(*start)).unwrap_or(before.start);
        Some((start..hit.end as usize, ruling, true))
    })
}

/// Whether a clause names a part of the body, and a request only others.
fn elsewhere(context: &Context<'_>, reading: &Reading, clause: &Range<usize>, request: &Request) -> bool {
    let (said, asked) =
        (parts(context, reading, clause), parts(context, &request.reading, &(0..request.reading.words.len())));
    let same = |a: u16| said.iter().any(|(b, _)| same_region(context, a, *b));
    !said.is_empty() && !asked.is_empty() && !asked.iter().any(|(a, _)| same(*a))
}

fn is_surgery(context: &Context<'_>, decision: &Decision) -> bool {
    is_of_kind(context, decision, |k| matches!(k, TreatmentKind::Surgery | TreatmentKind::Procedure))
}

fn is_of_kind(context: &Context<'_>, decision: &Decision, kind: impl Fn(TreatmentKind) -> bool) -> bool {
    let of = |t: u16| kind(context.lexicon.treatments[t as usize].kind);
    decision.request.as_ref().is_some_and(|r| r.treatments.iter().any(|(t, _)| of(*t)))
}
