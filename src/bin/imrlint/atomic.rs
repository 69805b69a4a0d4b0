//! A file written in one step: whoever reads it finds the old text or the new one, whole. It is written beside its place,
//! brought to the disk and renamed. Of two runs that write at once the later one's text stands; a run that is killed leaves
//! the old one, and beside it a temporary file, which a later run that writes there takes away.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::NamedTempFile;

/// How the names of temporary files begin and end.
const NAME: (&str, &str) = (".imrlint-", ".part");

/// A temporary file that is older than this is locked by now, if its run is still there.
const FRESH: Duration = Duration::from_secs(60);

/// Replaces a file, or makes it.
///
/// # Errors
/// The file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // a link keeps pointing where it does
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let mut file = beside(&place)?;
    file.write_all(bytes)?;
    settle(file, &place)
}

/// A temporary file beside a place, with the permissions of the file that stands there.
///
/// # Errors
/// Those of the file system.
pub fn beside(place: &Path) -> io::Result<NamedTempFile> {
    sweep(&folder(place));
    let mut builder = tempfile::Builder::new();
    builder.prefix(NAME.0).suffix(NAME.1);
    // not the private mode of temporary files: the user's own mask decides
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder(place))?;
    // the end of this process, however it comes, ends the lock; a file system without locks is never swept
    #[cfg(unix)]
    let _ = file.as_file().try_lock();
    if let Ok(old) = fs::metadata(place) {
        file.as_file().set_permissions(old.permissions())?;
    }
    Ok(file)
}

/// Puts a file from [`beside`] into its place.
///
/// # Errors
/// What stood in the place is then as it was.
pub fn settle(file: NamedTempFile, place: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(place).map_err(|failed| failed.error)?;
    // the new name too; where folders cannot be opened the system does it in its own time
    let _ = File::open(folder(place)).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Takes away what runs that were killed left in a folder. What cannot be taken away harms nothing and is left.
fn sweep(folder: &Path) {
    if cfg!(not(unix)) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|name| name.starts_with(NAME.0) && name.ends_with(NAME.1));
        if ours && entry.file_type().is_ok_and(|t| t.is_file()) && is_left(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether no run holds a temporary file any more.
fn is_left(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let age = file.metadata().and_then(|m| m.modified()).ok().and_then(|changed| changed.elapsed().ok());
    age.is_some_and(|age| age > FRESH) && file.try_lock().is_ok()
}

fn folder(place: &Path) -> PathBuf {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or(PathBuf::from("."), Path::to_path_buf)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::time::SystemTime;

    fn part(folder: &Path, name: &str, age: u64) -> (PathBuf, File) {
        let path = folder.join(name);
        let file = File::create(&path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
        (path, file)
    }

    #[test]
    fn what_a_killed_run_left_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let left = part(folder.path(), ".imrlint-left.part", 100).0;
        let fresh = part(folder.path(), ".imrlint-fresh.part", 1).0;
        let (held, lock) = part(folder.path(), ".imrlint-held.part", 100);
        lock.lock().unwrap();
        let others = part(folder.path(), "notes.part", 100).0;
        let place = folder.path().join("report.txt");
        write(&place, b"whole").unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"whole");
        assert!(!left.exists() && fresh.exists() && held.exists() && others.exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "and nothing else is left");
    }

    #[test]
    fn a_file_being_written_is_held() {
        let folder = tempfile::tempdir().unwrap();
        let file = beside(&folder.path().join("report.txt")).unwrap();
        file.as_file().set_modified(SystemTime::now() - Duration::from_secs(100)).unwrap();
        assert!(!is_left(file.path()));
        let (_, path) = file.keep().unwrap();
        assert!(is_left(&path));
    }
}
