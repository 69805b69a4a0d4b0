//! What a run holds: rulebook, colour, the letters that it reads, the errors that it met.

use crate::args::{Book, Color};
use crate::files::{Input, inputs};
use imrlint::input;
use imrlint::letter::Format;
use imrlint::render::{self, InputError, Style};
use imrlint::rulebook::{LoadedBook, RuleFile, Rulebook, load_book};
use imrlint::source::Source;
use std::io::IsTerminal;
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

/// The style of standard error.
pub fn error_style(color: Color) -> Style {
    style(color, std::io::stderr().is_terminal())
}

/// The rulebook of a run. There is one, and it is never taken apart: the end of the process does that at once.
///
/// # Errors
/// Exit code 4 with all problems of all files on standard error.
pub fn rulebook(book: &Book, color: Color) -> Result<&'static Rulebook, u8> {
    if book.rules.is_empty() {
        return Ok(Box::leak(Box::new(imrlint::builtin::rulebook())));
    }
    let (loaded, bad) = load(&book.rules, color);
    if bad { Err(exit::RULEBOOK) } else { Ok(Box::leak(Box::new(loaded.book))) }
}

/// Loads the shipped rulebook with further folders; whether anything was wrong, all of it told on standard error.
pub fn load(folders: &[PathBuf], color: Color) -> (LoadedBook, bool) {
    let mut texts: Vec<(String, String, u32)> = Vec::new();
    let mut bad = false;
    for (layer, folder) in folders.iter().enumerate() {
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
                Ok(Err(_)) => {
                    eprintln!("error: {name}:1:1: this file is no text in UTF-8");
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
    let loaded = load_book(&files);
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

/// Reads every input and hands the texts over; what cannot be read, or is of no supported form, is told on standard error
/// and returned.
pub fn each_letter(paths: &[PathBuf], color: Color, mut take: impl FnMut(&str, &Source) -> Format) -> Vec<InputError> {
    let mut errors = Vec::new();
    for input in inputs(paths) {
        match read(&input).and_then(|source| is_letter(&source.name, take(&input.path, &source))) {
            Ok(()) => {}
            Err(error) => {
                eprint!("{}", render::input_error(&error, error_style(color)));
                errors.push(error);
            }
        }
    }
    errors
}

/// The text of an input.
///
/// # Errors
/// An input error that names the file and the reason.
pub fn read(input: &Input) -> Result<Source, InputError> {
    let bytes = input.read(input::MAX_BYTES)?;
    let read = input::read(&input.path, &bytes);
    let read =
        read.map_err(|e| InputError { path: input.path.clone(), code: e.code().to_string(), message: e.to_string() })?;
    for note in &read.notes {
        eprintln!("note: {}: {note}", input.path);
    }
    Ok(read.source)
}

/// Whether a form is a supported one.
fn is_letter(name: &str, format: Format) -> Result<(), InputError> {
    let error = |code: &str, message: &str| {
        Err(InputError { path: name.to_string(), code: code.to_string(), message: message.to_string() })
    };
    match format {
        Format::Imr2014 | Format::Imr2016 => Ok(()),
        Format::Unsupported => error(
            "unsupported-format",
            "this is an IMR letter of a form that is not supported; supported are the letters with CLINICAL CASE SUMMARY and IMR ISSUES, DECISIONS AND RATIONALES",
        ),
        Format::None => error("no-letter", "this is no IMR decision letter: none of its headings and labels was found"),
    }
}
