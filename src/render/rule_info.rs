//! What documents tell about a rule: plain data, so that no format has to know rules.

use crate::diagnostic::Severity;

/// A rule for its readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its id.
    pub id: String,
    /// One line.
    pub title: String,
    /// What it looks at and why, in a few sentences.
    pub explanation: String,
    /// Its criterion in plain words, indented lines; empty for a check of the letter's form.
    pub criterion: String,
    /// What it rests on, one line an edition.
    pub basis: Vec<String>,
    /// A case in which it speaks, and one near it in which it is silent.
    pub examples: Vec<Example>,
    /// Severity of its findings unless a letter lowers it.
    pub severity: Severity,
    /// How often its findings are right, in SARIF's words: very-high, high, medium or low.
    pub precision: &'static str,
    /// Words to find it by: area, guidelines, treatments.
    pub tags: Vec<String>,
}

/// An example of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// The words of a letter.
    pub text: String,
    /// Whether the rule speaks.
    pub speaks: bool,
}

impl RuleInfo {
    /// A rule of which nothing is known but its id: a document names only rules that it can describe.
    pub fn unknown(id: &str) -> RuleInfo {
        RuleInfo {
            id: id.to_string(),
            title: id.replace('-', " "),
            explanation: String::new(),
            criterion: String::new(),
            basis: Vec::new(),
            examples: Vec::new(),
            severity: Severity::Warning,
            precision: "medium",
            tags: Vec::new(),
        }
    }

    /// The rule of an id.
    pub fn find<'a>(rules: &'a [RuleInfo], id: &str) -> std::borrow::Cow<'a, RuleInfo> {
        match rules.iter().find(|rule| rule.id == id) {
            Some(rule) => std::borrow::Cow::Borrowed(rule),
            None => std::borrow::Cow::Owned(RuleInfo::unknown(id)),
        }
    }
}
