//! A configuration file on disk: where it is, what it says, and the paths that it names.

use crate::args::{Book, Color};
use crate::session::{self, exit};
use imrlint::config::{self, Config, FILE_NAME, Origin};
use imrlint::diagnostic::Problem;
use imrlint::measure::Date;
use imrlint::render;
use imrlint::source::{Source, Span};
use std::path::{Component, Path, PathBuf};
use std::{env, fs, time};

/// The folders of rules of a command that is not about single letters: its own, or those of the current folder's configuration.
///
/// # Errors
/// Exit code 4 with everything that is wrong in the configuration on standard error.
pub fn rule_folders(book: &Book, color: Color) -> Result<Vec<PathBuf>, u8> {
    if !book.rules.is_empty() || book.no_config {
        return Ok(book.rules.clone());
    }
    let here = env::current_dir().unwrap_or_default();
    let path = book.config.as_ref().map_or_else(|| find(&here), |fixed| Some(normal(&here.join(fixed))));
    let Some(path) = path else { return Ok(Vec::new()) };
    let Parsed { source, config, mut problems } = parse(Some(&path), &here).ok_or(exit::RULEBOOK)?;
    let folders = folders(&config, path.parent().unwrap_or(&here), &mut problems);
    if tell(&source, &mut problems, color) {
        return Err(exit::RULEBOOK);
    }
    Ok(folders.iter().map(|f| PathBuf::from(shown(f, &here))).collect())
}

/// A configuration file as read.
pub struct Parsed {
    /// Its name and text.
    pub source: Source,
    /// What it says.
    pub config: Config,
    /// What is wrong in it.
    pub problems: Vec<Problem>,
}

/// Reads a configuration file; none, told, if it cannot be read.
pub fn parse(path: Option<&Path>, here: &Path) -> Option<Parsed> {
    let Some(path) = path else {
        return Some(Parsed { source: Source::default(), config: Config::default(), problems: Vec::new() });
    };
    let name = shown(path, here);
    let text = match fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => {
            eprintln!("error: {name}:1:1: this file is no text in UTF-8");
            return None;
        }
        Err(error) => {
            eprintln!("error: {name}: {}", crate::files::plain(&error));
            return None;
        }
    };
    let (config, problems) = config::load(&text);
    Some(Parsed { source: Source::new(name, text), config, problems })
}

/// The folders of rules that a configuration names; those that are not there are problems.
pub fn folders(config: &Config, folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for named in &config.rules {
        let path = normal(&folder.join(&named.value));
        if path.exists() {
            all.push(path);
        } else {
            let problem = Problem::error("no-folder", place(named.origin), "there is no such folder of rules");
            problems.push(problem.help("write it as seen from the folder of this file"));
        }
    }
    all
}

/// Tells problems in the order of their places; whether there are any.
pub fn tell(source: &Source, problems: &mut [Problem], color: Color) -> bool {
    problems.sort_by_key(|p| p.span.start);
    for problem in problems.iter() {
        eprint!("{}", render::problem(&source.name, &source.text, problem, session::error_style(color)));
    }
    !problems.is_empty()
}

/// The place of a value that the file gives.
pub fn place(origin: Origin) -> Span {
    if let Origin::File(span) = origin { span } else { Span::default() }
}

/// The configuration file of a folder: its own, or that of the nearest folder above.
pub fn find(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|f| f.join(FILE_NAME)).find(|f| f.is_file())
}

/// A path without `.` and `..`.
pub fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// A path for messages: from the current folder, if it is in it.
pub fn shown(path: &Path, here: &Path) -> String {
    let inside = path.strip_prefix(here).unwrap_or(path);
    if inside.as_os_str().is_empty() { ".".to_string() } else { inside.display().to_string() }
}

/// The day in UTC.
pub fn today() -> Date {
    let seconds = time::SystemTime::now().duration_since(time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let first = Date::new(1970, 1, 1).expect("a day of the calendar");
    first.plus_days((seconds / 86_400) as i64)
}
