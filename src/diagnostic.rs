//! Findings about letters and problems of inputs: plain data, the only thing that renderers see.
//!
//! A *finding* ([`Diagnostic`]) says that two places of a letter disagree. A *problem* ([`Problem`]) says that
//! something in a letter, a rulebook or a configuration could not be read as it should. Nothing here knows how either
//! is printed.

use crate::source::Span;
use serde::{Deserialize, Serialize};

/// How wrong a letter would be if the finding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth a second look; hidden unless asked for.
    Info,
    /// Very likely a defect: right at least 9 times in 10.
    Warning,
    /// The letter contradicts itself or its own authority: right at least 99 times in 100.
    Error,
}

impl Severity {
    /// The word for it in output and YAML.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// How sure the rule's author is of the fact behind the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Ships as preview only.
    Low,
    /// Evidenced, but not from the guideline's own text.
    Medium,
    /// Evidenced by the text or by many letters.
    High,
}

impl Confidence {
    /// The word for it in output and YAML.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// What a message quotes of a text may have control characters, line ends among them: they are made visible.
fn on_a_line(message: String) -> String {
    // control characters are these bytes, or begin with one of them: a look at many bytes at once
    let may_be = |b: u8| b < b' ' || b == 0x7f || b == 0xc2;
    let any = message.bytes().fold(false, |any, b| any | may_be(b));
    if any && message.contains(char::is_control) { message.chars().map(visible).collect() } else { message }
}

/// What stands for a control character where one line is printed; any other character stands for itself.
pub fn visible(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' => ' ',
        // ASCII controls have pictures of their own: ␛ for escape
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7F}' => '␡',
        '\u{80}'..='\u{9F}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// A place in the letter and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What it shows, in a few words; may be empty for a primary label whose message says it all.
    pub message: String,
}

impl Label {
    /// A label.
    pub fn new(span: Span, message: impl Into<String>) -> Label {
        Label { span, message: on_a_line(message.into()) }
    }
}

/// What the finding rests on: the place in a guideline or regulation, as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Id of the guideline (its edition included), as in `rules/lexicon/guidelines.yaml`; empty for a regulation alone.
    pub guideline: String,
    /// Title of the guideline for people.
    pub title: String,
    /// Id of the section, if one is named.
    pub section: Option<String>,
    /// Title of the section for people.
    pub section_title: Option<String>,
    /// Pages as written in the rule ("46", "74-96").
    pub pages: Option<String>,
    /// Regulation ("8 CCR 9792.24.2").
    pub regulation: Option<String>,
}

/// One finding about one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Id of the rule.
    pub rule: String,
    /// Id of the check in the catalogue.
    pub check: String,
    /// How wrong the letter would be.
    pub severity: Severity,
    /// How sure the rule is of its facts.
    pub confidence: Confidence,
    /// Number of the decision from 1; none for findings about the whole letter.
    pub decision: Option<u32>,
    /// One sentence that stands alone: lower case, no full stop.
    pub message: String,
    /// Invariant: never empty, the first is the one primary label.
    labels: Vec<Label>,
    /// What the finding rests on.
    pub authority: Option<Citation>,
    /// Verdict on the criterion, for criterion findings ("not-met").
    pub verdict: Option<&'static str>,
    /// Further remarks, one a line.
    pub notes: Vec<String>,
    /// The way out.
    pub help: Option<String>,
    /// Stable mark of the finding: survives re-wrapping and edits elsewhere in the letter.
    pub fingerprint: String,
    /// That the project chose to live with the finding: it is shown as accepted and fails nothing.
    pub accepted: Option<Accepted>,
}

/// Why a finding is accepted: an entry of the file of accepted findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The reason, in the words of the person who accepted it; none for an entry that `imrlint baseline` wrote.
    pub reason: Option<String>,
    /// Who accepted it.
    pub by: Option<String>,
    /// Last day on which it is accepted, `YYYY-MM-DD`.
    pub until: Option<String>,
}

impl Diagnostic {
    /// A finding with its primary label; everything else is filled in by the caller.
    pub fn new(rule: &str, check: &str, severity: Severity, message: impl Into<String>, primary: Label) -> Diagnostic {
        Diagnostic {
            rule: rule.to_string(),
            check: check.to_string(),
            severity,
            confidence: Confidence::High,
            decision: None,
            message: on_a_line(message.into()),
            labels: vec![primary],
            authority: None,
            verdict: None,
            notes: Vec::new(),
            help: None,
            fingerprint: String::new(),
            accepted: None,
        }
    }

    /// Adds a secondary label: the other half of the disagreement.
    pub fn with_label(mut self, label: Label) -> Diagnostic {
        self.labels.push(label);
        self
    }

    /// The one primary label: the smallest words that prove the point.
    pub fn primary(&self) -> &Label {
        self.labels.first().expect("a diagnostic has a primary label")
    }

    /// The other labels.
    pub fn secondary(&self) -> &[Label] {
        &self.labels[1..]
    }

    /// All labels, the primary first.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }
}

/// Sorts findings as they are printed: by place, then by rule.
pub fn sort(found: &mut [Diagnostic]) {
    found.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.primary().span.start, d.primary().span.end);
        key(a).cmp(&key(b)).then_with(|| a.rule.cmp(&b.rule)).then_with(|| a.message.cmp(&b.message))
    });
}

/// Something that could not be read as it should: in a letter's form, a rulebook or a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Kind of problem, kebab-case ("unknown-key").
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence that stands alone: lower case, no full stop.
    pub message: String,
    /// Where, in the text that the problem is about.
    pub span: Span,
    /// What is said at the place; may be empty.
    pub label: String,
    /// Other places in the same text.
    pub related: Vec<Label>,
    /// The way out.
    pub help: Option<String>,
}

impl Problem {
    /// A problem of severity error.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Problem {
        Problem {
            code,
            severity: Severity::Error,
            message: on_a_line(message.into()),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// A problem of severity warning.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Problem {
        Problem { severity: Severity::Warning, ..Problem::error(code, span, message) }
    }

    /// The same with what is said at the place.
    pub fn label(mut self, label: impl Into<String>) -> Problem {
        self.label = label.into();
        self
    }

    /// The same with another place.
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Problem {
        self.related.push(Label::new(span, message));
        self
    }

    /// The same with a way out.
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }
}
