//! Where findings go: standard output and files, each in its format. A file takes its place whole or not at all.

use crate::args::{Check, Color};
use crate::atomic;
use crate::session::{self, exit};
use imrlint::diagnostic::{Diagnostic, Severity};
use imrlint::lint;
use imrlint::render::{self, Format, InputError, LetterReport, Output, Piece, RuleInfo, Run, Style, Tally};
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::NamedTempFile;

/// A wish for output: `FORMAT=FILE`, the file `-` for standard output.
#[derive(Clone, Debug)]
pub struct Wish {
    format: Format,
    file: Option<PathBuf>,
}

impl std::str::FromStr for Wish {
    type Err = String;

    fn from_str(words: &str) -> Result<Wish, String> {
        let (format, file) = words.split_once('=').filter(|(_, file)| !file.is_empty()).ok_or_else(|| {
            "write FORMAT=FILE, for example html=report.html; FORMAT=- is standard output".to_string()
        })?;
        Ok(Wish { format: format.parse()?, file: (file != "-").then(|| PathBuf::from(file)) })
    }
}

/// How letters are rendered for every output: a pure function of the letter, which any thread may call.
pub struct Shapes {
    shapes: Vec<Shape>,
    /// The folder in which the program runs, if some format tells paths from it.
    root: Option<String>,
}

struct Shape {
    format: Format,
    style: Style,
}

/// One letter in every format, with what each shows and hides of it.
pub struct Rendered(Vec<(Piece, Tally)>);

/// The documents that are being written.
pub struct Outputs<'a>(Vec<Out<'a>>);

struct Out<'a> {
    output: Output<Sink<'a>>,
    name: String,
    tally: Tally,
    done: io::Result<()>,
}

/// Prepares every output, so that what cannot be written is told before any letter is read.
///
/// # Errors
/// An exit code, the reason told on standard error.
pub fn open<'a>(
    args: &Check,
    color: Color,
    rules: impl FnOnce() -> Vec<RuleInfo>,
) -> Result<(Shapes, Outputs<'a>), u8> {
    let to_stdout = args.output.iter().filter(|wish| wish.file.is_none()).count() + usize::from(args.format.is_some());
    if to_stdout > 1 {
        eprintln!("error: two formats for standard output; give the others a file: --output FORMAT=FILE");
        return Err(exit::USAGE);
    }
    let main = Wish { format: args.format.unwrap_or(Format::Pretty), file: None };
    let implied = args.format.is_some() || to_stdout == 0;
    let wishes: Vec<&Wish> = implied.then_some(&main).into_iter().chain(&args.output).collect();
    let rules: Arc<[RuleInfo]> = match wishes.iter().any(|wish| wish.format.renderer().wants_rules()) {
        true => rules().into(),
        false => Arc::new([]),
    };
    let (mut shapes, mut outs, mut taken) = (Vec::new(), Vec::new(), Vec::new());
    for wish in wishes {
        let (sink, name) = match &wish.file {
            None => (Sink::Stdout(session::output()), "standard output".to_string()),
            Some(file) => {
                let name = file.display().to_string();
                let sink = sink(file, &mut taken).map_err(|(code, why)| {
                    eprintln!("error: the output {name} cannot be written: {why}");
                    code
                })?;
                (sink, name)
            }
        };
        let terminal = wish.file.is_none() && io::stdout().is_terminal();
        let style = if wish.file.is_none() { session::style(color, terminal) } else { Style::default() };
        shapes.push(Shape { format: wish.format, style });
        let output = Output::with_rules(wish.format, style, rules.clone(), sink);
        outs.push(Out { output, name, tally: Tally::default(), done: Ok(()) });
    }
    let wanted = shapes.iter().any(|shape| shape.format.renderer().wants_relative_paths());
    let root = wanted.then(|| std::env::current_dir().and_then(fs::canonicalize).ok()).flatten();
    Ok((Shapes { shapes, root: root.map(|root| slashes(&root)) }, Outputs(outs)))
}

impl Shapes {
    /// A letter, which holds no findings yet, with its findings in every format; `least` tells the least severity to show,
    /// given that of the format.
    pub fn render(
        &self,
        letter: &LetterReport<'_>,
        mut findings: Vec<Diagnostic>,
        least: impl Fn(Severity) -> Severity,
    ) -> Rendered {
        let relative = self.root.as_ref().map(|root| relative(letter.path, root));
        let render = |(n, shape): (usize, &Shape)| {
            // the last format needs no copy
            let all = if n + 1 == self.shapes.len() { std::mem::take(&mut findings) } else { findings.clone() };
            let (shown, hidden) = lint::at_least(all, least(shape.format.least()));
            let renderer = shape.format.renderer();
            let path = relative.as_deref().filter(|_| renderer.wants_relative_paths()).unwrap_or(letter.path);
            let letter = LetterReport { path, findings: &shown, ..*letter };
            let mut tally = Tally::default();
            tally.add(&letter);
            hidden.iter().for_each(|finding| tally.hidden.add(finding.severity));
            (renderer.piece(&letter, shape.style), tally)
        };
        Rendered(self.shapes.iter().enumerate().map(render).collect())
    }
}

