//! The text of a PDF letter, in process.
//!
//! Owns the way from bytes to lines and page starts, and the guard that turns lost text into an error. This is the only
//! file that names the PDF library: the files below take its types from here. Refuses to know letters.
//!
//! The way: the library opens the file (published letters are AES-encrypted with an empty password); [`flatten`] boils
//! every page down to sound text operators; the library runs these and says which glyph stands where; [`lines`] builds
//! lines from the places.
//!
//! What comes out for a published letter: one line a line, hyphens at line ends kept, an empty line where the space
//! between two lines is wide, no indentation, no blanks at line ends, no form feeds (a page start is an offset). The
//! header table is read row by row with four blanks between its columns, so each label stands before its value:
//!
//! ```text
//! Case Number:    CM00-0000000
//! Date Assigned:    01/31/2000    Date of Injury:    01/01/2000
//! Decision Date:    02/28/2000    UR Denial Date:    01/10/2000
//! Priority:    Standard    Application    01/20/2000
//! Received:
//! ```
//!
//! The library panics on strange input, and its messages can hold words of the letter: while it runs, panics of its
//! thread are caught and not printed. It and the libraries below it print nothing else; they do write to the `log`
//! facade, also words of the letter, so no program should set up a logger for them.

mod cmap;
mod content;
mod flatten;
mod fonts;
mod lines;
mod vet;

use super::InputError;
use lines::{Page, Place};
use pdf_extract::Transform;
use pdf_extract::{ColorSpace, Dictionary, Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Path, Stream};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// The text of a PDF.
#[derive(Debug)]
pub(super) struct Found {
    /// Lines of all pages.
    pub text: String,
    /// Offsets at which the pages begin.
    pub pages: Vec<u32>,
    /// Remarks for people.
    pub notes: Vec<String>,
}

/// Takes the text out of a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Found, InputError> {
    let (drawn, pictures) = quietly(|| {
        let (doc, pictures) = flatten::flatten(&open(bytes)?)?;
        let mut drawn = Drawn::default();
        let ran = pdf_extract::output_doc(&doc, &mut drawn);
        ran.map_err(|_| InputError::PdfDamaged { reason: "its pages cannot be drawn" })?;
        Ok((drawn, pictures))
    })?;
    judge(&drawn, &pictures)?;
    let notes = notes(&drawn, &pictures);
    Ok(Found { text: drawn.text, pages: drawn.pages, notes })
}

fn open(bytes: &[u8]) -> Result<Document, InputError> {
    vet::vet(bytes)?;
    // downloads may have other bytes behind the end mark, further than the library looks for it
    let end = bytes.windows(5).rposition(|w| w == b"%%EOF").map_or(bytes.len(), |n| n + 5);
    let Ok(doc) = Document::load_mem(&bytes[..end]) else {
        return Err(InputError::PdfDamaged { reason: "its table of objects is missing or broken" });
    };
    if doc.trailer.get(b"Encrypt").is_ok() {
        let handler = doc.get_encrypted().and_then(|d| d.get(b"Filter")).and_then(Object::as_name);
        let standard = handler.is_ok_and(|name| name == b"Standard");
        return Err(if standard { InputError::PdfNeedsPassword } else { InputError::PdfEncryption });
    }
    if doc.page_iter().next().is_none() {
        return Err(InputError::PdfDamaged { reason: "it has no pages" });
    }
    Ok(doc)
}

/// Bytes of a stream of text or fonts as it lies in the file; unpacked it is a thousand times as long at most.
const MAX_PACKED: usize = 256 << 10;

/// The content of a stream of text or fonts.
fn unpacked(stream: &Stream) -> Result<Vec<u8>, InputError> {
    let too_big = Err(InputError::PdfTooComplex { what: "a page of enormous size" });
    // the library makes room for a row of the table that a filter may be set up for, whatever its width
    let parameters = stream.dict.get(b"DecodeParms").and_then(Object::as_dict).ok();
    let parameter = |key: &[u8]| parameters.and_then(|p| number(p.get(key).ok()?)).unwrap_or(1.0).max(1.0);
    if parameter(b"Columns") * parameter(b"Colors") * parameter(b"BitsPerComponent") > MAX_PACKED as f64 {
        return too_big;
    }
    let filters = stream.filters().unwrap_or_default();
    let grows = |filter: &&&[u8]| matches!(**filter, b"FlateDecode" | b"LZWDecode");
    match filters.iter().filter(grows).count() {
        0 => {}
        1 if stream.content.len() <= MAX_PACKED => {}
        _ => return too_big,
    }
    let broken = InputError::PdfTextLost { reason: "a part of it cannot be unpacked" };
    stream.get_plain_content().map_err(|_| broken)
}

fn resolve<'a>(doc: &'a Document, object: &'a Object) -> Option<&'a Object> {
    doc.dereference(object).ok().map(|(_, object)| object)
}

