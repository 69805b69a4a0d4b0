//! The vocabulary that everything else reads letters with: guidelines and their editions, treatments, drugs, body parts,
//! clinical statements, cues, and the named phrase lists of rules. All of it is data in `rules/lexicon/`.

mod builder;
mod compact;
mod cue;
mod cue_set;
mod family;
mod folded;
mod index;
mod knowledge;
mod load;
mod matcher;
mod matcher_bytes;
pub mod near;
mod node;
mod number;
mod observation;
mod packed;
pub mod pattern;
mod position;
mod reach;
mod scan;
mod search;
mod small;
mod small_words;
mod statement;
mod stems;
mod term;
mod tolerance;
mod vocabulary;
mod words;

pub use builder::MatcherBuilder;
pub use cue::Cue;
pub use cue_set::CueSet;
pub use family::Family;
pub use index::{DrugName, Index, SHORTEST_NAME};
pub use knowledge::{Limit, Silence, SilenceClaim, Subsection};
pub use load::{Loader, Names};
pub use matcher::{Hit, Matcher};
pub use number::{as_number, number_word};
pub use observation::{Observation, ToldAs};
pub use position::Position;
pub use scan::{Found, Scan, Use};
pub use small::Small;
pub use small_words::SmallWords;
pub use statement::{Statement, Subject};
pub use stems::Stems;
pub use term::Term;
pub use tolerance::{Tolerance, Tolerances};
pub use words::{Gap, Word, fold, is_folded, words, words_into};

use crate::archive::Entries;
use crate::diagnostic::Confidence;
use crate::measure::Date;
use serde::{Deserialize, Serialize};

/// A guideline in one edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Guideline {
    /// Kebab-case id with the edition's year.
    pub id: String,
    /// Title as guideline lines write it.
    pub title: String,
    /// Title in full.
    pub full_title: String,
    /// Whether it is part of the MTUS.
    pub mtus: bool,
    /// Where the regulation adopts it ("8 CCR 9792.24.2").
    pub regulation: Option<String>,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
    /// How sure the days are.
    pub dates_confidence: Confidence,
    /// Chapter number in the ACOEM practice guidelines.
    pub chapter: Option<u32>,
    /// First and last page.
    pub pages: Option<(u32, u32)>,
    /// Body parts it covers; "any" is none here.
    pub body_parts: Vec<String>,
    /// Body parts that raise no finding though it does not cover them.
    pub tolerated_body_parts: Vec<String>,
    /// Its sections.
    pub sections: Entries<Section>,
}

/// A section of a guideline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Kebab-case id.
    pub id: String,
    /// Title as guideline lines write it.
    pub title: String,
    /// Treatments that may be decided under it, by number.
    pub topics: Vec<u16>,
    /// Its chapter number in the ACOEM practice guidelines, where it is a chapter of its own.
    pub chapter: Option<u32>,
    /// Body parts it covers, where it covers fewer than its guideline.
    pub body_parts: Vec<String>,
    /// First and last page, where known.
    pub pages: Option<(u32, u32)>,
    /// How sure pages and treatments are.
    pub confidence: Confidence,
}

/// Names that mean several editions ("ACOEM", "MTUS").
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GuidelineFamily {
    /// Kebab-case id.
    pub id: String,
    /// Guidelines that the names may mean, by id.
    pub members: Vec<String>,
}

/// What kind of thing a treatment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TreatmentKind {
    /// A class of drugs.
    DrugClass,
    /// One drug.
    Drug,
    /// Therapy counted in visits.
    TherapyVisits,
    /// Imaging.
    Imaging,
    /// A test other than imaging.
    Test,
    /// A device or supply.
    Device,
    /// An injection or other procedure.
    Procedure,
    /// Surgery.
    Surgery,
    /// Anything else: consultations, transport.
    Service,
}

impl TreatmentKind {
    /// All kinds with their words.
    pub const ALL: [(&'static str, TreatmentKind); 9] = [
        ("drug-class", TreatmentKind::DrugClass),
        ("drug", TreatmentKind::Drug),
        ("therapy-visits", TreatmentKind::TherapyVisits),
        ("imaging", TreatmentKind::Imaging),
        ("test", TreatmentKind::Test),
        ("device", TreatmentKind::Device),
        ("procedure", TreatmentKind::Procedure),
        ("surgery", TreatmentKind::Surgery),
        ("service", TreatmentKind::Service),
    ];
}

/// A treatment that letters dispute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Treatment {
    /// Kebab-case id.
    pub id: String,
    /// What kind of thing it is.
    pub kind: TreatmentKind,
    /// The treatments it falls under, by number.
    pub parents: Vec<u16>,
    /// The first of its names, for messages.
    pub name: String,
    /// Whether it counts only where nothing more specific is found.
    pub class_word: bool,
    /// Whether it is usually asked for beside an operation.
    pub perioperative: bool,
    /// Whether all its names mean one thing, so that two of them ask for the same.
    pub single: bool,
    /// Whether patients do it by themselves, so that it is told beside other care and seldom asked for.
    pub self_care: bool,
    /// Words, folded, by which a rationale tells of it without its name: the complaint that it is for.
    pub told_by: Vec<String>,
    /// The one body part it is for, by id.
    pub body_part: Option<String>,
}

/// A drug: brand, generic and salts are one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drug {
    /// Generic name.
    pub generic: String,
    /// Brand names.
    pub brands: Vec<String>,
    /// Treatments it falls under, by number: the drug itself where it is one, and its classes.
    pub treatments: Vec<u16>,
    /// Oral strengths in mg as marketed; the parts of a combination joined by a slash.
    pub strengths: Vec<String>,
    /// Forms as marketed.
    pub forms: Vec<String>,
    /// How sure strengths and forms are.
    pub confidence: Confidence,
}