impl Outputs<'_> {
    /// Writes the next letter. A failure is kept until the end: the other outputs go on.
    ///
    /// # Errors
    /// The failure of the last output that could be written.
    pub fn letter(&mut self, rendered: Rendered) -> io::Result<()> {
        for (out, (piece, tally)) in self.0.iter_mut().zip(rendered.0) {
            out.tally += tally;
            if out.done.is_ok() {
                out.done = out.output.letter(piece);
            }
        }
        match self.0.iter_mut().all(|out| out.done.is_err()) {
            true => std::mem::replace(&mut self.0[0].done, Ok(())),
            false => Ok(()),
        }
    }

    /// Writes what stands after the last letter and puts the files in their places.
    ///
    /// # Errors
    /// The first failure, with the file's name; a reader of standard output who left counts only if nothing else failed.
    pub fn finish(self, errors: &[InputError]) -> io::Result<()> {
        let mut failures = Vec::new();
        for mut out in self.0 {
            out.tally.input_errors = errors.len();
            let run = Run { tally: out.tally, errors };
            let left_out = out.done.and_then(|()| out.output.finish(&run));
            let done = left_out.and_then(|left_out| {
                if let Some(told) = left_out {
                    eprintln!("note: {}: {told}", out.name);
                }
                out.output.into_inner().close()
            });
            if let Err(error) = done {
                let left = error.kind() == io::ErrorKind::BrokenPipe;
                failures.push(if left { error } else { io::Error::other(format!("{}: {error}", out.name)) });
            }
        }
        failures.sort_by_key(|error| error.kind() == io::ErrorKind::BrokenPipe);
        failures.into_iter().next().map_or(Ok(()), Err)
    }
}

/// What a document is written to.
enum Sink<'a> {
    Stdout(BufWriter<io::StdoutLock<'a>>),
    /// Something that is no file, such as a pipe with a name: it cannot be replaced.
    Direct(BufWriter<File>),
    /// A temporary file in the same folder, and the place that it takes at the end.
    File(BufWriter<NamedTempFile>, PathBuf),
}

impl Sink<'_> {
    fn close(self) -> io::Result<()> {
        match self {
            Sink::Stdout(mut out) => out.flush(),
            Sink::Direct(mut out) => out.flush(),
            Sink::File(out, place) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                atomic::settle(file, &place)
            }
        }
    }

    fn out(&mut self) -> &mut dyn Write {
        match self {
            Sink::Stdout(out) => out,
            Sink::Direct(out) => out,
            Sink::File(out, _) => out,
        }
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out().flush()
    }
}

/// The sink of a file; no two outputs may have the same.
fn sink<'a>(file: &Path, taken: &mut Vec<PathBuf>) -> Result<Sink<'a>, (u8, String)> {
    let failed = |error: io::Error| (exit::INPUT, plain(&error));
    // a link stays a link
    let place = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let known = fs::metadata(&place).ok();
    if known.as_ref().is_some_and(|known| known.is_dir()) {
        return Err((exit::USAGE, "this is a folder".to_string()));
    }
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        let file = File::options().write(true).open(&place).map_err(failed)?;
        return Ok(Sink::Direct(BufWriter::new(file)));
    }
    let name = place.file_name().ok_or_else(|| (exit::USAGE, "this names no file".to_string()))?.to_owned();
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let place = fs::canonicalize(folder).map_err(failed)?.join(name);
    if taken.contains(&place) {
        return Err((exit::USAGE, "two outputs have this file".to_string()));
    }
    let temporary = atomic::beside(&place).map_err(failed)?;
    taken.push(place.clone());
    Ok(Sink::File(BufWriter::new(temporary), place))
}

fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_string(),
        io::ErrorKind::PermissionDenied => "you may not write there".to_string(),
        _ => error.to_string().to_lowercase(),
    }
}

/// A letter's path from the folder in which the program runs, links resolved; outside of it, or for what is no file, the
/// path as given without detours.
fn relative(path: &str, root: &str) -> String {
    let real = fs::canonicalize(path).ok().map(|real| render::relative(&slashes(&real), root));
    let inside = real.filter(|real| !real.starts_with('/') && !real.contains(':'));
    inside.unwrap_or_else(|| render::relative(&slashes(Path::new(path)), root))
}

fn slashes(path: &Path) -> String {
    let shown = path.display().to_string();
    if cfg!(windows) { shown.trim_start_matches("\\\\?\\").replace('\\', "/") } else { shown }
}
