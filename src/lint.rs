//! The whole pipeline on one screen: text → letter → facts → checks → diagnostics. Everything that lints calls this.

use crate::check::{self, Context, CriterionOutcome, Finding};
use crate::diagnostic::{self, Citation, Diagnostic, Label, Problem, Severity};
use crate::fact::{self, Facts};
use crate::letter::{self, Letter};
use crate::measure::Date;
use crate::rulebook::{Body, CATALOGUE, CheckInfo, Rule, Rulebook, Status, check_number};
use crate::source::Source;
use std::collections::BTreeMap;

/// What a caller may choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Editions must be in force on this day, whatever the letter says.
    pub as_of: Option<Date>,
    /// Whether preview rules run too.
    pub preview: bool,
    /// Rules or checks to run, by id; empty for all.
    pub select: Vec<String>,
    /// Rules or checks not to run, by id.
    pub ignore: Vec<String>,
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
    /// The letter's form.
    pub letter: Letter,
    /// What it says.
    pub facts: Facts,
    /// The date that decided which edition of each rule was used.
    pub date: DateUsed,
    /// All findings in order of place.
    pub findings: Vec<Diagnostic>,
    /// Damage in the letter's form.
    pub problems: Vec<Problem>,
}

/// Lints a letter.
pub fn lint(source: &Source, book: &Rulebook, options: &Options) -> Report {
    let mut letter = letter::parse(&source.text, &book.lexicon);
    let problems = std::mem::take(&mut letter.problems);
    let facts = fact::gather(&letter, &book.lexicon);
    let (context, date) = context(source, &letter, &facts, book, options);
    let mut findings = Vec::new();
    for rule in book.checks().iter().map(|n| &book.rules[*n as usize]) {
        let Some(info) = rule.check().filter(|_| runs(rule, options)) else { continue };
        let found = check::run(info.id, &context).into_iter();
        findings.extend(found.filter_map(|f| diagnose(&context, rule, info, f, 0, None)));
    }
    for (decision, said) in letter.decisions.iter().zip(&facts.rationales) {
        let asked = decision.request.iter().flat_map(|r| r.treatments.iter().map(|(t, _)| *t));
        for rule in book.criteria(asked).into_iter().map(|n| &book.rules[n as usize]) {
            let Body::Criterion(criterion) = &rule.body else { continue };
            if runs(rule, options) {
                let outcome = check::criterion(&context, decision, said, rule, criterion);
                findings.extend(outcome.and_then(|o| diagnose_criterion(&context, rule, o)));
            }
        }
    }
    diagnostic::sort(&mut findings);
    mark(source, &mut findings);
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
    (Context { text, letter, facts, lexicon, book, dates, in_force }, date)
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

/// Whether a rule runs under the options.
pub fn runs(rule: &Rule, options: &Options) -> bool {
    let named = |all: &[String]| all.iter().any(|id| *id == rule.id || rule.check().is_some_and(|c| c.id == id));
    let on = match rule.status {
        Status::Stable => true,
        Status::Preview => options.preview || named(&options.select),
        Status::Retired => false,
    };
    on && (options.select.is_empty() || named(&options.select)) && !named(&options.ignore)
}

fn diagnose_criterion(context: &Context<'_>, rule: &Rule, outcome: CriterionOutcome) -> Option<Diagnostic> {
    let (check, finding) = outcome.finding?;
    let info = &CATALOGUE[check_number(check)? as usize];
    diagnose(context, rule, info, finding, outcome.authority, Some(outcome.verdict.word.word()))
}

/// Gives a finding its rule's wording.
fn diagnose(
    context: &Context<'_>,
    rule: &Rule,
    info: &CheckInfo,
    finding: Finding,
    authority: usize,
    verdict: Option<&'static str>,
) -> Option<Diagnostic> {
    let hole = |name: &str| finding.holes.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
    let message = rule.messages.get(finding.case).or_else(|| rule.messages.get("default"))?.fill(hole);
    let mut labels = finding.labels.iter().map(|(name, span)| {
        let text = rule.labels.get(*name).map_or(String::new(), |t| t.fill(hole));
        Label::new(*span, text)
    });
    let severity = match finding.lowered {
        Some(lowered) => lowered.min(rule.severity.unwrap_or(info.severity)),
        None => rule.severity.unwrap_or(info.severity),
    };
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

/// Gives each finding its mark: letter, rule, check and the words of all labels, with an ordinal for repeats. Line
/// breaks, punctuation and edits elsewhere do not change it.
fn mark(source: &Source, findings: &mut [Diagnostic]) {
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    for finding in findings {
        let mut hash = Fnv::default();
        hash.word(letter_key(&source.name));
        hash.word(&finding.rule);
        hash.word(&finding.check);
        for label in finding.labels() {
            hash.folded(source.slice(label.span));
        }
        let ordinal = seen.entry(hash.0).or_insert(0);
        hash.word(&ordinal.to_string());
        *ordinal += 1;
        finding.fingerprint = format!("v1:{:016x}", hash.0);
    }
}

/// The letter's own name: its file name without folders and ending, so that a folder may move.
fn letter_key(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// FNV-1a: the same on every machine and in every version.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    /// A word with an end mark, so that "ab"+"c" is not "a"+"bc".
    fn word(&mut self, word: &str) {
        word.bytes().for_each(|b| self.byte(b));
        self.byte(0xff);
    }

    /// Letters and digits alone, in lower case.
    fn folded(&mut self, words: &str) {
        for c in words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
            let mut buffer = [0; 4];
            c.encode_utf8(&mut buffer).bytes().for_each(|b| self.byte(b));
        }
        self.byte(0xff);
    }
}

/// The findings of at least a severity, and how many are below it.
pub fn at_least(findings: Vec<Diagnostic>, least: Severity) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    findings.into_iter().partition(|f| f.severity >= least)
}
