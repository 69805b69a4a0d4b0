//! The whole pipeline on one screen: text → letter → facts → checks → diagnostics. Everything that lints calls this.

use crate::check::{self, Context, CriterionOutcome, Finding};
use crate::config::Plan;
use crate::diagnostic::{self, Citation, Diagnostic, Label, Problem, Severity};
use crate::fact::{self, Facts};
use crate::fingerprint::{self, Fingerprint};
use crate::letter::{self, Letter, Memo};
use crate::measure::Date;
use crate::rulebook::{Body, CATALOGUE, CheckInfo, Rule, Rulebook, check_number};
use crate::source::{Source, Span};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a caller may choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Editions must be in force on this day, whatever the letter says.
    pub as_of: Option<Date>,
    /// Which rules run, with which severities; the default is every stable rule as it stands.
    pub plan: Plan,
    /// Messages tell no word, number or date of the letter. Whoever prints a report shows [`Source::masked`] beside it.
    pub redact: bool,
}

/// Where the date came from on which editions must be in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateUsed {
    /// The caller's.
    AsOf(Date),
    /// The request for authorization.
    Request(Date),
    /// The utilization review denial.
    Denial(Date),
    /// The decision.
    Decision(Date),
    /// The latest date in the letter.
    Latest(Date),
    /// None is known: the newest editions.
    Newest,
}

impl DateUsed {
    /// The day, if one is known.
    pub fn date(self) -> Option<Date> {
        match self {
            DateUsed::AsOf(d)
            | DateUsed::Request(d)
            | DateUsed::Denial(d)
            | DateUsed::Decision(d)
            | DateUsed::Latest(d) => Some(d),
            DateUsed::Newest => None,
        }
    }

    /// Which date it is, for people.
    pub fn origin(self) -> &'static str {
        match self {
            DateUsed::AsOf(_) => "as asked",
            DateUsed::Request(_) => "date of the request",
            DateUsed::Denial(_) => "date of the UR denial",
            DateUsed::Decision(_) => "date of the decision",
            DateUsed::Latest(_) => "latest date in the letter",
            DateUsed::Newest => "no date in the letter: newest editions",
        }
    }
}

/// What linting one letter gave.
#[derive(Debug)]
pub struct Report {
    /// The letter's form, read for those phrase lists that the criteria of its requests ask for.
    pub letter: Letter,
    /// What it says: of phrase lists those that the criteria of its requests ask for.
    pub facts: Facts,
    /// The date that decided which edition of each rule was used.
    pub date: DateUsed,
    /// All findings in order of place.
    pub findings: Vec<Diagnostic>,
    /// Damage in the letter's form.
    pub problems: Vec<Problem>,
}

/// A part of the work on one letter, told when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The letter's form was read.
    Parse,
    /// What it says was gathered.
    Facts,
    /// A rule was asked, by its number in the rulebook.
    Rule(usize),
    /// Findings were sorted and marked.
    Finish,
}

/// Lints a letter.
pub fn lint(source: &Source, book: &Rulebook, options: &Options) -> Report {
    observed(source, book, options, &Memo::default(), |_| {})
}

/// Lints letters one after the other with one rulebook, and remembers what they share: what it tells of a letter is what [`lint`] tells,
/// whatever came before. A thread takes one of its own.
pub struct Linter {
    // held, so that what is remembered is of this rulebook as it stands
    book: Arc<Rulebook>,
    memo: Memo,
}

impl Linter {
    /// A linter that remembers nothing yet.
    pub fn new(book: Arc<Rulebook>) -> Linter {
        Linter { book, memo: Memo::default() }
    }

    /// The rulebook.
    pub fn book(&self) -> &Arc<Rulebook> {
        &self.book
    }

    /// Lints a letter.
    pub fn lint(&self, source: &Source, options: &Options) -> Report {
        self.lint_observed(source, options, |_| {})
    }

    /// Lints a letter and tells an observer when each part of the work is done: it may look at a clock, the library does not.
    pub fn lint_observed(&self, source: &Source, options: &Options, done: impl FnMut(Phase)) -> Report {
        observed(source, &self.book, options, &self.memo, done)
    }
}

