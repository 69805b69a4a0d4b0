//! The tests that stand inside a rule file, as data. They are run by `trial`.

use super::VerdictWord;
use crate::measure::Date;
use crate::source::Span;
use crate::yaml::{Fields, Item};

/// One test of a rule: a letter, or the parts of one, and what is expected of the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// What it shows.
    pub name: String,
    /// Where it stands in the rule file.
    pub span: Span,
    /// The whole letter, where the parts do not do; square brackets mark the words that the finding must underline.
    pub letter: Option<String>,
    /// Date of the decision, YYYY-MM-DD; a date on which the rule's first authority is in force if it is not given.
    pub date: Option<String>,
    /// Other dates of the header by name ("injury", "ur-denial", "received", "assigned").
    pub dates: Vec<(String, String)>,
    /// The clinical case summary.
    pub summary: Option<String>,
    /// The decisions.
    pub decisions: Vec<TrialDecision>,
    /// What is expected.
    pub expect: Expectation,
    /// The verdict on the criterion, if it matters.
    pub verdict: Option<VerdictWord>,
}

/// A decision of a test letter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrialDecision {
    /// The heading without its outcome.
    pub request: String,
    /// "Upheld" or "Overturned".
    pub outcome: String,
    /// The reviewer's guideline line.
    pub guideline: Option<String>,
    /// The administrator's guideline line.
    pub administrator: Option<String>,
    /// The rationale.
    pub rationale: String,
}

/// What a test expects of its rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// No finding.
    Silent,
    /// A finding, of this check if one is named.
    Finding(Option<String>),
}

/// Reads the tests of a rule.
pub(super) fn read_trials(item: Item<'_>, checks: &[&str]) -> Vec<Trial> {
    item.list().into_iter().filter_map(|item| read_trial(item, checks)).collect()
}

fn read_trial(item: Item<'_>, checks: &[&str]) -> Option<Trial> {
    let mut f = item.fields("a test")?;
    let span = item.span().unwrap_or_default();
    let name = f.required("name").text().map(str::to_string);
    let letter = f.optional("letter").text().map(str::to_string);
    let day = |item: Item<'_>| item.parse_with("a day", |text| Date::parse(text).map(|_| text.to_string()));
    let date = day(f.optional("date"));
    let dates = f
        .optional("dates")
        .entries("the dates of the header")
        .into_iter()
        .filter_map(|(entry, value)| Some((entry.key.clone(), day(value)?)))
        .collect();
    let summary = f.optional("summary").text().map(str::to_string);
    let mut decisions: Vec<TrialDecision> = Vec::new();
    for decision in f.optional("decisions").list() {
        if let Some(mut fields) = decision.fields("a decision") {
            decisions.push(read_decision(&mut fields, true));
            fields.finish();
        }
    }
    if decisions.is_empty() && letter.is_none() {
        decisions.push(read_decision(&mut f, true));
    }
    let words: Vec<&str> = ["silent", "finding"].into_iter().chain(checks.iter().copied()).collect();
    let expect = match f.required("expect").one_of(&words) {
        Some(0) => Expectation::Silent,
        Some(n) if n > 1 => Expectation::Finding(Some(words[n].to_string())),
        _ => Expectation::Finding(None),
    };
    let verdict = f.optional("verdict").choice(&VerdictWord::ALL);
    f.finish();
    Some(Trial { name: name?, span, letter, date, dates, summary, decisions, expect, verdict })
}

fn read_decision(f: &mut Fields<'_>, required: bool) -> TrialDecision {
    let text = |item: Item<'_>| {
        let text = item.text()?;
        if text.matches('[').count() != text.matches(']').count() {
            let help = "square brackets mark the words that the finding underlines".to_string();
            item.report("bad-mark", "a square bracket is not closed, or not opened", Some(help));
        }
        Some(text.to_string())
    };
    let outcome = if required { f.required("outcome") } else { f.optional("outcome") };
    TrialDecision {
        request: text(f.required("request")).unwrap_or_default(),
        outcome: outcome.choice(&[("upheld", "Upheld"), ("overturned", "Overturned")]).unwrap_or("Upheld").to_string(),
        guideline: text(f.optional("guideline")),
        administrator: text(f.optional("administrator")),
        rationale: text(f.required("rationale")).unwrap_or_default(),
    }
}
