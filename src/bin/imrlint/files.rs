//! Paths → bytes, one input after the other: files, folders walked in order of names, standard input.

use imrlint::render::InputError;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Endings that a folder walk takes; other files are read only when named.
const ENDINGS: [&str; 2] = ["txt", "pdf"];

/// One input: its path as printed, and its bytes or why there are none.
pub struct Input {
    /// The path as given, with what the walk added.
    pub path: String,
    /// Where to read.
    place: Place,
}

enum Place {
    Stdin,
    File(PathBuf),
    Unreadable(String),
}

impl Input {
    /// The bytes; more than `limit` are not read.
    ///
    /// # Errors
    /// An input error that names the file and the reason.
    pub fn read(&self, limit: usize) -> Result<Vec<u8>, InputError> {
        let error = |message: String| InputError { path: self.path.clone(), code: "unreadable".to_string(), message };
        let mut bytes = Vec::new();
        // one byte more than allowed tells a file that is too large
        let most = limit as u64 + 1;
        let done = match &self.place {
            Place::Stdin => io::stdin().lock().take(most).read_to_end(&mut bytes),
            Place::File(path) => fs::File::open(path).and_then(|f| f.take(most).read_to_end(&mut bytes)),
            Place::Unreadable(why) => return Err(error(why.clone())),
        };
        done.map(|_| bytes).map_err(|e| error(plain(&e)))
    }
}

/// A reason in plain words.
pub fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_string(),
        io::ErrorKind::PermissionDenied => "you may not read this file".to_string(),
        io::ErrorKind::IsADirectory => "this is a folder".to_string(),
        _ => error.to_string().to_lowercase(),
    }
}

/// All inputs of some paths, in order; folders are walked while the iterator is asked, so that a large folder is never
/// held as a list.
pub fn inputs(paths: &[PathBuf]) -> impl Iterator<Item = Input> {
    paths.iter().flat_map(|path| one(path))
}

fn one(path: &Path) -> Box<dyn Iterator<Item = Input>> {
    let shown = path.display().to_string();
    if shown == "-" {
        return Box::new(std::iter::once(Input { path: shown, place: Place::Stdin }));
    }
    if !path.is_dir() {
        return Box::new(std::iter::once(Input { path: shown, place: Place::File(path.to_path_buf()) }));
    }
    let walk =
        ignore::WalkBuilder::new(path).sort_by_file_name(|a, b| a.cmp(b)).git_global(false).require_git(false).build();
    Box::new(walk.filter_map(move |entry| match entry {
        Ok(entry) => {
            let path = entry.path();
            let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
            let wanted =
                entry.file_type().is_some_and(|t| t.is_file()) && ending.is_some_and(|e| ENDINGS.contains(&e.as_str()));
            wanted.then(|| Input { path: path.display().to_string(), place: Place::File(path.to_path_buf()) })
        }
        Err(error) => Some(Input { path: shown.clone(), place: Place::Unreadable(error.to_string()) }),
    }))
}
