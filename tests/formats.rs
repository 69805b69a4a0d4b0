//! The formats as the program writes them: the same findings in each, files whole or not at all. What parsers of other
//! makers say of them is the business of tests/formats.py.

mod program;

use imrlint::render::Format;
use program::{RULE, Run, folder, imrlint, imrlint_with, root, rule_folder, text};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

const ERRING: &str = "tests/letters/esi-three-levels-approved.txt";

fn wish(format: &str, file: &Path) -> String {
    format!("{format}={}", file.display())
}

/// What one run writes in every format, by the format's name.
fn written(name: &str, arguments: &[&str], input: &str) -> BTreeMap<&'static str, String> {
    let folder = folder(&format!("formats-{name}"));
    let wishes: Vec<String> = Format::names().map(|format| wish(format, &folder.join(format))).collect();
    let outputs: Vec<&str> = wishes.iter().flat_map(|wish| ["--output", wish]).collect();
    let run = imrlint_with(&[&["check", "--exit-zero"], arguments, &outputs].concat(), input);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = |format| (format, fs::read_to_string(folder.join(format)).expect("it was written"));
    Format::names().map(text).collect()
}

fn words(value: &Json) -> &str {
    value.as_str().expect("a word")
}

#[test]
fn every_format_tells_the_same_findings() {
    let all = written("same", &["--severity", "info", "tests/letters"], "");
    let jsonl: Vec<Json> = all["jsonl"].lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(jsonl.len() > 20);
    let place = |f: &Json| (words(&f["rule"]).to_string(), f["span"]["start"].as_u64(), words(&f["path"]).to_string());
    let expected: Vec<_> = jsonl.iter().map(place).collect();

    let sarif: Json = serde_json::from_str(&all["sarif"]).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let place = |r: &Json| {
        let at = &r["locations"][0]["physicalLocation"];
        let path = words(&at["artifactLocation"]["uri"]).to_string();
        (words(&r["ruleId"]).to_string(), at["region"]["byteOffset"].as_u64(), path)
    };
    assert_eq!(results.iter().map(place).collect::<Vec<_>>(), expected);

    let lines = |f: &Json| (words(&f["rule"]).to_string(), f["span"]["line"].as_u64(), words(&f["path"]).to_string());
    let expected: Vec<_> = jsonl.iter().map(lines).collect();
    let issues: Vec<Json> = serde_json::from_str(&all["gitlab"]).expect("JSON");
    let place = |i: &Json| {
        let (rule, at) = (words(&i["check_name"]).to_string(), &i["location"]);
        (rule, at["lines"]["begin"].as_u64(), words(&at["path"]).to_string())
    };
    assert_eq!(issues.iter().map(place).collect::<Vec<_>>(), expected);

    let (github, junit, html, summary) = (&all["github"], &all["junit"], &all["html"], &all["github-summary"]);
    for (rule, line, path) in &expected {
        let line = line.expect("a line");
        let annotation = |l: &&str| l.contains(&format!("file={path},line={line},")) && l.contains(rule.as_str());
        assert!(github.lines().any(|l| annotation(&l)), "{rule} {path}");
        assert!(junit.contains(&format!("{path}:{line}:")) && junit.contains(&format!("[{rule}]: ")), "{rule} {path}");
        assert!(summary.contains(&format!("| {path}&#58;{line} | ")), "{rule} {path}");
        assert!(html.contains(&format!("data-r=\"{rule}\"")) && html.contains(&format!("<h2>{path}</h2>")), "{rule}");
    }
    assert_eq!(github.lines().filter(|l| l.starts_with("::")).count(), expected.len());
    assert_eq!(junit.matches("]: ").count(), expected.len());
    assert_eq!(summary.lines().filter(|l| l.contains(" | tests/letters/")).count(), expected.len());
    assert_eq!(html.matches(" data-r=\"").count(), expected.len());
}

