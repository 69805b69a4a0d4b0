//! What is promised of the words of letters: with `--redact` no report tells one, in any format, nor do errors.

mod material;
mod program;

use imrlint::render::Format;
use material::{letters, root};
use program::{folder, imrlint_with};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Words of four letters and more.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 4);
    words.map(str::to_lowercase).collect()
}

/// All files below a folder whose names end so.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the package").map(|e| e.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|p| p.is_dir());
    let fits = |p: &PathBuf| p.extension().is_some_and(|e| endings.iter().any(|known| e == *known));
    folders.iter().flat_map(|f| self::files(f, endings)).chain(files.into_iter().filter(fits)).collect()
}

/// The words that a report may have of itself: those of rules and of the program.
fn own_words() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for path in
        files(&root().join("rules"), &["yaml"]).iter().chain(&files(&root().join("src"), &["rs", "css", "js", "html"]))
    {
        all.extend(words(&fs::read_to_string(path).expect("a text of the package")));
    }
    all
}

#[test]
fn redacted_reports_have_no_word_of_a_letter() {
    let (folder, own) = (folder("privacy-redact"), own_words());
    // names that say nothing: paths stay in reports
    let texts: Vec<String> = letters().iter().map(|p| fs::read_to_string(p).expect("a letter")).collect();
    for (n, text) in texts.iter().enumerate() {
        fs::write(folder.join(format!("{n}.txt")), text).expect("a writable folder");
    }
    let hexadecimal = |w: &String| w.chars().all(|c| c.is_ascii_hexdigit());
    let told = texts.iter().flat_map(|text| words(text)).filter(|w| !own.contains(w) && !hexadecimal(w));
    let told: BTreeSet<String> = told.collect();
    assert!(told.len() > 150, "{} words of letters alone", told.len());
    let mut plain_words = 0;
    for format in Format::names() {
        let run = |more: &[&str]| {
            let path = folder.display().to_string();
            let common = ["check", "--no-config", "--exit-zero", "--preview", "--severity", "info", "--format", format];
            let run = imrlint_with(&[&common, more, &[path.as_str()]].concat(), "");
            assert_eq!(run.code, 0, "{}", run.err);
            run.out
        };
        let (plain, redacted) = (run(&[]), run(&["--redact"]));
        let of_letters = |text: &str| words(text).intersection(&told).cloned().collect::<Vec<_>>();
        plain_words += of_letters(&plain).len();
        assert_eq!(of_letters(&redacted), Vec::<String>::new(), "{format}");
        assert!(redacted.contains("[redacted]") || redacted.contains("redacted"), "{format}");
    }
    assert!(plain_words > 100, "without --redact reports tell {plain_words} such words");
}

#[test]
fn redacted_records_have_the_same_findings_and_no_word() {
    let text = fs::read_to_string(root().join("tests/letters/esi-three-levels-approved.txt")).expect("a letter");
    let record = serde_json::json!({"id": "1", "text": text}).to_string();
    let run = |more: &[&str]| {
        let common = ["check", "--no-config", "--exit-zero", "--input-format", "jsonl", "-"];
        imrlint_with(&[&common, more].concat(), &record).out
    };
    let (plain, redacted) = (run(&[]), run(&["--redact"]));
    let quoted = |out: &str| {
        let record: serde_json::Value = serde_json::from_str(out).expect("JSON");
        record["findings"][0]["text"].as_str().expect("words").to_string()
    };
    assert!(plain.contains(&quoted(&plain)) && !redacted.contains(&quoted(&plain)), "{redacted}");
    assert_eq!(quoted(&redacted), "x".repeat(quoted(&plain).len()));
    let marks = |out: &str| {
        let record: serde_json::Value = serde_json::from_str(out).expect("JSON");
        let findings = record["findings"].as_array().expect("findings").clone();
        findings.iter().map(|f| (f["rule"].clone(), f["span"].clone(), f["fingerprint"].clone())).collect::<Vec<_>>()
    };
    assert!(!marks(&plain).is_empty());
    assert_eq!(marks(&plain), marks(&redacted), "places, rules and fingerprints stay");
}

#[test]
fn bad_records_are_told_without_their_words() {
    for bad in ["{\"id\": \"zanzibar", "{\"id\": \"zanzibar\"}", "zanzibar", "{\"zanzibar\": 1, \"text\": 2}"] {
        let run = imrlint_with(&["check", "--no-config", "--input-format", "jsonl", "-"], bad);
        assert!(run.out.contains("\"error\"") && !(run.out + &run.err).contains("zanzibar"), "{bad}");
    }
}
