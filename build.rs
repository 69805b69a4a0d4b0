//! Prepares the shipped rulebook while the program is built, with the loader that the program itself uses: at start no
//! YAML is read. A mistake in a shipped rule stops the build and names its place.
#![allow(dead_code, unused_imports, missing_docs, clippy::all)]

#[path = "src/archive/mod.rs"]
mod archive;
#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/measure/mod.rs"]
mod measure;
#[path = "src/rulebook/mod.rs"]
mod rulebook;
#[path = "src/source/mod.rs"]
mod source;
#[path = "src/yaml/mod.rs"]
mod yaml;

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

fn main() {
    println!("cargo::rerun-if-changed=rules");
    for used in
        ["src/archive", "src/diagnostic.rs", "src/lexicon", "src/measure", "src/rulebook", "src/source", "src/yaml"]
    {
        println!("cargo::rerun-if-changed={used}");
    }
    at_a_fixed_place();
    if let Err(error) = prepare() {
        println!("cargo::error={error}");
        process::exit(1);
    }
}

/// Links the program for a fixed place in memory where that is known to work: 16,000 addresses in its tables need not be written
/// at each start then, which took a tenth of the time of one letter.
fn at_a_fixed_place() {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|v| v == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && is("CARGO_CFG_TARGET_ARCH", "x86_64")
    {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

fn prepare() -> Result<(), String> {
    let said = |e: io::Error, what: &Path| format!("{}: {e}", what.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo sets CARGO_MANIFEST_DIR")?);
    let mut paths = Vec::new();
    collect(&root.join("rules"), &mut paths).map_err(|e| said(e, &root.join("rules")))?;
    paths.sort();
    let mut texts: Vec<(String, String)> = Vec::new();
    for path in &paths {
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        texts.push((name, fs::read_to_string(path).map_err(|e| said(e, path))?));
    }
    let files: Vec<_> = texts.iter().map(|(path, text)| rulebook::RuleFile { path, text, layer: 0 }).collect();
    let loaded = rulebook::load_book(&files);
    if !loaded.problems.is_empty() {
        for (file, problem) in &loaded.problems {
            let (path, text) = &texts[*file];
            let place = source::Source::new(path.as_str(), text.as_str()).position(problem.span.start);
            println!("cargo::error={path}:{}:{}: {}", place.line, place.column, problem.message);
        }
        return Err(format!("{} problems in the shipped rulebook", loaded.problems.len()));
    }
    let archive = loaded.book.prepared().to_archive();
    let mut mark = DefaultHasher::new();
    (&archive, env!("CARGO_PKG_VERSION")).hash(&mut mark);
    fs::write(out.join("mark.rs"), mark.finish().to_string()).map_err(|e| said(e, &out))?;
    fs::write(out.join("rulebook.bin"), archive).map_err(|e| said(e, &out))?;
    let mut list = String::from("&[\n");
    for ((name, _), path) in texts.iter().zip(&paths) {
        writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string()).map_err(|e| e.to_string())?;
    }
    list.push(']');
    fs::write(out.join("rule_files.rs"), list).map_err(|e| said(e, &out))
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|e| e == "yaml") {
            into.push(path);
        }
    }
    Ok(())
}
