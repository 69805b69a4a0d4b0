//! Runs the tests that stand inside rule files: builds the small letter, lints it, and compares.
//!
//! Failure words: *noisy* (it spoke and should not), *missing* (it did not speak), *misplaced* (it underlined other
//! words), *verdict* (the criterion came to another verdict).

use crate::check;
use crate::config::Plan;
use crate::fact;
use crate::letter;
use crate::lint::{Options, context, lint};
use crate::measure::Date;
use crate::rulebook::{Body, Expectation, Rule, Rulebook, Trial, TrialDecision, VerdictWord};
use crate::source::Source;

/// How a test failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It spoke and should not.
    Noisy(String),
    /// It did not speak.
    Missing,
    /// It underlined other words than the bracketed ones.
    Misplaced {
        /// What it underlined.
        found: String,
        /// What it should have.
        wanted: String,
    },
    /// It spoke as another check.
    OtherCheck(String),
    /// Another verdict than expected; none if the criterion did not apply.
    Verdict(Option<VerdictWord>),
    /// No edition of the rule was in force on the letter's day, so that it was not asked.
    NotInForce(Option<Date>),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Noisy(message) => write!(f, "noisy: it says \"{message}\""),
            Failure::Missing => write!(f, "missing: it says nothing"),
            Failure::Misplaced { found, wanted } => write!(f, "misplaced: it underlines \"{found}\", not \"{wanted}\""),
            Failure::OtherCheck(check) => write!(f, "misplaced: it speaks as {check}"),
            Failure::Verdict(Some(word)) => write!(f, "verdict: {}", word.word()),
            Failure::Verdict(None) => write!(f, "verdict: the criterion does not apply"),
            Failure::NotInForce(day) => {
                let day = day.map_or(String::new(), |d| format!(" on {d}"));
                write!(
                    f,
                    "no edition of the rule is in force{day}: give the test another `date`, or the rule its authority"
                )
            }
        }
    }
}

/// Runs one test of a rule; none if it passes. A test without a date must pass in every edition that the rule rests on.
pub fn run(trial: &Trial, rule: &Rule, book: &Rulebook) -> Option<Failure> {
    if trial.letter.is_some() || trial.date.is_some() {
        return run_on(trial, rule, book, trial.date.as_deref().and_then(|d| Date::parse(d).ok()));
    }
    let mut days: Vec<Date> = (0..rule.authorities.len()).filter_map(|n| in_force(rule, n, book)).collect();
    days.sort();
    days.dedup();
    if days.is_empty() {
        return run_on(trial, rule, book, None);
    }
    days.into_iter().find_map(|day| run_on(trial, rule, book, Some(day)))
}

/// Runs one test with a decision on some day.
fn run_on(trial: &Trial, rule: &Rule, book: &Rulebook, day: Option<Date>) -> Option<Failure> {
    let (text, marks) = strip_marks(&letter_text(trial, day));
    let source = Source::new("test", text);
    let options = Options { plan: Plan::only(book, &rule.id), ..Options::default() };
    let findings: Vec<_> = lint(&source, book, &options).findings.into_iter().filter(|f| f.rule == rule.id).collect();
    let late = |failure: Failure| {
        let (asked, day) = is_asked(&source, rule, book);
        if asked { failure } else { Failure::NotInForce(day) }
    };
    if let Some(wanted) = trial.verdict {
        let verdict = verdict(&source, rule, book);
        // a criterion that is not asked at all is not applicable
        if verdict.unwrap_or(VerdictWord::NotApplicable) != wanted {
            return Some(late(Failure::Verdict(verdict)));
        }
    }
    match (&trial.expect, findings.first()) {
        (Expectation::Silent, None) => None,
        (Expectation::Silent, Some(finding)) => Some(Failure::Noisy(finding.message.clone())),
        (Expectation::Finding(_), None) => Some(late(Failure::Missing)),
        (Expectation::Finding(check), Some(first)) => {
            let of_check = |c: &String| findings.iter().find(|f| f.check == *c);
            let Some(finding) = check.as_ref().map_or(Some(first), of_check) else {
                return Some(Failure::OtherCheck(first.check.clone()));
            };
            let span = finding.primary().span.range();
            let (start, end) = *marks.first()?;
            if marks.iter().any(|(start, end)| span == (*start..*end)) {
                return None;
            }
            let wanted = source.text[start..end].to_string();
            Some(Failure::Misplaced { found: source.text[span].to_string(), wanted })
        }
    }
}

