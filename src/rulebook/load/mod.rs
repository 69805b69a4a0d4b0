//! Rule and lexicon files → [`Rulebook`], with every mistake of every file at its own place.
//!
//! Files come in layers: the shipped rulebook, then a project's own. A rule of a later layer replaces the rule of the
//! same id; lexicon entries are added to. A file that holds an `id` is a rule, one with `overrides` changes status or
//! severity of rules, one with `plants` has words for the accuracy kit, one with
//! `measured` tells how right rules were measured to be, any other is a lexicon file.

mod amounts;
mod logic;
mod proof;
mod rule;
mod table;

pub use logic::phase_words;
pub(super) use rule::resolve;

use super::{Measurements, Plants, Rule, Rulebook, Trial};
use crate::archive::Entries;
use crate::diagnostic::Problem;
use crate::lexicon::Loader;
use crate::source::Span;
use crate::yaml::{Item, Node, Reader, parse};

/// A file of the rulebook.
#[derive(Clone, Copy, Debug)]
pub struct RuleFile<'a> {
    /// Path for messages.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// 0 for the shipped rulebook, then upwards.
    pub layer: u32,
}

/// A problem with the number of the file it is in.
pub type FileProblem = (usize, Problem);

/// A rule as its file has it: with what only people and tests need.
#[derive(Clone, Debug)]
pub struct LoadedRule {
    /// The rule.
    pub rule: Rule,
    /// Number of its file.
    pub file: usize,
    /// Where its id stands.
    pub id_span: Span,
    /// What it looks at and why, for `explain`.
    pub explain: String,
    /// Its tests.
    pub trials: Vec<Trial>,
}

/// Everything that was loaded.
#[derive(Debug, Default)]
pub struct LoadedBook {
    /// The rulebook.
    pub book: Rulebook,
    /// The rules with explanations and tests, in order of ids.
    pub rules: Vec<LoadedRule>,
    /// Words for the accuracy kit.
    pub plants: Plants,
    /// All problems, by file and place.
    pub problems: Vec<FileProblem>,
}

/// Loads files. Good rules are kept whatever is wrong with others.
pub fn load_book(files: &[RuleFile<'_>]) -> LoadedBook {
    load(files, false)
}

/// Loads files with each phrase that a rule lists as a list of its own, so that a mutation run can drop one.
pub fn load_split(files: &[RuleFile<'_>]) -> LoadedBook {
    load(files, true)
}

fn load(files: &[RuleFile<'_>], split: bool) -> LoadedBook {
    let mut problems: Vec<FileProblem> = Vec::new();
    let mut lexicon = Loader::default();
    let mut rule_files: Vec<(usize, Reader, Node)> = Vec::new();
    let mut overrides: Vec<(usize, Reader, Node)> = Vec::new();
    let mut planted: Vec<(usize, Reader, Node)> = Vec::new();
    let mut counted: Vec<(usize, Reader, Node)> = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let reader = Reader::default();
        match parse(file.text, &reader) {
            Some(root)
                if root.get("id").is_some() || root.get("criterion").is_some() || root.get("tests").is_some() =>
            {
                rule_files.push((number, reader, root));
            }
            Some(root) if root.get("overrides").is_some() => overrides.push((number, reader, root)),
            Some(root) if root.get("plants").is_some() => planted.push((number, reader, root)),
            Some(root) if root.get("measured").is_some() => counted.push((number, reader, root)),
            Some(root) => {
                lexicon.read_root(reader.open(&root), number, file.layer);
                problems.extend(reader.into_problems().into_iter().map(|p| (number, p)));
            }
            None => problems.extend(reader.into_problems().into_iter().map(|p| (number, p))),
        }
    }
    let mut rules: Vec<LoadedRule> = Vec::new();
    for (number, reader, root) in rule_files {
        let loaded = rule::read(reader.open(&root), number, files[number], &mut lexicon, split);
        if let Some(rule) = loaded.filter(|_| reader.is_good(&root)) {
            keep(rule, files, &mut rules, &reader);
        }
        problems.extend(reader.into_problems().into_iter().map(|p| (number, p)));
    }
    for (number, reader, root) in overrides {
        apply_overrides(reader.open(&root), &mut rules);
        problems.extend(reader.into_problems().into_iter().map(|p| (number, p)));
    }
    let mut plants = Plants::default();
    for (number, reader, root) in planted {
        plants.read(reader.open(&root), &lexicon);
        problems.extend(reader.into_problems().into_iter().map(|p| (number, p)));
    }
    rules.sort_by(|a, b| a.rule.id.cmp(&b.rule.id));
    let mut measured = Measurements::default();
    for (number, reader, root) in counted {
        let known: Vec<&str> = rules.iter().map(|r| r.rule.id.as_str()).collect();
        measured.read(reader.open(&root), &known);
        problems.extend(reader.into_problems().into_iter().map(|p| (number, p)));
    }
    let (lexicon, mut more) = lexicon.finish();
    problems.append(&mut more);
    problems.sort_by_key(|(file, p)| (*file, p.span.start, p.span.end));
    let rules_alone: Entries<Rule> = rules.iter().map(|r| r.rule.clone()).collect();
    let book = Rulebook { lexicon, rules: rules_alone, measured, index: Default::default() };
    LoadedBook { book, rules, plants, problems }
}

/// Changes status or severity of rules without copying them: `overrides: [{ rule: ID, status: retired }]`.
fn apply_overrides(root: Item<'_>, rules: &mut [LoadedRule]) {
    let Some(mut f) = root.fields("a file of overrides") else { return };
    for item in f.required("overrides").list() {
        let Some(mut o) = item.fields("an override") else { continue };
        let id = o.required("rule");
        let status = o.optional("status").choice(&rule::STATUS);
        let severity = o.optional("severity").choice(&rule::SEVERITY);
        let known: Vec<&str> = rules.iter().map(|r| r.rule.id.as_str()).collect();
        let found = rule::resolve(id, "rule", &known);
        o.finish();
        if let Some(rule) = found.and_then(|n| rules.get_mut(n as usize)) {
            rule.rule.status = status.unwrap_or(rule.rule.status);
            rule.rule.severity = severity.or(rule.rule.severity);
        }
    }
    f.finish();
}

/// Keeps a rule: a later layer replaces, the same layer may not repeat.
fn keep(rule: LoadedRule, files: &[RuleFile<'_>], rules: &mut Vec<LoadedRule>, reader: &Reader) {
    match rules.iter_mut().find(|r| r.rule.id == rule.rule.id) {
        None => rules.push(rule),
        Some(first) if files[first.file].layer == files[rule.file].layer => {
            let message = format!("the rule `{}` is there already, in {}", rule.rule.id, files[first.file].path);
            reader.report(Problem::error("duplicate-id", rule.id_span, message).help("give one of the two another id"));
        }
        Some(first) => *first = rule,
    }
}
