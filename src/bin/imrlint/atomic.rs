//! A file written in one step: whoever reads it finds the old text or the new one, whole. It is written beside its place,
//! brought to the disk and renamed. Of two runs that write at once the later one's text stands; a run that is killed leaves
//! the old one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

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
    let mut builder = tempfile::Builder::new();
    builder.prefix(".imrlint-").suffix(".part");
    // not the private mode of temporary files: the user's own mask decides
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder(place))?;
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

fn folder(place: &Path) -> PathBuf {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or(PathBuf::from("."), Path::to_path_buf)
}
