//! What must hold of any bytes whatever, one property for each thing that is read from strangers. `fuzz/` looks for bytes of
//! which it does not hold; `tests/regressions.rs` holds it of those that were found, and of the seeds.

mod files;
mod letters;
mod places;
mod project;
pub mod seeds;

use imrlint::builtin;
use imrlint::rulebook::Rulebook;
use std::sync::LazyLock;

/// The shipped rulebook.
pub static BOOK: LazyLock<Rulebook> = LazyLock::new(builtin::rulebook);

/// A letter with contradictions, which speaks of what the small lexicon has.
pub const LETTER: &str = include_str!("letter.txt");

/// A thing that is read from strangers.
pub struct Target {
    /// Its name: that of its folder of seeds and of findings.
    pub name: &'static str,
    /// Panics if what must hold of some bytes does not.
    pub holds: fn(&[u8]),
}

/// Everything that is read from strangers.
pub const TARGETS: &[Target] = &[
    Target { name: "letter", holds: letters::letter },
    Target { name: "header", holds: letters::header },
    Target { name: "citation", holds: letters::citation },
    Target { name: "amount", holds: letters::amount },
    Target { name: "request", holds: letters::request },
    Target { name: "rule", holds: project::rule },
    Target { name: "lexicon", holds: project::lexicon },
    Target { name: "config", holds: project::config },
    Target { name: "accepted", holds: project::accepted },
    Target { name: "record", holds: files::record },
    Target { name: "text", holds: files::any },
    Target { name: "pdf", holds: files::any },
    Target { name: "pdf-objects", holds: files::pdf_objects },
    Target { name: "docx", holds: files::any },
    Target { name: "docx-parts", holds: files::docx_parts },
];

/// A target by its name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|t| t.name == name)
}
