//! What ARCHITECTURE.md promises about the code, read from the code. Tests inside it are left out where a promise is about
//! the program alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a file at most.
const LINES: usize = 400;

/// One list each, which nothing can be cut from: an enum has its variants in one place.
const LONG: &[&str] = &["src/lexicon/cue.rs", "src/lexicon/small.rs"];

/// Uses of a module from one that is declared above it, as (file, module). None is allowed today.
const UPWARDS: &[(&str, &str)] = &[];

/// Packages, and the only files or folders that may name them.
const GUESTS: &[(&str, &[&str])] = &[
    ("pest", &["src/letter/"]),
    ("pest_derive", &["src/letter/"]),
    ("serde_yaml", &["src/yaml/"]),
    ("codespan_reporting", &["src/render/pretty.rs"]),
    ("clap", &["src/bin/imrlint/"]),
    ("pdf_extract", &["src/input/pdf.rs", "src/input/pdf/"]),
    ("quick_xml", &["src/input/docx/xml.rs"]),
    ("jiff", &["src/measure/date.rs"]),
    ("postcard", &["src/archive/mod.rs"]),
    ("globset", &["src/config/globs.rs"]),
    ("rustix", &["src/bin/imrlint/child.rs"]),
    ("tempfile", &["src/bin/imrlint/atomic.rs", "src/bin/imrlint/out.rs"]),
];

#[test]
fn modules_use_only_those_declared_above_them() {
    let order = modules();
    assert!(order.len() >= 10 && order[0] == "source", "lib.rs declares the modules: {order:?}");
    let place = |module: &str| order.iter().position(|m| m == module);
    let mut upwards = BTreeSet::new();
    for file in library() {
        let Some(own) = place(file.module()) else { continue };
        for used in words_after(&file.text, "crate::").filter(|m| place(m).is_some_and(|p| p > own)) {
            upwards.insert((file.path.clone(), used.to_string()));
        }
    }
    let allowed = UPWARDS.iter().map(|(file, module)| (file.to_string(), module.to_string())).collect();
    assert_eq!(upwards, allowed, "left: found, right: allowed");
}

#[test]
fn every_module_is_declared_once_in_lib_rs() {
    let folders: BTreeSet<String> = library().iter().map(|f| f.module().to_string()).collect();
    let declared: BTreeSet<String> = modules().into_iter().collect();
    let here: BTreeSet<String> = folders.into_iter().filter(|m| m != "lib").collect();
    assert_eq!(here, declared);
}

#[test]
fn no_file_is_long() {
    let tests = rust_files("tests");
    let all = rust_files("src").into_iter().chain(tests);
    let long: Vec<String> = all.filter(|f| f.lines() > LINES).map(|f| f.path).collect();
    let long: Vec<String> = long.into_iter().filter(|path| !LONG.contains(&path.as_str())).collect();
    assert_eq!(long, Vec::<String>::new(), "files of more than {LINES} lines");
}

#[test]
fn every_file_begins_with_what_it_owns() {
    let bare: Vec<String> =
        rust_files("src").into_iter().filter(|f| !f.text.starts_with("//! ")).map(|f| f.path).collect();
    assert_eq!(bare, Vec::<String>::new(), "files without a `//!` line");
}

#[test]
fn every_file_that_the_architecture_names_is_here() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let files: Vec<String> =
        ["src", "tests"].into_iter().flat_map(rust_files).map(|f| format!("/{}", f.path)).collect();
    let named: BTreeSet<&str> = page.split('`').filter(|w| w.ends_with(".rs") && !w.contains(' ')).collect();
    assert!(named.len() > 20, "the page names files: {named:?}");
    let gone: Vec<&&str> = named
        .iter()
        .filter(|name| !root().join(name).exists() && !files.iter().any(|f| f.ends_with(&format!("/{name}"))))
        .collect();
    assert!(gone.is_empty(), "named in ARCHITECTURE.md, but not there: {gone:?}");
}

#[test]
fn packages_are_named_in_one_place_each() {
    for (package, homes) in GUESTS {
        let mut found = false;
        for file in rust_files("src").into_iter().map(File::without_comments) {
            if !names(&file.text, package) {
                continue;
            }
            let home = homes.iter().any(|h| file.path == *h || h.ends_with('/') && file.path.starts_with(h));
            assert!(home, "{} names the package {package}", file.path);
            found = true;
        }
        assert!(found, "no file names the package {package}: take it out of the list");
    }
}

#[test]
fn the_library_touches_nothing_outside() {
    let outside =
        ["std::fs", "std::env", "std::net", "std::process", "std::time", "println!", "eprintln!", "print!", "stdin()"];
    for file in library().into_iter().map(|f| f.without_tests().without_comments()) {
        let touched = outside.iter().find(|word| file.text.contains(*word));
        assert_eq!(touched, None, "{} touches the world outside", file.path);
    }
}

