//! `imrlint.yaml` as it is found, read and shown by the program.

mod program;

use program::{RULE, Run, folder, program, rule_folder, text};
use serde_json::Value as Json;
use std::fs;
use std::path::Path;

/// A letter with an error of the rule [`RULE`], and one with warnings and an info of others.
const ERRING: &str = "tests/letters/esi-three-levels-approved.txt";
const WARNED: &str = "tests/letters/duration-and-sessions-differ.txt";

/// A project: files by path in a folder of a test's own, letters by the path of one in the package.
fn project(name: &str, files: &[(&str, &str)]) -> std::path::PathBuf {
    let folder = folder(&format!("config-{name}"));
    for (path, content) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a temporary folder");
        let content = if content.starts_with("tests/letters/") { text(content) } else { content.to_string() };
        fs::write(path, content).expect("a temporary file");
    }
    folder
}

/// Runs the program in a folder.
fn run(folder: &Path, arguments: &[&str], input: &str) -> Run {
    let done = program(arguments).current_dir(folder).write_stdin(input).output().expect("it runs");
    let words = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    let run = Run { code: done.status.code().expect("it ends"), out: words(done.stdout), err: words(done.stderr) };
    assert!(!run.err.contains("panicked"), "{arguments:?}: {}", run.err);
    run
}

/// The findings as `path rule severity`.
fn found(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let run = run(folder, &[&["check", "--format", "jsonl"], arguments].concat(), "");
    let word = |f: &Json, key: &str| f[key].as_str().expect("a text").to_string();
    run.lines().iter().map(|f| format!("{} {} {}", word(f, "path"), word(f, "rule"), word(f, "severity"))).collect()
}

#[test]
fn the_nearest_file_above_each_letter_holds() {
    let folder = project(
        "nearest",
        &[
            ("imrlint.yaml", "select: esi-levels\n"),
            ("a/deep/1.txt", ERRING),
            ("b/imrlint.yaml", "select: esi-levels\nseverity: {esi-levels: warning}\n"),
            ("b/2.txt", ERRING),
            ("c/imrlint.yaml", "ignore: esi-levels\nshow: error\n"),
            ("c/3.txt", ERRING),
        ],
    );
    let expected = ["./a/deep/1.txt esi-levels error", "./b/2.txt esi-levels warning"];
    assert_eq!(found(&folder, &["."]), expected);
    assert_eq!(
        found(&folder.join("b"), &["2.txt", "../a/deep/1.txt"]),
        ["2.txt esi-levels warning", "../a/deep/1.txt esi-levels error"]
    );
    assert_eq!(found(&folder, &["--config", "b/imrlint.yaml", "c"]), ["c/3.txt esi-levels warning"]);
    assert_eq!(found(&folder, &["--no-config", "--select", RULE, "c"]), ["c/3.txt esi-levels error"]);
    assert_eq!(
        found(&folder, &["--select", RULE, "--severity", "info", "c"]),
        ["c/3.txt esi-levels error"],
        "the command wins"
    );
}

#[test]
fn standard_input_and_records_take_that_of_the_current_folder() {
    let config = "select: esi-levels\npaths:\n  - match: \"old-*\"\n    severity: {esi-levels: info}\n";
    let folder = project("stdin", &[("imrlint.yaml", config), ("sub/x", "")]);
    let letter = text(ERRING);
    let concise = run(&folder.join("sub"), &["check", "--format", "concise", "-"], &letter);
    assert_eq!((concise.out.lines().count(), concise.code), (1, 1), "{}", concise.out);
    let record = |id: &str| serde_json::json!({ "id": id, "text": letter }).to_string() + "\n";
    let stream = run(&folder, &["check", "--input-format", "jsonl", "-"], &(record("new-1") + &record("old-1")));
    let levels: Vec<Json> = stream.lines().iter().map(|r| r["findings"][0]["severity"].clone()).collect();
    assert_eq!((levels, stream.code), (vec![Json::from("error"), Json::from("info")], 0));
}

#[test]
fn rulebooks_differ_within_one_run() {
    let own = rule_folder("config-own", &[("approved-not-met: \"{amount}", "approved-not-met: \"as many as {amount}")]);
    let rule = fs::read_to_string(format!("{own}/{RULE}.yaml")).expect("a rule");
    let folder = project(
        "books",
        &[
            ("a/imrlint.yaml", "rules: house\nselect: esi-levels\n"),
            ("a/house/esi-levels.yaml", &rule),
            ("a/1.txt", ERRING),
            ("b/imrlint.yaml", "select: esi-levels\n"),
            ("b/2.txt", ERRING),
        ],
    );
    let both = run(&folder, &["check", "--format", "concise", "a", "b"], "");
    let own: Vec<bool> = both.out.lines().map(|l| l.contains("as many as")).collect();
    assert_eq!(own, [true, false], "{}", both.out);
    let named = run(&folder.join("a"), &["explain", RULE], "");
    assert!(named.code == 0 && !named.out.is_empty(), "{}", named.err);
    let broken = rule.replacen("status: stable", "statu: stable", 1);
    fs::write(folder.join("a/house/esi-levels.yaml"), broken).expect("a temporary file");
    let run = run(&folder, &["check", "a", "b"], "");
    assert_eq!(run.code, 4);
    assert!(run.err.contains("a/house/esi-levels.yaml:3:1"), "{}", run.err);
}

