//! Files: texts, PDFs, Word documents, streams of records.

#[path = "../program/pdf.rs"]
mod pdf;

pub use pdf::{pdf, pdf_of};

use imrlint::input::{self, Batches};
use imrlint::render;
use imrlint::source::Units;
use std::io::{self, Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Any file is read or refused in one sentence; pages and paragraphs begin in the text.
pub fn any(bytes: &[u8]) {
    match input::read("file", bytes) {
        Ok(read) => {
            let text = &read.source.text;
            if let Units::Pages(starts) | Units::Paragraphs(starts) = &read.source.units {
                assert!(starts.is_sorted(), "units out of order");
                assert!(starts.iter().all(|at| text.is_char_boundary(*at as usize)), "a unit begins outside");
            }
            assert!(read.notes.iter().all(|note| !note.contains('\n')), "{:?}", read.notes);
        }
        Err(error) => {
            let told = error.to_string();
            assert!(told.contains("; ") && !told.contains('\n') && !error.code().is_empty(), "{told}");
        }
    }
}

/// What parts the objects of a seed.
pub const BETWEEN_OBJECTS: &[u8] = b"\n%%\n";

/// A PDF whose objects are these bytes: the table of objects and the lengths of streams (`/Length @`) are made right, so that
/// what lies behind them is reached.
pub fn pdf_objects(bytes: &[u8]) {
    any(&pdf_of(&parts(bytes, BETWEEN_OBJECTS).into_iter().map(measured).collect::<Vec<_>>()));
}

/// An object with the length of its stream.
pub fn measured(object: &[u8]) -> Vec<u8> {
    let place = |what: &[u8]| object.windows(what.len()).position(|w| w == what);
    let (Some(length), Some(start)) = (place(b"/Length @"), place(b"stream\n")) else { return object.to_vec() };
    let end = object.windows(10).rposition(|w| w == b"\nendstream").unwrap_or(object.len());
    let content = end.saturating_sub(start + 7).to_string();
    [&object[..length + 8], content.as_bytes(), &object[length + 9..]].concat()
}

/// What parts the parts of a seed.
pub const BETWEEN_PARTS: &[u8] = b"\n<?part?>\n";

/// The parts of a Word document, in the order of the parts of a seed.
const PARTS: [&str; 5] =
    ["word/document.xml", "word/_rels/document.xml.rels", "word/numbering.xml", "word/styles.xml", "_rels/.rels"];

/// A Word document whose parts are these bytes, in a sound package.
pub fn docx_parts(bytes: &[u8]) {
    any(&docx(&parts(bytes, BETWEEN_PARTS)));
}

/// A Word document of some parts.
pub fn docx(parts: &[&[u8]]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in PARTS.iter().zip(parts) {
        zip.start_file(*name, stored).expect("it is in memory");
        zip.write_all(part).expect("it is in memory");
    }
    zip.finish().expect("it is in memory").into_inner()
}

fn parts<'a>(bytes: &'a [u8], between: &[u8]) -> Vec<&'a [u8]> {
    let (mut parts, mut from) = (Vec::new(), 0);
    while let Some(at) = bytes[from..].windows(between.len()).position(|w| w == between) {
        parts.push(&bytes[from..from + at]);
        from += at + between.len();
    }
    parts.push(&bytes[from..]);
    parts
}

/// A stream gives the same lines however its bytes come, and each is a record or told in one line of JSON.
pub fn record(bytes: &[u8]) {
    let whole = lines(bytes, usize::MAX);
    for step in [1, 7] {
        assert!(whole == lines(bytes, step), "other lines in steps of {step}");
    }
    for (number, line) in whole {
        if let Some(Err(error)) = line.as_deref().map(input::record) {
            let told = render::stream_error(number, error);
            assert!(told.ends_with('\n') && serde_json::from_str::<serde_json::Value>(&told).is_ok(), "{told}");
        }
    }
}

/// The lines of a stream with their numbers; none for one that is too long.
fn lines(bytes: &[u8], step: usize) -> Vec<(u64, Option<Vec<u8>>)> {
    let mut told = Vec::new();
    for batch in Batches::new(Dripping(bytes, step), 300) {
        let batch = batch.expect("it is in memory");
        for (number, line) in (batch.first..).zip(batch.lines.split_inclusive(|b| *b == b'\n')) {
            told.push((number, (!batch.too_long).then(|| line.trim_ascii().to_vec())));
        }
    }
    told
}

/// Gives some bytes with each reading.
struct Dripping<'a>(&'a [u8], usize);

impl Read for Dripping<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let (now, later) = self.0.split_at(self.1.min(self.0.len()).min(into.len()));
        self.0 = later;
        into[..now.len()].copy_from_slice(now);
        Ok(now.len())
    }
}
