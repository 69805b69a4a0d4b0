//! Bytes in, [`Source`] out.
//!
//! Owns: telling what a file is by its content, decoding text, taking the text out of PDF and Word files, and saying in one
//! sentence why something cannot be read. Refuses to know: where the bytes come from (it opens no file and prints
//! nothing), what a letter is, and what a file is called (the name is only carried along).

mod docx;
mod error;
mod pdf;
mod record;
mod sniff;
mod text;

pub use error::{Foreign, InputError};
pub use record::{Batch, Batches, CHUNK, Record, record};

use crate::source::{Source, Units};

/// Bytes of a file that are read at most, unless [`Options`] say otherwise: PDFs and Word files may hold pictures.
pub const MAX_BYTES: usize = 64 << 20;

/// Bytes of text that are read at most, whatever file it stood in; the longest published letter has 30 KB.
pub const MAX_TEXT: usize = 16 << 20;

/// What a caller may set.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files of more bytes are refused.
    pub max_bytes: usize,
    /// Texts of more bytes are refused.
    pub max_text: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { max_bytes: MAX_BYTES, max_text: MAX_TEXT }
    }
}

/// What the bytes were, told by their content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Plain text.
    Text,
    /// A PDF with a text layer.
    Pdf,
    /// A Word document.
    Docx,
}

/// How the text was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a byte-order mark; also said of the text taken out of PDF and Word files.
    Utf8,
    /// UTF-8 with a byte-order mark.
    Utf8Bom,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// One byte a character: Windows-1252, which people call Latin-1 or ANSI.
    Latin1,
}

/// What was read.
#[derive(Debug)]
pub struct Read {
    /// The text with its name, and the pages of a PDF or paragraphs of a Word document.
    pub source: Source,
    /// What the bytes were.
    pub container: Container,
    /// How the text was stored.
    pub encoding: Encoding,
    /// Remarks for people, one sentence each, without words of the letter.
    pub notes: Vec<String>,
}

/// Whether bytes are a PDF: the one kind of file that a caller may want to read in a process of its own.
pub fn is_pdf(bytes: &[u8]) -> bool {
    sniff::is_pdf(bytes)
}

/// Reads a file's bytes; `name` is the name of the source to be.
pub fn read(name: &str, bytes: &[u8]) -> Result<Read, InputError> {
    read_with(name, bytes, &Options::default())
}

/// Reads a file's bytes under the caller's limits.
pub fn read_with(name: &str, bytes: &[u8], options: &Options) -> Result<Read, InputError> {
    if bytes.len() > options.max_bytes {
        return Err(InputError::TooLarge { limit: options.max_bytes });
    }
    if bytes.is_empty() {
        return Err(InputError::Empty);
    }
    let read = match sniff::kind(bytes) {
        sniff::Kind::Foreign(what) => return Err(InputError::Foreign(what)),
        sniff::Kind::Pdf => {
            let found = pdf::read(bytes)?;
            let source = Source::with_units(name, found.text, Units::Pages(found.pages));
            Read { source, container: Container::Pdf, encoding: Encoding::Utf8, notes: found.notes }
        }
        sniff::Kind::LockedDocx => return Err(InputError::DocxNeedsPassword),
        sniff::Kind::Docx => {
            let found = docx::read(bytes)?;
            let source = Source::with_units(name, found.text, Units::Paragraphs(found.paragraphs));
            Read { source, container: Container::Docx, encoding: Encoding::Utf8, notes: found.notes }
        }
        // UTF-16 has two bytes for a letter, and a mark before the first
        sniff::Kind::Text if bytes.len() / 2 > options.max_text.saturating_add(1) => {
            return Err(InputError::TextTooLong { limit: options.max_text });
        }
        sniff::Kind::Text => {
            let found = text::decode(bytes)?;
            let source = Source::new(name, found.text);
            Read { source, container: Container::Text, encoding: found.encoding, notes: found.notes }
        }
    };
    // places in a text are 32-bit offsets
    if read.source.text.len() > options.max_text.min(u32::MAX as usize) {
        return Err(InputError::TextTooLong { limit: options.max_text });
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_as_received() {
        let text = "HEADING\r\n\u{c}X-rays: Upheld \r\n\r\n";
        let read = read("a.pdf", text.as_bytes()).unwrap();
        assert_eq!((read.container, read.encoding), (Container::Text, Encoding::Utf8));
        assert_eq!((read.source.name.as_str(), read.source.text.as_str()), ("a.pdf", text));
        assert_eq!(read.source.units, Units::Lines);
        assert!(read.notes.is_empty());
    }

    #[test]
    fn an_empty_file_is_an_error() {
        assert_eq!(read("x", b"").unwrap_err(), InputError::Empty);
        assert_eq!(read("x", b" \r\n\t").unwrap_err(), InputError::Empty);
        assert_eq!(read("x", b"\xef\xbb\xbf").unwrap_err(), InputError::Empty);
    }

    #[test]
    fn the_limits_are_the_callers() {
        let options = Options { max_bytes: 30, max_text: 4 };
        let told = |bytes: &[u8]| read_with("x", bytes, &options).map(|read| read.source.text);
        assert_eq!(told(b"abcd").as_deref(), Ok("abcd"));
        assert_eq!(told(b"\xff\xfea\0b\0c\0d\0").as_deref(), Ok("abcd"));
        assert_eq!(told(b"abcde"), Err(InputError::TextTooLong { limit: 4 }));
        assert_eq!(told("a\u{20ac}b".as_bytes()), Err(InputError::TextTooLong { limit: 4 }));
        assert_eq!(told(&[b'a'; 30]), Err(InputError::TextTooLong { limit: 4 }));
        assert_eq!(told(&[b'a'; 31]), Err(InputError::TooLarge { limit: 30 }));
        let message = InputError::TooLarge { limit: MAX_BYTES }.to_string();
        assert_eq!(message, "the file has more than 64 MB, far more than any letter; give one letter per file");
        let message = InputError::TextTooLong { limit: MAX_TEXT }.to_string();
        assert_eq!(message, "the file has more than 16 MB of text, far more than any letter; give one letter per file");
    }
}
