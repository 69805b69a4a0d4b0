//! Faults of the world around: a disk that is full, a reader who leaves, a file that may not be read.
#![cfg(unix)]

mod program;

use program::{folder, imrlint};
use std::fs::{self, OpenOptions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_imrlint");
const LETTERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/letters");

/// The commands that write to standard output.
const COMMANDS: &[&[&str]] = &[
    &["check", "--no-config", "--exit-zero", "--format", "jsonl", LETTERS],
    &["check", "--no-config", "--exit-zero", LETTERS],
    &["parse", LETTERS],
    &["rules", "list"],
    &["rules", "list", "--format", "json"],
    &["explain", "esi-levels"],
    &["stats", LETTERS],
];

#[test]
fn a_full_disk_is_told() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    for arguments in COMMANDS {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("it opens");
        let run = Command::new(PROGRAM).args(*arguments).stdout(full).stderr(Stdio::piped()).output().expect("it runs");
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(3), "{arguments:?}: {told}");
        assert!(told.contains("error: the output could not be written"), "{arguments:?}: {told}");
    }
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    for arguments in COMMANDS {
        let mut child = Command::new(PROGRAM)
            .args(*arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(child.stdout.take());
        let run = child.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(0), "{arguments:?}: {told}");
        assert!(!told.contains("fault") && !told.contains("error"), "{arguments:?}: {told}");
    }
}

#[test]
fn a_file_that_may_not_be_read_leaves_the_others() {
    let folder = folder("faults-unreadable");
    let letter = fs::read(Path::new(LETTERS).join("esi-three-levels-approved.txt")).expect("a letter");
    for name in ["a.txt", "b.txt"] {
        fs::write(folder.join(name), &letter).expect("a writable folder");
    }
    let closed = folder.join("a.txt");
    fs::set_permissions(&closed, PermissionsExt::from_mode(0o0)).expect("its own file");
    let may = fs::read(&closed).is_ok();
    let run = imrlint(&["check", "--no-config", "--format", "jsonl", &folder.display().to_string()]);
    fs::set_permissions(&closed, PermissionsExt::from_mode(0o600)).expect("its own file");
    assert!(run.out.contains("b.txt") && run.out.contains("esi-levels"));
    // who may read everything meets no such fault
    if !may {
        assert_eq!(run.code, 3);
        assert!(run.err.contains("error[unreadable]") && run.err.contains("a.txt"), "{}", run.err);
    }
}
