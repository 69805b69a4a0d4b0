//! The program as it is run from a shell: inputs, exit codes, what stands on standard output and on standard error.

mod program;

use program::{RULE, assert_span, folder, imrlint, imrlint_with, pdf, program, root, rule_folder, text};
use serde_json::Value as Json;
use std::fs;

/// A letter with an error of the rule [`RULE`], and one without any.
const ERRING: &str = "tests/letters/esi-three-levels-approved.txt";
const CLEAN: &str = "tests/letters/clean-2014-three-drugs.txt";

#[test]
fn exit_code_0_is_nothing_found() {
    let run = imrlint(&["check", "--select", RULE, CLEAN]);
    assert_eq!((run.code, run.out.as_str()), (0, "1 letter, 3 decisions: no findings\n"));
    assert_eq!(run.err, "");
}

#[test]
fn exit_code_1_is_a_finding_at_or_above_the_threshold() {
    assert_eq!(imrlint(&["check", "--select", RULE, ERRING]).code, 1);
    assert_eq!(imrlint(&["check", "--select", RULE, "--fail-on", "error", ERRING]).code, 1);
    assert_eq!(imrlint(&["check", "--select", RULE, "--exit-zero", ERRING]).code, 0);
    assert_eq!(imrlint(&["check", "--ignore", RULE, "--select", RULE, ERRING]).code, 0);
}

