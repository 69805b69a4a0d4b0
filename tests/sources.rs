//! Where letters come from: Word files, folders, patterns, lists; and what is counted of them.

mod program;

use program::{RULE, folder, imrlint, imrlint_with, program, text};
use serde_json::Value as Json;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ERRING: &str = "tests/letters/esi-three-levels-approved.txt";

/// A Word document with a paragraph for each line of a text.
fn docx(text: &str) -> Vec<u8> {
    let escaped = |l: &str| l.replace('&', "&amp;").replace('<', "&lt;").replace('\u{c}', "");
    let lines = text.lines().map(|l| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(l)));
    let body: String = lines.collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part");
    let name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    write!(zip, "<w:document xmlns:w=\"{name}\"><w:body>{body}</w:body></w:document>").expect("a part");
    zip.finish().expect("an archive").into_inner()
}

fn plain(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

#[test]
fn a_word_letter_is_read_like_its_text() {
    let path = folder("word").join("esi-three-levels-approved.docx");
    let letter = text(ERRING);
    fs::write(&path, docx(&letter)).expect("a temporary file");
    let check = |path: &str| imrlint(&["check", "--format", "jsonl", path]).lines();
    let (word, txt) = (check(plain(&path)), check(ERRING));
    assert_eq!(word.len(), txt.len());
    assert!(!txt.is_empty());
    for (w, t) in word.iter().zip(&txt) {
        for key in ["rule", "text", "message", "decision", "fingerprint"] {
            assert_eq!(w[key], t[key]);
        }
        // a paragraph a line
        assert_eq!(w["span"]["paragraph"], t["span"]["line"]);
        assert!(t["span"].get("paragraph").is_none());
        assert!(w["related"].as_array().expect("an array").iter().all(|r| r["span"]["paragraph"].is_u64()));
    }
    let shown = imrlint(&["inspect", "text", plain(&path)]).out;
    assert_eq!(shown.replace('\u{c}', ""), letter.replace(['\u{c}', '\r'], ""));
}

#[test]
fn bad_word_files_are_told_and_the_others_are_read() {
    let folder = folder("bad-word");
    let locked = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes);
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0".to_vec();
    let files: [(&str, Vec<u8>, &str); 5] = [
        ("bomb.docx", docx(&" ".repeat(20 << 20)), "word-too-complex"),
        ("cut.docx", docx(&text(ERRING))[..1000].to_vec(), "word-damaged"),
        ("empty.docx", docx("\n\n"), "word-without-text"),
        ("locked.docx", old.iter().copied().chain(locked).collect(), "word-needs-password"),
        ("old.doc", old, "old-word-file"),
    ];
    for (name, bytes, _) in &files {
        fs::write(folder.join(name), bytes).expect("a temporary file");
    }
    let mut paths: Vec<String> = files.iter().map(|(name, ..)| plain(&folder.join(name)).to_string()).collect();
    paths.push(ERRING.to_string());
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let run = imrlint(&[&["check", "--format", "json", "--select", RULE][..], &paths].concat());
    let report: Json = run.json();
    let codes: Vec<&str> =
        report["errors"].as_array().expect("errors").iter().map(|e| e["code"].as_str().expect("a code")).collect();
    assert_eq!(codes, files.each_ref().map(|(.., code)| *code));
    assert_eq!((run.code, report["summary"]["letters"].as_u64()), (3, Some(1)));
}

/// A folder of letters in folders.
fn tree(name: &str) -> String {
    let root = folder(name);
    let letter = text(ERRING);
    for path in ["a.txt", "b.txt", "drafts/c.txt", "drafts/old/d.txt", "drafts/e.md", "final/f.docx"] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let bytes =
            if path.extension().is_some_and(|e| e == "docx") { docx(&letter) } else { letter.clone().into_bytes() };
        fs::write(path, bytes).expect("a temporary file");
    }
    plain(&root).to_string()
}

/// The letters that were read, by their paths in the folder.
fn read(root: &str, arguments: &[&str], input: &str) -> Vec<String> {
    let common = ["check", "--select", RULE, "--format", "jsonl"];
    let command = [&common[..], arguments].concat();
    let done = program(&command).current_dir(root).write_stdin(input).output().expect("it runs");
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
    let lines = String::from_utf8(done.stdout).expect("UTF-8");
    let path = |l: &str| serde_json::from_str::<Json>(l).expect("JSON")["path"].as_str().expect("a path").to_string();
    lines.lines().map(path).collect()
}

#[test]
fn folders_patterns_and_exclusions() {
    let root = tree("tree");
    let read = |arguments: &[&str]| read(&root, arguments, "").join(" ");
    assert_eq!(read(&["."]), "./a.txt ./b.txt ./drafts/c.txt ./drafts/old/d.txt ./final/f.docx");
    assert_eq!(read(&["*.txt"]), "a.txt b.txt", "a pattern stays in its folder");
    assert_eq!(read(&["drafts/**/*.txt", "final/?.docx"]), "drafts/c.txt drafts/old/d.txt final/f.docx");
    assert_eq!(read(&["**/*.{md,docx}"]), "drafts/e.md final/f.docx", "a pattern names any ending");
    assert_eq!(read(&[".", "--exclude", "drafts/", "--exclude", "b.*"]), "./a.txt ./final/f.docx");
    assert_eq!(read(&["a.txt", "drafts/old/d.txt", "--exclude", "old"]), "a.txt", "also of what is named");
    assert_eq!(read(&["**/*.txt", "--exclude", "/drafts/old"]), "a.txt b.txt drafts/c.txt");
    assert_eq!(read(&[&format!("{root}/*.txt")]), format!("{root}/a.txt {root}/b.txt"));

    fs::write(format!("{root}/.imrlintignore"), "old/\n").expect("a temporary file");
    fs::write(format!("{root}/.gitignore"), "b.txt\n").expect("a temporary file");
    assert_eq!(read(&["."]), "./a.txt ./drafts/c.txt ./final/f.docx");
    assert_eq!(read(&["*.txt"]), "a.txt");
    assert_eq!(read(&["b.txt"]), "b.txt", "what is named is read");
}

