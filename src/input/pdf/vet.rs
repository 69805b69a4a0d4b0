//! Looks at the raw bytes of a PDF before the library does.
//!
//! Owns the bounds on what the library does while it opens a file, where nothing can be checked in between: it unpacks
//! tables and packed objects of any size, counts to any number, and recurses along chains of stream lengths until the
//! program dies. The look is crude, at the text of dictionaries; a file made to evade it is stopped by nothing less
//! than a process of its own. Refuses to know what the objects mean.

use crate::input::InputError;
use std::collections::HashSet;

/// Bytes of tables and packed objects, as they lie in the file. Deflate grows them a thousandfold at most.
const MAX_PACKED: usize = 1 << 20;
/// A dictionary of a table or of packed objects is shorter than this.
const DICTIONARY: usize = 4096;
/// Numbers in such a dictionary are places in the file or counts of its objects.
const MAX_NUMBER: u64 = 10_000_000;

/// Refuses files that would cost far more than any letter.
pub(super) fn vet(bytes: &[u8]) -> Result<(), InputError> {
    const MARK: &[u8] = b"stream";
    let (mut packed, mut end) = (0, bytes.len());
    let mut streams = HashSet::new();
    let mut lengths = HashSet::new();
    let mut before = bytes.len();
    while let Some(at) = bytes[..before].windows(MARK.len()).rposition(|w| w[0] == MARK[0] && w == MARK) {
        before = at;
        if bytes[..at].ends_with(b"end") {
            end = at;
            continue;
        }
        let window = &bytes[at.saturating_sub(DICTIONARY)..at];
        let Some(start) = window.windows(3).rposition(|w| w == b"obj") else { continue };
        let (head, dictionary) = window.split_at(start);
        streams.extend(object_number(head));
        lengths.extend(length_reference(dictionary));
        let has = |word: &[u8]| dictionary.windows(word.len()).any(|w| w == word);
        // a name may be written with signs for its letters
        if has(b"/ObjStm") || has(b"/XRef") || has(b"#") {
            packed += end - at;
            let limit = MAX_NUMBER.max(bytes.len() as u64);
            if packed > MAX_PACKED || numbers(dictionary).iter().any(|n| *n > limit) {
                return Err(InputError::PdfTooComplex { what: "tables of enormous size" });
            }
            if dictionary.windows(6).filter(|w| w == b"Decode").count() > 2 {
                return Err(InputError::PdfTooComplex { what: "tables that are packed twice" });
            }
        }
    }
    // a length may stand in an object of its own, and that object is a number
    if lengths.is_disjoint(&streams) {
        Ok(())
    } else {
        Err(InputError::PdfDamaged { reason: "the length of a stream is no number" })
    }
}

/// The number of the object whose "obj" follows: "12 0 ".
fn object_number(head: &[u8]) -> Option<u64> {
    let mut words = head.rsplit(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty());
    words.next()?;
    number(words.next()?)
}

/// The object that a dictionary names for its length: "/Length 12 0 R".
fn length_reference(dictionary: &[u8]) -> Option<u64> {
    let at = dictionary.windows(7).position(|w| w == b"/Length")?;
    let mut words = dictionary[at + 7..].split(|b| !b.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let length = number(words.next()?)?;
    words.next()?;
    words.next()?.starts_with(b"R").then_some(length)
}

fn number(word: &[u8]) -> Option<u64> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

/// Runs of digits outside of hexadecimal strings.
fn numbers(dictionary: &[u8]) -> Vec<u64> {
    let mut found = Vec::new();
    let mut rest = dictionary;
    while let [byte, after @ ..] = rest {
        rest = match (byte, after) {
            (b'<', [b'<', after @ ..]) => after,
            (b'<', _) => after.iter().position(|b| *b == b'>').map_or(&[], |n| &after[n..]),
            (b'0'..=b'9', _) => {
                let length = rest.iter().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
                // digits too many for a number are a number too big
                found.push(number(&rest[..length]).unwrap_or(u64::MAX));
                &rest[length..]
            }
            _ => after,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(number: u32, dictionary: &str, content: &str) -> String {
        format!("{number} 0 obj\n<<{dictionary}>>stream\n{content}\nendstream\nendobj\n")
    }

    #[test]
    fn usual_streams_pass() {
        let table = "/Type/XRef/Size 111/W[1 2 1]/Prev 116/ID[<00000000000000000000><99999999999999999999>]/Filter\
                     /FlateDecode/DecodeParms<</Columns 4/Predictor 12>>/Length 20";
        let file = object(1, "/Length 2 0 R", "x") + "2 0 obj\n1\nendobj\n" + &object(3, table, "y");
        assert_eq!(vet(file.as_bytes()), Ok(()));
        assert_eq!(vet(b"stream stream endstream objstream"), Ok(()));
    }

    #[test]
    fn lengths_in_a_chain_are_refused() {
        let file: String = (1..9).map(|n| object(n, &format!("/Length {} 0 R", n + 1), "x")).collect();
        assert!(matches!(vet(file.as_bytes()), Err(InputError::PdfDamaged { .. })));
        assert!(vet(object(7, "/Length 7 0 R", "x").as_bytes()).is_err());
    }

    #[test]
    fn enormous_tables_are_refused() {
        for table in ["/Type/XRef/Size 1000000000/W[0 0 0]/ID[<00>]", "/Type/X#52ef/Size 99999999999999999999999"] {
            assert!(matches!(vet(object(1, table, "").as_bytes()), Err(InputError::PdfTooComplex { .. })), "{table}");
        }
        let twice = "/Type/ObjStm/Filter[/FlateDecode/FlateDecode]/DecodeParms[null null]";
        assert!(vet(object(1, twice, "x").as_bytes()).is_err());
        assert!(vet(object(1, "/Type/ObjStm", &"x".repeat(MAX_PACKED)).as_bytes()).is_err());
    }
}
