//! What a project has of its own: rules, a lexicon, a configuration, accepted findings.

use super::letters;
use super::places::{assert_inside, assert_sorted};
use super::{BOOK, LETTER};
use imrlint::accepted;
use imrlint::config::{self, Plan, Section};
use imrlint::diagnostic::Problem;
use imrlint::explain;
use imrlint::lint::{Options, lint};
use imrlint::measure::Date;
use imrlint::mutate;
use imrlint::render::{self, Style};
use imrlint::rulebook::{LoadedBook, RuleFile, load_book};
use imrlint::source::Source;
use imrlint::trial;

/// A lexicon small enough to be loaded thousands of times.
pub const LEXICON: &str = include_str!("lexicon.yaml");
/// A rule that speaks of it.
pub const RULE: &str = include_str!("rule.yaml");

fn assert_problems<'a>(path: &str, text: &str, problems: impl IntoIterator<Item = &'a Problem>) {
    for problem in problems {
        let spans = [problem.span].into_iter().chain(problem.related.iter().map(|l| l.span));
        spans.for_each(|span| super::places::assert_place(text, problem.code, span));
        assert!(!problem.message.contains(char::is_control), "{:?}", problem.message);
        render::problem(path, text, problem, Style::default());
    }
}

/// Loads some files, tells their problems at their places, and uses whatever was good.
fn load(files: &[RuleFile<'_>]) {
    let loaded = load_book(files);
    for (number, problem) in &loaded.problems {
        assert_problems(files[*number].path, files[*number].text, [problem]);
    }
    use_all(&loaded);
}

fn use_all(loaded: &LoadedBook) {
    explain::rule_infos(loaded);
    for rule in loaded.rules.iter().take(3) {
        explain::explain(rule, &loaded.book);
        mutate::mutants(&rule.rule);
        rule.trials.iter().take(3).for_each(|t| drop(trial::run(t, &rule.rule, &loaded.book)));
        let source = Source::new("letter.txt", LETTER);
        let options = Options { plan: Plan::only(&loaded.book, &rule.rule.id), ..Options::default() };
        let report = lint(&source, &loaded.book, &options);
        assert_inside(&source, &report);
        assert_sorted(&report.findings);
    }
}

/// Any text is loaded as a rule over a small lexicon.
pub fn rule(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lexicon = RuleFile { path: "lexicon.yaml", text: LEXICON, layer: 0 };
    load(&[lexicon, RuleFile { path: "own.yaml", text: &text, layer: 1 }]);
}

/// Any text is loaded as a lexicon, alone and over a small one.
pub fn lexicon(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let rule = RuleFile { path: "rule.yaml", text: RULE, layer: 1 };
    load(&[RuleFile { path: "own.yaml", text: &text, layer: 0 }, rule]);
    let lexicon = RuleFile { path: "lexicon.yaml", text: LEXICON, layer: 0 };
    load(&[lexicon, RuleFile { path: "own.yaml", text: &text, layer: 1 }, rule]);
}

/// Any text is read as a configuration; what is right of it can be used.
pub fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (config, problems) = config::load(&text);
    assert_problems(config::FILE_NAME, &text, problems.iter().chain(&config.check_names(&BOOK)));
    for path in ["letters/2016/a.txt", "a.pdf", "", "\u{e9}/[b]*.docx"] {
        let matching = config.matching(path);
        config.settings(&matching, None, &Section::default());
        config.exclude.hit(path);
    }
}

/// Any text is read as a file of accepted findings; rewriting it loses no line of an entry that stays, and what was rewritten
/// is the same again.
pub fn accepted(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (file, problems) = accepted::load(&text);
    assert_problems(config::ACCEPTED_NAME, &text, &problems);
    let today = Date::new(2016, 12, 1).expect("a day of the calendar");
    file.mark("letter", &mut letters::some_findings(), today);
    if problems.is_empty() {
        let kept = file.rewritten(|_| true, &[]);
        let (again, problems) = accepted::load(&kept);
        assert!(problems.is_empty() && again.entries.len() == file.entries.len(), "{kept:?}");
        assert!(again.rewritten(|_| true, &[]) == kept, "{kept:?}");
    }
    let new = letters::some_findings().into_iter().map(|f| ("letter".to_string(), f)).collect::<Vec<_>>();
    file.rewritten(|n| n % 2 == 0, &new);
}