fn observed(source: &Source, book: &Rulebook, options: &Options, memo: &Memo, mut done: impl FnMut(Phase)) -> Report {
    let asked = OnceCell::new();
    let lists = |treatments: &[u16]| asked.get_or_init(|| book.lists_asked(treatments.iter().copied()));
    let mut letter = letter::parse_asked(&source.text, &book.lexicon, memo, |treatments| Some(lists(treatments)));
    let asked = lists(&[]);
    let problems = std::mem::take(&mut letter.problems);
    done(Phase::Parse);
    let facts = fact::gather_asked(&letter, &book.lexicon, |list| asked[list as usize]);
    let (context, date) = context(source, &letter, &facts, book, options);
    done(Phase::Facts);
    let mut findings = Vec::new();
    let plan = &options.plan;
    let shown = |finding: Finding| if options.redact { finding.redacted() } else { finding };
    // several rules may word one check: it is run once
    let mut found: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
    for number in book.checks().iter().map(|n| *n as usize) {
        let rule = &book.rules[number];
        let Some(info) = rule.check().filter(|_| plan.runs(number, rule)) else { continue };
        let found = found.entry(info.id).or_insert_with(|| check::run(info.id, &context)).iter().cloned().map(shown);
        findings.extend(found.filter_map(|f| diagnose(&context, rule, info, f, 0, None, plan.of(number, info.id)?)));
        done(Phase::Rule(number));
    }
    for (decision, said) in letter.decisions.iter().zip(&facts.rationales) {
        let asked = decision.request.iter().flat_map(|r| r.treatments.iter().map(|(t, _)| *t));
        for number in book.criteria(asked) {
            let rule = &book.rules[number as usize];
            if matches!(rule.body, Body::Criterion(_)) && plan.runs(number as usize, rule) {
                if let Some(outcome) = check::outcome(&context, decision, said, number) {
                    let wanted = |c: &str| plan.of(number as usize, c);
                    findings.extend(diagnose_criterion(&context, rule, &outcome, shown, wanted));
                }
                done(Phase::Rule(number as usize));
            }
        }
    }
    say_once(&mut findings);
    diagnostic::sort(&mut findings);
    mark(source, &letter, &mut findings);
    done(Phase::Finish);
    Report { letter, facts, date, findings, problems }
}

/// What checks look at, and the date that decides which editions are in force.
pub fn context<'a>(
    source: &'a Source,
    letter: &'a Letter,
    facts: &'a Facts,
    book: &'a Rulebook,
    options: &Options,
) -> (Context<'a>, DateUsed) {
    let dates = facts.letter_dates(letter);
    let date = date_used(options, &dates);
    let in_force = date.date();
    let lexicon = &book.lexicon;
    let text = &source.text;
    let (asked, memo) = (check::Asked::default(), check::Memo::default());
    (Context { text, letter, facts, lexicon, book, dates, in_force, asked, memo }, date)
}

/// The first known of the caller's date and the letter's.
fn date_used(options: &Options, dates: &fact::LetterDates) -> DateUsed {
    let asked = options.as_of.map(DateUsed::AsOf);
    asked
        .or(dates.request.map(|d| DateUsed::Request(d.date)))
        .or(dates.denial.map(|d| DateUsed::Denial(d.date)))
        .or(dates.decision.map(|d| DateUsed::Decision(d.date)))
        .or(dates.latest.map(|d| DateUsed::Latest(d.date)))
        .unwrap_or(DateUsed::Newest)
}

fn diagnose_criterion(
    context: &Context<'_>,
    rule: &Rule,
    outcome: &CriterionOutcome,
    shown: impl Fn(Finding) -> Finding,
    wanted: impl Fn(&str) -> Option<Option<Severity>>,
) -> Option<Diagnostic> {
    let (check, finding) = outcome.finding.as_ref()?;
    let finding = shown(check::titled(finding.clone(), rule));
    let info = &CATALOGUE[check_number(check)? as usize];
    diagnose(context, rule, info, finding, outcome.authority, Some(outcome.verdict.word.word()), wanted(check)?)
}

