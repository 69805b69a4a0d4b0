//! Runs the program, and makes what it is run on: folders, rule folders, PDFs. Each test file uses a part of it.
#![allow(dead_code, unused_imports)]

mod pdf;

#[allow(unused_imports)]
pub use pdf::{pdf, pdf_of};

use assert_cmd::Command;
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};

/// A rule that needs nothing but one heading.
pub const RULE: &str = "esi-levels";

/// What a run gave.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}\n{}", self.out, self.err))
    }

    pub fn lines(&self) -> Vec<Json> {
        let parse = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        self.out.lines().map(parse).collect()
    }
}

/// The folder of the package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of the package.
pub fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The program, to be run in the package's folder.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imrlint"));
    command.args(arguments).current_dir(root()).env_remove("NO_COLOR");
    command
}

/// Runs the program without standard input.
pub fn imrlint(arguments: &[&str]) -> Run {
    imrlint_with(arguments, "")
}

/// Runs the program in the package's folder with some standard input.
pub fn imrlint_with(arguments: &[&str], input: &str) -> Run {
    let done = program(arguments).write_stdin(input).output().expect("it runs");
    let words = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    let (out, err) = (words(done.stdout), words(done.stderr));
    assert!(!err.contains("panicked"), "{arguments:?}: {err}");
    Run { code: done.status.code().expect("it ends by itself"), out, err }
}

/// An empty folder of a test's own.
pub fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    // left over from the last run, if it is there
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}

/// A folder with the shipped rule [`RULE`], in which some words are replaced.
pub fn rule_folder(name: &str, changes: &[(&str, &str)]) -> String {
    let shipped = imrlint::builtin::files();
    let ending = format!("/{RULE}.yaml");
    let mut rule = shipped.iter().find(|f| f.path.ends_with(&ending)).expect("it is shipped").text.to_string();
    for (from, to) in changes {
        assert!(rule.contains(from), "the rule has changed: {from}");
        rule = rule.replacen(from, to, 1);
    }
    let folder = folder(&format!("rules-{name}"));
    fs::write(folder.join(&ending[1..]), rule).expect("a temporary file");
    folder.to_str().expect("a plain path").to_string()
}

/// A span of the output holds the words that stand beside it.
pub fn assert_span(letter: &str, span: &Json, words: &Json) {
    let number = |key: &str| span[key].as_u64().expect("a number") as usize;
    let (start, end) = (number("start"), number("end"));
    assert_eq!(letter.get(start..end), words.as_str(), "{span}");
    for (offset, line, column) in [(start, "line", "column"), (end, "end_line", "end_column")] {
        let before = &letter[..offset];
        let last = before.rsplit('\n').next().expect("there is always a last line");
        assert_eq!((number(line), number(column)), (before.matches('\n').count() + 1, last.chars().count() + 1));
    }
}
