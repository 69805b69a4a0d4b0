//! What a letter says, with the words that say it: voices, conclusions, statements, amounts, dates. Facts know no rules.

mod date;
mod patient;
mod voice;

pub use date::{DateFact, DateRole, dates};
pub use patient::{How, Patient, Sex, SexTold, patient};
pub use voice::{Voice, voices};

use crate::letter::{Amount, Dated, Letter, amounts};
use crate::lexicon::Lexicon;

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
}

impl PartFacts {
    /// What the rationale concludes, in a word.
    pub fn conclusion_word(&self) -> &'static str {
        "none"
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

/// Gathers the facts of a letter.
pub fn gather(letter: &Letter, lexicon: &Lexicon) -> Facts {
    let part = |reading: &crate::letter::Reading, rationale: bool| {
        let amounts = amounts(reading);
        PartFacts {
            voices: if rationale { voices(reading, lexicon) } else { Vec::new() },
            dates: dates(reading, &amounts, lexicon),
            patient: patient(reading, lexicon),
            amounts,
        }
    };
    Facts {
        summary: letter.summary.as_ref().map(|s| part(s, false)).unwrap_or_default(),
        rationales: letter
            .decisions
            .iter()
            .map(|d| d.rationale.as_ref().map(|r| part(&r.reading, true)).unwrap_or_default())
            .collect(),
    }
}
