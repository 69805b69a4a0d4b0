//! A rulebook prepared in a file: the shipped rulebook with a project's own rules, as [`Rulebook::to_archive`] writes it, and
//! the texts that it was made of, for what only people and tests need. No YAML is read at start.
//!
//! Head: the mark, the mark of the program that wrote it, a sum over the archive, the archive's length. Then archive and texts. The sum finds
//! damage, not malice: a prepared rulebook is trusted as the program is.

use crate::archive::{from_bytes, to_bytes};
use crate::builtin;
use crate::rulebook::{RuleFile, Rulebook};

/// Bytes of the head.
pub const HEAD: usize = 40;

const MARK: &[u8; 16] = b"imrlint-rules\x00\x01\n";

/// Why a file is no prepared rulebook of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It does not begin as one does.
    Other,
    /// Another version of the program wrote it.
    Version,
    /// It is cut short or was changed.
    Damaged,
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Wrong::Other => "this is no prepared rulebook",
            Wrong::Version => {
                "this rulebook was prepared by another version of imrlint; run `imrlint rules prepare` again"
            }
            Wrong::Damaged => "this prepared rulebook is damaged; run `imrlint rules prepare` again",
        })
    }
}

/// The head of a file.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    sum: u64,
    /// Bytes of the archive behind it.
    pub archive: u64,
}

/// The file of a rulebook that was loaded from the shipped files and further ones.
pub fn write(book: Rulebook, further: &[RuleFile<'_>]) -> Vec<u8> {
    let archive = book.prepared().to_archive();
    let texts: Vec<(&str, &str, u32)> = further.iter().map(|f| (f.path, f.text, f.layer)).collect();
    let mut file = MARK.to_vec();
    for number in [builtin::MARK, sum(&archive), archive.len() as u64] {
        file.extend(number.to_le_bytes());
    }
    file.extend(archive);
    file.extend(to_bytes(&texts));
    file
}

/// Whether bytes begin as a prepared rulebook does.
pub fn is_prepared(bytes: &[u8]) -> bool {
    bytes.starts_with(MARK)
}

/// Reads the head of a file.
///
/// # Errors
/// Why it is none.
pub fn head(bytes: &[u8]) -> Result<Head, Wrong> {
    let Some((mark, rest)) = bytes.split_first_chunk::<16>() else { return Err(Wrong::Other) };
    if mark != MARK {
        return Err(Wrong::Other);
    }
    let number = |n: usize| rest.get(n * 8..n * 8 + 8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
    match (number(0), number(1), number(2)) {
        (Some(writer), ..) if writer != builtin::MARK => Err(Wrong::Version),
        (Some(_), Some(sum), Some(archive)) => Ok(Head { sum, archive }),
        _ => Err(Wrong::Damaged),
    }
}

/// The rulebook that the bytes behind the head hold.
///
/// # Errors
/// [`Wrong::Damaged`] if they are not what was written.
pub fn book(head: Head, archive: &'static [u8]) -> Result<Rulebook, Wrong> {
    let whole = archive.len() as u64 == head.archive && sum(archive) == head.sum;
    whole.then(|| Rulebook::from_archive(archive)).flatten().ok_or(Wrong::Damaged)
}

/// The files that a rulebook was made of beside the shipped ones: path, text and layer. The bytes are those behind the archive.
///
/// # Errors
/// [`Wrong::Damaged`] if they are not what was written.
pub fn texts(bytes: Vec<u8>) -> Result<Vec<(String, String, u32)>, Wrong> {
    from_bytes(bytes.leak()).ok_or(Wrong::Damaged)
}

/// A sum that any damage changes, over four rows of eight bytes side by side: a processor goes over them at once.
fn sum(bytes: &[u8]) -> u64 {
    let mix = |sum: u64, number: u64| (sum ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let (mut one, mut two, mut three, mut four) = (1, 2, 3, 4);
    let (numbers, rest) = bytes.as_chunks::<8>();
    let (rows, last) = numbers.as_chunks::<4>();
    for [a, b, c, d] in rows {
        one = mix(one, u64::from_le_bytes(*a));
        two = mix(two, u64::from_le_bytes(*b));
        three = mix(three, u64::from_le_bytes(*c));
        four = mix(four, u64::from_le_bytes(*d));
    }
    let rest = last.as_flattened().iter().chain(rest);
    let rest = rest.fold(bytes.len() as u64, |sum, b| mix(sum, u64::from(*b)));
    [one, two, three, four].into_iter().fold(rest, mix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::load_book;

    const OWN: &str = "treatments:\n  - { id: mud-bath, kind: service, names: [mud bath] }\n";

    #[test]
    fn a_prepared_rulebook_is_the_one_that_was_loaded() {
        let own = RuleFile { path: "own.yaml", text: OWN, layer: 1 };
        let files: Vec<RuleFile<'_>> = builtin::files().into_iter().chain([own]).collect();
        let loaded = load_book(&files).book;
        let file = write(loaded.clone(), &[own]);
        let found = head(&file).unwrap();
        let (archive, rest) = file[HEAD..].split_at(found.archive as usize);
        let read = book(found, archive.to_vec().leak()).unwrap();
        assert!(read.lexicon.treatment("mud-bath").is_some() && read == loaded.prepared());
        assert_eq!(texts(rest.to_vec()), Ok(vec![("own.yaml".to_string(), OWN.to_string(), 1)]));
    }

    #[test]
    fn a_file_of_another_kind_version_or_length_is_told_apart() {
        let file = write(builtin::rulebook(), &[]);
        assert_eq!(head(b"rules: []").unwrap_err(), Wrong::Other);
        let mut older = file.clone();
        older[20] ^= 1;
        assert_eq!((head(&older).unwrap_err(), head(&file[..30]).unwrap_err()), (Wrong::Version, Wrong::Damaged));
        let found = head(&file).unwrap();
        let end = HEAD + found.archive as usize;
        for at in (0..end - HEAD).step_by(end / 50) {
            let mut changed = file[HEAD..end].to_vec();
            changed[at] ^= 4;
            assert_eq!(book(found, changed.leak()).unwrap_err(), Wrong::Damaged, "{at}");
        }
        assert!(book(found, file[HEAD..end - 1].to_vec().leak()).is_err());
    }
}
