//! Stream mode: one JSON record a line in, one result a line out, in order. A bad record is told in its place and stops
//! nothing; whenever the input pauses, all results so far are passed on, so that a program may wait for its answer.

use crate::guard::guarded;
use crate::pool;
use imrlint::input::{Batch, Batches, CHUNK, Record, record};
use imrlint::render;
use std::io::{self, Write};

/// What a batch gave.
struct Results {
    text: String,
    bad: bool,
}

/// Answers every record of standard input; whether one was bad.
///
/// # Errors
/// Standard input or output fails.
pub fn stream(threads: usize, answer: impl Fn(Record) -> String + Sync) -> io::Result<bool> {
    let mut out = io::BufWriter::with_capacity(CHUNK, io::stdout().lock());
    let mut bad = false;
    let batches = Batches::new(io::stdin(), imrlint::input::MAX_BYTES);
    pool::ordered(
        || threads,
        batches,
        |batch| batch.map(|batch| results(&batch, &answer)),
        |done| {
            let written = match done {
                None => out.flush(),
                Some(results) => {
                    let results = results?;
                    bad |= results.bad;
                    out.write_all(results.text.as_bytes())
                }
            };
            if written.as_ref().is_err_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
                // nobody reads on; another thread may be waiting for input that never comes
                std::process::exit(0);
            }
            written
        },
    )?;
    Ok(bad)
}

fn results(batch: &Batch, answer: &impl Fn(Record) -> String) -> Results {
    let mut results = Results { text: String::new(), bad: false };
    for (number, line) in (batch.first..).zip(batch.lines.split_inclusive(|b| *b == b'\n')) {
        let line = line.trim_ascii();
        if line.is_empty() && !batch.too_long {
            continue;
        }
        let read = if batch.too_long { Err("this line is too long for one letter") } else { record(line) };
        let answered = read.map_err(str::to_string).and_then(|record| guarded(|| answer(record)));
        let text = answered.unwrap_or_else(|error| {
            results.bad = true;
            render::stream_error(number, &error)
        });
        results.text.push_str(&text);
    }
    results
}
