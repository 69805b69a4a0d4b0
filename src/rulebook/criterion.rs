//! What a criterion asks of a letter, as data: tests, amounts, tables, and where they look.

use crate::measure::{Comparison, Quantity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Whether it does so only where the rationale recites what the criterion asks for.
    pub only_recited: bool,
    /// Whether it is but a hint where the rationale does not recite it.
    pub quiet: bool,
    /// What it asks for.
    pub test: Test,
    /// What lifts it: any of these met.
    pub exceptions: Vec<Test>,
    /// Phrase lists by which a denial says that it rests on this criterion, by number.
    pub grounds: Vec<u16>,
    /// Phrase lists of words for what it asks for, by number: a denial that denies or misses them rests on it.
    pub missed: Vec<u16>,
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

    /// All places.
    pub fn all() -> [Place; 5] {
        Place::ALL.map(|(_, place)| place)
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        Place::ALL.iter().find(|(_, p)| *p == self).map_or("", |(word, _)| word)
    }
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
        /// Whether only what affirms it counts, and what denies it is passed over.
        affirmed: bool,
    },
    /// A phrase list, by number: words that stand there and are not denied.
    Mention {
        /// Which.
        list: u16,
        /// Where.
        places: Vec<Place>,
        /// Whether only what affirms it counts, and what denies it is passed over.
        affirmed: bool,
    },
    /// An amount of a kind, compared.
    Amount {
        /// Of what.
        fact: AmountFact,
        /// The treatments whose it is, by number; empty for the request's own.
        of: Vec<u16>,
        /// All of these must hold.
        compare: Vec<(Comparison, Limit)>,
        /// Where.
        places: Vec<Place>,
    },
    /// The side that is requested: any of these.
    Side(Vec<SideAsked>),
    /// What the reviewer's guideline line cites: any of these.
    Cites(Vec<Cited>),
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

impl Test {
    /// Adds the phrase lists, by number, that it asks for.
    fn add_lists(&self, all: &mut Vec<u16>) {
        match self {
            Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|t| t.add_lists(all)),
            Test::Not(test) => test.add_lists(all),
            Test::Mention { list, .. } => all.push(*list),
            Test::Evidence { met, not_met, undocumented } => {
                met.iter().chain(not_met).chain(undocumented).for_each(|t| t.add_lists(all));
            }
            Test::Table(table) => {
                for column in &table.columns {
                    if let Column::Choice { choices, .. } = column {
                        all.extend(choices.iter().map(|(_, list)| *list));
                    }
                }
            }
            Test::Statement { .. } | Test::Amount { .. } | Test::Side(_) | Test::Cites(_) => {}
        }
    }
}

impl Criterion {
    /// The phrase lists, by number, that it asks for, in order.
    pub fn lists(&self) -> Vec<u16> {
        let mut all: Vec<u16> = self.grounds.iter().chain(&self.missed).copied().collect();
        let conditions = self.when.iter().chain(&self.unless).chain(&self.exceptions);
        conditions.chain([&self.test]).for_each(|t| t.add_lists(&mut all));
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// A side of the body, as tests ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SideAsked {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Both sides.
    Bilateral,
}

impl SideAsked {
    /// All sides with their words.
    pub const ALL: [(&'static str, SideAsked); 3] =
        [("left", SideAsked::Left), ("right", SideAsked::Right), ("bilateral", SideAsked::Bilateral)];
}

/// A place of a guideline that a line may cite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// The guideline, by number.
    pub guideline: u16,
    /// The section, by number in the guideline; any if none.
    pub section: Option<u16>,
    /// First and last page of which one must be cited; any if none.
    pub pages: Option<(u32, u32)>,
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
    /// How long what is requested lasts: as stated, or the quantity of the one drug over its doses a day; without refills.
    Supply,
    /// Strength of the one drug times its doses a day, in mg.
    DailyDose,
    /// Injections or other procedures of the request.
    Injections,
    /// Time from the latest date told with the treatment to the decision.
    TimeSince,
}

impl AmountFact {
    /// All facts with their words.
    pub const ALL: [(&'static str, AmountFact); 14] = [
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
        ("supply", AmountFact::Supply),
        ("daily-dose", AmountFact::DailyDose),
        ("injections", AmountFact::Injections),
        ("time-since", AmountFact::TimeSince),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        AmountFact::ALL.iter().find(|(_, f)| *f == self).map_or("", |(word, _)| word)
    }
}

/// What an amount is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Limit {
    /// An amount written in the test.
    Value(Quantity),
    /// A limit of the edition in force, by name.
    Named(String),
}

impl Limit {
    /// The amount, of the edition whose limits are given.
    pub fn value(&self, limits: &BTreeMap<String, Quantity>) -> Option<Quantity> {
        match self {
            Limit::Value(quantity) => Some(*quantity),
            Limit::Named(name) => limits.get(name).copied(),
        }
    }
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
    /// An amount with its unit, or a limit of the edition in force.
    Compare(Comparison, Limit),
}

impl Cell {
    /// Stands among choices for "the letter does not tell".
    pub const UNKNOWN: u16 = u16::MAX;

    /// Whether an amount fits; the limits are those of the edition in force.
    pub fn holds(&self, amount: Quantity, limits: &BTreeMap<String, Quantity>) -> bool {
        match self {
            Cell::Any => true,
            Cell::Unknown | Cell::Choices(_) => false,
            Cell::Range(from, to) => (*from..=*to).contains(&amount.least),
            Cell::Compare(comparison, limit) => {
                // the whole of an amount is told by its lower end, as for plain numbers
                let least = Quantity { most: amount.least, ..amount };
                limit.value(limits).and_then(|l| comparison.holds(least, l)) == Some(true)
            }
        }
    }
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
