//! Tests of reading, layering and planning.

use super::*;
use crate::builtin;
use crate::source::Source;
use serde_json::Value;
use std::sync::LazyLock;

static BOOK: LazyLock<crate::rulebook::Rulebook> = LazyLock::new(builtin::rulebook);

/// The configuration of a text without mistakes.
fn good(text: &str) -> Config {
    let (config, problems) = load(text);
    assert_eq!(problems, [], "{text}");
    assert_eq!(config.check_names(&BOOK), [], "{text}");
    config
}

/// All problems of a text as "line:column code".
fn wrong(text: &str) -> Vec<String> {
    let (config, mut problems) = load(text);
    problems.extend(config.check_names(&BOOK));
    problems.sort_by_key(|p| p.span.start);
    let source = Source::new("imrlint.yaml", text);
    let at = |p: &crate::diagnostic::Problem| source.position(p.span.start);
    problems.iter().map(|p| format!("{}:{} {}", at(p).line, at(p).column, p.code)).collect()
}

/// The ids of the rules that run under settings, with the severity that is set for their first check.
fn running(settings: &Settings) -> Vec<&'static str> {
    let plan = Plan::new(&BOOK, &settings.choices, settings.preview.value, settings.minimum_confidence.value);
    let rules = BOOK.rules.iter().enumerate().filter(|(n, r)| plan.runs(*n, r));
    rules.map(|(_, r)| r.id.as_str()).collect()
}

fn of(text: &str) -> Vec<&'static str> {
    running(&good(text).settings(&[], None, &Section::default()))
}

#[test]
fn each_kind_of_mistake_is_told_at_its_word() {
    let text = "\
profile: cii
select: esi-level
ignore: [citation, none-such]
severity:
  date-conflict: of
  esi-levles: error
minimum-confidence: very
fail-on: [warning]
show: warnings
as-of: 2016-02-30
preview: \"true\"
acepted: x.yaml
rules: {a: b}
exclude: \"a{b\"
paths:
  - mtach: 2014
    ignore: opioid
  - ignore: form
  - match: [2014, no]
    rules: [x]
";
    let expected = [
        "1:10 unknown-value",
        "2:9 unknown-name",
        "3:20 unknown-name",
        "5:18 unknown-value",
        "6:3 unknown-name",
        "7:21 unknown-value",
        "8:10 wrong-type",
        "9:7 unknown-value",
        "10:8 bad-value",
        "11:10 wrong-type",
        "12:1 unknown-key",
        "13:8 wrong-type",
        "14:10 bad-value",
        "16:5 unknown-key",
        "17:13 unknown-name",
        "18:5 missing-key",
        "19:19 unquoted-text",
        "20:5 unknown-key",
    ];
    assert_eq!(wrong(text), expected);
    assert_eq!(wrong("- a\n"), ["1:1 wrong-type"]);
    let (config, _) = load("select: esi-level\n");
    assert!(config.check_names(&BOOK)[0].message.ends_with("did you mean `esi-levels`?"));
}

#[test]
fn a_file_that_says_nothing_is_no_mistake() {
    for text in ["", "\n\n", "# later\n", "\u{feff}# later"] {
        let config = good(text);
        assert_eq!(config.settings(&[], None, &Section::default()), Settings::of(std::iter::empty()));
    }
}

#[test]
fn later_layers_win_and_every_value_knows_its_place() {
    let text = "profile: draft\nfail-on: error\npaths:\n  - match: old\n    show: error\n    as-of: 2014-01-01\n";
    let config = good(text);
    let place = |origin| match origin {
        Origin::File(span) => text[span.range()].to_string(),
        other => format!("{other:?}"),
    };
    let command = Section { show: Some(Given::new(Severity::Warning, Origin::CommandLine)), ..Section::default() };

    let plain = config.settings(&config.matching("new/a.txt"), None, &Section::default());
    assert_eq!((plain.preview.value, plain.fail_on.value), (true, Some(Severity::Error)));
    assert_eq!(place(plain.preview.origin), "Profile(Draft)");
    assert_eq!(place(plain.fail_on.origin), "error");
    assert_eq!(place(plain.minimum_confidence.origin), "Default");
    assert_eq!(plain.show.map(|s| s.value), Some(Severity::Info));

    let old = config.settings(&config.matching("x/old/a.txt"), None, &Section::default());
    assert_eq!(old.show.map(|s| (s.value, place(s.origin))), Some((Severity::Error, "error".to_string())));
    assert_eq!(old.as_of.map(|s| s.value.to_string()).as_deref(), Some("2014-01-01"));

    let asked = config.settings(&config.matching("old/a.txt"), Some(Profile::Audit), &command);
    assert_eq!(
        (asked.preview.value, asked.fail_on.value),
        (false, None),
        "the profile of the command line is over the file"
    );
    assert_eq!(asked.show.map(|s| (s.value, s.origin)), Some((Severity::Warning, Origin::CommandLine)));
}

#[test]
fn profiles_are_told_apart() {
    let of = |p: Profile| {
        let s = good("").settings(&[], Some(p), &Section::default());
        (s.preview.value, s.show.map(|s| s.value), s.fail_on.value)
    };
    assert_eq!(of(Profile::Draft), (true, Some(Severity::Info), Some(Severity::Warning)));
    assert_eq!(of(Profile::Ci), (false, Some(Severity::Warning), Some(Severity::Warning)));
    assert_eq!(of(Profile::Audit), (false, Some(Severity::Info), None));
}

