//! What a letter says, with the words that say it: voices, conclusions, statements, amounts, dates. Facts know no rules.

mod accounted;
mod ages;
mod claimed;
mod conclusion;
mod date;
mod echo;
mod elided;
mod ending;
mod evidence;
mod governed;
mod marks;
mod named;
mod nothing;
mod observed;
mod own_clause;
mod own_item;
mod own_words;
mod past;
mod patient;
mod polarity;
mod referred;
mod settled;
mod sexed;
mod statement;
#[cfg(test)]
mod tests;
mod tie;
mod used;
mod verdict;
mod voice;
mod when;

pub use conclusion::{Conclusion, Object, Ruling, Stance, Strength, conclusion};
pub use date::{DateFact, DateRole, dates};
pub(crate) use marks::Marks;
pub use observed::{Observed, observed};
pub use past::Course;
pub use patient::{How, Patient, Sex, SexTold, patient};
pub use polarity::{Context as Meaning, Documentation, Polarity, Signed, context as meaning, polarity_of};
use referred::referred;
pub use statement::{Stated, Told, statements};
pub use tie::Tie;
pub use used::{Used, used};
pub use voice::{Voice, voices};
pub use when::{When, times};

use crate::letter::{Amount, Dated, Letter, Reading, amounts};
use crate::lexicon::{Cue, Lexicon};
use crate::measure::Date;

/// Everything that a letter says.
#[derive(Debug, Default)]
pub struct Facts {
    /// What the summary says.
    pub summary: PartFacts,
    /// What each rationale says, in order of the decisions.
    pub rationales: Vec<PartFacts>,
}

/// What one part of a letter says.
#[derive(Debug, Default)]
pub struct PartFacts {
    /// The voice of each sentence.
    pub voices: Vec<Voice>,
    /// Amounts in order.
    pub amounts: Vec<Amount>,
    /// Dates in order.
    pub dates: Vec<DateFact>,
    /// Age and sex.
    pub patient: Patient,
    /// What a rationale concludes.
    pub conclusion: Conclusion,
    /// Statements in order.
    pub stated: Vec<Stated>,
    /// Statements of the heading above a rationale.
    pub request_stated: Vec<Stated>,
    /// Statements of the reviewer's guideline line below a rationale.
    pub line_stated: Vec<Stated>,
    /// Amounts that belong to treatments.
    pub used: Vec<Used>,
    /// Numbers of the sentences in which the utilization review speaks: its findings are no facts about the patient.
    pub reviewed: Vec<usize>,
}

impl PartFacts {
    /// Whether a sentence speaks of this case; those of a part without voices, such as the summary, all do.
    pub fn is_of_case(&self, sentence: usize) -> bool {
        self.voices.get(sentence).is_none_or(|v| v.is_of_case())
    }

    /// Whether a sentence tells of the patient, be it in the summary or where a rationale applies its guideline, and not what the
    /// utilization review found.
    pub fn tells(&self, sentence: usize) -> bool {
        self.voices.get(sentence).is_none_or(|v| *v == Voice::Application) && !self.reviewed.contains(&sentence)
    }

    /// What the rationale concludes, in a word.
    pub fn conclusion_word(&self) -> &'static str {
        self.conclusion.word()
    }
}

/// Dates of the letter as a whole: the header's, else the summary's.
#[derive(Clone, Copy, Debug, Default)]
pub struct LetterDates {
    /// Date of injury.
    pub injury: Option<Dated>,
    /// Date of the utilization review denial.
    pub denial: Option<Dated>,
    /// Date of the request for authorization.
    pub request: Option<Dated>,
    /// Date of the decision.
    pub decision: Option<Dated>,
    /// The latest date anywhere before the decisions.
    pub latest: Option<Dated>,
}

