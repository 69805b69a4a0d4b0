//! Tells what a file is by its content.
//!
//! Owns the marks by which file formats are known. Refuses to know file names, and to open anything: where a mark is
//! not enough, the file counts as text and the decoder says whether it is.

use super::error::Foreign;

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing else was recognised.
    Text,
    /// A PDF.
    Pdf,
    /// Word 2007 and later (.docx).
    Docx,
    /// The same behind a password: then it is packed into a file of the older family.
    LockedDocx,
    /// A known kind of file that is not read.
    Foreign(Foreign),
}

/// A PDF may have other bytes before its mark; readers look for it in so many.
const PDF_MARK_WITHIN: usize = 1024;
/// The list of files stands at the end of a ZIP archive, the first names at its start.
const ZIP_NAMES_WITHIN: usize = 64 * 1024;

/// What the bytes are, by their marks.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    if is_pdf(bytes) {
        return Kind::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(bytes);
    }
    match foreign(bytes) {
        Some(Foreign::OldWord) if holds(bytes, LOCKED) => Kind::LockedDocx,
        Some(what) => Kind::Foreign(what),
        None => Kind::Text,
    }
}

/// "EncryptedPackage" in UTF-16: the name of the stream in which a locked document lies.
const LOCKED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// Whether the bytes are a PDF.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"%PDF-") {
        return true;
    }
    // with other bytes in front, a text that speaks of PDF must not count: its table of objects must be there too
    let head = &bytes[..bytes.len().min(PDF_MARK_WITHIN)];
    let tail = &bytes[bytes.len().saturating_sub(PDF_MARK_WITHIN)..];
    holds(head, b"%PDF-") && holds(tail, b"startxref")
}

fn foreign(bytes: &[u8]) -> Option<Foreign> {
    const MARKS: &[(&[u8], Foreign)] = &[
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Foreign::OldWord),
        (b"{\\rtf", Foreign::Rtf),
        (b"%!PS", Foreign::PostScript),
        (b"\x1f\x8b", Foreign::Archive),
        (b"7z\xbc\xaf\x27\x1c", Foreign::Archive),
        (b"Rar!\x1a\x07", Foreign::Archive),
        (b"BZh91AY&SY", Foreign::Archive),
        (b"\xfd7zXZ\x00", Foreign::Archive),
        (b"\x28\xb5\x2f\xfd", Foreign::Archive),
        (b"\x89PNG\r\n\x1a\n", Foreign::Image),
        (b"\xff\xd8\xff", Foreign::Image),
        (b"GIF87a", Foreign::Image),
        (b"GIF89a", Foreign::Image),
        (b"II*\x00", Foreign::Image),
        (b"MM\x00*", Foreign::Image),
    ];
    if let Some((_, what)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(*what);
    }
    let at = |offset: usize, mark: &[u8]| bytes.get(offset..offset + mark.len()) == Some(mark);
    // "BM" alone could be a word of a text: the file's length follows it
    let bitmap = at(0, b"BM") && bytes.get(2..6).is_some_and(|n| n == (bytes.len() as u32).to_le_bytes());
    let webp = at(0, b"RIFF") && at(8, b"WEBP");
    let heic = at(4, b"ftyphei") || at(4, b"ftypmif1") || at(4, b"ftypavif");
    if bitmap || webp || heic { Some(Foreign::Image) } else { None }
}

fn zip(bytes: &[u8]) -> Kind {
    let head = &bytes[..bytes.len().min(ZIP_NAMES_WITHIN)];
    let tail = &bytes[bytes.len().saturating_sub(ZIP_NAMES_WITHIN)..];
    let named = |name: &[u8]| holds(head, name) || holds(tail, name);
    if named(b"word/document") {
        Kind::Docx
    } else if named(b"opendocument.text") {
        Kind::Foreign(Foreign::OpenDocument)
    } else {
        Kind::Foreign(Foreign::Zip)
    }
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    memchr::memmem::find(bytes, mark).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_content() {
        let cases: &[(&[u8], Kind)] = &[
            (b"%PDF-1.5\n", Kind::Pdf),
            (b"\xef\xbb\xbf\r\n%PDF-1.7\n", Kind::Pdf),
            (b"junk before %PDF-1.4 ... startxref 9 %%EOF", Kind::Pdf),
            (b"the letter speaks of %PDF-1.4", Kind::Text),
            (b"BM is a word here", Kind::Text),
            (b"PK\x03\x04........word/document.xml", Kind::Docx),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", Kind::Foreign(Foreign::OpenDocument)),
            (b"PK\x03\x04........a.txt", Kind::Foreign(Foreign::Zip)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", Kind::Foreign(Foreign::OldWord)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", Kind::LockedDocx),
            (b"{\\rtf1\\ansi", Kind::Foreign(Foreign::Rtf)),
            (b"\x1f\x8b\x08", Kind::Foreign(Foreign::Archive)),
            (b"\xff\xd8\xff\xe0", Kind::Foreign(Foreign::Image)),
            (b"\x89PNG\r\n\x1a\n", Kind::Foreign(Foreign::Image)),
            (b"II*\x00\x08\x00", Kind::Foreign(Foreign::Image)),
            (b"%!PS-Adobe-3.0", Kind::Foreign(Foreign::PostScript)),
            (b"\x00\x00\x00\x18ftypheic", Kind::Foreign(Foreign::Image)),
        ];
        for (bytes, expected) in cases {
            assert_eq!(kind(bytes), *expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
