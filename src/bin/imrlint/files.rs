//! Paths → inputs, one after the other: files, folders and patterns walked in order of names, lists of files, standard
//! input. Nothing is held as a list: a folder is walked while its inputs are asked for.

use crate::args::Inputs;
use ignore::overrides::{Override, OverrideBuilder};
use imrlint::render::InputError;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

/// Endings that a folder walk takes; other files are read only when named.
const ENDINGS: [&str; 3] = ["txt", "pdf", "docx"];
/// Files beside `.gitignore` and `.ignore` whose patterns are left out of walks.
const IGNORE_FILE: &str = ".imrlintignore";

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
    /// A file, or standard input for `-`.
    pub fn named(path: &Path) -> Input {
        if path.as_os_str() == "-" { Input { path: "-".to_string(), place: Place::Stdin } } else { Input::file(path) }
    }

    /// A file, whatever it is called.
    fn file(path: &Path) -> Input {
        Input { path: path.display().to_string(), place: Place::File(path.to_path_buf()) }
    }

    fn unreadable(path: impl ToString, why: impl ToString) -> Input {
        Input { path: path.to_string(), place: Place::Unreadable(why.to_string()) }
    }

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
            Place::File(path) => fs::File::open(path).and_then(|f| {
                // as much as it has now, read at once
                bytes.reserve(f.metadata().map_or(0, |m| m.len().min(most)) as usize);
                f.take(most).read_to_end(&mut bytes)
            }),
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

type Each<T> = Box<dyn Iterator<Item = T> + Send>;

/// All inputs of a command, in order: its paths, then those of its list.
///
/// # Errors
/// A sentence, if a pattern is none or the list cannot be opened.
pub fn inputs(args: &Inputs) -> Result<impl Iterator<Item = Input> + Send + use<>, String> {
    let excluded = Arc::new(Excluded::of(&args.exclude)?);
    let mut parts: Vec<Each<Input>> = Vec::new();
    for path in &args.paths {
        parts.push(match Pattern::of(path)? {
            Some(pattern) => walked(path, Some(pattern), &excluded),
            None => one(path, &excluded),
        });
    }
    if let Some(list) = &args.files_from {
        let excluded = excluded.clone();
        parts.push(Box::new(listed(list, args.null)?.flat_map(move |path| match path {
            Ok(path) => one(&path, &excluded),
            Err(error) => Box::new(std::iter::once(Input::unreadable("the list of files", plain(&error)))),
        })));
    }
    Ok(parts.into_iter().flatten())
}

/// What a path names: standard input, a file, or all letters of a folder.
fn one(path: &Path, excluded: &Arc<Excluded>) -> Each<Input> {
    if path.as_os_str() == "-" {
        return Box::new(std::iter::once(Input::named(path)));
    }
    if excluded.holds_named(path) {
        return Box::new(std::iter::empty());
    }
    if !path.is_dir() {
        return Box::new(std::iter::once(Input::file(path)));
    }
    walked(path, None, excluded)
}

/// The letters under a folder, or the files that match a pattern.
fn walked(given: &Path, pattern: Option<Pattern>, excluded: &Arc<Excluded>) -> Each<Input> {
    let root = pattern.as_ref().map_or(given, |p| p.root.as_path());
    let shown = given.display().to_string();
    let mut walk = ignore::WalkBuilder::new(root);
    walk.sort_by_file_name(|a, b| a.cmp(b))
        .git_global(false)
        .require_git(false)
        .add_custom_ignore_filename(IGNORE_FILE);
    let excluded = excluded.clone();
    walk.filter_entry(move |e| e.depth() == 0 || !excluded.holds(e.path(), e.file_type().is_some_and(|t| t.is_dir())));
    let mut found = pattern.is_none();
    let mut entries = walk.build();
    let next = move || loop {
        let Some(entry) = entries.next() else {
            // a pattern that nothing matches is a mistake, like a file that is not there
            let none = !std::mem::replace(&mut found, true);
            return none.then(|| Input::unreadable(&shown, "no file matches this pattern"));
        };
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(Input::unreadable(&shown, error)),
        };
        if !entry.file_type().is_some_and(|t| t.is_file()) {
            continue;
        }
        let path = entry.path();
        let wanted = match &pattern {
            Some(pattern) => pattern.matcher.matched(path, false).is_whitelist(),
            None => path
                .extension()
                .and_then(|e| e.to_str())
                .is_some_and(|e| ENDINGS.contains(&e.to_ascii_lowercase().as_str())),
        };
        if wanted {
            found = true;
            // "./" before a pattern's files was not given
            let bare = path.strip_prefix("./").ok().filter(|_| pattern.is_some());
            return Some(Input::file(bare.unwrap_or(path)));
        }
    };
    Box::new(std::iter::from_fn(next))
}

/// Patterns of files that are left out.
struct Excluded(Override);

impl Excluded {
    fn of(patterns: &[String]) -> Result<Excluded, String> {
        let mut builder = OverrideBuilder::new(".");
        for pattern in patterns {
            builder.add(&format!("!{pattern}")).map_err(|e| e.to_string())?;
        }
        builder.build().map(Excluded).map_err(|e| e.to_string())
    }

    fn holds(&self, path: &Path, is_folder: bool) -> bool {
        self.0.matched(path, is_folder).is_ignore()
    }

    /// Whether a path that was named is excluded by itself or with a folder of it.
    fn holds_named(&self, path: &Path) -> bool {
        !self.0.is_empty() && path.ancestors().enumerate().any(|(n, part)| self.holds(part, n > 0 || path.is_dir()))
    }
}

/// A path with `*`, `?`, `[` or `{` in it that is no file.
struct Pattern {
    root: PathBuf,
    matcher: Override,
}

impl Pattern {
    fn of(path: &Path) -> Result<Option<Pattern>, String> {
        let Some(text) = path.to_str().filter(|t| t.contains(['*', '?', '[', '{'])) else { return Ok(None) };
        if path.exists() {
            return Ok(None);
        }
        let text = if cfg!(windows) { text.replace('\\', "/") } else { text.to_string() };
        // the folders before the first sign are where the walk begins
        let first = text.find(['*', '?', '[', '{']).unwrap_or(0);
        let (root, rest) = text[..first].rfind('/').map_or((".", text.as_str()), |at| (&text[..=at], &text[at + 1..]));
        let mut builder = OverrideBuilder::new(root);
        let matcher = builder.add(&format!("/{rest}")).and_then(|b| b.build()).map_err(|e| e.to_string())?;
        Ok(Some(Pattern { root: PathBuf::from(root), matcher }))
    }
}

/// The paths of a list, one a line or parted by zeros; `-` is standard input.
fn listed(list: &Path, null: bool) -> Result<impl Iterator<Item = io::Result<PathBuf>> + Send + use<>, String> {
    let reader: Box<dyn BufRead + Send> = match list.as_os_str() == "-" {
        true => Box::new(BufReader::new(io::stdin())),
        false => {
            let file = fs::File::open(list).map_err(|e| format!("{}: {}", list.display(), plain(&e)))?;
            Box::new(BufReader::new(file))
        }
    };
    let paths = reader.split(if null { 0 } else { b'\n' }).map(move |entry| {
        let mut entry = entry?;
        if !null && entry.last() == Some(&b'\r') {
            entry.pop();
        }
        Ok(entry)
    });
    Ok(paths.filter(|e| !e.as_ref().is_ok_and(Vec::is_empty)).map(|e| e.map(as_path)))
}

#[cfg(unix)]
fn as_path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn as_path(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}