#[test]
fn several_outputs_in_one_run_are_what_each_would_be_alone() {
    let folder = folder("formats-several");
    let formats: Vec<&str> = Format::names().collect();
    let wishes: Vec<String> = formats.iter().map(|f| wish(f, &folder.join(f))).collect();
    let outputs: Vec<&str> = wishes.iter().flat_map(|wish| ["--output", wish]).collect();
    let run = imrlint(&[&["check", "--format", "concise", ERRING, "missing.txt"][..], &outputs].concat());
    assert_eq!(run.code, 3);
    for format in &formats {
        let alone = imrlint(&["check", "--format", format, ERRING, "missing.txt"]);
        assert_eq!(fs::read_to_string(folder.join(format)).expect("it was written"), alone.out, "{format}");
    }
    assert_eq!(run.out, fs::read_to_string(folder.join("concise")).expect("it was written"));
    let dash = imrlint(&["check", ERRING, "--output", "concise=-"]);
    assert_eq!(dash.out, imrlint(&["check", ERRING, "--format", "concise"]).out, "- is standard output");
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), formats.len(), "nothing else is left");
}

#[test]
fn each_format_has_its_own_least_severity() {
    let info = rule_folder("formats-info", &[("status: stable", "status: stable\nseverity: info")]);
    for (format, text) in written("least", &["--select", RULE, "--rules", &info, ERRING], "") {
        let told = text.contains("levels approved for epidural");
        assert_eq!(told, matches!(format, "json" | "jsonl"), "{format}");
    }
}

#[test]
fn what_cannot_be_written_is_told_before_any_letter_is_read() {
    let folder = folder("formats-wrong");
    let (good, here) = (folder.join("a.json"), folder.display());
    let (same, nowhere) = (wish("json", &good), format!("html={here}/no/such/a.html"));
    let (is_folder, upwards) = (format!("html={here}"), format!("jsonl={here}/x/../a.json"));
    fs::create_dir(folder.join("x")).expect("a temporary folder");
    let wrong: [(&[&str], i32, &str); 8] = [
        (&["--output", "xml=a.xml"], 2, "unknown format `xml`"),
        (&["--output", "report.html"], 2, "write FORMAT=FILE"),
        (&["--output", "html="], 2, "write FORMAT=FILE"),
        (&["--output", &same, "--output", &upwards], 2, "two outputs have this file"),
        (&["--output", &is_folder], 2, "this is a folder"),
        (&["--output", &same, "--output", &nowhere], 3, "there is no such folder"),
        (&["--output", "json=-", "--format", "sarif"], 2, "two formats for standard output"),
        (&["--output", "json=-", "--output", "sarif=-"], 2, "two formats for standard output"),
    ];
    for (arguments, code, said) in wrong {
        let run = imrlint(&[&["check", ERRING], arguments].concat());
        assert_eq!((run.code, run.out.as_str()), (code, ""), "{arguments:?}");
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
    }
    let left: Vec<_> = fs::read_dir(&folder).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["x"], "nothing is left behind");
    assert_eq!(imrlint(&["check", "--input-format", "jsonl", "-", "--output", &same]).code, 2);
}

