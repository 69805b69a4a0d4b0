//! What each check of the catalogue does. A check knows no rule: it returns the case, the places and the values, and the
//! rule adds severity and wording.

mod adverse;
mod age;
mod alike;
mod amounts;
mod arithmetic;
mod asked;
mod asking;
mod authority;
mod bare;
mod beyond;
mod changed;
mod chapter;
mod compared;
mod contradiction;
mod copied;
mod criterion;
mod dates;
mod dependent;
mod despite;
mod dosed;
mod duplicate;
mod duration;
mod early;
mod elsewhere;
mod exchanged;
mod fate;
mod form;
mod graded;
mod had;
mod hinted;
mod incomplete;
mod item;
mod judge;
mod lacking;
mod level;
mod leveled;
mod limit;
mod limited;
mod listed;
mod measured;
mod memo;
mod mention;
mod named;
mod naming;
mod observed;
mod opposed;
mod outcome;
mod paged;
mod pages;
mod patient;
mod plain;
mod position;
mod pronoun;
mod provider;
mod quantity;
mod rate;
mod receipt;
mod received;
mod recited;
mod recited_chapter;
mod reckoned;
mod regulation;
mod restated;
mod revealed;
mod score;
mod settled;
mod side;
mod sided;
mod silence;
mod spelling;
mod standing;
mod stray;
mod strength;
mod studied;
mod subject;
mod sums;
mod topic;
mod unaddressed;
mod undocumented;
mod unheard;
mod unmentioned;
mod unnamed;
mod unsaid;
mod unsupported;
mod untold;
mod verdict;
mod why;
mod working;

pub use asked::{Asked, outcome};
pub use criterion::{CriterionOutcome, authority_in_force, criterion, titled};
pub use dependent::{ground as dependence, is_dependent};
pub use memo::Memo;
pub use verdict::{Evidence, Verdict, all, any, not};
pub use why::{Trace, Why, why};

use crate::diagnostic::Severity;
use crate::fact::{Facts, LetterDates, PartFacts, Ruling};
use crate::letter::{Decision, Letter};
use crate::lexicon::{Cue, Hit, Lexicon, Term};
use crate::measure::Date;
use crate::rulebook::Rulebook;
use crate::source::Span;

/// Everything a check may look at.
pub struct Context<'a> {
    /// The letter's text.
    pub text: &'a str,
    /// Its form.
    pub letter: &'a Letter,
    /// What it says.
    pub facts: &'a Facts,
    /// Vocabulary.
    pub lexicon: &'a Lexicon,
    /// All rules: the criteria that a treatment has.
    pub book: &'a Rulebook,
    /// Its dates.
    pub dates: LetterDates,
    /// The date on which editions must be in force.
    pub in_force: Option<Date>,
    /// What was worked out already.
    pub memo: Memo,
    /// What criteria came to so far.
    pub asked: Asked,
}

/// What stands in a message for words that are left out.
pub const REDACTED: &str = "[redacted]";

