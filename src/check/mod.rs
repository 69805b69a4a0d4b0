//! What each check of the catalogue does. A check knows no rule: it returns the case, the places and the values, and the
//! rule adds severity and wording.

mod case;
mod citation;
mod criterion;
mod form;
mod memo;
mod naming;
mod outcome;
mod request;
mod summary;

pub use criterion::asked::{Asked, outcome};
pub use criterion::engine::{CriterionOutcome, authority_in_force, criterion, titled};
pub use criterion::verdict::{Evidence, Verdict, all, any, not};
pub use criterion::why::{Trace, Why, why};
pub use memo::Memo;
pub use outcome::dependent::{ground as dependence, is_dependent};

use crate::diagnostic::Severity;
use crate::fact::{Facts, LetterDates, PartFacts, Ruling};
use crate::letter::{Decision, Letter, Reading, Request, Sentence};
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
    ("outcome-contradicts-conclusion", outcome::conclusion::contradicts_conclusion),
    ("conclusion-contradicts-itself", outcome::conclusion::contradicts_itself),
    ("conclusion-missing", outcome::conclusion::missing),
    ("dependent-item-inconsistent", outcome::dependent::inconsistent),
    ("citation-page-unlisted", citation::pages::unlisted),
    ("citation-page-invalid", citation::pages::invalid),
    ("citation-authority-mismatch", citation::authority::mismatch),
    ("citation-missing", citation::authority::missing),
    ("citation-superseded", citation::authority::superseded),
    ("criterion-denied-unaddressed", criterion::unaddressed::denied),
    ("criterion-approved-not-met", criterion::lacking::approved),
    ("criterion-denied-but-met", criterion::despite::denied),
    ("criterion-approved-undocumented", criterion::undocumented::approved),
    ("citation-unlisted-guideline", citation::listed::unlisted),
    ("citation-guideline-unused", citation::listed::unused),
    ("mtus-silence-wrong", citation::silence::wrong),
    ("guideline-misquoted", citation::limit::misquoted),
    ("regulation-reference-stale", citation::regulation::stale),
    ("citation-chapter-mismatch", citation::chapter::mismatch),
    ("citation-section-page-mismatch", citation::chapter::section_page),
    ("citation-page-off-topic", citation::paged::off_topic),
    ("citation-section-off-topic", citation::topic::section_off_topic),
    ("request-item-mismatch", request::item::mismatch),
    ("rationale-off-topic", request::unnamed::off_topic),
    ("request-quantity-mismatch", request::quantity::mismatch),
    ("request-side-mismatch", request::side::mismatch),
    ("request-level-mismatch", request::level::mismatch),
    ("request-arithmetic", request::arithmetic::slip),
    ("request-strength-unmarketed", request::strength::unmarketed),
    ("drug-name-misspelled", request::spelling::misspelled),
    ("request-incomplete", request::incomplete::incomplete),
    ("fact-contradicts-summary", summary::contradiction::with_summary),
    ("request-not-in-summary", case::unmentioned::not_in_summary),
    ("duration-exceeds-injury", case::duration::exceeds_injury),
    ("decision-incomplete", form::shape::incomplete),
];

/// The checks of the whole letter by id.
const LETTER_CHECKS: &[(&str, LetterCheck)] = &[
    ("rationale-duplicated", request::copied::duplicated),
    ("patient-sex-conflict", case::patient::sex_conflict),
    ("patient-age-conflict", case::age::conflict),
    ("date-order-impossible", case::dates::order_impossible),
    ("date-conflict", case::dates::conflict),
    ("section-missing", form::shape::section_missing),
    ("decision-duplicated", form::duplicate::duplicated),
    ("decisions-conflict", form::duplicate::conflict),
];

/// Runs a check by id over a letter.
pub fn run(id: &str, context: &Context<'_>) -> Vec<Finding> {
    if let Some((_, check)) = LETTER_CHECKS.iter().find(|(known, _)| *known == id) {
        return check(context);
    }
    let Some((_, check)) = DECISION_CHECKS.iter().find(|(known, _)| *known == id) else { return Vec::new() };
    let decisions = context.letter.decisions.iter().zip(&context.facts.rationales);
    decisions.flat_map(|(d, facts)| check(context, d, facts).into_iter().map(|f| f.about(d))).collect()
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

    /// The parts of the letter that tell of the patient, with what they say: the summary and each rationale.
    pub fn parts(&self) -> impl Iterator<Item = (&Reading, &PartFacts)> {
        let summary = self.letter.summary.iter().map(|s| (s, &self.facts.summary));
        let decisions = self.letter.decisions.iter().zip(&self.facts.rationales);
        summary.chain(decisions.filter_map(|(d, facts)| Some((&d.rationale.as_ref()?.reading, facts))))
    }

    /// The parts of the body that some hits name.
    pub fn body_parts<'h>(&self, hits: impl IntoIterator<Item = &'h Hit>) -> impl Iterator<Item = u16> {
        hits.into_iter().filter_map(|h| match self.term(h) {
            Term::BodyPart(part) => Some(part),
            _ => None,
        })
    }

    /// Whether a sentence names a part of the body that a request is for, or none.
    pub fn is_of_part(&self, reading: &Reading, sentence: &Sentence, request: &Request) -> bool {
        let plain = |part: &u16| !self.lexicon.body_parts[*part as usize].vague;
        let mut named = self.body_parts(&reading.hits[sentence.hits.clone()]).filter(plain).peekable();
        let asked =
            |part: u16| request.body_parts.iter().any(|(asked, _)| *asked == part || self.adjoins(part, *asked));
        named.peek().is_none() || named.any(asked)
    }

    /// Whether two parts belong together: of one region, and of the same chapters of the MTUS ("thumb" and "wrist").
    fn adjoins(&self, one: u16, two: u16) -> bool {
        let [one, two] = [one, two].map(|part| &self.lexicon.body_parts[part as usize]);
        let chapters = &one.mtus_chapters;
        one.region.is_some() && one.region == two.region && !chapters.is_empty() && *chapters == two.mtus_chapters
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
