//! A rule in plain words: authority, what it looks at, examples from its tests; as a page, and as data for documents.

use crate::diagnostic::{Confidence, Severity};
use crate::plain;
use crate::render::{Example, RuleInfo};
use crate::rulebook::{Authority, Body, CATALOGUE, Expectation, LoadedBook, LoadedRule, Rule, Rulebook, Status, Trial};
use crate::trial;
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
    let checks = CATALOGUE.iter().filter(|check| check.scope.of_criteria() && worded(check.id));
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
    Some(marked_text(trial).replace(['[', ']'], "")).filter(|text| !text.is_empty())
}

/// The words of a test, with brackets around those that the finding underlines.
fn marked_text(trial: &Trial) -> String {
    let decisions = trial.decisions.iter().map(|d| {
        let line = d.guideline.iter().map(|line| format!("{line}\n")).collect::<String>();
        let heading = trial::heading(d);
        format!("{heading}\n{line}{}\n", d.rationale.trim())
    });
    let summary = trial.summary.iter().map(|summary| format!("{}\n", summary.trim()));
    trial.letter.iter().cloned().chain(summary).chain(decisions).collect()
}

/// The marked words of a test.
fn marked(trial: &Trial) -> String {
    marked_text(trial).split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(words, _)| words).collect()
}

/// How many letters a line of an example has at most.
const WIDTH: usize = 96;

/// Lines of a text, indented and wrapped; carets stand below what was in brackets.
fn underlined(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in text.lines() {
        let (mut row, mut below) = (String::new(), String::new());
        for word in line.split_whitespace() {
            let length = word.chars().filter(|c| !matches!(c, '[' | ']')).count();
            if !row.is_empty() && row.chars().count() + 1 + length > WIDTH {
                flush(&mut out, &mut row, &mut below);
            }
            if !row.is_empty() {
                row.push(' ');
                below.push(if inside { '^' } else { ' ' });
            }
            for c in word.chars() {
                match c {
                    '[' => inside = true,
                    ']' => inside = false,
                    _ => {
                        row.push(c);
                        below.push(if inside { '^' } else { ' ' });
                    }
                }
            }
        }
        flush(&mut out, &mut row, &mut below);
    }
    out
}

/// Ends a row, with its carets if it has any.
fn flush(out: &mut String, row: &mut String, below: &mut String) {
    if row.is_empty() {
        return;
    }
    // writing to a String cannot fail
    let _ = writeln!(out, "  {row}");
    if below.contains('^') {
        let _ = writeln!(out, "  {}", below.trim_end());
    }
    row.clear();
    below.clear();
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
    let silent = |t: &&Trial| matches!(t.expect, Expectation::Silent);
    let finding = loaded.trials.iter().find(|t| !silent(t) && !marked(t).is_empty());
    let finding = finding.or_else(|| loaded.trials.iter().find(|t| !silent(t)));
    for (name, trial) in
        [("Speaks, at the words underlined", finding), ("Near miss, silent", loaded.trials.iter().find(silent))]
    {
        if let Some(trial) = trial {
            let _ = writeln!(out, "{name} ({}):", trial.name);
            let _ = write!(out, "{}", underlined(&marked_text(trial)));
            let _ = writeln!(out);
        }
    }
    let _ = writeln!(out, "All of its tests:");
    for trial in &loaded.trials {
        let what = match &trial.expect {
            Expectation::Silent => "silent".to_string(),
            Expectation::Finding(None) => "finding".to_string(),
            Expectation::Finding(Some(check)) => check.clone(),
        };
        let verdict = trial.verdict.map_or(String::new(), |v| format!(", {}", v.word()));
        let _ = writeln!(out, "  {} -> {what}{verdict}", trial.name);
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
