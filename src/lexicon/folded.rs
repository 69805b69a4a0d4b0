//! Words as the matcher looks them up: in lower case, eight bytes at a time.

/// The bit that tells the cases of a letter apart, in each of eight bytes; digits have it set.
const LOWER: u64 = 0x2020_2020_2020_2020;
const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x80 * ONES;

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

/// A hash of a word of a text, the same in any case.
#[inline]
pub(super) fn hash(text: &[u8], start: usize, end: usize) -> u32 {
    let mut hash = 0;
    for at in (start..end).step_by(8) {
        hash = (hash ^ eight(text, at, end)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
    }
    hash as u32
}

/// Whether a word is letters and digits of ASCII alone; of others a word holds apostrophes, points, commas and letters beyond.
#[inline]
pub(super) fn is_plain(text: &[u8], start: usize, end: usize) -> bool {
    (start..end).step_by(8).all(|at| {
        let bytes = eight(text, at, end) | (u64::from(b'a') * ONES) & !inside(end - at);
        let is_grave = (bytes ^ u64::from(b'`') * ONES).wrapping_sub(ONES);
        let below_digits = bytes.wrapping_sub(u64::from(b'0') * ONES) & !bytes;
        (bytes | below_digits | is_grave & !(bytes ^ u64::from(b'`') * ONES)) & TOPS == 0
    })
}

/// Whether a plain word of a text is one that is in lower case.
#[inline]
pub(super) fn is_same(text: &[u8], start: usize, end: usize, known: &[u8], from: usize, to: usize) -> bool {
    end - start == to - from
        && (0..end - start).step_by(8).all(|n| eight(text, start + n, end) == eight(known, from + n, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_in_any_case_wherever_they_stand() {
        let text = b"A Physiotherapist PHYSIOTHERAPIST physiotherapists";
        assert_eq!(hash(text, 2, 17), hash(text, 18, 33));
        assert_ne!(hash(text, 18, 33), hash(text, 34, 50));
        assert!(is_same(text, 2, 17, b"xphysiotherapist", 1, 16));
        assert!(!is_same(text, 34, 50, b"xphysiotherapist", 1, 16));
        assert!(!is_same(text, 0, 1, b"b", 0, 1));
    }

    #[test]
    fn marks_and_letters_beyond_ascii_are_not_plain() {
        for word in ["a", "Z9", "physiotherapists", "0123456789"] {
            assert!(is_plain(word.as_bytes(), 0, word.len()), "{word}");
        }
        for word in ["it's", "2.5", "1,200", "n`t", "Sjögren", "physiotherapist's", "patient’s"] {
            assert!(!is_plain(word.as_bytes(), 0, word.len()), "{word}");
        }
    }
}
