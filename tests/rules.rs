//! The shipped rules: each is explained, rests on an authority, and passes the tests that stand in its own file.

use imrlint::explain::explain;
use imrlint::rulebook::{Body, Expectation, LoadedBook, LoadedRule, Role, RuleFile, VerdictWord, load_book};
use imrlint::{builtin, trial};
use std::sync::LazyLock;

static FILES: LazyLock<Vec<RuleFile<'static>>> = LazyLock::new(builtin::files);
static LOADED: LazyLock<LoadedBook> = LazyLock::new(|| load_book(&FILES));

#[test]
fn the_shipped_files_load_without_a_problem() {
    let told = LOADED.problems.iter().map(|(file, p)| format!("{}: {}", FILES[*file].path, p.message));
    assert_eq!(told.collect::<Vec<_>>(), Vec::<String>::new());
    assert!(LOADED.rules.len() >= 3, "only {} rules", LOADED.rules.len());
}

#[test]
fn every_test_of_every_rule_passes() {
    let all = LOADED.rules.iter().flat_map(|rule| rule.trials.iter().map(move |test| (rule, test)));
    let failed: Vec<String> = all
        .filter_map(|(rule, test)| {
            let failure = trial::run(test, &rule.rule, &LOADED.book)?;
            Some(format!("{} / {}: {failure}", rule.rule.id, test.name))
        })
        .collect();
    assert!(failed.is_empty(), "{} tests of rules fail:\n  {}", failed.len(), failed.join("\n  "));
}

#[test]
fn every_id_is_kebab_case_and_the_name_of_its_file() {
    each_rule(|rule| {
        let (id, path) = (&rule.rule.id, FILES[rule.file].path);
        let words =
            id.split('-').all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        // a second interval of a rule may follow its name: esi-levels.2018.yaml
        let stem = path.rsplit('/').next().and_then(|name| name.split('.').next());
        (!words || stem != Some(id.as_str())).then(|| format!("does not name {path}"))
    });
}

#[test]
fn every_rule_names_its_authority() {
    each_rule(|rule| {
        let vague = rule.rule.authorities.iter().any(|a| a.guideline.is_none() && a.regulation.is_none());
        let none = rule.rule.authorities.is_empty();
        (none || vague).then(|| "names neither guideline nor regulation".to_string())
    });
}

#[test]
fn every_rule_is_explained() {
    each_rule(|rule| {
        let words = rule.explain.split_whitespace().count();
        (words < 20).then(|| format!("is explained in {words} words"))
    });
    each_rule(|rule| {
        let page = explain(rule, &LOADED.book);
        let speaks = if is_factor(rule) { "authority" } else { "Speaks, at the words" };
        let missing = ["authority", speaks, "All of its tests"].into_iter().find(|part| !page.contains(part));
        missing.map(|part| format!("has a page without \"{part}\""))
    });
}

#[test]
fn every_rule_has_tests_of_both_kinds() {
    each_rule(|rule| {
        let tests = &rule.trials;
        let both = if is_factor(rule) {
            // a factor may only ever speak for, or only against: two different verdicts show that it is asked
            let verdicts: Vec<VerdictWord> = tests.iter().filter_map(|t| t.verdict).collect();
            verdicts.iter().any(|v| *v != verdicts[0])
        } else {
            tests.iter().any(|t| t.expect == Expectation::Silent)
                && tests.iter().any(|t| t.expect != Expectation::Silent)
        };
        (!both).then(|| "lacks a test that finds something, or one that is silent".to_string())
    });
}

#[test]
fn names_of_tests_are_told_apart() {
    each_rule(|rule| {
        let name = |n: usize| &rule.trials[n].name;
        let twice = (0..rule.trials.len()).find(|n| (0..*n).any(|m| name(m) == name(*n)));
        twice.map(|n| format!("has two tests named \"{}\"", name(n)))
    });
}

/// A factor is never a finding: its tests tell verdicts.
fn is_factor(rule: &LoadedRule) -> bool {
    matches!(&rule.rule.body, Body::Criterion(c) if c.role == Role::Factor)
}

/// Fails with every rule about which there is a complaint.
fn each_rule(complaint: impl Fn(&LoadedRule) -> Option<String>) {
    let told = LOADED.rules.iter().filter_map(|r| complaint(r).map(|c| format!("{} {c}", r.rule.id)));
    let told: Vec<String> = told.collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}
