//! What a run holds: rulebook, colour, the letters that it reads, the errors that it met.

use crate::args::{Book, Color};
use crate::child;
use crate::config;
use crate::files::Input;
use crate::prepared;
use imrlint::input;
use imrlint::render::{self, InputError, Style};
use imrlint::rulebook::{LoadedBook, RuleFile, Rulebook, load_book};
use imrlint::source::Source;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Exit codes, worst first: of several the first that applies holds.
pub mod exit {
    /// Wrong usage.
    pub const USAGE: u8 = 2;
    /// The rulebook or configuration is invalid.
    pub const RULEBOOK: u8 = 4;
    /// An input could not be read or is no letter.
    pub const INPUT: u8 = 3;
    /// Findings at or above the threshold.
    pub const FINDINGS: u8 = 1;
}

/// How text for people is dressed on a stream.
pub fn style(color: Color, terminal: bool) -> Style {
    let wanted = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
    };
    Style { color: wanted }
}

/// Standard output: for a reader in large pieces, on a terminal line by line, so that progress may stand below.
pub fn output<'a>() -> io::BufWriter<io::StdoutLock<'a>> {
    let stdout = io::stdout();
    let capacity = if stdout.is_terminal() { 0 } else { 8 << 10 };
    io::BufWriter::with_capacity(capacity, stdout.lock())
}

/// The style of standard error.
pub fn error_style(color: Color) -> Style {
    style(color, std::io::stderr().is_terminal())
}

/// The rulebook of a run. There is one, and it is never taken apart: the end of the process does that at once.
///
/// # Errors
/// Exit code 4 with all problems of all files on standard error.
pub fn rulebook(book: &Book, color: Color) -> Result<&'static Rulebook, u8> {
    let folders = config::rule_folders(book, color)?;
    of_folders(&folders, color).map(|book| &*Box::leak(Box::new(book))).ok_or(exit::RULEBOOK)
}

/// The shipped rulebook with further folders, or the prepared one that is named; none, told, if anything is wrong.
pub fn of_folders(folders: &[PathBuf], color: Color) -> Option<Rulebook> {
    match folders {
        [] => Some(imrlint::builtin::rulebook()),
        [file] if prepared::is_prepared(file) => prepared::book(file),
        _ => {
            let (loaded, bad) = load(folders, color);
            (!bad).then_some(loaded.book)
        }
    }
}

/// The rulebook of a run with explanations and tests, and whether anything was wrong.
///
/// # Errors
/// Exit code 4 if the configuration is wrong.
pub fn loaded(book: &Book, color: Color) -> Result<(LoadedBook, bool), u8> {
    config::rule_folders(book, color).map(|folders| load(&folders, color))
}

/// Loads the shipped rulebook with further folders; whether anything was wrong, all of it told on standard error.
pub fn load(folders: &[PathBuf], color: Color) -> (LoadedBook, bool) {
    load_by(folders, color, load_book)
}

/// The same with a loader of choice.
pub fn load_by(
    folders: &[PathBuf],
    color: Color,
    by: impl FnOnce(&[RuleFile<'_>]) -> LoadedBook,
) -> (LoadedBook, bool) {
    let mut texts: Vec<(String, String, u32)> = Vec::new();
    let mut bad = false;
    for (layer, folder) in folders.iter().enumerate() {
        if prepared::is_prepared(folder) {
            bad |= !prepared::texts(folder, folders.len(), &mut texts);
            continue;
        }
        let mut found = Vec::new();
        if let Err(message) = collect(folder, &mut found) {
            eprintln!("error: {}: {message}", folder.display());
            bad = true;
        }
        found.sort();
        for path in found {
            let name = path.display().to_string();
            match std::fs::read(&path).map(String::from_utf8) {
                Ok(Ok(text)) => texts.push((name, text, layer as u32 + 1)),
                Ok(Err(error)) => {
                    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                    let lines = good.iter().filter(|b| **b == b'\n').count() + 1;
                    let last = good.rsplit(|b| *b == b'\n').next().unwrap_or_default();
                    let column = String::from_utf8_lossy(last).chars().count() + 1;
                    eprintln!("error: {name}:{lines}:{column}: this file is no text in UTF-8");
                    bad = true;
                }
                Err(error) => {
                    eprintln!("error: {name}: {error}");
                    bad = true;
                }
            }
        }
    }
    let shipped = imrlint::builtin::files();
    let own = texts.iter().map(|(path, text, layer)| RuleFile { path, text, layer: *layer });
    let files: Vec<RuleFile<'_>> = shipped.iter().copied().chain(own).collect();
    let loaded = by(&files);
    for (file, problem) in &loaded.problems {
        eprint!("{}", render::problem(files[*file].path, files[*file].text, problem, error_style(color)));
    }
    bad |= !loaded.problems.is_empty();
    (loaded, bad)
}

/// Rule files of a folder, or the one file that is named.
fn collect(path: &Path, into: &mut Vec<PathBuf>) -> Result<(), String> {
    if path.is_file() {
        into.push(path.to_path_buf());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).map_err(|e| e.to_string().to_lowercase())?;
    for entry in entries {
        let path = entry.map_err(|e| e.to_string())?.path();
        let ending = path.extension().and_then(|e| e.to_str());
        if path.is_dir() {
            collect(&path, into)?;
        } else if matches!(ending, Some("yaml" | "yml")) {
            into.push(path);
        }
    }
    Ok(())
}

/// An input's text, and remarks on how it was read.
pub struct Reading {
    /// The text.
    pub source: Source,
    /// Remarks for people, one line each.
    pub notes: Vec<String>,
}

/// The text of an input.
///
/// # Errors
/// An input error that names the file and the reason.
pub fn read(input: &Input) -> Result<Reading, InputError> {
    let bytes = input.read(input::MAX_BYTES)?;
    if input::is_pdf(&bytes) {
        let (source, notes) = child::read(&input.path, &bytes)?;
        return Ok(Reading { source, notes: told(&input.path, &notes) });
    }
    let read = input::read(&input.path, &bytes);
    let read =
        read.map_err(|e| InputError { path: input.path.clone(), code: e.code().to_string(), message: e.to_string() })?;
    Ok(Reading { notes: told(&input.path, &read.notes), source: read.source })
}

fn told(path: &str, notes: &[String]) -> Vec<String> {
    notes.iter().map(|note| format!("note: {path}: {note}")).collect()
}

/// The text of an input whose remarks are told at once.
///
/// # Errors
/// Those of [`read`].
pub fn source(input: &Input) -> Result<Source, InputError> {
    let Reading { source, notes } = read(input)?;
    notes.iter().for_each(|note| eprintln!("{note}"));
    Ok(source)
}

/// Prints on standard output; where that fails the run ends, as [`ended`] says.
pub fn tell(words: std::fmt::Arguments<'_>) {
    let done = io::stdout().lock().write_fmt(words);
    if done.is_err() {
        std::process::exit(i32::from(ended(done.map(|()| 0))));
    }
}

/// The exit code of a run that wrote its output, or met a reader who had seen enough, or could not write.
pub fn ended(done: io::Result<u8>) -> u8 {
    match done {
        Ok(code) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
            eprintln!("error: {error}");
            exit::USAGE
        }
        Err(error) => {
            eprintln!("error: the output could not be written: {error}");
            exit::INPUT
        }
    }
}
