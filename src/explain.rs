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
    if let Some(line) = measured(book, &rule.id) {
        let _ = writeln!(out, "measured    {line}");
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

/// How right a rule was measured to be, in a line; none if nobody measured it.
fn measured(book: &Rulebook, rule: &str) -> Option<String> {
    let counts = book.measured(rule)?;
    let on = &book.measured.on;
    let mut line = match counts.found {
        0 => format!("no finding in {} labelled letters", on.labelled),
        1 => format!(
            "1 finding in {} labelled letters, {}",
            on.labelled,
            if counts.wrong == 0 { "right" } else { "wrong" }
        ),
        n => format!("{n} findings in {} labelled letters, {} of them wrong", on.labelled, counts.wrong),
    };
    match (counts.planted, counts.caught) {
        (0, 0) => {}
        (0, caught) => {
            let _ = write!(line, "; caught {caught} defects planted in copies of {} letters", on.planted);
        }
        (planted, caught) => {
            let _ = write!(line, "; caught {caught} of {planted} defects planted in copies of {} letters", on.planted);
        }
    }
    Some(line)
}
