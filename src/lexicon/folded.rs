//! Words as the matcher looks them up: in lower case, eight bytes at a time.

use std::ops::Range;

/// The bit that tells the cases of a letter apart, in each of eight bytes; digits have it set.
const LOWER: u64 = 0x2020_2020_2020_2020;
const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x80 * ONES;
const ALL_A: u64 = b'a' as u64 * ONES;
const ALL_0: u64 = b'0' as u64 * ONES;
const ALL_GRAVE: u64 = b'`' as u64 * ONES;

/// Eight bytes of a text as one number, with the case bit set; those from `end` on are zero.
#[inline]
fn eight(text: &[u8], at: usize, end: usize) -> u64 {
    let number = match text[at..].first_chunk::<8>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        // the text ends here
        None => text[at..].iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    (number | LOWER) & inside(end - at)
}

/// The bits of so many bytes.
#[inline]
fn inside(bytes: usize) -> u64 {
    if bytes < 8 { (1 << (bytes * 8)) - 1 } else { u64::MAX }
}

/// A plain word of fewer than eight letters as a number of its own, never 0.
#[inline]
pub(super) fn short(text: &[u8], start: usize, end: usize) -> Option<u64> {
    let number = (end - start < 8).then(|| eight(text, start, end))?;
    (others(number, end - start) == 0).then_some(number)
}

/// A hash of a word that [`short`] gave: as [`hash`] gives it.
#[inline]
pub(super) fn hash_short(number: u64) -> u64 {
    mix(0, number)
}

/// A hash of a word of a text, the same in any case.
#[inline]
pub(super) fn hash(text: &[u8], start: usize, end: usize) -> u64 {
    let (mut hash, mut at) = (0, start);
    while at < end {
        hash = mix(hash, eight(text, at, end));
        at += 8;
    }
    hash
}

#[inline]
fn mix(hash: u64, number: u64) -> u64 {
    let mixed = (hash ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 32
}

/// Of up to eight bytes of a word those that are no letters and digits of ASCII, by their highest bits: bytes beyond ASCII,
/// below the digits, and grave accents.
#[inline]
fn others(number: u64, bytes: usize) -> u64 {
    let bytes = number | ALL_A & !inside(bytes);
    let grave = bytes ^ ALL_GRAVE;
    (bytes | bytes.wrapping_sub(ALL_0) & !bytes | grave.wrapping_sub(ONES) & !grave) & TOPS
}

/// The [`hash`] of a word that is letters and digits of ASCII alone; others hold apostrophes, points, commas and letters beyond.
#[inline]
pub(super) fn plain_hash(text: &[u8], start: usize, end: usize) -> Option<u64> {
    let (mut hash, mut other, mut at) = (0, 0, start);
    while at < end {
        let number = eight(text, at, end);
        other |= others(number, end - at);
        hash = mix(hash, number);
        at += 8;
    }
    (other == 0).then_some(hash)
}

/// Whether a plain word of a text is one that is in lower case.
#[inline]
pub(super) fn is_same(text: &[u8], start: usize, end: usize, known: &[u8], at: Range<usize>) -> bool {
    if end - start != at.len() {
        return false;
    }
    let mut done = 0;
    while done < end - start {
        if eight(text, start + done, end) != eight(known, at.start + done, at.end) {
            return false;
        }
        done += 8;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_in_any_case_wherever_they_stand() {
        let text = b"A Physiotherapist PHYSIOTHERAPIST physiotherapists";
        assert_eq!(hash(text, 2, 17), hash(text, 18, 33));
        assert_ne!(hash(text, 18, 33), hash(text, 34, 50));
        assert!(is_same(text, 2, 17, b"xphysiotherapist", 1..16));
        assert!(!is_same(text, 34, 50, b"xphysiotherapist", 1..16));
        assert!(!is_same(text, 0, 1, b"b", 0..1));
    }

    #[test]
    fn marks_and_letters_beyond_ascii_are_not_plain() {
        for word in ["a", "Z9", "physiotherapists", "0123456789"] {
            let hashed = plain_hash(word.as_bytes(), 0, word.len());
            assert_eq!(hashed, Some(hash(word.as_bytes(), 0, word.len())), "{word}");
        }
        assert_eq!(short(b"knees", 0, 4).map(hash_short), Some(hash(b"KNEE", 0, 4)));
        assert_eq!((short(b"it's", 0, 4), short(b"shoulder", 0, 8)), (None, None));
        for word in ["it's", "2.5", "1,200", "n`t", "Sjögren", "physiotherapist's", "patient’s"] {
            assert_eq!(plain_hash(word.as_bytes(), 0, word.len()), None, "{word}");
        }
    }
}