/// Whether an edition of the rule is in force on the letter's day, and that day.
fn is_asked(source: &Source, rule: &Rule, book: &Rulebook) -> (bool, Option<Date>) {
    let letter = letter::parse(&source.text, &book.lexicon);
    let facts = fact::gather(&letter, &book.lexicon);
    let (context, _) = context(source, &letter, &facts, book, &Options::default());
    let criterion = matches!(rule.body, Body::Criterion(_));
    (!criterion || check::authority_in_force(&context, rule).is_some(), context.in_force)
}

/// The verdict of a rule's criterion on the first decision to which it applies.
fn verdict(source: &Source, rule: &Rule, book: &Rulebook) -> Option<VerdictWord> {
    let Body::Criterion(criterion) = &rule.body else { return None };
    let letter = letter::parse(&source.text, &book.lexicon);
    let facts = fact::gather(&letter, &book.lexicon);
    let (context, _) = context(source, &letter, &facts, book, &Options::default());
    let decisions = letter.decisions.iter().zip(&facts.rationales);
    decisions.filter_map(|(d, f)| check::criterion(&context, d, f, rule, criterion)).map(|o| o.verdict.word).next()
}

/// Takes the square brackets out of a text; the places that they marked.
fn strip_marks(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut out, mut marks, mut open) = (String::with_capacity(text.len()), Vec::new(), None);
    for c in text.chars() {
        match c {
            '[' => open = Some(out.len()),
            ']' => marks.extend(open.take().map(|start| (start, out.len()))),
            other => out.push(other),
        }
    }
    (out, marks)
}

/// The letter of a test: as it is written, or put together from its parts in the form of 2016.
pub fn letter_text(trial: &Trial, day: Option<Date>) -> String {
    if let Some(letter) = &trial.letter {
        return letter.clone();
    }
    let decision = day.unwrap_or_else(usual_day);
    let date = |name: &str, days: i64| -> String {
        let written = trial.dates.iter().find(|(n, _)| n == name).and_then(|(_, d)| Date::parse(d).ok());
        written.unwrap_or_else(|| decision.plus_days(-days)).american()
    };
    let mut text = format!(
        "Case Number:\nDate Assigned:\nDecision Date:\nPriority:\n\nCM00-0000000\n{}\n{}\nStandard\n\n\
         Date of Injury:\nUR Denial Date:\nApplication\nReceived:\n\n{}\n{}\n{}\n\n\
         HOW THE IMR FINAL DETERMINATION WAS MADE\nAn expert reviewer was given the case file.\n\nCLINICAL CASE SUMMARY\n{}\n\n\
         IMR ISSUES, DECISIONS AND RATIONALES\n\
         The Final Determination was based on decisions for the disputed items/services set forth below:\n",
        date("assigned", 30),
        decision.american(),
        date("injury", 400),
        date("ur-denial", 60),
        date("received", 40),
        trial.summary.as_deref().unwrap_or("The patient is under care for the accepted body parts."),
    );
    for decision in &trial.decisions {
        push_decision(&mut text, decision);
    }
    text
}

fn push_decision(text: &mut String, d: &TrialDecision) {
    let nothing = "did not cite any medical evidence for its decision.";
    let administrator = d.administrator.clone().unwrap_or_else(|| format!("The Claims Administrator {nothing}"));
    let guideline = d.guideline.clone().unwrap_or_else(|| format!("The Expert Reviewer {nothing}"));
    let heading = heading(d);
    text.push_str(&format!("{heading}\nClaims Administrator guideline: {administrator}\nMAXIMUS guideline: {guideline}\nDecision rationale: {}\n", d.rationale));
}

/// The heading of a test's decision: marks around the outcome stand in the request as "... : [Overturned]".
pub fn heading(d: &TrialDecision) -> String {
    if d.request.ends_with(']') && d.request.contains(": [") {
        d.request.clone()
    } else {
        format!("{}: {}", d.request, d.outcome)
    }
}

/// The day of decision of a test where nothing else is said.
fn usual_day() -> Date {
    Date::new(2016, 12, 1).expect("a day of the calendar")
}

/// A day of decision on which an authority of the rule is in force, and was on the days of request and denial before.
fn in_force(rule: &Rule, authority: usize, book: &Rulebook) -> Option<Date> {
    let guideline = &book.lexicon.guidelines[rule.authorities[authority].guideline? as usize];
    let usual = usual_day();
    Some(match (guideline.from, guideline.until) {
        (_, Some(until)) if until < usual => until.plus_days(-30),
        (Some(from), _) if from.plus_days(120) > usual => from.plus_days(200),
        _ => usual,
    })
}
