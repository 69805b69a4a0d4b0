//! PDFs are read in a process of their own: the library may be led by a hostile file to run on for ever or to fill the
//! memory, and nothing less than the end of a process stops it. The bytes go in through a pipe and the text comes back
//! through one; no file is written. Texts and Word files, whose readers have bounds of their own, cost no process.

use imrlint::input::{self, MAX_BYTES};
use imrlint::render::InputError;
use imrlint::source::{Source, Units};
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The name of the hidden command.
pub const COMMAND: &str = "read-pdf";

/// Seconds that reading a PDF may take; a published letter takes a tenth of one.
const SECONDS: u64 = 20;

/// Bytes of address space that reading a PDF may take; a published letter takes a few MB.
const MEMORY: u64 = 1 << 30;

/// What the child answers.
#[derive(Serialize, Deserialize)]
enum Answer {
    Text { text: String, pages: Vec<u32>, notes: Vec<String> },
    Error { code: String, message: String },
}

/// The text of a PDF and remarks on it.
///
/// # Errors
/// Those of [`input::read`], and that the process came to its limits.
pub fn read(path: &str, bytes: &[u8]) -> Result<(Source, Vec<String>), InputError> {
    let error = |code: &str, message| InputError { path: path.to_string(), code: code.to_string(), message };
    let asked = reader().and_then(|command| ask(command, bytes, Duration::from_secs(SECONDS)));
    let answer = match asked {
        Ok((answer, false)) => serde_json::from_slice(&answer).map_err(|_| stopped()),
        Ok((_, true)) => Err(format!("this PDF took more than {SECONDS} seconds to read; save it anew, or as text")),
        Err(error) => Err(format!("the process that reads PDFs could not be run: {error}")),
    };
    match answer {
        Ok(Answer::Text { text, pages, notes }) => Ok((Source::with_units(path, text, Units::Pages(pages)), notes)),
        Ok(Answer::Error { code, message }) => Err(error(&code, message)),
        Err(message) => Err(error("pdf-too-complex", message)),
    }
}

fn stopped() -> String {
    let megabytes = MEMORY >> 20;
    format!("reading this PDF was stopped: it needed more than {megabytes} MB of memory; save it anew, or as text")
}

fn reader() -> io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(COMMAND);
    Ok(command)
}

/// What a child wrote, and whether it was ended for its time.
fn ask(mut command: Command, bytes: &[u8], time: Duration) -> io::Result<(Vec<u8>, bool)> {
    // what the child says of itself would say nothing of the file
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let (mut stdin, mut stdout) = (child.stdin.take(), child.stdout.take());
    let child = Mutex::new(child);
    let ended = || child.lock().unwrap_or_else(PoisonError::into_inner);
    let (done, waiting) = channel::<()>();
    thread::scope(|scope| {
        // a child that ends before it has read all leaves a broken pipe, which its end tells better
        scope.spawn(move || stdin.take().map(|mut stdin| stdin.write_all(bytes)));
        let ended = &ended;
        let watch = scope.spawn(move || {
            let late = waiting.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if late {
                let _ = ended().kill();
            }
            late
        });
        let mut answer = Vec::new();
        let read = stdout.take().map(|out| out.take(4 * MAX_BYTES as u64).read_to_end(&mut answer));
        drop(done);
        let late = watch.join().unwrap_or(true);
        // an answer of more than the limit is not waited for
        let _ = ended().kill();
        ended().wait()?;
        read.transpose()?;
        Ok((answer, late))
    })
}

/// The hidden command: a PDF on standard input, its text or what is wrong on standard output.
pub fn serve() -> u8 {
    limit();
    let mut bytes = Vec::new();
    if io::stdin().lock().take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).is_err() {
        return crate::session::exit::INPUT;
    }
    let answer = match input::read("", &bytes) {
        Ok(read) => {
            let pages = if let Units::Pages(pages) = read.source.units { pages } else { Vec::new() };
            Answer::Text { text: read.source.text, pages, notes: read.notes }
        }
        Err(error) => Answer::Error { code: error.code().to_string(), message: error.to_string() },
    };
    let written = serde_json::to_writer(io::stdout().lock(), &answer).is_ok();
    u8::from(!written)
}

/// Bounds this process: memory, time, and no files, a core dump among them.
#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let bounds = [(Resource::As, MEMORY), (Resource::Cpu, SECONDS), (Resource::Fsize, 0), (Resource::Core, 0)];
    for (resource, most) in bounds {
        let hard = getrlimit(resource).maximum.map_or(most, |hard| hard.min(most));
        // a system that does not know a limit leaves the others, and the time that the parent measures
        let _ = setrlimit(resource, Rlimit { current: Some(hard), maximum: Some(hard) });
    }
}

/// Elsewhere the time that the parent measures is the only bound.
#[cfg(not(unix))]
fn limit() {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_child_that_runs_on_is_ended() {
        let mut sleeping = Command::new("sleep");
        sleeping.arg("600");
        // more bytes than a pipe holds, which nobody reads
        let (answer, late) = ask(sleeping, &[b'x'; 1 << 20], Duration::from_millis(50)).unwrap();
        assert!(late && answer.is_empty());
    }

    #[test]
    fn a_child_that_answers_is_heard() {
        let (answer, late) = ask(Command::new("cat"), b"all of it", Duration::from_secs(60)).unwrap();
        assert_eq!((answer.as_slice(), late), (&b"all of it"[..], false));
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error() {
        assert!(ask(Command::new("/no/such/program"), b"", Duration::from_secs(60)).is_err());
    }
}
