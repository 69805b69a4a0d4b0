//! Why an input could not be read, said to people.
//!
//! Owns the words. Each message is one lower-case sentence with the reason and the way out, and never holds a word of
//! the letter. Refuses to know how the reasons are found.

use std::fmt;

/// A kind of file that is known by its first bytes and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Word up to 2003 (.doc), or another file of that family.
    OldWord,
    /// Rich Text Format (.rtf).
    Rtf,
    /// OpenDocument text (.odt).
    OpenDocument,
    /// Another ZIP archive.
    Zip,
    /// Another kind of archive or compressed file.
    Archive,
    /// A picture of any kind.
    Image,
    /// PostScript.
    PostScript,
}

/// Why an input could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputError {
    /// No bytes, or white space only.
    Empty,
    /// More bytes than the limit.
    TooLarge {
        /// Bytes allowed.
        limit: usize,
    },
    /// More bytes of text than the limit.
    TextTooLong {
        /// Bytes allowed.
        limit: usize,
    },
    /// Neither text nor a known kind of file.
    Binary,
    /// A known kind of file that is not read.
    Foreign(Foreign),
    /// A PDF that opens only with a password.
    PdfNeedsPassword,
    /// A PDF encrypted in a way that is not supported.
    PdfEncryption,
    /// A PDF that breaks the rules of the format.
    PdfDamaged {
        /// What is wrong, in a few words.
        reason: &'static str,
    },
    /// A PDF that would take more memory or time than any letter does.
    PdfTooComplex {
        /// What there is too much of.
        what: &'static str,
    },
    /// A PDF of pictures with no text, or next to none.
    PdfScanned {
        /// Number of pages.
        pages: usize,
    },
    /// A PDF with neither text nor pictures.
    PdfWithoutText {
        /// Number of pages.
        pages: usize,
    },
    /// A PDF whose text came out so badly that a clean report would mean nothing.
    PdfTextLost {
        /// What looks wrong.
        reason: &'static str,
    },
    /// A Word document that opens only with a password.
    DocxNeedsPassword,
    /// A Word document that breaks the rules of the format.
    DocxDamaged {
        /// What is wrong, in a few words.
        reason: &'static str,
    },
    /// A Word document that would take more memory or time than any letter does.
    DocxTooComplex {
        /// What there is too much of.
        what: &'static str,
    },
    /// A Word document without text: a scan pasted into it, or nothing at all.
    DocxWithoutText,
}

impl InputError {
    /// The stable word for the kind of error, kebab-case.
    pub fn code(&self) -> &'static str {
        match self {
            InputError::Empty => "empty-file",
            InputError::TooLarge { .. } => "file-too-large",
            InputError::TextTooLong { .. } => "text-too-long",
            InputError::Binary => "binary-file",
            InputError::Foreign(Foreign::OldWord) => "old-word-file",
            InputError::Foreign(Foreign::Rtf) => "rtf-file",
            InputError::Foreign(Foreign::OpenDocument) => "opendocument-file",
            InputError::Foreign(Foreign::Zip) => "zip-archive",
            InputError::Foreign(Foreign::Archive) => "archive",
            InputError::Foreign(Foreign::Image) => "image-file",
            InputError::Foreign(Foreign::PostScript) => "postscript-file",
            InputError::PdfNeedsPassword => "pdf-needs-password",
            InputError::PdfEncryption => "pdf-encryption-unsupported",
            InputError::PdfDamaged { .. } => "pdf-damaged",
            InputError::PdfTooComplex { .. } => "pdf-too-complex",
            InputError::PdfScanned { .. } => "pdf-scanned",
            InputError::PdfWithoutText { .. } => "pdf-without-text",
            InputError::PdfTextLost { .. } => "pdf-text-lost",
            InputError::DocxNeedsPassword => "word-needs-password",
            InputError::DocxDamaged { .. } => "word-damaged",
            InputError::DocxTooComplex { .. } => "word-too-complex",
            InputError::DocxWithoutText => "word-without-text",
        }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputError::Empty => f.write_str("the file is empty; check that it was downloaded or exported completely"),
            InputError::TooLarge { limit } => {
                write!(f, "the file has more than {}, far more than any letter; give one letter per file", size(*limit))
            }
            InputError::TextTooLong { limit } => write!(
                f,
                "the file has more than {} of text, far more than any letter; give one letter per file",
                size(*limit)
            ),
            InputError::Binary => {
                f.write_str("the file is neither text, PDF nor Word; give the letter as PDF, .docx or plain text")
            }
            InputError::Foreign(what) => foreign(*what, f),
            InputError::PdfNeedsPassword => f.write_str(
                "the PDF opens only with a password; remove it (for example with qpdf --decrypt) and try again",
            ),
            InputError::PdfEncryption => f.write_str(
                "the PDF is encrypted in a way that is not supported; save it without protection and try again",
            ),
            InputError::PdfDamaged { reason } => {
                write!(f, "the PDF is damaged: {reason}; download it again or repair it (for example with qpdf)")
            }
            InputError::PdfTooComplex { what } => {
                write!(f, "the PDF has {what}, far more than any letter; give one letter per file or its plain text")
            }
            InputError::PdfScanned { pages } => write!(
                f,
                "the PDF has pictures and hardly any text on its {}, so it is a scan; run text recognition (for example \
                 ocrmypdf) and try again",
                counted(*pages)
            ),
            InputError::PdfWithoutText { pages } => write!(
                f,
                "the PDF shows no text on its {}; print the letter to PDF again with its text, or give plain text",
                counted(*pages)
            ),
            InputError::PdfTextLost { reason } => write!(
                f,
                "the text of the PDF could not be taken out whole: {reason}; give plain text (for example from \
                 pdftotext -layout)"
            ),
            InputError::DocxNeedsPassword => {
                f.write_str("the Word document opens only with a password; save it without one and try again")
            }
            InputError::DocxDamaged { reason } => {
                write!(f, "the Word document is damaged: {reason}; open it in Word, save it again and try again")
            }
            InputError::DocxTooComplex { what } => {
                write!(f, "the Word document has {what}, far more than any letter; give one letter per file or its plain text")
            }
            InputError::DocxWithoutText => f.write_str(
                "the Word document has no text in its body; if it holds a scan, run text recognition and give that text",
            ),
        }
    }
}

