//! `imrlint rules prepare`, and the reading of what it wrote.

use crate::args::{Color, RulesPrepare};
use crate::session::{self, exit};
use crate::{atomic, config};
use imrlint::prepared::{self, HEAD, Head, Wrong};
use imrlint::rulebook::{RuleFile, Rulebook};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

/// Writes the rulebook into one file.
pub fn prepare(args: &RulesPrepare, color: Color) -> u8 {
    let folders = match config::rule_folders(&args.book, color) {
        Ok(folders) => folders,
        Err(code) => return code,
    };
    let mut file = Vec::new();
    let (_, bad) = session::load_by(&folders, color, |files| {
        let mut loaded = imrlint::rulebook::load_book(files);
        let further: Vec<RuleFile<'_>> = files.iter().filter(|f| f.layer > 0).copied().collect();
        file = prepared::write(std::mem::take(&mut loaded.book), &further);
        loaded
    });
    if bad {
        return exit::RULEBOOK;
    }
    match atomic::write(&args.output, &file) {
        Ok(()) => {
            println!("wrote {}; name it by --rules, and prepare it again when a rule changes", args.output.display());
            0
        }
        Err(error) => {
            eprintln!("error: {}: {}", args.output.display(), crate::files::plain(&error));
            exit::INPUT
        }
    }
}

/// Whether a path is a file that begins as a prepared rulebook does.
pub fn is_prepared(path: &Path) -> bool {
    let mut begin = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut begin));
    read.is_ok() && prepared::is_prepared(&begin)
}

/// The rulebook of a file; none, told, if it cannot be used.
pub fn book(path: &Path) -> Option<Rulebook> {
    let read = || {
        let (mut file, head) = open(path)?;
        let mut archive = Vec::with_capacity(length(&file, head)?);
        file.by_ref().take(head.archive).read_to_end(&mut archive)?;
        // there is one rulebook a run, and it reads on in these bytes
        Ok(prepared::book(head, archive.leak())?)
    };
    told(path, read())
}

/// Adds the texts that a file was made of; whether it could be used. It stands alone: what it would change in the rules of
/// another folder was settled when it was written.
pub fn texts(path: &Path, folders: usize, into: &mut Vec<(String, String, u32)>) -> bool {
    if folders > 1 {
        let way_out = "prepare it again with all folders";
        eprintln!("error: {}: a prepared rulebook cannot be joined with another folder; {way_out}", path.display());
        return false;
    }
    let read = || {
        let (mut file, head) = open(path)?;
        length(&file, head)?;
        file.seek_relative(i64::try_from(head.archive).map_err(|_| Wrong::Damaged)?)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(prepared::texts(bytes)?)
    };
    let found = told(path, read());
    let good = found.is_some();
    into.extend(found.into_iter().flatten());
    good
}

/// Why a file cannot be used.
enum Fault {
    Io(io::Error),
    Wrong(Wrong),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        Fault::Io(error)
    }
}

impl From<Wrong> for Fault {
    fn from(wrong: Wrong) -> Fault {
        Fault::Wrong(wrong)
    }
}

/// Opens a file behind its head.
fn open(path: &Path) -> Result<(File, Head), Fault> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut bytes)?;
    Ok((file, prepared::head(&bytes)?))
}

/// The length of the archive, if the file is long enough for it.
fn length(file: &File, head: Head) -> Result<usize, Fault> {
    let all = file.metadata()?.len();
    let fits = head.archive <= all.saturating_sub(HEAD as u64);
    Ok(usize::try_from(head.archive).ok().filter(|_| fits).ok_or(Wrong::Damaged)?)
}

fn told<T>(path: &Path, read: Result<T, Fault>) -> Option<T> {
    match read {
        Ok(read) => return Some(read),
        Err(Fault::Io(error)) => eprintln!("error: {}: {}", path.display(), crate::files::plain(&error)),
        Err(Fault::Wrong(wrong)) => eprintln!("error: {}: {wrong}", path.display()),
    }
    None
}