#[test]
fn a_run_that_is_killed_leaves_the_good_file() {
    let folder = folder("formats-killed");
    let file = folder.join("report.json");
    fs::write(&file, "the good file").expect("a temporary file");
    // a run that waits for its standard input after the first letter
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_imrlint"))
        .args(["check", ERRING, "-", "--output", &wish("json", &file)])
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let begun = || fs::read_dir(&folder).expect("a folder").count() == 2;
    while !begun() {
        assert_eq!(child.try_wait().expect("it can be asked"), None, "it waits");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "the good file");
    // what the killed run left is taken away by a run a while later
    let others = fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").path()).filter(|p| *p != file);
    for left in others {
        let left = fs::File::options().write(true).open(left).expect("it is our own");
        let before = std::time::SystemTime::now() - std::time::Duration::from_secs(100);
        left.set_modified(before).expect("it is our own");
    }
    let run = imrlint(&["check", ERRING, "--output", &wish("json", &file)]);
    assert_eq!(run.code, 1);
    #[cfg(unix)]
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1);
    assert!(serde_json::from_str::<Json>(&fs::read_to_string(&file).expect("it is there")).is_ok());
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_good_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder("formats-full");
    let (file, link) = (folder.join("report.xml"), folder.join("link.xml"));
    fs::write(&file, "the good file").expect("a temporary file");
    symlink("report.xml", &link).expect("a link");
    let shell = |limit: &str| {
        // a limit on the size of files, told as an error as a full disk is
        let script = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" check \"$1\" --output \"$2\"");
        let done = std::process::Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_imrlint"), ERRING, &wish("junit", &link)])
            .current_dir(root())
            .output()
            .expect("a shell");
        let words = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Run { code: done.status.code().expect("it ends"), out: words(done.stdout), err: words(done.stderr) }
    };
    let run = shell("1");
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("link.xml: "), "the file is named: {}", run.err);
    assert!(run.out.contains("[esi-levels]"), "the other output goes on");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "the good file");
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 2, "nothing else is left");

    fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).expect("its own file");
    assert_eq!(shell("unlimited").code, 1);
    assert!(fs::read_to_string(&file).expect("it is there").starts_with("<?xml "));
    assert!(link.is_symlink(), "a link stays a link");
    assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o640, "its mode stays");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let run = imrlint(&["check", "--exit-zero", ERRING, "--output", "html=/dev/null"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(fs::metadata("/dev/null").expect("it is there").file_type().is_char_device());
    let full = Path::new("/dev/full");
    if full.exists() {
        assert_eq!(imrlint(&["check", ERRING, "--output", "jsonl=/dev/full"]).code, 3);
    }
}

#[test]
fn paths_for_other_programs_are_told_from_the_working_folder() {
    let whole = root().join(ERRING).display().to_string();
    for given in [ERRING, &format!("./tests/../{ERRING}"), &whole] {
        let issues: Json = imrlint(&["check", "--select", RULE, "--format", "gitlab", given]).json();
        assert_eq!(issues[0]["location"]["path"], ERRING, "{given}");
    }
}

#[test]
fn a_reader_that_leaves_does_not_spoil_the_files() {
    let file = folder("formats-left").join("out.jsonl");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_imrlint"))
        .args(["check", "--format", "pretty", "tests/letters", "--output", &wish("jsonl", &file)])
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    child.wait().expect("it ends");
    let whole = imrlint(&["check", "--format", "jsonl", "tests/letters"]).out;
    assert_eq!(fs::read_to_string(file).expect("it was written"), whole);
}

#[test]
fn hostile_letters_stay_text_in_every_format() {
    let hostile =
        "</script><script>alert(1)</script><img src=x onerror=alert(1)>]]>&\u{2028}\u{202e}\u{1b}[31m\0\n::error::x";
    let letter = text(ERRING).replacen("L4-L5 and L5-S1", &format!("L4-L5 {hostile} and L5-S1"), 1);
    for (format, out) in written("hostile", &["--select", RULE, "-"], &letter) {
        assert!(out.contains("3 levels approved") || out.contains("3 levels requested"), "{format}: {out}");
        let steers = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}'));
        let steers = |c: char| steers(c) && !(format == "jsonl" || format == "json" || format == "sarif") || c == '\0';
        assert!(!out.contains(steers), "{format}: {out:?}");
        if matches!(format, "html" | "junit" | "github-summary") {
            assert!(!out.contains("<img") && out.matches("<script>").count() <= 1, "{format}");
        }
        if format == "github" {
            assert_eq!(out.lines().filter(|line| line.starts_with("::")).count(), 1, "{out}");
        }
    }
}
