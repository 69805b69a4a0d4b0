//! `imrlint check`.

use crate::args::{Check, Color, InputFormat};
use crate::config::Configs;
use crate::session::{self, exit};
use imrlint::diagnostic::Severity;
use imrlint::lint::{self, lint};
use imrlint::render::{self, LetterReport, Output, Run, Tally};
use imrlint::source::Source;
use serde::Deserialize;
use std::io::{self, BufRead, IsTerminal, Write};

/// Lints letters and prints what was found; the exit code.
pub fn check(args: &Check, color: Color) -> u8 {
    let configs = match Configs::new(&args.book, &args.choosing, &args.inputs.paths, false, color) {
        Ok(configs) => configs,
        Err(code) => return code,
    };
    let done = match args.input_format {
        InputFormat::Files => files(args, color, &configs),
        InputFormat::Jsonl => stream(args, &configs),
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

fn files(args: &Check, color: Color, configs: &Configs) -> io::Result<u8> {
    let stdout = io::stdout();
    let style = session::style(color, stdout.is_terminal());
    let mut output = Output::new(args.format, style, io::BufWriter::new(stdout.lock()));
    let mut tally = Tally::default();
    let mut failing = false;
    let mut written = Ok(());
    let skip = |path: &str| configs.skips(path);
    let errors = session::each_letter_but(&args.inputs.paths, color, skip, |path, source| {
        let chosen = configs.of(path).expect("what has no configuration was skipped");
        let mut report = lint(source, &chosen.book, &chosen.options);
        if !report.letter.format.is_supported() {
            return report.letter.format;
        }
        chosen.accept(&source.name, &mut report.findings);
        failing |= report.findings.iter().any(|f| chosen.fails(f));
        let (shown, hidden) = lint::at_least(report.findings, chosen.least(args.format.least()));
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
    configs.report_accepted();
    tally.input_errors = errors.len();
    output.finish(&Run { tally, errors: &errors })?.flush()?;
    Ok(if configs.is_bad() {
        exit::RULEBOOK
    } else if !errors.is_empty() {
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
fn stream(args: &Check, configs: &Configs) -> io::Result<u8> {
    let mut out = io::BufWriter::new(io::stdout().lock());
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
                let chosen = configs.of_record(&record.id).expect("a wrong configuration ended the run before");
                let mut report = lint(&source, &chosen.book, &chosen.options);
                chosen.accept(&source.name, &mut report.findings);
                let (shown, _) = lint::at_least(report.findings, chosen.least(Severity::Info));
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
    configs.report_accepted();
    Ok(if bad && args.strict { exit::INPUT } else { 0 })
}