/// What a check found, without wording.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    /// Which of the check's cases.
    pub case: &'static str,
    /// Labels by name; the check's first is the primary one.
    pub labels: Vec<(&'static str, Span)>,
    /// Values for the wording.
    pub holes: Vec<(&'static str, String)>,
    /// The decision, if it is about one.
    pub decision: Option<u32>,
    /// A severity below that of the check, for cases that the catalogue lowers.
    pub lowered: Option<Severity>,
}

impl Finding {
    /// A finding of a case.
    pub fn new(case: &'static str) -> Finding {
        Finding { case, ..Finding::default() }
    }

    /// The same with a label; an empty place gives none.
    pub fn label(mut self, name: &'static str, span: Span) -> Finding {
        if !span.is_empty() {
            self.labels.push((name, span));
        }
        self
    }

    /// The same with a label, if there is a place for it.
    pub fn label_if(self, name: &'static str, span: Option<Span>) -> Finding {
        match span {
            Some(span) => self.label(name, span),
            None => self,
        }
    }

    /// The same with a value.
    pub fn hole(mut self, name: &'static str, value: impl Into<String>) -> Finding {
        // words of the letter may run over a line end; a message is one line
        let value: String = value.into();
        let folded = match is_one_line(&value) {
            true => value,
            false => value.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        self.holes.push((name, folded));
        self
    }

    /// The same without a word of the letter: what the wording would tell of it is left out.
    pub fn redacted(mut self) -> Finding {
        for (_, value) in self.holes.iter_mut().filter(|(_, value)| !value.is_empty()) {
            *value = REDACTED.to_string();
        }
        self
    }

    /// The same about a decision.
    pub fn about(mut self, decision: &Decision) -> Finding {
        self.decision = Some(decision.n);
        self
    }
}

/// Whether a text has no white space but single blanks between words of ASCII.
fn is_one_line(text: &str) -> bool {
    let blank = |n: usize| text.as_bytes().get(n).is_none_or(|b| *b == b' ');
    text.bytes().enumerate().all(|(n, b)| b.is_ascii_graphic() || b == b' ' && n > 0 && !blank(n + 1))
}

/// A check of one decision.
type DecisionCheck = fn(&Context<'_>, &Decision, &PartFacts) -> Vec<Finding>;

/// A check of the whole letter.
type LetterCheck = fn(&Context<'_>) -> Vec<Finding>;

/// The checks of one decision by id.
const DECISION_CHECKS: &[(&str, DecisionCheck)] = &[
    ("outcome-contradicts-conclusion", outcome::contradicts_conclusion),
    ("conclusion-contradicts-itself", outcome::contradicts_itself),
    ("conclusion-missing", outcome::missing),
    ("dependent-item-inconsistent", dependent::inconsistent),
    ("citation-page-unlisted", pages::unlisted),
    ("citation-page-invalid", pages::invalid),
    ("citation-authority-mismatch", authority::mismatch),
    ("citation-missing", authority::missing),
    ("citation-superseded", authority::superseded),
    ("criterion-denied-unaddressed", unaddressed::denied),
    ("criterion-approved-not-met", lacking::approved),
    ("criterion-denied-but-met", despite::denied),
    ("criterion-approved-undocumented", undocumented::approved),
    ("citation-unlisted-guideline", listed::unlisted),
    ("citation-guideline-unused", listed::unused),
    ("mtus-silence-wrong", silence::wrong),
    ("guideline-misquoted", limit::misquoted),
    ("regulation-reference-stale", regulation::stale),
    ("citation-chapter-mismatch", chapter::mismatch),
    ("citation-section-page-mismatch", chapter::section_page),
    ("citation-page-off-topic", paged::off_topic),
    ("citation-section-off-topic", topic::section_off_topic),
    ("request-item-mismatch", item::mismatch),
    ("rationale-off-topic", unnamed::off_topic),
    ("request-quantity-mismatch", quantity::mismatch),
    ("request-side-mismatch", side::mismatch),
    ("request-level-mismatch", level::mismatch),
    ("request-arithmetic", arithmetic::slip),
    ("request-strength-unmarketed", strength::unmarketed),
    ("drug-name-misspelled", spelling::misspelled),
    ("request-incomplete", incomplete::incomplete),
    ("fact-contradicts-summary", contradiction::with_summary),
    ("request-not-in-summary", unmentioned::not_in_summary),
    ("duration-exceeds-injury", duration::exceeds_injury),
    ("decision-incomplete", form::incomplete),
];

/// The checks of the whole letter by id.
const LETTER_CHECKS: &[(&str, LetterCheck)] = &[
    ("rationale-duplicated", copied::duplicated),
    ("patient-sex-conflict", patient::sex_conflict),
    ("patient-age-conflict", age::conflict),
    ("date-order-impossible", dates::order_impossible),
    ("date-conflict", dates::conflict),
    ("section-missing", form::section_missing),
    ("decision-duplicated", duplicate::duplicated),
    ("decisions-conflict", duplicate::conflict),
];

/// Runs a check by id over a letter. A check that is not built yet finds nothing.
pub fn run(id: &str, context: &Context<'_>) -> Vec<Finding> {
    if let Some((_, check)) = LETTER_CHECKS.iter().find(|(known, _)| *known == id) {
        return check(context);
    }
    let Some((_, check)) = DECISION_CHECKS.iter().find(|(known, _)| *known == id) else { return Vec::new() };
    let decisions = context.letter.decisions.iter().zip(&context.facts.rationales);
    decisions.flat_map(|(d, facts)| check(context, d, facts).into_iter().map(|f| f.about(d))).collect()
}

/// Whether a check of this id is built.
pub fn is_built(id: &str) -> bool {
    DECISION_CHECKS.iter().any(|(known, _)| *known == id) || LETTER_CHECKS.iter().any(|(known, _)| *known == id)
}

/// What was decided, if the outcome is legible.
pub fn ruling(decision: &Decision) -> Option<Ruling> {
    decision.outcome.map(|o| if o.overturned { Ruling::Approve } else { Ruling::Deny })
}

impl Context<'_> {
    /// Whether a hit is a cue.
    pub fn is(&self, hit: &Hit, cue: Cue) -> bool {
        self.lexicon.terms[hit.term as usize] == Term::Cue(cue)
    }

    /// The term of a hit.
    pub fn term(&self, hit: &Hit) -> Term {
        self.lexicon.terms[hit.term as usize]
    }

    /// The request of a decision in its own words, shortened for messages.
    pub fn request_words(&self, decision: &Decision) -> String {
        let text = decision.request.as_ref().map_or("the request", |r| {
            let bytes = r.partial.as_ref().map_or(0..r.reading.text().len(), |p| p.remaining.clone());
            &r.reading.text()[bytes]
        });
        match text.char_indices().nth(60) {
            None => text.to_string(),
            Some((end, _)) => format!("{}…", text[..end].rsplit_once(' ').map_or(&text[..end], |(stem, _)| stem)),
        }
    }
}