#[test]
fn exit_code_2_is_wrong_usage() {
    let wrong: [&[&str]; 9] = [
        &[],
        &["check"],
        &["chekc", CLEAN],
        &["check", "--format", "nonsense", CLEAN],
        &["check", "--severity", "fatal", CLEAN],
        &["check", "--as-of", "2017-02-30", CLEAN],
        &["check", "--select", "esi-level", CLEAN],
        &["check", "--ignore", "esi-level", CLEAN],
        &["explain", "esi-level"],
    ];
    for arguments in wrong {
        let run = imrlint(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(!run.err.is_empty() && run.out.is_empty(), "{arguments:?} is told on standard error");
    }
    assert!(imrlint(&["explain", "esi-level"]).err.contains("did you mean `esi-levels`?"));
}

#[test]
fn exit_code_3_is_an_input_that_is_no_letter() {
    let folder = folder("inputs");
    let inputs: [(&str, &[u8], &str); 5] = [
        ("empty.txt", b"", "empty-file"),
        ("blank.txt", b" \n\n", "empty-file"),
        ("binary.txt", b"\x00\x01\x02\xff\xfe\x00\x80 words\x00", "binary-file"),
        ("mail.txt", b"Dear colleague,\n\nthank you for the report.\n", "no-letter"),
        ("other.txt", b"MEDICAL PROFESSIONAL REVIEW\n\nISSUE AT DISPUTE\n\nIs it necessary?\n", "unsupported-format"),
    ];
    for (name, bytes, code) in inputs {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("a temporary file");
        let run = imrlint(&["check", path.to_str().expect("a plain path")]);
        assert_eq!(run.code, 3, "{name}");
        assert!(run.err.starts_with(&format!("error[{code}]: ")) && run.err.contains(name), "{name}: {}", run.err);
    }
    let run = imrlint(&["check", "no/such/letter.txt"]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("error[unreadable]: no/such/letter.txt: there is no such file or folder"), "{}", run.err);
}

#[test]
fn the_other_inputs_are_still_linted() {
    let run = imrlint(&["check", "--select", RULE, "--format", "json", "missing.txt", ERRING, "-"]);
    assert_eq!(run.code, 3, "an input that cannot be read weighs more than a finding");
    let report: Json = run.json();
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
    let codes: Vec<&Json> = report["errors"].as_array().expect("errors").iter().map(|e| &e["code"]).collect();
    assert_eq!(codes, ["unreadable", "empty-file"], "missing.txt, then the empty standard input");
    assert_eq!(report["summary"]["input_errors"], 2);
    assert_eq!(report["summary"]["letters"], 1);
}

#[test]
fn exit_code_4_is_a_broken_rulebook_and_names_the_place() {
    let broken = rule_folder("broken", &[("status: stable", "statu: stable")]);
    for command in [&["check", CLEAN][..], &["rules", "list"], &["explain", RULE], &["parse", CLEAN]] {
        let run = imrlint(&[command, &["--rules", &broken]].concat());
        assert_eq!(run.code, 4, "{command:?}: {}", run.err);
        assert!(run.err.contains(&format!("{broken}/{RULE}.yaml:3:1")), "{command:?}: {}", run.err);
        assert!(run.err.contains("did you mean `status`?"), "{command:?}: {}", run.err);
    }
    assert_eq!(imrlint(&["check", "--rules", "no/such/folder", ERRING]).code, 4, "before any finding");
}

#[test]
fn rules_of_a_folder_replace_shipped_ones_and_add_to_them() {
    let replaced =
        rule_folder("replaced", &[("approved-not-met: \"{amount}", "approved-not-met: \"as many as {amount}")]);
    let run = imrlint(&["check", "--select", RULE, "--rules", &replaced, "--format", "concise", ERRING]);
    assert!(run.out.contains("as many as 3 levels approved"), "{}", run.out);
    assert_eq!(run.out.lines().count(), 1, "the shipped rule is gone: {}", run.out);

    let added = rule_folder("added", &[("id: esi-levels", "id: own-levels")]);
    fs::rename(format!("{added}/{RULE}.yaml"), format!("{added}/own-levels.yaml")).expect("a temporary file");
    let selected = format!("{RULE},own-levels");
    let run = imrlint(&["check", "--select", &selected, "--rules", &added, "--format", "jsonl", ERRING]);
    let rules: Vec<Json> = run.lines().into_iter().map(|mut f| f["rule"].take()).collect();
    assert_eq!(rules, [RULE, "own-levels"]);
}

#[test]
fn severities_hide_and_decide() {
    let info = rule_folder("info", &[("status: stable", "status: stable\nseverity: info")]);
    let check = |more: &[&str]| {
        let run = imrlint(&[&["check", "--select", RULE, "--rules", &info, ERRING], more].concat());
        (run.code, run.out.contains("[esi-levels]") || run.out.contains("\"rule\":\"esi-levels\""))
    };
    assert_eq!(check(&[]), (0, false), "infos are hidden from people");
    assert_eq!(check(&["--severity", "info"]), (0, true), "and shown when asked for");
    assert_eq!(check(&["--format", "jsonl"]), (0, true), "programs get all");
    assert_eq!(check(&["--format", "json", "--severity", "warning"]), (0, false));
    assert_eq!(check(&["--fail-on", "info"]).0, 1, "also where they are hidden");
}

#[test]
fn standard_input_is_a_dash() {
    let letter = text(ERRING);
    let run = imrlint_with(&["check", "--select", RULE, "--format", "jsonl", "-"], &letter);
    assert_eq!(run.code, 1);
    assert_eq!(run.lines()[0]["path"], "-");
}

#[test]
fn folders_are_walked_in_order_of_names() {
    let folder = folder("walk");
    fs::create_dir_all(folder.join("b")).expect("a temporary folder");
    for name in ["c.txt", "a.TXT", "b/z.txt", "b/a.txt"] {
        fs::copy(root().join(CLEAN), folder.join(name)).expect("a temporary file");
    }
    fs::write(folder.join("notes.md"), "not a letter").expect("a temporary file");
    let given = folder.to_str().expect("a plain path");
    let paths = |arguments: &[&str]| -> Vec<String> {
        let run = imrlint(&[&["parse", "--format", "jsonl"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        let shown = run.lines().into_iter().map(|tree| tree["path"].as_str().expect("a path").to_string());
        shown.map(|path| path.replace(given, "").replace('\\', "/")).collect()
    };
    assert_eq!(paths(&[given]), ["/a.TXT", "/b/a.txt", "/b/z.txt", "/c.txt"]);
    let single = folder.join("c.txt").display().to_string();
    assert_eq!(paths(&[&single, CLEAN, &single]), ["/c.txt", CLEAN, "/c.txt"], "as given, and as often");
}

#[test]
fn jsonl_findings_have_the_keys_of_the_contract() {
    let run = imrlint(&["check", "--format", "jsonl", "tests/letters"]);
    let keys = [
        "schema",
        "path",
        "rule",
        "check",
        "severity",
        "confidence",
        "decision",
        "message",
        "span",
        "text",
        "related",
        "authority",
        "verdict",
        "fingerprint",
    ];
    assert!(!run.lines().is_empty());
    let mut places = Vec::new();
    for finding in run.lines() {
        let object = finding.as_object().expect("an object a line");
        assert!(keys.iter().all(|k| object.contains_key(*k)), "{finding}");
        assert_eq!(finding["schema"], 1);
        let path = finding["path"].as_str().expect("a path");
        let letter = text(path);
        assert_span(&letter, &finding["span"], &finding["text"]);
        for related in finding["related"].as_array().expect("a list") {
            assert_span(&letter, &related["span"], &related["text"]);
        }
        let rule = finding["rule"].as_str().expect("a rule").to_string();
        places.push((path.to_string(), finding["span"]["start"].as_u64(), finding["span"]["end"].as_u64(), rule));
    }
    assert!(places.is_sorted(), "by path, start, rule");
}

#[test]
fn every_format_tells_the_same_findings() {
    let check = |format| imrlint(&["check", "--severity", "info", "--format", format, "tests/letters"]);
    let jsonl = check("jsonl").lines();
    assert_eq!(check("json").json::<Json>()["findings"].as_array(), Some(&jsonl));
    let (concise, pretty) = (check("concise").out, check("pretty").out);
    assert_eq!(concise.lines().count(), jsonl.len());
    for finding in &jsonl {
        let word = |key: &str| finding[key].as_str().expect("a word").to_string();
        let (span, head) = (&finding["span"], format!("{}[{}]: {}", word("severity"), word("rule"), word("message")));
        assert!(concise.contains(&format!("{}:{}:{}: {head}", word("path"), span["line"], span["column"])), "{head}");
        assert!(pretty.contains(&head), "{head}");
    }
}

#[test]
fn text_for_people_has_no_control_characters() {
    let letter = text(ERRING).replace("transforaminal", "trans\u{1b}[31mforaminal\u{202e}");
    for format in ["pretty", "concise", "json", "jsonl"] {
        let run = imrlint_with(&["check", "--select", RULE, "--format", format, "-"], &letter);
        assert_eq!(run.code, 1, "{format}: {}", run.err);
        let steers = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        assert!(!run.out.contains(steers), "{format}: {:?}", run.out);
    }
}

#[test]
fn colour_is_for_terminals_or_on_request() {
    let out = |more: &[&str]| imrlint(&[&["check", "--select", RULE, ERRING], more].concat()).out;
    assert!(!out(&[]).contains('\u{1b}'));
    assert!(!out(&["--color", "never"]).contains('\u{1b}'));
    assert!(out(&["--color", "always"]).contains('\u{1b}'));
    assert!(!out(&["--color", "always", "--format", "jsonl"]).contains('\u{1b}'), "programs get none");
    let mut command = program(&["check", "--select", RULE, "--color", "auto", ERRING]);
    let plain = command.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1").output().expect("it runs");
    assert!(!plain.stdout.contains(&0x1b));
}

#[test]
fn stream_mode_answers_in_order_and_goes_on_after_a_bad_record() {
    let record = |id: &str, path: &str| serde_json::json!({ "id": id, "text": text(path) }).to_string();
    let input =
        [record("first", ERRING), "{\"id\": 3".into(), record("third", CLEAN), "{\"id\": \"x\"}".into()].join("\n");
    let stream = ["check", "--select", RULE, "--input-format", "jsonl", "-"];
    let run = imrlint_with(&stream, &input);
    assert_eq!(run.code, 0, "findings and bad records exit 0");
    let [first, second, third, fourth] = &run.lines()[..] else { panic!("a line a record: {}", run.out) };
    assert_eq!((&first["id"], &first["schema"], &first["decisions"]), (&"first".into(), &1.into(), &2.into()));
    let finding = &first["findings"][0];
    assert_eq!((&finding["rule"], finding.get("path")), (&RULE.into(), None));
    assert_eq!((&second["line"], second["error"].is_string(), second.get("id")), (&2.into(), true, None));
    assert_eq!((&third["id"], &third["findings"]), (&"third".into(), &Json::Array(Vec::new())));
    assert_eq!((&fourth["line"], fourth["error"].is_string()), (&4.into(), true));
    assert_eq!(imrlint_with(&[&stream[..], &["--strict"]].concat(), &input).code, 3);
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_imrlint"))
        .args(["check", "--format", "jsonl", "tests/letters"])
        .current_dir(root())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let done = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    assert!(matches!(done.status.code(), Some(0 | 1)), "{:?}", done.status);
}

#[test]
fn parse_prints_a_tree_a_line() {
    let run = imrlint(&["parse", "--format", "jsonl", ERRING, CLEAN]);
    let [tree, _] = &run.lines()[..] else { panic!("{}", run.out) };
    for key in ["schema", "path", "format", "dates", "patient", "decisions", "problems"] {
        assert!(tree.get(key).is_some(), "{key}");
    }
    let decision = &tree["decisions"][0];
    for key in
        ["n", "span", "request", "outcome", "conclusion", "citations", "administrator_citations", "items", "sentences"]
    {
        assert!(decision.get(key).is_some(), "{key}");
    }
    assert_eq!((&tree["format"], &decision["outcome"]), (&"imr-2014".into(), &"overturned".into()));
    assert!(imrlint(&["parse", ERRING]).out.contains("decision 1 (line 57)"));
}

#[test]
fn inspect_shows_text_facts_and_polarity() {
    let run = imrlint_with(&["inspect", "text", "-"], "\u{feff}CLINICAL CASE SUMMARY\r\nA \té\n");
    assert_eq!((run.code, run.out.as_str()), (0, "CLINICAL CASE SUMMARY\r\nA \té\n"), "without the byte-order mark");
    let facts = imrlint(&["inspect", "facts", ERRING]);
    assert_eq!(facts.code, 0);
    assert!(facts.out.contains("application") && facts.out.contains("age "), "{}", facts.out);
    let questions = "{\"id\":\"a\",\"text\":\"no sign of radiculopathy\",\"start\":11,\"end\":24}\n\
                     {\"id\":2,\"text\":\"there is radiculopathy\",\"start\":9,\"end\":22}\n";
    let polarity = imrlint_with(&["inspect", "polarity"], questions);
    assert_eq!(polarity.out, "{\"id\":\"a\",\"polarity\":\"negated\"}\n{\"id\":2,\"polarity\":\"affirmed\"}\n");
    assert_eq!(imrlint_with(&["inspect", "polarity"], "{\"id\":1,\"text\":\"é\",\"start\":1,\"end\":2}").code, 3);
}

#[test]
fn rules_are_listed_tested_and_explained() {
    let rules: Vec<Json> = imrlint(&["rules", "list", "--format", "json"]).json();
    let rule = rules.iter().find(|r| r["id"] == RULE).expect("it is shipped");
    for key in ["id", "title", "status", "check", "severity", "confidence", "guidelines", "treatments", "tests"] {
        assert!(rule.get(key).is_some(), "{key}");
    }
    assert!(imrlint(&["rules", "list"]).out.contains(RULE));
    let explained = imrlint(&["explain", RULE]);
    assert_eq!(explained.code, 0);
    assert!(
        explained.out.contains("page 46") && explained.out.contains("Speaks, at the words underlined"),
        "{}",
        explained.out
    );
}

#[test]
fn rules_test_counts_and_names_what_fails() {
    let good = rule_folder("good", &[]);
    let run = imrlint(&["rules", "test", &good]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.ends_with(" passed, 0 failed\n"), "{}", run.out);
    let failing = rule_folder("failing", &[("at [L3-4, L4-5, L5-S1]", "at [L3-4], L4-5, L5-S1")]);
    let run = imrlint(&["rules", "test", &failing]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("FAILED esi-levels / ") && run.out.contains("misplaced"), "{}", run.out);
    assert!(run.out.ends_with(" passed, 1 failed\n"), "{}", run.out);
}

#[test]
fn a_pdf_is_read_like_its_text() {
    let letter = text(ERRING);
    let path = folder("pdf").join("letter.pdf");
    fs::write(&path, pdf(&letter)).expect("a temporary file");
    let path = path.to_str().expect("a plain path");
    let decisions = |path: &str| {
        let tree = imrlint(&["parse", "--format", "jsonl", path]).lines().remove(0);
        let all = tree["decisions"].as_array().expect("decisions").clone();
        let core = |d: &Json| ["request", "outcome", "conclusion", "items"].map(|k| d[k].clone());
        all.iter().map(core).collect::<Vec<_>>()
    };
    assert_eq!(decisions(path), decisions(ERRING));
    let finding = imrlint(&["check", "--select", RULE, "--format", "jsonl", path]).lines().remove(0);
    let shown = imrlint(&["inspect", "text", path]).out;
    assert_span(&shown, &finding["span"], &finding["text"]);
    assert_eq!(finding["span"]["page"], 2);
    let pretty = imrlint(&["check", "--select", RULE, path]).out;
    assert!(pretty.contains("page 2"), "{pretty}");
}