impl std::error::Error for InputError {}

fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MB", bytes >> 20) } else { format!("{bytes} bytes") }
}

fn counted(pages: usize) -> String {
    match pages {
        1 => "only page".to_string(),
        n => format!("{n} pages"),
    }
}

fn foreign(what: Foreign, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (name, way) = match what {
        Foreign::OldWord => {
            ("an old Word document (.doc) or a file of that family", "save it as .docx, PDF or plain text")
        }
        Foreign::Rtf => ("a rich-text document (.rtf)", "save it as .docx, PDF or plain text"),
        Foreign::OpenDocument => ("an OpenDocument file (.odt)", "save it as .docx, PDF or plain text"),
        Foreign::Zip => ("a ZIP archive", "unpack it and give the letters themselves"),
        Foreign::Archive => ("an archive or compressed file", "unpack it and give the letters themselves"),
        Foreign::Image => ("a picture", "run text recognition and give the text or a PDF with a text layer"),
        Foreign::PostScript => ("a PostScript file", "convert it to PDF"),
    };
    write!(f, "the file is {name}, which is not read; {way}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_one_lower_case_sentence_with_a_way_out() {
        let all = [
            InputError::Empty,
            InputError::TooLarge { limit: 1 },
            InputError::TextTooLong { limit: 1 },
            InputError::Binary,
            InputError::Foreign(Foreign::OldWord),
            InputError::Foreign(Foreign::Rtf),
            InputError::Foreign(Foreign::OpenDocument),
            InputError::Foreign(Foreign::Zip),
            InputError::Foreign(Foreign::Archive),
            InputError::Foreign(Foreign::Image),
            InputError::Foreign(Foreign::PostScript),
            InputError::PdfNeedsPassword,
            InputError::PdfEncryption,
            InputError::PdfDamaged { reason: "its table of objects cannot be found" },
            InputError::PdfTooComplex { what: "too many pages" },
            InputError::PdfScanned { pages: 1 },
            InputError::PdfWithoutText { pages: 3 },
            InputError::PdfTextLost { reason: "most letters have no known meaning" },
            InputError::DocxNeedsPassword,
            InputError::DocxDamaged { reason: "it has no main part" },
            InputError::DocxTooComplex { what: "thousands of parts" },
            InputError::DocxWithoutText,
        ];
        let mut codes: Vec<&str> = all.iter().map(InputError::code).collect();
        for error in all {
            let message = error.to_string();
            assert!(message.starts_with(|c: char| c.is_lowercase()), "{message}");
            assert!(message.contains("; ") && !message.ends_with('.') && !message.contains('\n'), "{message}");
            assert!(error.code().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", error.code());
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all.len());
    }
}
