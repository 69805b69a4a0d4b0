//! `imrlint check`.

use crate::args::{Check, Color, InputFormat};
use crate::session::{self, exit};
use imrlint::diagnostic::{Diagnostic, Severity};
use imrlint::lint::{self, Options, lint};
use imrlint::render::{self, LetterReport, Output, Run, Tally};
use imrlint::rulebook::Rulebook;
use imrlint::source::Source;
use serde::Deserialize;
use std::io::{self, BufRead, IsTerminal, Write};

/// Lints letters and prints what was found; the exit code.
pub fn check(args: &Check, color: Color) -> u8 {
    let book = match session::rulebook(&args.book, color) {
        Ok(book) => book,
        Err(code) => return code,
    };
    if let Some(unknown) = unknown_id(args, book) {
        eprintln!("error: there is no rule or check `{unknown}`; `imrlint rules list` shows them all");
        return exit::USAGE;
    }
    let options =
        Options { as_of: args.as_of, preview: args.preview, select: args.select.clone(), ignore: args.ignore.clone() };
    let done = match args.input_format {
        InputFormat::Files => files(args, color, book, &options),
        InputFormat::Jsonl => stream(args, book, &options),
    };
    match done {
        Ok(code) => code,
        // a reader that has seen enough is no error
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            eprintln!("error: the output could not be written: {error}");
            exit::INPUT
        }
    }
}

/// The first selected or ignored id that nothing has.
fn unknown_id<'a>(args: &'a Check, book: &Rulebook) -> Option<&'a String> {
    let known = |id: &String| book.rules.iter().any(|r| r.id == *id) || imrlint::rulebook::check_number(id).is_some();
    args.select.iter().chain(&args.ignore).find(|id| !known(id))
}

fn files(args: &Check, color: Color, book: &Rulebook, options: &Options) -> io::Result<u8> {
    let stdout = io::stdout();
    let style = session::style(color, stdout.is_terminal());
    let least = args.severity.unwrap_or(args.format.least());
    let mut output = Output::new(args.format, style, io::BufWriter::new(stdout.lock()));
    let mut tally = Tally::default();
    let mut failing = false;
    let mut written = Ok(());
    let errors = session::each_letter(&args.inputs.paths, color, |path, source| {
        let report = lint(source, book, options);
        if !report.letter.format.is_supported() {
            return report.letter.format;
        }
        failing |= report.findings.iter().any(|f| f.severity >= args.fail_on);
        let (shown, hidden) = lint::at_least(report.findings, least);
        hidden.iter().for_each(|f| tally.hidden.add(f.severity));
        let letter = LetterReport {
            source,
            path,
            decisions: report.letter.decisions.len(),
            findings: &shown,
            problems: &report.problems,
        };
        tally.add(&letter);
        if written.is_ok() {
            written = output.letter(&args.format.renderer().letter(&letter, style));
        }
        report.letter.format
    });
    written?;
    tally.input_errors = errors.len();
    output.finish(&Run { tally, errors: &errors })?.flush()?;
    Ok(if !errors.is_empty() {
        exit::INPUT
    } else if failing && !args.exit_zero {
        exit::FINDINGS
    } else {
        0
    })
}

/// A record of stream mode.
#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
}

/// One record a line in, one result a line out, in order; a bad record is told in its place and stops nothing.
fn stream(args: &Check, book: &Rulebook, options: &Options) -> io::Result<u8> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let least = args.severity.unwrap_or(Severity::Info);
    let mut bad = false;
    let mut line = Vec::new();
    let mut input = io::stdin().lock();
    for number in 1u64.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let result = match serde_json::from_slice::<Record>(&line) {
            Ok(record) => {
                let source = Source::new(record.id.as_str(), record.text);
                let report = lint(&source, book, options);
                let (shown, _): (Vec<Diagnostic>, _) = lint::at_least(report.findings, least);
                let letter = LetterReport {
                    source: &source,
                    path: &record.id,
                    decisions: report.letter.decisions.len(),
                    findings: &shown,
                    problems: &report.problems,
                };
                render::stream_record(&record.id, &letter)
            }
            Err(error) => {
                bad = true;
                // serde's message may quote the text: only the kind of mistake is told
                let what = match error.classify() {
                    serde_json::error::Category::Data => "this record has no `id` and `text`",
                    _ => "this line is no JSON",
                };
                render::stream_error(number, what)
            }
        };
        out.write_all(result.as_bytes())?;
    }
    out.flush()?;
    Ok(if bad && args.strict { exit::INPUT } else { 0 })
}