#[test]
fn rules_are_named_by_rule_check_area_and_treatment() {
    let all = of("");
    assert!(all.len() > 100 && all.contains(&"esi-levels"));
    assert_eq!(of("select: esi-levels"), ["esi-levels"]);
    assert_eq!(of("select: [esi-levels, date-conflict]\nignore: case"), ["date-conflict", "esi-levels"]);
    assert!(!of("select: [esi-levels, case]\nignore: date-conflict").contains(&"date-conflict"));
    let esi = of("select: esi");
    assert!(esi.contains(&"esi-levels") && !esi.contains(&"date-conflict"), "{esi:?}");
    let rest = of("ignore: esi");
    assert!(!rest.contains(&"esi-levels") && rest.contains(&"date-conflict"));
    assert!(!of("ignore: criterion").contains(&"esi-levels"));
    assert!(!of("severity: {esi-levels: off}").contains(&"esi-levels"));
    let sure = of("minimum-confidence: high");
    assert!(!sure.is_empty() && sure.len() < all.len());
}

#[test]
fn preview_rules_run_when_asked_for_by_name_or_all() {
    let preview = BOOK.rules.iter().find(|r| r.status == crate::rulebook::Status::Preview && r.check().is_none());
    let id = preview.expect("a criterion in preview").id.as_str();
    let all = of("");
    assert!(!all.contains(&id));
    assert!(of("preview: true").contains(&id));
    assert_eq!(of(&format!("select: {id}")), [id]);
    assert_eq!(of(&format!("extend-select: {id}")).len(), all.len() + 1);
    assert!(!of("select: criterion").contains(&id), "an area brings none along");
    assert!(!of("select: criterion-approved-not-met").contains(&id), "nor does a check that many rules share");
}

#[test]
fn a_later_layer_takes_up_what_an_earlier_one_dropped() {
    let config = good("ignore: esi-levels\npaths:\n  - match: a\n    extend-select: esi-levels\n");
    let asked = Section { choice: Choice::only("esi-levels"), ..Section::default() };
    let runs = |paths: &[usize], s: &Section| running(&config.settings(paths, None, s)).contains(&"esi-levels");
    assert!(!runs(&[], &Section::default()));
    assert!(runs(&[0], &Section::default()));
    assert!(runs(&[], &asked));
}

#[test]
fn severities_are_set_by_the_name_that_says_most() {
    let config = good("severity: {criterion-approved-not-met: info, esi-levels: warning, criterion: off}");
    let settings = config.settings(&[], None, &Section::default());
    let plan = Plan::new(&BOOK, &settings.choices, false, Confidence::Low);
    let level = |rule: &str, check| plan.of(BOOK.rules.iter().position(|r| r.id == rule).unwrap(), check);
    assert_eq!(level("esi-levels", "criterion-approved-not-met"), Some(Some(Severity::Warning)));
    let other = BOOK.rules.iter().find(|r| r.check().is_none() && r.is_on() && r.id != "esi-levels").unwrap();
    assert_eq!(level(&other.id, "criterion-approved-not-met"), Some(Some(Severity::Info)));
    assert_eq!(level(&other.id, "criterion-denied-but-met"), None);
    assert_eq!(level("date-conflict", "date-conflict"), Some(None));
}

#[test]
fn patterns_match_names_folders_and_paths() {
    let hit = |pattern: &str, path: &str| {
        let mut globs = Globs::default();
        globs.add(Given::new(pattern.to_string(), Origin::Default)).unwrap();
        globs.hit(path)
    };
    for (pattern, yes, no) in [
        ("*.txt", "a/b/c.txt", "a/c.pdf"),
        ("2014", "x/2014/c.txt", "x/20145/c.txt"),
        ("2014/", "2014/a/c.txt", "2015/c.txt"),
        ("a/*.txt", "a/c.txt", "a/b/c.txt"),
        ("a/**/*.txt", "a/b/d/c.txt", "b/c.txt"),
        ("./a/b", "a/b/c.txt", "x/a/b/c.txt"),
        ("/c.txt", "c.txt", "a/c.txt"),
        ("{a,b}/c?.txt", "b/c1.txt", "b/c12.txt"),
    ] {
        assert!(hit(pattern, yes), "{pattern} {yes}");
        assert!(!hit(pattern, no), "{pattern} {no}");
    }
}

#[test]
fn the_schema_has_the_keys_that_the_loader_knows() {
    let schema = schema(&BOOK);
    let keys = |at: &Value| -> Vec<String> { at["properties"].as_object().unwrap().keys().cloned().collect() };
    let listed = |text: &str| {
        let help = load(text).1.into_iter().find(|p| p.code == "unknown-key").unwrap().help.unwrap();
        let mut words: Vec<String> = help.split('`').skip(1).step_by(2).map(str::to_string).collect();
        words.retain(|w| w != "paths" || !help.contains("entry of"));
        words.sort();
        words
    };
    assert_eq!(keys(&schema), listed("zzzzzz: 1\n"));
    let mut inner = listed("paths:\n  - match: a\n    zzzzzz: 1\n");
    inner.dedup();
    assert_eq!(keys(&schema["properties"]["paths"]["items"]), inner);
    assert!(schema["$defs"]["name"]["enum"].as_array().unwrap().iter().any(|n| n == "esi-levels"));
}
