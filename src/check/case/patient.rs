//! The same patient called male and female.

use crate::check::{Context, Finding};
use crate::fact::{How, Sex, SexTold, Voice};

/// The places of one part that can mean nobody but the patient. Where a pronoun may mean a physician, one more of the same
/// sex may mean him too, wherever it stands; several may not.
fn told_for_sure(mut told: Vec<SexTold>) -> Vec<SexTold> {
    let maybe: Vec<Sex> = told.iter().filter(|s| !s.alone).map(|s| s.sex).collect();
    told.retain(|s| s.alone);
    let sure = |sex| told.iter().filter(|s| s.sex == sex).count();
    let lone: Vec<Sex> = maybe.into_iter().filter(|sex| sure(*sex) < 2).collect();
    told.retain(|s| s.how == How::Noun || !lone.contains(&s.sex));
    told
}

/// Two places call the same patient male and female.
pub fn sex_conflict(context: &Context<'_>) -> Vec<Finding> {
    let mut told: Vec<SexTold> = told_for_sure(context.facts.summary.patient.sexes.clone());
    for (decision, facts) in context.letter.decisions.iter().zip(&context.facts.rationales) {
        let Some(rationale) = &decision.rationale else { continue };
        // recited text speaks of patients in general
        let reading = &rationale.reading;
        let of_case = facts.patient.sexes.iter().filter(|s| {
            let sentence = reading.sentences.iter().position(|x| reading.span(x.bytes.clone()).contains(s.span));
            sentence.is_some_and(|n| facts.voices.get(n) != Some(&Voice::Recital))
        });
        told.extend(told_for_sure(of_case.copied().collect()));
    }
    let noun = told.iter().find(|s| s.how == How::Noun);
    let count = |sex| told.iter().filter(|s| s.sex == sex).count();
    // what most places say is taken for the patient's sex, and the noun beside the age before all
    let first = match noun {
        Some(noun) => *noun,
        None => {
            let Some(first) = told.first() else { return Vec::new() };
            let other = told.iter().find(|s| s.sex != first.sex);
            match other {
                Some(other) if count(other.sex) > count(first.sex) => *other,
                _ => *first,
            }
        }
    };
    let agreeing = count(first.sex);
    let Some(second) = told.iter().find(|s| s.sex != first.sex) else { return Vec::new() };
    // a lone pronoun against a lone pronoun says nothing about who is meant
    if noun.is_none() && agreeing < 2 {
        return Vec::new();
    }
    vec![
        Finding::new("default")
            .label("second", second.span)
            .label("first", first.span)
            .hole("first", first.sex.word())
            .hole("second", second.sex.word())
            .hole("first-words", &context.text[first.span.range()])
            .hole("second-words", &context.text[second.span.range()]),
    ]
}
