//! Stream mode's input: one JSON record a line, cut out of a stream in batches of whole lines.

use super::MAX_TEXT;
use serde::Deserialize;
use std::io::{self, Read};
use std::ops::Range;

/// Bytes that are asked for at once: what a pipe holds.
pub const CHUNK: usize = 64 << 10;

/// A record of stream mode.
#[derive(Debug, Deserialize)]
pub struct Record {
    /// Comes back with the result.
    pub id: String,
    /// The letter.
    pub text: String,
}

/// Lines that came together, the last with or without its line end.
#[derive(Debug)]
pub struct Batch {
    /// Number of the first line, from 1.
    pub first: u64,
    /// Their bytes.
    pub lines: Vec<u8>,
    /// The batch is one line, too long to be kept.
    pub too_long: bool,
}

/// The record of a line. The parser's own message may quote the text: only the kind of mistake is told.
///
/// # Errors
/// A sentence that tells the kind of mistake.
pub fn record(line: &[u8]) -> Result<Record, &'static str> {
    let record: Record = serde_json::from_slice(line).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => "this record has no `id` and `text`",
        _ => "this line is no JSON",
    })?;
    if record.text.len() > MAX_TEXT { Err("this text is too long for one letter") } else { Ok(record) }
}

/// Cuts a stream into batches of whole lines: as many as came with one reading.
#[derive(Debug)]
pub struct Batches<R> {
    input: R,
    /// What was read and not handed out.
    rest: Vec<u8>,
    /// So many bytes of `rest` hold no line end.
    searched: usize,
    /// Number of the line that `rest` begins in.
    line: u64,
    limit: usize,
    /// The line that `rest` begins in is over the limit: its bytes are dropped but for one.
    too_long: bool,
    ended: bool,
}

impl<R: Read> Batches<R> {
    /// Batches of what a reader gives; lines of more than `limit` bytes are told and not kept.
    pub fn new(input: R, limit: usize) -> Batches<R> {
        Batches { input, rest: Vec::new(), searched: 0, line: 1, limit, too_long: false, ended: false }
    }

    /// The lines that are at hand.
    fn at_hand(&mut self) -> Option<Batch> {
        let fresh = &self.rest[self.searched..];
        let is_end = |b: &u8| *b == b'\n';
        let end = if self.too_long { fresh.iter().position(is_end) } else { fresh.iter().rposition(is_end) };
        let length = match end {
            Some(at) => self.searched + at + 1,
            None if self.ended && !self.rest.is_empty() => self.rest.len(),
            None => {
                self.too_long |= self.rest.len() > self.limit;
                self.rest.truncate(if self.too_long { 1 } else { self.rest.len() });
                self.searched = self.rest.len();
                return None;
            }
        };
        // a line over the limit that came whole stands alone, as it would had it come in pieces
        let (length, over) = match self.first_over(length) {
            Some(line) if line.start == 0 => (line.end, true),
            Some(line) => (line.start, false),
            None => (length, false),
        };
        let rest = self.rest.split_off(length);
        let lines = std::mem::replace(&mut self.rest, rest);
        let first = self.line;
        self.line += lines.iter().filter(|b| is_end(b)).count() as u64;
        self.searched = 0;
        Some(Batch { first, lines, too_long: std::mem::take(&mut self.too_long) || over })
    }

    /// The first line over the limit among the bytes up to a length, if none is known yet.
    fn first_over(&self, length: usize) -> Option<Range<usize>> {
        if self.too_long || length <= self.limit {
            return None;
        }
        let mut start = 0;
        self.rest[..length].split_inclusive(|b| *b == b'\n').find_map(|line| {
            let place = start..start + line.len();
            start = place.end;
            (line.strip_suffix(b"\n").unwrap_or(line).len() > self.limit).then_some(place)
        })
    }

    /// Waits for more; at the end of the stream nothing comes.
    fn fill(&mut self) -> io::Result<()> {
        let old = self.rest.len();
        self.rest.resize(old + CHUNK, 0);
        let came = loop {
            match self.input.read(&mut self.rest[old..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                came => break came,
            }
        };
        let length = *came.as_ref().unwrap_or(&0);
        self.rest.truncate(old + length);
        self.ended = length == 0;
        came.map(|_| ())
    }
}

impl<R: Read> Iterator for Batches<R> {
    type Item = io::Result<Batch>;

    fn next(&mut self) -> Option<io::Result<Batch>> {
        loop {
            if let Some(batch) = self.at_hand() {
                return Some(Ok(batch));
            }
            if self.ended {
                return None;
            }
            if let Err(error) = self.fill() {
                return Some(Err(error));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives some bytes with each reading.
    struct Dripping<'a>(&'a [u8], usize);

    impl Read for Dripping<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let (now, later) = self.0.split_at(self.1.min(self.0.len()));
            self.0 = later;
            into[..now.len()].copy_from_slice(now);
            Ok(now.len())
        }
    }

    fn lines(text: &str, step: usize, limit: usize) -> Vec<(u64, String)> {
        let mut told = Vec::new();
        for batch in Batches::new(Dripping(text.as_bytes(), step), limit) {
            let batch = batch.unwrap();
            for (number, line) in (batch.first..).zip(batch.lines.split_inclusive(|b| *b == b'\n')) {
                let line = String::from_utf8_lossy(line).trim().to_string();
                told.push((number, if batch.too_long { "too long".to_string() } else { line }));
            }
        }
        told
    }

    #[test]
    fn lines_are_the_same_however_they_come() {
        let text = "one\n\nthree is long\nfour\nfive, very long\nsix";
        for step in 1..60 {
            let all: Vec<_> = lines(text, step, 1000);
            let words: Vec<&str> = all.iter().map(|(_, l)| l.as_str()).collect();
            assert_eq!(words, ["one", "", "three is long", "four", "five, very long", "six"], "step {step}");
            assert_eq!(all.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6], "step {step}");
        }
    }

    #[test]
    fn a_line_over_the_limit_is_one_line_and_the_next_are_read() {
        let long = "x".repeat(500);
        let text = format!("one\n{long}\nthree\n{long}");
        for step in [1, 3, 7, 20] {
            let all = lines(&text, step, 50);
            let expected = [(1, "one"), (2, "too long"), (3, "three"), (4, "too long")];
            assert_eq!(all, expected.map(|(n, l)| (n, l.to_string())), "step {step}");
        }
    }
}
