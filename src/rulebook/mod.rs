//! The rulebook: rules as data, ready to be applied. What a check does in Rust stands in `check`; here stand its name,
//! severity, wording, authority and, for criteria, its logic.

mod catalogue;
mod criterion;
mod index;
mod load;
mod measured;
mod plants;
mod template;
mod trials;

pub use catalogue::{CATALOGUE, CheckInfo, Scope, check_number};
pub use criterion::{
    AmountFact, Cell, Cited, Column, Criterion, Limit, Place, Role, Row, SideAsked, Table, Test, VerdictWord,
};
pub use index::RuleIndex;
pub use load::{FileProblem, LoadedBook, LoadedRule, RuleFile, load_book, load_split, phase_words};
pub use measured::{Measured, MeasuredOn, Measurements};
pub use plants::{ConclusionPair, Plants, StatementPair};
pub use template::Template;
pub use trials::{Expectation, Trial, TrialDecision};

use crate::archive::{self, Entries};
use crate::diagnostic::{Confidence, Severity};
use crate::lexicon::Lexicon;
use crate::measure::Quantity;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All rules with the vocabulary that they read letters with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rulebook {
    /// Vocabulary, with the phrases of the rules.
    pub lexicon: Lexicon,
    /// Rules in order of their ids.
    pub rules: Entries<Rule>,
    /// How right they were measured to be.
    pub measured: Measurements,
    /// Which rules a request asks.
    pub index: RuleIndex,
}

impl Rulebook {
    /// The rulebook as it is read from an archive: its phrases in fewer nodes, and all that follows from it worked out.
    pub fn prepared(mut self) -> Rulebook {
        self.lexicon.matcher = self.lexicon.matcher.compacted();
        self.work_out();
        self.lexicon.work_out();
        self
    }

    /// A rulebook for [`Rulebook::from_archive`].
    pub fn to_archive(&self) -> Vec<u8> {
        archive::to_bytes(self)
    }

    /// A prepared rulebook, which reads on in the archive: a rule is decoded when it is asked for. None if the bytes are none.
    pub fn from_archive(bytes: &'static [u8]) -> Option<Rulebook> {
        archive::from_bytes(bytes)
    }

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
