//! The language of rules as a user writes it: ten rules of a folder of one's own, and the mistakes that each key can hold.

mod program;

use imrlint::lexicon::Small;
use imrlint::plain;
use imrlint::rulebook::{Body, LoadedBook, RuleFile, load_book};
use imrlint::{builtin, trial};
use program::{folder, imrlint, root, text};
use std::fs;

/// A rule of the folder, with some words replaced, beside the shipped ones.
fn loaded(id: &str, changes: &[(&str, &str)]) -> (String, LoadedBook) {
    let mut rule = text(&format!("tests/own-rules/{id}.yaml"));
    for (from, to) in changes {
        assert!(rule.contains(from), "{id} has changed: {from}");
        rule = rule.replacen(from, to, 1);
    }
    let path = format!("{id}.yaml");
    let own = RuleFile { path: &path, text: &rule, layer: 1 };
    let files: Vec<RuleFile<'_>> = builtin::files().into_iter().chain([own]).collect();
    let book = load_book(&files);
    (rule.clone(), book)
}

#[test]
fn rules_written_from_the_manual_alone_pass_their_tests() {
    let folder = root().join("tests/own-rules");
    let count = fs::read_dir(&folder).expect("it is there").count();
    let run = imrlint(&["rules", "test", folder.to_str().expect("a name")]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(count >= 10 && run.out.ends_with(" passed, 0 failed\n"), "{count} rules: {}", run.out);
}

/// Rule, words of it, what stands there instead, the words at which the mistake is told, and what the message says.
const MISTAKES: &[(&str, &str, &str, &str, &str)] = &[
    ("knee-brace-after-surgery", "of: knee-surgery", "of: knee-surgry", "knee-surgry", "did you mean `knee-surgery`?"),
    (
        "knee-brace-after-surgery",
        "limits: { window: 3 months }",
        "limits: { window: 3 visits }",
        "window }",
        "wrong unit",
    ),
    ("gabapentin-daily-dose", "daily-dose, at-most: most", "daily-dose, at-most: 4 weeks", "4 weeks", "wrong unit"),
    ("gabapentin-daily-dose", "at-most: most", "at-most: most, of: opioid", "opioid", "no amount of a treatment"),
    ("gabapentin-daily-dose", "at-most: most", "at-most: most, in: summary", "summary", "never told in `summary`"),
    ("massage-visits-phase", "more than whole", "more than hole", "more than hole", "the limit `hole` is not given"),
    ("massage-visits-phase", "first: 6 visits", "first: 6 weeks", "\">first\"", "wrong unit for `visits`"),
    ("massage-visits-phase", "        - { verdict: met }\n", "", "rows:", "no row fits"),
    ("tens-trial-month", "phase: repeat", "phase: repeated", "repeated", "did you mean `repeat`?"),
    ("tens-trial-month", "only: affirmed", "only: affirmd", "affirmd", "did you mean `affirmed`?"),
    ("esi-series-of-three", "side: [left,", "side: [lefft,", "lefft", "did you mean `left`?"),
    ("esi-series-of-three", "pages: \"46\" } }", "pages: \"460\" } }", "\"460\"", "lies outside"),
    ("esi-series-of-three", "pages: \"46\" } }", "page: \"46\" } }", "page:", "did you mean `pages`?"),
    ("esi-series-of-three", "pages: \"46\" } }", "pages: \"46, 48\" } }", "\"46, 48\"", "more than one range"),
    ("esi-series-of-three", "amount: injections", "amount: injection", "injection,", "did you mean `injections`?"),
    ("sleep-study-six-months", "at-least: 6 months", "at-least: 6 monhts", "6 monhts", "`monhts` is no known unit"),
];

#[test]
fn each_mistake_is_told_at_its_words() {
    // one run tells the mistakes of all files
    let texts: Vec<(String, String)> = MISTAKES
        .iter()
        .map(|(id, from, to, ..)| {
            let rule = text(&format!("tests/own-rules/{id}.yaml"));
            assert!(rule.contains(from), "{id} has changed: {from}");
            (format!("{id}.yaml"), rule.replacen(from, to, 1))
        })
        .collect();
    let own = texts.iter().map(|(path, text)| RuleFile { path, text, layer: 1 });
    let shipped = builtin::files();
    let files: Vec<RuleFile<'_>> = shipped.iter().copied().chain(own).collect();
    let book = load_book(&files);
    for (n, (id, _, to, at, says)) in MISTAKES.iter().enumerate() {
        let text = &texts[n].1;
        let here = book.problems.iter().filter(|(file, _)| *file == shipped.len() + n).map(|(_, p)| p);
        let all: Vec<String> = here.clone().map(|p| format!("{:?} {}", p.span, p.message)).collect();
        let found = here.into_iter().any(|p| {
            let help = p.help.as_deref().unwrap_or_default();
            text[p.span.start as usize..].starts_with(at) && (p.message.contains(says) || help.contains(says))
        });
        assert!(found, "{id}: {to}: {all:?}");
    }
}

#[test]
fn limits_in_cells_are_those_of_the_edition() {
    let (_, book) = loaded("massage-visits-phase", &[]);
    let rule = book.rules.iter().find(|r| r.rule.id == "massage-visits-phase").expect("it is there");
    let five = rule.trials.iter().find(|t| t.name == "five of 2009").expect("it is there");
    assert_eq!(trial::run(five, &rule.rule, &book.book), None);
    // five visits are within the first limit of 2009 and beyond that of 2016
    let later = imrlint::rulebook::Trial { date: Some("2017-03-01".to_string()), ..five.clone() };
    assert!(trial::run(&later, &rule.rule, &book.book).is_some());
}

#[test]
fn what_denies_is_passed_over_where_only_what_affirms_counts() {
    let (_, book) = loaded("sleep-study-six-months", &[("There is loud snoring.", "There is no snoring.")]);
    let rule = book.rules.iter().find(|r| r.rule.id == "sleep-study-six-months").expect("it is there");
    let failed: Vec<&str> = rule
        .trials
        .iter()
        .filter(|t| trial::run(t, &rule.rule, &book.book).is_some())
        .map(|t| t.name.as_str())
        .collect();
    assert_eq!(failed, ["snoring"], "a denial of snoring lifts nothing");
}

#[test]
fn new_conditions_are_told_in_plain_words() {
    for (id, words) in [
        ("esi-series-of-three", "the side requested is left or right or bilateral"),
        ("esi-series-of-three", "page 46"),
        ("knee-brace-after-surgery", "time since the last dated"),
        ("tens-trial-month", "what denies it is passed over"),
        ("massage-visits-phase", "more than the edition's `whole`"),
        ("gabapentin-daily-dose", "dose a day requested at most the edition's `most`"),
    ] {
        let (_, book) = loaded(id, &[]);
        let rule = book.rules.iter().find(|r| r.rule.id == id).expect("it is there");
        let Body::Criterion(criterion) = &rule.rule.body else { panic!("{id} has a criterion") };
        let told = plain::criterion(criterion, &book.book);
        assert!(told.contains(words), "{id}: {told}");
    }
}

#[test]
fn ids_are_listed_and_a_wrong_one_says_where() {
    let run = imrlint(&["rules", "ids", "guidelines"]);
    assert!(run.code == 0 && run.out.contains("mtus-chronic-pain-2009") && run.out.contains("  section opioids"));
    let run = imrlint(&["rules", "ids", "treatments"]);
    assert!(run.out.lines().any(|l| l.starts_with("esi ")), "{}", run.out);
    let own = folder("wrong-id");
    let rule =
        text("tests/own-rules/sleep-study-six-months.yaml").replace("treatment: sleep-study", "treatment: slumber");
    fs::write(own.join("sleep-study-six-months.yaml"), rule).expect("a temporary file");
    let run = imrlint(&["rules", "test", own.to_str().expect("a name")]);
    assert!(run.code == 4 && run.err.contains("imrlint rules ids treatments"), "{}", run.err);
}

#[test]
fn small_words_are_data_that_a_folder_adds_to() {
    let lexicon = &builtin::rulebook().lexicon;
    let empty: Vec<&str> =
        Small::ALL.iter().filter(|(_, set)| lexicon.small.of(*set).next().is_none()).map(|(id, _)| *id).collect();
    assert_eq!(empty, Vec::<&str>::new(), "sets without words");
    assert!(lexicon.is_small("However", Small::Outweighs) && !lexicon.is_small("all the same", Small::Outweighs));
    let own = "words: [{ id: outweighs, words: [All the Same] }]\n";
    let own = RuleFile { path: "lexicon/words.yaml", text: own, layer: 1 };
    let book = load_book(&builtin::files().into_iter().chain([own]).collect::<Vec<_>>()).book;
    assert!(["however", "all the same"].iter().all(|word| book.lexicon.is_small(word, Small::Outweighs)));
    let wrong = RuleFile { path: "lexicon/words.yaml", text: "words: [{ id: outweigh, words: [yet] }]\n", layer: 1 };
    let told = load_book(&builtin::files().into_iter().chain([wrong]).collect::<Vec<_>>()).problems;
    assert!(told.len() == 1 && told[0].1.help.iter().any(|h| h.contains("outweighs")), "{told:?}");
}

#[test]
fn a_starting_file_passes_its_own_tests_for_any_kind_of_treatment() {
    let own = folder("new-rules").join("made-for-it");
    let dir = own.to_str().expect("a name");
    let kinds = ["acupuncture", "gabapentin", "opioids", "lumbar-support", "mri", "esi", "sleep-study", "knee-surgery"];
    for kind in kinds {
        let run = imrlint(&["rules", "new", &format!("own-{kind}"), "--treatment", kind, "--dir", dir]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let run = imrlint(&["rules", "test", dir]);
    assert_eq!((run.code, run.out.as_str()), (0, "16 passed, 0 failed\n"), "{}", run.err);
    let run = imrlint(&["rules", "new", "own-norco", "--treatment", "Norco", "--dir", dir]);
    assert!(run.code == 2 && run.err.contains("falls under `"), "{}", run.err);
}

#[test]
fn mutants_of_a_rule_whose_tests_fail_are_not_counted() {
    let own = folder("failing");
    let rule = text("tests/own-rules/gabapentin-daily-dose.yaml")
        .replace("expect: silent\n    verdict: met", "expect: finding");
    fs::write(own.join("gabapentin-daily-dose.yaml"), rule).expect("a temporary file");
    let run = imrlint(&["rules", "mutate", own.to_str().expect("a name")]);
    assert!(run.code == 1 && run.out.contains("SKIPPED gabapentin-daily-dose"), "{}", run.out);
    let rules = root().join("tests/own-rules");
    let run = imrlint(&["rules", "mutate", "--phrases", "--min-score", "1", rules.to_str().expect("a name")]);
    assert!(run.code == 1 && run.out.contains("dropped phrases noticed"), "{}", run.out);
    assert!(run.out.contains("SURVIVED vitamin-d-deficiency: phrase `ergocalciferol` dropped"), "{}", run.out);
}
