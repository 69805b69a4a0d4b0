//! The text of a Word letter (.docx), in process.
//!
//! Owns the way from bytes to the parts of the package, and its limits: parts are unpacked in memory, one after the
//! other, and only those that hold text; what is declared too large, or turns out to be, is refused. Refuses to know
//! letters.
//!
//! What comes out: one line a paragraph, one line a row of a table with four blanks between its cells, numbers of lists
//! as they are shown, the text as it stands with all tracked changes accepted. Headers, footers, notes and comments are
//! left out, and so is hidden text.

mod body;
mod numbering;
mod symbols;
mod table;
mod xml;

use super::{InputError, text};
use std::io::{Cursor, Read};
use xml::{Space, Step, Xml};
use zip::ZipArchive;
use zip::result::ZipError;

/// The text of a Word document.
#[derive(Debug)]
pub(super) struct Found {
    /// Lines of all paragraphs.
    pub text: String,
    /// Offsets at which the paragraphs begin.
    pub paragraphs: Vec<u32>,
    /// Remarks for people.
    pub notes: Vec<String>,
}

/// Bytes of one unpacked part; a letter has 20 KB to 1 MB.
const MAX_PART: u64 = 16 << 20;
/// Entries of the package; a letter has ten to a hundred.
const MAX_ENTRIES: usize = 4096;
/// Unpacked bytes for each packed one: prose in XML has ten to fifty.
const MAX_RATIO: u64 = 200;
/// The ratio is asked of parts that are larger.
const SMALL_PART: u64 = 1 << 20;

/// Takes the text out of a Word document.
pub(super) fn read(bytes: &[u8]) -> Result<Found, InputError> {
    let mut package = Package::open(bytes)?;
    let main = package.relations("")?.into_iter().find(|(kind, _)| kind == "officeDocument").map(|(_, target)| target);
    let main = main.unwrap_or_else(|| "word/document.xml".to_string());
    let document = package.part(&main)?.ok_or(damaged("it has no main part"))?;
    let related = package.relations(&main)?;
    let mut part = |kind: &str| match related.iter().find(|(k, _)| k == kind) {
        Some((_, target)) => package.part(target).map(Option::unwrap_or_default),
        None => Ok(String::new()),
    };
    let numbering = numbering::Numbering::read(&part("numbering")?, &part("styles")?)?;
    body::read(&document, numbering)
}

fn damaged(reason: &'static str) -> InputError {
    InputError::DocxDamaged { reason }
}

/// The ZIP archive that a document is.
struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8]) -> Result<Package<'a>, InputError> {
        // counted before the list of entries is built: the number that an archive declares proves nothing
        if bytes.windows(4).filter(|w| w == b"PK\x01\x02").take(MAX_ENTRIES + 1).count() > MAX_ENTRIES {
            return Err(InputError::DocxTooComplex { what: "thousands of parts" });
        }
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("its list of parts is missing or broken"))?;
        Ok(Package { archive })
    }

    /// The text of a part, if there is such a part.
    fn part(&mut self, name: &str) -> Result<Option<String>, InputError> {
        let too_large = Err(InputError::DocxTooComplex { what: "a part of enormous size" });
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(InputError::DocxNeedsPassword);
            }
            Err(_) => return Err(damaged("a part of it is packed in an unknown way")),
        };
        if file.size() > MAX_PART {
            return too_large;
        }
        let packed = file.compressed_size().max(1);
        let mut bytes = Vec::new();
        file.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| damaged("a part of it cannot be unpacked"))?;
        let length = bytes.len() as u64;
        if length > MAX_PART || (length > SMALL_PART && length / packed > MAX_RATIO) {
            return too_large;
        }
        let decoded = text::decode(&bytes).map_err(|_| damaged("a part of it is no text"))?;
        Ok(Some(decoded.text))
    }

    /// Parts that a part names: last word of the kind of relation, and the part's name. The package itself has no name.
    fn relations(&mut self, of: &str) -> Result<Vec<(String, String)>, InputError> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(part) = self.part(&format!("{folder}{slash}_rels/{name}.rels"))? else { return Ok(Vec::new()) };
        let mut xml = Xml::new(&part);
        let mut found = Vec::new();
        loop {
            match xml.step()? {
                Step::Open(e) if e.space == Space::Relations && e.name() == "Relationship" => {
                    let external = e.attribute("TargetMode").is_some_and(|m| m == "External");
                    if let (Some(kind), Some(target), false) = (e.attribute("Type"), e.attribute("Target"), external) {
                        let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
                        let target = match target.strip_prefix('/') {
                            Some(whole) => whole.to_string(),
                            None => format!("{folder}{slash}{target}"),
                        };
                        found.push((kind, target));
                    }
                }
                Step::Done => return Ok(found),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
