//! Who the patient is: age and sex, with every place that tells them.

use crate::letter::Reading;
use crate::lexicon::{Cue, Lexicon};
use crate::source::Span;
use serde::Serialize;

/// Sex as a letter tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Sex::Female => "female",
            Sex::Male => "male",
        }
    }
}

/// How a place tells the sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By a noun beside the age or the word for the patient ("58-year-old female").
    Noun,
    /// By a pronoun.
    Pronoun,
}

/// A place that tells the patient's sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SexTold {
    /// Which.
    pub sex: Sex,
    /// How.
    pub how: How,
    /// Whether the sentence names nobody else whom the word could mean.
    pub alone: bool,
    /// The word.
    pub span: Span,
}

/// What one part of a letter tells of the patient.
#[derive(Clone, Debug, Default)]
pub struct Patient {
    /// Ages in years with their places, in order.
    pub ages: Vec<(u32, Span)>,
    /// Places that tell the sex, in order.
    pub sexes: Vec<SexTold>,
}

/// How many words may stand between "58-year-old" and "female": "pleasant right hand dominant".
const REACH: usize = 6;

/// What a part of the letter tells of the patient.
pub fn patient(reading: &Reading, lexicon: &Lexicon) -> Patient {
    let mut patient = Patient::default();
    for (n, sentence) in reading.sentences.iter().enumerate() {
        let cues = |cue| reading.cues(lexicon, sentence.hits.clone(), cue);
        let olds: Vec<usize> = cues(Cue::YearsOld).map(|h| h.first as usize).collect();
        for hit in cues(Cue::YearsOld) {
            let Some(before) = (hit.first as usize).checked_sub(1).filter(|w| *w >= sentence.words.start) else {
                continue;
            };
            // a "12-year-old fracture" or "5-year-old son" is nobody's age here
            let after = hit.end as usize..(hit.end as usize + 2).min(sentence.words.end);
            let somebody = reading.hits[sentence.hits.clone()]
                .iter()
                .any(|h| after.contains(&(h.first as usize)) && is(lexicon, h, Cue::OtherPerson));
            if let Ok(age) = reading.slice(before..before + 1).parse::<u32>()
                && (14..=110).contains(&age)
                && !somebody
            {
                patient.ages.push((age, reading.span_of_words(before..hit.end as usize)));
            }
        }
        // who else is spoken of, here or in the sentence before, up to the pronoun
        let others: Vec<usize> = cues(Cue::OtherPerson).map(|h| h.first as usize).collect();
        let before = n.checked_sub(1).map(|p| &reading.sentences[p]);
        let other_before =
            before.is_some_and(|s| reading.cues(lexicon, s.hits.clone(), Cue::OtherPerson).next().is_some());
        for (cue, sex, how) in [
            (Cue::Male, Sex::Male, How::Noun),
            (Cue::Female, Sex::Female, How::Noun),
            (Cue::MalePronoun, Sex::Male, How::Pronoun),
            (Cue::FemalePronoun, Sex::Female, How::Pronoun),
        ] {
            for hit in cues(cue) {
                let at = hit.first as usize;
                let near_age = olds.iter().any(|o| at > *o && at - o <= REACH + 2);
                let person = reading.hits[sentence.hits.clone()]
                    .iter()
                    .any(|h| is(lexicon, h, Cue::Person) && h.first as usize <= at && (at <= h.end as usize + REACH));
                if how == How::Noun && !(near_age || person && at < sentence.words.start + 12) {
                    continue;
                }
                let alone = match how {
                    How::Noun => near_age,
                    How::Pronoun => others.is_empty() && !other_before,
                };
                let span = reading.span_of_hit(hit);
                patient.sexes.push(SexTold { sex, how, alone, span });
            }
        }
    }
    patient.sexes.sort_by_key(|s| s.span.start);
    patient
}

fn is(lexicon: &Lexicon, hit: &crate::lexicon::Hit, cue: Cue) -> bool {
    lexicon.terms[hit.term as usize] == crate::lexicon::Term::Cue(cue)
}

impl Patient {
    /// The age, if one is told.
    pub fn age(&self) -> Option<u32> {
        self.ages.first().map(|(age, _)| *age)
    }

    /// The sex: by a noun if there is one, else by most of the pronouns.
    pub fn sex(&self) -> Option<Sex> {
        if let Some(noun) = self.sexes.iter().find(|s| s.how == How::Noun && s.alone) {
            return Some(noun.sex);
        }
        let male = self.sexes.iter().filter(|s| s.sex == Sex::Male).count();
        let female = self.sexes.len() - male;
        match male.cmp(&female) {
            std::cmp::Ordering::Greater => Some(Sex::Male),
            std::cmp::Ordering::Less => Some(Sex::Female),
            std::cmp::Ordering::Equal => None,
        }
    }
}
