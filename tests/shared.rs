//! The three layers of the published letters beside the project (PDF, reading order, columns of the page) are read alike.
//! The letters are no part of the project: where they are not there, this is said and nothing is tested.

use imrlint::rulebook::Rulebook;
use imrlint::source::Source;
use imrlint::{builtin, fact, input, letter, tree};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn all_layers_of_the_published_letters_give_the_same_decisions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/letters");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    let book = builtin::rulebook();
    let [text, layout, pdf] = ["text", "layout", "pdf"].map(|layer| decisions(&folder.join(layer), &book));
    assert!(text.len() >= 78, "only {} letters", text.len());
    let mut apart = differences("layout", &text, &layout);
    apart.extend(differences("pdf", &text, &pdf));
    assert!(apart.is_empty(), "{} differences from the text layer:\n  {}", apart.len(), apart.join("\n  "));
}

/// The decisions of every letter of a folder, by the letter's name.
fn decisions(folder: &Path, book: &Rulebook) -> BTreeMap<String, Vec<String>> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let paths: Vec<PathBuf> = entries.map(|e| e.expect("a readable folder").path()).collect();
    let name = |path: &Path| path.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
    paths.iter().map(|path| (name(path), core(&read(path), book))).collect()
}

fn read(path: &Path) -> Source {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    input::read(&path.display().to_string(), &bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display())).source
}

/// Each decision as a line: request without what extraction may lose, outcome, conclusion, cited pages.
fn core(source: &Source, book: &Rulebook) -> Vec<String> {
    let lexicon = &book.lexicon;
    let form = letter::parse(&source.text, lexicon);
    let facts = fact::gather(&form, lexicon);
    let tree = tree::tree(source, &source.name, &form, &facts, lexicon);
    let tree = serde_json::to_value(tree).expect("a tree is JSON");
    tree["decisions"].as_array().expect("a list").iter().map(line).collect()
}

fn line(decision: &Json) -> String {
    let lost = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2014}');
    let request = decision["request"].as_str().unwrap_or("-").replace(lost, "");
    let citations = decision["citations"].as_array().expect("a list");
    let pages: Vec<String> = citations.iter().map(|c| c["pages"].to_string()).collect();
    format!("{request}: {}, {}, pages {}", decision["outcome"], decision["conclusion"], pages.join(" "))
}

fn differences(
    layer: &str,
    text: &BTreeMap<String, Vec<String>>,
    other: &BTreeMap<String, Vec<String>>,
) -> Vec<String> {
    let nothing = Vec::new();
    let apart = text.iter().filter_map(|(letter, wanted)| {
        let got = other.get(letter).unwrap_or(&nothing);
        let n = (0..wanted.len().max(got.len())).find(|n| wanted.get(*n) != got.get(*n))?;
        Some(format!("{letter}, {layer}, decision {}: {:?}, not {:?}", n + 1, got.get(n), wanted.get(n)))
    });
    apart.collect()
}
