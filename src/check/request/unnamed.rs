//! Rationales that speak neither of what is asked for nor of any treatment.

use super::item::goes_with_operation;
use crate::check::criterion::unaddressed::applies_criterion;
use crate::check::memo::{all_things, requested};
use crate::check::naming::{Thing, repeats, telling_words};
use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{PartFacts, Voice};
use crate::letter::{Decision, Reading, Request, Sentence};
use crate::lexicon::{Cue, Hit, Small, Term, TreatmentKind};

/// The rationale names neither the item nor any other treatment.
pub fn off_topic(context: &Context<'_>, decision: &Decision, facts: &PartFacts) -> Vec<Finding> {
    let (Some(request), Some(rationale)) = (&decision.request, &decision.rationale) else { return Vec::new() };
    let reading = &rationale.reading;
    let says = |cue| reading.cues.has(cue);
    let asked = requested(context, request);
    let short = reading.words.len() < LEAST_WORDS || reading.sentences.len() < 2;
    let unnamed = speaks_unnamed(context, request, reading);
    // an item that nobody knows may be told by its letters alone
    let unknown = asked.is_empty() && (telling_words(context, decision).is_empty() || says_letters(reading));
    if unknown || short || unnamed || goes_with_operation(context, decision) || says(Cue::SeeElsewhere) {
        return Vec::new();
    }
    let whole = 0..reading.words.len();
    let telling = telling_words(context, decision);
    // since "the initial evaluation" is told of a time, not of a treatment
    let since = |w: usize| reading.slice(w..w + 1).eq_ignore_ascii_case("since");
    // "since physical therapy is" opens a ground
    let verb = |t: &Thing| {
        t.words.end < reading.words.len() && reading.is_small(t.words.end, Small::Auxiliary, context.lexicon)
    };
    let past = |t: &Thing| (t.words.start.saturating_sub(2)..t.words.start).any(since) && !verb(t);
    let names = all_things(context, reading).iter().any(|t| !past(t)) || repeats(reading, whole, &telling);
    if names || facts.voices.iter().all(|v| *v == Voice::Conclusion) {
        return Vec::new();
    }
    // "he is motivated and has no surgical option" speaks of what a program asks for
    if applies_criterion(context, decision, facts) {
        return Vec::new();
    }
    let first = reading.sentences[0].words.clone();
    // what a guideline holds may bear on the item without naming it: "the Ottawa rules ask for tenderness of the bone"
    let recites = |s: &Sentence| {
        [Cue::GuidelineSays, Cue::Recommends].into_iter().any(|c| s.cues.has(c)) || names_guideline(reading, s)
    };
    let lowered = reading.sentences.iter().any(recites).then_some(Severity::Warning);
    vec![
        Finding { lowered, ..Finding::new("default") }
            .label("rationale", reading.span_of_words(first))
            .label("request", request.reading.passage.span)
            .hole("item", context.request_words(decision)),
    ]
}

/// Whether a rationale holds a word all of capitals, which may stand for anything.
fn says_letters(reading: &Reading) -> bool {
    let is_letters = |w: usize| {
        let text = reading.slice(w..w + 1);
        text.len() >= 2 && text.bytes().all(|b| b.is_ascii_uppercase())
    };
    (0..reading.words.len()).any(is_letters)
}

/// Whether a sentence names a guideline.
fn names_guideline(reading: &Reading, sentence: &Sentence) -> bool {
    reading.guidelines.iter().any(|n| sentence.hits.contains(&(*n as usize)))
}

/// Whether a rationale may speak of what is asked for without its name: "a trial of 6 visits", "the drug helps". "The last
/// visit" speaks only of care that is had in visits, and "Spurling's test" of no study.
fn speaks_unnamed(context: &Context<'_>, request: &Request, reading: &Reading) -> bool {
    use TreatmentKind::{Drug, DrugClass, Imaging, Surgery, Test};
    let kinds = |k: &[TreatmentKind]| {
        request.treatments.iter().any(|(t, _)| k.contains(&context.lexicon.treatments[*t as usize].kind))
    };
    let in_visits = request.treatments.is_empty() || !kinds(&[Imaging, Test, Surgery, TreatmentKind::Procedure]);
    // a drug is taken in courses, but in no visits
    let drug = !request.treatments.is_empty()
        && !kinds(&[TreatmentKind::TherapyVisits, TreatmentKind::Service])
        && kinds(&[Drug, DrugClass]);
    let meeting = |h: &Hit| context.lexicon.is_small(reading.slice(h.first as usize..h.end as usize), Small::Meeting);
    let observed = |w: usize| {
        reading
            .hits
            .iter()
            .any(|h| matches!(context.term(h), Term::Observation(_)) && (h.first as usize..h.end as usize).contains(&w))
    };
    let care = |h: &Hit| context.is(h, Cue::CareWord) && !observed(h.first as usize);
    let visit = |h: &Hit| context.lexicon.is_small(reading.slice(h.first as usize..h.end as usize), Small::VisitWord);
    // only drugs are weaned from
    drug && reading.cues.has(Cue::AdviceTopic)
        || reading.cues.has(Cue::CareWord)
            && reading.hits.iter().any(|h| care(h) && (in_visits || !visit(h)) && !(drug && meeting(h)))
}

/// A rationale of fewer words says too little to be off its topic.
const LEAST_WORDS: usize = 20;
