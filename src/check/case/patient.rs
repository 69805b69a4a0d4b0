//! The same patient called male and female.

use crate::check::{Context, Finding};
use crate::diagnostic::Severity;
use crate::fact::{How, Sex, SexTold, Tie, Voice};

/// So many pronouns of one sex, more than of the other, mean the patient whoever else is named.
const MANY: usize = 3;

/// The places that can mean nobody but the patient. Where somebody else of that sex may be named, a pronoun must stand beside what
/// tells whose it is; and where a pronoun surely may mean somebody else, one more of the same sex may mean him too, wherever it
/// stands; several may not.
fn told_for_sure(mut told: Vec<SexTold>, others: &[Option<Sex>]) -> Vec<SexTold> {
    let pronouns = |sex| told.iter().filter(move |s| s.how == How::Pronoun && s.sex == sex);
    let many = |sex| pronouns(sex).filter(|s| s.alone).count() >= MANY.max(told.len() - pronouns(sex).count());
    let many: Vec<Sex> = [Sex::Female, Sex::Male].into_iter().filter(|sex| many(*sex)).collect();
    let named = |sex: Sex| others.iter().any(|o| o.is_none_or(|o| o == sex));
    let maybe: Vec<Sex> = told.iter().filter(|s| !s.alone).map(|s| s.sex).collect();
    told.retain(|s| s.alone && (s.tied() || many.contains(&s.sex) || !s.mixed && !named(s.sex)));
    let sure = |sex| told.iter().filter(|s| s.sex == sex).count();
    let lone: Vec<Sex> = maybe.into_iter().filter(|sex| sure(*sex) < 2).collect();
    told.retain(|s| s.how == How::Noun || matches!(s.tie, Tie::Own | Tie::Kind) || !lone.contains(&s.sex));
    told
}

/// Two places call the same patient male and female.
pub fn sex_conflict(context: &Context<'_>) -> Vec<Finding> {
    let summary = &context.facts.summary.patient;
    let mut told: Vec<SexTold> = summary.sexes.iter().filter(|s| s.tie != Tie::Kind).copied().collect();
    let mut others = summary.others.clone();
    for (decision, facts) in context.letter.decisions.iter().zip(&context.facts.rationales) {
        let Some(rationale) = &decision.rationale else { continue };
        // recited text speaks of patients in general
        let reading = &rationale.reading;
        let of_case = facts.patient.sexes.iter().filter(|s| {
            let sentence = reading.sentences.iter().position(|x| reading.span(x.bytes.clone()).contains(s.span));
            sentence.is_some_and(|n| facts.voices.get(n) != Some(&Voice::Recital))
        });
        told.extend(of_case.copied());
        others.extend(facts.patient.others.iter().copied());
    }
    let told = told_for_sure(told, &others);
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
    // one pronoun among many may be a slip of the reader's: it is sure only beside the word for the patient
    let plain = second.how == How::Noun || second.tie == Tie::Named && !second.mixed;
    let sure = plain || count(second.sex) > 1;
    vec![Finding {
        lowered: (!sure).then_some(Severity::Warning),
        ..Finding::new("default")
            .label("second", second.span)
            .label("first", first.span)
            .hole("first", first.sex.word())
            .hole("second", second.sex.word())
            .hole("first-words", &context.text[first.span.range()])
            .hole("second-words", &context.text[second.span.range()])
    }]
}
