//! Numbers in letters, as letters write counts.

use std::str::FromStr;

/// The words of a length and what they count.
fn of_length(letters: usize) -> &'static [(&'static str, u32)] {
    match letters {
        3 => &[("one", 1), ("two", 2), ("six", 6), ("ten", 10)],
        4 => &[("four", 4), ("five", 5), ("nine", 9), ("zero", 0)],
        5 => &[("three", 3), ("seven", 7), ("dozen", 12), ("eight", 8), ("forty", 40), ("fifty", 50), ("sixty", 60)],
        6 => &[("eleven", 11), ("twelve", 12), ("twenty", 20), ("thirty", 30), ("eighty", 80), ("ninety", 90)],
        7 => &[("fifteen", 15), ("sixteen", 16), ("seventy", 70)],
        8 => &[("thirteen", 13), ("fourteen", 14), ("eighteen", 18), ("nineteen", 19)],
        9 => &[("seventeen", 17)],
        _ => &[],
    }
}

/// The number that a word is, in any case.
#[inline]
pub fn number_word(word: &[u8]) -> Option<u32> {
    let &[first, second, third, ..] = word else { return None };
    // few words begin with these letters, and short words are frequent
    const FIRST: u32 = 1 << 4 | 1 << 5 | 1 << 6 | 1 << 14 | 1 << 15 | 1 << 19 | 1 << 20 | 1 << 26;
    if FIRST & 1 << (first & 31) == 0 || word.len() > 9 {
        return None;
    }
    from_letters(word, first, second, third)
}

/// The number that a word is, in letters or figures.
pub fn as_number<N: From<u32> + FromStr>(word: &str) -> Option<N> {
    number_word(word.as_bytes()).map(N::from).or_else(|| word.parse().ok())
}

/// The number that a word with a first letter of one is.
fn from_letters(word: &[u8], first: u8, second: u8, third: u8) -> Option<u32> {
    // three letters rule nearly every other word out
    let begins = matches!(
        (first | 0x20, second | 0x20, third | 0x20),
        (b'o', b'n', b'e')
            | (b't', b'w', b'o' | b'e')
            | (b't', b'h', b'r' | b'i')
            | (b't', b'e', b'n')
            | (b'f', b'o', b'u' | b'r')
            | (b'f', b'i', b'v' | b'f')
            | (b's', b'i', b'x')
            | (b's', b'e', b'v')
            | (b'e', b'i', b'g')
            | (b'e', b'l', b'e')
            | (b'n', b'i', b'n')
            | (b'z', b'e', b'r')
            | (b'd', b'o', b'z')
    );
    if !begins {
        return None;
    }
    of_length(word.len())
        .iter()
        .find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(word))
        .map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_known_in_any_case() {
        let all: Vec<_> = (0..12).flat_map(of_length).collect();
        assert_eq!(all.len(), 29);
        for (word, number) in all {
            assert_eq!(number_word(word.as_bytes()), Some(*number));
            assert_eq!(number_word(word.to_uppercase().as_bytes()), Some(*number));
        }
        for word in ["", "on", "tens", "there", "none", "ones", "seventeens"] {
            assert_eq!(number_word(word.as_bytes()), None, "{word}");
        }
    }
}