#[test]
fn patterns_and_lists_that_are_wrong_are_told() {
    let run = imrlint(&["check", "tests/nothing-*.txt"]);
    assert!(run.code == 3 && run.err.contains("no file matches this pattern"), "{}", run.err);
    for wrong in
        [&["check", "tests/{a.txt"][..], &["check", ".", "--exclude", "{a"], &["check", "--files-from", "no/such/list"]]
    {
        let run = imrlint(wrong);
        assert!(run.code == 2 && run.err.starts_with("error: "), "{wrong:?}: {} {}", run.code, run.err);
    }
    assert_eq!(imrlint(&["check", "-0", "a.txt"]).code, 2, "zeros part a list");
}

#[test]
fn lists_of_files_are_read_in_their_order() {
    let root = tree("lists");
    let lines = "drafts/c.txt\r\n\na.txt\nfinal\n";
    fs::write(format!("{root}/list"), lines).expect("a temporary file");
    let expected = ["drafts/c.txt", "a.txt", "final/f.docx"];
    assert_eq!(read(&root, &["--files-from", "list"], ""), expected);
    assert_eq!(read(&root, &["--files-from", "-"], lines), expected);
    assert_eq!(
        read(&root, &["b.txt", "--files-from", "-", "-0"], "a.txt\0drafts/c.txt\0"),
        ["b.txt", "a.txt", "drafts/c.txt"]
    );
    fs::rename(format!("{root}/b.txt"), format!("{root}/new\nline*.txt")).expect("a temporary file");
    assert_eq!(read(&root, &["--null", "--files-from", "-"], "new\nline*.txt\0"), ["new\nline*.txt"], "no pattern");
    let run = imrlint_with(&["check", "--files-from", "-"], "missing.txt\n");
    assert!(run.code == 3 && run.err.contains("missing.txt"), "{}", run.err);
}

#[test]
fn findings_are_counted() {
    let root = tree("stats");
    let table = imrlint(&["stats", &root]);
    let line = table.out.lines().find(|l| l.starts_with(RULE)).expect("the rule's row");
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), [RULE, "5", "5", "0", "0", "5", "5", "5", "10"]);
    let decisions =
        imrlint(&["parse", "--format", "jsonl", ERRING]).lines()[0]["decisions"].as_array().expect("an array").len();
    assert_eq!(decisions, 2);
    assert!(table.out.ends_with("5 letters and 10 decisions read\n"), "{}", table.out);

    let csv = imrlint(&["stats", "--by", "rule,outcome", "--format", "csv", "--severity", "error", &root]).out;
    assert!(csv.starts_with("rule,outcome,findings,errors,warnings,infos,letters,of_letters,decisions,of_decisions\n"));
    assert!(csv.lines().any(|l| l.starts_with("esi-levels,overturned,5,5,0,0,5,5,5,")), "{csv}");

    let json: Json = imrlint(&["stats", "--by", "year,check", "--format", "json", &root]).json();
    let all: u64 =
        json["groups"].as_array().expect("an array").iter().map(|g| g["findings"].as_u64().expect("a number")).sum();
    let found = imrlint(&["check", "--format", "jsonl", &root]).out.lines().count() as u64;
    assert_eq!((all, json["letters"].as_u64(), json["by"][0].as_str()), (found, Some(5), Some("year")));
    assert_eq!(imrlint(&["stats", "--by", "weather", &root]).code, 2);
    assert_eq!(imrlint(&["stats", &root, "missing.txt"]).code, 3);
}

#[test]
fn times_are_told_on_standard_error_alone() {
    let without = imrlint(&["check", ERRING]);
    let with = imrlint(&["check", "--timing", ERRING]);
    assert_eq!((with.out, with.code), (without.out, without.code));
    assert_eq!(without.err, "");
    let names: Vec<&str> = with.err.lines().filter_map(|l| l.split(" %  ").nth(1)).collect();
    assert_eq!(names[..6], ["read", "parse", "facts", "rules", "sort and mark", "all"]);
    assert!(names[6..].contains(&RULE) && names.len() > 46, "{}", names.len());
}

#[test]
fn completions_and_pages_name_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = imrlint(&["completions", shell]).out;
        assert!(["check", "stats", "files-from"].iter().all(|w| script.contains(w)), "{shell}");
    }
    assert!(imrlint(&["man"]).out.contains(".TH imrlint 1"));
    let pages = folder("man");
    assert_eq!(imrlint(&["man", "--dir", plain(&pages)]).code, 0);
    assert!(pages.join("imrlint-check.1").exists() && pages.join("imrlint-rules-test.1").exists());
}

#[test]
fn quiet_leaves_errors_alone() {
    let latin = folder("quiet").join("latin.txt");
    let letter: Vec<u8> =
        text(ERRING).chars().flat_map(|c| if c.is_ascii() { vec![c as u8] } else { vec![b'-'] }).collect();
    fs::write(&latin, [&letter[..], b"\ncaf\xe9\n"].concat()).expect("a temporary file");
    let run = |more: &[&str]| imrlint(&[&["check", "--select", RULE, plain(&latin), "missing.txt"], more].concat()).err;
    assert!(run(&[]).starts_with("note: "), "{}", run(&[]));
    assert!(run(&["--quiet"]).starts_with("error[unreadable]: missing.txt"));
    assert!(!run(&[]).contains('\u{1b}'), "no progress where nobody looks on");
}