/// Gives a finding its rule's wording.
fn diagnose(
    context: &Context<'_>,
    rule: &Rule,
    info: &CheckInfo,
    finding: Finding,
    authority: usize,
    verdict: Option<&'static str>,
    severity: Option<Severity>,
) -> Option<Diagnostic> {
    let hole = |name: &str| finding.holes.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
    let message = rule.messages.get(finding.case).or_else(|| rule.messages.get("default"))?.fill(hole);
    let mut labels = finding.labels.iter().map(|(name, span)| {
        let text = rule.labels.get(*name).map_or(String::new(), |t| t.fill(hole));
        Label::new(*span, text)
    });
    // a case that the catalogue lowers stays low whoever sets the severity
    let severity = severity.or(rule.severity).unwrap_or(info.severity);
    let severity = finding.lowered.map_or(severity, |lowered| lowered.min(severity));
    let mut diagnostic = Diagnostic::new(&rule.id, info.id, severity, message, labels.next()?);
    for label in labels {
        diagnostic = diagnostic.with_label(label);
    }
    diagnostic.confidence = rule.confidence;
    diagnostic.decision = finding.decision;
    diagnostic.verdict = verdict;
    diagnostic.help = rule.help.as_ref().map(|t| t.fill(hole));
    if let Some(authority) = rule.authorities.get(authority) {
        let guideline = authority.guideline.map(|g| &context.lexicon.guidelines[g as usize]);
        let section = guideline.zip(authority.section).and_then(|(g, s)| g.sections.get(s as usize));
        diagnostic.authority = Some(Citation {
            guideline: guideline.map_or(String::new(), |g| g.id.clone()),
            title: guideline.map_or(String::new(), |g| g.full_title.clone()),
            section: section.map(|s| s.id.clone()),
            section_title: section.map(|s| s.title.clone()),
            pages: authority.pages.clone(),
            regulation: authority.regulation.clone().or_else(|| guideline.and_then(|g| g.regulation.clone())),
        });
        diagnostic.notes.extend(authority.note.clone());
    }
    Some(diagnostic)
}

/// Checks that rest on one matter: what the first of them says is not said by the second in the same words too. A denial
/// for want of what the summary shows is no further contradiction; a page that does not exist holds no section.
const SAME: [(&str, &str); 3] = [
    ("criterion-denied-but-met", "fact-contradicts-summary"),
    ("citation-page-invalid", "citation-section-page-mismatch"),
    ("citation-page-invalid", "citation-page-off-topic"),
];

fn say_once(findings: &mut Vec<Diagnostic>) {
    let meets = |one: Span, other: Span| one.start < other.end && other.start < one.end;
    for (first, second) in SAME {
        let told: Vec<(Option<u32>, Vec<Span>)> = findings
            .iter()
            .filter(|f| f.check == first)
            .map(|f| (f.decision, f.labels().iter().map(|l| l.span).collect()))
            .collect();
        findings.retain(|f| {
            let again = |(decision, spans): &(Option<u32>, Vec<Span>)| {
                *decision == f.decision && spans.iter().any(|s| meets(f.primary().span, *s))
            };
            f.check != second || !told.iter().any(again)
        });
    }
}

/// Gives each finding its mark.
fn mark(source: &Source, letter: &Letter, findings: &mut [Diagnostic]) {
    let mut seen: BTreeMap<(u64, u32), u32> = BTreeMap::new();
    let name = fingerprint::letter(&source.name);
    let request = |d: &letter::Decision| d.request.as_ref().map_or(0, |r| fingerprint::request(r.reading.text()));
    let requests: Vec<u32> = letter.decisions.iter().map(request).collect();
    for finding in findings {
        let request = finding.decision.and_then(|n| requests.get(n.checked_sub(1)? as usize));
        let request = request.copied().unwrap_or(0);
        let labels = finding.labels().iter().map(|label| source.slice(label.span));
        let mut mark = Fingerprint::new(name, &finding.rule, &finding.check, labels, request);
        let equal = seen.entry((mark.evidence, mark.request)).or_insert(0);
        *equal += 1;
        mark.nth = *equal;
        finding.fingerprint = mark.to_string();
    }
}

/// The findings of at least a severity, and how many are below it.
pub fn at_least(findings: Vec<Diagnostic>, least: Severity) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    if findings.iter().all(|f| f.severity >= least) {
        return (findings, Vec::new());
    }
    findings.into_iter().partition(|f| f.severity >= least)
}
