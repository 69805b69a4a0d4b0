//! What the tests of whole letters work on: the invented letters of `tests/letters` and the shipped rulebook.
#![allow(dead_code)]

use imrlint::rulebook::Rulebook;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The shipped rulebook.
pub static BOOK: LazyLock<Rulebook> = LazyLock::new(imrlint::builtin::rulebook);

/// The folder of the package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The invented letters, in order of their names.
pub fn letters() -> Vec<PathBuf> {
    let folder = root().join("tests/letters");
    let entries = fs::read_dir(&folder).expect("the letters stand in the package");
    let mut found: Vec<PathBuf> = entries.map(|e| e.expect("a readable folder").path()).collect();
    found.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    found.sort();
    assert!(found.len() >= 48, "letters are missing in {}", folder.display());
    found
}

/// A letter's name: its file without the ending.
pub fn name(path: &Path) -> String {
    path.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned())
}

/// A letter's text.
pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
