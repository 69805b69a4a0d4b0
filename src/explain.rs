//! A rule in plain words: authority, what it looks at, examples from its tests; as a page, and as data for documents.

use crate::diagnostic::{Confidence, Severity};
use crate::plain;
use crate::render::{Example, RuleInfo};
use crate::rulebook::{
    Authority, Body, CATALOGUE, Expectation, LoadedBook, LoadedRule, Rule, Rulebook, Scope, Status, Trial,
};
use std::fmt::Write;

/// All rules as documents tell about them.
pub fn rule_infos(loaded: &LoadedBook) -> Vec<RuleInfo> {
    loaded.rules.iter().map(|rule| rule_info(rule, &loaded.book)).collect()
}

fn rule_info(loaded: &LoadedRule, book: &Rulebook) -> RuleInfo {
    let rule = &loaded.rule;
    let severity = severity(rule);
    let criterion = match &rule.body {
        Body::Criterion(criterion) => plain::criterion(criterion, book),
        Body::Check(_) => String::new(),
    };
    let of = |speaks: bool| {
        let trial = loaded.trials.iter().find(|t| speaks == !matches!(t.expect, Expectation::Silent))?;
        Some(Example { name: trial.name.clone(), text: example(trial)?, speaks })
    };
    RuleInfo {
        id: rule.id.clone(),
        title: rule.title.clone(),
        explanation: loaded.explain.clone(),
        criterion,
        basis: rule.authorities.iter().map(|authority| basis(authority, book)).filter(|b| !b.is_empty()).collect(),
        examples: [of(true), of(false)].into_iter().flatten().collect(),
        severity,
        precision: precision(rule, severity),
        tags: tags(rule, book),
    }
}

/// What the severities promise: an error is right 99 times in 100, a warning 9 in 10.
fn precision(rule: &Rule, severity: Severity) -> &'static str {
    match (rule.status, severity, rule.confidence) {
        (Status::Stable, Severity::Error, Confidence::High) => "very-high",
        (Status::Stable, _, Confidence::High) => "high",
        (Status::Stable, _, Confidence::Medium) => "medium",
        _ => "low",
    }
}

/// The worst that the rule can say.
fn severity(rule: &Rule) -> Severity {
    let worded = |id: &str| rule.messages.contains_key(id.trim_start_matches("criterion-"));
    let checks = CATALOGUE.iter().filter(|check| check.scope == Scope::Criterion && worded(check.id));
    let own = rule.check().map(|check| check.severity);
    rule.severity.or(own).or(checks.map(|check| check.severity).max()).unwrap_or(Severity::Warning)
}

fn tags(rule: &Rule, book: &Rulebook) -> Vec<String> {
    let mut tags = vec![rule.check().map_or("criterion", |check| check.area).to_string()];
    if let Body::Criterion(criterion) = &rule.body {
        tags.extend(criterion.treatments.iter().map(|t| book.lexicon.treatments[*t as usize].id.clone()));
    }
    for guideline in rule.authorities.iter().filter_map(|authority| authority.guideline) {
        tags.push(book.lexicon.guidelines[guideline as usize].id.clone());
    }
    let mut seen = std::collections::BTreeSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    tags
}

/// The words of a test.
fn example(trial: &Trial) -> Option<String> {
    let decisions = trial.decisions.iter().map(|d| {
        let line = d.guideline.iter().map(|line| format!("{line}\n")).collect::<String>();
        format!("{}: {}\n{line}{}\n", d.request, d.outcome, d.rationale.trim())
    });
    let summary = trial.summary.iter().map(|summary| format!("{}\n", summary.trim()));
    let text: String = trial.letter.iter().cloned().chain(summary).chain(decisions).collect();
    Some(text.replace(['[', ']'], "")).filter(|text| !text.is_empty())
}

/// One edition in a line.
fn basis(authority: &Authority, book: &Rulebook) -> String {
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
    parts.join("; ")
}

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
        let _ = writeln!(out, "authority   {}", basis(authority, book));
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
