//! The shipped rulebook: prepared when the program was built, and its files as text for those who want to read them.

use crate::rulebook::{RuleFile, Rulebook};

/// The prepared archive.
static ARCHIVE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rulebook.bin"));

/// Tells programs apart whose archives are not the same.
pub(crate) const MARK: u64 = include!(concat!(env!("OUT_DIR"), "/mark.rs"));

/// Paths and texts of the shipped files.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rule_files.rs"));

/// The shipped rulebook. No YAML is read.
pub fn rulebook() -> Rulebook {
    Rulebook::from_archive(ARCHIVE).expect("the archive was written by this program's own build")
}

/// The shipped files, to be loaded with a project's own.
pub fn files() -> Vec<RuleFile<'static>> {
    FILES.iter().map(|(path, text)| RuleFile { path, text, layer: 0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_is_what_loading_the_files_gives() {
        let loaded = crate::rulebook::load_book(&files());
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        let book = loaded.book.prepared();
        assert_eq!(book, rulebook());
        // with all that follows from it
        assert!(book.to_archive() == ARCHIVE);
    }
}