/// A part of the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BodyPart {
    /// Kebab-case id.
    pub id: String,
    /// The larger region, by id.
    pub region: Option<String>,
    /// Whether letters use its name for the whole region as well ("leg").
    pub vague: bool,
    /// MTUS chapters that speak of it, by guideline id.
    pub mtus_chapters: Vec<String>,
}

/// What became of a measure that is told at two times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measured {
    /// It is better.
    Gain,
    /// It is as before, or worse.
    NoGain,
}

impl Measured {
    /// All with their names.
    pub const ALL: &[(&str, Measured)] = &[("gain", Measured::Gain), ("no-gain", Measured::NoGain)];
}

/// A named list of phrases that rules share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PhraseList {
    /// Kebab-case id.
    pub id: String,
    /// Whether it lists findings of which each is enough, so that another that is denied says nothing against it.
    pub one_is_enough: bool,
    /// Whether its words count in the summary only where they are told of the treatment that is asked for.
    pub of_treatment: bool,
    /// Whether its words count in the summary only where no other part of the body is told of than the one asked for.
    pub of_part: bool,
    /// What of a measure that is told at two times says the same.
    pub measured: Option<Measured>,
    /// Body parts, by number, for whose requests they are signs; of any if there is none.
    pub body_parts: Vec<u16>,
}

/// The whole vocabulary, ready to read letters with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    /// Guidelines, one an edition.
    pub guidelines: Entries<Guideline>,
    /// Families of guidelines.
    pub families: Vec<GuidelineFamily>,
    /// Treatments.
    pub treatments: Entries<Treatment>,
    /// Drugs.
    pub drugs: Entries<Drug>,
    /// Body parts.
    pub body_parts: Vec<BodyPart>,
    /// Statements.
    pub statements: Entries<Statement>,
    /// What examinations and studies find.
    pub observations: Vec<Observation>,
    /// Phrase lists.
    pub lists: Entries<PhraseList>,
    /// Groups of treatments, by number, that serve the same purpose.
    pub purposes: Vec<Vec<u16>>,
    /// What the MTUS says or does not say.
    pub silences: Vec<Silence>,
    /// Amounts that guidelines set.
    pub limits: Vec<Limit>,
    /// What guidelines hold of treatments.
    pub positions: Vec<Position>,
    /// Subsections that moved.
    pub subsections: Vec<Subsection>,
    /// Abbreviations whose full stop ends no sentence, lower case, sorted.
    pub abbreviations: Vec<String>,
    /// Small words.
    pub small: SmallWords,
    /// How far apart measures may be told.
    pub tolerances: Tolerances,
    /// What each term of the matcher stands for.
    pub terms: Vec<Term>,
    /// All phrases.
    pub matcher: Matcher,
    /// What follows from the rest.
    pub index: Index,
}

impl Lexicon {
    /// Whether a text holds a phrase of one of some cues.
    pub fn mentions(&self, text: &str, cues: &[Cue]) -> bool {
        let mut scan = Scan::default();
        let is = |term: u32| matches!(self.terms[term as usize], Term::Cue(cue) if cues.contains(&cue));
        // a phrase of the same kind that is longer hides it
        let used = |term| if matches!(self.terms[term as usize], Term::Cue(_)) { Use::Told } else { Use::Aside };
        self.matcher.scan_into(text, &mut words(text), used, &mut scan);
        scan.found.hits.iter().any(|hit| is(hit.term))
    }

    /// Whether a word, or two with a blank, is one of a set of small words.
    pub fn is_small(&self, word: &str, set: Small) -> bool {
        self.small.has(set, word)
    }

    /// Whether a text in lower case holds one of a set of small words, be it as the beginning of another word.
    pub fn holds_small(&self, text: &str, set: Small) -> bool {
        self.small.of(set).any(|w| text.contains(w))
    }

    /// Whether a word before a full stop is an abbreviation, or a single capital letter.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let single = word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase();
        let known = |word: &str| self.abbreviations.binary_search_by(|a| a.as_str().cmp(word)).is_ok();
        let plain = || word.is_ascii() && word.bytes().all(|b| !b.is_ascii_uppercase());
        single || if plain() { known(word) } else { known(&word.to_lowercase()) }
    }

    /// The number of a treatment.
    pub fn treatment(&self, id: &str) -> Option<u16> {
        self.treatments.iter().position(|t| t.id == id).map(|n| n as u16)
    }

    /// The number of a body part.
    pub fn body_part(&self, id: &str) -> Option<u16> {
        self.body_parts.iter().position(|b| b.id == id).map(|n| n as u16)
    }

    /// The number of a guideline.
    pub fn guideline(&self, id: &str) -> Option<u16> {
        self.guidelines.iter().position(|g| g.id == id).map(|n| n as u16)
    }

    /// Whether a word on one treatment is a word on the other: one falls under the other, or they serve the same purpose.
    pub fn on_topic(&self, treatment: u16, topic: u16) -> bool {
        self.is_a(treatment, topic) || self.is_a(topic, treatment) || {
            let others = self.purposes_of(topic);
            self.purposes_of(treatment).any(|purpose| others.clone().any(|other| other == purpose))
        }
    }

    /// Whether a treatment is another one or falls under it.
    pub fn is_a(&self, treatment: u16, ancestor: u16) -> bool {
        self.lineage(treatment).contains(&ancestor)
    }

    /// Whether one of two treatments is the other or falls under it.
    pub fn is_akin(&self, a: u16, b: u16) -> bool {
        self.is_a(a, b) || self.is_a(b, a)
    }
}
