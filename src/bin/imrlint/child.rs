//! PDFs are read in a process of their own: the library may be led by a hostile file to run on for ever or to fill the
//! memory, and nothing less than the end of a process stops it. The bytes go in through a pipe and the text comes back
//! through one; no file is written. Texts and Word files, whose readers have bounds of their own, cost no process.

use imrlint::input::{self, MAX_BYTES, MAX_TEXT};
use imrlint::render::InputError;
use imrlint::source::{Source, Units};
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

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

/// How a child ended that gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// It came to its limit of time.
    Time,
    /// It came to its limit of memory.
    Memory,
    /// Another program killed it, or the system, which does so when memory is short.
    Killed,
    /// It crashed.
    Crash,
}

impl End {
    /// The code of the error and its sentence.
    fn told(self) -> (&'static str, String) {
        let (code, why) = match self {
            End::Time => ("pdf-too-complex", format!("this PDF took more than {SECONDS} seconds to read")),
            End::Memory => {
                ("pdf-too-complex", format!("this PDF needed more than {} MB of memory to read", MEMORY >> 20))
            }
            End::Killed => ("pdf-reader-failed", "the process that read this PDF was killed".to_string()),
            End::Crash => ("pdf-reader-failed", "the process that read this PDF crashed on it".to_string()),
        };
        (code, format!("{why}; save it anew, or as text"))
    }
}

/// The text of a PDF and remarks on it.
///
/// # Errors
/// Those of [`input::read`], and that the process came to its limits or crashed.
pub fn read(path: &str, bytes: &[u8]) -> Result<(Source, Vec<String>), InputError> {
    let error = |code: &str, message| InputError { path: path.to_string(), code: code.to_string(), message };
    let asked = reader().and_then(|command| ask(command, bytes, Duration::from_secs(SECONDS)));
    match asked {
        Ok(Ok(Answer::Text { text, pages, notes })) => Ok((Source::with_units(path, text, Units::Pages(pages)), notes)),
        Ok(Ok(Answer::Error { code, message })) => Err(error(&code, message)),
        Ok(Err(end)) => {
            let (code, message) = end.told();
            Err(error(code, message))
        }
        Err(failed) => {
            Err(error("pdf-reader-failed", format!("the process that reads PDFs could not be run: {failed}")))
        }
    }
}

fn reader() -> io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(COMMAND);
    Ok(command)
}

/// What a child answers, or how it ended without an answer.
fn ask(mut command: Command, bytes: &[u8], time: Duration) -> io::Result<Result<Answer, End>> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let (mut stdin, mut stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let child = Mutex::new(child);
    let child = || child.lock().unwrap_or_else(PoisonError::into_inner);
    let (done, waiting) = channel::<()>();
    let begun = Instant::now();
    let (answer, said, late, status) = thread::scope(|scope| {
        // a child that ends before it has read all leaves a broken pipe, which its end tells better
        scope.spawn(move || stdin.take().map(|mut stdin| stdin.write_all(bytes)));
        // what the runtime says when it gives up; it is looked at and never shown
        let said = scope.spawn(move || {
            let mut said = Vec::new();
            let mut stderr = stderr?;
            stderr.by_ref().take(4096).read_to_end(&mut said).ok()?;
            io::copy(&mut stderr, &mut io::sink()).ok()?;
            Some(said)
        });
        let child = &child;
        let watch = scope.spawn(move || {
            let late = waiting.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if late {
                let _ = child().kill();
            }
            late
        });
        let mut answer = Vec::new();
        let most = 4 * MAX_TEXT as u64;
        let read = stdout.take().map(|out| out.take(most).read_to_end(&mut answer));
        drop(done);
        let late = watch.join().unwrap_or(true);
        // nothing more can come; an answer of more than the limit is not waited for
        let status = ended(&mut child(), if answer.len() as u64 == most { Duration::ZERO } else { time });
        read.transpose()?;
        Ok::<_, io::Error>((answer, said.join().ok().flatten().unwrap_or_default(), late, status?))
    })?;
    let late = late || begun.elapsed() >= time;
    Ok(serde_json::from_slice(&answer).map_err(|_| end(status, late, &String::from_utf8_lossy(&said))))
}