#[test]
fn wrong_files_are_told_at_each_place_with_exit_code_4() {
    let config = "profile: cii\nrules: [gone]\nselct: x\nignore: esi-level\nas-of: 2016-02-30\naccepted: none.yaml\n";
    let folder = project("wrong", &[("imrlint.yaml", config), ("1.txt", ERRING)]);
    let run_in = |arguments: &[&str]| run(&folder, arguments, "");
    let all = run_in(&["check", "1.txt"]);
    assert_eq!((all.code, all.out.as_str()), (4, ""), "nothing is linted");
    for (place, words) in [
        ("1:10", "did you mean `ci`?"),
        ("2:9", "no such folder"),
        ("3:1", "did you mean `select`?"),
        ("4:9", "did you mean `esi-levels`?"),
        ("5:8", "no day `2016-02-30`"),
        ("6:11", "no such file"),
    ] {
        assert!(
            all.err.contains(&format!("imrlint.yaml:{place}\n")) && all.err.contains(words),
            "{place}: {}",
            all.err
        );
    }
    for command in [&["parse", "1.txt"][..], &["rules", "list"], &["config", "show"], &["baseline", "write"]] {
        assert_eq!(run_in(command).code, 4, "{command:?}");
    }
    assert_eq!(run_in(&["check", "--no-config", "--select", RULE, "1.txt"]).code, 1);
    assert_eq!(run_in(&["check", "--config", "none.yaml", "1.txt"]).code, 4);
    assert_eq!(run_in(&["check", "--no-config", "--config", "x", "1.txt"]).code, 2);
    fs::write(folder.join("imrlint.yaml"), b"\xff\xfe").expect("a temporary file");
    assert!(run_in(&["check", "1.txt"]).err.contains("imrlint.yaml:1:1: this file is no text"));
}

#[test]
fn a_wrong_file_below_stops_only_its_own_letters() {
    let folder = project("below", &[("a/imrlint.yaml", "profile: x\n"), ("a/1.txt", ERRING), ("b/2.txt", ERRING)]);
    let run = run(&folder, &["check", "--select", RULE, "--format", "concise", "."], "");
    assert_eq!((run.code, run.out.lines().count()), (4, 1), "{}{}", run.out, run.err);
    assert!(run.out.starts_with("./b/2.txt:") && run.err.contains("a/imrlint.yaml:1:10"), "{}{}", run.out, run.err);
}

#[test]
fn profiles_and_thresholds_decide_what_is_shown_and_what_fails() {
    let folder = project("profiles", &[("1.txt", WARNED)]);
    let codes = |config: &str, arguments: &[&str]| {
        fs::write(folder.join("imrlint.yaml"), config).expect("a temporary file");
        let run = run(&folder, &[&["check", "--format", "concise", "1.txt"], arguments].concat(), "");
        (run.code, run.out.lines().filter(|l| l.contains(" info[")).count())
    };
    let draft = codes("profile: draft\n", &[]);
    assert!(draft.0 == 1 && draft.1 > 0, "{draft:?}");
    assert_eq!(codes("profile: ci\n", &[]), (1, 0));
    assert_eq!(codes("profile: audit\n", &[]).0, 0);
    assert_eq!(codes("profile: audit\n", &["--profile", "ci"]), (1, 0));
    assert_eq!(codes("profile: audit\nfail-on: warning\n", &[]).0, 1);
    assert_eq!(codes("fail-on: error\n", &[]).0, 0);
    assert_eq!(codes("fail-on: error\n", &["--fail-on", "warning"]).0, 1);
    assert_eq!(codes("", &["--fail-on", "never"]).0, 0);
}

#[test]
fn excluded_letters_are_left_out_of_walks_and_read_when_named() {
    let config = "select: esi-levels\nexclude: [old, \"*.draft.txt\"]\n";
    let files = [("imrlint.yaml", config), ("old/1.txt", ERRING), ("2.draft.txt", ERRING), ("3.txt", ERRING)];
    let folder = project("exclude", &files);
    assert_eq!(found(&folder, &["."]), ["./3.txt esi-levels error"]);
    assert_eq!(found(&folder, &["old"]), [""; 0]);
    assert_eq!(found(&folder, &["old/1.txt"]), ["old/1.txt esi-levels error"]);
}

#[test]
fn every_value_tells_where_it_came_from() {
    let config = "profile: ci\nignore: [form]\npaths:\n  - match: 2014\n    as-of: 2014-05-01\n";
    let folder = project("show", &[("imrlint.yaml", config), ("2014/1.txt", ERRING)]);
    let run_in = |arguments: &[&str]| run(&folder, &[&["config", "show"], arguments].concat(), "");
    let shown = run_in(&["2014/1.txt", "--fail-on", "never"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    let line = |key: &str| {
        let line = shown.out.lines().find(|l| l.starts_with(&format!("{key} "))).unwrap_or_else(|| panic!("{key}"));
        line.split("  ").map(str::trim).filter(|w| !w.is_empty()).skip(1).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(line("profile"), "ci | imrlint.yaml:1:10");
    assert_eq!(line("show"), "warning | profile ci");
    assert_eq!(line("as-of"), "2014-05-01 | imrlint.yaml:5:12");
    assert_eq!(line("ignore"), "form | imrlint.yaml:2:10");
    assert_eq!(line("fail-on"), "never | command line");
    assert_eq!(line("minimum-confidence"), "low | default");
    let json: Json = run_in(&["--format", "json"]).json();
    let values = json["values"].as_array().expect("values");
    let day = values.iter().find(|v| v["key"] == "as-of").expect("a value");
    assert_eq!((json["config"].as_str(), day["origin"].as_str()), (Some("imrlint.yaml"), Some("default")));
    let schema: Json = run(&folder, &["config", "schema"], "").json();
    assert!(schema["properties"]["profile"]["enum"].as_array().is_some_and(|p| p.len() == 3));
}