impl Facts {
    /// The letter's dates.
    pub fn letter_dates(&self, letter: &Letter) -> LetterDates {
        let told = |role| {
            let exact = self.summary.dates.iter().find(|d| d.role == role && !d.month_only);
            exact.map(|d| Dated { date: d.date, span: d.span })
        };
        let header = letter.header;
        let all = self.summary.dates.iter().filter(|d| !d.month_only).map(|d| Dated { date: d.date, span: d.span });
        LetterDates {
            injury: header.injury.or_else(|| told(DateRole::Injury)),
            denial: header.ur_denial.or_else(|| told(DateRole::Denial)),
            request: told(DateRole::Request),
            decision: header.decision,
            latest: all.max_by_key(|d| d.date),
        }
    }

    /// The patient's age in years.
    pub fn patient_age(&self) -> Option<u32> {
        self.summary.patient.age().or_else(|| self.rationales.iter().find_map(|r| r.patient.age()))
    }

    /// The patient's sex.
    pub fn patient_sex(&self) -> Option<Sex> {
        self.summary.patient.sex().or_else(|| self.rationales.iter().find_map(|r| r.patient.sex()))
    }
}

/// The sentences in which the utilization review speaks.
fn reviewed(reading: &Reading, lexicon: &Lexicon) -> Vec<usize> {
    let speaks = |n: &usize| {
        let hits = reading.sentences[*n].hits.clone();
        let says = |cue| reading.cues(lexicon, hits.clone(), cue).next().is_some();
        says(Cue::UtilizationReview) || says(Cue::DenialDate)
    };
    (0..reading.sentences.len()).filter(speaks).collect()
}

/// Gathers the facts of a letter.
pub fn gather(letter: &Letter, lexicon: &Lexicon) -> Facts {
    gather_asked(letter, lexicon, |_| true)
}

/// The same with the phrases of those lists alone, by number, that are asked for: most are those of rules for other requests.
pub fn gather_asked(letter: &Letter, lexicon: &Lexicon, asked: impl Fn(u16) -> bool) -> Facts {
    let part = |reading: &Reading, voices: Vec<Voice>, decided: Option<Date>| {
        let amounts = amounts(reading);
        let dates = dates(reading, &amounts, lexicon);
        PartFacts {
            patient: patient(reading, lexicon),
            stated: statements(reading, &voices, lexicon, &asked),
            used: used(reading, &amounts, &dates, &voices, decided, lexicon),
            reviewed: reviewed(reading, lexicon),
            voices,
            amounts,
            dates,
            ..PartFacts::default()
        }
    };
    let summary = letter.summary.as_ref().map(|s| part(s, Vec::new(), letter.header.decision.map(|d| d.date)));
    let mut facts = Facts { summary: summary.unwrap_or_default(), rationales: Vec::new() };
    let dates = facts.letter_dates(letter);
    let decided = dates.decision.or(dates.denial).or(dates.latest).map(|d| d.date);
    let nothing = Reading::default();
    for decision in &letter.decisions {
        let request = decision.request.as_ref().map_or(&nothing, |r| &r.reading);
        let request_stated = statements(request, &[], lexicon, &asked);
        let line = decision.reviewer.as_ref().map_or(&nothing, |l| &l.reading);
        let line_stated = statements(line, &[], lexicon, &asked);
        facts.rationales.push(match &decision.rationale {
            None => PartFacts { request_stated, line_stated, ..PartFacts::default() },
            Some(rationale) => {
                let reading = &rationale.reading;
                let mut voices = voices(reading, lexicon);
                let conclusion = conclusion(reading, request, &voices, lexicon);
                let concludes = |n: usize| conclusion.stances.iter().any(|s| s.sentence == n);
                for (number, voice) in voices.iter_mut().enumerate() {
                    match (*voice == Voice::Conclusion, concludes(number)) {
                        (false, true) => *voice = Voice::Conclusion,
                        (true, false) => *voice = Voice::Application,
                        _ => {}
                    }
                }
                let mut told = part(reading, voices, decided);
                let back = referred(reading, &told.voices, &told.stated, lexicon);
                if !back.is_empty() {
                    told.stated.extend(back);
                    told.stated.sort_by_key(|s| s.words.start);
                }
                PartFacts { conclusion, request_stated, line_stated, ..told }
            }
        });
    }
    facts
}
