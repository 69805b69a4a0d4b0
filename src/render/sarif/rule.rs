//! Rules as SARIF describes them: help for people in Markdown, and what code scanning sorts by.

use super::super::{Example, RuleInfo, clean};
use super::level;
use crate::diagnostic::Severity;
use serde_json::{Value, json};

/// GitHub takes so many characters of a description.
const DESCRIPTION: usize = 1024;
/// GitHub keeps so many tags of a rule.
const TAGS: usize = 10;

/// A rule.
pub fn descriptor(rule: &RuleInfo) -> Value {
    let title = sentence(&rule.title);
    let explanation = if rule.explanation.trim().is_empty() { title.clone() } else { folded(&rule.explanation) };
    let tags: Vec<&String> = rule.tags.iter().take(TAGS).collect();
    json!({
        "id": rule.id,
        "name": name(&rule.id),
        "shortDescription": {"text": cut(&title)},
        "fullDescription": {"text": cut(&explanation)},
        "help": {"text": help(rule), "markdown": markdown(rule)},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {
            "precision": rule.precision,
            "problem.severity": match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
            "tags": tags,
        },
    })
}

/// A kind of notification.
pub fn notification(id: &str) -> Value {
    json!({"id": id, "name": name(id), "shortDescription": {"text": sentence(&id.replace('-', " "))}})
}

/// `esi-levels` as `EsiLevels`.
fn name(id: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    id.split('-').map(word).collect()
}

/// The first letter large.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn folded(text: &str) -> String {
    clean::line(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    if text.chars().count() <= DESCRIPTION {
        return text.to_string();
    }
    text.chars().take(DESCRIPTION - 1).chain(['\u{2026}']).collect()
}

fn help(rule: &RuleInfo) -> String {
    let basis = rule.basis.iter().map(|line| format!("Basis: {line}")).collect::<Vec<_>>().join("\n");
    let parts = [sentence(&rule.title), folded(&rule.explanation), rule.criterion.trim_end().to_string(), basis];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn markdown(rule: &RuleInfo) -> String {
    let mut out = format!("**{}**\n", escaped(&sentence(&rule.title)));
    if !rule.explanation.trim().is_empty() {
        out.push_str(&format!("\n{}\n", escaped(&folded(&rule.explanation))));
    }
    if !rule.criterion.trim().is_empty() {
        out.push_str(&format!("\n### Criterion\n\n{}", fenced(&rule.criterion)));
    }
    if !rule.basis.is_empty() {
        out.push_str("\n### Legal basis\n\n");
        rule.basis.iter().for_each(|line| out.push_str(&format!("- {}\n", escaped(line))));
    }
    for (title, speaks) in [("Example of a finding", true), ("Example without a finding", false)] {
        for Example { name, text, .. } in rule.examples.iter().filter(|example| example.speaks == speaks) {
            out.push_str(&format!("\n### {title}\n\n{}:\n\n{}", escaped(&sentence(name)), fenced(text)));
        }
    }
    out
}

/// Text in which Markdown finds nothing.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean::line(text).chars() {
        if "\\`*_[]<>#|&~!".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A block of text that no text inside ends.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", clean::lines(text.trim_end()))
}