fn number(object: &Object) -> Option<f64> {
    let number = match object {
        Object::Integer(n) => *n as f64,
        Object::Real(n) => f64::from(*n),
        _ => return None,
    };
    number.is_finite().then_some(number)
}

fn entries<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    entries.into_iter().collect()
}

/// The pages while the library draws them.
#[derive(Default)]
struct Drawn {
    text: String,
    pages: Vec<u32>,
    page: Page,
    fresh: bool,
    glyphs: usize,
    unknown: usize,
    left_out: usize,
}

impl OutputDev for Drawn {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    /// The end of a page, see [`flatten::flatten`].
    fn stroke(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], _: &Path) -> Result<(), OutputError> {
        self.pages.push(self.text.len() as u32);
        self.left_out += self.page.finish(&mut self.text);
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.glyphs += 1;
        let across = place.m11.hypot(place.m12);
        let size = (font_size * place.m21.hypot(place.m22)).abs();
        let ink = width * font_size * across;
        let step = ink + spacing * across;
        let known = [place.m31, place.m32, across, size, step].iter().all(|n| n.is_finite() && n.abs() < 1e9);
        let mut clean = String::new();
        for c in text.chars() {
            match c {
                // ligatures are drawn as one glyph and read as their letters
                'ﬀ' => clean.push_str("ff"),
                'ﬁ' => clean.push_str("fi"),
                'ﬂ' => clean.push_str("fl"),
                'ﬃ' => clean.push_str("ffi"),
                'ﬄ' => clean.push_str("ffl"),
                // bullets of the Symbol and Wingdings fonts
                '\u{f0b7}' | '\u{f0a7}' => clean.push('•'),
                '\u{a0}' | '\t' | '\n' | '\r' => clean.push(' '),
                c if c.is_control() || c == char::REPLACEMENT_CHARACTER => {}
                c => clean.push(c),
            }
        }
        let private = clean.contains(|c| ('\u{e000}'..='\u{f8ff}').contains(&c));
        self.unknown += usize::from(clean.is_empty() || private);
        if known && size > 0.0 && across > 0.0 && !clean.is_empty() {
            let along = (place.m11, place.m12);
            let at = (place.m31, place.m32);
            self.page.push(Place { at, along, ink, step, size, fresh: std::mem::take(&mut self.fresh) }, &clean);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.fresh = true;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Fewer words than this for every page with a picture are no letter.
const FEW: usize = 20;
/// Fewer characters than this prove nothing about the length of words.
const ENOUGH: usize = 200;

/// The guard: text that is missing or mangled is an error, never a short letter.
fn judge(drawn: &Drawn, pictures: &[usize]) -> Result<(), InputError> {
    let pages = pictures.len();
    let words = drawn.text.split_whitespace().count();
    let characters = drawn.text.chars().filter(|c| !c.is_whitespace()).count();
    let lost = |reason| Err(InputError::PdfTextLost { reason });
    if drawn.glyphs > 0 && drawn.unknown * 5 > drawn.glyphs {
        return lost("its fonts do not say which letters they show");
    }
    // a scan may carry a line of text from the fax or the archive; a letter with a logo has hundreds of words
    let pictured = pictures.iter().filter(|n| **n > 0).count();
    if words < pictured * FEW {
        return Err(InputError::PdfScanned { pages });
    }
    if words == 0 {
        return Err(InputError::PdfWithoutText { pages });
    }
    if drawn.left_out > characters {
        return lost("most of it is slanted or turned");
    }
    // English has about five letters a word
    if characters > ENOUGH && characters > words * 15 {
        return lost("the blanks between the words are missing");
    }
    if characters > ENOUGH && characters < words * 2 {
        return lost("its words fall apart into letters");
    }
    Ok(())
}

fn notes(drawn: &Drawn, pictures: &[usize]) -> Vec<String> {
    let mut notes = Vec::new();
    let ends = drawn.pages.iter().skip(1).copied().chain([drawn.text.len() as u32]);
    for (i, (start, end)) in drawn.pages.iter().zip(ends).enumerate() {
        if *start == end && pictures.get(i).is_some_and(|n| *n > 0) {
            notes.push(format!("page {} shows a picture and no text, so what it says was not read", i + 1));
        }
    }
    if drawn.left_out > 0 {
        notes.push(format!("{} characters of slanted or turned text were left out", drawn.left_out));
    }
    if drawn.unknown > 0 {
        notes.push(format!("{} characters of the PDF have no known meaning", drawn.unknown));
    }
    notes
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs work of the PDF library; a panic in it becomes an error and is not printed.
fn quietly<T>(work: impl FnOnce() -> Result<T, InputError>) -> Result<T, InputError> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    result.unwrap_or(Err(InputError::PdfDamaged { reason: "a part of it cannot be understood" }))
}

#[cfg(test)]
mod tests;
