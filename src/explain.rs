//! A rule in plain words: authority, what it looks at, examples from its tests.

use crate::plain;
use crate::rulebook::{Body, Expectation, LoadedRule, Rulebook};
use std::fmt::Write;

/// The page of a rule.
pub fn explain(loaded: &LoadedRule, book: &Rulebook) -> String {
    let rule = &loaded.rule;
    let mut out = String::new();
    // writing to a String cannot fail
    let _ = writeln!(out, "{}: {}\n", rule.id, rule.title);
    if let Some(check) = rule.check() {
        let _ = writeln!(out, "check       {} ({})", check.id, rule.severity.unwrap_or(check.severity).word());
    }
    let _ = writeln!(out, "confidence  {}", rule.confidence.word());
    for authority in &rule.authorities {
        let guideline = authority.guideline.map(|g| &book.lexicon.guidelines[g as usize]);
        let mut parts: Vec<String> = Vec::new();
        parts.extend(guideline.map(|g| g.full_title.clone()));
        parts.extend(
            guideline.zip(authority.section).and_then(|(g, s)| g.sections.get(s as usize)).map(|s| s.title.clone()),
        );
        parts.extend(authority.pages.as_ref().map(|p| format!("page {p}")));
        parts.extend(authority.regulation.clone().or_else(|| guideline.and_then(|g| g.regulation.clone())));
        parts.extend(authority.limits.iter().map(|(name, limit)| format!("{name}: {limit}")));
        parts.extend(authority.note.clone());
        let _ = writeln!(out, "authority   {}", parts.join("; "));
    }
    let _ = writeln!(out, "\n{}\n", loaded.explain);
    if let Body::Criterion(criterion) = &rule.body {
        let _ = writeln!(out, "{}", plain::criterion(criterion, book));
    }
    let _ = writeln!(out, "Examples (its own tests):");
    for trial in &loaded.trials {
        let what = match &trial.expect {
            Expectation::Silent => "silent".to_string(),
            Expectation::Finding(None) => "finding".to_string(),
            Expectation::Finding(Some(check)) => check.clone(),
        };
        let _ = writeln!(out, "  {} -> {what}", trial.name);
        for decision in &trial.decisions {
            let _ = writeln!(out, "    {}: {}\n    {}", decision.request, decision.outcome, decision.rationale.trim());
        }
    }
    out
}
