//! A file written in one step: whoever reads it finds the old text or the new one, whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Replaces a file, or makes it: written beside it, brought to the disk, renamed. Of two runs that write at once the later
/// one's text stands; a run that is killed leaves the old one.
///
/// # Errors
/// The file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // a link keeps pointing where it does
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).map_or(PathBuf::from("."), Path::to_path_buf);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".imrlint-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(&folder)?;
    if let Ok(old) = fs::metadata(&target) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|e| e.error)?;
    // the new name too; where folders cannot be opened the system does it in its own time
    let _ = File::open(&folder).and_then(|f| f.sync_all());
    Ok(())
}
