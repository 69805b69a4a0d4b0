//! The rulebook: rules as data, ready to be applied. What a check does in Rust stands in `check`; here stand its name,
//! severity, wording, authority and, for criteria, its logic.

mod catalogue;
mod index;
mod load;
mod measured;
mod plants;
mod template;
mod trials;

pub use catalogue::{CATALOGUE, CheckInfo, Scope, check_number};
pub use index::RuleIndex;
pub use load::{FileProblem, LoadedBook, LoadedRule, RuleFile, load_book};
pub use measured::{Measured, MeasuredOn, Measurements};
pub use plants::{ConclusionPair, Plants, StatementPair};
pub use template::Template;
pub use trials::{Expectation, Trial, TrialDecision};

use crate::diagnostic::{Confidence, Severity};
use crate::lexicon::Lexicon;
use crate::measure::{Comparison, Quantity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All rules with the vocabulary that they read letters with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rulebook {
    /// Vocabulary, with the phrases of the rules.
    pub lexicon: Lexicon,
    /// Rules in order of their ids.
    pub rules: Vec<Rule>,
    /// How right they were measured to be.
    pub measured: Measurements,
    /// Which rules a request asks.
    #[serde(skip)]
    pub index: RuleIndex,
}

impl Rulebook {
    /// How right a rule was measured to be, if it was.
    pub fn measured(&self, rule: &str) -> Option<Measured> {
        self.measured.rules.get(rule).copied()
    }
}

/// Where a rule is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// On trial: off unless asked for.
    Preview,
    /// In use.
    Stable,
    /// No longer in use; the id stays taken.
    Retired,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Kebab-case id, the name of its file.
    pub id: String,
    /// One line for people.
    pub title: String,
    /// Where it is in its life.
    pub status: Status,
    /// Severity of its findings, where it differs from that of the check.
    pub severity: Option<Severity>,
    /// How sure its facts are.
    pub confidence: Confidence,
    /// What it rests on, one an edition.
    pub authorities: Vec<Authority>,
    /// What it does.
    pub body: Body,
    /// Wording by case ("default" where there is one).
    pub messages: BTreeMap<String, Template>,
    /// Wording of labels by name.
    pub labels: BTreeMap<String, Template>,
    /// The way out.
    pub help: Option<Template>,
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// Runs a check of the catalogue, by number.
    Check(u16),
    /// Holds a criterion against the outcome.
    Criterion(Box<Criterion>),
}

/// What a rule rests on in one edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Authority {
    /// The guideline, by number.
    pub guideline: Option<u16>,
    /// The section, by number.
    pub section: Option<u16>,
    /// Pages as written.
    pub pages: Option<String>,
    /// Regulation or statute.
    pub regulation: Option<String>,
    /// Limits of this edition, which tests refer to by name.
    pub limits: BTreeMap<String, Quantity>,
    /// A remark, for instance that the edition's text is unverified.
    pub note: Option<String>,
}

/// What a criterion is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Without it no approval.
    Necessary,
    /// With it approval needs no other.
    Sufficient,
    /// Speaks for or against; never a finding by itself.
    Factor,
}

/// A criterion: when it applies, what it asks for, what lifts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// Treatments, by number; their children count too.
    pub treatments: Vec<u16>,
    /// Treatments to which it does not apply though they fall under the above.
    pub except_treatments: Vec<u16>,
    /// Body parts, by number; empty for any.
    pub body_parts: Vec<u16>,
    /// It applies only if this is met.
    pub when: Option<Test>,
    /// It does not apply if this is met.
    pub unless: Option<Test>,
    /// What it is worth.
    pub role: Role,
    /// Whether silence in an approval deserves a finding.
    pub warn_undocumented: bool,
    /// What it asks for.
    pub test: Test,
    /// What lifts it: any of these met.
    pub exceptions: Vec<Test>,
    /// Phrase lists by which a denial says that it rests on this criterion, by number.
    pub grounds: Vec<u16>,
}

/// Where in the letter a test looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The heading.
    Request,
    /// The clinical case summary.
    Summary,
    /// The rationale's own words about the case.
    Rationale,
    /// What the rationale recites of guidelines; never by default.
    Recital,
    /// The reviewer's guideline line.
    GuidelineLine,
}