/// Waits for a child that has nothing more to say, and ends it after some time.
fn ended(child: &mut Child, time: Duration) -> io::Result<ExitStatus> {
    let begun = Instant::now();
    while begun.elapsed() < time {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        thread::sleep(Duration::from_micros(200));
    }
    let _ = child.kill();
    child.wait()
}

/// Why a child ended without an answer, as far as can be told.
fn end(status: ExitStatus, late: bool, said: &str) -> End {
    // words of the runtime, which then aborts
    let memory = said.contains("memory allocation of") || said.contains("out of memory");
    match signal(status) {
        _ if late => End::Time,
        Some(SIGXCPU) => End::Time,
        _ if memory => End::Memory,
        Some(SIGKILL | SIGTERM | SIGINT | SIGHUP) => End::Killed,
        _ => End::Crash,
    }
}

const SIGHUP: i32 = 1;
const SIGINT: i32 = 2;
const SIGKILL: i32 = 9;
const SIGTERM: i32 = 15;
const SIGXCPU: i32 = 24;

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
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
        let given = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        // who uses up the time is told so by a signal, and killed a second later
        let hard = if resource == Resource::Cpu { most + 1 } else { most };
        let limit = Rlimit { current: Some(given.min(most)), maximum: Some(given.min(hard)) };
        // a system that does not know a limit leaves the others, and the time that the parent measures
        let _ = setrlimit(resource, limit);
    }
}

/// Elsewhere the time that the parent measures is the only bound.
#[cfg(not(unix))]
fn limit() {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    /// How a child ended that runs these words of the shell.
    fn end_of(words: &str) -> End {
        let mut shell = Command::new("sh");
        shell.args(["-c", words]);
        ask(shell, b"", LONG).unwrap().err().unwrap()
    }

    #[test]
    fn a_child_that_runs_on_is_ended() {
        let mut sleeping = Command::new("sleep");
        sleeping.arg("600");
        // more bytes than a pipe holds, which nobody reads
        let asked = ask(sleeping, &[b'x'; 1 << 20], Duration::from_millis(50)).unwrap();
        assert_eq!(asked.err(), Some(End::Time));
        let mut shut = Command::new("sh");
        shut.args(["-c", "exec >&- 2>&- sleep 600"]);
        assert_eq!(ask(shut, b"", Duration::from_millis(300)).unwrap().err(), Some(End::Time));
    }

    #[test]
    fn a_child_that_answers_is_heard() {
        let answer = serde_json::to_vec(&Answer::Error { code: "x".into(), message: "all of it".into() }).unwrap();
        let asked = ask(Command::new("cat"), &answer, LONG).unwrap();
        assert!(matches!(asked, Ok(Answer::Error { message, .. }) if message == "all of it"));
    }

    #[test]
    fn ends_without_an_answer_are_told_apart() {
        assert_eq!(end_of("echo memory allocation of 9 bytes failed >&2; kill -ABRT $$"), End::Memory);
        assert_eq!(end_of("echo thread main has overflowed its stack >&2; kill -ABRT $$"), End::Crash);
        assert_eq!(end_of("kill -SEGV $$"), End::Crash);
        assert_eq!(end_of("kill -KILL $$"), End::Killed);
        assert_eq!(end_of("kill -XCPU $$"), End::Time);
        assert_eq!(end_of("echo '{'; exit 3"), End::Crash);
        let told: Vec<_> = [End::Time, End::Memory, End::Killed, End::Crash].map(|e| e.told().1).to_vec();
        assert_eq!(
            told,
            [
                "this PDF took more than 20 seconds to read; save it anew, or as text",
                "this PDF needed more than 1024 MB of memory to read; save it anew, or as text",
                "the process that read this PDF was killed; save it anew, or as text",
                "the process that read this PDF crashed on it; save it anew, or as text",
            ]
        );
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error() {
        assert!(ask(Command::new("/no/such/program"), b"", Duration::from_secs(60)).is_err());
    }
}
