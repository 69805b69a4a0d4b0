//! `imrlint check`.

use crate::args::{Check, Color, InputFormat};
use crate::out;
use crate::session::{self, exit};
use crate::timing::Timing;
use crate::{letters, stream};
use imrlint::diagnostic::{Diagnostic, Severity};
use imrlint::lint::{self, Options};
use imrlint::render::{self, Format, LetterReport};
use imrlint::rulebook::Rulebook;
use imrlint::source::Source;
use std::io;

/// Lints letters and prints what was found; the exit code.
pub fn check(args: &Check, color: Color) -> u8 {
    let book = match session::rulebook(&args.book, color) {
        Ok(book) => book,
        Err(code) => return code,
    };
    if let Some(unknown) = unknown_id(args, &book) {
        eprintln!("error: there is no rule or check `{unknown}`; `imrlint rules list` shows them all");
        return exit::USAGE;
    }
    let options =
        Options { as_of: args.as_of, preview: args.preview, select: args.select.clone(), ignore: args.ignore.clone() };
    let timing = Timing::new(args.timing);
    let code = session::ended(match args.input_format {
        InputFormat::Files => files(args, color, &book, &options, &timing),
        InputFormat::Jsonl => stream(args, &book, &options, &timing),
    });
    timing.tell(&book);
    code
}

/// The first selected or ignored id that nothing has.
fn unknown_id<'a>(args: &'a Check, book: &Rulebook) -> Option<&'a String> {
    let known = |id: &String| book.rules.iter().any(|r| r.id == *id) || imrlint::rulebook::check_number(id).is_some();
    args.select.iter().chain(&args.ignore).find(|id| !known(id))
}

fn files(args: &Check, color: Color, book: &Rulebook, options: &Options, timing: &Timing) -> io::Result<u8> {
    let rules = || session::rule_infos(&args.book, color);
    let (shapes, mut outputs) = match out::open(args, color, rules) {
        Ok(opened) => opened,
        Err(code) => return Ok(code),
    };
    let mut failing = false;
    // pure: any thread may do it
    let look = |path: &str, source: &Source| {
        let report = timing.lint(source, book, options);
        if !report.letter.format.is_supported() {
            return Err(report.letter.format);
        }
        let failing = report.findings.iter().any(|f| f.severity >= args.fail_on);
        let decisions = report.letter.decisions.len();
        let (findings, problems) = (&report.findings, &report.problems);
        Ok((shapes.render(&LetterReport { source, path, decisions, findings, problems }), failing))
    };
    let errors = letters::each_timed(&args.inputs, color, timing, look, |(rendered, fails)| {
        failing |= fails;
        outputs.letter(rendered)
    })?;
    outputs.finish(&errors)?;
    Ok(if !errors.is_empty() {
        exit::INPUT
    } else if failing && !args.exit_zero {
        exit::FINDINGS
    } else {
        0
    })
}

/// One record a line in, one result a line out.
fn stream(args: &Check, book: &Rulebook, options: &Options, timing: &Timing) -> io::Result<u8> {
    if !args.output.is_empty() || args.format.is_some_and(|format| format != Format::Jsonl) {
        eprintln!("error: records are answered by one JSON line each; --output and other formats are for files");
        return Ok(exit::USAGE);
    }
    let least = args.severity.unwrap_or(Severity::Info);
    let bad = stream::stream(args.inputs.threads(), |record| {
        let source = Source::new(record.id.as_str(), record.text);
        let report = timing.lint(&source, book, options);
        let (shown, _): (Vec<Diagnostic>, _) = lint::at_least(report.findings, least);
        let letter = LetterReport {
            source: &source,
            path: &record.id,
            decisions: report.letter.decisions.len(),
            findings: &shown,
            problems: &report.problems,
        };
        render::stream_record(&record.id, &letter)
    })?;
    Ok(if bad && args.strict { exit::INPUT } else { 0 })
}
