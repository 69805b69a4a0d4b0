//! `imrlint check`.

use crate::args::{Check, Color, InputFormat};
use crate::config::Configs;
use crate::linters::Linters;
use crate::session::{self, exit};
use crate::timing::Timing;
use crate::{letters, out, stream};
use imrlint::diagnostic::Severity;
use imrlint::lint;
use imrlint::render::{self, Format, LetterReport};
use imrlint::source::Source;
use std::io;

/// Lints letters and prints what was found; the exit code.
pub fn check(args: &Check, color: Color) -> u8 {
    let configs = match Configs::new(&args.book, &args.choosing, &args.inputs.paths, false, color) {
        Ok(configs) => configs.redacting(args.redact),
        Err(code) => return code,
    };
    let timing = Timing::new(args.timing);
    let code = session::ended(match args.input_format {
        InputFormat::Files => files(args, color, &configs, &timing),
        InputFormat::Jsonl => stream(args, &configs, &timing),
    });
    timing.tell();
    // the end of the process takes the rulebook apart at once
    std::mem::forget(configs);
    code
}

fn files(args: &Check, color: Color, configs: &Configs, timing: &Timing) -> io::Result<u8> {
    let (shapes, mut outputs) = match out::open(args, color, || configs.rule_infos()) {
        Ok(opened) => opened,
        Err(code) => return Ok(code),
    };
    let mut failing = false;
    let linters = Linters::default();
    // any thread may do it
    let look = |path: &str, source: &Source| {
        let chosen = configs.of(path).expect("what has no configuration was skipped");
        let mut report = linters.with(&chosen.book, |linter| timing.lint(source, linter, &chosen.options));
        if !report.letter.format.is_supported() {
            return Err(report.letter.format);
        }
        chosen.accept(&source.name, &mut report.findings);
        let failing = report.findings.iter().any(|f| chosen.fails(f));
        let decisions = report.letter.decisions.len();
        let (findings, problems) = (&[][..], &report.problems);
        let masked = args.redact.then(|| source.masked());
        let source = masked.as_ref().unwrap_or(source);
        let letter = LetterReport { source, path, decisions, findings, problems };
        Ok((shapes.render(&letter, report.findings, |usual| chosen.least(usual)), failing))
    };
    let skip = |path: &str| configs.skips(path);
    let errors = letters::each_timed(&args.inputs, color, timing, skip, look, |(rendered, fails)| {
        failing |= fails;
        outputs.letter(rendered)
    })?;
    configs.report_accepted();
    outputs.finish(&errors)?;
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

/// One record a line in, one result a line out.
fn stream(args: &Check, configs: &Configs, timing: &Timing) -> io::Result<u8> {
    if !args.output.is_empty() || args.format.is_some_and(|format| format != Format::Jsonl) {
        eprintln!("error: records are answered by one JSON line each; --output and other formats are for files");
        return Ok(exit::USAGE);
    }
    let linters = Linters::default();
    let bad = stream::stream(args.inputs.threads(), |record| {
        let source = Source::new(record.id.as_str(), record.text);
        let chosen = configs.of_record(&record.id).expect("a wrong configuration ended the run before");
        let mut report = linters.with(&chosen.book, |linter| timing.lint(&source, linter, &chosen.options));
        chosen.accept(&source.name, &mut report.findings);
        let (shown, _) = lint::at_least(report.findings, chosen.least(Severity::Info));
        let masked = args.redact.then(|| source.masked());
        let letter = LetterReport {
            source: masked.as_ref().unwrap_or(&source),
            path: &record.id,
            decisions: report.letter.decisions.len(),
            findings: &shown,
            problems: &report.problems,
        };
        render::stream_record(&record.id, &letter)
    })?;
    configs.report_accepted();
    Ok(if bad && args.strict { exit::INPUT } else { 0 })
}