#[test]
fn no_drug_is_named_in_rust() {
    let book = imrlint::builtin::rulebook();
    let brands = book.lexicon.drugs.iter().flat_map(|d| d.brands.clone());
    let brands: Vec<String> = brands.filter(|b| b.len() >= 5).collect();
    assert!(brands.len() > 200, "the lexicon has drugs");
    for file in rust_files("src").into_iter().map(|f| f.without_tests().without_comments()) {
        let named: Vec<&String> = brands.iter().filter(|b| names(&file.text, b)).collect();
        assert!(named.is_empty(), "{} names {named:?}: vocabulary stands in rules/lexicon", file.path);
    }
}

#[test]
fn no_list_of_words_stands_in_checks_and_facts() {
    for file in library().into_iter().filter(|f| ["check", "fact"].contains(&f.module())) {
        let file = file.without_tests().without_comments();
        let parts: Vec<&str> = file.text.split('"').collect();
        // every second part is a string; three of them with nothing but marks between are a list
        let word = |n: usize| parts[n].starts_with(|c: char| c.is_ascii_lowercase()) && !parts[n].contains('{');
        let joined = |n: usize| matches!(parts[n].trim(), "," | "|");
        let list = (1..parts.len().saturating_sub(4))
            .step_by(2)
            .find(|n| word(*n) && joined(n + 1) && word(n + 2) && joined(n + 3) && word(n + 4));
        assert_eq!(list.map(|n| parts[n]), None, "{} holds a list of words: they stand in rules/lexicon", file.path);
    }
}

#[test]
fn no_rule_is_named_in_rust() {
    let book = imrlint::builtin::rulebook();
    let rules = book.rules.iter().filter(|r| r.check().is_none());
    let criteria: Vec<String> = rules.map(|r| format!("\"{}\"", r.id)).collect();
    for file in library().into_iter().map(|f| f.without_tests().without_comments()) {
        let named: Vec<&String> = criteria.iter().filter(|id| file.text.contains(*id)).collect();
        assert!(named.is_empty(), "{} names {named:?}: code knows checks, not rules", file.path);
    }
}

/// A source file; its path is told from the package's folder, with `/`.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The module of the library that it is, or belongs to.
    fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
    }

    fn lines(&self) -> usize {
        self.text.lines().count()
    }

    /// The same without its tests: they stand at the end, in a folder `tests`, or in a file that is declared for tests.
    fn without_tests(mut self) -> File {
        let end = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        let whole = self.path.contains("/tests/") || self.is_declared_for_tests();
        self.text.truncate(if whole { 0 } else { end });
        self
    }

    fn is_declared_for_tests(&self) -> bool {
        let Some((folder, name)) = self.path.rsplit_once('/') else { return false };
        let declared = format!("#[cfg(test)]\nmod {};", name.trim_end_matches(".rs"));
        let above = [format!("{folder}/mod.rs"), format!("{folder}.rs")];
        above.iter().any(|path| fs::read_to_string(root().join(path)).is_ok_and(|text| text.contains(&declared)))
    }

    /// The same without comments; `//` inside of a string ends the line too, which takes only from what is looked at.
    fn without_comments(mut self) -> File {
        self.text = self.text.lines().map(|l| l.split("//").next().unwrap_or(l)).collect::<Vec<_>>().join("\n");
        self
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files under a folder of the package, in order of their paths.
fn rust_files(folder: &str) -> Vec<File> {
    let root = root();
    let mut paths = Vec::new();
    collect(&root.join(folder), &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "no file in {folder}");
    let file = |path: PathBuf| File {
        path: path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(&path).expect("a readable file").replace("\r\n", "\n"),
    };
    paths.into_iter().map(file).collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

/// The files of the library, lib.rs included.
fn library() -> Vec<File> {
    rust_files("src").into_iter().filter(|f| !f.path.starts_with("src/bin/")).collect()
}

/// The modules in the order in which lib.rs declares them.
fn modules() -> Vec<String> {
    let lib = library().into_iter().find(|f| f.path == "src/lib.rs").expect("there is a library");
    let declared =
        lib.text.lines().filter_map(|l| l.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    declared.map(str::to_string).collect()
}

/// The identifiers right behind some words: `crate::{a, b}` is read as a and b.
fn words_after<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = &'a str> {
    let identifier = |t: &'a str| t.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or(t);
    text.match_indices(words).flat_map(move |(at, _)| {
        let rest = &text[at + words.len()..];
        let list = rest.strip_prefix('{').and_then(|r| r.split('}').next());
        list.unwrap_or(identifier(rest)).split(',').map(move |part| identifier(part.trim()))
    })
}

/// Whether a text names something as a word of its own.
fn names(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}