impl Place {
    /// All places with their words.
    pub const ALL: [(&'static str, Place); 5] = [
        ("request", Place::Request),
        ("summary", Place::Summary),
        ("rationale", Place::Rationale),
        ("recital", Place::Recital),
        ("guideline-line", Place::GuidelineLine),
    ];
}

/// Something asked of a letter. Each gives a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// All of these.
    All(Vec<Test>),
    /// Any of these.
    Any(Vec<Test>),
    /// The reverse.
    Not(Box<Test>),
    /// A statement of the lexicon, by number, affirmed.
    Statement {
        /// Which.
        statement: u16,
        /// Where.
        places: Vec<Place>,
    },
    /// A phrase list, by number: words that stand there and are not denied.
    Mention {
        /// Which.
        list: u16,
        /// Where.
        places: Vec<Place>,
    },
    /// An amount of a kind, compared.
    Amount {
        /// Of what.
        fact: AmountFact,
        /// All of these must hold.
        compare: Vec<(Comparison, Limit)>,
        /// Where.
        places: Vec<Place>,
    },
    /// The first row whose cells fit.
    Table(Table),
    /// Evidence for and against, listed.
    Evidence {
        /// Any of these met makes the criterion met.
        met: Vec<Test>,
        /// Any of these met makes it not met.
        not_met: Vec<Test>,
        /// Any of these met makes it stated as not documented.
        undocumented: Vec<Test>,
    },
}

/// Amounts that tests can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AmountFact {
    /// Distinct spinal levels of the request.
    Levels,
    /// Visits of the request.
    Visits,
    /// Quantity of the request's first drug.
    Quantity,
    /// Refills of the request's first drug.
    Refills,
    /// Strength of the request's first drug, in mg.
    Strength,
    /// How long the treatment has been used, as the letter says.
    UseDuration,
    /// The patient's age in years.
    Age,
    /// Time from the injury to the decision.
    TimeSinceInjury,
    /// Visits of the treatment that the patient has had.
    CompletedVisits,
    /// Percent of relief from the treatment.
    Relief,
}

impl AmountFact {
    /// All facts with their words.
    pub const ALL: [(&'static str, AmountFact); 10] = [
        ("levels", AmountFact::Levels),
        ("visits", AmountFact::Visits),
        ("quantity", AmountFact::Quantity),
        ("refills", AmountFact::Refills),
        ("strength", AmountFact::Strength),
        ("use-duration", AmountFact::UseDuration),
        ("age", AmountFact::Age),
        ("time-since-injury", AmountFact::TimeSinceInjury),
        ("completed-visits", AmountFact::CompletedVisits),
        ("relief", AmountFact::Relief),
    ];
}

/// What an amount is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Limit {
    /// An amount written in the test.
    Value(Quantity),
    /// A limit of the edition in force, by name.
    Named(String),
}

/// A decision table: the first row that fits decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What each column asks.
    pub columns: Vec<Column>,
    /// Rows in order.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Column {
    /// One of several words, each told by a phrase list, by number.
    Choice {
        /// Name of the column.
        name: String,
        /// The choices with their lists.
        choices: Vec<(String, u16)>,
        /// Where.
        places: Vec<Place>,
    },
    /// An amount.
    Amount(AmountFact),
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// The verdict.
    pub verdict: VerdictWord,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// Whatever it is, known or not.
    Any,
    /// The letter does not tell.
    Unknown,
    /// One of these choices, by number in the column; [`Cell::UNKNOWN`] among them means that none is told.
    Choices(Vec<u16>),
    /// A number from the first to the second.
    Range(f64, f64),
}

impl Cell {
    /// Stands among choices for "the letter does not tell".
    pub const UNKNOWN: u16 = u16::MAX;
}

/// The five verdicts, without evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictWord {
    /// The letter shows the criterion met.
    Met,
    /// The letter shows it not met.
    NotMet,
    /// The letter says nothing, or says that nothing is documented.
    NotDocumented,
    /// The criterion is not about this request.
    NotApplicable,
    /// The letter speaks both ways.
    Unclear,
}

impl VerdictWord {
    /// All verdicts with their words.
    pub const ALL: [(&'static str, VerdictWord); 5] = [
        ("met", VerdictWord::Met),
        ("not-met", VerdictWord::NotMet),
        ("not-documented", VerdictWord::NotDocumented),
        ("not-applicable", VerdictWord::NotApplicable),
        ("unclear", VerdictWord::Unclear),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        VerdictWord::ALL.iter().find(|(_, v)| *v == self).map_or("", |(word, _)| word)
    }
}

impl Rule {
    /// The id of the check whose findings it makes; none for a criterion, whose findings depend on the outcome.
    pub fn check(&self) -> Option<&'static CheckInfo> {
        match &self.body {
            Body::Check(number) => CATALOGUE.get(*number as usize),
            Body::Criterion(_) => None,
        }
    }

    /// Whether it runs unless asked otherwise.
    pub fn is_on(&self) -> bool {
        self.status == Status::Stable
    }
}
